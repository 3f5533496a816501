# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Did a repair help, is anything worse, and what is left to do."""

from __future__ import annotations

from collections.abc import Iterable

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, POSSIBLE, Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import STAGES, ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import opening
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Rollback
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Blocked, Rung, session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import ASKED_CERTIFICATE

# What is left to a person where a step fails.
_WHAT_TO_DO = {
    "domain.reset_channel": (
        ": the computer's own password does not fit (with an account that may reset it:"
        " Test-ComputerSecureChannel -Repair -Credential DOMAIN\\admin)"
    ),
    "certificate.enrol": ": the host's log says why (Application log, sources CertEnroll and AutoEnrollment)",
    "clock.resync": ": see what the host's source is and whether it answers (w32tm /query /status /verbose)",
}
_STOPPED = (catalogue.SERVICE_STOPPED, catalogue.SERVICE_SESSIONENV_STOPPED)
_FAILED = (catalogue.SERVICE_CANNOT_START, catalogue.SERVICE_SESSIONENV_CANNOT_START)
NO_LONGER_GETS_IN = "client.no_longer_gets_in"


def reach(probe: ProbeResult) -> int:
    """How far a client comes, as a number to compare."""
    stage = STAGES.index(probe.stage) if probe.stage in STAGES else 0
    return stage + int(probe.logon_reached)


def worse(before: Assessment, after: Assessment) -> list[str]:
    """Findings that were not there before, and a client that got in and no longer does."""
    had = {finding.id for finding in before.diagnosis.findings}
    new = [
        finding.id
        for finding in after.diagnosis.findings
        if finding.id not in had
        and not _is_no_harm(finding)
        and not _only_left_to_say(finding, before)
        and not _was_down(finding, before, after)
    ]
    if before.probe.logon_reached and after.probe and not after.probe.logon_reached:
        new.append(NO_LONGER_GETS_IN)
    return new


def _is_no_harm(finding: Finding) -> bool:
    """What only waits for the next start of TermService is the end of a renewal, what was asked for is no fault, and a
    suspicion is none yet: what the log has of the time before the repair may now be all that is left to explain."""
    return finding.type.restart_required or finding.type.asked_for or finding.confidence == POSSIBLE


def _only_left_to_say(finding: Finding, before: Assessment) -> bool:
    """What is said of a client that does not get in once nothing on the host explains it: it was out before, too."""
    return not before.client_gets_in and (finding.type.outside_host or finding.type.deserves_second_look)


def _was_down(finding: Finding, before: Assessment, after: Assessment) -> bool:
    """What is said of a service that is stopped and no longer disabled: it did not run before, either. Nor has it
    failed in between, where it ended with the very same error.
    """
    name = finding.target.get("service", "")
    if before.snapshot.running(name) is not False:
        return False
    then, now = before.snapshot.service(name), after.snapshot.service(name)
    same_end = then is not None and now is not None and then["exit_code"] == now["exit_code"]
    return finding.type in _STOPPED or (finding.type in _FAILED and same_end)


def remaining_critical(assessment: Assessment) -> list[Finding]:
    """What still keeps clients out."""
    return [finding for finding in assessment.diagnosis.findings if finding.severity == CRITICAL]


def restart_required(assessment: Assessment) -> bool:
    """Whether a change takes effect only when TermService starts anew."""
    return any(finding.type.restart_required for finding in assessment.diagnosis.findings)


def needs_manual_action(assessment: Assessment) -> bool:
    """Something on the host that this collection does not repair keeps clients out: a restart would change nothing.

    What a client meets only behind the stage at which the look ended is no reason for that: a restart may bring it
    there, unless the look did not even come to the host.
    """
    look = assessment.probe
    return any(
        not finding.automatic and finding.confidence != POSSIBLE and not finding.type.outside_host
        for finding in remaining_critical(assessment)
        if look.unreachable or not look.ended_before(finding.ends[0])
    )


def rung_is_due(rung: Rung, after: Assessment, allowed: RepairPolicy) -> bool:
    """Whether clients still do not get in after the rungs below, this one may help, and nothing forbids it now."""
    if rung.condition is None:
        return True
    if not after.probe or after.client_gets_in:
        return False
    if needs_manual_action(after) or not after.snapshot.running("TermService"):
        return False
    return session_guard(after.snapshot, allowed) is None


def held_back(rung: Rung, after: Assessment, allowed: RepairPolicy) -> list[Blocked]:
    """What people who came since the plan was made keep from being done: it is due, but for them."""
    refusal = session_guard(after.snapshot, allowed)
    if not refusal or not after.probe or after.client_gets_in or needs_manual_action(after):
        return []
    return [Blocked.by_refusal(id_, refusal) for step in rung.steps for id_ in step.findings]


def failure(host: str, outcome: Outcome, *, is_undo: bool = False) -> str | None:
    """The sentence that says how a repair failed, or None.

    A repair that was done and did not help is a failure; what was never attempted is not. What is taken back
    (``is_undo``) need not help.
    """
    if outcome.rollback:
        return f"{host}{_what_failed(outcome)}{_taken_back(outcome, outcome.rollback)}"
    if is_undo and outcome.later and not outcome.failed_step:
        return partly(host, outcome.later, outcome.to_restore)
    if outcome.failed_step or (is_undo and outcome.stopped_step):
        words = "Take back the rest" if is_undo else "Take back what was done"
        return f"{host}{_what_failed(outcome)}.{_way_back(outcome, words, '')}"
    fault_found = None if is_undo else _did_not_help(outcome, outcome.after)
    if fault_found is None:
        return None
    return f"{host}{fault_found}.{_way_back(outcome, 'Take the change back', 'Look at the findings.')}"


