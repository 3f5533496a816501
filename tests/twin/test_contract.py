# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The twin's host script against docs/host-contract.md: every snapshot has the published shape, and apply keeps the contract's promises."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.twin import hostscript
from tests.twin.fleet import Fleet, Twin
from tests.twin.scenarios import SCENARIOS
from tests.twin.state import RDP_TCP, STOPPED, TS, WS

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "snapshot.schema.json").read_text())
ASKED = sorted(name for name, scenario in SCENARIOS.items() if not scenario.fault)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(ASKED, state_dir=tmp_path_factory.mktemp("contract")) as running:
        yield running


@pytest.fixture
def healthy(tmp_path: Path) -> Iterator[Twin]:
    with Fleet(["healthy"], state_dir=tmp_path) as running:
        yield running.hosts["healthy"]


def _apply(
    twin: Twin,
    *steps: dict[str, Any],
    number: int = 1,
    undoes: str | None = None,
    check: bool = False,
    cut: int | None = None,
) -> dict[str, Any]:
    journal = {
        "id": f"20261123T130000Z-{number:08x}",
        "controller": "test",
        "created": "2026-11-23T13:00:00.000Z",
        "undoes": undoes,
    }
    return hostscript.call(
        twin.host, {"operation": "apply", "steps": list(steps), "journal": journal, "_ansible_check_mode": check}, cut
    )


SET_NLA = {"op": "registry.set", "key": RDP_TCP, "name": "UserAuthentication", "type": "dword", "data": 1}
SET_LEVEL = {"op": "registry.set", "key": RDP_TCP, "name": "MinEncryptionLevel", "type": "dword", "data": 3}


@pytest.mark.parametrize("name", ASKED)
def test_snapshot_has_the_published_shape(fleet: Fleet, name: str) -> None:
    answer = hostscript.call(fleet.hosts[name].host, {"operation": "snapshot", **collect.arguments()})
    jsonschema.validate(json.loads(json.dumps(answer)), SCHEMA)
    assert set(answer["sections"]) | set(answer["errors"]) == set(hostscript.SECTIONS)
    assert not set(answer["sections"]) & set(answer["errors"])


@pytest.mark.parametrize("name", ASKED)
def test_snapshot_changes_nothing(fleet: Fleet, name: str) -> None:
    twin = fleet.hosts[name]
    before = twin.state
    hostscript.call(twin.host, {"operation": "snapshot", **collect.arguments()})
    assert twin.state == before


def test_check_mode_is_refused(healthy: Twin) -> None:
    before = healthy.state
    assert _apply(healthy, SET_LEVEL, check=True)["reason"] == "check_mode"
    assert healthy.state == before


@pytest.mark.parametrize(
    "step",
    [
        {**SET_NLA, "data": 0},
        {**SET_NLA, "name": "SecurityLayer", "data": 0},
        {**SET_NLA, "name": "PortNumber", "data": 3390},
        {**SET_NLA, "key": RDP_TCP + "\\Other"},
        {**SET_NLA, "type": "string", "data": "1"},
        {**SET_NLA, "data": "1"},
        {**SET_NLA, "data": -1},
        {**SET_NLA, "data": 2**32},
        {**SET_NLA, "data": True},
        {"op": "registry.set", "key": RDP_TCP, "name": "SSLCertificateSHA1Hash", "type": "binary", "data": "QUJD"},
        {"op": "registry.set", "key": RDP_TCP, "name": "SSLCertificateSHA1Hash", "type": "binary", "data": "no base64"},
        {"op": "service.start", "service": "TermService", "timeout_s": 0},
        {"op": "certificate.wait_renewed", "previous": "AB", "timeout_s": 5},
        {**SET_NLA, "extra": 1},
        {"op": "registry.set", "key": RDP_TCP},
        {"op": "command.run", "line": "whoami"},
        {"op": "service.stop", "service": "TermService", "timeout_s": 30},
        {"op": "service.start_type", "service": "TermService", "start": 4},
        {"op": "service.restart", "service": "gpsvc", "timeout_s": 30},
        {"op": "certificate.remove", "store": "My", "thumbprint": "AB" * 20},
        {"op": "certificate.import", "store": "Remote Desktop", "thumbprint": "AB" * 20, "blob": ""},
        {"op": "acl.set", "path": r"C:\ProgramData\Microsoft\Crypto\RSA\MachineKeys", "sddl": "D:PAI(A;;FA;;;SY)"},
        {"op": "acl.set", "path": r"C:\Windows\win.ini", "sddl": "D:PAI(A;;FA;;;SY)"},
    ],
    ids=lambda step: (
        f"{step['op']}-{step.get('name') or step.get('service') or step.get('store') or step.get('path', '')[-8:]}"
    ),
)
def test_a_refused_step_stops_everything_before_the_first(healthy: Twin, step: dict[str, Any]) -> None:
    before = healthy.state
    answer = _apply(healthy, SET_LEVEL, step)
    assert (answer["failed"], answer["reason"], answer["step"]) == (True, "refused_step", 1)
    assert healthy.state == before


