# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Odd certificates in a store or from a listener: each is the error of its own entry, and the host is judged."""

from __future__ import annotations

import base64
import random
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import guarded
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import StoredCertificate, read_store
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import read_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.results.facts import facts
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from tests.attacks import mutants
from tests.hosts.snapshots import NOW, Host, probe

SAN = "2.5.29.17"


@cache
def _key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def certificate(*extensions: tuple[str, bytes]) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "web01")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(_key().public_key())
        .serial_number(4711)
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=100))
    )
    for oid, value in extensions:
        builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value), critical=False)
    return builder.sign(_key(), hashes.SHA256()).public_bytes(Encoding.DER)


def swapped(der: bytes, old: str, new: str) -> bytes:
    assert bytes.fromhex(old) in der
    return der.replace(bytes.fromhex(old), bytes.fromhex(new))


def time_of(der: bytes, number: int, text: bytes) -> bytes:
    """The certificate with another text of the same length as its first or second date."""
    at = -1
    for _date in range(number + 1):
        at = der.index(b"\x17\x0d", at + 1)
    return der[: at + 2] + text + der[at + 15 :]


ODD: dict[str, bytes] = {
    "version 6": swapped(certificate(), "a003020102", "a003020105"),
    "an extension twice": swapped(certificate((SAN, b"\x30\0"), ("2.5.29.18", b"\x30\0")), "0603551d12", "0603551d11"),
    "x400Address": certificate((SAN, b"\x30\x02\xa3\x00")),
    "ediPartyName": certificate((SAN, b"\x30\x02\xa5\x00")),
    "otherName cut": certificate((SAN, b"\x30\x02\xa0\x00")),
    "an IP address of 3 bytes": certificate((SAN, b"\x30\x05\x87\x03\x01\x02\x03")),
    "a name that is no text": certificate((SAN, b"\x30\x04\x82\x02\xff\xfe")),
    "purposes that are none": certificate(("2.5.29.37", b"\x04\x00")),
    "usages that are none": certificate(("2.5.29.15", b"\x05\x00")),
    "extension bytes": certificate((SAN, b"\xff" * 40)),
    "policies": certificate(("2.5.29.32", b"\x30\x03\x02\x01\x00")),
    "distribution points": certificate(("2.5.29.31", b"\x30\x02\xa9\x00")),
    "a date that is none": time_of(certificate(), 0, b"991399999999Z"),
    "an end that is none": time_of(certificate(), 1, b"\0" * 13),
    "another key type": swapped(certificate(), "06072a8648ce3d0201", "06072a8648ce3d0299"),
    "another curve": certificate().replace(bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030177")),
    "a point off the curve": certificate()[:-200] + bytes(40) + certificate()[-160:],
    "name of odd text": swapped(certificate(), "0c057765623031", "1e057765623031"),
    "empty": b"",
    "noise": bytes(range(256)) * 4,
    "deep": b"\x30\x80" * 5000,
    "long": b"\x30\x84\xff\xff\xff\xff",
    "cut": certificate()[:100],
}


def judge(der: bytes) -> dict[str, Any]:
    """The host with this certificate in both stores and at its listener, all the way."""
    host = Host()
    for store in host.sections["certificates"]["stores"].values():
        entry = {"thumbprint": "B" * 40, "der": base64.b64encode(der).decode(), "key_provider": None, "error": None}
        store["certificates"].append(entry)
    snapshot = Snapshot.of(host.to_answer(), NOW)
    seen = {**probe(), "certificate": {"der": base64.b64encode(der).decode(), **read_certificate(der, NOW, "web01")}}
    assessment = assess(snapshot, ProbeResult(seen))
    assert facts(snapshot, ProbeResult(seen)) and isinstance(assessment.forecast(30), (list, tuple))
    return {"verdict": assessment.diagnosis.verdict, "entries": snapshot.stores}


@pytest.mark.parametrize("name", list(ODD))
def test_an_odd_certificate_costs_its_own_entry(name: str) -> None:
    judged = judge(ODD[name])
    entries: dict[str, tuple[StoredCertificate, ...]] = judged["entries"]
    good = [entry for entry in entries["Remote Desktop"] if entry.thumbprint != "B" * 40]
    assert good and all(entry.readable and entry.fault is None for entry in good)
    odd = entries["My"][-1]
    assert odd.readable or odd.fault, "it is read, or says why not"
    read = read_certificate(ODD[name], NOW, "web01")
    assert read["sha1"] and (read["errors"] or read["not_after"]) and all(len(text) < 400 for text in read["errors"])


@pytest.mark.parametrize("name", ["version 6", "an extension twice", "x400Address"])
def test_what_was_shown_is_still_told(name: str) -> None:
    assert read_certificate(ODD[name], NOW)["errors"] and read_certificate(ODD[name], NOW)["not_after"]


def test_whatever_a_library_raises_is_an_error_of_what_it_read() -> None:
    class PanicException(BaseException):
        pass

    def panic() -> None:
        raise PanicException("index out of range")

    def ends() -> None:
        raise KeyboardInterrupt

    assert guarded.tried(panic) == (None, "index out of range")
    assert guarded.tried(lambda: "".split()[0])[1] and guarded.tried(lambda: 5) == (5, None)
    with pytest.raises(KeyboardInterrupt):
        guarded.tried(ends)


def test_certificates_of_both_kinds_of_issuer() -> None:
    """An odd issuer, too, is no reason to end."""
    for der in ODD.values():
        host = Host()
        rows = host.sections["certificates"]["stores"]["My"]["certificates"]
        for number, each in enumerate((certificate(), der)):
            text = base64.b64encode(each).decode()
            rows.append({"thumbprint": f"{number}" * 40, "der": text, "key_provider": None, "error": None})
        snapshot = Snapshot.of(host.to_answer(), NOW)
        assert read_store("My", snapshot.sections["certificates"]["stores"]["My"])
        assert assess(snapshot, ProbeResult(probe())).forecast(30) is not None


def mutated(chance: random.Random) -> bytes:
    data = bytearray(chance.choice(SEEDS))
    for _change in range(chance.randrange(1, 6)):
        at = chance.randrange(len(data))
        how = chance.randrange(4)
        if how == 0:
            data[at] = chance.randrange(256)
        elif how == 1:
            data[at] = chance.choice([0, 1, 0x02, 0x05, 0x13, 0x17, 0x30, 0x7F, 0x80, 0x82, 0x84, 0xA0, 0xA3, 0xFF])
        elif how == 2 and len(data) > 4:
            del data[at : at + chance.randrange(1, 4)]
        else:
            data[at:at] = chance.randbytes(chance.randrange(1, 9))
    return bytes(data)


SEEDS = tuple(der for der in ODD.values() if der)


@mutants.many(300, 100_000)
def test_mutated_certificates(numbers: range) -> None:
    for chance in mutants.chances("mutated certificates", numbers):
        der = mutated(chance)
        entry = {"thumbprint": "C" * 40, "der": base64.b64encode(der).decode(), "key_provider": None, "error": None}
        (stored,) = read_store("My", {"certificates": [entry]})
        read = read_certificate(der, NOW, "web01")
        assert stored.readable or stored.fault
        assert read["errors"] or read["not_after"]
        if chance.random() < 0.02:
            judge(der)
