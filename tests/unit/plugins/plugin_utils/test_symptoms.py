# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is missing, stopped, ended or not listening is not proven to be the cause while something else may bring it
about: each symptom, with each deeper cause and each error that nobody explains."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    PROVEN,
    WARNING,
    Context,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import STATUS, WIN32, in_words
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.symptoms import weighed
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, providers
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts import faults
from tests.hosts.snapshots import NOW, Host, binary, dword, probe
from tests.profiles import each, examples, some

SCM, RCM, LSM = "Service Control Manager", providers.RCM, "Microsoft-Windows-TerminalServices-LocalSessionManager"
Change = Callable[[Host], object]
Sight = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """What was found on a host, the best first, and the default plan as ``op target``."""

    findings: tuple[Finding, ...]
    steps: tuple[str, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    def get(self, id_: str) -> Finding | None:
        return next((one for one in self.findings if one.id == id_), None)

    def proves(self, id_: str) -> bool:
        return any(one.id == id_ and one.confidence == PROVEN for one in self.findings)

    def starts(self, name: str) -> bool:
        return f"service.start {name}" in self.steps


def judge(host: Host, sight: Sight | None) -> Judged:
    before = assess(Snapshot.of(host.answer, NOW), ProbeResult(sight), None)
    rungs = plan(before, RepairPolicy()).rungs
    steps = tuple(f"{step.op} {step.target}" for rung in rungs for step in rung.steps)
    return Judged(before.diagnosis.findings, steps)


def down(host: Host) -> Host:
    host.sections["port"]["listeners"].clear()
    return host.service("TermService", state=1, pid=0).service("UmRdpService", state=1, pid=0)


def no_certificate(host: Host) -> None:
    faults.no_store_entry(host).setting("winstations", "SelfSignedCertificate", None)
    host.sections["key_files"]["files"].clear()


def service(name: str, **changes: Any) -> Change:
    """A service that was deleted stays so."""
    return lambda host: host.sections["services"][name] and host.service(name, **changes)


def ended(name: str, code: int | None, **more: Any) -> Change:
    return service(name, state=1, pid=0, exit_code=code, **more)


def deleted(name: str) -> Change:
    return lambda host: host.sections["services"].update({name: None})


def logged(provider: str, number: int, *numbers: int, count: int = 1, at: int = 0) -> Change:
    return lambda host: host.event(provider, number, count, "System", numbers, NOW - timedelta(seconds=at))


def named(number: int, name: str | None, count: int = 1, at: datetime = NOW) -> Change:
    """Events of the service manager about this service."""
    return lambda host: host.event(SCM, number, count, at=at, service=name)


def crashed(name: str) -> Change:
    modules = (f"svchost.exe_{name}", "ntdll.dll")
    return lambda host: host.event("Application Error", 1000, 2, "Application", (0xC0000409,), NOW, modules)


def bound_in_my(host: Host, group: str, name: str) -> None:
    """The same certificate, expired and chosen: pinned or enrolled."""
    stores = host.expire().sections["certificates"]["stores"]
    stores["My"]["certificates"] += stores["Remote Desktop"]["certificates"]
    host.key_file["store"] = "My"
    host.setting(group, name, binary(bytes.fromhex(host.thumbprint)))


# Each symptom alone: what makes it, and the look that proves it.
SYMPTOMS: dict[str, tuple[Change, Sight]] = {
    "service.stopped": (down, faults.REFUSED),
    "service.disabled": (lambda host: down(host).service("TermService", start=4), faults.REFUSED),
    "listener.not_listening": (faults.not_listening, faults.REFUSED),
    "certificate.missing": (no_certificate, faults.DIES),
    "certificate.expired": (lambda host: host.expire(), faults.DIES),
    "certificate.not_yet_valid": (faults.not_yet_valid, faults.DIES),
    "certificate.pin_expired": (lambda host: bound_in_my(host, "rdp_tcp", "SSLCertificateSHA1Hash"), faults.DIES),
    "certificate.template_expired": (lambda host: bound_in_my(host, "winstations", "TemplateCertificate"), faults.DIES),
}
NOT_MADE = ("certificate.missing", "certificate.expired")
# What looks can come to.
SIGHTS: tuple[Sight, ...] = (
    faults.IN,
    faults.REFUSED,
    faults.TIMEOUT,
    faults.DIES,
    faults.RESET,
    faults.ALERT,
    faults.NLA_DIES,
    probe("name", "unknown", address=None),
    probe("negotiation", "closed"),
    probe("negotiation", "silent"),
    probe("negotiation", "not_rdp"),
    probe("negotiation", "denied", failure={"number": 2}),
    probe("negotiation", "denied", failure={"number": 3}),
    probe("tls", "silent"),
)
DATES = ("certificate.expired", "certificate.not_yet_valid", "certificate.pin_expired", "certificate.template_expired")
# What of the log speaks near which symptom: providers and events, and when.
OF_SERVICES = [(SCM, number) for number in (7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038)]
OF_RENEWALS = [(RCM, 1057), (RCM, 1058)]
OF_ENROLMENT = [(RCM, 1064), (RCM, 1065)]
OF_THE_LOOK = [("Schannel", number) for number in (36870, 36871, 36874, 36888)]
NEAR_EVENTS = [
    *(("service.stopped", event) for event in (*OF_SERVICES, (LSM, 17))),
    *(("listener.not_listening", event) for event in (*OF_SERVICES, (LSM, 17), (RCM, 1035), (RCM, 1036))),
    *((id_, event) for id_ in NOT_MADE for event in (*OF_SERVICES, *OF_RENEWALS, *OF_ENROLMENT)),
    *(("certificate.template_expired", event) for event in OF_ENROLMENT),
    *((id_, event) for id_ in DATES for event in OF_THE_LOOK),
]
NEAR_SERVICES = [
    ("service.stopped", "TermService"),
    ("service.disabled", "TermService"),
    *((id_, name) for id_ in NOT_MADE for name in ("SessionEnv", "KeyIso", "CryptSvc")),
]
# Exit codes of a service that tell of no error.
IN_ORDER = (0, 1077)
CODES = (*range(1, 1101), *sorted(set(WIN32) - set(range(1101))), *(code - 2**32 for code in sorted(STATUS)))
# A run that has not the time for all takes some of every kind; a deep one takes all.
TRIED = some(CODES, 29)


def broken(id_: str, *changes: Change) -> tuple[Host, Sight]:
    host, (change, sight) = Host(), SYMPTOMS[id_]
    for one in (change, *changes):
        one(host)
    return host, sight


@pytest.mark.parametrize("id_", SYMPTOMS)
def test_a_symptom_alone_is_proven(id_: str) -> None:
    judged = judge(*broken(id_))
    assert (judged.first.id, judged.first.confidence, judged.first.needs_evidence) == (id_, PROVEN, ())


def test_each_symptom_is_tried() -> None:
    assert {one.id for one in catalogue.ALL.values() if one.doubted_by} - set(SYMPTOMS) == {
        "service.sessionenv_stopped",  # keeps nobody out by itself, and is never proven
        "certificate.wrong_purpose",  # a chosen certificate, as the pinned one
    }


# Services that ended with an error ------------------------------------------------------------------------------------


def explained_or_named(judged: Judged, id_: str, code: int) -> None:
    """The symptom is not proven; where nothing else is found in its place, it says what is not explained."""
    assert not judged.proves(id_), code
    left = judged.get(id_)
    if judged.first is left:
        assert in_words(code) in " ".join(left.needs_evidence), code
    assert judged.first.confidence != POSSIBLE and judged.first.severity == CRITICAL, code


@pytest.mark.parametrize(("id_", "name"), NEAR_SERVICES)
def test_an_error_of_a_service_is_not_passed_over(id_: str, name: str) -> None:
    host, sight = broken(id_)
    for code in TRIED:
        ended(name, code)(host)
        judged = judge(host, sight)
        if code in IN_ORDER or (code == 1058 and id_ == "service.disabled"):
            continue
        explained_or_named(judged, id_, code)
        assert not judged.starts(name), code
        assert name != "SessionEnv" or "certificate.renew" not in " ".join(judged.steps), code


@pytest.mark.parametrize(("id_", "name"), NEAR_SERVICES)
def test_a_service_that_runs_has_not_failed(id_: str, name: str) -> None:
    """Whatever code is left of an earlier end."""
    for code in (1066, None):
        assert name == "TermService" or judge(*broken(id_, service(name, state=4, exit_code=code))).proves(id_)


def test_a_start_that_was_refused_since_the_service_is_disabled_is_no_error_of_its_own() -> None:
    judged = judge(*broken("service.disabled", ended("TermService", 1058)))
    assert judged.proves("service.disabled") and judged.starts("TermService")
    judged = judge(*broken("certificate.missing", ended("SessionEnv", 1058, start=4)))
    assert judged.first.id == "service.disabled" and judged.starts("SessionEnv")
    # One that is disabled no more was not started for another reason.
    judged = judge(*broken("service.disabled", ended("TermService", 126)))
    assert not judged.starts("TermService")


def test_a_start_of_which_little_is_known_is_tried() -> None:
    """It costs nobody anything, and nothing says that it failed before."""
    for change in (lambda host: host.without("events"), ended("TermService", None)):
        judged = judge(*broken("service.stopped", change))
        assert not judged.proves("service.stopped") and judged.starts("TermService")


@pytest.mark.parametrize("change", [deleted("UmRdpService"), service("UmRdpService", start=4)])
def test_a_redirector_that_cannot_be_started_keeps_nothing_back(change: Change) -> None:
    judged = judge(*broken("service.stopped", change))
    assert judged.starts("TermService") and not judged.starts("UmRdpService")


def test_an_error_near_a_symptom_comes_of_the_cause_that_is_found() -> None:
    changes = (ended("SessionEnv", 1077, start=4), logged(SCM, 7001, 1058))
    left = judge(*broken("certificate.missing", *changes)).get("certificate.missing")
    assert left and len(left.needs_evidence) == 1 and "service.disabled" in left.needs_evidence[0], left


def test_a_redirector_that_failed_is_not_started_along() -> None:
    host, sight = broken("service.stopped")
    for code in TRIED:
        ended("UmRdpService", code)(host)
        judged = judge(host, sight)
        assert judged.first.id == "service.stopped" and judged.starts("TermService"), code
        assert judged.starts("UmRdpService") == (code in (*IN_ORDER, 1068)), code


@pytest.mark.parametrize("code", [1, 87, 126, 1066, 1067, 0x80070005 - 2**32, 0xC0000005 - 2**32])
def test_a_certificate_service_that_failed_is_not_started_along(code: int) -> None:
    judged = judge(*broken("service.stopped", ended("SessionEnv", code)))
    assert judged.starts("TermService") and not judged.starts("SessionEnv")
    alone = Host()
    ended("SessionEnv", code)(alone)
    judged = judge(alone, faults.IN)
    assert judged.first.type.group == "service" and judged.first.advice and judged.steps == ()


# Errors in the log ----------------------------------------------------------------------------------------------------


def statuses() -> list[int]:
    known = [*STATUS, *(0x80070000 | code for code in WIN32 if 0 < code < 0x10000), 0x80070000 | 4242]
    usual = [0x80070005, 0x80090010, 0x8009000F, 0x80090016, 0x80090008]
    return [*some(known, 53), *usual, 0x80090FFF]


@pytest.mark.takes_long
@each("at, cause", enumerate(NEAR_EVENTS))
def test_an_error_in_the_log_is_not_passed_over(at: int, cause: tuple[str, tuple[str, int]]) -> None:
    """The usual run takes every fourth of the numbers with one event, and others with the next."""
    id_, (provider, number) = cause
    numbers = [10, 40, 70, 80, 1205] if number == 36888 else [*statuses(), *some(WIN32, 11)]
    for told in (None, *some(numbers, 4, at)):
        host, sight = broken(id_, logged(provider, number, *([told] if told else [])))
        judged = judge(host, sight)
        assert not judged.proves(id_), told
        left = judged.get(id_)
        assert judged.first.confidence != POSSIBLE and (left is None or left.needs_evidence), told
        # A number that Windows has as a status is told; a small one may be a count.
        if judged.first is left and told in STATUS:
            assert in_words(told) in " ".join(left.needs_evidence), told
        assert not judged.starts("TermService"), told


@pytest.mark.parametrize("name", ["TermService", "SessionEnv", "UmRdpService", None])
def test_whose_start_failed_counts(name: str | None) -> None:
    """An event of before events had a name may be of any."""
    for number in (7000, 7009, 7023, 7034):
        event = named(number, name)
        of_it = name in ("TermService", None)
        assert judge(*broken("service.stopped", event)).proves("service.stopped") != of_it, number
        assert not judge(*broken("certificate.missing", event)).proves("certificate.missing")
        assert not judge(*broken("listener.not_listening", event)).proves("listener.not_listening")


@pytest.mark.parametrize("name", ["TermService", "UmRdpService", "CryptSvc", None])
@pytest.mark.parametrize("code", [0, 1077])
def test_what_ended_in_order_has_not_crashed(name: str | None, code: int) -> None:
    """Others did, or it did and ran again: it is started, and the crashes are told beside it."""
    crashes = named(7034, name, 3, NOW - timedelta(days=2))
    judged = judge(*broken("service.stopped", crashes, ended("TermService", code)))
    assert judged.first.id == "service.stopped" and judged.starts("TermService")
    assert not judged.proves("service.crashing") and judged.get("service.crashing")


def test_the_start_of_termservice_speaks_of_no_other_service() -> None:
    """Event 17 is of TermService alone: SessionEnv that is stopped did not fail with it."""
    host = Host()
    ended("SessionEnv", 0)(host)
    logged(LSM, 17, 0x80070005)(host)
    judged = judge(host, faults.IN)
    assert judged.starts("SessionEnv"), judged


@pytest.mark.parametrize("id_", ["service.stopped", "listener.not_listening", "certificate.missing"])
def test_what_is_long_past_is_no_doubt(id_: str) -> None:
    for event in (*OF_SERVICES, *OF_RENEWALS, *OF_ENROLMENT, (LSM, 17), (RCM, 1035)):
        assert judge(*broken(id_, logged(*event, 126, at=30 * 86400))).proves(id_), event


@pytest.mark.parametrize(
    "later",
    [
        *(logged(RCM, number, at=60) for number in (1056, 1057, 1058, 1064)),  # SessionEnv writes these
        logged(RCM, 1149, at=-86400 * 300),
        lambda host: host.sections["host"].update(boot_utc="2027-11-23T11:00:00.000Z"),
    ],
)
def test_a_start_that_failed_is_not_forgotten(later: Change) -> None:
    """Only what tells that TermService ran since then does away with it, and no time that has not come yet."""
    failed = logged(SCM, 7023, 126, at=600)
    judged = judge(*broken("service.stopped", failed, later))
    assert judged.first.id == "service.cannot_start" and not judged.starts("TermService")
    for told in (258, 261, 1149):
        judged = judge(*broken("service.stopped", failed, logged(RCM, told, at=60)))
        assert judged.proves("service.stopped") and judged.starts("TermService"), told


# What was not read ----------------------------------------------------------------------------------------------------

# The sections that the errors near a symptom, and its deeper causes, are seen in.
_OF_HANDSHAKES = ("events", "listener", "registry", "certificates", "key_files", "services", "products")
SEEN_IN = {
    "service.stopped": ("services", "events", "registry", "files", "host"),
    "service.disabled": ("services",),
    "listener.not_listening": ("services", "events", "registry", "files", "host", "port", "listener"),
    "certificate.missing": ("services", "events", "registry", "host", "listener", "certificates", "key_files"),
    "certificate.expired": (*_OF_HANDSHAKES, "host"),
    **dict.fromkeys(("certificate.not_yet_valid", "certificate.pin_expired"), _OF_HANDSHAKES),
    "certificate.template_expired": _OF_HANDSHAKES,
}


@each(("id_", "section"), [(id_, section) for id_ in SEEN_IN for section in SEEN_IN[id_]])
def test_what_was_not_read_is_not_in_order(id_: str, section: str) -> None:
    host, sight = broken(id_)
    assert not judge(host.without(section), sight).proves(id_)


@pytest.mark.parametrize("id_", [id_ for id_ in SYMPTOMS if id_ != "service.disabled"])
def test_a_log_that_does_not_go_back_tells_nothing(id_: str) -> None:
    denied = {"code": -2147024891, "type": "System.UnauthorizedAccessException", "message": "denied"}
    for change in (
        lambda host: host.log("System", denied),
        lambda host: host.log("System", oldest="2026-11-23T12:00:00.000Z"),
    ):
        judged = judge(*broken(id_, change))
        left = judged.get(id_)
        assert not judged.proves(id_) and (left is None or "log System" in " ".join(left.needs_evidence))


@each(("id_", "name"), NEAR_SERVICES)
@each("row", [{"state": 1, "exit_code": None}, {"state": None, "exit_code": None}, None], ids=str)
def test_a_service_of_which_little_is_known_is_a_doubt(id_: str, name: str, row: dict[str, Any] | None) -> None:
    host, sight = broken(id_)
    host.sections["services"][name] = row and {**host.sections["services"][name], **row, "pid": 0}
    assert not judge(host, sight).proves(id_)


# Deeper causes --------------------------------------------------------------------------------------------------------

DEEPER: dict[str, tuple[str, Change, tuple[str, ...]]] = {
    "SessionEnv disabled": ("service.disabled", ended("SessionEnv", 1077, start=4), NOT_MADE),
    "SessionEnv stopped": ("service.sessionenv_stopped", ended("SessionEnv", 0), NOT_MADE),
    "SessionEnv cannot start": ("service.sessionenv_cannot_start", ended("SessionEnv", 126), NOT_MADE),
    "SessionEnv deleted": ("service.missing", deleted("SessionEnv"), NOT_MADE),
    "KeyIso disabled": ("service.disabled", ended("KeyIso", 1077, start=4), NOT_MADE),
    "CryptSvc disabled": ("service.disabled", ended("CryptSvc", 0, start=4), NOT_MADE),
    "folder of keys denies SYSTEM": (
        "machine_keys.system_denied",
        lambda host: faults.key_folder(host, "O:SYG:SYD:PAI(D;;FA;;;SY)(A;;0x12019f;;;WD)(A;;FA;;;BA)"),
        NOT_MADE,
    ),
    "store denies SYSTEM": (
        "certificate.store_denied",
        lambda host: faults.store_descriptor(host, "O:SYG:SYD:(D;;KW;;;SY)(A;;KA;;;BA)"),
        NOT_MADE,
    ),
    "drive full": ("system.disk_full", lambda host: host.sections["host"].update(free_bytes=0), NOT_MADE),
    "provider replaced": ("certificate.renewal_failing", logged(RCM, 1058, 0x80090008), NOT_MADE),
    "key in the way": ("certificate.renewal_failing", logged(RCM, 1057, 0x8009000F), NOT_MADE),
    "ProgramData moved": (
        "machine_keys.misplaced",
        lambda host: host.value(
            r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList",
            "ProgramData",
            {"type": "expand_string", "data": r"E:\Data"},
        ),
        NOT_MADE,
    ),
    "TermService deleted": (
        "service.missing",
        deleted("TermService"),
        ("service.stopped", "listener.not_listening"),
    ),
    "TermService crashes": (
        "service.crashing",
        lambda host: (ended("TermService", 1067)(host), logged(SCM, 7034, count=3)(host)),
        ("service.stopped",),
    ),
    "TermService crashes while it starts": (
        "service.crashing",
        lambda host: (ended("TermService", 1053)(host), crashed("TermService")(host)),
        ("service.stopped",),
    ),
    "ServiceDll replaced": (
        "service.dll_replaced",
        service("TermService", service_dll=r"C:\Program Files\RDP Wrapper\rdpwrap.dll"),
        ("service.stopped", "listener.not_listening"),
    ),
    "another account": (
        "service.account_changed",
        service("TermService", account="LocalSystem"),
        ("service.stopped", "listener.not_listening"),
    ),
    "a dependency is gone": (
        "service.cannot_start",
        lambda host: (service("TermService", depends_on=["CryptSvc"])(host), deleted("CryptSvc")(host)),
        ("service.stopped",),
    ),
    "setup is not over": (
        "system.setup_unfinished",
        lambda host: host.value(r"SYSTEM\Setup", "OOBEInProgress", dword(1)),
        ("service.stopped", "listener.not_listening"),
    ),
    "the listener's key is gone": ("listener.missing", faults.no_rdp_tcp, ("listener.not_listening",)),
    "Home": (
        "system.home_edition",
        lambda host: host.sections["host"].update(edition_id="Core", product_type=1),
        ("service.stopped", "listener.not_listening", "certificate.missing"),
    ),
}
PAIRS = [(name, id_) for name, (_cause, _change, symptoms) in DEEPER.items() for id_ in symptoms]


@each(("name", "id_"), PAIRS)
def test_a_deeper_cause_is_named_first(name: str, id_: str) -> None:
    cause, change, _symptoms = DEEPER[name]
    host, sight = broken(id_, change)
    judged = judge(host, sight)
    assert judged.first.id == cause and judged.first.severity == CRITICAL and judged.first.confidence != POSSIBLE
    assert not judged.proves(id_)
    left = judged.get(id_)
    assert left is None or left.needs_evidence


def test_what_comes_of_a_cause_is_not_proven_beside_it_whatever_else_is_asked_of_it() -> None:
    host = faults.key_gone(Host())
    DEEPER["ProgramData moved"][1](host)
    judged = judge(host, faults.DIES)
    assert judged.first.id == "machine_keys.misplaced" and judged.get("certificate.key_missing")
    assert not judged.proves("certificate.key_missing")


def _no_suites(host: Host) -> None:
    host.value(collect.SUITES_POLICY, "Functions", {"type": "string", "data": ""})


def _version_off(host: Host) -> None:
    host.value(collect.SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0))


