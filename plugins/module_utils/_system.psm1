# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$SystemFiles = 'termsrv.dll', 'rdpcorets.dll', 'sessenv.dll', 'schannel.dll'
$MaxMembers = 200
$AsideSeconds = 5
$RemoteDesktopUsers = 'S-1-5-32-555'
$Signatures = @'
  foreach ($path in $args) {
    $one = Get-AuthenticodeSignature -LiteralPath $path
    @{ path = $path; status = [int]$one.Status; windows = $one.PSObject.Properties['IsOSBinary'] -and $one.IsOSBinary }
  }
'@
$Members = @'
  $named = ([Security.Principal.SecurityIdentifier]$args[0]).Translate([Security.Principal.NTAccount]).Value
  foreach ($member in ([adsi]"WinNT://./$($named.Split('\')[-1]),group").psbase.Invoke('Members')) {
    $sid = $member.GetType().InvokeMember('objectSid', 'GetProperty', $null, $member, $null)
    [Security.Principal.SecurityIdentifier]::new([byte[]]$sid, 0).Value
  }
'@
$RightPattern = '(?m)^\s*(Se(?:Deny)?(?:RemoteInteractive|Network)LogonRight)\s*=[ \t]*([^\r\n]*)'

function Read-SystemFile([string] $path) {
  $file = [ordered]@{ path = $path; version = $null; written = $null; signature = $null; windows = $null }
  try {
    $file['version'] = Get-FileVersion $path
    $file['written'] = [IO.File]::GetLastWriteTimeUtc($path)
  }
  catch { $null = $_ }
  $file
}

<#
.SYNOPSIS
Reads versions and signatures of the programs behind Remote Desktop.
.DESCRIPTION
From the files; of termsrv.dll the one that the service loads.
Denied: version, signature or all of a file is null.
#>
function Read-FilesSection($context) {
  $files = [ordered]@{}
  $dll = $null
  try { $dll = Read-Data "$ServicesKey\TermService\Parameters" 'ServiceDll' 'string', 'expand_string' }
  catch { Add-Silence $_ }
  foreach ($name in $SystemFiles) {
    $path = Join-PathPart (Get-SystemFolder) $name
    if ($name -eq 'termsrv.dll' -and $dll) {
      $path = [Environment]::ExpandEnvironmentVariables($dll)
      if (Test-Redirected) { $path = $path -replace '^.+\\system32(?=\\)', (Get-SystemFolder) }
    }
    $files[$name] = if ([IO.File]::Exists($path)) { Read-SystemFile $path }
  }
  $paths = @(foreach ($file in $files.get_Values()) { if ($file) { $file['path'] } })
  try {
    foreach ($one in @(Get-Aside $Signatures $paths $AsideSeconds)) {
      foreach ($file in $files.get_Values()) {
        if (-not $file -or $file['path'] -ne $one['path']) { continue }
        $file['signature'] = $one['status']
        $file['windows'] = [bool]$one['windows']
      }
    }
  }
  catch { Add-Silence $_ }
  foreach ($file in $files.get_Values()) {
    if ($file) { $file['path'] = $file['path'] -replace 'Sysnative', 'System32' }
  }
  $files
}

# What Group Policy set last lies there, one file per object, later ones over earlier ones.
function Read-PolicyRights {
  $folder = Join-PathPart (Get-WindowsFolder) 'security' 'templates' 'policies'
  if (-not [IO.Directory]::Exists($folder)) { return }
  foreach ($path in ([IO.Directory]::GetFiles($folder, 'gpt*') | Sort-Object)) {
    foreach ($found in [regex]::Matches([IO.File]::ReadAllText($path), $RightPattern)) {
      [ordered]@{
        file = [IO.Path]::GetFileName($path)
        right = $found.Groups[1].Value
        accounts = @(foreach ($name in $found.Groups[2].Value -split ',') { if ($name.Trim()) { $name.Trim() } })
      }
    }
  }
}

# The local policy's own store, of which Windows lets SYSTEM read: of each account the number of its logon rights.
function Read-LocalRights {
  if (-not [Security.Principal.WindowsIdentity]::GetCurrent().IsSystem) { return }
  $accounts = Open-Key 'SECURITY\Policy\Accounts'
  if ($null -eq $accounts) { return }
  $rights = [ordered]@{}
  foreach ($sid in $accounts.GetSubKeyNames()) {
    $key = $accounts.OpenSubKey("$sid\ActSysAc")
    $bytes = if ($key) { $key.GetValue('') }
    if ($bytes -is [byte[]] -and $bytes.Length -eq 4) { $rights[$sid] = [BitConverter]::ToUInt32($bytes, 0) }
  }
  $rights
}

<#
.SYNOPSIS
Reads who may log on through Remote Desktop, and from the network.
.DESCRIPTION
From the files of Group Policy and the account database; the local policy only as SYSTEM.
Denied: members, policy or local is null.
#>
function Read-LogonSection($context) {
  $answer = [ordered]@{ members = $null; policy = $null; local = $null }
  try {
    $found = @(Get-Aside $Members @($RemoteDesktopUsers) $AsideSeconds)
    if ($found.Count -gt $MaxMembers) {
      $found = $found[0..($MaxMembers - 1)]
      [void]$context['truncated'].Add('logon')
    }
    $answer['members'] = $found
  }
  catch { Add-Silence $_ }
  try { $answer['policy'] = @(Read-PolicyRights) } catch { Add-Silence $_ }
  try { $answer['local'] = Read-LocalRights } catch { Add-Silence $_ }
  $answer
}

Export-ModuleMember -Function *
