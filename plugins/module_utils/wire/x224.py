# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""TPKT (RFC 1006) and X.224 class 0 as MS-RDPBCGR 2.2.1.1 and 2.2.1.2 use them: connection request and its answers."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.module_utils.wire import negotiation
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed, NotRdp

# Nothing that a server says before the session exists is longer.
MAX_TPKT = 8192
# LI is one byte, 255 is reserved, 6 bytes are fixed.
MAX_VARIABLE = 248
# As much of what is not RDP is kept to show it.
_SHOWN = 64

_HEADERS = (
    (b"HTTP/", "HTTP"),
    (b"SSH-", "SSH"),
    (b"RFB ", "VNC"),
    (b"220", "FTP or SMTP"),
    (b"+OK", "POP3"),
    (b"* OK", "IMAP"),
    (b"<", "HTML or XML"),
    (b"\x15\x03", "TLS"),
    (b"\x16\x03", "TLS"),
    (b"\xffSMB", "SMB"),
    (b"\x00\x00\x00", "SMB or NetBIOS"),
)


@dataclass(frozen=True)
class Confirm:
    """A connection confirm. ``answer`` is None where the server sent no negotiation data."""

    source: int
    answer: negotiation.Answer | None


@dataclass(frozen=True)
class Disconnect:
    """The server ended the connection in the protocol's own words.

    ``layer`` is ``mcs`` for a disconnect provider ultimatum, ``x224`` for a disconnect request; ``reason`` is at most
    255.
    """

    layer: str
    reason: int


def packet(payload: bytes) -> bytes:
    """A TPKT around the payload."""
    return struct.pack(">BBH", 3, 0, len(payload) + 4) + payload


def data(payload: bytes) -> bytes:
    """A TPKT with an X.224 data TPDU around the payload."""
    return packet(b"\x02\xf0\x80" + payload)


def frame_length(received: bytes | bytearray) -> int | None:
    """How many bytes the TPKT has that starts here; None while that cannot be known.

    Raises ``NotRdp`` and ``Malformed`` as soon as the bytes show it.
    """
    if not received:
        return None
    if received[0] != 3:
        raise NotRdp(bytes(received[:_SHOWN]), _protocol_of(bytes(received[:_SHOWN])))
    if received[1:2] not in (b"", b"\0"):
        # The second byte is reserved and every server sends 0; without this check one random byte in 256 would pass
        # as RDP.
        raise NotRdp(bytes(received[:_SHOWN]), None)
    if len(received) < 4:
        return None
    length: int = struct.unpack_from(">H", received, 2)[0]
    if not 7 <= length <= MAX_TPKT:
        raise Malformed(f"the TPKT header says {length} bytes")
    return length


def _protocol_of(head: bytes) -> str | None:
    """What the bytes look like, also while they are fewer than a protocol's mark has."""
    return next((name for mark, name in _HEADERS if head.startswith(mark) or mark.startswith(head)), None)


def connection_request(protocols: int | None, *, cookie: str = "", routing_token: bytes = b"") -> bytes:
    """The connection request. ``protocols`` None leaves negotiation out, as clients before RDP 5.2 did.

    Raises ``ValueError`` if token or cookie do not fit.
    """
    variable = b""
    if routing_token:
        variable = routing_token.rstrip(b"\r\n") + b"\r\n"
    elif cookie:
        variable = f"Cookie: mstshash={cookie}\r\n".encode("ascii")
    if protocols is not None:
        variable += negotiation.request(protocols)
    if len(variable) > MAX_VARIABLE:
        raise ValueError(f"the connection request would be {len(variable) - MAX_VARIABLE} bytes too long")
    return packet(struct.pack(">BBHHB", 6 + len(variable), 0xE0, 0, 0, 0) + variable)


def parse_answer(tpkt: bytes) -> Confirm | Disconnect:
    """What a server answered to a connection request: one whole TPKT. Raises ``Malformed``."""
    payload = tpkt[4:]
    if len(payload) < 3:
        raise Malformed("the X.224 header is cut short")
    indicator, code = payload[0], payload[1] & 0xF0
    if code == 0xF0 and indicator == 2:
        return parse_ultimatum(payload[3:])
    if indicator + 1 != len(payload):
        raise Malformed(f"X.224 says {indicator + 1} bytes and TPKT {len(payload)}")
    if code == 0x80 and indicator >= 6:
        return Disconnect("x224", payload[6])
    if code != 0xD0 or indicator < 6:
        raise Malformed(f"X.224 TPDU 0x{payload[1]:02X} is no connection confirm")
    source: int = struct.unpack_from(">H", payload, 4)[0]
    return Confirm(source, negotiation.parse(payload[7:]) if indicator > 6 else None)


def parse_ultimatum(mcs: bytes) -> Disconnect:
    """An MCS disconnect provider ultimatum (T.125, PER). Raises ``Malformed`` for anything else."""
    if len(mcs) < 2 or mcs[0] >> 2 != 8:
        raise Malformed("an X.224 data TPDU stands where the connection confirm belongs")
    return Disconnect("mcs", (mcs[0] & 3) << 1 | mcs[1] >> 7)
