# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Listeners that attack the probe: no number, stream or fault of one target may cost another target its result."""

from __future__ import annotations

import asyncio
import base64
import errno
import json
import os
import random
import resource
import socket
import ssl
import stat
import struct
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe import connection, exchange, host, portable
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import ARGUMENT_SPEC, check
from ansible_collections.winops.rdp.plugins.module_utils.probe.result import run_probe
from ansible_collections.winops.rdp.plugins.module_utils.probe.sweep import sweep
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, der, mcs, negotiation, ntlm, tls, x224
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Excessive, Malformed, NotRdp

from tests.attacks import mutants
from tests.unit.plugins.module_utils.fault_server import (
    Peer,
    Script,
    after_hello,
    after_request,
    after_tls,
    certificate,
    healthy,
    serving,
    tls_settings,
)
from tests.unit.plugins.module_utils.vectors import VECTORS, vector

PROBE = {
    "timeout": 3.0,
    "deadline": 10.0,
    "server_name": None,
    "load_balance_info": None,
    "depth": "client",
    "spacing": 0.0,
}
HUGE = b"\x7f" * 3000


@pytest.fixture(scope="module")
def settings() -> ssl.SSLContext:
    return tls_settings()


def options(**given: Any) -> dict[str, Any]:
    return {**{name: spec.get("default") for name, spec in ARGUMENT_SPEC.items()}, "depth": "client", **given}


# Numbers.


def ts_request(version: bytes = b"\x06", token: bytes = b"", error: bytes | None = None) -> bytes:
    """A TSRequest whose integers have the given content."""
    body = der.tlv(0xA0, der.tlv(0x02, version))
    body += der.tlv(0xA1, der.tlv(0x30, der.tlv(0x30, der.tlv(0xA0, der.tlv(0x04, token)))))
    if error is not None:
        body += der.tlv(0xA4, der.tlv(0x02, error))
    return der.tlv(0x30, body)


@pytest.mark.parametrize("content", [HUGE, b"\x01" * 9, b"\x7f" * 8, b""])
def test_a_credssp_version_that_is_no_version(content: bytes) -> None:
    with pytest.raises(Malformed):
        credssp.parse(ts_request(version=content))


@pytest.mark.parametrize("content", [HUGE, b"\x01" * 9, b""])
def test_a_credssp_error_that_is_no_status(content: bytes) -> None:
    with pytest.raises(Malformed):
        credssp.parse(ts_request(error=content))


@pytest.mark.parametrize("content", [HUGE, b"\x01\x00", b""])
def test_a_spnego_state_that_is_no_state(content: bytes) -> None:
    with pytest.raises(Malformed):
        credssp.spnego_state(der.tlv(0xA1, der.tlv(0x30, der.tlv(0xA0, der.tlv(0x0A, content)))))


@pytest.mark.parametrize("content", [HUGE, b"\x01\x00"])
def test_an_mcs_result_that_is_no_result(content: bytes) -> None:
    with pytest.raises(Malformed):
        mcs.parse_response(x224.data(der.tlv(0x7F66, der.tlv(0x0A, content))))


def challenge(info: bytes) -> bytes:
    head = ntlm.SIGNATURE + struct.pack("<IHHIIQQHHI", 2, 0, 0, 48, 1, 0, 0, len(info), len(info), 48)
    return head + info


def attribute(kind: int, value: bytes) -> bytes:
    return struct.pack("<HH", kind, len(value)) + value


def test_an_ntlm_name_that_is_no_name() -> None:
    with pytest.raises(Malformed):
        ntlm.parse_challenge(challenge(attribute(1, "x".encode("utf-16-le") * 256)))
    assert ntlm.parse_challenge(challenge(attribute(3, "x".encode("utf-16-le") * 255))).names


@pytest.mark.parametrize("character", ["\x1b", "\0", "\n", "\x9b", "\u202e", "\u2028"])
def test_an_ntlm_name_that_steers_a_terminal(character: str) -> None:
    read = ntlm.parse_challenge(challenge(attribute(1, f"SRV{character}01".encode("utf-16-le"))))
    assert read.names == {"computer": "SRV\ufffd01"}


