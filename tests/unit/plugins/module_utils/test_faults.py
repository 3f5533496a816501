# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole probe against servers that break at every stage in every way, and the stage and outcome it must give."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import os
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe import connection
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import OUTCOMES, STAGES, probe
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, der, x224

from tests.profiles import each
from tests.unit.plugins.module_utils.deadlines import in_time
from tests.unit.plugins.module_utils.fault_server import (
    CHALLENGE,
    MCS_RESPONSE,
    ULTIMATUM,
    Peer,
    Script,
    after_certificate,
    after_hello,
    after_request,
    after_tls,
    certificate,
    confirm,
    healthy,
    refused_mcs,
    serving,
    then,
    tls_settings,
)
from tests.unit.plugins.module_utils.vectors import vector

pytestmark = pytest.mark.needs_sockets

# Seconds that the probe waits where silence is expected, and where it is not and only a slow machine would need them.
SHORT, LONG = 1.0, 10.0


def look(script: Script, **options: Any) -> dict[str, Any]:
    with serving(script) as server, in_time():
        result = probe("127.0.0.1", server.port, **{"timeout": LONG, "deadline": 40.0, **options})
    assert result["stage"] in STAGES and result["outcome"] in OUTCOMES
    assert result["detail"].endswith(".") and result["client_view"]["text"]
    json.dumps(result)
    return result


def pair(script: Script, **options: Any) -> tuple[str, str]:
    result = look(script, **options)
    return result["stage"], result["outcome"]


@pytest.fixture(scope="module")
def settings() -> ssl.SSLContext:
    return tls_settings()


ENDINGS: list[tuple[str, Callable[[Peer], None]]] = [
    ("closed", Peer.fin),
    ("reset", Peer.reset),
    ("silent", Peer.silence),
]


def patience(outcome: str) -> dict[str, float]:
    return {"timeout": SHORT if outcome == "silent" else LONG}


# RST, FIN and silence, at every stage.


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_on_accept(outcome: str, ending: Script) -> None:
    assert pair(ending, **patience(outcome)) == ("negotiation", outcome)


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_after_the_request(outcome: str, ending: Script) -> None:
    assert pair(after_request(ending), **patience(outcome)) == ("negotiation", outcome)


@each("size", [1, 4, 7, 13, 18])
@each(("outcome", "ending"), ENDINGS)
def test_half_a_confirm(outcome: str, ending: Script, size: int) -> None:
    result = look(after_request(then(confirm(8)[:size], ending)), **patience(outcome))
    assert (result["stage"], result["outcome"]) == ("negotiation", outcome)
    assert f"after {size} of" in result["detail"]


@pytest.mark.parametrize("selected", [1, 2, 8])
@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_when_tls_begins(outcome: str, ending: Script, selected: int) -> None:
    result = look(after_hello(ending, selected), **patience(outcome))
    assert (result["stage"], result["outcome"]) == ("tls", outcome)
    assert result["tls"] is None and result["certificate"] is None
    if outcome != "silent":
        assert (result["client_view"]["code"], result["client_view"]["extended"]) == ("0x904", "0x7")
    assert result["offered"][{1: "tls", 2: "nla", 8: "nla_ex"}[selected]] is True


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_half_a_server_hello(outcome: str, ending: Script) -> None:
    assert pair(after_hello(then(bytes.fromhex("160303007a020000760303"), ending)), **patience(outcome)) == (
        "tls",
        outcome,
    )


