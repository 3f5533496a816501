# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user's client complains of, beside what the host's log has of everybody.

A scanner's handshakes, a stranger's locked account and a profile that did not load yesterday stand in the same log.
What of it belongs to another part of a connection than the complaint is not the complaint's reason, and is told after
it.
"""

from __future__ import annotations

from collections.abc import Iterable

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import (
    AGREEMENT,
    BEFORE,
    CERTIFICATE,
    OF_DATES,
    PROFILE,
    SCREEN,
    WAY,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import (
    REFUSED_ACCOUNTS,
    broke_at_some_time,
    gives_a_reason,
    of_certificate,
    of_the_way,
    says_why,
    signed_off,
    type_for_code,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import WARNING, ClientCode, Context, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import STAGES

# Of a code that stands for no finding of its own: how far the client came.
_BEFORE_A_LOGON = ("name", "tcp", "negotiation")
_AFTER_THE_LOGON = ("licensing", "after the connection was made")
# Of a service that is not there or does not start, by its name: what redirects devices keeps nobody out, and what makes
# certificates and opens keys is behind those alone.
_REASON_FOR: dict[str, tuple[int, ...]] = {
    "UmRdpService": (),
    **dict.fromkeys(("SessionEnv", "KeyIso", "CryptSvc"), OF_DATES),
}


def hinders_nobody(finding: Finding) -> bool:
    """Whether it is a weakness, and no reason for anything that somebody meets."""
    return finding.type.hinders_nobody and finding.severity == WARNING


def of_a_session(code: ClientCode) -> bool:
    """Whether it is of what comes after the logon: whoever complains of that was let in."""
    return _part(code) in (SCREEN, PROFILE)


def is_aside(ctx: Context, finding: Finding) -> bool:
    """Whether it is no reason for what the user's client complains of: something that the log has of another part of a
    connection, or that the host shows there alone (whom it admits, when the client takes no certificate), or that is
    amiss where clients get in.
    """
    if ctx.client_evidence in finding.evidence_for:
        return False
    if ctx.probe.logon_reached and finding.severity == WARNING and _of_another_matter(ctx.client, finding):
        return True
    of_the_host = finding.type.group != "client" and gives_a_reason(ctx.client)
    if of_the_host and _is_met_elsewhere(ctx.client, finding):
        return True
    if not finding.type.logged and not (of_the_host and finding.type.part):
        return False
    part = _part(ctx.client)
    if finding.type.logged and part == BEFORE and says_why(ctx.client):
        return True
    return bool(part) and finding.type.part not in (part, *_reasons(ctx.client))


def _is_met_elsewhere(code: ClientCode, finding: Finding) -> bool:
    """Whether nobody meets it where the client says that it failed: no certificate where no connection came about or
    once the account was asked for, no trust in the domain before that.
    """
    stage = "session" if code.stage in _AFTER_THE_LOGON else code.stage
    if stage not in STAGES:
        return False
    first, last = (STAGES.index(one) for one in finding.ends)
    return not first <= max(STAGES.index(stage), STAGES.index("tcp")) <= last


def _of_another_matter(code: ClientCode, finding: Finding) -> bool:
    """Whether what keeps nobody out now is no reason for the complaint either."""
    if finding.of_the_next_start:
        return True
    reason_for = _REASON_FOR.get(str(finding.target.get("service")), finding.type.reason_for)
    matter = _matter(code)
    return reason_for is not None and matter != 0 and matter not in reason_for


def _matter(code: ClientCode) -> int:
    """What the complaint is of, as exactly as the client says it; 0 where it may be of anything."""
    part = _part(code)
    if part != BEFORE:
        return part
    if of_the_way(code):
        return WAY
    if of_certificate(code):
        return CERTIFICATE
    return AGREEMENT if says_why(code) else BEFORE


def left_without_a_finding(ctx: Context, findings: Iterable[Finding]) -> str | None:
    """What the client's code says, in one sentence, where no finding rests on it: a normal end, or one whose reason the
    code does not give.
    """
    if ctx.client.kind is None or any(ctx.client_evidence in finding.evidence_for for finding in findings):
        return None
    names_a_cause = gives_a_reason(ctx.client)
    return ctx.client.summary + "; by itself that names no cause" * (not names_a_cause)


def _reasons(code: ClientCode) -> set[int]:
    """Other parts that the complaint may come of."""
    if signed_off(code):
        return {PROFILE, SCREEN}
    type_ = type_for_code(code)
    # A service that dies takes the picture along, and who guesses passwords locks accounts.
    before = _part(code) == SCREEN or REFUSED_ACCOUNTS.get(code.number or 0) == "locked"
    return {*(type_.comes_of if type_ else ()), *[BEFORE] * before}


def _part(code: ClientCode) -> int:
    """Which part of a connection the complaint is of; 0 where it may be of any."""
    type_ = type_for_code(code)
    # Of a connection that broke nobody may know when it did.
    if not type_ or broke_at_some_time(code):
        return 0
    return type_.part or (BEFORE if code.stage in _BEFORE_A_LOGON else 0)
