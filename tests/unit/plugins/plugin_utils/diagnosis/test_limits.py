# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The time limits of sessions, both ways."""

from __future__ import annotations

from datetime import timedelta

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import lasting

from tests.hosts.faults import IN, RESET, Sight
from tests.hosts.snapshots import NOW, Host, dword
from tests.unit.judging import ids, run

SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager"
IDLE, UP = "0x3/0x3", "0x3/0x4"
HALF_AN_HOUR, TWO_HOURS = 1_800_000, 7_200_000


def _logged(host: Host, reason: int, count: int = 3, session: int = 2, days: int = 0) -> Host:
    at = NOW - timedelta(days=days)
    return host.event(SESSIONS, 40, count, f"{SESSIONS}/Operational", numbers=(session, reason), at=at)


def _own(**limits: int) -> Host:
    """A host whose listener keeps its limits for itself."""
    host = Host()
    accounts = {"MaxConnectionTime": "fInheritMaxSessionTime", "fResetBroken": "fInheritResetBroken"}
    for name, data in limits.items():
        host.setting("rdp_tcp", name, dword(data))
        host.setting("rdp_tcp", accounts.get(name, f"fInherit{name}"), dword(0))
    return host


def _by_policy(**limits: int) -> Host:
    host = Host()
    for name, data in limits.items():
        host.setting("policy", name, dword(data))
    return host


def _without_the_values(host: Host) -> Host:
    """As a bundle from before they were asked for."""
    for group in ("rdp_tcp", "policy"):
        settings = host.sections["listener"][group]["settings"]
        for name in [name for name in settings if name.startswith(("Max", "fInheritMax", "fInheritReset", "fReset"))]:
            if name != "MaxInstanceCount":
                del settings[name]
    return host


def _found(host: Host, code: str | None, *sight: Sight | None) -> Finding:
    """A client gets in unless something else was seen (None: nobody looked)."""
    [found] = [one for one in run(host, sight[0] if sight else IN, code).findings if one.id == "client.session_ended"]
    return found


@pytest.mark.parametrize("code", [None, "0x904/0x7", "0x807", "0x3/0x5", "0x3/0x7", "0x3/0x11"])
def test_limits_that_do_their_work_are_no_word_where_nobody_complains_of_an_end(code: str | None) -> None:
    limits = {"MaxIdleTime": HALF_AN_HOUR, "MaxConnectionTime": TWO_HOURS, "fResetBroken": 1}
    for host in (_own(**limits), _by_policy(**limits)):
        judged, plain = run(_logged(_logged(host, 3), 4), IN, code), run(Host(), IN, code)
        assert [one.to_dict() for one in judged.findings] == [one.to_dict() for one in plain.findings]
        assert judged.verdict == plain.verdict


@pytest.mark.parametrize(
    ("code", "reason", "name", "limit", "told"),
    [(IDLE, 3, "MaxIdleTime", HALF_AN_HOUR, "30 minutes"), (UP, 4, "MaxConnectionTime", TWO_HOURS, "2 hours")],
)
def test_a_limit_is_proven_by_client_log_and_policy_together(
    code: str, reason: int, name: str, limit: int, told: str
) -> None:
    found = _found(_logged(_by_policy(**{name: limit}), reason), code)
    assert (found.confidence, found.owner, found.automatic, found.needs_evidence) == ("proven", "policy", False, ())
    assert told in found.summary and f"{name} to {limit} milliseconds" in str(found.advice)
    assert "Group Policy 'Set time limit for active" in str(found.advice)
    # The policies of a user, which are not read, come before the listener's own value.
    own = _found(_logged(_own(**{name: limit}), reason), code)
    assert (own.confidence, own.owner, own.automatic) == ("likely", "host", False)
    assert told in own.summary and r"raise HKLM\SYSTEM" in str(own.advice) and name in str(own.advice)
    [missing] = own.needs_evidence
    assert "policy of the user" in missing


def test_one_of_them_alone_proves_nothing() -> None:
    value, log = _found(_by_policy(MaxIdleTime=HALF_AN_HOUR), IDLE), _found(_logged(Host(), 3), IDLE)
    assert value.confidence == log.confidence == "likely"
    assert "event 40" in value.needs_evidence[0] and "30 minutes" in value.summary
    assert log.owner == "none" and "account" in str(log.advice)


