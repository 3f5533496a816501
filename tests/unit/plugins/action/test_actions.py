# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The actions over recorded answers: every way in which a call can go wrong ends in one clear sentence."""

from __future__ import annotations

import copy
import fcntl
import hashlib
import importlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import MagicMock

import pytest
from ansible import constants, release
from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.action import diagnose as diagnose_action
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import (
    arguments,
    asking,
    bundles,
    client_session,
    files,
    host_link,
    journals,
    limit,
    logon,
    neighbours,
    others,
    runs,
    saying,
    session,
    shared,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import logon as logon_words
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.comparison import Comparison
from ansible_collections.winops.rdp.plugins.plugin_utils.host import presented
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import is_id
from ansible_collections.winops.rdp.plugins.plugin_utils.report import lines
from ansible_collections.winops.rdp.plugins.plugin_utils.results import returns
from pypsrp.exceptions import AuthenticationError
from pypsrp.wsman import WSMan
from winrm.exceptions import WinRMTransportError

from tests.hosts import clients
from tests.hosts.snapshots import GUID, KEY_FILE, NOW, Host, binary, dword, key_provider, make_der, probe, utc
from tests.hosts.windows import Windows as TwinWindows
from tests.profiles import some
from tests.tools.documents import load_yaml

try:
    from ansible.template import trust_as_template as trusted
except ImportError:  # before ansible-core 2.19 every text is a template
    trusted = str

IN, DIES = probe(), probe("tls", "reset")

# These ask no host.
ASKING = sorted(set(arguments.SPECS) - {"offline", "report", "summary"})


class Windows:
    """Answers the host script's calls: snapshots from a list, and applies by saying that each step was done."""

    def __init__(self, *snapshots: Any) -> None:
        self.answers = list(snapshots)
        self.calls: list[dict[str, Any]] = []
        # What is reported of the first steps that are done.
        self.reports: list[dict[str, Any]] | None = None

    def __call__(self, module_name: str, module_args: dict[str, Any], task_vars: dict[str, Any]) -> Any:
        operation = module_args.get("operation", "client")
        assert module_name == {"apply": "winops.rdp.__windows._apply", "snapshot": "winops.rdp.__windows._host"}.get(
            operation, "winops.rdp.__windows._client"
        )
        self.calls.append(copy.deepcopy(module_args))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Host):
            answer = answer.to_answer()
        if operation == "apply" and "sections" in answer:
            answer["operation"] = "apply"
            answer["journal"] = {"id": module_args["journal"]["id"], "path": "C:\\j", "state": "complete"}
            reports, self.reports = self.reports, None
            answer["steps"] = reports or [
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
        variables: dict[str, Any] | None = None,
        transport: str = "winrm",
        role: str | None = None,
        connected: str | None = "10.0.0.5",
        no_log: bool = False,
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
        task.no_log = no_log
        task.environment, task._role = None, role and MagicMock(get_name=MagicMock(return_value=role))
        connection = MagicMock(transport=transport)
        connection._shell.SHELL_FAMILY = shell
        # What all options of the connection are.
        connection.get_option.return_value = connected
        plugin = importlib.import_module(f"ansible_collections.winops.rdp.plugins.action.{module}")
        known = {"inventory_hostname": "web01", "ansible_port": 5986, **(variables or {})}
        templar = Templar(loader=DataLoader(), variables=known)
        action = plugin.ActionModule(task, connection, MagicMock(), DataLoader(), templar, None)
        monkeypatch.setattr(action, "_execute_module", windows)
        result: dict[str, Any] = action.run(task_vars=known)
        json.dumps(result)
        return result

    return go


def _unreadable() -> Host:
    host = Host()
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    return host


@pytest.mark.parametrize(
    ("module", "role", "told"),
    [
        ("remediate", "rdp_remediate", "with -e rdp_remediate_allow_disconnect=true"),
        ("diagnose", "rdp_audit", "with -e rdp_remediate_allow_disconnect=true"),
        ("diagnose", "a_role_of_a_site", "with allow_disconnect=true"),
        ("diagnose", None, "with allow_disconnect=true"),
    ],
)
def test_an_option_is_named_as_the_reader_can_give_it(run: Any, module: str, role: str | None, told: str) -> None:
    host = _unreadable().person()
    result = run(module, Windows(host, host, host), DIES, check=True, role=role)
    assert any(told in str(entry["detail"]) for entry in result["plan"]["blocked"]), result["plan"]["blocked"]


@pytest.mark.parametrize(
    ("role", "asked"),
    [
        ("rdp_remediate", "-e rdp_remediate_open=listener.rdp_disabled"),
        ("rdp_audit", "-e rdp_remediate_open=listener.rdp_disabled"),
        (None, "open=listener.rdp_disabled"),
    ],
)
def test_how_a_repair_is_asked_for_can_be_pasted(run: Any, role: str | None, asked: str) -> None:
    off = Host().setting("terminal_server", "fDenyTSConnections", dword(1))
    module = "diagnose" if role == "rdp_audit" else "remediate"
    result = run(module, Windows(off, off), probe("tcp", "refused"), check=True, role=role)
    [entry] = [one for one in result["plan"]["blocked"] if one["finding"] == "listener.rdp_disabled"]
    assert entry["detail"] == f"ask for it with {asked}" and f"({entry['detail']})" in result["summary"], result[
        "summary"
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            "Error",
            "; rdp_audit_client_code: no code was found in 'Error'; if that is not all of it, give the whole text, in"
            " quotes or as JSON",
        ),
        (
            "it just closes",
            "; rdp_audit_client_code: no code was found in 'it just closes'; what the dialog has behind 'Show details',"
            " or Ctrl+C in it, says more",
        ),
        ("0x904/0x7", None),
        (None, None),
    ],
)
def test_a_pasted_text_without_a_code_is_told_of_in_the_line(run: Any, given: str | None, told: str | None) -> None:
    """Ansible keeps the first word of what follows ``-e name=`` without quotes."""
    line = run("diagnose", Windows(Host()), IN, role="rdp_audit", client_code=given)["summary"]
    assert told in line if told else "no code was found" not in line


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("0x0", "0x0 NoInfo: no reason is given"),
        ("0x1", "0x1 LocalNotError: the client ended the connection"),
        ("0x2", "0x2 RemoteByUser: the user disconnected on the host"),
        ("0x3", "0x3 ByServer: the host ended the connection"),
        ("0x107", "0x107 NoError: no error"),
        ("0x3/0x0", "extended 0x0 NoInfo: no more is known"),
    ],
)
def test_a_code_that_names_no_cause_is_said_to_do_so(run: Any, given: str, told: str) -> None:
    result = run("diagnose", Windows(Host()), IN, client_code=given)
    [left] = [text for text in result["unread"] if told in text]
    for text in (left, result["summary"]):
        assert told in text and text.endswith("; by itself that names no cause"), text
    assert (result["verdict"], result["findings"]) == ("healthy", [])


def test_a_code_that_a_finding_rests_on_is_said_there_alone(run: Any) -> None:
    result = run("diagnose", Windows(Host()), IN, client_code="0x904/0x7")
    assert result["findings"] and not any("0x904" in text for text in (result["summary"], *result["unread"]))


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
    assert kept["state"] == "complete" and [step["status"] for step in kept["steps"]] == ["done"]
    assert (result["rung"], result["disruption"]) == ("quiet", "none")
    assert Path(result["journal"]["controller_copy"]).is_relative_to(tmp_path / "web01")


def test_check_mode_predicts_the_same_plan_and_diff_and_calls_once(run: Any, tmp_path: Path) -> None:
    real = run("remediate", Windows(_unreadable(), Host()), DIES, IN)
    before = set(tmp_path.rglob("*"))
    windows = Windows(_unreadable())
    dry = run("remediate", windows, DIES, check=True)
    assert dry["plan"] == real["plan"] and dry["diff"] == real["diff"] and dry["changed"] and len(windows.calls) == 1
    assert set(tmp_path.rglob("*")) == before, "check mode writes nothing on the controller either"


def test_the_restart_follows_when_clients_still_do_not_get_in(run: Any) -> None:
    broken = Host().setting("rdp_tcp", "SecurityLayer", dword(9))
    windows = Windows(broken, Host(), Host(), Host())
    closed = probe("negotiation", "closed")
    result = run("remediate", windows, closed, closed, IN)
    assert [step["op"] for call in windows.calls[1:] for step in call.get("steps", ())] == [
        "registry.set",
        "service.restart",
    ]
    assert result["verified"]["ok"]
    assert (result["rung"], result["disruption"]) == ("restart", "sessions")
    # Taking back the last rung, a restart, would take back nothing.
    first, second = (call["journal"]["id"] for call in windows.calls if call["operation"] == "apply")
    assert [journal["id"] for journal in result["journals"]] == [first, second] and result["journal"]["id"] == first


def test_a_restart_that_the_host_refuses_is_held_back_and_no_failure(run: Any) -> None:
    """Somebody came in after the host had been read."""
    windows = Windows(Host().setting("rdp_tcp", "SecurityLayer", dword(9)), Host(), Host(), Host())
    answer = windows.__call__

    def refusing(**given: Any) -> Any:
        answered = answer(**given)
        for report in answered.get("steps", ()):
            report["status"] = "refused" if report["op"] == "service.restart" else report["status"]
        return answered

    result = run("remediate", refusing, probe("negotiation", "closed"))
    assert not result.get("failed") and "somebody came in since" in result["summary"] and result["rung"] is None


def test_repair_that_does_not_help_fails_and_says_how_to_go_back(run: Any) -> None:
    result = run("remediate", Windows(_unreadable(), _unreadable(), _unreadable(), _unreadable()), DIES)
    assert (
        result["failed"]
        and result["rung"] is None
        and "certificate.key_unreadable is still there" in result["msg"]
        and "winops.rdp.restore journal=" in result["msg"]
    )


