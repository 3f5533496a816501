# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# Sections certificates and key_files. A private key is never read.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxKeyFiles = 1000
$MaxCertificates = 512
$StoreNames = 'Remote Desktop', 'My'
$ListenerContainer = 'TSSecKeySet1'
$CertificateProperty = 32
$KeyProviderProperty = 2
# Its file name; MD5 is not to be had under the FIPS policy of .NET Framework before 4.8.
$ListenerFile = 'f686aace6942fb7f7ceb231212eef4a4'
$FileProviders = '^Microsoft (Base|Strong|Enhanced|RSA SChannel|Enhanced RSA and AES) Cryptographic Provider( v1\.0)?$'
$StorageProvider = 'Microsoft Software Key Storage Provider'
$MaxListenerKeys = 16
$KeySeconds = 5
# Signs a digest of zeros with a key, without ever asking anybody, and looks whether it is the certificate's.
$KeyUse = @'
  $container, $provider, $type, $number, $der = $args
  $certificate = [Security.Cryptography.X509Certificates.X509Certificate2]::new([byte[]]$der)
  $digest = [byte[]]::new(20)
  $hash = [Security.Cryptography.HashAlgorithmName]::SHA1
  $padding = [Security.Cryptography.RSASignaturePadding]::Pkcs1
  $theirs = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPublicKey($certificate)
  if ($type) {
    $how = [Security.Cryptography.CspParameters]::new($type, $provider, $container)
    $how.Flags = 'UseMachineKeyStore, UseExistingKey, NoPrompt'
    $how.KeyNumber = $number
    $key = [Security.Cryptography.RSACryptoServiceProvider]::new($how)
  }
  else {
    $how = [Security.Cryptography.CngProvider]::new($provider)
    $opened = [Security.Cryptography.CngKey]::Open($container, $how, 'MachineKey, Silent')
    $key = if ($theirs) { [Security.Cryptography.RSACng]::new($opened) }
    else { [Security.Cryptography.ECDsaCng]::new($opened) }
  }
  if ($theirs) { return $theirs.VerifyHash($digest, $key.SignHash($digest, $hash, $padding), $hash, $padding) }
  $theirs = [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPublicKey($certificate)
  $theirs.VerifyHash($digest, $key.SignHash($digest))
'@

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

function Get-BlobProperty($parsed, [uint32] $id) {
  if ($parsed['properties'].ContainsKey($id)) { , $parsed['properties'][$id] }
}

function Get-BlobCertificate($parsed) { , (Get-BlobProperty $parsed $CertificateProperty) }

# CRYPT_KEY_PROV_INFO: offsets of two NUL-terminated UTF-16 names, then the provider's type.
function Read-KeyProvider([byte[]] $data) {
  if ($data.Length -lt 12) { throw [FormatException] 'The key provider property is too short.' }
  $names = foreach ($at in 0, 4) {
    $offset = [long][BitConverter]::ToUInt32($data, $at)
    if ($offset -eq 0) {
      ''
      continue
    }
    if ($offset -lt 12 -or $offset -ge $data.Length -or $offset % 2) {
      throw [FormatException] 'The key provider property points outside itself.'
    }
    $text = [Text.Encoding]::Unicode.GetString($data, $offset, ($data.Length - $offset) -band -2)
    $text.Substring(0, ($text + [char]0).IndexOf([char]0))
  }
  # Which of a container's two keys, AT_KEYEXCHANGE (1) or AT_SIGNATURE.
  $number = if ($data.Length -ge 28) { [BitConverter]::ToInt32($data, 24) } else { 1 }
  @{ container = $names[0]; provider = $names[1]; type = [BitConverter]::ToUInt32($data, 8); number = $number }
}

function Get-EntryNames($key, $first) {
  $names = @(foreach ($sub in $key.GetSubKeyNames()) {
      if ($sub -match '^[0-9A-Fa-f]{40}$') { $sub.ToUpperInvariant() }
    })
  foreach ($sub in $names) {
    if ($first -contains $sub) { $sub }
  }
  foreach ($sub in $names) {
    if ($first -notcontains $sub) { $sub }
  }
}

function Read-StoreEntry($key, [string] $thumbprint) {
  $entry = [ordered]@{ thumbprint = $thumbprint; der = $null; key_provider = $null; error = $null }
  try {
    $entryKey = $key.OpenSubKey($thumbprint)
    if ($null -eq $entryKey) { return }
    $blob = $entryKey.GetValue('Blob')
    if ($blob -isnot [byte[]]) { throw [FormatException] 'The store entry has no binary value Blob.' }
    $parsed = Read-Blob $blob
    $entry['der'] = ConvertTo-Base64 (Get-BlobCertificate $parsed)
    $entry['key_provider'] = ConvertTo-Base64 (Get-BlobProperty $parsed $KeyProviderProperty)
    if (-not $parsed['whole']) { throw [FormatException] 'The store entry ends inside a record.' }
    if ($null -eq $entry['der']) { throw [FormatException] 'The store entry holds no certificate.' }
  }
  catch { $entry['error'] = Get-ErrorValue $_ }
  $entry
}

# From the registry: an entry that .NET cannot decode must show, too.
function Read-Store([string] $name, $first, $truncated) {
  $store = [ordered]@{ present = $false; sddl = $null; certificates = @() }
  $key = Open-Key "$SystemCertificates\$name"
  if ($null -eq $key) { return $store }
  $store['present'] = $true
  try { $store['sddl'] = $key.GetAccessControl($SddlParts).GetSecurityDescriptorSddlForm($SddlParts) }
  catch { $null = $_ }
  $key = Open-Key "$SystemCertificates\$name\Certificates"
  if ($null -eq $key) { return $store }
  $names = @(Get-EntryNames $key $first)
  if ($names.Count -gt $MaxCertificates) {
    [void]$truncated.Add('certificates')
    $names = $names[0..($MaxCertificates - 1)]
  }
  $store['certificates'] = @(foreach ($sub in $names) { Read-StoreEntry $key $sub })
  $store
}

function Get-Named {
  Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'
  Read-Thumbprint $WinStations 'SelfSignedCertificate'
  Read-Thumbprint $WinStations 'TemplateCertificate'
}

function Get-Stores($context) {
  if (-not $context.ContainsKey('stores')) {
    $first = @(Get-Named)
    # Kept when whole: half of it would pass for all in the next section.
    $stores = [ordered]@{}
    foreach ($name in $StoreNames) { $stores[$name] = Read-Store $name $first $context['truncated'] }
    $context['stores'] = $stores
  }
  $context['stores']
}

<#
.SYNOPSIS
Reads the certificates that the listener can use.
.DESCRIPTION
From the registry: public part, name of the key, the store's descriptor.
Denied: a descriptor is null, an entry has its error; a store is the section's error.
#>
function Read-CertificatesSection($context) { @{ stores = Get-Stores $context } }

function Get-KeyFolder { Join-PathPart (Get-ProgramData) 'Microsoft' 'Crypto' }

function Get-MachineKeysFolder { Join-PathPart (Get-KeyFolder) 'RSA' 'MachineKeys' }

function Get-ContainerHash([string] $container) {
  $name = $container.ToLowerInvariant()
  if ($name -eq $ListenerContainer) { return $ListenerFile }
  if ($name -match '[^\x20-\x7E]') {
    throw [FormatException] 'The container name is not ASCII.'
  }
  $md5 = [Security.Cryptography.MD5]::Create()
  $hash = $md5.ComputeHash([Text.Encoding]::ASCII.GetBytes($name + [char]0))
  -join (0, 4, 8, 12 | ForEach-Object { [BitConverter]::ToUInt32($hash, $_).ToString('x8', $Invariant) })
}

function Get-CngFilePath([string] $container) {
  $storage = [Security.Cryptography.CngProvider]::new($StorageProvider)
  $options = [Security.Cryptography.CngKeyOpenOptions]::MachineKey
  $name = [Security.Cryptography.CngKey]::Open($container, $storage, $options).UniqueName
  $keys = Join-PathPart (Get-KeyFolder) 'Keys' $name
  $others = (Join-PathPart (Get-KeyFolder) 'SystemKeys' $name), (Join-PathPart (Get-MachineKeysFolder) $name)
  foreach ($path in @($keys) + $others) {
    if ([IO.File]::Exists($path)) { return $path }
  }
  $keys
}

# Any other provider keeps its keys where it likes: not to find a file says nothing.
function Get-KeyFilePath($provider) {
  $name = $provider['provider']
  $type = $provider['type']
  if ($type -eq 0 -and $name -eq $StorageProvider) { return Get-CngFilePath $provider['container'] }
  if (1, 12, 24 -notcontains $type -or ($name -and $name -notmatch $FileProviders)) {
    throw [NotSupportedException] "Where $name (type $type) keeps a key is not known."
  }
  $guid = Get-MachineGuid
  if (-not $guid) { throw [IO.InvalidDataException] 'The host has no MachineGuid.' }
  Join-PathPart (Get-MachineKeysFolder) "$(Get-ContainerHash $provider['container'])_$guid"
}

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
  if ($file['exists'] -eq $false) {
    $file['sddl'] = $null
    $file['error'] = $null
  }
  $file
}

