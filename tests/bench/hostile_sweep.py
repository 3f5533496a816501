# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A thousand hostile listeners among a thousand good ones: what they cost, and whether the good ones are seen rightly.

    python -m tests.bench.hostile_sweep [--targets N] [--concurrency N] [--timeout S] [--limit S] [--json FILE]

First a sweep over good listeners alone, then one over as many targets of which every second is hostile. Processor
time and memory per target of the second are printed as a ratio to the first, which the same machine did in the same
run. Every target has an address of its own in 127.0.0.0/8. ``--limit`` is the longest that one sweep may take.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import multiprocessing
import resource
import struct
import sys
import time
from abc import abstractmethod
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.module_utils.probe.sweep import sweep  # noqa: E402
from ansible_collections.winops.rdp.plugins.module_utils.wire import der  # noqa: E402

from tests.bench.sweep import Healthy, listen  # noqa: E402
from tests.ports import free_port  # noqa: E402
from tests.unit.plugins.module_utils.fault_server import certificate, confirm, tls_settings  # noqa: E402

# The most that a target may cost where every second one is hostile: processor time as a multiple of what a good
# one takes, and memory in KiB. A handshake that stops just before its end holds more than a good one, but not more.
MOST_CPU, MOST_KIB = 4.0, 256


def _records(content: bytes) -> bytes:
    return b"".join(struct.pack(">BHHB", 22, 0x0303, 1, byte) for byte in content)


# A ServerHello of TLS 1.2 that knows of secure renegotiation, as current clients demand.
_HELLO = b"\x02\x00\x00\x2d\x03\x03" + bytes(32) + b"\x00\xc0\x2f\x00" + b"\x00\x05\xff\x01\x00\x01\x00"


class _AfterConfirm(asyncio.Protocol):
    """Takes the connection request, confirms TLS, and does something hostile once the ClientHello is there."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport
        self._confirmed = self._begun = False

    def data_received(self, data: bytes) -> None:
        if not self._confirmed:
            self._confirmed = True
            self._transport.write(confirm(2))
        elif not self._begun:
            self._begun = True
            self.attack()

    @abstractmethod
    def attack(self) -> None:
        """What it does then."""


class Records(_AfterConfirm):
    """A handshake without end, in TLS records of one byte."""

    def attack(self) -> None:
        self._transport.write(_records(_HELLO + b"\x0b\x03\xff\x00" + bytes(60000)))


class Certificates(_AfterConfirm):
    """A certificate message almost as long as is taken, and then silence."""

    def attack(self) -> None:
        body = _HELLO + b"\x0b\x00\xff\x00" + bytes(64000)
        for at in range(0, len(body), 16000):
            part = body[at : at + 16000]
            self._transport.write(struct.pack(">BHH", 22, 0x0303, len(part)) + part)


class Dribble(_AfterConfirm):
    """One byte after the other, for ever."""

    def attack(self) -> None:
        self._left = iter(struct.pack(">BHH", 22, 0x0303, 16384) + _HELLO + b"\x0b\x00\x3f\x00" + bytes(16384))
        self._step()

    def _step(self) -> None:
        if not self._transport.is_closing():
            self._transport.write(bytes((next(self._left, 0),)))
            asyncio.get_running_loop().call_later(0.02, self._step)


class Flood(asyncio.Protocol):
    """As many bytes as the network takes, before anybody has asked."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        transport.write(b"\x03\x00\x1f\xff" + bytes(1 << 20))  # type: ignore[attr-defined]


class Version(Healthy):
    """A CredSSP version of three thousand bytes."""

    answer = der.tlv(0x30, der.tlv(0xA0, der.tlv(0x02, b"\x7f" * 3000)))


HOSTILE: dict[str, Any] = {each.__name__.lower(): each for each in (Records, Certificates, Dribble, Flood, Version)}


