# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that others wrote as a witness: FreeRDP's own, with ``+auth-only``, meets what the probe meets, and its
class of error is the one that the probe's stage and outcome stand for.
"""

from __future__ import annotations

import json
import re
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.module_utils.wire import http

from tests.e2e.commands import ROOT
from tests.hosts.scenarios import SCENARIOS
from tests.lab.servers import real
from tests.profiles import some
from tests.twin.acceptor import PASSWORD, USER, Acceptor, Checker, users
from tests.twin.fleet import Fleet
from tests.unit.plugins.module_utils.fault_server import (
    ULTIMATUM,
    Peer,
    Script,
    after_hello,
    after_request,
    after_tls,
    certificate,
    serving,
    tls_settings,
)
from tests.unit.plugins.module_utils.gateway_stub import ASKS, Stub

pytestmark = pytest.mark.needs_servers

Json = dict[str, Any]
Files = tuple[Path, Path]
IN, WAITS, TRANSPORT, NEGOTIATION, TLS, AUTHENTICATION = (
    "in",
    "waits",
    "transport",
    "negotiation",
    "tls",
    "authentication",
)
# The client's names of its errors. It has none while it waits, and with +auth-only says at its end whether it got in.
_CLASSES = {
    "CONNECT_FAILED": TRANSPORT,
    "CONNECT_TRANSPORT_FAILED": TRANSPORT,
    "SECURITY_NEGO_CONNECT_FAILED": NEGOTIATION,
    "TLS_CONNECT_FAILED": TLS,
    "LOGON_FAILURE": AUTHENTICATION,
    "AUTHENTICATION_FAILED": AUTHENTICATION,
    "ACCOUNT_DISABLED": AUTHENTICATION,
    "ACCOUNT_LOCKED_OUT": AUTHENTICATION,
    "ACCOUNT_EXPIRED": AUTHENTICATION,
    "ACCOUNT_RESTRICTION": AUTHENTICATION,
    "LOGON_TYPE_NOT_GRANTED": AUTHENTICATION,
    "PASSWORD_EXPIRED": AUTHENTICATION,
    "PASSWORD_CERTAINLY_EXPIRED": AUTHENTICATION,
    "PASSWORD_MUST_CHANGE": AUTHENTICATION,
    "NO_OR_MISSING_CREDENTIALS": AUTHENTICATION,
}
# Long enough for any answer on loopback.
_PATIENCE = 6.0


def theirs(
    screen: str, host: str, port: int, user: str = USER, password: str = PASSWORD, inside: Sequence[str] = ()
) -> str:
    """The class of what FreeRDP's client says."""
    options = (f"/u:{user}", f"/p:{password}", "+auth-only")
    code, said = real.xfreerdp(screen, port, *options, timeout=_PATIENCE, host=host, inside=inside)
    if code == -1:
        return WAITS
    if "exit status 0" in said or "ERRINFO_" in said:
        return IN  # error info is said inside a session
    found = re.findall(r"ERRCONNECT_(\w+)", said)
    assert found, said
    return _CLASSES[found[0]]


def ours(look: Json) -> str:
    """The class of a look."""
    stage, outcome = look["stage"], look["outcome"]
    if outcome == "ok":
        return IN
    if outcome in ("silent", "timeout"):
        return WAITS
    if stage == "tls":
        return TLS
    if stage == "credssp" and outcome == "denied":
        return AUTHENTICATION
    if stage == "negotiation" and outcome == "denied":
        return NEGOTIATION
    return TRANSPORT


# Faults, one at each point.

_SERVER = tls_settings(certificate("server"))
_OLD = tls_settings(certificate("server"), ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)


def _says(*pieces: bytes) -> Script:
    def script(peer: Peer) -> None:
        for piece in pieces:
            peer.send(piece)
        peer.fin()

    return script


def _refuses(code: int) -> Script:
    def script(peer: Peer) -> None:
        peer.refuse(code)
        peer.fin()

    return script


def _old(peer: Peer) -> None:
    peer.request()
    peer.confirm(2)
    peer.tls(_OLD)


