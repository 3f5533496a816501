# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that only speak what the local TLS library has forgotten.

They are read all the same, and said to be what a current client refuses.
"""

from __future__ import annotations

import hashlib
import ssl
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe

from tests.unit.plugins.module_utils.fault_server import (
    CHALLENGE,
    Peer,
    Script,
    certificate,
    healthy,
    serving,
    tls_settings,
)
from tests.unit.plugins.module_utils.oracles import oracle

pytestmark = pytest.mark.needs_sockets

tlslite = oracle("tlslite.api", "tlslite-ng")


def ancient(lowest: tuple[int, int], highest: tuple[int, int], ciphers: list[str], exchanges: list[str]) -> Script:
    """A server on tlslite-ng, which still has SSL 3.0, RC4 and 3DES."""
    pem, key = certificate("ancient")
    chain = tlslite.X509CertChain()
    chain.parsePemList(pem.read_text())
    private = tlslite.parsePEMKey(key.read_text(), private=True)
    settings = tlslite.HandshakeSettings()
    settings.minVersion, settings.maxVersion = lowest, highest
    settings.cipherNames, settings.keyExchangeNames, settings.macNames = ciphers, exchanges, ["sha", "md5"]

    def script(peer: Peer) -> None:
        if not (peer.request() or 0) & 2:
            peer.refuse(5)
            peer.fin()
            return
        peer.confirm(2)
        channel = tlslite.TLSConnection(peer.sock)
        try:
            channel.handshakeServer(certChain=chain, privateKey=private, settings=settings)
            channel.read(min=1, max=4096)
            channel.write(CHALLENGE)
            channel.close()
        except Exception:  # the library's own kinds of failure; what counts is what the client saw
            pass
        peer.fin()

    return script


def look(script: Script) -> dict[str, Any]:
    with serving(script) as server:
        return probe("127.0.0.1", server.port, timeout=3)


@pytest.mark.parametrize(
    ("lowest", "highest", "ciphers", "exchanges", "version", "cipher", "weak"),
    [
        ((3, 0), (3, 0), ["3des"], ["rsa"], "SSLv3", "DES-CBC3-SHA", {"version SSLv3", "cipher 3DES"}),
        ((3, 0), (3, 0), ["rc4"], ["rsa"], "SSLv3", "RC4-SHA", {"version SSLv3", "cipher RC4"}),
        ((3, 1), (3, 1), ["3des"], ["rsa"], "TLSv1", "DES-CBC3-SHA", {"version TLSv1", "cipher 3DES"}),
        ((3, 1), (3, 3), ["rc4"], ["rsa"], "TLSv1.2", "RC4-SHA", {"cipher RC4"}),
        ((3, 3), (3, 3), ["3des"], ["ecdhe_rsa"], "TLSv1.2", "ECDHE-RSA-DES-CBC3-SHA", {"cipher 3DES"}),
    ],
)
def test_what_only_old_software_can_agree_to(
    lowest: tuple[int, int],
    highest: tuple[int, int],
    ciphers: list[str],
    exchanges: list[str],
    version: str,
    cipher: str,
    weak: set[str],
) -> None:
    result = look(ancient(lowest, highest, ciphers, exchanges))
    assert (result["stage"], result["outcome"]) == ("tls", "alert"), result["detail"]
    seen = result["tls"]
    assert (seen["version"], seen["cipher"], seen["modern"]) == (version, cipher, False)
    assert weak <= set(seen["weaknesses"])
    pem = certificate("ancient")[0]
    assert result["certificate"]["sha1"] == hashlib.sha1(ssl.PEM_cert_to_DER_cert(pem.read_text())).hexdigest().upper()
    assert "a current client refuses" in result["detail"] and version in result["detail"]


def test_ssl3_beside_tls() -> None:
    """Found by asking, not by the local library, which has no SSL 3.0."""
    result = look(ancient((3, 0), (3, 3), ["aes128"], ["rsa"]))
    assert (result["stage"], result["outcome"], result["tls"]["version"]) == ("session", "ok", "TLSv1.2")
    assert result["tls"]["lowest_version"] == "SSLv3" and result["tls"]["weaknesses"] == ["accepts SSLv3"]


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("rsa1024", ("-newkey", "rsa:1024", "-sha256")),
        ("rsa512", ("-newkey", "rsa:512", "-sha256")),
        ("sha1", ("-newkey", "rsa:2048", "-sha1")),
        ("md5", ("-newkey", "rsa:2048", "-md5")),
    ],
)
def test_weak_certificates_are_read(name: str, options: tuple[str, ...]) -> None:
    files = certificate(name, *options)
    result = look(healthy(tls_settings(files)))
    assert (
        result["certificate"]["sha256"]
        == hashlib.sha256(ssl.PEM_cert_to_DER_cert(files[0].read_text())).hexdigest().upper()
    )
    if name == "rsa512":
        # A signature in TLS 1.3 does not fit into 512 bits, so what is left is weaker in every way.
        assert result["stage"] in ("tls", "session")
    else:
        assert (result["stage"], result["outcome"]) == ("session", "ok")
