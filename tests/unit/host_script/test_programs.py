# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What programs of Windows say, read by its numbers whatever its language, and what is asked when they say nothing.

The outputs have the documented form (https://learn.microsoft.com/windows-server/administration/windows-commands/sc-query,
.../netstat, .../netsh-interface); that of sc.exe in Spanish, whose labels are translated, after public posts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

from tests.hosts.snapshots import NOW
from tests.tools import slow

from .conftest import PowerShell, PowerShellError

ENGLISH = """
SERVICE_NAME: {name}
DISPLAY_NAME: {shown}
        TYPE               : 20  WIN32_SHARE_PROCESS
        STATE              : 4  RUNNING
                                (STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)
        WIN32_EXIT_CODE    : {code}  (0x0)
        SERVICE_EXIT_CODE  : {own}  (0x0)
        CHECKPOINT         : 0x0
        WAIT_HINT          : 0x0
        PID                : {pid}
        FLAGS              :
"""
SPANISH = """
NOMBRE_SERVICIO: {name}
NOMBRE_PARA_MOSTRAR: {shown}
        TIPO               : 20  WIN32_SHARE_PROCESS
        ESTADO             : 4  RUNNING
                                (STOPPABLE, NOT_PAUSABLE, IGNORES_SHUTDOWN)
        CÓD_SALIDA_WIN32   : {code}  (0x0)
        CÓD_SALIDA_SERVICIO: {own}  (0x0)
        PUNTO_COMPROB.     : 0x0
        INDICACIÓN_INICIO  : 0x0
        PID                : {pid}
        MARCAS             :
"""
SAYS = "function Get-ProgramText([string] $name, [string] $line) { $given.$name }\n"


def processes(ps: PowerShell, form: str) -> Any:
    rows = [
        ("TermService", "Remote: Desktop", 0, 0, 1100),
        ("Dnscache", "DNS : 5", 0, 0, 1100),
        ("SessionEnv", "", 1066, -1073741819, 0),
        ("Sophos MCS Agent", "x", 1067, 3, 0),
    ]
    text = "".join(form.format(name=n, shown=s, code=c, own=o, pid=p) for n, s, c, o, p in rows)
    return ps("& { " + SAYS + " Read-ServiceProcesses }", {"sc.exe": text.replace("\n", "\r\n")})


@pytest.mark.parametrize("form", [ENGLISH, SPANISH], ids=["English", "Spanish"])
def test_processes_and_exit_codes_of_services(ps: PowerShell, form: str) -> None:
    assert processes(ps, form) == {
        "TermService": {"pid": 1100, "exit_code": 0},
        "Dnscache": {"pid": 1100, "exit_code": 0},
        "SessionEnv": {"pid": 0, "exit_code": 0xC0000005},
        "Sophos MCS Agent": {"pid": 0, "exit_code": 1067},
    }


@pytest.mark.parametrize("text", ["", "[SC] OpenSCManager FAILED 5:\r\n\r\nAccess is denied.\r\n"])
def test_what_names_no_service_is_no_answer(ps: PowerShell, text: str) -> None:
    with pytest.raises(PowerShellError, match="TermService"):
        ps("& { " + SAYS + " Read-ServiceProcesses }", {"sc.exe": text})


FALLBACK = """& {
function Read-ServiceProcesses { throw [UnauthorizedAccessException] 'blocked' }
function Get-WmiRows($query) { if ($given) { , @([pscustomobject]@{ Name = 'TermService'; ProcessId = 7; ExitCode = 1066;
  ServiceSpecificExitCode = 5 }) } else { Add-Silence ([TimeoutException] 'wmi'); , @() } }
$Silence['error'] = $null
try { @{ found = Get-ServiceProcesses; error = $Silence['error'] } } finally { $Silence['error'] = $null } }"""


def test_where_the_program_may_not_run_wmi_is_asked(ps: PowerShell) -> None:
    assert ps(FALLBACK, True) == {"found": {"TermService": {"pid": 7, "exit_code": 5}}, "error": None}
    silent = ps(FALLBACK, False)
    assert silent["found"] == {} and silent["error"]["code"] == -2147024891


SERVICES = """& {
function Get-ServiceProcesses { @{ TermService = @{ pid = $PID; exit_code = 0 }; Dnscache = @{ pid = $PID; exit_code = 0 };
  SessionEnv = @{ pid = 0; exit_code = 5 } } }
$services = [ordered]@{}
foreach ($name in $ServiceNames) { $services[$name] = [ordered]@{ pid = $null; exit_code = $null; started = $null; shares = $null } }
$services['KeyIso'] = $null
Add-ServiceProcesses $services
$services }"""