@each(("change", "id_"), [(_no_suites, "tls.no_cipher_suites"), (_version_off, "tls.tls12_disabled")])
def test_an_end_date_stands_behind_what_is_proven_to_end_the_handshake(change: Change, id_: str) -> None:
    """Windows presents a certificate whatever its dates are."""
    host = Host(17763).expire()
    change(host)
    found = [one.id for one in judge(host, faults.DIES).findings]
    assert found[0] == id_ and "certificate.expired" in found[1:]


@each(
    ("change", "id_"),
    [
        (logged("Schannel", 36874), "tls.handshake_refused"),
        (logged("Schannel", 36888, 40, 1205), "tls.handshake_refused"),
        (named(7031, "TermService"), "service.crashing"),
    ],
)
def test_an_end_date_stands_behind_what_windows_logged_of_that_handshake(change: Change, id_: str) -> None:
    host = Host().expire()
    change(host)
    found = judge(host, faults.DIES)
    assert found.first.id == id_ and found.get("certificate.expired") and not found.proves("certificate.expired")
    # Of another time it says nothing of this one, nor of what keeps out whoever comes so far.
    early = Host().expire()
    early.event("Schannel", 36874, at=NOW - timedelta(hours=2))
    assert judge(early, faults.DIES).first.id == "certificate.expired"
    denied = faults.key_unreadable(Host())
    change(denied)
    assert judge(denied, faults.DIES).first.id == "certificate.key_unreadable"


