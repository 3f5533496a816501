# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The task that arms NLA again, firewall rules and members: what is made, what is known again, and what is asked of
Windows. The scheduler, the firewall's cmdlets and the group are replaced; tests/lab registers with a real scheduler."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import offline
from ansible_collections.winops.rdp.plugins.plugin_utils.host import firewall, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import undo
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal

from tests.hosts import granting, steps
from tests.hosts.snapshots import Host
from tests.hosts.steps import OTHER_RULES, OWN_RULE, RULE, rule

from .conftest import PowerShell, PowerShellError

NOW = datetime.now(timezone.utc)
CAUSES = ("nla.trust_broken", "clock.wrong")


def task(hours: float = 1, causes: tuple[str, ...] = CAUSES) -> nla_task.NlaTask:
    return nla_task.lasting(NOW, timedelta(hours=hours), causes)


def arm(of: nla_task.NlaTask, **more: Any) -> dict[str, Any]:
    return {"op": "task.arm", "at": of.utc, "causes": list(of.causes), "xml": of.xml, **more}


def why(ps: PowerShell, *given: dict[str, Any]) -> list[str | None]:
    """Why each is refused, of steps in a row."""
    code = (
        "$scope = @{ undoing = $false; armed = $false }; , @(foreach ($step in (ConvertTo-Plain $given)) {"
        " [string](Test-Step $step $scope); if ($step.op -eq 'task.arm') { $scope.armed = $true } })"
    )
    answer: list[str] = ps(code, list(given))
    return [text or None for text in answer]


# The task -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("causes", [(), CAUSES])
def test_both_sides_make_the_same_task(ps: PowerShell, causes: tuple[str, ...]) -> None:
    of = task(causes=causes)
    assert ps("Get-NlaXml $given.at $given.causes", {"at": of.utc, "causes": list(causes)}) == of.xml
    assert ps("Read-NlaXml $given", of.xml) == {"at": of.utc, "causes": list(causes)}


def test_the_scheduler_s_own_form_is_known(ps: PowerShell) -> None:
    for causes in ((), CAUSES):
        xml = granting.written_out(task(causes=causes).xml)
        assert ps("Read-NlaXml $given", xml) == arm_state(task(causes=causes))
        assert nla_task.read(xml) == task(causes=causes)


@pytest.mark.parametrize(("there", "instead"), granting.KEPT_FROM_RUNNING)
def test_a_task_that_something_keeps_from_running_is_not_ours(ps: PowerShell, there: str, instead: str) -> None:
    xml = task().xml.replace(there, instead, 1)
    assert xml != task().xml and ps("Read-NlaXml $given", xml) is None and nla_task.read(xml) is None


def test_a_task_with_a_type_of_its_own_is_not_read(ps: PowerShell) -> None:
    for xml in (task().xml.replace("<Task ", '<!DOCTYPE x [<!ENTITY e "e">]><Task ', 1), task().xml + " " * 20000):
        assert ps("Read-NlaXml $given", xml) is None and nla_task.read(xml) is None


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        ("/d 1 /f", "/d 0 /f"),
        ("S-1-5-18", "S-1-5-20"),
        ("</Exec>", "</Exec><Exec><Command>x</Command></Exec>"),
        ("<Settings>", "<Settings><Enabled>false</Enabled>"),
        ("</StartBoundary>", "</StartBoundary><EndBoundary>2020-01-01T00:00:00Z</EndBoundary>"),
        ("<StartWhenAvailable>true", "<StartWhenAvailable>false"),
        (":00Z<", ":00<"),
    ],
)
def test_another_task_is_not_ours(ps: PowerShell, there: str, instead: str) -> None:
    assert there in task().xml and ps("Read-NlaXml $given", task().xml.replace(there, instead)) is None
    assert nla_task.read(task().xml.replace(there, instead)) is None


