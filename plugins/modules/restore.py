# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: restore
short_description: Take back a change that this collection made
description:
  - Takes back the steps of a journal, the last one first. What Windows has made since by itself (a new certificate and
    its key, events) stays; a
    certificate entry that was removed is put back beside the new one.
  - A value that is never written (SecurityLayer 0, NLA off) is not restored either; RV(plan) says so under C(blocked).
options:
  journal:
    description: V(latest), a journal's id, or the path of a controller's copy.
    type: str
    default: latest
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
- name: Take back the last change
  winops.rdp.restore:

- name: Take back a certain one
  winops.rdp.restore:
    journal: 20261123T130000Z-0a1b2c3d
"""

RETURN = r"""
restored:
  description: Id of the journal that was taken back.
  returned: when there was something to take back
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
    - V(healthy), V(degraded) (clients get in, something should be repaired), V(broken), or V(unknown) when too
      little could be read.
  returned: when there was something to take back
  type: str
unread:
  description: One sentence for each part of the host that could not be read, and so was not judged.
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
    fallback:
      description: Steps that follow only if clients still do not get in.
      type: list
      elements: dict
    blocked:
      description:
        - Findings for which nothing is done, each with C(finding), C(summary) (why, in a few words), C(detail)
          (what to do instead, or null) and the C(guard) that stood in the way.
      type: list
      elements: dict
disruption:
  description:
    - The most disruptive effect of any step, V(none), V(service) (a service restart) or V(sessions) (users are
      disconnected).
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
journal:
  description:
    - The journal to give to M(winops.rdp.restore), with C(id), C(path) on the host, C(controller_copy) and
      C(state) (V(interrupted) where the run could not say to the end what it did). Null if nothing was done.
  returned: when there was something to take back
  type: dict
journals:
  description:
    - All journals of the run, in order. A second one is that of the fallback, a restart, which leaves nothing to
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
columns:
  description:
    - The same as the columns of a table over many hosts, C(client_before), C(cause), C(repair) and
      C(client_after).
  returned: when there was something to take back
  type: dict
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
"""
