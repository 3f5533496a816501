# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results that modules return, from what is known of a host. ``returns`` documents them, ``schema`` checks them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.comparison import THE_SAME, Comparison, compare
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.logon import ACCEPTED, NOT_TRIED
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, POSSIBLE, Finding, code_shown
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.recent import arrival, changed_since
from ansible_collections.winops.rdp.plugins.plugin_utils.host import flaws, versions
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import sentence
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso, minute, parse
from ansible_collections.winops.rdp.plugins.plugin_utils.host.witnesses import DIFFER, RESULTS, Row
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import diff, nla, verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.history import Change, left_open
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import UNDONE
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Rollback, Run
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan, dearest
from ansible_collections.winops.rdp.plugins.plugin_utils.results.columns import columns, summary

Json = dict[str, Any]


# How far the best verdict goes: a look has no account.
_NOT_TRIED = "what comes after the logon was not tried"


@dataclass(frozen=True)
class Questions:
    """What else is asked of a host: how it differs from one that works, what changed, whether an address reached it.

    ``client_code`` is what a user's client showed. ``forecast_days`` is how far to look ahead.
    What is None is not asked. ``reference`` is the host that works, or that it could not be read.
    """

    forecast_days: int = 30
    reference: Snapshot | Comparison | None = None
    since: datetime | None = None
    client_address: str | None = None
    client_code: str | None = None

    def answers(self, snapshot: Snapshot, *, gets_in: bool | None = None) -> Json:
        """A key for each question that was asked. ``gets_in`` as ``Arrival`` has it."""
        asked: Json = {}
        if self.reference is not None:
            told = self.reference if isinstance(self.reference, Comparison) else compare(snapshot, self.reference)
            asked["compared"] = told.to_dict()
        if self.since is not None:
            asked["changed_since"] = changed_since(snapshot, self.since).to_dict()
        if self.client_address is not None:
            asked["client_arrival"] = arrival(snapshot, self.client_address, gets_in=gets_in).to_dict()
        return asked

    def line(self, answers: Json, code_alone: str | None = None) -> str:
        """What belongs to the one line of a host: what was asked beside what is wrong with it, answered in a few words.

        So does a code that was given and is none, or that no finding rests on (``code_alone``): the line would be read
        as an answer to it. ``answers``: its own.
        """
        told = [words(answers[key]) for key, words in _IN_THE_LINE if key in answers]
        code = code_shown(self.client_code)
        if self.client_code and code.number is None and not code.kind:
            told.append(f"client_code: {sentence(code.summary, 200)}; {_what_to_give(self.client_code)}")
        elif code_alone:
            told.append(f"client_code: {sentence(code_alone, 300)}")
        return "".join(f"; {clause}" for clause in told)


# How many of a list a line has, and how much of each; the rest is in the result and the report.
_FIRST, _LONGEST = 2, 80


def _first(found: list[str]) -> str:
    more = [f"and {len(found) - _FIRST} more"] if len(found) > _FIRST else []
    return ", ".join([*(sentence(one, _LONGEST) for one in found[:_FIRST]), *more])


def _compared(told: Json) -> str:
    found, lacking = [one["what"] for one in told["differences"]], told["not_compared"]
    if found:
        return f"different on {told['reference']}: {_first(found)}"
    if lacking == [THE_SAME]:
        return "not compared, for it is the reference itself"
    if lacking:
        return f"not compared in all with {told['reference']}: {sentence(lacking[0], 200)}"
    return f"no difference from {told['reference']}"


def _changed(told: Json) -> str:
    found = [one["what"] for one in reversed(told["changes"])]
    since = minute(parse(told["since"]))
    # When a value was set is never known; what else is not read is no answer that nothing was.
    unread = [one.split(": ")[0] for one in told["not_told"][1:]]
    short = f" ({_first(unread)})" if unread else ""
    if found:
        return f"changed since {since}, the newest first: {_first(found)}{short}"
    return f"no change is known since {since}{short}"


# The answers that the one line of a host has, in this order.
_IN_THE_LINE = (
    ("client_arrival", lambda told: told["summary"]),
    ("compared", _compared),
    ("changed_since", _changed),
)


# What is called as files are, in the place of what is in one.
_A_FILE = re.compile(
    r"@\S+|\S+\.(?:txt|log|md|ya?ml|json|csv|html?|eml|docx?|pdf|png|jpe?g|gif|bmp|webp)", re.IGNORECASE
)


def _what_to_give(given: str) -> str:
    """Of a text without quotes Ansible keeps the first word; more than one is all that was given."""
    if _A_FILE.fullmatch(given.strip()):
        return "a file is called so, and its words are wanted (lookup('ansible.builtin.file', 'FILE') reads a text)"
    if len(given.split()) == 1:
        return "if that is not all of it, give the whole text, in quotes or as JSON"
    return "what the dialog has behind 'Show details', or Ctrl+C in it, says more"


