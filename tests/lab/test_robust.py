# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A run that is killed, and two runs at once: real processes, really killed."""

from __future__ import annotations

import os
import time

import pytest

from .killed import WAIT, Run, thumbprint
from .prefix import RDP, Prefix, new_journal, windows
from .steps import running, setting, value

STEPS = [
    setting("SecurityLayer", 1),
    setting("MinEncryptionLevel", 2),
    {"op": "service.start_type", "service": "KeyIso", "start": 2},
]
BEFORE = [{"type": "dword", "data": 2}, {"type": "dword", "data": 3}, {"start": 3}]


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_killed_after_each_step(host: Prefix, number: int) -> None:
    """The journal says what was done and how it was before; the next run goes on or takes it back."""
    registry = host.export(RDP)
    run = Run(host, [*STEPS[:number], {**WAIT, "previous": [thumbprint(host)]}, *STEPS[number:]])
    kept = run.until(*["done"] * number, *["pending"] * (4 - number))
    told = run.kill()
    assert [step["before"] for step in kept["steps"][:number]] == BEFORE[:number]
    [row] = [one for one in told["recent"] if one["id"] == run.journal["id"]]
    assert (row["state"], row["steps_done"], row["steps_begun"], row["steps_total"], row["controller"]) == (
        "open",
        number,
        number,
        4,
        "first.example.com",
    )
    assert told["whole"] == kept
    go_on = host.apply(*STEPS)
    assert [step["status"] for step in go_on["steps"]] == ["unchanged"] * number + ["done"] * (3 - number)
    back = [
        setting("SecurityLayer", 2),
        setting("MinEncryptionLevel", 3),
        {"op": "service.start_type", "service": "KeyIso", "start": 3},
    ]
    undone = host.apply(*back, journal=new_journal(undoes=run.journal["id"]), sections=["journals"])
    assert undone["journal"]["state"] == "complete"
    assert {one["id"]: one["state"] for one in undone["sections"]["journals"]["recent"]}[run.journal["id"]] == "undone"
    assert host.export(RDP) == registry


def test_two_runs_at_once(host: Prefix) -> None:
    first = Run(host, [STEPS[0], {**WAIT, "previous": [thumbprint(host)]}, STEPS[1]])
    first.until("done", "pending", "pending")
    second, seen = host.calls(
        {"operation": "apply", "journal": new_journal(), "steps": [setting("SecurityLayer", 2)]},
        {"operation": "snapshot", "sections": ["journals"]},
    )
    assert (second["failed"], second["reason"], second["changed"]) == (True, "locked", False)
    assert second["lock"]["journal"] == first.journal["id"] and second["lock"]["holder"].startswith("first.example.com")
    assert second["lock"]["since"] and second["lock"]["since"] in second["msg"]
    assert seen["sections"]["journals"]["lock"] == second["lock"]
    assert value(host, RDP, "SecurityLayer") == "REG_DWORD    0x1"
    first.kill()
    third = host.apply(setting("SecurityLayer", 2))
    assert third["journal"]["state"] == "complete" and value(host, RDP, "SecurityLayer") == "REG_DWORD    0x2"


def test_snapshots_do_not_keep_a_run_out(host: Prefix) -> None:
    """Looking at the lock holds it for a moment: a run that begins just then waits for that moment."""
    watcher = host.path / "watch.ps1"
    watcher.write_text(
        "$s = [IO.FileStream]::new('C:/ProgramData/winops.rdp/lock', 'OpenOrCreate', 'Read', 'Read')\n"
        "[IO.File]::WriteAllText('C:/ready', 'x')\n[Threading.Thread]::Sleep(2000)\n$s.Dispose()\n"
    )
    host.apply(setting("SecurityLayer", 2))
    with (host.path / "watch.out").open("wb") as out:
        process = host.spawn(
            windows(os.environ["WINOPS_PWSH_WIN"]), "-NoProfile", "-File", windows(watcher), out=out, err=out
        )
        deadline = time.monotonic() + 20
        while not (host.drive / "ready").exists():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        answer = host.apply(setting("SecurityLayer", 2))
        process.wait(30)
    assert answer.get("journal", {}).get("state") == "complete", answer


def test_killed_in_the_middle_of_a_step(fresh: Prefix) -> None:
    """What was under way is told apart from what was not begun."""
    fresh.must("reg", "add", r"HKLM\SOFTWARE\Lab\CertPropSvc", "/v", "Delay", "/t", "REG_DWORD", "/d", "60000", "/f")
    run = Run(fresh, [STEPS[0], running("restart", "CertPropSvc", 120), STEPS[1]])
    kept = run.until("done", "started", "pending")
    assert kept["steps"][1]["before"] == {"state": 4, "dependents": []} and kept["state"] == "open"
    run.kill()
    (listed,) = fresh.snapshot("journals")["sections"]["journals"]["recent"]
    assert (listed["id"], listed["state"]) == (run.journal["id"], "open")
    assert value(fresh, RDP, "MinEncryptionLevel") == "REG_DWORD    0x3"
