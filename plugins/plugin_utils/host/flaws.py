# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What in a service's own configuration keeps it from starting, whatever its last exit code is.

A service that never ran since Windows started, or that ended in order, has an exit code that says nothing: the registry
alone tells that its next start fails. What was not read is no flaw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"
# Windows' own program file of each service that is judged.
FILES = {"TermService": "termsrv.dll", "SessionEnv": "sessenv.dll", "UmRdpService": "umrdp.dll"}
NO_DLL, GROUP, DEPENDENCY, REPLACED = "no_dll", "group", "dependency", "replaced"
_SYSTEM32 = r'"?(%systemroot%|%windir%|[a-z]:\\windows|\\systemroot)\\system32\\'
_PROCESS = re.compile(_SYSTEM32 + r'svchost\.exe"?( .*)?', re.IGNORECASE)
_DLLS = {name: re.compile(_SYSTEM32 + re.escape(file) + '"?', re.IGNORECASE) for name, file in FILES.items()}
_GROUP = re.compile(r"\s-k\s+(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Flaw:
    """``word`` is its kind, ``fact`` what was read at ``where``; ``group`` is svchost's, where it is about one."""

    word: str
    fact: str
    where: str
    group: str = ""


def flaw(snapshot: Snapshot, name: str) -> Flaw | None:
    """The first that was found; None where there is none, nothing was read, or the service is none of ``FILES``."""
    service = snapshot.service(name) if name in FILES else None
    if not service:
        return None
    return (
        _no_dll(service, name)
        or _not_in_group(snapshot, service, name)
        or _dependency_gone(snapshot, service)
        or _foreign_dll(service, name)
    )


def foreign_program(service: dict[str, Any], name: str) -> Flaw | None:
    """Another program in the place of Windows' own: in its process, or as its process, which may well start."""
    image = service["image_path"]
    found = _foreign_dll(service, name)
    if found is None and image and not _PROCESS.fullmatch(image):
        return Flaw(REPLACED, f"ImagePath is {image}", rf"{SERVICES}\{name}")
    return found


def _foreign_dll(service: dict[str, Any], name: str) -> Flaw | None:
    path = service["service_dll"]
    if path and not _DLLS[name].fullmatch(path):
        return Flaw(REPLACED, f"ServiceDll is {path}", rf"{SERVICES}\{name}\Parameters")
    return None


def _no_dll(service: dict[str, Any], name: str) -> Flaw | None:
    """Empty, or not there: of a service in svchost.exe, whose key was read. Another program may do without."""
    dll, image = service["service_dll"], service["image_path"]
    if dll == "":
        return Flaw(NO_DLL, "ServiceDll is empty", rf"{SERVICES}\{name}\Parameters")
    if dll is None and image and not service.get("error") and _PROCESS.fullmatch(image):
        return Flaw(NO_DLL, "ServiceDll is not there", rf"{SERVICES}\{name}\Parameters")
    return None


def _not_in_group(snapshot: Snapshot, service: dict[str, Any], name: str) -> Flaw | None:
    """svchost.exe takes the services of its group alone, by the list that has the group's name."""
    named = _GROUP.search(service["image_path"] or "")
    group = _spelled(named[1]) if named else None
    if not group:
        return None
    listed, where = snapshot.value(collect.SVCHOST, group), f"HKLM\\{collect.SVCHOST}"
    if listed is None:
        return Flaw(GROUP, f"the value {group} is not there", where, group) if _is_gone(snapshot, group) else None
    if listed["type"] != "multi_string" or name.lower() in [str(one).lower() for one in listed["data"]]:
        return None
    return Flaw(GROUP, f"it holds {', '.join(listed['data'])}", f"{where}\\{group}", group)


def _spelled(group: str) -> str | None:
    """The group's name as it is collected; None for one that is not."""
    return next((one for one in collect.VALUES[collect.SVCHOST] if one.lower() == group.lower()), None)


def _is_gone(snapshot: Snapshot, group: str) -> bool:
    """Whether a list that was not found was looked for: an older snapshot has the first groups alone."""
    if f"HKLM\\{collect.SVCHOST}" not in (snapshot.section("registry") or ()) or snapshot.keys_unread(collect.SVCHOST):
        return False
    return group in collect.FIRST_GROUPS or _any_value(snapshot, collect.LATER_GROUPS)


def _any_value(snapshot: Snapshot, groups: Iterable[str]) -> bool:
    return any(snapshot.value(collect.SVCHOST, group) for group in groups)


def _dependency_gone(snapshot: Snapshot, service: dict[str, Any]) -> Flaw | None:
    services = snapshot.section("services") or {}
    gone = [name for name in service["depends_on"] or () if name in services and services[name] is None]
    if not gone:
        return None
    return Flaw(DEPENDENCY, f"it depends on {', '.join(gone)}, which is not installed", "section services")
