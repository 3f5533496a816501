# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks data against JSON Schema. Knows only the words of it that this collection's schemas use.

A schema is compiled once into nested functions; each takes a value and answers its first fault, or None. A fault reads
``PATH: WHY`` with the path relative to the value, for example ``host.build: not of type integer``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Set
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

Json = dict[str, Any]
Check = Callable[[Any], "str | None"]

_PYTHON_TYPES: dict[str, type] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "null": type(None),
    "integer": int,
}


def compiled(schema: Json, definitions: Json | None = None, *, exact: bool = True) -> Check:
    """The check of ``schema``; ``definitions`` are what its ``$ref`` name.

    Not ``exact`` reads what another version wrote: unknown properties are passed over, and those that have a
    ``default`` may be missing (``completed`` puts it in).
    """
    return _Compiler(definitions or {}, exact).check(schema)


def completed(value: Any, schema: Json, definitions: Json) -> Any:
    """A copy of ``value`` in which every missing property that has a ``default`` has it; the rest as it was."""
    if "$ref" in schema:
        schema = _referred(schema, definitions)
    if "anyOf" in schema:
        schema = next((choice for choice in schema["anyOf"] if _may_be(value, choice, definitions)), {})
        return completed(value, schema, definitions)
    if isinstance(value, list) and "items" in schema:
        return [completed(element, schema["items"], definitions) for element in value]
    if not isinstance(value, dict) or schema.get("type", "object") not in ("object", ["object", "null"]):
        return value
    return _completed_object(value, schema, definitions)


def _completed_object(value: Json, schema: Json, definitions: Json) -> Json:
    known: Json = schema.get("properties", {})
    extra = schema.get("additionalProperties")
    whole = {name: part["default"] for name, part in known.items() if "default" in part and name not in value}
    for name, element in value.items():
        part = known.get(name, extra)
        whole[name] = completed(element, part, definitions) if isinstance(part, dict) else element
    return whole


def _may_be(value: Any, schema: Json, definitions: Json) -> bool:
    """Whether the value is of the kind that this choice is about."""
    kinds = _kinds(_referred(schema, definitions) if "$ref" in schema else schema)
    return any(isinstance(value, _PYTHON_TYPES[kind]) for kind in kinds)


def _referred(schema: Json, definitions: Json) -> Json:
    found: Json = definitions[schema["$ref"].rsplit("/", 1)[1]]
    return found


def _kinds(schema: Json) -> list[str]:
    kinds = schema.get("type", [])
    return kinds if isinstance(kinds, list) else [kinds]


class _Compiler:
    """Makes one check of each part of a schema."""

    def __init__(self, definitions: Json, exact: bool) -> None:
        self._definitions = definitions
        self._exact = exact
        self._by_reference: dict[str, Check] = {}

    def check(self, schema: Json) -> Check:
        if unknown := set(schema) - _UNDERSTOOD:
            raise ValueError(f"words of a schema that nothing here checks: {', '.join(sorted(unknown))}")
        if "$ref" in schema:
            return self._reference(schema)
        if "anyOf" in schema:
            return self._any_of(schema["anyOf"])
        if "maxLength" in schema and _OF_SHORT_TEXTS.issuperset(schema):
            return _short_text(schema)
        checks = list(self._parts(schema))
        return checks[0] if len(checks) == 1 else _all_of(checks)

    def _reference(self, schema: Json) -> Check:
        name = schema["$ref"]
        if name not in self._by_reference:
            self._by_reference[name] = self.check(_referred(schema, self._definitions))
        return self._by_reference[name]

    def _parts(self, schema: Json) -> Iterable[Check]:
        """The checks of one schema, in the order in which they are made: a later one may rely on the type."""
        is_list = not _OF_LISTS.isdisjoint(schema)
        is_object = not _OF_OBJECTS.isdisjoint(schema)
        for word, make in _WORDS.items():
            # What looks into a list or an object looks at its type as well: a call less for each value.
            if word in schema and not (word == "type" and (is_list or is_object)):
                yield make(schema)
        if "minimum" in schema or "maximum" in schema:
            yield _in_range(schema)
        if is_list:
            yield self._list(schema)
        if is_object:
            yield self._object(schema)

    def _any_of(self, choices: list[Json]) -> Check:
        checks = [self.check(choice) for choice in choices]
        nothing = any(choice == {"type": "null"} for choice in choices)
        by_word = {word: check for choice, check in zip(choices, checks, strict=True) for word in _words_of(choice)}

        def fault(value: Any) -> str | None:
            if value is None and nothing:
                return None
            # What calls itself by the word of one choice is of that one, as a rule.
            word = value.get("type") if isinstance(value, dict) else None
            if isinstance(word, str) and word in by_word and by_word[word](value) is None:
                return None
            faults = []
            for check in checks:
                found = check(value)
                if found is None:
                    return None
                faults.append(found)
            # The choice that got furthest explains best.
            return max(faults, key=lambda text: len(text.split(":")[0]))

        return fault

    def _list(self, schema: Json) -> Check:
        items = schema.get("items", {})
        check, least, most = self.check(items), schema.get("minItems", 0), schema.get("maxItems")
        plain = _plain(items)
        of_type = _of_type(schema)

        def fault(value: Any) -> str | None:
            if not isinstance(value, list):
                return of_type(value)
            if len(value) < least:
                return ": too short"
            if most is not None and len(value) > most:
                return ": too long"
            for index, element in enumerate(value):
                if type(element) not in plain and (found := check(element)) is not None:
                    return _below(f"[{index}]", found)
            return None

        return fault

    def _object(self, schema: Json) -> Check:
        known: Json = schema.get("properties", {})
        checks: dict[str, tuple[Set[type], Check]] = {
            name: (_plain(part), self.check(part)) for name, part in known.items()
        }
        required = schema.get("required", ())
        if not self._exact:
            required = [name for name in required if "default" not in known.get(name, {})]
        due = frozenset(required)
        extra = schema.get("additionalProperties", True)
        other: tuple[Set[type], Check] = (frozenset(), _unknown if extra is False and self._exact else _anything)
        if isinstance(extra, dict):
            other = (_plain(extra), self.check(extra))
        names = self.check(schema["propertyNames"]) if "propertyNames" in schema else None
        of_type = _of_type(schema)

        def fault(value: Any) -> str | None:
            if not isinstance(value, dict):
                return of_type(value)
            if not due <= value.keys():
                return f"{next(name for name in required if name not in value)}: missing"
            for name, element in value.items():
                if names is not None and (odd := names(name)) is not None:
                    return f"{name:.80}{odd}"
                plain, check = checks.get(name, other)
                if type(element) not in plain and (found := check(element)) is not None:
                    return _below(name, found)
            return None

        return fault


