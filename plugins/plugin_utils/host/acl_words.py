# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access lists in words, for diffs and evidence: accounts and rights by the names that Windows' own dialogs show."""

from __future__ import annotations

from collections.abc import Iterable

from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

# https://learn.microsoft.com/windows/win32/secauthz/well-known-sids
_ACCOUNTS = {
    acl.SYSTEM: "SYSTEM",
    acl.NETWORK_SERVICE: "NETWORK SERVICE",
    acl.ADMINISTRATORS: "Administrators",
    acl.EVERYONE: "Everyone",
    acl.SESSIONENV: "NT SERVICE\\SessionEnv",
    acl.TERMSERVICE: "NT SERVICE\\TermService",
    "S-1-3-0": "CREATOR OWNER",
    "S-1-3-4": "OWNER RIGHTS",
    "S-1-5-2": "NETWORK",
    "S-1-5-11": "Authenticated Users",
    "S-1-5-14": "REMOTE INTERACTIVE LOGON",
    "S-1-5-19": "LOCAL SERVICE",
    "S-1-5-113": "Local account",
    "S-1-5-114": "Local account and member of Administrators group",
    "S-1-5-32-545": "Users",
    "S-1-5-32-546": "Guests",
    "S-1-5-32-551": "Backup Operators",
    "S-1-5-32-555": "Remote Desktop Users",
    "S-1-5-32-568": "IIS_IUSRS",
}
# As the property pages of a file and of a registry key call them.
_RIGHTS = {
    acl.FULL_CONTROL: "full control",
    0x1301BF: "modify",
    0x1200A9: "read and execute",
    acl.READ: "read",
    0x120116: "write",
    0x12019F: "read and write",
    0xF003F: "full control",
    0x20019: "read",
}


def lines(sddl: str | None, snapshot: Snapshot) -> list[str]:
    """The owner and each entry of an access list, one a line."""
    try:
        descriptor = acl.parse(sddl or "")
    except acl.SddlError:
        return ["could not be read"]
    told = [f"owner {account(descriptor.owner, snapshot)}"] if descriptor.owner else []
    if descriptor.aces is None:
        return [*told, "no access list: everybody may do everything"]
    return [*told, *(_entry(ace, snapshot) for ace in descriptor.aces)]


def line(sddl: str | None, snapshot: Snapshot) -> str:
    """The same on one line."""
    return "; ".join(lines(sddl, snapshot))


def _entry(ace: acl.Ace, snapshot: Snapshot) -> str:
    verb = {"A": "allow", "D": "deny"}.get(ace.kind, ace.kind)
    rights = _RIGHTS.get(ace.mask, f"rights 0x{ace.mask:X}")
    return f"{verb} {account(ace.sid, snapshot)}: {rights}{' (inherited)' if ace.inherited else ''}"


def accounts(aces: Iterable[acl.Ace], snapshot: Snapshot) -> str:
    """Whom entries are for, each by name and SID; empty where there are none."""
    return " and ".join(f"{account(sid, snapshot)} ({sid})" for sid in sorted({ace.sid for ace in aces}))


def account(sid: str, snapshot: Snapshot) -> str:
    """By name where it is known: everywhere the same, or a user who is logged on; else the SID."""
    sessions = (snapshot.section("sessions") or {"sessions": ()})["sessions"]
    users = {row["user_sid"]: row["user"] for row in sessions if row["user_sid"] and row["user"]}
    return _ACCOUNTS.get(sid) or users.get(sid) or sid