@pytest.mark.parametrize(
    ("callback", "is_document"),
    [("ansible.posix.json", True), ("json", True), ("ansible.posix.jsonl", True), ("default", False), ("yaml", False)],
)
def test_what_is_said_spoils_no_document(
    run: Any, callback: str, is_document: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program reads standard output where a callback of Ansible's writes JSON there."""
    on_stderr: list[bool] = []
    monkeypatch.setattr(Display, "display", lambda _self, _text, stderr=False, **_more: on_stderr.append(stderr))
    monkeypatch.setattr(constants, "DEFAULT_STDOUT_CALLBACK", callback)
    monkeypatch.setattr(release, "__version__", "2.18.6")
    run("diagnose", Windows(Host()), IN, role="rdp_audit")
    run("diagnose", Windows(Host()), IN, role="rdp_audit", client_code="nonsense", fail_on="x")
    assert on_stderr == [is_document] * 2
    monkeypatch.setattr(release, "__version__", "2.19.0rc1")
    run("diagnose", Windows(Host()), IN, role="rdp_audit", client_code="nonsense", fail_on="x")
    assert len(on_stderr) == 2 + is_document, "Ansible shows it itself, but in a document"


def test_nobody_else_says_anything_to_the_terminal() -> None:
    """What a run shows goes by ``saying``; a question and its reason, and a run that is refused, have no document."""
    root = Path(saying.__file__).parents[2]
    speakers = {
        path.name for path in root.rglob("*.py") if re.search(r"Display\(\)\.display\(|\bprint\(", path.read_text())
    }
    assert speakers == {"saying.py", "asking.py", "run_hosts.py"}


def test_a_role_that_fails_says_so_first_and_at_no_length(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Display, "display", lambda _self, text, *_args, **_kwargs: said.append(text))
    monkeypatch.setattr(saying, "is_failure_shown", lambda: False)
    same = Windows(_unreadable(), _unreadable(), _unreadable())
    result = run("machine_keys", same, DIES, role="rdp_machine_keys")
    assert result["failed"] and result["journal"]["id"] in said[0] and said[0].startswith(result["msg"])
    assert {"msg", "journal", "steps", "findings", "verdict"} <= set(result)
    assert not {"verified", "plan", "columns"} & set(result)
    run("diagnose", Windows(Host()), IN, role="rdp_audit", variables={"inventory_hostname": "a\n\x1b[2Jb"})
    assert said[1] == "a\\u000a\\u001b[2Jb: healthy: a client reaches the logon; what comes after it was not tried"
    said.clear()
    run("diagnose", Windows(Host()), IN, role="rdp_audit", no_log=True)
    run(
        "machine_keys", Windows(_unreadable(), _unreadable(), _unreadable()), DIES, role="rdp_machine_keys", no_log=True
    )
    assert not said, "no_log hides what Ansible shows of a result, and so what is said of it"
    whole = run("machine_keys", Windows(_unreadable(), _unreadable(), _unreadable()), DIES)
    assert whole["failed"] and {"verified", "plan", "columns"} <= set(whole), "a module's own result"


WORSE = probe("tcp", "refused")
# What the host script answers of a step, but for what was there before.
DONE = {"status": "done", "after": None, "error": None, "elapsed_ms": 1}


def _weak() -> Host:
    return Host().setting("rdp_tcp", "SecurityLayer", dword(1))


def test_repair_that_makes_it_worse_is_taken_back(run: Any, tmp_path: Path) -> None:
    """The service does not come up again: what was written goes back, it is started, and the result says so."""
    down = Host().service("TermService", state=1, pid=0)
    windows = Windows(_weak(), down, _weak())
    windows.reports = [{"op": "registry.set", **DONE, "before": dword(1)}]
    result = run("listener", windows, IN, WORSE, IN, security_layer="tls")
    steps = windows.calls[2]["steps"]
    assert [(step["op"], step.get("data", step.get("service"))) for step in steps] == [
        ("registry.set", 1),
        ("service.start", "TermService"),
    ]
    first, second = result["journals"]
    assert windows.calls[2]["journal"]["undoes"] == first["id"] and len(windows.calls) == 3
    assert result["failed"] and result["rolled_back"] and "has been taken back" in result["msg"]
    # The line beside that says the same: nothing is done, changed or repaired now.
    assert "; tried and taken back: registry.set SecurityLayer; now healthy" in result["summary"], result["summary"]
    assert result["summary"].startswith("healthy: ") and "; done: " not in result["summary"], result["summary"]
    assert "worse after the change: service.stopped, client.no_longer_gets_in" in result["msg"]
    assert result["rollback"]["tried"]["client"] == "tcp: refused" and result["rollback"]["complete"]
    assert result["verified"]["after"]["stage"] == "session", "the host as it is now"
    kept = {path.stem: json.loads(path.read_text()) for path in (tmp_path / "web01").glob("*.json")}
    assert (kept[first["id"]]["state"], first["state"], kept[second["id"]]["state"]) == ("undone", "undone", "complete")


def test_rollback_can_be_left_out(run: Any) -> None:
    windows = Windows(_weak(), Host().service("TermService", state=1, pid=0))
    result = run("listener", windows, IN, WORSE, security_layer="tls", rollback=False)
    assert result["failed"] and "worse" in result["msg"] and "service.stopped" in result["verified"]["worse"]
    assert (result["rolled_back"], result["rollback"], len(windows.calls)) == (False, None, 2)
    assert "winops.rdp.restore journal=" in result["msg"]


def test_rollback_that_fails_says_what_is_left(run: Any) -> None:
    windows = Windows(_weak(), Host().service("TermService", state=1, pid=0), AnsibleConnectionFailure("gone"))
    windows.reports = [{"op": "registry.set", **DONE, "before": dword(1)}]
    result = run("listener", windows, IN, WORSE, security_layer="tls")
    assert result["failed"] and not result["rolled_back"] and not result["rollback"]["complete"]
    assert "not all of it could be taken back" in result["msg"] and "gone" in result["rollback"]["fault"]
    assert f"winops.rdp.restore journal={result['journal']['id']}" in result["msg"]


def _with_choice() -> tuple[Host, str]:
    """A host that keeps clients out, with a certificate in My whose key the listener may read."""
    host = Host().pin("CD" * 20)
    path = KEY_FILE.replace("f686", "abcd")
    file = {"path": path, "exists": True, "sddl": host.key_file["sddl"], "length": 2300, "error": None}
    der = make_der(NOW - timedelta(days=1), NOW + timedelta(days=90))
    return host, host.add(der, "My", file, key_provider("te-1"))


@pytest.mark.parametrize(("seen", "is_kept"), [(IN, True), (probe("credssp", "closed"), True), (DIES, False)])
def test_a_bind_with_which_clients_come_no_further_is_taken_back(run: Any, seen: Any, is_kept: bool) -> None:
    host, thumbprint = _with_choice()
    bound = copy.deepcopy(host).pin(thumbprint)
    windows = Windows(host, bound, bound, host)  # the third is for what the host logged of the look
    windows.reports = [
        {"op": "registry.set", **DONE, "before": binary(b"\xcd" * 20)},
        {"op": "service.restart", **DONE, "before": {"state": 4}},
    ]
    result = run("certificate", windows, DIES, seen, state="bound", thumbprint=thumbprint)
    assert result["rolled_back"] is not is_kept
    if not is_kept:
        assert result["failed"] and "clients come no further with it" in result["msg"], result["msg"]
        assert "clients come no further with it" in result["rollback"]["why"]


@pytest.mark.parametrize(
    ("asked", "answered", "words"),
    [
        (True, "armed", None),
        (True, "failed", "no task stood behind the restart (the host takes no tasks)"),
        (False, "left_out", "no task stood behind the restart (safety_task is false)"),
    ],
)
def test_a_restart_behind_which_nothing_stands_says_so(run: Any, asked: bool, answered: str, words: str | None) -> None:
    after = Host().to_answer()
    after["safety_task"] = answered
    windows = Windows(Host(), after)
    result = run("service", windows, IN, name="TermService", state="restarted", safety_task=asked)
    assert windows.calls[1]["safety_task"] is asked and result["safety_task"] == answered
    assert (words in result["summary"]) if words else ("task" not in result["summary"])


def test_a_failed_step_takes_back_those_before_it(run: Any) -> None:
    error = {"code": -2147024891, "type": "System.UnauthorizedAccessException", "message": "denied"}
    windows = Windows(_weak(), _weak(), _weak())
    windows.reports = [
        {"op": "registry.set", **DONE, "before": dword(1)},
        {"op": "registry.set", **DONE, "status": "failed", "before": None, "error": error},
    ]
    result = run("listener", windows, IN, security_layer="tls", encryption_level="high")
    back = windows.calls[2]["steps"]
    assert [(step["name"], step["data"]) for step in back] == [("SecurityLayer", 1)]
    assert result["rolled_back"] and "MinEncryptionLevel failed (0x80070005" in result["msg"]


def test_people_who_came_meanwhile_are_not_disconnected_by_a_rollback(run: Any) -> None:
    """What disturbs nobody is taken back, the restart is left out."""
    host = Host().setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0))
    occupied = copy.deepcopy(host)
    occupied.sections["sessions"]["sessions"] = [
        {"id": 2, "state": 0, "user": "ann", "user_sid": "S-1-5-21-1-2-3-1001", "station": "RDP-Tcp#1"}
    ]
    windows = Windows(host, occupied, host)
    windows.reports = [
        {"op": "registry.set", **DONE, "before": dword(0)},
        {"op": "service.restart", **DONE, "before": {"state": 4}},
    ]
    run("listener", windows, IN, DIES, negotiation=True)
    done, back = ([step["op"] for step in call["steps"]] for call in windows.calls if call["operation"] == "apply")
    assert (done, back) == (["registry.set", "service.restart"], ["registry.set"])


def test_failed_step_is_named(run: Any) -> None:
    windows = Windows(_unreadable(), _unreadable())
    error = {"code": -2147024891, "type": "System.UnauthorizedAccessException", "message": "denied"}
    windows.reports = [
        {"op": "acl.set", "status": "failed", "before": None, "after": None, "error": error, "elapsed_ms": 1},
    ]
    result = run("remediate", windows, DIES)
    assert result["failed"] and not result["changed"] and f"acl.set {KEY_FILE} failed (0x80070005" in result["msg"]


def _refused_by_library() -> Exception:
    """What the library raises of the inventory: an error of Python's own, from a line of the library."""
    try:
        WSMan("web01", ssl=False, auth="basic", encryption="always", username="x", password="y")
    except ValueError as error:
        return error
    raise AssertionError("the library took it")


# What a module cannot do without.
_LEAST: dict[str, dict[str, Any]] = {
    "access": {"enabled": True},
    "listener": {"security_layer": "tls"},
    "service": {"state": "started"},
}


BAD_ANSWERS: list[tuple[Any, str, bool]] = [
    (
        AnsibleConnectionFailure("winrm connection error: refused"),
        "cannot be reached over winrm at 10.0.0.5:5986",
        True,
    ),
    (ConnectionResetError(104, "Connection reset by peer"), "cannot be reached", True),
    (
        WinRMTransportError("http", 400, ""),
        "cannot be reached over winrm at 10.0.0.5:5986: Bad HTTP response",
        True,
    ),
    (AuthenticationError("Failed to authenticate the user"), "cannot be reached", True),
    (_refused_by_library(), "was not asked: the inventory has basic over HTTP", False),
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
]


# Each module gets a third of them in the usual run, the next one others.
@pytest.mark.parametrize(("module", "bad"), some(itertools.product(ASKING, range(len(BAD_ANSWERS))), 3))
def test_bad_answers_end_in_one_sentence(run: Any, module: str, bad: int) -> None:
    answer, words, unreachable = BAD_ANSWERS[bad]
    options = _LEAST.get(module, {})
    result = run(module, Windows(answer), IN, **options)
    assert result.get("unreachable", False) is unreachable and result.get("failed", False) is not unreachable
    assert words in result["msg"] and result["msg"].endswith(".") and "\n" not in result["msg"]


def test_hosts_that_cannot_be_reached_have_the_line_that_the_page_of_fleets_shows(run: Any) -> None:
    page = (Path(__file__).parents[4] / "docs/fleets.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^2 hosts \(web\[007:008\]\): unreachable: .*$", page, re.MULTILINE)
    said = {}
    for at in (7, 8):
        failure = AnsibleConnectionFailure("ntlm: HTTPSConnectionPool: Max retries exceeded: connect timeout=30")
        known = {"inventory_hostname": f"web00{at}", "ansible_port": 5986}
        there = f"10.0.0.{at}"
        seen = {**probe("tcp", "timeout"), "host": there}
        result = run("diagnose", Windows(failure), seen, variables=known, connected=there)
        entry = runs.entry_of(str(known["inventory_hostname"]), result)
        said[entry.host] = (entry.state, runs.text_of(entry))
    assert lines.closing_lines(said) == [shown]


def test_connection_lost_while_steps_are_done_names_the_journal(run: Any) -> None:
    result = run("remediate", Windows(_unreadable(), AnsibleConnectionFailure("gone")), DIES)
    assert (
        result["unreachable"] and result["reason"] == "interrupted" and "winops.rdp.restore journal=2" in result["msg"]
    )


@pytest.mark.parametrize("module", ASKING)
def test_what_a_plugin_raises_is_one_sentence_and_no_lost_connection(run: Any, module: str) -> None:
    result = run(module, Windows(KeyError("theirs")), IN, **_LEAST.get(module, {}))
    assert result["failed"] and not result.get("unreachable") and result["msg"].endswith(".")
    words = "web01 could not be asked: Ansible, or a plugin of it, ended with an error of its own (KeyError; -vvv shows"
    assert result["msg"].startswith(words), result


@pytest.mark.parametrize("error", [ValueError, KeyError, RuntimeError])
def test_what_it_says_may_have_a_password_in_it(run: Any, error: type[Exception]) -> None:
    result = run("diagnose", Windows(error("cannot parse https://svc:S3cr3t@web01:5986/wsman")), IN)
    assert result["failed"] and "S3cr3t" not in json.dumps(result), result


def test_a_plugin_that_breaks_while_steps_are_done_hides_no_journal(run: Any) -> None:
    result = run("remediate", Windows(_unreadable(), ZeroDivisionError("theirs")), DIES)
    assert result["reason"] == "interrupted" and "ZeroDivisionError; -vvv" in result["msg"], result
    assert "winops.rdp.restore journal=2" in result["msg"]


