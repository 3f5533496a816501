# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The guess that somebody drops the connection, and what is said before it, beside it and in place of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

from tests.hosts.snapshots import NOW
from tests.incidents.build import bundle

Json = dict[str, Any]
GUESS, CRASHING, PRODUCT = "interference.handshake_dropped", "service.crashing", "interference.security_product"
POLICY = "SOFTWARE\\Policies\\Microsoft\\Cryptography\\Configuration\\SSL\\00010002"
MEMBER = {"host": {"part_of_domain": True, "dns_domain": "corp.example.com"}}
NO_CHANNEL = {"domain": {"joined": True, "name": "corp.example.com", "channel_status": None}}


@pytest.fixture
def judged(tmp_path: Path) -> Any:
    def judge(look: str | None, evidence: Json | None = None, questions: Json | None = None, **more: Any) -> Json:
        incident = {"name": "WEB01", "source": "", "words": "", "right": "", "evidence": evidence or {}, **more}
        file = tmp_path / "web01.json"
        file.write_text(json.dumps(bundle(incident | ({"look": look} if look else {}))), encoding="utf-8")
        return bundles.judge(bundles.read(file), None, RepairPolicy(), shape.Questions(**(questions or {})))

    return judge


def named(result: Json) -> list[tuple[str, str]]:
    return [(one["id"], one["confidence"]) for one in result["findings"]]


def finding(result: Json, id_: str) -> Json:
    return next(one for one in result["findings"] if one["id"] == id_)


@pytest.mark.parametrize(
    ("look", "evidence", "first"),
    [
        ("tls_alert", {"registry": {POLICY: {"Functions": "TLS_AES_256_GCM_SHA384"}}}, "tls.suites_unusable"),
        ("closed", {"listener": {"policy": {"MinEncryptionLevel": 1}}}, "listener.encryption_level_invalid"),
    ],
)
def test_the_guess_stands_behind_what_was_read_and_can_end_the_look(
    judged: Any, look: str, evidence: Json, first: str
) -> None:
    assert named(judged(look, evidence)) == [(first, "likely"), (GUESS, "possible")]


def test_the_guess_says_what_was_not_read(judged: Any) -> None:
    whole, less = judged("tls_reset"), judged("tls_reset", without=["registry", "events"])
    assert named(whole) == [(GUESS, "likely")] and named(less) == [(GUESS, "possible")]
    assert "nothing on the host explains it" in finding(whole, GUESS)["summary"]
    said = finding(less, GUESS)
    assert "nothing on the host" not in said["summary"] and "what the host logged" in said["summary"]
    assert said["advice"].startswith("read first what was not read")
    for result in (whole, less):
        assert "repaired in the network" not in result["summary"]
        assert "whether the network or the host ends it" in result["summary"]


@pytest.mark.parametrize(("source", "number"), [("application", 1000), ("reporting", 1001)])
def test_one_crash_of_the_last_day_is_told_where_nobody_looked(judged: Any, source: str, number: int) -> None:
    modules = ["svchost.exe_TermService", "termsrv.dll"]
    crash = {"from": source, "id": number, "modules": modules, "seconds_ago": 3600}
    assert named(judged(None, {"events": [crash]})) == [("listener.errors_logged", "likely")]
    assert named(judged(None, {"events": [{**crash, "seconds_ago": 3 * 86400}]})) == []


def test_the_line_of_a_healthy_host_says_how_far_the_look_came(judged: Any) -> None:
    assert judged("in")["summary"] == "healthy: a client reaches the logon; what comes after it was not tried"
    assert "was not tried" not in judged("tls_reset")["summary"]


@pytest.mark.parametrize("service", ["TeamViewer", "AnyDesk", "Parsec", "rserver3"])
def test_a_program_for_remote_control_drops_nothing(judged: Any, service: str) -> None:
    result = judged("tls_reset", {"products": [service]})
    assert named(result) == [(GUESS, "likely"), (PRODUCT, "possible")]
    said = finding(result, PRODUCT)
    assert said["severity"] == "warning" and "filters none of Remote Desktop's" in said["advice"]
    assert "exclusion" not in said["advice"] and "can drop" not in said["summary"]


