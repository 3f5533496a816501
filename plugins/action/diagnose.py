# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why clients do not get in: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.job import Job, cut_off
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import outcome
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan


class ActionModule(RdpAction):
    MODULE = "diagnose"

    def act(self, job: Job) -> dict[str, Any]:
        view, clock = job.ask()
        seen = job.judge(view, clock)
        todo = plan(seen.diagnosis, view, job.allowed)
        line = outcome.line(seen, todo, None, predicted=True)
        result = {
            "changed": False,
            **seen.diagnosis.to_dict(),
            "plan": todo.to_dict(),
            "probe": seen.probe,
            "client_view": seen.sight.says,
            "line": line,
            "summary": outcome.summary(seen.diagnosis.verdict, line),
        }
        return cut_off(view, result)