def _gets_in(assessment: Assessment) -> bool | None:
    """Whether clients get in; None where nobody did, and nothing on the host is known to keep them out."""
    found = assessment.diagnosis.findings
    if any(one.severity == CRITICAL and not one.type.outside_host for one in found):
        return assessment.client_gets_in
    return assessment.client_gets_in or None


def diagnosis_result(
    assessment: Assessment, plan: Plan, questions: Questions, interrupted: list[str] | None = None
) -> Json:
    """What ``winops.rdp.diagnose`` says of a host, live or from a bundle; ``plan`` is what a repair would do.

    ``interrupted`` is for ``with_interrupted``.
    """
    words = columns(assessment, plan, None, predicted=True)
    answers = questions.answers(assessment.snapshot, gets_in=_gets_in(assessment))
    result = {
        "changed": False,
        **_diagnosis(assessment, questions),
        "plan": plan.to_dict(),
        "probe": assessment.probe.data,
        "client_summary": assessment.probe.summary,
        "columns": words,
        "summary": summary(assessment, plan, predicted=True) + questions.line(answers, assessment.diagnosis.code_alone),
        **outlook(assessment, questions.forecast_days),
        **answers,
    }
    return with_interrupted(assessment.snapshot, result, interrupted)


# A code of one user's against a host that lets clients in: whose address, and since when.
_OF_ONE_USER = (catalogue.CLIENT_NOT_REPRODUCED, catalogue.CLIENT_CANNOT_CONNECT)


def _asking(finding: Finding, questions: Questions | None) -> Json:
    """A finding, which asks for what would settle it and was not given; a repair has no such options."""
    told = finding.to_dict()
    if questions and finding.type in _OF_ONE_USER:
        told["needs_evidence"] += [text for option, text in _ASKED if getattr(questions, option) is None]
    return told


_ASKED = (
    ("client_address", "the user's address as the host sees it (client_address): whether it ever reached the host"),
    ("since", "the day since when it fails (since): what changed on the host then"),
)


def _diagnosis(assessment: Assessment, questions: Questions | None = None) -> Json:
    diagnosis = assessment.diagnosis
    return {
        "findings": [_asking(finding, questions) for finding in diagnosis.findings],
        "verdict": diagnosis.verdict,
        "unread": [*diagnosis.unread, *_no_cause(diagnosis), *[_NOT_TRIED] * assessment.probe.logon_reached],
    }


def _no_cause(diagnosis: Diagnosis) -> list[str]:
    return [f"no finding rests on what the user's client showed: {diagnosis.code_alone}"] * bool(diagnosis.code_alone)


def verdict_fact(result: Json) -> Json:
    """What is worth remembering of a host until it is asked again: ``ansible_facts.rdp_verdict``."""
    after = result.get("verdict_after") is not None
    findings = result.get("findings_after") if after else result["findings"]
    return {
        "verdict": result["verdict_after"] if after else result["verdict"],
        "causes": [finding["id"] for finding in findings or () if finding["confidence"] != POSSIBLE],
        "assessed_at": result.get("assessed_at"),
        "run": result.get("run"),
    }


# How a fact compared, for people.
_COMPARED = {
    "agree": "agree",
    "differ": "differ",
    "no_witness": "that no tool of Windows showed",
    "not_read": "that could not be read",
}


def witnesses_result(name: str, snapshot: Snapshot, rows: tuple[Row, ...]) -> Json:
    """What ``winops.rdp.witnesses`` says: each fact with its witness, and how many agree."""
    counts = {result.replace(" ", "_"): sum(row.result == result for row in rows) for result in RESULTS}
    about = snapshot.section("host") or {"build": None, "ubr": None, "edition_id": None, "powershell": None}
    windows = f"Windows build {about['build']}.{about['ubr']} ({about['edition_id']}), PowerShell {about['powershell']}"
    told = ", ".join(f"{count} {_COMPARED[words]}" for words, count in counts.items())
    differing = [
        f"{row.fact}: the snapshot has {row.snapshot}, {row.tool} says {row.witness}"
        for row in rows
        if row.result == DIFFER
    ]
    return {
        "changed": False,
        "windows": windows,
        "counts": counts,
        "rows": [row.to_dict() for row in rows],
        "lines": [f"{name}: {windows}", *(f"{name}: differ: {line}" for line in differing), f"{name}: {told}"],
        "summary": f"{windows}: {told}",
    }


