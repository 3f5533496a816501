# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may log on through Remote Desktop: section ``logon`` of a snapshot, read.

Windows keeps the rights in the local policy, which only SYSTEM can read without changing it. What Group Policy sets
overrides it and lies in files that administrators can read
(https://learn.microsoft.com/troubleshoot/windows-server/group-policy/scecli-1202-events). So a right is known where
the call ran as SYSTEM, or where a policy sets it; else it is not known, which is not "as Windows has it".
"""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

REMOTE = "SeRemoteInteractiveLogonRight"
DENY_REMOTE = "SeDenyRemoteInteractiveLogonRight"
NETWORK = "SeNetworkLogonRight"
DENY_NETWORK = "SeDenyNetworkLogonRight"
# What Windows' own editor of rights calls them.
_WORDS = {
    REMOTE: "Allow log on through Remote Desktop Services",
    DENY_REMOTE: "Deny log on through Remote Desktop Services",
    NETWORK: "Access this computer from the network",
    DENY_NETWORK: "Deny access to this computer from the network",
}
# The bits of ``ActSysAc``, which is what LSA calls the system access of an account (ntsecapi.h, POLICY_MODE_*).
_BITS = {NETWORK: 0x2, DENY_NETWORK: 0x80, REMOTE: 0x400, DENY_REMOTE: 0x800}

ADMINISTRATORS, USERS, REMOTE_DESKTOP_USERS = acl.ADMINISTRATORS, "S-1-5-32-545", "S-1-5-32-555"
# "Local account", and "Local account and member of Administrators group".
LOCAL_ACCOUNTS, LOCAL_ADMINISTRATORS = "S-1-5-113", "S-1-5-114"
# Groups in whose name everybody who logs on from elsewhere is: Everyone, Authenticated Users, the network, Remote
# Desktop itself.
EVERYBODY = frozenset({acl.EVERYONE, "S-1-5-11", "S-1-5-2", "S-1-5-14", USERS})


@dataclass(frozen=True)
class Right:
    """Who holds a right: SIDs, or names where a policy was written with them. ``where`` it was read."""

    accounts: frozenset[str]
    where: str
    by_policy: bool


def called(name: str) -> str:
    """A right as Windows' own editor calls it, and its name."""
    return f"'{_WORDS[name]}' ({name})"


def members(snapshot: Snapshot) -> tuple[str, ...] | None:
    """SIDs in the group Remote Desktop Users (S-1-5-32-555); None if they were not read."""
    section = snapshot.section("logon")
    return tuple(section["members"]) if section and section["members"] is not None else None


def right(snapshot: Snapshot, name: str) -> Right | None:
    """Who holds this right; None if it was not read, or if two policies set it and which one won is not known."""
    section = snapshot.section("logon")
    if not section:
        return None
    rows = [row for row in section["policy"] or () if row["right"].lower() == name.lower()]
    if section["local"] is not None:
        held = frozenset(sid for sid, bits in section["local"].items() if bits & _BITS[name])
        return Right(held, r"HKLM\SECURITY\Policy\Accounts", bool(rows))
    found = {frozenset(account.lstrip("*") for account in row["accounts"]) for row in rows}
    if len(found) != 1:
        return None
    return Right(found.pop(), rf"%SystemRoot%\security\templates\policies\{rows[-1]['file']}", True)
