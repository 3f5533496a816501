# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that TLS turned away, by the host's log: which lines can be of a user's client, and which are.

Schannel's lines name no program and no address
(https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2012-r2-and-2012/dn786445(v=ws.11)). Every
service of a host leaves them, and so does whoever scans or monitors its port. Whose they are says the listener's log
of connections (131), where it is kept; and a user who complains has tried more than once, or shows when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CORE,
    SCHANNEL,
    Context,
    EvidenceList,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words, unsigned
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

# The alerts of TLS that tell why a handshake failed, and those with which Schannel turns away who has nothing in common
# with it.
ALERTS = {10: "unexpected message", 40: "handshake failure", 70: "no TLS version in common", 80: "internal error"}
_HANDSHAKE_FAILURE, PROTOCOL_VERSION = 40, 70
# SEC_E_ALGORITHM_MISMATCH, with which the listener itself ends the handshake of a client that has no algorithm in
# common with it.
_NO_COMMON_ALGORITHM = 0x80090331
# From the connection to its handshake, and how far the two logs may be apart.
_HANDSHAKES_WITHIN, _LOGS_APART = timedelta(seconds=30), timedelta(seconds=2)
# What a program does in one go, a scan that tries suite after suite as well as a client that tries twice.
_AT_ONCE = timedelta(minutes=1)
# More lines of one event than a client leaves that tries a few times, each within seconds of the one before: one scan.
_OF_A_CLIENT, _WITHIN_SECONDS = 10, timedelta(seconds=2)
# So many times, at gaps that differ by no more than a tenth, are those of a program that monitors.
_BY_THE_CLOCK = 5


@dataclass(frozen=True)
class TurnedAway:
    """Lines of the last day on clients that have nothing in common with the host: of no other program, as far as the
    listener's log tells.

    ``without_suite`` counts Schannel's 36874, ``without_version`` its 36888 with the alert on the version, ``refused``
    the listener's own 139; ``alerts`` are those of 36888. ``callers`` are the addresses that came to the listener then;
    ``again`` says that whoever it was came more than once, or when the user's client shows that it tried;
    ``by_the_clock`` that they came as a program does that monitors; ``of_clients`` counts Schannel's lines without
    those of scans.
    """

    without_suite: int
    without_version: int
    alerts: frozenset[int]
    refused: int
    callers: tuple[str, ...]
    again: bool
    by_the_clock: bool
    of_clients: int

    def __bool__(self) -> bool:
        return bool(self.without_suite or self.alerts or self.refused)

    @property
    def says_so(self) -> bool:
        """Whether Schannel or the listener itself says it, with more than one line that may be of anybody but a program
        that monitors, or with one of the time that the user's dialog shows, and not with an alert alone that Schannel
        has for other ends as well.
        """
        said = self.without_suite + self.without_version + self.refused
        return bool(said and self.again) or (self.of_clients > 1 and not self.by_the_clock)

    @property
    def evidence(self) -> EvidenceList:
        found = EvidenceList()
        status = f"{counted(self.refused)} 139 of {CORE} in the last day: {in_words(_NO_COMMON_ALGORITHM)}"
        found.add_if(self.refused, status, "section events")
        suites = f"{counted(self.without_suite)} 36874 of Schannel: no cipher suite in common"
        found.add_if(self.without_suite, suites, "section events")
        named = " and ".join(f"{number}, {ALERTS[number]}" for number in sorted(self.alerts))
        found.add_if(self.alerts, f"event 36888 of Schannel with alert {named}", "section events")
        came = f"the listener accepted connections of {', '.join(self.callers)} then (event 131 of {CORE})"
        found.add_if(self.callers, came, "section events")
        return found

    @property
    def open(self) -> str:
        """What would settle whose they are."""
        if self.callers:
            return f"whether the user's client comes as {' or '.join(self.callers)}, not a scan or a monitoring program"
        return (
            f"whose they are: which address came to the listener at their times (event 131 of {CORE}); scans and"
            " monitoring leave such lines as well"
        )


