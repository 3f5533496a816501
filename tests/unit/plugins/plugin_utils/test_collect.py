# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a snapshot collects is what the rules ask for."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

ROOT = Path(__file__).parents[4]
PACKAGE = "ansible_collections.winops.rdp"
ASKING = {"event_count", "event_numbers", "events_since", "_events"}


def _asked() -> Iterator[tuple[str, str, int]]:
    """Where a rule asks for an event by provider and literal id."""
    for path in sorted((ROOT / "plugins" / "plugin_utils" / "diagnosis").rglob("*.py")):
        dotted = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", None))
            if not isinstance(node, ast.Call) or name not in ASKING:
                continue
            ids = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, int)]
            before = [one for one in node.args if not (isinstance(one, ast.Constant) and isinstance(one.value, int))]
            provider = next((one for one in reversed(before) if not isinstance(one, ast.Starred)), None)
            if ids and isinstance(provider, ast.Constant):
                yield from ((path.name, str(provider.value), number) for number in ids)
            elif ids and isinstance(provider, ast.Name):
                text = getattr(importlib.import_module(f"{PACKAGE}.{dotted}"), provider.id)
                yield from ((path.name, text, number) for number in ids)


def test_every_event_that_a_rule_asks_for_is_collected() -> None:
    """A rule that asks for an event nobody collects would be silent for ever."""
    asked = set(_asked())
    assert len(asked) > 15
    collected = collect.EVENTS
    assert [row for row in asked if not any(one.provider == row[1] and one.has(row[2]) for one in collected)] == []


@pytest.mark.parametrize("source", collect.EVENTS, ids=lambda source: f"{source.log} {source.provider}")
def test_a_source_goes_to_the_host_as_the_contract_has_it(source: collect.EventSource) -> None:
    row = source.to_argument()
    assert set(row) <= {"log", "provider", "ids", "data"} and ("data" in row) == (source.data is not None)
    for one in row["ids"]:
        first, last = one if isinstance(one, list) else (one, one)
        assert first <= last and source.has(first) and source.has(last)
    assert not source.has(1)
