# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Services that are stopped and started: what runs afterwards, over a service manager that is a table."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from .conftest import PowerShell

# Each service: its state, and what goes wrong: its stop hangs for so many looks (-1 for ever), is denied, its start fails.
MANAGER = r"""
& {
  $global:Services = @{}
  $global:Said = [Collections.ArrayList]::new()
  foreach ($one in $given.services) {
    $made = [pscustomobject]@{
      ServiceName = $one.name; state = $one.state; hang = [int]$one.hang
      denied = [bool]$one.denied; code = [int]$one.code
      start_type = [int]$one.start; dll = $one.dll; image = $one.image
      DependentServices = @()
    }
    $made | Add-Member -MemberType ScriptMethod -Name Start -Value {
      [void]$global:Said.Add("start $($this.ServiceName)")
      if ($this.code) { $this.state = 1 } else { $this.state = 4 }
    }
    $made | Add-Member -MemberType ScriptMethod -Name Stop -Value {
      if ($this.denied) { throw [InvalidOperationException] 'it takes no stop now' }
      [void]$global:Said.Add("stop $($this.ServiceName)")
      $this.state = 3
    }
    $global:Services[$one.name] = $made
  }
  $global:Services['TermService'].DependentServices = @($global:Services['UmRdpService'], $global:Services['Other'])
  function Get-Controller([string] $name) {
    if (-not $global:Services.ContainsKey($name)) { throw [InvalidOperationException] "no service $name" }
    $global:Services[$name]
  }
  function Get-State($controller) {
    if ($controller.state -eq 3 -and $controller.hang -ge 0) {
      if ($controller.hang -eq 0) { $controller.state = 1 } else { $controller.hang-- }
    }
    $controller.state
  }
  function Open-Key([string] $path) {
    if ($given.groups_denied) { throw [Security.SecurityException] 'no access' }
    $path
  }
  function Read-Value($key, [string] $name) {
    $property = $given.groups.PSObject.Properties[$name]
    if (-not $property) { return }
    $listed = $property.Value
    $type = if ($listed -is [string]) { 'string' } else { 'multi_string' }
    @{ type = $type; data = $listed }
  }
  function Read-Data([string] $path, [string] $name) {
    if ($path -notmatch '\\Services\\(\w+)(\\Parameters)?\z') { return }
    $one = $global:Services[$Matches[1]]
    $inside = $null -ne $Matches[2]
    if ($name -eq 'ServiceDll' -and $inside) { $one.dll }
    if ($name -eq 'Start' -and -not $inside) { $one.start_type }
    if ($name -eq 'ImagePath' -and -not $inside) { $one.image }
  }
  function Get-ExitCode($controller) { $controller.code }
  function Get-ConnectedPeople {
    if ($given.compiles -eq $false) { throw [NotSupportedException] 'This host does not compile' }
    $given.people
  }
  function Get-TaskFolder {
    if ($given.tasks -eq $false) { throw [UnauthorizedAccessException] 'no tasks here' }
    $folder = [pscustomobject]@{}
    $arm = { param($name, $xml) [void]$global:Said.Add("arm $name"); $global:Task = $xml }
    $disarm = { param($name) [void]$global:Said.Add("disarm $name"); $global:Task = $null }
    $show = { param($name) [pscustomobject]@{ Xml = $global:Task } }
    $folder | Add-Member -MemberType ScriptMethod -Name GetTask -Value $show
    $folder | Add-Member -MemberType ScriptMethod -Name RegisterTask -Value $arm
    $folder | Add-Member -MemberType ScriptMethod -Name DeleteTask -Value $disarm
    $folder
  }
  function Test-SafetyFile { $null -ne $global:Task }
  $global:Task = if ($given.left) { Get-SafetyXml $given.left ([datetime]::UtcNow) }
  $PollService = 5
  $Budget = ConvertTo-Plain $given.budget
  $Safety = @{ wanted = $given.wanted -ne $false; state = $null }
  function Settle { Update-SafetyTask }
  function Get-Dependents { , @() }
  function Complete-Stop {
    $step = @{ op = 'service.stop'; service = 'TermService'; timeout_s = 60 }
    $entry = New-JournalStep $step
    Complete-Step $step $entry { }
    if ($entry.error) { throw $entry.error.message }
    [void]$global:Said.Add($entry.status)
  }
  $problem = $null
  $refused = $false
  $more = @(if ($given.whole) { $true })
  try { & $given.verb TermService ([bool]$given.empty) @more }
  catch {
    $problem = [string]$_.Exception.Message
    $refused = [bool](Get-InnerException $_).Data['refused']
  }
  $states = @{}
  foreach ($one in $global:Services.get_Values()) { $states[$one.ServiceName] = $one.state }
  @{ problem = $problem; refused = $refused; states = $states; said = $global:Said; task = $Safety['state']; left = @(Get-SafetyNames) }
}
"""
ARM, DISARM = "arm winops.rdp start services", "disarm winops.rdp start services"
AS_INSTALLED = {
    "start": 3,
    "dll": r"%SystemRoot%\System32\x.dll",
    "image": r"%SystemRoot%\System32\svchost.exe -k termsvcs",
}
RUN = {"TermService": 4, "UmRdpService": 4, "Other": 1}


