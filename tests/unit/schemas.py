# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON schemas in tests: validators that are compiled once, and anything that fits a schema as a strategy of
Hypothesis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host import schema as snapshot_schema
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import visible
from hypothesis import strategies as st
from jsonschema.protocols import Validator
from jsonschema.validators import validator_for

Json = dict[str, Any]


def validator(schema: Json) -> Validator:
    """A validator of ``schema``, to be kept: ``jsonschema.validate`` checks and compiles the schema at every call (200
    ms against 5 ms)."""
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


# Documents pass only with names that show.
_NAMES = st.text(max_size=20).filter(lambda name: visible(name) == name)


@cache
def of_snapshots() -> Validator:
    return validator(snapshot_schema.SCHEMA)


def fits(schema: Json, definitions: Json) -> st.SearchStrategy[Any]:
    """Values that fit ``schema``; ``$ref`` names one of ``definitions``."""
    if "$ref" in schema:
        return st.deferred(lambda: fits(definitions[schema["$ref"].rsplit("/", 1)[1]], definitions))
    if "anyOf" in schema:
        return st.one_of([fits(choice, definitions) for choice in schema["anyOf"]])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kinds = schema.get("type", ["null", "boolean", "integer", "string"])
    return st.one_of([_kind(kind, schema, definitions) for kind in (kinds if isinstance(kinds, list) else [kinds])])


def _kind(kind: str, schema: Json, definitions: Json) -> st.SearchStrategy[Any]:
    if kind == "null":
        return st.none()
    if kind == "boolean":
        return st.booleans()
    if kind in ("integer", "number"):
        return st.integers(schema.get("minimum", -(2**63)), schema.get("maximum", 2**63))
    if kind == "string" and schema.get("format") == "date-time":
        moments = st.datetimes(datetime(1601, 1, 1), datetime(9999, 12, 31))  # what FILETIME can say
        return moments.map(lambda moment: moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z")
    if kind == "string":
        return (
            st.from_regex(schema["pattern"], fullmatch=True)
            if "pattern" in schema
            else st.text(max_size=min(30, schema.get("maxLength", 30)))
        )
    if kind == "array":
        return st.lists(fits(schema.get("items", {}), definitions), max_size=min(4, schema.get("maxItems", 4)))
    fixed = {name: fits(part, definitions) for name, part in schema.get("properties", {}).items()}
    required = {name: part for name, part in fixed.items() if name in schema.get("required", fixed)}
    optional = {name: part for name, part in fixed.items() if name not in required}
    known = st.fixed_dictionaries(required, optional=optional)
    rest = schema.get("additionalProperties")
    if not isinstance(rest, dict):
        return known
    names = _NAMES
    if "propertyNames" in schema:
        names = fits(schema["propertyNames"], definitions).filter(lambda name: visible(name) == name)
    return st.builds(
        lambda one, more: {**more, **one}, known, st.dictionaries(names, fits(rest, definitions), max_size=4)
    )


def endless(shape: Json, path: str = "") -> Iterator[str]:
    """Where a host may give a text of any length."""
    if "$ref" in shape:
        shape = snapshot_schema.DEFINITIONS[shape["$ref"].rsplit("/", 1)[1]]
    kinds = shape.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    repeats = re.search(r"(?<!\\)[*+]|,\}", shape.get("pattern", "*"))
    short = shape.get("maxLength", contract.LONGEST_DATA + 1) <= contract.LONGEST_DATA
    bounded = "enum" in shape or "const" in shape or short or not repeats
    if "string" in kinds and not bounded:
        yield path
    for choice in shape.get("anyOf", ()):
        yield from endless(choice, path)
    yield from endless(shape["items"], f"{path}[]") if "items" in shape else ()
    for name, part in shape.get("properties", {}).items():
        yield from endless(part, f"{path}.{name}".lstrip("."))
    if isinstance(shape.get("additionalProperties"), dict):
        yield from endless(shape["additionalProperties"], f"{path}.*")
        yield from endless(shape.get("propertyNames", {"type": "string"}), f"{path}.(name)")
    elif "object" in kinds and "properties" not in shape:
        yield path
