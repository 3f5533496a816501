# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's actions against one host of the model in this process: no ansible command, no WinRM, but the real
listener on loopback and the real probe. A task takes a fraction of a second."""

from __future__ import annotations

import copy
import importlib
import json
from abc import ABC, abstractmethod
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any
from unittest.mock import MagicMock, patch

from ansible import constants
from ansible.errors import AnsibleConnectionFailure
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, session
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import probe_listener
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import verify

from tests.hosts import failing, hostscript, running
from tests.hosts.scenarios import SCENARIOS, host_of
from tests.hosts.windows import RDP_TCP
from tests.twin.fleet import Twin, free_address
from tests.twin.listener import Listener
from tests.twin.wsman import HangUp

Json = dict[str, Any]


@cache
def _of_ansible() -> tuple[MagicMock, MagicMock, MagicMock, DataLoader]:
    """What each task has of Ansible, in whose place much is not: a task, its connection and its play, and what reads
    files. Made once: a fifth of what a task takes."""
    task = MagicMock(Task, async_val=0, environment=None, _role=None)
    connection = MagicMock(transport="winrm")
    connection._shell.SHELL_FAMILY = "powershell"
    return task, connection, MagicMock(), DataLoader()


class Acting(ABC):
    """The actions, with what answers them in the place of Ansible's connection.

    ``address`` and ``port`` are the listener's; subclasses say in ``_answer`` what the host script says.
    """

    # A listener on this machine answers at once, or not at all.
    PROBE_SECONDS = 1.0

    def __init__(self, folder: Path, address: str, name: str = "web01") -> None:
        self.folder, self.address, self.name = folder, address, name
        self._entered = ExitStack()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered.close()

    @abstractmethod
    def _answer(self, module_name: str, module_args: Json, task_vars: Json) -> Json:
        """What the host script says. Raises Ansible's connection failure for a call that does not come to its end."""

    def task(self, module: str, /, *, check: bool = False, diff: bool = True, **options: Any) -> Json:
        """The result of one task."""
        spec = arguments.SPECS[module]
        usual = {"journal_dir": str(self.folder), "probe_timeout": self.PROBE_SECONDS}
        given = {**{name: value for name, value in usual.items() if name in spec}, **options}
        task, connection, play, loader = _of_ansible()
        task.configure_mock(check_mode=check, diff=diff, args=given)
        connection.get_option.return_value = self.address
        plugin = importlib.import_module(f"ansible_collections.winops.rdp.plugins.action.{module}")
        action = plugin.ActionModule(task, connection, play, loader, Templar(loader=loader), None)
        with patch.object(action, "_execute_module", self._answer):
            result: Json = action.run(task_vars={"inventory_hostname": self.name, "ansible_port": 5986})
        json.dumps(result)
        for one in (task, connection, play):
            one.reset_mock()
        return result

    @staticmethod
    def another_run() -> None:
        """What follows is another run of Ansible, with an id of its own."""
        (Path(constants.DEFAULT_LOCAL_TMP) / "winops.rdp.run").unlink(missing_ok=True)

    def is_endless(self) -> bool:
        """Whether NLA is off and nothing ends that; hosts on which nobody turns it off need no answer of their own."""
        return False

    def reach_of(self, port: int) -> int:
        """How far a client comes."""
        return verify.reach(ProbeResult(probe_listener(self.address, port, timeout=self.PROBE_SECONDS)))


class Acted(Acting):
    """The actions on a twin of a fleet, past its server."""

    def __init__(self, twin: Twin, folder: Path) -> None:
        super().__init__(folder, twin.address, twin.name)
        self.twin = twin

    def _answer(self, module_name: str, module_args: Json, task_vars: Json) -> Json:
        try:
            _code, out, err = self.twin.called(module_name, json.loads(json.dumps(module_args)))
        except HangUp:
            raise AnsibleConnectionFailure("the call was cut off") from None
        assert out, err
        answer: Json = json.loads(out)
        return answer


class Site(Acting):
    """One host of the model and its controller, from ``with`` to its end."""

    def __init__(self, scenario: str, folder: Path) -> None:
        super().__init__(folder, free_address(5985))
        self.scenario = SCENARIOS[scenario]
        self.repairable = self.scenario.repairable
        self.host = host_of(scenario)
        self.listener = Listener(self.host, self.address)
        self._entered.callback(self.listener.close)
        self.host.on_change = self.listener.follow

    def __enter__(self) -> Site:
        self.host.changed()
        for name, value in (("_SETTLE_SECONDS", 0.0), ("_GLANCE_SECONDS", 0.0)):
            self._entered.enter_context(patch.object(session, name, value))
        return self

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

    # What faults are told by ----------------------------------------------------------------------------------------

    def inject(self, kind: str, at: int) -> None:
        """Have something happen to a step of the next task."""
        self.host.volatile["injected"] = failing.Injected(kind, at)

    def next_run(self) -> None:
        """Count steps from the first again."""
        self.host.volatile["begun"] = 0

    def lasting(self) -> Json:
        """What is as it was where a run took itself back: the registry with its stores, files, start types, members of
        groups, and the task that ends a time without NLA."""
        state = self.host.state
        starts = {name: service["start"] for name, service in state["services"].items()}
        parts = ("registry", "files", "policy_files", "members")
        return {"starts": starts, "task": nla_task.read(state["nla_task"]), **{part: state[part] for part in parts}}

    def is_endless(self) -> bool:
        """Whether NLA is off without a task that ends it."""
        return self.host.number(RDP_TCP, "UserAuthentication", 1) == 0 and self.host.data["nla_task"] is None

    def running(self) -> set[str]:
        """The services that run."""
        return {name for name in self.host.data["services"] if self.host.running(name)}

    def reach(self) -> int:
        """How far a client comes."""
        return self.reach_of(self.host.port)

    def minutes_later(self) -> None:
        """What was under way has come to its end, and what stood behind a stop has started what should run."""
        with self.host.lock:
            failing.minutes_later(self.host)
            running.minutes_later(self.host)
            self.host.changed()
