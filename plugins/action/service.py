# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services that RDP needs, as asked: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.job import Job, change_result
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired


class ActionModule(RdpAction):
    MODULE = "service"

    def act(self, job: Job) -> dict[str, Any]:
        snapshot, clock = job.ask_to_change()
        plan = desired.service(job.options, snapshot, job.allowed)
        return change_result(job, plan, snapshot, job.judge(snapshot, clock))
