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

# A test that uses one of these fixtures needs what the fixture starts.
_NEEDED_BY_FIXTURE = {
    "pwsh_path": "needs_engine",
    "template": "needs_wine",
    "browser": "needs_browser",
}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, mark in _NEEDED_BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)
