# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences of an RD Session Host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.hosts.faults import (
    IN,
    Sight,
    session_host,
)
from tests.hosts.snapshots import Host, dword
from tests.unit.judging import assert_silent


@pytest.mark.parametrize(
    "change",
    [
        lambda host: (
            session_host(host, 0, 4)
            .value(collect.TERMINAL_SERVER + r"\RCM\Licensing Core", "LicensingMode", dword(4))
            .value(
                r"SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services",
                "LicenseServers",
                {"type": "string", "data": "lic01"},
            )
        ),
        # Of Azure Virtual Desktop: per user of Microsoft Entra ID, and the edition for many sessions.
        lambda host: session_host(host, 0, 6),
        lambda host: session_host(host, 0, 5).sections["host"].update(edition_id="ServerRdsh"),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)
