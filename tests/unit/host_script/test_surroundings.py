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
        (RULE.replace(r"%SystemRoot%\system32\svchost.exe", "System"), True),
        (RULE.replace("Active=TRUE", "Active=FALSE"), False),
        (RULE.replace("Dir=In", "Dir=Out"), False),
        (RULE.replace("Protocol=6", "Protocol=17"), False),
        (RULE.replace("LPort=3389", "LPort=33890"), False),
        (RULE.replace("LPort=3389", "LPort2_10=3390-3400"), False),
        (RULE.replace("LPort=3389", "LPort=RPC"), False),
        (RULE.replace(r"svchost.exe", "other.exe"), False),
        (RULE.replace(r"\svchost.exe", r"\notsvchost.exe"), False),
    ],
)
def test_which_firewall_rules_concern_the_port(ps: PowerShell, rule: str, concerns: bool) -> None:
    assert ps("Test-FirewallRule $given 3389", rule) is concerns


def test_a_program_that_hangs_is_given_up(ps: PowerShell, tmp_path: Path) -> None:
    assert ps("Get-ProgramText '/bin/echo' 'Status = 5 0x5 X'").strip() == "Status = 5 0x5 X"
    assert ps("@{ text = Get-ProgramText '/bin/sleep' '30' }") == {"text": None}


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


def test_wmi_that_hangs_is_waited_for_once(ps: PowerShell) -> None:
    ask = (
        "& { $asked = [Collections.ArrayList]::new();"
        " function Get-CimInstance($Namespace, $Query, $OperationTimeoutSec) { [void]$asked.Add($Query); if ($Query -ne 'rows') { throw 'no answer' }; 1, 2 }"
        " $keep = $Wmi['seconds']; $Wmi['seconds'] = $given; try { $rows = @(foreach ($query in 'rows', 'class', 'rows') { (Get-WmiRows $query).Count }) }"
        " finally { $Wmi['seconds'] = $keep; $Wmi['hangs'] = $false } @{ asked = $asked; rows = $rows } }"
    )
    assert ps(ask, 8) == {"asked": ["rows", "class", "rows"], "rows": [2, 0, 2]}, (
        "a class that is missing answers at once: others may be there"
    )
    assert ps(ask, 0) == {"asked": ["rows", "class"], "rows": [2, 0, 0]}, (
        "a deadline that passed is not waited for again"
    )


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
