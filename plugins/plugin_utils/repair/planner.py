# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From findings to the smallest plan, in rungs.

What disturbs nobody comes first (``quiet``), then a new certificate (``renew``), both in one call. The restart of
TermService, which disconnects people (``restart``), is a call of its own: it follows only if a look from outside still
shows that clients do not get in. Each restart happens once, for all findings that need it. A guard holds back a rung,
never those below it.

On a host that lets clients in, nothing that is done unasked costs anybody anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, POSSIBLE, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, flaws, settings
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import PUT_RIGHT, Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import REMEDIES, Remedy, ended, tried_alone
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import COSTS, Step

QUIET, RENEW, RESTART = "quiet", "renew", "restart"
# The guards of services that would not come back behind a restart, of what the listener or a later run still needs, and
# of what an undo would refer to and is gone, and of a setting with which clients get in.
DEPENDENTS, IN_USE, GONE, LOOK = "dependents", "in_use", "gone", "look"
# What they hold back can be taken back later.
_LATER = (DEPENDENTS, IN_USE, GONE)
# The condition of a rung that is climbed only if it must be.
STILL_OUT = "clients still do not get in"

# SessionEnv makes a key of 2048 bits, and may talk to the domain about its name.
_RENEWAL_SECONDS = 120
# What keeps people from harm stands before what could do it: the task before the value that it takes back.
_PHASES = (
    "clock.resync",
    "domain.reset_channel",
    "group.add",
    "service.start_type",
    "acl.set",
    "firewall.add",
    "firewall.set",
    "task.arm",
    "registry.set",
    "registry.remove",
    "task.disarm",
    "certificate.import",
    "file.replace",
    "policy.refresh",
    "certificate.enrol",
)

# Why nothing is done for a finding that comes with advice, by who can repair it.
_BY_OWNER = {
    "host": "an administrator has to decide or act",
    "policy": "a policy sets it",
    "client": "look at the client and its network",
    "network": "it is repaired in the network",
    "none": "there is nothing to repair on the host",
}
# The same where it is not known whether it is the network at all.
_OPEN_WHOSE = "a probe from the host's own network tells whether the network or the host ends it"
# The same where the client is in order, and the account that it was given is not.
_OF_AN_ACCOUNT = "look at the account"
# The words for what leaves nothing undone on the host.
ELSEWHERE = frozenset(_BY_OWNER[owner] for owner in ("client", "network", "none")) | {_OPEN_WHOSE, _OF_AN_ACCOUNT}
# Why what nobody asked for is not done, by the class of the remedy.
_UNASKED = {
    catalogue.TIGHTEN: "hardening is a decision, and is done only where it is asked for",
    catalogue.OPEN: "somebody may have meant it, and it is undone only where that is asked for",
}

Chosen = list[tuple[Finding, Remedy]]


@dataclass(frozen=True)
class Blocked:
    """A finding, or an operation to take back, for which nothing (or not everything) is done.

    ``summary`` says why in a few words, ``detail`` what to do instead. ``guard`` names the guard that stood in the
    way, or is None if there is no remedy.
    """

    finding: str
    summary: str
    detail: str | None = None
    guard: str | None = None

    @classmethod
    def by_refusal(cls, finding: str, refusal: Refused) -> Blocked:
        return cls(finding, refusal.summary, refusal.detail, refusal.guard)

    def to_dict(self) -> dict[str, Any]:
        return {"finding": self.finding, "summary": self.summary, "detail": self.detail, "guard": self.guard}


def later(blocked: Iterable[Blocked]) -> tuple[Blocked, ...]:
    """What cannot be taken back yet: its journal can be restored again."""
    return tuple(one for one in blocked if one.guard in _LATER)


@dataclass(frozen=True)
class Rung:
    """Steps that are done together. ``condition`` says in words when (None: always)."""

    name: str
    steps: tuple[Step, ...]
    condition: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"name": self.name, "condition": self.condition, "steps": [step.told() for step in self.steps]}


