# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The actions over recorded answers: every way in which a call can go wrong ends in one clear sentence."""

from __future__ import annotations

import copy
import importlib
import json
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
import yaml
from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, host_link, journals, session
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import is_id
from ansible_collections.winops.rdp.plugins.plugin_utils.results import returns

from tests.hosts.snapshots import KEY_FILE, NOW, Host, dword, probe

IN, DIES = probe(), probe("tls", "reset")

# Report and summary ask no host.
ASKING = sorted(set(arguments.SPECS) - {"report", "summary"})


class Windows:
    """Answers the host script's calls: snapshots from a list, and applies by saying that each step was done."""

    def __init__(self, *snapshots: Any) -> None:
        self.answers = list(snapshots)
        self.calls: list[dict[str, Any]] = []
        self.reports: list[dict[str, Any]] | None = None

    def __call__(self, module_name: str, module_args: dict[str, Any], task_vars: dict[str, Any]) -> Any:
        assert module_name == ("winops.rdp._apply" if module_args["operation"] == "apply" else "winops.rdp._host")
        self.calls.append(copy.deepcopy(module_args))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Host):
            answer = answer.to_answer()
        if module_args["operation"] == "apply" and "sections" in answer:
            answer["operation"] = "apply"
            answer["journal"] = {"id": module_args["journal"]["id"], "path": "C:\\j", "state": "complete"}
            answer["steps"] = self.reports or [
                {"op": step["op"], "status": "done", "before": None, "after": None, "error": None, "elapsed_ms": 1}
                for step in module_args["steps"]
            ]
        return answer


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run one module's action against a Windows and a row of sights."""

    def go(
        module: str,
        windows: Windows,
        *sights: dict[str, Any],
        check: bool = False,
        shell: str = "powershell",
        transport: str = "winrm",
        **options: Any,
    ) -> dict[str, Any]:
        looks = list(sights)
        look_at = MagicMock(side_effect=lambda *_args, **_kwargs: looks.pop(0) if len(looks) > 1 else looks[0])
        monkeypatch.setattr(session, "probe_listener", look_at)
        monkeypatch.setattr(host_link, "datetime", MagicMock(now=lambda _zone: NOW))
        monkeypatch.setattr("time.sleep", lambda _seconds: None)
        monkeypatch.setattr(session, "_SETTLE_SECONDS", 0.0)
        monkeypatch.setattr(session, "_GLANCE_SECONDS", 0.0)
        task = MagicMock(
            Task,
            async_val=0,
            check_mode=check,
            diff=True,
            args={"journal_dir": str(tmp_path), **options} if "journal_dir" in arguments.SPECS[module] else options,
        )
        task.environment, task._role = None, None
        connection = MagicMock(transport=transport)
        connection._shell.SHELL_FAMILY = shell
        connection.get_option.return_value = "10.0.0.5"
        plugin = importlib.import_module(f"ansible_collections.winops.rdp.plugins.action.{module}")
        action = plugin.ActionModule(task, connection, MagicMock(), DataLoader(), Templar(loader=DataLoader()), None)
        monkeypatch.setattr(action, "_execute_module", windows)
        result: dict[str, Any] = action.run(task_vars={"inventory_hostname": "web01", "ansible_port": 5986})
        json.dumps(result)
        return result

    return go


def _unreadable() -> Host:
    host = Host()
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    return host


def test_unchanged_host_costs_one_call(run: Any) -> None:
    windows = Windows(Host())
    result = run("remediate", windows, IN)
    assert (
        not result["changed"]
        and result["verdict"] == "healthy"
        and len(windows.calls) == 1
        and result["journal"] is None
    )


def test_repair_is_journalled_verified_and_costs_two_calls(run: Any, tmp_path: Path) -> None:
    windows = Windows(_unreadable(), Host())
    result = run("remediate", windows, DIES, IN)
    assert (
        result["changed"]
        and result["verified"]["ok"]
        and result["verdict_after"] == "healthy"
        and not result.get("failed")
    )
    assert [call["operation"] for call in windows.calls] == ["snapshot", "apply"]
    kept = json.loads(Path(result["journal"]["controller_copy"]).read_text())
    assert kept["state"] == "complete" and [step["status"] for step in kept["steps"]] == ["done", "done"]
    assert Path(result["journal"]["controller_copy"]).is_relative_to(tmp_path / "web01")


