# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The listener's certificate and its key."""

from __future__ import annotations

from ipaddress import ip_address

from tests.hosts.changes import (
    BROKEN_KEY,
    DENIED_KEY,
    behaves,
    dated,
    expired,
    held_open,
    key_descriptor,
    logged,
    no_certificate,
    no_key,
    person,
    pinned,
    renewed_since,
    service,
    state,
    string,
    template,
)
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import DISABLED, POLICY, RCM, RDP_TCP, STOPPED, WS

ENROLL = "Microsoft-Windows-CertificateServicesClient-CertEnroll"
SCENARIOS = Scenarios()
add = SCENARIOS.add

add("cert_expired", "the self-signed certificate has expired and was not renewed", "certificate.expired", expired)
add(
    "cert_expired_key_locked",
    "expired, and SessionEnv may not replace the key",
    "certificate.expired",
    expired,
    key_descriptor("O:BAG:BAD:PAI(A;;FR;;;NS)"),
)
add("cert_missing", "the self-signed certificate is gone from its store", "certificate.missing", no_certificate)
add(
    "key_unreadable",
    "NETWORK SERVICE was taken off the key file",
    "certificate.key_unreadable",
    key_descriptor(BROKEN_KEY),
)
add(
    "key_unreadable_2016",
    "the same on Server 2016",
    "certificate.key_unreadable",
    key_descriptor("O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;BA)"),
    build=14393,
)
add("key_denied", "NETWORK SERVICE is denied the key file", "certificate.key_unreadable", key_descriptor(DENIED_KEY))
add("key_missing", "the key file is gone", "certificate.key_missing", no_key)
add(
    "store_name_wrong",
    "SelfSignedCertStore names another store",
    "certificate.store_name",
    string(WS, "SelfSignedCertStore", "My"),
)
add(
    "store_name_missing",
    "SelfSignedCertStore is gone",
    "certificate.store_name",
    string(WS, "SelfSignedCertStore", None),
)
add(
    "pin_dead",
    "pinned to a certificate that is nowhere",
    "certificate.pin_dead",
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
    repairable=False,
)
add(
    "pin_dead_dropped",
    "the same, and going back to the self-signed certificate is allowed",
    "certificate.pin_dead",
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
    asks=("drop_dead_pin",),
)
add(
    "pin_replaced",
    "an ACME client put another certificate in the place of the pinned one",
    "certificate.pin_dead",
    pinned(),
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
)
add(
    "pin_held_open",
    "the key file of the pinned certificate is gone, and TermService still has the key",
    "certificate.held_open",
    pinned(),
    held_open,
)
add(
    "pin_other_provider",
    "the pinned certificate's key is in a security module",
    None,
    pinned(provider="Luna Cryptographic Services for Microsoft Windows"),
    held_open,
)
add(
    "pin_dead_fallback",
    "the same, and Windows falls back",
    "certificate.pin_dead",
    lambda host: host.set_thumbprint(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
    behaves(dead_pin="falls back"),
)
add(
    "pin_malformed",
    "the pin was written as text",
    "certificate.pin_dead",
    string(RDP_TCP, "SSLCertificateSHA1Hash", "AB" * 20),
    asks=("drop_dead_pin",),
)
add(
    "pin_key_missing",
    "the pinned certificate has lost its key",
    "certificate.pin_dead",
    pinned(with_key=False),
    asks=("drop_dead_pin",),
)
add(
    "pin_key_fallback",
    "NETWORK SERVICE cannot read the pinned certificate's key, and Windows falls back",
    "certificate.key_unreadable",
    pinned(readable=False),
    behaves(dead_pin="falls back"),
)
add(
    "pin_key_unreadable",
    "NETWORK SERVICE cannot read the pinned certificate's key",
    "certificate.key_unreadable",
    pinned(readable=False),
)
add(
    "pin_expired",
    "the pinned certificate has expired",
    "certificate.pin_expired",
    pinned(days_ago=400, lasts=365),
    repairable=False,
)
add(
    "sessionenv_disabled_expired",
    "SessionEnv is disabled, so the certificate has expired",
    "service.disabled",
    expired,
    service("SessionEnv", start=DISABLED, state=STOPPED),
    also="certificate.expired",
)
add(
    "occupied",
    "the key cannot be read, and somebody is logged on",
    "certificate.key_unreadable",
    key_descriptor(BROKEN_KEY),
    person(),
    repairable=False,
)
add(
    "occupied_disconnected",
    "the same, with a session that is only disconnected",
    "certificate.key_unreadable",
    key_descriptor(BROKEN_KEY),
    person(state=4),
)
add(
    "occupied_console",
    "the same, with somebody at the console",
    "certificate.key_unreadable",
    key_descriptor(BROKEN_KEY),
    person(station="Console"),
    lambda host: host.volatile.update(established=0),
)
add("cert_future", "the certificate begins next month", "certificate.not_yet_valid", dated(-30))
add(
    "pin_purpose",
    "pinned to a certificate for clients",
    "certificate.wrong_purpose",
    pinned(usage="1.3.6.1.5.5.7.3.2"),
    repairable=False,
)
# An address in hexadecimal is a name that resolves without anybody's DNS.
add(
    "pin_name",
    "pinned to a certificate for another name than users type",
    "certificate.name_mismatch",
    pinned(),
    probe_host=lambda address: f"0x{int(ip_address(address)):08x}",
)
add("pin_weak", "pinned to a certificate with a 1024-bit key", "certificate.weak", pinned(bits=1024))
add(
    "template_failing",
    "the template of a policy cannot be enrolled",
    "certificate.template_failing",
    string(POLICY, "CertTemplateName", "RDP"),
    logged("System", RCM, 1064, 2),
)
for _name, _text, _number in (
    ("template_no_right", "the template of a policy does not let the computer enrol", 0x80094012),
    ("template_unknown", "no CA issues the template that a policy names", 0x80094800),
    ("template_no_ca", "no CA answers for the template that a policy names", 0x800706BA),
):
    add(
        _name,
        _text,
        "certificate.template_failing",
        string(POLICY, "CertTemplateName", "RDP"),
        logged("System", RCM, 1064, 2),
        logged("Application", ENROLL, 13, 2, _number),
    )
add(
    "store_denied",
    "SYSTEM is denied the certificate store",
    "certificate.store_denied",
    state(store_sddl="O:SYG:SYD:(D;;KW;;;SY)(A;;KA;;;BA)(A;;KA;;;SY)"),
)
add(
    "template_expired",
    "the enrolled certificate has expired",
    "certificate.template_expired",
    template(400),
    repairable=False,
)
add(
    "template_key_unreadable",
    "the key of the enrolled certificate is for SYSTEM and administrators alone",
    "certificate.key_unreadable",
    template(30, "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"),
)
add("not_presented", "the listener still presents an earlier certificate", "certificate.not_presented", renewed_since)
add(
    "renewal_failing",
    "Windows fails to make another certificate",
    "certificate.renewal_failing",
    logged("System", RCM, 1057, 2, 0x80090008),
    repairable=False,
)
add(
    "key_damaged",
    "the key is there, and Windows cannot decrypt it (NTE_BAD_KEY_STATE)",
    "certificate.key_missing",
    state(key_use={"TSSecKeySet1": {"code": 0x8009000B - 2**32, "matches": None}}),
)
add(
    "cloned",
    "a copy whose MachineGuid was changed: its key is under the old one",
    "certificate.key_missing",
    state(other_keys=["11111111-2222-4333-8444-555555555555"]),
    no_key,
)