@dataclass(frozen=True)
class Plan:
    """What will be done, rung by rung; ``blocked`` is what will not be done."""

    rungs: tuple[Rung, ...] = ()
    blocked: tuple[Blocked, ...] = ()

    @classmethod
    def of(cls, steps: Iterable[Step], blocked: Iterable[Blocked] = ()) -> Plan:
        """The plan that does these steps, in this order and in one call, whatever a client sees in between."""
        steps = tuple(steps)
        return cls((Rung(QUIET, steps),) if steps else (), tuple(blocked))

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is done whatever a client sees in between: one call of the host."""
        return tuple(step for rung in self.rungs if rung.condition is None for step in rung.steps)

    @property
    def conditional(self) -> tuple[Rung, ...]:
        """The rungs that are climbed only if their condition holds then."""
        return tuple(rung for rung in self.rungs if rung.condition is not None)

    @property
    def disruption(self) -> str:
        """The dearest step's cost to people, of those that are certain: ``none``, ``service`` or ``sessions``."""
        return dearest(self.steps)

    @property
    def later(self) -> tuple[Blocked, ...]:
        """What cannot be taken back yet."""
        return later(self.blocked)

    def to_dict(self) -> dict[str, Any]:
        return {
            "steps": [step.told() for step in self.steps],
            "rungs": [rung.to_dict() for rung in self.rungs],
            "blocked": [blocked.to_dict() for blocked in self.blocked],
        }


def dearest(steps: Iterable[Step]) -> str:
    """The highest cost to people among these steps."""
    return max((step.cost for step in steps), key=COSTS.index, default=make.NONE)


def behind(snapshot: Snapshot, steps: Iterable[Step]) -> Snapshot:
    """The host as the first of these steps that takes TermService down finds it: with the start types set before."""
    starts: dict[str, int] = {}
    for step in steps:
        if step.cost == make.SESSIONS:
            break
        if step.op == "service.start_type":
            starts[step.fields["service"]] = step.fields["start"]
    services = snapshot.section("services")
    if not starts or not services:
        return snapshot
    changed = {name: _with_starts(row, name, starts) for name, row in services.items()}
    return replace(snapshot, sections={**snapshot.sections, "services": changed})


def _with_starts(service: dict[str, Any] | None, name: str, starts: dict[str, int]) -> dict[str, Any] | None:
    if service is None:
        return None
    rows = service.get("dependents")
    told = [{**row, "start": starts.get(row["name"], row["start"])} for row in rows or ()]
    return {**service, "start": starts.get(name, service["start"]), "dependents": rows and told}


def session_guard(snapshot: Snapshot, policy: RepairPolicy, steps: Iterable[Step] = ()) -> Refused | None:
    """Why TermService must not be taken down now, or behind those of the steps that come first; None if it may be."""
    if snapshot.running("TermService") is False:
        return None
    snapshot = behind(snapshot, steps)
    flaw = flaws.of_next_start(snapshot, "TermService")
    if flaw and (flaw.fails or not policy.allow_disconnect):
        accepted = "" if flaw.fails else ", or run again with allow_disconnect=true if it starts here"
        return Refused(f"TermService is not taken down, for it {flaw.outlook}", f"{PUT_RIGHT}{accepted}")
    people = None if policy.allow_disconnect else _people_guard(snapshot)
    lost = dependents_guard(snapshot, "TermService", policy)
    if people and lost:
        return Refused(f"{people.summary}; {lost.summary}", lost.detail, people.guard)
    return people or lost


def _people_guard(snapshot: Snapshot) -> Refused | None:
    people = snapshot.occupants
    if people is None:
        return Refused(
            "a restart of TermService would disconnect whoever is logged on, and that could not be read",
            "run again with allow_disconnect=true if that is acceptable",
            "sessions",
        )
    if people:
        return Refused(
            f"a restart of TermService would disconnect {', '.join(people)}",
            "run again when the host is empty, or with allow_disconnect=true",
            "sessions",
        )
    return None


