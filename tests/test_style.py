# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes code hard to read, as ``tests.tools.figures`` counts it: nested conditional expressions, their density,
long functions and long lines; and habits of the tests themselves. Ruff holds the complexity, and the lines of Python
outside plugins.
"""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

from tests.sources import tree
from tests.tools.figures import POWERSHELL, Figures, code_lines, conditionals, functions, is_long, length, nested

ROOT = Path(__file__).parents[1]
PLUGINS = ROOT / "plugins"
TESTS = ROOT / "tests"
MOST_LINES = 40
CLOCKS = ("monotonic", "perf_counter", "process_time")
TIMES = frozenset({"elapsed_ms", "script_ms", "elapsed", "seconds", "took"})
# Conditional expressions for each 1,000 lines of code; in what is known to read well there are 2 to 6.
MOST_CONDITIONALS = 15


@cache
def _plugins() -> dict[str, ast.Module]:
    return {path.relative_to(ROOT).as_posix(): tree(path) for path in PLUGINS.rglob("*.py")}


@cache
def _tests() -> dict[str, list[ast.AST]]:
    """What is looked at here of each module of the tests, found in one walk through it."""
    kinds = (ast.IfExp, ast.Assert, ast.Import, ast.ImportFrom)
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("*.py"))}
    stems = [path.stem for path in texts if path.stem.startswith("test_")]
    # Only what has two of their words within some lines can have one inside another, and so on: most of the modules
    # need not be parsed.
    looked_for = re.compile(
        rf"\b(?:{'|'.join(stems)})\b|[.'\"](?:{'|'.join([*CLOCKS, *TIMES])})\b"
        r"|\belse\b(?!:)(?:[^\n]*\n){0,12}?[^\n]*?\belse\b(?!:)"
    )
    return {
        path.relative_to(ROOT).as_posix(): [node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds)]
        for path, text in texts.items()
        if looked_for.search(text)
    }


def test_no_conditional_expression_is_inside_another() -> None:
    """In the tests neither."""
    assert len(_tests()) > 100
    found = {f"{path}:{node.lineno}" for path, source in _plugins().items() for node in nested(source)}
    outer = [(path, node) for path, nodes in _tests().items() for node in nodes if isinstance(node, ast.IfExp)]
    assert found | {f"{path}:{inner.lineno}" for path, node in outer for inner in nested(node)} == set()


def test_rules_have_few_conditional_expressions() -> None:
    found = Figures()
    for path in (PLUGINS / "plugin_utils/diagnosis").rglob("*.py"):
        found.code += code_lines(path.read_text(encoding="utf-8"))
        found.conditionals += len(conditionals(tree(path)))
    assert found.density < MOST_CONDITIONALS, f"{found.conditionals} in {found.code} lines of code"


def test_functions_are_short() -> None:
    found = {
        f"{path}:{node.lineno} {node.name}": length(node)
        for path, source in _plugins().items()
        for node in functions(source)
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


# Habits of the tests.


def _imports(nodes: list[ast.AST]) -> set[str]:
    """Modules, and what is taken from them, as dotted names."""
    names: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module or ''}.{alias.name}" for alias in node.names}
    return names


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
        f"{path}:{node.lineno}"
        for path, nodes in _tests().items()
        for node in nodes
        if isinstance(node, ast.Assert) and _timed(node)
    ]
    assert found == []
    for text in ("step['elapsed_ms'] < 5", "time.monotonic() - began < 2", "ran.seconds <= 3"):
        assert _timed(ast.Assert(test=ast.parse(text, mode="eval").body))


def test_no_module_of_tests_reads_another() -> None:
    """What two of them need is data or a helper, and stands in a module without tests."""
    modules = {path.stem for path in TESTS.rglob("test_*.py")}
    wrong = [
        f"{path}: {name}"
        for path, nodes in _tests().items()
        for name in _imports(nodes)
        if modules & set(name.split("."))
    ]
    assert not wrong