def test_ntlm_attributes_without_end() -> None:
    with pytest.raises(Malformed):
        ntlm.parse_challenge(challenge(attribute(99, b"") * 4000))


@pytest.mark.parametrize("filetime", [0xFFFFFFFFFFFFFFFF, 1 << 63])
def test_an_ntlm_time_that_no_calendar_has(filetime: int) -> None:
    """Without the bound the host's clock was unknown and its difference to ours known."""
    assert ntlm.parse_challenge(challenge(attribute(7, struct.pack("<Q", filetime)))).time is None


def test_a_ts_request_that_is_longer_than_any() -> None:
    with pytest.raises(Malformed):
        credssp.frame_length(b"\x30\x82\x7f\xff")


@pytest.mark.parametrize(
    "value",
    [
        {"a": 1 << 63},
        {"a": [-(1 << 63) - 1]},
        {"a": float("nan")},
        {"a": float("inf")},
        {"a": b"bytes"},
        {"a": "\ud800"},
        {"a": "x" * 100000},
        list(range(2000)),
        [[[[[[[[[[1]]]]]]]]]],
    ],
)
def test_what_a_result_may_not_hold(value: Any) -> None:
    with pytest.raises(ValueError):
        portable.check_portable(value)


# TLS before any key: records, certificates, groups.


def record(content: bytes, kind: int = tls.HANDSHAKE) -> bytes:
    return struct.pack(">BHH", kind, 0x0303, len(content)) + content


def message(kind: int, body: bytes) -> bytes:
    return bytes((kind,)) + len(body).to_bytes(3, "big") + body


def server_hello(cipher: int = 0xC02F, session: bytes = b"") -> bytes:
    body = b"\x03\x03" + bytes(32) + bytes((len(session),)) + session + struct.pack(">HB", cipher, 0)
    body += b"\x00\x05\xff\x01\x00\x01\x00"  # secure renegotiation, which current clients demand
    return message(2, body)


def one_byte_records(content: bytes) -> bytes:
    return b"".join(record(content[at : at + 1]) for at in range(len(content)))


ENDLESS = one_byte_records(server_hello() + b"\x0b\x00\xff\xff" + bytes(20000))


@pytest.mark.parametrize("reader", [tls.Flight, tls.Watch])
def test_records_of_one_byte_come_to_an_end(reader: Any) -> None:
    with pytest.raises(Excessive):
        reader().feed(ENDLESS)


@pytest.mark.parametrize("reader", [tls.Flight, tls.Watch])
def test_warnings_without_end(reader: Any) -> None:
    with pytest.raises(Excessive):
        reader().feed(record(b"\x01\x70", tls.ALERT) * 1000)


def test_an_alert_behind_ten_thousand_records_is_not_looked_for() -> None:
    assert tls.plain_alert(ENDLESS + record(b"\x02\x28", tls.ALERT)) is None


def test_each_byte_is_moved_a_bounded_number_of_times() -> None:
    """A record that arrives byte by byte is not put together anew for each of them."""
    reader = tls.RecordReader()
    whole = record(bytes(16384))
    buffer = reader._pending
    for byte in whole[:-1]:
        assert list(reader.feed(bytes((byte,)))) == []
    assert reader._pending is buffer and len(buffer) == len(whole) - 1
    assert list(reader.feed(whole[-1:])) == [(tls.HANDSHAKE, bytes(16384))] and reader._pending is buffer and not buffer


@pytest.mark.parametrize("reader", [tls.Flight, tls.Watch])
def test_a_message_that_is_longer_than_any_is_not_waited_for(reader: Any) -> None:
    with pytest.raises(Excessive):
        reader().feed(record(server_hello()) + record(b"\x0b\x01\x86\x9f" + bytes(16000)))


def test_certificates_without_end() -> None:
    listed = (b"\x00\x00\x01x") * 5000
    body = message(11, len(listed).to_bytes(3, "big") + listed)
    with pytest.raises(Excessive):
        tls.Flight().feed(record(server_hello()) + record(body[:16000]) + record(body[16000:]))


