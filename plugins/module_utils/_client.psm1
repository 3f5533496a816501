# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._look
#AnsibleRequires -PowerShell ..module_utils._products
#AnsibleRequires -PowerShell ..module_utils._windows

# What a Windows client is made of: versions, apps, policies, what profiles keep of one target, .rdp files, and a look
# from here; products are read as of a host (_products.psm1). The contract is docs/client-contract.md. Reads; secrets in
# .rdp files are left where they are.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$ClientSchema = 1
$ClientSections = 'client', 'apps', 'settings', 'profiles', 'rdp_files', 'products', 'look'
$ClientArguments = 'sections', 'packages', 'upgrade_codes', 'values', 'user_values', 'targets', 'unloaded_profiles',
'rdp_files', 'service_names', 'look'
$MaxProfiles = 200
$MaxRdpFiles = 50
$MaxRdpBytes = 131072
$ProfileList = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList'
$InstallerKey = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Installer'
$PackageKeys = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Appx\AppxAllUserStore\Applications',
'SOFTWARE\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\PackageRepository\Packages'
$UserPackages = 'Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages'
$ServersKey = 'Software\Microsoft\Terminal Server Client\Servers'
# Accounts of people: local and domain ones, and those of Entra ID.
$PersonPattern = '^S-1-(5-21|12-1)-[0-9-]+\z'
# Settings of .rdp files whose data are secrets or signatures: that they are there is all that leaves the client.
$SecretSettings = 'password 51', 'signature', 'gatewayaccesstoken'

function Open-User([string] $path) { (Open-Hive 'Users').OpenSubKey($path) }

function Read-KeyValues($key, $names) {
  $found = [ordered]@{}
  if ($names -contains '*') { $names = $key.GetValueNames() }
  foreach ($name in $names) {
    $value = Read-Value $key $name
    if ($value) { $found[$name] = $value }
  }
  $found
}

# The values of each key that is there.
function Read-KeyTable($table, [scriptblock] $open) {
  $found = [ordered]@{}
  foreach ($entry in $table.GetEnumerator()) {
    $key = & $open $entry.Key
    if ($key) { $found[$entry.Key] = Read-KeyValues $key @($entry.Value) }
  }
  $found
}

function Read-FileVersion([string] $path) {
  if (-not [IO.File]::Exists($path)) { return }
  [ordered]@{ path = $path; version = Get-FileVersion $path }
}

<#
.SYNOPSIS
Reads name, build and clock of the client.
.DESCRIPTION
From the registry and the system's clock.
Denied: the section's error.
#>
function Read-ClientSection($context) {
  $current = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $build = Read-Data $current 'CurrentBuildNumber' 'string'
  $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
  $administrator = [Security.Principal.WindowsBuiltInRole]::Administrator
  [ordered]@{
    computer_name = [Environment]::MachineName
    build = if ($build -match '^[0-9]+\z') { [int]$build }
    revision = Read-Data $current 'UBR' 'dword'
    product_type = Get-ProductType
    machine_guid = Get-MachineGuid
    time = [datetime]::UtcNow
    elevated = [Security.Principal.WindowsPrincipal]::new($identity).IsInRole($administrator)
    powershell = [string]$PSVersionTable.PSVersion
  }
}

# --- apps

# Full names of packages that begin with one of the names asked for.
function Select-Package($names, $wanted) {
  foreach ($name in $names) {
    foreach ($one in $wanted) {
      if ($name.StartsWith("$($one)_", 'OrdinalIgnoreCase')) { $name }
    }
  }
}

# An MSI product by its upgrade code, which all versions of it share: names differ by language, products by version.
function Read-Products([string] $code, [string] $owner, $key) {
  if ($null -eq $key) { return }
  foreach ($product in $key.GetValueNames()) {
    $properties = "$InstallerKey\UserData\$owner\Products\$product\InstallProperties"
    [ordered]@{
      upgrade_code = $code; product = $product; owner = $owner
      version = Read-Data $properties 'DisplayVersion' 'string'
    }
  }
}

