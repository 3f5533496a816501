# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every rule both ways: it fires on its fault, and stays silent without it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import SECTIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.hosts.faults import DIES, FAULTS, IN, LISTENER, REFUSED, Fault, key_unreadable, no_store_entry
from tests.hosts.snapshots import KEY_FILE, NOW, Host, binary, dword, make_der, probe, utc
from tests.profiles import each, some
from tests.unit.judging import ids, run


@pytest.mark.parametrize("build", [14393, 17763, 20348, 26100])
@pytest.mark.parametrize("seen", [IN, None])
def test_a_healthy_host_has_no_findings(build: int, seen: dict[str, Any] | None) -> None:
    diagnosis = run(Host(build), seen)
    assert ids(diagnosis) == []
    if seen:
        assert (diagnosis.verdict, diagnosis.unread) == ("healthy", ())
    else:
        assert (diagnosis.verdict, diagnosis.unread) == (
            "unknown",
            ("whether clients get in was not looked at from outside",),
        )


def _presents(host: Host, days_left: int = 100) -> dict[str, Any]:
    return probe(certificate={"sha1": host.thumbprint, "days_left": days_left})


@each("fault", FAULTS, ids=str)
def test_rule_fires_alone(fault: Fault) -> None:
    diagnosis = run(fault.host(), fault.sight)
    assert ids(diagnosis) == [fault.finding]
    top = diagnosis.findings[0]
    verdict = {"critical": "broken", "warning": "degraded"}[fault.severity]
    assert (top.severity, diagnosis.verdict) == (fault.severity, "off" if top.type.turned_off else verdict)
    assert top.confidence == ("proven" if fault.proves else "likely")
    assert top.evidence_for and all(evidence.fact and evidence.where for evidence in top.evidence_for)


@each("fault", [fault for fault in LISTENER if fault.proves and fault.severity == "critical"], ids=str)
def test_proven_needs_a_fitting_sight(fault: Fault) -> None:
    blind = run(fault.host(), None)
    assert blind.findings[0].confidence == "likely" and "probe" in blind.findings[0].needs_evidence[0]
    contradicted = run(fault.host(), IN).findings[0]
    assert contradicted.confidence == "likely" or fault.finding == "certificate.expired"
    assert contradicted.severity == "warning"


def test_names_of_faults_are_told_apart() -> None:
    assert len({str(fault) for fault in FAULTS}) == len(FAULTS)


def test_expired_certificate_that_is_served_is_proven_though_tls_works() -> None:
    host = Host().expire()
    top = run(host, _presents(host, -10)).findings[0]
    assert (top.id, top.confidence, top.severity) == ("certificate.expired", "proven", "warning")
    host.sections["host"]["boot_utc"] = utc(NOW - timedelta(minutes=4))
    assert run(host, _presents(host, -10)).findings[0].confidence == "possible", "Windows renews it by itself"
    assert run(host, DIES).findings[0].severity == "critical"


def test_expired_by_one_clock_only_is_the_clock() -> None:
    host = Host()
    host.sections["host"]["utc"] = utc(NOW + timedelta(days=400))
    for sight, severity, verdict in ((None, "critical", "broken"), (IN, "warning", "degraded")):
        diagnosis = run(host, sight)
        assert ids(diagnosis) == ["clock.wrong"]
        assert (diagnosis.findings[0].severity, diagnosis.verdict) == (severity, verdict)
    assert any("came as far as the logon" in one for one in diagnosis.findings[0].needs_evidence)


@pytest.mark.parametrize("status", [None, 1789])
def test_a_broken_trust_leaves_a_host_that_lets_a_client_in_degraded(status: int | None) -> None:
    """The look gives no account, and the words say so."""
    host = Host()
    host.sections["host"].update(part_of_domain=True, domain_role=3)
    host.sections["domain"] = {"joined": True, "name": "corp.test", "channel_status": status}
    host.event("Microsoft-Windows-Security-Auditing", 4625, 5, "Security", (0xC000018D, 0, 3), NOW)
    diagnosis = run(host, IN)
    [found] = [one for one in diagnosis.findings if one.id == "nla.trust_broken"]
    assert (found.severity, diagnosis.verdict) == ("warning", "degraded")
    assert any("came as far as the logon" in one for one in found.needs_evidence)


