# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What in a regular expression makes a text made for it slow, told from the expression: nothing is measured.

A repeat without a bound is looked at with all that stands before and behind it. It is slow where the text can be split
in many ways (a repeat in a repeat, or one beside another of the same characters), and where a search begins again
inside of what it has run over: what stands before it may stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from re import _constants as names  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# One parsed item: what it is, and its values.
Item = tuple[Any, Any]
Items = Sequence[Item]

# Some of each kind that the expressions tell apart.
LETTERS = frozenset([*map(chr, range(9, 14)), *map(chr, range(32, 127)), *"ßäéøłжяё、。！？あ漢한×"])
NESTED, ADJACENT, AGAIN = "a repeat in a repeat", "two repeats side by side", "what it ran over is searched again"
_REPEATS = (names.MAX_REPEAT, names.MIN_REPEAT, names.POSSESSIVE_REPEAT)
_ASSERTIONS = (names.ASSERT, names.ASSERT_NOT)
_CATEGORIES = {
    names.CATEGORY_DIGIT: r"\d",
    names.CATEGORY_NOT_DIGIT: r"\D",
    names.CATEGORY_SPACE: r"\s",
    names.CATEGORY_NOT_SPACE: r"\S",
    names.CATEGORY_WORD: r"\w",
    names.CATEGORY_NOT_WORD: r"\W",
}


def slow(pattern: re.Pattern[str]) -> set[str]:
    """Why a text can be made that takes this search more than its length does."""
    found: set[str] = set()
    for before, body, behind in _endless(tuple(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))):
        taken = _any_of(body)
        if any(
            _first(body) & _any_of(inner) and _may_be_of(rest, _any_of(inner)) for _low, inner, rest in _endless(body)
        ):
            found.add(NESTED)
        if _has_neighbour(taken, behind):
            found.add(ADJACENT)
        # What ends where it began, at the next line, is found at the first of many beginnings.
        again = before != behind and _may_be_of(before, taken) and _begins(before) & taken
        if again and not _always_goes_on(taken, behind):
            found.add(AGAIN)
    return found


@cache
def _category(kind: Any) -> frozenset[str]:
    return frozenset(filter(re.compile(_CATEGORIES[kind]).match, LETTERS))


def _letters(item: Item) -> frozenset[str] | None:
    """The characters of which an item takes one; None if it is none of those."""
    kind, value = item
    if kind in (names.LITERAL, names.NOT_LITERAL):
        # Of either case, whatever the flags: it makes more of them alike, not less.
        alike = frozenset(one for one in LETTERS | {chr(value)} if one.casefold() == chr(value).casefold())
        return alike if kind is names.LITERAL else LETTERS - {chr(value)}
    if kind is names.ANY:
        return LETTERS - {"\n"}
    return _of_set(value) if kind is names.IN else None


def _of_set(items: Items) -> frozenset[str]:
    found: set[str] = set()
    for kind, value in items:
        if kind is names.RANGE:
            found |= {one for one in LETTERS if value[0] <= ord(one) <= value[1]}
        elif kind is names.CATEGORY:
            found |= _category(value)
        elif kind is not names.NEGATE:
            found |= _letters((kind, value)) or set()
    return LETTERS - found if items[0][0] is names.NEGATE else frozenset(found)


def _choices(item: Item) -> list[Items]:
    """What may stand in the place of an item that has others in it; empty for an assertion and a single character."""
    kind, value = item
    if kind in _REPEATS:
        return [tuple(value[2])]
    if kind is names.SUBPATTERN:
        return [tuple(value[3])]
    if kind is names.ATOMIC_GROUP:
        return [tuple(value)]
    return [tuple(one) for one in value[1]] if kind is names.BRANCH else []


def _any_of(items: Items) -> frozenset[str]:
    """All characters that may be in it."""
    inner = (_any_of(choice) for item in items for choice in _choices(item))
    return frozenset().union(*(_letters(item) or () for item in items), *inner)


def _may_be_of(items: Items, letters: frozenset[str]) -> bool:
    """Whether it may stand in a text of these characters alone, or is nothing."""
    return all(_item_may_be_of(item, letters) for item in items)


def _item_may_be_of(item: Item, letters: frozenset[str]) -> bool:
    kind, value = item
    own = _letters(item)
    if own is not None:
        return bool(own & letters)
    if kind is names.AT:
        return value not in (names.AT_BEGINNING, names.AT_BEGINNING_STRING)
    if kind in _REPEATS and value[0] == 0:
        return True
    return not _choices(item) or any(_may_be_of(choice, letters) for choice in _choices(item))


_may_be_nothing = partial(_may_be_of, letters=frozenset())


def _first(items: Items) -> frozenset[str]:
    """The characters that it may begin with."""
    found: frozenset[str] = frozenset()
    for item in items:
        own = _letters(item)
        found |= own if own is not None else frozenset().union(*map(_first, _choices(item)))
        if not _may_be_nothing((item,)):
            break
    return found


def _endless(items: Items, before: Items = (), behind: Items = ()) -> Iterator[tuple[Items, Items, Items]]:
    """What is before, in and behind each repeat without a bound."""
    for at, item in enumerate(items):
        low, high = (*before, *items[:at]), (*items[at + 1 :], *behind)
        if item[0] in _REPEATS and item[1][1] is names.MAXREPEAT:
            yield low, tuple(item[1][2]), high
        for inner in [tuple(item[1][1])] if item[0] in _ASSERTIONS else _choices(item):
            yield from _endless(inner, low, high)


def _has_neighbour(taken: frozenset[str], behind: Items) -> bool:
    for item in behind:
        if item[0] in _REPEATS and item[1][1] is names.MAXREPEAT and _any_of(item[1][2]) & taken:
            return True
        if not _item_may_be_of(item, taken):
            break
    return False


def _always_goes_on(taken: frozenset[str], behind: Items) -> bool:
    """Whether nothing behind a repeat can fail: where it ended, none of its characters follows."""
    for item in behind:
        denied = _letters(item[1][1][0]) if item[0] is names.ASSERT_NOT and len(item[1][1]) == 1 else None
        if denied is not None and denied <= taken:
            continue
        if item[0] in (*_ASSERTIONS, names.AT) or not _may_be_nothing((item,)):
            return False
    return True


def _begins(before: Items) -> frozenset[str]:
    """The characters behind which a match may begin, as far as its very beginning says so."""
    if not before or before[0][0] not in _ASSERTIONS or before[0][1][0] > 0:
        return LETTERS
    behind = _letters(before[0][1][1][-1])
    if behind is None:
        return LETTERS
    return behind if before[0][0] is names.ASSERT else LETTERS - behind
