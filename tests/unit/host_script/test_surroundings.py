# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sections on what surrounds the listener: values by name, firewall rules, products; and what a call that reads carries along."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.tools.host_script import READ, joined

from .conftest import PowerShell, PowerShellError

RULE = r"v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=%SystemRoot%\system32\svchost.exe|Svc=termservice|Name=x|"
KEYS = """
$keys = @{ 'SOFTWARE\\A' = @{ one = 1; two = 'text' }; 'SYSTEM\\P\\x\\S' = @{ Enabled = 0 }; 'SYSTEM\\P\\y\\S' = @{ Enabled = 1 }; 'SYSTEM\\P' = @{} }
function Open-Key([string] $path) {
  if ($path -eq 'SOFTWARE\\Denied') { throw [UnauthorizedAccessException]'no' }
  if (-not $keys.ContainsKey($path)) { return }
  $key = [pscustomobject]@{ path = $path }
  $key | Add-Member -MemberType ScriptMethod -Name GetValueNames -Value { $keys[$this.path].Keys }
  $key | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value { 'x', 'y', 'z' }
  $key
}
function Read-Value($key, $name) { if ($keys[$key.path].ContainsKey($name)) { @{ type = 'string'; data = [string]$keys[$key.path][$name] } } }
""".replace("\\\\", "\\")


def test_values_are_read_as_named(ps: PowerShell) -> None:
    given = {
        "SOFTWARE\\A": ["one", "absent"],
        "SOFTWARE\\None": ["one"],
        "SYSTEM\\P\\*\\S": ["Enabled"],
        "SOFTWARE\\Denied": ["x"],
    }
    answer = ps(
        "& { "
        + KEYS
        + " $given.PSObject.Properties | ForEach-Object -Begin { $v = [ordered]@{} } -Process { $v[$_.Name] = $_.Value };"
        " Read-RegistrySection @{ values = $v; truncated = [Collections.ArrayList]::new() } }",
        given,
    )
    assert {path: list(part["settings"]) for path, part in answer.items()} == {
        r"HKLM\SOFTWARE\A": ["one"],
        r"HKLM\SYSTEM\P\x\S": ["Enabled"],
        r"HKLM\SYSTEM\P\y\S": ["Enabled"],
        r"HKLM\SOFTWARE\Denied": [],
    }
    assert (
        answer[r"HKLM\SOFTWARE\Denied"]["error"]["code"] == -2147024891 and answer[r"HKLM\SOFTWARE\A"]["error"] is None
    )


def test_a_star_reads_every_value(ps: PowerShell) -> None:
    answer = ps(
        "& { "
        + KEYS
        + r" Read-RegistrySection @{ values = @{ 'SOFTWARE\A' = @('*') }; truncated = [Collections.ArrayList]::new() } }"
    )
    assert sorted(answer[r"HKLM\SOFTWARE\A"]["settings"]) == ["one", "two"]


@pytest.mark.parametrize("key", ["SAM\\SAM", "SECURITY\\Policy", "HARDWARE", "SOFTWAREX\\A"])
def test_values_elsewhere_are_refused(ps: PowerShell, key: str) -> None:
    with pytest.raises(PowerShellError, match="neither below"):
        ps("Read-Arguments $given", {"operation": "snapshot", "values": {key: ["x"]}})


@pytest.mark.parametrize(
    ("rule", "concerns"),
    [
        (RULE, True),
        (RULE.replace("LPort=3389", "LPort2_10=3380-3400"), True),
        (RULE.replace("LPort=3389", "LPort=22|LPort=3389"), True),
        (RULE.replace("LPort=3389|", ""), True),
        (RULE.replace("Protocol=6|LPort=3389|", ""), True),
        (RULE.replace("Action=Allow", "Action=Block"), True),
        (RULE.replace(r"%SystemRoot%\system32\svchost.exe", "System"), False),
        (RULE.replace("Protocol=6", "Protocol=256"), True),
        (RULE.replace(r"App=%SystemRoot%\system32\svchost.exe|", ""), True),
        (RULE.replace("LPort=3389", "LPort=3389|LA4=192.0.2.1|IFType=RemoteAccess"), True),
        (RULE + "AppPkgId=S-1-15-2-1|", False),
        (RULE + "PFN=Contoso.App_8wekyb3d8bbwe|", False),
        (RULE.replace("Active=TRUE", "Active=FALSE"), False),
        (RULE.replace("Dir=In", "Dir=Out"), False),
        (RULE.replace("Protocol=6", "Protocol=17"), False),
        (RULE.replace("LPort=3389", "LPort=33890"), False),
        (RULE.replace("LPort=3389", "LPort2_10=3390-3400"), True),
        (RULE.replace("LPort=3389", "LPort=RPC"), False),
        (RULE.replace(r"svchost.exe", "other.exe"), False),
        (RULE.replace(r"\svchost.exe", r"\notsvchost.exe"), False),
    ],
)
def test_which_firewall_rules_pass_the_sieve(ps: PowerShell, rule: str, concerns: bool) -> None:
    """It leaves out what cannot concern the port, and judges no condition."""
    assert ps("(New-FirewallSieve 3389).IsMatch($given)", rule) is concerns


