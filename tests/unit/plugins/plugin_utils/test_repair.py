# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans: what is done for each finding, in what order, behind which guards; and what is never done."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, diff, planner, steps, undo, verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal, JournalError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import REMEDIES, Options, Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step, StepError
from ansible_collections.winops.rdp.plugins.plugin_utils.results import columns
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hosts.snapshots import KEY_FILE, NOW, RDP_TCP, Host, binary, dword, make_der, probe, utc
from tests.profiles import examples

DIES = probe("tls", "reset")


def make(host: Host, *seen: dict[str, Any] | None, **options: Any) -> planner.Plan:
    view = Snapshot.of(host.to_answer(), NOW)
    return planner.plan(diagnose(view, seen[0] if seen else DIES), view, Options(**options))


def told(plan: planner.Plan) -> list[str]:
    return [f"{step.op} {step.target.rsplit(chr(92), 1)[-1]}" for step in plan.steps]


def _unreadable(host: Host) -> Host:
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    return host


RELOAD = "service.restart TermService"
RENEW = ["service.restart SessionEnv", "certificate.wait_renewed the listener's own certificate", RELOAD]


def test_expired_certificate() -> None:
    host = Host().expire()
    assert told(make(host)) == [f"certificate.remove {host.thumbprint}", *RENEW]


def test_unreadable_key() -> None:
    plan = make(_unreadable(Host()))
    assert told(plan) == [f"acl.set {KEY_FILE.rsplit(chr(92), 1)[-1]}", RELOAD]
    assert acl.granted(acl.parse(plan.steps[0].fields["sddl"]), acl.NETWORK_SERVICE_TOKEN, acl.READ)
    assert plan.disruption == "sessions"


def test_access_is_repaired_before_a_renewal_that_would_fail_without() -> None:
    host = Host().expire()
    host.key_file["sddl"] = "O:BAG:BAD:PAI(A;;FA;;;S-1-5-21-1-2-3-500)"
    assert [step.op for step in make(host).steps][:2] == ["acl.set", "certificate.remove"]


def test_everything_at_once_is_joined_into_one_restart_of_each_service() -> None:
    host = (
        _unreadable(Host().expire())
        .setting("rdp_tcp", "SecurityLayer", dword(9))
        .setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0))
    )
    host.service("SessionEnv", start=4, state=1)
    plan = make(host)
    ops = [step.op for step in plan.steps]
    assert ops == [
        "service.start_type",
        "acl.set",
        "registry.set",
        "registry.set",
        "certificate.remove",
        "service.start",
        "certificate.wait_renewed",
        "service.restart",
    ]
    assert [step.fields["service"] for step in plan.steps if "service" in step.fields] == [
        "SessionEnv",
        "SessionEnv",
        "TermService",
    ]


def test_stopped_service_is_started_with_the_ones_beside_it() -> None:
    host = Host().service("TermService", state=1).service("SessionEnv", state=1).service("UmRdpService", state=1)
    assert told(make(host, probe("tcp", "refused"))) == [
        "service.start SessionEnv",
        "service.start TermService",
        "service.start UmRdpService",
    ]
    assert make(host, probe("tcp", "refused")).disruption == "none"


def test_disabled_services_get_windows_own_start_type() -> None:
    host = Host().service("TermService", start=4, state=1).service("CryptSvc", start=4, state=1)
    plan = make(host, probe("tcp", "refused"))
    assert {step.fields["service"]: step.fields["start"] for step in plan.steps if step.op == "service.start_type"} == {
        "TermService": 3,
        "CryptSvc": 2,
    }
    assert told(plan)[-2:] == ["service.start CryptSvc", "service.start TermService"]


def test_dead_pin_goes_and_a_good_certificate_stays() -> None:
    plan = make(Host().pin("AB" * 20))
    assert told(plan) == ["registry.remove SSLCertificateSHA1Hash", RELOAD]
    old = Host().expire()
    assert told(make(old.pin("AB" * 20)))[0] == "registry.remove SSLCertificateSHA1Hash"
    assert "service.restart SessionEnv" in told(make(old))


