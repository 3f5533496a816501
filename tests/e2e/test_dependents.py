# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A restart takes nothing away that runs: services that depend on the one that is restarted, over real ansible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import acted
from tests.hosts import running
from tests.hosts.windows import RUNNING, STOP_PENDING, STOPPED, Windows
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]
NAME = "key_unreadable"


def _foreign(**more: Any) -> Callable[[Windows], None]:
    """A service of another maker that needs TermService."""
    row = {"name": "AcmeGate", "needs": "TermService", "state": RUNNING, "start": 2, **more}
    return lambda host: host.data["behaviour"].update(foreign_services=[dict(row)])


# What runs now and will not again: which service, and what is the matter with it.
LOST: dict[str, tuple[str, Callable[[Windows], None]]] = {
    "disabled": ("UmRdpService", lambda host: host.service("UmRdpService").update(start=4)),
    "no_dll": ("UmRdpService", lambda host: host.service("UmRdpService").update(service_dll="")),
    "foreign": ("AcmeGate", _foreign(start=4)),
}


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with Fleet([NAME], state_dir=tmp_path / "state") as twins:
        yield twins


def _remediate(fleet: Fleet, folder: Path, *flags: str, **options: Any) -> dict[str, Any]:
    return acted(fleet, "remediate", NAME, *flags, journal_dir=str(folder / "j"), **options)[NAME]


def _state(twin: Twin, name: str) -> int:
    row: dict[str, Any] = twin.host.foreign.get(name) or twin.host.service(name)
    return int(row["state"])


@pytest.mark.parametrize("kind", LOST)
def test_what_would_not_come_back_is_not_stopped_unless_that_is_allowed(
    fleet: Fleet, tmp_path: Path, kind: str
) -> None:
    name, wound = LOST[kind]
    twin = fleet.hosts[NAME]
    wound(twin.host)
    dry = _remediate(fleet, tmp_path, "--check")
    done = _remediate(fleet, tmp_path)
    for result in (dry, done):
        assert [step["op"] for step in result["plan"]["steps"]] == ["acl.set"] and not result["failed"]
        (held,) = [one for one in result["plan"]["blocked"] if one["guard"] == "dependents"]
        assert f"would stop {name} for good: {name} cannot start again" in held["summary"] in result["summary"]
        assert "allow_disconnect=true" in held["detail"] in result["summary"]
    assert (_state(twin, "TermService"), _state(twin, name)) == (RUNNING, RUNNING) and not done["rolled_back"]
    check = _remediate(fleet, tmp_path, "--check", allow_disconnect=True)
    assert f"{name} stops with it and cannot start again" in check["plan"]["steps"][-1]["reason"]
    allowed = _remediate(fleet, tmp_path, allow_disconnect=True)
    assert allowed["verified"]["after"]["stage"] == "session" and not allowed["failed"], "a good repair stands"
    assert (_state(twin, "TermService"), _state(twin, name)) == (RUNNING, STOPPED) and not allowed["rolled_back"]
    assert f"{name} ran before and does not run now" in allowed["summary"]


