# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._tls
#AnsibleRequires -PowerShell ..module_utils._values

# A look at a listener from here. What was sent and received goes home as bytes, how each stage ended as a word:
# closed (FIN), reset (RST), silent (nothing more in time) or endless. Nothing is judged here.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxLookBytes = 65536
$MaxAddresses = 16
$LookChunk = 16384
# Milliseconds before the next address is tried beside the last (RFC 8305), and for TLS to notice that the peer is gone.
$Stagger = 250
$LookGrace = 2000
$ResetErrors = 10054, 10053
# RDP_NEG_FAILURE SSL_NOT_ALLOWED_BY_SERVER: clients then ask for standard RDP security.
$SslNotAllowed = 2
$LookWatch = [Diagnostics.Stopwatch]::new()
$LookEnd = @{ deadline = 0; timeout = 0 }

function Get-StageEnd { [Math]::Min($LookWatch.ElapsedMilliseconds + $LookEnd['timeout'], $LookEnd['deadline']) }

function Get-Remaining([long] $until) { [int][Math]::Max(0, $until - $LookWatch.ElapsedMilliseconds) }

# The number of a socket's error, the same on every system; nothing for other errors.
function Get-SocketNumber($problem) {
  $found = Get-InnerException $problem
  for (; $found; $found = $found.InnerException) {
    if ($found -is [Net.Sockets.SocketException]) { return [int]$found.SocketErrorCode }
  }
}

function Get-Ending($problem) {
  if ($ResetErrors -contains (Get-SocketNumber $problem)) { 'reset' } else { 'closed' }
}

# What comes on one way: the bytes, how it ended, the client's own error. An error while sending tells of the end too.
function New-Store { @{ data = [IO.MemoryStream]::new(); ended = $null; error = $null; sending = 'closed' } }

function ConvertTo-Stage($store, [long] $began) {
  [ordered]@{
    data = ConvertTo-Base64 $store['data'].ToArray()
    ended = $store['ended']
    error = $store['error']
    ms = $LookWatch.ElapsedMilliseconds - $began
  }
}

# Whether nothing more is to be waited for: a whole TPKT or TSRequest is there, or what cannot become one.
function Test-Frame([byte[]] $bytes) {
  if ($bytes.Length -eq 0) { return $false }
  if ($bytes[0] -eq 3) {
    if ($bytes.Length -gt 1 -and $bytes[1] -ne 0) { return $true }
    return $bytes.Length -ge 4 -and $bytes.Length -ge 256 * $bytes[2] + $bytes[3]
  }
  if ($bytes[0] -ne 0x30) { return $true }
  if ($bytes.Length -lt 2) { return $false }
  $size = [long]$bytes[1]
  if ($size -lt 0x80) { return $bytes.Length -ge 2 + $size }
  $count = $size -band 0x7F
  if ($count -lt 1 -or $count -gt 4) { return $true }
  if ($bytes.Length -lt 2 + $count) { return $false }
  $size = 0L
  for ($at = 2; $at -lt 2 + $count; $at++) { $size = 256 * $size + $bytes[$at] }
  $size -gt $MaxLookBytes -or $bytes.Length -ge 2 + $count + $size
}

# Takes what a socket has into the store; answers whether there was any.
function Receive-Part($socket, $store, [byte[]] $buffer) {
  try { $count = $socket.Receive($buffer) }
  catch {
    $store['ended'] = Get-Ending $_
    return 0
  }
  if ($count -eq 0) { $store['ended'] = $store['sending'] }
  $store['data'].Write($buffer, 0, $count)
  if ($store['data'].Length -gt $MaxLookBytes) { $store['ended'] = 'endless' }
  $count
}

function Receive-Frame($socket, $store, [long] $until) {
  $buffer = [byte[]]::new($LookChunk)
  while (-not $store['ended'] -and -not (Test-Frame $store['data'].ToArray())) {
    $left = Get-Remaining $until
    if ($left -eq 0 -or -not $socket.Poll(1000 * $left, 'SelectRead')) {
      $store['ended'] = 'silent'
      return
    }
    $null = Receive-Part $socket $store $buffer
  }
}

function Send-Bytes($socket, [byte[]] $bytes, $store) {
  try { $null = $socket.Send($bytes) } catch { $store['sending'] = Get-Ending $_ }
}

# --- name and TCP

