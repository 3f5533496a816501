# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Windows firewall as a snapshot has it: rules, profiles, and what they come to for the listener's port.

Rules are the strings of the registry (``v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|...``); policy
settings of a profile override local ones; a block rule overrides every allow rule.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract, programs
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

BUILT_IN = contract.BUILT_IN_RULES[0]
# The program and the service that a rule for the listener is for.
SVCHOST, SERVICE = r"%SystemRoot%\system32\svchost.exe", "termservice"
_TCP, _UDP, _ANY_PROTOCOL = "6", "17", "256"
# Of a rule that belongs to a store app or to an app container's user; RDP is no app.
_OF_APPS = frozenset({"LUOwn", "AppPkgId", "PFN"})
# Fields by which a rule holds for some connections only: the host's own address, the client's port, the interface, the
# platform (rules for other builds are inactive), the tunnel, and what IPsec has to show. Names as in the grammar of
# firewall rules of [MS-GPFAS], https://learn.microsoft.com/openspecs/windows_protocols/ms-gpfas/
_CONDITION = re.compile(
    r"LA\d+|RPort(2_\d+)?|IF|IFType|Platform2?|TTK(2_\d+)?|NNm|Security(2|2_9)?|RMauth|RUAuth|LUAuth"
)
DOMAIN, PRIVATE, PUBLIC = contract.DOMAIN, contract.PRIVATE, contract.PUBLIC
# Addresses in words: all, and those of the networks that the host is in.
ANY, LOCAL_SUBNET = "Any", "LocalSubnet"
_MOST_ADDRESSES = 200
_SPAN = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
NAMES = {DOMAIN: "Domain", PRIVATE: "Private", PUBLIC: "Public"}
# NetworkCategory of a connection -> profile.
_OF_CATEGORY = {2: DOMAIN, 1: PRIVATE, 0: PUBLIC}
# The private profile is called StandardProfile in the registry; only policies know it by either name.
_LOCAL_KEYS = {profile: (rf"{collect.FIREWALL_LOCAL}\{name}",) for profile, name in collect.PROFILES.items()}
_POLICY_KEYS = {
    DOMAIN: (collect.FIREWALL_POLICY + r"\DomainProfile",),
    PRIVATE: (collect.FIREWALL_POLICY + r"\PrivateProfile", collect.FIREWALL_POLICY + r"\StandardProfile"),
    PUBLIC: (collect.FIREWALL_POLICY + r"\PublicProfile",),
}


@dataclass(frozen=True)
class Rule:
    """One rule.

    ``ports`` is None for any port, ``profiles`` a sum of profile bits, ``remotes`` the remote addresses for which it
    applies (empty: for all), ``conditions`` the other fields that narrow it, as the registry has them.
    """

    store: str
    name: str
    allows: bool
    active: bool
    profiles: int
    ports: tuple[tuple[int, int], ...] | None
    remotes: tuple[str, ...]
    for_listener: bool
    conditions: tuple[str, ...] = ()
    # The same as ``profiles``, and 0 where the rule names none, and so holds in all.
    profile_sum: int = 0
    # As the registry has them: protocol (256 is any), whether it is for what comes in, program and service in lower
    # case (empty: any), and the local ports as they are written.
    protocol: str = ""
    inbound: bool = True
    program: str = ""
    service: str = ""
    local_ports: tuple[str, ...] = ()

    @property
    def scoped(self) -> bool:
        """Whether it may hold for some clients and not for others."""
        return bool(self.remotes or self.conditions)

    @property
    def by_policy(self) -> bool:
        return self.store != "local"

    def covers(self, port: int) -> bool:
        """Whether it concerns TCP connections to this port of the listener."""
        return self.for_listener and (self.ports is None or any(first <= port <= last for first, last in self.ports))


def _fields(text: str) -> list[tuple[str, str]]:
    return re.findall(r"\|(\w+)=([^|]*)", text)


