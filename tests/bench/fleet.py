# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the playbooks cost the controller, beside their one module alone and a playbook of ansible.windows modules that
reads less: ``python -m tests.bench.fleet [HOSTS] [--collections DIR]``. DIR is a folder with the collection
ansible.windows, if it is not on Ansible's own path; ``make bench`` takes it out of the package ``ansible``.

CPU seconds of Ansible and all its processes for each host (those of Ansible's own start are taken off, by a run on one
host), and the most memory that one of them had. The twins run in this process and are not counted.

From 100 hosts on also what Ansible's own process keeps of each: bytes of live objects at the end of a run, less those
of a run on a fifth of the hosts. The most memory has in it what is there for a moment and what the heap leaves free.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.bench.round_trips import READ, has_baseline, with_collections
from tests.e2e.commands import BIN, ROOT, environment
from tests.twin.fleet import Fleet

HOSTS = 40
WINDOWS = "ansible.windows"
ROWS = (
    ("diagnose alone", ("ansible-playbook", "{diagnose}"), None),
    ("audit_rdp", ("ansible-playbook", "winops.rdp.audit_rdp"), "diagnose alone"),
    ("remediate alone", ("ansible-playbook", "{remediate}"), None),
    (
        "remediate_rdp",
        ("ansible-playbook", "winops.rdp.remediate_rdp", "-e", '{"rdp_serial": ["100%"]}'),
        "remediate alone",
    ),
    (WINDOWS, ("ansible-playbook", "{windows}"), "audit_rdp"),
)


def plays(folder: Path, key_file: str) -> dict[str, str]:
    """Plays with one task and nothing else (``ansible`` itself would spend as much again on printing the results), and
    one that reads with ansible.windows. Without their results nobody would know anything: they are registered."""
    tasks: dict[str, list[dict[str, Any]]] = {
        name: [{f"winops.rdp.{name}": {}, "register": "found"}] for name in ("diagnose", "remediate")
    }
    paths = {}
    for name, listed in {**tasks, "windows": READ}.items():
        path = folder / f"{name}.yml"
        play = {"hosts": "all", "gather_facts": False, "vars": {"key_file": key_file}, "tasks": listed}
        path.write_text(json.dumps([play]))
        paths[name] = str(path)
    return paths


def cost(inventory: Path, words: list[str], collections: str | None) -> tuple[float, float]:
    """CPU seconds and megabytes of one command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    # A process in between: the most memory of all children before it must not be taken for that of this one.
    script = (
        "import json,resource,subprocess,sys;"
        "code=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,stdin=subprocess.DEVNULL).returncode;"
        "print(json.dumps([code,resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss/1024]))"
    )
    line = [sys.executable, "-c", script, str(BIN / words[0]), "-i", str(inventory), *words[1:]]
    env = environment(**with_collections(collections))
    done = subprocess.run(line, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    code, megabytes = json.loads(done.stdout)
    if code:
        raise SystemExit(f"{' '.join(words)} ended with {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, megabytes


def kept(inventory: Path, words: list[str], hosts: list[str]) -> int:
    """Bytes of live objects at the end of a run on these hosts."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "kept"
        env = environment(ANSIBLE_CALLBACK_PLUGINS=str(Path(__file__).parent / "callbacks"), WINOPS_KEPT=str(found))
        line = [str(BIN / words[0]), "-i", str(inventory), *words[1:], "-l", ",".join(hosts)]
        subprocess.run(line, cwd=ROOT, env=env, capture_output=True, check=True)
        return int(found.read_text(encoding="utf-8"))


def measure_kept(number: int) -> None:
    """Print for each row of ours what Ansible keeps of a host."""
    with tempfile.TemporaryDirectory() as folder, Fleet(["healthy"] * number, Path(folder)) as fleet:
        ways = plays(Path(folder), fleet.hosts["healthy"].host.key_path("TSSecKeySet1"))
        names = list(fleet.hosts)
        found: dict[str, float] = {}
        for name, command, beside in ROWS[:-1]:
            words = [word if word.startswith('{"') else word.format(**ways) for word in command]
            few = number // 5
            more = kept(fleet.inventory_path, words, names) - kept(fleet.inventory_path, words, names[:few])
            found[name] = more / (number - few)
            ratio = f", {found[name] / found[beside]:.2f} times {beside}" if beside else ""
            print(f"{name:16} {found[name] / 1000:.1f} kB kept of a host{ratio}", flush=True)


def measure(number: int, collections: str | None) -> None:
    """Print one line for each row, as it is known."""
    found: dict[str, float] = {}
    compared = has_baseline(collections)
    with tempfile.TemporaryDirectory() as folder, Fleet(["healthy"] * number, Path(folder)) as fleet:
        ways = plays(Path(folder), fleet.hosts["healthy"].host.key_path("TSSecKeySet1"))
        print(f"{number} healthy hosts, CPU of the controller")
        for name, command, beside in ROWS:
            if name == WINDOWS and not compared:
                print(f"{name:16} not compared: the collection is not there, --collections names its folder")
                continue
            words = [word if word.startswith('{"') else word.format(**ways) for word in command]
            one, _memory = cost(fleet.inventory_path, [*words, "-l", "healthy"], collections)
            every, megabytes = cost(fleet.inventory_path, words, collections)
            found[name] = (every - one) / (number - 1)
            ratio = f", {found[name] / found[beside]:.2f} times {beside}" if beside else ""
            print(f"{name:16} {found[name]:.3f} s a host, start {one:.1f} s, {megabytes:.0f} MB{ratio}", flush=True)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fleet", description="What a fleet costs.")
    parser.add_argument("hosts", nargs="?", type=int, default=HOSTS)
    parser.add_argument("--collections", help="a folder that has ansible_collections/ansible/windows")
    given = parser.parse_args(arguments)
    if given.hosts < 2:
        parser.error("at least two hosts: what the start costs is taken off by a run on one")
    measure(given.hosts, given.collections)
    if given.hosts >= 100:
        measure_kept(100)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
