# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lets people in because somebody asks for it: NLA off for a time, the firewall, Remote Desktop on in one step."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract, firewall, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import (
    desired,
    diff,
    nla,
    opening,
    planner,
    rollback,
    steps,
    undo,
    verify,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Rollback
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step, StepError
from hypothesis import example, given
from hypothesis import strategies as st

from tests.hosts.granting import KEPT_FROM_RUNNING, written_out
from tests.hosts.snapshots import FIREWALL_RULE, NOW, RDP_TCP, Host, dword, probe, utc
from tests.profiles import each

TRUST = "nla.trust_broken"
PERSON = "S-1-5-21-1004336348-1177238915-682003330-1104"
TCP, UDP, SHADOW = contract.BUILT_IN_RULES


def view(host: Host) -> Snapshot:
    return Snapshot.of(host.to_answer(), NOW)


def private(host: Host, category: int | None = 1) -> Host:
    host.sections["network"]["adapters"][0]["category"] = category
    return host


def with_task(host: Host, at: timedelta = timedelta(hours=1), causes: tuple[str, ...] = (), xml: str = "") -> Host:
    task = nla_task.NlaTask(NOW + at, causes)
    host.sections["listener"]["nla_task"] = {"xml": xml or task.xml, "error": None}
    return host


def off(host: Host) -> Host:
    return host.setting("rdp_tcp", "UserAuthentication", dword(0))


def told(plan: Plan) -> list[str]:
    return [f"{step.op} {step.target.rsplit(chr(92), 1)[-1]}" for step in plan.steps]


# The task -------------------------------------------------------------------------------------------------------------


def test_the_task_says_when_for_what_and_does_one_thing() -> None:
    task = nla_task.lasting(NOW + timedelta(seconds=1), timedelta(minutes=30), (TRUST,))
    root = ET.fromstring(task.xml)
    texts = {element.tag.rsplit("}", 1)[-1]: element.text for element in root.iter()}
    assert (texts["StartBoundary"], texts["UserId"], texts["Description"]) == (
        "2026-11-23T12:31:00Z",
        "S-1-5-18",
        TRUST,
    )
    assert [
        part.split()[0].rsplit("\\", 1)[-1] for part in (texts["Arguments"] or "").split('"', 1)[1].split("&& ")
    ] == [
        "reg.exe",
        "reg.exe",
        "schtasks.exe",
    ]
    assert "RDP-Tcp" in (texts["Arguments"] or "") and nla_task.read(task.xml) == task


def test_the_task_is_known_in_the_scheduler_s_own_form() -> None:
    """With its declaration, the defaults written out, elements that it adds, and white space."""
    for causes in ((TRUST,), ()):
        xml = nla_task.lasting(NOW, timedelta(hours=1), causes).xml
        assert nla_task.read(xml) is not None
        assert nla_task.read(written_out(xml)) == nla_task.read(xml)
        bare = xml.replace("<Description></Description>", "")
        assert nla_task.read(bare) == nla_task.read(xml)


@each(("there", "instead"), KEPT_FROM_RUNNING)
def test_a_task_that_something_keeps_from_running_is_no_promise(there: str, instead: str) -> None:
    xml = nla_task.lasting(NOW, timedelta(hours=1), (TRUST,)).xml
    assert there in xml and nla_task.read(xml.replace(there, instead, 1)) is None


@each(
    ("there", "instead"),
    [
        ("/d 1 /f", "/d 0 /f"),
        ("cmd.exe", "other.exe"),
        ("S-1-5-18", "S-1-5-20"),
        ("</Exec>", "</Exec><Exec><Command>x</Command></Exec>"),
        ("</StartBoundary>", "</StartBoundary><Enabled>false</Enabled>"),
        ("<Settings>", "<Settings><Enabled>false</Enabled>"),
        ("</StartBoundary>", "</StartBoundary><EndBoundary>2020-01-01T00:00:00Z</EndBoundary>"),
        ("<BootTrigger>", "<BootTrigger><Delay>P9D</Delay>"),
        ("<StartWhenAvailable>true", "<StartWhenAvailable>false"),
        ("</Triggers>", "<TimeTrigger><StartBoundary>2030-01-01T00:00:00Z</StartBoundary></TimeTrigger></Triggers>"),
        (":00Z", ":00"),
        (TRUST, "Some words"),
        ("<Task ", '<!DOCTYPE x [<!ENTITY e "e">]><Task '),
        ("</Task>", ""),
    ],
)
def test_another_task_of_that_name_is_no_promise(there: str, instead: str) -> None:
    xml = nla_task.lasting(NOW, timedelta(hours=1), (TRUST,)).xml
    assert there in xml and nla_task.read(xml.replace(there, instead)) is None
    found = assess(view(with_task(off(Host()), xml=xml.replace(there, instead))), ProbeResult()).diagnosis.findings
    assert [finding.id for finding in found] == ["nla.disabled"]


@pytest.mark.parametrize("text", [None, "", "x" * 20000, "\x00", "<a>" * 900, "{}"])
def test_what_is_no_task_is_none(text: str | None) -> None:
    assert nla_task.read(text) is None


@given(
    st.datetimes(NOW.replace(tzinfo=None), NOW.replace(tzinfo=None, year=2099)),
    st.lists(st.sampled_from([TRUST, "tls.a1", "clock.wrong"])),
)
def test_every_task_is_read_as_it_was_made(at: Any, causes: list[str]) -> None:
    task = nla_task.lasting(at.replace(tzinfo=NOW.tzinfo), timedelta(minutes=31), tuple(causes))
    assert nla_task.read(task.xml) == task
    assert task.at.second == 0 and nla_task.parse_time(task.utc) == task.at


# Off for a time -------------------------------------------------------------------------------------------------------

_LISTENER: dict[str, Any] = dict.fromkeys(
    ("security_layer", "nla", "encryption_level", "negotiation", "enabled", "for")
)


def pause(host: Host, **more: Any) -> Plan:
    asked = {**_LISTENER, "nla": False, "for": "2h", "allow_public": False, **more}
    return desired.listener(asked, view(host), RepairPolicy())


def test_the_task_stands_before_the_value_changes() -> None:
    plan = pause(private(Host()))
    assert told(plan) == ["task.arm NLA again at 2026-11-23T14:00:00Z", "registry.set UserAuthentication"]
    assert plan.steps[1].fields["data"] == 0 and plan.disruption == "none"
    steps.check(plan.steps)
    shown = diff.diffs(plan, view(private(Host())))
    assert (shown[0]["before"], shown[0]["after"]) == ("absent\n", "at 2026-11-23T14:00:00Z, and when Windows starts\n")
    with pytest.raises(StepError):
        steps.check(plan.steps[1:])
    with pytest.raises(StepError):
        steps.check(reversed(plan.steps))


def test_the_task_keeps_what_it_is_for() -> None:
    host = private(Host())
    host.sections["host"].update(part_of_domain=True, domain_role=3)
    host.sections["domain"] = {"joined": True, "name": "corp.test", "channel_status": 1789}
    assert pause(host).steps[0].fields["causes"] == [TRUST]


def test_asked_again_the_time_begins_anew_and_the_same_is_nothing() -> None:
    host = with_task(off(private(Host())), timedelta(hours=1))
    assert told(pause(host)) == ["task.arm NLA again at 2026-11-23T14:00:00Z"]
    assert told(pause(host, **{"for": "30m"})) == ["task.arm NLA again at 2026-11-23T12:30:00Z"]
    assert not pause(host, **{"for": "60m"}).steps