function Resolve-Target([string] $target, [long] $until) {
  $address = $null
  if ([Net.IPAddress]::TryParse($target, [ref]$address)) { return @{ addresses = @($address); error = $null } }
  try {
    $asked = [Net.Dns]::GetHostAddressesAsync($target)
    if (-not $asked.Wait((Get-Remaining $until))) { return @{ addresses = @(); error = [ordered]@{ code = $null } } }
    return @{ addresses = @($asked.Result | Select-Object -First $MaxAddresses); error = $null }
  }
  catch { return @{ addresses = @(); error = [ordered]@{ code = Get-SocketNumber $_ } } }
}

# What becomes of one attempt: the socket, or nothing with the error in its entry.
function Complete-Connect($attempt) {
  try {
    $attempt['socket'].EndConnect($attempt['asked'])
    $attempt['socket'].NoDelay = $true
    $attempt['entry']['outcome'] = 0
    return $attempt['socket']
  }
  catch {
    $attempt['entry']['outcome'] = Get-SocketNumber $_
    $attempt['socket'].Dispose()
  }
}

# The first address that answers; another is tried when one fails or is slow.
function Connect-Any($addresses, [int] $port, $entries, [long] $until) {
  $running = [Collections.ArrayList]::new()
  $next = 0
  while ($true) {
    if ($next -lt $addresses.Count) {
      $socket = [Net.Sockets.Socket]::new($addresses[$next].AddressFamily, 'Stream', 'Tcp')
      $asked = $socket.BeginConnect($addresses[$next], $port, $null, $null)
      [void]$running.Add(@{ socket = $socket; asked = $asked; entry = $entries[$next] })
      $next++
    }
    elseif ($running.Count -eq 0) { return }
    $wait = Get-Remaining $until
    if ($next -lt $addresses.Count) { $wait = [Math]::Min($wait, $Stagger) }
    $handles = [Threading.WaitHandle[]]@(foreach ($one in $running) { $one['asked'].AsyncWaitHandle })
    $index = [Threading.WaitHandle]::WaitAny($handles, $wait)
    if ($index -lt $running.Count) {
      $done = $running[$index]
      $running.RemoveAt($index)
      $socket = Complete-Connect $done
      if ($socket) {
        foreach ($one in $running) { $one['socket'].Dispose() }
        return $socket
      }
    }
    elseif ((Get-Remaining $until) -eq 0) {
      foreach ($one in $running) {
        $one['entry']['outcome'] = 10060
        $one['socket'].Dispose()
      }
      return
    }
  }
}

# --- TLS

# TLS talks to this process over loopback, and this process to the server: so the server's bytes, its FIN and its RST
# are seen as they are.
function New-Relay($socket) {
  $local = [Net.IPEndPoint]::new([Net.IPAddress]::Loopback, 0)
  $listener = [Net.Sockets.Socket]::new('InterNetwork', 'Stream', 'Tcp')
  try {
    $listener.Bind($local)
    $listener.Listen(1)
    $near = [Net.Sockets.Socket]::new('InterNetwork', 'Stream', 'Tcp')
    $near.Connect($listener.LocalEndPoint)
    do { $far = $listener.Accept() } until ($far.RemoteEndPoint.Equals($near.LocalEndPoint))
  }
  finally { $listener.Dispose() }
  $near.NoDelay = $true
  $far.NoDelay = $true
  @{
    server = $socket; near = $near; far = $far; store = New-Store; sent = [byte[]]::new(0)
    buffer = [byte[]]::new($LookChunk)
  }
}

function Move-FromServer($relay) {
  $count = Receive-Part $relay['server'] $relay['store'] $relay['buffer']
  if ($count -gt 0) { $null = $relay['far'].Send($relay['buffer'], $count, 'None') }
  if ($relay['store']['ended']) { $relay['far'].Shutdown('Send') }
}

function Move-FromClient($relay) {
  $count = $relay['far'].Receive($relay['buffer'])
  if ($count -eq 0) { return $false }
  $bytes = [byte[]]::new($count)
  [Array]::Copy($relay['buffer'], $bytes, $count)
  $relay['sent'] = $bytes
  Send-Bytes $relay['server'] $bytes $relay['store']
  $true
}

