# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a run: no fault of its options takes the lines of hosts away, and it judges what was asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from ansible import context
from ansible.module_utils.common.collections import ImmutableDict
from ansible.parsing.dataloader import DataLoader
from ansible_collections.winops.rdp.plugins.action import summary
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import runs
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.ledger import Ledger

FINE: dict[str, Any] = {"verdict": "healthy", "summary": "healthy: a client reaches the logon"}
BROKEN: dict[str, Any] = {"verdict": "broken", "summary": "broken: certificate.expired [proven]"}
Sum = Callable[..., dict[str, Any]]


@pytest.fixture
def sum_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sum:
    """The module's result over what is in the ledger, and what hosts have of results in their variables."""

    def go(kept: dict[str, Any], hostvars: dict[str, Any] | None = None, kind: str = "audit", **given: Any) -> Any:
        names, more = sorted({*kept, *(hostvars or {})}), given.pop("variables", {})
        monkeypatch.setattr(summary, "Ledger", lambda kind: Ledger(kind, tmp_path / "ledger"))
        inventory = given.pop("inventory", ("inventory",))
        monkeypatch.setattr(context, "CLIARGS", ImmutableDict(args=("site.yml",), inventory=inventory))
        groups = {"all": names, "ungrouped": names, **given.pop("groups", {})}
        for name, result in kept.items():
            Ledger(kind, tmp_path / "ledger").keep(runs.entry_of(name, result), names[0])
        task = MagicMock(async_val=0, args={"kind": kind, **given}, check_mode=False)
        action = summary.ActionModule(task, MagicMock(), MagicMock(), DataLoader(), MagicMock(), None)
        known = {"groups": groups, "hostvars": hostvars or {}, **more}
        return action.run(task_vars=known)

    return go


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"title": ["x"]}, "rdp_report_title is a list; it must be text"),
        ({"report_dir": {"a": 1}}, "rdp_report_dir is a dictionary; it must be text"),
        ({"report_dir": True}, "rdp_report_dir is true or false; it must be text"),
    ],
)
def test_a_fault_in_the_options_of_the_report_costs_the_report_alone(
    sum_up: Sum, given: dict[str, Any], words: str
) -> None:
    result = sum_up({"a": FINE, "b": BROKEN}, **given)
    assert result["lines"][:3] == [
        "a: healthy: a client reaches the logon",
        "b: broken: certificate.expired [proven]",
        "2 hosts: 1 healthy, 1 broken",
    ]
    assert result["failed"] and any(words in line for line in result["lines"][3:]), result


def test_where_findings_are_explained_is_said_where_a_line_has_one_and_no_page_is_written(
    sum_up: Sum, tmp_path: Path
) -> None:
    """`broken: certificate.expired [proven]` alone says neither what that is nor what to do."""
    planned = {**BROKEN, "findings": [], "plan": {"steps": [], "blocked": [{"finding": "certificate.expired"}]}}
    assert sum_up({"a": FINE, "b": planned})["lines"][-1].startswith("Findings: ")
    repaired = {**planned, "steps": [{"op": "certificate.renew"}], "verdict_after": "healthy"}
    for kept, given in (
        ({"a": FINE}, {}),
        ({"a": repaired}, {}),
        ({"a": planned}, {"report_dir": str(tmp_path / "report")}),
    ):
        shutil.rmtree(tmp_path / "ledger")
        assert not [line for line in sum_up(kept, **given)["lines"] if line.startswith("Findings: ")], kept


