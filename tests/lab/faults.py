# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Wine host whose steps go wrong on request, for tests/bench/faults.py.

The script is the one that is sent to hosts; behind its functions stand a few that have something happen to the step
whose turn it is. Calls that are killed kill themselves, so that it is always at the same place. Services hang for real,
in their own stop or start; budgets and waiting times are shorter than those of hosts.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ansible.errors import AnsibleConnectionFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import planner

from tests.hosts import failing
from tests.tools.host_script import SCRIPT
from tests.twin.inprocess import Acting

from . import prefix as lab
from .prefix import Prefix

Json = dict[str, Any]

# Seconds: what a stop or a start may take here, how long one takes that hangs, and how long for a new certificate.
BUDGET, LONG, RENEWAL = 20, 60, 20
_BEGINS = "\n$given = Get-Variable -Name complex_args"
_TASK = "safety.xml"
_LAB = r"HKLM\SOFTWARE\Lab"

# A struck step is counted over the calls of a run; $Strike.at is its number in this one. The task behind a stop, which
# Wine's scheduler does not take, is kept in a file.
_STRIKES = r"""
$Strike = @{ kind = '@KIND@'; at = @AT@; turn = -1 }
$Budget = @{ stop = @BUDGET@; start = @BUDGET@; dependent = @BUDGET@ }
$wrapped = 'Complete-Step', 'Invoke-Step', 'Invoke-Renewal', 'Start-Again', 'Remove-StoreEntry', 'Write-Journal'
$wrapped += 'Get-TaskFolder'
foreach ($name in $wrapped) {
  Set-Item "function:Real-$name" (Get-Item "function:$name").ScriptBlock
}
function Test-Strike([string[]] $kinds) { $Strike.turn -eq $Strike.at -and $kinds -contains $Strike.kind }
function Stop-Self([string[]] $kinds) {
  if (Test-Strike $kinds) { [Diagnostics.Process]::GetCurrentProcess().Kill(); [Threading.Thread]::Sleep(60000) }
}
function Complete-Step($step, $entry, $save) { $Strike.turn++; Real-Complete-Step $step $entry $save }
function Use-Strike($step, [scriptblock] $do) {
  $hasMiddle = $step.op -in 'service.restart', 'certificate.renew'
  $canHang = $hasMiddle -or $step.op -eq 'service.start'
  if (Test-Strike 'fails at once') { throw [ComponentModel.Win32Exception]::new(5) }
  Stop-Self 'killed before'
  if (-not $canHang) { Stop-Self 'hangs' }
  if (-not $hasMiddle) { Stop-Self 'killed within' }
  & $do
  if (-not ($step.op -like 'service.*') -and (Test-Strike 'succeeds late')) { throw [TimeoutException]::new('late') }
  Stop-Self 'killed after', 'killed within'
}
function Invoke-Step($step, $before) { Use-Strike $step { Real-Invoke-Step $step $before } }
function Invoke-Renewal($step, $before, $report) { Use-Strike $step { Real-Invoke-Renewal $step $before $report } }
function Start-Again($controller, $stopped) {
  if ($controller.ServiceName -eq $Strike.service) { Stop-Self 'killed within' }
  Real-Start-Again $controller $stopped
}
function Remove-StoreEntry([string] $thumbprint) { Real-Remove-StoreEntry $thumbprint; Stop-Self 'killed within' }
function Write-Journal([string] $path, $journal) {
  if ([Math]::Max($Strike.turn, 0) -ge $Strike.at) {
    if ($Strike.kind -eq 'disk full') { throw [IO.IOException]::new('There is not enough space on the disk.') }
    if ($Strike.kind -eq 'journal denied') { throw [UnauthorizedAccessException]::new('Access to the path is denied.') }
  }
  Real-Write-Journal $path $journal
}
function Test-SafetyFile { [IO.File]::Exists('C:/@TASK@') }
function Get-TaskFolder([string] $path = '\') {
  if ($path -ne '\') { return Real-Get-TaskFolder $path }
  $folder = [pscustomobject]@{}
  $make = { param($name, $xml) [IO.File]::WriteAllText('C:/@TASK@', $xml) }
  $show = { param($name) [pscustomobject]@{ Xml = [IO.File]::ReadAllText('C:/@TASK@') } }
  $drop = { param($name) [IO.File]::Delete('C:/@TASK@') }
  $folder | Add-Member -MemberType ScriptMethod -Name RegisterTask -Value $make
  $folder | Add-Member -MemberType ScriptMethod -Name GetTask -Value $show
  $folder | Add-Member -MemberType ScriptMethod -Name DeleteTask -Value $drop
  $folder
}
"""


def _settings(host: Prefix) -> None:
    lab.listener_and_service_broken(host)


def _service(host: Prefix) -> None:
    ran = host.pwsh("-Command", "Set-Service TermService -StartupType Disabled; Stop-Service TermService -Force")
    assert ran.code == 0, ran


def _pin(host: Prefix) -> None:
    host.must("reg", "add", lab.RDP, "/v", "SSLCertificateSHA1Hash", "/t", "REG_BINARY", "/d", "5A" * 20, "/f")


SEEDS: dict[str, Callable[[Prefix], None]] = {
    "settings": _settings,
    "service": _service,
    "expired": lab.expired,
    "pin": _pin,
}


