# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""gpt.ini of the local Group Policy object: the counter by which Windows sees that it has changed, and who applies it.

``Version`` has the machine's counter in its lower half, the users' in its upper one. ``gPCMachineExtensionNames`` lists
the extensions that have something to apply, each with the tools that wrote it; without the registry's own Windows does
not look into Registry.pol. Sources: https://learn.microsoft.com/openspecs/windows_protocols/ms-gpol and, for the two
identifiers, https://learn.microsoft.com/openspecs/windows_protocols/ms-gpreg
"""

from __future__ import annotations

import re

# The extension that applies registry values, and the tool that edits administrative templates of a machine.
REGISTRY_EXTENSION = "{35378EAC-683F-11D2-A89A-00C04FBBCFA2}"
_TOOL = "{D02B1F72-3407-48AE-BA88-E8213C6761F1}"
GROUP = f"[{REGISTRY_EXTENSION}{_TOOL}]"

_SECTION = re.compile(rb"^[ \t]*\[General\][ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_NEXT = re.compile(rb"^[ \t]*\[(?!General\])", re.IGNORECASE | re.MULTILINE)
_VERSION = re.compile(rb"^([ \t]*Version[ \t]*=[ \t]*)([0-9]{1,10})([ \t]*\r?)$", re.IGNORECASE | re.MULTILINE)
_EXTENSIONS = re.compile(
    rb"^([ \t]*gPCMachineExtensionNames[ \t]*=[ \t]*)([^\r\n]*?)([ \t]*\r?)$", re.IGNORECASE | re.MULTILINE
)
_GUID = rb"\{[0-9A-Fa-f-]{36}\}"
_GROUPS = re.compile(rb"(?:\[(?:%s){1,64}\])*\Z" % _GUID)


class GptIniError(ValueError):
    """The bytes are no gpt.ini that can be changed; one clause that says why."""


def version(content: bytes | None) -> int:
    """Both counters in one number; 0 where there is no file, or none in it. Raises ``GptIniError``."""
    found = _one(_VERSION, content, "Version") if content is not None else None
    return int(found[2]) if found else 0


def raised(content: bytes | None) -> bytes:
    """The file with the machine's counter one higher, and the registry's extension listed. Raises ``GptIniError``.

    ``content`` is None where there is none yet.
    """
    if content is None:
        return f"[General]\r\ngPCMachineExtensionNames={GROUP}\r\nVersion=1\r\n".encode("ascii")
    if b"\0" in content or content[:3] == b"\xef\xbb\xbf":
        raise GptIniError("it is not plain text")
    if len(_SECTION.findall(content)) != 1 or _NEXT.search(content):
        raise GptIniError("it has not one section [General] and no other")
    for pattern, name, fresh in (
        (_EXTENSIONS, "gPCMachineExtensionNames", _listed(content)),
        (_VERSION, "Version", str(_next(version(content)))),
    ):
        content = _put(content, pattern, name, fresh.encode("ascii"))
    return content


def _one(pattern: re.Pattern[bytes], content: bytes, name: str) -> re.Match[bytes] | None:
    lines = re.findall(rb"^[ \t]*%s[ \t]*=" % name.encode("ascii"), content, re.IGNORECASE | re.MULTILINE)
    found = list(pattern.finditer(content))
    if len(lines) > 1 or len(found) != len(lines):
        raise GptIniError(f"{name} does not stand in it once, in the form that Windows writes")
    return found[0] if found else None


def _next(number: int) -> int:
    """The machine's counter begins again at 1: 0 says that there is nothing to apply."""
    users, machine = divmod(number & 0xFFFFFFFF, 0x10000)
    return (users << 16) + (machine % 0xFFFF) + 1


def _listed(content: bytes) -> str:
    """The extensions with the registry's own among them, which Windows keeps in order."""
    found = _one(_EXTENSIONS, content, "gPCMachineExtensionNames")
    text = found[2] if found else b""
    if not _GROUPS.match(text):
        raise GptIniError("gPCMachineExtensionNames is not a list of extensions")
    groups = [group.decode("ascii") for group in re.findall(rb"\[(?:%s)+\]" % _GUID, text)]
    if any(group.upper().startswith(f"[{REGISTRY_EXTENSION}") for group in groups):
        return text.decode("ascii")
    place = next((at for at, group in enumerate(groups) if group.upper() > GROUP), len(groups))
    return "".join([*groups[:place], GROUP, *groups[place:]])


def _put(content: bytes, pattern: re.Pattern[bytes], name: str, fresh: bytes) -> bytes:
    found = _one(pattern, content, name)
    if found:
        return content[: found.start(2)] + fresh + content[found.end(2) :]
    section = _SECTION.search(content)
    if section is None:
        raise GptIniError("it has no section [General]")
    line_end = b"\r\n" if b"\r\n" in content or b"\n" not in content else b"\n"
    head = content[: section.end()].rstrip(b"\r")
    return head + line_end + name.encode("ascii") + b"=" + fresh + content[len(head) :]
