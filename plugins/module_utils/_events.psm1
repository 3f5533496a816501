# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1
#AnsibleRequires -PowerShell ..module_utils._values
#AnsibleRequires -PowerShell ..module_utils._windows

# Event logs, and what they tell of sessions: sections events and sessions.

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
$Providers = @{ rcm = 'Microsoft-Windows-TerminalServices-RemoteConnectionManager'; lsm = $SessionManager
  core = 'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS'; audit = 'Microsoft-Windows-Security-Auditing'
  scm = $ServiceManager }
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
  "$($Providers.core)/Operational" = @(, @($Providers.core,
      @(65, 97, 99, @(102, 103), 129, 131, 136, @(138, 140), @(226, 227)), ''))
  "$($Providers.lsm)/Operational" = @(, @($Providers.lsm, @(@(21, 25), @(39, 40)), ''))
  'Security' = @(
    @($Providers.audit, @(, 4625), "EventData[Data[@Name='LogonType']=3 or Data[@Name='LogonType']=10]"),
    @($Providers.audit, @(5058, 5061), "EventData[Data[@Name='KeyName']='TSSecKeySet1']"))
}

# --- queries

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
      if ($deadline.ElapsedMilliseconds -gt $EventMilliseconds) { return $false }
    }
    $false
  }
  finally { $reader.Dispose() }
}

# --- sessions

# A session's newest event tells: 24 left it disconnected, 23 ended it, the others brought somebody in.
function Get-SessionStates([int[]] $ids) {
  $meaning = @{ 21 = 0; 22 = 0; 25 = 0; 24 = 4 }
  $states = @{}
  try {
    $log = "$SessionManager/Operational"
    $query = New-EventQuery $log @(, @($SessionManager, @(, @(21, 25)), '')) 0
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

# The sessions that run a process. A process may end while it is asked.
function Get-LiveSessions {
  $live = @{}
  foreach ($process in [Diagnostics.Process]::GetProcesses()) {
    try { $live[[string]$process.SessionId] = $true } catch { $null = $_ }
  }
  $live
}

# Adds the live sessions that loaded user hives name.
function Add-HiveSessions($found, $live, $users) {
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
        $station = $key.OpenSubKey($id).GetValue('SESSIONNAME')
        $found[$id] = [ordered]@{ id = [int]$id; user = $user; user_sid = $sid; station = $station; state = $null }
      }
    }
    catch { $null = $_ }
  }
}

# Adds the live sessions that the logon screen names and no hive did.
function Add-LogonSessions($found, $live, $users) {
  $key = Open-Key 'SOFTWARE\Microsoft\Windows\CurrentVersion\Authentication\LogonUI\SessionData'
  foreach ($id in @(if ($key) { $key.GetSubKeyNames() })) {
    if (-not $live.ContainsKey($id) -or $found.Contains($id)) { continue }
    $one = $key.OpenSubKey($id)
    $sid = [string]$one.GetValue('LoggedOnUserSID')
    # A hive that may not be opened is loaded all the same.
    try { if (-not $sid -or $null -eq $users.OpenSubKey($sid)) { continue } } catch { $null = $_ }
    $user = $one.GetValue('LoggedOnSAMUser')
    $found[$id] = [ordered]@{ id = [int]$id; user = $user; user_sid = $sid; station = $null; state = $null }
  }
}

<#
.SYNOPSIS
Reads who is logged on, and whether the session is connected.
.DESCRIPTION
From the sessions of all processes, the user hives that are loaded, the logon screen's SessionData and, where somebody
is logged on, up to 2,000 newest events of the session manager. Somebody is logged on where a live session has a hive.
Denied: a hive that cannot be read is passed over, SessionData names its session; a log that cannot leaves state null.
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

# --- events

# Adds the names of our services: as the service manager has them, and as the host's language has them.
function Add-OwnNames($names) {
  foreach ($name in $ServiceNames) {
    $names[$name] = $true
    try { $names[(Get-Controller $name).DisplayName] = $true } catch { $null = $_ }
  }
}

# Whether an event's data holds one of these names.
function Test-Names($data, $names) {
  foreach ($item in $data) { if ($item -is [string] -and $names.ContainsKey($item)) { return $true } }
  $false
}

# Counts and keeps the events of one log; answers whether those were all. What runs per event stands in one block: each
# function of its own would be called up to 30,000 times.
function Add-LogEvents($log, $query, $watch, $counts, $entries) {
  $ours = @{}
  Read-Events $log $query $EventsPerLog $watch {
    param($record)
    $data = $null
    if ($record.ProviderName -eq $ServiceManager) {
      # It writes about every service: keep what names one of ours.
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
Reads the events of the last three days that concern Remote Desktop.
.DESCRIPTION
From the logs and providers that the caller names, one query per log, newest first: numbers and times, no text. At most
5,000 events per log, 40 kept of one id, 400 kept in all, and about six seconds for all logs together.
Denied: a log that cannot be read, Security for one without the right, has its error in logs; the others are read.
#>
function Read-EventsSection($context) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $since = [datetime]::UtcNow.AddHours(-$EventHours)
  $logs = [ordered]@{}
  $counts = [ordered]@{}
  $entries = [Collections.ArrayList]::new()
  $cut = $false
  foreach ($log in @($EventLogs.get_Keys())) {
    $logs[$log] = $null
    try {
      $query = New-EventQuery $log $EventLogs[$log] ($EventHours * 3600000)
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

Export-ModuleMember -Function *