@pytest.mark.parametrize(("age", "found"), [(20, ["listener.errors_logged"]), (60 * 30, [])])
def test_a_key_that_could_not_be_used_is_told_of_where_nobody_looked(age: int, found: list[str]) -> None:
    host = Host().event("Schannel", 36870, 5, "System", (0x80090016, 10001), NOW - timedelta(minutes=age))
    diagnosis = run(host, None)
    assert ids(diagnosis) == found and all(one.confidence == "possible" for one in diagnosis.findings)


_CORE = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
_RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"


@pytest.mark.parametrize(
    ("provider", "number", "status", "confidence", "verdict"),
    [
        # Whoever came to the port: an attack on passwords, a scan without anything in common, half a handshake.
        (_CORE, 139, 0x80090304, "possible", "unknown"),
        (_CORE, 139, 0x80090331, "possible", "unknown"),
        (_CORE, 139, 0x80090308, "possible", "unknown"),
        (_RCM, 1041, 0, "possible", "unknown"),
        # It is the host's own certificate that cannot be used.
        (_CORE, 139, 0x8009030D, "likely", "degraded"),
        (_CORE, 139, 0x8009030E, "likely", "degraded"),
    ],
)
@pytest.mark.parametrize("count", [1, 40])
def test_connections_that_ended_in_an_error_are_a_suspicion_where_nobody_looked(
    provider: str, number: int, status: int, confidence: str, verdict: str, count: int
) -> None:
    host = Host().event(provider, number, count, f"{provider}/Operational", (status,), NOW - timedelta(minutes=50))
    diagnosis = run(host, None)
    [found] = diagnosis.findings
    assert (found.id, found.confidence, diagnosis.verdict) == ("listener.errors_logged", confidence, verdict)
    assert ("scans" in found.summary) == (confidence == "possible" and number == 139)
    # An error of the listener beside them is more.
    [both] = run(host.event(_RCM, 260, 1, f"{_RCM}/Operational", (0x80070005,)), None).findings
    assert (both.id, both.confidence) == ("listener.errors_logged", "likely") and len(both.evidence_for) == 2


def test_a_reconnection_that_was_refused_is_no_connection_that_was_ended() -> None:
    """Event 1041 is of a client that was in before: it may connect anew. Beside others' errors these are told first."""
    host = Host().event(_RCM, 1041, 2, "System", (), NOW - timedelta(minutes=50))
    [found] = run(host, None).findings
    assert "get back to its session" in found.summary and "ended connections" not in found.summary
    assert "connects anew" in (found.advice or "") and found.confidence == "possible"
    [beside] = run(host.event(_CORE, 139, 1, f"{_CORE}/Operational", (0x80090331,)), None).findings
    assert "ended connections" in beside.summary and len(beside.evidence_for) == 2


_MANAGER = "Service Control Manager"


@pytest.mark.parametrize(
    ("log", "provider", "number", "numbers", "service"),
    [
        # The listener failed while it listened.
        (f"{_RCM}/Operational", _RCM, 260, (0x8007271D,), None),
        (f"{_RCM}/Operational", _RCM, 260, (0x80070005,), None),
        # The service's account could not log on, or lacks the right to.
        ("System", _MANAGER, 7038, (1326,), "TermService"),
        ("System", _MANAGER, 7041, (), "TermService"),
        ("System", _MANAGER, 7041, (), "SessionEnv"),
    ],
)
def test_errors_of_the_listener_and_its_services_are_told_where_nobody_looked(
    log: str, provider: str, number: int, numbers: tuple[int, ...], service: str | None
) -> None:
    host = Host().event(provider, number, 2, log, numbers, NOW - timedelta(minutes=20), service=service)
    host.service("TermService", started=utc(NOW - timedelta(days=3)))
    [found] = run(host, None).findings
    assert found.id == "listener.errors_logged" and f"{number} of" in found.evidence_for[0].fact
    assert "the last at 2026-11-23 11:40 UTC" in found.evidence_for[0].fact
    assert ids(run(host, IN)) == []
    # Where nothing listens, it is what is to be looked at.
    host.sections["port"]["listeners"].clear()
    if provider == _RCM:
        [found] = run(host, REFUSED).findings
        assert found.id == "listener.not_listening" and any("events 260" in one for one in found.needs_evidence)


