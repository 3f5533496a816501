# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot beside what Windows' own tools say of the same host, fact by fact.

Tools speak the host's language. Only what no language changes is read of their words: names of registry values and
their types, numbers behind a colon, SHA-1 hashes, paths, addresses, and the constants of the Windows API.
"""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import BUILT_IN
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

AGREE, DIFFER, NO_WITNESS, UNREAD = RESULTS = ("agree", "differ", "no witness", "not read")
# Windows rounds the time of its start by its own clock's corrections since.
_SAME_START = timedelta(minutes=2)

Answers = dict[str, Any]
# Fact, what the snapshot has (None: not read), what the witness has (None: it does not say).
Pair = tuple[str, Any, Any]
_MISSING = object()


@dataclass(frozen=True)
class Row:
    """One fact, in words: what the snapshot has and what its witness says."""

    fact: str
    snapshot: str | None
    witness: str | None
    tool: str
    result: str

    def to_dict(self) -> dict[str, str | None]:
        return {
            "fact": self.fact,
            "snapshot": self.snapshot,
            "witness": self.witness,
            "tool": self.tool,
            "result": self.result,
        }


def compare(snapshot: Snapshot, answers: Answers) -> tuple[Row, ...]:
    """Every fact that one of the tools can vouch for, in the order of the snapshot's sections."""
    rows = []
    for tool, pairs in _WITNESSES:
        rows += [_row(tool, *pair) for pair in pairs(snapshot, answers)]
    return tuple(rows)


def _row(tool: str, fact: str, ours: Any, theirs: Any) -> Row:
    if ours is _MISSING:
        result = UNREAD
    elif theirs is _MISSING:
        result = NO_WITNESS
    else:
        result = AGREE if ours == theirs else DIFFER
    return Row(fact, _words(ours), _words(theirs), tool, result)


def _words(value: Any) -> str | None:
    if value is _MISSING:
        return None
    if isinstance(value, (set, frozenset, list, tuple)):
        return ", ".join(sorted(map(str, value))) or "none"
    return "not set" if value is None else str(value)


def key_files(snapshot: Snapshot) -> list[str]:
    """The key files of the listener's own certificate, which a witness is asked about."""
    entry = snapshot.binding.certificate if snapshot.binding else None
    file = snapshot.key_file(entry) if entry else None
    return [file["path"]] if file and file["exists"] and file["path"] else []


# What tools write -----------------------------------------------------------------------------------------------------


# Of one tool, and no host sends more: what a longer text says was not read. The same figure is in _tools.psm1.
_MOST_CHARACTERS = 200_000


def said(answers: Answers, name: str) -> str | None:
    """What a tool wrote; None if it is not there, did not end in time, failed, or wrote more than any tool does."""
    answer = answers.get(name)
    if not isinstance(answer, dict) or not answer.get("there") or answer.get("late") or answer.get("code") != 0:
        return None
    text = answer.get("text")
    # A program that writes nothing at all says nothing.
    return text if isinstance(text, str) and len(text) <= _MOST_CHARACTERS and text.strip() else None


def ended_with(answers: Answers, name: str, code: int) -> bool:
    """Whether a tool ended with this code."""
    answer = answers.get(name)
    return isinstance(answer, dict) and answer.get("code") == code


# reg.exe: there is no such key; sc.exe: ERROR_SERVICE_DOES_NOT_EXIST; quser.exe: nobody is logged on.
_NO_KEY, _NO_SERVICE, _NOBODY = 1, 1060, 1
_REGISTRY_LINE = re.compile(r"^ {4}(\S.*?) {4}(REG_[A-Z_]+)(?: {4}(.*))?$")
_KINDS = {word: kind for kind, word in contract.REGISTRY_TYPES.items()}


def registry_values(text: str) -> dict[str, Any]:
    """The values that ``reg query`` lists, by name in lower case, as a snapshot has them."""
    found = {}
    for line in text.splitlines():
        match = _REGISTRY_LINE.match(line.rstrip("\r"))
        if match and match[2] in _KINDS:
            with contextlib.suppress(ValueError):
                found[match[1].lower()] = {"type": _KINDS[match[2]], "data": _data(_KINDS[match[2]], match[3] or "")}
    return found


