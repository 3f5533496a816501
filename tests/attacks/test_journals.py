# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals that somebody else made, and steps that hide behind them, on the model of a host.

The same on the host script itself: tests/unit/host_script/test_keeping.py (links, sizes, owners of the home folder) and
tests/lab/test_apply.py (descriptors).
"""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.hosts import hostscript, steps
from tests.hosts.scenarios import host_of
from tests.hosts.windows import RDP_TCP, Windows

FORGED = "20991231T235959Z-deadbeef"
WHY = r"C:\ProgramData\winops.rdp\journal\x.json belongs to S-1-5-21-1-2-3-1105, or can be changed by it"
VALUE = {"key": RDP_TCP, "name": "UserAuthentication"}


@pytest.fixture
def host() -> Windows:
    return host_of("healthy")


def attack(host: Windows) -> list[tuple[dict[str, Any], Any]]:
    """What a stranger would have an undo do: the step, and the ``before`` that he writes into his journal."""
    key = host.key_path("TSSecKeySet1")
    entry = {"thumbprint": steps.DER_THUMBPRINT, "blob": steps.b64(steps.BLOB), "der": None}
    everyone = "O:SYG:SYD:PAI(A;;FA;;;WD)"
    return [
        ({"op": "registry.set", **VALUE, "type": "dword", "data": 0}, {"type": "dword", "data": 0}),
        ({"op": "registry.set", **VALUE, "type": "binary", "data": "AAAAAA=="}, {"type": "binary", "data": "AAAAAA=="}),
        ({"op": "service.start_type", "service": "CryptSvc", "start": 4}, {"start": 4}),
        ({"op": "acl.set", "path": key, "sddl": everyone}, {"sddl": everyone}),
        (
            {"op": "certificate.import", "store": "Remote Desktop", **{k: entry[k] for k in ("thumbprint", "blob")}},
            entry,
        ),
    ]


def plant(host: Windows) -> None:
    """His journal, in which each of these steps was done once, and takes back what never was."""
    ops = {"certificate.import": "certificate.remove"}
    entries = [
        {
            **step,
            "op": ops.get(step["op"], step["op"]),
            "status": "done",
            "before": before,
            "after": None,
            "error": None,
        }
        for step, before in attack(host)
    ]
    head = {"schema_version": 1, "id": FORGED, "controller": "x", "created": "2099-12-31T23:59:59.000Z", "undoes": None}
    host.data["journals"][FORGED] = {**head, "state": "complete", "plan": None, "steps": entries}
    host.data["untrusted"] = {FORGED: WHY}


def undo(host: Windows, step: dict[str, Any], undoes: str) -> dict[str, Any]:
    head = {"id": "20261123T130000Z-0000ffff", "controller": "t", "created": None, "undoes": undoes}
    return hostscript.call(host, {"operation": "apply", "steps": [step], "journal": head})


def test_a_forged_journal_is_listed_and_not_offered(host: Windows) -> None:
    plant(host)
    for wanted in (None, FORGED):
        call = {"operation": "snapshot", "sections": ["journals"], "journal_id": wanted}
        section = hostscript.call(host, call)["sections"]["journals"]
        [row] = section["recent"]
        assert (row["state"], row["untrusted"], row["steps_total"], section["whole"]) == ("untrusted", WHY, 0, None)


@pytest.mark.parametrize("number", range(5))
def test_a_forged_journal_unlocks_nothing(host: Windows, number: int) -> None:
    plant(host)
    before = copy.deepcopy(host.state)
    answer = undo(host, attack(host)[number][0], FORGED)
    assert (answer["failed"], answer["reason"]) == (True, "journal_failed") and host.state == before


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("undoes", ["20200101T000000Z-00000000", "honest"])
def test_nor_does_one_that_is_not_there_or_asks_for_something_else(host: Windows, number: int, undoes: str) -> None:
    level = {"op": "registry.set", "key": RDP_TCP, "name": "MinEncryptionLevel", "type": "dword", "data": 3}
    head = {"id": "20261123T120000Z-00000001", "controller": "t", "created": None, "undoes": None}
    hostscript.call(host, {"operation": "apply", "steps": [level], "journal": head})
    before = copy.deepcopy(host.state)
    answer = undo(host, attack(host)[number][0], str(head["id"]) if undoes == "honest" else undoes)
    assert (answer["failed"], answer["reason"]) == (True, "refused_step") and host.state == before


def test_an_untrusted_home_is_neither_read_nor_written(host: Windows) -> None:
    host.data["untrusted"] = {"home": r"C:\ProgramData\winops.rdp is a link"}
    before = copy.deepcopy(host.state)
    section = hostscript.call(host, {"operation": "snapshot", "sections": ["journals"]})["sections"]["journals"]
    assert section["recent"] == [] and "is a link" in section["untrusted"]
    head = {"id": "20261123T130000Z-0000ffff", "controller": "t", "created": None, "undoes": None}
    level = {"op": "registry.set", "key": RDP_TCP, "name": "MinEncryptionLevel", "type": "dword", "data": 3}
    answer = hostscript.call(host, {"operation": "apply", "steps": [level], "journal": head})
    assert answer["reason"] == "journal_failed" and host.state == before


@pytest.mark.parametrize(
    "step",
    [step for step in steps.REFUSED if isinstance(step, dict) and step.get("op") in ("registry.set", "acl.set")],
    ids=str,
)
def test_data_outside_the_list_is_refused_with_an_honest_journal_too(host: Windows, step: dict[str, Any]) -> None:
    before = copy.deepcopy(host.state)
    assert undo(host, step, "20200101T000000Z-00000000")["reason"] == "refused_step" and host.state == before
