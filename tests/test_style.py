# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes code hard to read, counted: nested conditional expressions, their density, and long functions."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIAGNOSIS = ROOT / "plugins/plugin_utils/diagnosis"
# Not held to it yet: what ships to a vantage host, and these.
LATER = {"host/settings.py"}
FILES = [
    path
    for path in sorted((ROOT / "plugins").rglob("*.py"))
    if "module_utils" not in path.parts and "/".join(path.parts[-2:]) not in LATER
]
MOST_LINES = 40
# Conditional expressions for each 1,000 lines.
MOST_CONDITIONALS = 15


def _nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _conditionals(node: ast.AST) -> int:
    return sum(isinstance(part, ast.IfExp) for part in ast.walk(node))


def test_no_conditional_expression_is_inside_another() -> None:
    nested = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in FILES
        for node in _nodes(path)
        if isinstance(node, ast.IfExp) and _conditionals(node) > 1
    ]
    assert nested == []


def test_rules_have_few_conditional_expressions() -> None:
    files = list(DIAGNOSIS.rglob("*.py"))
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
    found = sum(isinstance(node, ast.IfExp) for path in files for node in _nodes(path))
    assert 1000 * found / lines < MOST_CONDITIONALS, f"{found} in {lines} lines"


def test_functions_of_the_diagnosis_are_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in DIAGNOSIS.rglob("*.py")
        for node in _nodes(path)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= MOST_LINES
    ]
    assert long == []
