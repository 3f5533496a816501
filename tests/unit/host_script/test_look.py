# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The look from a client, by a PowerShell engine, beside the probe's at the same servers."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_look

from tests.tools.host_script import CLIENT_SCRIPT
from tests.twin.fleet import Fleet
from tests.unit.plugins.module_utils import looking

pytestmark = pytest.mark.needs_sockets

# PowerShell 7 on Linux does TLS with OpenSSL, as the probe does. Where they differ all the same, and why.
DIFFERENCES: looking.Differences = {
    # .NET tells an encrypted alert of TLS 1.3 as the end of the stream, and what follows it is the server's end.
    "a client certificate, TLS 1.3": (("credssp", "closed"), ("credssp", "reset")),
}


def run(pwsh: str, folder: Path, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    script = folder / "run.ps1"
    script.write_text(looking.script_of(str(CLIENT_SCRIPT), str(looking.write(folder, calls))))
    ran = subprocess.run(
        [pwsh, "-NoProfile", "-NonInteractive", "-File", str(script)], capture_output=True, timeout=570, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b""), ran
    return [json.loads(line) for line in ran.stdout.splitlines()]


@pytest.fixture(scope="module")
def compared(pwsh_path: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, Any]]:
    folder = tmp_path_factory.mktemp("looks")
    return looking.compare(lambda calls: run(pwsh_path, folder, calls))


def test_a_client_s_look_ends_where_the_probe_s_does(compared: dict[str, tuple[Any, Any]]) -> None:
    assert looking.unexplained(compared, DIFFERENCES) == {}
    assert len({looking.end(mine) for mine, _theirs in compared.values()}) > 15


def test_a_client_s_look_has_the_probe_s_result(compared: dict[str, tuple[Any, Any]]) -> None:
    for name, (mine, theirs) in compared.items():
        assert set(theirs) == set(mine), name
        for key in ("selected", "offered", "address", "rdp_version"):
            assert theirs[key] == mine[key], (name, key)
    mine, theirs = compared["in order"]
    assert theirs["identity"] | {"clock_skew_seconds": 0} == mine["identity"] | {"clock_skew_seconds": 0}
    assert theirs["certificate"]["sha1"] == mine["certificate"]["sha1"] and theirs["tls"] == mine["tls"]
    assert set(theirs["timing_ms"]) == {"name", "tcp", "negotiation", "tls", "credssp", "total"}
    assert compared["behind the certificate, reset"][1]["certificate"]["sha1"] == mine["certificate"]["sha1"]


# A host of the twin for each way in which its listener can end.
TWINS = (
    "healthy",
    "cert_missing",
    "key_unreadable",
    "security_layer_invalid",
    "firewall_rule_off",
    "not_rdp",
    "negotiation_off",
    "rdp_off",
    "middlebox_reset",
    "middlebox_silent",
    "path_stalls",
    "ntlm_refused",
    "suites_empty",
)


@pytest.mark.needs_fleet
def _ended(end: tuple[str, str]) -> tuple[str, str]:
    return end[0], "closed" if end[1] == "reset" else end[1]


def test_a_client_s_look_at_the_twin(pwsh_path: str, tmp_path: Path) -> None:
    with Fleet(list(TWINS), state_dir=tmp_path / "state") as fleet:
        places = {name: (twin.address, twin.rdp_port) for name, twin in fleet.hosts.items()}
        looks = [client_look.plan(*place, timeout=3) for place in places.values()]
        told = run(pwsh_path, tmp_path, [{"sections": ["look"], "look": look} for look in looks])
        ends = {}
        for (name, place), answer in zip(places.items(), told):
            theirs = client_look.result(answer["sections"]["look"], *place)
            mine = probe(*place, depth="client", timeout=3)
            ends[name] = (looking.end(mine), looking.end(theirs))
    # Whether an end with something unread behind it is a reset is the machine's to say, not the server's.
    alike = {name: tuple(_ended(end) for end in pair) for name, pair in ends.items()}
    assert {name: pair for name, pair in alike.items() if pair[0] != pair[1]} == {}
    assert len({pair[0] for pair in ends.values()}) == len(TWINS)
