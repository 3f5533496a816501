# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what the user's client showed: what the code itself says, next to what the probe saw and the host knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    LIKELY,
    POSSIBLE,
    WARNING,
    Context,
    Evidence,
    Finding,
    rule,
)

SECURITY = "Microsoft-Windows-Security-Auditing"
_TRANSPORT = frozenset({0x904, 0x304, 0x404, 0x408, 0x608})
_CONNECT = frozenset({0x204, 0x108, 0x516, 0x704})
_RIGHTS = 0xC000015B
_NO_SUITE = 0x80090331


@dataclass(frozen=True)
class _Says:
    """What codes say by themselves, and what to do about it; ``{}`` in the summary stands for the code's own meaning."""

    id: str
    numbers: frozenset[int]
    summary: str
    what_next: str
    owner: str = "client"


_BY_ITSELF = (
    _Says(
        "client.certificate_refused",
        frozenset({0x607, 0x907, 0x1B07, 0x80090325, 0x80090327, 0x80090328})
        | {0x800B0101, 0x800B0109, 0x800B010A, 0x800B010F},
        "The client refused the certificate that the host presents",
        "compare the dates by the client's clock, the name that the user typed with those in the certificate, and its issuer with what the client trusts",
    ),
    _Says(
        "client.credentials",
        frozenset(
            {0x807, 0xA07, 0xB07, 0xC07, 0xD07, 0xE07, 0xF07, 0x1207, 0x1C07, 0x2107, 0x2207, 0x8009030C, 0x8009030E}
        )
        | {0x1007, 0x1107, 0x2407, 0xC0000062, 0xC0000073, 0xC0000380, 0xC0000381}
        | {
            0xC0000064,
            0xC000006A,
            0xC000006D,
            0xC000006E,
            0xC000006F,
            0xC0000070,
            0xC0000071,
            0xC0000072,
            0xC0000193,
            0xC0000224,
            0xC0000234,
        },
        "The account was refused: {}",
        "look at the account (password, lockout, expiry, logon hours); an expired password cannot be changed over Network Level Authentication",
    ),
    _Says(
        "client.delegation_policy",
        frozenset({0xF08, 0x1607, 0x1707, 0x8009035E, 0x8009035F}),
        "A policy on the client does not let it send credentials to this host",
        "look at 'Credentials Delegation' on the client, and use the name that the host's certificate or Kerberos name (TERMSRV/name) has",
    ),
    _Says(
        "client.name",
        frozenset({0x104, 0x208, 0x308, 0x508, 0x604, 0x804}),
        "The client did not find the host by its name",
        "resolve the name on the client: Resolve-DnsName NAME",
    ),
    _Says(
        "client.no_authority",
        frozenset(
            {0x1807, 0x80090303, 0x80090311, 0x80090322, 0xC000005E, 0xC000018A, 0xC000018B, 0xC000018C, 0xC000018D}
        )
        | {0x1407, 0x80090338, 0x80090341, 0x80090342, 0x80090350, 0xC0000388},
        "Nobody vouched for the account: {}",
        "use the host's full name and DOMAIN\\user; on client and host see whether a domain controller is found (nltest /dsgetdc:DOMAIN), and whether the name"
        " TERMSRV/host is registered for this computer alone (setspn -Q TERMSRV/HOST)",
    ),
    _Says(
        "client.clock",
        frozenset({0x1D07, 0x80090324, 0xC0000133}),
        "Two clocks are too far apart for Kerberos",
        "compare the clocks of client, host and domain controller: w32tm /stripchart /computer:CONTROLLER /samples:3 /dataonly",
    ),
    _Says(
        "client.altered",
        frozenset({0x80090308, 0x8009030F, 0x80090326, 0x80090330, 0x80090346, 0xC000035B}),
        "What the client received is not what the host sent: {}",
        "compare the certificate that the client shows with the one that the probe sees; something that takes TLS apart between them breaks the handshake"
        " (inspection, a gateway, a tunnel)",
        "path",
    ),
    _Says(
        "client.credssp_version",
        frozenset({0x80090302}),
        "Client and host do not agree on CredSSP",
        "install current updates on the client; a client that insists on the CredSSP update of May 2018 turns hosts away that lack it, and the other way round",
    ),
    _Says(
        "client.legacy_security",
        frozenset({0x406, 0x506, 0x606, 0x706, 0x906, 0xA06, 0xB06, 0xC06}),
        "The client failed in legacy RDP security: {}",
        "use TLS: the listener's SecurityLayer should be 2, and the client must not be told to do without; a client that cannot is too old",
    ),
    _Says(
        "client.no_credssp",
        frozenset({0xB09}),
        "The client does not offer CredSSP, and the host wants Network Level Authentication",
        "turn it on in the client (enablecredsspsupport:i:1 in an .rdp file, 'Use CredSSP' in a connection manager,"
        " /sec:nla in FreeRDP), or use a client that has it; do not turn NLA off on the host for it",
    ),
    _Says(
        "client.gateway",
        frozenset(number for number in range(0x3000000, 0x3000100)),
        "The client failed at its gateway, before this host: {}",
        "look at the Remote Desktop Gateway: its certificate, its policies for users (CAP) and hosts (RAP), its log"
        " TerminalServices-Gateway; then at the way from there to this host",
        "path",
    ),
)
# What says that nothing went wrong.
_ENDS = frozenset({0, 1, 2, 0x107})
# Extended codes of a display driver or graphics that did not start.
_DISPLAY = frozenset({0xF, 0x10, 0x11, 0x12, 0x112D, 0x112E, 0x112F})