def test_what_may_be_registered(ps: PowerShell) -> None:
    for good in (task(), task(24), task(causes=())):
        assert why(ps, arm(good)) == [None]
    xml = task().xml
    for bad in (
        arm(task(-1)),
        arm(task(25)),
        arm(task(), at=task(2).utc),
        arm(task(), causes=[]),
        arm(task(), causes=["a b"]),
        arm(task(), causes=["x.y"] * 17),
        arm(task(), xml=xml.replace("cmd.exe", "CMD.EXE")),
        arm(task(), xml=xml + " "),
    ):
        assert why(ps, bad) != [None], bad


def test_nla_goes_off_only_behind_its_task(ps: PowerShell) -> None:
    off = steps.setting("UserAuthentication", 0)
    assert why(ps, off)[0] and why(ps, off, arm(task()))[0]
    assert why(ps, arm(task()), off) == [None, None]
    for other in (steps.setting("SecurityLayer", 0), steps.setting("UserAuthentication", 2)):
        assert why(ps, arm(task()), other)[1]
    assert why(ps, arm(task()), {**off, "type": "string", "data": "0"})[1]


# Whether a call is accepted; $given is its steps, the journal that it undoes, and the task that stands.
ASSERT = """
& {
  $given = ConvertTo-Plain $given
  $xml = $given['there']
  function Get-KeyFiles { }
  function Get-ContainerPath { }
  function Read-Thumbprint { }
  function Get-NlaTaskState { if ($xml) { Read-NlaXml $xml } else { @{ at = $null; causes = @() } } }
  try { Assert-Steps @($given['steps']) $given['undone']; 'accepted' } catch { $_.Exception.Message }
}
"""
OFF = steps.setting("UserAuthentication", 0)


def asserted(
    ps: PowerShell, *given: dict[str, Any], undone: list[dict[str, Any]] | None = None, there: str | None = None
) -> bool:
    rows = [{"status": "done", "before": None, "after": None, "error": None, **row} for row in undone or ()]
    record = {"id": "20261123T130000Z-0a1b2c3d", "state": "failed", "steps": rows} if undone else None
    said = ps(ASSERT, {"steps": list(given), "undone": record, "there": there})
    assert said == "accepted" or said.startswith("Step "), said
    return bool(said == "accepted")


def test_a_task_that_the_same_call_removes_allows_nothing(ps: PowerShell) -> None:
    other = [{**steps.setting("MinEncryptionLevel", 3), "before": {"type": "dword", "data": 2}}]
    assert asserted(ps, arm(task()), OFF)
    assert not asserted(ps, arm(task()), {"op": "task.disarm"}, OFF)
    assert not asserted(ps, arm(task()), {"op": "task.disarm"}, OFF, undone=other)
    assert not asserted(ps, OFF, undone=other, there=task().xml)


@pytest.mark.parametrize("zero", [{"type": "dword", "data": 0}, {"type": "string", "data": "0"}])
def test_what_was_off_is_given_back_behind_a_task_or_where_none_ever_stood(
    ps: PowerShell, zero: dict[str, Any]
) -> None:
    on, off = {**steps.setting("UserAuthentication", 1), "before": zero}, {**OFF, **zero}
    assert asserted(ps, off, undone=[on])
    for status in ("done", "pending", "skipped"):
        paused = [on, {"op": "task.disarm", "status": status}]
        assert not asserted(ps, off, undone=paused)
        assert asserted(ps, off, undone=paused, there=task().xml)
        for hours in (-1.0, 0.01, 26.0):
            assert not asserted(ps, off, undone=paused, there=task(hours).xml)
        assert asserted(ps, arm(task()), off, undone=[on, {"op": "task.disarm", "before": arm_state(task())}])


@pytest.mark.parametrize(("there", "before", "paused"), [(True, 0, True), (False, 0, False), (True, 1, False)])
def test_a_value_that_is_changed_while_a_task_is_there_is_marked(
    ps: PowerShell, there: bool, before: int, paused: bool
) -> None:
    """Read or not: its file says so. What it found then is no proof of what was there before."""
    code = (
        "$g = $given; function Test-NlaFile { $g.there };"
        "Test-NlaPause (ConvertTo-Plain $given.step) (ConvertTo-Plain $given.before)"
    )
    on = steps.setting("UserAuthentication", 1)
    given = {"step": on, "before": {"type": "dword", "data": before}, "there": there}
    assert ps("& {" + code + "}", given) is paused
    found = {**on, "before": {"type": "dword", "data": 0}, "paused": paused}
    assert asserted(ps, OFF, undone=[found]) is not paused