# Carries bytes both ways until the task is done; answers whether it was in time.
function Wait-Relayed($task, $relay, [long] $until) {
  $near = $true
  while (-not $task.IsCompleted) {
    if ($relay['store']['ended']) { $until = [Math]::Min($until, $LookWatch.ElapsedMilliseconds + $LookGrace) }
    if ((Get-Remaining $until) -eq 0) {
      if (-not $relay['store']['ended']) { $relay['store']['ended'] = 'silent' }
      return $false
    }
    $ready = [Collections.ArrayList]::new()
    if ($near) { [void]$ready.Add($relay['far']) }
    if (-not $relay['store']['ended']) { [void]$ready.Add($relay['server']) }
    if ($ready.Count -eq 0) {
      [Threading.Thread]::Sleep(10)
      continue
    }
    [Net.Sockets.Socket]::Select($ready, $null, $null, 20000)
    foreach ($one in $ready) {
      if ($one -eq $relay['server']) { Move-FromServer $relay } else { $near = Move-FromClient $relay }
    }
  }
  while ($near -and $relay['far'].Poll(1000, 'SelectRead')) { $near = Move-FromClient $relay }
  $true
}

function Invoke-Handshake($stream, $relay, [string] $name, [long] $began) {
  $found = [ordered]@{ version = $null; certificate = $null; sent = $null }
  try {
    $task = Start-Handshake $stream $name
    if (Wait-Relayed $task $relay (Get-StageEnd)) {
      $task.Wait()
      $found['version'] = [int]$stream.SslProtocol
      $found['certificate'] = ConvertTo-Base64 $stream.RemoteCertificate.GetRawCertData()
    }
  }
  catch { $relay['store']['error'] = Get-ErrorValue $_ }
  $found['sent'] = ConvertTo-Base64 $relay['sent']
  (ConvertTo-Stage $relay['store'] $began) + $found
}

# One question inside TLS, and the whole answer to it.
function Read-Answer($stream, $relay, [byte[]] $question, $store, [long] $until) {
  $buffer = [byte[]]::new($LookChunk)
  $task = $stream.WriteAsync($question, 0, $question.Length)
  $there = Wait-Relayed $task $relay $until
  while ($there -and -not (Test-Frame $store['data'].ToArray()) -and $store['data'].Length -le $MaxLookBytes) {
    $task = $stream.ReadAsync($buffer, 0, $buffer.Length)
    if (-not (Wait-Relayed $task $relay $until)) { break }
    if ($task.Result -eq 0) {
      $store['ended'] = if ($relay['store']['ended']) { $relay['store']['ended'] } else { 'closed' }
      return
    }
    $store['data'].Write($buffer, 0, $task.Result)
  }
  if (-not $there -or -not (Test-Frame $store['data'].ToArray())) { $store['ended'] = $relay['store']['ended'] }
}

function Invoke-Question($stream, $relay, [string] $question) {
  $began = $LookWatch.ElapsedMilliseconds
  $store = New-Store
  $clock = [datetime]::UtcNow
  # What came before belongs to the handshake; its end does not.
  $before = $relay['store']
  $relay['store'] = New-Store
  foreach ($name in 'ended', 'sending') { $relay['store'][$name] = $before[$name] }
  try { Read-Answer $stream $relay (ConvertFrom-Base64 $question) $store (Get-StageEnd) }
  catch {
    $store['error'] = Get-ErrorValue $_
    $store['ended'] = $relay['store']['ended']
  }
  $stage = ConvertTo-Stage $store $began
  $stage['clock'] = $clock
  $stage
}

# Says goodbye where TLS stood, as a client that has finished does.
function Close-Relay($stream, $relay) {
  try {
    if (-not $relay['store']['ended']) { $null = Wait-Relayed $stream.ShutdownAsync() $relay (Get-StageEnd) }
  }
  catch { $null = $_ }
  foreach ($one in $stream, $relay['near'], $relay['far']) { $one.Dispose() }
}

function Invoke-Tls($socket, [byte[]] $early, $plan, [string] $question) {
  $began = $LookWatch.ElapsedMilliseconds
  $relay = New-Relay $socket
  $inner = [Net.Sockets.NetworkStream]::new($relay['near'], $false)
  $stream = [Net.Security.SslStream]::new($inner, $false, (Get-AnyCertificate))
  try {
    if ($early.Length) {
      $relay['store']['data'].Write($early, 0, $early.Length)
      $null = $relay['far'].Send($early)
    }
    $found = @{ tls = Invoke-Handshake $stream $relay $plan['server_name'] $began; answer = $null }
    if ($found['tls']['version']) { $found['answer'] = Invoke-Question $stream $relay $question }
    $found
  }
  finally { Close-Relay $stream $relay }
}

