# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._certificates

# A certificate comes into the store My with its key, and goes again with it. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$PersonalStore = 'My'
# By thumbprint: pfx (base64) and password. Beside the steps, so that no journal and no answer can have them.
$Secrets = @{}

function Open-Personal([bool] $write) { Open-Key "$SystemCertificates\$PersonalStore\Certificates" $write }

function Get-PersonalState([string] $thumbprint) {
  $state = [ordered]@{ present = $false; has_key = $false; path = $null; sddl = $null }
  $store = Open-Personal $false
  $entry = if ($store) { Read-StoreEntry $store $thumbprint }
  if (-not $entry) { return $state }
  $state.present = $true
  if ($null -eq $entry['key_provider']) { return $state }
  $file = Read-KeyFile $PersonalStore $thumbprint $entry['key_provider']
  $state.has_key = $true
  $state.path = $file['path']
  $state.sddl = $file['sddl']
  $state
}

# Whether the key of an entry is not the one that its import brought: somebody has imported it again.
function Test-OtherKey($step, $state) { $step.Contains('path') -and $step.path -ne $state.path }

# A machine key. Without Exportable nobody gets it out of the host again.
function New-Certificate([string] $thumbprint, [string] $flags) {
  $given = $Secrets[$thumbprint]
  $bytes = ConvertFrom-Base64 $given['pfx']
  [Security.Cryptography.X509Certificates.X509Certificate2]::new($bytes, [string]$given['password'], $flags)
}

# Why this host could not import it, or nothing. A key that is not to be kept goes with the object.
function Test-PfxNeed([string] $thumbprint) {
  $state = Get-PersonalState $thumbprint
  if ($state.present) {
    if ($state.has_key) { return }
    return "the certificate $thumbprint is in the store $PersonalStore already, without its private key"
  }
  $certificate = New-Certificate $thumbprint 'MachineKeySet'
  $found = $certificate.Thumbprint
  $certificate.Reset()
  if ($found -ne $thumbprint) { "what was sent is the certificate $found" }
}

function Add-PersonalEntry([string] $thumbprint) {
  $store = [Security.Cryptography.X509Certificates.X509Store]::new($PersonalStore, 'LocalMachine')
  $store.Open('ReadWrite')
  try { $store.Add((New-Certificate $thumbprint 'MachineKeySet, PersistKeySet')) } finally { $store.Close() }
}

function Remove-MachineKey($key) {
  if ($key['type'] -eq 0) {
    $provider = [Security.Cryptography.CngProvider]::new($key['provider'])
    $options = [Security.Cryptography.CngKeyOpenOptions]::MachineKey
    [Security.Cryptography.CngKey]::Open($key['container'], $provider, $options).Delete()
    return
  }
  $parameters = [Security.Cryptography.CspParameters]::new($key['type'], $key['provider'], $key['container'])
  $parameters.Flags = 'UseMachineKeyStore, UseExistingKey'
  $rsa = [Security.Cryptography.RSACryptoServiceProvider]::new($parameters)
  $rsa.PersistKeyInCsp = $false
  $rsa.Clear()
}

# The key goes with the entry: it was brought for the listener alone. Its file must not outlive it.
function Remove-PersonalEntry([string] $thumbprint) {
  $store = Open-Personal $true
  $entry = if ($store) { Read-StoreEntry $store $thumbprint }
  if (-not $entry) { return }
  $path = (Get-PersonalState $thumbprint).path
  $store.DeleteSubKeyTree($thumbprint, $false)
  $store.Flush()
  if (-not $entry['key_provider']) { return }
  try { Remove-MachineKey (Read-KeyProvider (ConvertFrom-Base64 $entry['key_provider'])) }
  finally { if ($path -and [IO.File]::Exists($path)) { [IO.File]::Delete($path) } }
}

Export-ModuleMember -Function * -Variable PersonalStore, Secrets
