# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ten thousand loopback targets in one run, healthy, dead, silent and resetting: time, memory and truth, beside nmap
on the same targets.

    python -m tests.bench.sweep [--targets N] [--concurrency N] [--timeout S] [--depth client|full] [--nmap SECONDS]
    [--json FILE]

Every target has an address of its own in 127.0.0.0/8 and all have the same port. ``--nmap`` is the longest that nmap
may take (0: leave it out).
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import json
import multiprocessing
import os
import resource
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.module_utils.probe.sweep import sweep  # noqa: E402

from tests.ports import free_port  # noqa: E402
from tests.unit.plugins.module_utils.fault_server import CHALLENGE, certificate, confirm, tls_settings  # noqa: E402

KINDS = {
    "healthy": ("session", "ok"),
    "dead": ("tcp", "refused"),
    "silent": ("negotiation", "silent"),
    "resetting": ("negotiation", "reset"),
}
SHARES = {"healthy": 0.3, "dead": 0.25, "silent": 0.25, "resetting": 0.2}


def addresses(count: int) -> dict[str, str]:
    """Address and kind, the kinds mixed."""
    found: dict[str, str] = {}
    weights = dict.fromkeys(SHARES, 0.0)
    for number in range(count):
        kind = max(weights, key=lambda name: weights[name] + SHARES[name])
        for name, share in SHARES.items():
            weights[name] += share
        weights[kind] -= 1
        found[f"127.{10 + number // 62500}.{number // 250 % 250}.{number % 250 + 1}"] = kind
    return found


# The servers: one process for each kind, one listener for each address.


class Healthy(asyncio.Protocol):
    """Negotiates NLA, does TLS in memory and sends a challenge: what a Windows host does before it knows who asks."""

    context: ssl.SSLContext
    answer = CHALLENGE

    def __init__(self) -> None:
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls: ssl.SSLObject | None = None
        self._agreed = False
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        if self._tls is None:
            self._seen += data
            if len(self._seen) >= 19:
                asked = struct.unpack_from("<I", self._seen, len(self._seen) - 4)[0]
                self._tls = self.context.wrap_bio(self._incoming, self._outgoing, server_side=True)
                self._transport.write(confirm(8 if asked & 8 else asked & 2 or asked & 1))
            return
        self._incoming.write(data)
        try:
            if not self._agreed:
                self._tls.do_handshake()
                self._agreed = True
            if self._tls.read(4096):
                self._tls.write(self.answer)
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError:
            self._transport.close()
        self._transport.write(self._outgoing.read())


class _Resetting(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self._transport.get_extra_info("socket").setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
        )
        self._transport.abort()


def serve(kind: str, hosts: list[str], port: int, ready: Any) -> None:
    if kind == "healthy":
        Healthy.context = tls_settings(certificate("sweep"))
    listen({"healthy": Healthy, "silent": asyncio.Protocol, "resetting": _Resetting}[kind], hosts, port, ready)


def listen(protocol: Any, hosts: list[str], port: int, ready: Any) -> None:
    """Serve a protocol at each address until the process is ended; ``ready`` is set when all listen."""
    _raise_limit()

    async def run() -> None:
        loop = asyncio.get_running_loop()

        def accept(listener: socket.socket) -> None:
            try:
                sock, _address = listener.accept()
            except OSError:
                return
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            tasks.append(loop.create_task(loop.connect_accepted_socket(protocol, sock)))

        tasks: collections.deque[Any] = collections.deque(maxlen=4096)
        for host in hosts:
            listener = socket.create_server((host, port))
            listener.setblocking(False)
            loop.add_reader(listener.fileno(), accept, listener)
            listeners.append(listener)
        ready.set()
        await asyncio.Event().wait()

    listeners: list[socket.socket] = []
    asyncio.run(run())


def _raise_limit() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


# The two that look.


def ours(given: argparse.Namespace, targets: dict[str, str], port: int, pipe: Any) -> None:
    """In a process of its own, so that its memory is its own."""
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    options = {
        "timeout": given.timeout,
        "deadline": 30.0,
        "server_name": None,
        "load_balance_info": None,
        "depth": given.depth,
        "spacing": 0.0,
    }
    began = time.perf_counter()
    swept = sweep([(host, port) for host in targets], options, concurrency=given.concurrency)
    took = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    right = collections.Counter(
        targets[each["host"]]
        for each in swept["probes"]
        if (each["stage"], each["outcome"]) == KINDS[targets[each["host"]]]
    )
    wrong = [
        (targets[each["host"]], each["detail"])
        for each in swept["probes"]
        if (each["stage"], each["outcome"]) != KINDS[targets[each["host"]]]
    ]
    pipe.send(
        {
            "seconds": took,
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "mib": used.ru_maxrss / 1024,
            "mib_before": base / 1024,
            "right": dict(right),
            "wrong": wrong[:10],
            "unfinished": len(swept["unfinished"]),
            "counts": swept["counts"],
        }
    )


