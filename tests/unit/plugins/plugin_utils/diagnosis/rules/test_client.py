# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user's client showed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.code_tables import ERRINFO, EXTENDED
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import PROVEN
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.hosts.faults import (
    IN,
    LSA,
    REFUSED,
    RESET,
    TIMEOUT,
    Sight,
    session_host,
)
from tests.hosts.snapshots import NOW, Host, dword, probe
from tests.profiles import each, some
from tests.unit.judging import assert_silent, ids, run


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.event("Schannel", 36874, 20).event("Schannel", 36888, 9, numbers=(40, 0)),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


@each(
    ("code", "found"),
    [
        ("0x904/0x7", "client.not_reproduced"),
        ("2308", "client.not_reproduced"),
        ("0x904/0x0", "client.not_reproduced"),
        ("0x1B07", "client.certificate_refused"),
        ("0x807", "client.credentials"),
        ("3335", "client.credentials"),
        ("0xC0000234", "client.credentials"),
        ("0x1607", "client.delegation_policy"),
        ("0x2107", "client.saved_credentials"),
        ("0x507", "client.no_credssp"),
        ("0x104", "client.name"),
        ("0x204", "client.cannot_connect"),
        ("0x1807", "client.no_authority"),
        ("0x80090311", "client.no_authority"),
        ("0x80090324", "client.clock"),
        ("0xC000035B", "client.altered"),
        ("0x80090302", "client.credssp_version"),
        ("0x706", "client.legacy_security"),
        ("0x904/0x8", "client.denied"),
        ("0x80090331", "client.outdated"),
        # What a client that is read shows, too; the words do not say of which file or host.
        ("The publisher of this remote connection can't be identified.", "client.rdp_file_risk"),
        ("This RDP File is corrupted. The remote connection cannot be started.", "client.rdp_file"),
        ("Authentication failed because NTLM authentication has been disabled.", "client.ntlm_off"),
        ("0x80070791", "client.ntlm_off"),
        ("SSL_REQUIRED_BY_SERVER", "client.authentication_off"),
        ("The requested session access is denied.", "client.denied"),
        ("0x808", "client.licensing"),
        ("0x3/0x101", "client.licensing"),
        ("0x3/0x9", "nla.logon_right_missing"),
        ("0xC000015B", "nla.logon_right_missing"),
        ("0x3/0x7", "client.denied"),
        ("0x3/0x3", "client.session_ended"),
        ("0x5", "client.session_ended"),
        # What the host says when it ends a connection, by what it is of.
        ("0x3/0x6", "client.other"),
        ("0xE06", "client.denied"),
        ("0xE09", "client.restricted_admin"),
        ("ERRCONNECT_CLIENT_REVOKED [0x00020010]", "client.credentials"),
        ("0x3/0xA", "client.saved_credentials"),
        ("0x3/0x17", "session.logon_process_crashes"),
        ("ERRINFO_SERVER_CSRSS_CRASH [0x00010018]", "session.logon_process_crashes"),
        ("0x3/0x19", "client.session_ended"),
        ("Your session ended because the remote computer was restarted.", "client.session_ended"),
        ("0x3/0x10B", "client.licensing"),
        ("0x3/0x300", "client.credentials"),
        ("0x3/0x400", "client.gateway"),
        ("0x3/0x412", "client.gateway"),
        ("You must use the farm name, not the computer name, when you connect.", "client.name"),
        ("0x1307", "nla.logon_right_missing"),
        ("0x907", "client.certificate_refused"),
        ("0x607/0x0", "client.certificate_refused"),
        ("0x1D07", "client.clock"),
        ("0x300000d", "client.gateway"),
        ("0xB09", "client.no_credssp"),
        ("HYBRID_REQUIRED_BY_SERVER", "client.no_credssp"),
        ("xfreerdp: exit code 161", "client.no_credssp"),
        ("ERRCONNECT_LOGON_FAILURE [0x00020014]", "client.credentials"),
        ("ERRCONNECT_DNS_NAME_NOT_FOUND [0x00020005]", "client.name"),
        ("ERRINFO_LICENSE_HWID_DOESNT_MATCH_LICENSE (0x00010104)", "client.licensing"),
        ("libfreerdp returned code is 0002000D", "client.not_reproduced"),
        ("Error code: 0x3\nExtended error code: 0x11", "client.display"),
        ("SSL_CERT_NOT_ON_SERVER", "client.other"),
        ("Error code: 0x4\nExtended error code: 0x0", "client.other"),
        ("(Code: 0x80080005)\nHOST01\nError code: 0x0\nExtended error code: 0x0", "client.other"),
    ],
)
def test_a_code_is_told_from_a_host_that_lets_clients_in(code: str, found: str) -> None:
    diagnosis = run(Host(), IN, code)
    assert ids(diagnosis) == [found] and diagnosis.verdict == "healthy"
    assert diagnosis.findings[0].evidence_for[0].where == "the user's client"


