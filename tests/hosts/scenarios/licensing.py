# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remote Desktop licences."""

from __future__ import annotations

from tests.hosts.changes import session_host
from tests.hosts.scenarios.model import Scenarios

SCENARIOS = Scenarios()
add = SCENARIOS.add

add("licences_over", "the grace period is over", "licensing.grace_ended", *session_host(0), repairable=False)
add("licences_missing", "no licences yet", "licensing.not_configured", *session_host(45))
