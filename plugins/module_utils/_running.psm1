# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._win32
#AnsibleRequires -PowerShell ..module_utils._windows

# How services are started and stopped: whatever a step stopped runs again behind it, whether it went well or not.
# Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Milliseconds between two looks at what is waited for.
$PollService = 100
# Seconds that a stop may take, a start, and each of these for a service that depends on it.
$Budget = @{ stop = 180; start = 120; dependent = 60 }
# ERROR_DEPENDENT_SERVICES_RUNNING, ERROR_SERVICE_CANNOT_ACCEPT_CTRL and ERROR_SERVICE_DISABLED
$DependentsRunning = 1051
$TakesNoStop = 1061
$CannotStart = 1058
$SvchostKey = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\Svchost'
# Behind the stop of one of these a task stands that starts what should run, in case the call is killed in between.
$SafetyServices = 'TermService', 'SessionEnv'
$SafetyName = 'winops.rdp start services'
$SafetyMinutes = 5
# Names that may stand in a task, between quotation marks: nothing in them means more than itself to sc.exe, in XML, or
# to the scheduler, which knows %NAME% and $(NAME).
$SafetyPattern = '\A[A-Za-z0-9_][A-Za-z0-9_.$ -]{0,255}\z'
$Safety = @{ wanted = $true; state = $null }

function Wait-State($controller, [int] $wanted, [int] $seconds) {
  $deadline = [datetime]::UtcNow.AddSeconds($seconds)
  while ($true) {
    $state = Get-State $controller
    if ($state -eq $wanted) { return }
    if ($wanted -eq 4 -and $state -eq 1) {
      # It came up and went down again: its exit code says more than a time-out.
      $code = Get-ExitCode $controller
      if (-not $code) { $code = 1067 }
      throw [ComponentModel.Win32Exception]::new($code)
    }
    if ([datetime]::UtcNow -ge $deadline) {
      $name = $controller.ServiceName
      throw [TimeoutException] "The service $name did not reach state $wanted in time; it is in state $state."
    }
    [Threading.Thread]::Sleep($PollService)
  }
}

function Start-ServiceAndWait($controller, [int] $seconds) {
  $state = Get-State $controller
  if ($state -eq 4) { return }
  if ($state -eq 3) {
    Wait-State $controller 1 $seconds
    $state = 1
  }
  if ($state -ne 2) { $controller.Start() }
  Wait-State $controller 4 $seconds
}

function Stop-ServiceAndWait($controller, [int] $seconds) {
  $state = Get-State $controller
  if ($state -eq 1) { return }
  if ($state -eq 2) { Wait-State $controller 4 $seconds }
  if ($state -ne 3) { $controller.Stop() }
  Wait-State $controller 1 $seconds
}

# Dependents that run go down first. Each service is in $stopped before it is touched.
function Stop-WithDependents($controller, $stopped) {
  foreach ($dependent in $controller.DependentServices) {
    if ((Get-State $dependent) -eq 1) { continue }
    [void]$stopped.Add($dependent)
    Stop-ServiceAndWait $dependent $Budget['dependent']
  }
  if ((Get-State $controller) -ne 1) { [void]$stopped.Add($controller) }
  Stop-ServiceAndWait $controller $Budget['stop']
}

# Starts what was stopped, last one first. One that does not start keeps no other down, and is no problem of the
# service's own, which is the answer: how each of them is afterwards is read, and in the answer.
function Start-Again($controller, $stopped) {
  $problem = $null
  for ($n = $stopped.Count - 1; $n -ge 0; $n--) {
    $main = $stopped[$n] -eq $controller
    try { Start-ServiceAndWait $stopped[$n] $Budget[$(if ($main) { 'start' } else { 'dependent' })] }
    catch { if ($main) { $problem = $_ } }
  }
  $problem
}

