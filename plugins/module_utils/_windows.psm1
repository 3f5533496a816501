# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._values

# How this host is asked: registry, files, services, WMI, programs.

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
$SddlParts = [Security.AccessControl.AccessControlSections]'Owner, Group, Access'
$RegistryTypes = @{
  DWord = 'dword'
  QWord = 'qword'
  String = 'string'
  ExpandString = 'expand_string'
  MultiString = 'multi_string'
}
$DefaultPort = 3389
$ProgramMilliseconds = 6000

# As a 64-bit process sees it. Handles are left to the process, which ends in a moment.
function Open-Hive([string] $hive) {
  $view = [Microsoft.Win32.RegistryView]::Registry64
  [Microsoft.Win32.RegistryKey]::OpenBaseKey([Microsoft.Win32.RegistryHive]$hive, $view)
}

function Open-Key([string] $path, [bool] $writable = $false) {
  (Open-Hive 'LocalMachine').OpenSubKey($path, $writable)
}

function Test-Key([string] $path) { $null -ne (Open-Key $path) }

# Numbers are unsigned on the wire: .NET reads 0xFFFFFFFF as -1.
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

# Data, or null where it is absent or of another type.
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

# Path.Combine has so many forms that PowerShell takes 10 ms to choose one.
function Join-PathPart { $args -join [IO.Path]::DirectorySeparatorChar }

function Get-ProgramData { [Environment]::GetFolderPath('CommonApplicationData') }

# Get-Acl needs to list the folder, which hardening forbids.
function Get-Sddl([string] $path, [bool] $folder) {
  $security = if ($folder) { [Security.AccessControl.DirectorySecurity]::new($path, $SddlParts) }
  else { [Security.AccessControl.FileSecurity]::new($path, $SddlParts) }
  $security.GetSecurityDescriptorSddlForm($SddlParts)
}

function Get-Controller([string] $name) {
  if (-not ('ServiceProcess.ServiceController' -as [type])) { Add-Type -AssemblyName System.ServiceProcess }
  [ServiceProcess.ServiceController]::new($name)
}

function Get-AllControllers {
  $null = Get-Controller 'TermService'
  , [ServiceProcess.ServiceController]::GetServices()
}

function Get-State($controller) {
  $controller.Refresh()
  [int]$controller.Status
}

function Get-Dependents($controller) {
  , @(foreach ($dependent in $controller.DependentServices) {
      [ordered]@{ name = $dependent.ServiceName; state = [int]$dependent.Status }
    })
}

# No answer is not the section's failure. Where WMI hangs, it is waited for once per call.
$Wmi = @{ seconds = 8; hangs = $false }
function Get-WmiRows([string] $query, [string] $namespace = 'root/cimv2') {
  $rows = @()
  if (-not $Wmi['hangs']) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    try { $rows = @(Get-CimInstance -Namespace $namespace -Query $query -OperationTimeoutSec $Wmi['seconds']) }
    catch { $Wmi['hangs'] = $watch.Elapsed.TotalSeconds -ge $Wmi['seconds'] }
  }
  , $rows
}

# Of the first row; null without one, or when the class lacks it.
function Get-Field($rows, [string] $name) {
  foreach ($row in $rows) {
    $property = $row.PSObject.Properties[$name]
    return $(if ($property) { $property.Value })
  }
}

function Get-DomainRole($context) {
  if (-not $context.ContainsKey('role')) {
    $context['role'] = Get-Field (Get-WmiRows 'SELECT DomainRole FROM Win32_ComputerSystem') 'DomainRole'
  }
  $context['role']
}

function Test-Joined($role) { if ($null -ne $role) { @(1, 3, 4, 5) -contains [int]$role } }

function Get-ProgramText([string] $path, [string] $line) {
  $start = [Diagnostics.ProcessStartInfo]::new($path, $line)
  $start.UseShellExecute = $false
  $start.CreateNoWindow = $true
  $start.RedirectStandardOutput = $true
  $process = [Diagnostics.Process]::Start($start)
  try {
    $text = $process.StandardOutput.ReadToEndAsync()
    if ($process.WaitForExit($ProgramMilliseconds) -and $text.Wait(1000)) { $text.Result } else { $process.Kill() }
  }
  finally { $process.Dispose() }
}

Export-ModuleMember -Function * -Variable RdpTcp, SddlParts, ServiceNames, ServicesKey, SystemCertificates,
TcpipParameters, TerminalServer, TerminalServicesPolicy, WinStations, Wmi
