# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read out of a certificate, against an independent reader, and that odd bytes never raise."""

from __future__ import annotations

import datetime as dt
import ipaddress
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.wire import der as ber
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import matches, read_certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from hypothesis import given
from hypothesis import strategies as st

from tests.profiles import each

NOW = dt.datetime(2026, 6, 1, 12, 0, tzinfo=dt.timezone.utc)
_RSA = rsa.generate_private_key(65537, 2048)


def build(
    name: str = "SRV01",
    start: dt.datetime = NOW - dt.timedelta(days=10),
    end: dt.datetime = NOW + dt.timedelta(days=173, hours=1),
    key: Any = _RSA,
    issuer: str | None = None,
    signer: Any = None,
    extensions: tuple[x509.ExtensionType, ...] = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),),
    subject: x509.Name | None = None,
) -> bytes:
    subject = subject or x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]) if issuer else subject)
        .public_key(key.public_key())
        .serial_number(0x1234ABCD)
        .not_valid_before(start)
        .not_valid_after(end)
    )
    for extension in extensions:
        builder = builder.add_extension(extension, critical=False)
    signer = signer or key
    algorithm = None if isinstance(signer, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(signer, algorithm).public_bytes(serialization.Encoding.DER)


def test_a_windows_listener_certificate() -> None:
    """Common name only, no alternative names, for server authentication."""
    der = build("SRV01")
    read = read_certificate(der, NOW, "srv01")
    assert read["subject"] == read["issuer"] == "CN=SRV01" and read["common_name"] == "SRV01" and read["sans"] == []
    assert read["serial"] == "1234ABCD"
    assert (read["not_before"], read["not_after"], read["days_left"]) == (
        "2026-05-22T12:00:00Z",
        "2026-11-21T13:00:00Z",
        173,
    )
    assert (read["key_type"], read["key_bits"], read["key_curve"]) == ("RSA", 2048, None)
    assert (read["signature_hash"], read["signature_oid"]) == ("sha256", "1.2.840.113549.1.1.11")
    assert read["eku"] == ["1.3.6.1.5.5.7.3.1"] and read["ca"] is False and read["key_usage"] is None
    assert read["self_signed"] is True and read["name_matches"] is True
    assert read["weaknesses"] == ["self_signed"] and read["errors"] == []


def test_openssl_reads_the_same(tmp_path: Path) -> None:
    der = build(
        "host.example",
        extensions=(
            x509.SubjectAlternativeName(
                [x509.DNSName("host.example"), x509.IPAddress(ipaddress.ip_address("192.0.2.1"))]
            ),
        ),
    )
    path = tmp_path / "certificate.der"
    path.write_bytes(der)
    command = [
        "openssl",
        "x509",
        "-inform",
        "der",
        "-in",
        str(path),
        "-noout",
        "-serial",
        "-enddate",
        "-subject",
        "-ext",
        "subjectAltName",
        "-nameopt",
        "RFC2253",
    ]
    theirs = subprocess.run(
        [*command, "-fingerprint", "-sha1"], check=True, capture_output=True, text=True, timeout=20
    ).stdout
    read = read_certificate(der, NOW)
    assert f"serial={read['serial']}" in theirs and f"subject={read['subject']}" in theirs
    assert f"ingerprint={':'.join(read['sha1'][at : at + 2] for at in range(0, 40, 2))}" in theirs
    assert "DNS:host.example, IP Address:192.0.2.1" in theirs and read["sans"] == ["DNS:host.example", "IP:192.0.2.1"]
    assert "notAfter=Nov 21 13:00:00 2026 GMT" in theirs and read["not_after"] == "2026-11-21T13:00:00Z"


@pytest.mark.parametrize(
    ("start", "end", "days", "weak"),
    [
        (-10, 100, 100, set()),
        (-10, 13, 13, {"expires_soon"}),
        (-200, -1, -1, {"expired"}),
        (5, 100, 100, {"not_yet_valid"}),
        (-900, -880, -880, {"expired"}),
    ],
)
def test_dates(start: int, end: int, days: int, weak: set[str]) -> None:
    read = read_certificate(build(start=NOW + dt.timedelta(days=start), end=NOW + dt.timedelta(days=end)), NOW)
    assert read["days_left"] == days
    assert set(read["weaknesses"]) - {"self_signed"} == weak


def test_the_last_minute() -> None:
    der = build(end=NOW + dt.timedelta(minutes=1))
    assert read_certificate(der, NOW)["days_left"] == 0 and "expired" not in read_certificate(der, NOW)["weaknesses"]
    later = read_certificate(der, NOW + dt.timedelta(minutes=2))
    assert later["days_left"] == -1 and "expired" in later["weaknesses"]


def test_a_clock_without_a_zone_is_utc() -> None:
    assert read_certificate(build(), NOW.replace(tzinfo=None))["days_left"] == 173


def _keys() -> list[tuple[Any, str, int, bool]]:
    return [
        (rsa.generate_private_key(65537, 1024), "RSA", 1024, True),
        (ec.generate_private_key(ec.SECP256R1()), "EC", 256, False),
        (ec.generate_private_key(ec.SECP521R1()), "EC", 521, False),
        (ed25519.Ed25519PrivateKey.generate(), "Ed25519", 256, False),
        (dsa.generate_private_key(1024), "DSA", 1024, True),
    ]


@each(("key", "kind", "bits", "weak"), _keys)
def test_keys(key: Any, kind: str, bits: int, weak: bool) -> None:
    read = read_certificate(build(key=key), NOW)
    assert (read["key_type"], read["key_bits"]) == (kind, bits) and ("weak_key" in read["weaknesses"]) is weak
    assert read["self_signed"] is True and len(read["spki_sha256"]) == 64 and read["errors"] == []


@pytest.mark.takes_long
@pytest.mark.parametrize("algorithm", ["md5", "sha1"])
def test_weak_signatures(tmp_path: Path, algorithm: str) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-nodes",
        "-newkey",
        "rsa:2048",
        f"-{algorithm}",
        "-subj",
        "/CN=old",
        "-days",
        "90",
        "-outform",
        "der",
    ]
    made = subprocess.run(
        [*command, "-keyout", str(tmp_path / "key")], check=True, capture_output=True, timeout=60
    ).stdout
    read = read_certificate(made, dt.datetime.now(dt.timezone.utc))
    assert (
        read["signature_hash"] == algorithm and "weak_signature" in read["weaknesses"] and read["self_signed"] is True
    )


