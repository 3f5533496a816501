# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on clients.

The first ones are about what a user's client showed: what the code itself says, next to what the probe saw and the host
knows. The others are about a Windows client that was read itself, and about what it saw of a host.
"""

from __future__ import annotations

import fnmatch
import ipaddress
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue, client_apps
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT, FindingType
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import (
    BROKER_CODES,
    BY_A_CALL,
    ENDED_BY_HOST,
    ENDS_ON_PURPOSE,
    HANDSHAKE_FAILED,
    ITSELF,
    NO_LICENCES,
    NO_SUITE,
    REFUSED_ACCOUNTS,
    RESTARTED,
    SELF_EXPLANATORY_CODES,
    TIME_LIMITS,
    UNREADABLE,
    ended_without_a_reason,
    may_be_of_tls,
    of_its_end,
    refused_fips,
    refused_somehow,
    type_for_code,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.limits import limit_behind, logged
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.meaning import HOST
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CORE,
    LIKELY,
    POSSIBLE,
    PROVEN,
    SECURITY,
    SESSIONS,
    ClientCode,
    ClientContext,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    client_rule,
    critical_if,
    likely_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words, translate
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import (
    bound_certificate,
    logged_errors,
    presented_instead,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import CREDSSP_PROTECTED
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.interference import (
    FIREWALL,
    at_work,
    kind_of,
    products,
    products_in,
    without_its_way,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.nla import ntlm_was_blocked
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.service import foreign_code
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.tls import (
    lacks_gcm,
    library_may_refuse,
    may_lack_suites,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.turned_away import PROTOCOL_VERSION, turned_away
from ansible_collections.winops.rdp.plugins.plugin_utils.host import client, collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import RdpFile, is_older
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import KERBEROS_SKEW, minute, parse

_NO_SUCH_ACCOUNT, _WRONG_PASSWORD = 0xC0000064, 0xC000006A
# STATUS_TIME_DIFFERENCE_AT_DC
_TIME_DIFFERENCE = 0xC0000133
# No domain controller was found: 0x1807, SEC_E_NO_AUTHENTICATING_AUTHORITY, STATUS_NO_LOGON_SERVERS
_NO_CONTROLLER = frozenset({0x1807, 0x80090311, 0xC000005E})
_OF_ENTRA = Evidence("the host is joined to Microsoft Entra ID, and to no domain", "section registry", beside=True)
_OF_NO_DOMAIN = Evidence("the host is in no domain", "section host", beside=True)
# STATUS_PASSWORD_EXPIRED, STATUS_PASSWORD_MUST_CHANGE
_PASSWORD_ENDED = frozenset({0xC0000071, 0xC0000224})
_BY_REMOTE_DESKTOP = 10  # LogonType of event 4625
# An NTSTATUS of severity error, or an HRESULT of security; the general ones beside a status that says more; and those
# that rules of Network Level Authentication tell by themselves.
_ERRORS = range(0xC0000000, 0xC0010000)
_SAY_NOTHING = frozenset({0xC0000001, 0xC000006D})
_TOLD_ELSEWHERE = frozenset(
    {0xC000005E, 0xC0000133, 0xC000015B, 0xC0000190, 0xC0000192, 0xC000019B, 0xC000035B, 0xC0000413, 0xC0000418}
    | {*range(0xC000006E, 0xC0000073), *range(0xC000018A, 0xC000018E), 0xC0000193, 0xC0000224, 0xC0000234, 0xC00002FA}
)

# Of a logon with a smart card: the PIN is wrong, the card is blocked.
_AT_A_SCREEN = frozenset({0xC0000380, 0xC0000381})
# No domain controller, or a trust that is broken: the host's own, or that between its domain and another one. A
# controller that is about to shut down says so itself.
_BETWEEN_DOMAINS = frozenset({0xC0000190, 0xC000019B, 0xC00000DC})
_NO_DOMAIN = frozenset(
    # The last two: Netlogon did not run at that time, and nobody could be asked who the account is.
    {0xC000005E, *range(0xC000018A, 0xC000018E), *_BETWEEN_DOMAINS, 0xC0000192, 0xC0000388}
)

# What is found on a client that is read, too, and the advice where only its words are known.
_ALSO_READ_ON_CLIENTS = {
    catalogue.CLIENT_AUTHENTICATION_OFF.id: "shown",
    catalogue.CLIENT_NTLM_OFF.id: DEFAULT,
    catalogue.CLIENT_RESTRICTED_ADMIN.id: DEFAULT,
    catalogue.CLIENT_RDP_FILE.id: "signed",
    catalogue.CLIENT_RDP_FILE_RISK.id: DEFAULT,
}


@rule
def check_client_code(ctx: Context) -> Iterator[Finding]:
    """One finding for what the code says by itself; none for codes that only say that the connection broke."""
    type_ = type_for_code(ctx.client)
    if ctx.client.not_understood and ctx.probe.logon_reached:
        yield _code_finding(ctx, catalogue.CLIENT_OTHER, summary="words", advice="words", confidence=POSSIBLE)
        return
    unclear = ctx.client.found_no_common_security or ctx.client.number == HANDSHAKE_FAILED
    if unclear and _takes_nla_alone(ctx):
        yield _code_finding(ctx, catalogue.CLIENT_NO_CREDSSP, confidence=POSSIBLE)
        return
    if type_ is None or type_.group != "client" or _explained_elsewhere(ctx, type_):
        return
    if type_ is catalogue.CLIENT_DENIED and refused_fips(ctx.client):
        yield _code_finding(ctx, type_, summary="fips", advice="fips")
    elif type_ is catalogue.CLIENT_NOT_REPRODUCED:
        more = [*_met_by_listener(ctx), *_at_work(ctx)]
        advice = "late" if ctx.client.extended == 0 else DEFAULT
        yield _code_finding(ctx, type_, advice=advice, more=more, needs_evidence=without_its_way(ctx))
    elif type_ is catalogue.CLIENT_DISPLAY:
        yield _code_finding(ctx, type_, confidence=POSSIBLE)
    elif special := _in_other_words(ctx, type_):
        yield special
    elif type_ is catalogue.CLIENT_OTHER:
        yield _with_own_advice(ctx, _of_anything_else(ctx, type_))
    else:
        yield _with_own_advice(ctx, _code_finding(ctx, type_))


def _of_anything_else(ctx: Context, type_: FindingType) -> Finding:
    if ctx.client.number != ENDED_BY_HOST:
        return _code_finding(ctx, type_, confidence=POSSIBLE)
    # What the host says of itself is its own.
    owner = catalogue.HOST if ctx.client.states_fault == HOST else None
    return _code_finding(ctx, type_, summary="extended", confidence=POSSIBLE, owner=owner)


def _in_other_words(ctx: Context, type_: FindingType) -> Finding | None:
    """What one code of a type, or one kind of host, says more exactly; None for all others."""
    more_exactly = _MORE_EXACTLY.get(type_.id)
    return more_exactly(ctx, type_) if more_exactly else None


def _of_licences(ctx: Context, type_: FindingType) -> Finding | None:
    if not _is_no_session_host(ctx):
        return None
    # Code in Windows' own place may make any edition ask for licences, which nobody gives it.
    if altered := foreign_code(ctx):
        return _code_finding(ctx, type_, advice="altered", more=[altered[1]])
    if ctx.client.extended not in NO_LICENCES:
        return _code_finding(ctx, type_, advice="client", owner=catalogue.CLIENT)
    return None


def _of_a_name(ctx: Context, type_: FindingType) -> Finding | None:
    return _code_finding(ctx, type_, summary="itself", advice="itself") if ctx.client.number == ITSELF else None


def _of_a_farm(ctx: Context, _type: FindingType) -> Finding | None:
    """The dialog says which name was meant: what is shown is the certificate of whom the farm sent the client to."""
    if not ctx.client.wants_the_farm_s_name:
        return None
    return _code_finding(ctx, catalogue.CLIENT_NAME, summary="farm", advice="farm")


def _of_legacy_security(ctx: Context, _type: FindingType) -> Finding | None:
    # Where it is not in use TLS carries the data, and something between changed them.
    unused = ctx.client.number in UNREADABLE and ctx.probe.offers("rdp") is False
    return _code_finding(ctx, catalogue.CLIENT_ALTERED) if unused else None


def _of_an_end(ctx: Context, type_: FindingType) -> Finding | None:
    if ctx.client.extended == BY_A_CALL:
        return _code_finding(ctx, type_, advice="called")
    if ctx.client.extended in RESTARTED:
        return _code_finding(ctx, type_, summary="restarted", advice="restarted", more=_last_start(ctx))
    if ctx.client.extended in TIME_LIMITS:
        return _by_a_limit(ctx, ctx.client.extended)
    word = ENDS_ON_PURPOSE.get(ctx.client.extended or 0)
    return _code_finding(ctx, type_, advice=word) if word else None


def _last_start(ctx: Context) -> Iterator[Evidence]:
    host = ctx.snapshot.section("host")
    if host and host["boot_utc"]:
        yield Evidence(f"the host was last started at {minute(parse(host['boot_utc']))}", "section host")


def _of_a_broker(ctx: Context, type_: FindingType) -> Finding | None:
    by_broker = ctx.client.extended in BROKER_CODES and ctx.client.number == ENDED_BY_HOST
    return _code_finding(ctx, type_, summary="broker", advice="broker") if by_broker else None


def _of_an_account(ctx: Context, type_: FindingType) -> Finding | None:
    word = REFUSED_ACCOUNTS.get(ctx.client.number or 0)
    if word:
        return _code_finding(ctx, type_, advice=word)
    more = [*(_why_logged(ctx) if refused_somehow(ctx.client) else ()), *_online_identities(ctx)]
    if ctx.client.names_a_microsoft_account:
        return _code_finding(ctx, type_, advice="microsoft", more=more)
    return _with_own_advice(ctx, _code_finding(ctx, type_, more=more)) if more else None


def _of_no_authority(ctx: Context, type_: FindingType) -> Finding | None:
    """Who is in no domain misses no domain controller."""
    if _knows_entra_alone(ctx):
        return _code_finding(ctx, type_, advice="entra", more=[_OF_ENTRA, *_online_identities(ctx)])
    alone = ctx.snapshot.in_no_domain and ctx.snapshot.cloud_joined is False
    if alone and ctx.client.number in _NO_CONTROLLER:
        return _code_finding(ctx, type_, advice="workgroup", more=[_OF_NO_DOMAIN])
    return None


def _online_identities(ctx: Context) -> EvidenceList:
    """That the host is set not to take accounts of Microsoft's clouds from other computers by PKU2U."""
    evidence = EvidenceList()
    key = rf"{collect.LSA}\pku2u"
    setting = ctx.snapshot.value(key, "AllowOnlineID")
    evidence.add_if(setting and setting["data"] == 0, "AllowOnlineID is 0", rf"HKLM\{key}\AllowOnlineID")
    return evidence