def test_services_of_one_process_are_named(ps: PowerShell) -> None:
    found = ps(SERVICES)
    assert found["TermService"]["shares"] == ["Dnscache"] and found["TermService"]["started"].endswith("Z")
    assert (found["SessionEnv"]["pid"], found["SessionEnv"]["exit_code"], found["SessionEnv"]["shares"]) == (0, 5, None)
    assert found["KeyIso"] is None and found["CryptSvc"]["pid"] is None


STATE = """& {
function Read-Value($key, $name) { if ($name -eq 'Start' -and $given.start) { @{ data = $given.start.data } } }
function Open-Key($path) { 'a key' }
function Read-Data { }
function Get-Dependents($controller) { , @() }
function Get-Controller { if ($given.code) { throw [ComponentModel.Win32Exception]::new($given.code) } else { @{ Status = 4 } } }
Read-Service 'TermService' $null }"""


@pytest.mark.parametrize("start", [{"type": "string", "data": "automatic"}, {"type": "binary", "data": "AAAA"}, None])
def test_a_start_type_that_is_no_number_is_not_known(ps: PowerShell, start: Any) -> None:
    assert ps(STATE, {"start": start, "code": 0})["start"] is None


def test_a_service_that_may_not_be_asked_costs_no_other(ps: PowerShell) -> None:
    """An account without the right gets 5 for each; what the registry says is told all the same."""
    service = ps(STATE, {"start": {"type": "dword", "data": 3}, "code": 5})
    assert (service["start"], service["state"], service["error"]["code"]) == (3, None, -2147024891)
    assert ps(STATE, {"start": None, "code": 1060}) is None, "it is not installed"


def test_who_may_not_list_the_services_asks_for_each(ps: PowerShell) -> None:
    code = """& {
    function Get-AllControllers { throw [ComponentModel.Win32Exception]::new(5) }
    function Read-Service([string] $name, $controller) { [ordered]@{ name = $name; listed = $null -ne $controller } }
    function Add-ServiceProcesses { }
    Read-ServicesSection @{} }"""
    answer = ps(code)
    assert len(answer) == 6 and answer["TermService"] == {"name": "TermService", "listed": False}


@pytest.mark.parametrize(("redirected", "folder"), [(True, "Sysnative"), (False, "System32")])
def test_a_32_bit_process_reads_what_a_64_bit_one_does(
    ps: PowerShell, tmp_path: Path, redirected: bool, folder: str
) -> None:
    """Tools for remote administration often are 32-bit: other files lie there for them, and no task and no nltest."""
    windows = tmp_path / "Windows"
    (windows / "Sysnative" / "Tasks").mkdir(parents=True)
    (windows / "Sysnative" / "Tasks" / "winops.rdp arm NLA").touch()
    code = """& {
    function Test-Redirected { $given.redirected }
    function Get-WindowsFolder { $given.windows }
    @{ task = Test-NlaFile; policy = Get-PolicyPath 'gpt.ini' } }"""
    found = ps(code, {"redirected": redirected, "windows": str(windows)})
    assert found == {"task": redirected, "policy": str(windows / folder / "GroupPolicy" / "gpt.ini")}


GERMAN = """
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:3389           0.0.0.0:0              ABHÖREN          1100
  TCP    0.0.0.0:33890          0.0.0.0:0              ABHÖREN          4
  TCP    10.0.0.5:3389          10.0.0.9:50123         HERGESTELLT      1100
  TCP    10.0.0.5:50124         10.0.0.9:3389          HERGESTELLT      77
  TCP    [::]:3389              [::]:0                 À L'ÉCOUTE       2200
  TCP    [fe80::1%5]:3389       [::]:0                 ABHÖREN          3300
  UDP    0.0.0.0:3389           *:*                                    1100
"""


def test_who_listens_on_the_port(ps: PowerShell) -> None:
    owners = ps("& { " + SAYS + " Read-PortOwners 3389 }", {"netstat.exe": GERMAN.replace("\n", "\r\n")})
    assert owners == {"0.0.0.0": 1100, "::": 2200, "fe80::1%5": 3300}


def test_where_netstat_says_nothing_wmi_is_asked(ps: PowerShell) -> None:
    code = (
        "& { function Get-ProgramText { throw [ComponentModel.Win32Exception]::new(5) };"
        " function Get-WmiRows { , @([pscustomobject]@{ LocalAddress = '::'; OwningProcess = 9 }) }; Read-PortOwners 3389 }"
    )
    assert ps(code) == {"::": 9}


RANGE = "\nProtokoll tcp Dynamischer Portbereich\n---------------\nStartport : 49152\nAnzahl von Ports : 16384\n\n"
EXCLUDED = """
Protokoll tcp Portausschlussbereiche

Startport    Endport
----------    --------
      5357        5357
     49671       49770
     50000       50059     *
     50001       50100

* - Verwaltete Portausschlüsse.
"""