def _below(name: str, fault: str) -> str:
    """A fault of a part as the whole says it."""
    return f"{name}{fault}" if fault[0] in ":[" else f"{name}.{fault}"


def _all_of(checks: list[Check]) -> Check:
    def fault(value: Any) -> str | None:
        for check in checks:
            if (found := check(value)) is not None:
                return found
        return None

    return fault


def _words_of(choice: Json) -> Iterable[str]:
    """The words by which an object of this choice can call itself, where it does."""
    word = choice.get("properties", {}).get("type", {})
    return [one for one in (word.get("const"), *word.get("enum", ())) if isinstance(one, str)]


def _plain(schema: Json) -> Set[type]:
    """Python's own types of which every value is in order by a schema, without a call; empty where more is asked."""
    return _exact_types(schema) if _THAT_ASK_NO_MORE.issuperset(schema) else frozenset()


def _unknown(value: Any) -> str:
    return ": not known"


def _anything(value: Any) -> None:
    return None


def _constant(schema: Json) -> Check:
    constant = schema["const"]
    return lambda value: None if value == constant else f": not {constant!r}"


def _one_of(schema: Json) -> Check:
    words = schema["enum"]
    return lambda value: None if value in words else ": not one of the known words"


def _not_longer(schema: Json) -> Check:
    most = schema["maxLength"]
    return lambda value: ": too long" if isinstance(value, str) and len(value) > most else None


def _short_text(schema: Json) -> Check:
    """Most facts are texts: their type and length in one."""
    most, of_type = schema["maxLength"], _of_type(schema)

    def fault(value: Any) -> str | None:
        if isinstance(value, str) and len(value) > most:
            return ": too long"
        return of_type(value)

    return fault


def _exact_types(schema: Json) -> Set[type]:
    """Most values are of exactly one of the types that a JSON reader makes: those of them that fit."""
    kinds = _kinds(schema)
    types = tuple(_PYTHON_TYPES[kind] for kind in kinds)
    exact = {kind for kind in (bool, int, float, str, list, dict, type(None)) if issubclass(kind, types)}
    return frozenset(exact if "boolean" in kinds else exact - {bool})


def _of_type(schema: Json) -> Check:
    kinds = _kinds(schema)
    if not kinds:
        return lambda value: None
    types = tuple(_PYTHON_TYPES[kind] for kind in kinds)
    exact, boolean = _exact_types(schema), "boolean" in kinds
    text = f": not of type {' or '.join(kinds)}"

    def fault(value: Any) -> str | None:
        if type(value) in exact:
            return None
        # Python takes True for a whole number, JSON does not.
        if isinstance(value, types) and (boolean or not isinstance(value, bool)):
            return None
        return text

    return fault


def _in_form(schema: Json) -> Check:
    matches = re.compile(schema["pattern"]).search
    return lambda value: ": not in the form that is due" if isinstance(value, str) and not matches(value) else None


def _of_format(schema: Json) -> Check:
    def fault(value: Any) -> str | None:
        try:
            if isinstance(value, str):
                parse(value)
        except ValueError:
            return ": not a day or hour that there is"
        return None

    return fault


def _in_range(schema: Json) -> Check:
    least, most = schema.get("minimum", float("-inf")), schema.get("maximum", float("inf"))
    return lambda value: ": out of range" if isinstance(value, int) and not least <= value <= most else None


_WORDS: dict[str, Callable[[Json], Check]] = {
    "const": _constant,
    "enum": _one_of,
    "type": _of_type,
    "maxLength": _not_longer,
    "pattern": _in_form,
    "format": _of_format,
}
_OF_SHORT_TEXTS = frozenset({"type", "maxLength", "default"})
_OF_LISTS = frozenset({"items", "minItems", "maxItems"})
_OF_OBJECTS = frozenset({"properties", "required", "additionalProperties", "propertyNames"})
_THAT_CHECK_NOTHING = ("$schema", "$id", "$defs", "title", "description", "default", "examples")
_THAT_ASK_NO_MORE = frozenset({"type", *_THAT_CHECK_NOTHING})
_UNDERSTOOD = {*_WORDS, "minimum", "maximum", "$ref", "anyOf", *_OF_LISTS, *_OF_OBJECTS, *_THAT_CHECK_NOTHING}
