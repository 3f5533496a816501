# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what surrounds the listener: the state of the system, licences, the time service, and who knocks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CORE,
    CRITICAL,
    LIKELY,
    RCM,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract

_FLOOD = 300
_TIME_DIFFERENCE = 0xC0000133


@rule
def setup(ctx: Context) -> Iterator[Finding]:
    for name in ("SystemSetupInProgress", "OOBEInProgress"):
        number = ctx.host.number(r"SYSTEM\Setup", name)
        if number:
            yield ctx.judged(
                Finding(
                    "system.setup_unfinished",
                    CRITICAL,
                    "Windows takes itself for still being set up, and does not serve Remote Desktop as long as it does",
                    evidence_for=(Evidence(f"{name} is {number}", r"HKLM\SYSTEM\Setup"),),
                    advice=f"finish the setup at the console; if it is finished, set {name} to 0 and restart the host",
                ),
                fits=False if ctx.sight.gets_in else True if ctx.sight.refused else None,
            )
            return


@rule
def licences(ctx: Context) -> Iterator[Finding]:
    """Only an RD Session Host needs licences: a grace period of 120 days, then a licence server and a mode."""
    section = ctx.host.section("licensing")
    if not section or not section["session_host"]:
        return
    core = collect.TERMINAL_SERVER + r"\RCM\Licensing Core"
    policy = contract.POLICY
    modes = (ctx.host.number(policy, "LicensingMode"), ctx.host.number(core, "LicensingMode"), section["type"])
    mode = next((number for number in modes if number is not None), None)
    servers = [
        ctx.host.text(policy, "LicenseServers"),
        (
            ctx.host.value(
                r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers", "SpecifiedLicenseServers"
            )
            or {}
        ).get("data"),
    ]
    if mode in (2, 4) and any(servers):
        return
    grace, ended = section["grace_days"], section["grace_days"] is not None and section["grace_days"] <= 0
    told = ctx.host.event_count(RCM, 1068, 1069)
    lacks = "no licensing mode is set" if mode not in (2, 4) else "no licence server is named"
    yield ctx.judged(
        Finding(
            "licensing.grace_ended" if ended else "licensing.not_configured",
            CRITICAL if ended else WARNING,
            "The grace period of this RD Session Host is over, and it has no licences: users are turned away"
            if ended
            else "This RD Session Host has no licences; users are turned away when its grace period ends",
            evidence_for=(
                Evidence(f"{lacks} (mode {mode})", f"HKLM\\{core}"),
                Evidence("days of grace left: " + ("not known" if grace is None else str(grace)), "section licensing"),
                *((Evidence(f"{told} event(s) 1068/1069 of {RCM}", "section events"),) if told else ()),
            ),
            advice="name a licence server and set the mode (Group Policy: Remote Desktop Session Host > Licensing), or remove the role if two administrators"
            " are all that log on",
        ),
        # The probe sends no user: licensing comes after it.
        fits=True if ended and 0x100 <= (ctx.user.extended or 0) <= 0x10A else None,
    )


@rule
def time_service(ctx: Context) -> Iterator[Finding]:
    """Only where the clock is off: then this is why it stays so."""
    if ctx.skew is None or abs(ctx.skew) <= 300:
        return
    service = ctx.host.windows_service("W32Time")
    kind = ctx.host.text(r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type")
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
    if ctx.sight.status != _TIME_DIFFERENCE or (ctx.skew is not None and abs(ctx.skew) > 300):
        return
    yield Finding(
        "clock.wrong",
        CRITICAL,
        "The clocks of this host and of its domain controller are too far apart for Kerberos",
        LIKELY,
        (Evidence(ctx.sight.says, ctx.sight.where),),
        advice="compare them: w32tm /stripchart /computer:CONTROLLER /samples:3 /dataonly; the host's clock agrees with that of Ansible's controller, so"
        " the domain controller's may be the wrong one",
    )


@rule
def flood(ctx: Context) -> Iterator[Finding]:
    failed = ctx.host.event_count("Microsoft-Windows-Security-Auditing", 4625) + ctx.host.event_count(CORE, 140)
    incomplete = ctx.host.event_count(RCM, 1006)
    if failed < _FLOOD and not incomplete:
        return
    finding = Finding(
        "network.logon_flood",
        WARNING,
        "The port is under attack, or open to the internet: connections fail in great number, and those that are meant can be lost among them",
        evidence_for=(
            *(
                (Evidence(f"{failed} failed logons (events 4625 and 140) in the last days", "section events"),)
                if failed >= _FLOOD
                else ()
            ),
            *(
                (Evidence(f"{incomplete} event(s) 1006: many connections that were not completed", "section events"),)
                if incomplete
                else ()
            ),
        ),
        owner="network",
        advice="let only known addresses reach the port (RemoteAddress of the firewall rules, or the cloud's network filter), or put a gateway before it",
    )
    yield replace(finding, confidence=LIKELY)
