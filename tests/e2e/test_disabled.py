# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services that run and are disabled: no way back stops them for good, over real ansible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import acted
from tests.hosts import running
from tests.hosts.windows import DISABLED, RUNNING, Windows
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]
NAME = "key_unreadable"
THREE = ("TermService", "UmRdpService", "SessionEnv")


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with Fleet([NAME], state_dir=tmp_path / "state") as twins:
        yield twins


def _task(fleet: Fleet, folder: Path, name: str, *flags: str, **options: Any) -> dict[str, Any]:
    return acted(fleet, name, NAME, *flags, journal_dir=str(folder / "j"), **options)[NAME]


def _disable(twin: Twin, *names: str) -> None:
    for name in names:
        twin.host.service(name)["start"] = DISABLED
    twin.host.changed()


def _run(twin: Twin) -> bool:
    return all(twin.host.service(name)["state"] == RUNNING for name in THREE) and not twin.host.data["tasks"]


@pytest.mark.parametrize("names", [("TermService",), ("SessionEnv",), ("TermService", "SessionEnv")])
def test_a_restore_restarts_before_it_disables_again(fleet: Fleet, tmp_path: Path, names: tuple[str, ...]) -> None:
    twin = fleet.hosts[NAME]
    _disable(twin, *names)
    start = twin.lasting
    done = _task(fleet, tmp_path, "remediate")
    assert not done["failed"] and _run(twin) and "service.start_type" in [step["op"] for step in done["steps"]], done
    dry = _task(fleet, tmp_path, "restore", "--check", run="latest")
    back = _task(fleet, tmp_path, "restore", run="latest")
    ops = [step["op"] for step in back["steps"]]
    assert not back["failed"] and ops == [step["op"] for step in dry["plan"]["steps"]], back
    assert ops[-len(names) - 1 :] == ["service.restart", *["service.start_type"] * len(names)]
    assert _run(twin) and twin.lasting == start


def test_a_rollback_restarts_before_it_disables_again(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gets in behind the restart of the repair."""
    twin, real = fleet.hosts[NAME], Twin._host
    _disable(twin, "TermService")
    start = twin.lasting

    def deaf(self: Twin, arguments: dict[str, Any]) -> Any:
        answer = real(self, arguments)
        restarts = any(step["op"] == "service.restart" for step in arguments.get("steps") or ())
        if restarts and not arguments["journal"].get("undoes"):
            self.host.volatile["deaf"] = True
            self.host.changed()
        return answer

    monkeypatch.setattr(Twin, "_host", deaf)
    done = _task(fleet, tmp_path, "remediate")
    assert done["failed"] and done["rolled_back"] and done["rollback"]["complete"], done
    assert _run(twin) and twin.lasting == start


@pytest.mark.parametrize("options", [{}, {"allow_disconnect": True}])
def test_what_is_disabled_right_before_the_stop_is_not_stopped(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, Any]
) -> None:
    """By somebody else, once the steps were checked: the host looks again."""
    twin, real = fleet.hosts[NAME], running.expect_nobody

    def disabled_meanwhile(host: Windows, step: dict[str, Any]) -> None:
        real(host, step)
        host.service(step["service"])["start"] = DISABLED

    monkeypatch.setattr(running, "expect_nobody", disabled_meanwhile)
    done = _task(fleet, tmp_path, "remediate", **options)
    assert [step["status"] for step in done["steps"]] == ["done", "refused"], done
    assert _run(twin) and "TermService was not stopped: it could not start again, for it is disabled" in done["summary"]
    assert "somebody came in" not in done["summary"]


@pytest.mark.parametrize("options", [{}, {"allow_disconnect": True}])
def test_a_restart_of_what_is_disabled_is_refused(fleet: Fleet, tmp_path: Path, options: dict[str, Any]) -> None:
    """By the controller, whatever is allowed."""
    twin = fleet.hosts[NAME]
    assert not _task(fleet, tmp_path, "remediate")["failed"]
    _disable(twin, "TermService")
    for name, given in (("service", {"state": "restarted"}), ("restore", {"run": "latest"})):
        refused = _task(fleet, tmp_path, name, **given, **options)
        assert refused["failed"] and "TermService is disabled" in refused["msg"].replace("service ", ""), refused
        assert not refused["changed"] and _run(twin)
