# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Habits of the tests themselves."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]


def _imports(tree: ast.Module) -> set[str]:
    """Modules, and what is taken from them, as dotted names."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module or ''}.{alias.name}" for alias in node.names}
    return names


CLOCKS = ("monotonic", "perf_counter", "process_time")
TIMES = frozenset({"elapsed_ms", "script_ms", "elapsed", "seconds", "took"})
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def _timed(assertion: ast.Assert) -> bool:
    """Whether an assertion asks how long something took by the clock of the wall, which a busy machine decides.

    That a deadline has not come only ends a hang.
    """
    for node in ast.walk(assertion.test):
        if not isinstance(node, ast.Compare) or not any(isinstance(how, ORDER) for how in node.ops):
            continue
        sides = [ast.unparse(side) for side in (node.left, *node.comparators)]
        parts = list(ast.walk(node))
        clocks = any(isinstance(part, ast.Attribute) and part.attr in CLOCKS for part in parts)
        named = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        named |= {part.attr for part in parts if isinstance(part, ast.Attribute)}
        if (clocks and sides != ["time.monotonic()", "deadline"]) or named & TIMES:
            return True
    return False


def test_no_assertion_is_timed() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{node.lineno}"
        for path in sorted(TESTS.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assert) and _timed(node)
    ]
    assert found == []
    for text in ("step['elapsed_ms'] < 5", "time.monotonic() - began < 2", "ran.seconds <= 3"):
        assert _timed(ast.Assert(test=ast.parse(text, mode="eval").body))


def test_no_module_of_tests_reads_another() -> None:
    """What two of them need is data or a helper, and stands in a module without tests."""
    modules = {path.stem for path in TESTS.rglob("test_*.py")}
    wrong = [
        f"{path.relative_to(TESTS)}: {name}"
        for path in sorted(TESTS.rglob("*.py"))
        for name in _imports(ast.parse(path.read_text(encoding="utf-8")))
        if modules & set(name.split("."))
    ]
    assert not wrong
