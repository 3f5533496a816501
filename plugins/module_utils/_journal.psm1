# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

# The home folder, journals and the lock as they are read: section journals. They are written by _apply alone.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxJournals = 50
# Of a journal's header; earlier versions have written fewer.
$HeaderFields = 'created', 'undoes', 'controller', 'run', 'what', 'found'
$IdPattern = '^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}\z'

function Get-HomeFolder { Join-PathPart (Get-ProgramData) 'winops.rdp' }

function Get-LockPath { Join-PathPart (Get-HomeFolder) 'lock' }

function Get-JournalFolder { Join-PathPart (Get-HomeFolder) 'journal' }

function Get-JournalPath([string] $id) { Join-PathPart (Get-JournalFolder) "$id.json" }

function Read-Journal([string] $path) {
  ConvertTo-Plain (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText($path)))
}

function Read-Lock {
  $path = Get-LockPath
  if (-not [IO.File]::Exists($path)) { return $null }
  try {
    # A holder writes: while it does, nobody can open the file without allowing that.
    [IO.FileStream]::new($path, 'Open', 'Read', 'Read').Dispose()
    return $null
  }
  catch [IO.FileNotFoundException] { return $null }
  catch [IO.IOException] { $null = $_ }
  $lock = [ordered]@{ holder = $null; since = $null; journal = $null }
  try {
    $stream = [IO.FileStream]::new($path, 'Open', 'Read', 'ReadWrite, Delete')
    try { $text = [IO.StreamReader]::new($stream).ReadToEnd() } finally { $stream.Dispose() }
    $read = ConvertTo-Plain (ConvertFrom-Json -InputObject $text)
    foreach ($name in @($lock.get_Keys())) { $lock[$name] = $read[$name] }
  }
  catch { $null = $_ }
  $lock
}

function Get-JournalIds([string] $folder) {
  $ids = @(if ([IO.Directory]::Exists($folder)) {
      foreach ($path in [IO.Directory]::GetFiles($folder, '*.json')) {
        $id = [IO.Path]::GetFileNameWithoutExtension($path)
        if ($id -cmatch $IdPattern) { $id }
      }
    })
  if ($ids.Count -gt 1) {
    [array]::Sort($ids)
    [array]::Reverse($ids)
  }
  , $ids
}

# What cannot be read leaves the line as far as it came.
function Set-JournalEntry($entry, $journal) {
  $steps = @($journal.steps)
  foreach ($name in $HeaderFields) { $entry[$name] = $journal[$name] }
  $entry.steps_done = @(foreach ($step in $steps) { if ($step.status -eq 'done') { $step } }).Count
  $entry.steps_total = $steps.Count
  $entry.state = $journal.state
}

<#
.SYNOPSIS
Lists the journals of earlier changes, and reads the one asked for whole.
.DESCRIPTION
From %ProgramData%\winops.rdp: at most 50 files are listed, the one asked for may be older.
Denied: a journal is listed as unreadable; the folder is the section's error.
#>
function Read-JournalsSection($context) {
  $folder = Get-JournalFolder
  $recent = [Collections.ArrayList]::new()
  $whole = $null
  $wanted = $context['journal_id']
  $ids = Get-JournalIds $folder
  if ($ids.Count -gt $MaxJournals) { [void]$context['truncated'].Add('journals') }
  if ($ids -ccontains $wanted) { try { $whole = Read-Journal (Get-JournalPath $wanted) } catch { $null = $_ } }
  foreach ($id in $ids) {
    if ($recent.Count -eq $MaxJournals) { break }
    $entry = [ordered]@{ id = $id; state = 'unreadable'; steps_done = 0; steps_total = 0 }
    foreach ($name in $HeaderFields) { $entry[$name] = $null }
    try { Set-JournalEntry $entry (Read-Journal (Get-JournalPath $id)) } catch { $entry['state'] = 'unreadable' }
    [void]$recent.Add($entry)
  }
  [ordered]@{ folder = $folder; recent = $recent; whole = $whole; lock = Read-Lock }
}

Export-ModuleMember -Function * -Variable HeaderFields, IdPattern
