# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Editions of Windows that have no Remote Desktop server, and those that have one."""

from __future__ import annotations

import pytest

from tests.hosts.faults import REFUSED
from tests.hosts.snapshots import Host
from tests.unit.judging import ids, run


def _deaf(edition: str, *, kind: int = 1) -> Host:
    host = Host(19045)
    host.sections["host"].update(edition_id=edition, product_type=kind)
    host.sections["port"]["listeners"] = []
    return host


@pytest.mark.parametrize(
    "edition",
    [
        "Core",
        "CoreN",
        "CoreSingleLanguage",
        "CoreCountrySpecific",
        "HomeBasic",
        "HomeBasicN",
        "HomePremium",
        "HomePremiumN",
        "Starter",
        "StarterN",
    ],
)
def test_an_edition_without_a_server(edition: str) -> None:
    assert ids(run(_deaf(edition), REFUSED))[0] == "system.home_edition"


@pytest.mark.parametrize(
    "edition",
    ["Professional", "ProfessionalWorkstation", "Enterprise", "EnterpriseS", "Education", "IoTEnterprise", "Ultimate"],
)
def test_an_edition_with_one(edition: str) -> None:
    assert "system.home_edition" not in ids(run(_deaf(edition), REFUSED))


def test_a_server_s_core_is_no_home() -> None:
    assert "system.home_edition" not in ids(run(_deaf("Core", kind=3), REFUSED))
