# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the host's firewall, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import parse_rule

from tests.hosts.faults import (
    IN,
    LOCAL,
    OFF,
    REFUSED,
    RESET,
    TIMEOUT,
    Sight,
    network_category,
    on_port,
    service_state,
)
from tests.hosts.snapshots import FIREWALL_RULE, Host, dword, probe
from tests.profiles import each
from tests.unit.judging import assert_silent, ids, run

TCP = "RemoteDesktop-UserMode-In-TCP"


@each(
    "change",
    [
        lambda host: host.rule(Profile="Private"),
        lambda host: host.rule(OFF).rule(name="{site}", LPort="3380-3400").rule(name=TCP, text=OFF),
        lambda host: host.rule(name="{other}", Action="Block", LPort="22"),
        lambda host: host.rule(name="{scoped}", Action="Block", RA4="192.0.2.0/24"),
        lambda host: host.rule(RA4="192.0.2.0/24"),
        lambda host: host.rule(name="{out}", Action="Block", Dir="Out"),
        lambda host: host.rule(name="{web}", Action="Block", App=r"%SystemRoot%\system32\other.exe"),
        lambda host: host.rule(OFF).value(rf"{LOCAL}\StandardProfile", "EnableFirewall", dword(0)),
        lambda host: host.rule(OFF).value(rf"{LOCAL}\StandardProfile", "DefaultInboundAction", dword(0)),
        lambda host: on_port(host, 3390).rule(name="{3390}", LPort="3390"),
        lambda host: (
            host.value(rf"{collect.FIREWALL_POLICY}\PrivateProfile", "AllowLocalPolicyMerge", dword(0))
            .rule(name="{gpo}", store="policy")
            .rule(OFF)
        ),
        lambda host: host.value(rf"{collect.FIREWALL_POLICY}\PublicProfile", "AllowLocalPolicyMerge", dword(0)),
    ],
)
@each("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


@each("name", ["BFE", "mpssvc"])
@each("state", [1, 2, 3, 5, 6, 7])
def test_a_service_that_does_not_run_is_the_cause_of_silence(name: str, state: int) -> None:
    """One that hangs is not helped by another start, and may come up any moment: it is not proven."""
    [found] = run(service_state(Host(), name, state), TIMEOUT).findings
    assert (found.id, found.owner) == ("firewall.service_stopped", "host")
    assert found.confidence == ("proven" if state == 1 else "likely")
    assert ("Start-Service" in (found.advice or "")) == (state == 1)
    assert_silent(lambda host: service_state(host, name, state), IN)
    assert found.id not in ids(run(service_state(Host(), name, state), REFUSED))


@each("name", ["BFE", "mpssvc"])
@each("state", [1, 2])
def test_nobody_looked_at_a_host_without_its_firewall_s_service(name: str, state: int) -> None:
    """Some take connections without it: a suspicion, beside what the rules are."""
    judged = run(service_state(Host(), name, state), None)
    [found] = judged.findings
    assert (found.id, found.severity, found.confidence) == ("firewall.service_stopped", "warning", "possible")
    assert "whether connections arrive" in found.needs_evidence[0] and judged.verdict == "unknown"
    off = run(service_state(Host().rule(OFF), name, state), None).findings
    assert [one.id for one in off] == ["firewall.rule_disabled", "firewall.service_stopped"]


IPSEC = "v2.31|Action=SecureServer|Name=all|Desc=|Active=TRUE|EmbedCtxt=|"


@pytest.mark.parametrize("key", [collect.IPSEC_LOCAL, collect.IPSEC_POLICY])
@pytest.mark.parametrize(
    "text",
    [
        IPSEC,
        IPSEC.replace("SecureServer", "Secure"),
        f"{IPSEC}Protocol=6|EP1Port=3389|",
        f"{IPSEC}EP1Port2_10=3000-4000|Profile=Private|",
    ],
)
def test_ipsec_that_is_demanded_keeps_everybody_out(key: str, text: str) -> None:
    host = Host().value(key, "{1}", {"type": "string", "data": text})
    [found] = run(host, TIMEOUT).findings
    assert (found.id, found.confidence) == ("firewall.block_rule", "likely")
    assert found.owner == ("policy" if key == collect.IPSEC_POLICY else "host")
    assert "Disable-NetIPsecRule -Name '{1}'" in (found.advice or "")
    assert ids(run(host, IN)) == ids(run(host, None)) == []


@pytest.mark.parametrize(
    "text",
    [
        IPSEC.replace("TRUE", "FALSE"),
        IPSEC.replace("SecureServer", "Boundary"),
        IPSEC.replace("SecureServer", "DoNotSecure"),
        f"{IPSEC}Protocol=17|",
        f"{IPSEC}Protocol=6|EP1Port=445|",
        f"{IPSEC}EP1Port=RPC|",
        f"{IPSEC}Profile=Domain|",
        f"{IPSEC}EP2_4=10.9.0.0/255.255.0.0|",
        f"{IPSEC}RTunnel4=10.0.0.1|",
        "",
        "no rule",
    ],
)
def test_ipsec_that_is_not_demanded_of_everybody_is_no_cause(text: str) -> None:
    host = Host().value(collect.IPSEC_LOCAL, "{1}", {"type": "string", "data": text})
    assert ids(run(host, TIMEOUT)) == ["network.unreachable"]


def test_a_firewall_that_let_the_probe_through_is_not_accused() -> None:
    assert ids(run(Host().rule(OFF), IN)) == []
    assert ids(run(Host().rule(OFF), RESET)) == ["interference.handshake_dropped"]


def test_the_profile_is_that_of_the_network_that_was_probed() -> None:
    host = Host().rule(Profile="Private")
    host.sections["network"]["adapters"].append(
        {"id": "{2}", "kind": 6, "up": True, "index": 9, "mtu": 1500, "addresses": ["192.0.2.9"], "category": 0}
    )
    assert ids(run(host, probe("tcp", "timeout", address="10.0.0.5"))) == ["network.unreachable"]
    top = run(host, probe("tcp", "timeout", address="192.0.2.9")).findings[0]
    assert (top.id, top.confidence) == ("firewall.profile_mismatch", "proven")
    # Without an address it may have been either: not proven.
    assert run(host, TIMEOUT).findings[0].confidence == "likely"
    assert ids(run(host, None)) == []


def test_a_refusal_speaks_against_the_firewall() -> None:
    top = run(Host().rule(OFF), REFUSED).findings[0]
    assert (top.id, top.confidence) == ("firewall.rule_disabled", "likely") and top.evidence_against


def test_addresses_that_are_blocked_are_only_a_suspicion() -> None:
    blocked = Host().rule(name="{ban}", Action="Block", RA4="192.0.2.7", App="", Svc="")
    diagnosis = run(blocked, TIMEOUT)
    assert [(found.id, found.confidence) for found in diagnosis.findings] == [
        ("network.unreachable", "likely"),
        ("firewall.address_scope", "possible"),
    ]
    assert "192.0.2.7" in diagnosis.findings[1].evidence_for[0].fact


def test_rules_of_the_registry_are_read() -> None:
    rule = parse_rule("local", "x", FIREWALL_RULE + "Profile=Domain|Profile=Public|RA4=10.0.0.0/8|")
    assert (rule.allows, rule.active, rule.profiles, rule.ports, rule.scoped, rule.for_listener) == (
        True,
        True,
        5,
        ((3389, 3389),),
        True,
        True,
    )
    assert parse_rule("local", "x", "v2.31|Action=Block|Active=TRUE|Dir=In|").covers(3389)
    assert not parse_rule("local", "x", "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=RPC|").covers(3389)
    assert not parse_rule("local", "x", "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|App=System|").covers(3389)
    assert not parse_rule("local", "x", "").active


@pytest.mark.parametrize(("base", "owner"), [(LOCAL, "host"), (collect.FIREWALL_POLICY, "policy")])
def test_who_set_the_profile_owns_what_it_blocks(base: str, owner: str) -> None:
    host = Host().value(rf"{base}\StandardProfile", "DoNotAllowExceptions", dword(1))
    top = run(host, TIMEOUT).findings[0]
    assert (top.id, top.owner) == ("firewall.block_all", owner)


@pytest.mark.parametrize(("store", "owner"), [("local", "host"), ("policy", "policy")])
def test_who_made_a_rule_owns_what_it_blocks(store: str, owner: str) -> None:
    top = run(Host().rule(name="{1}", store=store, Action="Block"), TIMEOUT).findings[0]
    assert (top.id, top.owner) == ("firewall.block_rule", owner)


def _of(store: str, **fields: str) -> Host:
    """The one rule that lets clients in, or keeps them out, is the host's own or a policy's."""
    host = Host()
    host.sections["firewall"]["rules"].clear()
    return host.rule(name="{1}", store=store, **fields)


@pytest.mark.parametrize(
    ("id_", "made"),
    [
        ("firewall.block_rule", lambda store: Host().rule(name="{1}", store=store, Action="Block")),
        ("firewall.address_scope", lambda store: _of(store, RA4="192.0.2.7")),
        (
            "firewall.address_scope",
            lambda store: Host().rule(name="{1}", store=store, Action="Block", RA4="10.0.0.0/255.0.0.0"),
        ),
        ("firewall.profile_mismatch", lambda store: _of(store, Profile="Domain")),
        (
            "firewall.block_all",
            lambda store: Host().value(
                rf"{LOCAL if store == 'local' else collect.FIREWALL_POLICY}\StandardProfile",
                "DoNotAllowExceptions",
                dword(1),
            ),
        ),
    ],
)
@pytest.mark.parametrize("store", ["local", "policy"])
def test_what_a_policy_sets_is_answered_with_its_own_place(id_: str, made: Callable[[str], Host], store: str) -> None:
    [found] = [one for one in run(made(store), TIMEOUT).findings if one.id == id_]
    advice = found.advice or ""
    local = "Set-NetFirewall" in advice or "Disable-NetFirewallRule" in advice
    assert (found.owner, local) == (("policy", False) if store == "policy" else ("host", True))
    assert ("gpupdate" in advice and "Computer Configuration >" in advice) is (store == "policy")
    assert "{" not in advice.replace("{1}", "")


def test_of_two_rules_the_host_s_own_can_be_widened_there() -> None:
    host = _of("policy", Profile="Domain").rule(name="own", Profile="Domain")
    [found] = run(host, TIMEOUT).findings
    assert (found.id, found.owner) == ("firewall.profile_mismatch", "host")
    assert "-Name 'own' -Profile Domain, Private" in (found.advice or "")


@pytest.mark.parametrize(
    ("has", "category", "needed"),
    [
        ("Domain|Profile=Public", 1, "Domain, Private, Public"),
        ("Private", 2, "Domain, Private"),
        ("Public", 1, "Private, Public"),
    ],
)
def test_a_rule_that_is_widened_keeps_the_profiles_that_it_has(has: str, category: int, needed: str) -> None:
    [found] = run(network_category(_of("local", Profile=has), category), TIMEOUT).findings
    assert found.id == "firewall.profile_mismatch" and f"-Profile {needed}, " in (found.advice or "")
    assert "take the place of what is there" in (found.advice or "")


def test_who_replaces_addresses_is_told_to_keep_those_of_before() -> None:
    host = Host().rule(RA4="192.0.2.0/255.255.255.0")
    advice = run(host, TIMEOUT).findings[0].advice or ""
    assert "-RemoteAddress ADDRESSES" in advice and "take the place of what is there" in advice


def test_nobody_is_told_to_let_everybody_in_from_a_public_network() -> None:
    host = network_category(Host().rule(Profile="Domain"), 0)
    top = run(host, TIMEOUT).findings[0]
    assert top.id == "firewall.profile_mismatch" and "Any" not in (top.advice or "")
    assert "remote_addresses=ADDRESSES" in (top.advice or "") and "Set-NetConnectionProfile" in (top.advice or "")


def test_a_rule_with_thousands_of_blocked_addresses_does_not_cost_the_firewall() -> None:
    blocked = "|RA4=".join(f"198.18.{number // 250}.{number % 250}/255.255.255.255" for number in range(3000))
    found = run(Host().rule(OFF).rule(name="{blocked}", Action="Block", RA4=blocked), TIMEOUT)
    assert found.findings[0].id == "firewall.rule_disabled" and not found.unread


def test_a_built_in_rule_that_is_gone_or_off_is_for_people_to_open() -> None:
    host = Host()
    host.sections["firewall"]["rules"].clear()
    top = run(host, TIMEOUT).findings[0]
    assert top.id == "firewall.rule_disabled" and "is not there" in top.evidence_for[0].fact
    for finding in (top, run(Host().rule(OFF), TIMEOUT).findings[0]):
        assert finding.has_remedy and not finding.automatic and finding.target == {"profile": 2}
    public = run(network_category(Host().rule(OFF), 0), TIMEOUT).findings[0]
    assert not public.has_remedy and "remote_addresses" in (public.advice or "")


@pytest.mark.parametrize("mark", ["LUOwn=S-1-5-21-1-2-3-1001", "AppPkgId=S-1-15-2-1", "PFN=Contoso.App_8wekyb3d8bbwe"])
def test_a_store_app_s_rule_lets_no_client_of_remote_desktop_in(mark: str) -> None:
    """It names no program, protocol or port, and holds for its app alone."""
    host = Host().rule(OFF).rule(f"v2.30|Action=Allow|Active=TRUE|Dir=In|{mark}|", "{app}")
    top = run(host, TIMEOUT).findings[0]
    assert (top.id, top.confidence) == ("firewall.rule_disabled", "proven")
    blocked = Host().rule(f"v2.30|Action=Block|Active=TRUE|Dir=In|{mark}|", "{app}")
    assert ids(run(blocked, TIMEOUT)) == ["network.unreachable"]


@each(
    "condition",
    [
        {"LA4": "192.0.2.7"},
        {"LA6": "2001:db8::7"},
        {"RPort": "5000"},
        {"RPort2_10": "5000-5010"},
        {"IF": "{0A6F8B0E-6C0B-4B0E-9C55-2A4E7C0A0001}"},
        {"IFType": "RemoteAccess"},
        {"Security": "Authenticate"},
        {"Security2_9": "An-NoEncap"},
        {"RMauth": "O:LSD:(A;;CC;;;S-1-5-21-1-2-3-515)"},
        {"RUAuth": "O:LSD:(A;;CC;;;S-1-5-21-1-2-3-513)"},
        {"Platform": "2:6:1"},
        {"TTK2_22": "ProximityAllJoyn"},
        {"Action": "ByPass"},
    ],
    ids=str,
)
def test_a_rule_under_a_condition_is_no_rule_for_everybody(condition: dict[str, str]) -> None:
    """It may be the one that lets clients in and may not: a likely cause for those that are kept out, with its name."""
    top = run(Host().rule(**condition), TIMEOUT).findings[0]
    [[name, value]] = condition.items()
    assert (top.id, top.confidence) == ("firewall.address_scope", "likely")
    assert "conditions" in top.summary and any(f"{name}={value}" in one.fact for one in top.evidence_for)
    assert ids(run(Host().rule(name="{block}", Action="Block", LA4="192.0.2.7"), IN)) == []
    assert ids(run(Host().rule(**condition), IN)) == []


def test_rules_that_were_not_all_read_accuse_nobody_for_sure() -> None:
    """Among the others may be one that allows it."""
    host = Host().rule(OFF)
    host.answer["truncated"].append("firewall")
    found = {finding.id: finding for finding in run(host, TIMEOUT).findings}
    assert {name: finding.confidence for name, finding in found.items()} == {
        "firewall.rule_disabled": "possible",
        "network.unreachable": "possible",
    }
    assert "ActiveStore" in found["firewall.rule_disabled"].needs_evidence[0]
    assert ids(run(host, None)) == []


def test_the_profile_of_all_networks_serves_where_the_host_does_not_say_which_is_up() -> None:
    """WMI alone tells an adapter's category; without it the registry's list of networks does, if all share one."""

    def without_category(*categories: int) -> Host:
        host = Host().rule(OFF)
        host.sections["network"]["adapters"][0]["category"] = None
        for number, category in enumerate(categories):
            host.value(rf"{collect.NETWORKS}\{{{number}}}", "Category", dword(category))
        return host

    assert ids(run(without_category(1, 1), TIMEOUT))[0] == "firewall.rule_disabled"
    assert ids(run(without_category(1, 2), TIMEOUT)) == ["network.unreachable"]
    assert ids(run(without_category(), TIMEOUT)) == ["network.unreachable"]


def test_a_firewall_that_drops_is_not_first_where_the_port_answered() -> None:
    """A port that refuses was reached: what keeps the listener from it stands before a rule that is missing as well."""
    host = Host().setting("rdp_tcp", "PortNumber", dword(49151))
    host.sections["port"].update(number=49151, listeners=[])
    assert ids(run(host, TIMEOUT))[0] == "firewall.port_not_allowed"
    assert ids(run(host, REFUSED))[:2] == ["listener.not_listening", "firewall.port_not_allowed"]


def _turned_off(host: Host) -> Host:
    return host.setting("terminal_server", "fDenyTSConnections", dword(1))


# The category of the network that is up (None: not read), and what is opened.
@each("category, opened", [(2, "Domain"), (1, "Private"), (0, "PROFILE"), (None, "PROFILE")])
def test_by_hand_a_rule_is_opened_in_the_profile_that_is_up_and_in_no_other(category: int | None, opened: str) -> None:
    """Windows' own rules are for all profiles, the public one among them: there people say who may come in."""
    for change in (lambda host: host.rule(OFF), lambda host: on_port(host.rule(OFF), 3390), _turned_off):
        host = change(network_category(Host(), category) if category is not None else Host().without("network"))
        texts = [found.by_hand or "" for found in run(host, TIMEOUT).findings]
        profiles = [found for text in texts for found in re.findall(r"-Profile (\w+)", text)]
        assert set(profiles) <= {opened} and "Enable-NetFirewallRule" not in "".join(texts)
        assert bool(profiles) == (change is _turned_off or opened != "PROFILE")
