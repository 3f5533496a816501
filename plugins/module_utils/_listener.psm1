# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._windows

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$ProductTypes = @{ WinNT = 1; LanmanNT = 2; ServerNT = 3 }
$ServiceNotInstalled = -2147023836

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
  if (-not (Test-NlaFile)) { return }
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
  $value = @{}
  $dll = $null
  $state = $null
  $problem = $null
  $dependents = $null
  $items = 'Start', 'DelayedAutostart', 'ObjectName', 'ImagePath', 'Type', 'DependOnService'
  try {
    $key = Open-Key $path
    if ($null -eq $key) { return }
    foreach ($item in $items) {
      $read = Read-Value $key $item
      $value[$item] = if ($read) { $read['data'] }
    }
    $dll = Read-Data "$path\Parameters" 'ServiceDll' 'string', 'expand_string'
  }
  catch { $problem = Get-ErrorValue $_ }
  try {
    if ($null -eq $controller) { $controller = Get-Controller $name }
    $state = [int]$controller.Status
    $dependents = Get-Dependents $controller
  }
  catch {
    $problem = Get-ErrorValue $_
    if ($problem['code'] -eq $ServiceNotInstalled) { return }
  }
  [ordered]@{
    start = if (Test-Whole $value['Start']) { $value['Start'] }
    error = $problem
    delayed = $value['DelayedAutostart'] -eq 1
    state = $state
    account = $value['ObjectName']
    service_dll = $dll
    image_path = $value['ImagePath']
    type = $value['Type']
    pid = $null
    exit_code = $null
    started = $null
    shares = $null
    dependents = $dependents
    depends_on = @(foreach ($item in $value['DependOnService']) { if ($item) { $item } })
  }
}

# From the service manager; where its program may not run, from WMI.
function Get-ServiceProcesses {
  try { return Read-ServiceProcesses } catch { $problem = $_ }
  $found = @{}
  $before = $Silence['error']
  foreach ($row in (Get-WmiRows 'SELECT Name, ProcessId, ExitCode, ServiceSpecificExitCode FROM Win32_Service')) {
    $code = Get-Field $row 'ExitCode'
    if ($code -eq $ServiceSpecificError) { $code = Get-Field $row 'ServiceSpecificExitCode' }
    $found[[string]$row.Name] = @{ pid = Get-Field $row 'ProcessId'; exit_code = $code }
  }
  if (-not $found.Count) {
    $Silence['error'] = $before
    Add-Silence $problem
  }
  $found
}

function Add-ServiceProcesses($services) {
  $found = Get-ServiceProcesses
  foreach ($name in $ServiceNames) {
    $service = $services[$name]
    if ($null -eq $service -or -not $found[$name]) { continue }
    $id = $found[$name]['pid']
    $service['pid'] = $id
    $service['exit_code'] = $found[$name]['exit_code']
    if (-not $id) { continue }
    $service['started'] = try { [Diagnostics.Process]::GetProcessById($id).StartTime } catch { $null }
    $service['shares'] = @(foreach ($other in $found.GetEnumerator()) {
        if ($other.Value['pid'] -eq $id -and $other.Key -ne $name) { $other.Key }
      })
  }
}

<#
.SYNOPSIS
Reads the six services of Remote Desktop.
.DESCRIPTION
From the registry and the service manager; process and exit code from sc.exe, or else WMI.
Denied: state is null, with the error; process and exit code are null.
#>
function Read-ServicesSection($context) {
  $answer = [ordered]@{}
  $listed = @{}
  # Who may not list them may be allowed to ask for each.
  try {
    foreach ($controller in (Get-AllControllers)) { $listed[$controller.ServiceName] = $controller }
  }
  catch { $null = $_ }
  foreach ($name in $ServiceNames) { $answer[$name] = Read-Service $name $listed[$name] }
  Add-ServiceProcesses $answer
  $answer
}

# Of each address on which something listens on the port, the process: a listener's other end has port 0.
function Read-PortOwners([int] $number) {
  $owners = @{}
  $line = "(?m)^ *TCP +(\S+):$number +\S+:0 .*?(\d+)\s*$"
  try {
    foreach ($found in [regex]::Matches((Get-ProgramText 'netstat.exe' '-ano'), $line)) {
      $owners[$found.Groups[1].Value.Trim('[', ']')] = [int]$found.Groups[2].Value
    }
  }
  catch { $null = $_ }
  if ($owners.Count) { return $owners }
  $query = "SELECT LocalAddress, OwningProcess FROM MSFT_NetTCPConnection WHERE LocalPort=$number AND State=2"
  foreach ($row in (Get-WmiRows $query 'root/StandardCimv2')) {
    $owners[[string]$row.LocalAddress] = [int]$row.OwningProcess
  }
  $owners
}

# The range from which Windows hands out ports, and those kept from programs that hold this port. What an administrator
# kept is marked by a star: who asks for it by number gets it.
function Add-Reservations($answer) {
  $number = $answer['number']
  try {
    $first, $count = foreach ($found in [regex]::Matches((Get-ProgramText 'netsh.exe' 'int ipv4 show dynamicport tcp'),
        '(?m): *(\d+)\s*$')) { [int]$found.Groups[1].Value }
    if (-not $count) { throw [IO.InvalidDataException] 'netsh.exe names no range.' }
    $answer['dynamic'] = [ordered]@{ first = $first; last = $first + $count - 1 }
    $text = Get-ProgramText 'netsh.exe' 'int ipv4 show excludedportrange tcp'
    $answer['excluded'] = @(foreach ($found in [regex]::Matches($text, '(?m)^ *(\d+) +(\d+) *(\*?)\s*$')) {
        $first, $last = foreach ($at in 1, 2) { [int]$found.Groups[$at].Value }
        if ($number -lt $first -or $number -gt $last) { continue }
        [ordered]@{ first = $first; last = $last; administered = $found.Groups[3].Length -gt 0 }
      })
  }
  catch { Add-Silence $_ }
}

<#
.SYNOPSIS
Reads what listens on the listener's port, and counts its connections; where nothing does, who keeps the port.
.DESCRIPTION
From .NET; the owner from netstat, or else WMI; what is kept from netsh.
Denied: pid and process are null; dynamic and excluded are null.
#>
function Read-PortSection($context) {
  $number = Get-PortNumber
  $network = [Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties()
  $points = @(foreach ($point in $network.GetActiveTcpListeners()) {
      if ($point.Port -eq $number) { $point.Address.ToString() }
    })
  $owners = if ($points.Count) { Read-PortOwners $number } else { @{} }
  $established = 0
  foreach ($connection in $network.GetActiveTcpConnections()) {
    if ($connection.LocalEndPoint.Port -eq $number -and $connection.State -eq 'Established') { $established++ }
  }
  $listeners = @(foreach ($point in $points) {
      $owner = $owners[$point]
      $process = try { [Diagnostics.Process]::GetProcessById($owner).ProcessName } catch { $null }
      [ordered]@{ address = $point; port = $number; pid = $owner; process = $process }
    })
  $answer = [ordered]@{ number = $number; listeners = $listeners; established = $established }
  foreach ($name in 'dynamic', 'excluded') { $answer[$name] = $null }
  if (-not $points.Count) { Add-Reservations $answer }
  $answer
}

Export-ModuleMember -Function *
