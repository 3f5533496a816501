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
  - Use it on localhost with C(connection=local); no host is asked.
options:
  kind:
    description: V(collect) reads a host and gives its bundle.
    type: str
    choices: [collect]
    default: collect
  dest:
    description: The file on the controller, or a folder in which it is called C(rdp-collect.ps1).
    type: path
    required: true
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
seealso:
  - module: winops.rdp.diagnose
"""

EXAMPLES = r"""
- name: Write the script that collects
  winops.rdp.offline:
    dest: rdp-collect.ps1
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
