# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows client: what is asked of it, the form of its answer, and what the answer means.

The other side is ``module_utils/_client.psm1``; ``docs/client-contract.md`` has the contract in words. A section that
is missing was not read, and nothing in it is taken to be in order.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract, documents, validate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

Json = dict[str, Any]

SCHEMA_VERSION = 1
# What cannot be judged without it, as the subject of a sentence.
SECTIONS: dict[str, str] = {
    "client": "name, build and clock",
    "apps": "the Remote Desktop clients that are installed",
    "settings": "policies and TLS settings",
    "profiles": "what people's profiles keep",
    "rdp_files": "the .rdp files",
    "products": "products of others that take part in connections",
    "look": "what the client sees of the target",
}

POLICY = contract.POLICY
CLIENT_POLICY = POLICY + r"\Client"
DELEGATION = r"SOFTWARE\Policies\Microsoft\Windows\CredentialsDelegation"
CREDSSP = collect.CREDSSP
LSA = collect.LSA
SCHANNEL = collect.SCHANNEL
FIPS = LSA + r"\FipsAlgorithmPolicy"
SUITES = collect.SUITES_POLICY
USER_POLICY = r"Software\Policies\Microsoft\Windows NT\Terminal Services"
MACHINE_CLIENT = r"SOFTWARE\Microsoft\Terminal Server Client"
TERMINAL_SERVER_CLIENT = r"Software\Microsoft\Terminal Server Client"
# The versions that a listener of a supported Windows speaks.
CURRENT_TLS = ("TLS 1.2", "TLS 1.3")
_PROTOCOLS = ("TLS 1.0", "TLS 1.1", *CURRENT_TLS)
# Lists of servers of a delegation policy, each a key below it.
DENIALS = ("DenyDefaultCredentials", "DenyFreshCredentials", "DenySavedCredentials")
_LISTS = (*DENIALS, "AllowSavedCredentials", "AllowSavedCredentialsWhenNTLMOnly")

