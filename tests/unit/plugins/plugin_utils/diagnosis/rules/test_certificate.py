# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the listener's certificate, both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import RCM
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy

from tests.hosts.faults import (
    IN,
    RESET,
    Sight,
    no_store_entry,
    store_descriptor,
)
from tests.hosts.scenarios.certificate import ENROLL
from tests.hosts.snapshots import NOW, Host, binary, key_provider, make_der, probe, utc
from tests.unit.judging import assert_silent, ids, run

UNREADABLE = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"


def _chosen(days: int = 200, sddl: str = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)") -> Host:
    """A host that is bound to a certificate with a CNG key."""
    host = Host()
    provider = key_provider("{1}", "Microsoft Software Key Storage Provider", 0)
    thumbprint = host.add(
        make_der(NOW - timedelta(days=100), NOW + timedelta(days=days), "rdp.example.com"),
        "My",
        None,
        provider=provider,
    )
    file = {
        "path": r"C:\ProgramData\Microsoft\Crypto\Keys\1_2",
        "exists": True,
        "sddl": sddl,
        "length": 9,
        "error": None,
        "container": "{1}",
    }
    host.sections["key_files"]["files"].append(
        {**file, "store": "My", "thumbprint": thumbprint, "provider": "x", "provider_type": 0}
    )
    return host.pin(thumbprint)


@pytest.mark.parametrize(
    "change",
    [
        lambda host: store_descriptor(host, "O:SYG:SYD:(D;;KW;;;S-1-5-21-1-2-3-4)(A;;KA;;;SY)(A;;KA;;;BA)"),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


@pytest.mark.parametrize(
    ("host", "expected", "restarts"),
    [
        (_chosen(), ["certificate.not_presented"], True),
        (_chosen(sddl=UNREADABLE), ["certificate.key_unreadable"], True),
        (_chosen(days=-3), ["certificate.pin_expired"], False),
        (_chosen(days=-3, sddl=UNREADABLE), ["certificate.pin_expired", "certificate.key_unreadable"], True),
        (Host().pin("AB" * 20), ["certificate.pin_dead"], False),
    ],
)
def test_a_certificate_that_stands_in_lets_clients_in(host: Host, expected: list[str], restarts: bool) -> None:
    seen = probe(certificate={"sha1": host.thumbprint, "days_left": 100})
    before = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(seen))
    assert ids(before.diagnosis) == expected and before.diagnosis.verdict == "degraded", "clients get in"
    assert plan(before, RepairPolicy()).disruption == "none"
    todo = plan(before, RepairPolicy(allow_disconnect=True))
    assert any(step.op == "service.restart" for step in todo.steps) is restarts
    # The same where no client gets in.
    assert run(host, RESET).verdict == "broken"


@pytest.mark.parametrize(("seen", "expected"), [(IN, []), (None, ["certificate.store_name"])])
def test_a_store_that_no_value_names_keeps_nobody_out_who_gets_in(seen: Sight | None, expected: list[str]) -> None:
    """Hosts that were upgraded from old releases may have no such value."""
    assert ids(run(Host().setting("winstations", "SelfSignedCertStore", None), seen)) == expected


def test_a_key_that_is_held_open_can_wait() -> None:
    host = _chosen(sddl=UNREADABLE)
    bound = host.sections["certificates"]["stores"]["My"]["certificates"][0]["thumbprint"]
    before = assess(
        Snapshot.of(host.to_answer(), NOW), ProbeResult(probe(certificate={"sha1": bound, "days_left": 100}))
    )
    assert before.diagnosis.findings[0].summary.endswith(
        "; the service still holds a key that it opened earlier and will fail at its next start"
    )
    assert [step.op for step in plan(before, RepairPolicy(allow_disconnect=True)).steps] == ["acl.set"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"self_signed": True, "common_name": "WEB01"}, "certificate.not_presented"),
        ({"self_signed": True, "common_name": "web01.corp.test"}, "certificate.not_presented"),
        ({"self_signed": False, "common_name": "WEB01"}, "interference.tls_inspected"),
        ({"self_signed": True, "common_name": "inspection"}, "interference.tls_inspected"),
    ],
)
def test_what_the_host_once_made_is_no_stranger_s(more: dict[str, Any], expected: str) -> None:
    """After a renewal the running service may still present the earlier one, which is in no store any more."""
    assert ids(run(Host(), probe(certificate={"sha1": "EF" * 20, "days_left": 100, **more}))) == [expected]


