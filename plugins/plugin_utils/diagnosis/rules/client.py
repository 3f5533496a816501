# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what the user's client showed: what the code itself says, next to what the probe saw and the host knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT, FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    LIKELY,
    POSSIBLE,
    SCHANNEL,
    ClientCode,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    rule,
)

RIGHTS = 0xC000015B
# The connection broke, or none was made: that alone explains nothing.
_TRANSPORT = frozenset({0x904, 0x304, 0x404, 0x408, 0x608})
_CONNECT = frozenset({0x204, 0x108, 0x516, 0x704})
_NO_SUITE = 0x80090331
# What says that nothing went wrong.
_ENDS = frozenset({0, 1, 2, 0x107})
# Extended codes: the host refused, the host refused for lack of FIPS, the account lacks the right, licensing failed.
_REFUSED, _REFUSED_FIPS, _NO_RIGHT = 7, 8, 9
LICENSING_CODES = range(0x100, 0x10B)
_ENDED_ON_PURPOSE = frozenset({1, 2, 3, 4, 5, 6, 11, 12})

# Codes that explain themselves.
SELF_EXPLANATORY_CODES: dict[str, frozenset[int]] = {
    catalogue.CLIENT_CERTIFICATE_REFUSED.id: frozenset({0x1B07, 0x80090325, 0x80090327, 0x80090328}),
    catalogue.CLIENT_CREDENTIALS.id: frozenset(
        {0x807, 0xA07, 0xB07, 0xC07, 0xD07, 0xE07, 0xF07, 0x1207, 0x1C07, 0x2107, 0x2207, 0x8009030C, 0x8009030E}
        | {0xC0000064, 0xC000006A, 0xC000006D, 0xC000006E, 0xC000006F, 0xC0000070, 0xC0000071, 0xC0000072}
        | {0xC0000193, 0xC0000224, 0xC0000234}
    ),
    catalogue.CLIENT_DELEGATION_POLICY.id: frozenset({0x1607, 0x1707, 0x8009035E, 0x8009035F}),
    catalogue.CLIENT_NAME.id: frozenset({0x104, 0x208, 0x308, 0x508, 0x604, 0x804}),
    catalogue.CLIENT_NO_AUTHORITY.id: frozenset(
        {0x1807, 0x80090303, 0x80090311, 0x80090322, 0xC000005E, 0xC000018A, 0xC000018B, 0xC000018C, 0xC000018D}
    ),
    catalogue.CLIENT_CLOCK.id: frozenset({0x80090324, 0xC0000133}),
    catalogue.CLIENT_ALTERED.id: frozenset({0x80090308, 0x8009030F, 0x80090326, 0x80090330, 0x80090346, 0xC000035B}),
    catalogue.CLIENT_CREDSSP_VERSION.id: frozenset({0x80090302}),
    catalogue.CLIENT_LEGACY_SECURITY.id: frozenset({0x406, 0x506, 0x606, 0x706, 0x906, 0xA06, 0xB06, 0xC06}),
}


def _licensing(code: ClientCode) -> bool:
    return code.number in (0x808, 0x908) or code.extended in LICENSING_CODES


def _rights(code: ClientCode) -> bool:
    return code.number == RIGHTS or code.extended == _NO_RIGHT


def _denied(code: ClientCode) -> bool:
    refused = code.extended == _REFUSED and code.number not in _TRANSPORT
    return refused or code.extended == _REFUSED_FIPS


def _session_ended(code: ClientCode) -> bool:
    return code.number == 3 and code.extended in _ENDED_ON_PURPOSE


def _complains(code: ClientCode) -> bool:
    """It is neither a normal end nor one that another rule explains."""
    normal = code.number in _ENDS or (code.number == 3 and not code.extended)
    return not normal and code.number != _NO_SUITE