def turned_away(ctx: Context) -> TurnedAway:
    """What the host logged of clients with nothing in common with it, in the last day."""
    schannel = [*_lately(ctx, SCHANNEL, 36874), *_lately(ctx, SCHANNEL, 36888)]
    own = [row for row in _lately(ctx, CORE, 139) if _NO_COMMON_ALGORITHM in map(unsigned, row["numbers"])]
    callers_at = _Callers(ctx)
    came = {row["utc"]: callers_at(parse(row["utc"])) for row in (*schannel, *own)}
    left = [row for row in schannel if came[row["utc"]] != frozenset()]
    # Of those that are not listed nothing more is known.
    others = sum(row["id"] == 36874 for row in schannel) - sum(row["id"] == 36874 for row in left)
    alerts = {number for row in left if row["id"] == 36888 for number in row["numbers"]}
    said = [row for row in left if row["id"] == 36874 or PROTOCOL_VERSION in row["numbers"]]
    times = {parse(row["utc"]): came[row["utc"]] for row in (*said, *own)}
    scans = _of_scans([*said, *own], came)
    tried = {time: who for time, who in times.items() if time not in scans}
    callers = sorted({address for found in times.values() for address in found or ()})
    by_the_clock = _by_the_clock([began for began, _who in _occasions(times)])
    without_suite = ctx.logged_lately(SCHANNEL, 36874) - others
    return TurnedAway(
        without_suite,
        sum(PROTOCOL_VERSION in row["numbers"] for row in left if row["id"] == 36888),
        frozenset(alerts & {_HANDSHAKE_FAILURE, PROTOCOL_VERSION}),
        len(own),
        tuple(callers[:3]),
        bool(ctx.when_shown(times)) if ctx.client.moments else not by_the_clock and _came_again([*_occasions(tried)]),
        by_the_clock,
        # Where none is listed no more is known than how many there are.
        sum(parse(row["utc"]) in tried for row in said) if said else without_suite,
    )


def _lately(ctx: Context, provider: str, number: int) -> list[dict[str, Any]]:
    if ctx.lately is None:
        return ctx.snapshot.listed_events(provider, number)
    return ctx.snapshot.listed_since(ctx.lately, provider, number)


class _Callers:
    """Whose connections the listener accepted before a line of a time; None where its log does not tell."""

    def __init__(self, ctx: Context) -> None:
        rows = ctx.snapshot.listed_events(CORE, 131)
        self._snapshot = ctx.snapshot
        self._accepted = [(parse(row["utc"]), row["addresses"]) for row in rows]
        self._first = min((time for time, _addresses in self._accepted), default=None)
        self._all_listed = len(rows) == ctx.snapshot.event_count(CORE, 131)

    def __call__(self, at: datetime) -> frozenset[str] | None:
        began = at - _HANDSHAKES_WITHIN
        near = [addresses for time, addresses in self._accepted if began <= time <= at + _LOGS_APART]
        if near:
            return frozenset(address for addresses in near for address in addresses) or None
        whole = self._all_listed or (self._first is not None and self._first <= began)
        return frozenset() if whole and self._snapshot.log_tells_since(f"{CORE}/Operational", began) else None


def _of_scans(rows: list[dict[str, Any]], came: dict[str, frozenset[str] | None]) -> set[datetime]:
    """The times of lines that one program left which tried one thing after the other. Where several addresses came,
    they are of several clients, which may all come in the same second when a shift begins.
    """
    times = {row["utc"]: parse(row["utc"]) for row in rows}
    runs: list[list[dict[str, Any]]] = []
    for row in sorted(rows, key=lambda one: times[one["utc"]]):
        if runs and times[row["utc"]] - times[runs[-1][-1]["utc"]] <= _WITHIN_SECONDS:
            runs[-1].append(row)
        else:
            runs.append([row])
    found: set[datetime] = set()
    for run in runs:
        callers = frozenset[str]().union(*(came[row["utc"]] or () for row in run))
        if max(Counter(row["id"] for row in run).values()) > _OF_A_CLIENT * max(1, len(callers)):
            found.update(times[row["utc"]] for row in run)
    return found


def _came_again(occasions: list[tuple[datetime, frozenset[str]]]) -> bool:
    if len(occasions) < 2:
        return False
    callers = [who for _began, who in occasions]
    return not all(callers) or sum(map(len, callers)) > len(frozenset[str]().union(*callers))


def _occasions(times: dict[datetime, frozenset[str] | None]) -> Iterator[tuple[datetime, frozenset[str]]]:
    """Each time that somebody came, with who did as far as that is known: what follows at once is the same."""
    began, last, who = None, None, frozenset[str]()
    for time in sorted(times):
        if began is not None and last is not None and time - last > _AT_ONCE:
            yield began, who
            began, who = None, frozenset()
        began, last, who = began or time, time, who | (times[time] or frozenset())
    if began is not None:
        yield began, who


def _by_the_clock(times: list[datetime]) -> bool:
    gaps = [times[at] - earlier for at, earlier in enumerate(times[:-1], 1)]
    return len(times) >= _BY_THE_CLOCK and max(gaps) - min(gaps) <= min(gaps) / 10
