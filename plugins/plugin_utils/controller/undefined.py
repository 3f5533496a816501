# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that are made of what there is not: ``{{ rdp_broken_hosts }}`` where nobody handed that on.

``default(…)`` in a playbook takes such a value for one that was not given, and a pattern of hosts that is not given
means all of them. So it is looked for before anything runs.
"""

from __future__ import annotations

import re
from collections import ChainMap
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from ansible.errors import AnsibleUndefinedVariable
from jinja2 import Environment, TemplateError, Undefined, UndefinedError, meta
from jinja2.defaults import DEFAULT_NAMESPACE

# Gives a value with its templates resolved by these variables.
Resolve = Callable[[Any, Mapping[str, Any]], Any]

# What Ansible gives to every template.
_GIVEN = frozenset({"lookup", "query", "q", "now", "undef", "omit", *DEFAULT_NAMESPACE})
_MISSING = re.compile(r"'[^'\n]{1,200}' is undefined|'[^'\n]{1,60}'(?: object)? has no attribute '[^'\n]{1,60}'")
_UNTOLD = "something in it is undefined"
_NO_VALUE = "Ansible can make no value of it"
_LOCKED = (
    "it is encrypted with Ansible Vault, and no password was given that opens it (--ask-vault-pass or"
    " --vault-password-file)"
)


def missing(value: Any, variables: Mapping[str, Any], resolve: Resolve, *, whole: bool = False) -> str | None:
    """What a value is made of that there is not, in a clause; None where all of it is there.

    Any other fault of it, such as that of a vault which does not answer, is one of the host for which it is asked, if
    it is not the ``whole`` run's.
    No more of Ansible's words: those of some versions hold the template, which may hold a password.
    """
    if not any(map(is_template, _texts(value))):
        return None
    try:
        found = resolve(value, variables)
    except (UndefinedError, AnsibleUndefinedVariable) as error:
        told = _MISSING.search(str(error))
        return told[0] if told else _UNTOLD
    except Exception:  # with some versions what a filter raises comes as it is
        return _NO_VALUE if whole else None
    return _UNTOLD if isinstance(found, Undefined) else None


def value_of(value: Any, variables: Mapping[str, Any], resolve: Resolve) -> Any:
    """A value with all of it there. Raises ``ValueError`` with a clause where Ansible cannot make it."""
    try:
        return opened(resolve(value, variables))
    except Exception as error:  # with some versions what a filter raises comes as it is
        raise ValueError(_LOCKED if "vault secrets" in str(error) else _NO_VALUE) from error


def opened(value: Any) -> Any:
    """A value that a template gave. Before ansible-core 2.19 what is encrypted is an object of its own, and opened only
    where it is looked into. Raises what Ansible raises where nothing opens it.
    """
    is_locked = isinstance(value, Sequence) and not isinstance(value, (str, bytes, list, tuple))
    return str(value) if is_locked else value


def of_host(
    own: Mapping[str, Any], known: Mapping[str, Any], names: Mapping[str, bool], resolve: Resolve
) -> Iterator[tuple[str, str]]:
    """Of these names of variables those whose values, as this host has them, are made of what there is not; each with
    a clause. ``own`` are all variables of the host, ``known`` those that are known without one.

    A name's flag says that its value is resolved in any case. That of an option may come out of a vault: it is asked
    for only where a name in it is missing, and the task fails where more is. What Ansible gives to tasks alone
    (``ansible_host``, ``role_path``) is not there yet: that is the task's business, too.
    """
    variables = ChainMap(dict(own), dict(known))
    for name, at_once in names.items():
        absent = _absent(own[name], variables)
        if any(map(_of_tasks, absent)) or not (at_once or absent):
            continue
        what = missing(own[name], variables, resolve, whole=at_once)
        if what:
            yield name, what


def _absent(value: Any, variables: Mapping[str, Any]) -> set[str]:
    """The variables that the templates in a value name, and those that these name in turn, that are not there."""
    seen: set[str] = set()
    left = [value]
    while left:
        texts = [text for text in _texts(left.pop()) if is_template(text)]
        named = {name for text in texts for name in _names(text)} - seen
        seen |= named
        left += [variables[name] for name in named if isinstance(variables.get(name), str)]
    return {name for name in seen if name not in variables}


def is_of_tasks(value: Any, variables: Mapping[str, Any]) -> bool:
    """Whether a value is made of what Ansible gives to tasks alone, and has not given yet."""
    return any(map(_of_tasks, _absent(value, variables)))


def _of_tasks(name: str) -> bool:
    return name.startswith(("ansible_", "role_"))


@cache
def _names(text: str) -> frozenset[str]:
    """The variables that a template names; of one that cannot be read a name that no variable has."""
    try:
        return frozenset(meta.find_undeclared_variables(Environment(autoescape=True).parse(text))) - _GIVEN
    except TemplateError:
        return frozenset({""})


def _texts(value: Any) -> Iterator[str]:
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, Mapping):
            left += part.values()
        elif isinstance(part, (list, tuple)):
            left += part


def is_template(value: Any) -> bool:
    """Whether a value is one that is yet to be resolved, for each host; before ansible-core 2.19 it is a text."""
    return isinstance(value, str) and ("{{" in value or "{%" in value)