def dependents_guard(snapshot: Snapshot, name: str, policy: RepairPolicy) -> Refused | None:
    """Why a service must not be restarted: one that depends on it and runs would not come back, or might not."""
    lost = {} if policy.allow_disconnect else flaws.of_dependents(snapshot, name)
    if not lost:
        return None
    told, names = "; ".join(f"{other} {flaw.outlook}" for other, flaw in lost.items()), " and ".join(lost)
    return Refused(
        f"a restart of {name} would stop {names} for good: {told}",
        f"{PUT_RIGHT}, or stop {names} if nobody needs it; allow_disconnect=true restarts {name} all the same",
        DEPENDENTS,
    )


def restart(name: str, why: str, findings: tuple[str, ...], snapshot: Snapshot, policy: RepairPolicy) -> Step:
    """The restart of a service that runs. The host looks again right before it, unless a person has allowed it."""
    looks = not policy.allow_disconnect
    for other, flaw in ({} if looks else flaws.of_dependents(snapshot, name)).items():
        why += f"; {other} stops with it and {flaw.outlook}"
    return make.run_state(
        "restart", name, why, findings, expect_empty=looks and name == "TermService", expect_back=looks
    )


def plan(before: Assessment, policy: RepairPolicy) -> Plan:
    """The plan for what was found. Only findings that are proven or likely are repaired."""
    chosen: Chosen = []
    blocked: list[Blocked] = []
    intent = _meant_to_be_on(before, policy)
    for finding in before.diagnosis.findings:
        left = _not_chosen(finding, before, policy) or _not_meant(finding, intent)
        if left:
            blocked.append(left)
            continue
        try:
            _edition_guard(before)
            remedy = REMEDIES[finding.id](finding, before, policy)
            clock_guard(remedy, before, asked=policy.asks_for(catalogue.CLOCK_WRONG.id))
            _boot_guard(finding, before.snapshot)
            _look_guard(finding, before)
            _vain_guard(remedy, before)
            remedy, unstarted = _without_unread_starts(finding, remedy, before.snapshot)
        except Refused as refusal:
            blocked.append(Blocked.by_refusal(finding.id, refusal))
            continue
        untriggered = _trigger_guard(remedy, before)
        if untriggered:
            blocked.append(Blocked.by_refusal(finding.id, untriggered))
            # Nor a restart, which nothing is there for then.
            remedy = replace(remedy, renewal=None, after_renewal=(), reload=False)
        remedy, vain = _without_vain_starts(remedy, before.snapshot)
        not_started = (*unstarted, *vain, *_left_stopped(remedy, before.snapshot))
        blocked += [Blocked.by_refusal(finding.id, refusal) for refusal in not_started]
        chosen.append((finding, remedy))
    chosen, unmeant = _of_a_host_that_is_on(chosen, before.snapshot)
    chosen, more = _startable(chosen, before.snapshot)
    chosen, unserved = _with_certificate(chosen, before)
    more += unmeant + unserved
    rungs = arrange(chosen, before)
    restart, held_back = _restart(chosen, rungs, before, policy)
    return Plan((*rungs, *restart), (*blocked, *more, *held_back))


# Choosing -------------------------------------------------------------------------------------------------------------


def _not_chosen(finding: Finding, before: Assessment, policy: RepairPolicy) -> Blocked | None:
    """Why no remedy is looked for, or None."""
    if policy.only_findings and finding.id not in policy.only_findings:
        return Blocked(finding.id, "it is not among those asked for (only_findings)", None, "only")
    if finding.id in policy.skip_findings:
        return Blocked(finding.id, "left out as asked (skip_findings)", None, "skip")
    if not finding.has_remedy and finding.advice:
        guard = "policy" if finding.owner == "policy" else None
        return Blocked(finding.id, _left_to(finding, before.snapshot), finding.advice, guard)
    if not finding.has_remedy or finding.id not in REMEDIES:
        return Blocked(finding.id, "there is no automatic remedy")
    if not policy.asks_for(finding.id):
        repair_class = finding.type.repair_class or ""
        how = f"ask for it with {repair_class}={finding.id}"
        if finding.type.by_name:
            left = f"{finding.advice}; or {how}"
            return Blocked(finding.id, "it is tried only where this finding is asked for", left, repair_class)
        return Blocked(finding.id, _UNASKED[repair_class], how, repair_class)
    if finding.confidence == POSSIBLE:
        return Blocked(finding.id, "it is only possible, and nothing is changed on a suspicion", None, "confidence")
    return None


