# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run twins by themselves: ``python -m tests.twin SCENARIO[,SCENARIO…] --inventory FILE``."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from tests.hosts.scenarios import SCENARIOS
from tests.twin.connections import CONNECTIONS, missing
from tests.twin.fleet import Fleet


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.twin",
        description=(
            "Windows hosts in Python on loopback: a connection of Ansible, and a Remote Desktop listener that"
            " behaves as a fault says."
        ),
    )
    parser.add_argument("scenarios", nargs="?", help="names, separated by commas; 'all' for all of them")
    parser.add_argument("--list", action="store_true", help="name the scenarios and stop")
    parser.add_argument("--inventory", type=Path, help="write an Ansible inventory of the hosts to this file")
    parser.add_argument(
        "--state", type=Path, help="keep each host's state in this folder as JSON, rewritten after each change"
    )
    parser.add_argument(
        "--connection", choices=CONNECTIONS, default="winrm_basic", help="over which they are reached; %(default)s"
    )
    given = parser.parse_args(arguments)
    if given.list:
        width = max(map(len, SCENARIOS))
        for name, scenario in SCENARIOS.items():
            print(f"{name:{width}}  {scenario.text}")
        sys.stdout.flush()
        return 0
    if not given.scenarios:
        parser.error("name scenarios, or use --list")
    names = (
        list(SCENARIOS)
        if given.scenarios == "all"
        else [name.strip() for name in given.scenarios.split(",") if name.strip()]
    )
    try:
        if reason := missing(given.connection):
            raise ValueError(reason)
        with Fleet(names, given.state, given.inventory, given.connection) as fleet:
            for name, twin in fleet.hosts.items():
                print(f"{name}  {twin.address}  {twin.scenario.text}")
            for variable, value in fleet.environment.items():
                print(f"export {variable}={value}")
            print(f"inventory: {fleet.inventory_path}", flush=True)
            stop = threading.Event()
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, lambda *_: stop.set())
            stop.wait()
    except ValueError as error:
        print(f"python -m tests.twin: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    try:
        status = main(sys.argv[1:])
    except BrokenPipeError:  # the reader, such as head, has enough; Python must not write to it again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    sys.exit(status)
