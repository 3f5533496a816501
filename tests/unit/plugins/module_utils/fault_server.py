# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server on loopback that speaks RDP up to a chosen point and breaks there in a chosen way."""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, x224

from tests.unit.plugins.module_utils.vectors import vector

MCS_RESPONSE = vector("MCS-CR")
CHALLENGE = vector("TSREQ-CHAL")
ULTIMATUM = vector("MCS-DPU")


class Peer:
    """One accepted connection. After ``tls`` the same calls go through TLS."""

    def __init__(self, sock: socket.socket) -> None:
        self.raw = sock
        self.sock: socket.socket = sock
        self.asked: int | None = None

    # What a server reads.

    def exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            more = self.sock.recv(count - len(data))
            if not more:
                raise ConnectionError("the client left")
            data += more
        return data

    def tpkt(self) -> bytes:
        header = self.exactly(4)
        return header + self.exactly(struct.unpack(">H", header[2:])[0] - 4)

    def request(self) -> int | None:
        """Read the connection request; the mask asked for, None without one."""
        pdu = self.tpkt()
        at = len(pdu) - 8
        self.asked = struct.unpack_from("<I", pdu, at + 4)[0] if len(pdu) >= 19 and pdu[at] == 1 else None
        return self.asked

    def ts_request(self) -> bytes:
        data = b""
        while (size := credssp.frame_length(data)) is None or len(data) < size:
            data += self.exactly(1)
        return data

    # What a server says.

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def confirm(self, selected: int, flags: int = 0x1F) -> None:
        self.send(confirm(selected, flags))

    def refuse(self, code: int) -> None:
        self.send(x224.packet(struct.pack(">BBHHB", 14, 0xD0, 0, 0x1234, 0) + struct.pack("<BBHI", 3, 0, 8, code)))

    def tls(self, context: ssl.SSLContext) -> None:
        self.sock = context.wrap_socket(self.sock, server_side=True, suppress_ragged_eofs=True)

    def hello(self) -> bytes:
        """Read the ClientHello without answering."""
        header = self.exactly(5)
        return header + self.exactly(struct.unpack(">H", header[3:])[0])

    # How a server ends.

    def reset(self) -> None:
        self.raw = self.sock
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def fin(self) -> None:
        """End without a word, and without a reset because of what the client still sends."""
        plain = socket.socket(fileno=os.dup(self.sock.fileno()))
        with plain, contextlib.suppress(OSError):
            plain.settimeout(5)
            plain.shutdown(socket.SHUT_WR)
            while plain.recv(65536):
                pass
        with contextlib.suppress(OSError):
            self.sock.close()

    def half_close(self) -> None:
        """Say nothing more, and leave reading to somebody else."""
        with contextlib.suppress(OSError):
            self.raw.shutdown(socket.SHUT_WR)

    def silence(self) -> None:
        """Say nothing until the client leaves."""
        plain = socket.socket(fileno=os.dup(self.sock.fileno()))
        with plain, contextlib.suppress(OSError):
            plain.settimeout(20)
            while plain.recv(65536):
                pass

    def drip(self, data: bytes, pause: float) -> None:
        for byte in data:
            self.send(bytes((byte,)))
            time.sleep(pause)

    def endless(self, data: bytes) -> None:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            self.send(data)


def confirm(selected: int, flags: int = 0x1F) -> bytes:
    return x224.packet(struct.pack(">BBHHB", 14, 0xD0, 0, 0x1234, 0) + struct.pack("<BBHI", 2, flags, 8, selected))


Script = Callable[[Peer], None]


