#!powershell
# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1
#AnsibleRequires -PowerShell ...module_utils._allowed
#AnsibleRequires -PowerShell ...module_utils._call
#AnsibleRequires -PowerShell ...module_utils._certificates
#AnsibleRequires -PowerShell ...module_utils._import
#AnsibleRequires -PowerShell ...module_utils._client_changes
#AnsibleRequires -PowerShell ...module_utils._firewall
#AnsibleRequires -PowerShell ...module_utils._journal
#AnsibleRequires -PowerShell ...module_utils._keeping
#AnsibleRequires -PowerShell ...module_utils._policy
#AnsibleRequires -PowerShell ...module_utils._preflight
#AnsibleRequires -PowerShell ...module_utils._renewal
#AnsibleRequires -PowerShell ...module_utils._running
#AnsibleRequires -PowerShell ...module_utils._tasks
#AnsibleRequires -PowerShell ...module_utils._values
#AnsibleRequires -PowerShell ...module_utils._win32
#AnsibleRequires -PowerShell ...module_utils._windows

# Applies typed steps out of a closed list, and reads again. The contract is docs/host-contract.md.
# All that can change a host is in this file and in the parts that only it requires.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$RunPattern = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z'
# Steps that go on where the journal is lost: they bring back what earlier ones took. A restart brings nothing back.
$Recovering = 'service.start', 'certificate.import'
# Steps that leave no state that they could be held against.
$Transient = 'service.restart', 'app.install', 'clock.resync', 'certificate.enrol'

$PinName = 'SSLCertificateSHA1Hash'
# ERROR_NOT_FOUND and ERROR_DEPENDENT_RESOURCE_EXISTS
$Gone = 1168
$Needed = 5001
# The journal that this call takes back: its id, and the certificates that its pins named and that were there then.
$TakenBack = @{ id = $null; there = @() }

# --- steps: how they are done

# Each state is one read: what is on the host now, as the answer's before and after.

function Get-StartType([string] $name) {
  $start = Read-Data "$ServicesKey\$name" 'Start' 'dword'
  if ($null -eq $start) { throw [ComponentModel.Win32Exception]::new(1060) }
  @{ start = [int]$start }
}

function Get-RunState([string] $name) {
  $controller = Get-Controller $name
  [ordered]@{ state = Get-State $controller; dependents = Get-Dependents $controller }
}

function Get-RegistryState($step) {
  $key = Open-Key $step.key.Substring(5)
  if ($key) { Read-Value $key $step.name }
}

