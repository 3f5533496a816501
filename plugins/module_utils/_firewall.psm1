# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._running
#AnsibleRequires -PowerShell ..module_utils._surroundings
#AnsibleRequires -PowerShell ..module_utils._windows

# Firewall rules, by their names in the host's own store: read as the registry has them, written by the cmdlets of
# Windows, for the firewall does not see a changed registry value. Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$ProfileBits = [ordered]@{ Domain = 1; Private = 2; Public = 4 }

function Get-RuleState([string] $name) {
  @{ rule = Read-Data $FirewallStores['local'] $name 'string' }
}

# The fields of a rule as the registry has it: a name can come more than once.
function Get-RuleTexts([string] $rule, [string] $pattern) {
  , @(foreach ($field in $rule.Split('|')) {
      $parts = $field.Split([char[]]'=', 2)
      if ($parts.Count -eq 2 -and $parts[0] -cmatch $pattern) { $parts[1] }
    })
}

# A sum of profiles; 0 where the rule names none, and holds in all of them.
function Get-RuleProfiles([string] $rule) {
  $sum = 0
  foreach ($name in (Get-RuleTexts $rule '^Profile\z')) { $sum = $sum -bor [int]$ProfileBits[$name] }
  $sum
}

# A network with the length of its prefix, which is left away for one address: Windows keeps masks.
function ConvertTo-Address([string] $text) {
  $parts = $text.Split('/')
  $address = [ipaddress]::Any
  if (-not [ipaddress]::TryParse($parts[0], [ref]$address)) { return $text }
  if ($parts.Count -eq 1) { return $address.ToString() }
  $bits = 8 * $address.GetAddressBytes().Length
  $mask = [ipaddress]::Any
  $length = $parts[1]
  if ($parts[1].Contains('.') -and [ipaddress]::TryParse($parts[1], [ref]$mask)) {
    $length = 0
    foreach ($byte in $mask.GetAddressBytes()) {
      for ($bit = 7; $bit -ge 0; $bit--) { $length += ($byte -shr $bit) -band 1 }
    }
  }
  if ("$length" -eq "$bits") { $address.ToString() } else { "$address/$length" }
}

function Get-RuleAddresses([string] $rule) {
  $texts = [Collections.ArrayList]::new()
  foreach ($text in (Get-RuleTexts $rule '^RA[0-9]')) {
    $address = ConvertTo-Address $text
    if (-not $texts.Contains($address)) { [void]$texts.Add($address) }
  }
  , @(if ($texts.Count) { $texts.ToArray() } else { 'Any' })
}

function Test-SameAddresses([string] $rule, $addresses) {
  $have = Get-RuleAddresses $rule
  $want = @(foreach ($address in $addresses) { ConvertTo-Address $address })
  "$($have | Sort-Object)" -eq "$($want | Sort-Object)"
}

# Is a rule what a step makes of it?
function Test-RuleDone($step, $state) {
  if ($step.op -eq 'firewall.remove') { return $null -eq $state.rule }
  if ($null -eq $state.rule) { return $false }
  if ((Get-RuleTexts $state.rule '^Active\z')[0] -ne "$($step.active)") { return $false }
  $have = Get-RuleProfiles $state.rule
  if ($(if ($have) { $have } else { 7 }) -ne $(if ($step.profiles) { $step.profiles } else { 7 })) { return $false }
  if ($step.op -eq 'firewall.add' -and "$(Get-RuleTexts $state.rule '^LPort\z')" -ne "$($step.port)") { return $false }
  $null -eq $step.addresses -or (Test-SameAddresses $state.rule $step.addresses)
}

# A store for which nobody but the host itself speaks: those of policy and device management are read only.
function Get-RuleParts($step) {
  $names = @(foreach ($one in $ProfileBits.GetEnumerator()) { if ($step.profiles -band $one.Value) { $one.Key } })
  if (-not $names.Count) { $names = @('Any') }
  $parts = @{
    Name = $step.rule; PolicyStore = 'PersistentStore'; Enabled = "$($step.active)"; Profile = $names -join ','
  }
  if ($null -ne $step.addresses) { $parts['RemoteAddress'] = [string[]]$step.addresses }
  $parts
}

function Set-Rule($step) {
  $parts = Get-RuleParts $step
  Set-NetFirewallRule @parts -ErrorAction Stop
}

function Remove-Rule([string] $name) {
  Remove-NetFirewallRule -Name $name -PolicyStore 'PersistentStore' -ErrorAction Stop
}

