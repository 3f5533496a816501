# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""PFX files: what they bring, what is refused before it reaches a host, and what of them is sent."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.wire import der
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import pfx
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.bind import Binding, bind
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
from hypothesis import given
from hypothesis import strategies as st

from tests.hosts import importing
from tests.hosts.snapshots import NOW, Host
from tests.unit.issuing import hold, issue, key_of, member

NAME = "web01.example.test"


def of(der: bytes, password: str = "", key: Any = None, *others: bytes) -> pfx.Pfx:
    return pfx.read(importing.pfx(der, key or key_of(2048), password, *others), password, "one-time")


def asked(host: Host, brought: pfx.Pfx, **options: Any) -> Binding:
    given = {"thumbprint": None, "allow_name_mismatch": False, "probe": True, "rollback": True, **options}
    return bind(given, Snapshot.of(host.to_answer(), NOW), RepairPolicy(), brought)


def test_what_is_sent_is_the_certificate_and_its_key_under_another_password() -> None:
    der = issue(NAME)
    brought = of(der, "geheim", None, issue("Example CA"))
    assert (brought.entry.thumbprint, brought.others) == (hashlib.sha1(der).hexdigest().upper(), 1)
    sent = base64.b64decode(brought.for_host["pfx"])
    found = pkcs12.load_pkcs12(sent, b"one-time")
    assert found.cert and found.cert.certificate.public_bytes(Encoding.DER) == der and not found.additional_certs
    assert isinstance(found.key, rsa.RSAPrivateKey)
    with pytest.raises(ValueError):
        pkcs12.load_pkcs12(sent, b"geheim")
    # A host of 2016 knows neither AES nor SHA-256 in such files: pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292).
    assert bytes.fromhex("060a2a864886f70d010c0103") in sent
    assert "geheim" not in repr(brought) and "one-time" not in repr(brought)
    assert brought.secrets == {brought.entry.thumbprint: brought.for_host}


@pytest.mark.parametrize(
    ("data", "password", "words"),
    [
        (importing.pfx(issue(NAME), key_of(2048), "right"), "wrong", "the password does not fit"),
        (importing.pfx(issue(NAME), key_of(2048), "right"), None, "the password does not fit"),
        (b"", None, "no PFX file"),
        (b"0" * 500, "x", "no PFX file"),
        (issue(NAME), "x", "no PFX file"),
        (b"-----BEGIN CERTIFICATE-----\n", None, "PEM form"),
        (
            pkcs12.serialize_key_and_certificates(b"x", key_of(2048), None, None, NoEncryption()),
            None,
            "no certificate with its private key",
        ),
    ],
)
def test_a_file_that_brings_nothing_says_why(data: bytes, password: str | None, words: str) -> None:
    with pytest.raises(pfx.PfxError, match=words) as refused:
        pfx.read(data, password, "one-time")
    assert "right" not in str(refused.value) and "wrong" not in str(refused.value)


@pytest.mark.parametrize(
    ("key", "hash_", "words"),
    [
        (ec.generate_private_key(ec.SECP256R1()), hashes.SHA256(), None),
        (ed25519.Ed25519PrivateKey.generate(), None, "neither RSA nor ECDSA"),
    ],
)
def test_kinds_of_keys(key: Any, hash_: Any, words: str | None) -> None:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(NOW).not_valid_after(NOW + timedelta(days=9))
    file = pkcs12.serialize_key_and_certificates(b"x", key, builder.sign(key, hash_), None, NoEncryption())
    if words is None:
        assert pfx.read(file, None, "one-time").entry.key_type == "EC"
    else:
        with pytest.raises(pfx.PfxError, match=words):
            pfx.read(file, None, "one-time")


@given(st.binary(max_size=400))
def test_any_bytes_are_a_clause(data: bytes) -> None:
    with pytest.raises(pfx.PfxError):
        pfx.read(data, "x", "one-time")


class PanicException(BaseException):
    """As the library's: no Exception, and with the password in its words."""


def test_a_panic_of_the_library_is_a_clause_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    def panics(_data: bytes, password: bytes) -> None:
        raise PanicException(repr(password))

    monkeypatch.setattr(pkcs12, "load_pkcs12", panics)
    with pytest.raises(pfx.PfxError, match="cannot be opened") as refused:
        pfx.read(b"", "secret", "once")
    assert refused.value.__cause__ is None and refused.value.__context__ is None


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_somebody_who_stops_the_run_is_heard(stop: type[BaseException], monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_data: bytes, _password: bytes) -> None:
        raise stop

    monkeypatch.setattr(pkcs12, "load_pkcs12", stopped)
    with pytest.raises(stop):
        pfx.read(b"", "secret", "once")


