# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: witnesses
short_description: Hold what this collection reads of a host against Windows' own tools
description:
  - Reads the host as M(winops.rdp.facts) does, asks Windows' own tools about the same facts, and compares them one by
    one. For whoever wants to know whether this collection reads this Windows right, before anything depends on it.
  - The tools are C(reg.exe), C(sc.exe), C(certutil.exe), C(icacls.exe), C(netstat.exe), C(quser.exe), C(w32tm.exe),
    C(Get-NetFirewallRule), C(Get-WinEvent) and WMI, as far as the host has them. Of their words only what is the same
    in every language is used.
  - Nothing is changed. The tools run as the account of the connection, and a log of process starts will show them.
options:
  results_dir:
    description:
      - Folder on the controller into which the result is written as JSON, named after the host. That file can be sent
        to who maintains the collection. It has the computer's name, thumbprints, process and session numbers, and no
        name of a user, password or key.
    type: path
attributes:
  check_mode:
    support: full
    details: It never changes anything.
  diff_mode:
    support: none
    details: It never changes anything.
version_added: 0.1.0
extends_documentation_fragment:
  - winops.rdp.common
  - winops.rdp.common.probe
seealso:
  - module: winops.rdp.facts
"""

EXAMPLES = r"""
- name: Hold the reading against Windows' own tools
  winops.rdp.witnesses:
    results_dir: witnesses
  register: held

- name: Show where they differ
  ansible.builtin.debug:
    msg: "{{ held.lines }}"
"""

RETURN = r"""
windows:
  description: Build, edition and PowerShell of the host.
  returned: success
  type: str
  sample: Windows build 20348.2322 (ServerStandard), PowerShell 5.1.20348.2227
counts:
  description: How many facts C(agree), C(differ), have C(no_witness), or were C(not_read) by the snapshot.
  returned: success
  type: dict
  sample: {"agree": 71, "differ": 0, "no_witness": 3, "not_read": 0}
rows:
  description: Each fact, in the order of the snapshot's sections.
  returned: success
  type: list
  elements: dict
  contains:
    fact:
      description: What is compared.
      type: str
    snapshot:
      description: What this collection read, in words; null if it read nothing.
      type: str
    witness:
      description: What the tool says, in words; null if it does not say.
      type: str
    tool:
      description: The tool.
      type: str
    result:
      description: V(agree), V(differ), V(no witness) or V(not read).
      type: str
lines:
  description: The host, where snapshot and tools differ, and the counts, as lines for the terminal.
  returned: success
  type: list
  elements: str
summary:
  description: The counts in one line.
  returned: success
  type: str
msg:
  description: What failed on what host and what to do next, in one sentence.
  returned: on failure
  type: str
"""