def _left_to(finding: Finding, snapshot: Snapshot) -> str:
    """Who can repair it, in a few words; of a setting of the listener, which policy sets it."""
    name = finding.target.get("name")
    setting = snapshot.setting(name) if name in settings.names() else None
    if setting and setting.by_policy:
        return f"{setting.set_by} sets {setting.name} to {setting.effective}"
    if finding.type is catalogue.INTERFERENCE_HANDSHAKE_DROPPED:
        return _OPEN_WHOSE
    if finding.owner == catalogue.CLIENT and finding.type.part == catalogue.LOGON:
        return _OF_AN_ACCOUNT
    return _BY_OWNER[finding.owner]


def _meant_to_be_on(before: Assessment, policy: RepairPolicy) -> Refused | None:
    """Why nothing is given back: Remote Desktop is not meant to be on. None if it is, or is turned on by this plan."""
    on = before.snapshot.rdp_enabled
    if on:
        return None
    if on is None:
        return Refused("whether Remote Desktop is meant to be on could not be read", None, "intent")
    found = next((finding for finding in before.diagnosis.findings if finding.type.turned_off), None)
    if found and not _not_chosen(found, before, policy):
        return None
    return _off()


def _off() -> Refused:
    return Refused("Remote Desktop is turned off on this host, so there is nothing to give back", None, "intent")


def _of_a_host_that_is_on(chosen: Chosen, snapshot: Snapshot) -> tuple[Chosen, list[Blocked]]:
    """Nothing is given back either where it was asked to be turned on, and that is refused."""
    if snapshot.rdp_enabled or any(finding.type.turned_off for finding, _remedy in chosen):
        return chosen, []
    return [], [Blocked.by_refusal(finding.id, _off()) for finding, _remedy in chosen]


def _not_meant(finding: Finding, intent: Refused | None) -> Blocked | None:
    return Blocked.by_refusal(finding.id, intent) if intent else None


def clock_guard(remedy: Remedy, before: Assessment, *, asked: bool = False) -> None:
    """Raises ``Refused`` for a renewal by a clock that is wrong; ``asked``: the same run is to set it."""
    clock = next(
        (
            finding
            for finding in before.diagnosis.findings
            if finding.id == catalogue.CLOCK_WRONG.id and finding.target.get("dates")
        ),
        None,
    )
    if clock and remedy.renewal is not None:
        raise Refused(
            f"certificates are made by the host's clock, and it is wrong ({clock.summary})",
            "run again once it is set" if asked else "set it first",
            "clock",
        )


def _boot_guard(finding: Finding, snapshot: Snapshot) -> None:
    """Raises ``Refused`` for a certificate that ended while the host was off: Windows has not come to it yet."""
    if snapshot.just_started and finding.id == catalogue.CERTIFICATE_EXPIRED.id:
        raise Refused(
            "the host has just started, and Windows renews the certificate by itself then",
            "run again a quarter of an hour after its start",
            "boot",
        )


def _look_guard(finding: Finding, before: Assessment) -> None:
    """Raises ``Refused`` for a setting of the listener that should keep everybody out where somebody gets in.

    Each connection may read it, and another value, such as TLS without a certificate, may end what works.
    """
    of_listener = finding.type.group == "listener" and finding.type.repair_class == catalogue.RESTORE
    if of_listener and before.client_gets_in and finding.evidence_against:
        raise Refused(
            "clients get in with it as it is, so no repair changes it",
            "winops.rdp.listener sets it where that is wanted",
            LOOK,
        )


