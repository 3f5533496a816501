# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The closing lines of a run: each host once, equal ones joined, what needs somebody last, where a terminal ends."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import sentence, visible

# From what needs nobody to what needs somebody.
STATES = (
    "healthy",
    "done",
    "listed",
    "nothing to restore",
    "left as it is",
    "would be taken back",
    "taken back",
    "off",
    "left out",
    "stopped",
    "degraded",
    "unknown",
    "failed",
    "unreachable",
    "broken",
)
NOT_REACHED = "not reached in this run"

_MOST_NAMES = 40
_NUMBERED = re.compile(r"^([^\d.]*(?:\d+[^\d.]+)*)(\d+)(.*)$")
# An address and its port, which is no time of day, alone or behind a date.
_PLACE = re.compile(r" at (?!(?:\d{4}-\d\d-\d\dT)?\d{1,2}:\d\d(?!\d))(?:\[[^\]]+\]|[^\s:]+):(\d+)(?!:?\w)")


def closing_lines(hosts: Mapping[str, tuple[str, str]]) -> list[str]:
    """The lines for hosts, given as name: (state, text). Hosts come first, then the text as it is;
    its lines after the first are set in."""
    groups: dict[tuple[str, str], list[str]] = {}
    texts: dict[tuple[str, str], str] = {}
    for name, (state, text) in hosts.items():
        key = (state, _PLACE.sub(r" at port \1", text))
        groups.setdefault(key, []).append(visible(name))
        texts.setdefault(key, text)
    ordered = sorted(groups, key=lambda key: (STATES.index(key[0]), -len(groups[key]), key[1]))
    told = [_line(groups[key], texts[key] if len(groups[key]) == 1 else key[1]) for key in ordered]
    return [line for whole in told for line in whole.replace("\n", "\n    ").split("\n")]


def without_name(host: str, told: object) -> str:
    """A sentence without the host's name, which its line begins with: the one that it was begun with, no other word.

    What else is in it may be a word that a host is called by: ``refused``, ``credssp``, ``5985``.
    """
    words, name = str(told), sentence(host)
    begun = next((begin for begin in (f"{name}: ", f"{name} ") if words.startswith(begin)), "")
    return words[len(begun) :]


def total(hosts: Mapping[str, tuple[str, str]]) -> str:
    """All hosts in one line, by state."""
    states = [state for state, _text in hosts.values()]
    told = ", ".join(f"{states.count(state)} {_WORDS.get(state, state)}" for state in STATES if state in states)
    return f"{_number(len(hosts))}: {told or 'none'}"


def progress(done: Mapping[str, int], all_hosts: int) -> str:
    """How far a run is."""
    told = ", ".join(f"{done[state]} {_WORDS.get(state, state)}" for state in reversed(STATES) if done.get(state))
    number = sum(done.values())
    return f"{number} of {all_hosts} hosts done, {all_hosts - number} left; so far {told}"


_WORDS = {"stopped": NOT_REACHED}


def _line(names: list[str], text: str) -> str:
    """Who it is about comes first, so that colons in the text stay where they are."""
    whose = names[0] if len(names) == 1 else f"{_number(len(names))} ({joined(names)})"
    return f"{whose}: {text}"


def _number(hosts: int) -> str:
    return f"{hosts} host{'' if hosts == 1 else 's'}"


def joined(names: list[str]) -> str:
    """Names with runs of numbers as Ansible's inventories write them: ``web[001:288], db1``."""
    found: list[list[str]] = []
    for name in sorted(set(names), key=_natural):
        match = _NUMBERED.match(name)
        if match and found and _follows(found[-1], match):
            found[-1][2] = match[2]
        else:
            found.append([match[1], match[2], match[2], match[3]] if match else [name, "", "", ""])
    told = [_run(*run) for run in found]
    rest = len(told) - _MOST_NAMES
    return ", ".join(told[:_MOST_NAMES]) + (f" and {rest} more" if rest > 0 else "")


def _natural(name: str) -> list[tuple[int, int, str]]:
    pieces = re.split(r"(\d+)", name)
    return [(0, int(piece), piece) if piece.isdecimal() else (1, 0, piece) for piece in pieces]


def _follows(run: list[str], match: re.Match[str]) -> bool:
    """Whether a name is the next of a run: the same before and behind the number, as wide, one more."""
    before, _first, last, behind = run
    same = (before, behind) == (match[1], match[3]) and bool(last)
    return same and len(last) == len(match[2]) and int(match[2]) == int(last) + 1


def _run(before: str, first: str, last: str, behind: str) -> str:
    return f"{before}{first}{behind}" if first == last else f"{before}[{first}:{last}]{behind}"
