# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what surrounds the listener, both ways: firewall, TLS, NLA, licences, clients, the path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis, diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import parse_rule
from ansible_collections.winops.rdp.plugins.plugin_utils.host.schema import SECTIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import Options

from tests.unit.snapshots import FIREWALL, FIREWALL_RULE, NOW, Host, dword, key_provider, make_der, probe

DIES = probe("tls", "reset", address="10.0.0.5")
ALERT = probe("tls", "alert", failure={"kind": "tls_alert", "name": "handshake_failure", "sender": "server"})
TIMEOUT = probe("tcp", "timeout", address=None)
REFUSED = probe("tcp", "refused")
NLA_DIES = probe("credssp", "closed")
IN = probe()
SCM = "Service Control Manager"
LOCAL = FIREWALL.removeprefix("HKLM\\")
SCHANNEL, LSA = collect.SCHANNEL, collect.LSA
LIST = {"type": "string", "data": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"}
DRIVER = {"name": "CSAgent", "start": 1, "type": 2, "image_path": None, "state": 4}


def run(host: Host, seen: dict[str, Any] | str | None = "a client gets in", code: str | None = None) -> Diagnosis:
    return diagnose(Snapshot.of(host.to_answer(), NOW), IN if isinstance(seen, str) else seen, code)


def ids(diagnosis: Diagnosis) -> list[str]:
    return [finding.id for finding in diagnosis.findings]


def _rdsh(host: Host, grace: int | None, mode: int | None = None) -> Host:
    host.sections["licensing"] = {"session_host": True, "type": mode, "grace_days": grace}
    return host


def _member(host: Host, status: int | None) -> Host:
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.test")
    host.sections["domain"] = {"joined": True, "name": "corp.test", "channel_status": status}
    host.sections["network"]["adapters"][0]["category"] = 2
    return host


def _category(host: Host, number: int) -> Host:
    host.sections["network"]["adapters"][0]["category"] = number
    return host


def _port(host: Host, number: int) -> Host:
    host.sections["port"]["number"] = host.sections["port"]["listeners"][0]["port"] = number
    return host.setting("rdp_tcp", "PortNumber", dword(number))


def _products(host: Host, *rows: dict[str, Any]) -> Host:
    host.sections["products"]["services"] += rows
    return host


def _service(host: Host, name: str, state: int) -> Host:
    next(row for row in host.sections["products"]["services"] if row["name"] == name)["state"] = state
    return host


def _build(host: Host, build: int, ubr: int = 7000) -> Host:
    host.sections["host"].update(build=build, ubr=ubr)
    return host


def _off(host: Host, group: str, *names: str) -> Host:
    for name in names:
        host.value(rf"{SCHANNEL}\{group}\{name}", "Enabled", dword(0))
    return host


def _folder(host: Host, sddl: str) -> Host:
    host.sections["key_files"]["folder"]["sddl"] = sddl
    return host


def _store(host: Host, sddl: str) -> Host:
    host.sections["certificates"]["stores"]["Remote Desktop"]["sddl"] = sddl
    return host


def _future(host: Host) -> Host:
    der = make_der(NOW + timedelta(days=20), NOW + timedelta(days=200))
    host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"].clear()
    host.sections["key_files"]["files"].clear()
    thumbprint = host.add(
        der, "Remote Desktop", {"path": "x", "exists": True, "sddl": None, "length": 1, "error": None}
    )
    return host.setting(
        "winstations",
        "SelfSignedCertificate",
        {"type": "binary", "data": __import__("base64").b64encode(bytes.fromhex(thumbprint)).decode()},
    )


def _missing_listener(host: Host) -> Host:
    host.sections["listener"]["rdp_tcp"].update(present=False)
    return host


def _lana(host: Host, guid: str | None) -> Host:
    if guid:
        host.value(rf"{collect.TERMINAL_SERVER}\lanatable\{guid}", "LanaId", dword(7))
    return host.setting("rdp_tcp", "LanAdapter", dword(7))


OFF = FIREWALL_RULE.replace("Active=TRUE", "Active=FALSE")
TCP = "RemoteDesktop-UserMode-In-TCP"
# finding, how the host is made faulty, what a client then sees, severity, whether that proves it
FAULTS: list[tuple[str, Callable[[Host], Host], dict[str, Any] | None, str, bool]] = [
    ("firewall.rule_disabled", lambda host: host.rule(OFF), TIMEOUT, "critical", True),
    ("firewall.rule_disabled", lambda host: host.rule(OFF), None, "critical", False),
    ("firewall.rule_disabled", lambda host: host.rule(FIREWALL_RULE, Dir="Out"), TIMEOUT, "critical", True),
    ("firewall.profile_mismatch", lambda host: _category(host.rule(Profile="Domain"), 0), TIMEOUT, "critical", True),
    ("firewall.port_not_allowed", lambda host: _port(host, 3390), TIMEOUT, "critical", True),
    ("firewall.block_rule", lambda host: host.rule(name="{1}", Action="Block"), TIMEOUT, "critical", True),
    (
        "firewall.block_rule",
        lambda host: host.rule(name="{1}", store="policy", Action="Block", LPort="", App="", Svc=""),
        TIMEOUT,
        "critical",
        True,
    ),
    (
        "firewall.local_rules_ignored",
        lambda host: host.value(rf"{collect.FIREWALL_POLICY}\PrivateProfile", "AllowLocalPolicyMerge", dword(0)),
        TIMEOUT,
        "critical",
        True,
    ),
    (
        "firewall.block_all",
        lambda host: host.value(rf"{LOCAL}\StandardProfile", "DoNotAllowExceptions", dword(1)),
        TIMEOUT,
        "critical",
        True,
    ),
    ("firewall.service_stopped", lambda host: _service(host, "BFE", 1), TIMEOUT, "critical", True),
    (
        "listener.draining",
        lambda host: host.setting("terminal_server", "TSUserEnabled", dword(1)),
        IN,
        "warning",
        False,
    ),
    ("listener.draining", lambda host: host.setting("terminal_server", "TSEnabled", dword(0)), IN, "warning", False),
    (
        "firewall.address_scope",
        lambda host: host.rule(RA4="192.0.2.0/24", RA42="LocalSubnet"),
        TIMEOUT,
        "critical",
        False,
    ),
    (
        "tls.tls12_disabled",
        lambda host: _build(host, 17763).value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0)),
        DIES,
        "critical",
        True,
    ),
    (
        "tls.tls12_disabled",
        lambda host: _build(host, 17763).value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "DisabledByDefault", dword(1)),
        probe("tls", "alert", tls={"modern": False, "weaknesses": ["TLSv1.1"]}, failure={"sender": "client"}),
        "critical",
        True,
    ),
    (
        "tls.tls12_disabled",
        lambda host: host.value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0)),
        IN,
        "warning",
        False,
    ),
    (
        "tls.no_cipher_suites",
        lambda host: host.value(collect.SUITES_POLICY, "Functions", {"type": "string", "data": ""}),
        ALERT,
        "critical",
        True,
    ),
    (
        "tls.no_cipher_suites",
        lambda host: host.value(collect.SUITES_LOCAL, "Functions", {"type": "multi_string", "data": []}),
        ALERT,
        "critical",
        True,
    ),
    ("tls.suites_unusable", lambda host: host.value(collect.SUITES_POLICY, "Functions", LIST), ALERT, "critical", True),
    (
        "tls.algorithms_disabled",
        lambda host: _off(host, "Ciphers", "AES 128/128", "AES 256/256"),
        ALERT,
        "critical",
        True,
    ),
    (
        "tls.algorithms_disabled",
        lambda host: _off(host, "KeyExchangeAlgorithms", "PKCS", "ECDH", "Diffie-Hellman"),
        ALERT,
        "critical",
        True,
    ),
    ("nla.trust_broken", lambda host: _member(host, 1789), IN, "critical", False),
    ("nla.trust_broken", lambda host: _member(host, 5), NLA_DIES, "critical", True),
    (
        "nla.trust_broken",
        lambda host: _member(host, 5).event("Microsoft-Windows-Security-Auditing", 4625, 3, "Security", (0xC000018B,)),
        IN,
        "critical",
        True,
    ),
    ("nla.no_domain_controller", lambda host: _member(host, 1311), IN, "critical", False),
    (
        "nla.ntlm_refused",
        lambda host: host.value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(2)),
        NLA_DIES,
        "critical",
        True,
    ),
    (
        "nla.ntlm_refused",
        lambda host: _member(host, 0).value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(1)),
        IN,
        "warning",
        False,
    ),
    (
        "nla.oracle_vulnerable",
        lambda host: host.value(collect.CREDSSP, "AllowEncryptionOracle", dword(2)),
        IN,
        "warning",
        False,
    ),
    (
        "nla.credssp_unpatched",
        lambda host: _build(host, 14393, 1000),
        probe(identity={"credssp_version": 4}),
        "critical",
        True,
    ),
    (
        "service.dll_replaced",
        lambda host: host.service("TermService", service_dll=r"%ProgramFiles%\RDP Wrapper\rdpwrap.dll"),
        DIES,
        "critical",
        False,
    ),
    (
        "service.account_changed",
        lambda host: host.service("TermService", account="LocalSystem"),
        DIES,
        "critical",
        False,
    ),
    (
        "service.not_started_along",
        lambda host: host.setting(
            "terminal_server", "RCDependentServices", {"type": "multi_string", "data": ["CertPropSvc"]}
        ),
        IN,
        "warning",
        False,
    ),
    ("service.crashing", lambda host: host.event("Service Control Manager", 7034, 3), IN, "warning", False),
    (
        "service.broker_stopped",
        lambda host: (
            host.sections["host"].update(connection_broker=True)
            or _products(host, {"name": "Tssdis", "start": 2, "type": 16, "image_path": None, "state": 1})
        ),
        IN,
        "warning",
        False,
    ),
    ("listener.missing", _missing_listener, REFUSED, "critical", True),
    ("listener.adapter_gone", lambda host: _lana(host, "{gone}"), REFUSED, "critical", True),
    ("listener.adapter_gone", lambda host: _lana(host, None), None, "critical", False),
    (
        "listener.draining",
        lambda host: host.setting("terminal_server", "TSServerDrainMode", dword(1)),
        IN,
        "warning",
        False,
    ),
    (
        "listener.connection_limit",
        lambda host: host.setting("rdp_tcp", "MaxInstanceCount", dword(0)),
        probe("negotiation", "closed"),
        "critical",
        True,
    ),
    (
        "listener.connection_limit",
        lambda host: host.setting("policy", "MaxInstanceCount", dword(0)),
        None,
        "critical",
        False,
    ),
    (
        "listener.encryption_level_invalid",
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(9)),
        IN,
        "warning",
        False,
    ),
    (
        "listener.encryption_level_invalid",
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(1)),
        IN,
        "warning",
        False,
    ),
    ("certificate.not_yet_valid", _future, DIES, "critical", True),
    ("certificate.store_denied", lambda host: _store(host, "O:SYG:SYD:(D;;KW;;;SY)(A;;KA;;;BA)"), IN, "warning", False),
    (
        "machine_keys.folder_hardened",
        lambda host: _folder(host, "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"),
        IN,
        "warning",
        False,
    ),
    (
        "machine_keys.misplaced",
        lambda host: host.value(
            r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList",
            "ProgramData",
            {"type": "expand_string", "data": r"E:\Data"},
        ),
        DIES,
        "critical",
        True,
    ),
    (
        "system.setup_unfinished",
        lambda host: host.value(r"SYSTEM\Setup", "OOBEInProgress", dword(1)),
        REFUSED,
        "critical",
        True,
    ),
    ("licensing.grace_ended", lambda host: _rdsh(host, 0), IN, "critical", False),
    ("licensing.not_configured", lambda host: _rdsh(host, 60), IN, "warning", False),
    (
        "network.logon_flood",
        lambda host: host.event("Microsoft-Windows-Security-Auditing", 4625, 900, "Security"),
        IN,
        "warning",
        False,
    ),
    ("network.handshake_stalls", lambda host: host, probe("tls", "silent"), "critical", False),
    ("interference.security_product", lambda host: _products(host, DRIVER), DIES, "critical", False),
    ("interference.handshake_dropped", lambda host: _products(host, {**DRIVER, "state": 1}), DIES, "critical", False),
]
NAMES = [f"{fault[0]}-{at}" for at, fault in enumerate(FAULTS)]