def arm_state(of: nla_task.NlaTask) -> dict[str, Any]:
    return {"at": of.utc, "causes": list(of.causes)}


# A scheduler that keeps one task, $global:Task.
TASK_FOLDER = """
  function Get-TaskFolder {
    $folder = [pscustomobject]@{}
    $folder | Add-Member -MemberType ScriptMethod -Name GetTask -Value {
      param($name)
      if (-not $global:Task) { throw [ComponentModel.Win32Exception]::new(2) }
      [pscustomobject]@{ Xml = $global:Task }
    }
    $folder | Add-Member -MemberType ScriptMethod -Name RegisterTask -Value {
      param($name, $xml, $how, $user, $password, $logon, $sddl)
      [void]$global:Said.Add("register $name $how $user $logon $sddl")
      $global:Task = $xml
    }
    $folder | Add-Member -MemberType ScriptMethod -Name DeleteTask -Value {
      param($name)
      [void]$global:Said.Add("delete $name")
      $global:Task = $null
    }
    $folder
  }
"""
# $given.local is the value of UserAuthentication, $given.there what is registered.
SCHEDULER = (
    "& {"
    + TASK_FOLDER
    + """
  $global:Said = [Collections.ArrayList]::new()
  $global:Task = $given.there
  function Read-Data { $given.local }
  $entry = [ordered]@{ before = $null; after = $null; status = 'pending'; error = $null; elapsed_ms = 0 }
  $NlaGuard['given_back'] = @()
  Complete-Step (ConvertTo-Plain $given.step) $entry { }
  @{ status = $entry.status; before = $entry.before; after = $entry.after; said = $global:Said; error = $entry.error }
}
"""
)
NONE: dict[str, Any] = {"at": None, "causes": []}


def scheduled(ps: PowerShell, step: dict[str, Any], there: str | None = None, local: int = 1) -> Any:
    return ps(SCHEDULER, {"step": step, "there": there, "local": local})


def test_a_task_is_registered_for_system_and_administrators_alone(ps: PowerShell) -> None:
    answer = scheduled(ps, arm(task()))
    now = {"at": task().utc, "causes": list(CAUSES)}
    assert (answer["status"], answer["before"], answer["after"]) == ("done", NONE, now), answer
    assert answer["said"] == [f"register {nla_task.NAME} 6 SYSTEM 5 O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)"]
    assert scheduled(ps, arm(task()), task().xml)["status"] == "unchanged"
    longer = scheduled(ps, arm(task(2)), task().xml)
    assert (longer["status"], longer["before"], longer["after"]["at"]) == ("done", now, task(2).utc)


def test_somebody_else_s_task_of_that_name_is_not_replaced(ps: PowerShell) -> None:
    for step in (arm(task()), {"op": "task.disarm"}):
        answer = scheduled(ps, step, task().xml.replace("reg.exe", "calc.exe"))
        assert (answer["status"], answer["said"]) == ("failed", [])
        assert "not as this collection makes it" in answer["error"]["message"]


def test_the_task_goes_only_where_nla_is_required(ps: PowerShell) -> None:
    gone = scheduled(ps, {"op": "task.disarm"}, task().xml)
    assert (gone["status"], gone["said"], gone["after"]) == ("done", [f"delete {nla_task.NAME}"], NONE)
    kept = scheduled(ps, {"op": "task.disarm"}, task().xml, local=0)
    assert (kept["status"], kept["said"]) == ("failed", [])
    assert scheduled(ps, {"op": "task.disarm"})["status"] == "unchanged"