def _edition_guard(before: Assessment) -> None:
    """Raises ``Refused`` for anything at all on an edition that serves nobody, whatever is set or started there."""
    home = next((one for one in before.diagnosis.findings if one.type is catalogue.SYSTEM_HOME_EDITION), None)
    if home and home.severity == CRITICAL and home.confidence != POSSIBLE:
        raise Refused(home.summary, home.advice)


def _vain_guard(remedy: Remedy, before: Assessment) -> None:
    """Raises ``Refused`` for a renewal that meets what each one before it met."""
    failing = next((one for one in before.diagnosis.findings if one.target.get("vain")), None)
    if failing and remedy.renewal is not None:
        raise Refused(failing.summary, failing.advice)


# What tells that Windows cannot serve or start here at all: its edition and clock, svchost's groups and the setup, the
# adapters. A start that fails leaves its reason behind, and a renewal that fails ends the run with what there was.
_TELLING = {"host", "registry", "network"}


def _without_unread_starts(finding: Finding, remedy: Remedy, snapshot: Snapshot) -> tuple[Remedy, list[Refused]]:
    """The remedy without starts, and why, where what would tell that they cannot help was not read. A start type is
    given back all the same: it harms nobody, whatever stands there, and Windows starts the service when it next may.

    Raises ``Refused`` where nothing is left, and for a mere restart or a renewal.
    """
    wanted = set()
    if remedy.renewal is not None:
        wanted |= {"host", "registry"}
    if remedy.starts:
        wanted |= {*catalogue.explained_in(finding.id), *catalogue.explained_in(catalogue.SERVICE_STOPPED.id)}
    if remedy.reload and not remedy.steps and remedy.renewal is None:
        wanted |= {*catalogue.explained_in(finding.id)}
    unread = [name for name in sorted(wanted & _TELLING) if snapshot.section(name) is None]
    if not unread:
        return remedy, []
    why = f"could not be read (section {', '.join(unread)})"
    types = [step.fields["service"] for step in remedy.steps if step.op == "service.start_type"]
    if not types or len(types) < len(remedy.steps) or remedy.renewal is not None:
        raise Refused(f"what would tell whether it helps {why}")
    names = " and ".join(dict.fromkeys((*types, *remedy.starts)))
    return replace(remedy, starts=()), [Refused(f"no start of {names}: what would tell whether it can succeed {why}")]


def _trigger_guard(remedy: Remedy, before: Assessment) -> Refused | None:
    """Why Windows would not renew now, or None.

    A connection has it make a certificate only where the listener has none that it can use. A listener that lets
    clients in has one, and the look was such a connection.
    """
    if remedy.renewal is None or remedy.renewal.remove or not before.client_gets_in:
        return None
    why = _why_session_env_stays(before)
    if not why or not before.snapshot.running("SessionEnv"):
        return None
    return Refused(
        f"clients get in meanwhile, and SessionEnv, which would make another, is not stopped here: {why}",
        "restart the host when that suits, for SessionEnv looks at its certificate when Windows starts",
        "trigger",
    )


def _without_vain_starts(remedy: Remedy, snapshot: Snapshot) -> tuple[Remedy, list[Refused]]:
    """The remedy without starts of services that would fail, or might, and why they are left out."""
    names = {*remedy.starts, *(step.fields["service"] for step in remedy.steps if step.op == "service.start_type")}
    found = {name: flaw for name in sorted(names) if (flaw := flaws.flaw(snapshot, name))}
    if not found:
        return remedy, []
    kept = replace(
        remedy,
        steps=tuple(step for step in remedy.steps if step.fields.get("service") not in found),
        starts=tuple(name for name in remedy.starts if name not in found),
    )
    return kept, [
        Refused(f"the service {name} is not started, for it {flaw.outlook}", PUT_RIGHT) for name, flaw in found.items()
    ]


