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
    TIMEOUT,
    Sight,
    network_category,
    with_products,
)
from tests.hosts.snapshots import NOW, Host, probe, utc
from tests.unit.judging import assert_silent, ids, run

SCM = "Service Control Manager"
LOG = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"


def _looked_after(host: Host, *, logged: bool, keeps: bool = True) -> Host:
    core = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
    host.log(f"{core}/Operational", None if keeps else {"code": -1, "type": "x", "message": "x"})
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


AUDIT, CORE = "Microsoft-Windows-Security-Auditing", "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"


def _logons(host: Host, shares: int, remote: int = 0) -> Host:
    """Failed logons of the last days: of file shares, and by Remote Desktop."""
    for count, kind in ((remote, 10), (shares, 3)):
        if count:
            host.event(AUDIT, 4625, count, "Security", (0xC000006D, kind))
    return host


@pytest.mark.parametrize(
    ("host", "is_flood"),
    [
        (_logons(Host(), 900), False),
        (_logons(Host(), 900, remote=1), False),
        (_logons(Host(), 0, remote=400), True),
        (_logons(Host(), 900).event(CORE, 131, 1000, LOG), True),
        (_logons(Host(), 10).event(CORE, 131, 1000, LOG), False),
        (Host().event(CORE, 140, 400, LOG), True),
        (Host().event(RCM, 1006, 1, f"{RCM}/Admin"), False),
        (Host().event(RCM, 1006, 2, f"{RCM}/Admin"), False),
        (Host().event(RCM, 1006, 3, f"{RCM}/Admin"), True),
    ],
)
def test_what_is_a_flood_of_logons(host: Host, is_flood: bool) -> None:
    """File shares fail to log on all day, and a scan or two of the port are no attack."""
    assert ids(run(host)) == ["network.logon_flood"] * is_flood


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    ("number", "count", "when"),
    [
        # Forty are listed. Where all of them are of the last day, those before it are counted as well.
        (140, 400, "in the time that was read, the newest of them in the last day"),
        (1006, 400, "in the time that was read, the newest of them in the last day"),
        (1006, 3, "in the last day"),
    ],
)
def test_a_flood_says_the_time_that_it_counts(number: int, count: int, when: str, known: bool) -> None:
    host = Host().event({140: CORE, 1006: RCM}[number], number, count)
    if not known:
        host.sections["host"]["utc"] = None
    [found] = [one for one in run(host).findings if one.id == "network.logon_flood"]
    [fact] = [one.fact for one in found.evidence_for]
    assert f"{count} " in fact and "last days" not in fact
    assert f" {when if known else 'in the time that was read'}" in fact and ("last day" in fact) is known


def test_logons_on_a_domain_controller_are_those_of_the_domain() -> None:
    host = _logons(Host(), 900).event(CORE, 131, 1000, LOG)
    host.sections["host"].update(product_type=2, domain_role=5, part_of_domain=True)
    assert ids(run(host)) == []


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
    "state",
    [
        {"enabled": False},
        {"enabled": None},
        {"oldest": None},
        {"oldest": utc(NOW - timedelta(seconds=1))},
        {"whole": False},
        {"whole": False, "read_to": utc(NOW - timedelta(seconds=1))},
    ],
)
def test_a_log_that_is_off_or_wrapped_or_was_cut_proves_nothing(state: dict[str, Any]) -> None:
    """It has no record of the probe, and could not have one: nobody on the way is accused."""
    top = run(Host().log(LOG, **state), _at(-10)).findings[0]
    assert top.id == "interference.handshake_dropped" and any("131" in sentence for sentence in top.needs_evidence)


def test_a_log_that_was_cut_after_the_probe_tells() -> None:
    host = Host().log(LOG, whole=False, read_to=utc(NOW - timedelta(minutes=5)))
    assert run(host, _at(-10)).findings[0].id == "network.path_reset"


def test_a_log_of_which_an_older_answer_tells_no_state_proves_nothing() -> None:
    host = Host().log(LOG)
    host.sections["events"]["states"] = None
    assert run(host, _at(-10)).findings[0].id == "interference.handshake_dropped"


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


