# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What else takes part in a connection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.hosts.faults import (
    ALERT,
    DRIVER,
    IN,
    NLA_DIES,
    REFUSED,
    RESET,
    TIMEOUT,
    Sight,
    no_store_entry,
    with_products,
)
from tests.hosts.snapshots import NOW, Host, probe, utc
from tests.profiles import each
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


_SERVICE = {one: name for name, one in reversed(list(collect.PRODUCTS.items()))}


def _with(host: Host, service: str) -> Host:
    name = service.replace("*", "1")
    return with_products(host, {"name": name, "start": 2, "type": 16, "image_path": None, "state": 4})


@each("seen", [TIMEOUT, REFUSED])
@each("product", sorted(set(collect.PRODUCTS.values())))
def test_of_a_host_that_is_not_reached_a_product_with_a_firewall_is_asked_first(
    product: str, seen: dict[str, Any]
) -> None:
    found = ids(run(_with(Host(), _SERVICE[product]), seen))
    expected = ["network.unreachable"]
    if product in collect.FIREWALLS:
        expected = ["interference.security_product", "network.unreachable"]
    elif product in collect.TUNNELS | collect.ISOLATING and seen is TIMEOUT:
        expected = ["network.unreachable", "interference.security_product"]
    assert found == expected


def test_a_host_that_may_be_isolated_is_said_to_be_where_nothing_else_keeps_connections_from_it() -> None:
    found = run(_with(Host(), "CSFalconService"), TIMEOUT).findings[1]
    assert (found.severity, found.confidence) == ("warning", "possible")
    assert "cut it off from the network" in found.summary and "isolated" in (found.advice or "")
    mixed = run(_with(_with(Host(), "CSFalconService"), "ZSAService"), TIMEOUT).findings[1]
    assert "cut it off from the network" not in mixed.summary and "CrowdStrike Falcon, Zscaler" in mixed.summary
    assert "isolated" not in (run(_with(Host(), "CSFalconService"), RESET).findings[0].advice or "")


def test_a_tunnel_is_no_matter_where_windows_own_firewall_or_a_name_explains_it() -> None:
    assert ids(run(_with(Host().rule(Active="FALSE"), "ZSAService"), TIMEOUT)) == ["firewall.rule_disabled"]
    assert ids(run(_with(Host(), "ZSAService"), probe("name", "unresolved"))) == ["network.name"]


def test_only_known_products_have_a_firewall() -> None:
    assert set(collect.PRODUCTS.values()) >= collect.FIREWALLS | collect.TUNNELS | collect.BASTIONS | collect.ISOLATING
    assert not collect.ISOLATING & (collect.FIREWALLS | collect.TUNNELS | collect.BASTIONS)
    assert not collect.BASTIONS & (collect.FIREWALLS | collect.TUNNELS)
    assert not collect.FIREWALLS & collect.TUNNELS - {"Check Point"}


@pytest.mark.parametrize(("kind", "asked"), [("FirewallProduct", True), ("AntiVirusProduct", False)])
def test_a_firewall_that_the_security_center_knows_is_one(kind: str, asked: bool) -> None:
    host, state = Host(22631), 0x041000
    host.sections["products"]["security_center"] = [{"kind": kind, "name": "Some Vendor", "state": state}]
    assert ("interference.security_product" in ids(run(host, TIMEOUT))) == asked
    both = {"kind": "AntiVirusProduct", "name": "Some Vendor", "state": state}
    host.sections["products"]["security_center"].append(both)
    assert ("interference.security_product" in ids(run(host, TIMEOUT))) == asked
    for row in host.sections["products"]["security_center"]:
        row["state"] = 0
    assert ids(run(host, TIMEOUT)) == ["network.unreachable"]


def test_it_is_no_guess_where_windows_own_firewall_explains_it_or_nothing_listens() -> None:
    closed = _with(Host().rule(Active="FALSE"), "ekrn")
    assert ids(run(closed, TIMEOUT)) == ["firewall.rule_disabled"]
    deaf = _with(Host(), "ekrn")
    deaf.sections["port"]["listeners"] = []
    assert "interference.security_product" not in ids(run(deaf, TIMEOUT))


def _crashing(host: Host) -> Host:
    return host.event("Service Control Manager", 7031, 3)


