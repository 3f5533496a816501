# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""NLA off for a time, the firewall and Remote Desktop in one step: check mode, the change, a second run and the way
back; and the roles through real ansible."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.e2e.commands import acted, playbook
from tests.hosts import granting
from tests.hosts.steps import PERSON
from tests.hosts.windows import RDP_TCP
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

HOSTS = ["healthy", "rdp_off", "firewall_rule_off", "firewall_rule_gone", "firewall_port", "firewall_block"]
HOSTS += ["firewall_policy", "trust_broken", "policy_nla_off"]
ACCESS = {"enabled": True, "profiles": ["private"], "remote_addresses": ["any"], "members": [PERSON]}


@pytest.fixture
def fleet(tmp_path: Path) -> Iterator[Fleet]:
    with Fleet(HOSTS, state_dir=tmp_path / "state") as fleet:
        yield fleet


def _bytes(twin: Twin) -> bytes:
    return json.dumps(twin.state, sort_keys=True).encode()


def _lasting(twin: Twin) -> dict[str, Any]:
    return {part: data for part, data in twin.state.items() if part not in ("journals", "events")}


def test_remote_desktop_on_in_one_step(fleet: Fleet, tmp_path: Path) -> None:
    hosts = ["healthy", "rdp_off", "firewall_rule_off", "firewall_rule_gone", "firewall_port"]
    limit, options = ",".join(hosts), {**ACCESS, "journal_dir": str(tmp_path / "journals")}
    twins = {name: fleet.hosts[name] for name in hosts}
    start, bytes_ = {n: _lasting(t) for n, t in twins.items()}, {n: _bytes(t) for n, t in twins.items()}
    dry = acted(fleet, "access", limit, "--check", "--diff", **options)
    assert {name: _bytes(twin) for name, twin in twins.items()} == bytes_
    real = acted(fleet, "access", limit, "--diff", **options)
    for name in hosts:
        assert not real[name]["failed"], real[name].get("msg")
        assert (dry[name]["plan"], dry[name]["diff"]) == (real[name]["plan"], real[name]["diff"]) and real[name][
            "changed"
        ]
        assert real[name]["columns"]["client_after"] == "a client reaches the logon", real[name]["summary"]
        assert twins[name].state["members"] == [PERSON]
    assert twins["firewall_port"].host.get(granting.LOCAL_RULES, granting.OWN_RULE)
    again = acted(fleet, "access", limit, **options)
    assert not any(result["changed"] for result in again.values())
    back = acted(fleet, "restore", limit, run="latest", journal_dir=options["journal_dir"])
    assert not any(result["failed"] for result in back.values())
    assert {name: _lasting(twin) for name, twin in twins.items()} == start


def test_off_is_its_opposite(fleet: Fleet, tmp_path: Path) -> None:
    twin, options = fleet.hosts["healthy"], {"enabled": False, "journal_dir": str(tmp_path)}
    off = acted(fleet, "access", "healthy", **options)["healthy"]
    assert not off["failed"] and off["verdict_after"] == "off" and not twin.host.lets_in
    assert not acted(fleet, "access", "healthy", **options)["healthy"]["changed"]
    on = acted(fleet, "access", "healthy", **ACCESS, journal_dir=str(tmp_path))["healthy"]
    assert on["verdict_after"] == "healthy" and twin.host.lets_in


@pytest.mark.parametrize(
    ("name", "words"),
    [("firewall_block", "{B1} (local)"), ("firewall_policy", "AllowLocalPolicyMerge")],
)
@pytest.mark.parametrize("what", ["firewall", "access"])
def test_what_would_be_overridden_is_refused_and_nothing_is_done(
    fleet: Fleet, tmp_path: Path, what: str, name: str, words: str
) -> None:
    before = _bytes(fleet.hosts[name])
    options = {"enabled": True, "profiles": ["private"], "journal_dir": str(tmp_path)}
    result = acted(fleet, what, name, **options)[name]
    assert result["failed"] and result["reason"] == "refused" and words in result["msg"]
    assert _bytes(fleet.hosts[name]) == before


def test_the_firewall_is_closed_and_opened(fleet: Fleet, tmp_path: Path) -> None:
    twin, keep = fleet.hosts["healthy"], {"journal_dir": str(tmp_path)}
    start = _lasting(twin)
    closed = acted(fleet, "firewall", "healthy", enabled=False, **keep)["healthy"]
    assert (
        not closed["failed"]
        and closed["columns"]["client_after"] != "a client reaches the logon"
        and not twin.host.lets_in
    )
    asked = {"profiles": ["domain", "private"], "remote_addresses": ["127.0.0.0/8"], **keep}
    opened = acted(fleet, "firewall", "healthy", **asked)["healthy"]
    assert opened["columns"]["client_after"] == "a client reaches the logon", opened["summary"]
    assert not acted(fleet, "firewall", "healthy", **asked)["healthy"]["changed"]
    for result in (opened, closed):
        acted(fleet, "restore", "healthy", run=result["run"], **keep)
    assert _lasting(twin) == start