@pytest.mark.parametrize("cipher", [0x009E, 0x00A2, 0x0033, 0x006C])
@pytest.mark.parametrize("before", [b"", message(0, b"")], ids=["", "after a HelloRequest"])
@pytest.mark.parametrize("reader", [tls.Flight, tls.Watch])
def test_a_diffie_hellman_group_that_costs_seconds(reader: Any, before: bytes, cipher: int) -> None:
    number = struct.pack(">H", 1250) + b"\xff" * 1250
    exchange_ = message(12, number + b"\x00\x01\x02" + number + bytes(260))
    with pytest.raises(Excessive, match="10000 bits"):
        reader().feed(record(before + server_hello(cipher)) + record(exchange_))


def test_an_ordinary_group_and_any_curve_are_taken() -> None:
    number = struct.pack(">H", 256) + b"\xff" * 256
    tls.Watch().feed(record(server_hello(0x009E)) + record(message(12, number + b"\x00\x01\x02" + number)))
    tls.Watch().feed(record(server_hello(0xC02F)) + record(message(12, b"\x03\x00\x17\x41" + bytes(4000))))


def large_group(folder: Path, bits: int) -> ssl.SSLContext:
    """A server that works with a Diffie-Hellman group of its own, whose modulus only looks like a prime."""
    modulus = random.Random(1).getrandbits(bits) | 1 | 3 << (bits - 2)
    body = base64.encodebytes(der.tlv(0x30, der.integer(modulus) + der.integer(2))).decode()
    path = folder / "group.pem"
    path.write_text(f"-----BEGIN DH PARAMETERS-----\n{body}-----END DH PARAMETERS-----\n")
    context = tls_settings(highest=ssl.TLSVersion.TLSv1_2, ciphers="DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")
    context.load_dh_params(str(path))
    return context


@pytest.mark.needs_sockets
def test_costly_keys_are_made_beside_the_event_loop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    threads: list[str] = []
    with ThreadPoolExecutor(1, "costly", initializer=lambda: threads.append(threading.current_thread().name)) as worker:
        monkeypatch.setattr(exchange, "_costly_worker", lambda: worker)
        with serving(healthy(large_group(tmp_path, 3072))) as server:
            result = host.probe("127.0.0.1", server.port, timeout=20, deadline=60, depth="client")
    assert (result["stage"], result["outcome"]) == ("session", "ok") and len(threads) == 1


def let_go(worker: ThreadPoolExecutor, busy: threading.Event) -> None:
    """Longer than a probe may take after something began to wait."""
    end = time.monotonic() + 30
    while not worker._work_queue.qsize() and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(2.6)
    busy.set()


@pytest.mark.needs_sockets
def test_costly_keys_wait_for_each_other_and_nobody_for_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: ssl.SSLContext
) -> None:
    """The wait is longer than a stage may take, and is not charged to the one that waits."""
    busy = threading.Event()
    with ThreadPoolExecutor(1) as worker:
        worker.submit(busy.wait, 60)
        monkeypatch.setattr(exchange, "_costly_worker", lambda: worker)
        with serving(healthy(large_group(tmp_path, 3072))) as costly, serving(healthy(settings)) as good:
            release = threading.Thread(target=let_go, args=(worker, busy))
            release.start()
            targets = [("127.0.0.1", costly.port), ("127.0.0.1", good.port)]
            swept = sweep(targets, {**PROBE, "timeout": 2.0, "deadline": 2.5})
            release.join()
    first, second = swept["probes"]
    assert [(each["stage"], each["outcome"]) for each in (first, second)] == [("session", "ok")] * 2
    assert first["timing_ms"]["total"] > 2500


def test_a_second_server_hello_and_a_long_session() -> None:
    with pytest.raises(Malformed):
        tls.Flight().feed(record(server_hello() * 2))
    with pytest.raises(Malformed):
        tls.Flight().feed(record(server_hello(session=bytes(33))))