def test_dead_pin_is_kept_when_asked_or_on_a_broker() -> None:
    kept = make(Host().pin("AB" * 20), drop_dead_pin=False)
    assert not kept.steps and "drop_dead_pin" in kept.blocked[0].summary
    broker = Host().pin("AB" * 20)
    broker.sections["host"]["connection_broker"] = True
    assert not make(broker).steps and "Connection Broker" in make(broker).blocked[0].summary


@pytest.mark.parametrize(("station", "state"), [("RDP-Tcp#0", 0), (None, None)])
def test_people_are_not_thrown_out(station: str | None, state: int | None) -> None:
    host = _unreadable(Host()).person(station, state)
    plan = make(host)
    assert not plan.steps and plan.blocked[0].guard == "sessions" and r"CORP\alice" in plan.blocked[0].summary
    assert told(make(host, allow_disconnect=True))[-1] == RELOAD


def test_an_unknown_crowd_is_a_crowd() -> None:
    plan = make(_unreadable(Host()).without("sessions"))
    assert not plan.steps and plan.blocked[0].guard == "sessions"


def test_what_disturbs_nobody_is_done_on_an_occupied_host() -> None:
    host = _unreadable(Host()).person().setting("rdp_tcp", "SecurityLayer", dword(1))
    plan = make(host)
    assert told(plan) == ["registry.set SecurityLayer"] and [blocked.finding for blocked in plan.blocked] == [
        "certificate.key_unreadable"
    ]
    assert plan.fallback == ()


def test_policy_is_left_to_the_policy() -> None:
    plan = make(Host().setting("policy", "SecurityLayer", dword(0)))
    assert not plan.steps and plan.blocked[0].guard == "policy" and "Group Policy" in (plan.blocked[0].detail or "")


def test_no_certificate_is_removed_by_a_wrong_clock() -> None:
    host = Host().expire()
    host.sections["host"]["utc"] = utc(NOW - timedelta(days=100))
    assert not [step for step in make(host).steps if step.op.startswith("certificate.")]
    orphan = Host()
    orphan.key_file.update(exists=False, sddl=None)
    orphan.sections["host"]["utc"] = utc(NOW + timedelta(days=400))
    plan = make(orphan)
    assert not plan.steps and "clock" in [blocked.guard for blocked in plan.blocked]


def test_skip_and_only() -> None:
    host = Host().expire().setting("rdp_tcp", "SecurityLayer", dword(1))
    assert told(make(host, skip=("certificate.expired",))) == ["registry.set SecurityLayer"]
    assert told(make(host, only=("listener.security_layer_weak",))) == ["registry.set SecurityLayer"]


def test_renewal_waits_for_its_service() -> None:
    host = Host().expire().service("SessionEnv", start=4, state=1)
    plan = make(host, skip=("service.disabled",))
    assert not plan.steps and any("SessionEnv" in blocked.summary for blocked in plan.blocked)


def test_a_suspicion_changes_nothing() -> None:
    plan = make(Host(), DIES)
    assert not plan.steps and plan.blocked[0].finding == "interference.handshake_dropped"


def test_fallback_restart_only_where_something_changed_and_nobody_is_on() -> None:
    host = Host().setting("rdp_tcp", "SecurityLayer", dword(9))
    assert [step.op for step in make(host).fallback] == ["service.restart"]
    assert make(host.person()).fallback == ()
    assert make(Host().service("SessionEnv", state=1)).fallback == ()


def test_same_host_same_plan() -> None:
    host = Host().expire()
    assert make(host).to_dict() == make(host).to_dict()


# The closed list ------------------------------------------------------------------------------------------------------


def _step(op: str, **fields: Any) -> Step:
    return Step(op, fields, "test")


