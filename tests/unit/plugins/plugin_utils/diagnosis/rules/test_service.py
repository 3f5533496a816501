# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the services, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.hosts.faults import (
    IN,
    REFUSED,
    Sight,
)
from tests.hosts.snapshots import Host, dword
from tests.unit.judging import assert_silent, ids, run


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.service("TermService", service_dll=r"C:\Windows\System32\TERMSRV.dll"),
        lambda host: host.service("TermService", account="NT-AUTORITÄT\\Netzwerkdienst"),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


_ALONE = r"%SystemRoot%\System32\svchost.exe -k termsvcs"
_GROUP = r"%SystemRoot%\System32\svchost.exe -k NetworkService -p"


@pytest.mark.parametrize(
    ("image", "others", "words", "may_end"),
    [
        (_ALONE, (), "end its process 1200, in which no other service runs, or restart the host", True),
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


@pytest.mark.parametrize("raw", [dword(1), {"type": "string", "data": "TermService"}])
def test_a_group_of_services_of_another_type_says_nothing(raw: dict[str, Any]) -> None:
    host = Host().service("TermService", image_path=_ALONE, state=1).value(collect.SVCHOST, "termsvcs", raw)
    assert "service.cannot_start" not in ids(run(host, REFUSED))
