# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts on which nothing is wrong."""

from __future__ import annotations

from tests.hosts.changes import (
    CREDSSP,
    RULE,
    dword,
    facts,
    imported,
    pinned,
    policy_object,
    product,
    rule,
    session_host,
    string,
    template,
)
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import FIREWALL, FIREWALL_POLICY, LSA, POLICY, RDP_TCP, SCHANNEL, SUITES, TS

SCENARIOS = Scenarios()
add = SCENARIOS.add

add("healthy", "nothing is wrong", None)
add("healthy_german", "a German host", None, facts(locale=1031, computer_name="BÜRO-SRV01"))
add("healthy_japanese", "a Japanese host", None, facts(locale=1041))
add("healthy_2016", "Server 2016", None, build=14393)
add("healthy_2019", "Server 2019", None, build=17763)
add("healthy_2025", "Server 2025", None, build=26100)
add(
    "healthy_windows11",
    "Windows 11",
    None,
    facts(product_type=1, domain_role=0, edition_id="Professional", installation_type="Client"),
    build=26100,
)
add("healthy_domain", "a member of a domain", None, facts(dns_domain="corp.example.test", domain_role=3))
add("healthy_dc", "a domain controller", None, facts(dns_domain="corp.example.test", domain_role=5, product_type=2))
add(
    "healthy_port",
    "the listener is on another port",
    None,
    dword(RDP_TCP, "PortNumber", 3390),
    rule("Remote-Desktop-3390", 3390),
)
add(
    "healthy_defaults",
    "no value is set, Windows' own defaults hold",
    None,
    dword(RDP_TCP, "SecurityLayer", None),
    dword(RDP_TCP, "UserAuthentication", None),
)
add(
    "healthy_policy",
    "a policy sets what is right, over local values that are not",
    None,
    dword(POLICY, "SecurityLayer", 2),
    dword(RDP_TCP, "SecurityLayer", 0),
)
add("pfx_default_acl", "a certificate in My whose key the listener may not read; it is not bound", None, imported())
add(
    "pfx_renewed",
    "two of them, the older of which is bound, and a newer one without its key",
    None,
    pinned(days_ago=60),
    imported("te-pfx-2"),
    imported("te-pfx-3", days_ago=0.5, with_key=False),
)
add(
    "module_offline",
    "a certificate in My whose key is in a security module that does not answer; it is not bound",
    None,
    imported(with_key=False, provider="Luna Cryptographic Services for Microsoft Windows", template="WebServer"),
)
add(
    "enrolled_unbound",
    "a certificate of the template WebServer in My, as autoenrollment leaves it; it is not bound",
    None,
    imported("te-WebServer-1", template="WebServer"),
)
add("pin_alive", "pinned to a certificate of a CA, and all is well", None, pinned())
add(
    "healthy_firewall_off",
    "the firewall is off, its rule too",
    None,
    rule(RULE, active=False),
    dword(FIREWALL + r"\StandardProfile", "EnableFirewall", 0),
)
add(
    "healthy_firewall_policy",
    "the rule comes from a policy that ignores local ones",
    None,
    rule(RULE, active=False),
    rule("{GPO}", store=FIREWALL_POLICY),
    dword(FIREWALL_POLICY + r"\StandardProfile", "AllowLocalPolicyMerge", 0),
)
add(
    "healthy_scope",
    "only one network is let in, and the probe is in it",
    None,
    rule(RULE, RA4="127.0.0.0/8", Profile="Private"),
)
add("healthy_fips", "FIPS algorithms only, and all is well", None, dword(LSA + r"\FipsAlgorithmPolicy", "Enabled", 1))
add(
    "healthy_hardened",
    "hardened as a baseline has it",
    None,
    *(dword(rf"{SCHANNEL}\Ciphers\{name}", "Enabled", 0) for name in ("RC4 128/128", "Triple DES 168", "NULL")),
    *(dword(rf"{SCHANNEL}\Protocols\{name}\Server", "Enabled", 0) for name in ("TLS 1.0", "TLS 1.1")),
    string(
        SUITES,
        "Functions",
        "TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    ),
    dword(LSA, "disabledomaincreds", 1),
    dword(LSA, "LmCompatibilityLevel", 5),
    dword(CREDSSP, "AllowEncryptionOracle", 0),
    dword(RDP_TCP, "MinEncryptionLevel", 3),
)
add(
    "healthy_adapter",
    "tied to the adapter that is there",
    None,
    dword(RDP_TCP, "LanAdapter", 5),
    dword(TS + r"\lanatable\{0A6F8B0E-6C0B-4B0E-9C55-2A4E7C0A0001}", "LanaId", 5),
)
add(
    "healthy_rdsh",
    "an RD Session Host with licences",
    None,
    *session_host(0),
    dword(TS + r"\RCM\Licensing Core", "LicensingMode", 4),
    string(POLICY, "LicenseServers", "lic01"),
)
add("healthy_product", "security software that lets all pass", None, product("CSAgent", type=2))
add(
    "healthy_gpo",
    "a GPO sets what is right",
    None,
    dword(POLICY, "UserAuthentication", 1),
    policy_object("UserAuthentication", "Servers"),
)
add(
    "healthy_template",
    "a certificate enrolled from a template",
    None,
    string(POLICY, "CertTemplateName", "RDP"),
    template(30),
)
