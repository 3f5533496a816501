# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that runs is stopped for good by a restart, and no certificate goes that the listener has: as properties."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import flaws
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, undo
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Run
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan, plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts.snapshots import NOW, Host, dword, probe
from tests.profiles import each, examples

IMPORTED, OTHER = "AB" * 20, "CD" * 20
ASKED = {"name": None, "start_type": None, "state": "restarted"}


def _view(host: Host) -> Snapshot:
    return Snapshot.of(host.to_answer(), NOW)


def _depends(host: Host, on: str, name: str, state: int, start: int | None) -> Host:
    row = {"name": name, "state": state, "start": start}
    return host.service(on, dependents=[*host.sections["services"][on]["dependents"], row])


@st.composite
def hosts(draw: st.DrawFn) -> Host:
    """A host whose clients are kept out, with dependents of which some would not come back."""
    host = Host()
    if draw(st.booleans()):
        host.setting("rdp_tcp", "SecurityLayer", dword(9))
    else:
        host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    host.service(
        "UmRdpService",
        start=draw(st.sampled_from([2, 3, 4, None])),
        state=draw(st.sampled_from([1, 3, 4, 7, None])),
        service_dll=draw(st.sampled_from(["", None, r"C:\Acme\umrdp.dll", r"%SystemRoot%\System32\umrdp.dll"])),
    )
    for at in range(draw(st.integers(0, 2))):
        starts, states = st.sampled_from([2, 3, 4, None]), st.sampled_from([1, 4])
        name = draw(st.sampled_from(["TermService", "SessionEnv", "CertPropSvc"]))
        _depends(host, name, f"Acme{at}", draw(states), draw(starts))
    if draw(st.booleans()):
        host.service("TermService", dependents=None)
    if draw(st.booleans()):
        host.expire()
    return host


def _stopping(steps: tuple[Step, ...]) -> set[str]:
    """The services that steps stop on the way."""
    restarted = {step.fields["service"] for step in steps if step.op in ("service.restart", "service.stop")}
    return restarted | ({"SessionEnv"} if any(step.fields.get("restart") for step in steps) else set())


@settings(max_examples=examples(35, 1200), deadline=None)
@given(hosts(), st.sampled_from([probe(), probe("tls", "reset"), {}]))
def test_no_restart_that_nobody_allowed_stops_for_good_what_runs(host: Host, look: dict[str, Any]) -> None:
    view = _view(host)
    made = plan(assess(view, ProbeResult(look)), RepairPolicy())
    asked = []
    for name in (None, "TermService", "SessionEnv", "CertPropSvc"):
        try:
            asked.append(desired.service({**ASKED, "name": name}, view, RepairPolicy()))
        except Refused as refusal:
            assert refusal.detail
    for one in (made, *asked):
        steps = tuple(step for rung in one.rungs for step in rung.steps)
        for name in _stopping(steps):
            assert not flaws.of_dependents(view, name), name
        assert all(step.fields.get("expect_back") for step in steps if step.op == "service.restart")


@settings(max_examples=examples(25, 800), deadline=None)
@given(hosts())
def test_what_is_lost_is_what_runs_and_is_disabled_or_flawed(host: Host) -> None:
    view = _view(host)
    rows = {row["name"]: row for row in host.sections["services"]["TermService"]["dependents"] or ()}
    redirector = view.service("UmRdpService") or {}
    lost = flaws.of_dependents(view, "TermService")
    for name in ("Acme0", "Acme1"):
        row = rows.get(name, {"state": 1, "start": None})
        assert (name in lost) == (row["state"] != 1 and row["start"] == 4)
    whole = redirector["service_dll"] == r"%SystemRoot%\System32\umrdp.dll" and redirector["start"] != 4
    if redirector["state"] == 4:
        assert ("UmRdpService" in lost) == (not whole)
    if redirector["state"] == 1:
        assert "UmRdpService" not in lost


@pytest.mark.parametrize("people", [False, True])
def test_the_refusal_names_everything_that_allow_disconnect_would_allow(people: bool) -> None:
    host = _depends(Host(), "TermService", "Acme", 4, 4).service("UmRdpService", start=4)
    view = _view(host.person() if people else host)
    with pytest.raises(Refused) as caught:
        desired.service({**ASKED, "name": "TermService"}, view, RepairPolicy())
    assert ("alice" in caught.value.summary) is people
    assert "Acme is disabled" in caught.value.summary and "UmRdpService is disabled" in caught.value.summary
    allowed = desired.service({**ASKED, "name": "TermService"}, view, RepairPolicy(allow_disconnect=True))
    (step,) = allowed.steps
    assert "Acme stops with it" in step.reason and not {"expect_empty", "expect_back"} & set(step.fields)


def test_a_session_env_with_dependents_of_its_own_is_not_restarted_for_a_renewal() -> None:
    host = _depends(Host().expire(), "SessionEnv", "Acme", 4, 4)
    refused = plan(assess(_view(host), ProbeResult(probe())), RepairPolicy())
    assert any("Acme would stop with it for good" in blocked.summary for blocked in refused.blocked)
    assert not _stopping(refused.steps)


def _journal(*more: dict[str, Any]) -> Journal:
    brought = {**make.import_pfx(IMPORTED, "CN=web01", "").to_host(), "status": "done", "error": None}
    brought |= {"before": {"present": False}, "after": {"present": True}}
    return Journal.parse({"id": "20261123T130000Z-0a1b2c3d", "state": "complete", "steps": [brought, *more]})


def _pinned_by_it() -> dict[str, Any]:
    step = make.set_value(
        r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp",
        "SSLCertificateSHA1Hash",
        bytes.fromhex(IMPORTED),
        "",
        "",
    )
    return {**step.to_host(), "status": "done", "before": None, "after": None, "error": None}


