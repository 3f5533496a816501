# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What clients say without a code: the sentences of dialogs and logs, and the code that says the same.

Many dialogs of Windows' own client have a sentence alone. A sentence counts only where no code was found beside it,
and only as these tables have it: in English, or by a part that is the same in every language.
"""

from __future__ import annotations

import re

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import DISCONNECT, ERRINFO

_STATUS = "status"
# The part of a sentence that tells it apart, as ``_compared`` writes it, and the kind and number of the code. The first
# that is found counts. What they are shown for: https://learn.microsoft.com/troubleshoot/windows-server/remote/
# (rdp-error-general-troubleshooting, cannot-authenticate-must-authenticate-twice,
# local-security-authority-cant-contact, cannot-connect-rds-no-license-server,
# remote-desktop-cannot-verify-identity-connecting-remote-machine) and
# https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/cannot-connect-rdp-azure-vm
_SENTENCES: tuple[tuple[str, str, int], ...] = (
    # The same in every language: the name of the remedy, and the link that the dialog gives.
    ("credssp encryption oracle remediation", _STATUS, 0x80090302),
    ("linkid=866660", _STATUS, 0x80090302),
    ("the function requested is not supported", _STATUS, 0x80090302),
    ("domain controller cannot be contacted to perform nla", DISCONNECT, 0x1807),
    ("requires network level authentication which your computer does not support", DISCONNECT, 0xB09),
    ("time or date difference between your computer", DISCONNECT, 0x1D07),
    ("user account restriction", DISCONNECT, 0xC07),
    ("account restrictions are preventing this user", DISCONNECT, 0xC07),
    ("restricted the type of logon", DISCONNECT, 0x1307),
    ("restricted the types of logon", DISCONNECT, 0x1307),
    ("need the right to sign in through remote desktop", ERRINFO, 0x9),
    ("must be granted the allow log on through", ERRINFO, 0x9),
    ("not authorized for remote login", ERRINFO, 0x9),
    ("must change your password before logging on", DISCONNECT, 0x1207),
    ("password has expired", DISCONNECT, 0xF07),
    ("account has been locked", DISCONNECT, 0xD07),
    ("account is currently locked out", DISCONNECT, 0xD07),
    ("account has been disabled", DISCONNECT, 0xB07),
    ("the logon attempt failed", DISCONNECT, 0x807),
    ("your credentials did not work", DISCONNECT, 0x807),
    ("no remote desktop license servers available", ERRINFO, 0x101),
    ("no remote desktop client access licenses available", ERRINFO, 0x102),
    ("the computer that was reached is not the one you specified", _STATUS, 0x80090322),
    ("the remote computer that was reached is not the one you specified", _STATUS, 0x80090322),
    ("local security authority cannot be contacted", _STATUS, 0x80090304),
    # FreeRDP's log.
    ("cannot find kdc for realm", _STATUS, 0x80090311),
    ("clock skew too great", DISCONNECT, 0x1D07),
    ("remote desktop cant find the computer", DISCONNECT, 0x104),
    ("couldnt connect in the amount of time allotted", DISCONNECT, 0x108),
    ("because of an error in data encryption", DISCONNECT, 0xC06),
    ("another user connected to the remote computer", ERRINFO, 0x5),
    ("an internal error has occurred", DISCONNECT, 0x4),
)


def _compared(text: str) -> str:
    """In small letters, without the marks that clients write in several ways, and with one space between words."""
    return re.sub(r"\s+", " ", re.sub(r"[^\w\s=]", "", text.lower()))


def find(text: str) -> tuple[str, str, int] | None:
    """The sentence that a plain text has, with the kind and number of its code; None if it has none."""
    words = _compared(text)
    return next((row for row in _SENTENCES if row[0] in words), None)
