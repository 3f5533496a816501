# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose the lines are that Schannel has of clients without anything in common with the host: how many there are, when
they came, and from whom.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host.providers import CORE, SCHANNEL

from tests.hosts.faults import IN
from tests.hosts.snapshots import NOW, Host, utc
from tests.unit.judging import run

_LOG = f"{CORE}/Operational"
# The lines of Schannel, and the listener's own: event, log and numbers.
_LINES = ((SCHANNEL, 36874, "System", ()), (SCHANNEL, 36888, "System", (70, 105)), (CORE, 139, _LOG, (0x80090331,)))
_A_SCAN, _OTHERS = "203.0.113.9", ("203.0.113.1", "203.0.113.2", "203.0.113.3")


def _host(line: tuple[str, int, str, tuple[int, ...]], minutes: Iterable[float], count: int = 1) -> Host:
    provider, number, log, numbers = line
    host = Host()
    for ago in minutes:
        host.event(provider, number, count, log, numbers, at=NOW - timedelta(minutes=ago))
    return host


def _came(host: Host, *came: tuple[float, str]) -> Host:
    """Connections that the listener accepted, by minutes ago and address, in a log that is kept and was read."""
    for ago, address in came:
        host.event(CORE, 131, 1, _LOG, at=NOW - timedelta(minutes=ago, seconds=1))
        host.sections["events"]["entries"][-1]["addresses"] = [address]
    return host.log(_LOG)


def _outdated(host: Host, code: str = "0x904/0x7") -> Finding | None:
    found = [one for one in run(host, IN, code).findings if one.id == "client.outdated"]
    return found[0] if found else None


@pytest.mark.parametrize("line", _LINES, ids=str)
@pytest.mark.parametrize(
    ("minutes", "count", "confidence"),
    [
        # One, or one after the other: a scan, or a look of somebody's monitoring.
        ((30,), 1, "possible"),
        ((30,), 40, "possible"),
        ((30, 29.5, 29.1, 28.6), 1, "possible"),
        # By the clock.
        (range(5, 300, 5), 1, "possible"),
        # Somebody who tries again.
        ((30, 22), 1, "likely"),
        ((200, 190, 30, 29, 2), 1, "likely"),
    ],
    ids=str,
)
def test_one_line_is_anybody_s_and_who_tries_again_is_likely_the_user(
    line: tuple[str, int, str, tuple[int, ...]], minutes: Iterable[float], count: int, confidence: str
) -> None:
    found = _outdated(_host(line, minutes, count))
    assert found and found.confidence == confidence
    assert any("whose they are" in one for one in found.needs_evidence)


@pytest.mark.parametrize("line", _LINES[:2], ids=str)
def test_a_line_at_which_nobody_came_to_the_listener_is_of_another_program(
    line: tuple[str, int, str, tuple[int, ...]],
) -> None:
    """A web server's, say. That is known where the log of connections is kept and goes back so far."""
    assert _outdated(_came(_host(line, (30, 22)), (300, "198.51.100.7"))) is None
    assert _outdated(_came(_host(line, (30, 22)))) is None
    left = _outdated(_came(_host(line, (30, 22)), (22, "198.51.100.7")))
    assert left and left.confidence == "possible" and not any(" 2 " in one.fact for one in left.evidence_for)
    unread = _host(line, (30, 22)).log(_LOG, {"code": 5, "type": "Denied", "message": ""})
    turned_off = _host(line, (30, 22)).log(_LOG, enabled=False)
    short = _host(line, (30, 22)).log(_LOG, oldest=utc(NOW))
    for host in (unread, turned_off, short):
        found = _outdated(host)
        assert found and found.confidence == "likely"


def test_who_came_then_is_named_and_one_who_came_again_counts() -> None:
    """Of each time that another came nobody is the user; the listener's own line is nobody else's."""
    minutes = (50, 30, 22)
    for line in _LINES:
        found = _outdated(_came(_host(line, minutes), *((ago, "198.51.100.7") for ago in minutes)))
        assert found and found.confidence == "likely"
        assert any("198.51.100.7" in one.fact for one in found.evidence_for)
        assert any("198.51.100.7" in one for one in found.needs_evidence)
        scans = _outdated(_came(_host(line, minutes), *zip(minutes, _OTHERS, strict=True)))
        assert scans and scans.confidence == "possible"


