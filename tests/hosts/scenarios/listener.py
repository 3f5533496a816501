# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listener's own settings."""

from __future__ import annotations

from tests.hosts.changes import RULE, behaves, deaf, domain_policy, dword, no_listener, own_policy, rule, state, string
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import POLICY, RDP_TCP, TS

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "security_layer_invalid",
    "SecurityLayer is 7",
    "listener.security_layer_invalid",
    dword(RDP_TCP, "SecurityLayer", 7),
)
add(
    "security_layer_zero",
    "SecurityLayer is 0 while NLA is required",
    "listener.security_layer_conflict",
    dword(RDP_TCP, "SecurityLayer", 0),
)
add(
    "security_layer_weak",
    "SecurityLayer is 0, and nothing asks for NLA",
    "listener.security_layer_weak",
    dword(RDP_TCP, "SecurityLayer", 0),
    dword(RDP_TCP, "UserAuthentication", 0),
)
add(
    "negotiation_off",
    "security is not negotiated",
    "listener.negotiation_disabled",
    dword(RDP_TCP, "fAllowSecProtocolNegotiation", 0),
)
add(
    "security_layer_asked",
    "SecurityLayer is 0 without NLA, and hardening is asked for",
    "listener.security_layer_weak",
    dword(RDP_TCP, "SecurityLayer", 0),
    dword(RDP_TCP, "UserAuthentication", 0),
    asks=("tighten",),
)
add(
    "rdp_off",
    "Remote Desktop is turned off",
    "listener.rdp_disabled",
    dword(TS, "fDenyTSConnections", 1),
    repairable=False,
)
add(
    "rdp_on_asked",
    "Remote Desktop is turned off, and is asked for",
    "listener.rdp_disabled",
    dword(TS, "fDenyTSConnections", 1),
    asks=("open",),
)
add(
    "listener_off",
    "the listener is turned off",
    "listener.disabled",
    dword(RDP_TCP, "fEnableWinStation", 0),
    repairable=False,
)
add(
    "listener_on_asked",
    "the listener is turned off, and is asked for",
    "listener.disabled",
    dword(RDP_TCP, "fEnableWinStation", 0),
    asks=("open",),
)
add(
    "logon_off",
    "the listener takes no new logons",
    "listener.logon_disabled",
    dword(RDP_TCP, "fLogonDisabled", 1),
    repairable=False,
)
add(
    "logon_on_asked",
    "the listener takes no new logons, and is to take them",
    "listener.logon_disabled",
    dword(RDP_TCP, "fLogonDisabled", 1),
    asks=("open",),
)
add(
    "policy_security_layer",
    "a policy of the domain sets SecurityLayer to 0",
    "listener.security_layer_conflict",
    domain_policy("RDP hardening", SecurityLayer=0),
    repairable=False,
)
add(
    "policy_rdp_off",
    "a policy turns Remote Desktop off",
    "listener.rdp_disabled",
    dword(POLICY, "fDenyTSConnections", 1),
    repairable=False,
)
add(
    "own_policy_security_layer",
    "the host's own Group Policy sets SecurityLayer to 0",
    "listener.security_layer_conflict",
    own_policy(SecurityLayer=0),
    repairable=False,
)
add("listener_missing", "the key RDP-Tcp is gone", "listener.missing", no_listener, repairable=False)
add(
    "adapter_gone",
    "tied to an adapter that is gone",
    "listener.adapter_gone",
    dword(RDP_TCP, "LanAdapter", 5),
    behaves(deaf=True),
    repairable=False,
)
add("draining", "in drain mode", "listener.draining", dword(TS, "TSServerDrainMode", 1))
add(
    "no_connections",
    "the limit of connections is 0",
    "listener.connection_limit",
    dword(RDP_TCP, "MaxInstanceCount", 0),
    repairable=False,
)
add(
    "encryption_odd",
    "MinEncryptionLevel is 9",
    "listener.encryption_level_invalid",
    dword(RDP_TCP, "MinEncryptionLevel", 9),
    asks=("tighten",),
)
add(
    "mdm_rdp_off",
    "device management turns Remote Desktop off",
    "listener.rdp_disabled",
    dword(POLICY, "fDenyTSConnections", 1),
    string(
        r"HKLM\SOFTWARE\Microsoft\PolicyManager\current\device\RemoteDesktopServices",
        "AllowUsersToConnectRemotely",
        "<disabled/>",
    ),
    repairable=False,
)
add(
    "port_taken",
    "another program has the port",
    "listener.port_taken",
    behaves(middlebox="ssh", squatter=True),
    repairable=False,
)
add("not_listening", "TermService runs and does not listen", "listener.not_listening", deaf)
add(
    "port_is_text",
    "a script wrote the port as text",
    "listener.value_unusable",
    string(RDP_TCP, "PortNumber", "3390"),
    deaf,
    repairable=False,
)
add(
    "port_reserved",
    "the port lies in the range that Windows hands out",
    "listener.port_reserved",
    state(excluded=[{"first": 49971, "last": 50070, "administered": False}]),
    dword(RDP_TCP, "PortNumber", 50010),
    rule(RULE, 50010),
    deaf,
    repairable=False,
)
add(
    "port_kept",
    "Hyper-V keeps the listener's port",
    "listener.port_reserved",
    state(excluded=[{"first": 3300, "last": 3399, "administered": False}]),
    deaf,
    repairable=False,
)
