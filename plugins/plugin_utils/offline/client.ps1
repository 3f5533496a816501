# On a person's PC ----------------------------------------------------------------------------------------------------

$SocketWords = @{
  10013 = 'a program on this PC, a firewall perhaps, does not let it out'; 10051 = 'there is no way to that network'
  10060 = 'nobody answers'; 10061 = 'it is there, but nothing listens on that port'; 10065 = 'there is no way to it'
}

function Get-WayIn($talk) {
  if ($null -eq $talk['negotiation'] -or -not $talk['negotiation']['data']) {
    return 'What listens there did not answer as Remote Desktop does.'
  }
  'Remote Desktop answered there.'
  if ($null -eq $talk['tls']) { return }
  if ($talk['tls']['ended'] -or -not $talk['tls']['certificate']) {
    return 'The encrypted connection did not come about.'
  }
  $sha = [Security.Cryptography.SHA1]::Create()
  try { $print = ConvertTo-Hex $sha.ComputeHash([Convert]::FromBase64String($talk['tls']['certificate'])) }
  finally { $sha.Dispose() }
  "The connection is encrypted; the certificate there has the thumbprint $print."
  if ($null -eq $talk['answer'] -or -not $talk['answer']['data']) { return 'It ended there, before the logon.' }
  'The logon is reached: from here on it is about the account.'
}

# What came of the way to the host, for the person at the PC.
function Get-Way($look) {
  "It tried to reach $Target."
  if ($look['name_error']) {
    $code = $look['name_error']['code']
    $why = if ($null -eq $code) { 'could not be looked up in time' } else { "is not known here (number $code)" }
    "That name $why. Is it spelled right? Is the VPN on?"
  }
  $tried = @(foreach ($one in $look['tried']) { if ($null -ne $one['outcome']) { $one } })
  foreach ($one in @($tried | Select-Object -First 5)) {
    $words = if ($one['outcome'] -eq 0) { 'connected' }
    elseif ($SocketWords.ContainsKey([int]$one['outcome'])) { $SocketWords[[int]$one['outcome']] }
    else { "no connection (number $($one['outcome']))" }
    "$($one['address']): $words."
  }
  if ($tried.Count -gt 5) { "It has $($tried.Count - 5) more addresses." }
  if (@($look['talks']).Count) { Get-WayIn @($look['talks'])[-1] }
}

# What was seen, what matters most first. What it means is judged elsewhere.
function Get-Seen($answer) {
  $sections = $answer['sections']
  if ($sections.Contains('client')) {
    $pc = $sections['client']
    "This PC is $($pc['computer_name']), Windows build $($pc['build']).$($pc['revision']). Its clock: $($pc['time'])."
  }
  if ($sections.Contains('look')) { Get-Way $sections['look'] }
  foreach ($name in $answer['errors'].get_Keys()) { "Not read: $name ($($answer['errors'][$name]['message']))." }
  if ($sections.Contains('apps')) {
    foreach ($app in $sections['apps']['files']) {
      "It has $([IO.Path]::GetFileName($app['path'])) $($app['version'])."
    }
    foreach ($app in @($sections['apps']['packages'])) {
      if ($app) { "It has $app." }
    }
  }
}

# Twenty lines at most, of which the last five never lack.
function Get-Sentences($answer, [string] $file) {
  $seen = @(Get-Seen $answer)
  if ($seen.Count -le 15) { $seen }
  else {
    $seen | Select-Object -First 14
    "And $($seen.Count - 14) lines more, which are in the file."
  }
  ''
  "All of it is in $file."
  'Please send that file to whoever gave you this script: it is they who can say what is wrong.'
  'It has the names of this PC and of the computer to reach, versions, settings and numbers of accounts. No passwords.'
  'Nothing was changed on this PC, and nobody was logged on anywhere.'
}

$text = Invoke-Client (ConvertTo-Plain (ConvertFrom-Json -InputObject $WhatToRead))
$answer = ConvertTo-Plain (ConvertFrom-Json -InputObject $text)
if ($answer.Contains('failed')) { throw $answer['msg'] }
$document = [Text.Encoding]::UTF8.GetBytes((ConvertTo-WireJson ([ordered]@{
        client_bundle_version = 1; collection_version = $CollectionVersion; taken = [datetime]::UtcNow
        target = $Target; server_name = $ServerName; client = $answer
      })))
if (-not $Out) { $Out = Join-Path $(if ($PSScriptRoot) { $PSScriptRoot } else { '.' }) 'rdp-client.json' }
if ($Print) {
  Get-Pieces $document $PieceSize
  return
}
Write-Bundle $Out $document
Get-Sentences $answer $Out
