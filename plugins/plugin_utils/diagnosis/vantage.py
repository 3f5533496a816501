# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at one host from several places, side by side: who gets in, who does not, and what the difference points to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import STAGES, ProbeResult

Json = dict[str, Any]

# All get in; none does; the name, the way, what stands on the way, TLS, or what comes after it differs; too few looks.
ALIKE, HOST, RESOLVER, PATH, PROXY, TLS_POLICY, AUTHENTICATION, UNKNOWN = (
    "nothing",
    "host",
    "resolver",
    "path",
    "proxy",
    "tls_policy",
    "authentication",
    "unknown",
)
# What the certificates say: one for all, or more than one at one address (inspection) or at several (a farm).
SAME, INSPECTION, FARM, NONE_SEEN = "same", "inspection", "farm", "none"


@dataclass(frozen=True)
class Comparison:
    """What looks from several places come to.

    ``points_to`` names what makes the difference, ``certificates`` what the certificates say, ``rows`` has a line for
    each place. ``inside`` and ``outside`` are the places that get in, and that do not; ``unasked`` gave no look.
    """

    points_to: str
    certificates: str
    summary: str
    rows: tuple[Json, ...]
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    unasked: tuple[str, ...]

    def to_dict(self) -> Json:
        return {
            "points_to": self.points_to,
            "certificates": self.certificates,
            "summary": self.summary,
            "looks": list(self.rows),
            "gets_in": list(self.inside),
            "kept_out": list(self.outside),
            "unasked": list(self.unasked),
        }


def compare(looks: Mapping[str, Json | None]) -> Comparison:
    """Compare looks at one host by the places that they were taken from; None is a place that gave no look."""
    seen = {place: ProbeResult(look) for place, look in looks.items() if look is not None}
    inside = tuple(place for place, look in seen.items() if look.logon_reached)
    outside = tuple(place for place in seen if place not in inside)
    unasked = tuple(place for place, look in looks.items() if look is None)
    told = _certificates(seen)
    points_to = _points_to(seen, inside, outside, told)
    return Comparison(
        points_to,
        told,
        _summary(points_to, told, seen, inside, outside, unasked),
        tuple(_row(place, look) for place, look in seen.items()),
        inside,
        outside,
        unasked,
    )


def _row(place: str, look: ProbeResult) -> Json:
    data = look.data or {}
    return {
        "via": place,
        "gets_in": look.logon_reached,
        "stage": look.stage,
        "outcome": look.outcome,
        "detail": data.get("detail"),
        "address": look.address,
        "certificate": (look.certificate or {}).get("sha256"),
        "issuer": (look.certificate or {}).get("issuer"),
        "tls": (data.get("tls") or {}).get("version"),
    }


def _certificates(seen: Mapping[str, ProbeResult]) -> str:
    """A farm has an address for each certificate, or hands out several by turns; a device in between one address."""
    by_address: dict[str | None, set[str]] = {}
    for look in seen.values():
        if look.thumbprint:
            by_address.setdefault(look.address, set()).add(look.thumbprint)
    every = {thumbprint for some in by_address.values() for thumbprint in some}
    if not every:
        return NONE_SEEN
    if len(every) == 1:
        return SAME
    if any(len(some) > 1 for some in by_address.values()):
        return INSPECTION
    return FARM


def _points_to(
    seen: Mapping[str, ProbeResult], inside: tuple[str, ...], outside: tuple[str, ...], certificates: str
) -> str:
    if len(seen) < 2:
        return UNKNOWN
    if not outside:
        return {INSPECTION: PROXY}.get(certificates, ALIKE)
    ends = {(seen[place].stage, seen[place].outcome) for place in outside}
    if not inside and len(ends) == 1:
        return HOST
    return _by_stage(seen[_first(seen, outside)], certificates)


def _first(seen: Mapping[str, ProbeResult], places: tuple[str, ...]) -> str:
    """The place whose look ends first: what keeps it out may hide what comes later."""
    return min(places, key=lambda place: STAGES.index(seen[place].stage or "session"))


def _by_stage(look: ProbeResult, certificates: str) -> str:
    """What a look that ends where another goes on points to."""
    if look.stage == "name":
        return RESOLVER
    if look.outcome == "not_rdp" or certificates == INSPECTION:
        return PROXY
    if look.stage == "tcp":
        return PATH
    if look.stage == "tls" and look.outcome == "alert":
        return TLS_POLICY
    return {"credssp": AUTHENTICATION, "session": AUTHENTICATION}.get(look.stage or "", PATH)


_WORDS = {
    RESOLVER: "the resolver: the name is not found from there",
    PATH: "the way: a filter, a route, a VPN or a device on the way there",
    PROXY: "a proxy or a device that answers in the host's place",
    TLS_POLICY: "TLS: the two ends there have no version or cipher in common, or one turns the other down by policy",
    AUTHENTICATION: "what comes after TLS: policies for NLA or NTLM there, or for where a connection comes from",
    HOST: "the host: every place ends alike",
}


def _summary(
    points_to: str,
    certificates: str,
    seen: Mapping[str, ProbeResult],
    inside: tuple[str, ...],
    outside: tuple[str, ...],
    unasked: tuple[str, ...],
) -> str:
    parts = []
    if points_to == UNKNOWN:
        parts.append("one look alone cannot be compared" if seen else "nobody has looked")
    if inside:
        parts.append(f"gets in from {', '.join(inside)}")
    parts += [f"{place} ends at {seen[place].summary}" for place in outside]
    if points_to in _WORDS:
        parts.append(f"that points to {_WORDS[points_to]}")
    if certificates == INSPECTION:
        parts.append("one address presents different certificates: TLS inspection, or hosts behind one address")
    elif certificates == FARM:
        parts.append("different addresses present different certificates: a farm, or two hosts of one name")
    if unasked:
        parts.append(f"no look from {', '.join(unasked)}")
    return "; ".join(parts)
