# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._values

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$ServiceNames = 'TermService', 'SessionEnv', 'UmRdpService', 'CertPropSvc', 'KeyIso', 'CryptSvc'
$TerminalServer = 'SYSTEM\CurrentControlSet\Control\Terminal Server'
$WinStations = "$TerminalServer\WinStations"
$RdpTcp = "$WinStations\RDP-Tcp"
$TerminalServicesPolicy = 'SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services'
$SystemCertificates = 'SOFTWARE\Microsoft\SystemCertificates'
$ServicesKey = 'SYSTEM\CurrentControlSet\Services'
$TcpipParameters = "$ServicesKey\Tcpip\Parameters"
$SddlParts = 'Owner, Group, Access'
$RegistryTypes = @{
  DWord = 'dword'
  QWord = 'qword'
  String = 'string'
  ExpandString = 'expand_string'
  MultiString = 'multi_string'
}
$DefaultPort = 3389
# The task that arms Network Level Authentication again.
$NlaTask = 'winops.rdp arm NLA'
$ProgramMilliseconds = 6000
$ServiceSpecificError = 1066

# As a 64-bit process sees it. Handles are left to the process.
function Open-Hive([string] $hive) {
  $view = [Microsoft.Win32.RegistryView]::Registry64
  [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]$hive, $view)
}

function Open-Key([string] $path, [bool] $writable = $false) {
  (Open-Hive 'LocalMachine').OpenSubKey($path, $writable)
}

function Test-Key([string] $path) { $null -ne (Open-Key $path) }

# Numbers are unsigned: .NET reads 0xFFFFFFFF as -1.
function ConvertTo-RegistryValue([string] $kind, $data) {
  if ($null -eq $data) { return $null }
  if ($data -is [byte[]]) {
    $type = if ($kind -eq 'None' -or $kind -eq 'Unknown') { 'none' } else { 'binary' }
    return [ordered]@{ type = $type; data = [Convert]::ToBase64String($data) }
  }
  if ($kind -eq 'DWord') { $data = [long]$data -band 4294967295 }
  elseif ($kind -eq 'QWord') { $data = [BitConverter]::ToUInt64([BitConverter]::GetBytes([long]$data), 0) }
  elseif ($kind -eq 'MultiString') { $data = [string[]]@($data) }
  [ordered]@{ type = $RegistryTypes[$kind]; data = $data }
}

function Read-Value($key, [string] $name) {
  $data = $key.GetValue($name, $null, 'DoNotExpandEnvironmentNames')
  if ($null -ne $data) { ConvertTo-RegistryValue ($key.GetValueKind($name).ToString()) $data }
}

function Read-Data([string] $path, [string] $name, [string[]] $types) {
  $key = Open-Key $path
  $value = if ($key) { Read-Value $key $name }
  if ($value -and $types -contains $value['type']) { $value['data'] }
}

function Read-Thumbprint([string] $path, [string] $name) {
  $bytes = ConvertFrom-Base64 (Read-Data $path $name 'binary')
  if ($null -ne $bytes -and $bytes.Length -eq 20) { ConvertTo-Hex $bytes }
}

function Get-PortNumber {
  $number = Read-Data $RdpTcp 'PortNumber' 'dword'
  if ($null -ne $number -and $number -ge 1 -and $number -le 65535) { [int]$number } else { $DefaultPort }
}

function Get-ProductType { Read-Data 'SYSTEM\CurrentControlSet\Control\ProductOptions' 'ProductType' 'string' }

function Get-MachineGuid { Read-Data 'SOFTWARE\Microsoft\Cryptography' 'MachineGuid' 'string' }

function Join-PathPart { $args -join [IO.Path]::DirectorySeparatorChar }

function Get-ProgramData { [Environment]::GetFolderPath('CommonApplicationData') }

function Get-WindowsFolder { [Environment]::GetFolderPath('Windows') }

# A 32-bit process finds other files in the folder of the system, and its own as a 64-bit one does under another name.
function Test-Redirected { [Environment]::Is64BitOperatingSystem -and -not [Environment]::Is64BitProcess }