def test_check_mode_predicts_the_same_plan_and_diff_and_calls_once(run: Any, tmp_path: Path) -> None:
    real = run("remediate", Windows(_unreadable(), Host()), DIES, IN)
    before = set(tmp_path.rglob("*"))
    windows = Windows(_unreadable())
    dry = run("remediate", windows, DIES, check=True)
    assert dry["plan"] == real["plan"] and dry["diff"] == real["diff"] and dry["changed"] and len(windows.calls) == 1
    assert set(tmp_path.rglob("*")) == before, "check mode writes nothing on the controller either"


def test_fallback_follows_when_clients_still_do_not_get_in(run: Any) -> None:
    broken = Host().setting("rdp_tcp", "SecurityLayer", dword(9))
    windows = Windows(broken, Host(), Host(), Host())
    closed = probe("negotiation", "closed")
    result = run("remediate", windows, closed, closed, IN)
    assert [step["op"] for call in windows.calls[1:] for step in call.get("steps", ())] == [
        "registry.set",
        "service.restart",
    ]
    assert result["verified"]["ok"]
    # Taking back the fallback, a restart, would take back nothing.
    first, second = (call["journal"]["id"] for call in windows.calls if call["operation"] == "apply")
    assert [journal["id"] for journal in result["journals"]] == [first, second] and result["journal"]["id"] == first


def test_repair_that_does_not_help_fails_and_says_how_to_go_back(run: Any) -> None:
    result = run("remediate", Windows(_unreadable(), _unreadable()), DIES)
    assert (
        result["failed"]
        and "certificate.key_unreadable is still there" in result["msg"]
        and "winops.rdp.restore journal=" in result["msg"]
    )


def test_repair_that_makes_it_worse_fails(run: Any) -> None:
    result = run(
        "remediate",
        Windows(Host().setting("rdp_tcp", "SecurityLayer", dword(1)), Host().service("TermService", state=1, pid=0)),
        IN,
        probe("tcp", "refused"),
    )
    assert result["failed"] and "worse" in result["msg"] and "service.stopped" in result["verified"]["worse"]


def test_failed_step_is_named(run: Any) -> None:
    windows = Windows(_unreadable(), _unreadable())
    error = {"code": -2147024891, "type": "System.UnauthorizedAccessException", "message": "denied"}
    windows.reports = [
        {"op": "acl.set", "status": "failed", "before": None, "after": None, "error": error, "elapsed_ms": 1},
        {"op": "service.restart", "status": "skipped", "before": None, "after": None, "error": None, "elapsed_ms": 0},
    ]
    result = run("remediate", windows, DIES)
    assert result["failed"] and not result["changed"] and f"acl.set {KEY_FILE} failed (0x80070005" in result["msg"]


@pytest.mark.parametrize("module", ASKING)
@pytest.mark.parametrize(
    ("answer", "words", "unreachable"),
    [
        (
            AnsibleConnectionFailure("winrm connection error: refused"),
            "cannot be reached over winrm at 10.0.0.5:5986",
            True,
        ),
        (ConnectionResetError(104, "Connection reset by peer"), "cannot be reached", True),
        (AnsibleError("no transport"), "could not be asked: no transport", False),
        ({"unreachable": True, "msg": "timed out"}, "cannot be reached", True),
        (
            {"failed": True, "msg": "MODULE FAILURE", "module_stdout": "", "rc": 1},
            "did not answer as a Windows host",
            False,
        ),
        (
            {
                "failed": True,
                "msg": "x",
                "reason": "locked",
                "lock": {"holder": "ctl:1", "since": "t", "journal": "j"},
                "schema_version": 1,
            },
            "another run (ctl:1, since t",
            False,
        ),
        (
            {"failed": True, "msg": "x", "reason": "bad_arguments", "schema_version": 1},
            "does not understand the call",
            False,
        ),
        ({}, "did not answer as a Windows host", False),
        ({"schema_version": 1, "sections": []}, "answer that cannot be used", False),
        ({"schema_version": 9, "sections": {}}, "schema version 9", False),
    ],
)
def test_bad_answers_end_in_one_sentence(run: Any, module: str, answer: Any, words: str, unreachable: bool) -> None:
    options = {"listener": {"security_layer": "tls"}, "service": {"state": "started"}}.get(module, {})
    result = run(module, Windows(answer), IN, **options)
    assert result.get("unreachable", False) is unreachable and result.get("failed", False) is not unreachable
    assert words in result["msg"] and result["msg"].endswith(".") and "\n" not in result["msg"]


