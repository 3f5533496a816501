# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Network Level Authentication."""

from __future__ import annotations

from tests.hosts.changes import (
    CREDSSP,
    MEMBER,
    behaves,
    dword,
    facts,
    logged,
    lost_trust,
    paused,
    policy_object,
    state,
)
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import LSA, POLICY, RDP_TCP

SCENARIOS = Scenarios()
add = SCENARIOS.add

add("nla_off", "NLA is not required", "nla.disabled", dword(RDP_TCP, "UserAuthentication", 0))
add(
    "nla_asked",
    "NLA is not required, and is asked for",
    "nla.disabled",
    dword(RDP_TCP, "UserAuthentication", 0),
    asks=("tighten",),
)
add("nla_paused", "NLA is off for a time, and what for is gone", "nla.off_until", paused("nla.trust_broken"))
add("nla_paused_by_hand", "NLA is off for a time, for a reason that is not on the host", "nla.off_until", paused())
add(
    "nla_paused_for_trust",
    "NLA is off for a time, since the domain no longer knows this computer",
    "nla.trust_broken",
    MEMBER,
    state(channel_status=1789),
    lost_trust,
    paused("nla.trust_broken"),
    also="nla.off_until",
    repairable=False,
)
add(
    "policy_nla_off",
    "a policy turns NLA off",
    "nla.disabled",
    dword(POLICY, "UserAuthentication", 0),
    repairable=False,
)
add(
    "trust_broken",
    "the domain no longer knows this computer",
    "nla.trust_broken",
    MEMBER,
    state(channel_status=1789),
    lost_trust,
    repairable=False,
)
add(
    "no_controller",
    "no domain controller is found",
    "nla.no_domain_controller",
    MEMBER,
    state(channel_status=1311),
    behaves(nla_closes=True),
    repairable=False,
)
add(
    "ntlm_refused",
    "NTLM is refused outside a domain",
    "nla.ntlm_refused",
    dword(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", 2),
    repairable=False,
)
add(
    "oracle_vulnerable",
    "CredSSP is accepted unprotected",
    "nla.oracle_vulnerable",
    dword(CREDSSP, "AllowEncryptionOracle", 2),
)
add(
    "credssp_unpatched",
    "a build from before the CredSSP update",
    "nla.credssp_unpatched",
    facts(ubr=1000),
    behaves(credssp_version=2),
    build=14393,
    repairable=False,
)
add(
    "gpo_nla_off",
    "a known GPO turns NLA off",
    "nla.disabled",
    dword(POLICY, "UserAuthentication", 0),
    policy_object("UserAuthentication", "Lab PCs"),
    repairable=False,
)
add("nla_unanswered", "NLA over NTLM is not answered", "nla.unanswered", behaves(nla_closes=True), repairable=False)
add(
    "oracle_forced",
    "only updated clients are taken",
    "nla.oracle_forced",
    dword(CREDSSP, "AllowEncryptionOracle", 0),
    code="0x80090302",
)
add(
    "domain_credentials",
    "no credentials are kept for network authentication",
    "nla.domain_credentials_disabled",
    MEMBER,
    dword(LSA, "disabledomaincreds", 1),
    code="0x1807",
)
SECURITY = "Microsoft-Windows-Security-Auditing"
add(
    "duplicate_sid",
    "two computers share a security identifier",
    "nla.duplicate_sid",
    logged("System", "LsaSrv", 6167, 3),
    repairable=False,
)
add(
    "channel_binding",
    "something ends TLS before the host",
    "nla.channel_binding",
    logged("Security", SECURITY, 4625, 2, 0xC000035B, 3),
    repairable=False,
)
add(
    "account_restricted",
    "one of Protected Users comes by address",
    "nla.account_restricted",
    logged("Security", SECURITY, 4625, 2, 0xC000006E, 10),
    repairable=False,
)
add(
    "account_locked",
    "an account is locked out",
    "nla.account_unusable",
    logged("Security", SECURITY, 4625, 2, 0xC0000234, 10),
    repairable=False,
)
add(
    "logons_denied",
    "a policy denies everybody the logon through Remote Desktop",
    "nla.logon_policy",
    MEMBER,
    state(rights=[{"file": "gpt00000.inf", "right": "SeDenyRemoteInteractiveLogonRight", "accounts": ["*S-1-1-0"]}]),
    repairable=False,
)
