# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page says in people's words: titles, names of Windows, texts for tickets, explanations."""

from __future__ import annotations

from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.reports import page
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.versions import product
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet, Host
from ansible_collections.winops.rdp.plugins.plugin_utils.report.tickets import tickets

from tests.hosts.snapshots import Host as Snapshot
from tests.hosts.snapshots import dword, probe
from tests.unit.fleets import Machine, result

RESET = probe("tls", "reset", client_view={"code": "0x904", "extended": "0x7", "text": ""})


def host(change: Snapshot, seen: dict[str, Any]) -> Host:
    return Host.of("web01", result(Machine("web01", change.to_answer(), seen)))


def test_a_ticket_to_the_owner_of_a_policy_names_the_policy() -> None:
    change = Snapshot().setting("policy", "SecurityLayer", dword(0))
    own = host(change, probe("negotiation", "denied"))
    change.sections["policies"]["values"].append(
        {
            "key": contract.hklm(contract.POLICY),
            "name": "SecurityLayer",
            "gpo": "RDP hardening",
            "id": "cn={1},cn=policies",
        }
    )
    one = host(change, probe("negotiation", "denied"))
    ticket = next(ticket for ticket in tickets(one) if ticket.recipient == "the owner of the policy")
    assert "Require use of specific security layer" in ticket.text and "SecurityLayer" in ticket.text
    assert ticket.text.startswith("Remote Desktop on web01: ") and "Connection:" not in ticket.text
    # Nobody else has the host's own to change, and the page has the command for it.
    assert "where=local_policy" not in ticket.text and not any("where=local_policy" in text for text in one.commands)
    assert tickets(own) == [] and own.commands[-1].endswith("-a 'security_layer=tls where=local_policy'")


def test_a_ticket_to_the_network_team_has_source_destination_port_and_time() -> None:
    one = host(Snapshot(), probe("tcp", "timeout", time="2026-11-23T12:00:00.000Z"))
    ticket = next(ticket for ticket in tickets(one) if ticket.recipient == "the network team")
    assert "Connection: TCP from the machine that runs Ansible to" in ticket.text and "port 3389" in ticket.text
    assert "Time: " in ticket.text and "Please: " in ticket.text
    one = host(Snapshot(), probe("tcp", "timeout", source="10.1.2.3"))
    assert any("Connection: TCP from 10.1.2.3 to " in ticket.text for ticket in tickets(one))


def test_what_is_the_host_s_own_needs_no_ticket() -> None:
    assert tickets(host(Snapshot().setting("rdp_tcp", "SecurityLayer", dword(5)), RESET)) == []


def test_a_ticket_without_a_look_says_what_was_read() -> None:
    one = Host.of("web01", {**result(Machine("web01", Snapshot().to_answer(), probe("tcp", "timeout"))), "probe": None})
    assert all("Connection:" not in ticket.text for ticket in tickets(one))


@pytest.mark.parametrize(
    ("build", "kind", "edition", "name"),
    [
        (20348, 3, "ServerStandard", "Windows Server 2022"),
        (26100, 2, "ServerDatacenter", "Windows Server 2025"),
        (26100, 1, "Professional", "Windows 11, version 24H2"),
        (26100, 3, "ServerRdsh", "Windows 11, version 24H2, multi-session"),
        (17763, 1, "Enterprise", "Windows 10, version 1809"),
        (12345, 3, "ServerStandard", None),
    ],
)
def test_windows_is_called_as_it_is_sold(build: int, kind: int, edition: str, name: str | None) -> None:
    assert product(build, kind, edition) == name


def test_every_finding_has_a_short_title_of_its_own() -> None:
    titles = [entry.title for entry in catalogue.ALL.values()]
    assert len(set(titles)) == len(titles) and all(5 < len(title) <= 60 and "{" not in title for title in titles)
    assert not any(title.endswith(".") or title[0].islower() for title in titles)


def test_the_page_explains_its_findings_itself() -> None:
    answer = result(Machine("web01", Snapshot().setting("rdp_tcp", "SecurityLayer", dword(5)).to_answer(), RESET))
    text = page(Fleet.of({"web01": answer}), "Remote Desktop")
    assert (
        'href="#about-listener.security_layer_invalid"' in text and 'id="about-listener.security_layer_invalid"' in text
    )
    assert "Invalid SecurityLayer" in text and "Windows Server 2022 (build 20348)" in text
    assert 'id="about-certificate.expired"' not in text, "only what is on the page"
    assert 'href="docs' not in text