def _restarted() -> dict[str, Any]:
    step = make.run_state("restart", "TermService", "", ())
    return {**step.to_host(), "status": "done", "before": {"state": 4}, "after": {"state": 4}, "error": None}


@settings(max_examples=examples(40, 1600), deadline=None)
@given(
    st.sampled_from([None, IMPORTED, OTHER]),
    st.sampled_from([None, IMPORTED, OTHER]),
    st.sampled_from(["", IMPORTED, OTHER]),
    st.sampled_from([1, 4, None]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_no_undo_takes_out_what_the_listener_is_bound_to_or_presents(
    pin: str | None, template: str | None, presented: str, state: int | None, by_it: bool, restarted: bool, later: bool
) -> None:
    host = Host().service("TermService", state=state)
    if pin:
        host.pin(pin)
    if template:
        raw = {"type": "binary", "data": base64.b64encode(bytes.fromhex(template)).decode()}
        host.setting("winstations", "TemplateCertificate", raw)
    journal = _journal(*[_pinned_by_it()] * by_it, *[_restarted()] * restarted)
    made = undo.undo(journal, _view(host), reloaded=later, presented=presented)
    ops = [step.op for step in made.steps]
    goes = undo.IMPORTED in ops
    unpinned = pin != IMPORTED or "registry.remove" in ops
    again = "service.restart" in ops
    assert goes == (not made.later), "what stays is named, and can be asked for again"
    if goes:
        assert ops[-1] == undo.IMPORTED and unpinned and template != IMPORTED
        assert presented != IMPORTED or state == 1 or again
    else:
        (left,) = made.later
        assert left.detail and left.detail.endswith("then restore again")


def _started(service: str, before: int = 1) -> dict[str, Any]:
    step = make.run_state("start", service, "", ())
    return {**step.to_host(), "status": "done", "before": {"state": before}, "after": {"state": 4}, "error": None}


def _enabled(service: str) -> dict[str, Any]:
    step = make.start_type(service, 3, "", "")
    return {**step.to_host(), "status": "done", "before": {"start": 4}, "after": {"start": 3}, "error": None}


@settings(max_examples=examples(40, 1600), deadline=None)
@given(
    st.sampled_from(["TermService", "SessionEnv", "CertPropSvc"]),
    st.lists(
        st.tuples(st.sampled_from(["Acme0", "Acme1", "UmRdpService"]), st.sampled_from([1, 2, 3, 4, 7])), max_size=3
    ),
    st.booleans(),
    st.booleans(),
)
def test_no_undo_that_nobody_allowed_takes_others_services_down(
    service: str, rows: list[tuple[str, int]], enabled: bool, asked: bool
) -> None:
    dependents: list[dict[str, Any]] = [
        {"name": name, "state": state, "start": 3} for name, state in dict(rows).items()
    ]
    view = _view(Host().service(service, dependents=dependents))
    journal = _journal(*[_enabled(service)] * enabled, _started(service))
    made = undo.undo(journal, view, expect_empty=not asked)
    lost = [row["name"] for row in dependents if row["name"].startswith("Acme") and row["state"] != 1]
    stops = [step for step in made.steps if step.op == "service.stop"]
    held = [blocked for blocked in made.later if blocked.finding == "service.stop"]
    assert bool(stops) == (asked or not lost) == (not held)
    assert all(step.fields.get("expect_back", False) is not asked for step in stops)
    assert all(name in blocked.summary for blocked in held for name in lost)
    # Disabled while it runs on, it would be down once Windows starts next.
    assert ("service.start_type" in [step.op for step in made.steps]) == (enabled and bool(stops))


def _outcome(op: str, before: int, after: int) -> Outcome:
    host = assess(_view(Host()), ProbeResult(probe()))
    step = make.run_state(op, "TermService", "", ())
    rows = [{"dependents": [{"name": "Acme", "state": state, "start": 2}]} for state in (before, after)]
    report = {"status": "refused", "before": rows[0], "after": rows[1], "error": None}
    run = Run((step,), (report,), _journal(), None, "")
    return Outcome(Plan.of((step,), ()), host, host, (run,))


@each("op", ["restart", "stop"])
@each("before", range(1, 8))
@each("after", range(1, 8))
def test_what_ran_and_neither_runs_nor_starts_is_down(op: str, before: int, after: int) -> None:
    ran = before not in (1, 3)
    assert (_outcome(op, before, after).down == ("Acme",)) == (ran and after not in (2, 4) and after != before)


def test_only_the_service_that_was_to_be_stopped_is_not_missed() -> None:
    before, after = Host(), Host().service("TermService", state=1).service("UmRdpService", state=3)
    step = make.run_state("stop", "TermService", "", ())
    seen = [assess(_view(host), ProbeResult(probe())) for host in (before, after)]
    run = Run((step,), ({"status": "done"},), _journal(), None, "")
    assert Outcome(Plan.of((step,), ()), seen[0], seen[1], (run,)).down == ("UmRdpService",)
    starting = assess(_view(after.service("UmRdpService", state=2)), ProbeResult(probe()))
    assert Outcome(Plan.of((step,), ()), seen[0], starting, (run,)).down == ()


def test_a_restart_that_did_not_come_about_is_held_back_with_what_the_host_said() -> None:
    outcome = _outcome("restart", 4, 3)
    told: dict[str, Any] = {
        "code": -2147024896 | 1061,
        "message": "TermService was not restarted: Acme did not reach state 1.",
    }
    run = replace(outcome.runs[0], reports=({**outcome.runs[0].reports[0], "error": told},))
    (held,) = replace(outcome, runs=(run,)).held_back
    assert held.summary == told["message"].rstrip(".") and held.detail and "allow_disconnect" not in held.detail
