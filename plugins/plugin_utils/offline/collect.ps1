# Collecting ----------------------------------------------------------------------------------------------------------

function Read-Bundle($arguments) {
  $answer = [ordered]@{ changed = $false; schema_version = $SchemaVersion; operation = 'snapshot' }
  $watch = [Diagnostics.Stopwatch]::StartNew()
  Add-Entries $answer (Read-Sections (Read-Arguments $arguments))
  $answer['script_ms'] = $watch.ElapsedMilliseconds
  Get-Bundle $answer
}

if ($From) {
  # .NET would take the process's folder, which is not the one that PowerShell is in.
  $document = [IO.File]::ReadAllBytes($ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($From))
}
else {
  $bundle = Read-Bundle (ConvertTo-Plain (ConvertFrom-Json -InputObject $WhatToRead))
  $document = [Text.Encoding]::UTF8.GetBytes((ConvertTo-WireJson $bundle))
}
if ($Anonymous) {
  $bundle = ConvertTo-Plain (ConvertFrom-Json -InputObject ([Text.Encoding]::UTF8.GetString($document)))
  $document = [Text.Encoding]::UTF8.GetBytes((ConvertTo-WireJson (Hide-Bundle $bundle)))
}
if ($Out) {
  Write-Bundle $Out $document
  "Written: $Out ($($document.Length) bytes)"
  return
}
$pieces = @(Get-Pieces $document $PieceSize)
if ($Part) {
  if ($Part -lt 1 -or $Part -gt $pieces.Count) { throw "There is no piece $Part; there are $($pieces.Count)." }
  $pieces[$Part - 1]
  return
}
$pieces
