# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host script's functions, called one by one in a PowerShell that stays up for the whole run."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import struct
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.profiles import absent
from tests.tools.host_script import CLIENT_SCRIPT, SCRIPT

# Each code has a scope of its own: what it defines ends with it, and the next test meets the script's own functions.
LOOP = r"""
param([string] $Script)
. $Script
while ($null -ne ($line = [Console]::In.ReadLine())) {
  try {
    $in = ConvertFrom-Json -InputObject $line
    $given = $in.given
    $answer = @{ ok = & ([scriptblock]::Create($in.code)) }
  }
  catch { $answer = @{ error = [string]$_.Exception.Message; at = [string]$_.ScriptStackTrace } }
  [Console]::Out.WriteLine((ConvertTo-WireJson $answer))
}
"""


class PowerShellError(Exception):
    """What the script threw."""


class PowerShell:
    def __init__(self, folder: Path, home: Path, script: Path = SCRIPT) -> None:
        loop = folder / "loop.ps1"
        loop.write_text(LOOP)
        zone = folder / "zone"  # five and a half hours ahead: a local time must not pass for UTC
        zone.write_bytes(
            b"TZif" + bytes(16) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + struct.pack(">lbB", 19800, 0, 0) + b"LAB\0"
        )
        pwsh = shutil.which("pwsh")
        assert pwsh
        self.process = subprocess.Popen(
            [pwsh, "-NoProfile", "-NonInteractive", "-File", str(loop), str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "HOME": str(home), "TZ": str(zone)},
        )
        self.before = ""

    @contextlib.contextmanager
    def replacing(self, code: str) -> Iterator[None]:
        """Run CODE before each code that is called in here: functions instead of the script's own."""
        was, self.before = self.before, self.before + code + "\n"
        try:
            yield
        finally:
            self.before = was

    def __call__(self, code: str, given: Any = None) -> Any:
        """The value of PowerShell code, in which `$given` is data from the test. Raises PowerShellError."""
        assert self.process.stdin and self.process.stdout
        watch = threading.Timer(60, self.process.kill)
        watch.start()
        try:
            self.process.stdin.write(json.dumps({"code": self.before + code, "given": given}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        finally:
            watch.cancel()
        try:
            answer = json.loads(line)
        except ValueError as problem:
            raise AssertionError(f"not JSON: {line!r}") from problem
        if "error" in answer:
            raise PowerShellError(answer["error"])
        return answer["ok"]


@pytest.fixture(scope="session")
def pwsh_path() -> str:
    found = shutil.which("pwsh")
    if not found:
        absent("pwsh is not on PATH (PowerShell 7, or an engine with its command line)")
    return found


@pytest.fixture(scope="session")
def ps(pwsh_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PowerShell]:
    shell = PowerShell(tmp_path_factory.mktemp("pwsh"), tmp_path_factory.mktemp("home"))
    yield shell
    assert shell.process.stdin
    shell.process.stdin.close()
    shell.process.wait(20)


@pytest.fixture(scope="module")
def client_ps(pwsh_path: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PowerShell]:
    """The same with the script of a client."""
    shell = PowerShell(tmp_path_factory.mktemp("pwsh"), tmp_path_factory.mktemp("home"), CLIENT_SCRIPT)
    yield shell
    assert shell.process.stdin
    shell.process.stdin.close()
    shell.process.wait(20)


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