FAULTS: dict[str, Script] = {
    "closed on accept": Peer.fin,
    "reset after the request": after_request(Peer.reset),
    "closed after the request": after_request(Peer.fin),
    "silent after the request": after_request(Peer.silence),
    "refused 3": after_request(_refuses(3)),
    "refused 6": after_request(_refuses(6)),
    "ultimatum": after_request(_says(ULTIMATUM)),
    "HTTP": after_request(_says(b"HTTP/1.1 400 Bad Request\r\n\r\n")),
    "half a confirm": after_request(_says(bytes.fromhex("030000130ed000001234000201"))),
    "reset at the ClientHello": after_hello(Peer.reset),
    "closed at the ClientHello": after_hello(Peer.fin),
    "silent at the ClientHello": after_hello(Peer.silence),
    "alert at the ClientHello": after_hello(_says(bytes.fromhex("15030300020250"))),
    "old TLS": _old,
    "closed at CredSSP": after_tls(_SERVER, 2, Peer.fin),
    "reset at CredSSP": after_tls(_SERVER, 2, Peer.reset),
    "status at CredSSP": after_tls(_SERVER, 2, _says(bytes.fromhex("300da003020106a4060204c000006d"))),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults(screen: str, name: str) -> None:
    with serving(FAULTS[name]) as server:
        look = probe("127.0.0.1", server.port, timeout=2, depth="client")
        witness = theirs(screen, "127.0.0.1", server.port)
    assert ours(look) == witness, (look["stage"], look["outcome"])


# Every picture that a scenario of the twin shows.


def test_the_twin_s_scenarios(screen: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenarios that look the same from outside are looked at once with FreeRDP's client."""
    monkeypatch.setenv("NTLM_USER_FILE", str(users(tmp_path)))
    pictures: dict[tuple[Any, ...], tuple[Json, Any]] = {}
    names = some(sorted(name for name, scenario in SCENARIOS.items() if not scenario.fault), 3)
    wrong = {}
    with Fleet(names, state_dir=folder) as fleet:
        for twin in fleet.hosts.values():
            look = probe(twin.address, twin.rdp_port, timeout=2, depth="client")
            failure = look["failure"] or {}
            picture = (look["stage"], look["outcome"], look["selected"], failure.get("number"), failure.get("name"))
            pictures.setdefault(picture, (look, twin))
        for picture, (look, twin) in pictures.items():
            checker = Checker()
            if look["outcome"] == "ok" and look["selected"] in ("nla", "nla_ex"):
                twin.listener.accounts = checker
            witness = theirs(screen, twin.address, twin.rdp_port)
            if checker.after:
                witness = IN  # it went on to ask for a conference
            if witness != ours(look):
                wrong[picture] = (twin.name, ours(look), witness)
    assert len(pictures) >= 12
    # The twin's standard RDP security ends with the answer to the request for a conference.
    assert {picture[:3] for picture in wrong} <= {("session", "ok", "rdp"), ("session", "ok", "tls")}, wrong
    assert all(witness == TRANSPORT for _name, _ours, witness in wrong.values())


# Accounts, where the proof says what the client says.


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (None, IN),
        (0xC000006D, AUTHENTICATION),
        (0xC0000071, AUTHENTICATION),
        (0xC0000072, AUTHENTICATION),
        (0xC0000193, AUTHENTICATION),
        (0xC0000224, AUTHENTICATION),
        (0xC0000234, AUTHENTICATION),
        (0xC000015B, AUTHENTICATION),
    ],
)
def test_accounts(
    screen: str, good: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int | None, expected: str
) -> None:
    """The acceptor that the proof is tested with, met by a client that is not ours: it takes it for a server."""
    monkeypatch.setenv("NTLM_USER_FILE", str(users(tmp_path)))
    acceptor = Acceptor(files=good, status=status, selected=2)
    with serving(acceptor) as server:
        witness = theirs(screen, "127.0.0.1", server.port)
    assert (IN if acceptor.after else witness) == expected, "with the right account it asks for a conference"
    assert acceptor.tried == 1 and acceptor.bound is (status is None), acceptor.faults


# Real servers.

