# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of Ansible's connections that cannot be meant.

Where all hosts are given one, as an extra variable, it is refused before anything runs. Where a host's inventory has
it, the other hosts can be asked all the same, and the host's line says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import cache
from inspect import getfullargspec
from typing import Any

from ansible import constants
from ansible.errors import AnsibleError
from ansible.playbook.play_context import PlayContext
from ansible.plugins.loader import connection_loader
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, failures
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.runs import RunError

Json = dict[str, Any]

_LOGONS = "ansible_winrm_transport"
# How near a name has to be to a connection's to be taken for it misspelt; what else there is may be of other versions,
# and what begins like no connection's own, a fact.
_NEAR, _NEAR_OF_ANY = 0.75, 0.91


def check_connection(given: Mapping[str, Any]) -> None:
    """Raise ``RunError`` for a connection, or an option of one, that all hosts are given and that Ansible does not
    take: no task could be run, not even the one that says so. ``given`` are extra variables, resolved."""
    named = given.get("ansible_connection")
    if named is not None and not connection_loader.has_plugin(_meant(str(named))):
        raise RunError(f"ansible_connection: there is no connection plugin {named}{_near_connection(str(named))}")
    for transport in failures.NETWORK_TRANSPORTS:
        if named is None or str(named).rsplit(".", 1)[-1] == transport:
            for name, value in given.items():
                _check_option(transport, name, value)
    for name in failures.PORTS:
        if name in given and not failures.is_port(given[name]):
            raise RunError(f"{name} is {given[name]}; it must be {failures.A_PORT}")
    _check_names(given)


def _meant(named: str) -> str:
    """The connection that Ansible takes for a name, as it does before each task: some of its words stand for others."""
    play = PlayContext()
    play.connection = named
    return str(play.connection)


def _near_connection(named: str) -> str:
    return arguments.near(named, (*failures.NETWORK_TRANSPORTS, "local"))


def _check_option(transport: str, name: str, value: Any) -> None:
    definitions = _definitions(transport)
    if transport == failures.WINRM and name == _LOGONS:
        known = _ways_of_logging_on()
        given = value if isinstance(value, (list, tuple)) else re.split(r"\s*,\s*", str(value).strip())
        odd = [one for one in given if known and one not in known]
        if odd:
            raise RunError(f"{name} is {odd[0]}{arguments.near(odd[0], known)}; it must be one of {', '.join(known)}")
    try:
        constants.config.get_plugin_options("connection", transport, variables={name: value})
    except AnsibleError as error:
        mine = [option for option, one in definitions.items() if name in _variables(one)]
        one_of = _one_of(choice for option in mine for choice in definitions[option].get("choices") or ())
        raise RunError(f"{name}: {str(error).rstrip('.')}.{f' It {one_of}' if one_of else ''}".rstrip(".")) from error


def _check_names(given: Mapping[str, Any]) -> None:
    """Raise ``RunError`` for a name that looks like a connection's and is none: it would have no effect."""
    mine = [name for name in given if name.startswith("ansible_")]
    if not mine:
        return
    known = {
        name
        for one in failures.NETWORK_TRANSPORTS
        for option in _definitions(one).values()
        for name in _variables(option)
    }
    known |= _of_library() | {name for names in constants.MAGIC_VARIABLE_MAPPING.values() for name in names}
    for name in sorted(name for name in mine if name not in known):
        is_of_winrm = re.match("ansible_(?:winrm|psrp)_", name)
        near = arguments.nearest(name, known, _NEAR if is_of_winrm else _NEAR_OF_ANY)
        # Of others one letter is wrong, missing or too many: what goes on behind a name is a site's own, or a plugin's.
        if near and (is_of_winrm or (abs(len(name) - len(near)) <= 1 and not name.startswith(near))):
            raise RunError(f"{name} is no variable of a connection{arguments.near(name, sorted(known))}")


@cache
def _definitions(transport: str) -> Json:
    with suppress(Exception):  # a site may have one of its own of that name, and what breaks it is said by its tasks
        connection_loader.get(transport, class_only=True)  # Ansible knows its options from then on
    return dict(constants.config.get_configuration_definitions("connection", transport))


