# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of a report: written whole, once, for their owner, and not at all in check mode; one clear sentence for what
cannot be."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.action.report import ActionModule
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import reports
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import ReportError

from tests.profiles import each
from tests.unit.fleets import results

NAMES = ["rdp-report.html", "rdp-report.json", "rdp-report.csv", "rdp-report.prom"]


def run(check: bool = False, diff: bool = False, **options: Any) -> dict[str, Any]:
    """The action as a task calls it."""
    task = SimpleNamespace(args=options, check_mode=check, diff=diff, async_val=0, action="winops.rdp.report")
    connection = SimpleNamespace(transport="local", _shell=SimpleNamespace(tmpdir=None))
    action = ActionModule(task, connection, None, None, None, None)
    return dict(action.run(task_vars={}))


@pytest.fixture(scope="module")
def some() -> dict[str, Any]:
    return results(12)


def test_it_writes_once(some: dict[str, Any], tmp_path: Path) -> None:
    dest = tmp_path / "a" / "b"
    first = run(results=some, report_dir=str(dest))
    assert (
        first["changed"]
        and first["files"] == [str(dest / name) for name in NAMES]
        and sorted(path.name for path in dest.iterdir()) == sorted(NAMES)
    )
    assert (
        all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in dest.iterdir())
        and stat.S_IMODE(dest.stat().st_mode) == 0o700
    )
    assert first["summary"].startswith("12 hosts: ") and sum(first["counts"].values()) == 12
    times = {path: path.stat().st_mtime_ns for path in dest.iterdir()}
    assert run(results=some, report_dir=str(dest))["changed"] is False and times == {
        path: path.stat().st_mtime_ns for path in dest.iterdir()
    }
    more = run(
        results={**some, "new": {"unreachable": True, "msg": "gone"}}, report_dir=str(dest), formats=["csv"], diff=True
    )
    assert (
        more["changed"]
        and more["files"] == [str(dest / "rdp-report.csv")]
        and '"new","unreachable"' in more["diff"][0]["after"]
    )
    assert '"new","unreachable"' not in more["diff"][0]["before"]


def test_check_mode_writes_nothing(some: dict[str, Any], tmp_path: Path) -> None:
    dest = tmp_path / "there"
    assert run(check=True, results=some, report_dir=str(dest))["changed"] and not dest.exists()
    run(results=some, report_dir=str(dest))
    assert run(check=True, results=some, report_dir=str(dest))["changed"] is False


@pytest.mark.parametrize(("given", "mode"), [("0640", 0o640), ("644", 0o644), (0o600, 0o600), (420, 0o644)])
def test_mode_is_set_and_kept(given: Any, mode: int, some: dict[str, Any], tmp_path: Path) -> None:
    run(results=some, report_dir=str(tmp_path), formats=["json"])
    assert run(results=some, report_dir=str(tmp_path), formats=["json"], mode=given)["changed"] is (mode != 0o600)
    assert stat.S_IMODE((tmp_path / "rdp-report.json").stat().st_mode) == mode
    assert run(results=some, report_dir=str(tmp_path), formats=["json"], mode=given)["changed"] is False


@pytest.mark.parametrize("mode", ["0", "u=rw", "0o9", "01777", None, True, -1, "0077", [6]])
def test_a_mode_that_is_none_is_refused(mode: Any) -> None:
    with pytest.raises(ReportError, match="write octal permissions"):
        reports.mode_of(mode)


def test_a_folder_of_results_is_read(some: dict[str, Any], tmp_path: Path) -> None:
    folder, names = tmp_path / "audit", list(some)
    folder.mkdir()
    for name in names[:6]:
        (folder / f"{name}.json").write_text(json.dumps(some[name]))
    (folder / "rest.json").write_text(json.dumps({"hosts": {name: some[name] for name in names[6:]}, "changed": False}))
    (folder / "notes.txt").write_text("no result")
    assert run(results_path=str(folder), report_dir=str(folder))["changed"]
    direct = run(results=some, report_dir=str(tmp_path / "direct"))
    for name in NAMES:
        assert (folder / name).read_bytes() == (tmp_path / "direct" / name).read_bytes()
    assert run(results_path=str(folder), report_dir=str(folder))["counts"] == direct["counts"], (
        "its own report is no result"
    )
    one = run(results_path=str(folder / f"{names[0]}.json"), report_dir=str(tmp_path / "one"))
    assert sum(one["counts"].values()) == 1