def test_right_before_the_value_the_task_is_looked_for_again(ps: PowerShell) -> None:
    """The step that writes 0, on a host that has lost its task since the one before."""
    code = SCHEDULER.replace(
        "Complete-Step (ConvertTo-Plain $given.step) $entry { }", "Assert-NlaTask (ConvertTo-Plain $given.step)"
    )
    off = steps.setting("UserAuthentication", 0)
    with pytest.raises(PowerShellError, match="No task stands"):
        ps(code, {"step": off, "there": None, "local": 1})
    ps(code, {"step": off, "there": task().xml, "local": 1})
    ps(code, {"step": steps.setting("UserAuthentication", 1), "there": None, "local": 1})


@pytest.mark.parametrize("runs", [True, False])
def test_right_behind_the_value_the_task_is_looked_for_once_more(ps: PowerShell, runs: bool) -> None:
    """It may have run in between, and removed itself: the value that it had set was overwritten."""
    code = SCHEDULER.replace("$given.local }", "$global:Local }").replace(
        "$entry = ",
        "$global:Local = $given.local; function Get-RegistryState { [ordered]@{ type = 'dword'; data = $global:Local } };"
        'function Set-Value($step) { $global:Local = $step.data; [void]$global:Said.Add("set $($step.data)");'
        "if ($given.runs) { $global:Task = $null } }; $entry = ",
    )
    answer = ps(code, {"step": OFF, "there": task().xml, "local": 1, "runs": runs})
    assert answer["status"] == ("failed" if runs else "done"), answer
    assert answer["said"] == (["set 0", "set 1"] if runs else ["set 0"])
    assert answer["after"] is None or answer["after"]["data"] == (1 if runs else 0)


@pytest.mark.parametrize(("hours", "stands"), [(1, True), (24, True), (-1, False), (0.03, False), (26, False)])
def test_a_task_that_is_over_or_far_off_is_no_promise(ps: PowerShell, hours: float, stands: bool) -> None:
    code = SCHEDULER.replace(
        "Complete-Step (ConvertTo-Plain $given.step) $entry { }", "Assert-NlaTask (ConvertTo-Plain $given.step)"
    )
    given = {"step": OFF, "there": task(hours).xml, "local": 1}
    if stands:
        ps(code, given)
    else:
        with pytest.raises(PowerShellError, match="No task stands"):
            ps(code, given)
    assert task(hours).ends(NOW) is stands


# Firewall -------------------------------------------------------------------------------------------------------------

ON = (
    "v2.31|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Domain|Profile=Private|LPort=3389|RA4=10.0.0.0/255.0.0.0"
    "|RA4=LocalSubnet|RA6=LocalSubnet|RA4=192.0.2.1|App=%SystemRoot%\\system32\\svchost.exe|Svc=termservice|Name=x|"
)
PLAIN = "v2.31|Action=Allow|Active=FALSE|Dir=In|Protocol=6|LPort=3389|Svc=termservice|Name=x|"
FEW = ["10.0.0.0/8", "LocalSubnet", "192.0.2.1"]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("10.0.0.0/255.0.0.0", "10.0.0.0/8"),
        ("10.0.0.0/8", "10.0.0.0/8"),
        ("192.0.2.0/255.255.255.128", "192.0.2.0/25"),
        ("192.0.2.1/255.255.255.255", "192.0.2.1"),
        ("192.0.2.1/32", "192.0.2.1"),
        ("2001:db8::/32", "2001:db8::/32"),
        ("2001:db8::1/128", "2001:db8::1"),
        ("10.0.0.1-10.0.0.9", "10.0.0.1-10.0.0.9"),
        ("LocalSubnet", "LocalSubnet"),
    ],
)
def test_addresses_in_one_form(ps: PowerShell, text: str, address: str) -> None:
    assert ps("ConvertTo-Address $given", text) == address


