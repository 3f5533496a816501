# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the services, both ways."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.service import _NO_START as NO_START
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, flaws, providers
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, planner
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused

from tests.hosts.faults import (
    IN,
    REFUSED,
    RESET,
    TIMEOUT,
    Sight,
    no_store_entry,
)
from tests.hosts.snapshots import NOW, Host, dword, probe, utc
from tests.profiles import each
from tests.unit.judging import assert_silent, ids, run

TERMSERVICE = ("svchost.exe_TermService", "faulty.dll")


@each(
    "change",
    [
        lambda host: host.service("TermService", service_dll=r"C:\Windows\System32\TERMSRV.dll"),
        *(
            lambda host, account=account: host.service("TermService", account=account)
            for account in (
                "NT-AUTORITÄT\\Netzwerkdienst",
                "AUTORITE NT\\SERVICE RÉSEAU",
                "ZARZĄDZANIE NT\\USŁUGA SIECIOWA",
                "AUTORIDADE NT\\SERVIÇO DE REDE",
                "NT INSTANS\\Nätverkstjänst",
                "NT SERVICE\\TermService",
                "NT Authority\\NetworkService",
            )
        ),
    ],
)
@each("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


_ALONE = r"%SystemRoot%\System32\svchost.exe -k termsvcs"
_GROUP = r"%SystemRoot%\System32\svchost.exe -k NetworkService -p"


@pytest.mark.parametrize(
    ("image", "others", "words", "may_end"),
    [
        (
            _ALONE,
            (),
            "end its process, in which no other service runs (taskkill /f /pid 1200), or restart the host",
            True,
        ),
        (_GROUP, ("CryptSvc",), "its process 1200 runs CryptSvc as well, which would go down with it", False),
        (_ALONE, ("CryptSvc", "KeyIso"), "its process 1200 runs KeyIso, CryptSvc as well", False),
        (_GROUP, (), "other services may share its process 1200", False),
        (None, (), "other services may share its process 1200", False),
    ],
)
def test_a_process_is_ended_only_where_no_other_service_lives_in_it(
    image: str | None, others: tuple[str, ...], words: str, may_end: bool
) -> None:
    host = Host().service("TermService", state=3, pid=1200, image_path=image, shares=None)
    for name in others:
        host.service(name, pid=1200)
    advice = run(host, REFUSED).findings[0].advice or ""
    assert words in advice and ("end its process" in advice) is may_end
    unknown = run(Host().service("TermService", state=3, pid=0), REFUSED).findings[0].advice
    assert unknown == "a service that hangs cannot be restarted: restart the host"


def test_services_that_are_disabled_with_remote_desktop_off_are_no_fault() -> None:
    def off() -> Host:
        return Host().service("TermService", start=4, state=1).service("SessionEnv", start=4, state=1)

    host = off().setting("terminal_server", "fDenyTSConnections", dword(1))
    assert ids(run(host, REFUSED)) == ["listener.rdp_disabled"]
    assert "service.disabled" in ids(run(off(), REFUSED)), "where it is on, they must run"
    # Where nobody knows whether it is on, nothing is proven.
    unread = run(off().without("listener"), REFUSED).findings[0]
    assert (unread.id, unread.confidence) == ("service.disabled", "likely") and unread.needs_evidence


def gone(host: Host, name: str) -> Host:
    host.sections["services"][name] = None
    return host


def test_a_service_that_is_not_there_hides_nothing_that_it_does_not_bring_about() -> None:
    host = gone(Host(), "UmRdpService").service("SessionEnv", state=1)
    assert set(ids(run(host))) >= {"service.missing", "service.sessionenv_stopped"}
    host = gone(Host(), "SessionEnv").service("TermService", state=1)
    assert set(ids(run(host, REFUSED))) >= {"service.missing", "service.stopped"}
    host = gone(Host(), "TermService").service("SessionEnv", state=1)
    assert ids(run(host, REFUSED)) == ["service.missing"]


@pytest.mark.parametrize(("exit_code", "told"), [(1075, True), (1059, True), (1068, False), (1058, False)])
def test_what_redirects_devices_lacks_something_of_its_own_where_the_listener_s_service_runs(
    exit_code: int, told: bool
) -> None:
    """That this one did not start, or was disabled, is over: it runs by now."""
    host = Host().service("UmRdpService", state=1, pid=0, exit_code=exit_code, depends_on=["TermService", "RDPDR"])
    found = run(host, IN).findings
    assert [(one.id, one.severity) for one in found] == [("service.cannot_start", "warning")] * told
    assert all("RDPDR" in fact.fact for one in found for fact in one.evidence_for)
    # Where it does not run itself, that comes first.
    host.service("TermService", state=1, pid=0)
    assert "service.cannot_start" not in ids(run(host, REFUSED))


def test_a_key_is_not_opened_by_a_restart_where_who_opens_keys_cannot_start() -> None:
    host = Host().event("Schannel", 36870, 2, numbers=(0x8009030D, 10001))
    assert ids(run(host, RESET)) == ["service.stale_credential"]
    host.service("KeyIso", state=1, pid=0, exit_code=5)
    [found] = run(host, RESET).findings
    assert (found.id, found.severity, found.confidence) == ("service.cannot_start", "critical", "likely")
    # Of a look that gets in, and of a service that makes certificates alone, it is a warning.
    assert [one.severity for one in run(host, IN).findings if one.id == "service.cannot_start"] == ["warning"]
    host.service("KeyIso", state=4, exit_code=0).service("CryptSvc", state=1, pid=0, exit_code=5)
    assert ids(run(host, RESET))[0] == "service.stale_credential"


def test_what_will_be_missed_one_day_comes_behind_what_somebody_meets_today() -> None:
    host = Host().service("SessionEnv", state=1, pid=0)
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.example.com")
    host.sections["domain"].update(joined=True, name="corp.example.com", channel_status=1786)
    assert ids(run(host, IN)) == ["nla.trust_broken", "service.sessionenv_stopped"]
    host.service("SessionEnv", start=4)
    assert ids(run(host, IN)) == ["nla.trust_broken", "service.disabled"]
    # Once the certificate has ended it is why none comes, and is before that.
    assert ids(run(host.expire(), IN)) == ["nla.trust_broken", "service.disabled", "certificate.expired"]
    assert ids(run(host, RESET))[0] == "service.disabled"


@pytest.mark.parametrize("raw", [dword(1), {"type": "string", "data": "TermService"}])
def test_a_group_of_services_of_another_type_says_nothing(raw: dict[str, Any]) -> None:
    host = Host().service("TermService", image_path=_ALONE, state=1).value(collect.SVCHOST, "termsvcs", raw)
    assert "service.cannot_start" not in ids(run(host, REFUSED))


_MANAGER, _SESSIONS = "Service Control Manager", "Microsoft-Windows-TerminalServices-LocalSessionManager"


def stopped(exit_code: int = 0) -> Host:
    host = Host().service("TermService", state=1, pid=0, exit_code=exit_code).service("UmRdpService", state=1)
    host.sections["port"]["listeners"] = []
    return host


@each("exit_code", [0, 1077])
@each(
    ("provider", "number", "data", "words"),
    [
        (_MANAGER, 7000, (1053,), "cannot start"),
        (_MANAGER, 7000, (1069,), "cannot log on as a service"),
        (_MANAGER, 7023, (126,), "missing or damaged"),
        (_SESSIONS, 17, (0x8007041D,), "cannot start"),
        (_SESSIONS, 17, (-2147023843,), "cannot start"),
        (_SESSIONS, 17, (0x80070005,), "denied access"),
    ],
)
def test_a_start_that_just_failed_by_the_log_is_not_tried_again(
    exit_code: int, provider: str, number: int, data: tuple[int, ...], words: str
) -> None:
    host = stopped(exit_code).event(provider, number, 2, numbers=data)
    [finding] = run(host, REFUSED).findings
    assert (finding.id, finding.confidence) == ("service.cannot_start", "likely") and words in finding.summary
    assert any("event" in one.fact for one in finding.evidence_for)


@pytest.mark.parametrize(
    "host",
    [
        stopped(),
        # Logged before Windows started the last time, or long ago.
        stopped().event(_MANAGER, 7000, numbers=(1053,), at=NOW - timedelta(days=2)),
        # For another reason than one that stays, and of a service of which it is not known.
        stopped().event(_MANAGER, 7000, numbers=(7,)),
        stopped().service("SessionEnv", state=1, exit_code=126).event(_MANAGER, 7000, numbers=(126,)),
        stopped().event(_MANAGER, 7000, numbers=(126,), service="SessionEnv"),
        # The newest attempt counts.
        stopped()
        .event(_SESSIONS, 17, numbers=(0x8007041D,), at=NOW - timedelta(hours=2))
        .event(_SESSIONS, 17, numbers=(0x80010108,)),
        # It has run since, and was stopped.
        stopped()
        .event(_MANAGER, 7000, numbers=(1053,), at=NOW - timedelta(hours=2))
        .event("Microsoft-Windows-RemoteDesktopServices-RdpCoreTS", 131, at=NOW - timedelta(hours=1)),
    ],
)
def test_a_start_that_may_succeed_is_tried(host: Host) -> None:
    found = run(host, REFUSED)
    assert "service.stopped" in ids(found) and "service.cannot_start" not in ids(found)


def test_an_event_that_names_the_service_counts_beside_another_that_failed() -> None:
    host = stopped().service("SessionEnv", state=1, exit_code=126)
    host.event(_MANAGER, 7000, numbers=(1069,), service="TermService")
    assert "cannot log on as a service" in next(
        one.summary for one in run(host, REFUSED).findings if one.id == "service.cannot_start"
    )


def test_an_exit_code_says_more_than_the_log() -> None:
    host = stopped(5).event(_MANAGER, 7000, numbers=(1053,))
    [finding] = run(host, REFUSED).findings
    assert finding.confidence == "proven" and "denied" in finding.summary


@pytest.mark.parametrize(("exit_code", "cause"), [(126, "service.cannot_start"), (5, "service.cannot_start")])
@pytest.mark.parametrize("number", [7000, 7023, 7024])
def test_a_failed_start_of_this_minute_is_no_crash(exit_code: int, cause: str, number: int) -> None:
    """Somebody tries to start the service, and looks: what the attempt left in the log is that attempt."""
    host = stopped(exit_code).event(_MANAGER, number, 3, numbers=(exit_code,))
    assert ids(run(host, REFUSED)) == [cause]
    # Crashes before it are not the reason why it cannot start.
    assert ids(run(host.event(_MANAGER, 7034, 4, at=NOW - timedelta(hours=3)), REFUSED)) == [cause]


def test_what_is_free_is_asked_by_names_that_are_the_same_in_every_language() -> None:
    needed = " ".join(run(stopped(1450), REFUSED).findings[0].needs_evidence)
    assert "Win32_OperatingSystem" in needed and "Get-Counter" not in needed


@pytest.mark.parametrize("code", [8, 14, 39, 112, 1450, 1455, 1816])
@pytest.mark.parametrize("logged", [True, False])
def test_what_was_short_at_a_start_may_be_there_at_the_next(code: int, logged: bool) -> None:
    host = stopped(0).event(_MANAGER, 7023, numbers=(code,), service="TermService") if logged else stopped(code)
    [found] = run(host, REFUSED).findings
    assert (found.id, found.confidence) == ("service.cannot_start", "likely")
    assert "could not start" in found.summary and "paging file" in (found.advice or "") and found.needs_evidence


@pytest.mark.parametrize("exit_code", [1067, 0xC0000005])
def test_a_service_that_dies_crashes(exit_code: int) -> None:
    host = stopped(exit_code).event(_MANAGER, 7034, 4, at=NOW - timedelta(minutes=9))
    assert ids(run(host, REFUSED)) == ["service.crashing"]


@pytest.mark.parametrize(("exit_code", "antivirus"), [(225, True), (226, True), (1920, False)])
def test_that_an_antivirus_keeps_a_file_back_is_said_where_windows_says_so(exit_code: int, antivirus: bool) -> None:
    """A file that cannot be opened may be laid elsewhere as well, so it is not proven to be an antivirus' doing."""
    found = run(stopped(exit_code), REFUSED).findings[0]
    assert (found.id, found.confidence) == ("service.cannot_start", "proven")
    assert ("antivirus" in found.summary) is antivirus
    assert "leave the antivirus on" in (found.advice or "")


@each("exit_code", [code for code in NO_START if code != 1067])
@each("name", ["TermService", "SessionEnv"])
def test_each_reason_of_a_failed_start_has_a_sentence_for_both_services(name: str, exit_code: int) -> None:
    host, look = stopped(exit_code), REFUSED
    if name != "TermService":
        host, look = Host().service(name, state=1, pid=0, exit_code=exit_code), RESET
    first = run(host.expire(), look).findings[0]
    assert first.id == ("service.cannot_start" if name == "TermService" else "service.sessionenv_cannot_start")
    assert not any("not known here" in one.fact for one in first.evidence_for)


@each("exit_code", [0, *NO_START])
@each("name", ["KeyIso", "CryptSvc"])
@each("lost", [no_store_entry, lambda host: host.expire()])
def test_without_what_makes_keys_no_certificate_is_the_cause(
    lost: Callable[[Host], Host], name: str, exit_code: int
) -> None:
    """Deleted, or stopped and unable to start: another certificate would not be made."""
    host = lost(Host())
    if exit_code:
        host.service(name, state=1, pid=0, exit_code=exit_code)
    else:
        gone(host, name)
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(RESET))
    first = found.diagnosis.findings[0]
    assert first.id == ("service.cannot_start" if exit_code else "service.missing") and name in first.summary
    assert [one.id for one in found.diagnosis.findings if one.confidence == "proven"] in ([], [first.id])
    assert not planner.plan(found, RepairPolicy()).steps


