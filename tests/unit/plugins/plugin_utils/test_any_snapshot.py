# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever fits the schema is judged, kept, judged again the same, and reported on: no rule may stumble over a strange
host."""

from __future__ import annotations

import json
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import probing
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.reports import page
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, schema
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.report import model, text
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape
from ansible_collections.winops.rdp.plugins.plugin_utils.results.facts import facts
from ansible_collections.winops.rdp.plugins.plugin_utils.results.schema import RESULT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hosts.snapshots import NOW, Host, probe
from tests.profiles import examples
from tests.unit.schemas import fits

DEFINITIONS = schema.SCHEMA["$defs"]
_VALUE = fits({"$ref": "#/$defs/registry_value"}, DEFINITIONS)
# Keys that rules look for, with any value under the names that they look for, or others.
_REGISTRY = st.dictionaries(
    st.sampled_from([f"HKLM\\{key.replace('*', 'x')}" for key in collect.VALUES]),
    st.fixed_dictionaries(
        {
            "settings": st.dictionaries(
                st.sampled_from(sorted({name for names in collect.VALUES.values() for name in names})),
                _VALUE,
                max_size=6,
            ),
            "error": st.none(),
        }
    ),
    max_size=12,
)
_SECTIONS = {**{name: fits(part, DEFINITIONS) for name, part in schema.SECTIONS.items()}, "registry": _REGISTRY}
_PROBES = st.one_of(st.none(), st.just(probe()), fits(probing.PROBE, {}))
_CODES = st.one_of(
    st.none(), st.sampled_from(["0x904/0x7", "0x904/0x0", "0x1807", "0x3/0x101", "0x80090331", "0xDEAD"])
)


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Any]:
    """A healthy host with some of its sections exchanged for anything that fits, or gone."""
    answer = Host().to_answer()
    for name in draw(st.sets(st.sampled_from(sorted(_SECTIONS)), max_size=4)):
        answer["sections"][name] = draw(_SECTIONS[name])
    for name in draw(st.sets(st.sampled_from(sorted(_SECTIONS)), max_size=2)):
        answer["sections"].pop(name, None)
    return answer


@settings(max_examples=examples(25, 2000), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(answers(), _PROBES, _CODES)
def test_any_host_is_judged_kept_and_reported_on(
    answer: dict[str, Any], seen: dict[str, Any] | None, code: str | None
) -> None:
    snapshot = Snapshot.of(answer, NOW)
    facts(snapshot, ProbeResult(seen))
    assessment = assess(snapshot, ProbeResult(seen), code)
    result = shape.diagnosis_result(assessment, plan(assessment, RepairPolicy()), shape.Questions())
    written = json.loads(json.dumps(result))
    assert schema.first_fault(written, RESULT) is None
    for finding in result["findings"]:
        assert finding["confidence"] != "proven" or seen, "nobody saw it"
        assert finding["summary"] and finding["evidence_for"] and "None" not in finding["summary"]
    fleet = model.Fleet.of({"strange": result})
    assert fleet.hosts[0].verdict == result["verdict"]
    page(fleet, "x")
    json.loads(text.to_json(fleet, "x"))
    assert text.to_csv(fleet) and text.to_prometheus(fleet)
