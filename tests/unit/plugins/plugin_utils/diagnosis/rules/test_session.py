# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what comes after the logon, both ways."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.hosts.faults import IN
from tests.hosts.snapshots import NOW, Host, dword, probe
from tests.profiles import each
from tests.unit.judging import ids, run


def _ended(host: Host, count: int, hours: int = 0) -> Host:
    return host.event("Microsoft-Windows-Winlogon", 4005, count, "Application", at=NOW - timedelta(hours=hours))


def test_a_logon_that_ends_again_and_again_is_a_suspicion() -> None:
    """A connection that ends before anybody logs on may leave the same event."""
    [found] = run(_ended(Host(), 3), IN).findings
    assert (found.id, found.confidence) == ("session.logon_process_crashes", "possible")
    assert "times of event 4005" in found.needs_evidence[0]
    assert found.advice == found.type.advice_text("ended", {})
    assert ids(run(_ended(Host(), 2), IN)) == [found.id]
    assert ids(run(_ended(Host(), 1), IN)) == ids(run(_ended(Host(), 3, hours=72), IN)) == []


def test_it_goes_with_the_crash_that_was_logged() -> None:
    host = _ended(Host(), 1).event("Application Error", 1000, 2, "Application", modules=("LogonUI.exe",))
    [found] = run(host, IN).findings
    assert found.confidence == "likely" and not found.needs_evidence
    assert [("4005" in one.fact) for one in found.evidence_for] == [False, True]
    assert found.advice and "event 1000 of Application Error" in found.advice
    modules = ("LogonUI.exe",)
    of_days = Host().event("Application Error", 1000, 2, "Application", modules=modules, at=NOW - timedelta(days=2))
    assert ids(run(of_days, IN)) == []


def test_a_crash_of_the_logon_screen_names_program_and_module() -> None:
    modules = ("LogonUI.exe", "AcmeCredProv.dll")
    [found] = run(Host().event("Application Error", 1000, 2, "Application", modules=modules), IN).findings
    for text in (found.summary, found.evidence_for[0].fact):
        assert "LogonUI.exe" in text and "AcmeCredProv.dll" in text
    assert "AcmeCredProv.dll" in (found.advice or "") and "event 1000" not in (found.advice or "")


def test_a_profile_is_told_by_the_log_or_by_the_words_that_a_user_saw() -> None:
    words = "The User Profile Service service failed the sign-in.\nUser profile cannot be loaded."
    logged = Host().event("Microsoft-Windows-User Profiles Service", 1511, 1, "Application")
    [shown], [found] = run(Host(), IN, words).findings, run(logged, IN).findings
    assert shown.id == found.id == "session.profile"
    assert "which name the user and the file" in shown.needs_evidence[0] and not found.needs_evidence
    both = run(Host().event("Microsoft-Windows-User Profiles Service", 1511, 1, "Application"), IN, words).findings[0]
    assert len(both.evidence_for) == 2


def test_a_service_that_is_busy_is_told_by_the_words_of_windows() -> None:
    words = "The task you are trying to do can't be completed because Remote Desktop Services is currently busy."
    [shown] = run(Host(), IN, words).findings
    assert shown.id == "session.stuck" and "busy" in shown.summary and "qwinsta" in (shown.advice or "")
    session = "Microsoft-Windows-TerminalServices-LocalSessionManager"
    logged = Host().event(session, 36, 1, f"{session}/Operational")
    [both] = run(logged, IN, words).findings
    assert "the session manager logged an error" in both.summary and len(both.evidence_for) == 2


@pytest.mark.parametrize(
    "words",
    [
        "RDP hangs at Please wait",
        "Remote desktop is stuck on the Welcome screen",
        'For one user alone it stays at "Please wait" when he reconnects',
        'Stuck at "Please wait for the User Profile Service"',
        "Bitte warten auf den Benutzerprofildienst, und da bleibt es stehen",
        "Bei einem bleibt es bei Bitte warten stehen, wenn er sich wieder verbindet",
    ],
)
def test_a_logon_that_stands_still_is_a_suspicion_until_the_log_has_it(words: str) -> None:
    [shown] = run(Host(), IN, words).findings
    assert (shown.id, shown.confidence) == ("session.stuck", "possible")
    assert "hangs at its beginning" in shown.summary and "busy" not in shown.summary
    assert "qwinsta" in shown.needs_evidence[0] and "which closes its programs" in (shown.advice or "")
    session = "Microsoft-Windows-TerminalServices-LocalSessionManager"
    [both] = run(Host().event(session, 36, 1, f"{session}/Operational"), IN, words).findings
    assert both.confidence == "likely" and "the session manager logged an error" in both.summary
    assert not both.needs_evidence