@pytest.mark.parametrize(
    ("made", "left"), [(None, True), (timedelta(hours=2), True), (timedelta(minutes=30), False), (timedelta(0), False)]
)
def test_a_renewal_that_succeeded_since_is_not_failing(made: timedelta | None, left: bool) -> None:
    """The log still holds why an earlier one failed."""
    host = Host().event(RCM, 1058, numbers=(0x80070005,), at=NOW - timedelta(hours=1))
    if made is not None:
        host.event(RCM, 1056, at=NOW - made)
    assert ids(run(host, IN)) == (["certificate.renewal_failing"] if left else [])


_WITHOUT: dict[str, Callable[[Host], Host]] = {
    "ended": lambda host: host.expire(),
    "none": no_store_entry,
    "no key": lambda host: host.key_file.update(exists=False, sddl=None) or host,
}


@pytest.mark.parametrize("lacks", [*_WITHOUT])
@pytest.mark.parametrize(("event", "status"), [(1057, 0x80090008), (1058, 0x8009000F), (1058, 0x80070005)])
@pytest.mark.parametrize("hours", [1, 25, 70])
def test_the_last_renewal_tells_of_the_next_however_old_it_is(lacks: str, event: int, status: int, hours: int) -> None:
    """Where a certificate is needed; and until another came, or Windows or SessionEnv was started and it did not fail
    again.
    """

    def made(*, started: float | None = None, alone: bool = False) -> Host:
        host = _WITHOUT[lacks](Host()).event(RCM, event, 3, numbers=(status,), at=NOW - timedelta(hours=hours))
        if started is not None:
            since = utc(NOW - timedelta(hours=started))
            host.sections["services"]["SessionEnv"].update(started=since) if alone else host.sections["host"].update(
                boot_utc=since
            )
        return host

    def renews(host: Host) -> bool:
        done = plan(assess(Snapshot.of(host.answer, NOW), ProbeResult(RESET)), RepairPolicy()).steps
        return "certificate.renew" in [step.op for step in done]

    # What is denied to a key that is gone is not denied to the next one.
    fails = status != 0x80070005 or lacks != "no key"
    assert renews(made()) is not fails
    failing = [one.summary for one in run(made(), RESET).findings if one.id == "certificate.renewal_failing"]
    assert not fails or f"0x{status:08X}" in "".join(failing)
    for alone in (False, True):
        # A minute after its start the host has not come to it.
        assert renews(made(started=1 / 60, alone=alone)) is not fails
        assert renews(made(started=0.5, alone=alone)) and renews(made(started=hours + 1, alone=alone)) is not fails
    assert renews(made().event(RCM, 1056, at=NOW - timedelta(minutes=30)))


@pytest.mark.parametrize("lacks", ["ended", "none"])
@pytest.mark.parametrize("status", [0x800706BA, 0x80094012, 0x80094800, 0x80092013])
@pytest.mark.parametrize("hours", [0.25, 30])
def test_a_template_that_is_not_enrolled_goes_before_the_certificate_that_it_was_to_replace(
    lacks: str, status: int, hours: float
) -> None:
    """Until the request is answered Windows goes on with what it has: nothing here gets it another."""
    host = _WITHOUT[lacks](Host()).setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    host.event(RCM, 1064, 3, numbers=(status,), at=NOW - timedelta(hours=hours))
    symptom = "certificate.expired" if lacks == "ended" else "certificate.missing"
    for sight in (RESET, None, IN):
        before = assess(Snapshot.of(host.answer, NOW), ProbeResult(sight))
        cause, other = before.diagnosis.findings[:2]
        assert (cause.id, cause.owner, other.id) == ("certificate.template_failing", "policy", symptom)
        assert (cause.confidence, other.confidence, cause.severity) == ("likely", "likely", other.severity)
        made = plan(before, RepairPolicy())
        assert not made.rungs and cause.summary in [one.summary for one in made.blocked if one.finding == symptom]
    host.event(RCM, 1063, at=NOW - timedelta(minutes=1))
    assert run(host, RESET).findings[0].id == symptom


