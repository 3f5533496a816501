# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listener's certificate as asked: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import StateAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.bind import Binding, bind, wanted_keys
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan


class ActionModule(StateAction):
    MODULE = "certificate"
    binding: Binding | None = None

    def read(self, session: HostSession) -> Snapshot:
        if session.options["state"] != "bound":
            return super().read(session)
        return session.snapshot_for_change(key_certificates=wanted_keys(session.options))

    def plan(self, session: HostSession, snapshot: Snapshot) -> Plan:
        asked = session.options
        if asked["state"] != "bound":
            return desired.certificate(asked, snapshot, session.allowed)
        # Without an address nobody looks, whatever is asked for.
        self.binding = bind({**asked, "probe": session.can_probe}, snapshot, session.allowed)
        return self.binding.plan

    def act(self, session: HostSession) -> dict[str, Any]:
        result = super().act(session)
        if self.binding is None:
            return result
        found = self.binding
        told = {"chosen": found.chosen, "rivals": list(found.rivals), "notes": list(found.notes)}
        return {**result, **told}