def _why_logged(ctx: Context) -> list[Evidence]:
    """Why the host's log says that logons were refused in the last day, where no rule of its own tells it."""
    refusals = ctx.snapshot.numbers_since(ctx.lately, SECURITY, 4625) if ctx.lately else set()
    told = "; ".join(map(in_words, _untold(refusals)))
    return [Evidence(f"event 4625 of {SECURITY}, whose account is not known: {told}", "section events")] if told else []


def _also_read(ctx: Context, type_: FindingType) -> Finding:
    return _code_finding(ctx, type_, summary="shown", advice=_ALSO_READ_ON_CLIENTS[type_.id])


_MORE_EXACTLY: dict[str, Callable[[Context, FindingType], Finding | None]] = {
    catalogue.CLIENT_LICENSING.id: _of_licences,
    catalogue.CLIENT_NAME.id: _of_a_name,
    catalogue.CLIENT_CERTIFICATE_REFUSED.id: _of_a_farm,
    catalogue.CLIENT_LEGACY_SECURITY.id: _of_legacy_security,
    catalogue.CLIENT_SESSION_ENDED.id: _of_an_end,
    catalogue.CLIENT_GATEWAY.id: _of_a_broker,
    catalogue.CLIENT_CREDENTIALS.id: _of_an_account,
    catalogue.CLIENT_NO_AUTHORITY.id: _of_no_authority,
    **dict.fromkeys(_ALSO_READ_ON_CLIENTS, _also_read),
}


