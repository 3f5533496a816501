# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows of every build as it is installed is in order: no rule alarms, on or off, wherever it is joined."""

from __future__ import annotations

from functools import cache
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy

from tests.hosts.builds import BUILDS, host_of
from tests.hosts.faults import IN, REFUSED
from tests.hosts.snapshots import snapshot_of
from tests.profiles import each
from tests.unit.schemas import of_snapshots

CASES = [(name, join) for name, build in BUILDS.items() for join in build.joins]
# No Remote Desktop server is in it, which is all that is to be said.
WITHOUT = {"home": ["system.home_edition"]}


@cache
def snapshot(name: str, join: str, on: bool) -> Snapshot:
    answer = snapshot_of(host_of(name, join, on))
    of_snapshots().validate(answer)
    return Snapshot.of(answer)


def judged(name: str, join: str, on: bool, seen: Any) -> Any:
    return assess(snapshot(name, join, on), ProbeResult(seen), None)


@each(("name", "join"), CASES)
@each("seen", [IN, None])
def test_a_host_that_is_switched_on_has_no_finding(name: str, join: str, seen: Any) -> None:
    found = judged(name, join, True, seen)
    assert [finding.id for finding in found.diagnosis.findings] == WITHOUT.get(name, [])
    assert found.diagnosis.complete
    if name not in WITHOUT:
        assert found.diagnosis.verdict == ("healthy" if seen else "unknown")
        assert plan(found, RepairPolicy()).steps == ()


@each(("name", "join"), CASES)
@each("seen", [REFUSED, None])
def test_a_host_as_it_is_installed_is_off_and_left_so(name: str, join: str, seen: Any) -> None:
    """It is off because nobody switched it on: no service is missed, no certificate, no rule."""
    found = judged(name, join, False, seen)
    assert [finding.id for finding in found.diagnosis.findings] == WITHOUT.get(name, ["listener.rdp_disabled"])
    assert found.diagnosis.verdict == ("broken" if name in WITHOUT else "off")
    assert plan(found, RepairPolicy()).steps == ()


def test_every_build_of_the_tables_is_there() -> None:
    assert {build.number for build in BUILDS.values()} >= {9600, 14393, 17763, 20348, 26100, 19045, 22631}
    assert {build.kind for build in BUILDS.values()} == {1, 2, 3}
