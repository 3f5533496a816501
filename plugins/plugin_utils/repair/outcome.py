# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of a repair: is the host better, is anything worse, and the one line that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import BROKEN, UNKNOWN, Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan


@dataclass(frozen=True)
class Seen:
    """A host at one moment: its diagnosis and what a client saw."""

    diagnosis: Diagnosis
    probe: dict[str, Any] | None

    @property
    def sight(self) -> ProbeResult:
        return ProbeResult(self.probe)

    @property
    def well(self) -> bool:
        return self.diagnosis.verdict not in (BROKEN, UNKNOWN) and (not self.sight or self.sight.is_healthy)


def worse(before: Seen, after: Seen) -> list[str]:
    """Findings that were not there before, and a client that got in and no longer does."""
    had = {finding.id for finding in before.diagnosis.findings}
    new = [finding.id for finding in after.diagnosis.findings if finding.id not in had]
    if before.sight.logon_reached and after.sight and not after.sight.logon_reached:
        new.append("client.no_longer_gets_in")
    return new


def cause(seen: Seen) -> str:
    """The top finding in words; more of them are counted."""
    findings = seen.diagnosis.findings
    if not findings:
        return "none" if seen.diagnosis.verdict != UNKNOWN else "; ".join(seen.diagnosis.missing)
    rest = f" (+{len(findings) - 1})" if len(findings) > 1 else ""
    return f"{findings[0].id} [{findings[0].confidence}]{rest}"


def repair(plan: Plan, predicted: bool) -> str:
    """The steps in words."""
    verbs = [f"{step.op} {_short(step.target)}" for step in plan.steps if step.op != "certificate.wait_renewed"]
    done = ", ".join(verbs)
    refused = "; ".join(f"not {blocked.finding}: {blocked.reason.split(';')[0]}" for blocked in plan.blocked)
    text = "; ".join(part for part in (("would: " if predicted else "") + done if done else "", refused) if part)
    return text or "nothing to do"


def _short(target: str) -> str:
    return (
        target.rsplit("\\", 1)[-1] if target.startswith(("HKLM\\", "Remote Desktop\\")) or ":\\" in target else target
    )


def line(before: Seen, plan: Plan, after: Seen | None, predicted: bool = False) -> dict[str, str]:
    """The four columns of a fleet's table."""
    return {
        "client_before": before.sight.summary,
        "cause": cause(before),
        "repair": repair(plan, predicted),
        "client_after": after.sight.summary if after else "",
    }


def summary(verdict: str, columns: dict[str, str]) -> str:
    """One line for a host."""
    now = f" -> {columns['client_after']}" if columns["client_after"] else ""
    return f"{verdict} | {columns['client_before']} | {columns['cause']} | {columns['repair']}{now}"


def left(seen: Seen) -> list[Finding]:
    """What still keeps clients out."""
    return [finding for finding in seen.diagnosis.findings if finding.severity == CRITICAL]