def plan_result(
    plan: Plan, before: Assessment, *, check_mode: bool, taken_back: str | None = None, asked: bool = False
) -> Json:
    """The result of a module that changes a host, where nothing is done: nothing is due, or it is check mode.

    ``taken_back`` is the run or the journal that would be taken back; None if something would be repaired or set.
    ``asked``: one part of the host is to be as somebody asked, whatever is wrong with it.
    """
    after = None if plan.steps else before
    words = columns(before, plan, after, predicted=check_mode, taken_back=taken_back, asked=asked)
    return {
        **_change(plan, before),
        "verdict_after": after.diagnosis.verdict if after else None,
        "columns": words,
        "summary": summary(before, plan, predicted=check_mode, taken_back=taken_back, asked=asked),
        **(_left_as_it_is(plan, taken_back) if taken_back else {}),
    }


def _left_as_it_is(plan: Plan, run: str) -> Json:
    """What is said where nothing is taken back, for reasons that do not go away; nothing elsewhere."""
    if plan.rungs or plan.later or not plan.blocked:
        return {}
    whys = (f"{one.summary}: {one.detail}" if one.detail else one.summary for one in plan.blocked)
    left = "; ".join(dict.fromkeys(whys))
    return {"left_as_it_is": left, "summary": f"left as it is: {left} ({run})"}


def change_result(host: str, outcome: Outcome, *, taken_back: str | None = None, asked: bool = False) -> Json:
    """The result of a module that changed a host; ``failed`` if that did not help.

    ``host`` is its name in the inventory, ``taken_back`` the run or the journal that was taken back, which need not
    help; None if something was repaired or set. ``asked``: as for ``plan_result``.
    """
    is_undo = taken_back is not None
    before, after = outcome.before, outcome.after
    plan = replace(outcome.plan, blocked=(*outcome.plan.blocked, *outcome.held_back))
    rollback = outcome.rollback
    done, undone = (outcome.tried, True) if _is_undone(rollback) else (outcome.done, False)
    words = columns(before, plan, after, done=done, taken_back=taken_back, asked=asked)
    journals = [_journal(run, rollback) for run in (*outcome.runs, *(rollback.runs if rollback else ()))]
    result = {
        **_change(outcome.plan, before),
        "changed": outcome.changed,
        "disruption": dearest(outcome.tried),
        "rung": outcome.rung,
        "steps": [step.told(report) for run in outcome.runs for step, report in zip(run.steps, run.reports)],
        "journal": journals[0],
        "journals": journals,
        "run": outcome.runs[0].journal.run,
        "safety_task": outcome.safety_task,
        **({} if is_undo else _rolled_back(outcome)),
        "verdict_after": after.diagnosis.verdict,
        "findings_after": [finding.to_dict() for finding in after.diagnosis.findings],
        "restart_required": verify.restart_required(after),
        "verified": _verified(before, after),
        "columns": words,
        "summary": summary(before, plan, after, done=done, taken_back=taken_back, undone=undone, asked=asked)
        + _told(rollback)
        + _down(outcome)
        + _unsecured(outcome),
    }
    failure = verify.failure(host, outcome, is_undo=is_undo)
    return {**result, "failed": True, "msg": failure} if failure else result


def _is_undone(rollback: Rollback | None) -> bool:
    return rollback is not None and bool(rollback.runs) and rollback.is_complete


def _told(rollback: Rollback | None) -> str:
    """What a line adds where what was done should have been taken back."""
    if rollback is None or not (rollback.runs or rollback.fault) or rollback.is_complete:
        return ""
    return "; not all of it could be taken back"


def _down(outcome: Outcome) -> str:
    """What a line adds where a service ran before and does not run now, with what keeps it down where that is known."""
    told = []
    for name in outcome.down:
        flaw = flaws.of_next_start(outcome.after.snapshot, name)
        told.append(f"{name} ran before and does not run now{f', for it {flaw.outlook}' if flaw else ''}")
    return "".join(f"; {clause}" for clause in told)


def _unsecured(outcome: Outcome) -> str:
    """What a line adds where nothing stood behind a restart."""
    why = {"left_out": "safety_task is false", "failed": "the host takes no tasks"}.get(outcome.safety_task or "")
    return f"; no task stood behind the restart ({why})" if why else ""


def _change(plan: Plan, before: Assessment) -> Json:
    """What does not depend on whether the plan is carried out."""
    return {
        "changed": bool(plan.steps),
        "plan": plan.to_dict(),
        **_diagnosis(before),
        "disruption": plan.disruption,
        "diff": diff.diffs(plan, before.snapshot),
        "journal": None,
        "restart_required": False,
        "verified": {"before": before.probe.data, "after": None, "ok": None, "worse": []},
    }


