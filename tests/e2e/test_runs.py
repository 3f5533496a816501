# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that always speak: whatever limit, batches, strategy and connection, each ends with a line for each host."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import QUICK, playbook
from tests.e2e.runs import run
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

NAMES = ["winrm_closed", "healthy", "key_unreadable", "healthy_2"]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    """A host that cannot be reached first, and one that is broken among healthy ones."""
    with Fleet(["winrm_closed", "healthy", "key_unreadable", "healthy"], tmp_path_factory.mktemp("runs")) as twins:
        yield twins


# The matrix -----------------------------------------------------------------------------------------------------------

LIMITS = (None, "healthy", "winrm_closed")
SERIALS = (None, "1", '[1, "100%"]')
CONNECTIONS: tuple[dict[str, str], ...] = ({}, {"ansible_connection": "winrm"})
STRATEGIES = ("linear", "free", "host_pinned")
MATRIX = list(itertools.product(LIMITS, SERIALS, (False, True), CONNECTIONS, STRATEGIES))
# Three in which every value of every axis is, but for one of the strategies for which a command has to be started:
# that one is in test_settings_of_a_site_do_not_silence_a_run. A deep run has them all.
FEW = [(LIMITS[at], SERIALS[at - 1], bool(at % 2), CONNECTIONS[at % 2], STRATEGIES[at % 2]) for at in range(3)]


def _matrix_id(case: Any) -> str:
    limit, serial, local, connection, strategy = case
    return f"limit={limit}-serial={serial}-localhost={local}-extra={bool(connection)}-{strategy}"


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[] if case in FEW else [pytest.mark.deep], id=_matrix_id(case)) for case in MATRIX],
)
def test_every_run_speaks(fleet: Fleet, case: Any, tmp_path: Path) -> None:
    """Limit x batches x localhost in the inventory x connection as an extra variable x strategy."""
    limit, serial, local, connection, strategy = case
    inventory = tmp_path / "inventory.ini"
    inventory.write_text(("localhost ansible_connection=local\n" if local else "") + fleet.inventory_path.read_text())
    variables = {**connection, **({"rdp_serial": serial} if serial else {})}
    done = run(
        inventory,
        "remediate_rdp",
        tmp_path,
        "--check",
        *(("--limit", limit) if limit else ()),
        env={} if strategy == "linear" else {"ANSIBLE_STRATEGY": strategy},
        **variables,
    )
    states = dict(zip(NAMES, ("unreachable", "healthy", "broken", "healthy")))
    expected = {name: state for name, state in states.items() if limit in (None, name)}
    assert done.report == expected, done.output
    own = {"localhost": "left out"} if local and limit is None else {}
    assert {name: line.split(":")[0] for name, line in done.lines.items()} == {**expected, **own}, done.output
    assert done.code == (2 if "unreachable" in expected.values() else 0), done.output
    assert "NO MORE HOSTS LEFT" not in done.output and "Traceback" not in done.output


def test_the_matrix_has_all_its_axes() -> None:
    assert len(MATRIX) >= 60
    for axis in range(5):
        every = {str(case[axis]) for case in MATRIX} - {STRATEGIES[2]}
        assert {str(case[axis]) for case in FEW} == every, axis


# Inputs that once ended without a word ----------------------------------------------------------------------------


def test_limit_has_its_lines_and_report(fleet: Fleet, tmp_path: Path) -> None:
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "--limit", "healthy")
    assert done.code == 0 and done.report == {"healthy": "healthy"} and list(done.lines) == ["healthy"], done.output
    assert done.line("healthy") == "healthy: a client reaches the logon; what comes after it was not tried"


@pytest.mark.parametrize(
    "name", ["web 01", "*", *(pytest.param(name, marks=pytest.mark.deep) for name in ("a,!b", "!a", "café"))]
)
def test_a_host_of_any_name_has_its_line_and_fails_its_run(name: str, tmp_path: Path) -> None:
    """As a pattern ``web 01`` is two, which match no host: the run ended without a word, and with 0."""
    inventory = tmp_path / "inventory.yml"
    place = {"ansible_connection": "winrm", "ansible_host": "127.0.0.9", "ansible_port": 1, "ansible_user": "x"}
    inventory.write_text(json.dumps({"all": {"hosts": {name: {**place, "ansible_password": "x"}}}}))
    done = run(inventory, "audit_rdp", tmp_path, rdp_audit_probe=False)
    assert done.report == {name: "unreachable"} and done.code == 2, done.output
    assert f"\n{name}: unreachable: " in done.output and "\n1 host: 1 unreachable\n" in done.output, done.output


