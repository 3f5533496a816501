# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call as a whole, the journal, the event queries, and the script's own rules."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.profiles import absent
from tests.tools.documents import load_yaml
from tests.tools.host_script import APPLY, READ, SCRIPT, parts
from tests.unit.schemas import of_snapshots

from .conftest import PowerShell, PowerShellError

SECTIONS = ["host", "listener", "certificates", "key_files", "port", "services", "sessions", "events", "journals"]
ON_REQUEST = ["local_policy", "machine_keys"]
SECTIONS += ["registry", "firewall", "files", "logon", "network", "domain", "licensing", "policies", "products"]
ID = "20261123T130000Z-0123abcd"
JOURNAL = {"id": ID, "controller": "test", "created": None, "undoes": None}
SOURCE = {"log": "L", "provider": "P", "ids": [1]}
STEP = {"op": "service.start", "service": "KeyIso", "timeout_s": 5}


def call(pwsh: str, tmp_path: Path, arguments: Any, before: str = "") -> dict[str, Any]:
    """The script as Ansible's wrapper runs it."""
    (tmp_path / "arguments.json").write_text(json.dumps(arguments))
    (tmp_path / "run.ps1").write_text(
        f"$global:complex_args = ConvertFrom-Json -InputObject ([IO.File]::ReadAllText('{tmp_path}/arguments.json'))\n{before}\n"
        f"& ([scriptblock]::Create([IO.File]::ReadAllText('{SCRIPT}')))\n"
    )
    ran = subprocess.run(
        [pwsh, "-NoProfile", "-NonInteractive", "-File", str(tmp_path / "run.ps1")],
        capture_output=True,
        timeout=90,
        check=True,
    )
    assert ran.stderr == b""
    assert ran.stdout.isascii()
    answer = json.loads(ran.stdout)
    assert isinstance(answer, dict)
    return answer


REPLACED = "function Test-NlaFile { 'replaced' }; $PollReplace = -1; "


def test_what_one_test_replaces_no_other_meets(ps: PowerShell) -> None:
    seen = "@{ task = Test-NlaFile; poll = $PollReplace }"
    own = ps(seen)
    assert ps(REPLACED + seen) == {"task": "replaced", "poll": -1} != own
    assert ps(seen) == own
    with ps.replacing(REPLACED):
        assert ps(seen) == ps(seen) == {"task": "replaced", "poll": -1}
    assert ps(seen) == own


def test_a_snapshot_where_nothing_can_be_read_is_still_an_answer(pwsh_path: str, tmp_path: Path) -> None:
    answer = call(
        pwsh_path, tmp_path, {"operation": "snapshot", "_ansible_check_mode": True, "_ansible_version": "2.21.5"}
    )
    of_snapshots().validate(answer)
    assert answer["changed"] is False
    assert sorted([*answer["sections"], *answer["errors"]]) == sorted(SECTIONS)
    assert sorted(answer["elapsed_ms"]) == sorted(SECTIONS)
    for name in ("listener", "certificates", "key_files", "sessions"):
        assert answer["errors"][name]["type"] == "System.PlatformNotSupportedException"
    for service in answer["sections"]["services"].values():
        assert service["state"] is None and service["error"]["type"] == "System.PlatformNotSupportedException"
    assert all(error for error in answer["sections"]["events"]["logs"].values())


def test_only_the_sections_asked_for(pwsh_path: str, tmp_path: Path) -> None:
    answer = call(pwsh_path, tmp_path, {"operation": "snapshot", "sections": ["journals"]})
    assert list(answer["elapsed_ms"]) == ["journals"]
    assert answer["sections"]["journals"]["whole"] is None


def test_steps_are_for_windows(pwsh_path: str, tmp_path: Path) -> None:
    answer = call(pwsh_path, tmp_path, {"operation": "apply", "journal": JOURNAL, "steps": [STEP]})
    assert (answer["failed"], answer["reason"], answer["schema_version"]) == (True, "not_windows", 1)
    assert answer["changed"] is False


def test_a_wrapper_that_hands_over_dictionaries(pwsh_path: str, tmp_path: Path) -> None:
    given = "$global:complex_args = @{ operation = 'snapshot'; sections = [Collections.ArrayList]@('journals'); _ansible_check_mode = $false }"
    assert list(call(pwsh_path, tmp_path, {}, given)["elapsed_ms"]) == ["journals"]


