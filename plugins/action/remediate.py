# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way from a broken host to a proven repair: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction, carry_out
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import ALL_KEYS
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.past import Past
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan as make_plan
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

# As far ahead as winops.rdp.diagnose looks by default.
_FORECAST_DAYS = arguments.SPECS["diagnose"]["forecast_days"]["default"]


class ActionModule(RdpAction):
    MODULE = "remediate"

    def act(self, session: HostSession) -> dict[str, Any]:
        account = session.account()
        before = session.assess(session.snapshot_for_change(key_certificates=ALL_KEYS))
        plan, interrupted = make_plan(before, session.allowed), Past(session, before.snapshot).left_open
        outcome = carry_out(session, plan, before)
        if outcome is None:
            result = shape.plan_result(plan, before, check_mode=session.check_mode)
        else:
            result = shape.change_result(session.name, outcome)
        latest = outcome.after if outcome else before
        if account:
            result = shape.with_logon(session.name, result, session.try_logon(account, latest))
        return {**shape.with_interrupted(before.snapshot, result, interrupted), **shape.outlook(latest, _FORECAST_DAYS)}
