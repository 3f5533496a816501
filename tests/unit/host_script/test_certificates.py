# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Store entries, key provider records and the names of key files."""

from __future__ import annotations

import base64
import hashlib
import socket
import ssl
import struct
import threading
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.hosts.windows import RDP_TCP, fresh_key, make_certificate

from .conftest import PowerShell, PowerShellError, b64

READ = (
    "$p = Read-Blob ([Convert]::FromBase64String($given)); $ids = @($p.properties.get_Keys() | Sort-Object);"
    " @{ whole = $p.whole; ids = $ids; sizes = @($ids | ForEach-Object { $p.properties[$_].Length }); der = ConvertTo-Base64 (Get-BlobProperty $p 32) }"
)


def record(number: int, data: bytes) -> bytes:
    return struct.pack("<III", number, 1, len(data)) + data


def provider(
    container: str = "TSSecKeySet1", name: str = "Microsoft Enhanced Cryptographic Provider v1.0", kind: int = 1
) -> bytes:
    first = container.encode("utf-16-le") + b"\0\0"
    return struct.pack("<IIIIIII", 28, 28 + len(first), kind, 32, 0, 0, 1) + first + name.encode("utf-16-le") + b"\0\0"


def test_a_whole_entry(ps: PowerShell) -> None:
    found = ps(READ, b64(record(2, provider()) + record(3, b"x" * 20) + record(32, b"certificate") + record(11, b"")))
    assert found == {
        "whole": True,
        "ids": [2, 3, 11, 32],
        "sizes": [len(provider()), 20, 0, 11],
        "der": b64(b"certificate"),
    }


def test_one_byte_of_data_stays_bytes(ps: PowerShell) -> None:
    assert ps(READ, b64(record(32, b"\x30")))["der"] == "MA=="


@pytest.mark.parametrize(
    "tail",
    [
        b"\0",
        b"\0" * 11,
        struct.pack("<III", 3, 1, 1),
        struct.pack("<III", 3, 1, 0xFFFFFFFF),
        struct.pack("<III", 3, 1, 0x7FFFFFFF) + b"x" * 50,
        struct.pack("<III", 3, 1, 5) + b"1234",
    ],
)
def test_an_entry_that_ends_inside_a_record_keeps_what_came_before(ps: PowerShell, tail: bytes) -> None:
    found = ps(READ, b64(record(32, b"certificate") + tail))
    assert (found["whole"], found["ids"], found["der"]) == (False, [32], b64(b"certificate"))


@pytest.mark.parametrize(
    ("blob", "whole"),
    [(b"", True), (b"\1\2\3", False), (struct.pack("<III", 32, 1, 0), True), (struct.pack("<III", 32, 1, 1), False)],
)
def test_entries_without_a_certificate(ps: PowerShell, blob: bytes, whole: bool) -> None:
    found = ps(READ, b64(blob))
    assert found["whole"] is whole
    assert found["der"] in (None, "")


def test_the_provider_record(ps: PowerShell) -> None:
    code = "Read-KeyProvider ([Convert]::FromBase64String($given))"
    assert ps(code, b64(provider())) == {
        "container": "TSSecKeySet1",
        "provider": "Microsoft Enhanced Cryptographic Provider v1.0",
        "type": 1,
        "number": 1,
    }
    assert ps(code, b64(provider("{0A}", "Microsoft Software Key Storage Provider", 0)))["type"] == 0
    assert ps(code, b64(provider("日本", kind=0xFFFFFFFF))) == {
        "container": "日本",
        "provider": "Microsoft Enhanced Cryptographic Provider v1.0",
        "type": 4294967295,
        "number": 1,
    }
    unended = struct.pack("<III", 12, 0, 1) + "abc".encode("utf-16-le")
    assert ps(code, b64(unended)) == {"container": "abc", "provider": "", "type": 1, "number": 1}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 11,
        struct.pack("<III", 4, 12, 1) + b"ab",
        struct.pack("<III", 99, 12, 1) + b"ab",
        struct.pack("<III", 13, 12, 1) + b"abcd",
        struct.pack("<III", 12, 0xFFFFFFFE, 1) + b"ab",
    ],
)
def test_a_provider_record_that_points_outside_itself(ps: PowerShell, data: bytes) -> None:
    with pytest.raises(PowerShellError, match="key provider property"):
        ps("Read-KeyProvider ([Convert]::FromBase64String($given))", b64(data))


