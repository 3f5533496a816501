# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client's side, by real ansible commands: a Windows client that looks at a host, its remedies and their way back,
and looks from several places side by side."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import acted, module, playbook
from tests.hosts import clients
from tests.hosts.client_scenarios import CLIENT_SCENARIOS, FILE
from tests.hosts.windows import SCHANNEL
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

PC, HOST = "healthy", "healthy_2"


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    """A client, and a host in order."""
    with Fleet(["healthy", "healthy"], state_dir=tmp_path / "state") as found:
        yield found


def pc_of(fleet: Fleet) -> Twin:
    return fleet.hosts[PC]


def turn_tls_off(pc: Twin) -> None:
    for version in ("TLS 1.2", "TLS 1.3"):
        pc.host.put(rf"{SCHANNEL}\Protocols\{version}\Client", "Enabled", {"type": "dword", "data": 0})


def client(fleet: Fleet, *flags: str, **options: Any) -> dict[str, Any]:
    return acted(fleet, "client", PC, *flags, **options)[PC]


def ids(result: dict[str, Any]) -> list[str]:
    return [finding["id"] for finding in result["findings"]]


def test_a_client_that_turned_its_own_tls_off(fleet: Fleet) -> None:
    """The host is in order, the controller gets in, the client ends in TLS: the verdict names the client's setting."""
    turn_tls_off(pc_of(fleet))
    address = fleet.hosts[HOST].address
    host = acted(fleet, "diagnose", HOST)[HOST]
    assert host["verdict"] == "healthy"
    before = pc_of(fleet).state
    said = client(fleet, target=address)
    assert (said["verdict"], ids(said)[0]) == ("client", "client.tls_off"), said["summary"]
    assert said["findings"][0]["confidence"] == "proven" and r"TLS 1.2\Client" in said["findings"][0]["advice"]
    assert (said["look"]["stage"], said["look"]["outcome"]) == ("tls", "alert")
    assert said["look"]["failure"]["name"] == "SEC_E_ALGORITHM_MISMATCH"
    assert said["seen_from_controller"]["stage"] == "session"
    assert said["comparison"]["points_to"] == "tls_policy" and said["comparison"]["gets_in"] == ["controller"]
    assert said["changed"] is False and pc_of(fleet).state == before
    assert [call["module"] for call in pc_of(fleet).calls] == ["winops.rdp.__windows._client"]


def test_a_client_in_order(fleet: Fleet) -> None:
    said = client(fleet, target=fleet.hosts[HOST].address)
    assert said["verdict"] == "in_order" and said["comparison"]["points_to"] == "nothing", said["summary"]
    assert [id_ for id_ in ids(said) if id_ != "client.update_defect"] == []
    assert said["look"]["certificate"]["sha1"] == said["seen_from_controller"]["certificate"]["sha1"]
    alone = client(fleet)
    assert alone["look"] is None and alone["verdict"] == "unknown"


def test_a_way_that_is_blocked_and_a_name_that_is_not_known(fleet: Fleet) -> None:
    address = fleet.hosts[HOST].address
    pc_of(fleet).host.data["client"]["filtered"] = [address]
    said = client(fleet, target=address, timeout=2)
    assert (said["verdict"], ids(said)[0]) == ("path", "client.cannot_connect"), said["summary"]
    assert said["comparison"]["points_to"] == "path"


def _remedied(fleet: Fleet) -> Twin:
    """A client that needs all remedies."""
    pc = pc_of(fleet)
    state = pc.host.data["client"]
    kept = {"CertHash": {"type": "binary", "data": base64.b64encode(b"x" * 20).decode()}}
    person = clients.profile(targets={fleet.hosts[HOST].address: kept})
    state["profiles"] = [person]
    state["rdp_files"] = {FILE: ["full address:s:srv01", "enablecredsspsupport:i:0", "authentication level:i:0"]}
    state["packages"] = [
        clients.package("Microsoft.RemoteDesktop", "10.2.3012.0"),
        clients.package("Microsoft.DesktopAppInstaller", "1.26.0.0"),
    ]
    state["winget"] = "2.0.1375.0"
    return pc