def run(ps: PowerShell, verb: str = "Restart-StepService", faults: dict[str, Any] | None = None, **given: Any) -> Any:
    services: list[dict[str, Any]] = [
        {"name": name, "state": state, "hang": 0, "denied": False, "code": 0, **AS_INSTALLED}
        for name, state in RUN.items()
    ]
    for one in services:
        one |= (faults or {}).get(one["name"], {})
    usual: dict[str, Any] = {"empty": False, "people": [], "compiles": True, "tasks": True, "wanted": True}
    usual |= {"budget": {"stop": 1, "start": 1, "dependent": 1}}
    usual |= {"whole": False, "groups": {"termsvcs": ["TermService", "UmRdpService"]}, "groups_denied": False}
    usual |= {"left": None}
    return ps(MANAGER, {"services": services, "verb": verb, **usual, **given})


def test_what_ran_runs_again_and_what_did_not_stays_down(ps: PowerShell) -> None:
    answer = run(ps)
    assert (answer["problem"], answer["states"], answer["task"]) == (None, RUN, "armed")
    assert answer["said"] == [
        ARM,
        "stop UmRdpService",
        "stop TermService",
        "start TermService",
        "start UmRdpService",
        DISARM,
    ]


def test_a_stopped_service_is_started(ps: PowerShell) -> None:
    answer = run(ps, faults={"TermService": {"state": 1}, "UmRdpService": {"state": 1}})
    assert answer["said"] == ["start TermService"] and answer["task"] is None


def test_a_stop_that_ends_late_is_a_restart(ps: PowerShell) -> None:
    """Its own time is over at the first look, and it stops within the time of the start: by looks, not by seconds."""
    answer = run(ps, faults={"TermService": {"hang": 3}}, budget={"stop": 0, "start": 600, "dependent": 600})
    assert (answer["problem"], answer["states"]) == (None, RUN)
    assert answer["said"][-3:] == ["start TermService", "start UmRdpService", DISARM]


def test_a_stop_that_never_ends_leaves_the_task_behind_it(ps: PowerShell) -> None:
    answer = run(ps, faults={"TermService": {"hang": -1}})
    assert "did not reach state 1" in answer["problem"] and answer["states"]["TermService"] == 3
    # What came up again is out of the task.
    assert answer["said"] == [ARM, "stop UmRdpService", "stop TermService", "start UmRdpService", ARM]
    assert answer["left"] == ["TermService"]


@pytest.mark.parametrize("verb", ["Restart-StepService", "Stop-StepService"])
def test_dependents_come_back_when_the_service_takes_no_stop(ps: PowerShell, verb: str) -> None:
    answer = run(ps, verb, {"TermService": {"denied": True}})
    assert "it takes no stop now" in answer["problem"] and answer["states"] == RUN
    assert "stop UmRdpService" in answer["said"] and "start UmRdpService" in answer["said"]


