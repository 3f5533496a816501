# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts that cannot be asked, or not to the end: one clear sentence each, and nothing half done that the journal does
not know."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import QUICK, acted, module
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

SENTENCES = {
    "winrm_refuses": ("unreachable", "cannot be reached over winrm"),
    "winrm_closed": ("unreachable", "cannot be reached over winrm"),
    "winrm_hangs": ("unreachable", "cannot be reached over winrm"),
    "not_windows": ("either", ""),
    "garbage": ("failed", "did not answer as a Windows host"),
    "truncated": ("failed", "did not answer as a Windows host"),
    "not_admin": ("failed", "not an administrator"),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Fleet, dict[str, dict[str, Any]]]]:
    folder = tmp_path_factory.mktemp("faults")
    with Fleet(list(SENTENCES), state_dir=folder / "state") as fleet:
        before = {name: twin.state for name, twin in fleet.hosts.items()}
        results = module(
            fleet.inventory_path,
            "remediate",
            "all",
            *QUICK,
            journal_dir=str(folder / "journals"),
        )
        assert {name: twin.state for name, twin in fleet.hosts.items()} == before
        assert not (folder / "journals").exists()
        yield fleet, results


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_one_clear_sentence(answers: tuple[Fleet, dict[str, dict[str, Any]]], name: str) -> None:
    result = answers[1][name]
    kind, words = SENTENCES[name]
    assert result["unreachable"] or result["failed"]
    assert kind == "either" or result[kind], result
    assert (
        words in result["msg"]
        and "\n" not in result["msg"]
        and result["msg"].startswith((name, "The account"))
        and result["msg"].endswith(".")
    )
    assert "Traceback" not in json.dumps(result)


@dataclass
class Died:
    """What hosts that die between steps answered, each stage by host, and what was left of them."""

    start: dict[str, Any]
    cut: dict[str, Any]
    journals: dict[str, Any]
    kept: dict[str, Any]
    audit: dict[str, Any]
    again: dict[str, Any]
    back: list[dict[str, Any]]
    once_more: dict[str, Any]
    end: dict[str, Any]


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory) -> Died:
    folder = tmp_path_factory.mktemp("died")
    copies, options = folder / "journals", {"journal_dir": str(folder / "journals")}
    with Fleet([f"dies_after_{steps}" for steps in (0, 1, 2)], state_dir=folder / "state") as fleet:
        start = {name: twin.state for name, twin in fleet.hosts.items()}
        cut = acted(fleet, "remediate", "all", *QUICK, **options)
        journals = {name: twin.state["journals"] for name, twin in fleet.hosts.items()}
        kept = {name: json.loads(next((copies / name).glob("*.json")).read_text()) for name in fleet.hosts}
        audit = acted(fleet, "diagnose")
        again = acted(fleet, "remediate", "all", **options)
        (first,) = {journal["run"] for journal in kept.values()}
        back = [acted(fleet, "restore", "all", run=run, **options) for run in ("latest", first)]
        once_more = acted(fleet, "restore", "all", run="latest", **options)
        end = {name: twin.state for name, twin in fleet.hosts.items()}
    return Died(start, cut, journals, kept, audit, again, back, once_more, end)


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_host_that_dies_between_steps(died: Died, steps: int) -> None:
    """The run says so, the journal knows what was done, the next run says so too where anything was, and goes on, and
    the way back is open."""
    name = f"dies_after_{steps}"
    cut, kept = died.cut[name], died.kept[name]
    (journal,) = died.journals[name]
    assert cut["unreachable"] and cut["reason"] == "interrupted" and journal in cut["msg"] and kept["id"] == journal
    assert kept["state"] == "open" and [step["op"] for step in kept["steps"]] == ["acl.set", "registry.set"]
    known = [step["status"] for step in died.journals[name][journal]["steps"]]
    assert known == ["done"] * steps + ["pending"] * (2 - steps)

    audit, again = died.audit[name], died.again[name]
    begun = [journal] if steps else []
    assert audit["interrupted_journals"] == begun and (journal in audit["summary"]) is bool(begun)
    assert not again["failed"] and again["columns"]["client_after"] == "a client reaches the logon"
    assert again["interrupted_journals"] == begun
    # The next run went on from there: each is taken back by itself, and the newest is not taken back twice.
    for back in died.back:
        assert not back[name]["failed"], back[name]
    assert "restored" not in died.once_more[name]
    assert died.end[name]["files"] == died.start[name]["files"]


def test_two_runs_at_once(tmp_path: Path) -> None:
    with Fleet(["key_unreadable"], state_dir=tmp_path / "state") as fleet:
        twin = fleet.hosts["key_unreadable"]
        twin.host.volatile["lock"] = {
            "holder": "controller:77",
            "since": "2026-11-23T13:00:00.000Z",
            "journal": "20261123T130000Z-0a1b2c3d",
        }
        before = twin.state
        result = module(fleet.inventory_path, "remediate", journal_dir=str(tmp_path / "journals"))["key_unreadable"]
        assert (
            result["failed"]
            and result["reason"] == "locked"
            and "controller:77" in result["msg"]
            and "2026-11-23T13:00:00.000Z" in result["msg"]
        )
        assert twin.state == before


def test_a_connection_that_is_none_to_windows_is_named(tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    inventory.write_text("linux ansible_connection=local\n")
    result = module(inventory, "remediate")["linux"]
    assert result["failed"] and "ansible_connection to winrm or psrp" in result["msg"]
