# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host in a few words: the columns of a table over many hosts, and one line for one."""

from __future__ import annotations

from collections.abc import Iterable

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import OFF, UNKNOWN, Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step


def columns(
    before: Assessment,
    plan: Plan,
    after: Assessment | None,
    *,
    predicted: bool = False,
    done: Iterable[Step] | None = None,
) -> dict[str, str]:
    """The columns of a fleet's table; ``predicted`` if the plan was not carried out, else ``done`` is what was."""
    return {
        "client_before": before.probe.summary,
        "cause": _cause(before.diagnosis),
        "repair": _repair(plan, predicted, plan.steps if done is None else done),
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
    # Of a host that is off, the reason is who turned it off.
    reason = f": {findings[0].summary}" if diagnosis.verdict == OFF else ""
    return f"{findings[0].id} [{findings[0].confidence}]{rest}{reason}"


def _repair(plan: Plan, predicted: bool, steps: Iterable[Step]) -> str:
    """The steps, and what is left out."""
    words = _in_words(steps)
    parts = [words] if words else []
    if predicted:
        parts = [f"would: {words}"] if words else []
        parts += [f"then, only if {rung.condition}: {_in_words(rung.steps)}" for rung in plan.conditional]
    # That a host is off has been said.
    parts += [f"not {blocked.finding}: {blocked.summary}" for blocked in plan.blocked if blocked.guard != "intent"]
    return "; ".join(parts) or "nothing to do"


def _in_words(steps: Iterable[Step]) -> str:
    return ", ".join(f"{step.op} {_short(step.target)}" for step in steps)


def _short(target: str) -> str:
    """A target without the path to it."""
    has_path = target.startswith(("HKLM\\", "Remote Desktop\\")) or ":\\" in target
    return target.rsplit("\\", 1)[-1] if has_path else target