@pytest.mark.parametrize("exit_code", [0, 1077, 1067, 7])
@pytest.mark.parametrize("name", ["KeyIso", "CryptSvc"])
def test_what_makes_keys_may_be_stopped(name: str, exit_code: int) -> None:
    """It starts when it is asked for; an error that need not come again does not hinder that."""
    found = ids(run(Host().service(name, state=1, pid=0, exit_code=exit_code)))
    assert "service.missing" not in found and ("service.cannot_start" in found) is (exit_code == 1067)


@each("code", [code for code in NO_START if code < 0x10000 and code != 1067])
def test_an_exit_code_may_be_an_hresult(code: int) -> None:
    """Windows shows it signed, other programs do not."""
    for exit_code in (0x80070000 | code, (0x80070000 | code) - 2**32):
        assert ids(run(stopped(exit_code), REFUSED)) == ["service.cannot_start"]


@pytest.mark.parametrize(
    ("seconds", "modules", "seen", "cause"),
    [
        (1, TERMSERVICE, RESET, ["service.crashing"]),
        (86400 * 2, TERMSERVICE, RESET, ["interference.handshake_dropped"]),
        # Connections do without it: a suspicion, and before any guess.
        (1, ("svchost.exe_UmRdpService", "umrdp.dll"), RESET, ["service.crashing", "interference.handshake_dropped"]),
        (1, TERMSERVICE, IN, []),
        (1, TERMSERVICE, TIMEOUT, ["network.unreachable"]),
    ],
)
@pytest.mark.parametrize(("provider", "number"), [("Application Error", 1000), ("Windows Error Reporting", 1001)])
def test_one_crash_at_the_time_of_the_look_is_what_it_met(
    seconds: int, modules: tuple[str, ...], seen: Sight, cause: list[str], provider: str, number: int
) -> None:
    at = NOW - timedelta(seconds=seconds)
    host = Host().event(provider, number, 1, "Application", (0xC0000005,), at, modules)
    assert ids(run(host, seen)) == cause