def test_a_host_that_cannot_be_reached_is_no_canary(fleet: Fleet, tmp_path: Path) -> None:
    extra: dict[str, Any] = {"rdp_hosts": "winrm_closed,healthy,key_unreadable", "rdp_serial": [1, 1, "100%"]}
    done = run(fleet.inventory_path, "remediate_rdp", tmp_path, "--check", rdp_max_fail_percentage=0, **extra)
    assert done.report == {"winrm_closed": "unreachable", "healthy": "healthy", "key_unreadable": "broken"}
    assert done.code == 2 and "would be repaired" in done.line("key_unreadable"), done.output


@pytest.mark.parametrize(
    "serial",
    [
        '[1, 10, "100%"]',
        pytest.param("1\n10", marks=pytest.mark.deep),
        pytest.param([1, "50%"], marks=pytest.mark.deep),
    ],
)
def test_batches_as_people_write_them(fleet: Fleet, serial: Any, tmp_path: Path) -> None:
    done = run(fleet.inventory_path, "remediate_rdp", tmp_path, "--check", "-l", "healthy", rdp_serial=serial)
    assert done.code == 0 and done.report == {"healthy": "healthy"}, done.output


def test_connection_as_an_extra_variable_keeps_the_result(tmp_path: Path) -> None:
    with Fleet(["key_unreadable", "healthy"], tmp_path / "state") as twins:
        done = run(
            twins.inventory_path,
            "remediate_rdp",
            tmp_path,
            ansible_connection="winrm",
            rdp_remediate_results_dir=str(tmp_path / "results"),
        )
        kept = json.loads((tmp_path / "results/key_unreadable.json").read_text())
    assert done.code == 0 and kept["verified"]["ok"] is True and "UNREACHABLE" not in done.output, done.output
    assert f"Journals: {tmp_path / 'journals'} on this machine, and on each host;" in done.output
    assert done.line("key_unreadable").startswith(
        "repaired: certificate.key_unreadable [proven]; a client ended at tls"
    )


# Dialogs as they were pasted, in languages without spaces, and the code that is in each.
DIALOGS = {
    "错误代码： 0x708 扩展错误代码： 0x0": "0x708",
    "错误代码: 0x904扩展错误代码: 0x7": "0x904",
    "エラー コード: 0x904拡張エラー コード: 0x7": "0x904",
    "错误代码0x904，扩展错误代码0x7": "0x904",
}


def test_a_dialog_in_chinese_or_japanese_is_read(tmp_path: Path) -> None:
    """Each as a host's own variable, in one run."""
    kept, inventory = tmp_path / "results", tmp_path / "inventory.ini"
    with Fleet(["healthy"] * len(DIALOGS), tmp_path / "state") as twins:
        text = twins.inventory_path.read_text()
        for name, said in zip(twins.hosts, DIALOGS):
            text = re.sub(rf"(?m)^({name} .*)$", rf"\1 rdp_audit_client_code='{said}'", text)
        inventory.write_text(text)
        done = run(inventory, "audit_rdp", tmp_path, rdp_audit_results_dir=str(kept))
        names = list(twins.hosts)
    assert done.code == 0, done.output
    for name, code in zip(names, DIALOGS.values()):
        [finding] = json.loads((kept / f"{name}.json").read_text())["findings"]
        facts = [one["fact"] for one in finding["evidence_for"] if one["where"] == "the user's client"]
        assert [fact.startswith(code) for fact in facts] == [True], (name, finding)


