# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows Firewall."""

from __future__ import annotations

from tests.hosts.changes import RULE, behaves, dword, network_category, no_rule, product, rule
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import FIREWALL, FIREWALL_POLICY, RDP_TCP, STOPPED

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "firewall_rule_off",
    "the built-in rule is off",
    "firewall.rule_disabled",
    rule(RULE, active=False),
    repairable=False,
)
add(
    "firewall_asked",
    "the built-in rule is off, and is asked for",
    "firewall.rule_disabled",
    rule(RULE, active=False),
    asks=("open",),
)
add(
    "firewall_port_asked",
    "the listener was moved, and a rule for it is asked for",
    "firewall.port_not_allowed",
    dword(RDP_TCP, "PortNumber", 3390),
    asks=("open",),
)
add(
    "firewall_public_asked",
    "the built-in rule is off in a public network: who may come in is for people to say",
    "firewall.rule_disabled",
    rule(RULE, active=False),
    network_category(0),
    asks=("open",),
    repairable=False,
)
add("firewall_rule_gone", "the built-in rule was deleted", "firewall.rule_disabled", no_rule, repairable=False)
add(
    "firewall_profile",
    "the rule holds in the domain only, and the network counts as public",
    "firewall.profile_mismatch",
    rule(RULE, Profile="Domain"),
    network_category(0),
    repairable=False,
)
add(
    "firewall_port",
    "the listener was moved, its rules were not",
    "firewall.port_not_allowed",
    dword(RDP_TCP, "PortNumber", 3390),
    repairable=False,
)
add(
    "firewall_block",
    "a block rule covers a range of ports",
    "firewall.block_rule",
    rule("{B1}", "3000-4000", action="Block"),
    repairable=False,
)
add(
    "firewall_policy",
    "a policy lets no local rule count",
    "firewall.local_rules_ignored",
    dword(FIREWALL_POLICY + r"\StandardProfile", "AllowLocalPolicyMerge", 0),
    repairable=False,
)
add(
    "firewall_closed",
    "no exceptions are allowed",
    "firewall.block_all",
    dword(FIREWALL + r"\StandardProfile", "DoNotAllowExceptions", 1),
    repairable=False,
)
add(
    "firewall_service",
    "the filtering engine is stopped",
    "firewall.service_stopped",
    product("BFE", state=STOPPED),
    behaves(middlebox="filtered"),
    repairable=False,
)
add(
    "firewall_scope",
    "only one network is let in, and it is another",
    "firewall.address_scope",
    rule(RULE, RA4="10.0.0.0/8"),
    repairable=False,
)