@pytest.mark.parametrize(("finding", "break_", "seen", "severity", "proves"), FAULTS, ids=NAMES)
def test_rule_fires_alone(
    finding: str, break_: Callable[[Host], Host], seen: dict[str, Any] | None, severity: str, proves: bool
) -> None:
    diagnosis = run(break_(Host()), seen)
    assert ids(diagnosis) == [finding]
    top = diagnosis.findings[0]
    assert (top.severity, diagnosis.verdict) == (severity, "broken" if severity == "critical" else "degraded")
    assert top.confidence == ("proven" if proves else "likely")
    assert top.evidence_for and all(evidence.fact and evidence.where for evidence in top.evidence_for)


@pytest.mark.parametrize("section", sorted(SECTIONS))
@pytest.mark.parametrize(("finding", "break_", "seen", "severity", "proves"), FAULTS, ids=NAMES)
def test_without_a_section_nothing_wrong_is_proven(
    section: str, finding: str, break_: Callable[[Host], Host], seen: dict[str, Any] | None, severity: str, proves: bool
) -> None:
    diagnosis = run(break_(Host()).without(section), seen)
    assert [found.id for found in diagnosis.findings if found.confidence == "proven" and found.id != finding] == []
    assert any(f"section {section}" in sentence for sentence in diagnosis.unread)


