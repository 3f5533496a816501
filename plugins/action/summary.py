# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The closing lines of a run, and its report: see the module's documentation. No host is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, options, reports, runs, saying
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.ledger import Entry, Ledger
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import BROKEN
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import readable, visible
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import history
from ansible_collections.winops.rdp.plugins.plugin_utils.report import lines
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet, ReportError

_NOT_REACHED = {"msg": lines.NOT_REACHED}
_FORMATS = ["html", "json", "csv", "prometheus"]
_OF_REPORT = ("report_dir", "title")
# A result with one of these says what a host came to; that of a task which was skipped does not.
_SAYS_HOW = ("failed", "unreachable", "verdict", "changes", "summary")
_ALL_LEFT_OUT = "winops.rdp.summary: no host was asked, each of them is left out; name Windows hosts with -i."

# A line has the id of a finding: whoever reads the first one knows neither what it means nor what to do.
_WHERE_TO_READ = (
    "Findings: what each means, its evidence and what to do about it are on the page that -e rdp_report_dir=FOLDER"
    " writes; docs/causes.md leads to all of them."
)


class ActionModule(ActionBase):  # type: ignore[misc]  # Ansible has no types
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        self._speaker = str(task_vars.get("inventory_hostname"))
        try:
            asked, fault = _options(dict(self._task.args))
            names = runs.hosts_of_run(task_vars["groups"], asked["hosts"])
        except (arguments.ArgumentError, runs.RunError) as error:
            return {**result, "failed": True, "msg": str(error)}
        ledger = Ledger(asked["kind"])
        if not ledger.counts() and runs.chosen_tags():
            said = f"winops.rdp: no host was asked; the tags of this run ({runs.chosen_tags()}) leave that out."
            # In a playbook of a site's own the tags may be meant for the rest of it.
            if runs.playbook():
                return {**result, "failed": True, "msg": said}
            saying.say(said)
            return {
                **result,
                "changed": False,
                "lines": [said],
                "summary": said,
                "failing": {},
                "files": [],
                "stats": {},
            }
        known = ledger.entries(None if asked["report_dir"] else runs.SUMMED_UP)
        entries = _entries(names, known, f"rdp_{asked['kind']}_result", task_vars.get("hostvars") or {})
        ledger.clear()
        self._groups = tuple(task_vars["groups"])
        result.update(self._summed_up(asked, entries, fault, _latest(names, task_vars)))
        return dict(readable(result))

    def _summed_up(
        self, asked: dict[str, Any], entries: dict[str, Entry], fault: str | None, latest: list[str]
    ) -> dict[str, Any]:
        told = {name: (entry.state, runs.text_of(entry)) for name, entry in entries.items()}
        unknown = runs.unknown_run(entries.values())
        # One sentence says it of all that do not know the run.
        own = {name: line for name, line in told.items() if not (unknown and "unknown_run" in entries[name].result)}
        closing = [*lines.closing_lines(own), lines.total(told)]
        answer: dict[str, Any] = {
            "changed": False,
            "lines": closing,
            "summary": closing[-1],
            # The same words for each: Ansible shows the long form of an error only once.
            "failing": {name: "The host's line above says why." for name, entry in entries.items() if entry.fails},
            "files": [],
            "stats": _stats(entries),
        }
        closing += [*_way_back(entries), *latest]
        if unknown:
            self._no_such_run(unknown, answer)
        if all(entry.state == "left out" for entry in entries.values()):
            answer.update(failed=True, msg=_ALL_LEFT_OUT)
        if all(entry.result == _NOT_REACHED for entry in entries.values()):
            said = f"no host was asked: neither a playbook nor a role of winops.rdp came to one ({asked['kind']})"
            answer.update(failed=True, msg=f"winops.rdp.summary: {said}.")
        elif fault:
            self._no_report(fault, answer)
        elif asked["report_dir"]:
            self._write_report(asked, entries, answer)
        else:
            closing += _where_to_read(entries)
        # What reads the output as JSON finds the lines in the result.
        if not saying.is_document():
            saying.say("\n".join(["", *(visible(line) for line in closing), ""]))
            if answer["failing"] or answer.get("failed"):
                runs.leave_last_words(f"{answer['summary']}. What each came to is said above, by 'One line per host'.")
        return answer

    def _no_such_run(self, unknown: str, answer: dict[str, Any]) -> None:
        answer["lines"].append(f"{unknown}.")
        if runs.playbook():  # Ansible would say it twice, and this whole result
            answer["failing"][self._speaker] = "The last line above says why."
        else:
            answer.update(failed=True, msg=f"winops.rdp.restore: {unknown}.")

    def _write_report(self, asked: dict[str, Any], entries: dict[str, Entry], answer: dict[str, Any]) -> None:
        results = _reported(entries)
        if not results:
            answer["lines"].append("No report: this run looked at no host; one that is there already stays as it is.")
            return
        try:
            answer["files"] = _report(asked, Fleet.of(results, self._groups, inventory=runs.inventory_shown()))
            answer["lines"].append(f"Report: {answer['files'][0]} (and as JSON, CSV and metrics beside it)")
        except ReportError as error:
            self._no_report(str(error), answer)

    @staticmethod
    def _no_report(why: str, answer: dict[str, Any]) -> None:
        sentence = runs.as_variables(why.rstrip("."))
        answer["lines"].append(f"No report: {sentence}.")
        answer.update(failed=True, msg=f"winops.rdp.summary: {sentence}.")


