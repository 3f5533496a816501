# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lets people in, on a Wine host: the task by the scheduler's own COM interface, its command line over the real
registry, and firewall rules in the real registry.

PowerShell cannot talk to COM here, so a program of the lab registers the task; Wine keeps a part of it and runs none.
Wine has no firewall: in place of the cmdlets stand functions that write a rule as Windows keeps it.
"""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import nla_task

from tests.hosts.steps import OTHER_RULES, OWN_RULE, RULE, rule
from tests.hosts.windows import firewall_rule

from .prefix import RDP, Prefix, Ran, new_journal, windows
from .steps import only, setting, value

RULES = (
    r"HKLM\SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy\FirewallRules"  # as Windows has it
)


def task(hours: int = 1) -> nla_task.NlaTask:
    return nla_task.lasting(datetime.now(timezone.utc), timedelta(hours=hours), ("nla.trust_broken",))


@pytest.fixture(scope="module")
def scheduler(host: Prefix) -> Callable[..., Ran]:
    """The scheduler's interface, by a program that the lab builds."""
    source, place = Path(__file__).with_name("tasks.c"), host.drive / "lab" / "tasks.exe"
    libraries = [f"-l{name}" for name in ("ole32", "oleaut32", "uuid")]
    build = [
        "x86_64-w64-mingw32-gcc",
        "-O1",
        "-Wall",
        "-Werror",
        "-municode",
        "-o",
        str(place),
        str(source),
        *libraries,
    ]
    subprocess.run(build, check=True, timeout=120)
    return lambda verb, *more: host.run(r"C:\lab\tasks.exe", verb, nla_task.NAME, *more)


def test_the_scheduler_takes_the_task_and_removes_it(host: Prefix, scheduler: Callable[..., Ran]) -> None:
    """Its parser accepts what is registered, for SYSTEM and with the descriptor. What Wine gives back lacks triggers,
    account and command: that is not a task which ends anything, and is not taken for one."""
    xml = host.path / "task.xml"
    for hours in (1, 2):
        xml.write_text(task(hours).xml)
        made = scheduler("register", windows(xml))
        assert made.code == 0, made
    kept = scheduler("read").out.decode()
    assert "<Description>nla.trust_broken</Description>" in kept and "<StartWhenAvailable>true<" in kept
    assert "<TimeTrigger>" not in kept, "Wine keeps triggers now: hold nla_task.read against this text"
    assert nla_task.read(kept) is None
    found = host.snapshot("listener")["sections"]["listener"]["nla_task"]
    assert found["xml"] is None and found["error"], "its file is found; PowerShell cannot ask for it here"
    for wrong in (task().xml.replace("Task", "Job"), ""):
        xml.write_text(wrong)
        assert scheduler("register", windows(xml)).code == 1, "its parser looks at what it is given"
    assert scheduler("delete").code == 0
    gone = scheduler("read")
    assert gone.code == 1 and b"0x80070002" in gone.err, "as the host script knows that there is none"
    assert host.snapshot("listener")["sections"]["listener"]["nla_task"] is None


def command(xml: str) -> str:
    [line] = [element.text for element in ET.fromstring(xml).iter() if element.tag.endswith("}Arguments")]
    assert line
    return line


@pytest.mark.parametrize("before", ["0", "1", None])
def test_the_task_s_command_line_over_the_real_registry(fresh: Prefix, before: str | None) -> None:
    """As the scheduler gives it to cmd.exe. The part that removes the task has a program of its own here, which Wine's
    own cannot do: it says that it was asked."""
    if before is None:
        fresh.must("reg", "delete", RDP, "/v", "UserAuthentication", "/f")
    else:
        fresh.must("reg", "add", RDP, "/v", "UserAuthentication", "/t", "REG_DWORD", "/d", before, "/f")
    line = command(task().xml).replace(r"%SystemRoot%\System32\schtasks.exe", "echo asked")
    ran = _run(fresh, line)
    assert value(fresh, RDP, "UserAuthentication") == "REG_DWORD    0x1", ran
    assert ran.code == 0 and b'asked /delete /tn "winops.rdp arm NLA" /f' in ran.out, ran


def test_the_task_is_not_removed_where_the_value_did_not_stay(fresh: Prefix) -> None:
    line = (
        command(task().xml).replace(r"%SystemRoot%\System32\schtasks.exe", "echo asked").replace("/d 1 /f", "/d 0 /f")
    )
    ran = _run(fresh, line)
    assert b"asked" not in ran.out and ran.code != 0, ran


def _run(host: Prefix, line: str) -> Ran:
    """Out of a file, so that nothing on the way changes its quotes."""
    batch = host.path / "task.cmd"
    batch.write_text(f"@cmd.exe {line}\r\n@exit /b %errorlevel%\r\n")
    return host.run("cmd", "/c", windows(batch))


def test_without_a_scheduler_nla_is_not_turned_off(host: Prefix) -> None:
    of = task()
    arm = {"op": "task.arm", "at": of.utc, "causes": list(of.causes), "xml": of.xml}
    answer = host.apply(arm, setting("UserAuthentication", 0))
    assert (answer["reason"], answer["step"]) == ("preflight", 0) and value(
        host, RDP, "UserAuthentication"
    ) == "REG_DWORD    0x1"
    for todo in ([setting("UserAuthentication", 0)], [setting("UserAuthentication", 0), arm]):
        assert host.apply(*todo)["reason"] == "refused_step"
    assert host.apply({**arm, "xml": of.xml.replace("/d 1 /f", "/d 0 /f")})["reason"] == "refused_step"
    assert value(host, RDP, "UserAuthentication") == "REG_DWORD    0x1"


