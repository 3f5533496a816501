# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls of the host script that are killed, for the lab's tests."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

from .prefix import WS, Prefix, new_journal
from .steps import value

WAIT = {"op": "certificate.wait_renewed", "previous": [], "timeout_s": 120}


class Run:
    """An apply in the background."""

    def __init__(self, host: Prefix, steps: list[dict[str, Any]], **more: Any) -> None:
        self.host, self.journal = host, new_journal(controller="first.example.com", **more)
        self.file = host.drive / "ProgramData" / "winops.rdp" / "journal" / f"{self.journal['id']}.json"
        self.out = (host.path / "run.out").open("wb")
        command = host.command({"operation": "apply", "journal": self.journal, "steps": steps})
        self.process = host.spawn(*command, out=self.out, err=subprocess.STDOUT)

    def until(self, *statuses: str) -> dict[str, Any]:
        """Wait until the journal on the disk has these statuses. A run that does not come to them is ended: it would
        keep the host locked for other tests."""
        kept, deadline = None, time.monotonic() + 90
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                kept = json.loads(self.file.read_text())
            except (FileNotFoundError, ValueError):
                kept = None
            if kept and [step["status"] for step in kept["steps"]] == list(statuses):
                assert isinstance(kept, dict)
                return kept
            time.sleep(0.02)
        self._end()
        raise AssertionError(f"the journal did not come to {statuses}: {kept}; {Path(self.out.name).read_text()}")

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def kill(self) -> dict[str, Any]:
        """Kill it, and answer what the host then says of its journals."""
        self._end()
        deadline = time.monotonic() + 20
        while True:
            told = self.host.snapshot("journals", journal_id=self.journal["id"])["sections"]["journals"]
            if told["lock"] is None:
                assert isinstance(told, dict)
                return told
            assert time.monotonic() < deadline, "the killed run still holds its lock"


def thumbprint(host: Prefix) -> str:
    """The self-signed certificate in force: waiting for another one takes for ever."""
    text = value(host, WS, "SelfSignedCertificate")
    assert text
    return text.split()[-1]