# How a service failed, how often, and whether a later start of it says that this is over.
@each("number, count, over", [(7000, 1, True), (7038, 3, True), (7023, 1, True), (7023, 2, False), (7031, 1, False)])
@each("service", ["SessionEnv", "TermService"])
def test_a_later_start_settles_the_failure_of_a_service(number: int, count: int, over: bool, service: str) -> None:
    """What ends again and again is started in between; a crash is no start that failed; others' starts say nothing."""
    for of in ("SessionEnv", "TermService"):
        for hours, later in ((1, True), (3, False)):
            host = Host().event(_MANAGER, number, count, "System", (5,), NOW - timedelta(hours=2), service=service)
            for name in ("SessionEnv", "TermService"):
                host.service(name, started=utc(NOW - timedelta(hours=hours if name == of else 72)))
            settled = over and later and of == service
            found = next(one for one in run(host, None).findings if one.id == "listener.errors_logged")
            assert (found.confidence == "possible") is settled, (of, hours)
            assert found.evidence_for[-1].fact.endswith("; what failed was started since") is settled, (of, hours)


def test_a_service_runs_since_its_process_began() -> None:
    """A process that is there without the service is no start of it, and what lies in the future no time."""
    for state, hours, known in ((4, 1, True), (2, 1, False), (1, 1, False), (4, -1, False)):
        host = Host().service("TermService", state=state, started=utc(NOW - timedelta(hours=hours)))
        assert (Snapshot.of(host.answer, NOW).runs_since("TermService") is not None) is known, (state, hours)


@pytest.mark.parametrize(("seconds", "found"), [(299, []), (-299, []), (301, ["clock.wrong"]), (-301, ["clock.wrong"])])
def test_clock_skew_beyond_five_minutes(seconds: int, found: list[str]) -> None:
    host = Host()
    host.sections["host"]["utc"] = utc(NOW + timedelta(seconds=seconds))
    assert ids(run(host)) == found


def test_a_probe_at_the_end_of_the_calendar_proves_nothing() -> None:
    """A bundle can say any time; by the clock of this host, the probe's lies beyond the last day there is."""
    host = Host()
    host.sections["host"]["utc"] = utc(NOW + timedelta(minutes=3))
    host.sections["events"]["logs"]["Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational"] = None
    found = run(host, probe("tls", "reset", time="9999-12-31T23:59:00+00:00"))
    assert ids(found) == ["interference.handshake_dropped"]


def test_key_that_is_still_held_open_is_a_warning() -> None:
    top = run(key_unreadable(Host()), IN).findings[0]
    assert (top.id, top.severity) == ("certificate.key_unreadable", "warning") and top.evidence_against


@pytest.mark.parametrize("name", ["SecurityLayer", "UserAuthentication", "fDenyTSConnections"])
def test_policy_owns_what_it_sets(name: str) -> None:
    bad = {"SecurityLayer": 0, "UserAuthentication": 0, "fDenyTSConnections": 1}[name]
    diagnosis = run(Host().setting("policy", name, dword(bad)), None)
    top = next(finding for finding in diagnosis.findings if finding.target["name"] == name)
    assert (
        top.owner == "policy"
        and "Group Policy" in (top.advice or "")
        and "Remote Desktop Session Host" in (top.advice or "")
    )


def test_bad_local_value_under_a_good_policy_is_no_fault() -> None:
    host = Host().setting("policy", "SecurityLayer", dword(2)).setting("rdp_tcp", "SecurityLayer", dword(0))
    assert ids(run(host)) == []


def test_live_pin_is_no_fault_and_expired_pin_is_left_to_people() -> None:
    host = Host()
    file = {
        "path": KEY_FILE.replace("f686", "aaaa"),
        "exists": True,
        "sddl": host.key_file["sddl"],
        "length": 1,
        "error": None,
    }
    host.pin(host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=400), "ca"), "My", file))
    assert ids(run(host)) == []
    old = Host()
    old.pin(old.add(make_der(NOW - timedelta(days=400), NOW - timedelta(days=4), "ca"), "My", file))
    top = run(old, DIES).findings[0]
    assert top.id == "certificate.pin_expired" and "state=bound" in (top.advice or "")