function Read-KeyFile($store, $thumbprint, $provider) {
  $found = $null
  $path = $null
  $problem = $null
  try {
    $found = if ($provider -is [string]) { Read-KeyProvider (ConvertFrom-Base64 $provider) } else { $provider }
    if ($found) { $path = Get-KeyFilePath $found }
  }
  catch { $problem = Get-ErrorValue $_ }
  $file = Read-File $path $false $problem
  $file['store'] = $store
  $file['thumbprint'] = $thumbprint
  foreach ($name in 'container', 'provider') { $file[$name] = if ($found) { $found[$name] } }
  $file['provider_type'] = if ($found -and $thumbprint) { $found['type'] }
  $file['used'] = $null
  $file
}

# Made from a template: it has extension 1.3.6.1.4.1.311.21.7 or 20.2.
function Test-Template($der) {
  $der -and (ConvertTo-Hex (ConvertFrom-Base64 $der)) -match '06092B060104018237(1507|1402)'
}

# Of Windows' own software alone: other vendors' code is not brought into this process, and may ask somebody.
function Test-KeyUse($entry) {
  $use = [ordered]@{ code = 0; matches = $null }
  try {
    $how = Read-KeyProvider (ConvertFrom-Base64 $entry['key_provider'])
    $ours = if ($how['type'] -eq 0) { $StorageProvider } else { $FileProviders }
    if ($how['provider'] -notmatch $ours) { return }
    $given = $how['container'], $how['provider'], [int]$how['type'], $how['number'], (ConvertFrom-Base64 $entry['der'])
    $use['matches'] = @(Get-Aside $KeyUse $given $KeySeconds)[-1] -eq $true
  }
  catch { $use['code'] = (Get-ErrorValue $_).code }
  $use
}