@pytest.mark.parametrize(
    ("exit_code", "minutes", "cause"),
    [
        # All that the service manager knows of a process that died before it answered.
        (1053, 9, "service.crashing"),
        (1053, 60 * 48, "service.cannot_start"),
        # Another reason, which is one by itself.
        (1083, 9, "service.cannot_start"),
    ],
)
@pytest.mark.parametrize(("provider", "number"), [("Application Error", 1000), ("Windows Error Reporting", 1001)])
def test_a_start_in_which_the_process_crashed_is_a_crash(
    exit_code: int, minutes: int, cause: str, provider: str, number: int
) -> None:
    at = NOW - timedelta(minutes=minutes)
    host = stopped(exit_code).event(provider, number, 2, "Application", (), at, TERMSERVICE)
    assert ids(run(host, REFUSED))[0] == cause


def in_farm(**values: Any) -> Host:
    host = Host()
    host.sections["licensing"].update(session_host=True, type=4, grace_days=100)
    servers = r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers"
    host.value(servers, "SpecifiedLicenseServers", {"type": "multi_string", "data": ["licences.example.com"]})
    for name, data in {"SessionDirectoryActive": 1, "SessionDirectoryLocation": "broker.example.com", **values}.items():
        host.value(collect.FARM, name, dword(data) if isinstance(data, int) else {"type": "string", "data": data})
    return host


def test_a_farm_that_a_host_no_longer_belongs_to_is_told() -> None:
    host = in_farm()
    host.sections["licensing"].update(session_host=False)
    [finding] = run(host).findings
    assert finding.id == "service.broker_stopped" and "broker.example.com" in finding.summary
    [moved] = run(in_farm(SessionDirectoryRedirectionIP="10.0.9.9")).findings
    assert moved.id == "service.broker_stopped" and "10.0.9.9" in moved.summary
    for fine in (
        in_farm(SessionDirectoryRedirectionIP="10.0.0.5"),
        in_farm(),
        in_farm(SessionDirectoryRedirectionIP="10.0.9.9").without("network"),
        in_farm(SessionDirectoryActive=0),
    ):
        assert ids(run(fine)) == []


@pytest.mark.parametrize("is_broker", [True, None])
def test_a_broker_asks_itself(is_broker: bool | None) -> None:
    """It is no session host, and is not to be taken out of its own farm."""
    host = in_farm(SessionDirectoryLocation="localhost")
    host.sections["licensing"].update(session_host=False)
    host.sections["host"]["connection_broker"] = is_broker
    assert "service.broker_stopped" not in ids(run(host))


def crashed(host: Host, count: int, modules: tuple[str, ...] = TERMSERVICE, *codes: int) -> Host:
    at = NOW - timedelta(minutes=9)
    return host.event("Application Error", 1000, count, "Application", codes or (0xC0000005,), at, modules)


@each("name", ["TermService", "SessionEnv", "CryptSvc"])
@each(("number", "seen", "error"), [(7031, IN, ""), (7034, RESET, ""), (7023, RESET, "1067 ERROR_PROCESS_ABORTED")])
def test_which_service_crashes_is_said(name: str, number: int, seen: dict[str, Any], error: str) -> None:
    host = Host().event(_MANAGER, number, 2, numbers=(1067,), service=name)
    found = next(one for one in run(host, seen).findings if one.id == "service.crashing")
    assert found.summary.startswith(f"{name} ")
    assert f"about {name} " in found.evidence_for[0].fact and error in found.evidence_for[0].fact


@each(("seen", "severity"), [(None, "critical"), (RESET, "critical"), (IN, "warning")])
@each("change", [lambda host: host.expire(), no_store_entry])
def test_what_makes_the_certificate_and_dies_again_and_again_is_why_there_is_none(
    seen: Sight | None, severity: str, change: Callable[[Host], Host]
) -> None:
    host = change(Host()).event(_MANAGER, 7031, 3, at=NOW - timedelta(hours=3), service="SessionEnv")
    found = run(host, seen).findings
    assert (found[0].id, found[0].severity) == ("service.crashing", severity) and "Windows makes none" in found[
        0
    ].summary
    assert not [one.id for one in found if one.id.startswith("certificate.")]


@each("name", ["TermService", "CryptSvc"])
@each(("number", "at"), [(7031, timedelta(hours=3)), (1056, timedelta(hours=2))])
def test_another_one_that_dies_or_one_that_has_made_a_certificate_since_is_not_why(
    name: str, number: int, at: timedelta
) -> None:
    host = Host().expire().event(_MANAGER, 7031, 3, at=NOW - timedelta(hours=3), service="SessionEnv")
    rcm = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"
    host.event(_MANAGER if number == 7031 else rcm, number, 3, at=NOW - at, service=name)
    assert {"certificate.expired", "service.crashing"} <= {*ids(run(host, None))}


def test_of_an_old_snapshot_nobody_knows_which_service_crashes() -> None:
    [found] = run(Host().event(_MANAGER, 7031, 2), IN).findings
    assert found.summary.startswith("A service of Remote Desktop ended")


@each("code", [1068, 1075])
def test_what_a_service_depends_on_is_named_where_that_is_amiss(code: int) -> None:
    host = stopped(code).service("TermService", depends_on=["RPCSS", "AcmeFilter"])
    [found] = run(host, REFUSED).findings
    assert "depends on RPCSS, AcmeFilter, of which Windows itself does not set AcmeFilter" in found.evidence_for[0].fact
    own = run(stopped(code).service("TermService", depends_on=["RPCSS"]), REFUSED).findings[0].evidence_for[0].fact
    assert own.endswith("it depends on RPCSS")
    assert "depends on" not in run(stopped(5), REFUSED).findings[0].evidence_for[0].fact


def test_the_module_that_failed_is_named() -> None:
    host = crashed(Host().event(_MANAGER, 7031, 2, at=NOW - timedelta(minutes=9)), 2)
    [found] = run(host, IN).findings
    facts = [one.fact for one in found.evidence_for]
    assert found.id == "service.crashing" and any("7031/7034" in fact for fact in facts)
    assert any(
        fact.startswith("svchost.exe_TermService crashed in faulty.dll with 0xC0000005") and "2 events 1000" in fact
        for fact in facts
    )
    assert found.advice and "it failed in faulty.dll" in found.advice


