# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was changed on a host and could be taken back: the host's list of journals beside the controller's copies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import COMPLETE, FAILED, UNDONE, Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import left_by_words, left_for_good

Json = dict[str, Any]

LATEST = "latest"
RENEWED = "a renewed certificate stays"
# Of more runs the newest are named, and the number of the rest.
_MOST_RUNS = 3
_RENEW = "certificate.renew"
# A journal in one of these says of each step what became of it.
_ENDED = (COMPLETE, FAILED, UNDONE)
_COMPARED = ("op", "status", "before", "after")


@dataclass(frozen=True)
class Change:
    """One journal of a host that takes no other one back.

    ``row`` is the host's line of its list, ``copy`` the controller's copy; one of them can be missing.
    """

    row: Json | None
    copy: Journal | None
    # By the run itself, which saw that a step failed, or that clients came less far.
    took_itself_back: bool = False
    # It was cut off, or failed, and is known to have changed nothing that is there now.
    left_nothing: bool = False

    @property
    def id(self) -> str:
        return self.copy.id if self.copy else str((self.row or {})["id"])

    def value(self, name: str) -> Any:
        """The controller's word before the host's: a copy was written by the run itself."""
        own = getattr(self.copy, name, None)
        return own if own not in (None, "") else (self.row or {}).get(name)

    @property
    def run(self) -> str:
        """The run that it belongs to; a journal of an earlier version is a run of its own."""
        return self.value("run") or self.id

    @property
    def created(self) -> str:
        return self.value("created") or ""

    @property
    def sequence(self) -> int | None:
        """Its place in the order in which the host was changed; None where no journal says so."""
        number: int | None = self.value("sequence")
        return number

    @property
    def found(self) -> Json:
        """How the host was before, as far as the journal says so."""
        told = self.value("found")
        return told if isinstance(told, dict) else {}

    @property
    def causes(self) -> list[str]:
        """Ids of the causes that were found before."""
        told = self.found.get("causes")
        return [str(id_) for id_ in told] if isinstance(told, list) else []

    @property
    def is_undone(self) -> bool:
        return UNDONE in ((self.row or {}).get("state"), self.copy.state if self.copy else None)

    @property
    def is_restorable(self) -> bool:
        return self.is_lasting and not self.is_undone and not self.is_renewal and self._for_good is None

    @property
    def is_in_doubt(self) -> bool:
        """Whether the host's list leaves open what it did: a step was begun that is not said to be done."""
        return bool(self.row and (self.row.get("steps_begun") or 0) > self.row["steps_done"])

    @property
    def left(self) -> str | None:
        """Why all of it stays as it is, in a clause; None where some of it may be taken back, or has been."""
        if self.is_undone or not self.is_lasting:
            return None
        return RENEWED if self.is_renewal else "; ".join(self._for_good or ()) or None

    @cached_property
    def _for_good(self) -> list[str] | None:
        """Why none of it is ever taken back; None where some of it may be."""
        if self.copy and self.copy.state in _ENDED:
            return left_for_good(self.copy)
        if not self._lasting or (not self._is_through and any(map(_renews, self._lasting))):
            return None
        left = left_by_words(self._lasting)
        return left if self._is_through or left is None else []

    @cached_property
    def _lasting(self) -> list[str]:
        """The words for its steps, but those that leave nothing; of a journal without words none."""
        parts = (self.value("what") or "").split(", ")
        return [part for part in parts if part and not part.startswith("service.restart ")]

    @property
    def _is_through(self) -> bool:
        """Whether all but restarts is known to have been done. A renewal that was cut off before may have taken the
        certificate out, and no new one had come."""
        parts = (self.value("what") or "").split(", ")
        told = sum(step["status"] == "done" for step in self.copy.steps) if self.copy else 0
        done = max(told, (self.row or {}).get("steps_done") or 0)
        came_first = parts[: len(self._lasting)] == self._lasting
        return self.value("state") == COMPLETE or (came_first and done >= len(self._lasting))

    @property
    def is_renewal(self) -> bool:
        """Whether all that it left is a renewed certificate, which stays: the key of the one before is gone."""
        if self.copy and self.copy.state in _ENDED:
            left = [step for step in self.copy.changed_steps if step["op"] != "service.restart" or _was_stopped(step)]
            return bool(left) and all(_renewed(step) for step in left)
        return bool(self._lasting) and all(map(_renews, self._lasting)) and self._is_through

    @property
    def is_lasting(self) -> bool:
        """Whether it left, or leaves, anything to take back. A restart of what ran does not."""
        if self.left_nothing:
            return False
        if self.copy and self.copy.state in _ENDED:
            return any(step["op"] != "service.restart" or _was_stopped(step) for step in self.copy.changed_steps)
        if self.row and self.row.get("steps_begun") == 0:
            return False
        return not self.value("what") or bool(self._lasting)

    @property
    def restarted(self) -> bool:
        """Whether TermService was restarted: not where the host refused that, since somebody had come in."""
        if self.copy and self.copy.state in _ENDED:
            done = self.copy.changed_steps
            return any(step["op"] == "service.restart" and step.get("service") == "TermService" for step in done)
        return "service.restart TermService" in (self.value("what") or "").split(", ")

    def may_share(self, other: Change) -> bool:
        """Whether both may have changed the same, by the words for their steps."""
        mine, theirs = (_changed_things(change.value("what")) for change in (self, other))
        return not mine or not theirs or not mine.isdisjoint(theirs)

    @property
    def known_to(self) -> str:
        if self.row and self.copy:
            return "both"
        return "host" if self.row else "controller"

    def to_dict(self) -> Json:
        return {
            "run": self.run,
            "journal": self.id,
            "created": self.created,
            "controller": self.value("controller"),
            "what": self.value("what"),
            "found": self.value("found"),
            "state": self.value("state"),
            "known_to": self.known_to,
            "restorable": self.is_restorable,
            "renewal": self.is_renewal,
            "left": self.left,
        }


