# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prefixes for the lab's tests, and the reason why there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.profiles import absent

from . import prefix as lab


@pytest.fixture(scope="session")
def template() -> Path:
    if reason := lab.missing():
        absent(f"the lab is not here: {reason}")
    return lab.template()


@pytest.fixture(scope="session")
def new_prefix(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], lab.Prefix]]:
    """Makes started prefixes; they end with the session."""
    made: list[lab.Prefix] = []

    def make() -> lab.Prefix:
        made.append(lab.clone(tmp_path_factory.mktemp("prefix") / "pfx"))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture(scope="module")
def host(new_prefix: Callable[[], lab.Prefix]) -> Iterator[lab.Prefix]:
    """A healthy host for a file of tests, each of which leaves it as it was."""
    one = new_prefix()
    lab.healthy(one)
    yield one
    one.leave()


@pytest.fixture
def fresh(new_prefix: Callable[[], lab.Prefix]) -> Iterator[lab.Prefix]:
    """A healthy host for one test."""
    one = new_prefix()
    lab.healthy(one)
    yield one
    one.leave()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say behind a run of the lab what it proves and what it cannot."""
    if any("needs_wine" in report.keywords for report in terminalreporter.stats.get("passed", ())):
        table = (
            (Path(__file__).parent / "README.md")
            .read_text(encoding="utf-8")
            .split("## Proven on real Win32, and not")[1]
            .split("\n## ")[0]
        )
        terminalreporter.section("what the lab proves on real Win32, and what not")
        terminalreporter.line("\n".join(line for line in table.splitlines() if line.startswith("|")))
