# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the real ansible commands against a fleet of twins, and reads what they answer."""

from __future__ import annotations

import atexit
import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import session

from tests.e2e.warm import SETTLE_SECONDS
from tests.profiles import deep
from tests.twin.fleet import Fleet
from tests.twin.inprocess import Acted

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
SECONDS = 300
_KEPT = "HOME|LANG|LC_.*|LD_LIBRARY_PATH|LOGNAME|PATH|PYTHON.*|SSH_AUTH_SOCK|TMPDIR|TZ|USER|WINOPS_.*"
# Flags with which a host that does not answer is given up early.
QUICK = ("-e", "ansible_winrm_read_timeout_sec=6 ansible_winrm_operation_timeout_sec=4")


def environment(**more: str) -> dict[str, str]:
    """What an ansible command is given of this process's environment: it runs from the checkout, without colours or
    retries of old configurations."""
    # Few: a client of HTTP goes through all of them many times for each request.
    ours = {name: text for name, text in os.environ.items() if re.fullmatch(_KEPT, name)}
    ours.update(
        ANSIBLE_CONFIG=str(ROOT / "ansible.cfg"),
        ANSIBLE_NOCOLOR="1",
        ANSIBLE_FORCE_COLOR="0",
        ANSIBLE_FORKS="12",
        ANSIBLE_HOST_KEY_CHECKING="0",
        ANSIBLE_CALLBACK_PLUGINS=str(Path(__file__).parent / "callbacks"),
        PYTHONUTF8="1",
    )
    if not (ROOT / "collections").is_dir():  # `ansible-test` has the collection at its own place, and no links to it
        ours["ANSIBLE_COLLECTIONS_PATH"] = str(ROOT.parents[2])
    # Without bytecode to take up, each command would compile all of the collection first.
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PYTHONDONTWRITEBYTECODE"):
        ours.pop(name, None)
    return {**ours, **more}


def command(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """An ansible command and what it said. ``more`` are variables of its environment.

    It is run by a process that is warm (``warm``). In a deep run, and where Ansible or Python are set up otherwise,
    it is started.
    """
    env = environment(ANSIBLE_LOAD_CALLBACK_PLUGINS="1", **more)
    if deep() or _set_up(env) != _set_up(environment(ANSIBLE_LOAD_CALLBACK_PLUGINS="1")):
        return started(words, env)
    return warm_command(words, env)


def warm_command(words: tuple[str, ...], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """An ansible command in this environment, by a process that was set up as it says. In a deep run it is started."""
    if deep():
        return started(words, env)
    process = _warm(tuple(sorted(_set_up(env).items())))
    assert process.stdin and process.stdout
    with tempfile.TemporaryDirectory() as folder:
        said = {name: f"{folder}/{name}" for name in ("stdout", "stderr")}
        process.stdin.write(json.dumps({"words": words, "environment": env, "seconds": SECONDS, **said}) + "\n")
        process.stdin.flush()
        code = int(process.stdout.readline())
        out, err = (Path(path).read_text(encoding="utf-8") for path in said.values())
    return subprocess.CompletedProcess(words, code, out, err)


def started(words: tuple[str, ...], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A command in this environment, started as a user starts it."""
    return subprocess.run(
        [str(BIN / words[0]), *words[1:]],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def _set_up(env: dict[str, str]) -> dict[str, str]:
    """What Ansible and Python read when they start."""
    return {name: text for name, text in env.items() if name.startswith(("ANSIBLE_", "PYTHON"))}


@cache
def _warm(set_up: tuple[tuple[str, str], ...]) -> subprocess.Popen[str]:
    others = {name: text for name, text in os.environ.items() if not name.startswith(("ANSIBLE_", "PYTHON"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.warm"],
        cwd=ROOT,
        env={**others, **dict(set_up)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(process.communicate)  # ends it, and waits
    return process


def module(
    inventory: Path, name: str, hosts: str = "all", /, *flags: str, env: Any = None, **options: Any
) -> dict[str, dict[str, Any]]:
    """One ad hoc call of a module on many hosts: each host's result, with ``failed`` or ``unreachable`` set as Ansible
    sees it. ``env`` are further variables of the environment."""
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "results"
        words = ["ansible", "-i", str(inventory), hosts, "-m", f"winops.rdp.{name}", *flags]
        if options:
            words += ["-a", json.dumps(options)]
        done = command(*words, WINOPS_RESULTS=str(rows), **(env or {}))
        assert rows.exists(), f"{' '.join(words)} said nothing:\n{done.stdout}\n{done.stderr}"
        results = {}
        for line in rows.read_text().splitlines():
            row = json.loads(line)
            results[row["host"]] = {
                **row["result"],
                "failed": row["status"] == "failed",
                "unreachable": row["status"] == "unreachable",
            }
    return results


def acted(fleet: Fleet, name: str, hosts: str = "all", /, *flags: str, **options: Any) -> dict[str, dict[str, Any]]:
    """What ``module`` gives, from the actions in this process: without Ansible's processes, templates and connections,
    a call takes a tenth of its time. In a deep run it is ``module``."""
    if deep():
        return module(fleet.inventory_path, name, hosts, *flags, **options)
    Acted.another_run()
    results = {}
    with tempfile.TemporaryDirectory() as folder, patch.object(session, "_SETTLE_SECONDS", SETTLE_SECONDS):
        for host in fleet.hosts if hosts == "all" else hosts.split(","):
            site = Acted(fleet.hosts[host], Path(folder))
            done = site.task(name, check="--check" in flags, diff="--diff" in flags, **options)
            results[host] = {**done, **{state: bool(done.get(state)) for state in ("changed", "failed", "unreachable")}}
    return results


def playbook(inventory: Path, name: str, *flags: str, **variables: Any) -> subprocess.CompletedProcess[str]:
    """One of the collection's playbooks, by path or by its full name."""
    return command("ansible-playbook", "-i", str(inventory), name, "-e", json.dumps(variables), *flags)
