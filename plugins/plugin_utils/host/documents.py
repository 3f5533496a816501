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
from collections.abc import Mapping
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
    waiting: list[tuple[Any, int]] = [(document, 1)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        parts = _parts(value)
        seen += len(parts)
        if depth > DEEPEST:
            raise DocumentError(f"it is more than {DEEPEST} levels deep")
        if seen > most_values:
            raise DocumentError(f"it has more than {most_values} values")
        waiting.extend((part, depth + 1) for part in parts if not _is_plain(part))


def fault(document: Any) -> str | None:
    """What is wrong with a document, as one clause, or None."""
    try:
        check(document)
    except DocumentError as error:
        return str(error)
    return None


def _parts(value: Any) -> list[Any]:
    """What is in an object or a list; nothing is in anything else, which is looked at here if it is all there is."""
    if isinstance(value, Mapping):
        for name in value:
            _check_name(name)
        return list(value.values())
    if isinstance(value, (list, tuple)):
        return list(value)
    if not _is_plain(value):
        raise DocumentError(f"{type(value).__name__} is no type of JSON")
    return []


def _check_name(name: Any) -> None:
    if not isinstance(name, str):
        raise DocumentError(f"the name of a part is {text.sentence(repr(name), 60)} and no text")
    if text.visible(name) != name:
        raise DocumentError(f"the name of a part has characters that do not show: {text.sentence(name, 60)}")


def _is_plain(value: Any) -> bool:
    """Whether this is text, a number, a truth or nothing. Raises ``DocumentError`` for one that cannot be written."""
    if isinstance(value, str):
        if not value.isascii() and _HALF_CHARACTER.search(value):
            raise DocumentError("a text in it has half of a character")
        return True
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int):
        if not _LEAST_NUMBER <= value <= _MOST_NUMBER:
            raise DocumentError("a number in it does not fit in 64 bits")
        return True
    if isinstance(value, float):
        if not math.isfinite(value):
            raise DocumentError("a number in it is not finite")
        return True
    return False
