# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licences of an RD Session Host."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import LICENSING_CODES, NO_LICENCES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.licensing import _LOGGED
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import POLICY
from ansible_collections.winops.rdp.plugins.plugin_utils.host.providers import RCM

from tests.hosts.faults import (
    IN,
    Sight,
    session_host,
)
from tests.hosts.snapshots import NOW, Host, dword
from tests.profiles import each
from tests.unit.judging import assert_silent, ids, run


@pytest.mark.parametrize(
    "change",
    [
        lambda host: (
            session_host(host, 0, 4)
            .value(collect.TERMINAL_SERVER + r"\RCM\Licensing Core", "LicensingMode", dword(4))
            .value(
                r"SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services",
                "LicenseServers",
                {"type": "string", "data": "lic01"},
            )
        ),
        # Of Azure Virtual Desktop: per user of Microsoft Entra ID, and the edition for many sessions.
        lambda host: session_host(host, 0, 6),
        lambda host: session_host(host, 0, 5).sections["host"].update(edition_id="ServerRdsh"),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


@pytest.mark.parametrize("code", ["You have been logged on with a temporary profile.", "0x3/0x11", "RDP freezes"])
def test_who_complains_of_a_session_was_let_in_without_a_licence(code: str) -> None:
    found = run(session_host(Host(), 0, 5), IN, code).findings
    ended = next(one for one in found if one.id == "licensing.grace_ended")
    assert (ended.severity, ended.confidence) == ("warning", "possible") and found[0].id != ended.id
    assert any(one.where == "the user's client" for one in ended.evidence_against)
    refused = run(session_host(Host(), 0, 5), IN, "0x3/0x101").findings[0]
    assert (refused.id, refused.severity, refused.evidence_against) == ("licensing.grace_ended", "critical", ())


@pytest.mark.parametrize(("people", "severity"), [(2, "critical"), (3, "warning")])
def test_two_administrators_need_no_licence_and_a_third_person_does(people: int, severity: str) -> None:
    host = session_host(Host(), 0, 5)
    host.sections["sessions"].update(active=people - 1, disconnected=1)
    [found] = run(host, IN).findings
    assert (found.id, found.severity) == ("licensing.grace_ended", severity)


_ADMIN = f"{RCM}/Admin"


@pytest.mark.parametrize(("number", "log"), [(1128, "System"), (50280, _ADMIN)])
@pytest.mark.parametrize(("hours", "severity"), [(2, "critical"), (72, "warning")])
def test_who_is_in_may_be_so_from_before_windows_said_that_it_refuses_users(
    number: int, log: str, hours: int, severity: str
) -> None:
    host = session_host(Host(), 0, 5).event(RCM, number, 3, log, at=NOW - timedelta(hours=hours))
    host.sections["sessions"].update(active=1, disconnected=5)
    assert [(one.id, one.severity) for one in run(host, IN).findings] == [("licensing.grace_ended", severity)]
    # Whoever complains of a session is in today.
    assert run(host, IN, "RDP freezes").findings[-1].severity == "warning"


def _licensed(host: Host, grace: int = 0) -> Host:
    mode, policy = collect.TERMINAL_SERVER + r"\RCM\Licensing Core", POLICY
    named = {"type": "string", "data": "lic01"}
    return session_host(host, grace, 4).value(mode, "LicensingMode", dword(4)).value(policy, "LicenseServers", named)


@pytest.mark.parametrize(("number", "log"), [(1128, "System"), (50280, _ADMIN)])
def test_a_server_that_gives_no_licences_is_told(number: int, log: str) -> None:
    """Of either log: older builds write to System, newer ones to their own."""
    host = _licensed(Host()).event(RCM, number, 3, log)
    [found] = run(host, IN).findings
    assert (found.id, found.severity) == ("licensing.grace_ended", "warning") and "gives it no" in found.summary
    [refused] = run(host, IN, "0x3/0x101").findings[:1]
    assert (refused.id, refused.severity) == ("licensing.grace_ended", "critical")


@each("extended", sorted(LICENSING_CODES))
@each("unserved", [False, True])
def test_what_a_client_keeps_of_licences_proves_nothing_of_the_host(unserved: bool, extended: int) -> None:
    """A client whose own licence is broken is refused by any session host."""
    host = _licensed(Host()).event(RCM, 1128, 3) if unserved else session_host(Host(), 0, 0)
    found = next(one for one in run(host, IN, f"0x3/0x{extended:X}").findings if one.id == "licensing.grace_ended")
    assert found.confidence == ("proven" if extended in NO_LICENCES else "likely")


@pytest.mark.parametrize(("number", "log"), [(1129, "System"), (50281, _ADMIN)])
def test_a_server_that_is_not_reached_is_told_where_the_grace_period_is_over(number: int, log: str) -> None:
    [found] = run(_licensed(Host()).event(RCM, number, 3, log), IN).findings
    assert (found.id, found.severity) == ("licensing.grace_ended", "warning") and "does not reach" in found.summary
    assert ids(run(_licensed(Host()).event(RCM, number, 3, log, at=NOW - timedelta(days=3)), IN)) == []


@pytest.mark.parametrize(("number", "grace"), [(1129, 90), (1130, 0), (50281, 90), (50282, 0)])
def test_what_else_it_logs_of_licences_is_evidence_alone(number: int, grace: int) -> None:
    log = _ADMIN if number > 50000 else "System"
    assert ids(run(_licensed(Host(), grace).event(RCM, number, 3, log), IN)) == []
    bare = session_host(Host(), 90, 5).event(RCM, number, 3, log)
    assert any(str(number) in one.fact for one in run(bare, IN).findings[0].evidence_for)


def test_a_server_that_was_away_long_ago_is_not() -> None:
    host = _licensed(Host()).event(RCM, 50280, 3, _ADMIN, at=NOW - timedelta(days=3))
    assert ids(run(host, IN)) == [] and ids(run(Host().event(RCM, 50280, 3, _ADMIN), IN)) == []


def test_the_host_collects_each_event_that_is_used() -> None:
    assert all(collect.collects_event(RCM, number) for number in _LOGGED)
