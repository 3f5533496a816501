# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks from several places, side by side: what makes the difference."""

from __future__ import annotations

import json
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.host import OUTCOMES, STAGES
from ansible_collections.winops.rdp.plugins.module_utils.wire.credssp import HASHED_BINDING
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import probe_result
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.vantage import compare
from hypothesis import given
from hypothesis import strategies as st

from tests.profiles import each

Json = dict[str, Any]


def look(
    stage: str = "session", outcome: str = "ok", sha1: str | None = "AA", address: str = "192.0.2.1", **more: Any
) -> Json:
    certificate = {"sha1": sha1, "sha256": (sha1 or "") * 2, "issuer": "CN=x"} if sha1 else None
    return {"stage": stage, "outcome": outcome, "address": address, "certificate": certificate, "failure": None, **more}


IN = look()
CASES: list[tuple[dict[str, Json | None], str, str]] = [
    ({"a": IN, "b": IN}, "nothing", "same"),
    ({"a": IN, "b": look("name", "unresolved", None)}, "resolver", "same"),
    ({"a": IN, "b": look("tcp", "timeout", None)}, "path", "same"),
    ({"a": IN, "b": look("tcp", "refused", None)}, "path", "same"),
    ({"a": IN, "b": look("negotiation", "not_rdp", None)}, "proxy", "same"),
    ({"a": IN, "b": look("negotiation", "reset", None)}, "path", "same"),
    ({"a": IN, "b": look("tls", "reset", None)}, "path", "same"),
    ({"a": IN, "b": look("tls", "silent", None)}, "path", "same"),
    ({"a": IN, "b": look("tls", "alert", None, failure={"sender": "client"})}, "tls_policy", "same"),
    ({"a": IN, "b": look("credssp", "denied")}, "authentication", "same"),
    ({"a": IN, "b": look("session", "closed")}, "authentication", "same"),
    ({"a": IN, "b": look("credssp", "closed", "BB")}, "proxy", "inspection"),
    ({"a": IN, "b": look(sha1="BB")}, "proxy", "inspection"),
    ({"a": IN, "b": look(sha1="BB", address="192.0.2.2")}, "nothing", "farm"),
    ({"a": look("tls", "reset", None), "b": look("tls", "reset", None)}, "host", "none"),
    ({"a": look("tls", "reset", None), "b": look("tcp", "timeout", None)}, "path", "none"),
    ({"a": IN, "b": look("credssp", "denied"), "c": look("name", "unresolved", None)}, "resolver", "same"),
    ({"a": IN}, "unknown", "same"),
    ({"a": IN, "b": None}, "unknown", "same"),
    ({"a": None, "b": None}, "unknown", "none"),
    ({}, "unknown", "none"),
]


@each(("looks", "points_to", "certificates"), CASES)
def test_what_makes_the_difference(looks: dict[str, Json | None], points_to: str, certificates: str) -> None:
    found = compare(looks)
    assert (found.points_to, found.certificates) == (points_to, certificates)
    assert set(found.inside) | set(found.outside) | set(found.unasked) == set(looks)
    assert [row["via"] for row in found.rows] == [place for place, seen in looks.items() if seen]
    for place in found.outside:
        assert f"{place} ends at" in found.summary


def test_a_place_that_was_not_asked_is_told_and_counts_for_nothing() -> None:
    found = compare({"a": IN, "b": None})
    assert found.unasked == ("b",) and found.inside == ("a",) and "no look from b" in found.summary


def test_what_is_told_of_a_look_is_what_a_look_tells() -> None:
    """Named a second time, since no rule imports what makes connections."""
    assert (probe_result.STAGES, probe_result.CREDSSP_PROTECTED) == (STAGES, HASHED_BINDING)


@given(st.dictionaries(st.text(max_size=5), st.tuples(st.sampled_from(STAGES), st.sampled_from(OUTCOMES)), max_size=4))
def test_any_looks_can_be_compared(pairs: dict[str, tuple[str, str]]) -> None:
    found = compare({place: look(*pair) for place, pair in pairs.items()})
    assert json.dumps(found.to_dict()) and (found.points_to != "unknown") == (len(pairs) > 1)
