# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the installed ansible-core sends over the wire, decoded: module, arguments and modes. Run it under each version
that is claimed."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

from tests.e2e.commands import command, environment, started
from tests.twin.fleet import Fleet, decode

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

ARGUMENTS = {"data": 'ä€ "quoted"', "nested": {"number": 2.5, "flags": [True, None, False]}, "empty": []}

LIMIT = 176 * 1024

# The line that tells Ansible that this is a module of the newer kind.
POWERSHELL = "#!powershell\n#Requires -Version 5.1\n'{}'\n"


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(["healthy"], state_dir=tmp_path_factory.mktemp("decode")) as running:
        yield running


def _ad_hoc(fleet: Fleet, module: str, arguments: dict[str, Any], *flags: str) -> subprocess.CompletedProcess[str]:
    given = ["-a", json.dumps(arguments)] if arguments else []
    return command("ansible", "-i", str(fleet.inventory_path), "all", "-m", module, *given, *flags)


@pytest.mark.parametrize(
    "flags",
    [(), pytest.param(("--check",), marks=pytest.mark.deep), ("--diff", "--check")],
    ids=["plain", "check", "check-diff"],
)
def test_a_call_of_the_host_script_is_understood(fleet: Fleet, flags: tuple[str, ...]) -> None:
    twin = fleet.hosts["healthy"]
    done = _ad_hoc(fleet, "winops.rdp.__windows._host", {"operation": "snapshot", "sections": ["host", "port"]}, *flags)
    assert done.returncode == 0, done.stdout + done.stderr
    answer = json.loads(done.stdout[done.stdout.index("{") :])
    assert set(answer["sections"]) == {"host", "port"} and not answer["changed"]
    last = twin.calls[-1]
    assert (last["module"], last["operation"], last["check_mode"]) == (
        "winops.rdp.__windows._host",
        "snapshot",
        "--check" in flags,
    )
    assert json.loads(twin.calls_path.read_text()) == twin.calls


def test_arguments_keep_their_types(fleet: Fleet, tmp_path: Path) -> None:
    """With a module of its own, so that any arguments can be sent: what the server gets is decoded as it arrives."""
    twin = fleet.hosts["healthy"]
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "win_echo.ps1").write_text(POWERSHELL)
    seen: list[tuple[str, dict[str, Any]]] = []
    server, run = twin.wsman, twin.run
    assert server is not None

    def record(line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
        seen.append(decode(line, stdin))
        return 0, b'{"changed": false}', b""

    server.run = record
    try:
        done = _ad_hoc(fleet, "win_echo", ARGUMENTS, "--module-path", str(modules))
    finally:
        server.run = run
    assert done.returncode == 0, done.stdout + done.stderr
    ((name, arguments),) = seen
    assert name.removeprefix("ansible.legacy.").removesuffix(".ps1") == "win_echo"
    assert {key: value for key, value in arguments.items() if not key.startswith("_ansible_")} == ARGUMENTS
    assert arguments["_ansible_check_mode"] is False


def test_what_a_question_sends_is_small(fleet: Fleet) -> None:
    """As the installed ansible-core packs it, in base64.

    Its own wrapper, the host script, and what is to be collected. Started: one that is warm looks for less.
    """
    twin = fleet.hosts["healthy"]
    asked = json.dumps({"operation": "snapshot", **collect.arguments()})
    words = ("ansible", "-i", str(fleet.inventory_path), "all", "-m", "winops.rdp.__windows._host", "-a", asked)
    done = started(words, environment())
    assert done.returncode == 0, done.stdout + done.stderr
    assert twin.calls[-1]["bytes"] < LIMIT


def test_a_module_that_the_twin_does_not_know_fails_clearly(fleet: Fleet, tmp_path: Path) -> None:
    (tmp_path / "win_unheard_of.ps1").write_text(POWERSHELL)
    done = _ad_hoc(fleet, "win_unheard_of", {}, "--module-path", str(tmp_path))
    assert done.returncode != 0 and "win_unheard_of" in done.stdout and "the twin has no answer" in done.stdout


@pytest.mark.deep
def test_raw_fails_clearly(fleet: Fleet) -> None:
    done = command("ansible", "-i", str(fleet.inventory_path), "all", "-m", "raw", "-a", "whoami")
    assert done.returncode != 0 and "the twin does not know this command" in done.stdout


def test_decoding_refuses_what_is_no_call() -> None:
    text = base64.b64encode("Get-Date".encode("utf-16-le")).decode()
    for line in ("cmd /c dir", f"powershell -EncodedCommand {text}"):
        with pytest.raises(ValueError):
            decode(line, b"")
