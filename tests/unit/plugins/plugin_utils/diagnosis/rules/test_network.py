# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network path: attacks on the port, and whether the connection reached the host."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.hosts.faults import (
    DRIVER,
    IN,
    Sight,
    with_products,
)
from tests.hosts.snapshots import NOW, Host, probe
from tests.unit.judging import assert_silent, ids, run

SCM = "Service Control Manager"


def _looked_after(host: Host, *, logged: bool, keeps: bool = True) -> Host:
    core = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
    host.sections["events"]["logs"][f"{core}/Operational"] = (
        None if keeps else {"code": -1, "type": "x", "message": "x"}
    )
    if keeps:
        host.event(core, 131, 1, f"{core}/Operational", at=NOW - timedelta(hours=3))
    if logged:
        host.event(core, 131, 1, f"{core}/Operational")
    return host


def _at(seconds: float, stage: str = "tls", outcome: str = "reset") -> dict[str, Any]:
    return probe(stage, outcome, time=(NOW + timedelta(seconds=seconds)).isoformat())


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.event("Microsoft-Windows-Security-Auditing", 4625, 20, "Security"),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


def test_a_host_that_knows_nothing_of_the_connection_clears_itself() -> None:
    product = with_products(_looked_after(Host(), logged=False), DRIVER)
    top = run(product, _at(-10)).findings[0]
    assert (top.id, top.owner, top.confidence) == ("network.path_reset", "network", "likely")
    assert ids(run(_looked_after(Host(), logged=True), _at(-1))) == ["interference.handshake_dropped"]


@pytest.mark.parametrize("host", [_looked_after(Host(), logged=False, keeps=False), Host()])
def test_a_log_that_is_not_kept_proves_nothing(host: Host) -> None:
    top = run(host, _at(-10)).findings[0]
    assert top.id == "interference.handshake_dropped" and any("131" in sentence for sentence in top.needs_evidence)


@pytest.mark.parametrize(
    ("host", "stage", "expected"),
    [
        (
            _looked_after(Host(), logged=False),
            "negotiation",
            [("network.path_reset", "likely"), ("service.stuck", "possible")],
        ),
        (_looked_after(Host(), logged=True), "negotiation", [("service.stuck", "likely")]),
        (_looked_after(Host(), logged=False).event(SCM, 7011), "negotiation", [("service.stuck", "likely")]),
        (
            _looked_after(Host(), logged=False).event(SCM, 7036),
            "negotiation",
            [("network.path_reset", "likely"), ("service.stuck", "possible")],
        ),
        (_looked_after(Host(), logged=True), "session", [("service.stuck", "likely")]),
        (
            _looked_after(Host(), logged=True).without("products"),
            "negotiation",
            [("service.stuck", "possible"), ("interference.handshake_dropped", "possible")],
        ),
        (_looked_after(Host(), logged=True), "tls", [("network.handshake_stalls", "likely")]),
    ],
)
def test_silence_is_a_service_that_hangs_or_something_on_the_way(
    host: Host, stage: str, expected: list[tuple[str, str]]
) -> None:
    found = run(host, _at(-10, stage, "silent")).findings
    assert [(finding.id, finding.confidence) for finding in found] == expected


def test_a_log_that_was_read_before_the_probe_proves_nothing() -> None:
    assert ids(run(_looked_after(Host(), logged=False), _at(30))) == ["interference.handshake_dropped"]
