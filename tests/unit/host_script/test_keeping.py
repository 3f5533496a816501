# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whose word counts in the home folder, how a journal is kept when the disk resists, and what an undo may ask for.

Descriptors are Windows' own: what they say comes from a replaced function here. Links and sizes are real.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import PowerShell, PowerShellError

ID = "20261123T130000Z-0123abcd"
OTHER = "20261123T120000Z-00000000"
USER = "S-1-5-21-1-2-3-1105"
STEP = {"op": "registry.set", "key": "K", "name": "N", "type": "dword", "data": 1}


def journal(**more: Any) -> dict[str, Any]:
    entry = {
        **STEP,
        "status": "done",
        "before": {"type": "dword", "data": 0},
        "after": None,
        "error": None,
        "elapsed_ms": 0,
    }
    return {
        "schema_version": 1,
        "id": ID,
        "controller": "test",
        "created": "2026-11-23T13:00:00.000Z",
        "undoes": None,
        "state": "complete",
        "plan": None,
        "steps": [entry],
        **more,
    }


HOME = """
function Get-HomeFolder { $global:TestHome }
function Get-Strangers([string] $path, [bool] $folder, $stream) {
  if ($stream -and $global:Strangers["open $path"]) { $path = "open $path" }
  $global:Strangers[$path]
}
function Set-TrustedOwner { }
$PollReplace = 1
"""


@pytest.fixture
def home(ps: PowerShell, tmp_path: Path) -> Iterator[Path]:
    """A home of its own, whose strangers are the test's to name."""
    place = tmp_path / "winops.rdp"
    (place / "journal").mkdir(parents=True)
    with ps.replacing(HOME):
        use(ps, place)
        yield place


def use(ps: PowerShell, place: Path, strangers: dict[str, str] | None = None) -> None:
    code = "$global:TestHome = $given.home; $global:Strangers = ConvertTo-Plain $given.strangers"
    ps(code, {"home": str(place), "strangers": strangers or {}})


def section(ps: PowerShell, wanted: str | None = ID) -> Any:
    return ps("Read-JournalsSection @{ journal_id = $given; truncated = (New-Object Collections.ArrayList) }", wanted)


def put(home: Path, id_: str = ID, text: str | None = None) -> Path:
    path = home / "journal" / f"{id_}.json"
    path.write_text(text if text is not None else json.dumps(journal(id=id_)))
    return path


# trust


@pytest.mark.parametrize("whole", [False, True], ids=["listed", "asked for"])
def test_a_journal_that_others_could_write_is_not_read(ps: PowerShell, home: Path, whole: bool) -> None:
    path = put(home)
    use(ps, home, {str(path): USER})
    found = section(ps, ID)
    [entry] = found["recent"]
    assert (entry["state"], entry["steps_total"], entry["controller"]) == ("untrusted", 0, None)
    assert USER in entry["untrusted"] and found["whole"] is None
    with pytest.raises(PowerShellError, match=USER):
        ps("Read-UndoneJournal $given", ID)


@pytest.mark.parametrize("part", ["", "journal"])
def test_a_folder_that_others_could_write_is_not_looked_into(ps: PowerShell, home: Path, part: str) -> None:
    put(home)
    use(ps, home, {str(home / part if part else home): USER})
    found = section(ps)
    assert found["recent"] == [] and found["whole"] is None and found["lock"] is None
    assert USER in found["untrusted"]
    with pytest.raises(PowerShellError, match=USER):
        ps("Initialize-Home")


def test_a_file_is_judged_as_it_is_open(ps: PowerShell, home: Path) -> None:
    """Its name may be another file's by the time it is asked whose it is."""
    path = put(home)
    use(ps, home, {f"open {path}": USER})
    [entry] = section(ps, ID)["recent"]
    assert entry["state"] == "untrusted" and USER in entry["untrusted"]
    with pytest.raises(PowerShellError, match=USER):
        ps("Read-UndoneJournal $given", ID)


