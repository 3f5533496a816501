# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a snapshot says of a Wine host, held against what other programs say of it."""

from __future__ import annotations

import base64
import calendar
import hashlib
import json
import re
import socket
import time
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from cryptography import x509

from tests.hosts.snapshots import FIREWALL_RULE, probe
from tests.tools.host_script import SCRIPT
from tests.unit.schemas import of_snapshots

from .prefix import POLICY, RDP, ROOT, SERVICES, STORES, TS, WS, Prefix, expired
from .steps import add, gone

SCHEMA = json.loads((ROOT / "docs" / "snapshot.schema.json").read_text())


@pytest.fixture(scope="module")
def began() -> float:
    """When the reading began that ``whole`` is, by the clock that Wine shows its programs."""
    return time.time()


@pytest.fixture(scope="module")
def whole(host: Prefix, began: float) -> dict[str, Any]:
    return host.snapshot()


def drop(host: Prefix, key: str, name: str | None = None) -> None:
    host.run("reg", "delete", key, *(["/v", name] if name else []), "/f")


def test_a_healthy_host_is_read_without_an_error(whole: dict[str, Any]) -> None:
    of_snapshots().validate(whole)
    assert whole["errors"] == {} and whole["truncated"] == [] and whole["changed"] is False
    assert list(whole["sections"]) == [*contract.SECTIONS]
    # The event log is the one thing that Wine does not have: each log says so.
    assert all(
        error and error["type"].endswith("EventLogException") for error in whole["sections"]["events"]["logs"].values()
    )


def test_host_section(host: Prefix, whole: dict[str, Any], began: float) -> None:
    section = whole["sections"]["host"]
    registry = host.export(r"HKLM\SOFTWARE\Microsoft\Cryptography")
    assert section["machine_guid"] in registry
    assert section["computer_name"].upper() == socket.gethostname().split(".")[0].upper()[:15]
    assert int(began) <= calendar.timegm(time.strptime(section["utc"], "%Y-%m-%dT%H:%M:%S.%fZ")) <= time.time()
    assert section["utc_offset_minutes"] == 330  # the lab's clock is not at UTC
    assert section["build"] == 19043 and section["product_type"] == 3 and section["process_bits"] == 64
    assert section["part_of_domain"] is False and section["domain_role"] == 2 and section["dns_domain"] is None
    assert section["program_data"] == r"C:\ProgramData"
    assert section["locale"] == 0x409 and section["connection_broker"] is False
    assert section["boot_utc"] < section["utc"]


def test_listener_section(host: Prefix, whole: dict[str, Any]) -> None:
    groups = whole["sections"]["listener"]
    assert groups["rdp_tcp"]["path"] == RDP and groups["policy"] == {
        "path": POLICY,
        "present": False,
        "settings": dict.fromkeys(groups["policy"]["settings"]),
    }
    settings = groups["rdp_tcp"]["settings"]
    assert settings["MaxInstanceCount"] == {"type": "dword", "data": 4294967295}
    assert settings["fLogonDisabled"] == {"type": "dword", "data": 0} and settings["KeepAliveTimeout"] is None
    assert settings["PortNumber"]["data"] == host.port
    assert settings["LoadableProtocol_Object"] == {"type": "string", "data": "{5828227c-20cf-4408-b73f-73ab70b8849f}"}
    assert groups["terminal_server"]["settings"]["RCDependentServices"] == {
        "type": "multi_string",
        "data": ["CertPropSvc", "SessionEnv"],
    }
    assert len(base64.b64decode(groups["winstations"]["settings"]["SelfSignedCertificate"]["data"])) == 20


def test_certificates_and_key_file(host: Prefix, whole: dict[str, Any]) -> None:
    store = whole["sections"]["certificates"]["stores"]["Remote Desktop"]
    [entry] = store["certificates"]
    der = base64.b64decode(entry["der"])
    assert hashlib.sha1(der).hexdigest().upper() == entry["thumbprint"]
    bound = base64.b64decode(whole["sections"]["listener"]["winstations"]["settings"]["SelfSignedCertificate"]["data"])
    assert bound.hex().upper() == entry["thumbprint"]
    assert x509.load_der_x509_certificate(der).subject.rfc4514_string().startswith("CN=")
    assert re.match(r"O:.*D:", store["sddl"])
    assert "TSSecKeySet1".encode("utf-16-le") in base64.b64decode(entry["key_provider"])
    [file] = whole["sections"]["key_files"]["files"]
    guid = whole["sections"]["host"]["machine_guid"]
    assert file["path"] == rf"C:\ProgramData\Microsoft\Crypto\RSA\MachineKeys\f686aace6942fb7f7ceb231212eef4a4_{guid}"
    assert (file["exists"], file["container"], file["provider_type"], file["thumbprint"]) == (
        True,
        "TSSecKeySet1",
        1,
        entry["thumbprint"],
    )
    assert "(A;;0x1200a9;;;WD)" in file["sddl"]
    assert whole["sections"]["key_files"]["folder"]["exists"] is True


