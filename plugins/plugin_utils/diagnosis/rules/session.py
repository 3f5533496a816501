# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what comes after the logon, which no probe without an account sees: only what the host logged of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import (
    MAY_CONTINUE,
    SERVICES_BUSY,
    broke_at_some_time,
    type_for_code,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    APPLICATION_ERROR,
    CORE,
    POSSIBLE,
    PROFILES,
    SESSIONS,
    TERMDD,
    WINLOGON,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    likely_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words, nt_of, unsigned
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.interference import products
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.service import kinds_of_crashes
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

# The process of the logon ended. A connection that ends before anybody logs on may leave the same.
_LOGON_ENDED = 4005
_WHO_ENDED_IT = (
    "what the Application and System logs have at the times of event 4005, and whether a session was logged on then"
    f" (event 21 of {SESSIONS})"
)
_WHO_DIED = (
    "event 1000 of Application Error (Application log) at that time, which names the module that failed, and events "
    "4005 of Winlogon and 1001 of BugCheck (System log)"
)
_WHETHER_SESSIONS_ENDED = f"whether sessions of users ended at these times (events 24 and 40 of {SESSIONS})"
_WHICH_HANGS = f"the state of that user's session while it hangs (qwinsta), and event 36 of {SESSIONS} at that time"
# One program may crash once, and a normal end of a connection is logged as an error of its transport.
_CRASHES, _BREAKS = 2, 3
# A profile that could not be loaded; and the part of one that has file types and classes, which people get on without.
_OF_PROFILES, _CLASSES = (1500, 1502, 1508, 1509, 1511, 1515), 1542
# WTSConnectQuery: a session that is being connected to a client.
_WAITS, _DISCONNECTED = 2, 4
_AT_ONCE = timedelta(minutes=1)
# An NTSTATUS of severity error without a facility.
_NT_ERROR = 0xC000
# STATUS_IO_TIMEOUT, the ends of connections (disconnected, reset, aborted, by the other side or the network), and
# logons that were refused.
_FROM_OUTSIDE = frozenset(
    {0xC00000B5, 0xC000013B, 0xC000013C, 0xC000013D, 0xC000020A, 0xC000020C, 0xC000020D, 0xC0000241}
    | {0xC000005E, 0xC0000064, 0xC000006A, 0xC000006D, 0xC000006E, *range(0xC000006F, 0xC0000073)}
    | {0xC0000120, 0xC000015B, 0xC0000193, 0xC0000224, 0xC0000234}
)
# What a client shows whose session broke after the logon: disconnect reason and extended one.
_LATE = frozenset({(0x904, 0), (0x3, 0)})
# The other side was no longer heard: ERROR_SEM_TIMEOUT, WSAETIMEDOUT, ERROR_TIMEOUT, ERROR_UNEXP_NET_ERR. No normal end
# leaves these.
_NOT_HEARD = frozenset({0x80070079, 0x8007274C, 0x800705B4, 0x8007003B})
# While policies are applied the host's own value holds for a moment
# (https://learn.microsoft.com/troubleshoot/windows-server/remote/client-disconnected-group-policy-updates).
_AT_A_REFRESH = (
    "whether the sessions end when policies are applied (events 1500 to 1503 of GroupPolicy in the System log): then"
    r" also set the host's own value, fDenyTSConnections 0 below HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server"
)
_WHAT_ABOUT = "what the user complains of, in the words that the client shows: nobody read that a session broke"
_TRIAL = "whether it is so as well from one client without UDP, and over another network"


def _what_products_did(ctx: Context) -> list[str]:
    """A scan at the same hour each day holds up sessions too (https://windowsforum.com/threads/379325)."""
    names = ", ".join(product for product, _name in products(ctx))
    return [f"the logs of what is at work on the host ({names}) at these times, and when it scans"] * bool(names)


def _logged(ctx: Context, provider: str, *ids: int) -> tuple[int, list[Evidence]]:
    """How often these were logged in the last day, and that as evidence."""
    count = ctx.snapshot.events_since(ctx.lately, provider, *ids) if ctx.lately else 0
    numbers = "/".join(str(number) for number in ids)
    return count, [Evidence(f"{counted(count)} {numbers} of {provider} in the last day", "section events")]


