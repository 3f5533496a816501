# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on facts that decide real cases: who may log on, what Windows keeps ports for, whose code runs, whose key it
is. Both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract

from tests.hosts.faults import DIES, IN, REFUSED, on_port
from tests.hosts.snapshots import NOW, Host, dword, make_der, probe, utc
from tests.unit.judging import assert_silent, ids, run

Change = Callable[[Host], Any]
USERS, ADMINISTRATORS, ALICE = "S-1-5-32-555", "S-1-5-32-544", "S-1-5-21-1-2-3-1104"


def one(host: Host, id_: str, seen: Any = None) -> Finding:
    [finding] = [finding for finding in run(host, IN if seen is None else seen).findings if finding.id == id_]
    return finding


# Who may log on -------------------------------------------------------------------------------------------------------


def policy(**rights: str) -> Change:
    """A policy sets these rights; each holds SIDs, separated by commas."""

    def change(host: Host) -> None:
        host.sections["logon"]["policy"] += [
            {"file": "gpt00001.inf", "right": name, "accounts": [f"*{sid}" for sid in sids.split(",") if sid]}
            for name, sids in rights.items()
        ]

    return change


def members(*sids: str) -> Change:
    return lambda host: host.sections["logon"].update(members=list(sids))


def both(*changes: Change) -> Change:
    def change(host: Host) -> None:
        for each in changes:
            each(host)

    return change


def in_domain(host: Host) -> None:
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.example.com")
    host.sections["domain"].update(joined=True, name="corp.example.com", channel_status=0)


SHUT = [
    (policy(SeDenyRemoteInteractiveLogonRight="S-1-1-0"), "critical", "names everybody", "policy"),
    (policy(SeDenyNetworkLogonRight="S-1-5-32-546,S-1-5-11"), "critical", "names everybody", "policy"),
    (policy(SeRemoteInteractiveLogonRight=""), "critical", "given to nobody", "policy"),
    (policy(SeDenyRemoteInteractiveLogonRight=ADMINISTRATORS), "warning", "names Administrators", "policy"),
    (policy(SeDenyRemoteInteractiveLogonRight="S-1-5-113"), "critical", "has no other accounts", "policy"),
    (policy(SeDenyNetworkLogonRight="S-1-5-114"), "warning", "are administrators", "policy"),
    (policy(SeDenyNetworkLogonRight=USERS), "warning", "keeps its members out", "policy"),
    (
        both(policy(SeRemoteInteractiveLogonRight=ADMINISTRATORS), members(ALICE)),
        "warning",
        "being in that group lets nobody in",
        "policy",
    ),
    (
        lambda host: host.sections["logon"].update(local={"S-1-1-0": 0x800, ADMINISTRATORS: 0x402}),
        "critical",
        "names everybody",
        "host",
    ),
]


@pytest.mark.parametrize(("change", "severity", "words", "owner"), SHUT)
def test_a_policy_that_shuts_people_out(change: Change, severity: str, words: str, owner: str) -> None:
    host = Host()
    change(host)
    finding = one(host, "nla.logon_policy")
    assert (finding.severity, finding.owner, finding.confidence) == (severity, owner, "likely")
    assert words in finding.summary and finding.evidence_for and finding.advice


@pytest.mark.parametrize(
    "change",
    [
        # What hardening guides set on members and on domain controllers.
        both(
            in_domain,
            policy(
                SeDenyRemoteInteractiveLogonRight="S-1-5-32-546,S-1-5-113",
                SeDenyNetworkLogonRight="S-1-5-32-546,S-1-5-114",
            ),
        ),
        # On a host that is joined to Entra ID people have other accounts as well.
        both(
            lambda host: host.value(rf"{collect.CLOUD_JOIN}\0123", "TenantId", {"type": "string", "data": "1"}),
            policy(SeDenyRemoteInteractiveLogonRight="S-1-5-113"),
        ),
        # Whether it is in a domain was not read.
        both(lambda host: host.without("domain"), policy(SeDenyRemoteInteractiveLogonRight="S-1-5-113")),
        policy(
            SeRemoteInteractiveLogonRight=f"{ADMINISTRATORS},{USERS}", SeNetworkLogonRight=f"{ADMINISTRATORS},S-1-5-11"
        ),
        policy(SeRemoteInteractiveLogonRight=ADMINISTRATORS),
        both(policy(SeRemoteInteractiveLogonRight=f"{ADMINISTRATORS},S-1-5-21-1-2-3-513"), members(ALICE)),
        # A group of their own in place of Windows', whose members are in the latter as well.
        both(policy(SeRemoteInteractiveLogonRight=f"{ADMINISTRATORS},{ALICE}"), members(ALICE)),
        lambda host: host.sections["logon"].update(local={ADMINISTRATORS: 0x402, USERS: 0x400, "S-1-5-32-546": 0x840}),
        members(ALICE),
        lambda host: host.sections["logon"].update(members=None, policy=None),
        lambda host: host.without("logon"),
        # Two objects that disagree: which one won is not known.
        both(
            policy(SeDenyRemoteInteractiveLogonRight="S-1-1-0"),
            policy(SeDenyRemoteInteractiveLogonRight="S-1-5-32-546"),
        ),
    ],
)
def test_what_people_decide_about_logons_is_no_fault(change: Change) -> None:
    assert_silent(change, IN)


