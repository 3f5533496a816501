# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans: what is done for each finding, in what order, behind which guards; and what is never done."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import STAGES, ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl, contract, nla_task, providers
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import REMOTE_DESKTOP_AUTHENTICATION
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, diff, planner, steps, undo, verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.bind import bind
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal, JournalError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import REMEDIES
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step, StepError
from ansible_collections.winops.rdp.plugins.plugin_utils.results import columns
from cryptography import x509
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hosts import faults
from tests.hosts.snapshots import KEY_FILE, NOW, RDP_TCP, Host, binary, dword, key_provider, make_der, probe, utc
from tests.profiles import each, examples

DIES = probe("tls", "reset")


def seen(host: Host, *probes: dict[str, Any] | None) -> Assessment:
    """The host as a client that dies in TLS finds it, if no other probe is given."""
    return assess(Snapshot.of(host.answer, NOW), ProbeResult(probes[0] if probes else DIES))


def make(host: Host, *probes: dict[str, Any] | None, **options: Any) -> planner.Plan:
    return planner.plan(seen(host, *probes), RepairPolicy(**options))


def names(steps_: Iterable[Step]) -> list[str]:
    return [f"{step.op} {step.target.rsplit(chr(92), 1)[-1]}" for step in steps_]


def told(plan: planner.Plan) -> list[str]:
    """What is done in any case, and then what follows only if it must."""
    then = [name for rung in plan.conditional for name in names(rung.steps)]
    return names(plan.steps) + (["only if", *then] if then else [])


def guards(plan: planner.Plan) -> dict[str, str | None]:
    return {blocked.finding: blocked.guard for blocked in plan.blocked}


def _unreadable(host: Host) -> Host:
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    return host


RELOAD = "service.restart TermService"
RENEW = "certificate.renew the listener's own certificate"
FILE = KEY_FILE.rsplit(chr(92), 1)[-1]
IN = probe()


def _renewal(plan: planner.Plan) -> dict[str, Any]:
    return next(step for step in plan.steps if step.op == "certificate.renew").fields


# Renewal: the successor first


def test_expired_certificate_is_renewed_before_it_goes() -> None:
    host = Host().expire()
    plan = make(host)
    assert told(plan) == [RENEW, "only if", RELOAD] and [rung.name for rung in plan.rungs] == ["renew", "restart"]
    fields = _renewal(plan)
    assert (fields["previous"], fields["remove"], fields["restart"]) == ([host.thumbprint], host.thumbprint, True)


def test_expired_certificate_with_which_clients_get_in_stays_until_there_is_another() -> None:
    host = Host().expire().person()
    before = seen(host, probe(certificate={"sha1": host.thumbprint, "days_left": -10}))
    assert before.diagnosis.verdict == "degraded" and before.diagnosis.findings[0].severity == "warning"
    plan = planner.plan(before, RepairPolicy())
    assert told(plan) == [RENEW] and plan.disruption == "none" and _renewal(plan)["remove"] is None


def test_a_host_that_has_just_started_renews_by_itself() -> None:
    """Nothing is renewed for it, and no entry is taken out under SessionEnv's own first look."""
    early = utc(NOW - timedelta(minutes=4))
    expired, orphan = Host().expire(), _orphan()
    for host in (expired, orphan):
        host.sections["host"]["boot_utc"] = early
    assert not make(expired).steps and guards(make(expired))["certificate.expired"] == "boot"
    assert _renewal(make(orphan))["remove"] is None
    asked = {"state": "renewed", "thumbprint": None, "force": False}
    assert _renewal(wish(desired.certificate, asked, expired))["remove"] is None
    expired.sections["host"]["boot_utc"] = utc(NOW - timedelta(minutes=16))
    assert _renewal(make(expired))["remove"] == expired.thumbprint


@pytest.mark.parametrize("event", [1057, 1058])
def test_nothing_is_taken_out_where_the_log_says_why_a_renewal_fails(event: int) -> None:
    for host in (Host().expire(), _orphan()):
        host.event("Microsoft-Windows-TerminalServices-RemoteConnectionManager", event, numbers=(0x80070005,))
        assert _renewal(make(host))["remove"] is None


def _orphan() -> Host:
    host = Host()
    host.key_file.update(exists=False, sddl=None)
    return host


def test_a_certificate_without_key_goes_only_if_nothing_else_brings_a_new_one() -> None:
    host = _orphan()
    assert told(make(host)) == [RENEW, "only if", RELOAD] and _renewal(make(host))["remove"] == host.thumbprint


@pytest.mark.parametrize("what", ["template by policy", "template enrolled", "no controller"])
def test_a_running_sessionenv_is_not_stopped_where_its_stop_can_hang(what: str) -> None:
    host = Host().expire()
    if what == "template by policy":
        host.setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    elif what == "template enrolled":
        host.setting("winstations", "TemplateCertificate", binary(b"x" * 20))
    else:
        host.sections["host"].update(part_of_domain=True, domain_role=3)
        host.sections["domain"] = {"joined": True, "name": "corp.test", "channel_status": 1311}
    assert _renewal(make(host))["restart"] is False
    # What has only just been started is not stopped either.
    stopped = make(host.service("SessionEnv", state=1).service("TermService", state=1).service("UmRdpService", start=4))
    assert told(stopped) == ["service.start SessionEnv", "service.start TermService", RENEW]
    assert _renewal(stopped)["restart"] is False


def test_a_certificate_that_lets_clients_in_is_left_where_nothing_makes_windows_renew_it() -> None:
    """Each run would fail after its wait for a certificate that does not come."""
    host = Host().expire()
    host.setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    look = probe(certificate={"sha1": host.thumbprint, "days_left": -10})
    plan = planner.plan(seen(host, look), RepairPolicy())
    assert not plan.steps and guards(plan)["certificate.expired"] == "trigger"
    # What stands in the way of Windows' own attempt is repaired all the same.
    host.key_file["sddl"] = "O:BAG:BAD:PAI(A;;FA;;;S-1-5-21-1-2-3-500)"
    plan = planner.plan(seen(host, look), RepairPolicy())
    assert [step.op for step in plan.steps] == ["acl.set"] and guards(plan)["certificate.expired"] == "trigger"
    # One that does not run is started, and looks at the certificate then.
    host.service("SessionEnv", state=1)
    assert "certificate.renew" in [step.op for step in planner.plan(seen(host, look), RepairPolicy()).steps]


def test_a_renewal_that_a_connection_brings_about_is_tried_whatever_keeps_sessionenv_running() -> None:
    """Where nobody gets in, and where the certificate is taken out: the listener has none then that it can use."""
    template = {"type": "string", "data": "RDP"}
    expired = Host().expire().setting("policy", "CertTemplateName", template)
    expired.event(providers.RCM, 1058, numbers=(0x80070005,))
    assert _renewal(make(expired))["remove"] is None, "the log says why it fails"
    early = faults.not_yet_valid(Host()).setting("policy", "CertTemplateName", template)
    assert _renewal(make(early, probe()))["remove"]


@pytest.mark.parametrize(
    ("name", "starts"), [("CryptSvc", ["CryptSvc"]), ("KeyIso", []), ("SessionEnv", ["SessionEnv"])]
)
def test_a_service_that_was_disabled_is_started_where_nothing_else_starts_it(name: str, starts: list[str]) -> None:
    for state in (1, 4):
        plan = make(Host().service(name, start=4, state=state), probe())
        assert told(plan) == [f"service.start_type {name}", *(f"service.start {one}" for one in starts if state == 1)]


def test_sessionenv_that_stays_disabled_is_not_started_along() -> None:
    host = (
        Host().service("SessionEnv", start=4, state=1).service("TermService", state=1).service("UmRdpService", start=4)
    )
    host.sections["port"]["listeners"].clear()
    assert told(make(host, faults.REFUSED, skip_findings=("service.disabled",))) == ["service.start TermService"]


_STORES = [("My", True, 0), ("Remote Desktop", False, 0), (None, True, 1)]


@pytest.mark.parametrize(("store", "exists", "changed"), _STORES)
def test_a_renewal_touches_no_key_of_another_store(store: str | None, exists: bool, changed: int) -> None:
    """A web server's key, which SessionEnv could not replace either, is none of its business."""
    host = Host().expire()
    other = {**host.key_file, "store": store, "thumbprint": "AB" * 20, "exists": exists, "path": KEY_FILE + "-other"}
    other["sddl"] = "O:BAG:BAD:PAI(A;;FA;;;S-1-5-21-1-2-3-500)"
    host.sections["key_files"]["files"].append(other)
    assert len([step for step in make(host).steps if step.op == "acl.set"]) == changed


def test_a_key_file_of_which_it_is_not_known_whose_it_is_stays_as_it_is() -> None:
    host = Host().expire()
    host.key_file["sddl"] = "O:BAG:BAD:PAI(A;;FA;;;S-1-5-21-1-2-3-500)"
    host.key_file.update(container=None, store=None)
    assert not [step for step in make(host).steps if step.op == "acl.set"]


def test_a_pin_that_stays_for_want_of_a_certificate_is_no_reason_for_a_restart() -> None:
    """Clients get in by what the service holds since its start: with a dead pin alone they would be kept out after."""
    host = Host().expire().pin("AB" * 20)
    host.setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    plan = planner.plan(seen(host, probe()), RepairPolicy(drop_dead_pin=True, allow_disconnect=True))
    assert not plan.rungs and guards(plan) == {"certificate.pin_dead": "trigger"}


def test_access_is_repaired_before_a_renewal_that_would_fail_without() -> None:
    host = Host().expire()
    host.key_file["sddl"] = "O:BAG:BAD:PAI(A;;FA;;;S-1-5-21-1-2-3-500)"
    assert [step.op for step in make(host).steps][:2] == ["acl.set", "certificate.renew"]


def test_no_certificate_is_renewed_by_a_wrong_clock() -> None:
    host = Host().expire()
    host.sections["host"]["utc"] = utc(NOW - timedelta(days=100))
    assert not [step for step in make(host).steps if step.op.startswith("certificate.")]
    orphan = _orphan()
    orphan.sections["host"]["utc"] = utc(NOW + timedelta(days=400))
    plan = make(orphan)
    assert not plan.steps and "clock" in guards(plan).values()


def test_renewal_waits_for_its_service() -> None:
    host = Host().expire().service("SessionEnv", start=4, state=1)
    plan = make(host, skip_findings=("service.disabled",))
    assert not plan.steps and any("SessionEnv" in blocked.summary for blocked in plan.blocked)


# The ladder


def test_unreadable_key_is_repaired_quietly_and_the_restart_waits_for_a_look() -> None:
    plan = make(_unreadable(Host()))
    assert told(plan) == [f"acl.set {FILE}", "only if", RELOAD] and plan.disruption == "none"
    assert acl.granted(acl.parse(plan.steps[0].fields["sddl"]), acl.NETWORK_SERVICE_TOKEN, acl.READ)
    assert plan.rungs[-1].condition == "clients still do not get in"
    # People are looked for again right before the restart, unless they may be disconnected.
    assert plan.rungs[-1].steps[0].fields["expect_empty"] is True
    allowed = make(_unreadable(Host()), allow_disconnect=True)
    assert "expect_empty" not in allowed.rungs[-1].steps[0].fields
    assert plan.to_dict()["rungs"][0]["name"] == "quiet"


def test_everything_at_once_is_joined_into_one_start_of_each_service() -> None:
    host = (
        _unreadable(Host().expire())
        .setting("rdp_tcp", "SecurityLayer", dword(9))
        .setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0))
    )
    host.service("SessionEnv", start=4, state=1)
    plan = make(host)
    assert [step.op for step in plan.steps] == [
        "service.start_type",
        "acl.set",
        "registry.set",
        "registry.set",
        "service.start",
        "certificate.renew",
    ]
    assert [rung.name for rung in plan.rungs] == ["quiet", "renew", "restart"]


def test_stopped_service_is_started_with_the_ones_beside_it() -> None:
    host = Host().service("TermService", state=1).service("SessionEnv", state=1).service("UmRdpService", state=1)
    plan = make(host, probe("tcp", "refused"))
    assert told(plan) == ["service.start SessionEnv", "service.start TermService", "service.start UmRdpService"]
    assert plan.disruption == "none"


def test_a_stopped_listener_finds_its_new_certificate_when_it_starts() -> None:
    host = Host().expire().service("TermService", state=1).service("SessionEnv", state=1)
    host.service("UmRdpService", state=1)
    starts = ["service.start TermService", "service.start UmRdpService"]
    assert told(make(host, probe("tcp", "refused"))) == ["service.start SessionEnv", RENEW, *starts]


@pytest.mark.parametrize(("station", "state"), [("RDP-Tcp#0", 0), (None, None)])
def test_people_hold_back_the_restart_alone(station: str | None, state: int | None) -> None:
    host = _unreadable(Host()).person(station, state)
    plan = make(host)
    assert told(plan) == [f"acl.set {FILE}"] and guards(plan) == {"certificate.key_unreadable": "sessions"}
    assert r"would disconnect CORP\alice" in plan.blocked[0].summary
    assert told(make(host, allow_disconnect=True)) == [f"acl.set {FILE}", "only if", RELOAD]


def test_an_unknown_crowd_is_a_crowd() -> None:
    plan = make(_unreadable(Host()).without("sessions"))
    assert told(plan) == [f"acl.set {FILE}"] and guards(plan) == {"certificate.key_unreadable": "sessions"}