@pytest.mark.parametrize(
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
        lambda host: _port(host, 3390).rule(name="{3390}", LPort="3390"),
        lambda host: (
            host.value(rf"{collect.FIREWALL_POLICY}\PrivateProfile", "AllowLocalPolicyMerge", dword(0))
            .rule(name="{gpo}", store="policy")
            .rule(OFF)
        ),
        lambda host: host.value(rf"{collect.FIREWALL_POLICY}\PublicProfile", "AllowLocalPolicyMerge", dword(0)),
        lambda host: host.value(
            collect.SUITES_POLICY,
            "Functions",
            {"type": "string", "data": LIST["data"] + ",TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
        ),
        lambda host: host.value(
            collect.SUITES_POLICY, "Functions", {"type": "string", "data": "TLS_AES_256_GCM_SHA384"}
        ),
        lambda host: _off(host, "Ciphers", "AES 128/128", "RC4 128/128"),
        lambda host: _off(host, "Hashes", "MD5", "SHA"),
        lambda host: host.value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0xFFFFFFFF)),
        lambda host: host.value(SCHANNEL + r"\Protocols\TLS 1.3\Server", "Enabled", dword(0)),
        lambda host: host.value(LSA + r"\FipsAlgorithmPolicy", "Enabled", dword(1)),
        lambda host: host.value(LSA, "disabledomaincreds", dword(1)),
        lambda host: host.value(collect.CREDSSP, "AllowEncryptionOracle", dword(0)),
        lambda host: host.value(collect.CREDSSP, "AllowEncryptionOracle", dword(1)),
        lambda host: host.value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(0)),
        lambda host: host.value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(1)),
        lambda host: _member(host, 0).event("NETLOGON", 5719, 4).event("NETLOGON", 3210, 1),
        lambda host: _member(host, None).event("NETLOGON", 5719, 1),
        lambda host: (
            _rdsh(host, 0, 4)
            .value(collect.TERMINAL_SERVER + r"\RCM\Licensing Core", "LicensingMode", dword(4))
            .value(
                r"SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services",
                "LicenseServers",
                {"type": "string", "data": "lic01"},
            )
        ),
        lambda host: host.event("Microsoft-Windows-Security-Auditing", 4625, 20, "Security"),
        lambda host: host.event("Schannel", 36874, 20).event("Schannel", 36888, 9, numbers=(40, 0)),
        lambda host: host.event("Service Control Manager", 7034, 1),
        lambda host: host.service("TermService", service_dll=r"C:\Windows\System32\TERMSRV.dll"),
        lambda host: host.service("TermService", account="NT-AUTORITÄT\\Netzwerkdienst"),
        lambda host: _lana(host, "{1}"),
        lambda host: host.setting("rdp_tcp", "MaxInstanceCount", dword(0xFFFFFFFF)),
        lambda host: host.setting("policy", "MaxInstanceCount", dword(999999)),
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(4)),
        lambda host: _products(host, DRIVER),
        lambda host: _service(host, "W32Time", 1),
        lambda host: _service(host, "mpssvc", 1),
        lambda host: _store(host, "O:SYG:SYD:(D;;KW;;;S-1-5-21-1-2-3-4)(A;;KA;;;SY)(A;;KA;;;BA)"),
    ],
)
@pytest.mark.parametrize("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(
    change: Callable[[Host], Any], seen: dict[str, Any] | None
) -> None:
    host = Host()
    change(host)
    assert ids(run(host, seen)) == []


