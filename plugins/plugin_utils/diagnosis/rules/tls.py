# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on Schannel, machine-wide: is a TLS version, cipher suite and algorithm left that current clients accept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import (
    CRITICAL,
    DEFAULT,
    HOST,
    POLICY,
    WARNING,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import broke_in_handshake
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CORE,
    LIKELY,
    POSSIBLE,
    SCHANNEL,
    TERMDD,
    Clearance,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    likely_if,
    no_more_than_possible,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import statuses
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.turned_away import ALERTS, turned_away
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted

# From this build on the listener's side speaks TLS 1.3, and from the earlier one on it has an unfinished one: what is
# reported of that is of Windows 10 and Server 2019. Older ones do not know of it.
_TLS13_BUILD, _TLS13_UNFINISHED_BUILD = 20348, 17763
_TLS10 = collect.SCHANNEL + r"\Protocols\TLS 1.0\Server"
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
# What is in no handshake of a current client.
_RETIRED = re.compile("_(RC4|3DES|DES|RC2|NULL|EXPORT|ANON|IDEA|PSK)(_|$)|_MD5$")
# What every current client offers.
_CURRENT = re.compile("^TLS_(ECDHE_.*_(GCM|CBC)_|AES_|CHACHA20_)")
_WITH_CURVE = re.compile("_P[0-9]+$")
# Before this build a list names the elliptic curve with the suite, and there is no GCM with ECDHE and an RSA key:
# https://learn.microsoft.com/windows/win32/secauthn/tls-cipher-suites-in-windows-8-1
_CURVES_APART_BUILD = 10240
# Before this build Remote Desktop came without TLS 1.2.
_TLS12_BUILD = 9200
# The values of Enabled in these keys: everything else is neither on nor off,
# https://learn.microsoft.com/windows-server/security/tls/tls-registry-settings
_ON, _OFF = 0xFFFFFFFF, 0
# Schannel's event for an alert that it sent.
_ALERT_EVENT = 36888
# Alerts of a client that does not take the certificate: bad, of a wrong kind, revoked, expired, unknown, unknown CA.
_OF_THE_CERTIFICATE = frozenset({42, 43, 44, 45, 46, 48})
# What 36874 of Schannel says.
_NO_COMMON_SUITE = "no cipher suite in common with the client"
# Where a look ends that a handshake ended.
_OF_HANDSHAKE = ("tls", "negotiation")
# What rests on what the host itself logged of the handshake in which a look ended.
SEEN_IN_THE_LOG = (catalogue.TLS_HANDSHAKE_REFUSED, catalogue.TLS_SUITES_UNUSABLE)
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
                evidence=[Evidence(fact, where), *_without_tls13(ctx)],
                where=where,
            )
        )
    else:
        yield _corroborated(
            ctx, ctx.finding(catalogue.TLS_TLS12_DISABLED, evidence=[Evidence(fact, where)], where=where)
        )


def _without_tls13(ctx: Context) -> EvidenceList:
    """Clients that had nothing in common with a host that speaks TLS 1.3 alone."""
    met = EvidenceList()
    met.add_events(ctx.snapshot, SCHANNEL, 36874)
    met.add_if(broke_in_handshake(ctx.client), ctx.client_evidence.fact, ctx.client_evidence.where)
    return met


def _or_absent(number: int | None) -> str:
    return "absent" if number is None else str(number)


@rule
def check_cipher_suites(ctx: Context) -> Iterator[Finding]:
    found = _suites_in_force(ctx)
    if not found or _other_list(ctx, found[2]):
        return
    usable = [name for name in found[0] if _usable(ctx, name)]
    if not usable:
        too_new = any(_too_new(ctx, name) for name in found[0])
        yield _corroborated(ctx, _suites_finding(ctx, *found, "build" if too_new else DEFAULT))
    elif all(map(_of_tls13, usable)):
        only = _suites_finding(ctx, *found, "tls13")
        yield ctx.corroborate(replace(only, severity=WARNING, evidence_for=(*only.evidence_for, *_without_tls13(ctx))))


def _suites_in_force(ctx: Context) -> tuple[list[str], str, str] | None:
    """The names of the list in force, its key and who can change it: a policy's list goes before the host's own."""
    for key, owner in ((collect.SUITES_POLICY, POLICY), (collect.SUITES_LOCAL, HOST)):
        value = ctx.snapshot.value(key, "Functions")
        if value is not None and value["type"] in ("string", "expand_string", "multi_string"):
            return _suite_names(value), key, owner
    return None


def _other_list(ctx: Context, owner: str) -> tuple[str, ...]:
    """A policy's list, which would go before the host's own, where that was not read; else nothing."""
    return ctx.unread_keys(collect.SUITES_POLICY) if owner == HOST else ()


