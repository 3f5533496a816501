# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of one Windows host, as plain data: registry, services, key files, sessions, events, journals; and how its
services behave.

Facts of Windows come from public documentation; nothing here is shared with the collection's own judgement.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import struct
import threading
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

TS = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server"
WS = TS + r"\WinStations"
RDP_TCP = WS + r"\RDP-Tcp"
POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services"
STORES = r"HKLM\SOFTWARE\Microsoft\SystemCertificates"
MACHINE_KEYS = r"C:\ProgramData\Microsoft\Crypto\RSA\MachineKeys"
FIREWALL = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
FIREWALL_POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall"
SCHANNEL = r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
SUITES = r"HKLM\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002"
LSA = r"HKLM\SYSTEM\CurrentControlSet\Control\Lsa"
PROFILES = {2: ("DomainProfile", "Domain"), 1: ("StandardProfile", "Private"), 0: ("PublicProfile", "Public")}
SESSIONENV_SID = "S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833"
RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"
CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
# The services whose program is a file that svchost.exe loads, of those that a test takes it from.
IN_SVCHOST = ("TermService", "SessionEnv", "UmRdpService")
STOPPED, START_PENDING, STOP_PENDING, RUNNING, DISABLED = 1, 2, 3, 4, 4
SOFTWARE_PROVIDER = "Microsoft Enhanced Cryptographic Provider v1.0"
ALIASES = {
    "SY": "S-1-5-18",
    "NS": "S-1-5-20",
    "BA": "S-1-5-32-544",
    "BU": "S-1-5-32-545",
    "WD": "S-1-1-0",
    "AU": "S-1-5-11",
    "LS": "S-1-5-19",
}
RIGHTS = {"FA": 0x1F01FF, "GA": 0x1F01FF, "FR": 0x120089, "GR": 0x120089, "FW": 0x120116, "FX": 0x1200A0}
# What a step may write into the registry, and of which type: the twin's own closed list, by key and name in lower case.
WRITABLE = {
    RDP_TCP.lower(): {
        **dict.fromkeys(
            (
                "securitylayer",
                "userauthentication",
                "minencryptionlevel",
                "fallowsecprotocolnegotiation",
                "fenablewinstation",
                "flogondisabled",
            ),
            "dword",
        ),
        "sslcertificatesha1hash": "binary",
    },
    TS.lower(): {"fdenytsconnections": "dword"},
    WS.lower(): {"selfsignedcertstore": "string"},
}
# And which data, where not any of that type.
DATA: dict[str, tuple[Any, ...]] = {
    "securitylayer": (1, 2),
    "userauthentication": (1,),
    "minencryptionlevel": (2, 3, 4),
    "fallowsecprotocolnegotiation": (1,),
    "fenablewinstation": (1,),
    "flogondisabled": (0,),
    "fdenytsconnections": (0, 1),
    "selfsignedcertstore": ("Remote Desktop",),
}


def utc_text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def key_file_name(container: str, guid: str) -> str:
    digest = hashlib.md5(container.lower().encode("ascii") + b"\0").digest()
    return "".join(f"{word:08x}" for word in struct.unpack("<4I", digest)) + "_" + guid


def may(sddl: str, sids: set[str], wanted: int) -> bool:
    """Whether a token gets the wanted rights from a file's descriptor, entry by entry."""
    missing = wanted
    dacl = sddl.split("D:", 1)[1] if "D:" in sddl else ""
    if "D:" not in sddl or "NO_ACCESS_CONTROL" in dacl:
        return True
    for kind, flags, rights, sid in re.findall(
        r"\(([A-Z]+);([A-Z]*);([0-9a-zA-Z]+);[^;]*;[^;]*;([^)]+)\)", dacl.split("S:")[0] if "S:A" in dacl else dacl
    ):
        mask = int(rights, 16) if rights.lower().startswith("0x") else 0
        if not mask:
            for at in range(0, len(rights), 2):
                mask |= RIGHTS.get(rights[at : at + 2], 0)
        if "IO" in flags or ALIASES.get(sid, sid) not in sids:
            continue
        if kind == "D" and mask & missing:
            return False
        if kind == "A":
            missing &= ~mask
    return not missing


def key_sddl(build: int) -> str:
    third = f"(A;;FA;;;{SESSIONENV_SID})" if build >= 17763 else "(A;;0x120089;;;BA)"
    return f"O:SYG:SYD:PAI(A;;FA;;;SY)(A;;0x120089;;;NS){third}"


