# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real ansible commands against a fleet of twins, and reads what they answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SECONDS = 300


def environment(**more: str) -> dict[str, str]:
    """This process's environment for an ansible command: from the checkout, without colours or retries of old
    configurations."""
    ours = {name: text for name, text in os.environ.items() if not name.startswith("ANSIBLE_")}
    ours.update(
        ANSIBLE_CONFIG=str(ROOT / "ansible.cfg"),
        ANSIBLE_NOCOLOR="1",
        ANSIBLE_FORCE_COLOR="0",
        ANSIBLE_FORKS="12",
        ANSIBLE_HOST_KEY_CHECKING="0",
        ANSIBLE_CALLBACK_PLUGINS=str(Path(__file__).parent / "callbacks"),
        PYTHONUTF8="1",
    )
    ours.pop("REQUESTS_CA_BUNDLE", None)
    ours.pop("CURL_CA_BUNDLE", None)
    return {**ours, **more}


def module(
    inventory: Path, name: str, hosts: str = "all", *flags: str, env: Any = None, **options: Any
) -> dict[str, dict[str, Any]]:
    """One ad hoc call of a module on many hosts: each host's result, with ``failed`` or ``unreachable`` set as Ansible
    sees it. ``env`` are further variables of the environment."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "results"
        command = [str(BIN / "ansible"), "-i", str(inventory), hosts, "-m", f"winops.rdp.{name}", *flags]
        if options:
            command += ["-a", json.dumps(options)]
        more = {
            "ANSIBLE_LOAD_CALLBACK_PLUGINS": "1",
            "WINOPS_RESULTS": str(rows),
            **(env or {}),
        }
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment(**more),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        assert rows.exists(), f"{' '.join(command)} said nothing:\n{done.stdout}\n{done.stderr}"
        results = {}
        for line in rows.read_text().splitlines():
            row = json.loads(line)
            results[row["host"]] = {
                **row["result"],
                "failed": row["status"] == "failed",
                "unreachable": row["status"] == "unreachable",
            }
    return results


def playbook(inventory: Path, name: str, *flags: str, **variables: Any) -> subprocess.CompletedProcess[str]:
    """One of the collection's playbooks, by path or by its full name."""
    command = [str(BIN / "ansible-playbook"), "-i", str(inventory), name, "-e", json.dumps(variables), *flags]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )
