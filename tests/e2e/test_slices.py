# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Processes of ansible-runner over slices of one inventory, as a platform cuts a job, and one report of all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.commands import BIN, ROOT, environment, playbook
from tests.profiles import deep
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

SLICES, EACH = (4, 2) if deep() else (2, 1)
HOSTS = ["healthy"] * (2 * EACH) + ["key_unreadable"] * EACH + ["winrm_closed"]
NEVER = "never_asked"


def _slices(fleet: Fleet, folder: Path) -> list[subprocess.Popen[str]]:
    started = []
    names = list(fleet.hosts)
    for number in range(SLICES):
        private = folder / f"runner{number}"
        (private / "inventory").mkdir(parents=True)
        # Before ansible-core 2.19 a folder of inventories leaves out what ends in .ini.
        (private / "inventory/hosts").write_text(fleet.inventory_path.read_text())
        variables = {"rdp_audit_results_dir": str(folder / f"results/slice{number}")}
        (private / "env").mkdir()
        (private / "env/extravars").write_text(json.dumps(variables))
        (private / "env/cmdline").write_text("--limit " + ",".join(names[number::SLICES]))
        command = [sys.executable, "-m", "ansible_runner", "run", str(private), "-p", "winops.rdp.audit_rdp"]
        collections = {"ANSIBLE_COLLECTIONS_PATH": str(ROOT / "collections")}
        env = environment(**collections, PATH=f"{BIN}:/usr/bin:/bin")
        started.append(
            subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        )
    return started


def test_runners_side_by_side_and_one_report(tmp_path: Path) -> None:
    with Fleet(HOSTS, tmp_path / "state") as fleet:
        runners = _slices(fleet, tmp_path)
        ended = [(runner.communicate(timeout=300)[0], runner.returncode) for runner in runners]
        names = list(fleet.hosts)
        asked = {name: len(twin.calls) for name, twin in fleet.hosts.items()}
    # One of the slices has the host that cannot be reached, which fails it; the others end well.
    assert sorted(code for _output, code in ended) == [*[0] * (SLICES - 1), 2], "\n".join(
        output for output, _code in ended
    )
    assert asked == {name: int(name != "winrm_closed") for name in names}, "each host was asked by one slice"
    play = {
        "hosts": "localhost",
        "gather_facts": False,
        "tasks": [
            {
                "winops.rdp.report": {
                    "results_path": [str(tmp_path / "results")],
                    "report_dir": str(tmp_path / "report"),
                    "expected": [*names, NEVER],
                }
            }
        ],
    }
    (tmp_path / "merge.yml").write_text(json.dumps([play]))
    done = playbook(tmp_path / "runner0/inventory", str(tmp_path / "merge.yml"))
    assert done.returncode == 0, done.stdout + done.stderr
    hosts = json.loads((tmp_path / "report/rdp-report.json").read_text())["hosts"]
    verdicts = {name: entry["verdict"] for name, entry in hosts.items()}
    expected = {name: "broken" if name.startswith("key_unreadable") else "healthy" for name in names}
    assert verdicts == {**expected, "winrm_closed": "unreachable", NEVER: "failed"}, verdicts
