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
from functools import cache, partial
from pathlib import Path
from types import ModuleType
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import client, collect, contract

from tests.profiles import each
from tests.sources import nodes, tree

ROOT = Path(__file__).parents[4]
PACKAGE = "ansible_collections.winops.rdp"
EVENTS = ("event_count", "events_since", "event_numbers", "numbers_since", "listed_events", "listed_since")
VALUES = ("value", "number", "text", "subkeys")
FILES = sorted(
    path
    for room in ("host", "diagnosis", "repair", "results", "controller")
    for path in (ROOT / "plugins/plugin_utils" / room).rglob("*.py")
)
STAR = "*"


class Unclear(Exception):
    """What an expression can be is not to be seen in the source."""


class Source:
    """A module's source, and what its expressions can be."""

    def __init__(self, path: Path) -> None:
        self.place = str(path.relative_to(ROOT))
        self.tree = tree(path)
        self.module: ModuleType = importlib.import_module(
            f"{PACKAGE}.{'.'.join(path.relative_to(ROOT).with_suffix('').parts)}".removesuffix(".__init__")
        )
        self.parents = {child: node for node in nodes(path) for child in ast.iter_child_nodes(node)}
        self.calls: dict[str, list[ast.Call]] = {}
        for node in nodes(path):
            if isinstance(node, ast.Call):
                self.calls.setdefault(called(node), []).append(node)

    def questions(self, methods: tuple[str, ...], asked: tuple[str, ...] = ("host", "snapshot")) -> Iterator[ast.Call]:
        """Calls of these methods of what has one of these names, as a rule a snapshot."""
        for node in itertools.chain(*(self.calls.get(method, ()) for method in methods)):
            of = getattr(node.func, "value", None)
            if (of.attr if isinstance(of, ast.Attribute) else getattr(of, "id", "")) in asked:
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
        """An entry of a table: any, where the source does not say which."""
        rows = [row for table in self.values(node.value, depth) for row in table]
        try:
            keys = self.values(node.slice, depth)
        except Unclear:
            return {row[1] for row in rows}
        return {row[1] for row in rows if row[0] in keys}

    def _either(self, node: ast.IfExp, depth: int) -> set[Any]:
        return self.values(node.body, depth) | self.values(node.orelse, depth)

    def _call(self, node: ast.Call, depth: int) -> set[Any]:
        """What a function of this module returns; of ``next`` each element, and what stands for none."""
        if called(node) == "next" and isinstance(node.args[0], ast.GeneratorExp):
            return self.values(node.args[0].elt, depth).union(*(self.values(one, depth) for one in node.args[1:]))
        function = next((one for one in self.tree.body if getattr(one, "name", "") == called(node)), None)
        returns = [one.value for one in ast.walk(function) if isinstance(one, ast.Return)] if function else []
        if not returns:
            raise Unclear(ast.unparse(node))
        return set().union(*(self.values(one, depth) for one in returns if one))

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

    def loop_over(self, *nodes: ast.expr) -> ast.For | None:
        """The loop that gives all of these names their values, if one does."""
        names = {getattr(one, "id", None) for one in nodes}
        for outer in self.around(nodes[0]):
            if isinstance(outer, ast.For):
                given = {one.id for one in ast.walk(outer.target) if isinstance(one, ast.Name)}
                return outer if names <= given and len(names) > 1 else None
        return None

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
    ast.IfExp: Source._either,
    ast.Call: Source._call,
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
    for source in [owner] if function.name.startswith("_") else sources():
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


Events = Callable[[], set[tuple[str, Any]]]


def event_questions() -> Iterator[tuple[str, Events]]:
    """Every question about events: its place, and the providers and ids that it can be about; that of a function that
    only passes them on is asked by its callers."""
    for source in sources():
        for call in source.questions(EVENTS):
            args = call.args[1:] if called(call) in ("events_since", "numbers_since", "listed_since") else call.args
            place = f"{source.place}:{call.lineno}"
            if isinstance(args[0], ast.Starred):
                yield place, partial(source.values, args[0].value)
            else:
                yield from _with_callers(place, source, args, source.function(call))


def _with_callers(
    place: str, source: Source, args: list[ast.expr], function: ast.FunctionDef | None
) -> Iterator[tuple[str, Events]]:
    own = {one.arg for one in function.args.args} if function else set()
    if not function or not (isinstance(args[0], ast.Name) and args[0].id in own):
        yield place, partial(_pairs, source, args[0], source, args[1:])
        return
    for caller, provider in passed(function, args[0].id, source):
        ids = [
            (giver, given)
            for one in args[1:]
            for giver, given in _given(function, one, source)
            if giver is caller and _same_call(giver, provider, given)
        ]
        for _giver, numbers in ids or [(source, args[1:])]:
            yield (
                f"{caller.place}:{provider.lineno}",
                partial(_pairs, caller, provider, caller if ids else source, numbers),
            )


def _given(function: ast.FunctionDef, one: ast.expr, source: Source) -> Iterator[tuple[Source, list[ast.expr]]]:
    """What callers give for an id, or for the ids behind a star."""
    name = one.value if isinstance(one, ast.Starred) else one
    if isinstance(name, ast.Name):
        for caller, given in passed(function, name.id, source):
            yield caller, given if isinstance(given, list) else [given]