def test_a_run_that_was_cut_off_behind_the_task_is_gone_on_with() -> None:
    """The task that it left is the very one that is asked for now; without a step for it no value could be written."""
    host = with_task(private(Host()), timedelta(hours=2))
    plan = pause(host)
    assert told(plan) == ["task.arm NLA again at 2026-11-23T14:00:00Z", "registry.set UserAuthentication"]
    steps.check(plan.steps)
    steps.check(pause(with_task(private(Host()), timedelta(hours=1))).steps)


def test_what_is_off_without_an_end_gets_one() -> None:
    assert told(pause(off(private(Host())))) == ["task.arm NLA again at 2026-11-23T14:00:00Z"]


@each(
    ("change", "guard"),
    [
        (lambda host: host.setting("policy", "UserAuthentication", dword(1)), "policy"),
        (lambda host: host.setting("policy", "UserAuthentication", dword(0)), "policy"),
        (lambda host: private(host, 0), "public"),
        (lambda host: host.without("network"), "public"),
        # Which network it is in was not read: that it once was in a private one says nothing of today.
        (lambda host: was_in(private(host, None), 1), "public"),
        (lambda host: another_adapter(private(host), "203.0.113.9"), "public"),
        (lambda host: another_adapter(private(host), "203.0.113.9", category=7), "public"),
        (lambda host: _scheduler(host, 1), "scheduler"),
        (lambda host: _scheduler(host, None), "scheduler"),
        (lambda host: host.without("products"), "scheduler"),
        (lambda host: host.without("host"), "refused"),
        (lambda host: host.without("listener"), "refused"),
    ],
)
def test_nla_is_not_turned_off_where(change: Callable[[Host], Host], guard: str) -> None:
    with pytest.raises(Refused) as refused:
        pause(change(private(Host())))
    assert refused.value.guard == guard


def was_in(host: Host, category: int) -> Host:
    return host.value(rf"{collect.NETWORKS}\{{1}}", "Category", dword(category))


def another_adapter(host: Host, address: str, category: int | None = None) -> Host:
    """One of whose network nothing is known."""
    adapters = host.sections["network"]["adapters"]
    adapters.append({**adapters[0], "id": "{other}", "category": category, "addresses": [address]})
    return host


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "169.254.1.7", "fe80::1%4"])
def test_an_adapter_that_leads_nowhere_needs_no_network(address: str) -> None:
    """That of loopback, and of a cluster's nodes among themselves, have no category."""
    assert len(pause(another_adapter(private(Host()), address)).steps) == 2


def _scheduler(host: Host, state: int | None) -> Host:
    rows = host.sections["products"]["services"]
    rows[:] = [row for row in rows if row["name"] != "Schedule"]
    if state:
        rows.append({"name": "Schedule", "start": 2, "type": 32, "image_path": None, "state": state})
    return host


@pytest.mark.parametrize("ahead", [{"minutes": 6}, {"minutes": -6}, {"hours": 5}, {"days": 400}, {"days": -400}])
def test_the_time_is_not_taken_from_a_clock_that_is_wrong(ahead: dict[str, float]) -> None:
    """It may be what breaks NLA; once it is set right, the task would be due in a year."""
    with pytest.raises(Refused, match="clock") as refused:
        pause(late(private(Host()), **ahead), allow_public=True)
    assert refused.value.guard == "clock"
    assert len(pause(late(private(Host()), minutes=4)).steps) == 2


def test_a_task_that_is_further_off_than_a_time_can_be_is_ended() -> None:
    host = with_task(off(private(Host())), timedelta(hours=24, minutes=6), causes=(TRUST,))
    [finding] = judged(host).diagnosis.findings
    assert finding.id == "nla.off_until" and "further off than a day" in finding.summary
    assert nla.off_until(view(host)) is None
    plan = planner.plan(judged(host), RepairPolicy())
    assert told(plan) == ["registry.set UserAuthentication", "task.disarm the task that arms NLA"]
    assert told(pause(host))[0].startswith("task.arm"), "asked for again, it gets an end that is one"
    near = with_task(off(private(Host())), timedelta(hours=24, minutes=4))
    assert "is turned off until" in judged(near).diagnosis.findings[0].summary


def test_a_public_network_is_allowed_where_that_is_said() -> None:
    assert len(pause(private(Host(), 0), allow_public=True).steps) == 2
    with pytest.raises(Refused):
        pause(_scheduler(private(Host(), 0), 1), allow_public=True)


@pytest.mark.parametrize("text", ["29m", "25h", "0h", "1441m", "2d", "2", "-2h", "2h30m", "h", "", "99999999h"])
def test_a_time_is_from_half_an_hour_to_a_day(text: str) -> None:
    assert nla.duration(text) is None
    with pytest.raises(Refused):
        pause(private(Host()), **{"for": text})
    with pytest.raises(arguments.ArgumentError, match="30m to 24h"):
        arguments.validate("listener", {"nla": False, "for": text})


@pytest.mark.parametrize("text", ["30m", "30min", "30 minutes", "30M", " 30 min "])
def test_a_time_is_written_in_more_than_one_way(text: str) -> None:
    assert nla.duration(text) == timedelta(minutes=30)
    assert nla.duration("1 hour") == nla.duration("60 Minutes") == nla.duration("1h") == timedelta(hours=1)


def test_a_time_that_is_not_given_is_called_missing() -> None:
    with pytest.raises(arguments.ArgumentError, match="for is missing;"):
        arguments.validate("listener", {"nla": False})


@pytest.mark.parametrize("given_", [{"nla": False}, {"nla": True, "for": "1h"}, {"enabled": True, "for": "1h"}])
def test_a_time_belongs_to_nla_off_and_nla_off_has_one(given_: dict[str, Any]) -> None:
    with pytest.raises(arguments.ArgumentError, match="for"):
        arguments.validate("listener", given_)
    assert arguments.validate("listener", {"nla": False, "for": "24h"})["for"] == "24h"


def test_nla_true_ends_it_at_once() -> None:
    host = with_task(off(private(Host())))
    plan = desired.listener({**_LISTENER, "nla": True}, view(host), RepairPolicy())
    assert told(plan) == ["registry.set UserAuthentication", "task.disarm the task that arms NLA"]
    steps.check(plan.steps)
    left = with_task(private(Host()))
    assert told(desired.listener({**_LISTENER, "nla": True}, view(left), RepairPolicy())) == [
        "task.disarm the task that arms NLA"
    ]
    assert not desired.listener({**_LISTENER, "nla": True}, view(private(Host())), RepairPolicy()).steps


def test_a_task_stays_where_a_policy_covers_what_it_ends() -> None:
    host = with_task(off(private(Host()))).setting("policy", "UserAuthentication", dword(1))
    assert not desired.listener({**_LISTENER, "nla": True}, view(host), RepairPolicy()).steps


# The finding and its remedy -------------------------------------------------------------------------------------------


def judged(host: Host) -> Assessment:
    return assess(view(host), ProbeResult(probe(offered={"tls": True})))


def test_an_audit_says_until_when() -> None:
    [finding] = judged(with_task(off(private(Host())), causes=(TRUST,))).diagnosis.findings
    assert (finding.id, finding.severity, finding.confidence) == ("nla.off_until", "warning", "proven")
    assert "2026-11-23T13:00:00Z" in finding.summary and TRUST in finding.evidence_for[1].fact
    host = with_task(off(private(Host()))).setting("policy", "UserAuthentication", dword(0))
    assert [one.id for one in judged(host).diagnosis.findings] == ["nla.disabled"], "the task does not end a policy"
    assert not judged(with_task(private(Host()))).diagnosis.findings