def theirs(targets: dict[str, str], port: int, limit: float, folder: Path) -> dict[str, Any]:
    """nmap at its fastest template, with more sockets than it would take by itself, and the one script that goes as
    far as the challenge."""
    listed, output = folder / "targets", folder / "nmap.xml"
    listed.write_text("\n".join(targets))
    command = [
        "nmap",
        "-T5",
        "-Pn",
        "-n",
        "--max-parallelism",
        "2000",
        "--min-hostgroup",
        "4096",
        "-p",
        str(port),
        "-iL",
        str(listed),
    ]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--script", "+rdp-ntlm-info", "-oX", str(output)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    peak, finished = 0.0, True
    while process.poll() is None:
        if time.perf_counter() - began > limit:
            process.kill()
            finished = False
            process.wait()
            break
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
            peak = max(peak, int(status.split("VmHWM:")[1].split()[0]) / 1024)
        except (OSError, IndexError, ValueError):
            pass
        time.sleep(0.2)
    text = output.read_text() if output.exists() else ""
    return {
        "seconds": time.perf_counter() - began,
        "finished": finished,
        "mib": peak,
        "hosts": text.count("<host "),
        "with_names": text.count("rdp-ntlm-info"),
    }


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--targets", type=int, default=10000)
    arguments.add_argument("--concurrency", type=int, default=10000)
    arguments.add_argument("--timeout", type=float, default=5.0)
    arguments.add_argument("--depth", choices=["client", "full"], default="client")
    arguments.add_argument("--nmap", type=float, default=300.0)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    targets = addresses(given.targets)
    port = free_port()
    spawn = multiprocessing.get_context("spawn")
    servers, signs = [], []
    try:
        for kind in ("healthy", "silent", "resetting"):
            signs.append(spawn.Event())
            servers.append(
                spawn.Process(
                    target=serve,
                    args=(kind, [host for host, own in targets.items() if own == kind], port, signs[-1]),
                    daemon=True,
                )
            )
            servers[-1].start()
        for sign in signs:
            if not sign.wait(60):
                print("a server did not start; raise the limit of open files (ulimit -n)", file=sys.stderr)
                return 2
        report: dict[str, Any] = {"targets": len(targets), "cpus": os.cpu_count(), "probes": {}}
        for count in sorted({max(1, len(targets) // 10), len(targets)}):
            reader, writer = spawn.Pipe(False)
            sweeper = spawn.Process(target=ours, args=(given, dict(list(targets.items())[:count]), port, writer))
            sweeper.start()
            report["probes"][count] = reader.recv()
            sweeper.join()
        if given.nmap:
            with tempfile.TemporaryDirectory() as folder:
                report["nmap"] = theirs(targets, port, given.nmap, Path(folder))
    finally:
        for server in servers:
            server.kill()
    probe, nmap = report["probes"][len(targets)], report.get("nmap")
    right = sum(probe["right"].values())
    print("| tool | targets | seconds | MiB | right |")
    print("|---|---|---|---|---|")
    for count, each in report["probes"].items():
        seconds, sure = f"{each['seconds']:.1f}", sum(each["right"].values())
        print(
            f"| probe ({given.depth}, silent ones cost {given.timeout:g} s) | {count} | {seconds} | {each['mib']:.0f} "
            f"| {sure} |"
        )
    if nmap:
        seconds = f"{nmap['seconds']:.1f}" if nmap["finished"] else f"stopped after {nmap['seconds']:.0f}"
        print(
            f"| nmap -T5 rdp-ntlm-info | {nmap['hosts']} reported | {seconds} | {nmap['mib']:.0f} | "
            f"{nmap['with_names']} with names |"
        )
    for kind, detail in probe["wrong"]:
        print(f"wrong: {kind}: {detail}", file=sys.stderr)
    if given.json:
        given.json.write_text(json.dumps(report, indent=1))
    return 0 if right == len(targets) and probe["mib"] < 200 else 1


if __name__ == "__main__":
    sys.exit(main())
