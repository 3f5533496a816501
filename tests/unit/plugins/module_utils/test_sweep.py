# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many targets: how they are written, the guards, the limits, and what is kept when time runs out."""

from __future__ import annotations

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe import sweep as sweeping
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import ARGUMENT_SPEC, OptionError, check
from ansible_collections.winops.rdp.plugins.module_utils.probe.result import run_probe
from ansible_collections.winops.rdp.plugins.module_utils.probe.sweep import sweep
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import TargetError, expand
from hypothesis import given
from hypothesis import strategies as st

from tests.profiles import each
from tests.unit.plugins.module_utils.fault_server import Peer, healthy, serving, tls_settings

pytestmark = pytest.mark.needs_sockets

LOOK = {
    "timeout": 2.0,
    "deadline": 20.0,
    "server_name": None,
    "load_balance_info": None,
    "depth": "client",
    "spacing": 0.0,
}


@pytest.fixture(scope="module")
def settings() -> ssl.SSLContext:
    return tls_settings()


# Targets.


@pytest.mark.parametrize(
    ("given", "targets"),
    [
        (["srv01"], [("srv01", 3389)]),
        (["srv01.example.com:3390"], [("srv01.example.com", 3390)]),
        (["192.0.2.1", " 192.0.2.2:1 "], [("192.0.2.1", 3389), ("192.0.2.2", 1)]),
        (["2001:db8::1"], [("2001:db8::1", 3389)]),
        (["[2001:db8::1]:3390", "[2001:db8::2]"], [("2001:db8::1", 3390), ("2001:db8::2", 3389)]),
        (["fe80::1%eth0"], [("fe80::1%eth0", 3389)]),
        (["192.0.2.0/30"], [("192.0.2.1", 3389), ("192.0.2.2", 3389)]),
        (["192.0.2.9/30:44"], [("192.0.2.9", 44), ("192.0.2.10", 44)]),
        (["192.0.2.4/31", "192.0.2.7/32"], [("192.0.2.4", 3389), ("192.0.2.5", 3389), ("192.0.2.7", 3389)]),
        (["2001:db8::/127"], [("2001:db8::", 3389), ("2001:db8::1", 3389)]),
        (["a", "a:3389", "b", "a"], [("a", 3389), ("b", 3389)]),
    ],
)
def test_targets(given: list[str], targets: list[tuple[str, int]]) -> None:
    assert expand(given, 3389, 100) == targets


@each(
    "text",
    [
        "",
        " ",
        "a:0",
        "a:65536",
        "a:",
        "a:x",
        "a b",
        "http://a",
        "user@a",
        "[2001:db8::1",
        "[a]:1",
        "192.0.2.0/33",
        "a/24",
        "192.0.2.0/24:0",
        "192.0.2.0/",
        "a:1:2",
        "a:³",
    ],
)
def test_targets_that_cannot_be_used(text: str) -> None:
    with pytest.raises(TargetError) as caught:
        expand([text], 3389, 100000)
    assert text.strip() in str(caught.value) and not str(caught.value).endswith(".")


def test_a_url_is_no_host() -> None:
    for text in ("http://127.9.9.9", "https://web01/", "rdp://web01:3389"):
        with pytest.raises(TargetError, match="is a URL; write the name or address alone"):
            expand([text], 3389, 10)


def test_a_network_that_is_too_large_is_refused_before_it_is_spelled_out() -> None:
    # The last of these would take longer than anybody waits.
    for text in ("10.0.0.0/8", "2001:db8::/32", "::/0"):
        with pytest.raises(TargetError, match="raise max_targets"):
            expand(["192.0.2.1", text], 3389, 16384)
    assert len(expand(["10.0.0.0/18"], 3389, 16384)) == 16382
    with pytest.raises(TargetError, match="more than 2 targets"):
        expand(["a", "b", "c"], 3389, 2)


@given(st.text(max_size=40))
def test_any_text_is_a_target_or_a_sentence(text: str) -> None:
    try:
        for host, port in expand([text], 3389, 64):
            assert host and 0 < port < 65536
    except TargetError as error:
        assert str(error)


# Options.


def options(**given: Any) -> dict[str, Any]:
    return {**{name: spec.get("default") for name, spec in ARGUMENT_SPEC.items()}, **given}


@each(
    ("given", "sentence"),
    [
        ({}, "give host"),
        ({"host": " "}, "give host"),
        ({"host": "a", "port": 0}, "port is 0; it must be from 1 to 65535."),
        ({"host": "a", "timeout": 0.0}, "timeout is 0; it must be from 0.05 to 120 seconds."),
        ({"host": "a", "timeout": float("nan")}, "timeout is nan"),
        ({"host": "a", "deadline": 1e9}, "deadline is 1e+09"),
        ({"host": "a", "concurrency": 0}, "concurrency is 0"),
        ({"host": "a", "spacing": -1.0}, "spacing is -1"),
        ({"targets": []}, "targets is empty"),
        ({"targets": ["10.0.0.0/8"]}, "raise max_targets"),
        ({"host": "10.0.0.0/8"}, "is no host"),
        ({"host": "a", "load_balance_info": "x" * 300}, "load_balance_info is too long"),
        ({"host": "a", "load_balance_info": "a\r\nb"}, "single line"),
        ({"host": "a", "load_balance_info": "€"}, "use ASCII"),
    ],
)
def test_options_that_cannot_be_used(given: dict[str, Any], sentence: str) -> None:
    with pytest.raises(OptionError) as caught:
        check(options(**given))
    text = str(caught.value)
    assert sentence in text and text.startswith("winops.rdp.probe: ") and text.endswith(".") and "\n" not in text


def test_options_that_can() -> None:
    assert check(options(host="srv01")) == [("srv01", 3389)]
    assert check(options(host="srv01:3390")) == [("srv01", 3390)]
    assert check(options(host="::1", port=1)) == [("::1", 1)]
    assert check(options(targets=["a", "192.0.2.0/31"])) == [("a", 3389), ("192.0.2.0", 3389), ("192.0.2.1", 3389)]


# Sweeps.


def test_results_come_in_the_order_of_the_targets(settings: ssl.SSLContext) -> None:
    with serving(healthy(settings)) as good, serving(Peer.silence) as silent, serving(Peer.reset) as resetting:
        targets = [("127.0.0.1", port) for port in (silent.port, good.port, 1, resetting.port)] + [
            ("no-such-host.invalid", 3389)
        ]
        swept = sweep(targets, LOOK)
    assert [(each["host"], each["port"]) for each in swept["probes"]] == targets
    assert [(each["stage"], each["outcome"]) for each in swept["probes"]] == [
        ("negotiation", "silent"),
        ("session", "ok"),
        ("tcp", "refused"),
        ("negotiation", "reset"),
        ("name", "unresolved"),
    ]
    assert swept["ended"] == "complete" and swept["unfinished"] == []
    assert swept["counts"] == {
        "name/unresolved": 1,
        "negotiation/reset": 1,
        "negotiation/silent": 1,
        "session/ok": 1,
        "tcp/refused": 1,
    }


def test_silent_targets_wait_together() -> None:
    """None of them says a word before all have been asked."""
    everybody = threading.Barrier(60)

    def script(peer: Peer) -> None:
        peer.request()
        everybody.wait(30)
        peer.reset()

    with serving(script) as server:
        swept = sweep([("127.0.0.1", server.port)] * 60, {**LOOK, "timeout": 60.0, "deadline": 60.0})
    assert swept["counts"] == {"negotiation/reset": 60}


def test_the_concurrency_limit_holds() -> None:
    now, most, lock, three = 0, 0, threading.Lock(), threading.Barrier(3)

    def script(peer: Peer) -> None:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        peer.request()
        three.wait(30)  # a lower limit would never bring three together
        with lock:
            now -= 1
        peer.reset()

    with serving(script) as server:
        sweep([("127.0.0.1", server.port)] * 12, {**LOOK, "timeout": 60.0, "deadline": 60.0}, concurrency=3)
    assert most == 3


def test_what_the_total_deadline_leaves_over_is_named(settings: ssl.SSLContext) -> None:
    with serving(healthy(settings)) as good, serving(Peer.silence) as silent:
        targets = [("127.0.0.1", good.port), ("127.0.0.1", silent.port)]
        swept = sweep(targets, {**LOOK, "timeout": 60.0, "deadline": 60.0}, total_deadline=4.0)
    assert [each["port"] for each in swept["probes"]] == [good.port]
    assert swept["unfinished"] == [f"127.0.0.1:{silent.port}"] and swept["ended"] == "total_deadline"