def test_services_are_what_the_service_manager_says(host: Prefix, whole: dict[str, Any]) -> None:
    section = whole["sections"]["services"]
    assert sorted(section) == sorted(SERVICES)
    for name, one in section.items():
        queried = host.run("sc", "query", name).out.decode()
        assert f": {one['state']}  " in queried
        assert one["start"] == (2 if name == "CryptSvc" else 3) and one["state"] == 4
        assert one["image_path"] == rf"C:\lab\services.exe {name}" and one["type"] == 16
    assert section["TermService"]["account"] == r"NT Authority\NetworkService"
    assert section["TermService"]["service_dll"] == r"%SystemRoot%\System32\termsrv.dll"
    assert section["UmRdpService"]["depends_on"] == ["TermService"] and section["KeyIso"]["service_dll"] is None


def test_processes_of_services(whole: dict[str, Any], fresh: Prefix) -> None:
    """Wine's sc.exe cannot tell them: WMI is asked behind it, and nothing is silent."""
    services = whole["sections"]["services"]
    assert all(one["pid"] > 0 and one["started"] and one["shares"] == [] for one in services.values())
    assert "services" not in whole["silent"]
    fresh.must("sc", "stop", "UmRdpService")
    fresh.must("sc", "stop", "TermService")
    deadline = time.monotonic() + 30
    while (section := fresh.snapshot("port", "services")["sections"]["services"])["TermService"]["state"] != 1:
        assert time.monotonic() < deadline
    assert (section["TermService"]["pid"], section["SessionEnv"]["pid"] > 0) == (0, True)


def test_a_service_that_is_not_listed_is_asked_itself(host: Prefix) -> None:
    """The service manager lists what it may tell the account of; Wine tells all: the list is emptied in a copy of the
    script."""
    text, listed = SCRIPT.read_text(), "[ServiceProcess.ServiceController]::GetServices()"
    assert text.count(listed) == 1
    copy = host.path / "unlisted.ps1"
    copy.write_text(text.replace(listed, "@()"))
    answer = host.host({"operation": "snapshot", "sections": ["services"]}, script=copy)
    assert answer["errors"] == {} and answer["sections"] == host.snapshot("services")["sections"]


def test_the_port_and_who_is_on_it(host: Prefix, whole: dict[str, Any]) -> None:
    assert whole["sections"]["port"] == {
        "number": host.port,
        "listeners": [{"address": "127.0.0.1", "port": host.port, "pid": None, "process": None}],
        "established": 0,
        "dynamic": None,
        "excluded": None,
    }
    with (
        socket.create_connection(("127.0.0.1", host.port), 5) as one,
        socket.create_connection(("127.0.0.1", host.port), 5) as two,
    ):
        assert one and two
        assert host.snapshot("port")["sections"]["port"]["established"] == 2


def test_a_service_that_is_not_there(fresh: Prefix) -> None:
    fresh.must("sc", "stop", "KeyIso")
    fresh.must("sc", "delete", "KeyIso")
    drop(
        fresh, r"HKLM\SYSTEM\CurrentControlSet\Services\CertPropSvc"
    )  # the service manager knows it until the next boot
    fresh.must("reg", "add", r"HKLM\SYSTEM\CurrentControlSet\Services\TSSDis", "/f")
    gone(fresh, "KeyIso")
    answer = fresh.snapshot("services", "host", "listener")
    assert answer["errors"] == {}
    assert answer["sections"]["services"]["KeyIso"] is None and answer["sections"]["services"]["CertPropSvc"] is None
    assert answer["sections"]["services"]["TermService"]["state"] == 4
    assert answer["sections"]["host"]["connection_broker"] is True


