# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names as paths and as patterns: a host's name is one file's name, and a command names one host."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from ansible_collections.winops.rdp.plugins.filter.file_name import FilterModule
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, files, journals
from ansible_collections.winops.rdp.plugins.plugin_utils.report.commands import pattern
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet

from tests.e2e.commands import command as ansible
from tests.tools.documents import load_yaml

PATHS = (
    "../../x",
    "a/b",
    "..",
    ".",
    ".x",
    "/etc/x",
    "a\\b",
    "x\0y",
    "x\ny",
    "%2E%2E",
    "%",
    "~",
    "-rf",
    "café",
    "\ud800",
    "\udcff",
)
WIDE = (
    "*",
    "~.*",
    "a,!b",
    "a:b",
    "!a",
    "&a",
    "[a-z]*",
    "a[0]",
    "a[0:9]",
    "?",
    "@/etc/passwd",
    "web.*",
    "-i x",
    "a b",
    "$(id)",
    "`id`",
    "a'b",
    'a"b',
    "a;b",
    "café",
    "\U0001f600",
    "a{{ 1 }}",
    "fe80::1",
    "~web",
    "^a$",
    "a|b",
    "a\\b",
)
HOSTS = ("a", "b", "ab", "web.01", "web-01", "webx01", "10.0.0.1", "localhostx")
STEP = {"op": "service.start", "service": "TermService", "reason": "", "findings": [], "cost": "none"}
BROKEN = {"verdict": "broken", "findings": [], "plan": {"steps": [STEP], "blocked": []}}


@pytest.mark.parametrize("name", PATHS)
def test_every_name_is_one_file_in_its_folder(name: str, tmp_path: Path) -> None:
    path = bundles.path_of(str(tmp_path), name)
    assert path.parent == tmp_path and path.resolve().parent == tmp_path.resolve()
    files.write_json(path, {})
    assert files.json_files(str(tmp_path), "", "", "") == [path] and bundles.name_of(path) == name
    if name.encode(errors="replace").decode() != name:
        return  # half a character is no text that a journal can hold
    journal = journals.new_journal().planned(name, "", ())
    copy = Path(journals.keep(str(tmp_path / "journals"), journal))
    assert copy.resolve().parent.parent == (tmp_path / "journals").resolve() and not copy.parent.name.startswith(".")
    assert journals.load(str(copy)) == journal


@pytest.mark.parametrize("letter", ["a", "%", "\u8a9e", "\U0001f600"])
def test_a_name_longer_than_a_file_s_is_a_file_s_all_the_same(letter: str, tmp_path: Path) -> None:
    names = [letter * length for length in (*range(10, 60), 200, 253, 300, 4000)]
    for name in [*names, "." + letter * 300]:
        path = bundles.path_of(str(tmp_path), name)
        assert path.parent == tmp_path and not path.name.startswith(".")
        files.write_json(path, {})
        journal = journals.new_journal().planned(name, "", ())
        assert journals.load(journals.keep(str(tmp_path / "journals"), journal)) == journal
        assert re.fullmatch("(?:[^%]|%[0-9A-F]{2})*(?:%~[0-9a-f]{64})?", files.name_for(name))
    assert len({files.name_for(name) for name in [*names, files.name_for(names[-1])]}) == len(names) + 1


def test_no_two_names_share_a_file() -> None:
    names = {*PATHS, *WIDE, *HOSTS, "a%2Fb", "a_b", "%2E.", "%2e%2e"}
    assert len({files.name_for(name) for name in names}) == len(names)


def test_roles_name_files_with_the_filter() -> None:
    assert FilterModule().filters()["file_name"]("../../x") == "%2E.%2F..%2Fx"
    for path in sorted((Path(__file__).parents[2] / "roles").glob("*/tasks/*.yml")):
        for destination in re.findall(r'(?:dest|path): "(.*)"', path.read_text()):
            assert "inventory_hostname }}" not in destination, path


@pytest.fixture(scope="module")
def inventory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("inventory") / "hosts.yml"
    hosts: dict[str, Any] = {name: {} for name in (*HOSTS, *WIDE) if not re.search(r"\[|\{", name)}
    path.write_text(yaml.safe_dump({"all": {"hosts": hosts, "children": {"windows": {"hosts": {"a": {}, "b": {}}}}}}))
    return path


def limited(inventory: Path, command: str) -> list[str]:
    """The hosts that Ansible itself takes for the command's ``-l``, as a shell would pass it."""
    words = shlex.split(command)
    done = ansible("ansible", "-i", str(inventory), "all", "--list-hosts", "-l", words[words.index("-l") + 1])
    return [line[4:] for line in done.stdout.splitlines() if line.startswith("    ")]


def understood(inventory: Path, command: str) -> list[str]:
    """The same by Ansible's inventory alone, which a command hands its ``-l`` to."""
    words = shlex.split(command)
    manager = InventoryManager(DataLoader(), sources=[str(inventory)])
    manager.subset(words[words.index("-l") + 1])
    return [host.name for host in manager.list_hosts("all")]


@pytest.mark.parametrize("name", [*WIDE, *HOSTS])
def test_a_command_names_one_host(name: str, inventory: Path) -> None:
    command = Fleet.of({name: BROKEN}).groups[0].command
    assert command and Fleet.of({name: BROKEN}).hosts[0].commands[1] == command
    known = load_yaml(inventory.read_text())["all"]["hosts"]
    assert understood(inventory, command) == ([name] if name in known else [])


# Of each kind of name one; a deep run has them all.
_SOME = ("a,!b", "-i x", "[a-z]*", "web.01")


@pytest.mark.needs_ansible
@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=[] if name in _SOME else [pytest.mark.deep]) for name in (*WIDE, *HOSTS)],
)
def test_a_command_line_names_one_host(name: str, inventory: Path) -> None:
    command = Fleet.of({name: BROKEN}).groups[0].command
    known = load_yaml(inventory.read_text())["all"]["hosts"]
    assert command and limited(inventory, command) == ([name] if name in known else [])


@pytest.mark.parametrize("name", ["all", "ungrouped", "windows", " a", "a\n", "a\x1b", "\u200ba"])
def test_a_name_that_means_more_or_does_not_show_has_no_command(name: str) -> None:
    fleet = Fleet.of({name: BROKEN, "b": BROKEN}, ["all", "ungrouped", "windows"])
    odd = next(host for host in fleet.hosts if host.name != "b")
    assert odd.commands == [] and pattern(name, ["windows"]) is None
    commands = [group.command for group in fleet.groups if group.command]
    assert commands == ["ansible-playbook -i inventory winops.rdp.remediate_rdp -l b"]


@pytest.mark.needs_ansible
def test_a_commands_hosts_are_all_of_them(inventory: Path) -> None:
    names: dict[str, Any] = dict.fromkeys(("a", "a,!b", "a:b", "*", "café"), BROKEN)
    command = Fleet.of(names).groups[0].command
    assert command and sorted(limited(inventory, command)) == sorted(names)