def _told(
    ctx: Context,
    id_: str,
    summary: str,
    what_next: str,
    *,
    owner: str = "client",
    confidence: str = LIKELY,
    more: tuple[Evidence, ...] = (),
) -> Finding:
    # A host that lets the probe in is not what the code complains of; where the probe fails, other findings say more.
    against = (Evidence(ctx.sight.says, ctx.sight.where),) if ctx.sight and not ctx.sight.gets_in else ()
    seen = (Evidence(ctx.sight.says, ctx.sight.where),) if ctx.sight.gets_in else ()
    return Finding(
        id_,
        WARNING,
        summary,
        confidence,
        (Evidence(ctx.user.summary, "the user's client"), *more, *seen),
        against,
        owner,
        what_next,
    )


@rule
def code(ctx: Context) -> Iterator[Finding]:
    """One finding for what the code says by itself; none for codes that only say that the connection broke."""
    user = ctx.user
    number, extended = user.number, user.extended
    if number is None:
        if user.kind:
            yield _other(ctx)
        return
    says = next((entry for entry in _BY_ITSELF if number in entry.numbers), None)
    if says:
        yield _told(ctx, says.id, says.summary.format(user.meaning), user.advice or says.what_next, owner=says.owner)
    elif number in _CONNECT:
        if ctx.sight and not ctx.sight.gets_in:
            return  # so did the probe, and other findings say why
        yield _told(
            ctx,
            "client.cannot_connect",
            "The client got no connection to the port, or no answer",
            "run the probe from the client's network (winops.rdp.probe with delegate_to): a filter, route or VPN there",
            owner="network",
        )
    elif number in (0x808, 0x908) or (extended is not None and 0x100 <= extended <= 0x10A):
        yield _told(
            ctx,
            "client.licensing",
            f"Licensing failed: {user.meaning}",
            "look at the licence server and mode of the host; delete a broken licence on the client (HKLM\\SOFTWARE\\Microsoft\\MSLicensing)",
            owner="host",
        )
    elif number in (_RIGHTS, 0x1307) or extended == 9:
        yield _rights(ctx)
    elif extended == 8 or (extended == 7 and number not in _TRANSPORT):
        yield _told(
            ctx,
            "client.denied",
            "The host itself refused the connection" + (" over FIPS" if extended == 8 else ""),
            "let the client offer FIPS algorithms (AES-GCM, SHA-256, NIST curves)"
            if extended == 8
            else "look at session limits, drain mode and the account's right to log on through Remote Desktop",
            owner="host",
        )
    elif number == 3 and extended in (1, 2, 3, 4, 5, 6, 11, 12):
        yield _told(
            ctx,
            "client.session_ended",
            f"The session was ended on purpose: {user.extended_meaning}",
            "nothing is broken; limits are set in policy or on the account",
            owner="none",
        )
    elif number in _TRANSPORT:
        if not ctx.sight.gets_in or _without_suite(ctx):
            return
        late = extended == 0
        yield _told(
            ctx,
            "client.not_reproduced",
            "The user's connection broke, and the probe gets in: the fault is on that client, on its way, or comes and goes",
            (
                "extended 0x0 was seen after credentials were given: look at the account's sessions and at what starts at logon; "
                if late
                else "0x904/0x7 only says that the connection was closed while it was made; "
            )
            + "probe from the user's network, try another client there, and read events 1024, 1026 and 1105 of"
            " Microsoft-Windows-TerminalServices-RDPClient/Operational on it",
            owner="client",
        )
    elif number == 3 and extended in _DISPLAY:
        yield _told(
            ctx,
            "client.display",
            f"The session ended after the logon: {user.extended_meaning or user.meaning}",
            "look at the host's graphics adapter and its driver, and at the policy 'Use WDDM graphics display driver for"
            " Remote Desktop Connections' (fEnableWddmDriver 0 is the old driver); it is no matter of licences or rights",
            owner="host",
            confidence=POSSIBLE,
        )
    elif number not in _ENDS and number != _NO_SUITE and not (number == 3 and extended in (None, 0)):
        yield _other(ctx)


