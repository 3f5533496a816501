# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents of others: no file, answer or result costs more than an honest one, or more than its own host."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, files, journals, reports
from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

from tests.attacks import mutants
from tests.attacks.mutants import bundle, nested
from tests.hosts.snapshots import NOW, Host, probe
from tests.profiles import each

LEVELS = (33, 450, 700, 5_000, 100_000)


def replayed(folder: Path) -> dict[str, Any]:
    return bundles.replay(str(folder), lambda one: bundles.judge(one, None, RepairPolicy(), shape.Questions()))


def beside_an_honest_one(tmp_path: Path, data: str | bytes) -> dict[str, Any]:
    """The results of a folder with an honest bundle and a hostile one; that of the honest one is seen to be there."""
    (tmp_path / "honest.json").write_text(json.dumps(bundle("honest")))
    (tmp_path / "hostile.json").write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    result = replayed(tmp_path)
    assert result["hosts"]["honest"]["verdict"] == "healthy" and len(result["hosts"]) == 2
    json.dumps(result).encode()
    return result


@pytest.mark.parametrize("levels", LEVELS)
def test_a_deep_bundle_costs_its_own_host(levels: int, tmp_path: Path) -> None:
    text = json.dumps(bundle("hostile", probe={**probe(), "x": "DEEP"})).replace('"DEEP"', nested(levels))
    failure = beside_an_honest_one(tmp_path, text)["hosts"]["hostile"]
    assert failure["failed"] and "levels deep" in failure["msg"]


@pytest.mark.parametrize(
    ("odd", "words"),
    [
        ("1" + "0" * 30, "64 bits"),
        ("-" + "9" * 20, "64 bits"),
        ("9" * 5000, "not JSON"),
        ("1e999", "not finite"),
        ("NaN", "no number"),
        ("-Infinity", "no number"),
        ('"\\ud800"', "half of a character"),
        ('{"a\\u001b[2Jb": 1}', "do not show"),
        ('{"a\\u202eb": 1}', "do not show"),
        ('{"\\udfff": 1}', "do not show"),
        ("[" + "0," * (documents.MOST_VALUES + 1) + "0]", "more than 500000 values"),
        ("[" + "[]," * documents.MOST_VALUES + "0]", "more than 500000 values"),
    ],
)
def test_what_no_honest_document_holds_is_refused(odd: str, words: str, tmp_path: Path) -> None:
    text = json.dumps(bundle("hostile", probe={**probe(), "x": "ODD"})).replace('"ODD"', odd)
    failure = beside_an_honest_one(tmp_path, text)["hosts"]["hostile"]
    assert failure["failed"] and words in failure["msg"] and len(failure["msg"]) < 2500


@pytest.mark.parametrize(
    "name", ["", " web01", "web01 ", "web\n01", "web\r", "\x1b[31mweb01", "web\u202e01", "\u2800", "x" * 256, 7, None]
)
def test_a_name_that_is_none_costs_its_own_host(name: Any, tmp_path: Path) -> None:
    failure = beside_an_honest_one(tmp_path, json.dumps(bundle(name)))["hosts"]["hostile"]
    assert failure["failed"] and "is no name" in failure["msg"]


def test_a_files_name_is_shown_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "x%0A[ERROR]: forged%1B[2J.json").write_text("{")
    (tmp_path / "honest.json").write_text(json.dumps(bundle("honest")))
    result = replayed(tmp_path)
    assert "x\\u000a[ERROR]: forged\\u001b[2J" in result["hosts"]
    assert all("\n" not in warning and "\x1b" not in warning for warning in result["warnings"])


@pytest.mark.parametrize("reader", ["bundle", "result", "journal"])
def test_a_sparse_file_is_not_read(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "sparse.json"
    with path.open("wb") as file:
        file.truncate(3 << 30)
    read: dict[str, Callable[[], Any]] = {
        "bundle": lambda: bundles.read(path),
        "result": lambda: reports.load([str(path)]),
        "journal": lambda: journals.load(str(path)),
    }
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ValueError, match="larger than"):
        read[reader]()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 64 << 10


@pytest.mark.parametrize("reader", ["bundle", "result", "journal"])
def test_a_pipe_keeps_nobody_waiting(reader: str, tmp_path: Path) -> None:
    """Nobody ever writes into it: who waits for that does not come back."""
    path = tmp_path / "pipe.json"
    os.mkfifo(path)
    read: dict[str, Callable[[], Any]] = {
        "bundle": lambda: bundles.read(path),
        "result": lambda: reports.load([str(path)]),
        "journal": lambda: journals.load(str(path)),
    }
    with pytest.raises(ValueError, match="no plain file"):
        read[reader]()


