# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._journal

# The home folder, the journals and the lock as they are written. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Milliseconds between two looks at the lock.
$PollLock = 100
$LockTries = 20
# An open journal has at least this size, so that a full disk shows before the first change; and so much must be free.
$JournalBytes = 65536
$FreeBytes = 1048576
# File.Replace fails while a scanner or an indexer holds a file (1175 to 1177 of
# https://learn.microsoft.com/windows/win32/api/winbase/nf-winbase-replacefilew).
$ReplaceTries = 5
$PollReplace = 200

function New-Folder([string] $path) {
  $security = [Security.AccessControl.DirectorySecurity]::new()
  $security.SetSecurityDescriptorSddlForm('O:BAG:BAD:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)')
  $info = [IO.DirectoryInfo]::new($path)
  if ($PSVersionTable.PSVersion.Major -lt 6) { $info.Create($security) }
  else { [IO.FileSystemAclExtensions]::Create($info, $security) } # lint: allow unknown-type PowerShell 7 only
}

function Set-Security($info, $security) {
  if ($PSVersionTable.PSVersion.Major -lt 6) { $info.SetAccessControl($security) }
  else { [IO.FileSystemAclExtensions]::SetAccessControl($info, $security) } # lint: allow unknown-type PowerShell 7 only
}

function Set-Owner([string] $path, $sid) {
  $security = [Security.AccessControl.FileSecurity]::new()
  $security.SetOwner($sid)
  Set-Security ([IO.FileInfo]::new($path)) $security
}

function Assert-Trusted([string] $why) {
  if ($why) { throw [UnauthorizedAccessException] "$why. Look at it, remove it, then run again." }
}

# Ahead of each use of a file in the home folder: one may be from a time when the folder was open to others.
function Assert-OwnFile([string] $path) { if (Test-There $path) { Assert-Trusted (Get-Distrust $path $false) } }

# Ahead of each change of a file that is not ours: a link's target could be anybody's.
function Assert-PlainPath([string] $path) {
  $link = Find-Link $path
  if ($link) { throw [UnauthorizedAccessException] "$link is a link." }
}

# SYSTEM and administrators only: the journal decides what an undo writes. What is there already is never changed: a
# folder that somebody else made, or opened, is not ours to trust.
function Initialize-Home {
  Assert-Trusted (Get-HomeDistrust)
  foreach ($path in (Get-HomeFolder), (Get-JournalFolder)) {
    if (-not (Test-There $path)) { New-Folder $path }
  }
  Assert-Trusted (Get-HomeDistrust)
}

# So that the next administrator trusts it, too, where a policy makes the creator its owner.
function Set-TrustedOwner([string] $path) {
  try {
    $administrators = [Security.Principal.SecurityIdentifier]::new('S-1-5-32-544')
    if (([Security.AccessControl.RawSecurityDescriptor]::new((Get-Sddl $path $false))).Owner -ne $administrators) {
      Set-Owner $path $administrators
    }
  }
  catch { $null = $_ }
}

# On the disk when it returns. A snapshot may have the file open: it must not keep a run from its journal.
function Write-Bytes([string] $path, [byte[]] $bytes, [string] $mode) {
  $stream = [IO.FileStream]::new($path, $mode, [IO.FileAccess]::Write, 'Read', 4096, [IO.FileOptions]::WriteThrough)
  try {
    $stream.Write($bytes, 0, $bytes.Length)
    $stream.Flush($true)
  }
  finally { $stream.Dispose() }
}

# Puts a file in another's place; answers whether that went.
function Move-IntoPlace([string] $new, [string] $path) {
  for ($try = 1; $try -le $ReplaceTries; $try++) {
    try {
      if ([IO.File]::Exists($path)) { [IO.File]::Replace($new, $path, [NullString]::Value) }
      else { [IO.File]::Move($new, $path) }
      return $true
    }
    catch { [Threading.Thread]::Sleep($PollReplace) }
  }
  $false
}

