# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a certificate's bytes say: one that a probe saw, or one of a host's stores. Odd DER never raises."""

from __future__ import annotations

import contextlib
import hashlib
import ipaddress
import warnings
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.wire import der as ber
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import (
    REMOTE_DESKTOP_AUTHENTICATION,
    SERVER_AUTHENTICATION,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.guarded import tried
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso

try:
    from cryptography import x509
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    CAN_READ = True
except ImportError:  # ansible-core brings it along; where it is broken, nothing may be said of any certificate
    CAN_READ = False

ANY_PURPOSE = "2.5.29.37.0"
_TEMPLATE_INFORMATION = "1.3.6.1.4.1.311.21.7"
_TEMPLATE_NAME = "1.3.6.1.4.1.311.20.2"

EXPIRES_SOON_DAYS = 14
_WEAK_HASHES = ("md2", "md4", "md5", "sha1")
_KEY_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
)


_PARTS = tuple(
    "subject issuer common_name sans serial not_before not_after days_left self_signed key_type key_bits key_curve"
    " spki_sha256 signature_hash signature_oid eku key_usage ca name_matches".split()
)
_STRENGTH = ("key_type", "key_bits", "signature_hash")


def read_certificate(der: bytes, now: datetime, name: str | None = None) -> dict[str, Any]:
    """What the certificate says, how long it is still good at ``now`` (UTC), and what a client would object to.

    Keys: ``sha1`` and ``sha256`` (upper hex), ``subject`` and ``issuer`` (RFC 4514), ``common_name``, ``sans``
    (``DNS:…``, ``IP:…``), ``serial`` (hex), ``not_before`` and ``not_after`` (ISO 8601 UTC), ``days_left`` (days,
    rounded down; negative once expired), ``self_signed``, ``key_type``, ``key_bits``, ``key_curve``, ``spki_sha256``,
    ``signature_hash``, ``signature_oid``, ``eku`` (OIDs, None where purposes are not limited), ``key_usage``, ``ca``,
    ``name_matches`` (None without ``name``), ``weaknesses`` (stable words) and ``errors`` (one clause for each part
    that could not be read).
    A part that cannot be read is None.
    """
    found: dict[str, Any] = {
        "sha1": hashlib.sha1(der).hexdigest().upper(),
        "sha256": hashlib.sha256(der).hexdigest().upper(),
        **dict.fromkeys(_PARTS),
        "weaknesses": [],
        "errors": [],
    }
    now = now if now.tzinfo else now.replace(tzinfo=timezone.utc)
    with warnings.catch_warnings():
        # cryptography warns of serials and names that break the rules; that is what this reader is for.
        warnings.simplefilter("ignore")
        _fill(found, der, now, name)
    found["weaknesses"] = _weaknesses(found, now)
    return found


def read_strength(der: bytes) -> dict[str, Any]:
    """``key_type``, ``key_bits``, ``signature_hash`` and the ``weaknesses`` that come of these alone, as
    ``read_certificate`` has them: a tenth of its work, for whoever asks of every host."""
    found: dict[str, Any] = dict.fromkeys(_PARTS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        certificate, _fault = tried(lambda: x509.load_der_x509_certificate(der))
        if certificate is not None:
            tried(lambda: _signature(found, certificate))
            tried(lambda: _key_kind(found, certificate.public_key()))
    return {name: found[name] for name in _STRENGTH} | {"weaknesses": [*_weak(found)]}


def _fill(found: dict[str, Any], der: bytes, now: datetime, name: str | None) -> None:
    certificate, fault = tried(lambda: x509.load_der_x509_certificate(der))
    if certificate is None:
        found["errors"].append(f"not a certificate that can be read: {fault}")
        _dates_by_hand(found, der, now)
        return

    def part(label: str, read: Callable[[], None]) -> None:
        _nothing, fault = tried(read)
        if fault:
            found["errors"].append(f"{label}: {fault}")

    part(
        "subject",
        lambda: found.update(
            subject=certificate.subject.rfc4514_string(), common_name=_common_name(certificate.subject)
        ),
    )
    part("issuer", lambda: found.update(issuer=certificate.issuer.rfc4514_string()))
    part("serial", lambda: found.update(serial=f"{certificate.serial_number:X}"))
    part(
        "dates", lambda: _dates(found, _utc(certificate, "not_valid_before"), _utc(certificate, "not_valid_after"), now)
    )
    part("signature", lambda: _signature(found, certificate))
    part("key", lambda: _key(found, certificate))
    part("self_signed", lambda: found.update(self_signed=_self_signed(certificate)))
    part("extensions", lambda: _extensions(found, certificate))
    if name:
        found["name_matches"] = matches(name, found["sans"], found["common_name"])


def _utc(certificate: x509.Certificate, which: str) -> datetime:
    # cryptography before 42 has only dates without a zone, which are UTC as well.
    date: datetime = getattr(certificate, f"{which}_utc", None) or getattr(certificate, which)
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)