function Get-SystemFolder {
  if (Test-Redirected) { Join-PathPart (Get-WindowsFolder) 'Sysnative' } else { [Environment]::SystemDirectory }
}

# Get-Acl needs to list the folder, which hardening forbids, but switches SeBackupPrivilege on.
function Get-Sddl([string] $path, [bool] $folder) {
  try {
    $security = if ($folder) { [Security.AccessControl.DirectorySecurity]::new($path, $SddlParts) }
    else { [Security.AccessControl.FileSecurity]::new($path, $SddlParts) }
  }
  catch [UnauthorizedAccessException] { $security = Get-Acl -LiteralPath $path }
  $security.GetSecurityDescriptorSddlForm($SddlParts)
}

function Get-Controller([string] $name) {
  if (-not ('ServiceProcess.ServiceController' -as [type])) { Add-Type -AssemblyName System.ServiceProcess }
  [ServiceProcess.ServiceController]::new($name)
}

function Get-AllControllers {
  $null = Get-Controller 'TermService'
  [ServiceProcess.ServiceController]::GetServices()
}

function Get-State($controller) {
  $controller.Refresh()
  [int]$controller.Status
}

# A start type that cannot be read is null: what runs is worth knowing all the same.
function Read-StartType([string] $name) {
  try { Read-Data "$ServicesKey\$name" 'Start' 'dword' } catch { $null = $_ }
}

function Get-Dependents($controller) {
  , @(foreach ($dependent in $controller.DependentServices) {
      $name = $dependent.ServiceName
      [ordered]@{ name = $name; state = [int]$dependent.Status; start = Read-StartType $name }
    })
}

# Why a section was read only in part.
$Silence = @{ error = $null }
function Add-Silence($problem) { if (-not $Silence['error']) { $Silence['error'] = Get-ErrorValue $problem } }

# What may hang is asked in a thread that can be abandoned; the next question then gets another. With -Part what came
# until then is the answer, and it is noted that it was late.
$Aside = @{
  runspace = $null
  late = $false
  prefix = "[Threading.Thread]::CurrentThread.IsBackground = `$true`n`$ErrorActionPreference = 'Stop'`n"
}
function Get-Aside([string] $code, $arguments, [double] $seconds, [switch] $Part) {
  $shell = [powershell]::Create().AddScript($Aside['prefix'] + $code)
  if ($Aside['runspace']) { $shell.Runspace = $Aside['runspace'] } else { $Aside['runspace'] = $shell.Runspace }
  foreach ($argument in $arguments) { $null = $shell.AddArgument($argument) }
  $given = [Management.Automation.PSDataCollection[psobject]]::new()
  $came = [Management.Automation.PSDataCollection[psobject]]::new()
  $given.Complete()
  $asked = $shell.BeginInvoke($given, $came)
  $Aside['late'] = -not $asked.AsyncWaitHandle.WaitOne([int](1000 * $seconds))
  if ($Aside['late']) { $Aside['runspace'] = $null } else { $null = $shell.EndInvoke($asked) }
  if ($Aside['late'] -and -not $Part) { throw [TimeoutException] 'No answer came in time.' }
  $came.ReadAll()
}

# WMI's own deadline does not hold while it connects.
$Wmi = @{
  seconds = 8
  hangs = $false
  ask = @'
foreach ($row in Get-CimInstance -Namespace $args[0] -Query $args[1] -OperationTimeoutSec $args[3]) {
  $row
  if ($args[2]) { Invoke-CimMethod -InputObject $row -MethodName $args[2] -OperationTimeoutSec $args[3] }
}
'@
}

# Where WMI hangs, it is waited for once per call.
function Get-WmiRows([string] $query, [string] $namespace = 'root/cimv2', [string] $method = '') {
  $rows = @()
  try {
    if ($Wmi['hangs']) { throw [TimeoutException] 'WMI did not answer before.' }
    $rows = @(Get-Aside $Wmi['ask'] @($namespace, $query, $method, $Wmi['seconds']) $Wmi['seconds'])
  }
  catch {
    Add-Silence $_
    $Wmi['hangs'] = $Wmi['hangs'] -or $_.Exception -is [TimeoutException]
  }
  , $rows
}

