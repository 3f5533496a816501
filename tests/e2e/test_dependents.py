# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A restart takes nothing away that runs: services that depend on the one that is restarted, over real ansible."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import module
from tests.hosts.windows import RUNNING, STOPPED, Windows
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
    return module(fleet.inventory_path, "remediate", NAME, *flags, journal_dir=str(folder / "j"), **options)[NAME]


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
