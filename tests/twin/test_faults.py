# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens to whichever step: the host is as before or better, what ran runs, and somebody is told.

A row is a step of a change. One is tried for each operation; all of them, for every scenario, in a deep run
(``tests/bench/faults.py`` prints them as a table).
"""

from __future__ import annotations

import pytest

from tests.bench import faults
from tests.hosts import failing
from tests.profiles import deep

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


@pytest.mark.parametrize("kind", failing.KINDS)
def test_no_fault_of_a_step_leaves_a_host_worse_or_nobody_told(rows: list[faults.Row], kind: str) -> None:
    cells = [faults.cell(row, kind) for row in rows]
    wrong = [f"{one.row.name} [{one.outcome}]: {'; '.join(one.wrong)}" for one in cells if one.wrong]
    assert not wrong, "\n".join(wrong)
    # The fault came about: a step that it strikes is never simply done, but one that is only late.
    if kind != failing.LATE:
        assert not [one.row.name for one in cells if one.outcome == "done" and one.row.changes]
