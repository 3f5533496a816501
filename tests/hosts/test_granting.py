# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lets people in, on the model: NLA comes back whatever happens to the run; rules and members come and go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, undo
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy

from tests.hosts import granting, hostscript, running, steps
from tests.hosts.scenarios import host_of
from tests.hosts.windows import RDP_TCP, Windows

NLA: dict[str, Any] = dict.fromkeys(("security_layer", "encryption_level", "negotiation", "enabled"))
OFF = {**NLA, "nla": False, "for": "1h", "allow_public": False}
ON = {**NLA, "nla": True, "for": None}


class Clock:
    """The model's clock, which a test moves."""

    def __init__(self, host: Windows) -> None:
        self.at: datetime = host.now()
        host.clock = lambda: self.at

    def pass_(self, **time: int) -> None:
        self.at += timedelta(**time)


@pytest.fixture
def host() -> Windows:
    return host_of("healthy")


@pytest.fixture
def clock(host: Windows) -> Clock:
    return Clock(host)


def looked_at(host: Windows) -> Snapshot:
    return Snapshot.of(hostscript.call(host, {"operation": "snapshot", **collect.arguments()}), host.now())


def plan(host: Windows, asked: dict[str, Any]) -> Plan:
    return desired.listener(asked, looked_at(host), RepairPolicy())


def apply(host: Windows, todo: Any, number: int = 1, undoes: str | None = None, cut: int | None = None) -> Any:
    head = {"id": f"20261123T130000Z-{number:08x}", "controller": "test", "created": None, "undoes": undoes}
    wire = [step if isinstance(step, dict) else step.to_host() for step in todo]
    return hostscript.call(host, {"operation": "apply", "steps": wire, "journal": head}, cut)


def required(host: Windows) -> bool:
    return host.effective("UserAuthentication", RDP_TCP, 1) == 1


def lasting(host: Windows) -> dict[str, Any]:
    return {part: data for part, data in host.state.items() if part not in ("journals", "events")}


# NLA ------------------------------------------------------------------------------------------------------------------


def test_it_is_off_until_its_time_and_no_longer(host: Windows, clock: Clock) -> None:
    before = lasting(host)
    assert apply(host, plan(host, OFF).steps)["journal"]["state"] == "complete" and not required(host)
    until = looked_at(host).nla_task
    assert until and timedelta(hours=1) <= until.at - clock.at < timedelta(minutes=61)
    clock.pass_(minutes=59)
    looked_at(host)
    assert not required(host)
    clock.pass_(minutes=2)
    assert looked_at(host).nla_task is None and required(host) and lasting(host) == before


def test_a_start_of_windows_ends_it(host: Windows, clock: Clock) -> None:
    apply(host, plan(host, OFF).steps)
    granting.boot(host)
    assert required(host) and host.data["nla_task"] is None


@pytest.mark.parametrize("cut", [0, 1, 2])
def test_killed_after_each_step_it_comes_back_without_a_controller(host: Windows, clock: Clock, cut: int) -> None:
    with pytest.raises(running.Cut):
        apply(host, plan(host, OFF).steps, cut=cut)
    assert required(host) is (cut < 2) and (host.data["nla_task"] is not None) is (cut > 0)
    clock.pass_(hours=2)
    granting.run_due(host)
    assert required(host) and host.data["nla_task"] is None


@pytest.mark.parametrize("cut", [0, 1, 2])
def test_killed_after_each_step_the_same_call_goes_on(host: Windows, clock: Clock, cut: int) -> None:
    """At once, so that the task it finds is the one that it makes; and the way back is that of both."""
    before = lasting(host)
    with pytest.raises(running.Cut):
        apply(host, plan(host, OFF).steps, cut=cut)
    todo = plan(host, OFF).steps
    if cut < 2:
        answer = apply(host, todo, number=2)
        assert [step["status"] for step in answer["steps"]] == [("unchanged" if cut else "done"), "done"]
    assert not required(host) and not plan(host, OFF).steps
    clock.pass_(hours=2)
    granting.run_due(host)
    assert lasting(host) == before


@pytest.mark.parametrize("cut", [0, 1, 2])
def test_killed_while_it_is_ended_it_is_never_left_off(host: Windows, clock: Clock, cut: int) -> None:
    apply(host, plan(host, OFF).steps)
    with pytest.raises(running.Cut):
        apply(host, plan(host, ON).steps, number=2, cut=cut)
    clock.pass_(hours=2)
    granting.run_due(host)
    assert required(host) and host.data["nla_task"] is None


def test_a_task_that_fails_is_tried_again(host: Windows, clock: Clock) -> None:
    apply(host, plan(host, OFF).steps)
    host.data["behaviour"]["task_fails"] = True
    clock.pass_(hours=2)
    assert looked_at(host).nla_task and not required(host)
    del host.data["behaviour"]["task_fails"]
    assert looked_at(host).nla_task is None and required(host)


