# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules' documentation says of their results: each key once. ``make docs`` writes it into the modules.

ansible-core 2.19 and earlier, on which this collection runs, take no documentation fragments in RETURN: the texts are
merged beforehand.
"""

from __future__ import annotations

# The text of each key, as YAML.
KEYS: dict[str, str] = {
    "nla_off_until": """\
nla_off_until:
  description:
    - When the host requires Network Level Authentication again by itself, as UTC by its own clock. It does so at its
      next start as well. Null where nothing was turned off for a time.
  returned: always
  type: str
  sample: "2026-12-01T12:00:00Z"
""",
    "findings": """\
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
""",
    "verdict": """\
verdict:
  description:
    - V(healthy), V(degraded) (clients get in, something should be repaired), V(broken), V(off) (Remote Desktop is
      turned off, by the host's own switch or by policy), or V(unknown) when nothing was found and too little could be
      read, or nobody looked from outside. V(healthy) says that a client reached the logon; what comes after it was not
      tried.
  returned: always
  type: str
""",
    "ansible_facts": """\
ansible_facts:
  description:
    - C(rdp_verdict), with the C(verdict) (after a repair, if there was one), the ids of the C(causes), C(assessed_at)
      and the C(run), which is null where nothing was changed. A fact cache keeps it from run to run.
  returned: always
  type: dict
""",
    "unread": """\
unread:
  description:
    - One sentence for each part of the host that could not be read, and so was not judged.
    - Also what a code of the user's client says that no finding rests on, that nobody looked from outside or, where a
      client reached the logon, that what comes after it was not tried.
  returned: always
  type: list
  elements: str
""",
    "plan": """\
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
""",
    "disruption": """\
disruption:
  description:
    - The most disruptive effect of any step that is certain to be done, or was done, V(none), V(service) (a service
      that others may use is restarted) or V(sessions) (users are disconnected).
  returned: always
  type: str
""",
    "steps": """\
steps:
  description:
    - The steps as the host reports them, with C(status) (V(done), V(unchanged), V(failed), V(skipped)),
      C(before), C(after) and C(error).
    - Of a run that was interrupted C(op) and C(status) alone; V(unknown) is a step that nobody knows of.
  returned: when steps were done
  type: list
  elements: dict
""",
    "rung": """\
rung:
  description:
    - The rung that helped, V(quiet), V(renew) or V(restart), being the last one that was climbed before clients got in.
      Null if they got in before, or still do not.
  returned: when steps were done
  type: str
""",
    "journal": """\
journal:
  description:
    - The journal to give to M(winops.rdp.restore), with C(id), C(path) on the host, C(controller_copy) and
      C(state) (V(interrupted) where the run could not say to the end what it did) and C(restorable) (whether anything
      that it left can be taken back). Null if nothing was done.
  returned: always
  type: dict
""",
    "journals": """\
journals:
  description:
    - All journals of the run, in order. A second one is that of the last rung, a restart, which leaves nothing to
      take back.
  returned: when steps were done
  type: list
  elements: dict
""",
    "verified": """\
verified:
  description:
    - The probe's results C(before) and C(after), whether all is well (C(ok), null if nothing was done), and what
      became C(worse).
  returned: always
  type: dict
""",
    "logon": """\
logon:
  description:
    - What came of trying the account, C(outcome) (V(accepted), V(refused), V(unknown), V(not_tried)), C(reason) in one
      word, C(detail) in one sentence, and what else M(winops.rdp.probe) says of it. Nothing in it names the account.
  returned: with O(verify=logon)
  type: dict
""",
    "verdict_after": """\
verdict_after:
  description: The verdict after the change; null in check mode if something would be changed.
  returned: always
  type: str
""",
    "findings_after": """\
findings_after:
  description: What is still wrong after the change.
  returned: when steps were done
  type: list
  elements: dict
""",
    "restart_required": """\
restart_required:
  description:
    - Whether the listener still presents an earlier certificate and presents the new one from the next start of
      TermService.
  returned: always
  type: bool
""",
    "columns": """\
columns:
  description:
    - The same as the columns of a table over many hosts, C(client_before), C(cause), C(repair) and
      C(client_after).
  returned: always
  type: dict
""",
    "summary": """\
summary:
  description: The same in one line.
  returned: always
  type: str
  sample: >-
    repaired: certificate.missing [proven]; a client ends at tls: reset (0x904/0x7); done: service.start SessionEnv;
    now healthy, a client reaches the logon
""",
    "interrupted_journals": """\
interrupted_journals:
  description:
    - Ids of journals of earlier runs that were interrupted while they changed the host and may have left something; of
      a restore that was, the journal that it takes back, until that is done.
  returned: always
  type: list
  elements: str
""",
    "msg": """\
msg:
  description:
    - What failed on what host and what to do next, in one sentence. With RV(ignore:unreachable) when the host
      cannot be reached.
  returned: on failure
  type: str
  sample: "web01 cannot be reached over winrm at 10.0.0.5:5986: [Errno 111] Connection refused. Check address and port."
""",
    "client": """\
client:
  description:
    - What was read of the client, as it came, with C(client) (name, build, clock), C(apps), C(settings) (policies and
      TLS by key), C(profiles), C(rdp_files) and C(products). A part that was not read is null.
  returned: success
  type: dict
""",
    "look": """\
look:
  description: What the client sees of O(target), with the keys of RV(winops.rdp.probe#module:probe). Null without one.
  returned: success
  type: dict
""",
    "seen_from_controller": """\
seen_from_controller:
  description: What the controller sees of the same. Null with O(compare=false) or without O(target).
  returned: success
  type: dict
""",
    "comparison": """\
comparison:
  description:
    - Both looks side by side, with C(points_to) (what makes the difference, V(nothing), V(host), V(resolver), V(path),
      V(proxy), V(tls_policy), V(authentication) or V(unknown)), C(certificates) (V(same), V(inspection), V(farm) or
      V(none)), C(gets_in), C(kept_out), C(unasked), C(looks) and C(summary).
  returned: success
  type: dict
""",
    "as_of": """\
as_of:
  description: The day on which the list of apps and updates was last compared with its sources.
  returned: success
  type: str
  sample: "2026-11-26"
""",
    "culprit": """\
culprit:
  description:
    - Who is to blame that the host could not be asked, V(controller) (a proxy, a missing package, name resolution),
      V(way) (what lies between), V(account), or V(host).
  returned: when the host could not be asked, and what was said tells why
  type: str
  sample: way
""",
    "assessed_at": """\
assessed_at:
  description: When the host was read, by the controller's clock, as UTC.
  returned: always
  type: str
  sample: "2026-11-23T12:00:00Z"
""",
    "forecast": """\
forecast:
  description:
    - What will keep clients out, or leave the host degraded, in the next 30 days, the soonest first. A
      certificate that Windows renews by itself is not in it.
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
""",
    "host": """\
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
""",
    "certificate": """\
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
""",
    "hosts": """\
hosts:
  description:
    - With O(bundle_path), a result for each host by its name, with all the keys below, or with RV(ignore:failed)
      and RV(msg).
    - It fits where a mapping of names to results is wanted.
  returned: with O(bundle_path)
  type: dict
""",
    "counts": """\
counts:
  description:
    - With O(bundle_path), how many hosts have the verdicts V(broken), V(degraded), V(unknown), V(off) and V(healthy),
      and how many V(failed).
  returned: with O(bundle_path)
  type: dict
  sample: {"broken": 1, "degraded": 0, "unknown": 0, "off": 0, "healthy": 11, "failed": 0}
""",
    "lines": """\
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
""",
    "probe": """\
probe:
  description: What a client sees; null without a probe. See M(winops.rdp.probe).
  returned: always
  type: dict
""",
    "client_summary": """\
client_summary:
  description: The same in a few words.
  returned: always
  type: str
""",
    "run": """\
run:
  description:
    - Id of the run of C(ansible-playbook) (or C(ansible)), the same for all its hosts. M(winops.rdp.restore)
      takes it as C(run).
    - The variable C(rdp_run) gives a run another id.
  returned: when steps were done
  type: str
  sample: run-20261123T130000Z-0a1b2c3d
""",
    "safety_task": """\
safety_task:
  description:
    - Whether a task on the host stood behind the restart of a service, to start it if the call is killed. V(armed),
      V(left_out) (O(safety_task) is false) or V(failed) (the host takes no tasks). Null if nothing was restarted.
  returned: when steps were done
  type: str
""",
    "rolled_back": """\
rolled_back:
  description: Whether what was done has been taken back, because a step failed or clients were worse off.
  returned: when steps were done
  type: bool
""",
    "rollback": """\
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
""",
    "chosen": """\
chosen:
  description:
    - The certificate that the listener is to be bound to, with C(thumbprint), C(subject), C(san), C(issuer),
      C(not_before) and C(not_after).
  returned: with O(state=bound)
  type: dict
""",
    "rivals": """\
rivals:
  description:
    - The other certificates that are what was asked for, the newest first. Each is like RV(chosen), and C(why_not)
      says why it was not taken.
  returned: with O(state=bound)
  type: list
  elements: dict
""",
    "notes": """\
notes:
  description: What could not be found out about the certificate beforehand, one clause each.
  returned: with O(state=bound)
  type: list
  elements: str
""",
    "restored": """\
restored:
  description: The run or the journal that was taken back.
  returned: when there was something to take back
  type: str
""",
    "causes_again": """\
causes_again:
  description: >-
    Ids of the causes that were found before the change and no longer right before it was taken back, which are there
    again or will be.
  returned: when there was something to take back
  type: list
  elements: str
""",
    "changes": """\
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
""",
    "left_as_it_is": """\
left_as_it_is:
  description: Why nothing of the run or journal is taken back, in a few words.
  returned: when all of it stays as it is
  type: str
""",
    "newest_run": """\
newest_run:
  description:
    - The C(run) that changed the host last and when it was C(created), whether it was taken back or not; or null. One
      that took itself back counts only where there is no other, and C(left) is false then.
  returned: when listed, or when the host does not know the run
  type: dict
""",
    "unknown_run": """\
unknown_run:
  description: The run that was to be taken back and that the host does not know.
  returned: when the host does not know the run
  type: str
""",
    "outcome": """\
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
""",
    "compared": """\
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
""",
    "changed_since": """\
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
""",
    "client_arrival": """\
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
""",
}
# Where a key means something else in one module.
VARIANTS: dict[tuple[str, str], str] = {
    ("diagnose", "summary"): """\
summary:
  description: The same in one line. With O(bundle_path), how many hosts have which verdict.
  returned: always
  type: str
  sample: >-
    repaired: certificate.missing [proven]; a client ends at tls: reset (0x904/0x7); done: service.start SessionEnv;
    now healthy, a client reaches the logon
""",
    ("client", "verdict"): """\
verdict:
  description:
    - V(in_order) (the client reaches the logon of O(target)), V(client) (something on the client keeps it out), V(path)
      (something between them does), V(host) (the controller does not get in either), or V(unknown).
  returned: always
  type: str
""",
    ("client", "verdict_after"): """\
verdict_after:
  description: The verdict after the change.
  returned: when steps were done
  type: str
""",
    ("client", "findings"): """\
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
""",
    ("client", "unread"): """\
unread:
  description: A phrase for each part of the client that was not read, and so was not judged.
  returned: always
  type: list
  elements: str
""",
    ("client", "summary"): """\
summary:
  description: The same in one line.
  returned: always
  type: str
  sample: >-
    client: client.tls_off [proven]: This client has turned off the TLS that the host speaks: TLS 1.2; gets in from
    controller; PC-17 ends at tls: alert; that points to TLS
""",
    ("diagnose", "assessed_at"): """\
assessed_at:
  description: When the host was read, by the controller's clock, as UTC; of a bundle, when it was taken.
  returned: always
  type: str
  sample: "2026-11-23T12:00:00Z"
""",
    ("diagnose", "forecast"): """\
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
""",
}
_OUTLOOK = ("assessed_at", "forecast", "host", "certificate")
_CHANGE = (
    "findings",
    "verdict",
    "unread",
    "plan",
    "disruption",
    "steps",
    "rung",
    "journal",
    "journals",
    "verified",
    "verdict_after",
    "findings_after",
    "restart_required",
    "run",
    "columns",
)
_ROLLBACK = ("safety_task", "rolled_back", "rollback")
_LAST = ("summary", "interrupted_journals", "msg", "culprit")
# The keys of each module's results, in order.
MODULES: dict[str, tuple[str, ...]] = {
    "diagnose": (
        "hosts",
        "counts",
        "lines",
        "findings",
        "verdict",
        "unread",
        "plan",
        "probe",
        "client_summary",
        "columns",
        *_OUTLOOK,
        "compared",
        "changed_since",
        "client_arrival",
        "outcome",
        "ansible_facts",
        *_LAST,
    ),
    "remediate": (*_CHANGE, *_ROLLBACK, *_OUTLOOK, "logon", "ansible_facts", *_LAST),
    "certificate": ("chosen", "rivals", "notes", *_CHANGE, *_ROLLBACK, *_LAST),
    "client": (
        "findings",
        "verdict",
        "unread",
        "client",
        "look",
        "seen_from_controller",
        "comparison",
        "plan",
        "steps",
        "journal",
        "run",
        "findings_after",
        "verdict_after",
        "as_of",
        "summary",
        "msg",
    ),
    "listener": ("nla_off_until", *_CHANGE, *_ROLLBACK, *_LAST),
    "firewall": (*_CHANGE, *_ROLLBACK, *_LAST),
    "access": (*_CHANGE, *_ROLLBACK, *_LAST),
    "machine_keys": (*_CHANGE, *_ROLLBACK, *_LAST),
    "service": (*_CHANGE, *_ROLLBACK, *_LAST),
    "restore": (
        "restored",
        "causes_again",
        "changes",
        "newest_run",
        "left_as_it_is",
        "unknown_run",
        *_CHANGE,
        "safety_task",
        "summary",
        "msg",
        "culprit",
    ),
}
_ALWAYS = "\n  returned: always\n"
# A module that may find nothing to do has most keys only if there was something.
_ONLY_IF = {"restore": "\n  returned: when there was something to take back\n"}


def returns(module: str) -> str:
    """The RETURN text of a module."""
    return "".join(_entry(module, key) for key in MODULES[module])


def _entry(module: str, key: str) -> str:
    text = VARIANTS.get((module, key)) or KEYS[key]
    if key == "summary":
        return text
    return text.replace(_ALWAYS, _ONLY_IF.get(module, _ALWAYS))