# A key of .NET's kind: what is read in a thread of its own cannot run PowerShell's methods of another.
STORE = r"""
if (-not ('Winops.FakeKey' -as [type])) { Add-Type -TypeDefinition @'
namespace Winops { public class FakeKey {
  public System.Collections.Generic.Dictionary<string, string> Rules = new();
  public int NamesAfter = 0, PauseAfter = -1, Reads = 0;
  public string[] GetValueNames() { System.Threading.Thread.Sleep(NamesAfter); return System.Linq.Enumerable.ToArray(Rules.Keys); }
  public object GetValue(string name) {
    if (PauseAfter >= 0 && Reads++ > PauseAfter) System.Threading.Thread.Sleep(600000);
    return Rules.TryGetValue(name, out var text) ? text : null; }
} }
'@ }
$key = [Winops.FakeKey]::new()
foreach ($one in $given.rules.PSObject.Properties) { $key.Rules[$one.Name] = $one.Value }
foreach ($name in 'NamesAfter', 'PauseAfter') { if ($given.PSObject.Properties[$name]) { $key.$name = $given.$name } }
$cut = [Collections.ArrayList]::new()
$all = @(Read-FirewallStore $key (New-FirewallSieve 3389) ([Diagnostics.Stopwatch]::StartNew()) $cut)
@{ names = @(foreach ($one in $all) { if ($one.rule) { $one.name } }); cut = $cut }
"""


def test_built_in_rules_come_first_and_app_rules_fill_no_place(ps: PowerShell) -> None:
    """As many store apps' rules as there are places, and the built-in rule, off, behind them."""
    apps = {
        f"{{{n}}}": RULE.replace("LPort=3389|", "") + f"LUOwn=S-1-5-21-1-2-3-{n}|AppPkgId=S-1-15-2-{n}|"
        for n in range(300)
    }
    others = {f"{{own{n}}}": RULE for n in range(3)}
    built_in = {"RemoteDesktop-UserMode-In-TCP": RULE.replace("Active=TRUE", "Active=FALSE")}
    read = ps(f"& {{ {STORE} }}", {"rules": {**apps, **others, **built_in}})
    assert read == {"names": ["RemoteDesktop-UserMode-In-TCP", *others], "cut": []}


def test_more_rules_than_there_are_places(ps: PowerShell) -> None:
    read = ps(f"& {{ {STORE} }}", {"rules": {f"{{{n}}}": RULE for n in range(201)}})
    assert len(read["names"]) == 200 and read["cut"] == ["firewall"]


@pytest.mark.parametrize(
    ("slow", "kept"), [({"NamesAfter": 600000}, 0), ({"PauseAfter": 4 + 39}, 40)], ids=["names", "a value"]
)
def test_a_registry_that_is_slow_is_left_at_the_deadline(ps: PowerShell, slow: dict[str, int], kept: int) -> None:
    """Naming two hundred thousand values is one call, in which no deadline could be looked at. What came until then counts."""
    code = f"& {{ $FirewallMilliseconds = 1500; {STORE} }}"
    read = ps(code, {"rules": {f"{{{n}}}": RULE for n in range(100)}, **slow})
    assert (len(read["names"]), read["cut"]) == (kept, ["firewall"])


def test_a_program_that_hangs_is_given_up(ps: PowerShell, tmp_path: Path) -> None:
    assert ps("Get-ProgramText '/bin/echo' 'Status = 5 0x5 X'").strip() == "Status = 5 0x5 X"
    with pytest.raises(PowerShellError, match="does not end"):
        ps("Get-ProgramText '/bin/sleep' '30'")


