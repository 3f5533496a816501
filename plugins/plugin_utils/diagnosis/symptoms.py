# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Symptoms: what is missing, stopped, ended or not listening may come of something else.

A symptom is not proven to be the cause while a deeper one is found, while the host has an error near it that no finding
explains, or while nobody read whether it has one. The catalogue says which (``brings_about``, ``doubted_by``); here is
what the errors are, once for all rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import LAST_OF_HANDSHAKE
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    PROVEN,
    RCM,
    SCHANNEL,
    SERVICE_CONTROL_MANAGER,
    SESSIONS,
    Context,
    Evidence,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import (
    FAILED_STARTS,
    TEMPLATE,
    logged_errors,
    renewal_failed,
    renewal_fails,
    renewal_numbers,
    renewals_count_from,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules import service, tls
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.interference import at_work, products
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import STOPPED

Find = Callable[[Context, Finding], Iterable[Evidence]]

# Access denied, NTE_PERM and NTE_BAD_KEYSET: what SessionEnv meets that may not replace the key file.
_DENIED = frozenset({0x80070005, 0x80090010, 0x80090016})
_LAST_TRIED = "when Windows last tried"


def weighed(ctx: Context, ranked: list[Finding]) -> list[Finding]:
    """Ranked findings: no symptom of them is proven that may come of something else, and each is behind its causes; a
    certificate whose dates alone are amiss is behind what is proven to have ended the handshake.
    """
    causes = {place: one for place, one in enumerate(ranked) if one.type.brings_about and one.confidence != POSSIBLE}
    placed: list[tuple[float, Finding]] = []
    for place, finding in enumerate(ranked):
        deeper = {at: one for at, one in causes.items() if _brings_about(one, finding)}
        rivals = _rivals(finding, ranked)
        if deeper or finding.type.doubted_by:
            finding = _weighed(ctx, finding, list(deeper.values()), list(rivals.values()))
        ended_it = [at for at, one in rivals.items() if one.confidence == PROVEN or one.type in tls.SEEN_IN_THE_LOG]
        faults = {at: one for at, one in enumerate(ranked) if _stands_before(ctx, one, finding)}
        if faults:
            finding = _guessed(finding, list(faults.values()))
        placed.append((max((float(place), *(at + 0.5 for at in (*deeper, *faults, *ended_it)))), finding))
    return [finding for _place, finding in sorted(placed, key=itemgetter(0))]


def unseen(finding: Finding, found: list[Finding]) -> Finding:
    """What the look did not come to is not proven by it: another program, or a service that died, ended it before."""
    if finding.confidence != PROVEN or finding.type.hides:
        return finding
    met = [
        one
        for one in found
        if (one.type.hides and one.confidence != POSSIBLE and one.target.get("met", True))
        and one.type.stage <= finding.type.stage
    ]
    if not met:
        return finding
    needed = (f"a look that does not end at {one.id}, which was found too" for one in met)
    return replace(finding, confidence=LIKELY, needs_evidence=(*finding.needs_evidence, *needed))


def _brings_about(cause: Finding, finding: Finding) -> bool:
    """Whether it does as its type can: what keeps nobody out does not bring about what does, and a fault of one service
    is not behind what another one has."""
    services = {cause.target.get("service"), finding.target.get("service")} - {None}
    if len(services) > 1 or cause.of_the_next_start:
        return False
    return finding.id in cause.type.brings_about and cause.severity in (CRITICAL, finding.severity)


def _stands_before(ctx: Context, fault: Finding, finding: Finding) -> bool:
    """Whether a fault of the host stands before a guess, be it the reason or not: whatever failed there is seen to
    first, and the guess claims no more than what is left then. Not what the look cannot have ended for.
    """
    if fault.id not in finding.type.behind or fault.confidence == POSSIBLE or fault.of_the_next_start:
        return False
    return not ctx.did_not_meet(fault)


def _guessed(finding: Finding, faults: list[Finding]) -> Finding:
    """A guess beside faults of the host that may be the reason."""
    needed = (f"whether it still breaks once {one.id} is put right" for one in faults)
    summary = finding.type.summary_text("behind", {})
    return replace(finding, summary=summary, confidence=POSSIBLE, needs_evidence=(*finding.needs_evidence, *needed))


def _rivals(finding: Finding, ranked: list[Finding]) -> dict[int, Finding]:
    """What else that was found ends a handshake, of a certificate whose dates alone are amiss: Windows presents it."""
    if finding.confidence != PROVEN or "handshake" not in finding.type.doubted_by:
        return {}
    return {
        at: one
        for at, one in enumerate(ranked)
        if (one.severity == CRITICAL and one.confidence != POSSIBLE and one.type.stage <= LAST_OF_HANDSHAKE)
        and "handshake" not in one.type.doubted_by
    }


def _weighed(ctx: Context, finding: Finding, causes: list[Finding], rivals: list[Finding]) -> Finding:
    if finding.confidence == POSSIBLE:
        return finding
    needed = [f"whether it is more than what comes of {one.id}, which was found too" for one in causes]
    needed += [f"whether it keeps anybody out beside {one.id}, which was found too" for one in rivals]
    # An error that is near comes of the cause, where one is found; a start that failed would fail again all the same.
    errors = []
    if _only_repeats(finding) or not causes:
        errors = _errors_near(ctx, finding)
    needed += [f"what explains this: {error.fact}" for error in errors]
    if finding.confidence == PROVEN:
        needed += _unread(ctx, finding)
    if not needed:
        return finding
    advice = finding.advice
    if errors and _only_repeats(finding):
        advice = finding.type.advice_text("unexplained", {})
    needed = list(dict.fromkeys((*finding.needs_evidence, *needed)))
    return replace(finding, confidence=LIKELY, needs_evidence=tuple(needed), advice=advice)


def _only_repeats(finding: Finding) -> bool:
    """Whether its remedy is to do once more what has just failed."""
    return isinstance(finding.type.advice, dict) and "unexplained" in finding.type.advice


# Errors ---------------------------------------------------------------------------------------------------------------


def _errors_near(ctx: Context, finding: Finding) -> list[Evidence]:
    return [error for _name, near in _near(ctx, finding) for error in near.errors(ctx, finding)]


def _unread(ctx: Context, finding: Finding) -> Iterator[str]:
    """What was not read of where such errors would be seen: nobody knows then that there is none."""
    for name, near in _near(ctx, finding):
        yield from ctx.unread(*near.seen_in)
        of = _service(name, finding)
        found = ctx.snapshot.service(of)
        if found and found["state"] == STOPPED and found["exit_code"] is None:
            yield f"how {of} ended, which the host did not say"


def _near(ctx: Context, finding: Finding) -> Iterator[tuple[str, _Errors]]:
    for name in finding.type.doubted_by:
        if _ERRORS[name].matters(ctx):
            yield name, _ERRORS[name]


def _service(name: str, finding: Finding) -> str:
    return str(finding.target["service"]) if name == "own" else name


def _ended(name: str) -> Find:
    def errors(ctx: Context, finding: Finding) -> Iterable[Evidence]:
        of = _service(name, finding)
        found = ctx.snapshot.service(of)
        if found is None and ctx.snapshot.section("services") is not None:
            yield Evidence(f"{of} is not installed", "section services")
        if found and ctx.snapshot.failed(of) is not None:
            yield service.exit_of(of, found)

    return errors


def _starts(ctx: Context, finding: Finding) -> Iterable[Evidence]:
    """Starts of services that failed, and ends of them: of the one that the finding is about, where it is about one."""
    name = finding.target.get("service")
    since = service.attempts_count_from(ctx, name)
    of = service.named_in_events(ctx, name) if name else ()
    if name in (None, "TermService"):
        yield from logged_errors(ctx, since, SESSIONS, 17)
    yield from logged_errors(ctx, since, SERVICE_CONTROL_MANAGER, *FAILED_STARTS, of=of)


def _renewal(ctx: Context, _finding: Finding) -> Iterable[Evidence]:
    """Windows failed to make a certificate, and has made none since."""
    binding = ctx.snapshot.binding
    if binding is None or not renewal_fails(ctx, binding.certificate, needed=True):
        return []
    said = renewal_numbers(ctx)
    if said and said <= _DENIED and ctx.snapshot.keys_locked:
        return []
    return logged_errors(ctx, renewals_count_from(ctx), RCM, 1057, 1058, when=_LAST_TRIED)


def _enrolment(ctx: Context, _finding: Finding) -> Iterable[Evidence]:
    if renewal_failed(ctx.snapshot, None, *TEMPLATE) is None:
        return []
    return logged_errors(ctx, renewals_count_from(ctx, TEMPLATE), RCM, 1064, 1065, when=_LAST_TRIED)


def _listener(ctx: Context, _finding: Finding) -> Iterable[Evidence]:
    return logged_errors(ctx, ctx.lately, RCM, 260, 1035, 1036)


def _handshake(ctx: Context, _finding: Finding) -> Iterable[Evidence]:
    return logged_errors(ctx, ctx.look_began, SCHANNEL, 36870, 36871, 36874, 36888)


def _product(ctx: Context, _finding: Finding) -> Iterable[Evidence]:
    """A security product that may have dropped the connection itself."""
    return at_work(products(ctx))


@dataclass(frozen=True)
class _Errors:
    """Errors of one kind: what finds them, where they are seen, and after which looks they matter."""

    errors: Find
    seen_in: tuple[str, ...]
    matters: Callable[[Context], bool] = lambda ctx: True


_ERRORS: dict[str, _Errors] = {
    **{name: _Errors(_ended(name), ("services",)) for name in ("own", "SessionEnv", "KeyIso", "CryptSvc")},
    "starts": _Errors(_starts, ("events",)),
    "renewal": _Errors(_renewal, ("events",)),
    "enrolment": _Errors(_enrolment, ("events",)),
    "listener": _Errors(_listener, ("events",)),
    # Of a look that ended in TLS; of a certificate that ended it Schannel logs nothing. What else that was found ends
    # a handshake (see _rivals) is seen in the other sections.
    "handshake": _Errors(
        _handshake,
        ("events", "services", "listener", "registry", "certificates", "key_files"),
        lambda ctx: not ctx.probe.tls_established,
    ),
    "product": _Errors(_product, ("products",), lambda ctx: ctx.probe.suggests_no_credential),
}