def test_ports_that_are_kept(ps: PowerShell) -> None:
    code = (
        "& { function Get-ProgramText($name, $line) { if ($line -match 'dynamicport') { $given.range } else { $given.kept } };"
        " $answer = @{ number = 50010; dynamic = $null; excluded = $null }; Add-Reservations $answer; $answer }"
    )
    answer = ps(code, {"range": RANGE.replace("\n", "\r\n"), "kept": EXCLUDED.replace("\n", "\r\n")})
    assert answer["dynamic"] == {"first": 49152, "last": 65535}
    assert answer["excluded"] == [
        {"first": 50000, "last": 50059, "administered": True},
        {"first": 50001, "last": 50100, "administered": False},
    ]


def test_rights_that_a_policy_set(ps: PowerShell, tmp_path: Path) -> None:
    folder = tmp_path / "security" / "templates" / "policies"
    folder.mkdir(parents=True)
    text = (
        "[Unicode]\nUnicode=yes\n[Privilege Rights]\nSeDenyRemoteInteractiveLogonRight = *S-1-5-32-546,*S-1-5-113\n"
        "SeShutdownPrivilege = *S-1-5-32-544\nSeRemoteInteractiveLogonRight =\n"
    )
    (folder / "gpt00001.inf").write_text(text.replace("\n", "\r\n"), "utf-16")
    (folder / "gpt00000.dom").write_text(
        "[Privilege Rights]\r\nSeNetworkLogonRight=CORP\\people, *S-1-5-11\r\n", "utf-16"
    )
    (folder / "other.inf").write_text("SeNetworkLogonRight = nobody", "utf-16")
    code = "& { function Get-WindowsFolder { $given }; @{ rows = @(Read-PolicyRights) } }"
    assert ps(code, str(tmp_path))["rows"] == [
        {"file": "gpt00000.dom", "right": "SeNetworkLogonRight", "accounts": ["CORP\\people", "*S-1-5-11"]},
        {
            "file": "gpt00001.inf",
            "right": "SeDenyRemoteInteractiveLogonRight",
            "accounts": ["*S-1-5-32-546", "*S-1-5-113"],
        },
        {"file": "gpt00001.inf", "right": "SeRemoteInteractiveLogonRight", "accounts": []},
    ]
    assert ps(code, str(tmp_path / "none")) == {"rows": []}


