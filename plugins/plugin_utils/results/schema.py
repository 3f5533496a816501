# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a result must be to be reported on: the part of ``shape`` that readers look at."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import (
    BROKEN,
    DEGRADED,
    HEALTHY,
    OFF,
    UNKNOWN,
)

Json = dict[str, Any]

VERDICTS = (BROKEN, UNKNOWN, DEGRADED, OFF, HEALTHY)

_TEXT: Json = {"type": ["string", "null"]}
_NUMBER: Json = {"type": ["integer", "null"]}
_TEXTS: Json = {"type": ["array", "null"], "items": {"type": "string"}}
_EVIDENCE: Json = {
    "type": ["array", "null"],
    "items": {
        "type": "object",
        "required": ["fact", "where"],
        "properties": {"fact": {"type": "string"}, "where": {"type": "string"}},
    },
}
_FINDINGS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "severity", "confidence", "summary"],
        "properties": {
            "id": {"type": "string"},
            "title": _TEXT,
            "severity": {"enum": ["critical", "warning"]},
            "confidence": {"enum": ["proven", "likely", "possible"]},
            "summary": {"type": "string"},
            "evidence_for": _EVIDENCE,
            "evidence_against": _EVIDENCE,
            "owner": _TEXT,
            "advice": _TEXT,
            "by_hand": _TEXT,
            "needs_evidence": _TEXTS,
            "docs": _TEXT,
            "target": {"type": ["object", "null"]},
            "automatic": {"type": ["boolean", "null"]},
        },
    },
}


def _rows(*names: str) -> Json:
    """A list of objects that have these texts."""
    texts = {name: {"type": "string"} for name in names}
    return {"type": "array", "items": {"type": "object", "required": list(names), "properties": texts}}


_STEPS: Json = {
    "type": ["array", "null"],
    "items": {
        "type": "object",
        "required": ["op"],
        "properties": {"op": {"type": "string"}, "reason": _TEXT, "cost": _TEXT, "status": _TEXT, "findings": _TEXTS},
    },
}
# What a report looks at in the result of winops.rdp.diagnose or winops.rdp.remediate; the rest may be anything.
RESULT: Json = {
    "type": "object",
    "required": ["verdict", "findings"],
    "properties": {
        "verdict": {"enum": list(VERDICTS)},
        "verdict_after": {"enum": [*VERDICTS, None]},
        "findings": _FINDINGS,
        "findings_after": {"anyOf": [_FINDINGS, {"type": "null"}]},
        "unread": _TEXTS,
        "interrupted_journals": _TEXTS,
        "run": _TEXT,
        "rolled_back": {"type": ["boolean", "null"]},
        "rollback": {"type": ["object", "null"], "properties": {"why": _TEXT}},
        "client_summary": _TEXT,
        "assessed_at": _TEXT,
        "plan": {
            "type": ["object", "null"],
            "properties": {
                "steps": _STEPS,
                "rungs": {
                    "type": ["array", "null"],
                    "items": {
                        "type": "object",
                        "required": ["name", "steps"],
                        "properties": {"name": {"type": "string"}, "condition": _TEXT, "steps": _STEPS},
                    },
                },
                "blocked": {
                    "type": ["array", "null"],
                    "items": {
                        "type": "object",
                        "required": ["finding", "summary"],
                        "properties": {
                            "finding": {"type": "string"},
                            "summary": {"type": "string"},
                            "detail": _TEXT,
                            "guard": _TEXT,
                        },
                    },
                },
            },
        },
        "steps": _STEPS,
        "probe": {"type": ["object", "null"], "required": ["host", "port", "stage", "outcome"]},
        "verified": {"type": ["object", "null"]},
        "forecast": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "required": ["kind", "what"],
                "properties": {
                    "kind": {"type": "string"},
                    "when": _TEXT,
                    "days": _NUMBER,
                    "what": {"type": "string"},
                    "why": _TEXT,
                    "finding": _TEXT,
                },
            },
        },
        "compared": {
            "type": ["object", "null"],
            "required": ["reference", "differences", "not_compared"],
            "properties": {
                "reference": {"type": "string"},
                "differences": _rows("part", "what", "here", "there", "where"),
                "not_compared": {"type": "array", "items": {"type": "string"}},
            },
        },
        "changed_since": {
            "type": ["object", "null"],
            "required": ["since", "changes", "not_told"],
            "properties": {
                "since": {"type": "string"},
                "changes": _rows("when", "what", "where"),
                "not_told": {"type": "array", "items": {"type": "string"}},
            },
        },
        "client_arrival": {
            "type": ["object", "null"],
            "required": ["summary"],
            "properties": {"summary": {"type": "string"}},
        },
        "host": {
            "type": ["object", "null"],
            "properties": {"name": _TEXT, "product": _TEXT, "build": _NUMBER, "domain": _TEXT, "port": _NUMBER},
        },
        "certificate": {
            "type": ["object", "null"],
            "properties": {
                "source": _TEXT,
                "thumbprint": _TEXT,
                "subject": _TEXT,
                "not_after": _TEXT,
                "days_left": _NUMBER,
            },
        },
    },
}