def test_a_password_with_a_nul_never_reaches_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pkcs12, "load_pkcs12", lambda *_given: pytest.fail("called"))
    with pytest.raises(pfx.PfxError, match="NUL") as refused:
        pfx.read(importing.pfx(issue(NAME), key_of(2048), "right"), "ri\0ght", "once")
    assert "ri" not in str(refused.value).split()


# Of three bytes, as ten million is not.
ROUNDS = 70_000
# What the library writes for the MAC, whatever is asked for.
MAC_ROUNDS = 2048


def with_rounds(count: int, *, of_mac: bool) -> bytes:
    """A file in which the MAC, or the encryption of the certificates, has another number of rounds."""
    form = PrivateFormat.PKCS12.encryption_builder().kdf_rounds(ROUNDS)
    form = form.key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC).hmac_hash(hashes.SHA256())
    certificate = x509.load_der_x509_certificate(issue(NAME))
    file = pkcs12.serialize_key_and_certificates(b"x", key_of(2048), certificate, None, form.build(b"right"))
    if not of_mac:
        assert file.count(der.integer(ROUNDS)) >= 2
        return file.replace(der.integer(ROUNDS), der.integer(count), 1)
    outer = der.read(file, 0)[1]
    parts: list[tuple[bytes, bytes]] = []
    at = 0
    while at < len(outer):
        _tag, content, end = der.read(outer, at)
        parts, at = [*parts, (outer[at:end], content)], end
    mac = parts[-1][1].removesuffix(der.integer(MAC_ROUNDS)) + der.integer(count)
    return der.tlv(0x30, b"".join(whole for whole, _content in parts[:-1]) + der.tlv(0x30, mac))


@pytest.mark.parametrize(("count", "of_mac"), [(300_000_000, True), (10_000_001, True), (10_000_001, False)])
def test_rounds_that_take_minutes_are_refused_before_the_first(
    count: int, of_mac: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = with_rounds(count, of_mac=of_mac)
    monkeypatch.setattr(pkcs12, "load_pkcs12", lambda *_given: pytest.fail("called"))
    with pytest.raises(pfx.PfxError, match="10000000 times"):
        pfx.read(file, "right", "once")


def test_usual_rounds_are_read() -> None:
    assert pfx.read(with_rounds(MAC_ROUNDS, of_mac=True), "right", "once").entry.subject


def test_it_is_imported_then_bound_and_nothing_secret_is_in_the_plan() -> None:
    brought = of(issue(NAME), "geheim", None, issue("Example CA"))
    found = asked(member(), brought)
    assert [step.op for step in found.plan.steps] == ["certificate.import_pfx", "registry.set", "service.restart"]
    assert found.plan.steps[0].to_host() == {
        "op": "certificate.import_pfx",
        "store": "My",
        "thumbprint": brought.entry.thumbprint,
    }
    assert found.chosen["thumbprint"] == brought.entry.thumbprint and not found.rivals
    assert len(found.notes) == 1 and found.notes[0].startswith("1 more certificates of the file")


def test_what_the_host_has_already_is_bound_as_it_is() -> None:
    host, der = member(), issue(NAME)
    thumbprint = hold(host, der)
    assert [step.op for step in asked(host, of(der)).plan.steps] == ["acl.set", "registry.set", "service.restart"]
    bound = member()
    readable = hold(bound, der, sddl="O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)")
    assert readable == thumbprint and asked(bound.pin(readable), of(der)).plan.steps == ()


@pytest.mark.parametrize(
    ("der", "words"),
    [
        (issue(NAME, age=200), "is not valid now"),
        (issue(NAME, age=-2), "is not valid now"),
        (issue(NAME, usage="1.3.6.1.5.5.7.3.2"), "is not for server authentication"),
        (issue("other.example.test"), "is for another name"),
    ],
)
def test_what_would_not_serve_never_reaches_the_host(der: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        asked(member(), of(der))


def test_weak_and_foreign_keys_are_refused() -> None:
    with pytest.raises(Refused, match="too weak"):
        asked(member(), of(issue(NAME, bits=1024), key=key_of(1024)))
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(ValueError):
        of(issue(NAME), key=stranger)


def test_another_name_can_be_allowed() -> None:
    found = asked(member(), of(issue("other.example.test")), allow_name_mismatch=True)
    assert found.plan.steps[0].op == "certificate.import_pfx"


def test_stores_that_were_not_read_and_a_broker_are_refused() -> None:
    with pytest.raises(Refused, match="could not be read"):
        asked(member().without("certificates"), of(issue(NAME)))
    broker = member()
    broker.sections["host"].update(connection_broker=True)
    with pytest.raises(Refused, match="Connection Broker"):
        asked(broker, of(issue(NAME)))
