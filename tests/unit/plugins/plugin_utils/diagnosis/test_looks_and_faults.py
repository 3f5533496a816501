# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A fault of the host beside a look that ended where nobody meets it: earlier, later, or at another program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.wire import negotiation
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue, model
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import STAGES, ProbeResult

from tests.hosts.faults import DIES, FAULTS, IN, NLA_DIES, REFUSED, TIMEOUT, Fault, Sight, domain_member, key_unreadable
from tests.hosts.snapshots import Host, dword, probe
from tests.incidents.score import incidents
from tests.unit.judging import ids, run

NAME = probe("name", "unresolved", address=None)
SSH = probe("negotiation", "not_rdp", failure={"kind": "bytes", "number": None, "name": "SSH"})
# What is said where nothing on the host explains how a look ended.
ENDS: dict[str, tuple[Sight, str]] = {
    "name": (NAME, "network.name"),
    "timeout": (TIMEOUT, "network.unreachable"),
    "refused": (REFUSED, "network.unreachable"),
    "not_rdp": (SSH, "interference.not_rdp"),
    "closed": (probe("negotiation", "closed"), "interference.handshake_dropped"),
    "tls": (DIES, "interference.handshake_dropped"),
}


def _earlier(fault: Fault, look: Sight) -> bool:
    """Whether the look ended before anybody meets the fault. That Remote Desktop is off is told first all the same."""
    came_to, type_ = ProbeResult(look).came_to, catalogue.by_id(fault.finding)
    return came_to is not None and came_to < STAGES.index(type_.ends[0]) and not type_.turned_off


@pytest.mark.parametrize("end", ENDS)
def test_what_a_client_meets_only_later_is_not_why_the_look_ended(end: str) -> None:
    look, expected = ENDS[end]
    faults = [one for one in FAULTS if _earlier(one, look)]
    assert faults
    for fault in faults:
        found = run(fault.host(), look)
        about = [one for one in found.findings if one.id == fault.finding]
        assert found.findings[0].id == expected or about == [] or about[0].severity == "warning", fault
        assert not any(one.confidence == "proven" for one in about), fault


@pytest.mark.parametrize("end", ["timeout", "refused", "name"])
def test_a_certificate_is_no_reason_for_a_connection_that_is_not_made(end: str) -> None:
    look, expected = ENDS[end]
    assert ids(run(Host().expire(), look)) == [expected, "certificate.expired"]
    assert ids(run(key_unreadable(Host()), look)) == [expected, "certificate.key_unreadable"]


def test_a_broken_trust_is_not_proven_by_a_look_that_came_to_nothing() -> None:
    logged = domain_member(Host(), 1787).event(
        "Microsoft-Windows-Security-Auditing", 4625, 3, "Security", (0xC000018B,)
    )
    found = run(logged.rule(Profile=""), TIMEOUT)
    assert _confidence(found, "nla.trust_broken") == "likely"


def test_what_is_not_remote_desktop_proves_nothing_of_the_listener() -> None:
    host = Host().setting("rdp_tcp", "SecurityLayer", dword(0))
    found = run(host, SSH)
    assert ids(found) == ["interference.not_rdp", "listener.security_layer_conflict"]
    assert _confidence(found, "listener.security_layer_conflict") == "likely"


def test_who_begins_with_tls_has_agreed_on_it() -> None:
    """The negotiation is over then: neither setting is why TLS breaks, and a key that cannot be read is."""
    for name in ("SecurityLayer", "fAllowSecProtocolNegotiation"):
        found = run(key_unreadable(Host()).setting("rdp_tcp", name, dword(0)), DIES)
        assert found.findings[0].id == "certificate.key_unreadable", name
        assert all(one.evidence_against for one in found.findings[1:]), name


def test_a_listener_that_misses_a_certificate_has_negotiated() -> None:
    denied = probe("negotiation", "denied", failure={"kind": "negotiation", "number": 3})
    for name, number in (("fAllowSecProtocolNegotiation", 0), ("SecurityLayer", 7)):
        found = run(Host().setting("rdp_tcp", name, dword(number)), denied)
        assert not any(one.confidence == "proven" for one in found.findings), name


@pytest.mark.parametrize("fault", [one for one in FAULTS if one.sight == DIES], ids=str)
def test_who_came_through_tls_was_not_kept_out_by_it(fault: Fault) -> None:
    """The way to the logon ends later: what would have ended TLS is told as a weakness, and after what ended it."""
    found = run(fault.host(), NLA_DIES)
    assert found.findings[0].id == "nla.unanswered"
    about = [one for one in found.findings if one.id == fault.finding]
    assert [(one.severity, bool(one.evidence_against)) for one in about] == [("warning", True)]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_a_look_that_gets_in_leaves_nothing_proven_that_keeps_everybody_out(fault: Fault) -> None:
    for one in run(fault.host(), IN).findings:
        assert one.severity == "warning" or one.type.behind_look, one.id
        assert not (one.severity == "critical" and one.confidence == "proven"), one.id


def test_who_got_standard_security_has_seen_nothing_of_tls() -> None:
    """A listener that does not negotiate takes the client without TLS, whose session then ends."""
    offered = {"rdp": True, "tls": False, "nla": False}
    ended = probe("session", "closed", selected="rdp", offered=offered)
    found = run(Host().setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0)), ended)
    assert found.findings[0].id == "listener.negotiation_disabled"
    assert found.findings[0].confidence == "proven" and not found.findings[0].evidence_against


def test_rules_and_looks_name_ways_in_as_the_probe_does() -> None:
    """What the probe never writes is never offered: a rule that asks for it is silent on every real host."""
    known = set(negotiation.PROTOCOLS.values())
    rules = Path(model.__file__).parent.rglob("*.py")
    asked = {name for path in rules for name in re.findall(r'offers\("(\w+)"\)', path.read_text(encoding="utf-8"))}
    looks = [one.bundle["probe"] for one in incidents()] + [fault.sight for fault in FAULTS]
    shown = {name for look in looks for name in (look or {}).get("offered") or {}}
    assert asked and asked <= known and shown and shown <= known


def _confidence(found: Diagnosis, id_: str) -> str:
    return next(one.confidence for one in found.findings if one.id == id_)
