# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What of the model lets people in: the task that requires Network Level Authentication again, firewall rules, members.

A task is run as Windows would run it, by the model's own clock: its command line is taken apart and carried out.
``behaviour``: ``no_tasks`` is a host without a task scheduler, ``task_fails`` one where the task's command does
nothing.
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta, timezone
from ipaddress import ip_interface
from typing import Any

from tests.hosts.running import Win32
from tests.hosts.windows import FIREWALL, RDP_TCP, RUNNING, Windows, firewall_rule

Json = dict[str, Any]

SCHEDULE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
OWN_RULE = "winops.rdp-In-TCP"
BUILT_IN = tuple(f"RemoteDesktop-{name}" for name in ("UserMode-In-TCP", "UserMode-In-UDP", "Shadow-In-TCP"))
LOCAL_RULES = FIREWALL + r"\FirewallRules"
BITS = {"Domain": 1, "Private": 2, "Public": 4}
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:00Z\Z")
CAUSE = re.compile(r"[a-z_]+\.[a-z0-9_]+\Z")
MEMBER = re.compile(r"S-1-(5-21|12-1)(-(0|[1-9][0-9]{0,9})){3}-(?!(498|50[1-4]|51[3-6]|521)$)[1-9][0-9]{0,9}\Z")
FIELDS = {
    "task.arm": {"at", "causes", "xml"},
    "task.disarm": set(),
    "firewall.set": {"rule", "active", "profiles", "addresses"},
    "firewall.add": {"rule", "port", "active", "profiles", "addresses"},
    "firewall.remove": {"rule"},
    "group.add": {"member"},
    "group.remove": {"member"},
}


# What is put in place of what in the task, by which it would not run, or not come to its end.
KEPT_FROM_RUNNING = (
    ("<Settings>", "<Settings><RunOnlyIfIdle>true</RunOnlyIfIdle>"),
    ("<Settings>", "<Settings><RunOnlyIfNetworkAvailable>true</RunOnlyIfNetworkAvailable>"),
    ("<Settings>", "<Settings><Enabled>0</Enabled>"),
    ("<Settings>", "<Settings><Enabled>true</Enabled><Enabled>true</Enabled>"),
    ("<Settings>", "<Settings><DeleteExpiredTaskAfter>PT0S</DeleteExpiredTaskAfter>"),
    ("<Settings>", "<Settings><MaintenanceSettings><Period>P9D</Period></MaintenanceSettings>"),
    ("<Settings>", "<Settings><MultipleInstancesPolicy>StopExisting</MultipleInstancesPolicy>"),
    ("<Settings>", "<Settings><SomethingNew>true</SomethingNew>"),
    ("<StopIfGoingOnBatteries>false", "<StopIfGoingOnBatteries>true"),
    ("<StartWhenAvailable>true", "<StartWhenAvailable>1"),
    ("<ExecutionTimeLimit>PT5M", "<ExecutionTimeLimit>PT0.1S"),
    ("<ExecutionTimeLimit>PT5M</ExecutionTimeLimit>", ""),
    ("</StartBoundary>", "</StartBoundary><RandomDelay>P31D</RandomDelay>"),
    ("</StartBoundary>", "</StartBoundary><ExecutionTimeLimit>PT1S</ExecutionTimeLimit>"),
    ("<BootTrigger>", "<BootTrigger><StartBoundary>2099-01-01T00:00:00Z</StartBoundary>"),
    ("<Repetition><Interval>PT5M</Interval></Repetition><StartBoundary>", "<StartBoundary>"),
    ("<BootTrigger><Repetition><Interval>PT5M</Interval></Repetition></BootTrigger>", "<BootTrigger/>"),
    ("<Interval>PT5M</Interval></Repetition><StartBoundary>", "<Interval>P31D</Interval></Repetition><StartBoundary>"),
    ("</Interval></Repetition></BootTrigger>", "</Interval><Duration>PT5M</Duration></Repetition></BootTrigger>"),
    ("</Triggers>", "<TimeTrigger><Enabled>true</Enabled></TimeTrigger></Triggers>"),
    ("</UserId>", "</UserId><LogonType>InteractiveToken</LogonType>"),
    ("</UserId>", "</UserId><RequiredPrivileges><Privilege>x</Privilege></RequiredPrivileges>"),
    ("</Exec>", "<WorkingDirectory>x</WorkingDirectory></Exec>"),
    ("</Actions>", "<ComHandler><ClassId>x</ClassId></ComHandler></Actions>"),
    ("</Task>", "<Data>x</Data></Task>"),
)


