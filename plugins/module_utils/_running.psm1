# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# How services are started and stopped. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Milliseconds between two looks at what is waited for.
$PollService = 100

function Wait-State($controller, [int] $wanted, $deadline) {
  while ($true) {
    $state = Get-State $controller
    if ($state -eq $wanted) { return }
    if ($wanted -eq 4 -and $state -eq 1) {
      # It came up and went down again: its exit code says more than a time-out.
      $rows = Get-WmiRows "SELECT ExitCode FROM Win32_Service WHERE Name='$($controller.ServiceName)'"
      $code = Get-Field $rows 'ExitCode'
      if (-not $code) { $code = 1067 }
      throw [ComponentModel.Win32Exception]::new([BitConverter]::ToInt32([BitConverter]::GetBytes([uint32]$code), 0))
    }
    if ([datetime]::UtcNow -ge $deadline) {
      $name = $controller.ServiceName
      throw [TimeoutException] "The service $name did not reach state $wanted in time; it is in state $state."
    }
    [Threading.Thread]::Sleep($PollService)
  }
}

function Start-ServiceAndWait($controller, $deadline) {
  $state = Get-State $controller
  if ($state -eq 4) { return }
  if ($state -eq 3) { Wait-State $controller 1 $deadline }
  if ($state -ne 2) { $controller.Start() }
  Wait-State $controller 4 $deadline
}

function Stop-ServiceAndWait($controller, $deadline) {
  $state = Get-State $controller
  if ($state -eq 1) { return }
  if ($state -eq 2) { Wait-State $controller 4 $deadline }
  if ($state -ne 3) { $controller.Stop() }
  Wait-State $controller 1 $deadline
}

# Dependents that run go down first; those that it stopped are the answer, in the order in which they went down.
function Stop-WithDependents($controller, $deadline) {
  $stopped = [Collections.ArrayList]::new()
  foreach ($dependent in $controller.DependentServices) {
    if ((Get-State $dependent) -ne 1) {
      Stop-ServiceAndWait $dependent $deadline
      [void]$stopped.Add($dependent)
    }
  }
  Stop-ServiceAndWait $controller $deadline
  , $stopped.ToArray()
}

function Restart-ServiceAndWait([string] $name, $deadline) {
  $controller = Get-Controller $name
  $stopped = Stop-WithDependents $controller $deadline
  Start-ServiceAndWait $controller $deadline
  [array]::Reverse($stopped)
  foreach ($dependent in $stopped) { Start-ServiceAndWait $dependent $deadline }
}

Export-ModuleMember -Function *
