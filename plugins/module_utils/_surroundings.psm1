# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# Sections registry, firewall, network, domain, licensing, policies and products.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxSubkeys = 64
$MaxFirewallRules = 200
$FirewallPolicy = 'SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
$FirewallStores = [ordered]@{
  local = "$FirewallPolicy\FirewallRules"
  policy = 'SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules'
  mdm = "$FirewallPolicy\Mdm\FirewallRules"
}
$PolicyKeys = 'Terminal Services|WindowsFirewall|CredSSP|00010002'

function Expand-Key([string] $path, $context) {
  $star = $path.IndexOf('\*')
  if ($star -lt 0) { return $path }
  $head = $path.Substring(0, $star)
  $tail = $path.Substring($star + 2)
  $parent = Open-Key $head
  $paths = @(if ($parent) { foreach ($sub in $parent.GetSubKeyNames()) { "$head\$sub$tail" } })
  if ($paths.Count -gt $MaxSubkeys) {
    $paths = $paths[0..($MaxSubkeys - 1)]
    [void]$context['truncated'].Add('registry')
  }
  $paths
}

function Read-Values($key, $names) {
  $settings = [ordered]@{}
  if ($names -contains '*') { $names = $key.GetValueNames() }
  foreach ($name in $names) {
    $value = Read-Value $key $name
    if ($value) { $settings[$name] = $value }
  }
  $settings
}

<#
.SYNOPSIS
Reads the registry values that the caller names.
.DESCRIPTION
From keys below SOFTWARE and SYSTEM alone; '*' is every value, in a key each subkey. Absent ones are left out.
Denied: a key has its error and no values.
#>
function Read-RegistrySection($context) {
  $answer = [ordered]@{}
  foreach ($entry in $context['values'].GetEnumerator()) {
    foreach ($path in @(Expand-Key $entry.Key $context)) {
      try {
        $key = Open-Key $path
        if ($null -eq $key) { continue }
        $answer["HKLM\$path"] = [ordered]@{ settings = Read-Values $key @($entry.Value); error = $null }
      }
      catch { $answer["HKLM\$path"] = [ordered]@{ settings = [ordered]@{}; error = Get-ErrorValue $_ } }
    }
  }
  $answer
}

# Inbound, on, TCP or any, for this port, for a service host.
function Test-FirewallRule([string] $text, [int] $number) {
  if (-not $text.Contains('|Active=TRUE|') -or -not $text.Contains('|Dir=In|')) { return $false }
  if ($text -match '\|Protocol=(\d+)\|' -and $Matches[1] -ne '6') { return $false }
  if ($text -match '\|App=([^|]*)\|' -and $Matches[1] -notmatch '\\svchost\.exe$|^System$') { return $false }
  $any = $true
  foreach ($match in [regex]::Matches($text, '\|LPort\w*=([^|]*)')) {
    $any = $false
    $first, $last = $match.Groups[1].Value.Split('-')
    if (-not $last) { $last = $first }
    if ($first -notmatch '^\d{1,5}$' -or $last -notmatch '^\d{1,5}$') { continue }
    if ($number -ge [int]$first -and $number -le [int]$last) { return $true }
  }
  $any
}

<#
.SYNOPSIS
Reads firewall rules that may concern the port.
.DESCRIPTION
From three stores in the registry (local, Group Policy, MDM), as text.
Denied: a store is the section's error.
#>
function Read-FirewallSection($context) {
  $number = Get-PortNumber
  $rules = [Collections.ArrayList]::new()
  foreach ($store in $FirewallStores.GetEnumerator()) {
    $key = Open-Key $store.Value
    foreach ($name in @(if ($key) { $key.GetValueNames() })) {
      $text = $key.GetValue($name)
      if ($text -isnot [string]) { continue }
      if ($name -notlike 'RemoteDesktop-UserMode-*' -and -not (Test-FirewallRule $text $number)) { continue }
      if ($rules.Count -ge $MaxFirewallRules) {
        [void]$context['truncated'].Add('firewall')
        break
      }
      [void]$rules.Add([ordered]@{ store = $store.Key; name = $name; rule = $text })
    }
  }
  [ordered]@{ port = $number; rules = $rules }
}

function Get-NetworkCategories {
  $categories = @{}
  $query = 'SELECT InterfaceIndex, NetworkCategory FROM MSFT_NetConnectionProfile'
  foreach ($row in (Get-WmiRows $query 'root/StandardCimv2')) {
    $categories[[int]$row.InterfaceIndex] = [int]$row.NetworkCategory
  }
  $categories
}

function Read-Adapter($card, $categories) {
  $ip = $card.GetIPProperties()
  $four = $null
  try { $four = $ip.GetIPv4Properties() } catch { $null = $_ }
  $index = if ($four) { $four.Index }
  [ordered]@{
    id = $card.Id
    kind = [int]$card.NetworkInterfaceType
    up = $card.OperationalStatus -eq 'Up'
    index = $index
    mtu = if ($four) { $four.Mtu }
    addresses = @(foreach ($address in $ip.UnicastAddresses) { $address.Address.ToString() })
    category = if ($null -ne $index) { $categories[$index] }
  }
}

