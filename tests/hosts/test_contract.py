# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The model's host script against docs/host-contract.md: each snapshot has the published shape, and apply its
promises."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, schema
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.hosts import group_policy, hostscript, running, steps
from tests.hosts.policy_files import INI_ALLOWED, INI_REFUSED, POL_ALLOWED, POL_REFUSED
from tests.hosts.scenarios import SCENARIOS, host_of
from tests.hosts.snapshots import NOW
from tests.hosts.windows import RDP_TCP, STOPPED, TS, WS, Windows
from tests.profiles import each, some
from tests.unit.schemas import of_snapshots

ASKED = sorted(name for name, scenario in SCENARIOS.items() if not scenario.fault)


@pytest.fixture(scope="module")
def hosts() -> dict[str, Windows]:
    return {name: host_of(name) for name in ASKED}


@pytest.fixture
def healthy() -> Windows:
    return host_of("healthy")


def _apply(
    host: Windows,
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
        host, {"operation": "apply", "steps": list(steps), "journal": journal, "_ansible_check_mode": check}, cut
    )


SET_NLA = {"op": "registry.set", "key": RDP_TCP, "name": "UserAuthentication", "type": "dword", "data": 1}
SET_LEVEL = {"op": "registry.set", "key": RDP_TCP, "name": "MinEncryptionLevel", "type": "dword", "data": 3}


@pytest.mark.takes_long
@each(("at", "name"), enumerate(ASKED))
def test_snapshot_has_the_published_shape_and_changes_nothing(hosts: dict[str, Windows], at: int, name: str) -> None:
    """As the collection checks it; the usual run has every fifth checked by a validator of others, which is slow."""
    host = hosts[name]
    before = host.state
    answer = hostscript.call(host, {"operation": "snapshot", **collect.arguments()})
    assert host.state == before
    told = json.loads(json.dumps(answer))
    assert {part: fault for part, given in told["sections"].items() if (fault := schema.exact(part)(given))} == {}
    for one in some([told], 5, at):
        of_snapshots().validate(one)
    assert set(answer["sections"]) | set(answer["errors"]) == set(hostscript.SECTIONS)
    assert not set(answer["sections"]) & set(answer["errors"])


def test_check_mode_is_refused(healthy: Windows) -> None:
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
def test_a_refused_step_stops_everything_before_the_first(healthy: Windows, step: dict[str, Any]) -> None:
    before = healthy.state
    answer = _apply(healthy, SET_LEVEL, step)
    assert (answer["failed"], answer["reason"], answer["step"]) == (True, "refused_step", 1)
    assert healthy.state == before


@pytest.fixture
def pinned(healthy: Windows) -> Windows:
    """The host that the steps of ``steps`` are about: its pin, and the key file that they name."""
    healthy.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", steps.PINNED)
    healthy.data["host"]["machine_guid"] = steps.KEY_FILE.rpartition("_")[2]
    return healthy


@each("step", steps.REFUSED)
def test_the_model_refuses_what_the_host_script_refuses(pinned: Windows, step: object) -> None:
    assert hostscript.refusal(pinned, step, False, [])


@each("step", steps.ALLOWED + steps.UNDO_ONLY)
def test_the_model_allows_what_the_host_script_allows(pinned: Windows, step: dict[str, Any]) -> None:
    assert hostscript.refusal(pinned, step, True, []) is None
    assert (hostscript.refusal(pinned, step, False, []) is None) == (step in steps.ALLOWED)


@pytest.mark.parametrize("sddl", ["", "D:nonsense", "O:SYG:SY", "D:PAI(X;;FA;;;SY)", "D:PAI(A;;FA;;;nobody)", 7])
def test_what_is_no_descriptor_is_not_set(healthy: Windows, sddl: object) -> None:
    before = healthy.state
    assert (
        _apply(healthy, {"op": "acl.set", "path": healthy.key_path("TSSecKeySet1"), "sddl": sddl})["reason"]
        == "refused_step"
    )
    assert healthy.state == before


def test_unknown_arguments_are_refused(healthy: Windows) -> None:
    assert hostscript.call(healthy, {"operation": "snapshot", "frobnicate": 1})["reason"] == "bad_arguments"


