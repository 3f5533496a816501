# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS."""

from __future__ import annotations

from tests.hosts.changes import TLS12, behaves, dword, string
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import LSA, SCHANNEL, SUITES

SCENARIOS = Scenarios()
add = SCENARIOS.add

add(
    "tls12_off",
    "TLS 1.2 is turned off on Server 2019",
    "tls.tls12_disabled",
    dword(TLS12, "Enabled", 0),
    build=17763,
    repairable=False,
)
add(
    "tls12_off_2022",
    "the same on Server 2022, where TLS 1.3 is left",
    "tls.tls12_disabled",
    dword(TLS12, "Enabled", 0),
)
add(
    "suites_empty",
    "the list of cipher suites is empty",
    "tls.no_cipher_suites",
    string(SUITES, "Functions", ""),
    repairable=False,
)
add(
    "suites_ecdsa",
    "only suites for ECDSA are listed",
    "tls.suites_unusable",
    string(SUITES, "Functions", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    repairable=False,
)
add(
    "aes_off",
    "both AES ciphers are turned off",
    "tls.algorithms_disabled",
    *(dword(rf"{SCHANNEL}\Ciphers\{name}", "Enabled", 0) for name in ("AES 128/128", "AES 256/256")),
    repairable=False,
)
add("tls_too_old", "what answers speaks old TLS only", "tls.too_old", behaves(middlebox="old_tls"), repairable=False)
add(
    "code_fips",
    "FIPS, and a client without it",
    "tls.fips",
    dword(LSA + r"\FipsAlgorithmPolicy", "Enabled", 1),
    code="0x904/0x8",
)
add(
    "tls13_by_hand",
    "TLS 1.3 was turned on where it is unfinished",
    "tls.tls13_unsupported",
    dword(SCHANNEL + r"\Protocols\TLS 1.3\Server", "Enabled", 1),
    build=17763,
    repairable=False,
)
