# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Remote Desktop on or off, with all that belongs to it: see the module's documentation."""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import StateAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan


class ActionModule(StateAction):
    MODULE = "access"

    def plan(self, session: HostSession, before: Assessment) -> Plan:
        return desired.access(session.options, before.snapshot, session.allowed, before.probe)
