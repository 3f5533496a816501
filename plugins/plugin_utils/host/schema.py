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
_TEXT: Json = {"type": "string"}
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
    return {"type": [kind, "null"]} if isinstance(kind, str) else {"anyOf": [kind, {"type": "null"}]}


def _maybe(kind: str | Json) -> Json:
    """A fact that an older answer may lack: not known then, as null is."""
    return {**_or_null(kind), "default": None}


def _list(element: Json) -> Json:
    return {"type": "array", "items": element}


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def _listener_values(group: contract.Group) -> Json:
    """A group's registry values; those that no rule depends on may be missing, which reads as absent."""
    optional = {**_REGISTRY_VALUE, "default": None}
    return _object(
        {value.name: _REGISTRY_VALUE if value.in_force or value.required else optional for value in group.values}
    )


_FILE: Json = {
    "path": _maybe("string"),
    "exists": _maybe("boolean"),
    "sddl": _maybe("string"),
    "length": _maybe("integer"),
    "error": _or_null(_ERROR),
}
_SERVICE: Json = _or_null(
    _object(
        {
            "start": {"type": "integer", "minimum": 0, "maximum": 4},
            "state": {"type": "integer", "minimum": 1, "maximum": 7},
            **{name: _maybe(fact.kind) for name, fact in contract.SERVICE_FACTS.items()},
            "dependents": _maybe(_list(_object({"name": _TEXT, "state": _INT}))),
            "depends_on": _maybe(_list(_TEXT)),
        }
    )
)
_LOG_STATE: Json = _object(
    {
        "enabled": _maybe("boolean"),
        "bytes": _maybe("integer"),
        "oldest": _maybe(_UTC),
        "read_to": _maybe(_UTC),
        "whole": _BOOL,
    }
)
_LOCK: Json = _or_null(_object({"holder": _maybe("string"), "since": _maybe(_UTC), "journal": _maybe("string")}))

