# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results from files, and reports into files."""

from __future__ import annotations

import errno
import json
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.bundles import name_of
from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso
from ansible_collections.winops.rdp.plugins.plugin_utils.report.html import Assets, to_html
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import (
    FAILED,
    Fleet,
    ReportError,
    fault_of,
    moment,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.report.text import to_csv, to_json, to_prometheus

Json = dict[str, Any]

_PAGE = Path(__file__).parents[1] / "report"
_AGAIN = "audit the host again"
# What a report has, and no result.
_OF_A_REPORT = frozenset({"schema_version", "counts", "causes", "hosts"})
# Controllers whose clocks are this near to each other agree.
_CLOCKS_DIFFER = timedelta(minutes=5)


def page_assets() -> Assets:
    """The files of the page, as this collection brings them."""
    style, script, template = (
        (_PAGE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js", "page.html.j2")
    )
    explanations = json.loads((_PAGE / "explanations.json").read_text(encoding="utf-8"))
    return Assets(style, script, template, explanations)


def page(fleet: Fleet, title: str) -> str:
    """A fleet for people, as one page."""
    return to_html(fleet, title, page_assets())


# By the word in option formats: the file's name, what makes its text, and what no file of others has.
FORMATS: dict[str, tuple[str, Callable[[Fleet, str], str], re.Pattern[bytes]]] = {
    "html": ("rdp-report.html", page, re.compile(rb'<meta name="generator" content="winops\.rdp">')),
    "json": ("rdp-report.json", to_json, re.compile(rb'(?m)^ "causes": \[')),
    "csv": ("rdp-report.csv", lambda fleet, _title: to_csv(fleet), re.compile(rb'\A"host","verdict","finding"')),
    "prometheus": ("rdp-report.prom", lambda fleet, _title: to_prometheus(fleet), re.compile(rb"\A# HELP winops_rdp_")),
}


# Reading ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Collected:
    """Results by host, and what people should know of where they are from."""

    results: Json
    notes: list[str]
    # The same without the folders of this machine: a page is sent to others.
    shown: list[str] = field(default_factory=list)


def load(places: list[str], expected: Iterable[str] = ()) -> Collected:
    """Results from files, and from folders' files whose names end in .json, at any depth.

    Of several results of one host the newest that can be used is taken. A host of which none can be used is one that
    failed, and so is one of the ``expected`` hosts that no file is about. Raises ``ReportError`` where there is nothing
    to read, or nothing that can be used.
    """
    usable: dict[str, list[_Found]] = {}
    unusable: dict[str, list[str]] = {}
    notes: list[str] = []
    for path, document in _documents(places, notes):
        for name, result in _results(path, document).items():
            sentence = result if isinstance(result, str) else _not_a_result(path, result)
            if sentence:
                unusable.setdefault(name, []).append(sentence)
            else:
                usable.setdefault(name, []).append(_Found(*_taken(result, path), path, result))
    bad = [sentence for sentences in unusable.values() for sentence in sentences]
    if bad and not usable:
        raise ReportError(bad[0] + (f" The other {len(bad) - 1} cannot be used either." if len(bad) > 1 else ""))
    results = {name: _newest(name, several, notes).result for name, several in usable.items()}
    for name, sentences in unusable.items():
        if name in usable:
            notes += [f"{name}: {sentence} Another result of it is taken." for sentence in sentences]
        else:
            results[name] = _failure(" ".join(sentences))
    missing = [name for name in expected if name not in results]
    results.update({name: _failure("no result of this host is there, and it was expected") for name in missing})
    return Collected(results, notes, [_without_folders(note, places) for note in notes])


def _without_folders(note: str, places: Iterable[str]) -> str:
    for place in places:
        note = note.replace(f"{files.place(place).parent}/", "")
    return note


@dataclass(frozen=True)
class _Found:
    """A result that can be used; ``said`` tells whether it says itself when the host was read."""

    when: str
    said: bool
    path: Path
    result: Any


def _newest(name: str, several: list[_Found], notes: list[str]) -> _Found:
    taken = max(several, key=lambda one: one.when)
    if len(several) > 1:
        when = taken.when if taken.said else f"{taken.when} (when the file was written: it does not say itself)"
        machines = sorted({told for one in several if (told := _machine(one.result))})
        others = f", and they are of {len(machines)} computers ({', '.join(machines)})" if len(machines) > 1 else ""
        of = f"{len(several)} results are about {name}{others}"
        notes.append(f"{of}; the newest is taken, of {when} in {taken.path}")
    now = datetime.now(timezone.utc) + _CLOCKS_DIFFER
    notes += [
        f"{name}: {one.path} is of {one.when}, which is yet to come; it stands before any other until then. Correct the"
        " clock where it was made, and audit the host again."
        for one in several
        if one.when > iso(now)
    ]
    return taken


def _taken(result: Json, path: Path) -> tuple[str, bool]:
    """When a host was read, as text that can be compared, and True; if the result does not say, when the file was
    written, and False."""
    when = result.get("assessed_at")
    if isinstance(when, str) and (said := moment(when)):
        return iso(said), True
    return iso(datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)), False


def _failure(sentence: str) -> Json:
    return {FAILED: True, "msg": sentence}


def _machine(result: Any) -> str | None:
    """The name of the computer that a result is of, with its domain."""
    about = result.get("host") if isinstance(result, Mapping) else None
    parts = [about.get(part) for part in ("name", "domain")] if isinstance(about, Mapping) else []
    return ".".join(part for part in parts if isinstance(part, str)) or None


def _documents(places: list[str], notes: list[str]) -> Iterator[tuple[Path, Any]]:
    """Each file once with what is in it, or with the sentence why that cannot be read.

    A report among results tells less than they do, and is left out: what it is shows in it, whatever it is called.
    """
    fill = "role winops.rdp.rdp_audit fills a folder with results (rdp_audit_results_dir)"
    seen: set[Path] = set()
    for place in places:
        try:
            found = files.json_files(place, "results", "results_path", fill, nested=True)
        except files.FileProblem as problem:
            raise ReportError(str(problem)) from problem
        reports = 0
        for path in found:
            document = _document(path) if path not in seen else None
            if isinstance(document, dict) and set(document) >= _OF_A_REPORT:
                notes.append(f"{path} is a report, no result, and is left out")
                reports += 1
            elif path not in seen:
                yield path, document
            seen.add(path)
        if reports == len(found):
            raise ReportError(f"{place} has no results but a report, which tells less than they do; {fill}.")


def _document(path: Path) -> Any:
    try:
        return files.read_json(
            path, f"{_AGAIN}, or leave the file out", documents.LARGEST_FLEET, documents.MOST_VALUES_OF_A_FLEET
        )
    except files.FileProblem as problem:
        return str(problem)


def _results(path: Path, document: Any) -> Json:
    """The results in a file, of one host, or under ``hosts`` of many; a text is the sentence why there is none."""
    if isinstance(document, dict):
        many = document.get("hosts")
        if isinstance(many, dict) and many:
            return many
        named = document.get("inventory_name")
        return {named if isinstance(named, str) and named else name_of(path): document}
    sentence = document if isinstance(document, str) else _not_a_result(path, document)
    return {name_of(path): sentence}


def _not_a_result(path: Path, result: Any) -> str | None:
    fault = fault_of(result)
    # A result that cannot be used is said to be one, and why.
    if fault and "verdict" not in result and (own := files.own_kind(result)):
        return f"{path} {own}."
    what = f"{path} is not a result of winops.rdp.diagnose ({fault})"
    return f"{what}: {_AGAIN}, or leave the file out." if fault else None


# Writing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class File:
    """A file of a report: what is there (None if nothing), and what should be."""

    path: Path
    before: bytes | None
    after: bytes
    right_mode: bool
    own: re.Pattern[bytes]

    @property
    def changes(self) -> bool:
        return self.before != self.after or not self.right_mode

    @property
    def diff(self) -> Json:
        """For people; of a page only that it changes."""
        if self.path.suffix == ".html":
            sizes = ("" if self.before is None else f"{len(self.before)} bytes\n", f"{len(self.after)} bytes\n")
        else:
            sizes = ((self.before or b"").decode("utf-8", "replace"), self.after.decode("utf-8", "replace"))
        return {"before_header": str(self.path), "after_header": str(self.path), "before": sizes[0], "after": sizes[1]}


def mode_of(mode: Any) -> int:
    """File permissions as a number, from ``"0640"`` or 0o640. Raises ``ReportError``."""
    try:
        number = mode if isinstance(mode, int) and not isinstance(mode, bool) else int(str(mode), 8)
    except ValueError:
        number = -1
    if not 0 <= number <= 0o777 or not number & stat.S_IRUSR:
        raise ReportError(
            f"mode is {mode!r}; write octal permissions that let the owner read, quoted, for example '0640'."
        )
    return number


def render(fleet: Fleet, title: str, formats: list[str], dest: str, mode: int) -> list[File]:
    """The files as they should be, beside what is there. Raises ``ReportError``."""
    folder = _folder(dest)
    wanted = [FORMATS[word] for word in FORMATS if word in formats]
    return [_file(folder / name, text_of(fleet, title), mode, own) for name, text_of, own in wanted]


def _folder(dest: str) -> Path:
    try:
        folder = files.place(dest)
        there = files.standing(folder)
    except files.FileProblem as problem:
        raise ReportError(f"report_dir: {problem}") from problem
    if there == folder and not folder.is_dir():
        raise ReportError(f"report_dir: {dest} is not a folder; name one, it is made if it is not there.")
    return folder


def check(dest: str) -> None:
    """Raise ``ReportError`` where a report could not be written into this folder."""
    folder = _folder(dest)
    try:
        files.expect_writable(folder)
    except files.FileProblem as problem:
        raise ReportError(f"report_dir: {dest} cannot be made or written: {problem}.") from problem
    for name, _text, own in FORMATS.values():
        _file(folder / name, "", 0o600, own)


def _file(path: Path, text: str, mode: int, own: re.Pattern[bytes]) -> File:
    """What is in the file's place, which must be a plain file: what a link leads to is nobody's diff."""
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise ReportError(f"{path} is a link, and a report is a plain file; remove it, or give another report_dir.")
        before: bytes | None = files.read(path, documents.LARGEST_FLEET, follow=False)
        files.refuse_foreign(path, own)
        right_mode = stat.S_IMODE(about.st_mode) == mode
    except FileNotFoundError:
        before, right_mode = None, False
    except files.FileProblem as problem:
        raise ReportError(f"{problem}; remove it, or give another report_dir.") from problem
    except OSError as error:
        cannot = "cannot be written" if error.errno == errno.EEXIST else "cannot be read"
        raise ReportError(
            f"{path} {cannot}: {error.strerror or error}. Give report_dir a folder of your own."
        ) from error
    return File(path, before, text.encode("utf-8", "backslashreplace"), right_mode, own)


def write(report: list[File], mode: int) -> None:
    """Write what changes, each file whole or not at all. Raises ``ReportError``."""
    for file in report:
        if file.changes:
            try:
                files.write(file.path, file.after, mode, own=file.own)
            except OSError as error:
                raise ReportError(
                    f"{file.path} cannot be written: {error.strerror or error}."
                    " Give report_dir a folder that can be written."
                ) from error