_SET = {"key": RDP_TCP, "type": "dword"}
REFUSED = [
    _step("registry.set", **_SET, name="SecurityLayer", data=0),
    _step("registry.set", **_SET, name="securitylayer", data=0),
    _step("registry.set", **_SET, name="UserAuthentication", data=0),
    _step("registry.set", **_SET, name="UserAuthentication", data=True),
    _step("registry.set", **_SET, name="MinEncryptionLevel", data=0),
    _step("registry.set", **_SET, name="MinEncryptionLevel", data=1),
    _step("registry.set", **_SET, name="fAllowSecProtocolNegotiation", data=0),
    _step("registry.set", **_SET, name="fEnableWinStation", data=0),
    _step("registry.set", **_SET, name="fLogonDisabled", data=1),
    _step("registry.remove", key=RDP_TCP, name="UserAuthentication"),
    _step("service.restart", service="KeyIso", timeout_s=60),
    _step("service.restart", service="TermService", timeout_s=60, expect_empty="yes"),
    _step("service.start", service="TermService", timeout_s=60, expect_empty=True),
    _step("certificate.renew", previous=["AB" * 20], remove="CD" * 20, restart=True, timeout_s=60),  # the pinned one
    _step("certificate.renew", previous="AB" * 20, remove=None, restart=True, timeout_s=60),
    _step("certificate.renew", previous=[], remove="*", restart=True, timeout_s=60),
    _step("certificate.renew", previous=[], remove=None, restart=1, timeout_s=60),
    _step("acl.set", path=KEY_FILE, sddl="D:NO_ACCESS_CONTROL"),
    _step("acl.set", path="\\\\other" + KEY_FILE[2:], sddl="D:PAI(A;;FA;;;SY)"),
    _step("registry.set", **_SET, name="SecurityLayer", data=True),
    _step("registry.set", **_SET, name="SecurityLayer", data=-1),
    _step("registry.set", **_SET, name="SecurityLayer", data=2**32),
    _step("registry.set", **_SET, name="SecurityLayer", data="2"),
    _step("registry.set", key=RDP_TCP, name="SecurityLayer", type="string", data="2"),
    _step("registry.set", **_SET, name="PortNumber", data=3390),
    _step("registry.set", key=contract.hklm(contract.POLICY), name="SecurityLayer", type="dword", data=2),
    _step("registry.set", key=r"HKLM\SOFTWARE\X", name="SecurityLayer", type="dword", data=2),
    _step(
        "registry.set",
        key=RDP_TCP,
        name="SSLCertificateSHA1Hash",
        type="binary",
        data=base64.b64encode(b"x" * 19).decode(),
    ),
    _step("registry.set", key=RDP_TCP, name="SSLCertificateSHA1Hash", type="binary", data="not base64"),
    _step(
        "registry.set", key=contract.hklm(contract.WINSTATIONS), name="SelfSignedCertStore", type="string", data="My"
    ),
    _step("registry.remove", key=RDP_TCP, name="PortNumber"),
    _step("registry.set", **_SET, name="SecurityLayer"),
    _step("registry.set", **_SET, name="SecurityLayer", data=2, extra=1),
    _step("service.start", service="gpsvc", timeout_s=60),
    _step("service.restart", service="WinDefend", timeout_s=60),
    _step("service.start", service="TermService", timeout_s=0),
    _step("service.start", service="TermService", timeout_s=301),
    _step("service.stop", service="TermService", timeout_s=60),
    _step("service.start_type", service="TermService", start=4),
    _step("service.start_type", service="mpssvc", start=3),
    _step("certificate.remove", store="My", thumbprint="AB" * 20),
    _step("certificate.remove", store="Root", thumbprint="AB" * 20),
    _step("certificate.remove", store="Remote Desktop", thumbprint="CD" * 20),  # the pinned one
    _step("certificate.remove", store="Remote Desktop", thumbprint="*"),
    _step("certificate.import", store="Remote Desktop", thumbprint="AB" * 20, blob="AAAA"),
    _step("acl.set", path=KEY_FILE.rsplit("\\", 1)[0], sddl="D:PAI(A;;FA;;;SY)"),
    _step("acl.set", path=KEY_FILE.rsplit("\\", 1)[0] + "\\*", sddl="D:PAI(A;;FA;;;SY)"),
    _step("acl.set", path=r"C:\Windows\System32\config\SAM", sddl="D:PAI(A;;FA;;;SY)"),
    _step("acl.set", path=KEY_FILE + r"\..\x", sddl="D:PAI(A;;FA;;;SY)"),
    _step("acl.set", path=KEY_FILE, sddl="everyone"),
    _step("file.delete", path=KEY_FILE),
    _step("firewall.off"),
]