def test_an_error_names_the_plugin_that_raised_it(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = MagicMock()
    monkeypatch.setattr(Display, "vvv", shown)
    for package, words in (
        ("ansible.plugins.connection.odd", "the connection plugin odd ended"),
        ("ansible_collections.acme.net.plugins.shell.odd", "the shell plugin acme.net.odd ended"),
        ("ansible_collections.acme.net.plugins.become.odd", "the become plugin acme.net.odd ended"),
        ("ansible_collections.acme.net.plugins.module_utils.odd", "Ansible, or a plugin of it, ended"),
    ):
        with pytest.raises(KeyError) as caught:
            exec("def odd():\n raise KeyError('x\\ny')\nodd()", {"__name__": package})
        assert (
            others.fault(caught.value, "web01") == f"{words} with an error of its own (KeyError; -vvv shows its words)"
        )
        assert "KeyError: 'x" in shown.call_args.args[0] and "odd" in shown.call_args.args[0]


def test_a_connection_that_cannot_say_what_it_has_is_asked_all_the_same() -> None:
    connection = MagicMock()
    connection.get_option.side_effect = ZeroDivisionError
    action = MagicMock(_connection=connection)
    assert host_link.HostLink(action, {"inventory_hostname": "web01", "ansible_host": "10.0.0.9"}).address == "10.0.0.9"


def test_what_is_left_of_a_connection_is_dropped_whatever_its_plugin_is_like() -> None:
    class Odd:
        shell_id, _connected = "1", True

        @property
        def protocol(self) -> str:
            raise ZeroDivisionError

        runspace = property(lambda _self: "read only")

    odd = Odd()
    limit.drop(odd)
    assert odd.shell_id is None and odd._connected is False


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
    assert diagnosis["verdict"] == "unknown" and not diagnosis.get("failed")
    assert [one for one in diagnosis["unread"] if "could not be read" in one] == diagnosis["unread"][:2]


def test_one_section_that_is_denied_leaves_the_rest(run: Any) -> None:
    result = run("diagnose", Windows(Host().without("certificates").setting("rdp_tcp", "SecurityLayer", dword(9))), IN)
    assert [finding["id"] for finding in result["findings"]] == [
        "listener.security_layer_invalid"
    ] and "certificate could not be read" in result["unread"][0]


@pytest.mark.parametrize("module", ASKING)
def test_posix_shell_is_refused_before_any_call(run: Any, module: str) -> None:
    options = _LEAST.get(module, {})
    windows = Windows()
    result = run(module, windows, IN, shell="sh", **options)
    assert result["failed"] and "ansible_connection to winrm or psrp" in result["msg"] and not windows.calls


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("remediate", {"probe_port": 0}, "probe_port is 0"),
        ("diagnose", {"probe_host": "web01:3390"}, "a port goes into probe_port"),
        ("diagnose", {"probe_host": "a b"}, "it must be a name or an address alone"),
        ("facts", {"probe_host": ["web01", "web02"]}, "probe_host is a list; it must be text"),
        ("remediate", {"allow_disconnect": ["true"]}, "allow_disconnect is a list; it must be true or false"),
        ("diagnose", {"results_dir": {"a": 1}}, "results_dir is a dictionary; it must be text"),
        ("remediate", {"probe_timeout": 0}, "probe_timeout is 0"),
        ("offline", {"dest": ""}, "dest is missing"),
        ("remediate", {"nonsense": 1}, "nonsense"),
        (
            "remediate",
            {"tighten": ["nla.disabeld"]},
            "tighten: there is no finding nla.disabeld (is nla.disabled meant?)",
        ),
        ("remediate", {"tighten": ["listener.rdp_disabled"]}, "tighten is ['listener.rdp_disabled']"),
        (
            "remediate",
            {"open": "maybe"},
            "it must be true, false, or a list of these findings: certificate.template_failing",
        ),
        ("diagnose", {"open": {"a": 1}}, "open is {'a': 1}"),
        ("listener", {}, "one of these must be given: "),
        ("listener", {"security_layer": "rdp"}, "security_layer"),
        ("listener", {"nla": False}, "nla=false needs the time"),
        ("certificate", {"state": "bound"}, "thumbprint"),
        ("certificate", {"state": "bound", "thumbprint": "12"}, "40 hexadecimal digits"),
        ("service", {}, "one of these must be given: "),
        ("service", {"name": "gpsvc", "state": "started"}, "gpsvc"),
        ("facts", {"sections": ["all"]}, "sections"),
        ("restore", {"journal": "/nowhere/x.json"}, "neither 'latest', nor a journal's id"),
        ("restore", {"journal": "latest", "run": "latest"}, "run is given and journal is given; give one of them"),
    ],
)
def test_wrong_options_end_in_one_sentence(run: Any, module: str, options: dict[str, Any], words: str) -> None:
    result = run(module, Windows(Host()), IN, **options)
    assert result["failed"] and words in result["msg"] and not result.get("changed")


# Options whose names are words of everyday language, too, as roles have them, and how a sentence calls the variable.
FAULTY: list[tuple[str, str, dict[str, Any], str]] = [
    ("diagnose", "rdp_audit", {"since": "monday"}, ": rdp_audit_since is 'monday'; it must be a day"),
    ("diagnose", "rdp_audit", {"probe": "maybe"}, ": rdp_audit_probe is 'maybe'; it must be true or false."),
    (
        "diagnose",
        "rdp_audit",
        {"fail_on": "brokn"},
        ": rdp_audit_fail_on is 'brokn' (is broken meant?); it must be one",
    ),
    (
        "diagnose",
        "rdp_audit",
        {"forecast_days": "''"},
        ": rdp_audit_forecast_days is \"''\"; it must be a whole number.",
    ),
    ("diagnose", "rdp_audit", {"probe_timeout": "soon"}, ": rdp_audit_probe_timeout is 'soon'; it must be a number."),
    ("remediate", "rdp_remediate", {"tighten": "x.y"}, ": rdp_remediate_tighten: there is no finding x.y; it must be"),
    (
        "remediate",
        "rdp_remediate",
        {"open": "service.disabld"},
        ": rdp_remediate_open: there is no finding service.disabld (is service.disabled meant?); it must be true,",
    ),
    (
        "certificate",
        "rdp_certificate",
        {"thumbprint": "AB" * 20, "state": "renewed"},
        ", give rdp_certificate_state=bound with it.",
    ),
    ("remediate", "rdp_remediate", {"open": {"a": 1}}, ": rdp_remediate_open is {'a': 1}; it must be true, false"),
    (
        "remediate",
        "rdp_remediate",
        {"allow_disconnect": "x"},
        ": rdp_remediate_allow_disconnect is 'x'; it must be true",
    ),
    ("remediate", "rdp_remediate", {"verify": "logn"}, ": rdp_remediate_verify is 'logn' (is logon meant?); it must"),
    ("listener", "rdp_nla", {"nla": False}, " rdp_nla_for is missing; it must be minutes"),
    ("listener", "rdp_nla", {"nla": False, "for": "1w"}, " rdp_nla_for is '1w'; it must be minutes"),
    ("firewall", "rdp_firewall", {"profiles": ["publc"]}, ": rdp_firewall_profiles is 'publc' (is public meant?); it"),
    (
        "certificate",
        "rdp_certificate",
        {"state": "bond"},
        ": rdp_certificate_state is 'bond' (is bound meant?); it must",
    ),
]


@pytest.mark.parametrize(("module", "role", "options", "words"), FAULTY)
def test_what_is_wrong_is_called_as_the_caller_wrote_it(
    run: Any, module: str, role: str, options: dict[str, Any], words: str
) -> None:
    said = run(module, Windows(Host()), IN, role=role, **options)["msg"]
    assert words in said and "'int'" not in said and "<class" not in said and "Valid booleans" not in said
    assert run(module, Windows(Host()), IN, role=role, **options)["msg"] == said, "it is the same each time"
    own = run(module, Windows(Host()), IN, **options)["msg"]
    assert words.replace(f"{role}_", "") in own


@pytest.mark.parametrize("asked", [True, "yes", ["nla.disabled"], "nla.disabled"])
def test_hardening_is_asked_for_as_a_whole_or_by_finding(run: Any, asked: Any) -> None:
    weak = Host().setting("rdp_tcp", "UserAuthentication", dword(0))
    assert not run("remediate", Windows(weak), IN, check=True)["changed"]
    assert not run("remediate", Windows(weak), IN, check=True, tighten=False, open=True)["changed"]
    assert run("remediate", Windows(weak), IN, check=True, tighten=asked)["plan"]["steps"][0]["data"] == 1


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


@pytest.mark.parametrize("answer", [AnsibleConnectionFailure("gone"), {"failed": True, "msg": "x"}, "another"])
def test_a_journal_that_cannot_be_read_costs_nobody_the_diagnosis(run: Any, answer: Any) -> None:
    """What came of a step is not known then, and that the run was cut off is said."""
    host = _changed_host(_row(state="open") | {"steps_done": 0, "steps_begun": 1})
    if answer == "another":
        answer = copy.deepcopy(host)
        answer.sections["journals"]["whole"] = _whole(host, OLDER)
    result = run("diagnose", Windows(host, answer), IN)
    assert result["verdict"] == "healthy" and result["interrupted_journals"] == [JOURNAL], result
    (row,) = run("restore", Windows(host, answer), IN)["changes"]
    assert row["restorable"]


JOURNAL, OLDER = "20261123T130000Z-0a1b2c3d", "20261122T130000Z-0a1b2c3d"
FOUND = {"verdict": "broken", "client": "tls: reset", "gets_in": False, "causes": ["certificate.key_unreadable"]}


def _row(id_: str = JOURNAL, state: str = "complete", run: str | None = "run-1", **more: Any) -> dict[str, Any]:
    row = {"id": id_, "created": "2026-11-23T13:00:00.000Z", "state": state, "undoes": None, "controller": "ctl:1"}
    told = {"run": run, "what": "registry.set SecurityLayer", "found": FOUND, "steps_done": 1, "steps_total": 1}
    return {**row, **told, **more}


def _whole(host: Host, id_: str = JOURNAL, **more: Any) -> dict[str, Any]:
    step = {
        "op": "registry.set",
        "key": host.sections["listener"]["rdp_tcp"]["path"],
        "name": "SecurityLayer",
        "type": "dword",
        "data": 2,
        "status": "done",
        "before": dword(1),
        "after": dword(2),
        "error": None,
    }
    return {"id": id_, "state": "complete", "run": "run-1", "found": FOUND, "steps": [step], **more}


def _changed_host(*rows: dict[str, Any]) -> Host:
    host = Host()
    host.sections["journals"]["recent"] = list(rows or [_row()])
    return host


def test_what_is_asked_of_a_healthy_host_would_be_changed_not_repaired(run: Any) -> None:
    result = run("listener", Windows(Host()), IN, check=True, encryption_level="fips")
    assert result["changed"] and "; would be changed: registry.set MinEncryptionLevel" in result["summary"], result


def test_restore_without_a_choice_lists_and_changes_nothing(run: Any) -> None:
    for options in ({}, {"state": "listed", "run": "run-1"}):
        windows = Windows(
            _changed_host(_row(), _row(OLDER, "undone", "run-0"), _row("20261121T130000Z-0a1b2c3d", undoes=OLDER))
        )
        result = run("restore", windows, IN, **options)
        assert len(windows.calls) == 1 and windows.calls[0]["sections"] == ["host", "journals"]
        assert [(row["journal"], row["restorable"]) for row in result["changes"]] == [(JOURNAL, True), (OLDER, False)]
        assert result["changed"] is False and result["newest_run"]["run"] == "run-1"
        for words in (
            "1 run could",
            "run-1, 2026-11-23 13:00 UTC, from ctl: registry.set SecurityLayer",
            "was broken",
        ):
            assert words in result["summary"]
    assert run("restore", Windows(Host()), IN)["summary"] == "nothing is left to be taken back"


@pytest.mark.parametrize("asked", [{"run": "run-1"}, {"run": "latest"}, {"journal": JOURNAL}, {"journal": "latest"}])
def test_restore_takes_back_what_is_chosen(run: Any, tmp_path: Path, asked: dict[str, str]) -> None:
    host = _changed_host(_row(), _row(OLDER, run="run-0"))
    answered = copy.deepcopy(host)
    answered.sections["journals"]["whole"] = _whole(host)
    windows = Windows(*([answered] if asked.get("journal") == JOURNAL else [host, answered]), Host())
    result = run("restore", windows, IN, **asked)
    applied = windows.calls[-1]
    assert result["changed"] and applied["journal"]["undoes"] == JOURNAL and applied["steps"][0]["data"] == 1
    assert result["restored"] == (JOURNAL if asked.get("journal") == JOURNAL else "run-1")
    assert result["causes_again"] == ["certificate.key_unreadable"]
    assert "clients will be kept out again: certificate.key_unreadable" in result["summary"]
    kept = json.loads((tmp_path / "web01" / f"{JOURNAL}.json").read_text())
    assert kept["state"] == "undone", "this controller will not take it back again"
    assert kept["machine"] == host.sections["host"]["machine_guid"], "and knows of which machine it is"


@pytest.mark.parametrize("asked", [{"run": "run-1"}, {"run": "latest"}, {"journal": JOURNAL}, {"journal": "latest"}])
def test_restore_never_goes_on_to_the_change_before(run: Any, asked: dict[str, str]) -> None:
    windows = Windows(_changed_host(_row(state="undone"), _row(OLDER, run="run-0")))
    result = run("restore", windows, IN, **asked)
    assert not result["changed"] and "has been taken back before" in result["summary"] and len(windows.calls) == 1


TOOK_ITSELF_BACK = ("20261124T130000Z-0a1b2c3d", "undone", "run-2")


@pytest.mark.parametrize("asked", [{"run": "latest"}, {"journal": "latest"}])
def test_the_latest_is_no_run_that_took_itself_back(run: Any, asked: dict[str, str]) -> None:
    """It is said which run it is. One that somebody took back is still the latest: asked twice, it is the same."""
    created = {"created": "2026-11-24T13:00:00.000Z"}
    rows = (_row(*TOOK_ITSELF_BACK, **created), _row())
    others = _row("20261125T130000Z-0a1b2c3d", run="run-3", undoes=TOOK_ITSELF_BACK[0])
    again = run("restore", Windows(_changed_host(others, *rows)), IN, **asked)
    assert not again["changed"] and again["summary"] == (
        "nothing to restore: run-2 has been taken back before; latest is run-2: nothing is left of it to take back; the"
        " newest run with something left is run-1"
    )
    host = _changed_host({**others, "run": "run-2"}, *rows)
    answered = copy.deepcopy(host)
    answered.sections["journals"]["whole"] = _whole(host)
    result = run("restore", Windows(host, answered, Host()), IN, **asked)
    assert result["restored"] == "run-1" and result["changed"], result
    assert result["summary"].endswith("; latest is run-1: newer ones left nothing to take back (run-2)")
    assert run("restore", Windows(host), IN)["newest_run"]["run"] == "run-1"