def _suite_names(value: dict[str, Any]) -> list[str]:
    data = value["data"] if isinstance(value["data"], list) else str(value["data"]).split(",")
    return [name.strip().upper() for name in data if name.strip()]


def _of_tls13(suite: str) -> bool:
    return suite.startswith(("TLS_AES_", "TLS_CHACHA20_"))


def _usable(ctx: Context, suite: str) -> bool:
    if _of_tls13(suite):
        return _tls13(ctx)
    if _RETIRED.search(suite):
        return False
    if _too_new(ctx, suite):
        return False
    known = ctx.snapshot.key_type
    return any(f"_{word}_" in suite for kind, word in _AUTHENTICATION.items() if known in (None, kind))


def _too_new(ctx: Context, suite: str) -> bool:
    """Whether later builds alone have it."""
    return lacks_gcm(ctx) and suite.startswith("TLS_ECDHE_RSA_") and "_GCM_" in suite


def _lacks_its_curve(ctx: Context, suite: str) -> bool:
    """Whether a list of this build has the curve in this suite's name, and this one has not; what Windows does with it
    then is documented nowhere.
    """
    return lacks_gcm(ctx) and suite.startswith("TLS_ECDHE_") and not _WITH_CURVE.search(suite)


def _example(ctx: Context, key_type: str) -> str:
    """A suite that this build has, as its lists spell it, and that clients offer."""
    suite = f"TLS_ECDHE_{_AUTHENTICATION[key_type]}_WITH_AES_256_GCM_SHA384"
    if not lacks_gcm(ctx):
        return suite
    return f"{suite}_P384" if key_type == "EC" else "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256"


def _suites_finding(
    ctx: Context, names: list[str], key: str, owner: str, summary: str = DEFAULT, why: str = ""
) -> Finding:
    # SessionEnv makes keys of RSA.
    key_type = ctx.snapshot.key_type or "RSA"
    named = ", ".join(names[:_NAMED]) or "no name"
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ctx.finding(
        catalogue.TLS_SUITES_UNUSABLE if names else catalogue.TLS_NO_CIPHER_SUITES,
        summary=summary,
        evidence=[Evidence(named + more, f"HKLM\\{key}\\Functions")],
        owner=owner,
        key_type=key_type,
        list=_list_name(ctx, key, owner),
        example=_example(ctx, key_type),
        build=ctx.snapshot.build,
        why=why,
    )


def _list_name(ctx: Context, key: str, owner: str) -> str:
    if owner == HOST:
        return f"the host's own list (Functions of HKLM\\{key})"
    gpo = ctx.snapshot.gpo(f"HKLM\\{key}", "Functions")
    place = "Computer Configuration > Administrative Templates > Network > SSL Configuration Settings"
    return f"Group Policy 'SSL Cipher Suite Order' ({place})" + (f" in the GPO {gpo!r}" if gpo else "")


@rule
def check_algorithms_enabled(ctx: Context) -> Iterator[Finding]:
    for group, (names, together) in _NEEDED_ALGORITHMS.items():
        values = {
            key: ctx.snapshot.number(key, "Enabled")
            for key in (rf"{collect.SCHANNEL}\{group}\{name}" for name in names)
        }
        odd = [number for number in values.values() if number not in (None, _ON, _OFF)]
        met = ctx.probe.suggests_no_credential
        if any(number in (None, _ON) for number in values.values()) or (odd and ctx.probe and not met):
            continue
        name = "odd" if odd else DEFAULT
        evidence = [Evidence(f"Enabled is {number}", rf"HKLM\{key}") for key, number in values.items()]
        finding = ctx.finding(
            catalogue.TLS_ALGORITHMS_DISABLED, evidence=evidence, summary=name, advice=name, algorithms=together
        )
        # Some builds take an odd value for on.
        yield _odd(ctx, finding) if odd else _corroborated(ctx, finding)


def _odd(ctx: Context, finding: Finding) -> Finding:
    """Where nobody looked, it is open how this build takes the value."""
    if ctx.probe:
        return finding
    needed = ("a probe of the listener from where clients are: whether this build takes the value for on",)
    return replace(finding, severity=WARNING, confidence=POSSIBLE, needs_evidence=needed)