@pytest.mark.parametrize("selected", [2, 8])
@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_when_credssp_begins(outcome: str, ending: Script, selected: int, settings: ssl.SSLContext) -> None:
    result = look(after_tls(settings, selected, ending), **patience(outcome))
    assert (result["stage"], result["outcome"]) == ("credssp", outcome)
    assert result["tls"]["modern"] is True and len(result["certificate"]["sha1"]) == 40


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_half_a_challenge(outcome: str, ending: Script, settings: ssl.SSLContext) -> None:
    result = look(after_tls(settings, 2, then(CHALLENGE[:100], ending)), **patience(outcome))
    assert (result["stage"], result["outcome"]) == ("credssp", outcome)
    assert "after 100 of 245" in result["detail"]


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_when_the_conference_begins(outcome: str, ending: Script, settings: ssl.SSLContext) -> None:
    assert pair(after_tls(settings, 1, ending), **patience(outcome)) == ("session", outcome)
    assert pair(after_request(then(confirm(0), Peer.tpkt, ending)), **patience(outcome)) == ("session", outcome)


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_half_a_conference(outcome: str, ending: Script, settings: ssl.SSLContext) -> None:
    assert pair(after_tls(settings, 1, then(MCS_RESPONSE[:50], ending)), **patience(outcome)) == ("session", outcome)


def test_a_tls_connection_closed_politely_is_closed(settings: ssl.SSLContext) -> None:
    def polite(peer: Peer) -> None:
        assert isinstance(peer.sock, ssl.SSLSocket)
        peer.sock.unwrap()

    assert pair(after_tls(settings, 2, polite)) == ("credssp", "closed")


# TCP and names.


