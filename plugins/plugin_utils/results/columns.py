# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host in a few words: the columns of a table over many hosts, and one line for one."""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import UNKNOWN, Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan


def columns(before: Assessment, plan: Plan, after: Assessment | None, *, predicted: bool = False) -> dict[str, str]:
    """The columns of a fleet's table; ``predicted`` if the plan was not carried out."""
    return {
        "client_before": before.probe.summary,
        "cause": _cause(before.diagnosis),
        "repair": _repair(plan, predicted),
        "client_after": after.probe.summary if after else "",
    }


def summary(verdict: str, words: dict[str, str]) -> str:
    """One line for a host, from its columns."""
    now = f" -> {words['client_after']}" if words["client_after"] else ""
    return f"{verdict} | {words['client_before']} | {words['cause']} | {words['repair']}{now}"


def _cause(diagnosis: Diagnosis) -> str:
    """The top finding; more of them are counted."""
    findings = diagnosis.findings
    if not findings:
        return "none" if diagnosis.verdict != UNKNOWN else "; ".join(diagnosis.unread)
    rest = f" (+{len(findings) - 1})" if len(findings) > 1 else ""
    return f"{findings[0].id} [{findings[0].confidence}]{rest}"


def _repair(plan: Plan, predicted: bool) -> str:
    """The steps, and what is left out."""
    steps = [f"{step.op} {_short(step.target)}" for step in plan.steps if step.op != "certificate.wait_renewed"]
    parts = [", ".join(steps)] if steps else []
    if steps and predicted:
        parts = [f"would: {parts[0]}"]
    parts += [f"not {blocked.finding}: {blocked.summary}" for blocked in plan.blocked]
    return "; ".join(parts) or "nothing to do"


def _short(target: str) -> str:
    """A target without the path to it."""
    has_path = target.startswith(("HKLM\\", "Remote Desktop\\")) or ":\\" in target
    return target.rsplit("\\", 1)[-1] if has_path else target