@pytest.mark.parametrize("code", ["0x1307", "0x3/0x9"])
@pytest.mark.parametrize("by_policy", [True, False])
def test_who_took_the_right_goes_before_the_client_that_lacks_it(by_policy: bool, code: str) -> None:
    """Also where the client was let in by the look, and told apart by owner."""
    host = Host()
    if by_policy:
        policy(SeDenyNetworkLogonRight=ADMINISTRATORS)(host)
    else:
        host.sections["logon"].update(local={ADMINISTRATORS: 0x842, USERS: 0x402})
    first, second, *_more = run(host, IN, code).findings
    assert (first.id, first.owner) == ("nla.logon_policy", "policy" if by_policy else "host")
    assert second.id == "nla.logon_right_missing" and first.id in second.needs_evidence[-1]


def test_without_nla_nobody_logs_on_from_the_network() -> None:
    host = Host().setting("rdp_tcp", "UserAuthentication", dword(0))
    policy(SeDenyNetworkLogonRight="S-1-1-0")(host)
    assert "nla.logon_policy" not in ids(run(host))


def test_a_refused_logon_comes_with_who_may() -> None:
    host = Host()
    policy(SeRemoteInteractiveLogonRight=ADMINISTRATORS)(host)
    host.event("Microsoft-Windows-Security-Auditing", 4625, 1, "Security", (0xC000015B, 10))
    finding = one(host, "nla.logon_right_missing")
    facts = [evidence.fact for evidence in finding.evidence_for]
    assert "'Allow log on through Remote Desktop Services' (SeRemoteInteractiveLogonRight): Administrators" in facts
    assert "members of the group Remote Desktop Users: none" in facts
    assert any("SeNetworkLogonRight" in text and "SYSTEM" in text for text in finding.needs_evidence)


# Ports ----------------------------------------------------------------------------------------------------------------


def no_listener(host: Host, number: int, excluded: list[tuple[int, int, bool]] | None) -> Host:
    on_port(host, number)
    host.sections["port"].update(
        listeners=[],
        dynamic={"first": 49152, "last": 65535},
        excluded=excluded
        if excluded is None
        else [{"first": first, "last": last, "administered": own} for first, last, own in excluded],
    )
    return host


def test_a_range_that_holds_the_port_is_named() -> None:
    """Below 49152 as well: Hyper-V takes what is free."""
    finding = one(no_listener(Host(), 5986, [(5950, 6049, False)]), "listener.port_reserved", REFUSED)
    assert finding.id == "listener.port_reserved" and "5950 to 6049" in finding.summary
    assert (finding.confidence, finding.needs_evidence, finding.automatic) == ("proven", (), False)


@pytest.mark.parametrize("excluded", [[], [(50000, 50059, True)]], ids=["none", "an administrator's"])
def test_a_port_that_nothing_keeps_is_not_blamed(excluded: list[tuple[int, int, bool]]) -> None:
    assert "listener.port_reserved" not in ids(run(no_listener(Host(), 50010, excluded), REFUSED))


def test_where_ranges_were_not_read_a_high_port_is_suspected() -> None:
    finding = one(no_listener(Host(), 50010, None), "listener.port_reserved", REFUSED)
    assert (finding.id, finding.confidence) == ("listener.port_reserved", "likely") and finding.needs_evidence


def proxied(host: Host, port: int = 3389) -> Host:
    return host.value(collect.PORT_PROXY, f"0.0.0.0/{port}", {"type": "string", "data": "192.0.2.9/22"})


def test_a_portproxy_rule_on_the_port() -> None:
    host = proxied(Host())
    host.sections["port"]["listeners"][0].update(pid=77, process="svchost")
    finding = one(host, "listener.port_taken", probe("negotiation", "not_rdp"))
    assert (
        finding.severity == "critical"
        and "192.0.2.9:22" in finding.summary
        and "listenport=3389" in str(finding.advice)
    )
    assert ids(run(proxied(Host(), 8080))) == []


