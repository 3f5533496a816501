# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values on their way to the wire: JSON, times, registry values, numbers, errors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import PowerShell


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("$null", "null"),
        ("@($null)", "[null]"),
        ("@()", "[]"),
        (", @()", "[[]]"),
        ("@{}", "{}"),
        ("@('one')", '["one"]'),
        ("@{ a = @('one') }", '{"a":["one"]}'),
        ("@{ a = @(, @(1, 2)) }", '{"a":[[1,2]]}'),
        ("@(@{ a = 1 })", '[{"a":1}]'),
        ("[uint32]4294967295", "4294967295"),
        ("[uint64]18446744073709551615", "18446744073709551615"),
        ("-1", "-1"),
        ("$true", "true"),
        ("@($true, $false)", "[true,false]"),
        ("2.5", "2.5"),
        ("''", '""'),
        ('"a`"b\\c/d"', '"a\\u0022b\\\\c/d"'),
        ('"a`tb`r`n`0"', '"a\\u0009b\\u000d\\u000a\\u0000"'),
        ("[char]0x7f + ''", '"\\u007f"'),
        ("'<script>&'", '"<script>&"'),
        ("[ordered]@{ b = 1; a = 2; Keys = 3; Count = 4 }", '{"b":1,"a":2,"Keys":3,"Count":4}'),
        ("[System.ServiceProcess.ServiceControllerStatus]::Running", "4"),
        ("[datetime]::new(2026, 11, 23, 13, 0, 0, 7, [DateTimeKind]::Utc)", '"2026-11-23T13:00:00.007Z"'),
    ],
)
def test_json_is_written_exactly(ps: PowerShell, code: str, text: str) -> None:
    written = ps(f"Add-Type -AssemblyName System.ServiceProcess; ConvertTo-WireJson ({code})")
    assert json.loads(written) == json.loads(text)
    if "u0022" not in text:
        assert written == text


@pytest.mark.parametrize("text", ["Ängström", "日本語", "😀", "\u2028", "C:\\Users\\Müller", "a\u0000b"])
def test_json_is_ascii_and_keeps_every_character(ps: PowerShell, text: str) -> None:
    written = ps("ConvertTo-WireJson @{ text = $given }", text)
    assert written.isascii()
    assert json.loads(written) == {"text": text}


def test_json_of_half_a_character(ps: PowerShell) -> None:
    assert ps("ConvertTo-WireJson ('a' + [char]0xD800)") == r'"a\ud800"'


def test_times_are_utc_with_milliseconds(ps: PowerShell) -> None:
    assert ps("[TimeZoneInfo]::Local.BaseUtcOffset.TotalMinutes") == 330, "the test needs a clock that is not at UTC"
    assert (
        ps("ConvertTo-UtcText ([datetimeoffset]::Parse('2026-03-01T00:30:00.250+02:00', $Invariant).LocalDateTime)")
        == "2026-02-28T22:30:00.250Z"
    )
    assert (
        ps("ConvertTo-UtcText ([datetime]::new(2026, 1, 1, 0, 0, 0, [DateTimeKind]::Utc))")
        == "2026-01-01T00:00:00.000Z"
    )


@pytest.mark.parametrize(
    ("kind", "data", "value"),
    [
        ("DWord", "-1", {"type": "dword", "data": 4294967295}),
        ("DWord", "0", {"type": "dword", "data": 0}),
        ("DWord", "[int]::MinValue", {"type": "dword", "data": 2147483648}),
        ("QWord", "-1L", {"type": "qword", "data": 18446744073709551615}),
        ("String", "'x'", {"type": "string", "data": "x"}),
        ("String", "''", {"type": "string", "data": ""}),
        ("ExpandString", "'%SystemRoot%'", {"type": "expand_string", "data": "%SystemRoot%"}),
        ("MultiString", "[string[]]@('one')", {"type": "multi_string", "data": ["one"]}),
        ("MultiString", "[string[]]@()", {"type": "multi_string", "data": []}),
        ("Binary", "[byte[]]@(0, 255)", {"type": "binary", "data": "AP8="}),
        ("Binary", "[byte[]]@()", {"type": "binary", "data": ""}),
        ("None", "[byte[]]@(1)", {"type": "none", "data": "AQ=="}),
        ("Unknown", "[byte[]]@(1)", {"type": "none", "data": "AQ=="}),
        ("DWord", "[byte[]]@(1, 2, 3, 4, 5)", {"type": "binary", "data": "AQIDBAU="}),
        ("DWord", "$null", None),
    ],
)
def test_registry_values_keep_type_and_sign(ps: PowerShell, kind: str, data: str, value: Any) -> None:
    assert ps(f"ConvertTo-RegistryValue '{kind}' ({data})") == value


