# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of a snapshot, as JSON Schema, and a check of a host's answer against it.

``docs/snapshot.schema.json`` is this module's ``SCHEMA`` written out; a test holds the two together.
"""

from __future__ import annotations

import re
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

SCHEMA_VERSION = 1

RDP_TCP = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp"
TERMINAL_SERVER = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server"
WINSTATIONS = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations"
POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services"
STORES = r"HKLM\SOFTWARE\Microsoft\SystemCertificates"

LISTENER_VALUES: dict[str, tuple[str, ...]] = {
    "rdp_tcp": (
        "UserAuthentication",
        "SecurityLayer",
        "MinEncryptionLevel",
        "fAllowSecProtocolNegotiation",
        "SSLCertificateSHA1Hash",
        "fPromptForPassword",
        "PortNumber",
        "fEnableWinStation",
        "fLogonDisabled",
        "LanAdapter",
        "MaxInstanceCount",
        "KeepAliveTimeout",
        "fInheritReconnectSame",
        "fReconnectSame",
        "fQueryUserConfigFromLocalMachine",
        "SelectTransport",
        "SelectNetworkDetect",
        "LoadableProtocol_Object",
    ),
    "terminal_server": (
        "fDenyTSConnections",
        "TSEnabled",
        "TSUserEnabled",
        "TSServerDrainMode",
        "RCDependentServices",
        "fSingleSessionPerUser",
        "KeepAliveEnable",
        "KeepAliveInterval",
        "fQueryUserConfigFromDC",
    ),
    "winstations": ("SelfSignedCertificate", "SelfSignedCertStore", "TemplateCertificate", "CertRefreshInterval"),
    "policy": (
        "fDenyTSConnections",
        "UserAuthentication",
        "SecurityLayer",
        "MinEncryptionLevel",
        "CertTemplateName",
        "fPromptForPassword",
        "fEncryptRPCTraffic",
        "fWritableTSCCPermTab",
        "MaxInstanceCount",
        "KeepAliveEnable",
        "KeepAliveInterval",
        "fDisableAutoReconnect",
        "SelectTransport",
        "SelectNetworkDetect",
        "fSingleSessionPerUser",
    ),
}
SERVICES = ("TermService", "SessionEnv", "UmRdpService", "CertPropSvc", "KeyIso", "CryptSvc")

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


def _list(element: Json) -> Json:
    return {"type": "array", "items": element}


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


_FILE: Json = {
    "path": _or_null("string"),
    "exists": _or_null("boolean"),
    "sddl": _or_null("string"),
    "length": _or_null("integer"),
    "error": _or_null(_ERROR),
}
_SERVICE: Json = _or_null(
    _object(
        {
            "start": {"type": "integer", "minimum": 0, "maximum": 4},
            "delayed": _BOOL,
            "state": {"type": "integer", "minimum": 1, "maximum": 7},
            "account": _or_null("string"),
            "service_dll": _or_null("string"),
            "image_path": _or_null("string"),
            "type": _or_null("integer"),
            "pid": _or_null("integer"),
            "exit_code": _or_null("integer"),
            "dependents": _list(_object({"name": _TEXT, "state": _INT})),
            "depends_on": _list(_TEXT),
        }
    )
)
_LOCK: Json = _or_null(_object({"holder": _or_null("string"), "since": _or_null(_UTC), "journal": _or_null("string")}))

SECTIONS: Json = {
    "host": _object(
        {
            "computer_name": _TEXT,
            "dns_host_name": _or_null("string"),
            "dns_domain": _or_null("string"),
            "part_of_domain": _or_null("boolean"),
            "domain_role": _or_null("integer"),
            "product_type": _or_null("integer"),
            "build": _INT,
            "ubr": _or_null("integer"),
            "edition_id": _or_null("string"),
            "installation_type": _or_null("string"),
            "utc": _UTC,
            "boot_utc": _or_null(_UTC),
            "locale": _INT,
            "ui_locale": _INT,
            "utc_offset_minutes": _INT,
            "machine_guid": _or_null("string"),
            "program_data": _TEXT,
            "elevated": _BOOL,
            "user_sid": _or_null("string"),
            "powershell": _TEXT,
            "process_bits": _INT,
            "connection_broker": _BOOL,
            "pending_reboot": _object({"component_servicing": _BOOL, "windows_update": _BOOL, "file_rename": _BOOL}),
        }
    ),
    "listener": _object(
        {
            group: _object(
                {"path": _TEXT, "present": _BOOL, "settings": _object(dict.fromkeys(names, _REGISTRY_VALUE))}
            )
            for group, names in LISTENER_VALUES.items()
        }
    ),
    "certificates": _object({"stores": _object({"Remote Desktop": _STORE, "My": _STORE})}),
    "key_files": _object(
        {
            "folder": _object(_FILE),
            "files": _list(
                _object(
                    {
                        **_FILE,
                        "store": _or_null("string"),
                        "thumbprint": _or_null(_THUMBPRINT),
                        "container": _or_null("string"),
                        "provider": _or_null("string"),
                        "provider_type": _or_null("integer"),
                    }
                )
            ),
        }
    ),
    "services": _object(dict.fromkeys(SERVICES, _SERVICE)),
    "port": _object(
        {
            "number": _INT,
            "listeners": _list(
                _object({"address": _TEXT, "port": _INT, "pid": _or_null("integer"), "process": _or_null("string")})
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
                        "user": _or_null("string"),
                        "user_sid": _or_null("string"),
                        "station": _or_null("string"),
                        "state": _or_null("integer"),
                    }
                )
            ),
            "active": _INT,
            "disconnected": _INT,
            "unknown": _INT,
        }
    ),
    "events": _object(
        {
            "since": _UTC,
            "logs": {"type": "object", "additionalProperties": _or_null(_ERROR)},
            "entries": _list(
                _object(
                    {
                        "log": _TEXT,
                        "provider": _TEXT,
                        "id": _INT,
                        "utc": _UTC,
                        "numbers": {"type": "array", "items": _INT, "maxItems": 8},
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
                        "created": _or_null(_UTC),
                        "state": {"enum": ["open", "complete", "failed", "undone", "unreadable"]},
                        "undoes": _or_null("string"),
                        "controller": _or_null("string"),
                        "steps_done": _INT,
                        "steps_total": _INT,
                    }
                )
            ),
            "whole": {"type": ["object", "null"]},
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
                        "index": _or_null("integer"),
                        "mtu": _or_null("integer"),
                        "addresses": _list(_TEXT),
                        "category": _or_null("integer"),
                    }
                )
            )
        }
    ),
    "domain": _object(
        {"joined": _or_null("boolean"), "name": _or_null("string"), "channel_status": _or_null("integer")}
    ),
    "licensing": _object({"session_host": _BOOL, "type": _or_null("integer"), "grace_days": _or_null("integer")}),
    "policies": _object(
        {"values": _list(_object({"key": _TEXT, "name": _TEXT, "gpo": _or_null("string"), "id": _TEXT}))}
    ),
    "products": _object(
        {
            "services": _list(
                _object(
                    {
                        "name": _TEXT,
                        "start": _or_null("integer"),
                        "type": _or_null("integer"),
                        "image_path": _or_null("string"),
                        "state": _or_null("integer"),
                    }
                )
            ),
            "security_center": _list(_object({"kind": _TEXT, "name": _TEXT, "state": _INT})),
        }
    ),
}

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
                "sddl": _or_null("string"),
                "certificates": {
                    "type": "array",
                    "maxItems": 512,
                    "items": _object(
                        {
                            "thumbprint": _THUMBPRINT,
                            "der": _or_null("string"),
                            "key_provider": _or_null("string"),
                            "error": _or_null(_ERROR),
                        }
                    ),
                },
            }
        ),
    },
}

_PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "integer": (int,),
}


def _is(value: object, kind: str) -> bool:
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, _PYTHON_TYPES[kind])


def _is_moment(text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def first_fault(value: Any, schema: Json | None = None, where: str = "") -> str | None:
    """Say where ``value`` first breaks the schema (for example ``sections.host.build: not an integer``), or None if it fits.

    Knows only the words of JSON Schema that ``SCHEMA`` uses.
    """
    if schema is None:
        schema = SCHEMA
    if "$ref" in schema:
        schema = SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        faults = [first_fault(value, choice, where) for choice in schema["anyOf"]]
        # The choice that got furthest explains best.
        return (
            None
            if None in faults
            else max((fault for fault in faults if fault), key=lambda fault: len(fault.split(":")[0]))
        )
    name = where or "answer"
    if "const" in schema and value != schema["const"]:
        return f"{name}: not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{name}: not one of the known words"
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(_is(value, kind) for kind in kinds):
            return f"{name}: not of type {' or '.join(kinds)}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        return f"{name}: not in the form that is due"
    if isinstance(value, str) and schema.get("format") == "date-time" and not _is_moment(value):
        return f"{name}: not a day or hour that there is"
    if isinstance(value, int) and not (schema.get("minimum", value) <= value <= schema.get("maximum", value)):
        return f"{name}: out of range"
    if isinstance(value, list):
        if len(value) > schema.get("maxItems", len(value)):
            return f"{name}: too long"
        return _first(
            first_fault(element, schema.get("items", {}), f"{where}[{index}]") for index, element in enumerate(value)
        )
    if isinstance(value, dict):
        return _object_fault(value, schema, where)
    return None


def _object_fault(value: Json, schema: Json, where: str) -> str | None:
    prefix = f"{where}." if where else ""
    for name in schema.get("required", ()):
        if name not in value:
            return f"{prefix}{name}: missing"
    known = schema.get("properties", {})
    extra = schema.get("additionalProperties", True)
    for name, element in value.items():
        if "propertyNames" in schema and name not in schema["propertyNames"]["enum"]:
            return f"{prefix}{name}: not known"
        if name in known:
            fault = first_fault(element, known[name], f"{prefix}{name}")
        elif extra is False:
            # An answer carries what Ansible adds (warnings, invocation); only below the top is the shape closed.
            fault = f"{prefix}{name}: not known"
        else:
            fault = None if extra is True else first_fault(element, extra, f"{prefix}{name}")
        if fault:
            return fault
    return None


def _first(faults: Any) -> str | None:
    return next((fault for fault in faults if fault), None)
