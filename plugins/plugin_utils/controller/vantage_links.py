# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at one host from other hosts of the inventory, each over its own connection, one after the other."""

from __future__ import annotations

from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import others
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.client_session import ask, look_of, looking
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import (
    LOCAL_NAMES,
    HostFailure,
    HostLink,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.neighbours import Place, known, neighbour
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
        except HostFailure as failure:
            found[place], errors[place] = None, str(failure)
        except Exception as error:  # whatever is wrong there must not cost the other places their looks
            found[place], errors[place] = None, f"{place} could not look: {others.fault(error, place)}."
    return found, errors


def _look(action: ActionBase, task_vars: Json, place: str, target: Target, options: Json) -> Json:
    passed = {name: options[name] for name in _PASSED_ON}
    local = place in LOCAL_NAMES
    # What a host that is not in the inventory has is undefined, rather than absent.
    unknown = local and place not in task_vars.get("hostvars", {})
    there = Place(place, {}) if unknown else known(action, task_vars, place)
    if local and there.variables.get("ansible_connection", "local") == "local":
        # The controller, whatever else an inventory says of it.
        return probe_listener(*target, **passed, depth="client")
    with neighbour(action, there) as (looking_action, variables):
        if looking_action._connection.transport == "local":
            return probe_listener(*target, **passed, depth="client")
        if is_windows(looking_action._connection, variables):
            return _from_windows(looking_action, variables, target, passed)
        return _from_python(looking_action, variables, place, target, passed)


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
