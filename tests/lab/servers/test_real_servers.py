# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The probe against real servers whose answers are known, and against tools in what those get right."""

from __future__ import annotations

import contextlib
import hashlib
import re
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import probe
from ansible_collections.winops.rdp.plugins.module_utils.wire import x224
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import probe_listener

from tests.lab.servers import real

pytestmark = pytest.mark.needs_servers

Files = tuple[Path, Path]
OFFERED = ("rdp", "tls", "nla", "nla_ex", "rdstls", "aad")


@pytest.fixture(scope="module")
def good(folder: Path) -> Files:
    return real.certificate(
        folder, "good", "-newkey", "rsa:2048", "-sha256", "-addext", "subjectAltName=DNS:good,IP:127.0.0.1"
    )


def offers(result: dict[str, Any]) -> str:
    """O offered, - refused, ? not known, in the order of OFFERED."""
    return "".join({True: "O", False: "-", None: "?"}[result["offered"][name]] for name in OFFERED)


def end(result: dict[str, Any]) -> tuple[str, str]:
    return result["stage"], result["outcome"]


def sha1(files: Files) -> str:
    return hashlib.sha1(ssl.PEM_cert_to_DER_cert(files[0].read_text())).hexdigest().upper()


def test_xrdp_negotiate(folder: Path, good: Files) -> None:
    with real.xrdp(folder, good) as port:
        result = probe_listener("127.0.0.1", port)
    assert end(result) == ("session", "ok") and result["selected"] == "tls" and result["nla"] == "unavailable"
    assert offers(result) == "OO---?"
    assert (
        result["tls"]["version"] == "TLSv1.3"
        and result["tls"]["lowest_version"] == "TLSv1.2"
        and result["tls"]["modern"]
    )
    assert result["certificate"]["sha1"] == sha1(good) and result["certificate"]["name_matches"] is True
    assert (result["encryption"]["method"], result["encryption"]["level"], result["encryption"]["key_bits"]) == (
        "128-bit",
        "high",
        2048,
    )
    assert result["encryption"]["methods"] == {"40-bit": False, "56-bit": False, "128-bit": True, "FIPS": False}


def test_xrdp_tls(folder: Path, good: Files) -> None:
    with real.xrdp(folder, good, "tls") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("session", "ok") and offers(result) == "-O---?" and result["encryption"] is None


@pytest.mark.parametrize(
    ("crypt", "method", "level"),
    [("high", "128-bit", "high"), ("low", "40-bit", "low"), ("fips", "FIPS", "FIPS"), ("none", "none", "none")],
)
def test_xrdp_standard_security(folder: Path, good: Files, crypt: str, method: str, level: str) -> None:
    with real.xrdp(folder, good, "rdp", crypt) as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("session", "ok") and result["selected"] == "rdp" and result["tls"] is None
    assert offers(result)[:4] == "O---"
    assert (result["encryption"]["method"], result["encryption"]["level"]) == (method, level)
    if method != "none":
        assert [name for name, agreed in result["encryption"]["methods"].items() if agreed] == [method]


def test_xrdp_without_certificate(folder: Path) -> None:
    missing = folder / "missing.pem", folder / "missing.key"
    with real.xrdp(folder, missing, "tls") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("negotiation", "denied")
    assert result["failure"] == {"kind": "negotiation", "number": 3, "name": "SSL_CERT_NOT_ON_SERVER"}
    assert offers(result)[:4] == "----"
    with real.xrdp(folder, missing, "negotiate") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("session", "ok") and offers(result)[:4] == "O---", (
        "it falls back to standard RDP security without a word"
    )


def test_xrdp_with_the_key_of_another_certificate(folder: Path, good: Files) -> None:
    other = real.certificate(folder, "other")
    with real.xrdp(folder, (good[0], other[1]), "tls") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("tls", "malformed") and result["failure"]["name"] == "plaintext"
    assert result["certificate"] is None


def test_xrdp_with_an_expired_certificate(folder: Path) -> None:
    with real.xrdp(folder, real.expired_certificate(folder), "tls") as port:
        result = probe_listener("127.0.0.1", port)
    assert end(result) == ("session", "ok")
    assert result["certificate"]["not_after"] == "2024-06-01T00:00:00Z" and result["certificate"]["days_left"] < 0
    assert {"expired", "name_mismatch", "self_signed"} <= set(result["certificate"]["weaknesses"])