def test_a_repair_arms_it_once_the_cause_is_gone() -> None:
    gone = planner.plan(judged(with_task(off(private(Host())), causes=(TRUST,))), RepairPolicy())
    assert told(gone) == ["registry.set UserAuthentication", "task.disarm the task that arms NLA"]
    assert gone.steps[0].fields["data"] == 1


@pytest.mark.parametrize("causes", [(), (TRUST,)])
def test_a_repair_leaves_it_to_the_host_while_the_cause_is_there_or_unknown(causes: tuple[str, ...]) -> None:
    host = with_task(off(private(Host())), causes=causes)
    if causes:
        host.sections["host"].update(part_of_domain=True, domain_role=3)
        host.sections["domain"] = {"joined": True, "name": "corp.test", "channel_status": 1789}
    plan = planner.plan(judged(host), RepairPolicy())
    blocked = {one.finding: one for one in plan.blocked}["nla.off_until"]
    assert not plan.steps and blocked.guard == "nla" and "13:00:00Z by itself" in blocked.summary


def test_a_time_that_is_over_is_ended_by_a_repair() -> None:
    host = with_task(off(private(Host())), timedelta(minutes=-30))
    assert "was to be required again" in judged(host).diagnosis.findings[0].summary
    assert len(planner.plan(judged(host), RepairPolicy()).steps) == 2
    just = with_task(off(private(Host())), timedelta(minutes=-5))
    assert "is turned off until" in judged(just).diagnosis.findings[0].summary, "the task tries every five minutes"


def test_what_was_asked_for_is_no_harm() -> None:
    before, after = judged(private(Host())), judged(with_task(off(private(Host()))))
    assert verify.worse(before, after) == []
    assert verify.failure("web01", Outcome(pause(private(Host())), before, after, ())) is None


# The way back ---------------------------------------------------------------------------------------------------------


def journal(*done: tuple[Step, Any], state: str = "complete") -> Journal:
    rows = [{**step.to_host(), "status": "done", "before": before, "after": None} for step, before in done]
    return Journal.parse({"id": "20261123T130000Z-0a1b2c3d", "state": state, "steps": rows})


NO_TASK: dict[str, Any] = {"at": None, "causes": []}
OFF = steps.set_value(RDP_TCP, "UserAuthentication", 0, "", "")
ON = steps.set_value(RDP_TCP, "UserAuthentication", 1, "", "")
PENDING_STEP = steps.disarm("", "")


def _arm(at: timedelta = timedelta(hours=1)) -> Step:
    return steps.arm(nla_task.NlaTask(NOW + at), "", "")


@pytest.mark.parametrize("before", [dword(1), None])
def test_the_value_goes_back_before_the_task_goes(before: dict[str, Any] | None) -> None:
    done = journal((_arm(), NO_TASK), (OFF, before))
    for host in (with_task(off(Host())), Host()):  # now, and once the task has run
        plan = undo.undo(done, view(host))
        first = "registry.set UserAuthentication" if before else "registry.remove UserAuthentication"
        assert told(plan) == [first, "task.disarm the task that arms NLA"] and not plan.blocked
        steps.check(plan.steps, undo=True)


def test_a_time_that_was_ended_is_given_back_while_it_lasts() -> None:
    ended = journal((ON, dword(0)), (steps.disarm("", ""), {"at": "2026-11-23T12:30:00Z", "causes": [TRUST]}))
    plan = undo.undo(ended, view(Host()))
    assert told(plan) == ["task.arm NLA again at 2026-11-23T12:30:00Z", "registry.set UserAuthentication"]
    assert plan.steps[0].fields["causes"] == [TRUST]
    later = Host()
    later.sections["host"]["utc"] = "2026-11-23T12:31:00.000Z"
    plan = undo.undo(ended, view(later))
    assert not plan.steps and [one.detail for one in plan.blocked] == ["it stays required"]


PENDING = {**steps.disarm("", "").to_host(), "status": "pending", "before": None, "after": None}
ENDED = {"at": "2026-11-23T12:30:00Z", "causes": [TRUST]}


def gives_off(plan: Plan) -> bool:
    return any(step.op == "registry.set" and step.fields["data"] == 0 for step in plan.steps)