def test_a_dependent_that_hangs_stops_nothing_else(ps: PowerShell) -> None:
    answer = run(ps, faults={"UmRdpService": {"hang": -1}})
    assert "UmRdpService did not reach state 1" in answer["problem"]
    assert answer["states"]["TermService"] == 4 and "stop TermService" not in answer["said"]


def test_a_service_that_ends_at_once_says_its_own_code(ps: PowerShell) -> None:
    answer = run(ps, faults={"TermService": {"code": 1079}})
    assert answer["states"]["TermService"] == 1 and answer["problem"]
    assert ps("(Get-ErrorValue ([ComponentModel.Win32Exception]::new(1079))).code") == -2147023817
    assert DISARM not in answer["said"]


def test_a_stop_is_a_stop(ps: PowerShell) -> None:
    answer = run(ps, "Stop-StepService")
    assert (answer["problem"], answer["states"]) == (None, {"TermService": 1, "UmRdpService": 1, "Other": 1})


@pytest.mark.parametrize("verb", ["Restart-StepService", "Stop-StepService"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"people": [{"Id": 2, "User": "ada"}, {"Id": 5, "User": "bob"}]},
            "2 logged on (ada in session 2, bob in session 5)",
        ),
        ({"compiles": False}, "could not be read"),
    ],
    ids=["people", "unknown"],
)
def test_people_keep_it_running(ps: PowerShell, verb: str, given: dict[str, Any], said: str) -> None:
    answer = run(ps, verb, empty=True, **given)
    assert answer["refused"] and said in answer["problem"] and answer["states"] == RUN
    assert [one for one in answer["said"] if one.startswith(("stop", "start"))] == []
    assert run(ps, verb, empty=False, **given)["problem"] is None


@pytest.mark.parametrize(("given", "state"), [({"tasks": False}, "failed"), ({"wanted": False}, "left_out")])
def test_what_stands_behind_a_stop_is_said(ps: PowerShell, given: dict[str, Any], state: str) -> None:
    answer = run(ps, **given)
    assert (answer["problem"], answer["states"], answer["task"]) == (None, RUN, state)


def test_the_task_is_well_formed(ps: PowerShell) -> None:
    text = ps("Get-SafetyXml @('TermService', 'UmRdpService') ([datetime]::new(2026, 11, 26, 12, 0, 0))")
    task = ET.fromstring(text)
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    find = [one.text for one in task.iterfind(".//t:Arguments", space)]
    assert find == ['start "TermService"', 'start "UmRdpService"']
    assert task.findtext(".//t:UserId", "", space) == "S-1-5-18"
    assert task.findtext(".//t:StartBoundary", "", space) == "2026-11-26T12:05:00Z"
    assert task.findtext(".//t:EndBoundary", "", space) == "2026-11-26T12:40:00Z"


def test_the_lines_of_csharp_compile(ps: PowerShell) -> None:
    """And say nothing else: what they call is Windows' own, tests/lab calls it."""
    assert ps("[bool](Get-Win32)") is True
    assert ps("$Compiled['why']") is None


PLAIN = ["TermService", "MSSQL$ACME", "Acme Gate 2.0", "acme_gate-x", "_own"]
ODD = [
    'a" & calc',
    "a%PATH%",
    "a$(Arg0)",
    "a&b",
    "a<b>",
    "a'b",
    "",
    " lead",
    "-x",
    "a\nb",
    "a\n",
    "\u00e4",
    "a" * 257,
    "a\\b",
]


def test_only_plain_names_come_into_the_task_and_out_of_it(ps: PowerShell) -> None:
    """The service manager takes nearly any name; a task is a program's command line."""
    text = ps("Get-SafetyXml $given ([datetime]::UtcNow)", PLAIN + ODD)
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    said = [one.text for one in ET.fromstring(text).iterfind(".//t:Arguments", space)]
    assert said == [f'start "{name}"' for name in PLAIN]
    down = {"TermService": {"state": 1}}
    assert run(ps, "Settle", down, left=PLAIN + ODD)["left"] == PLAIN, "and are read again as they were written"


