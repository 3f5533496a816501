# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Registry.pol, the file in which a Group Policy object keeps its registry values: read, and written again.

A header (``PReg`` and version 1), then entries ``[key;name;type;size;data]`` in UTF-16, of which Windows carries out
one after the other. What is not changed stays byte for byte, also entries of a kind that nobody here knows. Sources:
https://learn.microsoft.com/previous-versions/windows/desktop/policy/registry-policy-file-format and
https://learn.microsoft.com/openspecs/windows_protocols/ms-gpreg
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

HEADER = b"PReg\x01\x00\x00\x00"
# REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD, REG_MULTI_SZ, REG_QWORD and REG_NONE, as values are called elsewhere.
KINDS = {0: "none", 1: "string", 2: "expand_string", 3: "binary", 4: "dword", 7: "multi_string", 11: "qword"}
_DWORD = 4
# Names of entries that do not set the value that they name.
_DELETE, _IF_ABSENT = "**del.", "**soft."
_DELETE_ALL, _DELETE_SOME, _DELETE_KEYS = "**delvals.", "**deletevalues", "**deletekeys"


class PolicyFileError(ValueError):
    """The bytes are no Registry.pol; one clause that says why."""


@dataclass(frozen=True)
class Entry:
    """One entry: its bytes, and what they say. ``kind`` is the number of the value's registry type."""

    raw: bytes
    key: str
    name: str
    kind: int
    data: bytes

    @property
    def subject(self) -> str:
        """The value that it is about: the name without what says that it is deleted, or set only where absent."""
        lower = self.name.lower()
        prefix = next((prefix for prefix in (_DELETE, _IF_ABSENT) if lower.startswith(prefix)), "")
        return self.name[len(prefix) :]

    @property
    def sets(self) -> bool:
        """Whether it sets the value of this name, whatever was there."""
        return not self.name.startswith("**")

    def concerns(self, key: str, name: str) -> bool:
        """Whether it is about this value and no other."""
        return (self.key.lower(), self.subject.lower()) == (key.lower(), name.lower())

    def clears(self, key: str, name: str) -> bool:
        """Whether it takes this value away, alone or with others."""
        mine, lower = self.key.lower() == key.lower(), self.name.lower()
        if lower.startswith(_DELETE_ALL):
            return mine
        if lower.startswith(_DELETE_SOME):
            return mine and name.lower() in _listed(self.data)
        if lower.startswith(_DELETE_KEYS):
            own = key.lower() + "\\"
            return any(own.startswith(f"{self.key}\\{below}\\".lstrip("\\").lower()) for below in _listed(self.data))
        return lower.startswith(_DELETE) and self.concerns(key, name)

    @property
    def number(self) -> int | None:
        """The number of a REG_DWORD; None for anything else."""
        return int.from_bytes(self.data, "little") if self.kind == _DWORD and len(self.data) == 4 else None

    @property
    def words(self) -> str:
        """Type and data, for people."""
        if self.number is not None:
            return f"dword {self.number}"
        kind = KINDS.get(self.kind, f"type {self.kind}")
        if self.kind in (1, 2, 7):
            return f"{kind} {'; '.join(_text(self.data).rstrip(chr(0)).split(chr(0)))}"
        return f"{kind} {self.data.hex()}"


def _listed(data: bytes) -> list[str]:
    return [part.strip().lower() for part in _text(data).rstrip("\0").split(";") if part.strip()]


def _text(data: bytes) -> str:
    return data.decode("utf-16-le", "replace")


def parse(content: bytes) -> tuple[Entry, ...]:
    """The entries of a file, in order. Raises ``PolicyFileError``."""
    if content[:8] != HEADER:
        raise PolicyFileError("it does not begin as a policy file of version 1 does")
    entries, at = [], len(HEADER)
    while at < len(content):
        entry = _entry(content, at)
        entries.append(entry)
        at += len(entry.raw)
    return tuple(entries)


def _entry(content: bytes, start: int) -> Entry:
    at = _expect(content, start, "[")
    key, at = _name(content, at)
    name, at = _name(content, at)
    kind, at = _number(content, at)
    size, at = _number(content, at)
    if at + size > len(content):
        raise PolicyFileError(f"the entry at byte {start} says that it has {size} bytes of data, and the file ends")
    end = _expect(content, at + size, "]")
    return Entry(content[start:end], key, name, kind, content[at : at + size])


def _expect(content: bytes, at: int, sign: str) -> int:
    if content[at : at + 2] != sign.encode("utf-16-le"):
        raise PolicyFileError(f"there is no {sign!r} at byte {at}")
    return at + 2


def _name(content: bytes, start: int) -> tuple[str, int]:
    """A text as Windows reads it: up to the semicolon, of that up to the first NUL (some writers leave it out)."""
    at = start
    while content[at : at + 2] != b";\0":
        if at + 2 > len(content):
            raise PolicyFileError(f"the text at byte {start} has no end")
        at += 2
    return content[start:at].decode("utf-16-le", "surrogatepass").split("\0", 1)[0], at + 2


def _number(content: bytes, at: int) -> tuple[int, int]:
    if at + 4 > len(content):
        raise PolicyFileError(f"the file ends at byte {at}, within a number")
    return int.from_bytes(content[at : at + 4], "little"), _expect(content, at + 4, ";")


def build(entries: Iterable[Entry]) -> bytes:
    """The file with these entries."""
    return HEADER + b"".join(entry.raw for entry in entries)


def dword(key: str, name: str, number: int) -> Entry:
    """An entry that sets a REG_DWORD. ``key`` is without its hive."""
    data = struct.pack("<I", number)
    texts = [(text + "\0").encode("utf-16-le") for text in (key, name)]
    numbers = [struct.pack("<I", one) for one in (_DWORD, len(data))]
    body = ";".encode("utf-16-le").join([*texts, *numbers, data])
    return Entry(b"[\0" + body + b"]\0", key, name, _DWORD, data)


def setting(entries: Iterable[Entry], key: str, name: str) -> Entry | None:
    """The entry by which the value is set once all have been carried out; None if none sets it, or one takes it away.

    One that sets it only where it is absent counts where no other has set it.
    """
    found = None
    for entry in entries:
        if entry.clears(key, name):
            found = None
        elif entry.concerns(key, name) and (entry.sets or found is None):
            found = entry
    return found


def with_number(entries: Sequence[Entry], key: str, name: str, number: int) -> tuple[Entry, ...]:
    """The entries with this value set to a number, and nothing else changed.

    It takes the place of what was said of the value before; where a later entry would take it away again it comes last.
    """
    fresh = dword(key, name, number)
    places = [at for at, entry in enumerate(entries) if entry.concerns(key, name)]
    others = [entry for entry in entries if not entry.concerns(key, name)]
    place = places[0] if places else len(others)
    changed = (*others[:place], fresh, *others[place:])
    return changed if setting(changed, key, name) is fresh else (*others, fresh)
