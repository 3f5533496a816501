# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# Sections events and sessions.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$EventHours = 72
$EventMilliseconds = 6000
$EventsPerLog = 5000
$EventsOfOneId = 40
$MaxEvents = 400
$MaxSessionEvents = 2000
$ServiceManager = 'Service Control Manager'
$SessionManager = 'Microsoft-Windows-TerminalServices-LocalSessionManager'
# Nothing that could end a text in a query.
$NamePattern = '^[A-Za-z0-9_ ./-]{1,128}\z'
$MaxSources = 64

function Test-EventId($id) {
  foreach ($end in @($id)) { if (-not (Test-Integer $end 0 65535)) { return $false } }
  1, 2 -contains @($id).Count
}

function Test-Name($text) { $text -is [string] -and $text -match $NamePattern }

function Test-EventData($data) {
  if ($data -isnot [Collections.IDictionary] -or -not (Test-Name $data['name'])) { return $false }
  foreach ($value in $data['values']) {
    if (-not (Test-Name $value) -and -not (Test-Integer $value 0 4294967295)) { return $false }
  }
  @($data['values']).Count -gt 0
}

# Why a source is refused, or nothing.
function Test-EventSource($source) {
  if ($source -isnot [Collections.IDictionary]) { return 'is not a dictionary' }
  foreach ($name in $source.get_Keys()) {
    if ('log', 'provider', 'ids', 'data' -cnotcontains $name) { return "has the unknown field $name" }
  }
  foreach ($name in 'log', 'provider') {
    if (-not (Test-Name $source[$name])) { return "has a $name that is not a name" }
  }
  $ids = @($source['ids'])
  if ($ids.Count -eq 0) { return 'has no ids' }
  foreach ($id in $ids) { if (-not (Test-EventId $id)) { return 'has ids that are not numbers or ranges' } }
  $data = $source['data']
  if ($null -ne $data -and -not (Test-EventData $data)) { return 'has data that is not a condition' }
}

function Get-LogSources($events) {
  $logs = [ordered]@{}
  foreach ($source in $events) {
    $log = $source['log']
    if (-not $logs.Contains($log)) { $logs[$log] = [Collections.ArrayList]::new() }
    [void]$logs[$log].Add($source)
  }
  $logs
}

function Get-DataTerm($data) {
  $terms = foreach ($value in $data['values']) {
    $literal = if ($value -is [string]) { "'$value'" } else { $value }
    "Data[@Name='$($data['name'])']=$literal"
  }
  "EventData[$($terms -join ' or ')]"
}