def _met_by_listener(ctx: Context) -> EvidenceList:
    """What the listener's own security layer met in the last day: it may be of that client, and scans leave it too."""
    return logged_errors(ctx, ctx.lately, CORE, 139)


def _at_work(ctx: Context) -> Iterator[Evidence]:
    """Products on the host that may take one client for an attack (https://github.com/rdesktop/rdesktop/issues/337)."""
    for product, name in products(ctx):
        yield Evidence(
            f"{product} is at work on the host ({name}): its log says whether it cut this client off",
            "section products",
        )


def _is_no_session_host(ctx: Context) -> bool:
    section = ctx.snapshot.section("licensing")
    return section is not None and not section["session_host"]


def _takes_nla_alone(ctx: Context) -> bool:
    offered = [ctx.probe.offers(name) for name in ("nla", "tls", "rdp")]
    return offered == [True, False, False]


def _with_own_advice(ctx: Context, finding: Finding) -> Finding:
    """What the tables of codes advise on this very code goes before what holds for all codes of its kind."""
    general = finding.id in SELF_EXPLANATORY_CODES or finding.id == catalogue.CLIENT_OTHER.id
    return replace(finding, advice=ctx.client.advice) if general and ctx.client.advice else finding


def _explained_elsewhere(ctx: Context, type_: FindingType) -> bool:
    """Other findings say why: the probe met the same, the host's certificate has expired as the client says, a password
    has as the host's log says, or the host logged clients without a common cipher suite.
    """
    if type_ is catalogue.CLIENT_CREDSSP_VERSION:
        return ntlm_was_blocked(ctx) or (ctx.client.calls_a_password_expired and _password_expired(ctx))
    if of_its_end(ctx.client):
        bound, now = bound_certificate(ctx), ctx.snapshot.now
        if not bound or not now or presented_instead(ctx, bound[0]):
            return False
        return bound[1].expired(now) and bound[1].expired(ctx.clock)
    if type_ is catalogue.CLIENT_CANNOT_CONNECT:
        return bool(ctx.probe) and not ctx.probe.logon_reached
    if type_ is catalogue.CLIENT_NOT_REPRODUCED:
        return not ctx.probe.logon_reached or turned_away(ctx).says_so or bool(_refused_then(ctx))
    # Other clients than Windows' own say that TLS failed.
    if type_ is not catalogue.CLIENT_OTHER or ctx.client.stage != "tls":
        return False
    return turned_away(ctx).says_so or library_may_refuse(ctx) or _has_no_version(ctx)


def _refused_then(ctx: Context) -> list[Evidence]:
    """That the host logged a wrong user name or password (140) at the time that the user's dialog shows."""
    then = ctx.when_shown(parse(row["utc"]) for row in ctx.snapshot.listed_events(CORE, 140))
    return [
        Evidence(
            f"event 140 of {CORE} at {minute(max(then))}: a connection failed for user name or password",
            "section events",
        )
        for _any in then[:1]
    ]


@rule
def check_refused_at_that_time(ctx: Context) -> Iterator[Finding]:
    """The client says no more than that the connection broke, and the host noted why, at that time."""
    if type_for_code(ctx.client) is not catalogue.CLIENT_NOT_REPRODUCED or not ctx.probe.logon_reached:
        return
    if more := _refused_then(ctx):
        needed = "whether the address in that event is the user's own, or that of the way it comes (NAT, VPN, gateway)"
        yield _code_finding(
            ctx,
            catalogue.CLIENT_CREDENTIALS,
            more=more,
            needs_evidence=[needed],
            meaning="the host noted a wrong user name or password at the time that the user's dialog shows",
        )


def _has_no_version(ctx: Context) -> bool:
    """Whether the client itself says that it has no version of TLS in common with a host that speaks current ones."""
    return ctx.client.alert == PROTOCOL_VERSION and ctx.probe.logon_reached and not lacks_gcm(ctx)


def _password_expired(ctx: Context) -> bool:
    """Whether the host refused an account whose password has expired, or must be changed, in the last day."""
    return bool(ctx.lately and _PASSWORD_ENDED & ctx.snapshot.numbers_since(ctx.lately, SECURITY, 4625))


def _code_finding(
    ctx: Context,
    type_: FindingType,
    *,
    summary: str = DEFAULT,
    advice: str = DEFAULT,
    confidence: str = LIKELY,
    owner: str | None = None,
    more: Iterable[Evidence] = (),
    needs_evidence: Iterable[str] = (),
    **facts: Any,
) -> Finding:
    evidence = [ctx.client_evidence, *more]
    said = ctx.client.extended_meaning or ctx.client.meaning
    # 0x3 alone says only that the host ended the connection.
    meaning = said if ctx.client.number == ENDED_BY_HOST else ctx.client.meaning
    meant = {"meaning": meaning, "why": meaning, "extended_meaning": said}
    finding = ctx.finding(
        type_,
        evidence=evidence,
        summary=summary,
        advice=advice,
        confidence=confidence,
        owner=owner,
        needs_evidence=needs_evidence,
        **{**meant, **facts},
    )
    # What the host says of itself comes behind the look, which speaks neither for nor against it.
    if ctx.probe.logon_reached and finding.owner == catalogue.HOST and not type_.by_choice:
        return replace(finding, needs_evidence=(*finding.needs_evidence, *ctx.behind_the_look))
    # A host that lets the probe in is not what the code complains of; where the probe fails, other findings say more.
    if ctx.probe.logon_reached:
        return replace(finding, evidence_for=(*evidence, ctx.probe_evidence))
    if ctx.probe:
        return replace(finding, evidence_against=(ctx.probe_evidence,))
    return finding