<#
.SYNOPSIS
Reads the network adapters.
.DESCRIPTION
From .NET, and one question to WMI for the category.
Denied: category is null.
#>
function Read-NetworkSection($context) {
  $categories = Get-NetworkCategories
  $cards = [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()
  @{ adapters = @(foreach ($card in $cards) { Read-Adapter $card $categories }) }
}

<#
.SYNOPSIS
Reads the state of the secure channel to the domain.
.DESCRIPTION
From WMI, the registry and, on a member, nltest /sc_query: no traffic, no change.
Denied: joined or channel_status is null.
#>
function Read-DomainSection($context) {
  $domain = Read-Data $TcpipParameters 'Domain' 'string'
  $answer = [ordered]@{ joined = Test-Joined (Get-DomainRole $context); name = $null; channel_status = $null }
  if (-not $answer['joined']) { return $answer }
  $answer['name'] = $domain
  $program = Join-PathPart ([Environment]::SystemDirectory) 'nltest.exe'
  if ($domain -notmatch '^[\w.-]+$' -or -not [IO.File]::Exists($program)) { return $answer }
  $text = Get-ProgramText $program "/sc_query:$domain"
  if ($text -match '= (-?\d+) 0x[0-9a-fA-F]+') { $answer['channel_status'] = [long]$Matches[1] }
  $answer
}

<#
.SYNOPSIS
Reads an RD Session Host's licensing.
.DESCRIPTION
From the registry; on an RD Session Host also from WMI.
Denied: type and grace_days are null.
#>
function Read-LicensingSection($context) {
  $hosting = (Read-Data $TerminalServer 'TSAppCompat' 'dword') -eq 1
  $answer = [ordered]@{ session_host = $hosting; type = $null; grace_days = $null }
  if (-not $hosting) { return $answer }
  $rows = Get-WmiRows 'SELECT * FROM Win32_TerminalServiceSetting' 'root/cimv2/TerminalServices'
  $answer['type'] = Get-Field $rows 'LicensingType'
  if ($rows.Count) {
    $ask = @{ InputObject = $rows[0]; MethodName = 'GetGracePeriodDays'; OperationTimeoutSec = $Wmi['seconds'] }
    try { $answer['grace_days'] = [long](Invoke-CimMethod @ask).DaysLeft } catch { $null = $_ }
  }
  $answer
}

<#
.SYNOPSIS
Reads which Group Policy objects won.
.DESCRIPTION
From the resultant set in WMI, asked only where the registry shows such a policy.
Denied: values is empty, which does not mean that no policy won.
#>
function Read-PoliciesSection($context) {
  $key = Open-Key $TerminalServicesPolicy
  $any = $null -ne $key -and $key.ValueCount -gt 0
  if (-not $any -and -not (Test-Key 'SOFTWARE\Policies\Microsoft\WindowsFirewall')) { return @{ values = @() } }
  $names = @{}
  foreach ($row in (Get-WmiRows 'SELECT id, name FROM RSOP_GPO' 'root/rsop/computer')) {
    $names[[string]$row.id] = [string]$row.name
  }
  $query = 'SELECT GPOID, registryKey, valueName FROM RSOP_RegistryPolicySetting WHERE precedence=1'
  $values = @(foreach ($row in (Get-WmiRows $query 'root/rsop/computer')) {
      if ($row.registryKey -notmatch $PolicyKeys) { continue }
      $id = [string]$row.GPOID
      [ordered]@{ key = "HKLM\$($row.registryKey)"; name = [string]$row.valueName; gpo = $names[$id]; id = $id }
    })
  @{ values = $values }
}

function Get-NamePattern($names) {
  $patterns = @(foreach ($name in $names) { [regex]::Escape($name).Replace('\*', '.*') })
  [regex]::new('^(' + ($patterns -join '|') + ')$', 'IgnoreCase')
}

function Read-ProductServices($names) {
  if (-not $names.Count) { return }
  $pattern = Get-NamePattern $names
  foreach ($name in (Open-Key $ServicesKey).GetSubKeyNames()) {
    if (-not $pattern.IsMatch($name)) { continue }
    $state = $null
    try { $state = Get-State (Get-Controller $name) } catch { $null = $_ }
    $path = "$ServicesKey\$name"
    [ordered]@{
      name = $name
      start = Read-Data $path 'Start' 'dword'
      type = Read-Data $path 'Type' 'dword'
      image_path = Read-Data $path 'ImagePath' 'string', 'expand_string'
      state = $state
    }
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
Denied: state is null, security_center is empty.
#>
function Read-ProductsSection($context) {
  [ordered]@{
    services = @(Read-ProductServices $context['service_names'])
    security_center = @(Read-SecurityCenter)
  }
}

Export-ModuleMember -Function *
