# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every run of ansible-playbook has one id, and restore takes back that run and no other."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import playbook
from tests.hosts.windows import TS
from tests.profiles import deep
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

HOSTS = ["key_unreadable", "sessionenv_disabled", "termservice_disabled", "nla_off"]


def _lasting(twin: Twin) -> dict[str, Any]:
    """What a restore brings back here: which account reads the key, and the services."""
    state = twin.state
    return {"files": state["files"], "services": {name: row["start"] for name, row in state["services"].items()}}


def test_one_id_for_all_hosts_of_a_run_and_another_for_the_next(tmp_path: Path) -> None:
    """In batches of one, in processes of their own; restores in a row take one run back."""
    folder = str(tmp_path / "journals")
    with Fleet(HOSTS, state_dir=tmp_path / "state") as fleet:
        start = {name: _lasting(twin) for name, twin in fleet.hosts.items()}
        first = playbook(
            fleet.inventory_path,
            "winops.rdp.remediate_rdp",
            rdp_serial=[1, 2, "100%"],
            rdp_remediate_journal_dir=folder,
            rdp_max_fail_percentage=100,
        )
        journals = {name: twin.state["journals"] for name, twin in fleet.hosts.items()}
        changed = sorted(name for name, kept in journals.items() if kept)
        assert changed == HOSTS[:3], first.stdout
        (run,) = {journal["run"] for kept in journals.values() for journal in kept.values()}
        command = f"ansible-playbook -i {fleet.inventory_path} winops.rdp.restore_rdp -e rdp_run={run}"
        assert f"; {command} -e rdp_journal_dir={folder} takes back what was done" in first.stdout, first.stdout
        mended = {name: _lasting(twin) for name, twin in fleet.hosts.items()}

        playbook(
            fleet.inventory_path,
            "winops.rdp.remediate_rdp",
            rdp_hosts="nla_off",
            rdp_remediate_tighten=True,
            rdp_remediate_journal_dir=folder,
            rdp_run="change-4711",
        )
        assert [journal["run"] for journal in fleet.hosts["nla_off"].state["journals"].values()] == ["change-4711"]
        hardened = fleet.hosts["nla_off"].state

        for turn in range(3 if deep() else 2):
            back = playbook(fleet.inventory_path, "winops.rdp.restore_rdp", rdp_run=run, rdp_journal_dir=folder)
            assert back.returncode == 0, back.stdout
            counts = dict(re.findall(r"^(\w+) .*changed=(\d)", back.stdout, re.MULTILINE))
            assert {name for name, count in counts.items() if count != "0"} == (set() if turn else set(changed))
            assert {name: _lasting(twin) for name, twin in fleet.hosts.items() if name in changed} == {
                name: start[name] for name in changed
            }
        assert mended != start and fleet.hosts["nla_off"].state == hardened, "another run is left alone"
        assert fleet.hosts["nla_off"].host.number(TS, "fDenyTSConnections") == 0


def test_what_cannot_be_taken_back_is_nowhere_said_to_be(tmp_path: Path) -> None:
    """Not by the repair, nor by the list, nor by the restore, whose last line counts it."""
    kept = {"rdp_journal_dir": str(tmp_path / "journals")}
    names = ["security_layer_zero", "key_missing"]
    with Fleet(names, state_dir=tmp_path / "state") as fleet:
        inventory = fleet.inventory_path
        repaired = playbook(
            inventory, "winops.rdp.remediate_rdp", rdp_remediate_journal_dir=str(tmp_path / "journals")
        ).stdout
        listed = playbook(inventory, "winops.rdp.restore_rdp", **kept).stdout
        back = playbook(inventory, "winops.rdp.restore_rdp", rdp_run="latest", **kept).stdout
    assert "nothing of what was done can be taken back." in repaired and "restore_rdp" not in repaired, repaired
    for name in names:
        assert f"\n{name}: nothing is left to be taken back\n" in listed, listed
        assert f"\n{name}: left as it is: " in back, back
    assert listed.count("; left as it is: ") == 2, listed
    assert "\n2 hosts: 2 left as it is\n" in back, back
