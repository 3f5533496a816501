# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way from a broken host to a proven repair: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.job import Job, change_result, cut_off
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan

# As far ahead as winops.rdp.diagnose looks if it is not told otherwise.
_FORECAST_DAYS = arguments.SPECS["diagnose"]["forecast_days"]["default"]


class ActionModule(RdpAction):
    MODULE = "remediate"

    def act(self, job: Job) -> dict[str, Any]:
        snapshot, clock = job.ask_to_change()
        before = job.judge(snapshot, clock)
        result = cut_off(snapshot, change_result(job, plan(before.diagnosis, snapshot, job.allowed), snapshot, before))
        return {**result, **(job.last.outlook(_FORECAST_DAYS) if job.last else {})}