def firewall_rule(
    port: int | str | None = 3389, action: str = "Allow", active: bool = True, number: int = 6, **more: str
) -> str:
    """A rule as the registry keeps it."""
    fields = {"Action": action, "Active": str(active).upper(), "Dir": "In", "Protocol": str(number)}
    if port is not None:
        fields["LPort2_10" if "-" in str(port) else "LPort"] = str(port)
    fields.update({"App": r"%SystemRoot%\system32\svchost.exe", "Svc": "termservice", **more})
    return (
        "v2.31|"
        + "".join(f"{name}={value}|" for name, value in fields.items())
        + "Name=@FirewallAPI.dll,-28775|EmbedCtxt=@FirewallAPI.dll,-28752|"
    )


def nla_task_xml(at: datetime, *causes: str) -> str:
    """The task that requires Network Level Authentication again, as the scheduler would give it."""
    value = f'"{RDP_TCP}" /v UserAuthentication'
    programs = "%SystemRoot%\\System32\\"
    line = (
        f'/d /s /c "{programs}reg.exe add {value} /t REG_DWORD /d 1 /f &amp;&amp; {programs}reg.exe query {value} |'
        f' {programs}findstr.exe /e 0x1 &amp;&amp; {programs}schtasks.exe /delete /tn "winops.rdp arm NLA" /f"'
    )
    every = "<Repetition><Interval>PT5M</Interval><StopAtDurationEnd>false</StopAtDurationEnd></Repetition>"
    start = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return (
        '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">\n'
        f"<RegistrationInfo><Description>{' '.join(causes)}</Description></RegistrationInfo>\n"
        f"<Triggers><TimeTrigger>{every}<StartBoundary>{start}</StartBoundary><Enabled>true</Enabled></TimeTrigger>\n"
        f"<BootTrigger>{every}<Enabled>true</Enabled></BootTrigger></Triggers>\n"
        '<Principals><Principal id="S"><UserId>S-1-5-18</UserId></Principal></Principals>\n'
        "<Settings><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
        "<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><ExecutionTimeLimit>PT5M</ExecutionTimeLimit>"
        "<StartWhenAvailable>true</StartWhenAvailable><Enabled>true</Enabled></Settings>\n"
        '<Actions Context="S"><Exec><Command>%SystemRoot%\\System32\\cmd.exe</Command>'
        f"<Arguments>{line}</Arguments></Exec></Actions></Task>"
    )


_pool: list[rsa.RSAPrivateKey] = []
_pool_lock = threading.Lock()


def fresh_key() -> rsa.RSAPrivateKey:
    """A private key out of a small pool: making one takes long, and what matters is that two certificates need not
    share theirs."""
    with _pool_lock:
        if len(_pool) < 4:
            _pool.append(rsa.generate_private_key(public_exponent=65537, key_size=2048))
            return _pool[-1]
        _pool.append(_pool.pop(0))
        return _pool[-1]


