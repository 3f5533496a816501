# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host is in order, and a user's client showed a code."""

from __future__ import annotations

from tests.hosts.changes import came_without_a_suite
from tests.hosts.scenarios.model import Scenarios

SCENARIOS = Scenarios()
add = SCENARIOS.add

for _code, _text_, _top in (
    ("0x1B07", "the client calls the certificate expired", "client.certificate_refused"),
    ("0x80090325", "the client does not trust the certificate's issuer", "client.certificate_refused"),
    ("0x807", "a wrong password", "client.credentials"),
    ("3335", "the account is locked out", "client.credentials"),
    ("0xC0000224", "the password must be changed", "client.credentials"),
    ("0x1607", "the client may not delegate credentials", "client.delegation_policy"),
    ("0x104", "the client's DNS fails", "client.name"),
    ("0x204", "the client cannot connect", "client.cannot_connect"),
    ("264", "the client times out", "client.cannot_connect"),
    ("0x3/0x7", "the host turned the user away", "client.denied"),
    ("0x3/0x9", "the account may not log on remotely", "nla.logon_right_missing"),
    ("0x3/0x5", "another connection took the session", "client.session_ended"),
    ("0x1807", "nobody vouches for the account", "client.no_authority"),
    ("0x80090324", "the client's clock is off", "client.clock"),
    ("0xC000035B", "TLS ends before the host", "client.altered"),
    ("0x80090302", "an update is missing on the client", "client.credssp_version"),
    ("0x706", "legacy security fails", "client.legacy_security"),
    ("0x3/0x8", "the client offers no FIPS algorithm", "client.denied"),
    ("0x808", "licensing failed", "client.licensing"),
    ("0x3/0x101", "no licence server", "client.licensing"),
    ("0x907", "a phone does not accept the certificate", "client.certificate_refused"),
    ("0x607", "the hosts of a farm present different certificates", "client.certificate_refused"),
    ("0xB09", "the client does not do CredSSP", "client.no_credssp"),
    ("0x300000D", "the gateway is not available", "client.gateway"),
    ("0x904/0x7", "one user is dropped, the probe is not", "client.not_reproduced"),
    ("0x904/0x0", "one user is dropped after the password", "client.not_reproduced"),
):
    add(f"code_{_code.replace('/', '_').lower()}", _text_, _top, code=_code)
add(
    "old_client",
    "a client without a suite in common",
    "client.outdated",
    came_without_a_suite,
    code="0x904/0x7",
)
