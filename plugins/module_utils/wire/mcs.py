# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""MCS Connect-Initial and Connect-Response (T.125) with the GCC blocks of MS-RDPBCGR 2.2.1.3 and 2.2.1.4."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.module_utils.wire import der, x224
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

# BER application tags of T.125.
_CONNECT_INITIAL, _CONNECT_RESPONSE = 0x7F65, 0x7F66
# Block types of MS-RDPBCGR 2.2.1.3.1 and 2.2.1.4.1.
_CS_CORE, _CS_SECURITY, _CS_NET, _CS_CLUSTER = 0xC001, 0xC002, 0xC003, 0xC004
_SC_CORE, _SC_SECURITY = 0x0C01, 0x0C02
# 40-bit, 128-bit, 56-bit and FIPS.
ALL_METHODS = 0x1B
METHODS = {0: "none", 1: "40-bit", 2: "128-bit", 8: "56-bit", 16: "FIPS"}
LEVELS = {0: "none", 1: "low", 2: "client compatible", 3: "high", 4: "FIPS"}
VERSIONS = {0x00080001: "4.0", 0x00080004: "5.0 to 8.1", **{0x00080005 + minor: f"10.{minor}" for minor in range(13)}}
RESULTS = {
    0: "rt-successful",
    1: "rt-domain-merging",
    2: "rt-domain-not-hierarchical",
    3: "rt-no-such-channel",
    4: "rt-no-such-domain",
    5: "rt-no-such-user",
    6: "rt-not-admitted",
    7: "rt-other-user-id",
    8: "rt-parameters-unacceptable",
    9: "rt-token-not-available",
    10: "rt-token-not-possessed",
    11: "rt-too-many-channels",
    12: "rt-too-many-tokens",
    13: "rt-too-many-users",
    14: "rt-unspecified-failure",
    15: "rt-user-rejected",
}
# T.125 defines results up to 15; an ENUMERATED of one byte is shown, a longer one is none.
_MAX_RESULT = 0xFF
# A proprietary certificate (MS-RDPBCGR 2.2.1.4.3.1.1): version, two algorithms, then the key's blob type and length,
# and at 16 the key itself: the mark RSA1, the length of the modulus, and at 24 its size in bits. The top bit of the
# version says whether the certificate is temporary.
_PROPRIETARY, _TEMPORARY, _KEY_AT, _BITS_AT = 1, 0x80000000, 16, 24
_MAX_KEY_BITS = 65536


@dataclass(frozen=True)
class Response:
    """A Connect-Response. ``echoed`` is what the server believes was asked for.

    ``echoed``, ``version``, ``method``, ``level`` and ``key_bits`` are None if absent. No number has more than 32 bits.
    """

    result: int
    version: int | None = None
    echoed: int | None = None
    method: int | None = None
    level: int | None = None
    key_bits: int | None = None


def _per_length(size: int) -> bytes:
    return bytes((size,)) if size < 0x80 else struct.pack(">H", size | 0x8000)


