# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two things at once on one host: what a user complains of beside what the log has of others, a weakness beside what
hinders somebody, and a look that met one fault beside a setting that it did not come to.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.host import providers

from tests.hosts.faults import IN, Sight
from tests.hosts.snapshots import NOW, Host, dword, probe, utc
from tests.unit.judging import ids, run

Change = Callable[[Host], Any]
_HOURS_AGO = NOW - timedelta(hours=9)
_LSM = f"{providers.SESSIONS}/Operational"
SCM = providers.SERVICE_CONTROL_MANAGER

# What the log has of somebody, by the finding that it is.
_LOGGED: dict[str, Change] = {
    "session.profile": lambda host: host.event(providers.PROFILES, 1511, 1, "Application", at=_HOURS_AGO),
    "session.logon_process_crashes": lambda host: host.event(
        providers.APPLICATION_ERROR, 1000, 2, "Application", at=_HOURS_AGO, modules=("LogonUI.exe", "a.dll")
    ),
    "session.stuck": lambda host: host.event(providers.SESSIONS, 36, 2, _LSM, at=_HOURS_AGO),
    "nla.account_unusable": lambda host: host.event(
        providers.SECURITY, 4625, 2, "Security", numbers=(0xC0000234, 0, 10), at=_HOURS_AGO
    ),
    "nla.account_restricted": lambda host: host.event(
        providers.SECURITY, 4625, 2, "Security", numbers=(0xC000006E, 0xC0000070, 10), at=_HOURS_AGO
    ),
    "nla.logon_right_missing": lambda host: host.event(
        providers.SECURITY, 4625, 2, "Security", numbers=(0xC000015B, 0, 10), at=_HOURS_AGO
    ),
}
# What a client shows, the finding that it is, and what of the log is of the same part of a connection.
_SHOWN: tuple[tuple[str, str, set[str]], ...] = (
    ("0x1B07", "client.certificate_refused", set()),
    ("0x204", "client.cannot_connect", set()),
    ("0x3000008", "client.gateway", set()),
    ("0x2107", "client.saved_credentials", set()),
    ("HYBRID_REQUIRED_BY_SERVER", "client.no_credssp", set()),
    ("0x904/0x7", "client.not_reproduced", set()),
    ("0x1D07", "client.clock", set()),
    ("0x3/0x101", "client.licensing", set()),
    ("0x3/0x3", "client.session_ended", set()),
    ("0x3/0x11", "client.display", {"session.logon_process_crashes", "session.stuck"}),
    ("0x807", "client.credentials", {"nla.account_unusable", "nla.account_restricted", "nla.logon_right_missing"}),
)


@pytest.mark.parametrize("logged", _LOGGED)
@pytest.mark.parametrize(("code", "id_", "same_part"), _SHOWN, ids=[row[1] for row in _SHOWN])
def test_what_the_log_has_of_another_part_stands_behind_the_complaint(
    code: str, id_: str, same_part: set[str], logged: str
) -> None:
    found = ids(run(_LOGGED[logged](Host()), IN, code))
    assert {id_, logged} <= set(found)
    assert (found[0] == id_) == (logged not in same_part), found


def _session_host(host: Host) -> Host:
    host.sections["licensing"].update(session_host=True, type=4, grace_days=None)
    return host


def _of_no_domain(host: Host) -> Host:
    host.sections["domain"].update(joined=True, name="corp.example.com", channel_status=1787)
    return host


def _maker_disabled(host: Host) -> Host:
    return host.service("SessionEnv", start=4, state=1, pid=0)


def _renewal_fails(host: Host) -> Host:
    return host.event(providers.RCM, 1057, 3, numbers=(0x80090008,), at=NOW - timedelta(hours=2))


# What a host shows that keeps nobody out today, by who does not meet it.
_MET_ELSEWHERE: tuple[tuple[Change, str, tuple[str, ...]], ...] = (
    (_of_no_domain, "nla.trust_broken", ("0x104", "0x204", "0x907", "0x1B07")),
    (_renewal_fails, "certificate.renewal_failing", ("0x104", "0x204", "0x807", "0xD07", "0x3/0x3")),
    (_maker_disabled, "service.disabled", ("0x807", "0x1807")),
)


@pytest.mark.parametrize(
    ("change", "id_", "code"), [(change, id_, code) for change, id_, codes in _MET_ELSEWHERE for code in codes]
)
def test_what_the_client_did_not_come_to_or_got_past_is_not_its_reason(change: Change, id_: str, code: str) -> None:
    found = ids(run(change(Host()), IN, code))
    assert found[0].startswith("client.") and id_ in found[1:]