def _all_codes() -> list[str]:
    """Each number and name of each table, and what the host says beside what a client shows."""
    single = [text for kind in codes.TABLES.values() for row in kind.items() for text in (f"0x{row[0]:X}", row[1].name)]
    extended = [*codes.TABLES[EXTENDED], *codes.TABLES[ERRINFO]]
    pairs = [f"0x{main:X}/0x{number:X}" for main in (0x3, 0x4, 0x904) for number in extended]
    return [text for text in dict.fromkeys([*single, *pairs]) if text]


@pytest.mark.takes_long
@pytest.mark.parametrize(
    ("at", "host"),
    [
        *enumerate(Host(build) for build in (9600, 17763, 20348, 26100)),
        (4, Host().value(LSA + r"\FipsAlgorithmPolicy", "Enabled", dword(1))),
    ],
)
@pytest.mark.parametrize(("sight", "verdict"), [(IN, "healthy"), (None, "unknown")])
def test_no_code_alone_is_a_weakness_of_a_host_in_order(at: int, host: Host, sight: Sight | None, verdict: str) -> None:
    """Verdict, evidence and sentence agree. The usual run takes one code of 24, others for each host."""
    assert run(host, sight).verdict == verdict
    others, said = {}, {}
    for code in some(_all_codes(), 24, 5 * at):
        try:
            diagnosis = run(host, sight, code)
        except codes.CodeError:
            continue
        if diagnosis.verdict != verdict:
            others[code] = ids(diagnosis)
        # What the host is to have said of itself does not have the look that gets in as its evidence.
        wheres = [one.where for found in diagnosis.findings if found.owner == "host" for one in found.evidence_for]
        if any(where.startswith("probe") for where in wheres):
            said[code] = wheres
    assert (others, said) == ({}, {})


@pytest.mark.parametrize("sight", [IN, None])
def test_a_code_and_what_the_host_has_besides_are_a_weakness(sight: Sight | None) -> None:
    """The log has the same, or the certificate is what the client complains of."""
    crashed = Host().event("Application Error", 1000, 3, "Application", modules=("winlogon.exe", "a.dll"))
    assert run(crashed, sight, "0x3/0x17").verdict == "degraded"
    refused = Host().event("Microsoft-Windows-Security-Auditing", 4625, 3, "Security", (0xC000015B, 0, 10))
    assert run(refused, sight, "0x3/0x9").verdict == "degraded"


def test_a_broken_host_explains_a_broken_connection() -> None:
    assert ids(run(Host().expire(), RESET, "0x904/0x7")) == ["certificate.expired"]


def test_closed_late_points_past_the_connection() -> None:
    late, early = (run(Host(), IN, code).findings[0].advice or "" for code in ("0x904/0x0", "0x904/0x7"))
    assert "after credentials" in late and "after credentials" not in early