@pytest.mark.parametrize("step", REFUSED, ids=lambda step: f"{step.op} {sorted(step.fields.items())}"[:90])
def test_step_outside_the_list_is_refused(step: Step) -> None:
    with pytest.raises(StepError, match="refused"):
        steps.check([step], pinned="CD" * 20)


def test_only_an_undo_stops_disables_or_imports() -> None:
    allowed = [
        _step("service.stop", service="TermService", timeout_s=60),
        _step("service.start_type", service="TermService", start=4),
        _step("certificate.import", store="Remote Desktop", thumbprint="AB" * 20, blob="AAAA"),
    ]
    steps.check(allowed, undo=True)
    steps.check(
        [_step("registry.set", key=RDP_TCP, name="SSLCertificateSHA1Hash", type="string", data="AB" * 20)], undo=True
    )
    with pytest.raises(StepError):
        steps.check([_step("registry.set", **_SET, name="SecurityLayer", data=0)], undo=True)


HAVE = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;0x120089;;;S-1-5-21-1-2-3-1105)(D;;FA;;;NS)(A;ID;FA;;;BA)"


@pytest.mark.parametrize(
    ("want", "why"),
    [
        ("O:SYG:SYD:PAI(A;;FA;;;SY)(A;;0x120089;;;S-1-5-21-1-2-3-1105)(A;;0x120089;;;NS)", None),
        (f"O:SYD:PAI(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1105)(A;;FR;;;BA)(A;;FA;;;{acl.SESSIONENV})", None),
        (HAVE, None),
        ("O:SYD:PAI(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1105)(A;;FA;;;NS)", "does not grant"),
        ("O:SYD:PAI(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1105)(A;;FR;;;WD)", "does not grant"),
        ("O:SYD:PAI(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1105)(A;;FR;;;AU)", "does not grant"),
        ("O:SYD:PAI(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1105)(A;OICI;FR;;;NS)", "does not grant"),
        ("O:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)", "takes away"),
        ("O:BAD:PAI(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1105)", "owner"),
        ("O:SYD:AI(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1105)", "folder"),
        ("O:SYD:NO_ACCESS_CONTROL", "everybody"),
    ],
)
def test_a_descriptor_only_gains_what_windows_grants_there(want: str, why: str | None) -> None:
    files = [{"path": KEY_FILE, "sddl": HAVE, "container": "TSSecKeySet1"}]
    step = _step("acl.set", path=KEY_FILE, sddl=want)
    if why is None:
        steps.check([step], files=files)
        return
    with pytest.raises(StepError, match=why):
        steps.check([step], files=files)


def test_a_descriptor_is_set_only_on_a_file_that_the_host_named() -> None:
    step = _step("acl.set", path=KEY_FILE, sddl="O:SYD:PAI(A;;FA;;;SY)")
    for files in ([], [{"path": KEY_FILE, "sddl": None, "container": None}]):
        with pytest.raises(StepError):
            steps.check([step], files=files)
    other = [{"path": KEY_FILE, "sddl": "O:BAD:PAI(A;;FA;;;SY)", "container": "TSSecKeySet1"}]
    steps.check([step], files=other)  # Windows' own owner of its own key
    with pytest.raises(StepError, match="owner"):
        steps.check([step], files=[{**other[0], "container": "le-4711"}])


def test_step_survives_being_written_down() -> None:
    for step in make(_unreadable(Host().expire()).setting("rdp_tcp", "SecurityLayer", dword(9))).steps:
        assert steps.step_from_dict(step.to_dict()) == step
    with pytest.raises(StepError):
        steps.step_from_dict({"op": "format.disk"})


# The Never list as a property -----------------------------------------------------------------------------------------

