# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How often a host is asked: the collection next to a playbook of ansible.windows modules that reads and sets the same
things.

Run ``python -m tests.bench.round_trips [--collections DIR]``; DIR is a folder with the collection ansible.windows, if
it is not on Ansible's own path. ``make bench`` takes it out of the package ``ansible``.
Calls and HTTP requests are counted on the twin's side. The twin answers at once, so seconds are Ansible's and the
network's, not Windows'.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.commands import BIN, ROOT, environment
from tests.twin.fleet import Fleet

RDP_TCP = r"HKLM:\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp"
KEYS = (
    RDP_TCP,
    r"HKLM:\SYSTEM\CurrentControlSet\Control\Terminal Server",
    r"HKLM:\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations",
    r"HKLM:\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services",
)
SERVICES = ("TermService", "SessionEnv", "UmRdpService", "CertPropSvc", "KeyIso", "CryptSvc")
READ = [{"name": f"Read {key}", "ansible.windows.win_reg_stat": {"path": key}} for key in KEYS]
READ += [{"name": f"Read {name}", "ansible.windows.win_service_info": {"name": name}} for name in SERVICES]
READ += [
    {
        "name": f"Read {store}",
        "ansible.windows.win_certificate_info": {"store_name": store, "store_location": "LocalMachine"},
    }
    for store in ("Remote Desktop", "My")
]
READ += [
    {"name": "Look for the key file", "ansible.windows.win_stat": {"path": "{{ key_file }}", "get_checksum": False}}
]
REPAIRS: dict[str, list[dict[str, Any]]] = {
    "key_unreadable": [
        {
            "ansible.windows.win_acl": {
                "path": "{{ key_file }}",
                "user": "NETWORK SERVICE",
                "rights": "Read",
                "type": "allow",
            }
        },
        {
            "ansible.windows.win_service": {
                "name": "TermService",
                "state": "restarted",
                "force_dependent_services": True,
            }
        },
    ],
    "security_layer_invalid": [
        {"ansible.windows.win_regedit": {"path": RDP_TCP, "name": "SecurityLayer", "data": 2, "type": "dword"}}
    ],
    "sessionenv_disabled": [
        {"ansible.windows.win_service": {"name": "SessionEnv", "start_mode": "manual", "state": "started"}}
    ],
}


@dataclass(frozen=True)
class Row:
    what: str
    calls: int
    posts: int
    seconds: float


def with_collections(folder: str | None) -> dict[str, str]:
    """What Ansible is told to find the collections of a folder beside this one."""
    return {"ANSIBLE_COLLECTIONS_PATH": f"{ROOT / 'collections'}:{folder}"} if folder else {}


def _command(collections: str | None, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / name), *arguments],
        cwd=ROOT,
        env=environment(**with_collections(collections)),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def has_baseline(collections: str | None) -> bool:
    """Whether the modules of the baseline are installed."""
    done = _command(collections, "ansible-doc", "-t", "module", "-j", "ansible.windows.win_reg_stat")
    return done.returncode == 0 and "ansible.windows.win_reg_stat" in done.stdout


class Bench:
    def __init__(self, collections: str | None) -> None:
        self._collections = collections

    def product(self, scenario: str, module: str, folder: Path) -> Row:
        options = {} if module in ("facts", "diagnose") else {"journal_dir": str(folder / "journals")}
        return self._measure(scenario, f"winops.rdp.{module}", folder, [{f"winops.rdp.{module}": options}])

    def baseline(self, scenario: str, what: str, folder: Path, repair: bool) -> Row:
        # A playbook that repairs reads afterwards what came of it, as the collection does.
        return self._measure(scenario, what, folder, [*READ, *REPAIRS[scenario], *READ] if repair else READ)

    def _measure(self, scenario: str, what: str, folder: Path, tasks: list[dict[str, Any]]) -> Row:
        with Fleet([scenario], state_dir=folder / "state") as fleet:
            twin = fleet.hosts[scenario]
            play = [
                {
                    "hosts": "all",
                    "gather_facts": False,
                    "vars": {"key_file": twin.host.key_path("TSSecKeySet1")},
                    "tasks": tasks,
                }
            ]
            book = folder / "play.json"
            book.write_text(json.dumps(play))
            start = time.monotonic()
            done = _command(self._collections, "ansible-playbook", "-i", str(fleet.inventory_path), str(book))
            seconds = time.monotonic() - start
            if done.returncode:
                raise RuntimeError(f"{what} on {scenario} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
            return Row(what, len(twin.calls), twin.posts, seconds)


def table(rows: list[tuple[str, Row, Row | None]]) -> str:
    head = (
        f"{'host':24} {'task':22} {'calls':>5} {'POSTs':>5} {'s':>5}   {'baseline calls':>14} {'POSTs':>5} "
        f"{'s':>5}   {'calls saved':>11} {'POSTs saved':>11}"
    )
    lines = [head, "-" * len(head)]
    for host, own, base in rows:
        line = f"{host:24} {own.what:22} {own.calls:5} {own.posts:5} {own.seconds:5.1f}"
        if base:
            line += (
                f"   {base.calls:14} {base.posts:5} {base.seconds:5.1f}   {base.calls / own.calls:10.1f}x "
                f"{base.posts / own.posts:10.1f}x"
            )
        lines.append(line)
    return "\n".join(lines)


def measure(collections: str | None) -> tuple[str, bool]:
    """The table, and whether the baseline was there to be measured."""
    bench = Bench(collections)
    compared = has_baseline(collections)
    rows: list[tuple[str, Row, Row | None]] = []
    with tempfile.TemporaryDirectory() as name:
        for number, (scenario, modules, repair) in enumerate(
            (
                ("healthy", ("facts", "diagnose", "remediate"), False),
                *((scenario, ("remediate",), True) for scenario in REPAIRS),
            )
        ):
            base_folder = Path(name) / f"base{number}"
            base_folder.mkdir()
            base = bench.baseline(scenario, "baseline", base_folder, repair) if compared else None
            for module in modules:
                folder = Path(name) / f"{number}{module}"
                folder.mkdir()
                rows.append((scenario, bench.product(scenario, module, folder), base))
    return table(rows), compared


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.round_trips", description="Count how often a host is asked."
    )
    parser.add_argument("--collections", help="a folder that has ansible_collections/ansible/windows")
    text, compared = measure(parser.parse_args(arguments).collections)
    print(text)
    if compared:
        print(
            "\nThe baseline reads four registry keys, six services, two certificate stores and whether the key file "
            "exists. It reads neither"
            "\nthe key file's access nor sessions and events, and keeps no journal, so it does less than what it is "
            "compared with."
        )
    else:
        print(
            "\nansible.windows is not installed, so there is nothing to compare with: name its folder with "
            "--collections."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
