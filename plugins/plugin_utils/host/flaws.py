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

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract, programs
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, STOPPED, Snapshot

SERVICES = r"HKLM\SYSTEM\CurrentControlSet\Services"
# Windows' own program file of each service that is judged.
FILES = {"TermService": "termsrv.dll", "SessionEnv": "sessenv.dll", "UmRdpService": "umrdp.dll"}
NO_DLL, GROUP, DEPENDENCY, REPLACED, OFF = "no_dll", "group", "dependency", "replaced", "disabled"
QUOTED = "quoted"
_GROUP = re.compile(r"[ \t]-k[ \t]+([^ \t]+)", re.IGNORECASE | re.ASCII)
# So many names of a group are shown; netsvcs has more than forty.
_SHOWN = 3


@dataclass(frozen=True)
class Flaw:
    """``word`` is its kind, ``fact`` one sentence on what was read at ``where``, ``beside`` a second one that shows it.
    ``group`` is svchost's, where it is about one. ``stopped``: the service is down now; of any other it tells of the
    next start alone, and explains nothing that happens now.
    """

    word: str
    fact: str
    where: str
    stopped: bool
    group: str = ""
    beside: str = ""

    @property
    def fails(self) -> bool:
        """Whether a start is known to fail. Another program in the place of Windows' own may well start."""
        return self.word != REPLACED

    @property
    def keeps_down(self) -> bool:
        """Whether the service is known not to run for it."""
        return self.fails and self.stopped

    @property
    def outlook(self) -> str:
        """What becomes of a start, behind the service's name: every sentence on a flaw has these words."""
        again = "" if self.stopped else " again once it has ended"
        if self.fails:
            return f"cannot start{again}: {self.fact}"
        return f"might not start{again}, for it is not Windows' own: {self.fact}"


def flaw(snapshot: Snapshot, name: str) -> Flaw | None:
    """The first that was found; None where there is none, nothing was read, or the service is none of ``FILES``."""
    service = snapshot.service(name) if name in FILES else None
    if not service:
        return None
    return (
        _misquoted(snapshot, service, name)
        or _no_dll(snapshot, service, name)
        or _not_in_group(snapshot, service, name)
        or _dependency_gone(snapshot, service, name)
        or _foreign_dll(snapshot, service, name)
    )


def of_next_start(snapshot: Snapshot, name: str) -> Flaw | None:
    """What keeps a service from starting again once it has ended, that it is disabled included."""
    service = snapshot.service(name)
    if service and service["start"] == DISABLED:
        return _disabled(name, _is_stopped(service))
    return flaw(snapshot, name)


def of_dependents(snapshot: Snapshot, name: str) -> dict[str, Flaw]:
    """The services that go down with this one and would not, or might not, start again, each with its flaw.

    Of a service that the snapshot has no section of, that it is disabled is all that can be known.
    """
    own = snapshot.service(name) or {}
    rows = {row["name"]: row for row in own.get("dependents") or () if row["state"] != STOPPED}
    found = {}
    for other in (*rows, *_needing(snapshot, name)):
        flawed = of_next_start(snapshot, _own_name(other))
        if not flawed and rows.get(other, {}).get("start") == DISABLED:
            flawed = _disabled(other, stopped=False)
        if flawed and not flawed.stopped:
            found[_own_name(other)] = flawed
    return found


def _own_name(name: str) -> str:
    """A service's name as the snapshot has it: Windows knows no upper and lower case there."""
    return next((one for one in contract.SERVICES if one.lower() == name.lower()), name)


def _needing(snapshot: Snapshot, name: str) -> list[str]:
    """The services of the snapshot that run and say that they need this one: the service manager may not have told."""
    others = ((other, snapshot.service(other)) for other in contract.SERVICES)
    return [
        other
        for other, service in others
        if service and service["state"] not in (None, STOPPED)
        if name.lower() in [needed.lower() for needed in service["depends_on"] or ()]
    ]


def _disabled(name: str, stopped: bool) -> Flaw:
    return Flaw(OFF, f"{name} is disabled", rf"{SERVICES}\{name}", stopped)