def _data(kind: str, text: str) -> Any:
    if kind in ("dword", "qword"):
        return int(text, 16)
    if kind in ("binary", "none"):
        return base64.b64encode(bytes.fromhex(text)).decode()
    if kind == "multi_string":
        return [part for part in text.split("\\0") if part]
    return text


def numbers_behind_colons(text: str) -> list[int]:
    """The whole decimal or hexadecimal number behind the first colon of each line that has one, in order.

    ``sc`` writes a name in the host's language, a colon, and a number before the constant's name.
    """
    return [
        int(match[1], 16 if match[1].startswith("0x") else 10)
        for match in re.finditer(r"^[^:\n]+: *(0x[0-9a-fA-F]{1,16}|[0-9]{1,16})\b", text, re.MULTILINE)
    ]


_ALGORITHM = "(sha1)"
# At the end of a line: forty digits, in older versions in pairs.
_LONGEST_HASH = 59
_HASH = re.compile(r"(?:[0-9a-fA-F]{2} ?){19}[0-9a-fA-F]{2}\Z")


def thumbprints(text: str) -> set[str]:
    """The SHA-1 hashes that ``certutil -store`` lists.

    A serial number can be as long; only the hash's line names its algorithm, in every language.
    """
    found = set()
    for line in text.splitlines():
        _before, named, behind = line.lower().rpartition(_ALGORITHM)
        match = _HASH.search(behind.rstrip()[-_LONGEST_HASH:]) if named else None
        if match:
            found.add(match[0].replace(" ", "").upper())
    return found


_LONGEST_NUMBER = 10
_NOBODY_THERE = ("0.0.0.0:0", "[::]:0", "*:*")


def _tcp_rows(text: str) -> Iterator[tuple[int, str, int]]:
    """Port, other end and process of the lines of ``netstat -ano`` that have a process."""
    for line in text.splitlines():
        words = line.split()
        if len(words) != 5 or words[0] != "TCP":
            continue
        numbers = (words[1].rpartition(":")[2], words[4])
        if all(number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER for number in numbers):
            yield int(numbers[0]), words[2], int(numbers[1])


def listeners(text: str, port: int) -> set[int] | None:
    """The processes that listen on a TCP port: whose other end is nobody. None where no process is named at all."""
    rows = list(_tcp_rows(text))
    return {pid for at, other, pid in rows if at == port and other in _NOBODY_THERE} if rows else None


def properties(text: str) -> dict[str, str]:
    """Lines of name=value."""
    return dict(line.strip().split("=", 1) for line in text.splitlines() if "=" in line)


# Facts and their witnesses --------------------------------------------------------------------------------------------