@pytest.mark.parametrize(
    ("step", "text", "done"),
    [
        (rule(), ON, True),
        (rule(addresses=FEW), ON, True),
        (rule(addresses=FEW[::-1]), ON, True),
        (rule(addresses=FEW[:2]), ON, False),
        (rule(addresses=["Any"]), ON, False),
        (rule(profiles=1), ON, False),
        (rule(active=False), ON, False),
        (rule(active=False, profiles=0), PLAIN, True),
        (rule(active=False, profiles=7, addresses=["Any"]), PLAIN, True),
        (rule(), None, False),
        (rule(OWN_RULE, 3389, addresses=FEW), ON, True),
        (rule(OWN_RULE, 3390, addresses=FEW), ON, False),
        ({"op": "firewall.remove", "rule": OWN_RULE}, None, True),
        ({"op": "firewall.remove", "rule": OWN_RULE}, ON, False),
    ],
)
def test_what_is_so_already(ps: PowerShell, step: dict[str, Any], text: str | None, done: bool) -> None:
    given = {"step": step, "state": {"rule": text}}
    assert ps("$plain = ConvertTo-Plain $given; Test-StepDone $plain['step'] $plain['state']", given) is done


OF_SERVICE = r"LPort=3389|App=%SystemRoot%\system32\svchost.exe|Svc=termservice"
SHADOWING = r"App=%SystemRoot%\system32\RdpSa.exe"
MADE = f"v2.31|Action=Allow|Active=FALSE|Dir=In|Protocol=6|{OF_SERVICE}|"


@pytest.mark.parametrize(
    ("name", "there", "instead", "why"),
    [
        (RULE, "", "", None),
        (OWN_RULE, "", "", None),
        (RULE, "%SystemRoot%", r"C:\Windows", None),
        (RULE, "%SystemRoot%", r"%SystemDrive%\Windows", None),
        (RULE, "%SystemRoot%", r"\SystemRoot", None),
        (RULE, r"%SystemRoot%\system32\svchost", r"%windir%/System32//SVCHOST", None),
        (RULE, "%SystemRoot%", r"\\?\C:\Windows", None),
        (RULE, "%SystemRoot%", r"\\Windows", "is for another program"),
        (RULE, "svchost", "\u017fvchost", "is for another program"),
        (RULE, "svchost.exe", "svchost.exe\u00a0", "is for another program"),
        (OTHER_RULES[0], "Protocol=6", "Protocol=17", None),
        (OTHER_RULES[1], OF_SERVICE, SHADOWING, None),
        (RULE, "Allow", "Block", "does not just allow"),
        (RULE, "Action=Allow", "Action=ByPass", "does not just allow"),
        (RULE, "Dir=In", "Dir=Out", "is for outgoing connections"),
        (RULE, "Protocol=6|LPort=3389|", "", "is for another protocol"),
        (RULE, "LPort=3389|", "", "is for other ports"),
        (RULE, "LPort=3389", "LPort=3389|LPort=445", "is for other ports"),
        (RULE, "LPort=3389", "LPort2_10=1-65535", "is for other ports"),
        (RULE, "%SystemRoot%", r"C:\t", "is for another program"),
        (OTHER_RULES[1], "", "", "is for another program"),
        (OWN_RULE, "Svc=termservice|", "", "is for another service"),
        (OTHER_RULES[0], "", "", "is for another protocol"),
    ],
)
def test_a_rule_is_what_its_name_stands_for(ps: PowerShell, name: str, there: str, instead: str, why: str) -> None:
    text = MADE.replace(there, instead) if there else MADE
    assert ps("Test-RuleKind $given.name $given.text", {"name": name, "text": text}) == why
    odd = firewall.odd(firewall.parse_rule("local", name, text), None)
    assert (odd is None) is (why is None), "Python says the same"


@pytest.mark.parametrize(("active", "odd"), [(True, True), (False, False)])
def test_a_rule_of_another_kind_is_turned_off_but_not_on(ps: PowerShell, active: bool, odd: bool) -> None:
    code = """
& {
  function Get-Controller { }; function Get-State { 4 }; function Set-NetFirewallRule { }
  function Get-RuleState { @{ rule = $given.text } }
  Test-FirewallNeed (ConvertTo-Plain $given.step)
}
"""
    text = MADE.replace("LPort=3389|", "")
    why = ps(code, {"step": rule(active=active, profiles=1), "text": text})
    assert (why is not None and "not what its name stands for" in why) is odd


