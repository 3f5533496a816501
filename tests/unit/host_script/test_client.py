# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a client's script does that Wine has no tool for: profiles that are loaded for a moment, and winget. The tools
are replaced; and `.rdp` files as they are written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .conftest import PowerShell, PowerShellError

# reg.exe says what it was asked, and where asked to does not do it.
TOOLS = (
    "$global:Ran = [Collections.ArrayList]::new();"
    "function Get-ProgramText([string] $path, [string] $line, [int] $milliseconds) {"
    "  [void]$global:Ran.Add($line.Replace(\"$PID\", 'PID'));"
    "  if ($line -like $given.fails) { throw [ComponentModel.Win32Exception]::new(5) }"
    "};"
    "function Open-User([string] $path) { if ($given.breaks) { throw [IO.IOException] 'broken' } };"
)
READ = (
    "$context = @{ unloaded_profiles = $given.asked; targets = @(); packages = @(); upgrade_codes = @();"
    " user_values = @{} };"
    "$script:first = $true;"
    "$profileOf = [ordered]@{ sid = 'S-1-5-21-1-2-3-1001'; path = 'C:\\Users\\away' };"
)


def unloaded(ps: PowerShell, fails: str = "nothing", breaks: bool = False) -> dict[str, Any]:
    code = (
        TOOLS
        + READ
        + "$problem = $null; try { Read-Unloaded $profileOf $context } catch { $problem = [string]$_.Exception.Message };"
        + "@{ ran = $global:Ran; problem = $problem }"
    )
    # In a scope of its own: the functions that stand in are gone behind it.
    found: dict[str, Any] = ps(f"& {{ {code} }}", {"asked": True, "fails": fails, "breaks": breaks})
    return found


LOAD = r'load "HKU\winops.rdp.PID" "C:\Users\away\NTUSER.DAT"'
UNLOAD = r'unload "HKU\winops.rdp.PID"'


def test_a_profile_is_loaded_for_a_moment_and_let_go_whatever_happens(client_ps: PowerShell) -> None:
    assert unloaded(client_ps) == {"ran": [LOAD, UNLOAD], "problem": None}
    broken = unloaded(client_ps, breaks=True)
    assert broken == {"ran": [LOAD, UNLOAD], "problem": "broken"}
    assert unloaded(client_ps, fails="unload*")["problem"]
    refused = unloaded(client_ps, fails="load*")
    assert refused["ran"] == [LOAD] and refused["problem"]


def winget(ps: PowerShell, present: bool, fails: bool = False) -> Any:
    code = (
        "$global:Ran = [Collections.ArrayList]::new();"
        "function Find-Winget { if ($given.present) { 'C:\\winget.exe' } };"
        "function Get-ProgramText([string] $path, [string] $line, [int] $milliseconds) {"
        "  [void]$global:Ran.Add(@($path, $line, $milliseconds));"
        "  if ($given.fails) { throw [ComponentModel.Win32Exception]::new(-1978335189) }"
        "};"
        "Install-App (ConvertTo-Plain $given.step); , $global:Ran"
    )
    step = {"op": "app.install", "app": "Microsoft.WindowsApp", "timeout_s": 300}
    return ps(f"& {{ {code} }}", {"present": present, "fails": fails, "step": step})


def test_winget_is_asked_for_one_app_without_questions(ps: PowerShell) -> None:
    [[path, line, milliseconds]] = winget(ps, present=True)
    assert path.endswith("winget.exe") and milliseconds == 300000
    words = line.split()
    assert words[:5] == ["install", "--id", "Microsoft.WindowsApp", "--exact", "--source"]
    assert {"--silent", "--disable-interactivity", "--accept-source-agreements"} <= set(words)
    for present, fails in ((False, False), (True, True)):
        with pytest.raises(PowerShellError):
            winget(ps, present, fails)


def test_products_on_a_client_are_read_by_name_and_nothing_else_is(client_ps: PowerShell) -> None:
    """Only the state is asked for; of a service that may not be asked, or whose key is locked, it is said."""
    code = (
        "$global:Asked = [Collections.ArrayList]::new(); $global:Said = [Collections.ArrayList]::new();"
        "function Open-Key([string] $path) {"
        "  $names = { 'PanGPS', 'WireGuardTunnel$office', 'Spooler', 'ekrn' };"
        "  [pscustomobject]@{} | Add-Member -MemberType ScriptMethod -Name GetSubKeyNames -Value $names -PassThru"
        "};"
        "function Read-Data([string] $path, [string] $name) {"
        "  if ($path -like '*PanGPS') { throw [Security.SecurityException] 'locked' };"
        '  [void]$global:Asked.Add("$path $name"); 2'
        "};"
        "function Add-Silence($problem) { [void]$global:Said.Add((Get-ErrorValue $problem)['type']) };"
        "function Get-ProductType { 'ServerNT' };"
        "function Get-Controller([string] $name) { [void]$global:Asked.Add($name); $name };"
        "function Get-State($controller) { if ($controller -eq 'ekrn') { throw [ComponentModel.Win32Exception]::new(5) }; 4 };"
        "$found = Read-ProductsSection @{ service_names = $given };"
        "@{ found = $found; asked = $global:Asked; said = $global:Said }"
    )
    answer = client_ps(f"& {{ {code} }}", ["pangps", "WireGuardTunnel*", "EKRN", "None"])
    rows = [(row["name"], row["state"]) for row in answer["found"]["services"]]
    assert rows == [("PanGPS", 4), ("WireGuardTunnel$office", 4), ("ekrn", None)]
    assert answer["found"]["security_center"] == [] and not any("Spooler" in one for one in answer["asked"])
    assert answer["said"] == ["System.Security.SecurityException", "System.ComponentModel.Win32Exception"]