@pytest.mark.parametrize(
    ("started", "seen", "confidence"),
    [
        (timedelta(minutes=5), IN, "possible"),
        (timedelta(minutes=5), None, "likely"),  # nobody looked
        (timedelta(minutes=20), IN, "likely"),  # it crashed since
        (None, IN, "likely"),
    ],
)
@pytest.mark.parametrize("logged", ["7034", "1000"])
def test_crashes_of_before_windows_was_started_are_a_suspicion_where_a_client_gets_in(
    started: timedelta | None, seen: Sight | None, confidence: str, logged: str
) -> None:
    """What ended the service may be gone since: a wrapper that was uninstalled, a driver."""
    host = Host().event(_MANAGER, 7034, 4, at=NOW - timedelta(minutes=9), service="TermService")
    host = host if logged == "7034" else crashed(Host(), 4)
    host.sections["host"]["boot_utc"] = utc(NOW - started) if started else None
    found = next(one for one in run(host, seen).findings if one.id == "service.crashing")
    assert found.confidence == confidence
    assert any("none of it since Windows was started" in one.fact for one in found.evidence_against) == (
        confidence == "possible"
    )


def test_crashes_tell_where_the_log_of_the_service_manager_is_gone() -> None:
    [found] = run(crashed(Host(), 2), IN).findings
    assert found.id == "service.crashing" and not any("7031" in one.fact for one in found.evidence_for)
    assert not run(crashed(Host(), 1), IN).findings, "once may have been once"


def test_the_report_on_a_crash_counts_where_the_crash_was_not_logged() -> None:
    def reported(host: Host) -> Host:
        return host.event("Windows Error Reporting", 1001, 2, "Application", (), NOW, TERMSERVICE)

    [found] = run(reported(Host()), IN).findings
    [fact] = [one.fact for one in found.evidence_for]
    assert fact.startswith("svchost.exe_TermService crashed in faulty.dll: 2 events 1001 of Windows Error Reporting")
    [found] = run(reported(crashed(Host(), 2)), IN).findings
    assert not any("1001" in one.fact for one in found.evidence_for), "both tell of the same crashes"


def test_crashes_in_two_modules_and_one_without_a_name() -> None:
    host = crashed(crashed(Host(), 3), 1, ("svchost.exe_SessionEnv",), 0x80000003)
    [found] = run(host, IN).findings
    facts = [one.fact for one in found.evidence_for]
    assert any(
        fact.startswith("svchost.exe_SessionEnv crashed in a module without a name with 0x80000003") for fact in facts
    )
    assert found.advice and "it failed in faulty.dll:" in found.advice
    [found] = run(crashed(Host(), 3, ("svchost.exe_SessionEnv",)), IN).findings
    assert found.advice and "it failed in" not in found.advice, "no file is there to be updated"


def test_a_service_is_no_program_of_the_logon() -> None:
    assert "session.logon_process_crashes" not in ids(run(crashed(Host(), 3), IN))
    assert ids(run(crashed(Host(), 3, ("LogonUI.exe", "nvwgf2umx.dll")), IN)) == ["session.logon_process_crashes"]


_WRAPPER = r"C:\Program Files\RDP Wrapper\rdpwrap.dll"


@each("state", [1, 4])
@each(
    ("image", "foreign"),
    [
        (r"%SystemRoot%\System32\svchost.exe -k termsvcs", False),
        (r"C:\WINDOWS\system32\svchost.exe -k NetworkService -s TermService -p", False),
        (r'"C:\Windows\System32\svchost.exe" -k termsvcs', False),
        (r'"%SystemRoot%\System32\svchost.exe"-k termsvcs', False),
        ("  %SystemRoot%\\System32\\svchost.exe\t-k termsvcs", False),
        ("%SystemRoot%\\System32\\svchost.exe -k termsvcs -s\nTermService", False),
        (r"D:\Windows\System32\svchost.exe -k termsvcs", True),
        (r"C:\WINNT\System32\svchost.exe -k termsvcs", True),
        *(
            (rf"%SystemRoot%\System32\{program} -k termsvcs", True)
            for program in (
                "svchost\u00a0evil.exe",
                "svchost.exe\u2003x",
                "svchost\x1cx.exe",
                "svchost\nx.exe",
                "\u017fvchost.exe",
            )
        ),
        ("C:\\W\u0131ndows\\System32\\svchost.exe -k termsvcs", True),
        (r"\SystemRoot\System32\svchost.exe -k termsvcs", False),
        (r"svchost -k NetworkService", False),
        (r"SVCHOST.EXE -k NetworkService", False),
        (r"system32\svchost.exe -k termsvcs", False),
        (r"\??\C:\Windows\system32\svchost.exe -k termsvcs", False),
        (r"\\?\C:\Windows\system32\svchost.exe -k termsvcs", False),
        (r"\Windows\System32\svchost.exe -k termsvcs", False),
        (r"%windir%/system32/svchost.exe -k termsvcs", False),
        (r"%SystemDrive%\Windows\System32\svchost -k termsvcs", False),
        (r"C:\\Windows\\System32\\svchost.exe -k termsvcs", False),
        (r'"%SystemRoot%\System32\svchost.exe"', False),
        (None, False),
        (r"C:\Program Files\ASTER\mutetsvc.exe", True),
        (r"C:\Windows\System32\svchost.exe.old -k termsvcs", True),
        (r"C:\Windows\Temp\svchost.exe -k termsvcs", True),
        (r"C:\Windows\svchost.exe -k termsvcs", True),
        (r"C:\Windows\SysWOW64\svchost.exe -k termsvcs", True),
        (r"C:\Windows\System32\x\svchost.exe -k termsvcs", True),
        (r"C:\Windows\System32\..\Temp\svchost.exe -k termsvcs", True),
        (r"\\windows\system32\svchost.exe -k termsvcs", True),
        (r"\\host\Windows\System32\svchost.exe -k termsvcs", True),
        (r"C:\Users\Windows\System32\svchost.exe -k termsvcs", True),
        (r"svchosts.exe -k termsvcs", True),
        (r"svchost.exe.exe -k termsvcs", True),
        (r"svchost,exe -k termsvcs", True),
        (r"%ProgramFiles%\System32\svchost.exe -k termsvcs", True),
    ],
)
def test_another_program_is_not_started_in_its_place(image: str | None, foreign: bool, state: int) -> None:
    host = stopped() if state == 1 else Host()
    found = assess(
        Snapshot.of(host.service("TermService", image_path=image).to_answer(), NOW),
        ProbeResult(REFUSED if state == 1 else RESET),
    )
    first = found.diagnosis.findings[0]
    assert (first.id == "service.dll_replaced") is foreign
    if foreign:
        assert "another program" in first.summary and not planner.plan(found, RepairPolicy()).steps


@pytest.mark.parametrize("windows", [None, r"C:\Windows", r"C:\WINNT", r"D:\Windows", r"E:\Win\Dows"])
def test_another_folder_than_the_host_s_own_is_not_windows(windows: str | None) -> None:
    """Where nobody read which that is, it may be any drive."""
    for folder in (r"C:\Windows", r"C:\WINNT", r"D:\Windows", r"E:\Win\Dows", r"C:\Kept"):
        for configured in (
            {"service_dll": rf"{folder}\System32\termsrv.dll"},
            {"image_path": rf"{folder}\System32\svchost.exe -k termsvcs"},
        ):
            host = Host().service("TermService", **configured)
            for name, file in host.sections["files"].items():
                file["path"] = rf"{windows or ''}\System32\{name}"
            if windows is None:
                host.without("files")
            found = flaws.foreign_program(Snapshot.of(host.to_answer(), NOW), "TermService")
            tolerated = windows is None and folder not in (r"E:\Win\Dows", r"C:\Kept")
            assert (found is None) is (tolerated or folder == windows), (windows, configured)


