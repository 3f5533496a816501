#!powershell
# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1
#AnsibleRequires -PowerShell ..module_utils.host

# Applies typed steps out of a closed list, and reads again. The contract is docs/host-contract.md.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What registry.set and registry.remove may touch, and nothing else.
$RegistryPairs = @{
  "HKLM\$RdpTcp" = @{ SecurityLayer = 'dword'; UserAuthentication = 'dword'; MinEncryptionLevel = 'dword'; fAllowSecProtocolNegotiation = 'dword'
    fEnableWinStation = 'dword'; fLogonDisabled = 'dword'; SSLCertificateSHA1Hash = 'binary' }
  "HKLM\$TerminalServer" = @{ fDenyTSConnections = 'dword' }
  "HKLM\$WinStations" = @{ SelfSignedCertStore = 'string' }
}
$StepFields = @{
  'registry.set' = 'key', 'name', 'type', 'data'
  'registry.remove' = 'key', 'name'
  'service.start_type' = 'service', 'start'
  'service.start' = 'service', 'timeout_s'
  'service.stop' = 'service', 'timeout_s'
  'service.restart' = 'service', 'timeout_s'
  'certificate.remove' = 'store', 'thumbprint'
  'certificate.import' = 'store', 'thumbprint', 'blob'
  'certificate.wait_renewed' = 'previous', 'timeout_s'
  'acl.set' = 'path', 'sddl'
}

# --- steps: what is allowed

function Test-Integer($value, [long] $least, [long] $most) { (Test-Whole $value) -and $value -ge $least -and $value -le $most }

function Test-Thumbprint($value) { $value -is [string] -and $value -cmatch '^[0-9A-F]{40}\z' }

function ConvertFrom-Sddl($text) {
  if ($text -isnot [string]) { return }
  try { [Security.AccessControl.RawSecurityDescriptor]::new($text) } catch { $null = $_ }
}

# Why this registry data may not be written, or nothing.
function Test-RegistryData([string] $name, [string] $type, $data) {
  switch ($type) {
    'dword' { if (-not (Test-Integer $data 0 4294967295)) { return 'data is not an unsigned 32-bit number' } }
    'qword' { if (-not (Test-Integer $data 0 ([long]::MaxValue))) { return 'data is not an unsigned number' } }
    'multi_string' { if ($data -isnot [array] -or @(foreach ($item in $data) { if ($item -isnot [string]) { $true } }).Count) { return 'data is not a list of text' } }
    { $_ -eq 'binary' -or $_ -eq 'none' } { if ($null -eq (ConvertFrom-Base64 $data)) { return 'data is not base64' } }
    { $_ -eq 'string' -or $_ -eq 'expand_string' } { if ($data -isnot [string]) { return 'data is not text' } }
    default { return "type $type is not known" }
  }
  if (@('SecurityLayer', 'UserAuthentication') -contains $name -and $type -eq 'dword' -and $data -eq 0) { return "$name is never set to 0" }
}

