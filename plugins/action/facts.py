# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything about a host's Remote Desktop in one call: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, files
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.results.facts import facts


class ActionModule(RdpAction):
    MODULE = "facts"

    def act(self, session: HostSession) -> dict[str, Any]:
        folder = session.options["bundle_dir"]
        if not folder:
            sections = session.options["sections"]
            snapshot = session.snapshot(sections, channel="domain" in (sections or ()))
            return {"changed": False, "ansible_facts": {"rdp": facts(snapshot, session.probe(snapshot))}}
        assessment = session.assess(session.snapshot())
        path = bundles.path_of(folder, session.name)
        result = {
            "changed": False,
            "ansible_facts": {"rdp": facts(assessment.snapshot, assessment.probe)},
            "bundle": {"path": str(path), "written": not session.check_mode},
        }
        if session.check_mode:
            return {**result, "msg": f"Check mode: the bundle {path} was not written."}
        try:
            files.write_json(path, bundles.make(session.name, assessment), own=files.BUNDLE)
        except OSError as error:
            raise HostFailure(
                f"{session.name}: the bundle {path} cannot be written: {error.strerror or error}."
                " Give bundle_dir a folder that can be written.",
                reason="bundle_failed",
            ) from error
        return result
