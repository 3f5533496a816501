# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done to a host before: its own journals beside the controller's copies, and what of a run that was cut off
is known to have come about.

The host lists its journals; a journal as a whole is one more call, which is made once for each, and only where
something depends on it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import ALL_KEYS, HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import history, taken_back
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.history import Change
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import OPEN, Journal, JournalError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import left_nothing

Json = dict[str, Any]
_LIST = ["host", "journals"]


def whole_in(session: HostSession, snapshot: Snapshot, id_: str | None) -> Json | None:
    """The journal that was asked for with a snapshot; None where the host has none of this id. Raises ``HostFailure``
    where it gave another one."""
    section = snapshot.section("journals")
    whole: Json | None = section["whole"] if section else None
    if whole and whole.get("id") != id_:
        raise HostFailure(
            f"{session.name} gave journal {whole.get('id')} where {id_} was asked for; nothing was done.",
            reason="bad_journal",
        )
    return whole


class Past:
    """All that is known of the changes of one host. ``snapshot`` has its list, ``copies`` are the controller's,
    ``whole`` the journals that were asked for already, by id."""

    def __init__(
        self,
        session: HostSession,
        snapshot: Snapshot,
        copies: Sequence[Journal] = (),
        whole: dict[str, Json | None] | None = None,
    ) -> None:
        section = snapshot.section("journals")
        self._session, self._now, self._copies = session, snapshot, copies
        self.rows: Sequence[Json] = section["recent"] if section else ()
        self._whole = dict(whole or {})
        # The journals that have taken something back, oldest first, by the id of the one of which they did.
        self._undoings = history.undoings(self.rows, copies)
        held = (section["lock"] or {}).get("journal") if section else None
        self._listed = history.changes(self.rows, copies, held)

    @cached_property
    def changes(self) -> list[Change]:
        """All of them, newest first."""
        return [self._judged(change) for change in self._listed]

    @property
    def left_open(self) -> list[str]:
        """Ids of journals of runs that were cut off, of which anything may be left."""
        cut = history.left_open(self.rows, self._now.interrupted_journals)
        nothing = {change.id for change in self._listed if change.id in cut and self._judged(change).left_nothing}
        return [id_ for id_ in cut if id_ not in nothing]

    def whole(self, change: Change) -> Json | None:
        """The host's own journal. Raises ``HostFailure``."""
        is_listed = change.row or "journals" in self._now.truncated
        if is_listed and change.id not in self._whole:
            self._whole[change.id] = whole_in(self._session, self._session.snapshot(_LIST, change.id), change.id)
        return self._whole.get(change.id)

    def told(self, change: Change) -> Journal | None:
        """A journal: the controller's copy, or the host's own where that says more. Raises ``HostFailure``."""
        if change.copy and change.copy.state != OPEN:
            return change.copy
        return self.own(change) or change.copy

    def own(self, change: Change) -> Journal | None:
        """The host's own journal, None where it cannot be used. Raises ``HostFailure``."""
        with contextlib.suppress(JournalError):
            whole = self.whole(change)
            return Journal.parse(whole) if whole else None
        return None

    def undoings(self, id_: str) -> list[Journal]:
        """The journals that have taken something of this one back: a run that was cut off is known to the host."""
        found = (self.told(change) for change in self._undoings.get(id_, ()))
        return [one for one in found if one]

    def left(self, change: Change, whole: Journal) -> Journal:
        """The journal of a change without what has been taken back, and what never came about. Raises
        ``HostFailure``."""
        return taken_back.left(whole, self.undoings(change.id), self._behind(change, whole))

    def _behind(self, change: Change, whole: Journal) -> list[Journal]:
        """What was done behind a change that was cut off, and is about the same by its own words."""
        if all(step["status"] == "done" for step in whole.changed_steps):
            return []
        behind = history.behind(self.rows, self._copies, change.id)
        found = (self.told(one) for one in behind if one.may_share(change))
        return [one for one in found if one]

    def _judged(self, change: Change) -> Change:
        """The change, with whether it is known to have left nothing where its run was cut off before it could say. What
        the host does not tell costs nobody what else is asked of it."""
        if change.is_in_doubt and (change.is_restorable or change.left):
            with contextlib.suppress(HostFailure):
                return replace(change, left_nothing=self._left_nothing(change))
        return change

    def _left_nothing(self, change: Change) -> bool:
        """Whether all that the host and its journals say is that nothing is left. Raises ``HostFailure``."""
        whole = self.told(change)
        if whole is None:
            return False
        left, unloaded = self.left(change, whole), taken_back.unloaded(self.undoings(change.id))
        return left_nothing(left, self._state(left), unloaded=unloaded)

    def _state(self, left: Journal) -> Snapshot:
        """The host as it is now, which a list of journals does not say. Raises ``HostFailure``."""
        if self._now.section("listener") is None:
            self._now = self._now.later(self._session.snapshot(None, None, ALL_KEYS))
        if any(step["op"] == "file.replace" for step in left.changed_steps) and not self._now.section("local_policy"):
            self._now = self._now.later(self._session.snapshot(["host", "local_policy"]))
        return self._now
