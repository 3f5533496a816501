#!powershell
# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1
#AnsibleRequires -PowerShell ..module_utils._call
#AnsibleRequires -PowerShell ..module_utils._certificates
#AnsibleRequires -PowerShell ..module_utils._journal
#AnsibleRequires -PowerShell ..module_utils._renewal
#AnsibleRequires -PowerShell ..module_utils._running
#AnsibleRequires -PowerShell ..module_utils._values
#AnsibleRequires -PowerShell ..module_utils._windows

# Applies typed steps out of a closed list, and reads again. The contract is docs/host-contract.md.
# All that can change a host is in this file and in the parts that only it requires.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What registry.set and registry.remove may touch, and nothing else.
$RegistryPairs = @{
  "HKLM\$RdpTcp" = @{
    SecurityLayer = 'dword'
    UserAuthentication = 'dword'
    MinEncryptionLevel = 'dword'
    fAllowSecProtocolNegotiation = 'dword'
    fEnableWinStation = 'dword'
    fLogonDisabled = 'dword'
    SSLCertificateSHA1Hash = 'binary'
  }
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
  'certificate.renew' = 'previous', 'remove', 'restart', 'timeout_s'
  'acl.set' = 'path', 'sddl'
}
$WaitSeconds = 60
# Milliseconds between two looks at the lock.
$PollLock = 100
$LockTries = 20
$RunPattern = '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z'

# --- steps: what is allowed

function Test-Thumbprint($value) { $value -is [string] -and $value -cmatch '^[0-9A-F]{40}\z' }

function ConvertFrom-Sddl($text) {
  if ($text -isnot [string]) { return }
  try { [Security.AccessControl.RawSecurityDescriptor]::new($text) } catch { $null = $_ }
}

function Test-TextList($data) {
  if ($data -isnot [array]) { return $false }
  foreach ($item in $data) { if ($item -isnot [string]) { return $false } }
  $true
}

# Why this registry data may not be written, or nothing.
function Test-RegistryData([string] $name, [string] $type, $data) {
  switch ($type) {
    'dword' { if (-not (Test-Integer $data 0 4294967295)) { return 'data is not an unsigned 32-bit number' } }
    'qword' { if (-not (Test-Integer $data 0 ([long]::MaxValue))) { return 'data is not an unsigned number' } }
    'multi_string' { if (-not (Test-TextList $data)) { return 'data is not a list of text' } }
    { $_ -eq 'binary' -or $_ -eq 'none' } { if ($null -eq (ConvertFrom-Base64 $data)) { return 'data is not base64' } }
    { $_ -eq 'string' -or $_ -eq 'expand_string' } { if ($data -isnot [string]) { return 'data is not text' } }
    default { return "type $type is not known" }
  }
  if (@('SecurityLayer', 'UserAuthentication') -contains $name -and $type -eq 'dword' -and $data -eq 0) {
    return "$name is never set to 0"
  }
}

# Each of the following says why a step is refused, as a sentence; nothing when it may be done.
# $scope: undoing (bool), pinned (thumbprint or null), paths (allowed key files).

function Test-RegistryStep($step, $scope) {
  $names = if ($step.key -is [string]) { $RegistryPairs[$step.key] }
  if (-not $names -or $step.name -isnot [string] -or -not $names.ContainsKey($step.name)) {
    return 'touches a registry value that is not on the list'
  }
  if ($step.op -eq 'registry.remove') { return }
  $type = $names[$step.name]
  # An undo puts back what was there, wrong type included.
  if ($step.type -ne $type -and -not $scope.undoing) { return "$($step.name) is of type $type" }
  $why = Test-RegistryData $step.name ([string]$step.type) $step.data
  if ($why) { return $why }
  if ($type -eq 'binary' -and -not $scope.undoing -and (ConvertFrom-Base64 $step.data).Length -ne 20) {
    return "$($step.name) is 20 bytes"
  }
}

function Test-ServiceStep($step, $scope) {
  if ($ServiceNames -notcontains $step.service) { return 'touches a service that is not on the list' }
  if ($step.op -eq 'service.start_type') {
    if (-not (Test-Integer $step.start 2 4)) { return 'start is not 2, 3 or 4' }
    if ($step.start -eq 4 -and -not $scope.undoing) { return 'disables a service: only an undo may' }
  }
  if ($step.op -eq 'service.stop' -and -not $scope.undoing) { return 'stops a service: only an undo may' }
}

