# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything about a host's Remote Desktop in one call: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, files
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.job import Job
from ansible_collections.winops.rdp.plugins.plugin_utils.host.facts import facts


class ActionModule(RdpAction):
    MODULE = "facts"

    def act(self, job: Job) -> dict[str, Any]:
        folder = job.options["bundle_dir"]
        if not folder:
            snapshot, clock = job.ask(job.options["sections"])
            return {"changed": False, "ansible_facts": {"rdp": facts(snapshot, clock, job.look(snapshot))}}
        snapshot, answer, clock = job.link.snapshot()
        moment = job.examine(snapshot, clock)
        path = bundles.path_of(folder, job.link.name)
        result = {
            "changed": False,
            "ansible_facts": {"rdp": facts(moment.host, moment.clock, moment.seen.probe)},
            "bundle": {"path": str(path), "written": not job.check_mode},
        }
        if job.check_mode:
            return {**result, "msg": f"Check mode: the bundle {path} was not written."}
        try:
            files.write_json(path, bundles.make(job.link.name, answer, moment))
        except OSError as error:
            raise HostFailure(
                f"{job.link.name}: the bundle {path} cannot be written: {error.strerror or error}. Give bundle_dir a folder that can be written.",
                reason="bundle_failed",
            ) from error
        return result