def test_every_registry_type_and_absence(fresh: Prefix) -> None:
    add(fresh, POLICY, "SecurityLayer", "REG_DWORD", "0")
    add(fresh, POLICY, "UserAuthentication", "REG_SZ", "1")
    add(fresh, POLICY, "CertTemplateName", "REG_EXPAND_SZ", "%SystemRoot%")
    add(fresh, POLICY, "KeepAliveInterval", "REG_QWORD", "18446744073709551615")
    add(fresh, POLICY, "MaxInstanceCount", "REG_BINARY", "")
    add(fresh, POLICY, "SelectTransport", "REG_NONE", "ff")
    add(fresh, POLICY, "fPromptForPassword", "REG_MULTI_SZ", "")
    add(fresh, POLICY, "fEncryptRPCTraffic", "REG_DWORD", "4294967295")
    add(fresh, RDP, "SSLCertificateSHA1Hash", "REG_SZ", "AB" * 20)
    add(fresh, WS, "TemplateCertificate", "REG_BINARY", "00" * 19)
    fresh.must("reg", "delete", TS, "/v", "fDenyTSConnections", "/f")
    answer = fresh.snapshot("listener", "certificates", "key_files")
    of_snapshots().validate(answer)
    settings = answer["sections"]["listener"]["policy"]["settings"]
    assert settings["SecurityLayer"] == {"type": "dword", "data": 0} and settings["UserAuthentication"] == {
        "type": "string",
        "data": "1",
    }
    assert settings["CertTemplateName"] == {"type": "expand_string", "data": "%SystemRoot%"}
    assert (
        settings["MaxInstanceCount"] == {"type": "binary", "data": ""} and settings["SelectTransport"]["type"] == "none"
    )
    assert (
        settings["fPromptForPassword"] == {"type": "multi_string", "data": []}
        and settings["fEncryptRPCTraffic"]["data"] == 4294967295
    )
    assert settings["fDenyTSConnections"] is None and settings["fDisableAutoReconnect"] is None
    assert answer["sections"]["listener"]["rdp_tcp"]["settings"]["SSLCertificateSHA1Hash"] == {
        "type": "string",
        "data": "AB" * 20,
    }
    assert answer["sections"]["listener"]["terminal_server"]["settings"]["fDenyTSConnections"] is None
    assert answer["errors"] == {} and len(answer["sections"]["key_files"]["files"]) == 1


def test_an_empty_host(fresh: Prefix) -> None:
    """Nothing of Remote Desktop is there: absence everywhere, no error anywhere."""
    for name in SERVICES:
        fresh.run("sc", "stop", name)
        fresh.run("sc", "delete", name)
    for key in (TS, rf"{STORES}\Remote Desktop", r"HKLM\SYSTEM\CurrentControlSet\Control\ProductOptions"):
        drop(fresh, key)
    drop(fresh, r"HKLM\SOFTWARE\Microsoft\Cryptography", "MachineGuid")
    gone(fresh, *SERVICES)
    answer = fresh.snapshot()
    of_snapshots().validate(answer)
    sections = answer["sections"]
    assert answer["errors"] == {}, answer["errors"]
    assert all(one is None for one in sections["services"].values())
    assert sections["certificates"]["stores"]["Remote Desktop"] == {"present": False, "sddl": None, "certificates": []}
    assert (
        sections["port"]["number"] == 3389
        and sections["host"]["machine_guid"] is None
        and sections["host"]["product_type"] is None
    )
    [file] = sections["key_files"]["files"]
    assert file["path"] is None and "MachineGuid" in file["error"]["message"]
    assert sections["listener"]["rdp_tcp"]["present"] is False


