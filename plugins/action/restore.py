# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take back what a journal says was done: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import journals
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.job import Job, change_result
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import SESSIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import JournalError, undo


class ActionModule(RdpAction):
    MODULE = "restore"

    def act(self, job: Job) -> dict[str, Any]:
        wanted = job.options["journal"]
        copy = None if wanted == "latest" or journals.is_id(wanted) else self._copy(wanted)
        snapshot, clock = job.ask_to_change(copy["id"] if copy else wanted)
        journal = self._journal(snapshot, wanted, copy, job)
        if journal is None or journal.get("state") == "undone":
            what = (
                f"journal {journal['id']} has been taken back before"
                if journal
                else "no journal on the host is left to be taken back"
            )
            return {"changed": False, "summary": f"nothing to restore: {what}", "journal": None}
        try:
            plan = undo(journal)
        except JournalError as error:
            raise HostFailure(
                f"{job.link.name}: journal {journal.get('id')} cannot be used: {error}.", reason="bad_journal"
            ) from error
        if plan.disruption == SESSIONS and (reason := session_guard(snapshot, job.allowed)):
            raise Refused(reason)
        return {
            **change_result(job, plan, snapshot, job.judge(snapshot, clock), undoes=journal["id"]),
            "restored": journal["id"],
        }

    @staticmethod
    def _copy(path: str) -> dict[str, Any]:
        try:
            return journals.load(path)
        except (OSError, ValueError) as error:
            raise HostFailure(
                f"winops.rdp.restore: {path} is neither 'latest', nor a journal's id, nor a readable journal file ({error}).",
                reason="bad_arguments",
            ) from error

    @staticmethod
    def _journal(snapshot: Snapshot, wanted: str, copy: dict[str, Any] | None, job: Job) -> dict[str, Any] | None:
        section = snapshot.section("journals")
        if section is None:
            if copy is None:
                raise HostFailure(
                    f"{job.link.name}: the journals on the host could not be read; give journal the path of the controller's copy."
                )
            return copy
        if section["whole"]:
            whole: dict[str, Any] = section["whole"]
            return whole
        if copy is None and wanted != "latest":
            raise HostFailure(
                f"{job.link.name} has no journal {wanted}; journal=latest takes the newest.", reason="bad_arguments"
            )
        return copy
