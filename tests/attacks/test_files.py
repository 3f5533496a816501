# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files: modes, links, pipes, folders, homes; and what a journal or a plan may say of a step."""

from __future__ import annotations

import ast
import json
import os
import pwd
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.action.report import ActionModule
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, bundles, files, journals
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step, StepError, check
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import undo
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Host

from tests.hosts.snapshots import RDP_TCP
from tests.profiles import each
from tests.sources import nodes

HEALTHY = {"web01": {"verdict": "healthy", "findings": []}}


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def report(folder: Path, **options: Any) -> dict[str, Any]:
    task = SimpleNamespace(
        args={"results": HEALTHY, "report_dir": str(folder), **options},
        check_mode=False,
        diff=True,
        async_val=0,
        action="winops.rdp.report",
    )
    connection = SimpleNamespace(transport="local", _shell=SimpleNamespace(tmpdir=None))
    return dict(ActionModule(task, connection, None, None, None, None).run(task_vars={}))


def test_each_folder_on_the_way_is_for_its_owner_alone(tmp_path: Path, open_umask: None) -> None:
    journal = journals.new_journal().planned("web01", "", ())
    copy = Path(journals.keep(str(tmp_path / "a" / "b" / "c"), journal))
    bundle = bundles.path_of(str(tmp_path / "d" / "e"), "web01")
    files.write_json(bundle, {})
    report(tmp_path / "f" / "g")
    made = [path for path in tmp_path.rglob("*") if path.is_dir()]
    assert len(made) == 8 and {mode(path) for path in made} == {0o700}
    assert mode(copy) == mode(bundle) == 0o600
    assert {mode(path) for path in (tmp_path / "f" / "g").iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["rdp-report.html", "rdp-report.json", "rdp-report.csv", "rdp-report.prom"])
