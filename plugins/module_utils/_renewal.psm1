# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._certificates
#AnsibleRequires -PowerShell ..module_utils._running
#AnsibleRequires -PowerShell ..module_utils._tls

# The listener's store is changed here, and a new self-signed certificate is had from Windows: the successor first, then
# the old one goes. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$StepStore = 'Remote Desktop'
# Milliseconds: between two looks at what is waited for; for the listener to answer on its own host.
$PollCertificate = 250
$ConnectMilliseconds = 5000
# ERROR_BUSY and ERROR_INVALID_STATE
$InUse = 170
$NotSeen = 5023
# What a client says first ([MS-RDPBCGR] 2.2.1.1), asking for TLS or CredSSP.
$ConnectionRequest = [byte[]](3, 0, 0, 19, 14, 224, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0)

function Get-StorePath { "$SystemCertificates\$StepStore\Certificates" }

function Get-EntryPath([string] $thumbprint) { "$(Get-StorePath)\$thumbprint" }

function Get-CertificateState([string] $thumbprint, [bool] $content) {
  $key = Open-Key (Get-EntryPath $thumbprint)
  $state = [ordered]@{ present = $null -ne $key }
  if (-not $content) { return $state }
  $blob = $null # an if as a value would take the bytes apart
  if ($key) { $blob = $key.GetValue('Blob') }
  $known = $blob -is [byte[]]
  $state.blob = if ($known) { ConvertTo-Base64 $blob }
  $state.der = if ($known) { ConvertTo-Base64 (Get-BlobCertificate (Read-Blob $blob)) }
  $state
}

# The store is this key: an entry that no API can decode goes, too.
function Remove-StoreEntry([string] $thumbprint) {
  $key = Open-Key (Get-StorePath) $true
  $key.DeleteSubKeyTree($thumbprint, $false)
  $key.Flush()
}

function Add-StoreEntry([string] $thumbprint, [string] $blob) {
  $key = (Open-Hive 'LocalMachine').CreateSubKey((Get-EntryPath $thumbprint))
  $key.SetValue('Blob', (ConvertFrom-Base64 $blob), 'Binary')
  $key.Flush()
}

