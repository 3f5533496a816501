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
