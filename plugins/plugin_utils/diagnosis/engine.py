# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a snapshot and a probe to ranked findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    PROVEN,
    WARNING,
    Context,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules import RULES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.unexplained import unexplained
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.unread import Unread

HEALTHY, DEGRADED, BROKEN, UNKNOWN = "healthy", "degraded", "broken", "unknown"

# Without these there is no verdict that nothing is wrong.
_NEEDED = frozenset(name for name, section in contract.SECTIONS.items() if section.needed)


@dataclass(frozen=True)
class Diagnosis:
    """Ranked findings and the verdict.

    ``verdict`` is ``healthy``, ``degraded`` (clients get in, something should be repaired), ``broken`` or ``unknown``
    (too little could be read, and nothing found). ``unread`` has one sentence per section that the host did not
    give, per part of one that it gave, and per part of the client's code that was not understood.
    """

    findings: tuple[Finding, ...]
    verdict: str
    unread: tuple[str, ...]

    @property
    def cause(self) -> Finding | None:
        return self.findings[0] if self.findings else None


def _rank(finding: Finding) -> tuple[int, int, int, int, int]:
    """What keeps clients out first, suspicions last, and then the order of the catalogue."""
    type_ = finding.type
    return (
        (CRITICAL, WARNING).index(finding.severity),
        int(finding.confidence == POSSIBLE),
        type_.stage,
        (PROVEN, LIKELY, POSSIBLE).index(finding.confidence),
        type_.place,
    )


def _unread(snapshot: Snapshot, name: str) -> str:
    error, purpose = snapshot.errors.get(name), contract.SECTIONS[name].purpose
    if error is None:
        return f"{purpose} was not asked for (section {name} is not in this snapshot)"
    reason = f"{error['type']} 0x{error['code'] & 0xFFFFFFFF:08X}"
    # The host's own messages are in its language, this one is not: it names the field.
    if error["type"] == contract.MALFORMED:
        reason = error["message"].rstrip(".")
    return f"{purpose} could not be read (section {name}: {reason})"


def _lacks_the_key(parts: list[Unread]) -> bool:
    """Whether it is open if the listener can use its certificate: only a client that gets in could tell."""
    return any(one.section in ("certificates", "key_files") for one in parts)


def diagnose(snapshot: Snapshot, probe: dict[str, Any] | None, client_code: str | None = None) -> Diagnosis:
    """Judge a host.

    ``probe`` is a result of the probe or None, ``client_code`` what a user's client showed (``0x904/0x7``, ``2308``;
    see ``codes.explain``).
    """
    ctx = Context(snapshot, ProbeResult(probe), client_code)
    findings = [finding for rule in RULES for finding in rule(ctx)]
    findings += unexplained(ctx, findings)
    findings.sort(key=_rank)
    unread = tuple(_unread(snapshot, name) for name in contract.SECTIONS if name not in snapshot.sections)
    parts = [one for one in snapshot.unread if one.part]
    unread += tuple(f"{one.what} could not be read (section {one.section}{one.number})" for one in parts)
    unread += tuple(f"what the user's client showed was not understood: {part}" for part in ctx.client.unread)
    if any(finding.severity == CRITICAL for finding in findings):
        verdict = BROKEN
    elif _NEEDED - set(snapshot.sections) or (_lacks_the_key(parts) and not ctx.probe.logon_reached):
        verdict = UNKNOWN
    else:
        verdict = DEGRADED if findings else HEALTHY
    return Diagnosis(tuple(findings), verdict, unread)
