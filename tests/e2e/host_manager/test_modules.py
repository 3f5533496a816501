# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules as pytest-ansible calls them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.twin.fleet import Fleet

pytest.importorskip("pytest_ansible", reason="pytest-ansible is not here; it takes no ansible-core 2.17")
pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(["healthy", "key_unreadable"], state_dir=tmp_path_factory.mktemp("fixtures")) as twins:
        yield twins


def test_adhoc_fixture_reads_facts(fleet: Fleet, ansible_adhoc: Callable[..., Any]) -> None:
    hosts = ansible_adhoc(inventory=str(fleet.inventory_path), host_pattern="healthy")
    result = getattr(hosts.all, "winops.rdp.facts")().contacted["healthy"]
    rdp = result["ansible_facts"]["rdp"]
    assert (
        rdp["certificates"]["bound"]["source"] == "self_signed"
        and rdp["certificates"]["bound"]["thumbprint"] == rdp["certificates"]["presented"]["sha1"].upper()
    )
    assert rdp["listener"]["settings"]["SecurityLayer"] == {
        "effective": 2,
        "source": "local",
        "where": r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server\WinStations\RDP-Tcp\SecurityLayer",
        "local": 2,
        "policy": rdp["listener"]["settings"]["SecurityLayer"]["policy"],
        "fault": None,
        "gpo": None,
    }
    assert rdp["key_files"]["files"][0]["network_service_can_read"] is True and rdp["errors"] == {}
    assert (
        all(rdp["firewall"]["profiles"][name]["allowing"] for name in rdp["firewall"]["networks"])
        and rdp["domain"]["joined"] is False
    )


@pytest.mark.ansible(host_pattern="localhost", inventory=str(Path(__file__).parent / "localhost.ini"))
def test_module_fixture_probes_without_a_host(fleet: Fleet, ansible_module: Any) -> None:
    twin = fleet.hosts["key_unreadable"]
    probe = getattr(ansible_module, "winops.rdp.probe")(host=twin.address, port=twin.rdp_port).contacted["localhost"][
        "probe"
    ]
    assert (probe["stage"], probe["outcome"]) == ("tls", "reset")
