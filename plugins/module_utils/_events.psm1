# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$EventHours = 72
$EventMilliseconds = 4000
$EventsPerLog = 5000
$RecordsPerLog = 200000
$EventsOfOneId = 40
$MaxEvents = 400
$MaxSessionEvents = 2000
$ServiceManager = 'Service Control Manager'
$Crashes = 'Application Error'
$SessionManager = 'Microsoft-Windows-TerminalServices-LocalSessionManager'
$NamePattern = '^[A-Za-z0-9_ ./-]{1,128}\z'
$MaxSources = 64

# Nothing else gets into a query.
function Test-EventSource($source) {
  if ($source -isnot [Collections.IDictionary]) { return $false }
  $texts = @($source['log'], $source['provider'])
  $ids = @($source['ids'])
  $data = $source['data']
  if ($null -ne $data) {
    if ($data -isnot [Collections.IDictionary] -or @($data['values']).Count -eq 0) { return $false }
    if ($null -ne $data['name']) { $texts += , $data['name'] }
    foreach ($value in @($data['values'])) {
      if (-not (Test-Integer $value 0 4294967295)) { $texts += , $value }
    }
  }
  foreach ($text in $texts) {
    if ($text -isnot [string] -or $text -notmatch $NamePattern) { return $false }
  }
  foreach ($id in $ids) {
    foreach ($end in @($id)) {
      if (-not (Test-Integer $end 0 65535)) { return $false }
    }
    if (@($id).Count -notin 1, 2) { return $false }
  }
  foreach ($name in $source.get_Keys()) {
    if ('log', 'provider', 'ids', 'data' -cnotcontains $name) { return $false }
  }
  $ids.Count -gt 0
}

function Get-LogSources($events) {
  $logs = [ordered]@{}
  foreach ($source in $events) { $logs[$source['log']] += , $source }
  $logs
}

