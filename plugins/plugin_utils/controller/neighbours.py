# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other hosts of the inventory beside the one of a task, each over a connection of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.plugins.action import ActionBase
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import asking, limit, shared
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import (
    ALL_KEYS,
    HostFailure,
    HostLink,
    leaving,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

Json = dict[str, Any]


def read(action: ActionBase, task_vars: Json, place: str, sections: Iterable[str]) -> Snapshot:
    """These sections of another host, which is asked once for all hosts of a task. Raises ``HostFailure``."""
    asked = list(sections)

    def ask() -> Json:
        try:
            variables = known(action, task_vars, place)
            with neighbour(action, variables, place) as there:
                seen = HostLink(there, variables).snapshot(asked, key_certificates=ALL_KEYS)
        except AnsibleError as error:
            return {"failure": f"{place} could not be read: {error}"}
        except HostFailure as failure:
            return {"failure": str(failure)}
        return {"snapshot": seen.to_dict(), "taken_at": seen.taken_at.isoformat()}

    found = shared.once(("reference", str(action._task._uuid), place, *asked), ask)
    if "failure" in found:
        raise HostFailure(found["failure"], unreachable=True)
    return Snapshot.of(found["snapshot"], datetime.fromisoformat(found["taken_at"]))


def known(action: ActionBase, task_vars: Json, place: str) -> Json:
    """The variables of a host of the inventory. Raises ``HostFailure`` for one that is not in it."""
    if not is_known(task_vars, place):
        raise HostFailure(f"{place} is not in the inventory.", reason="bad_arguments")
    return variables_of(task_vars, _seen_from(action, task_vars, place), place)


def is_known(task_vars: Json, place: str) -> bool:
    """Whether a host is in the inventory."""
    return place in task_vars.get("hostvars", {})


def variables_of(task_vars: Json, theirs: Mapping[str, Any], place: str) -> Json:
    """The variables of another host, as far as connections, modules and the limits of a call need them."""
    ours = {name: value for name, value in task_vars.items() if not _is_of_a_host(name)}
    own: Json = {}
    for name in filter(_is_of_a_host, theirs):
        with contextlib.suppress(AnsibleError):  # one that cannot be resolved is missed where it is needed
            own[name] = theirs[name]
    return {**ours, **own, "inventory_hostname": place}


def _is_of_a_host(name: str) -> bool:
    return name.startswith("ansible_") or name == limit.VARIABLE


class _Resolved(dict[str, Any]):
    """Variables whose templates are resolved when they are asked for."""

    def __init__(self, raw: Json, loader: Any) -> None:
        super().__init__(raw)
        self._templar = Templar(loader=loader, variables=raw)

    def __getitem__(self, name: str) -> Any:
        return self._templar.template(super().__getitem__(name))


def _seen_from(action: ActionBase, task_vars: Json, place: str) -> Mapping[str, Any]:
    """The variables that a task which is delegated to another host has of it: those of the play and of the task too.

    Unlike there, templates are resolved for the other host: its password may be one of a table, by the host's name.
    """
    manager = _of_worker("variable_manager")
    if manager is None:
        theirs: Mapping[str, Any] = task_vars["hostvars"][place]
        return theirs
    found, _name = manager.get_delegated_vars_and_hostname(action._templar, _delegated(action, place), task_vars)
    return _Resolved({**found["ansible_delegated_vars"][place], "inventory_hostname": place}, action._loader)


def _of_worker(name: str) -> Any:
    """What Ansible has handed to this process; None where it is not known, as outside of Ansible."""
    return getattr(multiprocessing.current_process(), f"_{name}", None)


def _delegated(action: ActionBase, place: str) -> Any:
    """The task as it would be with ``delegate_to``."""
    task = action._task.copy()
    task.delegate_to = place
    return task


@contextlib.contextmanager
def neighbour(action: ActionBase, variables: Json, place: str) -> Iterator[ActionBase]:
    """An action on another host, with a connection of its own. Raises ``AnsibleError``."""
    loaders = action._shared_loader_obj
    given = dict(variables)
    context = _context(action, given, place)
    context.remote_addr = given.get("ansible_host", place)
    context.shell = given.get("ansible_shell_type")
    task = action._task.copy()
    task.delegate_to = None
    kind = str(given.get("ansible_connection") or task.connection or "ssh")
    context.connection = kind
    connection = loaders.connection_loader.get(
        kind, context, None, task_uuid=task._uuid, ansible_playbook_pid=str(os.getppid())
    )
    if connection is None:
        raise AnsibleError(f"the connection plugin '{kind}' was not found")
    _set_options(connection, given, task, context)
    there = loaders.action_loader.get(
        "ansible.legacy.normal",
        task=task,
        connection=connection,
        play_context=context,
        loader=action._loader,
        templar=Templar(loader=action._loader, variables=variables),
        shared_loader_obj=loaders,
    )
    with leaving(there, variables):
        yield there


def _context(action: ActionBase, given: Json, place: str) -> Any:
    """What a connection is made with beside variables, as for a task with ``delegate_to``; an account of the run itself
    (``-u``, ``-k``) is entered into the variables of a host that has none.

    The password of the action's own context may be one of its host's variables, which is nobody else's. Raises
    ``AnsibleError``.
    """
    run = _of_worker("play_context")
    if run is not None:
        variables = {"ansible_delegated_vars": {place: given}}
        return run.set_task_and_variable_override(_delegated(action, place), variables, action._templar)
    if asking.is_password_asked() and not any(given.get(name) for name in asking.PASSWORDS):
        raise AnsibleError(
            f"{place} has no password of its own, and with this version of Ansible the one that was asked for may be"
            " mixed up with that of the task's host, so that none was sent; give it ansible_password in the inventory"
        )
    context = action._play_context.copy()
    context.password = ""
    return context


def _set_options(connection: Any, variables: Json, task: Any, context: Any) -> None:
    """The options of a connection and of its shell, as variables, keywords and the command line give them."""
    keys = {**task.dump_attrs(), "timeout": context.timeout}
    if context.password:
        keys["password"] = context.password
    keys.pop("retries", None)
    for plugin, kind in ((connection, "connection"), (connection._shell, "shell")):
        names = constants.config.get_plugin_vars(kind, plugin._load_name)
        given = {name: variables[name] for name in names if variables.get(name) is not None}
        if getattr(plugin, "allow_extras", False):
            mark = f"ansible_{plugin.extras_prefix}_"
            given["_extras"] = {name: variables[name] for name in variables if name.startswith(mark)}
        plugin.set_options(task_keys=keys, var_options=given)