def test_a_firewall_that_let_the_probe_through_is_not_accused() -> None:
    assert ids(run(Host().rule(OFF), IN)) == []
    assert ids(run(Host().rule(OFF), DIES)) == ["interference.handshake_dropped"]


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


def test_trust_without_nltest_is_a_suspicion_unless_logons_say_so() -> None:
    host = _member(Host(), None).event("NETLOGON", 3210, 2)
    top = run(host).findings[0]
    assert (top.id, top.confidence) == ("nla.trust_broken", "possible") and top.needs_evidence
    assert (
        run(host.event("Microsoft-Windows-Security-Auditing", 4625, 1, "Security", (0xC000018B,)))
        .findings[0]
        .confidence
        == "likely"
    )


def test_a_domain_controller_has_no_secure_channel_to_break() -> None:
    host = _member(Host(), 1355)
    host.sections["host"].update(product_type=2, domain_role=5)
    assert ids(run(host)) == []


def test_fips_is_only_a_suspicion_beside_what_is_left() -> None:
    found = run(Host().value(LSA + r"\FipsAlgorithmPolicy", "Enabled", dword(1)), DIES).findings
    assert [(finding.id, finding.confidence) for finding in found] == [
        ("interference.handshake_dropped", "likely"),
        ("tls.fips", "possible"),
    ]


