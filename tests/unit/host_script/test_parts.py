# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of the host script: what they need of each other, how they read, and what they weigh."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import client

from tests.profiles import each
from tests.tools.host_script import APPLY, CLIENT, LIMIT, READ, ROOT, WITNESSES, parts, sent

from .conftest import PowerShell

ALL_PARTS = sorted({*parts(APPLY), *parts(CLIENT), *parts(WITNESSES)})
FILES = (*ALL_PARTS, READ, APPLY, CLIENT, WITNESSES)
# What is put behind the parts in a script for a host without a connection.
OFFLINE = tuple(sorted((ROOT / "plugins" / "plugin_utils" / "offline").glob("*.ps1")))


@cache
def code(path: Path) -> str:
    """A file without its comments and help."""
    return re.sub(r"(?m)^\s*#.*$", "", re.sub(r"(?s)<#.*?#>", "", path.read_text("ascii")))


FUNCTION = re.compile(r"(?ms)^function ([\w-]+)([^\n]*\}$|.*?^\}$)")


def exported(path: Path) -> set[str]:
    found = re.search(r"(?m)^Export-ModuleMember -Function \*(?: -Variable ([\w,\s]+?))?\n\Z", path.read_text("ascii"))
    assert found, path.name
    return set(re.findall(r"\w+", found[1] or ""))


@cache
def functions(text: str) -> set[str]:
    return set(re.findall(r"(?m)^function ([\w-]+)", text))


@cache
def variables(text: str) -> set[str]:
    return set(re.findall(r"(?m)^\$(\w+) = ", text)) - {"ErrorActionPreference", "given"}


def uses(text: str, functions_of: set[str], variables_of: set[str]) -> set[str]:
    named, read = _names(text)
    return (functions_of & named) | {name for name in variables_of if name.lower() in read}


@cache
def _names(text: str) -> tuple[set[str], set[str]]:
    """What may be functions that a text calls, and in small letters the variables in it."""
    return set(re.findall(r"[\w-]+", text)), set(re.findall(r"\$(\w+)", text.lower()))


# What can change a host, wherever it stands: reading must not even carry it.
CHANGES = r"\.SetValue\(|\.Delete|CreateSubKey|\.Start\(\)|\.Stop\(|SetAccessControl|Set-Service|IO\.FileMode|WriteThrough|OpenOrCreate"


def test_no_two_functions_have_one_name() -> None:
    """Where parts come together in one script the later one would stand in for the other."""
    assert OFFLINE
    named = Counter(name.lower() for path in (*FILES, *OFFLINE) for name in functions(code(path)))
    assert not [name for name, count in named.items() if count > 1]


def test_the_parts_are_what_is_sent_and_reading_sends_nothing_that_changes() -> None:
    assert set(parts(READ)) < set(parts(APPLY))
    assert set(ALL_PARTS) == set((ROOT / "plugins" / "module_utils").glob("*.psm1"))
    for path in (*parts(READ), READ, *parts(CLIENT), CLIENT, WITNESSES):
        assert not re.search(CHANGES, code(path)), path.name
    for path in set(parts(APPLY)) - set(parts(READ)) - set(parts(CLIENT)):
        assert "Only _apply ships this part." in path.read_text("ascii"), path.name


@each("path", FILES, ids=lambda path: path.stem)
def test_a_part_comes_with_what_it_uses(path: Path) -> None:
    """Ansible imports each part as a module: its functions are seen everywhere, of its variables those that it exports."""
    text = code(path)
    needed = set()
    sent_along = {part.stem for part in parts(path)}
    for other in ALL_PARTS:
        if other == path:
            continue
        theirs = code(other)
        used = uses(text, functions(theirs), variables(theirs))
        assert not (functions(text) | variables(text)) & (functions(theirs) | variables(theirs))
        assert used & variables(theirs) <= exported(other), (path.name, other.name)
        needed |= {other.stem} if used else set()
    assert needed <= sent_along


