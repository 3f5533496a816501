# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules of ansible.windows answer, as far as a baseline needs them: the same reads and writes as with the
collection."""

from __future__ import annotations

import base64
from typing import Any

from cryptography import x509

from tests.hosts.windows import STORES, Windows, read_blob

_STATES = {1: "stopped", 4: "started"}
_STARTS = {2: "auto", 3: "manual", 4: "disabled"}


def answer(host: Windows, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    known = {
        "ansible.windows.win_ping": _ping,
        "ansible.windows.win_reg_stat": _reg_stat,
        "ansible.windows.win_regedit": _regedit,
        "ansible.windows.win_service_info": _service_info,
        "ansible.windows.win_service": _service,
        "ansible.windows.win_certificate_info": _certificate_info,
        "ansible.windows.win_stat": _stat,
        "ansible.windows.win_certificate_store": _certificate_store,
        "ansible.windows.win_acl": _acl,
        "ansible.windows.setup": _setup,
        "ansible.windows.win_powershell": _powershell,
    }
    if name not in known:
        return {"failed": True, "changed": False, "msg": f"the twin has no answer for module {name}"}
    return known[name](host, arguments)


def _dry(arguments: dict[str, Any]) -> bool:
    return bool(arguments.get("_ansible_check_mode"))


def _setup(host: Windows, _arguments: dict[str, Any]) -> dict[str, Any]:
    facts = host.data["host"]
    return {
        "changed": False,
        "ansible_facts": {
            "ansible_os_family": "Windows",
            "ansible_system": "Win32NT",
            "ansible_hostname": facts["computer_name"],
            "ansible_distribution_version": f"10.0.{facts['build']}.0",
            "ansible_powershell_version": 5,
        },
    }


def _powershell(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    """Only the listing of sessions, as text: nothing here runs PowerShell."""
    if arguments.get("script", "").strip().lower() not in ("qwinsta", "query session", "quser", "query user"):
        return {"failed": True, "changed": False, "msg": "the twin runs no PowerShell; it only knows qwinsta and quser"}
    rows = [f"{session['station'] or '':18}{session['user']:22}{session['id']:>6}" for session in host.data["sessions"]]
    return {
        "changed": not _dry(arguments),
        "output": ["\r\n".join([" SESSIONNAME       USERNAME                  ID", *rows])],
        "error": [],
        "host_out": "",
        "host_err": "",
    }


def _path(text: str) -> str:
    return text.replace("HKLM:\\", "HKLM\\")


def _ping(_host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    return {"changed": False, "ping": arguments.get("data", "pong")}


def _reg_stat(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    path = _path(arguments["path"])
    if arguments.get("name"):
        value = host.get(path, arguments["name"])
        return {
            "changed": False,
            "exists": value is not None,
            "value": value["data"] if value else None,
            "raw_value": value["data"] if value else None,
            "type": value["type"] if value else None,
        }
    settings = next(
        (settings for known, settings in host.data["registry"].items() if known.lower() == path.lower()), None
    )
    properties = {
        name: {"value": value["data"], "raw_value": value["data"], "type": value["type"]}
        for name, value in (settings or {}).items()
    }
    below = {
        known[len(path) + 1 :].split("\\")[0]
        for known in host.data["registry"]
        if known.lower().startswith(path.lower() + "\\")
    }
    return {
        "changed": False,
        "exists": settings is not None or bool(below),
        "properties": properties,
        "sub_keys": sorted(below),
    }


def _regedit(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    path, name = _path(arguments["path"]), arguments["name"]
    wanted = (
        None
        if arguments.get("state") == "absent"
        else {"type": arguments.get("type", "dword"), "data": arguments.get("data")}
    )
    changed = host.get(path, name) != wanted
    if changed and not arguments.get("_ansible_check_mode"):
        host.put(path, name, wanted)
    return {"changed": changed}


def _service_info(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    names = [arguments["name"]] if arguments.get("name") else list(host.data["services"])
    services = [
        {
            "name": name,
            "state": _STATES[host.service(name)["state"]],
            "start_mode": _STARTS[host.service(name)["start"]],
            "username": host.service(name)["account"],
            "process_id": host.volatile["pids"].get(name, 0),
        }
        for name in names
        if name in host.data["services"]
    ]
    return {"changed": False, "exists": bool(services), "services": services}


def _service(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    name, changed, error = arguments["name"], False, 0
    if arguments.get("start_mode") and _STARTS[host.service(name)["start"]] != arguments["start_mode"]:
        changed = True
        if not _dry(arguments):
            host.service(name)["start"] = {text: number for number, text in _STARTS.items()}[arguments["start_mode"]]
    if arguments.get("state") == "restarted":
        changed = True
        if not _dry(arguments):
            down = host.stop(name)
            error = next((number for number in map(host.start, [name, *reversed(down)]) if number), 0)
    elif arguments.get("state") == "started" and not host.running(name):
        changed = True
        error = 0 if _dry(arguments) else host.start(name)
    if error:
        return {"failed": True, "changed": False, "msg": f"Cannot start service '{name}': error {error}"}
    return {"changed": changed, "exists": True, "name": name, "state": _STATES[host.service(name)["state"]]}


def _certificate_info(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    found = []
    for thumbprint, blob in host.store(arguments.get("store_name", "My")).items():
        certificate = x509.load_der_x509_certificate(read_blob(blob)[32])
        found.append(
            {
                "thumbprint": thumbprint,
                "subject": certificate.subject.rfc4514_string(),
                "valid_to": certificate.not_valid_after_utc.timestamp(),
                "valid_to_iso8601": certificate.not_valid_after_utc.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "raw": base64.b64encode(read_blob(blob)[32]).decode(),
                "has_private_key": 2 in read_blob(blob),
            }
        )
    return {"changed": False, "exists": bool(found), "certificates": found}


def _certificate_store(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    place = rf"{STORES}\{arguments.get('store_name', 'My')}\Certificates\{arguments['thumbprint']}"
    present = place in host.data["registry"]
    if arguments.get("state") == "absent" and present and not _dry(arguments):
        host.data["registry"].pop(place)
    return {
        "changed": arguments.get("state") == "absent" and present,
        "thumbprints": [arguments["thumbprint"]] if present else [],
    }


def _stat(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    file = host.data["files"].get(arguments["path"])
    return {
        "changed": False,
        "stat": {"exists": file is not None, **({"path": arguments["path"], "size": file["length"]} if file else {})},
    }


def _acl(host: Windows, arguments: dict[str, Any]) -> dict[str, Any]:
    file = host.data["files"].get(arguments["path"])
    if file is None:
        return {"failed": True, "changed": False, "msg": f"{arguments['path']} does not exist"}
    accounts = {"network service": "NS", "system": "SY", "everyone": "WD", "administrators": "BA"}
    account = accounts.get(str(arguments["user"]).lower().rpartition("\\")[2])
    mask = {"read": "0x120089", "fullcontrol": "FA"}.get(str(arguments["rights"]).lower())
    if not account or not mask:
        return {
            "failed": True,
            "changed": False,
            "msg": f"the twin does not know {arguments['user']} or the right {arguments['rights']}",
        }
    entry = f"({'D' if arguments.get('type') == 'deny' else 'A'};;{mask};;;{account})"
    absent = arguments.get("state") == "absent"
    changed = (entry in file["sddl"]) == absent
    if changed and not _dry(arguments):
        head, mark, entries = file["sddl"].partition("(")
        if absent:
            file["sddl"] = file["sddl"].replace(entry, "")
        else:
            file["sddl"] = head + entry + mark + entries if entry[1] == "D" else file["sddl"] + entry
    return {"changed": changed}
