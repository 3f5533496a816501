# Leaving names out ---------------------------------------------------------------------------------------------------

# Names of people, machines, domains and policies become others of the same length and kind, always the same ones on
# one host: they are made with its MachineGuid, which itself does not leave the host. docs/offline.md says what stays.
$Hidden = @{ key = [byte[]]@(); names = @{}; pattern = $null }
$SaysNothing = @('Administrator', 'Administrators', 'Guest', 'SYSTEM', 'LocalSystem', 'LocalService', 'NetworkService',
  'NT AUTHORITY', 'NT SERVICE', 'BUILTIN', 'LOCAL SERVICE', 'NETWORK SERVICE', 'WORKGROUP', 'localhost', 'Public',
  'Default', 'All Users', 'rdp-repair.ps1', 'Default Domain Policy', 'Default Domain Controllers Policy',
  'Local Group Policy', 'com', 'net', 'org', 'local', 'lan', 'internal', 'home', 'time.windows.com',
  '31B2F340-016D-11D2-945F-00C04FB984F9', '6AC1786C-016F-11D2-945F-00C04fB984F9')
$NameFields = 'computer_name', 'dns_host_name', 'dns_domain', 'user', 'controller', 'holder', 'gpo', 'inventory_name'
$ServerFields = 'SpecifiedLicenseServers', 'LicenseServers', 'NtpServer'
# What the collection itself asks for or defines.
$FixedFields = 'type', 'store', 'log', 'provider', 'kind', 'version', 'powershell', 'edition_id', 'installation_type',
  'operation', 'folder', 'thumbprint', 'bundle_version', 'collection_version', 'taken', 'station'
$SidText = [regex]::new('S-1-(?:5-21(?:-\d+){3}|12-1(?:-\d+){4})')
$V4Text = [regex]::new('(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)')
$V6Text = [regex]::new('(?<![\w:.])[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*(?![\w:])')
$GuidText = [regex]::new('^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$')

function Get-Mark([string] $text) {
  $mac = [Security.Cryptography.HMACSHA256]::new($Hidden['key'])
  try { , $mac.ComputeHash([Text.Encoding]::UTF8.GetBytes($text.ToLowerInvariant())) } finally { $mac.Dispose() }
}

# One label of a name: as many characters, as many bytes, of the same kinds.
function Get-Pseudonym([string] $label) {
  $mark = Get-Mark $label
  $letters = if ($GuidText.IsMatch($label)) { 6 } else { 26 }
  $out = [Text.StringBuilder]::new($label.Length)
  for ($i = 0; $i -lt $label.Length; $i++) {
    $code = [int]$label[$i]
    $number = [int]$mark[$i % 32] + 7 * [int][Math]::Floor($i / 32)
    $new = if ($code -ge 97 -and $code -le 122) { 97 + $number % $letters }
    elseif ($code -ge 65 -and $code -le 90) { 65 + $number % $letters }
    elseif ($code -ge 48 -and $code -le 57) { 48 + $number % 10 }
    elseif ($code -lt 0x80) { $code }
    elseif ($code -lt 0x800) { 0xE0 + $number % 20 }
    elseif ($code -ge 0xD800 -and $code -lt 0xDC00) { 0xD83D }
    elseif ($code -ge 0xDC00 -and $code -lt 0xE000) { 0xDE00 }
    else { 0x4E00 + $number % 256 }
    [void]$out.Append([char]$new)
  }
  $out.ToString()
}

# A whole name, label by label, so that what is within a domain stays within it. A last label (com, local) stays.
function Hide-Name([string] $name) {
  if ($SaysNothing -contains $name) { return $name }
  if ($V4Text.IsMatch($name) -or $V6Text.IsMatch($name)) { return Hide-Addresses $name }
  $labels = @($name -split '([\\@.:/])')
  $last = $labels.Count - 1
  $out = for ($i = 0; $i -le $last; $i++) {
    $suffix = $i -eq $last -and $i -gt 0 -and $labels[$i - 1] -eq '.' -and $labels[$i] -match '^[A-Za-z]+$'
    if ($suffix -or $labels[$i].Length -lt 1 -or $SaysNothing -contains $labels[$i]) { $labels[$i] }
    else { Get-Pseudonym $labels[$i] }
  }
  -join $out
}

