# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that are run without a controller: what of others' text is in them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import offline
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import expected, planner, steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy

from tests.hosts.faults import DIES
from tests.hosts.snapshots import NOW, RDP_TCP, Host, dword


@pytest.mark.parametrize("name", ["x\nStart-Process calc\n#", "x\u2028y", "a$MadeAs = ''b", "web01"])
def test_a_name_is_no_code_in_a_script(name: str) -> None:
    plan = planner.Plan.of([steps.set_value(RDP_TCP, "UserAuthentication", 1, "", "nla.disabled")], [])
    assessment = assess(Snapshot.of(Host().to_answer(), NOW), ProbeResult())
    for text in (offline.repair_script(name, name, assessment, plan, NOW), offline.collect_script(name)):
        head = text.split("#Requires")[0].splitlines()
        assert all(line.startswith("#") for line in head) and "$MadeAs" not in "".join(head)
        if made := re.search(r"^\$MadeAs = '([0-9a-f]{64})'$", text, re.MULTILINE):
            assert made[1] == offline.digest(text.replace(made[1], "")), "the script knows itself"


def _overdue() -> Host:
    """NLA is off, and the task that was to require it again has not."""
    host = Host().setting("rdp_tcp", "UserAuthentication", dword(0))
    task = nla_task.NlaTask(NOW - timedelta(minutes=30), ("nla.trust_broken",))
    host.sections["listener"]["nla_task"] = {"xml": task.xml, "error": None}
    host.sections["network"]["adapters"][0]["category"] = 1
    return host


def _closed() -> Host:
    host = Host().rule(Active="FALSE")
    host.sections["network"]["adapters"][0]["category"] = 1
    return host


def _moved() -> Host:
    """The listener is at a port for which no rule is there."""
    return _closed().setting("rdp_tcp", "PortNumber", dword(3390))


@pytest.mark.parametrize(
    ("host", "policy", "op"),
    [
        (_overdue(), RepairPolicy(), "task.disarm"),
        (_closed(), RepairPolicy(open=True), "firewall.set"),
        (_moved(), RepairPolicy(open=True), "firewall.add"),
    ],
)
def test_a_script_says_what_its_tasks_and_rules_were(host: Host, policy: RepairPolicy, op: str) -> None:
    assessment = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult())
    text = offline.repair_script("web01", "x.ps1", assessment, planner.plan(assessment, policy), NOW)
    planned = json.loads(text.split("$WhatToDo = @'\n")[1].split("\n'@")[0])["rungs"][0]["steps"]
    facts: dict[str, Any] = next(row["before"] for row in planned if row["step"]["op"] == op)
    rules = {row["name"]: row["rule"] for row in host.sections["firewall"]["rules"]}
    was = {
        "task.disarm": {"at": "2026-11-23T11:30:00Z", "causes": ["nla.trust_broken"]},
        "firewall.set": {"rule": rules.get(contract.BUILT_IN_RULES[0])},
        "firewall.add": {"rule": None},
    }
    assert facts == was[op]


@pytest.mark.parametrize(
    ("host", "words"),
    [
        (Host(), "web01: its verdict is unknown, and there is nothing to repair"),
        (_overdue(), "web01: a script repairs nothing of what was found; winops.rdp.diagnose"),
    ],
)
def test_a_script_that_would_do_nothing_is_none(host: Host, words: str) -> None:
    assessment = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult())
    nothing = replace(planner.plan(assessment, RepairPolicy()), rungs=())
    with pytest.raises(offline.OfflineError, match=words):
        offline.repair_script("web01", "x.ps1", assessment, nothing, NOW)


def test_every_kind_that_a_repair_makes_has_its_facts() -> None:
    made = {op.partition(".")[0] for op in (*planner._PHASES, "certificate.renew", "service.restart")}
    assert made - {"group"} <= set(expected._FACTS), "members are access's alone, which no script carries out"


def test_without_a_task_there_is_none_to_expect() -> None:
    host = Snapshot.of(Host().to_answer(), NOW)
    assert expected.before(steps.disarm("", "nla.off_until"), host) == {"at": None, "causes": []}


def test_the_page_on_ways_says_how_large_the_scripts_are() -> None:
    """Whoever chooses a way goes by its limit: 200 KB and 256 KB are two of them."""
    page = (Path(__file__).parents[4] / "docs/offline-ways.md").read_text(encoding="utf-8")
    said = re.search(r"about (\d+) KB \(collecting\) or (\d+) KB \(repairing\)", page)
    assessment = assess(
        Snapshot.of(Host().setting("rdp_tcp", "SecurityLayer", dword(7)).to_answer(), NOW), ProbeResult(DIES)
    )
    plan = planner.plan(assessment, RepairPolicy())
    made = (offline.collect_script("web01"), offline.repair_script("web01", "x.ps1", assessment, plan, NOW))
    for told, text in zip(said.groups() if said else (), made, strict=True):
        assert 0.9 < len(text) / 1000 / int(told) < 1.05, f"{len(text)} bytes, and the page says {told} KB"
