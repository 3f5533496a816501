# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gate for documents from other hands: hosts' answers, bundles, results and journals.

What passes can be walked, kept, printed and written as JSON by any reader without harm: it is no larger, deeper or
fuller than an honest document, its numbers fit in 64 bits, its text can be encoded, and the names of its parts show.
What a document says is judged elsewhere, by its schema.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import text

MEBIBYTE = 1 << 20
# An honest answer is 9 levels deep, a report's result 10, and a fleet in one file one more.
DEEPEST = 32
# A full answer of a host has some 20,000 values in half a mebibyte.
MOST_VALUES = 500_000
LARGEST = 16 * MEBIBYTE
# A file of results can hold a whole fleet.
MOST_VALUES_OF_A_FLEET = 5_000_000
LARGEST_FLEET = 128 * MEBIBYTE

_LEAST_NUMBER, _MOST_NUMBER = -(2**63), 2**64 - 1
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class DocumentError(ValueError):
    """A document that no honest hand writes; the message is one clause."""


def parse(data: bytes, most_values: int = MOST_VALUES) -> Any:
    """What JSON says, held to the gate. Raises ``DocumentError``."""
    # Each value but one of a list or object follows one of these; there are more of them in the text of an honest one.
    if sum(map(data.count, (b",", b"[", b"{"))) > 4 * most_values:
        raise DocumentError(f"it has more than {most_values} values")
    try:
        document = json.loads(data, parse_constant=_no_number)
    except RecursionError as error:
        raise DocumentError(f"it is more than {DEEPEST} levels deep") from error
    except ValueError as error:
        raise DocumentError(text.sentence(error, 300)) from error
    check(document, most_values)
    return document


def _no_number(word: str) -> Any:
    raise ValueError(f"{word} is no number of JSON")


def check(document: Any, most_values: int = MOST_VALUES) -> None:
    """Hold a document that was parsed by others to the gate. Raises ``DocumentError``."""
    level: Collection[Any] = [[document]]
    depth, seen = -1, -1
    while level:
        depth += 1
        if depth > DEEPEST:
            raise DocumentError(f"it is more than {DEEPEST} levels deep")
        below: list[Any] = []
        for value in level:
            parts = _parts(value)
            seen += len(parts)
            if seen > most_values:
                raise DocumentError(f"it has more than {most_values} values")
            for part in parts:
                # Most parts are plain, and of exactly one of the types that a JSON reader makes.
                kind = type(part)
                if (kind is str and part.isascii()) or (kind is int and 0 <= part <= _MOST_NUMBER):
                    continue
                odd = _FAULTS.get(kind, _odd_kind)
                if odd is None:
                    continue
                words = odd(part)
                if words is _CONTAINER:
                    below.append(part)
                elif words is not None:
                    raise DocumentError(words)
        level = below


def fault(document: Any) -> str | None:
    """What is wrong with a document, as one clause, or None."""
    try:
        check(document)
    except DocumentError as error:
        return str(error)
    return None


def _parts(value: Any) -> Collection[Any]:
    """What is in an object or a list."""
    if isinstance(value, (dict, Mapping)):  # what is a dictionary is known without a look at what a Mapping is
        if not _SHOWN.issuperset(value):
            for name in value:
                _check_name(name)
        return value.values()
    return value


# Documents of one kind have the same few names: those that were seen to be in order.
_SHOWN: set[str] = set()
_MOST_SHOWN = 4096


def _check_name(name: Any) -> None:
    if not isinstance(name, str):
        raise DocumentError(f"the name of a part is {text.sentence(repr(name), 60)} and no text")
    if text.visible(name) != name:
        raise DocumentError(f"the name of a part has characters that do not show: {text.sentence(name, 60)}")
    if len(_SHOWN) < _MOST_SHOWN:
        _SHOWN.add(name)


def _odd_text(value: str) -> str | None:
    if value.isascii() or not _HALF_CHARACTER.search(value):
        return None
    return "a text in it has half of a character"


def _odd_number(value: int) -> str | None:
    return None if _LEAST_NUMBER <= value <= _MOST_NUMBER else "a number in it does not fit in 64 bits"


def _odd_fraction(value: float) -> str | None:
    return None if math.isfinite(value) else "a number in it is not finite"


# What a part that is to be walked comes to, in place of what is wrong with it.
_CONTAINER = "an object or a list"


def _container(_value: Any) -> str:
    return _CONTAINER


_FAULTS: dict[type, Callable[[Any], str | None] | None] = {
    str: _odd_text,
    int: _odd_number,
    float: _odd_fraction,
    bool: None,
    type(None): None,
    dict: _container,
    list: _container,
}


def _odd_kind(value: Any) -> str | None:
    """The same of a type of somebody's own: Ansible marks texts and lists by where they come from."""
    for kind, odd in _KINDS:
        if isinstance(value, kind):
            return odd(value)
    return f"{type(value).__name__} is no type of JSON"


_KINDS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str | None]], ...] = (
    (str, _odd_text),
    (int, _odd_number),
    (float, _odd_fraction),
    ((Mapping, list, tuple), _container),
)