@pytest.mark.parametrize("kind", LOST)
def test_the_host_looks_for_itself_right_before_the_stop(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Somebody changed it after the host had been read."""
    name, wound = LOST[kind]
    twin, real = fleet.hosts[NAME], Twin._host

    def changed_meanwhile(self: Twin, arguments: dict[str, Any]) -> Any:
        if any(step["op"] == "service.restart" for step in arguments.get("steps") or ()):
            wound(twin.host)
        return real(self, arguments)

    _foreign()(twin.host)
    monkeypatch.setattr(Twin, "_host", changed_meanwhile)
    done = _remediate(fleet, tmp_path)
    assert [step["status"] for step in done["steps"]] == ["done", "refused"] and not done["rolled_back"], done
    assert f"TermService was not stopped: {name} depends on it and could not start again" in done["summary"]
    assert (_state(twin, "TermService"), _state(twin, name)) == (RUNNING, RUNNING)


def test_a_dependent_that_fails_as_nobody_could_know_is_no_failed_restart(fleet: Fleet, tmp_path: Path) -> None:
    twin = fleet.hosts[NAME]
    _foreign(fails=1053)(twin.host)
    done = _remediate(fleet, tmp_path)
    assert [step["status"] for step in done["steps"]] == ["done", "done"] and not done["failed"]
    assert done["verified"]["after"]["stage"] == "session" and not done["rolled_back"]
    assert (_state(twin, "TermService"), _state(twin, "AcmeGate")) == (RUNNING, STOPPED)
    assert "AcmeGate ran before and does not run now" in done["summary"]
    again = _remediate(fleet, tmp_path)
    assert not again["changed"]


def _service(fleet: Fleet, folder: Path, module_: str, **options: Any) -> dict[str, Any]:
    """The result of a module that is no result of a role."""
    host = next(iter(fleet.hosts))
    return acted(fleet, module_, host, journal_dir=str(folder / "j"), **options)[host]


def test_a_service_of_another_maker_is_started_again_behind_a_run_that_was_killed(fleet: Fleet, tmp_path: Path) -> None:
    twin = fleet.hosts[NAME]
    _foreign()(twin.host)
    twin.host.volatile["cut_at"] = "TermService.stopped"
    assert _remediate(fleet, tmp_path)["reason"] == "interrupted"
    names = "TermService", "UmRdpService", "AcmeGate"
    assert [_state(twin, name) for name in names] == [STOPPED] * 3
    assert set(twin.host.data["tasks"]) == set(names)
    running.minutes_later(twin.host)
    assert [_state(twin, name) for name in names] == [RUNNING] * 3


@pytest.mark.parametrize("name", ["UmRdpService", "AcmeGate"])
def test_a_stop_that_ends_late_is_said_and_takes_no_good_repair_back(fleet: Fleet, tmp_path: Path, name: str) -> None:
    twin = fleet.hosts[NAME]
    _foreign()(twin.host)
    twin.host.data["behaviour"]["hangs"] = [name]
    done = _remediate(fleet, tmp_path)
    assert [step["status"] for step in done["steps"]] == ["done", "refused"] and not done["rolled_back"]
    assert f"TermService was not restarted: The service {name} did not reach state 1" in done["summary"]
    assert f"{name} ran before and does not run now" in done["summary"]
    assert _state(twin, name) == STOP_PENDING and twin.host.data["tasks"] == [name]
    running.minutes_later(twin.host)
    assert (_state(twin, "TermService"), _state(twin, name)) == (RUNNING, RUNNING)
    twin.host.data["behaviour"]["hangs"] = []
    again = _remediate(fleet, tmp_path)
    assert again["verified"]["after"]["stage"] == "session" and twin.host.data["tasks"] == []


def test_what_is_stopped_on_purpose_no_earlier_task_starts(tmp_path: Path) -> None:
    """Whatever depends on it would start it, too."""
    with Fleet(["healthy"], state_dir=tmp_path / "state") as twins:
        twin = twins.hosts["healthy"]
        twin.host.stop("TermService")
        twin.host.changed()
        started = _service(twins, tmp_path, "service", name="TermService", state="started")
        _foreign(fails=1053)(twin.host)
        _service(twins, tmp_path, "service", name="TermService", state="restarted")
        assert _state(twin, "AcmeGate") == STOPPED and twin.host.data["tasks"] == ["AcmeGate"]
        _service(twins, tmp_path, "restore", run=started["run"])
        running.minutes_later(twin.host)
        assert _state(twin, "TermService") == STOPPED


def test_a_task_goes_with_the_run_that_finds_all_it_starts_running(fleet: Fleet, tmp_path: Path) -> None:
    twin = fleet.hosts[NAME]
    _foreign(fails=1053)(twin.host)
    _remediate(fleet, tmp_path)
    assert twin.host.data["tasks"] == ["AcmeGate"]
    twin.host.foreign["AcmeGate"].update(state=RUNNING, fails=0)
    done = _service(fleet, tmp_path, "service", name="SessionEnv", start_type="automatic")
    assert [(step["op"], step["status"]) for step in done["steps"]] == [("service.start_type", "done")]
    assert twin.host.data["tasks"] == []


def test_an_undo_takes_no_other_service_down_unless_that_is_asked_for(fleet: Fleet, tmp_path: Path) -> None:
    twin = fleet.hosts[NAME]
    twin.host.service("SessionEnv").update(state=STOPPED, start=3)
    twin.host.changed()
    _service(fleet, tmp_path, "service", name="SessionEnv", state="started")
    _foreign(needs="SessionEnv", start=4)(twin.host)
    twin.host.changed()

    def restore(*flags: str, **options: Any) -> dict[str, Any]:
        folder = str(tmp_path / "j")
        return acted(fleet, "restore", NAME, *flags, journal_dir=folder, run="latest", **options)[NAME]

    for result in (restore("--check"), restore()):
        (held,) = result["plan"]["blocked"]
        assert held["guard"] == "dependents" and result["plan"]["steps"] == []
        assert "a stop of SessionEnv would take AcmeGate down with it" in result["summary"]
    assert result["failed"] and "taken back in part" in result["msg"]
    assert (_state(twin, "SessionEnv"), _state(twin, "AcmeGate")) == (RUNNING, RUNNING)
    done = restore(allow_disconnect=True)
    assert (_state(twin, "SessionEnv"), _state(twin, "AcmeGate")) == (STOPPED, STOPPED) and not done["failed"]
    assert "AcmeGate ran before and does not run now" in done["summary"]
    assert "SessionEnv ran before" not in done["summary"], "that was to be stopped"


def test_the_host_looks_for_itself_right_before_an_undo_stops_a_service(
    fleet: Fleet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin, real = fleet.hosts[NAME], Twin._host
    twin.host.service("SessionEnv").update(state=STOPPED, start=3)
    twin.host.changed()
    _service(fleet, tmp_path, "service", name="SessionEnv", state="started")

    def came_meanwhile(self: Twin, arguments: dict[str, Any]) -> Any:
        if arguments.get("steps"):
            _foreign(needs="SessionEnv")(twin.host)
        return real(self, arguments)

    monkeypatch.setattr(Twin, "_host", came_meanwhile)
    result = _service(fleet, tmp_path, "restore", run="latest")
    assert [step["status"] for step in result["steps"]] == ["refused"]
    assert "SessionEnv was not stopped: AcmeGate would go down with it" in result["msg"]
    assert (_state(twin, "SessionEnv"), _state(twin, "AcmeGate")) == (RUNNING, RUNNING)
