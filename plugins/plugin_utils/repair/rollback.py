# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a run takes back what it did, and with which steps."""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.host import flaws
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Run
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import SESSIONS, Step
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import (
    IMPORTED,
    RESTART_FIRST,
    undo,
    with_starts,
)


@dataclass(frozen=True)
class WayBack:
    """The steps that take a journal back. ``left`` is what cannot be taken back yet, as one clause, or None."""

    journal: Journal
    steps: tuple[Step, ...]
    left: str | None = None


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


def ways_back(outcome: Outcome, allowed: RepairPolicy) -> list[WayBack]:
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
        plan = undo(run.journal, snapshot, expect_empty=empty, reloaded=again)
        if plan.steps:
            found.append(WayBack(run.journal, plan.steps))
    down = _down(outcome)
    if down:
        last = found.pop() if found else WayBack(outcome.runs[0].journal, ())
        done = {step.fields["service"] for step in last.steps if step.op in ("service.restart", "service.stop")}
        more = [step for step in down if step.fields["service"] not in done]
        found.append(WayBack(last.journal, with_starts(last.steps, more)))
    if session_guard(snapshot, allowed, [step for way in found for step in way.steps]):
        found = list(map(_disturbing_nobody, found))
    return [way for way in found if way.steps or way.left]


def _disturbing_nobody(way: WayBack) -> WayBack:
    """Without the restart; what TermService may present until then stays in its store."""
    kept = tuple(step for step in way.steps if step.cost != SESSIONS)
    imports = tuple(step for step in kept if step.op == IMPORTED)
    if kept == way.steps or not imports:
        return WayBack(way.journal, kept)
    names = ", ".join(step.fields["thumbprint"] for step in imports)
    left = f"TermService may present the imported certificate {names} until it starts next: {RESTART_FIRST}"
    return WayBack(way.journal, tuple(step for step in kept if step not in imports), left)


def _reloads(run: Run) -> bool:
    """Whether it restarted TermService, which has had the changes before it in force since."""
    return any(
        step.op == "service.restart" and step.fields["service"] == "TermService" and report["status"] == "done"
        for step, report in zip(run.steps, run.reports)
    )


def _down(outcome: Outcome) -> list[Step]:
    """Starts of the services that ran before and do not run now, but for those that are known not to start."""
    now, starts = outcome.after.snapshot, []
    for name in outcome.down:
        flaw = flaws.of_next_start(now, name)
        if now.service(name) and not (flaw and flaw.fails):
            starts.append(make.run_state("start", name, "it ran before", ()))
    return starts
