# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NTLM NEGOTIATE and CHALLENGE (MS-NLMP 2.2.1.1, 2.2.1.2): what a server says of itself before it knows who asks."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

SIGNATURE = b"NTLMSSP\0"
_FLAGS = 0xE2088297
_NEGOTIATE_VERSION = 0x02000000
_UNICODE = 0x00000001
_EPOCH_SHIFT = 11644473600
_NAMES = {1: "computer", 2: "domain", 3: "dns_computer", 4: "dns_domain", 5: "dns_forest"}

NEGOTIATE = SIGNATURE + struct.pack("<II16sBBHBBBB", 1, _FLAGS, b"", 10, 0, 19041, 0, 0, 0, 15)


@dataclass(frozen=True)
class Challenge:
    """``names`` has the keys ``target``, ``computer``, ``domain``, ``dns_computer``, ``dns_domain``, ``dns_forest`` that the server gave.

    ``version`` is major, minor, build; ``time`` is seconds since 1970 UTC; both are None where the server does not say.
    """

    flags: int
    names: dict[str, str] = field(default_factory=dict)
    version: tuple[int, int, int] | None = None
    time: float | None = None


def _buffer(message: bytes, at: int) -> bytes:
    length, _allocated, offset = struct.unpack_from("<HHI", message, at)
    if offset + length > len(message):
        raise Malformed("an NTLM field lies outside the message")
    return message[offset : offset + length]


def parse_challenge(token: bytes) -> Challenge:
    """Read a challenge, bare or inside a SPNEGO token. Raises ``Malformed``."""
    start = token.find(SIGNATURE)
    message = token[start:] if start >= 0 else b""
    if len(message) < 32:
        raise Malformed("the CredSSP token holds no NTLM message")
    kind, flags = struct.unpack_from("<I", message, 8)[0], struct.unpack_from("<I", message, 20)[0]
    if kind != 2:
        raise Malformed(f"NTLM message {kind} where the challenge belongs")
    names: dict[str, str] = {}
    target = _buffer(message, 12)
    if target:
        names["target"] = target.decode("utf-16-le" if flags & _UNICODE else "latin-1", "replace")
    time = None
    if len(message) >= 48:
        pairs, time = _pairs(_buffer(message, 40))
        names.update(pairs)
    version = struct.unpack_from("<BBH", message, 48) if flags & _NEGOTIATE_VERSION and len(message) >= 56 else None
    return Challenge(flags, names, (version[0], version[1], version[2]) if version else None, time)


def _pairs(info: bytes) -> tuple[dict[str, str], float | None]:
    names: dict[str, str] = {}
    time = None
    at = 0
    while at + 4 <= len(info):
        kind, length = struct.unpack_from("<HH", info, at)
        value, at = info[at + 4 : at + 4 + length], at + 4 + length
        if kind == 0:
            break
        if at > len(info):
            raise Malformed("an NTLM attribute lies outside the message")
        if kind in _NAMES:
            names[_NAMES[kind]] = value.decode("utf-16-le", "replace")
        elif kind == 7 and length == 8:
            time = struct.unpack("<Q", value)[0] / 1e7 - _EPOCH_SHIFT
    return names, time