_dwords = st.one_of(
    st.none(),
    st.integers(0, 2**32 - 1).map(dword),
    st.integers(0, 8).map(dword),
    st.text(max_size=4).map(lambda text: {"type": "string", "data": text}),
)
_hashes = st.one_of(
    st.none(),
    st.binary(min_size=20, max_size=20).map(binary),
    st.binary(max_size=24).map(binary),
    st.just({"type": "string", "data": "AB"}),
    st.just("own"),
)
_sddl = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "O:SYG:SYD:PAI",
            "D:NO_ACCESS_CONTROL",
            "O:BAG:BAD:AI(D;;FA;;;NS)(A;ID;FA;;;BA)",
            "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)",
            "rubbish",
            "D:(A;;FA)",
        ]
    ),
)


@st.composite
def hosts(draw: st.DrawFn) -> Host:
    """Snapshots of any kind that fit the schema, not only plausible ones."""
    host = Host(draw(st.sampled_from([9600, 14393, 17763, 26100])))
    if draw(st.booleans()):
        host.expire(draw(st.integers(-100, 400)))
    for group, names in ((name, part.names) for name, part in contract.LISTENER.items()):
        for name in draw(st.sets(st.sampled_from(names), max_size=4)):
            raw = draw(_hashes if name.endswith(("Hash", "Certificate")) else _dwords)
            host.setting(group, name, binary(bytes.fromhex(host.thumbprint)) if raw == "own" else raw)
    for name in draw(st.sets(st.sampled_from(contract.SERVICES))):
        if draw(st.integers(0, 5)) == 0:
            host.sections["services"][name] = None
        else:
            host.service(name, start=draw(st.integers(0, 4)), state=draw(st.integers(1, 7)))
    host.key_file.update(exists=draw(st.sampled_from([True, False, None])), sddl=draw(_sddl))
    if draw(st.booleans()):
        host.pin(
            host.add(
                make_der(NOW - timedelta(days=1), NOW + timedelta(days=draw(st.sampled_from([400, 0]))), "ca"),
                "My",
                None,
            )
        )
    if draw(st.booleans()):
        host.person(draw(st.sampled_from([None, "Console", "RDP-Tcp#3"])), draw(st.sampled_from([None, 0, 4])))
    host.sections["host"]["connection_broker"] = draw(st.booleans())
    for section in draw(st.sets(st.sampled_from(sorted(contract.SECTIONS)), max_size=2)):
        host.without(section, draw(st.sampled_from([-2147024891, -2147467259])))
    return host


_probes = st.one_of(
    st.none(),
    st.builds(
        probe,
        st.sampled_from(["name", "tcp", "negotiation", "tls", "credssp", "session"]),
        st.sampled_from(
            [
                "ok",
                "unresolved",
                "refused",
                "timeout",
                "silent",
                "closed",
                "reset",
                "alert",
                "denied",
                "not_rdp",
                "malformed",
            ]
        ),
        offered=st.fixed_dictionaries(
            {"rdp": st.sampled_from([None, True, False]), "tls": st.sampled_from([None, True, False])}
        ),
        failure=st.one_of(st.none(), st.fixed_dictionaries({"number": st.integers(1, 6), "name": st.just("X")})),
    ),
)
_options = st.builds(Options, st.booleans(), st.booleans(), st.just(()), st.just(()))


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.too_slow])
@given(hosts(), _probes, _options)
def test_no_plan_ever_contains_what_is_never_done(host: Host, seen: dict[str, Any] | None, options: Options) -> None:
    view = Snapshot.of(host.to_answer(), NOW)
    pinned = view.pin.thumbprint if view.pin else None
    plan = planner.plan(diagnose(view, seen), view, options)
    todo = [*plan.steps, *plan.fallback]
    steps.check(todo, pinned=pinned)
    files = {file["path"] for file in (view.section("key_files") or {"files": []})["files"]}
    for step in todo:
        # Said again in plain words, so that a slip in the check itself shows, too.
        text = repr(step.to_host()).lower()
        assert not (
            step.op == "registry.set"
            and step.fields["name"] in ("SecurityLayer", "UserAuthentication")
            and step.fields["data"] == 0
        )
        assert (
            "policies" not in text
            and "schannel" not in text
            and "allowencryptionoracle" not in text
            and "firewall" not in text
            and "lsa" not in text
        )
        assert step.fields.get("service", "TermService") in contract.SERVICES
        assert step.op not in ("service.stop", "certificate.import")
        if step.op == "acl.set":
            assert step.fields["path"] in files
            before = next(
                file["sddl"] for file in view.section("key_files")["files"] if file["path"] == step.fields["path"]
            )
            kept = {ace.text for ace in acl.parse(before).aces or () if ace.kind == "A"}
            assert kept <= {ace.text for ace in acl.parse(step.fields["sddl"]).aces or ()}, "no grant is taken away"
        if step.op == "certificate.remove":
            assert step.fields["thumbprint"] != pinned
        if step.op == "registry.remove":
            found = pinned and view.find_certificate(pinned)
            file = view.key_file(found) if found else None
            assert not found or not found.has_key_property or (file and file["exists"] is False), (
                "a pin that is alive is never removed"
            )
        if step.cost == "sessions" and not options.allow_disconnect and view.running("TermService"):
            assert view.occupants == [], "people are never thrown out unasked"
    assert (
        len(
            [
                step
                for step in plan.steps
                if step.op in ("service.restart", "service.start") and step.fields["service"] == "TermService"
            ]
        )
        <= 1
    )
    assert len(diff.diffs(plan.steps, view)) == len(
        [step for step in plan.steps if step.op != "certificate.wait_renewed"]
    )