def test_a_folder_that_changed_while_its_journals_were_read_takes_their_word_away(ps: PowerShell, home: Path) -> None:
    """Looked at again while what was read is open: from then on Windows lets nobody rename it."""
    put(home)
    code = """
      $global:Looks = 0
      $global:Open = [Collections.ArrayList]::new()
      function Open-File([string] $path) {
        $stream = [IO.FileStream]::new($path, 'Open', 'Read', 'ReadWrite')
        [void]$global:Open.Add($stream)
        $stream
      }
      function Get-HomeDistrust {
        $global:Looks++
        if ($global:Looks -eq 2) { "is a link, and $(@($global:Open | Where-Object CanRead).Count) is open" }
      }
      $found = Read-JournalsSection @{ journal_id = $given; truncated = [Collections.ArrayList]::new() }
      @{ found = $found; left = @($global:Open | Where-Object CanRead).Count }
    """
    answer = ps(f"& {{ {code} }}", ID)
    assert answer["found"]["untrusted"] == "is a link, and 1 is open"
    assert answer["found"]["recent"] == [] and answer["found"]["whole"] is None and answer["found"]["lock"] is None
    assert answer["left"] == 0


@pytest.mark.parametrize("file", ["log", "json"])
def test_a_snapshot_that_reads_a_journal_keeps_nobody_from_writing_it(ps: PowerShell, home: Path, file: str) -> None:
    """A run that goes on meanwhile would stop at a journal that it cannot write."""
    path = put(home, text=json.dumps(journal()) + "\n")
    path.rename(path.with_suffix(f".{file}"))
    code = """
      $held = Open-File $given.held
      try { Write-Journal $given.path (ConvertTo-Plain $given.journal) } finally { $held.Dispose() }
      Read-TrustedJournal (Get-JournalFile $given.journal.id)
    """
    held = str(path.with_suffix(f".{file}"))
    kept = ps(code, {"held": held, "path": str(path), "journal": journal(state="undone")})
    assert kept["state"] == "undone"


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("part", ["winops.rdp", "winops.rdp/journal", "."])
def test_a_link_anywhere_on_the_way_is_not_followed(ps: PowerShell, tmp_path: Path, part: str) -> None:
    """As a junction to a folder of SYSTEM's is on Windows: the folder behind it is trusted, the way is not."""
    real = tmp_path / "real"
    (real / "winops.rdp" / "journal").mkdir(parents=True)
    put(real / "winops.rdp")
    way = tmp_path / "way"
    if part == ".":
        way.symlink_to(real)
    else:
        (way / part).parent.mkdir(parents=True)
        (way / part).symlink_to(real / part)
    use(ps, way / "winops.rdp")
    found = section(ps)
    assert found["recent"] == [] and "is a link" in found["untrusted"]
    before = sorted(real.rglob("*"))
    with pytest.raises(PowerShellError, match="is a link"):
        ps("Initialize-Home")
    assert sorted(real.rglob("*")) == before