@rule
def check_old_windows(ctx: Context) -> Iterator[Finding]:
    """A user's client broke off, and this build lacks what some clients cannot do without.

    Up to Windows 7 the listener speaks TLS 1.0 alone: https://support.microsoft.com/kb/3080079
    """
    if not broke_in_handshake(ctx.client) or ctx.probe.legacy_tls_reasons or _only_version_is_off(ctx):
        return
    may_be_too_new = ctx.probe.logon_reached and may_lack_suites(ctx) and ctx.snapshot.key_type != "EC"
    without_suite = turned_away(ctx).without_suite if may_be_too_new else 0
    evidence = [Evidence(f"build {ctx.snapshot.build}", "section host"), ctx.client_evidence]
    name = None
    if without_suite:
        name = "suites"
        evidence += [ctx.probe_evidence, Evidence(f"{counted(without_suite)} 36874 of Schannel", "section events")]
    elif came_without_tls12(ctx) and not ctx.probe:
        name = "version"
    elif library_may_refuse(ctx):
        name = "library"
    if name:
        finding = ctx.finding(
            catalogue.TLS_TOO_OLD,
            summary=name,
            advice=name,
            severity=WARNING,
            confidence=POSSIBLE,
            evidence=evidence,
            needs_evidence=["which TLS versions and cipher suites that client offers (its documentation, or a trace)"],
        )
        # The probe has a current library as well, and got in with it.
        yield replace(finding, evidence_against=(ctx.probe_evidence,)) if name == "library" else finding


@rule
def check_a_version_is_left(ctx: Context) -> Iterator[Finding]:
    """Whether the update is there that brought Remote Desktop more versions is not read; a client that gets in shows
    it: https://docs.ans.co.uk/docs/operatingsystems/windows/rdp/rdptls. Whoever turned the version off mostly has it,
    so that nothing is said where nobody looked and nobody complains, nor where the listener speaks no TLS.
    """
    broke = ctx.probe.suggests_no_credential if ctx.probe else broke_in_handshake(ctx.client)
    if not broke or not _only_version_is_off(ctx) or (not ctx.probe and ctx.snapshot.effective("SecurityLayer") == 0):
        return
    evidence = [Evidence("Enabled is 0", f"HKLM\\{_TLS10}"), Evidence(f"build {ctx.snapshot.build}", "section host")]
    yield ctx.finding(
        catalogue.TLS_TOO_OLD,
        summary="off",
        advice="version",
        severity=CRITICAL if ctx.probe else WARNING,
        evidence=[*evidence, ctx.probe_evidence if ctx.probe else ctx.client_evidence],
        confidence=likely_if(ctx.probe),
        needs_evidence=["whether KB3080079 is installed on the host (Get-HotFix KB3080079)"],
    )


def _only_version_is_off(ctx: Context) -> bool:
    return came_without_tls12(ctx) and ctx.snapshot.number(_TLS10, "Enabled") == 0


def library_may_refuse(ctx: Context) -> bool:
    """Whether a client's library may turn down what an old build offers, of which the host logs nothing. Not where the
    client says why it ended or told the host that it refuses the certificate, and not with a key that the build has
    GCM for.
    """
    if not (ctx.probe.logon_reached and ctx.client.stage == "tls" and lacks_gcm(ctx)):
        return False
    refused = _OF_THE_CERTIFICATE & ctx.told_lately(SCHANNEL, 36887)
    return not refused and not ctx.client.says_why_tls_failed and ctx.snapshot.key_type != "EC"


def may_lack_suites(ctx: Context) -> bool:
    """Whether a client without a suite in common may be too new: this build has none with ECDHE and GCM for a key of
    RSA, and what old clients speak is not off.
    """
    return lacks_gcm(ctx) and ctx.snapshot.number(_TLS10, "Enabled") != 0


def came_without_tls12(ctx: Context) -> bool:
    """Whether Remote Desktop on this build speaks TLS 1.0 alone, unless an update brought it more."""
    return 0 < ctx.snapshot.build < _TLS12_BUILD


def lacks_gcm(ctx: Context) -> bool:
    """Whether this build has no cipher suite of ECDHE with GCM for a key of RSA."""
    return 0 < ctx.snapshot.build < _CURVES_APART_BUILD


@rule
def check_tls13_supported(ctx: Context) -> Iterator[Finding]:
    """Turned on by hand on a build on which it is unfinished.

    https://learn.microsoft.com/windows/win32/secauthn/protocols-in-tls-ssl--schannel-ssp-
    """
    enabled, by_default = (ctx.snapshot.number(_TLS13, name) for name in ("Enabled", "DisabledByDefault"))
    if enabled == 0 or by_default or enabled is by_default is None or not 0 < ctx.snapshot.build < _TLS13_BUILD:
        return
    where, build = f"HKLM\\{_TLS13}", ctx.snapshot.build
    fact = f"Enabled is {_or_absent(enabled)}, DisabledByDefault {_or_absent(by_default)}, build {build}"
    finding = ctx.finding(catalogue.TLS_TLS13_UNSUPPORTED, evidence=[Evidence(fact, where)], where=where, build=build)
    if enabled and build >= _TLS13_UNFINISHED_BUILD:
        yield _corroborated(ctx, finding)
    elif ctx.probe.suggests_no_credential:
        # What these values do on builds that do not know the version is not documented, nor what the second does alone.
        yield replace(finding, confidence=POSSIBLE)