# Undo -----------------------------------------------------------------------------------------------------------------


def _journal(state: str, *done: tuple[Step, str, Any]) -> Journal:
    document = {
        "id": "20261123T130000Z-0a1b2c3d",
        "state": state,
        "steps": [
            {**step.to_host(), "status": status, "before": before, "after": None} for step, status, before in done
        ],
    }
    return Journal.parse(document)


def test_undo_takes_back_in_reverse_and_starts_the_listener_once() -> None:
    changes = (
        (steps.start_type("SessionEnv", 3, "", ""), "done", {"start": 4}),
        (steps.set_acl(KEY_FILE, "O:SYD:PAI(A;;FA;;;SY)", "", ""), "done", {"sddl": "O:SYD:PAI"}),
        (steps.set_value(RDP_TCP, "SecurityLayer", 2, "", ""), "done", dword(1)),
        (steps.set_value(RDP_TCP, "MinEncryptionLevel", 3, "", ""), "done", None),
        (steps.remove_certificate("AB" * 20, "", ""), "done", {"present": True, "blob": "AAAA", "der": "AAAA"}),
        (steps.run_state("start", "SessionEnv", "", ()), "done", {"state": 1, "dependents": []}),
        (steps.wait_renewed(["AB" * 20], ()), "unchanged", {"thumbprint": None}),
        (steps.run_state("restart", "TermService", "", ()), "done", {"state": 4, "dependents": []}),
    )
    plan = undo.undo(_journal("complete", *changes))
    assert [(step.op, step.target.rsplit("\\", 1)[-1]) for step in plan.steps] == [
        ("certificate.import", "AB" * 20),
        ("registry.remove", "MinEncryptionLevel"),
        ("registry.set", "SecurityLayer"),
        ("acl.set", KEY_FILE.rsplit("\\", 1)[-1]),
        ("service.stop", "SessionEnv"),
        ("service.start_type", "SessionEnv"),
        ("service.restart", "TermService"),
    ]
    steps.check(plan.steps, undo=True)


@pytest.mark.parametrize(
    "before",
    [
        dword(0),
        {"type": "qword", "data": 0},
        {"type": "string", "data": "0"},
        {"type": "multi_string", "data": ["0", "0"]},
        {"type": "binary", "data": base64.b64encode(bytes(4)).decode()},
        {"type": "none", "data": ""},
    ],
    ids=lambda value: value["type"],
)
def test_undo_never_writes_what_is_never_written(before: dict[str, Any]) -> None:
    plan = undo.undo(_journal("complete", (steps.set_value(RDP_TCP, "SecurityLayer", 1, "", ""), "done", before)))
    assert plan.steps == () and plan.blocked[0].guard == "never" and "never written" in plan.blocked[0].summary


def test_undo_gives_back_the_authentication_that_this_collection_changed() -> None:
    done = (steps.set_value(RDP_TCP, "UserAuthentication", 1, "", ""), "done", dword(0))
    [step] = undo.undo(_journal("complete", done)).steps
    assert (step.op, step.fields["data"]) == ("registry.set", 0)


