# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What rules ask a snapshot for is collected: a rule that asks for what nobody collects would be silent for ever.

The questions are found in the source of the rules. What a question's arguments can be is worked out from constants,
loops over constants and the calls of the function around it; one for which that fails must be written more plainly.
"""

from __future__ import annotations

import ast
import importlib
import itertools
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract

ROOT = Path(__file__).parents[4]
PACKAGE = "ansible_collections.winops.rdp"
EVENTS = ("event_count", "events_since", "event_numbers", "numbers_since")
VALUES = ("value", "number", "text", "subkeys")
FILES = sorted(
    [*(ROOT / "plugins/plugin_utils/diagnosis").rglob("*.py"), ROOT / "plugins/plugin_utils/host/firewall.py"]
)
STAR = "*"


class Unclear(Exception):
    """What an expression can be is not to be seen in the source."""


class Source:
    """A module's source, and what its expressions can be."""

    def __init__(self, path: Path) -> None:
        self.place = str(path.relative_to(ROOT))
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.module: ModuleType = importlib.import_module(
            f"{PACKAGE}.{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}".removesuffix(".__init__")
        )
        self.parents = {child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)}
        self.calls: dict[str, list[ast.Call]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                self.calls.setdefault(called(node), []).append(node)

    def questions(self, methods: tuple[str, ...]) -> Iterator[ast.Call]:
        """Calls of these methods of a snapshot."""
        for node in itertools.chain(*(self.calls.get(method, ()) for method in methods)):
            of = getattr(node.func, "value", None)
            if (of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")) in ("host", "snapshot"):
                yield node

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self.parents:
            node = self.parents[node]
            yield node

    def values(self, node: ast.AST, depth: int = 0) -> set[Any]:
        """All that an expression can be. Raises ``Unclear``."""
        if depth > 12:
            raise Unclear(ast.unparse(node))
        reader = _READERS.get(type(node))
        if reader is None:
            raise Unclear(ast.unparse(node))
        return reader(self, node, depth + 1)

    def elements(self, node: ast.AST, depth: int = 0) -> set[Any]:
        """All that an element of an expression can be."""
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            return self.spread(node.elts, depth + 1)
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("subkeys", "value_names")
        ):
            return {STAR}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items":
            return set().union(*(dict(one).items() for one in self.values(node.func.value, depth + 1)))
        return {one for whole in self.values(node, depth + 1) for one in whole}

    # By kind of expression

    def _constant(self, node: ast.Constant, depth: int) -> set[Any]:
        return {node.value}

    def _tuple(self, node: ast.Tuple, depth: int) -> set[Any]:
        return set(itertools.product(*(self.values(one, depth) for one in node.elts)))

    def _attribute(self, node: ast.Attribute, depth: int) -> set[Any]:
        try:
            return {frozen(eval(ast.unparse(node), vars(self.module)))}
        except (NameError, AttributeError) as error:
            raise Unclear(ast.unparse(node)) from error

    def _entry(self, node: ast.Subscript, depth: int) -> set[Any]:
        """Any entry of a table."""
        return {row[1] for table in self.values(node.value, depth) for row in table}

    def _gathered(self, node: ast.ListComp | ast.GeneratorExp, depth: int) -> set[Any]:
        return {tuple(self.values(node.elt, depth))}

    def _joined(self, node: ast.JoinedStr, depth: int) -> set[Any]:
        parts = [
            self.values(part.value if isinstance(part, ast.FormattedValue) else part, depth) for part in node.values
        ]
        return {"".join(str(text) for text in texts) for texts in itertools.product(*parts)}

    def _sum(self, node: ast.BinOp, depth: int) -> set[Any]:
        return {
            left + right
            for left, right in itertools.product(self.values(node.left, depth), self.values(node.right, depth))
        }

    def _name(self, node: ast.Name, depth: int) -> set[Any]:
        found: set[Any] = set()
        for outer in self.around(node):
            if isinstance(outer, (ast.For, ast.comprehension)) or hasattr(outer, "generators"):
                for loop in getattr(outer, "generators", [outer]):
                    found |= self._target(loop.target, self.elements, loop.iter, node.id, depth)
            if isinstance(outer, ast.FunctionDef):
                found |= self._local(outer, node.id, depth)
            if found:
                return found
        if node.id in vars(self.module):
            return {frozen(vars(self.module)[node.id])}
        raise Unclear(node.id)

    def _target(
        self, target: ast.AST, read: Callable[[ast.AST, int], set[Any]], value: ast.AST, name: str, depth: int
    ) -> set[Any]:
        """What ``name`` can be where ``target`` takes what ``read`` finds in ``value``."""
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and read == self.values:
            parts = zip(target.elts, value.elts)
            return set().union(*(self._target(part, read, one, name, depth) for part, one in parts))
        if name not in {one.id for one in ast.walk(target) if isinstance(one, ast.Name)}:
            return set()
        return {found for one in read(value, depth) for found in taken_apart(target, one, name)}

    def _local(self, function: ast.FunctionDef, name: str, depth: int) -> set[Any]:
        """A name that a function assigns, or takes as a parameter."""
        found: set[Any] = set()
        for one in ast.walk(function):
            if isinstance(one, ast.Assign):
                for target in one.targets:
                    found |= self._target(target, self.values, one.value, name, depth)
        for source, given in passed(function, name, self):
            found |= {tuple(source.spread(given))} if isinstance(given, list) else source.values(given, depth)
        return found

    def function(self, node: ast.AST) -> ast.FunctionDef | None:
        return next((outer for outer in self.around(node) if isinstance(outer, ast.FunctionDef)), None)

    def spread(self, expressions: list[ast.expr], depth: int = 0) -> set[Any]:
        """All that these can be, those behind a star one by one."""
        return set().union(
            *(
                self.elements(one.value, depth) if isinstance(one, ast.Starred) else self.values(one, depth)
                for one in expressions
            )
        )


_READERS: dict[type, Callable[[Any, Any, int], set[Any]]] = {
    ast.Constant: Source._constant,
    ast.Tuple: Source._tuple,
    ast.Attribute: Source._attribute,
    ast.JoinedStr: Source._joined,
    ast.BinOp: Source._sum,
    ast.Name: Source._name,
    ast.Subscript: Source._entry,
    ast.ListComp: Source._gathered,
    ast.GeneratorExp: Source._gathered,
}


def taken_apart(target: ast.AST, value: Any, name: str) -> Iterator[Any]:
    """What ``name`` gets where ``target`` takes a value, also inside of brackets."""
    if isinstance(target, ast.Name) and target.id == name:
        yield value
    elif isinstance(target, ast.Tuple):
        for part, one in zip(target.elts, value):
            yield from taken_apart(part, one, name)


def frozen(value: Any) -> Any:
    """A constant of a module in a form that a set can hold; a table as its rows."""
    if isinstance(value, dict):
        return tuple((key, frozen(one)) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(frozen(one) for one in value)
    return value


def passed(function: ast.FunctionDef, name: str, owner: Source) -> Iterator[tuple[Source, Any]]:
    """What every call gives a function's parameter: an expression, or the list of those that a star gathers.

    A function whose name begins with an underscore is called in its own module; others may have one of that name."""
    names = [one.arg for one in function.args.args]
    for source in [owner] if function.name.startswith("_") else SOURCES:
        for call in source.calls.get(function.name, ()):
            skipped = names[0] == "self" if names else False
            given = call.args
            if function.args.vararg and function.args.vararg.arg == name:
                yield source, given[len(names) - skipped :]
            elif name in names and names.index(name) - skipped < len(given):
                yield source, given[names.index(name) - skipped]
            else:
                yield from ((source, word.value) for word in call.keywords if word.arg == name)


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def event_questions() -> Iterator[tuple[str, Source, ast.expr, list[ast.expr]]]:
    """Place, source, provider and ids of every question about events; that of a function that only passes it on is
    asked by its callers."""
    for source in SOURCES:
        for call in source.questions(EVENTS):
            provider, *ids = call.args[1:] if called(call) in ("events_since", "numbers_since") else call.args
            function = source.function(call)
            if function and isinstance(provider, ast.Name) and provider.id in [one.arg for one in function.args.args]:
                (rest,) = [
                    one.value.id for one in ids if isinstance(one, ast.Starred) and isinstance(one.value, ast.Name)
                ]
                for (caller, given), (_caller, numbers) in zip(
                    passed(function, provider.id, source), passed(function, rest, source)
                ):
                    yield f"{caller.place}:{given.lineno}", caller, given, numbers
            else:
                yield f"{source.place}:{call.lineno}", source, provider, ids


SOURCES = [Source(path) for path in FILES]
EVENT_QUESTIONS = list(event_questions())
VALUE_QUESTIONS = [
    (f"{source.place}:{call.lineno}", source, call) for source in SOURCES for call in source.questions(VALUES)
]


def test_the_questions_are_found() -> None:
    assert len(EVENT_QUESTIONS) >= 20 and len(VALUE_QUESTIONS) >= 15


@pytest.mark.parametrize(
    ("source", "provider", "ids"), [one[1:] for one in EVENT_QUESTIONS], ids=[one[0] for one in EVENT_QUESTIONS]
)
def test_events_that_a_rule_asks_for_are_collected(source: Source, provider: ast.expr, ids: list[ast.expr]) -> None:
    names, numbers = source.values(provider), source.spread(ids)
    assert names and numbers
    for name, number in itertools.product(names, numbers):
        assert collect.collects_event(name, number), (name, number)


@pytest.mark.parametrize(
    ("source", "call"), [one[1:] for one in VALUE_QUESTIONS], ids=[one[0] for one in VALUE_QUESTIONS]
)
def test_registry_values_that_a_rule_asks_for_are_collected(source: Source, call: ast.Call) -> None:
    keys = source.values(call.args[0])
    if called(call) == "subkeys":
        assert all(any(pattern.startswith(key + r"\*") for pattern in collect.VALUES) for key in keys)
        return
    names = source.values(call.args[1])
    assert keys and names
    for key, name in itertools.product(keys, names):
        assert collect.collects_value(key, name), (key, name)


def test_what_is_not_collected_is_noticed() -> None:
    assert collect.collects_event("Schannel", 36888) and not collect.collects_event("Schannel", 36889)
    assert not collect.collects_event("schannel", 36888), "the event log's names are exact"
    assert collect.collects_value(collect.LSA, "lmcompatibilitylevel")
    assert not collect.collects_value(collect.LSA, "Other")
    assert collect.collects_value(collect.SCHANNEL + r"\Ciphers\AES 256/256", "Enabled")
    assert not collect.collects_value(collect.SCHANNEL + r"\Ciphers\AES\Deeper", "Enabled")
    assert collect.collects_value(collect.MDM + r"\ADMX_TerminalServer", "whatever")


@pytest.mark.parametrize("source", collect.EVENTS, ids=lambda source: f"{source.log} {source.provider}")
def test_a_source_goes_to_the_host_as_the_contract_has_it(source: collect.EventSource) -> None:
    row = source.to_argument()
    assert set(row) <= {"log", "provider", "ids", "data"} and ("data" in row) == (source.data is not None)
    for one in row["ids"]:
        first, last = one if isinstance(one, list) else (one, one)
        assert first <= last and source.has(first) and source.has(last)
    assert not source.has(1)


def test_what_is_sent_is_plain_data() -> None:
    sent = collect.arguments()
    assert json.loads(json.dumps(sent)) == sent
    assert sent["listener_values"] == {name: list(group.names) for name, group in contract.LISTENER.items()}
