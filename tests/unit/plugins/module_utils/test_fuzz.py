# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a server says, wherever and however slowly.

The probe ends in time, in a stated outcome, and without an exception.
"""

from __future__ import annotations

import contextlib
import json
import select
import socket
import ssl
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import OUTCOMES, STAGES, probe
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import with_certificate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.profiles import examples
from tests.unit.plugins.module_utils.deadlines import in_time
from tests.unit.plugins.module_utils.fault_server import (
    CHALLENGE,
    MCS_RESPONSE,
    ULTIMATUM,
    Peer,
    Script,
    Server,
    confirm,
    healthy,
    tls_settings,
)
from tests.unit.plugins.module_utils.vectors import VECTORS, vector

pytestmark = pytest.mark.needs_sockets

TIMEOUT, DEADLINE = 0.25, 1.5

# What is said at one point: pieces with pauses between them, then an ending.
_piece = st.one_of(
    st.binary(max_size=400),
    st.sampled_from([vector(name) for name in VECTORS]),
    st.sampled_from([confirm(selected) for selected in (0, 1, 2, 4, 8, 16)]),
    st.sampled_from([CHALLENGE, MCS_RESPONSE, ULTIMATUM]),
    st.sampled_from(
        [
            b"\x16\x03\x03\x00\x05hello",
            b"\x15\x03\x03\x00\x02\x02\x28",
            b"\x30\x84\x7f\xff\xff\xff",
            b"\x03\x00\xff\xff",
            bytes(20000),
        ]
    ),
)
_damage = st.tuples(st.integers(0, 400), st.integers(0, 255))


@st.composite
def _speech(draw: st.DrawFn) -> list[tuple[bytes, float]]:
    pieces = []
    for _turn in range(draw(st.integers(0, 3))):
        data = bytearray(draw(_piece))
        for at, value in draw(st.lists(_damage, max_size=3)):
            if at < len(data):
                data[at] = value
        pieces.append((bytes(data), draw(st.sampled_from([0.0, 0.0, 0.01, 0.1, 0.3]))))
    return pieces


_point = st.sampled_from(["accept", "request", "hello", "tls", "tls only"])
_ending = st.sampled_from(["fin", "reset", "silence"])


@pytest.fixture(scope="module")
def stage_server() -> Iterator[tuple[Server, dict[str, Any]]]:
    script: dict[str, Any] = {}
    context: ssl.SSLContext = tls_settings()

    def run(peer: Peer) -> None:
        point, selected = script["point"], script["selected"]
        try:
            if point != "accept":
                peer.request()
            if point in ("hello", "tls", "tls only"):
                peer.confirm(selected)
            if point == "hello":
                peer.hello()
            if point in ("tls", "tls only"):
                peer.tls(context)
            if point == "tls":
                peer.sock.recv(4096)
            for data, pause in script["speech"]:
                peer.send(data)
                time.sleep(pause)
        finally:
            {"fin": peer.fin, "reset": peer.reset, "silence": peer.silence}[script["ending"]]()

    with Server(run) as server:
        yield server, script


@settings(
    max_examples=examples(40, 1200),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(point=_point, selected=st.sampled_from([0, 1, 2, 8]), speech=_speech(), ending=_ending)
def test_any_server_gives_an_outcome_in_time(
    stage_server: tuple[Server, dict[str, Any]],
    point: str,
    selected: int,
    speech: list[tuple[bytes, float]],
    ending: str,
) -> None:
    server, script = stage_server
    script.update(point=point, selected=selected, speech=speech, ending=ending)
    with in_time():
        result = probe("127.0.0.1", server.port, timeout=TIMEOUT, deadline=DEADLINE)
    assert result["stage"] in STAGES and result["outcome"] in OUTCOMES
    assert (result["failure"] or {}).get("kind") != "internal", result["detail"]
    assert result["stage"] not in ("name", "tcp")
    assert result["stage"] == "session" or result["outcome"] != "ok"
    assert result["detail"] and set(result["offered"].values()) <= {True, False, None}
    json.dumps(with_certificate(result))


@settings(max_examples=examples(20, 600), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.binary(max_size=200), pause=st.sampled_from([0.0, 0.005]), ending=_ending)
def test_bytes_that_come_one_by_one(data: bytes, pause: float, ending: str) -> None:
    def run(peer: Peer) -> None:
        peer.request()
        try:
            peer.drip(struct.pack(">BBH", 3, 0, 4 + len(data)) + data, pause)
        finally:
            {"fin": peer.fin, "reset": peer.reset, "silence": peer.silence}[ending]()

    with Server(run) as server:
        result = probe("127.0.0.1", server.port, timeout=TIMEOUT, deadline=DEADLINE, depth="client")
    assert (
        result["stage"] in STAGES
        and result["outcome"] in OUTCOMES
        and (result["failure"] or {}).get("kind") != "internal"
    )


# A healthy server behind a line that breaks, or that changes bytes, anywhere.


def line(upstream: int, cut: int, ending: str, changes: dict[int, int]) -> Script:
    def script(peer: Peer) -> None:
        server = socket.create_connection(("127.0.0.1", upstream), 5)
        broken = threading.Event()

        def forth() -> None:
            with contextlib.suppress(OSError):
                while not broken.is_set():
                    if select.select([peer.raw], [], [], 0.02)[0]:
                        data = peer.raw.recv(65536)
                        if not data:
                            break
                        with contextlib.suppress(OSError):
                            server.sendall(data)
                server.shutdown(socket.SHUT_WR)

        thread = threading.Thread(target=forth, daemon=True)
        thread.start()
        passed = 0
        with server, contextlib.suppress(OSError):
            while passed < cut and (data := server.recv(min(65536, cut - passed))):
                changed = bytes(changes.get(passed + at, 0) ^ byte for at, byte in enumerate(data))
                passed += len(data)
                peer.raw.sendall(changed)
        # The other direction goes on being read, so that what ends the connection is the ending and nothing else.
        if ending == "reset":
            broken.set()
            thread.join(5)
            peer.reset()
        elif ending == "fin":
            peer.half_close()
        thread.join(5)

    return script


@pytest.fixture(scope="module", params=["nla", "tls", "nla over TLS 1.2", "standard security"])
def upstream(request: pytest.FixtureRequest) -> Iterator[Server]:
    highest = ssl.TLSVersion.TLSv1_2 if "1.2" in request.param else ssl.TLSVersion.TLSv1_3
    context = tls_settings(highest=highest)

    def standard(peer: Peer) -> None:
        peer.request()
        peer.confirm(0)
        peer.tpkt()
        peer.send(MCS_RESPONSE)
        peer.fin()

    def tls_only(peer: Peer) -> None:
        peer.request()
        peer.confirm(1)
        peer.tls(context)
        peer.tpkt()
        peer.send(MCS_RESPONSE)
        peer.fin()

    with Server({"tls": tls_only, "standard security": standard}.get(request.param, healthy(context))) as server:
        yield server


ENDED = {"fin": "closed", "reset": "reset", "silence": "silent"}


@settings(
    max_examples=examples(12, 400),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(cut=st.integers(0, 2600), ending=_ending)
def test_a_line_that_breaks_anywhere_is_told_as_it_broke(upstream: Server, cut: int, ending: str) -> None:
    with Server(line(upstream.port, cut, ending, {})) as server:
        result = probe(
            "127.0.0.1", server.port, timeout=1.0 if ending == "silence" else 10, deadline=20, depth="client"
        )
    assert result["outcome"] in ("ok", ENDED[ending]), result["detail"]
    if cut < 19:
        assert (result["stage"], result["outcome"]) == ("negotiation", ENDED[ending])
    if result["outcome"] != "ok" and cut >= 19:
        assert result["stage"] in ("tls", "credssp", "session")


@settings(
    max_examples=examples(12, 400),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(changes=st.dictionaries(st.integers(0, 2600), st.integers(1, 255), min_size=1, max_size=4), ending=_ending)
def test_a_line_that_changes_bytes(upstream: Server, changes: dict[int, int], ending: str) -> None:
    with Server(line(upstream.port, 1 << 20, ending, changes)) as server, in_time():
        result = probe("127.0.0.1", server.port, timeout=0.4, deadline=3, depth="client")
    assert result["stage"] in STAGES and result["outcome"] in OUTCOMES
    assert (result["failure"] or {}).get("kind") != "internal", result["detail"]
    json.dumps(with_certificate(result))
