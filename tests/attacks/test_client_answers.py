# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that lie: whatever they answer, and whatever their look tells, there is a stated outcome and a result that
can be shown, kept and judged."""

from __future__ import annotations

import base64
import copy
import json
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.host import OUTCOMES, STAGES
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_look
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import client_machine
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientError, ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import client_plan, steps
from ansible_collections.winops.rdp.plugins.plugin_utils.results import client_shape
from hypothesis import given
from hypothesis import strategies as st

from tests.attacks import mutants
from tests.hosts import clients
from tests.hosts.client_scenarios import FILE
from tests.hosts.windows import Windows

TARGET = "srv01.example.com"
ASKED = {"forget_certificate": True, "correct_rdp_files": True, "update": True}


def stage(data: bytes = b"", ended: str | None = None, **more: Any) -> dict[str, Any]:
    return {"data": base64.b64encode(data).decode(), "ended": ended, "error": None, "ms": 1, **more}


def told() -> dict[str, Any]:
    """An honest record of a look that reached CredSSP."""
    confirm = bytes.fromhex("030000130ed000001234000201080002000000")
    secured = stage(b"\x16\x03\x03\x00\x04\x0e\x00\x00\x00", version=3072, certificate="MAA=", sent="")
    answer = stage(bytes.fromhex("3000"), "closed", clock="2026-11-26T12:00:00.000Z")
    talk = {"negotiation": stage(confirm), "tls": secured, "answer": answer, "selected": 2}
    return {
        "time": "2026-11-26T12:00:00.000Z",
        "name_error": None,
        "name_ms": 1,
        "tcp_ms": 1,
        "tried": [{"address": "192.0.2.1", "outcome": 0}],
        "talks": [talk],
        "total_ms": 5,
    }


def answered() -> dict[str, Any]:
    """The answer of a client with something in every section."""
    host = Windows("pc", 26100)
    kept = {"CertHash": {"type": "binary", "data": base64.b64encode(b"x" * 20).decode()}}
    host.data["client"].update(
        profiles=[clients.profile(targets={TARGET: kept})],
        packages=[
            clients.package("Microsoft.RemoteDesktop", "10.2.1.0"),
            clients.package("Microsoft.DesktopAppInstaller", "1"),
        ],
        rdp_files={FILE: ["enablecredsspsupport:i:0", "password 51:b:AA"]},
    )
    given_ = {"targets": [TARGET], "rdp_files": [FILE]}
    found = clients.answer(host, given_)
    found["sections"]["look"] = told()
    return found


def judged(answer: Any) -> None:
    """What the module makes of an answer. Every step that it plans is on the closed list."""
    try:
        facts = ClientFacts(answer)
    except ClientError:
        return
    record = facts.section("look")
    look = client_look.result(record, TARGET, 3389) if record else None
    if look:
        assert look["stage"] in STAGES and look["outcome"] in OUTCOMES
    seen = ProbeResult(look)
    found = client_machine.diagnose(facts, TARGET, seen, ProbeResult())
    plan = client_plan.plan(ASKED, facts, seen, found)
    for step in plan.steps:
        try:
            steps.check([step])
        except steps.StepError:
            continue  # what a client made up is refused here, before it is asked for
    json.dumps(client_shape.result(facts, found, seen, ProbeResult(), plan))


@mutants.many(300, 20_000)
def test_any_answer_of_a_client_is_judged_or_refused(numbers: range) -> None:
    for chance in mutants.chances("answers of clients", numbers):
        judged(mutants.mutated(chance, copy.deepcopy(answered())))


@mutants.many(300, 20_000)
def test_any_record_of_a_look_is_a_result(numbers: range) -> None:
    for chance in mutants.chances("records of looks", numbers):
        look = client_look.result(mutants.mutated(chance, told()), TARGET, 3389)
        assert look["stage"] in STAGES and look["outcome"] in OUTCOMES and json.dumps(look)


@given(
    st.binary(max_size=400),
    st.binary(max_size=400),
    st.binary(max_size=400),
    st.sampled_from([None, "closed", "reset", "silent", "endless"]),
)
def test_any_bytes_of_a_host_are_a_result(first: bytes, second: bytes, third: bytes, ended: str | None) -> None:
    record = told()
    talk = record["talks"][0]
    talk["negotiation"]["data"] = base64.b64encode(
        bytes.fromhex("030000130ed000001234000201080002000000") + first
    ).decode()
    talk["tls"].update(stage(second, ended), version=None)
    talk["answer"].update(stage(third, ended))
    for version in (None, 3072, 12288, 7):
        talk["tls"]["version"] = version
        look = client_look.result(record, TARGET, 3389)
        assert look["stage"] in STAGES and look["outcome"] in OUTCOMES and json.dumps(look)


def test_an_honest_one_is_what_it_is() -> None:
    look = client_look.result(told(), TARGET, 3389)
    assert (look["stage"], look["outcome"]) == ("credssp", "malformed")
    facts = ClientFacts(answered())
    assert facts.unread == {} and [one.keeps_password for one in facts.rdp_files] == [True]
