# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scenario: one thing, or a few, that can be wrong with a host, and what is to be found and done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.hosts.changes import Change
from tests.hosts.windows import Windows


@dataclass(frozen=True)
class Scenario:
    """``top`` is the finding that an audit must put first (None: no finding), ``also`` one that must be found as well,
    and ``repairable`` tells whether
    remediation brings clients in by itself, with the options ``asks`` (of ``tighten``, ``open``, ``drop_dead_pin``).
    ``code`` is what a user's client showed, ``probe_host`` makes the name
    that users type out of the address."""

    text: str
    change: Change
    top: str | None
    repairable: bool = True
    build: int = 20348
    fault: str | None = None
    also: str | None = None
    code: str | None = None
    probe_host: Callable[[str], str] | None = None
    # The host is in order; a user's client alone tells something.
    client_only: bool = False
    asks: tuple[str, ...] = ()


class Scenarios(dict[str, Scenario]):
    """Scenarios by name, in the order in which they were added."""

    def add(
        self,
        name: str,
        text: str,
        top: str | None,
        *changes: Change,
        repairable: bool = True,
        build: int = 20348,
        fault: str | None = None,
        also: str | None = None,
        code: str | None = None,
        probe_host: Callable[[str], str] | None = None,
        asks: tuple[str, ...] = (),
    ) -> None:
        def change(host: Windows) -> None:
            for one in changes:
                one(host)

        if name in self:
            raise ValueError(f"there is a scenario {name} already")
        client_only = bool(code) and not changes
        self[name] = Scenario(text, change, top, repairable, build, fault, also, code, probe_host, client_only, asks)
