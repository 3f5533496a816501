# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was not read is neither a fault nor in order: it is named, and no conclusion rests on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CORE
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.unread import unread
from ansible_collections.winops.rdp.plugins.plugin_utils.results.facts import facts

from tests.hosts.faults import (
    IN,
    LOCAL,
    OFF,
    REFUSED,
    RESET,
    TIMEOUT,
    Sight,
    bound_to_adapter,
    key_unreadable,
    network_category,
    session_host,
)
from tests.hosts.snapshots import NOW, Host, binary, dword, make_der, probe, snapshot_of, utc
from tests.hosts.windows import Windows
from tests.unit.judging import ids, run

DIES = probe("tls", "reset")
DENIED = {"code": -2147024891, "type": "System.UnauthorizedAccessException", "message": "denied"}
NTE_PERM = {"code": -2146893808, "type": "System.Security.Cryptography.CryptographicException", "message": "denied"}
LATE = {"code": -2146233083, "type": "System.TimeoutException", "message": "late"}
Change = Callable[[Host], Any]


def key(**fields: Any) -> Change:
    return lambda host: host.key_file.update(fields)


def silent(section: str) -> Callable[[Host], Host]:
    def change(host: Host) -> Host:
        host.answer["silent"].update({section: LATE})
        return host

    return change


def template_bound(host: Host) -> None:
    """A certificate that policy had enrolled, with a key that nobody may look at."""
    der = make_der(NOW - timedelta(days=9), NOW + timedelta(days=300), "template")
    unread = {"path": None, "exists": None, "sddl": None, "length": None, "error": NTE_PERM}
    thumbprint = host.add(der, "My", unread)
    host.setting("winstations", "TemplateCertificate", binary(bytes.fromhex(thumbprint)))


def registry_denied(host: Host) -> None:
    host.sections["registry"][r"HKLM\SYSTEM\X"] = {"settings": {}, "error": DENIED}


def bad_entry(host: Host) -> None:
    host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"][0]["error"] = DENIED


CASES: list[tuple[Change, str, str, int | None]] = [
    (key(sddl=None, error=DENIED), "key_files", "who may read the private key", -2147024891),
    (key(exists=None, sddl=None, error=NTE_PERM), "key_files", "whether the private key", -2146893808),
    (key(sddl="what is this", error=None), "key_files", "who may read the private key", None),
    (template_bound, "key_files", "whether the private key", -2146893808),
    (bad_entry, "certificates", "certificate", -2147024891),
    (registry_denied, "registry", r"registry key HKLM\SYSTEM\X", -2147024891),
    (lambda host: host.log("System", LATE), "events", "event log System", -2146233083),
    (lambda host: host.log("System", enabled=False), "events", "event log System (switched off)", None),
    (lambda host: host.answer["truncated"].append("firewall"), "firewall", "some firewall rules", None),
    (silent("port"), "port", "a part of section port", -2146233083),
    (silent("services"), "services", "a part of section services", -2146233083),
]


def claims_order(diagnosis: Diagnosis) -> bool:
    return any("in order" in one.fact for finding in diagnosis.findings for one in finding.evidence_for)


def test_what_was_read_and_is_in_order_is_said_to_be() -> None:
    diagnosis = run(Host(), DIES)
    assert claims_order(diagnosis) and diagnosis.findings[0].confidence == "likely"
    assert unread(Snapshot.of(Host().to_answer(), NOW)) == ()


@pytest.mark.parametrize(("change", "section", "what", "code"), CASES)
def test_a_part_that_was_not_read(change: Change, section: str, what: str, code: int | None) -> None:
    host = Host()
    change(host)
    snapshot = Snapshot.of(host.to_answer(), NOW)
    [one] = unread(snapshot)
    assert (one.section, one.code) == (section, code) and one.what.startswith(what) and one.part
    assert facts(snapshot, ProbeResult())["unread"] == [one.to_dict()]
    diagnosis = run(host, DIES)
    assert not claims_order(diagnosis)
    assert {finding.confidence for finding in diagnosis.findings} == {"possible"}
    missing = [sentence for finding in diagnosis.findings for sentence in finding.needs_evidence]
    number = f"(0x{code & 0xFFFFFFFF:08X})" if code is not None else ""
    assert any(what in sentence and sentence.endswith(number) for sentence in missing)


LOOK = f"{CORE}/Operational"
AGO = {name: utc(NOW - timedelta(**{name: number})) for name, number in (("seconds", 2), ("hours", 3), ("days", 2))}
SHORT = [
    ("System", {"oldest": AGO["hours"]}, "event log System before 2026-11-23 09:00 UTC"),
    ("System", {"oldest": AGO["hours"], "wrapped": None}, "event log System before 2026-11-23 09:00 UTC"),
    ("System", {"whole": False, "read_to": AGO["hours"]}, "event log System before 2026-11-23 09:00 UTC"),
    ("System", {"whole": False}, "event log System beyond its newest records"),
    (LOOK, {"oldest": AGO["seconds"]}, f"event log {LOOK} before 2026-11-23 11:59 UTC"),
    (LOOK, {"whole": False, "read_to": AGO["seconds"]}, f"event log {LOOK} before 2026-11-23 11:59 UTC"),
]
_LOOKED = {**DIES, "time": utc(NOW - timedelta(seconds=20))}