def test_where_only_the_restart_can_help_it_is_not_waited_for() -> None:
    host = Host()
    host.sections["port"]["listeners"] = []
    plan = make(host, probe("tcp", "refused"))
    assert told(plan) == [RELOAD] and plan.disruption == "sessions"
    assert guards(make(host.person(), probe("tcp", "refused"))) == {"listener.not_listening": "sessions"}


def test_nothing_is_restarted_where_clients_get_in_unless_it_is_allowed() -> None:
    host = Host()
    host.add(make_der(NOW - timedelta(days=90), NOW + timedelta(days=90)), "Remote Desktop", None)
    earlier = host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"][-1]["thumbprint"]
    shown = probe(certificate={"sha1": earlier, "days_left": 90})
    plan = make(host, shown)
    assert not plan.steps and guards(plan) == {"certificate.not_presented": "sessions"}
    assert told(make(host, shown, allow_disconnect=True)) == [RELOAD]


def test_without_a_look_a_restart_must_be_allowed() -> None:
    plan = make(_unreadable(Host()), None)
    assert told(plan) == [f"acl.set {FILE}"] and "nobody looks" in plan.blocked[0].summary
    assert told(make(_unreadable(Host()), None, allow_disconnect=True)) == [f"acl.set {FILE}", RELOAD]


def test_a_restart_may_follow_what_some_builds_take_up_only_then() -> None:
    host = Host().setting("rdp_tcp", "SecurityLayer", dword(9))
    assert told(make(host)) == ["registry.set SecurityLayer", "only if", RELOAD]
    held = make(host.person())
    assert told(held) == ["registry.set SecurityLayer"]
    assert guards(held) == {"listener.security_layer_invalid": "sessions"}
    assert told(make(Host().service("SessionEnv", state=1), IN)) == ["service.start SessionEnv"]


_LEGACY = probe(offered={"rdp": True, "tls": False, "nla": False}, certificate=None)


@each("seen_", [IN, _LEGACY])
@each(("name", "number"), [("SecurityLayer", 7), ("SecurityLayer", 3), ("fAllowSecProtocolNegotiation", 0)])
@each("certificate", [True, False])
def test_a_setting_with_which_clients_get_in_is_not_touched(
    seen_: dict[str, Any], name: str, number: int, certificate: bool
) -> None:
    """TLS on a listener without a certificate would end what works."""
    host = Host().setting("rdp_tcp", name, dword(number))
    if not certificate:
        host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"].clear()
    plan = make(host, seen_)
    assert not any(step.op == "registry.set" for rung in plan.rungs for step in rung.steps)
    found = next(one for one in seen(host, seen_).diagnosis.findings if one.id.startswith("listener."))
    assert guards(plan)[found.id] == "look"
    assert found.confidence == "likely" and found.summary.endswith("; a client got in all the same")


# Pins and keys


def _chosen(host: Host, *, name: str = "WEB01", days: int = 400, **entry: Any) -> str:
    """A certificate that somebody put into My."""
    return host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=days), name), "My", None, **entry)


def test_a_dead_pin_is_kept_unless_its_removal_is_asked_for() -> None:
    host = Host().pin("AB" * 20)
    plan = make(host)
    assert not plan.steps and guards(plan) == {"certificate.pin_dead": "pin"}
    unpin = "registry.remove SSLCertificateSHA1Hash"
    assert told(make(host, drop_dead_pin=True)) == [unpin, "only if", RELOAD]
    # Where there is no good certificate to go back to, one is made first.
    old = make(Host().expire().pin("AB" * 20), drop_dead_pin=True)
    assert told(old) == [RENEW, unpin, "only if", RELOAD]
    host.sections["host"]["connection_broker"] = True
    assert not make(host, drop_dead_pin=True).steps
    assert "Connection Broker" in make(host, drop_dead_pin=True).blocked[0].summary


def test_a_dead_pin_goes_only_for_a_certificate_whose_key_would_serve() -> None:
    closed = _unreadable(Host().pin("AB" * 20))
    assert told(make(closed, drop_dead_pin=True))[:2] == [RENEW, "registry.remove SSLCertificateSHA1Hash"]
    unread = Host().pin("AB" * 20)
    unread.key_file["sddl"] = None
    plan = make(unread, drop_dead_pin=True)
    assert not plan.steps and any("could not be read" in blocked.summary for blocked in plan.blocked)


def test_the_successor_is_bound_in_place_of_a_dead_pin() -> None:
    host = Host().pin("AB" * 20)
    successor = _chosen(host)
    plan = make(host, drop_dead_pin=True)
    assert told(plan) == ["registry.set SSLCertificateSHA1Hash", "only if", RELOAD]
    assert base64.b64decode(plan.steps[0].fields["data"]).hex().upper() == successor
    assert successor in seen(host).diagnosis.findings[0].summary


def test_which_of_two_was_meant_is_not_guessed() -> None:
    host = Host().pin("AB" * 20)
    both = [_chosen(host, days=days) for days in (400, 401)]
    plan = make(host)
    assert not plan.steps and all(thumbprint in plan.blocked[0].summary for thumbprint in both)
    other = Host().pin("AB" * 20)
    _chosen(other, name="sql.example.test")
    own = _chosen(other)
    assert own in seen(other).diagnosis.findings[0].summary, "the one for the host's own name"


_BIND, _UNPIN = "registry.set SSLCertificateSHA1Hash", "registry.remove SSLCertificateSHA1Hash"
_FOR_SYSTEM_ALONE = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"


@pytest.mark.parametrize(
    ("name", "sddl", "bound"),
    [
        # The host's own, and one of Remote Desktop's.
        ("web01.example.test", _FOR_SYSTEM_ALONE, True),
        ("WEB01", None, True),
        ("rds.example.test", None, True),
        ("rdp02.example.test", _FOR_SYSTEM_ALONE, True),
        ("rds-b1.example.test", _FOR_SYSTEM_ALONE, True),
        ("remote.example.test", _FOR_SYSTEM_ALONE, True),
        # A website's, a database's, a mail server's, one for everything, and one that is called so by chance.
        ("www.example.test", _FOR_SYSTEM_ALONE, False),
        ("sql.example.test", None, False),
        ("mail.example.test", _FOR_SYSTEM_ALONE, False),
        ("*.example.test", _FOR_SYSTEM_ALONE, False),
        ("tsunami.example.test", _FOR_SYSTEM_ALONE, False),
        # A database, a backup, one that stamps times; and a key that was opened to everybody.
        ("rdb.example.test", _FOR_SYSTEM_ALONE, False),
        ("tsm1.example.test", _FOR_SYSTEM_ALONE, False),
        ("tsa.example.test", _FOR_SYSTEM_ALONE, False),
        ("shop.example.test", "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;WD)", False),
        # SQL Server, a website's pool and Exchange run as the listener's account as well, or let it read their keys.
        ("shop.example.test", "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)", False),
        ("sql.example.test", "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;GR;;;NS)", False),
    ],
)
@pytest.mark.parametrize("asked_for", ["10.0.0.5", "fe80::5"])
def test_one_that_may_be_another_program_s_is_not_bound_by_itself(
    name: str, sddl: str | None, bound: bool, asked_for: str
) -> None:
    """Where a host is asked for by an address no name speaks for the one certificate in My; whoever decides is told."""
    host = Host().pin("AB" * 20)
    path = KEY_FILE.replace("f686", "0686")
    file = {**host.key_file, "path": path, "sddl": sddl, "exists": True} if sddl else None
    only = host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), name), "My", file)
    look = probe("tls", "reset", host=asked_for)
    plan = make(host, look)
    finding = seen(host, look).diagnosis.findings[0]
    assert only in finding.summary and finding.target["successor"] == only
    assert ("most likely" in finding.summary) is bound and ("nothing says" in finding.summary) is not bound
    if bound:
        assert _BIND in told(plan) and _BIND in told(make(host, look, drop_dead_pin=True))
        return
    assert not plan.steps and guards(plan) == {"certificate.pin_dead": "pin"} and only in plan.blocked[0].summary
    assert "state=bound" in str(plan.blocked[0].detail) and "drop_dead_pin" in str(plan.blocked[0].detail)
    # Allowed to, the listener goes back to its own certificate, and the key stays closed.
    assert told(make(host, look, drop_dead_pin=True)) == [_UNPIN, "only if", RELOAD]
    # Asked for by the name that it is for, it is the one that users expect.
    if name == "www.example.test":
        assert _BIND in told(make(host, probe("tls", "reset", host=name)))


def test_one_that_was_made_for_remote_desktop_alone_is_bound() -> None:
    host, purpose = Host().pin("AB" * 20), x509.ObjectIdentifier(REMOTE_DESKTOP_AUTHENTICATION)
    only = host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), "x.example.test", purpose), "My", None)
    look = probe("tls", "reset", host="10.0.0.5")
    assert f"most likely {only}" in seen(host, look).diagnosis.findings[0].summary and _BIND in told(make(host, look))


@pytest.mark.parametrize(("name", "bound"), [("10.0.0.5", True), ("10.0.0.6", False)])
def test_one_for_the_address_that_was_asked_for_is_the_one_that_users_expect(name: str, bound: bool) -> None:
    host = Host().pin("AB" * 20)
    host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), name), "My", None)
    assert (_BIND in told(make(host, probe("tls", "reset", host="10.0.0.5")))) is bound


def test_the_names_of_the_pinned_one_that_lost_its_key_are_those_of_its_successor() -> None:
    for name, bound in (("shop.example.test", True), ("sql.example.test", False)):
        host = Host()
        file = {**host.key_file, "path": KEY_FILE.replace("f686", "0686"), "exists": False, "sddl": None}
        old = make_der(NOW - timedelta(days=80), NOW + timedelta(days=9), "shop.example.test")
        host.pin(host.add(old, "My", file, key_provider("te-1")))
        host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), name), "My", None)
        plan = make(host, probe("tls", "reset", host="10.0.0.5"))
        assert (_BIND in told(plan)) is bound


@pytest.mark.parametrize("fault", ["expired", "other name", "no key"])
def test_what_does_not_fit_is_no_successor(fault: str) -> None:
    host = Host().pin("AB" * 20)
    if fault == "expired":
        host.add(make_der(NOW - timedelta(days=90), NOW - timedelta(days=1)), "My", None)
    elif fault == "other name":
        _chosen(host, name="sql.example.test")
    else:
        _chosen(host)
        host.sections["certificates"]["stores"]["My"]["certificates"][0]["key_provider"] = None
    asked_for = {"host": "web01.example.test"} if fault == "other name" else {}
    assert not make(host, probe("tls", "reset", **asked_for)).steps


def test_nothing_is_bound_on_trust_while_clients_get_in() -> None:
    host = Host().pin("AB" * 20)
    _chosen(host)
    shown = probe(certificate={"sha1": host.thumbprint, "days_left": 100})
    assert not make(host, shown).steps and guards(make(host, shown)) == {"certificate.pin_dead": "pin"}
    read = Host().pin("AB" * 20)
    shared = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"
    path = KEY_FILE.replace("f686", "0686")
    file = {**read.key_file, "path": path, "sddl": shared}
    read.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90)), "My", file)
    plan = make(read, shown)
    assert [step.op for step in plan.steps] == ["acl.set", "registry.set"] and plan.disruption == "none"


def test_on_a_shared_key_only_read_access_is_added() -> None:
    sddl = "O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;S-1-5-32-568)"
    host = Host()
    file = {**host.key_file, "path": KEY_FILE.replace("f686", "0686"), "sddl": sddl}
    host.pin(host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), "ca"), "My", file))
    step = make(host).steps[0]
    before, after = acl.parse(sddl), acl.parse(step.fields["sddl"])
    assert after.owner == before.owner and after.aces is not None and before.aces is not None
    assert [ace.text for ace in after.aces[:-1]] == [ace.text for ace in before.aces]
    assert (after.aces[-1].sid, after.aces[-1].mask) == (acl.NETWORK_SERVICE, acl.READ)
    # Somebody denied it: that is not overruled.
    host.sections["key_files"]["files"][-1]["sddl"] = "O:BAG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;SY)"
    assert not make(host).steps and "denies NETWORK SERVICE" in make(host).blocked[0].summary


@pytest.mark.parametrize(
    ("provider", "kind"),
    [
        ("Luna Cryptographic Services for Microsoft Windows", 1),
        ("nCipher Security World Key Storage Provider", 0),
        ("Microsoft Platform Crypto Provider", 0),
        ("Microsoft Base Smart Card Crypto Provider", 1),
        ("Microsoft Enhanced Cryptographic Provider v1.0", 13),
        ("Microsoft Software Key Storage Provider", 0),
    ],
)
def test_nothing_is_concluded_from_a_file_that_is_no_key(provider: str, kind: int) -> None:
    host = Host()
    file = {**host.key_file, "path": KEY_FILE.replace("f686", "0686"), "exists": False, "sddl": None}
    der = make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), "ca")
    host.pin(host.add(der, "My", file, key_provider("te-1", provider, kind)))
    for shown in (DIES, IN, None):
        found = seen(host, shown).diagnosis.findings
        assert not [finding.id for finding in found if finding.id.startswith("certificate.")]


