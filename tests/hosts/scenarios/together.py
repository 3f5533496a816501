# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several at once: what blocks first is named first, and the others are found."""

from __future__ import annotations

from tests.hosts.changes import BROKEN_KEY, dword, expired, key_descriptor, service
from tests.hosts.scenarios import (
    certificate,
    client,
    clock,
    firewall,
    interference,
    licensing,
    listener,
    machine_keys,
    network,
    nla,
    system,
    tls,
)
from tests.hosts.scenarios import service as services
from tests.hosts.scenarios.model import Scenario, Scenarios
from tests.hosts.windows import DISABLED, POLICY, RDP_TCP, SESSIONENV_SID, STOPPED, TS

SCENARIOS = Scenarios()
add = SCENARIOS.add

_ALONE: dict[str, Scenario] = {}
for _group in (
    certificate,
    client,
    clock,
    firewall,
    interference,
    licensing,
    listener,
    machine_keys,
    network,
    nla,
    services,
    system,
    tls,
):
    _ALONE |= _group.SCENARIOS


def _two(first: str, second: str, build: int = 20348, top: str | None = None) -> None:
    one, other = _ALONE[first], _ALONE[second]
    SCENARIOS[f"both_{first}_and_{second}"] = Scenario(
        f"{one.text}; {other.text}",
        lambda host: (one.change(host), other.change(host)),
        top or one.top,
        one.repairable and other.repairable,
        build,
        also=(one.top if top == other.top else other.top),
    )


add(
    "two_expired_unreadable",
    "expired, and the key cannot be read",
    "certificate.key_unreadable",
    expired,
    key_descriptor(f"O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;{SESSIONENV_SID})"),
)
add(
    "two_stopped_invalid",
    "TermService is stopped, and SecurityLayer is 9",
    "service.stopped",
    service("TermService", state=STOPPED),
    service("UmRdpService", state=STOPPED),
    dword(RDP_TCP, "SecurityLayer", 9),
)
add(
    "two_pin_expired_own",
    "the pin is dead, and the self-signed certificate has expired",
    "certificate.pin_dead",
    expired,
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "CD" * 20),
    asks=("drop_dead_pin",),
)
add(
    "two_off_disabled",
    "Remote Desktop is off, and TermService disabled",
    "listener.rdp_disabled",
    dword(TS, "fDenyTSConnections", 1),
    service("TermService", start=DISABLED, state=STOPPED),
    service("UmRdpService", state=STOPPED),
    asks=("open",),
)
add(
    "two_policy_key",
    "a policy turns NLA off, and the key cannot be read",
    "certificate.key_unreadable",
    dword(POLICY, "UserAuthentication", 0),
    key_descriptor(BROKEN_KEY),
)
add(
    "three_weak",
    "SecurityLayer 1, NLA off, SessionEnv stopped, which is missed one day",
    "listener.security_layer_weak",
    dword(RDP_TCP, "SecurityLayer", 1),
    dword(RDP_TCP, "UserAuthentication", 0),
    service("SessionEnv", state=STOPPED),
)
_two("firewall_rule_off", "cert_expired")
_two("firewall_port", "key_unreadable")
_two("firewall_block", "sessionenv_disabled")
_two("firewall_policy", "security_layer_invalid")
_two("tls12_off", "folder_hardened", build=17763)
_two("suites_ecdsa", "cert_expired")
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