def _by_a_limit(ctx: Context, reason: int) -> Finding:
    """The client names the limit; with the log's own word it is proven to be one that a policy of the computer sets:
    nothing comes before that. The policies of a user come before the listener's own value.
    """
    limit, told = limit_behind(ctx, reason), logged(ctx, reason)
    missing = f"event 40 of {SESSIONS} with the reason {reason}, at the time when the session ended"
    proven = limit.in_force and limit.owner == catalogue.POLICY and told and ctx.client.in_numbers
    proven = proven and (ctx.probe.logon_reached or not ctx.probe)
    return _code_finding(
        ctx,
        catalogue.CLIENT_SESSION_ENDED,
        summary="limit" if limit.in_force else DEFAULT,
        advice=limit.advice,
        confidence=PROVEN if proven else LIKELY,
        owner=limit.owner,
        more=[*limit.evidence, *told],
        needs_evidence=[*limit.unread, *[missing] * (not told)],
        **limit.facts,
    )


@rule
def check_time_limits(ctx: Context) -> Iterator[Finding]:
    """Sessions that ended without a reason, where the log has some that a limit ended. No word of limits where nobody
    complains: those that are meant leave the same events every day.
    """
    if not ended_without_a_reason(ctx.client) or (ctx.probe and not ctx.probe.logon_reached):
        return
    for reason in TIME_LIMITS:
        told, limit = logged(ctx, reason), limit_behind(ctx, reason)
        if told:
            yield _code_finding(
                ctx,
                catalogue.CLIENT_SESSION_ENDED,
                summary="logged",
                advice=limit.advice,
                confidence=POSSIBLE,
                owner=limit.owner,
                more=[*told, *limit.evidence],
                needs_evidence=[*limit.unread, "whether the user's session ended at the time of such an event"],
                **{**limit.facts, "extended_meaning": ClientCode(f"0x{ENDED_BY_HOST:X}/0x{reason:X}").extended_meaning},
            )
            return


@rule
def check_client_tls(ctx: Context) -> Iterator[Finding]:
    """The host speaks current TLS, and its log has clients without anything in common with it."""
    if ctx.client.kind is None or not ctx.probe.logon_reached or not may_be_of_tls(ctx.client):
        return
    client_saw_it, no_version = ctx.client.number == NO_SUITE, _has_no_version(ctx)
    logged = turned_away(ctx)
    if not (logged or client_saw_it or no_version):
        return
    # On an old Windows the client may as well be too new. A version that is not spoken is an older one. Of one line
    # nobody knows whose it is.
    nothing_in_common = logged.without_suite and ctx.snapshot.build and not may_lack_suites(ctx)
    told = logged.again and (PROTOCOL_VERSION in logged.alerts or nothing_in_common or logged.refused)
    sure = client_saw_it or no_version
    words = "version" if no_version else DEFAULT
    yield _code_finding(
        ctx,
        catalogue.CLIENT_OUTDATED,
        summary=words,
        advice=words,
        confidence=likely_if(told or sure),
        more=logged.evidence,
        needs_evidence=[logged.open] * bool(logged and not sure),
    )


@rule
def check_refused_for_its_time(ctx: Context) -> Iterator[Finding]:
    """Whoever comes to a host in no domain with a ticket has it from another domain, by a clock of their own."""
    told = ctx.lately and _TIME_DIFFERENCE in ctx.snapshot.numbers_since(ctx.lately, SECURITY, 4625)
    if told and ctx.snapshot.in_no_domain and type_for_code(ctx.client) is not catalogue.CLIENT_CLOCK:
        evidence = [Evidence(f"event 4625 of {SECURITY}: {in_words(_TIME_DIFFERENCE)}", "section events")]
        needed = "whose account that event names, and how far the clock of the computer that it came from is off"
        yield ctx.finding(catalogue.CLIENT_CLOCK, evidence=evidence, confidence=POSSIBLE, needs_evidence=[needed])


@rule
def check_refused_names(ctx: Context) -> Iterator[Finding]:
    """The log has logons with a name that the host does not know, or a wrong password: a slip of the pen, a name that
    was changed, or an attack, so that it is only a suspicion.

    A host that is joined to Entra ID alone knows its own accounts. One of Entra's that comes with a password over NLA
    is logged as a name that it does not have.
    """
    if not ctx.lately or not ctx.snapshot.event_count(SECURITY, 4625):
        return
    refusals = ctx.snapshot.numbers_since(ctx.lately, SECURITY, 4625)
    statuses = [number for number in (_NO_SUCH_ACCOUNT, _WRONG_PASSWORD) if number in refusals]
    statuses = statuses or [number for number in _other_refusals(refusals) if number not in _unvouched(ctx)]
    entra = _NO_SUCH_ACCOUNT in refusals and _knows_entra_alone(ctx)
    if not statuses or type_for_code(ctx.client) is catalogue.CLIENT_CREDENTIALS:
        return  # the last is told already
    # What a client shows says more, understood or not, and a domain controller logs what comes to the whole domain.
    shown = ctx.client.kind or ctx.client.not_understood
    if not entra and (shown or not ctx.probe.logon_reached or ctx.snapshot.is_domain_controller):
        return
    told = "; ".join(in_words(number) for number in statuses)
    evidence = [Evidence(f"event 4625 of {SECURITY}: {told}", "section events"), *[_OF_ENTRA] * entra]
    yield ctx.finding(
        catalogue.CLIENT_CREDENTIALS,
        confidence=POSSIBLE,
        evidence=[*evidence, *_online_identities(ctx)],
        needs_evidence=[
            "the account's name in that event: AzureAD\\user, user@domain, a former name, or a mistyped one"
        ],
        meaning=told,
    )