_MISQUOTED = (
    r'"%SystemRoot%\System32\svchost.exe -k termsvcs"',
    r'"%SystemRoot%\System32\svchost.exe -k termsvcs',
    r'%SystemRoot%\System32\svchost.exe" -k termsvcs',
    r'"C:\Windows\System32\svchost.exe -k" termsvcs',
)


@pytest.mark.parametrize("image", _MISQUOTED)
def test_windows_own_program_in_the_wrong_quotation_marks_is_no_other_and_cannot_start(image: str) -> None:
    host = stopped().service("TermService", image_path=image)
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(REFUSED))
    first = found.diagnosis.findings[0]
    assert first.id == "service.cannot_start" and "wrong place" in first.summary
    assert first.advice and "put ImagePath of" in first.advice
    assert "service.dll_replaced" not in [one.id for one in found.diagnosis.findings]
    assert not planner.plan(found, RepairPolicy()).steps
    assert "service.dll_replaced" not in ids(run(Host().service("TermService", image_path=image), IN))


@pytest.mark.parametrize("image", [r"svchost -k {}", r"\??\C:\WINDOWS\system32\svchost.exe -k {}"])
def test_the_group_of_svchost_counts_however_it_is_spelled(image: str) -> None:
    for name, (group, *_more) in _CONFIGURED.items():
        for flaw in ("dll_gone", "not_listed"):
            snapshot = Snapshot.of(_flawed(name, flaw).service(name, image_path=image.format(group)).to_answer(), NOW)
            found = flaws.flaw(snapshot, name)
            assert found and found.fails


@pytest.mark.parametrize(
    ("dll", "foreign"),
    [
        ("termsrv.dll", False),
        (r"%windir%/System32/TERMSRV.DLL", False),
        (r"\??\C:\Windows\System32\termsrv.dll", False),
        (r'"%SystemRoot%\System32\termsrv.dll"', False),
        (r'"%SystemRoot%\Temp\termsrv.dll"', True),
        ("%SystemRoot%\\System32\\termsrv.dll\u00a0", True),
        (r"C:\Windows\termsrv.dll", True),
        (r"rdpwrap.dll", True),
        (r"%SystemRoot%\System32\termsrv.dll.bak", True),
    ],
)
def test_a_dll_of_windows_is_known_however_it_is_spelled(dll: str, foreign: bool) -> None:
    found = flaws.flaw(Snapshot.of(Host().service("TermService", service_dll=dll).to_answer(), NOW), "TermService")
    assert bool(found) is foreign and (not found or found.word == flaws.REPLACED)


@pytest.mark.parametrize("state", [2, 3])
@pytest.mark.parametrize("altered", [False, True])
def test_foreign_code_stands_before_the_service_that_hangs_in_it(state: int, altered: bool) -> None:
    host = Host().service("TermService", state=state)
    if altered:
        host.sections["files"]["termsrv.dll"].update(signature=3, windows=False)
    else:
        host.service("TermService", service_dll=_WRAPPER)
    host.sections["port"]["listeners"] = []
    for seen in (None, REFUSED):
        assert ids(run(host, seen))[:2] == ["service.dll_replaced", "service.stuck"]


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("0x204", "client.cannot_connect"),
        ("0x807", "client.credentials"),
        ("0x3/0x9", "nla.logon_right_missing"),
        ("0x300000D", "client.gateway"),
        ("0x607", "client.certificate_refused"),
        # These may come of it.
        ("0x904/0x7", "service.dll_replaced"),
        ("0x3/0x11", "service.dll_replaced"),
        ("0x4", "service.dll_replaced"),
        (None, "service.dll_replaced"),
    ],
)
def test_foreign_code_with_which_clients_get_in_goes_after_a_reason_that_one_has(code: str | None, first: str) -> None:
    found = ids(run(Host().service("TermService", service_dll=_WRAPPER), IN, code))
    assert found[0] == first and "service.dll_replaced" in found


@pytest.mark.parametrize("build", [19045, 26100])
def test_whoever_has_to_put_somebody_out_met_a_tool_that_does_not_fit(build: int) -> None:
    """One that fits lets both in."""
    asked = "Another user is signed in. If you continue, they'll be disconnected. Do you want to sign in anyway?"
    host = Host(build).person("Console")
    assert ids(run(host, IN, asked)) == ["session.occupied"]
    found = run(host.service("TermService", service_dll=_WRAPPER), IN, asked).findings
    assert [one.id for one in found] == ["service.dll_replaced", "session.occupied"]
    assert found[0].confidence == "likely"


@pytest.mark.parametrize(
    "shown", ["0x800704D6", "The number of connections to this computer is limited and all are in use."]
)
def test_the_limit_that_a_tool_had_lifted_is_the_tool_s(shown: str) -> None:
    """Windows' own limit is back where the tool does not fit its build; a limit that is set is none of it."""
    host = Host(19045).service("TermService", service_dll=_WRAPPER)
    found = run(host, IN, shown).findings
    assert [(one.id, one.confidence) for one in found] == [
        ("service.dll_replaced", "likely"),
        ("listener.connection_limit", "likely"),
    ]
    assert any("0x800704D6" in one.fact for one in found[0].evidence_for)
    for by in ("rdp_tcp", "policy"):
        limited = Host(19045).service("TermService", service_dll=_WRAPPER).setting(by, "MaxInstanceCount", dword(0))
        for seen in (None, IN):
            assert ids(run(limited, seen, shown))[:2] == ["listener.connection_limit", "service.dll_replaced"]


@pytest.mark.parametrize("which", ["another build", "another file", "altered", "process"])
def test_who_was_logged_on_is_told_whatever_runs_in_the_place_of_windows(which: str) -> None:
    host = Host(17763)
    host.sections["licensing"]["session_host"] = False
    host.sections["sessions"]["sessions"] = [
        {"id": number, "user": user, "state": 0} for number, user in enumerate((r"CORP\anna", r"CORP\bert"), 1)
    ]
    if which == "another build":
        host.sections["files"]["termsrv.dll"]["version"] = "10.0.26100.1"
    elif which == "altered":
        host.sections["files"]["termsrv.dll"].update(signature=3)
    elif which == "process":
        host.service("TermService", image_path=r"C:\Program Files\ASTER\mutetsvc.exe")
    else:
        host.service("TermService", service_dll=_WRAPPER)
    found = run(host, IN, "0x800704D6").findings
    lifted = which in ("another build", "another file")
    order = ["service.dll_replaced", "listener.connection_limit"]
    assert [one.id for one in found][:2] == (order if lifted else order[::-1])
    limit = next(one for one in found if one.id == "listener.connection_limit")
    assert any(r"CORP\anna, CORP\bert" in one.fact for one in limit.evidence_for)


@each("account", ["CORP\\svc-rds", "WEB01\\anna", ".\\anna", "svc@corp.example.com", "LocalSystem"])
@each("code", [1057, 1069, 1079])
def test_another_account_is_why_a_service_does_not_start_and_no_other_is_named(account: str, code: int) -> None:
    host = Host().service("TermService", state=1, pid=0, exit_code=code, account=account)
    found = run(host, REFUSED).findings
    assert (found[0].id, found[0].confidence) == ("service.account_changed", "proven")
    assert not any("NETWORK SERVICE cannot log on" in one.summary for one in found)


