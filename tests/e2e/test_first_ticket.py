# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The walk in docs/first-ticket.md, command by command, against twins: what it shows is what comes."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, command
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

# What stands for the hosts of the walk, and for what answers under the public name.
CAST = {"web01": "code_0x904_0x7", "web02": "healthy", "rdp.example.com": "middlebox_tls"}
FOLDERS = ("results", "bundles", "report", "inventory")


def _steps() -> list[tuple[str, list[str]]]:
    """Each command of the page, with the lines that it shows."""
    page = (ROOT / "docs/first-ticket.md").read_text(encoding="utf-8")
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            elif line != "…":
                steps[-1][1].append(line)
    return steps


def _timeless(text: str) -> str:
    """Without dates, and without the commas of lists that were cut."""
    return re.sub(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\dZ)?", "TIME", text)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Fleet]]:
    folder = tmp_path_factory.mktemp("walk")
    with Fleet(list(CAST.values()), folder / "state") as twins:
        inventory = twins.inventory_path.read_text()
        for name in ("web01", "web02"):
            inventory = re.sub(rf"^{CAST[name]} (\S+).*$", rf"{name} \1", inventory, flags=re.MULTILINE)
        (folder / "inventory").write_text(inventory)
        yield folder, twins


def _jq(words: list[str]) -> str:
    """What jq prints of a plain path, which is all that the page asks of it."""
    value = json.loads(Path(words[2]).read_text(encoding="utf-8"))
    for name in words[1].strip(".").split("."):
        value = value[name]
    return json.dumps(value, indent=2)


def test_the_walk_shows_what_comes(place: tuple[Path, Fleet]) -> None:
    folder, twins = place
    address = twins.hosts["middlebox_tls"].address
    steps = _steps()
    assert len(steps) >= 5
    for line, shown in steps:
        line = re.sub(rf"(?<=[= ])({'|'.join(FOLDERS)})(?=[/ ]|$)", rf"{folder}/\1", line)
        words = shlex.split(line.replace("rdp.example.com", address))
        if words[0] == "jq":
            said = _jq(words)
        else:
            done = command(*words)
            said = (done.stdout + done.stderr).replace(str(folder) + "/", "")
            assert done.returncode == 0, said
        for one in shown:
            assert _timeless(one) in _timeless(said), f"{line}\n{said}"