def _changed_things(what: str | None) -> set[str]:
    """What steps change, out of the words for them: a value and a rule are the same whatever is done with them, and of
    the task that requires Network Level Authentication again there is one."""
    return {_changed_thing(*part.partition(" ")[::2]) for part in (what or "").split(", ") if part}


def _changed_thing(op: str, name: str) -> str:
    kind = op.partition(".")[0]
    if kind == "task":
        return kind
    return f"{kind if kind in ('registry', 'firewall') else op} {name}"


def _renews(words: str) -> bool:
    return words.startswith(f"{_RENEW} ")


def _was_stopped(step: Json) -> bool:
    return bool((step.get("before") or {}).get("state") == 1)


def _renewed(step: Json) -> bool:
    return step["op"] in (_RENEW, "certificate.wait_renewed") and step["status"] == "done"


def changes(rows: Iterable[Json], copies: Iterable[Journal], held: str | None = None) -> list[Change]:
    """All changes that are known of a host, newest first. ``held`` is the journal of a run that is at work now."""
    known = _known(rows, copies)
    back = {(change.value("undoes"), change.run) for change in known.values()}
    marked = (replace(change, took_itself_back=_is_back(change, back)) for change in known.values())
    return _newest_first(change for change in marked if not change.value("undoes") and change.id != held)


def left_open(rows: Iterable[Json], ids: Iterable[str]) -> list[str]:
    """Those of these journals of which anything may be taken back."""
    known = {row["id"]: Change(row, None) for row in rows}
    return [id_ for id_ in ids if id_ not in known or known[id_].is_restorable]


def behind(rows: Iterable[Json], copies: Iterable[Journal], id_: str) -> list[Change]:
    """All journals that came after this one, oldest first, those that take something back as well."""
    known = _newest_first(_known(rows, copies).values())
    at = next((number for number, change in enumerate(known) if change.id == id_), 0)
    return known[:at][::-1]


def undoings(rows: Iterable[Json], copies: Iterable[Journal]) -> dict[str, list[Change]]:
    """The journals that have taken something back, oldest first, by the id of the one of which they did."""
    found: dict[str, list[Change]] = {}
    for change in reversed(_newest_first(_known(rows, copies).values())):
        if change.value("undoes"):
            found.setdefault(change.value("undoes"), []).append(change)
    return found


def _known(rows: Iterable[Json], copies: Iterable[Journal]) -> dict[str, Change]:
    known: dict[str, Change] = {row["id"]: Change(row, None) for row in rows}
    for copy in copies:
        known[copy.id] = Change(known[copy.id].row if copy.id in known else None, copy)
    return known


def _is_back(change: Change, back: Collection[tuple[str | None, str]]) -> bool:
    return change.is_undone and (change.id, change.run) in back


def _newest_first(found: Iterable[Change]) -> list[Change]:
    """In the order in which the host was changed, whatever the controllers' clocks said.

    Ids have the times of those clocks: they alone say when journals without a place in that order were made.
    """
    dated = sorted(found, key=lambda change: change.id, reverse=True)
    placed = [change for change in dated if change.sequence is not None]
    in_turn = iter(sorted(placed, key=lambda change: change.sequence or 0, reverse=True))
    return [change if change.sequence is None else next(in_turn) for change in dated]


def newest_run(found: Iterable[Change]) -> Json | None:
    """The run that changed the host last, whether it was taken back since or not: asked for twice, it is the same.

    One that left nothing does not count, nor does one that took itself back, unless there is no other.
    """
    lasting = [change for change in found if change.is_lasting]
    change = next((change for change in lasting if not change.took_itself_back), next(iter(lasting), None))
    if change is None:
        return None
    return {"run": change.run, "created": change.created, "left": not change.took_itself_back}