def foreign_program(snapshot: Snapshot, name: str) -> Flaw | None:
    """Another program in the place of Windows' own: in its process, or as its process. The latter is a service of its
    own, which starts as well as any: it is worth naming and no reason to leave it stopped.
    """
    service = snapshot.service(name)
    if not service or _misquoted(snapshot, service, name):
        return None
    if service["image_path"] and not _is_svchosts(snapshot, service):
        fact = f"ImagePath of {name} is {service['image_path']}"
        return Flaw(REPLACED, fact, rf"{SERVICES}\{name}", _is_stopped(service))
    return _foreign_dll(snapshot, service, name)


def _foreign_dll(snapshot: Snapshot, service: dict[str, Any], name: str) -> Flaw | None:
    dll = service["service_dll"]
    if not dll or (service["image_path"] and not _is_svchosts(snapshot, service)):
        return None
    # What Windows makes of quotation marks here is not documented: they make it no other file.
    if programs.is_own(dll[1:-1] if re.fullmatch('".+"', dll) else dll, FILES[name], snapshot.system32):
        return None
    where = rf"{SERVICES}\{name}\Parameters"
    return Flaw(REPLACED, f"ServiceDll of {name} is {dll}", where, _is_stopped(service))


def _is_stopped(service: dict[str, Any]) -> bool:
    return bool(service["state"] == STOPPED)


def _is_svchosts(snapshot: Snapshot, service: dict[str, Any]) -> bool:
    """Whether Windows' svchost.exe is its process. Only that looks for a ServiceDll and for the name of a group."""
    name, _options = programs.program(service["image_path"] or "")
    return programs.is_own(name, "svchost.exe", snapshot.system32)


def _misquoted(snapshot: Snapshot, service: dict[str, Any], name: str) -> Flaw | None:
    """Windows' own program, with quotation marks that make its options, or one of the marks, part of its name: there is
    no file of that name.
    """
    image = service["image_path"] or ""
    if '"' not in image or _is_svchosts(snapshot, service):
        return None
    meant, _options = programs.program(image.replace('"', ""))
    if not programs.is_own(meant, "svchost.exe", snapshot.system32):
        return None
    fact = f"ImagePath of {name} is {image}, whose quotation marks are in the wrong place"
    return Flaw(QUOTED, fact, rf"{SERVICES}\{name}", _is_stopped(service))


def _no_dll(snapshot: Snapshot, service: dict[str, Any], name: str) -> Flaw | None:
    """Empty, or not there: of a service whose key was read."""
    dll = service["service_dll"]
    if dll or not _is_svchosts(snapshot, service) or (dll is None and service.get("error")):
        return None
    how = "is not there" if dll is None else "is empty"
    where = rf"{SERVICES}\{name}\Parameters"
    return Flaw(NO_DLL, f"ServiceDll of {name}, which names its program file, {how}", where, _is_stopped(service))


def _not_in_group(snapshot: Snapshot, service: dict[str, Any], name: str) -> Flaw | None:
    """svchost.exe takes the services of its group alone, by the list that has the group's name."""
    named = _GROUP.search(service["image_path"]) if _is_svchosts(snapshot, service) else None
    group = _spelled(named[1]) if named else None
    if not group:
        return None
    listed, where, stopped = snapshot.value(collect.SVCHOST, group), f"HKLM\\{collect.SVCHOST}", _is_stopped(service)
    if listed is None:
        gone = f"svchost's group {group}, which has to list {name}, is not there"
        return Flaw(GROUP, gone, where, stopped, group) if _is_gone(snapshot, group) else None
    names = listed["data"] if listed["type"] == "multi_string" else [name]
    if name.lower() in [str(one).lower() for one in names]:
        return None
    where = f"{where}\\{group}"
    if not names:
        return Flaw(GROUP, f"svchost's group {group}, which has to list {name}, is empty", where, stopped, group)
    fact, holds = f"svchost's group {group} does not list {name}", f"svchost's group {group} lists {_few(names)}"
    return Flaw(GROUP, fact, where, stopped, group, holds)


def _few(names: list[Any]) -> str:
    """The first of them, and how many more there are."""
    told, more = ", ".join(map(str, names[:_SHOWN])), len(names) - _SHOWN
    return f"{told} and {more} more" if more > 0 else told


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


def _dependency_gone(snapshot: Snapshot, service: dict[str, Any], name: str) -> Flaw | None:
    services = snapshot.section("services") or {}
    gone = [one for one in service["depends_on"] or () if one in services and services[one] is None]
    if not gone:
        return None
    fact = f"{name} depends on {', '.join(gone)}, which is not installed"
    return Flaw(DEPENDENCY, fact, "section services", _is_stopped(service))
