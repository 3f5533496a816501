# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates that a CA could have issued, and hosts that have them in their store My."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding

from tests.hosts.snapshots import KEY_FILE, NOW, Host, key_provider

# As Windows leaves the key of an import.
IMPORTED = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"
# id-kp-serverAuth, and the template with the OID 1.3.6.1.4.1.311.21.8.7.9, version 100.4.
SERVER = "1.3.6.1.5.5.7.3.1"
TEMPLATE = "1.3.6.1.4.1.311.21.8.7.9"
TEMPLATE_INFORMATION = bytes.fromhex("3013060b2b06010401823715080709020164020104")
_KEYS: dict[int, rsa.RSAPrivateKey] = {}


def key_of(bits: int) -> rsa.RSAPrivateKey:
    if bits not in _KEYS:
        _KEYS[bits] = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    return _KEYS[bits]


def issue(
    *names: str,
    age: int = 1,
    days: int = 90,
    issuer: str = "Example CA",
    usage: str = SERVER,
    bits: int = 2048,
    template: bytes | None = None,
) -> bytes:
    """A certificate for these names, the first of which is its common name."""

    def called(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    start = NOW - timedelta(days=age)
    builder = x509.CertificateBuilder().subject_name(called(names[0])).issuer_name(called(issuer))
    builder = builder.public_key(key_of(bits).public_key()).serial_number(1000 + age)
    builder = builder.not_valid_before(start).not_valid_after(start + timedelta(days=days))
    alternative = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
    builder = builder.add_extension(alternative, critical=False)
    builder = builder.add_extension(x509.ExtendedKeyUsage([x509.ObjectIdentifier(usage)]), critical=False)
    if template:
        oid = x509.ObjectIdentifier("1.3.6.1.4.1.311.21.7")
        builder = builder.add_extension(x509.UnrecognizedExtension(oid, template), critical=False)
    return builder.sign(key_of(2048), hashes.SHA256()).public_bytes(Encoding.DER)


def member(domain: str | None = "example.test") -> Host:
    host = Host()
    host.sections["host"].update(dns_host_name="web01", dns_domain=domain)
    return host


def hold(host: Host, der: bytes, number: int = 1, sddl: str | None = IMPORTED, **file: Any) -> str:
    """Put a certificate into My, with its key's file."""
    path = KEY_FILE.replace("f686aace6942fb7f7ceb231212eef4a4", f"{number:032x}")
    found = {"path": path, "exists": True, "sddl": sddl, "length": 2300, "error": None, **file}
    return host.add(der, "My", found, key_provider(f"key-{number}"))
