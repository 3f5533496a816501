# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Commands for people to paste: each is for the hosts it names, whatever their names are."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping

from ansible_collections.winops.rdp.plugins.plugin_utils.host import text

# The inventory of a reader of whom nothing is known.
ANY_INVENTORY = ("inventory",)

# What no part of Ansible's patterns begins, ends or widens:
# https://docs.ansible.com/ansible/latest/inventory_guide/intro_patterns.html
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_LITERAL = re.compile(r"[A-Za-z0-9_-]")
# Groups that every inventory has.
_GROUPS = frozenset({"all", "ungrouped"})


def pattern(name: str, groups: Iterable[str] = ()) -> str | None:
    r"""The pattern that matches the host of this name and no other one, or None if there is none.

    A plain name is its own pattern. Any other is written as a regular expression in which each odd character is its
    number (``~^web\x3a01\Z``), for ``*``, ``!``, ``:``, ``,`` and brackets widen a pattern. A group's name (``groups``
    are those of the inventory) means all of its hosts, and Ansible has no way to say otherwise.
    """
    if not text.is_name(name) or name in _GROUPS or name in groups:
        return None
    return exactly(name)


def exactly(name: str) -> str:
    """The pattern for any name, were there no groups: the plain name, or the regular expression."""
    if _PLAIN.fullmatch(name):
        return name
    return f"~^{''.join(char if _LITERAL.match(char) else _number(char) for char in name)}\\Z"


def _number(char: str) -> str:
    number = ord(char)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def remediate(patterns: Iterable[str], inventory: Iterable[str] = ANY_INVENTORY, **variables: str) -> str:
    """The command that repairs these hosts of an inventory, which is one or several files, or none where Ansible's
    configuration has it."""
    return _playbook("remediate_rdp", inventory, ",".join(patterns), variables)


def restore(patterns: Iterable[str], inventory: Iterable[str] = ANY_INVENTORY, **variables: str) -> str:
    """The command that takes back on these hosts, or on all that there are."""
    return _playbook("restore_rdp", inventory, ",".join(patterns), variables)


def again(inventory: Iterable[str], limit: str | None, **variables: str) -> str:
    """The command that takes back what a run did that was given this inventory and ``--limit``."""
    return _playbook("restore_rdp", inventory, limit, variables)


def _playbook(name: str, inventory: Iterable[str], limit: str | None, variables: Mapping[str, str]) -> str:
    words = ["ansible-playbook", *_from(inventory), f"winops.rdp.{name}", *(["-l", limit] if limit else [])]
    return shlex.join([*words, *(word for pair in variables.items() for word in ("-e", "=".join(pair)))])


def module(pattern_: str, name: str, options: Mapping[str, str], inventory: Iterable[str] = ANY_INVENTORY) -> str:
    """The command that calls a module on one host."""
    given = " ".join(map("=".join, options.items()))
    return shlex.join(["ansible", pattern_, *_from(inventory), "-m", f"winops.rdp.{name}", "-a", given])


def _from(inventory: Iterable[str]) -> list[str]:
    return [word for source in inventory for word in ("-i", source)]
