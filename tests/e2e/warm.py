# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ansible's commands out of a process that has imported them, and the collection, once: ``python -m tests.e2e.warm``.

Two thirds of what a short run costs are imports. Each line on standard input asks for one command: its words, its
environment, the files for what it says. The answer is a line with its exit code. The command itself is run by a fork of
this process, with a temporary folder of its own as one that is started has it. ``commands`` says which are.
"""

from __future__ import annotations

import gc
import importlib
import importlib.util
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# How long a listener is given to come up, in seconds. A twin's is there at once or never, and each test of one that
# stays deaf would wait as long as for a host of Windows. Longer than what two logs may be apart.
SETTLE_SECONDS = 3.0
COMMANDS = {"ansible": ("ansible.cli.adhoc", "AdHocCLI"), "ansible-playbook": ("ansible.cli.playbook", "PlaybookCLI")}


def _warm() -> None:
    warnings.filterwarnings("ignore", "AnsibleCollectionFinder has already been configured")
    for module, _name in COMMANDS.values():
        importlib.import_module(module)
    plugins = importlib.import_module("ansible.plugins.loader")
    plugins.init_plugin_loader()
    for kind in ("become", "callback", "connection", "filter", "inventory", "shell", "strategy", "test", "vars"):
        loader = getattr(plugins, f"{kind}_loader")
        for path in list(loader.all(path_only=True)):
            if kind not in ("filter", "test", "vars"):
                loader.get(Path(path).stem, class_only=True)
        list(loader.all(class_only=True))
    session: Any = importlib.import_module("ansible_collections.winops.rdp.plugins.plugin_utils.controller.session")
    session._SETTLE_SECONDS = SETTLE_SECONDS
    # A host that fills the memory is given less of it: to take a gigabyte costs more than all that goes before.
    limit: Any = importlib.import_module("ansible_collections.winops.rdp.plugins.plugin_utils.controller.limit")
    limit.MOST_MEMORY = 64 * 1024 * 1024
    constants: Any = importlib.import_module("ansible.constants")
    constants.DEFAULT_INTERNAL_POLL_INTERVAL = 0.01  # Ansible looks a thousand times a second whether a fork has ended
    # It imports what processes of Ansible share.
    spec = importlib.util.spec_from_file_location("results", Path(__file__).parent / "callbacks/results.py")
    assert spec and spec.loader
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    _scan_what_can_match()
    _compile_templates_once()
    _rehearse()


def _scan_what_can_match() -> None:
    """Ansible looks in each line of a module of PowerShell for what it needs, in a process for each host and task. All
    that it finds begins with these."""
    finder: Any = importlib.import_module("ansible.executor.powershell.module_manifest").PSModuleDepFinder
    scan = finder.scan_module

    def scan_module(self: Any, data: bytes, *more: Any, **named: Any) -> Any:
        return scan(self, b"\n".join(line for line in data.split(b"\n") if line[:1] in b"#uU"), *more, **named)

    finder.scan_module = scan_module
    finder()  # compiles its expressions


def _compile_templates_once() -> None:
    """Each process for a host and a task compiles what its task is made of: those of the roles and playbooks are
    compiled here. One with a backslash means something else where Ansible asks for that."""
    jinja: Any = importlib.import_module("jinja2").Environment
    compiled, kept = jinja.compile, dict[Any, Any]()
    marks = ("variable_start_string", "block_start_string", "trim_blocks", "lstrip_blocks", "keep_trailing_newline")

    def compile_once(self: Any, source: Any, *more: Any, **named: Any) -> Any:
        if not isinstance(source, str) or "\\" in source or more or named:
            return compiled(self, source, *more, **named)
        key = (type(self), str(source), *(getattr(self, mark) for mark in marks))
        if key not in kept:
            kept[key] = compiled(self, source)
        return kept[key]

    jinja.compile = compile_once
    loader = importlib.import_module("ansible.parsing.dataloader").DataLoader()
    templar = importlib.import_module("ansible.template").Templar(loader=loader)
    environment = getattr(templar, "_engine", templar).environment
    root = Path(__file__).parents[2]
    for path in (*root.glob("playbooks/*.yml"), *root.glob("roles/*/tasks/*.yml")):
        for text in _texts(loader.load_from_file(str(path))):
            if "{{" in text:
                environment.from_string(text)


def _texts(tree: Any) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, (dict, list)):
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from _texts(part)


def _rehearse() -> None:
    """Judge a host, and make the page on it: what is made at its first use, each fork would make anew."""
    re._MAXCACHE = 10_000  # type: ignore[attr-defined]
    package = "ansible_collections.winops.rdp.plugins"
    names = "plugin_utils.diagnosis.assessment plugin_utils.host.snapshot plugin_utils.diagnosis.probe_result"
    assessment, snapshot, probe_result = (importlib.import_module(f"{package}.{name}") for name in names.split())
    snapshots = importlib.import_module("tests.hosts.snapshots")
    read = snapshot.Snapshot.of(snapshots.Host().to_answer(), snapshots.NOW)
    assessment.assess(read, probe_result.ProbeResult(snapshots.probe()), None)
    reports = importlib.import_module(f"{package}.plugin_utils.controller.reports")
    html = importlib.import_module(f"{package}.plugin_utils.report.html")
    html._template(reports.page_assets().template)
    exchange = importlib.import_module(f"{package}.module_utils.probe.exchange")
    for legacy in (False, True):
        exchange.context(legacy)
    importlib.import_module(f"{package}.plugin_utils.controller.runs").known_variables()


def _redirect(asked: dict[str, Any]) -> None:
    for number, path in ((0, os.devnull), (1, asked["stdout"]), (2, asked["stderr"])):
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC if number else os.O_RDONLY
        descriptor = os.open(path, flags)
        os.dup2(descriptor, number)
        os.close(descriptor)


def _run(asked: dict[str, Any]) -> int:
    """Run the command, and return its exit code."""
    signal.alarm(asked["seconds"])  # ends a hang
    _redirect(asked)
    os.environ.clear()
    os.environ.update(asked["environment"])
    constants: Any = importlib.import_module("ansible.constants")
    constants.DEFAULT_LOCAL_TMP = tempfile.mkdtemp(prefix="ansible-local-")
    program, *_arguments = sys.argv = asked["words"]
    module, name = COMMANDS[program]
    try:
        getattr(importlib.import_module(module), name).cli_executor(sys.argv)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        shutil.rmtree(constants.DEFAULT_LOCAL_TMP, ignore_errors=True)
    return 0


def _child(line: str) -> None:
    """Never returns: nothing of what this process was may go on in the fork."""
    code = 1
    try:
        code = _run(json.loads(line))
    finally:
        os._exit(code)


def main() -> None:
    _warm()
    sys.path.remove(os.getcwd())  # Ansible's own commands do not have it
    gc.disable()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _child(line)
        _pid, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    main()
