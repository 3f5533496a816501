# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens to whichever step: the host is as before or better, what ran runs, and somebody is told.

A row is a step of a change. One is tried for each operation, with a sixth of the faults; all of them, for every
scenario, in a deep run (``tests/bench/faults.py`` prints them as a table).
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.bench import faults
from tests.hosts import failing
from tests.profiles import deep, some
from tests.twin.inprocess import Site

pytestmark = [pytest.mark.needs_sockets]


OPERATIONS = frozenset(
    {
        "acl.set",
        "certificate.enrol",
        "certificate.import_pfx",
        "certificate.renew",
        "clock.resync",
        "domain.reset_channel",
        "file.replace",
        "firewall.add",
        "firewall.set",
        "group.add",
        "policy.refresh",
        "registry.remove",
        "registry.set",
        "service.restart",
        "service.start",
        "service.start_type",
        "task.arm",
        "task.disarm",
    }
)


@pytest.fixture(scope="module")
def rows() -> list[faults.Row]:
    return faults.every_row() if deep() else faults.one_of_each(OPERATIONS)


def test_every_operation_of_a_plan_has_rows(rows: list[faults.Row]) -> None:
    assert {row.op for row in rows} >= OPERATIONS


@pytest.mark.parametrize(("at", "kind"), [*enumerate(failing.KINDS)])
def test_no_fault_of_a_step_leaves_a_host_worse_or_nobody_told(rows: list[faults.Row], at: int, kind: str) -> None:
    cells = [faults.cell(row, kind) for row in some(rows, 6, at)]
    wrong = [f"{one.row.name} [{one.outcome}]: {'; '.join(one.wrong)}" for one in cells if one.wrong]
    assert not wrong, "\n".join(wrong)
    # The fault came about: a step that it strikes is never simply done, but one that is only late.
    if kind != failing.LATE:
        assert not [one.row.name for one in cells if one.outcome == "done" and one.row.changes]


@pytest.mark.parametrize("kind", [failing.HANGS, failing.BEFORE, failing.DISK])
def test_a_renewal_with_a_restart_that_fails_sends_nobody_to_a_restore_in_vain(kind: str) -> None:
    """A renewed certificate stays, and a restart leaves nothing: there is nothing to take back."""
    row = next(row for row in faults.every_row("renew by force") if row.op == "service.restart")
    assert faults.cell(row, kind).wrong == []


@pytest.mark.parametrize("how", ["cut off", "refused"])
def test_a_restore_that_stops_half_way_names_the_journal_with_which_it_goes_on(how: str, tmp_path: Path) -> None:
    with Site("pfx_default_acl", tmp_path) as site:
        before = site.lasting()
        done = site.task("certificate", state="bound", thumbprint=next(iter(site.host.store("My"))))
        journal = done["journal"]["id"]
        if how == "cut off":
            site.host.volatile["cut_at"] = "TermService.stopped"
        else:
            site.host.data["behaviour"]["arrives"] = {"id": 3, "user": r"CORP\bob", "station": "RDP-Tcp#0", "state": 0}
        stopped = site.task("restore", run=done["run"])
        assert set(re.findall(r"winops\.rdp\.restore journal=([\w-]+)", stopped["msg"])) == {journal}
        site.host.data["behaviour"].pop("arrives", None)
        site.host.data["sessions"] = []
        site.minutes_later()
        assert site.task("diagnose")["interrupted_journals"] == ([journal] if how == "cut off" else [])
        again = site.task("restore", journal=journal)
        assert not again.get("failed") and site.lasting() == before, again
        assert site.task("diagnose")["interrupted_journals"] == []
