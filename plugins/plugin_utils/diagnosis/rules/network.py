# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Findings on the network between client and host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CORE,
    LIKELY,
    POSSIBLE,
    RCM,
    SECURITY,
    Clearance,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    likely_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import leads_out
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted

# Failed logons in the time that the snapshot looks back: more than people who mistype a password.
_FLOOD = 300
# A scan of the port leaves one event 1006; what goes on leaves more.
_SCANS = 3
# LogonType of event 4625.
_BY_REMOTE_DESKTOP = 10


@rule
def check_logon_flood(ctx: Context) -> Iterator[Finding]:
    """So many connections fail that those of users can be lost among them."""
    failed = ctx.logged_lately(CORE, 140) + _failed_logons(ctx)
    incomplete = ctx.logged_lately(RCM, 1006)
    evidence = EvidenceList()
    when = _when(ctx, failed, (CORE, 140), (SECURITY, 4625))
    evidence.add_if(failed >= _FLOOD, f"{failed} failed logons (events 4625 and 140) {when}", "section events")
    when = _when(ctx, incomplete, (RCM, 1006))
    fact = f"{counted(incomplete)} 1006 {when}: many connections that were not completed"
    evidence.add_if(incomplete >= _SCANS, fact, "section events")
    if evidence:
        yield ctx.finding(catalogue.NETWORK_LOGON_FLOOD, evidence=evidence)


def _when(ctx: Context, count: int, *events: tuple[str, int]) -> str:
    """The time that so many are of: where all that are listed are of the last day, those are counted as well that are
    not listed.
    """
    if ctx.lately is None:
        return "in the time that was read"
    if count <= sum(len(ctx.snapshot.listed_since(ctx.lately, *event)) for event in events):
        return "in the last day"
    return "in the time that was read, the newest of them in the last day"


def _failed_logons(ctx: Context) -> int:
    """Failed logons that are of Remote Desktop, as far as can be told.

    Logons over the network are those of file shares as well, and on a domain controller those of the whole domain:
    there, and without as many connections to the listener, only those count that say so of themselves, by their share
    of those that are listed.
    """
    logons = ctx.logged_lately(SECURITY, 4625)
    if ctx.logged_lately(CORE, 131) >= _FLOOD and not ctx.snapshot.is_domain_controller:
        return logons
    listed = ctx.snapshot.listed_events(SECURITY, 4625)
    remote = sum(_BY_REMOTE_DESKTOP in row["numbers"] for row in listed)
    return logons * remote // max(1, len(listed))


@rule
def check_addresses(ctx: Context) -> Iterator[Finding]:
    """The host's adapters have no address but those that they gave themselves, and no connection arrives, or nobody
    looked and none is open: clients of the same link come by such an address.

    https://learn.microsoft.com/azure/virtual-machines/troubleshooting/troubleshoot-rdp-dhcp-disabled
    """
    section = ctx.snapshot.section("network")
    port = ctx.snapshot.section("port")
    arrives = not ctx.probe.unreachable if ctx.probe else bool(port and port["established"])
    if not section or not section["adapters"] or arrives:
        return
    addresses = [address for row in section["adapters"] if row["up"] for address in row["addresses"]]
    if any(map(leads_out, addresses)):
        return
    told = ", ".join(addresses) or "no adapter is up"
    evidence = EvidenceList([Evidence(f"addresses of the adapters that are up: {told}", "section network")])
    evidence.add_if(ctx.probe, ctx.probe.summary, ctx.probe.where)
    yield ctx.finding(
        catalogue.NETWORK_UNREACHABLE,
        summary="no_address",
        advice="no_address",
        owner=catalogue.HOST,
        evidence=evidence,
        confidence=LIKELY,
        needs_evidence=["a probe of the listener from where clients are"] * (not ctx.probe),
        addresses=told,
    )


def listens(ctx: Context) -> bool:
    """Whether the host has a listener on the port, as far as the snapshot says."""
    port = ctx.snapshot.section("port")
    return bool(port and port["listeners"])


def path_reset(ctx: Context, clearance: Clearance) -> Finding:
    silence = Evidence("no event 131 or 261 at the time of the probe", "section events")
    return ctx.finding(
        catalogue.NETWORK_PATH_RESET,
        evidence=(*clearance.evidence, silence),
        confidence=clearance.confidence,
        needs_evidence=clearance.unread,
    )


def name_not_found(ctx: Context) -> Finding:
    return ctx.finding(catalogue.NETWORK_NAME, evidence=[ctx.probe_evidence])


def unreachable(ctx: Context, clearance: Clearance) -> Finding:
    """Connections do not arrive, whether or not the host is known to listen."""
    port = ctx.snapshot.section("port")
    if not port or not listens(ctx):
        return ctx.finding(
            catalogue.NETWORK_UNREACHABLE,
            evidence=[ctx.probe_evidence],
            confidence=POSSIBLE,
            needs_evidence=clearance.unread,
        )
    listener = Evidence(f"a listener on port {port['number']}", "section port")
    if addresses := _listens_elsewhere(ctx, port["listeners"]):
        return ctx.finding(
            catalogue.NETWORK_UNREACHABLE,
            summary="elsewhere",
            advice="elsewhere",
            owner=catalogue.HOST,
            evidence=[ctx.probe_evidence, Evidence(f"its addresses: {addresses}", "section port")],
            needs_evidence=clearance.unread,
            port=ctx.snapshot.port,
            addresses=addresses,
        )
    return ctx.finding(
        catalogue.NETWORK_UNREACHABLE,
        summary="listens",
        evidence=[ctx.probe_evidence, listener],
        # What was not read of the host's own firewall may drop them as well.
        confidence=likely_if(not ctx.unread("firewall", "registry", "network")),
        needs_evidence=clearance.unread,
        port=ctx.snapshot.port,
    )


_EVERY_ADDRESS = frozenset({"0.0.0.0", "::"})


def _listens_elsewhere(ctx: Context, listeners: list[dict[str, Any]]) -> str:
    """The addresses at which alone the host listens, where what was asked is another of the host's own, or where nobody
    from elsewhere comes to them; else nothing. What was asked may be an address of a device before it.
    """
    found = {row["address"].partition("%")[0] for row in listeners}
    network = ctx.snapshot.section("network") or {"adapters": ()}
    own = {address for row in network["adapters"] if row["up"] for address in row["addresses"]}
    asked = ctx.probe.asked
    if not asked or found & (_EVERY_ADDRESS | asked):
        return ""
    return ", ".join(sorted(found)) if asked <= own or not any(map(leads_out, found)) else ""


def handshake_stalls(ctx: Context, clearance: Clearance) -> Finding:
    network = ctx.snapshot.section("network") or {"adapters": ()}
    sizes = [str(row["mtu"]) for row in network["adapters"] if row["up"] and row["mtu"]]
    evidence = EvidenceList(clearance.evidence)
    evidence.add_if(sizes, f"MTU of the host's adapters: {', '.join(sizes)}", "section network")
    return ctx.finding(
        catalogue.NETWORK_HANDSHAKE_STALLS,
        evidence=evidence,
        confidence=clearance.confidence,
        needs_evidence=clearance.unread,
    )
