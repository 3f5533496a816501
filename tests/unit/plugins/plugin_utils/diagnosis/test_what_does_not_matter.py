# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real hosts have besides, and what changes nothing: events of days ago and of other services, settings as they
are anyway, other certificates, adapters, listeners and rules, the order of lists, and what a user showed of another
matter.
"""

from __future__ import annotations

import base64
import copy
import pickle
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis, diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract, providers
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts.faults import DIES, FAULTS, IN, NLA_DIES, Fault, domain_member
from tests.hosts.snapshots import NOW, Host, dword, key_provider, make_der, probe, sha1, utc
from tests.hosts.windows import event_entry
from tests.incidents.score import Incident, incidents
from tests.profiles import each, examples
from tests.unit.judging import ids, run

Answer = dict[str, Any]
Change = Callable[[Answer], object]
SCM, SCHANNEL, RCM = providers.SERVICE_CONTROL_MANAGER, providers.SCHANNEL, providers.RCM
DAYS_AGO, HOURS_AGO = NOW - timedelta(hours=50), NOW - timedelta(hours=3)


# Events of days ago ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("provider", "number", "numbers"),
    [
        (SCM, 7031, ()),
        (SCM, 7034, ()),
        (RCM, 1006, ()),
        (SCHANNEL, 36874, ()),
        (SCHANNEL, 36888, (70, 1205)),
        (providers.SECURITY, 4625, (0xC000018B, 0, 3)),
        (providers.CORE, 140, ()),
    ],
)
@pytest.mark.parametrize("code", [None, "0x904/0x7", "0x4/0x0"])
def test_what_was_logged_before_the_last_day_explains_nothing(
    provider: str, number: int, numbers: tuple[int, ...], code: str | None
) -> None:
    host = domain_member(Host(), None)
    host.event(provider, number, 400, numbers=numbers, at=DAYS_AGO)
    assert _without_past_crashes(run(host, code=code)) == ids(run(domain_member(Host(), None), code=code))


def _without_past_crashes(found: Diagnosis) -> list[str]:
    """Those of days ago are told after all that can be met now."""
    told = ids(found)
    if told[-1:] == ["service.crashing"]:
        last = found.findings[-1]
        assert (last.severity, last.confidence) == ("warning", "possible")
        return told[:-1]
    return told


def test_many_that_are_not_listed_are_as_new_as_those_that_are() -> None:
    host = Host().event(RCM, 1006, 900).event(SCM, 7031, 1, at=DAYS_AGO).event(SCM, 7031, 1)
    snapshot = Snapshot.of(host.to_answer(), NOW)
    assert snapshot.count_since(HOURS_AGO, RCM, 1006) == 900
    assert snapshot.count_since(HOURS_AGO, SCM, 7031) == 1


@pytest.mark.parametrize("look", [DIES, probe("negotiation", "closed"), NLA_DIES])
def test_crashes_of_days_ago_are_not_why_a_connection_breaks(look: dict[str, Any]) -> None:
    host = Host().event(SCM, 7031, 5, at=DAYS_AGO)
    host.event(providers.APPLICATION_ERROR, 1000, 5, "Application", at=DAYS_AGO, modules=("svchost.exe_TermService",))
    assert _without_past_crashes(run(host, look)) == ids(run(Host(), look))


def test_a_silence_is_not_that_of_a_service_that_was_late_days_ago() -> None:
    silent = probe("negotiation", "silent")
    assert ids(run(Host().event(SCM, 7011, 4, at=DAYS_AGO), silent)) == ids(run(Host(), silent))


def test_logons_that_failed_before_the_trust_was_put_right_prove_nothing() -> None:
    found = run(domain_member(Host(), 1787).event(providers.SECURITY, 4625, 3, "Security", (0xC000018B,), at=DAYS_AGO))
    assert [(one.id, one.confidence) for one in found.findings] == [("nla.trust_broken", "likely")]


# Crashes of others ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("service", ["UmRdpService", "CertPropSvc"])
@pytest.mark.parametrize("look", [IN, DIES, probe("negotiation", "closed")])
def test_a_service_that_connections_do_without_is_not_why_they_break(service: str, look: dict[str, Any]) -> None:
    host = Host().event(SCM, 7034, 5, at=HOURS_AGO, service=service)
    found = run(host, look)
    assert ids(found) == [*ids(run(Host(), look)), "service.crashing"]
    last = found.findings[-1]
    assert (last.severity, last.confidence) == ("warning", "possible") and service in last.summary
    assert ("clients get in without" in last.summary) is (look is IN), "nobody got in who was seen not to"
    once = run(Host().event(SCM, 7034, 1, at=HOURS_AGO, service=service), look)
    assert ids(once) == ids(run(Host(), look))


@pytest.mark.parametrize("look", [DIES, probe("negotiation", "closed")])
@pytest.mark.parametrize(
    ("end", "named"),
    [
        *(
            ({"provider": SCM, "number": number, "count": count, "service": service}, service)
            for number in (7031, 7034)
            for count in (1, 3)
            for service in ("UmRdpService", "CertPropSvc", "Spooler")
        ),
        *(
            ({"provider": log, "number": number, "modules": ("svchost.exe_UmRdpService", "umrdp.dll")}, "UmRdpService")
            for log, number in ((providers.APPLICATION_ERROR, 1000), (providers.ERROR_REPORTING, 1001))
        ),
    ],
)
def test_the_end_of_such_a_service_at_the_time_of_the_look_stands_before_the_guess(
    end: dict[str, Any], named: str, look: dict[str, Any]
) -> None:
    """All logs alike, and once as well as often: it is no error of the listener, and no chance either."""
    crashing, dropped = run(Host().event(**end), look).findings
    assert (crashing.id, crashing.confidence) == ("service.crashing", "possible") and named in crashing.summary
    assert (dropped.id, dropped.confidence) == ("interference.handshake_dropped", "possible")
    assert "nothing on the host" not in dropped.summary


@each("at", [HOURS_AGO, DAYS_AGO])
def test_two_services_that_ended_once_each_are_no_service_that_keeps_crashing(at: datetime) -> None:
    """One that ends takes others of its process along."""
    host = Host().event(SCM, 7034, 1, service="UmRdpService", at=at).event(SCM, 7034, 1, service="TermService", at=at)
    assert "service.crashing" not in ids(run(host))
    assert "service.crashing" in ids(run(host.event(SCM, 7034, 1, service="UmRdpService", at=at)))


def test_the_crash_of_such_a_service_is_no_error_of_the_listener() -> None:
    assert ids(run(Host().event(SCM, 7031, 1, service="UmRdpService"), None)) == []
    assert ids(run(Host().event(SCM, 7031, 1, service="TermService"), None)) == ["listener.errors_logged"]


# What a user showed ---------------------------------------------------------------------------------------------------

_OF_EVERYBODY: dict[str, Callable[[Host], Host]] = {
    "service.crashing": lambda host: host.event(SCM, 7034, 3, at=HOURS_AGO),
    "network.logon_flood": lambda host: host.event(RCM, 1006, 30, at=HOURS_AGO),
    "nla.duplicate_sid": lambda host: host.event(providers.LSA, 6167, 3, at=HOURS_AGO),
}


@pytest.mark.parametrize("code", ["0x907", "0x2107", "0x3/0x101", "0x3/0x3", "0x104", "0x80090302"])
@pytest.mark.parametrize("id_", _OF_EVERYBODY)
def test_what_a_client_says_of_itself_goes_before_what_befalls_everybody(id_: str, code: str) -> None:
    alone, found = run(Host(), code=code), run(_OF_EVERYBODY[id_](Host()), code=code)
    assert ids(found) == [*ids(alone), id_]


@pytest.mark.parametrize(
    ("code", "id_"),
    [
        ("0x4/0x0", "service.crashing"),
        ("0x904/0x7", "service.crashing"),
        ("0x204", "service.crashing"),
        ("0x3/0x11", "service.crashing"),
        ("0x4/0x0", "network.logon_flood"),
        ("0xD07", "network.logon_flood"),
        ("0x8009030E", "nla.duplicate_sid"),
    ],
)
def test_what_befalls_everybody_goes_first_where_the_complaint_may_come_of_it(code: str, id_: str) -> None:
    assert run(_OF_EVERYBODY[id_](Host()), code=code).findings[0].id == id_


def test_a_suspicion_that_rests_on_what_a_client_showed_makes_no_host_weak() -> None:
    assert run(Host(), code="0x10B").verdict == "healthy"


@pytest.mark.parametrize("ahead", [0, 4, -180])
def test_the_time_of_a_dialog_is_compared_by_the_host_s_own_clock(ahead: int) -> None:
    host = Host()
    then = NOW - timedelta(minutes=9)
    host.event(providers.CORE, 140, 1, f"{providers.CORE}/Operational", at=then + timedelta(minutes=ahead))
    host.sections["host"]["utc"] = utc(NOW + timedelta(minutes=ahead))
    shown = f"Error code: 0x904\nExtended error code: 0x7\nTimestamp (UTC): {then:%m/%d/%y %I:%M:%S %p}"
    assert "client.credentials" in ids(run(host, code=shown))


def test_a_build_that_was_not_read_makes_no_client_outdated() -> None:
    host = Host().event(SCHANNEL, 36874, 3).event(SCHANNEL, 36874, at=NOW - timedelta(minutes=7))
    without = copy.deepcopy(host).without("host")
    confidence = [
        next(one.confidence for one in run(each, code="0x904/0x7").findings if one.id == "client.outdated")
        for each in (host, without)
    ]
    assert confidence == ["likely", "possible"]


# Errors that nobody looked at -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [None, "0x104", "0x3/0x3"])
@pytest.mark.parametrize(
    "change",
    [
        lambda host: host,
        lambda host: host.setting("rdp_tcp", "UserAuthentication", dword(0)),
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(9)),
        lambda host: domain_member(host, 1789),
    ],
)
def test_errors_in_the_log_are_told_beside_what_does_not_account_for_them(
    change: Callable[[Host], Host], code: str | None
) -> None:
    found = ids(run(change(Host().event(RCM, 1035, 2)), None, code))
    assert "listener.errors_logged" in found and (code is None or found[0] != "listener.errors_logged")


@pytest.mark.parametrize("change", [lambda host: host.expire(), lambda host: host.service("TermService", state=1)])
def test_errors_in_the_log_are_not_told_twice(change: Callable[[Host], Host]) -> None:
    assert "listener.errors_logged" not in ids(run(change(Host().event(RCM, 1057, 2)), None))


# Values of a wrong type -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [{"type": "string", "data": "0"}, {"type": "binary", "data": ""}])
def test_what_windows_makes_of_a_wrong_type_is_not_proven(value: dict[str, Any]) -> None:
    refused = probe("tcp", "refused")
    for group, name in (("policy", "fDenyTSConnections"), ("rdp_tcp", "fEnableWinStation")):
        found = run(Host().setting(group, name, value), refused).findings
        assert [one.confidence for one in found if one.id.startswith("listener.")] == ["likely"], name
    assert run(Host().setting("rdp_tcp", "fLogonDisabled", value)).verdict == "degraded"
    told = run(Host().setting("policy", "UserAuthentication", value)).findings[0].advice
    assert told and "None" not in told and "must be REG_DWORD" in told


# Whatever it is beside ------------------------------------------------------------------------------------------------


def _event(log: str, provider: str, number: int, count: int = 1, **facts: Any) -> Change:
    def change(answer: Answer) -> None:
        events = answer["sections"]["events"]
        at = utc(parse(answer["sections"]["host"]["utc"]) - timedelta(hours=50))
        row = {"log": log, "provider": provider, "id": number}
        if any(row.items() <= one.items() for one in events["counts"]):
            return  # a snapshot counts each once, and one more of what it is about is not beside it
        events["counts"].append({**row, "count": count, "first": at, "last": at})
        entry = event_entry(log, provider, number, at, **facts)
        events["entries"] += [copy.deepcopy(entry) for _number in range(count)]

    return change


def _values(key: str, **values: Any) -> Change:
    """Values that are not there yet."""

    def change(answer: Answer) -> None:
        part = answer["sections"]["registry"].setdefault(f"HKLM\\{key}", {"settings": {}, "error": None})
        there = {name.lower() for name in part["settings"]}
        part["settings"].update({name: value for name, value in values.items() if name.lower() not in there})

    return change


def _listed(path: str, *rows: Answer) -> Change:
    def change(answer: Answer) -> None:
        section, _dot, name = path.partition(".")
        answer["sections"][section][name] += copy.deepcopy(list(rows))

    return change


def _certificate(days: tuple[int, int], name: str) -> Change:
    def change(answer: Answer) -> None:
        der = make_der(NOW + timedelta(days=days[0]), NOW + timedelta(days=days[1]), name)
        row = {"thumbprint": sha1(der), "der": base64.b64encode(der).decode(), "key_provider": None, "error": None}
        row["key_provider"] = key_provider("of-another-program")
        answer["sections"]["certificates"]["stores"]["My"]["certificates"].insert(0, row)

    return change


def _rule(text: str) -> Change:
    return _listed("firewall.rules", {"store": "local", "name": "{other}", "rule": f"v2.31|{text}|Name=other|"})


_ADAPTER = {"id": "{other}", "kind": 6, "up": False, "index": 9, "mtu": 1500, "addresses": [], "category": None}
_STOPPED = [
    {"name": name.replace("*", "1"), "start": 3, "type": 16, "image_path": None, "state": 1}
    for name in collect.PRODUCTS
]
_SCHANNEL = collect.SCHANNEL
BESIDE: dict[str, Change] = {
    **{
        f"event {number} of {provider}": _event(log, provider, number, 5)
        for log, provider, number in (
            ("System", SCM, 7000),
            ("System", SCM, 7011),
            ("System", SCM, 7045),
            ("System", SCHANNEL, 36870),
            ("System", SCHANNEL, 36871),
            ("System", SCHANNEL, 36874),
            ("System", SCHANNEL, 36888),
            ("System", providers.TERMDD, 56),
            (f"{RCM}/Admin", RCM, 1006),
            (f"{providers.CORE}/Operational", providers.CORE, 139),
            (f"{providers.SESSIONS}/Operational", providers.SESSIONS, 40),
            ("Application", providers.PROFILES, 1511),
            ("Security", providers.SECURITY, 4625),
        )
    },
    "a program of the logon crashed": _event(
        "Application", providers.APPLICATION_ERROR, 1000, 5, modules=("LogonUI.exe", "a.dll")
    ),
    "another service crashed": _event("System", SCM, 7034, 1, service="CertPropSvc"),
    "products that are stopped": lambda answer: _listed(
        "products.services",
        *(
            row
            for row in _STOPPED
            if row["name"] not in {one["name"] for one in answer["sections"]["products"]["services"]}
        ),
    )(answer),
    "TLS 1.2 turned on": _values(
        rf"{_SCHANNEL}\Protocols\TLS 1.2\Server", Enabled=dword(1), DisabledByDefault=dword(0)
    ),
    "RC4 turned off": _values(rf"{_SCHANNEL}\Ciphers\RC4 128/128", Enabled=dword(0)),
    "NTLM as it is": _values(rf"{collect.LSA}\MSV1_0", RestrictReceivingNTLMTraffic=dword(0)),
    "mitigated clients": _values(collect.CREDSSP, AllowEncryptionOracle=dword(1)),
    "another port leads elsewhere": _values(
        collect.PORT_PROXY, **{"*/8080": {"type": "string", "data": "10.0.0.9/80"}}
    ),
    "a listener of Citrix": _values(
        rf"{contract.WINSTATIONS}\ICA-TCP", PortNumber=dword(1494), fEnableWinStation=dword(1)
    ),
    "no farm": _values(collect.FARM, SessionDirectoryActive=dword(0)),
    "a network of former days": _values(rf"{collect.NETWORKS}\{{old}}", Category=dword(0)),
    "an adapter that is down": _listed("network.adapters", _ADAPTER),
    "an adapter in front that is down": lambda answer: answer["sections"]["network"]["adapters"].insert(
        0, dict(_ADAPTER)
    ),
    "outbound blocked": _rule("Action=Block|Active=TRUE|Dir=Out"),
    "another port blocked": _rule("Action=Block|Active=TRUE|Dir=In|Protocol=6|LPort=445"),
    "a program blocked": _rule(r"Action=Block|Active=TRUE|Dir=In|Protocol=6|App=C:\game.exe"),
    "a rule that is off": _rule("Action=Block|Active=FALSE|Dir=In|Protocol=6|LPort=3389"),
    "UDP blocked": _rule("Action=Block|Active=TRUE|Dir=In|Protocol=17|LPort=3389"),
    "an expired certificate of another name": _certificate((-400, -30), "www.example.test"),
    "a session that is disconnected": _listed(
        "sessions.sessions",
        {"id": 9, "user": r"CORP\eve", "user_sid": "S-1-5-21-1-2-3-1199", "station": None, "state": 4},
    ),
    "Japanese": lambda answer: answer["sections"]["host"].update(locale=1041, ui_locale=1041),
    "Turkish, far in the east": lambda answer: answer["sections"]["host"].update(locale=1055, utc_offset_minutes=840),
    "a restart is pending": lambda answer: answer["sections"]["host"]["pending_reboot"].update(windows_update=True),
}
# Lists of which the order says nothing.
_UNORDERED = ("certificates", "files", "listeners", "adapters", "addresses", "rules", "services", "sessions", "entries")


def _shuffled(node: Any, dice: random.Random, name: str = "") -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            _shuffled(value, dice, key)
    elif isinstance(node, list):
        for value in node:
            _shuffled(value, dice)
        if name in (*_UNORDERED, "counts", "values"):
            dice.shuffle(node)


def _judged(incident: Incident) -> Diagnosis:
    bundle = incident.bundle
    snapshot = Snapshot.of(bundle["snapshot"], parse(bundle["taken"]))
    return diagnose(snapshot, ProbeResult(bundle["probe"]), bundle["client_code"])


def _of_fault(fault: Fault) -> Incident:
    bundle = {"snapshot": fault.host().to_answer(), "taken": utc(NOW), "probe": fault.sight, "client_code": None}
    return Incident(str(fault), "fault", fault.finding, "", bundle)


_ALL = tuple(
    one
    for one in (*incidents(), *map(_of_fault, FAULTS))
    if not one.bundle["snapshot"]["errors"] and len(one.bundle["snapshot"]["sections"]) >= len(contract.SECTIONS) - 2
)


def _summed_up(found: Diagnosis) -> tuple[Any, ...]:
    return found.verdict, tuple((one.id, one.severity, one.confidence, one.owner) for one in found.findings)


@settings(max_examples=examples(25, 6000), deadline=None)
@given(st.sampled_from(_ALL), st.sampled_from(sorted(BESIDE)), st.integers(0, 99))
def test_nothing_that_does_not_matter_changes_what_is_found(incident: Incident, beside: str, seed: int) -> None:
    before = _judged(incident)
    bundle = pickle.loads(pickle.dumps(incident.bundle))
    BESIDE[beside](bundle["snapshot"])
    _shuffled(bundle["snapshot"]["sections"], random.Random(seed))
    assert _summed_up(_judged(replace(incident, bundle=bundle))) == _summed_up(before)


_MOVED = ("utc", "boot_utc", "first", "last", "since", "oldest", "read_to", "started")


def _moved(node: Any, by: timedelta) -> Any:
    """The same with each time of the host's clock moved."""
    if isinstance(node, dict):
        return {
            key: utc(parse(value) + by) if key in _MOVED and isinstance(value, str) else _moved(value, by)
            for key, value in node.items()
        }
    return [_moved(one, by) for one in node] if isinstance(node, list) else node


@settings(max_examples=examples(8, 3000), deadline=None)
@given(st.sampled_from(_ALL), st.sampled_from([-4, 3]))
def test_a_clock_that_is_off_by_minutes_changes_nothing(incident: Incident, minutes: int) -> None:
    bundle = pickle.loads(pickle.dumps(incident.bundle))
    bundle["snapshot"]["sections"] = _moved(bundle["snapshot"]["sections"], timedelta(minutes=minutes))
    assert _summed_up(_judged(replace(incident, bundle=bundle))) == _summed_up(_judged(incident))
