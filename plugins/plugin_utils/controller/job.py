# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One host's job: ask, look, judge, change, prove. The actions are thin callers of this."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, journals
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure, HostLink
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import look
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.forecast import forecast
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, POSSIBLE
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import diff, outcome, planner, steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Seen
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan, session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import Options, Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# A listener needs a moment after its service has started.
_SETTLE_SECONDS = 20.0
_GLANCE_SECONDS = 2.0


@dataclass(frozen=True)
class Moment:
    """A host at one moment: as it was read, the controller's clock then, and what was seen and found."""

    host: Snapshot
    clock: datetime
    seen: Seen

    def to_result(self, allowed: Options, forecast_days: int) -> dict[str, Any]:
        """What ``winops.rdp.diagnose`` says of it, live or from a bundle."""
        diagnosis, sight = self.seen.diagnosis, self.seen.sight
        todo = planner.plan(diagnosis, self.host, allowed)
        line = outcome.line(self.seen, todo, None, predicted=True)
        result = {
            "changed": False,
            **diagnosis.to_dict(),
            "plan": todo.to_dict(),
            "probe": self.seen.probe,
            "client_view": sight.summary,
            "line": line,
            "summary": outcome.summary(diagnosis.verdict, line),
            **self.outlook(forecast_days),
        }
        return cut_off(self.host, result)

    def outlook(self, forecast_days: int) -> dict[str, Any]:
        """Which host it is, and what will become of it."""
        coming = forecast(self.host, self.seen.sight, self.clock, self.seen.diagnosis.findings, forecast_days)
        return {
            "taken": iso(self.clock),
            "forecast": [item.to_dict() for item in coming],
            "host": self._host(),
            "certificate": self._certificate(),
        }

    def _host(self) -> dict[str, Any] | None:
        section, domain = self.host.section("host"), self.host.section("domain")
        if not section:
            return None
        member = (domain or {}).get("joined", section["part_of_domain"])
        name = ((domain or {}).get("name") or section["dns_domain"]) if member else None
        return {"name": self.host.name, "build": self.host.build, "domain": name, "port": self.host.port}

    def _certificate(self) -> dict[str, Any] | None:
        binding = self.host.binding
        if not binding:
            return None
        entry = binding.certificate
        end = entry.not_after if entry else None
        return {
            "source": binding.source,
            "thumbprint": binding.reference.thumbprint,
            "subject": entry.subject if entry else None,
            "not_after": iso(end) if end else None,
            "days_left": (end - self.clock).days if end else None,
        }


@dataclass
class Done:
    """What carrying out a plan came to. ``answers`` are the host's steps as it reported them, in order."""

    changed: bool = False
    after: Seen | None = None
    answers: list[dict[str, Any]] = field(default_factory=list)
    journals: list[dict[str, Any]] = field(default_factory=list)
    failure: str | None = None