@pytest.mark.parametrize("id_", SYMPTOMS)
def test_what_is_suspected_or_keeps_nobody_out_or_comes_later_takes_no_proof(id_: str) -> None:
    """Of every finding that there is, beside every symptom."""
    host, sight = broken(id_)
    ctx, symptom = Context(Snapshot.of(host.answer, NOW), ProbeResult(sight), None), judge(host, sight).first
    for type_ in catalogue.ALL.values():
        after_tls = type_.group in ("nla", "session", "licensing", "client")
        for severity, confidence in ((WARNING, PROVEN), (CRITICAL, POSSIBLE), (CRITICAL, PROVEN)):
            if (severity, confidence) != (CRITICAL, PROVEN) or after_tls:
                other = Finding(type_.id, severity, "x", confidence, target={"service": "UmRdpService"})
                found = weighed(ctx, [symptom, other])
                assert found[0] == symptom and symptom.confidence == PROVEN, (type_.id, severity, confidence)


@pytest.mark.parametrize("confidence", [PROVEN, LIKELY, POSSIBLE])
def test_a_suspicion_hides_nothing(confidence: str) -> None:
    """A deeper cause that is only suspected neither goes before a symptom nor lessens it."""
    host, sight = broken("certificate.missing")
    ctx = Context(Snapshot.of(host.answer, NOW), ProbeResult(sight), None)
    symptom = judge(host, sight).first
    for type_ in (one for one in catalogue.ALL.values() if symptom.id in one.brings_about):
        cause = Finding(type_.id, CRITICAL, "x", confidence=confidence, target={"service": "SessionEnv"})
        found = weighed(ctx, [symptom, cause])
        assert (found[0].id == symptom.id) == (confidence == POSSIBLE), type_.id
        assert (symptom in found) == (confidence == POSSIBLE), type_.id