def test_a_reset_as_soon_as_it_is_accepted_is_no_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the two questions that are asked of a connection that has come about it may be reset."""

    class Reset(socket.socket):
        def getpeername(self) -> Any:
            raise OSError(errno.ENOTCONN, "not connected")

    with serving(Peer.reset) as server, monkeypatch.context() as patched:
        patched.setattr(f"{connection.__name__}.socket.socket", Reset)
        look = probe("127.0.0.1", server.port, timeout=2)
    assert (look["stage"], look["outcome"]) == ("negotiation", "reset")


def test_nothing_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        result = probe("127.0.0.1", free.getsockname()[1])
    assert (result["stage"], result["outcome"], result["failure"]["name"]) == ("tcp", "refused", "ECONNREFUSED")
    assert result["client_view"]["code"] == "0x204"


def test_a_full_backlog_times_out() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        fillers = [socket.socket() for _turn in range(8)]
        try:
            for filler in fillers:
                filler.setblocking(False)
                filler.connect_ex(("127.0.0.1", port))
            time.sleep(0.1)
            result = probe("127.0.0.1", port, timeout=SHORT)
        finally:
            for filler in fillers:
                filler.close()
    assert (result["stage"], result["outcome"]) == ("tcp", "timeout")


def test_no_route() -> None:
    # Class E: every system says at once that it has no way there.
    result = probe("255.255.255.255", 3389, timeout=SHORT)
    assert (result["stage"], result["outcome"]) == ("tcp", "unreachable")


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 64 + ".example", "a..b", "bad\0name", "xn--\udcff"])
def test_names_that_do_not_resolve(host: str) -> None:
    result = probe(host, timeout=2)
    assert (result["stage"], result["outcome"]) == ("name", "unresolved")
    assert result["connections"] == 0 and result["client_view"]["code"] == "0x104"


def test_a_resolver_that_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo
    over, answered = threading.Event(), threading.Event()

    def hang(*args: Any, flags: int = 0, **options: Any) -> Any:
        if flags & socket.AI_NUMERICHOST:
            return real(*args, **{**options, "flags": flags})
        over.wait(60)
        answered.set()
        raise socket.gaierror(socket.EAI_AGAIN, "later")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    result = probe("slow.example", timeout=0.5)
    assert not answered.is_set(), "the probe has waited for the resolver"
    over.set()
    assert (result["stage"], result["outcome"], result["failure"]["name"]) == ("name", "unresolved", "TIMEOUT")


def several(monkeypatch: pytest.MonkeyPatch, addresses: list[tuple[int, Any]]) -> None:
    real = socket.getaddrinfo

    def answer(*args: Any, flags: int = 0, **options: Any) -> Any:
        if flags & socket.AI_NUMERICHOST:
            return real(*args, **{**options, "flags": flags})
        return [(family, socket.SOCK_STREAM, 6, "", address) for family, address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def test_every_address_is_tried(monkeypatch: pytest.MonkeyPatch, settings: ssl.SSLContext) -> None:
    with serving(healthy(settings)) as server:
        several(
            monkeypatch,
            [
                (socket.AF_INET6, ("::1", server.port, 0, 0)),
                (socket.AF_INET, ("127.0.0.9", server.port)),
                (socket.AF_INET, ("127.0.0.1", server.port)),
            ],
        )
        result = probe("many.example", server.port, timeout=2)
    assert (result["stage"], result["outcome"], result["address"]) == ("session", "ok", "127.0.0.1")
    assert result["source"] == "127.0.0.1", "the address from which the host sees the probe"
    outcomes = {entry["address"]: entry["outcome"] for entry in result["addresses"]}
    assert (
        outcomes["127.0.0.1"] == "ok"
        and outcomes["127.0.0.9"] == "refused"
        and outcomes["::1"] in ("refused", "unreachable")
    )


def test_a_slow_address_does_not_hold_up_the_next(monkeypatch: pytest.MonkeyPatch, settings: ssl.SSLContext) -> None:
    with socket.socket() as listener, serving(healthy(settings)) as server:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        full = listener.getsockname()
        fillers = [socket.socket() for _turn in range(8)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(full)
        time.sleep(0.1)
        several(monkeypatch, [(socket.AF_INET, full), (socket.AF_INET, ("127.0.0.1", server.port))])
        result = probe("many.example", server.port, timeout=3, depth="client")
        for filler in fillers:
            filler.close()
    assert (result["stage"], result["outcome"]) == ("session", "ok")
    assert result["timing_ms"]["tcp"] < 1500


def test_ipv6(settings: ssl.SSLContext) -> None:
    try:
        with serving(healthy(settings), family=socket.AF_INET6, address="::1") as server:
            result = probe("::1", server.port)
    except OSError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no IPv6 loopback here: {error}")
    assert (result["stage"], result["outcome"], result["address"]) == ("session", "ok", "::1")


# What is not RDP.


@each(
    ("banner", "name"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "HTTP"),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "SSH"),
        (b"RFB 003.008\n", "VNC"),
        (b"220 mail.example ESMTP\r\n", "FTP or SMTP"),
        (bytes.fromhex("15030300020246"), "TLS"),
        (b"\xde\xad\xbe\xef" * 8, None),
        (b"\0", "SMB or NetBIOS"),
        (b"\x03\x01\x00\x13" + bytes(15), None),
    ],
)
@each("early", [True, False])
def test_other_protocols(banner: bytes, name: str | None, early: bool) -> None:
    result = look(then(banner, Peer.fin) if early else after_request(then(banner, Peer.fin)))
    assert (result["stage"], result["outcome"]) == ("negotiation", "not_rdp")
    assert result["failure"]["name"] == name and result["failure"]["hex"].startswith(banner[:1].hex())


@each(
    "answer",
    [
        bytes.fromhex("0300ffff0ed000001234000201080001000000"),  # 65,535 bytes announced
        bytes.fromhex("030000060ed0"),
        bytes.fromhex("0300000b05d00000123400"),
        bytes.fromhex("0300000b06e00000123400"),
        bytes.fromhex("030000130ed000001234000401080001000000"),
        bytes.fromhex("030000130ed000001234000201080010000000"),  # selects what was not asked for
        bytes.fromhex("030000130ed000001234000201080020000000"),
        bytes.fromhex("0300000702f080"),
    ],
)
@each("ending", [Peer.fin, Peer.reset, Peer.silence])
def test_malformed_confirms(answer: bytes, ending: Script) -> None:
    assert pair(after_request(then(answer, ending))) == ("negotiation", "malformed")


def test_endless_data_instead_of_a_confirm() -> None:
    assert pair(after_request(lambda peer: peer.endless(b"\x03\0\x1f\xff" + bytes(8188)))) == (
        "negotiation",
        "malformed",
    )
    assert pair(after_request(lambda peer: peer.endless(bytes(65536)))) == ("negotiation", "not_rdp")


# Refusals.


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (1, "SSL_REQUIRED_BY_SERVER"),
        (2, "SSL_NOT_ALLOWED_BY_SERVER"),
        (3, "SSL_CERT_NOT_ON_SERVER"),
        (4, "INCONSISTENT_FLAGS"),
    ],
)
def test_refusals(code: int, name: str) -> None:
    result = look(after_request(then(lambda peer: peer.refuse(code), Peer.fin)))
    assert (result["stage"], result["outcome"]) == ("negotiation", "denied")
    assert result["failure"] == {"kind": "negotiation", "number": code, "name": name}
    assert not any(result["offered"].values())


@pytest.mark.parametrize(
    ("code", "name"), [(5, "HYBRID_REQUIRED_BY_SERVER"), (6, "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER"), (99, "UNKNOWN")]
)
def test_more_refusals(code: int, name: str) -> None:
    result = look(after_request(then(lambda peer: peer.refuse(code), Peer.silence)))
    assert (result["stage"], result["outcome"], result["failure"]["number"], result["failure"]["name"]) == (
        "negotiation",
        "denied",
        code,
        name,
    )


def test_what_follows_a_refusal_does_not_count(settings: ssl.SSLContext) -> None:
    """Some servers go on to TLS after they have refused."""

    def script(peer: Peer) -> None:
        peer.request()
        peer.refuse(5)
        peer.tls(settings)
        peer.tpkt()
        peer.send(MCS_RESPONSE)

    result = look(script)
    assert (result["stage"], result["outcome"]) == ("negotiation", "denied") and result["tls"] is None


def test_an_ultimatum_instead_of_a_confirm() -> None:
    result = look(after_request(then(ULTIMATUM, Peer.fin)))
    assert (result["stage"], result["outcome"]) == ("negotiation", "denied")
    assert result["failure"] == {"kind": "mcs", "number": 8, "name": "DISCONNECT_PROVIDER_ULTIMATUM", "reason": 3}
    assert set(result["offered"].values()) == {None}


def test_a_disconnect_request_instead_of_a_confirm() -> None:
    result = look(after_request(then(bytes.fromhex("0300000b06800000123401"), Peer.fin)))
    assert (result["stage"], result["outcome"], result["failure"]["reason"]) == ("negotiation", "denied", 1)


def test_a_server_that_does_not_understand_one_mask(settings: ssl.SSLContext) -> None:
    """xrdp answers the question for Entra tokens with an ultimatum: not known, and nothing is broken."""

    def script(peer: Peer) -> None:
        if peer.request() == 16:
            peer.send(ULTIMATUM)
            peer.fin()
        else:
            peer.confirm(1 if (peer.asked or 0) & 1 else 0)
            if (peer.asked or 0) & 1:
                peer.tls(settings)
            peer.tpkt()
            peer.send(MCS_RESPONSE)
            peer.fin()

    result = look(script)
    assert (result["stage"], result["outcome"]) == ("session", "ok")
    assert result["offered"] == {"rdp": True, "tls": True, "nla": False, "nla_ex": False, "rdstls": False, "aad": None}
    assert result["nla"] == "unavailable"


def test_standard_security_only_with_refusals() -> None:
    """FreeRDP's servers refuse with code 2 where clients then ask for standard RDP security."""

    def script(peer: Peer) -> None:
        if peer.request():
            peer.refuse(2)
        else:
            peer.confirm(0)
            peer.tpkt()
            peer.send(MCS_RESPONSE)
        peer.fin()

    result = look(script)
    assert (result["stage"], result["outcome"], result["selected"]) == ("session", "ok", "rdp")
    assert result["offered"]["rdp"] is True and result["offered"]["tls"] is False and result["offered"]["nla"] is False
    assert (result["encryption"]["method"], result["encryption"]["level"], result["encryption"]["key_bits"]) == (
        "128-bit",
        "high",
        512,
    )


