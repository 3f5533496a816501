# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of explanations where a client does not get in and nothing that was read on the host keeps it out.

Each explanation is a finding of its own group (``rules/``). Here is only which of them is looked at first: the more
precise what the client saw, the earlier, and what the host itself logged at that time before any guess. What remains
at the end is a connection that somebody drops, and the question who: it speaks last, and says what was read to be in
order and what was not read.
"""

from __future__ import annotations

from dataclasses import replace

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import TIGHTEN
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    Clearance,
    Context,
    Evidence,
    EvidenceList,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import bound_certificate, unread_key
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules import (
    certificate,
    interference,
    listener,
    network,
    nla,
    service,
    tls,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import SECTIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute

# Sections that cannot explain why a connection breaks before anybody is logged on: without them a host is as well
# cleared.
_CANNOT_EXPLAIN = frozenset({"sessions", "journals", "policies", "licensing", "files", "logon"})
# What is amiss with these leaves errors about the listener in the log.
_LEAVE_ERRORS = frozenset({"service", "listener", "certificate", "machine_keys", "system"})
# Without these nothing can be said for the listener.
_CLEAR_THE_LISTENER = ("services", "listener", "certificates")


def unexplained(ctx: Context, findings: list[Finding]) -> list[Finding]:
    """What is left to say when clients do not get in and no finding explains it; empty if one does."""
    if not ctx.probe:
        return [] if any(map(_accounts_for_errors, findings)) else _of(listener.errors_logged(ctx))
    if ctx.probe.logon_reached:
        return []
    clearance = _clearance(ctx, findings)
    explaining = [finding for finding in findings if _explains(ctx, finding)]
    if explaining:
        left = _beside_dates(ctx) if all(map(_of_dates, explaining)) else _of(service.crashing(ctx, alone=False))
    else:
        left = _witnessed(ctx, clearance) or _by_stage(ctx, findings, clearance)
    return left + interference.beside(ctx, left)


def _accounts_for_errors(finding: Finding) -> bool:
    """Whether errors in the log may come of it: not of a suspicion, of a client, or of what could be safer."""
    part = finding.type.group in _LEAVE_ERRORS and finding.type.repair_class != TIGHTEN
    return finding.confidence != POSSIBLE and (finding.severity == CRITICAL or part)


def _explains(ctx: Context, finding: Finding) -> bool:
    """Whether the look may have ended for this: not where it ended before anybody meets it."""
    likely = finding.severity == CRITICAL and finding.confidence != POSSIBLE
    return likely and not ctx.ended_before(finding)


def _of_dates(finding: Finding) -> bool:
    """Whether a certificate's dates alone are amiss: Windows presents it all the same."""
    return "handshake" in finding.type.doubted_by


def _beside_dates(ctx: Context) -> list[Finding]:
    """What the host logged of that very handshake: a service that died in it, or a refusal in its own words."""
    crashing = service.crashing(ctx, alone=False)
    if crashing and crashing.target["met"]:
        return _of(service.crashing(ctx, alone=True))
    return [*(tls.suites_met(ctx) or _of(tls.handshake_refused(ctx))), *_of(crashing)]


def _witnessed(ctx: Context, clearance: Clearance) -> list[Finding]:
    """What the host and the look say of the handshake by themselves."""
    if ctx.probe.met_another:
        return [interference.not_rdp(ctx, clearance)]
    if clearance.listener_read and (stale := service.stale_credential(ctx)):
        return [stale]
    if ctx.probe.legacy_tls_reasons:
        return [tls.too_old(ctx, clearance)]
    if without := certificate.none_usable(ctx):
        return [without]
    if listed := tls.suites_met(ctx):
        return listed
    refused = tls.handshake_refused(ctx)
    if refused:
        return [refused, *_of(service.crashing(ctx, alone=False))]
    crashing = service.crashing(ctx, alone=True)
    suspected = tls.credential_suspected(ctx)
    if crashing or not suspected:
        return _of(crashing)
    # An error of the same second stands before the guess.
    return [suspected, _no_better(ctx, clearance)]


def _guess(ctx: Context, clearance: Clearance, others: list[Finding]) -> Finding:
    """What the host logged before need not have to do with it, and leaves no host in order."""
    lately = listener.errors_since(ctx, ctx.lately, "in the last day")
    if not others and not lately:
        return interference.handshake_dropped(ctx, clearance)
    found = _no_better(ctx, clearance)
    needed = (f"what explains this: {one.fact}" for one in lately)
    return replace(found, needs_evidence=(*found.needs_evidence, *needed))


def _no_better(ctx: Context, clearance: Clearance) -> Finding:
    """The guess beside another one that rests on something that was read on the host."""
    return replace(interference.handshake_dropped(ctx, clearance, "behind"), confidence=POSSIBLE)


def _by_stage(ctx: Context, findings: list[Finding], clearance: Clearance) -> list[Finding]:
    if ctx.probe.stage == "credssp":
        return _authentication(ctx, findings, clearance)
    if ctx.probe.stage == "name":
        return [network.name_not_found(ctx)]
    if ctx.probe.stage == "tcp":
        if silent := listener.unheard(ctx):
            return [silent]
        found = network.unreachable(ctx, clearance)
        return [*_of(interference.own_firewall(ctx, found) if network.listens(ctx) else None), found]
    if ctx.probe.outcome in ("not_rdp", "malformed"):
        return [interference.not_rdp(ctx, clearance)]
    return _dropped(ctx, findings, clearance)