def test_a_certificate_that_was_just_shown_is_alive() -> None:
    for own in (True, False):
        host = _orphan()
        if not own:
            host = Host()
            host.pin("AB" * 20)
        shown = host.thumbprint if own else "AB" * 20
        before = seen(host, probe(certificate={"sha1": shown, "days_left": 100}))
        assert [(finding.id, finding.severity) for finding in before.diagnosis.findings] == [
            ("certificate.held_open", "warning")
        ]
        assert not planner.plan(before, RepairPolicy(drop_dead_pin=True, allow_disconnect=True)).rungs


# Intent


def test_disabled_services_get_windows_own_start_type() -> None:
    host = Host().service("TermService", start=4, state=1).service("CryptSvc", start=4, state=1)
    plan = make(host, probe("tcp", "refused"))
    assert {step.fields["service"]: step.fields["start"] for step in plan.steps if step.op == "service.start_type"} == {
        "TermService": 3,
        "CryptSvc": 2,
    }
    assert told(plan)[-2:] == ["service.start CryptSvc", "service.start TermService"]


def _turned_off() -> Host:
    """As an administrator leaves a host that is not to be reached: also its services are disabled."""
    host = _unreadable(Host()).setting("terminal_server", "fDenyTSConnections", dword(1))
    return host.service("TermService", start=4, state=1).service("SessionEnv", start=4, state=1)


def test_a_host_that_is_off_stays_off() -> None:
    before = seen(_turned_off(), probe("tcp", "refused"))
    assert before.diagnosis.verdict == "off" and before.diagnosis.findings[0].id == "listener.rdp_disabled"
    plan = planner.plan(before, RepairPolicy(tighten=True, drop_dead_pin=True, allow_disconnect=True))
    assert not plan.rungs and set(guards(plan).values()) == {"open", "intent"}


@pytest.mark.parametrize("choice", [True, ("listener.rdp_disabled",)])
def test_a_host_is_turned_on_with_its_services_where_that_is_asked_for(choice: Any) -> None:
    assert told(make(_turned_off(), probe("tcp", "refused"), open=choice)) == [
        "service.start_type SessionEnv",
        "service.start_type TermService",
        f"acl.set {FILE}",
        "registry.set fDenyTSConnections",
        "service.start SessionEnv",
        "service.start TermService",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda host: host.setting("terminal_server", "fDenyTSConnections", dword(1)), "by its own switch"),
        (lambda host: host.setting("terminal_server", "fDenyTSConnections", None), "was never turned on"),
        (
            lambda host: host.setting("policy", "fDenyTSConnections", dword(1)),
            "by the host's own Group Policy 'Allow users to connect remotely by using Remote Desktop Services'",
        ),
    ],
)
def test_who_turned_it_off_is_said(change: Callable[[Host], Host], words: str) -> None:
    before = seen(change(Host()), probe("tcp", "refused"))
    plan = planner.plan(before, RepairPolicy())
    line = columns.summary(before, plan, predicted=True)
    assert line.startswith("off: ") and words in line


def test_what_only_the_policy_can_turn_on_gives_nothing_back() -> None:
    host = _unreadable(Host()).setting("policy", "fDenyTSConnections", dword(1))
    assert guards(make(host, probe("tcp", "refused"), open=True)) == {
        "listener.rdp_disabled": "policy",
        "certificate.key_unreadable": "intent",
    }


@pytest.mark.parametrize(
    ("name", "number", "id_", "look"),
    [
        ("fEnableWinStation", 0, "listener.disabled", probe("tcp", "refused")),
        ("fLogonDisabled", 1, "listener.logon_disabled", probe("credssp", "closed")),
    ],
)
def test_somebody_s_command_is_not_undone_unasked(name: str, number: int, id_: str, look: dict[str, Any]) -> None:
    host = Host().setting("rdp_tcp", name, dword(number))
    assert not make(host, look).steps and guards(make(host, look))[id_] == "open"
    assert told(make(host, look, open=(id_,))) == [f"registry.set {name}", "only if", RELOAD]


@pytest.mark.parametrize(
    ("name", "number", "id_"),
    [
        ("SecurityLayer", 0, "listener.security_layer_weak"),
        ("UserAuthentication", 0, "nla.disabled"),
        ("MinEncryptionLevel", 9, "listener.encryption_level_invalid"),
    ],
)
def test_nothing_is_hardened_unasked(name: str, number: int, id_: str) -> None:
    host = Host().setting("rdp_tcp", name, dword(number))
    assert not make(host, IN).steps and guards(make(host, IN)) == {id_: "tighten"}
    for choice in (True, (id_,)):
        assert told(make(host, IN, tighten=choice)) == [f"registry.set {name}"]
    assert not make(host, IN, tighten=("listener.rdp_disabled",), open=True).steps


def _no_nla() -> Host:
    return Host().setting("rdp_tcp", "UserAuthentication", dword(0))


def _member(status: int | None) -> Host:
    host = _no_nla()
    host.sections["host"].update(part_of_domain=True, domain_role=3)
    host.sections["domain"] = {"joined": True, "name": "corp.test", "channel_status": status}
    return host


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        (_member(1789), IN),
        (_member(None), IN),
        (_no_nla().without("domain"), IN),
        (_no_nla().without("registry"), IN),
        (_no_nla(), probe(offered={"credssp": False})),
        (_unreadable(_no_nla()), DIES),
    ],
    ids=["trust broken", "trust unread", "domain unread", "registry unread", "not answered", "no key"],
)
def test_nla_is_not_turned_on_where_it_would_keep_people_out(host: Host, shown: dict[str, Any]) -> None:
    plan = make(host, shown, tighten=True)
    assert not any(step.fields.get("name") == "UserAuthentication" for step in plan.steps)
    assert guards(plan)["nla.disabled"] == "nla"


def test_nla_is_not_turned_on_by_a_desired_state_either() -> None:
    assert told(wish(desired.listener, {**_LISTENER, "nla": True}, _member(0))) == ["registry.set UserAuthentication"]
    with pytest.raises(Refused, match="trust_broken"):
        wish(desired.listener, {**_LISTENER, "nla": True}, _member(1789))


def test_policy_is_left_to_the_policy() -> None:
    plan = make(Host().setting("policy", "SecurityLayer", dword(0)), probe("negotiation", "denied"))
    assert not plan.steps and plan.blocked[0].guard == "policy" and "Group Policy" in (plan.blocked[0].detail or "")


def test_skip_and_only() -> None:
    host = Host().expire().setting("rdp_tcp", "SecurityLayer", dword(9))
    layer = "registry.set SecurityLayer"
    assert told(make(host, skip_findings=("certificate.expired",))) == [layer, "only if", RELOAD]
    assert told(make(host, only_findings=("listener.security_layer_invalid",))) == [layer, "only if", RELOAD]


@pytest.mark.parametrize("section", ["events", "key_files"])
def test_a_renewal_takes_nothing_away_where_its_reasons_to_fail_were_not_read(section: str) -> None:
    made = make(Host().expire().without(section))
    assert told(made)[0] == RENEW and _renewal(made)["remove"] is None


def test_no_certificate_is_made_by_a_clock_that_was_not_read() -> None:
    made = make(faults.no_store_entry(Host()).without("host"), None)
    assert not made.steps and any("section host" in one.summary for one in made.blocked)


def test_no_certificate_is_made_where_there_is_no_room_for_one() -> None:
    host = Host().expire()
    host.sections["host"]["free_bytes"] = 1000
    made = make(host)
    assert not made.steps and any("full" in one.summary for one in made.blocked)
    # For a key and a certificate this is plenty.
    host.sections["host"]["free_bytes"] = 20 * 2**20
    assert told(make(host))[0] == RENEW


def test_no_certificate_is_made_before_windows_is_set_up() -> None:
    host = faults.no_store_entry(Host()).value(r"SYSTEM\Setup", "OOBEInProgress", dword(1))
    made = make(host, probe("tcp", "refused"))
    assert not made.rungs and any("being set up" in one.summary for one in made.blocked)
    # Whether it is was not read.
    assert not make(host.without("registry"), probe("tcp", "refused")).rungs
    # A value that was left behind: clients get in.
    left = Host().expire().value(r"SYSTEM\Setup", "OOBEInProgress", dword(1))
    assert told(make(left, IN)) == [RENEW]


def test_no_certificate_is_made_while_windows_looks_for_its_keys_in_another_place() -> None:
    """Its key would be in the wrong place once that is set back."""

    def moved(host: Host) -> Host:
        key = r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList"
        return host.value(key, "ProgramData", {"type": "expand_string", "data": r"E:\Data"})

    for host in (_orphan(), Host().expire(), faults.no_store_entry(Host())):
        made = make(moved(host))
        assert not made.rungs and any("ProgramData was moved" in one.summary for one in made.blocked)
    assert told(make(moved(Host().expire()), IN)) == [RENEW]


_NOT_HERE: dict[str, Callable[[Host], object]] = {
    "SYSTEM may make no key": lambda host: faults.key_folder(host, "O:SYG:SYD:PAI(D;;0x2;;;SY)(A;;0x12019f;;;WD)"),
    "no folder": lambda host: host.sections["key_files"]["folder"].update(exists=False, sddl=None),
    "SYSTEM may not write to the store": lambda host: faults.store_descriptor(
        host, "O:SYG:SYD:(D;;KW;;;SY)(A;;KA;;;BA)"
    ),
    "KeyIso was deleted": lambda host: host.sections["services"].update(KeyIso=None),
    "CryptSvc fails": lambda host: host.service("CryptSvc", state=1, pid=0, exit_code=126),
}


@each("name", _NOT_HERE)
@each("change", [faults.key_gone, faults.not_yet_valid, faults.no_store_entry, lambda host: host.expire()])
def test_no_certificate_is_taken_out_or_asked_for_where_windows_can_make_none(name: str, change: Any) -> None:
    """Whatever is amiss with the one that is there."""
    host = change(Host())
    assert RENEW in told(make(host))
    _NOT_HERE[name](host)
    assert not [step for step in told(make(host)) if RENEW in step]


@each("look", [None, DIES, probe("tcp", "refused")])
@each("change", [_unreadable, faults.key_gone, lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(7))])
def test_nothing_at_all_is_repaired_on_an_edition_that_serves_nobody(change: Any, look: dict[str, Any] | None) -> None:
    host = change(Host())
    assert make(host, look or {}).rungs
    host.sections["host"].update(edition_id="Core", product_type=1)
    made = make(host, look or {})
    assert not made.rungs and any("Home" in one.summary for one in made.blocked)


def test_what_serves_clients_on_home_gets_its_certificate() -> None:
    host = Host().expire()
    host.sections["host"].update(edition_id="Core", product_type=1)
    assert told(make(host, IN)) == [RENEW]


@each("change", [_unreadable, faults.key_gone])
def test_a_setup_that_is_long_over_is_no_reason_where_a_connection_comes_to_tls(change: Any) -> None:
    host = change(Host()).value(r"SYSTEM\Setup", "OOBEInProgress", dword(1))
    before = seen(host)
    setup = next(one for one in before.diagnosis.findings if one.id == "system.setup_unfinished")
    assert setup.severity == "warning" and before.diagnosis.findings[0] is not setup
    assert told(make(host)) == told(make(change(Host())))
    # A connection that is closed at once is what Windows does before its setup is over.
    assert seen(host, probe("negotiation", "closed")).diagnosis.findings[0].id == "system.setup_unfinished"


def _renewer_died(host: Host, hours: float, name: str = "SessionEnv", count: int = 2) -> Host:
    return host.event(providers.SERVICE_CONTROL_MANAGER, 7031, count, at=NOW - timedelta(hours=hours), service=name)


@each("look", [IN, DIES])
def test_no_certificate_is_asked_of_a_service_that_dies_again_and_again(look: dict[str, Any]) -> None:
    made = make(_renewer_died(Host().expire(), 2), look)
    assert not made.rungs and [one.finding for one in made.blocked] == ["service.crashing"]
    early = make(_renewer_died(faults.not_yet_valid(Host()), 2), look)
    assert not early.rungs and any("SessionEnv ended" in one.summary for one in early.blocked)
    modules = ("svchost.exe_SessionEnv", "x.dll")
    crashed = Host().expire().event(providers.APPLICATION_ERROR, 1000, 2, "Application", (), NOW, modules)
    assert not make(crashed, look).steps


def test_a_renewer_that_died_once_or_long_ago_or_made_one_since_is_asked_and_so_is_one_beside_another_that_dies() -> (
    None
):
    once, ago = _renewer_died(Host().expire(), 2, count=1), _renewer_died(Host().expire(), 60)
    since = _renewer_died(Host().expire(), 2).event(providers.RCM, 1056, at=NOW - timedelta(hours=1))
    booted = _renewer_died(Host().expire(), 2)
    booted.sections["host"]["boot_utc"] = utc(NOW - timedelta(hours=1))
    for host in (once, ago, since, booted, _renewer_died(Host().expire(), 2, "TermService")):
        assert told(make(host, IN)) == [RENEW]


@pytest.mark.parametrize("section", ["host", "registry"])
def test_nothing_is_started_where_what_would_tell_that_it_cannot_start_was_not_read(section: str) -> None:
    stopped = Host().service("TermService", state=1, pid=0, exit_code=1077)
    silent = Host()
    silent.sections["port"]["listeners"] = []
    for host, step in ((stopped, "service.start TermService"), (silent, RELOAD)):
        assert told(make(host, probe("tcp", "refused")))[0] == step
        made = make(host.without(section), probe("tcp", "refused"))
        assert not made.rungs and any(f"section {section}" in one.summary for one in made.blocked)


