# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A listener that goes through CredSSP as Windows does, made of pyspnego: it checks an account, or refuses it with a
status of its choice, and keeps everything that it was sent.
"""

from __future__ import annotations

import hashlib
import ssl
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spnego
from ansible_collections.winops.rdp.plugins.module_utils.wire import der
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from spnego._credssp_structures import NegoData, TSCredentials, TSRequest

from tests.unit.plugins.module_utils.fault_server import Peer, certificate, tls_settings

USER, PASSWORD = "CORP\\helpdesk", "Correct-Horse-7"
LOGON_FAILURE = 0xC000006D


def users(folder: Path) -> Path:
    """The file out of which pyspnego's NTLM knows accounts (NTLM_USER_FILE)."""
    path = folder / "users"
    domain, _mark, name = USER.partition("\\")
    path.write_text(f"{domain}:{name}:{PASSWORD}\n", encoding="utf-8")
    return path


@dataclass
class Acceptor:
    """``status`` is answered to whoever shows who he is, ``version`` is the server's, ``early`` its last word.

    ``imposter``: it proves another key than that of its certificate. ``silent``: it says no status where it refuses.
    ``protocol`` is ``ntlm`` or ``negotiate``. ``inside`` is all that came inside TLS, ``credentials`` what it was
    given, ``after`` what came after CredSSP: a client that makes a session asks for a conference there.
    """

    files: tuple[Path, Path]
    status: int | None = None
    version: int = 6
    selected: int = 8
    early: bytes = bytes(4)
    late_status: int | None = None
    imposter: bool = False
    silent: bool = False
    protocol: str = "ntlm"
    inside: bytes = b""
    credentials: list[Any] = field(default_factory=list)
    after: bytes | None = None
    bound: bool = False
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._settings = tls_settings(self.files)
        parsed = x509.load_pem_x509_certificate(self.files[0].read_bytes())
        # RSA's SubjectPublicKey is the key as PKCS #1 writes it; an independent reading of the certificate.
        self._key = parsed.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
        if self.imposter:
            self._key = b"\x30" + self._key[1:-1] + b"\x00"

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.files[0].read_text())).hexdigest()

    def __call__(self, peer: Peer) -> None:
        """One connection. What goes wrong in here is kept in ``faults``, for a server has its own thread."""
        try:
            self._serve(peer)
        except ConnectionError:
            self.faults.append("left")
        except Exception as fault:
            self.faults.append(repr(fault))
            raise

    def _serve(self, peer: Peer) -> None:
        asked = peer.request() or 0
        if not asked & 2:
            peer.refuse(5)
            peer.fin()
            return
        peer.confirm(self.selected if asked & self.selected else 2)
        peer.tls(self._settings)
        context = spnego.server(protocol=self.protocol, hostname="localhost", service="TERMSRV")
        if not self._rounds(peer, context):
            return
        if self.selected == 8 and self._given(peer, context):
            peer.send(self.early)
        self.after = b""
        while more := peer.sock.recv(4096):
            self.after += more

    def _receive(self, peer: Peer) -> TSRequest:
        data = peer.ts_request()
        self.inside += data
        return TSRequest.unpack(data)

    def _rounds(self, peer: Peer, context: Any) -> bool:
        while True:
            request = self._receive(peer)
            token = None
            try:
                if request.nego_tokens:
                    token = context.step(request.nego_tokens[0].nego_token)
                refused = self.status if request.pub_key_auth else None
            except Exception:  # not the password, not the key: the library has many names for it
                refused = self.status or LOGON_FAILURE
            if refused is not None:
                self._refuse(peer, refused)
                return False
            if request.pub_key_auth:
                self._prove(peer, context, request, token)
                return True
            peer.send(TSRequest(self.version, nego_tokens=NegoData(token or b"")).pack())

    def _refuse(self, peer: Peer, status: int) -> None:
        if not self.silent:
            # As Windows writes it: four bytes that read as negative.
            fields = der.tlv(0xA0, der.integer(self.version)) + der.tlv(0xA4, der.tlv(2, struct.pack(">I", status)))
            peer.send(der.tlv(0x30, fields))
        peer.fin()

    def _prove(self, peer: Peer, context: Any, request: TSRequest, token: bytes | None) -> None:
        claimed = context.unwrap(request.pub_key_auth).data
        hashed = min(self.version, request.version) >= 5
        ours = self._binding(b"Client-To-Server", request.client_nonce) if hashed else self._key
        if not self.imposter:
            assert claimed == ours, "the client bound itself to another key"
        self.bound = True
        answer = (
            self._binding(b"Server-To-Client", request.client_nonce)
            if hashed
            else bytes([self._key[0] + 1]) + self._key[1:]
        )
        nego = NegoData(token) if token else None
        peer.send(TSRequest(self.version, nego_tokens=nego, pub_key_auth=context.wrap(answer).data).pack())

    def _binding(self, way: bytes, nonce: bytes | None) -> bytes:
        assert nonce and len(nonce) == 32
        return hashlib.sha256(b"CredSSP " + way + b" Binding Hash\0" + nonce + self._key).digest()

    def _given(self, peer: Peer, context: Any) -> bool:
        """Take the credentials, if the client sends any; whether an answer to them is due."""
        try:
            request = self._receive(peer)
        except ConnectionError:
            return False
        self.credentials.append(TSCredentials.unpack(context.unwrap(request.auth_info).data).credentials)
        if self.late_status is not None:
            self._refuse(peer, self.late_status)
            return False
        return True


def listener_files(name: str = "server") -> tuple[Path, Path]:
    return certificate(name)
