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
from functools import cached_property
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

from tests.hosts import ablation, hostscript
from tests.hosts.client_scenarios import CLIENT_SCENARIOS
from tests.hosts.scenarios import SCENARIOS
from tests.profiles import deep, some
from tests.twin.fleet import Fleet

pytestmark = pytest.mark.needs_fleet

NAMES = sorted(
    name for name, scenario in SCENARIOS.items() if not scenario.fault and name not in ("not_admin", "section_denied")
)
# Hosts that are found broken at each stage of a connection, and one on which nothing explains it.
REPRESENTATIVES = [name for name in NAMES if SCENARIOS[name].top is None][:1]
REPRESENTATIVES += list(
    {str(SCENARIOS[name].top).split(".", maxsplit=1)[0]: name for name in NAMES if SCENARIOS[name].top}.values()
)
REPRESENTATIVES += ["cert_expired_key_locked", "key_missing", "termservice_stopped", "port_kept", "dll_altered"]
CALL = {"operation": "snapshot", "channel": True, **collect.arguments()}


class Case:
    """What was read and seen of one host, the log of it after the probe."""

    def __init__(self, snapshot: dict[str, Any], seen: dict[str, Any], code: str | None) -> None:
        self.snapshot, self.seen, self.code, self.clock = snapshot, seen, code, datetime.now(timezone.utc)

    @cached_property
    def whole(self) -> Diagnosis:
        return self.judge(copy.deepcopy(self.snapshot))

    def judge(self, snapshot: dict[str, Any]) -> Diagnosis:
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
    diagnosis = cases[name].whole
    found = [finding.id for finding in diagnosis.findings]
    assert (found[0] if found else None) == SCENARIOS[name].top
    assert all(finding.confidence in ("proven", "likely") for finding in diagnosis.findings[:1])
    assert SCENARIOS[name].also is None or SCENARIOS[name].also in found
    assert SCENARIOS[name].top is not None or diagnosis.verdict == "healthy"


# What a text says to be in order, and in which sections that was read.
CLAIMS = {
    "TermService and SessionEnv are in order": {"listener", "services"},
    "cipher suites and algorithms that current clients have": {"registry"},
    "NETWORK SERVICE can read its key": {"certificates", "key_files", "listener"},
    "certificate and key of the listener are in order now": {"certificates", "key_files", "listener"},
}


def holds_without(case: Case, section: str, manner: str) -> None:
    """Nothing wrong is proven without this part, nothing is said of it that nobody read, and it is named."""
    less = ablation.without(case.snapshot, section, manner)
    if less is None:
        return
    whole = {finding.id for finding in case.whole.findings}
    diagnosis = case.judge(less)
    assert {finding.id for finding in diagnosis.findings if finding.confidence == "proven"} <= whole, section
    facts = " ".join(one.fact for finding in diagnosis.findings for one in finding.evidence_for)
    assert not [words for words, read in CLAIMS.items() if section in read and words in facts], section
    assert any(f"section {section}" in sentence for sentence in diagnosis.unread), section
    # A client that does not get in is never called healthy, whatever could not be read.
    assert case.seen["stage"] == "session" or diagnosis.verdict != "healthy", section


@pytest.mark.parametrize("manner", ablation.MANNERS)
@pytest.mark.parametrize(("at", "section"), [*enumerate(SECTIONS)])
def test_a_section_that_is_lost_is_named_and_proves_nothing(
    cases: dict[str, Case], at: int, section: str, manner: str
) -> None:
    """In each way, on hosts that a look finds broken in each way: one of each cause that is looked for in the section,
    and one on which nothing explains what was seen."""
    for name in NAMES if deep() else some(REPRESENTATIVES, 3, at):
        holds_without(cases[name], section, manner)


@pytest.mark.parametrize("name", some(NAMES, 3))
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
    seeded |= {scenario.finding for scenario in CLIENT_SCENARIOS.values()}
    assert documented - seeded == ELSEWHERE


# They are never more than possible, only told of a host that nobody looked at, or of what was logged at the time of
# a look, which a state that is made before cannot hold: unit tests and incidents have them.
ELSEWHERE = {"client.other", "client.display", "listener.errors_logged", "tls.handshake_refused"}