<#
.SYNOPSIS
Reads which Remote Desktop clients the computer has, and their versions.
.DESCRIPTION
From the version resources of known files and the registry's lists of packages and MSI products for the whole computer.
Denied: the section's error.
#>
function Read-AppsSection($context) {
  $system = [Environment]::SystemDirectory
  $paths = @("$system\mstsc.exe", "$system\mstscax.dll")
  foreach ($folder in 'ProgramFiles', 'ProgramFilesX86') {
    $paths += "$([Environment]::GetFolderPath($folder))\Remote Desktop\msrdc.exe"
  }
  $packages = foreach ($path in $PackageKeys) {
    $key = Open-Key $path
    if ($key) { Select-Package $key.GetSubKeyNames() $context['packages'] }
  }
  [ordered]@{
    files = @(foreach ($path in $paths | Select-Object -Unique) { Read-FileVersion $path })
    packages = @($packages | Sort-Object -Unique)
    products = @(foreach ($code in $context['upgrade_codes']) {
        Read-Products $code 'S-1-5-18' (Open-Key "$InstallerKey\UpgradeCodes\$code")
      })
  }
}

<#
.SYNOPSIS
Reads the computer's registry values that the caller names.
.DESCRIPTION
From keys below SOFTWARE and SYSTEM alone. Absent ones are left out.
Denied: the section's error.
#>
function Read-SettingsSection($context) { Read-KeyTable $context['values'] { Open-Key $args[0] } }

# --- profiles

function Read-Traces([string] $root, $targets) {
  $found = [ordered]@{}
  foreach ($target in $targets) {
    $key = Open-User "$root\$ServersKey\$target"
    if ($key) { $found[$target] = Read-KeyValues $key @('CertHash', 'UsernameHint') }
  }
  $found
}

# What is below one user's root: HKU\SID, or the name under which a profile that is not in use was loaded.
function Read-Hive($person, [string] $root, $context) {
  $person['values'] = Read-KeyTable $context['user_values'] { Open-User "$root\$($args[0])" }
  $person['targets'] = Read-Traces $root $context['targets']
  $packages = Open-User "$($root)_Classes\$UserPackages"
  if ($packages) { $person['packages'] = @(Select-Package $packages.GetSubKeyNames() $context['packages']) }
  $person['products'] = @(foreach ($code in $context['upgrade_codes']) {
      $key = Open-User "$root\Software\Microsoft\Installer\UpgradeCodes\$code"
      Read-Products $code $person['sid'] $key
    })
}

