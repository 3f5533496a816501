# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every scenario's snapshot and sighting, judged without Ansible: the cause on top, and with each section taken away
in turn never a wrong proof."""

from __future__ import annotations

import copy
import json
import os
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, files
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import probe_listener
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis, diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import SECTIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

from tests.hosts import hostscript
from tests.hosts.scenarios import SCENARIOS
from tests.profiles import deep
from tests.twin.fleet import Fleet

pytestmark = pytest.mark.needs_fleet

NAMES = sorted(
    name for name, scenario in SCENARIOS.items() if not scenario.fault and name not in ("not_admin", "section_denied")
)
CALL = {"operation": "snapshot", **collect.arguments()}


class Case:
    """What was read and seen of one host, the log of it after the probe."""

    def __init__(self, snapshot: dict[str, Any], seen: dict[str, Any], code: str | None) -> None:
        self.snapshot, self.seen, self.code, self.clock = snapshot, seen, code, datetime.now(timezone.utc)

    def judge(self, without: str | None = None) -> Diagnosis:
        snapshot = copy.deepcopy(self.snapshot)
        if without:
            del snapshot["sections"][without]
            snapshot["errors"][without] = {
                "code": -2147024891,
                "type": "System.UnauthorizedAccessException",
                "message": "denied",
            }
        return diagnose(Snapshot.of(snapshot, self.clock), ProbeResult(self.seen), self.code)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Case]]:
    with (
        Fleet(NAMES, state_dir=tmp_path_factory.mktemp("fleet")) as fleet,
        ThreadPoolExecutor(8 * (os.cpu_count() or 1)) as pool,
    ):

        def one(name: str) -> Case:
            twin = fleet.hosts[name]
            seen = probe_listener(twin.name_for_users, twin.host.port_set, timeout=5)
            time.sleep(0.05)
            return Case(hostscript.call(twin.host, CALL), seen, SCENARIOS[name].code)

        yield dict(zip(NAMES, pool.map(one, NAMES)))


@pytest.mark.parametrize("name", NAMES)
def test_the_seeded_cause_is_on_top(cases: dict[str, Case], name: str) -> None:
    diagnosis = cases[name].judge()
    found = [finding.id for finding in diagnosis.findings]
    assert (found[0] if found else None) == SCENARIOS[name].top
    assert all(finding.confidence in ("proven", "likely") for finding in diagnosis.findings[:1])
    assert SCENARIOS[name].also is None or SCENARIOS[name].also in found
    assert SCENARIOS[name].top is not None or diagnosis.verdict == "healthy"


@pytest.mark.parametrize("name", NAMES)
def test_a_section_that_is_missing_is_named_and_proves_nothing(cases: dict[str, Case], name: str) -> None:
    whole = {finding.id for finding in cases[name].judge().findings}
    # Each section is missing on every third host; in a deep run on all.
    tried = SECTIONS if deep() else list(SECTIONS)[NAMES.index(name) % 3 :: 3]
    for section in tried:
        less = cases[name].judge(section)
        assert {finding.id for finding in less.findings if finding.confidence == "proven"} <= whole, section
        assert any(f"section {section}" in sentence for sentence in less.unread)
        # A client that does not get in is never called healthy, whatever could not be read.
        assert cases[name].seen["stage"] == "session" or less.verdict != "healthy", section


@pytest.mark.parametrize("name", NAMES)
def test_a_bundle_is_judged_as_the_host_was(cases: dict[str, Case], name: str, tmp_path: Path) -> None:
    case = cases[name]
    snapshot = Snapshot.of({**case.snapshot, "ansible_password": "canary"}, case.clock)
    live = assess(snapshot, ProbeResult(case.seen), case.code)
    path = bundles.path_of(str(tmp_path), name)
    files.write_json(path, bundles.make(name, live))
    assert "canary" not in path.read_text(encoding="utf-8")
    kept = bundles.judge(bundles.read(path), case.code, RepairPolicy(), shape.Questions())
    told = shape.diagnosis_result(live, plan(live, RepairPolicy()), shape.Questions())
    assert json.loads(json.dumps(kept)) == json.loads(json.dumps(told))


def test_every_finding_has_a_scenario() -> None:
    text = "".join(
        path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "docs/causes").glob("*.md")
    )
    documented = set(re.findall(r'<a id="([a-z_]+\.[a-z0-9_]+)"></a>', text))
    seeded = {scenario.top for scenario in SCENARIOS.values()} | {scenario.also for scenario in SCENARIOS.values()}
    assert documented - seeded == ELSEWHERE


# They are never more than possible, only told of a host that nobody looked at, or of what was logged at the time of
# a look, which a state that is made before cannot hold: unit tests and incidents have them.
ELSEWHERE = {"client.other", "client.display", "listener.errors_logged", "tls.handshake_refused"}
