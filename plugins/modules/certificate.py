# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: certificate
short_description: Renew the listener's certificate, bind one, or go back to the self-signed one
description:
  - Manages the certificate that the Remote Desktop listener presents. The self-signed one is made by the service
    SessionEnv, never by this module.
options:
  state:
    description:
      - V(renewed), a self-signed certificate that is in date and has its key; it is renewed when it is not (or with
        O(force)).
      - V(bound), the listener is pinned to a certificate in the store C(LocalMachine\My), which is O(thumbprint), or
        the newest that fits O(subject), O(san), O(issuer) and O(template). It must be valid, for server authentication,
        strong enough, for the host's name, and have its private key. Its key is looked at before anything is changed.
        If NETWORK SERVICE, as which the listener runs, may not read it, that is granted on this one file. One out of a
        file (O(src)) is imported first.
      - V(self_signed), like V(renewed), and a pin is removed.
    type: str
    choices: [renewed, bound, self_signed]
    default: renewed
  subject:
    description:
      - Bind the newest certificate in C(LocalMachine\My) with this subject that fits, by its common name or as a whole
        (C(CN=web01.example.com,O=Example)). Run at times, this follows the renewals of ACME clients and enrolment.
      - Together with O(san), O(issuer) and O(template), all of them must be met.
    type: str
  san:
    description: The same by a DNS name or address among its alternative names; a wildcard counts.
    type: str
  issuer:
    description: The same by its issuer, by common name or as a whole.
    type: str
  template:
    description:
      - The same by the template that it was enrolled with, by its OID (as the console shows it under Certificate
        Template Information), or by name where the template is of version 1.
    type: str
  allow_name_mismatch:
    description:
      - Bind a certificate that is for another name than the host's own in its domain, or O(probe_host) where that is a
        name. Clients that check names are warned then.
    type: bool
    default: false
  thumbprint:
    description: SHA-1 of the certificate to bind, 40 hexadecimal digits. Blanks and colons do not matter.
    type: str
  src:
    description:
      - PFX file on the controller with the certificate to bind and its private key. It is looked at there; one that
        could not be bound never reaches the host.
      - The certificate goes into C(LocalMachine\My), its key becomes a machine key that cannot be exported, and
        NETWORK SERVICE may read it. Both are taken out again when a later step fails or the change is restored.
      - Where the host has the certificate with its key already, it is bound as with O(thumbprint).
      - Certificates of authorities in the file are not imported.
    type: path
  password:
    description: Password of O(src). It never leaves the controller; what is sent has a password for this one time.
    type: str
  force:
    description: Make a new self-signed certificate although the present one is good.
    type: bool
    default: false
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
version_added: 0.1.0
extends_documentation_fragment:
  - winops.rdp.common
  - winops.rdp.common.probe
  - winops.rdp.common.change
  - winops.rdp.common.rollback
"""

EXAMPLES = r"""
- name: A listener certificate that is in date
  winops.rdp.certificate:
    state: renewed

- name: Present the certificate of our own CA
  winops.rdp.certificate:
    state: bound
    thumbprint: 9F6C1E3A5B7D2F4E8A0C6B1D3E5F7A9B0C2D4E6F

- name: Bring a certificate in a file, and present it
  winops.rdp.certificate:
    state: bound
    src: files/{{ inventory_hostname }}.pfx
    password: "{{ vault_pfx_password }}"

- name: Follow the renewals of an ACME client (run it weekly)
  winops.rdp.certificate:
    state: bound
    san: "{{ inventory_hostname }}"
    issuer: R11
"""

RETURN = r"""
chosen:
  description:
    - The certificate that the listener is to be bound to, with C(thumbprint), C(subject), C(san), C(issuer),
      C(not_before) and C(not_after).
  returned: with O(state=bound)
  type: dict
rivals:
  description:
    - The other certificates that are what was asked for, the newest first. Each is like RV(chosen), and C(why_not)
      says why it was not taken.
  returned: with O(state=bound)
  type: list
  elements: dict
notes:
  description: What could not be found out about the certificate beforehand, one clause each.
  returned: with O(state=bound)
  type: list
  elements: str
findings:
  description: The causes, the one that a client meets first at the top. A healthy host has none.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Stable name of the cause; docs/causes.md leads to the section of each.
      type: str
      sample: certificate.key_unreadable
    title:
      description: The cause in a few words.
      type: str
      sample: Private key cannot be read
    severity:
      description: V(critical) keeps clients out, V(warning) does not, but will or weakens it.
      type: str
    confidence:
      description:
        - V(proven) when the mechanism was read on the host and the client saw what it brings about, V(likely), or
          V(possible).
      type: str
    summary:
      description: One sentence.
      type: str
    evidence_for:
      description: Facts that speak for it, each with where it was read.
      type: list
      elements: dict
    evidence_against:
      description: Facts that speak against it.
      type: list
      elements: dict
    owner:
      description: Who can repair it, V(host), V(policy), V(client), V(network) or V(none).
      type: str
    advice:
      description: What people should do; null where nothing is left to them.
      type: str
    by_hand:
      description:
        - What a person types on the host in place of this collection's remedy, and what not to do; null where there is
          no remedy, or where C(advice) says what to do.
      type: str
    automatic:
      description: Whether this collection has a remedy and applies it by default.
      type: bool
    needs_evidence:
      description: Facts that are missing for more confidence.
      type: list
      elements: str
    docs:
      description: Where the cause is explained.
      type: str
    target:
      description: What the remedy works on (paths, thumbprints, service).
      type: dict
