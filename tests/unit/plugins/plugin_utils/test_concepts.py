# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The concepts that complaints are put together from: each is written once, and said of something."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import (
    concepts,
    concepts_of_phrases,
    concepts_of_states,
    concepts_of_things,
)

from tests.profiles import each

_PLUGINS = Path(__file__).parents[4] / "plugins/plugin_utils/diagnosis"
_TEXTS = (concepts_of_things.THINGS, concepts_of_states.STATES, concepts_of_phrases.PHRASES)


def test_a_concept_is_written_once() -> None:
    names = Counter(re.findall(r"^(\w+):", "".join(_TEXTS), re.MULTILINE))
    assert names.keys() == concepts.CONCEPTS.keys() and set(names.values()) == {1}


def test_a_concept_is_written_whole() -> None:
    """What stands at the beginning of a line is a name, a comment or nothing: no wording falls out of its concept."""
    lines = "".join(_TEXTS).splitlines()
    assert [one for one in lines if one and not re.match(r"\w+: \S|#|    ", one)] == []


def test_a_concept_is_used() -> None:
    """By a row, or by another concept."""
    read = [path.read_text(encoding="utf-8") for path in _PLUGINS.glob("*.py")]
    named = {name for text in read for name in re.findall(r"\{(\w+)\}", text)}
    assert concepts.CONCEPTS.keys() - named == set()


def test_a_concept_has_each_wording_once() -> None:
    """Not beside a concept that has it, either."""
    twice = {name: _twice(words) for name, words in concepts.CONCEPTS.items()}
    assert {name: found for name, found in twice.items() if found} == {}


def _twice(words: str) -> set[str]:
    times = Counter(concepts.filled(words).split(" | "))
    return {one for one in words.split(" | ") if times[one] > 1 or not one.strip()}


@each(
    ("written", "wordings"),
    [
        ("locked", ["locked"]),
        (
            "(cannot, can not) reach (it, them)",
            ["cannot reach it", "cannot reach them", "can not reach it", "can not reach them"],
        ),
        ("at (5, 6)(h, pm)", ["at 5h", "at 5pm", "at 6h", "at 6pm"]),
    ],
)
def test_parentheses_stand_for_each_of_their_words(written: str, wordings: list[str]) -> None:
    assert list(concepts._each(written)) == wordings