def test_old_clients_are_told_only_when_a_user_complains() -> None:
    host = Host().event("Schannel", 36874, 5)
    assert ids(run(host, IN, "0x904/0x7")) == ["client.outdated"] and ids(run(host, IN)) == []
    alerts = Host().event("Schannel", 36888, 5, numbers=(40, 0))
    assert ids(run(alerts, IN, "0x904/0x7")) == ["client.not_reproduced", "client.outdated"]
    # The alert that says it: no version of TLS in common.
    refused = Host().event("Schannel", 36888, 5, numbers=(70, 105))
    refused.event("Schannel", 36888, numbers=(70, 105), at=NOW - timedelta(minutes=7))
    [versions] = run(refused, IN, "0x904/0x7").findings
    assert (versions.id, versions.confidence) == ("client.outdated", "likely")
    assert any("alert 70, no TLS version in common" in one.fact for one in versions.evidence_for)


@pytest.mark.parametrize(("tls", "found"), [(False, "client.no_credssp"), (True, "client.other")])
def test_no_common_security_is_credssp_where_the_host_takes_nothing_else(tls: bool, found: str) -> None:
    seen = probe(offered={"rdp": False, "tls": tls, "nla": True})
    assert found in ids(run(Host(), seen, "ERRCONNECT_SECURITY_NEGO_CONNECT_FAILED [0x0002000C]"))


def test_an_old_credssp_is_told_on_any_build() -> None:
    assert "nla.credssp_unpatched" in ids(run(Host(9600), probe(identity={"credssp_version": 3})))
    assert "nla.credssp_unpatched" not in ids(run(Host(9600), probe(identity={"credssp_version": 6})))


@pytest.mark.parametrize("code", ["0x0", "1", "0x2", "0x3", "0x3/0x0"])
def test_a_code_that_says_nothing_makes_no_finding(code: str) -> None:
    assert ids(run(Host(), IN, code)) == []


def test_what_the_host_told_is_said() -> None:
    assert "another connection" in run(Host(), IN, "0x5").findings[0].summary
    assert "capabilities" in run(Host(), IN, "ERRINFO_BAD_CAPABILITIES").findings[0].summary
    assert "could not start" in run(Host(), IN, "0x3/0x11").findings[0].summary


def test_what_the_code_itself_advises_comes_first() -> None:
    farm = run(Host(), IN, "0x607").findings[0].advice or ""
    update = run(Host(), IN, "(Code: 0x80080005) 0x0 0x0").findings[0].advice or ""
    assert "In a farm" in farm and "update of the client" in update
    assert "no time limit" in (run(Host(), IN, "0x4/0x0").findings[0].advice or "")


def test_words_without_a_code_are_a_remark_and_the_host_is_judged() -> None:
    healthy, broken = run(Host(), IN, "it says that it cannot"), run(Host().expire(), RESET, "it says that it cannot")
    assert ids(healthy) == ["client.other"] and healthy.verdict == "healthy" and ids(broken) == ["certificate.expired"]
    [asked] = healthy.findings
    assert asked.confidence == "possible" and "not understood" in asked.summary and "event 1026" in str(asked.advice)
    for diagnosis in (healthy, broken):
        assert ["no code was found in 'it says that it cannot'" in one for one in diagnosis.unread] == [True]
    assert run(Host(), IN, "0x904/0x7").unread == ()


@pytest.mark.parametrize(("tls", "found"), [(False, "client.no_credssp"), (True, "client.other")])
def test_a_handshake_that_failed_is_credssp_where_the_host_takes_nothing_else(tls: bool, found: str) -> None:
    seen = {**IN, "offered": {"rdp": False, "tls": tls, "nla": True}}
    top = run(Host(), seen, "RDP disconnected!\n519").findings[0]
    assert (top.id, top.confidence) == (found, "possible")


def test_what_the_look_contradicts_goes_after_what_a_client_says() -> None:
    """Home takes no client: one that gets in, and is then refused, is refused for another reason."""
    host = Host(26100)
    host.sections["host"].update(edition_id="Core", product_type=1, installation_type="Client", domain_role=0)
    words = "The connection was denied because the user account is not authorized for remote login."
    assert ids(run(host, IN, words)) == ["nla.logon_right_missing", "system.home_edition"]
    assert ids(run(host, IN)) == ["system.home_edition"]