# Sources: https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings (TLS),
# https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-credssp (delegation),
# https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-terminalserver (client policies),
# https://learn.microsoft.com/windows/security/identity-protection/remote-credential-guard (Restricted Admin)
VALUES: dict[str, list[str]] = {
    POLICY: [
        "AuthenticationLevel",
        "DisablePasswordSaving",
        "PromptForCredsOnClient",
        "AllowSignedFiles",
        "AllowUnsignedFiles",
        "TrustedCertThumbprints",
    ],
    CLIENT_POLICY: ["fClientDisableUDP", "RedirectionWarningDialogVersion"],
    DELEGATION: [
        *_LISTS,
        "RestrictedRemoteAdministration",
        "RestrictedRemoteAdministrationType",
        "AllowProtectedCreds",
    ],
    **{rf"{DELEGATION}\{name}": ["*"] for name in _LISTS},
    CREDSSP: ["AllowEncryptionOracle"],
    LSA: ["DisableRestrictedAdmin", "DisableRestrictedAdminOutboundCreds", "LmCompatibilityLevel", "LsaCfgFlags"],
    LSA + r"\MSV1_0": ["RestrictSendingNTLMTraffic", "ClientAllowedNTLMServers"],
    FIPS: ["Enabled"],
    **{rf"{SCHANNEL}\Protocols\{name}\Client": ["Enabled", "DisabledByDefault"] for name in _PROTOCOLS},
    SUITES: ["Functions"],
    MACHINE_CLIENT: ["AuthenticationLevelOverride"],
}
USER_VALUES: dict[str, list[str]] = {
    USER_POLICY: ["AllowSignedFiles", "AllowUnsignedFiles", "DisablePasswordSaving"],
    TERMINAL_SERVER_CLIENT: ["AuthenticationLevelOverride"],
}
_STRING: Json = {"type": "string", "maxLength": contract.LONGEST_TEXT}
_TEXT: Json = {**_STRING, "type": ["string", "null"]}
_VALUE: Json = {
    "type": "object",
    "required": ["type", "data"],
    "properties": {
        "type": _TEXT,
        "data": {
            "anyOf": [
                {"type": ["string", "integer", "boolean", "null"], "maxLength": contract.LONGEST_DATA},
                {"type": "array", "items": _STRING},
            ]
        },
    },
}
_TABLE: Json = {
    "type": "object",
    "propertyNames": _STRING,
    "additionalProperties": {"type": "object", "propertyNames": _STRING, "additionalProperties": _VALUE},
}
_ERROR: Json = {
    "type": ["object", "null"],
    "required": ["code", "type", "message"],
    "properties": {
        "code": {"type": ["integer", "null"]},
        "type": _STRING,
        "message": _STRING,
    },
}
_FILES: Json = {
    "type": "array",
    "maxItems": 64,
    "items": {
        "type": "object",
        "required": ["path", "version"],
        "properties": {"path": _STRING, "version": _STRING},
    },
}
_NAMES: Json = {"type": "array", "maxItems": 1000, "items": _STRING}
_PRODUCTS: Json = {
    "type": "array",
    "maxItems": 1000,
    "items": {
        "type": "object",
        "required": ["upgrade_code", "product", "owner", "version"],
        "properties": {
            "upgrade_code": _STRING,
            "product": _STRING,
            "owner": _STRING,
            "version": _TEXT,
        },
    },
}
_APPS: Json = {
    "type": "object",
    "required": ["files", "packages", "products"],
    "properties": {"files": _FILES, "packages": _NAMES, "products": _PRODUCTS},
}
_PROFILE: Json = {
    "type": "object",
    "required": ["sid", "path", "loaded", "error", "values", "targets", "packages", "products", "files"],
    "properties": {
        "sid": {"type": "string", "pattern": r"^S-1-[0-9-]{1,180}\Z"},
        "path": _STRING,
        "loaded": {"type": "boolean"},
        "error": _ERROR,
        "values": _TABLE,
        "targets": _TABLE,
        "packages": _NAMES,
        "products": _PRODUCTS,
        "files": _FILES,
    },
}
_RDP_FILE: Json = {
    "type": "object",
    "required": ["path", "present", "settings", "error"],
    "properties": {
        "path": _STRING,
        "present": {"type": "boolean"},
        "error": _ERROR,
        "settings": {
            "type": "array",
            "maxItems": 5000,
            "items": {"type": "array", "minItems": 3, "maxItems": 3, "items": _TEXT},
        },
    },
}
_OTHERS: Json = {
    "type": "object",
    "required": ["services", "security_center"],
    "properties": {
        "services": {
            "type": "array",
            "maxItems": 1000,
            "items": {
                "type": "object",
                "required": ["name", "state"],
                "properties": {"name": _STRING, "state": {"type": ["integer", "null"]}},
            },
        },
        "security_center": {
            "type": "array",
            "maxItems": 100,
            "items": {
                "type": "object",
                "required": ["kind", "name", "state"],
                "properties": {"kind": _STRING, "name": _STRING, "state": {"type": "integer"}},
            },
        },
    },
}
_STAGE: Json = {
    "type": ["object", "null"],
    "required": ["data", "ended", "error", "ms"],
    "properties": {
        "data": {**_TEXT, "maxLength": contract.LONGEST_DATA},
        "ended": {"enum": [None, "closed", "reset", "silent", "endless"]},
        "error": _ERROR,
        "ms": {"type": "integer"},
    },
}
_LOOK: Json = {
    "type": ["object", "null"],
    "required": ["time", "name_error", "name_ms", "tcp_ms", "tried", "talks", "total_ms"],
    "properties": {
        "time": _STRING,
        "name_error": {"type": ["object", "null"], "properties": {"code": {"type": ["integer", "null"]}}},
        "name_ms": {"type": "integer"},
        "tcp_ms": {"type": "integer"},
        "total_ms": {"type": "integer"},
        "tried": {
            "type": "array",
            "maxItems": 64,
            "items": {
                "type": "object",
                "required": ["address", "outcome"],
                "properties": {"address": _STRING, "outcome": {"type": ["integer", "null"]}},
            },
        },
        "talks": {
            "type": "array",
            "maxItems": 2,
            "items": {
                "type": "object",
                "required": ["negotiation", "tls", "answer"],
                "properties": {"negotiation": _STAGE, "tls": _STAGE, "answer": _STAGE},
            },
        },
    },
}
_CLIENT: Json = {
    "type": "object",
    "required": ["computer_name", "build", "revision", "product_type", "machine_guid", "time", "elevated"],
    "properties": {
        "computer_name": _STRING,
        "build": {"type": ["integer", "null"]},
        "revision": {"type": ["integer", "null"]},
        "product_type": _TEXT,
        "machine_guid": _TEXT,
        "time": _STRING,
        "elevated": {"type": "boolean"},
    },
}
SCHEMA: dict[str, Json] = {
    "client": _CLIENT,
    "apps": _APPS,
    "settings": _TABLE,
    "profiles": {"type": "array", "maxItems": 1000, "items": _PROFILE},
    "rdp_files": {"type": "array", "maxItems": 100, "items": _RDP_FILE},
    "products": _OTHERS,
    "look": _LOOK,
}
_HEAD: Json = {
    "type": "object",
    "required": ["schema_version", "sections", "errors", "truncated"],
    "properties": {
        "schema_version": {"enum": [SCHEMA_VERSION]},
        "sections": {"type": "object"},
        "errors": {"type": "object"},
        "truncated": {"type": "array", "items": _STRING},
    },
}
_head_fault = validate.compiled(_HEAD)
_FAULTS = {name: validate.compiled(schema) for name, schema in SCHEMA.items()}