def _verified(before: Assessment, after: Assessment) -> Json:
    return {
        "before": before.probe.data,
        "after": after.probe.data,
        "ok": after.is_healthy,
        "worse": verify.worse(before, after),
    }


def with_logon(host: str, result: Json, logon: Json) -> Json:
    """Add what came of trying an account. One that is not accepted fails the host, and what answers with a certificate
    that is not the host's does, too; an account that was not tried is only told of.
    """
    added = {**result, "logon": logon}
    if logon["outcome"] == ACCEPTED:
        return {**added, "summary": f"{result['summary']}; the account is accepted"}
    added["summary"] = f"{result['summary']}; logon {_in_words(logon['outcome'])}: {_in_words(logon['reason'])}"
    if logon["outcome"] == NOT_TRIED and logon["reason"] != "other_certificate":
        return added
    if not result.get("failed"):
        added.update(failed=True, msg=f"{host}: {logon['detail']}", reason="logon")
    return added


def _in_words(stable: str) -> str:
    return stable.replace("_", " ")


def _rolled_back(outcome: Outcome) -> Json:
    """What was taken back, and why."""
    rollback = outcome.rollback
    if rollback is None:
        return {"rolled_back": False, "rollback": None}
    told = {
        "why": verify.why_taken_back(outcome),
        "tried": {
            "verdict": rollback.tried.diagnosis.verdict,
            "client": rollback.tried.probe.summary,
            "worse": verify.worse(outcome.before, rollback.tried),
        },
        "steps": [step.told(report) for run in rollback.runs for step, report in zip(run.steps, run.reports)],
        "complete": rollback.is_complete,
        "fault": rollback.fault,
        "kept": list(rollback.kept),
    }
    return {"rolled_back": _is_undone(rollback), "rollback": told}


def _journal(run: Run, rollback: Rollback | None) -> Json:
    taken_back = rollback is not None and run.journal.id in rollback.journals
    return {
        "id": run.journal.id,
        "path": run.path,
        "controller_copy": run.controller_copy,
        "restorable": not taken_back and Change(None, run.journal).is_restorable,
        "state": UNDONE if taken_back else run.journal.state,
    }


def nla_end(plan: Plan, after: Snapshot | None, before: Snapshot) -> Json:
    """Until when Network Level Authentication is off: on the host as it is now, or as the plan would leave it."""
    if after is not None:
        return {"nla_off_until": nla.off_until(after)}
    planned = [step for step in plan.steps if step.op in ("task.arm", "task.disarm")]
    if planned:
        return {"nla_off_until": planned[-1].fields.get("at")}
    return {"nla_off_until": nla.off_until(before)}


def outlook(assessment: Assessment, forecast_days: int) -> Json:
    """Which host it is, and what will become of it."""
    return {
        "assessed_at": iso(assessment.snapshot.taken_at),
        "forecast": [item.to_dict() for item in assessment.forecast(forecast_days)],
        "host": _host(assessment.snapshot),
        "certificate": _certificate(assessment.snapshot),
    }


def _host(snapshot: Snapshot) -> Json | None:
    section, domain = snapshot.section("host"), snapshot.section("domain") or {}
    if not section:
        return None
    is_member = domain.get("joined", section["part_of_domain"])
    name = (domain.get("name") or section["dns_domain"]) if is_member else None
    return {
        "name": snapshot.name,
        "product": versions.product(snapshot.build, section["product_type"], section["edition_id"]),
        "build": snapshot.build,
        "domain": name,
        "port": snapshot.port,
    }


def _certificate(snapshot: Snapshot) -> Json | None:
    binding = snapshot.binding
    if not binding:
        return None
    entry = binding.certificate
    end = entry.not_after if entry else None
    return {
        "source": binding.source,
        "thumbprint": binding.reference.thumbprint,
        "subject": entry.subject if entry else None,
        "not_after": iso(end) if end else None,
        "days_left": (end - snapshot.taken_at).days if end else None,
    }


def with_interrupted(snapshot: Snapshot, result: Json, journals: list[str] | None = None) -> Json:
    """Add what is known of earlier runs that were interrupted while they changed the host.

    ``journals`` are those of which anything may be left; None: as far as the host's list of them tells.
    """
    if journals is None:
        section = snapshot.section("journals")
        journals = left_open(section["recent"], snapshot.interrupted_journals) if section else []
    if not journals:
        return {**result, "interrupted_journals": []}
    warning = (
        f"an earlier run was interrupted while it changed this host (journal {', '.join(journals)});"
        " winops.rdp.restore journal=ID takes back what it did"
    )
    return {**result, "interrupted_journals": journals, "summary": f"{result['summary']} | {warning}"}