@pytest.mark.parametrize("legacy", [False, True])
def test_a_server_cannot_ask_for_handshake_after_handshake(legacy: bool) -> None:
    assert exchange.context(legacy).options & ssl.OP_NO_RENEGOTIATION


# Reading: what one target costs the others.


class Talker:
    """A socket on which there is always one more byte."""

    def __init__(self, piece: bytes = b"\x16") -> None:
        self.piece, self.reads = piece, 0

    def setsockopt(self, *_: Any) -> None:
        pass

    def recv(self, _size: int) -> bytes:
        self.reads += 1
        if self.reads > 20000:
            raise OSError(errno.ECONNRESET, "the test gave up")
        return self.piece

    def close(self) -> None:
        pass


async def read_on(channel: connection.Connection, seconds: float) -> connection.Ended:
    until = asyncio.get_running_loop().time() + seconds
    try:
        while True:
            await channel.receive(until)
    except connection.Ended as ended:
        return ended


def reading(sock: Talker, budget: connection.Budget | None = None) -> connection.Connection:
    made: Any = connection.Connection
    return made(sock, budget or connection.Budget())


def test_a_server_that_never_stops_talking_is_left_when_its_time_is_over() -> None:
    sock = Talker()
    ended = asyncio.run(read_on(reading(sock), -1.0))
    assert ended.outcome == "silent" and sock.reads <= 5


def test_bytes_that_trickle_are_gathered() -> None:
    sock = Talker()
    ended = asyncio.run(read_on(reading(sock), 0.4))
    assert ended.outcome == "silent" and sock.reads < 100


def test_a_server_that_never_stops_talking_lets_others_have_their_turn() -> None:
    async def both() -> tuple[int, int]:
        turns = 0

        async def neighbour() -> None:
            nonlocal turns
            while True:
                turns += 1
                await asyncio.sleep(0)

        task = asyncio.ensure_future(neighbour())
        channel = reading(Talker(bytes(16384)))
        until = asyncio.get_running_loop().time() + 60
        for _read in range(30):
            await channel.receive(until)
        task.cancel()
        return turns, 30

    turns, reads = asyncio.run(both())
    assert turns >= reads - 2


def test_what_a_target_may_send_is_counted_over_its_connections() -> None:
    budget = connection.Budget(1 << 17)
    ends = [asyncio.run(read_on(reading(sock, budget), 60)) for sock in (Talker(bytes(4096)), Talker(bytes(4096)))]
    assert [ended.outcome for ended in ends] == ["malformed", "malformed"]
    first, second = Talker(bytes(4096)), Talker(bytes(4096))
    budget = connection.Budget(1 << 17)
    asyncio.run(read_on(reading(first, budget), 60))
    asyncio.run(read_on(reading(second, budget), 60))
    assert (first.reads, second.reads) == (33, 1)


def test_a_name_with_five_hundred_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def many(name: Any, port: Any, *args: Any, **given: Any) -> Any:
        if name != "many.example":
            return real(name, port, *args, **given)
        if given.get("flags"):
            raise socket.gaierror(socket.EAI_NONAME, "no address")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (f"127.1.{n // 250}.{n % 250 + 1}", 1)) for n in range(500)]

    monkeypatch.setattr(socket, "getaddrinfo", many)
    result = host.probe("many.example", 1, timeout=3, depth="client")
    assert (result["stage"], result["outcome"]) == ("tcp", "refused") and len(result["addresses"]) == 16


# Whole sweeps.


def send(data: bytes) -> Script:
    def script(peer: Peer) -> None:
        peer.send(data)
        peer.fin()

    return script