def handshake_refused(ctx: Context) -> Finding | None:
    """What the host logged at the time of a look that ended in TLS."""
    if ctx.probe.stage not in _OF_HANDSHAKE:
        return None
    # Where the look did not come to the handshake, another client's was refused.
    of_it = ctx.probe.stage == "tls"
    said = [
        _refusal(ctx, _NO_COMMON_SUITE, SCHANNEL, 36874) if of_it else None,
        _refusal(ctx, "a fatal TLS alert", SCHANNEL, 36888) if of_it else None,
        _refusal(ctx, "the listener's security layer met an error", CORE, 139),
        _refusal(ctx, "the security layer met an error", TERMDD, 56),
    ]
    found = [one for one in said if one]
    if not found:
        return None
    found += [one for one in [_no_credential(ctx)] if one]
    evidence = [Evidence(f"{event} at the time of the look: {what}", "section events") for event, what in found]
    why = "; ".join(what for _event, what in found)
    return ctx.finding(catalogue.TLS_HANDSHAKE_REFUSED, evidence=[ctx.probe_evidence, *evidence], why=why)


def _no_credential(ctx: Context) -> tuple[str, str] | None:
    return _refusal(ctx, "no TLS credential could be made", SCHANNEL, 36871)


def credential_suspected(ctx: Context) -> Finding | None:
    """Programs that connect out with old TLS leave this event every few seconds; its numbers do not say whose it is:
    https://en.ittrip.xyz/windows-server/fix-schannel-errors
    """
    said = _no_credential(ctx)
    if not said or ctx.probe.stage not in _OF_HANDSHAKE:
        return None
    event, what = said
    needed = (
        "the text of event 36871 in the System log: a 'server credential' may be this listener's, a 'client credential'"
        " is that of a program which connects out"
    )
    return ctx.finding(
        catalogue.TLS_HANDSHAKE_REFUSED,
        summary="credential",
        confidence=POSSIBLE,
        evidence=[ctx.probe_evidence, Evidence(f"{event} at the time of the look: {what}", "section events")],
        needs_evidence=[needed],
    )


def _refusal(ctx: Context, words: str, provider: str, *ids: int) -> tuple[str, str] | None:
    """The event, and what it says."""
    if ctx.look_began is None or not ctx.snapshot.events_since(ctx.look_began, provider, *ids):
        return None
    numbers = ctx.snapshot.numbers_since(ctx.look_began, provider, *ids)
    told = [f"alert {number}, {ALERTS[number]}" for number in sorted(numbers & set(ALERTS)) if _ALERT_EVENT in ids]
    told += statuses(numbers)
    return f"event {ids[0]} of {provider}", ", ".join((words, *told))


def suites_suspected(ctx: Context) -> list[Finding]:
    """A list of suites that was cut to old ones, or that names them as later builds do, where the handshake fails and
    nothing else explains it.
    """
    return [replace(one, confidence=POSSIBLE) for one in _doubtful_list(ctx, "nothing else explains it")]


def suites_met(ctx: Context) -> list[Finding]:
    """Such a list, where Windows itself said at the time of the look that no suite was in common."""
    said = _refusal(ctx, _NO_COMMON_SUITE, SCHANNEL, 36874)
    if not said or ctx.probe.stage != "tls":
        return []
    event, what = said
    met = (ctx.probe_evidence, Evidence(f"{event} at the time of the look: {what}", "section events"))
    found = _doubtful_list(ctx, "Windows found no suite in common with the client")
    return [replace(one, evidence_for=(*one.evidence_for, *met)) for one in found]


def _doubtful_list(ctx: Context, why: str) -> list[Finding]:
    found = _suites_in_force(ctx)
    if not found:
        return []
    usable = [name for name in found[0] if _usable(ctx, name) and _CURRENT.search(name)]
    if not all(_lacks_its_curve(ctx, name) for name in usable):
        return []
    words = {"curves": usable, "cut": found[0]}
    word = next((word for word, names in words.items() if names), DEFAULT)
    listed = replace(_suites_finding(ctx, *found, word, why=why), confidence=LIKELY)
    return [no_more_than_possible(listed, _other_list(ctx, found[2]))]


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