def late(host: Host, **time: float) -> Host:
    host.sections["host"]["utc"] = (NOW + timedelta(**time)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return host


@pytest.mark.parametrize("state", ["open", "failed"])
@pytest.mark.parametrize("hours", [0, 24.6])
def test_an_end_that_was_cut_off_before_the_task_went_gives_nothing_back(state: str, hours: float) -> None:
    """Behind the value; the task then ran at its time and removed itself, or another run removed it."""
    cut = journal((ON, dword(0)), state=state)
    cut = replace(cut, steps=(*cut.steps, PENDING))
    plan = undo.undo(cut, view(late(Host(), hours=hours)))
    assert not plan.steps and [one.detail for one in plan.blocked] == ["it stays required"]
    rest = journal((steps.disarm("", ""), ENDED))
    assert not gives_off(undo.undo(cut, view(late(Host(), hours=24.6)), [rest]))
    assert gives_off(undo.undo(cut, view(with_task(Host())))), "while the task stands it ends that"


@pytest.mark.parametrize("minutes", [26, 30, 31])
def test_a_time_that_is_nearly_over_is_not_given_back(minutes: float) -> None:
    ended = journal((ON, dword(0)), (steps.disarm("", ""), ENDED))
    plan = undo.undo(ended, view(late(Host(), minutes=minutes)))
    assert not plan.steps and [one.detail for one in plan.blocked] == ["it stays required"]


def test_what_was_off_before_any_task_is_given_back() -> None:
    assert gives_off(undo.undo(journal((ON, dword(0))), view(Host())))


@given(
    st.lists(st.sampled_from(["on", "arm", "re-arm", "disarm", "pending"]), min_size=1, max_size=4),
    st.lists(st.sampled_from(["on", "arm", "re-arm", "disarm"]), max_size=3),
    st.sampled_from([None, timedelta(hours=1), timedelta(minutes=2), timedelta(hours=-1), timedelta(days=9)]),
    st.sampled_from([0, 26, 31, 60 * 25]),
)
@example(["on", "re-arm"], [], timedelta(hours=-1), 0)
@example(["on", "arm"], ["re-arm"], timedelta(hours=-1), 0)
def test_whatever_is_taken_back_nla_is_not_off_without_its_task(
    names: list[str], after: list[str], standing: timedelta | None, minutes: int
) -> None:
    """Over journals in which a task had a part: carried out step by step, 0 is written only where one stands."""
    rows = {"on": (ON, dword(0)), "arm": (_arm(), NO_TASK), "re-arm": (_arm(), ENDED), "disarm": (PENDING_STEP, ENDED)}
    one = journal(*(rows[name] for name in names if name != "pending"), state="failed")
    one = replace(one, steps=(*one.steps, *([PENDING] * ("pending" in names))))
    other = journal(*(rows[name] for name in after))
    host = late(Host(), minutes=minutes)
    if standing is not None:
        with_task(host, timedelta(minutes=minutes) + standing)
    if not any(name != "on" for name in names):
        return  # it was off before any task: what the journal asks for
    at = view(host).nla_task
    now = NOW + timedelta(minutes=minutes)
    plans = [undo.undo(other, view(host)), undo.undo(one, view(host), [other])]
    for number, plan in enumerate(plans):
        for step in plan.steps:
            if step.op == "task.arm":
                at = nla_task.NlaTask(nla_task.parse_time(step.fields["at"]) or NOW)
            if step.op == "task.disarm":
                at = None
            if number and step.op == "registry.set" and step.fields["data"] == 0:
                assert at is not None and timedelta() < at.at - now < timedelta(hours=25)


def test_a_task_that_goes_again_allows_nothing() -> None:
    with pytest.raises(StepError):
        steps.check([_arm(), steps.disarm("", ""), OFF])


def test_a_task_that_gave_an_end_to_what_had_none_stays() -> None:
    plan = undo.undo(journal((_arm(), NO_TASK)), view(with_task(off(Host()))))
    assert not plan.steps and "without an end" in plan.blocked[0].summary
    assert told(undo.undo(journal((_arm(), NO_TASK)), view(with_task(Host())))) == [
        "task.disarm the task that arms NLA"
    ]


@given(
    st.sampled_from([None, 0, 1, 2]),
    st.sampled_from([None, 0, 1]),
    st.sampled_from([None, timedelta(hours=1), timedelta(hours=-1)]),
    st.sampled_from([0, 1, 2, None]),
    st.booleans(),
    st.sampled_from(["30m", "24h", "2h", "1m"]),
)
def test_nla_is_never_off_without_a_task_that_ends_it(
    local: int | None, policy: int | None, task: timedelta | None, category: int | None, public: bool, length: str
) -> None:
    """Whatever the host and whatever is asked: a plan that writes 0 has the task before it, or the host has it."""
    host = Host()
    host.sections["network"]["adapters"][0]["category"] = category
    for group, number in (("rdp_tcp", local), ("policy", policy)):
        host.setting(group, "UserAuthentication", None if number is None else dword(number))
    if task:
        with_task(host, task)
    try:
        plan = pause(host, allow_public=public, **{"for": length})
    except Refused:
        return
    ops = [step.op for step in plan.steps]
    zero = [step for step in plan.steps if step.op == "registry.set" and step.fields["data"] == 0]
    standing = view(host).nla_task
    assert policy is None
    assert not zero or ops[: ops.index("registry.set")] == ["task.arm"] or (standing and standing.at > NOW)
    assert "task.arm" in ops or (standing and standing.at > NOW)
    steps.check(plan.steps)


# Firewall -------------------------------------------------------------------------------------------------------------

_OPEN: dict[str, Any] = {
    "enabled": True,
    "profiles": ["domain", "private"],
    "rules": ["tcp", "udp"],
    "remote_addresses": None,
}
LAN = ["10.0.0.0/8"]


def wall(host: Host, **asked: Any) -> Plan:
    plan = desired.firewall({**_OPEN, **asked}, view(host), RepairPolicy())
    steps.check(plan.steps)
    return plan


def closed() -> Host:
    """Windows' own rules are there and off, in all profiles, as Windows is installed."""
    return Host().rule(Active="FALSE").rule(name=UDP, Active="FALSE", Protocol="17")


def opened(profiles: str = "Domain|Profile=Private", **more: str) -> Host:
    host = Host()
    for name, protocol in ((TCP, "6"), (UDP, "17")):
        host.rule(name=name, Protocol=protocol, Profile=profiles, **more)
    return host


def test_windows_own_rules_are_turned_on_in_the_profiles_that_are_asked_for() -> None:
    plan = wall(closed())
    assert [(step.op, step.fields["rule"]) for step in plan.steps] == [("firewall.set", TCP), ("firewall.set", UDP)]
    assert [(step.fields["profiles"], step.fields["addresses"]) for step in plan.steps] == [(3, None), (3, None)]
    assert plan.disruption == "none" and not plan.blocked
    shown = diff.diffs(plan, view(closed()))[0]
    assert shown["before"] == "off\nprofiles Domain, Private, Public\naddresses Any\n"
    assert shown["after"] == "on\nprofiles Domain, Private\naddresses Any\n"


def test_what_is_open_already_is_left_alone() -> None:
    assert not wall(opened()).steps
    assert not wall(opened(RA4="10.0.0.0/255.0.0.0"), remote_addresses=LAN).steps
    assert [
        step.fields["addresses"] for step in wall(opened(RA4="10.1.0.0/255.255.0.0"), remote_addresses=LAN).steps
    ] == [
        LAN,
        LAN,
    ]
    assert [step.fields["profiles"] for step in wall(opened("Domain")).steps] == [3, 3]


def test_a_rule_keeps_its_addresses_where_none_are_asked_for() -> None:
    assert [step.fields["addresses"] for step in wall(opened("Domain", RA4="10.1.2.3")).steps] == [None, None]


@pytest.mark.parametrize("port", [3390, 3389])
def test_what_windows_rules_do_not_cover_gets_a_rule_of_its_own(port: int) -> None:
    """A listener that was moved, and a rule that was deleted."""
    host = closed().setting("rdp_tcp", "PortNumber", dword(port))
    if port == 3389:
        rules = host.sections["firewall"]["rules"]
        rules[:] = [row for row in rules if row["name"] == UDP]
    own = wall(host, remote_addresses=LAN).steps[0]
    assert (own.op, own.fields) == (
        "firewall.add",
        {"rule": contract.OWN_RULE, "port": port, "active": True, "profiles": 3, "addresses": LAN},
    )
    there = host.rule(name=contract.OWN_RULE, LPort=str(port), Profile="Domain|Profile=Private", RA4="10.0.0.0/8")
    assert not [step for step in wall(there, remote_addresses=LAN).steps if step.fields["rule"] == contract.OWN_RULE]
    [narrow] = [step for step in wall(there, profiles=["domain"]).steps if step.fields["rule"] == contract.OWN_RULE]
    assert (narrow.op, narrow.fields["profiles"]) == ("firewall.set", 1)


@each(
    "change",
    [
        {"LPort": "3390|LPort=445"},
        {"LPort": "3390-3400"},
        {"LPort": ""},
        {"Protocol": "17"},
        {"Action": "Block"},
        {"App": "C:\\x.exe"},
    ],
)
@each("active", ["TRUE", "FALSE"])
def test_a_rule_of_our_name_that_somebody_changed_is_left_alone(change: dict[str, str], active: str) -> None:
    host = closed().setting("rdp_tcp", "PortNumber", dword(3390))
    host.rule(name=contract.OWN_RULE, **{"LPort": "3390", "Active": active, **change})
    with pytest.raises(Refused, match=r"not what its name stands for|not as this collection makes it|overrides|block"):
        wall(host, remote_addresses=LAN)


def test_our_rule_goes_off_when_the_listener_is_back_at_its_port() -> None:
    host = opened().rule(name=contract.OWN_RULE, LPort="3390")
    [step] = wall(host).steps
    assert (step.fields["rule"], step.fields["active"], step.fields["profiles"]) == (contract.OWN_RULE, False, 0)


@pytest.mark.parametrize(
    ("own", "asked"),
    [
        ({"LPort": "3390"}, {"remote_addresses": LAN}),
        ({"LPort": "3389", "Profile": "Domain|Profile=Private|Profile=Public"}, {}),
    ],
)
def test_an_opening_that_turns_our_rule_off_is_no_closing(own: dict[str, str], asked: dict[str, Any]) -> None:
    """Whoever got in through what is narrower now is locked out, and nobody asked for that."""
    host = private(opened()).rule(name=contract.OWN_RULE, **own)
    plan = wall(host, **asked)
    assert (contract.OWN_RULE, False) in [(step.fields["rule"], step.fields["active"]) for step in plan.steps]
    before = judged(host)
    out = Outcome(plan, before, assess(view(host), ProbeResult(probe("tcp", "timeout"))), ())
    assert not verify.closes(out) and rollback.is_due(out)
    taken_back = Outcome(plan, before, before, (), Rollback(out.after))
    assert verify.NO_LONGER_GETS_IN in (verify.failure("web01", taken_back) or "")
    close = Outcome(wall(host, enabled=False), before, out.after, ())
    assert verify.closes(close) and not rollback.is_due(close) and verify.failure("web01", close) is None


def test_shadowing_is_opened_only_where_it_is_asked_for() -> None:
    host = opened().rule(name=SHADOW, Active="FALSE")
    with pytest.raises(Refused, match="svchost"):
        wall(host, rules=["shadow"])
    row = host.sections["firewall"]["rules"][-1]
    row["rule"] = row["rule"].replace("svchost.exe|Svc=termservice", "RdpSa.exe").replace("|LPort=3389", "")
    assert not wall(host).steps
    assert [step.fields["rule"] for step in wall(host, rules=["tcp", "udp", "shadow"]).steps] == [SHADOW]
    assert [step.fields["rule"] for step in wall(closed(), rules=["tcp"]).steps] == [TCP]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (TCP, "Action=Allow|", "protocol 256"),
        (TCP, "Action=Allow|Protocol=6|App=SVCHOST|Svc=termservice|", "ports any"),
        (TCP, "Action=Allow|Protocol=6|LPort2_10=1-65535|App=SVCHOST|Svc=termservice|", "ports 1-65535"),
        (TCP, "Action=Allow|Protocol=6|LPort=445|LPort=3389|App=SVCHOST|Svc=termservice|", "ports 445, 3389"),
        (TCP, "Action=Allow|Protocol=6|LPort=3389|", "program any"),
        (TCP, "Action=Allow|Protocol=6|LPort=3389|App=SVCHOST|", "service any"),
        (TCP, r"Action=Allow|Protocol=6|LPort=3389|App=C:\t\system32\svchost.exe|Svc=termservice|", "program c:"),
        (UDP, "Action=Allow|", "protocol 256, not 17"),
        (contract.OWN_RULE, "Action=Block|Protocol=6|LPort=3389|App=SVCHOST|Svc=termservice|", "blocks"),
        (contract.OWN_RULE, r"Action=Allow|Protocol=6|LPort=3389|App=C:\x.exe|", "program c:"),
        (contract.OWN_RULE, "Action=Allow|Protocol=17|LPort=3389|App=SVCHOST|Svc=termservice|", "protocol 17, not 6"),
    ],
)
def test_a_rule_that_is_another_than_its_name_is_not_turned_on(name: str, text: str, words: str) -> None:
    host = Host()
    text = text.replace("SVCHOST", firewall.SVCHOST)
    rule = f"v2.31|Active=FALSE|Dir=In|Profile=Domain|Profile=Private|{text}Name=x|"
    host.sections["firewall"]["rules"] = [{"store": "local", "name": name, "rule": rule}]
    row = firewall.parse_rule("local", name, rule)
    assert words in (firewall.odd(row, None) or "")
    if name == TCP and not row.covers(3389):  # the collection's own takes its place
        assert [step.fields["rule"] for step in wall(host).steps] == [contract.OWN_RULE]
        return
    with pytest.raises(Refused, match=re.escape(name)):
        wall(host)