def hostile_scripts(context: ssl.SSLContext) -> dict[str, Script]:
    huge_result = x224.data(der.tlv(0x7F66, der.tlv(0x0A, HUGE)))
    huge_name = ts_request(token=challenge(attribute(1, b"x\0" * 3000)))

    def dribble_inside_tls(peer: Peer) -> None:
        for byte in b"\x30\x82\x3f\x00" + bytes(1000):
            peer.send(bytes((byte,)))
        peer.silence()

    def result_without_tls(peer: Peer) -> None:
        peer.confirm(0)
        peer.tpkt()
        peer.send(huge_result)
        peer.fin()

    return {
        "version": after_tls(context, 2, send(ts_request(version=HUGE, token=vector("NTLM-CHAL")))),
        "error": after_tls(context, 2, send(ts_request(error=HUGE))),
        "name": after_tls(context, 2, send(huge_name)),
        "result": after_tls(context, 1, send(huge_result)),
        "records inside TLS": after_tls(context, 2, dribble_inside_tls),
        "records": after_hello(send(ENDLESS)),
        "result without TLS": after_request(result_without_tls),
    }


ENDS = {
    "version": ("credssp", "malformed"),
    "error": ("credssp", "malformed"),
    "name": ("credssp", "malformed"),
    "result": ("session", "malformed"),
    "records inside TLS": ("credssp", "malformed"),
    "records": ("tls", "malformed"),
    "result without TLS": ("session", "malformed"),
}


@pytest.mark.needs_sockets
@pytest.mark.parametrize("kind", list(ENDS))
def test_one_hostile_listener_costs_nobody_else_a_result(kind: str, settings: ssl.SSLContext, tmp_path: Path) -> None:
    path = tmp_path / "results"
    with serving(hostile_scripts(settings)[kind]) as hostile, serving(healthy(settings)) as good:
        given = options(
            targets=[f"127.0.0.1:{hostile.port}", f"127.0.0.1:{good.port}"], timeout=3.0, results_path=str(path)
        )
        result = run_probe(given, check(given))
    assert not result.get("failed") and result["unfinished"] == []
    ends = [(each["stage"], each["outcome"]) for each in result["probes"]]
    assert ends == [ENDS[kind], ("session", "ok")]
    for text in (json.dumps(result, allow_nan=False), *path.read_text().splitlines()):
        json.loads(text)
    assert len(path.read_text().splitlines()) == 2
    assert all((each["failure"] or {}).get("kind") != "internal" for each in result["probes"])


@pytest.mark.needs_sockets
def test_good_neighbours_of_many_hostile_listeners_are_seen_as_they_are(settings: ssl.SSLContext) -> None:
    with serving(after_hello(send(ENDLESS))) as hostile, serving(healthy(settings)) as good:
        targets = [("127.0.0.1", port) for _pair in range(30) for port in (hostile.port, good.port)]
        swept = sweep(targets, PROBE)
    assert swept["counts"] == {"session/ok": 30, "tls/malformed": 30}
    assert {each["detail"] for each in swept["probes"] if each["outcome"] == "malformed"} == {
        "More than 512 TLS records."
    }


@pytest.mark.needs_sockets
def test_a_certificate_that_is_larger_than_any_is_not_kept(settings: ssl.SSLContext) -> None:
    names = ",".join(f"DNS:host{number:05}.example.com" for number in range(1600))
    files = certificate("large", "-newkey", "rsa:2048", "-sha256", "-addext", f"subjectAltName={names}")
    with serving(healthy(tls_settings(files))) as server:
        result = host.probe("127.0.0.1", server.port, timeout=5, depth="client")
    assert (result["stage"], result["outcome"], result["certificate"]) == ("session", "ok", None)
    assert "was not kept" in result["detail"] and len(json.dumps(result)) < 5000


@pytest.mark.needs_sockets
def test_a_value_that_cannot_be_carried_is_a_fault_of_its_target(
    monkeypatch: pytest.MonkeyPatch, settings: ssl.SSLContext
) -> None:
    """Whatever a parser lets through one day, the other targets keep their results."""
    real = host._identity

    def broken(leg: Any, source: int) -> dict[str, Any]:
        return {**real(leg, source), "credssp_version": 1 << 20000}

    monkeypatch.setattr(host, "_identity", broken)
    with serving(healthy(settings)) as good:
        given = options(targets=[f"127.0.0.1:{good.port}", "127.0.0.1:1"])
        result = run_probe(given, check(given))
    json.dumps(result)
    assert [each["outcome"] for each in result["probes"]] == ["malformed", "refused"]
    assert result["probes"][0]["failure"] == {"kind": "internal", "number": None, "name": "ValueError"}
    assert result["unfinished"] == [] and result["probes"][0]["client_view"]["code"] is None