def written_out(xml: str) -> str:
    """The task with all that a scheduler of Windows may write out beside what it was given."""
    trigger = "<StopAtDurationEnd>false</StopAtDurationEnd></Repetition>"
    settings = {
        "MultipleInstancesPolicy": "IgnoreNew",
        "AllowHardTerminate": "true",
        "RunOnlyIfNetworkAvailable": "false",
        "IdleSettings": "<StopOnIdleEnd>true</StopOnIdleEnd><RestartOnIdle>false</RestartOnIdle>",
        "AllowStartOnDemand": "true",
        "Enabled": "true",
        "Hidden": "false",
        "RunOnlyIfIdle": "false",
        "DisallowStartOnRemoteAppSession": "false",
        "UseUnifiedSchedulingEngine": "true",
        "WakeToRun": "false",
        "Priority": "7",
    }
    for there, instead in (
        ("<RegistrationInfo>", "<RegistrationInfo><Date>2026-11-23T12:00:00</Date><URI>\\winops.rdp arm NLA</URI>"),
        ("</Repetition>", trigger),
        ("</StartBoundary>", "</StartBoundary><Enabled>true</Enabled>"),
        ("</UserId>", "</UserId><LogonType>ServiceAccount</LogonType><RunLevel>LeastPrivilege</RunLevel>"),
        ("</Settings>", "".join(f"<{name}>{data}</{name}>" for name, data in settings.items()) + "</Settings>"),
        ("><", ">\r\n  <"),
    ):
        xml = xml.replace(there, instead)
    return f'<?xml version="1.0" encoding="UTF-16"?>\r\n{xml}'


# The task -------------------------------------------------------------------------------------------------------------


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


def _parts(xml: str) -> Json:
    """When a task runs, for what, and its command line. Raises ``ValueError`` for any other task."""
    root = ET.fromstring(xml)
    text = {element.tag.removeprefix(SCHEDULE): element.text or "" for element in root.iter()}
    triggers = [element.tag.removeprefix(SCHEDULE) for element in root.find(f"{SCHEDULE}Triggers") or ()]
    actions = [element.tag.removeprefix(SCHEDULE) for element in root.find(f"{SCHEDULE}Actions") or ()]
    if (triggers, actions, text.get("UserId")) != (["TimeTrigger", "BootTrigger"], ["Exec"], "S-1-5-18"):
        raise ValueError("it is another task")
    if text["Command"] != r"%SystemRoot%\System32\cmd.exe":
        raise ValueError("it runs another program")
    return {"at": text["StartBoundary"], "causes": text["Description"].split(), "line": text["Arguments"]}


def task_state(host: Windows) -> Json:
    if host.data["nla_task"] is None:
        return {"at": None, "causes": []}
    found = _parts(host.data["nla_task"])
    return {"at": found["at"], "causes": found["causes"]}


def run_task(host: Windows) -> None:
    """Carry the task's command line out: each part only if the one before it went well."""
    line = _parts(host.data["nla_task"])["line"]
    add, query, delete = line.removeprefix('/d /s /c "').removesuffix('"').split(" && ")
    value = re.search(r'reg\.exe add "([^"]+)" /v (\w+) /t REG_DWORD /d (\d+) /f$', add)
    asked = re.search(r'reg\.exe query "([^"]+)" /v (\w+) \| \S+findstr\.exe /e 0x(\d+)$', query)
    assert value and asked and re.search(r'schtasks\.exe /delete /tn "winops\.rdp arm NLA" /f$', delete), line
    if host.data["behaviour"].get("task_fails"):
        return
    host.dword(value[1], value[2], int(value[3]))
    if host.number(asked[1], asked[2]) == int(asked[3]):
        host.data["nla_task"] = None
    host.changed()


