# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._keeping
#AnsibleRequires -PowerShell ..module_utils._windows

# What is changed on a client. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Persons = '^S-1-(5-21|12-1)-[0-9-]+\z'
$HostNames = '^[^\\\x00-\x1F]{1,255}\z'
$RdpPaths = '^[A-Za-z]:\\[^\x00-\x1F<>"|?*:/]{1,250}\.rdp\z'
$RdpSettings = @{
  'enablecredsspsupport' = 1
  'authentication level' = 2
  'negotiate security layer' = 1
}
$Apps = @('Microsoft.WindowsApp')
$AppPackages = @{ 'Microsoft.WindowsApp' = 'MicrosoftCorporationII.Windows365' }
$AppsKey = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications'

# --- the hash of a certificate that somebody's client keeps

function Open-Servers($step, [bool] $writable) {
  $path = "$($step.sid)\Software\Microsoft\Terminal Server Client\Servers\$($step.target)"
  (Open-Hive 'Users').OpenSubKey($path, $writable)
}

function Get-KeptHash($step) {
  $key = Open-Servers $step $false
  $value = if ($key) { Read-Value $key 'CertHash' }
  [ordered]@{ hash = if ($value -and $value['type'] -eq 'binary') { $value['data'] } }
}

function Edit-KeptHash($step) {
  $key = Open-Servers $step $true
  if ($null -eq $key) { throw [IO.FileNotFoundException] "$($step.sid) keeps nothing of $($step.target)." }
  if ($step.op -eq 'profile.forget') { $key.DeleteValue('CertHash', $false) }
  else { $key.SetValue('CertHash', (ConvertFrom-Base64 $step.hash), 'Binary') }
  $key.Flush()
}

# --- .rdp files

# Text and encoding, as mstsc writes it (UTF-16 with a mark) or an editor. Without a mark a byte is a character
# (ISO 8859-1), so that it comes back as it was: only ASCII is looked for and written.
function Read-RdpText([string] $path) {
  $reader = [IO.StreamReader]::new($path, [Text.Encoding]::GetEncoding(28591), $true)
  try {
    $text = $reader.ReadToEnd()
    @{ text = $text; encoding = $reader.CurrentEncoding }
  }
  finally { $reader.Dispose() }
}

function Get-RdpPattern([string] $setting) {
  "(?im)^[ \t]*$([regex]::Escape($setting))[ \t]*:i:(-?[0-9]{1,9})[ \t]*(\r?\n|\z)"
}

function Get-RdpSetting($step) {
  Assert-PlainPath $step.file
  $found = [regex]::Matches((Read-RdpText $step.file).text, (Get-RdpPattern $step.setting))
  [ordered]@{ value = if ($found.Count) { [int]$found[$found.Count - 1].Groups[1].Value } }
}

# Whether something has this name, a link that leads nowhere included: its attributes are its own.
function Test-NameTaken([string] $path) {
  try { [int][IO.File]::GetAttributes($path) -ge 0 }
  catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] { $false }
}

# Beside the file, once: what the first change found there is what somebody wants back. Only as a file that was not
# there before: the folder is its user's, who could have put a link there.
function Save-RdpCopy([string] $path) {
  $copy = "$path.winops.rdp.bak"
  if (Test-NameTaken $copy) { Assert-PlainPath $copy }
  else { Write-Bytes $copy ([IO.File]::ReadAllBytes($path)) 'CreateNew' }
}

function Set-RdpSetting($step) {
  Assert-PlainPath $step.file
  $read = Read-RdpText $step.file
  if ($read.text -match '(?im)^[ \t]*signature:s:') {
    throw [InvalidOperationException] "$($step.file) is signed: a change would break the signature."
  }
  Save-RdpCopy $step.file
  $text = [regex]::Replace($read.text, (Get-RdpPattern $step.setting), '')
  if ($null -ne $step.value) {
    if ($text -and -not $text.EndsWith("`n")) { $text += "`r`n" }
    $text += "$($step.setting):i:$($step.value)`r`n"
  }
  $new = "$($step.file).$([guid]::NewGuid().ToString('N')).new"
  Write-Bytes $new ([byte[]]($read.encoding.GetPreamble() + $read.encoding.GetBytes($text))) 'CreateNew'
  try { [IO.File]::Replace($new, $step.file, [NullString]::Value) }
  catch {
    [IO.File]::Delete($new)
    throw
  }
}

# --- apps

