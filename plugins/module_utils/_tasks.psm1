# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._values
#AnsibleRequires -PowerShell ..module_utils._windows

# The task that arms Network Level Authentication again: the host makes it itself, and registers no other.
# Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# ERROR_FILE_NOT_FOUND
$NoSuchTask = -2147024894
# Hours from now at most, and minutes that a controller's rounding may add.
$NlaHours = 24
$NlaSlack = 5
# Minutes that a task must have left where it is relied on: it runs behind what is written, never in between.
$NlaLeft = 5
# What is given back as it was before any task of ours: of these alone a value that turns it off needs none.
$NlaGuard = @{ given_back = @() }
$NlaAt = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:00Z\z'
$NlaCause = '^[a-z_]{1,40}\.[a-z0-9_]{1,60}\z'
$NlaCauses = 16
$NlaCommand = '%SystemRoot%\System32\cmd.exe'

function Get-NlaArguments {
  $programs = '%SystemRoot%\System32\'
  $value = "`"HKLM\$RdpTcp`" /v UserAuthentication"
  @(
    "/d /s /c `"${programs}reg.exe add $value /t REG_DWORD /d 1 /f"
    "&& ${programs}reg.exe query $value | ${programs}findstr.exe /e 0x1"
    "&& ${programs}schtasks.exe /delete /tn `"$NlaTask`" /f`""
  ) -join ' '
}