def apply(**more: Any) -> dict[str, Any]:
    return {"operation": "apply", "journal": JOURNAL, "steps": [STEP], **more}


@pytest.mark.parametrize(
    ("arguments", "reason", "word"),
    [
        ([], "bad_arguments", "dictionary"),
        ("snapshot", "bad_arguments", "dictionary"),
        ({}, "bad_arguments", "operation"),
        ({"operation": "SNAPSHOT"}, "bad_arguments", "operation"),
        ({"operation": ["snapshot"]}, "bad_arguments", "operation"),
        ({"operation": "snapshot", "section": []}, "bad_arguments", "section"),
        ({"operation": "snapshot", "sections": ["hosts"]}, "bad_arguments", "hosts"),
        ({"operation": "snapshot", "sections": [None]}, "bad_arguments", "section"),
        ({"operation": "snapshot", "sections": [{}]}, "bad_arguments", "section"),
        ({"operation": "snapshot", "journal_id": "../../x"}, "bad_arguments", "journal_id"),
        ({"operation": "snapshot", "journal_id": 7}, "bad_arguments", "journal_id"),
        ({"operation": "snapshot", "listener_values": ["PortNumber"]}, "bad_arguments", "listener_values"),
        ({"operation": "snapshot", "listener_values": {"RDP_TCP": ["PortNumber"]}}, "bad_arguments", "RDP_TCP"),
        ({"operation": "snapshot", "events": [SOURCE] * 65}, "bad_arguments", "64"),
        ({"operation": "snapshot", "journal_id": "LATEST"}, "bad_arguments", "journal_id"),
        (apply(_ansible_check_mode=True), "check_mode", "Check mode"),
        (apply(journal=None), "bad_arguments", "journal"),
        (apply(journal=ID), "bad_arguments", "journal"),
        (apply(journal={}), "bad_arguments", "journal.id"),
        (apply(journal={"id": "../x"}), "bad_arguments", "journal.id"),
        (apply(journal={"id": ID + "\n"}), "bad_arguments", "journal.id"),
        (apply(journal={"id": ID.upper()}), "bad_arguments", "journal.id"),
        (apply(journal={**JOURNAL, "undoes": "x"}), "bad_arguments", "undoes"),
        (apply(journal={**JOURNAL, "run": "../x"}), "bad_arguments", "journal.run"),
        (apply(journal={**JOURNAL, "partly": "no"}), "bad_arguments", "journal.partly"),
        (apply(steps=None), "bad_arguments", "steps"),
        (apply(steps=[]), "bad_arguments", "steps"),
        (apply(steps=STEP), "bad_arguments", "steps"),
        (apply(sections=["x"]), "bad_arguments", "section"),
    ],
    ids=str,
)
def test_bad_calls_get_one_sentence(ps: PowerShell, arguments: Any, reason: str, word: str) -> None:
    answer = json.loads(ps("Invoke-Main $given ${function:Invoke-Apply}", arguments))
    assert (answer["failed"], answer["reason"], answer["changed"]) == (True, reason, False)
    assert word in answer["msg"] and "\n" not in answer["msg"]


def test_arguments_are_taken_as_they_are_meant(ps: PowerShell) -> None:
    one = ps("Read-Arguments $given", {"operation": "snapshot", "sections": "host"})
    assert one["sections"] == ["host"]
    assert ps("Read-Arguments $given", {"operation": "snapshot"})["sections"] == SECTIONS
    change = ps("$a = Read-Arguments $given; Test-Call $a; $a", apply(plan={"why": ["x"]}))
    assert (change["sections"], change["plan"], change["steps"]) == ([], {"why": ["x"]}, [STEP])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", change["journal"]["created"])
    kept = ps(
        "$a = Read-Arguments $given; Test-Call $a; $a",
        apply(journal={**JOURNAL, "created": "2026-11-23T13:00:00.000Z"}),
    )
    assert kept["journal"]["created"] == "2026-11-23T13:00:00.000Z"


def test_a_section_that_throws_hides_no_other(ps: PowerShell) -> None:
    answer = ps(
        "$keep = $Readers['listener']; $Readers['listener'] = { throw [UnauthorizedAccessException]'no' };"
        " try { Read-Sections (Read-Arguments @{ operation = 'snapshot'; sections = 'listener', 'journals' }) } finally { $Readers['listener'] = $keep }"
    )
    assert answer["errors"]["listener"]["code"] == -2147024891
    assert "journals" in answer["sections"] and "listener" not in answer["sections"]


# the event log