PUBLISHED = {
    "iisConfigurationKey": "6de9cb26d2b98c01ec4e9e8b34824aa2",
    "iisWasKey": "76944fb33636aeddb9590521c2e8815a",
    "NetFrameworkConfigurationKey": "d6d986f09a1ee04e24c949879fdb506c",
    "Microsoft Internet Information Server": "c2319c42033a5ca7f44e731bfd3fa2b5",
    "WMSvc Certificate Key Container": "bedbf0b4da5f8061b6444baedf4c00b1",
    "MS IIS DCOM Server": "7a436fe806e483969f48a894af2fe9a1",
}


@pytest.mark.parametrize(
    ("container", "name"), [*PUBLISHED.items(), ("TSSecKeySet1", "f686aace6942fb7f7ceb231212eef4a4")]
)
def test_published_names_of_key_files(ps: PowerShell, container: str, name: str) -> None:
    assert ps("Get-ContainerHash $given", container) == name


@pytest.mark.parametrize("number", range(1, 10))
def test_names_of_the_listener_s_containers_are_what_md5_gives(ps: PowerShell, number: int) -> None:
    """The first stands in the script: no MD5 is to be had under some FIPS policies."""
    words = struct.unpack("<4I", hashlib.md5(f"tsseckeyset{number}\0".encode()).digest())
    assert ps("Get-ContainerHash $given", f"TSSecKeySet{number}") == "".join(f"{word:08x}" for word in words)


ENHANCED = "Microsoft Enhanced Cryptographic Provider v1.0"


@pytest.mark.parametrize("kind", [1, 12, 24])
@pytest.mark.parametrize(
    "provider",
    [
        ENHANCED,
        "Microsoft Base Cryptographic Provider v1.0",
        "Microsoft Strong Cryptographic Provider",
        "Microsoft RSA SChannel Cryptographic Provider",
        "Microsoft Enhanced RSA and AES Cryptographic Provider",
        None,
    ],
)
def test_software_providers_keep_their_keys_in_a_folder(ps: PowerShell, provider: str | None, kind: int) -> None:
    given = {"provider": provider, "type": kind, "container": "TSSecKeySet1"}
    code = "& { function Get-MachineGuid { 'guid' }; Get-KeyFilePath (ConvertTo-Plain $given) }"
    assert ps(code, given).endswith("f686aace6942fb7f7ceb231212eef4a4_guid")


@pytest.mark.parametrize(
    ("provider", "kind"),
    [
        ("Luna Cryptographic Services for Microsoft Windows", 1),
        ("nCipher Enhanced Cryptographic Provider", 1),
        ("Microsoft Base Smart Card Crypto Provider", 1),
        ("Microsoft Base DSS Cryptographic Provider", 3),
        ("Microsoft Enhanced DSS and Diffie-Hellman Cryptographic Provider", 13),
        (ENHANCED, 3),
        (ENHANCED + " (fake)", 1),
        ("Microsoft Platform Crypto Provider", 0),
        ("Microsoft Smart Card Key Storage Provider", 0),
        ("nCipher Security World Key Storage Provider", 0),
        (None, 0),
    ],
)
def test_where_other_providers_keep_a_key_is_not_guessed(ps: PowerShell, provider: str | None, kind: int) -> None:
    """Nothing is looked for, and nothing is concluded: exists is null, and the error says why."""
    given = {"provider": provider, "type": kind, "container": "c"}
    file = ps("Read-KeyFile 'My' 'AB' (ConvertTo-Plain $given)", given)
    assert (file["exists"], file["path"]) == (None, None)
    assert file["error"]["type"] == "System.NotSupportedException" and "is not known" in file["error"]["message"]


def test_a_container_beyond_ascii_has_no_known_name(ps: PowerShell) -> None:
    with pytest.raises(PowerShellError, match="not ASCII"):
        ps("Get-ContainerHash $given", "Schlüssel")