def test_a_program_that_ends_badly_says_nothing(ps: PowerShell) -> None:
    """What it wrote is about its failure: nltest writes its own refusal in the form of a channel's status."""
    with pytest.raises(PowerShellError):
        ps("Get-ProgramText '/bin/sh' '-c \"echo Status = 5 0x5 ERROR_ACCESS_DENIED; exit 5\"'")


@pytest.mark.parametrize(
    ("product", "start", "place", "joined", "name"),
    [
        ("ServerNT", 2, "CN=WEB01,OU=Servers,DC=ad,DC=example,DC=test", True, "ad.example.test"),
        ("ServerNT", 2, None, True, "dns.example.test"),
        ("ServerNT", 3, "CN=WEB01,OU=Servers,DC=ad,DC=example,DC=test", False, None),
        ("WinNT", 3, None, False, None),
        ("WinNT", 4, None, None, "dns.example.test"),
        ("WinNT", None, None, None, "dns.example.test"),
        ("LanmanNT", 4, "CN=DC1,OU=Domain Controllers,DC=example,DC=test", True, "example.test"),
    ],
)
def test_the_domain_without_wmi(
    ps: PowerShell, product: str, start: int | None, place: str | None, joined: bool | None, name: str | None
) -> None:
    """The DNS suffix may be another name than the domain's, and be left over."""
    code = r"""
      function Get-ProductType { $given.product }
      function Read-Data([string] $path, [string] $name, $types) {
        if ($name -eq 'Start') { $given.start } elseif ($name -eq 'Distinguished-Name') { $given.place } else { 'dns.example.test' }
      }
      @{ joined = Test-Joined; name = Get-Domain }
    """
    assert ps(f"& {{ {code} }}", {"product": product, "start": start, "place": place}) == {
        "joined": joined,
        "name": name,
    }


def test_the_secure_channel_is_told_to_who_asks_for_it(ps: PowerShell) -> None:
    """The program that tells it is one that intruders run, and products watch for it."""
    code = """& {
    function Test-Joined { $true }
    function Get-Domain { 'corp.test' }
    function Get-ChannelStatus { 1789 }
    (Read-DomainSection @{ channel = $given })['channel_status'] }"""
    assert [ps(code, asked) for asked in (None, False, True)] == [None, None, 1789]


def test_a_call_that_reads_cannot_change(pwsh_path: str, tmp_path: Path) -> None:
    """What is sent for an audit has no code for a step, and says so when asked for one."""
    (tmp_path / "run.ps1").write_text(
        "$global:complex_args = @{ operation = 'apply'; steps = @(@{ op = 'service.start'; service = 'KeyIso'; timeout_s = 5 });"
        " journal = @{ id = '20261123T130000Z-0123abcd' } }\n" + joined(READ)
    )
    ran = subprocess.run(
        [pwsh_path, "-NoProfile", "-NonInteractive", "-File", str(tmp_path / "run.ps1")],
        capture_output=True,
        timeout=60,
        check=True,
    )
    answer = json.loads(ran.stdout)
    assert (answer["failed"], answer["reason"], answer["msg"]) == (True, "bad_arguments", "This call can only read.")
    changes = r"\.(SetValue|DeleteValue|DeleteSubKey\w*|CreateSubKey|SetAccessControl|Write|WriteAllText|Delete|Move|Start|Stop|Pause|Continue)\("
    assert re.findall(changes, joined(READ)) == [] and re.search(changes, joined())
    assert re.findall(r"\]::(Start|Write\w*|Delete|Move)\(", joined(READ)) == ["Start"], (
        "one program is run, and it only asks"
    )


WMI = (
    "& { $keep = $Wmi.Clone(); $Wmi['seconds'] = 1; $Wmi['ask'] = $given; $watch = [Diagnostics.Stopwatch]::StartNew();"
    " try { $read = @(foreach ($query in 'rows', 'class', 'rows') {"
    " $Silence['error'] = $null; @{ rows = (Get-WmiRows $query).Count; error = $Silence['error'] } }) }"
    " finally { foreach ($name in $keep.Keys) { $Wmi[$name] = $keep[$name] }; $Silence['error'] = $null }"
    " @{ rows = @(foreach ($one in $read) { $one.rows });"
    " errors = @(foreach ($one in $read) { if ($one.error) { $one.error.type } else { '' } }); ms = $watch.ElapsedMilliseconds } }"
)