function Get-Field($rows, [string] $name) {
  foreach ($row in $rows) {
    $property = $row.PSObject.Properties[$name]
    return $(if ($property) { $property.Value })
  }
}

function Get-TaskFolder([string] $path = '\') {
  $service = New-Object -ComObject Schedule.Service
  $service.Connect()
  $service.GetFolder($path)
}

function Test-NlaFile { [IO.File]::Exists((Join-PathPart (Get-SystemFolder) 'Tasks' $NlaTask)) }

function Get-FileVersion([string] $path) {
  $about = [Diagnostics.FileVersionInfo]::GetVersionInfo($path)
  $about.FileMajorPart, $about.FileMinorPart, $about.FileBuildPart, $about.FilePrivatePart -join '.'
}

# Joining a domain makes Netlogon start by itself, leaving it ends that.
function Test-Joined {
  $start = Read-Data "$ServicesKey\Netlogon" 'Start' 'dword'
  if ((Get-ProductType) -eq 'LanmanNT') { $true }
  elseif ($start -eq 2 -or $start -eq 3) { $start -eq 2 }
}

# By the distinguished name that Group Policy keeps: the DNS suffix may be another.
function Get-Domain {
  if ((Test-Joined) -eq $false) { return }
  $state = 'SOFTWARE\Microsoft\Windows\CurrentVersion\Group Policy\State\Machine'
  $null, $parts = "$(Read-Data $state 'Distinguished-Name' 'string')" -split ',DC='
  if (-not $parts) { $parts = Read-Data $TcpipParameters 'Domain' 'string' }
  if ($parts) { $parts -join '.' }
}

# A program of Windows itself, asked with a deadline. Its words are in its language: only numbers count, by their place.
function Get-ProgramText([string] $name, [string] $line, [int] $milliseconds = 0) {
  if (-not $milliseconds) { $milliseconds = $ProgramMilliseconds }
  # A program of another place comes with its whole path, which stays.
  $path = [IO.Path]::Combine((Get-SystemFolder), $name)
  $start = [Diagnostics.ProcessStartInfo]::new($path, $line)
  $start.UseShellExecute = $false
  $start.CreateNoWindow = $true
  $start.RedirectStandardOutput = $true
  $process = [Diagnostics.Process]::Start($start)
  try {
    $text = $process.StandardOutput.ReadToEndAsync()
    if (-not $process.WaitForExit($milliseconds) -or -not $text.Wait(1000)) {
      $process.Kill()
      throw [TimeoutException] "$path does not end."
    }
    if ($process.ExitCode) { throw [ComponentModel.Win32Exception]::new($process.ExitCode) }
    $text.Result
  }
  finally { $process.Dispose() }
}

# Of each service process and last exit code, as the service manager has them: a line of text for each number.
function Read-ServiceProcesses {
  $line = [regex]::new('^[ \t]+[^:\r\n]+:[ \t]*(-?\w*)', 'Multiline')
  $found = @{}
  $text = Get-ProgramText 'sc.exe' 'queryex type= service state= all bufsize= 250000'
  foreach ($block in $text -split '(?:\r?\n){2,}') {
    $numbers = $line.Matches($block)
    if ($numbers.Count -lt 7 -or $block -notmatch '(?m)^\S[^:\r\n]*: *(\S[^\r\n]*?)\s*$') { continue }
    $name = $Matches[1]
    $code, $own, $id = foreach ($at in 2, 3, 6) { [long]$numbers[$at].Groups[1].Value -band 4294967295 }
    $found[$name] = @{ pid = $id; exit_code = if ($code -eq $ServiceSpecificError) { $own } else { $code } }
  }
  if (-not $found.ContainsKey('TermService')) { throw [IO.InvalidDataException] 'sc.exe does not name TermService.' }
  $found
}

Export-ModuleMember -Function * -Variable Aside, NlaTask, RdpTcp, SddlParts, ServiceNames, ServicesKey,
ServiceSpecificError, Silence, SystemCertificates, TcpipParameters, TerminalServer, TerminalServicesPolicy,
WinStations, Wmi
