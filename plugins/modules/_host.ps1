#!powershell
# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1
# Ansible's checker wants a util named; this one does not exist.
#AnsibleRequires -PowerShell ..module_utils.none -Optional

# Reads raw facts about Remote Desktop and applies typed steps; judges nothing. The contract is docs/host-contract.md.
# Only numbers, SIDs, SDDL, base64 and UTC times cross the wire: hosts speak every language.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$SchemaVersion = 1
$Invariant = [Globalization.CultureInfo]::InvariantCulture
$AllSections = 'host', 'listener', 'certificates', 'key_files', 'services', 'port', 'sessions', 'events', 'journals'
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
  if ($value -is [Collections.IEnumerable] -and $value -isnot [string]) {
    $list = [Collections.ArrayList]::new()
    foreach ($item in $value) { [void]$list.Add((ConvertTo-Plain $item)) }
    return , $list.ToArray()
  }
  if ($value -is [psobject]) { return $value.PSObject.BaseObject }
  $value
}

# ConvertTo-Json differs between 5.1 and 7 (dates, escapes, layout), and leaves text beyond ASCII as it is.
$Unsafe = [Text.RegularExpressions.Regex]::new('[^\x20\x21\x23-\x5B\x5D-\x7E]')
$Escape = [Text.RegularExpressions.MatchEvaluator] { param($match) if ($match.Value -eq '\') { '\\' } else { '\u{0:x4}' -f [int][char]$match.Value } }
function Add-Json([Text.StringBuilder] $out, $value) {
  if ($null -eq $value) { [void]$out.Append('null') }
  elseif ($value -is [string]) {
    if ($Unsafe.IsMatch($value)) { $value = $Unsafe.Replace($value, $Escape) }
    [void]$out.Append('"').Append($value).Append('"')
  }
  elseif ($value -is [bool]) { [void]$out.Append($(if ($value) { 'true' } else { 'false' })) }
  elseif ($value -is [Collections.IDictionary]) {
    [void]$out.Append('{')
    $comma = $false
    foreach ($entry in $value.GetEnumerator()) {
      if ($comma) { [void]$out.Append(',') }
      $comma = $true
      Add-Json $out ([string]$entry.Key)
      [void]$out.Append(':')
      Add-Json $out $entry.Value
    }
    [void]$out.Append('}')
  }
  elseif ($value -is [Collections.IEnumerable]) {
    [void]$out.Append('[')
    $comma = $false
    foreach ($item in $value) {
      if ($comma) { [void]$out.Append(',') }
      $comma = $true
      Add-Json $out $item
    }
    [void]$out.Append(']')
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
  if ($kind -eq 'DWord') { $data = [BitConverter]::ToUInt32([BitConverter]::GetBytes([int]$data), 0) }
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
  if ($value -and $types -contains $value.type) { $value.data }
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
  $at = 0L
  while ($at + 12 -le $blob.Length) {
    $length = [long][BitConverter]::ToUInt32($blob, $at + 8)
    if ($at + 12 + $length -gt $blob.Length) { break }
    $data = [byte[]]::new($length)
    [Array]::Copy($blob, $at + 12, $data, 0, $length)
    $properties[[BitConverter]::ToUInt32($blob, $at)] = $data
    $at += 12 + $length
  }
  @{ properties = $properties; whole = ($at -eq $blob.Length) }
}

function Get-BlobProperty($parsed, [uint32] $id) { if ($parsed.properties.ContainsKey($id)) { , $parsed.properties[$id] } }

# CRYPT_KEY_PROV_INFO as it is stored: offsets of two NUL-terminated UTF-16 names, then the provider's type.
function Read-KeyProvider([byte[]] $data) {
  if ($data.Length -lt 12) { throw [FormatException] 'The key provider property is too short.' }
  $names = foreach ($at in 0, 4) {
    $offset = [long][BitConverter]::ToUInt32($data, $at)
    if ($offset -eq 0) { ''; continue }
    if ($offset -lt 12 -or $offset -ge $data.Length -or $offset % 2) { throw [FormatException] 'The key provider property points outside itself.' }
    [Text.Encoding]::Unicode.GetString($data, $offset, ($data.Length - $offset) -band -2).Split([char]0)[0]
  }
  @{ container = $names[0]; provider = $names[1]; type = [BitConverter]::ToUInt32($data, 8) }
}

# The entries of one store, those in $first ahead of the others. Read from the registry: an entry that .NET cannot decode must show, too.
function Read-Store([string] $name, $first) {
  $store = @{ present = $false; sddl = $null; entries = @(); truncated = $false }
  $key = Open-Key "$SystemCertificates\$name"
  if ($null -eq $key) { return $store }
  $store.present = $true
  try { $store.sddl = $key.GetAccessControl($SddlParts).GetSecurityDescriptorSddlForm($SddlParts) } catch { $store.sddl = $null }
  $key = Open-Key "$SystemCertificates\$name\Certificates"
  if ($null -eq $key) { return $store }
  $names = @(foreach ($sub in $key.GetSubKeyNames()) { if ($sub -match '^[0-9A-Fa-f]{40}$') { $sub.ToUpperInvariant() } })
  $names = @(foreach ($sub in $names) { if ($first -contains $sub) { $sub } }) + @(foreach ($sub in $names) { if ($first -notcontains $sub) { $sub } })
  if ($names.Count -gt $MaxCertificates) {
    $store.truncated = $true
    $names = $names[0..($MaxCertificates - 1)]
  }
  $store.entries = @(foreach ($sub in $names) {
      $entry = @{ thumbprint = $sub; der = $null; key_provider = $null; error = $null }
      try {
        $entryKey = $key.OpenSubKey($sub)
        if ($null -eq $entryKey) { continue }
        $blob = $entryKey.GetValue('Blob')
        if ($blob -isnot [byte[]]) { throw [FormatException] 'The store entry has no binary value Blob.' }
        $parsed = Read-Blob $blob
        $entry.der = Get-BlobProperty $parsed 32
        $entry.key_provider = Get-BlobProperty $parsed 2
        if (-not $parsed.whole) { throw [FormatException] 'The store entry ends inside a record.' }
        if ($null -eq $entry.der) { throw [FormatException] 'The store entry holds no certificate.' }
      }
      catch { $entry.error = Get-ErrorValue $_ }
      $entry
    })
  $store
}

# Both stores, read once per snapshot: two sections need them.
function Get-Stores($context) {
  if (-not $context.ContainsKey('stores')) {
    $first = @((Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'), (Read-Thumbprint $WinStations 'SelfSignedCertificate'),
      (Read-Thumbprint $WinStations 'TemplateCertificate'))
    $context.stores = @{ 'Remote Desktop' = Read-Store 'Remote Desktop' $first; 'My' = Read-Store 'My' $first }
  }
  $context.stores
}

# --- key files

function Get-ProgramData { [Environment]::GetFolderPath('CommonApplicationData') }
function Get-KeyFolder { [IO.Path]::Combine((Get-ProgramData), 'Microsoft', 'Crypto') }
function Get-MachineKeysFolder { [IO.Path]::Combine((Get-KeyFolder), 'RSA', 'MachineKeys') }

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
  if ($provider.type -eq 0) {
    $key = [Security.Cryptography.CngKey]::Open($provider.container, [Security.Cryptography.CngProvider]::new($provider.provider), [Security.Cryptography.CngKeyOpenOptions]::MachineKey)
    return [IO.Path]::Combine((Get-KeyFolder), 'Keys', $key.UniqueName)
  }
  $guid = Get-MachineGuid
  if (-not $guid) { throw [IO.InvalidDataException] 'The host has no MachineGuid: the key file cannot be named.' }
  [IO.Path]::Combine((Get-MachineKeysFolder), (Get-ContainerHash $provider.container) + '_' + $guid)
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
  try { $file.sddl = Get-Sddl $path $folder }
  catch { $file.error = Get-ErrorValue $_ }
  try {
    $file.exists = $folder -eq [bool]([int][IO.File]::GetAttributes($path) -band 16)
    if ($file.exists -and -not $folder) { $file.length = [IO.FileInfo]::new($path).Length }
  }
  catch {
    $missing = (Get-ErrorValue $_).code
    if ($missing -eq -2147024894 -or $missing -eq -2147024893) { $file.exists = $false }
    elseif ($file.sddl) { $file.exists = $true }
  }
  if ($file.exists -eq $false) { $file.sddl = $file.error = $null }
  $file
}

# One key file by its provider record, and whose it is.
function Read-KeyFile($store, $thumbprint, [scriptblock] $provider) {
  $found = $path = $problem = $null
  try {
    $found = & $provider
    if ($found) { $path = Get-KeyFilePath $found }
  }
  catch { $problem = Get-ErrorValue $_ }
  $file = Read-File $path $false $problem
  $file.store = $store
  $file.thumbprint = $thumbprint
  foreach ($name in 'container', 'provider') { $file[$name] = if ($found) { $found[$name] } }
  $file.provider_type = if ($found -and $thumbprint) { $found.type }
  $file
}

# The key files that belong to the listener's certificates.
function Get-KeyFiles($context) {
  $pinned = Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'
  $stores = Get-Stores $context
  $files = @(foreach ($store in 'Remote Desktop', 'My') {
      foreach ($entry in $stores[$store].entries) {
        if ($store -eq 'My' -and $entry.thumbprint -ne $pinned) { continue }
        Read-KeyFile $store $entry.thumbprint { if ($entry.key_provider) { Read-KeyProvider $entry.key_provider } }
      }
    })
  if (@(foreach ($file in $files) { if ($file.container -eq 'TSSecKeySet1') { $true } }).Count -eq 0) {
    $files += Read-KeyFile $null $null { @{ type = 1; container = 'TSSecKeySet1'; provider = $null } }
  }
  $files
}

# --- services

function Get-Controller([string] $name) {
  Add-Type -AssemblyName System.ServiceProcess
  [ServiceProcess.ServiceController]::new($name)
}

function Get-State($controller) {
  $controller.Refresh()
  [int]$controller.Status
}

function Get-Dependents($controller) {
  , @(foreach ($dependent in $controller.DependentServices) { [ordered]@{ name = $dependent.ServiceName; state = [int]$dependent.Status } })
}

# A class of WMI, asked once; no answer is not the section's failure.
function Get-WmiRows([string] $query, [string] $namespace = 'root/cimv2') {
  try { , @(Get-CimInstance -Namespace $namespace -Query $query -OperationTimeoutSec 15) } catch { , @() }
}

# A property of the first of such rows; null without a row, or when the class lacks it.
function Get-Field($rows, [string] $name) {
  Set-StrictMode -Off
  foreach ($row in $rows) { return $row.$name }
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
  $role = Get-Field (Get-WmiRows 'SELECT DomainRole FROM Win32_ComputerSystem') 'DomainRole'
  $joined = if ($null -ne $role) { @(1, 3, 4, 5) -contains [int]$role }
  $booted = Get-Field (Get-WmiRows 'SELECT LastBootUpTime FROM Win32_OperatingSystem') 'LastBootUpTime'
  $domain = Read-Data $tcpip 'Domain' 'string'
  $types = @{ WinNT = 1; LanmanNT = 2; ServerNT = 3 }
  $type = Read-Data 'SYSTEM\CurrentControlSet\Control\ProductOptions' 'ProductType' 'string'
  $renames = Read-Data 'SYSTEM\CurrentControlSet\Control\Session Manager' 'PendingFileRenameOperations' 'multi_string'
  $lcid = {
    param($name, $default)
    $text = [string](Read-Data $language $name 'string')
    if ($text -match '^[0-9A-Fa-f]{1,8}$') { [Convert]::ToInt32($text, 16) } else { $default }
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
    if ($store.truncated) { [void]$context.truncated.Add('certificates') }
    $answer[$name] = [ordered]@{ present = $store.present; sddl = $store.sddl; certificates = @(foreach ($entry in $store.entries) {
          [ordered]@{ thumbprint = $entry.thumbprint; der = ConvertTo-Base64 $entry.der; key_provider = ConvertTo-Base64 $entry.key_provider; error = $entry.error }
        }) }
  }
  @{ stores = $answer }
}

function Read-KeyFileSection($context) { [ordered]@{ folder = Read-File (Get-MachineKeysFolder) $true; files = @(Get-KeyFiles $context) } }

function Read-Services($context) {
  $where = ($ServiceNames | ForEach-Object { "Name='$_'" }) -join ' OR '
  $rows = @{}
  foreach ($row in (Get-WmiRows "SELECT Name, ProcessId, ExitCode, ServiceSpecificExitCode FROM Win32_Service WHERE $where")) { $rows[[string]$row.Name] = $row }
  $answer = [ordered]@{}
  foreach ($name in $ServiceNames) {
    $answer[$name] = $null
    $path = "SYSTEM\CurrentControlSet\Services\$name"
    $key = Open-Key $path
    if ($null -eq $key) { continue }
    $value = @{}
    foreach ($item in 'Start', 'DelayedAutostart', 'ObjectName', 'ImagePath', 'Type', 'DependOnService') {
      $read = Read-Value $key $item
      $value[$item] = if ($read) { $read.data }
    }
    $controller = Get-Controller $name
    try { $state = Get-State $controller }
    catch {
      if ((Get-ErrorValue $_).code -eq -2147023836) { continue }
      throw
    }
    $row = $rows[$name]
    $exit = Get-Field $row 'ExitCode'
    if ($exit -eq 1066) { $exit = Get-Field $row 'ServiceSpecificExitCode' }
    $answer[$name] = [ordered]@{
      start = [int]$value.Start
      delayed = $value.DelayedAutostart -eq 1
      state = $state
      account = $value.ObjectName
      service_dll = Read-Data "$path\Parameters" 'ServiceDll' 'string', 'expand_string'
      image_path = $value.ImagePath
      type = $value.Type
      pid = Get-Field $row 'ProcessId'
      exit_code = $exit
      dependents = Get-Dependents $controller
      depends_on = @(foreach ($item in $value.DependOnService) { if ($item) { $item } })
    }
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
      $user = (@($key.GetValue('USERDOMAIN'), $key.GetValue('USERNAME')) | Where-Object { $_ }) -join '\'
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
    $states = Get-SessionStates @(foreach ($session in $sessions) { $session.id })
    foreach ($session in $sessions) {
      $session.state = $states[$session.id]
      $count[$(if ($null -eq $session.state) { -1 } else { $session.state })]++
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
        $count.count++
        $count.first = $time
        if ($count.count -le 40) {
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
  if ($cut) { [void]$context.truncated.Add('events') }
  [ordered]@{ since = ConvertTo-UtcText $since; logs = $logs; entries = $sorted; counts = @($counts.get_Values()) }
}

# --- journal

function Get-HomeFolder { [IO.Path]::Combine((Get-ProgramData), 'winops.rdp') }
function Get-JournalFolder { [IO.Path]::Combine((Get-HomeFolder), 'journal') }
function Get-JournalPath([string] $id) { [IO.Path]::Combine((Get-JournalFolder), "$id.json") }

function Read-Journal([string] $path) { ConvertTo-Plain (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path))) }

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
  $path = [IO.Path]::Combine((Get-HomeFolder), 'lock')
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
  $wanted = $context.journal_id
  $ids = @(if ([IO.Directory]::Exists($folder)) {
      foreach ($path in [IO.Directory]::GetFiles($folder, '*.json')) {
        $id = [IO.Path]::GetFileNameWithoutExtension($path)
        if ($id -cmatch $IdPattern) { $id }
      }
    })
  [array]::Sort($ids)
  [array]::Reverse($ids)
  if ($ids.Count -gt $MaxJournals) { [void]$context.truncated.Add('journals') }
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
  journals = ${function:Read-Journals}
}

# Each section by itself: one that fails never hides the others.
function Read-Sections($names, $journalId) {
  $context = @{ truncated = [Collections.ArrayList]::new(); journal_id = $journalId }
  $answer = [ordered]@{ sections = [ordered]@{}; errors = [ordered]@{}; elapsed_ms = [ordered]@{}; truncated = $context.truncated }
  foreach ($name in $names) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    try { $answer.sections[$name] = & $Readers[$name] $context } catch { $answer.errors[$name] = Get-ErrorValue $_ }
    $answer.elapsed_ms[$name] = $watch.ElapsedMilliseconds
  }
  $answer
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

function Stop-Call([string] $message, [string] $reason = 'bad_arguments', $more = @{}) {
  $problem = [Management.Automation.RuntimeException]::new($message)
  $problem.Data['reason'] = $reason
  $problem.Data['more'] = $more
  throw $problem
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
  $path = [IO.Path]::Combine((Get-HomeFolder), 'lock')
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

# --- the call

# The arguments, checked: unknown ones are refused, Ansible's own flags are kept apart.
function Read-Arguments($given) {
  $arguments = @{ operation = $null; sections = $null; journal_id = $null; journal = $null; steps = $null; plan = $null }
  $check = $false
  $plain = ConvertTo-Plain $given
  if ($plain -isnot [Collections.IDictionary]) { Stop-Call 'The arguments are not a dictionary.' }
  foreach ($entry in $plain.GetEnumerator()) {
    if ($entry.Key -eq '_ansible_check_mode') { $check = [bool]$entry.Value }
    elseif ($entry.Key.StartsWith('_ansible_', [StringComparison]::Ordinal)) { continue }
    elseif ($arguments.ContainsKey($entry.Key)) { $arguments[$entry.Key] = $entry.Value }
    else { Stop-Call "The argument $($entry.Key) is not known." }
  }
  if ($arguments.operation -isnot [string] -or @('snapshot', 'apply') -cnotcontains $arguments.operation) { Stop-Call 'operation is neither snapshot nor apply.' }
  $apply = $arguments.operation -ceq 'apply'
  if ($null -eq $arguments.sections) { $arguments.sections = @(if (-not $apply) { $AllSections }) }
  $arguments.sections = @($arguments.sections)
  foreach ($name in $arguments.sections) { if ($name -isnot [string] -or $AllSections -cnotcontains $name) { Stop-Call "The section $name is not known; there are: $($AllSections -join ', ')." } }
  if ($null -ne $arguments.journal_id -and ($arguments.journal_id -isnot [string] -or $arguments.journal_id -cnotmatch "$IdPattern|^latest\z")) {
    Stop-Call 'journal_id is neither latest nor the id of a journal.'
  }
  if (-not $apply) { return $arguments }
  if ($check) { Stop-Call 'Check mode: steps are not applied.' 'check_mode' }
  $journal = $arguments.journal
  if ($journal -isnot [Collections.IDictionary]) { Stop-Call 'journal is not a dictionary.' }
  foreach ($name in 'id', 'controller', 'created', 'undoes') { if (-not $journal.Contains($name)) { $journal[$name] = $null } }
  if ($journal.id -isnot [string] -or $journal.id -cnotmatch $IdPattern) { Stop-Call 'journal.id is not the id of a journal.' }
  if ($null -ne $journal.undoes -and ($journal.undoes -isnot [string] -or $journal.undoes -cnotmatch $IdPattern)) { Stop-Call 'journal.undoes is neither null nor the id of a journal.' }
  if ($null -eq $journal.created) { $journal.created = ConvertTo-UtcText ([datetime]::UtcNow) }
  if ($arguments.steps -is [Collections.IDictionary] -or $null -eq $arguments.steps -or @($arguments.steps).Count -eq 0) { Stop-Call 'steps is not a list of steps.' }
  $arguments.steps = @($arguments.steps)
  $arguments
}

function Invoke-Apply($arguments) {
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

function Invoke-Main($given) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $answer = [ordered]@{ changed = $false; schema_version = $SchemaVersion }
  try {
    $arguments = Read-Arguments $given
    $answer.operation = $arguments.operation
    if ($arguments.operation -ceq 'apply') {
      $done = Invoke-Apply $arguments
      foreach ($entry in $done.GetEnumerator()) { $answer[$entry.Key] = $entry.Value }
    }
    $read = Read-Sections $arguments.sections $arguments.journal_id
    foreach ($entry in $read.GetEnumerator()) { $answer[$entry.Key] = $entry.Value }
    $answer.script_ms = $watch.ElapsedMilliseconds
  }
  catch {
    $problem = $_.Exception
    $answer.failed = $true
    $answer.msg = $problem.Message
    $answer.reason = 'bad_arguments'
    if ($problem.Data.Contains('reason')) {
      $answer.reason = $problem.Data['reason']
      foreach ($entry in $problem.Data['more'].GetEnumerator()) { $answer[$entry.Key] = $entry.Value }
    }
    else { $answer.reason = 'internal'; $answer.error = Get-ErrorValue $_; $answer.at = [string]$_.ScriptStackTrace }
  }
  ConvertTo-WireJson $answer
}

# Every release of ansible-core so far hands the arguments over in this variable. Without it the file was dot-sourced: a test.
$given = Get-Variable -Name complex_args -Scope Global -ErrorAction Ignore
if ($null -ne $given) { Invoke-Main $given.Value }
