# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what the user's client showed: what the code itself says, next to what the probe saw and the host knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT, FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import (
    ENDED_BY_HOST,
    NO_SUITE,
    REFUSED_FIPS,
    SELF_EXPLANATORY_CODES,
    type_for_code,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    LIKELY,
    POSSIBLE,
    SCHANNEL,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    likely_if,
    rule,
)


@rule
def check_client_code(ctx: Context) -> Iterator[Finding]:
    """One finding for what the code says by itself; none for codes that only say that the connection broke."""
    type_ = type_for_code(ctx.client)
    if type_ is None or type_.group != "client" or _explained_elsewhere(ctx, type_):
        return
    if type_ is catalogue.CLIENT_DENIED and ctx.client.extended == REFUSED_FIPS:
        yield _code_finding(ctx, type_, summary="fips", advice="fips")
    elif type_ is catalogue.CLIENT_NOT_REPRODUCED and ctx.client.extended == 0:
        yield _code_finding(ctx, type_, advice="late")
    elif type_ is catalogue.CLIENT_DISPLAY:
        yield _code_finding(ctx, type_, confidence=POSSIBLE)
    elif type_ is catalogue.CLIENT_OTHER:
        # 0x3 alone says only that the host ended the connection.
        summary = "extended" if ctx.client.number == ENDED_BY_HOST else DEFAULT
        yield _with_own_advice(ctx, _code_finding(ctx, type_, summary=summary, confidence=POSSIBLE))
    else:
        yield _with_own_advice(ctx, _code_finding(ctx, type_))


def _with_own_advice(ctx: Context, finding: Finding) -> Finding:
    """What the tables of codes advise on this very code goes before what holds for all codes of its kind."""
    general = finding.id in SELF_EXPLANATORY_CODES or finding.id == catalogue.CLIENT_OTHER.id
    return replace(finding, advice=ctx.client.advice) if general and ctx.client.advice else finding


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
        extended_meaning=ctx.client.extended_meaning or ctx.client.meaning,
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
    count, client_saw_it = _without_suite(ctx), ctx.client.number == NO_SUITE
    # The TLS alerts handshake_failure and protocol_version.
    alerts = {40, 70} & ctx.snapshot.event_numbers(SCHANNEL, 36888)
    if not (count or alerts or client_saw_it):
        return
    more = EvidenceList()
    more.add_if(count, f"{count} event(s) 36874 of Schannel: no cipher suite in common", "section events")
    more.add_if(alerts, "event 36888 of Schannel with alert 40 or 70", "section events")
    yield _code_finding(ctx, catalogue.CLIENT_OUTDATED, confidence=likely_if(count or client_saw_it), more=more)