# The cmdlets say what they are given.
FIREWALL = """
& {
  $global:Said = @{}
  function Note($name, $bound) { $global:Said = @{ cmdlet = $name }; foreach ($one in $bound.GetEnumerator()) {
    $global:Said[$one.Key] = $one.Value } }
  function Set-NetFirewallRule($Name, $PolicyStore, $Enabled, $Profile, $RemoteAddress, $LocalPort, $ErrorAction) {
    Note 'set' $PSBoundParameters }
  function New-NetFirewallRule($Name, $PolicyStore, $Enabled, $Profile, $RemoteAddress, $DisplayName, $Direction,
    $Protocol, $LocalPort, $Program, $Service, $Action, $ErrorAction) { Note 'new' $PSBoundParameters }
  function Remove-NetFirewallRule($Name, $PolicyStore, $ErrorAction) { Note 'remove' $PSBoundParameters }
  Invoke-Step (ConvertTo-Plain $given.step) @{ rule = $given.before }
  $global:Said
}
"""


def asked(ps: PowerShell, step: dict[str, Any], before: str | None = ON) -> dict[str, Any]:
    answer = ps(FIREWALL, {"step": step, "before": before})
    assert answer.pop("PolicyStore") == "PersistentStore" and answer.pop("ErrorAction") == "Stop"
    return dict(answer)


def test_what_the_firewall_is_asked_for(ps: PowerShell) -> None:
    plain = {"cmdlet": "set", "Name": RULE, "Enabled": "True", "Profile": "Domain,Private"}
    assert asked(ps, rule()) == plain
    assert asked(ps, rule(addresses=FEW)) == {**plain, "RemoteAddress": FEW}
    assert asked(ps, rule(active=False, profiles=0)) == {**plain, "Enabled": "False", "Profile": "Any"}
    own = rule(OWN_RULE, 3390, addresses=["Any"])
    moved = {**plain, "Name": OWN_RULE, "RemoteAddress": ["Any"], "LocalPort": 3390}
    assert asked(ps, own) == moved, "one that is there is not taken away first"
    new = asked(ps, own, None)
    assert new.items() >= {**moved, "cmdlet": "new", "Service": "termservice", "Action": "Allow"}.items()
    assert (new["Direction"], new["Protocol"]) == ("Inbound", "TCP") and new["Program"].endswith("\\svchost.exe")
    assert asked(ps, {"op": "firewall.remove", "rule": OWN_RULE}) == {"cmdlet": "remove", "Name": OWN_RULE}


@pytest.mark.parametrize(
    ("there", "made"),
    [
        (None, True),
        ("Action=Allow|Dir=In|Protocol=6|LPort=3390|App=%SystemRoot%\\system32\\svchost.exe|Svc=termservice|", True),
        ("Action=Allow|Dir=In|Protocol=6|LPort=3390|LPort=445|Svc=termservice|", False),
        ("Action=Allow|Dir=In|Protocol=6|LPort2_10=3390-3400|Svc=termservice|", False),
        ("Action=Allow|Dir=In|Protocol=17|LPort=3390|Svc=termservice|", False),
        ("Action=Block|Dir=In|Protocol=6|LPort=3390|Svc=termservice|", False),
        ("Action=Allow|Dir=In|Protocol=6|LPort=3390|", False),
    ],
)
def test_a_rule_of_our_name_that_somebody_changed_is_not_replaced(
    ps: PowerShell, there: str | None, made: bool
) -> None:
    code = (
        "function Get-Controller { }; function Get-State { 4 }; function Get-Command { $true };"
        "function Get-RuleState { @{ rule = $given[1] } }; @(Test-FirewallNeed (ConvertTo-Plain $given[0])) -join ''"
    )
    said = ps("& {" + code + "}", [rule(OWN_RULE, 3390, addresses=FEW), there and f"v2.31|{there}"])
    assert (said == "") if made else said.startswith(f"the rule {OWN_RULE} is not what its name stands for")


