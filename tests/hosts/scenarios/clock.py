# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's clock."""

from __future__ import annotations

from tests.hosts.changes import W32TIME, facts, string
from tests.hosts.scenarios.model import Scenarios

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "clock_unset",
    "the clock is an hour off, and nothing sets it",
    "clock.wrong",
    facts(clock_offset_seconds=3600),
    string(W32TIME, "Type", "NoSync"),
    also="clock.not_synchronised",
)
add(
    "clock_wrong", "the clock is a year ahead", "clock.wrong", facts(clock_offset_seconds=365 * 86400), repairable=False
)
