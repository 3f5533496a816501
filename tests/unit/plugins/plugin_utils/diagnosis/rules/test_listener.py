# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener, both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host.providers import RCM

from tests.hosts.faults import (
    IN,
    REFUSED,
    TIMEOUT,
    Sight,
    bound_to_adapter,
)
from tests.hosts.snapshots import NOW, Host, dword, probe
from tests.profiles import each
from tests.unit.judging import assert_silent, ids, run


@pytest.mark.parametrize(
    "change",
    [
        lambda host: bound_to_adapter(host, "{1}"),
        lambda host: host.setting("rdp_tcp", "MaxInstanceCount", dword(0xFFFFFFFF)),
        lambda host: host.setting("policy", "MaxInstanceCount", dword(999999)),
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(4)),
        # With NLA it comes to the same as 2: what an unattended setup leaves.
        lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(1)),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


_SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager"
_SOON, _BEFORE = NOW - timedelta(seconds=50), NOW - timedelta(seconds=60)


def full(users: int = 2, **host_is: Any) -> Host:
    """A server for its administration, with this many users' sessions, which turned one away a minute ago."""
    host = Host()
    host.sections["host"].update({"product_type": 3, **host_is})
    host.sections["licensing"]["session_host"] = False
    host.sections["sessions"]["sessions"] = []
    for _user in range(users):
        host.person()
    return host.event(RCM, 1149, at=_BEFORE).event(_SESSIONS, 40, at=_SOON)


def test_a_server_without_the_role_that_is_full_turns_the_next_user_away() -> None:
    [found] = run(full(), IN).findings
    assert (found.id, found.confidence, found.severity) == ("listener.connection_limit", "likely", "warning")
    assert "administration" in found.summary and "RD Session Host" in (found.advice or "")
    without_nla = run(full().setting("rdp_tcp", "UserAuthentication", dword(0)), IN).findings
    told = [one.confidence for one in without_nla if one.id == "listener.connection_limit"]
    assert told == ["possible"], "1149 comes before the password there"


@each("users", [0, 1, 2])
@each(
    ("host_is", "session_host", "advice"),
    [
        ({"product_type": 3}, False, "take the role RD Session Host"),
        ({"product_type": 2}, False, "take the role RD Session Host"),
        ({"product_type": 3}, True, "as many as its policy"),
        ({"product_type": 1}, False, "a workstation takes one user"),
    ],
)
@each(
    "shown",
    [
        "0x800704D6",
        "Select a user to disconnect so that you can sign in. There are too many users signed in.",
        "The terminal server has exceeded the maximum number of allowed connections.",
    ],
)
def test_the_limit_that_a_user_met_is_the_host_s(
    shown: str, host_is: dict[str, int], session_host: bool, advice: str, users: int
) -> None:
    host = full(users, **host_is)
    host.sections["licensing"].update(session_host=session_host, type=4, grace_days=100)
    host.sections["events"].update(counts=[], entries=[])
    [found] = [one for one in run(host, IN, shown).findings if one.id.startswith("listener.")]
    assert (found.id, found.confidence, found.owner) == ("listener.connection_limit", "likely", "host")
    assert advice in (found.advice or "")
    assert "client.other" not in ids(run(host, IN, shown))


@each(("users", "product_type"), [(users, kind) for users in (0, 1, 2) for kind in (1, 3)])
def test_that_somebody_is_logged_on_is_no_weakness_of_the_host(users: int, product_type: int) -> None:
    host = full(users, product_type=product_type)
    host.sections["events"].update(counts=[], entries=[])
    found = run(host, IN, "0x800704D6")
    assert (ids(found), found.verdict) == (["listener.connection_limit"], "healthy")


def full_at(away: timedelta, ended_after: timedelta) -> Host:
    """The same, with the last user authenticated so long ago and ended so long after."""
    host = full()
    host.sections["events"].update(counts=[], entries=[])
    return host.event(RCM, 1149, at=NOW - away).event(_SESSIONS, 40, at=NOW - away + ended_after)


def nobodys() -> Host:
    """Two sessions in which nobody is logged on, as a listener's own."""
    host = full()
    for session in host.sections["sessions"]["sessions"]:
        session["user"] = None
    return host


def test_who_came_in_before_was_let_in() -> None:
    host = full().event(_SESSIONS, 21, at=NOW - timedelta(hours=1)).event(_SESSIONS, 40, at=NOW - timedelta(hours=2))
    assert "listener.connection_limit" in ids(run(host, IN))
    assert "listener.connection_limit" in ids(run(full_at(timedelta(minutes=9), timedelta(minutes=1)), IN))


@pytest.mark.parametrize("section", ["host", "licensing", "sessions", "events"])
def test_of_a_server_of_which_too_little_was_read_no_limit_is_told(section: str) -> None:
    assert "listener.connection_limit" not in ids(run(full().without(section), IN))


def _session_host() -> Host:
    host = full()
    host.sections["licensing"]["session_host"] = True
    return host


@pytest.mark.parametrize(
    "host",
    [
        full(users=1),
        full(product_type=1),
        _session_host(),
        nobodys(),
        # Another's connection ended later; and what was two days ago.
        full_at(timedelta(minutes=9), timedelta(minutes=3)),
        full_at(timedelta(days=2), timedelta(minutes=1)),
        # The user came in after all.
        full().event(_SESSIONS, 21, at=_SOON),
        full().event(_SESSIONS, 25, at=NOW),
        # The newest user's connection did not end.
        full().event(RCM, 1149, at=NOW),
    ],
)
def test_where_nobody_is_turned_away_no_limit_is_told(host: Host) -> None:
    assert "listener.connection_limit" not in ids(run(host, IN))


HOLLOW = ("PortNumber", "fEnableWinStation", "LoadableProtocol_Object")