def test_a_fault_before_a_probe_begins_is_a_result_too(monkeypatch: pytest.MonkeyPatch) -> None:
    real = host.sni

    def broken(name: str, server_name: str | None) -> str | None:
        if name == "127.0.0.9":
            raise RuntimeError("boom " + "x" * 100000)
        return real(name, server_name)

    monkeypatch.setattr(host, "sni", broken)
    swept = sweep([("127.0.0.1", 1), ("127.0.0.9", 1)], PROBE)
    assert [each["outcome"] for each in swept["probes"]] == ["refused", "malformed"]
    assert swept["probes"][1]["failure"]["name"] == "RuntimeError" and len(swept["probes"][1]["detail"]) < 300


def test_a_fault_of_the_probe_of_one_host_is_its_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str, server_name: str | None) -> str | None:
        raise RuntimeError("boom")

    monkeypatch.setattr(host, "sni", broken)
    given = options(host="127.0.0.1", port=1)
    assert run_probe(given, check(given))["probe"]["failure"]["name"] == "RuntimeError"

    async def inside_a_loop() -> Any:
        return run_probe(given, check(given))

    assert asyncio.run(inside_a_loop())["probe"]["failure"]["name"] == "RuntimeError"


# The file of results.


def without_room() -> None:
    """Run it in a process of its own: the output of the tests may be a file too."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))


@pytest.fixture
def full_disk() -> Iterator[Executor]:
    """A process that cannot write more than three thousand bytes to a file."""
    with ProcessPoolExecutor(1, get_context("spawn"), without_room) as executor:
        yield executor


def test_a_full_disk_costs_the_file_and_not_the_results(tmp_path: Path, full_disk: Executor) -> None:
    given = options(targets=[f"127.0.0.{n}:1" for n in range(1, 40)], results_path=str(tmp_path / "results"))
    result = full_disk.submit(run_probe, given, check(given)).result()
    assert result["failed"] and "cannot be written" in result["msg"]
    assert len(result["probes"]) == 39 and result["unfinished"] == [] and result["counts"] == {"tcp/refused": 39}


def test_what_was_neither_written_nor_kept_is_not_finished(tmp_path: Path, full_disk: Executor) -> None:
    targets = [(f"127.0.0.{n}", 1) for n in range(1, 40)]
    swept = full_disk.submit(sweep, targets, PROBE, results_path=str(tmp_path / "results"), keep=False).result()
    whole = [line for line in (tmp_path / "results").read_text().splitlines() if line.endswith("}")]
    assert swept["file_error"] and len(swept["unfinished"]) == 39 - len(whole) > 0


def test_the_file_of_results_is_its_owners_and_a_plain_file(tmp_path: Path) -> None:
    target, link, pipe = tmp_path / "target", tmp_path / "link", tmp_path / "pipe"
    target.write_text("kept")
    target.chmod(0o666)
    link.symlink_to(target)
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path):
        given = options(targets=["127.0.0.1:1"], results_path=str(path))
        result = run_probe(given, check(given))
        assert result["failed"] and str(path) in result["msg"]
    assert target.read_text() == "kept"
    given = options(targets=["127.0.0.1:1"], results_path=str(target))
    assert not run_probe(given, check(given)).get("failed")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600 and json.loads(target.read_text())


# Any bytes, straight into the parsers.


def damaged(chance: random.Random) -> bytes:
    """What a hostile listener says: a real message changed, repeated, cut, split into records, nested, or noise."""
    data = bytearray(
        vector(chance.choice(sorted(VECTORS))) if chance.random() < 0.8 else chance.randbytes(chance.randrange(400))
    )
    for _change in range(chance.randrange(6)):
        if data:
            data[chance.randrange(len(data))] = chance.choice([0, 1, 0x7F, 0x80, 0x84, 0xFF, chance.randrange(256)])
    how = chance.randrange(12)
    if how == 0:
        data *= chance.randrange(1, 200)
    elif how == 1:
        del data[chance.randrange(len(data) + 1) :]
    elif how == 2:
        data = bytearray(one_byte_records(bytes(data)))
    elif how == 3:
        for _level in range(chance.randrange(40)):
            data = bytearray(der.tlv(chance.choice([0x30, 0xA0, 0xA1, 0x04, 0x7F66]), bytes(data)))
    elif how == 4:
        at = chance.randrange(len(data) + 1)
        data[at:at] = bytes((chance.randrange(256),)) * chance.randrange(20000)
    elif how == 5:
        data = bytearray(record(server_hello(chance.choice(list(tls.CIPHERS)))) + record(bytes(data[:16384]) or b"\0"))
    elif how == 6:
        number = chance.randbytes(chance.choice([0, 1, 4, 5, 8, 9, 200, 3000]))
        data = bytearray(ts_request(version=chance.choice([b"\x06", number]), error=chance.choice([None, number])))
    elif how == 7:
        data = bytearray(x224.data(der.tlv(0x7F66, der.tlv(0x0A, chance.randbytes(chance.randrange(1, 40)))) + data))
    elif how == 8:
        data = bytearray(
            ts_request(token=challenge(attribute(chance.randrange(9), bytes(data)) * chance.randrange(30)))
        )
    return bytes(data[:200000])


PARSERS: tuple[Any, ...] = (
    x224.frame_length,
    x224.parse_answer,
    x224.parse_ultimatum,
    negotiation.parse,
    credssp.frame_length,
    credssp.parse,
    credssp.spnego_state,
    ntlm.parse_challenge,
    mcs.parse_response,
    tls.plain_alert,
    lambda data: tls.Flight().feed(data),
    lambda data: tls.Watch().feed(data),
)


def integers(value: Any) -> Iterator[int]:
    if isinstance(value, int):
        yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from integers(each)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from integers(getattr(value, name))


def attack_parsers(chance: random.Random) -> None:
    data = damaged(chance)
    for parser in PARSERS:
        try:
            value = parser(data)
        except (Malformed, NotRdp) as error:
            assert len(str(error)) < 200
        else:
            assert all(abs(number) < 1 << 64 for number in integers(value))


class Scripted:
    """A connection in memory: what the listener says comes in pieces, and then it ends."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces

    async def send(self, data: bytes, until: float) -> None:
        pass

    async def receive(self, until: float) -> bytes:
        if not self.pieces:
            raise connection.Ended("closed", "the server closed the connection")
        return self.pieces.pop(0)

    def put_back(self, data: bytes) -> None:
        if data:
            self.pieces.insert(0, data)


