# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is made of an honest document by hands that mean no good, and how many of those were tried."""

from __future__ import annotations

import copy
import random
from collections import Counter
from typing import Any

from hypothesis import settings

made: Counter[str] = Counter()


def each() -> int:
    """How many to make for each example of hypothesis: a hundred thousand in all with a profile of 2,000 examples."""
    return 50 if settings().max_examples > 1000 else 3


def count(kind: str) -> None:
    made[kind] += 1


def odd(chance: random.Random) -> Any:
    """What nobody expects in the place of a value."""
    return chance.choice(
        [
            None,
            True,
            False,
            0,
            -1,
            1,
            5,
            1 << 31,
            -(1 << 31),
            1 << 63,
            1 << 64,
            1 << 200,
            1.5,
            float("nan"),
            float("inf"),
            "",
            "x",
            "\x1b[2J",
            "\r\n",
            "\u202e",
            "\ud800",
            "\0",
            "9999-12-31T23:59:59.999Z",
            "0001-01-01T00:00:00.000Z",
            "2026-02-30T00:00:00.000Z",
            "A" * 40,
            "AAAA",
            "=1+1",
            "x" * 5000,
            [],
            {},
            [[]],
            [None],
            {"x": None},
            [{}] * 3,
        ]
    )


def mutated(chance: random.Random, value: Any) -> Any:
    """A copy with some of its parts exchanged, repeated, or gone."""
    value = copy.deepcopy(value)
    for _change in range(chance.randrange(1, 5)):
        at: Any = value
        parent: Any = None
        key: Any = None
        while isinstance(at, (dict, list)) and at and (parent is None or chance.random() < 0.85):
            parent = at
            key = chance.choice(list(at)) if isinstance(at, dict) else chance.randrange(len(at))
            at = at[key]
        if parent is None:
            continue
        if chance.random() < 0.15:
            del parent[key]
        elif chance.random() < 0.15 and isinstance(parent, dict):
            parent[chance.choice(["x", "\x1b", "", "\ud800", "\r\nforged"])] = at
        else:
            parent[key] = odd(chance)
    return value
