# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The look at a gateway against a stub that answers as MS-TSGU and RFC 9110 say. No real gateway was met."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.gateway import STAGES, look_at_gateway
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import OUTCOMES
from ansible_collections.winops.rdp.plugins.module_utils.wire import http
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import with_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import code_tables
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.codes import explain
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.gateway import client_codes
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ports import free_port
from tests.profiles import examples
from tests.unit.plugins.module_utils.fault_server import Peer, certificate, serving, tls_settings
from tests.unit.plugins.module_utils.gateway_stub import ASKS, Stub, status

Json = dict[str, Any]
sockets = pytest.mark.needs_sockets


@pytest.fixture(scope="module")
def files() -> tuple[Path, Path]:
    return certificate(
        "localhost", "-newkey", "rsa:2048", "-sha256", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"
    )


@pytest.fixture(scope="module")
def context(files: tuple[Path, Path]) -> ssl.SSLContext:
    return tls_settings(files)


def look(script: Callable[[Peer], None], **more: Any) -> Json:
    with serving(script) as server:
        found = with_certificate(look_at_gateway("127.0.0.1", server.port, timeout=2, deadline=15, **more))
    json.dumps(found)
    assert found["stage"] in STAGES and found["outcome"] in OUTCOMES and found["detail"].endswith(".")
    return found


@sockets
def test_a_gateway(context: ssl.SSLContext) -> None:
    stub = Stub(context, ASKS, rpc=ASKS)
    found = look(stub, server_name="localhost")
    assert (found["stage"], found["outcome"]) == ("http", "ok") and found["authentication"] == ["Negotiate", "NTLM"]
    assert {name: kept["answer"] for name, kept in found["transports"].items()} == dict.fromkeys(
        ("http", "websocket", "rpc"), "asks_for_account"
    )
    assert found["server"] == "Microsoft-HTTPAPI/2.0" and found["tls"]["version"] == "TLSv1.3"
    assert found["certificate"]["common_name"] == "localhost" and found["certificate"]["days_left"] >= 182
    assert [first for first, _headers in stub.requests] == [
        "RDG_OUT_DATA /remoteDesktopGateway/ HTTP/1.1",
        "RDG_OUT_DATA /remoteDesktopGateway/ HTTP/1.1",
        "RPC_IN_DATA /rpc/rpcproxy.dll?localhost:3388 HTTP/1.1",
    ]
    headers = stub.requests[1][1]
    assert headers["Upgrade"] == "websocket" and headers["Sec-WebSocket-Version"] == "13"
    assert headers["Host"].startswith("localhost:") and not any(
        "Authorization" in each for _first, each in stub.requests
    )
    ids = {each["RDG-Connection-Id"] for _first, each in stub.requests if "RDG-Connection-Id" in each}
    assert len(ids) == 1 and len(ids.pop()) == 38, "both connections are of one client"


@sockets
def test_trust_is_that_of_the_machine_that_looks(
    context: ssl.SSLContext, files: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    found = look(Stub(context, ASKS), server_name="localhost")
    assert found["trusted"]["ok"] is False and found["trusted"]["number"] == 18, "self-signed, and known to nobody"
    assert [each["code"] for each in client_codes(found)] == ["0x3000003"]
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    found = look(Stub(context, ASKS), server_name="localhost")
    assert found["trusted"] == {"ok": True, "number": 0, "reason": None} and client_codes(found) == []


@sockets
@pytest.mark.parametrize(
    ("answer", "word", "outcome"),
    [
        (status("404 Not Found"), "absent", "denied"),
        (status("403 Forbidden"), "forbidden", "denied"),
        (status("405 Method Not Allowed"), "verb_refused", "denied"),
        (status("501 Not Implemented"), "verb_refused", "denied"),
        (status("503 Service Unavailable"), "unavailable", "denied"),
        (status("407 Proxy Authentication Required"), "proxy", "denied"),
        (status("302 Found"), "redirected", "denied"),
        (status("400"), "other", "denied"),
        (status("200 OK"), "open", "denied"),
        (b"", "closed", "closed"),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "malformed", "malformed"),
        (b"HTTP/1.1 abc\r\n\r\n", "malformed", "malformed"),
        (b"HTTP/1.1 401 Un", "closed", "closed"),
    ],
)
def test_what_is_no_gateway(context: ssl.SSLContext, answer: bytes, word: str, outcome: str) -> None:
    found = look(Stub(context, answer, rpc=answer or b"HTTP"))
    assert (found["stage"], found["outcome"]) == ("http", outcome)
    assert found["transports"]["http"]["answer"] == word and found["authentication"] == []
    code = "0x3000020" if word == "proxy" else "0x300000D"
    assert code in [each["code"] for each in client_codes(found)]


@sockets
def test_transports_are_told_apart(context: ssl.SSLContext) -> None:
    """A proxy that lets an ordinary verb through and not the gateway's own is the usual trouble."""
    found = look(Stub(context, status("501 Not Implemented"), websocket=ASKS))
    assert {name: kept["answer"] for name, kept in found["transports"].items()} == {
        "http": "verb_refused",
        "websocket": "asks_for_account",
        "rpc": "absent",
    }
    assert found["outcome"] == "ok" and "websocket" in found["detail"] and "http" not in found["detail"]