def make_certificate(
    name: str,
    key: rsa.RSAPrivateKey,
    not_before: datetime,
    not_after: datetime,
    serial: int,
    usage: str = "1.3.6.1.5.5.7.3.1",
    template: str = "",
) -> bytes:
    """A self-signed certificate, DER. ``template`` is the name of a template of version 1, as a CA writes it."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(serial)
    )
    builder = builder.not_valid_before(not_before).not_valid_after(not_after)
    builder = builder.add_extension(x509.ExtendedKeyUsage([x509.ObjectIdentifier(usage)]), critical=False)
    if template:
        text = template.encode("utf-16-be")
        value = bytes((0x1E, len(text))) + text  # a BMPString
        oid = x509.ObjectIdentifier("1.3.6.1.4.1.311.20.2")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, value), critical=False)
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def blob_of(der: bytes, container: str | None, provider: str = SOFTWARE_PROVIDER, kind: int = 1) -> bytes:
    """A store entry as the registry keeps it: records of property, encoding, length, data."""
    records = [(3, hashlib.sha1(der).digest())]
    if container is not None:
        names = [text.encode("utf-16-le") + b"\0\0" for text in (container, provider)]
        records.append((2, struct.pack("<7I", 28, 28 + len(names[0]), kind, 0x20, 0, 0, 1) + b"".join(names)))
    records.append((32, der))
    return b"".join(struct.pack("<III", number, 1, len(data)) + data for number, data in records)


def read_blob(blob: bytes) -> dict[int, bytes]:
    found, at = {}, 0
    while at + 12 <= len(blob):
        number, _encoding, length = struct.unpack_from("<III", blob, at)
        if at + 12 + length > len(blob):
            break
        found[number] = blob[at + 12 : at + 12 + length]
        at += 12 + length
    return found


def container_of(blob: bytes) -> tuple[str, str, int] | None:
    data = read_blob(blob).get(2)
    if not data:
        return None
    first, second, kind = struct.unpack_from("<3I", data)
    container, provider = (data[at:].decode("utf-16-le").split("\0")[0] for at in (first, second))
    return container, provider, kind


def healthy(name: str, build: int = 20348) -> dict[str, Any]:
    """All that lasts of a host on which nothing is wrong: the one model that every test, the twin and the benches
    change.

    A fact that a snapshot gains costs one line: here where a fault changes it, in ``hostscript`` where it is constant.
    """
    return {
        "host": _facts(name, build),
        "registry": _registry(),
        "services": _services(),
        "files": {MACHINE_KEYS: {"sddl": "O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)", "length": None}},
        "sessions": [],
        "tasks": [],
        # The task that requires Network Level Authentication again, as XML; members of Remote Desktop Users by SID.
        "nla_task": None,
        "untrusted": {},
        "events": [],
        "journals": {},
        "denied_sections": [],
        # Ranges of ports that Windows keeps from programs.
        "excluded": [],
        # Status of the signature of Windows' own programs (0: valid), and the build in their versions where it differs.
        "signatures": {},
        "versions": {},
        # Members of S-1-5-32-555, rights that Group Policy set, and those of the local policy if the call is SYSTEM's.
        "members": [],
        "rights": [],
        "local_rights": None,
        # How a service is started, by its name, where it is not in the group netsvcs.
        "image_paths": {},
        # Key files of the listener's container that the host has of other MachineGuids.
        "other_keys": [],
        # What comes of signing with a key, by container, where it is not in order.
        "key_use": {},
        # How WMI answers: None (it does), hangs, stopped, broken.
        "wmi": None,
        # What the state of an event log is, by its name, where it is not that of a healthy host.
        "logs": {},
        "adapters": [{"id": "{0A6F8B0E-6C0B-4B0E-9C55-2A4E7C0A0001}", "up": True, "category": None, "mtu": 1500}],
        "channel_status": 0,
        # Its own Group Policy object, base64; what the last run saw and set; and what the domain's objects set.
        "policy_files": {"registry.pol": None, "gpt.ini": None},
        "policy_seen": None,
        "policy_applied": [],
        "domain_policy": {},
        "licensing": {"type": None, "grace_days": None},
        "gpos": [],
        "products": [
            {"name": name, "start": 2, "type": 32, "image_path": None, "state": RUNNING}
            for name in ("mpssvc", "BFE", "Schedule", "W32Time")
        ],
        "security_center": [],
        "store_sddl": "O:SYG:SYD:AI(A;CIID;KA;;;SY)(A;CIID;KA;;;BA)",
        "behaviour": {"dead_pin": "fails", "middlebox": None},
        "client": _client(),
    }


def _client() -> dict[str, Any]:
    """The host as a client of others: its programs, what its people keep, and its way to them.

    ``winget`` is the version of Windows App that winget installs, None where there is no winget; ``unresolved`` are the
    names that its resolver does not know, ``filtered`` the addresses that nothing reaches, ``dropped`` those to which
    connections are reset on the way.
    """
    system = r"C:\Windows\System32"
    return {
        "files": [{"path": rf"{system}\{name}", "version": "10.0.20348.7000"} for name in ("mstsc.exe", "mstscax.dll")],
        "packages": [],
        "products": [],
        "profiles": [],
        "rdp_files": {},
        "winget": None,
        "unresolved": [],
        "filtered": [],
        "dropped": [],
        "denied": {},
    }


def _facts(name: str, build: int) -> dict[str, Any]:
    digest = hashlib.md5(name.encode()).hexdigest()
    guid = f"{int(digest[:8], 16):08x}-0000-4000-8000-{int(digest[8:20], 16):012x}"
    return {
        "computer_name": re.sub(r"[^A-Z0-9-]", "-", name.upper())[:15],
        "dns_domain": None,
        "domain_role": 2,
        "product_type": 3,
        "build": build,
        "ubr": 7000,
        "edition_id": "ServerStandard",
        "installation_type": "Server",
        "locale": 1033,
        "utc_offset_minutes": 0,
        "machine_guid": guid,
        "clock_offset_seconds": 0,
        "connection_broker": False,
        "elevated": True,
    }


def _registry() -> dict[str, dict[str, Any]]:
    return {
        RDP_TCP: {
            "SecurityLayer": {"type": "dword", "data": 2},
            "UserAuthentication": {"type": "dword", "data": 1},
            "MinEncryptionLevel": {"type": "dword", "data": 2},
            "fAllowSecProtocolNegotiation": {"type": "dword", "data": 1},
            "PortNumber": {"type": "dword", "data": 3389},
            "fEnableWinStation": {"type": "dword", "data": 1},
            "fLogonDisabled": {"type": "dword", "data": 0},
            "MaxInstanceCount": {"type": "dword", "data": 0xFFFFFFFF},
            **{
                name: {"type": "dword", "data": 0}
                for name in ("MaxIdleTime", "MaxConnectionTime", "MaxDisconnectionTime", "fResetBroken")
            },
            **{
                f"fInherit{name}": {"type": "dword", "data": 1}
                for name in ("MaxIdleTime", "MaxSessionTime", "MaxDisconnectionTime", "ResetBroken")
            },
            "LoadableProtocol_Object": {"type": "string", "data": "{5828227c-20cf-4408-b73f-73ab70b8849f}"},
        },
        TS: {
            "fDenyTSConnections": {"type": "dword", "data": 0},
            "TSEnabled": {"type": "dword", "data": 1},
            "RCDependentServices": {"type": "multi_string", "data": ["CertPropSvc", "SessionEnv"]},
        },
        WS: {"SelfSignedCertStore": {"type": "string", "data": "Remote Desktop"}},
        r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList": {
            "ProgramData": {"type": "expand_string", "data": r"%SystemDrive%\ProgramData"}
        },
        r"HKLM\SYSTEM\Setup": {
            name: {"type": "dword", "data": 0} for name in ("SystemSetupInProgress", "OOBEInProgress")
        },
        r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters": {"Type": {"type": "string", "data": "NTP"}},
        **{rf"{FIREWALL}\{key}": {"EnableFirewall": {"type": "dword", "data": 1}} for key, _name in PROFILES.values()},
        FIREWALL + r"\FirewallRules": {
            f"RemoteDesktop-UserMode-In-{name}": {"type": "string", "data": firewall_rule(number=number)}
            for name, number in (("TCP", 6), ("UDP", 17))
        },
    }


def _services() -> dict[str, dict[str, Any]]:
    return {
        "TermService": _service(3, r"NT Authority\NetworkService", "termsrv.dll", depends=["RPCSS"]),
        "SessionEnv": _service(3, "LocalSystem", "sessenv.dll"),
        "UmRdpService": _service(3, "LocalSystem", "umrdp.dll", depends=["TermService"]),
        "CertPropSvc": _service(3, "LocalSystem", "certprop.dll"),
        "KeyIso": _service(3, "LocalSystem", None),
        "CryptSvc": _service(2, r"NT Authority\NetworkService", "cryptsvc.dll"),
    }


def _service(start: int, account: str, dll: str | None, depends: list[str] | None = None) -> dict[str, Any]:
    return {
        "start": start,
        "state": RUNNING,
        "account": account,
        "service_dll": rf"%SystemRoot%\System32\{dll}" if dll else None,
        "depends_on": depends or [],
        "exit_code": 0,
    }


def event_entry(log: str, provider: str, number: int, utc: str, **more: Any) -> dict[str, Any]:
    """An event as section ``events`` lists it; ``more`` is what of its facts it has."""
    facts: dict[str, Any] = {"numbers": [], "addresses": [], "modules": [], "service": None}
    return {"log": log, "provider": provider, "id": number, "utc": utc, **facts, **more}


class Windows:
    """One host. ``data`` is the whole lasting state; ``volatile`` what changes by itself."""

    def __init__(self, name: str, build: int = 20348, path: Path | None = None) -> None:
        self.lock = threading.RLock()
        self.path = path
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.on_change: Callable[[], None] = lambda: None
        self.clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
        self.volatile: dict[str, Any] = {
            "pids": {},
            # When TermService last opened its key, which is when it started; None: days ago.
            "started": None,
            "next_pid": 1000,
            "established": 0,
            "credential": None,
            "port": None,
            "connections": [],
        }
        self.data = healthy(name, build)
        for service in self.data["services"]:
            self._new_pid(service)

    @property
    def state(self) -> dict[str, Any]:
        """What lasts, as a copy."""
        with self.lock:
            copy: dict[str, Any] = json.loads(json.dumps(self.data))
        return copy

    # Registry and clock -----------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return self.clock() + timedelta(seconds=self.data["host"]["clock_offset_seconds"])

    def get(self, key: str, name: str) -> dict[str, Any] | None:
        for path, settings in self.data["registry"].items():
            if path.lower() == key.lower():
                return next((value for known, value in settings.items() if known.lower() == name.lower()), None)
        return None

    def put(self, key: str, name: str, value: dict[str, Any] | None) -> None:
        path = next((known for known in self.data["registry"] if known.lower() == key.lower()), key)
        settings = self.data["registry"].setdefault(path, {})
        known = next((known for known in settings if known.lower() == name.lower()), name)
        if value is None:
            settings.pop(known, None)
        else:
            settings[known] = value

    def dword(self, key: str, name: str, number: int) -> None:
        self.put(key, name, {"type": "dword", "data": number})

    def effective(self, name: str, group: str, default: int) -> int | None:
        value = self.get(POLICY, name) or self.get(group, name)
        if value is None:
            return default
        return value["data"] if value["type"] == "dword" else None

    def event(self, log: str, provider: str, number: int, *numbers: int) -> None:
        self.data["events"].append(event_entry(log, provider, number, utc_text(self.now()), numbers=list(numbers)))

    # Certificates -----------------------------------------------------------------------------------------------------

    def store(self, name: str) -> dict[str, bytes]:
        prefix = rf"{STORES}\{name}\Certificates" + "\\"
        return {
            path[len(prefix) :]: base64.b64decode(settings["Blob"]["data"])
            for path, settings in self.data["registry"].items()
            if path.startswith(prefix) and settings.get("Blob", {}).get("type") == "binary"
        }

    def add_certificate(
        self, store: str, der: bytes, container: str | None, kind: int = 1, provider: str = SOFTWARE_PROVIDER
    ) -> str:
        thumbprint = hashlib.sha1(der).hexdigest().upper()
        blob = blob_of(der, container, provider, kind)
        self.data["registry"][rf"{STORES}\{store}\Certificates\{thumbprint}"] = {
            "Blob": {"type": "binary", "data": base64.b64encode(blob).decode()}
        }
        return thumbprint

    def put_entry(self, thumbprint: str, blob: str) -> None:
        """An entry of the listener's store as the registry keeps it, base64."""
        path = rf"{STORES}\Remote Desktop\Certificates\{thumbprint}"
        self.data["registry"][path] = {"Blob": {"type": "binary", "data": blob}}

    def drop_certificate(self, store: str, thumbprint: str) -> None:
        self.data["registry"].pop(rf"{STORES}\{store}\Certificates\{thumbprint}", None)

    def thumbprint(self, key: str, name: str) -> str | None:
        value = self.get(key, name)
        if not value or value["type"] != "binary":
            return None
        data = base64.b64decode(value["data"])
        return data.hex().upper() if len(data) == 20 else None

    def set_thumbprint(self, key: str, name: str, thumbprint: str) -> None:
        self.put(key, name, {"type": "binary", "data": base64.b64encode(bytes.fromhex(thumbprint)).decode()})

    def key_path(self, container: str) -> str:
        return rf"{MACHINE_KEYS}\{key_file_name(container, self.data['host']['machine_guid'])}"

    def add_key(self, container: str, sddl: str | None = None, bits: int = 2048) -> rsa.RSAPrivateKey:
        key = fresh_key() if bits == 2048 else rsa.generate_private_key(public_exponent=65537, key_size=bits)
        path = self.key_path(container)
        self.keys[path] = key
        self.data["files"][path] = {
            "sddl": sddl or key_sddl(self.data["host"]["build"]),
            "length": 2048 + len(container),
        }
        return key

    def self_sign(self, days_ago: float = 30, lasts: int = 183) -> str:
        """What SessionEnv does when it makes a certificate: key, store entry, hash and store name."""
        key = self.add_key("TSSecKeySet1")
        self.data["key_use"].pop("TSSecKeySet1", None)
        start = self.now() - timedelta(days=days_ago)
        der = make_certificate(
            self.data["host"]["computer_name"],
            key,
            start,
            start + timedelta(days=lasts),
            int(start.timestamp() * 1000) + 1,
        )
        thumbprint = self.add_certificate("Remote Desktop", der, "TSSecKeySet1")
        self.set_thumbprint(WS, "SelfSignedCertificate", thumbprint)
        self.put(WS, "SelfSignedCertStore", {"type": "string", "data": "Remote Desktop"})
        return thumbprint

    def enrol(self, sddl: str) -> None:
        """The CA issues a certificate of the policy's template, whose key has this descriptor; SessionEnv takes it."""
        key = self.add_key("te-RDP-2", None if sddl == "default" else sddl)
        start = self.now() - timedelta(minutes=10)
        der = make_certificate("srv.corp.example.test", key, start, start + timedelta(days=365), 816)
        self.set_thumbprint(WS, "TemplateCertificate", self.add_certificate("My", der, "te-RDP-2"))
        self.event("System", RCM, 1063)

    # Services ---------------------------------------------------------------------------------------------------------

    def _new_pid(self, service: str) -> None:
        self.volatile["next_pid"] += 4
        self.volatile["pids"][service] = self.volatile["next_pid"]

    def service(self, name: str) -> dict[str, Any]:
        return self.data["services"][name]

    def running(self, name: str) -> bool:
        return self.service(name)["state"] == RUNNING

    def dependents(self, name: str) -> list[str]:
        return [other for other, service in self.data["services"].items() if name in service["depends_on"]]

    def dependent_rows(self, name: str) -> list[dict[str, Any]]:
        """What the service manager says of the services that depend on one."""
        own = [{"name": other, **self.service(other)} for other in self.dependents(name)]
        foreign = [row for row in self.foreign.values() if row["needs"] == name]
        return [{part: row[part] for part in ("name", "state", "start")} for row in (*own, *foreign)]

    @property
    def foreign(self) -> dict[str, dict[str, Any]]:
        """Services of other makers: ``name``, ``needs``, ``state``, ``start`` and ``fails``, an error's number."""
        return {row["name"]: row for row in self.data["behaviour"].get("foreign_services", ())}

    def start_fault(self, name: str) -> str | None:
        """Why a service would not start, behind its name."""
        service = self.foreign.get(name) or self.service(name)
        if service["start"] == DISABLED:
            return "is disabled"
        process = self.data["image_paths"].get(name, "svchost.exe")
        if name in IN_SVCHOST and "svchost.exe" in process.lower() and not service["service_dll"]:
            return "has no ServiceDll"
        return None

    def start(self, name: str) -> int:
        """Start a service; the answer is a Win32 error number, 0 for success."""
        service = self.foreign.get(name) or self.service(name)
        if service["state"] == RUNNING:
            return 0
        if service["state"] == STOP_PENDING:
            return 1056
        if service["start"] == DISABLED:
            return 1058
        if self.start_fault(name):
            service["exit_code"] = 126
            return 126
        if name in self.foreign:
            # The service manager starts what it needs first.
            if error := self.start(service["needs"]):
                return 1068
            service["state"] = STOPPED if service.get("fails") else RUNNING
            return int(service.get("fails", 0))
        for needed in service["depends_on"]:
            if needed in self.data["services"] and (error := self.start(needed)):
                return 1068 if error else 0
        service.update(state=RUNNING, exit_code=0)
        self._new_pid(name)
        if name == "SessionEnv":
            self._certificate_pass()
        if name == "TermService":
            self.volatile.pop("deaf", None)
            value = self.get(TS, "RCDependentServices")
            for other in value["data"] if value else ():
                if other in self.data["services"]:
                    if self.running(other) and other == "SessionEnv":
                        self._certificate_pass()
                    else:
                        self.start(other)
            self.take_credential()
        return 0

    def stop(self, name: str) -> list[str]:
        """Stop a service, its running dependents first; these are the answer."""
        down = [other for other in self.dependents(name) if self.running(other)]
        for other in down:
            self.stop(other)
        for other, row in self.foreign.items():
            if row["needs"] == name and row["state"] == RUNNING:
                row["state"] = STOPPED
                down.append(other)
        self.service(name).update(state=STOPPED, exit_code=0)
        self.volatile["pids"][name] = 0
        if name == "TermService":
            self.volatile["credential"] = None
            for session in self.data["sessions"]:
                if (session["station"] or "").upper().startswith("RDP"):
                    session.update(state=4)
            self.volatile["established"] = 0
        return down

    def asked_for_certificate(self) -> None:
        """A client came: TermService asks SessionEnv for a certificate if it has none that it can use."""
        found = self._credential()
        if self.running("SessionEnv") and self.get(RDP_TCP, "SSLCertificateSHA1Hash") is None and found["fault"]:
            self._certificate_pass()
        held = self.volatile["credential"]
        if held and held["fault"]:
            self.volatile["credential"] = self._opened(self._credential())

    def _certificate_pass(self) -> None:
        """SessionEnv sees to the self-signed certificate, unless something is in its way (``never_renews``)."""
        if why := self.data["behaviour"].get("never_renews"):
            if why != "silently":
                self.event("System", RCM, 1057, 0x80090016)
            return
        current = self.thumbprint(WS, "SelfSignedCertificate")
        entry = self.store("Remote Desktop").get(current or "")
        if entry is not None:
            der = read_blob(entry).get(32)
            if der and x509.load_der_x509_certificate(der).not_valid_after_utc > self.now() + timedelta(hours=1):
                return  # one that is in date is never looked at more closely
        path = self.key_path("TSSecKeySet1")
        file = self.data["files"].get(path)
        if file and not may(
            file["sddl"], {"S-1-5-18", "S-1-5-32-544", SESSIONENV_SID, "S-1-1-0", "S-1-5-11"}, 0x1F01FF
        ):
            self.event("System", RCM, 1058 if entry is not None else 1057, 0x80070005)
            return
        fresh = self.self_sign(days_ago=0.01)
        if current and current != fresh:
            self.drop_certificate("Remote Desktop", current)
        self.event("System", RCM, 1056)

    def take_credential(self) -> None:
        """TermService reads its port and opens what it is bound to, and keeps both until it is started again."""
        self.volatile["port"] = self.port_set
        self.volatile["started"] = utc_text(self.now())
        self.volatile["credential"] = self._opened(self._credential())

    def _opened(self, found: dict[str, Any]) -> dict[str, Any]:
        """The key that the service has opened stays with it, whatever is put in its file."""
        if found["fault"]:
            return found
        self.keys["opened"] = self.keys[found["path"]]
        return {**found, "path": "opened"}

    def _credential(self) -> dict[str, Any]:
        pin = self.get(RDP_TCP, "SSLCertificateSHA1Hash")
        if pin is not None:
            thumbprint = self.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash")
            for store in ("My", "Remote Desktop"):
                if thumbprint and thumbprint in self.store(store):
                    found = self._open(store, thumbprint)
                    if not found["fault"] or self.data["behaviour"]["dead_pin"] == "fails":
                        return found
                    self.event("System", RCM, 1055)
                    break
            else:
                self.event("System", RCM, 1051)
            if self.data["behaviour"]["dead_pin"] == "fails":
                return {"fault": "key", "thumbprint": thumbprint}
        enrolled = self.thumbprint(WS, "TemplateCertificate")
        if enrolled and enrolled in self.store("My"):
            return self._open("My", enrolled)
        name = self.get(WS, "SelfSignedCertStore")
        if not name or name["data"] != "Remote Desktop":
            return {"fault": "store"}
        thumbprint = self.thumbprint(WS, "SelfSignedCertificate")
        if not thumbprint or thumbprint not in self.store("Remote Desktop"):
            return {"fault": "none"}
        return self._open("Remote Desktop", thumbprint)

    def _open(self, store: str, thumbprint: str) -> dict[str, Any]:
        blob = self.store(store)[thumbprint]
        where = container_of(blob)
        path = self.key_path(where[0]) if where else ""
        file = self.data["files"].get(path)
        token = {"S-1-5-20", "S-1-1-0", "S-1-5-6", "S-1-5-11", "S-1-5-15", "S-1-5-32-545"}
        broken = where is not None and where[0] in self.data["key_use"]
        if broken or not file or path not in self.keys or not may(file["sddl"], token, 0x120089):
            self.event("System", "Schannel", 36870, 0x8009030D, 10001)
            return {"fault": "key", "thumbprint": thumbprint}
        usages = (
            x509.load_der_x509_certificate(read_blob(blob)[32])
            .extensions.get_extension_for_class(x509.ExtendedKeyUsage)
            .value
        )
        if "1.3.6.1.5.5.7.3.1" not in {usage.dotted_string for usage in usages}:
            self.event("System", RCM, 1054)
            return {"fault": "key", "thumbprint": thumbprint}
        return {
            "fault": None,
            "thumbprint": thumbprint,
            "store": store,
            "path": path,
            "der": base64.b64encode(read_blob(blob)[32]).decode(),
        }

    def number(self, key: str, name: str, default: int = 0) -> int:
        value = self.get(key, name)
        return value["data"] if value and value["type"] == "dword" else default

    # Where the tests' probe comes from.
    prober = ip_address("127.0.0.1")

    # Firewall and TLS -------------------------------------------------------------------------------------------------

    def category(self, adapter: dict[str, Any]) -> int:
        if adapter["category"] is not None:
            return int(adapter["category"])
        return 2 if self.data["host"]["dns_domain"] else 1

    @property
    def lets_in(self) -> bool:
        """Whether the firewall lets clients through to the listener's port on the first network that is up."""
        adapter = next((adapter for adapter in self.data["adapters"] if adapter["up"]), None)
        if adapter is None:
            return True
        key, name = PROFILES[self.category(adapter)]
        policy, local = rf"{FIREWALL_POLICY}\{key}", rf"{FIREWALL}\{key}"

        def merged(value: str, default: int) -> int:
            return self.number(policy, value, self.number(local, value, default))

        if not merged("EnableFirewall", 1):
            return True
        if merged("DoNotAllowExceptions", 0):
            return False
        sources = [FIREWALL_POLICY] + ([FIREWALL] if self.number(policy, "AllowLocalPolicyMerge", 1) else [])
        verdicts = set()
        for source in sources:
            for value in self.data["registry"].get(source + r"\FirewallRules", {}).values():
                fields = dict(part.split("=", 1) for part in value["data"].split("|") if "=" in part)
                profiles = re.findall(r"\|Profile=(\w+)", value["data"])
                ports = [text for field, text in fields.items() if field.startswith("LPort")]
                spans = [(int(text.split("-")[0]), int(text.split("-")[-1])) for text in ports]
                if (
                    fields["Active"] != "TRUE"
                    or fields["Dir"] != "In"
                    or fields.get("Protocol", "6") != "6"
                    or (profiles and name not in profiles)
                ):
                    continue
                remotes = re.findall(r"\|RA4\d?=([^|]+)", value["data"])
                if remotes and not any(self.prober in ip_network(text) for text in remotes if text[0].isdigit()):
                    continue
                if not spans or any(first <= self.port <= last for first, last in spans):
                    verdicts.add(fields["Action"])
        return "Allow" in verdicts and "Block" not in verdicts

    @property
    def tls_fault(self) -> str | None:
        """``alert``: no suite is left; ``old``: only versions that clients of today refuse."""
        suites = self.get(SUITES, "Functions")
        if suites is not None:
            names = (
                suites["data"]
                if isinstance(suites["data"], list)
                else [part for part in suites["data"].split(",") if part]
            )
            if not any(
                "_RSA_" in name or (name.startswith("TLS_AES") and self.data["host"]["build"] >= 20348)
                for name in names
            ):
                return "alert"
        for group, needed in (
            ("Ciphers", ("AES 128/128", "AES 256/256")),
            ("KeyExchangeAlgorithms", ("PKCS", "ECDH", "Diffie-Hellman")),
        ):
            if all(self.number(rf"{SCHANNEL}\{group}\{name}", "Enabled", 1) == 0 for name in needed):
                return "alert"
        off = self.number(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", 1) == 0
        newer = (
            self.data["host"]["build"] >= 20348
            and self.number(SCHANNEL + r"\Protocols\TLS 1.3\Server", "Enabled", 1) != 0
        )
        return "old" if off and not newer else None

    @property
    def listens(self) -> bool:
        enabled = (
            self.effective("fDenyTSConnections", TS, 1) == 0 and self.effective("fEnableWinStation", RDP_TCP, 1) == 1
        )
        set_up = not any(
            self.number(r"HKLM\SYSTEM\Setup", name) for name in ("SystemSetupInProgress", "OOBEInProgress")
        )
        there = (
            RDP_TCP in self.data["registry"]
            and not self.data["behaviour"].get("deaf")
            and not self.volatile.get("deaf")
        )
        return enabled and set_up and there and self.running("TermService")

    @property
    def port(self) -> int:
        """Where TermService listens: on the port that it found when it started."""
        return self.volatile["port"] or self.port_set

    @property
    def port_set(self) -> int:
        return self.effective("PortNumber", RDP_TCP, 3389) or 3389

    # Keeping ----------------------------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Write the state down and let the listener follow it."""
        self.on_change()
        if self.path:
            temporary = self.path.with_suffix(f".{threading.get_ident()}.new")
            # On one line: a text with indents is not made in C, and one is written behind every step.
            temporary.write_text(json.dumps({**self.data, "volatile": self.volatile}, sort_keys=True))
            os.replace(temporary, self.path)