@each("name", ["TermService", "SessionEnv", "CryptSvc"])
@each("section", ["host", "registry"])
def test_a_start_type_is_given_back_whatever_was_not_read(name: str, section: str) -> None:
    """It harms nobody; the start itself waits until it is known that it can succeed, and the plan says so."""
    host = Host().service(name, start=4, state=1, pid=0, exit_code=0)
    refused = probe("tcp", "refused")
    assert [step.op for step in make(host, refused).steps] == ["service.start_type", "service.start"]
    before = seen(host.without(section), refused)
    plan = planner.plan(before, RepairPolicy())
    assert told(plan) == [f"service.start_type {name}"]
    [held] = [one for one in plan.blocked if one.finding == "service.disabled"]
    assert f"no start of {name}" in held.summary and f"section {section}" in held.summary
    # That it is stopped now, which it was before, is nothing to take that back for.
    after = seen(host.service(name, start=plan.steps[0].fields["start"]), refused)
    assert "service.disabled" not in [one.id for one in after.diagnosis.findings]
    assert verify.worse(before, after) == []


def test_nothing_is_turned_on_where_what_tells_of_its_service_was_not_read() -> None:
    """Of a start type alone that is no harm; with the switch the host would be on, and nobody would answer."""
    host = Host().setting("terminal_server", "fDenyTSConnections", dword(1))
    host.service("TermService", start=4, state=1, pid=0, exit_code=0)
    assert "registry.set fDenyTSConnections" in told(make(host, probe("tcp", "refused"), open=True))
    made = make(host.without("host"), probe("tcp", "refused"), open=True)
    assert not made.steps and guards(made)["listener.rdp_disabled"] == "refused"


@pytest.mark.parametrize("fault", [{"exit_code": 1067}, {"service_dll": ""}, {"start": 4}, None], ids=str)
def test_termservice_is_started_without_a_sessionenv_that_would_not_start(fault: dict[str, Any] | None) -> None:
    down = {"state": 1, "pid": 0, "exit_code": 0}
    host = Host().service("TermService", **down).service("SessionEnv", **down)
    both = ["service.start SessionEnv", "service.start TermService"]
    assert told(make(host, probe("tcp", "refused"))) == both
    host.service("SessionEnv", **(fault or {}))
    if fault is None:
        host.sections["services"]["SessionEnv"] = None
    made = make(host, probe("tcp", "refused"), skip_findings=("service.disabled", "service.sessionenv_stopped"))
    assert told(made) == both[1:]


@pytest.mark.parametrize("name", ["TermService", "SessionEnv", "CryptSvc", "KeyIso"])
@pytest.mark.parametrize("code", [1053, 1055])
def test_a_service_that_has_just_failed_keeps_the_start_type_that_it_gets_back(name: str, code: int) -> None:
    """It is not started, and the plan says why; that it is down as it was takes nothing back."""
    host, look = Host().service(name, start=4, state=1, pid=0, exit_code=code), probe("tcp", "refused")
    before = seen(host, look)
    made = planner.plan(before, RepairPolicy())
    assert told(made) == [f"service.start_type {name}"]
    [held] = [one for one in made.blocked if one.finding == "service.disabled"]
    assert held.summary.startswith(f"no start of {name}: it ended with {code}")
    assert f"name={name} state=started" in (held.detail or "")
    host.service(name, start=made.steps[0].fields["start"])
    assert verify.worse(before, seen(host, look)) == []
    # One that failed since, or that ran, is worse.
    other = "service.sessionenv_cannot_start" if name == "SessionEnv" else "service.cannot_start"
    failed = seen(host.service(name, exit_code=5), look)
    assert other in verify.worse(before, failed) and other in verify.worse(seen(Host(), look), failed)


def test_that_a_start_was_refused_while_a_service_was_disabled_takes_its_start_type_not_back() -> None:
    host = Host().service("KeyIso", start=4, state=1, pid=0, exit_code=1058)
    before = seen(host, IN)
    assert told(planner.plan(before, RepairPolicy())) == ["service.start_type KeyIso"]
    assert verify.worse(before, seen(host.service("KeyIso", start=3), IN)) == []


def test_a_service_that_stops_in_a_repair_is_worse() -> None:
    stopped = Host().service("SessionEnv", state=1, pid=0)
    assert verify.worse(seen(Host(), IN), seen(stopped, IN)) == ["service.sessionenv_stopped"]


@pytest.mark.parametrize(
    "fault",
    [
        *({"exit_code": code} for code in (2, 5, 126, 1053, 1067, 1068, 1072, 1075, 0xC0000005, 1066)),
        {"service_dll": ""},
        {"service_dll": r"C:\Program Files\RDP Wrapper\rdpwrap.dll"},
        None,
    ],
    ids=str,
)
def test_nothing_is_turned_on_where_nobody_would_answer(fault: dict[str, Any] | None) -> None:
    """Nor is what has just failed started again. What it is stands beside that Remote Desktop is off."""
    host = Host().setting("terminal_server", "fDenyTSConnections", dword(1))
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    host.sections["port"]["listeners"] = []
    if fault is None:
        host.sections["services"]["TermService"] = None
    else:
        host.service("TermService", **{"state": 1, "pid": 0, "exit_code": 0, **fault})
    for sight in (probe("tcp", "refused"), None):
        before = seen(host, sight)
        made = planner.plan(before, RepairPolicy(open=True))
        [held] = [one for one in made.blocked if one.finding == "listener.rdp_disabled"]
        assert not made.rungs and held.summary.startswith("it is not turned on, for TermService may not answer: ")
        assert before.diagnosis.verdict == "off" and before.diagnosis.findings[0].id == "listener.rdp_disabled"
        beside = [one for one in before.diagnosis.findings if one.id.startswith("service.")]
        assert beside or fault == {"exit_code": 1066}
        assert fault is None or {one.severity for one in beside} <= {"warning"}
    # Whoever asks for it reads the same; another program in the place of Windows' own may start.
    if fault is None or "Wrapper" not in str(fault):
        on = {"enabled": True, "require_nla": True, "firewall": False, "members": []}
        for kind, asked in ((desired.listener, {**_LISTENER, "enabled": True}), (desired.access, on)):
            with pytest.raises(Refused, match=r"TermService|could not start"):
                wish(kind, asked, host)


@pytest.mark.parametrize("name", contract.START_ONLY)
def test_what_other_programs_use_is_started_and_never_stopped(name: str) -> None:
    asked = {"name": name, "start_type": None, "state": "restarted"}
    with pytest.raises(Refused, match=f"{name} is never stopped"):
        wish(desired.service, asked, Host())
    stopped = Host().service(name, state=1, pid=0)
    assert told(wish(desired.service, {**asked, "state": "started"}, stopped)) == [f"service.start {name}"]


@pytest.mark.parametrize("asked", [{"force": True}, {"state": "self_signed", "force": True}], ids=str)
def test_a_certificate_is_not_asked_of_a_service_that_has_just_failed(asked: dict[str, Any]) -> None:
    wanted, host = {**_RENEWED, **asked}, Host().service("SessionEnv", state=1, pid=0, exit_code=0)
    assert RENEW in told(wish(desired.certificate, wanted, host))
    with pytest.raises(Refused, match=r"ended with 1067 .*name=SessionEnv state=started"):
        wish(desired.certificate, wanted, host.service("SessionEnv", exit_code=1067))


def test_who_asks_for_remote_desktop_has_it_tried_where_it_may_answer() -> None:
    """A wrapper in the place of Windows' own may start, and of services that were not read nothing is known."""
    wrapper = Host().service("TermService", state=1, pid=0, exit_code=0, service_dll=r"C:\RDP Wrapper\rdpwrap.dll")
    for host in (wrapper, Host().without("services")):
        host.setting("terminal_server", "fDenyTSConnections", dword(1))
        done = told(wish(desired.listener, {**_LISTENER, "enabled": True}, host))
        assert {"registry.set fDenyTSConnections", "service.start TermService"} <= {*done}


def test_it_is_turned_on_where_the_services_are_stopped_in_order() -> None:
    host = Host().setting("terminal_server", "fDenyTSConnections", dword(1))
    for name in ("TermService", "SessionEnv", "UmRdpService"):
        host.service(name, state=1, pid=0, exit_code=1077)
    started = ["SessionEnv", "TermService", "UmRdpService"]
    switched = "registry.set fDenyTSConnections"
    assert told(make(host, open=True)) == [switched, *(f"service.start {name}" for name in started)]
    # What makes certificates failed: the certificate that is there serves without it.
    host.service("SessionEnv", exit_code=126)
    assert told(make(host, open=True)) == [switched, *(f"service.start {name}" for name in started[1:])]


def _without_certificate() -> Host:
    """Without TLS, and with NLA, which needs it: nobody gets in."""
    host = faults.no_store_entry(Host()).setting("rdp_tcp", "SecurityLayer", dword(0))
    return host.setting("rdp_tcp", "UserAuthentication", dword(1))


_LAYER, _NLA = "registry.set SecurityLayer", "registry.set UserAuthentication"
_CLOSED, _WITHOUT_TLS = probe("negotiation", "closed"), probe(offered={"rdp": True, "tls": False})


@pytest.mark.parametrize("sight", [None, _CLOSED])
def test_tls_is_asked_for_behind_the_certificate_that_it_needs(sight: dict[str, Any] | None) -> None:
    done = told(make(_without_certificate(), sight))
    assert done[:2] == [RENEW, _LAYER]
    # One that is there and that nobody can use is none.
    orphan = _orphan().setting("rdp_tcp", "SecurityLayer", dword(0))
    assert told(make(orphan, sight))[:2] == [RENEW, _LAYER]
    readable = Host().setting("rdp_tcp", "SecurityLayer", dword(0))
    assert told(make(readable, sight))[0] == _LAYER
    locked = told(make(_unreadable(readable), sight))
    assert locked[:2] == [f"acl.set {FILE}", _LAYER]


@pytest.mark.parametrize("sight", [None, _CLOSED, _WITHOUT_TLS])
@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.event(providers.RCM, 1057, 3, numbers=(0x80090008,), at=NOW - timedelta(minutes=15)),
        lambda host: host.event(providers.RCM, 1057, 3, numbers=(0x80090008,), at=NOW - timedelta(hours=30)),
        lambda host: host.without("certificates"),
        lambda host: host.service("SessionEnv", start=4),
        lambda host: host.service("SessionEnv", state=1, exit_code=126),
    ],
    ids=["fails", "failed", "unread", "disabled", "cannot start"],
)
def test_tls_is_not_asked_for_where_no_certificate_was_read_and_none_is_made(
    change: Callable[[Host], Host], sight: dict[str, Any] | None
) -> None:
    asked = {"tighten": True, "skip_findings": ("service.disabled", "service.sessionenv_stopped")}
    made = make(change(_without_certificate()), sight, **asked)
    assert not {_LAYER, _NLA} & {*told(made)}
    assert any("TLS" in one.summary for one in made.blocked if one.finding.startswith("listener.security_layer"))


def test_a_dead_pin_goes_before_tls_is_asked_for() -> None:
    unpin = "registry.remove SSLCertificateSHA1Hash"
    for host, first in ((Host(), []), (_without_certificate(), [RENEW])):
        host.pin("AB" * 20).setting("rdp_tcp", "SecurityLayer", dword(0))
        assert told(make(host, _CLOSED, drop_dead_pin=True))[:-2] == [*first, unpin, _LAYER]


def test_a_certificate_whose_key_was_not_read_is_none_for_tls() -> None:
    made = make(Host().setting("rdp_tcp", "SecurityLayer", dword(0)).without("key_files"), _CLOSED)
    assert _LAYER not in told(made) and guards(made)["listener.security_layer_conflict"] == "refused"


def test_whoever_asks_for_tls_needs_the_certificate_as_well() -> None:
    """No look, or one in which a client got in without TLS; the one that the listener showed is enough."""
    for made in (faults.no_store_entry(Host()), Host().without("key_files")):
        made.setting("rdp_tcp", "SecurityLayer", dword(1)).setting("rdp_tcp", "UserAuthentication", dword(0))
        view, shown = Snapshot.of(made.to_answer(), NOW), probe(certificate={"sha1": "AB" * 20, "days_left": 9})
        layer = {**_LISTENER, "security_layer": "tls"}
        for look in (None, _WITHOUT_TLS):
            with pytest.raises(Refused, match=r"no certificate was read .* state=renewed"):
                desired.listener(layer, view, RepairPolicy(), ProbeResult(look))
            with pytest.raises(Refused, match=r"certificate|section key_files"):
                desired.listener({**_LISTENER, "nla": True}, view, RepairPolicy(), ProbeResult(look))
        assert desired.listener(layer, view, RepairPolicy(), ProbeResult(shown)).steps
        # What lets more clients in takes nothing away, and where Remote Desktop is off nobody gets in.
        made.setting("rdp_tcp", "SecurityLayer", dword(2))
        assert wish(desired.listener, {**_LISTENER, "security_layer": "negotiate"}, made).steps
        made.setting("rdp_tcp", "SecurityLayer", dword(1)).setting("terminal_server", "fDenyTSConnections", dword(1))
        assert wish(desired.listener, {**_LISTENER, "security_layer": "tls"}, made).steps


