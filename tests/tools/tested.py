# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes ``docs/tested.md`` from the results that ``make matrix`` left: which connection was tested with which
authentication on which ansible-core, and with what outcome."""

from __future__ import annotations

import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.twin.connections import CONNECTIONS

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/tested.md"
RESULTS = ROOT / ".build/tested"
PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

HEAD = """# What was tested over what

Written by `make matrix` from the results of its tests; not by hand. All of it ran against hosts in Python
([tests/twin](https://github.com/winops-rdp/winops.rdp/blob/main/tests/twin/README.md)), none against Windows.

## Connections

Each number counts the phases of one journey that passed: audit, check, remediate, a run that is cut off and continued,
restore ([test_connections](https://github.com/winops-rdp/winops.rdp/blob/main/tests/e2e/test_connections.py)).
A dash means that it was not run there.
"""
OTHERS = """
## All tests

What ran on each, by the file or folder of tests: passed, and what did not. Which Python an ansible-core takes on the
controller is in [tests/tools/matrix](https://github.com/winops-rdp/winops.rdp/blob/main/tests/tools/matrix).
"""


@dataclass
class Column:
    """The results on one ansible-core with one Python."""

    core: str
    python: str
    connections: dict[str, Counter[str]] = field(default_factory=dict)
    parts: dict[str, Counter[str]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return f"{self.core}, Python {self.python}"


def _outcome(case: ElementTree.Element) -> str:
    kinds = {child.tag for child in case}
    if kinds & {"failure", "error"}:
        return FAILED
    return SKIPPED if "skipped" in kinds else PASSED


def read(path: Path) -> Column:
    """One file of results, named CORE-PYTHON.xml."""
    core, _dash, python = path.stem.rpartition("-")
    column = Column(core, python)
    for case in ElementTree.parse(path).iter("testcase"):
        # A module that is skipped or broken as a whole has no class; its own name stands where a test's does.
        place = (case.get("classname", "") or case.get("name", "")).split(".")
        part = "/".join(place[:2] if place[1:2] == ["unit"] else place[:3])
        outcome = _outcome(case)
        column.parts.setdefault(part, Counter())[outcome] += 1
        named = re.search(r"\[(\w+)\]$", case.get("name", ""))
        if part == "tests/e2e/test_connections" and named:
            column.connections.setdefault(named[1], Counter())[outcome] += 1
    return column


def _cell(counted: Counter[str] | None) -> str:
    if not counted:
        return "–"
    others = ", ".join(f"{counted[kind]} {kind}" for kind in (FAILED, SKIPPED) if counted[kind])
    return f"{counted[PASSED]}{f' ({others})' if others else ''}"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def page(columns: list[Column]) -> str:
    """The whole page."""
    heads = ["transport", "authentication", "protection", *(column.title for column in columns)]
    rows = [
        [
            way.transport,
            way.authentication,
            way.protection,
            *(_cell(column.connections.get(name)) for column in columns),
        ]
        for name, way in CONNECTIONS.items()
    ]
    parts = sorted({part for column in columns for part in column.parts})
    all_rows = [[part, *(_cell(column.parts.get(part)) for column in columns)] for part in parts]
    every = _table(["tests", *(column.title for column in columns)], all_rows)
    return f"{HEAD}\n{_table(heads, rows)}{OTHERS}\n{every}"


def main() -> int:
    columns = [read(path) for path in RESULTS.glob("*.xml")]
    if not columns:
        print("tested: no results; make matrix makes them", file=sys.stderr)
        return 1
    columns.sort(key=lambda column: [int(part) for part in re.findall(r"\d+", f"{column.core} {column.python}")])
    PAGE.write_text(page(columns), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