def test_store_entries_of_every_kind(fresh: Prefix) -> None:
    """What is damaged is reported in its own entry and hides no other."""
    key = rf"{STORES}\Remote Desktop\Certificates"
    entries = {
        "11": ("REG_SZ", "text"),
        "22": ("REG_BINARY", "20000000010000000500000030"),
        "33": ("REG_BINARY", "2000000001000000ffffffff3030"),
        "44": ("REG_BINARY", ""),
        "55": ("REG_BINARY", "0300000001000000020000003030"),
        "66": ("REG_BINARY", "02000000010000000c000000630000000c0000000100000020000000010000000200000030ff"),
        "77": None,
    }
    for digits, value in entries.items():
        fresh.must("reg", "add", rf"{key}\{digits * 20}", "/f")
        if value:
            add(fresh, rf"{key}\{digits * 20}", "Blob", *value)
    fresh.must("reg", "add", rf"{key}\not a thumbprint", "/f")
    fresh.must("reg", "add", rf"{STORES}\MY\Certificates\{'ab' * 20}", "/f")
    answer = fresh.snapshot("certificates", "key_files")
    of_snapshots().validate(answer)
    found = {
        entry["thumbprint"]: entry
        for entry in answer["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"]
    }
    assert len(found) == 8 and answer["errors"] == {}
    for digits in ("11", "22", "33", "44", "55", "77"):
        assert found[digits * 20]["error"]["type"] == "System.FormatException" and found[digits * 20]["der"] is None
    assert found["66" * 20]["der"] == base64.b64encode(b"0\xff").decode() and found["66" * 20]["error"] is None
    [good] = [entry for thumbprint, entry in found.items() if len(set(thumbprint)) > 1]
    assert good["error"] is None and good["key_provider"]
    assert answer["sections"]["certificates"]["stores"]["My"]["certificates"][0]["thumbprint"] == "AB" * 20
    files = {file["thumbprint"]: file for file in answer["sections"]["key_files"]["files"]}
    assert files["66" * 20]["error"]["type"] == "System.FormatException" and files[good["thumbprint"]]["exists"] is True


def test_more_certificates_than_are_listed(fresh: Prefix) -> None:
    """600 entries in My: 512 of them, the pinned one among them though its name comes last."""
    der = bytes(range(256)) * 4
    blob = ",".join(
        f"{byte:02x}"
        for byte in (32).to_bytes(4, "little") + (1).to_bytes(4, "little") + len(der).to_bytes(4, "little") + der
    )
    base = rf"{STORES}\MY\Certificates".replace("HKLM", "HKEY_LOCAL_MACHINE")
    fresh.reg_import("\n".join(f'[{base}\\{number:040X}]\n"Blob"=hex:{blob}\n' for number in [*range(599), 2**159]))
    add(fresh, RDP, "SSLCertificateSHA1Hash", "REG_BINARY", f"{2**159:040x}")
    answer = fresh.host({"operation": "snapshot"}, cold=True)
    of_snapshots().validate(answer)
    entries = answer["sections"]["certificates"]["stores"]["My"]["certificates"]
    assert (
        len(entries) == 512 and entries[0]["thumbprint"] == f"{2**159:040X}" and answer["truncated"] == ["certificates"]
    )
    assert base64.b64decode(entries[511]["der"]) == der
    assert [file["store"] for file in answer["sections"]["key_files"]["files"]] == ["Remote Desktop", "My"]


CULTURE = """
$culture = [Globalization.CultureInfo]::InvariantCulture.Clone()
$culture.NumberFormat.NegativeSign = '~'
$culture.NumberFormat.NumberDecimalSeparator = ','
$culture.DateTimeFormat.TimeSeparator = '.'
$culture.DateTimeFormat.DateSeparator = '.'
$culture.DateTimeFormat.Calendar = [Globalization.GregorianCalendar]::new()
[Threading.Thread]::CurrentThread.CurrentCulture = $culture
[Threading.Thread]::CurrentThread.CurrentUICulture = $culture
"""


def test_another_culture_and_a_long_name(fresh: Prefix) -> None:
    add(fresh, r"HKLM\SYSTEM\CurrentControlSet\Control\Nls\Language", "Default", "REG_SZ", "0411")
    add(fresh, r"HKLM\SYSTEM\CurrentControlSet\Control\Nls\Language", "InstallLanguage", "REG_SZ", "0c0a")
    add(fresh, RDP, "LoadableProtocol_Object", "REG_SZ", "日本語 Größe")
    add(fresh, r"HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters", "Hostname", "REG_SZ", "fünfzehnzeichen")
    answer = fresh.host({"operation": "snapshot"}, before=CULTURE)
    of_snapshots().validate(answer)
    assert answer["errors"] == {}
    host = answer["sections"]["host"]
    assert (host["locale"], host["ui_locale"], host["dns_host_name"]) == (0x411, 0xC0A, "fünfzehnzeichen")
    assert answer["sections"]["listener"]["rdp_tcp"]["settings"]["LoadableProtocol_Object"]["data"] == "日本語 Größe"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", host["utc"])


