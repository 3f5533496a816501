# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing is started behind a step that disables it, in no plan, undo or rollback: as properties."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED, RUNNING, STOPPED, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, rollback, taken_back, undo
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Run
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan, session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.hosts.snapshots import NOW, RDP_TCP, Host, dword, probe
from tests.profiles import each, examples

NAMES = ("SessionEnv", "TermService", "UmRdpService")
ID = "20261123T130000Z-0a1b2c3d"
LOOKS = st.sampled_from([probe(), probe("tls", "reset"), {}])


def _view(host: Host) -> Snapshot:
    return Snapshot.of(host.to_answer(), NOW)


@st.composite
def hosts(draw: st.DrawFn) -> Host:
    host = Host()
    if draw(st.booleans()):
        host.setting("rdp_tcp", "SecurityLayer", dword(9))
    if draw(st.booleans()):
        host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    for name in NAMES:
        host.service(name, start=draw(st.sampled_from([2, 3, 4])), state=draw(st.sampled_from([STOPPED, RUNNING])))
    if draw(st.booleans()):
        host.expire()
    return host


def _done(op: str, before: Any, **fields: Any) -> dict[str, Any]:
    return {"op": op, **fields, "status": "done", "before": before, "after": None, "error": None}


@st.composite
def journals(draw: st.DrawFn) -> Journal:
    """What a run has done: start types, values, services started, and restarted."""
    steps = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        steps.append(_done("service.start_type", {"start": draw(st.sampled_from([2, 3, 4]))}, service=name, start=3))
    if draw(st.booleans()):
        fields = {"key": RDP_TCP, "name": "SecurityLayer", "type": "dword", "data": 2}
        steps.append(_done("registry.set", dword(1), **fields))
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True)):
        op, state = draw(st.sampled_from(["service.start", "service.restart"])), draw(st.sampled_from([1, 4]))
        steps.append(_done(op, {"state": state, "dependents": []}, service=name, timeout_s=60))
    return Journal.parse({"id": ID, "state": "complete", "steps": steps})


_LAYER = {"key": RDP_TCP, "name": "SecurityLayer", "type": "dword", "data": 2}
_TYPE = _done("service.start_type", {"start": 4}, service="TermService", start=3)
_WHOLE = Journal.parse({"id": ID, "state": "complete", "steps": [_TYPE, _done("registry.set", dword(1), **_LAYER)]})


def _fault(steps: Iterable[Step], view: Snapshot) -> str | None:
    """The first service that is started or restarted although it, or one that it needs, has been disabled before."""
    disabled: set[str] = set()
    for step in steps:
        name = step.fields.get("service", "")
        if step.op == "service.start_type":
            (disabled.add if step.fields["start"] == DISABLED else disabled.discard)(name)
        elif step.op in ("service.start", "service.restart"):
            needed = (view.service(name) or {}).get("depends_on") or ()
            if disabled & {name, *needed}:
                return str(name)
    return None


def test_the_fault_is_seen() -> None:
    disables = Step("service.start_type", {"service": "TermService", "start": 4}, "")
    starts = [Step("service.restart", {"service": name}, "") for name in ("TermService", "UmRdpService")]
    for start in starts:
        assert _fault([disables, start], _view(Host())) and not _fault([start, disables], _view(Host()))


@settings(max_examples=examples(35, 1200), deadline=None)
@given(hosts(), LOOKS, st.booleans())
def test_no_plan_restarts_what_is_disabled_then(host: Host, look: dict[str, Any], allowed: bool) -> None:
    view, policy = _view(host), RepairPolicy(allow_disconnect=allowed)
    made = [plan(assess(view, ProbeResult(look)), policy)]
    for name in (None, *NAMES):
        for start_type in (None, "manual"):
            try:
                asked = {"name": name, "start_type": start_type, "state": "restarted"}
                made.append(desired.service(asked, view, policy))
            except Refused as refusal:
                assert refusal.summary
    for one in made:
        steps = [step for rung in one.rungs for step in rung.steps]
        enabled = {step.fields["service"] for step in steps if step.op == "service.start_type"}
        assert not _fault(steps, view)
        for step in steps:
            service = view.service(step.fields.get("service", "")) or {}
            if step.op == "service.restart":
                assert service["start"] != DISABLED or step.fields["service"] in enabled, step


@settings(max_examples=examples(50, 2000), deadline=None)
@given(journals(), hosts(), st.booleans(), st.booleans())
@example(_WHOLE, Host(), False, True)
@example(_WHOLE, Host().setting("rdp_tcp", "SecurityLayer", dword(2)).service("TermService", start=3), True, True)
def test_no_undo_starts_what_it_has_disabled(journal: Journal, host: Host, known: bool, reloaded: bool) -> None:
    view = _view(host)
    made = undo.undo(journal, view if known else None, reloaded=reloaded)
    assert not _fault(made.steps, view)
    restarts = [step for step in made.steps if step.op == "service.restart"]
    if restarts and view.running("TermService") and (view.service("TermService") or {})["start"] == DISABLED:
        assert session_guard(view, RepairPolicy(allow_disconnect=True), made.steps) or any(
            step.op == "service.start_type" and step.fields == {"service": "TermService", "start": start}
            for step in made.steps[: made.steps.index(restarts[0])]
            for start in (2, 3)
        )