def partly(host: str, later: Iterable[Blocked], journal: str | None) -> str:
    """The sentence that says what a restore left for the time being, and how it is finished."""
    whys: dict[str | None, list[str]] = {}
    for blocked in later:
        whys.setdefault(blocked.detail, []).append(blocked.summary)
    told = "; ".join(f"{', and '.join(dict.fromkeys(why))}: {detail}" for detail, why in whys.items())
    again = f" (winops.rdp.restore journal={journal})" if journal else ""
    return f"{host}: taken back in part: {told}{again}."


def _way_back(outcome: Outcome, words: str, otherwise: str) -> str:
    """A sentence that says with which journal, or ``otherwise`` where nothing is left to be taken back."""
    journal = outcome.to_restore
    sentence = f"{words} (winops.rdp.restore journal={journal})." if journal else otherwise
    return f" {sentence}" if sentence else ""


def why_taken_back(outcome: Outcome) -> str | None:
    """Why a run took back what it did, in a clause without the host's name; None if it did not."""
    return _what_failed(outcome).lstrip(": ") if outcome.rollback else None


def _what_failed(outcome: Outcome) -> str:
    if outcome.stopped_step and (outcome.failed_step or not outcome.rollback):
        step, fault = outcome.failed_step or outcome.stopped_step
        number = fault.get("code", 0) & 0xFFFFFFFF
        return (
            f": {step.op} {step.target} failed (0x{number:08X} {fault.get('type')}: {fault.get('message')})"
            f"{_WHAT_TO_DO.get(step.op, '')}; the steps after it were not done"
        )
    tried = outcome.rollback.tried if outcome.rollback else outcome.after
    return _did_not_help(outcome, tried) or f" is worse after the {_deed(outcome)}: {tried.probe.summary}"


def _taken_back(outcome: Outcome, rollback: Rollback) -> str:
    if rollback.fault:
        return (
            f"; not all of it could be taken back ({rollback.fault.rstrip('.')})."
            f"{_way_back(outcome, 'Take back the rest', 'Run again once that is over.')}"
        )
    done = "what was done has been taken back" if rollback.runs else "nothing had been changed"
    if rollback.kept:
        done = f"{done if rollback.runs else 'what was done stays'} (not taken back: {'; '.join(rollback.kept)})"
    return f"; {done}, and the host is {outcome.after.diagnosis.verdict} now ({outcome.after.probe.summary})."


# What is wrong with a host that was to be turned off, by whether it is on.
_STILL_ON = {
    True: ": Remote Desktop was to be turned off, and is not",
    None: ": Remote Desktop was to be turned off, and whether it is could not be read",
}


def closes(outcome: Outcome) -> bool:
    """Whether the firewall was to be closed: that clients do not get in afterwards was asked for.

    An opening turns a rule off as well: the collection's own, where Windows' own covers the port again.
    """
    rules = [step for step in outcome.plan.steps if step.op in ("firewall.set", "firewall.add")]
    off = {step.fields["rule"] for step in rules if not step.fields["active"]}
    return bool(off) and len(off) == len(rules) and off >= opening.rules_on(outcome.before.snapshot)


def turned_off(outcome: Outcome) -> bool:
    """Whether Remote Desktop was to be turned off: that clients do not get in afterwards is what was asked for."""
    return any(
        step.op == "registry.set" and step.fields["name"] == "fDenyTSConnections" and step.fields["data"] == 1
        for step in outcome.plan.steps
    )


def bound_in_vain(outcome: Outcome) -> bool:
    """Whether a certificate was bound as asked on a host that kept clients out, and they come no further with it.

    Where people hold back the restart that puts it in force, nothing is known of it yet.
    """
    before, after = outcome.before, outcome.rollback.tried if outcome.rollback else outcome.after
    bound = any(step.op == "registry.set" and step.findings == (ASKED_CERTIFICATE,) for step in outcome.steps)
    if not bound or outcome.plan.blocked or outcome.held_back or not (before.probe and after.probe):
        return False
    return not after.probe.tls_established and reach(after.probe) <= reach(before.probe)


def _deed(outcome: Outcome) -> str:
    """What was done, in a word: somebody may have asked for it where nothing was broken."""
    found = {id_ for step in outcome.plan.steps for id_ in step.findings}
    return "change" if found and all(id_.startswith("asked.") for id_ in found) else "repair"


def _did_not_help(outcome: Outcome, after: Assessment) -> str | None:
    if turned_off(outcome):
        return _STILL_ON.get(after.snapshot.rdp_enabled)
    if bound_in_vain(outcome) and not outcome.failed_step:
        return f": the certificate was bound, and clients come no further with it ({after.probe.summary})"
    if closes(outcome):
        return None
    new = worse(outcome.before, after)
    if new:
        return f" is worse after the {_deed(outcome)}: {', '.join(new)}"
    attempted = {id_ for step in outcome.steps for id_ in step.findings}
    still = [finding.id for finding in remaining_critical(after) if finding.id in attempted]
    if still:
        return f": the {_deed(outcome)} was done, but {', '.join(still)} is still there"
    if after.probe and not after.probe.tls_established and not (outcome.plan.blocked or outcome.held_back):
        return f": the {_deed(outcome)} was done, but a client still does not get in ({after.probe.summary})"
    return None
