# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: summary
short_description: Say how all hosts of a run are
description:
  - Ends the collection's playbooks. It says in one line for each host how the hosts of the run are, with equal ones
    joined, and writes the report that is asked for. A host that the run did not come to has a line that says so.
  - It works on the controller and asks no host, whatever the connection of the host is for which it runs.
options:
  kind:
    description: The playbook that is over.
    type: str
    choices: [audit, remediate, restore]
    required: true
  hosts:
    description: The pattern of hosts that the playbook had. Hosts outside C(--limit) are left out.
    type: raw
    default: all
  report_dir:
    description: Folder for a report as M(winops.rdp.report) writes it. Without it, none is written.
    type: path
  title:
    description: Heading of the report.
    type: str
    default: Remote Desktop
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
    details: The report is written in check mode as well.
  diff_mode:
    description:
      - Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff mode.
    support: none
  action:
    description:
      - Indicates this has a corresponding action plugin so some parts of the options can be executed on the controller.
    support: full
    details: All of it runs there.
  async:
    description: Supports being used with the C(async) keyword.
    support: none
author:
  - winops.rdp contributors (@winops)
version_added: 0.1.0
seealso:
  - module: winops.rdp.report
"""

EXAMPLES = r"""
- name: Say how the hosts are
  winops.rdp.summary:
    kind: audit
    report_dir: report
  run_once: true
"""

RETURN = r"""
lines:
  description: The closing lines, the last one with the numbers.
  returned: always
  type: list
  elements: str
  sample: ["288 hosts (web[001:288]): healthy: a client reaches the logon", "288 hosts: 288 healthy"]
summary:
  description: The numbers.
  returned: always
  type: str
failing:
  description: The hosts that fail the run, each with a word.
  returned: always
  type: dict
files:
  description: The files of the report.
  returned: always
  type: list
  elements: str
stats:
  description:
    - What the playbooks give to M(ansible.builtin.set_stats), which a workflow of Automation Platform hands on to its
      next job as variables. C(rdp_counts) is the number of hosts by state. C(rdp_broken_hosts), C(rdp_failing_hosts)
      and C(rdp_repairable_hosts) (for which an audit or check mode has a plan) are names of hosts, and C(rdp_run) is
      the id of a run that changed something.
  returned: always
  type: dict
msg:
  description: What is wrong, where, and what to do next, in one sentence.
  returned: on failure
  type: str
"""
