# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ``-Undo`` of a repair script takes back, and what it leaves as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import offline
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract

from tests.hosts import steps

from .conftest import PowerShell, PowerShellError

PLATFORM, WINDOWS = "[Environment]::OSVersion.Platform", "'Win32NT'"
REPAIR = (Path(offline.__file__).parents[1] / "offline" / "repair.ps1").read_text().split("\ntry {\n")[0]
NOBODY = "function Get-KeyFiles { }; function Get-ContainerPath { }; function Read-Thumbprint { };"
STARTED = {"op": "service.start", "timeout_s": 60, "before": {"state": 1, "dependents": []}}


def dword(data: int) -> dict[str, Any]:
    return {"type": "dword", "data": data}


def changed(name: str, before: int, after: int) -> dict[str, Any]:
    return {**steps.setting(name, after), "before": dword(before), "after": dword(after)}


def undo(ps: PowerShell, *done: dict[str, Any], state: str = "complete", now: Any = None) -> Any:
    """The steps that are taken back and what is left; ``now`` is how everything is on the host, unread if None."""
    rows = [{"status": "done", "after": None, "error": None, **step} for step in done]
    journal = {"id": "20261123T130000Z-0a1b2c3d", "state": state, "steps": rows}
    code = (
        f"{REPAIR}\n$j = ConvertTo-Plain $given[0]; $now = ConvertTo-Plain $given[1];"
        "function Read-UndoneJournal($id) { $j };"
        "function Get-StepState($step) { if ($null -eq $now) { throw 'unread' }; $now };"
        f"{NOBODY} $u = Read-OwnJournal 'x'; $f = Get-UndoSteps $u; Assert-Steps $f.steps $u;"
        "@{ steps = $f.steps; left = $f.left }"
    )
    return ps("& {" + code + "\n}", [journal, now])


def test_nobody_is_disconnected_by_it(ps: PowerShell) -> None:
    found = undo(ps, {**STARTED, "service": "TermService"}, {**STARTED, "service": "SessionEnv"})
    assert [(step["service"], step["expect_empty"], step["expect_back"]) for step in found["steps"]] == [
        ("SessionEnv", True, True),
        ("TermService", True, True),
    ]


@pytest.mark.parametrize(
    ("done", "why"),
    [
        (changed("SecurityLayer", 0, 2), "SecurityLayer is never set to 0"),
        (changed("UserAuthentication", 0, 1), "Network Level Authentication is not turned off again"),
        ({**STARTED, "service": contract.START_ONLY[0]}, "never stopped"),
        (
            {"op": "task.disarm", "before": {"at": "2026-11-23T12:30:00Z", "causes": []}},
            "Network Level Authentication is not turned off again",
        ),
    ],
)
@pytest.mark.parametrize("state", ["complete", "failed", "open"])
def test_what_cannot_be_taken_back_is_left_and_said(ps: PowerShell, done: dict[str, Any], why: str, state: str) -> None:
    found = undo(ps, done, changed("MinEncryptionLevel", 2, 3), state=state)
    assert [step["name"] for step in found["steps"]] == ["MinEncryptionLevel"]
    assert len(found["left"]) == 1 and ": left as it is (" in found["left"][0] and why in found["left"][0]


@pytest.mark.parametrize(("now", "taken"), [(4, []), (3, ["MinEncryptionLevel"]), (2, ["MinEncryptionLevel"])])
def test_what_somebody_has_set_since_stays(ps: PowerShell, now: int, taken: list[str]) -> None:
    found = undo(ps, changed("MinEncryptionLevel", 2, 3), now=dword(now))
    assert [step["name"] for step in found["steps"]] == taken
    assert [line for line in found["left"] if "changed since" in line] == found["left"] and len(found["left"]) != len(
        taken
    )


def test_of_what_was_cut_off_nobody_says_that_it_was_set_since(ps: PowerShell) -> None:
    cut = {**changed("MinEncryptionLevel", 2, 3), "status": "started", "after": None}
    assert undo(ps, cut, state="open", now=dword(3))["steps"]


def test_it_is_done_once(ps: PowerShell) -> None:
    with pytest.raises(PowerShellError, match="has been taken back already"):
        undo(ps, changed("MinEncryptionLevel", 2, 3), state="undone")


def test_a_journal_that_is_not_there_is_said(ps: PowerShell) -> None:
    with pytest.raises(PowerShellError, match="these steps were not done here"):
        ps("& {" + REPAIR + "\nfunction Read-UndoneJournal($id) { }; Read-OwnJournal 'x' }")


@pytest.mark.parametrize(("undoing", "refused"), [(True, False), (False, True)])
def test_only_the_way_there_has_an_end(ps: PowerShell, undoing: bool, refused: bool) -> None:
    assert PLATFORM in REPAIR
    code = (
        f"{REPAIR.replace(PLATFORM, WINDOWS)}\n$Undo = $given[0]; $Then = ''; $WhatIf = $false;"
        "function Get-OwnText { }; function Get-MachineGuid { 'm' }; @(Get-Refusal (ConvertTo-Plain $given[1])) -join ''"
    )
    plan = {"machine": "m", "host": "h", "made": "2026-01-01T00:00:00.000Z", "until": "2026-01-02T00:00:00.000Z"}
    assert ("This file is good from" in ps("& {" + code + "}", [undoing, plan])) is refused


@pytest.mark.parametrize(
    ("op", "status", "said"),
    [("registry.set", "done", True), ("registry.set", "unchanged", False), ("service.stop", "done", False)],
)
def test_what_waits_for_a_restart_is_said(ps: PowerShell, op: str, status: str, said: bool) -> None:
    answer = {"steps": [{"op": op, "status": status}]}
    words = ps("& {" + REPAIR + "\n@(Get-RestartWords (ConvertTo-Plain $given)) -join '' }", answer)
    assert ("disconnects everybody" in words) is said


@pytest.mark.parametrize("start", [2, 3, 4, None])
def test_a_restart_that_would_be_its_end_is_said(ps: PowerShell, start: int | None) -> None:
    code = "function Read-StartType { $given.start }; @(Get-RestartWords (ConvertTo-Plain $given)) -join ''"
    given = {"steps": [{"op": "acl.set", "status": "done"}], "start": start}
    words = ps("& {" + REPAIR + "\n" + code + " }", given)
    assert "disconnects everybody" in words and ("TermService is disabled" in words) is (start == 4)
