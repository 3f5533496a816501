# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Name, path and crowds."""

from __future__ import annotations

from tests.hosts.changes import behaves, connected_before, logged
from tests.hosts.scenarios.model import Scenarios

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "middlebox_reset",
    "something resets every connection after its first bytes",
    "network.path_reset",
    connected_before,
    behaves(middlebox="reset"),
    repairable=False,
)
add(
    "middlebox_silent",
    "connections are accepted and never answered",
    "network.path_reset",
    connected_before,
    behaves(middlebox="silent"),
    repairable=False,
)
add(
    "port_filtered",
    "the host listens, and nobody gets there",
    "network.unreachable",
    behaves(middlebox="filtered"),
    repairable=False,
)
add(
    "no_name",
    "users type a name that does not resolve",
    "network.name",
    repairable=False,
    probe_host=lambda _address: "nobody.invalid",
)
add(
    "flood",
    "somebody guesses passwords",
    "network.logon_flood",
    logged("Security", "Microsoft-Windows-Security-Auditing", 4625, 400, 0xC000006D, 10),
)
add(
    "path_stalls",
    "TLS gets stuck on the way",
    "network.handshake_stalls",
    behaves(middlebox="tls_stalls"),
    repairable=False,
)
