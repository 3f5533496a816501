# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take back what a journal says was done: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import journals
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction, carry_out
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal, JournalError, is_id
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import SESSIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import undo
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

LATEST = "latest"


class ActionModule(RdpAction):
    MODULE = "restore"

    def act(self, session: HostSession) -> dict[str, Any]:
        asked = session.options["journal"]
        copy = None if asked == LATEST or is_id(asked) else self._copy(asked)
        snapshot = session.snapshot_for_change(copy.id if copy else asked)
        fault = copy.another_hosts(session.name, snapshot.machine) if copy else None
        if fault:
            raise HostFailure(
                f"{session.name}: {asked} is not this host's journal: {fault}. Nothing was done.", reason="bad_journal"
            )
        try:
            journal = self._journal(session, snapshot, asked, copy)
            if journal is None or journal.is_undone:
                return self._nothing(journal)
            plan = undo(journal)
        except JournalError as error:
            raise HostFailure(
                f"{session.name}: journal {asked} cannot be used: {error}.", reason="bad_journal"
            ) from error
        refusal = session_guard(snapshot, session.allowed) if plan.disruption == SESSIONS else None
        if refusal:
            raise refusal
        before = session.assess(snapshot)
        outcome = carry_out(session, plan, before, undoes=journal.id)
        if outcome is None:
            result = shape.plan_result(plan, before, check_mode=session.check_mode)
        else:
            result = shape.change_result(session.name, outcome, is_undo=True)
        return {**result, "restored": journal.id}

    @staticmethod
    def _nothing(journal: Journal | None) -> dict[str, Any]:
        what = "no journal on the host is left to be taken back"
        if journal:
            what = f"journal {journal.id} has been taken back before"
        return {"changed": False, "summary": f"nothing to restore: {what}", "journal": None}

    @staticmethod
    def _copy(path: str) -> Journal:
        try:
            return journals.load(path)
        except (OSError, ValueError) as error:
            raise HostFailure(
                f"winops.rdp.restore: {path} is neither 'latest', nor a journal's id, nor a readable journal file"
                f" ({error}).",
                reason="bad_arguments",
            ) from error

    @staticmethod
    def _journal(session: HostSession, snapshot: Snapshot, asked: str, copy: Journal | None) -> Journal | None:
        """The journal to take back: the host's own, or the controller's copy; None if ``latest`` finds none."""
        section = snapshot.section("journals")
        if section is None and copy is None:
            raise HostFailure(
                f"{session.name}: the journals on the host could not be read;"
                " give journal the path of the controller's copy."
            )
        if section and section["whole"]:
            return _own(Journal.parse(section["whole"]), copy.id if copy else asked)
        if copy is None and asked != LATEST:
            raise HostFailure(
                f"{session.name} has no journal {asked}; journal=latest takes the newest.", reason="bad_arguments"
            )
        return copy


def _own(journal: Journal, asked: str) -> Journal:
    """The host's journal, which is the one that was asked for."""
    if asked not in (LATEST, journal.id):
        raise JournalError(f"the host answered another one, {journal.id}")
    return journal
