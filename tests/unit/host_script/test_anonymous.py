# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`rdp-collect.ps1 -Anonymous`: none of the names comes through, and what is judged stays as it was."""

from __future__ import annotations

import base64
import ipaddress
import json
import re
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, offline
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.hosts.scenarios import host_of
from tests.hosts.snapshots import GUID, Host, snapshot_of

HOST, DOMAIN, USER, POLICY = "NYC-SQL027", "ad.contoso-bank.com", "maria.l\u00f6w", "Bank RDP hardening"
SID = "S-1-5-21-1004336348-1177238915-682003330"
# Of the machine that this one is a copy of: the listener's key file was made there.
OTHER_GUID = "7d1c9a30-2f4e-4b8a-8c11-5e0f9b2a6d77"
SECRET = ("nyc-sql027", "contoso", "maria", "hardening", "issuing-ca", GUID, OTHER_GUID, "1004336348", "1177238915")
SCENARIOS = ("healthy_adapter", "healthy_domain", "adapter_gone", "domain_credentials")


def certificate() -> bytes:
    """What an enterprise CA issues: names in subject, issuer, alternative names, places of the CA and the SID."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime(2026, 9, 1, tzinfo=timezone.utc)
    issuer = x509.Name(
        [
            x509.NameAttribute(NameOID.DOMAIN_COMPONENT, "com"),
            x509.NameAttribute(NameOID.DOMAIN_COMPONENT, "contoso-bank"),
            x509.NameAttribute(NameOID.COMMON_NAME, "Contoso Issuing-CA 01"),
        ]
    )
    names: list[x509.GeneralName] = [
        x509.DNSName(f"{HOST.lower()}.{DOMAIN}"),
        x509.IPAddress(ipaddress.ip_address("10.20.30.40")),
    ]
    place = x509.UniformResourceIdentifier(f"ldap:///CN=Issuing-CA,CN={HOST},DC=contoso-bank,DC=com?crl?base")
    sid = f"{SID}-1105".encode()
    inner = bytes.fromhex("060a2b060104018237190201") + bytes([0xA0, len(sid) + 2, 4, len(sid)]) + sid
    extension = bytes([0x30, len(inner) + 2, 0xA0, len(inner)]) + inner
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=300))
        .add_extension(x509.SubjectAlternativeName(names), False)
        .add_extension(x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)]), False)
        .add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.4.1.311.25.2"), extension), False)
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


def rich() -> dict[str, Any]:
    host = Host()
    sections = host.sections
    sections["host"].update(
        computer_name=HOST,
        dns_host_name=HOST.lower(),
        dns_domain=DOMAIN,
        part_of_domain=True,
        machine_guid=GUID,
        user_sid=f"{SID}-1104",
    )
    sections["domain"].update(joined=True, name=DOMAIN)
    sections["network"] = {
        "adapters": [
            {
                "id": "{8A7F4A0B-1111-4222-8333-444455556666}",
                "kind": 6,
                "up": True,
                "index": 5,
                "mtu": 1500,
                "addresses": ["10.20.30.40", "192.168.7.9", "127.0.0.1", "52.1.2.3", "2001:db8:1:2::77"],
                "category": 2,
            }
        ]
    }
    sections["sessions"] = {
        "active": 1,
        "disconnected": 0,
        "unknown": 0,
        "sessions": [
            {"id": 2, "user": f"CONTOSO\\{USER}", "user_sid": f"{SID}-1105", "station": "RDP-Tcp#0", "state": 0}
        ],
    }
    sections["policies"] = {
        "values": [
            {
                "key": "K",
                "name": "SecurityLayer",
                "gpo": POLICY,
                "id": "CN={5B1F0C5E-0000-4AAA-8BBB-123456789ABC},CN=Policies,CN=System,DC=contoso-bank,DC=com",
            }
        ]
    }
    sections["key_files"]["own_keys"].append({"guid": OTHER_GUID, "written": "2026-01-02T03:04:05Z"})
    sections["services"]["TermService"]["account"] = "NT AUTHORITY\\NetworkService"
    host.add(certificate(), "My", None)
    host.rule(RA4="10.20.30.0/255.255.255.0")
    host.setting("rdp_tcp", "SecurityLayer", {"type": "dword", "data": 5})
    return host.answer


def bundle(name: str, snapshot: dict[str, Any], taken: str) -> dict[str, Any]:
    return {"bundle_version": 1, "inventory_name": name, "taken": taken, "probe": None, "snapshot": snapshot}


@pytest.fixture(scope="module")
def folder(pwsh_path: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each bundle, and what the script makes of it (.anon.json)."""
    place = tmp_path_factory.mktemp("anonymous")
    script = place / "rdp-collect.ps1"
    script.write_text(offline.collect_script(script.name), "ascii", newline="\r\n")
    given = {"rich": rich(), **{name: snapshot_of(host_of(name)) for name in SCENARIOS}}
    for name, snapshot in given.items():
        taken = snapshot["sections"]["host"]["utc"]
        (place / f"{name}.json").write_text(json.dumps(bundle(f"{HOST.lower()}.{DOMAIN}", snapshot, taken)))
    run = place / "run.ps1"
    run.write_text(
        "\n".join(
            f"& '{script}' -From '{place / name}.json' -Anonymous -Out '{place / name}.anon.json'" for name in given
        )
        + f"\n& '{script}' -From '{place}/rich.json' -Anonymous -Out '{place}/again.json'\n"
    )
    ran = subprocess.run([pwsh_path, "-File", str(run)], capture_output=True, text=True, check=False, timeout=300)
    assert ran.returncode == 0 and not ran.stderr, ran
    return place


