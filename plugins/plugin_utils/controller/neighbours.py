# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other hosts of the inventory beside the one of a task, each over a connection of its own."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import ALL_KEYS, HostFailure, HostLink
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

Json = dict[str, Any]


def read(action: ActionBase, task_vars: Json, place: str, sections: Iterable[str]) -> Snapshot:
    """These sections of another host. Raises ``HostFailure`` and ``AnsibleError``."""
    variables = known(task_vars, place)
    with neighbour(action, variables, place) as there:
        return HostLink(there, variables).snapshot(list(sections), key_certificates=ALL_KEYS)


def known(task_vars: Json, place: str) -> Json:
    """The variables of a host of the inventory. Raises ``HostFailure`` for one that is not in it."""
    if not is_known(task_vars, place):
        raise HostFailure(f"{place} is not in the inventory.", reason="bad_arguments")
    return variables_of(task_vars, task_vars["hostvars"][place], place)


def is_known(task_vars: Json, place: str) -> bool:
    """Whether a host is in the inventory."""
    return place in task_vars.get("hostvars", {})


def variables_of(task_vars: Json, theirs: Any, place: str) -> Json:
    """The variables of another host, as far as connections and modules need them."""
    ours = {name: value for name, value in task_vars.items() if not name.startswith("ansible_")}
    own: Json = {}
    for name in theirs:
        if name.startswith("ansible_"):
            with contextlib.suppress(AnsibleError):  # one that cannot be resolved is missed where it is needed
                own[name] = theirs[name]
    return {**ours, **own, "inventory_hostname": place}


@contextlib.contextmanager
def neighbour(action: ActionBase, variables: Json, place: str) -> Iterator[ActionBase]:
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