@pytest.mark.parametrize(
    "words",
    [
        "The sessions are still there, but the screen is black and keyboard and mouse do nothing",
        "Die Sitzung läuft noch, der Bildschirm ist schwarz",
    ],
)
def test_a_session_that_is_black_is_a_suspicion_and_products_at_work_are_asked_about(words: str) -> None:
    [found] = run(Host(), IN, words).findings
    assert (found.id, found.confidence) == ("session.transport", "possible") and len(found.needs_evidence) == 1
    host = Host()
    host.sections["products"]["services"].append(
        {"name": "ntrtscan", "start": 2, "type": 16, "image_path": None, "state": 4}
    )
    judged = run(host, IN, words)
    assert "Trend Micro" in judged.findings[0].needs_evidence[1] and judged.verdict == "healthy"


@pytest.mark.parametrize(
    "words",
    [
        "The session in Teams shows a black screen when somebody is sharing",
        "In the VNC session the screen is black",
    ],
)
def test_a_black_screen_of_another_program_is_no_session_of_this_host(words: str) -> None:
    assert "session.transport" not in ids(run(Host(), IN, words))


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ("Another user is signed in. If you continue, they'll be disconnected. Do you want to sign in anyway?", "asks"),
        ("Another user is currently logged on to this computer. If you continue, this user has to disconnect.", "asks"),
        ("В систему вошел другой пользователь. Если вы продолжите, он будет отключен.", "asks"),
        (
            "The user A\\b is currently logged on to this computer. Only the current user or an administrator can"
            " log on to this computer.",
            "may not",
        ),
    ],
)
def test_somebody_else_who_is_signed_in_is_nobody_s_fault(words: str, summary: str) -> None:
    for seen in (IN, None):
        judged = run(Host().person(), seen, words)
        [shown] = judged.findings
        assert (shown.id, shown.owner) == ("session.occupied", "none") and summary in shown.summary
        assert "quser" in (shown.advice or "") and "signed in now" in shown.evidence_for[-1].fact
        assert judged.verdict == ("healthy" if seen else "unknown")


@pytest.mark.parametrize(
    ("number", "confidence"),
    [
        *((number, "likely") for number in (1500, 1502, 1508, 1509, 1511, 1515)),
        # The part of a profile that people get on without.
        (1542, "possible"),
    ],
)
def test_each_event_of_profiles_that_is_read_is_told(number: int, confidence: str) -> None:
    [found] = run(Host().event("Microsoft-Windows-User Profiles Service", number, 1, "Application"), IN).findings
    assert (found.id, found.confidence) == ("session.profile", confidence)


_SESSIONS, _TERMDD = "Microsoft-Windows-TerminalServices-LocalSessionManager", "TermDD"


@each(
    ("station", "state", "place"),
    [("Console", 0, "at the screen"), ("RDP-Tcp#3", 0, "by Remote Desktop"), (None, 4, "disconnected")],
)
def test_who_is_signed_in_is_named_wherever(station: str | None, state: int, place: str) -> None:
    words = "Another user is signed in. If you continue, they'll be disconnected. Do you want to sign in anyway?"
    host = Host().person()
    host.sections["sessions"]["sessions"][-1].update(station=station, state=state, user="CORP\\bob")
    [found] = run(host, IN, words).findings
    who = "Somebody else" if place == "disconnected" else "CORP\\bob"
    assert found.summary.startswith(f"{who} is signed in") and place in found.evidence_for[-1].fact
    host.sections["sessions"]["sessions"].append(
        {**host.sections["sessions"]["sessions"][-1], "id": 7, "user": "CORP\\ann", "state": 4, "station": None}
    )
    [found] = run(host, IN, words).findings
    assert found.summary.startswith(f"{who} is signed in") and "CORP\\ann in session 7" in found.evidence_for[-1].fact


def _ends(provider: str, number: int, status: int, count: int = 3) -> Host:
    log = f"{_SESSIONS}/Operational" if provider == _SESSIONS else "System"
    return Host().event(provider, number, count, log, numbers=(7, status))