class Job:
    """Everything an action does to one host, in the order of one task."""

    def __init__(self, action: ActionBase, options: dict[str, Any], task_vars: dict[str, Any]) -> None:
        self.link = HostLink(action, task_vars)
        self.options = options
        self.check_mode = bool(action._task.check_mode)
        # The host as it was judged last.
        self.last: Moment | None = None

    @property
    def allowed(self) -> Options:
        given = self.options
        return Options(
            allow_disconnect=given.get("allow_disconnect", False),
            drop_dead_pin=given.get("drop_dead_pin", True),
            skip=tuple(given.get("skip_findings") or ()),
            only=tuple(given.get("only_findings") or ()),
        )

    def ask(self, sections: list[str] | None = None, journal_id: str | None = None) -> tuple[Snapshot, datetime]:
        snapshot, _answer, clock = self.link.snapshot(sections, journal_id)
        return snapshot, clock

    def ask_to_change(self, journal_id: str | None = None) -> tuple[Snapshot, datetime]:
        """Like ``ask``, and refuse an account that will not be able to change anything. Raises ``HostFailure``."""
        snapshot, clock = self.ask(journal_id=journal_id)
        host = snapshot.section("host")
        if snapshot.access_denied and (host is None or not host["elevated"]):
            raise HostFailure(
                f"The account used on {self.link.name} is not an administrator there: {', '.join(snapshot.access_denied)} could not be read. Nothing was done;"
                " run again with an account that is.",
                reason="not_administrator",
            )
        return snapshot, clock

    def look(self, snapshot: Snapshot) -> dict[str, Any] | None:
        """Look at the listener as a client does."""
        if not self.options["probe"]:
            return None
        host = self.options["probe_host"] or self.link.address
        return look(host, self.options["probe_port"] or snapshot.port, timeout=self.options["probe_timeout"])

    def judge(self, snapshot: Snapshot, clock: datetime) -> Seen:
        return self.examine(snapshot, clock).seen

    def examine(self, snapshot: Snapshot, clock: datetime) -> Moment:
        """Look at the listener and judge the host, as it was read last."""
        probe, code = self.look(snapshot), self.options.get("client_code")
        # Whole milliseconds, as the host and a bundle write them: judged again from a bundle, it is the same.
        clock = _milliseconds(clock)
        diagnosis = diagnose(snapshot, probe, clock, code)
        if probe and any(finding.type.deserves_second_look for finding in diagnosis.findings):
            # What the host's log says of the probe's own connection tells the way from the host: it is worth a second question.
            later, clock = self.ask(["host", "events"])
            snapshot, clock = snapshot.later(later), _milliseconds(clock)
            diagnosis = diagnose(snapshot, probe, clock, code)
        self.last = Moment(snapshot, clock, Seen(diagnosis, probe))
        return self.last

    def carry_out(self, plan: Plan, snapshot: Snapshot, before: Seen, undoes: str | None = None) -> Done:
        """Do a plan's steps, read the host again, look again; the fallback follows if clients still do not get in. Raises ``HostFailure``."""
        done = Done()
        if not plan.steps:
            return done
        snapshot = self._apply(plan.steps, snapshot, done, undoes)
        kept_out = done.after and done.after.sight and not done.after.sight.logon_reached and not left_to_people(done.after)
        if (
            plan.fallback
            and kept_out
            and not done.failure
            and snapshot.running("TermService")
            and session_guard(snapshot, self.allowed) is None
        ):
            self._apply(plan.fallback, snapshot, done, undoes)
        return done

    def _apply(self, todo: tuple[Step, ...], snapshot: Snapshot, done: Done, undoes: str | None) -> Snapshot:
        try:
            steps.check(todo, undo=undoes is not None, pinned=snapshot.pin.thumbprint if snapshot.pin else None)
        except steps.StepError as error:
            raise HostFailure(f"{self.link.name}: {error}; nothing was done.", reason="refused_step") from error
        journal = journals.new_journal(undoes)
        document = {
            **journal,
            "schema_version": 1,
            "host": self.link.name,
            "state": "open",
            "steps": [
                {**step.to_host(), "status": "pending", "before": None, "after": None, "error": None} for step in todo
            ],
        }
        copy = self._keep(document)
        answer, snapshot, clock = self.link.apply(
            [step.to_host() for step in todo], journal, {"steps": [step.to_dict() for step in todo]}
        )
        reports = answer["steps"]
        state = (answer.get("journal") or {}).get("state", "failed")
        self._keep(
            {**document, "state": state, "steps": [{**step.to_host(), **report} for step, report in zip(todo, reports)]}
        )
        done.changed = done.changed or any(report["status"] == "done" for report in reports)
        done.answers += [{**step.to_dict(), **report} for step, report in zip(todo, reports)]
        done.journals.append(
            {
                "id": journal["id"],
                "path": (answer.get("journal") or {}).get("path"),
                "controller_copy": copy,
                "state": state,
            }
        )
        failed = next(((step, report) for step, report in zip(todo, reports) if report["status"] == "failed"), None)
        if failed:
            step, fault = failed[0], failed[1].get("error") or {}
            done.failure = (
                f"{self.link.name}: {step.op} {step.target} failed (0x{fault.get('code', 0) & 0xFFFFFFFF:08X} {fault.get('type')}: {fault.get('message')});"
                f" the steps after it were not done. Take back what was done with winops.rdp.restore journal={journal['id']}."
            )
        done.after = self._settled(snapshot, clock, any(step.fields.get("service") == "TermService" for step in todo))
        return snapshot

    def _keep(self, document: dict[str, Any]) -> str:
        try:
            return journals.keep(self.options["journal_dir"], self.link.name, document)
        except OSError as error:
            raise HostFailure(
                f"The controller cannot keep its copy of the journal in {self.options['journal_dir']}: {error.strerror or error}."
                " Give journal_dir a folder that can be written.",
                reason="journal_failed",
            ) from error

    def _settled(self, snapshot: Snapshot, clock: datetime, started: bool) -> Seen:
        seen = self.judge(snapshot, clock)
        deadline = time.monotonic() + (_SETTLE_SECONDS if started and snapshot.rdp_enabled else _GLANCE_SECONDS)
        while seen.sight and not seen.sight.logon_reached and time.monotonic() < deadline:
            time.sleep(1)
            seen = self.judge(snapshot, clock)
        return seen


