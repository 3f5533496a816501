# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""As much of TLS as can be read without keys.

That is a ClientHello of any age, and a server's answer to it up to TLS 1.2, certificates included.
It serves where the local TLS library refuses to speak: to find the oldest version a server accepts, and to read what
servers present that offer only SSL 3.0, RC4 or 3DES. It also watches what goes into the library, so that a server
cannot make the library work without end.

Every byte is looked at once, however small the records and messages are that it comes in.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Excessive, Malformed

SSL3, TLS10, TLS11, TLS12, TLS13 = 0x0300, 0x0301, 0x0302, 0x0303, 0x0304
# As the ssl module names them.
VERSIONS = {SSL3: "SSLv3", TLS10: "TLSv1", TLS11: "TLSv1.1", TLS12: "TLSv1.2", TLS13: "TLSv1.3"}
NUMBERS = {name: number for number, name in VERSIONS.items()}

ALERTS = {
    0: "close_notify",
    10: "unexpected_message",
    20: "bad_record_mac",
    21: "decryption_failed",
    22: "record_overflow",
    30: "decompression_failure",
    40: "handshake_failure",
    41: "no_certificate",
    42: "bad_certificate",
    43: "unsupported_certificate",
    44: "certificate_revoked",
    45: "certificate_expired",
    46: "certificate_unknown",
    47: "illegal_parameter",
    48: "unknown_ca",
    49: "access_denied",
    50: "decode_error",
    51: "decrypt_error",
    60: "export_restriction",
    70: "protocol_version",
    71: "insufficient_security",
    80: "internal_error",
    86: "inappropriate_fallback",
    90: "user_canceled",
    100: "no_renegotiation",
    109: "missing_extension",
    110: "unsupported_extension",
    112: "unrecognized_name",
    113: "bad_certificate_status_response",
    115: "unknown_psk_identity",
    116: "certificate_required",
    120: "no_application_protocol",
}
ALERT_NUMBERS = {name: number for number, name in ALERTS.items()}

# Suites that a server of any age may choose, with OpenSSL's names, the strongest first.
CIPHERS = {
    0xC030: "ECDHE-RSA-AES256-GCM-SHA384",
    0xC02F: "ECDHE-RSA-AES128-GCM-SHA256",
    0xC02C: "ECDHE-ECDSA-AES256-GCM-SHA384",
    0xC02B: "ECDHE-ECDSA-AES128-GCM-SHA256",
    0xCCA8: "ECDHE-RSA-CHACHA20-POLY1305",
    0xCCA9: "ECDHE-ECDSA-CHACHA20-POLY1305",
    0x009F: "DHE-RSA-AES256-GCM-SHA384",
    0x009E: "DHE-RSA-AES128-GCM-SHA256",
    0xC028: "ECDHE-RSA-AES256-SHA384",
    0xC027: "ECDHE-RSA-AES128-SHA256",
    0xC024: "ECDHE-ECDSA-AES256-SHA384",
    0xC023: "ECDHE-ECDSA-AES128-SHA256",
    0xC014: "ECDHE-RSA-AES256-SHA",
    0xC013: "ECDHE-RSA-AES128-SHA",
    0xC00A: "ECDHE-ECDSA-AES256-SHA",
    0xC009: "ECDHE-ECDSA-AES128-SHA",
    0x009D: "AES256-GCM-SHA384",
    0x009C: "AES128-GCM-SHA256",
    0x003D: "AES256-SHA256",
    0x003C: "AES128-SHA256",
    0x0039: "DHE-RSA-AES256-SHA",
    0x0033: "DHE-RSA-AES128-SHA",
    0x0038: "DHE-DSS-AES256-SHA",
    0x0032: "DHE-DSS-AES128-SHA",
    0x0035: "AES256-SHA",
    0x002F: "AES128-SHA",
    0xC012: "ECDHE-RSA-DES-CBC3-SHA",
    0xC008: "ECDHE-ECDSA-DES-CBC3-SHA",
    0x0016: "DHE-RSA-DES-CBC3-SHA",
    0x0013: "DHE-DSS-DES-CBC3-SHA",
    0x000A: "DES-CBC3-SHA",
    0xC011: "ECDHE-RSA-RC4-SHA",
    0xC007: "ECDHE-ECDSA-RC4-SHA",
    0x0005: "RC4-SHA",
    0x0004: "RC4-MD5",
    0x0009: "DES-CBC-SHA",
    0x0062: "EXP1024-DES-CBC-SHA",
    0x0064: "EXP1024-RC4-SHA",
    0x0003: "EXP-RC4-MD5",
    0x0002: "NULL-SHA",
    0x0001: "NULL-MD5",
    0x003B: "NULL-SHA256",
}

CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION_DATA, HEARTBEAT = 20, 21, 22, 23, 24
_RECORD_TYPES = (CHANGE_CIPHER_SPEC, ALERT, HANDSHAKE, APPLICATION_DATA, HEARTBEAT)
_HELLO_REQUEST = 0
_SERVER_HELLO, _CERTIFICATE, _SERVER_KEY_EXCHANGE, _SERVER_HELLO_DONE = 2, 11, 12, 14

# As many bytes are shown of what cannot be read.
HEAD = 64
_MAX_RECORD = 16384 + 2048
# What a server says before its handshake is done: a chain, a list of certification authorities and little else.
MAX_FLIGHT = 65536
# Records have 16 KiB; servers that keep to the smallest size that a client may ask for (512 bytes) stay far below
# this number.
MAX_RECORDS = 512
_MAX_CERTIFICATES = 32
# A certificate with a hundred long names has a third of this.
MAX_CERTIFICATE = 32768
# Servers in use have groups of 1024 to 4096 bits. A larger one serves to cost the client time: a second of processor
# time for 10,000 bits.
_MAX_DH_BITS = 4096
# From here on a key costs tens of milliseconds, which is tens of ordinary handshakes.
_COSTLY_DH_BITS = 2049
_SIGNATURES = (0x0401, 0x0501, 0x0601, 0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0201, 0x0203, 0x0202)
_GROUPS = (29, 23, 24, 25)


def _extension(kind: int, content: bytes) -> bytes:
    return struct.pack(">HH", kind, len(content)) + content


def client_hello(version: int, random: bytes, server_name: str | None = None) -> bytes:
    """A ClientHello whose highest version is ``version`` (at most TLS 1.2), with every suite of ``CIPHERS``.

    ``random`` has 32 bytes.
    """
    suites = b"".join(struct.pack(">H", suite) for suite in CIPHERS)
    extensions = b"\xff\x01\x00\x01\x00" + _extension(23, b"")
    if server_name:
        name = server_name.encode("ascii", "ignore")
        extensions += _extension(0, struct.pack(">HBH", len(name) + 3, 0, len(name)) + name)
    groups = struct.pack(f">H{len(_GROUPS)}H", 2 * len(_GROUPS), *_GROUPS)
    extensions += _extension(10, groups) + _extension(11, b"\x01\x00")
    if version >= TLS12:
        extensions += _extension(13, struct.pack(f">H{len(_SIGNATURES)}H", 2 * len(_SIGNATURES), *_SIGNATURES))
    body = struct.pack(">H", version) + random + b"\0" + struct.pack(">H", len(suites)) + suites + b"\x01\x00"
    if version > SSL3:
        body += struct.pack(">H", len(extensions)) + extensions
    handshake = b"\x01" + len(body).to_bytes(3, "big") + body
    return struct.pack(">BHH", 22, min(version, TLS10), len(handshake)) + handshake


def close_notify(version: int = TLS10) -> bytes:
    """The polite end of a handshake that is not going to be finished."""
    return struct.pack(">BHHBB", 21, version, 2, 1, 0)


class RecordReader:
    """Takes a stream of TLS records apart as it arrives. ``count`` is the number of records so far."""

    def __init__(self) -> None:
        self.count = 0
        self._pending = bytearray()

    def feed(self, received: bytes) -> Iterator[tuple[int, bytes]]:
        """Type and content of each record that is complete now.

        Raises ``Malformed`` as soon as something else stands there, and for more than ``MAX_RECORDS``. The iterator
        must be used up.
        """
        self._pending += received
        at = 0
        try:
            while (end := _record_end(self._pending, at)) is not None:
                self.count += 1
                if self.count > MAX_RECORDS:
                    raise Excessive(f"more than {MAX_RECORDS} TLS records")
                yield self._pending[at], bytes(self._pending[at + 5 : end])
                at = end
        finally:
            del self._pending[:at]