def test_where_a_client_gets_in_it_is_not_said_that_nothing_will_listen() -> None:
    """Something else serves it on Home: a wrapper, which is told as well."""
    host = Host(26100).service("TermService", service_dll=r"C:\Program Files\RDP Wrapper\rdpwrap.dll")
    host.sections["host"].update(edition_id="Core", product_type=1, installation_type="Client", domain_role=0)
    inside = run(host, IN).findings
    assert [one.id for one in inside] == ["system.home_edition", "service.dll_replaced"]
    assert "something else serves" in inside[0].summary and "nothing will listen" not in inside[0].summary
    assert ids(run(host, REFUSED))[0] == "system.home_edition"


def test_any_other_code_is_at_least_translated() -> None:
    top = run(Host(), IN, "0xC08").findings[0]
    assert (top.id, top.confidence) == ("client.other", "possible") and "decompressed" in top.summary


@pytest.mark.parametrize(("code", "seen"), [("0x204", TIMEOUT), ("0x904/0x7", RESET)])
def test_what_the_probe_meets_too_is_not_the_client_s(code: str, seen: dict[str, Any]) -> None:
    assert not any(id_.startswith("client.") for id_ in ids(run(Host(), seen, code)))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("0x808/0x9", "client.licensing"),
        ("0x807/0x9", "client.credentials"),
        ("0x204/0x8", "client.cannot_connect"),
        ("0x904/0x101", "client.licensing"),
        ("0x904/0x9", "nla.logon_right_missing"),
    ],
)
def test_a_code_that_says_two_things_makes_one_finding(code: str, expected: str) -> None:
    assert ids(run(Host(), IN, code)) == [expected]


def test_a_wrapper_on_home_that_listens_is_asked_before_the_edition_where_nobody_looked() -> None:
    host = Host(26100).service("TermService", service_dll=r"C:\Program Files\RDP Wrapper\rdpwrap.dll")
    host.sections["host"].update(edition_id="Core", product_type=1, installation_type="Client", domain_role=0)
    assert ids(run(host, None)) == ["service.dll_replaced", "system.home_edition"]
    assert "nothing will listen" not in run(host, None).findings[1].summary
    host.sections["port"]["listeners"] = []
    assert ids(run(host, None))[0] == "system.home_edition"


@pytest.mark.parametrize("number", [126, 1260, 4551, 4557, 4582])
def test_a_wrapper_on_home_whose_start_failed_is_nearer_than_the_edition(number: int) -> None:
    wrapper = r"C:\Program Files\RDP Wrapper\rdpwrap.dll"
    host = Host(26100).service("TermService", state=1, pid=0, exit_code=number, service_dll=wrapper)
    host.sections["host"].update(edition_id="Core", product_type=1, installation_type="Client", domain_role=0)
    host.sections["port"]["listeners"] = []
    for seen in (None, REFUSED):
        first, second = run(host, seen).findings[:2]
        assert (first.id, second.id) == ("service.dll_replaced", "system.home_edition")
        assert "does not start" in second.summary
    host.service("TermService", state=1, pid=0, exit_code=1077, service_dll=wrapper)
    assert ids(run(host, None))[0] == "system.home_edition"


def test_a_wrapper_on_home_serves_nobody_while_remote_desktop_is_off() -> None:
    host = Host(26100).setting("terminal_server", "fDenyTSConnections", dword(1))
    host.sections["host"].update(edition_id="Core", product_type=1, installation_type="Client", domain_role=0)
    host.sections["port"]["listeners"] = []
    assert ids(run(host, REFUSED)) == ["system.home_edition"]
    host.service("TermService", service_dll=r"C:\Program Files\RDP Wrapper\TermWrap.dll")
    for seen in (None, REFUSED):
        first, second = run(host, seen).findings[:2]
        assert (first.id, second.id) == ("listener.rdp_disabled", "system.home_edition")
        assert second.confidence != PROVEN and "turned off" in second.summary
    # Nor is the edition proven to be the reason where nobody read whether it is off.
    edition = next(one for one in run(host.without("listener"), REFUSED).findings if one.id == "system.home_edition")
    assert edition.confidence != PROVEN and edition.needs_evidence


