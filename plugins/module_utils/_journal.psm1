# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# Section journals. What somebody else could have written is not read.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxJournals = 50
# Of a journal's header; earlier versions have written fewer.
$HeaderFields = 'created', 'undoes', 'controller', 'run', 'what', 'found', 'sequence'
$MaxJournalBytes = 1048576
# Of a step in one of these nothing is left: it was not begun, found all as it wants it, or was not done.
$Idle = 'pending', 'unchanged', 'skipped', 'refused'
$IdPattern = '^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}\z'

function Get-HomeFolder { Join-PathPart (Get-ProgramData) 'winops.rdp' }

function Get-LockPath { Join-PathPart (Get-HomeFolder) 'lock' }

function Get-JournalFolder { Join-PathPart (Get-HomeFolder) 'journal' }

function Get-JournalPath([string] $id) { Join-PathPart (Get-JournalFolder) "$id.json" }

# Of an open file: not of what has its name by now.
function Get-StreamSddl($stream) {
  $security = if ($PSVersionTable.PSVersion.Major -lt 6) { $stream.GetAccessControl() }
  else { [IO.FileSystemAclExtensions]::GetAccessControl($stream) } # lint: allow unknown-type PowerShell 7 only
  $security.GetSecurityDescriptorSddlForm($SddlParts)
}

# Who else owns it or may do more than read; entries for children alone do not count.
function Get-Strangers([string] $path, [bool] $folder, $stream) {
  $trusted = 'S-1-5-18', 'S-1-5-32-544', [Security.Principal.WindowsIdentity]::GetCurrent().User.Value
  $sddl = if ($stream) { Get-StreamSddl $stream } else { Get-Sddl $path $folder }
  $descriptor = [Security.AccessControl.RawSecurityDescriptor]::new($sddl)
  $descriptor.Owner.Value | Where-Object { $trusted -notcontains $_ }
  if ($null -eq $descriptor.DiscretionaryAcl) { return 'S-1-1-0' }
  foreach ($ace in $descriptor.DiscretionaryAcl) {
    $changes = $ace.AceQualifier -eq 'AccessAllowed' -and $ace.AccessMask -band -bnot 0xA01200A9
    $sid = $ace.SecurityIdentifier.Value
    if ($changes -and -not ([int]$ace.AceFlags -band 8) -and $trusted -notcontains $sid) { $sid }
  }
}

# The link that is nearest on the way to a path, or is the path; nothing where there is none. A link's attributes are
# its own, not those of where it leads.
function Find-Link([string] $path) {
  for ($way = $path; $way; $way = [IO.Path]::GetDirectoryName($way)) {
    if ([int][IO.File]::GetAttributes($way) -band 1024) { return $way }
  }
}

# Why something is not trusted, or nothing. Of a file that is open, the open one is looked at.
function Get-Distrust([string] $path, [bool] $folder, $stream) {
  $attributes = [int][IO.File]::GetAttributes($path)
  if ($attributes -band 1024) { return "$path is a link" }
  if ($folder -ne [bool]($attributes -band 16)) { return "$path is no plain file or folder" }
  $about = if ($stream) { $stream } else { [IO.FileInfo]::new($path) }
  if (-not $folder -and $about.Length -gt $MaxJournalBytes) { return "$path is too large" }
  foreach ($sid in (Get-Strangers $path $folder $stream)) { return "$path belongs to $sid, or can be changed by it" }
}

function Test-There([string] $path) {
  try { [int][IO.File]::GetAttributes($path) -ge 0 }
  catch [IO.FileNotFoundException], [IO.DirectoryNotFoundException] { $false }
}

# The same of both folders, and of the way to them.
function Get-HomeDistrust {
  $link = Find-Link ([IO.Path]::GetDirectoryName((Get-HomeFolder)))
  if ($link) { return "$link is a link" }
  foreach ($path in (Get-HomeFolder), (Get-JournalFolder)) {
    $why = if (Test-There $path) { Get-Distrust $path $true }
    if ($why) { return $why }
  }
}

# Where it could not be replaced it was appended to a log; a run that was cut off may not have renamed it yet.
function Get-JournalFile([string] $id) {
  $path = Get-JournalPath $id
  foreach ($file in $path.Replace('.json', '.log'), $path, "$path.new") {
    if (Test-There $file) { return $file }
  }
}

# While it is open Windows lets nobody rename or replace it, or a folder on the way to it.
function Open-File([string] $path) { [IO.FileStream]::new($path, 'Open', 'Read', 'ReadWrite') }

# The last line that has its end.
function Read-Journal($stream) {
  $lines = [IO.StreamReader]::new($stream).ReadToEnd().Split("`n")
  ConvertTo-Plain (ConvertFrom-Json -InputObject $lines[[Math]::Max(0, $lines.Count - 2)])
}