@pytest.mark.parametrize("sddl", ["", "D:nonsense", "O:SYG:SY", "D:PAI(X;;FA;;;SY)", "D:PAI(A;;FA;;;nobody)", 7])
def test_what_is_no_descriptor_is_not_set(healthy: Twin, sddl: object) -> None:
    before = healthy.state
    assert (
        _apply(healthy, {"op": "acl.set", "path": healthy.host.key_path("TSSecKeySet1"), "sddl": sddl})["reason"]
        == "refused_step"
    )
    assert healthy.state == before


def test_a_journal_id_serves_once(healthy: Twin) -> None:
    assert _apply(healthy, SET_LEVEL)["changed"]
    before = healthy.state
    assert _apply(healthy, {**SET_LEVEL, "data": 2})["reason"] == "bad_arguments" and healthy.state == before


def test_unknown_arguments_are_refused(healthy: Twin) -> None:
    assert hostscript.call(healthy.host, {"operation": "snapshot", "frobnicate": 1})["reason"] == "bad_arguments"


def test_lists_of_events_are_capped(healthy: Twin) -> None:
    kinds = [
        ("Service Control Manager", number) for number in (7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038)
    ]
    kinds += [("Schannel", number) for number in (*range(36869, 36875), *range(36886, 36889))] + [("TermDD", 50)]
    for number in range(20):
        for _turn in range(45):
            healthy.host.event("System", *kinds[number])
    answer = hostscript.call(healthy.host, {"operation": "snapshot", "sections": ["events"], **collect.arguments()})
    events = answer["sections"]["events"]
    assert len(events["entries"]) == 400 and answer["truncated"] == ["events"]
    assert max(sum(event["id"] == row["id"] for event in events["entries"]) for row in events["counts"]) == 40
    assert {row["count"] for row in events["counts"]} == {45}