class Server:
    """Runs a script for every connection, each in a thread of its own."""

    def __init__(self, script: Script, family: int = socket.AF_INET, address: str = "127.0.0.1") -> None:
        self._script = script
        self._listener = socket.socket(family, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind((address, 0))
        self._listener.listen(128)
        self.port: int = self._listener.getsockname()[1]
        self.accepted = 0
        self._lock = threading.Lock()
        self._sockets: set[socket.socket] = set()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                sock, _address = self._listener.accept()
            except OSError:
                return
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.settimeout(20)
            threading.Thread(target=self._handle, args=(sock,), daemon=True).start()

    def _handle(self, sock: socket.socket) -> None:
        with self._lock:
            self.accepted += 1
            self._sockets.add(sock)
        peer = Peer(sock)
        try:
            self._script(peer)
        except (OSError, ValueError):
            pass
        finally:
            with self._lock:
                self._sockets.discard(sock)
            for each in (peer.sock, sock):
                with contextlib.suppress(OSError):
                    each.close()

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._sockets:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


# Certificates and TLS settings.

_FOLDER = Path(tempfile.mkdtemp(prefix="winops-rdp-tests-"))


@functools.cache
def certificate(name: str, *options: str) -> tuple[Path, Path]:
    """Certificate and key files made by openssl; ``options`` are those of ``openssl req -x509``."""
    stem = _FOLDER / f"{name}-{abs(hash(options))}"
    pem, key = stem.with_suffix(".pem"), stem.with_suffix(".key")
    given = options or ("-newkey", "rsa:2048", "-sha256", "-addext", "extendedKeyUsage=serverAuth")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-nodes",
            "-days",
            "183",
            "-subj",
            f"/CN={name}",
            "-keyout",
            str(key),
            "-out",
            str(pem),
            *given,
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )
    return pem, key


def tls_settings(
    files: tuple[Path, Path] | None = None,
    lowest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_2,
    highest: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3,
    ciphers: str | None = None,
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(ciphers or "ALL:@SECLEVEL=0")
    pem, key = files or certificate("server")
    context.load_cert_chain(pem, key)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = lowest, highest
    return context


# Healthy behaviour, for the connections around the broken one.


def healthy(context: ssl.SSLContext, nla: bool = True) -> Script:
    """A server that requires NLA, or one that has TLS and standard RDP security."""

    def script(peer: Peer) -> None:
        asked = peer.request() or 0
        if nla:
            if not asked & 2:
                peer.refuse(5)
                peer.fin()
                return
            peer.confirm(8 if asked & 8 else 2)
            peer.tls(context)
            peer.ts_request()
            peer.send(CHALLENGE)
        else:
            peer.confirm(1 if asked & 1 else 0)
            if asked & 1:
                peer.tls(context)
            peer.tpkt()
            peer.send(MCS_RESPONSE)
        peer.fin()

    return script


def then(*acts: bytes | Callable[[Peer], object]) -> Script:
    """One act after the other: bytes are sent."""

    def script(peer: Peer) -> None:
        for act in acts:
            peer.send(act) if isinstance(act, bytes) else act(peer)

    return script


def after_certificate(ending: Script) -> Script:
    """The handshake breaks off once the client has the certificate: the last version of TLS that shows it so early."""
    context = tls_settings(highest=ssl.TLSVersion.TLSv1_2)

    def script(peer: Peer) -> None:
        peer.request()
        peer.confirm(2)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        engine = context.wrap_bio(incoming, outgoing, server_side=True)
        incoming.write(peer.hello())
        with contextlib.suppress(ssl.SSLWantReadError):
            engine.do_handshake()
        peer.send(outgoing.read())
        peer.sock.recv(65536)
        ending(peer)

    return script


def after_tls(context: ssl.SSLContext, selected: int, then: Script) -> Script:
    """TLS stands, the client's first message has been read, and then."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.confirm(selected)
        peer.tls(context)
        if selected in (2, 8):
            peer.ts_request()
        else:
            peer.tpkt()
        then(peer)

    return script


def after_request(then: Script) -> Script:
    def script(peer: Peer) -> None:
        peer.request()
        then(peer)

    return script


def after_hello(then: Script, selected: int = 2) -> Script:
    def script(peer: Peer) -> None:
        peer.request()
        peer.confirm(selected)
        peer.hello()
        then(peer)

    return script


def refused_mcs(result: int) -> bytes:
    """An MCS Connect-Response that refuses."""
    return x224.data(b"\x7f\x66\x03\x0a\x01" + bytes((result,)))


@contextlib.contextmanager
def serving(script: Script, **options: Any) -> Iterator[Server]:
    with Server(script, **options) as server:
        yield server