def test_a_portproxy_rule_is_no_less_sure_than_the_process_that_holds_the_port() -> None:
    """Read or not, the rule's process is not TermService's, and a look met what is behind it."""
    met = probe("negotiation", "not_rdp")
    confidences = []
    for host in (Host(), proxied(Host())):
        host.sections["port"]["listeners"][0].update(pid=77, process="svchost")
        confidences.append([one(host, "listener.port_taken", look).confidence for look in (met, IN)])
    assert confidences == [["proven", "likely"]] * 2
    assert one(proxied(Host()), "listener.port_taken", met).confidence == "likely"


def listener(host: Host, name: str, **values: int) -> Host:
    for value, number in values.items():
        host.value(rf"{contract.WINSTATIONS}\{name}", value, dword(number))
    return host


def test_two_listeners_on_one_port() -> None:
    host = listener(Host(), "ICA-TCP", PortNumber=3389, fEnableWinStation=1)
    assert "ICA-TCP" in one(host, "listener.port_taken", REFUSED).summary
    assert one(host, "listener.port_taken").severity == "warning", "clients get in"
    for other in (
        listener(Host(), "ICA-TCP", PortNumber=1494, fEnableWinStation=1),
        listener(Host(), "EH-Tcp", PortNumber=3389, fEnableWinStation=0),
        listener(Host(), "RDP-Tcp", PortNumber=3389, fEnableWinStation=1),
        listener(Host(), "Console", fEnableWinStation=1),
    ):
        assert ids(run(other)) == []


# Whose code runs ------------------------------------------------------------------------------------------------------


def files(host: Host, name: str, **changes: Any) -> Host:
    host.sections["files"][name].update(changes)
    return host


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"signature": 3}, "was altered"),
        ({"signature": 2}, "was altered"),
        ({"version": "10.0.17763.1"}, "is of another"),
    ],
)
def test_a_file_that_is_not_windows_own(changes: dict[str, Any], words: str) -> None:
    host = files(Host(), "termsrv.dll", **changes).service("TermService", state=1, pid=0)
    finding = run(host, REFUSED).findings[0]
    assert finding.id == "service.dll_replaced" and words in finding.summary and "sfc /scannow" in str(finding.advice)
    assert one(files(Host(), "termsrv.dll", **changes), "service.dll_replaced").severity == "warning"


@pytest.mark.parametrize(
    "change",
    [
        lambda host: files(host, "termsrv.dll", signature=None),
        lambda host: files(host, "termsrv.dll", signature=1),
        lambda host: files(host, "termsrv.dll", version=None),
        lambda host: files(host, "schannel.dll", version="10.0.99999.1"),
        lambda host: [files(host, name, version="10.0.19041.4000") for name in host.sections["files"]],
        lambda host: host.sections["files"].update({"termsrv.dll": None}),
        lambda host: host.without("files"),
    ],
)
def test_a_file_of_which_that_is_not_certain(change: Change) -> None:
    assert_silent(change, IN)


# Whose key it is ------------------------------------------------------------------------------------------------------


def used(code: int, matches: bool | None = None) -> Change:
    return lambda host: host.key_file.update(used={"code": code, "matches": matches})


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (used(0, False), "is that of another certificate"),
        (used(0x8009000B - 2**32), "cannot be used"),
        (used(0x80090005 - 2**32), "cannot be used"),
    ],
)
def test_a_key_that_is_there_and_no_good(change: Change, words: str) -> None:
    host = Host()
    change(host)
    finding = run(host, DIES).findings[0]
    assert (finding.id, finding.confidence) == ("certificate.key_missing", "proven") and words in finding.summary
    assert finding.automatic, "another certificate is made, with a key of its own"


@pytest.mark.parametrize(
    "change",
    [
        used(0, True),
        # Denied, absent to who asks, abandoned, an algorithm that the provider does not have.
        *(used(code - 2**32) for code in (0x80090016, 0x80070005, 0x80131505, 0x80090008)),
        lambda host: host.key_file.update(used=None),
    ],
)
def test_a_key_that_could_not_be_tried_is_not_accused(change: Change) -> None:
    assert_silent(change, IN)
    host = Host()
    change(host)
    assert "certificate.key_missing" not in ids(run(host, DIES))


def test_a_key_that_a_client_was_just_shown_to_work_is_alive() -> None:
    host = Host()
    used(0, False)(host)
    finding = run(host, probe(certificate={"sha1": host.thumbprint})).findings[0]
    assert (finding.id, finding.severity) == ("certificate.held_open", "warning")


def test_a_pin_whose_key_is_no_good_is_dead() -> None:
    host = Host()
    der = make_der(NOW - timedelta(days=9), NOW + timedelta(days=300), "pinned")
    file = {
        "path": "x",
        "exists": True,
        "sddl": None,
        "length": 1,
        "error": None,
        "used": {"code": 0, "matches": False},
    }
    host.pin(host.add(der, "My", file))
    assert run(host, DIES).findings[0].id == "certificate.pin_dead"


