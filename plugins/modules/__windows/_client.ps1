#!powershell
# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
#Requires -Version 5.1
#AnsibleRequires -PowerShell ...module_utils._client

# Reads a Windows client, and looks at a host from there. What could change anything is not even sent along.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
  '{"changed":false,"schema_version":1,"failed":true,"reason":"language_mode","msg":"App Control or AppLocker lets ' +
  'PowerShell run here in a restricted language mode only: the client cannot be read."}'
  return
}

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Every release of ansible-core so far hands the arguments over in this variable; a test has none.
$given = Get-Variable -Name complex_args -Scope Global -ErrorAction Ignore
if ($null -ne $given) { Invoke-Client $given.Value }
