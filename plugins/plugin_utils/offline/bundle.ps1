# Bundle --------------------------------------------------------------------------------------------------------------

function Get-Bundle($answer) {
  $name = 'host'
  if ($answer.Contains('sections') -and $answer['sections'].Contains('host')) {
    $name = $answer['sections']['host']['computer_name']
  }
  [ordered]@{
    bundle_version = 1; collection_version = $CollectionVersion; inventory_name = $name
    taken = ConvertTo-UtcText ([datetime]::UtcNow); snapshot = $answer; probe = $null
  }
}