def verdict(path: Path) -> dict[str, Any]:
    return bundles.judge(bundles.read(path), None, RepairPolicy(), shape.Questions())


@pytest.mark.parametrize("name", ["rich", *SCENARIOS])
def test_it_is_judged_as_before(folder: Path, name: str) -> None:
    before, after = verdict(folder / f"{name}.json"), verdict(folder / f"{name}.anon.json")
    for key in ("verdict", "unread"):
        assert before[key] == after[key]
    assert [(one["id"], one["confidence"]) for one in before["findings"]] == [
        (one["id"], one["confidence"]) for one in after["findings"]
    ]
    assert [one["op"] for one in before["plan"]["steps"]] == [one["op"] for one in after["plan"]["steps"]]


def everything(path: Path) -> str:
    """The file and, beside it, all that is in base64, as ASCII and as UTF-16."""
    text = path.read_text("ascii")
    parts = [json.dumps(json.loads(text), ensure_ascii=False)]
    for found in re.findall(r'"([A-Za-z0-9+/]{40,}={0,2})"', text):
        data = base64.b64decode(found + "=" * (-len(found) % 4))
        parts += [data.decode("latin-1"), data[len(data) % 2 :].decode("utf-16-le", "replace")]
    return "\n".join(parts).lower()


def test_none_of_the_names_comes_through(folder: Path) -> None:
    before, after = everything(folder / "rich.json"), everything(folder / "rich.anon.json")
    for name in SECRET:
        assert name.lower() in before and name.lower() not in after, name
    assert "10.20.30.40" not in after and "52.1.2.3" not in after and "2001:db8:1:2::77" not in after


def test_names_keep_their_form_and_what_they_share(folder: Path) -> None:
    bundle_ = json.loads((folder / "rich.anon.json").read_text())
    sections = bundle_["snapshot"]["sections"]
    name, domain = sections["host"]["computer_name"], sections["host"]["dns_domain"]
    assert re.fullmatch(r"[A-Z]{3}-[A-Z]{3}[0-9]{3}", name) and sections["host"]["dns_host_name"] == name.lower()
    assert re.fullmatch(r"[a-z]{2}\.[a-z]{7}-[a-z]{4}\.com", domain) and sections["domain"]["name"] == domain
    assert bundle_["inventory_name"] == f"{name.lower()}.{domain}" and bundle_["anonymous"] is True
    mine = sections["certificates"]["stores"]["My"]["certificates"][-1]
    read = x509.load_der_x509_certificate(base64.b64decode(mine["der"]))
    names = read.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert read.subject.rfc4514_string() == f"CN={name}"
    assert names.get_values_for_type(x509.DNSName) == [f"{name.lower()}.{domain}"]
    address = sections["network"]["adapters"][0]["addresses"]
    assert [str(one) for one in names.get_values_for_type(x509.IPAddress)] == address[:1]
    assert [ipaddress.ip_address(one).is_private for one in address[:4]] == [True, True, True, False]
    assert address[0].startswith("10.") and address[1].startswith("192.168.") and address[2] == "127.0.0.1"
    rule = next(one["rule"] for one in sections["firewall"]["rules"] if one["name"].endswith("UserMode-In-TCP"))
    network = ipaddress.ip_network(re.search(r"RA4=([^|]+)", rule)[1])  # type: ignore[index]
    assert ipaddress.ip_address(address[0]) in network
    user = sections["sessions"]["sessions"][0]
    assert user["user_sid"].rsplit("-", 1) == [sections["host"]["user_sid"].rsplit("-", 1)[0], "1105"]
    assert sections["services"]["TermService"]["account"] == "NT AUTHORITY\\NetworkService"


def test_the_same_host_has_the_same_pseudonyms(folder: Path) -> None:
    assert (folder / "again.json").read_bytes() == (folder / "rich.anon.json").read_bytes()
    assert bundles.read(folder / "again.json").anonymous and not bundles.read(folder / "rich.json").anonymous


def test_paths_are_from_the_folder_that_powershell_is_in(folder: Path, pwsh_path: str, tmp_path: Path) -> None:
    (tmp_path / "in.json").write_bytes((folder / "rich.json").read_bytes())
    run = tmp_path / "run.ps1"
    run.write_text(
        f"Set-Location '{tmp_path}'\n& '{folder / 'rdp-collect.ps1'}' -From in.json -Anonymous -Out ./out.json\n"
    )
    ran = _run(pwsh_path, run, folder)
    assert (ran.returncode, ran.stderr) == (0, "") and "Written: ./out.json" in ran.stdout
    assert (tmp_path / "out.json").read_bytes() == (folder / "rich.anon.json").read_bytes()
    # An older bundle is replaced, and nothing of somebody else's is.
    assert _run(pwsh_path, run, folder).returncode == 0
    (tmp_path / "out.json").write_text("notes")
    ran = _run(pwsh_path, run, folder)
    assert "out.json is there and is no bundle, and stays" in " ".join((ran.stdout + ran.stderr).split())
    assert ran.returncode and (tmp_path / "out.json").read_text() == "notes"


def _run(pwsh_path: str, script: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    words = [pwsh_path, "-File", str(script)]
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=300, cwd=folder)


def test_nothing_is_repaired_from_it(folder: Path) -> None:
    assert offline.assessed(bundles.read(folder / "rich.json")).diagnosis.findings
    with pytest.raises(offline.OfflineError, match="names were left out"):
        offline.assessed(bundles.read(folder / "rich.anon.json"))
