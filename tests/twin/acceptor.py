# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CredSSP as Windows goes through it, made of pyspnego: it checks an account, or refuses it with a status of its
choice, and keeps everything that it was sent.
"""

from __future__ import annotations

import hashlib
import ssl
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spnego
import spnego._ntlm
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, der
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from spnego._credssp_structures import NegoData, TSCredentials, TSRequest
from spnego._ntlm_raw.messages import NTClientChallengeV2

from tests.unit.plugins.module_utils.fault_server import Peer, tls_settings


class _AsSent(NTClientChallengeV2):
    """NTLM's answer as it was sent. The library writes its attributes anew before it checks them, and other clients do
    not write them as it does.
    """

    @staticmethod
    def unpack(b_data: bytes) -> _AsSent:
        return _AsSent(_b_data=b_data)

    @property
    def av_pairs(self) -> Any:
        found, raw = super().av_pairs, self._data[28:-4].tobytes()
        vars(found)["pack"] = lambda: raw
        return found


vars(spnego._ntlm)["NTClientChallengeV2"] = _AsSent

USER, PASSWORD = "CORP\\helpdesk", "Correct-Horse-7"
LOGON_FAILURE = 0xC000006D


def users(folder: Path) -> Path:
    """The file out of which pyspnego's NTLM knows accounts (NTLM_USER_FILE)."""
    path = folder / "users"
    domain, _mark, name = USER.partition("\\")
    path.write_text(f"{domain}:{name}:{PASSWORD}\n", encoding="utf-8")
    return path


def public_key(certificate: x509.Certificate) -> bytes:
    """RSA's SubjectPublicKey is the key as PKCS #1 writes it. This reading of the certificate is not the product's."""
    return certificate.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)


@dataclass
class Checker:
    """What comes inside TLS. ``status`` is answered to whoever shows who he is, ``version`` is the server's, ``early``
    its last word, and ``late_status`` one that it says instead of it.

    ``silent``: it says no status where it refuses. ``takes`` are flags that it takes out of NTLM's challenge.
    ``protocol`` is ``ntlm`` or ``negotiate``. ``inside`` is all that came, ``credentials`` what it was given, ``tried``
    how many accounts were shown, ``after`` what came after CredSSP: a client that makes a session asks for a conference
    there.
    """

    status: int | None = None
    version: int = 6
    early: bytes = bytes(4)
    late_status: int | None = None
    imposter: bool = False
    silent: bool = False
    takes: int = 0
    protocol: str = "ntlm"
    inside: bytes = b""
    credentials: list[Any] = field(default_factory=list)
    tried: int = 0
    after: bytes | None = None
    bound: bool = False

    def check(self, stream: Any, key: bytes, early: bool) -> None:
        """Go through CredSSP on a stream that TLS protects with this key; ``early`` says that it ends with a word."""
        context = spnego.server(protocol=self.protocol, hostname="localhost", service="TERMSRV")
        if not self._rounds(stream, key, context):
            return
        if early and self._given(stream, context):
            stream.sendall(self.early)
        self.after = b""
        with suppress(OSError):
            self.after = stream.recv(4096)

    def _receive(self, stream: Any) -> TSRequest:
        data = b""
        while (size := credssp.frame_length(data)) is None or len(data) < size:
            more = stream.recv(1)
            if not more:
                raise ConnectionError("the client left")
            data += more
        self.inside += data
        return TSRequest.unpack(data)

    def _rounds(self, stream: Any, key: bytes, context: Any) -> bool:
        while True:
            request = self._receive(stream)
            self.tried += bool(request.pub_key_auth)
            token = None
            try:
                if request.nego_tokens:
                    token = context.step(request.nego_tokens[0].nego_token)
                refused = self.status if request.pub_key_auth else None
            except Exception:  # not the password, not the key: the library has many names for it
                refused = self.status or LOGON_FAILURE
            if refused is not None:
                self._refuse(stream, refused)
                return False
            if request.pub_key_auth:
                self._prove(stream, key, context, request, token)
                return True
            stream.sendall(TSRequest(self.version, nego_tokens=NegoData(self._with_less(token or b""))).pack())

    def _with_less(self, token: bytes) -> bytes:
        if not self.takes:
            return token
        return token[:20] + struct.pack("<I", struct.unpack_from("<I", token, 20)[0] & ~self.takes) + token[24:]

    def _refuse(self, stream: Any, status: int) -> None:
        if not self.silent:
            # As Windows writes it: four bytes that read as negative.
            fields = der.tlv(0xA0, der.integer(self.version)) + der.tlv(0xA4, der.tlv(2, struct.pack(">I", status)))
            stream.sendall(der.tlv(0x30, fields))

    def _prove(self, stream: Any, key: bytes, context: Any, request: TSRequest, token: bytes | None) -> None:
        claimed = context.unwrap(request.pub_key_auth).data
        nonce = request.client_nonce if min(self.version, request.version) >= 5 else None
        if not self.imposter:
            assert claimed == (_hash(b"Client-To-Server", nonce, key) if nonce else key), "bound to another key"
        self.bound = True
        answer = _hash(b"Server-To-Client", nonce, key) if nonce else bytes([key[0] + 1]) + key[1:]
        nego = NegoData(token) if token else None
        sealed = context.wrap(answer).data
        stream.sendall(TSRequest(self.version, nego_tokens=nego, pub_key_auth=sealed).pack())

    def _given(self, stream: Any, context: Any) -> bool:
        """Take the credentials, if the client sends any; whether an answer to them is due."""
        try:
            request = self._receive(stream)
        except (ConnectionError, ssl.SSLError):
            return False
        self.credentials.append(TSCredentials.unpack(context.unwrap(request.auth_info).data).credentials)
        if self.late_status is not None:
            self._refuse(stream, self.late_status)
            return False
        return True


def _hash(way: bytes, nonce: bytes, key: bytes) -> bytes:
    assert len(nonce) == 32
    return hashlib.sha256(b"CredSSP " + way + b" Binding Hash\0" + nonce + key).digest()


@dataclass
class Acceptor(Checker):
    """The whole listener. ``imposter``: it proves another key than that of its certificate."""

    files: tuple[Path, Path] = (Path(), Path())
    selected: int = 8
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._settings = tls_settings(self.files)
        self._key = public_key(x509.load_pem_x509_certificate(self.files[0].read_bytes()))
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
        self.check(peer.sock, self._key, self.selected == 8)
        peer.fin()
