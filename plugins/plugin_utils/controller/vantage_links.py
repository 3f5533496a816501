# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at one host from other hosts of the inventory, each over its own connection, one after the other."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.client_session import ask, look_of, looking
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import (
    LOCAL_NAMES,
    HostFailure,
    HostLink,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import (
    fault,
    probe_listener,
    with_certificate,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text

Json = dict[str, Any]

WINDOWS_TRANSPORTS = ("winrm", "psrp", "ansible.builtin.winrm", "ansible.builtin.psrp", "microsoft.ad.psrp")
# The options of the probe that a place takes over from the task.
_PASSED_ON = ("timeout", "deadline", "server_name", "load_balance_info")


def is_windows(connection: Any, variables: Json) -> bool:
    """Whether a connection leads to a host that runs no Python modules."""
    shell = variables.get("ansible_shell_type")
    return connection.transport in WINDOWS_TRANSPORTS or shell in ("powershell", "cmd")


def looks(action: ActionBase, task_vars: Json, places: list[str], target: Target, options: Json) -> tuple[Json, Json]:
    """The look from each place, None where it gave none, and why it did not, by place."""
    found: Json = {}
    errors: Json = {}
    for place in dict.fromkeys(places):
        try:
            found[place] = _look(action, task_vars, place, target, options)
        except (AnsibleError, HostFailure, OSError) as error:
            found[place], errors[place] = None, text.sentence(error)
    return found, errors


def _look(action: ActionBase, task_vars: Json, place: str, target: Target, options: Json) -> Json:
    passed = {name: options[name] for name in _PASSED_ON}
    hosts = task_vars.get("hostvars", {})
    local = place in LOCAL_NAMES
    if place not in hosts and not local:
        raise HostFailure(f"{place} is not in the inventory.", reason="bad_arguments")
    theirs: Any = {}
    if place in hosts:  # what an unknown host has is undefined, rather than absent
        theirs = hosts[place]
    variables = _variables(task_vars, theirs, place)
    if local and variables.get("ansible_connection", "local") == "local":
        # The controller, whatever else an inventory says of it.
        return probe_listener(*target, **passed, depth="client")
    with _neighbour(action, variables, place) as there:
        if there._connection.transport == "local":
            return probe_listener(*target, **passed, depth="client")
        if is_windows(there._connection, variables):
            return _from_windows(there, variables, target, passed)
        return _from_python(there, variables, place, target, passed)


def _from_windows(there: ActionBase, variables: Json, target: Target, passed: Json) -> Json:
    facts = ask(HostLink(there, variables), {"sections": ["client", "look"], "look": looking(target, passed)})
    look = look_of(facts, target, passed)
    if look is None:
        raise HostFailure(f"it gave no look: {facts.unread.get('look', 'it is missing in its answer')}.")
    return look


def _from_python(there: ActionBase, variables: Json, place: str, target: Target, passed: Json) -> Json:
    arguments = {"host": target[0], "port": target[1], "depth": "client"}
    given = {name: value for name, value in passed.items() if value is not None}
    answer = HostLink(there, variables).execute("winops.rdp.probe", {**arguments, **given})
    odd = fault(answer)
    look: Json | None = None if odd else answer.get("probe")
    if not look:
        told = odd or answer.get("module_stderr") or answer.get("msg") or "no answer"
        raise HostFailure(f"{place} gave no look: {text.sentence(told, 300)}.")
    return with_certificate(look, passed["server_name"])


def _variables(task_vars: Json, theirs: Any, place: str) -> Json:
    """The variables of another host, as far as connections and modules need them."""
    ours = {name: value for name, value in task_vars.items() if not name.startswith("ansible_")}
    own: Json = {}
    for name in theirs:
        if name.startswith("ansible_"):
            with contextlib.suppress(AnsibleError):  # one that cannot be resolved is missed where it is needed
                own[name] = theirs[name]
    return {**ours, **own, "inventory_hostname": place}


@contextlib.contextmanager
def _neighbour(action: ActionBase, variables: Json, place: str) -> Iterator[ActionBase]:
    """An action on another host, with a connection of its own. Raises ``AnsibleError``."""
    loaders = action._shared_loader_obj
    context = action._play_context.copy()
    context.remote_addr = variables.get("ansible_host", place)
    context.shell = variables.get("ansible_shell_type")
    kind = str(variables.get("ansible_connection", "ssh"))
    context.connection = kind
    task = action._task.copy()
    task.delegate_to = None
    connection = loaders.connection_loader.get(
        kind, context, None, task_uuid=task._uuid, ansible_playbook_pid=str(os.getppid())
    )
    if connection is None:
        raise AnsibleError(f"the connection plugin '{kind}' was not found")
    _set_options(connection, variables, task, context)
    there = loaders.action_loader.get(
        "ansible.legacy.normal",
        task=task,
        connection=connection,
        play_context=context,
        loader=action._loader,
        templar=Templar(loader=action._loader, variables=variables),
        shared_loader_obj=loaders,
    )
    try:
        yield there
    finally:
        with contextlib.suppress(AnsibleError, OSError):
            there.cleanup(force=True)
        with contextlib.suppress(AnsibleError, OSError):
            connection.close()


def _set_options(connection: Any, variables: Json, task: Any, context: Any) -> None:
    """The options of a connection and of its shell, as variables give them."""
    keys = {**task.dump_attrs(), "timeout": context.timeout}
    keys.pop("retries", None)
    for plugin, kind in ((connection, "connection"), (connection._shell, "shell")):
        names = constants.config.get_plugin_vars(kind, plugin._load_name)
        given = {name: variables[name] for name in names if name in variables}
        if getattr(plugin, "allow_extras", False):
            mark = f"ansible_{plugin.extras_prefix}_"
            given["_extras"] = {name: variables[name] for name in variables if name.startswith(mark)}
        plugin.set_options(task_keys=keys, var_options=given)