def test_remedies_are_done_on_request_and_taken_back(fleet: Fleet, tmp_path: Path) -> None:
    pc = _remedied(fleet)
    start = pc.state["client"]
    journals = {"journal_dir": str(tmp_path / "journals")}
    options: dict[str, Any] = {"target": fleet.hosts[HOST].address, "rdp_files": [FILE], **journals}
    read = client(fleet, **options)
    assert {"client.stale_hash", "client.rdp_file", "client.rdp_file_risk", "client.app_retired"} <= set(ids(read))
    assert read["plan"]["steps"] == [] and pc.state["client"] == start
    asked = {"forget_certificate": True, "correct_rdp_files": True, "update": True}
    checked = client(fleet, "--check", **options, **asked)
    assert checked["changed"] and pc.state["client"] == start and not (tmp_path / "journals").exists()
    planned = [step["op"] for step in checked["plan"]["steps"]]
    assert sorted(planned) == ["app.install", "profile.forget", "rdp_file.set", "rdp_file.set"]

    done = client(fleet, **options, **asked)
    assert done["changed"] and not done["failed"], done
    assert [step["status"] for step in done["steps"]] == ["done"] * 4
    assert not {"client.stale_hash", "client.rdp_file"} & {finding["id"] for finding in done["findings_after"]}
    now = pc.state["client"]
    assert now["profiles"][0]["targets"][fleet.hosts[HOST].address] == {}
    assert set(now["rdp_files"][FILE]) == {
        "full address:s:srv01",
        "enablecredsspsupport:i:1",
        "authentication level:i:2",
    }
    assert any(name.startswith("MicrosoftCorporationII.Windows365_2.0.1375.0") for name in now["packages"])

    back = acted(fleet, "restore", PC, journal=done["journal"]["id"], **journals)[PC]
    assert back["changed"] and not back["failed"], back
    assert [blocked["finding"] for blocked in back["plan"]["blocked"]] == ["app.install"]
    restored = pc.state["client"]
    assert restored["profiles"] == start["profiles"]
    assert set(restored["rdp_files"][FILE]) == set(start["rdp_files"][FILE])


def test_what_somebody_has_chosen_since_is_not_taken_back(fleet: Fleet, tmp_path: Path) -> None:
    pc, target, journals = _remedied(fleet), fleet.hosts[HOST].address, {"journal_dir": str(tmp_path / "journals")}
    asked = {"forget_certificate": True, "correct_rdp_files": True}
    done = client(fleet, target=target, rdp_files=[FILE], **asked, **journals)
    assert done["changed"] and not done["failed"], done
    state = pc.host.data["client"]
    chosen = {"CertHash": {"type": "binary", "data": base64.b64encode(b"y" * 20).decode()}}
    state["profiles"][0]["targets"][target] = chosen
    state["rdp_files"][FILE] = ["full address:s:srv01", "enablecredsspsupport:i:1", "authentication level:i:1"]
    back = acted(fleet, "restore", PC, journal=done["journal"]["id"], **journals)[PC]
    assert back["changed"] and not back["failed"], back
    told = {blocked["summary"] for blocked in back["plan"]["blocked"]}
    assert told == {
        f"authentication level of {FILE} has been changed since (it is 1)",
        f"the client of {clients.SID} keeps another certificate of {target} since",
    }
    now = pc.state["client"]
    assert now["profiles"][0]["targets"][target] == chosen
    assert set(now["rdp_files"][FILE]) == {
        "full address:s:srv01",
        "enablecredsspsupport:i:0",
        "authentication level:i:1",
    }


def test_a_hash_is_not_forgotten_where_somebody_may_stand_in_between(fleet: Fleet) -> None:
    """The controller's own look meets another certificate than the client's."""
    pc = _remedied(fleet)
    fleet.hosts[HOST].host.data["behaviour"]["middlebox"] = "inspects"
    said = client(fleet, "--check", target=fleet.hosts[HOST].address, forget_certificate=True)
    # The device in between presents a new certificate to everybody here: each look is shown another.
    assert "client.altered" in ids(said) and said["plan"]["steps"] == []
    assert said["plan"]["blocked"][0]["guard"] == "certificate"
    assert pc.calls[-1]["module"] == "winops.rdp.__windows._client"