# What other codes mean, the first that fits: some numbers mean something only beside an extended code.
_BY_EXTENDED_CODE: tuple[tuple[FindingType, Callable[[ClientCode], bool]], ...] = (
    (catalogue.CLIENT_CANNOT_CONNECT, lambda code: code.number in _CONNECT),
    (catalogue.CLIENT_LICENSING, _licensing),
    (catalogue.NLA_LOGON_RIGHT_MISSING, _rights),
    (catalogue.CLIENT_DENIED, _denied),
    (catalogue.CLIENT_SESSION_ENDED, _session_ended),
    (catalogue.CLIENT_NOT_REPRODUCED, lambda code: code.number in _TRANSPORT),
    (catalogue.CLIENT_OTHER, _complains),
)


def type_for_code(code: ClientCode) -> FindingType | None:
    """What a code says by itself; None for no code, and for one that says nothing."""
    if code.number is None:
        return None
    for id_, numbers in SELF_EXPLANATORY_CODES.items():
        if code.number in numbers:
            return catalogue.by_id(id_)
    for type_, applies in _BY_EXTENDED_CODE:
        if applies(code):
            return type_
    return None


@rule
def check_client_code(ctx: Context) -> Iterator[Finding]:
    """One finding for what the code says by itself; none for codes that only say that the connection broke."""
    type_ = type_for_code(ctx.client)
    if type_ is None or type_.group != "client" or _explained_elsewhere(ctx, type_):
        return
    if type_ is catalogue.CLIENT_DENIED and ctx.client.extended == _REFUSED_FIPS:
        yield _code_finding(ctx, type_, summary="fips", advice="fips")
    elif type_ is catalogue.CLIENT_NOT_REPRODUCED and ctx.client.extended == 0:
        yield _code_finding(ctx, type_, advice="late")
    elif type_ is catalogue.CLIENT_OTHER:
        yield _code_finding(ctx, type_, confidence=POSSIBLE)
    else:
        yield _code_finding(ctx, type_)


def _explained_elsewhere(ctx: Context, type_: FindingType) -> bool:
    """Other findings say why: the probe met the same, or the host logged clients without a common cipher suite."""
    if type_ is catalogue.CLIENT_CANNOT_CONNECT:
        return bool(ctx.probe) and not ctx.probe.logon_reached
    if type_ is catalogue.CLIENT_NOT_REPRODUCED:
        return not ctx.probe.logon_reached or _without_suite(ctx) > 0
    return False


def _code_finding(
    ctx: Context,
    type_: FindingType,
    *,
    summary: str = DEFAULT,
    advice: str = DEFAULT,
    confidence: str = LIKELY,
    more: Iterable[Evidence] = (),
) -> Finding:
    evidence = [ctx.client_evidence, *more]
    finding = ctx.finding(
        type_,
        evidence=evidence,
        summary=summary,
        advice=advice,
        confidence=confidence,
        meaning=ctx.client.meaning,
        extended_meaning=ctx.client.extended_meaning,
    )
    # A host that lets the probe in is not what the code complains of; where the probe fails, other findings say more.
    if ctx.probe.logon_reached:
        return replace(finding, evidence_for=(*evidence, ctx.probe_evidence))
    if ctx.probe:
        return replace(finding, evidence_against=(ctx.probe_evidence,))
    return finding


def _without_suite(ctx: Context) -> int:
    """How many clients Schannel logged with which the host has no cipher suite in common."""
    return ctx.snapshot.event_count(SCHANNEL, 36874)


@rule
def check_client_tls(ctx: Context) -> Iterator[Finding]:
    """The host speaks current TLS, and Schannel logged clients without anything in common with it."""
    if ctx.client.number is None or not ctx.probe.logon_reached:
        return
    count, client_saw_it = _without_suite(ctx), ctx.client.number == _NO_SUITE
    # The TLS alerts handshake_failure and protocol_version.
    alerts = {40, 70} & ctx.snapshot.event_numbers(SCHANNEL, 36888)
    if not (count or alerts or client_saw_it):
        return
    more = EvidenceList()
    more.add_if(count, f"{count} event(s) 36874 of Schannel: no cipher suite in common", "section events")
    more.add_if(alerts, "event 36888 of Schannel with alert 40 or 70", "section events")
    confidence = LIKELY if count or client_saw_it else POSSIBLE
    yield _code_finding(ctx, catalogue.CLIENT_OUTDATED, confidence=confidence, more=more)