@pytest.mark.parametrize("code", ["0x807", "0x1807", "0x904/0x7"])
def test_what_the_client_may_have_met_stands_before_what_it_says(code: str) -> None:
    assert ids(run(_of_no_domain(Host()), IN, code))[0] == "nla.trust_broken"


def _shown(code: str, at: datetime | None) -> str:
    return code + (f" Timestamp (UTC): {at:%m/%d/%y %I:%M:%S %p}" if at else "")


@pytest.mark.parametrize(("hours", "severity"), [(None, "warning"), (1, "warning"), (30, "critical")])
@pytest.mark.parametrize("code", ["Error code: 0x807", "Error code: 0xD07"])
def test_what_a_client_got_past_before_it_was_so_is_no_doubt_of_it(code: str, hours: int | None, severity: str) -> None:
    """The time in its dialog is before TermService was started, or before the certificate ended."""
    older = Host().setting("rdp_tcp", "SecurityLayer", dword(7))
    ended = Host().expire(days=1)
    for host, days in ((older, 1), (ended, 9)):
        host.service("TermService", started=utc(NOW - timedelta(days=days)))
    for host, id_ in ((older, "listener.security_layer_invalid"), (ended, "certificate.expired")):
        shown = _shown(code, NOW - timedelta(hours=hours) if hours else None)
        found = {one.id: one.severity for one in run(host, None, shown).findings}
        assert found[id_] == severity, (id_, found)


# What a host shows of whom it admits, with no complaint.
_ADMISSION: dict[str, Change] = {
    "licensing.not_configured": _session_host,
    "listener.draining": lambda host: host.setting("terminal_server", "TSServerDrainMode", dword(1)),
}


@pytest.mark.parametrize("admission", _ADMISSION)
@pytest.mark.parametrize("code", ["0x607", "0x1B07", "0x204", "0x3000008", "0x104", "HYBRID_REQUIRED_BY_SERVER"])
def test_whom_the_host_admits_is_no_reason_for_what_comes_before(code: str, admission: str) -> None:
    found = ids(run(_ADMISSION[admission](Host()), IN, code))
    assert found[0].startswith("client.") and admission in found[1:]


@pytest.mark.parametrize("code", ["0x3/0x101", "0x904/0x7", "0x3/0x7"])
def test_whom_the_host_admits_may_be_the_reason_for_a_refusal(code: str) -> None:
    assert ids(run(_ADMISSION["listener.draining"](Host()), IN, code))[0] == "listener.draining"


@pytest.mark.parametrize(
    ("code", "logged"),
    [
        # An account that cannot be used is a reason why no authority can be asked.
        *(("0x1807", one) for one in ("nla.account_unusable", "nla.account_restricted", "nla.logon_right_missing")),
        ("Remote Desktop stays black after the password", "session.profile"),
        # Windows itself signs a user off.
        *((code, one) for code in ("0x3/0xC", "0x3/0xB", "0x3/0x2") for one in ("session.profile", "session.stuck")),
    ],
)
def test_what_a_complaint_may_come_of_stands_before_it(code: str, logged: str) -> None:
    assert ids(run(_LOGGED[logged](Host()), IN, code))[0] == logged


def test_each_kind_that_the_log_tells_has_a_part() -> None:
    """Else it would stand behind every complaint."""
    assert all(entry.part for entry in catalogue.ALL.values() if entry.logged)
    assert {entry.id for entry in catalogue.ALL.values() if entry.logged} >= set(_LOGGED)


@pytest.mark.parametrize("logged", _LOGGED)
def test_of_a_connection_that_broke_at_any_time_the_log_may_tell(logged: str) -> None:
    assert ids(run(_LOGGED[logged](Host()), IN, "0x904"))[0] == logged


def test_the_account_that_the_client_names_is_not_another_s() -> None:
    """It says that the password has expired, and the log has a locked account."""
    host = _LOGGED["nla.account_unusable"](Host())
    assert ids(run(host, IN, "0xF07")) == ["client.credentials"]
    assert "nla.account_unusable" in ids(run(host, IN, "0xD07"))


def test_a_restriction_beside_another_s_locked_account_is_told() -> None:
    host = _LOGGED["nla.account_unusable"](Host())
    host.event(providers.SECURITY, 4625, 2, "Security", numbers=(0xC000006E, 0xC000006E, 3), at=_HOURS_AGO)
    assert set(ids(run(host, IN))) == {"nla.account_restricted", "nla.account_unusable"}


@pytest.mark.parametrize("code", ["0x2107", "0x3/0x11", "0x807", "HYBRID_REQUIRED_BY_SERVER", "0x1B07"])
def test_a_scanner_s_handshakes_are_no_reason_for_what_tls_has_no_part_in(code: str) -> None:
    host = Host().event(providers.SCHANNEL, 36874, 30, at=_HOURS_AGO)
    assert "client.outdated" not in ids(run(host, IN, code))
    assert ids(run(host, IN, "0x904/0x7")) == ["client.not_reproduced", "client.outdated"]


