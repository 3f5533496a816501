# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the host's own firewall: does it let clients through to the listener's port, on the network that is up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT, HOST, POLICY, FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    LIKELY,
    POSSIBLE,
    WARNING,
    Context,
    Evidence,
    Finding,
    no_more_than_possible,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import BUILT_IN, NAMES, PUBLIC, Firewall, Rule
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import RUNNING, STOPPED

# The base filtering engine and the firewall that is built on it.
_SERVICES = ("BFE", "mpssvc")
_SECTION = "section firewall"
DEFAULT_PORT = 3389
_UNREAD_RULES = "the firewall rules beyond those that the host gave: Get-NetFirewallRule -PolicyStore ActiveStore"
# Of a long list of rules or addresses, this many are named.
_NAMED = 4


@rule
def check_firewall(ctx: Context) -> Iterator[Finding]:
    """Silent where the probe's connection was made: then the firewall lets at least that client in."""
    wall = Firewall(ctx.snapshot)
    connected = ctx.probe and ctx.probe.stage not in ("name", "tcp")
    if not wall.known or connected or not ctx.snapshot.rdp_enabled:
        return
    stopped = _service_stopped(ctx)
    if stopped:
        yield stopped
    if stopped and ctx.probe:
        return
    profiles = wall.profiles(ctx.probe.address)
    faults = [_Gate(ctx, wall, profile).fault() for profile in profiles]
    found = next((fault for fault in faults if fault), None)
    if found is None:
        yield from _ipsec(ctx, wall, profiles)
        return
    if found.type is catalogue.FIREWALL_ADDRESS_SCOPE or found.confidence == POSSIBLE:
        yield from _only_if_unreachable(ctx, found)
        return
    in_all_profiles = all(faults)
    if not in_all_profiles and not ctx.probe.unreachable:
        return
    names = ", ".join(NAMES[profile] for profile in profiles)
    up = Evidence(f"profiles of the networks that are up: {names}", "section network")
    # A firewall drops; a port that answers with a refusal was reached.
    yield ctx.corroborate(
        replace(found, evidence_for=(*found.evidence_for, up)),
        supports=in_all_profiles and ctx.probe.unreachable,
        contradicts=ctx.probe.refused,
    )


def _service_stopped(ctx: Context) -> Finding | None:
    """A service without which Windows filters everything, where no connection arrives. Some hosts take connections
    without: where nobody looked it is a suspicion.
    """
    if ctx.probe and not ctx.probe.unreachable:
        return None
    for name in _SERVICES:
        service = ctx.snapshot.windows_service(name)
        if service and service["state"] in contract.RUN_STATES and service["state"] != RUNNING:
            state = contract.run_state(service["state"])
            template = DEFAULT if service["state"] == STOPPED else "hangs"
            finding = ctx.finding(
                catalogue.FIREWALL_SERVICE_STOPPED,
                summary=template,
                advice=template,
                evidence=[Evidence(f"{name}: {state}, {contract.start_type(service['start'])}", "section products")],
                service=name,
                state=state,
            )
            if not ctx.probe:
                needed = ("a probe of the listener from where clients are: whether connections arrive",)
                return replace(finding, severity=WARNING, confidence=POSSIBLE, needs_evidence=needed)
            # One that hangs may have been started this moment.
            return ctx.corroborate(finding, supports=service["state"] == STOPPED)
    return None


def _only_if_unreachable(ctx: Context, found: Finding) -> Iterator[Finding]:
    """What is a cause only for a client that is kept out: a scope, for the host cannot know whether this one should be,
    and what was concluded from a part of the rules."""
    if not ctx.probe.unreachable:
        return
    if found.confidence == POSSIBLE:
        yield found
    else:
        yield ctx.corroborate(found)


def _ipsec(ctx: Context, wall: Firewall, profiles: list[int]) -> Iterator[Finding]:
    """A connection security rule that drops whoever does not come with IPsec, where no connection arrives."""
    if not ctx.probe.unreachable:
        return
    for profile in profiles:
        found = wall.ipsec_demanded(profile, ctx.snapshot.port)
        if found:
            name, where = found
            by_policy = where == collect.IPSEC_POLICY
            yield ctx.finding(
                catalogue.FIREWALL_BLOCK_RULE,
                summary="ipsec",
                advice="ipsec",
                owner=POLICY if by_policy else HOST,
                evidence=[Evidence(f"connection security rule {name}", contract.hklm(where)), ctx.probe_evidence],
                # Clients that have a rule of their own for it get in.
                confidence=LIKELY,
                target={"profile": profile},
                profile=NAMES[profile],
                port=ctx.snapshot.port,
                rule=name,
            )
            return


