# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes after the logon."""

from __future__ import annotations

from tests.hosts.changes import domain_policy, logged
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import CORE

SCENARIOS = Scenarios()
add = SCENARIOS.add
SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager"
PROFILES = "Microsoft-Windows-User Profiles Service"

add(
    "logon_screen_crashes",
    "LogonUI crashes",
    "session.logon_process_crashes",
    logged("Application", "Application Error", 1000, 2),
    repairable=False,
)
add(
    "profile_broken",
    "a profile cannot be loaded",
    "session.profile",
    logged("Application", PROFILES, 1500, 1),
    repairable=False,
)
add(
    "session_stuck",
    "a session hangs at its beginning",
    "session.stuck",
    logged(f"{SESSIONS}/Operational", SESSIONS, 36, 1, 3),
    repairable=False,
)
add(
    "somebody_else_is_signed_in",
    "somebody else is signed in",
    "session.occupied",
    code="Another user is signed in. If you continue, they'll be disconnected. Do you want to sign in anyway?",
    repairable=False,
)
add(
    "session_breaks",
    "sessions break after the logon",
    "session.transport",
    logged(f"{CORE}/Operational", CORE, 226, 4, 0x80004004),
    code="0x904/0x0",
)
add(
    "idle_limit",
    "a policy disconnects sessions that are idle",
    "client.session_ended",
    domain_policy("Session hosts", MaxIdleTime=1_800_000),
    logged(f"{SESSIONS}/Operational", SESSIONS, 40, 3, 2, 3),
    code="0x3/0x3",
    repairable=False,
)