def test_ten_thousand_events_are_counted_and_capped(ps: PowerShell) -> None:
    """The log itself is replaced: events of two kinds in each log, newest first."""
    code = r"""
      function Read-Events([string] $log, [string] $query, [int] $most, $deadline, [scriptblock] $visit) {
        $base = [datetime]::new(2026, 11, 23, 12, 0, 0, [DateTimeKind]::Utc)
        for ($n = 0; $n -lt [Math]::Min($most, 10000); $n++) {
          $one = [pscustomobject]@{ Id = 1000 + $n % 20; ProviderName = 'P'; TimeCreated = $base.AddSeconds(-$n)
            Properties = @([pscustomobject]@{ Value = [uint32]$n }) }
          if (-not (& $visit $one)) { return $true }
        }
        $false
      }
      $context = Read-Arguments @{ operation = 'snapshot'; events = $given }
      $context.truncated = [Collections.ArrayList]::new()
      @{ section = Read-EventsSection $context; truncated = $context.truncated }
    """
    answer = ps(f"& {{ {code} }}", collect.arguments()["events"])
    section = answer["section"]
    assert answer["truncated"] == ["events"]
    listed = Counter((one["log"], one["id"]) for one in section["entries"])
    assert set(listed.values()) == {2} and len(listed) == len(section["counts"]) == 7 * 20
    assert sum(one["count"] for one in section["counts"]) == 7 * 5000
    times = [one["utc"] for one in section["entries"]]
    assert times == sorted(times, reverse=True) and times[0] == "2026-11-23T12:00:00.000Z"
    assert section["entries"][0]["numbers"] == [0]
    first = section["counts"][0]
    assert (first["first"], first["last"]) == ("2026-11-23T10:37:00.000Z", "2026-11-23T12:00:00.000Z")


def test_a_flood_pushes_out_no_other_event(ps: PowerShell) -> None:
    """Who guesses passwords fills a dozen kinds in minutes; what was logged an hour before stays in the list."""
    code = r"""
      function Read-Events([string] $log, [string] $query, [int] $most, $deadline, [scriptblock] $visit) {
        for ($n = 0; $n -lt 600; $n++) {
          $one = [pscustomobject]@{ Id = 1 + $n % 12; ProviderName = 'Flood'; TimeCreated = [datetime]::UtcNow.AddSeconds(-$n)
            Properties = @() }
          $null = & $visit $one
        }
        & $visit ([pscustomobject]@{ Id = 1057; ProviderName = 'P'; TimeCreated = [datetime]::UtcNow.AddHours(-1)
            Properties = @() })
      }
      $context = @{ truncated = [Collections.ArrayList]::new(); events = @(@{ log = 'L'; provider = 'P'; ids = @(1) }) }
      @{ section = Read-EventsSection $context; truncated = $context.truncated }
    """
    answer = ps(f"& {{ {code} }}")
    listed = Counter(one["id"] for one in answer["section"]["entries"])
    assert listed[1057] == 1 and set(listed.values()) == {1, 20} and answer["truncated"] == ["events"]


def test_other_services_events_are_left_out(ps: PowerShell) -> None:
    code = r"""
      function Get-Controller([string] $name) { [pscustomobject]@{ DisplayName = "Anzeige $name" } }
      function Read-Events([string] $log, [string] $query, [int] $most, $deadline, [scriptblock] $visit) {
        if ($log -ne 'System') { throw 'no such log' }
        foreach ($name in 'Anzeige SessionEnv', 'Druckwarteschlange', 'TermService', 'Spooler') {
          $one = [pscustomobject]@{ Id = 7031; ProviderName = 'Service Control Manager'; TimeCreated = [datetime]::UtcNow
            Properties = @([pscustomobject]@{ Value = $name }, [pscustomobject]@{ Value = '0x42b' },
              [pscustomobject]@{ Value = '%%1053' }, [pscustomobject]@{ Value = [uint32]3 }) }
          $null = & $visit $one
        }
        $true
      }
      $context = Read-Arguments @{ operation = 'snapshot'; events = $given }
      $context.truncated = [Collections.ArrayList]::new()
      Read-EventsSection $context
    """
    section = ps(f"& {{ {code} }}", collect.arguments()["events"])
    assert [one["count"] for one in section["counts"]] == [2] and [one["numbers"] for one in section["entries"]] == [
        [0x42B, 1053, 3],
        [0x42B, 1053, 3],
    ]
    # By the name that a service is shown under in the host's language, too.
    assert {one["service"] for one in section["entries"]} == {"SessionEnv", "TermService"}
    assert section["logs"]["System"] is None and section["logs"]["Security"]["message"] == "no such log"