def test_what_is_turned_off_or_answers_nobody_needs_no_certificate() -> None:
    """With a SecurityLayer that there is not nobody gets in, and no number is wider than that."""
    tls = {**_LISTENER, "security_layer": "tls"}
    host = faults.no_store_entry(Host()).setting("rdp_tcp", "SecurityLayer", dword(1))
    off = told(wish(desired.listener, {**tls, "enabled": False}, host))
    assert sorted(off) == ["registry.set SecurityLayer", "registry.set fDenyTSConnections"]
    with pytest.raises(Refused, match="no certificate was read"):
        wish(desired.listener, tls, host.setting("rdp_tcp", "SecurityLayer", dword(5)))


def test_nla_waits_for_a_certificate_where_what_makes_it_ended_and_the_end_of_a_time_without_does_not() -> None:
    """The service's end is the finding then, and the certificate's lack is not."""
    nla_on = {**_LISTENER, "nla": True}
    host = faults.no_store_entry(Host()).setting("rdp_tcp", "SecurityLayer", dword(1))
    host.setting("rdp_tcp", "UserAuthentication", dword(0)).service("SessionEnv", state=1, pid=0, exit_code=1067)
    with pytest.raises(Refused, match="no certificate was read"):
        wish(desired.listener, nla_on, host)
    task = nla_task.lasting(NOW - timedelta(hours=1), timedelta(hours=2), ())
    host.sections["listener"]["nla_task"] = {"xml": task.xml, "error": None}
    assert _NLA in told(wish(desired.listener, nla_on, host))


def test_nla_is_not_asked_for_over_a_key_that_only_the_running_service_still_holds() -> None:
    """Clients get in until the next start, and with it nobody would."""
    host = Host().setting("rdp_tcp", "UserAuthentication", dword(0))
    host.key_file.update(sddl=_FOR_SYSTEM_ALONE)
    view = Snapshot.of(host.to_answer(), NOW)
    with pytest.raises(Refused, match=r"certificate\.key_unreadable"):
        desired.listener({**_LISTENER, "nla": True}, view, RepairPolicy(), ProbeResult(IN))


@pytest.mark.parametrize("kind", ["listener", "access"])
def test_nla_is_not_asked_for_of_a_listener_that_does_not_answer_it(kind: str) -> None:
    """What a client met counts for a wish as it does for a repair."""
    view = Snapshot.of(Host().setting("rdp_tcp", "UserAuthentication", dword(0)).to_answer(), NOW)
    on = {"enabled": True, "require_nla": True, "firewall": False, "members": []}
    asked = on if kind == "access" else {**_LISTENER, "nla": True}
    for look in (probe(offered={"rdp": True, "tls": True, "credssp": False}), IN):
        before = assess(view, ProbeResult(look))
        repairs = _NLA in told(planner.plan(before, RepairPolicy(tighten=True)))
        try:
            wished = _NLA in told(getattr(desired, kind)(asked, view, RepairPolicy(), before.probe))
        except Refused as refusal:
            wished = "does not take CredSSP" not in refusal.summary
        assert wished is repairs is (look is IN)


def test_nla_is_not_asked_for_without_a_certificate_either() -> None:
    """Clients get in without TLS, so that there is no certificate is a warning."""
    host = _without_certificate().setting("rdp_tcp", "UserAuthentication", dword(0))
    host.event(providers.RCM, 1057, 3, numbers=(0x80090008,), at=NOW - timedelta(minutes=15))
    assert not make(host, _WITHOUT_TLS, tighten=True).steps
    assert make(Host().setting("rdp_tcp", "UserAuthentication", dword(0)), IN, tighten=True).steps


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.without("key_files"),
        lambda host: host.without("certificates"),
        faults.no_store_entry,
        lambda host: faults.no_store_entry(host).event(providers.RCM, 1057, 3, numbers=(0x80090008,), at=NOW),
        lambda host: host.pin("AB" * 20),
    ],
    ids=["keys unread", "unread", "none", "fails", "pin"],
)
def test_a_time_without_nla_that_is_over_ends_whatever_the_certificate_is(change: Callable[[Host], Host]) -> None:
    """And the task that was to end it goes behind the value, not before it."""
    host = Host().setting("rdp_tcp", "UserAuthentication", dword(0))
    task = nla_task.lasting(NOW - timedelta(days=2), timedelta(hours=1), ())
    host.sections["listener"]["nla_task"] = {"xml": task.xml, "error": None}
    assert names(make(change(host), None).steps)[:2] == [_NLA, "task.disarm the task that arms NLA"]


@pytest.mark.parametrize("asked", [(), ("listener.security_layer_invalid",)])
def test_a_setting_with_which_clients_get_in_is_another_module_s(asked: tuple[str, ...]) -> None:
    """``only_findings`` chooses, and lifts no guard; who may change it is in the line for the host."""
    before = seen(Host().setting("rdp_tcp", "SecurityLayer", dword(9)), IN)
    made = planner.plan(before, RepairPolicy(only_findings=asked))
    (held,) = (one for one in made.blocked if one.finding == "listener.security_layer_invalid")
    assert not made.steps and held.guard == "look" and "unasked" not in held.summary
    assert "winops.rdp.listener sets it where that is wanted" in columns.summary(before, made)


def test_a_suspicion_changes_nothing() -> None:
    plan = make(Host(), DIES)
    assert not plan.steps and plan.blocked[0].finding == "interference.handshake_dropped"


def test_same_host_same_plan() -> None:
    host = Host().expire()
    assert make(host).to_dict() == make(host).to_dict()


# Diffs that a person can approve


def _diff(host: Host, *probes: dict[str, Any] | None, **options: Any) -> list[dict[str, str]]:
    before = seen(host, *probes)
    return diff.diffs(planner.plan(before, RepairPolicy(**options)), before.snapshot)


def test_an_access_list_is_told_by_account_and_right() -> None:
    host = Host()
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)(D;;FR;;;NS)(A;;0x21;;;S-1-5-21-1-2-3-1104)"
    entry, then = _diff(host.person(state=4), DIES)
    assert entry["before"].splitlines() == [
        "owner SYSTEM",
        "allow SYSTEM: full control",
        "deny NETWORK SERVICE: read",
        r"allow CORP\alice: rights 0x21",
    ]
    assert set(entry["after"].splitlines()) - set(entry["before"].splitlines()) == {
        "allow NETWORK SERVICE: read",
        r"allow NT SERVICE\SessionEnv: full control",
    }
    assert "deny NETWORK SERVICE: read" not in entry["after"].splitlines()
    assert entry["after_header"] == f"{KEY_FILE} ({make(host).steps[0].reason})"
    assert "then, only if clients still do not get in: " in then["after_header"]


def test_two_changes_of_one_service_have_headings_of_their_own() -> None:
    host = Host().service("TermService", start=4, state=1, pid=0)
    shown = [entry["before_header"] for entry in _diff(host, probe("tcp", "refused"))]
    assert shown[:2] == ["TermService, start type", "TermService, state"] and len(set(shown)) == len(shown)


def test_a_certificate_is_told_by_its_thumbprint_and_a_value_by_its_meaning() -> None:
    host = Host().pin("AB" * 20).setting("rdp_tcp", "SecurityLayer", dword(9))
    successor = _chosen(host)
    pin, layer, _then = _diff(host)
    assert (layer["before"], layer["after"]) == ("dword 9\n", "SSL (TLS) (2)\n")
    assert pin["before"] == f"certificate {'AB' * 20} (in no store that was read)\n"
    assert pin["after"].startswith(f"certificate {successor} (CN=WEB01, until 2027-")
    renewed = _diff(Host().expire())[0]
    assert renewed["before"].startswith("certificate ") and renewed["after"] == "a new self-signed certificate\n"


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


@each("step", REFUSED, ids=lambda step: f"{step.op} {sorted(step.fields.items())}"[:90])
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
            code = draw(st.sampled_from([0, 0, 1077, 5, 126, 1053]))
            host.service(name, start=draw(st.integers(0, 4)), state=draw(st.integers(1, 7)), exit_code=code)
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
    if draw(st.booleans()):
        status = draw(st.sampled_from([0, 5, 1311, 1787, 1789, None]))
        host.sections["domain"] = {"joined": True, "name": "corp.example", "channel_status": status}
    host.sections["host"]["utc"] = utc(NOW + timedelta(seconds=draw(st.sampled_from([0, 900, -40_000_000]))))
    if draw(st.booleans()):
        host.rule(Active=draw(st.sampled_from(["TRUE", "FALSE"])), Profile=draw(st.sampled_from(["", "Public"])))
    host.sections["network"]["adapters"][0]["category"] = draw(st.sampled_from([None, 0, 1, 2]))
    if draw(st.booleans()):
        causes = draw(st.sampled_from([(), ("nla.trust_broken",)]))
        task = nla_task.NlaTask(NOW + draw(st.sampled_from([timedelta(hours=1), timedelta(hours=-1)])), causes)
        host.sections["listener"]["nla_task"] = {"xml": task.xml, "error": None}
    for section in draw(st.sets(st.sampled_from(sorted(contract.SECTIONS)), max_size=2)):
        host.without(section, draw(st.sampled_from([-2147024891, -2147467259])))
    return host