# The credential providers that Windows brings, by build one or the other: the first eight digits of their identifiers.
_OF_WINDOWS = frozenset(
    "01A30791 1B283861 1EE7337F 2135F72A 25CBB996 27FBDB57 2D8B3101 3DD6BEC0 48B4E58D 600E7ADB 60B78E88 6F45DC1E"
    " 8841D728 8AF662BF 8BF9A910 8FD7E19C 94596C7E A910D941 AC3AC249 BEC09223 C5D7540A C885AA15 CB82EA12 D6886603"
    " E74E57B0 F64945DF F8A0B131 F8A1793B".split()
)


def _foreign_providers(ctx: Context) -> list[Evidence]:
    """Credential providers of other vendors that are in force: they run inside the logon screen."""
    found = []
    for name in ctx.snapshot.subkeys(collect.CREDENTIAL_PROVIDERS):
        key = rf"{collect.CREDENTIAL_PROVIDERS}\{name}"
        if name.strip("{").upper()[:8] in _OF_WINDOWS or ctx.snapshot.number(key, "Disabled"):
            continue
        called = ctx.snapshot.text(key, "") or "no name"
        found.append(Evidence(f"a credential provider that is none of Windows': {called}", rf"HKLM\{key}"))
    return found


@rule
def check_logon_programs(ctx: Context) -> Iterator[Finding]:
    rows = ctx.snapshot.listed_since(ctx.lately, APPLICATION_ERROR, 1000)
    crashed = [row for row in rows if not set(row["modules"]) & set(collect.CRASHING_SERVICES)]
    count = len(crashed)
    ended, told = _logged(ctx, WINLOGON, _LOGON_ENDED)
    # The host's own word to that client.
    shown = type_for_code(ctx.client) is catalogue.SESSION_LOGON_PROCESS_CRASHES
    if not count and not shown and ended < _CRASHES:
        return
    evidence = EvidenceList([ctx.client_evidence] * shown)
    kinds, crashes = kinds_of_crashes(crashed, collect.LOGON_PROGRAMS, f"1000 of {APPLICATION_ERROR}")
    evidence += crashes
    programs = dict.fromkeys(program for program, _module, _codes in kinds)
    modules = [*dict.fromkeys(module for _program, module, _codes in kinds if module)]
    word = "named" if modules else DEFAULT
    said, unknown = ("shown", _WHO_DIED) if shown else ("ended", _WHO_ENDED_IT)
    yield ctx.finding(
        catalogue.SESSION_LOGON_PROCESS_CRASHES,
        summary=word if count else said,
        advice=word if count or shown else "ended",
        evidence=[*evidence, *told[: bool(ended)], *_foreign_providers(ctx)],
        confidence=likely_if(count >= _CRASHES or shown),
        needs_evidence=() if count else [unknown],
        meaning=ctx.client.extended_meaning,
        programs=" and ".join(programs),
        modules=" and ".join(modules),
        first="".join(modules[:1]),
    )


@rule
def check_profiles(ctx: Context) -> Iterator[Finding]:
    """The host's log shows it, or the words that a user saw."""
    shown = type_for_code(ctx.client) is catalogue.SESSION_PROFILE
    if not shown and not ctx.snapshot.event_count(PROFILES, *_OF_PROFILES, _CLASSES):
        return
    count, logged = _logged(ctx, PROFILES, *_OF_PROFILES)
    classes, told = _logged(ctx, PROFILES, _CLASSES)
    if count or shown or classes:
        evidence = [*logged[: bool(count)], *told[: bool(classes)], *([ctx.client_evidence] * shown)]
        needed = f"the events of {PROFILES} at that time, which name the user and the file"
        yield ctx.finding(
            catalogue.SESSION_PROFILE,
            evidence=evidence,
            needs_evidence=[needed] * (not count and not classes),
            confidence=likely_if(count or shown),
        )