SERVERS: dict[str, Callable[[Path, str, Files], AbstractContextManager[int]]] = {
    "xrdp negotiate": lambda folder, _screen, good: real.xrdp(folder, good),
    "xrdp tls": lambda folder, _screen, good: real.xrdp(folder, good, "tls"),
    "xrdp rdp": lambda folder, _screen, good: real.xrdp(folder, good, "rdp"),
    "xrdp without certificate": lambda folder, _screen, _good: real.xrdp(folder, (folder / "no", folder / "no"), "tls"),
    "xrdp with TLS 1.0": lambda folder, _screen, good: real.xrdp(
        folder, good, "tls", protocols="TLSv1", ciphers="ALL:@SECLEVEL=0"
    ),
    "FreeRDP nla": lambda folder, screen, good: real.freerdp(folder, screen, good, "/sec:nla", "+auth"),
    "FreeRDP tls": lambda folder, screen, good: real.freerdp(folder, screen, good, "/sec:tls", "-auth"),
    "FreeRDP rdp": lambda folder, screen, good: real.freerdp(folder, screen, good, "/sec:rdp", "-auth"),
    "FreeRDP, offers nothing": lambda folder, screen, good: real.freerdp(folder, screen, good, "/sec:ext", "-auth"),
    "Weston tls": lambda folder, _screen, good: real.weston(folder, good),
    "Weston rdp": lambda folder, _screen, _good: real.weston(folder, None),
}


@pytest.mark.parametrize("name", SERVERS)
def test_real_servers(folder: Path, screen: str, good: Files, name: str) -> None:
    with SERVERS[name](folder, screen, good) as port:
        look = probe("127.0.0.1", port, timeout=5, depth="client")
        witness = theirs(screen, "127.0.0.1", port, "tester", "tester")
    assert ours(look) == witness, (look["stage"], look["outcome"])


LOOK = """
import json, sys
sys.path.insert(0, "collections")
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
print(json.dumps(probe("127.0.0.1", 3389, timeout=5, depth="client")))
"""


@pytest.mark.parametrize(("password", "expected"), [("tester", IN), ("wrong", WAITS)])
def test_gnome_remote_desktop(folder: Path, screen: str, good: Files, password: str, expected: str) -> None:
    """It answers a wrong password with an error of RDP inside CredSSP, after which the client waits."""
    with real.gnome(folder, good) as inside:
        command = [*inside, sys.executable, "-c", LOOK]
        look = json.loads(
            subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True).stdout
        )
        time.sleep(1)  # this server does not like visitors that follow each other closely
        witness = theirs(screen, "127.0.0.1", 3389, "tester", password, inside)
    assert (look["stage"], look["outcome"], look["selected"]) == ("session", "ok", "nla") and ours(look) == IN
    assert witness == expected


# A gateway: what FreeRDP's client asks it first is what the look asks.


@pytest.mark.parametrize(("kind", "transport"), [("http", "websocket"), ("rpc", "rpc")])
def test_a_gateway_is_asked_as_a_client_asks_it(screen: str, good: Files, kind: str, transport: str) -> None:
    stub = Stub(tls_settings(good), ASKS, rpc=ASKS)
    with serving(stub) as server:
        options = (f"/g:127.0.0.1:{server.port}", "/gu:u", "/gp:p", f"/gt:{kind}", "/u:u", "/p:p", "+auth-only")
        code, said = real.xfreerdp(screen, 3389, *options, host="192.0.2.1")
    assert code > 0 and "ERRCONNECT" in said, "it does not get in, for the stub goes on asking"
    first, theirs_ = stub.requests[0]
    ours_ = http.request(transport, "127.0.0.1", bytes(16)).decode().strip().split("\r\n")
    assert ours_[0] == first
    headers = dict(line.split(": ", 1) for line in ours_[1:])
    assert {name.lower() for name in headers} <= {name.lower() for name in theirs_}
    for name in ("Accept", "User-Agent", "Host", "Connection", "Upgrade", "Cache-Control"):
        assert headers.get(name) == theirs_.get(name), name
    assert "Authorization" in theirs_ and "Authorization" not in headers, "the look has no account"