def _same_call(source: Source, provider: ast.expr, numbers: list[ast.expr]) -> bool:
    return all(source.parents[provider] in source.around(one) for one in numbers)


def _pairs(of_provider: Source, provider: ast.expr, of_ids: Source, ids: list[ast.expr]) -> set[tuple[str, Any]]:
    """Without an id it is about all of the provider. What comes of one row of a table comes together."""
    loop = of_ids.loop_over(provider, *ids) if of_ids is of_provider else None
    if loop is not None:
        rows = of_ids.elements(loop.iter)
        names = [one.id for one in (provider, *ids) if isinstance(one, ast.Name)]
        return set().union(
            *(itertools.product(*(taken_apart(loop.target, row, name) for name in names)) for row in rows)
        )
    return set(itertools.product(of_provider.values(provider), of_ids.spread(ids) if ids else {None}))


def client_questions(source: Source, call: ast.Call) -> Iterator[tuple[Source, ast.expr, ast.expr]]:
    name, key = (call.args[0], call.args[2]) if called(call) == "places" else (call.args[1], call.args[0])
    function = source.function(call)
    own = {one.arg for one in function.args.args} if function else set()
    if function and isinstance(key, ast.Name) and isinstance(name, ast.Name) and {key.id, name.id} <= own:
        given = zip(passed(function, key.id, source), passed(function, name.id, source))
        yield from ((caller, one, other) for (caller, one), (_caller, other) in given)
    else:
        yield source, key, name


@cache
def sources() -> list[Source]:
    return [Source(path) for path in FILES]


def value_questions() -> Iterator[tuple[str, Source, ast.Call]]:
    for source in sources():
        for call in source.questions(VALUES):
            yield f"{source.place}:{call.lineno}", source, call


def questions_to_a_client() -> Iterator[tuple[str, Source, ast.expr, ast.expr]]:
    """What rules about a client ask its answer for: key and name; of a function that only passes them on, by its
    callers.
    """
    for source in sources():
        for call in source.questions(("value", "number", "places"), ("facts",)):
            for question in client_questions(source, call):
                yield f"{source.place}:{call.lineno}", *question


def service_questions() -> Iterator[tuple[str, Source, ast.Call]]:
    for source in sources():
        for call in source.questions(("service", "running", "failed", "failed_by_itself", "windows_service")):
            if isinstance(call.args[0], ast.Constant):
                yield f"{source.place}:{call.lineno}", source, call


def test_the_questions_are_found() -> None:
    assert len([*event_questions()]) >= 20 and len([*value_questions()]) >= 15
    assert len([*questions_to_a_client()]) >= 12 and len([*service_questions()]) >= 25


@each("place, events", event_questions)
def test_events_that_a_rule_asks_for_are_collected(place: str, events: Events) -> None:
    found = events()
    assert found, place
    for provider, number in found:
        if number is None:
            assert provider in {source.provider for source in collect.EVENTS}
        else:
            assert collect.collects_event(provider, number), (provider, number)


@each("place, source, call", value_questions)
def test_registry_values_that_a_rule_asks_for_are_collected(place: str, source: Source, call: ast.Call) -> None:
    keys = source.values(call.args[0])
    if called(call) == "subkeys":
        assert all(any(pattern.startswith(key + r"\*") for pattern in collect.VALUES) for key in keys)
        return
    names = source.values(call.args[1])
    assert keys and names, place
    # A name of None is one that the source itself does not ask for.
    for key, name in itertools.product(keys, names - {None}):
        assert collect.collects_value(key, name), (key, name)


@each("place, source, key, name", questions_to_a_client)
def test_registry_values_that_a_rule_asks_a_client_for_are_collected(
    place: str, source: Source, key: ast.expr, name: ast.expr
) -> None:
    keys, names = source.values(key), source.values(name)
    assert keys and names, place
    for where, what in itertools.product(keys, names):
        assert what in client.VALUES[where], (where, what)


@each("place, source, call", service_questions)
def test_services_that_a_rule_asks_for_are_collected(place: str, source: Source, call: ast.Call) -> None:
    known = collect.SERVICES if called(call) == "windows_service" else contract.SERVICES
    assert source.values(call.args[0]) <= set(known), place


def test_what_is_not_collected_is_noticed() -> None:
    assert collect.collects_event("Schannel", 36888) and not collect.collects_event("Schannel", 36889)
    assert not collect.collects_event("schannel", 36888), "the event log's names are exact"
    assert collect.collects_value(collect.LSA, "lmcompatibilitylevel")
    assert not collect.collects_value(collect.LSA, "Other")
    assert collect.collects_value(collect.SCHANNEL + r"\Ciphers\AES 256/256", "Enabled")
    assert not collect.collects_value(collect.SCHANNEL + r"\Ciphers\AES\Deeper", "Enabled")
    assert collect.collects_value(collect.MDM + r"\ADMX_TerminalServer", "whatever")


@each("source", collect.EVENTS, ids=lambda source: f"{source.log} {source.provider}")
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