def _refusing(host: Host) -> Host:
    return host.event("Schannel", 36888, numbers=(40, 1205))


_STALLS = probe("tls", "silent")
_ENDED = {
    "a crash": (_crashing, RESET, "service.crashing"),
    "an alert that the host logged": (_refusing, ALERT, "tls.handshake_refused"),
    "Network Level Authentication that is not answered": (lambda host: host, NLA_DIES, "nla.unanswered"),
    "a handshake that stalls": (lambda host: host, _STALLS, "network.handshake_stalls"),
    "a certificate that is not there": (no_store_entry, RESET, "certificate.missing"),
}


@each("service", ["CSFalconService", "PanGPS", "bomgar-ps-1"])
@each("ended", _ENDED)
def test_a_product_is_told_behind_whatever_ends_a_connection(ended: str, service: str) -> None:
    change, seen, first = _ENDED[ended]
    without = run(change(Host()), seen)
    host = _with(Host(), service)
    change(host)
    found = run(host, seen)
    assert without.findings[0].id == first and found.verdict == without.verdict
    assert ids(found) == [*ids(without), "interference.security_product"]
    last = found.findings[-1]
    assert (last.severity, last.confidence) == ("warning", "possible") and last.needs_evidence
    assert [item.where for item in last.evidence_for] == ["probe of 10.0.0.5:3389", "section products"]
    # Who gets in is dropped by nobody, and a connection that nobody made as little.
    assert "interference.security_product" not in ids(run(host, IN))
    assert "interference.security_product" not in ids(run(host, None))


@pytest.mark.parametrize(
    ("services", "words"),
    [
        (("CyberArk Privileged Session Manager",), "without it"),
        (("Cyber-Ark Privileged Session Manager", "bomgar-ps-1"), "without it"),
        (("PulseSecureService",), "past the tunnel"),
        (("DevolutionsGateway", "Twingate.Service"), "exclusion of svchost.exe"),
        (("CybereasonActiveProbe",), "exclusion of svchost.exe"),
    ],
)
def test_what_to_look_for_is_told_by_kind(services: tuple[str, ...], words: str) -> None:
    host = Host()
    for service in services:
        host = _with(host, service)
    [finding] = [one for one in run(host, RESET).findings if one.id == "interference.security_product"]
    assert words in (finding.advice or "")


def test_a_healthy_host_with_a_product_stays_healthy() -> None:
    assert run(_with(Host(), "CSFalconService"), IN).verdict == "healthy"


_READ = {
    "sections listener and services": ("listener", "services"),
    "section registry": ("registry",),
    "store Remote Desktop": ("certificates", "key_files"),
}


@pytest.mark.parametrize("missing", ["services", "registry", "key_files", "certificates", "firewall", "events"])
def test_the_last_resort_names_what_it_excluded_and_what_it_could_not_read(missing: str) -> None:
    found = next(
        one for one in run(Host().without(missing), RESET).findings if one.id == "interference.handshake_dropped"
    )
    for where, sections in _READ.items():
        named = any(where in one.where for one in found.evidence_for)
        assert named is (missing not in sections), where
    assert found.confidence == "possible" and any(missing in text for text in found.needs_evidence)
    assert "reference_host" in (found.advice or "")


def test_the_last_resort_stands_behind_a_folder_that_denies_system() -> None:
    """The key that is there is readable: what the folder does is no proof, and no reason to call the host in order."""
    host = Host()
    host.sections["key_files"]["folder"]["sddl"] = "O:SYG:SYD:PAI(D;;0x2;;;SY)(A;;0x12019f;;;WD)(A;;FA;;;BA)"
    denied, dropped = run(host, RESET).findings
    assert (denied.id, denied.severity) == ("machine_keys.system_denied", "warning")
    assert (dropped.id, dropped.severity, dropped.confidence) == (
        "interference.handshake_dropped",
        "critical",
        "possible",
    )


_RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"
_ERRORS = {
    "the listener failed": (_RCM, 1036, "System"),
    "no certificate could be installed": (_RCM, 1051, "System"),
    "the service did not answer in time": ("Service Control Manager", 7011, "System"),
    "the service could not be started": ("Microsoft-Windows-TerminalServices-LocalSessionManager", 17, "Operational"),
    "a certificate without its key": ("Schannel", 36869, "System"),
    "no certificate that fits": ("Schannel", 36872, "System"),
}


