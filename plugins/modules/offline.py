# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: offline
short_description: Write scripts for Windows hosts that Ansible does not reach
description:
  - Where Remote Desktop is down, WinRM is often closed as well. The script that this writes reads a host as
    M(winops.rdp.facts) does, by whatever way there is to run PowerShell on it, a cloud's run command, a console, a
    colleague at the keyboard, and M(winops.rdp.diagnose) judges what it printed or wrote.
  - The script is one readable file, made from the same PowerShell that Ansible sends. It reads, changes nothing and
    asks for nothing. It runs on Windows PowerShell 5.1 and PowerShell 7, elevated.
  - From a bundle it writes a script that repairs that host. The steps are those that M(winops.rdp.remediate) would do,
    with the same guards, journal and undo. It runs on that machine alone, for a day, and only while everything that
    its steps were planned from is as it was. C(-WhatIf) says what it would do, C(-Undo) takes it back, and what it
    prints is a bundle for M(winops.rdp.diagnose) again.
  - Use it on localhost with C(connection=local); no host is asked. With O(kind=repair) and O(probe_host) the listener
    is looked at from the controller first, so that the plan follows what a client sees, and a restart of TermService
    is kept for the case that clients still do not get in. The options of the probe are for that alone.
options:
  kind:
    description:
      - V(collect) reads a host and gives its bundle, V(repair) carries out the plan for O(bundle_path), V(client) looks
        at O(target) from a person's PC and needs no rights there.
    type: str
    choices: [collect, repair, client]
    default: collect
  dest:
    description: >-
      The file on the controller, or a folder in which it is called C(rdp-collect.ps1), C(rdp-repair-HOST.ps1) or
      C(rdp-client.ps1). An older script is replaced; any other file stays, and the task fails.
    type: path
    required: true
  bundle_path:
    description: With O(kind=repair), what the host's collecting script printed or wrote, as for M(winops.rdp.diagnose).
    type: path
  target:
    description: With O(kind=client), the host that the PC is to reach, as for M(winops.rdp.client).
    type: str
  server_name:
    description: With O(kind=client), the name to send in TLS, if not that of O(target).
    type: str
  allow_disconnect:
    description: Plan as if people who are logged on may be disconnected.
    type: bool
    default: false
attributes:
  check_mode:
    support: full
    details: The file is not written.
  diff_mode:
    support: none
    details: It writes one file of its own.
version_added: 0.1.0
extends_documentation_fragment:
  - winops.rdp.common
  - winops.rdp.common.probe
  - winops.rdp.common.choice
seealso:
  - module: winops.rdp.diagnose
  - module: winops.rdp.client
"""

EXAMPLES = r"""
- name: Write the script that collects
  winops.rdp.offline:
    dest: rdp-collect.ps1
  delegate_to: localhost
  connection: local
  run_once: true

- name: Write the script that repairs the host, from what was pasted
  winops.rdp.offline:
    kind: repair
    bundle_path: pasted.txt
    probe_host: web01.example.com   # if its Remote Desktop can be reached from here
    dest: scripts
  delegate_to: localhost
  connection: local
  run_once: true

- name: Judge what it printed, as it was pasted into a file
  winops.rdp.diagnose:
    bundle_path: pasted.txt
  delegate_to: localhost
  connection: local
  run_once: true
"""

RETURN = r"""
plan:
  description: With O(kind=repair), what the script does, as RV(winops.rdp.diagnose#module:plan).
  returned: with O(kind=repair)
  type: dict
path:
  description: The file on the controller.
  returned: success
  type: str
bytes:
  description: Its size.
  returned: success
  type: int
msg:
  description: What failed and what to do next, in one sentence.
  returned: on failure
  type: str
"""