def _registry(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    """Each value of the listener: type and data, or that it is absent."""
    section = snapshot.section("listener")
    for name, group in contract.LISTENER.items():
        text = said(answers, f"reg {name}")
        there = registry_values(text or "") if text is not None or ended_with(answers, f"reg {name}", _NO_KEY) else None
        for value in group.names:
            ours = section[name]["settings"].get(value) if section else _MISSING
            theirs = there.get(value.lower()) if there is not None else _MISSING
            yield rf"{group.key}\{value}", _raw(ours), _raw(theirs)


def _raw(value: Any) -> Any:
    return f"{value['type']} {value['data']}" if isinstance(value, dict) else value


def _version(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    text = said(answers, "reg version")
    there = registry_values(text) if text is not None else {}
    about = snapshot.section("host") or {}
    for fact, name in (
        ("build", "currentbuildnumber"),
        ("ubr", "ubr"),
        ("edition_id", "editionid"),
        ("installation_type", "installationtype"),
    ):
        given = there.get(name)
        # The registry keeps the build as text.
        yield (
            f"host.{fact}",
            _MISSING if fact not in about else str(about[fact]),
            str(given["data"]) if given else _MISSING,
        )


def _services(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    """Start type, state and process of the six services, by the numbers of ``sc``."""
    for name in contract.SERVICES:
        ours = snapshot.service(name) or {}
        known = snapshot.section("services") is not None
        # TYPE, START_TYPE, ERROR_CONTROL, then texts.
        numbers = numbers_behind_colons(said(answers, f"sc qc {name}") or "")
        gone = ended_with(answers, f"sc qc {name}", _NO_SERVICE)
        start: Any = numbers[1] if len(numbers) > 2 else _MISSING
        yield f"services.{name}.start", ours.get("start") if known else _MISSING, None if gone else start
        if gone:
            continue
        # TYPE, STATE, two exit codes, checkpoint, wait hint, PID.
        state = numbers_behind_colons(said(answers, f"sc queryex {name}") or "")
        whole = len(state) >= 7
        yield f"services.{name}.state", ours.get("state") if known else _MISSING, state[1] if whole else _MISSING
        pid = ours.get("pid")
        yield f"services.{name}.pid", _MISSING if pid is None else pid, state[6] if whole else _MISSING


def _stores(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    section = snapshot.section("certificates")
    for store in contract.STORE_NAMES:
        text = said(answers, f"certutil {store}")
        ours = {entry["thumbprint"] for entry in section["stores"][store]["certificates"]} if section else _MISSING
        yield f"certificates in the store {store}", ours, thumbprints(text) if text is not None else _MISSING


def _keys(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    """Whether an entry for NETWORK SERVICE stands on the key's file: ``icacls /findsid`` names the file if so."""
    rows = {row["path"]: row for row in (snapshot.section("key_files") or {"files": ()})["files"]}
    for path in key_files(snapshot):
        descriptor = snapshot.key_descriptor(rows[path]) if path in rows else None
        ours = _MISSING
        if descriptor and descriptor.aces is not None:
            ours = any(ace.sid == acl.NETWORK_SERVICE for ace in descriptor.aces)
        text = said(answers, f"icacls {path}")
        theirs = path.lower() in text.lower() if text is not None else _MISSING
        yield f"an entry for NETWORK SERVICE on {path}", ours, theirs


def _port(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    section, text = snapshot.section("port"), said(answers, "netstat") or ""
    rows = section["listeners"] if section else ()
    ours: Any = _MISSING
    if section and all(row["pid"] is not None for row in rows):
        ours = {row["pid"] for row in rows}
    theirs = listeners(text, snapshot.port)
    yield f"processes that listen on port {snapshot.port}", ours, _MISSING if theirs is None else theirs


def _sessions(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    """Ids of sessions: the only column of ``quser`` that is a whole number alone, before the first time."""
    section, text = snapshot.section("sessions"), said(answers, "quser")
    ours = {row["id"] for row in section["sessions"]} if section else _MISSING
    theirs: Any = set() if ended_with(answers, "quser", _NOBODY) else _MISSING
    if text is not None:
        lines = text.splitlines()[1:]
        theirs = {int(match[1]) for line in lines if (match := re.search(r"\s(\d{1,9})\s{2,}\S", line))}
    yield "sessions in which somebody is logged on", ours, theirs


def _firewall(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    """The built-in rule: enabled (1 true), action (2 allow), as the cmdlet's own constants have them."""
    section, text = snapshot.section("firewall"), said(answers, "firewall")
    rules = [row["rule"] for row in section["rules"] if row["name"] == BUILT_IN] if section else []
    ours: Any = _MISSING
    if rules:
        ours = f"active {'Active=TRUE' in rules[0]}, allow {'Action=Allow' in rules[0]}"
    found = properties(text or "").get(BUILT_IN, "").split(",")
    theirs = f"active {found[0] == '1'}, allow {found[1] == '2'}" if len(found) == 4 else _MISSING
    yield f"firewall rule {BUILT_IN}", ours, theirs


def _logs(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    states = (snapshot.section("events") or {"states": None})["states"] or {}
    for name in answers:
        if name.startswith("log "):
            text = said(answers, name)
            ours = states.get(name[4:], {}).get("enabled")
            theirs = properties(text)["enabled"] == "1" if text and "enabled=" in text else _MISSING
            yield f"whether the log {name[4:]} is kept", _MISSING if ours is None else ours, theirs


def _time(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    """How the clock is set: ``w32tm`` and the registry have the same word."""
    text = said(answers, "w32tm")
    match = re.search(r"^Type: (\S+)", text or "", re.MULTILINE)
    known = snapshot.section("registry") is not None
    ours = snapshot.text(r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type")
    yield "how the clock is synchronised", ours if known else _MISSING, match[1] if match else _MISSING


def _system(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    about, domain = snapshot.section("host") or {}, snapshot.section("domain")
    system = properties(said(answers, "Win32_ComputerSystem") or "")
    windows = properties(said(answers, "Win32_OperatingSystem") or "")
    yield "host.computer_name", about.get("computer_name", _MISSING), system.get("Name", _MISSING)
    joined = {"True": True, "False": False}.get(system.get("PartOfDomain", ""), _MISSING)
    yield "domain.joined", domain["joined"] if domain else _MISSING, joined
    role = system.get("DomainRole", "")
    ours = about.get("domain_role")
    yield "host.domain_role", _MISSING if ours is None else ours, _whole(role)
    kind = windows.get("ProductType", "")
    yield "host.product_type", about.get("product_type", _MISSING), _whole(kind)
    yield from _start(about, windows.get("LastBootUpTime", ""))


def _whole(text: str) -> Any:
    """A whole number as WMI writes it, else nothing."""
    return int(text) if text.isdecimal() and len(text) < 20 else _MISSING


def _start(about: dict[str, Any], told: str) -> Iterator[Pair]:
    if not about.get("boot_utc") or not told:
        yield "host.boot_utc", about.get("boot_utc") or _MISSING, told or _MISSING
        return
    try:
        ours, theirs = parse(about["boot_utc"]), parse(told)
    except ValueError:
        yield "host.boot_utc", about["boot_utc"], _MISSING
        return
    yield "host.boot_utc", told if abs(ours - theirs) < _SAME_START else about["boot_utc"], told


def _in_force(snapshot: Snapshot, answers: Answers) -> Iterator[Pair]:
    """The settings that TermService itself says are in force."""
    general = properties(said(answers, "Win32_TSGeneralSetting") or "")
    service = properties(said(answers, "Win32_TerminalServiceSetting") or "")
    for name, place, key in (
        ("SecurityLayer", general, "SecurityLayer"),
        ("MinEncryptionLevel", general, "MinEncryptionLevel"),
        ("UserAuthentication", general, "UserAuthenticationRequired"),
    ):
        told = place.get(key, "")
        yield f"{name} in force", _effective(snapshot, name), _whole(told)
    told = service.get("AllowTSConnections", "")
    denied = _effective(snapshot, "fDenyTSConnections")
    allowed = _MISSING if denied is _MISSING else int(denied == 0)
    yield "connections are allowed", allowed, _whole(told)
    bound = snapshot.binding.reference.thumbprint if snapshot.binding else None
    shown = general.get("SSLCertificateSHA1Hash", "").upper()
    yield "the listener's certificate", bound or _MISSING, shown or _MISSING


def _effective(snapshot: Snapshot, name: str) -> Any:
    value = snapshot.effective(name)
    return _MISSING if value is None else value


_WITNESSES: tuple[tuple[str, Callable[[Snapshot, Answers], Iterator[Pair]]], ...] = (
    ("reg.exe", _version),
    ("Win32_ComputerSystem, Win32_OperatingSystem", _system),
    ("reg.exe", _registry),
    ("Win32_TSGeneralSetting, Win32_TerminalServiceSetting", _in_force),
    ("certutil.exe", _stores),
    ("icacls.exe", _keys),
    ("netstat.exe", _port),
    ("sc.exe", _services),
    ("quser.exe", _sessions),
    ("Get-WinEvent", _logs),
    ("Get-NetFirewallRule", _firewall),
    ("w32tm.exe", _time),
)