def test_an_account_without_rights_changes_nothing(fleet: Fleet, tmp_path: Path) -> None:
    pc = _remedied(fleet)
    pc.host.data["host"]["elevated"] = False
    said = client(fleet, rdp_files=[FILE], correct_rdp_files=True, journal_dir=str(tmp_path / "journals"))
    assert said["failed"] and said["reason"] == "not_administrator" and not (tmp_path / "journals").exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"target": "srv01:0"}, "port"),
        ({"target": "a b"}, "no host"),
        ({"server_name": "srv01"}, "target"),
        ({"target": "srv01", "timeout": 500}, "timeout"),
        ({"targets": ["srv01"]}, "targets"),
    ],
)
def test_options_that_cannot_be_used(fleet: Fleet, options: dict[str, Any], words: str) -> None:
    said = client(fleet, **options)
    assert said["failed"] and words in said["msg"] and said["msg"].startswith("winops.rdp.client")
    assert pc_of(fleet).calls == []


def test_looks_from_several_places(fleet: Fleet) -> None:
    pc = pc_of(fleet)
    options: dict[str, Any] = {"host": fleet.hosts[HOST].address, "via": ["localhost", PC, "nobody"]}
    said = module(fleet.inventory_path, "probe", HOST, **options)[HOST]
    assert not said["failed"], said
    assert said["comparison"]["gets_in"] == ["localhost", PC] and said["comparison"]["points_to"] == "nothing"
    assert said["comparison"]["certificates"] == "same" and said["comparison"]["unasked"] == ["nobody"]
    assert "not in the inventory" in said["via_errors"]["nobody"]
    assert said["looks"][PC]["identity"]["computer"] == said["looks"]["localhost"]["identity"]["computer"]
    turn_tls_off(pc)
    said = module(fleet.inventory_path, "probe", HOST, **options)[HOST]
    assert said["comparison"]["kept_out"] == [PC] and said["comparison"]["points_to"] == "tls_policy"
    pc.host.data["client"]["filtered"] = [options["host"]]
    said = module(fleet.inventory_path, "probe", HOST, **options, timeout=2)[HOST]
    assert said["comparison"]["points_to"] == "path", said["comparison"]["summary"]


def test_a_place_that_cannot_be_asked_is_not_one_that_is_kept_out(fleet: Fleet) -> None:
    server = pc_of(fleet).wsman
    assert server
    server.refuse = True
    options = {"host": fleet.hosts[HOST].address, "via": ["localhost", PC]}
    said = module(fleet.inventory_path, "probe", HOST, **options)[HOST]
    assert not said["failed"] and said["comparison"]["kept_out"] == [] and said["comparison"]["unasked"] == [PC]
    assert "cannot be reached" in said["via_errors"][PC] and said["comparison"]["points_to"] == "unknown"


def test_the_role(fleet: Fleet, tmp_path: Path) -> None:
    turn_tls_off(pc_of(fleet))
    play = [
        {
            "hosts": PC,
            "gather_facts": False,
            "roles": [{"role": "winops.rdp.rdp_client", "vars": {"rdp_client_target": fleet.hosts[HOST].address}}],
            "tasks": [{"ansible.builtin.assert": {"that": "rdp_client_result.verdict == 'client'"}}],
        }
    ]
    path = tmp_path / "play.yml"
    path.write_text(json.dumps(play))
    done = playbook(fleet.inventory_path, str(path))
    assert done.returncode == 0 and "client.tls_off" in done.stdout, done.stdout + done.stderr


def test_every_scenario_of_a_client(tmp_path: Path) -> None:
    """Each at the host that its scenario wants: one call, and the finding is there."""
    hosts = sorted({scenario.host for scenario in CLIENT_SCENARIOS.values()})
    with Fleet([*hosts, *(["healthy"] * len(CLIENT_SCENARIOS))], state_dir=tmp_path / "state") as fleet:
        pcs = dict(zip(CLIENT_SCENARIOS, list(fleet.hosts)[len(hosts) :]))
        targets = {}
        for name, scenario in CLIENT_SCENARIOS.items():
            pc = fleet.hosts[pcs[name]]
            targets[pc.name] = fleet.hosts[scenario.host].address
            scenario.change(pc.host, targets[pc.name])
        for name, scenario in CLIENT_SCENARIOS.items():
            options = {"target": targets[pcs[name]], "rdp_files": [FILE], "timeout": 4}
            said = acted(fleet, "client", pcs[name], **options)[pcs[name]]
            assert scenario.finding in ids(said) and said["verdict"] == scenario.verdict, (name, said["summary"])
            assert len(fleet.hosts[pcs[name]].calls) == 1 and not said["changed"]
