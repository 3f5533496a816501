#!powershell
# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1
#AnsibleRequires -PowerShell ...module_utils._tools

# Asks Windows' own tools about Remote Desktop, each a second way to a fact that the snapshot reads. It only reads.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
  '{"changed":false,"failed":true,"reason":"language_mode","msg":"App Control or AppLocker lets PowerShell run here ' +
  'in a restricted language mode only: nothing can be asked."}'
  return
}

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$given = Get-Variable -Name complex_args -Scope Global -ErrorAction Ignore
if ($null -ne $given) {
  $answer = [ordered]@{ changed = $false }
  try { $answer['answers'] = Get-Answers @(Get-AskedFiles $given.Value['key_files'] | Select-Object -First 8) }
  catch {
    $answer['failed'] = $true
    $answer['msg'] = $_.Exception.Message
  }
  ConvertTo-Json -InputObject $answer -Depth 5 -Compress
}