def told_latest(rows: Iterable[Json], run: str) -> str | None:
    """Which run ``latest`` stands for, where that is not plain: newer ones left nothing, or nothing is left of it and
    something of older ones. ``rows`` are changes of any number of hosts as ``Change.to_dict`` has them."""
    rows = list(rows)
    own = [row for row in rows if row["run"] == run]
    until = max((row["created"] or "" for row in own), default="")
    # Two runs at a time: one that began before this one ended, or left something anywhere, is none of them.
    others = {row["run"] for row in rows if row["restorable"] or (row["created"] or "") <= until}
    newer = sorted({row["run"] for row in rows} - others - {run})
    parts = [f"newer ones left nothing to take back ({_few(newer)})"] if newer else []
    left = [row for row in rows if row["restorable"]]
    if left and not any(row["restorable"] for row in own):
        newest = max(left, key=lambda row: row["created"] or "")["run"]
        parts.append(f"nothing is left of it to take back; the newest run with something left is {newest}")
    return f"latest is {run}: {'; '.join(parts)}" if parts else None


def _few(runs: list[str]) -> str:
    more = f" and {len(runs) - _MOST_RUNS} more" if len(runs) > _MOST_RUNS else ""
    return f"{', '.join(runs[-_MOST_RUNS:])}{more}"


def of_run(found: Iterable[Change], run: str) -> list[Change]:
    """The changes of a run, newest first; of the newest one where it is asked for as ``latest``."""
    found = list(found)
    if run == LATEST:
        newest = newest_run(found)
        run = newest["run"] if newest else run
    return [change for change in found if run in (change.run, change.id)]


def to_restore(run: Iterable[Journal]) -> str | None:
    """The journal by which what a run did can be taken back: the first that left anything, or may have.

    Of a run that was itself taking something back, the journal that it takes back: restored again, it goes on from
    there. None where nothing is left to be taken back.
    """
    for journal in run:
        if journal.undoes or Change(None, journal).is_restorable:
            return journal.undoes or journal.id
    return None


def difference(copy: Journal, whole: Json) -> str | None:
    """How the controller's copy and the host's journal differ in what was done, in a sentence; None if they agree."""
    theirs = whole.get("steps") if isinstance(whole, dict) else None
    mine = [[step.get(name) for name in _COMPARED] for step in copy.steps]
    if isinstance(theirs, list) and mine == [[step.get(name) for name in _COMPARED] for step in theirs]:
        return None
    return (
        f"journal {copy.id} on the host differs from the controller's copy in what was there before or in what was"
        " done; the controller's copy was used"
    )


def listed(rows: Iterable[Json]) -> tuple[str, list[str]]:
    """What could be taken back, from changes as ``Change.to_dict`` has them: how many runs, and a line for each change.

    A line says when, from where, what, and how the host was before. What stays as it is has a line and does not count.
    """
    rows = [row for row in rows if row["restorable"] or row["left"]]
    number = len({row["run"] for row in rows if row["restorable"]})
    if not number:
        return "nothing is left to be taken back", [_line(row) for row in rows]
    return f"{number} run{'' if number == 1 else 's'} could be taken back", [_line(row) for row in rows]


def told(found: Iterable[Change]) -> str:
    """What could be taken back, in one line."""
    number, lines = listed([change.to_dict() for change in found])
    choice = "" if number.startswith("nothing") else "; choose with run=ID (or journal=ID)"
    return f"{number}{choice}" + (f": {'; '.join(lines)}" if lines else "")


def _line(row: Json) -> str:
    by = (row["controller"] or "an unknown controller").partition(":")[0]
    before = row["found"] if isinstance(row["found"], dict) else {}
    causes = before.get("causes")
    ids = [str(id_) for id_ in causes] if isinstance(causes, list) else []
    told = [f"{before.get('verdict')}: {before.get('client')}", *ids] if before else []
    was = f" (the host was {', '.join(told)})" if told else ""
    only = {"host": " (no copy on this controller)", "controller": " (only this controller has a copy)"}
    when = row["created"][:16].replace("T", " ") or "unknown time"
    what = ", ".join(map(_short, row["what"].split(", "))) if row["what"] else "what it did is in the journal"
    stays = f"; left as it is: {row['left']}" if row["left"] else ""
    return f"{row['run']}, {when} UTC, from {by}: {what}{was}{only.get(row['known_to'], '')}{stays}"


def _short(words: str) -> str:
    """A step as the line of its own run has it, out of a journal's words, which name the key's file."""
    return "acl.set the key file" if words.startswith("acl.set ") else words
