# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$ProductTypes = @{ WinNT = 1; LanmanNT = 2; ServerNT = 3 }
$ServiceNotInstalled = -2147023836
$ServiceSpecificError = 1066

function Read-Lcid([string] $name, [int] $default) {
  $text = Read-Data 'SYSTEM\CurrentControlSet\Control\Nls\Language' $name 'string'
  if ($text -match '^[0-9A-Fa-f]{1,7}$') { [int]"0x$text" } else { $default }
}

function Read-PendingReboot {
  $windows = 'SOFTWARE\Microsoft\Windows\CurrentVersion'
  $manager = 'SYSTEM\CurrentControlSet\Control\Session Manager'
  [ordered]@{
    component_servicing = Test-Key "$windows\Component Based Servicing\RebootPending"
    windows_update = Test-Key "$windows\WindowsUpdate\Auto Update\RebootRequired"
    file_rename = -join (Read-Data $manager 'PendingFileRenameOperations' 'multi_string') -ne ''
  }
}

<#
.SYNOPSIS
Reads what the host is, and as whom it is read.
.DESCRIPTION
From the registry and .NET.
Denied: a registry key is the section's error.
#>
function Read-HostSection($context) {
  $version = 'SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
  $administrators = [Security.Principal.SecurityIdentifier]'S-1-5-32-544'
  $joined = Test-Joined
  $product = $ProductTypes["$(Get-ProductType)"]
  # It starts with Windows.
  $up = [Diagnostics.Stopwatch]::GetTimestamp() / [Diagnostics.Stopwatch]::Frequency
  [ordered]@{
    computer_name = [Environment]::MachineName
    dns_host_name = Read-Data $TcpipParameters 'Hostname' 'string'
    dns_domain = if ($joined -ne $false) { Get-Domain }
    part_of_domain = $joined
    domain_role = if ($null -ne $joined -and $product) { @(0, 4, 2)[$product - 1] + [int]($joined -and $product -ne 2) }
    product_type = $product
    build = [int](Read-Data $version 'CurrentBuildNumber' 'string')
    ubr = Read-Data $version 'UBR' 'dword'
    edition_id = Read-Data $version 'EditionID' 'string'
    installation_type = Read-Data $version 'InstallationType' 'string'
    utc = ConvertTo-UtcText ([datetime]::UtcNow)
    boot_utc = ConvertTo-UtcText ([datetime]::UtcNow.AddSeconds(-$up))
    locale = Read-Lcid 'Default' ([Globalization.CultureInfo]::CurrentCulture.LCID)
    ui_locale = Read-Lcid 'InstallLanguage' ([Globalization.CultureInfo]::InstalledUICulture.LCID)
    utc_offset_minutes = [int][TimeZoneInfo]::Local.GetUtcOffset([datetime]::UtcNow).TotalMinutes
    machine_guid = Get-MachineGuid
    program_data = Get-ProgramData
    elevated = ([Security.Principal.WindowsPrincipal]$identity).IsInRole($administrators)
    user_sid = $identity.User.Value
    powershell = $PSVersionTable.PSVersion.ToString()
    process_bits = [IntPtr]::Size * 8
    connection_broker = Test-Key "$ServicesKey\TSSDis"
    pending_reboot = Read-PendingReboot
    free_bytes = try { [IO.DriveInfo]::new([Environment]::SystemDirectory).AvailableFreeSpace } catch { $null }
  }
}

function Get-ListenerKeys {
  [ordered]@{
    rdp_tcp = $RdpTcp
    terminal_server = $TerminalServer
    winstations = $WinStations
    policy = $TerminalServicesPolicy
  }
}

# As the scheduler gives it. Its file is looked for first: connecting to the scheduler takes longer.
function Read-NlaTask {
  if (-not [IO.File]::Exists((Join-PathPart ([Environment]::SystemDirectory) 'Tasks' $NlaTask))) { return }
  $read = [ordered]@{ xml = $null; error = $null }
  try { $read['xml'] = [string](Get-TaskFolder).GetTask($NlaTask).Xml } catch { $read['error'] = Get-ErrorValue $_ }
  $read
}