def test_a_journal_that_left_nothing_names_the_one_of_its_run_that_did(run: Any) -> None:
    for state, words in (
        ("complete", f"; of run-1, which it belongs to, journal {OLDER} did"),
        ("undone", ", nor did run-1, which it belongs to"),
    ):
        result = run("restore", Windows(_changed_host(_row(**RESTART), _row(OLDER, state))), IN, journal=JOURNAL)
        told = f"nothing to restore: journal {JOURNAL} left nothing to take back{words}"
        assert not result["changed"] and result["summary"] == told


@pytest.mark.parametrize("module", ["diagnose", "remediate"])
@pytest.mark.parametrize(
    ("given", "seen", "words"),
    [
        (
            {"probe_host": "nowhere.invalid"},
            {"stage": "name", "outcome": "unresolved"},
            "rdp_{}_probe_host is nowhere.invalid, a name that the controller cannot resolve. What to do: correct it",
        ),
        (
            {"probe_port": 1},
            {"stage": "tcp", "outcome": "refused"},
            "nothing answers at web01:1, and rdp_{}_probe_port is 1; the host itself listens on 3389. What to do",
        ),
    ],
)
def test_a_look_that_went_where_no_host_is_makes_none_broken(
    run: Any, module: str, given: dict[str, Any], seen: dict[str, Any], words: str
) -> None:
    role = {"diagnose": "audit", "remediate": "remediate"}[module]
    look = {**probe(**seen), "host": "web01", "port": given.get("probe_port", 3389)}
    result = run(module, Windows(Host()), look, role=f"rdp_{role}", **given)
    assert result["failed"] and words.format(role) in result["msg"] and "verdict" not in result, result


def test_a_look_that_ends_on_the_way_says_which_option_sent_it_there(run: Any) -> None:
    look = {**probe("tcp", "refused"), "host": "10.9.9.9"}
    result = run("diagnose", Windows(Host()), look, role="rdp_audit", probe_host="10.9.9.9")
    assert result["verdict"] == "broken"
    assert result["summary"].endswith("; that look was at 10.9.9.9:3389, as rdp_audit_probe_host says"), result
    assert "that look" not in run("diagnose", Windows(Host()), look)["summary"]


def test_what_was_asked_of_a_broken_host_is_not_said_to_repair_it(run: Any) -> None:
    """It has another fault: nothing that is asked for here does anything about that."""
    host = Host()
    host.setting("rdp_tcp", "SecurityLayer", dword(7))
    ready = run("service", Windows(host), DIES, check=True, name="TermService", state="started")
    assert ready["summary"].startswith("broken: ") and ready["summary"].endswith("; what was asked for is so already")
    assert "repair" not in ready["summary"] + ready["columns"]["repair"], ready
    due = run("firewall", Windows(host), DIES, check=True, profiles=["domain"])
    assert "; would be changed: firewall.set " in due["summary"] and "repaired" not in due["columns"]["repair"], due
    plain = run("remediate", Windows(host), DIES, check=True)
    assert "; would be repaired: registry.set SecurityLayer" in plain["summary"], plain


@pytest.mark.parametrize("module", ["diagnose", "remediate", "certificate"])
def test_a_controller_that_reads_no_certificate_judges_none(
    run: Any, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would look broken, or in order, for a package that is missing here."""
    monkeypatch.setattr(presented, "CAN_READ", False)
    windows = Windows(Host())
    result = run(module, windows, IN, **({"state": "self_signed"} if module == "certificate" else {}))
    assert not windows.calls and result["failed"] and result["culprit"] == "controller", result
    assert "web01 was not asked: the controller's Python package cryptography" in result["msg"]


def test_a_package_that_cannot_be_imported_is_known_to_be_missing() -> None:
    name = presented.__name__
    code = f"import sys; sys.modules['cryptography'] = None; import {name} as read; print(read.CAN_READ)"
    path = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=path)
    assert done.stdout.strip() == "False" and presented.CAN_READ


def test_restore_of_a_run_that_did_not_touch_the_host(run: Any) -> None:
    result = run("restore", Windows(_changed_host()), IN, run="run-9")
    assert (
        not result["changed"] and not result.get("failed") and "run-9 changed nothing on this host" in result["summary"]
    )
    assert result["unknown_run"] == "run-9" and result["newest_run"]["run"] == "run-1"
    assert run("restore", Windows(_changed_host()), IN, run="no run")["failed"]


RENEWAL: dict[str, Any] = {
    "what": "certificate.renew Remote Desktop",
    "found": {"verdict": "degraded", "client": "past", "gets_in": True, "causes": ["certificate.expired"]},
}


def test_a_renewal_is_listed_and_does_not_count(run: Any) -> None:
    windows = Windows(_changed_host(_row(**RENEWAL), _row(OLDER, run="run-0")))
    result = run("restore", windows, IN)
    assert result["summary"].startswith("1 run could be taken back; choose with run=ID (or journal=ID): run-1, ")
    assert "certificate.renew Remote Desktop (the host was" in result["summary"]
    assert result["summary"].count("; left as it is: a renewed certificate stays") == 1
    assert [(row["restorable"], row["renewal"]) for row in result["changes"]] == [(False, True), (True, False)]
    assert result["newest_run"]["run"] == "run-1", "the newest is not the one before it"


@pytest.mark.parametrize("asked", [{"run": "run-1"}, {"run": "latest"}])
def test_a_renewed_certificate_stays_and_that_is_said(run: Any, asked: dict[str, str]) -> None:
    windows = Windows(_changed_host(_row(**RENEWAL), _row(OLDER, run="run-0")))
    result = run("restore", windows, IN, **asked)
    assert not result["changed"] and len(windows.calls) == 1
    left = "nothing is left of it to take back; the newest run with something left is run-0"
    latest = f"; latest is run-1: {left}"
    assert result["summary"].removesuffix(latest) == "left as it is: a renewed certificate stays (run-1)"


@pytest.mark.parametrize("raised", [ZeroDivisionError("secret"), ValueError("secret"), KeyError("secret")])
def test_whatever_a_filter_of_an_own_variable_raises_is_told_and_hides_no_result(
    run: Any, monkeypatch: pytest.MonkeyPatch, raised: Exception
) -> None:
    """Up to ansible-core 2.18 it comes as it is, also while the host is left and the result is there."""

    def fails(_templar: Any, value: Any, **_more: Any) -> Any:
        if value == "{{ 1 / nothing }}":
            raise raised
        return value

    monkeypatch.setattr(Templar, "template", fails)
    windows = Windows(Host())
    result = run("diagnose", windows, IN, variables={"rdp_call_timeout": "{{ 1 / nothing }}"})
    told = "web01: the variable rdp_call_timeout cannot be resolved; nothing was done."
    assert result["failed"] and result["msg"].startswith(told) and "secret" not in str(result)
    assert result["reason"] == "bad_arguments" and not windows.calls


class _Sealed(Sequence[str]):
    """What is encrypted, as Ansible keeps it up to ansible-core 2.18: a text that is none."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, at: Any) -> Any:
        return self.text[at]


@pytest.mark.parametrize(("given", "failed"), [("20261127T120000-ab", False), ("../x", True)])
def test_a_variable_out_of_a_vault_is_read_as_the_text_that_it_is(
    run: Any, monkeypatch: pytest.MonkeyPatch, given: str, failed: bool
) -> None:
    monkeypatch.setattr(Templar, "template", lambda _templar, value, **_more: value)
    result = run("remediate", Windows(Host()), IN, variables={"rdp_run": _Sealed(given)})
    assert bool(result.get("failed")) is failed, result
    assert not failed or f"rdp_run is '{given}'" in result["msg"]


@pytest.mark.parametrize("state", ["open", "failed"])
def test_a_renewal_that_was_cut_off_can_be_taken_back(run: Any, state: str) -> None:
    """Until it is done: what was cut off or failed behind it, a restart, changes nothing of that."""
    for number in (0, 1):
        cut = _row(state=state, **RENEWAL) | {"steps_done": number, "steps_begun": 1}
        host = _changed_host(cut)  # which does not give the journal: nobody can look what came of it
        (row,) = run("restore", Windows(host, host), IN)["changes"]
        assert (row["restorable"], row["renewal"]) == ((True, False) if number == 0 else (False, True))


def test_what_a_renewal_ended_is_not_there_again(run: Any) -> None:
    """Beside the certificate another value was set; that one is taken back."""
    found = {**RENEWAL["found"], "causes": ["certificate.expired", "nla.disabled"]}
    host = _changed_host(_row(what="registry.set SecurityLayer, certificate.renew Remote Desktop", found=found))
    host.sections["journals"]["whole"] = _whole(host)
    result = run("restore", Windows(host), IN, check=True, journal=JOURNAL)
    assert result["causes_again"] == ["nla.disabled"] and "will be back: nla.disabled" in result["summary"]


def test_the_words_of_a_restore_are_its_own(run: Any) -> None:
    host = _changed_host()
    whole = copy.deepcopy(host)
    whole.sections["journals"]["whole"] = _whole(host)
    result = run("restore", Windows(host, whole, Host()), IN, run="latest")
    assert result["summary"].startswith("taken back (run-1): registry.set SecurityLayer; before: ")
    assert "done: " not in result["summary"] and "repair" not in result["summary"]


@pytest.mark.parametrize(
    ("found", "after", "look", "told"),
    [
        ("certificate.key_unreadable", Host(), DIES, "clients are kept out again: certificate.key_unreadable"),
        ("certificate.key_unreadable", Host(), IN, "clients will be kept out again: certificate.key_unreadable"),
        ("nla.disabled", None, IN, "back again: nla.disabled"),
        ("nla.disabled", Host(), IN, "will be back: nla.disabled"),
    ],
)
def test_a_restore_says_what_is_wrong_again_now_and_what_will_be(
    run: Any, found: str, after: Host | None, look: dict[str, Any], told: str
) -> None:
    gets_in = found == "nla.disabled"
    host = _changed_host(_row(found={"verdict": "broken", "client": "x", "gets_in": gets_in, "causes": [found]}))
    whole = copy.deepcopy(host)
    whole.sections["journals"]["whole"] = _whole(host)
    if after is None:
        after = Host()
        after.setting("rdp_tcp", "UserAuthentication", dword(0))
    result = run("restore", Windows(host, whole, after, after), IN, look, run="latest")
    assert result["summary"].endswith(f"; {told}"), result["summary"]


_TWO = ["nla.disabled", "listener.encryption_level_invalid"]


@pytest.mark.parametrize(
    ("given", "after", "blocked", "told", "again"),
    [
        # One is seen again, the other is not in force yet.
        ({}, {"UserAuthentication": 0}, False, f"back again: {_TWO[0]}; will be back: {_TWO[1]}", _TWO),
        # What was there all the time does not come back.
        ({"MinEncryptionLevel": 9}, {"UserAuthentication": 0}, False, f"back again: {_TWO[0]}", _TWO[:1]),
        ({"MinEncryptionLevel": 9}, {}, False, f"will be back: {_TWO[0]}", _TWO[:1]),
        # Of what is taken back in part nobody knows.
        (
            {"MinEncryptionLevel": 4},
            {"UserAuthentication": 0},
            True,
            f"back again: {_TWO[0]}; may be back: {_TWO[1]}",
            _TWO,
        ),
    ],
)
def test_a_restore_says_of_each_cause_whether_it_is_back(
    run: Any, given: dict[str, int], after: dict[str, int], blocked: bool, told: str, again: list[str]
) -> None:
    host, later = (
        _changed_host(_row(found={"verdict": "broken", "client": "x", "gets_in": True, "causes": _TWO})),
        Host(),
    )
    for name, number in given.items():
        host.setting("rdp_tcp", name, dword(number))
    for name, number in (given | after).items():
        later.setting("rdp_tcp", name, dword(number))
    whole = copy.deepcopy(host)
    whole.sections["journals"]["whole"] = _whole(host)
    if blocked:
        changed_since = {"name": "MinEncryptionLevel", "data": 3, "before": dword(9), "after": dword(3)}
        steps = whole.sections["journals"]["whole"]["steps"]
        steps.append({**steps[0], **changed_since})
    result = run("restore", Windows(host, whole, later, later), IN, run="latest")
    assert result["summary"].endswith(f"; {told}"), result["summary"]
    assert result["causes_again"] == sorted(again)


def test_check_mode_of_a_restore_says_what_will_be_wrong_again(run: Any) -> None:
    host = _changed_host()
    host.sections["journals"]["whole"] = _whole(host)
    windows = Windows(host)
    result = run("restore", windows, IN, check=True, journal=JOURNAL)
    assert result["changed"] and len(windows.calls) == 1
    told = f"would be taken back ({JOURNAL}): registry.set SecurityLayer; now "
    assert result["summary"].startswith(told), result["summary"]
    assert "clients will be kept out again: certificate.key_unreadable" in result["summary"]


def test_what_left_nothing_behind_is_not_said_to_be_wrong_again(run: Any, tmp_path: Path) -> None:
    """A run that was cut off before its first step, as far as anybody knows."""
    copy_ = {**_whole(Host(), state="open", what="registry.set SecurityLayer"), "host": "web01", "machine": GUID}
    copy_["steps"][0] |= {"status": "pending", "before": None, "after": None}
    (tmp_path / "web01").mkdir()
    (tmp_path / "web01" / f"{JOURNAL}.json").write_text(json.dumps(copy_))
    result = run("restore", Windows(Host()), IN, run="latest")
    assert not result["changed"] and result["summary"] == "nothing to restore: run-1 left nothing to take back"
    host = Host().setting("rdp_tcp", "SecurityLayer", dword(1))
    copy_["steps"][0] |= {"status": "done", "before": dword(0), "after": dword(2)}
    (tmp_path / "web01" / f"{JOURNAL}.json").write_text(json.dumps({**copy_, "state": "complete"}))
    stays = run("restore", Windows(host), IN, run="latest")
    assert not stays["changed"] and stays["left_as_it_is"] == "SecurityLayer was 0, which is never written"
    assert stays["summary"] == "left as it is: SecurityLayer was 0, which is never written (run-1)"
    # Another controller has no copy, and learns it from the host.
    (tmp_path / "web01" / f"{JOURNAL}.json").unlink()
    host = _changed_host()
    whole = copy.deepcopy(host)
    whole.sections["journals"]["whole"] = {**_whole(host), "steps": copy_["steps"]}
    elsewhere = run("restore", Windows(host, whole), IN, run="run-1")
    assert elsewhere["left_as_it_is"] == "SecurityLayer was 0, which is never written: it stays 2", elsewhere
    assert elsewhere["summary"].startswith("left as it is: ") and not elsewhere["changed"]


# Steps that nothing takes back, with what was there before.
FOR_GOOD: dict[str, dict[str, Any]] = {
    "SecurityLayer was 0": {"before": dword(0)},
    "KeyIso was stopped": {"op": "service.start", "service": "KeyIso", "before": {"state": 1}},
    "msrdc is installed": {"op": "app.install", "app": "msrdc", "before": {"version": None}},
    "what access C:\\x had": {"op": "acl.set", "path": "C:\\x", "before": {"sddl": None}},
}


@pytest.mark.parametrize("words", FOR_GOOD)
def test_what_no_undo_exists_for_is_not_said_to_be_taken_back(run: Any, tmp_path: Path, words: str) -> None:
    """Neither by the list nor by the restore, and both say why."""
    whole = {**_whole(Host(), what="it"), "host": "web01", "machine": GUID}
    whole["steps"][0] |= {"after": None, **FOR_GOOD[words]}
    (tmp_path / "web01").mkdir()
    (tmp_path / "web01" / f"{JOURNAL}.json").write_text(json.dumps(whole))
    listed = run("restore", Windows(Host()), IN)
    assert listed["summary"].startswith("nothing is left to be taken back: run-1, "), listed["summary"]
    assert f"; left as it is: {words}" in listed["summary"] and not listed["changes"][0]["restorable"]
    result = run("restore", Windows(Host()), IN, run="latest")
    assert result["summary"].startswith(f"left as it is: {words}") and not result["changed"], result["summary"]


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"what": "clock.resync the host's clock, service.restart TermService"}, None),
        ({"what": "certificate.enrol a certificate, domain.reset_channel the secure channel"}, None),
        ({"what": "certificate.renew the listener's own certificate, clock.resync the host's clock"}, None),
        ({"what": "service.start KeyIso"}, "KeyIso was stopped, and other programs may use it by now"),
        ({"what": "app.install Microsoft.WindowsApp"}, "Microsoft.WindowsApp is installed"),
        ({"what": "registry.set SecurityLayer", "steps_begun": 0}, None),
    ],
)
def test_who_has_no_copy_lists_nothing_that_no_undo_exists_for(
    run: Any, more: dict[str, Any], left: str | None
) -> None:
    result = run("restore", Windows(_changed_host(_row(**more))), IN)
    assert result["summary"].startswith("nothing is left to be taken back"), result["summary"]
    assert [(row["restorable"], row["left"]) for row in result["changes"]] == [(False, left)]
    might = _row(**{**more, "steps_begun": 1, "what": f"{more['what']}, acl.set x"})
    result = run("restore", Windows(_changed_host(might)), IN)
    assert [row["restorable"] for row in result["changes"]] == [True], "something may be"