@pytest.mark.parametrize(
    ("key", "broken"),
    [
        (
            r"SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp",
            {"listener", "certificates", "key_files", "port", "firewall"},
        ),
        (r"SYSTEM\CurrentControlSet\Services\TermService", set()),
        (r"SOFTWARE\Microsoft\SystemCertificates\Remote Desktop", {"certificates", "key_files"}),
        (r"SOFTWARE\Microsoft\Cryptography", {"host"}),
    ],
)
def test_access_denied_to_one_part(host: Prefix, key: str, broken: set[str]) -> None:
    """Wine keeps a key's DACL and does not enforce it: the refusal is put into a copy of the script, where the key is
    opened."""
    text, begin = SCRIPT.read_text(), "function Open-Key([string] $path, [bool] $writable = $false) {\n"
    assert begin in text
    copy = host.path / "denied.ps1"
    copy.write_text(
        text.replace(
            begin,
            begin + f"if ($path -like '{key}*') "
            f"{{ throw [Security.SecurityException]'Requested registry access is not allowed.' }}\n",
        )
    )
    answer = host.host({"operation": "snapshot", "sections": [*contract.ALL_SECTIONS]}, script=copy)
    of_snapshots().validate(answer)
    assert set(answer["errors"]) == broken
    for name in broken:
        assert answer["errors"][name]["code"] == -2147024891
    if not broken:  # one service that may not be looked at costs no other
        denied = answer["sections"]["services"]["TermService"]
        assert (denied["start"], denied["state"], denied["error"]["code"]) == (None, 4, -2147024891)
        assert answer["sections"]["services"]["SessionEnv"]["start"] == 3 and "files" in answer["silent"]
    assert set(answer["sections"]) | broken == set(SCHEMA["properties"]["sections"]["properties"])


def test_values_are_read_as_the_controller_names_them(fresh: Prefix) -> None:
    schannel = r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL"
    add(fresh, schannel + r"\Protocols\TLS 1.2\Server", "Enabled", "REG_DWORD", "0xffffffff")
    add(fresh, schannel + r"\Ciphers\AES 128/128", "Enabled", "REG_DWORD", "0")
    suites = r"HKLM\SOFTWARE\Policies\Microsoft\Cryptography\Configuration\SSL\00010002"
    add(fresh, suites, "Functions", "REG_MULTI_SZ", r"TLS_AES_256_GCM_SHA384\0TLS_AES_128_GCM_SHA256")
    registry = fresh.snapshot("registry", values=collect.VALUES)["sections"]["registry"]
    assert registry[schannel + r"\Protocols\TLS 1.2\Server"] == {
        "settings": {"Enabled": {"type": "dword", "data": 0xFFFFFFFF}},
        "error": None,
    }
    assert registry[schannel + r"\Ciphers\AES 128/128"]["settings"] == {"Enabled": {"type": "dword", "data": 0}}
    assert registry[suites]["settings"]["Functions"] == {
        "type": "multi_string",
        "data": ["TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256"],
    }
    everything = fresh.snapshot("registry", values={suites.removeprefix("HKLM\\"): ["*"], r"SOFTWARE\None\*\x": ["y"]})[
        "sections"
    ]["registry"]
    assert everything == {suites: registry[suites]}
    refused = fresh.host({"operation": "snapshot", "values": {r"SECURITY\Policy\Secrets": ["*"]}})
    assert refused["failed"] and refused["reason"] == "bad_arguments"


def test_firewall_rules_come_from_all_three_places(fresh: Prefix) -> None:
    local = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy"
    places = {"local": local, "policy": r"HKLM\SOFTWARE\Policies\Microsoft\WindowsFirewall", "mdm": local + r"\Mdm"}
    for store, place in places.items():
        add(fresh, place + r"\FirewallRules", f"in-{store}", "REG_SZ", FIREWALL_RULE.replace("3389", str(fresh.port)))
        add(fresh, place + r"\FirewallRules", f"out-{store}", "REG_SZ", FIREWALL_RULE.replace("Dir=In", "Dir=Out"))
    add(
        fresh,
        local + r"\FirewallRules",
        "RemoteDesktop-UserMode-In-TCP",
        "REG_SZ",
        FIREWALL_RULE.replace("Active=TRUE", "Active=FALSE"),
    )
    section = fresh.snapshot("firewall")["sections"]["firewall"]
    assert section["port"] == fresh.port
    assert sorted((row["store"], row["name"]) for row in section["rules"]) == [
        ("local", "RemoteDesktop-UserMode-In-TCP"),
        ("local", "in-local"),
        ("mdm", "in-mdm"),
        ("policy", "in-policy"),
    ]


