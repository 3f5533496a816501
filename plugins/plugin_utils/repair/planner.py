# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From findings to the smallest ordered list of steps, with every restart joined into one and the guards kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, POSSIBLE, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import settings
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import REMEDIES, Options, Refused, Remedy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import COSTS, Step

_PHASES = (
    "service.start_type",
    "acl.set",
    "registry.set",
    "registry.remove",
    "certificate.remove",
    "certificate.import",
)


# Why nothing is done for a finding that comes with advice, by who can repair it.
_BY_OWNER = {
    "host": "an administrator has to decide or act",
    "policy": "a policy sets it",
    "client": "it is repaired on the client",
    "network": "it is repaired in the network",
    "none": "there is nothing to repair on the host",
}


@dataclass(frozen=True)
class Blocked:
    """A finding, or an operation to take back, for which nothing is done.

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


@dataclass(frozen=True)
class Plan:
    """What will be done, in order.

    ``fallback`` follows only if clients still do not get in afterwards; ``blocked`` is what will not be done.
    """

    steps: tuple[Step, ...] = ()
    fallback: tuple[Step, ...] = ()
    blocked: tuple[Blocked, ...] = ()

    @property
    def disruption(self) -> str:
        """The dearest step's cost to people: ``none``, ``service`` or ``sessions``."""
        return max((step.cost for step in self.steps), key=COSTS.index, default=make.NONE)

    def to_dict(self) -> dict[str, Any]:
        return {
            "steps": [step.to_dict() for step in self.steps],
            "fallback": [step.to_dict() for step in self.fallback],
            "blocked": [blocked.to_dict() for blocked in self.blocked],
        }


def session_guard(host: Snapshot, options: Options) -> Refused | None:
    """Why TermService must not be taken down now, or None if it may be."""
    if options.allow_disconnect or host.running("TermService") is False:
        return None
    people = host.occupants
    if people is None:
        return Refused(
            "whoever is logged on would be thrown out, and that could not be read",
            "run again with allow_disconnect=true if that is acceptable",
            "sessions",
        )
    if people:
        return Refused(
            f"a restart of TermService would throw out {', '.join(people)}",
            "run again when the host is empty, or with allow_disconnect=true",
            "sessions",
        )
    return None


def plan(diagnosis: Diagnosis, host: Snapshot, options: Options) -> Plan:
    """The plan for a diagnosis. Only findings that are proven or likely are repaired."""
    chosen: list[tuple[Finding, Remedy]] = []
    blocked: list[Blocked] = []
    clock = next(
        (
            finding
            for finding in diagnosis.findings
            if finding.id == catalogue.CLOCK_WRONG.id and finding.severity == CRITICAL
        ),
        None,
    )
    for finding in diagnosis.findings:
        left = _not_chosen(finding, host, options)
        if left:
            blocked.append(left)
            continue
        try:
            remedy = REMEDIES[finding.id](finding, host, options)
            _guard(remedy, host, options, clock)
            chosen.append((finding, remedy))
        except Refused as refusal:
            blocked.append(Blocked.by_refusal(finding.id, refusal))
    chosen, more = _startable(chosen, host)
    done = arrange(chosen, host)
    return Plan(done, _fallback(done, host, options), tuple(blocked + more))


def _not_chosen(finding: Finding, host: Snapshot, options: Options) -> Blocked | None:
    """Why no remedy is looked for, or None."""
    if options.only and finding.id not in options.only:
        return Blocked(finding.id, "it is not among those asked for (only_findings)", None, "only")
    if finding.id in options.skip:
        return Blocked(finding.id, "left out as asked (skip_findings)", None, "skip")
    if not finding.automatic and finding.advice:
        guard = "policy" if finding.owner == "policy" else None
        return Blocked(finding.id, _left_to(finding, host), finding.advice, guard)
    if not finding.automatic or finding.id not in REMEDIES:
        return Blocked(finding.id, "there is no automatic remedy")
    if finding.confidence == POSSIBLE:
        return Blocked(finding.id, "it is only possible, and nothing is changed on a suspicion", None, "confidence")
    return None


def _left_to(finding: Finding, host: Snapshot) -> str:
    """Who can repair it, in a few words; of a setting of the listener, which policy sets it."""
    name = finding.target.get("name")
    setting = host.setting(name) if name in settings.names() else None
    if setting and setting.by_policy:
        return f"{setting.set_by} sets {setting.name} to {setting.effective}"
    return _BY_OWNER[finding.owner]