@pytest.mark.parametrize(("hours", "confidence"), [(1, "proven"), (30, "likely"), (70, "likely")])
def test_what_failed_days_ago_proves_nothing_of_now(hours: int, confidence: str) -> None:
    host = no_store_entry(Host()).event(RCM, 1057, 3, numbers=(0x80090008,), at=NOW - timedelta(hours=hours))
    cause = run(host, RESET).findings[0]
    assert (cause.id, cause.confidence) == ("certificate.renewal_failing", confidence)


def test_the_statuses_are_those_of_the_last_failures() -> None:
    host = no_store_entry(Host()).event(RCM, 1057, 2, numbers=(0x80090008,), at=NOW - timedelta(hours=70))
    host.event(RCM, 1057, 2, numbers=(0x80070070,), at=NOW - timedelta(hours=40))
    assert "0x80070070" in run(host, RESET).findings[0].summary
    assert "0x80090008" not in run(host, RESET).findings[0].summary


def test_an_old_failure_is_no_finding_where_the_certificate_serves() -> None:
    assert ids(run(Host().event(RCM, 1057, numbers=(0x80090008,), at=NOW - timedelta(hours=30)), IN)) == []


@pytest.mark.parametrize("left", [True, False])
def test_a_key_file_in_the_way_is_in_the_way_of_each_new_one(left: bool) -> None:
    """NTE_EXISTS: a renewal would end the same way, so none is tried, due or not."""
    host = Host() if left else Host().expire()
    host.event(RCM, 1057, numbers=(0x8009000F,), at=NOW - timedelta(minutes=5))
    found = run(host, IN if left else RESET)
    [failing] = [one for one in found.findings if one.id == "certificate.renewal_failing"]
    assert failing.advice and "f686aace6942fb7f7ceb231212eef4a4_" in failing.advice
    assert failing.severity == ("warning" if left else "critical")
    assert found.findings[0] is failing or left


@pytest.mark.parametrize(
    ("service", "confidence"),
    [
        ({"start": 4, "state": 1}, "likely"),
        # Disabled is what it will be at the next start; by now it runs.
        ({"start": 4, "state": 4}, "proven"),
        ({"start": 3, "state": 1}, "proven"),
    ],
)
@pytest.mark.parametrize("name", ["KeyIso", "CryptSvc"])
def test_no_certificate_is_what_comes_of_a_service_of_keys_that_is_off(
    name: str, service: dict[str, int], confidence: str
) -> None:
    host = no_store_entry(Host()).service(name, **service)
    [found] = [one for one in run(host, RESET).findings if one.id == "certificate.missing"]
    assert found.confidence == confidence


# Templates ------------------------------------------------------------------------------------------------------------

AUTOENROLL = "Microsoft-Windows-CertificateServicesClient-AutoEnrollment"


def _refused(at: timedelta = timedelta()) -> Host:
    """A policy names a template, and SessionEnv could not enrol from it."""
    host = Host().setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    return host.event(RCM, 1064, at=NOW - at)


