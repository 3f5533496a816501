# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates as a host stores them: the entry, its key provider, and which of them the listener is bound to."""

from __future__ import annotations

import base64
import binascii
import contextlib
import struct
import warnings
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.guarded import tried
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import wrong_type

with contextlib.suppress(ImportError):  # ansible-core brings it along; only a check of bare imports is without
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec

SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1"
REMOTE_DESKTOP_AUTHENTICATION = "1.3.6.1.4.1.311.54.1.2"
REMOTE_DESKTOP_STORE = contract.REMOTE_DESKTOP_STORE
# CERT_KEY_PROV_INFO_PROP_ID of wincrypt.h.
_KEY_PROVIDER_PROPERTY = 2


@dataclass(frozen=True)
class KeyProvider:
    """Property 2 of a store entry (CERT_KEY_PROV_INFO): where the private key is kept. ``provider_type`` 0 is CNG."""

    container: str
    provider: str
    provider_type: int
    key_spec: int


def parse_key_provider(data: bytes) -> KeyProvider | None:
    """Read property 2, or None where it is not one: offsets outside the data, odd, or names that do not end."""
    if len(data) < 28:
        return None
    container_at, provider_at, provider_type, _flags, _params, _params_at, key_spec = struct.unpack_from("<7I", data)
    container, provider = _wide_text(data, container_at), _wide_text(data, provider_at)
    if container is None or provider is None or provider_type > 64:
        return None
    return KeyProvider(container, provider, provider_type, key_spec)


def key_container(blob: str | None) -> str | None:
    """The name of the key of a store entry (base64: records of property, encoding, length, data; little-endian)."""
    data = _bytes(blob) or b""
    at = 0
    while at + 12 <= len(data):
        number, _encoding, length = struct.unpack_from("<3I", data, at)
        if number == _KEY_PROVIDER_PROPERTY:
            provider = parse_key_provider(data[at + 12 : at + 12 + length])
            return provider.container if provider else None
        at += 12 + length
    return None


# Providers that keep machine keys as files, in lower case. CryptoAPI: ``Crypto\RSA\MachineKeys``; provider types
# PROV_RSA_FULL, PROV_RSA_SCHANNEL, PROV_RSA_AES. CNG: ``Crypto\Keys``, ``Crypto\SystemKeys``, and a key that was made
# with CryptoAPI stays where it was.
# https://learn.microsoft.com/windows/win32/seccrypto/microsoft-cryptographic-service-providers
# https://learn.microsoft.com/windows/win32/seccng/key-storage-and-retrieval
_FILE_PROVIDERS = frozenset(
    {
        "microsoft base cryptographic provider v1.0",
        "microsoft enhanced cryptographic provider v1.0",
        "microsoft strong cryptographic provider",
        "microsoft rsa schannel cryptographic provider",
        "microsoft enhanced rsa and aes cryptographic provider",
    }
)
_FILE_PROVIDER_TYPES = frozenset({1, 12, 24})
_SOFTWARE_KSP = "microsoft software key storage provider"


def is_listeners_own(file: dict[str, Any]) -> bool:
    """Whether a file of ``key_files`` is a key that SessionEnv makes for the listener alone (``TSSecKeySet1`` and on).

    Any other may be the key of a web server or a database as well.
    """
    return file["store"] == REMOTE_DESKTOP_STORE and str(file["container"] or "").lower().startswith("tsseckeyset")


def why_no_file(key: KeyProvider | None, file: dict[str, Any]) -> str | None:
    """Why nothing can be concluded from the file that was looked for as this key's; None where it can.

    ``file`` is an entry of a snapshot's ``key_files``. Only Microsoft's software providers keep keys as files whose
    names are known. Keys in security modules, smart cards, TPMs and the stores of other vendors are elsewhere.
    """
    if key is None:
        return "what keeps the key could not be read"
    name = key.provider.lower()
    if key.provider_type == 0:
        if name != _SOFTWARE_KSP:
            return f"the key is kept by '{key.provider}', and is not a file"
        if file["exists"] is False:
            # The name of the file is known only from a key that could be opened.
            return "the key could be opened, so its file is in another folder"
        return None
    if name not in _FILE_PROVIDERS or key.provider_type not in _FILE_PROVIDER_TYPES:
        return f"the key is kept by '{key.provider}' (type {key.provider_type}), and is not a file that is known"
    return None


def _wide_text(data: bytes, at: int) -> str | None:
    if at < 12 or at % 2 or at >= len(data):
        return None
    text = data[at : len(data) - (len(data) - at) % 2].decode("utf-16-le", "replace")
    name, end, _rest = text.partition("\0")
    return name if end and name.isprintable() else None