def test_a_run_whose_restart_is_left_has_been_taken_back_before(run: Any) -> None:
    windows = Windows(_changed_host(_row(**RESTART), _row(OLDER, "undone")))
    result = run("restore", windows, IN, run="run-1")
    assert result["summary"] == "nothing to restore: run-1 has been taken back before"


def test_restore_prefers_the_controller_s_copy_and_says_where_they_differ(run: Any, tmp_path: Path) -> None:
    host = _changed_host()
    theirs = _whole(host)
    theirs["steps"][0]["before"] = dword(9)
    host.sections["journals"]["whole"] = theirs
    (tmp_path / "web01").mkdir()
    (tmp_path / "web01" / f"{JOURNAL}.json").write_text(json.dumps({**_whole(host), "host": "web01", "machine": GUID}))
    windows = Windows(host, Host())
    result = run("restore", windows, IN, run="run-1")
    assert windows.calls[0]["journal_id"] == JOURNAL and windows.calls[1]["steps"][0]["data"] == 1
    assert "differs from the controller's copy" in result["warnings"][0]


def test_a_host_that_has_lost_its_journal_says_what_it_does_not_take_back(run: Any, tmp_path: Path) -> None:
    host = Host()
    (tmp_path / "web01").mkdir()
    (tmp_path / "web01" / f"{JOURNAL}.json").write_text(json.dumps({**_whole(host), "host": "web01", "machine": GUID}))
    refusal = {"failed": True, "msg": "Step 0 (registry.set) ...", "reason": "refused_step", "schema_version": 1}
    result = run("restore", Windows(host, refusal), IN, run="run-1")
    assert result["failed"] and result["reason"] == "refused_step" and "nothing was done" in result["msg"]
    assert f"has lost its own journal {JOURNAL}, and takes back only what any plan may do" in result["msg"]


def test_all_journals_of_a_run_are_taken_back_the_last_one_first(run: Any) -> None:
    host = _changed_host(_row(), _row(OLDER))
    newer, older = copy.deepcopy(host), copy.deepcopy(host)
    newer.sections["journals"]["whole"] = _whole(host)
    older.sections["journals"]["whole"] = _whole(host, OLDER)
    windows = Windows(host, newer, older, Host(), Host())
    result = run("restore", windows, IN, run="run-1")
    assert [call["journal"]["undoes"] for call in windows.calls[3:]] == [JOURNAL, OLDER]
    assert [step["op"] for step in result["steps"]] == ["registry.set", "registry.set"]


def test_a_journal_that_the_host_does_not_give_is_asked_for_once(run: Any) -> None:
    """Another controller's, which came later: each journal of the run is held against it."""
    other = "20261124T130000Z-0a1b2c3d"
    host = _changed_host(_row(other, run="run-2"), _row(), _row(OLDER))
    newer, older = copy.deepcopy(host), copy.deepcopy(host)
    newer.sections["journals"]["whole"] = _whole(host)
    older.sections["journals"]["whole"] = _whole(host, OLDER)
    windows = Windows(host, copy.deepcopy(host), newer, older, Host(), Host())
    run("restore", windows, IN, run="run-1")
    assert [call.get("journal_id") for call in windows.calls].count(other) == 1


RESTART = {"what": "service.restart TermService"}


def _kept_restart(folder: Path, status: str, state: str) -> None:
    """The controller's copy of a run's last rung, as it ended."""
    step = {"op": "service.restart", "service": "TermService", "status": status, "before": None, "after": None}
    own = {"host": "web01", "machine": GUID}
    kept = {"id": JOURNAL, "run": "run-1", "state": state, "steps": [step], **own, **RESTART}
    (folder / "web01").mkdir()
    (folder / "web01" / f"{JOURNAL}.json").write_text(json.dumps(kept))


@pytest.mark.parametrize(
    ("status", "state", "back"),
    [
        ("done", "complete", ["registry.set", "service.restart"]),
        ("refused", "failed", ["registry.set"]),
        ("pending", "open", ["registry.set", "service.restart"]),
    ],
)
def test_a_restart_that_was_refused_is_not_taken_back_by_another(
    run: Any, tmp_path: Path, status: str, state: str, back: list[str]
) -> None:
    """TermService never had the change in force; of a copy that was cut off nobody knows."""
    host = _changed_host(_row(**RESTART), _row(OLDER))
    _kept_restart(tmp_path, status, state)
    whole = copy.deepcopy(host)
    whole.sections["journals"]["whole"] = _whole(host, OLDER)
    windows = Windows(host, whole, Host())
    run("restore", windows, IN, run="run-1")
    assert [step["op"] for step in windows.calls[-1]["steps"]] == back


def test_the_newest_journal_is_not_the_restart_behind_it(run: Any) -> None:
    """A run that needed its last rung has two journals."""
    host = _changed_host(_row(**RESTART), _row(OLDER))
    whole = copy.deepcopy(host)
    whole.sections["journals"]["whole"] = _whole(host, OLDER)
    windows = Windows(host, whole, Host())
    result = run("restore", windows, IN, journal="latest")
    assert result["changed"] and windows.calls[-1]["journal"]["undoes"] == OLDER
    assert [step["op"] for step in windows.calls[-1]["steps"]] == ["registry.set", "service.restart"]
    windows = Windows(_changed_host(_row(**RESTART), _row(OLDER, "undone"), _row("20261121T130000Z-0a1b2c3d")))
    again = run("restore", windows, IN, journal="latest")
    assert not again["changed"] and "has been taken back before" in again["summary"] and len(windows.calls) == 1


def test_no_clock_says_what_was_changed_last(run: Any) -> None:
    """The run that was last came from a controller whose clock is a day behind."""
    host = _changed_host(_row(run="run-1", sequence=1), _row(OLDER, run="run-2", sequence=2))
    assert [row["run"] for row in run("restore", Windows(host), IN)["changes"]] == ["run-2", "run-1"]
    asked = copy.deepcopy(host)
    asked.sections["journals"]["whole"] = _whole(host, OLDER, run="run-2")
    windows = Windows(host, asked, Host())
    assert run("restore", windows, IN, run="latest")["restored"] == "run-2"
    assert windows.calls[-1]["journal"]["undoes"] == OLDER and windows.calls[-1]["journal"]["sequence"] == 3


def test_journals_of_one_run_are_taken_back_in_the_host_s_order(run: Any) -> None:
    host = _changed_host(_row(sequence=4), _row(OLDER, sequence=5))
    newer, older = copy.deepcopy(host), copy.deepcopy(host)
    newer.sections["journals"]["whole"] = _whole(host, OLDER)
    older.sections["journals"]["whole"] = _whole(host)
    windows = Windows(host, newer, older, Host(), Host())
    run("restore", windows, IN, run="run-1")
    assert [call["journal"]["undoes"] for call in windows.calls[3:]] == [OLDER, JOURNAL]


def test_journals_without_a_place_stay_where_their_dates_have_them(run: Any) -> None:
    """Earlier versions gave them none."""
    oldest, oldest_of_all = "20261121T130000Z-0a1b2c3d", "20261120T130000Z-0a1b2c3d"
    host = _changed_host(_row(sequence=3), _row(OLDER), _row(oldest, sequence=4), _row(oldest_of_all))
    listed = [row["journal"] for row in run("restore", Windows(host), IN)["changes"]]
    assert listed == [oldest, OLDER, JOURNAL, oldest_of_all]


def test_every_journal_names_the_run(run: Any) -> None:
    ids = set()
    for _host in range(2):
        windows = Windows(_unreadable(), Host())
        result = run("remediate", windows, DIES, IN)
        head = windows.calls[1]["journal"]
        ids.add(head["run"])
        assert result["run"] == head["run"] and head["what"].startswith("acl.set f686aace")
        assert head["found"]["verdict"] == "broken" and head["found"]["gets_in"] is False
        assert head["found"]["causes"] == ["certificate.key_unreadable"]
    assert len(ids) == 1 and next(iter(ids)).startswith("run-")