def _other_refusals(refusals: set[int]) -> list[int]:
    """What no rule of its own tells: of logons by Remote Desktop all, of those over the network, which may be of
    anything and with Network Level Authentication are of Remote Desktop, too, what somebody meets who is at a screen.
    """
    told = _untold(refusals)
    return told if _BY_REMOTE_DESKTOP in refusals else [number for number in told if number in _AT_A_SCREEN]


def _untold(refusals: set[int]) -> list[int]:
    """The statuses that say why a logon was refused, and of which no rule of its own tells."""
    known = [number for number in sorted(refusals) if number in _ERRORS and translate(number)]
    return [number for number in known if number not in _SAY_NOTHING | _TOLD_ELSEWHERE]


def _channel(ctx: Context) -> int | None:
    """The state of the secure channel to the host's own domain; 0 is in order, None was not read."""
    domain = ctx.snapshot.section("domain")
    return domain["channel_status"] if domain else None


def _unvouched(ctx: Context) -> list[int]:
    """What a member whose own channel is in order logged of accounts for which no domain could vouch."""
    domain = ctx.snapshot.section("domain") or {"joined": None}
    said = ctx.client.kind or ctx.client.not_understood
    channel, shown = _channel(ctx), said and not refused_somehow(ctx.client)
    if (
        channel
        or domain["joined"] is False
        or shown
        or not ctx.lately
        or not ctx.probe.logon_reached
        or ctx.snapshot.is_domain_controller
    ):
        return []
    statuses = _BETWEEN_DOMAINS if channel is None else _NO_DOMAIN
    return sorted(statuses & ctx.snapshot.numbers_since(ctx.lately, SECURITY, 4625))


@rule
def check_refused_domains(ctx: Context) -> Iterator[Finding]:
    """A member whose own channel is in order, and accounts for which no domain could vouch: those of another domain, or
    of a time when the channel was not. Where the channel was not read, what says more of another than of this one.
    """
    told = _unvouched(ctx)
    channel = _channel(ctx)
    if told:
        words = "; ".join(in_words(number) for number in told)
        evidence = EvidenceList([Evidence(f"event 4625 of {SECURITY}: {words}", "section events")])
        evidence.add_if(channel == 0, "the secure channel to the host's own domain is in order", "section domain")
        needed = "the domain of the account in that event, and on a domain controller: nltest /sc_query:THAT-DOMAIN"
        own = "the secure channel to the host's own domain: nltest /sc_verify:DOMAIN on the host"
        yield ctx.finding(
            catalogue.CLIENT_NO_AUTHORITY,
            summary="logged",
            # Scans come with foreign domains, and a user may as well have mistyped the password.
            confidence=POSSIBLE,
            evidence=evidence,
            needs_evidence=[needed, *([own] * (channel is None))],
        )


def _knows_entra_alone(ctx: Context) -> bool:
    domain = ctx.snapshot.section("domain") or {"joined": None}
    return domain["joined"] is False and bool(ctx.snapshot.cloud_joined)


# A client that was read ---------------------------------------------------------------------------------------------

_SCHANNEL_KEY = rf"HKLM\{client.SCHANNEL}\Protocols"
_RESTRICTED = {1: "Restricted Admin", 2: "Remote Credential Guard"}


def _registry(ctx: ClientContext, key: str, name: str) -> Evidence:
    return Evidence(f"{name} is {ctx.facts.value(key, name)}", rf"HKLM\{key}")


@client_rule
def check_own_tls(ctx: ClientContext) -> Iterator[Finding]:
    """The client's own policy turns off what current listeners speak."""
    off = {name: why for name in client.CURRENT_TLS if (why := ctx.facts.tls_off(name))}
    if "TLS 1.2" not in off:
        # Every listener of a supported Windows speaks TLS 1.2.
        return
    fails = ctx.own_fault and ctx.look.stage == "tls"
    evidence = [Evidence(f"{name}: {why}", rf"{_SCHANNEL_KEY}\{name}\Client") for name, why in off.items()]
    if fails:
        evidence += [ctx.look_evidence, ctx.here_evidence]
    yield ctx.finding(
        catalogue.CLIENT_TLS_OFF,
        evidence=evidence,
        severity=critical_if(not ctx.look.logon_reached),
        confidence=PROVEN if fails else LIKELY,
        off=" and ".join(off),
        where=rf"{_SCHANNEL_KEY}\TLS 1.2\Client",
    )


def _narrowed_tls(ctx: ClientContext) -> Iterator[Evidence]:
    """What leaves the client fewer algorithms than Windows has by default."""
    if ctx.facts.number(client.FIPS, "Enabled") == 1:
        yield _registry(ctx, client.FIPS, "Enabled")
    if ctx.facts.value(client.SUITES, "Functions") is not None:
        yield Evidence("a policy names the cipher suites (Functions)", rf"HKLM\{client.SUITES}")


@client_rule
def check_own_look(ctx: ClientContext) -> Iterator[Finding]:
    """The client ends before the logon where the controller does not: the name, the way, or the client itself."""
    if not ctx.own_fault:
        return
    evidence = [ctx.look_evidence, ctx.here_evidence]
    if ctx.look.stage == "name":
        yield ctx.finding(catalogue.CLIENT_NAME, evidence=evidence, confidence=PROVEN)
    elif ctx.look.stage == "tcp":
        yield ctx.finding(catalogue.CLIENT_CANNOT_CONNECT, evidence=evidence, confidence=PROVEN)
    elif ctx.look.stage == "tls" and ctx.look.failure.get("sender") == "client":
        if not ctx.facts.tls_off("TLS 1.2"):
            yield ctx.finding(
                catalogue.CLIENT_LOOK_FAILS,
                evidence=[*evidence, *_narrowed_tls(ctx)],
                summary="tls",
                advice="tls",
                owner=catalogue.CLIENT,
            )
    else:
        ended = f"{ctx.look.stage} ({ctx.look.outcome})"
        yield ctx.finding(catalogue.CLIENT_LOOK_FAILS, evidence=evidence, ended=ended)


