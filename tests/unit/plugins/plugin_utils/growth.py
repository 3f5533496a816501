# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts made from a regular expression to make it slow, and the expressions of the plugins.

Each repeat of an expression is met with many copies of what it takes, behind what has to stand before it, and with many
copies of both together; what ends the text lets the match fail. That these texts come to an end proves nothing of
others. What grows with the square of a text comes to an end as well, where the text is no longer than what is read.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp import plugins

# Python 3.11 has moved them, and 3.10 has them by these names alone.
_MOVED = sys.version_info >= (3, 11)
names: Any = importlib.import_module("re._constants" if _MOVED else "sre_constants")
parser: Any = importlib.import_module("re._parser" if _MOVED else "sre_parse")

# One parsed item: what it is, and its values.
Item = tuple[Any, Any]
Items = Sequence[Item]

# Some of each kind that the expressions tell apart.
LETTERS = (
    *map(chr, range(97, 123)),
    *map(chr, range(32, 97)),
    *map(chr, range(123, 127)),
    *"\t\n\rßäéøłжяё、。！？あ漢한×",
)
# A possessive repeat and an atomic group came with Python 3.11.
_REPEATS = {names.MAX_REPEAT, names.MIN_REPEAT, getattr(names, "POSSESSIVE_REPEAT", names.MAX_REPEAT)}
_ATOMIC = getattr(names, "ATOMIC_GROUP", None)
_ASSERTIONS = (names.ASSERT, names.ASSERT_NOT)
_CATEGORIES = {
    names.CATEGORY_DIGIT: r"\d",
    names.CATEGORY_NOT_DIGIT: r"\D",
    names.CATEGORY_SPACE: r"\s",
    names.CATEGORY_NOT_SPACE: r"\S",
    names.CATEGORY_WORD: r"\w",
    names.CATEGORY_NOT_WORD: r"\W",
}
# Where many words tell letters apart, there are many kinds.
_MOST_KINDS = 4
_MOST_CHOICES = 12
# A match fails at the first of these, or at the end, unless it takes any character there.
_ENDS = ("\0", "")