def test_clock_that_nothing_sets() -> None:
    host = Host().value(
        r"SYSTEM\CurrentControlSet\Services\W32Time\Parameters", "Type", {"type": "string", "data": "NoSync"}
    )
    assert ids(run(host)) == []
    host.sections["host"]["utc"] = "2026-11-23T13:00:00.000Z"
    assert ids(run(host)) == ["clock.wrong", "clock.not_synchronised"]


# Where a value comes from


def test_policy_names_the_gpo_that_won_and_device_management_is_told_apart() -> None:
    host = Host().setting("policy", "UserAuthentication", dword(0))
    key = r"HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services"
    host.sections["policies"]["values"] = [
        {"key": key.upper(), "name": "userauthentication", "gpo": "Workstations", "id": "{1}"}
    ]
    setting = Snapshot.of(host.to_answer(), NOW).setting("UserAuthentication")
    assert setting and (setting.source, setting.gpo) == ("policy", "Workstations")
    assert "in the GPO 'Workstations'" in (run(host).findings[0].advice or "")
    host.value(
        collect.MDM + r"\ADMX_TerminalServer",
        "TS_USER_AUTHENTICATION_POLICY",
        {"type": "string", "data": "<disabled/>"},
    )
    setting = Snapshot.of(host.to_answer(), NOW).setting("UserAuthentication")
    assert setting and (setting.source, setting.gpo, setting.by_policy) == ("mdm", None, True)
    assert "device management" in (run(host).findings[0].advice or "")


# What the user's client showed


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("0x904/0x7", "client.not_reproduced"),
        ("2308", "client.not_reproduced"),
        ("0x904/0x0", "client.not_reproduced"),
        ("0x1B07", "client.certificate_refused"),
        ("0x807", "client.credentials"),
        ("3335", "client.credentials"),
        ("0xC0000234", "client.credentials"),
        ("0x1607", "client.delegation_policy"),
        ("0x104", "client.name"),
        ("0x204", "client.cannot_connect"),
        ("0x1807", "client.no_authority"),
        ("0x80090311", "client.no_authority"),
        ("0x80090324", "client.clock"),
        ("0xC000035B", "client.altered"),
        ("0x80090302", "client.credssp_version"),
        ("0x706", "client.legacy_security"),
        ("0x904/0x8", "client.denied"),
        ("0x80090331", "client.outdated"),
        ("0x808", "client.licensing"),
        ("0x3/0x101", "client.licensing"),
        ("0x3/0x9", "nla.logon_right_missing"),
        ("0xC000015B", "nla.logon_right_missing"),
        ("0x3/0x7", "client.denied"),
        ("0x3/0x3", "client.session_ended"),
        ("0x5", "client.session_ended"),
        ("0x1307", "nla.logon_right_missing"),
        ("0x907", "client.certificate_refused"),
        ("0x607/0x0", "client.certificate_refused"),
        ("0x1D07", "client.clock"),
        ("0x300000d", "client.gateway"),
        ("0xB09", "client.no_credssp"),
        ("HYBRID_REQUIRED_BY_SERVER", "client.no_credssp"),
        ("xfreerdp: exit code 161", "client.no_credssp"),
        ("ERRCONNECT_LOGON_FAILURE [0x00020014]", "client.credentials"),
        ("ERRCONNECT_DNS_NAME_NOT_FOUND [0x00020005]", "client.name"),
        ("ERRINFO_LICENSE_HWID_DOESNT_MATCH_LICENSE (0x00010104)", "client.licensing"),
        ("libfreerdp returned code is 0002000D", "client.not_reproduced"),
        ("Error code: 0x3\nExtended error code: 0x11", "client.display"),
        ("SSL_CERT_NOT_ON_SERVER", "client.other"),
        ("Error code: 0x4\nExtended error code: 0x0", "client.other"),
        ("(Code: 0x80080005)\nHOST01\nError code: 0x0\nExtended error code: 0x0", "client.other"),
    ],
)
def test_a_code_is_told_from_a_host_that_lets_clients_in(code: str, found: str) -> None:
    diagnosis = run(Host(), IN, code)
    assert ids(diagnosis) == [found] and diagnosis.verdict == "degraded"
    assert diagnosis.findings[0].evidence_for[0].where == "the user's client"


