# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The successor first: what a renewal does, in which order, over a host that is a variable."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import PowerShell

OLD, NEW = "AB" * 20, "CD" * 20
# The host: which certificate is in force, whether the old entry is in the store, and when a new one comes.
HOST = """
& {
  $global:Host1 = $given
  $global:Said = [Collections.ArrayList]::new()
  function Read-Thumbprint { if ($global:Host1.came) { '%(NEW)s' } else { '%(OLD)s' } }
  function Test-UsableEntry { [bool]$global:Host1.usable }
  function Test-Pinned { [bool]$global:Host1.pinned }
  function Get-Controller { 'SessionEnv' }
  function Get-State { $global:Host1.state }
  function Set-Trigger([string] $name) {
    [void]$global:Said.Add($name)
    $global:Tries++
    if ($global:Host1.fails -eq $global:Tries) { throw [InvalidOperationException] 'the trigger failed' }
    if ($global:Host1.comes -eq $global:Tries) { $global:Host1.came = $true }
  }
  function Connect-Listener { Set-Trigger 'connect' }
  function Start-ServiceAndWait { Set-Trigger 'start' }
  function Restart-StepService { Set-Trigger 'restart' }
  function Remove-StoreEntry([string] $thumbprint) { [void]$global:Said.Add("remove $thumbprint") }
  function Add-StoreEntry([string] $thumbprint, [string] $blob) { [void]$global:Said.Add("put $thumbprint $blob") }
  function Get-StepState { [ordered]@{ thumbprint = $given.remove; blob = $given.blob; der = $null } }
  $global:Tries = 0
  $PollCertificate = 10
  $step = [ordered]@{ op = 'certificate.renew'; previous = @('%(OLD)s'); remove = $given.remove; timeout_s = 1 }
  $step.restart = $given.restart
  $entry = New-JournalStep $step
  $saved = [Collections.ArrayList]::new()
  Complete-Step $step $entry { [void]$saved.Add("$($entry.status) $($entry.before.blob)") }
  @{ entry = $entry; said = $global:Said; saved = $saved }
}
""".replace("%(OLD)s", OLD).replace("%(NEW)s", NEW)


def renew(ps: PowerShell, **given: Any) -> Any:
    host = {
        "came": False,
        "usable": True,
        "pinned": False,
        "state": 4,
        "fails": 0,
        "comes": 0,
        "remove": OLD,
        "blob": "QkxPQg==",
        "restart": False,
    }
    return ps(HOST, host | given)


def told(answer: Any) -> tuple[str, list[str], bool, str]:
    entry = answer["entry"]
    return entry["status"], entry["after"]["attempts"], entry["after"]["put_back"], entry["after"]["thumbprint"]


def test_a_certificate_that_came_already_is_enough(ps: PowerShell) -> None:
    answer = renew(ps, came=True)
    assert told(answer) == ("unchanged", [], False, NEW)
    assert answer["said"] == answer["saved"] == []


@pytest.mark.parametrize(
    ("given", "said", "attempt"),
    [
        ({}, "connect", "connection"),
        ({"restart": True}, "restart", "restart"),
        ({"restart": True, "state": 1}, "start", "start"),
    ],
)
def test_the_successor_comes_by_the_trigger_and_nothing_is_taken_out(
    ps: PowerShell, given: dict[str, Any], said: str, attempt: str
) -> None:
    answer = renew(ps, comes=1, **given)
    assert told(answer) == ("done", [attempt], False, NEW)
    assert answer["said"] == [said] and answer["saved"] == ["started QkxPQg=="]


def test_the_old_entry_goes_when_nothing_came_and_is_in_the_journal_before(ps: PowerShell) -> None:
    answer = renew(ps, comes=2)
    assert told(answer) == ("done", ["connection", "removal", "connection"], False, NEW)
    assert answer["said"] == ["connect", f"remove {OLD}", "connect"] and answer["saved"] == ["started QkxPQg=="]


@pytest.mark.parametrize("fails", [0, 2])
def test_what_was_taken_out_is_put_back(ps: PowerShell, fails: int) -> None:
    """Nothing came, or the second trigger failed: the entry is there again, and the step says both."""
    answer = renew(ps, fails=fails)
    assert told(answer) == ("failed", ["connection", "removal", "connection"], True, OLD)
    assert answer["said"][-1] == f"put {OLD} QkxPQg=="
    assert answer["entry"]["error"]["type"] == (
        "System.InvalidOperationException" if fails else "System.TimeoutException"
    )


def test_nothing_is_taken_out_where_the_trigger_itself_failed(ps: PowerShell) -> None:
    answer = renew(ps, fails=1)
    assert told(answer) == ("failed", ["connection"], False, OLD)
    assert answer["said"] == ["connect"]


@pytest.mark.parametrize("given", [{"remove": None}, {"blob": None}, {"pinned": True}])
def test_what_may_not_go_or_is_not_there_stays(ps: PowerShell, given: dict[str, Any]) -> None:
    answer = renew(ps, **given)
    assert told(answer) == ("failed", ["connection"], False, OLD)
    assert answer["said"] == ["connect"]


def test_a_certificate_without_its_key_is_no_successor(ps: PowerShell) -> None:
    answer = renew(ps, comes=1, usable=False)
    assert told(answer) == ("failed", ["connection", "removal", "connection"], True, NEW)


def test_a_key_file_is_there_or_not(ps: PowerShell, tmp_path: Any) -> None:
    (tmp_path / "key").write_bytes(b"")
    assert ps("Test-KeyFile $given", str(tmp_path / "key")) is True
    assert ps("Test-KeyFile $given", str(tmp_path / "other")) is False
    assert ps("Test-KeyFile $given", str(tmp_path / "no" / "key")) is False
