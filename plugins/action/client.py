# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Windows client's side, and a look at a host from there: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.client_session import ClientSession
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import client_plan
from ansible_collections.winops.rdp.plugins.plugin_utils.results import client_shape


class ActionModule(RdpAction):
    MODULE = "client"

    def act(self, session: HostSession) -> dict[str, Any]:
        client = ClientSession(session)
        before = client.read()
        plan = client_plan.plan(session.options, before.facts, before.look, before.diagnosis)
        result = client_shape.result(before.facts, before.diagnosis, before.look, before.here, plan)
        if session.check_mode or not plan.steps:
            return result
        done = client.change(plan, before)
        after = client.read()
        return client_shape.changed(
            session.name, result, plan, done.reports, done.journal, done.failed, after.diagnosis
        )
