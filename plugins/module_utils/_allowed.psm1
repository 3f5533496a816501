# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._certificates
#AnsibleRequires -PowerShell ..module_utils._import
#AnsibleRequires -PowerShell ..module_utils._client_changes
#AnsibleRequires -PowerShell ..module_utils._policy
#AnsibleRequires -PowerShell ..module_utils._firewall
#AnsibleRequires -PowerShell ..module_utils._renewal
#AnsibleRequires -PowerShell ..module_utils._tasks
#AnsibleRequires -PowerShell ..module_utils._win32

# The closed list: what steps may do, data included, and what of it only the undo of a journal may that asks for it.
# Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What registry.set and registry.remove may touch, and nothing else: names and types by group of values.
$RegistryPairs = @{
  RdpTcp = @{
    SecurityLayer = 'dword'
    UserAuthentication = 'dword'
    MinEncryptionLevel = 'dword'
    fAllowSecProtocolNegotiation = 'dword'
    fEnableWinStation = 'dword'
    fLogonDisabled = 'dword'
    SSLCertificateSHA1Hash = 'binary'
  }
  TerminalServer = @{ fDenyTSConnections = 'dword' }
  WinStations = @{ SelfSignedCertStore = 'string' }
}
# The data that may be written.
$RegistryData = @{
  SecurityLayer = 1, 2
  UserAuthentication = 1
  MinEncryptionLevel = 2, 3, 4
  fAllowSecProtocolNegotiation = 1
  fEnableWinStation = 1
  fLogonDisabled = 0
  fDenyTSConnections = 0, 1
  SelfSignedCertStore = 'Remote Desktop'
}
# The data that may be written only behind a task of the same call, which takes it back.
$BehindTask = @{
  UserAuthentication = 0
}
# Not even by an undo, in no type: no TLS at all.
$NeverZero = @('SecurityLayer')
# The value whose absence is a repair.
$Removable = @('SSLCertificateSHA1Hash')
# What Windows itself grants on the listener's key file: to SYSTEM, NETWORK SERVICE, NT SERVICE\SessionEnv and
# Administrators.
$Grants = @{
  'S-1-5-18' = 0x1F01FF
  'S-1-5-20' = 0x120089
  'S-1-5-80-4022436659-1090538466-1613889075-870485073-3428993833' = 0x1F01FF
  'S-1-5-32-544' = 0x120089
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
  'certificate.import_pfx' = 'store', 'thumbprint'
  'certificate.remove_imported' = 'store', 'thumbprint'
  'certificate.wait_renewed' = 'previous', 'timeout_s'
  'certificate.renew' = 'previous', 'remove', 'restart', 'timeout_s'
  'acl.set' = 'path', 'sddl'
  'profile.forget' = 'sid', 'target'
  'profile.remember' = 'sid', 'target', 'hash'
  'rdp_file.set' = 'file', 'setting', 'value'
  'app.install' = 'app', 'timeout_s'
  'certificate.enrol' = @('timeout_s')
  'clock.resync' = @('timeout_s')
  'domain.reset_channel' = @('timeout_s')
  'file.replace' = 'policy_file', 'sha256', 'content'
  'policy.refresh' = 'settings', 'timeout_s'
  'task.arm' = 'at', 'causes', 'xml'
  'task.disarm' = @()
  'firewall.set' = 'rule', 'active', 'profiles', 'addresses'
  'firewall.add' = 'rule', 'port', 'active', 'profiles', 'addresses'
  'firewall.remove' = @('rule')
  'group.add' = @('member')
  'group.remove' = @('member')
}
# These hold other programs' keys and sessions: they are started, never stopped.
$StartOnly = 'KeyIso', 'CryptSvc'
# Fields that a step may have or not.
$OptionalFields = @{
  'service.stop' = 'expect_empty', 'expect_back'
  'service.restart' = 'expect_empty', 'expect_back'
  'certificate.remove_imported' = 'path'
}

function Test-Thumbprint($value) { $value -is [string] -and $value -cmatch '^[0-9A-F]{40}\z' }

function ConvertFrom-Sddl($text) {
  if ($text -isnot [string]) { return }
  try { [Security.AccessControl.RawSecurityDescriptor]::new($text) } catch { $null = $_ }
}

function Test-TextList($data) {
  if ($data -isnot [array]) { return $false }
  foreach ($item in $data) {
    if ($item -isnot [string]) { return $false }
  }
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
  if ($NeverZero -contains $name -and (Test-Zero $type $data)) { return "$name is never set to 0" }
}

# The values of a key that may be written: name and type.
function Get-RegistryNames($key) {
  if ($key -isnot [string]) { return }
  switch ($key) {
    "HKLM\$RdpTcp" { return $RegistryPairs['RdpTcp'] }
    "HKLM\$TerminalServer" { return $RegistryPairs['TerminalServer'] }
    "HKLM\$WinStations" { return $RegistryPairs['WinStations'] }
  }
}

