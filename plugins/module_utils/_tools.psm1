# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Windows' own tools, asked about Remote Desktop. It shares no code with the snapshot, for a witness that repeats
# its words proves nothing. Only _witnesses ships this part.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$ToolMilliseconds = 20000
$ToolCharacters = 200000
$ToolServices = 'CryptSvc', 'KeyIso', 'CertPropSvc', 'SessionEnv', 'TermService', 'UmRdpService'
$ToolTerminal = 'HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server'
$ToolKeys = [ordered]@{
  terminal_server = $ToolTerminal
  winstations = "$ToolTerminal\WinStations"
  rdp_tcp = "$ToolTerminal\WinStations\RDP-Tcp"
  policy = 'HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services'
  version = 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
}
$ToolLogs = @('System'
  'Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational'
  'Microsoft-Windows-TerminalServices-RemoteConnectionManager/Operational')

# What a program of Windows writes, and how it ended. A program that is not there is no witness.
function Invoke-Program([string] $name, [string] $arguments) {
  $path = [IO.Path]::Combine([Environment]::SystemDirectory, $name)
  if (-not [IO.File]::Exists($path)) { return [ordered]@{ there = $false } }
  $start = New-Object Diagnostics.ProcessStartInfo $path, $arguments
  $start.UseShellExecute = $false
  $start.CreateNoWindow = $true
  $start.RedirectStandardOutput = $true
  $start.RedirectStandardError = $true
  $process = [Diagnostics.Process]::Start($start)
  $output = $process.StandardOutput.ReadToEndAsync()
  $problem = $process.StandardError.ReadToEndAsync()
  if (-not $process.WaitForExit($ToolMilliseconds) -or -not $output.Wait($ToolMilliseconds)) {
    try { $process.Kill() } catch { $null = $_ }
    return [ordered]@{ there = $true; late = $true }
  }
  $null = $problem.Wait(1000)
  Get-ToolWords $output.Result $process.ExitCode
}

function Get-ToolWords([string] $text, [int] $code = 0) {
  if ($text.Length -gt $ToolCharacters) { $text = $text.Substring(0, $ToolCharacters) }
  [ordered]@{ there = $true; code = $code; text = $text }
}

# A cmdlet or a class of WMI, as lines of name=value. One that this Windows does not have is no witness.
function Invoke-ToolQuestion([scriptblock] $ask) {
  try { Get-ToolWords ((& $ask) -join "`n") }
  catch { [ordered]@{ there = $false; error = $_.Exception.GetType().FullName } }
}

function Get-Properties($thing, [string[]] $names) {
  foreach ($name in $names) {
    $value = $thing.$name
    if ($value -is [datetime]) { $value = $value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ') }
    "$name=$value"
  }
}

function Get-Instance([string] $class, [string] $namespace = 'root\cimv2', [string] $filter) {
  $more = @{}
  if ($filter) { $more['Filter'] = $filter }
  Get-CimInstance -ClassName $class -Namespace $namespace -OperationTimeoutSec 20 @more | Select-Object -First 1
}

function Get-Rules {
  foreach ($rule in Get-NetFirewallRule -PolicyStore PersistentStore -Name 'RemoteDesktop-UserMode-In-TCP') {
    "$($rule.Name)=$([int]$rule.Enabled),$([int]$rule.Action),$([int]$rule.Direction),$([int]$rule.Profile)"
  }
}

function Get-Log([string] $name) {
  $log = Get-WinEvent -ListLog $name
  "enabled=$([int]$log.IsEnabled)"
}

function Get-Answers($keyFiles) {
  $answers = [ordered]@{}
  foreach ($name in $ToolKeys.get_Keys()) {
    $answers["reg $name"] = Invoke-Program 'reg.exe' "query `"$($ToolKeys[$name])`""
  }
  foreach ($name in $ToolServices) {
    $answers["sc qc $name"] = Invoke-Program 'sc.exe' "qc $name"
    $answers["sc queryex $name"] = Invoke-Program 'sc.exe' "queryex $name"
  }
  foreach ($store in 'My', 'Remote Desktop') {
    $answers["certutil $store"] = Invoke-Program 'certutil.exe' "-store `"$store`""
  }
  foreach ($file in $keyFiles) { $answers["icacls $file"] = Invoke-Program 'icacls.exe' "`"$file`" /findsid *S-1-5-20" }
  $answers['netstat'] = Invoke-Program 'netstat.exe' '-ano'
  $answers['quser'] = Invoke-Program 'quser.exe' ''
  $answers['w32tm'] = Invoke-Program 'w32tm.exe' '/query /configuration'
  $answers['firewall'] = Invoke-ToolQuestion { Get-Rules }
  foreach ($log in $ToolLogs) { $answers["log $log"] = Invoke-ToolQuestion { Get-Log $log } }
  $answers['Win32_OperatingSystem'] = Invoke-ToolQuestion {
    Get-Properties (Get-Instance 'Win32_OperatingSystem') 'BuildNumber', 'LastBootUpTime', 'ProductType', 'OSLanguage'
  }
  $answers['Win32_ComputerSystem'] = Invoke-ToolQuestion {
    Get-Properties (Get-Instance 'Win32_ComputerSystem') 'Name', 'PartOfDomain', 'Domain', 'DomainRole'
  }
  $answers['Win32_TSGeneralSetting'] = Invoke-ToolQuestion {
    $one = Get-Instance 'Win32_TSGeneralSetting' 'root\cimv2\TerminalServices' "TerminalName='RDP-Tcp'"
    Get-Properties $one 'SecurityLayer', 'MinEncryptionLevel', 'UserAuthenticationRequired', 'SSLCertificateSHA1Hash'
  }
  $answers['Win32_TerminalServiceSetting'] = Invoke-ToolQuestion {
    $one = Get-Instance 'Win32_TerminalServiceSetting' 'root\cimv2\TerminalServices'
    Get-Properties $one 'AllowTSConnections', 'TerminalServerMode', 'LicensingType'
  }
  $answers
}

# Only files of Windows' own key folders are asked about, as the snapshot names them.
function Get-AskedFiles($given) {
  $folders = '\\Microsoft\\Crypto\\(RSA\\MachineKeys|Keys|SystemKeys)\\[0-9A-Za-z_.-]{1,128}\z'
  foreach ($file in @($given)) {
    if ($file -isnot [string] -or $file -notmatch "^[A-Za-z]:\\[0-9A-Za-z_. \\-]{1,80}$folders") {
      throw 'A key file is not one of Windows'' own key folders.'
    }
    $file
  }
}

Export-ModuleMember -Function *
