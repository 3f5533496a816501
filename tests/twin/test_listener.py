# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Remote Desktop listener, met with plain sockets and the standard library's TLS: it behaves as the state of its
host says."""

from __future__ import annotations

import hashlib
import socket
import ssl
import struct
from collections.abc import Iterator

import pytest

from tests.hosts.scenarios import SCENARIOS
from tests.hosts.windows import RDP_TCP, TS, WS
from tests.twin.fleet import Fleet, Twin

pytestmark = pytest.mark.needs_fleet

RDP, SSL, HYBRID, HYBRID_EX = 0, 1, 2, 8
NAMES = sorted(name for name, scenario in SCENARIOS.items() if not scenario.fault)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(NAMES, state_dir=tmp_path_factory.mktemp("listener")) as running:
        yield running


@pytest.fixture
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Twin]:
    with Fleet(["healthy"], state_dir=tmp_path_factory.mktemp("one")) as running:
        yield running.hosts["healthy"]


def _connect(twin: Twin) -> socket.socket:
    return socket.create_connection((twin.address, twin.rdp_port), 5)


def _negotiate(sock: socket.socket, protocols: int | None) -> tuple[str, int]:
    """Ask as a client does: what came back, and its number (the protocol selected, or the failure's code)."""
    variable = b"" if protocols is None else struct.pack("<BBHI", 1, 0, 8, protocols)
    sock.sendall(struct.pack(">BBHBBHHB", 3, 0, 11 + len(variable), 6 + len(variable), 0xE0, 0, 0, 0) + variable)
    answer = b""
    try:
        while len(answer) < 4 or len(answer) < struct.unpack(">H", answer[2:4])[0]:
            part = sock.recv(4096)
            if not part:
                return "closed", 0
            answer += part
    except ConnectionResetError:
        return "reset", 0
    except TimeoutError:
        return "silent", 0
    assert answer[:2] == b"\x03\x00" and answer[5] & 0xF0 == 0xD0
    if len(answer) == 11:
        return "bare", 0
    kind, _flags, length, number = struct.unpack("<BBHI", answer[11:19])
    assert length == 8
    return {2: "selected", 3: "failure"}[kind], number


def _ask(twin: Twin, protocols: int | None) -> tuple[str, int]:
    with _connect(twin) as sock:
        return _negotiate(sock, protocols)


def _tls(twin: Twin, protocols: int = SSL | HYBRID | HYBRID_EX) -> str:
    """SHA-1 of the certificate that is served. Raises what the handshake raises."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with _connect(twin) as sock:
        assert _negotiate(sock, protocols)[0] == "selected"
        with context.wrap_socket(sock) as secure:
            return hashlib.sha1(secure.getpeercert(True) or b"").hexdigest().upper()


@pytest.mark.parametrize(
    ("layer", "nla", "asked", "expected"),
    [
        (2, 1, SSL | HYBRID | HYBRID_EX, ("selected", HYBRID_EX)),
        (2, 1, SSL | HYBRID, ("selected", HYBRID)),
        (2, 1, SSL, ("failure", 5)),
        (2, 1, RDP, ("failure", 5)),
        (2, 0, SSL, ("selected", SSL)),
        (2, 0, RDP, ("failure", 1)),
        (2, 0, SSL | HYBRID, ("selected", HYBRID)),
        (1, 0, RDP, ("selected", RDP)),
        (1, 0, SSL, ("selected", SSL)),
        (1, 1, SSL, ("failure", 5)),
        (0, 0, SSL, ("failure", 2)),
        (0, 0, RDP, ("selected", RDP)),
        (7, 1, SSL | HYBRID, ("closed", 0)),
    ],
)
def test_negotiation_follows_the_settings(
    healthy: Twin, layer: int, nla: int, asked: int, expected: tuple[str, int]
) -> None:
    healthy.host.dword(RDP_TCP, "SecurityLayer", layer)
    healthy.host.dword(RDP_TCP, "UserAuthentication", nla)
    assert _ask(healthy, asked) == expected


def test_a_policy_is_in_force_over_the_local_value(fleet: Fleet) -> None:
    assert _ask(fleet.hosts["policy_nla_off"], SSL) == ("selected", SSL)
    assert _ask(fleet.hosts["policy_security_layer"], SSL | HYBRID) == ("failure", 2)
    assert _ask(fleet.hosts["healthy_policy"], SSL | HYBRID) == ("selected", HYBRID)


@pytest.mark.parametrize(
    "name",
    ["healthy", "healthy_2016", "healthy_german", "cert_expired", "pin_alive", "pin_expired", "sessionenv_stopped"],
)
def test_the_bound_certificate_is_served(fleet: Fleet, name: str) -> None:
    host = fleet.hosts[name].host
    bound = host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash") or host.thumbprint(WS, "SelfSignedCertificate")
    assert _tls(fleet.hosts[name]) == bound


@pytest.mark.parametrize(
    "name",
    [
        "key_unreadable",
        "key_unreadable_2016",
        "key_denied",
        "key_missing",
        "pin_dead",
        "pin_malformed",
        "pin_key_missing",
        "pin_key_unreadable",
    ],
)
def test_without_a_usable_key_the_socket_dies_after_the_hello(fleet: Fleet, name: str) -> None:
    with pytest.raises((ConnectionResetError, ssl.SSLEOFError, ssl.SSLZeroReturnError)):
        _tls(fleet.hosts[name])


def test_without_a_certificate_tls_is_refused_by_number(fleet: Fleet) -> None:
    assert _ask(fleet.hosts["cert_missing"], SSL | HYBRID) == ("failure", 3)


def test_a_dead_pin_may_also_fall_back(fleet: Fleet) -> None:
    twin = fleet.hosts["pin_dead_fallback"]
    assert _tls(twin) == twin.host.thumbprint(WS, "SelfSignedCertificate")


@pytest.mark.parametrize(
    "name", ["rdp_off", "listener_off", "termservice_disabled", "termservice_stopped", "policy_rdp_off"]
)
def test_nobody_listens(fleet: Fleet, name: str) -> None:
    with pytest.raises(ConnectionRefusedError):
        _connect(fleet.hosts[name]).close()


@pytest.mark.parametrize("name", ["port_filtered", "firewall_rule_off"])
def test_a_filter_swallows_who_knocks(fleet: Fleet, name: str) -> None:
    with pytest.raises(TimeoutError):
        socket.create_connection((fleet.hosts[name].address, 3389), 0.7)


def test_the_port_in_force_is_served(fleet: Fleet) -> None:
    twin = fleet.hosts["healthy_port"]
    assert twin.rdp_port == 3390 and _tls(twin)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((twin.address, 3389), 5)


def test_boxes_in_the_way_are_told_from_the_host(fleet: Fleet) -> None:
    assert _ask(fleet.hosts["middlebox_reset"], SSL)[0] == "reset"
    with pytest.raises((ConnectionResetError, ssl.SSLEOFError)):
        _tls(fleet.hosts["middlebox_tls"])
    with _connect(fleet.hosts["middlebox_silent"]) as sock:
        sock.settimeout(1)
        assert _negotiate(sock, SSL)[0] == "silent"


def test_credssp_answers_with_a_challenge(healthy: Twin) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with _connect(healthy) as sock:
        assert _negotiate(sock, SSL | HYBRID) == ("selected", HYBRID)
        with context.wrap_socket(sock) as secure:
            token = b"NTLMSSP\0" + struct.pack("<II", 1, 0xE2088297) + b"\0" * 24
            inner = b"\x04" + bytes([len(token)]) + token
            for tag in (0xA0, 0x30, 0x30, 0xA1):
                inner = bytes([tag, len(inner)]) + inner
            body = b"\xa0\x03\x02\x01\x06" + inner
            secure.sendall(b"\x30" + bytes([len(body)]) + body)
            answer = secure.recv(4096)
    assert b"NTLMSSP\0\x02\0\0\0" in answer and "HEALTHY".encode("utf-16-le") in answer


def test_a_credential_is_held_until_the_service_starts_anew(healthy: Twin) -> None:
    host = healthy.host
    served = _tls(healthy)
    host.data["files"][host.key_path("TSSecKeySet1")]["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    host.changed()
    assert _tls(healthy) == served
    host.stop("TermService")
    host.changed()
    with pytest.raises(ConnectionRefusedError):
        _connect(healthy).close()
    assert host.start("TermService") == 0
    host.changed()
    with pytest.raises((ConnectionResetError, ssl.SSLEOFError)):
        _tls(healthy)


def test_turning_it_off_and_on_moves_the_socket(healthy: Twin) -> None:
    for value, listens in ((1, False), (0, True)):
        healthy.host.dword(TS, "fDenyTSConnections", value)
        healthy.host.changed()
        if listens:
            assert _tls(healthy)
        else:
            with pytest.raises(ConnectionRefusedError):
                _connect(healthy).close()


def test_looking_changes_nothing_that_lasts(healthy: Twin) -> None:
    before = healthy.state
    _tls(healthy)
    _ask(healthy, SSL)
    assert healthy.state == before