def test_a_copy_of_a_host_is_told_so() -> None:
    host = Host()
    host.key_file.update(exists=False, sddl=None)
    host.sections["key_files"]["own_keys"] = [{"guid": "aaaa-1", "written": None}]
    finding = run(host, DIES).findings[0]
    assert finding.id == "certificate.key_missing" and "another MachineGuid" in finding.summary
    assert any("aaaa-1" in evidence.fact for evidence in finding.evidence_for)
    host.sections["key_files"]["own_keys"] = None
    assert "is gone" in run(host, DIES).findings[0].summary


# The rest -------------------------------------------------------------------------------------------------------------


def test_a_full_drive() -> None:
    host = Host()
    host.sections["host"]["free_bytes"] = 12 * 2**20
    assert one(host, "system.disk_full").severity == "warning" and "12 MiB" in one(host, "system.disk_full").summary
    for free in (None, 5 * 2**30):
        host.sections["host"]["free_bytes"] = free
        assert ids(run(host)) == []


def provider(host: Host, guid: str, name: str, disabled: int = 0) -> Host:
    key = rf"{collect.CREDENTIAL_PROVIDERS}\{guid}"
    host.value(key, "", {"type": "string", "data": name}).value(key, "Disabled", dword(disabled))
    return host


def test_a_logon_screen_that_crashes_comes_with_what_is_not_windows() -> None:
    host = provider(Host(), "{60b78e88-ead8-445c-9cfd-0b87f74ea6cd}", "PasswordProvider")
    provider(host, "{11111111-0000-0000-0000-000000000000}", "Contoso Sign-in")
    provider(host, "{22222222-0000-0000-0000-000000000000}", "Fabrikam, off", 1)
    assert ids(run(host)) == [], "to have one is no fault"
    host.event("Application Error", 1000, 3, "Application")
    facts = " ".join(evidence.fact for evidence in one(host, "session.logon_process_crashes").evidence_for)
    assert "Contoso" in facts and "PasswordProvider" not in facts and "Fabrikam" not in facts


@pytest.mark.parametrize("change", [{"state": None}, {"start": None}])
def test_a_service_of_which_nothing_is_known_is_not_accused(change: dict[str, Any]) -> None:
    """It is unread: neither stopped nor hanging, and no conclusion rests on it."""
    host = Host().service("TermService", **change, error={"code": -2147024891, "type": "x", "message": ""})
    assert ids(run(host)) == []
    diagnosis = run(host, DIES)
    assert {finding.confidence for finding in diagnosis.findings} == {"possible"}
    assert any("TermService" in sentence for sentence in diagnosis.unread)


def test_the_neighbours_of_a_hanging_service_are_named() -> None:
    host = Host().service("TermService", state=3, pid=1200, shares=["Dnscache", "WinRM"])
    assert "its process 1200 runs Dnscache, WinRM as well" in str(run(host, REFUSED).findings[0].advice)
    host.service("TermService", shares=[], image_path=None)
    assert "taskkill /f /pid 1200" in str(run(host, REFUSED).findings[0].advice)


@pytest.mark.parametrize(
    ("status", "hours", "counts"),
    [(0x8009030D, 0, True), (0x80090016, 0, True), (0x80090016, 5, False), (0x80090326, 0, False), (None, 0, False)],
    ids=["at its start", "at its start, no keyset", "hours before", "another status", "no status"],
)
def test_schannel_s_events_of_other_programs_decide_nothing(status: int | None, hours: int, counts: bool) -> None:
    """IIS, WinRM and SQL Server log 36870 of keys of theirs: only time and status say that it may be the listener's."""
    host = Host().service("TermService", started=utc(NOW - timedelta(days=1)))
    at = NOW - timedelta(days=1, hours=hours) + timedelta(seconds=5)
    host.event("Schannel", 36870, 3, numbers=() if status is None else (status, 10001), at=at)
    found = ids(run(host, DIES))
    assert (found[0] == "service.stale_credential") is counts
    assert counts or found == ["interference.handshake_dropped"]


# Values that were deleted ---------------------------------------------------------------------------------------------


def test_of_a_value_that_is_not_set_the_look_tells() -> None:
    """NLA is not required where the listener takes TLS without it, whatever anybody takes for the default."""

    def absent() -> Host:
        return Host().setting("rdp_tcp", "UserAuthentication", None).setting("rdp_tcp", "SecurityLayer", None)

    for seen in (None, IN, probe(offered={"tls": False, "rdp": False, "nla": True})):
        assert ids(run(absent(), seen)) == []
    finding = one(absent(), "nla.disabled", probe(offered={"tls": True}))
    assert finding.confidence == "proven"
    assert any("UserAuthentication is not set" in evidence.fact for evidence in finding.evidence_for)
