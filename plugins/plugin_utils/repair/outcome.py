# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came of a plan: the host before and after, the steps as the host reported them, and their journals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import (
    RUNNING,
    START_PENDING,
    STOP_PENDING,
    STOPPED,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import history
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import (
    DEPENDENTS,
    GONE,
    IN_USE,
    Blocked,
    Plan,
    later,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import BIND_BY_HAND, IMPORT_AGAIN, PUT_RIGHT
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

Json = dict[str, Any]

# Numbers of the errors with which the host refuses a step for more than that somebody has come in:
# ERROR_DEPENDENT_SERVICES_RUNNING, ERROR_SERVICE_CANNOT_ACCEPT_CTRL, ERROR_SERVICE_DISABLED, ERROR_BUSY,
# ERROR_INVALID_STATE, ERROR_DEPENDENT_RESOURCE_EXISTS and ERROR_NOT_FOUND.
_DEPENDENTS_RUNNING, _TAKES_NO_STOP, _DISABLED, _BUSY = 1051, 1061, 1058, 170
_UNSEEN, _NEEDED, _GONE = 5023, 5001, 1168
# What a host says of a step behind which all is as that wants it.
DONE = ("done", "unchanged")


@dataclass(frozen=True)
class Run:
    """Steps that were done in one call, with what the host reported of each (in their order) and the journal.

    ``path`` is where the journal is on the host, ``controller_copy`` where on the controller. ``rung`` is the highest
    one of the plan's rungs whose steps they are. ``safety_task`` says whether a task stood behind a restart
    (``armed``, ``left_out``, ``failed``; None where nothing was restarted).
    """

    steps: tuple[Step, ...]
    reports: tuple[Json, ...]
    journal: Journal
    path: str | None
    controller_copy: str
    rung: str | None = None
    safety_task: str | None = None

    @property
    def changed(self) -> bool:
        return any(report["status"] == "done" for report in self.reports)

    @property
    def failed_step(self) -> tuple[Step, Json] | None:
        """The step that failed, and the host's error; None if none did."""
        return self._first("failed")

    @property
    def stopped_step(self) -> tuple[Step, Json] | None:
        """The step that failed or that the host refused, since somebody had come in: those after it were not done."""
        return self._first("failed", "refused")

    def _first(self, *statuses: str) -> tuple[Step, Json] | None:
        for step, report in zip(self.steps, self.reports):
            if report["status"] in statuses:
                return step, report.get("error") or {}
        return None


@dataclass(frozen=True)
class Rollback:
    """What a run took back of what it did.

    ``tried`` is the host as the repair left it, ``runs`` are the calls that took it back; ``fault`` says why that did
    not come to its end, if it did not. ``kept`` is what stays as it was done, one clause each: no restore brings it
    back either.
    """

    tried: Assessment
    runs: tuple[Run, ...] = ()
    fault: str | None = None
    kept: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        return self.fault is None

    @property
    def journals(self) -> tuple[str, ...]:
        """Ids of the journals that were taken back."""
        return tuple(run.journal.undoes or "" for run in self.runs if not run.stopped_step)


@dataclass(frozen=True)
class Outcome:
    """What came of a plan. ``runs`` are the call for its steps and, if it was needed, the one for its last rung.

    ``after`` is the host as it is now, also where what was done has been taken back (``rollback``).
    """

    plan: Plan
    before: Assessment
    after: Assessment
    runs: tuple[Run, ...]
    rollback: Rollback | None = None

    @property
    def changed(self) -> bool:
        return any(run.changed for run in self.runs)

    @property
    def to_restore(self) -> str | None:
        """The journal to restore; None where nothing is left to be taken back."""
        return history.to_restore(run.journal for run in self.runs)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that the host was given, of all rungs that were climbed."""
        return tuple(step for run in self.runs for step in run.steps)

    @property
    def done(self) -> tuple[Step, ...]:
        """The steps behind which the host is as they want it: none that failed or was refused, nor what came then."""
        return self._told(*DONE)

    @property
    def tried(self) -> tuple[Step, ...]:
        """These, and what the host began and did not bring to its end."""
        return self._told(*DONE, "started", "failed")

    def _told(self, *statuses: str) -> tuple[Step, ...]:
        return tuple(
            step for run in self.runs for step, report in zip(run.steps, run.reports) if report["status"] in statuses
        )

    @property
    def held_back(self) -> tuple[Blocked, ...]:
        """What the host refused to do, for what it found right before it: nothing was stopped or taken out."""
        return tuple(
            Blocked(about, *_refusal(report.get("error") or {}))
            for run in self.runs
            for step, report in zip(run.steps, run.reports)
            if report["status"] == "refused"
            # A step of an undo is about no finding.
            for about in step.findings or (step.op,)
        )

    @property
    def later(self) -> tuple[Blocked, ...]:
        """What could not be taken back yet."""
        return later((*self.plan.blocked, *self.held_back))

    @property
    def down(self) -> tuple[str, ...]:
        """The services that ran before and do not run now, but for those that were to be stopped.

        Of services that no snapshot has, what the host said of those that depend on the one that it stopped.
        """
        before, now = self.before.snapshot, self.after.snapshot
        meant = {step.fields["service"] for step in self.steps if step.op == "service.stop"}
        own = [name for name in contract.SERVICES if before.running(name) and _is_down(now.service(name))]
        others = [
            name for run in self.runs for report in run.reports for name in _lost(report) if now.service(name) is None
        ]
        return tuple(name for name in dict.fromkeys((*own, *others)) if name not in meant)

    @property
    def rung(self) -> str | None:
        """The rung that helped: the last one that was climbed before clients got in. None if none did."""
        if self.before.client_gets_in or not self.after.client_gets_in:
            return None
        return next((run.rung for run in reversed(self.runs) if run.changed), None)

    @property
    def safety_task(self) -> str | None:
        """Whether a task stood behind the restarts; of several, the one that stood worst."""
        told = [run.safety_task for run in (*self.runs, *(self.rollback.runs if self.rollback else ()))]
        return next((word for word in ("failed", "left_out", "armed") if word in told), None)

    @property
    def stopped_step(self) -> tuple[Step, Json] | None:
        return next((run.stopped_step for run in self.runs if run.stopped_step), None)

    @property
    def failed_step(self) -> tuple[Step, Json] | None:
        return next((run.failed_step for run in self.runs if run.failed_step), None)


def _refusal(error: Json) -> tuple[str, str, str | None]:
    """What the host found, what to do and the guard, by the number of its error."""
    number, said = error.get("code", 0) & 0xFFFF, str(error.get("message")).rstrip(".")
    if number == _DEPENDENTS_RUNNING:
        return said, f"{PUT_RIGHT}, or run again with allow_disconnect=true", DEPENDENTS
    if number == _TAKES_NO_STOP:
        return said, "see why it does not stop, then run again", None
    if number == _BUSY:
        return said, f"{BIND_BY_HAND}, or restart TermService when that suits, then restore again", IN_USE
    if number == _DISABLED:
        return said, PUT_RIGHT, "refused"
    if number == _UNSEEN:
        return said, "stop TermService, restore again, then start it", IN_USE
    if number == _NEEDED:
        return said, "restore that run first, then this one again", IN_USE
    if number == _GONE:
        return said, IMPORT_AGAIN, GONE
    why = "somebody came in since the plan was made, so TermService was not restarted"
    return why, "run again when the host is empty, or with allow_disconnect=true", "sessions"


def _is_down(service: Json | None) -> bool:
    """Whether it neither runs nor is about to: one that is gone, in its stop or paused is down, too."""
    return service is None or service["state"] not in (None, RUNNING, START_PENDING)


def _lost(report: Json) -> list[str]:
    """The services that depend on the one of a step, and ran before it and not behind it."""
    before, after = ((report.get(when) or {}).get("dependents") for when in ("before", "after"))
    if not isinstance(before, list) or not isinstance(after, list):
        return []
    now = {row.get("name"): row.get("state") for row in after if isinstance(row, dict)}
    return [
        row["name"]
        for row in before
        if isinstance(row, dict) and row.get("state") not in (None, STOPPED, STOP_PENDING)
        # One that is in its stop, late, or was paused is as good as down.
        if now.get(row.get("name"), RUNNING) not in (None, RUNNING, START_PENDING, row["state"])
    ]