# The values of event 1000 by their places in its message, as builds before Windows 11 (text) and since (some as numbers)
# hand them out; of 1001, the report on it.
_VALUES = (
    "'10.0.20348.1', '5f3a2b1c', 'faulty.dll', '6.1.0.0', '56789012', {code}, '00000000000a1b2c', '0x5dc',"
    " '01d9c2f5a1b2c3d4', 'C:\\Windows\\System32\\svchost.exe', 'C:\\x\\faulty.dll', '{{1}}', '', ''"
)


@pytest.mark.parametrize("code", ["'c0000005'", "[uint32]3221225477"])
def test_of_a_crash_the_modules_and_the_exception_code_are_told(ps: PowerShell, code: str) -> None:
    read = r"""
      function Read-Events([string] $log, [string] $query, [int] $most, $deadline, [scriptblock] $visit) {
        if ($log -ne 'Application') { throw 'no such log' }
        foreach ($kind in @('Application Error', 1000), @('Windows Error Reporting', 1001)) {
          $data = @('svchost.exe_TermService', VALUES)
          if ($kind[1] -eq 1001) { $data = @('1234567890123456789', '4', 'BEX64', '', '0') + $data }
          $one = [pscustomobject]@{ Id = $kind[1]; ProviderName = $kind[0]; TimeCreated = [datetime]::UtcNow
            Properties = @(foreach ($item in $data) { [pscustomobject]@{ Value = $item } }) }
          $null = & $visit $one
        }
        $one = [pscustomobject]@{ Id = 1000; ProviderName = 'Application Error'; TimeCreated = [datetime]::UtcNow.AddDays(-1)
          Properties = @() }
        & $visit $one
      }
      $context = Read-Arguments @{ operation = 'snapshot'; events = $given }
      $context.truncated = [Collections.ArrayList]::new()
      Read-EventsSection $context
    """.replace("VALUES", _VALUES.format(code=code))
    section = ps(f"& {{ {read} }}", collect.arguments()["events"])
    told = {(one["id"], tuple(one["numbers"]), tuple(one["modules"])) for one in section["entries"]}
    names = ("svchost.exe_TermService", "faulty.dll")
    assert {(1000, (0xC0000005,), names), (1000, (), ())} <= told
    assert [one[2] for one in told if one[0] == 1001] == [names]


def test_a_condition_without_a_name_asks_for_any_value(ps: PowerShell) -> None:
    """Builds before Windows 11 give the values of event 1000 no names."""
    sources = [source for source in collect.arguments()["events"] if source["provider"] == "Application Error"]
    query = ps(
        "New-EventQuery 'Application' (Read-Arguments @{ operation = 'snapshot'; events = $given }).events 0", sources
    )
    assert "EventData[Data='LogonUI.exe' or " in query and "Data='svchost.exe_TermService'" in query


def test_what_a_session_is_doing(ps: PowerShell) -> None:
    """Its newest event decides: connected, disconnected, gone, or not known."""
    code = r"""
      function Read-Events([string] $log, [string] $query, [int] $most, $deadline, [scriptblock] $visit) {
        foreach ($pair in @(24, 3), @(21, 2), @(25, 3), @(23, 4), @(24, 2)) {
          $one = [pscustomobject]@{ Id = $pair[0]; Properties = @([pscustomobject]@{ Value = 'DOM\somebody' }, [pscustomobject]@{ Value = [uint32]$pair[1] }) }
          if (-not (& $visit $one)) { return $true }
        }
        $true
      }
      $states = Get-SessionStates @(2, 3, 4, 5)
      2, 3, 4, 5 | ForEach-Object { if ($null -eq $states[$_]) { 'null' } else { $states[$_] } }
    """
    assert ps(f"& {{ {code} }}") == [0, 4, "null", "null"]