def pair(curve: bool, other: bool, folder: Path) -> str:
    """A certificate in PEM, and behind it a key: its own, or another one's."""
    keys: list[Any] = [
        ec.generate_private_key(ec.SECP256R1())
        if curve
        else rsa.generate_private_key(public_exponent=65537, key_size=2048)
        for _n in range(2)
    ]
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(keys[0].public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW)
        .sign(keys[0], hashes.SHA256())
    )
    (folder / "c.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "k.pem").write_bytes(
        keys[other].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(folder)


ENTRY = (
    "function ConvertFrom-Base64($text) { , [byte[]](1, 2) }; function Read-KeyProvider {"
    " @{ container = 'c'; provider = $given.provider; type = $given.type; number = 1 } };"
)
USE = (
    "& { "
    + ENTRY
    + r"""
$code = $KeyUse -replace '(?s)\$certificate = [^\n]*', ('$certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new(' +
  "'$($given.folder)/c.pem')")
$code = $code -replace '(?s)  if \(\$type\) \{.*?\n  \}\n  else \{.*?\n  \}\n', ('  $key = $(if ($theirs) { [Security.Cryptography.RSA]::Create() } ' +
  "else { [Security.Cryptography.ECDsa]::Create() })`n  `$key.ImportFromPem([IO.File]::ReadAllText('$($given.folder)/k.pem'))`n")
& { $KeyUse = $code; Test-KeyUse @{ der = 'AAAA'; key_provider = 'AAAA' } } }"""
)
SOFTWARE = "Microsoft Enhanced Cryptographic Provider v1.0"


@pytest.mark.parametrize("curve", [False, True], ids=["RSA", "EC"])
@pytest.mark.parametrize("other", [False, True], ids=["its own", "another's"])
def test_a_key_is_used_and_held_against_its_certificate(
    ps: PowerShell, tmp_path: Path, curve: bool, other: bool
) -> None:
    """How the key is opened is replaced, for that is Windows'; what is signed and compared is the script's own."""
    given = {"folder": pair(curve, other, tmp_path), "provider": SOFTWARE, "type": 1}
    assert ps(USE, given) == {"code": 0, "matches": not other}


def asked(ps: PowerShell, code: str, provider: str = SOFTWARE, kind: int = 1) -> Any:
    """What comes of it where this is run in place of opening and signing."""
    given = {"provider": provider, "type": kind, "code": code}
    return ps(
        "& { "
        + ENTRY
        + " $KeyUse = $given.code; $KeySeconds = 1; Test-KeyUse @{ der = 'AAAA'; key_provider = 'AAAA' } }",
        given,
    )


def test_a_key_that_cannot_be_used_has_its_number(ps: PowerShell) -> None:
    code = "throw [Security.Cryptography.CryptographicException]::new(-2146893813)"
    assert asked(ps, code) == {"code": -2146893813, "matches": None}


@pytest.mark.parametrize(
    ("provider", "kind"),
    [("Luna Cryptographic Services for Microsoft Windows", 1), ("nCipher Security World Key Storage Provider", 0)],
)
def test_the_code_of_other_vendors_is_not_run(ps: PowerShell, provider: str, kind: int) -> None:
    assert asked(ps, "throw 'it ran'", provider, kind) is None
    assert asked(ps, "$true", "Microsoft Software Key Storage Provider", 0) == {"code": 0, "matches": True}


def test_a_key_that_never_answers_is_abandoned(ps: PowerShell) -> None:
    """The next question gets a thread of its own."""
    assert asked(ps, "Start-Sleep 300") == {"code": -2146233083, "matches": None}
    assert asked(ps, "$true") == {"code": 0, "matches": True}


def test_own_keys_of_every_machine_guid(ps: PowerShell, tmp_path: Path) -> None:
    for guid in ("a-1", "b-2"):
        (tmp_path / f"f686aace6942fb7f7ceb231212eef4a4_{guid}").write_bytes(b"x")
    (tmp_path / "c2319c42033a5ca7f44e731bfd3fa2b5_a-1").write_bytes(b"x")
    code = "& { function Get-MachineKeysFolder { $given }; Read-OwnKeys }"
    found = ps(code, str(tmp_path))
    assert sorted(key["guid"] for key in found) == ["a-1", "b-2"] and all(key["written"].endswith("Z") for key in found)
    assert ps(code, str(tmp_path / "none")) is None


BIG_LOG = (
    slow.BIG_LOG_TYPE
    + r"""
$text = [regex]::Match([IO.File]::ReadAllText($Script), '(?ms)^function Read-Events\(.*?^\}').Value
$text = $text -replace '(?m)^  \$question = [^\n]*\n  \$question\.ReverseDirection[^\n]*\n', ''
$text = $text.Replace('[Diagnostics.Eventing.Reader.EventLogReader]::new($question)',
  "`$(if (`$log -eq 'Security') { [Winops.BigLog]::new() } else { throw 'empty' })")
. ([scriptblock]::Create($text))
function Read-LogState { 0 }
[Winops.BigLog]::EveryOne = $given
$EventMilliseconds = 300
$context = @{ truncated = [Collections.ArrayList]::new(); events = @(
  @{ log = 'Security'; provider = 'P'; ids = @(4625) }, @{ log = 'System'; provider = 'Q'; ids = @(1) }) }
$section = Read-EventsSection $context
@{ late = $section['logs']['Security']['type']; other = $section['logs']['System']['message']; whole = $section['states']['Security']['whole']
   counts = @(foreach ($one in $section['counts']) { $one['count'] }); cut = $context['truncated'] }
"""
)


LOG_STATE = r"""
$text = [regex]::Match([IO.File]::ReadAllText($Script), '(?ms)^function Read-LogState\(.*?^\}').Value
$text = $text -replace '\[Diagnostics[^\n]*\.IsEnabled', '$true' -replace '\[Diagnostics[^\n]*GetLogInformation[^\n]*', '$given'
$text = $text -replace '(?s)\$reader = .*?\n  finally [^\n]*'
. ([scriptblock]::Create($text))
$state = @{ wrapped = $null }
$null = Read-LogState 'System' $state
$state
"""


@pytest.mark.parametrize(("number", "wrapped"), [(None, None), (1, False), (2, True)])
def test_a_log_that_does_not_say_where_it_begins_is_not_one_that_has_all(
    ps: PowerShell, number: int | None, wrapped: bool | None
) -> None:
    """Windows gives no number of an empty log, and of one that it cannot look into."""
    about = {"FileSize": 1, "OldestRecordNumber": number, "RecordCount": number}
    assert ps(f"& {{ {LOG_STATE} }}", about) == {"enabled": True, "bytes": 1, "wrapped": wrapped}


@pytest.mark.parametrize("every", [0, 2000], ids=["no hit", "a hit now and then"])
def test_a_log_of_two_gigabytes_is_left_at_its_deadline(ps: PowerShell, every: int) -> None:
    """The reader is replaced by one that takes as long as a service that walks through all of it; the next log has a
    deadline of its own."""
    read = ps(f"& {{ {BIG_LOG} }}", every)
    assert (read["late"], read["other"], read["whole"]) == ("System.TimeoutException", "empty", False)
    assert bool(read["counts"]) is bool(every) and (not every or 0 < read["counts"][0] < 1500)
