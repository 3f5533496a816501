# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a host says of the steps that it was given: the answer's own schema, and what can be known of an odd one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents, validate
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

Json = dict[str, Any]

# What the host says of the task behind a restart.
SAFETY_TASKS = ("armed", "left_out", "failed")
STATUSES = ("pending", "started", "done", "unchanged", "failed", "skipped", "refused")
# A journal's longest path is that of Windows with long paths allowed.
_LONGEST = 32767
_ERROR: Json = {
    "type": "object",
    "required": ["code", "type", "message"],
    "properties": {"code": {"type": "integer"}, "type": {"type": "string"}, "message": {"type": "string"}},
}
_REPORT: Json = {
    "type": "object",
    "required": ["op", "status", "before", "after", "error"],
    "properties": {
        "op": {"type": "string"},
        "status": {"enum": list(STATUSES)},
        "before": {"type": ["object", "null"]},
        "after": {"type": ["object", "null"]},
        "error": {"anyOf": [{"type": "null"}, _ERROR]},
    },
}
_JOURNAL: Json = {
    "type": "object",
    "required": ["id", "path", "state"],
    "properties": {
        "id": {"type": "string"},
        "path": {"type": ["string", "null"]},
        "state": {"type": "string", "pattern": r"^[a-z_]{1,20}\Z"},
    },
}
# What a host says of a step; the step's own fields are what it was given, not what it says.
_TOLD = ("status", "before", "after", "error", "elapsed_ms")
_report_fault = validate.compiled(_REPORT)
_journal_fault = validate.compiled(_JOURNAL)


class AppliedError(ValueError):
    """The answer does not say what became of the steps; the message is one clause."""


@dataclass(frozen=True)
class Applied:
    """What became of each step, in their order, and the host's journal: its state, and its path on the host.

    ``safety_task`` is None where nothing was restarted.
    """

    reports: tuple[Json, ...]
    state: str
    path: str | None
    safety_task: str | None


def read(answer: Json, journal_id: str, steps: Sequence[Step]) -> Applied:
    """Read the answer to these steps. Raises ``AppliedError``."""
    reports: Any = answer.get("steps")
    journal: Any = answer.get("journal")
    odd = documents.fault([reports, journal])
    if odd:
        raise AppliedError(odd)
    if not isinstance(reports, list) or len(reports) != len(steps):
        raise AppliedError(f"it does not list the {len(steps)} steps")
    for number, (report, step) in enumerate(zip(reports, steps), 1):
        wrong = _report_fault(report)
        if wrong or report["op"] != step.op:
            raise AppliedError(f"step {number}, {step.op}: {wrong or 'op: another one'}")
    wrong = _journal_fault(journal)
    if wrong or journal["id"] != journal_id or len(journal["path"] or "") > _LONGEST:
        raise AppliedError(f"journal: {wrong or 'not the one of these steps'}")
    safety_task = answer.get("safety_task")
    if safety_task not in (None, *SAFETY_TASKS):
        raise AppliedError("safety_task: none of the contract's words")
    return Applied(tuple(map(_told, reports)), journal["state"], journal["path"], safety_task)


def _told(report: Json) -> Json:
    return {name: report[name] for name in _TOLD if name in report}


def known(answer: Any, steps: Sequence[Step]) -> tuple[Json, ...]:
    """What an odd answer says of each step; an empty object where that is nothing to go by."""
    reports = answer.get("steps") if isinstance(answer, dict) else None
    given = reports if isinstance(reports, list) else []
    told = []
    for number, step in enumerate(steps):
        report = given[number] if number < len(given) else None
        usable = documents.fault(report) is None and _report_fault(report) is None
        told.append(_told(report) if usable and report and report["op"] == step.op else {})
    return tuple(told)