def test_progress_is_reported(monkeypatch: pytest.MonkeyPatch, settings: ssl.SSLContext) -> None:
    monkeypatch.setattr(sweeping, "_PROGRESS_SECONDS", 0.2)
    said: list[tuple[int, int, int, float]] = []
    with serving(healthy(settings)) as good, serving(Peer.silence) as silent:
        targets = [("127.0.0.1", good.port), ("127.0.0.1", silent.port)]
        sweep(targets, {**LOOK, "timeout": 4.0}, progress=lambda *now: said.append(now))
    assert (1, 2, 1) in [now[:3] for now in said]
    assert [now[3] for now in said] == sorted(now[3] for now in said)


def test_results_are_written_as_they_come(tmp_path: Path, settings: ssl.SSLContext) -> None:
    path = tmp_path / "results.jsonl"
    with serving(healthy(settings)) as good:
        sweep([("127.0.0.1", good.port), ("127.0.0.1", 1)], LOOK, results_path=str(path))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert {(each["stage"], each["outcome"]) for each in lines} == {("session", "ok"), ("tcp", "refused")}


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    given = options(targets=["127.0.0.1:1"], results_path=str(tmp_path / "missing" / "file"))
    result = run_probe(given, check(given))
    assert result["failed"] and "results_path" in result["msg"] and result["msg"].endswith(".")


_INTERRUPTED = """
import json, sys
sys.path[:0] = {paths!r}
from ansible_collections.winops.rdp.plugins.module_utils.probe.sweep import sweep
print("ready", flush=True)
options = {{**{look!r}, "timeout": 30.0, "deadline": 30.0}}
targets = [("127.0.0.1", 1), ("127.0.0.1", {port})]
print(json.dumps(sweep(targets, options, results_path={results!r})))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_keeps_what_there_is(number: int, tmp_path: Path) -> None:
    # Where the collection was imported from: `ansible-test units` has a place of its own for it.
    root, results = Path(str(sweeping.__file__)).parents[6], tmp_path / "results"
    with serving(Peer.silence) as silent:
        program = _INTERRUPTED.format(paths=[str(root)], look=LOOK, port=silent.port, results=str(results))
        process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
        assert process.stdout and process.stdout.readline() == "ready\n"
        while not (silent.accepted and results.exists() and results.read_text()):
            assert process.poll() is None
            time.sleep(0.02)
        os.kill(process.pid, number)
        out, _err = process.communicate(timeout=60)
    swept = json.loads(out)
    assert swept["ended"] == "interrupted" and [each["outcome"] for each in swept["probes"]] == ["refused"]
    assert swept["unfinished"] == [f"127.0.0.1:{silent.port}"] and process.returncode == 0


def test_names_wait_for_their_turn_without_losing_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """More names than resolver threads, each slow: none is said to be unresolved because of the others."""
    real, now, most, lock = socket.getaddrinfo, 0, 0, threading.Lock()

    def slow(*args: Any, flags: int = 0, **options: Any) -> Any:
        nonlocal now, most
        if flags & socket.AI_NUMERICHOST:
            return real(*args, **{**options, "flags": flags})
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.3)
        with lock:
            now -= 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 1))]

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    monkeypatch.setattr(sweeping, "_RESOLVERS", 3)
    swept = sweep([(f"host{number}.example", 1) for number in range(12)], LOOK)
    assert swept["counts"] == {"tcp/refused": 12} and most == 3


def test_a_fault_of_the_probe_costs_one_target_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from ansible_collections.winops.rdp.plugins.module_utils.probe import host

    async def broken(*_: Any) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(host, "negotiate", broken)
    with serving(Peer.silence) as server:
        swept = sweep([("127.0.0.1", server.port), ("127.0.0.1", 1)], LOOK)
    assert [each["outcome"] for each in swept["probes"]] == ["malformed", "refused"]
    assert swept["probes"][0]["failure"] == {"kind": "internal", "number": None, "name": "RuntimeError"}
