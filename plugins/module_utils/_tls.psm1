# Copyright: (c) 2026, winops.rdp contributors
# SPDX-License-Identifier: GPL-3.0-or-later
#AnsibleRequires -PowerShell ..module_utils._values

# TLS as a client begins it, whatever certificate the server shows.

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

# Any certificate: it is brought home, not trusted. A script block would need a runspace on a thread that has none.
function Get-AnyCertificate {
  $types = [object], [Security.Cryptography.X509Certificates.X509Certificate],
  [Security.Cryptography.X509Certificates.X509Chain], [Net.Security.SslPolicyErrors]
  $parameters = [Linq.Expressions.ParameterExpression[]]@(foreach ($type in $types) {
      [Linq.Expressions.Expression]::Parameter($type)
    })
  $yes = [Linq.Expressions.Expression]::Constant($true)
  [Linq.Expressions.Expression]::Lambda([Net.Security.RemoteCertificateValidationCallback], $yes, $parameters).Compile()
}

# The system's own choice of versions, which is what its policy says; by name where .NET Framework has no such choice.
function Start-Handshake($stream, [string] $name) {
  foreach ($protocols in 0, 15360, 3072) {
    try { return $stream.AuthenticateAsClientAsync($name, $null, $protocols, $false) }
    catch { if ((Get-InnerException $_) -isnot [ArgumentException]) { throw } }
  }
}

Export-ModuleMember -Function *