def _addresses(host: Host, *addresses: str, up: bool = True) -> Host:
    host.sections["network"]["adapters"][0].update(addresses=list(addresses), up=up)
    return host


@pytest.mark.parametrize("addresses", [["169.254.7.7"], ["fe80::1%4"], ["169.254.7.7", "fe80::1"], ["127.0.0.1"], []])
def test_a_host_without_an_address_cannot_be_reached(addresses: list[str]) -> None:
    """Nor is a rule to blame that does not hold in the network that Windows knows nothing of."""
    host = network_category(_addresses(Host(), *addresses), 0).rule(Profile="Domain")
    for seen in (TIMEOUT, None):
        judged = run(host, seen)
        [found] = judged.findings
        assert (found.id, found.owner, found.confidence) == ("network.unreachable", "host", "likely")
        assert "ipconfig /renew" in (found.advice or "") and judged.verdict == "broken"
        assert len(found.evidence_for) == (2 if seen else 1) and bool(found.needs_evidence) is (seen is None)


@pytest.mark.parametrize("addresses", [["10.0.0.5"], ["169.254.7.7", "10.0.0.5"], ["fd00::5"], ["2001:db8::5"]])
def test_an_address_of_a_network_is_one(addresses: list[str]) -> None:
    [found] = run(_addresses(Host(), *addresses), TIMEOUT).findings
    assert (found.id, found.owner) == ("network.unreachable", "network")
    assert ids(run(_addresses(Host(), *addresses), None)) == []


def test_a_host_whose_adapters_were_not_told_is_not_without_an_address() -> None:
    host = Host()
    host.sections["network"]["adapters"] = []
    assert [one.owner for one in run(host, TIMEOUT).findings] == ["network"]
    assert ids(run(host, None)) == []
    assert_silent(lambda host: _addresses(host, "169.254.7.7"), IN)
    # Somebody of the same link is connected, where nobody looked.
    linked = _addresses(Host(), "169.254.7.7")
    linked.sections["port"]["established"] = 1
    assert ids(run(linked, None)) == [] and ids(run(linked, TIMEOUT)) == ["network.unreachable"]
    refused = probe("tcp", "refused", address="10.0.0.5")
    assert "host" not in [one.owner for one in run(_addresses(Host(), "169.254.7.7"), refused).findings]


def test_the_product_is_named_where_one_client_alone_breaks() -> None:
    [found] = run(with_products(Host(), DRIVER), IN, "0x904/0x7").findings
    assert found.id == "client.not_reproduced"
    assert any("CrowdStrike Falcon is at work" in one.fact for one in found.evidence_for)


@pytest.mark.parametrize(
    ("listening", "asked", "told"),
    [
        (["127.0.0.1"], "10.0.0.5", True),
        (["10.1.0.7"], "10.0.0.5", True),
        (["169.254.3.4"], "169.254.3.4", False),
        (["10.1.0.7"], "203.0.113.9", False),  # of a device that leads to it, as far as anybody knows
        (["0.0.0.0"], "10.0.0.5", False),
        (["::"], "10.0.0.5", False),
        (["10.0.0.5"], "10.0.0.5", False),
    ],
)
def test_a_host_that_listens_at_another_of_its_addresses_says_so(listening: list[str], asked: str, told: bool) -> None:
    host = Host()
    listeners = [{"address": one, "port": 3389, "pid": 1004, "process": "svchost"} for one in listening]
    host.sections["port"]["listeners"] = listeners
    host.sections["network"]["adapters"][0]["addresses"] = ["10.0.0.5", "10.1.0.7"]
    [found] = run(host, probe("tcp", "refused", address=asked)).findings
    assert found.id == "network.unreachable" and found.confidence != "proven"
    assert (found.owner == "host") is told and ("alone" in found.summary) is told
    assert not told or (listening[0] in found.summary and "LanAdapter" in (found.advice or ""))