def test_a_report_in_a_file_s_place_takes_no_line_away(sum_up: Sum, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = sum_up({"a": FINE}, report_dir=str(tmp_path / "file"))
    assert result["lines"][0] == "a: healthy: a client reaches the logon" and result["failed"]
    assert any(line.startswith("No report: rdp_report_dir: ") for line in result["lines"])


REPAIRABLE: dict[str, Any] = {
    **BROKEN,
    "findings": [],
    "plan": {"steps": [{"op": "service.restart", "service": "TermService", "reason": "", "cost": "none"}]},
}


@pytest.mark.parametrize(
    ("given", "begin"),
    [
        (("hosts.ini",), "-i hosts.ini "),
        (("sites/a", "web01,"), "-i sites/a -i web01, "),
        (("/etc/site/hosts",), "-i inventory "),
    ],
)
def test_the_page_of_a_run_has_commands_for_its_inventory(
    sum_up: Sum, tmp_path: Path, given: tuple[str, ...], begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the run was given it; a folder of this machine is not sent to others."""
    monkeypatch.chdir(tmp_path)
    whole = tuple(
        str(tmp_path / one) if "," not in one and one[0] != "/" else one for one in given
    )  # as Ansible has it
    sum_up({"a": REPAIRABLE}, inventory=whole, report_dir="report")
    page = (tmp_path / "report/rdp-report.html").read_text()
    assert f"ansible-playbook {begin}winops.rdp.remediate_rdp -l a" in page
    assert str(tmp_path) not in page and "/etc/site" not in page


def test_the_page_of_a_run_has_no_command_for_a_host_that_is_called_as_a_group(sum_up: Sum, tmp_path: Path) -> None:
    """``-l web`` would repair all hosts of that group."""
    groups = {"web": ["web01"]}
    sum_up({"web": REPAIRABLE, "web01": REPAIRABLE}, groups=groups, report_dir=str(tmp_path / "report"))
    page = (tmp_path / "report/rdp-report.html").read_text()
    assert "remediate_rdp -l web01" in page and "-l web " not in page and "-l web,web01" not in page


def test_what_a_role_of_a_site_s_own_play_came_to_is_judged(sum_up: Sum) -> None:
    hosts: dict[str, Any] = {
        "a": {"rdp_audit_result": FINE},
        "b": {"rdp_audit_result": {"failed": True, "msg": "b: no"}},
        "c": {"rdp_audit_result": {"skipped": True}},
    }
    result = sum_up({}, hosts)
    assert result["summary"] == "3 hosts: 1 healthy, 1 not reached in this run, 1 failed", result


def test_where_nobody_was_asked_through_the_collection_that_is_an_error_and_no_report(
    sum_up: Sum, tmp_path: Path
) -> None:
    result = sum_up({}, {"a": {"my_own": FINE}, "b": {}}, report_dir=str(tmp_path / "report"))
    assert result["failed"] and "neither a playbook nor a role of winops.rdp came to one" in result["msg"]
    assert not (tmp_path / "report").exists()


def test_a_restore_is_counted_by_what_it_did(sum_up: Sum) -> None:
    step, journal = [{"op": "registry.set"}], {"journal": {"id": "x"}}
    back = {**journal, "verdict": "broken", "restored": "run-1", "summary": "taken back", "plan": {"steps": step}}
    kept = {
        "a": {"changed": False, "journal": None, "summary": "nothing to restore: run-1 changed nothing on this host"},
        "b": {**back, "steps": step, "verdict_after": "broken"},
        "c": {**back, "journal": None, "verdict_after": None},
        "d": {**back, "steps": step, "verdict_after": "broken", "failed": True, "msg": "d: a step failed"},
    }
    result = sum_up(kept, kind="restore")
    total = "4 hosts: 1 nothing to restore, 1 would be taken back, 1 taken back, 1 broken"
    assert result["summary"] == total, result
    assert result["stats"]["rdp_broken_hosts"] == ["b", "d"], "a workflow's next job is told how they are"


def _row(run: str, day: float, *, restorable: bool) -> dict[str, Any]:
    hour = round(day % 1 * 24)
    return {"run": run, "created": f"2026-11-{int(day)}T{hour:02}:00:00Z", "restorable": restorable}


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([_row("run-1", 20, restorable=True)], None),
        (
            [_row("run-1", 20, restorable=True), _row("run-2", 21, restorable=False)],
            "latest is run-1: newer ones left nothing to take back (run-2).",
        ),
        (
            [_row("run-0", 19, restorable=True), _row("run-1", 20, restorable=False)],
            "latest is run-1: nothing is left of it to take back; the newest run with something left is run-0.",
        ),
        # Two runs at a time, or one whose hosts were changed in batches.
        (
            [
                _row("run-1", 20, restorable=True),
                _row("run-1", 20.5, restorable=True),
                _row("run-2", 20.25, restorable=True),
            ],
            None,
        ),
        (
            [
                _row("run-1", 20, restorable=False),
                _row("run-1", 20.5, restorable=False),
                _row("run-2", 20.25, restorable=True),
            ],
            "latest is run-1: nothing is left of it to take back; the newest run with something left is run-2.",
        ),
        (
            [
                _row("run-1", 20, restorable=True),
                _row("run-1", 20.5, restorable=True),
                _row("run-2", 20.25, restorable=False),
                _row("run-2", 21, restorable=False),
                _row("run-3", 21, restorable=False),
                _row("run-3", 22, restorable=True),
                _row("run-4", 21, restorable=False),
            ],
            "latest is run-1: newer ones left nothing to take back (run-4).",
        ),
    ],
)
def test_which_run_the_latest_was_is_said_where_it_is_not_plain(
    sum_up: Sum, rows: list[dict[str, Any]], words: str | None
) -> None:
    done = {"changed": False, "journal": None, "summary": "nothing to restore"}
    hosts = {f"h{at}": {"__rdp_listed": {"changes": [row]}} for at, row in enumerate(rows)}
    result = sum_up(dict.fromkeys(hosts, done), hosts, "restore", variables={"__rdp_newest": "run-1"})
    assert [line for line in result["lines"] if line.startswith("latest is")] == ([words] if words else [])