def test_a_task_of_somebody_else_is_not_read(ps: PowerShell) -> None:
    shown = (
        "function Test-SafetyFile { $true }\nfunction Get-TaskFolder { [pscustomobject]@{} | Add-Member -PassThru"
        " -MemberType ScriptMethod -Name GetTask -Value { [pscustomobject]@{ Xml = $given } } }\nGet-SafetyNames"
    )
    ours = ps("Get-SafetyXml 'Acme' ([datetime]::UtcNow)")
    assert ps(f"& {{ {shown} }}", ours) == "Acme"
    assert not ps(f"& {{ {shown} }}", ours.replace("S-1-5-18", "S-1-5-21-1-2-3-1001"))


LATE = {"hang": 500, "state": 4}
FOREIGN = {"state": 4, "image": r"C:\Program Files\Acme\own.exe"}


def test_a_service_of_another_maker_is_in_the_task_from_before_the_stop(ps: PowerShell) -> None:
    answer = run(ps, faults={"Other": {**FOREIGN, "code": 1053}})
    assert answer["problem"] is None and answer["said"][0] == ARM and answer["said"][1].startswith("stop")
    assert answer["states"] == {**RUN, "Other": 1} and answer["left"] == ["Other"], "what came up is out of it"
    assert run(ps, faults={"Other": FOREIGN})["left"] == []


@pytest.mark.parametrize("name", ["UmRdpService", "Other"])
def test_a_stop_that_ends_after_all_its_time_is_the_tasks(ps: PowerShell, name: str) -> None:
    """Nothing was done to the service itself, so that what a run did before it stands."""
    answer = run(ps, faults={name: {**FOREIGN, **LATE}})
    assert answer["refused"] and f"{name} did not reach state 1" in answer["problem"]
    assert "TermService was not restarted" in answer["problem"] and "stop TermService" not in answer["said"]
    assert answer["states"]["TermService"] == 4 and answer["states"][name] == 3 and answer["left"] == [name]


@pytest.mark.parametrize("fault", [{"Other": {"state": 4, "hang": 220}}, {"TermService": {"denied": True}}])
def test_a_restart_that_did_not_come_about_and_left_nothing_down_is_refused(ps: PowerShell, fault: Any) -> None:
    answer = run(ps, faults=fault)
    assert answer["refused"] and answer["problem"].startswith("TermService was not restarted: ")
    assert set(answer["states"].values()) - {1} == {4} and answer["states"]["UmRdpService"] == 4
    assert answer["left"] == [] and answer["said"][-1] == DISARM


def test_a_service_that_is_down_behind_it_is_a_failure(ps: PowerShell) -> None:
    for fault in ({"hang": -1}, {"code": 1053}):
        answer = run(ps, faults={"TermService": fault})
        assert answer["problem"] and not answer["refused"] and answer["left"] == ["TermService"]


def test_a_deliberate_stop_is_out_of_the_task_with_all_that_would_start_it(ps: PowerShell) -> None:
    left = ["TermService", "Other", "UmRdpService", "Elsewhere"]
    assert run(ps, "Stop-StepService", left=left)["left"] == ["Elsewhere"]
    assert run(ps, "Stop-StepService", left=left, wanted=False)["left"] == ["Elsewhere"]
    assert run(ps, "Stop-StepService")["left"] == []
    refused = run(ps, "Stop-StepService", {"Other": FOREIGN}, whole=True, left=["Elsewhere"])
    assert refused["left"] == ["Elsewhere"] and refused["states"] == {**RUN, "Other": 4}


@pytest.mark.parametrize(("state", "status"), [(4, "done"), (1, "unchanged")])
def test_a_step_that_finds_the_service_stopped_was_to_stop_it_all_the_same(
    ps: PowerShell, state: int, status: str
) -> None:
    """A run that was killed has stopped it, and its task would start it once the undo is over."""
    down = {name: {"state": state} for name in ("TermService", "UmRdpService")}
    answer = run(ps, "Complete-Stop", down, left=["TermService", "UmRdpService", "Elsewhere"])
    assert answer["problem"] is None and answer["said"][-1] == status
    assert answer["left"] == ["Elsewhere"] and answer["states"] == dict.fromkeys(RUN, 1)


