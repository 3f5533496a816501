# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows client: read over Wine's registry and files, and its look over Wine's sockets and Schannel."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_look
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import client_apps
from ansible_collections.winops.rdp.plugins.plugin_utils.host import client as contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientFacts

from tests.e2e import commands
from tests.hosts.clients import SID
from tests.tools.host_script import CLIENT_SCRIPT
from tests.unit.plugins.module_utils import looking
from tests.unit.plugins.module_utils.fault_server import healthy, serving, tls_settings

from .prefix import Prefix, new_journal, windows
from .served import Served

# Where a look over Wine's Schannel, which is GnuTLS, ends otherwise than the probe's, and why.
DIFFERENCES: looking.Differences = {
    # Wine, like Windows, drops what it has received and not yet handed over when the RST comes.
    "alert and a reset": (("tls", "reset"),),
    "a client certificate, TLS 1.2": (("tls", "reset"), ("tls", "closed")),
    # Wine's own default ends at TLS 1.2, where the server says no with the same RST.
    "a client certificate, TLS 1.3": (("tls", "reset"), ("tls", "closed")),
    # SEC_E_INTERNAL_ERROR, with the alert protocol_version or none, for what Schannel calls SEC_E_ILLEGAL_MESSAGE.
    "garbage: a short ServerHello": (("tls", "alert"), ("tls", "closed")),
    "garbage: application data": (("tls", "alert"), ("tls", "closed")),
    "garbage: ServerHelloDone first": (("tls", "alert"), ("tls", "closed")),
    # A system that still allows TLS 1.1 lets its client in: the probe is a current client on a current system.
    "TLS 1.1 alone": (("session", "ok"),),
    # Wine does not tell .NET of close_notify.
    "CredSSP: closed politely": (("credssp", "silent"),),
}


TARGET = "srv01.example.com"
HASH = bytes(range(20))
RDP_FILE = r"C:\users\anna\Desktop\srv01.rdp"
PRODUCT = "798CF530394BF7C408DBB387B19C2F98"
SERVERS = r"Software\Microsoft\Terminal Server Client\Servers"
APPX = r"Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
ALL_USERS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications"
INSTALLER = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\Installer"
PUBLISHER = "8wekyb3d8bbwe"
SEED = rf"""
[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion]
"CurrentBuildNumber"="26100"
"UBR"=dword:00001dc7

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\{SID}]
"ProfileImagePath"="C:\\users\\anna"

[HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList\S-1-12-1-1-2-3-4]
"ProfileImagePath"="C:\\users\\away"

[HKEY_USERS\{SID}\{SERVERS}\{TARGET}]
"CertHash"=hex:{HASH.hex(",")}
"UsernameHint"="CORP\\anna"

[HKEY_USERS\{SID}\{SERVERS}\other.example.com]
"CertHash"=hex:00

[HKEY_USERS\{SID}_Classes\Local Settings\{APPX}\Microsoft.RemoteDesktop_10.2.3012.0_x64__{PUBLISHER}]

[HKEY_LOCAL_MACHINE\{ALL_USERS}\MicrosoftCorporationII.Windows365_2.0.660.0_x64__{PUBLISHER}]

[HKEY_LOCAL_MACHINE\{ALL_USERS}\Contoso.RemoteDesktop_1.0.0.0_x64__abc]

[{INSTALLER}\UpgradeCodes\15E4D53F33F0C6248B8AE3FCA4BDCFF5]
"{PRODUCT}"=""

[{INSTALLER}\UserData\S-1-5-18\Products\{PRODUCT}\InstallProperties]
"DisplayVersion"="1.2.5709.0"

[HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services]
"AuthenticationLevel"=dword:00000001

[HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\CredentialsDelegation]
"DenySavedCredentials"=dword:00000001

[HKEY_LOCAL_MACHINE\SOFTWARE\Policies\Microsoft\Windows\CredentialsDelegation\DenySavedCredentials]
"1"="TERMSRV/*.example.com"
"""
SETTINGS = (
    f"full address:s:{TARGET}\r\nenablecredsspsupport:i:0\r\nauthentication level:i:2\r\n"
    "password 51:b:01000000D08C9DDF\r\n"
)
TLS = r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols"


@pytest.fixture(scope="module")
def client(new_prefix: Callable[[], Prefix]) -> Iterator[Prefix]:
    one = new_prefix()
    one.reg_import(SEED)
    desktop = one.drive / "users" / "anna" / "Desktop"
    desktop.mkdir(parents=True)
    # As mstsc writes it.
    (desktop / "srv01.rdp").write_bytes(b"\xff\xfe" + SETTINGS.encode("utf-16-le"))
    yield one
    one.leave()