# What can end a look at a stage, by product and what it is known by: names and connections are of who carries or
# filters them.
_TAKES_PART: dict[str, Callable[[str, str], bool]] = {
    "name": lambda product, _known_by: product in collect.TUNNELS,
    "tcp": lambda product, known_by: product in collect.TUNNELS | collect.FIREWALLS or known_by == FIREWALL,
}


@client_rule
def check_own_products(ctx: ClientContext) -> Iterator[Finding]:
    """Products on the client, where it does not get in and the controller does, or did not look, or where it is shown
    another certificate: whatever else is found, they may be why.
    """
    ended = ctx.look and not ctx.look.logon_reached and (ctx.here.logon_reached or not ctx.here)
    changed = ctx.look.thumbprint and ctx.here.thumbprint and ctx.look.thumbprint != ctx.here.thumbprint
    if not (ended or changed):
        return
    takes_part = _TAKES_PART.get(ctx.look.stage or "")
    found = [one for one in products_in(ctx.facts.section("products")) if takes_part is None or takes_part(*one)]
    if found:
        yield ctx.finding(
            catalogue.CLIENT_PRODUCTS,
            advice=kind_of(found),
            evidence=[ctx.look_evidence, *at_work(found)],
            confidence=POSSIBLE,
            needs_evidence=["a look from this client without them, or from another one in the same network"],
            products=", ".join(product for product, _name in found),
        )


@client_rule
def check_other_certificate(ctx: ClientContext) -> Iterator[Finding]:
    """The client is shown another certificate than the controller at the same address."""
    mine, theirs = ctx.look.thumbprint, ctx.here.thumbprint
    if not mine or not theirs or mine == theirs:
        return
    issuer = (ctx.look.certificate or {}).get("issuer")
    evidence = [
        Evidence(f"certificate {mine}, issued by {issuer}", ctx.look_evidence.where),
        Evidence(f"certificate {theirs}", ctx.here_evidence.where),
    ]
    same_address = ctx.look.address == ctx.here.address
    yield ctx.finding(
        catalogue.CLIENT_ALTERED,
        evidence=evidence,
        confidence=likely_if(same_address),
        meaning="it is shown another certificate than the controller",
    )


@client_rule
def check_own_clock(ctx: ClientContext) -> Iterator[Finding]:
    """The client's clock and the host's are too far apart for Kerberos."""
    identity = (ctx.look.data or {}).get("identity") or {}
    skew = identity.get("clock_skew_seconds")
    if skew is not None and abs(skew) > KERBEROS_SKEW:
        fact = f"the host's clock minus the client's is {skew:.0f} s"
        yield ctx.finding(catalogue.CLIENT_CLOCK, evidence=[Evidence(fact, ctx.look_evidence.where)], confidence=PROVEN)


def _unverified(ctx: ClientContext) -> set[str] | None:
    """Why a client cannot verify the certificate that it is shown; None where none was seen."""
    shown = ctx.look.certificate or ctx.here.certificate
    return {"self_signed", "name_mismatch", "expired"} & set(shown.get("weaknesses") or ()) if shown else None


def _presented(weak: set[str]) -> Evidence:
    return Evidence(f"the certificate presented: {', '.join(sorted(weak))}", "the look")


@client_rule
def check_authentication_override(ctx: ClientContext) -> Iterator[Finding]:
    """What somebody, or a program, has set so that mstsc no longer warns, for the computer or for one person."""
    name = "AuthenticationLevelOverride"
    keys = ctx.facts.places(name, 0, client.MACHINE_CLIENT, client.TERMINAL_SERVER_CLIENT)
    if keys and ctx.facts.number(client.POLICY, "AuthenticationLevel") is None:
        yield ctx.finding(
            catalogue.CLIENT_AUTHENTICATION_OFF,
            evidence=[Evidence(f"{name} is 0", key) for key in keys],
            advice="override",
            confidence=LIKELY,
        )


@client_rule
def check_server_authentication(ctx: ClientContext) -> Iterator[Finding]:
    """What the client does where it cannot verify the host's certificate."""
    level = ctx.facts.number(client.POLICY, "AuthenticationLevel")
    evidence = [_registry(ctx, client.POLICY, "AuthenticationLevel")]
    if level == 0:
        yield ctx.finding(catalogue.CLIENT_AUTHENTICATION_OFF, evidence=evidence, confidence=PROVEN)
    elif level == 1:
        weak = _unverified(ctx)
        if weak:
            evidence.append(_presented(weak))
        if weak == set():
            return
        yield ctx.finding(
            catalogue.CLIENT_AUTHENTICATION_REQUIRED,
            evidence=evidence,
            summary="unverified" if weak else "default",
            confidence=likely_if(weak),
        )


def _names_target(pattern: str, target: str) -> bool:
    """Whether an entry of a delegation policy (``TERMSRV/*.example.com``) names this host."""
    service, _slash, name = pattern.strip().lower().partition("/")
    return service in ("termsrv", "*") and fnmatch.fnmatch(target.lower(), name or "*")


