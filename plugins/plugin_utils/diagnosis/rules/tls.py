# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on Schannel, machine-wide: is a TLS version, cipher suite and algorithm left that current clients accept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import CRITICAL, HOST, POLICY, WARNING
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    POSSIBLE,
    Clearance,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

# From this build on the listener's side speaks TLS 1.3.
_TLS13_BUILD = 20348
_TLS12 = collect.SCHANNEL + r"\Protocols\TLS 1.2\Server"
_TLS13 = collect.SCHANNEL + r"\Protocols\TLS 1.3\Server"
# By group of algorithms: those without which no current client can connect, and what the group is called.
_NEEDED_ALGORITHMS = {
    "Ciphers": (("AES 128/128", "AES 256/256"), "both AES ciphers"),
    "KeyExchangeAlgorithms": (("PKCS", "ECDH", "Diffie-Hellman"), "every key exchange"),
    "Hashes": (("SHA256", "SHA384"), "the hashes SHA256 and SHA384"),
}
_FIPS_POLICY = collect.LSA + r"\FipsAlgorithmPolicy"
# MinEncryptionLevel, and the extended client code, that stand for FIPS.
_FIPS_LEVEL, _FIPS_CODE = 4, 8
# How names of cipher suites denote the kind of key that the server authenticates with.
_AUTHENTICATION = {"EC": "ECDSA", "RSA": "RSA"}
# Of a long list of suites, this many are named.
_NAMED = 6


def _tls13(ctx: Context) -> bool:
    if ctx.snapshot.build < _TLS13_BUILD or ctx.snapshot.number(_TLS13, "Enabled") == 0:
        return False
    return not ctx.snapshot.number(_TLS13, "DisabledByDefault")


def _corroborated(ctx: Context, finding: Finding) -> Finding:
    """Every fault here stops the handshake of every client."""
    return ctx.corroborate(
        finding,
        supports=ctx.probe.suggests_no_credential or ctx.probe.legacy_tls_reasons,
        contradicts=ctx.probe.logon_reached,
    )


@rule
def check_tls12_enabled(ctx: Context) -> Iterator[Finding]:
    enabled = ctx.snapshot.number(_TLS12, "Enabled")
    disabled_by_default = ctx.snapshot.number(_TLS12, "DisabledByDefault")
    if enabled != 0 and not disabled_by_default:
        return
    where = f"HKLM\\{_TLS12}"
    fact = f"Enabled is {_or_absent(enabled)}, DisabledByDefault {_or_absent(disabled_by_default)}"
    if _tls13(ctx):
        yield ctx.corroborate(
            ctx.finding(
                catalogue.TLS_TLS12_DISABLED,
                summary="tls13",
                severity=WARNING,
                evidence=[Evidence(fact, where)],
                where=where,
            )
        )
    else:
        yield _corroborated(
            ctx, ctx.finding(catalogue.TLS_TLS12_DISABLED, evidence=[Evidence(fact, where)], where=where)
        )


def _or_absent(number: int | None) -> str:
    return "absent" if number is None else str(number)


@rule
def check_cipher_suites(ctx: Context) -> Iterator[Finding]:
    """The list of a policy is in force before the host's own."""
    for key, owner in ((collect.SUITES_POLICY, POLICY), (collect.SUITES_LOCAL, HOST)):
        value = ctx.snapshot.value(key, "Functions")
        if value is None or value["type"] not in ("string", "expand_string", "multi_string"):
            continue
        names = _suite_names(value)
        if not any(_usable(name, ctx.snapshot.key_type, _tls13(ctx)) for name in names):
            yield _corroborated(ctx, _suites_finding(ctx, names, key, owner))
        return


def _suite_names(value: dict[str, Any]) -> list[str]:
    data = value["data"] if isinstance(value["data"], list) else str(value["data"]).split(",")
    return [name.strip().upper() for name in data if name.strip()]


def _usable(suite: str, key_type: str, tls13: bool) -> bool:
    if suite.startswith(("TLS_AES_", "TLS_CHACHA20_")):
        return tls13
    return f"_{_AUTHENTICATION[key_type]}_" in suite and "_PSK_" not in suite and "_NULL_" not in suite


def _suites_finding(ctx: Context, names: list[str], key: str, owner: str) -> Finding:
    key_type = ctx.snapshot.key_type
    named = ", ".join(names[:_NAMED]) or "no name"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ctx.finding(
        catalogue.TLS_SUITES_UNUSABLE if names else catalogue.TLS_NO_CIPHER_SUITES,
        evidence=[Evidence(named + more, f"HKLM\\{key}\\Functions")],
        owner=owner,
        key_type=key_type,
        list=_list_name(ctx, key, owner),
        example=f"TLS_ECDHE_{_AUTHENTICATION[key_type]}_WITH_AES_256_GCM_SHA384",
    )


def _list_name(ctx: Context, key: str, owner: str) -> str:
    if owner == HOST:
        return "the host's own list"
    gpo = ctx.snapshot.gpo(f"HKLM\\{key}", "Functions")
    return "Group Policy 'SSL Cipher Suite Order'" + (f" in the GPO {gpo!r}" if gpo else "")


@rule
def check_algorithms_enabled(ctx: Context) -> Iterator[Finding]:
    for group, (names, together) in _NEEDED_ALGORITHMS.items():
        keys = [rf"{collect.SCHANNEL}\{group}\{name}" for name in names]
        if any(ctx.snapshot.number(key, "Enabled") != 0 for key in keys):
            continue
        evidence = [Evidence("Enabled is 0", rf"HKLM\{key}") for key in keys]
        yield _corroborated(ctx, ctx.finding(catalogue.TLS_ALGORITHMS_DISABLED, evidence=evidence, algorithms=together))


# FIPS -----------------------------------------------------------------------------------------------------------------


@rule
def check_fips_refused(ctx: Context) -> Iterator[Finding]:
    """The user's client was refused for it."""
    limits = _fips_limits(ctx)
    if ctx.client.extended == _FIPS_CODE and limits:
        yield ctx.finding(catalogue.TLS_FIPS, evidence=[ctx.client_evidence, *limits])


def fips_suspected(ctx: Context) -> list[Finding]:
    """A host that is limited to FIPS algorithms, where the handshake fails and nothing else explains it."""
    limits = _fips_limits(ctx)
    if not limits:
        return []
    return [
        ctx.finding(
            catalogue.TLS_FIPS,
            summary="unexplained",
            severity=CRITICAL,
            confidence=POSSIBLE,
            evidence=[ctx.probe_evidence, *limits],
        )
    ]


def _fips_limits(ctx: Context) -> EvidenceList:
    """What limits the host to FIPS algorithms; empty if nothing does."""
    level = ctx.snapshot.setting("MinEncryptionLevel")
    limits = EvidenceList()
    limits.add_if(ctx.snapshot.number(_FIPS_POLICY, "Enabled") == 1, "Enabled is 1", f"HKLM\\{_FIPS_POLICY}")
    # The level matters to legacy security only, which a client uses that was refused for FIPS.
    if level and level.effective == _FIPS_LEVEL and ctx.client.extended == _FIPS_CODE:
        limits.add(f"MinEncryptionLevel is 4 ({level.source})", level.where)
    return limits


def too_old(ctx: Context, clearance: Clearance) -> Finding:
    """The handshake failed because the listener has nothing newer."""
    reasons = Evidence("; ".join(ctx.probe.legacy_tls_reasons), ctx.probe.where)
    return ctx.finding(catalogue.TLS_TOO_OLD, evidence=[ctx.probe_evidence, reasons], needs_evidence=clearance.unread)