def ask(client: Prefix, calls: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The client's answers to calls, all from one process."""
    folder = client.path / "client"
    folder.mkdir(exist_ok=True)
    text = looking.script_of(windows(CLIENT_SCRIPT), windows(looking.write(folder, calls)))
    (folder / "run.ps1").write_text(text)
    ran = client.pwsh("-File", windows(folder / "run.ps1"), timeout=570)
    assert ran.code == 0, ran
    return [json.loads(line) for line in ran.out.splitlines()]


def test_a_look_over_schannel_ends_where_the_probe_s_does(client: Prefix) -> None:
    compared = looking.compare(lambda calls: ask(client, calls))
    assert looking.unexplained(compared, DIFFERENCES) == {}
    mine, theirs = compared["in order"]
    assert theirs["identity"]["computer"] == mine["identity"]["computer"]
    assert theirs["certificate"]["sha1"] == mine["certificate"]["sha1"]


def read(client: Prefix, **more: Any) -> ClientFacts:
    asked = {
        "packages": client_apps.PACKAGES,
        "upgrade_codes": list(client_apps.UPGRADE_CODES),
        "values": contract.VALUES,
        "user_values": contract.USER_VALUES,
        "targets": [TARGET],
        "rdp_files": [RDP_FILE, r"C:\missing.rdp"],
        # Services that Wine has take the place of products.
        "service_names": ["RPCSS", "Plug*", "PanGPS"],
    }
    facts = ClientFacts(ask(client, [{**asked, **more}])[0])
    assert facts.unread == {}
    return facts


def test_what_is_read_of_a_client(client: Prefix) -> None:
    facts = read(client)
    assert (facts.build, facts.revision) == (26100, 7623)
    assert {(one.name, one.version, one.owner) for one in facts.packages} == {
        ("MicrosoftCorporationII.Windows365", "2.0.660.0", "computer"),
        ("Microsoft.RemoteDesktop", "10.2.3012.0", SID),
    }
    assert [(one["upgrade_code"], one["version"]) for one in facts.products] == [
        ("15E4D53F33F0C6248B8AE3FCA4BDCFF5", "1.2.5709.0")
    ]
    assert facts.number(contract.POLICY, "AuthenticationLevel") == 1
    assert facts.servers("DenySavedCredentials") == ["TERMSRV/*.example.com"]
    assert facts.cached_hashes() == [(SID, TARGET, HASH.hex().upper())]
    loaded = {one["sid"]: one["loaded"] for one in facts.profiles}
    assert loaded[SID] is True and loaded["S-1-12-1-1-2-3-4"] is False
    [person] = [one for one in facts.profiles if one["sid"] == SID]
    assert person["targets"][TARGET]["UsernameHint"]["data"] == "CORP\\anna" and list(person["targets"]) == [TARGET]
    there, missing = facts.rdp_files
    assert there.number("enablecredsspsupport") == 0 and there.keeps_password and not there.signed
    assert not missing.present
    found = facts.section("products")
    # Wine starts them when something asks for them, and lets them end.
    assert {row["name"].lower() for row in found["services"]} == {"rpcss", "plugplay"}
    assert all(row["state"] in range(1, 8) for row in found["services"]), found
    assert found["security_center"] == []
    # The password stays where it is.
    assert "01000000D08C9DDF" not in json.dumps(facts.sections)


def test_a_call_that_is_none(client: Prefix) -> None:
    calls: list[dict[str, Any]] = [
        {"sections": ["secrets"]},
        {"what": 1},
        {"values": {r"SAM\SAM": ["*"]}},
        {"user_values": {r"Software\SimonTatham\PuTTY": ["*"]}},
        {"targets": ["..\\.."]},
    ]
    assert [answer["reason"] for answer in ask(client, calls)] == ["bad_arguments"] * len(calls)


def test_tls_that_the_client_turned_off_is_seen_in_its_look(client: Prefix) -> None:
    with serving(healthy(tls_settings())) as server:
        plan = client_look.plan("127.0.0.1", server.port, timeout=15)
        client.must("reg", "add", rf"{TLS}\TLS 1.2\Client", "/v", "Enabled", "/t", "REG_DWORD", "/d", "0", "/f")
        client.must("reg", "add", rf"{TLS}\TLS 1.1\Client", "/v", "Enabled", "/t", "REG_DWORD", "/d", "0", "/f")
        client.must("reg", "add", rf"{TLS}\TLS 1.0\Client", "/v", "Enabled", "/t", "REG_DWORD", "/d", "0", "/f")
        try:
            facts = read(client, look=plan)
        finally:
            client.must("reg", "delete", TLS, "/f")
        look = client_look.result(facts.section("look"), "127.0.0.1", server.port)
    assert (look["stage"], look["outcome"], look["failure"]["sender"]) == ("tls", "alert", "client"), look
    assert facts.tls_off("TLS 1.2") == "Enabled 0"


def hash_now(client: Prefix) -> bytes | None:
    ran = client.run("reg", "query", rf"HKU\{SID}\{SERVERS}\{TARGET}", "/v", "CertHash")
    return bytes.fromhex(ran.out.split()[-1].decode()) if ran.code == 0 else None


def test_steps_on_a_client_and_their_way_back(client: Prefix) -> None:
    path = client.drive / "users" / "anna" / "Desktop" / "srv01.rdp"
    original = path.read_bytes()
    steps: list[dict[str, Any]] = [
        {"op": "profile.forget", "sid": SID, "target": TARGET},
        {"op": "rdp_file.set", "file": RDP_FILE, "setting": "enablecredsspsupport", "value": 1},
    ]
    journal = new_journal()
    done = client.apply(*steps, journal=journal, sections=[])
    assert [step["status"] for step in done["steps"]] == ["done", "done"], done
    assert done["steps"][0]["before"]["hash"] == base64.b64encode(HASH).decode() and hash_now(client) is None
    text = path.read_bytes()
    assert text.startswith(b"\xff\xfe") and "enablecredsspsupport:i:1\r\n" in text.decode("utf-16")
    assert "enablecredsspsupport:i:0" not in text.decode("utf-16") and "password 51:b:01000000" in text.decode("utf-16")
    assert (path.parent / "srv01.rdp.winops.rdp.bak").read_bytes() == original
    again = client.apply(*steps, sections=[])
    assert [step["status"] for step in again["steps"]] == ["unchanged", "unchanged"], again

    back: list[dict[str, Any]] = [
        {"op": "rdp_file.set", "file": RDP_FILE, "setting": "enablecredsspsupport", "value": 0},
        {"op": "profile.remember", "sid": SID, "target": TARGET, "hash": base64.b64encode(HASH).decode()},
    ]
    refused = client.apply(*back, sections=[])
    assert refused["reason"] == "refused_step"
    undone = client.apply(*back, journal=new_journal(undoes=journal["id"]), sections=[])
    assert [step["status"] for step in undone["steps"]] == ["done", "done"], undone
    assert hash_now(client) == HASH and "enablecredsspsupport:i:0\r\n" in path.read_bytes().decode("utf-16")


def test_a_signed_file_is_left_alone(client: Prefix) -> None:
    path = client.drive / "users" / "anna" / "Desktop" / "signed.rdp"
    path.write_text("enablecredsspsupport:i:0\r\nsignature:s:AQABAAEAAADe\r\n", encoding="utf-8", newline="")
    file = r"C:\users\anna\Desktop\signed.rdp"
    step = {"op": "rdp_file.set", "file": file, "setting": "enablecredsspsupport", "value": 1}
    done = client.apply(step, sections=[])
    assert done["steps"][0]["status"] == "failed" and "i:0" in path.read_text()
    assert not path.with_name("signed.rdp.winops.rdp.bak").exists()


def test_the_module_over_winrm(client: Prefix, tmp_path: Path) -> None:
    """Ansible, its wrapper, the parts as modules in a PowerShell engine, Wine's Schannel: a look and its verdict."""
    with serving(healthy(tls_settings())) as server, Served({"pc": client}, tmp_path / "served") as served:
        inventory = served.inventory()
        target = f"127.0.0.1:{server.port}"
        said = commands.module(inventory, "client", "pc", target=target, rdp_files=[RDP_FILE], timeout=20, deadline=60)[
            "pc"
        ]
        assert not said["failed"], said
        assert said["verdict"] == "in_order" and said["look"]["identity"]["computer"] == "SRV01", said["summary"]
        ids = {finding["id"] for finding in said["findings"]}
        assert {"client.app_retired", "client.app_outdated", "client.update_defect", "client.rdp_file"} <= ids
        client.must("reg", "add", rf"{TLS}\TLS 1.2\Client", "/v", "Enabled", "/t", "REG_DWORD", "/d", "0", "/f")
        for old in ("TLS 1.0", "TLS 1.1"):
            client.must("reg", "add", rf"{TLS}\{old}\Client", "/v", "Enabled", "/t", "REG_DWORD", "/d", "0", "/f")
        try:
            via = commands.module(
                inventory, "probe", "pc", host="127.0.0.1", port=server.port, via=["localhost", "pc"], timeout=20
            )
            said = commands.module(inventory, "client", "pc", target=target, timeout=20, deadline=60)["pc"]
        finally:
            client.must("reg", "delete", TLS, "/f")
    assert (said["verdict"], said["findings"][0]["id"]) == ("client", "client.tls_off"), said["summary"]
    assert said["findings"][0]["confidence"] == "proven"
    assert via["pc"]["comparison"]["kept_out"] == ["pc"] and via["pc"]["comparison"]["points_to"] == "tls_policy", via