def _guard(remedy: Remedy, host: Snapshot, options: Options, clock: Finding | None) -> None:
    refusal = session_guard(host, options) if remedy.reload else None
    if refusal:
        raise refusal
    if clock and remedy.renews is not None:
        raise Refused(
            f"certificates are made by the host's clock, and it is wrong ({clock.summary})", "set it first", "clock"
        )


def _startable(
    chosen: list[tuple[Finding, Remedy]], host: Snapshot
) -> tuple[list[tuple[Finding, Remedy]], list[Blocked]]:
    """Leave out renewals whose service stays disabled because its own repair is not in the plan."""
    enabled = {
        step.fields["service"]
        for _finding, remedy in chosen
        for step in remedy.steps
        if step.op == "service.start_type"
    }
    service = host.service("SessionEnv")
    if not service or service["start"] != DISABLED or "SessionEnv" in enabled:
        return chosen, []
    kept, blocked = [], []
    for finding, remedy in chosen:
        if remedy.renews is None:
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


def arrange(chosen: Iterable[tuple[Finding, Remedy]], host: Snapshot) -> tuple[Step, ...]:
    """Join remedies: each change once, then SessionEnv once, then TermService once."""
    chosen = list(chosen)
    changes = _once(step for _finding, remedy in chosen for step in remedy.steps)
    changes.sort(key=lambda step: _PHASES.index(step.op))
    # By service, the findings for which it must run.
    starting: dict[str, tuple[str, ...]] = {}
    for finding, remedy in chosen:
        for name in remedy.starts:
            starting[name] = (*starting.get(name, ()), finding.id)
    others = sorted(set(starting) - {"SessionEnv", "TermService"})
    changes += [make.run_state("start", name, "it must run", starting[name]) for name in others]
    return (*changes, *_session_env(chosen, starting, host), *_term_service(chosen, starting, host))


def _session_env(
    chosen: list[tuple[Finding, Remedy]], starting: dict[str, tuple[str, ...]], host: Snapshot
) -> list[Step]:
    """SessionEnv, which makes the listener's certificate when it starts: one start for all renewals, and a wait."""
    causes = starting.get("SessionEnv", ())
    renewing = [(finding.id, remedy.renews) for finding, remedy in chosen if remedy.renews is not None]
    if not renewing:
        reason = "it makes and renews the listener's certificate"
        return [make.run_state("start", "SessionEnv", reason, causes)] if causes else []
    renewed = tuple(id_ for id_, _renews in renewing)
    verb = "restart" if host.running("SessionEnv") else "start"
    return [
        make.run_state(
            verb,
            "SessionEnv",
            "SessionEnv makes the listener's certificate when it starts",
            tuple(dict.fromkeys((*renewed, *causes))),
        ),
        make.wait_renewed((thumbprint for _id, renews in renewing for thumbprint in renews), renewed),
    ]


def _term_service(
    chosen: list[tuple[Finding, Remedy]], starting: dict[str, tuple[str, ...]], host: Snapshot
) -> list[Step]:
    """TermService, last: restarted where it must read a change anew, started where it must run."""
    reloading = tuple(finding.id for finding, remedy in chosen if remedy.reload)
    if reloading and host.running("TermService"):
        reason = "the listener takes the change up when its service starts"
        return [make.run_state("restart", "TermService", reason, reloading)]
    causes = starting.get("TermService", ())
    if not causes:
        return []
    steps = [make.run_state("start", "TermService", "it answers clients", causes)]
    redirector = host.service("UmRdpService")
    if redirector and redirector["start"] != DISABLED and not host.running("UmRdpService"):
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


def _fallback(done: tuple[Step, ...], host: Snapshot, options: Options) -> tuple[Step, ...]:
    """If clients still do not get in: some builds take a change up only when the service starts."""
    touches_listener = any(step.op.startswith(("registry.", "acl.", "certificate.")) for step in done)
    started = any(step.fields.get("service") == "TermService" for step in done)
    if not touches_listener or started or not host.running("TermService") or session_guard(host, options):
        return ()
    causes = tuple(dict.fromkeys(id_ for step in done for id_ in step.findings))
    return (
        make.run_state(
            "restart",
            "TermService",
            "only if clients still do not get in: the service may take the change up when it starts",
            causes,
        ),
    )
