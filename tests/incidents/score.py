# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents held against the diagnosis: which cause it names first, what it calls proven, and what it would change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import POSSIBLE, PROVEN
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Rung, plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

from tests.incidents.build import bundle
from tests.tools.documents import load_yaml

FOLDER = Path(__file__).parent
NOTHING = "none"
Json = dict[str, Any]


@dataclass(frozen=True)
class Incident:
    """One incident: its bundle, and what is right.

    ``right`` is the id of the cause, or ``none`` where there is nothing to find (a suspicion is allowed).
    ``plan`` is the closed list of steps that an expert would sign (``plans/signed.yml``), ``missed`` why it is known to
    come out wrong.
    """

    name: str
    kind: str
    right: str
    owner: str
    bundle: Json
    plan: tuple[str, ...] = ()
    missed: str | None = None

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"

    def without(self, section: str) -> Incident:
        """The same where the host did not give this section."""
        whole = self.bundle["snapshot"]
        if section not in whole["sections"]:
            return self
        sections = {name: given for name, given in whole["sections"].items() if name != section}
        errors = {**whole["errors"], section: {"code": -2147024891, "type": "Denied", "message": ""}}
        less = {**self.bundle, "snapshot": {**whole, "sections": sections, "errors": errors}}
        return Incident(f"{self.name} without {section}", self.kind, self.right, self.owner, less)

    def judge(self) -> Verdict:
        # As a bundle is judged, which is held to the gate as its file is read.
        answer = Snapshot.of(self.bundle["snapshot"], parse(self.bundle["taken"]), gated=True)
        assessment = assess(answer, ProbeResult(self.bundle["probe"]), self.bundle["client_code"])
        rungs = plan(assessment, RepairPolicy()).rungs
        steps = tuple(_told(rung, step) for rung in rungs for step in rung.steps)
        return Verdict(self, assessment.diagnosis, steps, answer.errors)


@dataclass(frozen=True)
class Verdict:
    """What the diagnosis said of an incident, what the plan would do, and the errors of sections that were unread."""

    incident: Incident
    diagnosis: Diagnosis
    steps: tuple[str, ...]
    unread: Json

    @property
    def ids(self) -> list[str]:
        """What was found; where nothing should be, suspicions are none."""
        found = self.diagnosis.findings
        if self.incident.right == NOTHING:
            found = tuple(finding for finding in found if finding.confidence != POSSIBLE)
        return [finding.id for finding in found]

    def right_in(self, first: int) -> bool:
        if self.incident.right == NOTHING:
            return not self.ids
        return self.incident.right in self.ids[:first]

    @property
    def right_owner(self) -> bool:
        found = [finding for finding in self.diagnosis.findings if finding.id == self.incident.right]
        return self.incident.right == NOTHING or (bool(found) and found[0].owner == self.incident.owner)

    @property
    def wrong_proven(self) -> list[str]:
        """Other causes that are called proven and keep clients out: none of them can be."""
        return [
            finding.id
            for finding in self.diagnosis.findings
            if finding.confidence == PROVEN and finding.severity == "critical" and finding.id != self.incident.right
        ]

    @property
    def right_plan(self) -> bool:
        return self.steps == self.incident.plan


def _told(rung: Rung, step: Step) -> str:
    """A step as a plan that is signed has it."""
    target = "the key file" if step.op == "acl.set" else step.target.rsplit("\\", 1)[-1]
    return f"{step.op} {target}" + (f", if {rung.condition}" if rung.condition else "")


@cache
def signed() -> dict[str, tuple[str, ...]]:
    """The plans that do something, by the incident's name. Raises ``ValueError`` for one that has two."""
    found: dict[str, tuple[str, ...]] = {}
    for row in load_yaml((FOLDER / "plans/signed.yml").read_text(encoding="utf-8")):
        for name in row["incidents"]:
            if name in found:
                raise ValueError(f"{name} has two plans")
            found[name] = tuple(row["plan"])
    return found


@cache
def incidents() -> tuple[Incident, ...]:
    """All of them, those that are bundles by nature first."""
    return tuple(_read())


@cache
def judged(without: str | None = None) -> tuple[Verdict, ...]:
    """The verdicts on all of them, in their order; on request where the hosts did not give a section."""
    return tuple((one.without(without) if without else one).judge() for one in incidents())


def _read() -> Iterator[Incident]:
    known = load_yaml((FOLDER / "bundles/right.yml").read_text(encoding="utf-8"))
    for path in sorted((FOLDER / "bundles").glob("*.json")):
        yield _incident({"name": path.stem, **known[path.stem]}, json.loads(path.read_text(encoding="utf-8")))
    for path in sorted(FOLDER.glob("*.yml")):
        for row in load_yaml(path.read_text(encoding="utf-8")):
            yield _incident({"kind": path.stem, **row}, bundle(row))


def _incident(row: Json, made: Json) -> Incident:
    made = {"client_code": None, "probe": None, **made}
    if isinstance(made["client_code"], int):
        made["client_code"] = hex(made["client_code"])
    return Incident(
        row["name"],
        row["kind"],
        row["right"],
        row.get("owner", NOTHING),
        made,
        signed().get(row["name"], ()),
        row.get("missed"),
    )