def test_a_server_without_negotiation() -> None:
    result = look(after_request(then(vector("CC-noneg"), Peer.tpkt, MCS_RESPONSE, Peer.fin)))
    assert (result["stage"], result["outcome"]) == ("session", "ok")
    assert result["offered"] == {
        "rdp": True,
        "tls": False,
        "nla": False,
        "nla_ex": False,
        "rdstls": False,
        "aad": False,
    }
    result = look(after_request(then(vector("CC-noneg"), Peer.fin)))
    assert (result["stage"], result["outcome"], result["offered"]["rdp"]) == ("session", "closed", True)


# TLS.


@each(
    ("number", "name"),
    [
        (40, "handshake_failure"),
        (70, "protocol_version"),
        (80, "internal_error"),
        (71, "insufficient_security"),
        (200, "unknown"),
    ],
)
@each("ending", [Peer.fin, Peer.reset, Peer.silence])
def test_alerts(number: int, name: str, ending: Script) -> None:
    result = look(after_hello(then(struct.pack(">BHHBB", 21, 0x0303, 2, 2, number), ending)))
    assert (result["stage"], result["outcome"]) == ("tls", "alert")
    assert result["failure"] == {"kind": "tls_alert", "number": number, "name": name, "sender": "server"}


def test_what_comes_right_after_the_confirm_is_not_lost() -> None:
    result = look(after_request(then(confirm(8) + ULTIMATUM, Peer.silence)))
    assert (result["stage"], result["outcome"], result["failure"]["name"]) == ("tls", "malformed", "plaintext")