class ClientError(ValueError):
    """An answer that is none of a client; the message is one clause."""


@dataclass(frozen=True)
class Package:
    """A packaged app: its name, its version, and of whom it was read (``computer``, or a SID)."""

    name: str
    version: str
    owner: str


def _version(text: str | None) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d{1,9}", text or "")[:4])


def is_older(version: str | None, than: str) -> bool | None:
    """Whether a version is older than another; None where it has no numbers."""
    return _version(version) < _version(than) if _version(version) else None


def packed(guid: str) -> str:
    """A GUID as Windows Installer writes it into the names of keys: the characters of each part turned round."""
    parts = guid.strip("{}").upper().split("-")
    pairs = "".join(parts[3:])
    return "".join(part[::-1] for part in parts[:3]) + "".join(
        pairs[at + 1] + pairs[at] for at in range(0, len(pairs), 2)
    )


class RdpFile:
    """One .rdp file: its settings by name, in lower case. Of a setting that is there twice the last counts."""

    def __init__(self, raw: Json) -> None:
        self.path: str = raw["path"]
        self.present: bool = raw["present"]
        self.error: Json | None = raw["error"]
        self._settings = {name: value for name, _type, value in raw["settings"] if name}

    @property
    def readable(self) -> bool:
        return self.present and self.error is None

    @property
    def signed(self) -> bool:
        return "signature" in self._settings

    @property
    def keeps_password(self) -> bool:
        return "password 51" in self._settings

    def text(self, name: str) -> str | None:
        value = self._settings.get(name)
        return value.strip() if isinstance(value, str) else None

    def number(self, name: str) -> int | None:
        value = self.text(name)
        return int(value) if value and re.fullmatch(r"-?\d{1,9}", value) else None