@dataclass(frozen=True)
class StoredCertificate:
    """One entry of a certificate store on the host.

    Times are UTC; both are None if the certificate could not be read, and ``fault`` says why.
    """

    store: str
    thumbprint: str
    der: bytes | None
    has_key_property: bool
    key: KeyProvider | None
    not_before: datetime | None = None
    not_after: datetime | None = None
    subject: str | None = None
    usages: tuple[str, ...] | None = None
    key_type: str | None = None
    fault: str | None = None

    @property
    def where(self) -> str:
        return f"certificate {self.thumbprint} in store {self.store}"

    @property
    def readable(self) -> bool:
        return self.not_after is not None

    def expired(self, now: datetime) -> bool:
        return self.not_after is not None and self.not_after < now

    def not_yet_valid(self, now: datetime) -> bool:
        return self.not_before is not None and self.not_before > now

    @property
    def serves(self) -> bool:
        """Whether its purposes allow it to be a Remote Desktop server's; one without stated purposes serves for all."""
        return self.usages is None or bool(
            {SERVER_AUTHENTICATION, REMOTE_DESKTOP_AUTHENTICATION, "2.5.29.37.0"} & set(self.usages)
        )


def read_store(name: str, store: dict[str, Any]) -> tuple[StoredCertificate, ...]:
    """The entries of one store of a snapshot's ``certificates`` section."""
    with warnings.catch_warnings():
        # cryptography warns of serials and names that break the rules; the terminal is no place for that.
        warnings.simplefilter("ignore")
        return tuple(_entry(name, raw) for raw in store["certificates"])


def _entry(store: str, raw: dict[str, Any]) -> StoredCertificate:
    der, provider = _bytes(raw["der"]), _bytes(raw["key_provider"])
    # Of an entry that nobody could look at it is not known that it has no key; a damaged one has none to name.
    unread = raw["error"] is not None and raw["error"]["type"] != "System.FormatException"
    has_key = provider is not None or unread
    entry = StoredCertificate(
        store, raw["thumbprint"], der, has_key, parse_key_provider(provider) if provider else None
    )
    if der is None:
        return entry
    read, fault = tried(lambda: _read(der))
    return replace(entry, **(read or {}), fault=fault)


def _read(der: bytes) -> dict[str, Any]:
    """What the certificate says. Raises whatever the library does."""
    certificate = x509.load_der_x509_certificate(der)
    return {
        "not_before": _date(certificate, "not_valid_before"),
        "not_after": _date(certificate, "not_valid_after"),
        "subject": certificate.subject.rfc4514_string(),
        # Odd extensions and keys cost no more than what they say.
        "usages": tried(lambda: _usages(certificate))[0],
        "key_type": tried(lambda: _key_type(certificate))[0],
    }


def _key_type(certificate: x509.Certificate) -> str:
    return "EC" if isinstance(certificate.public_key(), ec.EllipticCurvePublicKey) else "RSA"


def _date(certificate: x509.Certificate, name: str) -> datetime:
    # cryptography before 42 has only dates without a zone, which are UTC as well.
    date: datetime = getattr(certificate, f"{name}_utc", None) or getattr(certificate, name)
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)


def _usages(certificate: x509.Certificate) -> tuple[str, ...] | None:
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return None
    return tuple(usage.dotted_string for usage in found.value)


def _bytes(text: str | None) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True) if text is not None else None
    except (binascii.Error, ValueError):
        return None


@dataclass(frozen=True)
class Reference:
    """A registry value that names a certificate by its SHA-1.

    ``thumbprint`` is None if the value is absent or malformed; ``fault`` then says what is wrong with a value that is
    there.
    """

    key: str
    name: str
    present: bool
    thumbprint: str | None = None
    fault: str | None = None

    @property
    def where(self) -> str:
        return f"{self.key}\\{self.name}"


def read_reference(name: str, key: str, value: dict[str, Any] | None) -> Reference:
    """Read ``SSLCertificateSHA1Hash``, ``SelfSignedCertificate`` or ``TemplateCertificate``."""
    if value is None:
        return Reference(key, name, False)
    if value["type"] != "binary":
        return Reference(key, name, True, fault=wrong_type(value["type"], "binary"))
    data = _bytes(value["data"]) or b""
    if len(data) != 20:
        return Reference(key, name, True, fault=f"has {len(data)} bytes, should have 20")
    if not any(data):
        return Reference(key, name, True, fault="is all zeros")
    return Reference(key, name, True, data.hex().upper())


@dataclass(frozen=True)
class Binding:
    """What the listener is set to present.

    ``source`` is what tells it (``pin``, ``template``, ``self_signed``), ``certificate`` the store entry, if any.
    """

    source: str
    reference: Reference
    certificate: StoredCertificate | None