# A range keeps the query below the event log's limit on terms.
function New-EventQuery([string] $log, $sources, [long] $milliseconds) {
  $selects = foreach ($source in $sources) {
    $terms = foreach ($id in $source['ids']) {
      $first, $last = $id
      if ($null -ne $last) { "(EventID &gt;= $first and EventID &lt;= $last)" } else { "EventID=$first" }
    }
    $also = if ($source['data']) { " and $(Get-DataTerm $source['data'])" }
    $age = if ($milliseconds) { " and TimeCreated[timediff(@SystemTime) &lt;= $milliseconds]" }
    $system = "System[Provider[@Name='$($source['provider'])'] and ($($terms -join ' or '))$age]"
    "<Select Path=`"$log`">*[$system$also]</Select>"
  }
  "<QueryList><Query Id=`"0`" Path=`"$log`">$(-join $selects)</Query></QueryList>"
}

# Hands events, newest first, to $visit until that answers false; answers whether that was all.
function Read-Events([string] $log, [string] $query, [int] $most, $deadline, [scriptblock] $visit) {
  $question = [Diagnostics.Eventing.Reader.EventLogQuery]::new([NullString]::Value, 'LogName', $query)
  $question.ReverseDirection = $true
  $reader = [Diagnostics.Eventing.Reader.EventLogReader]::new($question)
  try {
    for ($n = 0; $n -lt $most; $n++) {
      $record = $reader.ReadEvent()
      if ($null -eq $record) { return $true }
      try { if (-not (& $visit $record)) { return $true } } finally { $record.Dispose() }
      if ($deadline.ElapsedMilliseconds -gt $EventMilliseconds) { return $false }
    }
    $false
  }
  finally { $reader.Dispose() }
}

# A session's newest event tells: 24 left it disconnected, 23 ended it, the others brought somebody in.
function Get-SessionStates([int[]] $ids) {
  $meaning = @{ 21 = 0; 22 = 0; 25 = 0; 24 = 4 }
  $states = @{}
  try {
    $log = "$SessionManager/Operational"
    $query = New-EventQuery $log @(@{ provider = $SessionManager; ids = @(, @(21, 25)) }) 0
    $null = Read-Events $log $query $MaxSessionEvents ([Diagnostics.Stopwatch]::StartNew()) {
      param($record)
      $numbers = Get-Numbers @(foreach ($property in $record.Properties) { $property.Value })
      if ($numbers.Count -and -not $states.ContainsKey([int]$numbers[0])) {
        $states[[int]$numbers[0]] = $meaning[$record.Id]
      }
      foreach ($id in $ids) { if (-not $states.ContainsKey($id)) { return $true } }
      $false
    }
  }
  catch { $states = @{} }
  $states
}

function Get-LiveSessions {
  $live = @{}
  foreach ($process in [Diagnostics.Process]::GetProcesses()) {
    try { $live[[string]$process.SessionId] = $true } catch { $null = $_ }
  }
  $live
}

function Add-HiveSessions($found, $live, $users) {
  foreach ($sid in $users.GetSubKeyNames()) {
    if ($sid -notmatch '^S-1-(5-21|12-1)-[0-9-]+$') { continue }
    try {
      $key = $users.OpenSubKey("$sid\Volatile Environment")
      if ($null -eq $key) { continue }
      $user = ConvertTo-Text $key.GetValue('USERNAME')
      $realm = ConvertTo-Text $key.GetValue('USERDOMAIN')
      if ($realm) { $user = "$realm\$user" }
      foreach ($id in $key.GetSubKeyNames()) {
        if (-not $live.ContainsKey($id)) { continue }
        $station = ConvertTo-Text $key.OpenSubKey($id).GetValue('SESSIONNAME')
        $found[$id] = [ordered]@{ id = [int]$id; user = $user; user_sid = $sid; station = $station; state = $null }
      }
    }
    catch { $null = $_ }
  }
}

function Add-LogonSessions($found, $live, $users) {
  $key = Open-Key 'SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI\SessionData'
  foreach ($id in @(if ($key) { $key.GetSubKeyNames() })) {
    if (-not $live.ContainsKey($id) -or $found.Contains($id)) { continue }
    $one = $key.OpenSubKey($id)
    $sid = ConvertTo-Text $one.GetValue('LoggedOnUserSID')
    # One that may not be opened is loaded, too.
    try { if (-not $sid -or $null -eq $users.OpenSubKey($sid)) { continue } } catch { $null = $_ }
    $user = ConvertTo-Text $one.GetValue('LoggedOnSAMUser')
    $found[$id] = [ordered]@{ id = [int]$id; user = $user; user_sid = $sid; station = $null; state = $null }
  }
}

<#
.SYNOPSIS
Reads who is logged on.
.DESCRIPTION
From processes, loaded user hives, the logon screen's SessionData and, where somebody is logged on, events.
Denied: a hive is passed over, SessionData still names its session; a log leaves state null.
#>
function Read-SessionsSection($context) {
  $live = Get-LiveSessions
  $users = Open-Hive 'Users'
  $found = [ordered]@{}
  Add-HiveSessions $found $live $users
  Add-LogonSessions $found $live $users
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

# As the service manager names them, and as the host's language does.
function Add-OwnNames($names) {
  foreach ($name in $ServiceNames) {
    $names[$name] = $true
    try { $names[(Get-Controller $name).DisplayName] = $true } catch { $null = $_ }
  }
}

function Test-Names($data, $names) {
  foreach ($item in $data) { if ($item -is [string] -and $names.ContainsKey($item)) { return $true } }
  $false
}

# Answers whether those were all. What runs per event stands in one block: a function would be called 30,000 times.
function Add-LogEvents($log, $query, $watch, $counts, $entries) {
  $ours = @{}
  Read-Events $log $query $EventsPerLog $watch {
    param($record)
    $data = $null
    if ($record.ProviderName -eq $ServiceManager) {
      # Keep what names one of our services.
      if (-not $ours.Count) { Add-OwnNames $ours }
      $data = @(foreach ($property in $record.Properties) { $property.Value })
      if (-not (Test-Names $data $ours)) { return $true }
    }
    $time = ConvertTo-UtcText $record.TimeCreated
    $kind = "$log|$($record.ProviderName)|$($record.Id)"
    if (-not $counts.Contains($kind)) {
      $counts[$kind] = [ordered]@{
        log = $log; provider = $record.ProviderName; id = $record.Id; count = 0; first = $time; last = $time
      }
    }
    $count = $counts[$kind]
    $count['count']++
    $count['first'] = $time
    if ($count['count'] -le $EventsOfOneId) {
      if ($null -eq $data) { $data = @(foreach ($property in $record.Properties) { $property.Value }) }
      [void]$entries.Add([ordered]@{
          log = $log; provider = $record.ProviderName; id = $record.Id; utc = $time; numbers = Get-Numbers $data
        })
    }
    $true
  }
}

<#
.SYNOPSIS
Reads events of three days: numbers and times, no text.
.DESCRIPTION
From the logs that the caller names, newest first, six seconds together.
Denied: a log, such as Security, has its error in logs; the others are read.
#>
function Read-EventsSection($context) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $since = [datetime]::UtcNow.AddHours(-$EventHours)
  $logs = [ordered]@{}
  $counts = [ordered]@{}
  $entries = [Collections.ArrayList]::new()
  $cut = $false
  $sources = Get-LogSources $context['events']
  foreach ($log in @($sources.get_Keys())) {
    $logs[$log] = $null
    try {
      $query = New-EventQuery $log $sources[$log] ($EventHours * 3600000)
      if (-not (Add-LogEvents $log $query $watch $counts $entries)) { $cut = $true }
    }
    catch { $logs[$log] = Get-ErrorValue $_ }
  }
  $sorted = @(if ($entries.Count) { $entries | Sort-Object -Property { $_['utc'] } -Descending })
  if ($sorted.Count -gt $MaxEvents) {
    $sorted = $sorted[0..($MaxEvents - 1)]
    $cut = $true
  }
  if ($cut) { [void]$context['truncated'].Add('events') }
  [ordered]@{ since = ConvertTo-UtcText $since; logs = $logs; entries = $sorted; counts = @($counts.get_Values()) }
}

Export-ModuleMember -Function * -Variable MaxSources
