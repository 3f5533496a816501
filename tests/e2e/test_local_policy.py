# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of the listener through the host's own Group Policy: what helps, what is refused, a host
that changed meanwhile, and the way back byte for byte."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import QUICK, ROOT, acted
from tests.hosts import group_policy
from tests.hosts.changes import domain_policy
from tests.hosts.windows import POLICY, RDP_TCP, Windows
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

HARDEN: dict[str, Any] = {"security_layer": "tls", "nla": True, "where": "local_policy"}


def _lasting(twin: Twin) -> dict[str, Any]:
    state = twin.state
    return {part: state[part] for part in ("registry", "services", "policy_files", "policy_applied", "files")}


@pytest.fixture
def fleet(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Fleet]:
    with Fleet(list(request.param), state_dir=tmp_path / "state") as twins:
        yield twins


def _set(host: Windows, **numbers: int) -> dict[str, int | None]:
    """What the file, and what the registry says of these values."""
    rows = group_policy.rows_of(group_policy.content(host, "registry.pol") or group_policy.pol())
    said = {name: int.from_bytes(data, "little") for _raw, key, name, _kind, data in rows if key == group_policy.KEY}
    for name, number in numbers.items():
        assert said.get(name) == host.number(POLICY, name, -1) == number, name
    return {**said}


@pytest.mark.parametrize("fleet", [("own_policy_security_layer", "nla_off", "healthy_domain")], indirect=True)
def test_repaired_repeated_and_taken_back_byte_for_byte(fleet: Fleet, tmp_path: Path) -> None:
    names = ",".join(fleet.hosts)
    start = {name: _lasting(twin) for name, twin in fleet.hosts.items()}
    options = {**HARDEN, "journal_dir": str(tmp_path)}
    # nla_off: as a policy that only the listener's own value goes against.
    dry = acted(fleet, "listener", names, "--check", "--diff", **options)
    assert {name: _lasting(twin) for name, twin in fleet.hosts.items()} == start
    for result in dry.values():
        assert [step["op"] for step in result["plan"]["steps"]] == ["file.replace", "file.replace", "policy.refresh"]
        assert result["disruption"] == "none" and result["changed"]
        shown = json.dumps(result["diff"])
        assert "SSL (TLS) (2)" in shown and "Version=" in shown and "UFJlZ" not in json.dumps(result)
    own = dry["own_policy_security_layer"]["diff"][0]
    assert "SecurityLayer: RDP (0)\nother entries: 1" in own["before"] and "SSL (TLS) (2)" in own["after"]
    done = acted(fleet, "listener", names, "--diff", **options)
    for name, result in done.items():
        assert not result["failed"] and result["verdict_after"] == "healthy", result.get("msg")
        assert (result["plan"], result["diff"]) == (dry[name]["plan"], dry[name]["diff"])
        assert [step["status"] for step in result["steps"]] == ["done"] * 3 and "UFJlZ" not in json.dumps(result)
        _set(fleet.hosts[name].host, SecurityLayer=2, UserAuthentication=1)
    again = acted(fleet, "listener", names, **options)
    assert not any(result["changed"] for result in again.values())
    # As at the next run of Windows: what the files say stays.
    for twin in fleet.hosts.values():
        group_policy.apply(twin.host)
        _set(twin.host, SecurityLayer=2, UserAuthentication=1)
    back = acted(fleet, "restore", names, run="latest", journal_dir=str(tmp_path))
    for name, twin in fleet.hosts.items():
        if name == "own_policy_security_layer":  # it had no TLS: that never comes back
            assert not back[name]["changed"] and "never written" in back[name]["left_as_it_is"]
            assert back[name]["summary"].startswith(f"left as it is: {back[name]['left_as_it_is']}")
            continue
        assert back[name]["changed"] and not back[name]["failed"], back[name]
        assert _lasting(twin) == start[name]
        group_policy.apply(twin.host)
        assert _lasting(twin) == start[name]


@pytest.mark.parametrize("fleet", [("own_policy_security_layer",)], indirect=True)
def test_remediate_leaves_it_and_says_how(fleet: Fleet, tmp_path: Path) -> None:
    start = _lasting(fleet.hosts["own_policy_security_layer"])
    asked: tuple[dict[str, Any], ...] = ({}, {"tighten": True, "open": True})
    for more in asked:
        [result] = list(acted(fleet, "remediate", journal_dir=str(tmp_path), **more).values())
        [blocked] = [row for row in result["plan"]["blocked"] if row["finding"] == "listener.security_layer_conflict"]
        assert not result["plan"]["steps"] and blocked["guard"] == "policy"
        assert "winops.rdp.listener changes it there with where=local_policy" in blocked["detail"]
        assert _lasting(fleet.hosts["own_policy_security_layer"]) == start
    options = {"security_layer": "tls", "where": "local_policy", "journal_dir": str(tmp_path)}
    done = next(iter(acted(fleet, "listener", **options).values()))
    shown = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"\nown_policy_security_layer: {done['summary']}\n" in shown, done["summary"]


_domain_wins = domain_policy("RDP hardening", SecurityLayer=1)


