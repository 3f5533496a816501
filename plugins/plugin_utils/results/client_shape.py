# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The result of ``winops.rdp.client``. ``returns`` documents it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import client_apps
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_machine import ClientDiagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import DONE
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan

Json = dict[str, Any]
# The look has a key of its own.
_SHOWN = ("client", "apps", "settings", "profiles", "rdp_files", "products")


def result(facts: ClientFacts, diagnosis: ClientDiagnosis, look: ProbeResult, here: ProbeResult, plan: Plan) -> Json:
    """What was found, and what would be done; nothing has been done."""
    return {
        "changed": bool(plan.steps),
        "client": {name: facts.section(name) for name in _SHOWN},
        "findings": [finding.to_dict() for finding in diagnosis.findings],
        "verdict": diagnosis.verdict,
        "unread": list(diagnosis.unread),
        "look": look.data,
        "seen_from_controller": here.data,
        "comparison": diagnosis.comparison.to_dict() if diagnosis.comparison else None,
        "plan": plan.to_dict(),
        "journal": None,
        "as_of": client_apps.AS_OF,
        "summary": diagnosis.summary,
    }


def changed(
    host: str,
    before: Json,
    plan: Plan,
    reports: Sequence[Json],
    journal: Json,
    failed: str | None,
    after: ClientDiagnosis,
) -> Json:
    """The same once the plan's steps were done, or some of them."""
    done = [step for step, report in zip(plan.steps, reports) if report["status"] in DONE]
    words = ", ".join(f"{step.op} {step.target}" for step in done) or "nothing"
    told = {
        **before,
        "changed": any(report["status"] == "done" for report in reports),
        "steps": [{**step.to_dict(), **report} for step, report in zip(plan.steps, reports)],
        "journal": journal,
        "run": journal["run"],
        "findings_after": [finding.to_dict() for finding in after.findings],
        "verdict_after": after.verdict,
        "summary": f"{before['summary']}; done: {words}",
    }
    if not failed:
        return told
    way_back = f"winops.rdp.restore journal={journal['id']} takes back what was done before it"
    return {**told, "failed": True, "msg": f"{host}: {failed.rstrip('.')}; {way_back}."}
