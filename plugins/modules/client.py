# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: client
short_description: Look at the client's side of Remote Desktop, and at a host from there
description:
  - Asks a Windows client once, over the same connection as every other host. Returns what is wrong there, which Remote
    Desktop apps it has and which of them are retired or out of date, updates with a known defect, policies that keep
    connections from being made, its TLS settings, and what it keeps of one host.
  - With O(target) the client itself looks at that host, as far as a client comes without an account. The controller
    looks at it as well, and both looks side by side tell the client, its resolver, the way and the host apart.
  - Nothing is changed unless one of O(forget_certificate), O(correct_rdp_files) and O(update) asks for it. What is
    changed has a journal, and M(winops.rdp.restore) takes it back.
options:
  target:
    description: Host that the client is to reach, as V(host), V(host:port) or V([IPv6]:port), by the name that its user
      types.
    type: str
  bundle_path:
    description:
      - What C(rdp-client.ps1) of M(winops.rdp.offline) wrote or printed on a PC that Ansible does not reach. That is
        judged, the host that it looked at is looked at from here, and no client is asked. Use it on localhost.
    type: path
  server_name:
    description: Name to send in TLS and to compare the certificate with. Without it, that of O(target).
    type: str
  load_balance_info:
    description: Routing token of a Connection Broker or load balancer.
    type: str
  timeout:
    description: Seconds for each stage of a look, at most 120.
    type: float
    default: 5.0
  deadline:
    description: Seconds for a whole look, at most 3600.
    type: float
    default: 30.0
  compare:
    description: Whether the controller looks at O(target) as well. Without it nothing tells the client from the host.
    type: bool
    default: true
  rdp_files:
    description:
      - Full paths of C(.rdp) files on the client whose settings are read. Of passwords and signatures only whether they
        are there comes home.
    type: list
    elements: str
    default: []
  unloaded_profiles:
    description:
      - Also read the profiles of people who are not logged on, which loads their registry file for a moment with
        C(reg.exe) and needs an administrator. Without it they are named as not read.
    type: bool
    default: false
  forget_certificate:
    description:
      - Remove the hash of O(target)'s certificate that people's clients keep, where it is not that of the certificate
        presented. Refused where the client is shown another certificate than the controller, or none.
    type: bool
    default: false
  correct_rdp_files:
    description:
      - Correct the settings C(enablecredsspsupport), C(negotiate security layer) and C(authentication level) of the
        files in O(rdp_files) where they keep people out or put them at risk. A copy of the file is kept beside it
        (C(.winops.rdp.bak)). A signed file is left alone.
    type: bool
    default: false
  update:
    description: Have winget install or update Windows App, where a retired or outdated app was found and the client has
      winget for the account used.
    type: bool
    default: false
  journal_dir:
    description: Folder on the controller for its copies of the journals.
    type: path
    default: ~/.winops.rdp/journals
attributes:
  check_mode:
    support: full
    details: RV(plan) says what would be done.
  diff_mode:
    support: none
    details: RV(steps) have what was there before and is there after.
version_added: 0.1.0
extends_documentation_fragment:
  - winops.rdp.common
notes:
  - A look leaves one aborted connection in the host's log, as every look does. Nothing is logged on, and no credentials
    are sent.
  - RV(client) has the SIDs of people's profiles and the account name that their client keeps for O(target).
  - What the list of apps and updates was compared with, and when, is RV(as_of).
seealso:
  - module: winops.rdp.offline
  - module: winops.rdp.probe
  - module: winops.rdp.diagnose
  - module: winops.rdp.restore
"""

EXAMPLES = r"""
- name: Why does this PC not get into that host
  winops.rdp.client:
    target: srv01.example.com
  register: pc

- name: Fail if it is the PC
  ansible.builtin.assert:
    that: pc.verdict not in ('client', 'path')
    fail_msg: "{{ pc.summary }}"