@pytest.mark.parametrize("change", [faults.key_gone, lambda host: host.expire(), no_certificate, faults.not_yet_valid])
def test_nothing_is_taken_out_where_nobody_makes_another(change: Change) -> None:
    host = Host()
    change(host)
    deleted("SessionEnv")(host)
    for sight in (faults.DIES, faults.IN):
        assert not [step for step in judge(host, sight).steps if step.startswith("certificate.")]


@pytest.mark.parametrize("status", [0x80090008, 0x8009000F, 0x8009001D])
@pytest.mark.parametrize("change", [faults.key_gone, lambda host: host.expire(), no_certificate])
def test_a_renewal_that_must_fail_is_not_tried(change: Change, status: int) -> None:
    host = Host()
    change(host)
    assert any(step.startswith("certificate.renew") for step in judge(host, faults.DIES).steps)
    logged(RCM, 1058, status)(host)
    assert not any(step.startswith("certificate.renew") for step in judge(host, faults.DIES).steps)


# Access denied: another try may go better.
OF_ACCESS = {0x80070005, 0x80090010}
KNOWN = {*STATUS, *(0x80070000 | number for number in WIN32 if number)} - OF_ACCESS


def key_isolation_off(host: Host) -> None:
    no_certificate(host)
    service("KeyIso", start=4, state=1)(host)
    logged(RCM, 1057, 0x800706D9)(host)


