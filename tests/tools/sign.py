# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sign the collection's PowerShell for hosts with App Control, with a certificate of your own.

    make sign CERT=code-signing.pem KEY=code-signing.key [OUT=meta/powershell_signatures.psd1]

From ansible-core 2.19 on a collection may bring a list of the SHA-256 of its scripts in its ``meta`` folder. Where
App Control trusts who signed that list, the scripts run in full language mode; elsewhere nothing changes. Sign again
after each change of a script. The list is signed by ``osslsigncode`` (Debian: osslsigncode); on Windows
``Set-AuthenticodeSignature`` does the same to the file that is written without CERT.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
NAME = "powershell_signatures.psd1"


def scripts() -> list[Path]:
    """Everything that Ansible may send of this collection."""
    return sorted([*ROOT.glob("plugins/modules/__windows/*.ps1"), *ROOT.glob("plugins/module_utils/*.psm1")])


def listed() -> str:
    """The list in the form that ansible-core reads, with the line ends of Windows, on which a signature depends."""
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest().upper() for path in scripts()}
    entries = [f"        @{{ Hash = '{digest}'; Mode = 'Trusted' }} # {name}" for name, digest in digests.items()]
    return "\r\n".join(["@{", "    Version = 1", "    HashList = @(", *entries, "    )", "}", ""])


def signed(text: str, certificate: Path, key: Path) -> bytes:
    """The list with a signature block behind it. Raises ``RuntimeError`` with what the tool says."""
    with tempfile.TemporaryDirectory() as folder:
        plain, target = Path(folder) / NAME, Path(folder) / f"signed-{NAME}"
        plain.write_bytes(text.encode("ascii"))
        command = ["osslsigncode", "sign", "-h", "sha256", "-certs", str(certificate), "-key", str(key)]
        ran = subprocess.run(
            [*command, "-in", str(plain), "-out", str(target)], capture_output=True, text=True, check=False
        )
        if ran.returncode or not target.exists():
            raise RuntimeError((ran.stderr or ran.stdout).strip().splitlines()[-1])
        return target.read_bytes()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cert", type=Path, help="the certificate, PEM, with those that it was issued by")
    parser.add_argument("--key", type=Path, help="its private key, PEM")
    parser.add_argument("--out", type=Path, default=ROOT / "meta" / NAME)
    options = parser.parse_args()
    data = listed().encode("ascii")
    if options.cert or options.key:
        if not (options.cert and options.key):
            print("sign: give both CERT and KEY, or neither to write the list unsigned", file=sys.stderr)
            return 1
        if not shutil.which("osslsigncode"):
            print("sign: osslsigncode is not here; install it, or sign the list on Windows", file=sys.stderr)
            return 1
        try:
            data = signed(listed(), options.cert, options.key)
        except RuntimeError as error:
            print(f"sign: {options.cert} and {options.key} cannot sign: {error}", file=sys.stderr)
            return 1
    options.out.write_bytes(data)
    state = "signed" if options.cert else "not signed: hosts take no notice of it until it is"
    print(f"{options.out}: {len(scripts())} scripts, {state}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
