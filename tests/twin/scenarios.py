# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a host: one entry each. A scenario changes a healthy host, before its services start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from typing import Any

from tests.twin.state import (
    DISABLED,
    FIREWALL,
    FIREWALL_POLICY,
    LSA,
    MACHINE_KEYS,
    POLICY,
    RCM,
    RDP_TCP,
    SCHANNEL,
    SESSIONENV_SID,
    START_PENDING,
    STOPPED,
    SUITES,
    TS,
    WS,
    Windows,
    firewall_rule,
    make_certificate,
)

Change = Callable[[Windows], Any]


@dataclass(frozen=True)
class Scenario:
    """``top`` is the finding that an audit must put first (None: no finding), ``also`` one that must be found as well, and ``repairable`` tells whether
    remediation brings clients in by itself. ``code`` is what a user's client showed, ``probe_host`` makes the name that users type out of the address."""

    text: str
    change: Change
    top: str | None
    repairable: bool = True
    build: int = 20348
    fault: str | None = None
    also: str | None = None
    code: str | None = None
    probe_host: Callable[[str], str] | None = None


SCENARIOS: dict[str, Scenario] = {}


def _add(
    name: str,
    text: str,
    top: str | None,
    *changes: Change,
    repairable: bool = True,
    build: int = 20348,
    fault: str | None = None,
    also: str | None = None,
    code: str | None = None,
    probe_host: Callable[[str], str] | None = None,
) -> None:
    def change(host: Windows) -> None:
        for one in changes:
            one(host)

    SCENARIOS[name] = Scenario(text, change, top, repairable, build, fault, also, code, probe_host)


def _value(key: str, name: str, number: int | None) -> Change:
    return lambda host: host.put(key, name, None if number is None else {"type": "dword", "data": number})


def _service(name: str, **state: Any) -> Change:
    def change(host: Windows) -> None:
        host.service(name).update(state)
        if host.service(name)["state"] == STOPPED:
            host.volatile["pids"][name] = 0

    return change


def _expired(host: Windows) -> None:
    host.drop_certificate("Remote Desktop", host.thumbprint(WS, "SelfSignedCertificate") or "")
    host.self_sign(days_ago=200)
    host.event("System", "Microsoft-Windows-TerminalServices-RemoteConnectionManager", 1058, 0x80070005)


def _no_certificate(host: Windows) -> None:
    host.drop_certificate("Remote Desktop", host.thumbprint(WS, "SelfSignedCertificate") or "")


def _sddl(sddl: str) -> Change:
    def change(host: Windows) -> None:
        host.data["files"][host.key_path("TSSecKeySet1")]["sddl"] = sddl

    return change


def _no_key(host: Windows) -> None:
    path = host.key_path("TSSecKeySet1")
    host.data["files"].pop(path)
    host.keys.pop(path)


def _text(key: str, name: str, text: str | None) -> Change:
    return lambda host: host.put(key, name, None if text is None else {"type": "string", "data": text})


def _pin(
    days_ago: int = 30,
    lasts: int = 365,
    container: str = "te-WebServer-1",
    readable: bool = True,
    with_key: bool = True,
    usage: str = "1.3.6.1.5.5.7.3.1",
    bits: int = 2048,
) -> Change:
    def change(host: Windows) -> None:
        key = host.add_key(container, None if readable else "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)", bits)
        start = host.now() - timedelta(days=days_ago)
        der = make_certificate("rdp.example.test", key, start, start + timedelta(days=lasts), 4711, usage)
        host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", host.add_certificate("My", der, container))
        if not with_key:
            host.data["files"].pop(host.key_path(container))
            host.keys.pop(host.key_path(container))

    return change


def _person(state: int | None = 0, station: str | None = "RDP-Tcp#1") -> Change:
    def change(host: Windows) -> None:
        host.data["sessions"].append(
            {"id": 2, "user": r"CORP\alice", "user_sid": "S-1-5-21-1-2-3-1104", "station": station, "state": state}
        )
        host.volatile["established"] = 1 if state == 0 else 0

    return change


def _set(**facts: Any) -> Change:
    return lambda host: host.data["host"].update(facts)


def _behave(**how: Any) -> Change:
    return lambda host: host.data["behaviour"].update(how)


def _rule(name: str, port: int | str | None = 3389, store: str = FIREWALL, **more: Any) -> Change:
    return lambda host: host.put(
        store + r"\FirewallRules", name, {"type": "string", "data": firewall_rule(port, **more)}
    )


def _no_rule(host: Windows) -> None:
    host.put(FIREWALL + r"\FirewallRules", RULE, None)


def _category(number: int) -> Change:
    return lambda host: host.data["adapters"][0].update(category=number)


