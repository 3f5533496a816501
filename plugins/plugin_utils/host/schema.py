# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of a snapshot, as JSON Schema: exactly what this version's host script answers.

``docs/snapshot.schema.json`` is this module's ``SCHEMA`` written out by ``make contract``. A fact with a ``default``
may be missing from the answer of an older version, which did not read it yet; see ``answer`` for how one is read. A
new fact is given a default, so that bundles taken before it stay readable; null is "not known".
"""

from __future__ import annotations

from functools import cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, validate

SCHEMA_VERSION = 1

Json = dict[str, Any]
_TEXT: Json = {"type": "string", "maxLength": contract.LONGEST_TEXT}
_DATA: Json = {"type": "string", "maxLength": contract.LONGEST_DATA}
_INT: Json = {"type": "integer"}
_BOOL: Json = {"type": "boolean"}
_UTC: Json = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$",
}
_THUMBPRINT: Json = {"type": "string", "pattern": "^[0-9A-F]{40}$"}
_ERROR: Json = {"$ref": "#/$defs/error"}
_REGISTRY_VALUE: Json = {"$ref": "#/$defs/registry_value"}
_STORE: Json = {"$ref": "#/$defs/store"}


def _or_null(kind: str | Json) -> Json:
    if isinstance(kind, str):
        return {"type": [kind, "null"]}
    plain = isinstance(kind.get("type"), str) and {"type", "maxLength"}.issuperset(kind)
    return {**kind, "type": [kind["type"], "null"]} if plain else {"anyOf": [kind, {"type": "null"}]}


def _maybe(kind: str | Json) -> Json:
    """A fact that an older answer may lack: not known then, as null is."""
    return {**_or_null(kind), "default": None}


def _list(element: Json) -> Json:
    return {"type": "array", "items": element}


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def _listener_values(group: contract.Group) -> Json:
    """A group's registry values; those that no rule depends on may be missing, which reads as absent. Of what leaves a
    value to the account it does not: a host that has none has what Windows sets it to.
    """
    optional = {**_REGISTRY_VALUE, "default": None}
    needed = (value.name for value in group.values if value.required or (value.in_force and not value.account))
    asked = dict.fromkeys((value.account for value in group.values if value.account), _REGISTRY_VALUE)
    shape = _object({**dict.fromkeys(group.names, optional), **dict.fromkeys(needed, _REGISTRY_VALUE), **asked})
    return {**shape, "required": [name for name in shape["required"] if name not in asked]}


_KINDS: Json = {"time": _UTC, "thumbprint": _THUMBPRINT}


def _kind(fact: contract.Fact) -> Json:
    """The shape of a fact's value, whether it is known or not."""
    if fact.kind == "error":
        return _or_null(_ERROR)
    element = fact.kind.removesuffix("[]")
    shape = _KINDS.get(element, {"type": element})
    if element == "string":
        shape = {**shape, "maxLength": fact.longest}
    if fact.kind.endswith("[]"):
        shape = _list(shape)
    return shape if fact.required else _maybe(shape)


def _facts(place: str, **more: Json) -> Json:
    """The object at a place of the contract: its plain facts, and what has a shape of its own."""
    return _object({**{name: _kind(fact) for name, fact in contract.FACTS[place].items()}, **more})


_SERVICE: Json = _or_null(
    _facts(
        "services",
        start=_or_null("integer"),
        state=_or_null("integer"),
        error={**_or_null(_ERROR), "default": None},
        dependents=_maybe(_list(_object({"name": _TEXT, "state": _INT, "start": _maybe("integer")}))),
    )
)
_FILE: Json = _facts("key_files")
_NUMBERS: Json = {"type": "array", "items": _INT, "maxItems": contract.CAPS["numbers"].most}
_TEXTS_OF_EVENT: Json = {**_list(_TEXT), "maxItems": contract.CAPS["numbers"].most, "default": []}
# As the host script takes them out of an event: they are shown, and stand in what people type.
_FILES = ("exe", "dll", "drv", "ocx", "cpl")
_ENDINGS = "|".join("".join(f"[{one.upper()}{one}]" for one in ending) for ending in _FILES)
_PROGRAM: Json = {"type": "string", "pattern": rf"^[A-Za-z0-9_.-]{{1,80}}\.({_ENDINGS})(_[A-Za-z0-9]{{1,40}})?$(?!\n)"}
_PROGRAMS: Json = {**_TEXTS_OF_EVENT, "items": _PROGRAM}
_JOURNAL_STATE: Json = {"enum": ["open", "complete", "failed", "undone", "unreadable", "untrusted"]}