def _variables(option: Json) -> list[str]:
    return [var["name"] for var in option.get("vars") or ()]


def _one_of(choices: Iterable[Any]) -> str:
    told = ", ".join(map(str, choices))
    return f"must be one of {told}" if told else ""


def _ways_of_logging_on() -> list[str]:
    """Those that pywinrm has; empty where it is not there."""
    with suppress(ImportError):
        import winrm

        return [str(one) for one in winrm.FEATURE_SUPPORTED_AUTHTYPES if one not in ("plaintext", "ssl")]
    return []


def _of_library() -> set[str]:
    """What Ansible hands through to pywinrm without an option of its own for it."""
    names = ["kerberos_delegation"]
    with suppress(ImportError):
        from winrm.protocol import Protocol

        names += getfullargspec(Protocol.__init__).args[1:]
    return {f"ansible_winrm_{name}" for name in names}


# Of one host ----------------------------------------------------------------------------------------------------------

# What Ansible says where a task does not begin, by version: before ansible-core 2.19, since then, since 2.22.
_SAID = tuple(
    re.compile(pattern)
    for pattern in (
        r"Invalid value '(?P<value>.{0,500}?)' for config '(?P<option>\w+)' for '(?P<plugin>[\w.]+)' connection plugin",
        r'Invalid value "(?P<value>.{0,500}?)" for configuration option "plugin_type: connection plugin: '
        r'(?P<plugin>[\w.]+) setting: (?P<option>\w+) ?"',
        r"(?:Config '(?P<option>\w+)' for '(?P<plugin>[\w.]+)' connection plugin )?from 'var: (?P<name>\w+)'"
        r" has an invalid value(?:.{0,500}'(?P<value>[^']{0,500})')?",
        r"Invalid type for configuration option .{0,200}\(from var: (?P<name>\w+)\)",
        r"Error processing keyword '(?P<keyword>\w+)': The value '(?P<value>.{0,500}?)' could not be converted",
        r"the field '(?P<keyword>\w+)' has an invalid value \((?P<value>.{0,500}?)\), and could not be converted",
        r"Could not find the (?P<kind>shell) plugin required \((?P<value>.{0,500}?)\)",
        r"Invalid (?P<kind>become) method specified, could not find matching plugin: '(?P<value>.{0,500}?)'",
    )
)
_KINDS = {"shell": "ansible_shell_type", "become": "ansible_become_method"}
_KEYWORDS = {"remote_user": "ansible_user"}


def explained(host: str, result: Json) -> Json:
    """The result of a host whose task Ansible did not begin, with the variable that is to blame and what to do; as it
    is where the text tells no such thing."""
    said = str(result.get("msg", ""))
    cause = _not_taken(said) or failures.connection(said, failures.Way("", host))
    if cause is None or cause.culprit != failures.CONTROLLER:
        return result
    plugin = re.search(r"connection plugin '([^']+)' was not found", said)
    near = _near_connection(plugin[1]) if plugin else ""
    return {
        **result,
        "msg": f"{host} was not asked: {cause.what}{near}. What to do: {cause.do}.",
        "culprit": failures.CONTROLLER,
    }


def _not_taken(said: str) -> failures.Cause | None:
    match = next((match for pattern in _SAID if (match := pattern.search(said))), None)
    if match is None:
        return None
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    option = _definitions(found["plugin"].rsplit(".", 1)[-1]).get(found["option"], {}) if "plugin" in found else {}
    name = found.get("name") or _KINDS.get(found.get("kind", "")) or next(iter(_variables(option)), None)
    keyword = found.get("keyword", "")
    name = name or _KEYWORDS.get(keyword, f"ansible_{keyword}")
    choices = [str(choice) for choice in option.get("choices") or ()]
    value = found.get("value")
    told = f"{name} is {value}{arguments.near(value, choices)}" if value else f"{name} has a value"
    one_of = _one_of(choices) or (f"must be {failures.A_PORT}" if name in failures.PORTS else "")
    do = f"correct it in the inventory{f'; it {one_of}' if one_of else ''}"
    return failures.Cause(failures.CONTROLLER, f"{told}, which Ansible does not take", do)
