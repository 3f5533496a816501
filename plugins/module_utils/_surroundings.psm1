# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxSubkeys = 64
$MaxFirewallRules = 200
$FirewallMilliseconds = 5000
$BuiltInRules = 'RemoteDesktop-UserMode-In-TCP', 'RemoteDesktop-UserMode-In-UDP', 'RemoteDesktop-Shadow-In-TCP'
# Ours, for a listener that those do not cover.
$OwnRule = 'winops.rdp-In-TCP'
$FirewallPolicy = 'SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
$FirewallStores = [ordered]@{
  local = "$FirewallPolicy\FirewallRules"
  policy = 'SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules'
  mdm = "$FirewallPolicy\Mdm\FirewallRules"
}
# The host's own Group Policy object.
$PolicyFiles = [ordered]@{ 'registry.pol' = 'Machine\Registry.pol'; 'gpt.ini' = 'gpt.ini' }
$MaxPolicyBytes = 131072
$PolicyKeys = 'Terminal Services', 'WindowsFirewall', 'CredSSP', '00010002'

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

# What passes a sieve, as far as there are places. One call names all values: with hundreds of thousands it takes long.
$FirewallRead = @'
  $key, $sieve, $most, $known = $args
  $count = 0
  foreach ($name in $key.GetValueNames()) {
    $text = $key.GetValue($name)
    if ($text -isnot [string] -or $text.Contains('|LUOwn=') -or -not $sieve.IsMatch($text)) { continue }
    if ($known -contains $name) { continue }
    $count++
    @{ name = $name; rule = if ($count -le $most) { $text } }
    if ($count -gt $most) { break }
  }
'@

# The built-in rules by name, then the others. Store apps leave hundreds of thousands.
function Read-FirewallStore($key, $sieve, $watch, $truncated) {
  foreach ($name in $BuiltInRules + $OwnRule) { @{ name = $name; rule = $key.GetValue($name) } }
  $left = [Math]::Max(0.05, ($FirewallMilliseconds - $watch.ElapsedMilliseconds) / 1000)
  $found = @(Get-Aside $FirewallRead @($key, $sieve, $MaxFirewallRules, ($BuiltInRules + $OwnRule)) $left -Part)
  if (($Aside['late'] -or $found.Count -gt $MaxFirewallRules) -and -not $truncated.Contains('firewall')) {
    [void]$truncated.Add('firewall')
  }
  $found
}

function New-FirewallSieve([int] $port) {
  $parts = '^(?=.*\|Active=TRUE\|)(?=.*\|Dir=In\|)(?!.*\|(AppPkgId|PFN)=)(?!.*\|Protocol=(?!(6|256)\|))',
  '(?!.*\|App=(?![^|]*[\\/]svchost\.exe\|))((?!.*\|LPort=)|(?=.*\|LPort(2|={0}\|)))'
  [regex]::new((-join $parts).Replace('{0}', $port), 'IgnoreCase, CultureInvariant')
}

<#
.SYNOPSIS
Reads the built-in firewall rules and ours, and those that may concern the port.
.DESCRIPTION
From three stores in the registry (local, Group Policy, MDM), as text, five seconds.
Denied: a store is the section's error.
#>
function Read-FirewallSection($context) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $number = Get-PortNumber
  $sieve = New-FirewallSieve $number
  $rules = @(foreach ($store in $FirewallStores.GetEnumerator()) {
      $key = Open-Key $store.Value
      foreach ($rule in @(if ($key) { Read-FirewallStore $key $sieve $watch $context['truncated'] })) {
        if ($rule['rule'] -is [string]) { [ordered]@{ store = $store.Key } + $rule }
      }
    })
  [ordered]@{ port = $number; rules = $rules }
}

