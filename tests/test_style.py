# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes code hard to read, as ``tests.tools.figures`` counts it: nested conditional expressions, their density,
long functions and long lines. Ruff holds the complexity, and the lines of Python outside plugins.
"""

from __future__ import annotations

import ast
from pathlib import Path

from tests.tools.figures import POWERSHELL, Figures, functions, is_long, length, nested

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "plugins"
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in PLUGINS.rglob("*.py")
}
MOST_LINES = 40
# Conditional expressions for each 1,000 lines of code; in what is known to read well there are 2 to 6.
MOST_CONDITIONALS = 15


def test_no_conditional_expression_is_inside_another() -> None:
    """In the tests neither."""
    tests = {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in (ROOT / "tests").rglob("*.py")
    }
    assert tests
    trees = {**TREES, **tests}
    assert [f"{path}:{node.lineno}" for path, tree in trees.items() for node in nested(tree)] == []


def test_rules_have_few_conditional_expressions() -> None:
    found = Figures()
    for path in (PLUGINS / "plugin_utils/diagnosis").rglob("*.py"):
        found.add(path.read_text(encoding="utf-8"))
    assert found.density < MOST_CONDITIONALS, f"{found.conditionals} in {found.code} lines of code"


def test_functions_are_short() -> None:
    found = {
        f"{path}:{node.lineno} {node.name}": length(node) for path, tree in TREES.items() for node in functions(tree)
    }
    assert {name: lines for name, lines in found.items() if lines > MOST_LINES} == {}


def test_lines_are_within_the_page() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in PLUGINS.rglob("*")
        if path.suffix in (".py", *POWERSHELL)
        for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1)
        if is_long(line)
    ]
    assert long == []