def test_rules_that_keep_clients_out_are_taken_back(fleet: Fleet, tmp_path: Path) -> None:
    """The addresses that were asked for are not those from where clients come."""
    twin = fleet.hosts["healthy"]
    start = _lasting(twin)
    asked = {"profiles": ["private"], "remote_addresses": ["203.0.113.0/24"], "journal_dir": str(tmp_path)}
    result = acted(fleet, "firewall", "healthy", **asked)["healthy"]
    assert result["failed"] and result["rolled_back"] and _lasting(twin) == start, result.get("msg")


def test_nla_is_off_for_a_time_and_comes_back_without_us(fleet: Fleet, tmp_path: Path) -> None:
    hosts = ["healthy", "trust_broken"]
    keep = {"journal_dir": str(tmp_path)}
    asked = {"nla": False, "for": "1h", **keep}
    limit, twins = ",".join(hosts), {name: fleet.hosts[name] for name in hosts}
    start = {name: _lasting(twin) for name, twin in twins.items()}
    dry = acted(fleet, "listener", limit, "--check", **asked)
    assert {name: _lasting(twin) for name, twin in twins.items()} == start
    real = acted(fleet, "listener", limit, **asked)
    audit = acted(fleet, "diagnose", limit)
    for name in hosts:
        until = real[name]["nla_off_until"]
        assert not real[name]["failed"] and real[name]["changed"] and until, real[name].get("msg")
        assert [step["op"] for step in dry[name]["plan"]["steps"]] == ["task.arm", "registry.set"] and dry[name][
            "nla_off_until"
        ]
        assert (
            f"NLA again at {until}" in real[name]["summary"]
            and twins[name].host.number(RDP_TCP, "UserAuthentication", 9) == 0
        )
        [told] = [finding for finding in audit[name]["findings"] if finding["id"] == "nla.off_until"]
        assert until in told["summary"]
    causes = [one["target"]["causes"] for one in audit["trust_broken"]["findings"] if one["id"] == "nla.off_until"]
    assert causes == [["nla.trust_broken"]]
    # A repair leaves it while the trust is broken, and ends it once it is whole again.
    kept = acted(fleet, "remediate", "trust_broken", **keep)["trust_broken"]
    assert not kept["changed"] and not kept["failed"]
    twins["trust_broken"].host.data.update(channel_status=0, events=[])
    ended = acted(fleet, "remediate", "trust_broken", **keep)["trust_broken"]
    assert ended["changed"] and twins["trust_broken"].host.number(RDP_TCP, "UserAuthentication") == 1
    # The other one comes back by itself.
    clock = twins["healthy"].host.clock
    twins["healthy"].host.clock = lambda: clock() + timedelta(hours=2)
    granting.run_due(twins["healthy"].host)
    assert _lasting(twins["healthy"]) == start["healthy"]


@pytest.mark.parametrize(
    ("name", "category", "options", "words"),
    [
        ("policy_nla_off", None, {"for": "1h"}, "Group Policy"),
        ("healthy", 0, {"for": "1h"}, "allow_public"),
        ("healthy", None, {}, "30m to 24h"),
        ("healthy", None, {"for": "3d"}, "30m to 24h"),
    ],
)
def test_nla_is_not_turned_off(
    fleet: Fleet, tmp_path: Path, name: str, category: int | None, options: dict[str, Any], words: str
) -> None:
    twin = fleet.hosts[name]
    twin.host.data["adapters"][0]["category"] = category
    before = _bytes(twin)
    result = acted(fleet, "listener", name, nla=False, **options, journal_dir=str(tmp_path))[name]
    assert result["failed"] and words in result["msg"] and _bytes(twin) == before


def test_the_roles(fleet: Fleet, tmp_path: Path) -> None:
    keep = {f"rdp_{role}_journal_dir": str(tmp_path / "journals") for role in ("access", "firewall", "nla")}
    play = [
        {
            "hosts": "healthy",
            "gather_facts": False,
            "vars": {
                **keep,
                "rdp_access_enabled": True,
                "rdp_access_members": [PERSON],
                "rdp_access_remote_addresses": ["any"],
                "rdp_firewall_profiles": ["private"],
                "rdp_firewall_remote_addresses": ["127.0.0.1"],
                "rdp_nla_required": False,
                "rdp_nla_for": "2h",
            },
            "roles": [f"winops.rdp.rdp_{role}" for role in ("access", "firewall", "nla")],
        }
    ]
    path = tmp_path / "play.yml"
    path.write_text(yaml.safe_dump(play))
    done = playbook(fleet.inventory_path, str(path))
    assert done.returncode == 0, done.stdout
    twin = fleet.hosts["healthy"]
    assert twin.state["members"] == [PERSON] and twin.state["nla_task"]
    assert "RA4=127.0.0.1|" in (granting.rule_text(twin.host, granting.BUILT_IN[0]) or "")