# The hosts of a run have the same few rules.
@lru_cache(maxsize=256)
def parse_rule(store: str, name: str, text: str) -> Rule:
    """A rule out of its registry string; what is not there has the firewall's own default."""
    fields = _fields(text)
    first = dict(reversed(fields))
    named = sum(
        {bit for field, value in fields if field == "Profile" for bit, label in NAMES.items() if label == value}
    )
    spans = [_span(value) for field, value in fields if field.startswith("LPort")]
    action = first.get("Action", "Allow")
    program, service = first.get("App", "").lower(), first.get("Svc", "").lower()
    return Rule(
        store,
        name,
        allows=action != "Block",
        active=first.get("Active", "FALSE").upper() == "TRUE",
        profiles=named or 7,
        ports=tuple(spans) if spans else None,
        remotes=tuple(value for field, value in fields if re.match(r"RA\d", field)),
        for_listener=(
            first.get("Dir", "In") == "In"
            and first.get("Protocol", "6") in ("6", "256")
            and (not program or program.replace("/", "\\").endswith("\\svchost.exe"))
            and service in ("", "*", "termservice")
            and not _OF_APPS & set(first)
        ),
        conditions=_conditions(fields, action),
        profile_sum=named,
        protocol=first.get("Protocol", _ANY_PROTOCOL),
        inbound=first.get("Dir", "In") == "In",
        program=program,
        service=service,
        local_ports=tuple(value for field, value in fields if field.startswith("LPort")),
    )


# What makes a connection security rule one that drops who does not come with IPsec, and the fields by which it holds
# for some connections only: addresses, the client's port, interfaces, tunnels, builds. The first end is the host
# (section 2.2.6.2).
_INBOUND_DEMANDED = frozenset({"Secure", "SecureServer"})
_SOME_CONNECTIONS = re.compile(r"EP[12]_[46]|EP2Port(2_10)?|IF|IFType|SkipVer|[RL]Tun\w*")


def demands_ipsec(text: str, profile: int, port: int) -> bool:
    """Whether a connection security rule, by its registry string, lets nobody in to a port without IPsec."""
    fields = _fields(text)
    first = dict(reversed(fields))
    named = {value for field, value in fields if field == "Profile"}
    if first.get("Active", "FALSE").upper() != "TRUE" or first.get("Action") not in _INBOUND_DEMANDED:
        return False
    if any(_SOME_CONNECTIONS.fullmatch(field) for field in first) or (named and NAMES[profile] not in named):
        return False
    ports = [_span(value) for field, value in fields if field.startswith("EP1Port")]
    covered = not ports or any(lowest <= port <= highest for lowest, highest in ports)
    return covered and first.get("Protocol", _ANY_PROTOCOL) in (_TCP, _ANY_PROTOCOL)


def _span(value: str) -> tuple[int, int]:
    """The ports of one field. A word (RPC, IPHTTPS ...) stands for ports that are not the listener's."""
    numbers = _SPAN.fullmatch(value)
    return (int(numbers[1]), int(numbers[2] or numbers[1])) if numbers else (0, 0)


def odd(rule: Rule, system32: str | None) -> str | None:
    """What makes a rule of a known name another one than Windows, or this collection, made; None if nothing does.
    ``system32`` is the host's own folder, None where it was not read.

    The names alone are no promise: whoever may write rules may write these as well. Only who may come in (profiles and
    addresses), whether it is on and the number of the port are somebody's to choose.
    """
    _usual, udp, shadow = contract.BUILT_IN_RULES
    shadowing = rule.name == shadow
    program = "rdpsa.exe" if shadowing else "svchost.exe"
    protocol = _UDP if rule.name == udp else _TCP
    checks = {
        "blocks": rule.allows,
        "overrides block rules": "Action=ByPass" not in rule.conditions,
        "is for outgoing connections": rule.inbound,
        f"is for the protocol {rule.protocol}, not {protocol}": rule.protocol == protocol,
        f"is for the program {rule.program or 'any'}": programs.is_own(rule.program, program, system32, bare=False),
        f"is for the service {rule.service or 'any'}": rule.service == ("" if shadowing else SERVICE),
        f"is for the ports {', '.join(rule.local_ports) or 'any'}": shadowing or _is_a_port(rule),
    }
    return next((told for told, right in checks.items() if not right), None)


def _is_a_port(rule: Rule) -> bool:
    return len(rule.local_ports) == 1 and rule.local_ports[0].isdecimal()