def test_a_run_can_be_given_its_id(run: Any) -> None:
    windows = Windows(_unreadable(), Host())
    assert run("remediate", windows, DIES, IN, variables={"rdp_run": "build-7"})["run"] == "build-7"
    windows = Windows(_unreadable(), Host())
    result = run("remediate", windows, DIES, IN, variables={"rdp_run": "no run"})
    assert result["failed"] and "rdp_run is 'no run'" in result["msg"] and not windows.calls
    calm = run("remediate", Windows(Host()), IN, check=True, variables={"rdp_run": "../x"})
    assert calm["failed"] and "rdp_run is '../x'" in calm["msg"], "not only where something is changed"


def test_a_run_s_id_may_be_made_of_other_variables(run: Any) -> None:
    variables = {"rdp_run": trusted("awx-{{ awx_job_id }}"), "awx_job_id": 4711}
    assert run("remediate", Windows(_unreadable(), Host()), DIES, IN, variables=variables)["run"] == "awx-4711"
    variables["rdp_run"] = trusted("{{ awx_job_id }}")
    assert run("remediate", Windows(_unreadable(), Host()), DIES, IN, variables=variables)["run"] == "4711"
    windows = Windows(_unreadable(), Host())
    result = run("remediate", windows, DIES, variables={"rdp_run": trusted("awx-{{ awx_job_id }}")})
    told = "web01: the variable rdp_run cannot be resolved: 'awx_job_id' is undefined; nothing was done."
    assert result["failed"] and result["msg"].startswith(told) and not windows.calls


def test_journal_folder_that_cannot_be_written_stops_before_anything_is_done(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    windows = Windows(_unreadable())
    result = run("remediate", windows, DIES, journal_dir=str(tmp_path / "file"))
    assert result["failed"] and "journal_dir" in result["msg"] and len(windows.calls) == 1


def test_journal_ids_are_unique_and_in_form() -> None:
    ids = {journals.new_journal().id for _turn in range(200)}
    assert len(ids) == 200 and all(is_id(id_) for id_ in ids)


def _documented(module: str) -> dict[str, Any]:
    documented: dict[str, Any] = load_yaml(returns.returns(module))
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
        *("step", "probe", "diagnosis", "proof"),
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
    assert blind["probe"] is None
    assert blind["summary"] == "unknown: nothing found in what was read; not looked at from outside"
    told = run("diagnose", Windows(Host()), IN, transport=transport, probe_host="web01.example.com")
    assert told["probe"] and "reaches the logon" in told["summary"]
    assert told["unread"] == ["what comes after the logon was not tried"]
    assert told["summary"] == "healthy: a client reaches the logon; what comes after it was not tried"


@pytest.mark.parametrize(("fail_on", "fails"), [("never", False), ("broken", True), ("degraded", True)])
def test_a_verdict_that_is_not_wanted_fails(run: Any, fail_on: str, fails: bool) -> None:
    result = run("diagnose", Windows(_unreadable()), DIES, fail_on=fail_on)
    assert result["verdict"] == "broken" and bool(result.get("failed")) is fails


def test_of_a_call_without_an_end_no_more_is_said_than_is_known(run: Any) -> None:
    """A host that is slow is no way that is closed, least of all while it is being changed."""
    first = run("diagnose", Windows(limit.OverdueError()), probe=False)
    assert first["unreachable"] and "culprit" not in first
    assert first["msg"].startswith("web01 had not answered after 600 seconds (over winrm at 10.0.0.5")
    change = run("remediate", Windows(_unreadable(), limit.OverdueError()), DIES)
    assert change["reason"] == "interrupted" and "had not answered after 1800 seconds" in change["msg"], change
    for result in (first, change):
        assert "cannot be reached" not in result["msg"] and "restart" not in result["msg"]


def test_what_is_registered_of_a_result_stays_a_template() -> None:
    """Since ansible-core 2.21 there are names, each with what is made of the result, and Ansible notes that it may
    resolve that. Without the note the whole result came out as one text."""

    class Noted(str):
        pass

    action = MagicMock()
    action.MODULE, action._task.args, action._task.register = "diagnose", {}, {"judged": Noted("{{ it }}")}
    RdpAction._lighten(action)
    assert isinstance(action._task.register["judged"], Noted)
    action._task.register = Noted("judged")
    RdpAction._lighten(action)
    assert not isinstance(action._task.register, Noted) and action._task.register == "judged"


def test_an_answer_that_is_too_large_is_told_as_one(run: Any) -> None:
    told = run("diagnose", Windows(limit.TooLargeError()), probe=False)
    assert told["unreachable"] and "sent more than can be read with 256 MiB of memory (over winrm at" in told["msg"]
    assert "rdp_call_timeout" not in told["msg"]


def test_a_host_that_had_answered_before_is_what_is_slow() -> None:
    action = MagicMock()
    action._connection.transport, action._templar.template = "winrm", lambda value: value
    action._connection.get_option.return_value = None
    action._execute_module.side_effect = [{"answers": {}}, limit.OverdueError()]
    link = host_link.HostLink(action, {"inventory_hostname": "web01"})
    assert link.witnesses([]) == {}
    with pytest.raises(host_link.HostFailure) as raised:
        link.witnesses([])
    assert raised.value.details == {"culprit": "host"} and raised.value.unreachable


def test_the_result_is_kept_where_it_is_asked_for(run: Any, tmp_path: Path) -> None:
    result = run("diagnose", Windows(Host()), IN, results_dir=str(tmp_path / "kept"))
    kept = json.loads((tmp_path / "kept/web01.json").read_text())
    assert (kept["verdict"], kept["inventory_name"], kept["result_version"]) == (result["verdict"], "web01", 1)
    (tmp_path / "file").write_text("")
    failed = run("diagnose", Windows(Host()), IN, results_dir=str(tmp_path / "file"))
    assert failed["failed"] and "Give results_dir a folder that can be written" in failed["msg"]
    gone = Windows(AnsibleConnectionFailure("gone"))
    lost = run("diagnose", gone, IN, results_dir=str(tmp_path / "file"))
    assert lost["unreachable"] and "cannot be reached" in lost["msg"], "what is wrong with the host is not hidden"
    assert "Give results_dir a folder that can be written" in lost["warnings"][0]


def test_what_the_host_says_while_steps_are_done_is_an_interruption(run: Any) -> None:
    """Security software that ends PowerShell in the middle: nobody may be told that nothing was done."""
    said = {"failed": True, "msg": "MODULE FAILURE", "module_stderr": "blocked by your antivirus software", "rc": 1}
    result = run("remediate", Windows(_unreadable(), said), DIES)
    assert result["failed"] and result["reason"] == "interrupted" and "AMSI" in result["msg"]


# What a repair, an undo and a bind must not do ------------------------------------------------------------------------


class Done(Windows):
    """Does each step, says what was there before, and refuses the restarts whose numbers (from 0) are given."""

    BEFORE: ClassVar[dict[str, Any]] = {
        "acl.set": {"sddl": "O:SYG:SYD:PAI(A;;FA;;;SY)"},
        "registry.set": dword(1),
        "service.restart": {"state": 4, "dependents": []},
    }

    def __init__(self, *snapshots: Any, refused: tuple[int, ...] = ()) -> None:
        super().__init__(*snapshots)
        self.refused = refused
        self.restarts = 0

    def __call__(self, module_name: str, module_args: dict[str, Any], task_vars: dict[str, Any]) -> Any:
        if module_args["operation"] == "apply":
            self.reports = [self._report(step["op"]) for step in module_args["steps"]]
        return super().__call__(module_name, module_args, task_vars)

    def _report(self, op: str) -> dict[str, Any]:
        report = {"op": op, **DONE, "before": self.BEFORE.get(op)}
        if op == "service.restart":
            if self.restarts in self.refused:
                error = {"code": -2146233088, "type": "Refused", "message": "somebody came in"}
                report.update(status="refused", before=None, error=error)
            self.restarts += 1
        return report

    @property
    def applied(self) -> list[list[str]]:
        """The steps of each call, in a word each."""
        return [[step["op"] for step in call["steps"]] for call in self.calls if call["operation"] == "apply"]


def _off() -> Host:
    return Host().setting("terminal_server", "fDenyTSConnections", dword(1))


@pytest.mark.parametrize(("own", "warned"), [("192.0.2.9", True), ("10.20.3.4", False), (None, False)])
def test_a_scope_that_leaves_the_controller_out_is_said_beforehand(
    run: Any, monkeypatch: pytest.MonkeyPatch, own: str | None, warned: bool
) -> None:
    monkeypatch.setattr(session, "own_address", lambda _host, _port: own)
    asked = {"remote_addresses": ["10.20.0.0/16"], "check": True}
    for options in ({}, {"probe": False}):
        told = run("firewall", Windows(Host()), IN, **asked, **options).get("warnings", [])
        assert bool(told) is (warned and not options)
        assert all(own in text and "remote_addresses" in text and "probe=false" in text for text in told)


def test_remote_desktop_that_is_turned_off_stays_off(run: Any) -> None:
    """That clients do not get in any more is what was asked for: no failure, and nothing is taken back."""
    windows = Windows(Host(), _off(), Host())
    windows.reports = [{"op": "registry.set", **DONE, "before": dword(0)}]
    result = run("listener", windows, IN, WORSE, enabled=False)
    assert result["changed"] and not result.get("failed") and not result["rolled_back"] and len(windows.calls) == 2


@pytest.mark.parametrize(
    ("after", "words"), [(Host, "off, and is not"), (lambda: Host().without("listener"), "could not be read")]
)
def test_remote_desktop_that_is_not_known_to_go_off_is_a_failure(run: Any, after: Any, words: str) -> None:
    result = run("listener", Windows(Host(), after(), Host()), IN, enabled=False)
    assert result["failed"] and "was to be turned off" in result["msg"] and words in result["msg"]


def _states(folder: Path) -> dict[str, str]:
    return {path.stem: json.loads(path.read_text())["state"] for path in (folder / "web01").glob("*.json")}


def test_an_undo_whose_restart_the_host_refuses_is_no_success(run: Any, tmp_path: Path) -> None:
    host = _changed_host()
    whole = _whole(host)
    restart = {"op": "service.restart", "service": "TermService", **DONE, "before": {"state": 4, "dependents": []}}
    host.sections["journals"]["whole"] = {**whole, "steps": [*whole["steps"], restart]}
    windows = Done(host, Host(), refused=(0,))
    result = run("restore", windows, IN, journal=JOURNAL)
    assert windows.applied == [["registry.set", "service.restart"]]
    assert windows.calls[-1]["steps"][-1]["expect_empty"] is True
    assert result["failed"] and "service.restart TermService" in result["msg"]
    assert JOURNAL not in _states(tmp_path), "it can be taken back again"
    accepted = run("restore", Done(host, Host()), IN, journal=JOURNAL)
    assert not accepted.get("failed") and _states(tmp_path)[JOURNAL] == "undone"


def _worse_after_a_restart(run: Any, *refused: int) -> tuple[Done, dict[str, Any]]:
    """The key's access, which does not help yet, the restart, and then the port is closed."""
    windows = Done(_unreadable(), *(Host() for _answer in range(7)), refused=refused)
    return windows, run("remediate", windows, DIES, DIES, WORSE)


def test_a_rollback_restarts_what_had_the_change_in_force(run: Any) -> None:
    windows, result = _worse_after_a_restart(run)
    assert windows.applied == [["acl.set"], ["service.restart"], ["acl.set", "service.restart"]]
    assert windows.calls[-1]["steps"][-1]["expect_empty"] is True and result["rolled_back"]


def test_a_rollback_whose_restart_the_host_refuses_is_not_complete(run: Any, tmp_path: Path) -> None:
    windows, result = _worse_after_a_restart(run, 1)
    assert windows.applied[-1] == ["acl.set", "service.restart"]
    assert result["failed"] and not result["rolled_back"] and not result["rollback"]["complete"]
    assert "not all of it could be taken back" in result["msg"] and "undone" not in _states(tmp_path).values()
    assert "undone" not in [journal["state"] for journal in result["journals"]]


@pytest.mark.parametrize(
    ("restarted_by", "steps"), [("run-1", ["registry.set", "service.restart"]), ("run-2", ["registry.set"])]
)
def test_a_run_in_two_journals_is_restored_with_its_restart(run: Any, restarted_by: str, steps: list[str]) -> None:
    """A restart is a journal of its own, which leaves nothing to take back; that of another run is none of this one."""
    host = _changed_host(_row(what="service.restart TermService", run=restarted_by), _row(OLDER))
    answered = copy.deepcopy(host)
    answered.sections["journals"]["whole"] = _whole(host, OLDER)
    windows = Done(host, answered, Host())
    assert run("restore", windows, IN, run="run-1")["changed"] and windows.applied == [steps]


def test_a_value_that_one_run_set_twice_is_restored_to_what_was_there_first(run: Any) -> None:
    host = _changed_host(_row(), _row(OLDER))
    newer, older = copy.deepcopy(host), copy.deepcopy(host)
    newer.sections["journals"]["whole"] = _whole(host)
    older.sections["journals"]["whole"] = _whole(host, OLDER)
    older.sections["journals"]["whole"]["steps"][0].update(data=1, before=dword(9), after=dword(1))
    windows = Done(host.setting("rdp_tcp", "SecurityLayer", dword(2)), newer, older, Host(), Host())
    run("restore", windows, IN, run="run-1")
    assert [call["steps"][0]["data"] for call in windows.calls if call["operation"] == "apply"] == [1, 9]


def test_a_restart_that_waits_for_people_who_came_meanwhile_is_said(run: Any) -> None:
    occupied = _unreadable().person()
    windows = Done(_unreadable(), occupied, occupied, occupied)
    result = run("remediate", windows, DIES)
    assert windows.applied == [["acl.set"]]
    blocked = {entry["finding"]: entry["guard"] for entry in result["plan"]["blocked"]}
    assert blocked == {"certificate.key_unreadable": "sessions"} and "alice" in result["summary"]


@pytest.mark.parametrize(
    ("options", "bound"),
    [
        ({}, False),
        ({"probe_host": "web01.example.com"}, True),
        ({"probe_host": "web01.example.com", "probe": False}, False),
    ],
)
def test_a_key_that_was_not_read_is_bound_only_where_somebody_looks(
    run: Any, options: dict[str, Any], bound: bool
) -> None:
    """The connection's address is an instance's id: without probe_host nobody looks, whatever probe says."""
    host = Host()
    der = make_der(NOW - timedelta(days=1), NOW + timedelta(days=400), "web01.example.com")
    thumbprint = host.add(der, "My", None, key_provider("k", "Microsoft Platform Crypto Provider", 0))
    given = {"state": "bound", "thumbprint": thumbprint, "allow_name_mismatch": True, "transport": "aws_ssm", **options}
    result = run("certificate", Windows(host), IN, check=True, **given)
    assert bool(result.get("failed")) is not bound and (bound or "is not known" in result["msg"])


@pytest.mark.parametrize("name", ["latest", JOURNAL])
def test_no_run_is_called_what_a_restore_is_asked_for(run: Any, name: str) -> None:
    windows = Windows(_unreadable(), Host())
    result = run("remediate", windows, DIES, IN, variables={"rdp_run": name})
    assert result["failed"] and f"rdp_run is '{name}'" in result["msg"] and not windows.calls


# The proof up to the logon.


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Any]:
    """Stands in for the attempt itself; gives what it was called with. What it answers is in ``answers``."""
    calls: list[Any] = []

    def prove(place: logon.Place, account: logon.Account, *, send_credentials: bool = False) -> dict[str, Any]:
        calls.append((place, account, send_credentials))
        outcome = ANSWERS[account.password or "ticket"]
        return {**logon_words.result(*outcome, mechanism=account.mechanism), "account_sent": outcome[0] != "not_tried"}

    monkeypatch.setattr(logon, "prove", prove)
    monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path / "run"))
    return calls