_SHAPES: Json = {
    "host": _facts("host", pending_reboot=_maybe(_facts("host.pending_reboot"))),
    "listener": _object(
        {
            **{
                name: _object({"path": _TEXT, "present": _BOOL, "settings": _listener_values(group)})
                for name, group in contract.LISTENER.items()
            },
            "nla_task": _maybe(_facts("listener.nla_task")),
        }
    ),
    "certificates": _object({"stores": _object(dict.fromkeys(contract.STORE_NAMES, _STORE))}),
    "key_files": _object(
        {
            "folder": _FILE,
            "files": _list(
                _facts("key_files.files", **_FILE["properties"], used=_maybe(_facts("key_files.files.used")))
            ),
            "own_keys": _maybe(_list(_facts("key_files.own_keys"))),
        },
    ),
    "services": _object(dict.fromkeys(contract.SERVICES, _SERVICE)),
    "port": _facts(
        "port",
        listeners=_list(_facts("port.listeners")),
        dynamic=_maybe(_facts("port.dynamic")),
        excluded=_maybe(_list(_facts("port.excluded"))),
    ),
    "sessions": _facts("sessions", sessions=_list(_facts("sessions.sessions"))),
    "events": _facts(
        "events",
        logs={"type": "object", "propertyNames": _TEXT, "additionalProperties": _or_null(_ERROR)},
        states={
            "type": ["object", "null"],
            "default": None,
            "propertyNames": _TEXT,
            "additionalProperties": _facts("events.states"),
        },
        entries=_list(_facts("events.entries", numbers=_NUMBERS, addresses=_TEXTS_OF_EVENT, modules=_PROGRAMS)),
        counts=_list(_facts("events.counts")),
    ),
    "journals": _facts(
        "journals",
        recent=_list(_facts("journals.recent", state=_JOURNAL_STATE)),
        lock=_or_null(_facts("journals.lock")),
    ),
    "registry": {
        "type": "object",
        "propertyNames": _TEXT,
        "additionalProperties": _object(
            {
                "settings": {"type": "object", "propertyNames": _TEXT, "additionalProperties": _REGISTRY_VALUE},
                "error": _or_null(_ERROR),
            }
        ),
    },
    "firewall": _facts("firewall", rules=_list(_facts("firewall.rules", store={"enum": ["local", "policy", "mdm"]}))),
    "files": _object(dict.fromkeys(contract.SYSTEM_FILES, _or_null(_facts("files")))),
    "logon": _facts(
        "logon",
        policy=_maybe(_list(_facts("logon.policy"))),
        local=_maybe({"type": "object", "propertyNames": _TEXT, "additionalProperties": _INT}),
    ),
    "network": _object({"adapters": _list(_facts("network.adapters"))}),
    "domain": _facts("domain"),
    "licensing": _facts("licensing"),
    "policies": _object({"values": _list(_facts("policies.values"))}),
    "products": _object(
        {
            "services": _list(_facts("products.services")),
            "security_center": _list(_facts("products.security_center")),
        }
    ),
    "machine_keys": _facts("machine_keys", owners=_list(_facts("machine_keys.owners"))),
    "local_policy": _object({name: _facts("local_policy") for name in contract.POLICY_FILES}),
}

SECTIONS: Json = {name: _SHAPES[name] for name in contract.ALL_SECTIONS}
SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Snapshot of a Windows host's Remote Desktop, as the host script answers it",
    "type": "object",
    "properties": {
        "schema_version": {"const": SCHEMA_VERSION},
        "operation": {"enum": ["snapshot", "apply"]},
        "changed": _BOOL,
        "sections": {"type": "object", "properties": SECTIONS, "additionalProperties": False},
        "errors": {"type": "object", "propertyNames": {"enum": list(SECTIONS)}, "additionalProperties": _ERROR},
        "silent": {"type": "object", "propertyNames": {"enum": list(SECTIONS)}, "additionalProperties": _ERROR},
        "elapsed_ms": {
            "type": "object",
            "propertyNames": {"enum": list(SECTIONS)},
            "additionalProperties": {"type": "integer", "minimum": 0},
        },
        "truncated": _list({"enum": list(SECTIONS)}),
        "script_ms": {"type": "integer", "minimum": 0},
    },
    "required": ["schema_version", "operation", "sections", "errors", "elapsed_ms", "truncated", "script_ms"],
    "$defs": {
        "error": _object(
            {"code": {"type": "integer", "minimum": -(2**31), "maximum": 2**31 - 1}, "type": _TEXT, "message": _TEXT}
        ),
        "registry_value": {
            "anyOf": [
                {"type": "null"},
                _object({"type": {"enum": ["dword", "qword"]}, "data": {"type": "integer", "minimum": 0}}),
                _object({"type": {"enum": ["string", "expand_string", "binary", "none"]}, "data": _DATA}),
                _object({"type": {"const": "multi_string"}, "data": _list(_DATA)}),
            ]
        },
        "store": _facts(
            "certificates.stores",
            certificates={
                "type": "array",
                "maxItems": contract.CAPS["certificates"].most,
                "items": _facts("certificates.stores.certificates"),
            },
        ),
    },
}

DEFINITIONS: Json = SCHEMA["$defs"]


@cache
def exact(section: str) -> validate.Check:
    """The check of a section in exactly this version's form."""
    return validate.compiled(SECTIONS[section], DEFINITIONS)


@cache
def tolerant(section: str, entries_of: str | None = None) -> validate.Check:
    """The check of a section of any version, or of one entry of its list ``entries_of``."""
    shape = SECTIONS[section]
    if entries_of is not None:
        shape = shape["properties"][entries_of]["items"]
    return validate.compiled(shape, DEFINITIONS, exact=False)


def error_fault(value: Any) -> str | None:
    """The first fault of what should be an error, or None."""
    return _error_check()(value)


@cache
def _error_check() -> validate.Check:
    return validate.compiled(_ERROR, DEFINITIONS, exact=False)


# Each schema that was asked for, with its check, for compiling takes longer than checking.
_checks: dict[int, tuple[Json, validate.Check]] = {}


def first_fault(value: Any, schema: Json | None = None, where: str = "") -> str | None:
    """Say where ``value`` first breaks the schema (``sections.host.build: not of type integer``), or None if it fits.

    ``where`` is what ``value`` is called, ``schema`` this module's ``SCHEMA`` if none is given.
    """
    schema = SCHEMA if schema is None else schema
    if id(schema) not in _checks:
        _checks[id(schema)] = (schema, validate.compiled(schema, DEFINITIONS))
    fault = _checks[id(schema)][1](value)
    if fault is None:
        return None
    if fault.startswith(":"):
        return f"{where or 'answer'}{fault}"
    return f"{where}{fault}" if fault.startswith("[") or not where else f"{where}.{fault}"