# The way back ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "before"),
    [
        (arm(task()), NONE),
        (arm(task()), {"at": task(2).utc, "causes": list(CAUSES)}),
        ({"op": "task.disarm"}, {"at": task(2).utc, "causes": []}),
        (rule(), {"rule": ON}),
        (rule(), {"rule": PLAIN}),
        (rule(OWN_RULE, 3390, addresses=FEW), {"rule": None}),
        (rule(OWN_RULE, 3390, addresses=FEW), {"rule": ON}),
        ({"op": "group.add", "member": steps.PERSON}, {"member": False}),
    ],
    ids=lambda one: str(one)[:60],
)
def test_an_undo_asks_for_what_the_host_grants(ps: PowerShell, step: dict[str, Any], before: dict[str, Any]) -> None:
    """The step that Python takes it back with is one that the journal demands, on the host and on the model."""
    entry = {**step, "status": "done", "before": before, "after": None, "error": None}
    [back] = undo.undo(Journal.parse({"id": "20261123T130000Z-0a1b2c3d", "state": "complete", "steps": [entry]})).steps
    code = "$p = ConvertTo-Plain $given; Test-Demanded $p['step'] @(Get-StepBack $p['entry'] 'complete')"
    assert ps(code, {"step": back.to_host(), "entry": entry}) is True
    demand = granting.back(entry)
    assert demand and all(back.to_host()[name] == value for name, value in demand.items())
    other = {**back.to_host(), "op": "firewall.set", "rule": RULE, "active": True, "profiles": 7, "addresses": ["Any"]}
    assert ps(code, {"step": other, "entry": entry}) is False


def test_a_member_is_asked_for_by_sid(ps: PowerShell) -> None:
    code = """
& {
  $global:Said = [Collections.ArrayList]::new()
  function Get-UsersGroup { 'Utilisateurs du Bureau' }
  function ConvertTo-SidBytes([string] $text) { , [byte[]](1, 2) }
  function Get-Win32OrStop {
    $type = [pscustomobject]@{}
    $type | Add-Member -MemberType ScriptMethod -Name Note -Value { }
    $type
  }
  [string](Get-Command Get-MemberState).Definition
}
"""
    assert "IsMember((Get-UsersGroup)" in ps(code)


# What a repair script was planned from ------------------------------------------------------------------------------

REPAIR = (Path(offline.__file__).parents[1] / "offline" / "repair.ps1").read_text().split("\ntry {\n")[0]
CHANGED = (
    "& {\n"
    + REPAIR
    + TASK_FOLDER
    + """
  $global:Task = $given.task
  function Read-Data { $given.rule }
  Get-Changed (ConvertTo-Plain $given.planned)
}"""
)


@pytest.mark.parametrize("causes", [(), CAUSES[:1], CAUSES, None])
def test_a_script_knows_the_task_again(ps: PowerShell, causes: tuple[str, ...] | None) -> None:
    """As Python read it in the snapshot; and another one than that."""
    there = None if causes is None else granting.written_out(task(causes=causes).xml)
    host = Host()
    host.sections["listener"]["nla_task"] = {"xml": there, "error": None}
    step = make.disarm("", "nla.off_until")
    planned = offline._planned(step, Snapshot.of(host.to_answer(), NOW))
    assert ps(CHANGED, {"planned": planned, "task": there}) is None
    for other in (task(2, causes or ()).xml, None if there else task().xml):
        assert "at was " in str(ps(CHANGED, {"planned": planned, "task": other}))


@pytest.mark.parametrize("there", [MADE, None])
def test_a_script_knows_the_rule_again(ps: PowerShell, there: str | None) -> None:
    host = Host()
    host.sections["firewall"]["rules"] = [{"store": "policy", "name": OWN_RULE, "rule": "v2.31|Action=Block|"}]
    if there:
        host.sections["firewall"]["rules"].append({"store": "local", "name": OWN_RULE, "rule": there})
    step = make.add_rule(3390, profiles=1, addresses=["Any"], reason="", finding="firewall.port_not_allowed")
    planned = offline._planned(step, Snapshot.of(host.to_answer(), NOW))
    assert ps(CHANGED, {"planned": planned, "task": None, "rule": there}) is None
    assert "rule was " in str(ps(CHANGED, {"planned": planned, "task": None, "rule": "v2.31|Action=Block|"}))
