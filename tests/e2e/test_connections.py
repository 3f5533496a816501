# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One journey over each connection: audit, check, remediate, a run that is cut off and continued, restore.

Two hosts make it together: one is repaired at once, the other dies behind the first step of its repair.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import commands
from tests.e2e.runs import Run, run
from tests.profiles import absent
from tests.twin.connections import CONNECTIONS, missing
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

BROKEN, DYING = "key_unreadable", "dies_after_1"
# The others send what one of these sends as well; `make matrix` runs them on each ansible-core.
OFTEN = ("winrm_kerberos", "winrm_https", "psrp_ntlm", "ssh_cmd")
# A repair asks a host as an audit and check mode do: of these one is looked at without it.
LOOKED_AT = ("psrp_ntlm",)
# What is certain to be done to the one that is repaired at once.
PLANNED = ["acl.set"]

Results = dict[str, dict[str, Any]]
States = dict[str, dict[str, Any]]


@dataclass
class Looked:
    """What came of an audit and of check mode, and the states of the hosts before and after each."""

    start: States
    audit: Results
    calls: dict[str, int]
    audited: States
    check: Results
    checked: States


@dataclass
class Journey:
    """What each run said, and the states of the hosts before it."""

    name: str
    start: States
    remediate: Run
    cut: States
    again: Results
    continued: States
    restore: Results
    end: States


def _states(fleet: Fleet) -> States:
    return {name: twin.state for name, twin in fleet.hosts.items()}


def _quick(name: str) -> dict[str, Any]:
    """A host that dies is given up sooner, where that is a matter of time."""
    if CONNECTIONS[name].transport != "winrm":
        return {}
    return {"ansible_winrm_read_timeout_sec": 12, "ansible_winrm_operation_timeout_sec": 10}


def _journey(name: str, folder: Path) -> Journey:
    with Fleet([BROKEN, DYING], folder / "state", connection=name) as fleet:
        inventory, env = fleet.inventory_path, fleet.environment
        options = {"journal_dir": str(folder / "journals")}
        start = _states(fleet)
        repaired = run(inventory, "remediate_rdp", folder, env=env, **_quick(name))
        cut = _states(fleet)
        again = commands.module(inventory, "remediate", env=env, **options)
        continued = _states(fleet)
        restore = commands.module(inventory, "restore", env=env, run="latest", **options)
        end = _states(fleet)
    return Journey(name, start, repaired, cut, again, continued, restore, end)


def _each(often: Iterable[str]) -> list[Any]:
    """All connections, those that are not to be run often with the mark for it."""
    return [
        pytest.param(one, id=one, marks=[] if one in often else [pytest.mark.every_connection]) for one in CONNECTIONS
    ]


@pytest.fixture(scope="module", params=_each(LOOKED_AT))
def looked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Looked:
    if reason := missing(request.param):
        absent(reason)
    folder = tmp_path_factory.mktemp(request.param)
    with Fleet([BROKEN, DYING], folder / "state", connection=request.param) as fleet:
        inventory, env, start = fleet.inventory_path, fleet.environment, _states(fleet)
        audit = commands.module(inventory, "diagnose", env=env)
        calls, audited = {host: len(twin.calls) for host, twin in fleet.hosts.items()}, _states(fleet)
        kept = str(folder / "journals")
        check = commands.module(inventory, "remediate", "all", "--check", "--diff", env=env, journal_dir=kept)
        return Looked(start, audit, calls, audited, check, _states(fleet))


@pytest.fixture(scope="module", params=_each(OFTEN))
def journey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    if reason := missing(request.param):
        absent(reason)
    yield _journey(request.param, tmp_path_factory.mktemp(request.param))


def test_audit(looked: Looked) -> None:
    """One call for each host says what is broken, and changes nothing."""
    found = {host: {finding["id"] for finding in result["findings"]} for host, result in looked.audit.items()}
    assert all("certificate.key_unreadable" in ids for ids in found.values()) and len(found) == 2, looked.audit
    assert looked.calls == dict.fromkeys(looked.start, 1) and looked.audited == looked.start


def test_check(looked: Looked) -> None:
    """The plan is the one that will be done, and nothing is changed."""
    # What comes only if clients are still kept out is not among the steps that are certain.
    assert [step["op"] for step in looked.check[BROKEN]["plan"]["steps"]] == PLANNED, looked.check
    assert looked.checked == looked.start and looked.check[BROKEN]["changed"], looked.check


def test_remediate(journey: Journey) -> None:
    """The one is repaired and proven, by the steps of which check mode speaks."""
    done = [step["op"] for journal in journey.cut[BROKEN]["journals"].values() for step in journal["steps"]]
    assert done[: len(PLANNED)] == PLANNED, done
    assert journey.remediate.line(BROKEN).startswith("repaired: certificate.key_unreadable"), journey.remediate.output
    assert journey.remediate.report == {BROKEN: "healthy", DYING: "unreachable"}, journey.remediate.output
    assert journey.cut[BROKEN]["files"] != journey.start[BROKEN]["files"]


def test_interrupted(journey: Journey) -> None:
    """The other is cut off, its line speaks of this connection and of what to do, and the next run goes on."""
    line = journey.remediate.line(DYING)
    (number,) = journey.cut[DYING]["journals"]
    assert journey.remediate.code == 2 and number in line and "restore_rdp" in line, line
    transport = CONNECTIONS[journey.name].transport
    assert "WinRM" not in line or transport != "ssh", line
    assert journey.cut[DYING]["journals"][number]["steps"][0]["status"] == "done"
    assert journey.again[DYING]["interrupted_journals"] == [number], journey.again
    assert journey.again[DYING]["columns"]["client_after"] == "a client reaches the logon", journey.again
    assert not journey.again[BROKEN]["changed"] and journey.continued[BROKEN] == journey.cut[BROKEN]


def test_restore(journey: Journey) -> None:
    """The way back ends where it began."""
    assert not any(result["failed"] or result["unreachable"] for result in journey.restore.values()), journey.restore
    assert journey.restore[BROKEN]["changed"] and journey.end[BROKEN]["files"] == journey.start[BROKEN]["files"]