@dataclass(frozen=True)
class _Gate:
    """What the firewall does in one profile with connections to the listener's port."""

    ctx: Context
    wall: Firewall
    profile: int

    @property
    def port(self) -> int:
        return self.ctx.snapshot.port

    @cached_property
    def allowing(self) -> list[Rule]:
        return self.wall.allowing(self.profile, self.port)

    @cached_property
    def blocking(self) -> list[Rule]:
        return self.wall.blocking(self.profile, self.port)

    def fault(self) -> Finding | None:
        """What keeps clients out, in the order in which the firewall itself decides; None if nothing does."""
        if not self.wall.is_on(self.profile):
            return None
        # What was not read of the profile may say that it is off, or lets everybody in.
        unread = self.ctx.unread_keys(*self.wall.keys(self.profile))
        fault = self._block_all() or self._block_rule()
        if not fault and (self.allowing or self.wall.profile_setting(self.profile, "DefaultInboundAction").value == 0):
            fault = self._scope()
        elif not fault:
            fault = self._no_allow_rule()
            # Among the rules that were not read may be one that allows it.
            unread += (_UNREAD_RULES,) * (not self.wall.whole)
        return fault and no_more_than_possible(fault, unread)

    def _block_all(self) -> Finding | None:
        setting = self.wall.profile_setting(self.profile, "DoNotAllowExceptions")
        if setting.value != 1:
            return None
        return self._finding(
            catalogue.FIREWALL_BLOCK_ALL,
            Evidence("DoNotAllowExceptions is 1", setting.where or ""),
            by_policy=setting.by_policy,
            advice=_where(setting.by_policy),
        )

    def _block_rule(self) -> Finding | None:
        """A block rule overrides every allow rule."""
        blocking = [rule_ for rule_ in self.blocking if not rule_.scoped]
        if not blocking:
            return None
        names = ", ".join(f"{rule_.name} ({rule_.store})" for rule_ in blocking)
        return self._finding(
            catalogue.FIREWALL_BLOCK_RULE,
            Evidence(f"block rule {names}", _SECTION),
            blocking[0],
            blocking[0].by_policy,
            advice=_where(blocking[0].by_policy),
        )

    def _scope(self) -> Finding | None:
        """Whether only some addresses get through: by the allow rules, or since block rules name the others."""
        blocking = [rule_ for rule_ in self.blocking if rule_.scoped]
        if self.allowing and all(rule_.scoped for rule_ in self.allowing):
            return self._scoped(self.allowing)
        if blocking:
            return replace(self._scoped(blocking, "blocked"), confidence=POSSIBLE)
        return None

    def _scoped(self, rules: list[Rule], template: str = DEFAULT) -> Finding:
        texts = ", ".join(f"{rule_.name} ({rule_.store}): {_limits(rule_)}" for rule_ in rules[:_NAMED])
        if not any(rule_.remotes for rule_ in rules):
            template = "conditions"
        by_policy = rules[0].by_policy
        return self._finding(
            catalogue.FIREWALL_ADDRESS_SCOPE,
            Evidence(texts, _SECTION),
            rules[0],
            by_policy,
            template,
            template if template == "conditions" else _where(by_policy, template),
        )

    def _no_allow_rule(self) -> Finding:
        rules = self.wall.allow_rules(self.port)
        ignored = self.wall.policy_ignores_local(self.profile)
        if ignored and any(rule_.profiles & self.profile for rule_ in rules):
            evidence = Evidence("AllowLocalPolicyMerge is 0", ignored)
            return self._finding(catalogue.FIREWALL_LOCAL_RULES_IGNORED, evidence, by_policy=True)
        if rules:
            names = ", ".join(f"{rule_.name} ({_profiles(rule_)})" for rule_ in rules)
            evidence = Evidence(f"allow rules: {names}", _SECTION)
            # One of the host's own can be widened there.
            own = next((rule_ for rule_ in rules if not rule_.by_policy), rules[0])
            advice = _where(own.by_policy, self._who)
            return self._finding(
                catalogue.FIREWALL_PROFILE_MISMATCH,
                evidence,
                own,
                own.by_policy,
                advice=advice,
                profiles=_names(own.profiles | self.profile, ", "),
            )
        if self.port != DEFAULT_PORT:
            evidence = Evidence(f"no allow rule covers TCP {self.port}", _SECTION)
            return self._finding(catalogue.FIREWALL_PORT_NOT_ALLOWED, evidence, advice=self._who)
        return self._built_in_rule_off()

    def _built_in_rule_off(self) -> Finding:
        type_ = catalogue.FIREWALL_RULE_DISABLED
        built_in = [rule_ for rule_ in self.wall.rules if rule_.name.startswith(BUILT_IN)]
        if not built_in:
            evidence = Evidence(f"rule {BUILT_IN} is not there", _SECTION)
            return self._finding(type_, evidence, advice=self._who)
        return self._finding(type_, Evidence(f"rule {built_in[0].name} is there and off", _SECTION), advice=self._who)

    @property
    def _who(self) -> str:
        """From a public network nobody is let in without being named."""
        return {PUBLIC: "public"}.get(self.profile, DEFAULT)

    def _finding(
        self,
        type_: FindingType,
        evidence: Evidence,
        rule_: Rule | None = None,
        by_policy: bool = False,
        summary: str = DEFAULT,
        advice: str = DEFAULT,
        **facts: str,
    ) -> Finding:
        """A finding on this profile, and on this rule."""
        return self.ctx.finding(
            type_,
            evidence=[evidence],
            summary=summary,
            advice=advice,
            owner=POLICY if by_policy else HOST,
            target={"profile": self.profile},
            profile=NAMES[self.profile],
            port=self.port,
            rule=rule_.name if rule_ else "",
            built_in=BUILT_IN,
            **facts,
        )


def _where(by_policy: bool, otherwise: str = DEFAULT) -> str:
    """The advice on what a policy sets is its own place: no command on the host reaches that."""
    return "policy" if by_policy else otherwise


def _limits(rule_: Rule) -> str:
    limits = (*rule_.remotes, *rule_.conditions)
    return ", ".join(limits[:_NAMED]) + (" ..." if len(limits) > _NAMED else "")


def _profiles(rule_: Rule) -> str:
    return _names(rule_.profiles, "+")


def _names(profiles: int, between: str) -> str:
    return between.join(name for bit, name in NAMES.items() if profiles & bit)