def test_failed_repair_of_the_first_host_stops_the_run(tmp_path: Path) -> None:
    """The canary cannot be reached, the host after it dies while it is repaired: the third is left as it is."""
    with Fleet(["winrm_closed", "dies_after_1", "key_unreadable"], tmp_path / "state") as twins:
        start = twins.hosts["key_unreadable"].state
        # One batch with both: the gate alone holds the third back.
        done = run(twins.inventory_path, "remediate_rdp", tmp_path, *QUICK, rdp_serial=[1, "100%"])
        after = twins.hosts["key_unreadable"].state
        died = [host for host, line in done.lines.items() if "This happened while steps were being done" in line]
    assert done.code == 2 and done.report is not None, done.output
    assert died == ["dies_after_1"]
    way_back = f"ansible-playbook -i {twins.inventory_path} winops.rdp.restore_rdp -l dies_after_1 -e rdp_journal=2"
    assert way_back in done.line("dies_after_1")
    if after == start:
        assert "stopped before its turn" in done.line("key_unreadable"), done.output
    else:  # it had its turn before the one that died
        assert done.line("key_unreadable").startswith("repaired"), done.output


def test_too_many_failures_of_a_batch_stop_the_next(tmp_path: Path) -> None:
    with Fleet(["garbage", "key_unreadable"], tmp_path / "state") as twins:
        start = twins.hosts["key_unreadable"].state
        done = run(twins.inventory_path, "remediate_rdp", tmp_path)
        assert twins.hosts["key_unreadable"].state == start
        assert done.code == 2 and done.report == {"garbage": "failed", "key_unreadable": "failed"}, done.output
        assert "not reached in this run (stopped before its turn" in done.line("key_unreadable")
        on = run(twins.inventory_path, "remediate_rdp", tmp_path / "on", rdp_max_fail_percentage=100)
        assert on.code == 2 and on.line("key_unreadable").startswith("repaired"), on.output


def test_a_whole_run_that_fails_in_ansible_itself_still_speaks(fleet: Fleet, tmp_path: Path) -> None:
    extra: dict[str, Any] = {"rdp_audit_probe_timeout": "{{ 5 | no_such_filter }}"}
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", **extra)
    assert done.code == 2 and "no_such_filter" in done.line("healthy") and done.report == {"healthy": "failed"}


def test_settings_of_a_site_do_not_silence_a_run(fleet: Fleet, tmp_path: Path) -> None:
    env = {"ANSIBLE_ANY_ERRORS_FATAL": "1", "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml", "ANSIBLE_STRATEGY": STRATEGIES[2]}
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, env=env)
    assert done.code == 2 and set(done.lines) == set(NAMES) == set(done.report or ()), done.output


def test_a_report_that_cannot_be_written_is_said_before_anything_runs(fleet: Fleet, tmp_path: Path) -> None:
    """``test_summary_action`` has those that turn out so at the end: they take no line away."""
    (tmp_path / "file").write_text("")
    extra: dict[str, Any] = {"rdp_report_dir": str(tmp_path / "file")}
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", **extra)
    assert done.code not in (0, 2) and "rdp_report_dir: " in done.output and "TASK [" not in done.output, done.output


def test_tags_that_leave_everything_out_are_named(fleet: Fleet, tmp_path: Path) -> None:
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "--tags", "web")
    # Ansible's own lines on a task that failed, of which older versions have one, and none beside them.
    assert 1 <= done.output.count("no host was asked; the tags of this run (--tags web)") <= 2, done.output
    assert done.report is None
    assert done.code == 2, "nobody was asked, which is no success"
    site = tmp_path / "site.yml"
    site.write_text("- ansible.builtin.import_playbook: winops.rdp.audit_rdp\n")
    within = playbook(fleet.inventory_path, str(site), "--tags", "web")
    assert within.returncode == 0 and "no host was asked" in within.stdout, within.stdout


