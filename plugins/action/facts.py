# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything about a host's Remote Desktop in one call: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.job import Job
from ansible_collections.winops.rdp.plugins.plugin_utils.host.facts import facts


class ActionModule(RdpAction):
    MODULE = "facts"

    def act(self, job: Job) -> dict[str, Any]:
        view, clock = job.ask(job.options["sections"])
        return {"changed": False, "ansible_facts": {"rdp": facts(view, clock, job.look(view))}}
