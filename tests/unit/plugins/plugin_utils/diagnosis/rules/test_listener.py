# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hosts.faults import (
    IN,
    Sight,
    bound_to_adapter,
)
from tests.hosts.snapshots import Host, dword
from tests.unit.judging import assert_silent


@pytest.mark.parametrize(
    "change",
    [
        lambda host: bound_to_adapter(host, "{1}"),
        lambda host: host.setting("rdp_tcp", "MaxInstanceCount", dword(0xFFFFFFFF)),
        lambda host: host.setting("policy", "MaxInstanceCount", dword(999999)),
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(4)),
        # With NLA it comes to the same as 2: what an unattended setup leaves.
        lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(1)),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)
