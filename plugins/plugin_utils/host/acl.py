# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Arithmetic on security descriptors in SDDL.

Who may do what, and the smallest change that gives an account what it lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

SYSTEM = "S-1-5-18"
NETWORK_SERVICE = "S-1-5-20"
ADMINISTRATORS = "S-1-5-32-544"
EVERYONE = "S-1-1-0"
# NT SERVICE\SessionEnv and NT SERVICE\TermService: S-1-5-80 and the SHA-1 of the upper-case service name in UTF-16LE,
# as five little-endian words.
SESSIONENV = "S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833"
TERMSERVICE = "S-1-5-80-446051430-1559341753-4161941529-1950928533-810483104"

FULL_CONTROL = 0x1F01FF
READ = 0x120089

# What a token of a service that runs as NETWORK SERVICE (TermService) holds besides the account itself.
NETWORK_SERVICE_TOKEN = frozenset(
    {
        NETWORK_SERVICE,
        TERMSERVICE,
        EVERYONE,
        "S-1-5-80-0",  # all services
        "S-1-5-6",  # SERVICE
        "S-1-5-11",  # Authenticated Users
        "S-1-5-15",  # This Organization
        "S-1-2-0",  # LOCAL
        "S-1-2-1",  # CONSOLE LOGON
        "S-1-5-32-545",  # Users
    }
)
SYSTEM_TOKEN = frozenset({SYSTEM, ADMINISTRATORS, EVERYONE, "S-1-5-11"})

_ALIASES = {
    "AN": "S-1-5-7",
    "AU": "S-1-5-11",
    "BA": ADMINISTRATORS,
    "BG": "S-1-5-32-546",
    "BO": "S-1-5-32-551",
    "BU": "S-1-5-32-545",
    "CG": "S-1-3-1",
    "CO": "S-1-3-0",
    "IU": "S-1-5-4",
    "LS": "S-1-5-19",
    "NS": NETWORK_SERVICE,
    "NU": "S-1-5-2",
    "OW": "S-1-3-4",
    "PU": "S-1-5-32-547",
    "RC": "S-1-5-12",
    "RD": "S-1-5-32-555",
    "SO": "S-1-5-32-549",
    "SU": "S-1-5-6",
    "SY": SYSTEM,
    "WD": EVERYONE,
    "AC": "S-1-15-2-1",
}
_RIGHTS = {
    "GA": 0x10000000,
    "GR": 0x80000000,
    "GW": 0x40000000,
    "GX": 0x20000000,
    "RC": 0x20000,
    "SD": 0x10000,
    "WD": 0x40000,
    "WO": 0x80000,
    "RP": 0x10,
    "WP": 0x20,
    "CC": 0x1,
    "DC": 0x2,
    "LC": 0x4,
    "SW": 0x8,
    "LO": 0x80,
    "DT": 0x40,
    "CR": 0x100,
    "FA": FULL_CONTROL,
    "FR": READ,
    "FW": 0x120116,
    "FX": 0x1200A0,
    "KA": 0xF003F,
    "KR": 0x20019,
    "KW": 0x20006,
    "KX": 0x20019,
}
_GENERIC_FILE = {0x10000000: FULL_CONTROL, 0x80000000: READ, 0x40000000: 0x120116, 0x20000000: 0x1200A0}
_HEXADECIMAL, _DECIMAL = re.compile(r"0[xX][0-9a-fA-F]+"), re.compile(r"[0-9]+")
_ACE = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")


# What Windows itself grants on the listener's key file, over all builds: nothing beyond it is ever added.
GRANTS = {SYSTEM: FULL_CONTROL, NETWORK_SERVICE: READ, SESSIONENV: FULL_CONTROL, ADMINISTRATORS: READ}


class SddlError(ValueError):
    """The text is not a security descriptor in SDDL."""


@dataclass(frozen=True)
class Ace:
    """One access control entry: ``kind`` (``A`` allow, ``D`` deny, others untouched), flags, access mask, SID, and
    its own text."""

    kind: str
    flags: str
    mask: int
    sid: str
    text: str

    @property
    def inherited(self) -> bool:
        return "ID" in self.flags

    @property
    def applies(self) -> bool:
        """Whether it counts for the object itself, not only for what inherits from it."""
        return "IO" not in self.flags


