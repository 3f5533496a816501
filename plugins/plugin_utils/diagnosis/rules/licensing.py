# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the licences of an RD Session Host."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import NO_LICENCES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.complaint import of_a_session
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    POSSIBLE,
    RCM,
    WARNING,
    Context,
    EvidenceList,
    Finding,
    critical_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import POLICY
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted

_CORE = collect.TERMINAL_SERVER + r"\RCM\Licensing Core"
_SERVERS = r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers"
# LicensingMode: per device, per user, per user of Azure Active Directory.
_MODES = (2, 4, 6)
# Events of its own about licences, in the System log of older builds and in its Admin log: the grace period is over
# and no server gave licences, no server is reached, none is named; the mode is not set.
_UNSERVED = (1128, 50280)
# Where the grace period is over, a server that is not reached gives nobody a licence.
_UNREACHED = (1129, 50281)
_LOGGED = (1068, 1069, *_UNSERVED, *_UNREACHED, 1130, 50282)
# Who may always be logged on to a server.
_ADMINISTRATORS = 2
_WHO_IS_LET_IN = "whether a user who is no administrator gets a new session"
# Windows 10 and 11 Enterprise multi-session: licensed with Azure Virtual Desktop, without a licence server.
_MULTI_SESSION = "ServerRdsh"


def lacking_licences(snapshot: Snapshot) -> str | None:
    """What an RD Session Host lacks to get licences, in words; None if nothing, on a host that needs none, and where
    it may stand in what was not read.
    """
    section = snapshot.section("licensing")
    if not section or not section["session_host"] or snapshot.keys_unread(_CORE, POLICY, _SERVERS):
        return None
    host = snapshot.section("host") or {}
    mode = _mode(snapshot, section)
    if host.get("edition_id") == _MULTI_SESSION or mode == _MODES[2]:
        return None
    if mode is None and "licensing" in snapshot.silent:
        return None
    if mode not in _MODES:
        return f"no licensing mode is set (mode {mode})"
    if not _names_a_server(snapshot):
        return f"no licence server is named (mode {mode})"
    return None


def _mode(snapshot: Snapshot, section: dict[str, Any]) -> int | None:
    """The licensing mode: of the policy, of the host, or what WMI says."""
    for number in (snapshot.number(POLICY, "LicensingMode"), snapshot.number(_CORE, "LicensingMode"), section["type"]):
        if number is not None:
            return int(number)
    return None


def _names_a_server(snapshot: Snapshot) -> bool:
    local = snapshot.value(_SERVERS, "SpecifiedLicenseServers")
    return bool(snapshot.text(POLICY, "LicenseServers") or (local and local["data"]))


@rule
def check_licences(ctx: Context) -> Iterator[Finding]:
    """Only an RD Session Host needs licences: a grace period of 120 days, then a licence server and a mode."""
    lacking = lacking_licences(ctx.snapshot)
    if not lacking:
        yield from _unserved(ctx)
        return
    grace: int | None = ctx.snapshot.section("licensing")["grace_days"]
    evidence = EvidenceList()
    evidence.add(lacking, f"HKLM\\{_CORE}")
    evidence.add(f"days of grace left: {'not known' if grace is None else grace}", "section licensing")
    evidence += _logged(ctx, *_LOGGED)
    if grace is None or grace > 0:
        yield ctx.corroborate(ctx.finding(catalogue.LICENSING_NOT_CONFIGURED, evidence=evidence))
        return
    # The probe sends no user, and licensing comes after it: only a user's client can show that it failed.
    refused = ctx.client.extended in NO_LICENCES
    evidence.add_if(refused, ctx.client_evidence.fact, ctx.client_evidence.where)
    let_in = EvidenceList() if refused else _let_in(ctx)
    if let_in:
        finding = ctx.finding(
            catalogue.LICENSING_GRACE_ENDED,
            summary="let_in",
            severity=WARNING,
            confidence=POSSIBLE,
            evidence=evidence,
            needs_evidence=[_WHO_IS_LET_IN],
        )
        yield replace(finding, evidence_against=tuple(let_in))
        return
    yield ctx.corroborate(ctx.finding(catalogue.LICENSING_GRACE_ENDED, evidence=evidence), supports=refused)


def _let_in(ctx: Context) -> EvidenceList:
    """Who was let in without a licence: the user that complains of a session, and more people than two administrators,
    whom a server always takes. Where Windows itself said in the last day that it refuses users, these may be in from
    before.
    """
    found = EvidenceList()
    found.add_if(of_a_session(ctx.client), ctx.client_evidence.fact, ctx.client_evidence.where)
    section = ctx.snapshot.section("sessions") or {}
    people = sum(section.get(name) or 0 for name in ("active", "disconnected"))
    from_before = ctx.lately and ctx.snapshot.events_since(ctx.lately, RCM, *_UNSERVED)
    found.add_if(people > _ADMINISTRATORS and not from_before, f"{people} sessions of users", "section sessions")
    return found


def _logged(ctx: Context, *ids: int) -> EvidenceList:
    evidence = EvidenceList()
    seen = [id_ for id_ in ids if ctx.snapshot.event_count(RCM, id_)]
    count = ctx.snapshot.event_count(RCM, *ids)
    evidence.add_if(count, f"{counted(count)} {'/'.join(map(str, seen))} of {RCM}", "section events")
    return evidence


def _unserved(ctx: Context) -> Iterator[Finding]:
    """A mode is set and a server is named, and the host logged in the last day that it gets no licences from it, or
    does not reach it.
    """
    section = ctx.snapshot.section("licensing")
    if not section or not section["session_host"] or not ctx.lately:
        return
    over = section["grace_days"] is not None and section["grace_days"] <= 0
    unserved = ctx.snapshot.events_since(ctx.lately, RCM, *_UNSERVED)
    if not unserved and not (over and ctx.snapshot.events_since(ctx.lately, RCM, *_UNREACHED)):
        return
    refused = ctx.client.extended in NO_LICENCES
    evidence = _logged(ctx, *_UNSERVED, *_UNREACHED)
    evidence.add_if(refused, ctx.client_evidence.fact, ctx.client_evidence.where)
    finding = ctx.finding(
        catalogue.LICENSING_GRACE_ENDED,
        summary="unserved" if unserved else "unreached",
        advice="unserved",
        # The server may have been away for a while only: then nobody is refused any more.
        severity=critical_if(refused),
        evidence=evidence,
    )
    yield ctx.corroborate(finding, supports=refused)
