# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts that lie about what was done, whose journals are of others, and whose words are made for terminals and logs."""

from __future__ import annotations

import copy
import importlib
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from ansible.errors import AnsibleConnectionFailure
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import (
    arguments,
    files,
    host_link,
    journals,
    session,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import sentence, visible
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal, JournalError, is_id

from tests.attacks import mutants
from tests.attacks.mutants import FORGERY, UNSEEN, forged
from tests.hosts.snapshots import NOW, Host, dword, probe
from tests.profiles import each

IN, DIES = probe(), probe("tls", "reset")
BEFORE = {"sddl": "O:SYG:SYD:PAI(A;;FA;;;SY)", "state": 4, "dependents": [], "start": 3}
Change = Callable[[dict[str, Any]], Any]


class Liar:
    """A Windows host whose answer to steps is honest but for one change."""

    def __init__(self, *answers: Any, change: Change | None = None) -> None:
        self.answers = list(answers)
        self.change = change
        self.sent: list[dict[str, Any]] = []

    def __call__(self, module_name: str, module_args: dict[str, Any], task_vars: dict[str, Any]) -> Any:
        self.sent.append(mutants.copied(module_args))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        answer = answer.to_answer() if isinstance(answer, Host) else mutants.copied(answer)
        if module_args["operation"] != "apply" or answer.get("failed"):
            return answer
        answer["operation"] = "apply"
        answer["journal"] = {"id": module_args["journal"]["id"], "path": "C:\\j", "state": "complete"}
        answer["steps"] = [
            {"op": step["op"], "status": "done", "before": BEFORE, "after": {}, "error": None, "elapsed_ms": 1}
            for step in module_args["steps"]
        ]
        if self.change:
            self.change(answer)
        return answer


def unreadable() -> Host:
    host = Host()
    host.key_file["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;SY)"
    return host


def two_faults() -> Host:
    """A host whose repair has a step for the start type before that for the key file."""
    return unreadable().service("SessionEnv", start=4, state=1, pid=0)


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.sleep", lambda _seconds: None)
        patch.setattr(host_link, "datetime", MagicMock(now=lambda _zone: NOW))
        patch.setattr(session, "_SETTLE_SECONDS", 0.0)
        patch.setattr(session, "_GLANCE_SECONDS", 0.0)
        yield patch


@pytest.fixture
def run(patched: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    def go(module: str, host: Liar, *sights: Any, name: str = "web01", **options: Any) -> dict[str, Any]:
        return act(patched, tmp_path, module, host, *sights, name=name, **options)

    return go


def _fail(error: Exception) -> None:
    raise error


def act(patch: Any, folder: Path, module: str, host: Liar, *sights: Any, name: str = "web01", **options: Any) -> Any:
    """One task of a module with a host and what the probe sees, in order."""
    looks = list(sights) or [IN]

    def look(*_args: Any, **_more: Any) -> Any:
        seen = looks.pop(0) if len(looks) > 1 else looks[0]
        if isinstance(seen, Exception):
            _fail(seen)
        return seen

    given = {"journal_dir": str(folder), **options} if "journal_dir" in arguments.SPECS[module] else options
    task = MagicMock(Task, async_val=0, check_mode=False, diff=True, args=given, _role=None)
    task.environment = None
    connection = MagicMock(transport="winrm")
    connection._shell.SHELL_FAMILY = "powershell"
    connection.get_option.return_value = "10.0.0.5"
    plugin = importlib.import_module(f"ansible_collections.winops.rdp.plugins.action.{module}")
    loader = DataLoader()
    action = plugin.ActionModule(task, connection, MagicMock(), loader, Templar(loader=loader), None)
    with patch.context() as own:  # a patch keeps what it replaced until it is undone: here another host's answers
        own.setattr(session, "probe_listener", look)
        own.setattr(action, "_execute_module", host)
        result: dict[str, Any] = action.run(task_vars={"inventory_hostname": name})
    json.dumps(result, allow_nan=False).encode()
    return result


def put(**more: Any) -> Change:
    return lambda answer: answer.update(more)


def report(number: int = 0, **more: Any) -> Change:
    return lambda answer: answer["steps"][number].update(more)


# Row 6: changed, and told.

ODD: dict[str, Change] = {
    "no steps": lambda answer: answer.pop("steps"),
    "steps null": put(steps=None),
    "steps text": put(steps="done"),
    "too few": lambda answer: answer["steps"].pop(),
    "too many": lambda answer: answer["steps"].append(answer["steps"][0]),
    "step null": lambda answer: answer["steps"].__setitem__(0, None),
    "step list": lambda answer: answer["steps"].__setitem__(0, []),
    "status null": report(status=None),
    "status odd": report(status="fine"),
    "status list": report(status=["done"]),
    "no status": lambda answer: answer["steps"][0].pop("status"),
    "another op": report(op="service.stop"),
    "before text": report(before="x"),
    "error text": report(status="failed", error="denied"),
    "error number": report(status="failed", error=5),
    "error without code": report(status="failed", error={"type": "x", "message": "y"}),
    "error code text": report(status="failed", error={"code": "5", "type": "x", "message": "y"}),
    "error code huge": report(status="failed", error={"code": 1 << 80, "type": "x", "message": "y"}),
    "error not finite": report(status="failed", before={"x": float("inf")}),
    "no journal": lambda answer: answer.pop("journal"),
    "journal null": put(journal=None),
    "journal text": put(journal="x"),
    "journal list": put(journal=[1]),
    "journal state": lambda answer: answer["journal"].update(state={"a": 1}),
    "journal path": lambda answer: answer["journal"].update(path=["C:"]),
    "journal of another": lambda answer: answer["journal"].update(id="20200101T000000Z-00000000"),
    "no sections": lambda answer: answer.pop("sections"),
    "sections text": put(sections="x"),
}


@pytest.mark.parametrize("odd", sorted(ODD))
def test_an_odd_answer_to_steps_is_an_interruption(odd: str, run: Any, tmp_path: Path) -> None:
    host = Liar(unreadable(), Host(), change=ODD[odd])
    result = run("remediate", host, DIES, IN)
    assert_interrupted(result, host, tmp_path)


def assert_interrupted(result: dict[str, Any], host: Liar, folder: Path) -> None:
    sent = [each["journal"]["id"] for each in host.sent if each["operation"] == "apply"]
    assert (result.get("failed") or result.get("unreachable")) and result["reason"] == "interrupted"
    assert result["changed"] is True and result["journal"]["id"] == sent[0]
    assert [each["id"] for each in result["journals"]] == sent and all(id_ in result["msg"] for id_ in sent)
    kept = Path(result["journal"]["controller_copy"])
    assert kept.is_relative_to(folder) and journals.load(str(kept)).id == sent[0] and str(kept) in result["msg"]
    statuses = {step["status"] for step in result["steps"]}
    assert statuses <= {"unknown", "done", "failed", "unchanged", "skipped"} and "winops.rdp.restore" in result["msg"]


def test_what_an_odd_answer_says_of_the_other_steps_is_known(run: Any) -> None:
    result = run("remediate", Liar(two_faults(), Host(), change=report(1, status=None)), DIES, IN)
    assert [step["status"] for step in result["steps"]][:2] == ["done", "unknown"]


@pytest.mark.parametrize(
    "error", [AnsibleConnectionFailure("gone" + FORGERY), ConnectionResetError(104, "reset"), RuntimeError("odd")]
)
def test_a_call_that_breaks_is_an_interruption(error: Exception, run: Any, tmp_path: Path) -> None:
    host = Liar(unreadable(), error)
    assert_interrupted(run("remediate", host, DIES), host, tmp_path)


def test_whatever_fails_after_the_steps_is_an_interruption(run: Any, tmp_path: Path) -> None:
    host = Liar(unreadable(), Host())
    assert_interrupted(run("remediate", host, DIES, RuntimeError("the probe broke")), host, tmp_path)


def test_a_refusal_before_any_step_is_none(run: Any) -> None:
    locked = {"failed": True, "msg": "x", "reason": "locked", "lock": {"holder": FORGERY}, "schema_version": 1}
    result = run("remediate", Liar(unreadable(), locked), DIES)
    assert result["failed"] and result["reason"] == "locked" and "journal" not in result


def test_steps_that_the_connection_sent_twice_are_an_interruption(run: Any, tmp_path: Path) -> None:
    """The second answer is all that comes: the first time may have done them."""
    host = Liar(unreadable(), {"failed": True, "msg": "x", "reason": "repeated", "schema_version": 1})
    assert_interrupted(run("remediate", host, DIES), host, tmp_path)


@pytest.mark.parametrize("reason", ["journal_failed", "internal", "locked", None, 7])
def test_a_refusal_that_tells_of_steps_is_an_interruption(reason: Any, run: Any, tmp_path: Path) -> None:
    """The host's journal could not be written after the first step: that one was done."""
    done = {"op": "service.start_type", "status": "done", "before": BEFORE, "after": {}, "error": None}
    answer = {"failed": True, "msg": "disk full", "reason": reason, "schema_version": 1, "steps": [done]}
    host = Liar(two_faults(), answer)
    result = run("remediate", host, DIES)
    assert_interrupted(result, host, tmp_path)
    assert [step["status"] for step in result["steps"]][:2] == ["done", "unknown"] and "disk full" in result["msg"]


@pytest.fixture
def one_copy() -> Iterator[None]:
    """A controller whose disk is full behind the first copy of a journal."""
    real, calls = files.write, [0]

    def full(*args: Any, **more: Any) -> None:
        calls[0] += 1
        if calls[0] > 1:
            raise OSError(28, "No space left on device")
        real(*args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "write", full)
        yield


def test_a_second_copy_that_cannot_be_written_is_a_warning(run: Any, one_copy: None) -> None:
    result = run("remediate", Liar(unreadable(), Host()), DIES, IN)
    assert not result.get("failed") and result["changed"] and result["verdict_after"] == "healthy"
    assert "No space left" in result["warnings"][0] and result["journal"]["id"] in result["warnings"][0]
    assert journals.load(result["journal"]["controller_copy"]).state == "open"


def test_a_full_disk_does_not_keep_a_change_from_being_taken_back(run: Any, one_copy: None) -> None:
    weak, down = Host().setting("rdp_tcp", "SecurityLayer", dword(1)), Host().service("TermService", state=1, pid=0)
    host = Liar(weak, down, copy.deepcopy(weak), change=report(before=dword(1)))
    result = run("listener", host, IN, probe("tcp", "refused"), IN, security_layer="tls")
    assert result["rolled_back"] and result["rollback"]["complete"] and "has been taken back" in result["msg"]
    first, back = (each["journal"]["id"] for each in host.sent if each["operation"] == "apply")
    assert [each["id"] for each in result["journals"]] == [first, back]
    told = " ".join(result["warnings"])
    assert told.count("No space left") == 4 and first in told and back in told


def test_nor_does_it_hide_that_something_was_taken_back(
    run: Any, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    path = kept(run)
    request.getfixturevalue("one_copy")
    result, _liar = restored(run, path, holding(path))
    assert not result.get("failed") and result["restored"] and result["changed"]
    assert path.stem in " ".join(result["warnings"]) and result["journal"]["id"] in " ".join(result["warnings"])


def test_a_result_that_cannot_be_kept_is_a_warning_once_something_was_done(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    folder = str(tmp_path / "file" / "x")
    result = run("remediate", Liar(unreadable(), Host()), DIES, IN, results_dir=folder)
    assert not result.get("failed") and result["changed"] and result["journal"]["id"] and result["steps"]
    assert folder in result["warnings"][0]
    result = run("remediate", Liar(Host()), IN, results_dir=folder)
    assert result["failed"] and folder in result["msg"]


def test_what_a_step_was_is_not_the_hosts_to_say(run: Any) -> None:
    lie = report(path="C:\\other", sddl="D:(A;;FA;;;WD)", service="WinDefend", name="x")
    result = run("remediate", Liar(unreadable(), Host(), change=lie), DIES, IN)
    steps = (*journals.load(result["journal"]["controller_copy"]).steps, *result["steps"])
    assert steps and not any(odd in json.dumps(steps) for odd in ("other", "WD)", "WinDefend"))


def test_a_first_copy_that_cannot_be_written_stops_it_before(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    host = Liar(unreadable())
    result = run("remediate", host, DIES, journal_dir=str(tmp_path / "file" / "x"))
    assert result["failed"] and result["reason"] == "journal_failed" and len(host.sent) == 1


# Row 12: a plan from before another controller's change.

ENTRY = {"created": None, "state": "complete", "undoes": None, "controller": "c", "steps_done": 1, "steps_total": 1}
IDS = ("20261123T130000Z-0a1b2c3d", "20261122T130000Z-0a1b2c3d")


@pytest.mark.parametrize(
    ("ids", "mark"),
    [
        (IDS, {"seen": list(IDS), "unlisted": 0, "sequence": 8}),
        ((), {"seen": [], "unlisted": 0, "sequence": 1}),
        (None, {"sequence": None}),
    ],
)
def test_the_host_is_told_from_which_state_the_plan_was_made(ids: Any, mark: Any, run: Any) -> None:
    seen = unreadable()
    if ids is None:
        seen.without("journals")
    else:
        rows = [{**ENTRY, "id": id_, "sequence": 7 if id_ == IDS[1] else None} for id_ in ids]
        seen.sections["journals"].update(recent=rows, total=len(rows))
    host = Liar(seen, Host())
    run("remediate", host, DIES, IN)
    header = host.sent[1]["journal"]
    assert {name: header[name] for name in ("seen", "unlisted", "sequence") if name in header} == mark


def test_what_a_run_at_work_has_done_is_not_seen(run: Any) -> None:
    """Its journal is there, but the host is not as it will leave it: steps sent after its end are refused."""
    busy = unreadable()
    row = {**ENTRY, "id": IDS[0], "state": "open"}
    lock = {"holder": "c:1", "since": None, "journal": IDS[0]}
    busy.sections["journals"].update(recent=[row, {**ENTRY, "id": IDS[1]}], total=2, lock=lock)
    host = Liar(busy, Host())
    run("remediate", host, DIES, IN)
    assert (host.sent[1]["journal"]["seen"], host.sent[1]["journal"]["unlisted"]) == ([IDS[1]], 0)


def test_a_plan_that_is_stale_is_refused_and_nothing_was_done(run: Any) -> None:
    stale = {
        "failed": True,
        "msg": "Another run has changed it",
        "reason": "preflight",
        "step": None,
        "schema_version": 1,
    }
    result = run("remediate", Liar(unreadable(), stale), DIES)
    assert result["failed"] and result["reason"] == "preflight" and "nothing was done" in result["msg"]
    assert "journal" not in result


# Row 5: another host's journal.


def kept(run: Any) -> Path:
    return Path(run("remediate", Liar(unreadable(), Host()), DIES, IN)["journal"]["controller_copy"])


def restored(run: Any, path: Path, host: Host, name: str = "web01") -> tuple[dict[str, Any], Liar]:
    liar = Liar(host, Host())
    return run("restore", liar, IN, name=name, journal=str(path)), liar


def holding(path: Path) -> Host:
    """A host that has its own journal of what this copy is of: without it, it would refuse what only an undo may do."""
    host = Host()
    host.sections["journals"]["whole"] = json.loads(path.read_text())
    return host


def changed(path: Path, **more: Any) -> Path:
    path.write_text(json.dumps({**json.loads(path.read_text()), **more}))
    return path


def test_a_hosts_own_copy_is_taken_back(run: Any) -> None:
    path = kept(run)
    result, _liar = restored(run, path, holding(path))
    assert not result.get("failed") and result["restored"]


def test_what_only_an_undo_may_do_is_not_asked_of_a_host_that_lost_its_journal(run: Any) -> None:
    result, liar = restored(run, kept(run), Host())
    assert result["failed"] and result["reason"] == "refused_step" and "lost its own journal" in result["msg"]
    assert {each["operation"] for each in liar.sent} == {"snapshot"}


def test_a_copy_of_another_host_is_refused(run: Any) -> None:
    result, liar = restored(run, kept(run), Host(), name="web02")
    assert result["failed"] and result["reason"] == "bad_journal" and "it is of web01" in result["msg"]
    assert [each["operation"] for each in liar.sent] == ["snapshot"]


@pytest.mark.parametrize("guid", ["5c3b4d4e-0000-0000-0000-000000000000", None])
def test_a_copy_of_another_machine_of_this_name_is_refused(guid: str | None, run: Any) -> None:
    other = Host()
    other.sections["host"]["machine_guid"] = guid
    result, liar = restored(run, kept(run), other)
    assert result["failed"] and "MachineGuid" in result["msg"] and len(liar.sent) == 1


def test_a_copy_whose_host_is_unread_is_refused(run: Any) -> None:
    result, liar = restored(run, kept(run), Host().without("host"))
    assert result["failed"] and len(liar.sent) == 1


def test_a_copy_of_no_host_is_refused(run: Any) -> None:
    result, liar = restored(run, changed(kept(run), host="", machine=""), Host())
    assert result["failed"] and "no host that it names" in result["msg"] and len(liar.sent) == 1


@pytest.mark.parametrize("guid", ["5c3b4d4e-0000-0000-0000-000000000000", None])
def test_a_copy_of_no_machine_is_refused(guid: str | None, run: Any) -> None:
    """A host that hid its MachineGuid when the copy was made has written nothing for the next of its name."""
    other = Host()
    other.sections["host"]["machine_guid"] = guid
    result, liar = restored(run, changed(kept(run), machine=""), other)
    assert result["failed"] and "MachineGuid" in result["msg"] and len(liar.sent) == 1


def test_a_host_that_answers_another_journal_is_refused(run: Any) -> None:
    """Although the controller's own copy would do: what else such a host says cannot be believed either."""
    path = kept(run)
    other = Host()
    other.sections["journals"]["whole"] = {**json.loads(path.read_text()), "id": "20200101T000000Z-00000000"}
    result, liar = restored(run, path, other)
    assert result["failed"] and result["reason"] == "bad_journal" and len(liar.sent) == 1


@each(
    "more",
    [
        {"state": "fine"},
        {"state": ["open"]},
        {"id": "20261123T130000Z-0a1b2c3d\n"},
        {"id": "../../x"},
        {"undoes": "x"},
        {"undoes": 7},
        {"steps": {}},
        {"steps": [None]},
        {"steps": [{"op": 1, "status": "done", "before": None}]},
        {"steps": [{"op": "acl.set", "status": "done", "before": "x"}]},
        {"steps": [{"op": "acl.set"}]},
        {"steps": [{"op": "x", "status": "done", "before": {}}] * 1001},
        {"host": 7},
        {"controller": {}},
        {"x": float("nan")},
        {"x": 1 << 90},
    ],
)
def test_an_odd_journal_is_none(more: dict[str, Any]) -> None:
    honest = {"id": "20261123T130000Z-0a1b2c3d", "state": "open", "steps": []}
    assert Journal.parse(honest)
    with pytest.raises(JournalError):
        Journal.parse({**honest, **more})


def test_an_id_has_no_line_break() -> None:
    assert is_id("20261123T130000Z-0a1b2c3d") and not is_id("20261123T130000Z-0a1b2c3d\n")


# Row 10: terminals and logs.


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield key, name
            yield from texts(part, key or name)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from texts(part, key)


FAILURES: list[Any] = [
    {
        "failed": True,
        "reason": "locked",
        "schema_version": 1,
        "lock": dict.fromkeys(("holder", "since", "journal"), FORGERY),
    },
    {"failed": True, "reason": "locked", "schema_version": 1, "lock": FORGERY},
    {"failed": True, "reason": "bad_arguments", "schema_version": 1, "msg": FORGERY},
    {"failed": True, "reason": FORGERY, "msg": FORGERY},
    {"failed": True, "reason": [FORGERY], "msg": FORGERY},
    {"failed": True, "module_stderr": FORGERY},
    {"failed": True, "module_stdout": FORGERY * 10000},
    {"unreachable": True, "msg": FORGERY},
    {"schema_version": FORGERY, "sections": {}},
    AnsibleConnectionFailure(FORGERY),
    OSError(5, FORGERY),
]


@pytest.mark.parametrize("number", range(len(FAILURES)))
def test_no_failure_moves_a_cursor_or_forges_a_line(number: int, run: Any) -> None:
    result = run("diagnose", Liar(copy.deepcopy(FAILURES[number])), IN)
    assert result.get("failed") or result.get("unreachable")
    for _key, text in texts(result):
        assert not UNSEEN.search(text) and "\n" not in text and len(text) < 2100


@pytest.mark.parametrize("module", ["diagnose", "facts", "remediate", "restore"])
def test_no_word_of_a_host_does(module: str, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(Display, "display", lambda _self, text, *_args, **_more: said.append(text))
    monkeypatch.setattr(Display, "vv", lambda _self, text, host=None: said.append(f"{host} {text}"))
    answer = unreadable().to_answer()
    answer["sections"] = forged(answer["sections"])
    answer["errors"] = {"licensing": {"code": 5, "type": FORGERY, "message": FORGERY}}
    sight = {**DIES, "failure": {"kind": "reset", "name": FORGERY, "number": 1, "sender": None}, "detail": FORGERY}
    result = run(module, Liar(answer, Host()), sight, IN)
    for key, text in texts(result):
        assert not UNSEEN.search(text) and ("\n" not in text or key in ("diff", "ansible_facts"))
    assert said and not any(UNSEEN.search(line) or "\n" in line for line in said)


def test_a_sentence_is_one_line_and_ends() -> None:
    assert sentence("a\r\nb\tc\u2028d") == "a b c d" and sentence("\x1b[2J\u202e") == "\\u001b[2J\\u202e"
    assert len(sentence("x" * 10**6)) == 2000 and visible("\U000e0041\xad") == "\\U000e0041\\u00ad"


# Any answers.


@pytest.mark.takes_long
@mutants.many(100, 100_000)
def test_mutated_answers(numbers: range, patched: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever a host answers, the task has a result of its own; after steps, it names the journal."""
    first, second = unreadable().to_answer(), Host().to_answer()
    for chance in mutants.chances("mutated answers", numbers):
        if chance.random() < 0.5:
            result = act(patched, tmp_path, "diagnose", Liar(mutants.mutated(chance, first)), DIES)
        else:
            result = lied_to(chance, patched, tmp_path, Liar(first, second))
        assert "verdict" in result or result.get("failed")
        assert not any(UNSEEN.search(text) for _key, text in texts(result))


def lied_to(chance: random.Random, patched: pytest.MonkeyPatch, folder: Path, host: Liar) -> dict[str, Any]:
    """What a repair ends with where the answer to the steps is a lie."""
    host.change = lambda answer: answer.update(mutants.mutated(chance, dict(answer)))
    result: dict[str, Any] = act(patched, folder, "remediate", host, DIES, IN)
    sent = [each["journal"]["id"] for each in host.sent if each["operation"] == "apply"]
    assert sent and all(id_ in json.dumps(result) for id_ in sent)
    return result