# Each of the following says why a step is refused, as a sentence; nothing when it may be done.
# $scope: undoing (the step is one that the undone journal asks for), armed (a task that requires NLA again stands
# before it), pinned (thumbprint or null), paths (key files of the listener), own (of these, those that Windows made).

function Test-RegistryStep($step, $scope) {
  $names = Get-RegistryNames $step.key
  if (-not $names -or $step.name -isnot [string] -or -not $names.ContainsKey($step.name)) {
    return 'touches a registry value that is not on the list'
  }
  if ($step.op -eq 'registry.remove') {
    if (-not $scope.undoing -and $Removable -notcontains $step.name) { return 'removes a value: only an undo may' }
    return
  }
  $type = $names[$step.name]
  # An undo puts back what was there, wrong type included.
  if ($step.type -ne $type -and -not $scope.undoing) { return "$($step.name) is of type $type" }
  $why = Test-RegistryData $step.name ([string]$step.type) $step.data
  if ($why) { return $why }
  if ($scope.undoing) { return }
  if ($type -eq 'binary' -and (ConvertFrom-Base64 $step.data).Length -ne 20) { return "$($step.name) is 20 bytes" }
  if ($scope['armed'] -and $BehindTask.ContainsKey($step.name) -and $step.data -eq $BehindTask[$step.name]) { return }
  $data = $RegistryData[$step.name]
  if ($null -ne $data -and @($data) -cnotcontains $step.data) { return "$($step.name) can only be $($data -join ', ')" }
}

