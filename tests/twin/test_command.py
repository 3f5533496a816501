# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twins by themselves: the command line, the inventory, the state files."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.e2e.commands import ROOT, environment
from tests.hosts.scenarios import SCENARIOS
from tests.twin.__main__ import main
from tests.twin.fleet import Fleet

pytestmark = pytest.mark.needs_fleet

COMMAND = [sys.executable, "-m", "tests.twin"]


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def test_list_names_every_scenario_with_a_line() -> None:
    done = _run("--list")
    rows = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert done.returncode == 0 and set(rows) == set(SCENARIOS) and all(rows.values())


@pytest.mark.parametrize("arguments", [("no_such_scenario",), ("healthy,nonsense",)])
def test_an_unknown_scenario_is_one_sentence(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*arguments]) == 2
    err = capsys.readouterr().err
    assert len(err.strip().splitlines()) == 1 and "no such scenario" in err


def test_without_scenarios_usage_is_told() -> None:
    with pytest.raises(SystemExit) as end:
        main([])
    assert end.value.code == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serves_until_it_is_stopped(tmp_path: Path, number: signal.Signals) -> None:
    inventory, state = tmp_path / "hosts", tmp_path / "state"
    arguments = ["healthy,key_unreadable,healthy", "--inventory", str(inventory), "--state", str(state)]
    process = subprocess.Popen(
        [*COMMAND, *arguments], cwd=ROOT, env=environment(), stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        while not process.stdout.readline().startswith("inventory:"):
            assert process.poll() is None
        done = subprocess.run(
            [str(Path(sys.executable).parent / "ansible-inventory"), "-i", str(inventory), "--list"],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        hosts = json.loads(done.stdout)["_meta"]["hostvars"]
        assert set(hosts) == {"healthy", "healthy_2", "key_unreadable"}
        assert len({values["ansible_host"] for values in hosts.values()}) == 3
        assert all(
            values["ansible_port"] == 5985 and values["ansible_winrm_transport"] == "basic" for values in hosts.values()
        )
        kept = json.loads((state / "key_unreadable.json").read_text())
        assert kept["registry"] and kept["services"] and "volatile" in kept
    finally:
        os.kill(process.pid, number)
        assert process.wait(20) == 0


def test_several_fleets_run_side_by_side(tmp_path: Path) -> None:
    with Fleet(["healthy"], state_dir=tmp_path / "a") as one, Fleet(["healthy"], state_dir=tmp_path / "b") as other:
        assert one.hosts["healthy"].address != other.hosts["healthy"].address and one.password != other.password


def test_a_key_is_made_for_a_few_hosts_and_not_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What would keep thirty hosts from being up soon."""
    made: list[int] = []
    real = rsa.generate_private_key

    def count(public_exponent: int, key_size: int) -> rsa.RSAPrivateKey:
        made.append(key_size)
        return real(public_exponent, key_size)

    monkeypatch.setattr(rsa, "generate_private_key", count)
    names = [name for name, scenario in SCENARIOS.items() if not scenario.fault][:30]
    with Fleet(names, state_dir=tmp_path / "state") as fleet:
        assert len(fleet.hosts) == 30 and len(made) <= 4


def test_the_state_on_disk_follows_each_change(tmp_path: Path) -> None:
    with Fleet(["healthy"], state_dir=tmp_path) as fleet:
        twin = fleet.hosts["healthy"]
        twin.host.dword(r"HKLM\SOFTWARE\Example", "Answer", 42)
        twin.host.changed()
        kept = json.loads(twin.state_path.read_text())
        kept.pop("volatile")
        assert kept == twin.state and kept["registry"][r"HKLM\SOFTWARE\Example"]["Answer"]["data"] == 42


@pytest.mark.parametrize("module", ["tests.demo.__main__", "tests.twin.__main__", "tests.bench.round_trips"])
def test_programs_of_the_repository_find_the_collection_by_themselves(module: str) -> None:
    """As README calls them, without what pytest sets up."""
    command = [sys.executable, "-c", f"import {module}"]
    done = subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