@pytest.mark.parametrize(("outcome", "ending"), ENDINGS)
def test_a_certificate_seen_before_the_handshake_broke_off(outcome: str, ending: Script) -> None:
    result = look(after_certificate(ending), **patience(outcome))
    assert (result["stage"], result["outcome"]) == ("tls", outcome)
    pem = certificate("server")[0].read_text()
    assert result["certificate"]["sha1"] == hashlib.sha1(ssl.PEM_cert_to_DER_cert(pem)).hexdigest().upper()


def test_plain_rdp_where_tls_belongs() -> None:
    result = look(after_hello(then(ULTIMATUM, Peer.fin)))
    assert (result["stage"], result["outcome"], result["failure"]["name"]) == ("tls", "malformed", "plaintext")


@each(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        bytes(range(200, 256)),
        b"\x16\x03\x03\xff\xff" + bytes(200),
        b"\x16\x03\x03\x00\x08\x02\x00\x00\x04\x03\x03\x01\x02",  # a ServerHello of four bytes
        b"\x17\x03\x03\x00\x04abcd",  # application data before there are keys
        b"\x16\x03\x03\x00\x04\x0e\x00\x00\x00",  # ServerHelloDone first
    ],
)
@each("ending", [Peer.fin, Peer.reset, Peer.silence])
def test_garbage_where_tls_belongs(answer: bytes, ending: Script) -> None:
    assert pair(after_hello(then(answer, ending))) == ("tls", "malformed")


def test_endless_tls() -> None:
    record = struct.pack(">BHH", 22, 0x0303, 16384) + b"\x02\x03\xff\xff" + bytes(16380)
    stage, outcome = pair(after_hello(lambda peer: peer.endless(record)))
    assert (stage, outcome) == ("tls", "malformed")


OLD = [
    (ssl.TLSVersion.TLSv1, "TLSv1"),
    (ssl.TLSVersion.TLSv1_1, "TLSv1.1"),
]


@pytest.mark.parametrize(("version", "name"), OLD)
def test_old_tls_is_read_and_refused(version: ssl.TLSVersion, name: str) -> None:
    result = look(healthy(tls_settings(lowest=version, highest=version)))
    assert (result["stage"], result["outcome"]) == ("tls", "alert")
    assert result["failure"]["name"] == "protocol_version"
    seen = result["tls"]
    assert (seen["version"], seen["lowest_version"], seen["modern"]) == (
        name,
        name,
        False,
    ) and f"version {name}" in seen["weaknesses"]
    assert result["certificate"] and result["identity"]["computer"] == "SRV01"
    assert f"speaks {name}" in result["detail"]


@pytest.mark.parametrize(
    ("version", "name"), [(ssl.TLSVersion.TLSv1_2, "TLSv1.2"), (ssl.TLSVersion.TLSv1_3, "TLSv1.3")]
)
def test_current_tls(version: ssl.TLSVersion, name: str) -> None:
    result = look(healthy(tls_settings(lowest=version, highest=version)))
    assert (result["stage"], result["outcome"]) == ("session", "ok")
    assert (
        result["tls"]["version"],
        result["tls"]["lowest_version"],
        result["tls"]["modern"],
        result["tls"]["weaknesses"],
    ) == (name, name, True, [])