@pytest.mark.parametrize(
    ("line", "program"),
    [
        (
            r'"C:\Program Files (x86)\ScreenConnect Client (1)\x.exe" "?e=Access&h=relay&k=KEY&v=TOKEN"',
            r'"C:\Program Files (x86)\ScreenConnect Client (1)\x.exe"',
        ),
        (
            r"C:\Program Files\Some Product\a.exe.d\agent.EXE --token=SECRET",
            r"C:\Program Files\Some Product\a.exe.d\agent.EXE",
        ),
        (r"%SystemRoot%\System32\svchost.exe -k netsvcs", r"%SystemRoot%\System32\svchost.exe"),
        (r"\SystemRoot\System32\drivers\filter.sys", r"\SystemRoot\System32\drivers\filter.sys"),
        ("agent /key SECRET", "agent"),
        ("", None),
        (None, None),
    ],
)
def test_of_a_product_s_command_line_its_program_alone_leaves_the_host(
    client_ps: PowerShell, line: str | None, program: str | None
) -> None:
    assert client_ps("Get-ProgramPath $given.line", {"line": line}) == program


def test_what_a_client_read_in_part_has_why_the_rest_was_not(client_ps: PowerShell) -> None:
    code = (
        "function Read-ProductsSection($context) { Add-Silence ([TimeoutException] 'WMI is late.'); @{ services = @() } };"
        "function Read-SettingsSection($context) { @{} };"
        "Invoke-Client @{ sections = @('products', 'settings') }"
    )
    answer = json.loads(client_ps(f"& {{ {code} }}", None))
    assert answer["sections"] == {"products": {"services": []}, "settings": {}}
    assert {name: one["message"] for name, one in answer["errors"].items()} == {"products": "WMI is late."}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8", "utf-8-sig", "latin-1"])
def test_an_rdp_file_keeps_its_encoding_and_its_other_lines(ps: PowerShell, tmp_path: Path, encoding: str) -> None:
    text = "full address:s:größe\r\n EnableCredSspSupport:i:0\r\nenablecredsspsupport:i:0\r\nscreen mode id:i:2"
    path = tmp_path / "a.rdp"
    path.write_bytes(text.encode(encoding))
    step = {"op": "rdp_file.set", "file": str(path), "setting": "enablecredsspsupport", "value": 1}
    code = "$step = ConvertTo-Plain $given; Set-RdpSetting $step; (Get-RdpSetting $step).value"
    assert ps(code, step) == 1
    written = path.read_bytes()
    assert written.decode(encoding) == "full address:s:größe\r\nscreen mode id:i:2\r\nenablecredsspsupport:i:1\r\n"
    assert written == written.decode(encoding).encode(encoding)
    assert written[:2] == path.with_name("a.rdp.winops.rdp.bak").read_bytes()[:2]
    # The copy is of the first change.
    assert ps(code, {**step, "value": None}) is None and "credssp" not in path.read_bytes().decode(encoding)
    assert path.with_name("a.rdp.winops.rdp.bak").read_bytes() == text.encode(encoding)


def test_a_file_behind_a_link_is_left_alone(ps: PowerShell, tmp_path: Path) -> None:
    real = tmp_path / "real.rdp"
    real.write_text("enablecredsspsupport:i:0\r\n", newline="")
    (tmp_path / "link.rdp").symlink_to(real)
    folder = tmp_path / "folder"
    folder.symlink_to(tmp_path)
    for path in (tmp_path / "link.rdp", folder / "real.rdp"):
        step = {"op": "rdp_file.set", "file": str(path), "setting": "enablecredsspsupport", "value": 1}
        with pytest.raises(PowerShellError, match="is a link"):
            ps("Set-RdpSetting (ConvertTo-Plain $given)", step)
    assert real.read_text() == "enablecredsspsupport:i:0\n" and len(list(tmp_path.iterdir())) == 3


def test_secrets_of_rdp_files_do_not_come_home(client_ps: PowerShell, tmp_path: Path) -> None:
    path = tmp_path / "a.rdp"
    path.write_text(
        "password 51:b:01000000D0\nsignature:s:AQAB\nGatewayAccessToken:s:eyJ\nfull address:s:a:b\nno setting\n"
    )
    found = client_ps("Read-RdpFile $given", str(path))
    assert found["settings"] == [
        ["password 51", "b", None],
        ["signature", "s", None],
        ["gatewayaccesstoken", "s", None],
        ["full address", "s", "a:b"],
    ]
    path.write_text("x" * 200000)
    assert client_ps("Read-RdpFile $given", str(path))["error"]["message"].endswith("is too large.")


@pytest.mark.parametrize("end", [".new", ".winops.rdp.bak"])
@pytest.mark.parametrize("there", [True, False])
def test_an_rdp_file_is_not_written_through_a_link_beside_it(
    ps: PowerShell, tmp_path: Path, end: str, there: bool
) -> None:
    victim, path = tmp_path / "victim.dll", tmp_path / "a.rdp"
    if there:
        victim.write_text("precious")
    path.write_text("enablecredsspsupport:i:0\r\n", newline="")
    link = Path(f"{path}{end}")
    link.symlink_to(victim)
    step = {"op": "rdp_file.set", "file": str(path), "setting": "enablecredsspsupport", "value": 1}
    code = "try { Set-RdpSetting (ConvertTo-Plain $given); 'written' } catch { $_.Exception.Message }"
    said = ps(code, step)
    assert said == "written" if end == ".new" else "is a link" in said
    assert (victim.read_text() if victim.exists() else None) == ("precious" if there else None)
    assert link.is_symlink() and len(list(tmp_path.iterdir())) == 2 + there + (end == ".new")
