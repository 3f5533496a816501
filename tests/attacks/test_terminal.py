# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ansible commands print and log of hostile bundles and results: all of it shows, on lines of Ansible's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.attacks.mutants import FORGERY, UNSEEN, bundle, everywhere, forged, nested
from tests.e2e.commands import environment, warm_command
from tests.hosts.snapshots import probe

pytestmark = pytest.mark.needs_ansible
INVENTORY = Path(__file__).parents[1] / "e2e" / "localhost.ini"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tasks here: a process that is warm has one."""
    return tmp_path_factory.mktemp("log") / "log"


def ansible(log: Path, module: str, **options: Any) -> tuple[int, str]:
    """What a task prints and logs."""
    words = ("ansible", "-i", str(INVENTORY), "localhost", "-m", f"winops.rdp.{module}", "-vv", "--diff")
    before = log.stat().st_size if log.exists() else 0
    done = warm_command((*words, "-a", json.dumps(options)), environment(ANSIBLE_LOG_PATH=str(log)))
    logged = log.read_text(encoding="utf-8")
    assert len(logged.encode()) > before
    return done.returncode, done.stdout + done.stderr + logged


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    folder = tmp_path / "bundles"
    folder.mkdir()
    sight = {**probe("tls", "reset"), "detail": FORGERY}
    odd = bundle("odd", probe=sight, client_code=FORGERY)
    words = bundle("words", probe=sight)
    words["snapshot"]["sections"] = forged(words["snapshot"]["sections"])
    deep = json.dumps(bundle("deep", probe={**probe(), "x": "DEEP"}))
    for name, text in {
        "honest": json.dumps(bundle("honest")),
        "odd": json.dumps(odd),
        "words": json.dumps(words),
        "450": deep.replace('"DEEP"', nested(450)),
        "700": deep.replace('"DEEP"', nested(700)),
        f"x{FORGERY}".replace("\x00", ""): "{",
        "%0A%1B[2J": "{",
        "name": json.dumps(bundle(FORGERY)),
    }.items():
        (folder / f"{name}.json").write_text(text)
    return folder


def test_hostile_bundles_cost_their_own_hosts_and_move_no_cursor(hostile: Path, log: Path) -> None:
    code, said = ansible(log, "diagnose", bundle_path=str(hostile))
    assert code == 0 and '"honest"' in said and "levels deep" in said
    assert not UNSEEN.search(said)
    assert not any(line.startswith("[ERROR]: forged") for line in said.splitlines())


def test_a_report_of_hostile_results_moves_no_cursor(tmp_path: Path, log: Path) -> None:
    results = {"web01": everywhere(FORGERY), FORGERY: everywhere("x")}
    code, said = ansible(log, "report", results=results, report_dir=str(tmp_path / "report"))
    assert code == 0 and "2 hosts" in said and not UNSEEN.search(said)
    assert not any(line.startswith("[ERROR]: forged") for line in said.splitlines())