_probes = st.one_of(
    st.none(),
    st.builds(
        probe,
        st.sampled_from(STAGES),
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
_TIGHTENING = ("nla.disabled", "listener.security_layer_weak", "listener.encryption_level_invalid")
_OPENING = ("listener.rdp_disabled", "listener.disabled", "listener.logon_disabled", "firewall.rule_disabled")
# Only where they are named: a whole class does not ask for them.
_BY_NAME = ("clock.wrong", "nla.trust_broken", "certificate.template_failing")
_policies = st.builds(
    RepairPolicy,
    allow_disconnect=st.booleans(),
    tighten=st.one_of(st.booleans(), st.sets(st.sampled_from(_TIGHTENING)).map(tuple)),
    open=st.one_of(st.booleans(), st.sets(st.sampled_from((*_OPENING, *_BY_NAME))).map(tuple)),
    drop_dead_pin=st.booleans(),
)


def _shown(draw: st.DrawFn, host: Host, data: dict[str, Any] | None) -> dict[str, Any] | None:
    """The probe was shown one of the host's certificates, the one that it names, or a stranger's."""
    if not data or data["stage"] not in ("credssp", "session"):
        return data
    pin = Snapshot.of(host.to_answer(), NOW).pin if "listener" in host.sections else None
    thumbprint = draw(st.sampled_from([host.thumbprint, (pin and pin.thumbprint) or "CD" * 20, "CD" * 20]))
    return {**data, "certificate": {"sha1": thumbprint, "days_left": draw(st.sampled_from([-3, 3, 300]))}}


@st.composite
def situations(draw: st.DrawFn) -> Assessment:
    """Hosts of any kind, as a client of any luck finds them."""
    host = draw(hosts())
    return assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(_shown(draw, host, draw(_probes))))


_any_plan = settings(max_examples=examples(35, 3000), suppress_health_check=[HealthCheck.too_slow])


def _all_steps(plan: planner.Plan) -> list[Step]:
    return [step for rung in plan.rungs for step in rung.steps]


def _never(step: Step, view: Snapshot) -> None:
    """What no step does, said again in plain words, so that a slip in the check itself shows, too."""
    text = repr(step.to_host()).lower()
    for word in ("policies", "schannel", "allowencryptionoracle", "firewallpolicy", "lsa"):
        assert word not in text
    if step.op.startswith("firewall."):
        assert step.op in ("firewall.set", "firewall.add") and not step.fields["profiles"] & contract.PUBLIC
    assert not step.op.startswith("group.") and step.op != "task.arm"
    assert step.fields.get("service", "TermService") in contract.SERVICES
    assert step.op not in ("service.stop", "certificate.import", "certificate.remove", "certificate.wait_renewed")
    if step.op == "registry.set" and step.fields["name"] in ("SecurityLayer", "UserAuthentication"):
        assert step.fields["data"] != 0
    if step.op == "acl.set":
        files = {file["path"]: file["sddl"] for file in view.section("key_files")["files"]}
        kept = {ace.text for ace in acl.parse(files[step.fields["path"]]).aces or () if ace.kind == "A"}
        assert kept <= {ace.text for ace in acl.parse(step.fields["sddl"]).aces or ()}, "no grant is taken away"


@_any_plan
@given(situations(), _policies)
def test_no_plan_ever_contains_what_is_never_done(before: Assessment, policy: RepairPolicy) -> None:
    view = before.snapshot
    plan = planner.plan(before, policy)
    todo = _all_steps(plan)
    steps.check(todo, pinned=view.pin.thumbprint if view.pin else None)
    for step in todo:
        _never(step, view)
        if step.cost == "sessions" and not policy.allow_disconnect and view.running("TermService"):
            assert view.occupants == [], "people are never disconnected unasked"
    listener = [
        step for step in todo if step.fields.get("service") == "TermService" and step.op != "service.start_type"
    ]
    assert len(listener) <= 1 and len(plan.conditional) <= 1
    assert [rung.name for rung in plan.rungs] == [
        name for name in ("quiet", "renew", "restart") if name in {rung.name for rung in plan.rungs}
    ]
    assert len(diff.diffs(plan, view)) == len(todo)


@_any_plan
@given(situations())
def test_no_default_plan_costs_anybody_anything_where_clients_get_in(before: Assessment) -> None:
    plan = planner.plan(before, RepairPolicy())
    assert not before.client_gets_in or {step.cost for step in _all_steps(plan)} <= {"none"}


# What nothing but a start of the service puts right.
_BY_RESTART_ALONE = {"certificate.not_presented", "listener.not_listening", "service.stale_credential"}


@_any_plan
@given(situations(), _policies)
def test_no_plan_restarts_the_listener_for_a_change_that_it_does_not_make(
    before: Assessment, policy: RepairPolicy
) -> None:
    steps = _all_steps(planner.plan(before, policy))
    changed = {id_ for step in steps if step.op != "service.restart" for id_ in step.findings}
    for step in steps:
        assert step.op != "service.restart" or set(step.findings) <= changed | _BY_RESTART_ALONE


@_any_plan
@given(situations(), _policies)
def test_no_plan_removes_a_pin_that_is_alive(before: Assessment, policy: RepairPolicy) -> None:
    pin, view = before.snapshot.pin, before.snapshot
    for step in _all_steps(planner.plan(before, policy)):
        if step.fields.get("name") == "SSLCertificateSHA1Hash":
            assert pin and (not pin.thumbprint or pin.thumbprint != before.probe.thumbprint), "a client was shown it"
            found = view.find_certificate(pin.thumbprint) if pin.thumbprint else None
            file = view.key_file(found) if found else None
            assert not found or not found.has_key_property or (file and file["exists"] is False)
            assert step.op == "registry.set" or policy.drop_dead_pin


@_any_plan
@given(situations(), _policies)
def test_no_plan_opens_or_tightens_unasked(before: Assessment, policy: RepairPolicy) -> None:
    off = before.snapshot.rdp_enabled is not True
    plan = planner.plan(before, policy)
    for step in _all_steps(plan):
        for id_ in step.findings:
            assert policy.asks_for(id_)
        assert step.op not in ("file.replace", "policy.refresh"), "these are for who asks for local_policy"
        if step.op in ("clock.resync", "domain.reset_channel", "certificate.enrol"):
            assert isinstance(policy.open, tuple) and set(step.findings) & set(policy.open) & set(_BY_NAME)
        arming = {"nla.disabled", "nla.off_until"} & set(step.findings)
        assert step.fields.get("name") != "UserAuthentication" or (arming and step.fields["data"] == 1)
    opened = any("listener.rdp_disabled" in step.findings for step in _all_steps(plan))
    assert not plan.rungs or not off or opened, "nothing is given back where nothing is meant to be on"


# What people ask for --------------------------------------------------------------------------------------------------

_switches = st.sampled_from([None, True, False])
_listener_wishes = st.fixed_dictionaries(
    {
        "security_layer": st.sampled_from([None, "negotiate", "tls"]),
        "nla": _switches,
        "encryption_level": st.sampled_from([None, "client_compatible", "high", "fips"]),
        "negotiation": _switches,
        "enabled": _switches,
        "for": st.sampled_from(["", "2h"]),
        "allow_public": st.booleans(),
    }
)
_access_wishes = st.fixed_dictionaries(
    {
        **{name: st.booleans() for name in ("enabled", "require_nla", "firewall")},
        "members": st.just([]),
        "profiles": st.lists(st.sampled_from(["domain", "private", "public"]), min_size=1),
        "remote_addresses": st.sampled_from([None, ["192.0.2.0/24"]]),
        "rules": st.just(["tcp", "udp"]),
    }
)
_certificate_wishes = st.fixed_dictionaries(
    {"state": st.sampled_from(["renewed", "self_signed"]), "thumbprint": st.none(), "force": st.booleans()}
)
_service_wishes = st.fixed_dictionaries(
    {
        "name": st.sampled_from([None, *contract.SERVICES]),
        "start_type": st.sampled_from([None, "manual", "automatic"]),
        "state": st.sampled_from([None, "started", "restarted"]),
    }
)
_firewall_wishes = _access_wishes.map(lambda asked: {**asked, "enabled": asked["enabled"] or asked["firewall"]})
_bind_wishes = st.fixed_dictionaries(
    {
        "subject": st.just("ca"),
        **{name: st.none() for name in ("thumbprint", "san", "issuer", "template", "probe_host")},
        **{name: st.booleans() for name in ("allow_name_mismatch", "probe", "rollback")},
    }
)
_wishes = st.one_of(
    st.tuples(st.just("firewall"), _firewall_wishes),
    st.tuples(st.just("bind"), _bind_wishes),
    st.tuples(st.just("listener"), _listener_wishes),
    st.tuples(st.just("access"), _access_wishes),
    st.tuples(st.just("certificate"), _certificate_wishes),
    st.tuples(st.just("service"), _service_wishes),
    st.tuples(st.just("machine_keys"), st.none()),
)


def _asked_for(kind: str, asked: dict[str, Any] | None, before: Assessment, policy: RepairPolicy) -> planner.Plan:
    """The plan for a wish; one of nothing where it is refused, which has its reason."""
    more = (before.probe,) if kind in ("listener", "access") else ()
    given = () if asked is None else (asked,)
    try:
        if kind == "bind":
            return bind(asked or {}, before.snapshot, policy).plan
        return getattr(desired, kind)(*given, before.snapshot, policy, *more)
    except Refused as refusal:
        assert refusal.summary
        return planner.Plan()


def _serves(view: Snapshot) -> bool:
    """Whether a certificate with a key that nobody keeps from the listener was read."""
    bound = view.binding.certificate if view.binding else None
    file = view.key_file(bound) if bound else None
    denied = file is not None and (file["exists"] is False or view.service_can_read(file) is False)
    return bool(bound and bound.has_key_property and bound.serves and not denied and view.section("key_files"))


def _keeps_out(step: Step, before: Assessment) -> bool:
    """Whether a step has the listener take nobody without TLS who got in without."""
    view, name, data = before.snapshot, step.fields.get("name"), step.fields.get("data")
    if name == "SecurityLayer":
        layer = view.effective("SecurityLayer")
        return layer not in (1, 2) or step.fields["data"] > layer
    return name == "UserAuthentication" and data == 1 and view.nla_task is None


@_any_plan
@given(situations(), _policies, _wishes)
def test_no_wish_is_against_the_laws_of_a_repair(
    before: Assessment, policy: RepairPolicy, wish: tuple[str, dict[str, Any] | None]
) -> None:
    view = before.snapshot
    todo = _all_steps(_asked_for(*wish, before, policy))
    steps.check(todo)
    armed = False
    off = view.rdp_enabled is not True or any(step.fields.get("name") == "fDenyTSConnections" for step in todo)
    for step in todo:
        armed |= step.op == "task.arm"
        assert (step.fields.get("name"), step.fields.get("data")) != ("SecurityLayer", 0)
        assert (step.fields.get("name"), step.fields.get("data")) != ("UserAuthentication", 0) or armed
        if step.op.startswith("firewall.") and step.fields["active"] and step.fields["profiles"] & contract.PUBLIC:
            assert step.fields["addresses"] not in (None, ["Any"])
        if step.cost == "sessions" and not policy.allow_disconnect and view.running("TermService"):
            assert view.occupants == [], "people are never disconnected unasked"
        assert off or not _keeps_out(step, before) or before.probe.thumbprint or _serves(view), "the successor first"
        if step.fields.get("name") == "SSLCertificateSHA1Hash" and step.op == "registry.set":
            chosen = view.find_certificate(base64.b64decode(step.fields["data"]).hex().upper(), "My")
            assert chosen and chosen.has_key_property and chosen.serves
        if step.op == "certificate.renew":
            assert view.failed("SessionEnv") is None and (view.service("SessionEnv") or {"start": 4})["start"] != 4
    restarts = [step for step in todo if step.op == "service.restart" and step.fields["service"] == "TermService"]
    assert len(restarts) <= 1


@_any_plan
@given(situations(), _policies, st.one_of(_listener_wishes, _access_wishes))
def test_nobody_turns_on_what_would_not_answer(before: Assessment, policy: RepairPolicy, asked: dict[str, Any]) -> None:
    """What has just failed is started by who asks for that alone."""
    kind = "access" if "require_nla" in asked else "listener"
    todo = _all_steps(_asked_for(kind, {**asked, "enabled": True}, before, policy))
    started = {step.fields["service"] for step in todo if step.op == "service.start"}
    for name in contract.NEEDED:
        assert name not in started or before.snapshot.failed(name) is None
    if any(step.fields.get("name") == "fDenyTSConnections" for step in todo):
        assert "TermService" in started or before.snapshot.running("TermService")


# What is tried only where its finding is named ---------------------------------------------------------------------


def _domain_member(status: int | None) -> Host:
    host = Host()
    host.sections["domain"] = {"joined": True, "name": "corp.example", "channel_status": status}
    host.value(r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type", {"type": "string", "data": "NT5DS"})
    return host


def test_the_trust_is_repaired_only_by_name() -> None:
    for allowed in ({}, {"open": True}, {"open": ("clock.wrong",)}):
        plan = make(_domain_member(1789), **allowed)
        [blocked] = [one for one in plan.blocked if one.finding == "nla.trust_broken"]
        assert not plan.steps and blocked.guard == "open"
        assert "Test-ComputerSecureChannel -Repair" in (blocked.detail or "")
        assert "ask for it with open=nla.trust_broken" in (blocked.detail or "")
    plan = make(_domain_member(1789), open=("nla.trust_broken",))
    assert [step.op for step in plan.steps] == ["domain.reset_channel"] and not plan.conditional
    steps.check(plan.steps)


@pytest.mark.parametrize("status", [1786, 1787])
def test_without_a_password_that_could_fit_the_command_is_said(status: int) -> None:
    plan = make(_domain_member(status), open=("nla.trust_broken",))
    [blocked] = [one for one in plan.blocked if one.finding == "nla.trust_broken"]
    assert not plan.steps and f"status {status}" in blocked.summary
    assert "Test-ComputerSecureChannel -Repair -Credential" in (blocked.detail or "")


def test_a_domain_controller_s_own_account_is_left_to_people() -> None:
    host = _domain_member(None).event("NETLOGON", 5721, 2)
    host.event("Microsoft-Windows-Security-Auditing", 4625, 2, "Security", (0xC000018B, 0, 10))
    host.sections["host"].update(product_type=2, domain_role=5)
    plan = make(host, open=("nla.trust_broken",))
    [blocked] = [one for one in plan.blocked if one.finding == "nla.trust_broken"]
    assert not plan.steps and "domain controller" in blocked.summary and "dcdiag" in (blocked.detail or "")


def _late(host: Host, **by: int) -> Host:
    host.sections["host"]["utc"] = utc(NOW + timedelta(**by))
    return host


def test_the_clock_is_set_before_what_depends_on_it() -> None:
    host = _late(_domain_member(1789), hours=1)
    plan = make(host, open=("nla.trust_broken", "clock.wrong"))
    assert [step.op for step in plan.steps] == ["clock.resync", "domain.reset_channel"]
    assert not make(_late(_domain_member(0), hours=1), open=True).steps
    # No certificate is made in the same call: by which clock, nobody has seen yet.
    plan = make(_late(_domain_member(0), days=400), open=("clock.wrong",))
    assert [step.op for step in plan.steps] == ["clock.resync"]
    assert {one.detail for one in plan.blocked if one.guard == "clock"} <= {"run again once it is set"}


def test_a_clock_without_a_source_is_left() -> None:
    unset = _late(_domain_member(0), hours=1)
    unset.value(r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type", {"type": "string", "data": "NoSync"})
    gone = _late(_domain_member(0), hours=1)
    gone.sections["products"]["services"].clear()
    for host in (unset, gone):
        plan = make(host, open=("clock.wrong",))
        [blocked] = [one for one in plan.blocked if one.finding == "clock.wrong"]
        assert not plan.steps and "no source" in blocked.summary


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


def _removal(thumbprint: str) -> steps.Step:
    """As earlier journals have it: no plan of today takes an entry out before its successor is there."""
    return steps.Step("certificate.remove", {"store": "Remote Desktop", "thumbprint": thumbprint}, "", ("",))


def test_undo_takes_back_in_reverse_and_starts_the_listener_once() -> None:
    changes = (
        (steps.start_type("SessionEnv", 3, "", ""), "done", {"start": 4}),
        (steps.set_acl(KEY_FILE, "O:SYD:PAI(A;;FA;;;SY)", "", ""), "done", {"sddl": "O:SYD:PAI"}),
        (steps.set_value(RDP_TCP, "SecurityLayer", 2, "", ""), "done", dword(1)),
        (steps.set_value(RDP_TCP, "MinEncryptionLevel", 3, "", ""), "done", None),
        (_removal("AB" * 20), "done", {"present": True, "blob": "AAAA", "der": "AAAA"}),
        (steps.run_state("start", "SessionEnv", "", ()), "done", {"state": 1, "dependents": []}),
        (
            steps.Step("certificate.wait_renewed", {"previous": ["AB" * 20], "timeout_s": 60}, "", ()),
            "unchanged",
            {"thumbprint": None},
        ),
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


@pytest.mark.parametrize("state", ["open", "failed"])
def test_a_value_that_was_absent_goes_again_where_its_step_was_cut_off(state: str) -> None:
    step = steps.set_value(RDP_TCP, "SecurityLayer", 2, "", "")
    assert names(undo.undo(_journal(state, (step, "started", None))).steps) == ["registry.remove SecurityLayer"]


@pytest.mark.parametrize("expect_empty", [True, False])
def test_people_are_looked_for_right_before_an_undo_takes_the_listener_down(expect_empty: bool) -> None:
    started = (steps.run_state("start", "TermService", "", ()), "done", {"state": 1, "dependents": []})
    value = (steps.set_value(RDP_TCP, "SecurityLayer", 2, "", ""), "done", dword(1))
    restarted = (steps.run_state("restart", "TermService", "", ()), "done", {"state": 4, "dependents": []})
    for changes, op in (((value, started), "service.stop"), ((value, restarted), "service.restart")):
        last = undo.undo(_journal("complete", *changes), expect_empty=expect_empty).steps[-1]
        assert last.op == op and last.fields.get("expect_empty", False) is expect_empty


def _undo_on(now: dict[str, Any] | None, *journals: Journal) -> list[planner.Plan]:
    """The plans that take back journals, the newest first, on a host whose SecurityLayer is this by now."""
    host = Snapshot.of(Host().setting("rdp_tcp", "SecurityLayer", now).to_answer(), NOW)
    return [undo.undo(journal, host, journals[:at]) for at, journal in enumerate(journals)]


def _wrote(number: int, before: dict[str, Any] | None) -> Journal:
    return _journal("complete", (steps.set_value(RDP_TCP, "SecurityLayer", number, "", ""), "done", before))


@pytest.mark.parametrize("now", [dword(9), None])
def test_undo_keeps_what_somebody_has_set_since(now: dict[str, Any] | None) -> None:
    [plan] = _undo_on(now, _wrote(2, dword(1)))
    assert plan.steps == () and "SecurityLayer has been changed since" in plan.blocked[0].summary
    for untouched in (dword(2), dword(1)):
        [plan] = _undo_on(untouched, _wrote(2, dword(1)))
        assert names(plan.steps) == ["registry.set SecurityLayer"] and plan.blocked == ()


def _standing(number: int, before: dict[str, Any] | None, run: str) -> Journal:
    return replace(_wrote(number, before), run=run)


@pytest.mark.parametrize(
    ("now", "waits_for"),
    [
        (dword(1), "third"),
        (dword(2), "second"),  # the third run has been taken back as far as this value goes
        (dword(0), None),  # as it was before the first
        (dword(9), None),  # somebody's own choice
    ],
)
def test_what_a_later_run_has_changed_again_waits_for_it(now: dict[str, Any], waits_for: str | None) -> None:
    """The runs have set 1, 2 and 1 again: what is there is the third one's, though it is what the first one left."""
    first = _wrote(1, dword(0))
    later = [_standing(1, dword(2), "third"), _standing(2, dword(1), "second")]
    host = Snapshot.of(Host().setting("rdp_tcp", "SecurityLayer", now).to_answer(), NOW)
    plan = undo.undo(first, host, standing=later)
    told = [(one.guard, one.summary, one.detail) for one in plan.blocked]
    if waits_for:
        why, what = f"run {waits_for} has changed the same since", f"restore run {waits_for} first, then this one again"
        assert told == [("in_use", why, what)] and plan.later and not plan.steps
    else:
        assert [guard for guard, _why, _what in told] == ["never"] and not plan.later


_ANOTHER = "20261125T130000Z-0a1b2c3d"


@pytest.mark.parametrize(
    ("run", "told"), [("change-4711", "run change-4711"), ("run-1", "run-1"), (None, f"journal {_ANOTHER}")]
)
def test_a_run_is_called_by_one_word(run: str | None, told: str) -> None:
    """An id that a run gave itself begins with it."""
    later = replace(_wrote(2, dword(1)), run=run, id=_ANOTHER)
    host = Snapshot.of(Host().setting("rdp_tcp", "SecurityLayer", dword(2)).to_answer(), NOW)
    [blocked] = undo.undo(_wrote(1, dword(0)), host, standing=[later]).blocked
    assert blocked.summary == f"{told} has changed the same since"
    assert blocked.detail == f"restore {told} first, then this one again"


@pytest.mark.parametrize(
    ("others", "waits_for"),
    [
        ([(0, dword(1), "second")], "second"),  # it would go back to what the first one left
        ([(0, dword(2), "third"), (2, dword(1), "second")], "third"),
        ([(0, dword(3), "third"), (3, dword(0), "second")], None),  # somebody had put it back before the second
        ([], None),
    ],
)
def test_what_a_later_run_has_put_back_is_not_over_while_that_stands(
    others: list[tuple[int, dict[str, Any], str]], waits_for: str | None
) -> None:
    """Marked as taken back, it would be in force again once the later run is taken back, beyond any restore."""
    host = Snapshot.of(Host().setting("rdp_tcp", "MinEncryptionLevel", dword(0)).to_answer(), NOW)
    first, later = _encrypted(1, dword(0)), [replace(_encrypted(to, was), run=run) for to, was, run in others]
    plan = undo.undo(first, host, standing=later)
    assert [one.summary for one in plan.later] == ([f"run {waits_for} has changed the same since"] if waits_for else [])
    assert bool(plan.steps) is not bool(waits_for), "what is back already is taken back, and changes nothing"


def _encrypted(data: int, before: dict[str, Any]) -> Journal:
    return _journal("complete", (steps.set_value(RDP_TCP, "MinEncryptionLevel", data, "", ""), "done", before))


def _bound(data: str | None, before: str | None, **more: Any) -> Journal:
    key, name = RDP_TCP, "SSLCertificateSHA1Hash"
    step = steps.set_value(key, name, bytes.fromhex(data), "", "") if data else steps.remove_value(key, name, "", "")
    was = {"type": "binary", "data": base64.b64encode(bytes.fromhex(before)).decode()} if before else None
    return replace(_journal("complete", (step, "done", was)), **more)


@pytest.mark.parametrize(
    ("found", "is_given_back"),
    [(None, False), ({"causes": ["nla.disabled"]}, False), ({"causes": ["certificate.pin_dead"]}, True)],
)
def test_a_pin_that_named_nothing_then_is_given_back(found: dict[str, Any] | None, is_given_back: bool) -> None:
    """What was there then and is gone is not: whoever restores it would be locked out."""
    host = Snapshot.of(Host().to_answer(), NOW)
    plan = undo.undo(_bound(None, "AB" * 20, found=found), host)
    assert bool(plan.steps) is is_given_back
    assert [one.guard for one in plan.later] == ([] if is_given_back else ["gone"])
    if not is_given_back:
        assert f"the certificate {'AB' * 20} is not on the host any more" in plan.blocked[0].summary


def test_what_is_gone_is_left_out_and_the_rest_is_taken_back() -> None:
    """A key file, a service: the host would fail at the step, and do none of those behind it."""
    host = Host()
    host.key_file["exists"], host.key_file["sddl"] = False, None
    answer = host.to_answer()
    answer["sections"]["services"]["UmRdpService"] = None
    layer = (steps.set_value(RDP_TCP, "SecurityLayer", 2, "", ""), "done", dword(1))
    disabled = (steps.start_type("UmRdpService", 3, "", ""), "done", {"start": 4})
    journal = _journal("complete", layer, disabled)
    journal = replace(journal, steps=(*journal.steps, *_opened().steps))
    plan = undo.undo(journal, Snapshot.of(answer, NOW))
    assert names(plan.steps) == ["registry.set SecurityLayer"] and not plan.later
    assert [one.summary.endswith("is not on the host any more") for one in plan.blocked] == [True, True]


_BEFORE, _AFTER = "O:SYG:SYD:PAI(A;;FA;;;SY)", "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)"


def _opened(sddl: str = _AFTER, before: str = _BEFORE) -> Journal:
    return _journal("complete", (steps.set_acl(KEY_FILE, sddl, "", ""), "done", {"sddl": before}))


@pytest.mark.parametrize(
    ("now", "is_kept"),
    [
        (_AFTER, False),
        (_BEFORE, False),
        ("O:S-1-5-18G:SYD:PAI(A;;0x1f01ff;;;SY)(A;;0x120089;;;NS)(A;ID;FR;;;BA)", False),  # the same, said otherwise
        (None, False),  # not known
        (_AFTER + "(A;;FR;;;LS)", True),
        (_AFTER.replace("O:SY", "O:BA"), True),
    ],
)
def test_undo_keeps_an_access_list_that_somebody_has_changed_since(now: str | None, is_kept: bool) -> None:
    host = Host()
    host.key_file["sddl"] = now
    plan = undo.undo(_opened(), Snapshot.of(host.to_answer(), NOW))
    if is_kept:
        assert plan.steps == () and "who may read" in plan.blocked[0].summary
    else:
        assert plan.steps[0].fields["sddl"] == _BEFORE and plan.blocked == ()


def test_an_access_list_that_was_changed_twice_is_taken_back_twice() -> None:
    host = Host()
    host.key_file["sddl"] = _AFTER + "(A;;FR;;;LS)"
    newer, older = _opened(_AFTER + "(A;;FR;;;LS)", _AFTER), _opened()
    view = Snapshot.of(host.to_answer(), NOW)
    assert names(undo.undo(older, view, [newer]).steps) == [f"acl.set {FILE}"]
    assert undo.undo(older, view).blocked


IMPORT = steps.import_pfx("AB" * 20, "CN=web01", "asked.certificate")
ABSENT = {"present": False, "has_key": False, "path": None, "sddl": None}


def test_undo_takes_an_import_out_last_and_only_what_it_brought() -> None:
    bind = steps.set_value(RDP_TCP, "SSLCertificateSHA1Hash", bytes.fromhex("AB" * 20), "", "")
    again = steps.run_state("restart", "TermService", "", ())
    journal = _journal("complete", (IMPORT, "done", ABSENT), (bind, "done", None), (again, "done", {"state": 4}))
    bound = Snapshot.of(Host().pin("AB" * 20).to_answer(), NOW)
    taken_out = f"certificate.remove_imported {'AB' * 20}"
    assert names(undo.undo(journal, bound).steps) == ["registry.remove SSLCertificateSHA1Hash", RELOAD, taken_out]
    assert undo.undo(_journal("complete", (IMPORT, "done", {**ABSENT, "present": True}))).steps == ()
    # Cut off in the import: what may be there goes.
    assert names(undo.undo(_journal("open", (IMPORT, "started", ABSENT))).steps) == [taken_out]
    assert undo.undo(_journal("open", (IMPORT, "pending", None))).steps == ()
    # Somebody has bound it himself since: it stays.
    [blocked] = undo.undo(_journal("complete", (IMPORT, "done", ABSENT)), bound).blocked
    assert "bound to the imported certificate" in blocked.summary


@pytest.mark.parametrize(("now", "goes"), [(r"C:\Keys\OURS", True), (r"C:\keys\theirs", False), (None, True)])
def test_an_import_that_somebody_has_done_again_stays(now: str | None, goes: bool) -> None:
    """Its key is another file by now: what is taken out is the key that the step brought."""
    journal = _journal("complete", (IMPORT, "done", ABSENT))
    journal.steps[0]["after"] = {"present": True, "has_key": True, "path": r"C:\keys\ours", "sddl": None}
    host = Host()
    der = base64.b64encode(b"certificate").decode()
    entry = {"thumbprint": "AB" * 20, "der": der, "key_provider": None, "error": None}
    if now:
        host.sections["certificates"]["stores"]["My"]["certificates"].append(entry)
        file = {**host.sections["key_files"]["files"][0], "store": "My", "thumbprint": "AB" * 20, "path": now}
        host.sections["key_files"]["files"].append(file)
    plan = undo.undo(journal, Snapshot.of(host.to_answer(), NOW))
    assert names(plan.steps) == ([f"certificate.remove_imported {'AB' * 20}"] if goes else [])
    assert goes or "imported again since" in plan.blocked[0].summary
    assert not goes or plan.steps[0].fields["path"] == r"C:\keys\ours", "the host looks as well"
    steps.check(plan.steps, undo=True)


def test_what_is_changed_twice_is_taken_back_twice_and_no_further_than_to_somebody_s_choice() -> None:
    newer, older = _undo_on(dword(1), _wrote(1, dword(2)), _wrote(2, None))
    assert names(newer.steps) == ["registry.set SecurityLayer"] and names(older.steps) == [
        "registry.remove SecurityLayer"
    ]
    # Between the two somebody has set 9.
    newer, older = _undo_on(dword(1), _wrote(1, dword(9)), _wrote(2, None))
    assert newer.steps[0].fields["data"] == 9
    assert older.steps == () and "it is 9" in older.blocked[0].summary


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
    return kind(asked, Snapshot.of(host.to_answer(), NOW), RepairPolicy(**options))


def _bind(asked: dict[str, Any], host: Snapshot, policy: RepairPolicy) -> planner.Plan:
    return bind(asked, host, policy).plan


def test_listener_leaves_alone_what_is_not_asked_and_what_is_so_already() -> None:
    plan = wish(desired.listener, {**_LISTENER, "security_layer": "tls", "encryption_level": "high"}, Host())
    assert told(plan) == ["registry.set MinEncryptionLevel"]


def test_remote_desktop_is_turned_off_whatever_its_security_layer_is() -> None:
    """With SecurityLayer 0 and NLA on no client gets in; what is off needs no TLS."""
    host = Host().setting("rdp_tcp", "SecurityLayer", dword(0)).setting("rdp_tcp", "UserAuthentication", dword(1))
    assert told(wish(desired.listener, {**_LISTENER, "enabled": False}, host)) == ["registry.set fDenyTSConnections"]
    off = {"enabled": False, "require_nla": True, "firewall": False, "members": []}
    assert told(wish(desired.access, off, host)) == ["registry.set fDenyTSConnections"]
    with pytest.raises(Refused, match="needs TLS, and SecurityLayer is 0"):
        wish(desired.listener, {**_LISTENER, "encryption_level": "high"}, host)
    lax = host.setting("rdp_tcp", "UserAuthentication", dword(0))
    with pytest.raises(Refused, match="needs TLS, and SecurityLayer is 0"):
        wish(desired.listener, {**_LISTENER, "enabled": False, "nla": True}, lax)


def test_weakening_is_refused() -> None:
    with pytest.raises(Refused, match="negotiation=false is refused"):
        wish(desired.listener, {**_LISTENER, "negotiation": False}, Host())
    with pytest.raises(Refused, match="nla=false needs the time"):
        wish(desired.listener, {**_LISTENER, "nla": False}, Host())


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
    assert desired.machine_keys(Snapshot.of(Host().to_answer(), NOW), RepairPolicy()).steps == ()
    assert told(desired.machine_keys(Snapshot.of(_unreadable(Host()).to_answer(), NOW), RepairPolicy()))[-1] == RELOAD
    gone = Host()
    gone.key_file["exists"] = False
    with pytest.raises(Refused, match="not there"):
        desired.machine_keys(Snapshot.of(gone.to_answer(), NOW), RepairPolicy())


def test_machine_keys_opens_a_chosen_certificate_s_key_for_reading_and_no_more() -> None:
    """The key may be a web server's as well, whoever bound the listener to its certificate, and however."""
    sddl = "O:BAG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)(A;;FR;;;S-1-5-80-1)"
    for group, value in (("rdp_tcp", "SSLCertificateSHA1Hash"), ("winstations", "TemplateCertificate")):
        host = Host()
        file = {**host.key_file, "path": KEY_FILE.replace("f686", "0686"), "container": "te-1", "sddl": sddl}
        own = host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=90), "ca"), "My", file)
        host.setting(group, value, binary(bytes.fromhex(own)))
        [step] = desired.machine_keys(Snapshot.of(host.to_answer(), NOW), RepairPolicy()).steps
        after = acl.parse(step.fields["sddl"])
        assert after.owner == acl.parse(sddl).owner and after.aces is not None
        assert [ace.sid for ace in after.aces[3:]] == [acl.NETWORK_SERVICE] and after.aces[3].mask == acl.READ
        file = host.sections["key_files"]["files"][-1]
        file["sddl"] = step.fields["sddl"]
        assert desired.machine_keys(Snapshot.of(host.to_answer(), NOW), RepairPolicy()).steps == ()
        file["sddl"] = "O:BAG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;SY)"
        with pytest.raises(Refused, match="denies NETWORK SERVICE"):
            desired.machine_keys(Snapshot.of(host.to_answer(), NOW), RepairPolicy())


_RENEWED = {"state": "renewed", "thumbprint": None, "force": False}
_SELF_SIGNED = {**_RENEWED, "state": "self_signed"}


def _pinned() -> Host:
    host = Host()
    return host.pin(host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=400), "ca"), "My", None))


