# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules that take over where the host has no explanation: the way between client and host."""

from __future__ import annotations

import fnmatch

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    WARNING,
    Context,
    Evidence,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.tls import fips
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.schema import SECTIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import RUNNING

# What is said where the host explains nothing; its log of the time after the probe may tell more.
UNEXPLAINED = frozenset({"interference.handshake_dropped", "interference.security_product"})

# Sections that cannot explain why a connection breaks before anybody is logged on: without them a host is as well cleared.
_BESIDE = frozenset({"sessions", "journals", "policies", "licensing"})
# What explains that Network Level Authentication is not answered, though the host lets some clients in.
_EXPLAIN_NLA = frozenset({"nla.ntlm_refused", "nla.trust_broken", "nla.no_domain_controller", "clock.wrong"})


def _stale_credential(ctx: Context, seen: Evidence) -> Finding | None:
    """All is in order by now, but the service still runs with what it found at its start."""
    refused = ctx.host.event_count("Schannel", 36870)
    if not ctx.sight.no_credential or not (refused or ctx.host.interrupted_journals):
        return None
    evidence = [seen, Evidence("certificate and key of the listener are in order now", "snapshot")]
    if refused:
        evidence.append(
            Evidence(f"{refused} event(s) 36870: a service could not open its private key", "section events")
        )
    if ctx.host.interrupted_journals:
        evidence.append(
            Evidence(
                f"a repair was cut off before it came to its end (journal {', '.join(ctx.host.interrupted_journals)})",
                "section journals",
            )
        )
    return Finding(
        "service.stale_credential",
        CRITICAL,
        "The listener still works with a certificate or key that it could not open when its service started; it takes up what is there now at the next start",
        LIKELY,
        tuple(evidence),
    )


def unexplained(ctx: Context, findings: list[Finding]) -> list[Finding]:
    """What is left to say when clients do not get in and nothing on the host keeps them out."""
    if (
        not ctx.sight
        or ctx.sight.gets_in
        or any(finding.severity == CRITICAL and finding.confidence != POSSIBLE for finding in findings)
    ):
        return []
    seen = Evidence(ctx.sight.says, ctx.sight.where)
    port = ctx.host.section("port")
    listening = bool(port and port["listeners"])
    known = (
        ctx.host.section("services") is not None
        and ctx.host.section("listener") is not None
        and ctx.host.section("certificates") is not None
    )
    missing = tuple(
        f"section {name}, which the host did not give"
        for name in SECTIONS
        if name not in ctx.host.sections and name not in _BESIDE
    )
    stale = _stale_credential(ctx, seen) if known else None
    if stale:
        return [stale]
    if ctx.sight.too_old:
        return [
            Finding(
                "tls.too_old",
                CRITICAL,
                "The listener speaks only TLS that clients of today refuse",
                LIKELY,
                (seen, Evidence("; ".join(ctx.sight.too_old), ctx.sight.where)),
                advice="let Schannel offer TLS 1.2 to clients (SCHANNEL\\Protocols\\TLS 1.2\\Server must not have Enabled=0, and suites must not be cut to"
                " old ones), then restart the host; TLS 1.0 and 1.1 are no way out",
                needs_evidence=missing,
            )
        ]
    if ctx.sight.stage == "credssp":
        if any(finding.id in _EXPLAIN_NLA and finding.confidence != POSSIBLE for finding in findings):
            return []
        return [
            Finding(
                "nla.unanswered",
                WARNING,
                "TLS comes about, and then the host does not answer Network Level Authentication over NTLM",
                LIKELY if known and not missing else POSSIBLE,
                (seen,),
                owner="policy",
                advice="where only Kerberos is allowed this is as it should be, and clients must use the host's name and a domain account;"
                " otherwise look at the policies that restrict NTLM, and at the host's trust in its domain",
                needs_evidence=missing,
            )
        ]
    if ctx.sight.stage == "name":
        return [
            Finding(
                "network.name",
                CRITICAL,
                "The host's name does not resolve where the probe ran",
                LIKELY,
                (seen,),
                owner="client",
                advice="correct DNS, or give probe_host an address",
            )
        ]
    if ctx.sight.out_of_reach or (ctx.sight.refused and listening):
        return [
            Finding(
                "network.unreachable",
                CRITICAL,
                f"The host listens on port {ctx.host.port}, but connections from the probe do not arrive"
                if listening
                else "Connections to the host do not arrive",
                LIKELY if listening else POSSIBLE,
                (
                    seen,
                    *(
                        (Evidence(f"a listener on port {port['number']}", "section port"),)
                        if listening and port
                        else ()
                    ),
                ),
                owner="network",
                advice="look at what stands between: the host's firewall, network filters, routing, VPN; or run the probe from where the clients are",
                needs_evidence=missing,
            )
        ]
    if ctx.sight.outcome in ("not_rdp", "malformed"):
        return [
            Finding(
                "interference.not_rdp",
                CRITICAL,
                f"What answers on port {ctx.host.port} does not speak RDP",
                LIKELY,
                (seen,),
                owner="network",
                advice="find out who answers there: a forwarded port, a proxy, another program",
                needs_evidence=missing,
            )
        ]
    return _dropped(ctx, seen, missing, known)