def test_a_run_of_nothing_but_the_controller_is_no_success(fleet: Fleet, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.ini"
    inventory.write_text(f"localhost ansible_connection=local\n{fleet.inventory_path.read_text()}")
    done = run(inventory, "audit_rdp", tmp_path, "-l", "localhost")
    nobody = "no host was asked, each of them is left out; name Windows hosts with -i"
    assert done.code == 2 and nobody in done.output, done.output
    assert done.line("localhost").startswith("left out: ") and done.report is None


def test_a_list_of_changes_is_no_report_on_hosts(fleet: Fleet, tmp_path: Path) -> None:
    """The report of the audit before it stays, and no host is counted as failed in its metrics."""
    run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy")
    folder = str(tmp_path / "journals")
    done = run(fleet.inventory_path, "restore_rdp", tmp_path, "-l", "healthy", rdp_journal_dir=folder)
    assert done.code == 0 and done.line("healthy") == "nothing is left to be taken back", done.output
    assert done.report == {"healthy": "healthy"} and "No report: this run looked at no host" in done.output
    done = run(fleet.inventory_path, "restore_rdp", tmp_path, "-l", "healthy,winrm_closed", rdp_journal_dir=folder)
    assert done.code == 2 and done.report == {"winrm_closed": "unreachable"}, done.output


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("ansible_winrm_scheme", "htps", "It must be one of http, https"),
        ("ansible_port", "winrm", "ansible_port: "),
        ("ansible_password", "{{ nobody_has_it }}", "no host of the run has what that is made of"),
    ],
)
def test_an_option_of_the_connection_with_which_no_task_runs_is_refused(
    fleet: Fleet, name: str, value: str, words: str, tmp_path: Path
) -> None:
    given: dict[str, Any] = {name: value}
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", **given)
    assert done.code not in (0, 2) and name in done.output and words in done.output, done.output
    # What hosts have is known to Ansible only when a play is over: the first has no tasks.
    assert "TASK [" not in done.output and "Traceback" not in done.output, done.output


@pytest.mark.parametrize("name", ["ansible_port", "ansible_password"])
def test_a_variable_of_the_inventory_with_which_no_task_runs_silences_nobody(
    fleet: Fleet, name: str, tmp_path: Path
) -> None:
    """Of all hosts: there is none left whose variables the closing task could be run with."""
    inventory, hosts = tmp_path / "inventory.ini", ["healthy", "healthy_2"]
    text = re.sub(r"(?m)^(healthy\S* .*)$", rf'\1 {name}="{{{{ nobody_has_it }}}}"', fleet.inventory_path.read_text())
    inventory.write_text(text)
    done = run(inventory, "audit_rdp", tmp_path, "-l", ",".join(hosts))
    assert done.code == 2 and done.report == dict.fromkeys(hosts, "failed"), done.output
    assert all("nobody_has_it" in done.line(host) for host in hosts), done.output


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("rdp_audit_probehost=x", "(is rdp_audit_probe_host meant?)"),
        pytest.param("rdp_max_fail_percentage=lots", "must be a number from 0 to 100", marks=pytest.mark.deep),
        pytest.param("rdp_audit_forecast_days=0", "rdp_audit_forecast_days is 0", marks=pytest.mark.deep),
    ],
)
def test_a_variable_of_the_inventory_that_cannot_be_meant_is_told_once(
    fleet: Fleet, given: str, words: str, tmp_path: Path
) -> None:
    """In the line of its hosts, and for the others nothing changes."""
    inventory = tmp_path / "inventory.ini"
    inventory.write_text(re.sub(r"(?m)^(healthy .*)$", rf"\1 {given}", fleet.inventory_path.read_text()))
    done = run(inventory, "audit_rdp", tmp_path, "-l", "healthy,healthy_2")
    assert done.report == {"healthy": "failed", "healthy_2": "healthy"} and done.code == 2, done.output
    assert words in done.line("healthy") and done.output.count(words) == 1, done.output


def test_an_extra_variable_made_of_a_host_s_own_is_taken(fleet: Fleet, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory.ini"
    inventory.write_text(fleet.inventory_path.read_text() + "\n[all:vars]\nsite_scheme=http\n")
    extra: dict[str, Any] = {"ansible_winrm_scheme": "{{ site_scheme }}"}
    done = run(inventory, "audit_rdp", tmp_path, "-l", "healthy", **extra)
    assert done.code == 0 and done.report == {"healthy": "healthy"}, done.output


@pytest.mark.parametrize("option", ["--skip-tags=always", "--start-at-task=One line per host"])
def test_an_option_that_takes_the_lines_away_is_refused(fleet: Fleet, option: str, tmp_path: Path) -> None:
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", option)
    assert done.code not in (0, 2) and f"{option.split('=')[0]} " in done.output and "leave it out" in done.output


def test_a_failure_is_told_once(fleet: Fleet, tmp_path: Path) -> None:
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "winrm_closed,healthy")
    assert done.output.count("the host refuses connections there") == 1, done.output