@pytest.mark.parametrize(
    ("provider", "number", "code", "summary", "advice"),
    [
        (RCM, 1065, 0x80094012, "does not let this computer enrol", "Enroll on the template"),
        (ENROLL, 13, 0x80070005, "does not let this computer enrol", "Request Certificates on the CA"),
        (ENROLL, 13, 0x80094800, "No certification authority offers", "certutil -CATemplates"),
        (ENROLL, 82, 0x800706BA, "No certification authority answers", "certutil -config CAHOST\\CANAME -ping"),
        (AUTOENROLL, 6, 0x8007054B, "No certification authority answers", "certutil -config CAHOST\\CANAME -ping"),
        (ENROLL, 13, 0x80004005, "cannot be enrolled", "the template's name and display name"),
    ],
)
def test_why_a_template_does_not_enrol(provider: str, number: int, code: int, summary: str, advice: str) -> None:
    host = _refused().event(provider, number, numbers=(code,), log="Application")
    [finding] = [one for one in run(host).findings if one.id == "certificate.template_failing"]
    assert summary in finding.summary and advice in (finding.advice or "")
    assert finding.has_remedy and not finding.automatic


def test_a_request_of_somebody_else_is_no_fault_of_the_listener_s() -> None:
    host = Host().event(ENROLL, 13, numbers=(0x80094012,), log="Application")
    assert "certificate.template_failing" not in ids(run(host))
    host.setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    assert "certificate.template_failing" not in ids(run(host))


def test_a_certificate_that_came_since_settles_it() -> None:
    host = _refused(timedelta(hours=2)).event(RCM, 1063, at=NOW - timedelta(hours=1))
    assert "certificate.template_failing" not in ids(run(host))
    assert "certificate.template_failing" in ids(run(_refused().event(RCM, 1063, at=NOW - timedelta(hours=1))))


def test_a_template_whose_certificate_has_another_name_is_told_with_what_to_change() -> None:
    """Windows shows its own certificate then, so that clients get in and only warn (event 1062)."""
    host = Host().setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    host.event(RCM, 1062, at=NOW - timedelta(hours=3))
    [found] = [one for one in run(host, IN).findings if one.id == "certificate.template_failing"]
    assert (found.owner, found.severity) == ("policy", "warning") and "name in DNS" in found.summary
    assert "DNS name" in (found.advice or "")


@pytest.mark.parametrize("changes", [{"policy": False}, {"days": 3}])
def test_a_name_that_no_template_is_asked_for_or_that_was_put_right_is_no_fault(changes: dict[str, int]) -> None:
    host = Host()
    if changes.get("policy", True):
        host.setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    host.event(RCM, 1062, at=NOW - timedelta(days=changes.get("days", 0), hours=1))
    assert "certificate.template_failing" not in ids(run(host, IN))


@pytest.mark.parametrize(("made_for", "former"), [("accounting-server07", False), ("accounting-server08", True)])
def test_a_name_longer_than_that_of_netbios_is_no_former_name(made_for: str, former: bool) -> None:
    """Windows cuts a computer's name after 15 characters; a certificate has the whole one, of DNS."""
    host = Host()
    host.sections["host"].update(computer_name="ACCOUNTING-SERV", dns_host_name="accounting-server07")
    der = make_der(NOW - timedelta(days=10), NOW + timedelta(days=170), f"{made_for}.corp.example")
    thumbprint = host.add(der, "Remote Desktop", host.key_file)
    host.setting("winstations", "SelfSignedCertificate", binary(bytes.fromhex(thumbprint)))
    found = run(host, RESET)
    assert ("certificate.name_mismatch" in ids(found)) is former, ids(found)


def _of_a_former_name() -> Host:
    host = Host()
    der = make_der(NOW - timedelta(days=80), NOW + timedelta(days=100), "OLDPC")
    thumbprint = host.add(der, "Remote Desktop", host.key_file)
    return host.setting("winstations", "SelfSignedCertificate", binary(bytes.fromhex(thumbprint)))


def _folder_without_system(host: Host) -> None:
    host.sections["key_files"]["folder"]["sddl"] = "O:BAG:SYD:PAI(A;;FA;;;S-1-5-21-1-2-3-1001)"