def _dates(found: dict[str, Any], not_before: datetime, not_after: datetime, now: datetime) -> None:
    found.update(not_before=iso(not_before), not_after=iso(not_after), days_left=(not_after - now) // timedelta(days=1))


def _common_name(name: x509.Name) -> str | None:
    names = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    value = names[0].value if names else None
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _signature(found: dict[str, Any], certificate: x509.Certificate) -> None:
    found["signature_oid"] = certificate.signature_algorithm_oid.dotted_string
    algorithm = certificate.signature_hash_algorithm
    found["signature_hash"] = algorithm.name if algorithm else None


def _key(found: dict[str, Any], certificate: x509.Certificate) -> None:
    key = certificate.public_key()
    _key_kind(found, key)
    found["spki_sha256"] = (
        hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest().upper()
    )


def _key_kind(found: dict[str, Any], key: Any) -> None:
    if isinstance(key, rsa.RSAPublicKey):
        found.update(key_type="RSA", key_bits=key.key_size)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        found.update(key_type="EC", key_bits=key.curve.key_size, key_curve=key.curve.name)
    elif isinstance(key, dsa.DSAPublicKey):
        found.update(key_type="DSA", key_bits=key.key_size)
    elif isinstance(key, (ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)):
        found.update(
            key_type="Ed25519" if isinstance(key, ed25519.Ed25519PublicKey) else "Ed448",
            key_bits=256 if isinstance(key, ed25519.Ed25519PublicKey) else 456,
        )
    else:
        found.update(key_type=type(key).__name__.lstrip("_").replace("PublicKey", ""))


def _self_signed(certificate: x509.Certificate) -> bool:
    """Issued to its issuer and signed with its own key.

    A signature too old for the local library to check counts by the names alone.
    """
    if certificate.issuer.public_bytes() != certificate.subject.public_bytes():
        return False
    try:
        certificate.verify_directly_issued_by(certificate)
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError, TypeError, AttributeError):
        pass
    return True


def _extensions(found: dict[str, Any], certificate: x509.Certificate) -> None:
    found.update(sans=[], ca=False)
    for extension in certificate.extensions:
        value = extension.value
        if isinstance(value, x509.SubjectAlternativeName):
            found["sans"] = [text for text in map(_general_name, value) if text]
        elif isinstance(value, x509.ExtendedKeyUsage):
            found["eku"] = [usage.dotted_string for usage in value]
        elif isinstance(value, x509.KeyUsage):
            found["key_usage"] = [usage for usage in _KEY_USAGES if getattr(value, usage)]
        elif isinstance(value, x509.BasicConstraints):
            found["ca"] = value.ca


def _general_name(name: x509.GeneralName) -> str | None:
    if isinstance(name, x509.DNSName):
        return f"DNS:{name.value}"
    if isinstance(name, x509.IPAddress):
        return f"IP:{name.value}"
    if isinstance(name, x509.RFC822Name):
        return f"email:{name.value}"
    if isinstance(name, x509.UniformResourceIdentifier):
        return f"URI:{name.value}"
    return None


def template_of(der: bytes) -> frozenset[str]:
    """The template that a certificate was enrolled with, in lower case: its OID, or its name if it is of version 1.

    https://learn.microsoft.com/openspecs/windows_protocols/ms-wcce/9da866e5-9ce9-4a83-9064-0d20af8b2ccf
    """
    found, _fault = tried(lambda: _templates(der))
    return found or frozenset()