def test_every_log_has_a_query_that_is_xml_and_short_enough(ps: PowerShell) -> None:
    sources = collect.arguments()["events"]
    queries = ps(
        "$all = [ordered]@{}; $logs = Get-LogSources (Read-Arguments @{ operation = 'snapshot'; events = $given })['events'];"
        " foreach ($log in @($logs.get_Keys())) { $all[$log] = New-EventQuery $log $logs[$log] 259200000 }; $all",
        sources,
    )
    assert list(queries) == list(dict.fromkeys(source["log"] for source in sources)) and len(queries) == 7
    for log, text in queries.items():
        query = ET.fromstring(text).find("Query")
        assert query is not None and query.get("Path") == log
        selects = query.findall("Select")
        assert len(selects) == sum(source["log"] == log for source in sources)
        for select in selects:
            assert select.get("Path") == log and select.text
            assert "timediff(@SystemTime) <= 259200000" in select.text
            # The event log refuses an expression of more than about twenty comparisons.
            assert len(re.findall(r"<=|>=|=", select.text)) <= 20


def test_a_query_in_full(ps: PowerShell) -> None:
    head = '<QueryList><Query Id="0" Path="L"><Select Path="L">*[System[Provider[@Name=\'P\'] and (EventID=1 or '
    for data, also in (
        ({"name": "N", "values": ["x"]}, " and EventData[Data[@Name='N']='x']"),
        ({"name": "N", "values": [3, 10]}, " and EventData[Data[@Name='N']=3 or Data[@Name='N']=10]"),
        (None, ""),
    ):
        source = {"log": "L", "provider": "P", "ids": [1, [3, 5]], "data": data}
        assert ps("New-EventQuery 'L' @(, (ConvertTo-Plain $given)) 60000", source) == (
            head + "(EventID &gt;= 3 and EventID &lt;= 5)) and TimeCreated[timediff(@SystemTime) &lt;= 60000]]"
            f"{also}]</Select></Query></QueryList>"
        )
        assert "TimeCreated" not in ps("New-EventQuery 'L' @(, (ConvertTo-Plain $given)) 0", source)


@pytest.mark.parametrize(
    "source",
    [
        {**SOURCE, "log": "L'] or *[System"},
        {**SOURCE, "log": ""},
        {**SOURCE, "log": "L\n"},
        {**SOURCE, "provider": "P' or '1'='1"},
        {**SOURCE, "provider": None},
        {**SOURCE, "provider": ["P"]},
        {"log": "L", "provider": "P"},
        {**SOURCE, "ids": []},
        {**SOURCE, "ids": ["1"]},
        {**SOURCE, "ids": [True]},
        {**SOURCE, "ids": [-1]},
        {**SOURCE, "ids": [[1, 2, 3]]},
        {**SOURCE, "ids": [[1, "2 or true()"]]},
        {**SOURCE, "data": "EventData"},
        {**SOURCE, "data": {}},
        {**SOURCE, "data": {"name": "N", "values": []}},
        {**SOURCE, "data": {"name": "N']", "values": ["x"]}},
        {**SOURCE, "data": {"name": "N", "values": ["x' or 'y"]}},
        {**SOURCE, "data": {"name": "N", "values": [{}]}},
        {**SOURCE, "xpath": "*"},
        "L",
    ],
    ids=str,
)
def test_nothing_but_names_and_numbers_gets_into_a_query(ps: PowerShell, source: Any) -> None:
    answer = json.loads(ps("Invoke-Main $given", {"operation": "snapshot", "sections": ["events"], "events": [source]}))
    assert (answer.get("failed"), answer.get("reason")) == (True, "bad_arguments")
    assert answer["msg"].startswith("A source of events ") and "\n" not in answer["msg"]


# the journal


@pytest.fixture
def home(ps: PowerShell, tmp_path: Path) -> Iterator[Path]:
    """A journal folder of its own."""
    code = "function Get-HomeFolder { $global:TestHome }; function Get-Strangers { }; function Set-TrustedOwner { }"
    with ps.replacing(code):
        ps("$global:TestHome = $given; [void][IO.Directory]::CreateDirectory((Get-JournalFolder))", str(tmp_path))
        yield tmp_path / "journal"


def document(state: str = "complete", undoes: str | None = None, status: str = "done", **more: Any) -> dict[str, Any]:
    return {
        "schema_version": 1,
        "id": ID,
        "controller": "test",
        "created": "2026-11-23T13:00:00.000Z",
        "undoes": undoes,
        "state": state,
        "plan": None,
        "steps": [{**STEP, "status": status, "before": {"state": 1}, "after": None, "error": None, "elapsed_ms": 0}],
        **more,
    }