def _product(name: str, state: int = 4, type: int = 16) -> Change:
    def change(host: Windows) -> None:
        host.data["products"] = [row for row in host.data["products"] if row["name"] != name]
        host.data["products"].append({"name": name, "start": 2, "type": type, "image_path": None, "state": state})

    return change


def _state(**facts: Any) -> Change:
    return lambda host: host.data.update(facts)


def _events(log: str, provider: str, number: int, count: int, *numbers: int) -> Change:
    def change(host: Windows) -> None:
        for _turn in range(count):
            host.event(log, provider, number, *numbers)

    return change


def _lost_trust(host: Windows) -> None:
    host.event("System", "NETLOGON", 3210)
    host.event("Security", "Microsoft-Windows-Security-Auditing", 4625, 0xC000018B)


def _multi(key: str, name: str, *texts: str) -> Change:
    return lambda host: host.put(key, name, {"type": "multi_string", "data": list(texts)})


def _no_listener(host: Windows) -> None:
    host.data["registry"].pop(RDP_TCP)


def _folder(sddl: str) -> Change:
    return lambda host: host.data["files"][MACHINE_KEYS].update(sddl=sddl)


def _program_data(host: Windows) -> None:
    """The service looks for its key in the new place, where none is."""
    host.put(
        r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList",
        "ProgramData",
        {"type": "expand_string", "data": r"E:\Data"},
    )
    host.keys.clear()


def _rdsh(grace: int) -> tuple[Change, ...]:
    return _value(TS, "TSAppCompat", 1), _state(licensing={"type": None, "grace_days": grace})


def _gpo(name: str, gpo: str) -> Change:
    return lambda host: host.data["gpos"].append(
        {"key": POLICY, "name": name, "gpo": gpo, "id": "{31B2F340-016D-11D2-945F-00C04FB984F9}"}
    )


def _dated(days_ago: float) -> Change:
    def change(host: Windows) -> None:
        host.drop_certificate("Remote Desktop", host.thumbprint(WS, "SelfSignedCertificate") or "")
        host.self_sign(days_ago=days_ago)

    return change


def _template(days_ago: int) -> Change:
    def change(host: Windows) -> None:
        key = host.add_key("te-RDP-1")
        start = host.now() - timedelta(days=days_ago)
        der = make_certificate("srv.corp.example.test", key, start, start + timedelta(days=365), 815)
        host.set_thumbprint(WS, "TemplateCertificate", host.add_certificate("My", der, "te-RDP-1"))

    return change


def _renewed_since(host: Windows) -> None:
    """TermService holds what it opened, SessionEnv has made a new one since."""
    held = host._credential()
    host.keys["held"] = host.keys[held["path"]]
    host.volatile["held"] = {**held, "path": "held"}
    host.self_sign(days_ago=1)


def _deaf(host: Windows) -> None:
    host.volatile["deaf"] = True


def _mended_since(host: Windows) -> None:
    host.volatile["held"] = {"fault": "key"}
    host.event("System", "Schannel", 36870, 0x8009030D, 10001)


def _two(first: str, second: str, build: int = 20348, top: str | None = None) -> None:
    one, other = SCENARIOS[first], SCENARIOS[second]
    SCENARIOS[f"both_{first}_and_{second}"] = Scenario(
        f"{one.text}; {other.text}",
        lambda host: (one.change(host), other.change(host)),
        top or one.top,
        one.repairable and other.repairable,
        build,
        also=(one.top if top == other.top else other.top),
    )


def _deny(*sections: str) -> Change:
    return lambda host: host.data["denied_sections"].extend(sections)


W32TIME = r"HKLM\SYSTEM\CurrentControlSet\Services\W32Time\Parameters"
RULE = "RemoteDesktop-UserMode-In-TCP"
TLS12 = SCHANNEL + r"\Protocols\TLS 1.2\Server"
CREDSSP = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System\CredSSP\Parameters"
MEMBER = _set(dns_domain="corp.example.test", domain_role=3)
BROKEN_KEY = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;0x120089;;;BA)"
DENIED_KEY = f"O:SYG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;SY)(A;;0x120089;;;NS)(A;;FA;;;{SESSIONENV_SID})"