def test_old_tls_beside_current() -> None:
    result = look(healthy(tls_settings(lowest=ssl.TLSVersion.TLSv1)))
    assert (result["stage"], result["outcome"], result["tls"]["version"]) == ("session", "ok", "TLSv1.3")
    assert result["tls"]["lowest_version"] == "TLSv1" and result["tls"]["weaknesses"] == ["accepts TLSv1"]


def test_silence_about_old_versions_is_no_answer(settings: ssl.SSLContext) -> None:
    clients = 0

    def script(peer: Peer) -> None:
        nonlocal clients
        asked = peer.request() or 0
        if not asked & 2:
            peer.refuse(5)
            peer.fin()
            return
        peer.confirm(8 if asked & 8 else 2)
        if asked & 8:
            clients += 1
            if clients > 1:
                peer.silence()
                return
            peer.tls(settings)
            peer.ts_request()
            peer.send(CHALLENGE)
        peer.fin()

    result = look(script, timeout=SHORT)
    assert (result["stage"], result["outcome"], result["tls"]["version"], result["tls"]["lowest_version"]) == (
        "session",
        "ok",
        "TLSv1.3",
        None,
    )


def test_suites_that_windows_still_has() -> None:
    result = look(healthy(tls_settings(highest=ssl.TLSVersion.TLSv1_2, ciphers="AES128-SHA:@SECLEVEL=0")))
    assert (result["stage"], result["outcome"], result["tls"]["cipher"]) == ("session", "ok", "AES128-SHA")


def test_a_cipher_that_a_current_client_refuses() -> None:
    result = look(healthy(tls_settings(highest=ssl.TLSVersion.TLSv1_2, ciphers="NULL-SHA256:@SECLEVEL=0")))
    assert (result["stage"], result["outcome"], result["failure"]["name"]) == ("tls", "alert", "handshake_failure")
    assert result["tls"]["cipher"] == "NULL-SHA256" and result["tls"]["weaknesses"] == ["cipher no encryption"]


def test_a_client_certificate_is_wanted() -> None:
    context = tls_settings()
    context.verify_mode = ssl.CERT_REQUIRED
    result = look(healthy(context))
    assert (result["stage"], result["outcome"], result["failure"]["name"]) == ("tls", "alert", "certificate_required")


# CredSSP.


@pytest.mark.parametrize("name", ["TSREQ-ERR-4", "TSREQ-ERR-5"])
def test_credssp_refusals(name: str, settings: ssl.SSLContext) -> None:
    result = look(after_tls(settings, 2, then(vector(name), Peer.fin)))
    assert (result["stage"], result["outcome"]) == ("credssp", "denied")
    assert result["failure"] == {"kind": "ntstatus", "number": 0xC000006D, "name": "STATUS_LOGON_FAILURE"}
    assert result["client_view"]["code"] == "0x807"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400\r\n\r\n",
        b"\x30\x84\xff\xff\xff\xff",
        b"\x30\x00",
        b"\x30\x05\xa0\x03\x02\x01\x06",  # neither token nor error
        CHALLENGE.replace(b"NTLMSSP\0\x02", b"NTLMSSP\0\x01"),
        bytes((byte ^ 0x55 if at > 40 else byte) for at, byte in enumerate(CHALLENGE)),
    ],
)
def test_malformed_credssp(answer: bytes, settings: ssl.SSLContext) -> None:
    assert pair(after_tls(settings, 2, then(answer, Peer.silence))) == ("credssp", "malformed")


def spnego(state: int, token: bytes = b"") -> bytes:
    """A TSRequest with a SPNEGO response."""
    fields = der.tlv(0xA0, der.tlv(0x0A, bytes((state,)))) + (der.tlv(0xA2, der.tlv(0x04, token)) if token else b"")
    return credssp.request(der.tlv(0xA1, der.tlv(0x30, fields)))