def test_a_journal_is_written_whole_and_read_back(ps: PowerShell, home: Path) -> None:
    path = str(home / f"{ID}.json")
    for plan in ({"note": "Grüße\n"}, None):
        ps("Write-Journal $given.path (ConvertTo-Plain $given.journal)", {"path": path, "journal": document(plan=plan)})
        assert json.loads(Path(path).read_text("ascii")) == document(plan=plan)
    assert ps("Read-TrustedJournal $given", path) == document()
    assert [entry.name for entry in home.iterdir()] == [f"{ID}.json"]


def test_a_cut_between_two_writes_leaves_the_older_journal(ps: PowerShell, home: Path) -> None:
    path = home / f"{ID}.json"
    ps("Write-Journal $given.path (ConvertTo-Plain $given.journal)", {"path": str(path), "journal": document("open")})
    (home / f"{ID}.json.new").write_text('{"half')
    assert journals(ps, None)["recent"][0]["state"] == "open"
    ps(
        "Write-Journal $given.path (ConvertTo-Plain $given.journal)",
        {"path": str(path), "journal": document("complete")},
    )
    assert json.loads(path.read_text())["state"] == "complete"


def journals(ps: PowerShell, wanted: str | None) -> Any:
    return ps("Read-JournalsSection @{ journal_id = $given; truncated = (New-Object Collections.ArrayList) }", wanted)


def test_the_list_of_journals(ps: PowerShell, home: Path) -> None:
    ids = [f"202611{day:02}T000000Z-00000000" for day in range(1, 7)]
    documents = [
        document(),
        document("failed"),
        document("open", status="started"),
        document("undone"),
        document(
            undoes=ids[3],
            run="R1",
            sequence=7,
            what="registry.set SecurityLayer",
            found={"verdict": "broken", "client": "tls: reset", "gets_in": False, "causes": ["x.y"]},
        ),
        document(status="unchanged"),
    ]
    for id, one in zip(ids, documents):
        (home / f"{id}.json").write_text(json.dumps({**one, "id": id}))
    (home / "20261107T000000Z-00000000.json").write_text("[1, 2")
    (home / "notes.json").write_text("{}")
    found = journals(ps, ids[2])
    assert [entry["id"] for entry in found["recent"]] == ["20261107T000000Z-00000000", *reversed(ids)]
    assert [entry["state"] for entry in found["recent"]] == [
        "unreadable",
        "complete",
        "complete",
        "undone",
        "open",
        "failed",
        "complete",
    ]
    assert found["recent"][2] == {
        "id": ids[4],
        "created": "2026-11-23T13:00:00.000Z",
        "state": "complete",
        "undoes": ids[3],
        "controller": "test",
        "run": "R1",
        "what": "registry.set SecurityLayer",
        "found": {"verdict": "broken", "client": "tls: reset", "gets_in": False, "causes": ["x.y"]},
        "sequence": 7,
        "steps_done": 1,
        "steps_begun": 1,
        "steps_total": 1,
        "untrusted": None,
    }
    earlier = found["recent"][1]
    assert (earlier["run"], earlier["sequence"]) == (None, None), "a journal of an earlier version"
    assert found["total"] == 7
    assert found["whole"] == {**documents[2], "id": ids[2]}
    assert journals(ps, ids[1])["whole"] == {**documents[1], "id": ids[1]}
    assert journals(ps, "20200101T000000Z-00000000")["whole"] is None
    assert journals(ps, None)["whole"] is None
    assert (
        ps(
            "(Read-Sections (Read-Arguments @{ operation = 'snapshot'; sections = 'journals'; journal_id = '20261103T000000Z-00000000' })).sections.journals"
        )
        == found
    )


def test_fifty_journals_are_listed_and_an_older_one_is_found(ps: PowerShell, home: Path) -> None:
    for number in range(60):
        id = f"20260101T0000{number:02}Z-00000000"
        (home / f"{id}.json").write_text(json.dumps(document("complete" if number == 3 else "undone", id=id)))
    found = journals(ps, "20260101T000003Z-00000000")
    assert len(found["recent"]) == 50 and found["recent"][0]["id"] == "20260101T000059Z-00000000"
    assert found["total"] == 60
    assert found["whole"]["id"] == "20260101T000003Z-00000000"
    assert journals(ps, "20260101T000001Z-00000000")["whole"]["state"] == "undone"