@settings(max_examples=examples(50, 2000), deadline=None)
@given(journals(), hosts(), hosts())
def test_no_rollback_starts_what_it_has_disabled(journal: Journal, then: Host, now: Host) -> None:
    before, after = (assess(_view(host), ProbeResult(probe())) for host in (then, now))
    steps = tuple(Step(raw["op"], _fields(raw), "") for raw in journal.steps)
    done = Run(steps, tuple({"status": "done"} for _step in steps), journal, None, "")
    for way in rollback.ways_back(Outcome(plan(before, RepairPolicy()), before, after, (done,)), RepairPolicy()):
        assert not _fault(way.steps, after.snapshot)


def _fields(raw: dict[str, Any]) -> dict[str, Any]:
    return {name: raw[name] for name in raw if name not in ("op", "status", "before", "after", "error")}


def test_a_rollback_starts_what_went_down_before_it_is_disabled_again() -> None:
    """The restart of a repair stopped TermService and did not bring it back."""
    then, now = Host().service("TermService", start=4), Host().service("TermService", start=3, state=STOPPED)
    before, after = (_assessed(host) for host in (then, now))
    raw = _done("service.start_type", {"start": 4}, service="TermService", start=3)
    journal = Journal.parse({"id": ID, "state": "failed", "steps": [raw]})
    done = Run((Step(raw["op"], _fields(raw), ""),), ({"status": "done"},), journal, None, "")
    (way,) = rollback.ways_back(Outcome(plan(before, RepairPolicy()), before, after, (done,)), RepairPolicy())
    told = [(step.op, step.fields["service"]) for step in way.steps]
    assert told == [("service.start", "TermService"), ("service.start_type", "TermService")]


def _assessed(host: Host) -> Assessment:
    return assess(_view(host), ProbeResult(probe()))


# What earlier undos have left


def _set_back(status: str, **more: Any) -> dict[str, Any]:
    fields = {"key": RDP_TCP, "name": "SecurityLayer", **dword(1), **more}
    return {"op": "registry.set", **fields, "status": status, "before": dword(2), "after": dword(1), "error": None}


def _journal(*steps: dict[str, Any], **more: Any) -> Journal:
    return Journal.parse({"id": ID, "state": "failed", "steps": list(steps), **more})


_RESTART = {"service": "TermService", "timeout_s": 60}


@pytest.mark.parametrize(
    ("earlier", "is_over"),
    [
        (_set_back("done"), True),
        (_set_back("unchanged"), False),  # a later run may have brought that about
        (_set_back("failed"), False),
        (_set_back("skipped"), False),
        (_set_back("done", data=3), False),
        (_set_back("done", name="MinEncryptionLevel"), False),
    ],
)
def test_what_an_undo_has_taken_back_is_over(earlier: dict[str, Any], is_over: bool) -> None:
    journal = _journal(_done("registry.set", dword(1), **_LAYER), state="complete")
    left = taken_back.left(journal, [_journal(earlier)])
    assert bool(left.changed_steps) is not is_over
    assert bool(undo.undo(left, _view(Host().setting("rdp_tcp", "SecurityLayer", dword(2)))).steps) is not is_over
    assert taken_back.left(journal, ()) == journal


_FILE = {"path": "C:\\keys\\one", "sddl": "D:"}
_POL = {"policy_file": "Machine\\Registry.pol", "content": "AAAA"}
_RULE = {"rule": "RemoteDesktop-UserMode-In-TCP"}


@each(
    ("op", "before", "fields", "other"),
    [
        ("registry.set", dword(2), {**_LAYER, "type": "dword", "data": 1}, {"key": None}),
        ("registry.set", dword(2), {**_LAYER, "type": "dword", "data": 1}, {"data": None, "type": None, "name": 5}),
        ("acl.set", {"sddl": "D:"}, _FILE, {"before": None}),
        ("service.start_type", {"start": 2}, {"service": "TermService", "start": 4}, {"before": {}}),
        ("file.replace", {"content": None}, _POL, {"before": {"content": "!"}}),
        ("task.arm", {"at": None}, {"at": "2026-11-23T13:00:00Z"}, {"before": None}),
        (
            "firewall.remove",
            {"rule": "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|"},
            _RULE,
            {"before": {"rule": 5}},
        ),
    ],
)
@each("status", ["done", "started"])
def test_another_journal_that_does_not_say_what_it_did_keeps_nothing_from_being_taken_back(
    op: str, before: dict[str, Any], fields: dict[str, Any], other: dict[str, Any], status: str
) -> None:
    """It may be of any controller, and whoever takes that one back is told."""
    raw = {"op": op, **fields, "status": status, "before": before, "after": None, "error": None}
    one, odd = _journal(raw), _journal({**raw, "status": "done", **other}, state="complete")
    alone = undo.undo(taken_back.left(one, ()), _view(Host()))
    assert undo.undo(taken_back.left(one, (), [odd]), _view(Host()), standing=[odd]) == alone


@pytest.mark.parametrize("restart", ["done", "refused", None])
def test_a_restart_that_an_earlier_undo_owed_is_still_due(restart: str | None) -> None:
    """And none is where nothing changes."""
    own = (_done("registry.set", dword(1), **_LAYER), _done("service.restart", {"state": 4}, **_RESTART))
    journal, steps = _journal(*own, state="complete"), [_set_back("done")]
    if restart:
        steps.append({**_done("service.restart", {"state": 4}, **_RESTART), "status": restart})
    earlier = [_journal(*steps)]
    view = _view(Host().setting("rdp_tcp", "SecurityLayer", dword(1)))
    made = undo.undo(taken_back.left(journal, earlier), view, unloaded=taken_back.unloaded(earlier))
    assert [step.op for step in made.steps] == ([] if restart == "done" else ["service.restart"])
    by_hand = undo.undo(journal, view)
    assert [step.op for step in by_hand.steps] == ["registry.set"], "somebody has put it back by hand"