@dataclass(frozen=True)
class Descriptor:
    """Owner, group and DACL of an object. ``aces`` is None for a descriptor without DACL, which lets everybody in."""

    owner: str | None
    group: str | None
    control: str
    aces: tuple[Ace, ...] | None

    def to_sddl(self) -> str:
        parts = [f"O:{self.owner}" if self.owner else "", f"G:{self.group}" if self.group else ""]
        if self.aces is not None:
            parts.append(f"D:{self.control}" + "".join(f"({ace.text})" for ace in self.aces))
        return "".join(parts)


def _sid(text: str) -> str:
    return _ALIASES.get(text.upper(), text)


def _mask(text: str) -> int:
    if _HEXADECIMAL.fullmatch(text):
        mask = int(text, 16)
    elif _DECIMAL.fullmatch(text):
        mask = int(text)
    else:
        mask = 0
        pairs = [text[at : at + 2].upper() for at in range(0, len(text), 2)]
        for pair in pairs:
            if pair not in _RIGHTS:
                raise SddlError(f"access right {pair!r} is not known")
            mask |= _RIGHTS[pair]
    for generic, specific in _GENERIC_FILE.items():
        if mask & generic:
            mask = (mask & ~generic) | specific
    return mask


# The hosts of a run have the same few descriptors.
@lru_cache(maxsize=256)
def parse(sddl: str) -> Descriptor:
    """Read SDDL text. Raises ``SddlError`` on anything that is not a descriptor."""
    parts = _parts(sddl.strip())
    dacl = parts.get("D")
    aces: tuple[Ace, ...] | None = None
    control = ""
    if dacl is not None:
        control = dacl.split("(", 1)[0]
        if "NO_ACCESS_CONTROL" not in control:
            aces = tuple(_ace(text) for text in _ACE.findall(dacl))
    return Descriptor(
        _sid(parts["O"]) if parts.get("O") else None, _sid(parts["G"]) if parts.get("G") else None, control, aces
    )


def _parts(sddl: str) -> dict[str, str]:
    """Split at ``O:``, ``G:``, ``D:`` and ``S:`` outside brackets."""
    starts, depth = [], 0
    for at, character in enumerate(sddl):
        depth += (character == "(") - (character == ")")
        if character == ":" and depth == 0 and at:
            starts.append(at - 1)
    names = [sddl[at] for at in starts]
    if depth or not starts or starts[0] or len(set(names)) < len(names) or not set(names) <= set("OGDS"):
        raise SddlError(f"not a security descriptor: {sddl[:60]!r}")
    return {sddl[at]: sddl[at + 2 : end] for at, end in zip(starts, [*starts[1:], len(sddl)])}


def _ace(text: str) -> Ace:
    fields = text.split(";", 5)
    if len(fields) < 6:
        raise SddlError(f"not an access control entry: {text[:60]!r}")
    kind, flags, rights, _object, _inherited_object, account = fields
    # A conditional entry carries its condition behind the account; it grants nothing that can be counted on.
    account, conditional, condition = account.partition(";")
    return Ace(
        "X" + kind if conditional and condition else kind.upper(),
        flags.upper(),
        _mask(rights),
        _sid(account.strip()),
        text,
    )


def granted(descriptor: Descriptor, token: Iterable[str], wanted: int) -> bool:
    """Whether a token (the SIDs it holds) gets all bits of ``wanted``, in the order in which Windows reads a DACL."""
    if descriptor.aces is None:
        return True
    sids = frozenset(token)
    missing = wanted
    if descriptor.owner in sids:
        missing &= ~0x60000  # an owner may always read and change the DACL
    for ace in descriptor.aces:
        if not ace.applies or ace.sid not in sids:
            continue
        if ace.kind == "D" and ace.mask & missing:
            return False
        if ace.kind == "A":
            missing &= ~ace.mask
        if not missing:
            return True
    return not missing