def test_steps_are_journalled_before_and_after(ps: PowerShell, home: Path) -> None:
    """The host's state replaced by a variable: what is in the journal at the moment of the change, and what is answered."""
    code = r"""
      $global:State = 1; $global:Seen = New-Object Collections.ArrayList
      function Get-StepState($step) { @{ state = $global:State; dependents = @() } }
      function Invoke-Step($step, $before) {
        $journal = Read-TrustedJournal (Get-JournalPath $global:Header.id)
        [void]$global:Seen.Add(@{ state = $journal.state; status = @($journal.steps | ForEach-Object { $_.status }); before = $journal.steps[0].before })
        if ($step.service -eq 'KeyIso') { $global:State = 4 } else { throw [ComponentModel.Win32Exception]::new(1058) }
      }
      function Set-Undone([string] $id) { [void]$global:Seen.Add("undone $id") }
      $global:Header = ConvertTo-Plain $given.journal
      $answer = Invoke-Steps $global:Header (ConvertTo-Plain $given.steps) @{ why = 'x' }
      @{ answer = $answer; seen = $global:Seen; kept = Read-TrustedJournal (Get-JournalPath $global:Header.id) }
    """

    def go(*steps: dict[str, Any], **header: Any) -> Any:
        return ps(f"& {{ {code} }}", {"journal": {**JOURNAL, **header}, "steps": list(steps)})

    good = go(STEP, {**STEP, "timeout_s": 6}, undoes="20200101T000000Z-00000000")
    assert [step["status"] for step in good["answer"]["steps"]] == ["done", "unchanged"]
    assert good["answer"]["changed"] is True and good["answer"]["journal"]["state"] == "complete"
    assert good["seen"] == [
        {"state": "open", "status": ["started", "pending"], "before": {"state": 1, "dependents": []}},
        "undone 20200101T000000Z-00000000",
    ]
    assert good["kept"]["steps"] == [
        {**STEP, **good["answer"]["steps"][0]},
        {**STEP, "timeout_s": 6, **good["answer"]["steps"][1]},
    ]
    assert (good["kept"]["state"], good["kept"]["plan"], good["kept"]["undoes"]) == (
        "complete",
        {"why": "x"},
        "20200101T000000Z-00000000",
    )
    part = go(STEP, id="20261123T130002Z-0123abcd", undoes="20200101T000000Z-00000000", partly=True)
    assert part["kept"]["state"] == "complete" and "undone 20200101T000000Z-00000000" not in part["seen"]
    assert "partly" not in part["kept"]
    with pytest.raises(PowerShellError, match="were sent before"):
        ps("Assert-NewJournal $given", ID)
    ps("Assert-NewJournal $given", "20261123T130001Z-0123abcd")
    bad = go(
        {**STEP, "service": "SessionEnv"}, STEP, id="20261123T130001Z-0123abcd", undoes="20200101T000000Z-00000000"
    )
    assert [step["status"] for step in bad["answer"]["steps"]] == ["failed", "skipped"]
    assert bad["answer"]["steps"][0]["error"]["code"] == -2147023838
    assert bad["answer"]["changed"] is False and bad["kept"]["state"] == "failed"
    assert not [entry for entry in bad["seen"] if isinstance(entry, str)]


def test_a_change_that_did_not_stay_has_failed(ps: PowerShell, home: Path) -> None:
    answer = ps(
        "& { function Get-StepState($step) { @{ state = 1 } }; function Invoke-Step($step, $before) { };"
        " Invoke-Steps (ConvertTo-Plain $given.journal) (ConvertTo-Plain $given.steps) $null }",
        {"journal": JOURNAL, "steps": [STEP]},
    )
    assert answer["steps"][0]["status"] == "failed" and answer["steps"][0]["after"] == {"state": 1}


def test_no_journal_no_change(ps: PowerShell, home: Path) -> None:
    """The folder is gone: nothing is done. It goes while steps are done: the rest is not done, and the answer says so."""
    code = r"""
      $global:Done = 0
      function Get-StepState($step) { @{ state = 1 } }
      function Invoke-Step($step, $before) { $global:Done++ }
      function Write-Journal($path, $journal) { if (--$global:Writes -lt 0) { throw [IO.IOException]'disk full' } }
      $global:Writes = $given.writes
      $answer = @{}
      try { $null = Invoke-Steps (ConvertTo-Plain $given.journal) (ConvertTo-Plain $given.steps) $null }
      catch { $answer = @{ reason = $_.Exception.Data['reason']; more = $_.Exception.Data['more'] } }
      $answer.done = $global:Done
      $answer
    """

    def go(writes: int) -> Any:
        return ps(
            f"& {{ {code} }}", {"journal": JOURNAL, "steps": [STEP, {**STEP, "service": "CryptSvc"}], "writes": writes}
        )

    assert go(0) == {"reason": "journal_failed", "more": {}, "done": 0}
    ahead = go(1)
    assert (ahead["reason"], ahead["done"]) == ("journal_failed", 0)
    assert [step["status"] for step in ahead["more"]["steps"]] == ["failed", "skipped"]


