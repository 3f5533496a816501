# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a PFX comes into the model's store My, as Windows imports one, and goes again."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12

from tests.hosts.running import NotEmpty, Win32
from tests.hosts.windows import RDP_TCP, WS, Windows, container_of, fresh_key, make_certificate

PIN = "SSLCertificateSHA1Hash"
# As the host script has them.
_BUSY, _UNSEEN, _NEEDED, _GONE = 170, 5023, 5001, 1168
# What an import leaves: SYSTEM and administrators; the step adds NETWORK SERVICE.
AS_IMPORTED = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"


def pfx(der: bytes, key: Any, password: str = "", *others: bytes) -> bytes:
    """A file as an administrator has it: certificate, key and the authorities' certificates."""
    # Two rounds in place of twenty thousand: how long a password is to be guessed at is nobody's question here.
    sealed = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(2).build(password.encode()) if password else None
    authorities = [x509.load_der_x509_certificate(other) for other in others]
    certificate = x509.load_der_x509_certificate(der)
    return pkcs12.serialize_key_and_certificates(b"web", key, certificate, authorities, sealed or NoEncryption())


def pfx_file(folder: Path, now: datetime, password: str, days_ago: int = 1) -> tuple[str, str]:
    """A new certificate in a PFX file on the controller: its path, and the certificate's thumbprint."""
    key, start = fresh_key(), now - timedelta(days=days_ago)
    der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 4713)
    path = folder / "rdp.pfx"
    path.write_bytes(pfx(der, key, password))
    return str(path), hashlib.sha1(der).hexdigest().upper()


def _container(host: Windows, thumbprint: str) -> str | None:
    blob = host.store("My").get(thumbprint)
    found = container_of(blob) if blob is not None else None
    return found[0] if found else None


def state(host: Windows, thumbprint: str) -> dict[str, Any]:
    container = _container(host, thumbprint)
    path = host.key_path(container) if container else None
    return {
        "present": thumbprint in host.store("My"),
        "has_key": container is not None,
        "path": path,
        "sddl": host.data["files"].get(path, {}).get("sddl"),
    }


def _sent(host: Windows, thumbprint: str) -> tuple[rsa.RSAPrivateKey, bytes]:
    given = host.volatile["secrets"][thumbprint]
    return _opened(given["pfx"], given["password"])


@lru_cache(maxsize=8)
def _opened(sealed: str, password: str) -> tuple[rsa.RSAPrivateKey, bytes]:
    """The library tries each time whether the key's factors are primes, which takes a twentieth of a second."""
    try:
        found = pkcs12.load_pkcs12(base64.b64decode(sealed), password.encode())
    except ValueError as problem:
        raise Win32(86, "System.Security.Cryptography.CryptographicException") from problem
    assert found.cert is not None and isinstance(found.key, rsa.RSAPrivateKey)
    return found.key, found.cert.certificate.public_bytes(Encoding.DER)


def missing(host: Windows, thumbprint: str) -> str | None:
    """Why this host could not import what was sent."""
    now = state(host, thumbprint)
    if now["present"]:
        return None if now["has_key"] else f"the certificate {thumbprint} is in the store My already, without its key"
    found = hashlib.sha1(_sent(host, thumbprint)[1]).hexdigest().upper()
    return None if found == thumbprint else f"what was sent is the certificate {found}"


def bring(host: Windows, thumbprint: str) -> None:
    key, der = _sent(host, thumbprint)
    container = f"{{imported-{thumbprint[:8]}}}"
    path = host.key_path(container)
    host.keys[path] = key
    host.data["files"][path] = {"sddl": AS_IMPORTED + "(A;;FR;;;NS)", "length": 2048 + len(container)}
    host.add_certificate("My", der, container)


def take_out(host: Windows, thumbprint: str) -> None:
    container = _container(host, thumbprint)
    host.drop_certificate("My", thumbprint)
    if container:
        host.keys.pop(host.key_path(container), None)
        host.data["files"].pop(host.key_path(container), None)


def expect_not_presented(host: Windows, thumbprint: str) -> None:
    """Raises ``NotEmpty`` for a certificate that the listener is bound to, or that TermService presents or may.

    ``behaviour`` of the host says ``no_own_look`` where it cannot look at its own listener.
    """
    named = (host.thumbprint(RDP_TCP, PIN), host.thumbprint(WS, "TemplateCertificate"))
    if thumbprint in named:
        raise NotEmpty(f"The listener is bound to the certificate {thumbprint}, so it stays.", _BUSY)
    if not host.running("TermService") or host.volatile["started_in_call"]:
        return
    held = host.volatile["credential"] or {}
    seen = None if host.data["behaviour"].get("no_own_look") or held.get("fault") else held.get("thumbprint")
    if seen is None or seen == thumbprint:
        does = "Until it starts next TermService presents"
        if seen is None:
            does = "Nobody could see what TermService presents: until it is stopped, it may be"
        number = _UNSEEN if seen is None else _BUSY
        raise NotEmpty(f"{does} the certificate {thumbprint}, so it stays.", number)


def _thumbprint(data: Any) -> str | None:
    try:
        raw = base64.b64decode(data, validate=True)
    except (TypeError, ValueError):
        return None
    return raw.hex().upper() if len(raw) == 20 else None


def _is_there(host: Windows, thumbprint: str | None) -> bool:
    """Whether a certificate is in one of the listener's stores, with its key as far as that is a file."""
    for store in ("My", "Remote Desktop"):
        blob = host.store(store).get(thumbprint or "")
        where = container_of(blob) if blob else None
        if where:
            files = "Luna" not in where[1]
            return not files or host.key_path(where[0]) in host.data["files"]
    return False


def was_there(host: Windows, step: dict[str, Any], before: Any) -> bool:
    """Whether a step takes the listener from a certificate that can be used."""
    return step.get("name") == PIN and before is not None and _is_there(host, _thumbprint(before["data"]))


def expect_there(host: Windows, step: dict[str, Any], undone: dict[str, Any] | None) -> None:
    """Raises ``NotEmpty`` where an undo would bind the listener to what was there then and is gone."""
    if step["op"] != "registry.set" or step["name"] != PIN or undone is None:
        return
    then = [_thumbprint(one["before"]["data"]) for one in undone["steps"] if one.get("there")]
    thumbprint = _thumbprint(step["data"])
    if thumbprint in then and not _is_there(host, thumbprint):
        raise NotEmpty(f"The certificate {thumbprint}, or its key, is not on the host any more.", _GONE)


def expect_not_needed(host: Windows, thumbprint: str) -> None:
    """Raises ``NotEmpty`` for a certificate to which the undo of another journal would bind the listener."""
    moves = []
    for journal in host.data["journals"].values():
        if journal["state"] == "undone" or journal.get("undoes"):
            continue
        for step in journal["steps"]:
            if step.get("name") == PIN and step["status"] == "done":
                left = _thumbprint(step.get("data")) if step["op"] == "registry.set" else None
                moves.append((left, _thumbprint((step["before"] or {}).get("data")), journal))
    reached = [host.thumbprint(RDP_TCP, PIN)]
    ahead = [*reached]
    while ahead:
        at = ahead.pop(0)
        for left, back, journal in moves:
            if left == at and back == thumbprint:
                run = journal.get("run") or journal["id"]
                raise NotEmpty(f"Run {run} goes back to the certificate {thumbprint}, so it stays.", _NEEDED)
            if left == at and back not in reached:
                reached.append(back)
                ahead.append(back)
