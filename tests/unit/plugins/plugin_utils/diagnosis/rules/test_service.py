# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the services, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hosts.faults import (
    IN,
    Sight,
)
from tests.hosts.snapshots import Host
from tests.unit.judging import assert_silent


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.event("Service Control Manager", 7034, 1),
        lambda host: host.service("TermService", service_dll=r"C:\Windows\System32\TERMSRV.dll"),
        lambda host: host.service("TermService", account="NT-AUTORITÄT\\Netzwerkdienst"),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)