# The certificate that the step is about: the one that it may take out, else the one in force.
function Get-RenewalState($step) {
  $thumbprint = $step.remove
  if (-not $thumbprint) { $thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate' }
  $state = [ordered]@{ thumbprint = $thumbprint; blob = $null; der = $null }
  if ($thumbprint) {
    $entry = Get-CertificateState $thumbprint $true
    $state.blob = $entry.blob
    $state.der = $entry.der
  }
  $state
}

# Whether a key file can be opened. One that keeps administrators out is there all the same.
function Test-KeyFile([string] $path) {
  try {
    [IO.FileStream]::new($path, 'Open', 'Read', 'ReadWrite, Delete').Dispose()
    $true
  }
  catch { (Get-ErrorValue $_).code -eq $AccessDenied }
}

# Whether the entry of a store has a certificate and a key. A key that is no file, as far as this host tells, counts as
# there.
function Test-UsableEntry([string] $thumbprint, [string] $name) {
  $store = Open-Key "$SystemCertificates\$name\Certificates"
  $entry = if ($store) { Read-StoreEntry $store $thumbprint }
  if (-not $entry -or $null -eq $entry['der'] -or $null -eq $entry['key_provider']) { return $false }
  $file = Read-KeyFile $name $thumbprint $entry['key_provider']
  if (-not $file['path']) { return $true }
  Test-KeyFile $file['path']
}

# Whether Windows has made a certificate that is none of the old ones, and can be used.
function Test-Renewed($step) {
  $thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate'
  if (-not $thumbprint -or $step.previous -contains $thumbprint -or $step['remove'] -eq $thumbprint) { return $false }
  Test-UsableEntry $thumbprint $StepStore
}

function Wait-Renewed($step) {
  $deadline = [datetime]::UtcNow.AddSeconds($step.timeout_s)
  while (-not (Test-Renewed $step)) {
    if ([datetime]::UtcNow -ge $deadline) { return $false }
    [Threading.Thread]::Sleep($PollCertificate)
  }
  $true
}

# A client's first words, said to the listener on its own host.
function Send-Request($client) {
  if (-not $client.ConnectAsync([Net.IPAddress]::Loopback, (Get-PortNumber)).Wait($ConnectMilliseconds)) {
    throw [TimeoutException] 'The listener does not answer on its own host.'
  }
  $stream = $client.GetStream()
  $stream.ReadTimeout = $ConnectMilliseconds
  $stream.Write($ConnectionRequest, 0, $ConnectionRequest.Length)
  $stream
}

# A listener without a usable certificate asks SessionEnv for one then. What it answers does not matter.
function Connect-Listener {
  $client = [Net.Sockets.TcpClient]::new()
  try {
    $stream = Send-Request $client
    try { $null = $stream.ReadByte() } catch { $null = $_ }
  }
  finally { $client.Close() }
}

# Whether a listener agreed to TLS: a whole RDP_NEG_RSP with a protocol that has it ([MS-RDPBCGR] 2.2.1.2.1).
function Test-Agreed($stream) {
  $answer = [byte[]]::new($ConnectionRequest.Length)
  for ($at = 0; $at -lt $answer.Length; $at += $count) {
    $count = $stream.Read($answer, $at, $answer.Length - $at)
    if ($count -eq 0) { return $false }
  }
  $answer[5] -eq 0xD0 -and $answer[11] -eq 2 -and $answer[15] -ne 0
}

# The thumbprint of the certificate that the listener presents on its own host; nothing where that could not be seen.
function Get-PresentedThumbprint {
  $client = [Net.Sockets.TcpClient]::new()
  try {
    $stream = Send-Request $client
    if (-not (Test-Agreed $stream)) { return }
    $tls = [Net.Security.SslStream]::new($stream, $true, (Get-AnyCertificate))
    if ((Start-Handshake $tls ([Environment]::MachineName)).Wait($ConnectMilliseconds)) {
      $tls.RemoteCertificate.GetCertHashString()
    }
  }
  catch { $null = $_ }
  finally { $client.Close() }
}

# One attempt to have Windows renew; answers whether it did. The attempt is noted before it is made.
function Invoke-Attempt($step, $report) {
  if (-not $step.restart) {
    [void]$report.attempts.Add('connection')
    Connect-Listener
  }
  elseif ((Get-State (Get-Controller 'SessionEnv')) -eq 1) {
    [void]$report.attempts.Add('start')
    Start-ServiceAndWait (Get-Controller 'SessionEnv') $Budget['start']
  }
  else {
    [void]$report.attempts.Add('restart')
    Restart-StepService 'SessionEnv' $false $true
  }
  Wait-Renewed $step
}

# The old entry goes only when an attempt that was made brought nothing, and comes back when its absence brought nothing
# either. It is in the journal by then: a run that is killed in between leaves it to the next one.
function Invoke-Renewal($step, $before, $report) {
  $taken = $false
  try {
    if (Invoke-Attempt $step $report) { return }
    if ($step.remove -and $before.blob) {
      if (Test-Pinned $step.remove) { throw [InvalidOperationException] 'The certificate has been pinned meanwhile.' }
      $taken = $true
      [void]$report.attempts.Add('removal')
      Remove-StoreEntry $step.remove
      if (Invoke-Attempt $step $report) { return }
    }
    throw [TimeoutException] "No new self-signed certificate with its key came within $($step.timeout_s) s."
  }
  finally {
    if ($taken -and -not (Test-Renewed $step)) {
      Add-StoreEntry $step.remove $before.blob
      $report.put_back = $true
    }
    $report.thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate'
  }
}

function New-RenewalReport {
  [ordered]@{
    thumbprint = Read-Thumbprint $WinStations 'SelfSignedCertificate'
    attempts = [Collections.ArrayList]::new()
    put_back = $false
  }
}

function Test-Pinned([string] $thumbprint) { $thumbprint -eq (Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash') }

# Whether the listener is bound to a certificate of the store My: by its pin, or as the one of a policy's template.
function Test-Bound([string] $thumbprint) {
  (Test-Pinned $thumbprint) -or $thumbprint -eq (Read-Thumbprint $WinStations 'TemplateCertificate')
}

# What TermService has read when it was started by a step of this call: `at` is whether it was, `bound` to what.
$Started = @{ at = $false; bound = @() }

function Set-Started {
  $bound = (Read-Thumbprint $RdpTcp 'SSLCertificateSHA1Hash'), (Read-Thumbprint $WinStations 'TemplateCertificate')
  $Started['at'] = $true
  $Started['bound'] = $bound
}

# TermService keeps what it has opened until it starts anew: a certificate that it presents, or may, stays with its key.
function Assert-NotPresented([string] $thumbprint) {
  $stays = "the certificate $thumbprint, so it stays"
  if (Test-Bound $thumbprint) { Stop-Refused "The listener is bound to $stays." $InUse }
  if ((Get-State (Get-Controller 'TermService')) -eq 1) { return }
  if ($Started['at'] -and $Started['bound'] -notcontains $thumbprint) { return }
  $presented = Get-PresentedThumbprint
  if ($presented -and $presented -ne $thumbprint) { return }
  if ($presented) { Stop-Refused "Until it starts next TermService presents $stays." $InUse }
  Stop-Refused "Nobody could see what TermService presents: until it is stopped, it may be $stays." $NotSeen
}

Export-ModuleMember -Function * -Variable PollCertificate, Started, StepStore
