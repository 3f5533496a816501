# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page of tested connections makes of the results of tests, that it names what there is, and which Python its
tests take."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tools import tested
from tests.twin.connections import CONNECTIONS

RESULTS = """<testsuites><testsuite>
<testcase classname="tests.e2e.test_connections" name="test_audit[ssh_cmd]"/>
<testcase classname="tests.e2e.test_connections" name="test_check[ssh_cmd]"><failure/></testcase>
<testcase classname="tests.e2e.test_connections" name="test_audit[winrm_kerberos]"><skipped/></testcase>
<testcase classname="tests.unit.plugins.test_rooms" name="test_x[a]"/>
</testsuite></testsuites>"""


def _row(page: str, start: str) -> list[str]:
    return next(line for line in page.splitlines() if line.startswith(start)).strip("| ").split(" | ")


def test_a_cell_counts_what_passed_and_says_what_did_not(tmp_path: Path) -> None:
    path = tmp_path / "2.16.19-3.10.xml"
    path.write_text(RESULTS)
    column = tested.read(path)
    assert column.title == "2.16.19, Python 3.10"
    page = tested.page([column])
    assert _row(page, "| ssh | key | SSH, DefaultShell cmd")[-1] == "1 (1 failed)"
    assert _row(page, "| winrm | kerberos")[-1] == "0 (1 skipped)"
    assert _row(page, "| winrm | basic | none")[-1] == "–"
    assert _row(page, "| tests/unit ")[-1] == "1"


def test_a_module_that_is_skipped_or_broken_as_a_whole_is_counted(tmp_path: Path) -> None:
    """pytest writes such a module without a class."""
    path = tmp_path / "2.19.0-3.11.xml"
    path.write_text(
        "<testsuites><testsuite>"
        '<testcase classname="" name="tests.unit.plugins.module_utils.test_oracles"><skipped/></testcase>'
        '<testcase classname="" name="tests.e2e.test_asking"><error/></testcase>'
        "</testsuite></testsuites>"
    )
    page = tested.page([tested.read(path)])
    assert _row(page, "| tests/unit ")[-1] == "0 (1 skipped)"
    assert _row(page, "| tests/e2e/test_asking ")[-1] == "0 (1 failed)"


def test_the_page_names_every_connection() -> None:
    page = tested.PAGE.read_text(encoding="utf-8")
    for way in CONNECTIONS.values():
        assert len(_row(page, f"| {way.transport} | {way.authentication} | {way.protection} |")) > 3


@pytest.mark.parametrize("here", ["3.10", "3.11", "3.12"])
def test_an_interpreter_of_any_row_of_a_core_is_found(tmp_path: Path, here: str) -> None:
    """2.16 has two rows, so that it is tested on both ends of what it takes."""
    python = tmp_path / f"python{here}"
    python.write_text("#!/bin/sh\n")
    python.chmod(0o755)
    assert _python("2.16", tmp_path) == (0, f"{python}\n")


def test_no_interpreter_is_an_exit_code(tmp_path: Path) -> None:
    assert _python("2.16", tmp_path) == (1, "")


def _python(core: str, path: Path) -> tuple[int, str]:
    """What ``matrix --python`` says where only the programs of this folder are."""
    bash, dirname = shutil.which("bash"), shutil.which("dirname")
    assert bash and dirname
    (path / "dirname").symlink_to(dirname)
    matrix = [bash, str(tested.ROOT / "tests/tools/matrix"), "--python", core]
    done = subprocess.run(matrix, env={"PATH": str(path)}, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stdout