def test_a_journal_that_is_a_link_is_not_read(ps: PowerShell, home: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.json"
    target.write_text(json.dumps(journal()))
    (home / "journal" / f"{ID}.json").symlink_to(target)
    [entry] = section(ps)["recent"]
    assert entry["state"] == "untrusted" and "is a link" in entry["untrusted"]


def test_a_folder_or_a_giant_in_a_journal_s_place_is_not_read(ps: PowerShell, home: Path) -> None:
    put(home, text=" " * (1024 * 1024 + 1))
    (home / "journal" / f"{OTHER}.json").mkdir()
    [entry] = section(ps)["recent"]
    assert entry["state"] == "untrusted" and "too large" in entry["untrusted"]


def test_a_lock_that_others_could_write_stops_a_run(ps: PowerShell, home: Path) -> None:
    lock = home / "lock"
    lock.write_text('{"holder": "nobody"}')
    use(ps, home, {str(lock): USER})
    with pytest.raises(PowerShellError, match=USER):
        ps("Open-Lock (ConvertTo-Plain $given)", {"id": ID, "controller": "test"})
    assert lock.read_text() == '{"holder": "nobody"}' and section(ps)["lock"] is None


@pytest.mark.parametrize(("held", "reason"), [(ID, "repeated"), (OTHER, "locked")])
def test_who_holds_the_lock_may_be_the_same_call(ps: PowerShell, held: str, reason: str) -> None:
    """ssh sends a call once more whose connection it lost, while the first one is still at work."""
    code = (
        "& { function Read-Lock { @{ holder = 'x'; since = 'y'; journal = $given.held } };"
        " try { Stop-Locked $given.own } catch { $_.Exception.Data['reason'] } }"
    )
    assert ps(code, {"held": held, "own": ID}) == reason


@pytest.mark.parametrize("kind", ["json.new", "log"])
@pytest.mark.parametrize("link", [False, True], ids=["a stranger's", "a link"])
def test_a_file_beside_a_journal_is_not_written_through(
    ps: PowerShell, home: Path, tmp_path: Path, kind: str, link: bool
) -> None:
    """It was put there while the folder was open to others; a journal that is undone has a name that they can know."""
    target = tmp_path / "target"
    target.write_text("kept")
    beside = home / "journal" / f"{ID}.{kind}"
    if link:
        beside.symlink_to(target)
    else:
        beside.write_text("kept")
        use(ps, home, {str(beside): USER})
    with pytest.raises(PowerShellError, match="is a link" if link else USER):
        write(ps, home, journal(state="undone"))
    assert target.read_text() == beside.read_text() == "kept"


PRIVILEGES = r"""
if (-not ('Winops.Asked' -as [type])) { Add-Type -TypeDefinition @'
namespace Winops { public class Asked {
  public static string Names = "";
  public static bool Enable(string name) { Names += name + ";"; return false; }
} }
'@ }
[Winops.Asked]::Names = ''
function Get-Win32 { [Winops.Asked] }
"""


@pytest.mark.parametrize("op", ["acl.set", "certificate.import_pfx", "registry.set"])
def test_privileges_that_are_there_but_off_are_switched_on(ps: PowerShell, tmp_path: Path, op: str) -> None:
    """Of a session without WinRM they are off: a descriptor that keeps administrators out could not be read."""
    step = {
        "op": op,
        "path": str(tmp_path / "key"),
        "sddl": "D:(A;;FR;;;NS)",
        "key": "HKLM\\S",
        "name": "n",
        "file": "f",
    }
    preflight(ps, PRIVILEGES, steps=[step])
    wanted = "SeBackupPrivilege;SeRestorePrivilege;SeTakeOwnershipPrivilege;"
    assert (ps("[Winops.Asked]::Names") or "") == (wanted if op != "registry.set" else "")


@pytest.mark.parametrize("part", ["key", "."])
def test_no_descriptor_is_changed_through_a_link(ps: PowerShell, tmp_path: Path, part: str) -> None:
    """Everybody may make files in the folder of machine keys, and so where a key's file is missing."""
    real = tmp_path / "real"
    real.mkdir()
    (real / "key").write_text("x")
    way = tmp_path / "way"
    if part == ".":
        way.symlink_to(real)
    else:
        way.mkdir()
        (way / part).symlink_to(real / part)
    step = {"op": "acl.set", "path": str(way / "key"), "sddl": "D:(A;;FR;;;NS)"}
    answer = preflight(ps, steps=[step])
    assert answer["reason"] == "preflight" and "is a link" in answer["text"]
    code = (
        "& { function Set-Security { throw 'changed' }; function Set-Owner { throw 'changed' };"
        " Set-FileAcl $given.path $given.sddl 'O:SYD:(A;;FA;;;SY)' }"
    )
    with pytest.raises(PowerShellError, match="is a link"):
        ps(code, step)
    assert preflight(ps, steps=[{**step, "path": str(real / "key")}]) is None


@pytest.mark.parametrize(
    "more",
    [
        {"state": "odd"},
        {"state": ["open"]},
        {"state": None},
        {"steps": [7]},
        {"steps": [{"op": "x"}]},
    ],
    ids=str,
)
def test_a_journal_with_odd_values_costs_its_entry(ps: PowerShell, home: Path, more: dict[str, Any]) -> None:
    put(home, OTHER)
    put(home, ID, json.dumps(journal(**more)))
    found = section(ps, OTHER)
    assert [entry["id"] for entry in found["recent"]] == [ID, OTHER] and section(ps, ID)["whole"] is None
    assert found["recent"][0]["state"] == "unreadable" and found["recent"][1]["state"] == "complete"
    assert found["whole"]["id"] == OTHER


def test_texts_of_a_journal_are_texts(ps: PowerShell, home: Path) -> None:
    put(home, ID, json.dumps(journal(controller={"x": 1}, undoes=7)))
    [entry] = section(ps)["recent"]
    assert (entry["controller"], entry["undoes"]) == (None, None)


# writing


def write(ps: PowerShell, home: Path, document: dict[str, Any], fault: str = "") -> None:
    code = f"& {{ {fault}; Write-Journal (Get-JournalPath $given.id) (ConvertTo-Plain $given) }}"
    ps(code, document)


NO_REPLACE = "function Move-IntoPlace { $false }"


def test_an_open_journal_has_its_full_size_at_once(ps: PowerShell, home: Path) -> None:
    write(ps, home, journal(state="open"))
    path = home / "journal" / f"{ID}.json"
    assert path.stat().st_size == 65536
    assert section(ps)["recent"][0]["state"] == "open" and section(ps)["whole"]["steps"] == journal()["steps"]
    write(ps, home, journal())
    assert path.stat().st_size < 65536 and section(ps)["recent"][0]["state"] == "complete"


def test_a_journal_that_cannot_be_replaced_goes_on_in_a_log(ps: PowerShell, home: Path) -> None:
    write(ps, home, journal(state="open"))
    write(ps, home, journal(state="failed"), NO_REPLACE)
    assert section(ps)["recent"][0]["state"] == "failed"
    write(ps, home, journal(state="complete"))
    log = home / "journal" / f"{ID}.log"
    assert len(log.read_text().splitlines()) == 2 and log.stat().st_size < 4096
    with log.open("a") as file:
        file.write('{"id": "cut off')
    [entry] = section(ps)["recent"]
    assert (entry["id"], entry["state"]) == (ID, "complete")
    ps("Set-Undone $given", ID)
    # What was cut off has no end of its own: the next line does not join it to something that can be read.
    assert log.read_text().splitlines()[-1].startswith('{"id": "cut off{')


def test_a_journal_is_found_where_only_its_successor_was_written(ps: PowerShell, home: Path) -> None:
    write(ps, home, journal(state="open"))
    path = home / "journal" / f"{ID}.json"
    path.rename(home / "journal" / f"{ID}.json.new")
    found = section(ps)
    assert found["recent"][0]["state"] == "open" and found["whole"]["id"] == ID


def test_replacing_is_tried_again(ps: PowerShell, home: Path) -> None:
    write(ps, home, journal(state="open"))
    new = home / "journal" / "x.new"
    assert ps("Move-IntoPlace $given.new $given.to", {"new": str(new), "to": str(home / "journal" / "y")}) is False
    new.write_text("x")
    assert ps("Move-IntoPlace $given.new $given.to", {"new": str(new), "to": str(home / "journal" / "y")}) is True


RUN = r"""
& {
  $global:Writes = 0
  $global:Ran = [Collections.ArrayList]::new()
  function Write-Journal {
    $global:Writes++
    if ($global:Writes -gt $given.good) { throw [IO.IOException] 'disk full' }
  }
  function Get-StepState($step) { @{ state = 1 } }
  function Test-StepDone($step, $state) { $global:Ran -contains $step.op }
  function Invoke-Step($step, $before) { [void]$global:Ran.Add($step.op) }
  $answer = $null
  $reason = $null
  try { $answer = Invoke-Steps (ConvertTo-Plain $given.journal) (ConvertTo-Plain $given.steps) $null }
  catch {
    $reason = $_.Exception.Data['reason']
    $answer = $_.Exception.Data['more']
    if (-not $answer.Contains('steps')) { $answer = @{ steps = @() } }
  }
  @{ reason = $reason; ran = $global:Ran; statuses = @(foreach ($step in $answer.steps) { $step.status }) }
}
"""
STEPS = [{"op": "registry.remove"}, {"op": "registry.set"}, {"op": "service.start"}, {"op": "service.restart"}]


@pytest.mark.parametrize(
    ("good", "ran", "statuses"),
    [
        (0, [], []),
        (1, [], ["failed", "skipped", "skipped", "skipped"]),
        (2, ["registry.remove", "service.start"], ["done", "skipped", "done", "skipped"]),
        (3, ["registry.remove", "service.start"], ["done", "failed", "done", "skipped"]),
        (99, ["registry.remove", "registry.set", "service.start", "service.restart"], ["done"] * 4),
    ],
)
def test_a_lost_journal_never_stops_what_brings_back(
    ps: PowerShell, home: Path, good: int, ran: list[str], statuses: list[str]
) -> None:
    """Before the first change it stops everything; behind one all but what brings back. A restart brings nothing back,
    and disconnects people."""
    given = {"good": good, "steps": STEPS, "journal": {"id": ID, "controller": "t", "created": None, "undoes": None}}
    answer = ps(RUN, given)
    assert (answer["ran"], answer["statuses"]) == (ran, statuses)
    assert answer["reason"] == (None if good == 99 else "journal_failed")


def test_nothing_is_renewed_once_the_journal_is_lost(ps: PowerShell, home: Path) -> None:
    """A renewal takes out the old certificate: without a journal nobody could put it back."""
    ops = ["registry.remove", "registry.set", "certificate.renew", "certificate.import", "service.start"]
    steps = [{"op": op} for op in ops]
    head = {"id": ID, "controller": "t", "created": None, "undoes": None}
    answer = ps(RUN, {"good": 2, "steps": steps, "journal": head})
    assert answer["ran"] == ["registry.remove", "certificate.import", "service.start"]
    assert answer["statuses"] == ["done", "skipped", "skipped", "done", "done"]


# undo


KEY = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp"


def entry(op: str, status: str, before: Any, **fields: Any) -> dict[str, Any]:
    return {"op": op, "status": status, "before": before, **fields}


VALUE = {"key": KEY, "name": "UserAuthentication"}
RENEW = {"previous": [], "remove": "AB" * 20, "restart": True, "timeout_s": 60}
BLOB = {"thumbprint": "AB" * 20, "blob": "QkxPQg==", "der": None}
IMPORT = {"op": "certificate.import", "store": "Remote Desktop", "thumbprint": "AB" * 20, "blob": "QkxPQg=="}


@pytest.mark.parametrize(
    ("state", "done", "step", "demanded"),
    [
        (
            "complete",
            entry("registry.set", "done", {"type": "dword", "data": 0}, **VALUE, type="dword", data=1),
            {"op": "registry.set", **VALUE, "type": "dword", "data": 0},
            True,
        ),
        (
            "complete",
            entry("registry.set", "done", {"type": "dword", "data": 0}, **VALUE, type="dword", data=1),
            {"op": "registry.set", "key": KEY.upper(), "name": "userauthentication", "type": "dword", "data": 0},
            True,
        ),
        (
            "complete",
            entry("registry.set", "done", {"type": "dword", "data": 0}, **VALUE, type="dword", data=1),
            {"op": "registry.set", **VALUE, "type": "string", "data": "0"},
            False,
        ),
        (
            "complete",
            entry("registry.set", "unchanged", {"type": "dword", "data": 0}, **VALUE, type="dword", data=0),
            {"op": "registry.set", **VALUE, "type": "dword", "data": 0},
            False,
        ),
        (
            "complete",
            entry("registry.set", "done", None, **VALUE, type="dword", data=1),
            {"op": "registry.remove", **VALUE},
            True,
        ),
        (
            "complete",
            entry("service.start_type", "done", {"start": 4}, service="SessionEnv", start=3),
            {"op": "service.start_type", "service": "SessionEnv", "start": 4},
            True,
        ),
        (
            "complete",
            entry("service.start_type", "done", {"start": 4}, service="SessionEnv", start=3),
            {"op": "service.start_type", "service": "CryptSvc", "start": 4},
            False,
        ),
        (
            "complete",
            entry("service.start", "done", {"state": 1}, service="SessionEnv", timeout_s=60),
            {"op": "service.stop", "service": "SessionEnv", "timeout_s": 5},
            True,
        ),
        (
            "complete",
            entry("service.restart", "done", {"state": 4}, service="SessionEnv", timeout_s=60),
            {"op": "service.stop", "service": "SessionEnv", "timeout_s": 60},
            False,
        ),
        ("open", entry("certificate.renew", "started", BLOB, **RENEW), IMPORT, True),
        ("complete", entry("certificate.renew", "done", BLOB, **RENEW), IMPORT, False),
        ("open", entry("certificate.renew", "started", BLOB, **RENEW), {**IMPORT, "blob": "T1RIRVI="}, False),
        ("open", entry("certificate.renew", "started", BLOB, **RENEW), {**IMPORT, "store": "Root"}, False),
        (
            "complete",
            entry("acl.set", "done", {"sddl": "O:SYD:P(A;;FA;;;SY)"}, path="P", sddl="x"),
            {"op": "acl.set", "path": "P", "sddl": "O:SYD:P(A;;FA;;;SY)"},
            True,
        ),
        (
            "complete",
            entry("acl.set", "done", {"sddl": "O:SYD:P(A;;FA;;;SY)"}, path="P", sddl="x"),
            {"op": "acl.set", "path": "P", "sddl": "O:SYD:P(A;;FA;;;WD)"},
            False,
        ),
        (
            "complete",
            entry("acl.set", "done", {"sddl": None}, path="P", sddl="x"),
            {"op": "acl.set", "path": "P", "sddl": None},
            False,
        ),
    ],
)
def test_an_undo_does_what_the_journal_asks_and_nothing_else(
    ps: PowerShell, state: str, done: dict[str, Any], step: dict[str, Any], demanded: bool
) -> None:
    code = (
        "$plain = ConvertTo-Plain $given;"
        " $demands = @(foreach ($one in $plain['steps']) { Get-StepBack $one $plain['state'] });"
        " Test-Demanded $plain['step'] $demands"
    )
    assert ps(code, {"state": state, "steps": [done], "step": step}) is demanded


def test_a_journal_of_another_id_is_not_undone(ps: PowerShell, home: Path) -> None:
    put(home, ID, json.dumps(journal(id=OTHER)))
    with pytest.raises(PowerShellError, match="another run"):
        ps("Read-UndoneJournal $given", ID)
    assert ps("Read-UndoneJournal $given", OTHER) is None


# preflight


def preflight(ps: PowerShell, code: str = "", header: dict[str, Any] | None = None, **more: Any) -> Any:
    script = (
        "& { function Get-Controller([string] $name) { if ($name -eq 'UmRdpService') { throw 'no such service' } };"
        " function Get-State { 4 }; function Read-Data { 3 }; function Open-Key { 1 };"
        " function Get-FreeBytes { 9999999 }; "
        + code
        + "; $reason = $text = $null; try { Assert-Preflight (ConvertTo-Plain $given.header) (ConvertTo-Plain $given.steps) }"
        " catch { $reason = $_.Exception.Data['reason']; $more = $_.Exception.Data['more'];"
        " $text = $_.Exception.Message };"
        " if ($reason) { @{ reason = $reason; step = $more.step; text = $text } } elseif ($text) { throw $text } }"
    )
    return ps(script, {"header": header or {"id": ID}, **more})


START = {"op": "service.start", "service": "SessionEnv", "timeout_s": 60}


@pytest.mark.parametrize(
    ("steps", "code", "step"),
    [
        ([START], "", None),
        ([START, {**START, "service": "UmRdpService"}], "", 1),
        ([START], "function Read-Data { 4 }", 0),
        ([{"op": "service.start_type", "service": "SessionEnv", "start": 3}, START], "function Read-Data { 4 }", None),
        ([{"op": "registry.set", "key": KEY, "name": "SecurityLayer"}], "function Open-Key { }", 0),
        ([{"op": "registry.remove", "key": KEY, "name": "SecurityLayer"}], "function Open-Key { }", None),
        ([{"op": "registry.set", "key": KEY}], "function Open-Key { throw [UnauthorizedAccessException] 'no' }", 0),
        ([START, {"op": "acl.set", "path": "/no/such/file"}], "", 1),
    ],
)
def test_what_steps_need_is_there_before_the_first(
    ps: PowerShell, home: Path, steps: list[dict[str, Any]], code: str, step: int | None
) -> None:
    answer = preflight(ps, code, steps=steps)
    if step is None:
        assert answer is None
    else:
        assert (answer["reason"], answer["step"]) == ("preflight", step) and "Nothing was changed" in answer["text"]


def test_a_full_disk_is_found_before_the_first_change(ps: PowerShell, home: Path) -> None:
    answer = preflight(ps, "function Get-FreeBytes { 1000 }", steps=[START])
    assert (answer["reason"], answer["step"]) == ("preflight", None) and "1000 bytes" in answer["text"]


def test_a_plan_from_before_another_run_is_not_carried_out(ps: PowerShell, home: Path) -> None:
    assert preflight(ps, header={"id": ID, "seen": [], "unlisted": 0}, steps=[START]) is None
    put(home, OTHER)
    assert preflight(ps, header={"id": ID, "seen": [], "unlisted": 0}, steps=[START])["reason"] == "preflight"
    assert preflight(ps, header={"id": ID, "seen": [OTHER], "unlisted": 0}, steps=[START]) is None
    assert preflight(ps, header={"id": ID, "seen": [], "unlisted": 1}, steps=[START]) is None
    assert preflight(ps, header={"id": ID}, steps=[START]) is None


@pytest.mark.parametrize(("seen", "other"), [(ID, OTHER), (OTHER, ID)])
def test_another_runs_journal_is_found_whatever_its_date(ps: PowerShell, home: Path, seen: str, other: str) -> None:
    put(home, seen)
    put(home, other)
    both = {"id": "new", "seen": [ID, OTHER], "unlisted": 0}
    assert preflight(ps, header=both, steps=[START]) is None
    answer = preflight(ps, header={**both, "seen": [seen]}, steps=[START])
    assert answer["reason"] == "preflight" and f"(journal {other})" in answer["text"]
    assert preflight(ps, header={**both, "seen": [], "unlisted": 1}, steps=[START])["reason"] == "preflight"
