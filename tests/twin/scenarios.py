# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a host: one entry each. A scenario changes a healthy host, before its services start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.twin.state import DISABLED, POLICY, RDP_TCP, SESSIONENV_SID, STOPPED, TS, WS, Windows, make_certificate

Change = Callable[[Windows], Any]


@dataclass(frozen=True)
class Scenario:
    """``top`` is the finding that an audit must put first (None: no finding), ``repairable`` whether remediation brings clients in by itself."""

    text: str
    change: Change
    top: str | None
    repairable: bool = True
    build: int = 20348
    fault: str | None = None


SCENARIOS: dict[str, Scenario] = {}


def _add(name: str, text: str, top: str | None, *changes: Change, repairable: bool = True, build: int = 20348, fault: str | None = None) -> None:
    def change(host: Windows) -> None:
        for one in changes:
            one(host)

    SCENARIOS[name] = Scenario(text, change, top, repairable, build, fault)


def _value(key: str, name: str, number: int | None) -> Change:
    return lambda host: host.put(key, name, None if number is None else {"type": "dword", "data": number})


def _service(name: str, **state: int) -> Change:
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


def _pin(days_ago: int = 30, lasts: int = 365, container: str = "te-WebServer-1", readable: bool = True, with_key: bool = True) -> Change:
    def change(host: Windows) -> None:
        key = host.add_key(container, None if readable else "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)")
        start = host.now() - timedelta(days=days_ago)
        der = make_certificate("rdp.example.test", key, start, start + timedelta(days=lasts), 4711)
        host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", host.add_certificate("My", der, container))
        if not with_key:
            host.data["files"].pop(host.key_path(container))
            host.keys.pop(host.key_path(container))

    return change


def _person(state: int | None = 0, station: str | None = "RDP-Tcp#1") -> Change:
    def change(host: Windows) -> None:
        host.data["sessions"].append({"id": 2, "user": r"CORP\alice", "user_sid": "S-1-5-21-1-2-3-1104", "station": station, "state": state})
        host.volatile["established"] = 1 if state == 0 else 0

    return change


def _set(**facts: Any) -> Change:
    return lambda host: host.data["host"].update(facts)


def _behave(**how: Any) -> Change:
    return lambda host: host.data["behaviour"].update(how)


def _deny(*sections: str) -> Change:
    return lambda host: host.data["denied_sections"].extend(sections)


BROKEN_KEY = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;0x120089;;;BA)"
DENIED_KEY = f"O:SYG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;SY)(A;;0x120089;;;NS)(A;;FA;;;{SESSIONENV_SID})"

