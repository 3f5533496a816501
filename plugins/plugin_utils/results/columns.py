# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host in a few words: the columns of a table over many hosts, and one line for one."""

from __future__ import annotations

from collections.abc import Sequence

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import (
    HEALTHY,
    NOT_LOOKED_AT,
    OFF,
    UNKNOWN,
    Diagnosis,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import (
    DEPENDENTS,
    ELSEWHERE,
    GONE,
    IN_USE,
    LOOK,
    Blocked,
    Plan,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# The guards that something to run lifts: the same at another time or with more asked for, or another module.
_LIFTED = frozenset(
    {
        "sessions",
        DEPENDENTS,
        IN_USE,
        GONE,
        LOOK,
        "clock",
        "boot",
        "pin",
        "nla",
        catalogue.RESTORE,
        catalogue.RENEW,
        catalogue.TIGHTEN,
        catalogue.OPEN,
    }
)


# How far the best verdict goes: a look has no account.
_NOT_TRIED = "; what comes after it was not tried"


def columns(
    before: Assessment,
    plan: Plan,
    after: Assessment | None,
    *,
    predicted: bool = False,
    done: Sequence[Step] | None = None,
    taken_back: str | None = None,
    asked: bool = False,
) -> dict[str, str]:
    """The columns of a fleet's table; ``predicted`` if the plan was not carried out, else ``done`` is what was."""
    return {
        "client_before": before.probe.summary,
        "cause": _cause(before.diagnosis),
        "repair": _repair(before, plan, predicted, plan.steps if done is None else done, taken_back, asked),
        "client_after": after.probe.summary if after else "",
    }


def summary(
    before: Assessment,
    plan: Plan,
    after: Assessment | None = None,
    *,
    predicted: bool = False,
    done: Sequence[Step] | None = None,
    taken_back: str | None = None,
    undone: bool = False,
    asked: bool = False,
) -> str:
    """One line for a host, from left to right: what is or was wrong, what was done or left, and how it is now.

    ``after`` is the host after its repair, None if nothing was done; ``predicted`` if the plan was not carried out.
    ``taken_back`` is the run or the journal that is taken back; None if something is repaired or set. ``undone``: the
    run took all that it did back itself. ``asked``: one part of the host is set as somebody asked, whatever is wrong.
    """
    verdict, seen = before.diagnosis.verdict, _seen(before)
    if after is None and verdict == HEALTHY and before.probe.logon_reached:
        seen += _NOT_TRIED
    if not before.diagnosis.findings and not plan.steps and not (taken_back and plan.blocked):
        return f"{verdict}: {_unknown(before, seen) if verdict == UNKNOWN else seen}"
    # What is asked of a host that has no fault has no cause.
    cause = f"{_cause(before.diagnosis)}; " if before.diagnosis.findings or verdict == UNKNOWN else ""
    if after is None:
        todo = _repair(before, plan, predicted, plan.steps, taken_back, asked)
        is_undo = predicted and taken_back and plan.steps
        return f"{todo}; now {verdict}, {cause}{seen}" if is_undo else f"{verdict}: {cause}{seen}; {todo}"
    now = f"now {after.diagnosis.verdict}, {_seen(after)}"
    saw = seen.replace("ends at", "ended at").replace("reaches", "reached")
    did = plan.steps if done is None else tuple(done)
    told = f"{_deed(plan, did, taken_back, undone)}{_repair(before, plan, predicted, did, taken_back, asked)}"
    if taken_back and did:  # the host may well be worse for it: neither verdict says what came of the run
        return f"{told}; before: {cause}{saw}; {now}"
    word = _ended(before, after) if did and not undone else after.diagnosis.verdict
    return f"{word}: {cause}{saw}; {told}; {now}"


def _deed(plan: Plan, done: Sequence[Step], taken_back: str | None, undone: bool) -> str:
    """What stands ahead of the steps; nothing where there are none, but only what was left."""
    if undone:
        return "tried and taken back: "
    if taken_back is None:
        return "done: " if done else ""
    if not done:
        return f"{taken_back}: "
    part = " in part" if plan.later or len(done) < len(plan.steps) else ""
    return f"taken back{part} ({taken_back}): "


def _unknown(before: Assessment, seen: str) -> str:
    """That nothing was found says as much as was read."""
    unread = [text for text in before.diagnosis.unread if text != NOT_LOOKED_AT]
    left = f"; could not be read: {', '.join(unread)}" if unread else ""
    return f"nothing found in what was read; {seen}{left}"


def _ended(before: Assessment, after: Assessment) -> str:
    """What a repair came to, in one word."""
    if not before.diagnosis.findings:
        return "changed"
    return "repaired" if after.is_healthy else after.diagnosis.verdict


def _seen(assessment: Assessment) -> str:
    """How far a client gets."""
    probe = assessment.probe
    if not probe:
        return "not looked at from outside"
    if probe.logon_reached:
        return f"a client reaches the logon{_expired(assessment)}"
    return f"a client ends at {probe.summary}"


def _expired(assessment: Assessment) -> str:
    """What a client gets in past, and if the host has a new certificate, when that one takes its place."""
    if not assessment.probe.presents_expired:
        return ""
    ids = {finding.id for finding in assessment.diagnosis.findings}
    if catalogue.CERTIFICATE_NOT_PRESENTED.id not in ids:
        return " past an expired certificate"
    return " past the old certificate, which has expired: the new one takes effect at the next start of TermService"


def _cause(diagnosis: Diagnosis) -> str:
    """The top finding; more of them are counted."""
    findings = diagnosis.findings
    if not findings:
        return "none" if diagnosis.verdict != UNKNOWN else "; ".join(diagnosis.unread)
    rest = f" (+{len(findings) - 1})" if len(findings) > 1 else ""
    # Of a host that is off, the reason is who turned it off.
    reason = f": {findings[0].summary}" if diagnosis.verdict == OFF else ""
    return f"{findings[0].id} [{findings[0].confidence}]{rest}{reason}"


def _repair(
    before: Assessment,
    plan: Plan,
    predicted: bool,
    steps: Sequence[Step],
    taken_back: str | None = None,
    asked: bool = False,
) -> str:
    """The steps, and what is left out."""
    parts = [_in_words(steps)] if steps else []
    does = "changed" if asked or not before.diagnosis.findings else "repaired"
    if taken_back:
        does = "taken back"
    if predicted:
        which = f" ({taken_back})" if taken_back else ""
        parts = [f"would be {does}{which}: {words}" for words in parts]
        parts += [f"then, only if {rung.condition}: {_in_words(rung.steps)}" for rung in plan.conditional]
    reasons: dict[str, list[str]] = {}
    for blocked in plan.blocked:
        if blocked.guard != "intent":  # that a host is off has been said
            reasons.setdefault(_reason(blocked), []).append(blocked.finding)
    for reason, ids in reasons.items():
        # Of one finding it is plain what is not repaired.
        which = f" {', '.join(ids)}" if parts or len(reasons) > 1 else ""
        left = f"not {does}{which}: "
        if reason in ELSEWHERE:
            left = f"{which.strip()}: " if which else ""
        parts.append(f"{left}{reason}")
    if parts:
        return "; ".join(parts)
    if plan.steps:  # the first of them failed
        return "nothing was taken back" if taken_back else "nothing was done"
    if taken_back:
        return "nothing to take back"
    return "what was asked for is so already" if asked else "nothing to repair"


def _reason(blocked: Blocked) -> str:
    """Why something is left, and how a further run does it, if one can; the advice of a finding is in the report."""
    by_a_run = blocked.detail and blocked.guard in _LIFTED
    return f"{blocked.summary} ({blocked.detail})" if by_a_run else blocked.summary


def _in_words(steps: Sequence[Step]) -> str:
    return ", ".join(f"{step.op} {_short(step)}" for step in steps)


def _short(step: Step) -> str:
    """What a step changes, without the path to it."""
    if step.op == "acl.set":
        return "the key file"
    has_path = step.target.startswith(("HKLM\\", "Remote Desktop\\")) or ":\\" in step.target
    return step.target.rsplit("\\", 1)[-1] if has_path else step.target
