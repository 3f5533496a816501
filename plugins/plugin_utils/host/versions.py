# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds of Windows as people call them.

Sources: https://learn.microsoft.com/windows-server/get-started/windows-server-release-info,
https://learn.microsoft.com/windows/release-health/windows11-release-information
"""

from __future__ import annotations

_SERVERS = {
    9600: "Windows Server 2012 R2",
    14393: "Windows Server 2016",
    17763: "Windows Server 2019",
    20348: "Windows Server 2022",
    25398: "Windows Server, version 23H2",
    26100: "Windows Server 2025",
}
_CLIENTS = {
    9600: "Windows 8.1",
    10240: "Windows 10, version 1507",
    14393: "Windows 10, version 1607",
    17763: "Windows 10, version 1809",
    18363: "Windows 10, version 1909",
    19041: "Windows 10, version 2004",
    19042: "Windows 10, version 20H2",
    19043: "Windows 10, version 21H1",
    19044: "Windows 10, version 21H2",
    19045: "Windows 10, version 22H2",
    22000: "Windows 11, version 21H2",
    22621: "Windows 11, version 22H2",
    22631: "Windows 11, version 23H2",
    26100: "Windows 11, version 24H2",
    26200: "Windows 11, version 25H2",
}
# ``ProductType`` of a client; the edition of Azure Virtual Desktop's multi-session hosts, which says of itself that it
# is a server.
_CLIENT, _MULTI_SESSION = 1, "ServerRdsh"


def product(build: int, product_type: int | None, edition: str | None = None) -> str | None:
    """The name of this Windows, or None for a build that is not known. ``product_type`` and ``edition`` are the host's
    own (1 client, 2 domain controller, 3 server)."""
    if edition == _MULTI_SESSION:
        name = _CLIENTS.get(build)
        return f"{name}, multi-session" if name else None
    return (_CLIENTS if product_type == _CLIENT else _SERVERS).get(build)
