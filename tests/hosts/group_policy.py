# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Group Policy of the model's host: its own object's two files, the domain's, and how Windows applies them.

``behaviour`` has what goes wrong: ``no_gpupdate`` (Windows applies nothing when it is asked to), ``policy_held``
(another program holds the files), ``edits_policy`` (somebody changes Registry.pol between the reading and the writing).
"""

from __future__ import annotations

import base64
import hashlib
import re
import struct
from typing import Any

from tests.hosts.running import Win32
from tests.hosts.windows import POLICY, Windows

Json = dict[str, Any]
KEY = POLICY.removeprefix("HKLM\\")
FILES = {"registry.pol": r"Machine\Registry.pol", "gpt.ini": "gpt.ini"}
FOLDER = r"C:\Windows\System32\GroupPolicy"
DATA = {
    "SecurityLayer": (1, 2),
    "UserAuthentication": (1,),
    "MinEncryptionLevel": (2, 3, 4),
    "fDenyTSConnections": (0, 1),
}
OURS = "[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]"


def row(key: str, name: str, kind: int, data: bytes) -> bytes:
    """An entry of Registry.pol."""
    text = f"[{key}\0;{name}\0;".encode("utf-16-le")
    return text + struct.pack("<I", kind) + b";\0" + struct.pack("<I", len(data)) + b";\0" + data + b"]\0"


def pol(*rows: bytes) -> bytes:
    return b"PReg\1\0\0\0" + b"".join(rows)


def number(name: str, value: int, key: str = KEY) -> bytes:
    return row(key, name, 4, struct.pack("<I", value))


def rows_of(content: bytes) -> list[tuple[bytes, str, str, int, bytes]]:
    """Entries as raw bytes, key, name, type and data. Raises ``ValueError``."""
    if not content.startswith(b"PReg\1\0\0\0"):
        raise ValueError("no header")
    found, rest = [], content[8:]
    while rest:
        head = re.match(rb"\[\0((?:(?!;\0)..)*);\0((?:(?!;\0)..)*);\0(.{4});\0(.{4});\0", rest, re.DOTALL)
        if head is None:
            raise ValueError("no entry")
        end = head.end() + int.from_bytes(head[4], "little")
        if rest[end : end + 2] != b"]\0":
            raise ValueError("no end")
        key, name = (head[part].decode("utf-16-le", "replace").split("\0")[0] for part in (1, 2))
        found.append((rest[: end + 2], key, name, int.from_bytes(head[3], "little"), rest[head.end() : end]))
        rest = rest[end + 2 :]
    return found


def content(host: Windows, file: str) -> bytes | None:
    text = host.data["policy_files"][file]
    return None if text is None else base64.b64decode(text)


def put(host: Windows, file: str, data: bytes | None) -> None:
    host.data["policy_files"][file] = None if data is None else base64.b64encode(data).decode()


def digest(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest().upper()


def section(host: Windows) -> Json:
    return {
        file: {"path": rf"{FOLDER}\{place}", "content": host.data["policy_files"][file]}
        for file, place in FILES.items()
    }


# What steps may do ----------------------------------------------------------------------------------------------------


def _split(data: bytes | None) -> tuple[list[bytes], dict[str, tuple[bytes, int | None, bool]]]:
    """Other entries; by name the last one about each of ours, its number, and whether it takes the value away."""
    others, last = [], {}
    for raw, key, name, kind, value in rows_of(data) if data is not None else ():
        plain = re.sub(r"^\*\*(del|soft)\.", "", name, flags=re.IGNORECASE)
        known = next((one for one in DATA if one.lower() == plain.lower()), None)
        if key.lower() != KEY.lower() or known is None:
            others.append(raw)
            continue
        plain_number = int.from_bytes(value, "little") if (name, kind, len(value)) == (plain, 4, 4) else None
        last[known] = (raw, plain_number, name.lower().startswith("**del."))
    return others, last


def refuse_file(host: Windows, step: Json, undoing: bool) -> str | None:
    if not isinstance(step["policy_file"], str) or step["policy_file"] not in FILES:
        return "touches a file that is not on the list"
    if step["sha256"] is not None and not re.match(r"[0-9A-F]{64}\Z", str(step["sha256"])):
        return "sha256 is not 64 upper-case hex digits"
    if step["content"] is None:
        return None if undoing else "removes a policy file, which only takes a change back"
    try:
        data = base64.b64decode(step["content"], validate=True)
    except (TypeError, ValueError):
        return "content is not base64"
    if len(data) > 131072:
        return "content is too large"
    if data == content(host, step["policy_file"]) and not undoing:
        return None
    try:
        refuse = _refuse_pol if step["policy_file"] == "registry.pol" else _refuse_ini
        return refuse(host, data, undoing)
    except ValueError as error:
        return f"content is malformed: {error}"


def _refuse_pol(host: Windows, data: bytes, undoing: bool) -> str | None:
    others, last = _split(data)
    if undoing:
        _raw, layer, gone = last.get("SecurityLayer", (b"", 2, False))
        return None if gone or layer in (1, 2) else "SecurityLayer is never set to 0"
    had_others, had = _split(content(host, "registry.pol"))
    if others != had_others:
        return "changes an entry that is not on the list"
    if set(had) - set(last):
        return "takes a value out of the policy file"
    for name, (raw, value, _gone) in last.items():
        if value not in DATA[name] and (name not in had or had[name][0] != raw):
            return f"sets {name} to what no policy may say"
    return None


def _refuse_ini(host: Windows, data: bytes, undoing: bool) -> str | None:
    if undoing:
        return None
    sides = []
    for text in (content(host, "gpt.ini") or b"[General]", data):
        version, listed, rest = 0, "", []
        for line in text.decode("latin-1").splitlines():
            name, _sign, value = line.partition("=")
            if name.strip().lower() == "version":
                version = int(value)
            elif name.strip().lower() == "gpcmachineextensionnames":
                listed = value.strip().replace(OURS, "")
            elif line.strip():
                rest.append(line)
        sides.append((version, listed, rest))
    (was, *before), (now, *after) = sides
    if before != after:
        return "changes what is not on the list"
    return None if now == was - was % 65536 + was % 65536 % 65535 + 1 else "does not count Version up by one"


def refuse_refresh(step: Json, undoing: bool) -> str | None:
    if not isinstance(step["settings"], dict) or not step["settings"]:
        return "settings is not a dictionary of values"
    for name, value in step["settings"].items():
        if name not in DATA:
            return "touches a policy that is not on the list"
        if value is None and not undoing:
            return "takes a policy away, which only takes a change back"
        whole = isinstance(value, dict) and isinstance(value.get("data"), int) and not isinstance(value["data"], bool)
        fits = whole and value["type"] == "dword" and value["data"] in DATA[name]
        if value is not None and not fits and (not undoing or name == "SecurityLayer"):
            return f"sets {name} to what no policy may say"
    return None


# Steps ----------------------------------------------------------------------------------------------------------------


def file_state(host: Windows, step: Json) -> Json:
    data = content(host, step["policy_file"])
    return {"hash": digest(data), "content": host.data["policy_files"][step["policy_file"]]}


def changed_since(host: Windows, step: Json) -> bool:
    state = file_state(host, step)
    return state["content"] != step["content"] and state["hash"] != step["sha256"]


def replace(host: Windows, step: Json) -> None:
    if host.data["behaviour"].pop("edits_policy", False):
        rows = (content(host, "registry.pol") or pol()) + number("Edited", 1, "Software\\Policies\\Other")
        put(host, "registry.pol", rows)
    if changed_since(host, step):
        raise Win32(-2146233079, "System.InvalidOperationException")
    if host.data["behaviour"].get("policy_held"):
        raise Win32(-2146232800, "System.IO.IOException")
    host.data["policy_files"][step["policy_file"]] = step["content"]


def settings(host: Windows, step: Json) -> Json:
    return {name: host.get(POLICY, name) for name in step["settings"]}


def refresh(host: Windows, step: Json, before: Json) -> bool:
    """Whether Windows took the request; what it has not applied is written all the same."""
    asked = not host.data["behaviour"].get("no_gpupdate")
    if asked:
        apply(host)
    for name, value in step["settings"].items():
        now = host.get(POLICY, name)
        if now == value:
            continue
        if now != before[name]:
            raise Win32(-2146233079, "System.InvalidOperationException")
        host.put(POLICY, name, value)
    _without_empty_key(host)
    return asked


def apply(host: Windows) -> None:
    """As Windows does: what the last run set goes, then each object's entries, the domain's last.

    Only where the own object's counter is another than in the last run.
    """
    version = content(host, "gpt.ini")
    if version == (base64.b64decode(host.data["policy_seen"]) if host.data["policy_seen"] else None):
        return
    host.data["policy_seen"] = None if version is None else base64.b64encode(version).decode()
    for name in host.data["policy_applied"]:
        host.put(POLICY, name, None)
    host.data["policy_applied"] = []
    data = content(host, "registry.pol")
    for _raw, key, name, kind, value in rows_of(data) if data is not None else ():
        if key.lower() == KEY.lower() and kind == 4 and not name.startswith("**"):
            host.dword(POLICY, name, int.from_bytes(value, "little"))
            host.data["policy_applied"].append(name)
        if key.lower() == KEY.lower() and name.lower().startswith("**del."):
            host.put(POLICY, name[6:], None)
    for name, value in host.data["domain_policy"].items():
        host.dword(POLICY, name, value)


def _without_empty_key(host: Windows) -> None:
    if host.data["registry"].get(POLICY) == {}:
        del host.data["registry"][POLICY]