# Why a step is refused, as a sentence; nothing when it may be done. $scope: undoing (bool), pinned (thumbprint or null), paths (allowed key files).
function Test-Step($step, $scope) {
  if ($step -isnot [Collections.IDictionary] -or -not $step.Contains('op') -or -not $StepFields.ContainsKey([string]$step.op)) { return 'is not a step of the contract' }
  $op = [string]$step.op
  foreach ($field in $StepFields[$op]) { if (-not $step.Contains($field)) { return "($op) lacks $field" } }
  foreach ($entry in $step.GetEnumerator()) { if ($entry.Key -ne 'op' -and $StepFields[$op] -notcontains $entry.Key) { return "($op) has the unknown field $($entry.Key)" } }
  if ($step.Contains('timeout_s') -and -not (Test-Integer $step.timeout_s 1 300)) { return "($op) timeout_s is not a number from 1 to 300" }
  $kind = $op.Split('.')[0]
  if ($kind -eq 'registry') {
    if ($step.key -isnot [string] -or $step.name -isnot [string] -or -not $RegistryPairs.ContainsKey($step.key) -or -not $RegistryPairs[$step.key].ContainsKey($step.name)) {
      return "($op) touches a registry value that is not on the list"
    }
    if ($op -eq 'registry.remove') { return }
    $type = $RegistryPairs[$step.key][$step.name]
    # An undo puts back what was there, wrong type included.
    if ($step.type -ne $type -and -not $scope.undoing) { return "($op) $($step.name) is of type $type" }
    $why = Test-RegistryData $step.name ([string]$step.type) $step.data
    if ($why) { return "($op) $why" }
    if ($type -eq 'binary' -and -not $scope.undoing -and (ConvertFrom-Base64 $step.data).Length -ne 20) { return "($op) $($step.name) is 20 bytes" }
  }
  elseif ($kind -eq 'service') {
    if ($ServiceNames -notcontains $step.service) { return "($op) touches a service that is not on the list" }
    if ($op -eq 'service.start_type') {
      if (-not (Test-Integer $step.start 2 4)) { return "($op) start is not 2, 3 or 4" }
      if ($step.start -eq 4 -and -not $scope.undoing) { return "($op) disables a service: only an undo may" }
    }
    if ($op -eq 'service.stop' -and -not $scope.undoing) { return "($op) stops a service: only an undo may" }
  }
  elseif ($op -eq 'certificate.wait_renewed') {
    if ($step.previous -isnot [array]) { return "($op) previous is not a list of thumbprints" }
    foreach ($thumbprint in $step.previous) { if (-not (Test-Thumbprint $thumbprint)) { return "($op) previous is not a list of thumbprints" } }
  }
  elseif ($kind -eq 'certificate') {
    if ($step.store -cne 'Remote Desktop') { return "($op) touches a store other than Remote Desktop" }
    if (-not (Test-Thumbprint $step.thumbprint)) { return "($op) thumbprint is not 40 upper-case hex digits" }
    if ($op -eq 'certificate.remove' -and $step.thumbprint -eq $scope.pinned) { return "($op) removes the pinned certificate" }
    if ($op -eq 'certificate.import') {
      if (-not $scope.undoing) { return "($op) adds a certificate: only an undo may" }
      $bytes = ConvertFrom-Base64 $step.blob
      if ($null -eq $bytes) { return "($op) blob is not base64" }
      $parsed = Read-Blob $bytes
      $der = Get-BlobProperty $parsed 32
      if (-not $parsed.whole -or $null -eq $der) { return "($op) blob is not a whole store entry" }
      $sha1 = [Security.Cryptography.SHA1]::Create()
      if ((ConvertTo-Hex $sha1.ComputeHash($der)) -ne $step.thumbprint) { return "($op) blob is another certificate" }
    }
  }
  else {
    if ($step.path -isnot [string] -or $scope.paths -notcontains $step.path) { return "($op) path is not a key file of the listener" }
    $want = ConvertFrom-Sddl $step.sddl
    # Without a DACL the file would be open to everybody; that has a name, too.
    if ($null -eq $want -or $null -eq $want.DiscretionaryAcl -or $step.sddl -match 'NO_ACCESS') { return "($op) sddl is not a descriptor with a DACL" }
  }
}

