# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""RDP_NEG_REQ, RDP_NEG_RSP and RDP_NEG_FAILURE (MS-RDPBCGR 2.2.1.1.1, 2.2.1.2.1, 2.2.1.2.2)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

RDP, TLS, NLA, RDSTLS, NLA_EX, AAD = 0, 1, 2, 4, 8, 16
PROTOCOLS = {RDP: "rdp", TLS: "tls", NLA: "nla", NLA_EX: "nla_ex", RDSTLS: "rdstls", AAD: "aad"}

SSL_NOT_ALLOWED = 2
HYBRID_REQUIRED = 5
FAILURES = {
    1: "SSL_REQUIRED_BY_SERVER",
    2: "SSL_NOT_ALLOWED_BY_SERVER",
    3: "SSL_CERT_NOT_ON_SERVER",
    4: "INCONSISTENT_FLAGS",
    5: "HYBRID_REQUIRED_BY_SERVER",
    6: "SSL_WITH_USER_AUTH_REQUIRED_BY_SERVER",
}


@dataclass(frozen=True)
class Answer:
    """``selected`` is the protocol of a response, ``failure`` the code of a refusal; one of them is None."""

    flags: int
    selected: int | None
    failure: int | None


def request(protocols: int) -> bytes:
    """RDP_NEG_REQ without flags."""
    return struct.pack("<BBHI", 1, 0, 8, protocols)


def parse(data: bytes) -> Answer:
    """The negotiation data of a connection confirm. Raises ``Malformed``."""
    if len(data) != 8:
        raise Malformed(f"{len(data)} bytes of negotiation data where 8 belong")
    kind, flags, length, value = struct.unpack("<BBHI", data)
    if length != 8 or kind not in (2, 3):
        raise Malformed(f"negotiation data of type {kind} and length {length}")
    return Answer(flags, value, None) if kind == 2 else Answer(flags, None, value)


def split(protocols: int) -> list[int]:
    """The protocols asked for with a mask; standard RDP security alone is 0."""
    return [bit for bit in (TLS, NLA, RDSTLS, NLA_EX, AAD) if protocols & bit] or [RDP]


def learn(offered: dict[str, bool | None], asked: int, answer: Answer | None) -> None:
    """Note in ``offered`` what a confirm proves.

    True, once seen, stays: a refusal is about one request, a selection about the server.

    ``answer`` None is a confirm without negotiation data to a request that had some: the server knows standard RDP
    security only.
    """
    bits = split(asked)
    if answer is None or answer.selected == RDP:
        yes, no = [RDP], [bit for bit in bits if bit != RDP]
    elif answer.selected is not None:
        # A server selects the strongest that it has, so what was asked beyond the selected one is refused; what is
        # below stays open.
        yes, no = [answer.selected], [bit for bit in bits if bit > answer.selected]
    elif asked & RDSTLS and answer.failure != HYBRID_REQUIRED:
        # Servers without RDSTLS refuse the whole request although they would have selected TLS.
        yes, no = [], [bit for bit in bits if bit != TLS]
    else:
        yes, no = [], bits
    for bit in no:
        if not offered[PROTOCOLS[bit]]:
            offered[PROTOCOLS[bit]] = False
    for bit in yes:
        offered[PROTOCOLS[bit]] = True
