# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the host's own times say: what changed on it since a moment, and whether a client's address reached it.

"It worked until Monday" and "it fails for one user only" are asked more often than anything else. Both answers are
facts, no findings, and both say how far back the host tells.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import providers
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import times
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso, minute, parse
from ansible_collections.winops.rdp.plugins.plugin_utils.host.unread import short_logs

# Events that say that something was changed; the others of a snapshot say that something failed, or came.
# https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc756339(v=ws.10) (7040),
# https://learn.microsoft.com/previous-versions/windows/it-pro/windows-server-2008-R2-and-2008/cc727283(v=ws.10) (1502)
_CHANGES = {
    (providers.SERVICE_CONTROL_MANAGER, 7040): "the start type of a service of Remote Desktop was changed",
    (providers.SERVICE_CONTROL_MANAGER, 7045): "a service of Remote Desktop was installed again",
    (providers.UPDATES, 19): "a Windows update was installed",
    (providers.GROUP_POLICY, 1502): "Group Policy brought changed settings for the computer",
    (providers.RCM, 1056): "Windows made a new self-signed certificate for the listener",
}
# What comes with each connection, or each logon: its first time says nothing.
_EVERYDAY = frozenset(
    {
        *((providers.CORE, number) for number in (65, 102, 103, 131)),
        *((providers.RCM, number) for number in (258, 261, 1149)),
    }
)
# 131: the listener accepted a connection of this address; 140: a connection of it failed, for the user name or the
# password was not right; 4625: a logon of it failed.
_ARRIVED = ((providers.CORE, 131), (providers.CORE, 140), (providers.SECURITY, 4625))
_BY_REMOTE_DESKTOP = 10  # LogonType of event 4625
_WORDS = {140: "user name or password was not right", 4625: "the logon failed"}


@dataclass(frozen=True)
class Change:
    """Something that is otherwise since then: when (UTC), what, and where it was read."""

    when: datetime
    what: str
    where: str

    def to_dict(self) -> dict[str, str]:
        return {"when": iso(self.when), "what": self.what, "where": self.where}


@dataclass(frozen=True)
class Since:
    """What changed since a moment (UTC), the oldest first, and what cannot be told, a sentence each."""

    since: datetime
    changes: tuple[Change, ...]
    not_told: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "since": iso(self.since),
            "changes": [change.to_dict() for change in self.changes],
            "not_told": list(self.not_told),
        }


def changed_since(snapshot: Snapshot, moment: datetime) -> Since:
    """What the host's own times say of the time since ``moment``."""
    found = [change for read in (_certificates, _start, _journals, _events) for change in read(snapshot, moment)]
    return Since(moment, tuple(sorted(found, key=lambda one: (one.when, one.what))), tuple(_not_told(snapshot, moment)))


def _certificates(snapshot: Snapshot, moment: datetime) -> Iterator[Change]:
    now = snapshot.now or snapshot.taken_at
    for entries in (snapshot.stores or {}).values():
        for entry in entries:
            name = f"{entry.subject or 'without a name'} ({entry.thumbprint})"
            if entry.not_before and moment <= entry.not_before <= now:
                yield Change(entry.not_before, f"the certificate {name} begins", entry.where)
            if entry.not_after and moment <= entry.not_after <= now:
                yield Change(entry.not_after, f"the certificate {name} ended", entry.where)


def _start(snapshot: Snapshot, moment: datetime) -> Iterator[Change]:
    about = snapshot.section("host")
    if about and about["boot_utc"] and parse(about["boot_utc"]) >= moment:
        yield Change(parse(about["boot_utc"]), "Windows was started", "section host")


def _journals(snapshot: Snapshot, moment: datetime) -> Iterator[Change]:
    for row in (snapshot.section("journals") or {"recent": ()})["recent"]:
        if row["created"] and parse(row["created"]) >= moment:
            what = f"this collection repaired something ({row['what'] or row['state']})"
            yield Change(parse(row["created"]), what, f"journal {row['id']}")


def _event_section(snapshot: Snapshot) -> dict[str, Any]:
    """The section of events; nothing was logged, as far as is known, where it was not read."""
    return snapshot.section("events") or {"since": None, "entries": (), "counts": ()}


def _began(snapshot: Snapshot) -> datetime | None:
    """From when on events were read, by the host's own clock."""
    since = _event_section(snapshot)["since"]
    return parse(since) if since else None


