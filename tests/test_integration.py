# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to break a real Windows host: they have never run, so at least what they name must exist."""

from __future__ import annotations

from pathlib import Path

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue

from tests.tools.documents import load_yaml

TARGET = Path(__file__).parent / "integration/targets/break_and_repair"


def test_ten_faults_with_findings_that_this_collection_repairs() -> None:
    faults = load_yaml((TARGET / "defaults/main.yml").read_text())["break_and_repair_faults"]
    assert len(faults) == len({fault["name"] for fault in faults}) == 10
    for fault in faults:
        entry = catalogue.ALL[fault["finding"]]
        assert entry.repair_class, fault["name"]
        assert (entry.repair_class == catalogue.OPEN) == fault.get("open", False), fault["name"]
