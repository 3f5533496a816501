# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What cuts in between client and listener."""

from __future__ import annotations

from tests.hosts.changes import behaves, dword, product
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import LSA

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "middlebox_tls",
    "something resets TLS",
    "interference.handshake_dropped",
    behaves(middlebox="tls_reset"),
    repairable=False,
)
add(
    "security_product",
    "security software resets TLS",
    "interference.security_product",
    product("CSAgent", type=2),
    behaves(middlebox="tls_reset"),
    repairable=False,
)
add(
    "not_rdp",
    "a forwarded port leads to an SSH server",
    "interference.not_rdp",
    behaves(middlebox="ssh"),
    repairable=False,
)
add("tls_inspected", "something takes TLS apart", "interference.tls_inspected", behaves(middlebox="inspects"))
add(
    "fips_reset",
    "FIPS algorithms only, and TLS is reset",
    "interference.handshake_dropped",
    dword(LSA + r"\FipsAlgorithmPolicy", "Enabled", 1),
    behaves(middlebox="tls_reset"),
    repairable=False,
    also="tls.fips",
)