@pytest.mark.parametrize("source", ["pin", "template"])
def test_an_expired_pin_names_what_could_take_its_place(source: str) -> None:
    group, value = {
        "pin": ("rdp_tcp", "SSLCertificateSHA1Hash"),
        "template": ("winstations", "TemplateCertificate"),
    }[source]
    host = Host()
    old = make_der(NOW - timedelta(days=400), NOW - timedelta(days=4), "srv.example.com")
    host.setting(group, value, binary(bytes.fromhex(host.add(old, "My", None))))
    new = host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), "srv.example.com"), "My", None)
    seen = probe("tls", "reset", host="srv.example.com")
    top = run(host, seen).findings[0]
    assert top.id == f"certificate.{source}_expired"
    named = [one for one in top.evidence_for if new in one.fact]
    assert (f"most likely {new} in My" in top.summary, bool(named)) == ((source == "pin"),) * 2
    # Of two that fit none is named before the other.
    other = host.add(make_der(NOW - timedelta(days=2), NOW + timedelta(days=90), "srv.example.com"), "My", None)
    top = run(host, seen).findings[0]
    assert "most likely" not in top.summary
    assert {thumb for thumb in (new, other) for one in top.evidence_for if thumb in one.fact} == (
        {new, other} if source == "pin" else set()
    )


def test_pin_without_key_is_dead_and_pin_without_access_is_not() -> None:
    file = {"path": KEY_FILE.replace("f686", "aaaa"), "exists": False, "sddl": None, "length": None, "error": None}
    host = Host()
    host.pin(host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=400), "ca"), "My", file))
    assert ids(run(host, DIES)) == ["certificate.pin_dead"]
    host.sections["key_files"]["files"][1].update(exists=True, sddl="O:SYG:SYD:PAI(A;;FA;;;SY)")
    assert ids(run(host, DIES)) == ["certificate.key_unreadable"]


def test_pin_may_be_among_what_was_not_listed() -> None:
    host = Host().pin("AB" * 20)
    host.answer["truncated"] = ["certificates"]
    assert "certificate.pin_dead" not in ids(run(host, None))


def test_other_certificate_on_the_wire() -> None:
    host = Host()
    seen = probe(certificate={"sha1": "CD" * 20, "days_left": 50})
    assert ids(run(host, seen)) == ["interference.tls_inspected"]
    old = host.add(make_der(NOW - timedelta(days=200), NOW + timedelta(days=3), "old"), "Remote Desktop", None)
    assert ids(run(host, probe(certificate={"sha1": old, "days_left": 3}))) == ["certificate.not_presented"]


@pytest.mark.parametrize(
    ("seen", "finding"),
    [
        (probe("name", "unresolved"), "network.name"),
        (probe("tcp", "timeout"), "network.unreachable"),
        (REFUSED, "network.unreachable"),
        (DIES, "interference.handshake_dropped"),
        (probe("negotiation", "silent"), "interference.handshake_dropped"),
        (probe("negotiation", "not_rdp"), "interference.not_rdp"),
    ],
)
def test_healthy_host_and_a_client_that_is_kept_out(seen: dict[str, Any], finding: str) -> None:
    diagnosis = run(Host(), seen)
    assert ids(diagnosis)[0] == finding and diagnosis.verdict == "broken"
    assert all(entry.confidence == "possible" for entry in diagnosis.findings[1:])
    assert diagnosis.findings[0].advice and diagnosis.findings[0].owner in ("network", "client")


def test_old_tls_is_no_missing_key() -> None:
    old = {"version": "TLSv1", "modern": False, "weaknesses": ["speaks TLSv1 at most"]}
    seen = probe("tls", "alert", tls=old, failure={"kind": "tls_alert", "number": 70, "name": "protocol_version"})
    assert ids(run(Host(), seen)) == ["tls.too_old"]
    unreadable = run(key_unreadable(Host()), seen).findings[0]
    assert (unreadable.id, unreadable.confidence) == ("certificate.key_unreadable", "likely")