class Site(Acting):
    """One Wine host and its controller, from ``with`` to its end."""

    PROBE_SECONDS = 5.0
    repairable = True

    def __init__(self, seed: Callable[[Prefix], None] | None, folder: Path) -> None:
        super().__init__(folder / "journals", "127.0.0.1")
        self._path, self._seed = folder / "pfx", seed
        self._injected: failing.Injected | None = None
        self._begun = 0

    def __enter__(self) -> Site:
        self.host = lab.clone(self._path)
        self._entered.callback(self.host.stop)
        lab.healthy(self.host)
        if self._seed:
            self._seed(self.host)
        self._entered.enter_context(patch.object(planner, "_RENEWAL_SECONDS", RENEWAL))
        return self

    # Calls ----------------------------------------------------------------------------------------------------------

    def _answer(self, module_name: str, module_args: Json, task_vars: Json) -> Json:
        if module_args.get("operation") != "apply":
            return self.host.host(module_args, timeout=600)
        steps, undoing = module_args["steps"], bool(module_args["journal"].get("undoes"))
        injected, begun = None if undoing else self._injected, self._begun
        self._begun += 0 if undoing else len(steps)
        at = injected.at - begun if injected else -1
        struck = steps[at] if injected and 0 <= at < len(steps) else None
        if injected and struck:
            self._prepare(struck, injected.kind)
        ran = self.host.run(
            *self.host.command(module_args, self._script(injected, at, struck), ""),
            timeout=600,
        )
        if not ran.out.strip():
            raise AnsibleConnectionFailure("the call was cut off")
        if injected and struck and injected.kind == failing.CONNECTION:
            raise AnsibleConnectionFailure("the connection broke")
        return ran.answer

    def _script(self, injected: failing.Injected | None, at: int, struck: Json | None) -> Path:
        words = {"KIND": injected.kind if injected else "", "AT": str(at), "BUDGET": str(BUDGET), "TASK": _TASK}
        strikes = re.sub(r"@(\w+)@", lambda match: words[match[1]], _STRIKES)
        service = struck.get("service", "") if struck else ""
        text = SCRIPT.read_text("ascii")
        assert text.count(_BEGINS) == 1
        script = self._path / "struck.ps1"
        script.write_text(text.replace(_BEGINS, f"{strikes}$Strike.service = '{service}'\n{_BEGINS}"), "ascii")
        return script

    def _prepare(self, step: Json, kind: str) -> None:
        """What goes wrong in a service itself."""
        service, op = step.get("service", ""), step["op"]
        # What only comes late has come by the time that its start again is over.
        seconds = {failing.HANGS: LONG, failing.LATE: BUDGET + BUDGET // 2}.get(kind, 0)
        if op == "service.restart" and seconds:
            self._trouble(service, "DelayStop", 1000 * seconds)
        if op == "service.start" and seconds:
            self._trouble(service, "Delay", 1000 * seconds)
        if op == "certificate.renew" and kind == failing.HANGS:
            self._trouble("SessionEnv", "NoRenew", 1)

    def _trouble(self, service: str, name: str, number: int) -> None:
        self.host.must("reg", "add", rf"{_LAB}\{service}", "/v", name, "/t", "REG_DWORD", "/d", str(number), "/f")

    # What faults are told by ----------------------------------------------------------------------------------------

    def inject(self, kind: str, at: int) -> None:
        """Have something happen to a step of the next task."""
        self._injected = failing.Injected(kind, at)

    def next_run(self) -> None:
        """Count steps from the first again."""
        self._begun = 0

    def lasting(self) -> Json:
        """The listener's settings, the certificate stores, and how the services start."""
        keys = [lab.TS, lab.STORES, *(rf"HKLM\SYSTEM\CurrentControlSet\Services\{name}" for name in lab.SERVICES)]
        return {key: self.host.export(key) for key in keys}

    def running(self) -> set[str]:
        """The services that run."""
        return {name for name, state in self._states().items() if state == 4}

    def _states(self) -> dict[str, int]:
        text = self.host.run("cmd", "/c", " & ".join(f"sc query {name}" for name in lab.SERVICES)).out.decode()
        found = re.findall(r"SERVICE_NAME: (\w+).*?STATE\s*:\s*(\d)", text, re.DOTALL)
        return {name: int(state) for name, state in found}

    def reach(self) -> int:
        """How far a client comes."""
        return self.reach_of(self.host.port)

    def minutes_later(self) -> None:
        """What was under way has come to its end, and what stood behind a stop has started what should run."""
        self._injected = None
        self.host.run("reg", "delete", _LAB, "/f")
        deadline = time.monotonic() + 3 * LONG
        while set(self._states().values()) - {1, 4}:
            assert time.monotonic() < deadline, self._states()
            time.sleep(0.5)
        task = self.host.drive / _TASK
        if not task.exists():
            return
        names = set(re.findall(r'<Arguments>start "([^"]+)"</Arguments>', task.read_text()))
        task.unlink()
        # The task comes again, every five minutes.
        deadline += 3 * LONG
        while not names <= self.running() and time.monotonic() < deadline:
            self.host.run("cmd", "/c", " & ".join(f"sc start {name}" for name in sorted(names)))
            time.sleep(0.5)