_add("healthy", "nothing is wrong", None)
_add("healthy_german", "a German host", None, _set(locale=1031, computer_name="BÜRO-SRV01"))
_add("healthy_japanese", "a Japanese host", None, _set(locale=1041))
_add("healthy_2016", "Server 2016", None, build=14393)
_add("healthy_2019", "Server 2019", None, build=17763)
_add("healthy_2025", "Server 2025", None, build=26100)
_add(
    "healthy_windows11",
    "Windows 11",
    None,
    _set(product_type=1, domain_role=0, edition_id="Professional", installation_type="Client"),
    build=26100,
)
_add("healthy_domain", "a member of a domain", None, _set(dns_domain="corp.example.test", domain_role=3))
_add("healthy_dc", "a domain controller", None, _set(dns_domain="corp.example.test", domain_role=5, product_type=2))
_add(
    "healthy_port",
    "the listener is on another port",
    None,
    _value(RDP_TCP, "PortNumber", 3390),
    _rule("Remote-Desktop-3390", 3390),
)
_add(
    "healthy_defaults",
    "no value is set, Windows' own defaults hold",
    None,
    _value(RDP_TCP, "SecurityLayer", None),
    _value(RDP_TCP, "UserAuthentication", None),
)
_add(
    "healthy_policy",
    "a policy sets what is right, over local values that are not",
    None,
    _value(POLICY, "SecurityLayer", 2),
    _value(RDP_TCP, "SecurityLayer", 0),
)
_add("pin_alive", "pinned to a certificate of a CA, and all is well", None, _pin())
_add("cert_expired", "the self-signed certificate has expired and was not renewed", "certificate.expired", _expired)
_add(
    "cert_expired_key_locked",
    "expired, and SessionEnv may not replace the key",
    "certificate.expired",
    _expired,
    _sddl("O:BAG:BAD:PAI(A;;FR;;;NS)"),
)
_add("cert_missing", "the self-signed certificate is gone from its store", "certificate.missing", _no_certificate)
_add("key_unreadable", "NETWORK SERVICE was taken off the key file", "certificate.key_unreadable", _sddl(BROKEN_KEY))
_add(
    "key_unreadable_2016",
    "the same on Server 2016",
    "certificate.key_unreadable",
    _sddl("O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;BA)"),
    build=14393,
)
_add("key_denied", "NETWORK SERVICE is denied the key file", "certificate.key_unreadable", _sddl(DENIED_KEY))
_add("key_missing", "the key file is gone", "certificate.key_missing", _no_key)
_add(
    "store_name_wrong",
    "SelfSignedCertStore names another store",
    "certificate.store_name",
    _text(WS, "SelfSignedCertStore", "My"),
)
_add(
    "store_name_missing",
    "SelfSignedCertStore is gone",
    "certificate.store_name",
    _text(WS, "SelfSignedCertStore", None),
)
_add(
    "pin_dead",
    "pinned to a certificate that is nowhere",
    "certificate.pin_dead",
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
)
_add(
    "pin_dead_fallback",
    "the same, and Windows falls back",
    "certificate.pin_dead",
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
    _behave(dead_pin="falls back"),
)
_add(
    "pin_malformed",
    "the pin was written as text",
    "certificate.pin_dead",
    _text(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
)
_add("pin_key_missing", "the pinned certificate has lost its key", "certificate.pin_dead", _pin(with_key=False))
_add(
    "pin_key_fallback",
    "NETWORK SERVICE cannot read the pinned certificate's key, and Windows falls back",
    "certificate.key_unreadable",
    _pin(readable=False),
    _behave(dead_pin="falls back"),
)
_add(
    "pin_key_unreadable",
    "NETWORK SERVICE cannot read the pinned certificate's key",
    "certificate.key_unreadable",
    _pin(readable=False),
)
_add(
    "pin_expired",
    "the pinned certificate has expired",
    "certificate.pin_expired",
    _pin(days_ago=400, lasts=365),
    repairable=False,
)
_add(
    "security_layer_invalid",
    "SecurityLayer is 7",
    "listener.security_layer_invalid",
    _value(RDP_TCP, "SecurityLayer", 7),
)
_add(
    "security_layer_zero",
    "SecurityLayer is 0 while NLA is required",
    "listener.security_layer_conflict",
    _value(RDP_TCP, "SecurityLayer", 0),
)
_add("security_layer_weak", "SecurityLayer is 1", "listener.security_layer_weak", _value(RDP_TCP, "SecurityLayer", 1))
_add("nla_off", "NLA is not required", "nla.disabled", _value(RDP_TCP, "UserAuthentication", 0))
_add(
    "negotiation_off",
    "security is not negotiated",
    "listener.negotiation_disabled",
    _value(RDP_TCP, "fAllowSecProtocolNegotiation", 0),
)
_add("rdp_off", "Remote Desktop is turned off", "listener.rdp_disabled", _value(TS, "fDenyTSConnections", 1))
_add("listener_off", "the listener is turned off", "listener.disabled", _value(RDP_TCP, "fEnableWinStation", 0))
_add("logon_off", "the listener takes no new logons", "listener.logon_disabled", _value(RDP_TCP, "fLogonDisabled", 1))
_add(
    "termservice_disabled",
    "TermService is disabled",
    "service.disabled",
    _service("TermService", start=DISABLED, state=STOPPED),
    _service("UmRdpService", state=STOPPED),
)
_add(
    "termservice_stopped",
    "TermService is stopped",
    "service.stopped",
    _service("TermService", state=STOPPED),
    _service("UmRdpService", state=STOPPED),
)
_add(
    "sessionenv_stopped",
    "SessionEnv is stopped while TermService runs",
    "service.sessionenv_stopped",
    _service("SessionEnv", state=STOPPED),
)
_add(
    "sessionenv_disabled",
    "SessionEnv is disabled",
    "service.disabled",
    _service("SessionEnv", start=DISABLED, state=STOPPED),
)
_add(
    "sessionenv_disabled_expired",
    "SessionEnv is disabled, so the certificate has expired",
    "certificate.expired",
    _expired,
    _service("SessionEnv", start=DISABLED, state=STOPPED),
)
_add(
    "policy_security_layer",
    "a policy sets SecurityLayer to 0",
    "listener.security_layer_conflict",
    _value(POLICY, "SecurityLayer", 0),
    repairable=False,
)
_add(
    "policy_nla_off",
    "a policy turns NLA off",
    "nla.disabled",
    _value(POLICY, "UserAuthentication", 0),
    repairable=False,
)
_add(
    "policy_rdp_off",
    "a policy turns Remote Desktop off",
    "listener.rdp_disabled",
    _value(POLICY, "fDenyTSConnections", 1),
    repairable=False,
)
_add(
    "occupied",
    "the key cannot be read, and somebody is logged on",
    "certificate.key_unreadable",
    _sddl(BROKEN_KEY),
    _person(),
    repairable=False,
)
_add(
    "occupied_disconnected",
    "the same, with a session that is only disconnected",
    "certificate.key_unreadable",
    _sddl(BROKEN_KEY),
    _person(state=4),
)
_add(
    "occupied_console",
    "the same, with somebody at the console",
    "certificate.key_unreadable",
    _sddl(BROKEN_KEY),
    _person(station="Console"),
    lambda host: host.volatile.update(established=0),
)
_add(
    "two_expired_unreadable",
    "expired, and the key cannot be read",
    "certificate.key_unreadable",
    _expired,
    _sddl(f"O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;{SESSIONENV_SID})"),
)
_add(
    "two_stopped_invalid",
    "TermService is stopped, and SecurityLayer is 9",
    "service.stopped",
    _service("TermService", state=STOPPED),
    _service("UmRdpService", state=STOPPED),
    _value(RDP_TCP, "SecurityLayer", 9),
)
_add(
    "two_pin_expired_own",
    "the pin is dead, and the self-signed certificate has expired",
    "certificate.pin_dead",
    _expired,
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "CD" * 20),
)
_add(
    "two_off_disabled",
    "Remote Desktop is off, and TermService disabled",
    "service.disabled",
    _value(TS, "fDenyTSConnections", 1),
    _service("TermService", start=DISABLED, state=STOPPED),
    _service("UmRdpService", state=STOPPED),
)
_add(
    "two_policy_key",
    "a policy turns NLA off, and the key cannot be read",
    "certificate.key_unreadable",
    _value(POLICY, "UserAuthentication", 0),
    _sddl(BROKEN_KEY),
)
_add(
    "three_weak",
    "SecurityLayer 1, NLA off, SessionEnv stopped",
    "service.sessionenv_stopped",
    _value(RDP_TCP, "SecurityLayer", 1),
    _value(RDP_TCP, "UserAuthentication", 0),
    _service("SessionEnv", state=STOPPED),
)
_add(
    "middlebox_reset",
    "something resets every connection after its first bytes",
    "network.path_reset",
    _behave(middlebox="reset"),
    repairable=False,
)
_add(
    "middlebox_tls",
    "something resets TLS",
    "interference.handshake_dropped",
    _behave(middlebox="tls_reset"),
    repairable=False,
)
_add(
    "middlebox_silent",
    "connections are accepted and never answered",
    "network.path_reset",
    _behave(middlebox="silent"),
    repairable=False,
)
_add(
    "port_filtered",
    "the host listens, and nobody gets there",
    "network.unreachable",
    _behave(middlebox="filtered"),
    repairable=False,
)
# The firewall.
_add(
    "firewall_rule_off",
    "the built-in rule is off",
    "firewall.rule_disabled",
    _rule(RULE, active=False),
    repairable=False,
)
_add("firewall_rule_gone", "the built-in rule was deleted", "firewall.rule_disabled", _no_rule, repairable=False)
_add(
    "firewall_profile",
    "the rule holds in the domain only, and the network counts as public",
    "firewall.profile_mismatch",
    _rule(RULE, Profile="Domain"),
    _category(0),
    repairable=False,
)
_add(
    "firewall_port",
    "the listener was moved, its rules were not",
    "firewall.port_not_allowed",
    _value(RDP_TCP, "PortNumber", 3390),
    repairable=False,
)
_add(
    "firewall_block",
    "a block rule covers a range of ports",
    "firewall.block_rule",
    _rule("{B1}", "3000-4000", action="Block"),
    repairable=False,
)
_add(
    "firewall_policy",
    "a policy lets no local rule count",
    "firewall.local_rules_ignored",
    _value(FIREWALL_POLICY + r"\StandardProfile", "AllowLocalPolicyMerge", 0),
    repairable=False,
)
_add(
    "firewall_closed",
    "no exceptions are allowed",
    "firewall.block_all",
    _value(FIREWALL + r"\StandardProfile", "DoNotAllowExceptions", 1),
    repairable=False,
)
_add(
    "firewall_service",
    "the filtering engine is stopped",
    "firewall.service_stopped",
    _product("BFE", state=STOPPED),
    _behave(middlebox="filtered"),
    repairable=False,
)
_add(
    "healthy_firewall_off",
    "the firewall is off, its rule too",
    None,
    _rule(RULE, active=False),
    _value(FIREWALL + r"\StandardProfile", "EnableFirewall", 0),
)
_add(
    "healthy_firewall_policy",
    "the rule comes from a policy that ignores local ones",
    None,
    _rule(RULE, active=False),
    _rule("{GPO}", store=FIREWALL_POLICY),
    _value(FIREWALL_POLICY + r"\StandardProfile", "AllowLocalPolicyMerge", 0),
)
_add(
    "firewall_scope",
    "only one network is let in, and it is another",
    "firewall.address_scope",
    _rule(RULE, RA4="10.0.0.0/8"),
    repairable=False,
)
_add(
    "healthy_scope",
    "only one network is let in, and the probe is in it",
    None,
    _rule(RULE, RA4="127.0.0.0/8", Profile="Private"),
)
# TLS.
_add(
    "tls12_off",
    "TLS 1.2 is turned off on Server 2019",
    "tls.tls12_disabled",
    _value(TLS12, "Enabled", 0),
    build=17763,
    repairable=False,
)
_add(
    "tls12_off_2022",
    "the same on Server 2022, where TLS 1.3 is left",
    "tls.tls12_disabled",
    _value(TLS12, "Enabled", 0),
)
_add(
    "suites_empty",
    "the list of cipher suites is empty",
    "tls.no_cipher_suites",
    _text(SUITES, "Functions", ""),
    repairable=False,
)
_add(
    "suites_ecdsa",
    "only suites for ECDSA are listed",
    "tls.suites_unusable",
    _text(SUITES, "Functions", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    repairable=False,
)
_add(
    "aes_off",
    "both AES ciphers are turned off",
    "tls.algorithms_disabled",
    *(_value(rf"{SCHANNEL}\Ciphers\{name}", "Enabled", 0) for name in ("AES 128/128", "AES 256/256")),
    repairable=False,
)
_add("healthy_fips", "FIPS algorithms only, and all is well", None, _value(LSA + r"\FipsAlgorithmPolicy", "Enabled", 1))
_add(
    "healthy_hardened",
    "hardened as a baseline has it",
    None,
    *(_value(rf"{SCHANNEL}\Ciphers\{name}", "Enabled", 0) for name in ("RC4 128/128", "Triple DES 168", "NULL")),
    *(_value(rf"{SCHANNEL}\Protocols\{name}\Server", "Enabled", 0) for name in ("TLS 1.0", "TLS 1.1")),
    _text(
        SUITES,
        "Functions",
        "TLS_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    ),
    _value(LSA, "disabledomaincreds", 1),
    _value(LSA, "LmCompatibilityLevel", 5),
    _value(CREDSSP, "AllowEncryptionOracle", 0),
    _value(RDP_TCP, "MinEncryptionLevel", 3),
)
# Network Level Authentication.
_add(
    "trust_broken",
    "the domain no longer knows this computer",
    "nla.trust_broken",
    MEMBER,
    _state(channel_status=1789),
    _lost_trust,
    repairable=False,
)
_add(
    "no_controller",
    "no domain controller is found",
    "nla.no_domain_controller",
    MEMBER,
    _state(channel_status=1311),
    repairable=False,
)
_add(
    "ntlm_refused",
    "NTLM is refused outside a domain",
    "nla.ntlm_refused",
    _value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", 2),
    repairable=False,
)
_add(
    "oracle_vulnerable",
    "CredSSP is accepted unprotected",
    "nla.oracle_vulnerable",
    _value(CREDSSP, "AllowEncryptionOracle", 2),
)
_add(
    "credssp_unpatched",
    "a build from before the CredSSP update",
    "nla.credssp_unpatched",
    _set(ubr=1000),
    build=14393,
    repairable=False,
)
# Services, listener, certificate, keys, system.
_add(
    "wrapper",
    "termsrv.dll was replaced",
    "service.dll_replaced",
    _service("TermService", service_dll=r"C:\Program Files\RDP Wrapper\rdpwrap.dll"),
)
_add(
    "account_changed",
    "TermService runs as LocalSystem",
    "service.account_changed",
    _service("TermService", account="LocalSystem"),
)
_add(
    "not_started_along",
    "SessionEnv is not started with the listener",
    "service.not_started_along",
    _multi(TS, "RCDependentServices", "CertPropSvc"),
)
_add("crashing", "a service keeps dying", "service.crashing", _events("System", "Service Control Manager", 7034, 4))
_add(
    "broker_stopped",
    "the Connection Broker is stopped",
    "service.broker_stopped",
    _set(connection_broker=True),
    _product("Tssdis", state=STOPPED),
)
_add("listener_missing", "the key RDP-Tcp is gone", "listener.missing", _no_listener, repairable=False)
_add(
    "adapter_gone",
    "tied to an adapter that is gone",
    "listener.adapter_gone",
    _value(RDP_TCP, "LanAdapter", 5),
    _behave(deaf=True),
    repairable=False,
)
_add(
    "healthy_adapter",
    "tied to the adapter that is there",
    None,
    _value(RDP_TCP, "LanAdapter", 5),
    _value(TS + r"\lanatable\{0A6F8B0E-6C0B-4B0E-9C55-2A4E7C0A0001}", "LanaId", 5),
)
_add("draining", "in drain mode", "listener.draining", _value(TS, "TSServerDrainMode", 1))
_add(
    "no_connections",
    "the limit of connections is 0",
    "listener.connection_limit",
    _value(RDP_TCP, "MaxInstanceCount", 0),
    repairable=False,
)
_add(
    "encryption_odd",
    "MinEncryptionLevel is 9",
    "listener.encryption_level_invalid",
    _value(RDP_TCP, "MinEncryptionLevel", 9),
)
_add("cert_future", "the certificate begins next month", "certificate.not_yet_valid", _dated(-30))
_add(
    "pin_purpose",
    "pinned to a certificate for clients",
    "certificate.wrong_purpose",
    _pin(usage="1.3.6.1.5.5.7.3.2"),
    repairable=False,
)
# An address in hexadecimal is a name that resolves without anybody's DNS.
_add(
    "pin_name",
    "pinned to a certificate for another name than users type",
    "certificate.name_mismatch",
    _pin(),
    probe_host=lambda address: f"0x{int(ip_address(address)):08x}",
)
_add(
    "no_name",
    "users type a name that does not resolve",
    "network.name",
    repairable=False,
    probe_host=lambda _address: "nobody.invalid",
)
_add("pin_weak", "pinned to a certificate with a 1024-bit key", "certificate.weak", _pin(bits=1024))
_add(
    "template_failing",
    "the template of a policy cannot be enrolled",
    "certificate.template_failing",
    _text(POLICY, "CertTemplateName", "RDP"),
    _events("System", RCM, 1064, 2),
)
_add(
    "store_denied",
    "SYSTEM is denied the certificate store",
    "certificate.store_denied",
    _state(store_sddl="O:SYG:SYD:(D;;KW;;;SY)(A;;KA;;;BA)(A;;KA;;;SY)"),
)
_add(
    "folder_hardened",
    "MachineKeys was hardened",
    "machine_keys.folder_hardened",
    _folder("O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"),
)
_add("program_data", "ProgramData was moved", "machine_keys.misplaced", _program_data, repairable=False)
_add(
    "setup",
    "Windows takes itself for being set up",
    "system.setup_unfinished",
    _value(r"HKLM\SYSTEM\Setup", "OOBEInProgress", 1),
    repairable=False,
)
_add("licences_over", "the grace period is over", "licensing.grace_ended", *_rdsh(0), repairable=False)
_add("licences_missing", "no licences yet", "licensing.not_configured", *_rdsh(45))
_add(
    "healthy_rdsh",
    "an RD Session Host with licences",
    None,
    *_rdsh(0),
    _value(TS + r"\RCM\Licensing Core", "LicensingMode", 4),
    _text(POLICY, "LicenseServers", "lic01"),
)
_add(
    "flood",
    "somebody guesses passwords",
    "network.logon_flood",
    _events("Security", "Microsoft-Windows-Security-Auditing", 4625, 400),
)
# The way and what cuts in.
_add(
    "path_stalls",
    "TLS gets stuck on the way",
    "network.handshake_stalls",
    _behave(middlebox="tls_stalls"),
    repairable=False,
)
_add(
    "security_product",
    "security software resets TLS",
    "interference.security_product",
    _product("CSAgent", type=2),
    _behave(middlebox="tls_reset"),
    repairable=False,
)
_add("healthy_product", "security software that lets all pass", None, _product("CSAgent", type=2))
_add(
    "healthy_gpo",
    "a GPO sets what is right",
    None,
    _value(POLICY, "UserAuthentication", 1),
    _gpo("UserAuthentication", "Servers"),
)
_add(
    "gpo_nla_off",
    "a known GPO turns NLA off",
    "nla.disabled",
    _value(POLICY, "UserAuthentication", 0),
    _gpo("UserAuthentication", "Lab PCs"),
    repairable=False,
)
_add(
    "mdm_rdp_off",
    "device management turns Remote Desktop off",
    "listener.rdp_disabled",
    _value(POLICY, "fDenyTSConnections", 1),
    _text(
        r"HKLM\SOFTWARE\Microsoft\PolicyManager\current\device\RemoteDesktopServices",
        "AllowUsersToConnectRemotely",
        "<disabled/>",
    ),
    repairable=False,
)
_add(
    "not_rdp",
    "a forwarded port leads to an SSH server",
    "interference.not_rdp",
    _behave(middlebox="ssh"),
    repairable=False,
)
_add(
    "port_taken",
    "another program has the port",
    "listener.port_taken",
    _behave(middlebox="ssh", squatter=True),
    repairable=False,
)
_add("tls_inspected", "something takes TLS apart", "interference.tls_inspected", _behave(middlebox="inspects"))
_add("tls_too_old", "what answers speaks old TLS only", "tls.too_old", _behave(middlebox="old_tls"), repairable=False)
_add("nla_unanswered", "NLA over NTLM is not answered", "nla.unanswered", _behave(nla_closes=True), repairable=False)
_add(
    "oracle_forced",
    "only updated clients are taken",
    "nla.oracle_forced",
    _value(CREDSSP, "AllowEncryptionOracle", 0),
    code="0x80090302",
)
_add(
    "domain_credentials",
    "no credentials are kept for network authentication",
    "nla.domain_credentials_disabled",
    MEMBER,
    _value(LSA, "disabledomaincreds", 1),
    code="0x1807",
)
_add("not_listening", "TermService runs and does not listen", "listener.not_listening", _deaf)
_add(
    "termservice_hangs",
    "TermService runs and answers nobody",
    "service.stuck",
    _behave(middlebox="silent"),
    _events("System", "Service Control Manager", 7011, 2),
    repairable=False,
)
_add(
    "termservice_stuck",
    "TermService hangs while it starts",
    "service.stuck",
    _service("TermService", state=START_PENDING),
    repairable=False,
)
_add(
    "template_expired",
    "the enrolled certificate has expired",
    "certificate.template_expired",
    _template(400),
    repairable=False,
)
_add(
    "healthy_template",
    "a certificate enrolled from a template",
    None,
    _text(POLICY, "CertTemplateName", "RDP"),
    _template(30),
)
_add("not_presented", "the listener still presents an earlier certificate", "certificate.not_presented", _renewed_since)
_add("stale_credential", "the key was mended, TermService was not restarted", "service.stale_credential", _mended_since)
_add(
    "fips_reset",
    "FIPS algorithms only, and TLS is reset",
    "interference.handshake_dropped",
    _value(LSA + r"\FipsAlgorithmPolicy", "Enabled", 1),
    _behave(middlebox="tls_reset"),
    repairable=False,
    also="tls.fips",
)
_add(
    "clock_unset",
    "the clock is an hour off, and nothing sets it",
    "clock.wrong",
    _set(clock_offset_seconds=3600),
    _text(W32TIME, "Type", "NoSync"),
    also="clock.not_synchronised",
)
# The host is in order, and a user's client showed a code.
for _code, _text_, _top in (
    ("0x1B07", "the client calls the certificate expired", "client.certificate_refused"),
    ("0x80090325", "the client does not trust the certificate's issuer", "client.certificate_refused"),
    ("0x807", "a wrong password", "client.credentials"),
    ("3335", "the account is locked out", "client.credentials"),
    ("0xC0000224", "the password must be changed", "client.credentials"),
    ("0x1607", "the client may not delegate credentials", "client.delegation_policy"),
    ("0x104", "the client's DNS fails", "client.name"),
    ("0x204", "the client cannot connect", "client.cannot_connect"),
    ("264", "the client times out", "client.cannot_connect"),
    ("0x3/0x7", "the host turned the user away", "client.denied"),
    ("0x3/0x9", "the account may not log on remotely", "nla.logon_right_missing"),
    ("0x3/0x5", "another connection took the session", "client.session_ended"),
    ("0x1807", "nobody vouches for the account", "client.no_authority"),
    ("0x80090324", "the client's clock is off", "client.clock"),
    ("0xC000035B", "TLS ends before the host", "client.altered"),
    ("0x80090302", "an update is missing on the client", "client.credssp_version"),
    ("0x706", "legacy security fails", "client.legacy_security"),
    ("0x3/0x8", "the client offers no FIPS algorithm", "client.denied"),
    ("0x808", "licensing failed", "client.licensing"),
    ("0x3/0x101", "no licence server", "client.licensing"),
    ("0x907", "a phone does not accept the certificate", "client.certificate_refused"),
    ("0x607", "the hosts of a farm present different certificates", "client.certificate_refused"),
    ("0xB09", "the client does not do CredSSP", "client.no_credssp"),
    ("0x300000D", "the gateway is not available", "client.gateway"),
    ("0x904/0x7", "one user is dropped, the probe is not", "client.not_reproduced"),
    ("0x904/0x0", "one user is dropped after the password", "client.not_reproduced"),
):
    _add(f"code_{_code.replace('/', '_').lower()}", _text_, _top, code=_code)
_add(
    "code_fips",
    "FIPS, and a client without it",
    "tls.fips",
    _value(LSA + r"\FipsAlgorithmPolicy", "Enabled", 1),
    code="0x904/0x8",
)
_add(
    "old_client",
    "a client without a suite in common",
    "client.outdated",
    _events("System", "Schannel", 36874, 2),
    code="0x904/0x7",
)
# Two at once: what blocks first is named first, and the other one is found.
_two("firewall_rule_off", "cert_expired")
_two("firewall_port", "key_unreadable")
_two("firewall_block", "sessionenv_disabled")
_two("firewall_policy", "security_layer_invalid")
_two("tls12_off", "folder_hardened", build=17763)
_two("suites_ecdsa", "cert_expired", top="certificate.expired")
_two("key_unreadable", "trust_broken")
_two("key_missing", "licences_over")
_two("cert_expired", "folder_hardened")
_two("security_layer_invalid", "cert_expired")
_two("termservice_stopped", "suites_empty")
_two("rdp_off", "trust_broken")
_two("pin_dead", "aes_off")
_two("cert_missing", "oracle_vulnerable")
_two("setup", "cert_expired")
_two("trust_broken", "ntlm_refused")
_two("no_connections", "template_failing")
_two("wrapper", "licences_missing", top="service.dll_replaced")
_add(
    "clock_wrong", "the clock is a year ahead", "clock.wrong", _set(clock_offset_seconds=365 * 86400), repairable=False
)
_add("section_denied", "the certificates may not be read", None, _deny("certificates"), repairable=False)

# Hosts that cannot be asked, or not to the end.
_add(
    "not_admin",
    "the account is no administrator",
    None,
    _deny("key_files", "services", "journals"),
    _set(elevated=False),
    repairable=False,
)
_add("winrm_refuses", "WinRM refuses the account", None, repairable=False, fault="refuse")
_add("winrm_closed", "nothing listens on WinRM's port", None, repairable=False, fault="closed")
_add("winrm_hangs", "WinRM takes connections and does not answer", None, repairable=False, fault="stall")
_add("not_windows", "something else answers on WinRM's port", None, repairable=False, fault="foreign")
_add("garbage", "the host answers garbage", None, repairable=False, fault="garbage")
_add("truncated", "the host's answer is cut short", None, repairable=False, fault="truncated")
_add(
    "dies_after_0",
    "the host dies before the first step is done",
    "certificate.key_unreadable",
    _sddl(BROKEN_KEY),
    repairable=False,
    fault="cut:0",
)
_add(
    "dies_after_1",
    "the host dies after the first step",
    "certificate.key_unreadable",
    _sddl(BROKEN_KEY),
    repairable=False,
    fault="cut:1",
)
_add(
    "dies_after_2",
    "the host dies after the last step, before it answers",
    "certificate.key_unreadable",
    _sddl(BROKEN_KEY),
    repairable=False,
    fault="cut:2",
)
