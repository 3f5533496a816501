# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts that are run without a controller: what of others' text is in them."""

from __future__ import annotations

import re

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import offline
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import planner, steps

from tests.hosts.snapshots import NOW, RDP_TCP, Host


@pytest.mark.parametrize("name", ["x\nStart-Process calc\n#", "x\u2028y", "a$MadeAs = ''b", "web01"])
def test_a_name_is_no_code_in_a_script(name: str) -> None:
    plan = planner.Plan.of([steps.set_value(RDP_TCP, "UserAuthentication", 1, "", "nla.disabled")], [])
    assessment = assess(Snapshot.of(Host().to_answer(), NOW), ProbeResult())
    for text in (offline.repair_script(name, name, assessment, plan, NOW), offline.collect_script(name)):
        head = text.split("#Requires")[0].splitlines()
        assert all(line.startswith("#") for line in head) and "$MadeAs" not in "".join(head)
        if made := re.search(r"^\$MadeAs = '([0-9a-f]{64})'$", text, re.MULTILINE):
            assert made[1] == offline.digest(text.replace(made[1], "")), "the script knows itself"