def plain(rule: Rule) -> Rule:
    """The same with its addresses in one form and order, and its profiles in one: for comparing."""
    remotes = {address(text) or text for text in rule.remotes} - {ANY}
    return replace(rule, remotes=tuple(sorted(remotes)), profile_sum=rule.profiles)


def made(step: Mapping[str, Any], before: Rule | None) -> Rule | None:
    """The plain rule that a step ``firewall.set`` or ``firewall.add`` makes of the one that was there."""
    text = f"|Action=Allow|Dir=In|Protocol=6|App={SVCHOST}|Svc={SERVICE}|"
    rule = before or parse_rule("local", step["rule"], text)
    rule = replace(rule, active=step["active"], profiles=step["profiles"] or 7)
    if step["addresses"] is not None:
        rule = replace(rule, remotes=tuple(step["addresses"]))
    if "port" in step:
        rule = replace(rule, ports=((step["port"], step["port"]),), local_ports=(str(step["port"]),))
    return plain(rule)


def _conditions(fields: list[tuple[str, str]], action: str) -> tuple[str, ...]:
    """What narrows a rule beside the remote address; one that bypasses block rules holds for IPsec alone."""
    found = [f"{field}={value}" for field, value in fields if _CONDITION.fullmatch(field)]
    return tuple(found + ["Action=ByPass"] * (action == "ByPass"))


def address(text: str) -> str | None:
    """A remote address of a rule in one form: an address, a network with the length of its prefix, a range, or a word.

    None if it is none. Windows takes and keeps networks with a mask as well; the registry has a range as ``a-b``.
    """
    text = text.strip()
    words = {word.lower(): word for word in (ANY, LOCAL_SUBNET)}
    if text.lower() in words:
        return words[text.lower()]
    try:
        if "-" in text:
            first, last = (ipaddress.ip_address(part.strip()) for part in text.split("-", 1))
            return f"{first}-{last}" if first.version == last.version and int(first) <= int(last) else None
        network = ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None
    return str(network.network_address) if network.prefixlen == network.max_prefixlen else str(network)


def are_addresses(given: object) -> bool:
    """Whether this is what a rule can be given: addresses in this module's form, each once, or ``Any`` alone."""
    if not isinstance(given, (list, tuple)) or not given or len(given) > _MOST_ADDRESSES:
        return False
    known = all(isinstance(text, str) and address(text) == text for text in given)
    return known and len(set(given)) == len(given) and (ANY not in given or len(given) == 1)


def holds(addresses: Iterable[str], one: str) -> bool | None:
    """Whether remote addresses in this module's form hold for this address; None if that cannot be said from here."""
    try:
        client = ipaddress.ip_address(one)
    except ValueError:
        return None
    unknown = False
    for text in addresses:
        if text == ANY:
            return True
        if text == LOCAL_SUBNET:
            unknown = True
        elif "-" in text:
            first, last = (ipaddress.ip_address(part) for part in text.split("-", 1))
            if client.version == first.version and int(first) <= int(client) <= int(last):
                return True
        elif client in ipaddress.ip_network(text, strict=False):
            return True
    return None if unknown else False


def kept_address(text: str) -> str:
    """A remote address out of the registry in the form in which the host script has it: with a prefix, not a mask."""
    try:
        found = ipaddress.ip_interface(text)
    except ValueError:
        return text
    whole = found.network.prefixlen == found.network.max_prefixlen
    return str(found.ip) if whole else f"{found.ip}/{found.network.prefixlen}"