def test_two_hundred_thousand_firewall_values_end_within_their_deadline(fresh: Prefix) -> None:
    """Store apps leave that many on session hosts; the built-in rule stands behind them, and is there all the same."""
    rules = r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules"
    app = (
        r"v2.30|Action=Allow|Active=TRUE|Dir=In|Profile=Domain|Profile=Private|Profile=Public|Name=@{x}|Desc=@{x}"
        r"|LUOwn=S-1-5-21-1-2-3-1001|AppPkgId=S-1-15-2-1|EmbedCtxt=@{x}|Platform=2:6:2|Platform2=GTEQ|"
    )
    head = "[" + rules.replace("HKLM", "HKEY_LOCAL_MACHINE") + "]\n"
    fresh.reg_import(head + "".join(f'"{{{n:032x}}}"="{app}"\n' for n in range(200_000)))
    add(fresh, rules, "RemoteDesktop-UserMode-In-TCP", "REG_SZ", FIREWALL_RULE)
    answer = fresh.host({"operation": "snapshot", "sections": ["firewall"]}, cold=True)
    assert [row["name"] for row in answer["sections"]["firewall"]["rules"]] == ["RemoteDesktop-UserMode-In-TCP"]
    assert answer["truncated"] in ([], ["firewall"])


def test_services_are_found_by_name_and_pattern(host: Prefix) -> None:
    section = host.snapshot("products", service_names=["KEYISO", "Cert*", "None*"])["sections"]["products"]
    assert [(row["name"], row["state"], row["start"]) for row in section["services"]] == [
        ("CertPropSvc", 4, 3),
        ("KeyIso", 4, 3),
    ]
    assert section["security_center"] == []


def test_networks_domain_and_licences(fresh: Prefix) -> None:
    sections = fresh.snapshot("network", "domain", "licensing", "policies")["sections"]
    assert any("127.0.0.1" in adapter["addresses"] for adapter in sections["network"]["adapters"])
    assert sections["domain"] == {"joined": False, "name": None, "channel_status": None}
    assert sections["licensing"] == {"session_host": False, "type": None, "grace_days": None} and sections[
        "policies"
    ] == {"values": []}
    add(fresh, TS, "TSAppCompat", "REG_DWORD", "1")
    assert fresh.snapshot("licensing")["sections"]["licensing"]["session_host"] is True


def test_sessions_are_told_by_hive_and_logon_screen(fresh: Prefix) -> None:
    """Session 1 is Wine's own; who is in it is seeded the two ways in which Windows keeps it."""
    sid = "S-1-5-21-1-2-3-1001"
    live = {
        int(line)
        for line in fresh.pwsh(
            "-Command", "[Diagnostics.Process]::GetProcesses() | ForEach-Object { $_.SessionId }"
        ).out.split()
    }
    [session] = live - {0} or {0}
    sections = fresh.snapshot("sessions")["sections"]["sessions"]
    assert sections["sessions"] == [] and sections["active"] == sections["unknown"] == 0
    data = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI\SessionData"
    for number in (session, 99):
        add(fresh, rf"{data}\{number}", "LoggedOnUserSID", "REG_SZ", sid)
        add(fresh, rf"{data}\{number}", "LoggedOnSAMUser", "REG_SZ", "DOM\\jürgen")
    assert fresh.snapshot("sessions")["sections"]["sessions"]["sessions"] == []  # nobody's hive is loaded
    fresh.must("reg", "add", rf"HKU\{sid}", "/f")
    expected = {"id": session, "user": "DOM\\jürgen", "user_sid": sid, "station": None, "state": None}
    assert fresh.snapshot("sessions")["sections"]["sessions"] == {
        "sessions": [expected],
        "active": 0,
        "disconnected": 0,
        "unknown": 1,
    }
    drop(fresh, data)
    hive = rf"HKU\{sid}\Volatile Environment"
    add(fresh, hive, "USERNAME", "REG_SZ", "jürgen")
    add(fresh, hive, "USERDOMAIN", "REG_SZ", "DOM")
    add(fresh, rf"{hive}\{session}", "SESSIONNAME", "REG_SZ", "RDP-Tcp#3")
    assert fresh.snapshot("sessions")["sections"]["sessions"]["sessions"] == [{**expected, "station": "RDP-Tcp#3"}]


