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
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.unread import unread
from ansible_collections.winops.rdp.plugins.plugin_utils.results.facts import facts

from tests.hosts.snapshots import NOW, Host, binary, make_der, probe, snapshot_of
from tests.hosts.windows import Windows
from tests.unit.judging import ids, run

DIES = probe("tls", "reset")
DENIED = {"code": -2147024891, "type": "System.UnauthorizedAccessException", "message": "denied"}
NTE_PERM = {"code": -2146893808, "type": "System.Security.Cryptography.CryptographicException", "message": "denied"}
TIMEOUT = {"code": -2146233083, "type": "System.TimeoutException", "message": "late"}
Change = Callable[[Host], Any]


def key(**fields: Any) -> Change:
    return lambda host: host.key_file.update(fields)


def silent(section: str) -> Change:
    return lambda host: host.answer["silent"].update({section: TIMEOUT})


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
    (lambda host: host.log("System", TIMEOUT), "events", "event log System", -2146233083),
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


def test_sections_that_were_read_again_say_what_is_missing_now() -> None:
    host = Host()
    silent("port")(host)
    before = Snapshot.of(host.to_answer(), NOW)
    again = Snapshot.of({**Host().to_answer(), "sections": {"port": Host().sections["port"]}}, NOW)
    assert before.later(again).silent == {} and again.later(before).silent == {"port": TIMEOUT}


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