@rule
def check_connecting(ctx: Context) -> Iterator[Finding]:
    count, evidence = _logged(ctx, SESSIONS, 36)
    section = ctx.snapshot.section("sessions")
    waiting = [str(session["id"]) for session in (section["sessions"] if section else ()) if session["state"] == _WAITS]
    found = EvidenceList(evidence[: bool(count)])
    found.add_if(waiting, f"still connecting (state {_WAITS}): session {', '.join(waiting)}", "section sessions")
    shown = type_for_code(ctx.client) is catalogue.SESSION_STUCK
    found.add_if(shown, ctx.client_evidence.fact, ctx.client_evidence.where)
    if found:
        template = _stuck(ctx, bool(count), shown)
        yield ctx.finding(
            catalogue.SESSION_STUCK,
            summary=template,
            advice=DEFAULT if template == "waiting" else template,
            evidence=found,
            confidence=likely_if(count or template == "busy"),
            needs_evidence=[_WHICH_HANGS] * (template == "shown"),
        )


def _stuck(ctx: Context, logged: bool, shown: bool) -> str:
    """The word for who says it: the log, while that has nothing Windows itself or a user, or the session alone."""
    if logged:
        return DEFAULT
    if not shown:
        return "waiting"
    return "busy" if ctx.client.number == SERVICES_BUSY else "shown"


@rule
def check_occupied(ctx: Context) -> Iterator[Finding]:
    """By the words that Windows shows to whoever connects; who it is may have been read."""
    if type_for_code(ctx.client) is not catalogue.SESSION_OCCUPIED:
        return
    sessions = (ctx.snapshot.section("sessions") or {"sessions": ()})["sessions"]
    people = [(one["user"] or one["user_sid"], one) for one in sessions if one["user"] or one["user_sid"]]
    told = ", ".join(f"{who} in session {one['id']} ({_place(one)})" for who, one in people)
    evidence = EvidenceList([ctx.client_evidence])
    evidence.add_if(told, f"signed in now: {told}", "section sessions")
    summary = DEFAULT if ctx.client.number in MAY_CONTINUE else "refused"
    # A session that is disconnected is in nobody's way, and often the user's own. Of several nobody knows which it is.
    active = [who for who, one in people if one["state"] != _DISCONNECTED]
    who = active[0] if len(active) == 1 else "Somebody else"
    yield ctx.finding(catalogue.SESSION_OCCUPIED, summary=summary, evidence=evidence, who=who)


def _place(session: dict[str, Any]) -> str:
    if session["state"] == _DISCONNECTED:
        return "disconnected, its programs go on"
    return "at the screen" if (session["station"] or "").lower() == "console" else "by Remote Desktop"


@rule
def check_transport(ctx: Context) -> Iterator[Finding]:
    """Event 226 only where a client complains: every normal end of a connection leaves such an event. The reason of an
    end (40, and 56 of TermDD) speaks for itself where it is an error of the host's own.
    """
    shown = type_for_code(ctx.client) is catalogue.SESSION_TRANSPORT
    late = shown or (ctx.client.number, ctx.client.extended) in _LATE
    complained = late or broke_at_some_time(ctx.client) or ctx.client.not_understood
    if ctx.probe.logon_reached and complained:
        found = _of_breaks(ctx, late, shown)
        if found:
            yield found
            return
    for provider, number, word in ((SESSIONS, 40, "ended"), (TERMDD, 56, "stream")):
        ends = _ends_in_error(ctx, provider, number)
        if len(ends) >= _BREAKS:
            yield _of_ends(ctx, provider, number, word, ends)
            return
    # Who says that a session froze was in one, also where nobody looked.
    found = _of_breaks(ctx, late, shown) if late and not ctx.probe else None
    if found:
        yield found
    elif late or not ctx.probe:
        yield from _without_a_reason(ctx)


