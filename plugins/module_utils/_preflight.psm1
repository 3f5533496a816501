# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._import
#AnsibleRequires -PowerShell ..module_utils._client_changes
#AnsibleRequires -PowerShell ..module_utils._firewall
#AnsibleRequires -PowerShell ..module_utils._keeping
#AnsibleRequires -PowerShell ..module_utils._policy
#AnsibleRequires -PowerShell ..module_utils._renewal
#AnsibleRequires -PowerShell ..module_utils._win32

# All or nothing: what the steps need of this host is looked at before the first of them. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# A descriptor that keeps administrators out is read, owned and given back with these. Sessions of WinRM have them on,
# other ones have them but off.
$Privileges = 'SeBackupPrivilege', 'SeRestorePrivilege', 'SeTakeOwnershipPrivilege'

function Enable-Privileges {
  try {
    $win32 = Get-Win32
    if ($win32) {
      foreach ($name in $Privileges) { $null = $win32::Enable($name) }
    }
  }
  catch { $null = $_ }
}

# Each of these says what is missing, or nothing; what the host refuses is an exception.

function Test-ServiceNeed($step, $earlier) {
  $null = Get-State (Get-Controller $step.service)
  if ('service.start', 'service.restart' -notcontains $step.op) { return }
  $start = Read-Data "$ServicesKey\$($step.service)" 'Start' 'dword'
  foreach ($other in $earlier) {
    if ($other.op -eq 'service.start_type' -and $other.service -eq $step.service) { $start = $other.start }
  }
  if ($start -eq 4) { "the service $($step.service) is disabled" }
}

function Test-KeyNeed([string] $path, [bool] $required) {
  if ($null -eq (Open-Key $path $true) -and $required) { "the key HKLM\$path does not exist" }
}

function Test-Need($step, $earlier) {
  switch ($step.op.Split('.')[0]) {
    'service' { return Test-ServiceNeed $step $earlier }
    'registry' { return Test-KeyNeed $step.key.Substring(5) ($step.op -eq 'registry.set') }
    'certificate' {
      if ($step.op -eq 'certificate.import_pfx') { return Test-PfxNeed $step.thumbprint }
      if ($step.op -eq 'certificate.enrol') {
        if (Read-Data $TerminalServicesPolicy 'CertTemplateName' 'string') { return }
        return 'no policy names a template'
      }
      if ($step.op -eq 'certificate.renew') { $null = Get-State (Get-Controller 'SessionEnv') }
      return Test-KeyNeed (Get-StorePath) $false
    }
    { Test-OfClient $step.op } { return Test-ClientNeed $step }
    'clock' { if ((Read-Data "$ServicesKey\W32Time" 'Start' 'dword') -in $null, 4) { return 'W32Time is disabled' } }
    'domain' { if (-not (Test-Joined)) { return 'this host is in no domain' } }
    'file' { Assert-PolicyFile $step }
    'task' { $null = Get-TaskFolder }
    'firewall' { return Test-FirewallNeed $step }
    'group' { $null = Get-MemberState $step.member }
    'acl' {
      if (-not [IO.File]::Exists($step.path)) { return "the file $($step.path) does not exist" }
      Assert-PlainPath $step.path
    }
  }
}

function Stop-Preflight([string] $why, $step) {
  Stop-WithReason "$why. Nothing was changed." 'preflight' @{ step = $step }
}

# Whether somebody has changed the host since the snapshot that the plan was made from: whoever does leaves a journal,
# of whatever date, for its id has the time of somebody's clock. Not all were listed where there are many.
function Test-Unseen($header) {
  if (-not $header.Contains('seen')) { return }
  $unseen = @(foreach ($id in (Get-JournalIds (Get-JournalFolder))) { if ($header.seen -cnotcontains $id) { $id } })
  if ($unseen.Count -le $header.unlisted) { return }
  $which = if (-not $header.unlisted) { " (journal $($unseen[0]))" }
  "Another run has changed this host since it was looked at$which"
}

function Assert-Preflight($header, $steps) {
  $why = Test-Unseen $header
  if ($why) { Stop-Preflight $why $null }
  $free = Get-FreeBytes
  if ($null -ne $free -and $free -lt $FreeBytes) { Stop-Preflight "The disk has $free bytes free: too few" $null }
  foreach ($step in $steps) {
    if ('acl.set', 'certificate.import_pfx' -notcontains $step.op) { continue }
    Enable-Privileges
    break
  }
  $earlier = [Collections.ArrayList]::new()
  for ($n = 0; $n -lt $steps.Count; $n++) {
    $why = try { Test-Need $steps[$n] $earlier } catch { (Get-ErrorValue $_).message.TrimEnd('.') }
    if ($why) { Stop-Preflight "Step $n ($($steps[$n].op)) cannot be done: $why" $n }
    [void]$earlier.Add($steps[$n])
  }
}

Export-ModuleMember -Function *