function New-EventQuery([string] $log, $sources, [long] $milliseconds, [long] $from = 0) {
  $selects = foreach ($source in $sources) {
    $terms = foreach ($id in $source['ids']) {
      $first, $last = $id
      if ($null -ne $last) { "(EventID &gt;= $first and EventID &lt;= $last)" } else { "EventID=$first" }
    }
    $also = ''
    $data = $source['data']
    if ($data) {
      $name = if ($data['name']) { "[@Name='$($data['name'])']" }
      $also = foreach ($value in $data['values']) {
        "Data$name=$(if ($value -is [string]) { "'$value'" } else { $value })"
      }
      $also = " and EventData[$($also -join ' or ')]"
    }
    $age = if ($milliseconds) { " and TimeCreated[timediff(@SystemTime) &lt;= $milliseconds]" }
    if ($from) { $age += " and EventRecordID &gt;= $from" }
    $system = "System[Provider[@Name='$($source['provider'])'] and ($($terms -join ' or '))$age]"
    "<Select Path=`"$log`">*[$system$also]</Select>"
  }
  "<QueryList><Query Id=`"0`" Path=`"$log`">$(-join $selects)</Query></QueryList>"
}

# Hands events, newest first, to $visit until that answers false; answers whether that was all.
function Read-Events([string] $log, [string] $query, [int] $most, $watch, [scriptblock] $visit) {
  $question = [Diagnostics.Eventing.Reader.EventLogQuery]::new([NullString]::Value, 'LogName', $query)
  $question.ReverseDirection = $true
  $reader = [Diagnostics.Eventing.Reader.EventLogReader]::new($question)
  $reader.BatchSize = 8
  try {
    for ($n = 0; $n -lt $most; $n++) {
      $left = $EventMilliseconds - $watch.ElapsedMilliseconds
      if ($left -le 0) { throw [TimeoutException] "$log is read no further." }
      $record = $reader.ReadEvent([TimeSpan]::FromMilliseconds($left))
      if ($null -eq $record) { return $true }
      try {
        if (-not (& $visit $record)) { return $true }
      }
      finally { $record.Dispose() }
    }
    $false
  }
  finally { $reader.Dispose() }
}

# What a log's silence is worth. Answers from which record on it is read.
function Read-LogState([string] $log, $state) {
  $state['enabled'] = [Diagnostics.Eventing.Reader.EventLogConfiguration]::new($log).IsEnabled
  $about = [Diagnostics.Eventing.Reader.EventLogSession]::GlobalSession.GetLogInformation($log, 'LogName')
  $state['bytes'] = $about.FileSize
  if ($null -ne $about.OldestRecordNumber) { $state['wrapped'] = $about.OldestRecordNumber -gt 1 }
  $reader = [Diagnostics.Eventing.Reader.EventLogReader]::new($log, 'LogName')
  try { $state['oldest'] = Get-Field $reader.ReadEvent([TimeSpan]::FromSeconds(1)) 'TimeCreated' }
  finally { $reader.Dispose() }
  [Math]::Max(0, [long]$about.OldestRecordNumber + $about.RecordCount - $RecordsPerLog)
}

# A session's newest event: 24 left it disconnected, 23 ended it, the others brought somebody in.
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
      foreach ($id in $ids) {
        if (-not $states.ContainsKey($id)) { return $true }
      }
      $false
    }
  }
  catch { $states = @{} }
  $states
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
  $own = [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
  foreach ($id in @(if ($key) { $key.GetSubKeyNames() })) {
    if (-not $live.ContainsKey($id) -or $found.Contains($id)) { continue }
    $one = $key.OpenSubKey($id)
    $sid = ConvertTo-Text $one.GetValue('LoggedOnUserSID')
    # Our own call loads the hive of who was there before.
    if ($sid -eq $own) { continue }
    try {
      if (-not $sid -or $null -eq $users.OpenSubKey($sid)) { continue }
    }
    catch { $null = $_ }
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
  $live = @{}
  foreach ($process in [Diagnostics.Process]::GetProcesses()) {
    try { $live[[string]$process.SessionId] = $true } catch { $null = $_ }
  }
  $users = Open-Hive 'Users'
  $found = [ordered]@{}
  Add-HiveSessions $found $live $users
  Add-LogonSessions $found $live $users
  $sessions = @($found.get_Values())
  if ($sessions.Count) {
    $states = Get-SessionStates @(foreach ($session in $sessions) { $session['id'] })
    foreach ($session in $sessions) { $session['state'] = $states[$session['id']] }
  }
  $answer = [ordered]@{ sessions = $sessions }
  foreach ($kind in @('active', 0), @('disconnected', 4), @('unknown', $null)) {
    $answer[$kind[0]] = @(foreach ($session in $sessions) { if ($session['state'] -eq $kind[1]) { 1 } }).Count
  }
  $answer
}

# The first of our services that is named, as it is called or shown; nothing where none is.
function Find-Service($data, $names) {
  if (-not $names.Count) {
    foreach ($name in $ServiceNames) {
      $names[$name] = $name
      try { $names[(Get-Controller $name).DisplayName] = $name } catch { $null = $_ }
    }
  }
  foreach ($item in $data) {
    if ($item -is [string] -and $names.ContainsKey($item)) { return $names[$item] }
  }
}

function Add-LogEvents($log, $query, $watch, $state, $counts, $entries) {
  $ours = @{}
  Read-Events $log $query $EventsPerLog $watch {
    param($record)
    $data = $null
    $service = $null
    $state['read_to'] = $record.TimeCreated
    if ($record.ProviderName -eq $ServiceManager) {
      # The reason of a failed start stands there as a message of Windows: "%%1053".
      $data = @(foreach ($property in $record.Properties) { $property.Value -replace '^%%' })
      $service = Find-Service $data $ours
      if (-not $service) { return $true }
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
      $given = $data
      # A crash has its exception code seventh, as c0000005; its other numbers are times and versions.
      if ($record.ProviderName -eq $Crashes) {
        $given = @(foreach ($code in $data | Select-Object -Skip 6 -First 1) {
            if ($code -is [string]) { "0x$code" } else { $code }
          })
      }
      [void]$entries.Add([ordered]@{
          log = $log; provider = $record.ProviderName; id = $record.Id; utc = $time; numbers = Get-Numbers $given
          addresses = Get-Addresses $data; modules = Get-Modules $data; service = $service
        })
    }
    $true
  }
}

<#
.SYNOPSIS
Reads events of three days: numbers, network addresses, names of modules and times, no text.
.DESCRIPTION
From the logs that the caller names, newest first, four seconds each.
Denied: a log, such as Security, has its error in logs; the others are read.
#>
function Read-EventsSection($context) {
  $since = [datetime]::UtcNow.AddHours(-$EventHours)
  $logs = [ordered]@{}
  $states = [ordered]@{}
  $counts = [ordered]@{}
  $entries = [Collections.ArrayList]::new()
  $cut = $false
  $sources = Get-LogSources $context['events']
  foreach ($log in @($sources.get_Keys())) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $state = [ordered]@{ whole = $false }
    foreach ($name in 'enabled', 'bytes', 'oldest', 'wrapped', 'read_to') { $state[$name] = $null }
    $states[$log] = $state
    $logs[$log] = $null
    $from = 0
    try { $from = Read-LogState $log $state } catch { Add-Silence $_ }
    try {
      $query = New-EventQuery $log $sources[$log] ($EventHours * 3600000) $from
      $state['whole'] = (Add-LogEvents $log $query $watch $state $counts $entries) -and -not $from
      $cut = $cut -or -not $state['whole']
    }
    catch { $logs[$log] = Get-ErrorValue $_ }
  }
  $sorted = @(if ($entries.Count) { $entries | Sort-Object -Property { $_['utc'] } -Descending })
  # A flood of some kinds pushes out none of another kind: of each the newest stay.
  for ($most = $EventsOfOneId; $sorted.Count -gt $MaxEvents -and $most -gt 1; ) {
    $most = [Math]::Floor($most / 2)
    $cut = $true
    $seen = @{}
    $sorted = @(foreach ($one in $sorted) {
        $kind = "$($one['log'])|$($one['provider'])|$($one['id'])"
        $seen[$kind]++
        if ($seen[$kind] -le $most) { $one }
      })
  }
  $sorted = @($sorted | Select-Object -First $MaxEvents)
  if ($cut) { [void]$context['truncated'].Add('events') }
  [ordered]@{
    since = $since; logs = $logs; states = $states; entries = $sorted; counts = @($counts.get_Values())
  }
}

Export-ModuleMember -Function * -Variable MaxSources
