# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""``make demo-offline``: one broken host without WinRM is read, judged, repaired and judged again.

Only files go there and back, and its port is looked at.

The host is a Wine prefix with the lab's services, the scripts run there on a Windows PowerShell engine, and the
commands on the controller are Ansible's own. Exit code 0 only if the host is as it should be in the end.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.e2e.commands import BIN, ROOT, environment

from . import prefix as lab

# Its port can be reached from here, so that what a client sees is looked at too.
SEEN = "probe_host=127.0.0.1"


def ansible(module: str, arguments: str) -> str:
    print(f"\n$ ansible localhost -m winops.rdp.{module} -a '{arguments}'", flush=True)
    done = subprocess.run(
        [str(BIN / "ansible"), "localhost", "-c", "local", "-m", f"winops.rdp.{module}", "-a", arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    for line in done.stdout.splitlines():
        if line.lstrip().startswith(('"summary"', '"path"', '"verdict"', '"msg"')):
            print(line[:400])
    if done.returncode:
        raise SystemExit(f"ansible ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def on_host(host: lab.Prefix, script: Path, *flags: str) -> bytes:
    print(f"\nhost> powershell -File {script.name} {' '.join(flags)}".rstrip(), flush=True)
    ran = host.pwsh("-File", lab.windows(script), *flags)
    lines = [line for line in ran.out.decode("ascii").splitlines() if line]
    shown = [line for line in lines if " " in line]
    print("\n".join(line[:160] for line in shown), flush=True)
    if ran.code:
        raise SystemExit(f"the script ended with {ran.code}: {ran.err.decode(errors='replace')}")
    return ran.out


def told(host: lab.Prefix, folder: Path) -> bool:
    """The way from a broken host to one that is in order; whether it is."""
    before = lab.settings_of(host)
    ansible("offline", f"dest={folder}/")
    pasted = folder / "pasted.txt"
    pasted.write_bytes(on_host(host, folder / "rdp-collect.ps1"))
    broken = ansible("diagnose", f"bundle_path={pasted} {SEEN}")
    ansible("offline", f"kind=repair bundle_path={pasted} {SEEN} dest={folder}/")
    [repair] = folder.glob("rdp-repair-*.ps1")
    on_host(host, repair, "-WhatIf")
    printed = folder / "printed.txt"
    printed.write_bytes(on_host(host, repair))
    mended = ansible("diagnose", f"bundle_path={printed} {SEEN}")
    on_host(host, repair, "-Undo")
    came_back = lab.settings_of(host) == before
    print(f"\nTaken back: {'all as it was' if came_back else 'NOT as it was'}.")
    cause = '"id": "listener.security_layer_invalid"'
    proved = "a client reaches the logon" in mended and "a client reaches the logon" not in broken
    return came_back and cause in broken and cause not in mended and proved and '"verdict": "broken"' not in mended


def main() -> int:
    reason = lab.missing()
    if reason:
        print(f"make demo-offline runs the scripts on a Windows PowerShell under Wine, and {reason}.")
        return 1
    folder = Path(tempfile.mkdtemp(prefix="rdp-offline-"))
    host = lab.clone(folder / "host")
    try:
        lab.healthy(host)
        lab.listener_and_service_broken(host)
        print(
            "A host whose SecurityLayer is 5 and whose SessionEnv is disabled. No WinRM: only files go there and back."
        )
        good = told(host, folder)
    finally:
        host.stop()
        shutil.rmtree(folder, ignore_errors=True)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
