# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of TLS as can be read without keys: a ClientHello of any age, and a server's answer to it up to TLS 1.2, certificates included.

It serves where the local TLS library refuses to speak: to find the oldest version a server accepts, and to read what servers present that offer only
SSL 3.0, RC4 or 3DES.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

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

_MAX_RECORD = 16384 + 2048
_MAX_FLIGHT = 262144
_SIGNATURES = (0x0401, 0x0501, 0x0601, 0x0403, 0x0503, 0x0603, 0x0804, 0x0805, 0x0806, 0x0201, 0x0203, 0x0202)
_GROUPS = (29, 23, 24, 25)


def _extension(kind: int, content: bytes) -> bytes:
    return struct.pack(">HH", kind, len(content)) + content


def client_hello(version: int, random: bytes, server_name: str | None = None) -> bytes:
    """A ClientHello whose highest version is ``version`` (at most TLS 1.2), with every suite of ``CIPHERS``. ``random`` has 32 bytes."""
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


@dataclass
class Flight:
    """A server's answer to a ClientHello, fed as it arrives.

    ``version``, ``cipher`` and ``certificates`` fill up; ``alert`` is the description of a fatal alert; ``complete`` says that there is nothing more to read.
    """

    version: int | None = None
    cipher: int | None = None
    certificates: list[bytes] = field(default_factory=list)
    alert: int | None = None
    complete: bool = False
    _records: bytes = b""
    _handshake: bytes = b""
    _size: int = 0

    def feed(self, received: bytes) -> None:
        """Take in bytes from the server. Raises ``Malformed``."""
        self._size += len(received)
        if self._size > _MAX_FLIGHT:
            raise Malformed("the server's TLS answer has no end")
        self._records += received
        while not self.complete:
            record = first_record(self._records)
            if record is None:
                return
            kind, content = record
            self._records = self._records[5 + len(content) :]
            if kind == 21 and len(content) == 2:
                if content[0] == 2 or content[1] == 0:
                    self.alert, self.complete = content[1], True
            elif kind == 22:
                self._handshake += content
                self._messages()
            else:
                raise Malformed(f"TLS record type {kind} inside the handshake")

    def _messages(self) -> None:
        while not self.complete and len(self._handshake) >= 4:
            kind, size = self._handshake[0], int.from_bytes(self._handshake[1:4], "big")
            if size > _MAX_FLIGHT:
                raise Malformed(f"a TLS handshake message of {size} bytes")
            if len(self._handshake) < 4 + size:
                return
            body, self._handshake = self._handshake[4 : 4 + size], self._handshake[4 + size :]
            if self.version is None and kind != 2:
                raise Malformed(f"TLS handshake message {kind} where ServerHello belongs")
            if kind == 2:
                self._server_hello(body)
            elif kind == 11:
                self._certificate(body)
            elif kind == 14:
                self.complete = True

    def _server_hello(self, body: bytes) -> None:
        if len(body) < 38 or len(body) < 38 + body[34]:
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
            self.certificates.append(body[at + 3 : at + 3 + size])
            at += 3 + size


def first_record(received: bytes) -> tuple[int, bytes] | None:
    """Type and content of the TLS record that starts here, None while incomplete. Raises ``Malformed`` as soon as it is none."""
    if (received and received[0] not in (20, 21, 22, 23, 24)) or (len(received) > 1 and received[1] != 3):
        raise Malformed(f"no TLS record, it begins with {received[:16].hex()}")
    if len(received) < 5:
        return None
    size = struct.unpack_from(">H", received, 3)[0]
    if size > _MAX_RECORD or (size == 0 and received[0] != 23):
        raise Malformed(f"a TLS record of {size} bytes")
    return (received[0], received[5 : 5 + size]) if len(received) >= 5 + size else None


def records(data: bytes) -> list[tuple[int, bytes]]:
    """Type and content of all complete TLS records. Raises ``Malformed`` where something else stands among them."""
    found = []
    at = 0
    while (record := first_record(data[at:])) is not None:
        found.append(record)
        at += 5 + len(record[1])
    return found


def plain_alert(data: bytes) -> int | None:
    """The description of the first unencrypted fatal alert among the TLS records in ``data``, if there is one."""
    try:
        return next((content[1] for kind, content in records(data) if kind == 21 and len(content) == 2 and content[0] == 2), None)
    except Malformed:
        return None


def weaknesses(version: str | None, cipher: str | None) -> list[str]:
    """What a current client or auditor objects to in what was agreed."""
    found = [f"version {version}"] if version in ("SSLv2", "SSLv3", "TLSv1", "TLSv1.1") else []
    for mark, name in (("RC4", "RC4"), ("DES-CBC3", "3DES"), ("NULL", "no encryption"), ("EXP", "export cipher"), ("DES-CBC-", "DES"), ("MD5", "MD5")):
        if cipher and mark in cipher:
            found.append(f"cipher {name}")
    return found
