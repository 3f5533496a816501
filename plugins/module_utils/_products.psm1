# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# Products of others that take part in connections, by their services: on hosts, and on clients.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Get-NamePattern($names) {
  $patterns = @(foreach ($name in $names) { [regex]::Escape($name).Replace('\*', '.*') })
  [regex]::new('^(' + ($patterns -join '|') + ')$', 'IgnoreCase')
}

# Of a command line, the program alone: behind it products keep keys and tokens of their sessions.
function Get-ProgramPath([string] $line) {
  if ($line -match '^\s*("[^"]*"|.+?\.(?:exe|sys)(?=\s|$)|\S+)') { $Matches[1] }
}

function Read-ProductServices($names) {
  if (-not $names.Count) { return }
  $pattern = Get-NamePattern $names
  foreach ($name in (Open-Key $ServicesKey).GetSubKeyNames()) {
    if (-not $pattern.IsMatch($name)) { continue }
    $row = [ordered]@{ name = $name; start = $null; type = $null; image_path = $null; state = $null }
    try { $row['state'] = Get-State (Get-Controller $name) } catch { Add-Silence $_ }
    $path = "$ServicesKey\$name"
    try {
      $row['start'] = Read-Data $path 'Start' 'dword'
      $row['type'] = Read-Data $path 'Type' 'dword'
      $row['image_path'] = Get-ProgramPath (Read-Data $path 'ImagePath' 'string', 'expand_string')
    }
    catch { Add-Silence $_ }
    $row
  }
}

function Read-SecurityCenter {
  if ((Get-ProductType) -ne 'WinNT') { return }
  foreach ($kind in 'AntiVirusProduct', 'FirewallProduct') {
    foreach ($row in (Get-WmiRows "SELECT displayName, productState FROM $kind" 'root/SecurityCenter2')) {
      [ordered]@{ kind = $kind; name = [string]$row.displayName; state = [long]$row.productState }
    }
  }
}

<#
.SYNOPSIS
Reads services that the caller names, and the security center.
.DESCRIPTION
From the registry's list of services and the service manager; on clients also WMI.
Denied: what was not read is null, security_center is empty, and the answer says so.
#>
function Read-ProductsSection($context) {
  [ordered]@{
    services = @(Read-ProductServices $context['service_names'])
    security_center = @(Read-SecurityCenter)
  }
}

Export-ModuleMember -Function *