# Windows' own three rules as exports of its registry that people have published have them (rule versions 2.28 to 2.33).
_EXPORTED = {
    TCP: r"Protocol=6|LPort=3389|App=%SystemRoot%\system32\svchost.exe|Svc=termservice|Name=@FirewallAPI.dll,-28775|"
    "Desc=@FirewallAPI.dll,-28756|EmbedCtxt=@FirewallAPI.dll,-28752|",
    UDP: r"Protocol=17|LPort=3389|App=%SystemRoot%\system32\svchost.exe|Svc=termservice|Name=@FirewallAPI.dll,-28776|"
    "Desc=@FirewallAPI.dll,-28777|EmbedCtxt=@FirewallAPI.dll,-28752|",
    SHADOW: r"Protocol=6|App=%SystemRoot%\system32\RdpSa.exe|Name=@FirewallAPI.dll,-28778|"
    "Desc=@FirewallAPI.dll,-28779|EmbedCtxt=@FirewallAPI.dll,-28752|Edge=TRUE|Defer=App|",
}


@pytest.mark.parametrize("name", _EXPORTED)
@pytest.mark.parametrize("version", ["v2.28", "v2.33"])
def test_windows_own_rules_are_known_as_its_registry_has_them(name: str, version: str) -> None:
    rule = firewall.parse_rule("local", name, f"{version}|Action=Allow|Active=FALSE|Dir=In|{_EXPORTED[name]}")
    assert firewall.odd(rule, None) is None and not rule.conditions
    block = firewall.parse_rule("local", name, f"{version}|Action=Block|Active=TRUE|Dir=In|{_EXPORTED[name]}")
    assert firewall.odd(block, None) == "blocks"


@pytest.mark.parametrize(
    "root",
    [
        "%SystemRoot%",
        "%windir%",
        r"C:\Windows",
        "c:/windows",
        r"\SystemRoot",
        r"%SystemDrive%\Windows",
        r"\\?\c:\WINDOWS",
    ],
)
def test_windows_own_rule_is_known_wherever_windows_is(root: str) -> None:
    rule = firewall.parse_rule("local", TCP, FIREWALL_RULE.replace("%SystemRoot%", root))
    assert firewall.odd(rule, None) is None and firewall.odd(rule, r"C:\Windows\System32") is None
    elsewhere = firewall.odd(rule, r"D:\WINNT\System32")
    assert (elsewhere is None) is (root in ("%SystemRoot%", "%windir%", r"\SystemRoot"))