_WITHOUT_NLA: Sight = probe(offered={"rdp": False, "tls": True, "nla": True})


def _no_nla(host: Host) -> Host:
    return host.setting("rdp_tcp", "UserAuthentication", dword(0))


@pytest.mark.parametrize("logged", ["session.profile", "session.logon_process_crashes", "session.stuck"])
def test_a_weakness_stands_behind_what_hinders_somebody(logged: str) -> None:
    assert ids(run(_no_nla(_LOGGED[logged](Host())), _WITHOUT_NLA)) == [logged, "nla.disabled"]


@pytest.mark.parametrize("code", ["0x807", "0x904/0x7", "0x3/0x11", "0x9735"])
def test_nobody_complains_of_a_weakness(code: str) -> None:
    assert ids(run(_no_nla(Host()), _WITHOUT_NLA, code))[-1] == "nla.disabled"


# What is amiss on a host that lets clients in, and is no reason for what one of them complains of ---------------------


def _not_redirected(host: Host) -> Host:
    return host.service("UmRdpService", state=1, pid=0, exit_code=126)


def _nobody_renews(host: Host) -> Host:
    host.sections["services"]["SessionEnv"] = None
    return host


def _draining(host: Host) -> Host:
    return host.setting("terminal_server", "TSServerDrainMode", dword(1))


def _full(host: Host) -> Host:
    host.sections["host"]["free_bytes"] = 1_000_000
    return host


def _no_trust(host: Host) -> Host:
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.example.com")
    host.sections["domain"].update(joined=True, name="corp.example.com", channel_status=1789)
    return host


def _no_next_start(host: Host) -> Host:
    return host.service("TermService", service_dll="")


# What is amiss, complaints that are of something else, and those that may come of it.
_AMISS: dict[str, tuple[Change, tuple[str, ...], tuple[str, ...]]] = {
    "expired": (lambda host: host.expire(), ("0x104", "0x204", "0xD07", "0xB09", "0x3/0x11"), ("0x1B07", "0x907")),
    "not redirected": (_not_redirected, ("0x104", "0x807", "0x3/0x3", "0x3/0x11", "0x3000008"), ("0x9735",)),
    "nobody renews": (_nobody_renews, ("0x104", "0x807", "0x3/0x3", "0x3/0x11"), ("0x9735", "0x904/0x7")),
    "draining": (_draining, ("0x104", "0x807", "0x3/0x3", "0x3/0x11"), ("0x904/0x7", "0x9735")),
    "full": (_full, ("0x104", "0x807", "0x3/0x3", "0x808"), ("User profile cannot be loaded.", "0x9735")),
    "no trust": (_no_trust, ("0x104", "0x3/0x3", "0x3/0x11", "0x800B0109"), ("0x807", "0x1807", "0x808")),
    "next start": (_no_next_start, ("0x3/0x11", "0x9735", "0x807"), ()),
}


@pytest.mark.parametrize("name", _AMISS)
def test_what_keeps_nobody_out_stands_behind_a_complaint_of_something_else(name: str) -> None:
    change, of_something_else, may_come_of_it = _AMISS[name]
    alone = ids(run(change(Host()), IN))[0]
    for code in of_something_else:
        found = ids(run(change(Host()), IN, code))
        assert found[0] != alone and alone in found, (code, found)
    for code in may_come_of_it:
        assert ids(run(change(Host()), IN, code))[0] == alone, code


@pytest.mark.parametrize("code", ["0x807", "0xD07", "0x808", "ERRCONNECT_LOGON_FAILURE [0x00020014]"])
def test_whose_account_was_asked_for_came_past_the_certificate_where_nobody_looked(code: str) -> None:
    found = run(Host().expire(), None, code).findings
    assert [one.id for one in found][-1] == "certificate.expired" and found[0].type.group == "client"
    assert found[-1].severity == "warning" and found[-1].evidence_against


@pytest.mark.parametrize("shown", ["0x904/0x7", "0x3/0x3", "event 36870, error 0x8009030D", "Logon failed", "0x104"])
def test_other_complaints_say_nothing_of_that(shown: str) -> None:
    """A session may have begun before, a status may be of any log, and words of any program."""
    found = run(Host().expire(), None, shown).findings
    assert (found[0].id, found[0].severity) == ("certificate.expired", "critical")


def test_what_keeps_everybody_out_stands_before_any_complaint() -> None:
    """A look that ends says that it is met."""
    assert ids(run(_nobody_renews(Host().expire()), probe("tls", "reset"), "0x104"))[0] == "service.missing"