def _record_end(data: bytearray, at: int) -> int | None:
    """Where the TLS record ends that starts at ``at``, None while incomplete.

    Raises ``Malformed`` as soon as it is none.
    """
    known = len(data) - at
    if (known > 0 and data[at] not in _RECORD_TYPES) or (known > 1 and data[at + 1] != 3):
        raise Malformed(f"no TLS record, it begins with {data[at : at + 16].hex()}")
    if known < 5:
        return None
    size = data[at + 3] << 8 | data[at + 4]
    if size > _MAX_RECORD or (size == 0 and data[at] != APPLICATION_DATA):
        raise Malformed(f"a TLS record of {size} bytes")
    end = at + 5 + size
    return end if end <= len(data) else None


@dataclass
class Flight:
    """A server's answer to a ClientHello, fed as it arrives.

    ``version``, ``cipher`` and ``certificates`` fill up; ``alert`` is the description of a fatal alert; ``complete``
    says that there is nothing more to read. It holds at most ``MAX_FLIGHT`` bytes.
    """

    version: int | None = None
    cipher: int | None = None
    certificates: list[bytes] = field(default_factory=list)
    alert: int | None = None
    complete: bool = False
    costly: bool = False
    _reader: RecordReader = field(default_factory=RecordReader)
    _pending: bytearray = field(default_factory=bytearray)
    _size: int = 0

    def feed(self, received: bytes) -> None:
        """Take in bytes from the server. Raises ``Malformed``."""
        self._size += len(received)
        if self._size > MAX_FLIGHT:
            raise Excessive("the server's TLS answer has no end")
        for kind, content in self._reader.feed(received):
            if self.complete:
                return
            if kind == ALERT and len(content) == 2:
                if content[0] == 2 or content[1] == 0:
                    self.alert, self.complete = content[1], True
            elif kind == HANDSHAKE:
                self.feed_handshake(content)
            else:
                raise Malformed(f"TLS record type {kind} inside the handshake")

    def feed_handshake(self, content: bytes) -> None:
        """Take in the content of one handshake record. Raises ``Malformed``."""
        if self.complete:
            return
        self._pending += content
        at = 0
        while not self.complete and len(self._pending) - at >= 4:
            kind, size = self._pending[at], int.from_bytes(self._pending[at + 1 : at + 4], "big")
            if size > MAX_FLIGHT:
                raise Excessive(f"a TLS handshake message of {size} bytes")
            end = at + 4 + size
            if end > len(self._pending):
                break
            self._message(kind, bytes(self._pending[at + 4 : end]))
            at = end
        del self._pending[:at]

    def _message(self, kind: int, body: bytes) -> None:
        if kind == _HELLO_REQUEST:
            return  # RFC 5246, section 7.4.1.1: of no meaning while a handshake is under way
        if self.version is None and kind != _SERVER_HELLO:
            raise Malformed(f"TLS handshake message {kind} where ServerHello belongs")
        if kind == _SERVER_HELLO:
            if self.version is not None:
                raise Malformed("a second ServerHello")
            self._server_hello(body)
        elif kind == _CERTIFICATE:
            self._certificate(body)
        elif kind == _SERVER_KEY_EXCHANGE:
            self._key_exchange(body)
        elif kind == _SERVER_HELLO_DONE:
            self.complete = True

    def _server_hello(self, body: bytes) -> None:
        # version, 32 random bytes, the session id with its length, suite, compression
        if len(body) < 38 or body[34] > 32 or len(body) < 38 + body[34]:
            raise Malformed("the ServerHello is cut short")
        self.version = struct.unpack_from(">H", body)[0]
        self.cipher = struct.unpack_from(">H", body, 35 + body[34])[0]
        if self.version not in VERSIONS:
            raise Malformed(f"the ServerHello chooses version 0x{self.version:04X}")

    def _certificate(self, body: bytes) -> None:
        total = int.from_bytes(body[:3], "big")
        if len(body) < 3 or total != len(body) - 3:
            raise Malformed("the certificate message has the wrong length")
        at = 3
        while at < len(body):
            size = int.from_bytes(body[at : at + 3], "big")
            if at + 3 + size > len(body) or size == 0:
                raise Malformed("a certificate runs over the end of its message")
            if len(self.certificates) == _MAX_CERTIFICATES:
                raise Excessive(f"more than {_MAX_CERTIFICATES} certificates")
            self.certificates.append(body[at + 3 : at + 3 + size])
            at += 3 + size

    def _key_exchange(self, body: bytes) -> None:
        """Refuse a group for Diffie-Hellman whose size serves only to keep the client busy.

        RFC 5246, section 7.4.3: prime, generator and public value, each after its length; with elliptic curves it is
        something else.
        """
        if CIPHERS.get(self.cipher or 0, "").startswith("ECDHE-"):
            return
        at, sizes = 0, []
        for _number in range(3):
            if at + 2 > len(body):
                return
            sizes.append(body[at] << 8 | body[at + 1])
            at += 2 + sizes[-1]
        bits = sizes[0] * 8
        if at <= len(body) and bits > _MAX_DH_BITS:
            raise Excessive(f"a Diffie-Hellman group of {bits} bits")
        self.costly = at <= len(body) and bits >= _COSTLY_DH_BITS


