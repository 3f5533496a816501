# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles through real ansible: taken of hosts, judged without them, and nothing of the account in them."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, module, playbook
from tests.hosts.scenarios import SCENARIOS
from tests.profiles import deep
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

# One that is in order, one of each of these that is judged by something else, and one that cannot be asked.
NAMES = ["healthy", "key_unreadable", "pin_dead", "firewall_rule_off", "winrm_closed"]
NAMES += ["cert_expired", "trust_broken", "middlebox_reset"] if deep() else []
HERE = ROOT / "tests/e2e/localhost.ini"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(NAMES, state_dir=tmp_path_factory.mktemp("bundles")) as twins:
        yield twins


def test_taken_and_judged_without_the_hosts(fleet: Fleet, tmp_path: Path) -> None:
    folder = tmp_path / "bundles"
    start = {name: twin.state for name, twin in fleet.hosts.items()}
    checked = module(fleet.inventory_path, "facts", "healthy", "--check", bundle_dir=str(folder))
    assert (
        not folder.exists()
        and checked["healthy"]["bundle"]["written"] is False
        and "was not written" in checked["healthy"]["msg"]
    )
    taken = module(fleet.inventory_path, "facts", bundle_dir=str(folder))
    assert (
        taken["winrm_closed"]["unreachable"]
        and not taken["healthy"]["changed"]
        and {name: twin.state for name, twin in fleet.hosts.items()} == start
    )
    files = sorted(folder.iterdir())
    assert [path.name for path in files] == sorted(f"{name}.json" for name in NAMES if name != "winrm_closed")
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert fleet.password not in path.read_text() and "ansible_" not in path.read_text()
    calls = {name: len(twin.calls) for name, twin in fleet.hosts.items()}
    replay = module(HERE, "diagnose", "localhost", bundle_path=str(folder))["localhost"]
    assert calls == {name: len(twin.calls) for name, twin in fleet.hosts.items()}, "no host is asked"
    assert (
        replay["failed"] is False
        and replay["changed"] is False
        and set(replay["hosts"]) == set(NAMES) - {"winrm_closed"}
    )
    live = module(fleet.inventory_path, "diagnose", ",".join(replay["hosts"]))
    for name, result in replay["hosts"].items():
        assert [finding["id"] for finding in result["findings"]] == [
            finding["id"] for finding in live[name]["findings"]
        ], name
        assert (result["findings"][0]["id"] if result["findings"] else None) == SCENARIOS[name].top
        # A bundle's host is none of the run's, so no fact is kept for it.
        there = {key for key in live[name] if not key.startswith("_ansible")} - {
            "failed",
            "unreachable",
            "ansible_facts",
        }
        assert result["verdict"] == live[name]["verdict"] and set(result) == there, name
    assert replay["counts"]["healthy"] == 1 and sum(replay["counts"].values()) == len(NAMES) - 1


def test_the_reading_is_held_against_windows_own_tools(fleet: Fleet, tmp_path: Path) -> None:
    start = {name: twin.state for name, twin in fleet.hosts.items()}
    run = playbook(
        fleet.inventory_path, "winops.rdp.verify_host", rdp_hosts="healthy,pin_dead", rdp_results_dir=str(tmp_path)
    )
    assert run.returncode == 0 and "healthy: Windows build 20348" in run.stdout and "0 differ" in run.stdout, run.stdout
    assert {name: twin.state for name, twin in fleet.hosts.items()} == start
    held = json.loads((tmp_path / "pin_dead.json").read_text())
    assert held["counts"]["agree"] > 40 and held["counts"]["differ"] == 0
    assert fleet.password not in (tmp_path / "pin_dead.json").read_text()


def test_a_host_that_cannot_be_asked_is_said_and_the_others_are_compared(fleet: Fleet, tmp_path: Path) -> None:
    inventory = tmp_path / "hosts"
    # Since ansible-core 2.22 a password is struck out wherever it stands: one of a letter takes it out of all words.
    account = "ansible_user=somebody ansible_password=hidden"
    dead = f"dead ansible_connection=winrm ansible_host=127.0.0.1 ansible_port=1 {account}"
    inventory.write_text(f"{Path(fleet.inventory_path).read_text()}\n[dead_ones]\n{dead}\n")
    run = playbook(inventory, "winops.rdp.verify_host", rdp_hosts="healthy,dead", rdp_results_dir=str(tmp_path))
    assert run.returncode == 2 and "0 differ" in run.stdout, run.stdout
    assert "dead: unreachable: cannot be reached over winrm at 127.0.0.1:1" in run.stdout, run.stdout


def test_a_host_beside_one_that_works(fleet: Fleet, tmp_path: Path) -> None:
    module(fleet.inventory_path, "facts", "healthy", bundle_dir=str(tmp_path))
    asked = {"reference_path": str(tmp_path / "healthy.json"), "since": "2026-01-01", "client_address": "127.0.0.1"}
    live = module(fleet.inventory_path, "diagnose", "key_unreadable,firewall_rule_off", **asked)
    told = {name: [one["what"] for one in result["compared"]["differences"]] for name, result in live.items()}
    assert any("firewall rule" in what for what in told["firewall_rule_off"])
    assert "the private key" in told["key_unreadable"] and "the private key" not in told["firewall_rule_off"]
    assert all(result["changed_since"]["not_told"] for result in live.values())
    assert live["key_unreadable"]["client_arrival"]["reached"] is True, "the probe itself came from there"
    assert "the host's log has connections of 127.0.0.1" in live["key_unreadable"]["summary"]