function Get-StepScope($undoes) {
  $paths = @(foreach ($file in (Get-KeyFiles @{})) { if ($file.path) { $file.path } })
  if ($undoes) {
    # The certificate whose key it was may be gone by now.
    $paths += @(1..9 | ForEach-Object { try { Get-KeyFilePath @{ type = 1; container = "TSSecKeySet$_" } } catch { $null = $_ } })
  }
  @{ undoing = [bool]$undoes; pinned = Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'; paths = $paths }
}

# --- steps: how they are done

# Each state is one read: what is on the host now, as the answer's before and after.
function Get-StepState($step) {
  $op = $step.op
  if ($op -eq 'acl.set') { return @{ sddl = Get-Sddl $step.path $false } }
  if ($op -eq 'certificate.wait_renewed') { return @{ thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate' } }
  if ($op -eq 'service.start_type') {
    $start = Read-Data "SYSTEM\CurrentControlSet\Services\$($step.service)" 'Start' 'dword'
    if ($null -eq $start) { throw [ComponentModel.Win32Exception]::new(1060) }
    return @{ start = [int]$start }
  }
  if ($op -like 'service.*') {
    $controller = Get-Controller $step.service
    return [ordered]@{ state = Get-State $controller; dependents = Get-Dependents $controller }
  }
  if ($op -like 'registry.*') {
    $key = Open-Key $step.key.Substring(5)
    if ($key) { Read-Value $key $step.name }
    return
  }
  $key = Open-Key "$SystemCertificates\Remote Desktop\Certificates\$($step.thumbprint)"
  $state = [ordered]@{ present = $null -ne $key }
  if ($op -eq 'certificate.import') { return $state }
  $blob = $null # an if as a value would take the bytes apart
  if ($key) { $blob = $key.GetValue('Blob') }
  $known = $blob -is [byte[]]
  $state.blob = if ($known) { ConvertTo-Base64 $blob }
  $state.der = if ($known) { ConvertTo-Base64 (Get-BlobProperty (Read-Blob $blob) 32) }
  $state
}

# The DACL's own entries: what is inherited, and the flags that say how it came about, are the system's to write.
function Get-DaclText($descriptor) {
  $acl = [Security.AccessControl.RawAcl]::new(2, 8)
  foreach ($ace in $descriptor.DiscretionaryAcl) { if (-not $ace.IsInherited) { $acl.InsertAce($acl.Count, $ace) } }
  $flags = [int]$descriptor.ControlFlags -band 0x1004 # protected, present
  [Security.AccessControl.RawSecurityDescriptor]::new($flags, $null, $null, $null, $acl).GetSddlForm('Access')
}

# Is what the step wants already so?
function Test-StepDone($step, $state) {
  switch ($step.op) {
    'registry.set' { return $null -ne $state -and $state.type -eq $step.type -and (@($state.data) -join "`0") -ceq (@($step.data) -join "`0") }
    'registry.remove' { return $null -eq $state }
    'service.start_type' { return $state.start -eq $step.start }
    'service.start' { return $state.state -eq 4 }
    'service.stop' { return $state.state -eq 1 }
    'certificate.remove' { return -not $state.present }
    'certificate.import' { return $state.present }
    'acl.set' {
      $want = ConvertFrom-Sddl $step.sddl
      $have = ConvertFrom-Sddl $state.sddl
      return (Get-DaclText $want) -eq (Get-DaclText $have) -and ($null -eq $want.Owner -or $want.Owner -eq $have.Owner)
    }
  }
  $false
}

function Wait-State($controller, [int] $wanted, $deadline) {
  while ($true) {
    $state = Get-State $controller
    if ($state -eq $wanted) { return }
    if ($wanted -eq 4 -and $state -eq 1) {
      # It came up and went down again: its exit code says more than a time-out.
      $code = Get-Field (Get-WmiRows "SELECT ExitCode FROM Win32_Service WHERE Name='$($controller.ServiceName)'") 'ExitCode'
      if (-not $code) { $code = 1067 }
      throw [ComponentModel.Win32Exception]::new([BitConverter]::ToInt32([BitConverter]::GetBytes([uint32]$code), 0))
    }
    if ([datetime]::UtcNow -ge $deadline) { throw [TimeoutException] "The service $($controller.ServiceName) did not reach state $wanted in time; it is in state $state." }
    [Threading.Thread]::Sleep(100)
  }
}

function Start-One($controller, $deadline) {
  $state = Get-State $controller
  if ($state -eq 4) { return }
  if ($state -eq 3) { Wait-State $controller 1 $deadline }
  if ($state -ne 2) { $controller.Start() }
  Wait-State $controller 4 $deadline
}

function Stop-One($controller, $deadline) {
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
      Stop-One $dependent $deadline
      [void]$stopped.Add($dependent)
    }
  }
  Stop-One $controller $deadline
  , $stopped.ToArray()
}

function Set-Security($info, $security) {
  if ($PSVersionTable.PSVersion.Major -ge 6) { [IO.FileSystemAclExtensions]::SetAccessControl($info, $security) } # lint: allow unknown-type PowerShell 7 only
  else { $info.SetAccessControl($security) }
}

function Set-Owner([string] $path, $sid) {
  $security = [Security.AccessControl.FileSecurity]::new()
  $security.SetOwner($sid)
  Set-Security ([IO.FileInfo]::new($path)) $security
}

# Where the DACL keeps administrators out, ownership is taken first and given back behind.
function Set-FileAcl([string] $path, [string] $sddl, [string] $before) {
  $want = ConvertFrom-Sddl $sddl
  $had = (ConvertFrom-Sddl $before).Owner
  $owner = if ($null -ne $want.Owner) { $want.Owner } else { $had }
  $security = [Security.AccessControl.FileSecurity]::new()
  $security.SetSecurityDescriptorSddlForm((Get-DaclText $want), 'Access')
  $now = $had
  try { Set-Security ([IO.FileInfo]::new($path)) $security }
  catch {
    if ((Get-ErrorValue $_).code -ne -2147024891) { throw }
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

function Set-Value($step) {
  $key = Open-Key $step.key.Substring(5) $true
  if ($null -eq $key) { throw [IO.FileNotFoundException] "The key $($step.key) does not exist." }
  if ($step.op -eq 'registry.remove') { $key.DeleteValue($step.name, $false) }
  else {
    $data = switch ($step.type) {
      'dword' { [BitConverter]::ToInt32([BitConverter]::GetBytes([uint32]$step.data), 0) }
      'qword' { [long]$step.data }
      'multi_string' { , [string[]]@($step.data) }
      { 'binary', 'none' -contains $_ } { , (ConvertFrom-Base64 $step.data) }
      default { [string]$step.data }
    }
    $key.SetValue($step.name, $data, $step.type.Replace('_', ''))
  }
  $key.Flush()
}

function Set-RunState($step, $deadline) {
  $controller = Get-Controller $step.service
  $stopped = @()
  if ($step.op -ne 'service.start') { $stopped = Stop-WithDependents $controller $deadline }
  if ($step.op -ne 'service.stop') { Start-One $controller $deadline }
  [array]::Reverse($stopped)
  if ($step.op -eq 'service.restart') { foreach ($dependent in $stopped) { Start-One $dependent $deadline } }
}

function Wait-Renewed($step, $deadline) {
  while ($true) {
    $thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate'
    if ($thumbprint -and $step.previous -notcontains $thumbprint -and (Test-Key "$SystemCertificates\Remote Desktop\Certificates\$thumbprint")) { return }
    if ([datetime]::UtcNow -ge $deadline) { throw [TimeoutException] "No new self-signed certificate came within $($step.timeout_s) s." }
    [Threading.Thread]::Sleep(250)
  }
}

# Carries a step out; what came of it is read afterwards.
function Invoke-Step($step, $before) {
  $deadline = [datetime]::UtcNow.AddSeconds($(if ($step.Contains('timeout_s')) { $step.timeout_s } else { 60 }))
  $store = "$SystemCertificates\Remote Desktop\Certificates"
  switch ($step.op) {
    'registry.set' { Set-Value $step }
    'registry.remove' { Set-Value $step }
    # Through the service control manager: it does not see a changed registry value before the next boot.
    'service.start_type' { Set-Service -Name $step.service -StartupType @{ 2 = 'Automatic'; 3 = 'Manual'; 4 = 'Disabled' }[[int]$step.start] }
    'service.start' { Set-RunState $step $deadline }
    'service.stop' { Set-RunState $step $deadline }
    'service.restart' { Set-RunState $step $deadline }
    'certificate.remove' {
      # The store is this key: an entry that no API can decode goes, too.
      $key = Open-Key $store $true
      $key.DeleteSubKeyTree($step.thumbprint, $false)
      $key.Flush()
    }
    'certificate.import' {
      $key = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64).CreateSubKey("$store\$($step.thumbprint)")
      $key.SetValue('Blob', (ConvertFrom-Base64 $step.blob), 'Binary')
      $key.Flush()
    }
    'certificate.wait_renewed' { Wait-Renewed $step $deadline }
    'acl.set' { Set-FileAcl $step.path $step.sddl $before.sddl }
  }
}

# One step: read, write ahead ($save), change, read again. What it says is what is there, not what was asked for.
function Complete-Step($step, $entry, [scriptblock] $save) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  try {
    $entry.before = Get-StepState $step
    $waits = $step.op -eq 'certificate.wait_renewed'
    if (Test-StepDone $step $entry.before) {
      $entry.after = $entry.before
      $entry.status = 'unchanged'
    }
    else {
      if ($step.op -eq 'certificate.remove' -and $step.thumbprint -eq (Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash')) { throw [InvalidOperationException] 'The certificate has been pinned meanwhile.' }
      if (-not $waits) {
        $entry.status = 'started'
        & $save
      }
      Invoke-Step $step $entry.before
      $entry.after = Get-StepState $step
      if ($waits) { $entry.status = 'unchanged' }
      elseif ($step.op -ne 'service.restart' -and -not (Test-StepDone $step $entry.after)) { throw [InvalidOperationException] 'The host took the change without an error, but it did not stay.' }
      else { $entry.status = 'done' }
    }
  }
  catch {
    $entry.error = Get-ErrorValue $_
    $entry.status = 'failed'
    try { $entry.after = Get-StepState $step } catch { $entry.after = $null }
  }
  $entry.elapsed_ms = $watch.ElapsedMilliseconds
}

# --- apply


# Whole or not at all, and on the disk before the next change.
function Write-Journal([string] $path, $journal) {
  $bytes = [Text.Encoding]::ASCII.GetBytes((ConvertTo-WireJson $journal))
  $new = "$path.new"
  $stream = [IO.FileStream]::new($new, 'Create', 'Write', 'None', 4096, [IO.FileOptions]::WriteThrough)
  try {
    $stream.Write($bytes, 0, $bytes.Length)
    $stream.Flush($true)
  }
  finally { $stream.Dispose() }
  if ([IO.File]::Exists($path)) { [IO.File]::Replace($new, $path, [NullString]::Value) } else { [IO.File]::Move($new, $path) }
}

# SYSTEM and administrators only: the journal decides what an undo writes. A folder that somebody else made is not ours to trust.
function Initialize-Home {
  $path = Get-HomeFolder
  $security = [Security.AccessControl.DirectorySecurity]::new()
  $security.SetSecurityDescriptorSddlForm('O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)')
  $info = [IO.DirectoryInfo]::new($path)
  if (-not $info.Exists) {
    if ($PSVersionTable.PSVersion.Major -ge 6) { [IO.FileSystemAclExtensions]::Create($info, $security) } else { $info.Create($security) } # lint: allow unknown-type PowerShell 7 only
  }
  $owner = (ConvertFrom-Sddl (Get-Sddl $path $true)).Owner
  $trusted = 'S-1-5-18', 'S-1-5-32-544', [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
  if ($trusted -notcontains $owner.Value) { throw [UnauthorizedAccessException] "$path belongs to $($owner.Value). Remove it, then run again." }
  if ($info.Exists) {
    $security = [Security.AccessControl.DirectorySecurity]::new()
    $security.SetSecurityDescriptorSddlForm('D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)', 'Access')
    Set-Security $info $security
  }
  [void][IO.Directory]::CreateDirectory((Get-JournalFolder))
}

# The lock is the open file, not its existence: it falls with the process.
function Open-Lock($journal) {
  $path = Join-Part (Get-HomeFolder) 'lock'
  for ($try = 0; ; $try++) {
    try { $stream = [IO.FileStream]::new($path, 'OpenOrCreate', 'ReadWrite', 'Read'); break }
    catch {
      if (-not ($_.Exception.GetBaseException() -is [IO.IOException]) -or $_.Exception.GetBaseException() -is [IO.DirectoryNotFoundException]) { throw }
      # A snapshot that looks at the lock holds it for a moment.
      if ($try -ge 20) {
        $lock = Read-Lock
        if (-not $lock) { $lock = [ordered]@{ holder = $null; since = $null; journal = $null } }
        Stop-Call "Another run is changing this host: $($lock.holder), since $($lock.since), journal $($lock.journal). Wait for it to end, then run again." 'locked' @{ lock = $lock }
      }
      [Threading.Thread]::Sleep(100)
    }
  }
  $text = ConvertTo-WireJson ([ordered]@{ holder = "$($journal.controller), process $PID"; since = ConvertTo-UtcText ([datetime]::UtcNow); journal = $journal.id })
  $bytes = [Text.Encoding]::ASCII.GetBytes($text)
  $stream.SetLength(0)
  $stream.Write($bytes, 0, $bytes.Length)
  $stream.Flush($true)
  $stream
}

# A journal whose steps were taken back says so.
function Set-Undone([string] $id) {
  $path = Get-JournalPath $id
  if (-not [IO.File]::Exists($path)) { return }
  $journal = Read-Journal $path
  $journal.state = 'undone'
  Write-Journal $path $journal
}

function Invoke-Steps($header, $steps, $plan) {
  $path = Get-JournalPath $header.id
  if ([IO.File]::Exists($path)) { Stop-Call "The journal $($header.id) is there already: each run needs an id of its own." }
  $journal = [ordered]@{ schema_version = $SchemaVersion; id = $header.id; controller = $header.controller; created = $header.created; undoes = $header.undoes; state = 'open'
    plan = $plan; steps = @(foreach ($step in $steps) {
        $entry = [ordered]@{}
        foreach ($field in $step.GetEnumerator()) { $entry[$field.Key] = $field.Value }
        $entry.status = 'pending'
        foreach ($field in 'before', 'after', 'error') { $entry[$field] = $null }
        $entry.elapsed_ms = 0
        $entry
      }) }
  $save = { Write-Journal $path $journal }
  try { & $save } catch { Stop-Call "The journal $path cannot be written, so nothing was changed: $((Get-ErrorValue $_).message)" 'journal_failed' }
  $failed = $false
  $lost = $null
  for ($n = 0; $n -lt $journal.steps.Count; $n++) {
    $entry = $journal.steps[$n]
    if ($failed) { $entry.status = 'skipped' }
    else {
      Complete-Step $steps[$n] $entry $save
      $failed = $entry.status -eq 'failed'
    }
    if ($n -eq $journal.steps.Count - 1) { $journal.state = if ($failed) { 'failed' } else { 'complete' } }
    try { & $save }
    catch {
      $lost = (Get-ErrorValue $_).message
      $failed = $true
    }
  }
  if (-not $lost -and -not $failed -and $header.undoes) { try { Set-Undone $header.undoes } catch { $lost = (Get-ErrorValue $_).message } }
  $answer = [ordered]@{ journal = [ordered]@{ id = $header.id; path = $path; state = $(if ($lost) { 'open' } else { $journal.state }) }; changed = $false
    steps = @(foreach ($entry in $journal.steps) {
        [ordered]@{ op = $entry.op; status = $entry.status; before = $entry.before; after = $entry.after; error = $entry.error; elapsed_ms = $entry.elapsed_ms }
      }) }
  foreach ($entry in $journal.steps) { if ($entry.status -eq 'done') { $answer.changed = $true } }
  if ($lost) { Stop-Call "The journal $path cannot be kept up to date: $lost The steps in this answer tell what was done." 'journal_failed' $answer }
  $answer
}

# What belongs to steps, checked before anything is done.
function Test-Call($arguments) {
  if ($arguments.check_mode) { Stop-Call 'Check mode: steps are not applied.' 'check_mode' }
  $journal = $arguments.journal
  if ($journal -isnot [Collections.IDictionary]) { Stop-Call 'journal is not a dictionary.' }
  foreach ($name in 'id', 'controller', 'created', 'undoes') { if (-not $journal.Contains($name)) { $journal[$name] = $null } }
  if ($journal.id -isnot [string] -or $journal.id -cnotmatch $IdPattern) { Stop-Call 'journal.id is not the id of a journal.' }
  if ($null -ne $journal.undoes -and ($journal.undoes -isnot [string] -or $journal.undoes -cnotmatch $IdPattern)) { Stop-Call 'journal.undoes is neither null nor the id of a journal.' }
  if ($null -eq $journal.created) { $journal.created = ConvertTo-UtcText ([datetime]::UtcNow) }
  if ($arguments.steps -is [Collections.IDictionary] -or $null -eq $arguments.steps -or @($arguments.steps).Count -eq 0) { Stop-Call 'steps is not a list of steps.' }
  $arguments.steps = @($arguments.steps)
}

function Invoke-Apply($arguments) {
  Test-Call $arguments
  if ([Environment]::OSVersion.Platform -ne 'Win32NT') { Stop-Call 'This host is not Windows.' 'not_windows' }
  try { Initialize-Home } catch { Stop-Call "The journal folder cannot be made safe, so nothing was changed: $((Get-ErrorValue $_).message)" 'journal_failed' }
  $lock = Open-Lock $arguments.journal
  try {
    $scope = Get-StepScope $arguments.journal.undoes
    for ($n = 0; $n -lt $arguments.steps.Count; $n++) {
      $why = Test-Step $arguments.steps[$n] $scope
      if ($why) { Stop-Call "Step $n $why. Nothing was changed." 'refused_step' @{ step = $n } }
    }
    Invoke-Steps $arguments.journal $arguments.steps $arguments.plan
  }
  finally {
    $lock.SetLength(0)
    $lock.Dispose()
  }
}

# Every release of ansible-core so far hands the arguments over in this variable. Without it the file was dot-sourced: a test.
$given = Get-Variable -Name complex_args -Scope Global -ErrorAction Ignore
if ($null -ne $given) { Invoke-Main $given.Value ${function:Invoke-Apply} }