function Read-Lock {
  $path = Get-LockPath
  if (-not (Test-There $path) -or (Get-Distrust $path $false)) { return }
  try {
    # While a holder writes nobody can open the file without allowing that.
    [IO.FileStream]::new($path, 'Open', 'Read', 'Read').Dispose()
    return
  }
  catch { if ((Get-InnerException $_).GetType() -ne [IO.IOException]) { return } }
  $lock = [ordered]@{ holder = $null; since = $null; journal = $null }
  try {
    $stream = [IO.FileStream]::new($path, 'Open', 'Read', 'ReadWrite, Delete')
    try { $text = [IO.StreamReader]::new($stream).ReadToEnd() } finally { $stream.Dispose() }
    $read = ConvertFrom-Json -InputObject $text
    foreach ($name in 'holder', 'since', 'journal') { $lock[$name] = ConvertTo-Text (ConvertTo-Plain $read.$name) }
  }
  catch { $null = $_ }
  $lock
}

function Get-JournalIds([string] $folder) {
  $ids = @(if ([IO.Directory]::Exists($folder)) {
      foreach ($path in [IO.Directory]::GetFiles($folder)) {
        $id, $kind = [IO.Path]::GetFileName($path).Split('.', 2)
        if ($id -cmatch $IdPattern -and 'json', 'json.new', 'log' -ccontains $kind) { $id }
      }
    })
  , @($ids | Sort-Object -Descending -Unique)
}

function Read-JournalEntry([string] $id, $held) {
  $entry = [ordered]@{ id = $id; state = 'unreadable'; steps_done = 0; steps_total = 0; untrusted = $null }
  $entry['steps_begun'] = $null
  foreach ($name in $HeaderFields) { $entry[$name] = $null }
  $read = @{ entry = $entry; journal = $null }
  try {
    $path = Get-JournalFile $id
    $stream = Open-File $path
    [void]$held.Add($stream)
    $entry['untrusted'] = Get-Distrust $path $false $stream
    if ($entry['untrusted']) { $entry['state'] = 'untrusted' }
    else {
      $journal = Read-Journal $stream
      $steps = @($journal.steps)
      foreach ($name in $HeaderFields) { $entry[$name] = ConvertTo-Text $journal[$name] }
      if ($journal['found'] -is [Collections.IDictionary]) { $entry['found'] = $journal['found'] }
      $place = $journal['sequence']
      if ($place -is [int] -or $place -is [long]) { $entry['sequence'] = $place }
      $entry['steps_done'] = @(foreach ($step in $steps) { if ($step.status -eq 'done') { $step } }).Count
      $entry['steps_begun'] = @(foreach ($step in $steps) { if ($Idle -cnotcontains $step.status) { $step } }).Count
      $entry['steps_total'] = $steps.Count
      $state = ConvertTo-Text $journal.state
      if ('open', 'complete', 'failed', 'undone' -ccontains $state) {
        $entry['state'] = $state
        $read['journal'] = $journal
      }
    }
  }
  catch { $null = $_ }
  $read
}

<#
.SYNOPSIS
Lists the journals of earlier changes, and reads the one asked for whole.
.DESCRIPTION
From %ProgramData%\winops.rdp: 50 files are listed, older ones read to find the one asked for. What others could have
written is untrusted, and not read: files are looked at as they are open, and their folders while they are.
Denied: a journal is listed as unreadable; the folder is the section's error.
#>
function Read-JournalsSection($context) {
  $answer = [ordered]@{ folder = Get-JournalFolder; recent = @(); whole = $null; lock = $null; total = $null }
  $answer['untrusted'] = Get-HomeDistrust
  if ($answer['untrusted']) { return $answer }
  $held = [Collections.ArrayList]::new()
  try {
    $found = Read-Journals $context $held
    # Now that they are open the folders stay what they are: what is true of them here was true of what was read.
    $answer['untrusted'] = Get-HomeDistrust
    if ($answer['untrusted']) { return $answer }
    foreach ($name in $found.get_Keys()) { $answer[$name] = $found[$name] }
    $answer['lock'] = Read-Lock
  }
  finally { foreach ($stream in $held) { $stream.Dispose() } }
  $answer
}

function Read-Journals($context, $held) {
  $answer = @{ recent = [Collections.ArrayList]::new(); whole = $null }
  $wanted = $context['journal_id']
  $ids = Get-JournalIds (Get-JournalFolder)
  $answer['total'] = $ids.Count
  if ($ids.Count -gt $MaxJournals) { [void]$context['truncated'].Add('journals') }
  foreach ($id in $ids) {
    $listed = $answer['recent'].Count -lt $MaxJournals
    if (-not $listed -and $id -cne $wanted) { continue }
    $read = Read-JournalEntry $id $held
    if ($listed) { [void]$answer['recent'].Add($read['entry']) }
    if ($id -ceq $wanted) { $answer['whole'] = $read['journal'] }
  }
  $answer
}

Export-ModuleMember -Function * -Variable HeaderFields, IdPattern