def _left_stopped(remedy: Remedy, snapshot: Snapshot) -> list[Refused]:
    """Why services that get their start type back are not started with it: they have just failed."""
    given = [step.fields["service"] for step in remedy.steps if step.op == "service.start_type"]
    return [
        Refused(f"no start of {name}: it {why}", tried_alone(name))
        for name in given
        if name not in remedy.starts and (why := ended(snapshot, name))
    ]


def _with_certificate(chosen: Chosen, before: Assessment) -> tuple[Chosen, list[Blocked]]:
    """What only TLS can serve comes behind the certificate for it: at once where one was read or looked at that
    the listener can use; behind the renewal where this plan makes one; else not at all.
    """
    if not any(_needs_tls(step) for _finding, remedy in chosen for step in remedy.steps):
        return chosen, []
    if before.probe.thumbprint or _given(chosen) or has_certificate(before.snapshot):
        return chosen, []
    if any(remedy.renewal for _finding, remedy in chosen):
        return [(finding, _behind_renewal(remedy)) for finding, remedy in chosen], []
    vain = [finding for finding, remedy in chosen if any(_needs_tls(step) for step in remedy.steps)]
    why = f"{NO_CERTIFICATE}, and nothing in this plan makes one"
    return (
        [(finding, remedy) for finding, remedy in chosen if finding not in vain],
        [Blocked(finding.id, why, "have a certificate made or bind one first", "refused") for finding in vain],
    )


def _behind_renewal(remedy: Remedy) -> Remedy:
    needing = tuple(step for step in remedy.steps if _needs_tls(step))
    others = tuple(step for step in remedy.steps if not _needs_tls(step))
    return replace(remedy, steps=others, after_renewal=(*remedy.after_renewal, *needing))


# Why what only TLS can serve waits.
NO_CERTIFICATE = "no certificate was read that the listener can use for TLS"
# Their repair without a renewal gives the listener a certificate that is there: another pin, or access to its key.
_GIVEN = (catalogue.CERTIFICATE_PIN_DEAD.id, catalogue.CERTIFICATE_KEY_UNREADABLE.id)


def _given(chosen: Chosen) -> bool:
    """Whether the listener can use one behind the other changes of this plan."""
    return any(finding.id in _GIVEN and remedy.steps and remedy.renewal is None for finding, remedy in chosen)


def has_certificate(snapshot: Snapshot) -> bool:
    """Whether a certificate was read that the listener can use for TLS."""
    entry = snapshot.binding.certificate if snapshot.binding else None
    if entry is None or not entry.has_key_property or not entry.serves or snapshot.section("key_files") is None:
        return False
    file = snapshot.key_file(entry)
    return not file or (file["exists"] is not False and snapshot.service_can_read(file) is not False)


def _needs_tls(step: Step) -> bool:
    """Whether it is a setting of the listener with which nobody gets in without TLS. What ends a time without NLA waits
    for nothing: it would have no end on a host whose certificate is not read, or not made.
    """
    if step.op != "registry.set" or catalogue.NLA_OFF_UNTIL.id in step.findings:
        return False
    name, data = step.fields["name"], step.fields["data"]
    return (name == "SecurityLayer" and data != 0) or (name == "UserAuthentication" and data == 1)


def _startable(chosen: Chosen, snapshot: Snapshot) -> tuple[Chosen, list[Blocked]]:
    """Leave out renewals whose service stays disabled because its own repair is not in the plan."""
    enabled = {
        step.fields["service"]
        for _finding, remedy in chosen
        for step in remedy.steps
        if step.op == "service.start_type"
    }
    service = snapshot.service("SessionEnv")
    if not service or service["start"] != DISABLED or "SessionEnv" in enabled:
        return chosen, []
    kept, blocked = [], []
    for finding, remedy in chosen:
        if remedy.renewal is None:
            kept.append((finding, remedy))
        else:
            blocked.append(
                Blocked(
                    finding.id,
                    "SessionEnv, which would make the new certificate, is disabled and stays so in this run",
                    None,
                    "refused",
                )
            )
    return kept, blocked