@pytest.mark.parametrize(("shown", "confidence"), [(30, "likely"), (31, "likely"), (90, "possible")])
def test_a_line_of_the_time_that_the_dialog_shows_is_the_user_s(shown: int, confidence: str) -> None:
    then = NOW - timedelta(minutes=shown)
    code = f"Error code: 0x904\nExtended error code: 0x7\nTimestamp (UTC): {then:%m/%d/%y %I:%M:%S %p}"
    for line in (_LINES[0], _LINES[2]):
        judged = run(_host(line, (30,)), IN, code)
        assert judged.findings[0].id == ("client.outdated" if confidence == "likely" else "client.not_reproduced")
    found = _outdated(_host(_LINES[0], (30,)), code)
    assert found and found.confidence == confidence
    # More lines of other times change nothing about that.
    again = _outdated(_host(_LINES[0], (30, 22)), code)
    assert again and again.confidence == confidence


@pytest.mark.parametrize(("count", "first"), [(1, "client.not_reproduced"), (3, "client.outdated")])
def test_beside_one_line_the_general_advice_stays(count: int, first: str) -> None:
    found = run(_host(_LINES[0], (30,), count), IN, "0x904/0x7")
    assert found.findings[0].id == first and found.verdict == "healthy"


def _seconds(count: int) -> Iterable[float]:
    """Minutes ago, of so many lines one second after the other."""
    return [30 - second / 60 for second in range(count)]


@pytest.mark.parametrize("line", _LINES, ids=str)
@pytest.mark.parametrize("count", [1, 30])
def test_one_scan_leaves_the_general_advice(line: tuple[str, int, str, tuple[int, ...]], count: int) -> None:
    """Thirty lines within seconds are one program that tries, whether they have one time or each its own."""
    minutes = (30,) * (count == 1) or _seconds(count)
    found = run(_host(line, minutes, 31 - count), IN, "0x904/0x7")
    assert [one.id for one in found.findings] == ["client.not_reproduced", "client.outdated"]
    assert found.findings[1].confidence == "possible"
    # Nor does it come again as a user does, who leaves a line or two each time.
    twice = run(_host(line, (*minutes, *(one + 60 for one in minutes)), 31 - count), IN, "0x904/0x7")
    assert [one.id for one in twice.findings] == ["client.not_reproduced", "client.outdated"]
    assert twice.findings[1].confidence == "possible"
    user = _outdated(_host(line, (300, 290)).event(line[0], line[1], 31, line[2], line[3]))
    assert user and user.confidence == "likely"


def test_a_shift_that_begins_is_no_scan() -> None:
    """Each of thirty clients leaves a line within the same half a minute, from an address of its own."""
    came = [(minutes, f"198.51.100.{at}") for at, minutes in enumerate(_seconds(30))]
    assert run(_came(_host(_LINES[0], _seconds(30)), *came), IN, "0x904/0x7").findings[0].id == "client.outdated"
    scan = [(minutes, _A_SCAN) for minutes in _seconds(30)]
    found = run(_came(_host(_LINES[0], _seconds(30)), *scan, (30.1, "198.51.100.1")), IN, "0x904/0x7")
    assert found.findings[0].id == "client.not_reproduced"


def test_beside_a_program_that_monitors_the_general_advice_stays() -> None:
    """Its lines come every five minutes, on a host that users complain of as on any other."""
    found = run(_host(_LINES[0], range(5, 300, 5), 1), IN, "0x904/0x7")
    assert [one.id for one in found.findings] == ["client.not_reproduced", "client.outdated"]
    then = f"0x904/0x7\nTimestamp (UTC): {NOW - timedelta(minutes=30):%m/%d/%y %I:%M:%S %p}"
    assert run(_host(_LINES[0], range(5, 300, 5), 1), IN, then).findings[0].id == "client.outdated"


def test_what_a_client_says_itself_needs_no_log() -> None:
    found = _outdated(Host(), "0x80090331")
    assert found and found.confidence == "likely" and found.needs_evidence == ()