def test_reading_changes_nothing(fresh: Prefix) -> None:
    expired(fresh)
    fresh.snapshot("host")
    before = fresh.export("HKLM"), sorted(path.name for path in (fresh.drive / "ProgramData").iterdir())
    fresh.snapshot()
    fresh.host({"operation": "snapshot", "_ansible_check_mode": True})
    assert (fresh.export("HKLM"), sorted(path.name for path in (fresh.drive / "ProgramData").iterdir())) == before


# Names that look like syntax somewhere, and names of every script.
NAMES = (
    '"quoted" {braces}',
    "it's $(fine) `really`",
    "Größe",
    "日本語",
    "العربية",
    "हिन्दी",
    "emoji 🙂",
    "<&> %x% \u202e",
)


def test_a_host_whose_registry_is_odd_on_purpose_is_judged(fresh: Prefix) -> None:
    """Wrong types, undocumented numbers, services that are gone, entries that are no certificates, any name: each
    section is read and judged by itself, in words."""
    services = r"HKLM\SYSTEM\CurrentControlSet\Services"
    for name in ("UmRdpService", "TermService", "SessionEnv"):
        fresh.run("sc", "stop", name)
        fresh.run("sc", "delete", name)
        drop(fresh, rf"{services}\{name}")
    add(fresh, rf"{services}\CertPropSvc", "Start", "REG_DWORD", "5")
    add(fresh, rf"{services}\KeyIso", "Start", "REG_SZ", "three")
    add(fresh, RDP, "SecurityLayer", "REG_SZ", "zwei")
    add(fresh, RDP, "UserAuthentication", "REG_BINARY", "01")
    add(fresh, RDP, "SSLCertificateSHA1Hash", "REG_DWORD", "7")
    add(fresh, TS, "fDenyTSConnections", "REG_QWORD", "0")
    store = rf"{STORES}\Remote Desktop\Certificates"
    add(fresh, rf"{store}\{'AB' * 20}", "Blob", "REG_BINARY", "00112233")
    add(fresh, rf"{store}\{'CD' * 20}", "Blob", "REG_SZ", "no bytes")
    add(fresh, rf"{store}\no thumbprint", "Blob", "REG_BINARY", "00")
    folders = (rf"{WS}\%s", rf"HKLM\{collect.CREDENTIAL_PROVIDERS}\%s")
    keys = "".join(
        f'[{(folder % name).replace("HKLM", "HKEY_LOCAL_MACHINE")}]\n@="{_escaped(name)}"\n"PortNumber"="x"\n'
        for folder in folders
        for name in NAMES
    )
    rules = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules"
    rule = _escaped(FIREWALL_RULE.replace("3389", str(fresh.port)))
    keys += f"[{rules}]\n" + "".join(f'"{_escaped(name)}"="{rule}"\n' for name in NAMES)
    fresh.reg_import(keys)
    answer = fresh.host({"operation": "snapshot", "values": collect.VALUES})
    of_snapshots().validate(answer)
    assert answer["errors"] == {}
    assert {row["name"] for row in answer["sections"]["firewall"]["rules"]} >= set(NAMES)
    registry = answer["sections"]["registry"]
    for name in NAMES:
        assert registry[folders[0] % name]["settings"] == {"PortNumber": {"type": "string", "data": "x"}}
        assert registry[folders[1] % name]["settings"] == {"": {"type": "string", "data": name}}
    diagnosis = diagnose(Snapshot.of(answer), ProbeResult(probe("tcp", "refused")))
    found = {finding.id: finding for finding in diagnosis.findings}
    assert "TermService" in found["service.missing"].summary and "SessionEnv" in found["service.missing"].summary
    assert found["listener.security_layer_invalid"] and found["certificate.pin_dead"]
    told = " ".join(diagnosis.unread)
    assert "the start type (5) of the service CertPropSvc" in told and "the start type of the service KeyIso" in told
    assert all(finding.summary and "None" not in finding.summary for finding in diagnosis.findings)


def _escaped(name: str) -> str:
    """A name as a .reg file has it."""
    return name.replace("\\", "\\\\").replace('"', '\\"')