def change_result(job: Job, plan: Plan, snapshot: Snapshot, before: Seen, undoes: str | None = None) -> dict[str, Any]:
    """Carry a plan out (or, in check mode, say what it would do) and shape the result that all changing modules share."""
    result: dict[str, Any] = {
        "changed": any(step.op != "certificate.wait_renewed" for step in plan.steps),
        "plan": plan.to_dict(),
        "findings": [finding.to_dict() for finding in before.diagnosis.findings],
        "missing": list(before.diagnosis.missing),
        "verdict": before.diagnosis.verdict,
        "disruption": plan.disruption,
        "diff": diff.diffs(plan.steps, snapshot),
        "journal": None,
        "restart_required": False,
        "verified": {"before": before.probe, "after": None, "ok": None, "worse": []},
    }
    if job.check_mode or not plan.steps:
        result["verdict_after"] = None if plan.steps else before.diagnosis.verdict
        result["line"] = outcome.line(before, plan, None if plan.steps else before, predicted=job.check_mode)
        result["summary"] = outcome.summary(before.diagnosis.verdict, result["line"])
        return result
    done = job.carry_out(plan, snapshot, before, undoes)
    after = done.after or before
    worse = outcome.worse(before, after)
    result.update(
        changed=done.changed,
        steps=done.answers,
        journal=done.journals[-1],
        journals=done.journals,
        verdict_after=after.diagnosis.verdict,
        findings_after=[finding.to_dict() for finding in after.diagnosis.findings],
        verified={"before": before.probe, "after": after.probe, "ok": after.well, "worse": worse},
        line=outcome.line(before, plan, after),
    )
    result["restart_required"] = any(finding.type.restart_required for finding in after.diagnosis.findings)
    result["summary"] = outcome.summary(after.diagnosis.verdict, result["line"])
    failure = done.failure or (None if undoes else _unproven(job, plan, after, worse, done))
    if failure:
        result.update(failed=True, msg=failure)
    return result


def _unproven(job: Job, plan: Plan, after: Seen, worse: list[str], done: Done) -> str | None:
    """A repair that was done and did not help is a failure; what was never attempted is not."""
    back = f"Take the change back with winops.rdp.restore journal={done.journals[-1]['id']}, or look at the findings."
    if worse:
        return f"{job.link.name} is worse after the repair: {', '.join(worse)}. {back}"
    attempted = {id_ for step in plan.steps for id_ in step.findings}
    still = [finding.id for finding in outcome.left(after) if finding.id in attempted]
    if still:
        return f"{job.link.name}: the repair was done, but {', '.join(still)} is still there. {back}"
    if after.sight and not after.sight.tls_established and not plan.blocked:
        return f"{job.link.name}: the repair was done, but a client still does not get in ({after.sight.summary}). {back}"
    return None


def left_to_people(seen: Seen) -> bool:
    """Something that this collection does not mend keeps clients out: a restart would change nothing."""
    return any(
        finding.severity == CRITICAL
        and not finding.automatic
        and finding.confidence != POSSIBLE
        and not finding.type.outside_host
        for finding in seen.diagnosis.findings
    )


def cut_off(snapshot: Snapshot, result: dict[str, Any]) -> dict[str, Any]:
    """Add what is known of earlier runs that were cut off while they changed the host."""
    result["interrupted_journals"] = snapshot.interrupted_journals
    if snapshot.interrupted_journals:
        ids = ", ".join(snapshot.interrupted_journals)
        result["summary"] += (
            f" | an earlier run was cut off while it changed this host (journal {ids}); winops.rdp.restore journal=ID takes back what it did"
        )
    return result


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def options_of(module: str, given: dict[str, Any]) -> dict[str, Any]:
    """Validated options, or ``HostFailure`` with the sentence."""
    try:
        return arguments.validate(module, given)
    except arguments.ArgumentError as error:
        raise HostFailure(str(error), reason="bad_arguments") from error


def refused(name: str, refusal: Refused) -> HostFailure:
    """A wish that must not be carried out."""
    return HostFailure(f"{name}: {refusal}.", reason="refused")