def test_a_broken_host_explains_a_broken_connection() -> None:
    assert ids(run(Host().expire(), DIES, "0x904/0x7")) == ["certificate.expired"]


def test_closed_late_points_past_the_connection() -> None:
    late, early = (run(Host(), IN, code).findings[0].advice or "" for code in ("0x904/0x0", "0x904/0x7"))
    assert "after credentials" in late and "after credentials" not in early


def test_old_clients_are_told_only_when_a_user_complains() -> None:
    host = Host().event("Schannel", 36874, 5)
    assert ids(run(host, IN, "0x904/0x7")) == ["client.outdated"] and ids(run(host, IN)) == []
    alerts = Host().event("Schannel", 36888, 5, numbers=(40, 0))
    assert ids(run(alerts, IN, "0x904/0x7")) == ["client.not_reproduced", "client.outdated"]


@pytest.mark.parametrize("code", ["0x0", "1", "0x2", "0x3", "0x3/0x0"])
def test_a_code_that_says_nothing_makes_no_finding(code: str) -> None:
    assert ids(run(Host(), IN, code)) == []


def test_what_the_host_told_is_said() -> None:
    assert "another connection" in run(Host(), IN, "0x5").findings[0].summary
    assert "capabilities" in run(Host(), IN, "ERRINFO_BAD_CAPABILITIES").findings[0].summary
    assert "could not start" in run(Host(), IN, "0x3/0x11").findings[0].summary


def test_what_the_code_itself_advises_comes_first() -> None:
    farm = run(Host(), IN, "0x607").findings[0].advice or ""
    update = run(Host(), IN, "(Code: 0x80080005) 0x0 0x0").findings[0].advice or ""
    assert "In a farm" in farm and "update of the client" in update
    assert "no time limit" in (run(Host(), IN, "0x4/0x0").findings[0].advice or "")


def test_words_without_a_code_are_a_remark_and_the_host_is_judged() -> None:
    healthy, broken = run(Host(), IN, "it says that it cannot"), run(Host().expire(), DIES, "it says that it cannot")
    assert ids(healthy) == [] and healthy.verdict == "healthy" and ids(broken) == ["certificate.expired"]
    for diagnosis in (healthy, broken):
        assert ["no code was found in 'it says that it cannot'" in one for one in diagnosis.unread] == [True]
    assert run(Host(), IN, "0x904/0x7").unread == ()


def test_any_other_code_is_at_least_translated() -> None:
    top = run(Host(), IN, "0xC08").findings[0]
    assert (top.id, top.confidence) == ("client.other", "possible") and "decompressed" in top.summary


@pytest.mark.parametrize(("code", "seen"), [("0x204", TIMEOUT), ("0x904/0x7", DIES)])
def test_what_the_probe_meets_too_is_not_the_client_s(code: str, seen: dict[str, Any]) -> None:
    assert not any(id_.startswith("client.") for id_ in ids(run(Host(), seen, code)))


def test_a_user_s_code_can_be_the_observation_that_proves() -> None:
    host = _member(Host(), 1789)
    assert run(host, IN).findings[0].confidence == "likely"
    top = run(host, IN, "0x1807").findings[0]
    assert (top.id, top.confidence) == ("nla.trust_broken", "proven")


