# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real playbooks against Wine hosts: Ansible, its connections and their servers, Ansible's own wrappers in a
PowerShell engine, Win32 beneath."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import commands

from . import prefix as lab
from .broken import FAULTS
from .prefix import RDP, STORES, Prefix
from .served import Served
from .steps import state, value


@pytest.fixture(scope="module")
def fleet(new_prefix: Callable[[], Prefix], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, Path]]:
    def prepared(name: str) -> Prefix:
        host = new_prefix()
        lab.healthy(host)
        lab.machine_keys(host).chmod(0o777)  # Everyone may, as on Windows
        FAULTS[name](host)
        host.snapshot("host")
        return host

    with ThreadPoolExecutor() as pool:
        hosts = dict(zip(FAULTS, pool.map(prepared, FAULTS)))
    with Served(hosts, tmp_path_factory.mktemp("served")) as served:
        yield served, served.inventory()
    for host in hosts.values():
        host.leave()


def whole_registry(host: Prefix) -> str:
    """All of it, but the count of services started since the host came up."""
    return re.sub(
        r"(?m)^(\[HKEY_LOCAL_MACHINE\\System\\\w+\\Control\\ServiceCurrent\]\n@=).*$",
        r"\1",
        host.export("HKLM") + host.export("HKU"),
    )


def registries(hosts: dict[str, Prefix]) -> dict[str, str]:
    with ThreadPoolExecutor() as pool:
        return dict(zip(hosts, pool.map(whole_registry, hosts.values())))


def audit(inventory: Path) -> dict[str, dict[str, Any]]:
    return commands.module(inventory, "diagnose", "all", drop_dead_pin=True)


def ids(result: dict[str, Any]) -> set[str]:
    return {finding["id"] for finding in result["findings"]}


def test_the_main_job(fleet: tuple[Served, Path], tmp_path: Path) -> None:
    served, inventory = fleet
    hosts = served.hosts
    said = audit(inventory)
    assert {name for name in hosts if said[name]["failed"]} == set(), said
    assert {name: said[name]["verdict"] for name in hosts}["healthy"] != "broken"
    # One call for all; a second one only where a person has to decide on the folder of machine keys and is told what
    # lives there, which is counted on request.
    assert {name: len(served.calls[name]) for name in hosts} == {**dict.fromkeys(hosts, 1), "pin": 2}
    assert [b"machine_keys" in call.stdin for call in served.calls["pin"]] == [False, True]
    [hardened] = [finding for finding in said["pin"]["findings"] if finding["id"] == "machine_keys.folder_hardened"]
    assert "1 key files live there" in hardened["advice"], hardened
    assert "machine_keys.folder_hardened" not in ids(said["healthy"])
    assert "certificate.expired" in ids(said["expired"])
    assert any(id.startswith("service.") for id in ids(said["disabled"])), ids(said["disabled"])
    assert any(id.startswith("listener.") for id in ids(said["layer"])), ids(said["layer"])
    assert any("pin" in id for id in ids(said["pin"])), ids(said["pin"])
    planned = {name: [step["op"] for step in said[name]["plan"]["steps"]] for name in hosts}
    assert planned["healthy"] == [] and all(planned[name] for name in hosts if name != "healthy"), planned

    before = registries(hosts)
    checked = commands.playbook(
        inventory, "playbooks/remediate_rdp.yml", "--check", "--diff", rdp_remediate_drop_dead_pin=True
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert registries(hosts) == before
    assert not any((host.drive / "ProgramData" / "winops.rdp").exists() for host in hosts.values())

    done = commands.playbook(
        inventory,
        "playbooks/remediate_rdp.yml",
        rdp_remediate_journal_dir=str(tmp_path),
        rdp_remediate_drop_dead_pin=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    after = audit(inventory)
    for name, host in hosts.items():
        assert after[name]["plan"]["steps"] == [], (name, after[name])
        assert after[name]["probe"]["outcome"] == "ok", (name, after[name]["probe"])
        [journal] = host.snapshot("journals")["sections"]["journals"]["recent"] or [None]
        assert (journal is None) == (name == "healthy")
        if journal:
            whole = host.snapshot("journals", journal_id=journal["id"])["sections"]["journals"]["whole"]
            assert [step["op"] for step in whole["steps"]] == planned[name], name
    settled = registries(hosts)
    assert settled["healthy"] == before["healthy"]
    # What the reports say is what other programs find.
    certificates = hosts["expired"].must("reg", "query", rf"{STORES}\Remote Desktop\Certificates").decode()
    served_now = after["expired"]["probe"]["certificate"]["sha1"]
    assert (
        served_now in certificates
        and served_now != said["expired"]["probe"]["certificate"]["sha1"]
        and said["expired"]["probe"]["certificate"]["sha1"] not in certificates
    )
    assert (
        value(hosts["layer"], RDP, "SecurityLayer") == "REG_DWORD    0x2"
        and value(hosts["pin"], RDP, "SSLCertificateSHA1Hash") is None
    )
    assert state(hosts["disabled"], "SessionEnv") == 4
    with socket.create_connection(("127.0.0.1", hosts["pin"].port), 5):
        pass

    again = commands.playbook(
        inventory,
        "playbooks/remediate_rdp.yml",
        rdp_remediate_journal_dir=str(tmp_path),
        rdp_remediate_drop_dead_pin=True,
    )
    assert again.returncode == 0 and again.stdout.count("changed=0 ") == len(hosts), again.stdout
    assert registries(hosts) == settled

    for name in ("layer", "pin"):
        back = commands.module(inventory, "restore", name, run="latest", journal_dir=str(tmp_path))[name]
        assert back["changed"] is True and not back["failed"], back
        assert whole_registry(hosts[name]) == before[name]


@pytest.mark.parametrize("connection", ["winrm_ntlm", "psrp_ntlm", "ssh_powershell", "ssh_cmd"])
def test_repaired_and_restored_over(connection: str, fresh: Prefix, tmp_path: Path) -> None:
    """What each connection sends is understood by the engine: audit, check, repair, restore."""
    FAULTS["layer"](fresh)
    fresh.snapshot("host")
    before = whole_registry(fresh)
    options = {"journal_dir": str(tmp_path / "journals")}
    with Served({"layer": fresh}, tmp_path, connection) as served:
        inventory, env = served.inventory(), served.reach.environment
        said = commands.module(inventory, "diagnose", env=env)["layer"]
        assert any(id.startswith("listener.") for id in ids(said)), said
        checked = commands.module(inventory, "remediate", "all", "--check", env=env, **options)["layer"]
        assert checked["changed"] and whole_registry(fresh) == before, checked
        done = commands.module(inventory, "remediate", env=env, **options)["layer"]
        assert done["verified"]["ok"] and value(fresh, RDP, "SecurityLayer") == "REG_DWORD    0x2", done
        back = commands.module(inventory, "restore", env=env, run="latest", **options)["layer"]
        assert back["changed"] and not back["failed"] and whole_registry(fresh) == before, back
