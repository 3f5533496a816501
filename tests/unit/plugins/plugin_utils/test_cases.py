# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts after public reports that were once judged wrongly. Each file in ``tests/data/cases`` says in ``about`` where
the report is, what is right, and what was said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

CASES = Path(__file__).parents[3] / "data" / "cases"
PIN = "SSLCertificateSHA1Hash"


def _judge(name: str, policy: RepairPolicy) -> dict[str, Any]:
    path = CASES / f"{name}.json"
    code = json.loads(path.read_text(encoding="utf-8")).get("client_code")
    return bundles.judge(bundles.read(path), code, policy, shape.Questions())


@pytest.fixture(params=[RepairPolicy(), RepairPolicy(True, True, True, True)], ids=["default", "all allowed"])
def policy(request: pytest.FixtureRequest) -> RepairPolicy:
    chosen: RepairPolicy = request.param
    return chosen


def test_a_key_of_another_provider_is_no_file_and_nothing_is_concluded(policy: RepairPolicy) -> None:
    result = _judge("pin-other-provider", policy)
    assert (result["findings"], result["verdict"], result["plan"]["rungs"]) == ([], "healthy", [])


def test_the_certificate_that_was_shown_is_alive_whatever_a_folder_says(policy: RepairPolicy) -> None:
    result = _judge("pin-presented-key-file-gone", policy)
    assert [(finding["id"], finding["severity"]) for finding in result["findings"]] == [
        ("certificate.held_open", "warning")
    ]
    assert result["plan"]["rungs"] == [] and "state=bound" in result["findings"][0]["advice"]


def test_the_certificate_that_an_acme_client_put_in_its_place_is_named_and_bound(policy: RepairPolicy) -> None:
    result = _judge("acme-old-deleted", policy)
    meant = "10E92650095056B94B861D1FC94435AF990A3D84"
    top = result["findings"][0]
    assert top["id"] == "certificate.pin_dead" and meant in top["summary"] and top["target"]["successor"] == meant
    assert [(step["op"], step["name"]) for step in result["plan"]["steps"]] == [("registry.set", PIN)]
    assert [rung["name"] for rung in result["plan"]["rungs"]] == ["quiet", "restart"]
