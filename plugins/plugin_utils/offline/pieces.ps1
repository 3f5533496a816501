# Pieces --------------------------------------------------------------------------------------------------------------

# A document in numbered pieces of text; docs/offline.md says how they look.
function Get-Pieces([byte[]] $document, [int] $size) {
  $buffer = New-Object IO.MemoryStream
  $gzip = New-Object IO.Compression.GZipStream $buffer, ([IO.Compression.CompressionMode]::Compress)
  $gzip.Write($document, 0, $document.Length)
  $gzip.Close()
  $packed = $buffer.ToArray()
  $text = [Convert]::ToBase64String($packed)
  $whole = Get-Digest $packed
  # Of each piece some 90 characters are its marks, and one in 64 is a line's end.
  $length = [Math]::Max(256, [int](($size - 90) * 64 / 66))
  $count = [int][Math]::Ceiling($text.Length / $length)
  for ($n = 0; $n -lt $count; $n++) {
    $body = $text.Substring($n * $length, [Math]::Min($length, $text.Length - $n * $length))
    $lines = for ($at = 0; $at -lt $body.Length; $at += 64) {
      $body.Substring($at, [Math]::Min(64, $body.Length - $at))
    }
    $number = "$($n + 1)/$count"
    $digest = Get-Digest ([Text.Encoding]::ASCII.GetBytes($body))
    (@("--- winops.rdp $whole $number $digest ---") + $lines + "--- end $whole $number ---") -join "`r`n"
  }
}

# Into a new file, or in the place of an older bundle: what else is there stays.
function Write-Bundle([string] $file, [byte[]] $document) {
  # .NET would take the process's folder, which is not the one that PowerShell is in.
  $path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($file)
  $there = if ([IO.File]::Exists($path)) { [IO.File]::ReadAllText($path) } else { '' }
  if ($there -and $there -notmatch '"(client_)?bundle_version"') {
    throw "$file is there and is no bundle, and stays. Move it away, or name another file."
  }
  [IO.File]::WriteAllBytes($path, $document)
}

function Get-Digest([byte[]] $data) {
  $sha = [Security.Cryptography.SHA256]::Create()
  try { -join @(foreach ($byte in $sha.ComputeHash($data)[0..3]) { $byte.ToString('x2') }) } finally { $sha.Dispose() }
}