@pytest.mark.parametrize(("log", "state", "what"), SHORT)
def test_a_log_that_does_not_go_back_to_where_it_is_asked_about(log: str, state: dict[str, Any], what: str) -> None:
    """It wrapped since, or was cut by its number: silence of the time before is none."""
    diagnosis = run(Host().log(log, **state), _LOOKED)
    assert f"{what} could not be read (section events)" in diagnosis.unread and not claims_order(diagnosis)
    assert {finding.confidence for finding in diagnosis.findings} == {"possible"}
    missing = [sentence for finding in diagnosis.findings for sentence in finding.needs_evidence]
    assert f"{what}, which the host did not give" in missing
    proven = run(key_unreadable(Host()).log(log, **state), _LOOKED).findings[0]
    assert (proven.id, proven.confidence) == ("certificate.key_unreadable", "proven"), "it rests on no log"


@pytest.mark.parametrize(
    ("log", "state", "sight"),
    [
        ("System", {"oldest": AGO["days"]}, _LOOKED),
        ("System", {"whole": False, "read_to": AGO["days"]}, _LOOKED),
        (LOOK, {"oldest": AGO["hours"]}, _LOOKED),
        # The probe's own connection is the first that this host ever had.
        (LOOK, {"oldest": AGO["seconds"], "wrapped": False}, _LOOKED),
        ("Security", {"oldest": AGO["seconds"]}, _LOOKED),
        ("System", {"oldest": AGO["hours"]}, IN),
        ("Security", {"whole": False}, IN),
        (LOOK, {"oldest": AGO["hours"]}, None),
    ],
)
def test_every_log_wraps(log: str, state: dict[str, Any], sight: Any) -> None:
    """Nothing is said of it where nothing rests on what it lost."""
    assert not [one for one in run(Host().log(log, **state), sight).unread if "event log" in one]


def test_failed_logons_that_wrapped_count_where_an_authentication_failed() -> None:
    host = Host().log("Security", oldest=AGO["hours"])
    denied = run(host, probe("credssp", "denied"))
    assert any("event log Security before 2026-11-23 09:00 UTC" in one for one in denied.unread)
    assert any("Security" in text for text in denied.findings[0].needs_evidence)


def test_failed_logons_that_were_not_read_explain_no_broken_handshake() -> None:
    host = Host().log("Security", DENIED)
    assert run(host, DIES).findings[0].confidence == "likely"
    assert [one.part for one in unread(Snapshot.of(host.to_answer(), NOW))] == ["Security"]
    assert any("Security" in text for text in run(host, probe("credssp", "denied")).findings[0].needs_evidence)


def test_the_key_of_another_certificate_is_no_matter() -> None:
    host = Host()
    der = make_der(NOW - timedelta(days=9), NOW + timedelta(days=300), "other")
    host.add(der, "My", {"path": None, "exists": None, "sddl": None, "length": None, "error": NTE_PERM})
    assert unread(Snapshot.of(host.to_answer(), NOW)) == ()


def test_a_denied_key_counts_as_denied() -> None:
    host = Host()
    key(exists=None, sddl=None, error=NTE_PERM)(host)
    assert Snapshot.of(host.to_answer(), NOW).access_denied == ["key_files"]


@pytest.mark.parametrize("fault", ["hangs", "stopped", "broken"])
def test_a_host_on_which_wmi_does_not_answer(fault: str) -> None:
    """What the registry and .NET know is read; what WMI alone knows is missing and said to be."""
    host = Windows("web01")
    host.clock = lambda: NOW
    host.self_sign()
    host.take_credential()
    host.data["wmi"] = fault
    answer = snapshot_of(host)
    assert answer["errors"] == {} and {"network"} <= set(answer["silent"])
    snapshot = Snapshot.of(answer, NOW)
    assert {one.section for one in unread(snapshot)} == set(answer["silent"])
    assert snapshot.section("host")["part_of_domain"] is False and snapshot.running("TermService")
    assert Snapshot.of(snapshot.to_dict(), NOW).silent == answer["silent"]


def _licensed(grace: int | None) -> Host:
    """A session host whose licensing is set, as far as it is read: by policy, per user, with a server."""
    host = session_host(Host(), grace, 5).value(_CORE, "LicensingMode", dword(5))
    host.value(contract.POLICY, "LicensingMode", dword(4))
    return host.value(contract.POLICY, "LicenseServers", {"type": "string", "data": "lic01"})