def test_no_certificate_is_made_by_a_wrong_clock_on_request_either() -> None:
    host = Host()
    host.sections["host"]["utc"] = utc(NOW + timedelta(days=400))
    with pytest.raises(Refused) as refusal:
        wish(desired.certificate, {**_RENEWED, "force": True}, host)
    assert refusal.value.guard == "clock"


@pytest.mark.parametrize("event", [1057, 1058])
def test_a_certificate_that_is_asked_for_takes_none_out_where_the_log_says_why_it_fails(event: int) -> None:
    asked, host = {**_RENEWED, "force": True}, Host()
    assert _renewal(wish(desired.certificate, asked, host))["remove"] == host.thumbprint
    host.event("Microsoft-Windows-TerminalServices-RemoteConnectionManager", event, numbers=(0x80070005,))
    assert _renewal(wish(desired.certificate, asked, host))["remove"] is None


@pytest.mark.parametrize(
    ("kind", "asked", "host", "done"),
    [
        (desired.certificate, {**_RENEWED, "force": True}, Host, [RENEW]),
        (desired.certificate, _SELF_SIGNED, _pinned, ["registry.remove SSLCertificateSHA1Hash"]),
        (
            desired.listener,
            {**_LISTENER, "negotiation": True},
            lambda: Host().setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0)),
            ["registry.set fAllowSecProtocolNegotiation"],
        ),
    ],
)
def test_people_hold_back_the_restart_of_what_is_asked_for_and_nothing_else(
    kind: Callable[..., planner.Plan], asked: dict[str, Any], host: Callable[[], Host], done: list[str]
) -> None:
    assert told(wish(kind, asked, host())) == [*done, RELOAD]
    plan = wish(kind, asked, host().person())
    assert told(plan) == done and set(guards(plan).values()) == {"sessions"}
    assert told(wish(kind, asked, host().person(), allow_disconnect=True)) == [*done, RELOAD]