@pytest.mark.parametrize(
    ("purposes", "wrong"),
    [
        (None, False),
        (["1.3.6.1.5.5.7.3.1"], False),
        (["1.3.6.1.4.1.311.54.1.2"], False),
        (["2.5.29.37.0"], False),
        (["1.3.6.1.5.5.7.3.2"], True),
    ],
)
def test_purposes(purposes: list[str] | None, wrong: bool) -> None:
    extensions = (x509.ExtendedKeyUsage([x509.ObjectIdentifier(purpose) for purpose in purposes]),) if purposes else ()
    read = read_certificate(build(extensions=extensions), NOW)
    assert read["eku"] == purposes and ("wrong_eku" in read["weaknesses"]) is wrong


def test_key_usage_and_ca() -> None:
    usage = x509.KeyUsage(False, False, True, True, False, False, False, False, False)
    read = read_certificate(build(extensions=(usage, x509.BasicConstraints(True, None))), NOW)
    assert read["key_usage"] == ["key_encipherment", "data_encipherment"] and read["ca"] is True


def test_issued_by_another() -> None:
    read = read_certificate(build(issuer="A CA", signer=rsa.generate_private_key(65537, 2048)), NOW)
    assert read["self_signed"] is False and read["issuer"] == "CN=A CA"


def test_the_same_name_is_not_yet_self_signed() -> None:
    assert read_certificate(build(signer=rsa.generate_private_key(65537, 2048)), NOW)["self_signed"] is False