def _store_without_system(host: Host) -> None:
    host.sections["certificates"]["stores"]["Remote Desktop"]["sddl"] = "O:BAG:SYD:PAI(D;;DCLC;;;SY)(A;CI;KA;;;BA)"


@pytest.mark.parametrize(
    ("denied", "id_"),
    [
        (_folder_without_system, "machine_keys.system_denied"),
        (_store_without_system, "certificate.store_denied"),
    ],
)
def test_what_keeps_another_certificate_from_being_made_stands_before_the_former_name(
    denied: Callable[[Host], None], id_: str
) -> None:
    """The advice on the name is to remove the certificate, and none would come."""
    host = _of_a_former_name()
    assert ids(run(host, RESET))[0] == "certificate.name_mismatch"
    denied(host)
    first, second = run(host, RESET).findings[:2]
    assert (first.id, second.id) == (id_, "certificate.name_mismatch") and first.severity == "critical"


@pytest.mark.parametrize("status", [0x80070005, 0x80090010])
@pytest.mark.parametrize(("left_over", "certificate"), [(True, False), (False, False), (True, True)])
def test_a_key_that_is_left_over_and_denied_is_not_tried_again(status: int, left_over: bool, certificate: bool) -> None:
    """With a certificate its key's access list was read, and what is denied there is repaired; without any key of the
    host nothing that is known is in the way.
    """
    host = Host().expire() if certificate else no_store_entry(Host())
    if not left_over:
        host.sections["key_files"]["own_keys"] = []
    host.event(RCM, 1057, numbers=(status,), at=NOW - timedelta(minutes=5))
    failing = [one for one in run(host, RESET).findings if one.id == "certificate.renewal_failing"]
    assert bool(failing) == (left_over and not certificate)
    assert all("f686aace6942fb7f7ceb231212eef4a4_" in str(one.advice) for one in failing)


@pytest.mark.parametrize("status", [0x80070005, 0x80090010])
@pytest.mark.parametrize("certificate", [True, False])
def test_what_was_denied_again_and_again_where_no_list_denies_it_is_not_tried_again(
    status: int, certificate: bool
) -> None:
    def host(times: int, sddl: str | None = None) -> Host:
        made = Host().expire() if certificate else no_store_entry(Host())
        made.sections["key_files"]["own_keys"] = []
        if sddl:
            made.key_file["sddl"] = sddl
        return made.event(RCM, 1058, times, numbers=(status,), at=NOW - timedelta(minutes=5))

    again = run(host(3), RESET)
    assert again.findings[0].id == "certificate.renewal_failing" and f"0x{status:08X}" in again.findings[0].summary
    denying = ("O:BAG:BAD:P(A;;FA;;;BA)", "O:NSG:NSD:P(A;;FA;;;NS)") * certificate
    for other in (host(1), *(host(3, sddl) for sddl in denying)):
        assert "certificate.renewal_failing" not in ids(run(other, RESET))


@pytest.mark.parametrize("sight", [RESET, None, IN])
def test_that_no_authority_answers_goes_before_the_certificate_that_ended_by_it(sight: Sight | None) -> None:
    host = Host().setting("policy", "CertTemplateName", {"type": "string", "data": "RDP"})
    stores = host.expire().sections["certificates"]["stores"]
    stores["My"]["certificates"] += stores["Remote Desktop"]["certificates"]
    host.key_file["store"] = "My"
    host.setting("winstations", "TemplateCertificate", binary(bytes.fromhex(host.thumbprint)))
    host.event(RCM, 1064, numbers=(0x800706BA,), at=NOW - timedelta(minutes=9))
    assert ids(run(host, sight))[:2] == ["certificate.template_failing", "certificate.template_expired"]


