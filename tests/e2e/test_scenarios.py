# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario of the twin, through real ansible and pywinrm: audit, check mode, repair, a second run, and the way back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.schema import SCHEMA

from tests.e2e.commands import module
from tests.twin import hostscript
from tests.twin.fleet import Fleet
from tests.twin.scenarios import SCENARIOS

# Hosts that cannot be asked, or not to the end, are test_faults' business.
NAMES = sorted(name for name, scenario in SCENARIOS.items() if not scenario.fault and name != "not_admin")
STAGES = (
    ("audit", "diagnose", ()),
    ("check", "remediate", ("--check", "--diff")),
    ("repair", "remediate", ("--diff",)),
    ("again", "remediate", ()),
    ("restore_check", "restore", ("--check",)),
    ("restore", "restore", ()),
    ("restore_again", "restore", ()),
)


class Journey:
    """One fleet of all scenarios; what each stage answered and what it left behind."""

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.states = {"start": {name: twin.state for name, twin in fleet.hosts.items()}}
        self.snapshots = {
            name: hostscript.call(twin.host, {"operation": "snapshot", **collect.arguments()})
            for name, twin in fleet.hosts.items()
        }
        self.results: dict[str, dict[str, dict[str, Any]]] = {}
        self.calls: dict[str, dict[str, int]] = {}
        for stage, name, flags in STAGES:
            before = {host: len(twin.calls) for host, twin in fleet.hosts.items()}
            options = (
                {"client_code": "{{ client_code | default(omit) }}"}
                if name == "diagnose"
                else {"journal_dir": str(folder / "journals")}
            )
            options["probe_host"] = "{{ probe_host | default(omit) }}"
            self.results[stage] = module(fleet.inventory_path, name, "all", *flags, **options)
            self.calls[stage] = {host: len(twin.calls) - before[host] for host, twin in fleet.hosts.items()}
            self.states[stage] = {host: twin.state for host, twin in fleet.hosts.items()}


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("journey")
    with Fleet(NAMES, state_dir=folder / "state") as fleet:
        yield Journey(fleet, folder)


def _bytes(state: dict[str, Any]) -> bytes:
    return json.dumps(state, sort_keys=True).encode()


@pytest.mark.parametrize("name", NAMES)
def test_snapshot_is_of_the_published_shape(journey: Journey, name: str) -> None:
    jsonschema.validate(journey.snapshots[name], SCHEMA)


@pytest.mark.parametrize("name", NAMES)
def test_audit_names_the_cause_and_changes_no_byte(journey: Journey, name: str) -> None:
    audit = journey.results["audit"][name]
    top = audit["findings"][0] if audit["findings"] else None
    assert (top["id"] if top else None) == SCENARIOS[name].top
    assert top is None or top["confidence"] in ("proven", "likely")
    assert SCENARIOS[name].also is None or SCENARIOS[name].also in [finding["id"] for finding in audit["findings"]]
    assert not audit["changed"] and _bytes(journey.states["audit"][name]) == _bytes(journey.states["start"][name])


@pytest.mark.parametrize("name", NAMES)
def test_check_mode_changes_no_byte_and_predicts_the_steps(journey: Journey, name: str) -> None:
    assert _bytes(journey.states["check"][name]) == _bytes(journey.states["start"][name])
    dry, real = journey.results["check"][name], journey.results["repair"][name]
    assert (dry["plan"], dry.get("diff"), dry["changed"]) == (real["plan"], real.get("diff"), real["changed"])
    assert [(step["op"], step["status"]) for step in real.get("steps", [])] == [
        (step["op"], "unchanged" if step["op"] == "certificate.wait_renewed" else "done")
        for step in dry["plan"]["steps"]
    ]


@pytest.mark.parametrize("name", NAMES)
def test_repair_brings_clients_in_or_says_why_not(journey: Journey, name: str) -> None:
    real = journey.results["repair"][name]
    assert not real["failed"], real.get("msg")
    if SCENARIOS[name].repairable:
        assert real["columns"]["client_after"] == "client gets in" and real["verdict_after"] in (
            "healthy",
            "degraded",
        ), real["summary"]
    elif not real["changed"]:
        assert real["plan"]["blocked"] or real["unread"], "what is not repaired is explained"


@pytest.mark.parametrize("name", NAMES)
def test_second_run_changes_nothing(journey: Journey, name: str) -> None:
    assert not journey.results["again"][name]["changed"] and not journey.results["again"][name]["plan"]["steps"]
    assert _bytes(journey.states["again"][name]) == _bytes(journey.states["repair"][name])


@pytest.mark.parametrize("name", NAMES)
def test_calls_are_few(journey: Journey, name: str) -> None:
    # What the host does not explain is worth a second question: did the probe's connection reach it?
    asked = (
        2
        if SCENARIOS[name].top
        in ("network.path_reset", "interference.handshake_dropped", "interference.security_product")
        else 1
    )
    assert journey.calls["audit"][name] == asked and journey.calls["again"][name] == asked
    assert journey.calls["repair"][name] == (2 if journey.results["repair"][name]["changed"] else asked)


def _lasting(state: dict[str, Any], made_anew: bool, kept: set[str]) -> dict[str, Any]:
    """What a restore brings back: all but events and journals, what SessionEnv has made since (certificate, key, its hash), and what is never written."""
    left: dict[str, Any] = json.loads(
        json.dumps({part: state[part] for part in state if part not in ("events", "journals")})
    )
    registry = left["registry"]
    if made_anew:
        left["files"] = {
            path: file for path, file in left["files"].items() if "f686aace6942fb7f7ceb231212eef4a4" not in path
        }
        for path in list(registry):
            if "SystemCertificates\\Remote Desktop" in path:
                del registry[path]
            else:
                registry[path].pop("SelfSignedCertificate", None)
    for settings in registry.values():
        for name in kept:
            settings.pop(name, None)
    return left


@pytest.mark.parametrize("name", NAMES)
def test_restore_brings_the_state_back(journey: Journey, name: str) -> None:
    repaired, result = journey.results["repair"][name], journey.results["restore"][name]
    assert not result["failed"], result.get("msg")
    assert _bytes(journey.states["restore_check"][name]) == _bytes(journey.states["again"][name])
    if not repaired["changed"]:
        assert not result["changed"]
        return
    kept = {
        words.split(" ", 1)[0]
        for words in (blocked["summary"] for blocked in result.get("plan", {"blocked": ()})["blocked"])
    }
    assert kept <= {"SecurityLayer", "UserAuthentication"}
    start, end = journey.states["start"][name], journey.states["restore"][name]
    made_anew = any(step["op"] == "certificate.wait_renewed" for step in repaired["steps"])
    assert _lasting(end, made_anew, kept) == _lasting(start, made_anew, kept)
    for step in repaired["steps"]:
        if step["op"] == "certificate.remove":
            entry = next(path for path in start["registry"] if path.endswith(step["thumbprint"]))
            assert end["registry"].get(entry) == start["registry"][entry], (
                "an entry that was removed is back, byte for byte"
            )
    assert not journey.results["restore_again"][name]["changed"]
    assert _bytes(journey.states["restore_again"][name]) == _bytes(end)