@pytest.mark.parametrize(
    ("code", "offers", "found"),
    [
        ("0xC06", False, "client.altered"),
        ("0xC06", True, "client.legacy_security"),
        ("0x406", False, "client.legacy_security"),
    ],
)
def test_what_cannot_be_decrypted_was_altered_where_tls_alone_is_spoken(code: str, offers: bool, found: str) -> None:
    seen = {**IN, "offered": {"rdp": offers, "tls": False, "nla": True}}
    assert ids(run(Host(), seen, code)) == [found]
    assert ids(run(Host(), None, "0xC06")) == ["client.legacy_security"]


def test_a_name_that_leads_the_client_to_itself_is_a_name() -> None:
    [found] = run(Host(), IN, "0x708").findings
    assert found.id == "client.name" and "to itself" in found.summary and "hosts" in str(found.advice)
    assert "to itself" not in run(Host(), IN, "0x104").findings[0].summary


@pytest.mark.parametrize(
    ("code", "owner"),
    [("0x808", "client"), ("2056", "client"), ("0x3/0x104", "client"), ("0x3/0x101", "host"), ("0x3/0x102", "host")],
)
def test_whose_licence_is_broken_depends_on_whether_the_host_asks_for_any(code: str, owner: str) -> None:
    assert run(Host(), IN, code).findings[0].owner == owner
    assert run(session_host(Host(), 90, 4), IN, code).findings[-1].owner == "host"
    assert run(Host().without("licensing"), IN, code).findings[0].owner == "host"


@pytest.mark.parametrize("code", ["0x3/0x106", "0x808", "0x3/0x101"])
def test_a_wrapper_makes_a_host_ask_for_licences_that_nobody_gives(code: str) -> None:
    host = Host().service("TermService", service_dll=r"C:\Program Files\RDP Wrapper\rdpwrap.dll")
    [found] = [one for one in run(host, IN, code).findings if one.id == "client.licensing"]
    assert found.owner == "host" and "several people" in (found.advice or "")
    assert "several people" not in (run(Host(), IN, code).findings[0].advice or "")


def test_a_session_that_somebody_disconnected_may_have_been_ended_by_a_program() -> None:
    called, limit = (run(Host(), IN, code).findings[0].advice or "" for code in ("0x3/0x1", "0x3/0x3"))
    assert "display adapter" in called and "display adapter" not in limit


def test_a_machine_that_was_restarted_is_no_fault_and_its_last_start_is_told() -> None:
    [found] = run(Host(), IN, "0x3/0x1A").findings
    assert found.owner == "none" and "1074" in (found.advice or "") and "on purpose" not in found.summary
    assert "2026-11-20 12:00 UTC" in found.evidence_for[1].fact


def test_a_host_without_memory_ended_nothing_on_purpose() -> None:
    [found] = run(Host(), IN, "0x3/0x6").findings
    assert (found.owner, found.confidence) == ("host", "possible")
    assert "out of memory" in found.summary and "Resource-Exhaustion" in (found.advice or "")


@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("0xE07", "Set-ADAccountExpiration"),
        ("0xC0000072", "Enable-ADAccount"),
        ("0xD07", "Unlock-ADAccount"),
        ("0xF07", "Set-ADAccountPassword"),
    ],
)
def test_a_refused_account_is_told_what_is_amiss_with_it(code: str, command: str) -> None:
    [found] = run(Host(), IN, code).findings
    assert found.id == "client.credentials" and command in (found.advice or "")
    assert command not in (run(Host(), IN, "0x807").findings[0].advice or "")