@pytest.mark.parametrize("code", ["0x1B07", "0x80090328", "RDP says the certificate has expired"])
@pytest.mark.parametrize("seen", [IN, None])
def test_a_certificate_that_has_expired_is_what_a_client_says_so_of(code: str, seen: Sight | None) -> None:
    found = run(Host().expire(3), seen, code).findings
    assert [one.id for one in found] == ["certificate.expired"]
    assert any(evidence.where == "the user's client" for evidence in found[0].evidence_for)
    # The host's is alive: the client's clock, or another certificate.
    assert ids(run(Host(), seen, code)) == ["client.certificate_refused"]
    # Another one is presented in the place of the one that has expired, or the client says something else.
    replaced = probe(certificate={"sha1": Host().thumbprint, "days_left": 100})
    assert "client.certificate_refused" in ids(run(_chosen(days=-3), replaced, code))
    assert "client.certificate_refused" in ids(run(Host().expire(3), seen, "0x607"))


def test_a_template_s_certificate_that_cannot_be_used_is_no_matter_of_its_enrolment() -> None:
    host = Host().setting("policy", "CertTemplateName", {"type": "string", "data": "RdpHosts"})
    host.event(RCM, 1058, 2).event("Schannel", 36870, numbers=(0x8009030D,))
    [found] = [one for one in run(host, RESET).findings if one.id == "certificate.template_failing"]
    assert "cannot use the certificate" in found.summary
    assert "Manage Private Keys" in (found.advice or "") and "right to enrol" not in (found.advice or "")


def _store(sddl: str | None) -> Host:
    host = Host()
    host.sections["certificates"]["stores"]["Remote Desktop"]["sddl"] = sddl
    return host


@pytest.mark.parametrize(
    ("dacl", "who"),
    [
        ("(D;CI;KA;;;SY)(A;CI;KA;;;BA)", "SYSTEM (S-1-5-18)"),
        ("(D;CI;KW;;;WD)(A;CI;KA;;;SY)(A;CI;KA;;;BA)", "Everyone (S-1-1-0)"),
        ("(D;;0x4;;;BA)(A;;KA;;;SY)", "Administrators (S-1-5-32-544)"),
        ("(D;;KA;;;AU)(A;;KA;;;SY)", "(S-1-5-11)"),
        ("(A;CI;KR;;;SY)(A;CI;KR;;;BU)", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_a_store_into_which_system_may_not_write_is_told_whoever_is_denied(
    dacl: str, who: str | None, seen: Sight | None
) -> None:
    """SYSTEM is one of Administrators, Everyone and Authenticated Users; and what nobody grants it has not."""
    found = next(one for one in run(_store(f"O:BAG:SYD:PAI{dacl}"), seen).findings)
    assert (found.id, found.severity, found.confidence) == ("certificate.store_denied", "warning", "likely")
    told = f"a denial for {who}" if who and who.startswith("SYSTEM") else who or "nothing grants SYSTEM"
    assert told in found.evidence_for[0].fact
    assert ("remove the denial for" in (found.advice or "")) == bool(who)
    assert ("give SYSTEM Full Control" in (found.advice or "")) != bool(who)


@pytest.mark.parametrize(
    "sddl",
    [
        None,
        "O:BAG:SYD:AI(A;CIID;KA;;;SY)(A;CIID;KA;;;BA)(A;CIID;KR;;;BU)",
        "O:BAG:SYD:PAI(A;CI;KR;;;SY)(A;CI;KA;;;BA)",  # by Administrators
        "O:BAG:SYD:(D;CIIO;KA;;;SY)(A;CI;KA;;;SY)",  # for what inherits from it alone
        "O:BAG:SYD:(D;;KR;;;SY)(A;;0x6;;;BA)",  # to read
        "O:BAG:SYD:(D;;KA;;;BU)(A;;KA;;;SY)",
        "O:BAG:SYD:NO_ACCESS_CONTROL",
    ],
)
def test_a_store_into_which_system_may_write_is_in_order(sddl: str | None) -> None:
    assert ids(run(_store(sddl), IN)) == []