def test_an_ended_certificate_is_what_a_mac_turns_down() -> None:
    """It has one number for one that has ended and one that is not valid; words alone say which."""
    host = Host().expire().service("SessionEnv", start=4, state=1, pid=0)
    assert ids(run(host, IN, "Error code: 0x907"))[:2] == ["service.disabled", "certificate.expired"]
    assert ids(run(Host(), IN, "Error code: 0x907")) == ["client.certificate_refused"]
    named = "The name on the certificate does not match the name of the remote computer."
    assert "client.certificate_refused" in ids(run(Host().expire(), IN, named))


# What a look met, and what is behind ----------------------------------------------------------------------------------


def _layer_5(host: Host) -> Host:
    return host.setting("rdp_tcp", "SecurityLayer", dword(5))


def _crashed_now(host: Host) -> Host:
    return host.event(SCM, 7031, 1, service="TermService", at=NOW - timedelta(seconds=1))


def _taken(host: Host) -> Host:
    host.sections["port"]["listeners"] = [{"address": "0.0.0.0", "port": 3389, "pid": 4711, "process": "proxy"}]
    return host.service("TermService", pid=1200)


@pytest.mark.parametrize("met", [_crashed_now, _taken])
def test_a_look_that_met_another_fault_proves_no_setting(met: Change) -> None:
    seen = probe("negotiation", "closed")
    alone = {one.id: one.confidence for one in run(_layer_5(Host()), seen).findings}
    beside = {one.id: one.confidence for one in run(_layer_5(met(Host())), seen).findings}
    wanted = "listener.security_layer_invalid"
    assert (alone[wanted], beside[wanted]) == ("proven", "likely")


def test_a_crash_of_yesterday_takes_no_proof_away() -> None:
    host = _layer_5(Host()).event(SCM, 7031, 3, service="TermService", at=_HOURS_AGO)
    found = {one.id: one.confidence for one in run(host, probe("negotiation", "closed")).findings}
    assert found["listener.security_layer_invalid"] == "proven"


_NO_CERTIFICATE = probe(
    "negotiation", "denied", failure={"kind": "negotiation", "number": 3, "name": "SSL_CERT_NOT_ON_SERVER"}
)


@pytest.mark.parametrize("unread", [("certificates",), ("key_files",), ("certificates", "key_files"), ()])
def test_a_listener_that_says_that_it_has_no_certificate_was_not_cut_off_by_others(unread: tuple[str, ...]) -> None:
    """Whatever could not be read: it answered. What is wrong with the certificate is open then."""
    host = Host()
    for section in unread:
        host.without(section)
    found = run(host, _NO_CERTIFICATE).findings
    assert [(one.id, one.confidence) for one in found] == [("certificate.missing", "possible")]
    assert found[0].needs_evidence and not found[0].automatic


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (probe("negotiation", "closed"), "proven"),
        (_NO_CERTIFICATE, "likely"),
        (probe("negotiation", "silent"), "likely"),
    ],
)
def test_a_listener_without_tls_misses_no_certificate_and_leaves_nobody_waiting(seen: Sight, expected: str) -> None:
    host = Host().setting("rdp_tcp", "SecurityLayer", dword(0))
    found = {one.id: one.confidence for one in run(host, seen).findings}
    assert found["listener.security_layer_conflict"] == expected


@pytest.mark.parametrize(("code", "expected"), [(1069, "likely"), (1297, "likely"), (1072, "likely"), (126, "proven")])
def test_foreign_code_that_was_never_loaded_is_not_proven(code: int, expected: str) -> None:
    host = Host().service("TermService", state=1, pid=0, exit_code=code, service_dll=r"C:\Tools\rdpwrap.dll")
    host.sections["port"]["listeners"] = []
    found = {one.id: one.confidence for one in run(host, probe("tcp", "refused")).findings}
    assert found["service.dll_replaced"] == expected


def test_a_value_without_which_some_hosts_work_proves_nothing() -> None:
    host = Host().setting("winstations", "SelfSignedCertStore", None)
    found = run(host, probe("tls", "reset")).findings[0]
    assert (found.id, found.confidence) == ("certificate.store_name", "likely")


def test_credentials_that_may_not_be_kept_are_told_by_the_client_s_words() -> None:
    host = Host().value(r"SYSTEM\CurrentControlSet\Control\Lsa", "disabledomaincreds", dword(1))
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.example.com")
    host.sections["domain"].update(joined=True, name="corp.example.com", channel_status=0)
    shown = "An authentication error has occurred. A specified logon session does not exist."
    found = run(host, IN, shown).findings[0]
    assert (found.id, found.confidence) == ("nla.domain_credentials_disabled", "likely")
