# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys, certificates, and how Windows keeps them: store entries, provider records, names of key files."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import struct
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

CACHE = Path(__file__).parents[2] / ".build" / "twin"
POOL = 6
SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1"
CAPI_PROVIDER = "Microsoft Enhanced Cryptographic Provider v1.0"
CNG_PROVIDER = "Microsoft Software Key Storage Provider"
PROV_KEY, PROV_SHA1, PROV_DER = 2, 3, 32


@dataclass(frozen=True)
class Key:
    """A private key of the pool. Hosts know it by ``id``, the SHA-256 of its public part."""

    id: str
    private: rsa.RSAPrivateKey
    pem: Path


@lru_cache(maxsize=None)
def key(number: int) -> Key:
    """A key of the pool, made once per checkout: making keys is what would take the time."""
    path = CACHE / f"key{number % POOL}.pem"
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        text = made.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        write_atomically(path, text)
    private = serialization.load_pem_private_key(path.read_bytes(), None)
    assert isinstance(private, rsa.RSAPrivateKey)
    public = private.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Key(hashlib.sha256(public).hexdigest(), private, path)


def key_by_id(id_: str) -> Key | None:
    return next((key(number) for number in range(POOL) if key(number).id == id_), None)


def write_atomically(path: Path, data: bytes) -> None:
    """Whole or not at all, for readers that look at any moment."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    os.replace(name, path)


def make(
    key_: Key,
    name: str,
    not_before: dt.datetime,
    not_after: dt.datetime,
    *,
    issuer: str | None = None,
    names: tuple[str, ...] = (),
    usages: tuple[str, ...] = (SERVER_AUTHENTICATION,),
    serial: int,
) -> bytes:
    """A certificate as DER, in the form that Windows gives its listener's own one: common name alone, server authentication, encipherment only."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]) if issuer else subject)
        .public_key(key_.private.public_key())
        .serial_number(serial)
        .not_valid_before(not_before)
        .not_valid_after(not_after)
        .add_extension(x509.ExtendedKeyUsage([ObjectIdentifier(usage) for usage in usages]), critical=False)
        .add_extension(x509.KeyUsage(bool(issuer), False, True, True, False, False, False, False, False), critical=False)
    )
    if names:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(text) for text in names]), critical=False)
    return builder.sign(key_.private, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def sha1(der: bytes) -> str:
    return hashlib.sha1(der).hexdigest().upper()


def validity(der: bytes) -> tuple[dt.datetime, dt.datetime]:
    certificate = x509.load_der_x509_certificate(der)
    return certificate.not_valid_before_utc, certificate.not_valid_after_utc


def key_record(container: str, provider: str = CAPI_PROVIDER, provider_type: int = 1) -> bytes:
    """CRYPT_KEY_PROV_INFO as a store keeps it: offsets of the two names, type, machine key set, no parameters, key exchange."""
    names = [f"{text}\0".encode("utf-16-le") for text in (container, provider)]
    return struct.pack("<7I", 28, 28 + len(names[0]), provider_type, 0x20, 0, 0, 1 if provider_type else 0) + b"".join(names)


def read_key_record(data: bytes) -> tuple[str, str, int]:
    """Container, provider and provider type. Raises ``ValueError``."""
    if len(data) < 12:
        raise ValueError("the key provider property is too short")
    texts = []
    for at in (0, 4):
        offset = struct.unpack_from("<I", data, at)[0]
        if offset and (offset < 12 or offset >= len(data) or offset % 2):
            raise ValueError("the key provider property points outside itself")
        texts.append(data[offset:].decode("utf-16-le", "replace").split("\0", 1)[0] if offset else "")
    return texts[0], texts[1], struct.unpack_from("<I", data, 8)[0]


def blob(der: bytes, record: bytes | None) -> bytes:
    """A store entry: records of property, encoding, length and data."""
    properties = [(PROV_SHA1, hashlib.sha1(der).digest()), *([(PROV_KEY, record)] if record is not None else []), (PROV_DER, der)]
    return b"".join(struct.pack("<III", number, 1, len(data)) + data for number, data in properties)


def read_blob(data: bytes) -> tuple[dict[int, bytes], bool]:
    """A store entry's properties, and whether it ends where a record ends."""
    found: dict[int, bytes] = {}
    at = 0
    while at + 12 <= len(data):
        number, _encoding, length = struct.unpack_from("<III", data, at)
        if at + 12 + length > len(data):
            break
        found[number] = data[at + 12 : at + 12 + length]
        at += 12 + length
    return found, at == len(data)


def container_hash(container: str) -> str:
    """The first part of a machine key's file name."""
    digest = hashlib.md5(container.lower().encode("ascii") + b"\0").digest()
    return "".join(f"{word:08x}" for word in struct.unpack("<4I", digest))
