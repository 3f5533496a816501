# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The signed list of scripts for hosts with App Control, read by others than its maker."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.profiles import absent
from tests.tools import sign

ROOT = Path(__file__).parents[2]


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for signing code and its key, for this test alone."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "throwaway")])
    now = datetime.now(timezone.utc)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(7).not_valid_before(now).not_valid_after(now + timedelta(days=1))
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CODE_SIGNING])
    certificate = builder.add_extension(usage, critical=False).sign(key, hashes.SHA256())
    certificate_path, key_path = tmp_path / "c.pem", tmp_path / "k.pem"
    certificate_path.write_bytes(certificate.public_bytes(Encoding.PEM))
    key_path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate_path, key_path


def test_the_list_has_every_script() -> None:
    text = sign.listed()
    assert re.findall(r"Hash = '([0-9A-F]{64})'; Mode = 'Trusted'", text) == [
        hashlib.sha256(path.read_bytes()).hexdigest().upper() for path in sign.scripts()
    ]
    assert {path.name for path in sign.scripts()} >= {"_host.ps1", "_apply.ps1", "_witnesses.ps1", "_win32.psm1"}
    assert "Version = 1" in text and "\n" not in text.replace("\r\n", "")


def test_a_signature_is_read_by_others(pair: tuple[Path, Path]) -> None:
    if not shutil.which("osslsigncode"):
        absent("osslsigncode, which signs the list, is not here")
    data = sign.signed(sign.listed(), *pair)
    text, block = data.decode("ascii").split("\r\n# SIG # Begin signature block\r\n")
    lines = block.split("\r\n# SIG # End signature block")[0].split("\r\n")
    der = base64.b64decode("".join(line.removeprefix("# ") for line in lines))
    (signer,) = pkcs7.load_der_pkcs7_certificates(der)
    assert signer == x509.load_pem_x509_certificate(pair[0].read_bytes())
    # What is signed of a script is its text in UTF-16, up to the block.
    assert hashlib.sha256(text.encode("utf-16-le")).digest() in der
    assert text.strip() == sign.listed().strip()


def test_a_certificate_that_cannot_sign_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.pem"
    bad.write_text("no key")
    if shutil.which("osslsigncode"):
        with pytest.raises(RuntimeError):
            sign.signed(sign.listed(), bad, bad)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sign", "--cert", str(bad)])
        assert sign.main() == 1
    assert "give both CERT and KEY" in capsys.readouterr().err


def test_the_list_is_found_where_ansible_looks(tmp_path: Path) -> None:
    """In the collection's ``meta``, which is in its archive."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sign", "--out", str(tmp_path / sign.NAME)])
        assert sign.main() == 0
    assert (tmp_path / sign.NAME).read_bytes() == sign.listed().encode()
    assert "signatures" not in (ROOT / "galaxy.yml").read_text()