class ClientFacts:
    """A client's answer. Raises ``ClientError`` for one that is none.

    A section that does not have its form is unread, as one that the client itself could not read. One that it could
    read in part has what was read, and why the rest was not.
    """

    def __init__(self, answer: Any) -> None:
        odd = documents.fault(answer) or _head_fault(answer)
        if isinstance(answer, dict) and answer.get("schema_version") != SCHEMA_VERSION:
            odd = f"it has schema version {answer.get('schema_version')!r}, not {SCHEMA_VERSION}"
        if odd:
            raise ClientError(odd.lstrip(": "))
        self.sections: Json = {}
        self.unread: dict[str, str] = {}
        errors = answer["errors"]
        for name in SECTIONS:
            if name in errors:
                self.unread[name] = str(errors[name].get("message") if isinstance(errors[name], dict) else errors[name])
            if name in answer["sections"]:
                self._take(name, answer["sections"][name])
        self.truncated = [name for name in answer["truncated"] if name in SECTIONS]

    def _take(self, name: str, section: Any) -> None:
        fault = _FAULTS[name](section)
        if fault:
            self.unread[name] = f"it has not the form of the contract ({fault.lstrip(': ')})"
        else:
            self.sections[name] = section

    def section(self, name: str) -> Any:
        """One section, None if it was not read."""
        return self.sections.get(name)

    @property
    def build(self) -> int | None:
        return (self.section("client") or {}).get("build")

    @property
    def revision(self) -> int | None:
        return (self.section("client") or {}).get("revision")

    @property
    def name(self) -> str:
        return (self.section("client") or {}).get("computer_name") or ""

    @property
    def machine(self) -> str:
        return (self.section("client") or {}).get("machine_guid") or ""

    def skew(self, controller: str) -> float | None:
        """The client's clock minus the controller's, in seconds; ``controller`` is the controller's UTC time."""
        told = (self.section("client") or {}).get("time")
        try:
            return (parse(told) - parse(controller)).total_seconds() if told else None
        except ValueError:
            return None

    def value(self, key: str, name: str) -> Any:
        """The data of one of the computer's registry values; None if it is absent, or nothing was read."""
        entry = (self.section("settings") or {}).get(key, {}).get(name)
        return entry["data"] if entry else None

    def number(self, key: str, name: str) -> int | None:
        data = self.value(key, name)
        return data if isinstance(data, int) and not isinstance(data, bool) else None

    def places(self, name: str, data: int, own: str, people: str) -> list[str]:
        """The keys in which a value of the computer (``own``) or of people (``people``) has this number."""
        found = [rf"HKLM\{own}"] if self.number(own, name) == data else []
        for profile in self.profiles:
            value = profile["values"].get(people, {}).get(name)
            if value and value["data"] == data:
                found.append(rf"HKU\{profile['sid']}\{people}")
        return found

    def servers(self, policy: str) -> list[str]:
        """The servers that a policy of delegation lists, if it is on."""
        if self.number(DELEGATION, policy) != 1:
            return []
        listed = (self.section("settings") or {}).get(rf"{DELEGATION}\{policy}", {})
        return [str(entry["data"]) for entry in listed.values()]

    def tls_off(self, protocol: str) -> str | None:
        """Why this version of TLS is off for the client's programs, as the registry has it; None if nothing says so.

        https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
        """
        key = rf"{SCHANNEL}\Protocols\{protocol}\Client"
        if self.number(key, "Enabled") == 0:
            return "Enabled 0"
        off = self.number(key, "DisabledByDefault")
        return f"DisabledByDefault {off}" if off else None

    @property
    def profiles(self) -> list[Json]:
        return self.section("profiles") or []

    @cached_property
    def packages(self) -> list[Package]:
        """The packaged apps that were asked for; one that the computer has is not told once more for each person."""
        found: dict[str, Package] = {}
        for owner, names in [
            ("computer", (self.section("apps") or {}).get("packages") or ()),
            *((profile["sid"], profile["packages"]) for profile in self.profiles),
        ]:
            for full in names:
                name, _mark, rest = full.partition("_")
                found.setdefault(full.lower(), Package(name, rest.partition("_")[0], owner))
        return list(found.values())

    @property
    def products(self) -> list[Json]:
        """The MSI products that were asked for, of the computer and of people."""
        own = [product for profile in self.profiles for product in profile["products"]]
        return [*((self.section("apps") or {}).get("products") or ()), *own]

    @property
    def files(self) -> list[Json]:
        """Programs of Remote Desktop clients, with their versions."""
        own = [file for profile in self.profiles for file in profile["files"]]
        return [*((self.section("apps") or {}).get("files") or ()), *own]

    @property
    def rdp_files(self) -> list[RdpFile]:
        return [RdpFile(raw) for raw in self.section("rdp_files") or ()]

    def cached_hashes(self) -> list[tuple[str, str, str]]:
        """SID, target and thumbprint (capitals) of each certificate that somebody said not to be asked about again."""
        found = []
        for profile in self.profiles:
            for target, values in profile["targets"].items():
                data = values.get("CertHash")
                thumbprint = _thumbprint(data["data"]) if data else None
                if thumbprint:
                    found.append((profile["sid"], target, thumbprint))
        return found


def _thumbprint(data: Any) -> str | None:
    try:
        return base64.b64decode(data, validate=True).hex().upper() or None
    except (binascii.Error, TypeError, ValueError):
        return None