@pytest.mark.parametrize(
    ("seen", "proof"),
    [
        (probe("tls", "malformed", failure={"kind": "x", "number": None, "name": "plaintext"}), "proven"),
        (probe("tls", "malformed", failure={"kind": "x", "number": None, "name": "other"}), "likely"),
        (
            probe("tls", "alert", failure={"kind": "x", "number": 42, "name": "bad_certificate", "sender": "client"}),
            "likely",
        ),
        (probe("negotiation", "denied", failure={"kind": "ultimatum", "number": 3, "name": "x"}), "likely"),
    ],
)
def test_what_counts_as_a_listener_without_a_key(seen: dict[str, Any], proof: str) -> None:
    assert run(key_unreadable(Host()), seen).findings[0].confidence == proof


@pytest.mark.parametrize("outcome", ["denied", "closed", "silent"])
def test_host_that_takes_only_kerberos_is_not_broken(outcome: str) -> None:
    diagnosis = run(Host(), probe("credssp", outcome))
    assert (
        ids(diagnosis) == ["nla.unanswered"]
        and diagnosis.verdict == "degraded"
        and diagnosis.findings[0].confidence == "likely"
    )


@pytest.mark.parametrize("witness", ["event", "journal", None])
def test_service_that_still_works_with_what_it_found_at_its_start(witness: str | None) -> None:
    host = Host()
    if witness == "event":
        host.event("Schannel", 36870, 2, numbers=(0x8009030D, 10001))
    if witness == "journal":
        entry = {
            "id": "20261123T130000Z-0a1b2c3d",
            "created": None,
            "state": "open",
            "undoes": None,
            "controller": "c",
            "steps_done": 1,
            "steps_total": 2,
        }
        host.sections["journals"]["recent"].append(entry)
    [found] = run(host, DIES).findings
    assert found.id == ("service.stale_credential" if witness else "interference.handshake_dropped")
    assert ("comes again" in " ".join(found.needs_evidence)) is (witness == "event"), "the key itself may be no good"
    assert ids(run(host, IN)) == []
    assert ids(run(host, probe("tls", "silent"))) == ["network.handshake_stalls"]


def _row(id_: str, what: str, state: str = "complete", **more: Any) -> dict[str, Any]:
    row = {"id": id_, "created": utc(NOW - timedelta(hours=1)), "state": state, "undoes": None, "controller": "c"}
    return {**row, "what": what, "steps_done": 1, "steps_total": 1, **more}


_CHANGED = _row("20261123T130000Z-0a1b2c3d", "acl.set f686aace")
_RESTARTED = _row("20261123T140000Z-0a1b2c3d", "service.restart TermService")
_TAKEN_BACK = [_row(_CHANGED["id"], "acl.set f686aace", "undone"), _row("x", "acl.set f686aace", undoes=_CHANGED["id"])]


@pytest.mark.parametrize(
    ("rows", "is_stale"),
    [
        ([_CHANGED], True),
        ([_RESTARTED, _CHANGED], False),
        ([{**_RESTARTED, "state": "failed"}, _CHANGED], True),
        ([_row("x", "certificate.renew the listener's own certificate", "failed", steps_done=0)], True),
        ([_row("x", "registry.set SecurityLayer, service.restart TermService")], False),
        ([_row("x", "service.start CryptSvc")], False),
        ([{**_CHANGED, "created": utc(NOW - timedelta(days=90))}], False),
        (_TAKEN_BACK[::-1], False),
    ],
)
def test_a_change_that_the_listener_has_not_taken_up_yet(rows: list[dict[str, Any]], is_stale: bool) -> None:
    """Whoever killed the run before its restart must not read that the network is to blame."""
    host = Host()
    host.sections["host"]["boot_utc"] = utc(NOW - timedelta(days=2))
    host.sections["journals"]["recent"] = rows
    expected = "service.stale_credential" if is_stale else "interference.handshake_dropped"
    assert ids(run(host, DIES)) == [expected]
    assert ids(run(host, probe("negotiation", "closed"))) == [expected]
    assert ids(run(host, IN)) == []


def test_several_causes_are_all_found_the_first_to_block_on_top() -> None:
    host = key_unreadable(Host()).service("TermService", state=1, pid=0).setting("rdp_tcp", "SecurityLayer", dword(0))
    host.sections["port"]["listeners"].clear()
    diagnosis = run(host, REFUSED)
    assert ids(diagnosis) == ["service.stopped", "listener.security_layer_conflict", "certificate.key_unreadable"]