def run_due(host: Windows) -> None:
    """What the scheduler has done by now."""
    with host.lock:
        if host.data["nla_task"] is not None and host.now() >= _time(task_state(host)["at"]):
            run_task(host)


def boot(host: Windows) -> None:
    """Windows starts: its tasks for that run."""
    with host.lock:
        if host.data["nla_task"] is not None:
            run_task(host)


def has_scheduler(host: Windows) -> bool:
    return not host.data["behaviour"].get("no_tasks")


# Firewall -------------------------------------------------------------------------------------------------------------


def rule_text(host: Windows, name: str) -> str | None:
    value = host.get(LOCAL_RULES, name)
    return value["data"] if value else None


def _fields(text: str) -> list[tuple[str, str]]:
    return [(field, value) for field, _equals, value in (part.partition("=") for part in text.split("|"))]


def _remote(text: str) -> list[tuple[str, str]]:
    """A remote address as Windows keeps it: networks with a mask."""
    if text == "LocalSubnet":
        return [("RA4", text), ("RA6", text)]
    if "-" in text:
        return [("RA6" if ":" in text else "RA4", text)]
    found = ip_interface(text)
    if found.version == 6:
        return [("RA6", text)]
    return [("RA4", text if "/" not in text else f"{found.ip}/{found.netmask}")]


def _written(text: str, step: Json) -> str:
    """A rule with what a step gives it, in its place."""
    kept = []
    for field, value in _fields(text):
        if field == "Profile" or (field.startswith("RA") and step["addresses"] is not None):
            continue
        if field == "Active":
            value = str(step["active"]).upper()
        if field == "LPort" and "port" in step:
            value = str(step["port"])
        kept.append((field, value))
        if field == "Protocol":
            kept += [("Profile", name) for name, bit in BITS.items() if step["profiles"] & bit]
        if field in ("LPort", "LPort2_10") and step["addresses"] not in (None, ["Any"]):
            kept += [one for address in step["addresses"] for one in _remote(address)]
    return "|".join(f"{field}={value}" if value or field == "Name" else field for field, value in kept)


def write_rule(host: Windows, step: Json) -> None:
    text = rule_text(host, step["rule"])
    if step["op"] == "firewall.remove":
        host.put(LOCAL_RULES, step["rule"], None)
        return
    if text is None:
        text = firewall_rule(step["port"])
    host.put(LOCAL_RULES, step["rule"], {"type": "string", "data": _written(text, step)})


def rule_parts(text: str) -> Json:
    """A rule in the fields of a step."""
    addresses: list[str] = []
    for field, value in _fields(text):
        if field.startswith("RA"):
            found = value if value == "LocalSubnet" or "-" in value else ip_interface(value)
            plain = found if isinstance(found, str) else _short(found)
            addresses += [] if plain in addresses else [plain]
    return {
        "active": "|Active=TRUE|" in text,
        "profiles": sum(BITS[value] for field, value in _fields(text) if field == "Profile"),
        "addresses": addresses or ["Any"],
    }


def _short(found: Any) -> str:
    return str(found.ip) if found.network.prefixlen == found.max_prefixlen else str(found)


# Steps ----------------------------------------------------------------------------------------------------------------


def state(host: Windows, step: Json) -> Json:
    if step["op"].startswith("task."):
        return task_state(host)
    if step["op"].startswith("firewall."):
        return {"rule": rule_text(host, step["rule"])}
    return {"member": step["member"] in host.data["members"]}


def so_already(step: Json, now: Json) -> bool:
    op = step["op"]
    if op.startswith("task."):
        wanted = {"at": step.get("at"), "causes": step.get("causes", [])}
        return now == wanted if op == "task.arm" else now["at"] is None
    if op.startswith("group."):
        return bool(now["member"]) is (op == "group.add")
    if op == "firewall.remove" or now["rule"] is None:
        return now["rule"] is None and op == "firewall.remove"
    parts = rule_parts(now["rule"])
    ports = [value for field, value in _fields(now["rule"]) if field == "LPort"]
    return (
        (parts["active"], parts["profiles"] or 7) == (step["active"], step["profiles"] or 7)
        and step["addresses"] in (None, parts["addresses"])
        and ("port" not in step or ports == [str(step["port"])])
    )


