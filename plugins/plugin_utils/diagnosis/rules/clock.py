# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the host's clock, and on what should set it."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import KERBEROS_SKEW, minute

_TIME_DIFFERENCE = 0xC0000133


def _in_store(certificate: StoredCertificate) -> str:
    return f"certificate {certificate.thumbprint} in store {certificate.store}"


@rule
def clock(ctx: Context) -> Iterator[Finding]:
    """A clock that is off by more than five minutes breaks Kerberos; one that is off by more makes good certificates look bad."""
    if ctx.skew is None or abs(ctx.skew) <= KERBEROS_SKEW or not ctx.snapshot.now:
        return
    certificate = ctx.snapshot.binding.certificate if ctx.snapshot.binding else None
    spoils = certificate is not None and (
        certificate.expired(ctx.snapshot.now) != certificate.expired(ctx.clock)
        or certificate.not_yet_valid(ctx.snapshot.now) != certificate.not_yet_valid(ctx.clock)
    )
    yield Finding(
        "clock.wrong",
        CRITICAL if spoils else WARNING,
        f"The host's clock is {_span(abs(ctx.skew))} {'ahead of' if ctx.skew > 0 else 'behind'} the controller's",
        confidence=LIKELY,
        evidence_for=(
            Evidence(f"the host says {minute(ctx.snapshot.now)}, the controller {minute(ctx.clock)}", "section host"),
            *(
                (
                    Evidence(
                        f"valid from {minute(certificate.not_before)} to {minute(certificate.not_after)}",
                        _in_store(certificate),
                    ),
                )
                if spoils and certificate
                else ()
            ),
        ),
        advice="set the host's clock (or the controller's) first: certificates are judged, made and removed by it",
    )


def _span(seconds: float) -> str:
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{seconds / size:.0f} {unit}{'s' if seconds / size >= 1.5 else ''}"
    return f"{seconds:.0f} seconds"


@rule
def time_service(ctx: Context) -> Iterator[Finding]:
    """Only where the clock is off: then this is why it stays so."""
    if ctx.skew is None or abs(ctx.skew) <= KERBEROS_SKEW:
        return
    service = ctx.snapshot.windows_service("W32Time")
    kind = ctx.snapshot.text(r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type")
    off = service is not None and service["start"] == 4
    if not off and (kind or "").lower() != "nosync":
        return
    yield Finding(
        "clock.not_synchronised",
        WARNING,
        "Nothing sets this host's clock right",
        LIKELY,
        (
            Evidence("the service W32Time is disabled", "section products")
            if off
            else Evidence("Type is NoSync", r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters"),
        ),
        advice="set a source of time (a domain member: NT5DS) and start the service: w32tm /config /syncfromflags:domhier /update; Start-Service W32Time",
    )


@rule
def controller_clock(ctx: Context) -> Iterator[Finding]:
    """The controller of the domain says so; the clock of Ansible's controller need not be off."""
    if ctx.probe.status != _TIME_DIFFERENCE or (ctx.skew is not None and abs(ctx.skew) > KERBEROS_SKEW):
        return
    yield Finding(
        "clock.wrong",
        CRITICAL,
        "The clocks of this host and of its domain controller are too far apart for Kerberos",
        LIKELY,
        (Evidence(ctx.probe.summary, ctx.probe.where),),
        advice="compare them: w32tm /stripchart /computer:CONTROLLER /samples:3 /dataonly; the host's clock agrees with that of Ansible's controller, so"
        " the domain controller's may be the wrong one",
    )