def test_credssp_without_ntlm(settings: ssl.SSLContext) -> None:
    result = look(after_tls(settings, 2, then(spnego(1), Peer.fin)))
    assert (result["stage"], result["outcome"], result["identity"]["computer"]) == ("session", "ok", None)
    result = look(after_tls(settings, 2, then(spnego(2), Peer.fin)))
    assert (result["stage"], result["outcome"], result["failure"]["kind"]) == ("credssp", "denied", "spnego")
    result = look(after_tls(settings, 2, then(spnego(1, vector("NTLM-CHAL")), Peer.fin)))
    assert result["identity"]["computer"] == "SRV01"


def test_an_alert_instead_of_a_challenge() -> None:
    def script(peer: Peer) -> None:
        peer.request()
        peer.confirm(2)
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        engine = tls_settings(highest=ssl.TLSVersion.TLSv1_2).wrap_bio(incoming, outgoing, server_side=True)
        while True:
            try:
                engine.do_handshake()
                break
            except ssl.SSLWantReadError:
                peer.send(outgoing.read())
                incoming.write(peer.sock.recv(16384))
        peer.send(outgoing.read())
        peer.sock.recv(16384)
        # A record that nobody can decrypt makes this server's own engine send an alert.
        incoming.write(struct.pack(">BHH", 23, 0x0303, 64) + os.urandom(64))
        try:
            engine.read(1)
        except ssl.SSLError:
            peer.send(outgoing.read())
        peer.fin()

    result = look(script)
    assert (result["stage"], result["outcome"], result["failure"]["name"]) == ("credssp", "alert", "bad_record_mac")


def test_endless_credssp(settings: ssl.SSLContext) -> None:
    assert pair(after_tls(settings, 2, lambda peer: peer.endless(b"\x30\x83\x00\xff\xf0" + bytes(16000)))) == (
        "credssp",
        "malformed",
    )


# MCS.


def test_a_conference_refused(settings: ssl.SSLContext) -> None:
    result = look(after_tls(settings, 1, then(refused_mcs(15), Peer.fin)))
    assert (result["stage"], result["outcome"]) == ("session", "denied")
    assert result["failure"] == {"kind": "mcs_result", "number": 15, "name": "rt-user-rejected"}
    result = look(after_tls(settings, 1, then(ULTIMATUM, Peer.fin)))
    assert (result["stage"], result["outcome"], result["failure"]["kind"]) == ("session", "denied", "mcs")


def test_a_conference_nobody_understands(settings: ssl.SSLContext) -> None:
    assert pair(after_tls(settings, 1, then(x224.data(b"\x7f\x66\x82\xff\xff" + bytes(20)), Peer.silence))) == (
        "session",
        "malformed",
    )
    assert pair(after_request(then(confirm(0), Peer.tpkt, b"GET / HTTP/1.1", Peer.silence))) == ("session", "malformed")


# Slow, and still right.


def test_a_confirm_that_drips_is_a_confirm(settings: ssl.SSLContext) -> None:
    def script(peer: Peer) -> None:
        asked = peer.request() or 0
        peer.drip(confirm(8 if asked & 8 else 2), 0.01)
        peer.tls(settings)
        peer.ts_request()
        peer.drip(CHALLENGE, 0.001)
        peer.fin()

    assert pair(script, timeout=5, depth="client") == ("session", "ok")


@pytest.mark.parametrize("stage", ["negotiation", "tls", "credssp", "session"])
def test_what_drips_for_ever_is_silence(stage: str, settings: ssl.SSLContext) -> None:
    def slowly(data: bytes) -> Script:
        return lambda peer: peer.drip(data, 0.25)

    scripts: dict[str, Script] = {
        "negotiation": after_request(slowly(confirm(8))),
        "tls": after_hello(slowly(bytes.fromhex("160303007a02000076030300000000000000000000"))),
        "credssp": after_tls(settings, 2, slowly(CHALLENGE)),
        "session": after_tls(settings, 1, slowly(MCS_RESPONSE)),
    }
    assert pair(scripts[stage], timeout=SHORT) == (stage, "silent")