def denials(descriptor: Descriptor, token: frozenset[str], wanted: int) -> list[Ace]:
    """The entries that deny a token some of what is wanted; none where it gets all of it."""
    if granted(descriptor, token, wanted):
        return []
    return [
        ace
        for ace in descriptor.aces or ()
        if ace.kind == "D" and ace.applies and ace.sid in token and ace.mask & wanted
    ]


def denies(descriptor: Descriptor, sid: str, wanted: int) -> bool:
    """Whether an entry denies exactly this account some bit of ``wanted``."""
    return any(ace.kind == "D" and ace.sid == sid and ace.mask & wanted for ace in descriptor.aces or ())


def excess(want: Descriptor, have: Descriptor, own: bool) -> str | None:
    """Why a descriptor is more than what was there and what Windows itself grants there, as a phrase; None if not.

    ``own``: the file is one that Windows made for the listener, whose owner is SYSTEM.
    """
    if want.aces is None:
        return "it would let everybody in"
    if want.owner not in (None, have.owner) and not (own and want.owner == SYSTEM):
        return "it changes the owner"
    if "P" in have.control and "P" not in want.control:
        return "it lets the folder's entries in"
    before = {_meaning(ace): ace for ace in have.aces or () if not ace.inherited}
    after = {_meaning(ace): ace for ace in want.aces if not ace.inherited}
    if any(not _is_grant(ace) for key, ace in after.items() if key not in before):
        return "it grants what Windows does not grant there"
    if any(not (ace.kind == "D" and ace.sid in GRANTS) for key, ace in before.items() if key not in after):
        return "it takes away what somebody was granted"
    return None


def same(one: Descriptor, other: Descriptor) -> bool:
    """Whether two descriptors have the same owner and the same entries of their own, in the same order."""
    if one.owner != other.owner or (one.aces is None) is not (other.aces is None):
        return False
    mine, others = (
        [_meaning(ace) for ace in descriptor.aces or () if not ace.inherited] for descriptor in (one, other)
    )
    return mine == others


def _meaning(ace: Ace) -> tuple[str, ...]:
    return (ace.kind, ace.flags, f"{ace.mask:x}", ace.sid, *ace.text.split(";")[3:5], *ace.text.split(";")[6:])


def _is_grant(ace: Ace) -> bool:
    return ace.kind == "A" and not ace.flags and not ace.mask & ~GRANTS.get(ace.sid, 0)


def key_file_defaults(build: int) -> tuple[tuple[str, int], ...]:
    """Accounts and rights that Windows of this build gives the listener's key file (measured on 9600 to 26100)."""
    third = (SESSIONENV, FULL_CONTROL) if build >= 17763 else (ADMINISTRATORS, READ)
    return ((SYSTEM, FULL_CONTROL), (NETWORK_SERVICE, READ), third)


def repaired_key_file(descriptor: Descriptor, build: int) -> Descriptor:
    """The least change that makes a key file as the build expects it: entries that deny the expected accounts go,
    missing grants come.

    Whatever else the descriptor grants stays. The owner becomes SYSTEM.
    """
    expected = key_file_defaults(build)
    accounts = {account for account, rights in expected}
    kept = tuple(
        ace for ace in descriptor.aces or () if not (ace.kind == "D" and ace.sid in accounts and not ace.inherited)
    )
    explicit = [ace for ace in kept if not ace.inherited]
    for sid, rights in expected:
        if not granted(replace(descriptor, owner=None, aces=kept), {sid}, rights):
            explicit.append(_ace(f"A;;0x{rights:x};;;{sid}"))
    inherited = [ace for ace in kept if ace.inherited]
    return replace(descriptor, owner=SYSTEM, control=descriptor.control or "PAI", aces=tuple(explicit + inherited))


def with_read_for_service(descriptor: Descriptor) -> Descriptor:
    """The same descriptor with read access for NETWORK SERVICE: one entry more, owner and all others untouched."""
    if descriptor.aces is None:
        return descriptor
    explicit = [ace for ace in descriptor.aces if not ace.inherited]
    inherited = [ace for ace in descriptor.aces if ace.inherited]
    granted_read = _ace(f"A;;0x{READ:x};;;{NETWORK_SERVICE}")
    return replace(descriptor, aces=(*explicit, granted_read, *inherited))