# An octet by those before it: networks stay networks. 0 and 255 stay, being masks and ends.
function Get-PseudonymOctet([string] $before, [int] $octet) {
  if ($octet -eq 0 -or $octet -eq 255) { return $octet }
  $mark = Get-Mark "address $before"
  $step = 2 * ($mark[0] % 60) + 1
  (($octet - 1) * $step + $mark[1]) % 254 + 1
}

function Hide-Bytes([byte[]] $bytes) {
  $kept = $bytes.Length - 1
  if ($bytes.Length -eq 4) {
    # Masks, loopback, multicast and the like stay; what is private stays private. The last octet stays: ranges.
    if (0, 127, 255 -contains $bytes[0] -or $bytes[0] -ge 224) { return , $bytes }
    $first = if (100, 169, 172, 192, 198, 203 -contains $bytes[0]) { 2 } else { 1 }
    $out = [byte[]]$bytes.Clone()
    if ($first -eq 1 -and $bytes[0] -ne 10) {
      $public = @(foreach ($one in 1..223) { if (10, 100, 127, 169, 172, 192, 198, 203 -notcontains $one) { $one } })
      $out[0] = $public[([array]::IndexOf($public, [int]$bytes[0]) + (Get-Mark 'first octet')[0]) % $public.Count]
    }
  }
  else {
    if ($bytes[0] -eq 0 -or $bytes[0] -eq 255) { return , $bytes }
    $first = 2
    $kept = 16
    $out = [byte[]]$bytes.Clone()
  }
  for ($i = $first; $i -lt $kept; $i++) {
    $out[$i] = Get-PseudonymOctet ([BitConverter]::ToString($bytes, 0, $i)) $bytes[$i]
  }
  , $out
}

function Hide-Address([string] $text) {
  $address = $null
  if (-not [Net.IPAddress]::TryParse($text, [ref]$address)) { return $text }
  if ($address.AddressFamily -eq 'InterNetwork' -and $text -notmatch '^\d+(\.\d+){3}$') { return $text }
  $bytes = $address.GetAddressBytes()
  if ($address.IsIPv4MappedToIPv6) { return '::ffff:' + (Hide-Address $address.MapToIPv4().ToString()) }
  $new = Hide-Bytes $bytes
  if ([BitConverter]::ToString($new) -eq [BitConverter]::ToString($bytes)) { return $text }
  [Net.IPAddress]::new($new).ToString()
}

function Hide-Addresses([string] $text) {
  $one = { param($found) Hide-Address $found.Value }
  $V6Text.Replace($V4Text.Replace($text, $one), $one)
}

function Hide-Sids([string] $text) {
  $SidText.Replace($text, {
      param($found)
      $parts = $found.Value -split '-'
      for ($i = 4; $i -lt $parts.Count; $i++) {
        $new = (Get-Pseudonym "$($parts[$i])").ToCharArray()
        # Neither a leading zero nor more than 32 bits.
        $new[0] = [string](1 + [int][string]$new[0] % $(if ($new.Length -ge 10) { 3 } else { 9 }))
        $parts[$i] = -join $new
      }
      $parts -join '-'
    })
}

function Hide-Text([string] $text) {
  if ($text.Length -lt 3) { return $text }
  $text = Hide-Sids $text
  if ($Hidden['pattern']) { $text = $Hidden['pattern'].Replace($text, { param($found) Hide-Name $found.Value }) }
  Hide-Addresses $text
}

# DER: names in subjects, issuers and extensions, in place; keys, times, numbers and signatures are left alone.
$TextTags = @{ 0x0C = 'utf-8'; 0x13 = 'us-ascii'; 0x14 = 'iso-8859-1'; 0x16 = 'us-ascii'; 0x1E = 'utf-16BE' }

function Edit-DerText([byte[]] $der, [int] $at, [int] $length, [string] $encoding, [scriptblock] $edit) {
  $code = [Text.Encoding]::GetEncoding($encoding)
  $text = $code.GetString($der, $at, $length)
  $new = $code.GetBytes([string](& $edit $text))
  if ($new.Length -ne $length) { $new = $code.GetBytes(('x' * $text.Length)) }
  if ($new.Length -eq $length) { [Array]::Copy($new, 0, $der, $at, $length) }
}