function Test-ServiceStep($step, $scope) {
  if ($ServiceNames -notcontains $step.service) { return 'touches a service that is not on the list' }
  if ($step.op -eq 'service.start_type') {
    if (-not (Test-Integer $step.start 2 4)) { return 'start is not 2, 3 or 4' }
    if ($step.start -eq 4 -and -not $scope.undoing) { return 'disables a service: only an undo may' }
  }
  if ('service.stop', 'service.restart' -contains $step.op -and $StartOnly -contains $step.service) {
    return "stops $($step.service), which is never stopped"
  }
  foreach ($field in 'expect_empty', 'expect_back') {
    if ($step.Contains($field) -and $step[$field] -isnot [bool]) { return "$field is neither true nor false" }
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

# The store My: only what the same call brings comes in, and only its own undo takes it out.
function Test-PersonalStep($step, $scope) {
  if ($step.store -cne $PersonalStore) { return "touches a store other than $PersonalStore" }
  if (-not (Test-Thumbprint $step.thumbprint)) { return 'thumbprint is not 40 upper-case hex digits' }
  if ($step.op -eq 'certificate.remove_imported') {
    if (-not $scope.undoing) { return 'takes a certificate out of My: only an undo may' }
  }
  elseif (-not $Secrets.ContainsKey($step.thumbprint)) { return 'imports a certificate that was not sent' }
}

function Test-CertificateStep($step, $scope) {
  if ('certificate.import_pfx', 'certificate.remove_imported' -contains $step.op) {
    return Test-PersonalStep $step $scope
  }
  if ($step.op -eq 'certificate.enrol') { return }
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
  if (-not $scope.undoing) { Test-AclChange $want (Read-Descriptor $step.path) ($scope.own -contains $step.path) }
}

# The descriptor of a file; nothing where it cannot be read.
function Read-Descriptor([string] $path) {
  try { ConvertFrom-Sddl (Get-Sddl $path $false) } catch { $null = $_ }
}

# The own entries of a DACL, by their bytes.
function Get-OwnEntries($descriptor) {
  $entries = [ordered]@{}
  foreach ($ace in $descriptor.DiscretionaryAcl) {
    if ($ace.IsInherited) { continue }
    $bytes = [byte[]]::new($ace.BinaryLength)
    $ace.GetBinaryForm($bytes, 0)
    $entries[[Convert]::ToBase64String($bytes)] = $ace
  }
  $entries
}

function Test-Grant($ace) {
  if ($ace.AceType -ne 'AccessAllowed' -or [int]$ace.AceFlags -ne 0) { return $false }
  $most = $Grants[$ace.SecurityIdentifier.Value]
  $null -ne $most -and ($ace.AccessMask -band -bnot $most) -eq 0
}

# An entry that keeps out whom Windows lets in.
function Test-Denial($ace) { $ace.AceType -eq 'AccessDenied' -and $Grants.ContainsKey($ace.SecurityIdentifier.Value) }

# Why a DACL is more than what was there and what Windows itself grants there.
function Test-AclChange($want, $have, [bool] $own) {
  if ($null -eq $have) { return 'changes a descriptor that cannot be read' }
  $system = [Security.Principal.SecurityIdentifier]::new('S-1-5-18')
  if ($null -ne $want.Owner -and $want.Owner -ne $have.Owner -and -not ($own -and $want.Owner -eq $system)) {
    return 'changes the owner'
  }
  $protected = [Security.AccessControl.ControlFlags]::DiscretionaryAclProtected
  if ($have.ControlFlags -band $protected -and -not ($want.ControlFlags -band $protected)) { return 'opens the file' }
  $before = Get-OwnEntries $have
  $after = Get-OwnEntries $want
  foreach ($entry in $after.GetEnumerator()) {
    if ($before.Contains($entry.Key) -or (Test-Grant $entry.Value)) { continue }
    return 'grants what Windows does not grant there'
  }
  foreach ($entry in $before.GetEnumerator()) {
    if ($after.Contains($entry.Key) -or (Test-Denial $entry.Value)) { continue }
    return 'takes away what somebody was granted'
  }
}

# What holds for every step: its fields are those of its operation, no more and no less.
function Test-StepFields($step, [string] $op) {
  foreach ($field in $StepFields[$op]) {
    if (-not $step.Contains($field)) { return "lacks $field" }
  }
  foreach ($field in $step.get_Keys()) {
    if ($field -eq 'op' -or $StepFields[$op] -contains $field -or $OptionalFields[$op] -contains $field) { continue }
    return "has the unknown field $field"
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
      { Test-OfClient $op } { Test-ClientStep $step $scope }
      { 'clock', 'domain' -contains $_ } { $null }
      'file' { Test-FileStep $step $scope }
      'policy' { Test-PolicyStep $step $scope }
      'task' { Test-TaskStep $step }
      'firewall' { Test-RuleStep $step $scope }
      'group' { Test-MemberStep $step $scope }
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
  if ($null -ne $bytes) { ConvertTo-Hex $bytes }
}

# $undone is the journal that an undo names, or null.
function Get-StepScope($undone, $steps) {
  # An undo may find another certificate bound by now.
  $bound = if ($undone) { '*' } else { foreach ($step in $steps) { Get-BoundThumbprint $step } }
  $files = Get-KeyFiles @{ key_certificates = @($bound) }
  $paths = @(foreach ($file in $files) { if ($file.path) { $file.path } })
  $own = @(foreach ($file in $files) { if ("$($file.container)" -like 'TSSecKeySet*' -and $file.path) { $file.path } })
  if ($undone) {
    # The certificate whose key it was may be gone by now.
    foreach ($number in 1..9) { $paths += @(Get-ContainerPath "TSSecKeySet$number") }
  }
  @{
    undoing = $false; armed = $false; paths = $paths; own = $own
    pinned = Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'
    demands = @(if ($undone) { foreach ($step in $undone.steps) { Get-StepBack $step $undone.state } })
  }
}

# --- undo: what a journal asks for

function Get-RegistryBack($step) {
  if ($null -eq $step.before) { return @{ op = 'registry.remove'; key = $step.key; name = $step.name } }
  @{ op = 'registry.set'; key = $step.key; name = $step.name; type = $step.before.type; data = $step.before.data }
}

function Get-EntryBack($thumbprint, $before) {
  if ($thumbprint -and $before.blob) {
    @{ op = 'certificate.import'; store = $StepStore; thumbprint = $thumbprint; blob = $before.blob }
  }
}

function Get-TaskBack($before) {
  if (-not $before.at) { return @{ op = 'task.disarm' } }
  $causes = @($before.causes)
  @{ op = 'task.arm'; at = $before.at; causes = $causes; xml = Get-NlaXml $before.at $causes }
}

# The step that takes one back, or nothing: of what was done, or was under way when the run was cut off.
function Get-StepBack($step, [string] $state) {
  $cut = 'open', 'failed' -contains $state -and 'pending', 'started', 'failed' -contains $step.status
  if ($step.status -ne 'done' -and -not $cut) { return }
  $before = $step.before
  if ($null -eq $before -and -not ($step.op -like 'registry.*' -and $step.status -ne 'pending')) { return }
  switch ($step.op) {
    { $_ -like 'registry.*' } { Get-RegistryBack $step }
    'service.start_type' { @{ op = $step.op; service = $step.service; start = $before.start } }
    { 'service.start', 'service.restart' -contains $_ } {
      if ($before.state -eq 1) { @{ op = 'service.stop'; service = $step.service } }
    }
    'certificate.remove' { Get-EntryBack $step.thumbprint $before }
    'certificate.renew' { if ($cut) { Get-EntryBack $step.remove $before } }
    'certificate.import_pfx' {
      if ($before.present -eq $false) {
        $back = @{ op = 'certificate.remove_imported'; store = $PersonalStore; thumbprint = $step.thumbprint }
        if ($step['after'] -and $step.after['path']) { $back['path'] = $step.after.path }
        $back
      }
    }
    { Test-OfClient $_ } { Get-ClientBack $step }
    'acl.set' { if ($before.sddl) { @{ op = $step.op; path = $step.path; sddl = $before.sddl } } }
    'file.replace' { @{ op = $step.op; policy_file = $step.policy_file; content = $before.content } }
    'policy.refresh' { @{ op = $step.op; settings = $before.settings } }
    { $_ -like 'task.*' } { Get-TaskBack $before }
    { $_ -like 'firewall.*' } { Get-RuleBack $step $before }
    'group.add' { if (-not $before.member) { @{ op = 'group.remove'; member = $step.member } } }
  }
}

Export-ModuleMember -Function *