PROFILE = collect.FIREWALL_LOCAL + r"\StandardProfile"
PROFILE_POLICY = collect.FIREWALL_POLICY + r"\PrivateProfile"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda host: host.value(PROFILE_POLICY, "AllowLocalPolicyMerge", dword(0)), r"PrivateProfile\\AllowLocal"),
        (lambda host: host.value(PROFILE, "DoNotAllowExceptions", dword(1)), r"FirewallPolicy\\StandardProfile"),
        (lambda host: host.value(PROFILE_POLICY, "DoNotAllowExceptions", dword(1)), "set by the policy"),
        (lambda host: host.rule(name="{B1}", Action="Block"), r"\{B1\} \(local\).*Disable-NetFirewallRule"),
        (lambda host: host.rule(name="GPO-1", store="policy", Action="Block"), r"GPO-1 \(policy\)"),
        (lambda host: host.without("firewall"), "could not be read"),
        (lambda host: host.without("registry"), "could not be read"),
        (lambda host: host.without("products"), "mpssvc"),
    ],
)
def test_the_firewall_is_refused_with_the_name_of_what_stands_in_the_way(
    change: Callable[[Host], Host], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        wall(change(closed()))


def test_what_stands_in_the_way_elsewhere_does_not_count() -> None:
    host = closed().value(PROFILE_POLICY, "AllowLocalPolicyMerge", dword(0))
    assert len(wall(host, profiles=["domain"]).steps) == 2
    assert len(wall(closed().rule(name="{B1}", Action="Block", Profile="Public")).steps) == 2


def test_a_gpo_that_ignores_local_rules_is_named() -> None:
    host = closed().value(PROFILE_POLICY, "AllowLocalPolicyMerge", dword(0))
    key = contract.hklm(PROFILE_POLICY)
    host.sections["policies"]["values"] = [
        {"key": key, "name": "AllowLocalPolicyMerge", "gpo": "Servers", "id": "{1}"},
    ]
    with pytest.raises(Refused, match="GPO 'Servers'"):
        wall(host)


def test_where_a_policy_lets_everybody_in_no_local_rule_is_needed() -> None:
    host = closed().rule(name="GPO-1", store="policy")
    for key in (PROFILE_POLICY, collect.FIREWALL_POLICY + r"\DomainProfile"):
        host.value(key, "AllowLocalPolicyMerge", dword(0))
    assert not wall(host).steps


def test_a_rule_that_blocks_some_is_named_and_left() -> None:
    plan = wall(closed().rule(name="{B2}", Action="Block", RA4="10.9.9.9"))
    assert len(plan.steps) == 2 and "{B2} (local)" in plan.blocked[0].summary


def test_closing_turns_off_what_it_knows_and_names_the_rest() -> None:
    host = opened().rule(name="{S1}").rule(name="GPO-1", store="policy")
    plan = wall(host, enabled=False)
    assert [(step.fields["rule"], step.fields["active"]) for step in plan.steps] == [(TCP, False), (UDP, False)]
    assert [step.fields["profiles"] for step in plan.steps] == [3, 3]
    assert "{S1} (local), GPO-1 (policy)" in plan.blocked[0].summary
    assert not wall(closed(), enabled=False).steps


@each(
    "asked",
    [
        {"profiles": ["public"]},
        {"profiles": []},
        {"remote_addresses": []},
        {"remote_addresses": ["any", "10.0.0.1"]},
        {"remote_addresses": ["corp.example.com"]},
        {"remote_addresses": ["10.0.0.0/33"]},
        {"remote_addresses": ["10.0.0.9-10.0.0.1"]},
        {"remote_addresses": ["10.0.0.1|Action=Block"]},
        {"profiles": ["all"]},
        {"rules": ["rdp"]},
    ],
)
@each("module", ["firewall", "access"])
def test_what_cannot_be_meant_is_said(module: str, asked: dict[str, Any]) -> None:
    with pytest.raises(arguments.ArgumentError):
        arguments.validate(module, {"enabled": True, **asked})


def test_addresses_in_one_form() -> None:
    asked = {"profiles": ["public"], "remote_addresses": ["10.1.2.3/8", "192.0.2.1/32", "LOCALSUBNET", "2001:DB8::/32"]}
    options = arguments.validate("firewall", asked)
    assert options["remote_addresses"] == ["10.0.0.0/8", "192.0.2.1", "LocalSubnet", "2001:db8::/32"]
    assert arguments.validate("firewall", {"profiles": ["public"], "remote_addresses": "any"})["remote_addresses"] == [
        "Any"
    ]
    assert firewall.address("10.0.0.1 - 10.0.0.9") == "10.0.0.1-10.0.0.9"
    assert firewall.same_addresses(["10.0.0.0/255.0.0.0", "LocalSubnet", "LocalSubnet"], ["LocalSubnet", "10.0.0.0/8"])
    assert firewall.same_addresses([], ["Any"]) and not firewall.same_addresses([], ["10.0.0.1"])


_addresses = st.one_of(
    st.none(), st.lists(st.sampled_from(["Any", "10.0.0.0/8", "LocalSubnet", "192.0.2.1"]), max_size=2)
)


@given(
    st.integers(0, 7),
    _addresses,
    st.sampled_from(["", "Domain", "Public", "Public|Profile=Private"]),
    st.booleans(),
    st.sampled_from([3389, 3390]),
    st.booleans(),
)
def test_nothing_is_open_to_a_public_network_unless_that_was_said(
    profiles: int, addresses: list[str] | None, have: str, active: bool, port: int, close: bool
) -> None:
    host = closed().setting("rdp_tcp", "PortNumber", dword(port)).rule(Active=str(active).upper(), Profile=have)
    names = [name for name, bit in opening.PROFILES.items() if profiles & bit]
    try:
        plan = wall(host, enabled=not close, profiles=names, remote_addresses=addresses)
    except (Refused, StepError):
        return
    for step in plan.steps:
        fields = step.fields
        if fields["active"] and (fields["profiles"] & contract.PUBLIC or not fields["profiles"]):
            assert profiles & contract.PUBLIC and addresses and fields["addresses"] == addresses
        assert fields["rule"] in (*contract.BUILT_IN_RULES, contract.OWN_RULE)


@each(
    "step",
    [
        steps.set_rule("RemoteDesktop-In-TCP-WS", active=True, profiles=1, addresses=None, reason=""),
        steps.set_rule(TCP, active=True, profiles=4, addresses=None, reason=""),
        steps.set_rule(TCP, active=True, profiles=0, addresses=["Any"], reason=""),
        steps.set_rule(TCP, active=True, profiles=8, addresses=["Any"], reason=""),
        steps.set_rule(TCP, active=True, profiles=1, addresses=["10.0.0.1/8"], reason=""),
        steps.set_rule(TCP, active=True, profiles=1, addresses=["a|b"], reason=""),
        steps.add_rule(0, profiles=1, addresses=["Any"], reason=""),
        steps.add_rule(3390, profiles=1, addresses=["Any"], active=False, reason=""),
        Step("firewall.add", {"rule": TCP, "port": 3389, "active": True, "profiles": 1, "addresses": ["Any"]}, ""),
        Step("firewall.remove", {"rule": contract.OWN_RULE}, ""),
        Step("group.remove", {"member": PERSON}, ""),
        *(
            steps.add_member(sid, "", "")
            for sid in ("S-1-5-20", "S-1-1-0", "S-1-5-11", "S-1-5-32-544", PERSON + "-1", "x")
        ),
        Step("task.arm", {**_arm().fields, "xml": _arm().fields["xml"].replace("/d 1", "/d 0")}, ""),
        Step("task.arm", {**_arm().fields, "at": "2026-11-23T13:30:00Z"}, ""),
        Step("task.arm", {**_arm().fields, "causes": ["<b/>"]}, ""),
    ],
    ids=lambda step: f"{step.op} {sorted(step.fields.items())}"[:70],
)
def test_a_step_outside_the_list_is_refused(step: Step) -> None:
    with pytest.raises(StepError):
        steps.check([step])


def left_as(step: Step, before: str) -> Host:
    """The host on which a step has just made this rule of the one before."""
    parts = [part for part in before.split("|") if not part.startswith(("Active=", "Profile=", "RA"))]
    parts[1:1] = [f"Active={str(step.fields['active']).upper()}"]
    parts[1:1] = [f"Profile={label}" for bit, label in firewall.NAMES.items() if step.fields["profiles"] & bit]
    parts[1:1] = [f"RA4={one}" for one in step.fields["addresses"] or () if one != "Any"]
    host = Host()
    host.sections["firewall"]["rules"] = [{"store": "local", "name": step.fields["rule"], "rule": "|".join(parts)}]
    return host


NARROW = steps.set_rule(TCP, active=True, profiles=3, addresses=["10.0.0.0/8"], reason="")


def narrowed_by_us(after: str | None, **since: str) -> tuple[Journal, Host]:
    """A rule for everybody that a run gave a scope, and what somebody has made of it since."""
    done = journal((NARROW, {"rule": FIREWALL_RULE}))
    done.steps[0]["after"] = after and {"rule": after}
    host = left_as(NARROW, FIREWALL_RULE)
    row = host.sections["firewall"]["rules"][0]
    for field, value in since.items():
        row["rule"] = re.sub(rf"\|{field}=[^|]*", f"|{field}={value}", row["rule"])
    return done, host


AS_LEFT = left_as(NARROW, FIREWALL_RULE).sections["firewall"]["rules"][0]["rule"]


@pytest.mark.parametrize("after", [AS_LEFT, None])
@pytest.mark.parametrize(
    "since", [{"Active": "FALSE"}, {"RA4": "10.1.2.3"}, {"Profile": "Domain"}, {"Action": "Block"}, {"LPort": "3390"}]
)
def test_a_rule_that_somebody_has_closed_since_is_not_opened_by_an_undo(
    after: str | None, since: dict[str, str]
) -> None:
    done, host = narrowed_by_us(after, **since)
    plan = undo.undo(done, view(host))
    assert not plan.steps and f"the firewall rule {TCP} has been changed since" in plan.blocked[0].summary
    host.sections["firewall"]["rules"] = []
    plan = undo.undo(done, view(host))
    assert not plan.steps and "deleted since" in plan.blocked[0].summary


@pytest.mark.parametrize("after", [AS_LEFT, None])
@pytest.mark.parametrize("written", [{}, {"RA4": "10.0.0.0/255.0.0.0"}, {"Name": "another"}])
def test_a_rule_that_is_as_it_was_left_goes_back(after: str | None, written: dict[str, str]) -> None:
    done, host = narrowed_by_us(after, **written)
    [back] = undo.undo(done, view(host)).steps
    assert (back.op, back.fields["addresses"]) == ("firewall.set", ["Any"])
    assert undo.undo(done, view(host.without("firewall"))).steps, "not read: nothing is concluded"


def test_a_rule_that_was_changed_twice_is_taken_back_twice() -> None:
    closed_by_us = steps.set_rule(TCP, active=False, profiles=3, addresses=None, reason="")
    older, host = narrowed_by_us(None, Active="FALSE")
    newer = journal((closed_by_us, {"rule": AS_LEFT}))
    assert not undo.undo(older, view(host)).steps
    [back] = undo.undo(older, view(host), [newer]).steps
    assert back.fields["active"] and back.fields["addresses"] == ["Any"]


def test_a_start_type_that_somebody_has_set_since_stays() -> None:
    done = journal((steps.start_type("TermService", 3, "", ""), {"start": 4}))
    plan = undo.undo(done, view(Host().service("TermService", start=2)))
    assert not plan.steps and "start type of TermService has been changed since (it is 2)" in plan.blocked[0].summary
    for start in (3, 4):
        assert undo.undo(done, view(Host().service("TermService", start=start))).steps


def test_a_rule_goes_back_to_what_it_was() -> None:
    text = FIREWALL_RULE.replace("Active=TRUE", "Active=FALSE").replace(
        "|Svc", "|RA4=10.0.0.0/255.0.0.0|RA6=LocalSubnet|Svc"
    )
    step = steps.set_rule(TCP, active=True, profiles=3, addresses=["Any"], reason="")
    [back] = undo.undo(journal((step, {"rule": text})), view(left_as(step, text))).steps
    assert back.fields == {"rule": TCP, "active": False, "profiles": 0, "addresses": ["10.0.0.0/8", "LocalSubnet"]}
    made = steps.add_rule(3390, profiles=3, addresses=["Any"], reason="")
    there = Host().rule(name=contract.OWN_RULE, LPort="3390", Profile="Domain|Profile=Private")
    [gone] = undo.undo(journal((made, {"rule": None})), view(there)).steps
    assert (gone.op, gone.fields) == ("firewall.remove", {"rule": contract.OWN_RULE})
    old = FIREWALL_RULE.replace("LPort=3389", "LPort=3391|Profile=Domain")
    [moved] = undo.undo(journal((made, {"rule": old})), view(there)).steps
    assert (moved.op, moved.fields["port"], moved.fields["profiles"]) == ("firewall.add", 3391, 1)
    steps.check([back, gone, moved], undo=True)


@pytest.mark.parametrize(("category", "done"), [(1, ["firewall.set"]), (0, [])])
def test_a_repair_opens_the_firewall_only_where_that_is_asked_for(category: int, done: list[str]) -> None:
    """And a public network never: who comes in from there must be said."""
    before = assess(view(private(closed(), category)), ProbeResult(probe("tcp", "timeout", address=None)))
    plain = planner.plan(before, RepairPolicy())
    assert not plain.steps and before.diagnosis.findings[0].id == "firewall.rule_disabled"
    asked = planner.plan(before, RepairPolicy(open=True))
    assert [step.op for step in asked.steps if step.fields["rule"] == TCP] == done
    assert {step.fields["profiles"] for step in asked.steps} == ({2} if done else set())
    assert done or "remote_addresses" in (before.diagnosis.findings[0].advice or "")


# Remote Desktop on in one step ----------------------------------------------------------------------------------------

_ACCESS: dict[str, Any] = {**_OPEN, "require_nla": True, "firewall": True, "members": []}


def whole(host: Host, **asked: Any) -> Plan:
    plan = desired.access({**_ACCESS, **asked}, view(host), RepairPolicy(allow_disconnect=True))
    steps.check(plan.steps)
    return plan


def fresh() -> Host:
    """As Windows is installed: off, closed, and services that nobody has needed."""
    host = private(off(closed())).setting("terminal_server", "fDenyTSConnections", dword(1))
    return host.service("TermService", state=1, start=4).service("SessionEnv", state=1, start=4)


def test_remote_desktop_is_turned_on_in_one_plan() -> None:
    plan = whole(fresh(), members=[PERSON])
    assert told(plan) == [
        f"group.add {PERSON} in Remote Desktop Users",
        "service.start_type SessionEnv",
        "service.start_type TermService",
        f"firewall.set rule {TCP}",
        f"firewall.set rule {UDP}",
        "registry.set fDenyTSConnections",
        "registry.set UserAuthentication",
        "service.start SessionEnv",
        "service.start TermService",
    ]
    assert len(plan.rungs) == 1 and plan.disruption == "none"
    assert len(diff.diffs(plan, view(fresh()))) == 9


def test_what_is_so_already_is_left_alone_and_nobody_is_taken_out() -> None:
    host = private(opened())
    host.sections["logon"]["members"] = [PERSON, PERSON[:-1] + "5"]
    assert not whole(host, members=[PERSON]).steps
    host.sections["logon"]["members"] = []
    assert told(whole(host, members=[PERSON, PERSON])) == [f"group.add {PERSON} in Remote Desktop Users"]
    host.sections["logon"]["members"] = None
    assert len(whole(host, members=[PERSON]).steps) == 1, "the host looks again"


def test_the_listener_and_its_logons_are_opened_as_well() -> None:
    host = private(opened()).setting("rdp_tcp", "fEnableWinStation", dword(0))
    assert told(whole(host)) == ["registry.set fEnableWinStation", "service.restart TermService"]


@pytest.mark.parametrize("firewall_too", [True, False])
def test_who_holds_back_the_restart_that_it_needs_is_named(firewall_too: bool) -> None:
    host = private(opened()).setting("rdp_tcp", "fLogonDisabled", dword(1)).person()
    plan = desired.access({**_ACCESS, "firewall": firewall_too}, view(host), RepairPolicy())
    assert told(plan) == ["registry.set fLogonDisabled"]
    assert any("alice" in one.summary and one.guard == "sessions" for one in plan.blocked), plan.blocked


def test_a_service_whose_state_was_not_read_is_not_restarted_and_that_is_said() -> None:
    host = (
        private(opened())
        .setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0))
        .service("TermService", state=None)
    )
    plan = desired.listener({**_LISTENER, "negotiation": True}, view(host), RepairPolicy(allow_disconnect=True))
    assert told(plan) == ["registry.set fAllowSecProtocolNegotiation"]
    assert [one.summary for one in plan.blocked] == ["whether TermService runs could not be read"]