function Get-NlaXml([string] $at, $causes) {
  @(
    '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
    "<RegistrationInfo><Description>$(@($causes) -join ' ')</Description></RegistrationInfo>"
    '<Triggers><TimeTrigger><Repetition><Interval>PT5M</Interval></Repetition>'
    "<StartBoundary>$at</StartBoundary></TimeTrigger>"
    '<BootTrigger><Repetition><Interval>PT5M</Interval></Repetition></BootTrigger></Triggers>'
    '<Principals><Principal id="S"><UserId>S-1-5-18</UserId></Principal></Principals>'
    '<Settings><DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>'
    '<StopIfGoingOnBatteries>false</StopIfGoingOnBatteries><StartWhenAvailable>true</StartWhenAvailable>'
    '<ExecutionTimeLimit>PT5M</ExecutionTimeLimit></Settings>'
    "<Actions Context=`"S`"><Exec><Command>$NlaCommand</Command>"
    "<Arguments>$((Get-NlaArguments).Replace('&', '&amp;'))</Arguments></Exec></Actions></Task>"
  ) -join ''
}

# What a task that ends it is made of, by the elements' path: what each says, or may say where the scheduler writes it
# out (null: anything). Anything else may keep a task from running, or from coming to its end.
$NlaHas = @{
  'Triggers/TimeTrigger/Repetition/Interval' = 'PT5M'
  'Triggers/BootTrigger/Repetition/Interval' = 'PT5M'
  'Principals/Principal/UserId' = 'S-1-5-18'
  'Settings/DisallowStartIfOnBatteries' = 'false'
  'Settings/StopIfGoingOnBatteries' = 'false'
  'Settings/StartWhenAvailable' = 'true'
  'Settings/ExecutionTimeLimit' = 'PT5M'
  'Actions/Exec/Command' = $NlaCommand
}
$NlaMayHave = @{
  'Triggers/TimeTrigger/Enabled' = 'true'
  'Triggers/TimeTrigger/Repetition/StopAtDurationEnd' = 'false'
  'Triggers/BootTrigger/Enabled' = 'true'
  'Triggers/BootTrigger/Repetition/StopAtDurationEnd' = 'false'
  'Principals/Principal/LogonType' = 'ServiceAccount'
  'Settings/DisallowStartOnRemoteAppSession' = 'false'
  'Settings/Enabled' = 'true'
  'Settings/MultipleInstancesPolicy' = 'IgnoreNew'
  'Settings/Priority' = '7'
  'Settings/RunOnlyIfIdle' = 'false'
  'Settings/RunOnlyIfNetworkAvailable' = 'false'
  'Settings/Volatile' = 'false'
}
$NlaStart = 'Triggers/TimeTrigger/StartBoundary'
$NlaWords = 'RegistrationInfo/Description'
$anything = @(
  'RegistrationInfo', $NlaWords, $NlaStart, 'Principals/Principal/RunLevel'
  foreach ($name in 'Author', 'Date', 'Documentation', 'SecurityDescriptor', 'Source', 'URI', 'Version') {
    "RegistrationInfo/$name"
  }
  foreach ($name in 'AllowHardTerminate', 'AllowStartOnDemand', 'Hidden', 'IdleSettings', 'UseUnifiedSchedulingEngine',
    'WakeToRun', 'IdleSettings/Duration', 'IdleSettings/RestartOnIdle', 'IdleSettings/StopOnIdleEnd',
    'IdleSettings/WaitTimeout') {
    "Settings/$name"
  }
)
foreach ($path in $anything) { $NlaMayHave[$path] = $null }
$NlaLongest = 16384

# What each element says that has none below it, by its path; nothing where one is there twice.
function Get-TaskParts($task) {
  $parts = @{}
  $seen = @{}
  foreach ($node in $task.SelectNodes('/*//*')) {
    $path = $node.LocalName
    for ($above = $node.ParentNode; $above -ne $task.DocumentElement; $above = $above.ParentNode) {
      $path = "$($above.LocalName)/$path"
    }
    if ($seen.ContainsKey($path)) { return }
    $seen[$path] = $true
    if (-not $node.SelectNodes('*').Count) { $parts[$path] = $node.InnerText.Trim() }
  }
  $parts
}

# What a task is made of, if it is ours and in force; nothing else. The scheduler keeps it in a form of its own.
function Read-NlaXml([string] $text) {
  if ($text.Length -gt $NlaLongest -or $text.Contains('<!')) { return }
  $parts = Get-TaskParts ([xml]$text)
  if ($null -eq $parts -or $parts['Actions/Exec/Arguments'] -cne (Get-NlaArguments)) { return }
  foreach ($path in $NlaHas.get_Keys()) {
    if ($parts[$path] -cne $NlaHas[$path]) { return }
  }
  foreach ($path in $parts.get_Keys()) {
    if ($path -eq 'Actions/Exec/Arguments' -or $NlaHas.ContainsKey($path)) { continue }
    if (-not $NlaMayHave.ContainsKey($path)) { return }
    if ($null -ne $NlaMayHave[$path] -and $parts[$path] -cne $NlaMayHave[$path]) { return }
  }
  $causes = @("$($parts[$NlaWords])" -split '\s+' -ne '')
  if ("$($parts[$NlaStart])" -cmatch $NlaAt) { [ordered]@{ at = $parts[$NlaStart]; causes = $causes } }
}

# Null and none where there is no task. Another task of that name is nobody's to replace.
function Get-NlaTaskState {
  try { $xml = [string](Get-TaskFolder).GetTask($NlaTask).Xml }
  catch {
    if ((Get-ErrorValue $_).code -ne $NoSuchTask) { throw }
    return [ordered]@{ at = $null; causes = @() }
  }
  $state = Read-NlaXml $xml
  if ($null -eq $state) { throw [InvalidOperationException] "The task '$NlaTask' is not as this collection makes it." }
  $state
}

# SYSTEM and administrators alone may change it: 6 makes or replaces it, 5 is a service's account.
function Register-NlaTask($step) {
  $sddl = 'O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)'
  $null = (Get-TaskFolder).RegisterTask($NlaTask, $step.xml, 6, 'SYSTEM', $null, 5, $sddl)
}

function Test-NlaOff { (Read-Data $RdpTcp 'UserAuthentication' 'dword') -eq 0 }

function Unregister-NlaTask {
  if (Test-NlaOff) {
    throw [InvalidOperationException] 'Network Level Authentication is not required now: the task that ends that stays.'
  }
  (Get-TaskFolder).DeleteTask($NlaTask, 0)
}

function ConvertFrom-NlaTime($text) {
  $at = [datetime]::MinValue
  $style = [Globalization.DateTimeStyles]'AssumeUniversal, AdjustToUniversal'
  if ([datetime]::TryParseExact([string]$text, "yyyy-MM-dd'T'HH:mm:ss'Z'", $Invariant, $style, [ref]$at)) { $at }
}

# Why a time is no end of a time without Network Level Authentication; nothing where it is one.
function Test-NlaTime($text) {
  $at = ConvertFrom-NlaTime $text
  if ($null -eq $at) { return 'at is not a time' }
  $now = [datetime]::UtcNow
  if ($at -lt $now.AddMinutes($NlaLeft)) { return "at is over, or less than $NlaLeft minutes from now" }
  if ($at -gt $now.AddHours($NlaHours).AddMinutes($NlaSlack)) { return "at is more than $NlaHours hours from now" }
}

# Right before the value that turns it off: the task must stand, whatever was done before, and whoever asks.
function Assert-NlaTask($step) {
  $off = $step.op -eq 'registry.set' -and $step['name'] -eq 'UserAuthentication'
  if (-not $off -or -not (Test-Zero ([string]$step['type']) $step['data'])) { return }
  if (Test-Demanded $step $NlaGuard['given_back']) { return }
  $stands = (Get-NlaTaskState).at
  if (-not $stands -or (Test-NlaTime $stands)) {
    throw [InvalidOperationException] 'No task stands that requires Network Level Authentication again.'
  }
}

# Right behind it: a task that ran meanwhile has removed itself, and what it had set was overwritten.
function Confirm-NlaTask($step) {
  try { Assert-NlaTask $step }
  catch {
    Set-Value @{ key = $step.key; name = $step.name; type = 'dword'; data = 1 }
    throw
  }
}

# A run that had to do with the task, even if it was cut off before that, or that found one there, ended or began a
# time: what it found is not what was there before.
function Test-NlaPaused($journal) {
  foreach ($step in $journal.steps) {
    if ($step.op -like 'task.*' -or $step['paused']) { return $true }
  }
  $false
}

# A value that turns it off is changed while a task of that name is there, read or not: its file says so.
function Test-NlaPause($step, $before) {
  if ($step.op -notlike 'registry.*' -or $step['name'] -ne 'UserAuthentication' -or $null -eq $before) { return $false }
  (Test-Zero ([string]$before.type) $before.data) -and (Test-NlaFile)
}

# Why a step is refused, as the closed list says it.
function Test-TaskStep($step) {
  if ($step.op -eq 'task.disarm') { return }
  if ($step.at -isnot [string] -or $step.at -cnotmatch $NlaAt) { return 'at is not a time in whole minutes' }
  if ($step.causes -isnot [array] -or $step.causes.Count -gt $NlaCauses) { return 'causes is not a list of ids' }
  foreach ($cause in $step.causes) {
    if ("$cause" -cnotmatch $NlaCause) { return 'causes is not a list of ids' }
  }
  $why = Test-NlaTime $step.at
  if ($why) { return $why }
  if ($step.xml -cne (Get-NlaXml $step.at $step.causes)) { return 'xml is not the task that this host makes of it' }
}

# Nothing but zeros, of whatever type: Windows may read it as the number 0.
function Test-Zero([string] $type, $data) {
  if ('binary', 'none' -contains $type) { return @((ConvertFrom-Base64 $data) -ne 0).Count -eq 0 }
  if (Test-Whole $data) { return $data -eq 0 }
  (@($data) -join '') -notmatch '[1-9a-fA-F]'
}

# Whether a step is one of those that a journal demands back: equal in all that they name.
function Test-Demanded($step, $demands) {
  if ($step -isnot [Collections.IDictionary]) { return $false }
  foreach ($demand in $demands) {
    $same = $true
    foreach ($field in $demand.GetEnumerator()) {
      $is = ConvertTo-WireJson $step[$field.Key]
      $asked = ConvertTo-WireJson $field.Value
      if ('key', 'name' -contains $field.Key) { $same = $same -and $is -eq $asked }
      else { $same = $same -and $is -ceq $asked }
    }
    if ($same) { return $true }
  }
  $false
}

Export-ModuleMember -Function * -Variable NlaGuard