function Get-AppPackages($step) {
  $key = Open-Key $AppsKey
  $names = @(if ($key) { $key.GetSubKeyNames() })
  [ordered]@{ packages = @($names | Where-Object { $_ -like "$($AppPackages[$step.app])_*" }) }
}

# winget belongs to a package: its folder's name has the version.
function Find-Winget {
  $own = "$([Environment]::GetFolderPath('LocalApplicationData'))\Microsoft\WindowsApps\winget.exe"
  if ([IO.File]::Exists($own)) { return $own }
  $folder = "$([Environment]::GetFolderPath('ProgramFiles'))\WindowsApps"
  $found = @(if ([IO.Directory]::Exists($folder)) {
      foreach ($one in [IO.Directory]::GetDirectories($folder, 'Microsoft.DesktopAppInstaller_*__8wekyb3d8bbwe')) {
        if ([IO.File]::Exists("$one\winget.exe")) { "$one\winget.exe" }
      }
    })
  if ($found) { $found[-1] }
}

function Install-App($step) {
  $program = Find-Winget
  if (-not $program) { throw [IO.FileNotFoundException] 'This client has no winget for this account.' }
  $line = "install --id $($step.app) --exact --source winget --silent --disable-interactivity " +
  '--accept-package-agreements --accept-source-agreements'
  $null = Get-ProgramText $program $line (1000 * $step.timeout_s)
}

# --- what is refused, and what is there

function Test-OfClient([string] $op) { 'profile', 'rdp_file', 'app' -contains $op.Split('.')[0] }

# What a step needs and is not there.
function Test-ClientNeed($step) {
  switch ($step.op.Split('.')[0]) {
    'rdp_file' { if (-not [IO.File]::Exists($step.file)) { return "the file $($step.file) does not exist" } }
    'profile' { if (-not (Open-Servers $step $true)) { return "$($step.sid) keeps nothing of $($step.target)" } }
    'app' { if (-not (Find-Winget)) { return 'this client has no winget for this account' } }
  }
}

function Test-ClientStep($step, $scope) {
  if ($step.op -eq 'app.install') {
    if ($Apps -cnotcontains $step.app) { return 'installs an app that is not on the list' }
    return
  }
  if ($step.op -eq 'rdp_file.set') { return Test-RdpStep $step $scope }
  if ($step.sid -isnot [string] -or $step.sid -notmatch $Persons) { return 'sid is not that of a person' }
  if ($step.target -isnot [string] -or $step.target -notmatch $HostNames) { return 'target is not the name of a host' }
  if ($step.op -eq 'profile.remember' -and -not $scope.undoing) { return 'puts a hash back: only an undo may' }
}

function Test-RdpStep($step, $scope) {
  if ($step.file -isnot [string] -or $step.file -notmatch $RdpPaths -or $step.file.Contains('..\')) {
    return 'file is not an .rdp file on a local disk'
  }
  if ($step.setting -isnot [string] -or -not $RdpSettings.ContainsKey($step.setting)) {
    return 'touches a setting that is not on the list'
  }
  if ($scope.undoing) {
    if ($null -ne $step.value -and -not (Test-Integer $step.value 0 2147483647)) { return 'value is no number' }
    return
  }
  $only = $RdpSettings[$step.setting]
  if (-not (Test-Whole $step.value) -or $step.value -ne $only) { return "$($step.setting) can only be $only" }
}

function Get-ClientState($step) {
  switch ($step.op.Split('.')[0]) {
    'profile' { return Get-KeptHash $step }
    'rdp_file' { return Get-RdpSetting $step }
    default { return Get-AppPackages $step }
  }
}

# Is it so already? An app is asked for again each time: winget knows what is new.
function Test-ClientDone($step, $state) {
  switch ($step.op) {
    'profile.forget' { return $null -eq $state.hash }
    'profile.remember' { return $state.hash -ceq $step.hash }
    'rdp_file.set' { return $state.value -eq $step.value }
  }
  $false
}

function Invoke-ClientStep($step) {
  switch ($step.op.Split('.')[0]) {
    'profile' { Edit-KeptHash $step }
    'rdp_file' { Set-RdpSetting $step }
    default { Install-App $step }
  }
}

# The step that takes one back; nothing for an app, which stays.
function Get-ClientBack($step) {
  if ($step.op -eq 'profile.forget' -and $step.before.hash) {
    @{ op = 'profile.remember'; sid = $step.sid; target = $step.target; hash = $step.before.hash }
  }
  elseif ($step.op -eq 'rdp_file.set') {
    @{ op = $step.op; file = $step.file; setting = $step.setting; value = $step.before.value }
  }
}

Export-ModuleMember -Function *