@client_rule
def check_delegation(ctx: ClientContext) -> Iterator[Finding]:
    """A policy that denies this host credentials; saved ones alone are less."""
    if not ctx.target:
        return
    denied = {
        policy: hits
        for policy in client.DENIALS
        if (hits := [one for one in ctx.facts.servers(policy) if _names_target(one, ctx.target)])
    }
    evidence = [
        Evidence(f"{policy}: {', '.join(hits)}", rf"HKLM\{client.DELEGATION}") for policy, hits in denied.items()
    ]
    if "DenyFreshCredentials" in denied:
        yield ctx.finding(catalogue.CLIENT_DELEGATION_POLICY, evidence=evidence, confidence=PROVEN)
    elif "DenySavedCredentials" in denied:
        yield ctx.finding(
            catalogue.CLIENT_SAVED_CREDENTIALS,
            evidence=evidence,
            confidence=PROVEN,
            why="a policy denies them to this host",
        )


@client_rule
def check_saved_credentials(ctx: ClientContext) -> Iterator[Finding]:
    """Policies that keep saved credentials from being used at all."""
    for name, why in (
        ("DisablePasswordSaving", "a policy forbids to save passwords"),
        ("PromptForCredsOnClient", "a policy makes the client ask each time"),
    ):
        keys = ctx.facts.places(name, 1, client.POLICY, client.USER_POLICY)
        if keys:
            yield ctx.finding(
                catalogue.CLIENT_SAVED_CREDENTIALS,
                evidence=[Evidence(f"{name} is 1", key) for key in keys],
                confidence=POSSIBLE,
                why=why,
            )
            return


@client_rule
def check_own_oracle_level(ctx: ClientContext) -> Iterator[Finding]:
    """The client's level of protection against the oracle of CVE-2018-0886."""
    level = ctx.facts.number(client.CREDSSP, "AllowEncryptionOracle")
    evidence = [_registry(ctx, client.CREDSSP, "AllowEncryptionOracle")]
    version = ctx.look.credssp_version or ctx.here.credssp_version
    if level == 2:
        yield ctx.finding(catalogue.CLIENT_ORACLE_VULNERABLE, evidence=evidence, confidence=PROVEN)
    elif level == 0 and version is not None and version < CREDSSP_PROTECTED:
        evidence.append(Evidence(f"the host answers with CredSSP {version}", "the look"))
        yield ctx.finding(catalogue.CLIENT_ORACLE_FORCED, evidence=evidence)


@client_rule
def check_restricted_admin(ctx: ClientContext) -> Iterator[Finding]:
    """A policy that lets the client connect only in modes that a host must allow."""
    if ctx.facts.number(client.DELEGATION, "RestrictedRemoteAdministration") != 1:
        return
    kind = ctx.facts.number(client.DELEGATION, "RestrictedRemoteAdministrationType")
    yield ctx.finding(
        catalogue.CLIENT_RESTRICTED_ADMIN,
        evidence=[_registry(ctx, client.DELEGATION, "RestrictedRemoteAdministration")],
        confidence=POSSIBLE,
        mode=_RESTRICTED.get(kind or 0, "Restricted Admin or Remote Credential Guard"),
    )


def _is_address(target: str) -> bool:
    try:
        ipaddress.ip_address(target.partition("%")[0])
    except ValueError:
        return False
    return True


@client_rule
def check_own_ntlm(ctx: ClientContext) -> Iterator[Finding]:
    """A client that may not use NTLM needs Kerberos, and Kerberos needs a name."""
    key = rf"{client.LSA}\MSV1_0"
    if not ctx.target or ctx.facts.number(key, "RestrictSendingNTLMTraffic") != 2:
        return
    excepted = ctx.facts.value(key, "ClientAllowedNTLMServers")
    # Names as programs use them: mstsc asks for TERMSRV/name.
    names = (ctx.target.lower(), f"termsrv/{ctx.target.lower()}")
    if isinstance(excepted, list) and any(
        fnmatch.fnmatch(name, str(one).strip().lower()) for one in excepted for name in names
    ):
        return
    address = _is_address(ctx.target)
    yield ctx.finding(
        catalogue.CLIENT_NTLM_OFF,
        evidence=[_registry(ctx, key, "RestrictSendingNTLMTraffic")],
        severity=critical_if(address),
        confidence=likely_if(address),
        name=ctx.target,
    )


@client_rule
def check_cached_hashes(ctx: ClientContext) -> Iterator[Finding]:
    """Somebody's client keeps the hash of a certificate that the host no longer presents."""
    # What the client itself is shown; from here, a device in between would not be seen.
    presented = ctx.look.thumbprint or ctx.here.thumbprint
    digests = {presented, str((ctx.look.certificate or ctx.here.certificate or {}).get("sha256") or "").upper()}
    if not presented:
        return
    for sid, target, kept in ctx.facts.cached_hashes():
        if kept in digests:
            continue
        key = rf"HKU\{sid}\{client.TERMINAL_SERVER_CLIENT}\Servers\{target}"
        yield ctx.finding(
            catalogue.CLIENT_STALE_HASH,
            evidence=[Evidence(f"CertHash is {kept}", key), Evidence(f"presented is {presented}", "the look")],
            confidence=PROVEN,
            target={"sid": sid, "target": target},
            who=sid,
            name=target,
        )


@client_rule
def check_apps(ctx: ClientContext) -> Iterator[Finding]:
    """Clients that are retired, or older than the last that is known."""
    for app, version, where in _installed(ctx):
        facts: dict[str, Any] = {
            "app": app.name,
            "version": version or "version unknown",
            "winget": client_apps.WINGET_ID,
            "store": client_apps.STORE_ID,
            "package": client_apps.PACKAGE_URL,
            "as_of": client_apps.AS_OF,
        }
        evidence = [Evidence(f"{app.name} {version or ''}".strip(), where)]
        if app.retired:
            yield ctx.finding(
                catalogue.CLIENT_APP_RETIRED,
                evidence=evidence,
                confidence=PROVEN,
                retired=app.retired,
                source=app.source,
                **facts,
            )
        elif app.last_version and is_older(version, app.last_version):
            yield ctx.finding(
                catalogue.CLIENT_APP_OUTDATED,
                evidence=evidence,
                confidence=POSSIBLE,
                last=app.last_version,
                source=app.last_source,
                **facts,
            )


