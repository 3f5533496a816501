# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the host's clock, and on what should set it."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import WARNING
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    SECURITY,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    critical_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import bound_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import KERBEROS_SKEW, minute

# STATUS_TIME_DIFFERENCE_AT_DC
_TIME_DIFFERENCE = 0xC0000133


def _is_off(ctx: Context) -> bool:
    """The host's clock and the controller's are further apart than Kerberos tolerates."""
    return ctx.skew is not None and abs(ctx.skew) > KERBEROS_SKEW


@rule
def check_clock(ctx: Context) -> Iterator[Finding]:
    """A clock that is off breaks Kerberos; one that is off by more makes good certificates look bad."""
    if ctx.skew is None or not _is_off(ctx) or not ctx.snapshot.now:
        return
    evidence = EvidenceList()
    evidence.add(f"the host says {minute(ctx.snapshot.now)}, the controller {minute(ctx.clock)}", "section host")
    severity, dates = WARNING, False
    bound = bound_certificate(ctx)
    if bound and _clocks_disagree_on(ctx, bound[1]):
        certificate = bound[1]
        severity, dates = ctx.latent_severity, True
        evidence.add(
            f"valid from {minute(certificate.not_before)} to {minute(certificate.not_after)}",
            certificate.where,
        )
    yield ctx.finding(
        catalogue.CLOCK_WRONG,
        severity=severity,
        evidence=evidence,
        needs_evidence=ctx.behind_the_look,
        target={"dates": dates},
        difference=_span(abs(ctx.skew)),
        direction="ahead of" if ctx.skew > 0 else "behind",
    )


def _clocks_disagree_on(ctx: Context, certificate: StoredCertificate) -> bool:
    """By one clock the certificate is valid, and by the other it is not."""
    now = ctx.snapshot.now
    if now is None:
        return False
    return certificate.expired(now) != certificate.expired(ctx.clock) or certificate.not_yet_valid(
        now
    ) != certificate.not_yet_valid(ctx.clock)


def _span(seconds: float) -> str:
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}{'s' if seconds / size >= 1.5 else ''}"
    return f"{seconds:.0f} seconds"


@rule
def check_time_source(ctx: Context) -> Iterator[Finding]:
    """Only where the clock is off: then this is why it stays so."""
    if not _is_off(ctx):
        return
    service = ctx.snapshot.windows_service("W32Time")
    source = ctx.snapshot.text(collect.TIME_SERVICE, "Type") or ""
    if service and service["start"] == DISABLED:
        evidence = Evidence("the service W32Time is disabled", "section products")
    elif source.lower() == "nosync":
        evidence = Evidence("Type is NoSync", f"HKLM\\{collect.TIME_SERVICE}")
    else:
        return
    yield ctx.finding(catalogue.CLOCK_NOT_SYNCHRONISED, evidence=[evidence])


@rule
def check_controller_clock(ctx: Context) -> Iterator[Finding]:
    """The domain controller says so to the probe or to somebody else; the clock of Ansible's controller need not be
    off.
    """
    told = ctx.lately and _TIME_DIFFERENCE in ctx.snapshot.numbers_since(ctx.lately, SECURITY, 4625)
    if _is_off(ctx) or not (told or ctx.probe.status == _TIME_DIFFERENCE):
        return
    if ctx.snapshot.in_no_domain:
        return  # it has no domain controller to differ from: see the client's clock
    evidence = EvidenceList()
    evidence.add_if(told, f"event 4625 of {SECURITY}: {in_words(_TIME_DIFFERENCE)}", "section events")
    evidence.add_if(ctx.probe.status == _TIME_DIFFERENCE, ctx.probe.summary, ctx.probe.where)
    yield ctx.finding(
        catalogue.CLOCK_WRONG,
        summary="domain_controller",
        advice="domain_controller",
        # One failed logon in the log may be that of a client whose own clock is wrong.
        severity=critical_if(ctx.probe.status == _TIME_DIFFERENCE),
        evidence=evidence,
        needs_evidence=ctx.behind_the_look,
    )