class Watch:
    """Looks at what a server sends before it goes into the TLS library, and keeps of it what explains a failure.

    ``head`` is how it began, ``alert`` the first unencrypted fatal alert, ``fault`` why it is not TLS if it is not.
    ``certificates`` are those sent in the clear. Memory and time grow with the number of bytes alone, and ``feed``
    bounds that.
    """

    def __init__(self) -> None:
        self.head = b""
        self.alert: int | None = None
        self.fault: Malformed | None = None
        self._flight = Flight()
        self._reader = RecordReader()
        self._size = 0
        self._clear = True

    @property
    def certificates(self) -> list[bytes]:
        return self._flight.certificates

    @property
    def cipher(self) -> int | None:
        """The suite of the ServerHello, None before it came."""
        return self._flight.cipher

    @property
    def costly(self) -> bool:
        """Whether what the library does next takes far more time than an ordinary handshake."""
        return self._flight.costly

    def feed(self, received: bytes) -> None:
        """Take in what came.

        Raises ``Excessive`` where the library must not be given it; what it judges by itself is only noted.
        """
        self._size += len(received)
        if self._size > MAX_FLIGHT:
            raise Excessive("the server's TLS data has no end")
        if len(self.head) < HEAD:
            self.head += received[: HEAD - len(self.head)]
        if self.fault is not None:
            return
        try:
            for kind, content in self._reader.feed(received):
                self._note(kind, content)
        except Excessive:
            raise
        except Malformed as error:
            self.fault = error

    def _note(self, kind: int, content: bytes) -> None:
        if kind == ALERT and len(content) == 2:
            if self.alert is None and content[0] == 2:
                self.alert = content[1]
        elif kind != HANDSHAKE:
            if self._flight.version is not None:
                self._clear = False  # from here on it is encrypted
        elif self._clear:
            self._read_handshake(content)

    def _read_handshake(self, content: bytes) -> None:
        try:
            self._flight.feed_handshake(content)
        except Excessive:
            raise
        except Malformed:
            self._clear = False  # the library will say what is wrong with it


def plain_alert(data: bytes) -> int | None:
    """The description of the first unencrypted fatal alert among the TLS records in ``data``, if there is one."""
    try:
        for kind, content in RecordReader().feed(data):
            if kind == ALERT and len(content) == 2 and content[0] == 2:
                return content[1]
    except Malformed:
        pass
    return None


# Part of a cipher's name in OpenSSL, and what it stands for.
_WEAK_CIPHERS = (
    ("RC4", "RC4"),
    ("DES-CBC3", "3DES"),
    ("NULL", "no encryption"),
    ("EXP", "export cipher"),
    ("DES-CBC-", "DES"),
    ("MD5", "MD5"),
)


def weaknesses(version: str | None, cipher: str | None) -> list[str]:
    """What a current client or auditor objects to in what was agreed."""
    found = [f"version {version}"] if version in ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1") else []
    for mark, name in _WEAK_CIPHERS:
        if cipher and mark in cipher:
            found.append(f"cipher {name}")
    return found
