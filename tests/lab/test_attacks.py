# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user without rights writes where a snapshot reads, in a real registry: it costs no more than its entry."""

from __future__ import annotations

from .prefix import Prefix
from .steps import add

SID = "S-1-5-21-1-2-3-1001"
HIVE = rf"HKU\{SID}\Volatile Environment"
ODD = {
    "REG_DWORD": "4294967295",
    "REG_QWORD": "18446744073709551615",
    "REG_BINARY": "00ff",
    "REG_MULTI_SZ": r"a\0b",
    "REG_NONE": "00",
    "REG_SZ": "x" * 5000,
}


def test_a_text_of_a_users_own_hive_may_be_of_any_type(fresh: Prefix) -> None:
    told = fresh.pwsh("-Command", "[Diagnostics.Process]::GetProcesses() | ForEach-Object { $_.SessionId }").out
    live = {int(line) for line in told.split()}
    [session] = live - {0} or {0}
    for name in ("007", "x", "-1", "9" * 30):
        add(fresh, rf"{HIVE}\{name}", "SESSIONNAME", "REG_DWORD", "1")
    for kind, data in ODD.items():
        for key, name in ((HIVE, "USERNAME"), (HIVE, "USERDOMAIN"), (rf"{HIVE}\{session}", "SESSIONNAME")):
            add(fresh, key, name, kind, data)
        answer = fresh.snapshot("sessions", "host")
        assert answer["errors"] == {} and answer["sections"]["host"], kind
        entry = {"id": session, "user": None, "user_sid": SID, "station": None, "state": None}
        assert answer["sections"]["sessions"]["sessions"] == [entry], kind