ANSWERS = {
    "right": ("accepted", None, "it is accepted"),
    "wrong": ("refused", "locked", "the account is locked out"),
    "stranger": ("not_tried", "other_certificate", "another certificate"),
    "no-nla": ("not_tried", "no_nla", "there is no NLA"),
    "10.0.0.5": ("accepted", None, "it is accepted"),
}


def _with_account(password: str, **more: Any) -> dict[str, Any]:
    return {"verify": "logon", "verify_account": "CORP\\helpdesk", "verify_password": password, **more}


def test_a_repair_is_proven_up_to_the_logon(run: Any, tried: list[Any], tmp_path: Path) -> None:
    result = run("remediate", Windows(_unreadable(), Host()), DIES, IN, **_with_account("right"))
    assert not result.get("failed") and result["logon"]["outcome"] == "accepted"
    assert result["summary"].endswith("; the account is accepted")
    ((place, account, sends),) = tried
    assert (place.host, place.port, sends) == ("10.0.0.5", 3389, False) and account.password == "right"
    own = {hashlib.sha256(entry.der).hexdigest().upper() for entry in _own_entries(Host())}
    assert place.certificates == own and own
    kept = "".join(path.read_text() for path in tmp_path.rglob("*") if path.is_file())
    assert "helpdesk" not in kept + json.dumps(result) and "right" not in json.dumps(result["logon"])


def _own_entries(host: Host) -> list[Any]:
    stores = Snapshot.of(host.to_answer()).stores or {}
    return [entry for store in stores.values() for entry in store if entry.der and entry.has_key_property]


def test_an_account_that_is_refused_fails_the_host_and_takes_nothing_back(run: Any, tried: list[Any]) -> None:
    windows = Windows(_unreadable(), Host())
    result = run("remediate", windows, DIES, IN, **_with_account("wrong"))
    assert result["failed"] and result["reason"] == "logon" and result["msg"] == "web01: The account is locked out."
    assert result["verdict_after"] == "healthy" and result["verified"]["ok"] and not result["rolled_back"]
    assert [call["operation"] for call in windows.calls] == ["snapshot", "apply"]


def test_an_account_that_was_refused_is_not_tried_on_the_next_host(run: Any, tried: list[Any]) -> None:
    assert run("remediate", Windows(Host()), IN, **_with_account("wrong"))["failed"]
    again = run("remediate", Windows(Host()), IN, **_with_account("right"), variables={"inventory_hostname": "web02"})
    assert again["logon"]["reason"] == "not_again" and not again.get("failed") and len(tried) == 1


def test_a_stranger_fails_the_host(run: Any, tried: list[Any]) -> None:
    assert run("remediate", Windows(Host()), IN, **_with_account("stranger"))["reason"] == "logon"


def test_what_cannot_be_tried_is_told(run: Any, tried: list[Any]) -> None:
    result = run("remediate", Windows(Host()), IN, **_with_account("no-nla"))
    assert not result.get("failed") and result["summary"].endswith("; logon not tried: no nla")


def test_no_account_is_tried_unless_it_is_asked_for(run: Any, tried: list[Any]) -> None:
    assert "logon" not in run("remediate", Windows(Host()), IN)
    dry = run("remediate", Windows(Host()), IN, check=True, **_with_account("right"))
    assert dry["logon"]["reason"] == "check_mode"
    broken = run("remediate", Windows(Host(), Host()), probe("tls", "reset"), **_with_account("right"))
    assert broken["logon"]["reason"] == "no_logon" and tried == []


def test_the_connection_s_own_account(run: Any, tried: list[Any]) -> None:
    """Without a name it is the one with which Ansible itself gets in."""
    assert run("remediate", Windows(Host()), IN, verify="logon")["logon"]["outcome"] == "accepted"
    assert (tried[0][1].name, tried[0][1].password) == ("10.0.0.5", "10.0.0.5"), "what the connection's options say"


def test_the_connection_s_own_account_may_be_made_of_other_variables(run: Any, tried: list[Any]) -> None:
    """The template itself, tried as a password, would be one failed logon more: accounts lock."""
    variables = {"ansible_user": trusted("CORP\\{{ me }}"), "ansible_password": trusted("{{ vault_pw }}"), "me": "ann"}
    options: dict[str, Any] = {"connected": None, "verify": "logon", "probe_host": "10.0.0.5"}
    windows = Windows(_unreadable(), Host())
    failed = run("remediate", windows, DIES, variables=variables, **options)
    told = "web01: the variable ansible_password cannot be resolved: 'vault_pw' is undefined; nothing was done."
    assert failed["failed"] and failed["msg"].startswith(told) and windows.calls == tried == []
    variables["vault_pw"] = "right"
    assert run("remediate", Windows(Host()), IN, variables=variables, **options)["logon"]["outcome"] == "accepted"
    assert (tried[0][1].name, tried[0][1].password) == ("CORP\\ann", "right")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"verify_account": "a"}, "set verify to logon"),
        ({"verify": "logon", "verify_password": "b"}, "verify_password is given and verify_account is missing"),
        ({"verify": "logon", "probe": False}, "leave probe on"),
        ({"max_hosts": 0}, "max_hosts is 0"),
    ],
)
def test_accounts_that_cannot_be_used(run: Any, options: dict[str, Any], sentence: str) -> None:
    result = run("remediate", Windows(Host()), IN, **options)
    assert result["failed"] and result["reason"] == "bad_arguments" and sentence in result["msg"]


def test_a_missing_library_is_said_before_anything_is_done(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spnego", None)
    windows = Windows(_unreadable())
    result = run("remediate", windows, DIES, **_with_account("right"))
    assert result["failed"] and "-m pip install 'pyspnego>=0.11')." in result["msg"] and windows.calls == []


# A client that is changed ---------------------------------------------------------------------------------------------

RDP_FILE = r"C:\Users\Public\Desktop\srv01.rdp"


def _pc() -> dict[str, Any]:
    """What a client answers whose file turns CredSSP off."""
    pc = TwinWindows("PC-17")
    pc.data["client"]["rdp_files"] = {RDP_FILE: ["full address:s:srv01", "enablecredsspsupport:i:0"]}
    return clients.answer(pc, {"rdp_files": [RDP_FILE]})


def _corrected(run: Any, windows: Windows) -> dict[str, Any]:
    result: dict[str, Any] = run("client", windows, rdp_files=[RDP_FILE], correct_rdp_files=True)
    return result


def _assert_interrupted(result: dict[str, Any], windows: Windows) -> None:
    head = next(call["journal"] for call in windows.calls if call.get("operation") == "apply")
    assert result["reason"] == "interrupted" and result["changed"], result
    assert result["journal"]["id"] == head["id"] and result["run"] == head["run"]
    assert journals.load(result["journal"]["controller_copy"]).id == head["id"]
    assert f"winops.rdp.restore journal={head['id']}" in result["msg"]


def test_a_client_is_changed(run: Any) -> None:
    result = _corrected(run, Windows(_pc(), Host(), Host(), _pc()))
    assert result["changed"] and not result.get("failed") and "warnings" not in result, result
    assert [step["status"] for step in result["steps"]] == ["done"] and result["journal"]["state"] == "complete"
    assert journals.load(result["journal"]["controller_copy"]).state == "complete"


def test_a_client_that_is_lost_once_its_steps_were_done_has_been_changed(run: Any) -> None:
    windows = Windows(_pc(), Host(), Host(), AnsibleConnectionFailure("gone"))
    result = _corrected(run, windows)
    assert result["unreachable"] and [step["status"] for step in result["steps"]] == ["done"]
    _assert_interrupted(result, windows)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (AnsibleConnectionFailure("gone"), "unknown"),
        ({"schema_version": 1, "operation": "apply", "steps": [], "journal": None}, "unknown"),
        (
            {
                "failed": True,
                "msg": "disk full",
                "reason": "journal_failed",
                "steps": [{"op": "rdp_file.set", "status": "done", "before": None, "after": None, "error": None}],
            },
            "done",
        ),
    ],
)
def test_a_client_that_does_not_say_what_became_of_its_steps(run: Any, answer: Any, status: str) -> None:
    windows = Windows(_pc(), Host(), answer)
    result = _corrected(run, windows)
    _assert_interrupted(result, windows)
    assert [step["status"] for step in result["steps"]] == [status]


def test_a_client_that_refuses_has_not_been_changed(run: Any) -> None:
    locked = {"failed": True, "msg": "x", "reason": "locked", "lock": {}, "schema_version": 1}
    result = _corrected(run, Windows(_pc(), Host(), locked))
    assert result["failed"] and result["reason"] == "locked" and not result.get("changed") and "run" not in result


@pytest.mark.parametrize("reason", ["locked", "preflight"])
def test_steps_that_the_host_refused_are_no_change_to_take_back(run: Any, tmp_path: Path, reason: str) -> None:
    """The copy that was written ahead of them would be listed as one, and be the newest run."""
    refusal = {"failed": True, "msg": "x", "reason": reason, "lock": {}, "schema_version": 1}
    result = run("remediate", Windows(_unreadable(), refusal), DIES)
    assert result["failed"] and result["reason"] == reason and not list(tmp_path.rglob("*.json")), result
    listed = run("restore", Windows(Host()), IN)
    assert listed["summary"] == "nothing is left to be taken back" and listed["newest_run"] is None


