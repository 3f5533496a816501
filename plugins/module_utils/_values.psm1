# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Dictionaries are used as ['name']: PowerShell compiles a call site for each .name, half a millisecond.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$Invariant = [Globalization.CultureInfo]::InvariantCulture
$MaxMessage = 500
$MaxNumbers = 8
$AccessDenied = -2147024891

function ConvertTo-UtcText([datetime] $time) {
  $time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", $Invariant)
}

# PowerShell 7's JSON reader makes dates out of texts that look like one.
function ConvertTo-Plain($value) {
  if ($value -is [string]) { return [string]$value }
  if ($value -is [datetime]) { return ConvertTo-UtcText $value }
  if ($value -is [Collections.IDictionary]) {
    $plain = [ordered]@{}
    foreach ($entry in $value.GetEnumerator()) { $plain[[string]$entry.Key] = ConvertTo-Plain $entry.Value }
    return $plain
  }
  if ($value -is [Management.Automation.PSCustomObject]) {
    $plain = [ordered]@{}
    foreach ($property in $value.PSObject.Properties) { $plain[$property.Name] = ConvertTo-Plain $property.Value }
    return $plain
  }
  if ($value -is [Collections.IEnumerable]) {
    $list = [Collections.ArrayList]::new()
    foreach ($item in $value) { [void]$list.Add($(if ($item -is [string]) { $item } else { ConvertTo-Plain $item })) }
    return , $list.ToArray()
  }
  if ($value -is [psobject]) { return $value.PSObject.BaseObject }
  $value
}

# ConvertTo-Json differs between 5.1 and 7, and leaves text beyond ASCII as it is.
$Special = [regex]::new('[^\x20\x21\x23-\x5B\x5D-\x7E]')
$Foreign = [regex]::new('[^\x20-\x7E]')
$Escape = { param($match) '\u{0:x4}' -f [int][char]$match.Value }