def _installed(ctx: ClientContext) -> Iterator[tuple[client_apps.App, str | None, str]]:
    """Each client of the list that is there, with its version and where it was read."""
    packages = {app.package: app for app in client_apps.APPS if app.package}
    seen: set[str] = set()
    for package in ctx.facts.packages:
        app = packages.get(package.name)
        if app:
            yield app, package.version, f"packages of {package.owner}"
    for product in ctx.facts.products:
        app = client_apps.UPGRADE_CODES.get(product["upgrade_code"])
        if app:
            seen.add(app.name)
            yield app, product["version"], f"MSI products of {product['owner']}"
    for file in ctx.facts.files:
        if file["path"].lower().endswith("\\remote desktop\\msrdc.exe") and client_apps.MSI_CLIENT.name not in seen:
            yield client_apps.MSI_CLIENT, file["version"], file["path"]


@client_rule
def check_updates(ctx: ClientContext) -> Iterator[Finding]:
    """Builds with a known defect as a client."""
    for update in client_apps.UPDATES:
        if update.concerns(ctx.facts.build, ctx.facts.revision):
            build = f"{ctx.facts.build}.{ctx.facts.revision}"
            yield ctx.finding(
                catalogue.CLIENT_UPDATE_DEFECT,
                evidence=[Evidence(f"build {build}", "section client")],
                build=build,
                what=update.what,
                brought_by=update.brought_by,
                fixed_by=update.fixed_by or "the next cumulative update",
                as_of=client_apps.AS_OF,
                source=update.source,
            )


def _keeps_out(file: RdpFile) -> list[tuple[str, str]]:
    """Settings that end a connection to a host in order, each with what it does."""
    found = []
    if file.number("enablecredsspsupport") == 0:
        found.append(("enablecredsspsupport", "enablecredsspsupport:i:0 does without Network Level Authentication"))
    if file.number("negotiate security layer") == 0:
        found.append(("negotiate security layer", "negotiate security layer:i:0 does without negotiation"))
    return found


@client_rule
def check_rdp_files(ctx: ClientContext) -> Iterator[Finding]:
    """Settings of .rdp files that keep their user out, or put the user at risk."""
    for file in ctx.facts.rdp_files:
        if not file.readable:
            continue
        yield from _check_signature(ctx, file)
        out = _keeps_out(file)
        if out:
            needs_nla = (ctx.look.data or ctx.here.data or {}).get("selected") in ("nla", "nla_ex")
            yield ctx.finding(
                catalogue.CLIENT_RDP_FILE,
                evidence=[Evidence(what, file.path) for _name, what in out],
                advice={True: "signed", False: "default"}[file.signed],
                confidence=likely_if(needs_nla),
                target={"path": file.path, "settings": [name for name, _what in out]},
                path=file.path,
                what="; ".join(what for _name, what in out),
            )
        yield from _check_port(ctx, file)
        yield from _check_level(ctx, file)
        yield from _check_risks(ctx, file)


def _check_signature(ctx: ClientContext, file: RdpFile) -> Iterator[Finding]:
    """A policy that lets people open signed files alone.

    https://learn.microsoft.com/windows/client-management/mdm/policy-csp-admx-terminalserver
    """
    keys = ctx.facts.places("AllowUnsignedFiles", 0, client.POLICY, client.USER_POLICY)
    if file.signed or not keys:
        return
    yield ctx.finding(
        catalogue.CLIENT_RDP_FILE,
        evidence=[Evidence("AllowUnsignedFiles is 0", key) for key in keys],
        advice="unsigned",
        confidence=PROVEN,
        path=file.path,
        what="nobody has signed it, and a policy opens signed files alone",
    )


def _check_port(ctx: ClientContext, file: RdpFile) -> Iterator[Finding]:
    """The file names this host, and another port than the one that answers."""
    place, port = file.text("full address") or "", file.number("server port")
    host, _colon, own = place.rpartition(":") if place.count(":") == 1 else (place, "", "")
    asked = int(own) if own.isdecimal() else port
    looked = (ctx.look.data or ctx.here.data or {}).get("port")
    if not ctx.target or host.lower() != ctx.target.lower() or asked in (None, looked) or looked is None:
        return
    what = f"it connects to port {asked}, and the host was looked at on port {looked}"
    yield ctx.finding(
        catalogue.CLIENT_RDP_FILE,
        evidence=[Evidence(what, file.path)],
        advice="people",
        confidence=POSSIBLE,
        path=file.path,
        what=what,
    )


def _check_level(ctx: ClientContext, file: RdpFile) -> Iterator[Finding]:
    """The file goes no further where the certificate cannot be verified. A policy goes before what it says."""
    weak, level = _unverified(ctx), ctx.facts.number(client.POLICY, "AuthenticationLevel")
    if not weak or level is not None or file.number("authentication level") != 1:
        return
    what = "authentication level:i:1 connects only where the certificate can be verified, and here it cannot"
    yield ctx.finding(
        catalogue.CLIENT_RDP_FILE,
        evidence=[Evidence(what, file.path), _presented(weak)],
        advice="unverified",
        path=file.path,
        what=what,
    )


def _check_risks(ctx: ClientContext, file: RdpFile) -> Iterator[Finding]:
    risks = []
    lax = file.number("authentication level") == 0
    if lax:
        risks.append("authentication level:i:0 connects to anybody without a warning")
    if file.keeps_password:
        risks.append("it keeps a password")
    if (file.text("drivestoredirect") or "") != "" and not file.signed:
        risks.append("it gives the host the client's drives, and nobody has signed it")
    if risks:
        yield ctx.finding(
            catalogue.CLIENT_RDP_FILE_RISK,
            evidence=[Evidence(risk, file.path) for risk in risks],
            confidence=PROVEN,
            target={"path": file.path, "settings": ["authentication level"] * lax},
            path=file.path,
            what="; ".join(risks),
        )