def test_a_stop_that_fails_leaves_what_it_stopped_to_the_task(ps: PowerShell) -> None:
    answer = run(ps, "Stop-StepService", {"Other": {**FOREIGN, **LATE}})
    assert answer["problem"] and answer["states"]["TermService"] == 4 and answer["left"] == ["Other"]


def test_a_stop_takes_nothing_of_others_down_unless_that_is_asked_for(ps: PowerShell) -> None:
    answer = run(ps, "Stop-StepService", {"Other": FOREIGN}, whole=True)
    assert answer["refused"] and answer["states"] == {**RUN, "Other": 4} and answer["left"] == []
    assert answer["problem"] == "TermService was not stopped: Other would go down with it."
    asked = run(ps, "Stop-StepService", {"Other": FOREIGN})
    assert asked["problem"] is None and set(asked["states"].values()) == {1}
    # The listener's own service runs with it, and one that is down loses nothing.
    assert run(ps, "Stop-StepService", whole=True)["states"] == dict.fromkeys(RUN, 1)


@pytest.mark.parametrize(
    ("faults", "stays"),
    [
        ({}, []),
        ({"TermService": {"state": 1}}, ["TermService"]),
        ({"TermService": {"state": 3, "hang": -1}}, ["TermService"]),
        ({"TermService": {"state": 1, "start": 4}}, []),
        ({"TermService": {"state": 1, "dll": None}}, []),
    ],
    ids=["runs", "down", "in its stop", "disabled", "no file"],
)
def test_the_task_stands_while_what_it_can_start_is_down(ps: PowerShell, faults: Any, stays: list[str]) -> None:
    left = ["TermService", "UmRdpService"]
    assert run(ps, "Settle", faults, left=left)["left"] == stays
    assert run(ps, "Update-SafetyTask", faults, left=left)["left"] == [], "TermService was to be stopped"


CANNOT_START: dict[str, dict[str, Any]] = {
    "is disabled": {"faults": {"UmRdpService": {"start": 4}}},
    "has no ServiceDll": {"faults": {"UmRdpService": {"dll": None}}},
    "has a misquoted ImagePath": {
        "faults": {"UmRdpService": {"image": r'"%SystemRoot%\System32\svchost.exe -k termsvcs"'}}
    },
    "is not in svchost's group termsvcs": {"groups": {"termsvcs": ["TermService"]}},
}
NOT_LISTED = [{"groups": {}}, {"groups": {"termsvcs": []}}, {"groups": {"netsvcs": ["UmRdpService"]}}]


@pytest.mark.parametrize(
    ("image", "own"),
    [
        (r"%SystemRoot%\System32\svchost.exe -k termsvcs", True),
        ("svchost\t-k termsvcs", True),
        (r'"C:\Windows/system32\\svchost.exe" -k termsvcs', True),
        (r"\??\c:\windows\SYSTEM32\SVCHOST -k termsvcs", True),
        (r"C:\Program Files\x\svchost.exe -k termsvcs", False),
        (r"%SystemRoot%\System32\svchost" + "\u00a0evil.exe -k termsvcs", False),
        (r"%SystemRoot%\System32\svchost.exe" + "\u2003 -k termsvcs", False),
        ("%SystemRoot%\\System32\\\u017fvchost.exe -k termsvcs", False),
        ("%SystemRoot%\\System32\\svchost\nx.exe -k termsvcs", False),
    ],
)
def test_a_dll_is_asked_of_windows_own_program_alone(ps: PowerShell, image: str, own: bool) -> None:
    answer = run(ps, whole=True, faults={"UmRdpService": {"image": image, "dll": None}})
    assert bool(answer["refused"]) is own


