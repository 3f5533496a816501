# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""NTLM NEGOTIATE and CHALLENGE (MS-NLMP 2.2.1.1, 2.2.1.2): what a server says of itself before it knows who asks."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

SIGNATURE = b"NTLMSSP\0"
_MESSAGE_NEGOTIATE, _MESSAGE_CHALLENGE = 1, 2

# MS-NLMP 2.2.2.5, the flags that mstsc sends: Unicode, OEM, request target, sign, LM key, NTLM, always sign, extended
# session security, version, 128-bit, key exchange and 56-bit.
_FLAGS = 0xE2088297
_NEGOTIATE_VERSION = 0x02000000
# Of a challenge that keeps what follows it secret: key exchange, 128-bit, extended session security, seal and sign.
SEALED = 0x60080030
_UNICODE = 0x00000001

# A challenge (MS-NLMP 2.2.1.2): signature, message type at 8, then these fields.
_TARGET_NAME, _CHALLENGE_FLAGS, _TARGET_INFO, _VERSION = 12, 20, 40, 48
_SHORTEST_CHALLENGE = 32

# AV_PAIR ids (MS-NLMP 2.2.2.1).
_AV_END, _AV_TIMESTAMP = 0, 7
_NAMES = {1: "computer", 2: "domain", 3: "dns_computer", 4: "dns_domain", 5: "dns_forest"}
# The longest DNS name has 255 characters; NetBIOS names have 15.
_MAX_NAME = 255
# MS-NLMP 2.2.2.1 defines eleven ids.
_MAX_PAIRS = 64

# FILETIME counts 100 ns since 1601; the difference to 1970, and the last second that a calendar date can show.
_EPOCH_SHIFT = 11644473600
_LAST_SECOND = 253402300799

# Version field (MS-NLMP 2.2.2.10): 10.0, build 19041, three reserved bytes, NTLMSSP revision 15. The names are left
# empty.
NEGOTIATE = SIGNATURE + struct.pack("<II16sBBHBBBB", _MESSAGE_NEGOTIATE, _FLAGS, b"", 10, 0, 19041, 0, 0, 0, 15)


@dataclass(frozen=True)
class Challenge:
    """What the server says of itself.

    ``names`` has, of the keys ``target``, ``computer``, ``domain``, ``dns_computer``, ``dns_domain``, ``dns_forest``
    those that the server gave; each is at most 255 printable characters.
    ``version`` is major, minor, build; ``time`` is seconds since 1970 UTC; both are None where the server does not say.
    """

    flags: int
    names: dict[str, str] = field(default_factory=dict)
    version: tuple[int, int, int] | None = None
    time: float | None = None


def _buffer(message: bytes, at: int) -> bytes:
    """What a field of length, allocated length and offset points at. Raises ``Malformed``."""
    length, _allocated, offset = struct.unpack_from("<HHI", message, at)
    if offset + length > len(message):
        raise Malformed("an NTLM field lies outside the message")
    return message[offset : offset + length]


def _text(value: bytes, encoding: str) -> str:
    """A name as it may be shown: no longer than names are, and without characters that steer a terminal.

    Raises ``Malformed``.
    """
    text = value.decode(encoding, "replace")
    if len(text) > _MAX_NAME:
        raise Malformed(f"an NTLM name of {len(text)} characters")
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def parse_challenge(token: bytes) -> Challenge:
    """Read a challenge, bare or inside a SPNEGO token. Raises ``Malformed``."""
    start = token.find(SIGNATURE)
    message = token[start:] if start >= 0 else b""
    if len(message) < _SHORTEST_CHALLENGE:
        raise Malformed("the CredSSP token holds no NTLM message")
    kind, flags = struct.unpack_from("<I", message, 8)[0], struct.unpack_from("<I", message, _CHALLENGE_FLAGS)[0]
    if kind != _MESSAGE_CHALLENGE:
        raise Malformed(f"NTLM message {kind} where the challenge belongs")
    names: dict[str, str] = {}
    target = _buffer(message, _TARGET_NAME)
    if target:
        names["target"] = _text(target, "utf-16-le" if flags & _UNICODE else "latin-1")
    time = None
    if len(message) >= _TARGET_INFO + 8:
        pairs, time = _pairs(_buffer(message, _TARGET_INFO))
        names.update(pairs)
    version = None
    if flags & _NEGOTIATE_VERSION and len(message) >= _VERSION + 8:
        major, minor, build = struct.unpack_from("<BBH", message, _VERSION)
        version = (major, minor, build)
    return Challenge(flags, names, version, time)


def _pairs(info: bytes) -> tuple[dict[str, str], float | None]:
    """The names and the time of a target info. Raises ``Malformed``."""
    names: dict[str, str] = {}
    time = None
    at = 0
    for _pair in range(_MAX_PAIRS):
        if at + 4 > len(info):
            return names, time
        kind, length = struct.unpack_from("<HH", info, at)
        value, at = info[at + 4 : at + 4 + length], at + 4 + length
        if kind == _AV_END:
            return names, time
        if at > len(info):
            raise Malformed("an NTLM attribute lies outside the message")
        if kind in _NAMES:
            names[_NAMES[kind]] = _text(value, "utf-16-le")
        elif kind == _AV_TIMESTAMP and length == 8:
            time = _seconds(struct.unpack("<Q", value)[0])
    raise Malformed(f"more than {_MAX_PAIRS} NTLM attributes")


def _seconds(filetime: int) -> float | None:
    """Seconds since 1970 UTC; None for a time that no calendar has, from which no skew follows either."""
    seconds = filetime / 1e7 - _EPOCH_SHIFT
    return seconds if seconds <= _LAST_SECOND else None