def test_a_diff_does_not_print_what_a_link_leads_to(name: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("root:$6$hash")
    folder = tmp_path / "report"
    folder.mkdir()
    (folder / name).symlink_to(secret)
    result = report(folder)
    assert result["failed"] and "is a link" in result["msg"]
    assert "root:$6$hash" not in json.dumps(result) and secret.read_text() == "root:$6$hash"


@pytest.mark.parametrize("name", ["rdp-report.html", "rdp-report.prom"])
def test_a_pipe_in_the_folder_keeps_nobody_waiting(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    results: list[dict[str, Any]] = []
    task = threading.Thread(target=lambda: results.append(report(tmp_path)), daemon=True)
    task.start()
    task.join(60)
    assert not task.is_alive(), "it waits for the pipe"
    assert results[0]["failed"] and "no plain file" in results[0]["msg"]


def test_a_link_in_the_place_of_a_bundle_or_journal_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.write_text("kept")
    path = bundles.path_of(str(tmp_path / "x"), "web01")
    path.parent.mkdir()
    path.symlink_to(target)
    files.write_json(path, {"a": 1})
    assert target.read_text() == "kept" and not path.is_symlink() and json.loads(path.read_text()) == {"a": 1}


def test_a_device_a_pipe_and_a_link_to_an_open_file_stay_what_they_are(tmp_path: Path) -> None:
    """``dest=/dev/null`` of an account that may do that took the device from the whole machine."""
    pipe, link = tmp_path / "null", tmp_path / "stdout"
    os.mkfifo(pipe)
    link.symlink_to("/proc/self/fd/1")
    for place in (pipe, link):
        with pytest.raises(OSError, match="it is no plain file"):
            files.write(place, b"script")
    assert pipe.is_fifo() and link.is_symlink() and sorted(tmp_path.iterdir()) == [pipe, link]


OWN = {
    "result": (files.RESULT, {"result_version": 1, "verdict": "healthy"}),
    "bundle": (files.BUNDLE, {"bundle_version": 1, "inventory_name": "web01"}),
    "journal": (files.JOURNAL, journals.new_journal().planned("web01", "", ()).to_dict()),
}


@pytest.mark.parametrize("kind", OWN)
@pytest.mark.parametrize(
    "theirs", ["[windows]\nweb01\n", '{\n "mine": " \\"result_version\\": "\n}', "\x00", "other kinds"]
)
def test_what_is_no_product_of_ours_stays(kind: str, theirs: str, tmp_path: Path) -> None:
    path, (own, document) = tmp_path / "web01.json", OWN[kind]
    others = [json.dumps(other, indent=1) for name, (_own, other) in OWN.items() if name != kind]
    for text in others if theirs == "other kinds" else [theirs]:
        path.write_text(text)
        with pytest.raises(OSError, match="the file there is none"):
            files.write_json(path, document, own=own)
        assert path.read_text() == text and [one.name for one in tmp_path.iterdir()] == ["web01.json"]
    path.write_text("")
    for _again in range(2):
        files.write_json(path, document, own=own)
        assert json.loads(path.read_text()) == document


@pytest.mark.takes_long
def test_every_writer_says_what_its_own_files_are() -> None:
    """But for those in a folder that Ansible makes for the run alone."""
    folder = Path(__file__).parents[2] / "plugins"
    calls = []
    for path in sorted(folder.rglob("*.py")):
        for node in nodes(path):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("files.write", "files.write_json"):
                calls.append((path.name, any(word.arg == "own" for word in node.keywords)))
    assert len(calls) >= 6 and {name for name, own in calls if not own} == {"ledger.py", "shared.py"}


@pytest.mark.parametrize("home", ["", "relative", ".", None])
def test_a_home_that_is_none_leads_nowhere_else(
    home: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if home is None:
        monkeypatch.delenv("HOME")
    else:
        monkeypatch.setenv("HOME", home)
    account = tmp_path / "account"
    monkeypatch.setattr(pwd, "getpwuid", lambda _number: SimpleNamespace(pw_dir=str(account)))
    options = arguments.validate("remediate", {})
    assert options["journal_dir"] == str(account / ".winops.rdp" / "journals")
    assert arguments.validate("facts", {"bundle_dir": "~/b"})["bundle_dir"] == str(account / "b")
    copy = journals.keep("~/j", journals.new_journal().planned("web01", "", ()))
    assert Path(copy).is_relative_to(account) and [path.name for path in tmp_path.iterdir()] == ["account"]


@pytest.mark.parametrize("folder", ["", "relative", None])
def test_an_account_without_a_home_is_told_so(folder: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def account(_number: int) -> Any:
        if folder is None:
            raise KeyError("uid not found")
        return SimpleNamespace(pw_dir=folder)

    monkeypatch.setenv("HOME", "")
    monkeypatch.setattr(pwd, "getpwuid", account)
    with pytest.raises(arguments.ArgumentError, match="HOME is no absolute path"):
        arguments.validate("remediate", {})
    assert arguments.validate("remediate", {"journal_dir": "/srv/j"})["journal_dir"] == "/srv/j"


@pytest.mark.parametrize("path", ["x\0y", "x\ud800y", "~no such account/x"])
def test_what_no_file_can_be_called_is_one_sentence_everywhere(path: str) -> None:
    """Of every option that is a path, and of each way from a path to a file."""
    said = "is no name that a file can have|there is no account of that name"
    for module, spec in arguments.SPECS.items():
        for name in (name for name, option in spec.items() if option["type"] == "path"):
            with pytest.raises(arguments.ArgumentError, match=f"winops.rdp.{module}: {name}: .*({said})"):
                arguments._with_home(module, {name: path})
    for use in (files.place, bundles.listed, lambda path: files.json_files(path, "results", "results_path", "audit")):
        with pytest.raises(ValueError, match=said):
            use(path)


def test_a_place_that_cannot_be_looked_at_is_one_sentence(tmp_path: Path) -> None:
    """To read from as to write into."""
    (tmp_path / "link").symlink_to("nowhere")
    (tmp_path / "round").symlink_to("round")
    for name in ("link", "link/x", "round", "round/x", "a" * 300, f"not/{'a' * 300}"):
        for use in (
            lambda path: files.expect_writable(files.place(path)),
            lambda path: files.json_files(path, "results", "results_path", "audit"),
        ):
            with pytest.raises(files.FileProblem, match=r"leads nowhere|cannot be used|too long"):
                use(str(tmp_path / name))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link", "round"]


def test_the_folder_above_is_one_and_the_same_for_all(tmp_path: Path) -> None:
    """Behind a link, ".." is the folder above where that leads, whoever reads it."""
    (tmp_path / "far" / "books").mkdir(parents=True)
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "books").symlink_to(tmp_path / "far" / "books")
    place = files.place(str(tmp_path / "near" / "books" / ".." / "out"))
    files.expect_writable(place)
    assert not (tmp_path / "far" / "out").exists(), "a look makes nothing"
    files.write(place / "x.json", b"{}")
    assert (tmp_path / "far" / "out" / "x.json").read_bytes() == b"{}" and not (tmp_path / "near" / "out").exists()
    assert files.json_files(str(place), "results", "results_path", "audit") == [place / "x.json"]


BEFORE: list[tuple[str, Any]] = [
    ("multi_string", ["a", "b"]),
    ("multi_string", []),
    ("string", "x"),
    ("expand_string", "%x%"),
    ("qword", 5),
]


@pytest.mark.parametrize(("kind", "data"), BEFORE)
def test_a_value_of_any_type_is_given_back(kind: str, data: Any) -> None:
    step = {
        "op": "registry.set",
        "key": RDP_TCP,
        "name": "MinEncryptionLevel",
        "type": "dword",
        "data": 3,
        "status": "done",
        "before": {"type": kind, "data": data},
        "after": None,
        "error": None,
    }
    plan = undo(Journal.parse({"id": "20261123T130000Z-0a1b2c3d", "state": "complete", "steps": [step]}))
    assert plan.steps[0].fields == {"key": RDP_TCP, "name": "MinEncryptionLevel", "type": kind, "data": data}
    check(plan.steps, undo=True)
    with pytest.raises(StepError):
        check(plan.steps)


@each("op", ["acl.set", "service.start", "certificate.remove", "registry.set", "odd"])
@each("empty", ["", None, 0])
def test_a_step_on_nothing_has_a_target_to_tell(op: str, empty: Any) -> None:
    fields = dict.fromkeys(("path", "sddl", "service", "store", "thumbprint", "key", "name"), empty)
    assert isinstance(Step(op, fields, "").target, str)
    finding = {"id": "x", "severity": "critical", "confidence": "proven", "summary": "x"}
    result = {"verdict": "broken", "findings": [finding], "steps": [{"op": op, "path": empty}]}
    assert len(Host.of("web01", result).steps) == 1
