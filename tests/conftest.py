# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all tests share: the profiles of Hypothesis, and the marks that say what a test needs."""

from __future__ import annotations

import pytest
from hypothesis import settings

# No deadline: how long an example takes is the machine's business.
settings.register_profile("usual", deadline=None)
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
    "deep: what takes long and whose dozen is run without; `make deep`",
)

# A test that uses one of these fixtures needs what the fixture starts.
_NEEDED_BY_FIXTURE = {
    "pwsh_path": "needs_engine",
    "template": "needs_wine",
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