# Only where the caller asked for it: the hive of somebody who is not logged on is there for a moment.
function Read-Unloaded($person, $context) {
  $root = "winops.rdp.$PID"
  $program = "$([Environment]::SystemDirectory)\reg.exe"
  $null = Get-ProgramText $program "load `"HKU\$root`" `"$($person['path'])\NTUSER.DAT`""
  try { Read-Hive $person $root $context }
  finally {
    # Open handles keep it loaded.
    [GC]::Collect()
    [GC]::WaitForPendingFinalizers()
    $null = Get-ProgramText $program "unload `"HKU\$root`""
  }
}

function Read-Profile([string] $sid, [string] $path, $context) {
  $person = [ordered]@{
    sid = $sid; path = $path; loaded = $null -ne (Open-User $sid); error = $null
    values = [ordered]@{}; targets = [ordered]@{}; packages = @(); products = @(); files = @()
  }
  try {
    if ($path) { $person['files'] = @(Read-FileVersion "$path\AppData\Local\Apps\Remote Desktop\msrdc.exe") }
    if ($person['loaded']) { Read-Hive $person $sid $context }
    elseif ($context['unloaded_profiles']) { Read-Unloaded $person $context }
  }
  catch { $person['error'] = Get-ErrorValue $_ }
  $person
}

<#
.SYNOPSIS
Reads of each person's profile the values that the caller names, and what the client keeps there of the targets.
.DESCRIPTION
From HKEY_USERS of those who are logged on; of the others, where the caller asks for it, from their NTUSER.DAT.
Denied: the profile has its error.
#>
function Read-ProfilesSection($context) {
  $list = Open-Key $ProfileList
  $sids = @(if ($list) { foreach ($sid in $list.GetSubKeyNames()) { if ($sid -match $PersonPattern) { $sid } } })
  if ($sids.Count -gt $MaxProfiles) {
    $sids = $sids[0..($MaxProfiles - 1)]
    [void]$context['truncated'].Add('profiles')
  }
  , @(foreach ($sid in $sids) {
      $path = $list.OpenSubKey($sid).GetValue('ProfileImagePath', '')
      Read-Profile $sid ([string]$path) $context
    })
}

# --- .rdp files

# name:type:value, one a line; a name may hold a blank, a value anything.
function ConvertFrom-RdpText([string] $text) {
  foreach ($line in $text -split '\r?\n') {
    $name, $type, $value = $line.Split(':', 3)
    if ($null -eq $value) { continue }
    $name = $name.Trim().ToLowerInvariant()
    if ($SecretSettings -contains $name) { $value = $null }
    , @($name, $type.Trim(), $value)
  }
}

function Read-RdpFile([string] $path) {
  $found = [ordered]@{ path = $path; present = $false; settings = @(); error = $null }
  try {
    $found['present'] = [IO.File]::Exists($path)
    if (-not $found['present']) { return $found }
    if ([IO.FileInfo]::new($path).Length -gt $MaxRdpBytes) { throw [IO.InvalidDataException] "$path is too large." }
    $found['settings'] = @(ConvertFrom-RdpText ([IO.File]::ReadAllText($path)))
  }
  catch { $found['error'] = Get-ErrorValue $_ }
  $found
}

<#
.SYNOPSIS
Reads the settings of the .rdp files that the caller names.
.DESCRIPTION
From the files; of passwords, tokens and signatures only whether they are there.
Denied: the file has its error.
#>
function Read-RdpFilesSection($context) {
  $paths = @($context['rdp_files'])
  if ($paths.Count -gt $MaxRdpFiles) {
    $paths = $paths[0..($MaxRdpFiles - 1)]
    [void]$context['truncated'].Add('rdp_files')
  }
  , @(foreach ($path in $paths) { Read-RdpFile $path })
}

# --- the call

function Test-ClientKeys($arguments, [string] $name, [string] $pattern) {
  foreach ($key in $arguments[$name].get_Keys()) {
    if ($key -notmatch $pattern) { Stop-WithReason "$name names $key, which is not to be read." }
  }
}

function Read-ClientArguments($given) {
  $arguments = @{}
  foreach ($name in $ClientArguments) { $arguments[$name] = $null }
  foreach ($entry in (ConvertTo-Plain $given).GetEnumerator()) {
    if ($entry.Key -clike '_ansible_*') { continue }
    if (-not $arguments.ContainsKey($entry.Key)) { Stop-WithReason "The argument $($entry.Key) is not known." }
    $arguments[$entry.Key] = $entry.Value
  }
  foreach ($name in 'values', 'user_values') {
    if ($null -eq $arguments[$name]) { $arguments[$name] = @{} }
  }
  foreach ($name in 'packages', 'upgrade_codes', 'targets', 'rdp_files', 'service_names') {
    $arguments[$name] = @(foreach ($one in $arguments[$name]) { [string]$one })
  }
  if ($null -eq $arguments['sections']) { $arguments['sections'] = $ClientSections }
  foreach ($name in $arguments['sections']) {
    if ($ClientSections -cnotcontains $name) { Stop-WithReason "The section $name is not known." }
  }
  # The other parts of the registry hold secrets, or are not the client's.
  Test-ClientKeys $arguments 'values' '^(SOFTWARE|SYSTEM)\\'
  Test-ClientKeys $arguments 'user_values' '^Software\\(Policies\\Microsoft|Microsoft\\Terminal Server Client)(\\|\z)'
  foreach ($target in $arguments['targets']) {
    if ($target -notmatch '^[^\\\x00-\x1F]{1,255}\z') { Stop-WithReason "The target $target is no host's name." }
  }
  $arguments
}

function Invoke-Client($given) {
  $answer = [ordered]@{ changed = $false; schema_version = $ClientSchema }
  try {
    $context = @{ truncated = [Collections.ArrayList]::new() } + (Read-ClientArguments $given)
    $answer['sections'] = [ordered]@{}
    $answer['errors'] = [ordered]@{}
    foreach ($name in $context['sections']) {
      $Silence['error'] = $null
      try { $answer['sections'][$name] = & "Read-$($name.Replace('_', ''))Section" $context }
      catch { $answer['errors'][$name] = Get-ErrorValue $_ }
      # Of what was read in part, why the rest was not.
      if ($Silence['error'] -and -not $answer['errors'][$name]) { $answer['errors'][$name] = $Silence['error'] }
    }
    $answer['truncated'] = $context['truncated']
  }
  catch {
    $answer['failed'] = $true
    $answer['msg'] = $_.Exception.Message
    $answer['reason'] = if ($_.Exception.Data.Contains('reason')) { $_.Exception.Data['reason'] } else { 'internal' }
  }
  ConvertTo-WireJson $answer
}

Export-ModuleMember -Function *
