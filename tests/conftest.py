# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share: the profiles of Hypothesis, the marks that say what a test needs, and the closing lines."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.attacks import counts

# Ten thousand tests and what they are made of stay to the end: the collector of garbage need not go through them again
# and again, an eighth of the time.
gc.disable()

# No deadline: how long an example takes is the machine's business.
settings.register_profile("usual", deadline=None, max_examples=40)
settings.register_profile("deep", parent=settings.get_profile("usual"), max_examples=2000)
settings.load_profile("usual")

# Here and not in pyproject.toml, which `ansible-test units` does not read.
_MARKS = (
    "needs_ansible: starts ansible commands",
    "needs_fleet: Windows hosts in Python, each with WinRM and a Remote Desktop listener on loopback",
    "needs_sockets: a server on loopback that breaks, stalls or lies; takes time rather than processor",
    "needs_engine: a PowerShell engine; skipped where it is absent, unless CI=true",
    "needs_wine: the host script over Wine's registry, services and stores; skipped where absent, unless CI=true",
    "needs_servers: real Remote Desktop servers; skipped where they are absent, unless CI=true",
    "needs_browser: chromium; skipped where it is absent, unless CI=true",
    "every_connection: a connection that differs little from one that is run otherwise; `make matrix`",
    "takes_long: half a second of the processor or more; not in `make quick`",
    "deep: what takes long and whose dozen is run without; `make deep`",
)

# A test that uses one of these fixtures needs what the fixture starts.
_NEEDED_BY_FIXTURE = {
    "pwsh_path": "needs_engine",
    "wine_template": "needs_wine",
    "browser": "needs_browser",
}


def pytest_configure(config: pytest.Config) -> None:
    for mark in _MARKS:
        config.addinivalue_line("markers", mark)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, mark in _NEEDED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)  # what a test leaves is little, and looked through often enough
    gc.enable()


# Closing lines. They stand here and not beside their tests: where workers run these, it is another process that speaks.


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker hands on how many mutants it has tried."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["attacks"] = dict(counts.made)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    counts.made.update(getattr(node, "workeroutput", {}).get("attacks", {}))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many mutants of each kind were tried, and behind a run of the lab what that proves and what it cannot."""
    if counts.made:
        tried = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.made.items()))
        terminalreporter.write_line(f"attacks: {tried}")
    if any("needs_wine" in report.keywords for report in terminalreporter.stats.get("passed", ())):
        readme = (Path(__file__).parent / "lab" / "README.md").read_text(encoding="utf-8")
        table = readme.split("## Proven on real Win32, and not")[1].split("\n## ")[0]
        terminalreporter.section("what the lab proves on real Win32, and what not")
        terminalreporter.line("\n".join(line for line in table.splitlines() if line.startswith("|")))
