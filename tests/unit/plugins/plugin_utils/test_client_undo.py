# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Taking back what was changed on a client: what somebody has chosen there since stays, and is named."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import undo

from tests.hosts import clients
from tests.hosts.client_scenarios import FILE
from tests.hosts.windows import Windows

Json = dict[str, Any]

LEVEL, TARGET = "authentication level", "srv01.example.com"
OLD, NEW = (base64.b64encode(bytes([number]) * 20).decode() for number in (1, 2))


def journal(*done: tuple[steps.Step, Json]) -> Journal:
    rows = [{**step.to_host(), "status": "done", "before": before, "after": None} for step, before in done]
    return Journal.parse({"id": "20261123T130000Z-0a1b2c3d", "state": "complete", "steps": rows})


def setting(before: int | None) -> Journal:
    return journal((steps.set_rdp_file(FILE, LEVEL, "", ""), {"value": before}))


def forgotten() -> Journal:
    return journal((steps.forget_hash(clients.SID, TARGET, "", ""), {"hash": OLD}))


def now(lines: list[str] | None = None, kept: str | None = None, **more: Any) -> ClientFacts:
    """A client as it is now: the lines of the file, None for no file, and the hash that it keeps of the target."""
    pc = Windows("PC-17")
    values = {"CertHash": {"type": "binary", "data": kept}} if kept else {}
    pc.data["client"]["rdp_files"] = {} if lines is None else {FILE: lines}
    pc.data["client"]["profiles"] = [clients.profile(targets={TARGET: values}, **more)]
    return ClientFacts(clients.answer(pc, {"rdp_files": [FILE], "targets": [TARGET]}))


def told(plan: Plan) -> tuple[list[Any], list[str]]:
    return [step.fields.get("value", step.fields.get("hash")) for step in plan.steps], [
        one.summary for one in plan.blocked
    ]


@pytest.mark.parametrize("before", [0, None])
def test_a_setting_goes_back_unless_somebody_has_set_it_since(before: int | None) -> None:
    for lines in ([f"{LEVEL}:i:2"], ["full address:s:x", f"{LEVEL}:i:3", f"{LEVEL}:i:2"]):
        assert told(undo(setting(before), client=now(lines))) == ([before], [])
    changed = f"{LEVEL} of {FILE} has been changed since (it is 1)"
    assert told(undo(setting(before), client=now([f"{LEVEL}:i:1"]))) == ([], [changed])
    gone = f"the file {FILE} has been deleted since"
    assert told(undo(setting(before), client=now(None))) == ([], [gone])


def test_a_setting_that_was_taken_out_since_stays_out() -> None:
    absent = f"{LEVEL} of {FILE} has been changed since (it is absent)"
    assert told(undo(setting(0), client=now([]))) == ([], [absent])


def test_a_certificate_that_was_accepted_since_stays_so() -> None:
    assert told(undo(forgotten(), client=now(kept=None))) == ([OLD], [])
    assert told(undo(forgotten(), client=now(kept=OLD))) == ([OLD], [])
    other = f"the client of {clients.SID} keeps another certificate of {TARGET} since"
    assert told(undo(forgotten(), client=now(kept=NEW))) == ([], [other])


def test_of_what_was_not_read_nothing_is_concluded() -> None:
    away = now(kept=NEW, loaded=False)
    assert told(undo(forgotten(), client=away)) == ([OLD], [])
    for client in (None, ClientFacts({"schema_version": 1, "sections": {}, "errors": {}, "truncated": []})):
        assert told(undo(setting(0), client=client)) == ([0], [])
        assert told(undo(forgotten(), client=client)) == ([OLD], [])


def test_journals_in_a_row_are_looked_through() -> None:
    """The newer one is taken back first: what it found is what the older one left."""
    newer, first = setting(1), steps.Step("rdp_file.set", {"file": FILE, "setting": LEVEL, "value": 1}, "")
    older = journal((first, {"value": 0}))
    assert told(undo(older, None, [newer], client=now([f"{LEVEL}:i:2"]))) == ([0], [])
    assert told(undo(older, None, [newer], client=now([f"{LEVEL}:i:3"])))[0] == []