@each("path", ALL_PARTS, ids=lambda path: path.stem)
def test_a_part_needs_no_other_while_it_is_loaded(path: Path) -> None:
    """Ansible loads them in any order: outside of functions a part may use its own alone."""
    loading = re.sub(r"'[^'\n]*'", "", FUNCTION.sub("", code(path)))
    for other in ALL_PARTS:
        if other != path:
            assert uses(loading, functions(code(other)), variables(code(other))) == set()


@pytest.mark.parametrize("turned", [False, True], ids=["sorted", "turned"])
def test_the_parts_work_as_modules_in_any_order(pwsh_path: str, tmp_path: Path, turned: bool) -> None:
    """As every wrapper of Ansible does it: each part a module that is imported globally, then the script as a function."""
    load = (
        "function Import-Part([string] $path) {{\n"
        "  New-Module -Name $path -ScriptBlock ([scriptblock]::Create([IO.File]::ReadAllText($path))) |\n"
        "    Import-Module -WarningAction SilentlyContinue -Scope Global\n}}\n{}"
    )
    order = sorted(parts(APPLY), reverse=turned)
    run = tmp_path / "run.ps1"
    run.write_text(
        load.format("".join(f"Import-Part '{path}'\n" for path in order))
        + "$global:complex_args = @{ operation = 'snapshot' }\n"
        + f"& ([scriptblock]::Create([IO.File]::ReadAllText('{READ}')))\n"
        + "$global:complex_args = @{ operation = 'apply'; steps = @(@{ op = 'x' }); journal = @{ id = '20261123T130000Z-0123abcd' } }\n"
        + f"& ([scriptblock]::Create([IO.File]::ReadAllText('{APPLY}')))\n"
    )
    ran = subprocess.run(
        [pwsh_path, "-NoProfile", "-NonInteractive", "-File", str(run)], capture_output=True, timeout=90, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, b"")
    read, change = (json.loads(line) for line in ran.stdout.splitlines())
    assert read["sections"]["journals"]["recent"] == [] and "failed" not in read
    assert {error["type"] for error in read["errors"].values()} <= {"System.PlatformNotSupportedException"}
    assert change["reason"] == "not_windows"


def test_what_is_sent_is_small() -> None:
    """As it lies here; what the wrapper makes of it is measured in tests/twin/test_decode.py."""
    assert len(sent(READ)) < LIMIT
    assert len(sent(CLIENT)) < LIMIT


CONTROL = r"(?:foreach|if|while|for|switch|try)\b"


def test_every_script_is_looked_at() -> None:
    scripts = {path for path in (ROOT / "plugins").rglob("*") if path.suffix in (".ps1", ".psm1")}
    assert scripts == {*FILES, *OFFLINE}


@each("path", [*FILES, *OFFLINE], ids=lambda path: path.stem)
def test_the_code_can_be_read(path: Path) -> None:
    """Within 120 columns, one statement a line, functions within 45 lines."""
    text = path.read_text("ascii")
    assert [line for line in text.splitlines() if len(line) > 120] == []
    assert {name: body.count("\n") for name, body in FUNCTION.findall(text) if body.count("\n") > 45} == {}
    lone = re.sub(r"(?s)@'\n.*?\n'@", "''", code(path))
    lone = re.sub(r"'[^'\n]*'|\"[^\"\n]*\"|@\{[^{}\n]*\}|for \([^\n]*\) \{", "", lone)
    assert [
        line
        for line in lone.splitlines()
        if ";" in line and "@{" not in line and not re.search(r"^\s+\w+ = .*; \w+ = ", line)
    ] == []
    # A loop or a condition inside another is a statement of its own; in a value it is none.
    assert re.findall(rf"(?m)^ *{CONTROL}(?!.*@\().*\{{ {CONTROL}.*", lone) == []


