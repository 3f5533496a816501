# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PFX files: the certificate that one brings, and the same packed for a host under a password of its own."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import StoredCertificate, read_store

with contextlib.suppress(ImportError):  # ansible-core brings it along; only a check of bare imports is without
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import Encoding, PrivateFormat, PublicFormat, pkcs12

# Of a whole file: certificates and keys are some thousand bytes each.
LARGEST = 262144
# Rounds by which a password is made into a key: Windows and OpenSSL write 2,000 to 600,000. Each costs time.
MOST_ROUNDS = 10_000_000
_INTEGER, _OCTETS, _SEQUENCE, _CONSTRUCTED = 0x02, 0x04, 0x30, 0x20


class PfxError(ValueError):
    """A file that brings no certificate which a listener could use; the message is one clause."""


@dataclass(frozen=True)
class Pfx:
    """What a file brings: the certificate as the store My will have it, and how many others are beside it.

    ``for_host`` is the certificate with its key, and the password that it is packed with: what a call needs.
    """

    entry: StoredCertificate
    others: int
    for_host: dict[str, str] = field(repr=False)

    @property
    def secrets(self) -> dict[str, dict[str, str]]:
        """The argument of the call that imports it."""
        return {self.entry.thumbprint: self.for_host}


def read(data: bytes, password: str | None, one_time: str) -> Pfx:
    """Open a PFX file with its password, and pack what the listener needs of it with another, ``one_time``.

    The file's own password leaves the controller in no form. Raises ``PfxError``.
    """
    key, certificate, others, name = _opened(data, password)
    if certificate is None or key is None:
        raise PfxError("it has no certificate with its private key")
    if not isinstance(key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
        raise PfxError("its key is neither RSA nor ECDSA, and Windows cannot serve TLS with it")
    if _spki(key.public_key()) != _spki(certificate.public_key()):
        raise PfxError("its private key is not the certificate's")
    der = certificate.public_bytes(Encoding.DER)
    raw = {
        "thumbprint": hashlib.sha1(der).hexdigest().upper(),
        "der": base64.b64encode(der).decode(),
        "key_provider": None,
        "error": None,
    }
    entry = replace(read_store(contract.PERSONAL_STORE, {"certificates": [raw]})[0], has_key_property=True)
    packed = _packed(name, key, certificate, one_time)
    return Pfx(entry, others, {"pfx": base64.b64encode(packed).decode(), "password": one_time})


def _opened(data: bytes, password: str | None) -> tuple[Any, Any, int, bytes | None]:
    if data.lstrip().startswith(b"-----BEGIN"):
        raise PfxError("it is in PEM form; make a PFX file of certificate and key (openssl pkcs12 -export)")
    if password and "\0" in password:
        raise PfxError("its password has a NUL in it, which no PFX file's can have")
    rounds = max(_rounds(data), default=0)
    if rounds > MOST_ROUNDS:
        raise PfxError(f"it wants its password hashed more than {MOST_ROUNDS} times, which no program writes")
    try:
        found = _loaded(data, password)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        # The library's own words say no more, and nothing of it must be shown.
        raise PfxError(_UNREADABLE) from error
    if found is None:
        raise PfxError(_UNREADABLE)
    certificate = found.cert.certificate if found.cert else None
    return found.key, certificate, len(found.additional_certs), found.cert.friendly_name if found.cert else None


_UNREADABLE = "it cannot be opened: the password does not fit, or it is no PFX file"


def _loaded(data: bytes, password: str | None) -> Any:
    """What the library makes of it, None where that panics. Raises the library's own errors.

    A panic is no ``Exception``, and its words can have the password in them: neither goes further.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return pkcs12.load_pkcs12(data, password.encode() if password else None)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
    return None


def _rounds(data: bytes) -> Iterator[int]:
    """Every number of rounds in a file: behind a salt, in the parameters of the MAC and of each encryption.

    RFC 7292 (MacData, pkcs-12PbeParams) and RFC 8018 (PBKDF2-params) have them so. What is no BER ends the look.
    """
    parts = [(0, len(data))]
    while parts:
        at, end = parts.pop()
        behind_salt = False
        while at < end and (found := _value(data, at, end)):
            tag, start, at = found
            if tag == _INTEGER and behind_salt:
                yield int.from_bytes(data[start:at], "big")
            behind_salt = tag & ~_CONSTRUCTED == _OCTETS
            # Safes stand in octets, each as one sequence.
            inner = _value(data, start, at) if tag == _OCTETS else None
            if tag & _CONSTRUCTED or (inner and inner[0] == _SEQUENCE and inner[2] == at):
                parts.append((start, at))


def _value(data: bytes, at: int, end: int) -> tuple[int, int, int] | None:
    """Tag, start and end of the value at ``at``, None if it is none. One without a length takes what there is."""
    if at + 2 > end:
        return None
    tag, size, start = data[at], data[at + 1], at + 2
    if size == 0x80:
        return tag, start, end
    if size & 0x80:
        start += size & 0x7F
        size = int.from_bytes(data[at + 2 : start], "big")
    return (tag, start, start + size) if start + size <= end else None


def _spki(key: Any) -> bytes:
    return bytes(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _packed(name: bytes | None, key: Any, certificate: Any, password: str) -> bytes:
    """In the form that every Windows opens: Server 2016 knows no AES in PFX files.

    https://learn.microsoft.com/powershell/module/pki/export-pfxcertificate (CryptoAlgorithmOption)
    """
    form = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(2048)
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(hashes.SHA1())
        .build(password.encode())
    )
    return bytes(pkcs12.serialize_key_and_certificates(name, key, certificate, None, form))
