# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._certificates
#AnsibleRequires -PowerShell ..module_utils._events
#AnsibleRequires -PowerShell ..module_utils._journal
#AnsibleRequires -PowerShell ..module_utils._listener
#AnsibleRequires -PowerShell ..module_utils._products
#AnsibleRequires -PowerShell ..module_utils._surroundings
#AnsibleRequires -PowerShell ..module_utils._system


Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$SchemaVersion = 1
# In the order in which they are read. A reader bears its section's name.
$AllSections = 'host', 'listener', 'certificates', 'key_files', 'port', 'services', 'sessions', 'events', 'journals',
'registry', 'firewall', 'files', 'logon', 'network', 'domain', 'licensing', 'policies', 'products'
$OnRequest = 'local_policy', 'machine_keys'
$Readers = @{}
foreach ($name in $AllSections + $OnRequest) { $Readers[$name] = "Read-$($name.Replace('_', ''))Section" }
$KnownArguments = 'operation', 'sections', 'journal_id', 'values', 'listener_values', 'events', 'service_names',
'key_certificates', 'channel', 'journal', 'steps', 'plan', 'secrets', 'safety_task'

function Test-Sections($arguments) {
  if ($null -eq $arguments['sections']) {
    $arguments['sections'] = @(if ($arguments['operation'] -ceq 'snapshot') { $AllSections })
  }
  $arguments['sections'] = @($arguments['sections'])
  foreach ($name in $arguments['sections']) {
    if ($name -is [string] -and $Readers.ContainsKey($name)) { continue }
    Stop-WithReason "The section $name is not known."
  }
}

function Test-Keys($arguments, [string] $name, [string] $pattern, [string] $otherwise) {
  $value = $arguments[$name]
  if ($null -eq $value) { $value = @{} }
  if ($value -isnot [Collections.IDictionary]) { $value = ConvertTo-Plain $value }
  if ($value -isnot [Collections.IDictionary]) { Stop-WithReason "$name is not a dictionary." }
  foreach ($key in $value.get_Keys()) {
    if ($key -cnotmatch $pattern) { Stop-WithReason "$name names $key, which is $otherwise." }
  }
  $arguments[$name] = $value
}

function Test-Events($arguments) {
  $events = @(foreach ($source in $arguments['events']) {
      if ($source -isnot [Collections.IDictionary]) { $source = ConvertTo-Plain $source }
      if (-not (Test-EventSource $source)) { Stop-WithReason 'A source of events is not as the contract has it.' }
      $source
    })
  if ($events.Count -gt $MaxSources) { Stop-WithReason "events has more than $MaxSources sources." }
  $arguments['events'] = $events
}

function Read-Arguments($given) {
  $arguments = @{}
  foreach ($name in $KnownArguments) { $arguments[$name] = $null }
  $check = $false
  if ($given -isnot [Collections.IDictionary]) { $given = ConvertTo-Plain $given }
  if ($given -isnot [Collections.IDictionary]) { Stop-WithReason 'The arguments are not a dictionary.' }
  foreach ($name in $given.get_Keys()) {
    if ($name -eq '_ansible_check_mode') { $check = [bool]$given[$name] }
    elseif ($name -clike '_ansible_*') { continue }
    elseif ($arguments.ContainsKey($name)) { $arguments[$name] = $given[$name] }
    else { Stop-WithReason "The argument $name is not known." }
  }
  foreach ($name in 'journal', 'steps', 'plan', 'secrets') {
    if ($null -ne $arguments[$name]) { $arguments[$name] = ConvertTo-Plain $arguments[$name] }
  }
  if ($arguments['operation'] -isnot [string] -or @('snapshot', 'apply') -cnotcontains $arguments['operation']) {
    Stop-WithReason 'operation is neither snapshot nor apply.'
  }
  Test-Sections $arguments
  $id = $arguments['journal_id']
  if ($null -ne $id -and ($id -isnot [string] -or $id -cnotmatch $IdPattern)) {
    Stop-WithReason 'journal_id is not the id of a journal.'
  }
  # Only these two parts of the registry: the others hold secrets, or belong to users.
  Test-Keys $arguments 'values' '^(?i:SOFTWARE|SYSTEM)\\' 'neither below SOFTWARE nor below SYSTEM'
  Test-Keys $arguments 'listener_values' "^($((Get-ListenerKeys).get_Keys() -join '|'))\z" 'no group'
  Test-Events $arguments
  foreach ($list in 'service_names', 'key_certificates') {
    $arguments[$list] = @(foreach ($name in $arguments[$list]) { [string]$name })
  }
  $arguments['check_mode'] = $check
  $arguments
}

function Read-Sections($arguments) {
  $context = @{ truncated = [Collections.ArrayList]::new() } + $arguments
  $answer = [ordered]@{
    sections = [ordered]@{}; errors = [ordered]@{}; silent = [ordered]@{}; elapsed_ms = [ordered]@{}
    truncated = $context['truncated']
  }
  foreach ($name in $arguments['sections']) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $Silence['error'] = $null
    try { $answer['sections'][$name] = & $Readers[$name] $context }
    catch { $answer['errors'][$name] = Get-ErrorValue $_ }
    if ($Silence['error']) { $answer['silent'][$name] = $Silence['error'] }
    $answer['elapsed_ms'][$name] = $watch.ElapsedMilliseconds
  }
  $answer
}

function Add-Entries($answer, $more) {
  foreach ($entry in $more.GetEnumerator()) { $answer[$entry.Key] = $entry.Value }
}

function Add-Failure($answer, $record) {
  $problem = $record.Exception
  $answer['failed'] = $true
  $answer['msg'] = $problem.Message
  if ($problem.Data.Contains('reason')) {
    $answer['reason'] = $problem.Data['reason']
    Add-Entries $answer $problem.Data['more']
    return
  }
  $answer['reason'] = 'internal'
  $answer['error'] = Get-ErrorValue $record
  $answer['at'] = [string]$record.ScriptStackTrace
}

function Invoke-Main($given, [scriptblock] $apply) {
  $watch = [Diagnostics.Stopwatch]::StartNew()
  $answer = [ordered]@{ changed = $false; schema_version = $SchemaVersion }
  try {
    $arguments = Read-Arguments $given
    $answer['operation'] = $arguments['operation']
    if ($arguments['operation'] -ceq 'apply') {
      if ($null -eq $apply) { Stop-WithReason 'This call can only read.' }
      Add-Entries $answer (& $apply $arguments)
    }
    Add-Entries $answer (Read-Sections $arguments)
    $answer['script_ms'] = $watch.ElapsedMilliseconds
  }
  catch { Add-Failure $answer $_ }
  ConvertTo-WireJson $answer
}

Export-ModuleMember -Function * -Variable SchemaVersion