def test_a_run_hands_on_what_a_workflow_and_a_fact_cache_keep(fleet: Fleet, tmp_path: Path) -> None:
    """The next job of a workflow gets numbers and names as variables, which a run takes without a word.

    Where hosts fail the number of all comes last, behind what Ansible says of them and its recap. It is said when the
    process ends: this one is started, and is not a fork. Where all went well nothing comes there (``test_asking``).
    """
    keep = {
        "ANSIBLE_SHOW_CUSTOM_STATS": "1",
        "ANSIBLE_CACHE_PLUGIN": "jsonfile",
        "ANSIBLE_CACHE_PLUGIN_CONNECTION": str(tmp_path / "cache"),
    }
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, env=keep)
    assert "4 hosts: 2 healthy, 1 unreachable, 1 broken. What each came to" in done.output.split("PLAY RECAP")[1]
    told = done.output.split("CUSTOM STATS: ")[1].split("RUN: ")[1]
    stats, _end = json.JSONDecoder().raw_decode(told)
    assert stats == {
        "rdp_counts": {"healthy": 2, "unreachable": 1, "broken": 1},
        "rdp_broken_hosts": ["key_unreadable"],
        "rdp_failing_hosts": ["winrm_closed"],
        "rdp_repairable_hosts": ["key_unreadable"],
    }
    [path] = (tmp_path / "cache").glob("*key_unreadable")  # newer versions put their own before the name
    cached = json.loads(path.read_text())
    cached = cached.get("__payload__", cached)
    kept = json.loads(cached) if isinstance(cached, str) else cached
    verdict = kept["rdp_verdict"]
    assert (verdict["verdict"], verdict["causes"]) == ("broken", ["certificate.key_unreadable"]), kept
    assert verdict["assessed_at"].endswith("Z") and verdict["run"] is None
    again = run(fleet.inventory_path, "audit_rdp", tmp_path / "next", "-l", "healthy", **stats)
    assert again.code == 0, again.output


def test_check_only_is_check_mode_where_none_can_be_given(tmp_path: Path) -> None:
    """As text too, which is what a survey gives; for the way back as well. It takes no ``--check`` back, and a word of
    a host's own variable that is neither true nor false changes nothing."""
    with Fleet(["key_unreadable"], tmp_path / "state") as twins:
        before = twins.hosts["key_unreadable"].state
        own = tmp_path / "own"
        own.write_text(f"{twins.inventory_path.read_text()}\n[windows:vars]\nrdp_check_only=ture\n")
        for inventory, flags, given in (
            (twins.inventory_path, (), {"rdp_check_only": "true"}),
            (twins.inventory_path, ("--check",), {"rdp_check_only": False}),
            (own, (), {}),
        ):
            said = run(inventory, "remediate_rdp", tmp_path, *flags, **given)
            assert twins.hosts["key_unreadable"].state == before and said.code == 0, said.output
            assert "would be repaired: " in said.line("key_unreadable")
        run(twins.inventory_path, "remediate_rdp", tmp_path, rdp_check_only=False)
        repaired = twins.hosts["key_unreadable"].state
        assert repaired != before
        extra: dict[str, Any] = {"rdp_run": "latest", "rdp_journal_dir": str(tmp_path / "journals")}
        back = run(twins.inventory_path, "restore_rdp", tmp_path, rdp_check_only=True, **extra)
        assert back.code == 0 and twins.hosts["key_unreadable"].state == repaired, back.output


# What cannot be meant ---------------------------------------------------------------------------------------------


# Each is seen without Ansible, too, in the unit tests: here, that it is said before anything runs.
CANNOT_BE_MEANT: tuple[tuple[dict[str, Any], str], ...] = (
    ({"rdp_hosts": "{{ rdp_broken_hosts }}"}, "rdp_hosts cannot be resolved: 'rdp_broken_hosts' is undefined"),
    ({"rdp_remediate_results_dir": "{{ nope }}"}, "rdp_remediate_results_dir cannot be resolved for "),
    ({"rdp_hosts": "windwos"}, "windwos matches no host of the inventory (is windows meant?)"),
    ({"rdp_check_only": "ture"}, "rdp_check_only is 'ture'; it must be true or false"),
    ({"rdp_hosts": "windows", "rdp_hosts_by_name": True}, "takes names of hosts alone: windows is a group"),
    ({"rdp_seriel": 1}, "rdp_seriel is no variable of winops.rdp (is rdp_serial meant?)"),
    ({"rdp_hosts": "healthy,helthy_2"}, "helthy_2 matches no host of the inventory (is healthy_2 meant?)"),
    ({"rdp_serial": "[1, x]"}, "'x' is neither a number of hosts"),
    ({"rdp_serial": "150%"}, "'150%' is neither a number of hosts"),
    ({"rdp_remediate_alow_disconnect": True}, "is rdp_remediate_allow_disconnect meant?"),
    ({"rdp_remediate_only_findings": "certificate.expierd"}, "rdp_remediate_only_findings: there is no finding"),
    ({"rdp_allow_disconnect": True}, "rdp_allow_disconnect is for restore_rdp, not for remediate_rdp"),
    ({"rdp_max_fail_percentage": "a lot"}, "must be a number from 0 to 100"),
)