def test_what_is_of_another_limit_another_day_or_another_number_proves_nothing() -> None:
    host = _by_policy(MaxIdleTime=HALF_AN_HOUR)
    assert _found(_logged(host, 4), IDLE).confidence == "likely"
    assert _found(_logged(_by_policy(MaxIdleTime=HALF_AN_HOUR), 3, days=2), IDLE).confidence == "likely"
    # Session 3 that ended for another reason.
    assert _found(_logged(_by_policy(MaxIdleTime=HALF_AN_HOUR), 5, session=3), IDLE).confidence == "likely"
    of_both = _logged(_by_policy(MaxConnectionTime=TWO_HOURS), 3)
    assert _found(of_both, IDLE).owner == "none"


def test_a_look_that_fails_leaves_it_unproven() -> None:
    found = _found(_logged(_by_policy(MaxIdleTime=HALF_AN_HOUR), 3), IDLE, RESET)
    assert found.confidence == "likely" and found.evidence_against
    assert _found(_logged(_by_policy(MaxIdleTime=HALF_AN_HOUR), 3), IDLE, None).confidence == "proven"


def test_a_policy_of_never_overrides_the_listener_s_own_value() -> None:
    host = _own(MaxIdleTime=HALF_AN_HOUR).setting("policy", "MaxIdleTime", dword(0))
    found = _found(_logged(host, 3), IDLE)
    assert (found.confidence, found.owner) == ("likely", "none")
    assert any("is 0, no limit (policy)" in one.fact for one in found.evidence_for)
    assert "the host itself sets no such limit" in str(found.advice)


def test_a_value_that_is_left_to_the_account_is_not_the_host_s() -> None:
    host = _logged(Host().setting("rdp_tcp", "MaxIdleTime", dword(HALF_AN_HOUR)), 3)
    found = _found(host, IDLE)
    assert found.confidence == "likely" and "30 minutes" not in found.summary
    assert any("left to the account" in one.fact for one in found.evidence_for)


def test_what_was_not_read_is_never_none() -> None:
    found = _found(_logged(_without_the_values(Host()), 3), IDLE)
    assert (found.confidence, found.owner) == ("likely", "none")
    assert found.needs_evidence == ("MaxIdleTime as it is in force, which was not read",)
    assert "sets no such limit" not in str(found.advice)
    gone = Host().without("listener")
    assert "which was not read" in _found(gone, IDLE).needs_evidence[0]


_TEXT = {"type": "string", "data": "1800000"}


def test_a_value_that_leaves_it_to_the_account_and_is_absent_is_as_windows_sets_it() -> None:
    host = _own(MaxIdleTime=HALF_AN_HOUR).setting("rdp_tcp", "fInheritMaxIdleTime", None)
    found = _found(_logged(host, 3), IDLE)
    assert (found.confidence, found.owner) == ("likely", "none")
    assert any("MaxIdleTime is left to the account" in one.fact for one in found.evidence_for)
    assert not any("was not read" in one for one in found.needs_evidence)


@pytest.mark.parametrize(("code", "reason", "name"), [(IDLE, 3, "MaxIdleTime"), (UP, 4, "MaxConnectionTime")])
def test_a_limit_that_is_absent_is_none(code: str, reason: int, name: str) -> None:
    found = _found(_logged(_own(**{name: 0}).setting("rdp_tcp", name, None), reason), code)
    assert any(one.fact == f"{name} is 0, no limit (default)" for one in found.evidence_for)
    assert not any("was not read" in one for one in found.needs_evidence)


@pytest.mark.parametrize(
    ("group", "name", "told"),
    [
        ("policy", "MaxIdleTime", "MaxIdleTime is REG_SZ and must be REG_DWORD"),
        ("rdp_tcp", "MaxIdleTime", "MaxIdleTime is REG_SZ and must be REG_DWORD"),
        (
            "rdp_tcp",
            "fInheritMaxIdleTime",
            "MaxIdleTime counts only where fInheritMaxIdleTime beside it is 0, and that one is REG_SZ and must be "
            "REG_DWORD",
        ),
    ],
)
def test_a_value_of_a_wrong_type_is_said_to_be_so_and_faults_nothing_else(group: str, name: str, told: str) -> None:
    host = _own(MaxIdleTime=HALF_AN_HOUR, MaxConnectionTime=TWO_HOURS).setting(group, name, _TEXT)
    found = _found(_logged(host, 3), IDLE)
    of_policy = group == "policy"
    assert (found.confidence, found.owner) == ("likely", "policy" if of_policy else "none")
    assert ("Group Policy 'Set time limit for active" in str(found.advice)) is of_policy
    assert found.needs_evidence == (f"what Windows makes of that: {told}",)
    assert "sets no such limit" not in str(found.advice) and "was not read" not in str(found.to_dict())
    assert "2 hours" in _found(_logged(host, 4), UP).summary


