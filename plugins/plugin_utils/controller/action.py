# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of the collection's actions: validate, hand over to the job, shape the result."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.job import Job, options_of, refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import Refused


class RdpAction(ActionBase):  # type: ignore[misc]  # Ansible has no types
    """An action on one Windows host. Subclasses name their ``MODULE`` and say in ``act`` what is done."""

    MODULE = ""
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    @abstractmethod
    def act(self, job: Job) -> dict[str, Any]:
        """Do the job and return the result's keys. May raise ``HostFailure`` and ``Refused``."""

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        host = str((task_vars or {}).get("inventory_hostname", "the host"))
        try:
            result.update(self.act(Job(self, options_of(self.MODULE, dict(self._task.args)), task_vars or {})))
        except HostFailure as failure:
            result.update(failure.to_result())
        except Refused as refusal:
            result.update(refused(host, refusal).to_result())
        if not self._task.diff:
            result.pop("diff", None)
        return result
