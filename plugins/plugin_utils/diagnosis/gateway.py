# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which of a client's codes for a gateway (0x3000001 and up) go with what was seen of it."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import code_tables

Json = dict[str, Any]

_UNREACHABLE, _UNAVAILABLE, _OTHER_NAME, _EXPIRED, _UNTRUSTED, _PROXY = (
    0x300000C,
    0x300000D,
    0x3000006,
    0x3000007,
    0x3000003,
    0x3000020,
)


def client_codes(look: Json) -> list[Json]:
    """The codes that a client may show, each with its words; none where nothing speaks against the gateway.

    ``look`` is the result of a look at a gateway with its certificate read. That these codes go with these pictures is
    inferred from their texts.
    """
    table = code_tables.TABLES[code_tables.DISCONNECT]
    return [{"code": f"0x{code:X}", "text": table[code].text, "certainty": "inferred"} for code in _codes(look)]


def _codes(look: Json) -> list[int]:
    stage, outcome = look["stage"], look["outcome"]
    if stage in ("name", "tcp"):
        return [_UNREACHABLE]
    found = [*_of_certificate(look.get("certificate") or {}, look.get("trusted") or {})]
    answers = {(kept or {}).get("answer") for kept in look["transports"].values()}
    if "proxy" in answers:
        found.append(_PROXY)
    elif outcome != "ok":
        found.append(_UNAVAILABLE)
    return found


def _of_certificate(certificate: Json, trusted: Json) -> list[int]:
    weaknesses = certificate.get("weaknesses") or ()
    if "expired" in weaknesses:
        return [_EXPIRED]
    if "name_mismatch" in weaknesses:
        return [_OTHER_NAME]
    if trusted.get("ok") is False:
        return [_UNTRUSTED]
    return []