@sockets
@pytest.mark.parametrize(("ending", "outcome"), [(Peer.reset, "reset"), (Peer.fin, "closed")])
def test_tls_that_breaks_off(ending: Callable[[Peer], None], outcome: str) -> None:
    def script(peer: Peer) -> None:
        peer.hello()
        ending(peer)

    found = look(script)
    assert (found["stage"], found["outcome"]) == ("tls", outcome)
    assert found["tls"] is None and found["trusted"] is None
    assert [each["code"] for each in client_codes(found)] == ["0x300000D"]


@sockets
def test_plain_http_on_the_port() -> None:
    def script(peer: Peer) -> None:
        peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        peer.fin()

    assert look(script)["stage"] == "tls"


@sockets
def test_nobody_listens() -> None:
    port = free_port()
    found = look_at_gateway("127.0.0.1", port)
    assert (found["stage"], found["outcome"]) == ("tcp", "refused")
    assert [each["code"] for each in client_codes(found)] == ["0x300000C"]


def test_a_name_that_does_not_resolve() -> None:
    found = look_at_gateway("no-such-host.invalid")
    assert (found["stage"], found["outcome"]) == ("name", "unresolved")


@sockets
def test_an_answer_without_end(context: ssl.SSLContext) -> None:
    def script(peer: Peer) -> None:
        peer.tls(context)
        peer.send(b"HTTP/1.1 401 Unauthorized\r\n")
        with suppress(OSError):
            peer.endless(b"X: " + b"y" * 1000 + b"\r\n")

    found = look(script)
    assert found["outcome"] == "malformed" and "no end" in (found["transports"]["http"]["detail"] or "")


@pytest.mark.parametrize(
    ("weaknesses", "trusted", "code"),
    [
        (["expired", "self_signed"], False, 0x3000007),
        (["name_mismatch"], True, 0x3000006),
        ([], False, 0x3000003),
        ([], True, None),
        ([], None, None),
    ],
)
def test_codes_that_go_with_a_certificate(weaknesses: list[str], trusted: bool | None, code: int | None) -> None:
    seen = {
        "stage": "http",
        "outcome": "ok",
        "certificate": {"weaknesses": weaknesses},
        "trusted": None if trusted is None else {"ok": trusted},
        "transports": dict.fromkeys(http.TRANSPORTS),
    }
    assert [each["code"] for each in client_codes(seen)] == ([f"0x{code:X}"] if code else [])


def test_every_code_of_a_gateway_leads_to_the_look() -> None:
    codes = [code for code in code_tables.TABLES[code_tables.DISCONNECT] if 0x3000000 < code < 0x3000100]
    assert len(codes) > 20
    text = (Path(__file__).parents[4] / "docs/causes/client.md").read_text(encoding="utf-8")
    section = text.partition('<a id="client.gateway"></a>')[2].partition('<a id="')[0]
    assert "probe.md#a-remote-desktop-gateway" in section and "gateway=NAME" in section
    assert all(explain(code)["advice"] for code in codes)
    assert all("gateway=NAME" in explain(code)["advice"] for code in codes if code not in (0x3000008,))


# Parsers.


def test_schemes() -> None:
    head = (
        b"HTTP/1.1 401 x\r\nWWW-Authenticate: Negotiate, NTLM\r\n"
        b'www-authenticate: Basic realm="a, b", charset="UTF-8"\r\n'
        b"WWW-Authenticate: Digest qop=auth\r\nWWW-Authenticate: \r\nWWW-Authenticate: !\r\n\r\n"
    )
    assert http.parse(head).schemes == ["Negotiate", "NTLM", "Basic", "Digest"]


@pytest.mark.parametrize(
    ("value", "schemes"),
    [
        ('Negotiate, NTLM, Basic realm="gw"', ["Negotiate", "NTLM", "Basic"]),
        ('Basic realm="a, Foo, c"', ["Basic"]),
        (r'Basic realm="a\", Foo, c", NTLM', ["Basic", "NTLM"]),
        ('Digest realm="a", nonce = "b", qop ="auth", Basic realm = "c"', ["Digest", "Basic"]),
        (', NTLM TlRMTVNTUAAC, Basic realm="gw', ["NTLM", "Basic"]),
    ],
)
def test_schemes_in_one_header(value: str, schemes: list[str]) -> None:
    """RFC 9110 11.6.1: challenges and their parameters are separated by the same comma."""
    assert http.parse(f"HTTP/1.1 401 x\r\nWWW-Authenticate: {value}\r\n\r\n".encode()).schemes == schemes


def test_text_that_would_steer_a_terminal_is_replaced() -> None:
    found = http.parse(b"HTTP/1.1 401 \x1b[2J\r\nServer: a\x07b\r\n\r\n")
    assert "\x1b" not in found.reason and found.first("server") == "a\ufffdb"


@settings(max_examples=examples(150, 6000))
@given(data=st.one_of(st.binary(max_size=400), st.binary(max_size=200).map(lambda more: b"HTTP/1.1 401 x\r\n" + more)))
def test_the_reader_takes_any_bytes(data: bytes) -> None:
    with suppress(Malformed):
        size = http.head_length(data)
        if size is not None:
            assert size <= len(data)
            found = http.parse(data[:size])
            assert 100 <= found.status < 600 and all(scheme.isascii() for scheme in found.schemes)


@sockets
@settings(max_examples=examples(12, 400), deadline=None)
@given(data=st.one_of(st.binary(max_size=300), st.binary(max_size=300).map(lambda more: ASKS[:60] + more)))
def test_any_gateway_gives_an_outcome(data: bytes) -> None:
    found = look(Stub(tls_settings(certificate("server")), data))
    assert (found["failure"] or {}).get("kind") != "internal"