_CORE, _TABLE = collect.TERMINAL_SERVER + r"\RCM\Licensing Core", collect.TERMINAL_SERVER + r"\lanatable"
_RC4 = {"type": "string", "data": "TLS_RSA_WITH_RC4_128_SHA"}
_NO_SUITE = {"type": "string", "data": ""}
_EC_ONLY = {"type": "string", "data": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"}


@pytest.mark.parametrize(
    ("host", "sight", "unfounded"),
    [
        (_licensed(0).unread_keys(contract.POLICY), IN, "licensing.grace_ended"),
        (_licensed(0).without("registry"), IN, "licensing.grace_ended"),
        (silent("licensing")(session_host(Host(), None)), IN, "licensing.not_configured"),
        (bound_to_adapter(Host(), "{1}").unread_keys(_TABLE), REFUSED, "listener.adapter_gone"),
        (Host().value(collect.SUITES_LOCAL, "Functions", _RC4).unread_keys(collect.SUITES_POLICY), RESET, ""),
        (Host().value(collect.SUITES_LOCAL, "Functions", _NO_SUITE).unread_keys(collect.SUITES_POLICY), RESET, ""),
        (Host().value(collect.SUITES_LOCAL, "Functions", _EC_ONLY).without("certificates"), RESET, ""),
        (Host().rule(OFF).unread_keys(rf"{LOCAL}\StandardProfile"), TIMEOUT, ""),
        (Host().rule(OFF).unread_keys(rf"{collect.FIREWALL_POLICY}\PrivateProfile"), TIMEOUT, ""),
    ],
)
def test_what_stands_in_a_key_that_was_not_read_is_not_absent(host: Host, sight: Sight, unfounded: str) -> None:
    """Nothing is concluded from it, or no more than a suspicion that names it."""
    found = run(host, sight).findings
    assert unfounded not in [one.id for one in found]
    assert {one.confidence for one in found} <= {"possible"}
    assert all("which the host did not give" in str(one.needs_evidence) for one in found)


def test_the_same_is_concluded_where_it_was_read() -> None:
    """What the cases above leave open is a finding where nothing else was read to stand there."""
    for host, sight, expected in (
        (session_host(Host(), 0, 5), IN, "licensing.grace_ended"),
        (bound_to_adapter(Host(), "{2}"), REFUSED, "listener.adapter_gone"),
        (Host().value(collect.SUITES_LOCAL, "Functions", _RC4), RESET, "tls.suites_unusable"),
        (Host().value(collect.SUITES_LOCAL, "Functions", _EC_ONLY), RESET, "tls.suites_unusable"),
        (Host().rule(OFF), TIMEOUT, "firewall.rule_disabled"),
    ):
        top = run(host, sight).findings[0]
        assert top.id == expected and top.confidence != "possible"


def test_the_network_that_was_probed_has_the_profile_of_no_other() -> None:
    """The other network's category was read, that of this one was not."""
    host = network_category(Host().rule(Profile="Private"), 0)
    host.sections["network"]["adapters"].append(
        {"id": "{2}", "kind": 6, "up": True, "index": 9, "mtu": 1500, "addresses": ["192.0.2.9"], "category": None}
    )
    assert run(host, probe("tcp", "timeout", address="10.0.0.5")).findings[0].id == "firewall.profile_mismatch"
    silent("network")(host)
    found = run(host, probe("tcp", "timeout", address="192.0.2.9")).findings
    assert [(one.id, one.confidence) for one in found] == [("network.unreachable", "possible")]


def test_networks_that_were_not_all_listed_share_no_profile() -> None:
    host = Host().rule(Profile="Private").value(rf"{collect.NETWORKS}\{{1}}", "Category", dword(0))
    silent("network")(host)
    for row in host.sections["network"]["adapters"]:
        row["category"] = None
    assert run(host, TIMEOUT).findings[0].id == "firewall.profile_mismatch"
    host.answer["truncated"].append("registry")
    assert ids(run(host, TIMEOUT)) == ["network.unreachable"]


def test_sections_that_were_read_again_say_what_is_missing_now() -> None:
    host = Host()
    silent("port")(host)
    before = Snapshot.of(host.to_answer(), NOW)
    again = Snapshot.of({**Host().to_answer(), "sections": {"port": Host().sections["port"]}}, NOW)
    assert before.later(again).silent == {} and again.later(before).silent == {"port": LATE}


@pytest.mark.parametrize("change", [key(sddl=None, error=DENIED), template_bound, bad_entry])
def test_a_host_whose_key_was_not_read_is_healthy_only_by_a_client_that_gets_in(change: Change) -> None:
    host = Host()
    change(host)
    assert (run(host, None).verdict, run(host).verdict) == ("unknown", "healthy")
    assert any("section key_files" in one or "section certificates" in one for one in run(host, None).unread)


def test_ids_of_a_healthy_host_stay_silent_with_parts_unread() -> None:
    """Nobody is accused for what was not read."""
    for change, *_rest in CASES:
        host = Host()
        change(host)
        assert ids(run(host)) == []