@pytest.mark.parametrize(
    ("service", "confidence", "advice"),
    [
        ("CSFalconService", "likely", "exclusion of svchost.exe"),
        ("ekrn", "likely", "the product's own firewall"),
        ("Cloudflared", "possible", "past the tunnel"),
        ("nordvpn-service", "possible", "past the tunnel"),
        ("DevolutionsGateway", "possible", "connect once without it"),
    ],
)
def test_each_kind_of_product_has_its_advice(judged: Any, service: str, confidence: str, advice: str) -> None:
    result = judged("tls_reset", {"products": [service]})
    assert named(result) == [(PRODUCT, confidence)] and advice in finding(result, PRODUCT)["advice"]


def test_the_kinds_of_products_are_of_known_ones_and_apart() -> None:
    kinds = (collect.TUNNELS, collect.BASTIONS, collect.REMOTE_CONTROL)
    assert set().union(*kinds) <= {*collect.PRODUCTS.values()}
    assert sum(map(len, kinds)) == len(set().union(*kinds))


@pytest.mark.parametrize(("look", "id_"), [("in", "client.not_reproduced"), ("tls_reset", GUESS)])
@pytest.mark.parametrize("name", ["FortiClient VPN", "GlobalProtect", "Cisco AnyConnect", "TeamViewer", "NordVPN"])
def test_a_way_that_the_user_names_is_asked_for(judged: Any, look: str, id_: str, name: str) -> None:
    needed = finding(judged(look, code=f"0x904/0x7 through {name}"), id_)["needs_evidence"]
    assert any(f"without {name}," in text for text in needed)
    assert not any(
        "which the user names" in text for text in finding(judged(look, code="0x904/0x7"), id_)["needs_evidence"]
    )


def test_a_code_of_one_user_asks_for_the_address_and_the_day(judged: Any) -> None:
    def asks(**questions: Any) -> list[bool]:
        found = finding(judged("in", code="0x904/0x7", questions=questions), "client.not_reproduced")
        return [any(f"({name})" in text for text in found["needs_evidence"]) for name in ("client_address", "since")]

    assert asks() == [True, True]
    assert asks(client_address="203.0.113.7") == [False, True] and asks(since=NOW) == [True, False]


def test_accounts_of_microsoft_s_clouds_have_their_own_advice(judged: Any) -> None:
    personal = finding(judged("in", code="Your credentials did not work. MicrosoftAccount\\bob"), "client.credentials")
    company = finding(judged("in", code="Your credentials did not work. AzureAD\\bob"), "client.credentials")
    assert "MicrosoftAccount\\NAME@MAIL" in personal["advice"] and "enablerdsaadauth" in company["advice"]
    for one in (personal, company):
        assert "pku2u\\AllowOnlineID" in one["advice"] and "Security Options" in one["advice"]


@pytest.mark.parametrize(("value", "told"), [(0, True), (1, False), (None, False)])
def test_a_host_that_is_set_to_take_none_of_them_says_so(judged: Any, value: int | None, told: bool) -> None:
    registry = {collect.LSA + r"\pku2u": {"AllowOnlineID": value}}
    result = judged("in", {"registry": registry}, code="Your credentials did not work. MicrosoftAccount\\bob")
    facts = [one["fact"] for one in finding(result, "client.credentials")["evidence_for"]]
    assert ("AllowOnlineID is 0" in facts) is told


@pytest.mark.parametrize(("channel", "netlogon", "told"), [(None, None, True), (None, 4, False), (0, None, False)])
def test_logons_that_failed_without_netlogon_are_told(
    judged: Any, channel: int | None, netlogon: int | None, told: bool
) -> None:
    """Unless it runs now, or the secure channel is in order."""
    evidence: Json = {**MEMBER, "domain": {**NO_CHANNEL["domain"], "channel_status": channel}}
    logon = {"from": "security", "id": 4625, "numbers": [0xC0000192, 0, 3], "count": 3, "seconds_ago": 300}
    evidence["events"] = [logon]
    if netlogon:
        evidence["products"] = [{"name": "Netlogon", "state": netlogon}]
    assert (("nla.no_domain_controller", "possible") in named(judged("in", evidence))) is told