function Edit-Der([byte[]] $der, [int] $at, [int] $end, [scriptblock] $edit) {
  $country = $false
  while ($at + 2 -le $end) {
    $tag = $der[$at]
    $length = [int]$der[$at + 1]
    $at += 2
    if ($length -ge 0x80) {
      $bytes = $length - 0x80
      if ($bytes -lt 1 -or $bytes -gt 3 -or $at + $bytes -gt $end) { return }
      $length = 0
      for ($i = 0; $i -lt $bytes; $i++) { $length = $length * 256 + $der[$at + $i] }
      $at += $bytes
    }
    if ($at + $length -gt $end) { return }
    if ($tag -band 0x20) { Edit-Der $der $at ($at + $length) $edit }
    elseif ($tag -eq 6) { $country = $length -eq 3 -and $der[$at + 2] -eq 6 -and $der[$at] -eq 0x55 }
    elseif ($TextTags.ContainsKey([int]$tag)) {
      if (-not $country) { Edit-DerText $der $at $length $TextTags[[int]$tag] $edit }
    }
    # General names: mail, DNS, URI; IP address.
    elseif (0x81, 0x82, 0x86 -contains $tag -and $length) { Edit-DerText $der $at $length 'us-ascii' $edit }
    elseif ($tag -eq 0x87 -and (4, 16 -contains $length)) {
      $new = Hide-Bytes ([byte[]]$der[$at..($at + $length - 1)])
      [Array]::Copy($new, 0, $der, $at, $length)
    }
    elseif ($tag -eq 4 -and $length -gt 2) {
      if ($der[$at] -eq 0x30) { Edit-Der $der $at ($at + $length) $edit }
      elseif ($der[$at] -eq 0x53) { Edit-DerText $der $at $length 'us-ascii' ${function:Hide-Sids} }
    }
    $at += $length
  }
}

# Of a certificate the signed part without its key: version, serial number, algorithm, issuer, times, subject come
# first, extensions ([3]) last.
function Hide-Certificate([string] $base64) {
  $der = ConvertFrom-Base64 $base64
  if ($null -eq $der) { return $base64 }
  Edit-Der $der 0 $der.Length { param($text) Hide-CertificateText $text }
  [Convert]::ToBase64String($der)
}

# The CA's places (ldap:, http:) have names between their marks.
function Hide-CertificateText([string] $text) {
  if ($text -notmatch '^(ldap|https?|file):') { return Hide-Name $text }
  $scheme, $rest = $text -split ':', 2
  "${scheme}:" + [regex]::Replace($rest, '[^/=,?&;:.%]+', { param($found) Get-Pseudonym $found.Value })
}

function Add-Name($name) {
  if ($name -isnot [string] -or $name.Length -gt 256) { return }
  foreach ($part in @($name) + @($name -split '[\\@:/]')) {
    $part = $part.Trim().TrimStart('*', '.')
    if ($part.Length -lt 3 -or $part -match '^[\d.:]+$' -or $SaysNothing -contains $part) { continue }
    $word = "(?<![A-Za-z0-9])$([regex]::Escape($part))(?![A-Za-z0-9])"
    if ($WhatToRead -match $word) { continue }
    $Hidden['names'][$part] = $true
    if ($part -match '^[\w-]+(\.[\w-]+)+$') { Add-Name ($part -split '\.')[0] }
  }
}

function Add-Names($value, [string] $field) {
  if ($value -is [string]) {
    # guid: of another machine, whose key files this one has.
    if ($NameFields -contains $field -or 'machine_guid', 'guid' -contains $field) { Add-Name $value }
    elseif ('account', 'accounts' -contains $field -and $value -notmatch '^(\*?S-1-|NT |\.\\)') { Add-Name $value }
    elseif ($field -eq 'id') {
      foreach ($found in [regex]::Matches($value, '(?i)(?<=CN=\{)[0-9A-F-]{36}(?=\})')) { Add-Name $found.Value }
    }
    elseif ($field -eq 'der') {
      $der = ConvertFrom-Base64 $value
      if ($null -ne $der) {
        Edit-Der $der 0 $der.Length {
          param($text)
          Add-CertificateName $text
          $text
        }
      }
    }
    foreach ($found in [regex]::Matches($value, '\\Users\\([^\\"|]+)')) { Add-Name $found.Groups[1].Value }
  }
  elseif ($value -is [Collections.IDictionary]) {
    foreach ($field in $ServerFields) {
      $setting = if ($value.Contains($field)) { $value[$field] }
      if (-not $setting) { continue }
      foreach ($one in @($setting['data'])) {
        foreach ($name in $one -split '[,; ]') { Add-Name $name }
      }
    }
    foreach ($entry in $value.GetEnumerator()) { Add-Names $entry.Value ([string]$entry.Key) }
  }
  elseif ($value -is [Collections.IEnumerable]) { foreach ($item in $value) { Add-Names $item $field } }
}

