# Repairing -----------------------------------------------------------------------------------------------------------

# Of what a step was planned from, the facts that the plan names; those that are otherwise now, as a clause.
function Get-Changed($planned) {
  $step = $planned['step']
  $now = try { Get-StepState $step } catch { return "could not be read: $((Get-ErrorValue $_).message)" }
  foreach ($fact in $planned['before'].get_Keys()) {
    # Not the value of an if: a list of one, or of none, would come out of that as another thing.
    $is = $null
    if ($null -ne $now) { $is = $now[$fact] }
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
    if ("$status" -ne 'Valid') {
      Stop-WithReason "This file's signature is not valid ($status). Nothing was changed." 'refused_plan'
    }
    $text = $text.Substring(0, $signature)
  }
  $text.TrimEnd("`n")
}

# Why this plan is not for here and now, as a sentence; nothing where it is.
function Get-Refusal($plan) {
  $text = Get-OwnText
  if ($text) {
    $sha = [Security.Cryptography.SHA256]::Create()
    $bytes = [Text.Encoding]::UTF8.GetBytes($text.Replace($MadeAs, ''))
    $digest = -join @(foreach ($byte in $sha.ComputeHash($bytes)) { $byte.ToString('x2') })
    if ($digest -cne $MadeAs) {
      return 'This file was changed since it was made. Make it again with winops.rdp.offline.'
    }
  }
  if ([Environment]::OSVersion.Platform -ne 'Win32NT') { return 'This host is not Windows.' }
  $machine = Get-MachineGuid
  if (-not $machine -or $machine -ne $plan['machine']) {
    return "This file is for $($plan['host']) (MachineGuid $($plan['machine'])), not for this machine ($machine)."
  }
  # A plan is good for the host as it was read; what it did can be taken back at any time.
  if ($Undo) { return }
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

# The journal that is taken back: once, so that what was set since is not overwritten.
function Read-OwnJournal([string] $id) {
  $undone = Read-UndoneJournal $id
  $why = if (-not $undone) { 'is not on this host: these steps were not done here' }
  elseif ($undone.state -ceq 'undone') { 'has been taken back already' }
  if ($why) { Stop-WithReason "The journal $id $why. Nothing was changed." 'refused_plan' }
  $undone
}

function Test-SameState($one, $other) {
  if ($null -eq $one -or $null -eq $other) { return $null -eq $one -and $null -eq $other }
  foreach ($fact in $one.get_Keys()) {
    if ((ConvertTo-WireJson $one[$fact]) -cne (ConvertTo-WireJson $other[$fact])) { return $false }
  }
  $true
}

# The steps of a journal that changed the same value, descriptor or rule.
function Get-SameTarget($step, $undone) {
  foreach ($one in $undone.steps) {
    $same = $one.op.Split('.')[0] -eq $step.op.Split('.')[0]
    foreach ($field in 'key', 'name', 'path', 'rule') { $same = $same -and $one[$field] -eq $step[$field] }
    if ($same) { $one }
  }
}

# Whether somebody has set it since: it is as none of the journal's steps found or left it.
function Test-SetSince($step, $undone) {
  if ('registry', 'acl', 'firewall' -notcontains $step.op.Split('.')[0]) { return $false }
  $now = try { Get-StepState $step } catch { return $false }
  foreach ($one in Get-SameTarget $step $undone) {
    # Of what was cut off nobody knows how it was left.
    if ('started', 'failed' -contains $one.status) { return $false }
    if ((Test-SameState $now $one.before) -or (Test-SameState $now $one.after)) { return $false }
  }
  $true
}

# Why a step of an undo is left out, as a clause; nothing where it is not.
function Get-LeftOut($step, $undone, $scope) {
  $off = $step.op -eq 'registry.set' -and $step.name -eq 'UserAuthentication' -and (Test-Zero $step.type $step.data)
  if ($off -or $step.op -eq 'task.arm') { return 'Network Level Authentication is not turned off again' }
  if (Test-SetSince $step $undone) { return 'it has been changed since' }
  Test-Step $step $scope
}

# What takes a journal back, the last change first, and what of it is left as it is, as sentences.
function Get-UndoSteps($undone) {
  $scope = Get-StepScope $undone @()
  $scope.undoing = $true
  $back = @($scope.demands)
  [array]::Reverse($back)
  $found = @{ steps = [Collections.ArrayList]::new(); left = [Collections.ArrayList]::new() }
  foreach ($step in $back) {
    if ($step['op'] -eq 'service.stop') {
      $step['timeout_s'] = 120
      # Nobody is disconnected by it, and nothing of others goes down with it.
      $step['expect_empty'] = $true
      $step['expect_back'] = $true
    }
    $why = Get-LeftOut $step $undone $scope
    if (-not $why) {
      [void]$found.steps.Add($step)
      continue
    }
    $what = @($step.op) + @(foreach ($field in 'name', 'service', 'path', 'rule', 'thumbprint') { $step[$field] })
    [void]$found.left.Add("$("$what".Trim() -replace ' +', ' '): left as it is ($($why -replace '^\([a-z_.]+\) ')).")
  }
  $found
}

# What TermService has read stays in force until it starts: the undo stops nobody's session for that.
function Get-RestartWords($answer) {
  $changed = @(foreach ($step in $answer['steps']) { if ($step['status'] -eq 'done') { $step['op'] } })
  if ($changed -match '^(registry|certificate|acl)\.') {
    'TermService was not restarted: what it has read before stays in force until it starts again. ' +
    'Restart-Service -Force TermService does that, and disconnects everybody.'
    if ((Read-StartType 'TermService') -eq 4) {
      'TermService is disabled and would not start again: ahead of a restart run Set-Service TermService ' +
      '-StartupType Manual, and behind it Set-Service TermService -StartupType Disabled.'
    }
  }
}

function Invoke-Undo($plan, [string] $id) {
  $found = Get-UndoSteps (Read-OwnJournal $id)
  if (-not $found.steps.Count -and -not $found.left.Count) {
    $nothing = 'Nothing of this plan was done, so there is nothing to take back.'
    return $(if ($WhatIf) { $nothing } else { @{ msg = $nothing } })
  }
  if ($WhatIf) { return @(foreach ($step in $found.steps) { ConvertTo-WireJson $step }) + @($found.left) }
  if (-not $found.steps.Count) {
    $why = @('There is nothing to take back.') + @($found.left) + @('Nothing was changed.')
    Stop-WithReason ($why -join "`n") 'refused_plan'
  }
  $stamp = ConvertTo-UtcText ([datetime]::UtcNow)
  $own = "$($stamp.Substring(0, 19) -replace '[-:]')Z-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
  $journal = [ordered]@{ id = $own; created = $stamp; undoes = $id; controller = 'rdp-repair.ps1' }
  $answer = Invoke-Plan $plan $journal $found.steps.ToArray()
  $answer['said'] = @($found.left) + @(if ($answer.Contains('steps')) { Get-RestartWords $answer })
  $answer
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
  $rung = Get-ChosenRung $plan
  if ($Undo) { return Invoke-Undo $plan $rung['journal']['id'] }
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
    foreach ($step in $answer['steps']) {
      "$($step['op']): $($step['status'])$(if ($step['error']) { " ($($step['error']['message']))" })"
    }
    "Journal: $($answer['journal']['path'])"
  }
  if ($answer.Contains('said')) {
    $answer['said']
    $answer.Remove('said')
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