def _lacks(*names: str) -> Host:
    host = Host()
    host.sections["port"]["listeners"] = []
    for name in names:
        host.setting("rdp_tcp", name, None)
    return host


def test_a_key_without_what_every_listener_has_is_no_listener() -> None:
    assert ids(run(_lacks(*HOLLOW), REFUSED)) == ["listener.missing"]


@pytest.mark.parametrize("missing", HOLLOW)
def test_one_value_alone_may_only_not_have_been_given(missing: str) -> None:
    assert ids(run(_lacks(missing), REFUSED)) == ["listener.not_listening"]
    assert ids(run(_lacks(*set(HOLLOW) - {missing}), REFUSED)) == ["listener.not_listening"]


@pytest.mark.parametrize("level", [0, 5, 7, 0xFFFFFFFF])
def test_a_level_that_is_none_explains_a_negotiation_that_ends(level: int) -> None:
    host = Host().setting("rdp_tcp", "MinEncryptionLevel", dword(level))
    ended, inside = run(host, probe("negotiation", "closed")), run(host, IN)
    assert [(one.id, one.severity) for one in ended.findings] == [("listener.encryption_level_invalid", "critical")]
    assert [(one.id, one.severity) for one in inside.findings] == [("listener.encryption_level_invalid", "warning")]
    assert ended.findings[0].confidence == "likely"


@pytest.mark.parametrize(("failed", "done"), [(1057, 1056), (1058, 1056), (1062, 1063), (1064, 1063), (1065, 1063)])
@pytest.mark.parametrize(("done_after", "told"), [(timedelta(hours=1), False), (timedelta(hours=-1), True)])
def test_a_renewal_that_came_settles_the_failures_before_it(
    failed: int, done: int, done_after: timedelta, told: bool
) -> None:
    """Where nobody looked, the errors of the last day are told; these are over."""
    at = NOW - timedelta(hours=3)
    host = Host().event(RCM, failed, 2, numbers=(0x80070005,), at=at).event(RCM, done, 1, at=at + done_after)
    assert bool(run(host, None).findings) is told
    other = run(host.event(RCM, 1036, 1, numbers=(0x80070005,), at=at), None).findings
    facts = [fact.fact for one in other if one.id == "listener.errors_logged" for fact in one.evidence_for]
    assert told or [fact.startswith("1 event 1036 of") for fact in facts] == [True]


# Values that are no number --------------------------------------------------------------------------------------------

_TEXT = {"type": "string", "data": "3390"}
_NO_NUMBERS = [
    ("PortNumber", _TEXT, "is REG_SZ and must be REG_DWORD"),
    ("PortNumber", {"type": "binary", "data": ""}, "is REG_BINARY and must be REG_DWORD"),
    ("PortNumber", dword(0), "is 0, and ports are 1 to 65535"),
    ("PortNumber", dword(65536), "is 65536, and ports are 1 to 65535"),
    ("LanAdapter", {"type": "string", "data": "1"}, "is REG_SZ and must be REG_DWORD"),
]


@pytest.mark.parametrize(("name", "value", "said"), _NO_NUMBERS)
def test_where_nothing_listens_a_value_that_is_no_number_is_the_reason_and_a_restart_is_not_planned(
    name: str, value: dict[str, Any], said: str
) -> None:
    for seen in (REFUSED, None):
        host = Host().setting("rdp_tcp", name, value)
        host.sections["port"]["listeners"] = []
        found = run(host, seen).findings
        assert [one.id for one in found] == ["listener.value_unusable"]
        assert (found[0].severity, found[0].confidence) == ("critical", "likely")
        assert (
            said in found[0].summary and "nothing listens" in found[0].summary and said in found[0].evidence_for[0].fact
        )
        assert "REG_DWORD" in str(found[0].advice)


@pytest.mark.parametrize(
    ("name", "value", "said"), [*_NO_NUMBERS, ("MaxInstanceCount", _TEXT, "is REG_SZ and must be REG_DWORD")]
)
def test_where_clients_get_in_it_is_a_warning_that_stands_behind_what_a_user_says(
    name: str, value: dict[str, Any], said: str
) -> None:
    found = run(Host().setting("rdp_tcp", name, value), IN).findings
    assert [(one.id, one.severity) for one in found] == [("listener.value_unusable", "warning")]
    assert said in found[0].summary and "next start" in found[0].summary
    assert ids(run(Host().setting("rdp_tcp", name, value), IN, "0x807"))[0] == "client.credentials"


def test_a_limit_that_is_no_number_does_not_explain_that_nothing_listens() -> None:
    host = Host().setting("rdp_tcp", "MaxInstanceCount", _TEXT)
    host.sections["port"]["listeners"] = []
    assert ids(run(host, REFUSED)) == ["listener.not_listening", "listener.value_unusable"]
    policy = run(Host().setting("policy", "MaxInstanceCount", _TEXT), IN).findings[0]
    assert (policy.id, policy.owner) == ("listener.value_unusable", "policy") and "Group Policy" in str(policy.advice)


@pytest.mark.parametrize("seen", [REFUSED, TIMEOUT])
@pytest.mark.parametrize("unread", ["services", "listener"])
def test_where_nothing_listens_no_way_to_the_host_is_blamed_for_what_was_not_read(unread: str, seen: Sight) -> None:
    host = Host().without(unread)
    host.sections["port"]["listeners"] = []
    [found] = run(host, seen).findings
    assert (found.id, found.confidence, found.owner) == ("listener.not_listening", "possible", "host")
    assert any(unread in one for one in found.needs_evidence)
    # Where somebody listens, or that was not read either, it may be the way.
    for other in (Host().without(unread), Host().without(unread).without("port")):
        assert ids(run(other, TIMEOUT)) == ["network.unreachable"]