def addresses(count: int, hostile: bool) -> dict[str, str]:
    """Address and kind; with ``hostile`` every second one is."""
    names = list(HOSTILE)
    found = {}
    for number in range(count):
        kind = names[number // 2 % len(names)] if hostile and number % 2 else "good"
        found[f"127.{20 + hostile}.{number // 250}.{number % 250 + 1}"] = kind
    return found


def serve(kind: str, hosts: list[str], port: int, ready: Any) -> None:
    """In a process of its own."""
    Healthy.context = tls_settings(certificate("sweep"))
    listen(Healthy if kind == "good" else HOSTILE[kind], hosts, port, ready)


def measure(given: argparse.Namespace, targets: dict[str, str], port: int, pipe: Any) -> None:
    """One sweep, in a process of its own so that its memory and its time are its own."""
    options = {"timeout": given.timeout, "deadline": 30.0, "server_name": None, "load_balance_info": None}
    options |= {"depth": "client", "spacing": 0.0}
    sweep([("127.0.0.1", 1)], options)  # what the first use of the libraries takes is not a target's
    before, began = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    swept = sweep([(at, port) for at in targets], options, concurrency=given.concurrency, total_deadline=given.limit)
    took, used = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF)
    json.dumps(swept["probes"])
    ends: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for each in swept["probes"]:
        ends[targets[each["host"]]][f"{each['stage']}/{each['outcome']}"] += 1
    pipe.send(
        {
            "targets": len(targets),
            "seconds": took,
            "cpu_ms": (used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime) * 1000 / len(targets),
            "kib": (used.ru_maxrss - before.ru_maxrss) / len(targets),
            "unfinished": len(swept["unfinished"]),
            "ends": {kind: dict(found) for kind, found in sorted(ends.items())},
        }
    )


def run(given: argparse.Namespace) -> dict[str, dict[str, Any]]:
    spawn = multiprocessing.get_context("spawn")
    port = free_port()
    sweeps = {"good": addresses(given.targets, False), "mixed": addresses(given.targets, True)}
    everything = {at: kind for targets in sweeps.values() for at, kind in targets.items()}
    servers, signs, report = [], [], {}
    try:
        for kind in ("good", *HOSTILE):
            signs.append(spawn.Event())
            hosts = [at for at, own in everything.items() if own == kind]
            servers.append(spawn.Process(target=serve, args=(kind, hosts, port, signs[-1]), daemon=True))
            servers[-1].start()
        for sign in signs:
            if not sign.wait(120):
                raise SystemExit("a server did not start; raise the limit of open files (ulimit -n)")
        for name, targets in sweeps.items():
            reader, writer = spawn.Pipe(False)
            sweeper = spawn.Process(target=measure, args=(given, targets, port, writer))
            sweeper.start()
            report[name] = reader.recv()
            sweeper.join()
    finally:
        for server in servers:
            server.kill()
    return report


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--targets", type=int, default=2000)
    arguments.add_argument("--concurrency", type=int, default=2048)
    arguments.add_argument("--timeout", type=float, default=5.0)
    arguments.add_argument("--limit", type=float, default=120.0)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    report = run(given)
    good, mixed = report["good"], report["mixed"]
    print("| sweep | targets | seconds | CPU ms per target | KiB per target |")
    print("|---|---|---|---|---|")
    for name, each in report.items():
        print(f"| {name} | {each['targets']} | {each['seconds']:.1f} | {each['cpu_ms']:.2f} | {each['kib']:.1f} |")
    cpu, memory = mixed["cpu_ms"] / good["cpu_ms"], mixed["kib"] / good["kib"]
    print(f"| ratio | | | {cpu:.2f} | {memory:.2f} |")
    for kind, ends in mixed["ends"].items():
        print(f"{kind}: {', '.join(f'{end} {count}' for end, count in ends.items())}")
    if given.json:
        given.json.write_text(json.dumps({**report, "ratio": {"cpu": cpu, "memory": memory}}, indent=1))
    right = mixed["ends"]["good"] == {"session/ok": given.targets // 2} and not mixed["unfinished"]
    return 0 if right and cpu < MOST_CPU and mixed["kib"] < MOST_KIB else 1


if __name__ == "__main__":
    sys.exit(main())
