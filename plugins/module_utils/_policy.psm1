# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._keeping
#AnsibleRequires -PowerShell ..module_utils._surroundings
#AnsibleRequires -PowerShell ..module_utils._windows

# The host's own Group Policy: what of its two files may change, and how they are replaced.
# Only _apply ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# What a policy may be made to say, by the name of the value: dwords below the policy key.
$PolicyData = @{
  SecurityLayer = 1, 2
  UserAuthentication = 1
  MinEncryptionLevel = 2, 3, 4
  fDenyTSConnections = 0, 1
}
# Who applies Registry.pol, and the tool that edits it.
$RegistryExtension = '[{35378EAC-683F-11D2-A89A-00C04FBBCFA2}{D02B1F72-3407-48AE-BA88-E8213C6761F1}]'
# A character is a byte in it.
$Latin1 = [Text.Encoding]::GetEncoding(28591)

function Get-Hash($bytes) {
  if ($null -eq $bytes) { return }
  $sha = [Security.Cryptography.SHA256]::Create()
  ConvertTo-Hex $sha.ComputeHash([byte[]]$bytes)
}

function Test-Ordinal($one, $other) { [string]::Equals([string]$one, [string]$other, 'Ordinal') }

function Stop-Malformed { throw [IO.InvalidDataException] 'The policy file is malformed.' }

# A text that ends with a semicolon, and where it ends. Windows reads it up to its first NUL.
function Read-PolicyText([string] $text, [int] $start) {
  $at = $start - 1
  do {
    $at = $text.IndexOf(";`0", $at + 1, [StringComparison]::Ordinal)
    if ($at -lt 0) { Stop-Malformed }
  } while (($at - $start) % 2)
  $bytes = $Latin1.GetBytes($text.Substring($start, $at - $start))
  @{ text = [Text.Encoding]::Unicode.GetString($bytes).Split([char]0)[0]; next = $at + 2 }
}

# The name of one of our values that an entry is about, and whether the entry takes it away.
function Get-PolicySubject([string] $key, [string] $name) {
  if (-not [string]::Equals($key, $TerminalServicesPolicy, 'OrdinalIgnoreCase')) { return }
  $plain = $name -replace '^\*\*(del|soft)\.', ''
  foreach ($known in $PolicyData.get_Keys()) {
    if ([string]::Equals($plain, $known, 'OrdinalIgnoreCase')) {
      return @{ name = $known; sets = $plain -eq $name; takes = $name -like '`*`*del.*' }
    }
  }
}

function Read-PolicyEntry([string] $text, [byte[]] $bytes, [int] $start) {
  if ($start + 2 -gt $text.Length -or -not (Test-Ordinal $text.Substring($start, 2) "[`0")) { Stop-Malformed }
  $key = Read-PolicyText $text ($start + 2)
  $name = Read-PolicyText $text $key['next']
  $at = $name['next']
  if ($at + 12 -gt $text.Length) { Stop-Malformed }
  $type = [BitConverter]::ToUInt32($bytes, $at)
  $size = [BitConverter]::ToUInt32($bytes, $at + 6)
  $end = [long]$at + 12 + $size + 2
  if ($end -gt $text.Length) { Stop-Malformed }
  $marks = $text.Substring($at + 4, 2) + $text.Substring($at + 10, 2) + $text.Substring($end - 2, 2)
  if (-not (Test-Ordinal $marks ";`0;`0]`0")) { Stop-Malformed }
  $subject = Get-PolicySubject $key['text'] $name['text']
  $number = $null
  if ($subject -and $subject['sets'] -and $type -eq 4 -and $size -eq 4) {
    $number = [BitConverter]::ToUInt32($bytes, $at + 12)
  }
  @{ raw = $text.Substring($start, $end - $start); next = [int]$end; subject = $subject; number = $number }
}

