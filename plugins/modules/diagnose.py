# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: diagnose
short_description: Find out why Remote Desktop clients do not get in
description:
  - Asks the host once, looks at its listener as a client does, and ranks the causes with what speaks for and against
    each.
  - Also says what M(winops.rdp.remediate) would do about them, and what will keep clients out in the next days.
    Nothing is changed.
  - With O(bundle_path) no host is asked at all. Files that M(winops.rdp.facts) wrote are judged in its place, on any
    controller and at any time.
options:
  bundle_path:
    description:
      - A bundle that O(winops.rdp.facts#module:bundle_dir) wrote, or a folder of them (its files whose names end in
        C(.json)). Use it on localhost with
        C(connection=local); no host is asked. With O(probe_host), for one bundle, its listener is looked at from here
        and now in the place of the bundle's own look, if the bundle is of the last day; without it the options of the
        probe have no effect.
      - A snapshot alone, and an object with C(snapshot) and C(probe), are taken too. The file's name is then the
        host's, and the host's own clock the time.
      - A file that cannot be judged has RV(ignore:failed) and RV(msg) in RV(hosts) and does not hide the others. The
        task fails only if none could be judged.
    type: path
  client_code:
    description:
      - What a user's client showed, for example V(0x904/0x7), V(2308) or V(0x1807), or its own words as they were
        pasted, in any language and with any number of codes. It ranks causes and adds what the code says by itself.
      - Words without any code are no error; the host is judged all the same, and RV(unread) says so.
      - With O(bundle_path) it goes for all of them, before a C(client_code) of their own.
    type: str
  client_address:
    description:
      - The IP address from which a user's client connects, as the host sees it. RV(client_arrival) then says whether
        connections of it reached the host. Behind NAT, a VPN or a gateway that is not the client's own address.
    type: str
  reference_path:
    description:
      - A bundle that O(winops.rdp.facts#module:bundle_dir) wrote of a host that works. RV(compared) then has what is
        different here, for where nothing else explains a failure.
    type: path
  reference_host:
    description:
      - A host of the inventory that works, in place of a bundle. It is read over its own connection and for all hosts
        of the task together, again where that was more than five minutes ago or has failed; nothing is changed there
        either.
      - Its account is the one that a task with C(delegate_to) would have there, which is that of its own variables, of
        the play, or of the run (C(-u), C(-k)). Nothing that is of the task's host is sent to it, such as its password
        or the C(environment); where a variable of its connection cannot be resolved, nothing is.
      - One that cannot be read costs nobody the diagnosis; RV(compared) says why then.
    type: str
  since:
    description:
      - A day or a time such as V(2026-11-23) or V(2026-11-23T08:00), in the controller's time zone if it names none.
        RV(changed_since) then has what changed on the host since, by the host's own times.
      - Events are read of the last three days alone.
    type: str
  forecast_days:
    description: How many days RV(forecast) looks ahead, from 1 to 3650.
    type: int
    default: 30
  fail_on:
    description:
      - Fail the task when the verdict is V(broken), or already when it is V(degraded).
      - A host that could not be judged (verdict V(unknown)) fails it with both.
    type: str
    choices: [never, broken, degraded]
    default: never
  results_dir:
    description:
      - Folder on the controller into which the result is written as JSON, named after the host. Without it, nothing is
        written.
    type: path
  allow_disconnect:
    description: Plan as if people who are logged on may be disconnected.
    type: bool
    default: false
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
  - winops.rdp.common.choice
seealso:
  - module: winops.rdp.remediate
"""

EXAMPLES = r"""
- name: Find the cause
  winops.rdp.diagnose:
  register: diagnosis

- name: Say it
  ansible.builtin.debug:
    msg: "{{ diagnosis.summary }}"

- name: Find the cause of what a user saw
  winops.rdp.diagnose:
    client_code: 0x904/0x7

- name: Compare it with a host that works, and ask what changed since Monday
  winops.rdp.diagnose:
    reference_host: web02
    since: "2026-11-23"
    client_address: 203.0.113.7

- name: Judge what was collected elsewhere
  winops.rdp.diagnose:
    bundle_path: bundles
    forecast_days: 60
  delegate_to: localhost
  connection: local
  run_once: true
  register: replay

- name: Say who breaks in the next 60 days
  ansible.builtin.debug:
    msg: "{{ item.key }}: {{ item.value.forecast | default([]) | map(attribute='what') | join('; ') }}"
  loop: "{{ replay.hosts | dict2items }}"
  loop_control:
    label: "{{ item.key }}"
  run_once: true
"""

RETURN = r"""
hosts:
  description:
    - With O(bundle_path), a result for each host by its name, with all the keys below, or with RV(ignore:failed)
      and RV(msg).
    - It fits where a mapping of names to results is wanted.
  returned: with O(bundle_path)
  type: dict
counts:
  description:
    - With O(bundle_path), how many hosts have the verdicts V(broken), V(degraded), V(unknown), V(off) and V(healthy),
      and how many V(failed).
  returned: with O(bundle_path)
  type: dict
  sample: {"broken": 1, "degraded": 0, "unknown": 0, "off": 0, "healthy": 11, "failed": 0}
lines:
  description:
    - With O(bundle_path), a line for each host with its verdict and first finding, equal ones joined, what needs
      somebody last.
  returned: with O(bundle_path)
  type: list
  elements: str
  sample:
    - "web02: healthy: a client reaches the logon; what comes after it was not tried"
    - "web01: broken: service.disabled [proven]; a client ends at tcp: refused (0x204); would be repaired: ..."
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
probe:
  description: What a client sees; null without a probe. See M(winops.rdp.probe).
  returned: always
  type: dict
client_summary:
  description: The same in a few words.
  returned: always
  type: str
columns:
  description:
    - The same as the columns of a table over many hosts, C(client_before), C(cause), C(repair) and
      C(client_after).
  returned: always
  type: dict
assessed_at:
  description: When the host was read, by the controller's clock, as UTC; of a bundle, when it was taken.
  returned: always
  type: str
  sample: "2026-11-23T12:00:00Z"
forecast:
  description:
    - What will keep clients out, or leave the host degraded, in the next O(forecast_days) days, the soonest
      first. A certificate that Windows renews by itself is not in it.
  returned: always
  type: list
  elements: dict
  contains:
    kind:
      description: V(certificate), V(licensing) or V(policy).
      type: str
    when:
      description: When it happens, as UTC. Null for what happens at the next start of the service TermService.
      type: str
      sample: "2026-12-01T12:00:00Z"
    days:
      description: Whole days until then, or null.
      type: int
    what:
      description: What happens, in one sentence.
      type: str
    why:
      description: Why it is not averted by itself, or what to do, in one sentence; or null.
      type: str
    finding:
      description: Id of a finding that has to do with it, or null.
      type: str
host:
  description: What host was judged; null if it could not be read.
  returned: always
  type: dict
  contains:
    name:
      description: The computer's own name.
      type: str
    product:
      description: Windows as it is sold; null for a build that is not known.
      type: str
      sample: Windows Server 2022
    build:
      description: Build number of Windows.
      type: int
      sample: 20348
    domain:
      description: Its domain, or null if it is in none.
      type: str
    port:
      description: The listener's port.
      type: int
certificate:
  description: The certificate that the listener is bound to; null if it could not be read.
  returned: always
  type: dict
  contains:
    source:
      description: V(pin), V(template) or V(self_signed).
      type: str
    thumbprint:
      description: SHA-1 by which it is named; null if nothing names one.
      type: str
    subject:
      description: Its subject; null if it is in no store or cannot be read.
      type: str
    not_after:
      description: When it ends, as UTC; null as above.
      type: str
    days_left:
      description: Whole days until then, negative once it has ended; null as above.
      type: int
compared:
  description: How the host differs from the one that works. A difference is a fact, no finding.
  returned: with O(reference_path) or O(reference_host)
  type: dict
  contains:
    reference:
      description: The computer's name of the host that works.
      type: str
    differences:
      description: What is another on the reference, in the order in which a client meets it.
      type: list
      elements: dict
      contains:
        part:
          description: >-
            V(firewall), V(listener), V(tls), V(certificate), V(nla), V(services), V(system), V(products) or V(other).
          type: str
        what:
          description: The fact.
          type: str
        here:
          description: Its value on this host, in words.
          type: str
        there:
          description: Its value on the reference.
          type: str
        where:
          description: Where it was read.
          type: str
    not_compared:
      description: What one of the two did not give, one sentence each.
      type: list
      elements: str
changed_since:
  description: What changed on the host since O(since), by the host's own times.
  returned: with O(since)
  type: dict
  contains:
    since:
      description: The moment, as UTC.
      type: str
    changes:
      description: The changes, the oldest first.
      type: list
      elements: dict
      contains:
        when:
          description: When, as UTC.
          type: str
        what:
          description: What happened, in words.
          type: str
        where:
          description: Where it was read.
          type: str
    not_told:
      description: What the host cannot tell, one sentence each.
      type: list
      elements: str
client_arrival:
  description: Whether connections of O(client_address) reached the host, by its own log of the last three days.
  returned: with O(client_address)
  type: dict
  contains:
    address:
      description: The address.
      type: str
    reached:
      description: >-
        Whether the host logged a connection of it. Null if the log cannot tell, for it is off, does not go back far
        enough or was not read to its end.
      type: bool
    since:
      description: From when on the log was read, as UTC.
      type: str
    last:
      description: When the newest connection came, as UTC; or null.
      type: str
    failures:
      description: What the host logged against the address, in words.
      type: list
      elements: str
    summary:
      description: The same in one sentence.
      type: str
outcome:
  description: What a repair script of M(winops.rdp.offline) did before the bundle was read.
  returned: with O(bundle_path), of a bundle that a repair script printed
  type: dict
  contains:
    changed:
      description: Whether it changed anything.
      type: bool
    journal:
      description: Its C(id), C(path) on the host, and C(state).
      type: dict
    steps:
      description: Its steps, each with C(op), C(status), C(before), C(after) and C(error).
      type: list
      elements: dict
ansible_facts:
  description:
    - C(rdp_verdict), with the C(verdict) (after a repair, if there was one), the ids of the C(causes), C(assessed_at)
      and the C(run), which is null where nothing was changed. A fact cache keeps it from run to run.
  returned: always
  type: dict
summary:
  description: The same in one line. With O(bundle_path), how many hosts have which verdict.
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