def test_the_broker_s_word_is_not_the_gateway_s() -> None:
    [found] = run(Host(), IN, "0x3/0x408").findings
    assert found.owner == "network" and "no machine of the pool is free" in found.summary
    assert "Tssdis" in (found.advice or "") and "before this host" in run(Host(), IN, "0x3000008").findings[0].summary


_ENDED_CREDSSP = (
    "ERRCONNECT_PASSWORD_CERTAINLY_EXPIRED [0x0002000F]\nerror:14094438:SSL routines:tlsv1 alert internal error"
)


@pytest.mark.parametrize(
    ("status", "found"),
    [
        (0xC0000071, "nla.account_unusable"),
        (0xC0000224, "nla.account_unusable"),
        (0xC000006A, "client.credssp_version"),
    ],
)
def test_the_log_settles_whether_a_password_has_expired(status: int, found: str) -> None:
    """FreeRDP has the same name for a password that has expired and for a CredSSP that ended otherwise."""
    audit = "Microsoft-Windows-Security-Auditing"
    host = Host().event(audit, 4625, 1, "Security", numbers=(status, 0, 3))
    assert ids(run(host, IN, _ENDED_CREDSSP))[0] == found
    assert ids(run(Host(), IN, _ENDED_CREDSSP)) == ["client.credssp_version"]
    # Windows' own client says something else by that number.
    assert "client.credssp_version" in ids(run(host, IN, "0x80090302"))


def test_one_host_of_a_farm_by_its_own_name_is_a_name_and_another_certificate_is_not() -> None:
    dialog = (
        "Remote Desktop Connection cannot verify that the computers belong to the same RD Session\nHost server farm."
    )
    [found] = run(Host(), IN, dialog).findings
    assert found.id == "client.name" and "farm's name" in (found.advice or "")
    assert ids(run(Host(), IN, "We have a farm, and get 0x607")) == ["client.certificate_refused"]


@each("extended", [0x3, 0x4, 0x6, 0x9, 0xA, 0xF, 0x17, 0x1A, 0x100, 0x10B, 0x300, 0x400, 0x412])
def test_what_the_host_said_when_it_ended_a_connection_stands_in_the_finding(extended: int) -> None:
    for found in run(Host(), IN, f"0x3/{extended:#x}").findings:
        assert "the extended code says why" not in found.summary


@each("code", ["0x1807", "0x80090311", "STATUS_NO_LOGON_SERVERS"])
def test_a_host_in_no_domain_misses_no_domain_controller(code: str) -> None:
    member = Host()
    member.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.example.com")
    member.sections["domain"].update(joined=True, name="corp.example.com", channel_status=0)
    joined = Host().value(collect.CLOUD_JOIN + r"\0123", "TenantId", {"type": "string", "data": "1"})
    joined.value(collect.LSA + r"\pku2u", "AllowOnlineID", dword(0))
    advice = {}
    for name, host in (("member", member), ("alone", Host()), ("entra", joined)):
        found = next(one for one in run(host, IN, code).findings if one.id == "client.no_authority")
        advice[name] = found.advice or ""
        assert ("AllowOnlineID is 0" in [one.fact for one in found.evidence_for]) is (name == "entra")
    assert "nltest" in advice["member"]
    assert "nltest" not in advice["alone"] + advice["entra"]
    assert "HOST\\user" in advice["alone"] and "enablerdsaadauth:i:1" in advice["entra"]


def test_a_name_of_kerberos_that_is_registered_twice_is_none_of_a_host_in_no_domain() -> None:
    [found] = run(Host(), IN, "0x80090322").findings
    assert found.id == "client.no_authority" and "HOST\\user" not in (found.advice or "")


def _refused_by(status: int, channel: int | None, *, kind: int = 3) -> Host:
    host = Host().event("Microsoft-Windows-Security-Auditing", 4625, 2, "Security", numbers=(status, 0, kind))
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.example.com")
    host.sections["domain"].update(joined=True, name="corp.example.com", channel_status=channel)
    return host