@pytest.mark.parametrize("why", CANNOT_START)
def test_what_would_not_come_back_keeps_the_service_running(ps: PowerShell, why: str) -> None:
    answer = run(ps, whole=True, **CANNOT_START[why])
    assert answer["refused"] and answer["states"] == RUN
    assert answer["problem"] == (
        f"TermService was not stopped: UmRdpService depends on it and could not start again, for it {why}."
    )
    assert answer["said"] == [ARM, DISARM], "no task is left behind a stop that was not made"
    assert run(ps, **CANNOT_START[why])["problem"] is None


@pytest.mark.parametrize("given", NOT_LISTED)
def test_a_group_that_was_read_and_is_not_there_or_empty_lists_nobody(ps: PowerShell, given: dict[str, Any]) -> None:
    """As on the controller, whose rules have the same two states."""
    answer = run(ps, whole=True, **given)
    assert answer["refused"] and "is not in svchost's group termsvcs" in answer["problem"] and answer["states"] == RUN


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"faults": {"Other": {"start": 4, "dll": None}}},  # it does not run
        {"faults": {"UmRdpService": {"dll": None, "image": r"C:\Program Files\Acme\own.exe"}}},
        {"faults": {"TermService": {"start": 4, "state": 1}, "UmRdpService": {"state": 1}}},
        {"groups": {}, "groups_denied": True},
        {"groups": {"termsvcs": "text"}},
    ],
)
def test_what_comes_back_or_is_not_known_not_to_keeps_nothing_running(ps: PowerShell, given: dict[str, Any]) -> None:
    answer = run(ps, whole=True, **given)
    assert answer["problem"] is None and answer["states"]["TermService"] == 4
    runs = given.get("faults", {}).get("TermService", {}).get("state") != 1
    assert ("stop TermService" in answer["said"]) is runs and (answer["states"] == RUN) is runs


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize(
    ("why", "given"),
    [
        ("is disabled", {"faults": {"TermService": {"start": 4}}}),
        ("has no ServiceDll", {"faults": {"TermService": {"dll": None}}}),
        ("is not in svchost's group termsvcs", {"groups": {"termsvcs": ["UmRdpService"]}}),
    ],
)
def test_a_service_that_could_not_start_again_itself_is_not_stopped(
    ps: PowerShell, why: str, given: dict[str, Any], whole: bool
) -> None:
    """Whoever has allowed what."""
    answer = run(ps, whole=whole, **given)
    assert answer["refused"] and answer["states"] == RUN and answer["said"] == [ARM, DISARM]
    assert answer["problem"] == f"TermService was not stopped: it could not start again, for it {why}."


@pytest.mark.parametrize("op", ["service.start", "service.restart"])
@pytest.mark.parametrize(
    ("now", "types", "why"),
    [
        (3, [], None),
        (4, [], "the service TermService is disabled"),
        (4, [3], None),
        (3, [4], "the service TermService is disabled"),
        (4, [3, 4], "the service TermService is disabled"),
        (3, [4, 2], None),
    ],
)
def test_nothing_is_started_that_is_disabled_by_then(
    ps: PowerShell, op: str, now: int, types: list[int], why: str | None
) -> None:
    """As the steps before it leave it."""
    code = (
        "& { function Get-Controller { }; function Get-State { 4 }; function Read-Data { $given.now };"
        " Test-ServiceNeed $given.step @($given.earlier) }"
    )
    earlier = [{"op": "service.start_type", "service": "TermService", "start": start} for start in types]
    earlier.append({"op": "service.start_type", "service": "SessionEnv", "start": 4 if why is None else 3})
    assert ps(code, {"now": now, "step": {"op": op, "service": "TermService"}, "earlier": earlier}) == why


def test_a_dependent_that_does_not_start_is_no_problem_of_the_service(ps: PowerShell) -> None:
    """The task that stands behind the stop goes on trying."""
    answer = run(ps, faults={"UmRdpService": {"code": 1053}})
    assert answer["problem"] is None and answer["states"] == {**RUN, "UmRdpService": 1}
    assert "start UmRdpService" in answer["said"] and DISARM not in answer["said"]
