# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on Schannel, machine-wide: is there a TLS version, a cipher suite and an algorithm left that a client of today can agree to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    WARNING,
    Clearance,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

# From this build on the listener's side speaks TLS 1.3.
_TLS13_BUILD = 20348
_RESTART = "; Schannel takes it up when the host is restarted, so this is left to you"


def _tls13(ctx: Context) -> bool:
    key = collect.SCHANNEL + r"\Protocols\TLS 1.3\Server"
    return (
        ctx.snapshot.build >= _TLS13_BUILD
        and ctx.snapshot.number(key, "Enabled") != 0
        and not ctx.snapshot.number(key, "DisabledByDefault")
    )


def _fits(ctx: Context) -> bool | None:
    return (
        True
        if ctx.probe.suggests_no_credential or ctx.probe.legacy_tls_reasons
        else False
        if ctx.probe.logon_reached
        else None
    )


@rule
def tls12(ctx: Context) -> Iterator[Finding]:
    key = collect.SCHANNEL + r"\Protocols\TLS 1.2\Server"
    enabled, by_default = ctx.snapshot.number(key, "Enabled"), ctx.snapshot.number(key, "DisabledByDefault")
    if enabled != 0 and not by_default:
        return
    newer = _tls13(ctx)
    yield ctx.judged(
        Finding(
            "tls.tls12_disabled",
            WARNING if newer else CRITICAL,
            "TLS 1.2 is turned off for everything that this host serves"
            + ("; only clients with TLS 1.3 get in" if newer else ""),
            evidence_for=(
                Evidence(
                    f"Enabled is {'absent' if enabled is None else enabled}, DisabledByDefault {'absent' if by_default is None else by_default}",
                    "HKLM\\" + key,
                ),
            ),
            advice=f"set Enabled to 1 and DisabledByDefault to 0 in HKLM\\{key}{_RESTART}",
        ),
        fits=None if newer else _fits(ctx),
    )


def _names(value: dict[str, Any]) -> list[str]:
    data = value["data"] if isinstance(value["data"], list) else str(value["data"]).split(",")
    return [name.strip().upper() for name in data if name.strip()]


def _usable(suite: str, key_type: str, tls13: bool) -> bool:
    if suite.startswith(("TLS_AES_", "TLS_CHACHA20_")):
        return tls13
    return ("_ECDSA_" if key_type == "EC" else "_RSA_") in suite and "_PSK_" not in suite and "_NULL_" not in suite


@rule
def suites(ctx: Context) -> Iterator[Finding]:
    """The list of a policy is in force before the host's own."""
    for key, owner in ((collect.SUITES_POLICY, "policy"), (collect.SUITES_LOCAL, "host")):
        value = ctx.snapshot.value(key, "Functions")
        if value is None or value["type"] not in ("string", "expand_string", "multi_string"):
            continue
        names, where = _names(value), f"HKLM\\{key}\\Functions"
        gpo = ctx.snapshot.gpo(f"HKLM\\{key}", "Functions")
        ruler = (
            f"Group Policy 'SSL Cipher Suite Order'{f' in the GPO {gpo!r}' if gpo else ''}"
            if owner == "policy"
            else "the host's own list"
        )
        kind = ctx.snapshot.key_type
        if names and any(_usable(name, kind, _tls13(ctx)) for name in names):
            return
        yield ctx.judged(
            Finding(
                "tls.suites_unusable" if names else "tls.no_cipher_suites",
                CRITICAL,
                f"The list of cipher suites has none that works with the listener's {kind} key"
                if names
                else "The list of cipher suites is empty",
                evidence_for=(
                    Evidence(
                        ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "") or "no name",
                        where,
                    ),
                ),
                owner=owner,
                advice=f"{ruler} must name suites for {kind} keys, such as TLS_ECDHE_{'ECDSA' if kind == 'EC' else 'RSA'}_WITH_AES_256_GCM_SHA384,"
                f" or not exist{_RESTART}",
            ),
            fits=_fits(ctx),
        )
        return


@rule
def algorithms(ctx: Context) -> Iterator[Finding]:
    for group, needed, what in (
        ("Ciphers", ("AES 128/128", "AES 256/256"), "both AES ciphers"),
        ("KeyExchangeAlgorithms", ("PKCS", "ECDH", "Diffie-Hellman"), "every key exchange"),
        ("Hashes", ("SHA256", "SHA384"), "the hashes SHA256 and SHA384"),
    ):
        if not all(ctx.snapshot.number(rf"{collect.SCHANNEL}\{group}\{name}", "Enabled") == 0 for name in needed):
            continue
        yield ctx.judged(
            Finding(
                "tls.algorithms_disabled",
                CRITICAL,
                f"Schannel has {what} turned off: no handshake can succeed",
                evidence_for=tuple(
                    Evidence("Enabled is 0", rf"HKLM\{collect.SCHANNEL}\{group}\{name}") for name in needed
                ),
                advice=f"remove the value Enabled from at least one of them{_RESTART}",
            ),
            fits=_fits(ctx),
        )


def fips(ctx: Context, summary: str, seen: Evidence, severity: str, confidence: str) -> list[Finding]:
    """The finding on a host that is limited to FIPS algorithms; none on others."""
    key, level = collect.LSA + r"\FipsAlgorithmPolicy", ctx.snapshot.setting("MinEncryptionLevel")
    limits = [Evidence("Enabled is 1", f"HKLM\\{key}")] if ctx.snapshot.number(key, "Enabled") == 1 else []
    # The level holds for legacy security only, which a client is in that was told of FIPS.
    if level and level.effective == 4 and ctx.client.extended == 8:
        limits.append(Evidence(f"MinEncryptionLevel is 4 ({level.source})", level.where))
    if not limits:
        return []
    advice = "that is a decision of compliance: let clients offer AES-GCM suites with SHA-256 and NIST curves; the extended code 0x8 says so too"
    return [Finding("tls.fips", severity, summary, confidence, (seen, *limits), owner="policy", advice=advice)]


@rule
def fips_refused(ctx: Context) -> Iterator[Finding]:
    """The user's client was told so."""
    if ctx.client.extended == 8:
        yield from fips(
            ctx,
            "The host refused a client that offered no FIPS algorithm",
            Evidence(ctx.client.summary, "the user's client"),
            WARNING,
            LIKELY,
        )


def fips_suspected(ctx: Context) -> list[Finding]:
    """Where a handshake fails for no other reason."""
    summary = "The host is limited to FIPS algorithms, and the handshake fails without another cause"
    return fips(ctx, summary, ctx.probe_evidence, CRITICAL, POSSIBLE)


def too_old(ctx: Context, clearance: Clearance) -> Finding:
    """The handshake failed because the listener has nothing newer."""
    reasons = Evidence("; ".join(ctx.probe.legacy_tls_reasons), ctx.probe.where)
    return ctx.finding(catalogue.TLS_TOO_OLD, evidence=[ctx.probe_evidence, reasons], needs_evidence=clearance.unread)