def test_a_service_that_is_stopped_needs_no_restart() -> None:
    host = (
        private(opened()).setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0)).service("TermService", state=1)
    )
    plan = desired.listener({**_LISTENER, "negotiation": True}, view(host), RepairPolicy())
    assert told(plan) == ["registry.set fAllowSecProtocolNegotiation"] and not plan.blocked


def did(host: Host, *steps: str) -> Host:
    """What journals say of the last hour, the newest first."""
    host.sections["host"]["boot_utc"] = utc(NOW - timedelta(days=2))
    told_of = {"state": "complete", "undoes": None, "controller": "c", "steps_done": 1, "steps_total": 1}
    host.sections["journals"]["recent"] = [
        {**told_of, "id": f"20261123T1{at}0000Z-0a1b2c3d", "created": utc(NOW - timedelta(hours=1)), "what": step}
        for at, step in enumerate(steps)
    ]
    return host


@pytest.mark.parametrize("name", ["fEnableWinStation", "fLogonDisabled"])
def test_a_restart_that_was_held_back_is_done_by_the_next_run(name: str) -> None:
    """The value is in order by then, and TermService does not have it: to do nothing would leave it so."""
    set_ = f"registry.set {name}"
    assert told(whole(did(private(opened()), set_))) == ["service.restart TermService"]
    assert not whole(did(private(opened()), "service.restart TermService", set_)).steps, "it has it since"
    assert not whole(did(private(opened()), "registry.set PortNumber")).steps, "that is for others to say"


