# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot beside what Windows' own tools say: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.host import witnesses
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape


class ActionModule(RdpAction):
    MODULE = "witnesses"

    def act(self, session: HostSession) -> dict[str, Any]:
        snapshot = session.snapshot()
        told = session.link.witnesses(witnesses.key_files(snapshot))
        return shape.witnesses_result(session.name, snapshot, witnesses.compare(snapshot, told))
