# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults as data: what to change in the snapshot of a healthy host, what a client then sees, and what the diagnosis is
to
say. The unit tests of the rules, the reports' fleets and the benches read these."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.hosts.snapshots import FIREWALL_RULE, GOOD_SDDL, NOW, Host, dword, make_der, probe
from tests.hosts.windows import FIREWALL

Sight = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """One way to break a host. ``sight`` is the probe's result (None: nobody probed)."""

    finding: str
    name: str
    change: Callable[[Host], Host]
    sight: Sight | None
    severity: str
    # Whether that sight proves the finding; otherwise it is likely.
    proves: bool

    def host(self) -> Host:
        return self.change(Host())

    def __str__(self) -> str:
        """The name of its tests."""
        return f"{self.finding}: {self.name}"


# What a client sees

IN = probe()
REFUSED = probe("tcp", "refused")
TIMEOUT = probe("tcp", "timeout", address=None)
DIES = probe("tls", "reset", client_view={"code": "0x904", "extended": "0x7", "text": ""})
RESET = probe("tls", "reset", address="10.0.0.5")
ALERT = probe("tls", "alert", failure={"kind": "tls_alert", "name": "handshake_failure", "sender": "server"})
NLA_DIES = probe("credssp", "closed")
LIST = {"type": "string", "data": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"}
DRIVER = {"name": "CSAgent", "start": 1, "type": 2, "image_path": None, "state": 4}
OFF = FIREWALL_RULE.replace("Active=TRUE", "Active=FALSE")


# What is done to a host

LOCAL = FIREWALL.removeprefix("HKLM\\")
SCHANNEL, LSA = collect.SCHANNEL, collect.LSA


def key_unreadable(host: Host) -> Host:
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    return host


def key_gone(host: Host) -> Host:
    host.key_file.update(exists=False, sddl=None)
    return host


def no_store_entry(host: Host) -> Host:
    host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"].clear()
    return host


def port_taken(host: Host) -> Host:
    host.sections["port"]["listeners"][0]["pid"] = 77
    return host


def not_listening(host: Host) -> Host:
    host.sections["port"]["listeners"].clear()
    host.sections["port"].update(dynamic={"first": 49152, "last": 65535}, excluded=[])
    return host


def session_host(host: Host, grace: int | None, mode: int | None = None) -> Host:
    host.sections["licensing"] = {"session_host": True, "type": mode, "grace_days": grace}
    return host


def domain_member(host: Host, status: int | None) -> Host:
    host.sections["host"].update(part_of_domain=True, domain_role=3, dns_domain="corp.test")
    host.sections["domain"] = {"joined": True, "name": "corp.test", "channel_status": status}
    host.sections["network"]["adapters"][0]["category"] = 2
    return host


def network_category(host: Host, number: int) -> Host:
    host.sections["network"]["adapters"][0]["category"] = number
    return host


def on_port(host: Host, number: int) -> Host:
    host.sections["port"]["number"] = host.sections["port"]["listeners"][0]["port"] = number
    return host.setting("rdp_tcp", "PortNumber", dword(number))


def with_products(host: Host, *rows: dict[str, Any]) -> Host:
    host.sections["products"]["services"] += rows
    return host


def service_state(host: Host, name: str, state: int) -> Host:
    next(row for row in host.sections["products"]["services"] if row["name"] == name)["state"] = state
    return host


def of_build(host: Host, build: int, ubr: int = 7000) -> Host:
    host.sections["host"].update(build=build, ubr=ubr)
    return host


def turned_off(host: Host, group: str, *names: str) -> Host:
    for name in names:
        host.value(rf"{SCHANNEL}\{group}\{name}", "Enabled", dword(0))
    return host


def key_folder(host: Host, sddl: str) -> Host:
    host.sections["key_files"]["folder"]["sddl"] = sddl
    return host


def store_descriptor(host: Host, sddl: str) -> Host:
    host.sections["certificates"]["stores"]["Remote Desktop"]["sddl"] = sddl
    return host


def not_yet_valid(host: Host) -> Host:
    der = make_der(NOW + timedelta(days=20), NOW + timedelta(days=200))
    host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"].clear()
    host.sections["key_files"]["files"].clear()
    thumbprint = host.add(
        der, "Remote Desktop", {"path": "x", "exists": True, "sddl": GOOD_SDDL, "length": 1, "error": None}
    )
    return host.setting(
        "winstations",
        "SelfSignedCertificate",
        {"type": "binary", "data": base64.b64encode(bytes.fromhex(thumbprint)).decode()},
    )


def no_rdp_tcp(host: Host) -> Host:
    host.sections["listener"]["rdp_tcp"].update(present=False)
    return host


def bound_to_adapter(host: Host, guid: str | None) -> Host:
    if guid:
        host.value(rf"{collect.TERMINAL_SERVER}\lanatable\{guid}", "LanaId", dword(7))
    return host.setting("rdp_tcp", "LanAdapter", dword(7))


# The listener, its certificate and its services
LISTENER = [
    Fault("certificate.expired", "certificate ended", lambda host: host.expire(), DIES, "critical", proves=True),
    Fault("certificate.missing", "store entry gone", no_store_entry, DIES, "critical", proves=True),
    Fault(
        "certificate.missing",
        "no hash of it",
        lambda host: host.setting("winstations", "SelfSignedCertificate", None),
        probe("negotiation", "denied", failure={"number": 3}),
        "critical",
        proves=True,
    ),
    Fault("certificate.key_missing", "key file gone", key_gone, DIES, "critical", proves=True),
    Fault("certificate.key_unreadable", "key file not readable", key_unreadable, DIES, "critical", proves=True),
    Fault(
        "certificate.store_name",
        "store name gone",
        lambda host: host.setting("winstations", "SelfSignedCertStore", dword(1)),
        DIES,
        "critical",
        proves=True,
    ),
    Fault(
        "certificate.store_name",
        "store name of another store",
        lambda host: host.setting("winstations", "SelfSignedCertStore", {"type": "string", "data": "My"}),
        DIES,
        "critical",
        proves=True,
    ),
    Fault("certificate.pin_dead", "pin leads nowhere", lambda host: host.pin("AB" * 20), DIES, "critical", proves=True),
    Fault(
        "certificate.pin_dead",
        "pin is text",
        lambda host: host.setting("rdp_tcp", "SSLCertificateSHA1Hash", {"type": "string", "data": "AB" * 20}),
        DIES,
        "critical",
        proves=True,
    ),
    Fault(
        "listener.security_layer_invalid",
        "SecurityLayer 7",
        lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(7)),
        probe("negotiation", "closed"),
        "critical",
        proves=True,
    ),
    Fault(
        "listener.security_layer_invalid",
        "SecurityLayer is text",
        lambda host: host.setting("rdp_tcp", "SecurityLayer", {"type": "string", "data": "2"}),
        DIES,
        "critical",
        proves=True,
    ),
    Fault(
        "listener.security_layer_conflict",
        "SecurityLayer 0",
        lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(0)),
        probe("negotiation", "denied", failure={"number": 2}),
        "critical",
        proves=True,
    ),
    Fault(
        "listener.security_layer_weak",
        "SecurityLayer 0",
        lambda host: host.setting("rdp_tcp", "SecurityLayer", dword(0)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "nla.disabled",
        "UserAuthentication 0",
        lambda host: host.setting("rdp_tcp", "UserAuthentication", dword(0)),
        probe(offered={"tls": True}),
        "warning",
        proves=True,
    ),
    Fault(
        "listener.negotiation_disabled",
        "no negotiation",
        lambda host: host.setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0)),
        probe("negotiation", "closed"),
        "critical",
        proves=True,
    ),
    Fault(
        "listener.rdp_disabled",
        "fDenyTSConnections 1",
        lambda host: host.setting("terminal_server", "fDenyTSConnections", dword(1)),
        REFUSED,
        "critical",
        proves=True,
    ),
    Fault(
        "listener.rdp_disabled",
        "fDenyTSConnections gone",
        lambda host: host.setting("terminal_server", "fDenyTSConnections", None),
        REFUSED,
        "critical",
        proves=True,
    ),
    Fault(
        "listener.disabled",
        "fEnableWinStation 0",
        lambda host: host.setting("rdp_tcp", "fEnableWinStation", dword(0)),
        REFUSED,
        "critical",
        proves=True,
    ),
    Fault("listener.not_listening", "nothing listens", not_listening, REFUSED, "critical", proves=True),
    Fault(
        "listener.port_taken",
        "another process listens",
        port_taken,
        probe("negotiation", "not_rdp"),
        "critical",
        proves=True,
    ),
    Fault(
        "service.disabled",
        "TermService disabled",
        lambda host: host.service("TermService", start=4, state=1, pid=0),
        REFUSED,
        "critical",
        proves=True,
    ),
    Fault(
        "service.disabled",
        "SessionEnv disabled",
        lambda host: host.service("SessionEnv", start=4, state=1, pid=0),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "service.stopped",
        "TermService stopped",
        lambda host: host.service("TermService", state=1, pid=0),
        REFUSED,
        "critical",
        proves=True,
    ),
    Fault(
        "service.stuck",
        "TermService stops and stops",
        lambda host: host.service("TermService", state=3),
        REFUSED,
        "critical",
        proves=False,
    ),
    Fault(
        "service.sessionenv_stopped",
        "SessionEnv stopped",
        lambda host: host.service("SessionEnv", state=1, pid=0),
        IN,
        "warning",
        proves=False,
    ),
]
# What surrounds them
SURROUNDINGS = [
    Fault("firewall.rule_disabled", "rule off", lambda host: host.rule(OFF), TIMEOUT, "critical", proves=True),
    Fault(
        "firewall.rule_disabled", "rule off, nobody probed", lambda host: host.rule(OFF), None, "critical", proves=False
    ),
    Fault(
        "firewall.rule_disabled",
        "rule for outbound",
        lambda host: host.rule(FIREWALL_RULE, Dir="Out"),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "firewall.profile_mismatch",
        "rule for another profile",
        lambda host: network_category(host.rule(Profile="Domain"), 0),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "firewall.port_not_allowed",
        "rule for another port",
        lambda host: on_port(host, 3390),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "firewall.block_rule",
        "blocked by a local rule",
        lambda host: host.rule(name="{1}", Action="Block"),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "firewall.block_rule",
        "blocked by a rule of a policy",
        lambda host: host.rule(name="{1}", store="policy", Action="Block", LPort="", App="", Svc=""),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "firewall.local_rules_ignored",
        "local rules do not count",
        lambda host: host.value(rf"{collect.FIREWALL_POLICY}\PrivateProfile", "AllowLocalPolicyMerge", dword(0)),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "firewall.block_all",
        "no exceptions",
        lambda host: host.value(rf"{LOCAL}\StandardProfile", "DoNotAllowExceptions", dword(1)),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "firewall.service_stopped",
        "filtering engine stopped",
        lambda host: service_state(host, "BFE", 1),
        TIMEOUT,
        "critical",
        proves=True,
    ),
    Fault(
        "listener.draining",
        "TSUserEnabled 1",
        lambda host: host.setting("terminal_server", "TSUserEnabled", dword(1)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "listener.draining",
        "TSEnabled 0",
        lambda host: host.setting("terminal_server", "TSEnabled", dword(0)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "firewall.address_scope",
        "other addresses only",
        lambda host: host.rule(RA4="192.0.2.0/24", RA42="LocalSubnet"),
        TIMEOUT,
        "critical",
        proves=False,
    ),
    Fault(
        "tls.tls12_disabled",
        "TLS 1.2 off",
        lambda host: of_build(host, 17763).value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0)),
        RESET,
        "critical",
        proves=True,
    ),
    Fault(
        "tls.tls12_disabled",
        "TLS 1.2 off by default",
        lambda host: of_build(host, 17763).value(
            SCHANNEL + r"\Protocols\TLS 1.2\Server", "DisabledByDefault", dword(1)
        ),
        probe("tls", "alert", tls={"modern": False, "weaknesses": ["TLSv1.1"]}, failure={"sender": "client"}),
        "critical",
        proves=True,
    ),
    Fault(
        "tls.tls12_disabled",
        "TLS 1.2 off, TLS 1.3 left",
        lambda host: host.value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "tls.no_cipher_suites",
        "no suites by policy",
        lambda host: host.value(collect.SUITES_POLICY, "Functions", {"type": "string", "data": ""}),
        ALERT,
        "critical",
        proves=True,
    ),
    Fault(
        "tls.no_cipher_suites",
        "no suites on the host",
        lambda host: host.value(collect.SUITES_LOCAL, "Functions", {"type": "multi_string", "data": []}),
        ALERT,
        "critical",
        proves=True,
    ),
    Fault(
        "tls.suites_unusable",
        "suites for ECDSA only",
        lambda host: host.value(collect.SUITES_POLICY, "Functions", LIST),
        ALERT,
        "critical",
        proves=True,
    ),
    Fault(
        "tls.algorithms_disabled",
        "AES off",
        lambda host: turned_off(host, "Ciphers", "AES 128/128", "AES 256/256"),
        ALERT,
        "critical",
        proves=True,
    ),
    Fault(
        "tls.algorithms_disabled",
        "all key exchanges off",
        lambda host: turned_off(host, "KeyExchangeAlgorithms", "PKCS", "ECDH", "Diffie-Hellman"),
        ALERT,
        "critical",
        proves=True,
    ),
    Fault(
        "nla.trust_broken", "channel status 1789", lambda host: domain_member(host, 1789), IN, "warning", proves=False
    ),
    Fault(
        "nla.trust_broken",
        "no trust account",
        lambda host: domain_member(host, 1787),
        NLA_DIES,
        "critical",
        proves=True,
    ),
    Fault(
        "nla.trust_broken",
        "no trust account, and logons fail",
        lambda host: domain_member(host, 1787).event(
            "Microsoft-Windows-Security-Auditing", 4625, 3, "Security", (0xC000018B,)
        ),
        IN,
        "warning",
        proves=True,
    ),
    Fault(
        "nla.no_domain_controller",
        "no controller",
        lambda host: domain_member(host, 1311),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "nla.ntlm_refused",
        "NTLM refused",
        lambda host: host.value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(2)),
        NLA_DIES,
        "critical",
        proves=True,
    ),
    Fault(
        "nla.ntlm_refused",
        "NTLM refused to domain accounts",
        lambda host: domain_member(host, 0).value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(1)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "nla.oracle_vulnerable",
        "CredSSP unprotected",
        lambda host: host.value(collect.CREDSSP, "AllowEncryptionOracle", dword(2)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "nla.credssp_unpatched",
        "build before the CredSSP update",
        lambda host: of_build(host, 14393, 1000),
        probe(identity={"credssp_version": 4}),
        "critical",
        proves=True,
    ),
    Fault(
        "service.dll_replaced",
        "RDP Wrapper",
        lambda host: host.service("TermService", service_dll=r"%ProgramFiles%\RDP Wrapper\rdpwrap.dll"),
        RESET,
        "critical",
        proves=False,
    ),
    Fault(
        "service.account_changed",
        "TermService as LocalSystem",
        lambda host: host.service("TermService", account="LocalSystem"),
        RESET,
        "critical",
        proves=False,
    ),
    Fault(
        "service.not_started_along",
        "SessionEnv not started along",
        lambda host: host.setting(
            "terminal_server", "RCDependentServices", {"type": "multi_string", "data": ["CertPropSvc"]}
        ),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "service.crashing",
        "a service keeps dying",
        lambda host: host.event("Service Control Manager", 7034, 3),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "service.broker_stopped",
        "broker stopped",
        lambda host: (
            host.sections["host"].update(connection_broker=True)
            or with_products(host, {"name": "Tssdis", "start": 2, "type": 16, "image_path": None, "state": 1})
        ),
        IN,
        "warning",
        proves=False,
    ),
    Fault("listener.missing", "RDP-Tcp gone", no_rdp_tcp, REFUSED, "critical", proves=True),
    Fault(
        "listener.adapter_gone",
        "adapter of the listener gone",
        lambda host: bound_to_adapter(host, "{gone}"),
        REFUSED,
        "critical",
        proves=True,
    ),
    Fault(
        "listener.adapter_gone",
        "adapter unknown",
        lambda host: bound_to_adapter(host, None),
        None,
        "critical",
        proves=False,
    ),
    Fault(
        "listener.draining",
        "drain mode",
        lambda host: host.setting("terminal_server", "TSServerDrainMode", dword(1)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "listener.connection_limit",
        "no connections",
        lambda host: host.setting("rdp_tcp", "MaxInstanceCount", dword(0)),
        probe("negotiation", "closed"),
        "critical",
        proves=True,
    ),
    Fault(
        "listener.connection_limit",
        "no connections by policy",
        lambda host: host.setting("policy", "MaxInstanceCount", dword(0)),
        None,
        "critical",
        proves=False,
    ),
    Fault(
        "listener.encryption_level_invalid",
        "MinEncryptionLevel 9",
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(9)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "listener.encryption_level_invalid",
        "MinEncryptionLevel 1",
        lambda host: host.setting("rdp_tcp", "MinEncryptionLevel", dword(1)),
        IN,
        "warning",
        proves=False,
    ),
    Fault("certificate.not_yet_valid", "certificate begins later", not_yet_valid, RESET, "critical", proves=True),
    Fault(
        "certificate.store_denied",
        "SYSTEM is denied the store",
        lambda host: store_descriptor(host, "O:SYG:SYD:(D;;KW;;;SY)(A;;KA;;;BA)"),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "machine_keys.folder_hardened",
        "MachineKeys hardened",
        lambda host: key_folder(host, "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "machine_keys.misplaced",
        "ProgramData moved",
        lambda host: host.value(
            r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList",
            "ProgramData",
            {"type": "expand_string", "data": r"E:\Data"},
        ),
        RESET,
        "critical",
        proves=True,
    ),
    Fault(
        "system.setup_unfinished",
        "setup unfinished",
        lambda host: host.value(r"SYSTEM\Setup", "OOBEInProgress", dword(1)),
        REFUSED,
        "critical",
        proves=True,
    ),
    Fault(
        "licensing.grace_ended", "grace period over", lambda host: session_host(host, 0), IN, "critical", proves=False
    ),
    Fault(
        "licensing.not_configured",
        "grace period runs",
        lambda host: session_host(host, 60),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "network.logon_flood",
        "passwords are guessed",
        lambda host: host.event("Microsoft-Windows-Security-Auditing", 4625, 900, "Security", (0xC000006D, 10)),
        IN,
        "warning",
        proves=False,
    ),
    Fault(
        "network.handshake_stalls",
        "TLS is never answered",
        lambda host: host,
        probe("tls", "silent"),
        "critical",
        proves=False,
    ),
    Fault(
        "interference.security_product",
        "a security driver",
        lambda host: with_products(host, DRIVER),
        RESET,
        "critical",
        proves=False,
    ),
    Fault(
        "interference.handshake_dropped",
        "a security driver that is stopped",
        lambda host: with_products(host, {**DRIVER, "state": 1}),
        RESET,
        "critical",
        proves=False,
    ),
]
FAULTS = [*LISTENER, *SURROUNDINGS]
