# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that go wrong on a Wine host, with the actions that sent them: one cell of the bench, and all in a deep run
(``python -m tests.bench.faults --lab`` prints them as a table)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import faults
from tests.hosts import failing


def test_a_call_that_is_killed_within_a_restart_leaves_the_host_running_and_is_told(wine_template: Path) -> None:
    change = next(one for one in faults.in_the_lab() if one.name == "restart SessionEnv")
    found = faults.cell(faults.Row(change, 0, "service.restart", ("asked.service",), 6, True), failing.WITHIN)
    assert (found.outcome, found.wrong) == ("interrupted", [])


@pytest.mark.deep
@pytest.mark.parametrize("name", [change.name for change in faults.in_the_lab()])
def test_no_fault_of_a_step_leaves_a_wine_host_worse_or_nobody_told(wine_template: Path, name: str) -> None:
    cells = [faults.cell(row, kind) for row in faults.every_row(name, wine=True) for kind in failing.KINDS]
    wrong = [f"{one.row.name} / {one.kind} [{one.outcome}]: {'; '.join(one.wrong)}" for one in cells if one.wrong]
    assert cells and not wrong, "\n".join(wrong)
