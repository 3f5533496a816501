# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The task of the host's scheduler by which Network Level Authentication is required again, without a controller.

It is data: made here of its time and of the findings for which it was turned off, and made again by the host script,
which registers nothing else. The task runs as SYSTEM at its time and when Windows starts, sets ``UserAuthentication``
to 1, reads it again and removes itself; where that fails it tries again every five minutes.

Task Scheduler keeps a task in a form of its own (defaults written out, another order): ``read`` looks at what the task
does and when, not at its spelling. The schema: https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from xml.sax.saxutils import escape

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract

NAME = "winops.rdp arm NLA"
SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)
# What a task must have left where it is relied on, and how much further off than the longest time it may be: what the
# rounding of its time and the way to the host add.
LEFT, _SLACK = timedelta(minutes=5), timedelta(minutes=5)
_COMMAND = r"%SystemRoot%\System32\cmd.exe"
_PROGRAMS = "%SystemRoot%\\System32\\"
_VALUE = f'"{contract.hklm(contract.RDP_TCP)}" /v UserAuthentication'
# findstr /e: at the end of the line that reg.exe prints of the value, which is the same in every language.
_ARGUMENTS = (
    f'/d /s /c "{_PROGRAMS}reg.exe add {_VALUE} /t REG_DWORD /d 1 /f'
    f" && {_PROGRAMS}reg.exe query {_VALUE} | {_PROGRAMS}findstr.exe /e 0x1"
    f' && {_PROGRAMS}schtasks.exe /delete /tn "{NAME}" /f"'
)
_FORM = (
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
    "<RegistrationInfo><Description>{causes}</Description></RegistrationInfo>"
    "<Triggers><TimeTrigger><Repetition><Interval>PT5M</Interval></Repetition>"
    "<StartBoundary>{at}</StartBoundary></TimeTrigger>"
    "<BootTrigger><Repetition><Interval>PT5M</Interval></Repetition></BootTrigger></Triggers>"
    '<Principals><Principal id="S"><UserId>S-1-5-18</UserId></Principal></Principals>'
    "<Settings><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
    "<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><StartWhenAvailable>true</StartWhenAvailable>"
    "<ExecutionTimeLimit>PT5M</ExecutionTimeLimit></Settings>"
    '<Actions Context="S"><Exec><Command>{command}</Command><Arguments>{arguments}</Arguments></Exec></Actions></Task>'
)
# What a task that ends it is made of, by the elements' path: what each says, or what it may say (None: anything). The
# first must be there; the second are what the scheduler writes out beside them. Anything else may keep a task from
# running, or from coming to its end.
_HAS = {
    "Triggers/TimeTrigger/Repetition/Interval": "PT5M",
    "Triggers/BootTrigger/Repetition/Interval": "PT5M",
    "Principals/Principal/UserId": "S-1-5-18",
    "Settings/DisallowStartIfOnBatteries": "false",
    "Settings/StopIfGoingOnBatteries": "false",
    "Settings/StartWhenAvailable": "true",
    "Settings/ExecutionTimeLimit": "PT5M",
    "Actions/Exec/Command": _COMMAND,
    "Actions/Exec/Arguments": _ARGUMENTS,
}
_START = "Triggers/TimeTrigger/StartBoundary"
_CAUSES = "RegistrationInfo/Description"
_MAY_HAVE: dict[str, str | None] = {
    **dict.fromkeys(
        (
            "RegistrationInfo",
            _CAUSES,
            *(
                f"RegistrationInfo/{name}"
                for name in ("Author", "Date", "Documentation", "SecurityDescriptor", "Source", "URI", "Version")
            ),
            _START,
            "Principals/Principal/RunLevel",
            "Settings/AllowHardTerminate",
            "Settings/AllowStartOnDemand",
            "Settings/Hidden",
            "Settings/IdleSettings",
            *(
                f"Settings/IdleSettings/{name}"
                for name in ("Duration", "RestartOnIdle", "StopOnIdleEnd", "WaitTimeout")
            ),
            "Settings/UseUnifiedSchedulingEngine",
            "Settings/WakeToRun",
        )
    ),
    "Triggers/TimeTrigger/Enabled": "true",
    "Triggers/TimeTrigger/Repetition/StopAtDurationEnd": "false",
    "Triggers/BootTrigger/Enabled": "true",
    "Triggers/BootTrigger/Repetition/StopAtDurationEnd": "false",
    "Principals/Principal/LogonType": "ServiceAccount",
    "Settings/DisallowStartOnRemoteAppSession": "false",
    "Settings/Enabled": "true",
    "Settings/MultipleInstancesPolicy": "IgnoreNew",
    "Settings/Priority": "7",
    "Settings/RunOnlyIfIdle": "false",
    "Settings/RunOnlyIfNetworkAvailable": "false",
    "Settings/Volatile": "false",
}
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00Z\Z")
_CAUSE = re.compile(r"[a-z_]{1,40}\.[a-z0-9_]{1,60}\Z")
_MOST_CAUSES = 16
_LONGEST_XML = 16384