function Add-CertificateName([string] $text) { if ($text -notmatch '^(ldap|https?|file):') { Add-Name $text } }

# Base64 in which texts of Windows are: of the same length afterwards.
function Hide-Wide([string] $base64) {
  $bytes = ConvertFrom-Base64 $base64
  if ($null -eq $bytes -or $bytes.Length -le 32) { return $base64 }
  foreach ($encoding in 'utf-16', 'iso-8859-1') {
    $code = [Text.Encoding]::GetEncoding($encoding)
    $even = $bytes.Length - $(if ($encoding -eq 'utf-16') { $bytes.Length % 2 } else { 0 })
    $text = $code.GetString($bytes, 0, $even)
    if ([BitConverter]::ToString($code.GetBytes($text)) -ne [BitConverter]::ToString($bytes, 0, $even)) { continue }
    $new = $code.GetBytes((Hide-Text $text))
    if ($new.Length -eq $even) { [Array]::Copy($new, $bytes, $even) }
  }
  [Convert]::ToBase64String($bytes)
}

function Hide-Value($value, [string] $field) {
  if ($value -is [string]) {
    if ($FixedFields -contains $field) { return $value }
    if ($NameFields -contains $field) { return Hide-Name $value }
    if ($field -eq 'der') { return Hide-Certificate $value }
    if ($field -eq 'sddl') { return Hide-Sids $value }
    if ('key_provider', 'blob', 'binary', 'none' -contains $field) { return Hide-Wide $value }
    return Hide-Text $value
  }
  if ($value -is [Collections.IDictionary]) {
    $plain = [ordered]@{}
    $binary = $value.Contains('type') -and 'binary', 'none' -contains $value['type']
    foreach ($entry in $value.GetEnumerator()) {
      $as = if ($binary -and $entry.Key -eq 'data') { 'binary' } else { [string]$entry.Key }
      $plain[(Hide-Sids ([string]$entry.Key))] = Hide-Value $entry.Value $as
    }
    return $plain
  }
  if ($value -is [Collections.IEnumerable]) {
    $list = [Collections.ArrayList]::new()
    foreach ($item in $value) { [void]$list.Add((Hide-Value $item $field)) }
    return , $list.ToArray()
  }
  $value
}

function Hide-Bundle($bundle) {
  $secret = ConvertTo-WireJson $bundle
  $sections = $bundle['snapshot']['sections']
  if ($sections -and $sections.Contains('host') -and $sections['host']['machine_guid']) {
    $secret = $sections['host']['machine_guid']
  }
  $Hidden['key'] = [Text.Encoding]::UTF8.GetBytes($secret)
  Add-Names $bundle ''
  foreach ($where in ('host', 'dns_domain'), ('domain', 'name')) {
    $domain = if ($sections -and $sections.Contains($where[0])) { $sections[$where[0]][$where[1]] }
    if (-not $domain) { continue }
    Add-Name $domain
    $labels = $domain -split '\.'
    foreach ($label in $labels[0..([Math]::Max(0, $labels.Count - 2))]) { Add-Name $label }
  }
  $names = @($Hidden['names'].get_Keys() | Sort-Object -Property @{ Expression = { $_.Length } } -Descending)
  if ($names) {
    # With the labels before it: what is within a domain that is known.
    $all = @(foreach ($name in $names) { $(if ($name.Contains('.')) { '(?:[\w-]+\.)*' }) + [regex]::Escape($name) })
    $Hidden['pattern'] = [regex]::new("(?<![A-Za-z0-9])(?:$($all -join '|'))(?![A-Za-z0-9])", 'IgnoreCase')
  }
  $new = Hide-Value $bundle ''
  $new['anonymous'] = $true
  $new
}