# The rule as Windows keeps it: profiles each in a field, networks with a mask.
CMDLETS = r"""
function global:Write-Rule($Name, $Enabled, $Profile, $RemoteAddress, $LocalPort) {
  $key = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('{key}', $true)
  $text = [string]$key.GetValue($Name)
  if (-not $text) { $text = 'v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=0|Svc=termservice|Name=ours|' }
  $fields = foreach ($field in $text.TrimEnd('|').Split('|')) {
    if ($field -like 'Profile=*' -or ($field -like 'RA*' -and $RemoteAddress)) { continue }
    if ($field -like 'Active=*') { $field = "Active=$($Enabled.ToUpper())" }
    if ($field -like 'LPort=*' -and $LocalPort) { $field = "LPort=$LocalPort" }
    $field
    if ($field -like 'Protocol=*' -and $Profile -ne 'Any') { foreach ($one in $Profile.Split(',')) { "Profile=$one" } }
    if ($field -like 'LPort=*') {
      foreach ($one in $RemoteAddress) { if ($one -ne 'Any') { "RA4=$($one.Replace('/8', '/255.0.0.0'))" } }
    }
  }
  $key.SetValue($Name, ($fields -join '|') + '|')
  $key.Flush()
}
function global:Set-NetFirewallRule($Name, $PolicyStore, $Enabled, $Profile, $RemoteAddress, $LocalPort) {
  Write-Rule $Name $Enabled $Profile $RemoteAddress $LocalPort
}
function global:New-NetFirewallRule($Name, $PolicyStore, $Enabled, $Profile, $RemoteAddress, $LocalPort, $DisplayName,
  $Direction, $Protocol, $Program, $Service, $Action) { Write-Rule $Name $Enabled $Profile $RemoteAddress $LocalPort }
function global:Remove-NetFirewallRule($Name, $PolicyStore) {
  [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('{key}', $true).DeleteValue($Name)
}
""".replace("{key}", RULES.removeprefix("HKLM\\"))


@pytest.fixture
def walled(fresh: Prefix) -> Prefix:
    """A host with the firewall's service and Windows' own rules, which are off."""
    fresh.must("sc", "create", "mpssvc", "binPath=", r"C:\lab\services.exe KeyIso", "type=", "own", "start=", "demand")
    fresh.must("sc", "start", "mpssvc")
    for name, number in ((RULE, "6"), (OTHER_RULES[0], "17")):
        text = firewall_rule(active=False, number=int(number))
        fresh.must("reg", "add", RULES, "/v", name, "/t", "REG_SZ", "/d", text, "/f")
    return fresh


def done(host: Prefix, *todo: dict[str, Any], undoes: str | None = None) -> dict[str, Any]:
    call = {"operation": "apply", "journal": new_journal(undoes=undoes), "steps": list(todo), "sections": ["firewall"]}
    return host.host(call, before=CMDLETS)


def test_firewall_rules_in_the_real_registry_and_the_way_back(walled: Prefix) -> None:
    before = walled.export(RULES)
    todo = [
        rule(addresses=["10.0.0.0/8", "192.0.2.1"]),
        rule(OTHER_RULES[0]),
        rule(OWN_RULE, walled.port, profiles=2, addresses=["Any"]),
    ]
    first = done(walled, *todo)
    assert [step["status"] for step in first["steps"]] == ["done"] * 3, first
    shown = {row["name"]: row["rule"] for row in first["sections"]["firewall"]["rules"]}
    assert "|Active=TRUE|" in shown[RULE] and "|RA4=10.0.0.0/255.0.0.0|RA4=192.0.2.1|" in shown[RULE]
    assert "|Profile=Domain|Profile=Private|" in shown[OTHER_RULES[0]] and f"|LPort={walled.port}|" in shown[OWN_RULE]
    assert [step["status"] for step in done(walled, *todo)["steps"]] == ["unchanged"] * 3
    back = [
        {"op": "firewall.remove", "rule": OWN_RULE},
        *(rule(name, active=False, profiles=0, addresses=["Any"]) for name in (OTHER_RULES[0], RULE)),
    ]
    assert done(walled, *back, undoes="20200101T000000Z-00000000")["reason"] == "refused_step"
    undone = done(walled, *back, undoes=first["journal"]["id"])
    assert [step["status"] for step in undone["steps"]] == ["done"] * 3, undone
    assert walled.export(RULES) == before


def test_what_the_firewall_needs_is_looked_at_first(walled: Prefix) -> None:
    before = walled.export(RULES)
    assert done(walled, rule(OWN_RULE, walled.port + 1, addresses=["Any"]))["reason"] == "refused_step"
    assert done(walled, rule(), rule(OTHER_RULES[1]))["step"] == 1, "a rule that is not there"
    assert walled.apply(rule())["reason"] == "preflight", "a host without the cmdlets"
    walled.must("sc", "stop", "mpssvc")
    assert done(walled, rule())["reason"] == "preflight"
    assert walled.export(RULES) == before


def test_what_did_not_stay_is_no_success(walled: Prefix) -> None:
    """Cmdlets that say nothing and do nothing."""
    call = {"operation": "apply", "journal": new_journal(), "steps": [rule()]}
    answer = walled.host(call, before="function global:Set-NetFirewallRule { }")
    assert only(answer)["status"] == "failed" and "did not stay" in only(answer)["error"]["message"]