def test_lists_of_events_are_capped(healthy: Windows) -> None:
    kinds = [
        ("Service Control Manager", number) for number in (7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038)
    ]
    kinds += [("Schannel", number) for number in (*range(36869, 36875), *range(36886, 36889))] + [("TermDD", 50)]
    for number in range(20):
        for _turn in range(45):
            healthy.event("System", *kinds[number])
    answer = hostscript.call(healthy, {"operation": "snapshot", "sections": ["events"], **collect.arguments()})
    events = answer["sections"]["events"]
    assert len(events["entries"]) == 400 and answer["truncated"] == ["events"]
    assert {sum(event["id"] == row["id"] for event in events["entries"]) for row in events["counts"]} == {20}
    assert {row["count"] for row in events["counts"]} == {45}


def test_the_pinned_certificate_is_not_removed(healthy: Windows) -> None:
    own = healthy.thumbprint(WS, "SelfSignedCertificate")
    assert own
    healthy.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", own)
    answer = _apply(healthy, {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": own})
    assert answer["reason"] == "refused_step" and own in healthy.store("Remote Desktop")


def test_before_and_after_are_what_was_there(healthy: Windows) -> None:
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


def test_after_a_failed_step_the_rest_is_skipped(healthy: Windows) -> None:
    healthy.stop("TermService")
    healthy.service("TermService")["start"] = 4
    answer = _apply(healthy, {"op": "service.start", "service": "UmRdpService", "timeout_s": 30}, SET_LEVEL)
    assert [step["status"] for step in answer["steps"]] == ["failed", "skipped"]
    assert answer["steps"][0]["error"]["code"] == -2147023828  # ERROR_SERVICE_DEPENDENCY_FAIL
    assert answer["journal"]["state"] == "failed" and not answer["changed"]
    level = healthy.get(RDP_TCP, "MinEncryptionLevel")
    assert level == {"type": "dword", "data": 2}


def test_a_restart_brings_back_the_dependents_that_ran(healthy: Windows) -> None:
    pid = healthy.volatile["pids"]["TermService"]
    answer = _apply(healthy, {"op": "service.restart", "service": "TermService", "timeout_s": 30})
    assert (
        answer["steps"][0]["before"]["dependents"]
        == answer["steps"][0]["after"]["dependents"]
        == [{"name": "UmRdpService", "state": 4, "start": 3}]
    )
    assert healthy.volatile["pids"]["TermService"] != pid
    healthy.stop("UmRdpService")
    _apply(healthy, {"op": "service.restart", "service": "TermService", "timeout_s": 30}, number=2)
    assert healthy.service("UmRdpService")["state"] == STOPPED


@pytest.mark.parametrize(
    ("cut", "data", "statuses"),
    [(0, (2, 0), ["pending", "pending"]), (1, (3, 0), ["done", "pending"]), (2, (3, 1), ["done", "done"])],
)
def test_a_cut_leaves_a_journal_that_knows(
    healthy: Windows, cut: int, data: tuple[int, int], statuses: list[str]
) -> None:
    with pytest.raises(running.Cut):
        _apply(
            healthy,
            SET_LEVEL,
            {"op": "registry.set", "key": TS, "name": "fDenyTSConnections", "type": "dword", "data": 1},
            cut=cut,
        )
    journal = next(iter(healthy.state["journals"].values()))
    assert journal["state"] == "open" and [step["status"] for step in journal["steps"]] == statuses
    level, deny = healthy.get(RDP_TCP, "MinEncryptionLevel"), healthy.get(TS, "fDenyTSConnections")
    assert level and deny and (level["data"], deny["data"]) == data


def test_an_undo_marks_what_it_took_back(healthy: Windows) -> None:
    start = copy.deepcopy(healthy.state["registry"])
    first = _apply(healthy, SET_LEVEL)["journal"]["id"]
    question = {"operation": "snapshot", "sections": ["journals"], "journal_id": first}
    assert hostscript.call(healthy, question)["sections"]["journals"]["whole"]["state"] == "complete"
    _apply(healthy, {**SET_LEVEL, "data": 2}, number=2, undoes=first)
    assert healthy.state["journals"][first]["state"] == "undone" and healthy.state["registry"] == start
    assert hostscript.call(healthy, question)["sections"]["journals"]["whole"]["state"] == "undone"


def test_the_lock_keeps_a_second_run_out(healthy: Windows) -> None:
    held = {"holder": "another, process 1", "since": "2026-11-23T13:00:00.000Z", "journal": "20261123T130000Z-0000ffff"}
    healthy.volatile["lock"] = held
    before = healthy.state
    answer = _apply(healthy, SET_LEVEL)
    assert answer["reason"] == "locked" and answer["lock"] == held and healthy.state == before


def test_steps_that_come_twice_are_done_once(healthy: Windows) -> None:
    first = _apply(healthy, SET_LEVEL)["journal"]["id"]
    before = healthy.state
    assert _apply(healthy, {**SET_LEVEL, "data": 2})["reason"] == "repeated" and healthy.state == before
    healthy.data["journals"].clear()
    healthy.volatile["lock"] = {"holder": "itself", "since": "2026-11-23T13:00:00.000Z", "journal": first}
    assert _apply(healthy, SET_LEVEL)["reason"] == "repeated"


def test_sessionenv_renews_what_has_expired_and_only_that() -> None:
    restart = {"op": "service.restart", "service": "SessionEnv", "timeout_s": 30}
    hosts = {name: host_of(name) for name in ("cert_expired", "healthy", "key_unreadable", "cert_expired_key_locked")}
    before, after = {}, {}
    for name, host in hosts.items():
        before[name] = host.thumbprint(WS, "SelfSignedCertificate")
        held = host.volatile["credential"]
        _apply(host, restart)
        after[name] = host.thumbprint(WS, "SelfSignedCertificate")
        assert host.volatile["credential"] == held  # TermService keeps what it has opened until it starts anew
    assert {name for name in before if before[name] != after[name]} == {"cert_expired"}
    assert list(hosts["cert_expired"].store("Remote Desktop")) == [after["cert_expired"]]
    assert hosts["cert_expired"].state["events"][-1]["id"] == 1056
    assert hosts["cert_expired_key_locked"].state["events"][-1]["id"] == 1058


def _renew(host: Windows, **more: Any) -> dict[str, Any]:
    current = host.thumbprint(WS, "SelfSignedCertificate")
    return steps.renew(previous=[current], **more)


def test_renewal_has_the_successor_first() -> None:
    host = host_of("cert_expired")
    [step] = _apply(host, _renew(host, restart=True))["steps"]
    assert (step["status"], step["after"]["attempts"], step["after"]["put_back"]) == ("done", ["restart"], False)
    assert step["after"]["thumbprint"] != step["before"]["thumbprint"] and step["before"]["blob"]
    host = host_of("healthy")  # Windows sees no need: the entry goes, and Windows does
    old = host.thumbprint(WS, "SelfSignedCertificate")
    [step] = _apply(host, _renew(host, remove=old))["steps"]
    assert (step["status"], step["after"]["attempts"]) == ("done", ["connection", "removal", "connection"])
    assert list(host.store("Remote Desktop")) == [step["after"]["thumbprint"]]
    assert _apply(host, {**_renew(host), "previous": [old]}, number=2)["steps"][0]["status"] == "unchanged"


def test_renewal_that_never_comes_leaves_the_host_as_it_was(healthy: Windows) -> None:
    healthy.data["behaviour"]["never_renews"] = True
    before, store = copy.deepcopy(healthy.state["registry"]), healthy.store("Remote Desktop")
    for number, restart in enumerate((False, True)):
        step = _renew(healthy, remove=next(iter(store)), restart=restart)
        [told] = _apply(healthy, step, number=number + 1)["steps"]
        assert (told["status"], told["after"]["put_back"], told["error"]["code"]) == ("failed", True, -2146233083)
        assert healthy.state["registry"] == before
        assert healthy.running("SessionEnv")


@pytest.mark.parametrize("point", ["renew.started", "SessionEnv.stopped", "renew.removed", "renew.ended"])
def test_a_renewal_that_is_killed_can_be_finished(healthy: Windows, point: str) -> None:
    """Wherever it was cut off: the journal has the entry, the same step again renews, and an import puts it back."""
    old = healthy.thumbprint(WS, "SelfSignedCertificate")
    assert old
    step = _renew(healthy, remove=old, restart=True)
    healthy.data["behaviour"]["never_renews"] = True
    healthy.volatile["cut_at"] = point
    with pytest.raises(running.Cut):
        _apply(healthy, step)
    healthy.volatile["cut_at"] = None
    journal = healthy.state["journals"]["20261123T130000Z-00000001"]
    [kept] = journal["steps"]
    assert (journal["state"], kept["status"], kept["before"]["thumbprint"]) == ("open", "started", old)
    back = {"op": "certificate.import", "store": "Remote Desktop", "thumbprint": old, "blob": kept["before"]["blob"]}
    _apply(healthy, back, number=2, undoes=journal["id"])
    assert list(healthy.store("Remote Desktop")) == [old]
    del healthy.data["behaviour"]["never_renews"]
    assert _apply(healthy, step, number=3)["steps"][0]["status"] == "done"
    assert old not in healthy.store("Remote Desktop")


def test_what_a_step_needs_is_looked_at_before_the_first(healthy: Windows) -> None:
    healthy.stop("UmRdpService")
    healthy.service("UmRdpService")["start"] = 4
    start = {"op": "service.start", "service": "UmRdpService", "timeout_s": 30}
    before = healthy.state
    answer = _apply(healthy, SET_LEVEL, start)
    assert (answer["failed"], answer["reason"], answer["step"]) == (True, "preflight", 1) and healthy.state == before
    enable = {"op": "service.start_type", "service": "UmRdpService", "start": 3}
    assert _apply(healthy, enable, start, number=2)["journal"]["state"] == "complete"


@pytest.mark.parametrize("theirs", ["20261123T130000Z-0000000c", "20200101T000000Z-0000000c"])
def test_a_plan_from_before_another_run_is_not_carried_out(healthy: Windows, theirs: str) -> None:
    """Whatever the clock of the controller that was faster said."""
    call: dict[str, Any] = {"operation": "apply", "steps": [SET_LEVEL]}
    first = {"id": "20261123T130000Z-0000000a", "seen": [], "unlisted": 0}
    assert hostscript.call(healthy, {**call, "journal": first})["changed"]
    mark = Snapshot.of(hostscript.call(healthy, {"operation": "snapshot"}), NOW).journal_mark
    assert mark == {"seen": [first["id"]], "unlisted": 0}
    assert hostscript.call(healthy, {**call, "journal": {**mark, "id": theirs}})["journal"]["state"] == "complete"
    mine = {**mark, "id": "20261123T130000Z-0000000d"}
    assert hostscript.call(healthy, {**call, "journal": mine})["reason"] == "preflight"
    again = {**mine, "seen": [first["id"], theirs]}
    assert hostscript.call(healthy, {**call, "journal": again})["journal"]["state"] == "complete"


def test_among_many_journals_another_runs_is_seen(healthy: Windows) -> None:
    """More than a snapshot lists, and the other run's id is older than all of those."""
    empty: dict[str, Any] = {"created": None, "state": "complete", "steps": []}
    healthy.data["journals"] = {f"20261123T1300{n:02}Z-0000000a": empty for n in range(60)}
    snapshot = Snapshot.of(hostscript.call(healthy, {"operation": "snapshot"}), NOW)
    mark = snapshot.journal_mark
    assert len(mark["seen"]) == 50 and mark["unlisted"] == 10 and snapshot.next_sequence == 61
    call: dict[str, Any] = {"operation": "apply", "steps": [SET_LEVEL]}
    healthy.data["journals"]["20200101T000000Z-0000000c"] = empty
    refused = hostscript.call(healthy, {**call, "journal": {**mark, "id": "20261123T140000Z-0000000d"}})
    assert refused["reason"] == "preflight"
    del healthy.data["journals"]["20200101T000000Z-0000000c"]
    assert hostscript.call(healthy, {**call, "journal": {**mark, "id": "20261123T140000Z-0000000d"}})["changed"]


@pytest.mark.parametrize(
    "step",
    [
        {**SET_NLA, "data": 0},
        {**SET_LEVEL, "data": 0},
        {"op": "registry.remove", "key": RDP_TCP, "name": "MinEncryptionLevel"},
        {"op": "service.start_type", "service": "CryptSvc", "start": 4},
        {"op": "service.stop", "service": "TermService", "timeout_s": 30},
        {"op": "acl.set", "sddl": "O:SYG:SYD:PAI(A;;FA;;;WD)"},
        {"op": "certificate.import", "store": "Remote Desktop"},
    ],
    ids=lambda step: step["op"],
)
def test_naming_a_journal_does_not_unlock_an_undo(healthy: Windows, step: dict[str, Any]) -> None:
    """Neither one that is not there nor one that asks for something else."""
    if step["op"] == "acl.set":
        step = {**step, "path": healthy.key_path("TSSecKeySet1")}
    if step["op"] == "certificate.import":
        step = {**step, "thumbprint": steps.DER_THUMBPRINT, "blob": steps.b64(steps.BLOB)}
    first = _apply(healthy, SET_LEVEL)["journal"]["id"]
    before = healthy.state
    for undoes in (first, "20200101T000000Z-00000000"):
        assert _apply(healthy, step, number=2, undoes=undoes)["reason"] == "refused_step" and healthy.state == before
    assert _apply(healthy, {**SET_LEVEL, "data": 2}, number=2, undoes=first)["journal"]["state"] == "complete"


ONE_WHO_CAME = {"id": 5, "user": "ada", "user_sid": "S-1-5-21-1-2-3-1105", "station": "RDP-Tcp#7", "state": 0}
RESTART = {"op": "service.restart", "service": "TermService", "timeout_s": 30}


@pytest.mark.parametrize("behaviour", [{"arrives": ONE_WHO_CAME}, {"no_compiler": True}], ids=["came", "unknown"])
def test_who_came_meanwhile_keeps_the_service_running(healthy: Windows, behaviour: dict[str, Any]) -> None:
    healthy.data["behaviour"].update(behaviour)
    pids = dict(healthy.volatile["pids"])
    answer = _apply(healthy, {**RESTART, "expect_empty": True}, SET_LEVEL)
    assert [step["status"] for step in answer["steps"]] == ["refused", "skipped"]
    assert answer["steps"][0]["error"]["code"] == -2147020576 and answer["journal"]["state"] == "failed"
    assert healthy.volatile["pids"] == pids and healthy.data["tasks"] == [] and not answer["changed"]
    assert _apply(healthy, RESTART, number=2)["steps"][0]["status"] == "done"  # asked for whoever is there


@pytest.mark.parametrize("service", ["TermService", "SessionEnv"])
def test_a_task_stands_behind_a_stop(healthy: Windows, service: str) -> None:
    """A call that is killed in between, and a stop that does not end: some minutes later all runs that ran."""
    before = {name: one["state"] for name, one in healthy.data["services"].items()}
    healthy.volatile["cut_at"] = f"{service}.stopped"
    with pytest.raises(running.Cut):
        _apply(healthy, {**RESTART, "service": service})
    assert not healthy.running(service)
    running.minutes_later(healthy)
    assert {name: one["state"] for name, one in healthy.data["services"].items()} == before
    healthy.volatile["cut_at"] = None
    healthy.data["behaviour"]["hangs"] = [service]
    answer = _apply(healthy, {**RESTART, "service": service}, number=2)
    assert (answer["steps"][0]["status"], answer["safety_task"]) == ("failed", "armed")
    running.minutes_later(healthy)
    assert {name: one["state"] for name, one in healthy.data["services"].items()} == before


def test_what_stood_behind_a_stop_is_said(healthy: Windows) -> None:
    assert _apply(healthy, SET_LEVEL)["safety_task"] is None
    assert _apply(healthy, RESTART, number=2)["safety_task"] == "armed" and healthy.data["tasks"] == []
    healthy.data["behaviour"]["no_tasks"] = True
    assert _apply(healthy, RESTART, number=3)["safety_task"] == "failed"
    head = {"id": "20261123T130000Z-00000004", "undoes": None}
    call = {"operation": "apply", "steps": [RESTART], "journal": head, "safety_task": False}
    assert hostscript.call(healthy, call)["safety_task"] == "left_out"


@pytest.mark.parametrize(
    ("file", "pairs", "fits"),
    [
        ("registry.pol", POL_ALLOWED, True),
        ("registry.pol", POL_REFUSED, False),
        ("gpt.ini", INI_ALLOWED, True),
        ("gpt.ini", INI_REFUSED, False),
    ],
)
def test_the_model_holds_policy_files_as_the_host_script_does(
    healthy: Windows, file: str, pairs: list[Any], fits: bool
) -> None:
    for name, before, after in pairs:
        group_policy.put(healthy, file, before)
        assert (hostscript.refusal(healthy, steps.replaced(after, file), False, []) is None) is fits, name