@pytest.mark.parametrize("version", ["TLSv1", "TLSv1.1"])
def test_xrdp_with_old_tls(folder: Path, good: Files, version: str) -> None:
    with real.xrdp(folder, good, "tls", protocols=version, ciphers="ALL:@SECLEVEL=0") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("tls", "alert") and result["failure"]["name"] == "protocol_version"
    assert (result["tls"]["version"], result["tls"]["lowest_version"], result["tls"]["modern"]) == (
        version,
        version,
        False,
    )
    assert result["certificate"]["sha1"] == sha1(good)


def test_xrdp_that_cannot_serve_its_own_protocol(folder: Path, good: Files) -> None:
    with real.xrdp(folder, good, "tls", protocols="TLSv1") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("tls", "alert") and result["tls"] is None


@pytest.mark.parametrize(
    ("name", "options", "key_type", "bits", "weak"),
    [
        ("weak1024", ("-newkey", "rsa:1024", "-sha256"), "RSA", 1024, "weak_key"),
        ("sha1", ("-newkey", "rsa:2048", "-sha1"), "RSA", 2048, "weak_signature"),
        ("ec", ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-sha256"), "EC", 256, None),
    ],
)
def test_certificates_of_all_kinds(
    folder: Path, name: str, options: tuple[str, ...], key_type: str, bits: int, weak: str | None
) -> None:
    files = real.certificate(folder, name, *options)
    # xrdp itself refuses a key that the system's security level forbids, so it gets a lower one.
    with real.xrdp(folder, files, "tls", ciphers="ALL:@SECLEVEL=0") as port:
        result = probe_listener("127.0.0.1", port)
    assert end(result) == ("session", "ok"), result
    assert (result["certificate"]["key_type"], result["certificate"]["key_bits"]) == (key_type, bits)
    found = set(result["certificate"]["weaknesses"]) & {"weak_key", "weak_signature"}
    assert found == ({weak} if weak else set())


def test_freerdp_with_nla(folder: Path, screen: str, good: Files) -> None:
    with real.freerdp(folder, screen, good, "/sec:nla", "+auth") as port:
        result = probe_listener("127.0.0.1", port)
    assert end(result) == ("session", "ok") and (result["selected"], result["nla"]) == ("nla", "required")
    assert offers(result) == "--O---"
    host = socket.gethostname()
    identity = result["identity"]
    assert (identity["dns_computer"] and identity["dns_computer"].lower() == host.lower()) or identity[
        "computer"
    ].lower() == host[:15].lower()
    assert identity["os_version"] == "6.1.7601" and identity["product"] is None, "it only claims to be Windows 7"
    assert abs(identity["clock_skew_seconds"]) < 5
    assert identity["credssp_version"] == 6 and result["certificate"]["sha1"] == sha1(good)


def test_freerdp_with_nla_and_an_expired_certificate(folder: Path, screen: str) -> None:
    with real.freerdp(folder, screen, real.expired_certificate(folder), "/sec:nla", "+auth") as port:
        result = probe_listener("127.0.0.1", port)
    assert end(result) == ("session", "ok") and "expired" in result["certificate"]["weaknesses"] and result["identity"]


def test_freerdp_with_tls(folder: Path, screen: str, good: Files) -> None:
    with real.freerdp(folder, screen, good, "/sec:tls", "-auth") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("session", "ok") and offers(result) == "-O----" and result["rdp_version"] == "5.0 to 8.1"


def test_freerdp_with_standard_security(folder: Path, screen: str, good: Files) -> None:
    with real.freerdp(folder, screen, good, "/sec:rdp", "-auth") as port:
        local = probe("127.0.0.1", port)
        result = probe("127.0.0.1", port, source="127.0.0.2")
    assert end(local) == ("session", "ok") and offers(local)[:3] == "O--"
    assert local["encryption"]["method"] == "none", "it turns encryption off for visitors from 127.0.0.1"
    assert end(result) == ("session", "ok") and result["encryption"]["level"] == "client compatible"
    assert result["encryption"]["methods"] == {"40-bit": True, "56-bit": True, "128-bit": True, "FIPS": True}


def test_freerdp_without_nla(folder: Path, screen: str, good: Files) -> None:
    with real.freerdp(folder, screen, good, "-auth") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("session", "ok") and offers(result) == "OO----"


def test_freerdp_that_offers_nothing(folder: Path, screen: str, good: Files) -> None:
    with real.freerdp(folder, screen, good, "/sec:ext", "-auth") as port:
        result = probe("127.0.0.1", port)
    assert end(result) == ("negotiation", "denied") and result["failure"]["number"] == 1
    assert offers(result)[:4] == "----"


def test_weston(folder: Path, good: Files) -> None:
    with real.weston(folder, good) as port:
        result = probe_listener("127.0.0.1", port)
    assert (
        end(result) == ("session", "ok") and offers(result) == "OO----" and result["certificate"]["sha1"] == sha1(good)
    )
    with real.weston(folder, None) as port:
        result = probe_listener("127.0.0.1", port)
    assert end(result) == ("session", "ok") and offers(result)[:4] == "O---" and result["certificate"] is None


# Other tools, where they are right.


def nmap(port: int, script: str) -> str:
    real.need("nmap")
    command = ["nmap", "-Pn", "-n", "-p", str(port), "--script", f"+{script}", "127.0.0.1"]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout


def test_nmap_reads_the_same_names(folder: Path, screen: str, good: Files) -> None:
    with real.freerdp(folder, screen, good, "/sec:nla", "+auth") as port:
        theirs = dict(re.findall(r"\|[ _]+(\w+): (\S+)", nmap(port, "rdp-ntlm-info")))
        ours = probe("127.0.0.1", port)["identity"]
    assert theirs["NetBIOS_Computer_Name"] == ours["computer"] and theirs["NetBIOS_Domain_Name"] == ours["domain"]
    assert theirs["DNS_Computer_Name"] == ours["dns_computer"] and theirs["DNS_Domain_Name"] == ours["dns_domain"]
    assert theirs["Product_Version"] == ours["os_version"] and theirs["Target_Name"] == ours["target"]
    distance = datetime.fromisoformat(theirs["System_Time"]) - datetime.fromisoformat(
        ours["clock"].replace("Z", "+00:00")
    )
    assert abs(distance.total_seconds()) < 10
    assert datetime.now(timezone.utc).isoformat()[:10] == ours["clock"][:10]


@pytest.mark.parametrize("crypt", ["high", "low", "fips"])
def test_nmap_reads_the_same_encryption(folder: Path, good: Files, crypt: str) -> None:
    with real.xrdp(folder, good, "rdp", crypt) as port:
        theirs = nmap(port, "rdp-enum-encryption")
        ours = probe("127.0.0.1", port)["encryption"]
    assert (
        f"RDP Encryption level: {ours['level'].capitalize() if ours['level'] != 'FIPS' else 'FIPS Compliant'}" in theirs
    )
    agreed = {"40-bit": "40-bit RC4", "128-bit": "128-bit RC4", "FIPS": "FIPS 140-1"}[ours["method"]]
    assert f"{agreed}: SUCCESS" in theirs


@contextlib.contextmanager
def negotiated(port: int) -> Iterator[int]:
    """A port that negotiates TLS and then passes everything on, so that a tool that knows TLS alone can look."""
    listener = socket.create_server(("127.0.0.1", 0))

    def pump(source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def serve() -> None:
        with contextlib.suppress(OSError):
            client, _address = listener.accept()
            server = socket.create_connection(("127.0.0.1", port), 5)
            server.sendall(x224.connection_request(1))
            assert len(server.recv(19)) == 19
            threads = [
                threading.Thread(target=pump, args=pair, daemon=True) for pair in ((client, server), (server, client))
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(10)
            client.close()
            server.close()

    threading.Thread(target=serve, daemon=True).start()
    yield listener.getsockname()[1]
    listener.close()


def test_openssl_sees_the_same_tls(folder: Path, good: Files) -> None:
    for options in ((), ("-tls1_2",)):
        protocols = "TLSv1.2" if options else "TLSv1.2, TLSv1.3"
        with real.xrdp(folder, good, "tls", protocols=protocols) as port:
            with negotiated(port) as through:
                command = ["openssl", "s_client", "-connect", f"127.0.0.1:{through}", *options]
                theirs = subprocess.run(
                    command, input="", capture_output=True, text=True, timeout=30, check=False
                ).stdout
            ours = probe_listener("127.0.0.1", port)
        agreed = re.search(r"New, (\S+), Cipher is (\S+)", theirs)
        assert agreed and agreed.groups() == (ours["tls"]["version"], ours["tls"]["cipher"])
        pem = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", theirs, re.DOTALL)
        assert (
            pem
            and hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.group() + "\n")).hexdigest().upper()
            == ours["certificate"]["sha256"]
        )