# --- one connection

# What the server selected; nothing where it refused or broke off.
function Get-Selected([byte[]] $bytes) {
  if (-not (Test-Frame $bytes) -or $bytes.Length -lt 11 -or $bytes[0] -ne 3 -or $bytes[5] -ne 0xD0) { return }
  if ($bytes[4] -eq 6) { return 0 }
  if ($bytes.Length -lt 19) { return }
  $number = [BitConverter]::ToUInt32($bytes, 15)
  if ($bytes[11] -eq 2) { return [long]$number }
  if ($bytes[11] -eq 3 -and $number -eq $SslNotAllowed) { return -1 }
}

function Get-Rest([byte[]] $bytes) {
  $size = if ($bytes.Length -ge 4) { 256 * $bytes[2] + $bytes[3] } else { $bytes.Length }
  $rest = [byte[]]::new([Math]::Max(0, $bytes.Length - $size))
  if ($rest.Length) { [Array]::Copy($bytes, $size, $rest, 0, $rest.Length) }
  , $rest
}

function Invoke-Conversation($socket, $plan, [string] $request) {
  $began = $LookWatch.ElapsedMilliseconds
  $until = Get-StageEnd
  $store = New-Store
  Send-Bytes $socket (ConvertFrom-Base64 $request) $store
  Receive-Frame $socket $store $until
  $bytes = $store['data'].ToArray()
  $talk = [ordered]@{ negotiation = ConvertTo-Stage $store $began; tls = $null; answer = $null }
  $selected = Get-Selected $bytes
  $talk['selected'] = $selected
  if ($selected -eq 0) {
    $began = $LookWatch.ElapsedMilliseconds
    $until = Get-StageEnd
    $store = New-Store
    Send-Bytes $socket (ConvertFrom-Base64 $plan['conference_rdp']) $store
    Receive-Frame $socket $store $until
    $talk['answer'] = ConvertTo-Stage $store $began
  }
  elseif (1, 2, 8 -contains $selected) {
    $question = if ($selected -eq 1) { $plan['conference_tls'] } else { $plan['credssp'] }
    $found = Invoke-Tls $socket (Get-Rest $bytes) $plan $question
    $talk['tls'] = $found['tls']
    $talk['answer'] = $found['answer']
  }
  try { $socket.Shutdown('Send') } catch { $null = $_ }
  $talk
}

function Invoke-Looks($look, $plan, $addresses) {
  foreach ($request in $plan['request'], $plan['request_rdp']) {
    $socket = Connect-Any $addresses $plan['port'] $look['tried'] (Get-StageEnd)
    $look['tcp_ms'] = $LookWatch.ElapsedMilliseconds - $look['name_ms']
    if ($null -eq $socket) { return }
    try { $talk = Invoke-Conversation $socket $plan $request } finally { $socket.Dispose() }
    [void]$look['talks'].Add($talk)
    if ($talk['selected'] -ne -1) { return }
  }
}

<#
.SYNOPSIS
Looks at a listener as a client begins, from here.
.DESCRIPTION
From TCP to the first answer of CredSSP or MCS, with the requests that the caller gives. Without credentials.
Denied: never; whatever happens is what was seen.
#>
function Read-LookSection($context) {
  $plan = $context['look']
  if ($null -eq $plan) { return }
  $LookEnd['timeout'] = $plan['timeout_ms']
  $LookEnd['deadline'] = $plan['deadline_ms']
  $LookWatch.Restart()
  $named = Resolve-Target $plan['host'] (Get-StageEnd)
  $look = [ordered]@{
    time = [datetime]::UtcNow; name_error = $named['error']; name_ms = $LookWatch.ElapsedMilliseconds
    tcp_ms = 0; tried = [Collections.ArrayList]::new(); talks = [Collections.ArrayList]::new()
  }
  foreach ($address in $named['addresses']) {
    [void]$look['tried'].Add([ordered]@{ address = [string]$address; outcome = $null })
  }
  if ($named['addresses'].Count) { Invoke-Looks $look $plan $named['addresses'] }
  $look['total_ms'] = $LookWatch.ElapsedMilliseconds
  $look
}

Export-ModuleMember -Function *
