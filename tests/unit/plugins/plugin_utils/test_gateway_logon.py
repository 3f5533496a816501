# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account on a gateway, against a stub that checks NTLM over HTTP as MS-TSGU says. No real gateway was met."""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import spnego
from ansible_collections.winops.rdp.plugins.module_utils.wire import http
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import gateway_logon, logon
from hypothesis import given, settings
from hypothesis import strategies as st
from spnego.channel_bindings import GssChannelBindings

from tests.profiles import examples
from tests.twin.acceptor import PASSWORD, USER
from tests.unit.plugins.module_utils.fault_server import Peer, certificate, serving, tls_settings

pytestmark = [pytest.mark.needs_sockets, pytest.mark.usefixtures("known_users")]

Json = dict[str, Any]
ACCOUNT = logon.Account(USER, PASSWORD)
PAGE = b"Content-Length: 6\r\n\r\nDenied"


class Gateway:
    """Asks for NTLM; ``final`` is what it says to whoever is right. ``said`` are the Authorization headers."""

    def __init__(self, files: tuple[Path, Path], final: bytes = b"HTTP/1.1 200 OK\r\n\r\n", offers: str = "NTLM"):
        self._settings, self._final, self._offers = tls_settings(files), final, offers
        der = ssl.PEM_cert_to_DER_cert(files[0].read_text())
        self.fingerprint = hashlib.sha256(der).hexdigest()
        bound = b"tls-server-end-point:" + hashlib.sha256(der).digest()
        self._bindings = GssChannelBindings(application_data=bound)
        self.said: list[str] = []

    def __call__(self, peer: Peer) -> None:
        peer.tls(self._settings)
        context = spnego.server(protocol="ntlm")
        while True:
            headers = self._request(peer)
            scheme, _space, token = headers["Authorization"].partition(" ")
            self.said.append(headers["Authorization"])
            if scheme != self._offers:
                peer.send(b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: " + self._offers.encode() + b"\r\n" + PAGE)
                continue
            try:
                answer = context.step(base64.b64decode(token), channel_bindings=self._bindings)
            except Exception:  # a wrong password has many names
                peer.send(b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM\r\n" + PAGE)
                continue
            if context.complete:
                peer.send(self._final)
                continue
            head = b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: NTLM " + base64.b64encode(answer or b"")
            peer.send(head + b"\r\n" + PAGE)

    def _request(self, peer: Peer) -> dict[str, str]:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += peer.exactly(1)
        first, *lines = head.decode("ascii").strip().split("\r\n")
        assert first == "RDG_OUT_DATA /remoteDesktopGateway/ HTTP/1.1"
        return {name: value for name, _colon, value in (line.partition(": ") for line in lines)}


def proof(gateway: Gateway, account: logon.Account = ACCOUNT, known: str | None = None) -> Json:
    with serving(gateway) as server:
        place = logon.Place("127.0.0.1", server.port, logon.fingerprints([known or gateway.fingerprint]))
        found = gateway_logon.prove(place, account)
    text = json.dumps(found)
    assert "helpdesk" not in text and PASSWORD not in text
    return found


def test_accepted(files: tuple[Path, Path]) -> None:
    """The stub checks that the answer is bound to this TLS connection."""
    gateway = Gateway(files)
    found = proof(gateway)
    assert (found["outcome"], found["mechanism"], found["account_sent"]) == ("accepted", "ntlm", True), found
    assert "policies" in found["detail"] and len(gateway.said) == 2
    assert not any(PASSWORD.encode() in base64.b64decode(said[5:]) for said in gateway.said)


def test_a_wrong_password_is_tried_once(files: tuple[Path, Path]) -> None:
    gateway = Gateway(files)
    found = proof(gateway, logon.Account(USER, "wrong"))
    assert (found["outcome"], found["reason"]) == ("refused", "not_let_in") and len(gateway.said) == 2
    assert found["status"] == {"kind": "http", "number": 401, "name": "Unauthorized"}


@pytest.mark.parametrize(
    ("final", "outcome", "reason"),
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "refused", "not_let_in"),
        (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "unknown", "denied"),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 999999\r\n\r\n", "unknown", "malformed"),
        (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: x\r\n\r\n", "unknown", "malformed"),
        (b"nonsense", "unknown", "malformed"),
    ],
)
def test_what_it_says_in_the_end(files: tuple[Path, Path], final: bytes, outcome: str, reason: str) -> None:
    found = proof(Gateway(files, final))
    assert (found["outcome"], found["reason"], found["account_sent"]) == (outcome, reason, True)


def test_a_gateway_without_ntlm(files: tuple[Path, Path]) -> None:
    found = proof(Gateway(files, offers="Basic"))
    assert (found["outcome"], found["reason"], found["account_sent"]) == ("refused", "mechanism_refused", False)


def test_a_stranger_hears_nothing(files: tuple[Path, Path]) -> None:
    gateway = Gateway(files)
    found = proof(gateway, known="00" * 32)
    assert (found["outcome"], found["reason"]) == ("not_tried", "other_certificate") and gateway.said == []


@settings(max_examples=examples(20, 600), deadline=None)
@given(data=st.binary(max_size=300), token=st.binary(max_size=200))
def test_any_gateway_gives_an_outcome(data: bytes, token: bytes) -> None:
    files = certificate("server")
    head = b"HTTP/1.1 401 x\r\nWWW-Authenticate: NTLM " + base64.b64encode(token) + b"\r\nContent-Length: 0\r\n\r\n"

    def script(peer: Peer) -> None:
        peer.tls(tls_settings(files))
        with suppress(OSError):
            peer.sock.recv(65536)
            peer.send(head)
            peer.sock.recv(65536)
            peer.send(data)
        peer.fin()

    with serving(script) as server:
        place = logon.Place("127.0.0.1", server.port, logon.fingerprints([Gateway(files).fingerprint]), timeout=1)
        found = gateway_logon.prove(place, ACCOUNT)
    assert found["outcome"] in ("refused", "unknown", "not_tried"), found


@settings(max_examples=examples(100, 4000))
@given(value=st.text(max_size=60))
def test_tokens_and_lengths_of_any_kind(value: str) -> None:
    found = http.Response(401, "", (("www-authenticate", f"NTLM {value}"), ("content-length", value)))
    for read in (lambda: found.body_length, lambda: found.token("ntlm")):
        with suppress(Malformed):
            read()


def test_who_lets_everybody_in_says_nothing_of_the_account(files: tuple[Path, Path]) -> None:
    """A gateway, or what stands before it, that answers 200 to NTLM's first message, which names nobody."""

    def open_to_all(peer: Peer) -> None:
        peer.tls(tls_settings(files))
        Gateway(files)._request(peer)
        peer.send(b"HTTP/1.1 200 OK\r\n\r\n")

    fingerprint = hashlib.sha256(ssl.PEM_cert_to_DER_cert(files[0].read_text())).hexdigest()
    with serving(open_to_all) as server:
        place = logon.Place("127.0.0.1", server.port, logon.fingerprints([fingerprint]))
        found = gateway_logon.prove(place, logon.Account(USER, "wrong"))
    assert (found["outcome"], found["account_sent"]) == ("not_tried", False), found