function Add-Json($out, $value) {
  if ($null -eq $value) { [void]$out.Append('null') }
  elseif ($value -is [string]) {
    $text = $Foreign.Replace($value.Replace('\', '\\').Replace('"', '\"'), $Escape)
    [void]$out.Append('"').Append($text).Append('"')
  }
  elseif ($value -is [bool]) { [void]$out.Append($(if ($value) { 'true' } else { 'false' })) }
  elseif ($value -is [Collections.IEnumerable]) {
    $named = $value -is [Collections.IDictionary]
    $items = $value
    if ($named) { $items = $value.GetEnumerator() }
    $comma = $false
    [void]$out.Append($(if ($named) { '{' } else { '[' }))
    foreach ($item in $items) {
      if ($comma) { [void]$out.Append(',') }
      $comma = $true
      if ($named) {
        Add-Json $out ([string]$item.Key)
        [void]$out.Append(':')
        $item = $item.Value
      }
      if ($item -is [string] -and -not $Special.IsMatch($item)) { [void]$out.Append('"').Append($item).Append('"') }
      else { Add-Json $out $item }
    }
    [void]$out.Append($(if ($named) { '}' } else { ']' }))
  }
  elseif ($value -is [datetime]) { Add-Json $out (ConvertTo-UtcText $value) }
  elseif ($value -is [enum]) { [void]$out.Append($value.ToString('d')) }
  elseif ($value -is [double] -or $value -is [float]) { [void]$out.Append($value.ToString('R', $Invariant)) }
  elseif ($value -is [IFormattable] -and $value -is [ValueType]) {
    [void]$out.Append($value.ToString($null, $Invariant))
  }
  else { Add-Json $out ([string]$value) }
}

function ConvertTo-WireJson($value) {
  $out = [Text.StringBuilder]::new(65536)
  Add-Json $out $value
  $out.ToString()
}

function Get-InnerException($problem) {
  $found = if ($problem -is [Management.Automation.ErrorRecord]) { $problem.Exception } else { $problem }
  while ($true) {
    if ($found -is [Management.Automation.ActionPreferenceStopException]) { $found = $found.ErrorRecord.Exception }
    elseif ($found.InnerException -and ($found -is [Management.Automation.RuntimeException] -or
        $found -is [Reflection.TargetInvocationException] -or $found -is [AggregateException] -or
        $found -is [TypeInitializationException])) { $found = $found.InnerException }
    else { return $found }
  }
}

# The contract's ERROR. A Win32 number beats the wrapper's HRESULT.
function Get-ErrorValue($problem) {
  $found = Get-InnerException $problem
  $code = $found.HResult
  if ($found -is [Security.SecurityException]) { $code = $AccessDenied }
  $status = $found.PSObject.Properties['StatusCode']
  if ($status -and $status.Value) { $code = [int]"0x$(([uint32]$status.Value).ToString('x'))" }
  for ($inner = $found; $inner; $inner = $inner.InnerException) {
    if ($inner -is [ComponentModel.Win32Exception]) {
      $found = $inner
      $code = $inner.NativeErrorCode
      if ($code -gt 0 -and $code -le 65535) { $code = -2147024896 -bor $code }
      break
    }
  }
  $message = [string]$found.Message
  if ($message.Length -gt $MaxMessage) { $message = $message.Substring(0, $MaxMessage) }
  [ordered]@{ code = $code; type = $found.GetType().FullName; message = $message }
}

function ConvertTo-Text($value) { if ($value -is [string] -and $value.Length -le 256) { $value } }

function ConvertTo-Hex([byte[]] $bytes) { [BitConverter]::ToString($bytes).Replace('-', '') }

function ConvertTo-Base64($bytes) { if ($null -ne $bytes) { [Convert]::ToBase64String($bytes) } }

function ConvertFrom-Base64($text) {
  if ($text -isnot [string]) { return }
  try { , [Convert]::FromBase64String($text) } catch { $null = $_ }
}

function Test-Whole($value) { $null -ne $value -and $value.GetType().Name -match '^(S?Byte|U?Int(16|32|64))$' }

function Test-Integer($value, [long] $least, [long] $most) {
  (Test-Whole $value) -and $value -ge $least -and $value -le $most
}

function Get-Numbers($data) {
  $numbers = @(foreach ($item in $data) {
      if (Test-Whole $item) { $item }
      elseif ($item -is [string] -and $item -match '^(-?[0-9]{1,18}|0x[0-9a-f]{1,15})$') {
        [Convert]::ToInt64($item, $(if ($item -match 'x') { 16 } else { 10 }))
      }
      # An HRESULT within a sentence: "(0x800706ba (WIN32: 1722))".
      elseif ($item -is [string] -and $item -match '\b0x([89a-f][0-9a-f]{7})\b') { [Convert]::ToInt64($Matches[1], 16) }
    })
  if ($numbers.Count -gt $MaxNumbers) { $numbers = $numbers[0..($MaxNumbers - 1)] }
  , $numbers
}

# Clients' addresses, without port: "10.0.0.5:50411", "[fe80::1%4]:50411", "10.0.0.5".
function Get-Addresses($data) {
  $parsed = $null
  $found = @(foreach ($item in $data) {
      if ($item -isnot [string] -or $item.Length -gt 80) { continue }
      if ($item -notmatch '^\d+(\.\d+){3}(:\d+)?$|:.*:') { continue }
      $text = $item -replace '^(\d+(\.\d+){3}):\d+$', '$1' -replace '^\[([^\]]+)\](:\d+)?$', '$1'
      if ([Net.IPAddress]::TryParse($text, [ref]$parsed)) { $parsed.ToString() }
    })
  , @($found | Select-Object -First $MaxNumbers)
}

# Programs and modules by the names of their files, as an event of a crash has them: "svchost.exe_TermService". Turkish
# has another small I: only a class that names both cases holds there.
function Get-Modules($data) {
  $found = @(foreach ($item in $data) {
      if ($item -isnot [string]) { continue }
      if ($item -match '^[A-Za-z0-9_.-]{1,80}\.(exe|dll|drv|ocx|cpl)(_[A-Za-z0-9]{1,40})?\z') { $item }
    })
  , @($found | Select-Object -First $MaxNumbers)
}

function Stop-WithReason([string] $message, [string] $reason = 'bad_arguments', $more = @{}) {
  $problem = [Management.Automation.RuntimeException]::new($message)
  $problem.Data['reason'] = $reason
  $problem.Data['more'] = $more
  throw $problem
}

Export-ModuleMember -Function * -Variable AccessDenied, Invariant
