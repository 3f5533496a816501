# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's own firewall, opened and closed for Remote Desktop: rules of the host's own store, by name.

Windows' own rules are used where they cover the listener's port, else the collection's own. Profiles are never switched
off, nobody else's rule is touched, and what a policy or a block rule overrides is refused with its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.by_hand import with_commands
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import (
    ANY,
    NAMES,
    Firewall,
    Rule,
    are_addresses,
    odd,
    same_addresses,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import RUNNING, Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# The options of modules: profiles and Windows' own rules by short names.
PROFILES = {"domain": contract.DOMAIN, "private": contract.PRIVATE, "public": contract.PUBLIC}
RULES = dict(zip(("tcp", "udp", "shadow"), contract.BUILT_IN_RULES))
_TCP, _UDP = RULES["tcp"], RULES["udp"]
_USUAL_PORT = 3389
_SERVICE = "mpssvc"


@dataclass(frozen=True)
class Opening:
    """What is asked for.

    ``profiles`` is a sum of bits, ``addresses`` the remote addresses in the form of ``host.firewall`` (None: a rule
    keeps what it has, a new one is for all), ``rules`` the names of Windows' own rules, ``finding`` what it is for.
    """

    profiles: int
    addresses: tuple[str, ...] | None = None
    rules: tuple[str, ...] = (_TCP, _UDP)
    finding: str = ""

    @property
    def names(self) -> str:
        return ", ".join(name for bit, name in NAMES.items() if self.profiles & bit)


def open_steps(wanted: Opening, snapshot: Snapshot) -> list[Step]:
    """The steps that open the firewall. Raises ``Refused`` where that would have no effect."""
    wall = _firewall(snapshot)
    if wanted.addresses is not None and not are_addresses(wanted.addresses):
        raise Refused("the remote addresses are none, or not in a form that the firewall takes")
    if wanted.profiles & contract.PUBLIC and wanted.addresses is None:
        raise Refused(
            "nothing is opened in the profile Public without its addresses (remote_addresses)", None, "public"
        )
    needed = 0
    for profile in (bit for bit in NAMES if wanted.profiles & bit):
        _refuse_hindrance(wall, profile, snapshot)
        needed |= 0 if _open_by_policy(wall, profile, snapshot) else profile
    if not needed:
        return []
    return [*_tcp(wanted, wall, snapshot), *_beside(wanted, wall, snapshot)]


def close_steps(snapshot: Snapshot, finding: str) -> list[Step]:
    """The steps that turn off the rules that this collection knows by name, and no others."""
    wall = _firewall(snapshot)
    why = "Remote Desktop is asked to be closed in the firewall"
    return [_off(rule, why, finding) for rule in _known(wall) if rule.active]


def rules_on(snapshot: Snapshot) -> set[str]:
    """Names of the rules that ``close_steps`` would turn off."""
    return {rule.name for rule in _known(Firewall(snapshot)) if rule.active}


def notes(snapshot: Snapshot, *, closing: bool) -> Iterator[tuple[str, str]]:
    """What stays as it is and matters, each as a summary and what to do."""
    wall = Firewall(snapshot)
    mine = {(rule.store, rule.name) for rule in _known(wall)}
    others = [rule for rule in wall.allow_rules(snapshot.port) if (rule.store, rule.name) not in mine]
    if closing and others:
        yield (
            f"other rules still allow port {snapshot.port}: {_named(others)}",
            "they belong to somebody; close them there",
        )
    blocking = [rule for rule in wall.rules if rule.active and not rule.allows and rule.covers(snapshot.port)]
    if not closing and blocking:
        yield f"rules that block some clients stay: {_named(blocking)}", "a block rule overrides every allow rule"
    if not wall.whole:
        yield "the host gave only a part of its firewall rules", "others may allow or block the port"


def _named(rules: Iterable[Rule]) -> str:
    return ", ".join(f"{rule.name} ({rule.store})" for rule in rules)


def _firewall(snapshot: Snapshot) -> Firewall:
    """The firewall, if it can be judged and written. Raises ``Refused``."""
    wall = Firewall(snapshot)
    if not wall.known:
        raise Refused("the firewall's rules or settings could not be read")
    service = snapshot.windows_service(_SERVICE)
    if service is None or service["state"] != RUNNING:
        raise Refused(
            f"the firewall's service {_SERVICE} does not run, or could not be read: its rules cannot be changed"
        )
    return wall


def _known(wall: Firewall) -> list[Rule]:
    found = (wall.local_rule(name) for name in (*contract.BUILT_IN_RULES, contract.OWN_RULE))
    return [rule for rule in found if rule]


def _open_by_policy(wall: Firewall, profile: int, snapshot: Snapshot) -> bool:
    """Whether policy lets everybody through there, and no local rule is needed, or counts."""
    return any(rule.by_policy and not rule.scoped for rule in wall.allowing(profile, snapshot.port))


def _refuse_hindrance(wall: Firewall, profile: int, snapshot: Snapshot) -> None:
    """What would override the rule in this profile."""
    name = NAMES[profile]
    closed = wall.profile_setting(profile, "DoNotAllowExceptions")
    if closed.value == 1:
        by = f"the policy {closed.where}" if closed.by_policy else closed.where
        raise Refused(
            f"the profile {name} accepts no connections at all (DoNotAllowExceptions, set by {by})", None, "policy"
        )
    ignoring = wall.policy_ignores_local(profile)
    if ignoring and not _open_by_policy(wall, profile, snapshot):
        gpo = snapshot.gpo(ignoring, "AllowLocalPolicyMerge")
        by = f" of the GPO '{gpo}'" if gpo else ""
        raise Refused(
            f"local firewall rules do not count in the profile {name}: {ignoring}\\AllowLocalPolicyMerge{by} is 0",
            "put the rule for Remote Desktop into that policy",
            "policy",
        )
    blocking = [rule for rule in wall.blocking(profile, snapshot.port) if not rule.scoped]
    if blocking:
        raise Refused(
            f"port {snapshot.port} is blocked in the profile {name} by {_named(blocking)}, and a block rule overrides"
            " every allow rule",
            with_commands(
                "find out who made it, and turn it off: Disable-NetFirewallRule -Name {rule!q}",
                {"rule": blocking[0].name},
            ),
            "block_rule",
        )


def _tcp(wanted: Opening, wall: Firewall, snapshot: Snapshot) -> list[Step]:
    """Windows' own rule for TCP if it covers the port, else the collection's own."""
    port, own = snapshot.port, wall.local_rule(contract.OWN_RULE)
    built_in = wall.local_rule(_TCP) if _TCP in wanted.rules else None
    if built_in and built_in.allows and built_in.covers(port) and not built_in.conditions:
        stale = [_off(own, "Windows' own rule covers the port", wanted.finding)] if own and own.active else []
        return [*_set(_as_made(built_in, snapshot), wanted), *stale]
    if _TCP not in wanted.rules:
        return []
    if own and _as_made(own, snapshot).ports == ((port, port),):
        return _set(own, wanted)
    why = f"no rule of Windows covers port {port}: a rule of this collection for it, in {wanted.names}"
    addresses = list(wanted.addresses or (ANY,))
    return [steps.add_rule(port, profiles=wanted.profiles, addresses=addresses, reason=why, finding=wanted.finding)]


def _beside(wanted: Opening, wall: Firewall, snapshot: Snapshot) -> list[Step]:
    """UDP, which is at the usual port alone, and shadowing: Windows' own rules, where the host has them."""
    found = (
        wall.local_rule(name)
        for name in wanted.rules
        if name != _TCP and (name != _UDP or snapshot.port == _USUAL_PORT)
    )
    return [step for rule in found if rule and rule.allows for step in _set(_as_made(rule, snapshot), wanted)]


def _as_made(rule: Rule, snapshot: Snapshot) -> Rule:
    """A rule that is what its name stands for. Raises ``Refused`` for one that somebody has made another of."""
    if why := odd(rule, snapshot.system32):
        raise Refused(
            f"the firewall rule {rule.name} is not what its name stands for: it {why}",
            "somebody has changed it; put it back or delete it, then run again",
        )
    return rule


def _set(rule: Rule, wanted: Opening) -> list[Step]:
    scoped = wanted.addresses is not None and not same_addresses(rule.remotes, wanted.addresses)
    if rule.active and rule.profiles == wanted.profiles and not scoped:
        return []
    addresses = None if wanted.addresses is None else list(wanted.addresses)
    who = "" if addresses is None else f" for {', '.join(addresses)}"
    return [
        steps.set_rule(
            rule.name,
            active=True,
            profiles=wanted.profiles,
            addresses=addresses,
            reason=f"the firewall is asked to be open in {wanted.names}{who}",
            finding=wanted.finding,
        )
    ]


def _off(rule: Rule, why: str, finding: str) -> Step:
    return steps.set_rule(
        rule.name, active=False, profiles=rule.profile_sum, addresses=None, reason=why, finding=finding
    )