def key_that_is_gone(host: Host) -> None:
    faults.key_gone(host)
    logged(RCM, 1058, 0x80090016)(host)


@pytest.mark.parametrize("change", [lambda host: host.expire(), no_certificate])
def test_whatever_kept_windows_from_making_a_certificate_stands_first_and_is_not_tried_again(change: Change) -> None:
    """For each status that has words, and for one that has none."""
    for status in some(sorted({*KNOWN, 0x80091234}), 5):
        host = Host()
        change(host)
        logged(RCM, 1057, status)(host)
        judged = judge(host, faults.DIES)
        assert judged.first.id == "certificate.renewal_failing", hex(status)
        assert judged.first.advice and in_words(status) in judged.first.summary
        assert not [step for step in judged.steps if step.startswith(("certificate.", "service."))], hex(status)


@pytest.mark.parametrize("status", [0x80070070, 0x800706BA, 0x80090016, 0x80090020, 0x80090029])
def test_an_expired_certificate_proves_no_failing_renewal(status: int) -> None:
    """Windows presents it all the same; without any there is nothing to present."""
    for change, proven in ((lambda host: host.expire(), False), (no_certificate, True)):
        host = Host()
        change(host)
        logged(RCM, 1058, status)(host)
        assert judge(host, faults.DIES).proves("certificate.renewal_failing") is proven


