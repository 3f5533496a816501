# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Figures of how readable the code is, and of what the tests cost.

    python -m tests.tools.figures [--plugins FOLDER] [--lanes quick test deep] [--json FILE]

Counted in Python: a conditional expression is ``a if b else c``, and nested one that stands inside another; a line of
code is one that is neither empty nor a comment alone; a function's length is from its ``def`` to its last line. Its
complexity is 1 and one more for each branch, loop, handler, assertion, boolean operator, conditional expression, and
loop and filter of a comprehension in it (functions inside it count by themselves); ruff's C901, which holds functions
to 10, leaves out the operators and expressions. ``tests/test_style.py`` holds the code to these figures.
``--lanes`` runs these lanes, each once, and takes the time.
"""

from __future__ import annotations

import argparse
import ast
import io
import json
import re
import resource
import subprocess
import sys
import time
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
COLUMNS = 120
LANES = ("quick", "test", "deep")
POWERSHELL = (".ps1", ".psm1")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BRANCHES = (ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.Assert, ast.match_case)


@dataclass
class Figures:
    """What was counted in some files."""

    code: int = 0
    conditionals: int = 0
    nested: int = 0
    long_lines: int = 0
    lengths: list[int] = field(default_factory=list)
    complexities: list[int] = field(default_factory=list)

    def add(self, text: str) -> None:
        tree = ast.parse(text)
        self.code += code_lines(text)
        self.long_lines += long_lines(text)
        self.conditionals += len(conditionals(tree))
        self.nested += len(nested(tree))
        for function in functions(tree):
            self.lengths.append(length(function))
            self.complexities.append(complexity(function))

    @property
    def density(self) -> float:
        """Conditional expressions per 1,000 lines of code."""
        return 1000 * self.conditionals / max(1, self.code)

    def to_dict(self) -> dict[str, Any]:
        return {
            "lines of code": self.code,
            "conditional expressions": self.conditionals,
            "conditional expressions per 1,000 lines": round(self.density, 1),
            "nested conditional expressions": self.nested,
            "functions": len(self.lengths),
            "function lines, 90 of 100 within": percentile(self.lengths),
            "function lines, longest": max(self.lengths, default=0),
            "complexity, 90 of 100 within": percentile(self.complexities),
            "complexity, highest": max(self.complexities, default=0),
            f"lines over {COLUMNS} columns": self.long_lines,
        }


def conditionals(tree: ast.AST) -> list[ast.IfExp]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.IfExp)]


def nested(tree: ast.AST) -> set[ast.IfExp]:
    """Those that stand inside another."""
    return {inner for outer in conditionals(tree) for inner in conditionals(outer) if inner is not outer}


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, _FUNCTIONS)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From its ``def`` to its last line."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def code_lines(text: str) -> int:
    """Lines that hold more than a comment."""
    empty = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type not in empty:
            lines.update(range(token.start[0], token.end[0] + 1))
    return len(lines)


def is_long(line: str) -> bool:
    """A link alone cannot be broken, and does not count; ruff sees it so, too."""
    return len(line) > COLUMNS and not re.fullmatch(r"\s*(# )?https?://\S+", line)


def long_lines(text: str) -> int:
    return sum(map(is_long, text.splitlines()))


def complexity(function: ast.AST) -> int:
    return 1 + sum(_weight(node) for node in _own(function))


def _weight(node: ast.AST) -> int:
    if isinstance(node, ast.BoolOp):
        return len(node.values) - 1
    if isinstance(node, ast.comprehension):
        return 1 + len(node.ifs)
    return int(isinstance(node, _BRANCHES))


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, without those of functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, _FUNCTIONS):
            yield child
            yield from _own(child)


def percentile(numbers: list[int], of_100: int = 90) -> int:
    """The least number that so many of a hundred do not exceed (the nearest rank)."""
    ranked = sorted(numbers)
    return ranked[-(-len(ranked) * of_100 // 100) - 1] if ranked else 0


def count(plugins: Path) -> dict[str, dict[str, Any]]:
    """The figures of all plugins, of the diagnosis alone, and of the PowerShell."""
    whole, diagnosis = Figures(), Figures()
    for path in sorted(plugins.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        whole.add(text)
        if "diagnosis" in path.relative_to(plugins).parts:
            diagnosis.add(text)
    scripts = [path.read_text(encoding="utf-8-sig") for path in plugins.rglob("*") if path.suffix in POWERSHELL]
    return {
        "plugins": whole.to_dict(),
        "diagnosis": diagnosis.to_dict(),
        "PowerShell": {
            "lines": sum(len(text.splitlines()) for text in scripts),
            f"lines over {COLUMNS} columns": sum(map(long_lines, scripts)),
        },
    }


def lane(name: str) -> dict[str, Any]:
    """Run a lane of tests: seconds on the clock and of the processor, all its processes counted."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(["make", "--no-print-directory", name], cwd=ROOT, stdin=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "wall seconds": round(time.monotonic() - began, 1),
        "processor seconds": round(processor, 1),
        "passed": done.returncode == 0,
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plugins", type=Path, default=ROOT / "plugins")
    parser.add_argument("--lanes", nargs="*", choices=LANES, default=[])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    found = count(options.plugins)
    for name in options.lanes:
        found[f"make {name}"] = lane(name)
    for part, figures in found.items():
        print(part)
        for name, value in figures.items():
            print(f"  {name:42} {value:>8}")
    if options.json:
        options.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if all(figures.get("passed", True) for figures in found.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
