# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results from files, and reports into files."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.bundles import name_of
from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso
from ansible_collections.winops.rdp.plugins.plugin_utils.report.html import Assets, to_html
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import FAILED, Fleet, ReportError, moment
from ansible_collections.winops.rdp.plugins.plugin_utils.report.text import to_csv, to_json, to_prometheus

Json = dict[str, Any]

_PAGE = Path(__file__).parents[1] / "report"


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


# By the word in option formats: the file's name, and what makes its text.
FORMATS: dict[str, tuple[str, Callable[[Fleet, str], str]]] = {
    "html": ("rdp-report.html", page),
    "json": ("rdp-report.json", to_json),
    "csv": ("rdp-report.csv", lambda fleet, _title: to_csv(fleet)),
    "prometheus": ("rdp-report.prom", lambda fleet, _title: to_prometheus(fleet)),
}


# Reading ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Collected:
    """Results by host, and what people should know of where they are from."""

    results: Json
    notes: list[str]


def load(places: list[str], expected: Iterable[str] = ()) -> Collected:
    """Results from files, and from folders' files whose names end in .json, at any depth.

    Of several results of one host the newest is taken. A bad file is a host that failed, and so is one of the
    ``expected`` hosts that no file is about. Raises ``ReportError`` where there is nothing to read, or nothing but bad
    files.
    """
    found: dict[str, list[tuple[str, Path, Any]]] = {}
    bad: list[str] = []
    notes: list[str] = []
    for path in dict.fromkeys(path for place in places for path in _files(place, notes)):
        good = len(bad)
        for name, result in _read(path, bad).items():
            # What cannot be read is older than anything.
            when = _taken(result, path) if len(bad) == good else ""
            found.setdefault(name, []).append((when, path, result))
    if bad and len(bad) == len(found):
        raise ReportError(bad[0] + (f" The other {len(bad) - 1} cannot be used either." if len(bad) > 1 else ""))
    results = {}
    for name, several in found.items():
        when, path, results[name] = max(several, key=lambda entry: entry[0])
        if len(several) > 1:
            notes.append(f"{len(several)} results are about {name}; the newest is taken, of {when} in {path}")
    missing = [name for name in expected if name not in results]
    results.update({name: _failure("no result of this host is there, and it was expected") for name in missing})
    return Collected(results, notes)


def _taken(result: Any, path: Path) -> str:
    """When a host was read, as text that can be compared; if the result does not say, when the file was written."""
    when = result.get("assessed_at") if isinstance(result, dict) else None
    written = datetime.fromtimestamp(path.stat().st_mtime, timezone.utc)
    return when if isinstance(when, str) and moment(when) else iso(written)


def _failure(sentence: str) -> Json:
    return {FAILED: True, "msg": sentence}


def _files(place: str, notes: list[str]) -> list[Path]:
    """The files of one place. A report among results tells less than they do, and is left out."""
    fill = f"role winops.rdp.rdp_audit with rdp_audit_results_dir={place} fills a folder"
    try:
        found = files.json_files(place, "results", "results_path", fill, nested=True)
    except files.FileProblem as problem:
        raise ReportError(str(problem)) from problem
    reports = [path for path in found if path.name == FORMATS["json"][0] or _is_report(path)]
    if len(reports) == len(found):
        raise ReportError(f"{place} has no results but a report, which tells less than they do; {fill}.")
    notes += [f"{path} is a report, no result, and is left out" for path in reports]
    return [path for path in found if path not in reports]


def _is_report(path: Path) -> bool:
    """Whether a file is what ``winops.rdp.report`` writes, under another name."""
    with contextlib.suppress(files.FileProblem):
        document = files.read_json(path, "", documents.LARGEST_FLEET, documents.MOST_VALUES_OF_A_FLEET)
        return isinstance(document, dict) and {"schema_version", "counts", "causes", "hosts"} <= set(document)
    return False


def _read(path: Path, bad: list[str]) -> Json:
    """The results in a file: of one host, or under ``hosts`` of many."""
    try:
        document = files.read_json(
            path, "audit the host again", documents.LARGEST_FLEET, documents.MOST_VALUES_OF_A_FLEET
        )
        if isinstance(document, dict):
            many = document.get("hosts")
            return many if isinstance(many, dict) and many else {name_of(path): document}
        sentence = f"{path} is not a result of winops.rdp.diagnose: audit the host again, or leave the file out."
    except files.FileProblem as problem:
        sentence = str(problem)
    bad.append(sentence)
    return {name_of(path): _failure(sentence)}


# Writing ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class File:
    """A file of a report: what is there (None if nothing), and what should be."""

    path: Path
    before: bytes | None
    after: bytes
    right_mode: bool

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
    return [
        _file(folder / FORMATS[word][0], FORMATS[word][1](fleet, title), mode) for word in FORMATS if word in formats
    ]


def _folder(dest: str) -> Path:
    try:
        folder = files.place(dest)
    except files.FileProblem as problem:
        raise ReportError(str(problem)) from problem
    if folder.exists() and not folder.is_dir():
        raise ReportError(f"report_dir: {dest} is not a folder; name one, it is made if it is not there.")
    return folder


def check(dest: str) -> None:
    """Raise ``ReportError`` where a report could not be written into this folder."""
    folder = _folder(dest)
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise ReportError(f"report_dir: {dest} cannot be made or written: {there} is no folder to write into.")
    for name, _text in FORMATS.values():
        _file(folder / name, "", 0o600)


def _file(path: Path, text: str, mode: int) -> File:
    """What is in the file's place, which must be a plain file: what a link leads to is nobody's diff."""
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise ReportError(f"{path} is a link, and a report is a plain file; remove it, or give another report_dir.")
        before: bytes | None = files.read(path, documents.LARGEST_FLEET, follow=False)
        right_mode = stat.S_IMODE(about.st_mode) == mode
    except FileNotFoundError:
        before, right_mode = None, False
    except files.FileProblem as problem:
        raise ReportError(f"{problem}; remove it, or give another report_dir.") from problem
    except OSError as error:
        raise ReportError(
            f"{path} cannot be read: {error.strerror or error}. Give report_dir a folder of your own."
        ) from error
    return File(path, before, text.encode("utf-8", "backslashreplace"), right_mode)


def write(report: list[File], mode: int) -> None:
    """Write what changes, each file whole or not at all. Raises ``ReportError``."""
    for file in report:
        if file.changes:
            try:
                files.write(file.path, file.after, mode)
            except OSError as error:
                raise ReportError(
                    f"{file.path} cannot be written: {error.strerror or error}."
                    " Give report_dir a folder that can be written."
                ) from error