function Read-Adapter($card, $categories) {
  $ip = $card.GetIPProperties()
  $four = try { $ip.GetIPv4Properties() } catch { $null }
  $index = if ($four) { $four.Index } else { try { $ip.GetIPv6Properties().Index } catch { $null } }
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
  $categories = @{}
  $query = 'SELECT InterfaceIndex, NetworkCategory FROM MSFT_NetConnectionProfile'
  foreach ($row in (Get-WmiRows $query 'root/StandardCimv2')) {
    $categories[[int]$row.InterfaceIndex] = [int]$row.NetworkCategory
  }
  $cards = [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()
  @{ adapters = @(foreach ($card in $cards) { Read-Adapter $card $categories }) }
}

<#
.SYNOPSIS
Reads the domain, and the state of the secure channel to it.
.DESCRIPTION
From the registry; on a member, where the caller asks for it, nltest /sc_query: no traffic, no change, but watched for.
Denied: joined or channel_status is null.
#>
function Read-DomainSection($context) {
  $name = Get-Domain
  $answer = [ordered]@{ joined = Test-Joined; name = $name; channel_status = $null }
  if (-not $answer['joined'] -or $context['channel'] -ne $true) { return $answer }
  try { $answer['channel_status'] = Get-ChannelStatus 'sc_query' } catch { Add-Silence $_ }
  $answer
}

# What nltest says of the secure channel; nothing where there is no domain, or no nltest.
function Get-ChannelStatus([string] $verb, [int] $seconds = 6) {
  $name = Get-Domain
  $program = Join-PathPart (Get-SystemFolder) 'nltest.exe'
  if ($name -notmatch '^[\w.-]+$' -or -not [IO.File]::Exists($program)) { return }
  if ((Get-ProgramText 'nltest.exe' "/${verb}:$name" (1000 * $seconds)) -match '= (-?\d+) 0x[0-9a-fA-F]+') {
    [long]$Matches[1]
  }
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
  $class = 'SELECT * FROM Win32_TerminalServiceSetting'
  $setting, $grace = Get-WmiRows $class 'root/cimv2/TerminalServices' 'GetGracePeriodDays'
  $answer['type'] = Get-Field $setting 'LicensingType'
  $answer['grace_days'] = Get-Field $grace 'DaysLeft'
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
  $which = @(foreach ($part in $PolicyKeys) { "registryKey LIKE '%$part%'" }) -join ' OR '
  $query = "SELECT GPOID, registryKey, valueName FROM RSOP_RegistryPolicySetting WHERE precedence=1 AND ($which)"
  $values = @(foreach ($row in (Get-WmiRows $query 'root/rsop/computer')) {
      $id = [string]$row.GPOID
      [ordered]@{ key = "HKLM\$($row.registryKey)"; name = [string]$row.valueName; gpo = $names[$id]; id = $id }
    })
  @{ values = $values }
}

# As a 64-bit process finds it.
function Get-PolicyPath([string] $file) {
  $system = if (Test-Redirected) { 'Sysnative' } else { 'System32' }
  Join-PathPart (Get-WindowsFolder) $system 'GroupPolicy' $PolicyFiles[$file]
}

# Its bytes; nothing where there is none. Others may have it open, and replace it meanwhile.
function Read-PolicyFile([string] $path) {
  try { $stream = [IO.FileStream]::new($path, 'Open', 'Read', 'ReadWrite, Delete') }
  catch {
    if ((Get-InnerException $_).GetType().Name -match '^(File|Directory)NotFoundException$') { return }
    throw
  }
  try {
    if ($stream.Length -gt $MaxPolicyBytes) { throw [IO.InvalidDataException] "$path has $($stream.Length) bytes." }
    $bytes = [byte[]]::new($stream.Length)
    $done = 0
    while ($done -lt $bytes.Length) {
      $count = $stream.Read($bytes, $done, $bytes.Length - $done)
      if ($count -eq 0) { throw [IO.EndOfStreamException] "$path has become shorter." }
      $done += $count
    }
    , $bytes
  }
  finally { $stream.Dispose() }
}

<#
.SYNOPSIS
Reads the two files of the host's own Group Policy object.
.DESCRIPTION
From the disk, as bytes. Only on request.
Denied: the section's error, as is a file that is too large.
#>
function Read-LocalPolicySection($context) {
  $answer = [ordered]@{}
  foreach ($file in $PolicyFiles.get_Keys()) {
    $path = Get-PolicyPath $file
    $answer[$file] = [ordered]@{ path = $path; content = ConvertTo-Base64 (Read-PolicyFile $path) }
  }
  $answer
}

Export-ModuleMember -Function * -Variable BuiltInRules, FirewallStores, MaxPolicyBytes, OwnRule,
PolicyFiles