@pytest.mark.parametrize("status", [0xC000005E, 0xC00000DC, 0xC000018C, 0xC000018D, 0xC0000190, 0xC000019B])
def test_an_account_that_no_domain_vouches_for_is_told_where_the_host_s_own_channel_is_in_order(status: int) -> None:
    [found] = run(_refused_by(status, 0), IN).findings
    assert (found.id, found.confidence) == ("client.no_authority", "possible")
    assert "nltest /sc_query:THAT-DOMAIN" in found.needs_evidence[0]
    # What the channel itself says, and what a client says, say more.
    assert "client.no_authority" not in ids(run(_refused_by(status, 1789), IN))
    unread = run(_refused_by(status, None), IN).findings
    assert unread and all(one.confidence != "proven" for one in unread), "what was not read is not in order"
    assert all("is in order" not in fact.fact for one in unread for fact in one.evidence_for)
    assert "client.no_authority" not in ids(run(_refused_by(status, 0), IN, "0x3/0x3"))


@pytest.mark.parametrize("status", [0xC0000192, 0xC0000388])
def test_nobody_could_be_asked_who_an_account_is_where_the_log_has_it_and_the_channel_is_in_order(status: int) -> None:
    # One event is one finding, whichever way the user came.
    for kind in (3, 10):
        [found] = run(_refused_by(status, 0, kind=kind), IN).findings
        assert (found.id, found.confidence) == ("client.no_authority", "possible")
    assert "client.no_authority" not in ids(run(_refused_by(status, 1789), IN))
    # Where the channel was not read, a Netlogon that did not run is a suspicion: nobody said that it runs now.
    unread = [(one.id, one.confidence) for one in run(_refused_by(status, None), IN).findings]
    assert unread == [("nla.no_domain_controller", "possible")] * (status == 0xC0000192)


@pytest.mark.parametrize(("status", "kind", "told"), [(0xC0000380, 3, 1), (0xC00002EE, 3, 0), (0xC00002EE, 10, 1)])
def test_a_card_s_pin_is_typed_at_a_screen(status: int, kind: int, told: int) -> None:
    found = run(_refused_by(status, 0, kind=kind), IN).findings
    assert [(one.id, one.confidence) for one in found] == [("client.credentials", "possible")] * told


_CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
_BROKE_AT = "Error code: 0x904\nExtended error code: 0x7\nTimestamp (UTC): {}"


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("11/23/26 11:59:10 AM", "client.credentials"),
        ("23.11.2026 11:59:10", "client.credentials"),
        ("11/23/26 10:59:10 AM", "client.not_reproduced"),
        ("11/22/26 11:59:10 AM", "client.not_reproduced"),
    ],
)
def test_a_broken_connection_is_what_the_host_noted_at_that_time(shown: str, found: str) -> None:
    host = Host().event(_CORE, 140, 2, f"{_CORE}/Operational", at=NOW)
    [first] = run(host, IN, _BROKE_AT.format(shown)).findings
    assert first.id == found and first.confidence == "likely"
    if found == "client.credentials":
        assert any("event 140" in one.fact for one in first.evidence_for) and "address" in first.needs_evidence[0]
    # Of others' wrong passwords, without a time or where the probe itself fails, nothing follows.
    assert ids(run(host, IN, "0x904/0x7")) == ["client.not_reproduced"]
    assert "client.credentials" not in ids(run(host, RESET, _BROKE_AT.format(shown)))


def test_a_client_that_says_that_it_has_no_version_in_common_is_too_old_or_set_so() -> None:
    said = "ERRCONNECT_TLS_CONNECT_FAILED [0x00020008] SSL routines::unsupported protocol"
    [found] = run(Host(20348), IN, said).findings
    assert (found.id, found.confidence) == ("client.outdated", "likely") and "MinProtocol" in (found.advice or "")
    # An old Windows may be what lacks it; and where the probe fails as well nobody knows.
    assert "client.outdated" not in ids(run(Host(9600), IN, said))
    assert "client.outdated" not in ids(run(Host(20348), RESET, said))


