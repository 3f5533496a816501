# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a snapshot and a probe to ranked findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import (
    HOST,
    NETWORK,
    POLICY,
    explained_in,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.complaint import (
    hinders_nobody,
    is_aside,
    left_without_a_finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    PROVEN,
    WARNING,
    Context,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules import RULES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.symptoms import unseen, weighed
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.unexplained import unexplained
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

HEALTHY, DEGRADED, BROKEN, UNKNOWN, OFF = "healthy", "degraded", "broken", "unknown", "off"

NOT_LOOKED_AT = "whether clients get in was not looked at from outside"

# Without these there is no verdict that nothing is wrong.
_NEEDED = frozenset(name for name, section in contract.SECTIONS.items() if section.needed)


@dataclass(frozen=True)
class Diagnosis:
    """Ranked findings and the verdict.

    ``verdict`` is ``healthy`` (a client was seen to reach the logon, and the host is in order), ``degraded`` (clients
    get in, something should be repaired), ``broken``, ``off`` (Remote Desktop is turned off, by the host's own switch
    or by policy: that is the reason, whatever else is found) or ``unknown`` (nothing was found, and too little could be
    read or nobody looked from outside). ``unread`` has one sentence per section that the host did not give, per part
    of one that it gave, per part of the client's code that was not understood, and one where nobody looked.
    ``complete``: every section without which there is no verdict was read. ``code_alone`` is what the client's code
    says where no finding rests on it; None elsewhere.
    """

    findings: tuple[Finding, ...]
    verdict: str
    unread: tuple[str, ...]
    complete: bool = True
    code_alone: str | None = None

    @property
    def cause(self) -> Finding | None:
        return self.findings[0] if self.findings else None


def rank(
    finding: Finding, shown: bool = False, aside: bool = False, missed: bool = False
) -> tuple[int, bool, bool, bool, bool, bool, bool, bool, int, int, int]:
    """What keeps clients out first, suspicions last, before them what only the next start of a service meets and what
    hinders nobody, and then the order of the catalogue.

    What the look contradicts goes after the rest where clients are out. ``shown``: and of warnings as well, where a
    user's client said what went wrong: it got as far as the look or further. ``aside``: what it said is of another
    matter than the finding. ``missed``: the look did not end for it, and what it may have ended for goes first, a
    suspicion as well.
    """
    type_ = finding.type
    return (
        (CRITICAL, WARNING).index(finding.severity),
        shown and hinders_nobody(finding),
        aside,
        missed,
        finding.confidence == POSSIBLE,
        finding.of_the_next_start,
        hinders_nobody(finding),
        (shown or finding.severity == CRITICAL) and bool(finding.evidence_against),
        type_.stage,
        (PROVEN, LIKELY, POSSIBLE).index(finding.confidence),
        type_.place,
    )


def _ranked(ctx: Context, findings: list[Finding]) -> list[Finding]:
    shown = ctx.client.kind is not None

    def place(finding: Finding) -> tuple[int, ...]:
        return rank(finding, shown, shown and is_aside(ctx, finding), ctx.did_not_meet(finding))

    return sorted(findings, key=place)


def _turned_off(findings: list[Finding]) -> Finding | None:
    """The finding that Remote Desktop is off, unless a client got in all the same."""
    return next(
        (finding for finding in findings if finding.type.turned_off and finding.severity == CRITICAL),
        None,
    )


def _unread(snapshot: Snapshot, name: str) -> str:
    error, purpose = snapshot.errors.get(name), contract.SECTIONS[name].purpose
    if error is None:
        return f"{purpose} was not asked for (section {name} is not in this snapshot)"
    reason = f"{error['type']} 0x{error['code'] & 0xFFFFFFFF:08X}"
    # The host's own messages are in its language, this one is not: it names the field.
    if error["type"] == contract.MALFORMED:
        reason = error["message"].rstrip(".")
    return f"{purpose} could not be read (section {name}: {reason})"


def _lacks_the_key(ctx: Context) -> bool:
    """Whether it is open if the listener can use its certificate: only a client that gets in could tell."""
    return any(one.section in ("certificates", "key_files") for one in ctx.parts_unread)


def _causes(findings: list[Finding]) -> list[Finding]:
    """The findings without those that another one brings about: repairing a symptom cannot succeed."""
    sure = [finding for finding in findings if finding.confidence != POSSIBLE]
    explained = {(id_, finding.severity) for finding in sure for id_ in finding.explains}
    # What keeps nobody out does not explain what does.
    return [
        finding
        for finding in findings
        if (finding.id, CRITICAL) not in explained and (finding.id, finding.severity) not in explained
    ]


def _rests_on_the_code(ctx: Context, finding: Finding) -> bool:
    """Whether nothing that is amiss on the host speaks for it, but what a user's client showed: the same would be found
    on each host that is in order. What is no more than possible is made of a complaint.
    """
    if ctx.client_evidence not in finding.evidence_for:
        return False
    said = (ctx.client_evidence, ctx.probe_evidence)
    return finding.confidence == POSSIBLE or all(one in said or one.beside for one in finding.evidence_for)


def _concerns_host(ctx: Context, finding: Finding) -> bool:
    """What is amiss with a client, an account or a client's network is no weakness of the host, nor is what somebody
    set on purpose, nor that for which nothing speaks but what a client showed. Whether what would keep everybody
    out does so is open where it is only suspected and nobody looked, and so is what the log has of anybody.
    """
    is_open = finding.confidence == POSSIBLE and not ctx.probe and (finding.type.denies or finding.type.logged)
    if finding.type.by_choice or is_open:
        return False
    if _rests_on_the_code(ctx, finding):
        return False
    return finding.owner in (HOST, POLICY) or (finding.owner == NETWORK and finding.type.group != "client")


def _doubted(ctx: Context, finding: Finding) -> Finding:
    """What may be a mere symptom is not proven where its causes could not be looked for."""
    unread = ctx.unread(*explained_in(finding.id))
    if finding.confidence != PROVEN or not unread:
        return finding
    return replace(finding, confidence=LIKELY, needs_evidence=(*finding.needs_evidence, *unread))


def _verdict(ctx: Context, findings: list[Finding], known: bool) -> str:
    if any(finding.severity == CRITICAL for finding in findings):
        return BROKEN
    if not known:
        return UNKNOWN
    if any(_concerns_host(ctx, finding) for finding in findings):
        return DEGRADED
    return HEALTHY if ctx.probe else UNKNOWN


def diagnose(snapshot: Snapshot, probe: ProbeResult, client_code: str | None = None) -> Diagnosis:
    """Judge a host.

    ``probe`` is false if nobody looked, ``client_code`` what a user's client showed (``0x904/0x7``, ``2308``;
    see ``codes.explain``).
    """
    ctx = Context(snapshot, probe, client_code)
    findings = [finding for rule in RULES for finding in rule(ctx)]
    findings = [_doubted(ctx, ctx.held_against_look(finding)) for finding in findings]
    left = unexplained(ctx, findings)
    # What is said of a finding beside the look takes the place of what its rule said.
    findings = [finding for finding in findings if finding.id not in {one.id for one in left}] + left
    findings = [unseen(finding, findings) for finding in findings]
    findings = weighed(ctx, _ranked(ctx, _causes(findings)))
    off = _turned_off(findings)
    findings.sort(key=lambda finding: finding is not off)
    complete = set(snapshot.sections) >= _NEEDED
    known = complete and (ctx.probe.logon_reached or not _lacks_the_key(ctx))
    verdict = OFF if off else _verdict(ctx, findings, known)
    return Diagnosis(tuple(findings), verdict, _not_known(ctx), complete, left_without_a_finding(ctx, findings))


def _not_known(ctx: Context) -> tuple[str, ...]:
    """What was not read, not understood, or not looked at, one sentence each."""
    snapshot = ctx.snapshot
    unread = tuple(_unread(snapshot, name) for name in contract.SECTIONS if name not in snapshot.sections)
    unread += tuple(f"{one.what} could not be read (section {one.section}{one.number})" for one in ctx.parts_unread)
    unread += tuple(f"what the user's client showed was not understood: {part}" for part in ctx.client.unread)
    return unread if ctx.probe else (*unread, NOT_LOOKED_AT)
