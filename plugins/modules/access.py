# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: access
short_description: Turn Remote Desktop on or off with all that belongs to it
description:
  - V(enabled=true) is one plan with one look at the end. It sets the host's switch, the listener and its logons,
    Network Level Authentication, the start types of SessionEnv and TermService where they are disabled, opens the
    firewall, adds members to Remote Desktop Users, and starts what does not run.
  - V(enabled=false) sets the switch and closes the firewall. Services, members and Network Level Authentication stay
    as they are.
  - All or nothing. What a policy overrides is refused with its name, and then nothing is done; so is
    V(enabled=true) where SessionEnv or TermService would not start, or has just ended with an error.
options:
  enabled:
    description: Whether Remote Desktop is on.
    type: bool
    required: true
  require_nla:
    description:
      - With O(enabled=true), require Network Level Authentication. V(false) leaves it as it is.
      - It is refused where something that it needs is broken.
    type: bool
    default: true
  firewall:
    description: Whether the host's own firewall is opened or closed as well. V(false) leaves it alone.
    type: bool
    default: true
  rules:
    description:
      - Windows' own rules that are turned on; V(tcp) is the connection, V(udp) its faster transport, V(shadow) looking
        into other sessions.
      - Where V(tcp) does not cover the listener's port (it has been moved, or the rule was deleted), a rule of this
        collection takes its place, with the name C(winops.rdp-In-TCP). V(udp) is left out for other ports than 3389.
    type: list
    elements: str
    choices: [tcp, udp, shadow]
    default: [tcp, udp]
  profiles:
    description: Profiles of networks in which clients get through.
    type: list
    elements: str
    choices: [domain, private, public]
    default: [domain, private]
  remote_addresses:
    description:
      - Who gets through, as addresses, networks (V(10.0.0.0/8)), ranges (V(10.0.0.1-10.0.0.9)), V(LocalSubnet), or
        V(any) alone. Required where O(profiles) has V(public).
      - Without it a rule keeps the addresses that it has, and a new one is for all.
    type: list
    elements: str
  members:
    description:
      - SIDs of accounts and groups that become members of the group Remote Desktop Users. Nobody is taken out of it.
      - Administrators get in without it.
    type: list
    elements: str
    default: []
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
- name: Remote Desktop on, for one group and one network
  winops.rdp.access:
    enabled: true
    profiles: [domain]
    remote_addresses: [10.20.0.0/16]
    members: [S-1-5-21-1004336348-1177238915-682003330-1104]

- name: Remote Desktop off
  winops.rdp.access:
    enabled: false
"""

RETURN = r"""
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