@dataclass(frozen=True)
class NlaTask:
    """The task as it stands on a host: when it runs, and ids of the findings for which NLA was turned off."""

    at: datetime
    causes: tuple[str, ...] = ()

    @property
    def utc(self) -> str:
        """Its time as steps and the task have it: UTC, whole minutes."""
        return self.at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:00Z")

    def ends(self, now: datetime) -> bool:
        """Whether it still ends a time, by the host's clock ``now``: not over, and no further off than one can be."""
        return self.at >= now + LEFT and not self.is_far(now)

    def is_far(self, now: datetime) -> bool:
        """Whether it is further off than a time can be: the clock was wrong when it was made, or is now."""
        return self.at > now + LONGEST + _SLACK

    @property
    def xml(self) -> str:
        return _FORM.format(causes=" ".join(self.causes), at=self.utc, command=_COMMAND, arguments=escape(_ARGUMENTS))


def lasting(now: datetime, duration: timedelta, causes: tuple[str, ...] = ()) -> NlaTask:
    """The task for a time that begins ``now`` by the host's clock, to the next whole minute."""
    end = now + duration
    whole = end.replace(second=0, microsecond=0)
    return NlaTask(whole if whole == end else whole + timedelta(minutes=1), causes[:_MOST_CAUSES])


def parse_time(text: object) -> datetime | None:
    """A time as a step has it; None if it is none."""
    if not isinstance(text, str) or not _AT.match(text):
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def are_causes(given: object) -> bool:
    """Whether this is a list of ids of findings that a task can keep."""
    if not isinstance(given, (list, tuple)) or len(given) > _MOST_CAUSES:
        return False
    return all(isinstance(cause, str) and _CAUSE.match(cause) for cause in given)


def read(text: str | None) -> NlaTask | None:
    """The task that a host's scheduler gives; None unless it is ours, in force, and does what it is for."""
    if not text or len(text) > _LONGEST_XML or "<!" in text:
        return None
    try:
        # A declaration of the encoding belongs to bytes; what came is text.
        root = ET.fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text))
    except ET.ParseError:
        return None
    parts = _parts(root)
    if parts is None or not _is_in_force(parts):
        return None
    at, causes = parse_time(parts.get(_START)), tuple(parts.get(_CAUSES, "").split())
    return NlaTask(at, causes) if at is not None and are_causes(causes) else None


def _is_in_force(parts: dict[str, str]) -> bool:
    """Whether it runs our command as SYSTEM, at its time and at a start of Windows, and nothing keeps it from that."""
    known = {**_MAY_HAVE, **_HAS}
    return set(_HAS) <= set(parts) and all(path in known and known[path] in (None, parts[path]) for path in parts)


def _parts(root: ET.Element) -> dict[str, str] | None:
    """What each element says that has none below it, by its path; None where one is there twice."""
    parts: dict[str, str] = {}
    seen: set[str] = set()
    todo = [(_name(child), child) for child in root]
    for path, element in todo:
        if path in seen:
            return None
        seen.add(path)
        below = [(f"{path}/{_name(child)}", child) for child in element]
        todo += below
        if not below:
            parts[path] = (element.text or "").strip()
    return parts


def _name(element: ET.Element) -> str:
    return element.tag.rsplit("}", 1)[-1]