@each("seen", [IN, None])
@each("status", [0xD0000001, 0xC0000001, 0xC0000184, 0xC000009A, 0xD00000E5])
@each(("provider", "number", "confidence"), [(_SESSIONS, 40, "likely"), (_TERMDD, 56, "possible")])
def test_ends_with_an_error_of_the_host_are_told(
    provider: str, number: int, confidence: str, status: int, seen: dict[str, Any] | None
) -> None:
    """All at once it is the host, whoever looks; of TermDD nobody knows whether a session was there."""
    host = _ends(provider, number, status)
    [found] = [one for one in run(host, seen).findings if one.id == "session.transport"]
    assert found.confidence == confidence and "events 24 and 40" in found.needs_evidence[0]


def test_ends_here_and_there_are_a_suspicion() -> None:
    host = Host()
    for hours in range(3):
        host.event(
            _SESSIONS, 40, 1, f"{_SESSIONS}/Operational", numbers=(7, 0xD0000001), at=NOW - timedelta(hours=hours)
        )
    assert [one.confidence for one in run(host, IN).findings] == ["possible"]


@each(("provider", "number"), [(_SESSIONS, 40), (_TERMDD, 56)])
@each("status", [0, 5, 11, 12, 0xC00000B5, 0xD000020C, 0xC000006D, 0x80090330, 0x80070040])
def test_what_people_networks_and_scans_leave_is_no_error(provider: str, number: int, status: int) -> None:
    assert ids(run(_ends(provider, number, status, 40), IN)) == []


def test_two_ends_are_too_few() -> None:
    assert ids(run(_ends(_SESSIONS, 40, 0xD0000001, 2), IN)) == []


def _without_a_reason(*ids_: int, count: int = 3, hours: int = 0) -> Host:
    host = Host()
    for number in ids_:
        host.event(_TERMDD, number, count, "System", at=NOW - timedelta(hours=hours))
    return host


@pytest.mark.parametrize(("seen", "code"), [(None, None), (None, "0x904/0x0"), (IN, "0x904/0x0"), (IN, "0x3/0x0")])
def test_streams_that_nobody_explains_are_a_suspicion(seen: dict[str, Any] | None, code: str | None) -> None:
    [found] = [one for one in run(_without_a_reason(50, 56), seen, code).findings if one.id == "session.transport"]
    assert found.confidence == "possible" and "events 24 and 40" in found.needs_evidence[0]
    assert found.summary == found.type.summary_text("stream", {})


@pytest.mark.parametrize(
    "host",
    [
        _without_a_reason(50),
        _without_a_reason(56),
        _without_a_reason(50, 56, count=2),
        _without_a_reason(50, 56, hours=48),
        # What the other side or the network did is no error of the host's.
        _ends(_TERMDD, 56, 0xC00000B5).event(_TERMDD, 50, 3, "System"),
    ],
)
def test_what_scans_leave_is_none(host: Host) -> None:
    assert ids(run(host)) == []


def test_a_look_that_gets_in_says_more_than_streams() -> None:
    assert ids(run(_without_a_reason(50, 56), IN)) == []


_CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"


def _broke(status: int, count: int = 4) -> Host:
    return Host(26100).event(_CORE, 226, count, f"{_CORE}/Operational", numbers=(status,))


def _transport(host: Host, code: str | None) -> list[tuple[str, str]]:
    findings = run(host, IN, code).findings
    return [(one.owner, one.confidence) for one in findings if one.id == "session.transport"]


@pytest.mark.parametrize("status", [0x80070079, 0x8007274C, 0x800705B4])
@pytest.mark.parametrize("code", ["0x904/0x0", "The connection to the remote computer was lost", "RDP freezes"])
def test_that_nothing_of_the_other_side_arrived_is_the_network_s(status: int, code: str) -> None:
    assert _transport(_broke(status), code) == [("network", "likely")]
    assert run(_broke(status), IN, code).findings[0].id == "session.transport"


@pytest.mark.parametrize("code", [None, "0x904/0x7", "0x807"])
def test_laptops_that_fell_asleep_are_no_fault_where_nobody_complains_of_a_session(code: str | None) -> None:
    """Each leaves such an event: beside a connection that broke while it was made it says nothing."""
    assert _transport(_broke(0x80070079), code) == []