verdict:
  description:
    - V(healthy), V(degraded) (clients get in, something should be repaired), V(broken), V(off) (Remote Desktop is
      turned off, by the host's own switch or by policy), or V(unknown) when nothing was found and too little could be
      read, or nobody looked from outside. V(healthy) says that a client reached the logon; what comes after it was not
      tried.
  returned: always
  type: str
unread:
  description:
    - One sentence for each part of the host that could not be read, and so was not judged.
    - Also what a code of the user's client says that no finding rests on, that nobody looked from outside or, where a
      client reached the logon, that what comes after it was not tried.
  returned: always
  type: list
  elements: str
plan:
  description: What is done, or in check mode would be done.
  returned: always
  type: dict
  contains:
    steps:
      description:
        - Typed steps in order, each with C(op), its fields, C(reason), C(findings) and C(cost) (V(none),
          V(service), V(sessions)).
      type: list
      elements: dict
    rungs:
      description:
        - The same steps and those that may follow, by rung, each with C(name), C(condition) (null, or in words when it
          is climbed) and C(steps). V(quiet) disturbs nobody, V(renew) brings a new certificate, V(restart) restarts
          TermService, which disconnects people.
      type: list
      elements: dict
    blocked:
      description:
        - Findings for which nothing is done, or not everything, each with C(finding), C(summary) (why, in a few
          words), C(detail) (what to do instead, or null) and the C(guard) that stood in the way.
      type: list
      elements: dict
disruption:
  description:
    - The most disruptive effect of any step that is certain to be done, or was done, V(none), V(service) (a service
      that others may use is restarted) or V(sessions) (users are disconnected).
  returned: always
  type: str
steps:
  description:
    - The steps as the host reports them, with C(status) (V(done), V(unchanged), V(failed), V(skipped)),
      C(before), C(after) and C(error).
    - Of a run that was interrupted C(op) and C(status) alone; V(unknown) is a step that nobody knows of.
  returned: when steps were done
  type: list
  elements: dict
rung:
  description:
    - The rung that helped, V(quiet), V(renew) or V(restart), being the last one that was climbed before clients got in.
      Null if they got in before, or still do not.
  returned: when steps were done
  type: str
journal:
  description:
    - The journal to give to M(winops.rdp.restore), with C(id), C(path) on the host, C(controller_copy) and
      C(state) (V(interrupted) where the run could not say to the end what it did) and C(restorable) (whether anything
      that it left can be taken back). Null if nothing was done.
  returned: always
  type: dict
journals:
  description:
    - All journals of the run, in order. A second one is that of the last rung, a restart, which leaves nothing to
      take back.
  returned: when steps were done
  type: list
  elements: dict
verified:
  description:
    - The probe's results C(before) and C(after), whether all is well (C(ok), null if nothing was done), and what
      became C(worse).
  returned: always
  type: dict
verdict_after:
  description: The verdict after the change; null in check mode if something would be changed.
  returned: always
  type: str
findings_after:
  description: What is still wrong after the change.
  returned: when steps were done
  type: list
  elements: dict
restart_required:
  description:
    - Whether the listener still presents an earlier certificate and presents the new one from the next start of
      TermService.
  returned: always
  type: bool
run:
  description:
    - Id of the run of C(ansible-playbook) (or C(ansible)), the same for all its hosts. M(winops.rdp.restore)
      takes it as C(run).
    - The variable C(rdp_run) gives a run another id.
  returned: when steps were done
  type: str
  sample: run-20261123T130000Z-0a1b2c3d
columns:
  description:
    - The same as the columns of a table over many hosts, C(client_before), C(cause), C(repair) and
      C(client_after).
  returned: always
  type: dict
safety_task:
  description:
    - Whether a task on the host stood behind the restart of a service, to start it if the call is killed. V(armed),
      V(left_out) (O(safety_task) is false) or V(failed) (the host takes no tasks). Null if nothing was restarted.
  returned: when steps were done
  type: str
rolled_back:
  description: Whether what was done has been taken back, because a step failed or clients were worse off.
  returned: when steps were done
  type: bool
rollback:
  description:
    - What was taken back, and why. Null if nothing had to be. RV(verified), RV(verdict_after) and
      RV(findings_after) are then of the host as it is now.
  returned: when steps were done
  type: dict
  contains:
    why:
      description: What went wrong, in a clause.
      type: str
    tried:
      description: The host as the repair had left it, with C(verdict), C(client) (what a client met) and C(worse).
      type: dict
    steps:
      description: The steps that took it back, as the host reports them.
      type: list
      elements: dict
    complete:
      description: Whether all of it was taken back.
      type: bool
    fault:
      description: Why not all of it was, or null.
      type: str
    kept:
      description: What stays as it was done, for nothing may bring it back, one clause each.
      type: list
      elements: str
summary:
  description: The same in one line.
  returned: always
  type: str
  sample: >-
    repaired: certificate.missing [proven]; a client ends at tls: reset (0x904/0x7); done: service.start SessionEnv;
    now healthy, a client reaches the logon
interrupted_journals:
  description:
    - Ids of journals of earlier runs that were interrupted while they changed the host and may have left something; of
      a restore that was, the journal that it takes back, until that is done.
  returned: always
  type: list
  elements: str
msg:
  description:
    - What failed on what host and what to do next, in one sentence. With RV(ignore:unreachable) when the host
      cannot be reached.
  returned: on failure
  type: str
  sample: "web01 cannot be reached over winrm at 10.0.0.5:5986: [Errno 111] Connection refused. Check address and port."
culprit:
  description:
    - Who is to blame that the host could not be asked, V(controller) (a proxy, a missing package, name resolution),
      V(way) (what lies between), V(account), or V(host).
  returned: when the host could not be asked, and what was said tells why
  type: str
  sample: way
"""