async def attack_exchange(chance: random.Random) -> None:
    """Such bytes from a listener, in negotiation, TLS, CredSSP or MCS: each ends as a stage ends."""
    data = damaged(chance)
    size = chance.choice([1, 7, 16384]) if len(data) < 2000 else 16384
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    channel: Any = Scripted(pieces)
    exchanges: tuple[Callable[[], Any], ...] = (
        lambda: exchange.negotiate(channel, 11, 0.0, b"", "cookie"),
        lambda: exchange.Tls(channel, "host", chance.random() < 0.5).handshake(0.0),
        lambda: exchange.credssp_leg(channel, 0.0),
        lambda: exchange.mcs_connect(channel, 0, 1, 0.0),
        lambda: exchange.hello(channel, tls.TLS12, "host", 0.0),
    )
    try:
        await chance.choice(exchanges)()
    except connection.Ended as ended:
        assert ended.outcome in host.OUTCOMES
        portable.check_portable(ended.failure)
        assert len(ended.detail) < 300


@mutants.many(300, 10_000)
def test_hostile_streams(numbers: range) -> None:
    for chance in mutants.chances("mutated messages", numbers):
        attack_parsers(chance)

    async def listeners() -> None:
        for chance in mutants.chances("hostile listeners", numbers):
            await attack_exchange(chance)

    asyncio.run(listeners())