def _options(given: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    """The options, and what is wrong with those of the report, which costs nothing but the report. Raises
    ``ArgumentError`` where the rest cannot be used."""
    try:
        return arguments.validate("summary", given), None
    except arguments.ArgumentError as error:
        others = {name: value for name, value in given.items() if name not in _OF_REPORT}
        return arguments.validate("summary", others), str(error).removeprefix("winops.rdp.summary: ")


def _entries(names: list[str], known: dict[str, Entry], result_name: str, hostvars: Any) -> dict[str, Entry]:
    """Each host of the run, with what it came to. A host that never came to its task has Ansible's word for it."""
    found = {}
    for name in names:
        entry = known.get(name)
        if entry is None:
            own = hostvars[name].get(result_name) if name in hostvars else None
            own = own if isinstance(own, Mapping) and any(own.get(part) for part in _SAYS_HOW) else None
            entry = (
                runs.entry_of(name, options.explained(name, dict(own)))
                if own
                else Entry(name, "stopped", False, False, _NOT_REACHED)
            )
        found[name] = entry
    return found


def _stats(entries: dict[str, Entry]) -> dict[str, Any]:
    """What the playbooks hand on to a workflow's next job (``set_stats``): numbers, and names of hosts."""
    states = [entry.state for entry in entries.values()]
    run = next((entry.result["run"] for entry in entries.values() if entry.result.get("run")), None)
    return {
        "rdp_counts": {state.replace(" ", "_"): states.count(state) for state in lines.STATES if state in states},
        "rdp_broken_hosts": [name for name, entry in entries.items() if BROKEN in (entry.state, _verdict(entry))],
        "rdp_failing_hosts": [name for name, entry in entries.items() if entry.fails],
        "rdp_repairable_hosts": [name for name, entry in entries.items() if _would_be_repaired(entry.result)],
        **({"rdp_run": run} if run else {}),
    }


def _verdict(entry: Entry) -> str | None:
    """How a host was at the end, also where something else is said of it first."""
    return entry.result.get("verdict_after") if entry.state == "taken back" else None


def _where_to_read(entries: dict[str, Entry]) -> list[str]:
    return [_WHERE_TO_READ] if any(map(_has_findings, entries.values())) else []


def _has_findings(entry: Entry) -> bool:
    """Whether its line names a finding about which nobody has done anything: each is planned for, or left."""
    plan = entry.result.get("plan") or {}
    is_open = any(plan.get(part) for part in ("steps", "blocked")) and not entry.result.get("steps")
    return bool(is_open) and not entry.result.get("restored")


def _would_be_repaired(result: dict[str, Any]) -> bool:
    """Whether there is something to do, and nobody has done it: after an audit, and in check mode."""
    return bool((result.get("plan") or {}).get("steps")) and not result.get("steps")


def _way_back(entries: dict[str, Entry]) -> list[str]:
    """Where the journals of this run are kept, and how it is taken back, if it changed anything."""
    journals = [entry.result.get("journal") or {} for entry in entries.values() if not entry.result.get("restored")]
    copies = [Path(journal["controller_copy"]) for journal in journals if journal.get("controller_copy")]
    folders = sorted({str(copy.parents[1]) for copy in copies})
    if not folders:
        return []
    kept = f"Journals: {', '.join(folders)} on this machine, and on each host"
    if not any(map(_restorable, entries.values())):
        return [f"{kept}; nothing of what was done can be taken back."]
    run = next((entry.result["run"] for entry in entries.values() if entry.result.get("run")), "latest")
    return [f"{kept}; {runs.restore_command(run)} takes back what was done."]


def _restorable(entry: Entry) -> bool:
    """Whether anything that a run did on a host can be taken back; where its end is not known, it may be."""
    journals = entry.result.get("journals") or [entry.result.get("journal") or {}]
    return any(journal.get("restorable", bool(journal)) for journal in journals)


def _latest(names: list[str], task_vars: dict[str, Any]) -> list[str]:
    """Which run ``restore_rdp`` took for the latest, where that is not the newest that there is."""
    run, hostvars = task_vars.get("__rdp_newest"), task_vars.get("hostvars") or {}
    looks = [hostvars[name].get("__rdp_listed") for name in names if name in hostvars] if run else []
    rows = [row for look in looks if isinstance(look, Mapping) for row in look.get("changes") or ()]
    said = history.told_latest(rows, str(run))
    return [f"{said}."] if said else []


def _reported(entries: dict[str, Entry]) -> dict[str, dict[str, Any]]:
    """The results that say how a host is, or why that is not known; a list of changes to take back says neither."""
    return {
        name: {**entry.result, "failed": True} if entry.state == "stopped" else entry.result
        for name, entry in entries.items()
        if entry.state == "stopped" or entry.fails or entry.result.get("verdict") or entry.result.get("verdict_after")
    }


def _report(asked: dict[str, Any], fleet: Fleet) -> list[str]:
    """Write the report, in check mode too: it is asked for, and tells what would be done. Raises ``ReportError``."""
    files = reports.render(fleet, asked["title"], _FORMATS, asked["report_dir"], 0o600)
    reports.write(files, 0o600)
    return [str(file.path) for file in files]