function Test-WaitStep($step) {
  if ($step.previous -isnot [array]) { return 'previous is not a list of thumbprints' }
  foreach ($thumbprint in $step.previous) {
    if (-not (Test-Thumbprint $thumbprint)) { return 'previous is not a list of thumbprints' }
  }
}

function Test-RenewStep($step, $scope) {
  if ($step.restart -isnot [bool]) { return 'restart is neither true nor false' }
  if ($null -ne $step.remove) {
    if (-not (Test-Thumbprint $step.remove)) { return 'remove is not 40 upper-case hex digits' }
    if ($step.remove -eq $scope.pinned) { return 'removes the pinned certificate' }
  }
  Test-WaitStep $step
}

function Test-ImportStep($step, $scope) {
  if (-not $scope.undoing) { return 'adds a certificate: only an undo may' }
  $bytes = ConvertFrom-Base64 $step.blob
  if ($null -eq $bytes) { return 'blob is not base64' }
  $parsed = Read-Blob $bytes
  $der = Get-BlobCertificate $parsed
  if (-not $parsed.whole -or $null -eq $der) { return 'blob is not a whole store entry' }
  $sha1 = [Security.Cryptography.SHA1]::Create()
  if ((ConvertTo-Hex $sha1.ComputeHash($der)) -ne $step.thumbprint) { return 'blob is another certificate' }
}

function Test-CertificateStep($step, $scope) {
  if ($step.op -eq 'certificate.wait_renewed') { return Test-WaitStep $step }
  if ($step.op -eq 'certificate.renew') { return Test-RenewStep $step $scope }
  if ($step.store -cne $StepStore) { return "touches a store other than $StepStore" }
  if (-not (Test-Thumbprint $step.thumbprint)) { return 'thumbprint is not 40 upper-case hex digits' }
  if ($step.op -eq 'certificate.import') { return Test-ImportStep $step $scope }
  if ($step.thumbprint -eq $scope.pinned) { return 'removes the pinned certificate' }
}

function Test-AclStep($step, $scope) {
  if ($step.path -isnot [string] -or $scope.paths -notcontains $step.path) {
    return 'path is not a key file of the listener'
  }
  $want = ConvertFrom-Sddl $step.sddl
  # Without a DACL the file would be open to everybody; that has a name, too.
  if ($null -eq $want -or $null -eq $want.DiscretionaryAcl -or $step.sddl -match 'NO_ACCESS') {
    return 'sddl is not a descriptor with a DACL'
  }
}

# What holds for every step: its fields are those of its operation, no more and no less.
function Test-StepFields($step, [string] $op) {
  foreach ($field in $StepFields[$op]) { if (-not $step.Contains($field)) { return "lacks $field" } }
  foreach ($field in $step.get_Keys()) {
    if ($field -ne 'op' -and $StepFields[$op] -notcontains $field) { return "has the unknown field $field" }
  }
  if ($step.Contains('timeout_s') -and -not (Test-Integer $step.timeout_s 1 300)) {
    return 'timeout_s is not a number from 1 to 300'
  }
}

function Test-Step($step, $scope) {
  $known = $step -is [Collections.IDictionary] -and $step.Contains('op') -and $StepFields.ContainsKey([string]$step.op)
  if (-not $known) { return 'is not a step of the contract' }
  $op = [string]$step.op
  $why = Test-StepFields $step $op
  if (-not $why) {
    $why = switch ($op.Split('.')[0]) {
      'registry' { Test-RegistryStep $step $scope }
      'service' { Test-ServiceStep $step $scope }
      'certificate' { Test-CertificateStep $step $scope }
      default { Test-AclStep $step $scope }
    }
  }
  if ($why) { "($op) $why" }
}

# The key file of a container; nothing where it cannot be named.
function Get-ContainerPath([string] $container) {
  try { Get-KeyFilePath @{ type = 1; container = $container } } catch { $null = $_ }
}

# The certificate that a step binds the listener to; nothing for any other step. The steps are not checked yet.
function Get-BoundThumbprint($step) {
  if ($step -isnot [Collections.IDictionary] -or $step['name'] -ne 'SSLCertificateSHA1Hash') { return }
  $bytes = ConvertFrom-Base64 $step['data']
  if ($null -ne $bytes) { [BitConverter]::ToString($bytes).Replace('-', '') }
}