def do(host: Windows, step: Json) -> None:
    """Carry a step out. Raises ``Win32``."""
    op = step["op"]
    if op == "task.arm":
        host.data["nla_task"] = step["xml"]
    elif op == "task.disarm":
        if host.number(RDP_TCP, "UserAuthentication") == 0:
            raise Win32(-2146233079, "System.InvalidOperationException", "The task that ends that stays.")
        host.data["nla_task"] = None
    elif op.startswith("firewall."):
        write_rule(host, step)
    elif op == "group.add":
        host.data["members"].append(step["member"])
    else:
        host.data["members"].remove(step["member"])


def is_zero(kind: str, data: Any) -> bool:
    """Whether data may be read as the number 0, whatever its type."""
    if kind in ("binary", "none"):
        return not any(base64.b64decode(data))
    if isinstance(data, int):
        return data == 0
    return not re.search("[1-9a-fA-F]", "".join(data))


def _ends(host: Windows, at: datetime) -> bool:
    """Whether a time is an end of a time without Network Level Authentication: soon, and not just now."""
    return timedelta(minutes=5) <= at - host.now() <= timedelta(hours=24, minutes=5)


def assert_task(host: Windows, step: Json, undone: Json | None) -> None:
    """Right before the value that turns it off, and right behind it. Raises ``Win32``.

    ``undone`` is the journal that asks for this step, if one does: where no task had to do with it, it gives back what
    was there before.
    """
    name = str(step.get("name")).lower()
    off = step["op"] == "registry.set" and name == "userauthentication" and is_zero(step["type"], step["data"])
    paused = undone and any(one["op"].startswith("task.") or one.get("paused") for one in undone["steps"])
    if not off or (undone and not paused):
        return
    at = task_state(host)["at"]
    if at is None or not _ends(host, _time(at)):
        raise Win32(-2146233079, "System.InvalidOperationException", "No task stands that requires it again.")


def is_pause(host: Windows, step: Json, before: Json | None) -> bool:
    """Whether a value that turns it off is changed while a task of that name is there, read or not."""
    if not step["op"].startswith("registry.") or str(step["name"]).lower() != "userauthentication" or before is None:
        return False
    return is_zero(before["type"], before["data"]) and host.data["nla_task"] is not None


def confirm_task(host: Windows, step: Json, undone: Json | None) -> None:
    """Where the task ran between the look at it and the value. Raises ``Win32``."""
    try:
        assert_task(host, step, undone)
    except Win32:
        host.dword(RDP_TCP, "UserAuthentication", 1)
        raise


def _is_odd(name: str, text: str | None) -> bool:
    """Whether a rule is another one than its name stands for."""
    if text is None:
        return False
    have = dict(_fields(text))
    made = {"Action": "Allow", "Dir": "In", "Protocol": "17" if name == BUILT_IN[1] else "6"}
    made |= {"Svc": "termservice", "App": r"%SystemRoot%\system32\svchost.exe"}
    if name == BUILT_IN[2]:
        del made["Svc"]
        made["App"] = r"%SystemRoot%\system32\RdpSa.exe"
    ports = [value for field, value in _fields(text) if field.startswith("LPort")]
    alone = name == BUILT_IN[2] or (len(ports) == 1 and ports[0].isdecimal())
    return not alone or any(have.get(field) != value for field, value in made.items())