<#
.SYNOPSIS
Reads the settings of the listener.
.DESCRIPTION
From four registry keys the values that the caller names, and the task that arms NLA. Absent is null, not 0.
Denied: a key is the section's error, the task has its own.
#>
function Read-ListenerSection($context) {
  $groups = [ordered]@{}
  foreach ($group in (Get-ListenerKeys).GetEnumerator()) {
    $path = $group.Value
    $key = Open-Key $path
    $settings = [ordered]@{}
    foreach ($name in $context['listener_values'][$group.Key]) {
      $settings[$name] = if ($key) { Read-Value $key $name }
    }
    $groups[$group.Key] = [ordered]@{ path = "HKLM\$path"; present = ($null -ne $key); settings = $settings }
  }
  $groups['nla_task'] = Read-NlaTask
  $groups
}

function Read-Service([string] $name, $controller) {
  $path = "$ServicesKey\$name"
  $key = Open-Key $path
  if ($null -eq $key) { return }
  $value = @{}
  foreach ($item in 'Start', 'DelayedAutostart', 'ObjectName', 'ImagePath', 'Type', 'DependOnService') {
    $read = Read-Value $key $item
    $value[$item] = if ($read) { $read['data'] }
  }
  try {
    if ($null -eq $controller) { $controller = Get-Controller $name }
    $state = [int]$controller.Status
  }
  catch {
    if ((Get-ErrorValue $_).code -eq $ServiceNotInstalled) { return }
    throw
  }
  [ordered]@{
    start = [int]$value['Start']
    delayed = $value['DelayedAutostart'] -eq 1
    state = $state
    account = $value['ObjectName']
    service_dll = Read-Data "$path\Parameters" 'ServiceDll' 'string', 'expand_string'
    image_path = $value['ImagePath']
    type = $value['Type']
    pid = $null
    exit_code = $null
    dependents = Get-Dependents $controller
    depends_on = @(foreach ($item in $value['DependOnService']) { if ($item) { $item } })
  }
}

function Add-ServiceProcesses($services) {
  $where = @(foreach ($name in $ServiceNames) { "Name='$name'" }) -join ' OR '
  $rows = Get-WmiRows "SELECT Name, ProcessId, ExitCode, ServiceSpecificExitCode FROM Win32_Service WHERE $where"
  foreach ($row in $rows) {
    $service = $services[[string]$row.Name]
    if ($null -eq $service) { continue }
    $service['pid'] = Get-Field $row 'ProcessId'
    $code = Get-Field $row 'ExitCode'
    if ($code -eq $ServiceSpecificError) { $code = Get-Field $row 'ServiceSpecificExitCode' }
    $service['exit_code'] = $code
  }
}

<#
.SYNOPSIS
Reads the six services of Remote Desktop.
.DESCRIPTION
From the registry, the service manager, and Win32_Service, which takes up to a second.
Denied: a service's state is the section's error.
#>
function Read-ServicesSection($context) {
  $answer = [ordered]@{}
  $listed = @{}
  foreach ($controller in (Get-AllControllers)) { $listed[$controller.ServiceName] = $controller }
  foreach ($name in $ServiceNames) { $answer[$name] = Read-Service $name $listed[$name] }
  $running = $answer['TermService'] -and $answer['TermService']['state'] -eq 4
  if ($running -and $context['owners'] -eq 'unknown') { return $answer }
  Add-ServiceProcesses $answer
  $answer
}

<#
.SYNOPSIS
Reads what listens on the listener's port, and counts its connections.
.DESCRIPTION
From .NET, and WMI for the owner, asked only where something listens.
Denied: pid and process are null.
#>
function Read-PortSection($context) {
  $number = Get-PortNumber
  $network = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
  $owners = @{}
  $points = @(foreach ($point in $network.GetActiveTcpListeners()) {
      if ($point.Port -eq $number) { $point.Address.ToString() }
    })
  if ($points.Count) {
    $query = "SELECT LocalAddress, OwningProcess FROM MSFT_NetTCPConnection WHERE LocalPort=$number AND State=2"
    foreach ($row in (Get-WmiRows $query 'root/StandardCimv2')) {
      $owners[[string]$row.LocalAddress] = [int]$row.OwningProcess
    }
  }
  if ($points.Count -and -not $owners.Count) { $context['owners'] = 'unknown' }
  $established = 0
  foreach ($connection in $network.GetActiveTcpConnections()) {
    if ($connection.LocalEndPoint.Port -eq $number -and $connection.State -eq 'Established') { $established++ }
  }
  $listeners = @(foreach ($point in $points) {
      $owner = $owners[$point]
      $process = try { [Diagnostics.Process]::GetProcessById($owner).ProcessName } catch { $null }
      [ordered]@{ address = $point; port = $number; pid = $owner; process = $process }
    })
  [ordered]@{ number = $number; listeners = $listeners; established = $established }
}

Export-ModuleMember -Function *