def test_an_undone_journal_says_so(ps: PowerShell, home: Path) -> None:
    (home / f"{ID}.json").write_text(json.dumps(document()))
    ps("Set-Undone $given", ID)
    assert json.loads((home / f"{ID}.json").read_text()) == document("undone")
    ps("Set-Undone '20200101T000000Z-00000000'")
    assert len(list(home.iterdir())) == 1


def test_the_lock(ps: PowerShell, home: Path) -> None:
    assert ps("Read-Lock") is None
    ps("$global:Held = Open-Lock (ConvertTo-Plain $given); $null", JOURNAL)
    held = json.loads((home.parent / "lock").read_text())
    assert held["journal"] == ID and held["holder"].startswith("test, process ")
    ps("$global:Held.SetLength(0); $global:Held.Dispose()")
    assert (home.parent / "lock").read_text() == ""
    assert ps("Read-Lock") is None


# the script's own rules


def test_lint() -> None:
    """Every language element, command, type and member is in Windows PowerShell 5.1 on .NET Framework 4.6.2."""
    linter = shutil.which("psengine")
    if not linter:
        absent("psengine is not on PATH (the linter for Windows PowerShell 5.1)")
    # The whole as one file, too: in a file that requires others, a command that nobody defines passes.
    files = [str(path) for path in (*parts(APPLY), READ, APPLY, SCRIPT)]
    ran = subprocess.run([linter, "lint", *files], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


def test_rules_of_the_script() -> None:
    text = SCRIPT.read_text("ascii")
    for part in (READ, APPLY):
        assert part.read_text("ascii").startswith("#!powershell\n")
    for part in (*parts(APPLY), READ, APPLY):
        assert "Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n" in part.read_text("ascii")
    assert "Set-StrictMode -Version Latest\n$ErrorActionPreference = 'Stop'\n" in text
    for word in (
        "Ansible.Basic",
        "Invoke-Expression",
        "DefineDynamicAssembly",
        "Write-Host",
        "CSharpUtil",
    ):
        assert word not in text
    # Reading compiles nothing; changing does where only Win32 knows the truth, in one part.
    compiling = [part.stem for part in (*parts(APPLY), READ, APPLY) if "Add-Type -TypeDefinition" in part.read_text()]
    assert compiling == ["_win32"]
    # Names have no case, and a function sees its caller's: a local name that is also a constant's would hide it.
    constants = {name.lower() for name in re.findall(r"(?m)^\$(\w+) = ", text)} - {"erroractionpreference", "given"}
    for function in re.split(r"(?m)^function ", text)[1:]:
        heading, body = function.split("\n", 1)
        names = re.findall(r"\$(\w+)", heading.split(" {")[0]) + re.findall(
            r"(?m)^ +\$(\w+) = |\bforeach \(\$(\w+) in|\bparam\(\$(\w+)", body
        )
        local = {part.lower() for name in names for part in ([name] if isinstance(name, str) else name) if part}
        assert not local & constants, heading
    # A switch over patterns runs every branch that matches.
    assert "switch -Wildcard" not in text and "switch -Regex" not in text


def test_the_documentation_names_what_the_script_takes(ps: PowerShell) -> None:

    documented = load_yaml(APPLY.with_suffix(".yml").read_text())["DOCUMENTATION"]["options"]
    reading = load_yaml(READ.with_suffix(".yml").read_text())["DOCUMENTATION"]["options"]
    taken = ps("Read-Arguments @{ operation = 'snapshot' }")
    assert sorted(documented) == sorted(set(taken) - {"check_mode"})
    assert set(documented) - set(reading) == {"journal", "steps", "plan", "secrets", "safety_task"}
    assert documented["sections"]["choices"] == reading["sections"]["choices"] == [*SECTIONS, *ON_REQUEST]
    fields = ps("$StepFields")
    assert sorted(documented["steps"]["suboptions"]["op"]["choices"]) == sorted(fields)
    assert sorted(documented["steps"]["suboptions"]) == sorted(
        {"op", "expect_empty", "expect_back", *(field for names in fields.values() for field in names)}
    )