function Get-StepState($step) {
  switch ($step.op) {
    'registry.set' { return Get-RegistryState $step }
    'registry.remove' { return Get-RegistryState $step }
    'service.start_type' { return Get-StartType $step.service }
    'certificate.remove' { return Get-CertificateState $step.thumbprint $true }
    'certificate.import' { return Get-CertificateState $step.thumbprint $false }
    { 'certificate.import_pfx', 'certificate.remove_imported' -contains $_ } {
      return Get-PersonalState $step.thumbprint
    }
    'certificate.wait_renewed' { return @{ thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate' } }
    'certificate.renew' { return Get-RenewalState $step }
    'acl.set' { return @{ sddl = Get-Sddl $step.path $false } }
    { Test-OfClient $_ } { return Get-ClientState $step }
    'certificate.enrol' { return @{ thumbprint = Read-Thumbprint $WinStations 'TemplateCertificate' } }
    'clock.resync' { return @{ utc = ConvertTo-UtcText ([datetime]::UtcNow) } }
    'domain.reset_channel' { return @{ channel_status = Get-ChannelStatus 'sc_query' } }
    'file.replace' { return Get-PolicyFileState $step }
    'policy.refresh' { return [ordered]@{ settings = Get-PolicySettings $step } }
    { $_ -like 'task.*' } { return Get-NlaTaskState }
    { $_ -like 'firewall.*' } { return Get-RuleState $step.rule }
    { $_ -like 'group.*' } { return Get-MemberState $step.member }
    default { return Get-RunState $step.service }
  }
}

# The DACL's own entries: what is inherited, and the flags that say how it came about, are the system's to write.
function Get-DaclText($descriptor) {
  $acl = [Security.AccessControl.RawAcl]::new(2, 8)
  foreach ($ace in $descriptor.DiscretionaryAcl) {
    if (-not $ace.IsInherited) { $acl.InsertAce($acl.Count, $ace) }
  }
  $flags = [int]$descriptor.ControlFlags -band 0x1004 # protected, present
  [Security.AccessControl.RawSecurityDescriptor]::new($flags, $null, $null, $null, $acl).GetSddlForm('Access')
}

# Is what the step wants already so?
function Test-StepDone($step, $state) {
  switch ($step.op) {
    'registry.set' {
      if ($null -eq $state -or $state.type -ne $step.type) { return $false }
      return (@($state.data) -join "`0") -ceq (@($step.data) -join "`0")
    }
    'registry.remove' { return $null -eq $state }
    'service.start_type' { return $state.start -eq $step.start }
    'service.start' { return $state.state -eq 4 }
    'service.stop' { return $state.state -eq 1 }
    'certificate.remove' { return -not $state.present }
    'certificate.import' { return $state.present }
    'certificate.import_pfx' { return $state.present -and $state.has_key }
    'certificate.remove_imported' { return -not $state.present -or (Test-OtherKey $step $state) }
    { Test-OfClient $_ } { return Test-ClientDone $step $state }
    'domain.reset_channel' { return $state.channel_status -eq 0 }
    'file.replace' { return $state.content -ceq $step.content }
    'policy.refresh' { return @(Get-PolicyOdd $step $state.settings).Count -eq 0 }
    'task.arm' { return $state.at -eq $step.at -and "$($state.causes)" -eq "$($step.causes)" }
    'task.disarm' { return $null -eq $state.at }
    { $_ -like 'firewall.*' } { return Test-RuleDone $step $state }
    'group.add' { return $state.member }
    'group.remove' { return -not $state.member }
    'acl.set' {
      $want = ConvertFrom-Sddl $step.sddl
      $have = ConvertFrom-Sddl $state.sddl
      if ($null -ne $want.Owner -and $want.Owner -ne $have.Owner) { return $false }
      return (Get-DaclText $want) -eq (Get-DaclText $have)
    }
  }
  $false
}

# Where the DACL keeps administrators out, ownership is taken first and given back behind. Everybody may make files in
# the folder of machine keys.
function Set-FileAcl([string] $path, [string] $sddl, [string] $before) {
  Assert-PlainPath $path
  $want = ConvertFrom-Sddl $sddl
  $had = (ConvertFrom-Sddl $before).Owner
  $owner = if ($null -ne $want.Owner) { $want.Owner } else { $had }
  $security = [Security.AccessControl.FileSecurity]::new()
  $security.SetSecurityDescriptorSddlForm((Get-DaclText $want), 'Access')
  $now = $had
  try { Set-Security ([IO.FileInfo]::new($path)) $security }
  catch {
    if ((Get-ErrorValue $_).code -ne $AccessDenied) { throw }
    $now = [Security.Principal.SecurityIdentifier]::new('S-1-5-32-544')
    Set-Owner $path $now
    try { Set-Security ([IO.FileInfo]::new($path)) $security }
    catch {
      Set-Owner $path $had
      throw
    }
  }
  if ($null -ne $owner -and $owner -ne $now) { Set-Owner $path $owner }
}

function Open-StepKey($step) {
  $key = Open-Key $step.key.Substring(5) $true
  if ($null -eq $key) { throw [IO.FileNotFoundException] "The key $($step.key) does not exist." }
  $key
}

function Set-Value($step) {
  $key = Open-StepKey $step
  $data = switch ($step.type) {
    'dword' { [BitConverter]::ToInt32([BitConverter]::GetBytes([uint32]$step.data), 0) }
    'qword' { [long]$step.data }
    'multi_string' { , [string[]]@($step.data) }
    { 'binary', 'none' -contains $_ } { , (ConvertFrom-Base64 $step.data) }
    default { [string]$step.data }
  }
  $key.SetValue($step.name, $data, $step.type.Replace('_', ''))
  $key.Flush()
}

function Remove-Value($step) {
  $key = Open-StepKey $step
  $key.DeleteValue($step.name, $false)
  $key.Flush()
}

# Through the service control manager: it does not see a changed registry value before the next boot.
function Set-StartType($step) {
  $type = @{ 2 = 'Automatic'; 3 = 'Manual'; 4 = 'Disabled' }[[int]$step.start]
  Set-Service -Name $step.service -StartupType $type
}

# With read access for NETWORK SERVICE on the new key's file. What does not come to its end leaves nothing behind.
function Import-StepPfx([string] $thumbprint) {
  $whole = $false
  try {
    Add-PersonalEntry $thumbprint
    $new = Get-PersonalState $thumbprint
    if (-not $new.sddl) { throw [IO.FileNotFoundException] 'The imported key has no file where Windows keeps one.' }
    $want = "$($new.sddl)(A;;FR;;;NS)"
    Set-FileAcl $new.path $want $new.sddl
    $have = (Get-PersonalState $thumbprint).sddl
    if ((Get-DaclText (ConvertFrom-Sddl $have)) -ne (Get-DaclText (ConvertFrom-Sddl $want))) {
      throw [InvalidOperationException] 'The access to the imported key did not stay.'
    }
    $whole = $true
  }
  finally { if (-not $whole) { Remove-PersonalEntry $thumbprint } }
}

# Carries a step out; what came of it is read afterwards.
function Invoke-Step($step, $before) {
  $empty = [bool]$step['expect_empty']
  $whole = [bool]$step['expect_back']
  switch ($step.op) {
    'registry.set' { Set-Value $step }
    'registry.remove' { Remove-Value $step }
    'service.start_type' { Set-StartType $step }
    'service.start' { Start-ServiceAndWait (Get-Controller $step.service) $step.timeout_s }
    'service.stop' { Stop-StepService $step.service $empty $whole }
    'service.restart' { Restart-StepService $step.service $empty $whole }
    'certificate.remove' { Remove-StoreEntry $step.thumbprint }
    'certificate.import' { Add-StoreEntry $step.thumbprint $step.blob }
    'certificate.import_pfx' { Import-StepPfx $step.thumbprint }
    'certificate.remove_imported' {
      if (-not (Test-OtherKey $step (Get-PersonalState $step.thumbprint))) { Remove-PersonalEntry $step.thumbprint }
    }
    'certificate.wait_renewed' { Wait-RenewedStep $step }
    'acl.set' { Set-FileAcl $step.path $step.sddl $before.sddl }
    { Test-OfClient $_ } { Invoke-ClientStep $step }
    'certificate.enrol' { Request-Enrolment $step.timeout_s $before.thumbprint }
    'clock.resync' { Set-Clock $step.timeout_s }
    'domain.reset_channel' { Reset-Channel $step.timeout_s }
    'file.replace' { Set-PolicyFile $step }
    'task.arm' { Register-NlaTask $step }
    'task.disarm' { Unregister-NlaTask }
    'firewall.set' { Set-Rule $step }
    'firewall.add' { Add-Rule $step $before }
    'firewall.remove' { Remove-Rule $step.rule }
    'group.add' { Set-Member $step.member $true }
    'group.remove' { Set-Member $step.member $false }
  }
}

# Only what is asked for its exit code: its words are in the host's language.
function Set-Clock([int] $seconds) {
  Start-ServiceAndWait (Get-Controller 'W32Time') $seconds
  $null = Get-ProgramText 'w32tm.exe' '/resync' (1000 * $seconds)
}

function Reset-Channel([int] $seconds) {
  $status = Get-ChannelStatus 'sc_reset' $seconds
  if ($null -eq $status) { throw [InvalidOperationException] 'This host is in no domain, or has no nltest.' }
  if ($status) { throw [ComponentModel.Win32Exception]::new([int]$status) }
}

# Windows' own task asks the CA, as certutil -pulse does; SessionEnv looks when policy is applied.
function Request-Enrolment([int] $seconds, $before) {
  $null = (Get-TaskFolder '\Microsoft\Windows\CertificateServicesClient').GetTask('SystemTask').Run($null)
  $null = Request-Policy
  $deadline = [datetime]::UtcNow.AddSeconds($seconds)
  while ([datetime]::UtcNow -lt $deadline) {
    $now = Read-Thumbprint $WinStations 'TemplateCertificate'
    if ($now -and $now -ne $before) { return }
    [Threading.Thread]::Sleep(500)
  }
  throw [TimeoutException] "No certificate of the template came within $seconds s."
}

function Wait-RenewedStep($step) {
  if (-not (Wait-Renewed $step)) {
    throw [TimeoutException] "No new self-signed certificate with its key came within $($step.timeout_s) s."
  }
}

# What it comes to is in the journal's entry while it is done: also what a renewal that failed has tried.
function Edit-Certificate($step, $entry, [scriptblock] $save) {
  $entry.after = New-RenewalReport
  if (Test-Renewed $step) {
    $entry.status = 'unchanged'
    return
  }
  $entry.status = 'started'
  & $save
  Invoke-Renewal $step $entry.before $entry.after
  $entry.status = 'done'
}

# Where Windows has not applied the policy in time it is written as it would have been, for the file says so. What it
# has set to something else is another policy's.
function Edit-Policy($step, $entry, [scriptblock] $save) {
  $entry.status = 'started'
  & $save
  $refreshed = Request-Policy
  if ($refreshed) { Wait-Policy $step }
  $now = Get-PolicySettings $step
  foreach ($name in Get-PolicyOdd $step $now) {
    if (-not (Test-SameValue $now[$name] $entry.before.settings[$name])) {
      throw [InvalidOperationException] "Another policy has set $name meanwhile."
    }
    $null = (Open-Hive 'LocalMachine').CreateSubKey($TerminalServicesPolicy)
    $value = @{ key = "HKLM\$TerminalServicesPolicy"; name = $name }
    if ($null -eq $step.settings[$name]) { Remove-Value $value }
    else {
      foreach ($part in $step.settings[$name].GetEnumerator()) { $value[$part.Key] = $part.Value }
      Set-Value $value
    }
  }
  $entry.after = Get-StepState $step
  $entry.after.refreshed = $refreshed
  if (-not (Test-StepDone $step $entry.after)) { throw [InvalidOperationException] 'The policy did not stay.' }
  $entry.status = 'done'
}

# Whether the certificate that a pin names is there with its key: a pin without it keeps everybody out.
function Test-PinThere([string] $thumbprint) {
  foreach ($store in $PersonalStore, $StepStore) {
    if (Test-UsableEntry $thumbprint $store) { return $true }
  }
  $false
}

# An undo gives no pin back whose certificate was there then and is gone by now. Whether it is there is noted in the
# journal's entry.
function Confirm-Pin($step, $entry) {
  $thumbprint = Get-BoundThumbprint $step
  if ($thumbprint -and $TakenBack['there'] -contains $thumbprint -and -not (Test-PinThere $thumbprint)) {
    Stop-Refused "The certificate $thumbprint, or its key, is not on the host any more, so it was not bound." $Gone
  }
  $now = if ($entry.before) { Get-BoundThumbprint @{ name = $PinName; data = $entry.before.data } }
  if ($now -and (Test-PinThere $now)) { $entry['there'] = $true }
}

# The bindings that other journals would give back: what is bound, and what it becomes.
function Get-PinMoves {
  foreach ($id in (Get-JournalIds (Get-JournalFolder))) {
    if ($id -ceq $TakenBack['id']) { continue }
    try {
      $journal = Read-UndoneJournal $id
      if (-not $journal -or $journal['undoes'] -or $journal.state -ceq 'undone') { continue }
      $run = if ($journal['run']) { $journal['run'] } else { $id }
      foreach ($step in $journal.steps) {
        $back = if ($step['name'] -eq $PinName) { Get-StepBack $step $journal.state }
        if ($back) { @{ run = $run; from = "$(Get-BoundThumbprint $step)"; to = "$(Get-BoundThumbprint $back)" } }
      }
    }
    catch { $null = $_ } # what cannot be read is not taken back either
  }
}

# What another run goes back to stays, in whatever order they are taken back.
function Assert-NotNeeded([string] $thumbprint) {
  $moves = @(Get-PinMoves)
  $reached = [Collections.ArrayList]@("$(Read-Thumbprint $RdpTcp $PinName)")
  for ($at = 0; $at -lt $reached.Count; $at++) {
    foreach ($move in $moves) {
      if ($move.from -ne $reached[$at]) { continue }
      if ($move.to -eq $thumbprint) {
        Stop-Refused "Run $($move.run) goes back to the certificate $thumbprint, so it stays." $Needed
      }
      if ($reached -notcontains $move.to) { [void]$reached.Add($move.to) }
    }
  }
}

# The change itself, journalled ahead of it by $save.
function Edit-Host($step, $entry, [scriptblock] $save) {
  # A pin that was set after the steps were checked.
  if ($step.op -eq 'certificate.remove' -and (Test-Pinned $step.thumbprint)) {
    throw [InvalidOperationException] 'The certificate has been pinned meanwhile.'
  }
  if ($step.op -eq 'certificate.remove_imported') {
    Assert-NotPresented $step.thumbprint
    Assert-NotNeeded $step.thumbprint
  }
  if ($step['name'] -eq $PinName) { Confirm-Pin $step $entry }
  Assert-NlaTask $step
  if (Test-NlaPause $step $entry.before) { $entry['paused'] = $true }
  if ($step.op -eq 'certificate.renew') { return Edit-Certificate $step $entry $save }
  if ($step.op -eq 'policy.refresh') { return Edit-Policy $step $entry $save }
  if ($step.op -eq 'certificate.wait_renewed') {
    Invoke-Step $step $entry.before
    $entry.after = Get-StepState $step
    $entry.status = 'unchanged'
    return
  }
  $entry.status = 'started'
  & $save
  Invoke-Step $step $entry.before
  if ('service.start', 'service.restart' -contains $step.op -and $step['service'] -eq 'TermService') { Set-Started }
  Confirm-NlaTask $step
  $entry.after = Get-StepState $step
  if ($Transient -notcontains $step.op -and -not (Test-StepDone $step $entry.after)) {
    throw [InvalidOperationException] 'The host took the change without an error, but it did not stay.'
  }
  $entry.status = 'done'
}

# One step: read, write ahead ($save), change, read again. What it says is what is there, not what was asked for.
function Complete-Step($step, $entry, [scriptblock] $save) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  try {
    $entry.before = Get-StepState $step
    if (Test-StepDone $step $entry.before) {
      $entry.after = $entry.before
      $entry.status = 'unchanged'
      if ($step.op -eq 'service.stop') { Update-SafetyTask $step.service }
    }
    else { Edit-Host $step $entry $save }
  }
  catch {
    $entry.error = Get-ErrorValue $_
    $entry.status = if ((Get-InnerException $_).Data['refused']) { 'refused' } else { 'failed' }
    if ($null -eq $entry.after) {
      try { $entry.after = Get-StepState $step } catch { $null = $_ }
    }
  }
  $entry.elapsed_ms = $watch.ElapsedMilliseconds
}

# --- apply

# A step as the journal has it before anything is done.
function New-JournalStep($step) {
  $entry = [ordered]@{}
  foreach ($field in $step.GetEnumerator()) { $entry[$field.Key] = $field.Value }
  $entry.status = 'pending'
  foreach ($field in 'before', 'after', 'error') { $entry[$field] = $null }
  $entry.elapsed_ms = 0
  $entry
}

function New-Journal($header, $steps, $plan) {
  $journal = [ordered]@{ schema_version = $SchemaVersion; id = $header.id }
  foreach ($name in $HeaderFields) { $journal[$name] = $header[$name] }
  $journal.state = 'open'
  $journal.plan = $plan
  $journal.steps = @(foreach ($step in $steps) { New-JournalStep $step })
  $journal
}

# What the steps came to, as the call answers it.
function Get-StepsAnswer([string] $path, $journal, [string] $state) {
  $changed = $false
  foreach ($entry in $journal.steps) {
    if ($entry.status -eq 'done') { $changed = $true }
  }
  $steps = @(foreach ($entry in $journal.steps) {
      $answer = [ordered]@{}
      foreach ($field in 'op', 'status', 'before', 'after', 'error', 'elapsed_ms') { $answer[$field] = $entry[$field] }
      $answer
    })
  $kept = [ordered]@{ id = $journal.id; path = $path; state = $state }
  [ordered]@{ journal = $kept; changed = $changed; steps = $steps; safety_task = $Safety['state'] }
}

# Ahead of a step. Before anything has changed a journal that cannot be written stops the run; later it stops all but
# the steps that bring back what the earlier ones took.
function Save-Run($run, $entry) {
  try { Write-Journal $run.path $run.journal }
  catch {
    $run.lost = (Get-ErrorValue $_).message
    if (-not (Test-Recovering $run $entry)) { throw }
  }
}

function Test-Recovering($run, $entry) {
  $changed = $false
  foreach ($one in $run.journal.steps) {
    if ($one.status -eq 'done') { $changed = $true }
  }
  $changed -and $Recovering -contains $entry.op
}

function Invoke-OneStep($run, $step, $entry) {
  if ($run.failed -and -not ($run.lost -and (Test-Recovering $run $entry))) {
    $entry.status = 'skipped'
    return
  }
  Complete-Step $step $entry { Save-Run $run $entry }
  if ('failed', 'refused' -contains $entry.status) { $run.failed = $true }
}

function Invoke-Steps($header, $steps, $plan) {
  $path = Get-JournalPath $header.id
  $run = @{ path = $path; journal = New-Journal $header $steps $plan; failed = $false; lost = $null }
  try { Write-Journal $path $run.journal }
  catch {
    $why = (Get-ErrorValue $_).message
    Stop-WithReason "The journal $path cannot be written, so nothing was changed: $why" 'journal_failed'
  }
  $journal = $run.journal
  for ($n = 0; $n -lt $journal.steps.Count; $n++) {
    Invoke-OneStep $run $steps[$n] $journal.steps[$n]
    if ($n -eq $journal.steps.Count - 1) { $journal.state = if ($run.failed) { 'failed' } else { 'complete' } }
    try { Write-Journal $path $journal }
    catch {
      $run.lost = (Get-ErrorValue $_).message
      $run.failed = $true
    }
  }
  Update-SafetyTask
  # One of which something is left can be taken back again.
  if (-not $run.lost -and -not $run.failed -and $header.undoes -and -not $header['partly']) {
    try { Set-Undone $header.undoes } catch { $run.lost = (Get-ErrorValue $_).message }
  }
  if (-not $run.lost) { return Get-StepsAnswer $path $journal $journal.state }
  $done = Get-StepsAnswer $path $journal 'open'
  $message = "The journal $path cannot be kept up to date: $($run.lost) The steps in this answer tell what was done."
  Stop-WithReason $message 'journal_failed' $done
}

function Test-Id($id) { $id -is [string] -and $id -cmatch $IdPattern }

function Test-Secrets($arguments) {
  if ($null -eq $arguments.secrets) { $arguments.secrets = @{} }
  if ($arguments.secrets -isnot [Collections.IDictionary]) { Stop-WithReason 'secrets is not a dictionary.' }
  foreach ($one in $arguments.secrets.get_Values()) {
    $known = $one -is [Collections.IDictionary] -and $null -ne (ConvertFrom-Base64 $one['pfx'])
    if (-not $known -or $one['password'] -isnot [string]) { Stop-WithReason 'secrets is not as the contract has it.' }
  }
}

# What belongs to steps, checked before anything is done.
function Test-Call($arguments) {
  if ($arguments.check_mode) { Stop-WithReason 'Check mode: steps are not applied.' 'check_mode' }
  $journal = $arguments.journal
  if ($journal -isnot [Collections.IDictionary]) { Stop-WithReason 'journal is not a dictionary.' }
  foreach ($name in @('id') + $HeaderFields) {
    if (-not $journal.Contains($name)) { $journal[$name] = $null }
  }
  if (-not (Test-Id $journal.id)) { Stop-WithReason 'journal.id is not the id of a journal.' }
  if ($null -ne $journal.undoes -and -not (Test-Id $journal.undoes)) {
    Stop-WithReason 'journal.undoes is neither null nor the id of a journal.'
  }
  if ($null -ne $journal.run -and ($journal.run -isnot [string] -or $journal.run -cnotmatch $RunPattern)) {
    Stop-WithReason 'journal.run is neither null nor the id of a run.'
  }
  if ($null -ne $journal['partly'] -and $journal['partly'] -isnot [bool]) {
    Stop-WithReason 'journal.partly is neither null, true nor false.'
  }
  Test-Secrets $arguments
  if ($null -eq $arguments.safety_task) { $arguments.safety_task = $true }
  if ($arguments.safety_task -isnot [bool]) { Stop-WithReason 'safety_task is neither true nor false.' }
  if ($null -eq $journal.created) { $journal.created = ConvertTo-UtcText ([datetime]::UtcNow) }
  $steps = $arguments.steps
  if ($null -eq $steps -or $steps -is [Collections.IDictionary] -or @($steps).Count -eq 0) {
    Stop-WithReason 'steps is not a list of steps.'
  }
  $arguments.steps = @($arguments.steps)
}

# Why a step that an undo asks for would leave Network Level Authentication off; nothing where a task ends that.
function Test-Unending($step) {
  try { Assert-NlaTask $step }
  catch { "turns it off: $((Get-ErrorValue $_).message)".TrimEnd('.') }
}

function Assert-Steps($steps, $undone) {
  $scope = Get-StepScope $undone $steps
  $TakenBack['id'] = if ($undone) { $undone.id }
  $TakenBack['there'] = @(if ($undone) {
      foreach ($step in $undone.steps) {
        if ($step['there']) { Get-BoundThumbprint (Get-RegistryBack $step) }
      }
    })
  $NlaGuard['given_back'] = @(if ($undone -and -not (Test-NlaPaused $undone)) { $scope.demands })
  for ($n = 0; $n -lt $steps.Count; $n++) {
    $scope.undoing = Test-Demanded $steps[$n] $scope.demands
    $why = Test-Step $steps[$n] $scope
    if (-not $why -and -not $scope.armed) { $why = Test-Unending $steps[$n] }
    if ($why) { Stop-WithReason "Step $n $why. Nothing was changed." 'refused_step' @{ step = $n } }
    if ($steps[$n].op -like 'task.*') { $scope.armed = $steps[$n].op -eq 'task.arm' }
  }
}

# What only this run may write, opened for it: the lock's file, which ends with the process.
function Open-Home($header) {
  try {
    Initialize-Home
    Open-Lock $header
  }
  catch {
    if ($_.Exception.Data.Contains('reason')) { throw }
    $why = (Get-ErrorValue $_).message
    Stop-WithReason "The journal folder is not safe, so nothing was changed: $why" 'journal_failed'
  }
}

function Read-Undone($id) {
  try {
    if ($id) { Read-UndoneJournal $id }
  }
  catch {
    $why = (Get-ErrorValue $_).message
    Stop-WithReason "The journal $id cannot be undone: $why Nothing was changed." 'journal_failed'
  }
}

function Invoke-Apply($arguments) {
  Test-Call $arguments
  if ([Environment]::OSVersion.Platform -ne 'Win32NT') { Stop-WithReason 'This host is not Windows.' 'not_windows' }
  $lock = Open-Home $arguments.journal
  foreach ($one in $arguments.secrets.GetEnumerator()) { $Secrets[$one.Key] = $one.Value }
  $Safety['wanted'] = $arguments.safety_task
  $Safety['state'] = $null
  $Started['at'] = $false
  try {
    Assert-NewJournal $arguments.journal.id
    Assert-Steps $arguments.steps (Read-Undone $arguments.journal.undoes)
    Assert-Preflight $arguments.journal $arguments.steps
    Invoke-Steps $arguments.journal $arguments.steps $arguments.plan
  }
  finally {
    $lock.SetLength(0)
    $lock.Dispose()
  }
}

# Every release of ansible-core so far hands the arguments over in this variable. Without it the file was dot-sourced:
# a test.
$given = Get-Variable -Name complex_args -Scope Global -ErrorAction Ignore
if ($null -ne $given) { Invoke-Main $given.Value ${function:Invoke-Apply} }