def _other(ctx: Context) -> Finding:
    user = ctx.user
    meaning = user.meaning
    if user.number == 3 and user.extended_meaning:
        meaning = user.extended_meaning  # 0x3 alone says only that the host ended it
    compare = (
        "compare with another client and another account; the client's log"
        " Microsoft-Windows-TerminalServices-RDPClient/Operational has the same number (event 1026)"
    )
    summary = f"The user's client complains of something else: {meaning}"
    return _told(ctx, "client.other", summary, user.advice or compare, confidence=POSSIBLE)


def _rights(ctx: Context) -> Finding:
    logged = _RIGHTS in ctx.host.event_numbers(SECURITY, 4625)
    return Finding(
        "nla.logon_right_missing",
        WARNING,
        "The account has no right to log on to this host in that way",
        LIKELY,
        (
            Evidence(ctx.user.summary, "the user's client"),
            *(
                (Evidence("event 4625 with status 0xC000015B (logon type not granted)", "section events"),)
                if logged
                else ()
            ),
        ),
        owner="host",
        advice="the account needs both 'Access this computer from the network' and 'Allow log on through Remote Desktop Services' (group S-1-5-32-555),"
        " and must be in none of the matching deny rights",
        needs_evidence=() if logged else ("event 4625 of the Security log, at the time of the attempt",),
    )


def _without_suite(ctx: Context) -> int:
    """How many clients Schannel logged with which the host has no cipher suite in common."""
    return ctx.host.event_count("Schannel", 36874)


@rule
def outdated(ctx: Context) -> Iterator[Finding]:
    """The host speaks current TLS, and Schannel logged clients without anything in common with it."""
    lonely, told = _without_suite(ctx), ctx.user.number == _NO_SUITE
    alerts = {40, 70} & ctx.host.event_numbers("Schannel", 36888)
    if ctx.user.number is None or not ctx.sight.gets_in or not (lonely or alerts or told):
        return
    yield _told(
        ctx,
        "client.outdated",
        "A client asked for TLS that the host no longer speaks: it is too old, or a retired one",
        "update the client. On Windows use mstsc of a current version; the Store app and the MSI client are retired. Do not turn old TLS on again",
        confidence=LIKELY if lonely or told else POSSIBLE,
        more=(
            *(
                (Evidence(f"{lonely} event(s) 36874 of Schannel: no cipher suite in common", "section events"),)
                if lonely
                else ()
            ),
            *((Evidence("event 36888 of Schannel with alert 40 or 70", "section events"),) if alerts else ()),
        ),
    )
