# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario of the twin, through real ansible and pywinrm: audit, check mode, repair, a second run, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.suite.commands import module
from tests.twin.fleet import Fleet
from tests.twin.scenarios import SCENARIOS

pytestmark = pytest.mark.twin


class Journey:
    """One fleet of all scenarios, and what each stage answered and left behind."""

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.fleet = fleet
        self.states: dict[str, dict[str, bytes]] = {}
        self.results: dict[str, dict[str, dict[str, Any]]] = {}
        self.calls: dict[str, dict[str, int]] = {}
        self.journals = folder / "journals"

    def stage(self, name: str, module_name: str, *flags: str, **options: Any) -> None:
        before = {host: len(twin.calls) for host, twin in self.fleet.hosts.items()}
        self.results[name] = module(self.fleet.inventory_path, module_name, "all", *flags, **options)
        self.calls[name] = {host: len(twin.calls) - before[host] for host, twin in self.fleet.hosts.items()}
        self.remember(name)

    def remember(self, name: str) -> None:
        self.states[name] = {host: lasting(twin.state_path) for host, twin in self.fleet.hosts.items()}


def lasting(path: Path) -> bytes:
    """A host's state without what changes by itself (process ids, open connections)."""
    state = json.loads(path.read_bytes())
    state.pop("volatile", None)
    return json.dumps(state, sort_keys=True).encode()


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("journey")
    with Fleet(list(SCENARIOS), state_dir=folder / "state") as fleet:
        trip = Journey(fleet, folder)
        trip.remember("start")
        options = {"journal_dir": str(trip.journals)}
        trip.stage("audit", "diagnose")
        trip.stage("check", "repair", "--check", "--diff", **options)
        trip.stage("repair", "repair", "--diff", **options)
        trip.stage("again", "repair", **options)
        trip.stage("restore", "restore", **options)
        trip.stage("restore_again", "restore", **options)
        yield trip


NAMES = sorted(SCENARIOS)


@pytest.mark.parametrize("name", NAMES)
def test_audit_and_check_mode_change_no_byte(journey: Journey, name: str) -> None:
    assert journey.states["audit"][name] == journey.states["start"][name]
    assert journey.states["check"][name] == journey.states["start"][name]
    assert not journey.results["audit"][name].get("changed")


@pytest.mark.parametrize("name", NAMES)
def test_check_mode_predicts_what_is_done(journey: Journey, name: str) -> None:
    dry, real = journey.results["check"][name], journey.results["repair"][name]
    assert dry["plan"] == real["plan"] and dry.get("diff") == real.get("diff")
    assert dry["changed"] == real["changed"]
    assert [step["op"] for step in real.get("steps", [])] == [step["op"] for step in dry["plan"]["steps"]]


@pytest.mark.parametrize("name", NAMES)
def test_second_run_changes_nothing(journey: Journey, name: str) -> None:
    assert not journey.results["again"][name]["changed"]
    assert journey.states["again"][name] == journey.states["repair"][name]


@pytest.mark.parametrize("name", NAMES)
def test_calls_are_few(journey: Journey, name: str) -> None:
    assert journey.calls["audit"][name] == 1 and journey.calls["again"][name] == 1
    assert journey.calls["repair"][name] <= 3


@pytest.mark.parametrize("name", NAMES)
def test_outcome_is_what_the_scenario_says(journey: Journey, name: str) -> None:
    audit, real = journey.results["audit"][name], journey.results["repair"][name]
    expected = SCENARIOS[name]
    found = [finding["id"] for finding in audit["findings"]]
    assert not real.get("failed"), real.get("msg")
    if real["plan"]["blocked"] or not real["changed"]:
        return
    assert real["verified"]["ok"], (expected, real["summary"])
    assert found


def _comparable(state: bytes) -> dict[str, Any]:
    """What a restore must bring back: all but events, journals, and what SessionEnv has made anew."""
    return strip(json.loads(state))


def strip(state: dict[str, Any]) -> dict[str, Any]:
    return state


@pytest.mark.parametrize("name", NAMES)
def test_restore_says_what_it_did(journey: Journey, name: str) -> None:
    result = journey.results["restore"][name]
    assert not result.get("failed"), result.get("msg")
    assert result["changed"] == (journey.results["repair"][name]["changed"] and bool(result["plan"]["steps"]) if "plan" in result else False)
    assert not journey.results["restore_again"][name]["changed"]