def test_what_a_user_complains_of_may_be_what_the_log_has_though_its_words_are_not_understood() -> None:
    words = "Something went wrong again this morning"
    assert _transport(_broke(0x80070079), words) == [("network", "possible")]
    [first, second] = run(_broke(0x80070079), IN, words).findings
    assert (first.id, second.id) == ("session.transport", "client.other")
    assert "in the words that the client shows" in first.needs_evidence[0]
    # Each normal end leaves the other statuses.
    assert _transport(_broke(0x80070040), words) == []


def test_a_normal_end_is_not_the_network_s() -> None:
    assert _transport(_broke(0x80070040), "0x904/0x0") == [("host", "likely")]
    assert _transport(_broke(0x80070040), "The connection to the remote computer was lost") == []
    assert _transport(_broke(0x80070079, 2), "The connection to the remote computer was lost") == []


@pytest.mark.parametrize(
    "words",
    [
        "After the logon the RDP session freezes",
        "Die Sitzung auf dem Terminalserver friert alle paar Minuten ein",
        "Ma session RDP se fige au bout de dix minutes",
        "La sesión RDP se congela después de iniciar",
        "RDP сеанс зависает после входа",
        "リモート デスクトップがフリーズします",
        "远程桌面经常卡死",
        "The RDP session drops and reconnects by itself",
    ],
)
def test_a_session_that_freezes_is_a_suspicion_with_the_one_thing_to_try(words: str) -> None:
    [found] = run(Host(26100), IN, words).findings
    assert (found.id, found.confidence) == ("session.transport", "possible")
    assert "fClientDisableUDP" in (found.advice or "") and "without UDP" in found.needs_evidence[0]


def test_a_session_that_freezes_is_said_where_nobody_looked_and_not_behind_a_look_that_ended_before() -> None:
    words = "After the logon the RDP session freezes"
    [found] = run(Host(26100), None, words).findings
    assert (found.id, found.confidence) == ("session.transport", "possible") and found.advice
    assert "session.transport" not in ids(run(Host(26100), probe("tls", "reset"), words))
    assert ids(run(Host(26100), None, "0x904/0x7")) == []


@pytest.mark.parametrize(
    "words",
    [
        "The Remote Desktop Services service hung on starting.",
        "It hangs at Securing remote connection",
        "The session does not freeze, it is only slow",
        "Excel hangs when I open a large file, the session itself is fine",
    ],
)
def test_what_hangs_otherwise_is_no_session_that_freezes(words: str) -> None:
    assert "session.transport" not in ids(run(Host(26100), IN, words))


@each(("policy", "local", "told"), [(0, 1, True), (0, 0, False), (1, 1, False), (None, 0, False)])
def test_a_switch_that_a_policy_overrides_is_named_where_sessions_break(
    policy: int | None, local: int, told: bool
) -> None:
    host = Host().setting("terminal_server", "fDenyTSConnections", dword(local))
    if policy is not None:
        host.setting("policy", "fDenyTSConnections", dword(policy))
    words = "All users are disconnected from the session host every 90 minutes"
    [found] = [one for one in run(host, IN, words).findings if one.id == "session.transport"]
    assert ("switch (fDenyTSConnections) is off" in found.evidence_for[-1].fact) is told
    assert any("events 1500 to 1503" in one for one in found.needs_evidence) is told


def test_the_host_s_own_word_goes_with_what_it_logged() -> None:
    [shown] = run(Host(), IN, "0x3/0x17").findings
    assert (shown.id, shown.confidence) == ("session.logon_process_crashes", "likely")
    assert "winlogon died" in shown.summary and "event 1000" in shown.needs_evidence[0]
    host = Host().event("Application Error", 1000, 1, "Application", modules=("winlogon.exe",))
    [both] = run(host, IN, "0x3/0x17").findings
    assert len(both.evidence_for) == 2 and both.confidence == "likely" and not both.needs_evidence


def test_a_session_that_is_still_connecting_is_said_to_be_no_more() -> None:
    """Without the session manager's event nobody logged an error."""
    [found] = run(Host().person(state=2), IN).findings
    assert (found.id, found.confidence) == ("session.stuck", "possible")
    assert "logged" not in found.summary and "still connecting" in found.summary
    logged = Host().event("Microsoft-Windows-TerminalServices-LocalSessionManager", 36, at=NOW)
    [found] = run(logged.person(state=2), IN).findings
    assert "logged an error" in found.summary and len(found.evidence_for) == 2
