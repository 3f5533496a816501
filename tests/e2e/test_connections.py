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
from tests.profiles import absent, deep
from tests.twin.connections import CONNECTIONS, missing
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

BROKEN, DYING = "key_unreadable", "dies_after_1"
# The others send what one of these sends as well; `make matrix` runs them on each ansible-core.
OFTEN = ("winrm_kerberos", "winrm_https", "psrp_ntlm", "ssh_cmd")
# A repair asks a host as an audit and check mode do: of these one is looked at first, in a deep run all.
LOOKED_AT = OFTEN if deep() else ("psrp_ntlm",)

Results = dict[str, dict[str, Any]]
States = dict[str, dict[str, Any]]


@dataclass
class Looked:
    """What came of an audit and of check mode, and the states of the hosts after each."""

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
    looked: Looked | None
    remediate: Run
    cut: States
    again: Results
    continued: States
    restore: Results
    end: States


def _states(fleet: Fleet) -> States:
    return {name: twin.state for name, twin in fleet.hosts.items()}


def _is_looked_at(name: str) -> bool:
    return name in LOOKED_AT or name not in OFTEN


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
        looked = _looked(fleet, options) if _is_looked_at(name) else None
        repaired = run(inventory, "remediate_rdp", folder, env=env, **_quick(name))
        cut = _states(fleet)
        again = commands.module(inventory, "remediate", env=env, **options)
        continued = _states(fleet)
        restore = commands.module(inventory, "restore", env=env, run="latest", **options)
        end = _states(fleet)
    return Journey(name, start, looked, repaired, cut, again, continued, restore, end)


def _looked(fleet: Fleet, options: dict[str, Any]) -> Looked:
    inventory, env = fleet.inventory_path, fleet.environment
    audit = commands.module(inventory, "diagnose", env=env)
    calls, audited = {host: len(twin.calls) for host, twin in fleet.hosts.items()}, _states(fleet)
    check = commands.module(inventory, "remediate", "all", "--check", "--diff", env=env, **options)
    return Looked(audit, calls, audited, check, _states(fleet))


def _each(names: Iterable[str]) -> list[Any]:
    return [
        pytest.param(name, id=name, marks=[] if name in OFTEN else [pytest.mark.every_connection]) for name in names
    ]


@pytest.fixture(scope="module", params=_each(CONNECTIONS))
def journey(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    if reason := missing(request.param):
        absent(reason)
    yield _journey(request.param, tmp_path_factory.mktemp(request.param))


@pytest.mark.parametrize("journey", _each(name for name in CONNECTIONS if _is_looked_at(name)), indirect=True)
def test_audit_and_check(journey: Journey) -> None:
    """One call for each host says what is broken; the plan is the one that will be done; and nothing is changed."""
    looked = journey.looked
    assert looked
    found = {host: {finding["id"] for finding in result["findings"]} for host, result in looked.audit.items()}
    assert all("certificate.key_unreadable" in ids for ids in found.values()) and len(found) == 2, looked.audit
    assert looked.calls == dict.fromkeys(journey.start, 1) and looked.audited == journey.start
    planned = {host: [step["op"] for step in result["plan"]["steps"]] for host, result in looked.check.items()}
    done = [step["op"] for journal in journey.cut[BROKEN]["journals"].values() for step in journal["steps"]]
    assert looked.checked == journey.start and looked.check[BROKEN]["changed"], looked.check
    # What comes only if clients are still kept out is not among the steps that are certain.
    assert done[: len(planned[BROKEN])] == planned[BROKEN] != [], (planned, done)


def test_remediate(journey: Journey) -> None:
    """The one is repaired and proven."""
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
