# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1

# Reads raw facts about Remote Desktop and judges nothing: shared by _host, which only reads, and _apply. The contract is docs/host-contract.md.
# Only numbers, SIDs, SDDL, base64 and UTC times cross the wire: hosts speak every language.
# Dictionaries are read and written as ['name']: PowerShell compiles a call site of its own for each .name, about half a millisecond.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$SchemaVersion = 1
$Invariant = [Globalization.CultureInfo]::InvariantCulture
$AllSections = 'host', 'listener', 'certificates', 'key_files', 'port', 'services', 'sessions', 'events', 'journals', 'registry', 'firewall',
'network', 'domain', 'licensing', 'policies', 'products'
$ServiceNames = 'TermService', 'SessionEnv', 'UmRdpService', 'CertPropSvc', 'KeyIso', 'CryptSvc'
$MaxCertificates = 512
$MaxJournals = 50
$IdPattern = '^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}\z'
$TerminalServer = 'SYSTEM\CurrentControlSet\Control\Terminal Server'
$WinStations = "$TerminalServer\WinStations"
$RdpTcp = "$WinStations\RDP-Tcp"
$SystemCertificates = 'SOFTWARE\Microsoft\SystemCertificates'
$ListenerGroups = [ordered]@{
  rdp_tcp = $RdpTcp, @('UserAuthentication', 'SecurityLayer', 'MinEncryptionLevel', 'fAllowSecProtocolNegotiation', 'SSLCertificateSHA1Hash',
    'fPromptForPassword', 'PortNumber', 'fEnableWinStation', 'fLogonDisabled', 'LanAdapter', 'MaxInstanceCount', 'KeepAliveTimeout', 'fInheritReconnectSame',
    'fReconnectSame', 'fQueryUserConfigFromLocalMachine', 'SelectTransport', 'SelectNetworkDetect', 'LoadableProtocol_Object')
  terminal_server = $TerminalServer, @('fDenyTSConnections', 'TSEnabled', 'TSUserEnabled', 'TSServerDrainMode', 'RCDependentServices', 'fSingleSessionPerUser',
    'KeepAliveEnable', 'KeepAliveInterval', 'fQueryUserConfigFromDC')
  winstations = $WinStations, @('SelfSignedCertificate', 'SelfSignedCertStore', 'TemplateCertificate', 'CertRefreshInterval')
  policy = 'SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services', @('fDenyTSConnections', 'UserAuthentication', 'SecurityLayer', 'MinEncryptionLevel',
    'CertTemplateName', 'fPromptForPassword', 'fEncryptRPCTraffic', 'fWritableTSCCPermTab', 'MaxInstanceCount', 'KeepAliveEnable', 'KeepAliveInterval',
    'fDisableAutoReconnect', 'SelectTransport', 'SelectNetworkDetect', 'fSingleSessionPerUser')
}
# File names of the listener's usual key containers; MD5 is not to be had under the FIPS policy of .NET Framework.
$KnownContainers = @{
  tsseckeyset1 = 'f686aace6942fb7f7ceb231212eef4a4'; tsseckeyset2 = 'd86b1e848570377d7cb27ddc5de661b0'; tsseckeyset3 = '7215b202ff2cf52c0ac38e6346ef075f'
  tsseckeyset4 = 'aae70b261fbca7796d1f2beb55988d6b'; tsseckeyset5 = 'eddb3aadf119c896de06c2b210bb5d14'; tsseckeyset6 = '863dffb70050c530155a17133e608443'
  tsseckeyset7 = 'c8c814229270848c5691fe23e04cae82'; tsseckeyset8 = '101d0734242b3590c6f2e618c0bdb122'; tsseckeyset9 = '5e9f1fbff37f710a4c62eba3679640e9'
}
$SddlParts = [Security.AccessControl.AccessControlSections]'Owner, Group, Access'
$EventHours = 72
$EventsPerLog = 5000
$Providers = @{ rcm = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'; lsm = 'Microsoft-Windows-TerminalServices-LocalSessionManager'
  core = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS'; audit = 'Microsoft-Windows-Security-Auditing'; scm = 'Service Control Manager' }
# Log -> sources: provider, ids (or first, last of a range), further condition.
$EventLogs = [ordered]@{
  'System' = @(
    @($Providers.rcm, @(1035, 1036, 1041, @(1050, 1059), @(1063, 1065), 1067), ''),
    @('Schannel', @(@(36869, 36874), @(36886, 36888)), ''),
    @('TermDD', @(50, 56), ''),
    @('NETLOGON', @(3210, 5719, @(5721, 5723)), ''),
    @($Providers.scm, @(7000, 7001, 7009, 7011, 7022, 7023, 7024, 7031, 7034, 7038, @(7040, 7041)), ''))
  "$($Providers.rcm)/Operational" = @(, @($Providers.rcm, @(@(258, 261), 1149), ''))
  "$($Providers.rcm)/Admin" = @(, @($Providers.rcm, @(1006, @(1068, 1069)), ''))
  "$($Providers.core)/Operational" = @(, @($Providers.core, @(65, 97, 99, @(102, 103), 129, 131, 136, @(138, 140), @(226, 227)), ''))
  "$($Providers.lsm)/Operational" = @(, @($Providers.lsm, @(@(21, 25), @(39, 40)), ''))
  'Security' = @(
    @($Providers.audit, @(, 4625), "EventData[Data[@Name='LogonType']=3 or Data[@Name='LogonType']=10]"),
    @($Providers.audit, @(5058, 5061), "EventData[Data[@Name='KeyName']='TSSecKeySet1']"))
}

# --- values

function ConvertTo-UtcText([datetime] $time) { $time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", $Invariant) }

# Plain dictionaries and arrays out of whatever the wrapper's JSON reader made; PowerShell 7 makes dates out of texts that look like one.
function ConvertTo-Plain($value) {
  if ($value -is [string]) { return [string]$value }
  if ($value -is [datetime]) { return ConvertTo-UtcText $value }
  if ($value -is [Collections.IDictionary]) {
    $plain = [ordered]@{}
    foreach ($entry in $value.GetEnumerator()) { $plain[[string]$entry.Key] = ConvertTo-Plain $entry.Value }
    return $plain
  }
  if ($value -is [Management.Automation.PSCustomObject]) {
    $plain = [ordered]@{}
    foreach ($property in $value.PSObject.Properties) { $plain[$property.Name] = ConvertTo-Plain $property.Value }
    return $plain
  }
  if ($value -is [Collections.IEnumerable]) {
    $list = [Collections.ArrayList]::new()
    foreach ($item in $value) { [void]$list.Add($(if ($item -is [string]) { $item } else { ConvertTo-Plain $item })) }
    return , $list.ToArray()
  }
  if ($value -is [psobject]) { return $value.PSObject.BaseObject }
  $value
}

# ConvertTo-Json differs between 5.1 and 7 (dates, escapes, layout), and leaves text beyond ASCII as it is.
$Special = [Text.RegularExpressions.Regex]::new('[^\x20\x21\x23-\x5B\x5D-\x7E]')
$Foreign = [Text.RegularExpressions.Regex]::new('[^\x20-\x7E]')
$Escape = [Text.RegularExpressions.MatchEvaluator] { param($match) '\u{0:x4}' -f [int][char]$match.Value }
function Add-Json($out, $value) {
  if ($null -eq $value) { [void]$out.Append('null') }
  elseif ($value -is [string]) { [void]$out.Append('"').Append($Foreign.Replace($value.Replace('\', '\\').Replace('"', '\"'), $Escape)).Append('"') }
  elseif ($value -is [bool]) { [void]$out.Append($(if ($value) { 'true' } else { 'false' })) }
  elseif ($value -is [Collections.IEnumerable]) {
    $named = $value -is [Collections.IDictionary]
    $items = $value
    if ($named) { $items = $value.GetEnumerator() }
    $comma = $false
    [void]$out.Append($(if ($named) { '{' } else { '[' }))
    foreach ($item in $items) {
      if ($comma) { [void]$out.Append(',') }
      $comma = $true
      if ($named) {
        Add-Json $out ([string]$item.Key)
        [void]$out.Append(':')
        $item = $item.Value
      }
      # A call costs more than all that it does for most items.
      if ($item -is [string] -and -not $Special.IsMatch($item)) { [void]$out.Append('"').Append($item).Append('"') } else { Add-Json $out $item }
    }
    [void]$out.Append($(if ($named) { '}' } else { ']' }))
  }
  elseif ($value -is [datetime]) { Add-Json $out (ConvertTo-UtcText $value) }
  elseif ($value -is [enum]) { [void]$out.Append($value.ToString('d')) }
  elseif ($value -is [double] -or $value -is [float]) { [void]$out.Append($value.ToString('R', $Invariant)) }
  elseif ($value -is [IFormattable] -and $value -is [ValueType]) { [void]$out.Append($value.ToString($null, $Invariant)) }
  else { Add-Json $out ([string]$value) }
}
function ConvertTo-WireJson($value) {
  $out = [Text.StringBuilder]::new(65536)
  Add-Json $out $value
  $out.ToString()
}

# The exception that says most: .NET and PowerShell wrap it, and a Win32 number beats the wrapper's HRESULT.
function Get-ErrorValue($problem) {
  $found = if ($problem -is [Management.Automation.ErrorRecord]) { $problem.Exception } else { $problem }
  while ($true) {
    if ($found -is [Management.Automation.ActionPreferenceStopException]) { $found = $found.ErrorRecord.Exception }
    elseif ($found.InnerException -and ($found -is [Management.Automation.RuntimeException] -or $found -is [Reflection.TargetInvocationException] -or
        $found -is [AggregateException] -or $found -is [TypeInitializationException])) { $found = $found.InnerException }
    else { break }
  }
  $code = $found.HResult
  if ($found -is [Security.SecurityException]) { $code = -2147024891 }
  for ($inner = $found; $inner; $inner = $inner.InnerException) {
    if ($inner -is [ComponentModel.Win32Exception]) {
      $found = $inner
      $code = $inner.NativeErrorCode
      if ($code -gt 0 -and $code -le 65535) { $code = -2147024896 -bor $code }
      break
    }
  }
  $message = [string]$found.Message
  if ($message.Length -gt 500) { $message = $message.Substring(0, 500) }
  [ordered]@{ code = $code; type = $found.GetType().FullName; message = $message }
}

function ConvertTo-Hex([byte[]] $bytes) { [BitConverter]::ToString($bytes).Replace('-', '') }
function ConvertTo-Base64($bytes) { if ($null -ne $bytes) { [Convert]::ToBase64String($bytes) } }
function ConvertFrom-Base64($text) {
  if ($text -isnot [string]) { return }
  try { , [Convert]::FromBase64String($text) } catch { $null = $_ }
}

# --- registry

# Handles are left to the process, which ends in a moment.
function Open-Key([string] $path, [bool] $writable = $false) {
  [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::LocalMachine, [Microsoft.Win32.RegistryView]::Registry64).OpenSubKey($path, $writable)
}

function Test-Key([string] $path) {
  $null -ne (Open-Key $path)
}

$RegistryTypes = @{ DWord = 'dword'; QWord = 'qword'; String = 'string'; ExpandString = 'expand_string'; MultiString = 'multi_string' }
# Numbers are unsigned on the wire: .NET reads 0xFFFFFFFF as -1.
function ConvertTo-RegistryValue([string] $kind, $data) {
  if ($null -eq $data) { return $null }
  if ($data -is [byte[]]) { return [ordered]@{ type = $(if ($kind -eq 'None' -or $kind -eq 'Unknown') { 'none' } else { 'binary' }); data = [Convert]::ToBase64String($data) } }
  if ($kind -eq 'DWord') { $data = [long]$data -band 4294967295 }
  elseif ($kind -eq 'QWord') { $data = [BitConverter]::ToUInt64([BitConverter]::GetBytes([long]$data), 0) }
  elseif ($kind -eq 'MultiString') { $data = [string[]]@($data) }
  [ordered]@{ type = $RegistryTypes[$kind]; data = $data }
}

function Read-Value($key, [string] $name) {
  $data = $key.GetValue($name, $null, 'DoNotExpandEnvironmentNames')
  if ($null -ne $data) { ConvertTo-RegistryValue ($key.GetValueKind($name).ToString()) $data }
}

# One value's data, or null when the key or the value is absent or of another type.
function Read-Data([string] $path, [string] $name, [string[]] $types) {
  $key = Open-Key $path
  $value = if ($key) { Read-Value $key $name }
  if ($value -and $types -contains $value['type']) { $value['data'] }
}

# A SHA-1 kept as 20 bytes, as 40 upper-case hex digits; null otherwise.
function Read-Thumbprint([string] $path, [string] $name) {
  $bytes = ConvertFrom-Base64 (Read-Data $path $name 'binary')
  if ($null -ne $bytes -and $bytes.Length -eq 20) { ConvertTo-Hex $bytes }
}

function Get-PortNumber {
  $number = Read-Data $RdpTcp 'PortNumber' 'dword'
  if ($null -ne $number -and $number -ge 1 -and $number -le 65535) { [int]$number } else { 3389 }
}

# --- certificates

# A store entry: records of DWORD property, DWORD encoding, DWORD length, data; little-endian.
function Read-Blob([byte[]] $blob) {
  $properties = @{}
  $reader = [IO.BinaryReader]::new([IO.MemoryStream]::new($blob, $false))
  $left = $blob.Length
  while ($left -ge 12) {
    $id = $reader.ReadUInt32()
    $null = $reader.ReadUInt32()
    $length = $reader.ReadUInt32()
    if ($length -gt $left - 12) { break }
    $properties[$id] = $reader.ReadBytes($length)
    $left -= 12 + $length
  }
  @{ properties = $properties; whole = $left -eq 0 }
}

function Get-BlobProperty($parsed, [uint32] $id) { if ($parsed['properties'].ContainsKey($id)) { , $parsed['properties'][$id] } }

# CRYPT_KEY_PROV_INFO as it is stored: offsets of two NUL-terminated UTF-16 names, then the provider's type.
function Read-KeyProvider([byte[]] $data) {
  if ($data.Length -lt 12) { throw [FormatException] 'The key provider property is too short.' }
  $names = foreach ($at in 0, 4) {
    $offset = [long][BitConverter]::ToUInt32($data, $at)
    if ($offset -eq 0) { ''; continue }
    if ($offset -lt 12 -or $offset -ge $data.Length -or $offset % 2) { throw [FormatException] 'The key provider property points outside itself.' }
    $text = [Text.Encoding]::Unicode.GetString($data, $offset, ($data.Length - $offset) -band -2)
    $text.Substring(0, ($text + [char]0).IndexOf([char]0))
  }
  @{ container = $names[0]; provider = $names[1]; type = [BitConverter]::ToUInt32($data, 8) }
}

# The entries of one store, those in $first ahead of the others. Read from the registry: an entry that .NET cannot decode must show, too.
function Read-Store([string] $name, $first) {
  $store = @{ present = $false; sddl = $null; entries = @(); truncated = $false }
  $key = Open-Key "$SystemCertificates\$name"
  if ($null -eq $key) { return $store }
  $store['present'] = $true
  try { $store['sddl'] = $key.GetAccessControl($SddlParts).GetSecurityDescriptorSddlForm($SddlParts) } catch { $store['sddl'] = $null }
  $key = Open-Key "$SystemCertificates\$name\Certificates"
  if ($null -eq $key) { return $store }
  $names = @(foreach ($sub in $key.GetSubKeyNames()) { if ($sub -match '^[0-9A-Fa-f]{40}$') { $sub.ToUpperInvariant() } })
  $names = @(foreach ($sub in $names) { if ($first -contains $sub) { $sub } }) + @(foreach ($sub in $names) { if ($first -notcontains $sub) { $sub } })
  if ($names.Count -gt $MaxCertificates) {
    $store['truncated'] = $true
    $names = $names[0..($MaxCertificates - 1)]
  }
  $store['entries'] = @(foreach ($sub in $names) {
      $entry = @{ thumbprint = $sub; der = $null; key_provider = $null; error = $null }
      try {
        $entryKey = $key.OpenSubKey($sub)
        if ($null -eq $entryKey) { continue }
        $blob = $entryKey.GetValue('Blob')
        if ($blob -isnot [byte[]]) { throw [FormatException] 'The store entry has no binary value Blob.' }
        $parsed = Read-Blob $blob
        $entry['der'] = Get-BlobProperty $parsed 32
        $entry['key_provider'] = Get-BlobProperty $parsed 2
        if (-not $parsed['whole']) { throw [FormatException] 'The store entry ends inside a record.' }
        if ($null -eq $entry['der']) { throw [FormatException] 'The store entry holds no certificate.' }
      }
      catch { $entry['error'] = Get-ErrorValue $_ }
      $entry
    })
  $store
}

# Both stores, read once per snapshot: two sections need them.
function Get-Stores($context) {
  if (-not $context.ContainsKey('stores')) {
    $first = @((Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'), (Read-Thumbprint $WinStations 'SelfSignedCertificate'),
      (Read-Thumbprint $WinStations 'TemplateCertificate'))
    $context['stores'] = @{ 'Remote Desktop' = Read-Store 'Remote Desktop' $first; 'My' = Read-Store 'My' $first }
  }
  $context['stores']
}

# --- key files

# Path.Combine has so many forms that PowerShell takes 10 ms to choose one.
function Join-Part { $args -join [IO.Path]::DirectorySeparatorChar }
function Get-ProgramData { [Environment]::GetFolderPath('CommonApplicationData') }
function Get-KeyFolder { Join-Part (Get-ProgramData) 'Microsoft' 'Crypto' }
function Get-MachineKeysFolder { Join-Part (Get-KeyFolder) 'RSA' 'MachineKeys' }

# MD5 of the lower-case container name and a NUL, printed as four little-endian DWORDs.
function Get-ContainerHash([string] $container) {
  $name = $container.ToLowerInvariant()
  if ($KnownContainers.ContainsKey($name)) { return $KnownContainers[$name] }
  if ($name -match '[^\x20-\x7E]') { throw [FormatException] 'The container name is not ASCII: its file name is not known.' }
  $md5 = [Security.Cryptography.MD5]::Create()
  $hash = $md5.ComputeHash([Text.Encoding]::ASCII.GetBytes($name + [char]0))
  -join (0, 4, 8, 12 | ForEach-Object { [BitConverter]::ToUInt32($hash, $_).ToString('x8', $Invariant) })
}

function Get-MachineGuid { Read-Data 'SOFTWARE\Microsoft\Cryptography' 'MachineGuid' 'string' }

function Get-KeyFilePath($provider) {
  if ($provider['type'] -eq 0) {
    $key = [Security.Cryptography.CngKey]::Open($provider['container'], [Security.Cryptography.CngProvider]::new($provider['provider']), [Security.Cryptography.CngKeyOpenOptions]::MachineKey)
    return Join-Part (Get-KeyFolder) 'Keys' $key.UniqueName
  }
  $guid = Get-MachineGuid
  if (-not $guid) { throw [IO.InvalidDataException] 'The host has no MachineGuid: the key file cannot be named.' }
  Join-Part (Get-MachineKeysFolder) "$(Get-ContainerHash $provider['container'])_$guid"
}

# Descriptor of a file or folder. Straight from the path: Get-Acl needs to list the folder, which hardening forbids.
function Get-Sddl([string] $path, [bool] $folder) {
  $security = if ($folder) { [Security.AccessControl.DirectorySecurity]::new($path, $SddlParts) } else { [Security.AccessControl.FileSecurity]::new($path, $SddlParts) }
  $security.GetSecurityDescriptorSddlForm($SddlParts)
}

# The descriptor can be read where the attributes are hidden; the attributes tell absent from unreadable.
function Read-File($path, [bool] $folder, $problem) {
  $file = [ordered]@{ path = $path; exists = $null; sddl = $null; length = $null; error = $problem }
  if (-not $path) { return $file }
  try { $file['sddl'] = Get-Sddl $path $folder }
  catch { $file['error'] = Get-ErrorValue $_ }
  try {
    $file['exists'] = $folder -eq [bool]([int][IO.File]::GetAttributes($path) -band 16)
    if ($file['exists'] -and -not $folder) { $file['length'] = [IO.FileInfo]::new($path).Length }
  }
  catch {
    $missing = (Get-ErrorValue $_).code
    if ($missing -eq -2147024894 -or $missing -eq -2147024893) { $file['exists'] = $false }
    elseif ($file['sddl']) { $file['exists'] = $true }
  }
  if ($file['exists'] -eq $false) { $file['sddl'] = $file['error'] = $null }
  $file
}

# One key file by its provider record, and whose it is.
function Read-KeyFile($store, $thumbprint, $provider) {
  $found = $path = $problem = $null
  try {
    $found = if ($provider -is [byte[]]) { Read-KeyProvider $provider } else { $provider }
    if ($found) { $path = Get-KeyFilePath $found }
  }
  catch { $problem = Get-ErrorValue $_ }
  $file = Read-File $path $false $problem
  $file['store'] = $store
  $file['thumbprint'] = $thumbprint
  foreach ($name in 'container', 'provider') { $file[$name] = if ($found) { $found[$name] } }
  $file['provider_type'] = if ($found -and $thumbprint) { $found['type'] }
  $file
}

# The key files that belong to the listener's certificates.
function Get-KeyFiles($context) {
  $pinned = Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'
  $stores = Get-Stores $context
  $files = @(foreach ($store in 'Remote Desktop', 'My') {
      foreach ($entry in $stores[$store]['entries']) {
        if ($store -eq 'My' -and $entry['thumbprint'] -ne $pinned) { continue }
        Read-KeyFile $store $entry['thumbprint'] $entry['key_provider']
      }
    })
  if (@(foreach ($file in $files) { if ($file['container'] -eq 'TSSecKeySet1') { $true } }).Count -eq 0) {
    $files += Read-KeyFile $null $null @{ type = 1; container = 'TSSecKeySet1'; provider = $null }
  }
  $files
}

# --- services

function Get-Controller([string] $name) {
  if (-not ('ServiceProcess.ServiceController' -as [type])) { Add-Type -AssemblyName System.ServiceProcess }
  [ServiceProcess.ServiceController]::new($name)
}

function Get-AllControllers {
  $null = Get-Controller 'TermService'
  , [ServiceProcess.ServiceController]::GetServices()
}

function Get-State($controller) {
  $controller.Refresh()
  [int]$controller.Status
}

function Get-Dependents($controller) {
  , @(foreach ($dependent in $controller.DependentServices) { [ordered]@{ name = $dependent.ServiceName; state = [int]$dependent.Status } })
}

# A class of WMI, asked once; no answer is not the section's failure. Where WMI hangs, it is waited for once per call, not once per question.
$Wmi = @{ seconds = 8; hangs = $false }
function Get-WmiRows([string] $query, [string] $namespace = 'root/cimv2') {
  $rows = @()
  if (-not $Wmi['hangs']) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    try { $rows = @(Get-CimInstance -Namespace $namespace -Query $query -OperationTimeoutSec $Wmi['seconds']) } catch { $Wmi['hangs'] = $watch.Elapsed.TotalSeconds -ge $Wmi['seconds'] }
  }
  , $rows
}

# A property of the first of such rows; null without a row, or when the class lacks it.
function Get-Field($rows, [string] $name) {
  foreach ($row in $rows) {
    $property = $row.PSObject.Properties[$name]
    return $(if ($property) { $property.Value })
  }
}

# The computer's role in a domain, asked once per snapshot: 1, 3, 4 and 5 are members and controllers; null when WMI does not answer.
function Get-DomainRole($context) {
  if (-not $context.ContainsKey('role')) { $context['role'] = Get-Field (Get-WmiRows 'SELECT DomainRole FROM Win32_ComputerSystem') 'DomainRole' }
  $context['role']
}

# --- events

# One structured query per log. A range keeps the query below the event log's limit on the number of terms.
function New-EventQuery([string] $log, $sources, [long] $milliseconds) {
  $selects = foreach ($source in $sources) {
    $terms = foreach ($id in $source[1]) {
      if ($id -is [array]) { "(EventID &gt;= $($id[0]) and EventID &lt;= $($id[1]))" } else { "EventID=$id" }
    }
    $provider = if ($source[0]) { "Provider[@Name='$($source[0])'] and " }
    $also = if ($source[2]) { " and $($source[2])" }
    $age = if ($milliseconds) { " and TimeCreated[timediff(@SystemTime) &lt;= $milliseconds]" }
    "<Select Path=`"$log`">*[System[$provider($($terms -join ' or '))$age]$also]</Select>"
  }
  "<QueryList><Query Id=`"0`" Path=`"$log`">$(-join $selects)</Query></QueryList>"
}

# Hands each event, newest first, to $visit until that answers false; answers whether that was all.
function Read-Events([string] $log, [string] $query, [int] $most, $deadline, [scriptblock] $visit) {
  $question = [Diagnostics.Eventing.Reader.EventLogQuery]::new([NullString]::Value, 'LogName', $query)
  $question.ReverseDirection = $true
  $reader = [Diagnostics.Eventing.Reader.EventLogReader]::new($question)
  try {
    for ($n = 0; $n -lt $most; $n++) {
      $record = $reader.ReadEvent()
      if ($null -eq $record) { return $true }
      try { if (-not (& $visit $record)) { return $true } } finally { $record.Dispose() }
      if ($deadline.ElapsedMilliseconds -gt 6000) { return $false }
    }
    $false
  }
  finally { $reader.Dispose() }
}

function Test-Whole($value) { $null -ne $value -and $value.GetType().Name -match '^(S?Byte|U?Int(16|32|64))$' }

# The whole numbers among an event's data, whether typed or written as text.
function Get-Numbers($data) {
  $numbers = @(foreach ($item in $data) {
    if (Test-Whole $item) { $item }
    elseif ($item -is [string]) {
      $number = 0L
      if ($item -match '^-?[0-9]{1,18}$') { if ([long]::TryParse($item, [ref]$number)) { $number } }
      elseif ($item -match '^0[xX]([0-9a-fA-F]{1,15})$') { [Convert]::ToInt64($Matches[1], 16) }
    }
  })
  if ($numbers.Count -gt 8) { $numbers = $numbers[0..7] }
  , $numbers
}

# --- sections

function Read-Host_($context) {
  $version = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $tcpip = 'SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'
  $language = 'SYSTEM\CurrentControlSet\Control\Nls\Language'
  $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
  $administrators = [Security.Principal.SecurityIdentifier]::new('S-1-5-32-544')
  $role = Get-DomainRole $context
  $joined = if ($null -ne $role) { @(1, 3, 4, 5) -contains [int]$role }
  $booted = Get-Field (Get-WmiRows 'SELECT LastBootUpTime FROM Win32_OperatingSystem') 'LastBootUpTime'
  $domain = Read-Data $tcpip 'Domain' 'string'
  $types = @{ WinNT = 1; LanmanNT = 2; ServerNT = 3 }
  $type = Read-Data 'SYSTEM\CurrentControlSet\Control\ProductOptions' 'ProductType' 'string'
  $renames = Read-Data 'SYSTEM\CurrentControlSet\Control\Session Manager' 'PendingFileRenameOperations' 'multi_string'
  $lcid = {
    param($name, $default)
    $text = [string](Read-Data $language $name 'string')
    if ($text -match '^[0-9A-Fa-f]{1,7}$') { [int]"0x$text" } else { $default }
  }
  [ordered]@{
    computer_name = [Environment]::MachineName
    dns_host_name = Read-Data $tcpip 'Hostname' 'string'
    dns_domain = if ($domain -and $joined -ne $false) { $domain }
    part_of_domain = $joined
    domain_role = if ($null -ne $role) { [int]$role }
    product_type = $types["$type"]
    build = [int](Read-Data $version 'CurrentBuildNumber' 'string')
    ubr = Read-Data $version 'UBR' 'dword'
    edition_id = Read-Data $version 'EditionID' 'string'
    installation_type = Read-Data $version 'InstallationType' 'string'
    utc = ConvertTo-UtcText ([datetime]::UtcNow)
    boot_utc = if ($booted -is [datetime]) { ConvertTo-UtcText $booted }
    locale = & $lcid 'Default' ([Globalization.CultureInfo]::CurrentCulture.LCID)
    ui_locale = & $lcid 'InstallLanguage' ([Globalization.CultureInfo]::InstalledUICulture.LCID)
    utc_offset_minutes = [int][TimeZoneInfo]::Local.GetUtcOffset([datetime]::UtcNow).TotalMinutes
    machine_guid = Get-MachineGuid
    program_data = Get-ProgramData
    elevated = ([Security.Principal.WindowsPrincipal]$identity).IsInRole($administrators)
    user_sid = $identity.User.Value
    powershell = $PSVersionTable.PSVersion.ToString()
    process_bits = [IntPtr]::Size * 8
    connection_broker = Test-Key 'SYSTEM\CurrentControlSet\Services\TSSDis'
    pending_reboot = [ordered]@{
      component_servicing = Test-Key 'SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending'
      windows_update = Test-Key 'SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired'
      file_rename = @(foreach ($text in $renames) { if ($text) { $text } }).Count -gt 0
    }
  }
}

function Read-Listener($context) {
  $groups = [ordered]@{}
  foreach ($group in $ListenerGroups.GetEnumerator()) {
    $path, $names = $group.Value
    $key = Open-Key $path
    $settings = [ordered]@{}
    foreach ($name in $names) { $settings[$name] = if ($key) { Read-Value $key $name } }
    $groups[$group.Key] = [ordered]@{ path = "HKLM\$path"; present = ($null -ne $key); settings = $settings }
  }
  $groups
}

function Read-Certificates($context) {
  $stores = Get-Stores $context
  $answer = [ordered]@{}
  foreach ($name in 'Remote Desktop', 'My') {
    $store = $stores[$name]
    if ($store['truncated']) { [void]$context['truncated'].Add('certificates') }
    $answer[$name] = [ordered]@{ present = $store['present']; sddl = $store['sddl']; certificates = @(foreach ($entry in $store['entries']) {
          [ordered]@{ thumbprint = $entry['thumbprint']; der = ConvertTo-Base64 $entry['der']; key_provider = ConvertTo-Base64 $entry['key_provider']; error = $entry['error'] }
        }) }
  }
  @{ stores = $answer }
}

function Read-KeyFileSection($context) { [ordered]@{ folder = Read-File (Get-MachineKeysFolder) $true; files = @(Get-KeyFiles $context) } }

function Read-Services($context) {
  $answer = [ordered]@{}
  # All at once is one question to the service manager; a service that denies us its state is not among them.
  $listed = @{}
  foreach ($controller in (Get-AllControllers)) { $listed[$controller.ServiceName] = $controller }
  foreach ($name in $ServiceNames) {
    $answer[$name] = $null
    $path = "SYSTEM\CurrentControlSet\Services\$name"
    $key = Open-Key $path
    if ($null -eq $key) { continue }
    $value = @{}
    foreach ($item in 'Start', 'DelayedAutostart', 'ObjectName', 'ImagePath', 'Type', 'DependOnService') {
      $read = Read-Value $key $item
      $value[$item] = if ($read) { $read['data'] }
    }
    $controller = $listed[$name]
    try {
      if ($null -eq $controller) { $controller = Get-Controller $name }
      $state = [int]$controller.Status
    }
    catch {
      if ((Get-ErrorValue $_).code -eq -2147023836) { continue }
      throw
    }
    $answer[$name] = [ordered]@{
      start = [int]$value['Start']
      delayed = $value['DelayedAutostart'] -eq 1
      state = $state
      account = $value['ObjectName']
      service_dll = Read-Data "$path\Parameters" 'ServiceDll' 'string', 'expand_string'
      image_path = $value['ImagePath']
      type = $value['Type']
      pid = $null
      exit_code = $null
      dependents = Get-Dependents $controller
      depends_on = @(foreach ($item in $value['DependOnService']) { if ($item) { $item } })
    }
  }
  # Only a slow class of WMI knows processes and exit codes. They tell whether a stranger holds the port and why TermService is down:
  # where it runs and the port's owner cannot be had, nobody would look at them.
  $running = $answer['TermService'] -and $answer['TermService']['state'] -eq 4
  if ($running -and $context['owners'] -eq 'unknown') { return $answer }
  $where = @(foreach ($name in $ServiceNames) { "Name='$name'" }) -join ' OR '
  foreach ($row in (Get-WmiRows "SELECT Name, ProcessId, ExitCode, ServiceSpecificExitCode FROM Win32_Service WHERE $where")) {
    $service = $answer[[string]$row.Name]
    if ($null -eq $service) { continue }
    $service['pid'] = Get-Field $row 'ProcessId'
    $service['exit_code'] = Get-Field $row 'ExitCode'
    if ($service['exit_code'] -eq 1066) { $service['exit_code'] = Get-Field $row 'ServiceSpecificExitCode' }
  }
  $answer
}

function Read-Port($context) {
  $number = Get-PortNumber
  $network = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
  $owners = @{}
  $processes = @{}
  $points = @(foreach ($point in $network.GetActiveTcpListeners()) { if ($point.Port -eq $number) { $point.Address.ToString() } })
  if ($points.Count) {
    # The owner is known to one class only, and it is slow: ask it for this port alone.
    foreach ($row in (Get-WmiRows "SELECT LocalAddress, OwningProcess FROM MSFT_NetTCPConnection WHERE LocalPort=$number AND State=2" 'root/StandardCimv2')) {
      $owner = [int]$row.OwningProcess
      $owners[[string]$row.LocalAddress] = $owner
      if (-not $processes.ContainsKey($owner)) { try { $processes[$owner] = [Diagnostics.Process]::GetProcessById($owner).ProcessName } catch { $processes[$owner] = $null } }
    }
  }
  if ($points.Count -and -not $owners.Count) { $context['owners'] = 'unknown' }
  $established = 0
  foreach ($connection in $network.GetActiveTcpConnections()) {
    if ($connection.LocalEndPoint.Port -eq $number -and $connection.State -eq 'Established') { $established++ }
  }
  [ordered]@{
    number = $number
    listeners = @(foreach ($point in $points) {
      $owner = $owners[$point]
      [ordered]@{ address = $point; port = $number; pid = $owner; process = if ($null -ne $owner) { $processes[$owner] } }
    })
    established = $established
  }
}

# A session's newest event tells: 24 left it disconnected, 23 ended it, the others brought somebody in.
function Get-SessionStates([int[]] $ids) {
  $meaning = @{ 21 = 0; 22 = 0; 25 = 0; 24 = 4 }
  $states = @{}
  try {
    $log = "$($Providers.lsm)/Operational"
    $null = Read-Events $log (New-EventQuery $log @(, @($Providers.lsm, @(, @(21, 25)), '')) 0) 2000 ([Diagnostics.Stopwatch]::StartNew()) {
      param($record)
      $numbers = Get-Numbers @(foreach ($property in $record.Properties) { $property.Value })
      if ($numbers.Count -and -not $states.ContainsKey([int]$numbers[0])) { $states[[int]$numbers[0]] = $meaning[$record.Id] }
      foreach ($id in $ids) { if (-not $states.ContainsKey($id)) { return $true } }
      $false
    }
  }
  catch { $states = @{} }
  $states
}

# Somebody is logged on where a live session has a loaded user hive, as the logon screen or the hive itself records it.
function Read-Sessions($context) {
  $live = @{}
  foreach ($process in [Diagnostics.Process]::GetProcesses()) { try { $live[[string]$process.SessionId] = $true } catch { $null = $_ } }
  $users = [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]::Users, [Microsoft.Win32.RegistryView]::Registry64)
  $found = [ordered]@{}
  foreach ($sid in $users.GetSubKeyNames()) {
    if ($sid -notmatch '^S-1-(5-21|12-1)-[0-9-]+$') { continue }
    try {
      $key = $users.OpenSubKey("$sid\Volatile Environment")
      if ($null -eq $key) { continue }
      $user = [string]$key.GetValue('USERNAME')
      $realm = $key.GetValue('USERDOMAIN')
      if ($realm) { $user = "$realm\$user" }
      foreach ($id in $key.GetSubKeyNames()) {
        if (-not $live.ContainsKey($id)) { continue }
        $found[$id] = [ordered]@{ id = [int]$id; user = $user; user_sid = $sid; station = $key.OpenSubKey($id).GetValue('SESSIONNAME'); state = $null }
      }
    }
    catch { $null = $_ }
  }
  $key = Open-Key 'SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI\SessionData'
  foreach ($id in @(if ($key) { $key.GetSubKeyNames() })) {
    if (-not $live.ContainsKey($id) -or $found.Contains($id)) { continue }
    $one = $key.OpenSubKey($id)
    $sid = [string]$one.GetValue('LoggedOnUserSID')
    # A hive that may not be opened is loaded all the same.
    try { if (-not $sid -or $null -eq $users.OpenSubKey($sid)) { continue } } catch { $null = $_ }
    $found[$id] = [ordered]@{ id = [int]$id; user = $one.GetValue('LoggedOnSAMUser'); user_sid = $sid; station = $null; state = $null }
  }
  $sessions = @($found.get_Values())
  $count = @{ 0 = 0; 4 = 0; -1 = 0 }
  if ($sessions.Count) {
    $states = Get-SessionStates @(foreach ($session in $sessions) { $session['id'] })
    foreach ($session in $sessions) {
      $session['state'] = $states[$session['id']]
      $count[$(if ($null -eq $session['state']) { -1 } else { $session['state'] })]++
    }
  }
  [ordered]@{ sessions = $sessions; active = $count[0]; disconnected = $count[4]; unknown = $count[-1] }
}

function Read-EventSection($context) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $since = [datetime]::UtcNow.AddHours(-$EventHours)
  $ours = @{}
  $logs = [ordered]@{}
  $counts = [ordered]@{}
  $entries = [Collections.ArrayList]::new()
  $cut = $false
  foreach ($log in @($EventLogs.get_Keys())) {
    $logs[$log] = $null
    try {
      $query = New-EventQuery $log $EventLogs[$log] ($EventHours * 3600000)
      $whole = Read-Events $log $query $EventsPerLog $watch {
        param($record)
        $data = $null
        if ($record.ProviderName -eq $Providers.scm) {
          # It writes about every service: keep what names one of ours, by its name or as the host's language has it.
          if (-not $ours.Count) {
            foreach ($name in $ServiceNames) {
              $ours[$name] = $true
              try { $ours[(Get-Controller $name).DisplayName] = $true } catch { $null = $_ }
            }
          }
          $data = @(foreach ($property in $record.Properties) { $property.Value })
          if (-not @(foreach ($item in $data) { if ($item -is [string] -and $ours.ContainsKey($item)) { $true } }).Count) { return $true }
        }
        $time = ConvertTo-UtcText $record.TimeCreated
        $kind = "$log|$($record.ProviderName)|$($record.Id)"
        if (-not $counts.Contains($kind)) {
          $counts[$kind] = [ordered]@{ log = $log; provider = $record.ProviderName; id = $record.Id; count = 0; first = $time; last = $time }
        }
        $count = $counts[$kind]
        $count['count']++
        $count['first'] = $time
        if ($count['count'] -le 40) {
          if ($null -eq $data) { $data = @(foreach ($property in $record.Properties) { $property.Value }) }
          [void]$entries.Add([ordered]@{ log = $log; provider = $record.ProviderName; id = $record.Id; utc = $time; numbers = Get-Numbers $data })
        }
        $true
      }
      if (-not $whole) { $cut = $true }
    }
    catch { $logs[$log] = Get-ErrorValue $_ }
  }
  $sorted = @(if ($entries.Count) { $entries | Sort-Object -Property { $_['utc'] } -Descending })
  if ($sorted.Count -gt 400) {
    $sorted = $sorted[0..399]
    $cut = $true
  }
  if ($cut) { [void]$context['truncated'].Add('events') }
  [ordered]@{ since = ConvertTo-UtcText $since; logs = $logs; entries = $sorted; counts = @($counts.get_Values()) }
}

# --- sections: what surrounds the listener

# The values that the caller names, by key; '*' is every value of a key, and a '*' in a key each of its subkeys. Absent ones are left out.
function Read-Registry($context) {
  $answer = [ordered]@{}
  foreach ($entry in $context['values'].GetEnumerator()) {
    $paths = @($entry.Key)
    $star = $entry.Key.IndexOf('\*')
    if ($star -ge 0) {
      $head = $entry.Key.Substring(0, $star)
      $parent = Open-Key $head
      $paths = @(if ($parent) { foreach ($sub in $parent.GetSubKeyNames()) { "$head\$sub" + $entry.Key.Substring($star + 2) } })
      if ($paths.Count -gt 64) {
        $paths = $paths[0..63]
        [void]$context['truncated'].Add('registry')
      }
    }
    foreach ($path in $paths) {
      try {
        $key = Open-Key $path
        if ($null -eq $key) { continue }
        $settings = [ordered]@{}
        $names = if (@($entry.Value) -contains '*') { $key.GetValueNames() } else { $entry.Value }
        foreach ($name in $names) {
          $value = Read-Value $key $name
          if ($value) { $settings[$name] = $value }
        }
        $answer["HKLM\$path"] = [ordered]@{ settings = $settings; error = $null }
      }
      catch { $answer["HKLM\$path"] = [ordered]@{ settings = [ordered]@{}; error = Get-ErrorValue $_ } }
    }
  }
  $answer
}

# Whether a firewall rule, as the registry has it, may let the listener's traffic in or keep it out: inbound, on, TCP or any, for this port, for a service host.
function Test-FirewallRule([string] $text, [int] $number) {
  if (-not $text.Contains('|Active=TRUE|') -or -not $text.Contains('|Dir=In|')) { return $false }
  if ($text -match '\|Protocol=(\d+)\|' -and $Matches[1] -ne '6') { return $false }
  if ($text -match '\|App=([^|]*)\|' -and $Matches[1] -notmatch '\\svchost\.exe$|^System$') { return $false }
  $any = $true
  foreach ($match in [Text.RegularExpressions.Regex]::Matches($text, '\|LPort\w*=([^|]*)')) {
    $any = $false
    $first, $last = $match.Groups[1].Value.Split('-')
    if (-not $last) { $last = $first }
    if ($first -match '^\d{1,5}$' -and $last -match '^\d{1,5}$' -and $number -ge [int]$first -and $number -le [int]$last) { return $true }
  }
  $any
}

# The rules of Remote Desktop itself, on or off, and all others that may concern its port.
function Read-Firewall($context) {
  $number = Get-PortNumber
  $local = 'SYSTEM\CurrentControlSet\Services\SharedAccess\Parameters\FirewallPolicy'
  $stores = [ordered]@{ local = "$local\FirewallRules"; policy = 'SOFTWARE\Policies\Microsoft\WindowsFirewall\FirewallRules'; mdm = "$local\Mdm\FirewallRules" }
  $rules = [Collections.ArrayList]::new()
  foreach ($store in $stores.GetEnumerator()) {
    $key = Open-Key $store.Value
    foreach ($name in @(if ($key) { $key.GetValueNames() })) {
      $text = $key.GetValue($name)
      if ($text -isnot [string] -or ($name -notlike 'RemoteDesktop-UserMode-*' -and -not (Test-FirewallRule $text $number))) { continue }
      if ($rules.Count -ge 200) { [void]$context['truncated'].Add('firewall'); break }
      [void]$rules.Add([ordered]@{ store = $store.Key; name = $name; rule = $text })
    }
  }
  [ordered]@{ port = $number; rules = $rules }
}

function Read-Network($context) {
  $categories = @{}
  foreach ($row in (Get-WmiRows 'SELECT InterfaceIndex, NetworkCategory FROM MSFT_NetConnectionProfile' 'root/StandardCimv2')) { $categories[[int]$row.InterfaceIndex] = [int]$row.NetworkCategory }
  @{ adapters = @(foreach ($card in [Net.NetworkInformation.NetworkInterface]::GetAllNetworkInterfaces()) {
        $ip = $card.GetIPProperties()
        $four = $null
        try { $four = $ip.GetIPv4Properties() } catch { $null = $_ }
        $index = if ($four) { $four.Index }
        [ordered]@{ id = $card.Id; kind = [int]$card.NetworkInterfaceType; up = $card.OperationalStatus -eq 'Up'; index = $index; mtu = if ($four) { $four.Mtu }
          addresses = @(foreach ($address in $ip.UnicastAddresses) { $address.Address.ToString() }); category = if ($null -ne $index) { $categories[$index] } }
      }) }
}

# What a program prints, or null after some seconds.
function Get-ProgramText([string] $path, [string] $line) {
  $start = [Diagnostics.ProcessStartInfo]::new($path, $line)
  $start.UseShellExecute = $false
  $start.CreateNoWindow = $start.RedirectStandardOutput = $true
  $process = [Diagnostics.Process]::Start($start)
  try {
    $text = $process.StandardOutput.ReadToEndAsync()
    if ($process.WaitForExit(6000) -and $text.Wait(1000)) { $text.Result } else { $process.Kill() }
  }
  finally { $process.Dispose() }
}

# The state of the secure channel as Netlogon last knew it; asking for it makes no traffic and changes nothing.
function Read-Domain($context) {
  $role = Get-DomainRole $context
  $domain = Read-Data 'SYSTEM\CurrentControlSet\Services\Tcpip\Parameters' 'Domain' 'string'
  $answer = [ordered]@{ joined = if ($null -ne $role) { @(1, 3, 4, 5) -contains [int]$role }; name = $null; channel_status = $null }
  if (-not $answer['joined']) { return $answer }
  $answer['name'] = $domain
  $program = Join-Part ([Environment]::SystemDirectory) 'nltest.exe'
  if ($domain -match '^[\w.-]+$' -and [IO.File]::Exists($program) -and (Get-ProgramText $program "/sc_query:$domain") -match '= (-?\d+) 0x[0-9a-fA-F]+') {
    $answer['channel_status'] = [long]$Matches[1]
  }
  $answer
}

# Licences matter to an RD Session Host alone; only there is its class asked.
function Read-Licensing($context) {
  $answer = [ordered]@{ session_host = (Read-Data $TerminalServer 'TSAppCompat' 'dword') -eq 1; type = $null; grace_days = $null }
  if (-not $answer['session_host']) { return $answer }
  $rows = Get-WmiRows 'SELECT * FROM Win32_TerminalServiceSetting' 'root/cimv2/TerminalServices'
  $answer['type'] = Get-Field $rows 'LicensingType'
  if ($rows.Count) {
    try { $answer['grace_days'] = [long](Invoke-CimMethod -InputObject $rows[0] -MethodName GetGracePeriodDays -OperationTimeoutSec $Wmi['seconds']).DaysLeft } catch { $null = $_ }
  }
  $answer
}

# Which Group Policy object won, where a policy sets anything that concerns Remote Desktop.
function Read-Policies($context) {
  $key = Open-Key $ListenerGroups.policy[0]
  if (($null -eq $key -or $key.ValueCount -eq 0) -and -not (Test-Key 'SOFTWARE\Policies\Microsoft\WindowsFirewall')) { return @{ values = @() } }
  $names = @{}
  foreach ($row in (Get-WmiRows 'SELECT id, name FROM RSOP_GPO' 'root/rsop/computer')) { $names[[string]$row.id] = [string]$row.name }
  @{ values = @(foreach ($row in (Get-WmiRows 'SELECT GPOID, registryKey, valueName FROM RSOP_RegistryPolicySetting WHERE precedence=1' 'root/rsop/computer')) {
        if ($row.registryKey -notmatch 'Terminal Services|WindowsFirewall|CredSSP|00010002') { continue }
        [ordered]@{ key = "HKLM\$($row.registryKey)"; name = [string]$row.valueName; gpo = $names[[string]$row.GPOID]; id = [string]$row.GPOID }
      }) }
}

# Services and drivers that the caller names, and what the security center of a client edition lists.
function Read-Products($context) {
  $services = @(if ($context['service_names'].Count) {
      $wanted = [Text.RegularExpressions.Regex]::new('^(' + (@(foreach ($name in $context['service_names']) { [Text.RegularExpressions.Regex]::Escape($name).Replace('\*', '.*') }) -join '|') + ')$', 'IgnoreCase')
      $key = Open-Key 'SYSTEM\CurrentControlSet\Services'
      foreach ($name in $key.GetSubKeyNames()) {
        if (-not $wanted.IsMatch($name)) { continue }
        $state = $null
        try { $state = Get-State (Get-Controller $name) } catch { $null = $_ }
        $path = "SYSTEM\CurrentControlSet\Services\$name"
        [ordered]@{ name = $name; start = Read-Data $path 'Start' 'dword'; type = Read-Data $path 'Type' 'dword'; image_path = Read-Data $path 'ImagePath' 'string', 'expand_string'; state = $state }
      }
    })
  $center = @(if ((Read-Data 'SYSTEM\CurrentControlSet\Control\ProductOptions' 'ProductType' 'string') -eq 'WinNT') {
      foreach ($kind in 'AntiVirusProduct', 'FirewallProduct') {
        foreach ($row in (Get-WmiRows "SELECT displayName, productState FROM $kind" 'root/SecurityCenter2')) { [ordered]@{ kind = $kind; name = [string]$row.displayName; state = [long]$row.productState } }
      }
    })
  [ordered]@{ services = $services; security_center = $center }
}

# --- journal

function Get-HomeFolder { Join-Part (Get-ProgramData) 'winops.rdp' }
function Get-JournalFolder { Join-Part (Get-HomeFolder) 'journal' }
function Get-JournalPath([string] $id) { Join-Part (Get-JournalFolder) "$id.json" }

function Read-Journal([string] $path) { ConvertTo-Plain (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path))) }

# Something was done, it is not itself an undo, and nobody took it back.
function Test-Undoable($journal) {
  if ($journal.undoes -or $journal.state -eq 'undone') { return $false }
  foreach ($step in $journal.steps) {
    # A restart of what ran anyway leaves nothing to take back.
    if (@('done', 'started') -contains $step.status -and ($step.op -ne 'service.restart' -or $step.before.state -eq 1)) { return $true }
  }
  $false
}

function Read-Lock {
  $path = Join-Part (Get-HomeFolder) 'lock'
  if (-not [IO.File]::Exists($path)) { return $null }
  try {
    # A holder writes: while it does, nobody can open the file without allowing that.
    [IO.FileStream]::new($path, 'Open', 'Read', 'Read').Dispose()
    return $null
  }
  catch [IO.FileNotFoundException] { return $null }
  catch [IO.IOException] { $null = $_ }
  $lock = [ordered]@{ holder = $null; since = $null; journal = $null }
  try {
    $stream = [IO.FileStream]::new($path, 'Open', 'Read', 'ReadWrite, Delete')
    try { $text = [IO.StreamReader]::new($stream).ReadToEnd() } finally { $stream.Dispose() }
    $read = ConvertTo-Plain (ConvertFrom-Json -InputObject $text)
    foreach ($name in @($lock.get_Keys())) { $lock[$name] = $read[$name] }
  }
  catch { $null = $_ }
  $lock
}

function Read-Journals($context) {
  $folder = Get-JournalFolder
  $recent = [Collections.ArrayList]::new()
  $whole = $null
  $wanted = $context['journal_id']
  $ids = @(if ([IO.Directory]::Exists($folder)) {
      foreach ($path in [IO.Directory]::GetFiles($folder, '*.json')) {
        $id = [IO.Path]::GetFileNameWithoutExtension($path)
        if ($id -cmatch $IdPattern) { $id }
      }
    })
  if ($ids.Count -gt 1) {
    [array]::Sort($ids)
    [array]::Reverse($ids)
  }
  if ($ids.Count -gt $MaxJournals) { [void]$context['truncated'].Add('journals') }
  for ($n = 0; $n -lt $ids.Count; $n++) {
    $id = $ids[$n]
    $listed = $n -lt $MaxJournals
    if (-not $listed -and ($null -ne $whole -or -not $wanted)) { break }
    if (-not $listed -and $wanted -ne 'latest' -and $wanted -ne $id) { continue }
    $entry = [ordered]@{ id = $id; created = $null; state = 'unreadable'; undoes = $null; controller = $null; steps_done = 0; steps_total = 0 }
    try {
      $journal = Read-Journal (Get-JournalPath $id)
      $steps = @($journal.steps)
      $entry.created = $journal.created
      $entry.undoes = $journal.undoes
      $entry.controller = $journal.controller
      $entry.steps_done = @(foreach ($step in $steps) { if ($step.status -eq 'done') { $step } }).Count
      $entry.steps_total = $steps.Count
      $entry.state = $journal.state
      if ($wanted -eq $id -or ($wanted -eq 'latest' -and $null -eq $whole -and (Test-Undoable $journal))) { $whole = $journal }
    }
    catch { $entry.state = 'unreadable' }
    if ($listed) { [void]$recent.Add($entry) }
  }
  [ordered]@{ folder = $folder; recent = $recent; whole = $whole; lock = Read-Lock }
}

$Readers = @{
  host = ${function:Read-Host_}; listener = ${function:Read-Listener}; certificates = ${function:Read-Certificates}; key_files = ${function:Read-KeyFileSection}
  services = ${function:Read-Services}; port = ${function:Read-Port}; sessions = ${function:Read-Sessions}; events = ${function:Read-EventSection}
  journals = ${function:Read-Journals}; registry = ${function:Read-Registry}; firewall = ${function:Read-Firewall}; network = ${function:Read-Network}
  domain = ${function:Read-Domain}; licensing = ${function:Read-Licensing}; policies = ${function:Read-Policies}; products = ${function:Read-Products}
}

# Each section by itself: one that fails never hides the others.
function Read-Sections($arguments) {
  $context = @{ truncated = [Collections.ArrayList]::new(); journal_id = $arguments['journal_id']; values = $arguments['values']; service_names = $arguments['service_names'] }
  $answer = [ordered]@{ sections = [ordered]@{}; errors = [ordered]@{}; elapsed_ms = [ordered]@{}; truncated = $context['truncated'] }
  foreach ($name in $arguments['sections']) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    try { $answer['sections'][$name] = & $Readers[$name] $context } catch { $answer['errors'][$name] = Get-ErrorValue $_ }
    $answer['elapsed_ms'][$name] = $watch.ElapsedMilliseconds
  }
  $answer
}

# --- the call

function Stop-Call([string] $message, [string] $reason = 'bad_arguments', $more = @{}) {
  $problem = [Management.Automation.RuntimeException]::new($message)
  $problem.Data['reason'] = $reason
  $problem.Data['more'] = $more
  throw $problem
}

# The arguments, checked: unknown ones are refused, Ansible's own flags are kept apart.
function Read-Arguments($given) {
  $arguments = @{ operation = $null; sections = $null; journal_id = $null; values = $null; service_names = $null; journal = $null; steps = $null; plan = $null }
  $check = $false
  if ($given -isnot [Collections.IDictionary]) { $given = ConvertTo-Plain $given }
  if ($given -isnot [Collections.IDictionary]) { Stop-Call 'The arguments are not a dictionary.' }
  foreach ($name in $given.get_Keys()) {
    if ($name -eq '_ansible_check_mode') { $check = [bool]$given[$name] }
    elseif ($name.StartsWith('_ansible_', [StringComparison]::Ordinal)) { continue }
    elseif ($arguments.ContainsKey($name)) { $arguments[$name] = $given[$name] }
    else { Stop-Call "The argument $name is not known." }
  }
  # What goes into the journal, and is read by names.
  foreach ($name in 'journal', 'steps', 'plan') { if ($null -ne $arguments[$name]) { $arguments[$name] = ConvertTo-Plain $arguments[$name] } }
  if ($arguments['operation'] -isnot [string] -or @('snapshot', 'apply') -cnotcontains $arguments['operation']) { Stop-Call 'operation is neither snapshot nor apply.' }
  $apply = $arguments['operation'] -ceq 'apply'
  if ($null -eq $arguments['sections']) { $arguments['sections'] = @(if (-not $apply) { $AllSections }) }
  $arguments['sections'] = @($arguments['sections'])
  foreach ($name in $arguments['sections']) { if ($name -isnot [string] -or $AllSections -cnotcontains $name) { Stop-Call "The section $name is not known; there are: $($AllSections -join ', ')." } }
  if ($null -ne $arguments['journal_id'] -and ($arguments['journal_id'] -isnot [string] -or $arguments['journal_id'] -cnotmatch "$IdPattern|^latest\z")) {
    Stop-Call 'journal_id is neither latest nor the id of a journal.'
  }
  if ($null -eq $arguments['values']) { $arguments['values'] = @{} }
  if ($arguments['values'] -isnot [Collections.IDictionary]) { $arguments['values'] = ConvertTo-Plain $arguments['values'] }
  if ($arguments['values'] -isnot [Collections.IDictionary]) { Stop-Call 'values is not a dictionary of registry keys.' }
  foreach ($key in $arguments['values'].get_Keys()) { if (-not ($key.StartsWith('SOFTWARE\', 'OrdinalIgnoreCase') -or $key.StartsWith('SYSTEM\', 'OrdinalIgnoreCase'))) { Stop-Call "values names $key, which is neither below SOFTWARE nor below SYSTEM." } }
  $arguments['service_names'] = @(foreach ($name in $arguments['service_names']) { [string]$name })
  $arguments['check_mode'] = $check
  $arguments
}

# $apply does the steps; without it the call can only read.
function Invoke-Main($given, [scriptblock] $apply) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $answer = [ordered]@{ changed = $false; schema_version = $SchemaVersion }
  try {
    $arguments = Read-Arguments $given
    $answer['operation'] = $arguments['operation']
    if ($arguments['operation'] -ceq 'apply') {
      if ($null -eq $apply) { Stop-Call 'This call can only read.' }
      $done = & $apply $arguments
      foreach ($entry in $done.GetEnumerator()) { $answer[$entry.Key] = $entry.Value }
    }
    $read = Read-Sections $arguments
    foreach ($entry in $read.GetEnumerator()) { $answer[$entry.Key] = $entry.Value }
    $answer['script_ms'] = $watch.ElapsedMilliseconds
  }
  catch {
    $problem = $_.Exception
    $answer['failed'] = $true
    $answer['msg'] = $problem.Message
    $answer['reason'] = 'bad_arguments'
    if ($problem.Data.Contains('reason')) {
      $answer['reason'] = $problem.Data['reason']
      foreach ($entry in $problem.Data['more'].GetEnumerator()) { $answer[$entry.Key] = $entry.Value }
    }
    else { $answer['reason'] = 'internal'; $answer['error'] = Get-ErrorValue $_; $answer['at'] = [string]$_.ScriptStackTrace }
  }
  ConvertTo-WireJson $answer
}

Export-ModuleMember -Function * -Variable IdPattern, RdpTcp, SchemaVersion, ServiceNames, SystemCertificates, TerminalServer, WinStations