def _templates(der: bytes) -> frozenset[str]:
    names = set()
    for extension in x509.load_der_x509_certificate(der).extensions:
        oid = extension.oid.dotted_string
        if oid == _TEMPLATE_INFORMATION:
            names.add(_oid(ber.read(ber.read(extension.value.public_bytes(), 0, 0x30)[1], 0, 0x06)[1]))
        elif oid == _TEMPLATE_NAME:
            names.add(ber.read(extension.value.public_bytes(), 0, 0x1E)[1].decode("utf-16-be"))
    return frozenset(name.lower() for name in names if name)


def _oid(content: bytes) -> str:
    """An object identifier's bytes as numbers with dots; empty where they are none."""
    numbers, number = [], 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    if not numbers:
        return ""
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def matches(name: str, sans: list[str] | None, common_name: str | None) -> bool:
    """Whether a certificate is for the name or address asked for.

    As mstsc does, the common name counts where there are no alternative names. A short name matches a certificate for a
    full one only if they are equal, as mstsc warns otherwise.
    """
    wanted = name.rstrip(".").lower()
    try:
        address = ipaddress.ip_address(wanted.strip("[]").partition("%")[0])
    except ValueError:
        address = None
    if address is not None:
        return f"IP:{address}" in (sans or []) or (not sans and common_name == str(address))
    with contextlib.suppress(UnicodeError):
        wanted = wanted.encode("idna").decode("ascii")
    names = [san[4:] for san in sans or [] if san.startswith("DNS:")] or (
        [common_name] if common_name and not sans else []
    )
    return any(_fits(wanted, candidate.rstrip(".").lower()) for candidate in names)


def _fits(wanted: str, candidate: str) -> bool:
    if candidate.startswith("*."):
        head, dot, rest = wanted.partition(".")
        return bool(head and dot) and rest == candidate[2:] and "." in rest
    return wanted == candidate


def _weak(found: dict[str, Any]) -> Iterator[str]:
    """What is weak for its length or its algorithm alone."""
    if (found["key_type"] in ("RSA", "DSA") and found["key_bits"] < 2048) or (
        found["key_type"] == "EC" and found["key_bits"] < 224
    ):
        yield "weak_key"
    if found["signature_hash"] in _WEAK_HASHES:
        yield "weak_signature"


def _weaknesses(found: dict[str, Any], now: datetime) -> list[str]:
    weak = []
    if found["not_after"] and found["not_after"] < iso(now):
        weak.append("expired")
    elif found["days_left"] is not None and found["days_left"] < EXPIRES_SOON_DAYS:
        weak.append("expires_soon")
    if found["not_before"] and found["not_before"] > iso(now):
        weak.append("not_yet_valid")
    weak += _weak(found)
    if found["eku"] is not None and not {SERVER_AUTHENTICATION, REMOTE_DESKTOP_AUTHENTICATION, ANY_PURPOSE} & set(
        found["eku"]
    ):
        weak.append("wrong_eku")
    if found["name_matches"] is False:
        weak.append("name_mismatch")
    if found["self_signed"]:
        weak.append("self_signed")
    if found["errors"]:
        weak.append("malformed")
    return weak


# Certificates that `cryptography` refuses still carry their dates, which decide most.


def _dates_by_hand(found: dict[str, Any], der: bytes, now: datetime) -> None:
    try:
        outer = ber.read(der, 0, 0x30)[1]
        body = ber.read(outer, 0, 0x30)[1]
        at = 0
        sequences: list[bytes] = []
        while at < len(body) and len(sequences) < 3:
            tag, content, at = ber.read(body, at)
            if tag == 0x30:
                sequences.append(content)
        # signature, issuer, validity
        validity = sequences[2]
        first, content, at = ber.read(validity, 0)
        second, other, _end = ber.read(validity, at)
        _dates(found, _time(first, content), _time(second, other), now)
    except (Malformed, ValueError, IndexError, OverflowError):
        pass


def _time(tag: int, content: bytes) -> datetime:
    text = content.decode("ascii").rstrip("Z")
    if tag == 0x17:
        text = ("19" if text[:2] >= "50" else "20") + text
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=timezone.utc)
