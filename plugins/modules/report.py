# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: report
short_description: Write a report on Remote Desktop over many hosts
description:
  - Makes one page for people, and JSON, CSV and metrics for programs, from what M(winops.rdp.diagnose) or
    M(winops.rdp.remediate) returned for many hosts.
  - The page needs nothing but itself. It has verdicts, causes by number of hosts, a picture of when certificates end,
    who breaks next, and for each host the
    findings with their evidence and the exact command to type.
  - It works on the controller and asks no host. Run it once, on localhost.
  - The files are C(rdp-report.html), C(rdp-report.json), C(rdp-report.csv) and C(rdp-report.prom). The same results
    give the same files; the date on the page
    is that of the newest result.
options:
  results:
    description:
      - Results by host name, as registered from M(winops.rdp.diagnose), or RV(winops.rdp.diagnose#module:hosts) of a
        replay.
      - A host that failed or could not be reached (RV(ignore:failed), RV(ignore:unreachable), RV(ignore:msg)) is shown
        as that.
    type: dict
  results_path:
    description:
      - Folders of files with such results, one for each host and named after it, as role P(winops.rdp.rdp_audit#role)
        writes them with O(ignore:rdp_audit_results_dir), at any depth; or files. A file whose object has C(hosts) holds
        the results of many.
      - Of several results of one host the newest that can be used is taken, and RV(notes) says so. A report tells less
        than the results that it was made of, and is left out, whatever it is called.
      - A host of which no file can be used is shown as one that failed. The task fails only if none can be used.
    type: list
    elements: path
  expected:
    description: Names of the hosts that should be there. One without a result is shown as a host that failed.
    type: list
    elements: str
    default: []
  report_dir:
    description: Folder for the files. It is made if it is not there.
    type: path
    required: true
  formats:
    description: What to write. V(prometheus) is a file for the textfile collector of node_exporter.
    type: list
    elements: str
    choices: [html, json, csv, prometheus]
    default: [html, json, csv, prometheus]
  title:
    description: Heading of the page.
    type: str
    default: Remote Desktop
  mode:
    description: Permissions of the files, in octal and quoted. The files list the weaknesses of your hosts.
    type: raw
    default: "0600"
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
    details: Says which files would change and writes none.
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff
      mode.
    support: full
    details: Of the page it only shows the size.
  action:
    description: Indicates this has a corresponding action plugin so some parts of the options can be executed on the
      controller.
    support: full
    details: All of it runs there.
  async:
    description: Supports being used with the C(async) keyword.
    support: none
author:
  - winops.rdp contributors (@winops)
version_added: 0.1.0
seealso:
  - module: winops.rdp.diagnose
"""

EXAMPLES = r"""
- name: Report on the hosts of a group
  winops.rdp.report:
    results: "{{ dict(groups['windows'] | zip(groups['windows'] | map('extract', hostvars, 'rdp_audit_result'))) }}"
    report_dir: report
  delegate_to: localhost
  run_once: true

- name: Report on what was kept in files
  winops.rdp.report:
    results_path: audit
    report_dir: report
    title: Remote Desktop in Frankfurt
  delegate_to: localhost
  run_once: true

- name: Metrics for node_exporter
  winops.rdp.report:
    results_path: audit
    report_dir: /var/lib/node_exporter
    formats: [prometheus]
    mode: "0644"
  delegate_to: localhost
  run_once: true
"""

RETURN = r"""
files:
  description: The files of the report, whether they had to be written or not.
  returned: on success
  type: list
  elements: str
  sample: [report/rdp-report.html]
counts:
  description: How many hosts have the verdicts V(broken), V(unreachable), V(failed), V(unknown), V(degraded), V(off)
    and V(healthy).
  returned: on success
  type: dict
notes:
  description: What was left out or cannot be used, of which hosts there were several results, and of which the time
    is yet to come.
  returned: on success
  type: list
  elements: str
summary:
  description: The same in one line.
  returned: on success
  type: str
  sample: "300 hosts: 12 broken, 3 unreachable, 16 degraded, 269 healthy"
msg:
  description: What is wrong, where, and what to do next, in one sentence.
  returned: on failure
  type: str
"""
