# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From an incident as it is written down to a bundle: its evidence alone, over a healthy host of its build."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, providers
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.hosts.snapshots import NOW, Host, binary, key_provider, make_der, probe, utc

Json = dict[str, Any]
PROVIDERS = {
    "rcm": providers.RCM,
    "core": "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS",
    "lsm": "Microsoft-Windows-TerminalServices-LocalSessionManager",
    "schannel": "Schannel",
    "scm": "Service Control Manager",
    "security": "Microsoft-Windows-Security-Auditing",
    "lsasrv": "LsaSrv",
    "netlogon": "NETLOGON",
    "termdd": "TermDD",
    "application": "Application Error",
    "winlogon": "Microsoft-Windows-Winlogon",
    "profiles": "Microsoft-Windows-User Profiles Service",
    "enroll": providers.ENROLL,
    "autoenroll": providers.AUTOENROLL,
    "reporting": providers.ERROR_REPORTING,
    "updates": providers.UPDATES,
    "grouppolicy": providers.GROUP_POLICY,
}
PURPOSES = {"server": ExtendedKeyUsageOID.SERVER_AUTH, "client": ExtendedKeyUsageOID.CLIENT_AUTH}
# What a look came to, by a word for it.
LOOKS: dict[str, tuple[str, str, Json]] = {
    "in": ("session", "ok", {"offered": {"rdp": False, "tls": False, "nla": True}}),
    "in_tls": ("session", "ok", {"offered": {"rdp": False, "tls": True, "nla": True}}),
    "in_rdp": ("session", "ok", {"offered": {"rdp": True, "tls": False, "nla": False}, "certificate": None}),
    "refused": ("tcp", "refused", {}),
    "timeout": ("tcp", "timeout", {"address": None}),
    "name": ("name", "unresolved", {"address": None}),
    "closed": ("negotiation", "closed", {}),
    "reset": ("negotiation", "reset", {}),
    "silent": ("negotiation", "silent", {}),
    "not_rdp": ("negotiation", "not_rdp", {"failure": {"kind": "bytes", "number": None, "name": "SSH"}}),
    "no_certificate": (
        "negotiation",
        "denied",
        {"failure": {"kind": "negotiation", "number": 3, "name": "SSL_CERT_NOT_ON_SERVER"}},
    ),
    "tls_reset": ("tls", "reset", {"client_view": {"code": "0x904", "extended": "0x7", "text": ""}}),
    "tls_closed": ("tls", "closed", {"client_view": {"code": "0x904", "extended": "0x7", "text": ""}}),
    "tls_alert": ("tls", "alert", {"failure": {"kind": "tls_alert", "name": "handshake_failure", "sender": "server"}}),
    "tls_silent": ("tls", "silent", {}),
    "nla_closed": ("credssp", "closed", {}),
}


def bundle(incident: Json) -> Json:
    """The bundle of an incident; its right answer goes into ``about``."""
    host = Host(incident.get("build", 20348))
    for name, what in (incident.get("evidence") or {}).items():
        _CHANGES[name](host, what)
    for name in incident.get("without", ()):
        host.without(name)
    return {
        "about": {name: incident[name] for name in ("source", "words", "right")},
        "bundle_version": 1,
        "inventory_name": incident["name"],
        "taken": utc(NOW),
        "snapshot": host.to_answer(),
        "probe": _look(incident.get("look"), host),
        "client_code": incident.get("code"),
    }


def _look(look: Any, host: Host) -> Json | None:
    if look is None:
        return None
    named, more = (look, {}) if isinstance(look, str) else (look["as"], {k: v for k, v in look.items() if k != "as"})
    stage, outcome, facts = LOOKS[named]
    given = {"address": "10.0.0.5", "certificate": None, **facts, **more}
    if stage in ("credssp", "session") and "certificate" not in facts:
        given["certificate"] = {"sha1": host.thumbprint, "days_left": 100, **(more.get("certificate") or {})}
    return probe(stage, outcome, **given)


def _raw(value: Any) -> Any:
    """A registry value as the host gives it: a number, a text, a list of texts, or null."""
    kinds = {int: "dword", str: "string", list: "multi_string"}
    return None if value is None else {"type": kinds[type(value)], "data": value}


def _merge(section: str) -> Callable[[Host, Json], None]:
    return lambda host, values: host.sections[section].update(values)


def _services(host: Host, services: Json) -> None:
    for name, changes in services.items():
        if changes is None:
            host.sections["services"][name] = None
        else:
            host.service(name, **changes)


def _listener(host: Host, groups: Json) -> None:
    for group, values in groups.items():
        host.sections["listener"][group]["present"] = True
        for name, value in values.items():
            host.setting(group, name, _raw(value))


def _registry(host: Host, keys: Json) -> None:
    for key, values in keys.items():
        for name, value in values.items():
            host.value(key, name, _raw(value))