# Whole or not at all, and on the disk before the next change. Where the file cannot be replaced it is appended to a
# log, whose last line counts from then on.
function Write-Journal([string] $path, $journal) {
  $text = ConvertTo-WireJson $journal
  $log = $path.Replace('.json', '.log')
  foreach ($file in "$path.new", $log) { Assert-OwnFile $file }
  if (-not (Test-There $log)) {
    $whole = if ($journal.state -eq 'open') { $text.PadRight($JournalBytes - 1) } else { $text }
    Write-Bytes "$path.new" ([Text.Encoding]::ASCII.GetBytes("$whole`n")) 'Create'
    Set-TrustedOwner "$path.new"
    if (Move-IntoPlace "$path.new" $path) { return }
  }
  Write-Bytes $log ([Text.Encoding]::ASCII.GetBytes("$text`n")) 'Append'
  Set-TrustedOwner $log
}

# Under the lock, which keeps the folders what they are.
function Read-TrustedJournal([string] $file) {
  $stream = Open-File $file
  try {
    Assert-Trusted (Get-Distrust $file $false $stream)
    Read-Journal $stream
  }
  finally { $stream.Dispose() }
}

# A journal whose steps were taken back says so.
function Set-Undone([string] $id) {
  $file = Get-JournalFile $id
  if (-not $file) { return }
  $journal = Read-TrustedJournal $file
  $journal.state = 'undone'
  Write-Journal (Get-JournalPath $id) $journal
}

# The journal that an undo names: only what nobody else could have written may say what is put back.
function Read-UndoneJournal([string] $id) {
  $file = Get-JournalFile $id
  if (-not $file) { return }
  $journal = Read-TrustedJournal $file
  if ($journal.id -ne $id) { throw [IO.InvalidDataException] "$file is the journal of another run." }
  $journal
}

# A connection may send a call again that it lost: what the first one did is done.
function Stop-Repeated([string] $id) {
  Stop-WithReason "The steps of journal $id were sent before." 'repeated'
}

function Assert-NewJournal([string] $id) { if (Get-JournalFile $id) { Stop-Repeated $id } }

function Stop-Locked([string] $id) {
  $lock = Read-Lock
  if ($lock -and $lock.journal -ceq $id) { Stop-Repeated $id }
  if (-not $lock) { $lock = [ordered]@{ holder = $null; since = $null; journal = $null } }
  $by = "$($lock.holder), since $($lock.since), journal $($lock.journal)"
  $message = "Another run is changing this host: $by. Wait for it to end, then run again."
  Stop-WithReason $message 'locked' @{ lock = $lock }
}

# The file of the lock, opened for this run alone. A snapshot that looks at the lock holds it for a moment.
function Open-LockFile([string] $id) {
  $path = Get-LockPath
  Assert-OwnFile $path
  for ($try = 0; ; $try++) {
    try { return [IO.FileStream]::new($path, 'OpenOrCreate', 'ReadWrite', 'Read') }
    catch {
      $problem = $_.Exception.GetBaseException()
      if ($problem -isnot [IO.IOException] -or $problem -is [IO.DirectoryNotFoundException]) { throw }
      if ($try -ge $LockTries) { Stop-Locked $id }
      [Threading.Thread]::Sleep($PollLock)
    }
  }
}

# The lock is the open file, not its existence: it falls with the process. While it is open Windows lets nobody rename
# or replace a folder on the way to it: what is trusted then stays what it is for the whole run.
function Open-Lock($journal) {
  $stream = Open-LockFile $journal.id
  try { Assert-Trusted (Get-HomeDistrust) }
  catch {
    $stream.Dispose()
    throw
  }
  $lock = [ordered]@{
    holder = "$($journal.controller), process $PID"
    since = ConvertTo-UtcText ([datetime]::UtcNow)
    journal = $journal.id
  }
  $bytes = [Text.Encoding]::ASCII.GetBytes((ConvertTo-WireJson $lock))
  $stream.SetLength(0)
  $stream.Write($bytes, 0, $bytes.Length)
  $stream.Flush($true)
  $stream
}

# Free bytes where the journal goes; null where the drive does not tell.
function Get-FreeBytes {
  try { [IO.DriveInfo]::new([IO.Path]::GetPathRoot((Get-HomeFolder))).AvailableFreeSpace } catch { $null = $_ }
}

Export-ModuleMember -Function * -Variable FreeBytes
