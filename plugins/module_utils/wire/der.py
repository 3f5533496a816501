# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""The little of DER and BER that CredSSP and MCS need.

Every length is checked before it is used, every integer has a bound, and no reader calls itself, so that nesting
costs nothing.
"""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

# No number that the probe reads needs more content bytes than a 64-bit one.
_MAX_INTEGER_BYTES = 8


def length_of(size: int) -> bytes:
    """A length in its shortest form."""
    if size < 0x80:
        return bytes((size,))
    number = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((0x80 | len(number),)) + number


def tlv(tag: int, content: bytes) -> bytes:
    return tag.to_bytes(2 if tag > 0xFF else 1, "big") + length_of(len(content)) + content


def integer(value: int, tag: int = 2) -> bytes:
    """A non-negative INTEGER (or, with its tag, ENUMERATED)."""
    return tlv(tag, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def header(data: bytes | bytearray, at: int = 0) -> tuple[int, int, int] | None:
    """Tag, start of content and end of content of the TLV at ``at``; None while its header is incomplete.

    Raises ``Malformed`` for a tag of more than two bytes and for a length of none or of more than four bytes.
    """
    if at + 2 > len(data):
        return None
    tag, at = data[at], at + 1
    if tag & 0x1F == 0x1F:
        # Two-byte tags are enough for MCS.
        if data[at] & 0x80:
            raise Malformed("a BER tag of more than two bytes")
        tag, at = tag << 8 | data[at], at + 1
        if at >= len(data):
            return None
    size, at = data[at], at + 1
    if size & 0x80:
        count = size & 0x7F
        if not 1 <= count <= 4:
            raise Malformed(f"a BER length of {count} bytes")
        if at + count > len(data):
            return None
        size, at = int.from_bytes(data[at : at + count], "big"), at + count
    return tag, at, at + size


def read(data: bytes, at: int, tag: int | None = None) -> tuple[int, bytes, int]:
    """Tag, content and end of the complete TLV at ``at``.

    Raises ``Malformed`` also if the tag is not the one wanted.
    """
    found = header(data, at)
    if found is None or found[2] > len(data):
        raise Malformed("a BER value runs over the end")
    if tag is not None and found[0] != tag:
        raise Malformed(f"BER tag 0x{found[0]:X} where 0x{tag:X} belongs")
    return found[0], data[found[1] : found[2]], found[2]


def read_integer(data: bytes, at: int, most: int, tag: int = 0x02) -> tuple[int, int]:
    """Value and end of the INTEGER (or, with its tag, ENUMERATED) at ``at``, read unsigned as its senders write it.

    Raises ``Malformed`` if it is empty, longer than 64 bits or greater than ``most``: what a stranger sends as a
    number has to fit into JSON, a database column and a sentence.
    """
    _tag, content, end = read(data, at, tag)
    if not 1 <= len(content) <= _MAX_INTEGER_BYTES:
        raise Malformed(f"an integer of {len(content)} bytes")
    value = int.from_bytes(content, "big")
    if value > most:
        raise Malformed(f"the integer {value} where at most {most} belongs")
    return value, end