def test_connection_lost_while_steps_are_done_names_the_journal(run: Any) -> None:
    result = run("remediate", Windows(_unreadable(), AnsibleConnectionFailure("gone")), DIES)
    assert (
        result["unreachable"] and result["reason"] == "interrupted" and "winops.rdp.restore journal=2" in result["msg"]
    )


def test_not_an_administrator(run: Any) -> None:
    host = Host().without("key_files").without("services")
    host.sections["host"]["elevated"] = False
    windows = Windows(host)
    result = run("remediate", windows, IN)
    assert (
        result["failed"]
        and "not an administrator" in result["msg"]
        and "key_files, services" in result["msg"]
        and len(windows.calls) == 1
    )
    diagnosis = run("diagnose", Windows(host), IN)
    assert diagnosis["verdict"] == "unknown" and len(diagnosis["unread"]) == 2 and not diagnosis.get("failed")


def test_one_section_that_is_denied_leaves_the_rest(run: Any) -> None:
    result = run("diagnose", Windows(Host().without("certificates").setting("rdp_tcp", "SecurityLayer", dword(9))), IN)
    assert [finding["id"] for finding in result["findings"]] == [
        "listener.security_layer_invalid"
    ] and "certificate could not be read" in result["unread"][0]


@pytest.mark.parametrize("module", ASKING)
def test_posix_shell_is_refused_before_any_call(run: Any, module: str) -> None:
    options = {"listener": {"security_layer": "tls"}, "service": {"state": "started"}}.get(module, {})
    windows = Windows()
    result = run(module, windows, IN, shell="sh", **options)
    assert result["failed"] and "ansible_connection to winrm or psrp" in result["msg"] and not windows.calls


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("remediate", {"probe_port": 0}, "probe_port is 0"),
        ("remediate", {"probe_timeout": 0}, "probe_timeout is 0"),
        ("remediate", {"nonsense": 1}, "nonsense"),
        ("listener", {}, "one of the following is required"),
        ("listener", {"security_layer": "rdp"}, "security_layer"),
        ("listener", {"nla": False}, "nla=false is refused"),
        ("certificate", {"state": "bound"}, "thumbprint"),
        ("certificate", {"state": "bound", "thumbprint": "12"}, "40 hexadecimal digits"),
        ("service", {}, "one of the following is required"),
        ("service", {"name": "gpsvc", "state": "started"}, "gpsvc"),
        ("facts", {"sections": ["all"]}, "sections"),
        ("restore", {"journal": "/nowhere/x.json"}, "neither 'latest', nor a journal's id"),
    ],
)
def test_wrong_options_end_in_one_sentence(run: Any, module: str, options: dict[str, Any], words: str) -> None:
    result = run(module, Windows(Host()), IN, **options)
    assert (
        result["failed"] and words in result["msg"] and not result["changed"]
        if "changed" in result
        else result["failed"]
    )


def test_interrupted_run_is_named(run: Any) -> None:
    host = Host()
    entry = {
        "id": "20261123T130000Z-0a1b2c3d",
        "created": None,
        "state": "open",
        "undoes": None,
        "controller": "c",
        "steps_done": 1,
        "steps_total": 2,
    }
    host.sections["journals"]["recent"].append(entry)
    for module in ("diagnose", "remediate"):
        result = run(module, Windows(host), IN)
        assert result["interrupted_journals"] == [entry["id"]] and "was interrupted" in result["summary"]


def test_restore_takes_back_and_without_a_journal_does_nothing(run: Any) -> None:
    assert run("restore", Windows(Host()), IN)["changed"] is False
    host = Host()
    host.sections["journals"]["whole"] = {
        "id": "20261123T130000Z-0a1b2c3d",
        "state": "complete",
        "steps": [
            {
                "op": "registry.set",
                "key": host.sections["listener"]["rdp_tcp"]["path"],
                "name": "SecurityLayer",
                "type": "dword",
                "data": 2,
                "status": "done",
                "before": dword(1),
                "after": dword(2),
            }
        ],
    }
    windows = Windows(host, Host())
    result = run("restore", windows, IN)
    assert (
        result["changed"]
        and result["restored"] == "20261123T130000Z-0a1b2c3d"
        and windows.calls[1]["journal"]["undoes"] == result["restored"]
    )
    assert windows.calls[0]["journal_id"] == "latest" and windows.calls[1]["steps"][0]["data"] == 1


