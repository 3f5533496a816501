# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client's look beside the probe's at real servers, by a PowerShell engine over OpenSSL, and by one over Wine."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_look

from tests.lab.prefix import Prefix, windows
from tests.lab.servers import real
from tests.profiles import absent
from tests.tools.host_script import CLIENT_SCRIPT
from tests.unit.plugins.module_utils import looking

pytestmark = pytest.mark.needs_servers

Run = Callable[[Path, list[dict[str, Any]]], list[dict[str, Any]]]
TIMEOUT = 20.0


@pytest.fixture(scope="module")
def ports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, int]]:
    """A server of each kind that clients meet."""
    folder = tmp_path_factory.mktemp("servers")
    good = real.certificate(folder, "good")
    missing = (folder / "no.pem", folder / "no.key")
    with contextlib.ExitStack() as stack:
        screen = stack.enter_context(real.display())
        servers = {
            "xrdp": real.xrdp(folder, good),
            "xrdp without a certificate": real.xrdp(folder, missing, "tls"),
            "xrdp, standard security": real.xrdp(folder, good, "rdp"),
            "FreeRDP with NLA": real.freerdp(folder, screen, good, "/sec:nla", "+auth"),
            "FreeRDP with TLS": real.freerdp(folder, screen, good, "/sec:tls", "-auth"),
            "FreeRDP, standard security": real.freerdp(folder, screen, good, "/sec:rdp", "-auth"),
            "Weston": real.weston(folder, good),
        }
        yield {name: stack.enter_context(server) for name, server in servers.items()}


def on_linux(folder: Path, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    pwsh = shutil.which("pwsh")
    if not pwsh:
        absent("pwsh is not on PATH (PowerShell 7, or an engine with its command line)")
    (folder / "run.ps1").write_text(looking.script_of(str(CLIENT_SCRIPT), str(looking.write(folder, calls))))
    ran = subprocess.run(
        [pwsh, "-NoProfile", "-File", str(folder / "run.ps1")], capture_output=True, timeout=300, check=True
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def compared(folder: Path, ports: dict[str, int], run: Run) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """By server what the probe sees, and what the client does."""
    plans = [client_look.plan("127.0.0.1", port, timeout=TIMEOUT) for port in ports.values()]
    told = run(folder, [{"sections": ["look"], "look": plan} for plan in plans])
    return {
        name: (
            probe("127.0.0.1", port, depth="client", timeout=TIMEOUT),
            client_look.result(answer["sections"]["look"], "127.0.0.1", port),
        )
        for (name, port), answer in zip(ports.items(), told)
    }


def agree(both: dict[str, tuple[dict[str, Any], dict[str, Any]]]) -> None:
    ends = {name: (looking.end(mine), looking.end(theirs)) for name, (mine, theirs) in both.items()}
    assert {name: pair for name, pair in ends.items() if pair[0] != pair[1]} == {}
    assert len({pair[0] for pair in ends.values()}) > 1, ends
    for name, (mine, theirs) in both.items():
        for key in ("selected", "offered", "rdp_version", "encryption"):
            assert theirs[key] == mine[key], (name, key)
        if mine["certificate"]:
            assert theirs["certificate"]["sha1"] == mine["certificate"]["sha1"], name
        if mine["identity"]:
            assert theirs["identity"]["computer"] == mine["identity"]["computer"], name


def test_over_openssl(tmp_path: Path, ports: dict[str, int]) -> None:
    agree(compared(tmp_path, ports, on_linux))


def test_over_schannel(tmp_path: Path, ports: dict[str, int], new_prefix: Callable[[], Prefix]) -> None:
    prefix = new_prefix()

    def on_wine(folder: Path, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
        script = folder / "run.ps1"
        script.write_text(looking.script_of(windows(CLIENT_SCRIPT), windows(looking.write(folder, calls))))
        ran = prefix.pwsh("-File", windows(script), timeout=300)
        assert ran.code == 0, ran
        return [json.loads(line) for line in ran.out.splitlines()]

    agree(compared(tmp_path, ports, on_wine))
    prefix.leave()