@pytest.mark.parametrize("change", [key_isolation_off, key_that_is_gone])
def test_a_reason_that_a_repair_sees_to_keeps_no_renewal_back(change: Change) -> None:
    host = Host()
    change(host)
    assert any(step.startswith("certificate.renew") for step in judge(host, faults.DIES).steps)


@pytest.mark.parametrize("status", [0x80070005, 0x80090008])
@pytest.mark.parametrize("locked", [True, False])
def test_a_key_file_that_sessionenv_cannot_replace_explains_that_it_is_denied(status: int, locked: bool) -> None:
    host, sight = broken("certificate.expired", logged(RCM, 1058, status))
    if locked:
        host.key_file["sddl"] = "O:BAG:BAD:PAI(A;;FA;;;NS)"
    assert judge(host, sight).proves("certificate.expired") == (locked and status == 0x80070005)


def test_a_renewal_that_must_fail_keeps_no_other_repair_back() -> None:
    host = faults.key_unreadable(Host())
    logged(RCM, 1058, 0x80090008)(host)
    before = judge(host, faults.DIES)
    assert [step.split()[0] for step in before.steps] == ["acl.set", "service.restart"], before


def test_what_keeps_nobody_out_takes_no_proof() -> None:
    """A service that is disabled and runs makes certificates until Windows starts again."""
    judged = judge(*broken("certificate.missing", service("KeyIso", start=4, state=4)))
    assert judged.get("service.disabled") and judged.proves("certificate.missing")