def test_numbers_among_event_data(ps: PowerShell) -> None:
    data = "@('text', [uint32]4294967295, '0x8009030D', '10001', '-5', [guid]::Empty, '12x', '', $null,"
    data += " [int64]7, [byte]3, '99999999999999999999', [uint16]9, 1, 2, 3, 4)"
    assert ps(f"Get-Numbers {data}") == [4294967295, 0x8009030D, 10001, -5, 7, 3, 9, 1]
    assert ps("Get-Numbers @()") == []
    assert ps("Get-Numbers @('one', [uint32]5)") == [5]
    # As the requests of certificates have it, in whatever language; an address or an identifier is none.
    text = "'Der RPC-Server ist nicht verf' + [char]252 + 'gbar. 0x800706ba (WIN32: 1722)', '0x1234567 {0x80070005x}', 'x0x800706ba'"
    assert ps(f"Get-Numbers @({text})") == [0x800706BA]


def test_addresses_among_event_data(ps: PowerShell) -> None:
    data = (
        "@('203.0.113.7:50411', '[fe80::1%4]:50411', '2001:db8::7', '10.0.0.5', 'text', '1.2', '12:34', '10.0.20348.1',"
    )
    data += " 'C:\\a:b', 7, $null, '::ffff:10.0.0.6', ('9:' * 50))"
    assert ps(f"Get-Addresses {data}") == [
        "203.0.113.7", "fe80::1%4", "2001:db8::7", "10.0.0.5", "::ffff:10.0.0.6",
    ]  # fmt: skip
    assert ps("Get-Addresses @()") == []


def test_an_error_says_what_is_underneath(ps: PowerShell) -> None:
    wrapped = ps("try { [IO.File]::ReadAllText('/no/such/file') } catch { Get-ErrorValue $_ }")
    assert (wrapped["code"], wrapped["type"]) == (-2147024893, "System.IO.DirectoryNotFoundException")
    win32 = ps(
        "try { throw [InvalidOperationException]::new('cannot', [ComponentModel.Win32Exception]::new(1058)) } catch { Get-ErrorValue $_ }"
    )
    assert (win32["code"], win32["type"]) == (-2147023838, "System.ComponentModel.Win32Exception")
    denied = ps("Get-ErrorValue ([Security.SecurityException]::new('no'))")
    assert denied["code"] == -2147024891
    stopped = ps("try { Get-Item -LiteralPath /no/such -ErrorAction Stop } catch { Get-ErrorValue $_ }")
    assert stopped["type"] == "System.Management.Automation.ItemNotFoundException"
    assert len(ps("Get-ErrorValue ([Exception]::new('x' * 2000))")["message"]) == 500


def test_plain_values_of_every_reader(ps: PowerShell) -> None:
    assert ps(
        'ConvertTo-Plain (ConvertFrom-Json -InputObject \'{"a":[{"b":[]}],"when":"2026-11-23T13:00:00.000Z","n":null,"one":[1]}\')'
    ) == {
        "a": [{"b": []}],
        "when": "2026-11-23T13:00:00.000Z",
        "n": None,
        "one": [1],
    }
    assert ps(
        "$list = New-Object Collections.ArrayList; [void]$list.Add(@{ x = $list.Count }); ConvertTo-Plain @{ list = $list }"
    ) == {"list": [{"x": 0}]}
    dictionary = "$d = New-Object 'Collections.Generic.Dictionary[string,object]'; $d['a'] = [object[]]@('x'); ConvertTo-Plain $d"
    assert ps(dictionary) == {"a": ["x"]}


@pytest.mark.parametrize("culture", ["en-US", "tr-TR"])
def test_the_file_of_a_module_has_its_name_in_every_language(ps: PowerShell, culture: str) -> None:
    """Turkish has another small i for a capital I. PowerShell keeps patterns with the language that they were first used in,
    so this is one of its own.
    """
    code = """
      $text = (Get-Command Get-Modules).Definition.Replace("'^", "'(?#$($given.culture))^")
      $thread = [Threading.Thread]::CurrentThread
      $was = $thread.CurrentCulture
      $thread.CurrentCulture = [cultureinfo]$given.culture
      try { & ([scriptblock]::Create($text)) $given.data } finally { $thread.CurrentCulture = $was }
    """
    names = ["svchost.exe_TermService", "WINHTTP.DLL"]
    assert ps(code, {"culture": culture, "data": [*names, r"C:\\Windows\\WINHTTP.DLL", 3]}) == names