def test_fips_is_named_when_the_client_was_told_so() -> None:
    host = Host().value(LSA + r"\FipsAlgorithmPolicy", "Enabled", dword(1))
    assert ids(run(host, IN, "0x904/0x8")) == ["tls.fips", "client.denied"]
    assert ids(run(Host().setting("rdp_tcp", "MinEncryptionLevel", dword(4)), IN, "0x3/0x8")) == [
        "tls.fips",
        "client.denied",
    ]


def test_addresses_that_are_blocked_are_only_a_suspicion() -> None:
    blocked = Host().rule(name="{ban}", Action="Block", RA4="192.0.2.7", App="", Svc="")
    diagnosis = run(blocked, TIMEOUT)
    assert [(found.id, found.confidence) for found in diagnosis.findings] == [
        ("network.unreachable", "likely"),
        ("firewall.address_scope", "possible"),
    ]
    assert "192.0.2.7" in diagnosis.findings[1].evidence_for[0].fact


# Another certificate in the place of the one that was chosen


def _chosen(days: int = 200, sddl: str = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)") -> Host:
    """A host that is bound to a certificate with a CNG key."""
    host = Host()
    provider = key_provider("{1}", "Microsoft Software Key Storage Provider", 0)
    thumbprint = host.add(
        make_der(NOW - timedelta(days=100), NOW + timedelta(days=days), "rdp.example.com"),
        "My",
        None,
        provider=provider,
    )
    file = {
        "path": r"C:\ProgramData\Microsoft\Crypto\Keys\1_2",
        "exists": True,
        "sddl": sddl,
        "length": 9,
        "error": None,
        "container": "{1}",
    }
    host.sections["key_files"]["files"].append(
        {**file, "store": "My", "thumbprint": thumbprint, "provider": "x", "provider_type": 0}
    )
    return host.pin(thumbprint)


UNREADABLE = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"


@pytest.mark.parametrize(
    ("host", "expected", "restarts"),
    [
        (_chosen(), ["certificate.not_presented"], True),
        (_chosen(sddl=UNREADABLE), ["certificate.key_unreadable"], True),
        (_chosen(days=-3), ["certificate.pin_expired"], False),
        (_chosen(days=-3, sddl=UNREADABLE), ["certificate.key_unreadable", "certificate.pin_expired"], True),
        (Host().pin("AB" * 20), ["certificate.pin_dead"], True),
    ],
)
def test_a_certificate_that_stands_in_lets_clients_in(host: Host, expected: list[str], restarts: bool) -> None:
    seen = probe(certificate={"sha1": host.thumbprint, "days_left": 100})
    diagnosis = run(host, seen)
    assert ids(diagnosis) == expected and diagnosis.verdict == "degraded", "clients get in"
    todo = plan(diagnosis, Snapshot.of(host.to_answer(), NOW), Options())
    assert (
        any(step.op == "service.restart" and step.fields["service"] == "TermService" for step in todo.steps) is restarts
    )
    # The same where no client gets in.
    assert run(host, DIES).verdict == "broken"


def test_a_key_that_is_held_open_can_wait() -> None:
    host = _chosen(sddl=UNREADABLE)
    bound = host.sections["certificates"]["stores"]["My"]["certificates"][0]["thumbprint"]
    diagnosis = run(host, probe(certificate={"sha1": bound, "days_left": 100}))
    assert diagnosis.findings[0].summary.endswith(
        "; the service still holds a key that it opened earlier and will fail at its next start"
    )
    assert [step.op for step in plan(diagnosis, Snapshot.of(host.to_answer(), NOW), Options()).steps] == ["acl.set"]


# Did the connection reach the host?


def _looked_after(host: Host, *, logged: bool, keeps: bool = True) -> Host:
    core = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
    host.sections["events"]["logs"][f"{core}/Operational"] = (
        None if keeps else {"code": -1, "type": "x", "message": "x"}
    )
    if logged:
        host.event(core, 131, 1, f"{core}/Operational")
    return host


def _at(seconds: float, stage: str = "tls", outcome: str = "reset") -> dict[str, Any]:
    return probe(stage, outcome, time=(NOW + timedelta(seconds=seconds)).isoformat())


def test_a_host_that_knows_nothing_of_the_connection_clears_itself() -> None:
    product = _products(_looked_after(Host(), logged=False), DRIVER)
    top = run(product, _at(-10)).findings[0]
    assert (top.id, top.owner, top.confidence) == ("network.path_reset", "network", "likely")
    assert ids(run(_looked_after(Host(), logged=True), _at(-1))) == ["interference.handshake_dropped"]


