# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: restore
short_description: Take back a run, or list what could be taken back
description:
  - Takes back what a run, or one journal, changed on the host, the last step first. Without O(run) and O(journal) it
    changes nothing and lists what could be taken back, with when, from which controller, what, and how the host was
    before.
  - Run again it changes nothing. What has been taken back is never taken back a second time, and what was changed
    before that stays.
  - What Windows has made since by itself (a new certificate and its key, events) stays. A certificate entry that was
    removed is put back unless another certificate has its key by now.
  - A value that is never written (SecurityLayer 0) is not restored either; RV(left_as_it_is) says so where
    nothing else is, and RV(plan) under C(blocked).
  - An imported certificate that the listener is bound to, or that the service TermService presents or may present,
    stays with its key. The rest is taken back, and the task fails with what is left and what to do. Restart TermService
    when that suits, and restore again; that finishes it.
  - Runs that build on each other are taken back the later one first. What a later run has changed again, and an
    imported certificate to which it goes back, stays, and the task fails with the run to restore first.
  - The listener is never bound to a certificate that was there then and is gone by now, or has lost its key. The
    binding stays as it is, and the task fails with what to do.
  - The controller's copy of a journal is used where it has a whole one. Where the host's differs, or is gone, a warning
    says so.
options:
  state:
    description:
      - V(restored), what O(run) or O(journal) names is taken back.
      - V(listed), nothing is changed, and RV(changes) lists what is known.
    type: str
    choices: [restored, listed]
    default: restored
  run:
    description:
      - The id of a run of C(ansible-playbook), as results, summaries and reports show it, or V(latest) for the run that
        changed this host last and did not take itself back. Asked for again, it is the same run.
      - A host that the run did not change is left as it is.
    type: str
  journal:
    description: V(latest) for the newest on this host, a journal's id, or the path of a controller's copy.
    type: str
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
"""

EXAMPLES = r"""
- name: Say what could be taken back
  winops.rdp.restore:
    state: listed

- name: Take back what one run changed
  winops.rdp.restore:
    run: run-20261123T130000Z-0a1b2c3d

- name: Take back one journal
  winops.rdp.restore:
    journal: 20261123T130000Z-0a1b2c3d
"""

RETURN = r"""
restored:
  description: The run or the journal that was taken back.
  returned: when there was something to take back
  type: str
causes_again:
  description: >-
    Ids of the causes that were found before the change and no longer right before it was taken back, which are there
    again or will be.
  returned: when there was something to take back
  type: list
  elements: str
changes:
  description:
    - What was changed on the host and is known from its journals or from the controller's copies, newest first.
  returned: when listed
  type: list
  elements: dict
  contains:
    run:
      description: The run to give to O(run). A journal of an earlier version is a run of its own.
      type: str
    journal:
      description: The journal to give to O(journal).
      type: str
    created:
      description: When it was made, as UTC.
      type: str
    controller:
      description: The controller and its process.
      type: str
    what:
      description: What was done, in a few words.
      type: str
    found:
      description: How the host was before, with C(verdict), C(client), C(gets_in) and C(causes).
      type: dict
    state:
      description: V(open) (interrupted), V(complete), V(failed), V(undone) or V(unreadable).
      type: str
    known_to:
      description: V(both), V(host) or V(controller).
      type: str
    restorable:
      description: Whether anything is left to take back.
      type: bool
    renewal:
      description: Whether all that it left is a renewed certificate, which stays.
      type: bool
    left:
      description:
        - Why all that it changed stays as it is, in a few words; null where some of it can be taken back, or has been.
      type: str
newest_run:
  description:
    - The C(run) that changed the host last and when it was C(created), whether it was taken back or not; or null. One
      that took itself back counts only where there is no other, and C(left) is false then.
  returned: when listed, or when the host does not know the run
  type: dict
left_as_it_is:
  description: Why nothing of the run or journal is taken back, in a few words.
  returned: when all of it stays as it is
  type: str
unknown_run:
  description: The run that was to be taken back and that the host does not know.
  returned: when the host does not know the run
  type: str
findings:
  description: The causes, the one that a client meets first at the top. A healthy host has none.
  returned: when there was something to take back
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
  returned: when there was something to take back
  type: str
unread:
  description:
    - One sentence for each part of the host that could not be read, and so was not judged.
    - Also what a code of the user's client says that no finding rests on, that nobody looked from outside or, where a
      client reached the logon, that what comes after it was not tried.
  returned: when there was something to take back
  type: list
  elements: str
plan:
  description: What is done, or in check mode would be done.
  returned: when there was something to take back
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
  returned: when there was something to take back
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
  returned: when there was something to take back
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
  returned: when there was something to take back
  type: dict
verdict_after:
  description: The verdict after the change; null in check mode if something would be changed.
  returned: when there was something to take back
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
  returned: when there was something to take back
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
  returned: when there was something to take back
  type: dict
safety_task:
  description:
    - Whether a task on the host stood behind the restart of a service, to start it if the call is killed. V(armed),
      V(left_out) (O(safety_task) is false) or V(failed) (the host takes no tasks). Null if nothing was restarted.
  returned: when steps were done
  type: str
summary:
  description: The same in one line.
  returned: always
  type: str
  sample: >-
    repaired: certificate.missing [proven]; a client ends at tls: reset (0x904/0x7); done: service.start SessionEnv;
    now healthy, a client reaches the logon
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