def test_files_tell_absent_from_unreadable(ps: PowerShell, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("keys")
    (folder / "key").write_bytes(b"123")
    empty = {"sddl": None, "length": None, "error": None}
    assert ps("Read-File $null $false $null") == {"path": None, "exists": None, **empty}
    assert ps("Read-File $given $false $null", str(folder / "none")) == {
        "path": str(folder / "none"),
        "exists": False,
        **empty,
    }
    assert ps("Read-File $given $true $null", str(folder / "no" / "folder"))["exists"] is False
    # Descriptors are Windows' own: here the file is seen and the descriptor is an error of this entry.
    found = ps("Read-File $given $false $null", str(folder / "key"))
    assert (found["exists"], found["length"], found["sddl"]) == (True, 3, None)
    assert found["error"]["type"] == "System.PlatformNotSupportedException"
    assert ps("Read-File $given $true $null", str(folder / "key"))["exists"] is False


def test_a_store_that_cannot_be_read_fails_every_section_that_needs_it(ps: PowerShell) -> None:
    """What was read before the refusal does not pass for all: unread is not empty."""
    code = r"""
      function Read-Thumbprint([string] $path, [string] $name) { }
      function Read-Store([string] $name, $first, $truncated) {
        if ($name -eq 'My') { throw [Security.SecurityException] 'no' }
        @{ present = $true; sddl = $null; certificates = @() }
      }
      (Read-Sections (Read-Arguments @{ operation = 'snapshot'; sections = 'certificates', 'key_files' })).errors
    """
    errors = ps(f"& {{ {code} }}")
    assert {name: error["code"] for name, error in errors.items()} == {
        "certificates": -2147024891,
        "key_files": -2147024891,
    }


def test_whose_keys_are_looked_at(ps: PowerShell) -> None:
    """Of My: the pin, the one taken by template, and what a named template could give; the key of no other."""
    templates = {"v2": "06092b060104018237" + "1507", "v1": "06092b060104018237" + "1402", "none": "0603551d25"}
    code = r"""
      function Read-Thumbprint([string] $path, [string] $name) { @{ SSLCertificateSHA1Hash = 'pin'; TemplateCertificate = 'taken' }[$name] }
      function Read-Data([string] $path, [string] $name, $types) { $given.policy }
      function Read-KeyFile($store, $thumbprint, $provider) { @{ store = $store; thumbprint = $thumbprint; container = 'c' } }
      function Get-Stores($context) {
        @{ 'Remote Desktop' = @{ certificates = @(@{ thumbprint = 'own'; der = $null; key_provider = $null }) }
          My = @{ certificates = @(foreach ($one in 'pin', 'taken', 'v1', 'v2', 'none') {
                @{ thumbprint = $one; der = $given.ders.$one; key_provider = $null } }) } }
      }
      @(foreach ($file in (Get-KeyFiles @{})) { if ($file['thumbprint']) { $file['thumbprint'] } })
    """
    ders = {name: b64(b"\x30\x82" + bytes.fromhex(text) + b"\0") for name, text in templates.items()}
    ders |= dict.fromkeys(("pin", "taken"), "")
    assert ps(f"& {{ {code} }}", {"policy": None, "ders": ders}) == ["own", "pin", "taken"]
    assert ps(f"& {{ {code} }}", {"policy": "RDP", "ders": ders}) == ["own", "pin", "taken", "v1", "v2"]


def test_keys_sign_for_the_section_alone(ps: PowerShell) -> None:
    """Who asks only where the key files are, as each change does, has no key used."""
    code = r"""
      $signed = [Collections.ArrayList]::new()
      function Read-Thumbprint([string] $path, [string] $name) { @{ SSLCertificateSHA1Hash = 'pin' }[$name] }
      function Read-Data([string] $path, [string] $name, $types) { }
      function Read-KeyFile($store, $thumbprint, $provider) { @{ path = $thumbprint; container = 'TSSecKeySet1'; used = $null } }
      function Test-KeyUse($entry) { [void]$signed.Add($entry['thumbprint']) }
      function Read-File { }
      function Get-Stores($context) {
        $entry = @{ thumbprint = 'pin'; der = 'AAAA'; key_provider = 'AAAA' }
        @{ 'Remote Desktop' = @{ certificates = @() }; My = @{ certificates = @($entry) } }
      }
      $paths = (Get-StepScope $null @()).paths
      $before = @($signed)
      $null = Read-KeyFilesSection @{ key_certificates = @() }
      @{ paths = $paths; before = $before; section = @($signed) }
    """
    assert ps(f"& {{ {code} }}") == {"paths": ["pin"], "before": [], "section": ["pin"]}


def test_a_denied_descriptor_is_read_with_the_privilege_for_it(ps: PowerShell) -> None:
    """Get-Acl switches SeBackupPrivilege on; it is asked only where the direct way is denied."""
    code = r"""
      $asked = [Collections.ArrayList]::new()
      function Get-Acl([string] $LiteralPath) {
        [void]$asked.Add($LiteralPath)
        $acl = [pscustomobject]@{ x = 1 }
        $acl | Add-Member -MemberType ScriptMethod -Name GetSecurityDescriptorSddlForm -Value { param($parts) 'O:SYD:' } -PassThru
      }
      $text = ${function:Get-Sddl}.ToString().Replace('[Security.AccessControl.FileSecurity]::new($path, $SddlParts)',
        '$(throw [UnauthorizedAccessException]"no")')
      @{ sddl = & ([scriptblock]::Create($text)) 'K' $false; asked = $asked }
    """
    assert ps(f"& {{ {code} }}") == {"sddl": "O:SYD:", "asked": ["K"]}


def test_the_folder_s_files_are_counted(ps: PowerShell, tmp_path: Path) -> None:
    for number in range(7):
        (tmp_path / f"key{number}").write_bytes(b"x")
    code = "function Get-MachineKeysFolder { $given } $MaxKeyFiles = 5; Read-MachineKeysSection @{}"
    section = ps(code, str(tmp_path))
    assert (section["count"], section["whole"]) == (5, False)
    assert sum(row["count"] for row in section["owners"]) == 5


@pytest.mark.parametrize(("now", "removed"), [(r"C:\keys\ours", ["removed"]), (r"C:\keys\theirs", []), (None, [])])
def test_an_import_that_somebody_has_done_again_stays(ps: PowerShell, now: str | None, removed: list[str]) -> None:
    """Its key is another file by now: what an undo deletes is the key that the journal's step brought."""
    row: dict[str, Any] = {
        "op": "certificate.import_pfx",
        "store": "My",
        "thumbprint": "AB" * 20,
        "status": "done",
        "error": None,
    }
    row |= {"before": {"present": False}, "after": {"present": True, "path": r"C:\keys\ours"}}
    code = (
        "$given = ConvertTo-Plain $given; $said = [Collections.ArrayList]::new();"
        "function Get-PersonalState { $there = -not $said.Count -and $given['now'];"
        " [ordered]@{ present = [bool]$there; has_key = $true; path = $given['now'] } };"
        "function Remove-PersonalEntry { [void]$said.Add('removed') }; function Assert-NotPresented { };"
        "function Assert-NotNeeded { };"
        "function Assert-NlaTask { };"
        "$back = Get-StepBack $given['row'] 'complete'; $entry = New-JournalStep $back;"
        "Complete-Step $back $entry { }; @{ said = @($said); status = $entry.status; error = $entry.error }"
    )
    found = ps("& {" + code + "}", {"row": row, "now": now})
    assert found == {"said": removed, "status": "done" if removed else "unchanged", "error": None}


def test_the_file_of_an_imported_key_goes_though_its_provider_fails(ps: PowerShell, tmp_path: Path) -> None:
    """What keeps the provider from deleting the key leaves nobody a file with it."""
    file = tmp_path / "key"
    file.write_bytes(b"x")
    code = (
        "$store = [pscustomobject]@{}; foreach ($name in 'DeleteSubKeyTree', 'Flush') {"
        " $store | Add-Member -MemberType ScriptMethod -Name $name -Value {} };"
        "function Open-Personal { $store }; function Read-StoreEntry { @{ key_provider = 'AAAA' } };"
        "function Get-PersonalState { @{ path = $given } }; function Read-KeyProvider { @{} };"
        "function Remove-MachineKey { throw 'The provider is not there.' };"
        "try { $null = Remove-PersonalEntry 'AB' } catch { $_.Exception.Message }"
    )
    assert ps("& {" + code + "}", str(file)) == "The provider is not there." and not file.exists()


class Listener:
    """A listener that agrees to TLS, or does not, and presents a certificate."""

    def __init__(self, folder: Path, answer: bytes) -> None:
        key = fresh_key()
        start = datetime.now(timezone.utc) - timedelta(days=1)
        der = make_certificate("srv", key, start, start + timedelta(days=30), 7)
        self.thumbprint = hashlib.sha1(der).hexdigest().upper()
        file = folder / "listener.pem"
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(pem + x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(file)
        self.answer, self.socket = answer, socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError), self.socket.accept()[0] as client:
            client.recv(19)
            client.sendall(self.answer)
            if self.answer[11:12] == b"\x02":
                self.context.wrap_socket(client, server_side=True).recv(1)


AGREED = bytes.fromhex("030000130ed000001234000209080002000000")
DENIED = bytes.fromhex("030000130ed000001234000300080002000000")
ASKED = """& {
  function Read-Thumbprint($path, $name) { $given.bound.$name }
  function Get-Controller { }
  function Get-State { $given.state }
  function Get-PortNumber { $given.port }
  $Started['at'] = $null -ne $given.started
  $Started['bound'] = @($given.started)
  try { Assert-NotPresented $given.thumbprint; $said = $null } catch {
    $said = [string]$_.Exception.Message
    # What nobody could see is another number: a restart would not help.
    $number = if ($said -like 'Nobody could see*') { 5023 } else { 170 }
    if (-not $_.Exception.Data['refused'] -or $_.Exception.NativeErrorCode -ne $number) { throw }
  }
  $Started['at'] = $false
  @{ said = $said }
}"""
OTHER = "CD" * 20


@pytest.mark.parametrize(
    ("own", "answer", "given", "stays"),
    [
        (True, AGREED, {}, "presents"),
        (False, AGREED, {}, None),
        (False, DENIED, {}, "Nobody could see"),
        (False, b"", {}, "Nobody could see"),
        (False, AGREED[:9], {}, "Nobody could see"),
        (True, AGREED, {"state": 1}, None),
        (True, AGREED, {"started": OTHER}, None),
        (True, AGREED, {"started": "itself"}, "presents"),
        (False, AGREED, {"bound": "SSLCertificateSHA1Hash"}, "is bound to"),
        (False, AGREED, {"bound": "TemplateCertificate", "state": 1}, "is bound to"),
    ],
)
def test_the_host_sees_for_itself_what_termservice_presents(
    ps: PowerShell, tmp_path: Path, own: bool, answer: bytes, given: dict[str, Any], stays: str | None
) -> None:
    listener = Listener(tmp_path, answer)
    thumbprint = listener.thumbprint if own else OTHER.replace("C", "E")
    started = thumbprint if given.get("started") == "itself" else given.get("started")
    bound = {"SSLCertificateSHA1Hash": None, "TemplateCertificate": None}
    bound |= {given["bound"]: thumbprint} if "bound" in given else {}
    asked = {"thumbprint": thumbprint, "port": listener.port, "state": given.get("state", 4), "started": started}
    said = ps(ASKED, {**asked, "bound": bound})["said"]
    assert (said is None) if stays is None else (stays in said and thumbprint in said)
    listener.socket.close()


def _pin(letters: str | None) -> dict[str, Any] | None:
    """The listener's binding to the certificate AA…, or BB…; None is none."""
    return {"type": "binary", "data": base64.b64encode(bytes.fromhex(letters * 20)).decode()} if letters else None


def _bound(run: str | None, before: str | None, left: str | None, **more: Any) -> dict[str, Any]:
    """The journal of a run that has moved the listener from one certificate to another."""
    row: dict[str, Any] = {"op": "registry.set" if left else "registry.remove", "name": "SSLCertificateSHA1Hash"}
    row |= {"key": RDP_TCP, "status": "done", "before": _pin(before), **(_pin(left) or {})}
    others = {"op": "group.add", "status": "done", "before": {"member": False}, "member": "S-1-5-21-1-2-3-1"}
    return {"state": "complete", "run": run, "undoes": None, **more, "steps": [others, row]}


NEEDED = """& {
  $given = ConvertTo-Plain $given
  function Get-JournalIds { , @($given.journals.get_Keys()) }
  function Read-UndoneJournal([string] $id) {
    if ($given.journals[$id] -isnot [Collections.IDictionary]) { throw [IO.InvalidDataException] 'not ours' }
    $given.journals[$id]
  }
  function Read-Thumbprint { $given.pin }
  $TakenBack['id'] = 'own'
  try { Assert-NotNeeded ('AA' * 20); $said = $null } catch {
    $said = [string]$_.Exception.Message
    if (-not $_.Exception.Data['refused'] -or $_.Exception.NativeErrorCode -ne 5001) { throw }
  }
  $TakenBack['id'] = $null
  @{ said = $said }
}"""


@pytest.mark.parametrize(
    ("pin", "journals", "needed_by"),
    [
        ("BB", [_bound("second", "AA", "BB")], "second"),
        ("BB", [_bound(None, "AA", "BB")], "1"),
        ("CC", [_bound("second", "AA", "BB"), _bound("third", "BB", "CC")], "second"),
        ("CC", [_bound("third", "BB", "CC"), _bound("second", "AA", "BB")], "second"),
        (None, [_bound("second", "AA", None)], "second"),
        ("BB", [_bound("second", "AA", "BB", state="failed")], "second"),
        ("BB", ["unreadable", _bound("second", "AA", "BB")], "second"),
        # Somebody has bound another one, or the run was taken back, or takes one back: nothing goes back to it.
        ("DD", [_bound("second", "AA", "BB")], None),
        (None, [_bound("second", "AA", "BB")], None),
        ("BB", [_bound("second", "AA", "BB", state="undone")], None),
        ("BB", [_bound("second", "AA", "BB", undoes="0")], None),
        ("BB", [_bound("second", "CC", "BB")], None),
        ("BB", [], None),
    ],
)
def test_what_another_run_goes_back_to_stays(
    ps: PowerShell, pin: str | None, journals: list[Any], needed_by: str | None
) -> None:
    given = {"own": _bound("first", None, "AA"), **{str(at): one for at, one in enumerate(journals, 1)}}
    said = ps(NEEDED, {"journals": given, "pin": pin * 20 if pin else None})["said"]
    assert (said is None) if needed_by is None else said.startswith(f"Run {needed_by} goes back to the certificate AA")


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("then", [True, False])
@pytest.mark.parametrize("wanted", ["AA", "BB", None])
def test_an_undo_binds_nothing_that_was_there_then_and_is_gone(
    ps: PowerShell, wanted: str | None, then: bool, there: bool
) -> None:
    """As it is done: the steps are checked, and the pin's own is carried out. What is bound now is noted."""
    code = """& {
      $given = ConvertTo-Plain $given
      function Test-PinThere([string] $thumbprint) { $given.there -contains $thumbprint }
      function Get-StepScope { @{ armed = $true; demands = @() } }
      function Test-Step { }
      function Test-NlaPaused { $true }
      Assert-Steps @($given.step) $given.undone
      $entry = New-JournalStep $given.step
      $entry.before = $given.now
      $code = $null
      try { Confirm-Pin $given.step $entry } catch {
        if (-not $_.Exception.Data['refused']) { throw }
        $code = $_.Exception.NativeErrorCode
      }
      $TakenBack['there'] = @()
      @{ code = $code; noted = $entry['there'] }
    }"""
    undone = {"id": "own", **_bound("first", "AA", "CC")}
    undone["steps"][1] |= {"there": True} if then else {}
    step: dict[str, Any] = {"op": "registry.set" if wanted else "registry.remove", "name": "SSLCertificateSHA1Hash"}
    step |= {"key": RDP_TCP, **(_pin(wanted) or {})}
    has = ["CC" * 20, *["AA" * 20] * there]
    found = ps(code, {"there": has, "step": step, "undone": undone, "now": _pin("CC")})
    refused = wanted == "AA" and then and not there
    assert found == {"code": 1168 if refused else None, "noted": None if refused else True}


@pytest.mark.parametrize(
    ("stores", "path", "there"),
    [
        (["My"], "file", True),
        (["Remote Desktop"], "file", True),
        (["My"], None, True),
        (["My"], "gone", False),
        (["Root"], "file", False),
        ([], "file", False),
    ],
)
def test_a_pin_is_there_with_its_key(
    ps: PowerShell, tmp_path: Path, stores: list[str], path: str | None, there: bool
) -> None:
    """A key that is no file, as far as the host tells, counts as there."""
    (tmp_path / "file").write_bytes(b"key")
    code = r"""& {
      function Open-Key([string] $path) {
        foreach ($store in @($given.stores)) { if ($path -like "*\$store\Certificates") { return $store } }
      }
      function Read-StoreEntry($store) { if ($store) { @{ der = 'x'; key_provider = 'x' } } }
      function Read-KeyFile([string] $store) { @{ path = $given.path } }
      Test-PinThere ('AA' * 20)
    }"""
    assert ps(code, {"stores": stores, "path": str(tmp_path / path) if path else None}) is there