def missing(host: Windows, step: Json) -> str | None:
    """What a step needs and this host has not."""
    if step["op"].startswith("task.") and not has_scheduler(host):
        return "no task scheduler answers"
    if step["op"].startswith("firewall."):
        if not any(row["name"] == "mpssvc" and row["state"] == RUNNING for row in host.data["products"]):
            return "the firewall's service mpssvc does not run"
        if step["op"] == "firewall.set" and rule_text(host, step["rule"]) is None:
            return f"the rule {step['rule']} does not exist"
        if step.get("active") and _is_odd(step["rule"], rule_text(host, step["rule"])):
            return f"the rule {step['rule']} is not what its name stands for"
    if step["op"].startswith("group.") and host.data["behaviour"].get("no_compiler"):
        return "this host does not compile"
    return None


def back(host_step: Json) -> Json | None:
    """The step that takes one back."""
    op, before = host_step["op"], host_step["before"]
    if op.startswith("task."):
        if before["at"] is None:
            return {"op": "task.disarm"}
        return {"op": "task.arm", **before}
    if op.startswith("group."):
        return None if before["member"] else {"op": "group.remove", "member": host_step["member"]}
    if before["rule"] is None:
        return {"op": "firewall.remove", "rule": host_step["rule"]}
    return {"op": op, "rule": host_step["rule"], **rule_parts(before["rule"])}


def refusal(host: Windows, step: Json, undoing: bool) -> str | None:
    """Why a step is not to be done."""
    kind = step["op"].split(".")[0]
    if kind == "task":
        return _refuse_task(host, step)
    if kind == "group":
        if not isinstance(step["member"], str) or not MEMBER.match(step["member"]):
            return "member is no account of people"
        return None if undoing or step["op"] == "group.add" else "takes a member out: only an undo may"
    return _refuse_rule(host, step, undoing)


def _refuse_task(host: Windows, step: Json) -> str | None:
    if step["op"] == "task.disarm":
        return None
    at, causes = step["at"], step["causes"]
    if not isinstance(at, str) or not AT.match(at):
        return "at is not a time in whole minutes"
    if not isinstance(causes, list) or len(causes) > 16 or not all(CAUSE.match(str(one)) for one in causes):
        return "causes is not a list of ids"
    try:
        if not _ends(host, _time(at)):
            return "at is over, or nearly, or more than 24 hours from now"
        parts = _parts(step["xml"])
    except (ET.ParseError, KeyError, TypeError, ValueError):
        return "at is no time, or xml not the task that this host makes of it"
    line = parts["line"].lower()
    ours = (parts["at"], parts["causes"], line.count("&&")) == (at, causes, 2)
    ours = ours and f'add "{RDP_TCP.lower()}" /v userauthentication /t reg_dword /d 1 /f' in line
    return None if ours else "xml is not the task that this host makes of it"


def _refuse_rule(host: Windows, step: Json, undoing: bool) -> str | None:
    if step["rule"] != OWN_RULE and (step["op"] != "firewall.set" or step["rule"] not in BUILT_IN):
        return "touches a firewall rule that is not on the list"
    if step["op"] == "firewall.remove":
        return None if undoing else "removes a rule: only an undo may"
    numbers = [step["profiles"], *([step["port"]] if "port" in step else [])]
    if not isinstance(step["active"], bool) or any(
        not isinstance(number, int) or isinstance(number, bool) or number < 0 for number in numbers
    ):
        return "active, profiles or port is odd"
    if step["profiles"] > 7 or step.get("port", 1) not in range(1, 65536):
        return "profiles or port is odd"
    return None if undoing else _refuse_opening(host, step)


def _refuse_opening(host: Windows, step: Json) -> str | None:
    addresses = step["addresses"]
    odd = re.compile(r"[^0-9A-Za-z.:/-]")
    if addresses is not None:
        if not isinstance(addresses, list) or not addresses:
            return "addresses is not a list of addresses"
        if any(not isinstance(text, str) or not text or odd.search(text) for text in addresses):
            return "addresses are odd"
    if not step["active"]:
        return "makes a rule that is off" if step["op"] == "firewall.add" else None
    if step["profiles"] == 0:
        return "opens all profiles without naming them"
    if addresses is None and (step["profiles"] & 4 or step["op"] == "firewall.add"):
        return "opens the public profile, or makes a rule, without its addresses"
    return "is for a port that has no listener" if step.get("port", host.port_set) != host.port_set else None