def test_a_file_that_grows_while_it_is_read_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grows.json"
    path.write_bytes(b"0" * 100)
    real = os.fstat

    def before_it_grew(descriptor: int) -> os.stat_result:
        about = list(real(descriptor))
        about[6] = 5
        return os.stat_result(about)

    monkeypatch.setattr(os, "fstat", before_it_grew)
    with pytest.raises(files.FileProblem, match="larger than 10 bytes"):
        files.read(path, 10)


@each("levels", LEVELS)
@each("section", ["events", "registry", "journals"])
def test_a_deep_section_costs_itself_and_not_the_answer(section: str, levels: int) -> None:
    answer = Host().to_answer()
    deep: Any = 0
    for _level in range(levels):
        deep = [deep]
    answer["sections"][section]["x"] = deep
    snapshot = Snapshot.of(answer, NOW)
    assert snapshot.section("host") and snapshot.section(section) is None
    assert snapshot.errors[section]["type"] == "Malformed"
    del answer
    while deep:  # Python itself would recurse to free it
        deep = deep.pop()


@pytest.mark.parametrize("odd", [1 << 70, float("nan"), {"\x1b": 1}, "\ud800", {1: 2}, object()])
def test_an_odd_result_costs_its_own_host(odd: Any) -> None:
    fleet = Fleet.of({"web01": {"verdict": "healthy", "findings": []}, "web02": {"verdict": odd, "findings": [odd]}})
    assert [host.verdict for host in fleet.hosts] == ["healthy", "failed"]


def test_names_that_look_alike_stay_apart_and_honest_ones_keep_theirs() -> None:
    healthy = {"verdict": "healthy", "findings": []}
    names = ["x", "x ", "x\r", "x\\u000d", "\r", "", " ", "x (2)", "\ud800", "\u200bweb", "a" * 300, "a" * 301]
    fleet = Fleet.of(dict.fromkeys(names, healthy))
    shown = [host.name for host in fleet.hosts]
    assert len(set(shown)) == len(names) == len(fleet.hosts)
    named = {"x", "x (2)", "x\\u000d"}
    assert named <= set(shown) and {host.name for host in fleet.hosts if host.pattern} == named
    # A run's closing lines have the same numbers: whatever a host is called, it was asked.
    assert fleet.summary == f"{len(names)} hosts: {len(names)} healthy"


@pytest.mark.parametrize(
    "when", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"]
)
def test_no_time_breaks_the_page_or_moves_it(when: str) -> None:
    dates = {"not_after": when, "days_left": 2**62, "source": "pin"}
    honest = {"verdict": "healthy", "findings": [], "assessed_at": "2026-11-23T12:00:00Z"}
    item = {"kind": "certificate", "what": "it ends", "when": when, "days": -(2**62)}
    odd = {"verdict": "broken", "findings": [], "assessed_at": when, "certificate": dates, "forecast": [item]}
    fleet = Fleet.of({"a": honest, "b": odd, "c": {**odd, "assessed_at": None}})
    for _name, make, _own in reports.FORMATS.values():
        make(fleet, "x")
    assert fleet.assessed_at and fleet.assessed_at.year == 2026


@mutants.many(100, 100_000)
def test_mutated_bundles(numbers: range, tmp_path: Path) -> None:
    """Each mutant is judged or refused by itself; what comes of it can be written and reported."""
    for part in range(numbers.start, numbers.stop, 50):
        folder = tmp_path / str(part)
        folder.mkdir()
        report_on(folder, list(mutants.chances("mutated bundles", range(part, min(part + 50, numbers.stop)))))


def report_on(folder: Path, chances: list[random.Random]) -> None:
    """A folder with a mutant for each of these dice, from reading to each form of the report."""
    results: dict[str, Any] = {"honest": {"verdict": "healthy", "findings": []}}
    for number, chance in enumerate(chances):
        (folder / f"{number}.json").write_bytes(hostile_bundle(chance))
    with contextlib.suppress(bundles.BundleError):
        answer = replayed(folder)
        json.dumps(answer, allow_nan=False).encode()
        results.update(answer["hosts"])
    mutant = mutants.mutated(chances[-1], results)
    fleet = Fleet.of(mutant if isinstance(mutant, dict) and mutant else results)
    for _name, make, _own in reports.FORMATS.values():
        make(fleet, "x").encode()


def hostile_bundle(chance: random.Random) -> bytes:
    data = json.dumps(mutants.mutated(chance, bundle())).encode()
    if chance.random() < 0.7:
        return data
    raw = bytearray(data)
    for _change in range(chance.randrange(1, 6)):
        at = chance.randrange(len(raw) + 1)
        raw[at : at + chance.randrange(3)] = chance.choice(
            [b"", b"[" * 50, b'"', b"{", b"}", b"\\u0000", b"\xff", b"NaN", b"1e999", b","]
        )
    return bytes(raw)