@pytest.mark.parametrize("service", contract.START_ONLY)
def test_undo_never_stops_what_other_programs_use(service: str) -> None:
    start = steps.run_state("start", service, "", ())
    plan = undo.undo(_journal("complete", (start, "done", {"state": 1, "dependents": []})))
    assert plan.steps == () and plan.blocked[0].guard == "never" and service in plan.blocked[0].summary


RENEWAL = Step(
    "certificate.renew", {"previous": ["AB" * 20], "remove": "AB" * 20, "restart": True, "timeout_s": 60}, "test"
)


@pytest.mark.parametrize(
    ("state", "status", "back"),
    [
        ("open", "started", True),
        ("failed", "failed", True),
        ("complete", "done", False),
        ("complete", "unchanged", False),
    ],
)
def test_undo_of_a_renewal_puts_back_what_was_taken_out_of_a_run_that_was_cut_off(
    state: str, status: str, back: bool
) -> None:
    before = {"thumbprint": "AB" * 20, "blob": "QkxPQg==", "der": None}
    plan = undo.undo(_journal(state, (RENEWAL, status, before)))
    fields = {"store": "Remote Desktop", "thumbprint": "AB" * 20, "blob": "QkxPQg=="}
    assert [(step.op, step.fields) for step in plan.steps] == ([("certificate.import", fields)] if back else [])


def test_unchanged_and_skipped_steps_are_not_taken_back() -> None:
    step = steps.set_value(RDP_TCP, "SecurityLayer", 2, "", "")
    assert undo.undo(_journal("complete", (step, "unchanged", dword(2)))).steps == ()
    assert undo.undo(_journal("failed", (step, "skipped", None))).steps == ()


def test_step_under_way_when_cut_off_is_taken_back() -> None:
    step = steps.set_value(RDP_TCP, "SecurityLayer", 2, "", "")
    assert len(undo.undo(_journal("open", (step, "pending", dword(1)))).steps) == 1
    assert undo.undo(_journal("open", (step, "pending", None))).steps == ()


@pytest.mark.parametrize(
    "journal",
    [
        {},
        {"state": "complete"},
        {"state": "complete", "steps": [{"op": "registry.set", "status": "done", "before": {"x": 1}}]},
    ],
)
def test_wrecked_journal_is_refused(journal: dict[str, Any]) -> None:
    with pytest.raises(JournalError):
        undo.undo(Journal.parse({"id": "20261123T130000Z-0a1b2c3d", **journal}))


# Wishes ---------------------------------------------------------------------------------------------------------------

_LISTENER = {"security_layer": None, "nla": None, "encryption_level": None, "negotiation": None, "enabled": None}


def wish(kind: Callable[..., planner.Plan], asked: dict[str, Any], host: Host, **options: Any) -> planner.Plan:
    return kind(asked, Snapshot.of(host.to_answer(), NOW), Options(**options))


def test_listener_leaves_alone_what_is_not_asked_and_what_is_so_already() -> None:
    plan = wish(desired.listener, {**_LISTENER, "security_layer": "tls", "encryption_level": "high"}, Host())
    assert told(plan) == ["registry.set MinEncryptionLevel"]


@pytest.mark.parametrize("option", ["nla", "negotiation"])
def test_weakening_is_refused(option: str) -> None:
    with pytest.raises(Refused, match=f"{option}=false is refused"):
        wish(desired.listener, {**_LISTENER, option: False}, Host())


def test_listener_refuses_to_fight_a_policy() -> None:
    with pytest.raises(Refused, match="Group Policy"):
        wish(
            desired.listener,
            {**_LISTENER, "security_layer": "tls"},
            Host().setting("policy", "SecurityLayer", dword(1)),
        )


