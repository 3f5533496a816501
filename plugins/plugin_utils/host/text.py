# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text of others as people may read it: in a terminal, a log, a report or a file's name.

Hosts, listeners, bundles and file names hold whatever somebody wrote there. A character that does not show can move the
cursor of a terminal, turn a line around, or make two names look alike; a line break makes a second, forged line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LONGEST_SENTENCE = 2000
LONGEST_NAME = 255
# Unicode's control, format and surrogate characters, its line and paragraph separators, and the fillers that look like
# nothing at all; https://www.unicode.org/reports/tr36/ says what is done with them.
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_OF_LINES = re.compile(f"[{_UNSEEN}]")
_OF_A_LINE = re.compile(f"[{_UNSEEN}\t\n]")
# Where a result holds text of several lines on purpose: diffs, and facts as the host has them.
_OF_SEVERAL_LINES = frozenset({"diff", "ansible_facts"})


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def visible(text: str, *, lines: bool = False) -> str:
    r"""The text with each character that does not show as its number (``\u202e``).

    Line breaks and tabs stay as they are if ``lines``.
    """
    return (_OF_LINES if lines else _OF_A_LINE).sub(_escape, text)


def sentence(text: object, longest: int = LONGEST_SENTENCE) -> str:
    """A sentence with others' text in it: on one line, nothing in it that does not show, and with an end."""
    words = visible(" ".join(str(text).split()))
    return words if len(words) <= longest else words[: longest - 1] + "…"


def is_blank(given: object) -> bool:
    """Whether nothing was given: also by an empty text, which a survey gives for what was not answered."""
    return given is None or (isinstance(given, str) and not given.strip())


def is_name(text: object) -> bool:
    """Whether this can be taken for a host's name: it shows, all of it, and does not begin or end with a blank."""
    return isinstance(text, str) and 0 < len(text) <= LONGEST_NAME and visible(text) == text == text.strip()


def readable(value: Any, *, lines: bool = False) -> Any:
    """A copy of a result in which all text, names of keys included, is ``visible``."""
    if isinstance(value, str):
        return visible(value, lines=lines)
    if isinstance(value, Mapping):
        return {
            readable(name): readable(part, lines=lines or name in _OF_SEVERAL_LINES) for name, part in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [readable(part, lines=lines) for part in value]
    return value


def lasting(milliseconds: int) -> str:
    """A time in words, in the largest unit of which it is a whole number."""
    for unit, length in (("day", 86_400_000), ("hour", 3_600_000), ("minute", 60_000), ("second", 1000)):
        count, rest = divmod(milliseconds, length)
        if count and not rest:
            return f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{milliseconds} ms"


def counted(events: int) -> str:
    """A number of events in words."""
    return f"{events} event{'' if events == 1 else 's'}"


def times(count: int) -> str:
    """How often, in words."""
    return "once" if count == 1 else f"{count} times"