# Arranging ------------------------------------------------------------------------------------------------------------


def arrange(chosen: Chosen, before: Assessment) -> tuple[Rung, ...]:
    """The rungs that disturb nobody: each change once, each service started once, one renewal for all."""
    snapshot = before.snapshot
    changes = sorted(_once(step for _finding, remedy in chosen for step in remedy.steps), key=_place)
    # By service, the findings for which it must run.
    starting: dict[str, tuple[str, ...]] = {}
    for finding, remedy in chosen:
        for name in remedy.starts:
            starting[name] = (*starting.get(name, ()), finding.id)
    renewal = _renewal(chosen, before)
    others = sorted(set(starting).difference(contract.NEEDED))
    changes += [make.run_state("start", name, "it must run", starting[name]) for name in others]
    if "SessionEnv" in starting or (renewal and not snapshot.running("SessionEnv")):
        reason = "it makes and renews the listener's certificate"
        causes = starting.get("SessionEnv") or (renewal.findings if renewal else ())
        changes.append(make.run_state("start", "SessionEnv", reason, causes))
    following = sorted(_once(step for _finding, remedy in chosen for step in remedy.after_renewal), key=_place)
    listener = _start_listener(starting, snapshot)
    if not renewal:
        return _rungs((QUIET, [*changes, *following, *listener]))
    if not renewal.fields["restart"]:
        # Only a listener that runs can be connected to.
        return _rungs((QUIET, [*changes, *listener]), (RENEW, [renewal, *following]))
    # TermService finds its new certificate when it starts.
    return _rungs((QUIET, changes), (RENEW, [renewal, *following, *listener]))


def _place(step: Step) -> tuple[int, bool]:
    """The step's place among the changes. What binds the listener to a certificate, or takes a binding away, stands
    before the settings that need one."""
    binds = step.fields.get("name") == "SSLCertificateSHA1Hash"
    return _PHASES.index("registry.set" if binds else step.op), not binds


def _rungs(*named: tuple[str, list[Step]]) -> tuple[Rung, ...]:
    return tuple(Rung(name, tuple(steps)) for name, steps in named if steps)


def _renewal(chosen: Chosen, before: Assessment) -> Step | None:
    """One step for all findings for which a new certificate is due."""
    due = [(finding.id, remedy.renewal) for finding, remedy in chosen if remedy.renewal is not None]
    if not due:
        return None
    causes = tuple(id_ for id_, _renewal in due)
    previous = [thumbprint for _id, renewal in due for thumbprint in renewal.previous]
    # Of a host that has just started nothing is taken out: its own first look at the certificate may be under way.
    late = not before.snapshot.just_started
    remove = next((renewal.remove for _id, renewal in due if renewal.remove and late), None)
    return make.renew(
        previous, causes, remove=remove, restart=not _why_session_env_stays(before), timeout_s=_RENEWAL_SECONDS
    )


def _why_session_env_stays(before: Assessment) -> str | None:
    """Why SessionEnv is not stopped and started to make it look at its certificate, as one clause; None if it may be.

    When it stops it waits for its own talk with the CA and the domain controller, without a limit. Where a template is
    set, or no controller answers, that can hang, and a connection to the listener is the trigger instead.
    """
    snapshot = before.snapshot
    if lost := flaws.of_dependents(snapshot, "SessionEnv"):
        return f"{' and '.join(lost)} would stop with it for good"
    template = snapshot.template
    found = {finding.id for finding in before.diagnosis.findings}
    if (
        snapshot.listener_value("policy", "CertTemplateName")
        or (template and template.present)
        or found & {catalogue.NLA_TRUST_BROKEN.id, catalogue.NLA_NO_DOMAIN_CONTROLLER.id}
    ):
        return "its stop could hang on the CA or the domain controller"
    return None