def test_journal_folder_that_cannot_be_written_stops_before_anything_is_done(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    windows = Windows(_unreadable())
    result = run("remediate", windows, DIES, journal_dir=str(tmp_path / "file"))
    assert result["failed"] and "journal_dir" in result["msg"] and len(windows.calls) == 1


def test_journal_ids_are_unique_and_in_form() -> None:
    ids = {journals.new_journal().id for _turn in range(200)}
    assert len(ids) == 200 and all(is_id(id_) for id_ in ids)


def _documented(module: str) -> dict[str, Any]:
    documented: dict[str, Any] = yaml.safe_load(returns.returns(module))
    return documented


# What every result has, or Ansible adds.
_COMMON = {"changed", "failed", "diff", "invocation"}


@pytest.mark.parametrize("check", [False, True])
@pytest.mark.parametrize("module", ["remediate", "machine_keys"])
def test_a_change_s_keys_are_the_documented_ones(run: Any, module: str, check: bool) -> None:
    result = run(module, Windows(_unreadable(), Host()), DIES, IN, check=check)
    documented = _documented(module)
    assert set(result) - _COMMON <= set(documented)
    assert {name for name, entry in documented.items() if entry["returned"] == "always"} <= set(result)
    done = {name for name, entry in documented.items() if entry["returned"] == "when steps were done"}
    assert done and (not done & set(result) if check else done <= set(result))


def test_a_diagnosis_keys_are_the_documented_ones(run: Any) -> None:
    result = run("diagnose", Windows(_unreadable()), DIES)
    documented = _documented("diagnose")
    assert set(result) - _COMMON == {name for name, entry in documented.items() if entry["returned"] == "always"}


def test_each_phase_is_said_with_the_host_s_name(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, str]] = []
    monkeypatch.setattr(Display, "vv", lambda _self, text, host=None: said.append((text, host)))
    run("remediate", Windows(_unreadable(), Host()), DIES, IN)
    assert {host for _text, host in said} == {"web01"}
    phases = [text.removeprefix("winops.rdp: ").split(":")[0] for text, _host in said]
    assert phases == [
        *("snapshot", "probe", "diagnosis", "plan", "apply"),
        *("step", "step", "probe", "diagnosis", "proof"),
    ]


@pytest.mark.parametrize(
    ("sight", "words"),
    [
        (IN, "Remote Desktop itself answers at"),
        (DIES, "tls: reset"),
        (probe("tcp", "timeout"), "port does not answer either"),
    ],
)
def test_remote_desktop_is_looked_at_where_ansible_gets_no_answer(run: Any, sight: Any, words: str) -> None:
    result = run("diagnose", Windows(AnsibleConnectionFailure("timed out")), sight)
    assert result["unreachable"] and words in result["msg"] and result["client_summary"]
    silent = run("diagnose", Windows(AnsibleConnectionFailure("timed out")), sight, probe=False)
    assert "Remote Desktop" not in silent["msg"]


@pytest.mark.parametrize("transport", ["aws_ssm", "community.vmware.vmware_tools"])
def test_an_address_that_is_none_in_the_network_is_not_looked_at(run: Any, transport: str) -> None:
    """The twin of the case: ansible_host is an instance's id, or a vCenter."""
    blind = run("diagnose", Windows(Host()), DIES, transport=transport)
    assert blind["probe"] is None and "not looked at from outside" in blind["summary"]
    told = run("diagnose", Windows(Host()), IN, transport=transport, probe_host="web01.example.com")
    assert told["probe"] and "reaches the logon" in told["summary"]


@pytest.mark.parametrize(("fail_on", "fails"), [("never", False), ("broken", True), ("degraded", True)])
def test_a_verdict_that_is_not_wanted_fails(run: Any, fail_on: str, fails: bool) -> None:
    result = run("diagnose", Windows(_unreadable()), DIES, fail_on=fail_on)
    assert result["verdict"] == "broken" and bool(result.get("failed")) is fails


def test_the_result_is_kept_where_it_is_asked_for(run: Any, tmp_path: Path) -> None:
    result = run("diagnose", Windows(Host()), IN, results_dir=str(tmp_path / "kept"))
    assert json.loads((tmp_path / "kept/web01.json").read_text())["verdict"] == result["verdict"]
    (tmp_path / "file").write_text("")
    failed = run("diagnose", Windows(Host()), IN, results_dir=str(tmp_path / "file"))
    assert failed["failed"] and "Give results_dir a folder that can be written" in failed["msg"]
