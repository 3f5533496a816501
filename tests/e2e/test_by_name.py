# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The clock and the trust in the domain over real ansible: tried only where the finding is named, with what is left to
a person where that does not help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import acted
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]


def test_the_trust_in_the_domain(tmp_path: Path) -> None:
    with Fleet(["trust_broken", "trust_broken"], state_dir=tmp_path / "state") as fleet:
        stale, unknown = list(fleet.hosts.values())
        stale.host.data["behaviour"]["password_fits"] = True
        options = {"journal_dir": str(tmp_path / "journals")}
        asked: tuple[dict[str, Any], ...] = ({}, {"open": True, "tighten": True})
        for more in asked:
            for name, result in acted(fleet, "remediate", **options, **more).items():
                assert not result["changed"] and fleet.hosts[name].host.data["channel_status"] == 1789
        done = acted(fleet, "remediate", open=["nla.trust_broken"], **options)
        good, bad = done[stale.name], done[unknown.name]
        assert not good["failed"] and [step["op"] for step in good["steps"]] == ["domain.reset_channel"], good
        assert good["disruption"] == "none" and "nla.trust_broken" not in [one["id"] for one in good["findings_after"]]
        assert bad["failed"] and bad["steps"][0]["error"]["code"] == -2147024891
        assert "Test-ComputerSecureChannel -Repair -Credential" in bad["msg"] and not bad["changed"]
        back = acted(fleet, "restore", run="latest", **options)[stale.name]
        assert not back["changed"], "there is nothing to take back"


def test_a_template_that_did_not_enrol(tmp_path: Path) -> None:
    """Each reason with its own advice; asked for by name the host tries once more, and what comes is proven."""
    names = ["template_no_right", "template_unknown", "template_no_ca", "template_failing", "template_key_unreadable"]
    with Fleet(names, state_dir=tmp_path / "state") as fleet:
        options = {"journal_dir": str(tmp_path / "journals")}
        told = acted(fleet, "remediate", ",".join(names[:-1]), open=True, **options)
        words = {"no_right": "Enroll", "unknown": "certutil -CATemplates", "no_ca": "CAHOST\\CANAME -ping"}
        for name, result in told.items():
            [row] = [row for row in result["plan"]["blocked"] if row["finding"] == "certificate.template_failing"]
            assert words.get(name.removeprefix("template_"), "Remote Desktop Authentication") in row["detail"]
            assert not result["changed"] and "ask for it with open=certificate.template_failing" in row["detail"]
        fleet.hosts["template_no_ca"].host.data["behaviour"]["ca_issues"] = "default"
        named = "template_no_ca,template_no_right"
        done = acted(fleet, "remediate", named, open=["certificate.template_failing"], **options)
        good, bad = done["template_no_ca"], done["template_no_right"]
        assert not good["failed"] and [step["op"] for step in good["steps"]] == ["certificate.enrol"], good
        assert "certificate.template_failing" not in [one["id"] for one in good["findings_after"]]
        assert bad["failed"] and "CertEnroll" in bad["msg"] and not bad["changed"]
        # What came with a key that NETWORK SERVICE cannot read is the first rung's, unasked.
        name = "template_key_unreadable"
        mended = acted(fleet, "remediate", name, **options)[name]
        assert not mended["failed"] and mended["steps"][0]["op"] == "acl.set", mended
        assert mended["verified"]["after"]["stage"] == "session"


def test_the_clock(tmp_path: Path) -> None:
    with Fleet(["clock_wrong", "clock_wrong", "clock_unset"], state_dir=tmp_path / "state") as fleet:
        right, silent, unset = list(fleet.hosts.values())
        silent.host.data["behaviour"]["no_time_source"] = True
        options = {"journal_dir": str(tmp_path / "journals")}
        for result in acted(fleet, "remediate", open=True, **options).values():
            assert not result["changed"]
        done = acted(fleet, "remediate", open=["clock.wrong"], **options)
        good, bad, left = (done[twin.name] for twin in (right, silent, unset))
        assert not good["failed"] and [step["op"] for step in good["steps"]] == ["clock.resync"], good
        assert good["verdict_after"] == "healthy" and right.host.data["host"]["clock_offset_seconds"] == 0
        assert bad["failed"] and "w32tm /query /status" in bad["msg"]
        [blocked] = [row for row in left["plan"]["blocked"] if row["finding"] == "clock.wrong"]
        assert not left["changed"] and "no source" in blocked["summary"]