function Add-Rule($step, $before) {
  $parts = Get-RuleParts $step
  if ($null -ne $before.rule) { return Set-NetFirewallRule @parts -LocalPort $step.port -ErrorAction Stop }
  $null = New-NetFirewallRule @parts -DisplayName "Remote Desktop TCP $($step.port) (winops.rdp)" -Direction 'Inbound' `
    -Protocol 'TCP' -LocalPort $step.port -Program '%SystemRoot%\system32\svchost.exe' -Service 'termservice' `
    -Action 'Allow' -ErrorAction Stop
}

# What makes a rule of a known name another one than Windows, or this collection, made; nothing where nothing does.
function Test-RuleKind([string] $name, [string] $rule) {
  $shadow = $name -ceq $BuiltInRules[2]
  $program = if ($shadow) { 'rdpsa.exe' } else { 'svchost.exe' }
  $protocol = if ($name -ceq $BuiltInRules[1]) { '17' } else { '6' }
  $service = if ($shadow) { '' } else { 'termservice' }
  if ("$(Get-RuleTexts $rule '^Action\z')" -ne 'Allow') { return 'does not just allow' }
  if ("$(Get-RuleTexts $rule '^Dir\z')" -ne 'In') { return 'is for outgoing connections' }
  if ("$(Get-RuleTexts $rule '^Protocol\z')" -ne $protocol) { return 'is for another protocol' }
  if (-not (Test-SystemFile "$(Get-RuleTexts $rule '^App\z')" $program)) { return 'is for another program' }
  if ("$(Get-RuleTexts $rule '^Svc\z')" -ne $service) { return 'is for another service' }
  if (-not $shadow -and "$(Get-RuleTexts $rule '^LPort')" -notmatch '^[0-9]+\z') { return 'is for other ports' }
}

# What a step needs of this host, or nothing.
function Test-FirewallNeed($step) {
  if ((Get-State (Get-Controller 'mpssvc')) -ne 4) { return "the firewall's service mpssvc does not run" }
  if (-not (Get-Command 'Set-NetFirewallRule' -ErrorAction Ignore)) { return 'the module NetSecurity is not there' }
  $rule = (Get-RuleState $step.rule).rule
  if ($null -eq $rule) {
    if ($step.op -eq 'firewall.set') { return "the rule $($step.rule) does not exist" }
    return
  }
  $why = if ($step['active']) { Test-RuleKind $step.rule $rule }
  if ($why) { "the rule $($step.rule) is not what its name stands for: it $why" }
}

# Why a step is refused, as the closed list says it.
function Test-RuleStep($step, $scope) {
  if ($step.rule -isnot [string]) { return 'rule is not a name' }
  if ($OwnRule -cne $step.rule -and ($step.op -ne 'firewall.set' -or $BuiltInRules -cnotcontains $step.rule)) {
    return 'touches a firewall rule that is not on the list'
  }
  if ($step.op -eq 'firewall.remove') {
    if (-not $scope.undoing) { return 'removes a rule: only an undo may' }
    return
  }
  if ($step.active -isnot [bool]) { return 'active is neither true nor false' }
  if (-not (Test-Integer $step.profiles 0 7)) { return 'profiles is not a sum of profiles' }
  if ($step.op -eq 'firewall.add' -and -not (Test-Integer $step.port 1 65535)) { return 'port is not a port' }
  if (-not $scope.undoing) { Test-Opening $step }
}

function Test-Opening($step) {
  $addresses = $step.addresses
  if ($null -ne $addresses -and ($addresses -isnot [array] -or -not $addresses.Count)) {
    return 'addresses is not a list of addresses'
  }
  foreach ($text in $addresses) {
    if ($text -isnot [string] -or $text -notmatch '^[0-9A-Za-z.:/-]{1,100}\z') { return 'addresses are odd' }
  }
  if (-not $step.active) {
    if ($step.op -eq 'firewall.add') { return 'makes a rule that is off' }
    return
  }
  if ($step.profiles -eq 0) { return 'opens all profiles without naming them' }
  if ($null -eq $addresses -and ($step.profiles -band 4 -or $step.op -eq 'firewall.add')) {
    return 'opens the public profile, or makes a rule, without its addresses'
  }
  if ($step.op -eq 'firewall.add' -and $step.port -ne (Get-PortNumber)) { return 'is for a port that has no listener' }
}

# The step that gives back what a rule was, or nothing.
function Get-RuleBack($step, $before) {
  if ($null -eq $before.rule) { return @{ op = 'firewall.remove'; rule = $step.rule } }
  $back = @{
    op = $step.op; rule = $step.rule; active = (Get-RuleTexts $before.rule '^Active\z')[0] -eq 'TRUE'
    profiles = Get-RuleProfiles $before.rule; addresses = Get-RuleAddresses $before.rule
  }
  if ($step.op -eq 'firewall.add') { $back['port'] = [int](Get-RuleTexts $before.rule '^LPort\z')[0] }
  $back
}

Export-ModuleMember -Function *
