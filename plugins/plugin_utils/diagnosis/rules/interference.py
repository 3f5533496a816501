# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings on what else takes part in a connection: other programs, security products, devices that inspect TLS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    POSSIBLE,
    WARNING,
    Clearance,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import other_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import RUNNING

# SecurityCenter2's productState is undocumented, but stable: one bit says that a product is on, another that it is
# Microsoft's own.
_PRODUCT_ON, _PRODUCT_OF_MICROSOFT = 0x1000, 0x100
# What Windows lists as a firewall of another's.
FIREWALL = "FirewallProduct"
# A connection that was made, and how somebody ends one without an answer of RDP.
_CONNECTED = ("negotiation", "tls", "credssp")
_ENDED = ("reset", "closed", "silent", "alert")
# What is said of products beside another explanation, where not all of them may drop a connection.
_BESIDE = {"isolates": "isolates", "remote_control": "remote_control"}


@rule
def tls_inspected(ctx: Context) -> Iterator[Finding]:
    """Clients get in, and are shown a certificate that the host does not have."""
    other = other_certificate(ctx)
    if not other or other.known:
        return
    yield ctx.finding(
        catalogue.INTERFERENCE_TLS_INSPECTED, evidence=other.evidence, target={"presented": other.thumbprint}
    )


def not_rdp(ctx: Context, clearance: Clearance) -> Finding:
    return ctx.finding(
        catalogue.INTERFERENCE_NOT_RDP,
        evidence=[ctx.probe_evidence],
        needs_evidence=clearance.unread,
        port=ctx.snapshot.port,
    )


def security_product(ctx: Context, clearance: Clearance) -> Finding | None:
    """None if none is known to be at work that can drop a connection. What carries or opens connections of its own may
    have no part in this one.
    """
    found = [one for one in products(ctx) if one[0] not in collect.REMOTE_CONTROL]
    if not found:
        return None
    elsewhere = {product for product, _name in found} <= collect.TUNNELS | collect.BASTIONS
    return ctx.finding(
        catalogue.INTERFERENCE_SECURITY_PRODUCT,
        advice=kind_of(found),
        evidence=[*clearance.evidence, *at_work(products(ctx))],
        confidence=POSSIBLE if elsewhere else clearance.confidence,
        needs_evidence=clearance.unread,
        products=", ".join(product for product, _name in found),
    )


def beside(ctx: Context, explained: list[Finding]) -> list[Finding]:
    """Products at work where a connection was ended or did not arrive, whatever explains it: no more than a warning,
    and possible, then. Of what explains it they may be the cause, or another one behind it.
    """
    told = any(finding.type is catalogue.INTERFERENCE_SECURITY_PRODUCT for finding in explained)
    found = [] if told else _taking_part(ctx, explained)
    if not found:
        return []
    kind = kind_of(found)
    if ctx.probe.stage == "tcp" and {product for product, _name in found} <= collect.ISOLATING:
        kind = "isolates"
    product = ctx.finding(
        catalogue.INTERFERENCE_SECURITY_PRODUCT,
        summary=_BESIDE.get(kind, "beside"),
        advice=kind,
        severity=WARNING,
        evidence=[ctx.probe_evidence, *at_work(found)],
        confidence=POSSIBLE,
        needs_evidence=["whether it still breaks once what else was found is put right"],
        products=", ".join(product for product, _name in found),
    )
    return [product]


def _taking_part(ctx: Context, explained: list[Finding]) -> list[tuple[str, str]]:
    """Products at work that can have ended the look: all where a connection was made, and where none arrived, which is
    of the network then, those that carry the host's connections or can keep it apart from the network.
    """
    if ctx.probe.stage in _CONNECTED and ctx.probe.outcome in _ENDED:
        return products(ctx)
    if ctx.probe.stage == "tcp" and ctx.probe.unreachable and explained:
        return [one for one in products(ctx) if one[0] in collect.TUNNELS | collect.ISOLATING]
    return []


def kind_of(found: list[tuple[str, str]]) -> str:
    """The word for what to look for in them: the first kind that all of them are of."""
    names = {product for product, _name in found}
    kinds = {
        "tunnel": collect.TUNNELS,
        "bastion": collect.BASTIONS,
        "remote_control": collect.REMOTE_CONTROL,
        "firewall": collect.FIREWALLS,
    }
    return next((word for word, kind in kinds.items() if names <= kind), DEFAULT)


def own_firewall(ctx: Context, unreachable: Finding) -> Finding | None:
    """A product with a firewall of its own on a host that listens and is not reached. Windows' own firewall, which was
    read, is in order there, or steps back for one that the Security Center knows.
    """
    found = [(product, name) for product, name in products(ctx) if product in collect.FIREWALLS or name == FIREWALL]
    if not found:
        return None
    return ctx.finding(
        catalogue.INTERFERENCE_SECURITY_PRODUCT,
        summary="filters",
        advice="filters",
        evidence=[*unreachable.evidence_for, *at_work(found)],
        confidence=unreachable.confidence,
        needs_evidence=[*unreachable.needs_evidence, "a probe from the host's own network"],
        products=", ".join(product for product, _name in found),
    )


def handshake_dropped(ctx: Context, clearance: Clearance, summary: str = DEFAULT) -> Finding:
    """That nothing explains it is said only where all was read that could."""
    unread = "unread" if clearance.missing else DEFAULT
    return ctx.finding(
        catalogue.INTERFERENCE_HANDSHAKE_DROPPED,
        summary=unread if summary == DEFAULT else summary,
        advice=unread,
        missing="; ".join(clearance.missing),
        evidence=clearance.evidence,
        confidence=clearance.confidence,
        needs_evidence=[*clearance.unread, *without_its_way(ctx)],
    )


def without_its_way(ctx: Context) -> list[str]:
    """What a look past the VPN or program that a user names would tell."""
    return [f"whether it breaks without {name}, too, which the user names" for name in ctx.client.ways]


def at_work(found: list[tuple[str, str]]) -> list[Evidence]:
    return [Evidence(f"{product} is at work ({name})", "section products") for product, name in found]


def products(ctx: Context) -> list[tuple[str, str]]:
    """Security and remote access products of others that are at work on the host: product, and by what it is known."""
    return products_in(ctx.snapshot.section("products"))


def products_in(section: dict[str, Any] | None) -> list[tuple[str, str]]:
    """The same of a section of a host, or of a client; none where it was not read."""
    section = section or {"services": (), "security_center": ()}
    found: dict[str, str] = {}
    for row in section["services"]:
        product = collect.product_of(row["name"]) if row["state"] == RUNNING else None
        if product:
            found.setdefault(product, row["name"])
    for row in section["security_center"]:
        on = row["state"] & _PRODUCT_ON and not row["state"] & _PRODUCT_OF_MICROSOFT
        if on and (row["name"] not in found or row["kind"] == FIREWALL):
            found[row["name"]] = row["kind"]
    return sorted(found.items())