# A policy file: all that is not about our values, and the last entry about each of them.
function Read-PolicyContent($bytes) {
  $rest = [Text.StringBuilder]::new()
  $last = @{}
  if ($null -eq $bytes) { return @{ rest = ''; last = $last } }
  $text = $Latin1.GetString($bytes)
  if (-not $text.StartsWith("PReg$([char]1)`0`0`0", [StringComparison]::Ordinal)) { Stop-Malformed }
  $at = 8
  while ($at -lt $text.Length) {
    $entry = Read-PolicyEntry $text $bytes $at
    $at = $entry['next']
    if ($entry['subject']) { $last[$entry['subject']['name']] = $entry } else { [void]$rest.Append($entry['raw']) }
  }
  @{ rest = $rest.ToString(); last = $last }
}

function Test-PolicyNumber([string] $name, $number) { $null -ne $number -and $PolicyData[$name] -contains $number }

# Each of these says why the new bytes of a file are refused, or nothing.

function Test-PolicyContent($before, $after, [bool] $undoing) {
  try { $new = Read-PolicyContent $after } catch { return 'content is not a policy file' }
  if ($undoing) {
    $layer = $new['last']['SecurityLayer']
    if ($layer -and -not $layer['subject']['takes'] -and -not (Test-PolicyNumber 'SecurityLayer' $layer['number'])) {
      return 'SecurityLayer is never set to 0'
    }
    return
  }
  try { $old = Read-PolicyContent $before } catch { return 'changes a policy file that is malformed' }
  if (-not (Test-Ordinal $old['rest'] $new['rest'])) { return 'changes an entry that is not on the list' }
  foreach ($name in $old['last'].get_Keys()) {
    if (-not $new['last'].ContainsKey($name)) { return "takes $name out of the policy file" }
  }
  foreach ($name in $new['last'].get_Keys()) {
    $entry = $new['last'][$name]
    if ($old['last'].ContainsKey($name) -and (Test-Ordinal $entry['raw'] $old['last'][$name]['raw'])) { continue }
    if (-not (Test-PolicyNumber $name $entry['number'])) { return "sets $name to what no policy may say" }
  }
}

function Read-Gpt($bytes) {
  $text = if ($null -eq $bytes) { '[General]' } else { $Latin1.GetString($bytes) }
  $lines = '(?im)^[ \t]*(Version|gPCMachineExtensionNames)[ \t]*=[ \t]*([^\r\n]*?)[ \t]*(?:\r?\n|\r?\z)'
  $found = @{}
  foreach ($line in [regex]::Matches($text, $lines)) {
    $name = $line.Groups[1].Value
    if ($found.ContainsKey($name)) { Stop-Malformed }
    $found[$name] = $line.Groups[2].Value
  }
  $version = 0
  if ($found.ContainsKey('Version') -and -not [uint32]::TryParse($found['Version'], [ref]$version)) { Stop-Malformed }
  @{
    rest = [regex]::Replace($text, $lines, '').TrimEnd()
    version = [long]$version
    others = "$($found['gPCMachineExtensionNames'])".Replace($RegistryExtension, '')
  }
}

function Test-GptContent($before, $after) {
  try {
    $old = Read-Gpt $before
    $new = Read-Gpt $after
  }
  catch { return 'content is not a gpt.ini' }
  if (-not (Test-Ordinal $old['rest'] $new['rest'])) { return 'changes a line of gpt.ini that is not on the list' }
  if (-not (Test-Ordinal $old['others'] $new['others'])) { return 'changes another extension in gpt.ini' }
  $machine = $old['version'] -band 0xFFFF
  $next = $old['version'] - $machine + $machine % 0xFFFF + 1
  if ($new['version'] -ne $next) { return 'does not count Version up by one' }
}

function Test-FileStep($step, $scope) {
  if ($step.policy_file -isnot [string] -or @($PolicyFiles.get_Keys()) -cnotcontains $step.policy_file) {
    return 'touches a file that is not on the list'
  }
  if ($null -ne $step.sha256 -and ($step.sha256 -isnot [string] -or $step.sha256 -cnotmatch '^[0-9A-F]{64}\z')) {
    return 'sha256 is not 64 upper-case hex digits'
  }
  if ($null -eq $step.content) {
    if (-not $scope.undoing) { return 'removes a policy file, which only takes a change back' }
    return
  }
  $bytes = ConvertFrom-Base64 $step.content
  if ($null -eq $bytes -or $bytes.Length -gt $MaxPolicyBytes) { return 'content is not base64 of a policy file' }
  try { $before = Read-PolicyFile (Get-PolicyPath $step.policy_file) }
  catch { return 'changes a file that cannot be read' }
  if ((ConvertTo-Base64 $before) -ceq $step.content -and -not $scope.undoing) { return } # done already
  if ($step.policy_file -eq 'registry.pol') { return Test-PolicyContent $before $bytes $scope.undoing }
  if (-not $scope.undoing) { Test-GptContent $before $bytes }
}

