# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the host's own firewall: does it let clients through to the port that the listener really uses, on the network that is really up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    POSSIBLE,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import BUILT_IN, NAMES, Firewall, Rule

_ENABLE = f"Enable-NetFirewallRule -Name {BUILT_IN}"


def _verdict(wall: Firewall, profile: int, port: int) -> Finding | None:
    """What keeps clients out in this profile; None if nothing does."""
    label = NAMES[profile]
    if not wall.is_on(profile):
        return None
    closed, where = wall.setting(profile, "DoNotAllowExceptions")
    if closed == 1:
        return _closed(
            "firewall.block_all",
            f"The firewall takes no connections at all in the profile {label}",
            Evidence("DoNotAllowExceptions is 1", where or ""),
            "allow exceptions in that profile again: Set-NetFirewallProfile -Profile "
            + label
            + " -AllowInboundRules True",
            policy="Policies" in (where or ""),
        )
    blocking = [rule_ for rule_ in wall.blocking(profile, port) if not rule_.scoped]
    if blocking:
        names = ", ".join(f"{rule_.name} ({rule_.store})" for rule_ in blocking)
        return _closed(
            "firewall.block_rule",
            f"A firewall rule blocks port {port} in the profile {label}, and a block beats every allow",
            Evidence(f"block rule {names}", "section firewall"),
            f"find out who made the rule, and turn it off: Disable-NetFirewallRule -Name '{blocking[0].name}'",
            policy=blocking[0].store != "local",
        )
    allowing = wall.allowing(profile, port)
    if allowing and all(rule_.scoped for rule_ in allowing):
        return _scoped(
            allowing,
            f"Firewall rules let only some addresses through to port {port} in the profile {label}",
            "add the clients' addresses to them",
        )
    if allowing or wall.setting(profile, "DefaultInboundAction")[0] == 0:
        some = [rule_ for rule_ in wall.blocking(profile, port) if rule_.scoped]
        if not some:
            return None
        found = _scoped(
            some,
            f"Firewall rules block some addresses from port {port} in the profile {label}",
            "take the clients' addresses out of them",
        )
        return replace(found, confidence=POSSIBLE)
    made = wall.allow_rules(port)
    ignored = wall.policy_ignores_local(profile)
    if ignored and any(rule_.profiles & profile for rule_ in made):
        return _closed(
            "firewall.local_rules_ignored",
            f"A policy lets no local firewall rules count in the profile {label}, and the rule for port {port} is local",
            Evidence("AllowLocalPolicyMerge is 0", ignored),
            "put the rule for Remote Desktop into the same Group Policy, or let local rules count there",
            policy=True,
        )
    if made:
        names = ", ".join(
            f"{rule_.name} ({'+'.join(text for bit, text in NAMES.items() if rule_.profiles & bit)})" for rule_ in made
        )
        return _closed(
            "firewall.profile_mismatch",
            f"The network that is up has the profile {label}, and no firewall rule for port {port} holds there",
            Evidence(f"allow rules: {names}", "section firewall"),
            f"if the network has the wrong category, mend that (a domain network that shows as Public has lost its domain controller); else widen the rule:"
            f" Set-NetFirewallRule -Name '{made[0].name}' -Profile Any",
        )
    if port != 3389:
        return _closed(
            "firewall.port_not_allowed",
            f"No firewall rule lets clients through to port {port}, where the listener is; the built-in rules stay at 3389",
            Evidence(f"no allow rule covers TCP {port}", "section firewall"),
            f"make one: New-NetFirewallRule -Name RemoteDesktop-UserMode-In-TCP-{port} -DisplayName 'Remote Desktop TCP {port}' -Direction Inbound"
            " -Protocol TCP"
            f" -LocalPort {port} -Program '%SystemRoot%\\system32\\svchost.exe' -Service termservice -Action Allow",
        )
    there = [rule_ for rule_ in wall.rules if rule_.name.startswith(BUILT_IN)]
    return _closed(
        "firewall.rule_disabled",
        f"The firewall has no rule in force that lets clients through to port {port}",
        Evidence(
            f"rule {there[0].name} is there and off" if there else f"rule {BUILT_IN} is not there", "section firewall"
        ),
        f"turn the built-in rule on by its name, which is the same in every language: {_ENABLE}"
        if there
        else "make the rule again: New-NetFirewallRule -Name RemoteDesktop-UserMode-In-TCP -DisplayName 'Remote Desktop TCP' -Direction Inbound -Protocol TCP"
        f" -LocalPort {port} -Program '%SystemRoot%\\system32\\svchost.exe' -Service termservice -Action Allow",
    )


def _scoped(rules: list[Rule], summary: str, remedy: str) -> Finding:
    texts = ", ".join(
        f"{rule_.name} ({rule_.store}): {', '.join(rule_.remotes[:4])}{' ...' if len(rule_.remotes) > 4 else ''}"
        for rule_ in rules[:4]
    )
    return _closed(
        "firewall.address_scope",
        summary,
        Evidence(texts, "section firewall"),
        f"if the probe's address is one that should get in, {remedy}: Set-NetFirewallRule -Name '{rules[0].name}' -RemoteAddress ADDRESSES",
        policy=rules[0].store != "local",
    )


def _closed(id_: str, summary: str, evidence: Evidence, remedy: str, policy: bool = False) -> Finding:
    return Finding(
        id_, CRITICAL, summary, evidence_for=(evidence,), owner="policy" if policy else "host", advice=remedy
    )


@rule
def firewall(ctx: Context) -> Iterator[Finding]:
    """Silent where a connection from the probe came about: then the firewall lets at least that client in."""
    wall = Firewall(ctx.snapshot)
    came_through = bool(ctx.probe) and ctx.probe.stage not in ("name", "tcp")
    if not wall.known or came_through or not ctx.snapshot.rdp_enabled:
        return
    profiles = wall.profiles(ctx.probe.address)
    if ctx.probe.unreachable:
        for name in ("BFE", "mpssvc"):
            service = ctx.snapshot.windows_service(name)
            if service and service["state"] == 1:
                yield ctx.judged(
                    _closed(
                        "firewall.service_stopped",
                        f"The firewall's service {name} is stopped; without it Windows lets next to nothing in",
                        Evidence(f"{name}: state 1 (stopped), start type {service['start']}", "section products"),
                        f"start it again, and turn profiles off if no firewall is wanted, never the service: Set-Service {name} -StartupType Automatic;"
                        f" Start-Service {name}",
                    ),
                    fits=True,
                )
                return
    verdicts = [(profile, _verdict(wall, profile, ctx.snapshot.port)) for profile in profiles]
    found = next((finding for _profile, finding in verdicts if finding), None)
    if found is not None and found.id == "firewall.address_scope":
        # For whom it was not meant: only a client that is kept out makes it a cause, and whether this one is meant the host cannot say.
        if ctx.probe.unreachable:
            yield found if found.confidence == POSSIBLE else ctx.judged(found, fits=None)
        return
    if found is None or (not ctx.probe.unreachable and not all(finding for _profile, finding in verdicts)):
        return
    up = ", ".join(NAMES[profile] for profile, _finding in verdicts)
    sure = all(finding for _profile, finding in verdicts)
    # A firewall drops; a port that answers with a refusal was reached.
    fits = (True if ctx.probe.unreachable and sure else False if ctx.probe.refused else None) if ctx.probe else None
    finding = replace(
        found,
        evidence_for=(*found.evidence_for, Evidence(f"profiles of the networks that are up: {up}", "section network")),
    )
    yield ctx.judged(finding, fits=fits)