def _mdm(host: Windows) -> None:
    host.dword(POLICY, "SecurityLayer", 1)
    key = r"HKLM\SOFTWARE\Microsoft\PolicyManager\current\device\ADMX_TerminalServer"
    host.put(key, "TS_SECURITY_LAYER_POLICY", {"type": "string", "data": "<enabled/>"})


def _malformed(host: Windows) -> None:
    group_policy.put(host, "registry.pol", b"PReg\1\0\0\0[\0")


def _turned_off(host: Windows) -> None:
    host.data["host"].update(dns_domain="corp.example.test", domain_role=3)
    host.dword(r"HKLM\SOFTWARE\Policies\Microsoft\Windows\System", "DisableLGPOProcessing", 1)


def _unread(host: Windows) -> None:
    host.data["denied_sections"].append("local_policy")


@pytest.mark.parametrize("fleet", [("healthy",)], indirect=True)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_domain_wins, "in the GPO 'RDP hardening' sets SecurityLayer and comes before the host's own policy"),
        (_mdm, "device management (MDM) sets SecurityLayer"),
        (_malformed, r"Machine\Registry.pol cannot be changed"),
        (_turned_off, "turns the host's own policies off"),
        (_unread, "could not be read"),
    ],
)
def test_refused_with_its_reason(fleet: Fleet, tmp_path: Path, change: Any, words: str) -> None:
    twin = fleet.hosts["healthy"]
    change(twin.host)
    start = _lasting(twin)
    result = acted(fleet, "listener", journal_dir=str(tmp_path), **HARDEN)["healthy"]
    assert result["failed"] and result["reason"] in ("refused", "not_administrator") and words in result["msg"], result
    assert _lasting(twin) == start and not twin.state["journals"]


@pytest.mark.parametrize("fleet", [("healthy",)], indirect=True)
@pytest.mark.parametrize(
    ("behaviour", "statuses"),
    [
        ("policy_held", ["failed", "skipped", "skipped"]),
        ("edits_policy", ["failed", "skipped", "skipped"]),
    ],
)
def test_a_file_that_is_held_or_changed_meanwhile(
    fleet: Fleet, tmp_path: Path, behaviour: str, statuses: list[str]
) -> None:
    twin = fleet.hosts["healthy"]
    twin.host.data["behaviour"][behaviour] = True
    result = acted(fleet, "listener", journal_dir=str(tmp_path), **HARDEN)["healthy"]
    assert result["failed"] and [step["status"] for step in result["steps"]] == statuses
    assert not _set(twin.host).get("SecurityLayer") and twin.host.get(POLICY, "SecurityLayer") is None
    assert twin.host.number(RDP_TCP, "SecurityLayer") == 2


@pytest.mark.parametrize("fleet", [("nla_off",)], indirect=True)
def test_where_windows_applies_nothing_the_value_is_written(fleet: Fleet, tmp_path: Path) -> None:
    twin = fleet.hosts["nla_off"]
    twin.host.data["behaviour"]["no_gpupdate"] = True
    start = _lasting(twin)
    result = acted(fleet, "listener", journal_dir=str(tmp_path), **HARDEN)["nla_off"]
    assert not result["failed"] and result["steps"][2]["after"]["refreshed"] is False, result
    _set(twin.host, SecurityLayer=2, UserAuthentication=1)
    back = acted(fleet, "restore", run="latest", journal_dir=str(tmp_path))["nla_off"]
    assert not back["failed"] and _lasting(twin) == start, back


@pytest.mark.parametrize("fleet", [("nla_off",)], indirect=True)
@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_killed_after_each_step(fleet: Fleet, tmp_path: Path, done: int) -> None:
    twin = fleet.hosts["nla_off"]
    start = _lasting(twin)
    twin.fault = f"cut:{done}"
    cut = acted(fleet, "listener", "all", *QUICK, journal_dir=str(tmp_path), **HARDEN)["nla_off"]
    assert cut["reason"] == "interrupted"
    assert twin.host.effective("SecurityLayer", RDP_TCP, 2) == 2, "never less than before"
    back = acted(fleet, "restore", run="latest", journal_dir=str(tmp_path))["nla_off"]
    assert not back["failed"], back
    assert _lasting(twin) == start
    again = acted(fleet, "listener", journal_dir=str(tmp_path), **HARDEN)["nla_off"]
    assert not again["failed"] and again["verdict_after"] == "healthy"
    _set(twin.host, SecurityLayer=2, UserAuthentication=1)


@pytest.mark.parametrize("fleet", [("healthy",)], indirect=True)
def test_somebody_s_later_change_of_the_file_is_kept(fleet: Fleet, tmp_path: Path) -> None:
    twin = fleet.hosts["healthy"]
    options = {"journal_dir": str(tmp_path)}
    assert not acted(fleet, "listener", **options, **HARDEN)["healthy"]["failed"]
    rows = group_policy.content(twin.host, "registry.pol") or b""
    group_policy.put(twin.host, "registry.pol", rows + group_policy.number("Later", 1, r"Software\Policies\Other"))
    edited = _lasting(twin)
    back = acted(fleet, "restore", run="latest", **options)["healthy"]
    assert not back["changed"] and "has been changed since" in back["plan"]["blocked"][0]["summary"]
    assert _lasting(twin) == edited
