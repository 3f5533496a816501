# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What else takes part in a connection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hosts.faults import (
    DRIVER,
    IN,
    RESET,
    Sight,
    with_products,
)
from tests.hosts.snapshots import Host
from tests.unit.judging import assert_silent, ids, run


@pytest.mark.parametrize(
    "change",
    [
        lambda host: with_products(host, DRIVER),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


def test_security_center_knows_who_is_on() -> None:
    host = Host()
    for state, found in (
        (0x041000, "interference.security_product"),
        (0x040000, "interference.handshake_dropped"),
        (0x061100, "interference.handshake_dropped"),
    ):
        host.sections["products"]["security_center"] = [{"kind": "AntiVirusProduct", "name": "X", "state": state}]
        assert ids(run(host, RESET)) == [found]
