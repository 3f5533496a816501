# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads a host's answer, of this version or of another, and loses as little of it as can be.

What this version's host script answers is exact (``schema.SCHEMA``). What is read may be older, newer, kept for years,
or odd, for Windows holds values that its documentation does not name:

- A fact that is missing and has a ``default`` in the schema gets it; an unknown fact is passed over.
- A value of the wrong type or out of range costs its own section: it moves to the errors with the type ``Malformed``
  and a message that names the field, and counts as unread.
- In a list that ``contract.Section.sheds`` names, it costs its own entry, and the section counts as truncated.
- What is not facts (``errors``, ``truncated``, times) never costs anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeGuard

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, documents, schema, validate

Json = dict[str, Any]


class AnswerError(ValueError):
    """What was read is no answer of a host script, or one of a version that cannot be read; one clause."""


@dataclass(frozen=True)
class Answer:
    """Sections as this version has them, the errors of those that could not be read, and the truncated ones.

    ``silent`` has the errors of those that were read only in part, for what else knows of it did not answer.
    ``elapsed_ms`` (by section) and ``script_ms`` are milliseconds on the host, as far as they were told.
    """

    sections: Json
    errors: Json
    truncated: list[str]
    elapsed_ms: dict[str, int]
    script_ms: int
    silent: Json


def read(raw: Any, *, gated: bool = False) -> Answer:
    """Read an answer. Raises ``AnswerError`` only if there is nothing in it to read.

    ``gated``: it comes out of a file that ``documents.parse`` has held to its gate already.
    """
    if not isinstance(raw, dict):
        raise AnswerError("the answer is not an object")
    version = raw.get("schema_version")
    if version != schema.SCHEMA_VERSION:
        raise AnswerError(
            f"the answer has schema version {version!r}; this collection reads version {schema.SCHEMA_VERSION}"
        )
    if not isinstance(raw.get("sections"), dict):
        raise AnswerError("the answer is not a snapshot: sections: not of type object")
    sections, errors, truncated = {}, _errors(raw.get("errors")), _known(raw.get("truncated"))
    for name in _known(list(raw["sections"])):
        given = raw["sections"][name]
        odd = None if gated else documents.fault(given)
        section, fault, shed = _section(name, given) if odd is None else (given, f": {odd}", False)
        if fault is None:
            sections[name] = section
        else:
            errors[name] = _malformed(f"{name}{fault}" if fault[0] in ":[" else f"{name}.{fault}")
        if shed and fault is None and name not in truncated:
            truncated.append(name)
    script = raw.get("script_ms")
    times = _times(raw.get("elapsed_ms"))
    silent = _errors(raw.get("silent"))
    return Answer(sections, errors, truncated, times, script if _is_time(script) else 0, silent)


def _times(raw: Any) -> dict[str, int]:
    """Milliseconds by section."""
    given = raw if isinstance(raw, dict) else {}
    return {name: given[name] for name in _known(list(given)) if _is_time(given[name])}


def _is_time(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _section(name: str, given: Any) -> tuple[Any, str | None, bool]:
    """A section as this version has it, its first fault or None, and whether entries were left out."""
    if schema.exact(name)(given) is None:
        return given, None, False
    section = validate.completed(given, schema.SECTIONS[name], schema.DEFINITIONS)
    tolerant = schema.tolerant(name)
    fault = tolerant(section)
    if fault is None or not contract.ALL_SECTIONS[name].sheds or not isinstance(section, dict):
        return section, fault, False
    section = {**section, **_shed(name, section)}
    return section, tolerant(section), True


def _shed(name: str, section: Json) -> Json:
    """The section's lists of other programs' entries, without those that do not fit."""
    kept = {}
    for part in contract.ALL_SECTIONS[name].sheds:
        check = schema.tolerant(name, part)
        if isinstance(section.get(part), list):
            kept[part] = [entry for entry in section[part] if check(entry) is None]
    return kept


def _malformed(fault: str) -> Json:
    return {
        "code": contract.MALFORMED_CODE,
        "type": contract.MALFORMED,
        "message": f"The answer is not as docs/host-contract.md has it: {fault}.",
    }


def _errors(raw: Any) -> Json:
    """The errors of known sections; one that is not in the form of an error still says that its section is unread."""
    given = raw if isinstance(raw, dict) else {}
    errors = {}
    for name in _known(list(given)):
        fault = schema.error_fault(given[name])
        errors[name] = given[name] if fault is None else _malformed(f"errors.{name}, {fault.lstrip(': ')}")
    return errors


def _known(names: Any) -> list[str]:
    """Those that are names of sections: another version may have others."""
    given = names if isinstance(names, list) else []
    return [name for name in given if isinstance(name, str) and name in contract.ALL_SECTIONS]