def test_another_account_goes_before_another_dll_and_says_nothing_of_another_program() -> None:
    host = Host(18362).service("TermService", image_path=r"C:\Program Files\ASTER\mutetsvc.exe", account="LocalSystem")
    assert ids(run(host, REFUSED))[0] == "service.dll_replaced"
    assert "service.account_changed" not in ids(run(host, REFUSED))
    host = Host(18362).service("TermService", service_dll=_WRAPPER, account="LocalSystem")
    assert ids(run(host, REFUSED))[:2] == ["service.account_changed", "service.dll_replaced"]


# The three services that are judged, each with the flaws that let it not start.
_CONFIGURED = {
    "TermService": ("termsvcs", "service.cannot_start", "service.dll_replaced"),
    "SessionEnv": ("netsvcs", "service.sessionenv_cannot_start", "service.sessionenv_cannot_start"),
    "UmRdpService": ("LocalSystemNetworkRestricted", "service.cannot_start", "service.cannot_start"),
}
_FLAWS = ("dll_empty", "dll_gone", "dll_replaced", "not_listed", "group_gone", "quoted")


def _grouped(name: str, listed: bool = True) -> Host:
    """A host on which all groups were read, and this service stands in its own."""
    host = Host()
    for service, (group, *_ids) in _CONFIGURED.items():
        names = ["Schedule", *([service] if listed or service != name else [])]
        host.value(collect.SVCHOST, group, {"type": "multi_string", "data": names})
        host.service(service, image_path=rf"%SystemRoot%\System32\svchost.exe -k {group} -p")
    return host


def _flawed(name: str, flaw: str) -> Host:
    host = _grouped(name, listed=flaw != "not_listed")
    if flaw == "group_gone":
        return host.value(collect.SVCHOST, _CONFIGURED[name][0], None)
    if flaw == "quoted":
        return host.service(name, image_path=rf'"%SystemRoot%\System32\svchost.exe -k {_CONFIGURED[name][0]} -p"')
    dlls = {"dll_empty": "", "dll_gone": None, "dll_replaced": r"C:\Program Files\x\other.dll"}
    return host.service(name, service_dll=dlls[flaw]) if flaw in dlls else host


def _planned(host: Host, seen: Sight | None, *asked: str) -> set[str]:
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(seen), None)
    policy = RepairPolicy(allow_disconnect=True, tighten=True, open=True, only_findings=asked)
    return {
        f"{step.op} {step.fields.get('service', '')}".strip()
        for rung in planner.plan(found, policy).rungs
        for step in rung.steps
    }


@each(
    "name, flaw, exit_code, sight, start",
    itertools.product(_CONFIGURED, _FLAWS, [0, 1077, 2, 126, 1053, 1083, None], (RESET, IN, None), (3, 4)),
    one_of=11,
)
def test_what_cannot_start_as_it_is_configured_is_not_only_stopped(
    name: str, flaw: str, exit_code: int | None, sight: Sight | None, start: int
) -> None:
    _group, found, replaced = _CONFIGURED[name]
    seen = REFUSED if (name, sight) == ("TermService", RESET) else sight
    host = _flawed(name, flaw).service(name, state=1, pid=0, exit_code=exit_code, start=start).expire()
    findings = {one.id: one for one in run(host, seen).findings}
    assert not {"service.stopped", "service.sessionenv_stopped"} & set(findings)
    # Hardening disables UmRdpService, and has a right to; what is disabled and needed has two faults.
    cause = replaced if flaw == "dll_replaced" else found
    if start == 3 or name != "UmRdpService":
        assert cause in findings
    if start == 4 and name != "UmRdpService":
        assert list(findings).index(cause) < list(findings).index("service.disabled")
    done = _planned(host, seen)
    assert not {f"start {name}", f"service.start {name}"} & done and f"service.start_type {name}" not in done
    if name == "SessionEnv":
        assert not any(step.startswith(("certificate.renew", "service.restart")) for step in done)


@pytest.mark.parametrize("name", _CONFIGURED)
def test_a_configuration_that_is_whole_or_was_not_read_is_no_flaw(name: str) -> None:
    """It stands in its group; or nobody read its key, its value, or the list of the group."""
    denied = {"code": 5, "type": "System.Security.SecurityException", "message": "denied"}
    group = _CONFIGURED[name][0]
    unread = Host().service(name, image_path=f"%SystemRoot%\\System32\\svchost.exe -k {group}")
    for host in (
        _grouped(name),
        _grouped(name).service(name, service_dll=None, image_path=None),
        _grouped(name).service(name, service_dll=None, error=denied),
        unread,
        _flawed(name, "group_gone").unread_keys(collect.SVCHOST),
    ):
        host.service(name, state=1, pid=0)
        found = set(ids(run(host, REFUSED if name == "TermService" else IN)))
        assert not {"service.cannot_start", "service.sessionenv_cannot_start", "service.dll_replaced"} & found
    # A snapshot from before the later groups were collected has the first ones alone.
    unread.value(collect.SVCHOST, "NetworkService", {"type": "multi_string", "data": ["CryptSvc"]})
    assert any("cannot_start" in one for one in ids(run(unread, REFUSED))) is (group in collect.FIRST_GROUPS)


@pytest.mark.parametrize("flaw", _FLAWS)
def test_what_runs_and_would_not_come_back_is_not_restarted(flaw: str) -> None:
    """Whatever is said. Another program in its place may come back, and whoever allows that may try."""
    assert "service.restart TermService" in _planned(_grouped("TermService").expire(), RESET)
    host = _flawed("TermService", flaw).expire()
    may = flaw == "dll_replaced"
    assert ("service.restart TermService" in _planned(host, RESET)) is may
    snapshot, asked = Snapshot.of(host.to_answer(), NOW), {"name": None, "start_type": None, "state": "restarted"}
    for allowed in (False, True):
        guard = planner.session_guard(snapshot, RepairPolicy(allow_disconnect=allowed))
        assert (guard is None) is (may and allowed)
        assert guard is None or ("allow_disconnect" in str(guard)) is may
        for name in (None, "TermService"):
            try:
                done = desired.service({**asked, "name": name}, snapshot, RepairPolicy(allow_disconnect=allowed)).steps
            except Refused:
                done = ()
            assert bool(done) is (may and allowed)


@each("flaw", _FLAWS)
@each("name", ["SessionEnv", "UmRdpService"])
def test_a_restart_that_is_asked_for_is_none_of_what_cannot_start_again(name: str, flaw: str) -> None:
    asked = {"name": name, "start_type": None, "state": "restarted"}
    snapshot = Snapshot.of(_flawed(name, flaw).to_answer(), NOW)
    if flaw == "dll_replaced":
        assert desired.service(asked, snapshot, RepairPolicy()).steps
        return
    with pytest.raises(Refused, match=f"{name} cannot start again"):
        desired.service(asked, snapshot, RepairPolicy())