def same_addresses(remotes: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether a rule with these remote addresses, as the registry has them, holds for just the wanted ones."""
    have = {address(text) or text for text in remotes}
    return (have or {ANY}) == set(wanted)


@dataclass(frozen=True)
class ProfileSetting:
    """A setting of a profile that is in force, and the key that it comes from; all None if it is not set."""

    value: int | None = None
    where: str | None = None
    by_policy: bool = False


def leads_out(address: str) -> bool:
    """Whether somebody elsewhere may come to this address: not to that of the host alone, or of its own link."""
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return True
    return not (found.is_loopback or found.is_link_local)


class Firewall:
    """The firewall of a host; ``known`` is False where the sections that tell of it are missing."""

    def __init__(self, snapshot: Snapshot) -> None:
        section = snapshot.section("firewall")
        self.snapshot = snapshot
        self.known = section is not None and snapshot.section("registry") is not None
        # Whether there is no rule beside those that were read; the built-in ones are read in any case.
        self.whole = "firewall" not in snapshot.truncated
        self.rules = (
            tuple(parse_rule(row["store"], row["name"], row["rule"]) for row in section["rules"]) if section else ()
        )

    def local_rule(self, name: str) -> Rule | None:
        """A rule of the host's own store."""
        return next((rule for rule in self.rules if (rule.store, rule.name) == ("local", name)), None)

    def profile_setting(self, profile: int, name: str) -> ProfileSetting:
        """A profile's setting in force."""
        for by_policy, keys in ((True, _POLICY_KEYS[profile]), (False, _LOCAL_KEYS[profile])):
            for key in keys:
                number = self.snapshot.number(key, name)
                if number is not None:
                    return ProfileSetting(number, contract.hklm(key), by_policy)
        return ProfileSetting()

    @staticmethod
    def keys(profile: int) -> tuple[str, ...]:
        """The registry keys that a profile's settings come from."""
        return (*_POLICY_KEYS[profile], *_LOCAL_KEYS[profile])

    def policy_ignores_local(self, profile: int) -> str | None:
        """The policy key by which local rules do not count in this profile, if so."""
        for key in _POLICY_KEYS[profile]:
            if self.snapshot.number(key, "AllowLocalPolicyMerge") == 0:
                return contract.hklm(key)
        return None

    def ipsec_demanded(self, profile: int, port: int) -> tuple[str, str] | None:
        """Name and key of a connection security rule that lets nobody in to this port without IPsec."""
        for key in (collect.IPSEC_POLICY, collect.IPSEC_LOCAL):
            for name in self.snapshot.value_names(key):
                if demands_ipsec(self.snapshot.text(key, name) or "", profile, port):
                    return name, key
        return None

    def profiles(self, address: str | None = None) -> list[int]:
        """The profiles of the networks that are up; only that of the network with this address if the host has it.

        Adapters of no network, such as that of loopback, have no category. The one with the address has one, and where
        that was not read, those of others say nothing of it.
        """
        up = self._up()
        return self._profiles_of([row for row in up if address in row["addresses"]] or up) or self._only_profile()

    def profiles_in_force(self) -> list[int] | None:
        """The profiles of all networks that are up; None where the host does not say that of each."""
        up = self._up()
        nameless = [row for row in up if row["category"] not in _OF_CATEGORY and any(map(leads_out, row["addresses"]))]
        return None if nameless else self._profiles_of(up) or None

    def _up(self) -> list[dict[str, Any]]:
        return [row for row in (self.snapshot.section("network") or {"adapters": ()})["adapters"] if row["up"]]

    @staticmethod
    def _profiles_of(adapters: list[dict[str, Any]]) -> list[int]:
        return sorted({_OF_CATEGORY[row["category"]] for row in adapters if row["category"] in _OF_CATEGORY})

    def _only_profile(self) -> list[int]:
        """Where the host does not say which network is up: the profile of all that it was in, if they share one."""
        if "registry" in self.snapshot.truncated:
            return []
        numbers = {
            self.snapshot.number(rf"{collect.NETWORKS}\{name}", "Category")
            for name in self.snapshot.subkeys(collect.NETWORKS)
        }
        return [_OF_CATEGORY[number] for number in numbers if number in _OF_CATEGORY] if len(numbers) == 1 else []

    def is_on(self, profile: int) -> bool:
        return self.profile_setting(profile, "EnableFirewall").value != 0

    def blocking(self, profile: int, port: int) -> list[Rule]:
        return [
            rule
            for rule in self.rules
            if rule.active and not rule.allows and rule.profiles & profile and rule.covers(port)
        ]

    def allowing(self, profile: int, port: int) -> list[Rule]:
        """The allow rules that count."""
        local = not self.policy_ignores_local(profile)
        return [rule for rule in self.allow_rules(port) if rule.profiles & profile and (local or rule.store != "local")]

    def allow_rules(self, port: int) -> list[Rule]:
        return [rule for rule in self.rules if rule.active and rule.allows and rule.covers(port)]
