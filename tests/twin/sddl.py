# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security descriptors in SDDL as Windows prints them, and who they let in."""

from __future__ import annotations

import re
from collections.abc import Iterable

SYSTEM = "S-1-5-18"
NETWORK_SERVICE = "S-1-5-20"
ADMINISTRATORS = "S-1-5-32-544"
EVERYONE = "S-1-1-0"
SESSIONENV = "S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833"
TERMSERVICE = "S-1-5-80-446051430-1559341753-4161941529-1950928533-810483104"

FULL = 0x1F01FF
READ = 0x120089
# Whose rights a process of the service has.
NETWORK_SERVICE_TOKEN = frozenset((NETWORK_SERVICE, TERMSERVICE, EVERYONE, "S-1-5-11", "S-1-5-6", "S-1-5-32-545", "S-1-5-80-0"))
SYSTEM_TOKEN = frozenset((SYSTEM, ADMINISTRATORS, EVERYONE, "S-1-5-11", SESSIONENV, "S-1-5-80-0"))

_NAMES = {"SY": SYSTEM, "NS": NETWORK_SERVICE, "BA": ADMINISTRATORS, "WD": EVERYONE, "AU": "S-1-5-11", "BU": "S-1-5-32-545", "LS": "S-1-5-19", "CO": "S-1-3-0"}
_SHORT = {sid: name for name, sid in _NAMES.items()}
_MASKS = {
    "FA": FULL,
    "FR": READ,
    "FW": 0x120116,
    "FX": 0x1200A0,
    "KA": 0xF003F,
    "KR": 0x20019,
    "KW": 0x20006,
    "GA": 0x10000000,
    "GR": 0x80000000,
    "RC": 0x20000,
    "SD": 0x10000,
    "WD": 0x40000,
    "WO": 0x80000,
    "CC": 1,
    "DC": 2,
    "LC": 4,
    "SW": 8,
    "RP": 16,
    "WP": 32,
    "DT": 64,
    "LO": 128,
    "CR": 256,
}
_GENERIC = {0x10000000: FULL, 0x80000000: READ, 0x40000000: 0x120116, 0x20000000: 0x1200A0}
_FORM = re.compile(r"^(?:O:([^:()]+?))?(?:G:([^:()]+?))?(?:D:([A-Z_]*)((?:\([^()]*\))*))?(?:S:.*)?$")

Ace = tuple[str, str, int, str]  # kind, flags, mask, SID


class Descriptor:
    """Owner, group and DACL. ``aces`` is None where there is no DACL."""

    def __init__(self, owner: str | None, group: str | None, control: str, aces: list[Ace] | None) -> None:
        self.owner, self.group, self.control, self.aces = owner, group, control, aces

    @classmethod
    def parse(cls, text: str) -> Descriptor:
        """Read SDDL. Raises ``ValueError``."""
        form = _FORM.match(text)
        if not form or not text:
            raise ValueError(f"not SDDL: {text!r}")
        owner, group, control, body = form.groups()
        aces = None if control is None and body is None else [_ace(part) for part in re.findall(r"\(([^()]*)\)", body or "")]
        return cls(_sid(owner) if owner else None, _sid(group) if group else None, control or "", aces)

    def __str__(self) -> str:
        text = (f"O:{_short(self.owner)}" if self.owner else "") + (f"G:{_short(self.group)}" if self.group else "")
        if self.aces is not None:
            text += f"D:{self.control}" + "".join(f"({kind};{flags};{_mask_text(mask)};;;{_short(sid)})" for kind, flags, mask, sid in self.aces)
        return text

    def ordered(self) -> list[Ace]:
        """The entries in the order in which Windows keeps them: denials first."""
        aces = self.aces or []
        return [ace for ace in aces if ace[0] == "D"] + [ace for ace in aces if ace[0] != "D"]

    def grants(self, token: Iterable[str], mask: int) -> bool:
        """Whether somebody with these SIDs gets all of ``mask``."""
        sids = set(token)
        if self.aces is None:
            return True
        missing = mask & ~0x60000 if self.owner in sids else mask
        for kind, flags, ace_mask, sid in self.aces:
            if sid not in sids or "IO" in flags:
                continue
            if kind == "D" and ace_mask & missing:
                return False
            if kind == "A":
                missing &= ~ace_mask
            if not missing:
                break
        return not missing

    def without(self, sid: str) -> Descriptor:
        return Descriptor(self.owner, self.group, self.control, [ace for ace in self.aces or [] if ace[3] != sid])

    def denying(self, sid: str, mask: int) -> Descriptor:
        return Descriptor(self.owner, self.group, self.control, [("D", "", mask, sid), *(self.aces or [])])


def _sid(text: str) -> str:
    if text in _NAMES:
        return _NAMES[text]
    if not re.fullmatch(r"S-1(-[0-9]+)+", text):
        raise ValueError(f"not a SID: {text!r}")
    return text


def _short(sid: str | None) -> str:
    return _SHORT.get(sid or "", sid or "")


def _mask(text: str) -> int:
    if re.fullmatch(r"0x[0-9a-fA-F]+|[0-9]+", text):
        mask = int(text, 0)
    else:
        pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
        if not set(pairs) <= set(_MASKS):
            raise ValueError(f"not an access mask: {text!r}")
        mask = 0
        for pair in pairs:
            mask |= _MASKS[pair]
    for generic, specific in _GENERIC.items():
        if mask & generic:
            mask = mask & ~generic | specific
    return mask


def _mask_text(mask: int) -> str:
    return {FULL: "FA", READ: "FR", 0xF003F: "KA", 0x20019: "KR"}.get(mask, f"0x{mask:x}")


def _ace(text: str) -> Ace:
    parts = text.split(";")
    if len(parts) != 6 or parts[0] not in ("A", "D"):
        raise ValueError(f"not an access control entry: {text!r}")
    return parts[0], parts[1], _mask(parts[2]), _sid(parts[5])


def key_file(build: int) -> str:
    """The descriptor that Windows of this build gives the listener's key file."""
    third = f"(A;;FA;;;{SESSIONENV})" if build >= 17763 else "(A;;FR;;;BA)"
    return f"O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS){third}"


MACHINE_KEYS = "O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)"
STORE = "O:SYG:SYD:AI(A;CIID;KA;;;SY)(A;CIID;KA;;;BA)(A;CIID;KR;;;BU)"
