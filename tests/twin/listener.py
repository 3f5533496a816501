# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An RDP-shaped listener on loopback that behaves as the state of its host says."""

from __future__ import annotations

import base64
import contextlib
import os
import socket
import ssl
import struct
import tempfile
import threading
import time
import warnings
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization

from tests.hosts import granting
from tests.hosts.windows import LSA, RDP_TCP, Windows, fresh_key, make_certificate, utc_text
from tests.twin.acceptor import Checker, public_key

SSL_REQUIRED, SSL_NOT_ALLOWED, NO_CERTIFICATE, HYBRID_REQUIRED = 1, 2, 3, 5


class Listener:
    """Follows one host: listens while its TermService does, and answers clients from the credential that the service
    holds."""

    def __init__(self, host: Windows, address: str) -> None:
        self.host, self.address = host, address
        # Who checks accounts; without it nobody gets further than the challenge.
        self.accounts: Checker | None = None
        self.socket: socket.socket | None = None
        self.fillers: list[socket.socket] = []
        self._served: tuple[Any, ssl.SSLContext] | None = None
        self.port = 0
        self.filtered = False
        self.closed = False
        self.lock = threading.Lock()

    def follow(self) -> None:
        """Open, move or close the listening socket."""
        with self.lock:
            filtered = self.host.data["behaviour"]["middlebox"] == "filtered" or not self.host.lets_in
            wanted = self.host.port if (self.host.listens or filtered) and not self.closed else 0
            if (wanted, filtered) == (self.port, self.filtered):
                return
            if self.socket:
                with contextlib.suppress(OSError):
                    self.socket.shutdown(socket.SHUT_RDWR)
                for part in (self.socket, *self.fillers):
                    part.close()
                self.socket, self.fillers = None, []
            self.port, self.filtered = wanted, filtered
            if wanted:
                listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind((self.address, wanted))
                self.socket = listener
                if filtered:
                    self._swallow(listener, wanted)
                    return
                listener.listen(64)
                threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def _swallow(self, listener: socket.socket, port: int) -> None:
        """Drop whoever knocks, as a firewall does: a queue that is full and never read."""
        listener.listen(0)
        for _turn in range(4):
            filler = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
            filler.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                filler.connect((self.address, port))
            self.fillers.append(filler)
            time.sleep(0.01)

    def close(self) -> None:
        self.closed = True
        self.follow()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        client.settimeout(10)
        try:
            with client:
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._talk(client)
        except (OSError, ValueError, ssl.SSLError):
            pass

    def _talk(self, client: socket.socket) -> None:
        granting.run_due(self.host)
        box = self.host.data["behaviour"]["middlebox"]
        if box == "reset":
            _exactly(client, 4)
            return _reset(client)
        if box == "silent":
            time.sleep(30)
            return None
        if box == "ssh":
            client.sendall(b"SSH-2.0-OpenSSH_9.7\r\n")
            client.recv(4096)
            return None
        self.host.volatile["connections"].append(utc_text(self.host.now()))
        asked = _requested(_tpkt(client))
        if self.host.effective("MaxInstanceCount", RDP_TCP, 1) == 0:
            return None
        verdict, number = self._negotiate(asked)
        if verdict == "close":
            return None
        if verdict == "bare":
            client.sendall(bytes.fromhex("0300000b06d00000123400"))
            return None
        kind = 3 if verdict == "deny" else 2
        client.sendall(
            bytes.fromhex("030000130ed00000123400") + struct.pack("<BBHI", kind, 0 if kind == 3 else 0x1F, 8, number)
        )
        if verdict == "deny":
            return None
        if number == 0:
            return self._conference(client, asked or 0, number)
        credential = self.host.volatile["credential"] or {"fault": "none"}
        if credential["fault"]:
            client.recv(4096)
            return _reset(client)
        if self.host.tls_fault == "alert":
            client.recv(4096)
            client.sendall(bytes.fromhex("15030300020228"))  # fatal, handshake_failure
            return None
        if box == "tls_stalls":
            time.sleep(30)
            return None
        if box == "tls_reset":
            client.recv(4096)
            return _reset(client)
        with self._context(credential).wrap_socket(client, server_side=True) as secure:
            if number in (2, 8) and self.accounts:
                served = x509.load_der_x509_certificate(base64.b64decode(credential["der"]))
                self.accounts.check(secure, public_key(served), number == 8)
            elif number in (2, 8):
                self._credssp(secure)
            else:
                self._conference(secure, asked or 0, number)
        return None

    def _negotiate(self, asked: int | None) -> tuple[str, int]:
        host = self.host
        layer = host.effective("SecurityLayer", RDP_TCP, 2 if host.data["host"]["build"] >= 14393 else 1)
        nla = host.effective("UserAuthentication", RDP_TCP, 1)
        credential = host.volatile["credential"] or {"fault": "none"}
        if layer not in (0, 1, 2) or credential["fault"] == "store":
            return "close", 0
        if host.effective("fAllowSecProtocolNegotiation", RDP_TCP, 1) != 1 or asked is None:
            return ("bare", 0) if layer != 2 or asked is not None else ("deny", SSL_REQUIRED)
        if layer == 0:
            if asked:
                return "deny", SSL_NOT_ALLOWED
            return ("deny", HYBRID_REQUIRED) if nla == 1 else ("select", 0)
        if asked and credential["fault"] == "none":
            return "deny", NO_CERTIFICATE
        for protocol in (8, 2):
            if asked & protocol:
                return "select", protocol
        if nla == 1:
            return "deny", HYBRID_REQUIRED
        if asked & 1:
            return "select", 1
        return ("deny", SSL_REQUIRED) if layer == 2 else ("select", 0)

    def _context(self, credential: dict[str, str]) -> ssl.SSLContext:
        """What is served with: made anew only where it is another than for the client before."""
        box = self.host.data["behaviour"]["middlebox"]
        old = self.host.tls_fault == "old" or box == "old_tls"
        wanted = (credential["der"], self.host.keys[credential["path"]], old)
        served = self._served
        if served is None or served[0] != wanted or box == "inspects":
            served = self._served = (wanted, self._new_context(credential, old=old))
        return served[1]

    def _new_context(self, credential: dict[str, str], *, old: bool) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if old:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)
                context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
            context.set_ciphers("ALL:@SECLEVEL=0")
        key = self.host.keys[credential["path"]]
        if self.host.data["behaviour"]["middlebox"] == "inspects":
            key = fresh_key()
            now = self.host.now()
            credential = {
                "der": base64.b64encode(
                    make_certificate("inspection", key, now - timedelta(days=1), now + timedelta(days=30), 99)
                ).decode()
            }
        if key.key_size < 2048:
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
        certificate = x509.load_der_x509_certificate(base64.b64decode(credential["der"]))
        pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        descriptor, path = tempfile.mkstemp()
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(pem)
            context.load_cert_chain(path)
        finally:
            Path(path).unlink()
        return context

    def _credssp(self, secure: ssl.SSLSocket) -> None:
        if (
            not secure.recv(4096).startswith(b"\x30")
            or self.host.data["behaviour"].get("nla_closes")
            or self.host.number(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic") == 2
        ):
            return
        secure.sendall(_challenge(self.host))
        secure.recv(4096)

    def _conference(self, stream: socket.socket, asked: int, selected: int) -> None:
        if b"\x7f\x65" not in _tpkt(stream):
            return
        level = (0, 0) if selected else (2, self.host.effective("MinEncryptionLevel", RDP_TCP, 2) or 2)
        stream.sendall(_connect_response(asked, level))
        stream.recv(4096)


def _reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def _exactly(stream: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = stream.recv(count - len(data))
        if not part:
            raise ConnectionError("closed")
        data += part
    return data


def _tpkt(stream: socket.socket) -> bytes:
    head = _exactly(stream, 4)
    version, _reserved, length = struct.unpack(">BBH", head)
    if version != 3 or not 7 <= length <= 8192:
        raise ValueError("not TPKT")
    return _exactly(stream, length - 4)


def _requested(request: bytes) -> int | None:
    """The protocols that a Connection Request asks for; None if it does not negotiate."""
    if len(request) < 7 or request[1] != 0xE0:
        raise ValueError("not a connection request")
    rest = request[7:]
    if b"\r\n" in rest:
        rest = rest[rest.index(b"\r\n") + 2 :]
    return struct.unpack_from("<I", rest, 4)[0] if len(rest) >= 8 and rest[0] == 1 else None


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = size.to_bytes(1 if size < 256 else 2, "big")
    if size > 127:  # the long form says first of how many bytes it is
        length = bytes([0x80 + len(length)]) + length
    return bytes([tag]) + length + content


def _challenge(host: Windows) -> bytes:
    """A TSRequest with the NTLM challenge of this host."""
    name, build = host.data["host"]["computer_name"], host.data["host"]["build"]
    domain = (host.data["host"]["dns_domain"] or name).split(".")[0].upper()[:15]
    dns = name.lower() + (f".{host.data['host']['dns_domain']}" if host.data["host"]["dns_domain"] else "")
    filetime = int((host.now() - datetime(1601, 1, 1, tzinfo=host.now().tzinfo)).total_seconds() * 10_000_000)
    pairs = b"".join(
        struct.pack("<HH", number, len(data)) + data
        for number, data in (
            (2, domain.encode("utf-16-le")),
            (1, name.encode("utf-16-le")),
            (4, (host.data["host"]["dns_domain"] or name.lower()).encode("utf-16-le")),
            (3, dns.encode("utf-16-le")),
            (7, struct.pack("<Q", filetime)),
            (0, b""),
        )
    )
    target = domain.encode("utf-16-le")
    head = b"NTLMSSP\0" + struct.pack(
        "<IHHIIQQHHIBBHBBBB",
        2,
        len(target),
        len(target),
        56,
        0xE2898215,
        int.from_bytes(os.urandom(8), "little"),
        0,
        len(pairs),
        len(pairs),
        56 + len(target),
        10,
        0,
        build,
        0,
        0,
        0,
        15,
    )
    token = _der(0x04, head + target + pairs)
    version = bytes((host.data["behaviour"].get("credssp_version", 6),))
    return _der(0x30, _der(0xA0, b"\x02\x01" + version) + _der(0xA1, _der(0x30, _der(0x30, _der(0xA0, token)))))


def _connect_response(asked: int, security: tuple[int, int]) -> bytes:
    core = struct.pack("<HHIII", 0x0C01, 16, 0x00080010, asked, 1)
    block = (
        struct.pack("<HHII", 0x0C02, 12, *security)
        if not security[0]
        else struct.pack("<HHIIII", 0x0C02, 52, *security, 32, 0) + os.urandom(32)
    )
    net = struct.pack("<HHHH", 0x0C03, 8, 1003, 0)
    blocks = core + block + net
    gcc = (
        bytes.fromhex("000500147c00012a14760a01010001c000")
        + b"McDn"
        + (0x8000 | len(blocks)).to_bytes(2, "big")
        + blocks
    )
    parameters = (
        b"".join(_der(0x02, bytes([number])) for number in (34, 3, 0, 1, 0, 1))
        + _der(0x02, b"\xff\xf8")
        + _der(0x02, b"\x02")
    )
    content = b"\x0a\x01\x00" + _der(0x02, b"\x00") + _der(0x30, parameters) + _der(0x04, gcc)
    inner = b"\x7f\x66" + _der(0, content)[1:]
    body = b"\x02\xf0\x80" + inner
    return b"\x03\x00" + (len(body) + 4).to_bytes(2, "big") + body
