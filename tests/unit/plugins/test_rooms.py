# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms of the house: what may import what, and which rooms are pure."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.sources import nodes

PLUGINS = Path(__file__).parents[3] / "plugins"
PACKAGE = "ansible_collections.winops.rdp.plugins."
# From the top to the bottom: a room imports from itself and from those below it.
ROOMS = (
    "action",
    "filter",
    "lookup",
    "modules",
    "doc_fragments",
    "plugin_utils/controller",
    "plugin_utils/report",
    "plugin_utils/results",
    "plugin_utils/repair",
    "plugin_utils/diagnosis",
    "plugin_utils/host",
    "module_utils",
)
PURE = ROOMS[ROOMS.index("plugin_utils/report") : -1]
FILES = {
    path.relative_to(PLUGINS).with_suffix("").as_posix(): path
    for room in ROOMS
    for path in sorted((PLUGINS / room).rglob("*.py"))
}
# What a pure room needs of others; nothing of it reads or writes anything beyond memory, or starts anything.
IMPORTS = frozenset(
    "__future__ ansible_collections base64 binascii bisect collections contextlib cryptography csv dataclasses"
    " datetime fnmatch functools hashlib io ipaddress itertools jinja2 json markupsafe math ntpath operator re shlex"
    " string struct typing unicodedata warnings xml zlib".split()
)
# What asks for a file, for the time or for a name in spite of that: a pure room gets all of it as arguments.
CALLS = frozenset({"open", "print", "input", "exec", "eval", "now", "utcnow", "today", "read_text", "write_text"})


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """The modules that a file imports anywhere in it, by full name; of a package, each name taken from it too."""
    return tuple(_imported(path))


def _imported(path: Path) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{path}: a relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def _own(path: Path) -> set[str]:
    """The files of this collection that a file imports."""
    names = (name.removeprefix(PACKAGE).replace(".", "/") for name in _imports(path) if name.startswith(PACKAGE))
    return {name for name in names if name in FILES}


def _room(file: str) -> int:
    return next(number for number, room in enumerate(ROOMS) if file.startswith(f"{room}/"))


def _reached(file: str) -> set[str]:
    """A file and everything of this collection that it imports, directly or not."""
    seen: set[str] = set()
    todo = [file]
    while todo:
        one = todo.pop()
        if one not in seen:
            seen.add(one)
            todo += _own(FILES[one])
    return seen


def test_no_arrow_leads_upwards() -> None:
    upwards = [(file, other) for file, path in FILES.items() for other in _own(path) if _room(other) < _room(file)]
    assert upwards == []


def test_no_circle() -> None:
    try:
        TopologicalSorter({file: _own(path) for file, path in FILES.items()}).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_every_file_is_in_a_room() -> None:
    outside = [path for path in PLUGINS.rglob("*.py") if path not in FILES.values() and path.name != "__init__.py"]
    assert outside == []


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(PURE)])
def test_a_pure_room_imports_no_ansible_and_does_no_input_or_output(file: str) -> None:
    """Nor does anything that it imports in turn."""
    imported = {name.split(".")[0] for one in _reached(file) for name in _imports(FILES[one])}
    assert imported <= IMPORTS
    called = {
        node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        for node in nodes(FILES[file])
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute))
    }
    assert not called & CALLS


@pytest.mark.parametrize("file", [file for file in FILES if file.startswith("module_utils/")])
def test_what_ships_to_a_vantage_host_needs_python_alone(file: str) -> None:
    imported = {name.split(".")[0] for name in _imports(FILES[file])}
    assert imported - {"ansible_collections"} <= sys.stdlib_module_names


@pytest.mark.parametrize("file", ["plugin_utils/controller/bundles", "plugin_utils/controller/reports"])
def test_files_are_judged_without_ansible(file: str) -> None:
    imported = {name.split(".")[0] for one in _reached(file) for name in _imports(FILES[one])}
    assert "ansible" not in imported


def test_what_is_private_says_so() -> None:
    """Modules, filters, roles and playbooks are for users; everything below them is marked, or begins with ``_``."""
    note = "For internal use by this collection only"
    private = [room for room in ROOMS if room.startswith("plugin_utils/")]
    rooms = [PLUGINS / room / "__init__.py" for room in ("plugin_utils", *private)]
    # ansible-test wants an __init__ that is shipped to be empty.
    shipped = [
        path
        for path in (PLUGINS / "module_utils").rglob("*")
        if path.suffix in (".py", ".psm1") and not path.name.startswith("_")
    ]
    assert len(shipped) > len(rooms) > 1
    marked = {path for path in (*rooms, *shipped) if note in path.read_text(encoding="utf-8")}
    assert {path.relative_to(PLUGINS).as_posix() for path in {*rooms, *shipped} - marked} == set()