@each(
    ("asked", "sans", "common_name", "fits"),
    [
        ("srv01.example.com", ["DNS:srv01.example.com"], "x", True),
        ("SRV01.Example.COM.", ["DNS:srv01.example.com"], "x", True),
        ("srv01", ["DNS:srv01.example.com"], "srv01", False),
        ("srv01", [], "SRV01", True),
        ("srv01.example.com", [], "SRV01", False),
        ("a.example.com", ["DNS:*.example.com"], None, True),
        ("a.b.example.com", ["DNS:*.example.com"], None, False),
        ("example.com", ["DNS:*.example.com"], None, False),
        ("192.0.2.1", ["IP:192.0.2.1"], None, True),
        ("192.0.2.1", ["DNS:192.0.2.1"], None, False),
        ("2001:db8:0::1", ["IP:2001:db8::1"], None, True),
        ("192.0.2.1", [], "192.0.2.1", True),
        ("bücher.example", ["DNS:xn--bcher-kva.example"], None, True),
        ("host", None, None, False),
    ],
)
def test_names(asked: str, sans: list[str] | None, common_name: str | None, fits: bool) -> None:
    assert matches(asked, sans, common_name) is fits


def test_a_name_that_was_not_asked_for() -> None:
    assert read_certificate(build("SRV01"), NOW)["name_matches"] is None
    assert "name_mismatch" in read_certificate(build("SRV01"), NOW, "other")["weaknesses"]


def test_a_name_in_bmpstring() -> None:
    """As older Windows versions write it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "SRV-Ü1", x509.name._ASN1Type.BMPString)])
    assert read_certificate(build(subject=name), NOW)["common_name"] == "SRV-Ü1"


def replaced_serial(serial: bytes) -> bytes:
    der = build("ODD")
    at = der.index(b"\x02\x04\x12\x34\xab\xcd")
    return der[:at] + b"\x02\x04" + serial + der[at + 6 :]


@pytest.mark.parametrize("serial", [b"\xff\xff\xff\xfe", b"\x00\x00\x00\x00"])
def test_serials_against_the_rules(serial: bytes) -> None:
    read = read_certificate(replaced_serial(serial), NOW)
    assert read["not_after"] == "2026-11-21T13:00:00Z" and len(read["sha1"]) == 40


def test_what_cryptography_refuses_still_has_its_dates() -> None:
    """Version 5 does not exist; the dates decide most all the same."""
    der = build()
    at = der.index(b"\xa0\x03\x02\x01\x02")
    read = read_certificate(der[: at + 4] + b"\x04" + der[at + 5 :], NOW)
    assert read["errors"] and "malformed" in read["weaknesses"]
    assert (read["not_before"], read["not_after"], read["days_left"]) == (
        "2026-05-22T12:00:00Z",
        "2026-11-21T13:00:00Z",
        173,
    )


@given(st.binary(max_size=300))
def test_arbitrary_bytes(data: bytes) -> None:
    read = read_certificate(data, NOW, "host")
    assert read["errors"] and len(read["sha256"]) == 64


_DER = build(
    extensions=(
        x509.SubjectAlternativeName([x509.DNSName("a.example")]),
        x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]),
    )
)


@given(
    changes=st.lists(st.tuples(st.integers(0, len(_DER) - 1), st.integers(0, 255)), min_size=1, max_size=6),
    cut=st.integers(0, 20),
)
def test_damaged_certificates(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(_DER[: len(_DER) - cut])
    for at, value in changes:
        if at < len(data):
            data[at] = value
    read = read_certificate(bytes(data), NOW, "a.example")
    assert read["sha1"] and isinstance(read["weaknesses"], list)


def test_dates_far_away() -> None:
    """Generalised time, and years that Python's own formatting does not pad."""
    der = build(
        start=dt.datetime(1950, 1, 1, tzinfo=dt.timezone.utc),
        end=dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.timezone.utc),
    )
    read = read_certificate(der, NOW)
    assert (read["not_before"], read["not_after"]) == (
        "1950-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
    ) and "expired" not in read["weaknesses"]
    assert ber.read(der, 0, 0x30)