def _events(snapshot: Snapshot, moment: datetime) -> Iterator[Change]:
    for row in _event_section(snapshot)["counts"]:
        kind, first, last = (row["provider"], row["id"]), parse(row["first"]), parse(row["last"])
        where = f"event {row['id']} of {row['provider']}, {times(row['count'])}"
        if kind in _CHANGES and last >= moment:
            # Where the first was before, the newest is the one that counts.
            yield Change(min(time for time in (first, last) if time >= moment), _CHANGES[kind], where)
        elif (
            kind not in _CHANGES and kind not in _EVERYDAY and first >= moment and _known_before(snapshot, row, moment)
        ):
            yield Change(first, f"event {row['id']} of {row['provider']} was logged for the first time", where)


def _known_before(snapshot: Snapshot, row: dict[str, Any], moment: datetime) -> bool:
    """Whether it is known that the event was not logged in the time before: the log was read further back."""
    began = _began(snapshot)
    return bool(began and began < moment and snapshot.log_tells_since(row["log"], moment))


def _not_told(snapshot: Snapshot, moment: datetime) -> Iterator[str]:
    yield "Windows keeps no time with a registry value: when a setting was changed is not known"
    began = _began(snapshot)
    if began is None:
        yield "the event logs were not read"
    elif began > moment:
        yield f"events before {minute(began)} were not read: what was logged from {minute(moment)} to then is not known"
    for log in short_logs(snapshot, lambda _log: began and max(moment, began)):
        yield f"{log.what} was not read: what was logged in it then is not known"
    if snapshot.stores is None:
        yield "the certificate stores were not read"


# A client's address ---------------------------------------------------------------------------------------------------


# The log of connections, with an event 131 for each.
_LOG = f"{providers.CORE}/Operational"
_WHERE_TO_LOOK = {
    True: ", not at the host",
    False: ", and at what is wrong on the host, which comes first",
    None: ", if a look at the host (winops.rdp.probe) gets in",
}


@dataclass(frozen=True)
class Arrival:
    """Whether connections of a client's address reached the listener.

    ``reached`` is True if the host logged one, False if its log is kept, goes back to ``since`` and has none, and None
    if the log cannot tell. ``last`` is the newest, ``failures`` what the host logged against the address.
    ``gets_in``: somebody looked at the host, and got as far as the logon (False: something on the host keeps clients
    out, None: neither is known).
    """

    address: str
    reached: bool | None
    since: datetime | None
    last: datetime | None
    failures: tuple[str, ...]
    gets_in: bool | None = None

    @property
    def sentence(self) -> str:
        """The same in words."""
        if self.reached:
            words = f"the host's log has connections of {self.address}, the last at {minute(self.last)}"
            return "; ".join((words, *self.failures))
        if self.reached is None:
            return (
                f"whether {self.address} ever reached the host is not known: its log {_LOG} is off, does not go back"
                " far enough or was not read to its end"
            )
        # What keeps everybody out keeps connections out of the log as well.
        where = _WHERE_TO_LOOK[self.gets_in]
        return (
            f"no connection of {self.address} reached the host since {minute(self.since)}: look at the way to it{where}"
        )

    def to_dict(self) -> dict[str, Any]:
        return {
            "address": self.address,
            "reached": self.reached,
            "since": self.since and iso(self.since),
            "last": self.last and iso(self.last),
            "failures": list(self.failures),
            "summary": self.sentence,
        }


def arrival(snapshot: Snapshot, address: str, *, gets_in: bool | None = None) -> Arrival:
    """Whether this address reached the listener. ``gets_in`` as ``Arrival`` has it.

    An address is the one that the host sees: behind NAT, a VPN or a gateway that is another one than the client's own.
    """
    wanted = _plain(address)
    rows = [
        row for kind in _ARRIVED for row in snapshot.listed_events(*kind) if wanted in map(_plain, row["addresses"])
    ]
    began = _began(snapshot)
    failures = tuple(
        f"{words} {times(count)} (event {number})"
        for number, words in _WORDS.items()
        if (count := sum(row["id"] == number for row in rows))
    )
    # A logon over the network that failed (LogonType 3) may be one of a file share.
    came = [parse(row["utc"]) for row in rows if row["id"] != 4625 or _BY_REMOTE_DESKTOP in row["numbers"]]
    reached = bool(came) or _silence(snapshot, began)
    return Arrival(wanted, reached, began, max(came, default=None), failures, gets_in)


def _silence(snapshot: Snapshot, began: datetime | None) -> bool | None:
    """False where the listener's log, all of which is listed, holds no such connection; else it cannot tell."""
    if (
        began is None
        or len(snapshot.listed_events(providers.CORE, 131)) < snapshot.event_count(providers.CORE, 131)
        or not snapshot.log_tells_since(_LOG, began)
    ):
        return None
    return False


def _plain(address: str) -> str:
    """The address without its zone, in its shortest form; an IPv4 address that came as an IPv6 one is itself.

    What is no address is left as it is: a host may log anything in its place.
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    return str(getattr(found, "ipv4_mapped", None) or found)