@pytest.mark.parametrize(
    ("extra", "words"),
    [*CANNOT_BE_MEANT[:3], *(pytest.param(*case, marks=pytest.mark.deep) for case in CANNOT_BE_MEANT[3:])],
)
def test_what_cannot_be_meant_is_said_before_anything_runs(
    fleet: Fleet, extra: dict[str, Any], words: str, tmp_path: Path
) -> None:
    posts = {name: twin.posts for name, twin in fleet.hosts.items()}
    done = run(fleet.inventory_path, "remediate_rdp", tmp_path, "--check", **extra)
    assert done.code == 4 and words in done.output and done.output.count(words) == 1, done.output
    # One line, without Ansible's words for where in the playbook that came up.
    [line] = [line for line in done.output.splitlines() if "[ERROR]" in line]
    assert line.startswith("[ERROR]: winops.rdp: rdp_") and line.endswith("."), done.output
    assert not re.search("Traceback|Unexpected Exception|lookup plugin|Origin: ", done.output), done.output
    assert {name: twin.posts for name, twin in fleet.hosts.items()} == posts


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("rdp_audit_fail_on", "rdp_audit_fail_on has no value"),
        ("rdp_audit_since=monday", "rdp_audit_since is 'monday'; it must be a day or a time"),
        (
            "rdp_audit_reference_host=healthyy",
            "no such host in the inventory (is healthy meant?)",
        ),
    ],
)
def test_a_word_on_the_command_line_that_cannot_be_meant(fleet: Fleet, word: str, words: str, tmp_path: Path) -> None:
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-e", word)
    assert done.code == 4 and words in done.output and not done.lines, done.output


@pytest.mark.parametrize(
    ("playbook", "own", "words"),
    [
        ("remediate_rdp", "rdp_remediate_max_hosts=0", "rdp_remediate_max_hosts is 0; it must be at least 1"),
        ("audit_rdp", "rdp_audit_forecast_days=0", "rdp_audit_forecast_days is 0"),
    ],
)
def test_options_are_named_as_the_reader_wrote_them(
    fleet: Fleet, playbook: str, own: str, words: str, tmp_path: Path
) -> None:
    """In the inventory it is a host's own, and the others are asked."""
    (tmp_path / "own").write_text(f"healthy {own}\n")
    done = run(fleet.inventory_path, playbook, tmp_path, "-i", str(tmp_path / "own"), "-l", "healthy")
    assert done.code == 2 and words in done.line("healthy"), done.output


def test_a_role_in_a_site_playbook_says_its_line_and_fails_by_itself(fleet: Fleet, tmp_path: Path) -> None:
    site = tmp_path / "site.yml"
    line = {"ansible.builtin.debug": {"msg": "kept {{ rdp_audit_summary }}"}}
    site.write_text(
        json.dumps([{"hosts": "all", "gather_facts": False, "roles": ["winops.rdp.rdp_audit"], "post_tasks": [line]}])
    )
    done = playbook(fleet.inventory_path, str(site))
    assert "\nkey_unreadable: broken: certificate.key_unreadable [proven]; a client ends at tls" in done.stdout
    assert "kept healthy: a client reaches the logon" in done.stdout and done.returncode == 4, done.stdout
    assert "fatal: [winrm_closed]: UNREACHABLE! => " in done.stdout, done.stdout
    assert done.stdout.count("nothing listens on that port") == 1, "Ansible's own is short: " + done.stdout
    wrong = playbook(fleet.inventory_path, str(site), "-l", "healthy", rdp_audit_probehost="x")
    assert wrong.returncode == 2 and "is rdp_audit_probe_host meant?" in wrong.stdout + wrong.stderr, wrong.stdout