def _events(host: Host, rows: list[Json]) -> None:
    for row in rows:
        log = row.get("log") or _log_of(PROVIDERS[row["from"]], row["id"])
        at = NOW - timedelta(seconds=row.get("seconds_ago", 0))
        if at < parse(host.sections["events"]["since"]):
            continue  # the host script does not look back so far
        said = tuple(row.get("numbers", ())), at, tuple(row.get("modules", ()))
        host.event(PROVIDERS[row["from"]], row["id"], row.get("count", 1), log, *said, service=row.get("service"))


def _log_of(provider: str, number: int) -> str:
    found = [source.log for source in collect.EVENTS if source.provider == provider and source.has(number)]
    if not found:
        raise KeyError(f"no snapshot holds event {number} of {provider}")
    return found[0]


def _logs(host: Host, kept: dict[str, bool]) -> None:
    """Logs that were read to their end, and whether each is kept at all."""
    events = host.sections["events"]
    for name, enabled in kept.items():
        log = f"{PROVIDERS[name]}/Operational"
        state = {"enabled": enabled, "bytes": 1 << 20, "oldest": utc(NOW - timedelta(days=9)), "read_to": None}
        events["logs"][log] = None
        events["states"] = {**(events.get("states") or {}), log: {**state, "whole": True}}


def _products(host: Host, rows: list[Any]) -> None:
    """Services of other products, by name (running), or with what differs."""
    for row in rows:
        given = {"name": row} if isinstance(row, str) else row
        services = host.sections["products"]["services"]
        services[:] = [one for one in services if one["name"] != given["name"]]
        services.append({"start": 2, "type": 16, "image_path": None, "state": 4, **given})


def _security_center(host: Host, rows: list[Json]) -> None:
    """What Windows itself lists of security products, on clients alone."""
    host.sections["products"]["security_center"] += rows


def _files(host: Host, files: Json) -> None:
    for name, changes in files.items():
        host.sections["files"][name].update(changes)


def _certificate(host: Host, what: Json) -> None:
    """Dates and name of the listener's own certificate, or another one in store My to which it is pinned."""
    begins = NOW - timedelta(days=what.get("days_old", 30))
    ends = NOW + timedelta(days=what.get("days_left", 100))
    der = make_der(begins, ends, what.get("name", "WEB01"), PURPOSES[what.get("purpose", "server")])
    if what.get("store"):
        _in_my(host, der, what)
        return
    host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"].clear()
    host.sections["key_files"]["files"], kept = [], dict(host.key_file)
    host.thumbprint = host.add(der, "Remote Desktop", {**kept, **what.get("key_file", {})})
    host.setting("winstations", "SelfSignedCertificate", binary(bytes.fromhex(host.thumbprint)))


def _in_my(host: Host, der: bytes, what: Json) -> None:
    file = {
        **host.key_file,
        "path": r"C:\ProgramData\Microsoft\Crypto\RSA\MachineKeys\0a_1",
        **what.get("key_file", {}),
    }
    provider = key_provider("te-1", *what["provider"]) if what.get("provider") else None
    thumbprint = host.add(der, what["store"], file, provider)
    bound = binary(bytes.fromhex(thumbprint))
    if what.get("bound") == "pin":
        host.pin(thumbprint)
        host.thumbprint = thumbprint
    if what.get("bound") == "template":
        host.setting("policy", "CertTemplateName", {"type": "string", "data": "RdpHosts"})
        host.setting("winstations", "TemplateCertificate", bound)
        host.thumbprint = thumbprint


def _no_certificate(host: Host, _what: Any) -> None:
    host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"].clear()
    host.sections["key_files"]["files"].clear()
    host.setting("winstations", "SelfSignedCertificate", None)


def _store(host: Host, values: Json) -> None:
    """What else is known of the listener's own store."""
    host.sections["certificates"]["stores"]["Remote Desktop"].update(values)


def _pin(host: Host, thumbprint: str) -> None:
    host.pin(thumbprint)


def _sessions(host: Host, rows: list[Json]) -> None:
    host.sections["sessions"]["sessions"] += [
        {"id": 2, "user": None, "user_sid": None, "station": "RDP-Tcp#0", "state": 0, **row} for row in rows
    ]


_CHANGES: dict[str, Callable[[Host, Any], object]] = {
    "host": _merge("host"),
    "port": _merge("port"),
    "domain": _merge("domain"),
    "licensing": _merge("licensing"),
    "key_folder": lambda host, values: host.sections["key_files"]["folder"].update(values),
    "key_file": lambda host, values: host.key_file.update(values),
    "services": _services,
    "listener": _listener,
    "registry": _registry,
    "events": _events,
    "logs": _logs,
    "products": _products,
    "security_center": _security_center,
    "files": _files,
    "certificate": _certificate,
    "no_certificate": _no_certificate,
    "pin": _pin,
    "store": _store,
    "sessions": _sessions,
    "firewall_rule": lambda host, fields: host.rule(**fields),
    "other_firewall_rule": lambda host, fields: host.rule(name="Other", **fields),
    "adapters": lambda host, values: host.sections["network"]["adapters"][0].update(values),
    "logon": _merge("logon"),
    "policies": lambda host, rows: host.sections["policies"]["values"].extend(rows),
}