def _products(ctx: Context) -> list[tuple[str, str]]:
    """Security and remote access products of others that are at work on the host: product, and by what it is known."""
    section = ctx.host.section("products") or {"services": (), "security_center": ()}
    found: dict[str, str] = {}
    for row in section["services"]:
        product = next(
            (text for name, text in collect.PRODUCTS.items() if fnmatch.fnmatch(row["name"].lower(), name.lower())),
            None,
        )
        if product and row["state"] == RUNNING:
            found.setdefault(product, row["name"])
    for row in section["security_center"]:
        # Undocumented, but stable: bit 12 is set while a product is on, bit 8 where it is Microsoft's own.
        if row["state"] >> 12 & 1 and not row["state"] >> 8 & 1:
            found.setdefault(row["name"], row["kind"])
    return sorted(found.items())


def _hangs(ctx: Context, evidence: list[Evidence], missing: tuple[str, ...], confidence: str) -> Finding | None:
    """A connection that is taken and never answered: Windows itself takes it, and the service that should answer may hang."""
    if (ctx.sight.stage, ctx.sight.outcome) not in (
        ("negotiation", "silent"),
        ("session", "silent"),
    ) or not ctx.host.running("TermService"):
        return None
    logged, taken = (
        ctx.host.event_count("Service Control Manager", 7009, 7011, 7022),
        ctx.arrived or ctx.sight.stage == "session",
    )
    pid = (ctx.host.service("TermService") or {}).get("pid") or ""
    return Finding(
        "service.stuck",
        CRITICAL,
        "Connections are taken and never answered: the service TermService runs, and may hang",
        confidence if logged or taken else POSSIBLE,
        (
            *evidence,
            *(
                (
                    Evidence(
                        f"{logged} event(s) 7009/7011/7022 of the Service Control Manager: a service did not answer in time",
                        "section events",
                    ),
                )
                if logged
                else ()
            ),
            *(
                (
                    Evidence(
                        "the host took the probe's connection up", "section events" if ctx.arrived else ctx.sight.where
                    ),
                )
                if taken
                else ()
            ),
        ),
        advice=f"look from the host's own network first; if it is as silent there, restart TermService, and if that hangs too end its process {pid}".rstrip()
        + " or restart the host",
        needs_evidence=(
            *missing,
            *(
                ()
                if logged or taken
                else ("a probe from the host's own network: if it is answered there, something on the way is silent",)
            ),
        ),
    )


def _dropped(ctx: Context, seen: Evidence, missing: tuple[str, ...], known: bool) -> list[Finding]:
    """A connection that was made and then broke, on a host where nothing explains it: who else takes part in it?"""
    sound = known and not missing
    confidence = LIKELY if sound else POSSIBLE
    evidence = [seen]
    if sound:
        evidence.append(Evidence("settings, services, certificate and key of the listener are in order", "snapshot"))
    found = []
    hangs = _hangs(ctx, evidence, missing, confidence)
    if hangs and hangs.confidence != POSSIBLE:
        return [hangs]
    if ctx.arrived is False:
        found.append(
            Finding(
                "network.path_reset",
                CRITICAL,
                "Something on the way answers in place of the host: the connection was accepted and dropped, and the host knows nothing of it",
                confidence,
                (*evidence, Evidence("no event 131 or 261 at the time of the probe", "section events")),
                owner="network",
                advice="look at what stands before the host: load balancer, intrusion prevention, port forwarding, a tunnel, a gateway",
                needs_evidence=missing,
            )
        )
    elif ctx.arrived:
        evidence.append(Evidence("the host logged the probe's connection (event 131 or 261)", "section events"))
    elif ctx.sight:
        missing = (*missing, "events 131 and 261 of the host at the time of the probe: did the connection reach it?")
    if not found and ctx.sight.stage == "tls" and ctx.sight.outcome == "silent":
        small = [
            row["mtu"]
            for row in (ctx.host.section("network") or {"adapters": ()})["adapters"]
            if row["up"] and row["mtu"]
        ]
        return [
            Finding(
                "network.handshake_stalls",
                CRITICAL,
                "Small packets pass and the first large ones do not: the way to the host swallows full-size packets",
                confidence,
                (
                    *evidence,
                    *(
                        (Evidence(f"MTU of the host's adapters: {', '.join(map(str, small))}", "section network"),)
                        if small
                        else ()
                    ),
                ),
                owner="network",
                advice="find the largest packet that passes (ping -f -l 1472 HOST, then smaller) and set the tunnel's MTU or let ICMP 'fragmentation needed'"
                " pass; a host without free CPU looks the same",
                needs_evidence=missing,
            )
        ]
    products = _products(ctx)
    if products and not found:
        found.append(
            Finding(
                "interference.security_product",
                CRITICAL,
                f"The connection is dropped on a host that is in order, and {', '.join(product for product, _name in products)} takes part in its connections",
                confidence,
                (
                    *evidence,
                    *(Evidence(f"{product} is at work ({name})", "section products") for product, name in products),
                ),
                advice="ask the vendor for an exclusion of svchost.exe (termservice) on this port and of the folder MachineKeys, or test with the"
                " product off in"
                " a maintenance window; this collection never stops a security product",
                needs_evidence=missing,
            )
        )
    if not found:
        found.append(
            Finding(
                "interference.handshake_dropped",
                CRITICAL,
                "The connection is accepted and then dropped, and nothing on the host explains it",
                confidence,
                tuple(evidence),
                owner="network",
                advice="look for what takes part in the connection: security software on the host, intrusion prevention, TLS inspection, path MTU (if silent)",
                needs_evidence=missing,
            )
        )
    found += [hangs] if hangs else []
    if ctx.sight.stage == "tls":
        found += fips(
            ctx,
            "The host is limited to FIPS algorithms, and the handshake fails without another cause",
            seen,
            CRITICAL,
            POSSIBLE,
        )
    return found