_add("healthy", "nothing is wrong", None)
_add("healthy_german", "a German host", None, _set(locale=1031, computer_name="BÜRO-SRV01"))
_add("healthy_japanese", "a Japanese host", None, _set(locale=1041))
_add("healthy_2016", "Server 2016", None, build=14393)
_add("healthy_2019", "Server 2019", None, build=17763)
_add("healthy_2025", "Server 2025", None, build=26100)
_add("healthy_windows11", "Windows 11", None, _set(product_type=1, domain_role=0, edition_id="Professional", installation_type="Client"), build=26100)
_add("healthy_domain", "a member of a domain", None, _set(dns_domain="corp.example.test", domain_role=3))
_add("healthy_dc", "a domain controller", None, _set(dns_domain="corp.example.test", domain_role=5, product_type=2))
_add("healthy_port", "the listener is on another port", None, _value(RDP_TCP, "PortNumber", 3390))
_add(
    "healthy_defaults", "no value is set, Windows' own defaults hold", None, _value(RDP_TCP, "SecurityLayer", None), _value(RDP_TCP, "UserAuthentication", None)
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
_add("cert_expired_key_locked", "expired, and SessionEnv may not replace the key", "certificate.expired", _expired, _sddl("O:BAG:BAD:PAI(A;;FR;;;NS)"))
_add("cert_missing", "the self-signed certificate is gone from its store", "certificate.missing", _no_certificate)
_add("key_unreadable", "NETWORK SERVICE was taken off the key file", "certificate.key_unreadable", _sddl(BROKEN_KEY))
_add("key_unreadable_2016", "the same on Server 2016", "certificate.key_unreadable", _sddl("O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;BA)"), build=14393)
_add("key_denied", "NETWORK SERVICE is denied the key file", "certificate.key_unreadable", _sddl(DENIED_KEY))
_add("key_missing", "the key file is gone", "certificate.key_missing", _no_key)
_add("store_name_wrong", "SelfSignedCertStore names another store", "certificate.store_name", _text(WS, "SelfSignedCertStore", "My"))
_add("store_name_missing", "SelfSignedCertStore is gone", "certificate.store_name", _text(WS, "SelfSignedCertStore", None))
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
_add("pin_malformed", "the pin was written as text", "certificate.pin_dead", _text(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20))
_add("pin_key_missing", "the pinned certificate has lost its key", "certificate.pin_dead", _pin(with_key=False))
_add("pin_key_unreadable", "NETWORK SERVICE cannot read the pinned certificate's key", "certificate.key_unreadable", _pin(readable=False))
_add("pin_expired", "the pinned certificate has expired", "certificate.pin_expired", _pin(days_ago=400, lasts=365), repairable=False)
_add("security_layer_invalid", "SecurityLayer is 7", "listener.security_layer_invalid", _value(RDP_TCP, "SecurityLayer", 7))
_add("security_layer_zero", "SecurityLayer is 0 while NLA is required", "listener.security_layer_conflict", _value(RDP_TCP, "SecurityLayer", 0))
_add("security_layer_weak", "SecurityLayer is 1", "listener.security_layer_weak", _value(RDP_TCP, "SecurityLayer", 1))
_add("nla_off", "NLA is not required", "nla.disabled", _value(RDP_TCP, "UserAuthentication", 0))
_add("negotiation_off", "security is not negotiated", "listener.negotiation_disabled", _value(RDP_TCP, "fAllowSecProtocolNegotiation", 0))
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
_add("termservice_stopped", "TermService is stopped", "service.stopped", _service("TermService", state=STOPPED), _service("UmRdpService", state=STOPPED))
_add("sessionenv_stopped", "SessionEnv is stopped while TermService runs", "service.sessionenv_stopped", _service("SessionEnv", state=STOPPED))
_add("sessionenv_disabled", "SessionEnv is disabled", "service.disabled", _service("SessionEnv", start=DISABLED, state=STOPPED))
_add(
    "sessionenv_disabled_expired",
    "SessionEnv is disabled, so the certificate has expired",
    "certificate.expired",
    _expired,
    _service("SessionEnv", start=DISABLED, state=STOPPED),
)
_add("policy_security_layer", "a policy sets SecurityLayer to 0", "listener.security_layer_conflict", _value(POLICY, "SecurityLayer", 0), repairable=False)
_add("policy_nla_off", "a policy turns NLA off", "nla.disabled", _value(POLICY, "UserAuthentication", 0), repairable=False)
_add("policy_rdp_off", "a policy turns Remote Desktop off", "listener.rdp_disabled", _value(POLICY, "fDenyTSConnections", 1), repairable=False)
_add("occupied", "the key cannot be read, and somebody is logged on", "certificate.key_unreadable", _sddl(BROKEN_KEY), _person(), repairable=False)
_add("occupied_disconnected", "the same, with a session that is only disconnected", "certificate.key_unreadable", _sddl(BROKEN_KEY), _person(state=4))
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
    "middlebox_reset", "something resets every connection after its first bytes", "interference.handshake_dropped", _behave(middlebox="reset"), repairable=False
)
_add("middlebox_tls", "something resets TLS", "interference.handshake_dropped", _behave(middlebox="tls_reset"), repairable=False)
_add("middlebox_silent", "connections are accepted and never answered", "interference.handshake_dropped", _behave(middlebox="silent"), repairable=False)
_add("port_filtered", "the host listens, and nobody gets there", "network.unreachable", _behave(middlebox="filtered"), repairable=False)
_add("clock_wrong", "the clock is a year ahead", "clock.wrong", _set(clock_offset_seconds=365 * 86400), repairable=False)
_add("section_denied", "the certificates may not be read", None, _deny("certificates"), repairable=False)

# Hosts that cannot be asked, or not to the end.
_add("not_admin", "the account is no administrator", None, _deny("key_files", "services", "journals"), _set(elevated=False), repairable=False)
_add("winrm_refuses", "WinRM refuses the account", None, repairable=False, fault="refuse")
_add("winrm_closed", "nothing listens on WinRM's port", None, repairable=False, fault="closed")
_add("winrm_hangs", "WinRM takes connections and does not answer", None, repairable=False, fault="stall")
_add("not_windows", "something else answers on WinRM's port", None, repairable=False, fault="foreign")
_add("garbage", "the host answers garbage", None, repairable=False, fault="garbage")
_add("truncated", "the host's answer is cut short", None, repairable=False, fault="truncated")
_add("dies_after_0", "the host dies before the first step is done", "certificate.key_unreadable", _sddl(BROKEN_KEY), repairable=False, fault="cut:0")
_add("dies_after_1", "the host dies after the first step", "certificate.key_unreadable", _sddl(BROKEN_KEY), repairable=False, fault="cut:1")
_add("dies_after_2", "the host dies after the last step, before it answers", "certificate.key_unreadable", _sddl(BROKEN_KEY), repairable=False, fault="cut:2")