def _start_listener(starting: dict[str, tuple[str, ...]], snapshot: Snapshot) -> list[Step]:
    causes = starting.get("TermService", ())
    if not causes:
        return []
    steps = [make.run_state("start", "TermService", "it answers clients", causes)]
    redirector = snapshot.service("UmRdpService")
    failed = snapshot.failed_by_itself("UmRdpService") or flaws.flaw(snapshot, "UmRdpService")
    if redirector and redirector["start"] != DISABLED and not failed and not snapshot.running("UmRdpService"):
        reason = "it does not come back with TermService by itself"
        steps.append(make.run_state("start", "UmRdpService", reason, causes))
    return steps


def _once(steps: Iterable[Step]) -> list[Step]:
    joined: dict[tuple[str, str], Step] = {}
    for step in steps:
        place = (step.op, step.target.lower())
        earlier = joined.get(place)
        joined[place] = (
            replace(earlier, findings=tuple(dict.fromkeys((*earlier.findings, *step.findings)))) if earlier else step
        )
    return list(joined.values())


# The last rung --------------------------------------------------------------------------------------------------------


def _restart(
    chosen: Chosen, rungs: tuple[Rung, ...], before: Assessment, policy: RepairPolicy
) -> tuple[tuple[Rung, ...], list[Blocked]]:
    """The restart of TermService, if one can be due, and what is held back without it."""
    snapshot = before.snapshot
    reloading = [finding.id for finding, remedy in chosen if remedy.reload]
    steps = [step for rung in rungs for step in rung.steps]
    touching = [id_ for step in steps if _touches_listener(step) for id_ in step.findings]
    causes = tuple(dict.fromkeys((*reloading, *touching)))
    if not causes or not snapshot.running("TermService"):
        return (), []
    if before.probe and not before.client_gets_in:
        refusal = session_guard(snapshot, policy, steps)
        condition = STILL_OUT if rungs else None
    else:
        # Nobody is kept out, or nobody looks: only what needs the restart is a reason, and only if it is allowed.
        refusal, condition, causes = _needless(before, policy, steps), None, tuple(reloading)
    if not causes:
        return (), []
    if refusal:
        return (), [Blocked.by_refusal(id_, refusal) for id_ in causes]
    return (Rung(RESTART, (restart_step(causes, snapshot, policy),), condition),), []


def restart_step(findings: tuple[str, ...], snapshot: Snapshot, policy: RepairPolicy) -> Step:
    """The restart of TermService that puts a change in force."""
    why = "the change takes effect when the listener's service starts"
    return restart("TermService", why, findings, snapshot, policy)


def then_restart(
    rungs: tuple[Rung, ...], asked: str, snapshot: Snapshot, policy: RepairPolicy, condition: str | None = None
) -> Plan:
    """Rungs that disturb nobody, which are climbed in any case, and then the restart of TermService, where it runs."""
    running = snapshot.running("TermService")
    if running is False:
        return Plan(rungs)
    unread = Refused("whether TermService runs could not be read", "the change takes effect from its next start on")
    steps = [step for rung in rungs for step in rung.steps]
    if refusal := session_guard(snapshot, policy, steps) if running else unread:
        return Plan(rungs, (Blocked.by_refusal(asked, refusal),))
    return Plan((*rungs, Rung(RESTART, (restart_step((asked,), snapshot, policy),), condition)))


def _touches_listener(step: Step) -> bool:
    """Some builds take a change up only when TermService starts."""
    return step.op.startswith(("registry.", "acl.", "certificate."))


def _needless(before: Assessment, policy: RepairPolicy, steps: Iterable[Step]) -> Refused | None:
    """Why TermService is left alone where nobody is known to be kept out; None if its restart is allowed."""
    if policy.allow_disconnect:
        return session_guard(before.snapshot, policy, steps)
    detail = "allow_disconnect=true restarts it now"
    if before.client_gets_in:
        return Refused("clients get in; it takes full effect at the next start of TermService", detail, "sessions")
    return Refused(
        "nobody looks whether clients get in (probe is false), so TermService is not restarted", detail, "sessions"
    )