def test_a_second_call_prolongs_it_and_the_first_end_passes(host: Windows, clock: Clock) -> None:
    apply(host, plan(host, OFF).steps)
    clock.pass_(minutes=30)
    assert [step.op for step in plan(host, OFF).steps] == ["task.arm"]
    apply(host, plan(host, OFF).steps, number=2)
    clock.pass_(minutes=40)
    looked_at(host)
    assert not required(host)
    clock.pass_(minutes=21)
    looked_at(host)
    assert required(host)


def test_the_way_back_brings_every_byte(host: Windows, clock: Clock) -> None:
    before = lasting(host)
    done = apply(host, plan(host, OFF).steps)["journal"]["id"]
    back = undo.undo(Journal.parse(host.data["journals"][done]), looked_at(host)).steps
    assert apply(host, back, number=2, undoes=done)["journal"]["state"] == "complete" and lasting(host) == before
    # And the way back of the way back, while the time lasts.
    second = Journal.parse(host.data["journals"]["20261123T130000Z-00000002"])
    again = undo.undo(second, looked_at(host)).steps
    assert apply(host, again, number=3, undoes=second.id)["journal"]["state"] == "complete" and not required(host)
    clock.pass_(hours=2)
    looked_at(host)
    assert lasting(host) == before


def test_the_task_does_not_go_while_it_is_needed(host: Windows, clock: Clock) -> None:
    apply(host, plan(host, OFF).steps)
    answer = apply(host, [{"op": "task.disarm"}], number=2)
    assert answer["steps"][0]["status"] == "failed" and host.data["nla_task"] is not None


def test_a_host_that_lost_its_task_before_the_value_changes_is_not_opened(host: Windows, clock: Clock) -> None:
    """Between the steps, and between reading and writing."""
    todo = plan(host, OFF).steps
    lose: Callable[[], None] = lambda: host.data.update(nla_task=None)  # noqa: E731
    host.on_change = lambda: lose() if host.data["nla_task"] else None
    answer = apply(host, todo)
    assert [step["status"] for step in answer["steps"]][-1] in ("failed", "skipped") and required(host)


def test_without_its_task_the_value_is_refused(host: Windows, clock: Clock) -> None:
    before = host.state
    off, arm = {**steps.setting("UserAuthentication", 0)}, plan(host, OFF).steps[0].to_host()
    assert apply(host, [off])["reason"] == "refused_step"
    assert apply(host, [off, arm])["reason"] == "refused_step"
    late = {**arm, "at": "2020-01-01T00:00:00Z"}
    other = {**arm, "xml": arm["xml"].replace("/d 1 /f", "/d 0 /f")}
    far = nla_task.lasting(host.now(), timedelta(hours=25))
    for bad in (late, other, {**arm, "at": far.utc, "xml": far.xml}):
        assert apply(host, [bad, off])["reason"] == "refused_step"
    host.data["behaviour"]["no_tasks"] = True
    assert apply(host, [arm, off])["reason"] == "preflight"
    del host.data["behaviour"]["no_tasks"]
    assert host.state == before


def test_an_end_that_was_cut_off_gives_nothing_back_once_the_task_is_gone(host: Windows, clock: Clock) -> None:
    """The value was written, the task was to go and did not: it ran at its time. Neither side gives the 0 back."""
    apply(host, plan(host, OFF).steps)
    with pytest.raises(running.Cut):
        apply(host, plan(host, ON).steps, number=2, cut=1)
    cut = Journal.parse(host.data["journals"]["20261123T130000Z-00000002"])
    assert [step.op for step in undo.undo(cut, looked_at(host)).steps] == ["registry.set"], "while the task stands"
    clock.pass_(hours=2)
    back = undo.undo(cut, looked_at(host))
    assert not back.steps and [one.detail for one in back.blocked] == ["it stays required"]
    before = host.state
    off = steps.setting("UserAuthentication", 0)
    assert apply(host, [off], number=3, undoes=cut.id)["reason"] == "refused_step" and host.state == before
    far = nla_task.lasting(host.now(), timedelta(days=90))
    host.data["nla_task"] = far.xml
    assert apply(host, [off], number=3, undoes=cut.id)["reason"] == "refused_step" and required(host)


def test_what_was_off_before_any_task_is_given_back(host: Windows, clock: Clock) -> None:
    host.dword(RDP_TCP, "UserAuthentication", 0)
    done = apply(host, plan(host, ON).steps)["journal"]["id"]
    back = undo.undo(Journal.parse(host.data["journals"][done]), looked_at(host)).steps
    assert apply(host, back, number=2, undoes=done)["journal"]["state"] == "complete" and not required(host)


def test_what_was_off_for_a_time_is_known_where_the_task_could_not_be_read(host: Windows, clock: Clock) -> None:
    """A run that knows of no task writes the value alone; the task runs at its time. The journal says one was there."""
    apply(host, plan(host, OFF).steps)
    done = apply(host, [steps.setting("UserAuthentication", 1)], number=2)["journal"]["id"]
    clock.pass_(hours=2)
    assert host.data["journals"][done]["steps"][0]["paused"] is True
    assert not undo.undo(Journal.parse(host.data["journals"][done]), looked_at(host)).steps
    off = steps.setting("UserAuthentication", 0)
    assert apply(host, [off], number=3, undoes=done)["reason"] == "refused_step" and required(host)