- name: The certificate was renewed on purpose, so let the PC ask again
  winops.rdp.client:
    target: srv01.example.com
    forget_certificate: true

- name: Correct an .rdp file that everybody has on the desktop
  winops.rdp.client:
    rdp_files: ['C:\Users\Public\Desktop\srv01.rdp']
    correct_rdp_files: true
"""

RETURN = r"""
findings:
  description: What is wrong on the client, or between it and O(target), what keeps it out at the top.
  returned: always
  type: list
  elements: dict
  contains:
    id:
      description: Stable name of the cause; docs/causes/client.md has a section on each.
      type: str
      sample: client.tls_off
    title:
      description: The cause in a few words.
      type: str
      sample: Client turned current TLS off
    severity:
      description: V(critical) keeps this client out, V(warning) does not, but may or weakens it.
      type: str
    confidence:
      description: V(proven), V(likely) or V(possible).
      type: str
    summary:
      description: One sentence.
      type: str
    evidence_for:
      description: Facts that speak for it, each with where it was read.
      type: list
      elements: dict
    owner:
      description: Who can repair it, V(client) or V(network).
      type: str
    advice:
      description: What people should do.
      type: str
    docs:
      description: Where the cause is explained.
      type: str
    target:
      description: What a remedy works on (profile, file, setting).
      type: dict
verdict:
  description:
    - V(in_order) (the client reaches the logon of O(target)), V(client) (something on the client keeps it out), V(path)
      (something between them does), V(host) (the controller does not get in either), or V(unknown).
  returned: always
  type: str
unread:
  description: A phrase for each part of the client that was not read, and so was not judged.
  returned: always
  type: list
  elements: str
client:
  description:
    - What was read of the client, as it came, with C(client) (name, build, clock), C(apps), C(settings) (policies and
      TLS by key), C(profiles), C(rdp_files) and C(products). A part that was not read is null.
  returned: success
  type: dict
look:
  description: What the client sees of O(target), with the keys of RV(winops.rdp.probe#module:probe). Null without one.
  returned: success
  type: dict
seen_from_controller:
  description: What the controller sees of the same. Null with O(compare=false) or without O(target).
  returned: success
  type: dict
comparison:
  description:
    - Both looks side by side, with C(points_to) (what makes the difference, V(nothing), V(host), V(resolver), V(path),
      V(proxy), V(tls_policy), V(authentication) or V(unknown)), C(certificates) (V(same), V(inspection), V(farm) or
      V(none)), C(gets_in), C(kept_out), C(unasked), C(looks) and C(summary).
  returned: success
  type: dict
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
      C(state) (V(interrupted) where the run could not say to the end what it did) and C(restorable) (whether anything
      that it left can be taken back). Null if nothing was done.
  returned: always
  type: dict
run:
  description:
    - Id of the run of C(ansible-playbook) (or C(ansible)), the same for all its hosts. M(winops.rdp.restore)
      takes it as C(run).
    - The variable C(rdp_run) gives a run another id.
  returned: when steps were done
  type: str
  sample: run-20261123T130000Z-0a1b2c3d
findings_after:
  description: What is still wrong after the change.
  returned: when steps were done
  type: list
  elements: dict
verdict_after:
  description: The verdict after the change.
  returned: when steps were done
  type: str
as_of:
  description: The day on which the list of apps and updates was last compared with its sources.
  returned: success
  type: str
  sample: "2026-11-26"
summary:
  description: The same in one line.
  returned: always
  type: str
  sample: >-
    client: client.tls_off [proven]: This client has turned off the TLS that the host speaks: TLS 1.2; gets in from
    controller; PC-17 ends at tls: alert; that points to TLS
msg:
  description:
    - What failed on what host and what to do next, in one sentence. With RV(ignore:unreachable) when the host
      cannot be reached.
  returned: on failure
  type: str
  sample: "web01 cannot be reached over winrm at 10.0.0.5:5986: [Errno 111] Connection refused. Check address and port."
"""
