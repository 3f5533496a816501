# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be wrong with a host: one entry each, in a file for each page of docs/causes, in the order of those pages. A
scenario changes a healthy host, before its services start."""

from __future__ import annotations

from pathlib import Path

from tests.hosts.scenarios import (
    certificate,
    client,
    clock,
    firewall,
    healthy,
    interference,
    licensing,
    listener,
    machine_keys,
    network,
    nla,
    service,
    session,
    system,
    tls,
    together,
    unreadable,
)
from tests.hosts.scenarios.model import Scenario, Scenarios
from tests.hosts.windows import Windows

__all__ = ["SCENARIOS", "Scenario", "host_of"]

_GROUPS: tuple[Scenarios, ...] = (
    healthy.SCENARIOS,
    certificate.SCENARIOS,
    client.SCENARIOS,
    clock.SCENARIOS,
    firewall.SCENARIOS,
    interference.SCENARIOS,
    licensing.SCENARIOS,
    listener.SCENARIOS,
    machine_keys.SCENARIOS,
    network.SCENARIOS,
    nla.SCENARIOS,
    service.SCENARIOS,
    session.SCENARIOS,
    system.SCENARIOS,
    tls.SCENARIOS,
    together.SCENARIOS,
    unreadable.SCENARIOS,
)
SCENARIOS: dict[str, Scenario] = {name: scenario for group in _GROUPS for name, scenario in group.items()}
if len(SCENARIOS) != sum(len(group) for group in _GROUPS):
    raise ValueError("two scenarios have the same name")


def host_of(scenario: str, name: str | None = None, path: Path | None = None) -> Windows:
    """A host in that state, its services started. ``path`` is where it writes down each change."""
    wanted = SCENARIOS[scenario]
    host = Windows(name or scenario, wanted.build, path)
    host.self_sign()
    wanted.change(host)
    if host.running("TermService"):
        host.take_credential()
        host.volatile["credential"] = host.volatile.pop("held", None) or host.volatile["credential"]
    return host