# Other faults of a host, with what a client saw of each.
_OTHERS: dict[str, tuple[Callable[[Host], object], Sight | None]] = {
    "nothing": (lambda host: None, IN),
    "nothing that the host explains": (lambda host: None, RESET),
    "nothing that the host explains, before TLS": (lambda host: None, probe("negotiation", "closed")),
    "expired": (lambda host: host.expire(), RESET),
    "expired, and clients get in": (lambda host: host.expire(), IN),
    "no certificate": (no_store_entry, RESET),
    "a dead pin": (lambda host: host.pin("AB" * 20), RESET),
    "nobody looked": (lambda host: host.expire(), None),
    "KeyIso failed": (lambda host: host.service("KeyIso", state=1, pid=0, exit_code=126), RESET),
    "disabled, and runs": (lambda host: host.service("SessionEnv", start=4), IN),
    "TermService hangs": (lambda host: host.service("TermService", state=2), REFUSED),
}


def _told(host: Host, seen: Sight | None) -> list[tuple[str, str, str, str]]:
    return [(one.id, one.severity, one.confidence, one.summary) for one in run(host, seen).findings]


@each("name, flaw, other", itertools.product(_CONFIGURED, _FLAWS, _OTHERS), one_of=5)
def test_a_flaw_of_what_runs_stands_behind_every_other_fault_and_changes_none(name: str, flaw: str, other: str) -> None:
    """Nothing that happens now comes of it. Foreign code in TermService is no such flaw: it runs now."""
    if (name, flaw) == ("TermService", "dll_replaced"):
        return
    break_, seen = _OTHERS[other]
    whole, flawed = _grouped(name), _flawed(name, flaw)
    for host in (whole, flawed):
        break_(host)
    own = next(one for one in run(flawed, seen).findings if name in one.summary and "again once" in one.summary)
    assert own.severity == "warning" and own.of_the_next_start
    found = _told(flawed, seen)
    at = found.index((own.id, own.severity, own.confidence, own.summary))
    assert found[:at] + found[at + 1 :] == _told(whole, seen)
    behind = found[at + 1 :]
    later = {one.id for one in run(whole, seen).findings if one.of_the_next_start}
    assert all(one[2] == "possible" or one[0] in later for one in behind)
    done = _planned(flawed, seen)
    assert not {f"service.{how} {name}" for how in ("start", "restart", "start_type")} & done
    assert name != "SessionEnv" or "certificate.renew" not in done


@each("down, name, flaw, other", itertools.product(_CONFIGURED, _CONFIGURED, _FLAWS, _OTHERS), one_of=13)
def test_no_plan_starts_what_is_known_not_to_start(down: str, name: str, flaw: str, other: str) -> None:
    """Whichever service is down, and disabled or not; UmRdpService is started along with TermService."""
    for start in (3, 4):
        host = _flawed(name, flaw)
        _OTHERS[other][0](host)
        host.service(down, state=1, pid=0, start=start).service("UmRdpService", state=1, pid=0)
        for seen in (REFUSED, _OTHERS[other][1]):
            done = _planned(host, seen)
            assert not {f"service.start {name}", f"service.start_type {name}"} & done
            assert name != "SessionEnv" or "certificate.renew" not in done


def test_the_redirector_is_started_with_termservice_where_it_is_whole() -> None:
    host = _grouped("UmRdpService").service("TermService", state=1, pid=0).service("UmRdpService", state=1, pid=0)
    assert {"service.start TermService", "service.start UmRdpService"} <= _planned(host, REFUSED)


@pytest.mark.parametrize("name", _CONFIGURED)
def test_another_program_is_asked_for_no_group_and_no_dll(name: str) -> None:
    """It may have a -k of its own; svchost.exe alone looks for both."""
    for flaw in ("dll_empty", "dll_gone", "not_listed", "group_gone", "quoted"):
        host = _flawed(name, flaw)
        group = _CONFIGURED[name][0]
        host.service(name, image_path=rf"C:\Program Files\Thin\ts.exe -k {group}", state=1, pid=0)
        snapshot = Snapshot.of(host.to_answer(), NOW)
        # It starts as any service does, whatever stands where a DLL of svchost.exe would be named.
        assert flaws.flaw(snapshot, name) is None
        found = flaws.foreign_program(snapshot, name)
        assert found and found.word == flaws.REPLACED and "ts.exe" in found.fact and not found.fails


def test_a_maker_that_may_run_is_no_reason_for_a_connection_that_breaks() -> None:
    """Another program in its place runs, or would; only one that is known to be down and to stay so is."""
    for flaw in _FLAWS:
        for state in (1, 4):
            found = run(_flawed("SessionEnv", flaw).service("SessionEnv", state=state), RESET).findings
            maker = next(one for one in found if one.id == "service.sessionenv_cannot_start")
            assert (maker.severity == "critical") is (state == 1 and flaw != "dll_replaced")


@each("name", _CONFIGURED)
@each("count", [0, 1, 3, 4, 40])
def test_a_flaw_is_told_in_sentences_that_stand_alone(name: str, count: int) -> None:
    """Each names its service; of a long list a few names are shown, and how many more there are."""
    group = _CONFIGURED[name][0]
    names = [f"Service{number}" for number in range(count)]
    for flaw in _FLAWS:
        host = _flawed(name, flaw)
        if flaw == "not_listed":
            host.value(collect.SVCHOST, group, {"type": "multi_string", "data": names})
        for state, words in ((1, "start"), (4, "start again once it has ended")):
            found = flaws.flaw(Snapshot.of(host.service(name, state=state).to_answer(), NOW), name)
            assert found and name in found.fact and f"{words}{',' if not found.fails else ':'}" in found.outlook
            assert found.outlook.startswith("cannot" if found.fails else "might not")
            assert len(found.beside) < 100
            if flaw == "not_listed":
                assert ("is empty" in found.fact) is (count == 0)
                assert (f"and {count - 3} more" in found.beside) is (count > 3)


def test_no_security_layer_of_tls_where_nobody_makes_a_certificate() -> None:
    def conflict(host: Host) -> Host:
        return no_store_entry(host.setting("rdp_tcp", "SecurityLayer", dword(0)))

    assert {"registry.set", "certificate.renew"} <= _planned(conflict(Host()), RESET)
    hosts = [
        gone(Host(), "SessionEnv"),
        Host().service("SessionEnv", state=1, pid=0, exit_code=126),
        *(_flawed("SessionEnv", flaw).service("SessionEnv", state=1, pid=0) for flaw in _FLAWS),
    ]
    for host in hosts:
        assert "listener.security_layer_conflict" in ids(run(conflict(host), RESET))
        assert not _planned(host, RESET)


@pytest.mark.parametrize("exit_code", [126, 1067, 1069, 1297])
@pytest.mark.parametrize("stage", ["negotiation", "tls"])
def test_the_last_guess_stands_behind_a_maker_that_cannot_start(stage: str, exit_code: int) -> None:
    host = Host().service("SessionEnv", state=1, pid=0, exit_code=exit_code)
    first, *others = run(host, probe(stage, "closed", address="10.0.0.5")).findings
    assert (first.id, first.severity, first.confidence) == ("service.sessionenv_cannot_start", "critical", "likely")
    assert [one.confidence for one in others if one.id == "interference.handshake_dropped"] == ["possible"]
    assert not any("in order" in one.fact and "SessionEnv" in one.fact for each in others for one in each.evidence_for)