def test_the_deadline_holds_for_everything(settings: ssl.SSLContext) -> None:
    def script(peer: Peer) -> None:
        if peer.request() == 0x0B:
            peer.confirm(8)
            peer.tls(settings)
            peer.ts_request()
            peer.send(CHALLENGE)
            peer.fin()
        else:
            peer.silence()

    # Every further connection is met with silence: without the deadline each would cost its whole timeout.
    result = look(script, timeout=60, deadline=3.0)
    assert (result["stage"], result["outcome"]) == ("session", "ok"), "what was seen before the deadline is the result"
    assert result["offered"]["nla_ex"] is True and result["offered"]["tls"] is None


# Healthy.


def test_healthy_with_nla(settings: ssl.SSLContext) -> None:
    result = look(healthy(settings))
    assert (result["stage"], result["outcome"], result["failure"]) == ("session", "ok", None)
    assert result["offered"] == {"rdp": False, "tls": False, "nla": True, "nla_ex": True, "rdstls": False, "aad": False}
    assert result["nla"] == "required" and result["selected"] == "nla_ex"
    identity = result["identity"]
    assert identity["computer"] == "SRV01" and identity["dns_forest"] == "example.test" and identity["domain"] == "CORP"
    assert (identity["os_version"], identity["product"], identity["clock"]) == (
        "10.0.20348",
        "Windows Server 2022",
        "2026-01-02T03:04:05Z",
    )
    assert identity["credssp_version"] == 6 and identity["clock_skew_seconds"] < 0
    assert set(result["timing_ms"]) == {"name", "tcp", "negotiation", "tls", "credssp", "session", "total"}


def test_one_connection_is_enough_for_what_a_client_sees(settings: ssl.SSLContext) -> None:
    with serving(healthy(settings)) as server:
        result = probe("127.0.0.1", server.port, depth="client")
        assert server.accepted == 1 == result["connections"]
    assert (result["stage"], result["outcome"]) == ("session", "ok") and result["offered"]["tls"] is None


def test_one_connection_at_a_time(settings: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    open_now: set[int] = set()
    most = 0

    class Counted(connection.Connection):
        def __init__(self, *given: Any) -> None:
            nonlocal most
            super().__init__(*given)
            open_now.add(id(self))
            most = max(most, len(open_now))

        def close(self) -> None:
            super().close()
            open_now.discard(id(self))

    monkeypatch.setattr(connection, "Connection", Counted)
    result = look(healthy(settings))
    assert most == 1 and not open_now and result["connections"] > 5


def test_healthy_without_nla(settings: ssl.SSLContext) -> None:
    result = look(healthy(settings, nla=False))
    assert (result["stage"], result["outcome"], result["nla"]) == ("session", "ok", "unavailable")
    assert result["encryption"]["methods"] == {"40-bit": False, "56-bit": False, "128-bit": True, "FIPS": False}


def test_the_routing_token_is_sent() -> None:
    seen: list[bytes] = []

    def script(peer: Peer) -> None:
        seen.append(peer.tpkt())
        peer.reset()

    look(script, load_balance_info="tsv://MS Terminal Services Plugin.1.Farm", depth="client")
    assert b"\0tsv://MS Terminal Services Plugin.1.Farm\r\n\x01\0\x08\0\x0b\0\0\0" in seen[0]


def test_spacing(settings: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch) -> None:
    real, pauses = asyncio.sleep, []

    async def sleep(seconds: float, *given: Any) -> Any:
        pauses.append(seconds)
        return await real(seconds, *given)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    result = look(healthy(settings), spacing=0.2)
    assert pauses.count(0.2) == result["connections"] - 1 >= 4, "one pause between two connections"


@pytest.mark.parametrize(
    "name", ["srv01.example.com", None, "10.0.0.1", "::1", "ünïcode.example", "x" * 300, ".dot", "a..b"]
)
def test_names_in_tls(name: str | None, settings: ssl.SSLContext) -> None:
    assert pair(healthy(settings), server_name=name, depth="client") == ("session", "ok")