@pytest.mark.parametrize("status", [0x80090008, 0x8009000F])
def test_what_was_in_the_way_of_a_renewal_that_went_well_since_is_not_any_more(status: int) -> None:
    """What fails now is another thing, and the next renewal may well succeed."""
    before, made, now = logged(RCM, 1057, status, at=7200), logged(RCM, 1056, at=3600), logged(RCM, 1058, 0x80070005)
    judged = judge(*broken("certificate.expired", before, made, now))
    assert judged.get("certificate.renewal_failing") is None
    assert any(step.startswith("certificate.renew") for step in judged.steps)


@pytest.mark.parametrize("id_", DATES)
def test_a_date_is_not_proven_where_something_else_ends_the_handshake(id_: str) -> None:
    """Windows presents a certificate whatever its dates are."""
    for fault in faults.FAULTS:
        if fault.proves and fault.sight and ProbeResult(fault.sight).stage == "tls" and fault.finding not in DATES:
            judged = judge(*broken(id_, fault.change))
            found = judged.get(fault.finding)
            assert found is None or found.severity != CRITICAL or not judged.proves(id_), str(fault)


@pytest.mark.parametrize("id_", DATES)
def test_what_ends_no_handshake_of_clients_that_get_in_is_not_asked_for(id_: str) -> None:
    host, _sight = broken(id_, *(logged(*event) for event in OF_THE_LOOK))
    left = judge(faults.with_products(host, faults.DRIVER), faults.IN).get(id_)
    assert left and left.needs_evidence == (), left


@pytest.mark.parametrize("id_", DATES)
def test_a_product_that_may_drop_connections_is_a_doubt(id_: str) -> None:
    judged = judge(*broken(id_, lambda host: faults.with_products(host, faults.DRIVER)))
    assert judged.first.id == id_ and not judged.proves(id_)
    assert "CrowdStrike" in " ".join(judged.first.needs_evidence)


# Looks ----------------------------------------------------------------------------------------------------------------