function Test-PolicyStep($step, $scope) {
  if ($step.settings -isnot [Collections.IDictionary] -or $step.settings.get_Count() -eq 0) {
    return 'settings is not a dictionary of values'
  }
  foreach ($name in $step.settings.get_Keys()) {
    if (@($PolicyData.get_Keys()) -cnotcontains $name) { return 'touches a policy that is not on the list' }
    $value = $step.settings[$name]
    if ($null -eq $value) {
      if ($scope.undoing) { continue }
      return "takes the policy $name away, which only takes a change back"
    }
    if ($value -isnot [Collections.IDictionary]) { return "$name is not a registry value" }
    if ($value['type'] -ceq 'dword' -and (Test-Whole $value['data']) -and (Test-PolicyNumber $name $value['data'])) {
      continue
    }
    if (-not $scope.undoing -or $name -eq 'SecurityLayer') { return "sets $name to what no policy may say" }
  }
}

# --- how they are replaced

function Get-PolicyFileState($step) {
  $bytes = Read-PolicyFile (Get-PolicyPath $step.policy_file)
  [ordered]@{ hash = Get-Hash $bytes; content = ConvertTo-Base64 $bytes }
}

function Assert-PolicyFile($step) {
  $state = Get-PolicyFileState $step
  if ($state['content'] -cne $step.content -and $state['hash'] -cne $step.sha256) {
    $file = "$($step.policy_file) of the host's own Group Policy"
    throw [InvalidOperationException] "$file has been changed since it was read."
  }
}

# Written beside it and put in its place, so that whoever reads it reads one of the two. Its access list stays; a file
# that is new has that of its folder.
function Set-PolicyFile($step) {
  Assert-PolicyFile $step
  $path = Get-PolicyPath $step.policy_file
  if ($null -eq $step.content) { return [IO.File]::Delete($path) }
  $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
  $new = "$path.winops.rdp"
  Write-Bytes $new (ConvertFrom-Base64 $step.content) 'Create'
  if (Move-IntoPlace $new $path) { return }
  [IO.File]::Delete($new)
  throw [IO.IOException] "Another program holds $path."
}

function Get-PolicySettings($step) {
  $key = Open-Key $TerminalServicesPolicy
  $found = [ordered]@{}
  foreach ($name in $step.settings.get_Keys()) { $found[$name] = if ($key) { Read-Value $key $name } }
  $found
}

function Test-SameValue($one, $other) {
  if ($null -eq $one -or $null -eq $other) { return $null -eq $one -and $null -eq $other }
  $one['type'] -ceq $other['type'] -and (@($one['data']) -join "`0") -ceq (@($other['data']) -join "`0")
}

# The names of the settings that are not as the step has them.
function Get-PolicyOdd($step, $settings) {
  foreach ($name in $step.settings.get_Keys()) {
    if (-not (Test-SameValue $settings[$name] $step.settings[$name])) { $name }
  }
}

# Whether Windows took the request. It applies policy in the background: what comes of it shows in the registry.
function Request-Policy {
  try {
    $null = Get-ProgramText 'gpupdate.exe' '/target:computer /wait:0'
    $true
  }
  catch { $false }
}

function Wait-Policy($step) {
  $deadline = [datetime]::UtcNow.AddSeconds($step.timeout_s)
  while (@(Get-PolicyOdd $step (Get-PolicySettings $step)).Count -and [datetime]::UtcNow -lt $deadline) {
    [Threading.Thread]::Sleep(250)
  }
}

Export-ModuleMember -Function * -Variable PolicyData
