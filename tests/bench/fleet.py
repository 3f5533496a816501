# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks cost the controller, beside their one module alone: ``python -m tests.bench.fleet [HOSTS]``.

CPU seconds of Ansible and all its processes for each host (those of Ansible's own start are taken off, by a run on one
host), and the most memory that one of them had. The twins run in this process and are not counted.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.e2e.commands import BIN, ROOT, environment
from tests.twin.fleet import Fleet

HOSTS = 40
ROWS = (
    ("diagnose alone", ("ansible-playbook", "{diagnose}", "-l", "{hosts}"), None),
    ("audit_rdp", ("ansible-playbook", "winops.rdp.audit_rdp", "-l", "{hosts}"), "diagnose alone"),
    ("remediate alone", ("ansible-playbook", "{remediate}", "-l", "{hosts}"), None),
    (
        "remediate_rdp",
        ("ansible-playbook", "winops.rdp.remediate_rdp", "-l", "{hosts}", "-e", '{"rdp_serial": ["100%"]}'),
        "remediate alone",
    ),
)


def alone(folder: Path, module: str) -> str:
    """A play with one task and nothing else; ``ansible`` itself would spend as much again on printing the results."""
    path = folder / f"{module}.yml"
    path.write_text(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": [{f"winops.rdp.{module}": {}}]}]))
    return str(path)


def cost(inventory: Path, command: tuple[str, ...], hosts: str) -> tuple[float, float]:
    """CPU seconds and megabytes of one command."""
    plays = {module: alone(inventory.parent, module) for module in ("diagnose", "remediate")}
    words = [word if word.startswith('{"') else word.format(hosts=hosts, **plays) for word in command]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # A process in between: the most memory of all children before it must not be taken for that of this one.
    script = (
        "import json,resource,subprocess,sys;"
        "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stdin=subprocess.DEVNULL).returncode;"
        "print(json.dumps([code,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024]))"
    )
    line = [sys.executable, "-c", script, str(BIN / words[0]), "-i", str(inventory), *words[1:]]
    done = subprocess.run(line, cwd=ROOT, env=environment(), capture_output=True, text=True, check=True)
    code, megabytes = json.loads(done.stdout)
    if code:
        raise SystemExit(f"{' '.join(words)} ended with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, megabytes


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else HOSTS
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, Fleet(["healthy"] * number, Path(folder)) as fleet:
        print(f"{number} healthy hosts, CPU of the controller")
        for name, command, beside in ROWS:
            one, _memory = cost(fleet.inventory_path, command, "healthy")
            every, megabytes = cost(fleet.inventory_path, command, "all")
            found[name] = (every - one) / (number - 1)
            ratio = f", {found[name] / found[beside]:.2f} times the module alone" if beside else ""
            print(f"{name:16} {found[name]:.3f} s a host, start {one:.1f} s, {megabytes:.0f} MB{ratio}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