def test_an_undo_of_something_else_turns_nothing_off_behind_a_task_that_goes(host: Windows, clock: Clock) -> None:
    """Only what the journal asks for is given back without a task, not whatever the same call brings along."""
    done = apply(host, [steps.setting("MinEncryptionLevel", 3)])["journal"]["id"]
    arm, off = plan(host, OFF).steps[0].to_host(), steps.setting("UserAuthentication", 0)
    assert apply(host, [arm, {"op": "task.disarm"}, off], number=2)["reason"] == "refused_step"
    assert apply(host, [arm, {"op": "task.disarm"}, off], number=2, undoes=done)["reason"] == "refused_step"
    host.on_change = lambda: host.data.update(nla_task=None)
    apply(host, [arm, off], number=2, undoes=done)
    assert required(host)


def test_a_task_that_runs_right_before_the_value_is_not_overwritten(
    host: Windows, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out = hostscript._carry_out

    def late(host: Windows, step: Any, before: Any) -> Any:
        if step["op"] == "registry.set":
            granting.run_task(host)
        return carry_out(host, step, before)

    monkeypatch.setattr(hostscript, "_carry_out", late)
    answer = apply(host, plan(host, OFF).steps)
    assert [step["status"] for step in answer["steps"]] == ["done", "failed"] and required(host)


def test_a_time_that_is_nearly_over_is_not_given_back(host: Windows, clock: Clock) -> None:
    apply(host, plan(host, OFF).steps)
    ended = Journal.parse(host.data["journals"][apply(host, plan(host, ON).steps, number=2)["journal"]["id"]])
    clock.pass_(minutes=57)
    assert not undo.undo(ended, looked_at(host)).steps
    before = ended.steps[-1]["before"]
    arm = {"op": "task.arm", **before, "xml": host.data["journals"]["20261123T130000Z-00000001"]["steps"][0]["xml"]}
    off = steps.setting("UserAuthentication", 0)
    assert apply(host, [arm, off], number=3, undoes=ended.id)["reason"] == "refused_step" and required(host)


# Firewall and members -------------------------------------------------------------------------------------------------

OPEN: dict[str, Any] = {
    "enabled": True,
    "profiles": ["private"],
    "rules": ["tcp", "udp"],
    "remote_addresses": ["10.0.0.0/8", "LocalSubnet", "192.0.2.1"],
    "require_nla": True,
    "firewall": True,
    "members": [steps.PERSON],
}


@pytest.mark.parametrize("name", ["healthy", "rdp_off", "firewall_rule_off", "firewall_rule_gone", "firewall_port"])
def test_access_is_given_and_taken_back_to_the_byte(name: str) -> None:
    host = host_of(name)
    before = lasting(host)
    todo = desired.access(OPEN, looked_at(host), RepairPolicy(allow_disconnect=True)).steps
    answer = apply(host, todo)
    assert [step["status"] for step in answer["steps"]] == ["done"] * len(todo)
    again = desired.access(OPEN, looked_at(host), RepairPolicy(allow_disconnect=True))
    assert not again.steps and host.data["members"] == [steps.PERSON]
    done = Journal.parse(host.data["journals"][answer["journal"]["id"]])
    back = undo.undo(done, looked_at(host)).steps
    result = apply(host, back, number=2, undoes=done.id)
    assert result.get("journal", result)["state"] == "complete", result
    assert {**lasting(host), "services": 0} == {**before, "services": 0}


def test_a_host_that_changed_between_reading_and_writing_says_so(host: Windows) -> None:
    """Somebody has deleted the rule, moved the listener, or made the person a member meanwhile."""
    todo = desired.firewall(OPEN, looked_at(host), RepairPolicy()).steps
    host.put(granting.LOCAL_RULES, steps.RULE, None)
    before = host.state
    assert apply(host, todo)["reason"] == "preflight" and host.state == before
    moved = desired.firewall(OPEN, looked_at(host), RepairPolicy()).steps
    host.dword(RDP_TCP, "PortNumber", 3390)
    assert apply(host, moved)["reason"] == "refused_step"
    joins = [{"op": "group.add", "member": steps.PERSON}]
    host.data["members"].append(steps.PERSON)
    assert apply(host, joins, number=3)["steps"][0]["status"] == "unchanged"


def test_no_other_rule_and_no_other_store_is_touched(host: Windows) -> None:
    host.put(
        granting.LOCAL_RULES,
        "{S1}",
        {"type": "string", "data": "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=80|"},
    )
    rules = dict(host.data["registry"][granting.LOCAL_RULES])
    apply(host, desired.firewall({**OPEN, "enabled": False}, looked_at(host), RepairPolicy()).steps)
    now = host.data["registry"][granting.LOCAL_RULES]
    assert {name for name in now if now[name] != rules[name]} == set(granting.BUILT_IN[:2])
    assert not host.lets_in
