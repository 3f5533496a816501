# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a Windows client is, and what it and the controller saw of a host, to ranked findings and a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import rank
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CLIENT_RULES,
    CRITICAL,
    LIKELY,
    POSSIBLE,
    PROVEN,
    ClientContext,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.vantage import Comparison, compare
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import SECTIONS, ClientFacts

# The client gets in; it is why nobody gets in from there; what stands between is; the host keeps everybody out; or
# nobody knows, since nobody looked or too little was read.
IN_ORDER, CLIENT, PATH, HOST, UNKNOWN = "in_order", "client", "path", "host", "unknown"
# Without these nothing says that the client is in order.
_NEEDED = ("client", "apps", "settings", "profiles")
CONTROLLER = "controller"


@dataclass(frozen=True)
class ClientDiagnosis:
    """What was found on a client: ranked findings, the verdict, what was not read, and the looks side by side."""

    findings: tuple[Finding, ...]
    verdict: str
    unread: tuple[str, ...]
    comparison: Comparison | None

    @property
    def summary(self) -> str:
        """The same in one line."""
        cause = next((one for one in self.findings if one.confidence != POSSIBLE), None)
        told = f"{cause.id} [{cause.confidence}]: {cause.summary}" if cause else "nothing found"
        seen = f"; {self.comparison.summary}" if self.comparison else ""
        missing = f"; not read: {', '.join(self.unread)}" if self.unread else ""
        return f"{self.verdict}: {told}{seen}{missing}"


def diagnose(facts: ClientFacts, target: str | None, look: ProbeResult, here: ProbeResult) -> ClientDiagnosis:
    """Judge a client. ``look`` is what it saw of the target, ``here`` what the controller saw."""
    ctx = ClientContext(facts, target, look, here)
    found = sorted((finding for rule in CLIENT_RULES for finding in rule(ctx)), key=rank)
    unread = _unread(facts, target)
    name = facts.name or "client"
    comparison = compare({CONTROLLER: here.data, name: look.data}) if look and here else None
    return ClientDiagnosis(tuple(found), _verdict(ctx, found), unread, comparison)


def _unread(facts: ClientFacts, target: str | None) -> tuple[str, ...]:
    """A phrase for what was not read, and for each profile that was not."""
    missing = [f"{SECTIONS[name]} ({why})" for name, why in facts.unread.items()]
    for name in _NEEDED:
        if name not in facts.sections and name not in facts.unread:
            missing.append(SECTIONS[name])
    for profile in facts.profiles:
        if profile["error"]:
            missing.append(f"the profile {profile['sid']} ({profile['error']['message']})")
    if target:
        away = [profile["sid"] for profile in facts.profiles if not profile["loaded"] and not profile["values"]]
        if away:
            missing.append(f"{len(away)} profile(s) of people who are not logged on")
    return (*missing, *(f"all of {SECTIONS[name]}" for name in facts.truncated))


def _verdict(ctx: ClientContext, found: list[Finding]) -> str:
    if not ctx.look:
        critical = any(one.severity == CRITICAL and one.confidence in (PROVEN, LIKELY) for one in found)
        return CLIENT if critical else UNKNOWN
    if ctx.look.logon_reached:
        return IN_ORDER
    if ctx.here and not ctx.here.logon_reached:
        return HOST
    cause = next((one for one in found if one.confidence != POSSIBLE and _explains(ctx, one)), None)
    if cause is None or not ctx.here:
        return UNKNOWN
    return {"network": PATH}.get(cause.owner, CLIENT)


def _explains(ctx: ClientContext, finding: Finding) -> bool:
    """Whether a finding says why the client's look ended, rather than what else is there."""
    return ctx.look_evidence in finding.evidence_for or finding.severity == CRITICAL


__all__ = ["CLIENT", "CONTROLLER", "HOST", "IN_ORDER", "PATH", "UNKNOWN", "ClientDiagnosis", "diagnose"]
