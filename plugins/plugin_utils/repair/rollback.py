# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a run takes back what it did, and with which steps."""

from __future__ import annotations

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import DISABLED
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Run
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import SESSIONS, Step
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import IMPORTED, undo


def is_due(outcome: Outcome) -> bool:
    """Whether a step failed, clients are worse off than before, or a certificate was bound that serves nobody.

    A repair that helped less than it should is kept: what it did is right, and the next run goes on from there.
    """
    if outcome.failed_step is not None:
        return True
    if verify.bound_in_vain(outcome):
        return True
    meant = verify.turned_off(outcome) or verify.closes(outcome)
    return not meant and is_worse(outcome.before, outcome.after)


def is_worse(before: Assessment, after: Assessment) -> bool:
    """Whether clients come less far than before; where nobody looked, whether something keeps them out that did not.

    A host that kept clients out before can show causes that were hidden behind the first: that is not worse.
    """
    if before.probe and after.probe:
        return verify.reach(after.probe) < verify.reach(before.probe)
    return not verify.remaining_critical(before) and bool(verify.remaining_critical(after))


def kept(outcome: Outcome) -> tuple[str, ...]:
    """What cannot be taken back, one clause each. Raises ``JournalError``."""
    snapshot = outcome.after.snapshot
    return tuple(blocked.summary for run in outcome.runs for blocked in undo(run.journal, snapshot).blocked)


def ways_back(outcome: Outcome, allowed: RepairPolicy) -> list[tuple[Journal, tuple[Step, ...]]]:
    """The steps that take back what was done, by the journal that they take back, the last one first.

    A service that ran before and does not run now is started. A restart that would disconnect people is left out: what
    comes before it disturbs nobody. Raises ``JournalError``.
    """
    snapshot = outcome.after.snapshot
    found = []
    empty, reloaded = not allowed.allow_disconnect, any(map(_reloads, outcome.runs))
    for run in reversed(outcome.runs):
        # Once, behind the last of what is taken back: the changes are those of the first call.
        again = reloaded and run is outcome.runs[0]
        back = undo(run.journal, snapshot, expect_empty=empty, reloaded=again).steps
        if back:
            found.append((run.journal, back))
    down = _down(outcome)
    if down:
        journal, back = found.pop() if found else (outcome.runs[0].journal, ())
        restarted = {step.fields.get("service") for step in back}
        found.append((journal, (*back, *(step for step in down if step.fields["service"] not in restarted))))
    if session_guard(snapshot, allowed):
        found = [(journal, _disturbing_nobody(back)) for journal, back in found]
    return [(journal, back) for journal, back in found if back]


def _disturbing_nobody(back: tuple[Step, ...]) -> tuple[Step, ...]:
    """Without the restart; what TermService may present until then stays in its store."""
    left = {SESSIONS} & {step.cost for step in back}
    return tuple(step for step in back if step.cost != SESSIONS and not (left and step.op == IMPORTED))


def _reloads(run: Run) -> bool:
    """Whether it restarted TermService, which has had the changes before it in force since."""
    return any(
        step.op == "service.restart" and step.fields["service"] == "TermService" and report["status"] == "done"
        for step, report in zip(run.steps, run.reports)
    )


def _down(outcome: Outcome) -> list[Step]:
    """Starts of the services that ran before and do not run now."""
    before, now = outcome.before.snapshot, outcome.after.snapshot
    starts = []
    for name in contract.SERVICES:
        service = now.service(name)
        startable = service is not None and service["start"] != DISABLED
        if before.running(name) and now.running(name) is False and startable:
            starts.append(make.run_state("start", name, "it ran before", ()))
    return starts
