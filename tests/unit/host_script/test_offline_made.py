# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts for hosts without Ansible as files: what they are made of, for which PowerShell, signed and altered."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, offline
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import planner, steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

from tests.hosts.snapshots import NOW, RDP_TCP, Host
from tests.profiles import absent
from tests.tools.host_script import APPLY, READ, parts

PLAN = planner.Plan.of([steps.set_value(RDP_TCP, "UserAuthentication", 1, "", "nla.disabled")], [])


def repair() -> str:
    assessment = assess(Snapshot.of(Host().to_answer(), NOW), ProbeResult())
    return offline.repair_script("web01", "x.ps1", assessment, PLAN, NOW)


SCRIPTS: dict[str, Callable[[], str]] = {
    "collect": lambda: offline.collect_script("x.ps1"),
    "client": lambda: offline.client_script("x.ps1", "web01", None),
    "repair": repair,
}


@pytest.mark.parametrize("kind", SCRIPTS)
def test_windows_powershell_has_all_that_is_in_it(tmp_path: Path, kind: str) -> None:
    linter = shutil.which("psengine")
    if not linter:
        absent("psengine is not on PATH (the linter for Windows PowerShell 5.1)")
    path = tmp_path / "x.ps1"
    path.write_text(SCRIPTS[kind](), "ascii", newline="\r\n")
    ran = subprocess.run([linter, "lint", str(path)], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (0, "")


@pytest.mark.parametrize(("kind", "module"), [("collect", READ), ("repair", APPLY)])
def test_it_is_what_ansible_sends(kind: str, module: Path) -> None:
    """Line by line, but for what Ansible alone needs."""
    made = SCRIPTS[kind]()
    for part in parts(module):
        body = offline._LEFT_OUT.sub("", part.read_text("ascii").split("Export-ModuleMember ")[0]).strip()
        assert body and body in made, part.name


def test_where_there_is_no_windows_it_says_what_was_not_read(pwsh_path: str, tmp_path: Path) -> None:
    path, pasted = tmp_path / "x.ps1", tmp_path / "pasted.txt"
    path.write_text(SCRIPTS["collect"](), "ascii", newline="\r\n")
    ran = subprocess.run([pwsh_path, "-File", str(path)], capture_output=True, timeout=300, check=False)
    assert (ran.returncode, ran.stderr) == (0, b""), ran
    pasted.write_bytes(ran.stdout)
    kept = bundles.read(pasted)
    said = bundles.judge(kept, None, RepairPolicy(), shape.Questions())
    assert kept.timed and said["verdict"] == "unknown" and not said["findings"] and not said["plan"]["steps"]
    assert any(one.startswith("clock and version") for one in said["unread"])


SIGNATURE = "\n# SIG # Begin signature block\n# MIIF\n# SIG # End signature block\n"
# Behind the file's own checks stands what it is run on, which here is no Windows.
HERE = "This host is not Windows. Nothing was changed."
ALTERED = "This file was changed since it was made. Make it again with winops.rdp.offline. Nothing was changed."
# Text, encoding, and what Windows says of the signature: no engine here reads one.
FILES = {
    "as it was made": (repair, "ascii", "", HERE),
    "saved with a byte order mark": (repair, "utf-8-sig", "", HERE),
    "saved as UTF-16": (repair, "utf-16", "", HERE),
    "with empty lines behind it": (lambda: repair() + "\n\n", "ascii", "", HERE),
    "signed": (lambda: repair() + SIGNATURE, "ascii", "Valid", HERE),
    "signed, then altered": (lambda: repair().replace("Test-Step", "Test-Stop") + SIGNATURE, "ascii", "Valid", ALTERED),
    "altered": (lambda: repair().replace("Test-Step", "Test-Stop"), "ascii", "", ALTERED),
    "a letter that is no ASCII": (lambda: repair().replace("?", "\u00e9"), "utf-8", "", ALTERED),
    "a line behind it": (lambda: repair() + "\n'more'\n", "ascii", "", ALTERED),
    "signed by a stranger": (
        lambda: repair() + SIGNATURE,
        "ascii",
        "NotTrusted",
        "This file's signature is not valid (NotTrusted). Nothing was changed.",
    ),
}


@pytest.fixture(scope="module")
def said(pwsh_path: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each of the files says."""
    place = tmp_path_factory.mktemp("made")
    runs = []
    for number, (make, encoding, status, _words) in enumerate(FILES.values()):
        path = place / f"{number}.ps1"
        path.write_text(make(), encoding, newline="\r\n")
        runs.append(f"function Get-AuthenticodeSignature {{ @{{ Status = '{status}' }} }}; & '{path}'; '---'")
    (place / "all.ps1").write_text("\n".join(runs))
    done = subprocess.run(
        [pwsh_path, "-File", str(place / "all.ps1")], capture_output=True, text=True, timeout=300, check=False
    )
    assert not done.stderr, done
    return dict(zip(FILES, (one.strip() for one in done.stdout.split("---")), strict=False))


@pytest.mark.parametrize("name", FILES)
def test_a_file_knows_whether_it_was_altered(said: dict[str, str], name: str) -> None:
    assert said[name] == FILES[name][3]


def test_no_variable_of_the_host_script_is_an_option_of_a_made_file() -> None:
    """PowerShell makes no difference of capitals: the file would not begin."""
    text = repair()
    options = {name.lower() for name in re.findall(r"(?m)^\s+\[\w+(?:\[\])?\]\s*\$(\w+)", text.split("\n)", 1)[0])}
    taken = {name.lower() for name in re.findall(r"(?m)^\$(?:script:)?(\w+)\s*=", text)}
    assert "undo" in options and len(taken) > 5 and not options & taken
