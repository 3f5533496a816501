# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Windows' own tools write of the model, on a German Windows; their form is that of the public documentation:
https://learn.microsoft.com/windows-server/administration/windows-commands/windows-commands"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from tests.hosts import hostscript
from tests.hosts.hostscript import LISTENER_KEYS, SERVICES
from tests.hosts.windows import RDP_TCP, TS, WS, Windows, utc_text

_KINDS = {
    "dword": "REG_DWORD",
    "qword": "REG_QWORD",
    "string": "REG_SZ",
    "expand_string": "REG_EXPAND_SZ",
    "multi_string": "REG_MULTI_SZ",
    "binary": "REG_BINARY",
    "none": "REG_NONE",
}
_STATES = {1: "STOPPED", 2: "START_PENDING", 3: "STOP_PENDING", 4: "RUNNING"}
_STARTS = {2: "AUTO_START", 3: "DEMAND_START", 4: "DISABLED"}


def answers(host: Windows, key_files: list[str]) -> dict[str, Any]:
    return dict(_answers(host, key_files))


def _said(text: str, code: int = 0) -> dict[str, Any]:
    return {"there": True, "code": code, "text": text.replace("\n", "\r\n")}


def _answers(host: Windows, key_files: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, path in LISTENER_KEYS.items():
        yield f"reg {name}", _reg(path, host.data["registry"].get(path))
    about = host.data["host"]
    yield (
        "reg version",
        _reg(
            r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion",
            {
                "CurrentBuildNumber": {"type": "string", "data": str(about["build"])},
                "UBR": {"type": "dword", "data": about["ubr"]},
                "EditionID": {"type": "string", "data": about["edition_id"]},
                "InstallationType": {"type": "string", "data": about["installation_type"]},
            },
        ),
    )
    for name in SERVICES:
        yield f"sc qc {name}", _qc(host, name)
        yield f"sc queryex {name}", _queryex(host, name)
    for store in ("My", "Remote Desktop"):
        yield f"certutil {store}", _certutil(host, store)
    for path in key_files:
        yield f"icacls {path}", _icacls(host, path)
    yield "netstat", _netstat(host)
    yield "quser", _quser(host)
    clock = (host.get(r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type") or {"data": "NT5DS"})[
        "data"
    ]
    yield "w32tm", _said(f"[Konfiguration]\n\nEventLogFlags: 2 (Lokal)\n\n[Zeitanbieter]\n\nType: {clock} (Lokal)\n")
    yield "firewall", {"there": False, "error": "System.Management.Automation.CommandNotFoundException"}
    logs = hostscript.call(host, {"operation": "snapshot", "sections": ["events"], "events": []})
    for log, state in (logs["sections"]["events"]["states"] or {}).items():
        yield f"log {log}", _said(f"enabled={int(state['enabled'])}")
    boot = utc_text(host.now() - timedelta(days=3))[:19] + "Z"
    yield (
        "Win32_OperatingSystem",
        _said(f"BuildNumber={about['build']}\nLastBootUpTime={boot}\nProductType={about['product_type']}"),
    )
    joined = about["dns_domain"] is not None
    yield "Win32_ComputerSystem", _said(f"Name={about['computer_name']}\nPartOfDomain={joined}\nDomainRole=")
    yield "Win32_TSGeneralSetting", _said(_general(host))
    allowed = host.effective("fDenyTSConnections", TS, 1)
    yield "Win32_TerminalServiceSetting", _said(f"AllowTSConnections={'' if allowed is None else int(allowed == 0)}")


def _general(host: Windows) -> str:
    """Numbers, and the hash: https://learn.microsoft.com/windows/win32/termserv/win32-tsgeneralsetting"""
    layer = host.effective("SecurityLayer", RDP_TCP, 1)
    level = host.effective("MinEncryptionLevel", RDP_TCP, 2)
    asked = host.effective("UserAuthentication", RDP_TCP, 0)
    told = {"SecurityLayer": layer, "MinEncryptionLevel": level, "UserAuthenticationRequired": asked}
    lines = [f"{name}={'' if number is None else number}" for name, number in told.items()]
    places = ((RDP_TCP, "SSLCertificateSHA1Hash"), (WS, "TemplateCertificate"), (WS, "SelfSignedCertificate"))
    bound = next(filter(None, (host.thumbprint(*place) for place in places)), "")
    return "\n".join([*lines, f"SSLCertificateSHA1Hash={bound}"])


def _reg(path: str, settings: dict[str, Any] | None) -> dict[str, Any]:
    if settings is None:
        return _said("", 1)
    lines = [f"    {name}    {_KINDS[value['type']]}    {_data(value)}" for name, value in settings.items()]
    return _said("\n".join(["", path.replace("HKLM", "HKEY_LOCAL_MACHINE"), *lines, "", path + "\\Unterschlüssel", ""]))


def _data(value: dict[str, Any]) -> str:
    kind, data = value["type"], value["data"]
    if kind in ("dword", "qword"):
        return f"0x{data:x}"
    if kind in ("binary", "none"):
        return base64.b64decode(data).hex().upper()
    return "\\0".join(data) if kind == "multi_string" else str(data)


def _qc(host: Windows, name: str) -> dict[str, Any]:
    if name not in host.data["services"]:
        return _said("[SC] OpenService FEHLER 1060:\n\nDer angegebene Dienst ist kein installierter Dienst.\n", 1060)
    start = host.data["services"][name]["start"]
    return _said(
        f"[SC] QueryServiceConfig ERFOLG\n\nSERVICE_NAME: {name}\n"
        "        TYP                : 20  WIN32_SHARE_PROCESS\n"
        f"        STARTTYP           : {start}   {_STARTS[start]}\n        FEHLERSTEUERUNG    : 1   NORMAL\n"
        "        PFAD               : C:\\Windows\\System32\\svchost.exe -k netsvcs\n        TAG                : 0\n"
    )


def _queryex(host: Windows, name: str) -> dict[str, Any]:
    if name not in host.data["services"]:
        return _said("[SC] EnumQueryServicesStatus:OpenService FEHLER 1060:\n", 1060)
    state = host.service(name)["state"]
    return _said(
        f"\nSERVICE_NAME: {name}\n        TYP                : 20  WIN32_SHARE_PROCESS\n"
        f"        STATUS             : {state}  {_STATES[state]}\n"
        "                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)\n"
        "        WIN32_BEENDIGUNGSCODE: 0  (0x0)\n        DIENST_BEENDIGUNGSCODE: 0  (0x0)\n"
        "        PRÜFPUNKT          : 0x0\n        WARTEHINWEIS       : 0x0\n"
        f"        PID                : {host.volatile['pids'].get(name, 0)}\n        FLAGS              : \n"
    )


def _certutil(host: Windows, store: str) -> dict[str, Any]:
    entries = "".join(
        f"================ Zertifikat {number} ================\nSeriennummer: {thumbprint[::-1].lower()}\n"
        f"Antragsteller: CN=x\nZertifikathash(sha1): {thumbprint.lower()}\n"
        for number, thumbprint in enumerate(host.store(store))
    )
    return _said(f'{store} "..."\n{entries}CertUtil: -store-Befehl wurde erfolgreich ausgeführt.\n')


def _icacls(host: Windows, path: str) -> dict[str, Any]:
    file = host.data["files"].get(path)
    found = f"SID gefunden: {path}.\n" if file and re.search(r";(NS|S-1-5-20)\)", file["sddl"]) else ""
    return _said(f"{found}Es wurden 1 Dateien erfolgreich verarbeitet.\n")


def _netstat(host: Windows) -> dict[str, Any]:
    rows = "  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         900\n"
    for row in hostscript.call(host, {"operation": "snapshot", "sections": ["port"]})["sections"]["port"]["listeners"]:
        rows += f"  TCP    0.0.0.0:{row['port']}           0.0.0.0:0              ABHÖREN         {row['pid']}\n"
        rows += f"  TCP    10.0.0.5:{row['port']}          10.0.0.9:50411         HERGESTELLT     {row['pid']}\n"
    return _said(f"\nAktive Verbindungen\n\n  Proto  Lokale Adresse  Remoteadresse  Status  PID\n{rows}")


def _quser(host: Windows) -> dict[str, Any]:
    rows = host.data["sessions"]
    if not rows:
        return _said("", 1)
    lines = [
        f" {row['user'].rsplit(chr(92), 1)[-1]:21} {row['station'] or '':17} {row['id']:>3}  Aktiv  .  23.11.2026 09:00"
        for row in rows
    ]
    return _said(
        "\n".join([" BENUTZERNAME          SITZUNGSNAME       ID  STATUS  LEERLAUF  ANMELDEZEIT", *lines]) + "\n"
    )