@pytest.mark.parametrize("value", [1, 1_800_001, 4_294_967_295, 432_060_000])
@pytest.mark.parametrize(("code", "reason", "name"), [(IDLE, 3, "MaxIdleTime"), (UP, 4, "MaxConnectionTime")])
def test_of_a_time_that_no_policy_offers_nothing_is_proven(value: int, code: str, reason: int, name: str) -> None:
    found = _found(_logged(_by_policy(**{name: value}), reason), code)
    assert (found.confidence, found.owner) == ("likely", "policy")
    assert "the host's limit is" not in found.summary and str(value) in found.needs_evidence[0]
    assert str(value) in str(found.advice)


@pytest.mark.parametrize("name", ["fResetBroken", "MaxDisconnectionTime"])
def test_what_ends_a_session_for_good_and_is_of_a_wrong_type_is_said_to_be_so(name: str) -> None:
    host = _by_policy(MaxIdleTime=HALF_AN_HOUR).setting("policy", name, _TEXT)
    found = _found(_logged(host, 3), IDLE)
    assert found.confidence == "proven"
    assert any(one.fact == f"{name} is REG_SZ and must be REG_DWORD" for one in found.evidence_for)


@pytest.mark.parametrize("code", ["0x904", "0x3"])
def test_an_end_without_a_reason_is_a_suspicion_where_the_log_has_limits(code: str) -> None:
    found = _found(_logged(_by_policy(MaxConnectionTime=TWO_HOURS), 4), code)
    assert (found.confidence, found.owner) == ("possible", "policy")
    assert "the session's time was up" in found.summary and "whether the user's session" in found.needs_evidence[-1]
    for other in (_by_policy(MaxConnectionTime=TWO_HOURS), _logged(Host(), 4, days=2), _logged(Host(), 12, session=4)):
        assert "client.session_ended" not in ids(run(other, IN, code))
    # Where nobody gets in, that is what keeps them out.
    assert "client.session_ended" not in ids(run(_logged(_by_policy(MaxConnectionTime=TWO_HOURS), 4), RESET, code))


def test_of_two_limits_one_is_told() -> None:
    host = _logged(_logged(_own(MaxIdleTime=HALF_AN_HOUR, MaxConnectionTime=TWO_HOURS), 3, 1), 4, 5)
    assert "idle" in _found(host, "0x904").summary


def test_what_is_lost_with_the_session_is_told() -> None:
    ended = _found(_own(MaxIdleTime=HALF_AN_HOUR, fResetBroken=1, MaxDisconnectionTime=60_000), IDLE)
    kept = _found(_own(MaxIdleTime=HALF_AN_HOUR, MaxDisconnectionTime=60_000), IDLE)
    assert [one.fact for one in ended.evidence_for if "open in it" in one.fact] == [
        "fResetBroken is 1: the limit ends the session with all that is open in it"
    ]
    told = "MaxDisconnectionTime is 60000: a session that was disconnected is ended after 1 minute, with all that is"
    assert any(one.fact.startswith(told) for one in kept.evidence_for)
    plain = _found(_own(MaxIdleTime=HALF_AN_HOUR), IDLE)
    assert not any("open in it" in one.fact for one in plain.evidence_for)


@pytest.mark.parametrize(
    ("milliseconds", "words"),
    [
        (1, "1 ms"),
        (1000, "1 second"),
        (90_000, "90 seconds"),
        (60_000, "1 minute"),
        (HALF_AN_HOUR, "30 minutes"),
        (TWO_HOURS, "2 hours"),
        (86_400_000, "1 day"),
        (432_000_000, "5 days"),
        (1_800_001, "1800001 ms"),
    ],
)
def test_a_time_in_words(milliseconds: int, words: str) -> None:
    assert lasting(milliseconds) == words


@pytest.mark.parametrize(
    "words",
    ["You have been logged out due to inactivity", "We'd like users to be logged off when inactive"],
)
def test_words_alone_prove_no_limit_and_what_somebody_set_is_no_weakness(words: str) -> None:
    host = _logged(_by_policy(MaxIdleTime=HALF_AN_HOUR), 3)
    judged = run(host, IN, words)
    assert judged.verdict == "healthy" and not [one for one in judged.findings if one.confidence == "proven"]
    assert run(host, IN, "0x3/0x3").verdict == "healthy"


@pytest.mark.parametrize("words", ["the coffee is cold", "Who may connect to this computer?"])
def test_what_is_not_understood_is_no_end_of_a_session(words: str) -> None:
    assert "client.session_ended" not in ids(run(_logged(_by_policy(MaxIdleTime=HALF_AN_HOUR), 3), IN, words))