def test_a_question_that_wmi_refuses_is_no_reason_to_ask_no_more(ps: PowerShell) -> None:
    """A class that is missing answers at once: others may be there. What is missing says so."""
    read = ps(WMI, "if ($args[1] -eq 'class') { throw 'no such class' }; 1; 2")
    assert (read["rows"], [bool(error) for error in read["errors"]]) == ([2, 0, 2], [False, True, False])


def test_wmi_that_hangs_is_abandoned_and_waited_for_once(ps: PowerShell) -> None:
    """Its own deadline does not hold while it connects: here it takes none into account."""
    read = ps(
        WMI,
        "if ($args[1] -eq 'class') { Start-Sleep 300 }; 1; 2",
    )
    assert read["rows"] == [2, 0, 0] and read["errors"] == ["", *["System.TimeoutException"] * 2]


def test_a_hang_of_wmi_does_not_keep_the_process(pwsh_path: str, tmp_path: Path) -> None:
    """The hang is put into a copy of the script, where WMI is asked."""
    text, asked = joined(READ), "foreach ($row in Get-CimInstance "
    assert asked in text
    text = text.replace(asked, f"Start-Sleep 300\n{asked}").replace("seconds = 8", "seconds = 1")
    (tmp_path / "run.ps1").write_text(
        "$global:complex_args = @{ operation = 'snapshot'; sections = 'network' }\n" + text
    )
    ran = subprocess.run(
        [pwsh_path, "-NoProfile", "-NonInteractive", "-File", str(tmp_path / "run.ps1")],
        capture_output=True,
        timeout=120,
        check=True,
    )
    answer = json.loads(ran.stdout)
    assert answer["silent"]["network"]["type"] == "System.TimeoutException"
    assert [card["category"] for card in answer["sections"]["network"]["adapters"] if card["up"]]


def test_a_restricted_language_mode_gets_one_sentence(pwsh_path: str, tmp_path: Path) -> None:
    """The parts can be loaded in the mode that App Control puts PowerShell into, and the first statement behind them ends the call."""
    (tmp_path / "run.ps1").write_text(
        "$global:complex_args = @{ operation = 'snapshot' }\n$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'\n"
        + joined(READ)
    )
    ran = subprocess.run(
        [pwsh_path, "-NoProfile", "-NonInteractive", "-File", str(tmp_path / "run.ps1")],
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert ran.stderr == b""
    answer = json.loads(ran.stdout)
    assert (answer["failed"], answer["reason"], answer["changed"]) == (True, "language_mode", False)
    assert "App Control" in answer["msg"] and "\n" not in answer["msg"]


def test_arguments_come_as_dictionaries_or_as_objects(ps: PowerShell) -> None:
    given = {
        "operation": "snapshot",
        "values": {r"SYSTEM\A": ["x", "y"]},
        "service_names": ["one*"],
        "_ansible_check_mode": True,
        "_ansible_other": {"a": [1]},
    }
    read = (
        " $a = Read-Arguments $all; $key = 'SYSTEM\\A';"
        " @{ names = @($a['values'].get_Keys()); value = $a['values'][$key]; services = $a['service_names']; check = $a['check_mode'] } }"
    )
    taken = {"names": [r"SYSTEM\A"], "value": ["x", "y"], "services": ["one*"], "check": True}
    assert ps("& { $all = $given;" + read, given) == taken
    assert (
        ps(
            "& { $all = @{}; foreach ($one in $given.PSObject.Properties) { $all[$one.Name] = $one.Value };" + read,
            given,
        )
        == taken
    )
    assert ps("& { $all = ConvertTo-Plain $given;" + read, given) == taken


def test_a_journal_keeps_its_texts(ps: PowerShell) -> None:
    """PowerShell 7 makes dates out of texts that look like one, in dictionaries as in objects."""
    given = {"created": "2026-11-23T13:00:00.000Z", "more": [{"at": "2026-11-23T13:00:00.000Z"}]}
    taken = ps(
        "$a = Read-Arguments @{ operation = 'apply'; journal = $given; steps = @(); plan = $given }; @{ journal = $a['journal']; plan = $a['plan'] }",
        given,
    )
    assert taken == {"journal": given, "plan": given}
