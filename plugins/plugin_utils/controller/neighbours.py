# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other hosts of the inventory beside the one of a task, each over a connection of its own."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.playbook.play_context import PlayContext
from ansible.plugins.action import ActionBase
from ansible.template import Templar
from ansible.utils.sentinel import Sentinel
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import asking, limit, others, shared, undefined
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import (
    ALL_KEYS,
    HostFailure,
    HostLink,
    leaving,
    unresolved,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

Json = dict[str, Any]
# What another host's task has of the one that asks: how it is done, and nothing that was resolved for its host.
_OF_TASK = ("action", "check_mode", "diff", "no_log")
# Keywords of the play, a block or the task that say how a host is reached.
_KEYWORDS = ("connection", "port", "remote_user")


@dataclass(frozen=True)
class Place:
    """Another host: its variables, as far as connections, modules and the limits of a call need them, the keywords that
    say how it is reached, and why those of its variables are missing that cannot be resolved."""

    name: str
    variables: Json
    keywords: Json = field(default_factory=dict)
    lost: dict[str, Exception] = field(default_factory=dict)


def read(action: ActionBase, task_vars: Json, place: str, sections: Iterable[str]) -> Snapshot:
    """These sections of another host, which is asked once for all hosts of a task. Raises ``HostFailure``."""
    asked = list(sections)

    def ask() -> Json:
        try:
            with neighbour(action, known(action, task_vars, place)) as (there, variables):
                seen = HostLink(there, variables).snapshot(asked, key_certificates=ALL_KEYS)
        except HostFailure as failure:
            return {"failure": str(failure)}
        except Exception as error:  # whatever is wrong there must not cost the task's own host its result
            return {"failure": f"{place} could not be read: {others.fault(error, place)}."}
        return {"snapshot": seen.to_dict(), "taken_at": seen.taken_at.isoformat()}

    found = shared.once(("reference", str(action._task._uuid), place, *asked), ask)
    if "failure" in found:
        raise HostFailure(found["failure"], unreachable=True)
    return Snapshot.of(found["snapshot"], datetime.fromisoformat(found["taken_at"]))


def known(action: ActionBase, task_vars: Json, place: str) -> Place:
    """A host of the inventory. Raises ``HostFailure`` for one that is not in it, and for one that cannot be told how to
    reach."""
    if not is_known(task_vars, place):
        raise HostFailure(f"{place} is not in the inventory.", reason="bad_arguments")
    theirs = _seen_from(action, task_vars, place)
    found = Place(place, {"inventory_hostname": place})
    for name in filter(_is_of_a_host, theirs):
        try:
            found.variables[name] = theirs.resolved(theirs[name])
        except Exception as error:  # filters and lookups raise what they like
            found.lost[name] = error
    if "ansible_connection" in found.lost:
        raise unresolved(place, "the variable ansible_connection", found.lost["ansible_connection"])
    for name in _KEYWORDS:
        try:
            found.keywords[name] = theirs.resolved(_keyword(action._task, name))
        except Exception as error:
            raise unresolved(place, f"the keyword {name}", error) from error
    return found


def is_known(task_vars: Json, place: str) -> bool:
    """Whether a host is in the inventory."""
    return place in task_vars.get("hostvars", {})


def _is_of_a_host(name: str) -> bool:
    """None of another account there (become), which is not taken on."""
    return (name.startswith("ansible_") and not name.startswith("ansible_become")) or name == limit.VARIABLE


def _keyword(task: Any, name: str) -> Any:
    """A keyword as it was written; None without one. In the task itself it has been resolved for the task's host."""
    written = task.get_ds() or {}
    value = written[name] if name in written else task._parent._get_parent_attribute(name)
    return None if value is Sentinel else value


class _Theirs(dict[str, Any]):
    """The variables of another host as they were written, and what templates give for it."""

    def __init__(self, raw: Json, loader: Any) -> None:
        super().__init__(raw)
        self._templar = Templar(loader=loader, variables=raw)

    def resolved(self, written: Any) -> Any:
        return undefined.opened(self._templar.template(written))


def _seen_from(action: ActionBase, task_vars: Json, place: str) -> _Theirs:
    """The variables that a task which is delegated to another host has of it: those of the play and of the task too.

    Unlike there, templates are resolved for the other host: its password may be one of a table, by the host's name.
    """
    manager = _of_worker("variable_manager")
    if manager is None:
        hosts = task_vars["hostvars"]
        theirs = getattr(hosts, "raw_get", hosts.__getitem__)(place)
    else:
        task = action._task.copy()
        task.delegate_to = place
        found, _name = manager.get_delegated_vars_and_hostname(action._templar, task, task_vars)
        theirs = found["ansible_delegated_vars"][place]
    return _Theirs({**theirs, "inventory_hostname": place}, action._loader)


def _of_worker(name: str) -> Any:
    """What Ansible has handed to this process; None where it is not known, as outside of Ansible."""
    return getattr(multiprocessing.current_process(), f"_{name}", None)


def _task_of(action: ActionBase, place: Place) -> Any:
    """The action's task as the other host has it."""
    task = action._task.copy()
    for name, attribute in task.fattributes.items():
        if name not in _OF_TASK:
            setattr(task, name, attribute.default() if callable(attribute.default) else attribute.default)
    for name, value in place.keywords.items():
        if value is not None:
            setattr(task, name, value)
    return task


@contextlib.contextmanager
def neighbour(action: ActionBase, place: Place) -> Iterator[tuple[ActionBase, Json]]:
    """An action on another host, with a connection of its own, and the host's variables. Raises ``HostFailure``, and
    what plugins raise."""
    loaders = action._shared_loader_obj
    given = dict(place.variables)
    task = _task_of(action, place)
    context = _context(action, task, given, place.name)
    context.remote_addr = given.get("ansible_host", place.name)
    context.shell = given.get("ansible_shell_type")
    kind = str(given.get("ansible_connection") or task.connection or "ssh")
    context.connection = kind
    connection = loaders.connection_loader.get(
        kind, context, None, task_uuid=task._uuid, ansible_playbook_pid=str(os.getppid())
    )
    if connection is None:
        raise AnsibleError(f"the connection plugin '{kind}' was not found")
    _refuse_lost(place, connection)
    _set_options(connection, given, task, context)
    there = loaders.action_loader.get(
        "ansible.legacy.normal",
        task=task,
        connection=connection,
        play_context=context,
        loader=action._loader,
        templar=Templar(loader=action._loader, variables=place.variables),
        shared_loader_obj=loaders,
    )
    with leaving(there, place.variables):
        yield there, place.variables


def _context(action: ActionBase, task: Any, given: Json, place: str) -> Any:
    """What a connection is made with beside variables, as for a task with ``delegate_to``; an account of the run itself
    (``-u``, ``-k``) is entered into the variables of a host that has none.

    The password of the action's own context may be one of its host's variables, which is nobody else's. Raises
    ``AnsibleError``.
    """
    run = _of_worker("play_context")
    if run is None:
        if asking.is_password_asked() and not any(given.get(name) for name in asking.PASSWORDS):
            raise AnsibleError(
                f"{place} has no password of its own, and with this version of Ansible the one that was asked for may"
                " be mixed up with that of the task's host, so that none was sent; give it ansible_password in the"
                " inventory"
            )
        run = PlayContext(passwords={})
    task.delegate_to = place
    context = run.set_task_and_variable_override(task, {"ansible_delegated_vars": {place: given}}, action._templar)
    task.delegate_to = None
    return context


def _refuse_lost(place: Place, connection: Any) -> None:
    """Raise ``HostFailure`` where a variable of the connection is there and cannot be resolved: in the place of an own
    password the run's would be sent, and in that of a way of logging on the plainest would be taken."""
    names = {limit.VARIABLE, *(name for names in constants.MAGIC_VARIABLE_MAPPING.values() for name in names)}
    for plugin, kind in ((connection, "connection"), (connection._shell, "shell")):
        names.update(constants.config.get_plugin_vars(kind, plugin._load_name))
    marks = tuple(f"ansible_{name.rsplit('.', 1)[-1]}_" for name in (connection._load_name, connection.transport))
    for name, error in place.lost.items():
        if name in names or name.startswith(marks):
            raise unresolved(place.name, f"the variable {name}", error)


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
