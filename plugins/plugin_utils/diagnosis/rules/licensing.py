# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the licences of an RD Session Host."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    RCM,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.schema import POLICY


@rule
def licences(ctx: Context) -> Iterator[Finding]:
    """Only an RD Session Host needs licences: a grace period of 120 days, then a licence server and a mode."""
    section = ctx.snapshot.section("licensing")
    if not section or not section["session_host"]:
        return
    core = collect.TERMINAL_SERVER + r"\RCM\Licensing Core"
    policy = POLICY.removeprefix("HKLM\\")
    modes = (ctx.snapshot.number(policy, "LicensingMode"), ctx.snapshot.number(core, "LicensingMode"), section["type"])
    mode = next((number for number in modes if number is not None), None)
    servers = [
        ctx.snapshot.text(policy, "LicenseServers"),
        (
            ctx.snapshot.value(
                r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers", "SpecifiedLicenseServers"
            )
            or {}
        ).get("data"),
    ]
    if mode in (2, 4) and any(servers):
        return
    grace, ended = section["grace_days"], section["grace_days"] is not None and section["grace_days"] <= 0
    told = ctx.snapshot.event_count(RCM, 1068, 1069)
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
        fits=True if ended and 0x100 <= (ctx.client.extended or 0) <= 0x10A else None,
    )