def _domain_parameters(*numbers: int) -> bytes:
    """T.125 DomainParameters.

    In their order: channels, users, tokens, priorities, throughput, height, size of an MCS PDU, protocol version.
    """
    # Written unsigned, as every client does.
    fields = (number.to_bytes((number.bit_length() + 7) // 8 or 1, "big") for number in numbers)
    return der.tlv(0x30, b"".join(der.tlv(0x02, each) for each in fields))


def _block(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content) + 4) + content


def _client_core(selected: int, client_name: str) -> bytes:
    """TS_UD_CS_CORE (MS-RDPBCGR 2.2.1.3.2): a screen of 1024 by 768, a US keyboard, a build number of Windows XP."""
    # version 5.0 to 8.1, width, height, colour depth 8 bpp, the SAS sequence, keyboard layout, client build
    core = struct.pack("<IHHHHII", 0x00080004, 1024, 768, 0xCA01, 0xAA03, 0x409, 2600)
    # the name in 16 characters with its end, then keyboard type (IBM enhanced), subtype, function keys, no input method
    core += client_name.encode("utf-16-le")[:30].ljust(32, b"\0") + struct.pack("<III64s", 4, 0, 12, b"")
    # colour depth again, product id, serial number, high colour depth 16, supported depths 15, 16 and 24,
    # early capability: error info; no product id text, connection type and padding 0, the protocol that was selected
    return core + struct.pack("<HHIHHH64sBBI", 0xCA01, 1, 0, 16, 7, 1, b"", 0, 0, selected)


def connect_initial(methods: int, selected: int, client_name: str = "probe") -> bytes:
    """The TPKT with a Connect-Initial.

    ``methods`` are the methods to offer (0 over TLS), ``selected`` is the protocol that negotiation selected.
    """
    blocks = _block(_CS_CORE, _client_core(selected, client_name))
    blocks += _block(_CS_CLUSTER, struct.pack("<II", 13, 0))  # redirection supported, version 4; no session asked for
    blocks += _block(_CS_SECURITY, struct.pack("<II", methods, 0))  # no methods for French clients
    blocks += _block(_CS_NET, struct.pack("<I8sI", 1, b"rdpdr", 0x80800000))  # one channel, initialized and compressed
    # T.124 ConferenceCreateRequest in PER, with the H.221 key of a client; then the object id of T.124 around it.
    conference = b"\x00\x08\x00\x10\x00\x01\xc0\x00Duca" + _per_length(len(blocks)) + blocks
    gcc = b"\x00\x05\x00\x14\x7c\x00\x01" + _per_length(len(conference)) + conference
    # calling and called domain selector 1, upward flag true
    body = b"\x04\x01\x01\x04\x01\x01\x01\x01\xff"
    body += _domain_parameters(34, 2, 0, 1, 0, 1, 65535, 2)  # target
    body += _domain_parameters(1, 1, 1, 1, 0, 1, 1056, 2)  # minimum
    body += _domain_parameters(65535, 64535, 65535, 1, 0, 1, 65535, 2)  # maximum
    return x224.data(der.tlv(_CONNECT_INITIAL, body + der.tlv(0x04, gcc)))


def parse_response(tpkt: bytes) -> Response | x224.Disconnect:
    """What a server answered to Connect-Initial: one whole TPKT. Raises ``Malformed``."""
    payload = tpkt[4:]
    if payload[:2] != b"\x02\xf0" or len(payload) < 5:
        raise Malformed("no X.224 data TPDU where the MCS answer belongs")
    mcs = payload[3:]
    if mcs[:2] != b"\x7f\x66":
        return x224.parse_ultimatum(mcs)
    _tag, body, _end = der.read(mcs, 0, _CONNECT_RESPONSE)
    result, at = der.read_integer(body, 0, _MAX_RESULT, tag=0x0A)
    if result:
        return Response(result)
    _tag, _called, at = der.read(body, at, 0x02)
    _tag, _domain, at = der.read(body, at, 0x30)
    _tag, user_data, at = der.read(body, at, 0x04)
    return _read_blocks(_server_data(user_data))


def _server_data(user_data: bytes) -> bytes:
    # Servers write a fixed length into the GCC header, so the blocks are found by the key before them.
    key = user_data.find(b"McDn")
    at = key + 4
    if key < 0 or at >= len(user_data):
        raise Malformed("the MCS answer holds no server data")
    if user_data[at] & 0x80:
        if at + 2 > len(user_data):
            raise Malformed("the length of the server data is cut short")
        size, at = struct.unpack_from(">H", user_data, at)[0] & 0x7FFF, at + 2
    else:
        size, at = user_data[at], at + 1
    if at + size > len(user_data):
        raise Malformed("the server data runs over the end of the MCS answer")
    return user_data[at : at + size]


def _read_blocks(blocks: bytes) -> Response:
    version = echoed = method = level = bits = None
    at = 0
    while at < len(blocks):
        if at + 4 > len(blocks):
            raise Malformed("a server data block is cut short")
        kind, length = struct.unpack_from("<HH", blocks, at)
        if length < 4 or at + length > len(blocks):
            raise Malformed(f"server data block 0x{kind:04X} has length {length}")
        content, at = blocks[at + 4 : at + length], at + length
        if kind == _SC_CORE and len(content) >= 4:
            version = struct.unpack_from("<I", content)[0]
            echoed = struct.unpack_from("<I", content, 4)[0] if len(content) >= 8 else None
        elif kind == _SC_SECURITY and len(content) >= 8:
            method, level = struct.unpack_from("<II", content)
            bits = _key_bits(content[8:])
    return Response(0, version, echoed, method, level, bits)


def _key_bits(rest: bytes) -> int | None:
    """Size of the key in the proprietary certificate, the one that standard RDP security uses."""
    if len(rest) < 8:
        return None
    random_length, certificate_length = struct.unpack_from("<II", rest)
    certificate = rest[8 + random_length : 8 + random_length + certificate_length]
    if len(certificate) < _BITS_AT + 4 or certificate[_KEY_AT : _KEY_AT + 4] != b"RSA1":
        return None
    if struct.unpack_from("<I", certificate)[0] & ~_TEMPORARY != _PROPRIETARY:
        return None
    bits: int = struct.unpack_from("<I", certificate, _BITS_AT)[0]
    return bits if bits <= _MAX_KEY_BITS else None