@pytest.mark.parametrize("name", _ERRORS)
@pytest.mark.parametrize("seen", [RESET, ALERT, probe("negotiation", "closed")])
def test_the_last_resort_stands_behind_an_error_of_the_same_second(seen: dict[str, Any], name: str) -> None:
    provider, number, log = _ERRORS[name]
    host = Host().event(provider, number, 2, log, at=NOW - timedelta(seconds=1))
    timed = {**seen, "time": utc(NOW - timedelta(seconds=2))}
    met, dropped = run(host, timed).findings
    # Schannel does not say of which program it is.
    confidence = "possible" if provider == "Schannel" else "likely"
    assert (met.id, met.severity, met.confidence) == ("listener.errors_logged", "critical", confidence)
    assert ("errors about Remote Desktop" in met.summary) is (provider != "Schannel")
    assert any(str(number) in one.fact and "at the time of the look" in one.fact for one in met.evidence_for)
    assert (dropped.id, dropped.confidence) == ("interference.handshake_dropped", "possible")
    assert "nothing on the host" not in dropped.summary
    # Without the time of the look it is no more than near it; and who gets in has met none.
    assert run(host, seen).findings[0].confidence == "possible"
    assert "listener.errors_logged" not in ids(run(host, IN))


@pytest.mark.parametrize("name", list(_ERRORS)[:4])
def test_the_last_resort_names_the_errors_of_the_last_hours(name: str) -> None:
    provider, number, log = _ERRORS[name]
    [dropped] = run(Host().event(provider, number, 2, log, at=NOW - timedelta(hours=3)), RESET).findings
    assert (dropped.id, dropped.confidence) == ("interference.handshake_dropped", "possible")
    assert any(f"{number} of {provider}" in text for text in dropped.needs_evidence)
    [dropped] = run(Host().event(provider, number, 2, log, at=NOW - timedelta(hours=30)), RESET).findings
    assert dropped.confidence == "likely"


def test_the_last_resort_names_a_crash_of_the_last_hours() -> None:
    host = Host().event(
        "Application Error", 1000, 1, "Application", at=NOW - timedelta(hours=1), modules=("svchost.exe_TermService",)
    )
    [dropped] = run(host, RESET).findings
    assert dropped.confidence == "possible" and any("crashed once" in text for text in dropped.needs_evidence)


def test_the_last_resort_does_not_call_in_order_what_is_suspected_beside_it() -> None:
    suites = {"type": "string", "data": "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384"}
    suspected, dropped = run(Host(9600).value(collect.SUITES_POLICY, "Functions", suites), RESET).findings
    assert (suspected.id, dropped.id) == ("tls.suites_unusable", "interference.handshake_dropped")
    assert not any("cipher suites" in one.fact for one in dropped.evidence_for)
    # A list that was cut was read, so the guess is no better, and does not say that there is nothing.
    assert (suspected.confidence, dropped.confidence) == ("possible", "possible")
    assert "nothing on the host" not in dropped.summary


@pytest.mark.parametrize(("build", "told"), [(7601, False), (9600, True), (20348, True)])
def test_the_last_resort_does_not_say_that_a_build_has_tls_12_that_came_without_it(build: int, told: bool) -> None:
    [dropped] = run(Host(build), RESET).findings
    assert any("TLS 1.2 is on" in one.fact for one in dropped.evidence_for) == told


def test_a_vpn_client_is_no_firewall_that_drops_what_comes_in() -> None:
    """FortiClient's service is there with its VPN alone; FortiEDR lets Remote Desktop in where it isolates a host."""
    vpn = run(_with(Host(), "FA_Scheduler"), TIMEOUT)
    assert ids(vpn)[0] == "network.unreachable" and vpn.findings[1].confidence == "possible"
    host = _with(Host(), "FA_Scheduler")
    host.sections["products"]["security_center"] = [
        {"kind": "FirewallProduct", "name": "FortiClient", "state": 0x041000}
    ]
    assert ids(run(host, TIMEOUT))[0] == "interference.security_product", "one that the Security Center knows is one"
    assert ids(run(_with(Host(), "FortiEDR*"), TIMEOUT)) == ["network.unreachable"]