@pytest.mark.parametrize(
    "host",
    [
        Host().service("SessionEnv", state=1, pid=0),
        Host().service("SessionEnv", state=1, pid=0, start=4),
        Host().service("KeyIso", state=1, pid=0, exit_code=126),
        gone(Host(), "SessionEnv"),
        # Printers that are missing keep nobody out; a host that lost or broke its services is not in order, though.
        Host().service("UmRdpService", state=1, pid=0, exit_code=126),
        _flawed("UmRdpService", "dll_empty").service("UmRdpService", state=1, pid=0),
        gone(Host(), "UmRdpService"),
    ],
)
def test_the_last_guess_stands_behind_every_service_with_a_fault(host: Host) -> None:
    """Whether that is told as a warning or not; clients are out all the same."""
    judged = run(host, RESET)
    first, *others = judged.findings
    assert first.type.group == "service" and judged.verdict == "broken"
    for guess in (one for one in others if one.id == "interference.handshake_dropped"):
        assert (guess.severity, guess.confidence) == ("critical", "possible")
        assert "nothing on the host" not in guess.summary and first.id in guess.needs_evidence[-1]


@pytest.mark.parametrize("exit_code", [1053, 1054, 1070])
@pytest.mark.parametrize("name", ["TermService", "SessionEnv"])
def test_a_start_that_came_too_late_once_does_not_keep_a_service_disabled(name: str, exit_code: int) -> None:
    sight = REFUSED if name == "TermService" else RESET
    found = run(Host().service(name, state=1, start=4, pid=0, exit_code=exit_code), sight).findings
    assert found[0].id == "service.disabled"


@pytest.mark.parametrize("exit_code", [2, 5, 126, 1053])
def test_devices_without_their_service_are_told(exit_code: int) -> None:
    [finding] = run(Host().service("UmRdpService", state=1, pid=0, exit_code=exit_code)).findings
    assert (finding.id, finding.severity) == ("service.cannot_start", "warning") and "UmRdpService" in finding.summary
    # It goes down with TermService, and ends in order by itself.
    assert_silent(lambda host: host.service("UmRdpService", state=1, pid=0), IN)


_ON: dict[str, Any] = {"enabled": True, "require_nla": True, "firewall": False, "members": []}
_ENABLED = {"security_layer": None, "nla": None, "encryption_level": None, "negotiation": None, "enabled": True}


@each("flaw", _FLAWS)
@each("name", ["TermService", "SessionEnv"])
def test_whoever_asks_for_a_service_that_cannot_start_is_told_why(name: str, flaw: str) -> None:
    asked = {"name": name, "start_type": None, "state": "started"}
    made = _flawed(name, flaw).service(name, state=1, pid=0).setting("terminal_server", "fDenyTSConnections", dword(1))
    host = Snapshot.of(made.to_answer(), NOW)
    if flaw == "dll_replaced":
        assert desired.service(asked, host, RepairPolicy()).steps, "it may start, and somebody asks for it"
        return
    for wish, of in ((desired.service, asked), (desired.access, _ON), (desired.listener, _ENABLED)):
        with pytest.raises(Refused, match=f"{name} cannot start"):
            wish(of, host, RepairPolicy())


@pytest.mark.parametrize("flaw", _FLAWS)
def test_no_certificate_is_asked_of_a_maker_that_cannot_start(flaw: str) -> None:
    """Nor of one that runs: it is stopped and started to make one."""
    asked = {"state": "renewed", "thumbprint": None, "force": True}
    for state in (1, 4):
        host = Snapshot.of(_flawed("SessionEnv", flaw).service("SessionEnv", state=state).to_answer(), NOW)
        if flaw == "dll_replaced":
            assert desired.certificate(asked, host, RepairPolicy()).steps
            continue
        with pytest.raises(Refused, match="SessionEnv cannot start"):
            desired.certificate(asked, host, RepairPolicy())


_BEHIND = {
    "TermService": ("service.cannot_start", REFUSED),
    "SessionEnv": ("service.sessionenv_cannot_start", RESET),
    "KeyIso": ("service.cannot_start", RESET),
    "CryptSvc": ("service.cannot_start", RESET),
}


def test_services_that_are_gone_are_told_as_far_as_the_look_bears_it() -> None:
    names = ("TermService", "SessionEnv", "UmRdpService")
    host = Host()
    for name in names:
        gone(host, name)
    for seen, words in ((REFUSED, "nobody answers"), (None, "nobody answers"), (IN, "still lets clients in")):
        [missing, *_more] = run(host, seen).findings
        assert missing.id == "service.missing" and words in missing.summary and ", ".join(names) in missing.summary
        assert ("nobody answers" in missing.summary) is (seen is not IN)


@pytest.mark.parametrize("name", _BEHIND)
def test_what_is_disabled_and_failed_before_is_not_only_disabled(name: str) -> None:
    """That it was refused its start is no fault of its own, and enabling it is the remedy then."""
    id_, seen = _BEHIND[name]
    for exit_code in (2, 5, 126, 1068, 1069, 1075):
        host = Host().service(name, state=1, pid=0, start=4, exit_code=exit_code).expire()
        found = ids(run(host, seen))
        assert found.index(id_) < found.index("service.disabled")
        assert not any(step.endswith(f" {name}") for step in _planned(host, seen))
    host = Host().service(name, state=1, pid=0, start=4, exit_code=1058).expire()
    assert id_ not in ids(run(host, seen)) and f"service.start_type {name}" in _planned(host, seen)


def test_a_service_is_disabled_in_front_of_its_own_fault_alone() -> None:
    """TermService is disabled, and SessionEnv cannot start: each has its own remedy."""
    host = Host().service("TermService", state=1, pid=0, start=4).service("SessionEnv", state=1, pid=0, exit_code=126)
    assert ids(run(host, REFUSED))[0] == "service.disabled"
    assert "service.start_type TermService" in _planned(host, REFUSED)


_ONE_CRASH: dict[str, Any] = {"modules": ("svchost.exe_TermService", "umppc.dll"), "numbers": (0xC0000005,)}


@pytest.mark.parametrize(("ago", "told"), [(30, True), (31, True), (90, False)])
@pytest.mark.parametrize("logged", ["crash", "end"])
def test_one_end_of_the_time_that_the_dialog_shows_ended_that_connection(ago: int, told: bool, logged: str) -> None:
    then = NOW - timedelta(minutes=ago)
    host = Host()
    if logged == "crash":
        host.event(providers.APPLICATION_ERROR, 1000, 1, "Application", at=NOW - timedelta(minutes=30), **_ONE_CRASH)
    else:
        host.event(providers.SERVICE_CONTROL_MANAGER, 7031, 1, at=NOW - timedelta(minutes=30), service="TermService")
    found = run(host, IN, f"0x904/0x7\nTimestamp (UTC): {then:%m/%d/%y %I:%M:%S %p}").findings
    assert [one.id for one in found] == ["service.crashing"] * told + ["client.not_reproduced"]
    # Whoever says why did not meet it.
    found = run(host, IN, f"0x1B07\nTimestamp (UTC): {then:%m/%d/%y %I:%M:%S %p}").findings
    assert [one.id for one in found] == ["client.certificate_refused"]


def test_an_end_of_another_service_ended_nobody_s_connection() -> None:
    host = Host().event(
        providers.SERVICE_CONTROL_MANAGER, 7031, 1, at=NOW - timedelta(minutes=30), service="UmRdpService"
    )
    then = NOW - timedelta(minutes=30)
    code = f"0x904/0x7\nTimestamp (UTC): {then:%m/%d/%y %I:%M:%S %p}"
    assert ids(run(host, IN, code)) == ["client.not_reproduced"]