def test_a_bad_file_hides_no_other(some: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "audit"
    folder.mkdir()
    name, other = list(some)[:2]
    (folder / f"{name}.json").write_text(json.dumps(some[name]))
    for bad, text in {
        "broken": "{",
        "list": "[]",
        "deep": "[" * 100_000,
    }.items():
        (folder / f"{bad}.json").write_text(text)
    (folder / "x.json").write_text(json.dumps(some[other]))
    counts = run(results_path=str(folder), report_dir=str(tmp_path / "out"))["counts"]
    assert counts["failed"] == 3 and sum(counts.values()) == 5
    told = {
        host: entry["message"]
        for host, entry in json.loads((tmp_path / "out/rdp-report.json").read_text())["hosts"].items()
    }
    assert "is not JSON" in told["broken"] and "is not JSON" in told["deep"] and "not a result" in told["list"]


def _nothing_but_bad(folder: Path) -> Path:
    (folder / "a.json").write_text("{")
    (folder / "b.json").write_text("{")
    return folder


@each(
    ("options", "sentence"),
    [
        ({}, "report_dir is missing. See"),
        ({"report_dir": "x"}, "one of these must be given: results, results_path"),
        (
            {"report_dir": "x", "results_path": "y", "results": {}},
            "results is given and results_path is given; give one of them",
        ),
        ({"report_dir": "x", "results": {}}, "there are no results"),
        ({"report_dir": "", "results": {"a": {}}}, "report_dir is missing. See"),
        ({"report_dir": "x", "results_path": ""}, "one of these must be given: results, results_path"),
        ({"report_dir": "x", "results_path": ["a", ""]}, "results_path is empty; it must be the path of"),
        (
            {"report_dir": "x", "results_path": "/etc"},
            "/etc has no results: no file in it ends in .json; role winops.rdp",
        ),
        ({"report_dir": "x", "results": {"a": {}}, "formats": ["pdf"]}, "formats"),
        ({"report_dir": "x", "results": {"a": {}}, "formats": []}, "formats is empty"),
        ({"report_dir": "x", "results_path": "/nowhere"}, "there is no such file or folder"),
        ({"report_dir": "x", "results": {"a": {}}, "title": "t", "colour": "red"}, "colour"),
    ],
)
def test_bad_options_are_one_sentence(options: dict[str, Any], sentence: str) -> None:
    answer = run(**options)
    assert (
        answer["failed"]
        and answer["msg"].startswith("winops.rdp.report: ")
        and sentence in answer["msg"]
        and "\n" not in answer["msg"]
    )


def test_places_that_cannot_be_used_are_named(some: dict[str, Any], tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("")
    assert "is not a folder" in run(results=some, report_dir=str(taken))["msg"]
    assert "cannot be written" in run(results=some, report_dir="/proc/nowhere")["msg"]
    assert "no file in it ends in .json" in run(results_path=str(tmp_path), report_dir="x")["msg"]
    folder = tmp_path / "bad"
    folder.mkdir()
    assert "The other 1 cannot be used either" in run(results_path=str(_nothing_but_bad(folder)), report_dir="x")["msg"]
    (tmp_path / "rdp-report.csv").mkdir()
    assert "rdp-report.csv cannot be read" in run(results=some, report_dir=str(tmp_path), formats=["csv"])["msg"]


def test_a_file_is_whole_or_as_it_was(some: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(results=some, report_dir=str(tmp_path), formats=["json"])
    before = (tmp_path / "rdp-report.json").read_bytes()

    def full(_self: Path, _mode: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "chmod", full)
    answer = run(results={"a": some[next(iter(some))]}, report_dir=str(tmp_path), formats=["json"])
    assert "No space left" in answer["msg"] and [path.name for path in tmp_path.iterdir()] == ["rdp-report.json"]
    assert (tmp_path / "rdp-report.json").read_bytes() == before


def test_slices_are_merged_without_loss(some: dict[str, Any], tmp_path: Path) -> None:
    """Four slices in folders of their own, at two depths, are one report: the same as of all results at once."""
    names = list(some)
    for number in range(4):
        folder = tmp_path / f"slices/{number}" / ("deeper" if number % 2 else "")
        folder.mkdir(parents=True)
        for name in names[number::4]:
            (folder / f"{name}.json").write_text(json.dumps(some[name]))
    every = run(results=some, report_dir=str(tmp_path / "every"))
    below = run(results_path=str(tmp_path / "slices"), report_dir=str(tmp_path / "below"))
    named = [str(tmp_path / f"slices/{number}") for number in range(4)]
    beside = run(results_path=named, report_dir=str(tmp_path / "beside"))
    assert every["counts"] == below["counts"] == beside["counts"] and below["notes"] == beside["notes"] == []
    for name in NAMES:
        text = (tmp_path / "every" / name).read_bytes()
        assert text == (tmp_path / "below" / name).read_bytes() == (tmp_path / "beside" / name).read_bytes()


def test_of_two_results_of_a_host_the_newest_is_taken_and_said(some: dict[str, Any], tmp_path: Path) -> None:
    name = next(name for name, result in some.items() if result.get("assessed_at"))
    old = {**some[name], "assessed_at": "2001-01-01T00:00:00Z", "verdict": "unknown"}
    for folder, result in (("a", some[name]), ("b", old)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.json").write_text(json.dumps(result))
    for order in ("ab", "ba"):
        places = [str(tmp_path / folder) for folder in order]
        answer = run(results_path=places, report_dir=str(tmp_path / "out"))
        assert sum(answer["counts"].values()) == 1 and answer["counts"]["unknown"] == 0
        assert f"2 results are about {name}; the newest is taken, of {some[name]['assessed_at']}" in answer["notes"][0]
        assert answer["warnings"] == answer["notes"], "a terminal shows them"
        page = (tmp_path / "out/rdp-report.html").read_text()
        shown = answer["notes"][0].replace(f"{tmp_path}/", "")
        assert shown in page and str(tmp_path) not in page, "no path of this machine"
        assert json.loads((tmp_path / "out/rdp-report.json").read_text())["notes"] == [shown]


def test_two_computers_under_one_name_are_told_apart(some: dict[str, Any], tmp_path: Path) -> None:
    """Two inventories that call different hosts the same: one of them is not on the page, and that is said."""
    name = next(name for name, result in some.items() if result.get("assessed_at"))
    for folder, computer in (("a", "WEB01"), ("b", "DB07")):
        (tmp_path / folder).mkdir()
        about = {**(some[name]["host"] or {}), "name": computer, "domain": "corp.example.com"}
        (tmp_path / folder / f"{name}.json").write_text(json.dumps({**some[name], "host": about}))
    answer = run(results_path=[str(tmp_path / "a"), str(tmp_path / "b")], report_dir=str(tmp_path / "out"))
    words = f"2 results are about {name}, and they are of 2 computers (DB07.corp.example.com, WEB01.corp.example.com)"
    assert answer["notes"][0].startswith(f"{words}; the newest is taken"), answer["notes"]


@pytest.mark.parametrize("bad", ['{"half', "[]", '{"verdict": "fine", "findings": []}', "{}"])
def test_a_file_that_cannot_be_used_hides_no_result_of_the_same_host(
    bad: str, some: dict[str, Any], tmp_path: Path
) -> None:
    name = next(name for name, result in some.items() if result.get("assessed_at"))
    for folder, text in (("a", json.dumps(some[name])), ("b", bad)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.json").write_text(text)
    for time in (0, 4_000_000_000):
        os.utime(tmp_path / f"b/{name}.json", (time, time))
        answer = run(results_path=[str(tmp_path / "a"), str(tmp_path / "b")], report_dir=str(tmp_path / "out"))
        assert not answer.get("failed") and answer["counts"][some[name]["verdict"]] == 1
        assert answer["notes"][0].startswith(f"{name}: {tmp_path}/b/{name}.json is not ") and len(answer["notes"]) == 1
    shutil.rmtree(tmp_path / "a")
    assert f"b/{name}.json is not " in run(results_path=[str(tmp_path / "b")], report_dir=str(tmp_path / "out"))["msg"]


def test_a_time_that_is_yet_to_come_is_told(some: dict[str, Any], tmp_path: Path) -> None:
    name = next(name for name, result in some.items() if result.get("assessed_at"))
    (tmp_path / f"{name}.json").write_text(json.dumps({**some[name], "assessed_at": "2099-01-01T00:00:00Z"}))
    answer = run(results_path=[str(tmp_path)], report_dir=str(tmp_path / "out"))
    assert "of 2099-01-01T00:00:00Z, which is yet to come" in answer["notes"][0] and len(answer["notes"]) == 1


def test_of_a_result_that_does_not_say_when_the_file_does(tmp_path: Path) -> None:
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "web01.json").write_text('{"failed": true, "msg": "gone"}')
    answer = run(results_path=[str(tmp_path)], report_dir=str(tmp_path / "out"))
    assert "(when the file was written: it does not say itself)" in answer["notes"][0]


def test_a_result_is_known_by_what_it_is(some: dict[str, Any], tmp_path: Path) -> None:
    """A host may be called as a report is, and a file otherwise than its host."""
    one, two = list(some)[:2]
    (tmp_path / "rdp-report.json").write_text(json.dumps(some[one]))
    (tmp_path / f"copy of {two}.json").write_text(json.dumps({**some[two], "inventory_name": two}))
    answer = run(results_path=[str(tmp_path)], report_dir=str(tmp_path / "out"))
    assert answer["notes"] == []
    assert set(json.loads((tmp_path / "out/rdp-report.json").read_text())["hosts"]) == {"rdp-report", two}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_no_report_stays(name: str, some: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / name).write_text('{"mine": true}')
    for check in (True, False):
        answer = run(check=check, results=some, report_dir=str(tmp_path))
        assert answer["failed"] and f"{name} cannot be written: the file there is none that winops.rdp" in answer["msg"]
    assert (tmp_path / name).read_text() == '{"mine": true}' and len(list(tmp_path.iterdir())) == 1
    (tmp_path / name).write_text("")
    assert not run(results=some, report_dir=str(tmp_path)).get("failed"), "an empty file holds nothing to lose"


def test_a_report_is_no_result(some: dict[str, Any], tmp_path: Path) -> None:
    run(results=some, report_dir=str(tmp_path / "report"))
    answer = run(results_path=str(tmp_path / "report"), report_dir=str(tmp_path / "again"))
    assert answer["failed"] and "has no results but a report, which tells less than they do" in answer["msg"]
    (tmp_path / "report/renamed.json").write_bytes((tmp_path / "report/rdp-report.json").read_bytes())
    (tmp_path / "report/x.json").write_text(json.dumps(some[next(iter(some))]))
    answer = run(results_path=str(tmp_path / "report"), report_dir=str(tmp_path / "again"))
    assert sum(answer["counts"].values()) == 1 and len(answer["notes"]) == 2


@pytest.mark.parametrize("from_files", [True, False])
def test_hosts_that_never_reported_are_there(from_files: bool, some: dict[str, Any], tmp_path: Path) -> None:
    name = next(iter(some))
    (tmp_path / f"{name}.json").write_text(json.dumps(some[name]))
    source = {"results_path": str(tmp_path)} if from_files else {"results": {name: some[name]}}
    run(**source, expected=[name, "gone"], report_dir=str(tmp_path / "out"))
    hosts = json.loads((tmp_path / "out/rdp-report.json").read_text())["hosts"]
    assert set(hosts) == {name, "gone"} and hosts["gone"]["verdict"] == "failed"
    assert "it was expected" in hosts["gone"]["message"]
