# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's actions against one host of the model in this process: no ansible command, no WinRM, but the real
listener on loopback and the real probe. A task takes a fraction of a second."""

from __future__ import annotations

import copy
import importlib
import json
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import MagicMock, patch

from ansible.errors import AnsibleConnectionFailure
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, session

from tests.hosts import failing, hostscript, running
from tests.hosts.scenarios import SCENARIOS, host_of
from tests.twin.fleet import free_address
from tests.twin.listener import Listener

Json = dict[str, Any]


class Site:
    """One host and its controller, from ``with`` to its end."""

    def __init__(self, scenario: str, folder: Path) -> None:
        self.scenario = SCENARIOS[scenario]
        self.folder = folder
        self.host = host_of(scenario)
        self.address = free_address(5985)
        self.listener = Listener(self.host, self.address)
        self.host.on_change = self.listener.follow
        self._patches = ExitStack()

    def __enter__(self) -> Site:
        self.host.changed()
        for name, value in (("_SETTLE_SECONDS", 0.0), ("_GLANCE_SECONDS", 0.0)):
            self._patches.enter_context(patch.object(session, name, value))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._patches.close()
        self.listener.close()

    def task(self, module: str, *, check: bool = False, **options: Any) -> Json:
        """The result of one task."""
        spec = arguments.SPECS[module]
        # A listener on this machine answers at once, or not at all.
        usual = {"journal_dir": str(self.folder), "probe_timeout": 1.0}
        given = {**{name: value for name, value in usual.items() if name in spec}, **options}
        task = MagicMock(Task, async_val=0, check_mode=check, diff=True, args=given)
        task.environment, task._role = None, None
        connection = MagicMock(transport="winrm")
        connection._shell.SHELL_FAMILY = "powershell"
        connection.get_option.return_value = self.address
        plugin = importlib.import_module(f"ansible_collections.winops.rdp.plugins.action.{module}")
        action = plugin.ActionModule(task, connection, MagicMock(), DataLoader(), Templar(loader=DataLoader()), None)
        with patch.object(action, "_execute_module", self._answer):
            result: Json = action.run(task_vars={"inventory_hostname": "web01", "ansible_port": 5986})
        json.dumps(result)
        return result

    def _answer(self, module_name: str, module_args: Json, task_vars: Json) -> Json:
        """What the host script says, unless the call does not come to its end."""
        injected = self.host.volatile.get("injected")
        begun = self.host.volatile.get("begun", 0)
        try:
            answer = hostscript.call(self.host, copy.deepcopy(module_args))
        except running.Cut:
            raise AnsibleConnectionFailure("the call was cut off") from None
        done = self.host.volatile.get("begun", 0)
        if injected and injected.kind == failing.CONNECTION and begun <= injected.at < done:
            raise AnsibleConnectionFailure("the connection broke")
        copied: Json = json.loads(json.dumps(answer))
        return copied

    def minutes_later(self) -> None:
        """What was under way has come to its end, and what stood behind a stop has started what should run."""
        with self.host.lock:
            failing.minutes_later(self.host)
            running.minutes_later(self.host)
            self.host.changed()