# Does a path name this file of Windows' own, in System32, however it is spelled? Bare: without a folder as well.
function Test-SystemFile([string] $path, [string] $file, [switch] $Bare) {
  $path = $path.Replace('/', '\')
  foreach ($mark in '\??\', '\\?\', '\\.\') {
    if ($path.StartsWith($mark, [StringComparison]::Ordinal)) { $path = $path.Substring(4) }
  }
  # What two of them begin is a share's.
  while ($path.IndexOf('\\', [StringComparison]::Ordinal) -gt 0) {
    $path = $path.Substring(0, 1) + $path.Substring(1).Replace('\\', '\')
  }
  $folder = Get-WindowsFolder
  if (-not $folder) { $folder = 'C:\Windows' }
  $below = $folder.Substring(2)
  $ways = @(foreach ($root in '%SystemRoot%', '%windir%', '\SystemRoot', "%SystemDrive%$below", $below, $folder) {
      "$root\system32\"
    })
  $ends = @($file)
  if ($Bare) {
    $ways += 'system32\', ''
    $ends += [IO.Path]::GetFileNameWithoutExtension($file)
  }
  foreach ($way in $ways) {
    foreach ($end in $ends) {
      if ([string]::Equals($path, "$way$end", [StringComparison]::OrdinalIgnoreCase)) { return $true }
    }
  }
  $false
}

# The program of a command line and what is behind it, which Windows parts at a space or a tab, and at no other blank.
function Split-Command([string] $command) {
  $command = $command.TrimStart([char[]]" `t")
  if ($command.StartsWith('"', [StringComparison]::Ordinal)) { $parts = $command.Substring(1).Split([char[]]'"', 2) }
  else { $parts = $command.Split([char[]]" `t", 2) }
  @{ program = $parts[0]; rest = if ($parts.Count -gt 1) { $parts[1] } else { '' } }
}

# Why a service would not start again once it has ended, behind its name; nothing where nothing is known.
function Get-StartFault([string] $name) {
  if ((Read-StartType $name) -eq 4) { return 'is disabled' }
  $path = "$ServicesKey\$name"
  $process = [string](Read-Data $path 'ImagePath' 'string', 'expand_string')
  $command = Split-Command $process
  if (-not (Test-SystemFile $command['program'] 'svchost.exe' -Bare)) {
    # A quotation mark in the wrong place makes a name of what is none.
    $meant = if ($process.Contains('"')) { (Split-Command $process.Replace('"', ''))['program'] }
    if (Test-SystemFile "$meant" 'svchost.exe' -Bare) { 'has a misquoted ImagePath' }
    return
  }
  $dll = foreach ($key in "$path\Parameters", $path) { Read-Data $key 'ServiceDll' 'string', 'expand_string' }
  if (-not "$dll") { return 'has no ServiceDll' }
  if (" $($command['rest'])" -notmatch '[ \t]-k[ \t]+([^ \t]+)') { return }
  $group = $Matches[1]
  # A list that is not there, or is empty, has no name in it either; what cannot be read is another matter.
  $key = Open-Key $SvchostKey
  $listed = if ($key) { Read-Value $key $group }
  if ($listed -and $listed['type'] -ne 'multi_string') { return }
  if (-not $listed -or $listed['data'] -notcontains $name) { "is not in svchost's group $group" }
}

# A service that could not start again is not stopped by a restart, whoever has allowed what.
function Assert-Startable($controller) {
  if ((Get-State $controller) -eq 1) { return }
  $why = try { Get-StartFault $controller.ServiceName } catch { $null = $_ }
  if ($why) {
    Stop-Refused "$($controller.ServiceName) was not stopped: it could not start again, for it $why." $CannotStart
  }
}

# What would not come back behind a restart is looked for right before the stop: nothing that runs is taken away.
function Assert-Returning($controller) {
  foreach ($dependent in $controller.DependentServices) {
    if ((Get-State $dependent) -eq 1) { continue }
    $name = $dependent.ServiceName
    $why = try { Get-StartFault $name } catch { $null = $_ }
    if (-not $why) { continue }
    $message = "$($controller.ServiceName) was not stopped: $name depends on it and could not start again, for it $why."
    Stop-Refused $message $DependentsRunning
  }
}

# What runs on others' behalf is not stopped together with a service whose start is taken back. The listener's own
# services run with it, and go with it.
function Assert-Unneeded($controller) {
  $names = @(foreach ($dependent in $controller.DependentServices) {
      $name = $dependent.ServiceName
      if ($ServiceNames -notcontains $name -and (Get-State $dependent) -ne 1) { $name }
    })
  if (-not $names) { return }
  $message = "$($controller.ServiceName) was not stopped: $($names -join ' and ') would go down with it."
  Stop-Refused $message $DependentsRunning
}

# Sessions are looked for right before the stop: the log that a snapshot reads can be old, and people come.
function Assert-Empty([string] $name) {
  if ($name -ne 'TermService') { return }
  try { $people = @(Get-ConnectedPeople) }
  catch {
    $why = (Get-ErrorValue $_).message
    Stop-Refused "Who is logged on could not be read, so TermService was not stopped. $why"
  }
  if (-not $people.Count) { return }
  $who = @(foreach ($session in $people) { "$($session.User) in session $($session.Id)" }) -join ', '
  Stop-Refused "TermService was not stopped: $($people.Count) logged on ($who)."
}

# Without a number of its own: ERROR_REQUEST_REFUSED.
function Stop-Refused([string] $message, [int] $code = 4320) {
  $problem = [ComponentModel.Win32Exception]::new($code, $message)
  $problem.Data['refused'] = $true
  throw $problem
}

# A task that starts services once, some minutes from now, and some times again. Numbers and plain names make it.
function Get-SafetyXml($names, [datetime] $now) {
  $form = "yyyy-MM-dd'T'HH:mm:ss'Z'"
  $actions = @(foreach ($name in $names) {
      if ($name -notmatch $SafetyPattern) { continue }
      '<Exec><Command>%SystemRoot%\System32\sc.exe</Command><Arguments>start "{0}"</Arguments></Exec>' -f $name
    }) -join ''
  @(
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
    '<Triggers><TimeTrigger><Repetition><Interval>PT{0}M</Interval><Duration>PT30M</Duration></Repetition>' -f
    $SafetyMinutes
    "<StartBoundary>$($now.AddMinutes($SafetyMinutes).ToString($form, $Invariant))</StartBoundary>"
    "<EndBoundary>$($now.AddMinutes(40).ToString($form, $Invariant))</EndBoundary></TimeTrigger></Triggers>"
    '<Principals><Principal id="S"><UserId>S-1-5-18</UserId></Principal></Principals>'
    '<Settings><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>'
    '<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><StartWhenAvailable>true</StartWhenAvailable>'
    '<ExecutionTimeLimit>PT5M</ExecutionTimeLimit><DeleteExpiredTaskAfter>PT1M</DeleteExpiredTaskAfter></Settings>'
    "<Actions Context=`"S`">$actions</Actions></Task>"
  ) -join ''
}

function Test-SafetyFile { [IO.File]::Exists((Join-PathPart (Get-SystemFolder) 'Tasks' $SafetyName)) }

# What the task starts that an earlier stop has left. Only an administrator can make one that runs as SYSTEM.
function Get-SafetyNames {
  if (-not (Test-SafetyFile)) { return }
  try { $xml = [string](Get-TaskFolder).GetTask($SafetyName).Xml } catch { return }
  if (-not $xml.Contains('<UserId>S-1-5-18</UserId>')) { return }
  foreach ($found in [regex]::Matches($xml, '<Arguments>start (?:"|&quot;)?([^"&<]+)')) { $found.Groups[1].Value }
}

# Without a name it goes.
function Set-SafetyTask($names) {
  $folder = Get-TaskFolder
  if (-not $names) { return $folder.DeleteTask($SafetyName, 0) }
  # 6 makes or replaces it, 5 is a service's account.
  $xml = Get-SafetyXml $names ([datetime]::UtcNow)
  $null = $folder.RegisterTask($SafetyName, $xml, 6, 'SYSTEM', $null, 5)
}

# Notes in $Safety whether a task stands behind the stop. Where none can be had the stop is done all the same, and that
# is said. What an earlier stop has left down stays in it.
function Register-SafetyTask($controller) {
  if ($SafetyServices -notcontains $controller.ServiceName -or (Get-State $controller) -eq 1) { return }
  $Safety['state'] = 'left_out'
  if (-not $Safety['wanted']) { return }
  try {
    $names = @($controller.ServiceName) + @(foreach ($dependent in $controller.DependentServices) {
        if ((Get-State $dependent) -ne 1) { $dependent.ServiceName }
      })
    $more = @(foreach ($name in Get-SafetyNames) { if ($names -notcontains $name) { $name } })
    Set-SafetyTask ($names + $more)
    $Safety['state'] = 'armed'
  }
  catch { $Safety['state'] = 'failed' }
}

function Test-Startable([string] $name) {
  try { (Get-State (Get-Controller $name)) -ne 4 -and -not (Get-StartFault $name) } catch { $true }
}

# It stands for what is down and can be started, and for nothing that a step was to stop: whatever depends on that would
# start it, too. One that cannot be removed starts what runs, and ends by itself.
function Update-SafetyTask([string] $stopped) {
  $had = @(Get-SafetyNames)
  if (-not $had) { return }
  try {
    $meant = @(if ($stopped) {
        $stopped
        foreach ($dependent in (Get-Controller $stopped).DependentServices) { $dependent.ServiceName }
      })
    $names = @(foreach ($name in $had) { if ($meant -notcontains $name -and (Test-Startable $name)) { $name } })
    if ($names.Count -lt $had.Count) { Set-SafetyTask $names }
  }
  catch { $null = $_ }
}

# A stop that does not end leaves what ran running. $empty: only if nobody is connected. $whole: only if nothing of
# others goes down with it.
function Stop-StepService([string] $name, [bool] $empty, [bool] $whole) {
  $controller = Get-Controller $name
  $stopped = [Collections.ArrayList]::new()
  $ended = $false
  Register-SafetyTask $controller
  try {
    if ($empty) { Assert-Empty $name }
    if ($whole) { Assert-Unneeded $controller }
    Stop-WithDependents $controller $stopped
    $ended = $true
  }
  finally {
    if (-not $ended) { $null = Start-Again $controller $stopped }
    Update-SafetyTask $(if ($ended) { $name })
  }
}

# A stop that took longer than its time and came to an end all the same is no failure: what matters is what runs then.
# Nor is one that did not come about, where the service runs on: what was done before it is right. $whole: only if
# everything that is stopped on the way can start again.
function Restart-StepService([string] $name, [bool] $empty, [bool] $whole) {
  $controller = Get-Controller $name
  $stopped = [Collections.ArrayList]::new()
  $problem = $null
  $again = $null
  Register-SafetyTask $controller
  try {
    if ($empty) { Assert-Empty $name }
    Assert-Startable $controller
    if ($whole) { Assert-Returning $controller }
    Stop-WithDependents $controller $stopped
  }
  catch { $problem = $_ }
  finally {
    if ($null -eq $problem -and -not $stopped.Contains($controller)) { [void]$stopped.Add($controller) }
    $again = Start-Again $controller $stopped
    Update-SafetyTask
  }
  $late = $problem -and $problem.Exception -is [TimeoutException] -and $stopped.Contains($controller)
  if ($problem -and -not $late) {
    if ((Get-InnerException $problem).Data['refused'] -or (Get-State $controller) -ne 4) { throw $problem }
    Stop-Refused "$name was not restarted: $((Get-ErrorValue $problem).message)" $TakesNoStop
  }
  if ($again) { throw $again }
}

Export-ModuleMember -Function * -Variable Budget, Safety
