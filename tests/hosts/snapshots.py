# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots and probe results for unit tests: a healthy host, and small changes to it."""

from __future__ import annotations

import base64
import pickle
import re
import struct
from datetime import datetime, timedelta, timezone
from functools import cache, lru_cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.hosts import hostscript
from tests.hosts.windows import Windows, event_entry

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=timezone.utc)
GUID = "0e5c2e0c-5b5a-4c6c-9d5b-6d0d8a6c1f11"
KEY_FOLDER = r"C:\ProgramData\Microsoft\Crypto\RSA\MachineKeys"
KEY_FILE = rf"{KEY_FOLDER}\f686aace6942fb7f7ceb231212eef4a4_{GUID}"
SESSIONENV = "S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833"
GOOD_SDDL = f"O:SYG:SYD:PAI(A;;FA;;;SY)(A;;0x120089;;;NS)(A;;FA;;;{SESSIONENV})"
RDP_TCP = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp"
FIREWALL_RULE = (
    r"v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=%SystemRoot%\system32\svchost.exe|Svc=termservice"
    "|Name=@FirewallAPI.dll,-28775|Desc=@FirewallAPI.dll,-28756|EmbedCtxt=@FirewallAPI.dll,-28752|"
)


def utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


@lru_cache(maxsize=1)
def _private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def make_der(
    not_before: datetime,
    not_after: datetime,
    name: str = "WEB01",
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.SERVER_AUTH,
) -> bytes:
    """A certificate as SessionEnv makes them, but for its dates, its name and what it is for."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(_private_key().public_key())
    )
    builder = builder.serial_number(int(not_after.timestamp())).not_valid_before(not_before).not_valid_after(not_after)
    builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    return builder.sign(_private_key(), hashes.SHA256()).public_bytes(Encoding.DER)


def sha1(der: bytes) -> str:
    digest = hashes.Hash(hashes.SHA1())
    digest.update(der)
    return digest.finalize().hex().upper()


def key_provider(
    container: str = "TSSecKeySet1",
    provider: str = "Microsoft Enhanced Cryptographic Provider v1.0",
    provider_type: int = 1,
) -> str:
    """Property 2 of a store entry, in base64."""
    names = [text.encode("utf-16-le") + b"\0\0" for text in (container, provider)]
    head = struct.pack("<7I", 28, 28 + len(names[0]), provider_type, 32, 0, 0, 1)
    return base64.b64encode(head + b"".join(names)).decode()


def dword(number: int) -> dict[str, Any]:
    return {"type": "dword", "data": number}


def binary(data: bytes) -> dict[str, Any]:
    return {"type": "binary", "data": base64.b64encode(data).decode()}


def snapshot_of(host: Windows) -> dict[str, Any]:
    """What the host script would answer on a host when it is asked for all that the collection asks for."""
    asked = {"operation": "snapshot", "channel": True, **collect.arguments()}
    answer: dict[str, Any] = hostscript.call(host, asked)
    return answer


def _kept(answer: dict[str, Any]) -> bytes:
    """An answer as copies are made from: three times as fast as a deep copy of it, and every test makes some."""
    return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)


@cache
def _healthy(build: int) -> bytes:
    host = Windows("web01", build)
    host.clock = lambda: NOW
    host.data["host"]["machine_guid"] = GUID
    host.data["adapters"][0]["id"] = "{1}"
    host.self_sign()
    host.take_credential()
    answer = snapshot_of(host)
    # Whether connections are logged is for each test to say.
    answer["sections"]["events"]["logs"] = {"System": None}
    answer["sections"]["events"]["states"] = {}
    return _kept(answer)


class Host:
    """The snapshot of a healthy host (``tests/hosts``), in which tests change what they are about."""

    def __init__(self, build: int = 20348) -> None:
        self.answer: dict[str, Any] = pickle.loads(_healthy(build))
        bound = self.sections["listener"]["winstations"]["settings"]["SelfSignedCertificate"]
        self.thumbprint = base64.b64decode(bound["data"]).hex().upper()

    def __deepcopy__(self, _known: dict[int, Any]) -> Host:
        other: Host = pickle.loads(pickle.dumps(self, pickle.HIGHEST_PROTOCOL))
        return other

    @property
    def sections(self) -> dict[str, Any]:
        return self.answer["sections"]

    def add(self, der: bytes, store: str, file: dict[str, Any] | None, provider: str | None = None) -> str:
        """Put a certificate into a store, with its key file."""
        thumbprint = sha1(der)
        self.sections["certificates"]["stores"][store]["certificates"].append(
            {
                "thumbprint": thumbprint,
                "der": base64.b64encode(der).decode(),
                "key_provider": provider or key_provider(),
                "error": None,
            }
        )
        if file:
            self.sections["key_files"]["files"].append(
                {
                    **file,
                    "store": store,
                    "thumbprint": thumbprint,
                    "container": "TSSecKeySet1",
                    "provider": "Microsoft Enhanced Cryptographic Provider v1.0",
                    "provider_type": 1,
                }
            )
        return thumbprint

    def setting(self, group: str, name: str, raw: dict[str, Any] | None) -> Host:
        self.sections["listener"][group]["settings"][name] = raw
        return self

    def value(self, key: str, name: str, raw: dict[str, Any] | None) -> Host:
        """Set a value of section registry; ``key`` is below HKLM."""
        part = self.sections["registry"].setdefault(f"HKLM\\{key}", {"settings": {}, "error": None})
        part["settings"].pop(name, None)
        if raw is not None:
            part["settings"][name] = raw
        return self

    def unread_keys(self, *keys: str) -> Host:
        """Let these registry keys below HKLM, and the keys in them, have been denied."""
        denied = {"code": -2147024891, "type": "System.Security.SecurityException", "message": "denied"}
        registry = self.sections["registry"]
        for key in keys:
            place = rf"HKLM\{key}"
            for name in (place, *(one for one in registry if one.startswith(place + "\\"))):
                registry[name] = {"settings": {}, "error": dict(denied)}
        return self

    def rule(
        self,
        text: str = FIREWALL_RULE,
        name: str = "RemoteDesktop-UserMode-In-TCP",
        store: str = "local",
        **changes: str,
    ) -> Host:
        """Put a firewall rule in, its fields changed; it takes the place of one of the same name and store."""
        for field, value in changes.items():
            there = re.search(rf"\|{field}=[^|]*", text)
            now = f"|{field}={value}" if value else ""
            text = text.replace(there[0], now) if there else f"{text}{field}={value}|"
        rules = self.sections["firewall"]["rules"]
        rules[:] = [row for row in rules if (row["name"], row["store"]) != (name, store)] + [
            {"store": store, "name": name, "rule": text}
        ]
        return self

    def event(
        self,
        provider: str,
        number: int,
        count: int = 1,
        log: str = "System",
        numbers: tuple[int, ...] = (),
        at: datetime = NOW,
        modules: tuple[str, ...] = (),
        service: str | None = None,
    ) -> Host:
        """Let these events have been logged."""
        events = self.sections["events"]
        events["counts"].append(
            {"log": log, "provider": provider, "id": number, "count": count, "first": utc(at), "last": utc(at)}
        )
        facts = {"numbers": list(numbers), "modules": list(modules), "service": service}
        events["entries"] += [event_entry(log, provider, number, utc(at), **facts)] * min(count, 40)
        return self

    def log(self, name: str, error: dict[str, Any] | None = None, **state: Any) -> Host:
        """Let this event log have been read: of a month, whole, unless the state says otherwise."""
        events = self.sections["events"]
        events["logs"][name] = error
        events["states"][name] = {
            "enabled": True,
            "bytes": 1_052_672,
            "oldest": utc(NOW - timedelta(days=30)),
            "wrapped": True,
            "read_to": None,
            "whole": error is None,
            **state,
        }
        return self

    def service(self, name: str, **changes: Any) -> Host:
        self.sections["services"][name].update(changes)
        return self

    @property
    def key_file(self) -> dict[str, Any]:
        return self.sections["key_files"]["files"][0]

    def expire(self, days: int = 10) -> Host:
        """Exchange the listener's certificate for one that ended some days ago."""
        der = make_der(NOW - timedelta(days=183 + days), NOW - timedelta(days=days))
        entry = self.sections["certificates"]["stores"]["Remote Desktop"]["certificates"][0]
        self.thumbprint = sha1(der)
        entry.update(thumbprint=self.thumbprint, der=base64.b64encode(der).decode())
        self.key_file["thumbprint"] = self.thumbprint
        return self.setting("winstations", "SelfSignedCertificate", binary(bytes.fromhex(self.thumbprint)))

    def pin(self, thumbprint: str) -> Host:
        return self.setting("rdp_tcp", "SSLCertificateSHA1Hash", binary(bytes.fromhex(thumbprint)))

    def person(self, station: str | None = "RDP-Tcp#0", state: int | None = 0) -> Host:
        self.sections["sessions"]["sessions"].append(
            {"id": 2, "user": r"CORP\alice", "user_sid": "S-1-5-21-1-2-3-1104", "station": station, "state": state}
        )
        return self

    def without(self, section: str, code: int = -2147024891) -> Host:
        del self.sections[section]
        self.answer["errors"][section] = {
            "code": code,
            "type": "System.UnauthorizedAccessException",
            "message": "denied",
        }
        return self

    def to_answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = pickle.loads(_kept(self.answer))
        return answer


def probe(stage: str = "session", outcome: str = "ok", **more: Any) -> dict[str, Any]:
    """A probe's result, as far as rules look at it."""
    if stage == "tcp" and more.get("address"):  # the address is the one that answered
        more["addresses"] = [{"address": more["address"], "outcome": outcome}]
        more["address"] = None
    return {
        "host": "10.0.0.5",
        "port": 3389,
        "stage": stage,
        "outcome": outcome,
        "failure": None,
        "offered": {},
        "certificate": None,
        "client_view": None,
        **more,
    }
