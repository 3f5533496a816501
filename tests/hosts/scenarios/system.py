# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows itself."""

from __future__ import annotations

from tests.hosts.changes import dword, facts
from tests.hosts.scenarios.model import Scenarios

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "setup",
    "Windows takes itself for being set up",
    "system.setup_unfinished",
    dword(r"HKLM\SYSTEM\Setup", "OOBEInProgress", 1),
    repairable=False,
)
add(
    "home_edition",
    "Windows Home, on which somebody has made a listener work",
    "system.home_edition",
    facts(edition_id="Core", product_type=1),
    repairable=False,
)
add(
    "disk_full",
    "next to nothing is free on the system drive",
    "system.disk_full",
    facts(free_bytes=3_000_000),
    repairable=False,
)
