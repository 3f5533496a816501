# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files for people and programs from the results of many hosts: see the module's documentation. No host is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, reports, runs
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text
from ansible_collections.winops.rdp.plugins.plugin_utils.report import commands
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet, ReportError

# Of more a terminal has the number; the result and the page have all.
_MOST_WARNINGS = 5
_MISSING = {"failed": True, "msg": "no result of this host is there, and it was expected"}


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no types
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        try:
            options = arguments.validate("report", dict(self._task.args))
            result.update(self._report(options, (task_vars or {}).get("groups") or {}))
        except arguments.ArgumentError as error:
            result.update(failed=True, msg=text.sentence(error))
        except ReportError as error:
            result.update(failed=True, msg=f"winops.rdp.report: {text.sentence(str(error).rstrip('.'))}.")
        return dict(text.readable(result))

    def _report(self, options: dict[str, Any], groups: Mapping[str, Iterable[str]]) -> dict[str, Any]:
        """``groups`` are the inventory's: no command is for a host that is called as one of them."""
        mode = reports.mode_of(options["mode"])
        if not options["formats"]:
            raise ReportError(
                "formats is empty; name at least one of html, json, csv and prometheus, or leave it out for all"
            )
        collected = _collected(options)
        # Results can be of hosts that another inventory has.
        own = set(collected.results) <= set(groups.get("all", ()))
        inventory = runs.inventory_shown() if own else commands.ANY_INVENTORY
        fleet = Fleet.of(collected.results, groups, collected.shown, inventory)
        files = reports.render(fleet, options["title"], options["formats"], options["report_dir"], mode)
        if not self._task.check_mode:
            reports.write(files, mode)
        answer: dict[str, Any] = {
            "changed": any(file.changes for file in files),
            "files": [str(file.path) for file in files],
            "counts": fleet.counts,
            "summary": fleet.summary,
            "notes": collected.notes,
        }
        if collected.notes:
            more = len(collected.notes) - _MOST_WARNINGS
            rest = [f"{more} more notes are in the result and on the page"] if more > 0 else []
            answer["warnings"] = [*collected.notes[:_MOST_WARNINGS], *rest]
        if self._task.diff:
            answer["diff"] = [file.diff for file in files if file.changes]
        return answer


def _collected(options: dict[str, Any]) -> reports.Collected:
    """The results that are given, or those in files. Raises ``ReportError``."""
    if options["results_path"] is not None:
        return reports.load(options["results_path"], options["expected"])
    given = options["results"]
    return reports.Collected({**dict.fromkeys(options["expected"], _MISSING), **given}, [])