def rows(host: Host) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = host.sections["journals"]["recent"]
    return found


@pytest.mark.parametrize(
    "row",
    [{"created": utc(NOW - timedelta(days=3))}, {"state": "undone"}, {"undoes": "x"}, {"steps_done": 0}],
    ids=str,
)
def test_what_is_in_force_or_was_taken_back_waits_for_no_restart(row: dict[str, Any]) -> None:
    host = did(private(opened()), "registry.set fLogonDisabled")
    rows(host)[0].update(row)
    assert not whole(host).steps


def test_a_restart_that_failed_is_still_to_be_done() -> None:
    host = did(private(opened()), "service.restart TermService", "registry.set fLogonDisabled")
    rows(host)[0]["state"] = "failed"
    assert told(whole(host)) == ["service.restart TermService"]


def test_a_negotiation_that_waits_for_its_restart_gets_it() -> None:
    host = did(private(opened()), "registry.set fAllowSecProtocolNegotiation")
    plans = [
        desired.listener({**_LISTENER, **asked}, view(host), RepairPolicy())
        for asked in ({"negotiation": True}, {"security_layer": "tls"})
    ]
    assert ["service.restart TermService" in told(plan) for plan in plans] == [True, False]


def test_parts_of_it_can_be_left_out() -> None:
    plan = whole(fresh(), firewall=False, require_nla=False)
    assert {step.op.split(".")[0] for step in plan.steps} == {"service", "registry"}
    assert "UserAuthentication" not in [step.fields.get("name") for step in plan.steps]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda host: host.setting("policy", "fDenyTSConnections", dword(1)), "Group Policy"),
        (lambda host: host.setting("policy", "UserAuthentication", dword(0)), "Group Policy"),
        (lambda host: host.value(PROFILE_POLICY, "AllowLocalPolicyMerge", dword(0)), "AllowLocalPolicyMerge"),
        (lambda host: host.rule(name="{B1}", Action="Block"), r"\{B1\}"),
        (lambda host: host.without("services"), "section services"),
    ],
)
def test_all_of_it_or_nothing(change: Callable[[Host], Host], words: str) -> None:
    with pytest.raises(Refused, match=words):
        whole(change(fresh()), members=[PERSON])


def test_off_is_the_switch_and_the_firewall() -> None:
    plan = whole(private(opened()), enabled=False)
    assert told(plan) == [f"firewall.set rule {TCP}", f"firewall.set rule {UDP}", "registry.set fDenyTSConnections"]
    after = assess(view(fresh()), ProbeResult(probe("tcp", "timeout")))
    assert verify.failure("web01", Outcome(plan, judged(private(opened())), after, ())) is None


def test_members_by_name_are_told_how_to_find_their_sid() -> None:
    with pytest.raises(arguments.ArgumentError, match=r"Get-ADGroup 'NAME'\)\.SID\.Value"):
        arguments.validate("access", {"enabled": True, "members": ["CORP\\Helpdesk"]})


def test_members_are_people() -> None:
    for sid in ("Administrators", "S-1-5-20", "S-1-1-0"):
        with pytest.raises(arguments.ArgumentError, match=re.escape(sid)):
            arguments.validate("access", {"enabled": True, "members": [sid]})
    for rid in ("498", "501", "502", "503", "504", "513", "0513", "514", "515", "516", "521"):
        sid = PERSON.removesuffix("1104") + rid
        with pytest.raises(StepError, match="people"):
            steps.check([steps.add_member(sid, "", "")])
        with pytest.raises(arguments.ArgumentError, match=sid):
            arguments.validate("access", {"enabled": True, "members": [sid]})
    for rid in ("500", "512", "1104", "5130"):
        steps.check([steps.add_member(PERSON.removesuffix("1104") + rid, "", "")])
    entra = "S-1-12-1-1111111111-2222222222-3333333333-4444444444"
    assert arguments.validate("access", {"enabled": True, "members": [entra]})["members"] == [entra]


def test_a_member_that_was_added_goes_again_and_one_that_was_there_stays() -> None:
    added = steps.add_member(PERSON, "", "")
    [back] = undo.undo(journal((added, {"member": False})), view(Host())).steps
    assert (back.op, back.fields) == ("group.remove", {"member": PERSON})
    assert not undo.undo(journal((added, {"member": True})), view(Host())).steps


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (["Any"], True),
        (["10.0.0.0/8"], True),
        (["10.1.0.0/16", "10.0.0.7"], True),
        (["10.0.0.1-10.0.0.9"], True),
        (["10.0.0.1-10.0.0.6"], False),
        (["10.20.0.0/16", "2001:db8::/32"], False),
        (["10.20.0.0/16", "LocalSubnet"], None),
    ],
)
def test_whom_a_scope_lets_through(scope: list[str], inside: bool | None) -> None:
    assert firewall.holds(scope, "10.0.0.7") is inside
    assert firewall.holds(scope, "no address") is None


@pytest.mark.parametrize(("option", "told"), [("remote_adresses", " (is remote_addresses meant?)."), ("xyz", ".")])
def test_an_option_that_there_is_not_is_said_with_the_nearest(option: str, told: str) -> None:
    with pytest.raises(arguments.ArgumentError, match=re.escape(f"there is no option {option}{told} See 'ansible-doc")):
        arguments.validate("firewall", {option: "open"})


@pytest.mark.parametrize("stands", [None, "<Task/>", "switched off"])
def test_only_where_no_task_is_nothing_is_left_of_one_that_was_begun(stands: str | None) -> None:
    """One that cannot be read as ours is there all the same, and may be what the run that was cut off left."""
    host = Host()
    xml = nla_task.lasting(NOW, timedelta(hours=1), (TRUST,)).xml
    off = xml.replace("<Settings>", "<Settings><Enabled>false</Enabled>")
    host.sections["listener"]["nla_task"] = stands and {"xml": stands.replace("switched off", off), "error": None}
    begun = {"op": "task.arm", "at": "2026-11-23T14:00:00Z", "status": "started", "before": {"at": None}}
    row = {**begun, "causes": [TRUST], "after": None, "error": None}
    one = Journal.parse({"id": "20261123T130000Z-0a1b2c3d", "state": "open", "steps": [row]})
    assert undo.left_nothing(one, Snapshot.of(host.to_answer(), NOW)) is (stands is None)