# By the first word of an id, or all of it: at which stages a look can end for it to prove such a finding.
PROVEN_AT = {
    "system": {"tcp"},
    "service": {"tcp"},
    "service.sessionenv_cannot_start": {"tls", "negotiation"},
    "firewall": {"tcp"},
    "listener": {"tcp", "negotiation", "tls"},
    "listener.not_listening": {"tcp"},
    "listener.missing": {"tcp"},
    "listener.adapter_gone": {"tcp"},
    "certificate": {"tls", "negotiation"},
    "machine_keys": {"tls", "negotiation"},
    "tls": {"tls", "negotiation"},
}


def agrees(one: Finding, seen: ProbeResult) -> bool:
    """Whether this look can prove this finding at all."""
    if one.confidence != PROVEN or one.severity != CRITICAL:
        return True
    # A service that certificates alone need ends a look where a bad certificate does.
    of_certificates = {id_.split(".")[0] for id_ in one.explains} == {"certificate"}
    group = "certificate" if of_certificates else one.type.group
    stages = PROVEN_AT.get(one.id) or PROVEN_AT.get(group)
    return bool(seen) and (stages is None or seen.stage in stages)


@each(("at", "fault"), [*enumerate(faults.FAULTS)], ids=str)
def test_no_look_proves_what_it_contradicts(at: int, fault: faults.Fault) -> None:
    host = fault.host()
    for sight in some((None, *SIGHTS), 4, at):
        for one in judge(host, sight).findings:
            assert agrees(one, ProbeResult(sight)), (one.id, sight)


# Any of them together -------------------------------------------------------------------------------------------------

_EVENTS = [*OF_SERVICES, *OF_RENEWALS, *OF_ENROLMENT, *OF_THE_LOOK, (LSM, 17), (RCM, 1035), (RCM, 1036)]
_SERVICES = ("TermService", "SessionEnv", "UmRdpService", "KeyIso", "CryptSvc")
_CHANGES: st.SearchStrategy[Change] = st.one_of(
    st.sampled_from([change for _cause, change, _symptoms in DEEPER.values()]),
    st.builds(ended, st.sampled_from(_SERVICES), st.sampled_from(CODES)),
    st.builds(
        lambda event, told: logged(*event, told), st.sampled_from(_EVENTS), st.sampled_from([*STATUS, *WIN32, 4242])
    ),
    st.builds(crashed, st.sampled_from(_SERVICES[:3])),
    st.just(lambda host: faults.with_products(host, faults.DRIVER)),
)


def near(host: Host, id_: str) -> Iterator[str]:
    """The errors near a symptom, as this test finds them in the bare answer."""
    services = host.sections["services"]
    for symptom, name in NEAR_SERVICES:
        row = services[name]
        ended_so = row and row["state"] == 1 and row["exit_code"] not in (None, *IN_ORDER)
        if symptom == id_ and ended_so and (row["exit_code"], row["start"]) != (1058, 4):
            yield f"{name} {row['exit_code']}"
    others = [services[name] for name in ("SessionEnv", "UmRdpService")]
    shared = any(row and row["state"] == 1 and row["exit_code"] not in (None, *IN_ORDER, 1068) for row in others)
    for symptom, event in NEAR_EVENTS:
        if symptom != id_ or (event in OF_SERVICES and shared):
            continue
        if any((row["provider"], row["id"]) == event for row in host.sections["events"]["counts"]):
            yield f"{event}"


@settings(max_examples=examples(100, 20000))
@given(
    st.sampled_from(sorted(SYMPTOMS)), st.lists(_CHANGES, max_size=3), st.sampled_from([None, *SIGHTS]), st.booleans()
)
def test_nothing_is_proven_against_what_else_the_host_says(
    id_: str, changes: list[Change], look: Sight | None, own_look: bool
) -> None:
    host, sight = broken(id_, *changes)
    seen = sight if own_look else look
    judged = judge(host, seen)
    for place, one in enumerate(judged.findings):
        if one.confidence == PROVEN:
            assert agrees(one, ProbeResult(seen)), one
            assert one.severity != CRITICAL or not ProbeResult(seen).logon_reached or one.type.behind_look
            if not (one.id in DATES and ProbeResult(seen).tls_established):
                of_target = one.id == "service.disabled" and one.target["service"] != "TermService"
                assert of_target or not list(near(host, one.id)), one
        for cause in judged.findings[place + 1 :]:
            of_another = len({one.target.get("service"), cause.target.get("service")} - {None}) > 1
            behind = one.id in cause.type.brings_about and not of_another
            assert not behind or cause.confidence == POSSIBLE or one.severity == CRITICAL
    for name in _SERVICES:
        row = host.sections["services"][name]
        if row and row["state"] == 1 and row["exit_code"] not in (None, *IN_ORDER, 1058, 1068):
            assert not judged.starts(name)