def test_a_host_beside_one_of_the_inventory_that_works(fleet: Fleet, tmp_path: Path) -> None:
    """By the module and by the playbook's variable, over the other host's own connection; nobody is changed by it."""
    start = {name: twin.state for name, twin in fleet.hosts.items()}
    module(fleet.inventory_path, "facts", "healthy", bundle_dir=str(tmp_path))
    by_bundle, by_host = (
        module(fleet.inventory_path, "diagnose", "key_unreadable,healthy", **asked)
        for asked in ({"reference_path": str(tmp_path / "healthy.json")}, {"reference_host": "healthy"})
    )
    assert by_host["key_unreadable"]["compared"]["differences"]
    assert by_host["key_unreadable"]["compared"] == by_bundle["key_unreadable"]["compared"]
    assert "; different on HEALTHY: the private key" in by_host["key_unreadable"]["summary"]
    # An earlier reading of the same host can be compared; the very one that is judged cannot.
    assert by_bundle["healthy"]["compared"]["not_compared"] == []
    assert "itself" in by_host["healthy"]["compared"]["not_compared"][0]
    for name in ("key_unreadable", "healthy"):
        assert by_host[name]["findings"] == by_bundle[name]["findings"], name
    run = playbook(
        fleet.inventory_path,
        "winops.rdp.audit_rdp",
        rdp_hosts="key_unreadable",
        rdp_audit_reference_host="healthy",
        rdp_audit_results_dir=str(tmp_path / "results"),
    )
    assert run.returncode == 0, run.stdout
    told = json.loads((tmp_path / "results/key_unreadable.json").read_text())
    assert told["compared"] == by_host["key_unreadable"]["compared"]
    replay = module(HERE, "diagnose", "localhost", bundle_path=str(tmp_path), reference_host="healthy")["localhost"]
    assert replay["failed"] and "reference_host is 'healthy'; it must be a host of the inventory" in replay["msg"]
    assert {name: twin.state for name, twin in fleet.hosts.items()} == start


def test_a_reference_that_cannot_be_read_costs_nobody_the_diagnosis(fleet: Fleet, tmp_path: Path) -> None:
    inventory = tmp_path / "hosts"
    account = "ansible_user=somebody ansible_password=hidden"
    dead = f"dead ansible_connection=winrm ansible_host=127.0.0.1 ansible_port=1 {account}"
    inventory.write_text(f"{Path(fleet.inventory_path).read_text()}\n[dead_ones]\n{dead}\n")
    told = module(inventory, "diagnose", "key_unreadable", reference_host="dead")["key_unreadable"]
    assert told["findings"][0]["id"] == "certificate.key_unreadable" and not told["failed"]
    assert told["compared"]["differences"] == [] and told["compared"]["reference"] == "dead"
    [why] = told["compared"]["not_compared"]
    assert "dead cannot be reached" in why


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reference_host": "nobody"}, "reference_host is 'nobody'; it must be a host of the inventory"),
        ({"reference_host": "healthy", "reference_path": "x.json"}, "reference_path is given and reference_host is"),
        ({"since": "2126-11-23"}, "since is '2126-11-23'; it must be a day or a time that is past"),
        ({"since": "Monday"}, "since is 'Monday'; it must be a day or a time such as 2026-11-23"),
        ({"client_address": "alice"}, "client_address is 'alice'; it must be an IP address"),
        ({"reference_path": "no/such.json"}, "reference_path: "),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused(fleet: Fleet, given: dict[str, str], words: str) -> None:
    answer = module(fleet.inventory_path, "diagnose", "healthy", **given)["healthy"]
    assert answer["failed"] and words in answer["msg"]


def test_a_user_s_code_counts_in_a_replay(fleet: Fleet, tmp_path: Path) -> None:
    module(fleet.inventory_path, "facts", "healthy", bundle_dir=str(tmp_path))
    ids = {}
    for code in ("0x904/0x7", "0xC07"):
        replay = module(HERE, "diagnose", "localhost", bundle_path=str(tmp_path), client_code=code)["localhost"]
        ids[code] = [finding["id"] for finding in replay["hosts"]["healthy"]["findings"]]
    assert ids == {"0x904/0x7": ["client.not_reproduced"], "0xC07": ["nla.account_restricted"]}
    bundle = json.loads((tmp_path / "healthy.json").read_text())
    (tmp_path / "healthy.json").write_text(json.dumps({**bundle, "client_code": "0xC07"}))
    own = module(HERE, "diagnose", "localhost", bundle_path=str(tmp_path))["localhost"]["hosts"]["healthy"]
    assert [finding["id"] for finding in own["findings"]] == ["nla.account_restricted"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"bundle_path": "/nowhere"}, "there is no such file or folder with bundles"),
        ({"bundle_path": ".", "client_code": "0xZZ"}, "client_code"),
        ({"bundle_path": ".", "forecast_days": 0}, "forecast_days is 0"),
    ],
)
def test_bad_options_are_one_sentence(options: dict[str, object], sentence: str) -> None:
    answer = module(HERE, "diagnose", "localhost", **options)["localhost"]
    assert answer["failed"] and sentence in answer["msg"] and answer["msg"].startswith("winops.rdp.diagnose: ")
