# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that are allowed, that only an undo may do, and that are refused, in every way there is: whoever implements the
closed list is held to these, the host script and the model alike."""

from __future__ import annotations

import base64
import hashlib
import struct
from typing import Any

TS = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server"
WS = TS + r"\WinStations"
RDP = WS + r"\RDP-Tcp"
KEY_FILE = r"C:\ProgramData\Microsoft\Crypto\RSA\MachineKeys\f686aace6942fb7f7ceb231212eef4a4_guid"
PINNED = "AB" * 20
THUMBPRINT = "CD" * 20
DER = b"0 certificate"
BLOB = struct.pack("<III", 32, 1, len(DER)) + DER
DER_THUMBPRINT = hashlib.sha1(DER).hexdigest().upper()
SDDL = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)"


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def setting(name: str, data: Any, type: str = "dword", key: str | None = RDP) -> dict[str, Any]:
    return {"op": "registry.set", "key": key, "name": name, "type": type, "data": data}


# A policy file whose only entry sets SecurityLayer to 2, and one for 0; gpt.ini as it begins.
POL, NO_TLS = (
    b"PReg\1\0\0\0"
    + "[SOFTWARE\\Policies\\Microsoft\\Windows NT\\Terminal Services\0;SecurityLayer\0;".encode("utf-16-le")
    + struct.pack("<IHIH", 4, 0x3B, 4, 0x3B)
    + struct.pack("<I", number)
    + b"]\0"
    for number in (2, 0)
)
INI = (
    b"[General]\r\ngPCMachineExtensionNames=[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}"
    b"{D02B1F72-3407-48AE-BA88-E8213C6761F1}]\r\nVersion=1\r\n"
)


def replaced(content: Any, file: Any = "registry.pol", hash: Any = None) -> dict[str, Any]:
    text = b64(content) if isinstance(content, bytes) else content
    return {"op": "file.replace", "policy_file": file, "sha256": hash, "content": text}


def refreshed(**settings: Any) -> dict[str, Any]:
    return {"op": "policy.refresh", "settings": settings, "timeout_s": 1}


def dword(number: Any) -> dict[str, Any]:
    return {"type": "dword", "data": number}


def renew(**more: Any) -> dict[str, Any]:
    step = {"previous": [THUMBPRINT], "remove": None, "restart": False, "timeout_s": 1}
    return {"op": "certificate.renew", **step, **more}


PERSON = "S-1-5-21-1004336348-1177238915-682003330-1001"
RDP_FILE = r"C:\Users\anna\Desktop\srv01.rdp"


def forget(**more: Any) -> dict[str, Any]:
    return {"op": "profile.forget", "sid": PERSON, "target": "srv01.example.com", **more}


def rdp_file(**more: Any) -> dict[str, Any]:
    step = {"file": RDP_FILE, "setting": "enablecredsspsupport", "value": 1}
    return {"op": "rdp_file.set", **step, **more}


def install(**more: Any) -> dict[str, Any]:
    return {"op": "app.install", "app": "Microsoft.WindowsApp", "timeout_s": 300, **more}


RULE, *OTHER_RULES = (f"RemoteDesktop-{name}" for name in ("UserMode-In-TCP", "UserMode-In-UDP", "Shadow-In-TCP"))
OWN_RULE = "winops.rdp-In-TCP"


def rule(name: Any = RULE, port: Any = None, **more: Any) -> dict[str, Any]:
    """A rule set, or with a port one made."""
    fields = {"rule": name, "active": True, "profiles": 3, "addresses": None, **more}
    return {"op": "firewall.set", **fields} if port is None else {"op": "firewall.add", "port": port, **fields}


ALLOWED: list[dict[str, Any]] = [
    forget(),
    forget(sid="S-1-12-1-1-2-3-4", target="192.0.2.10"),
    rdp_file(),
    rdp_file(setting="authentication level", value=2),
    rdp_file(setting="negotiate security layer", file=RDP_FILE.upper()),
    install(),
    setting("SecurityLayer", 2),
    setting("SecurityLayer", 1),
    setting("UserAuthentication", 1),
    setting("MinEncryptionLevel", 3),
    setting("fAllowSecProtocolNegotiation", 1),
    setting("fEnableWinStation", 1),
    setting("fLogonDisabled", 0),
    setting("fDenyTSConnections", 0, key=TS),
    setting("fDenyTSConnections", 1, key=TS),
    setting("SSLCertificateSHA1Hash", b64(b"x" * 20), "binary"),
    setting("SelfSignedCertStore", "Remote Desktop", "string", WS),
    setting("SECURITYLAYER", 2, key=RDP.lower()),
    {"op": "registry.remove", "key": RDP, "name": "SSLCertificateSHA1Hash"},
    {"op": "service.start_type", "service": "SessionEnv", "start": 3},
    {"op": "service.start_type", "service": "CryptSvc", "start": 2},
    {"op": "service.start", "service": "KeyIso", "timeout_s": 60},
    {"op": "service.restart", "service": "TermService", "timeout_s": 300},
    {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": THUMBPRINT},
    {"op": "certificate.wait_renewed", "previous": [THUMBPRINT], "timeout_s": 1},
    {"op": "certificate.wait_renewed", "previous": [], "timeout_s": 1},
    {"op": "service.restart", "service": "TermService", "timeout_s": 300, "expect_empty": True},
    renew(),
    renew(previous=[], remove=THUMBPRINT, restart=True, timeout_s=300),
    {"op": "certificate.enrol", "timeout_s": 60},
    {"op": "clock.resync", "timeout_s": 60},
    {"op": "domain.reset_channel", "timeout_s": 60},
    replaced(POL),
    replaced(POL, hash="AB" * 32),
    replaced(INI, "gpt.ini"),
    refreshed(SecurityLayer=dword(1)),
    refreshed(SecurityLayer=dword(2), UserAuthentication=dword(1), MinEncryptionLevel=dword(4)),
    refreshed(fDenyTSConnections=dword(1)),
    rule(),
    rule(name=OTHER_RULES[0], active=False, profiles=0),
    rule(name=OTHER_RULES[1], addresses=["10.0.0.0/8", "LocalSubnet", "2001:db8::1", "10.0.0.1-10.0.0.9"]),
    rule(name=OWN_RULE, profiles=7, addresses=["Any"]),
    {"op": "group.add", "member": PERSON},
    {"op": "group.add", "member": "S-1-12-1-1-2-3-4294967295"},
    {"op": "task.disarm"},
]
UNDO_ONLY: list[dict[str, Any]] = [
    {"op": "profile.remember", "sid": PERSON, "target": "srv01", "hash": b64(b"x" * 20)},
    rdp_file(value=0),
    rdp_file(value=None),
    rdp_file(setting="authentication level", value=0),
    {"op": "registry.remove", "key": RDP, "name": "UserAuthentication"},
    setting("UserAuthentication", 0),
    setting("USERAUTHENTICATION", 0),
    setting("UserAuthentication", b64(bytes(4)), "binary"),
    setting("SecurityLayer", 9),
    setting("MinEncryptionLevel", 0),
    setting("MinEncryptionLevel", 1),
    setting("fAllowSecProtocolNegotiation", 0),
    setting("fEnableWinStation", 0),
    setting("fLogonDisabled", 1),
    setting("fDenyTSConnections", 4294967295, key=TS),
    setting("SelfSignedCertStore", "My", "string", WS),
    setting("SelfSignedCertStore", "Root", "string", WS),
    {"op": "service.start_type", "service": "SessionEnv", "start": 4},
    {"op": "service.stop", "service": "SessionEnv", "timeout_s": 60},
    {"op": "certificate.import", "store": "Remote Desktop", "thumbprint": DER_THUMBPRINT, "blob": b64(BLOB)},
    {"op": "certificate.remove_imported", "store": "My", "thumbprint": THUMBPRINT},
    setting("SSLCertificateSHA1Hash", "AB" * 20, "string"),
    setting("SSLCertificateSHA1Hash", b64(b"x" * 19), "binary"),
    setting("fDenyTSConnections", ["a"], "multi_string", TS),
    replaced(None),
    replaced(None, "gpt.ini"),
    replaced(POL.replace(b"W\0i\0n\0", b"w\0o\0n\0"), hash="AB" * 32),
    replaced(b"[General]\r\nVersion=7\r\n", "gpt.ini"),
    refreshed(SecurityLayer=None),
    refreshed(UserAuthentication=dword(0)),
    refreshed(MinEncryptionLevel={"type": "string", "data": "1"}),
    rule(profiles=4),
    rule(profiles=7),
    rule(profiles=0, addresses=["Any"]),
    rule(addresses=[]),
    rule(addresses="Any"),
    rule(addresses=["10.0.0.1|Action=Block"]),
    rule(name=OWN_RULE, port=3389, active=False),
    rule(name=OWN_RULE, port=3390, profiles=0),
    rule(name=OWN_RULE, port=3390),
    {"op": "firewall.remove", "rule": OWN_RULE},
    {"op": "group.remove", "member": PERSON},
]
REFUSED: list[Any] = [
    None,
    7,
    "registry.set",
    [],
    {},
    {"op": None},
    {"op": "registry.delete"},
    {"op": "REGISTRY"},
    {"op": "firewall.disable"},
    {"op": "certificate.remove"},
    {"op": "service.start", "service": "TermService"},
    {**setting("SecurityLayer", 2), "force": True},
    # never
    setting("SecurityLayer", 0),
    setting("SECURITYLAYER", 0),
    setting("SecurityLayer", 0, "qword"),
    setting("SecurityLayer", "0", "string"),
    setting("SecurityLayer", "0x00", "expand_string"),
    setting("SecurityLayer", "", "string"),
    setting("SecurityLayer", ["0"], "multi_string"),
    setting("SecurityLayer", [], "multi_string"),
    setting("SecurityLayer", b64(bytes(4)), "binary"),
    setting("SecurityLayer", "", "none"),
    # outside the list
    setting("PortNumber", 3390),
    setting(
        "AllowEncryptionOracle",
        2,
        key=r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\CredSSP\Parameters",
    ),
    setting("SecurityLayer", 2, key=TS),
    setting("SecurityLayer", 2, key=RDP + "\\"),
    setting("SecurityLayer", 2, key=RDP.replace("HKLM", "HKCU")),
    setting("SecurityLayer", 2, key=RDP.replace("HKLM", "HKEY_LOCAL_MACHINE")),
    setting("SecurityLayer", 2, key=RDP.replace("CurrentControlSet", "ControlSet001")),
    setting("SecurityLayer", 2, key=RDP[5:]),
    setting("SecurityLayer", 2, key=None),
    setting("", 2),
    setting("SecurityLayer*", 2),
    setting("fDenyTSConnections", 0, key=r"HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services"),
    {"op": "registry.remove", "key": RDP, "name": "PortNumber"},
    {"op": "registry.remove", "key": RDP, "name": None},
    # wrong data
    setting("SecurityLayer", "2"),
    setting("SecurityLayer", 2.0),
    setting("SecurityLayer", -1),
    setting("SecurityLayer", 4294967296),
    setting("SecurityLayer", True),
    setting("SecurityLayer", None),
    setting("SecurityLayer", [2]),
    setting("SecurityLayer", 2, "qword"),
    setting("SecurityLayer", "2", "string"),
    setting("SecurityLayer", 2, "DWORD2"),
    setting("SSLCertificateSHA1Hash", "no base64!", "binary"),
    setting("SSLCertificateSHA1Hash", 1, "binary"),
    setting("SelfSignedCertStore", 1, "string", WS),
    setting("SelfSignedCertStore", None, "string", WS),
    # services
    {"op": "service.start", "service": "WinRM", "timeout_s": 60},
    {"op": "service.restart", "service": "gpsvc", "timeout_s": 60},
    {"op": "service.restart", "service": "WinDefend", "timeout_s": 60},
    {"op": "service.start", "service": ["TermService"], "timeout_s": 60} | {"service": ["WinRM"]},
    {"op": "service.start", "service": "Term*", "timeout_s": 60},
    {"op": "service.start", "service": "TermService", "timeout_s": 0},
    {"op": "service.start", "service": "TermService", "timeout_s": 301},
    {"op": "service.start", "service": "TermService", "timeout_s": "60"},
    {"op": "service.start_type", "service": "TermService", "start": 1},
    {"op": "service.start_type", "service": "TermService", "start": 0},
    {"op": "service.start_type", "service": "TermService", "start": "2"},
    {"op": "service.start_type", "service": "EventLog", "start": 4},
    {"op": "service.restart", "service": "KeyIso", "timeout_s": 60},
    {"op": "service.stop", "service": "CryptSvc", "timeout_s": 60},
    {"op": "service.restart", "service": "TermService", "timeout_s": 60, "expect_empty": 1},
    {"op": "service.start", "service": "TermService", "timeout_s": 60, "expect_empty": True},
    # certificates
    {"op": "certificate.remove", "store": "My", "thumbprint": THUMBPRINT},
    {"op": "certificate.remove", "store": "Root", "thumbprint": THUMBPRINT},
    {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": PINNED},
    {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": THUMBPRINT.lower()},
    {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": "..\\" + THUMBPRINT[3:]},
    {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": ""},
    {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": THUMBPRINT + "\n"},
    {"op": "certificate.remove", "store": "Remote Desktop\\..\\Root", "thumbprint": THUMBPRINT},
    {"op": "certificate.remove", "store": "remote desktop", "thumbprint": THUMBPRINT},
    {"op": "certificate.import", "store": "Root", "thumbprint": DER_THUMBPRINT, "blob": b64(BLOB)},
    {"op": "certificate.import", "store": "Remote Desktop", "thumbprint": THUMBPRINT, "blob": b64(BLOB)},
    {"op": "certificate.import", "store": "Remote Desktop", "thumbprint": DER_THUMBPRINT, "blob": b64(BLOB[:-1])},
    {"op": "certificate.import", "store": "Remote Desktop", "thumbprint": DER_THUMBPRINT, "blob": "?"},
    {"op": "certificate.import_pfx", "store": "Remote Desktop", "thumbprint": THUMBPRINT},
    {"op": "certificate.import_pfx", "store": "Root", "thumbprint": THUMBPRINT},
    {"op": "certificate.import_pfx", "store": "My", "thumbprint": THUMBPRINT.lower()},
    {"op": "certificate.import_pfx", "store": "My", "thumbprint": THUMBPRINT, "pfx": b64(b"0")},
    {"op": "certificate.remove_imported", "store": "Remote Desktop", "thumbprint": THUMBPRINT},
    {"op": "certificate.remove_imported", "store": "my", "thumbprint": THUMBPRINT},
    {"op": "certificate.remove_imported", "store": "My", "thumbprint": ""},
    {"op": "certificate.wait_renewed", "previous": THUMBPRINT, "timeout_s": 60},
    {"op": "certificate.wait_renewed", "previous": ["x"], "timeout_s": 60},
    {"op": "certificate.wait_renewed", "previous": None, "timeout_s": 60},
    renew(previous=THUMBPRINT),
    renew(previous=["x"]),
    renew(remove=PINNED),
    renew(remove=THUMBPRINT.lower()),
    renew(remove="..\\" + THUMBPRINT[3:]),
    renew(remove=[THUMBPRINT]),
    renew(restart=1),
    renew(restart="true"),
    renew(restart=None),
    renew(timeout_s=0),
    renew(store="Root"),
    # clients
    forget(sid="S-1-5-18"),
    forget(sid=PERSON + "\\Software"),
    forget(sid=None),
    forget(target="..\\..\\Default"),
    forget(target=""),
    forget(target=7),
    forget(hash=b64(b"x" * 20)),
    rdp_file(file=r"\\files\share\srv01.rdp"),
    rdp_file(file=r"C:\Users\anna\..\..\Windows\srv01.rdp"),
    rdp_file(file=r"C:\Windows\System32\drivers\etc\hosts"),
    rdp_file(file=RDP_FILE + ":stream.rdp"),
    rdp_file(file=None),
    rdp_file(setting="full address"),
    rdp_file(setting="password 51"),
    rdp_file(setting=None),
    rdp_file(value="1"),
    rdp_file(value=True),
    install(app="Microsoft.RemoteDesktopClient"),
    install(app="Microsoft.WindowsApp --override x"),
    install(app=None),
    install(timeout_s=301),
    # files
    {"op": "acl.set", "path": KEY_FILE + "x", "sddl": SDDL},
    {"op": "acl.set", "path": KEY_FILE.rsplit("\\", 1)[0], "sddl": SDDL},
    {"op": "acl.set", "path": r"C:\Windows", "sddl": SDDL},
    {"op": "acl.set", "path": None, "sddl": SDDL},
    {"op": "acl.set", "path": KEY_FILE, "sddl": None},
    {"op": "certificate.enrol", "timeout_s": 60, "template": "SubCA"},
    # clock and domain
    {"op": "clock.resync"},
    {"op": "clock.resync", "timeout_s": 60, "source": "time.example"},
    {"op": "clock.set", "timeout_s": 60},
    {"op": "domain.reset_channel", "timeout_s": 0},
    {"op": "domain.reset_channel", "timeout_s": 60, "domain": "other.example"},
    # policies
    replaced(NO_TLS),
    replaced(POL[:-1]),
    replaced(b"MZ"),
    replaced(b"", hash=None),
    replaced("no base64"),
    replaced(7),
    replaced(POL, "Registry.pol"),
    replaced(POL, "..\\..\\drivers\\etc\\hosts"),
    replaced(POL, r"C:\Windows\System32\GroupPolicy\Machine\Registry.pol"),
    replaced(POL, None),
    replaced(POL, ["registry.pol"]),
    replaced(POL, hash="ab" * 32),
    replaced(POL, hash="AB" * 31),
    replaced(POL, hash=1),
    replaced(POL + bytes(131072)),
    refreshed(),
    refreshed(SecurityLayer=dword(0)),
    refreshed(SecurityLayer={"type": "string", "data": "0"}),
    refreshed(SecurityLayer={"type": "qword", "data": 2}),
    refreshed(SecurityLayer=2),
    refreshed(SecurityLayer=dword("2")),
    refreshed(fPromptForPassword=dword(0)),
    refreshed(securitylayer=dword(2)),
    refreshed(SecurityLayer=dword(2), PortNumber=dword(1)),
    {"op": "policy.refresh", "settings": None, "timeout_s": 1},
    {"op": "policy.refresh", "settings": ["SecurityLayer"], "timeout_s": 1},
    {"op": "policy.refresh", "settings": {"SecurityLayer": dword(2)}, "timeout_s": 0},
    # the firewall
    rule(name="RemoteDesktop-In-TCP-WS"),
    rule(name="{B1}", active=False),
    rule(name=RULE.lower()),
    rule(name=[RULE]),
    rule(active=1),
    rule(active=None),
    rule(profiles=8),
    rule(profiles=-1),
    rule(profiles="3"),
    rule(profiles=True),
    rule(port=3389),
    rule(name=OWN_RULE, port=0),
    rule(name=OWN_RULE, port=65536),
    rule(name=OWN_RULE, port="3389"),
    {"op": "firewall.remove", "rule": RULE},
    {"op": "firewall.set", "rule": RULE, "active": True, "profiles": 1},
    {"op": "firewall.profile", "profile": 1, "active": False},
    # members
    *({"op": "group.add", "member": sid} for sid in ("S-1-5-20", "S-1-1-0", "S-1-5-11", "S-1-5-32-544", "alice", None)),
    {"op": "group.add", "member": PERSON + "-1"},
    {"op": "group.add", "member": PERSON + "\n"},
    {"op": "group.add", "member": [PERSON]},
    {"op": "group.add", "member": PERSON, "group": "S-1-5-32-544"},
    # the task
    {"op": "task.arm", "at": "2020-01-01T00:00:00Z", "causes": [], "xml": ""},
    {"op": "task.arm", "at": "2999-01-01T00:00:00Z", "causes": [], "xml": ""},
    {"op": "task.arm", "at": "soon", "causes": [], "xml": ""},
    {"op": "task.arm", "at": None, "causes": [], "xml": ""},
    {"op": "task.arm", "at": "2026-99-99T99:99:00Z", "causes": [], "xml": ""},
    {"op": "task.arm", "at": "2020-01-01T00:00:00Z", "causes": "nla.disabled", "xml": ""},
    {"op": "task.arm", "at": "2020-01-01T00:00:00Z", "causes": []},
    {"op": "task.disarm", "name": "other"},
]