def texts(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of about this length, each once."""
    made: dict[tuple[str, str, str], None] = {}
    items = tuple(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))
    told_apart = {frozenset(taken) for taken in _sets(items)}
    for before, body in _repeats(items):
        for letter in _kinds(body, told_apart):
            for part in _written(body, letter):
                head = next(_written(before, letter), "")
                made |= dict.fromkeys((head, part, end) for end in _ENDS)
                made["", head + part, _ENDS[0]] = None
    for head, part, end in made:
        if part:
            yield head + part * (length // len(part)) + end


@dataclass(frozen=True)
class Expression:
    """``searched``: it is looked for anywhere in a text, not at one place alone."""

    pattern: re.Pattern[str]
    searched: bool

    @property
    def run(self) -> Callable[[str], object]:
        return self.pattern.search if self.searched else self.pattern.fullmatch


def expressions() -> dict[str, Expression]:
    """What the modules of the plugins compile as they are imported, and what they give to functions of ``re`` as it
    stands there, each by module and name, or by module and line.
    """
    found: dict[str, Expression] = {}
    for info in pkgutil.walk_packages(plugins.__path__, f"{plugins.__name__}."):
        module, room = importlib.import_module(info.name), info.name.removeprefix(f"{plugins.__name__}.")
        file = Path(str(module.__file__))
        # Ansible's loader has packages that no file makes.
        source = file.read_text(encoding="utf-8") if file.is_file() else ""
        at_one_place = matched_at_one_place(source)
        for name, value in vars(module).items():
            searched = name not in at_one_place
            found |= {f"{room}.{name}{at}": Expression(pattern, searched) for at, pattern in compiled(value)}
        if re.search(r"\bre\.(?!compile|escape)\w+\(", source):
            found |= {f"{room}.line {line}": one for line, one in _in_place(source)}
    return found


def matched_at_one_place(source: str) -> set[str]:
    """Names of what a module does no more with than to match it at one place, as far as its calls tell."""
    methods: dict[str, set[str]] = {}
    for name, method in re.findall(r"\b(\w+)\.(\w+)\(", source):
        methods.setdefault(name, set()).add(method)
    return {name for name, called in methods.items() if called <= {"match", "fullmatch"}}


def _in_place(source: str) -> Iterator[tuple[int, Expression]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or not node.args:
            continue
        first, of = node.args[0], node.func.value
        if not isinstance(of, ast.Name) or of.id != "re" or not isinstance(first, ast.Constant):
            continue
        if isinstance(first.value, str) and node.func.attr not in ("compile", "escape"):
            given = [one.attr for part in node.args[1:] for one in ast.walk(part) if isinstance(one, ast.Attribute)]
            flags = sum({flag for one in given if isinstance(flag := getattr(re, one, None), re.RegexFlag)})
            yield node.lineno, Expression(re.compile(first.value, flags), node.func.attr not in ("match", "fullmatch"))


def compiled(value: object, at: str = "") -> Iterator[tuple[str, re.Pattern[str]]]:
    """The expressions in a value, wherever in it they stand."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield at, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from compiled(key, f"{at}[key {key!r:.40}]")
            yield from compiled(one, f"{at}[{key!r:.40}]")
    elif isinstance(value, (list, tuple, set, frozenset)):
        for number, one in enumerate(value):
            yield from compiled(one, f"{at}[{number}]")


def _repeats(items: Items, before: Items = ()) -> Iterator[tuple[Items, Items]]:
    """What is before and in each repeat."""
    for at, item in enumerate(items):
        ahead = (*before, *items[:at])
        if item[0] in _REPEATS and item[1][1] > 1:
            yield ahead, tuple(item[1][2])
        inner = [tuple(item[1][1])] if item[0] in _ASSERTIONS else _choices(item)
        for choice in inner:
            yield from _repeats(choice, ahead)


def _choices(item: Item) -> list[Items]:
    """What may stand in the place of an item that has others in it; empty for an assertion and a single character."""
    kind, value = item
    if kind in _REPEATS:
        return [tuple(value[2])]
    if kind is names.SUBPATTERN:
        return [tuple(value[3])]
    if kind is names.BRANCH:
        return [tuple(one) for one in value[1]]
    return [tuple(value)] if kind is _ATOMIC else []


def _written(items: Items, letter: str) -> Iterator[str]:
    """What matches these items, of this letter as far as they take it, by one choice after the other."""
    parts = [_item_written(item, letter) for item in items]
    first = ["".join(part[0] for part in parts)]
    for at, part in enumerate(parts):
        first += [
            "".join([*(one[0] for one in parts[:at]), other, *(one[0] for one in parts[at + 1 :])])
            for other in part[1:]
        ]
    yield from list(dict.fromkeys(first))[:_MOST_CHOICES]


def _item_written(item: Item, letter: str) -> list[str]:
    kind, value = item
    taken = _letters(item)
    if taken is not None:
        return [letter if letter in taken else next(iter(taken), "")]
    if kind in _REPEATS:
        once = list(_written(tuple(value[2]), letter))
        return [one * value[0] for one in once] if value[0] else ["", *once]
    return [one for choice in _choices(item) for one in _written(choice, letter)] or [""]


def _kinds(body: Items, told_apart: Collection[frozenset[str]]) -> list[str]:
    """One letter of each kind that an expression tells apart, of those that a part of it takes; a line's end is one."""
    kinds: dict[tuple[bool, ...], str] = {}
    for letter in dict.fromkeys(one for taken in _sets(body) for one in taken):
        kinds.setdefault((letter == "\n", *(letter in taken for taken in told_apart)), letter)
    return list(kinds.values())[:_MOST_KINDS]


def _sets(items: Items) -> Iterator[dict[str, None]]:
    for item in items:
        taken = _letters(item)
        if taken is not None:
            yield taken
        for choice in [tuple(item[1][1])] if item[0] in _ASSERTIONS else _choices(item):
            yield from _sets(choice)


def _letters(item: Item) -> dict[str, None] | None:
    """The characters of which an item takes one, in the order of ``LETTERS``; None if it is none of those."""
    kind, value = item
    if kind is names.LITERAL:
        return {chr(value): None}
    if kind is names.NOT_LITERAL:
        return {one: None for one in LETTERS if one != chr(value)}
    if kind is names.ANY:
        return {one: None for one in LETTERS if one != "\n"}
    return _of_set(value) if kind is names.IN else None


def _of_set(items: Items) -> dict[str, None]:
    denied = items[0][0] is names.NEGATE
    found: dict[str, None] = {}
    for kind, value in items:
        if kind is names.RANGE:
            found |= dict.fromkeys(one for one in LETTERS if value[0] <= ord(one) <= value[1]) or {chr(value[0]): None}
        elif kind is names.CATEGORY:
            found |= dict.fromkeys(_category(value))
        elif kind is not names.NEGATE:
            found |= _letters((kind, value)) or {}
    return {one: None for one in LETTERS if one not in found} if denied else found


@cache
def _category(kind: Any) -> tuple[str, ...]:
    return tuple(filter(re.compile(_CATEGORIES[kind]).match, LETTERS))