def test_host_that_never_had_rdp_is_only_turned_off() -> None:
    host = (
        no_store_entry(Host())
        .setting("terminal_server", "fDenyTSConnections", dword(1))
        .service("TermService", state=1)
        .service("SessionEnv", state=1)
    )
    host.setting("winstations", "SelfSignedCertificate", None).setting("winstations", "SelfSignedCertStore", None)
    host.sections["port"]["listeners"].clear()
    assert ids(run(host, REFUSED)) == ["listener.rdp_disabled"]


def test_a_missing_section_never_makes_a_wrong_proof() -> None:
    """One property of all faults and all sections, not a test for each pair. The usual run takes a few sections for
    each fault, and others for the next.
    """
    for at, fault in enumerate(FAULTS):
        for section in some(SECTIONS, 5, at):
            diagnosis = run(fault.host().without(section), fault.sight)
            proven = {found.id for found in diagnosis.findings if found.confidence == "proven"}
            assert proven <= {fault.finding}, f"{fault}, without {section}"
            assert any(f"section {section}" in sentence for sentence in diagnosis.unread), f"{fault}, without {section}"


@pytest.mark.takes_long
def test_a_key_that_was_not_read_never_makes_a_wrong_proof() -> None:
    """The same of all faults and all registry keys, one at a time: what stands in one is not absent."""
    roots = sorted({key.split("\\*")[0] for key in collect.VALUES})
    for at, fault in enumerate(FAULTS):
        for key in some(roots, 8, at):
            diagnosis = run(fault.host().unread_keys(key), fault.sight)
            proven = {found.id for found in diagnosis.findings if found.confidence == "proven"}
            assert proven <= {fault.finding}, f"{fault}, without {key}"
            assert any(key in sentence for sentence in diagnosis.unread), f"{fault}, without {key}"


@pytest.mark.parametrize("section", ["host", "listener", "certificates", "key_files", "services"])
def test_too_little_is_not_healthy(section: str) -> None:
    assert run(Host().without(section)).verdict == "unknown"


def test_events_are_named_as_evidence() -> None:
    host = Host().expire()
    host.sections["events"]["counts"].append(
        {
            "log": "System",
            "provider": "Microsoft-Windows-TerminalServices-RemoteConnectionManager",
            "id": 1058,
            "count": 4,
            "first": utc(NOW),
            "last": utc(NOW),
        }
    )
    assert any("4 events" in evidence.fact for evidence in run(host, DIES).findings[0].evidence_for)


def test_template_certificate_is_its_policy_s_business() -> None:
    host = Host()
    old = host.add(make_der(NOW - timedelta(days=400), NOW - timedelta(days=4), "tpl"), "My", None)
    host.setting("winstations", "TemplateCertificate", binary(bytes.fromhex(old)))
    top = run(host, DIES).findings[0]
    assert (top.id, top.owner) == ("certificate.template_expired", "policy")


@pytest.mark.parametrize(
    ("make", "finding"),
    [
        (lambda host: host.setting("terminal_server", "fDenyTSConnections", dword(1)), "listener.rdp_disabled"),
        (lambda host: host.setting("policy", "fDenyTSConnections", dword(1)), "listener.rdp_disabled"),
        (lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(7)), "listener.security_layer_invalid"),
        (lambda host: host.setting("rdp_tcp", "MaxInstanceCount", dword(0)), "listener.connection_limit"),
        (lambda host: host.service("TermService", start=4), "service.disabled"),
        (no_store_entry, "certificate.missing"),
    ],
)
def test_what_keeps_nobody_out_yet_is_a_warning(make: Callable[[Host], Host], finding: str) -> None:
    now, later = run(make(Host())), run(make(Host()), REFUSED)
    assert [(top.id, top.severity, top.confidence) for top in now.findings[:1]] == [
        (finding, "warning", "likely")
    ] and now.verdict == "degraded"
    assert now.findings[0].evidence_against or finding == "service.disabled"
    assert later.verdict == ("off" if finding == "listener.rdp_disabled" else "broken")


def test_an_access_list_is_evidence_in_words() -> None:
    host = Host()
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;BA)"
    facts = [evidence.fact for evidence in run(host, DIES).findings[0].evidence_for]
    told = "owner SYSTEM; allow SYSTEM: full control; allow Administrators: read"
    assert f"NETWORK SERVICE (S-1-5-20) has no read access: {told}" in facts