@pytest.mark.parametrize("host", [_looked_after(Host(), logged=False, keeps=False), Host()])
def test_a_log_that_is_not_kept_proves_nothing(host: Host) -> None:
    top = run(host, _at(-10)).findings[0]
    assert top.id == "interference.handshake_dropped" and any("131" in sentence for sentence in top.needs_evidence)


@pytest.mark.parametrize(
    ("host", "stage", "expected"),
    [
        (
            _looked_after(Host(), logged=False),
            "negotiation",
            [("network.path_reset", "likely"), ("service.stuck", "possible")],
        ),
        (_looked_after(Host(), logged=True), "negotiation", [("service.stuck", "likely")]),
        (_looked_after(Host(), logged=False).event(SCM, 7011), "negotiation", [("service.stuck", "likely")]),
        (
            _looked_after(Host(), logged=False).event(SCM, 7036),
            "negotiation",
            [("network.path_reset", "likely"), ("service.stuck", "possible")],
        ),
        (_looked_after(Host(), logged=True), "session", [("service.stuck", "likely")]),
        (
            _looked_after(Host(), logged=True).without("products"),
            "negotiation",
            [("service.stuck", "possible"), ("interference.handshake_dropped", "possible")],
        ),
        (_looked_after(Host(), logged=True), "tls", [("network.handshake_stalls", "likely")]),
    ],
)
def test_silence_is_a_service_that_hangs_or_something_on_the_way(
    host: Host, stage: str, expected: list[tuple[str, str]]
) -> None:
    found = run(host, _at(-10, stage, "silent")).findings
    assert [(finding.id, finding.confidence) for finding in found] == expected


def test_a_log_that_was_read_before_the_probe_proves_nothing() -> None:
    assert ids(run(_looked_after(Host(), logged=False), _at(30))) == ["interference.handshake_dropped"]


def test_security_center_knows_who_is_on() -> None:
    host = Host()
    for state, found in (
        (0x041000, "interference.security_product"),
        (0x040000, "interference.handshake_dropped"),
        (0x061100, "interference.handshake_dropped"),
    ):
        host.sections["products"]["security_center"] = [{"kind": "AntiVirusProduct", "name": "X", "state": state}]
        assert ids(run(host, DIES)) == [found]


# What the host itself says when it refuses Network Level Authentication


def _says(number: int, kind: str = "ntstatus", name: str = "STATUS") -> dict[str, Any]:
    return probe("credssp", "denied", failure={"kind": kind, "number": number, "name": name})


@pytest.mark.parametrize(
    ("host", "seen", "expected"),
    [
        (_member(Host(), None), _says(0xC000018D), [("nla.trust_broken", "likely")]),
        (_member(Host(), None), _says(0xC000005E), [("nla.no_domain_controller", "likely")]),
        (_member(Host(), 1789), _says(0xC000018D), [("nla.trust_broken", "proven")]),
        (_member(Host(), 0), _says(0xC0000418), [("nla.ntlm_refused", "likely")]),
        (_member(Host(), 0), _says(2, "spnego", "REJECT"), [("nla.ntlm_refused", "likely")]),
        (_member(Host(), 0), _says(0xC0000133), [("clock.wrong", "likely")]),
        (_member(Host(), 0), _says(0xC000006D), [("nla.unanswered", "likely")]),
        (_member(Host(), None).event("NETLOGON", 5719), NLA_DIES, [("nla.no_domain_controller", "likely")]),
        (_member(Host(), None).event("NETLOGON", 5719), IN, []),
        (Host(), _says(0xC0000418), [("nla.ntlm_refused", "likely")]),
        (_member(Host(), 1789).event("NETLOGON", 3210).without("domain"), NLA_DIES, [("nla.trust_broken", "likely")]),
    ],
)
def test_the_status_that_the_host_answers_counts(
    host: Host, seen: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = run(host, seen).findings
    assert [(finding.id, finding.confidence) for finding in found] == expected
    assert all("None" not in f"{finding.summary} {finding.advice}" for finding in found)


def test_a_denial_is_told_by_its_name() -> None:
    assert any(
        "STATUS_NTLM_BLOCKED" in fact.fact
        for fact in run(Host(), _says(0xC0000418, name="STATUS_NTLM_BLOCKED")).findings[0].evidence_for
    )