def test_the_pinned_certificate_is_not_removed(healthy: Twin) -> None:
    own = healthy.host.thumbprint(WS, "SelfSignedCertificate")
    assert own
    healthy.host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", own)
    answer = _apply(healthy, {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": own})
    assert answer["reason"] == "refused_step" and own in healthy.host.store("Remote Desktop")


def test_before_and_after_are_what_was_there(healthy: Twin) -> None:
    answer = _apply(healthy, SET_NLA, SET_LEVEL)
    assert [(step["status"], step["before"], step["after"]) for step in answer["steps"]] == [
        ("unchanged", {"type": "dword", "data": 1}, {"type": "dword", "data": 1}),
        ("done", {"type": "dword", "data": 2}, {"type": "dword", "data": 3}),
    ]
    assert answer["changed"] and answer["journal"]["state"] == "complete"
    assert [step["status"] for step in healthy.state["journals"][answer["journal"]["id"]]["steps"]] == [
        "unchanged",
        "done",
    ]


def test_after_a_failed_step_the_rest_is_skipped(healthy: Twin) -> None:
    healthy.host.stop("UmRdpService")
    healthy.host.service("UmRdpService")["start"] = 4
    answer = _apply(healthy, {"op": "service.start", "service": "UmRdpService", "timeout_s": 30}, SET_LEVEL)
    assert [step["status"] for step in answer["steps"]] == ["failed", "skipped"]
    assert answer["steps"][0]["error"]["code"] == -2147023838  # ERROR_SERVICE_DISABLED
    assert answer["journal"]["state"] == "failed" and not answer["changed"]
    level = healthy.host.get(RDP_TCP, "MinEncryptionLevel")
    assert level == {"type": "dword", "data": 2}


def test_a_restart_brings_back_the_dependents_that_ran(healthy: Twin) -> None:
    pid = healthy.host.volatile["pids"]["TermService"]
    answer = _apply(healthy, {"op": "service.restart", "service": "TermService", "timeout_s": 30})
    assert (
        answer["steps"][0]["before"]["dependents"]
        == answer["steps"][0]["after"]["dependents"]
        == [{"name": "UmRdpService", "state": 4}]
    )
    assert healthy.host.volatile["pids"]["TermService"] != pid
    healthy.host.stop("UmRdpService")
    _apply(healthy, {"op": "service.restart", "service": "TermService", "timeout_s": 30}, number=2)
    assert healthy.host.service("UmRdpService")["state"] == STOPPED


@pytest.mark.parametrize(
    ("cut", "data", "statuses"),
    [(0, (2, 0), ["pending", "pending"]), (1, (3, 0), ["done", "pending"]), (2, (3, 1), ["done", "done"])],
)
def test_a_cut_leaves_a_journal_that_knows(healthy: Twin, cut: int, data: tuple[int, int], statuses: list[str]) -> None:
    with pytest.raises(hostscript.Cut):
        _apply(
            healthy,
            SET_LEVEL,
            {"op": "registry.set", "key": TS, "name": "fDenyTSConnections", "type": "dword", "data": 1},
            cut=cut,
        )
    journal = next(iter(healthy.state["journals"].values()))
    assert journal["state"] == "open" and [step["status"] for step in journal["steps"]] == statuses
    level, deny = healthy.host.get(RDP_TCP, "MinEncryptionLevel"), healthy.host.get(TS, "fDenyTSConnections")
    assert level and deny and (level["data"], deny["data"]) == data


def test_an_undo_marks_what_it_took_back(healthy: Twin) -> None:
    start = copy.deepcopy(healthy.state["registry"])
    first = _apply(healthy, SET_LEVEL)["journal"]["id"]
    question = {"operation": "snapshot", "sections": ["journals"], "journal_id": first}
    assert hostscript.call(healthy.host, question)["sections"]["journals"]["whole"]["state"] == "complete"
    _apply(healthy, {**SET_LEVEL, "data": 2}, number=2, undoes=first)
    assert healthy.state["journals"][first]["state"] == "undone" and healthy.state["registry"] == start
    assert hostscript.call(healthy.host, question)["sections"]["journals"]["whole"]["state"] == "undone"


def test_the_lock_keeps_a_second_run_out(healthy: Twin) -> None:
    held = {"holder": "another, process 1", "since": "2026-11-23T13:00:00.000Z", "journal": "20261123T130000Z-0000ffff"}
    healthy.host.volatile["lock"] = held
    before = healthy.state
    answer = _apply(healthy, SET_LEVEL)
    assert answer["reason"] == "locked" and answer["lock"] == held and healthy.state == before


def test_sessionenv_renews_what_has_expired_and_only_that(tmp_path: Path) -> None:
    restart = {"op": "service.restart", "service": "SessionEnv", "timeout_s": 30}
    with Fleet(["cert_expired", "healthy", "key_unreadable", "cert_expired_key_locked"], state_dir=tmp_path) as running:
        before, after = {}, {}
        for name, twin in running.hosts.items():
            before[name] = twin.host.thumbprint(WS, "SelfSignedCertificate")
            held = twin.host.volatile["credential"]
            _apply(twin, restart)
            after[name] = twin.host.thumbprint(WS, "SelfSignedCertificate")
            assert twin.host.volatile["credential"] == held  # TermService keeps what it has opened until it starts anew
        assert {name for name in before if before[name] != after[name]} == {"cert_expired"}
        assert list(running.hosts["cert_expired"].host.store("Remote Desktop")) == [after["cert_expired"]]
        assert running.hosts["cert_expired"].state["events"][-1]["id"] == 1056
        assert running.hosts["cert_expired_key_locked"].state["events"][-1]["id"] == 1058
