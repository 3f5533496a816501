# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's playbooks, run as users run them, and what they end with."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.commands import command

# Beginnings of closing lines that are about no host.
NO_HOST = ("Report: ", "Findings: ", "Journals: ", "ok: ", "fatal: ")


@dataclass
class Run:
    """What a run of a playbook ended with."""

    code: int
    output: str
    lines: dict[str, str]
    report: dict[str, str] | None

    def line(self, host: str) -> str:
        return self.lines[host]


def run(inventory: Path, name: str, folder: Path, *flags: str, env: dict[str, str] | None = None, **extra: Any) -> Run:
    """One of the collection's playbooks with a report, and its closing lines by host."""
    variables = {"rdp_report_dir": str(folder / "report"), **extra}
    if name == "remediate_rdp":
        variables.setdefault("rdp_remediate_journal_dir", str(folder / "journals"))
    words = ["ansible-playbook", "-i", str(inventory), f"playbooks/{name}.yml", "-e", json.dumps(variables), *flags]
    done = command(*words, **(env or {}))
    path = folder / "report/rdp-report.json"
    report = json.loads(path.read_text())["hosts"] if path.exists() else None
    output = done.stdout + done.stderr
    return Run(done.returncode, output, _lines(done.stdout), report and {k: v["verdict"] for k, v in report.items()})


def _lines(output: str) -> dict[str, str]:
    """The closing lines, by host; a line of several hosts is given to each."""
    found: dict[str, str] = {}
    last: list[str] = []
    _before, heading, rest = output.partition("TASK [One line per host]")
    for line in rest.split("\nTASK [")[0].splitlines()[1:] if heading else []:
        several = re.match(r"^\d+ hosts \(([^)]*)\): (.*)$", line)
        if several:
            last = several[1].split(", ")
            found.update(dict.fromkeys(last, several[2]))
        elif re.match(r"^[\w.]+: ", line) and not line.startswith(NO_HOST):
            name, _colon, text = line.partition(": ")
            assert name not in found, f"{name} has two lines"
            found[name], last = text, [name]
        elif line.startswith("    "):
            found.update({name: f"{found[name]}\n{line.strip()}" for name in last})
    return found