# The listener's own key files, of whatever MachineGuid: a copy of a host has those of the original as well.
function Read-OwnKeys {
  try {
    $files = @([IO.DirectoryInfo]::new((Get-MachineKeysFolder)).GetFiles("${ListenerFile}_*"))
    , @(foreach ($file in $files | Select-Object -First $MaxListenerKeys) {
        [ordered]@{ guid = $file.Name.Substring($ListenerFile.Length + 1); written = $file.LastWriteTimeUtc }
      })
  }
  catch { $null = $_ }
}

# Of My: the pin, the one taken by template, and those that the template of a policy could give. With -Use the
# listener's keys sign once.
function Get-KeyFiles($context, [switch] $Use) {
  $chosen = @(
    (Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash')
    (Read-Thumbprint $WinStations 'TemplateCertificate')
  ) + @($context['key_certificates'])
  $stores = Get-Stores $context
  $named = @(Get-Named)
  $byTemplate = [bool](Read-Data $TerminalServicesPolicy 'CertTemplateName' 'string')
  $files = @(foreach ($store in $StoreNames) {
      foreach ($entry in $stores[$store]['certificates']) {
        $ours = $store -ne 'My' -or $chosen -contains '*' -or $chosen -contains $entry['thumbprint']
        if (-not $ours -and -not ($byTemplate -and (Test-Template $entry['der']))) { continue }
        $file = Read-KeyFile $store $entry['thumbprint'] $entry['key_provider']
        if ($Use -and $entry['key_provider'] -and $named -contains $entry['thumbprint']) {
          $file['used'] = Test-KeyUse $entry
        }
        $file
      }
    })
  if (@(foreach ($file in $files) { if ($file['container'] -eq $ListenerContainer) { $true } }).Count -eq 0) {
    $files += Read-KeyFile $null $null @{ type = 1; container = $ListenerContainer; provider = $null }
  }
  $files
}

<#
.SYNOPSIS
Reads the listener's key files, and who may read them.
.DESCRIPTION
From %ProgramData%\Microsoft\Crypto: path, descriptor and length, never the content; one byte is signed with the
key of a certificate that the listener's values name.
Denied: sddl is null, the file has its error; exists is null where even attributes are hidden; own_keys is null.
#>
function Read-KeyFilesSection($context) {
  [ordered]@{
    folder = Read-File (Get-MachineKeysFolder) $true
    files = @(Get-KeyFiles $context -Use)
    own_keys = Read-OwnKeys
  }
}

<#
.SYNOPSIS
Counts the files in the folder of machine keys by owner.
.DESCRIPTION
From the disk, a thousand files at most; no file is opened. Only on request.
Denied: who may not list the folder has the section's error; an owner that cannot be read is an empty text.
#>
function Read-MachineKeysSection($context) {
  $owners = [ordered]@{}
  $count = 0
  $whole = $true
  foreach ($path in [IO.Directory]::EnumerateFiles((Get-MachineKeysFolder))) {
    if ($count -ge $MaxKeyFiles) {
      $whole = $false
      break
    }
    $count++
    $sid = ''
    try {
      $security = [Security.AccessControl.FileSecurity]::new($path, 'Owner')
      $sid = $security.GetOwner([Security.Principal.SecurityIdentifier]).Value
    }
    catch { $null = $_ }
    $owners[$sid] = 1 + $owners[$sid]
  }
  $rows = @(foreach ($owner in $owners.GetEnumerator()) { [ordered]@{ sid = $owner.Key; count = $owner.Value } })
  [ordered]@{ count = $count; owners = $rows; whole = $whole }
}

Export-ModuleMember -Function *
