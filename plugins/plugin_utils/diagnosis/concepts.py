# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Concepts: things that clients complain of and what is said of them, each once, in the words of all languages.
``complaint_tables`` puts complaints together from them.

A concept is its name, a colon and its wordings with | between, in whatever language; more lines of it are indented, and
{name} stands for the wordings of another one. (these, those) with commas in parentheses stands for each of them. A
wording is written as ``sentences`` says; of a language that changes the ends of its words it is what a word begins
with, so that a language needs one wording for all its forms. The words are those of a dictionary; where a phrase is a
client's own, the page that shows it is named. That they are right is held against ``tests/data/complaints`` and
``tests/data/words``.

A concept that ends with _inflected has the languages alone that tell a place, a way or an owner by an ending or a
particle: Polish, Czech, Hungarian, Romanian, Turkish, Russian, Ukrainian, Greek, Japanese, Chinese and Korean. In them
parts of a complaint may stand in any order where in the others their order says what is said of what.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.concepts_of_phrases import PHRASES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.concepts_of_states import STATES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.concepts_of_things import THINGS

_CONCEPT = re.compile(r"^(\w+):((?:.*\n)(?:    .*\n)*)", re.MULTILINE)
_CHOICE = re.compile(r"\(([^)]*)\)")


def _each(wording: str) -> Iterator[str]:
    """The wordings that one stands for."""
    pieces = _CHOICE.split(wording)
    # What was in parentheses is every second one.
    choices = [piece.split(", ") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return map("".join, itertools.product(*choices))


def _read(text: str) -> Iterator[tuple[str, str]]:
    for name, lines in _CONCEPT.findall(text):
        wordings = " ".join(lines.split()).split(" | ")
        yield name, " | ".join(itertools.chain(*map(_each, wordings)))


CONCEPTS = dict(itertools.chain(*map(_read, (THINGS, STATES, PHRASES))))


def filled(words: str) -> str:
    """Words with the wordings of the concepts that they name."""
    while "{" in words:
        words = words.format_map(CONCEPTS)
    return words