def test_a_client_s_second_copy_that_cannot_be_written_is_a_warning(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The steps were done: ``journal_failed`` would say that nothing was."""
    kept = []

    def keep(folder: str, journal: Any, real: Any = journals.keep) -> str:
        kept.append(journal.state)
        if len(kept) > 1:
            raise OSError(28, "No space left on device")
        return str(real(folder, journal))

    monkeypatch.setattr(journals, "keep", keep)
    result = _corrected(run, Windows(_pc(), Host(), Host(), _pc()))
    assert result["changed"] and not result.get("failed") and kept == ["open", "complete"], result
    assert "No space left on device" in result["warnings"][0] and "The steps were done" in result["warnings"][0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"load_balance_info": "a\nb"}, "winops.rdp.client: load_balance_info must be a single line."),
        (
            {"load_balance_info": "€"},
            "winops.rdp.client: load_balance_info holds characters that the protocol cannot carry; use ASCII.",
        ),
        ({"timeout": 121}, "winops.rdp.client: timeout is 121; it must be from 0.05 to 120 seconds."),
        ({"deadline": 0.05}, "winops.rdp.client: deadline is 0.05; it must be from 0.1 to 3600 seconds."),
    ],
)
def test_a_look_that_a_client_cannot_take_is_said_in_one_sentence(
    run: Any, options: dict[str, Any], sentence: str
) -> None:
    windows = Windows(_pc())
    assert run("client", windows, target="srv01", **options)["msg"] == sentence and windows.calls == []


# A client that Ansible does not reach ---------------------------------------------------------------------------------

CLIENT_BUNDLE = {
    "client_bundle_version": 1,
    "target": "srv01.example.com:3390",
    "server_name": "",
    "client": {"changed": False, "schema_version": 1, "sections": {}, "errors": {}, "truncated": []},
}


def test_what_a_client_s_script_wrote_is_judged_without_asking_the_client(
    run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, looked = tmp_path / "rdp-client.json", []

    def look(*args: Any, **_kwargs: Any) -> dict[str, Any]:
        looked.append(args)
        return IN

    monkeypatch.setattr(client_session, "probe_listener", look)
    path.write_text(json.dumps(CLIENT_BUNDLE))
    windows = Windows()
    result = run("client", windows, bundle_path=str(path))
    assert result["verdict"] == "unknown" and not result["changed"] and result["unread"], result
    assert windows.calls == [] and looked == [("srv01.example.com", 3390)]


@pytest.mark.parametrize(
    ("document", "options", "sentence"),
    [
        ({**CLIENT_BUNDLE, "client_bundle_version": 2}, {}, "is no bundle of a client of version 1"),
        ({**CLIENT_BUNDLE, "target": 7}, {}, "does not say which host"),
        ({**CLIENT_BUNDLE, "client": []}, {}, "has an answer that cannot be used"),
        ({**CLIENT_BUNDLE, "target": "a b"}, {}, "winops.rdp.client: "),
        (CLIENT_BUNDLE, {"update": True}, "update asks the client for something"),
        (CLIENT_BUNDLE, {"target": "srv01"}, "bundle_path is given and target is given"),
    ],
)
def test_a_client_s_bundle_that_cannot_be_judged(
    run: Any, tmp_path: Path, document: dict[str, Any], options: dict[str, Any], sentence: str
) -> None:
    path = tmp_path / "rdp-client.json"
    path.write_text(json.dumps(document))
    result = run("client", Windows(), bundle_path=str(path), **options)
    assert result["failed"] and sentence in result["msg"], result


# A host that Ansible does not reach -----------------------------------------------------------------------------------


@pytest.fixture
def pasted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The bundle of a host whose listener cannot read its key, as a script without Ansible takes it: nobody looked. It
    is of an hour ago.
    """
    monkeypatch.setattr(bundles, "utc_now", lambda: NOW + timedelta(hours=1))
    bundle = {"bundle_version": 1, "inventory_name": "web01", "taken": utc(NOW), "probe": None}
    path = tmp_path / "bundles" / "web01.json"
    path.parent.mkdir()
    path.write_text(json.dumps({**bundle, "snapshot": _unreadable().to_answer()}))
    return path


def test_a_bundle_is_looked_at_where_its_host_is_reached(
    run: Any, pasted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[Any] = []

    def look(*args: Any, **options: Any) -> dict[str, Any]:
        looked.append((args, options))
        return {**DIES, "time": utc(NOW + timedelta(days=1))}

    monkeypatch.setattr(bundles, "probe_listener", look)
    [alone] = run("diagnose", Windows(), bundle_path=str(pasted))["hosts"].values()
    assert looked == [] and alone["probe"] is None and alone["findings"][0]["confidence"] == "likely"
    assert [step["op"] for step in alone["plan"]["steps"]] == ["acl.set"]
    [seen] = run("diagnose", Windows(), bundle_path=str(pasted), probe_host="web01", probe_timeout=3.0)[
        "hosts"
    ].values()
    assert looked == [(("web01", 3389), {"timeout": 3.0})] and seen["probe"]["stage"] == "tls"
    assert seen["findings"][0]["id"] == "certificate.key_unreadable" and seen["findings"][0]["confidence"] == "proven"
    assert "clock.wrong" not in {one["id"] for one in seen["findings"]}, "it is looked at later than it was read"
    run("diagnose", Windows(), bundle_path=str(pasted), probe_host="web01", probe=False)
    assert len(looked) == 1


def test_a_script_has_the_restart_for_the_case_that_clients_still_do_not_get_in(
    run: Any, pasted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "probe_listener", lambda *_args, **_options: DIES)
    rungs = {}
    for name, options in {"alone": {}, "seen": {"probe_host": "web01"}}.items():
        made = run("offline", Windows(), kind="repair", bundle_path=str(pasted), dest=f"{tmp_path}/{name}/", **options)
        text = Path(made["path"]).read_text("ascii").split("$WhatToDo = @'\n")[1].split("\n'@")[0]
        rungs[name] = [(rung["name"], rung["condition"] is None) for rung in json.loads(text)["rungs"]]
    assert rungs == {"alone": [("certain", True)], "seen": [("certain", True), ("restart", False)]}


@pytest.mark.parametrize(("module", "options"), [("diagnose", {}), ("offline", {"kind": "repair"})])
def test_a_look_of_today_proves_nothing_of_a_host_of_last_week(
    run: Any, pasted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, options: dict[str, Any]
) -> None:
    monkeypatch.setattr(bundles, "utc_now", lambda: NOW + timedelta(days=7))
    monkeypatch.setattr(bundles, "probe_listener", lambda *_args, **_options: DIES)
    given = {"bundle_path": str(pasted), "probe_host": "web01", **options}
    if options:
        given["dest"] = f"{tmp_path}/made/"
    result = run(module, Windows(), **given)
    assert result["failed"] and "collect again, or leave probe_host out" in result["msg"], result
    assert "BundleError" not in result["msg"], result
    assert not run(module, Windows(), **{**given, "probe": False}).get("failed")


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize(
    ("module", "options", "place"),
    [
        ("offline", {"kind": "collect", "dest": "{}/notes"}, "notes"),
        ("offline", {"kind": "client", "target": "srv01", "dest": "{}/notes"}, "notes"),
        ("facts", {"bundle_dir": "{}"}, "web01.json"),
        ("diagnose", {"results_dir": "{}"}, "web01.json"),
    ],
)
def test_no_file_of_somebody_else_is_overwritten(
    run: Any, tmp_path: Path, module: str, options: dict[str, str], place: str, check: bool
) -> None:
    options = {name: value.format(tmp_path) for name, value in options.items()}
    theirs = tmp_path / place
    theirs.write_text("[windows]\nweb01\n")
    told = run(module, Windows(Host()), IN, check=check, **options)
    assert theirs.read_text() == "[windows]\nweb01\n"
    if not check or module == "offline":
        assert told["failed"] and "none that winops.rdp wrote, and stays; move it away" in told["msg"]
    theirs.unlink()
    for _again in range(2):
        assert not run(module, Windows(Host()), IN, check=check, **options).get("failed")


def test_a_look_is_of_one_host(run: Any, pasted: Path) -> None:
    (pasted.parent / "web02.json").write_text(pasted.read_text())
    result = run("diagnose", Windows(), bundle_path=str(pasted.parent), probe_host="web01")
    assert result["failed"] and "probe_host" in result["msg"] and "2 bundles" in result["msg"], result


@pytest.mark.parametrize("reason", ["bad_arguments", "unusable_answer", None])
def test_a_reference_that_is_in_the_inventory_costs_nobody_the_diagnosis(reason: str | None) -> None:
    """Whatever its reading fails for is said where the two are compared."""
    session = MagicMock()
    session.options, session.name = {"reference_host": "good"}, "bad"
    session.neighbour.side_effect = host_link.HostFailure("good could not be read", reason=reason)
    found = diagnose_action._reference_host(session, None)
    assert isinstance(found, Comparison) and "good could not be read" in str(found.to_dict())
    session.knows.return_value = False
    with pytest.raises(host_link.HostFailure, match="must be a host of the inventory"):
        diagnose_action._reference_host(session, None)


# Beside the host of a task -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [True, False])
def test_a_password_that_may_be_another_host_s_is_not_sent(monkeypatch: pytest.MonkeyPatch, *, asked: bool) -> None:
    """Where Ansible does not hand the run's own to the process, as a version to come may not."""
    monkeypatch.setattr(asking, "is_password_asked", lambda: asked)
    action = MagicMock()
    action._templar.template = lambda given: given
    action._play_context.copy.return_value = MagicMock(password="of web01")
    if asked:
        with pytest.raises(AnsibleError, match=r"web02 has no password of its own, .* so that none was sent"):
            neighbours._context(action, action._task, {}, "web02")
    given = {"ansible_password": "of web02"} if asked else {}
    assert neighbours._context(action, action._task, given, "web02").password == given.get("ansible_password", "")


def test_what_is_found_out_once_is_of_this_account_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By one process of a run for all; where others may write, by each for itself."""
    asked: list[int] = []

    def ask() -> dict[str, Any]:
        asked.append(1)
        return {"found": len(asked)}

    monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path))
    assert [shared.once(("a",), ask) for _turn in range(2)] == [{"found": 1}] * 2
    assert shared.once(("b",), ask) == {"found": 2}
    kept = list(tmp_path.rglob("*"))
    assert len(kept) == 5 and not any(path.stat().st_mode & 0o077 for path in kept if path.suffix != ".lock")
    tmp_path.chmod(0o777)
    assert shared.once(("a",), ask) == {"found": 3}
    tmp_path.chmod(0o700)
    (tmp_path / "link").symlink_to(tmp_path)
    for place in ("link", "missing"):
        monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path / place))
        assert shared.once(("a",), ask) == {"found": len(asked)} and len(asked) > 3


def test_what_was_found_out_has_an_age_and_a_failure_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading is kept for some minutes. A failure holds for those alone who had come before it was known."""
    clock = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path))

    def finds(answer: dict[str, Any], seconds: float = 0.0) -> Callable[[], dict[str, Any]]:
        def find() -> dict[str, Any]:
            clock[0] += seconds
            return answer

        return find

    assert shared.once(("a",), finds({"found": 1})) == {"found": 1}
    clock[0] += shared.HOLDS_SECONDS
    assert shared.once(("a",), finds({"found": 2})) == {"found": 1}
    clock[0] += 1
    assert shared.once(("a",), finds({"found": 2})) == {"found": 2}
    assert shared.once(("b",), finds({"failure": "first"}, 5.0)) == {"failure": "first"}
    came = iter([clock[0] - 3.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(came, clock[0]))
    assert shared.once(("b",), finds({"found": 1})) == {"failure": "first"}, "it waited"
    clock[0] += 0.1
    assert shared.once(("b",), finds({"found": 1})) == {"found": 1}


@pytest.mark.parametrize("at", ["folder", "lock", "write"])
def test_a_full_disk_and_an_error_of_what_is_asked_are_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    """Either way it is asked once."""
    asked: list[int] = []

    def fails() -> dict[str, Any]:
        asked.append(1)
        raise OSError("of the host")

    def full(*_args: Any, **_options: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(constants, "DEFAULT_LOCAL_TMP", str(tmp_path))
    with pytest.raises(OSError, match="of the host"):
        shared.once(("a",), fails)
    place, name = {"folder": (Path, "mkdir"), "lock": (fcntl, "flock"), "write": (files, "write_json")}[at]
    monkeypatch.setattr(place, name, full)
    with pytest.raises(OSError, match="of the host"):
        shared.once(("b",), fails)
    assert len(asked) == 2 and shared.once(("c",), lambda: {"found": 1}) == {"found": 1}


@pytest.mark.parametrize("fails", [True, False])
@pytest.mark.parametrize("is_last", [True, False])
def test_the_limit_of_a_task_rings_no_more_once_its_answer_is_there(*, fails: bool, is_last: bool) -> None:
    """It ends the goodbye; that of a host beside the task's is within the task."""

    class TimeoutOfAnsible(BaseException):
        pass

    def ring(_number: int, _frame: Any) -> None:
        raise TimeoutOfAnsible

    ring.__module__ = "ansible.executor.task_executor"
    action = MagicMock()
    action._templar.template = lambda given: given
    action.cleanup = lambda: time.sleep(60)
    before = signal.signal(signal.SIGALRM, ring)
    expected: Any = pytest.raises(ValueError, match="answer") if fails else nullcontext()
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.5)
        with expected if is_last else pytest.raises(TimeoutOfAnsible), host_link.leaving(action, {}, is_last=is_last):
            if fails:
                raise ValueError("answer")
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0 and signal.getsignal(signal.SIGALRM) is ring
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