function Get-StepScope($undoes, $steps) {
  # An undo may find another certificate bound by now.
  $bound = if ($undoes) { '*' } else { foreach ($step in $steps) { Get-BoundThumbprint $step } }
  $paths = @(foreach ($file in (Get-KeyFiles @{ key_certificates = @($bound) })) { if ($file.path) { $file.path } })
  if ($undoes) {
    # The certificate whose key it was may be gone by now.
    foreach ($number in 1..9) { $paths += @(Get-ContainerPath "TSSecKeySet$number") }
  }
  @{ undoing = [bool]$undoes; pinned = Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'; paths = $paths }
}

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
    'certificate.wait_renewed' { return @{ thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate' } }
    'certificate.renew' { return Get-RenewalState $step }
    'acl.set' { return @{ sddl = Get-Sddl $step.path $false } }
    default { return Get-RunState $step.service }
  }
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
    'acl.set' {
      $want = ConvertFrom-Sddl $step.sddl
      $have = ConvertFrom-Sddl $state.sddl
      if ($null -ne $want.Owner -and $want.Owner -ne $have.Owner) { return $false }
      return (Get-DaclText $want) -eq (Get-DaclText $have)
    }
  }
  $false
}

function Set-Security($info, $security) {
  if ($PSVersionTable.PSVersion.Major -lt 6) { $info.SetAccessControl($security) }
  else { [IO.FileSystemAclExtensions]::SetAccessControl($info, $security) } # lint: allow unknown-type PowerShell 7 only
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

# Carries a step out; what came of it is read afterwards.
function Invoke-Step($step, $before) {
  $seconds = if ($step.Contains('timeout_s')) { $step.timeout_s } else { $WaitSeconds }
  $deadline = [datetime]::UtcNow.AddSeconds($seconds)
  switch ($step.op) {
    'registry.set' { Set-Value $step }
    'registry.remove' { Remove-Value $step }
    'service.start_type' { Set-StartType $step }
    'service.start' { Start-ServiceAndWait (Get-Controller $step.service) $deadline }
    'service.stop' { $null = Stop-WithDependents (Get-Controller $step.service) $deadline }
    'service.restart' { Restart-ServiceAndWait $step.service $deadline }
    'certificate.remove' { Remove-StoreEntry $step.thumbprint }
    'certificate.import' { Add-StoreEntry $step.thumbprint $step.blob }
    'certificate.wait_renewed' { Wait-RenewedStep $step }
    'acl.set' { Set-FileAcl $step.path $step.sddl $before.sddl }
  }
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

# The change itself, journalled ahead of it by $save.
function Edit-Host($step, $entry, [scriptblock] $save) {
  # A pin that was set after the steps were checked.
  if ($step.op -eq 'certificate.remove' -and (Test-Pinned $step.thumbprint)) {
    throw [InvalidOperationException] 'The certificate has been pinned meanwhile.'
  }
  if ($step.op -eq 'certificate.renew') { return Edit-Certificate $step $entry $save }
  if ($step.op -eq 'certificate.wait_renewed') {
    Invoke-Step $step $entry.before
    $entry.after = Get-StepState $step
    $entry.status = 'unchanged'
    return
  }
  $entry.status = 'started'
  & $save
  Invoke-Step $step $entry.before
  $entry.after = Get-StepState $step
  if ($step.op -ne 'service.restart' -and -not (Test-StepDone $step $entry.after)) {
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
    }
    else { Edit-Host $step $entry $save }
  }
  catch {
    $entry.error = Get-ErrorValue $_
    $entry.status = 'failed'
    if ($null -eq $entry.after) { try { $entry.after = Get-StepState $step } catch { $null = $_ } }
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
  if ([IO.File]::Exists($path)) { [IO.File]::Replace($new, $path, [NullString]::Value) }
  else { [IO.File]::Move($new, $path) }
}

function New-Folder($info, $security) {
  if ($PSVersionTable.PSVersion.Major -lt 6) { $info.Create($security) }
  else { [IO.FileSystemAclExtensions]::Create($info, $security) } # lint: allow unknown-type PowerShell 7 only
}

# SYSTEM and administrators only: the journal decides what an undo writes. A folder that somebody else made is not ours
# to trust.
function Initialize-Home {
  $path = Get-HomeFolder
  $security = [Security.AccessControl.DirectorySecurity]::new()
  $security.SetSecurityDescriptorSddlForm('O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)')
  $info = [IO.DirectoryInfo]::new($path)
  if (-not $info.Exists) { New-Folder $info $security }
  $owner = (ConvertFrom-Sddl (Get-Sddl $path $true)).Owner
  $trusted = 'S-1-5-18', 'S-1-5-32-544', [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
  if ($trusted -notcontains $owner.Value) {
    throw [UnauthorizedAccessException] "$path belongs to $($owner.Value). Remove it, then run again."
  }
  if ($info.Exists) {
    $security = [Security.AccessControl.DirectorySecurity]::new()
    $security.SetSecurityDescriptorSddlForm('D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)', 'Access')
    Set-Security $info $security
  }
  [void][IO.Directory]::CreateDirectory((Get-JournalFolder))
}

function Stop-Locked {
  $lock = Read-Lock
  if (-not $lock) { $lock = [ordered]@{ holder = $null; since = $null; journal = $null } }
  $by = "$($lock.holder), since $($lock.since), journal $($lock.journal)"
  $message = "Another run is changing this host: $by. Wait for it to end, then run again."
  Stop-WithReason $message 'locked' @{ lock = $lock }
}

# The file of the lock, opened for this run alone. A snapshot that looks at the lock holds it for a moment.
function Open-LockFile {
  $path = Get-LockPath
  for ($try = 0; ; $try++) {
    try { return [IO.FileStream]::new($path, 'OpenOrCreate', 'ReadWrite', 'Read') }
    catch {
      $problem = $_.Exception.GetBaseException()
      if ($problem -isnot [IO.IOException] -or $problem -is [IO.DirectoryNotFoundException]) { throw }
      if ($try -ge $LockTries) { Stop-Locked }
      [Threading.Thread]::Sleep($PollLock)
    }
  }
}

# The lock is the open file, not its existence: it falls with the process.
function Open-Lock($journal) {
  $stream = Open-LockFile
  $lock = [ordered]@{
    holder = "$($journal.controller), process $PID"
    since = ConvertTo-UtcText ([datetime]::UtcNow)
    journal = $journal.id
  }
  $bytes = [Text.Encoding]::ASCII.GetBytes((ConvertTo-WireJson $lock))
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
  foreach ($entry in $journal.steps) { if ($entry.status -eq 'done') { $changed = $true } }
  $steps = @(foreach ($entry in $journal.steps) {
      $answer = [ordered]@{}
      foreach ($field in 'op', 'status', 'before', 'after', 'error', 'elapsed_ms') { $answer[$field] = $entry[$field] }
      $answer
    })
  $kept = [ordered]@{ id = $journal.id; path = $path; state = $state }
  [ordered]@{ journal = $kept; changed = $changed; steps = $steps }
}

function Invoke-Steps($header, $steps, $plan) {
  $path = Get-JournalPath $header.id
  if ([IO.File]::Exists($path)) {
    Stop-WithReason "The journal $($header.id) is there already: each run needs an id of its own."
  }
  $journal = New-Journal $header $steps $plan
  $save = { Write-Journal $path $journal }
  try { & $save }
  catch {
    $why = (Get-ErrorValue $_).message
    Stop-WithReason "The journal $path cannot be written, so nothing was changed: $why" 'journal_failed'
  }
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
  if (-not $lost -and -not $failed -and $header.undoes) {
    try { Set-Undone $header.undoes } catch { $lost = (Get-ErrorValue $_).message }
  }
  if (-not $lost) { return Get-StepsAnswer $path $journal $journal.state }
  $done = Get-StepsAnswer $path $journal 'open'
  $message = "The journal $path cannot be kept up to date: $lost The steps in this answer tell what was done."
  Stop-WithReason $message 'journal_failed' $done
}

function Test-Id($id) { $id -is [string] -and $id -cmatch $IdPattern }

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
  if ($null -eq $journal.created) { $journal.created = ConvertTo-UtcText ([datetime]::UtcNow) }
  $steps = $arguments.steps
  if ($null -eq $steps -or $steps -is [Collections.IDictionary] -or @($steps).Count -eq 0) {
    Stop-WithReason 'steps is not a list of steps.'
  }
  $arguments.steps = @($arguments.steps)
}

function Invoke-Apply($arguments) {
  Test-Call $arguments
  if ([Environment]::OSVersion.Platform -ne 'Win32NT') { Stop-WithReason 'This host is not Windows.' 'not_windows' }
  try { Initialize-Home }
  catch {
    $why = (Get-ErrorValue $_).message
    Stop-WithReason "The journal folder cannot be made safe, so nothing was changed: $why" 'journal_failed'
  }
  $lock = Open-Lock $arguments.journal
  try {
    $scope = Get-StepScope $arguments.journal.undoes $arguments.steps
    for ($n = 0; $n -lt $arguments.steps.Count; $n++) {
      $why = Test-Step $arguments.steps[$n] $scope
      if ($why) { Stop-WithReason "Step $n $why. Nothing was changed." 'refused_step' @{ step = $n } }
    }
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
