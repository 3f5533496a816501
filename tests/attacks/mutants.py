# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is made of an honest document by hands that mean no good, and how many of those were tried."""

from __future__ import annotations

import pickle
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.attacks import counts
from tests.hosts.snapshots import NOW, Host, probe, utc
from tests.profiles import deep

FORGERY = "\r\n[ERROR]: forged\x1b[2J\x1b]0;owned\x07\u202e\x9b1A\x00"
# What a terminal obeys, or a reader does not see.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e]")


# Mutants of one test: few enough that a failure says where to look.
_PART = 500


def many(usual: int, deeply: int) -> pytest.MarkDecorator:
    """The numbers of so many mutants, a part for each test: ``deeply`` in a deep run, else ``usual``."""
    whole = deeply if deep() else usual
    parts = [range(first, min(first + _PART, whole)) for first in range(0, whole, _PART)]
    return pytest.mark.parametrize("numbers", parts, ids=[f"{part.start}-{part.stop - 1}" for part in parts])


def chances(kind: str, numbers: range) -> Iterator[random.Random]:
    """The dice of each of these mutants, which are the same whenever its number is; each is counted.

    The last number that a failed test printed is the one that it failed on.
    """
    for number in numbers:
        counts.made[kind] += 1
        print(kind, number)
        yield random.Random(f"{kind} {number}")


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


def copied(value: Any) -> Any:
    """A copy of an honest document: three times as fast as a deep copy, and every mutant is made of one."""
    return pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def mutated(chance: random.Random, value: Any) -> Any:
    """A copy with some of its parts exchanged, repeated, or gone."""
    value = copied(value)
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


def forged(value: Any) -> Any:
    """The answer with the forgery at the end of all text that may be anything."""
    if isinstance(value, dict):
        return {
            name: forged(part) if name not in ("utc", "since", "boot_utc", "sddl") else part
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [forged(part) for part in value]
    plain = isinstance(value, str) and not re.fullmatch(r"[0-9A-F]{40}|[A-Za-z0-9+/=]{200,}|HKLM.*", value)
    return value + FORGERY if plain else value


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


def bundle(name: str = "web01", **more: Any) -> dict[str, Any]:
    document = {
        "bundle_version": 1,
        "inventory_name": name,
        "taken": utc(NOW),
        "snapshot": Host().to_answer(),
        "probe": probe(),
    }
    return {**document, **more}


def everywhere(text: str) -> dict[str, Any]:
    evidence = [{"fact": text, "where": text}]
    finding = {
        "id": text,
        "severity": "critical",
        "confidence": "proven",
        "summary": text,
        "evidence_for": evidence,
        "evidence_against": evidence,
        "owner": text,
        "advice": text,
        "needs_evidence": [text],
        "docs": text,
        "target": {"x": text},
    }
    return {
        "verdict": "broken",
        "findings": [finding, {**finding, "id": text + "2"}, finding],
        "unread": [text],
        "interrupted_journals": [text],
        "client_summary": text,
        "assessed_at": "2026-11-23T12:00:00Z",
        "plan": {
            "steps": [{"op": text, "reason": text}],
            "blocked": [{"finding": text, "summary": text, "guard": text}],
        },
        "probe": None,
        "forecast": [{"kind": text, "what": text, "when": "2027-01-01T00:00:00Z", "why": text}],
        "host": {"name": text, "domain": text},
        "certificate": {"source": text, "subject": text, "thumbprint": text, "not_after": "2027-01-01T00:00:00Z"},
    }