def test_a_certificate_that_is_not_valid_yet_is_not_in_date() -> None:
    host = Host()
    der = make_der(NOW + timedelta(days=5), NOW + timedelta(days=180))
    own = host.add(der, "Remote Desktop", None)
    host.setting("winstations", "SelfSignedCertificate", binary(bytes.fromhex(own)))
    assert told(wish(desired.certificate, _RENEWED, host)) == [RENEW, RELOAD]


def test_a_pin_stays_until_the_key_behind_it_is_known_to_be_readable() -> None:
    unread = _pinned()
    unread.key_file["sddl"] = None
    for host in (unread, _pinned().without("key_files")):
        with pytest.raises(Refused, match="key of its self-signed certificate could not be read"):
            wish(desired.certificate, _SELF_SIGNED, host)
    assert RENEW in told(wish(desired.certificate, _SELF_SIGNED, _unreadable(_pinned())))


def test_a_pin_stays_where_the_host_may_be_a_connection_broker() -> None:
    host = _pinned()
    host.sections["host"]["connection_broker"] = True
    with pytest.raises(Refused, match="Connection Broker"):
        wish(desired.certificate, _SELF_SIGNED, host)


def test_certificate_wishes() -> None:
    renewed = {"state": "renewed", "thumbprint": None, "force": False}
    assert wish(desired.certificate, renewed, Host()).steps == ()
    host = Host()
    assert told(wish(desired.certificate, {**renewed, "force": True}, host)) == [
        RENEW,
        RELOAD,
    ]
    ca = host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=400), "ca"), "My", None)
    bound = {"thumbprint": ca.lower()}
    assert told(wish(_bind, bound, host)) == ["registry.set SSLCertificateSHA1Hash", RELOAD]
    host.pin(ca)
    assert wish(_bind, bound, host).steps == ()
    with pytest.raises(Refused, match="state=self_signed"):
        wish(desired.certificate, renewed, host)
    assert told(wish(desired.certificate, {**renewed, "state": "self_signed"}, host)) == [
        "registry.remove SSLCertificateSHA1Hash",
        RELOAD,
    ]


@pytest.mark.parametrize("thumbprint", ["", "AB", "zz" * 20, "AB" * 20])
def test_binding_what_is_not_there(thumbprint: str) -> None:
    with pytest.raises(Refused):
        wish(_bind, {"thumbprint": thumbprint}, Host())


# Outcome --------------------------------------------------------------------------------------------------------------


def _assessment(host: Host, look: dict[str, Any] | None) -> Assessment:
    return assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(look))


@pytest.mark.parametrize("reachable", [True, False], ids=["is met behind it", "is met there or before"])
def test_only_what_a_client_meets_where_the_look_ended_keeps_a_restart_back(reachable: bool) -> None:
    """A restart brings a client past TLS, whatever a person has to see to at the logon; it does not where nothing
    listens or no suite is left."""
    behind = {"nla.trust_broken", "nla.ntlm_refused", "nla.credssp_unpatched", "licensing.grace_ended"}
    there = {"tls.no_cipher_suites", "tls.tls12_disabled", "listener.missing", "listener.disabled", "service.crashing"}
    [restart] = make(_unreadable(Host())).conditional
    for fault in (one for one in faults.FAULTS if one.finding in (behind if reachable else there)):
        after = seen(fault.host())
        if fault.finding in {one.id for one in verify.remaining_critical(after)}:
            assert verify.rung_is_due(restart, after, RepairPolicy()) is reachable, str(fault)


@pytest.mark.parametrize("sight", [probe("name", "failed"), probe("tcp", "timeout"), probe("tcp", "unreachable")])
def test_a_restart_brings_no_client_to_a_host_that_the_look_did_not_reach(sight: dict[str, Any]) -> None:
    [restart] = make(_unreadable(Host())).conditional
    [fault] = [one for one in faults.FAULTS if one.name == "TLS 1.2 off"]
    assert not verify.rung_is_due(restart, seen(fault.host(), sight), RepairPolicy())
    assert verify.rung_is_due(restart, seen(fault.host(), probe("tcp", "refused")), RepairPolicy())


def test_worse_is_a_new_finding_or_a_client_that_is_locked_out() -> None:
    well, ill = _assessment(Host(), probe()), _assessment(_unreadable(Host()), DIES)
    assert verify.worse(ill, well) == []
    assert verify.worse(well, ill) == ["certificate.key_unreadable", "client.no_longer_gets_in"]


def test_what_the_log_has_of_the_time_before_is_no_harm_of_the_repair() -> None:
    """Accounts were refused while the secure channel was broken; once it is in order, that is a suspicion."""
    host = Host().event("Microsoft-Windows-Security-Auditing", 4625, 2, "Security", numbers=(0xC000018D, 0, 3))
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.example.com")
    host.sections["domain"].update(joined=True, name="corp.example.com", channel_status=1789)
    before = _assessment(host, probe())
    host.sections["domain"]["channel_status"] = 0
    after = _assessment(host, probe())
    assert [finding.id for finding in before.diagnosis.findings] == ["nla.trust_broken"]
    assert after.diagnosis.findings and verify.worse(before, after) == []


def test_line_and_summary_say_what_happened() -> None:
    host = _unreadable(Host())
    before, after = _assessment(host, DIES), _assessment(Host(), probe())
    words = columns.columns(before, make(host), after)
    assert (
        words["client_before"] == "tls: reset"
        and words["client_after"] == "a client reaches the logon"
        and "certificate.key_unreadable [proven]" in words["cause"]
    )
    assert columns.summary(before, make(host), after) == (
        "repaired: certificate.key_unreadable [proven]; a client ended at tls: reset; done: acl.set the key file;"
        " now healthy, a client reaches the logon"
    )
    assert columns.summary(before, make(host), predicted=True).startswith(
        "broken: certificate.key_unreadable [proven];"
    )
    assert columns.summary(after, make(Host()), after) == "healthy: a client reaches the logon"
    # Before it is done, what may follow is said as well; afterwards, what did.
    planned = columns.columns(before, make(host), None, predicted=True)["repair"]
    assert planned.endswith("; then, only if clients still do not get in: service.restart TermService")
    done = columns.columns(before, make(host), after, done=make(host).rungs[-1].steps)["repair"]
    assert done == "service.restart TermService"


def test_the_line_of_an_occupied_host_says_what_was_not_done_and_why() -> None:
    host = _unreadable(Host()).person()
    line = columns.summary(_assessment(host, DIES), make(host))
    assert "; acl.set the key file; not repaired certificate.key_unreadable: a restart of TermService would" in line
    assert line.endswith(" (run again when the host is empty, or with allow_disconnect=true)"), "and what to do next"


def test_the_line_of_nla_that_is_off_for_a_time_says_how_to_end_it_now() -> None:
    task = nla_task.NlaTask(NOW + timedelta(hours=1), ())
    host = Host().setting("rdp_tcp", "UserAuthentication", dword(0))
    host.sections["listener"]["nla_task"] = {"xml": task.xml, "error": None}
    line = columns.summary(_assessment(host, probe()), make(host, probe()), predicted=True)
    assert f"again at {task.utc} by itself (winops.rdp.listener nla=true requires it now)" in line


@pytest.mark.parametrize(
    ("code", "id_", "where"),
    [
        ("0x904/0x7", "client.not_reproduced", "look at the client and its network"),
        ("0x807", "client.credentials", "look at the account"),
        ("0xC07", "nla.account_restricted", "look at the account"),
        ("0x1B07", "client.certificate_refused", "look at the client and its network"),
    ],
)
def test_the_line_of_what_is_not_the_host_s_does_not_say_that_it_was_not_repaired(
    code: str, id_: str, where: str
) -> None:
    before = assess(Snapshot.of(Host().to_answer(), NOW), ProbeResult(probe()), code)
    line = columns.summary(before, planner.plan(before, RepairPolicy()), predicted=True)
    assert line.startswith(f"healthy: {id_} ") and "not repaired" not in line
    seen = "a client reaches the logon; what comes after it was not tried"
    assert line.endswith(f"; {seen}; {where}")


def test_the_line_of_a_renewal_says_when_it_takes_effect() -> None:
    """Clients are shown the old certificate until then, and it looked as if the repair had failed."""
    earlier = {"sha1": "EF" * 20, "days_left": -2, "self_signed": True, "common_name": "WEB01"}
    after = seen(Host(), probe(certificate=earlier))
    line = columns.summary(after, planner.plan(after, RepairPolicy()), after)
    assert line.endswith("which has expired: the new one takes effect at the next start of TermService")


def test_every_remedy_belongs_to_a_rule() -> None:
    from pathlib import Path

    from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import engine

    text = "".join(file.read_text() for file in Path(engine.__file__).parent.glob("*.py"))
    assert [id_ for id_ in REMEDIES if f'"{id_}"' not in text] == []
