# Repairing -----------------------------------------------------------------------------------------------------------

# Of what a step was planned from, the facts that the plan names; those that are otherwise now, as a clause.
function Get-Changed($planned) {
  $step = $planned['step']
  $now = try { Get-StepState $step } catch { return "could not be read: $((Get-ErrorValue $_).message)" }
  foreach ($fact in $planned['before'].get_Keys()) {
    $is = if ($null -ne $now) { $now[$fact] }
    if ((ConvertTo-WireJson $is) -cne (ConvertTo-WireJson $planned['before'][$fact])) {
      return "$fact was $(ConvertTo-WireJson $planned['before'][$fact]) and is $(ConvertTo-WireJson $is)"
    }
  }
  if ($planned['absent'] -and $null -ne $now) { return 'it was not there and is now' }
}

# This file as it was made: what stands below a signature's mark is the signature's.
function Get-OwnText {
  if (-not $PSCommandPath) { return }
  $text = [IO.File]::ReadAllText($PSCommandPath).Replace("`r", '')
  $signature = $text.IndexOf("`n# SIG # Begin signature block")
  if ($signature -ge 0) {
    $status = (Get-AuthenticodeSignature -LiteralPath $PSCommandPath).Status
    if ("$status" -ne 'Valid') { Stop-WithReason "This file's signature is not valid ($status)." 'refused_plan' }
    $text = $text.Substring(0, $signature)
  }
  $text.TrimEnd("`n")
}

# Why this plan is not for here and now, as a sentence; nothing where it is.
function Get-Refusal($plan) {
  $text = Get-OwnText
  if ($text) {
    $sha = [Security.Cryptography.SHA256]::Create()
    $bytes = [Text.Encoding]::ASCII.GetBytes($text.Replace($MadeAs, ''))
    $digest = -join @(foreach ($byte in $sha.ComputeHash($bytes)) { $byte.ToString('x2') })
    if ($digest -cne $MadeAs) {
      return 'This file was changed since it was made. Make it again with winops.rdp.offline.'
    }
  }
  $machine = Get-MachineGuid
  if (-not $machine -or $machine -ne $plan['machine']) {
    return "This file is for $($plan['host']) (MachineGuid $($plan['machine'])), not for this machine ($machine)."
  }
  $now = [datetime]::UtcNow
  $made = [datetimeoffset]::Parse($plan['made'], $Invariant).UtcDateTime
  $until = [datetimeoffset]::Parse($plan['until'], $Invariant).UtcDateTime
  if ($now -gt $until -or $now -lt $made.AddMinutes(-10)) {
    $clock = ConvertTo-UtcText $now
    return "This file is good from $($plan['made']) to $($plan['until']), and it is $clock here. Collect again."
  }
}

function Get-ChosenRung($plan) {
  foreach ($rung in $plan['rungs']) {
    if ($Then -eq '' -and $null -eq $rung['condition']) { return $rung }
    if ($Then -ne '' -and $null -ne $rung['condition'] -and $rung['name'] -eq $Then) { return $rung }
  }
  $named = @(foreach ($rung in $plan['rungs']) { if ($rung['condition']) { "-Then $($rung['name'])" } }) -join ', '
  Stop-WithReason "The plan has no such steps. It has: $(if ($named) { $named } else { 'no others' })." 'refused_plan'
}

function Show-Steps($rung) {
  foreach ($planned in $rung['steps']) {
    $changed = Get-Changed $planned
    "$($planned['words']): $($planned['reason'])$(if ($changed) { " [refused: $changed]" })"
  }
}

# The steps that take the plan's own journal back, the last first.
function Get-UndoSteps([string] $id) {
  $undone = Read-UndoneJournal $id
  $back = @((Get-StepScope $undone @()).demands)
  [array]::Reverse($back)
  foreach ($step in $back) {
    if ('service.start', 'service.stop', 'service.restart' -contains $step['op']) { $step['timeout_s'] = 120 }
    $step
  }
}

# What an apply takes, and its answer with the host read again.
function Invoke-Plan($plan, $journal, $steps) {
  $arguments = @{ operation = 'apply'; journal = $journal; steps = @($steps); plan = $plan; sections = $AllSections }
  foreach ($name in $plan['what_to_read'].get_Keys()) { $arguments[$name] = $plan['what_to_read'][$name] }
  $answer = [ordered]@{ changed = $false; schema_version = $SchemaVersion; operation = 'apply' }
  try {
    $arguments = Read-Arguments $arguments
    Add-Entries $answer (Invoke-Apply $arguments)
    Add-Entries $answer (Read-Sections $arguments)
  }
  catch { Add-Failure $answer $_ }
  $answer
}

function Get-Journal($plan, $rung) {
  $journal = [ordered]@{}
  foreach ($part in $plan['journal'], $rung['journal']) {
    foreach ($name in $part.get_Keys()) { $journal[$name] = $part[$name] }
  }
  $journal
}

function Invoke-Repair($plan) {
  if ([Environment]::OSVersion.Platform -ne 'Win32NT') { Stop-WithReason 'This host is not Windows.' 'not_windows' }
  $rung = Get-ChosenRung $plan
  if ($Undo) {
    $stamp = ConvertTo-UtcText ([datetime]::UtcNow)
    $id = "$($stamp.Substring(0, 19) -replace '[-:]')Z-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
    $journal = [ordered]@{ id = $id; created = $stamp; undoes = $rung['journal']['id']; controller = 'rdp-repair.ps1' }
    $back = @(Get-UndoSteps $rung['journal']['id'])
    if (-not $back.Count) { return @{ msg = 'Nothing of this plan was done, so there is nothing to take back.' } }
    if ($WhatIf) { foreach ($step in $back) { ConvertTo-WireJson $step }; return }
    return Invoke-Plan $plan $journal $back
  }
  if ($WhatIf) { return Show-Steps $rung }
  foreach ($planned in $rung['steps']) {
    $changed = Get-Changed $planned
    if ($changed) {
      $what = "$($planned['words']): $changed, since the host was read"
      Stop-WithReason "$what. Nothing was changed; collect again." 'preflight'
    }
  }
  Invoke-Plan $plan (Get-Journal $plan $rung) @(foreach ($planned in $rung['steps']) { $planned['step'] })
}

function Show-Outcome($answer) {
  if ($answer.Contains('steps')) {
    foreach ($step in $answer['steps']) { "$($step['op']): $($step['status'])" }
    "Journal: $($answer['journal']['path'])"
  }
  if ($answer.Contains('msg')) { $answer['msg'] }
  if (-not $answer.Contains('sections')) { return }
  $kept = [ordered]@{}
  foreach ($name in 'changed', 'journal', 'steps', 'safety_task') {
    if ($answer.Contains($name)) { $kept[$name] = $answer[$name] }
  }
  $answer['operation'] = 'snapshot'
  foreach ($name in $kept.get_Keys()) { $answer.Remove($name) }
  $bundle = Get-Bundle $answer
  $bundle['outcome'] = $kept
  Get-Pieces ([Text.Encoding]::UTF8.GetBytes((ConvertTo-WireJson $bundle))) $PieceSize
}

try {
  $plan = ConvertTo-Plain (ConvertFrom-Json -InputObject $WhatToDo)
  $refusal = Get-Refusal $plan
  if ($refusal) { Stop-WithReason "$refusal Nothing was changed." 'refused_plan' }
  $answer = Invoke-Repair $plan
  if ($WhatIf) { $answer } else { Show-Outcome $answer }
}
catch {
  $_.Exception.Message
  exit 1
}
if (-not $WhatIf -and $answer.Contains('failed')) { exit 1 }