_SHAPES: Json = {
    "host": _object(
        {
            "computer_name": _TEXT,
            "dns_host_name": _maybe("string"),
            "dns_domain": _maybe("string"),
            "part_of_domain": _maybe("boolean"),
            "domain_role": _maybe("integer"),
            "product_type": _maybe("integer"),
            "build": _INT,
            "ubr": _maybe("integer"),
            "edition_id": _maybe("string"),
            "installation_type": _maybe("string"),
            "utc": _UTC,
            "boot_utc": _maybe(_UTC),
            "locale": _maybe("integer"),
            "ui_locale": _maybe("integer"),
            "utc_offset_minutes": _maybe("integer"),
            "machine_guid": _maybe("string"),
            "program_data": _maybe("string"),
            "elevated": _BOOL,
            "user_sid": _maybe("string"),
            "powershell": _maybe("string"),
            "process_bits": _maybe("integer"),
            "connection_broker": _BOOL,
            "pending_reboot": _maybe(
                _object({"component_servicing": _BOOL, "windows_update": _BOOL, "file_rename": _BOOL})
            ),
            "free_bytes": _maybe("integer"),
        }
    ),
    "listener": _object(
        {
            name: _object({"path": _TEXT, "present": _BOOL, "settings": _listener_values(group)})
            for name, group in contract.LISTENER.items()
        }
    ),
    "certificates": _object({"stores": _object(dict.fromkeys(contract.STORE_NAMES, _STORE))}),
    "key_files": _object(
        {
            "folder": _object(_FILE),
            "files": _list(
                _object(
                    {
                        **_FILE,
                        "store": _maybe("string"),
                        "thumbprint": _maybe(_THUMBPRINT),
                        "container": _maybe("string"),
                        "provider": _maybe("string"),
                        "provider_type": _maybe("integer"),
                    }
                )
            ),
        }
    ),
    "services": _object(dict.fromkeys(contract.SERVICES, _SERVICE)),
    "port": _object(
        {
            "number": _INT,
            "listeners": _list(
                _object({"address": _TEXT, "port": _INT, "pid": _maybe("integer"), "process": _maybe("string")})
            ),
            "established": _INT,
        }
    ),
    "sessions": _object(
        {
            "sessions": _list(
                _object(
                    {
                        "id": _INT,
                        "user": _maybe("string"),
                        "user_sid": _maybe("string"),
                        "station": _maybe("string"),
                        "state": _maybe("integer"),
                    }
                )
            ),
            "active": _maybe("integer"),
            "disconnected": _maybe("integer"),
            "unknown": _maybe("integer"),
        }
    ),
    "events": _object(
        {
            "since": _maybe(_UTC),
            "logs": {"type": "object", "additionalProperties": _or_null(_ERROR)},
            "states": {"type": ["object", "null"], "default": None, "additionalProperties": _LOG_STATE},
            "entries": _list(
                _object(
                    {
                        "log": _TEXT,
                        "provider": _TEXT,
                        "id": _INT,
                        "utc": _UTC,
                        "numbers": {"type": "array", "items": _INT, "maxItems": contract.CAPS["numbers"].most},
                        "addresses": {
                            "type": "array",
                            "default": [],
                            "items": _TEXT,
                            "maxItems": contract.CAPS["numbers"].most,
                        },
                    }
                )
            ),
            "counts": _list(
                _object({"log": _TEXT, "provider": _TEXT, "id": _INT, "count": _INT, "first": _UTC, "last": _UTC})
            ),
        }
    ),
    "journals": _object(
        {
            "folder": _TEXT,
            "recent": _list(
                _object(
                    {
                        "id": _TEXT,
                        "created": _maybe(_UTC),
                        "state": {"enum": ["open", "complete", "failed", "undone", "unreadable", "untrusted"]},
                        "undoes": _maybe("string"),
                        "controller": _maybe("string"),
                        "run": _maybe("string"),
                        "what": _maybe("string"),
                        "found": _maybe("object"),
                        "steps_done": _maybe("integer"),
                        "steps_total": _maybe("integer"),
                        "untrusted": _maybe("string"),
                    }
                )
            ),
            "untrusted": _maybe("string"),
            "whole": _maybe("object"),
            "lock": _LOCK,
        }
    ),
    "registry": {
        "type": "object",
        "additionalProperties": _object(
            {"settings": {"type": "object", "additionalProperties": _REGISTRY_VALUE}, "error": _or_null(_ERROR)}
        ),
    },
    "firewall": _object(
        {
            "port": _INT,
            "rules": _list(_object({"store": {"enum": ["local", "policy", "mdm"]}, "name": _TEXT, "rule": _TEXT})),
        },
    ),
    "network": _object(
        {
            "adapters": _list(
                _object(
                    {
                        "id": _TEXT,
                        "kind": _INT,
                        "up": _BOOL,
                        "index": _maybe("integer"),
                        "mtu": _maybe("integer"),
                        "addresses": _list(_TEXT),
                        "category": _maybe("integer"),
                    }
                )
            )
        }
    ),
    "domain": _object({"joined": _maybe("boolean"), "name": _maybe("string"), "channel_status": _maybe("integer")}),
    "licensing": _object({"session_host": _BOOL, "type": _maybe("integer"), "grace_days": _maybe("integer")}),
    "policies": _object(
        {"values": _list(_object({"key": _TEXT, "name": _TEXT, "gpo": _maybe("string"), "id": _TEXT}))}
    ),
    "products": _object(
        {
            "services": _list(
                _object(
                    {
                        "name": _TEXT,
                        "start": _maybe("integer"),
                        "type": _maybe("integer"),
                        "image_path": _maybe("string"),
                        "state": _maybe("integer"),
                    }
                )
            ),
            "security_center": _list(_object({"kind": _TEXT, "name": _TEXT, "state": _INT})),
        }
    ),
    "machine_keys": _object(
        {"count": _INT, "owners": _list(_object({"sid": _TEXT, "count": _INT})), "whole": _BOOL},
    ),
    "local_policy": _object(
        {name: _object({"path": _TEXT, "content": _maybe("string")}) for name in contract.POLICY_FILES}
    ),
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
                _object({"type": {"enum": ["string", "expand_string", "binary", "none"]}, "data": _TEXT}),
                _object({"type": {"const": "multi_string"}, "data": _list(_TEXT)}),
            ]
        },
        "store": _object(
            {
                "present": _BOOL,
                "sddl": _maybe("string"),
                "certificates": {
                    "type": "array",
                    "maxItems": contract.CAPS["certificates"].most,
                    "items": _object(
                        {
                            "thumbprint": _THUMBPRINT,
                            "der": _maybe("string"),
                            "key_provider": _maybe("string"),
                            "error": _or_null(_ERROR),
                        }
                    ),
                },
            }
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