def test_service_wishes() -> None:
    asked = {"name": None, "state": "started", "start_type": None}
    assert wish(desired.service, asked, Host()).steps == ()
    assert told(wish(desired.service, asked, Host().service("SessionEnv", state=1))) == ["service.start SessionEnv"]
    with pytest.raises(Refused, match="disabled"):
        wish(desired.service, asked, Host().service("TermService", start=4, state=1))
    restart = {"name": "TermService", "state": "restarted", "start_type": None}
    with pytest.raises(Refused, match="alice"):
        wish(desired.service, restart, Host().person())
    assert told(wish(desired.service, restart, Host().person(), allow_disconnect=True)) == [RELOAD]


def test_machine_keys_wishes() -> None:
    assert desired.machine_keys(Snapshot.of(Host().to_answer(), NOW), Options()).steps == ()
    assert told(desired.machine_keys(Snapshot.of(_unreadable(Host()).to_answer(), NOW), Options()))[-1] == RELOAD
    gone = Host()
    gone.key_file["exists"] = False
    with pytest.raises(Refused, match="not there"):
        desired.machine_keys(Snapshot.of(gone.to_answer(), NOW), Options())


def test_certificate_wishes() -> None:
    renewed = {"state": "renewed", "thumbprint": None, "force": False}
    assert wish(desired.certificate, renewed, Host()).steps == ()
    host = Host()
    assert told(wish(desired.certificate, {**renewed, "force": True}, host)) == [
        f"certificate.remove {host.thumbprint}",
        *RENEW,
    ]
    ca = host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=400), "ca"), "My", None)
    bound = {"state": "bound", "thumbprint": ca.lower(), "force": False}
    assert told(wish(desired.certificate, bound, host)) == ["registry.set SSLCertificateSHA1Hash", RELOAD]
    host.pin(ca)
    assert wish(desired.certificate, bound, host).steps == ()
    with pytest.raises(Refused, match="state=self_signed"):
        wish(desired.certificate, renewed, host)
    assert told(wish(desired.certificate, {**renewed, "state": "self_signed"}, host)) == [
        "registry.remove SSLCertificateSHA1Hash",
        RELOAD,
    ]


@pytest.mark.parametrize("thumbprint", ["", "AB", "zz" * 20, "AB" * 20])
def test_binding_what_is_not_there(thumbprint: str) -> None:
    with pytest.raises(Refused):
        wish(desired.certificate, {"state": "bound", "thumbprint": thumbprint, "force": False}, Host())


# Outcome --------------------------------------------------------------------------------------------------------------


def _assessment(host: Host, look: dict[str, Any] | None) -> Assessment:
    return assess(Snapshot.of(host.to_answer(), NOW), look)


def test_worse_is_a_new_finding_or_a_client_that_is_locked_out() -> None:
    well, ill = _assessment(Host(), probe()), _assessment(_unreadable(Host()), DIES)
    assert verify.worse(ill, well) == []
    assert verify.worse(well, ill) == ["certificate.key_unreadable", "client.no_longer_gets_in"]


def test_line_and_summary_say_what_happened() -> None:
    host = _unreadable(Host())
    before, after = _assessment(host, DIES), _assessment(Host(), probe())
    words = columns.columns(before, make(host), after)
    assert (
        words["client_before"] == "tls: reset"
        and words["client_after"] == "client gets in"
        and "certificate.key_unreadable [proven]" in words["cause"]
    )
    assert columns.summary(before, make(host), after) == (
        "repaired: certificate.key_unreadable [proven]; a client ended at tls: reset; done: acl.set the key file,"
        " service.restart TermService; now healthy, a client reaches the logon"
    )
    assert columns.summary(before, make(host), predicted=True).startswith(
        "broken: certificate.key_unreadable [proven];"
    )
    assert columns.summary(after, make(Host()), after) == "healthy: a client reaches the logon"


def test_the_line_of_an_occupied_host_says_what_was_not_done_and_why() -> None:
    host = _unreadable(Host()).person()
    line = columns.summary(_assessment(host, DIES), make(host))
    assert "; not repaired: a restart of TermService would throw out " in line and "not certificate" not in line


def test_every_remedy_belongs_to_a_rule() -> None:
    from pathlib import Path

    from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import engine

    text = "".join(file.read_text() for file in Path(engine.__file__).parent.glob("*.py"))
    assert [id_ for id_ in REMEDIES if f'"{id_}"' not in text] == []