def _of_breaks(ctx: Context, late: bool, shown: bool) -> Finding | None:
    """What the host logged of connections that broke, where a client complains; and the complaint itself where it can
    be of nothing else.
    """
    rows = ctx.snapshot.listed_since(ctx.lately, CORE, 226)
    unheard = sum(1 for row in rows if not _NOT_HEARD.isdisjoint(map(unsigned, row["numbers"])))
    if unheard >= _BREAKS:
        fact = f"{counted(unheard)} 226 of {CORE} in the last day: the other side was no longer heard"
        evidence = [Evidence(fact, "section events"), ctx.client_evidence]
        return ctx.finding(
            catalogue.SESSION_TRANSPORT,
            summary="unheard",
            advice="unheard",
            owner=catalogue.NETWORK,
            evidence=evidence,
            confidence=likely_if(not ctx.client.not_understood),
            needs_evidence=[_WHAT_ABOUT] * ctx.client.not_understood,
        )
    count, logged = _logged(ctx, CORE, 226)
    if late and count >= _BREAKS:
        return ctx.finding(catalogue.SESSION_TRANSPORT, evidence=[*logged, ctx.client_evidence])
    if not shown:
        return None
    switch = _switch_that_a_policy_overrides(ctx)
    return ctx.finding(
        catalogue.SESSION_TRANSPORT,
        summary="shown",
        advice="shown",
        evidence=[ctx.client_evidence, *switch],
        confidence=POSSIBLE,
        needs_evidence=[*[_AT_A_REFRESH] * bool(switch), _TRIAL, *_what_products_did(ctx)],
    )


def _switch_that_a_policy_overrides(ctx: Context) -> list[Evidence]:
    """Nearly every host whose policy turns Remote Desktop on is so, and few lose their sessions by it: no finding."""
    setting = ctx.snapshot.setting("fDenyTSConnections")
    if not setting or setting.source != "policy" or setting.effective != 0:
        return []
    if setting.local and setting.local["data"] == 0:
        return []
    fact = "a policy turns Remote Desktop on, and the host's own switch (fDenyTSConnections) is off"
    return [Evidence(fact, "section listener")]


def _without_a_reason(ctx: Context) -> Iterator[Finding]:
    """Streams that TermDD could not read and does not say why: a driver of the network does that, and so does each scan
    of the port, so it is a suspicion, and none where a look gets in and nobody complains.
    """
    counts = {number: _without_status(ctx, number) for number in (50, 56)}
    if all(count >= _BREAKS for count in counts.values()):
        told = " and ".join(f"{counted(count)} {number}" for number, count in counts.items())
        yield ctx.finding(
            catalogue.SESSION_TRANSPORT,
            summary="stream",
            evidence=[Evidence(f"{told} of {TERMDD} in the last day", "section events")],
            confidence=POSSIBLE,
            needs_evidence=[_WHETHER_SESSIONS_ENDED],
        )


def _without_status(ctx: Context, number: int) -> int:
    rows = ctx.snapshot.listed_since(ctx.lately, TERMDD, number)
    return sum(1 for row in rows if not any(nt_of(unsigned(one)) >> 16 == _NT_ERROR for one in row["numbers"]))


def _ends_in_error(ctx: Context, provider: str, number: int) -> list[tuple[datetime, int]]:
    """When connections ended for an error in the last day, and which: not for what the other side or the network does,
    nor for a handshake or a logon that failed, as each scan of the port leaves them.
    """
    found = []
    for row in ctx.snapshot.listed_events(provider, number):
        at = parse(row["utc"])
        for status in map(unsigned, row["numbers"]):
            error = nt_of(status)
            if ctx.lately and at >= ctx.lately and error >> 16 == _NT_ERROR and error not in _FROM_OUTSIDE:
                found.append((at, status))
                break
    return found


def _of_ends(ctx: Context, provider: str, number: int, word: str, ends: list[tuple[datetime, int]]) -> Finding:
    times = sorted(at for at, _status in ends)
    # All at once: what the host does to everybody, not what befalls one.
    together = any(later - first <= _AT_ONCE for first, later in zip(times, times[_BREAKS - 1 :]))
    told = ", ".join(in_words(status) for status in sorted({status for _at, status in ends}))
    return ctx.finding(
        catalogue.SESSION_TRANSPORT,
        summary=word,
        evidence=[Evidence(f"{counted(len(ends))} {number} of {provider} in the last day: {told}", "section events")],
        confidence=likely_if(together and provider == SESSIONS),
        needs_evidence=[_WHETHER_SESSIONS_ENDED],
    )