_SOMEHOW = (
    "The logon attempt failed",
    "Your credentials did not work",
    "ERRCONNECT_LOGON_FAILURE [0x00020014]",
    "0x2407",
)


@pytest.mark.parametrize("code", _SOMEHOW)
@pytest.mark.parametrize(
    "status", [0xC000005E, 0xC000018A, 0xC000018C, 0xC000018D, 0xC0000190, 0xC0000192, 0xC000019B, 0xC0000388]
)
def test_a_domain_that_could_not_vouch_stands_beside_a_refusal_that_says_no_reason(status: int, code: str) -> None:
    found = {one.id: one for one in run(_refused_by(status, 0), IN, code).findings}
    assert list(found) == ["client.credentials", "client.no_authority"]
    assert found["client.no_authority"].confidence == "possible", "it may be of a scan that names a foreign domain"
    assert "trust" not in found["client.no_authority"].summary, "the host's own channel is in order"
    # A client that says why is not asked again.
    for why in ("0xF07", "0xD07", "0x904/0x7"):
        assert "client.no_authority" not in ids(run(_refused_by(status, 0), IN, why))


def _evidence(host: Host, code: str) -> str:
    [found] = [one for one in run(host, IN, code).findings if one.id == "client.credentials"]
    return " ".join(one.fact for one in found.evidence_for)


@pytest.mark.parametrize("code", _SOMEHOW)
@pytest.mark.parametrize("status", [0xC000006A, 0xC0000388, 0xC00002EE, 0xC00000BB, 0xC000009A, 0xC0000380])
def test_why_a_logon_was_refused_is_the_log_s_where_the_client_does_not_say_it(status: int, code: str) -> None:
    assert f"0x{status:X}" in _evidence(_refused_by(status, 0), code)
    assert f"0x{status:X}" not in _evidence(_refused_by(status, 0), "0xF07")


@pytest.mark.parametrize("status", [0xC000006D, 0xC0ABCDEF, 0xC0000234])
def test_what_says_nothing_or_is_a_finding_of_its_own_is_no_evidence(status: int) -> None:
    assert "event 4625" not in _evidence(_refused_by(status, 0), "0x807")


@pytest.mark.parametrize("code", ["0xA07", "SSL_ERR_NO_SUCH_USER", "The specified user name does not exist."])
def test_a_name_that_nobody_knows_may_be_that_of_a_smart_card(code: str) -> None:
    [found] = run(Host(), IN, code).findings
    assert found.id == "client.credentials" and "smart card" in (found.advice or "")


_LISTENER = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"


@pytest.mark.parametrize(
    ("status", "ago", "outdated"),
    [
        # It may be that client's, and scans leave it too.
        (0x80090331, 600, ["possible"]),
        (0x80090304, 600, []),
        (0x80090331, 90_000, []),
    ],
)
def test_what_the_listener_met_in_a_handshake_is_told_where_a_user_s_connection_broke(
    status: int, ago: int, outdated: list[str]
) -> None:
    host = Host()
    at = NOW - timedelta(seconds=ago)
    host.event(_LISTENER, 139, 2, f"{_LISTENER}/Operational", numbers=(status,), at=at)
    found = run(host, IN, "0x904/0x7")
    assert (found.findings[0].id, found.verdict) == ("client.not_reproduced", "healthy")
    assert [one.confidence for one in found.findings if one.id == "client.outdated"] == outdated
    told = any("139" in one.fact and "SEC_E" in one.fact for one in found.findings[0].evidence_for)
    assert told == (ago < 86_400)
    assert run(host, IN).findings == ()


@pytest.mark.parametrize(
    ("extended", "words"), [("0x5", "last with the same account"), ("0x2", "logoff"), ("0xC", "signed out")]
)
def test_an_end_that_no_limit_brought_has_no_advice_on_limits(extended: str, words: str) -> None:
    [finding] = run(Host(), IN, f"0x3/{extended}").findings
    assert finding.id == "client.session_ended" and words in (finding.advice or "")
    assert "Session Time Limits" not in (finding.advice or "")