def _help_of(reader: str, text: str) -> tuple[str, str] | None:
    """The synopsis and the description before a section's reader."""
    found = re.search(rf"<#\n\.SYNOPSIS\n(.+?)\n\.DESCRIPTION\n((?:.+\n)+)#>\nfunction {reader}\(\$context\)", text)
    return (found[1], found[2]) if found else None


def test_each_section_of_a_client_has_a_reader_with_help() -> None:
    text = "".join(path.read_text("ascii") for path in parts(CLIENT))
    theirs = {name for path in parts(READ) for name in functions(path.read_text("ascii"))}
    # Products are read as of a host.
    readers = set(re.findall(r"(?m)^function (Read-\w+Section)", text)) - (theirs - {"Read-ProductsSection"})
    assert {reader.lower() for reader in readers} == {
        f"Read-{section.replace('_', '')}Section".lower() for section in client.SECTIONS
    }
    for reader in readers:
        found = _help_of(reader, text)
        assert found and found[1].startswith("From ") and re.search(r"(?m)^Denied: ", found[1]), reader


def test_each_section_has_a_reader_with_help(ps: PowerShell) -> None:
    """What it reads, from where, what it costs and what a denied read means; named after its section."""
    text = "".join(path.read_text("ascii") for path in parts(READ))
    readers = ps("$Readers")
    listed = json.loads((ROOT / "docs" / "snapshot.schema.json").read_text())["properties"]["sections"]["properties"]
    assert set(readers) == set(listed)
    for section, reader in readers.items():
        assert reader == f"Read-{section.replace('_', '')}Section"
        # Names of functions have no case.
        reader = f"Read-{''.join(word.title() for word in section.split('_'))}Section"
        found = _help_of(reader, text)
        assert found and found[1].startswith("From ") and re.search(r"(?m)^Denied: ", found[1]), reader
    found_readers = {name.lower() for name in re.findall(r"(?m)^function (Read-\w+Section)", text)}
    assert found_readers == {reader.lower() for reader in readers.values()}


# The constructors of FileStream in .NET Framework that take a path: two of them are not in .NET.
FRAMEWORK_STREAM = r"""
Add-Type -TypeDefinition @'
using System.IO;
using System.Security.AccessControl;
namespace Winops {
  public class FrameworkStream {
    public FrameworkStream(string p, FileMode m) {}
    public FrameworkStream(string p, FileMode m, FileAccess a) {}
    public FrameworkStream(string p, FileMode m, FileAccess a, FileShare s) {}
    public FrameworkStream(string p, FileMode m, FileAccess a, FileShare s, int b) {}
    public FrameworkStream(string p, FileMode m, FileAccess a, FileShare s, int b, bool o) {}
    public FrameworkStream(string p, FileMode m, FileAccess a, FileShare s, int b, FileOptions o) {}
    public FrameworkStream(string p, FileMode m, FileSystemRights a, FileShare s, int b, FileOptions o) {}
    public FrameworkStream(string p, FileMode m, FileSystemRights a, FileShare s, int b, FileOptions o, FileSecurity f) {}
  }
}
'@
$path, $mode = 'x', 'Create'
@(foreach ($call in $given) { ([scriptblock]::Create($call).Invoke())[0].GetType().Name })
"""


def test_windows_powershell_finds_one_way_to_open_each_file(ps: PowerShell) -> None:
    """A word such as 'Write' is both a FileAccess and one of FileSystemRights, of which only .NET Framework takes any."""
    found = [
        call for path in FILES for call in re.findall(r"\[IO\.FileStream\]::new(\([^\n]*?\))(?=[\s.}])", code(path))
    ]
    assert len(found) > 5 and any("WriteThrough" in call for call in found)
    calls = [f"[Winops.FrameworkStream]::new{call}" for call in found]
    assert ps(FRAMEWORK_STREAM, calls) == ["FrameworkStream"] * len(calls)