def _of(finding: Finding | None) -> list[Finding]:
    return [finding] if finding else []


def _clearance(ctx: Context, findings: list[Finding]) -> Clearance:
    explaining = [name for name in SECTIONS if name not in _CANNOT_EXPLAIN]
    unread, missing = ctx.unread(*explaining), ctx.subjects_unread(*explaining)
    listener_read = not ctx.unread(*_CLEAR_THE_LISTENER)
    key = unread_key(ctx)
    if key:
        # A key that nobody could look at is not in order.
        unread, missing, listener_read = (*unread, key), (*missing, "the certificate's private key"), False
    whole = listener_read and not unread
    evidence = (ctx.probe_evidence, *_excluded(ctx, findings, whole))
    return Clearance(LIKELY if whole else POSSIBLE, evidence, unread, listener_read, missing)


def _excluded(ctx: Context, findings: list[Finding], whole: bool) -> EvidenceList:
    """What was read and excludes the host's own faults, part by part: no word on a part that has one, or of which
    something was not read. A service is in order only where all was read: a log may say otherwise.
    """
    found = EvidenceList()
    of_services = any(finding.type.group == "service" for finding in findings)
    of_tls = any(finding.type.group == "tls" for finding in findings) or bool(tls.suites_suspected(ctx))
    of_tls = of_tls or tls.came_without_tls12(ctx)
    both = "TermService and SessionEnv are in order" if whole and not of_services else "TermService runs"
    found.add_if(
        not ctx.unread("listener", "services"), f"Remote Desktop is on, and {both}", "sections listener and services"
    )
    found.add_if(
        not (ctx.unread("registry") or of_tls),
        "TLS 1.2 is on, with cipher suites and algorithms that current clients have",
        "section registry",
    )
    bound = bound_certificate(ctx)
    if bound and bound[1].not_after and not (ctx.unread("certificates", "key_files") or unread_key(ctx)):
        fact = f"its certificate is valid until {minute(bound[1].not_after)}, and NETWORK SERVICE can read its key"
        found.add(fact, bound[1].where)
    return found


def _authentication(ctx: Context, findings: list[Finding], clearance: Clearance) -> list[Finding]:
    if any(finding.type.explains_nla and finding.confidence != POSSIBLE for finding in findings):
        return []
    return [nla.unanswered(ctx, clearance)]


def _dropped(ctx: Context, findings: list[Finding], clearance: Clearance) -> list[Finding]:
    """A connection that was made and then broke: who else takes part in it?"""
    hanging = service.hanging(ctx, clearance)
    if hanging and hanging.confidence != POSSIBLE:
        return [hanging]
    former = certificate.former_name(ctx) if ctx.probe.suggests_no_credential else None
    if former:
        former = replace(former, evidence_for=(*former.evidence_for, ctx.probe_evidence))
        return [*_in_the_way_of(former, findings), former, *_of(service.crashing(ctx, alone=False))]
    clearance = _with_log(ctx, clearance)
    in_tls = ctx.probe.stage == "tls"
    suites = tls.suites_suspected(ctx) if in_tls else []
    if ctx.connection_logged is False:
        found = network.path_reset(ctx, clearance)
    elif (ctx.probe.stage, ctx.probe.outcome) == ("tls", "silent"):
        return [network.handshake_stalls(ctx, clearance)]
    else:
        product = interference.security_product(ctx, clearance)
        maker = service.maker_that_failed(ctx, findings)
        if maker and not product:
            return [maker, interference.handshake_dropped(ctx, clearance)]
        # A service that may hang has its own errors, which its finding names.
        if not hanging and (met := listener.errors_met(ctx)):
            return [met, _no_better(ctx, clearance), *suites]
        ended = service.ended_at_look(ctx)
        if ended and not product:
            # A crash of the same second stands before the guess, whatever crashed.
            return [ended, _no_better(ctx, clearance), *_of(hanging), *suites]
        found = product or _guess(ctx, clearance, suites)
    suspected = [*(tls.fips_suspected(ctx) if in_tls else ()), *suites]
    return [finding for finding in (found, hanging, *suspected) if finding]


def _in_the_way_of(former: Finding, findings: list[Finding]) -> list[Finding]:
    """What keeps another certificate from being made than that of a former name, where one is needed now: this one
    would go, and none would come.
    """
    sure = (one for one in findings if former.id in one.type.brings_about and one.confidence != POSSIBLE)
    return [replace(finding, severity=CRITICAL) for finding in sure]


def _with_log(ctx: Context, clearance: Clearance) -> Clearance:
    """What the host's log of the probe's own connection adds."""
    if ctx.connection_logged:
        logged = Evidence("the host logged the probe's connection (event 131 or 261)", "section events")
        return replace(clearance, evidence=(*clearance.evidence, logged))
    if ctx.connection_logged is None:
        needed = "events 131 and 261 of the host at the time of the probe: did the connection reach it?"
        return replace(clearance, unread=(*clearance.unread, needed))
    return clearance
