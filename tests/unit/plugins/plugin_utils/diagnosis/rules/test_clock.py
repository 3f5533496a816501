# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on clocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.hosts.faults import (
    IN,
    Sight,
    service_state,
)
from tests.hosts.snapshots import NOW, Host
from tests.unit.judging import assert_silent, ids, run


@pytest.mark.parametrize(
    "change",
    [
        lambda host: service_state(host, "W32Time", 1),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


def test_clock_that_nothing_sets() -> None:
    host = Host().value(
        r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type", {"type": "string", "data": "NoSync"}
    )
    assert ids(run(host)) == []
    host.sections["host"]["utc"] = "2026-11-23T13:00:00.000Z"
    assert ids(run(host)) == ["clock.wrong", "clock.not_synchronised"]


@pytest.mark.parametrize(
    ("member", "found"), [(True, ("clock.wrong", "likely")), (False, ("client.clock", "possible"))]
)
def test_a_host_in_no_domain_has_no_domain_controller_to_differ_from(member: bool, found: tuple[str, str]) -> None:
    """A ticket that the host refused for its time is then of another domain, and of the client's clock."""
    host = Host().event("Microsoft-Windows-Security-Auditing", 4625, 2, "Security", (0xC0000133, 0, 3), NOW)
    host.sections["host"]["part_of_domain"] = member
    judged = run(host, IN)
    assert [(one.id, one.confidence) for one in judged.findings] == [found]
    assert judged.verdict == ("degraded" if member else "healthy")
