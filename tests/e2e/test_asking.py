# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A host that is only named: who sits at a terminal is asked how it is reached, and a run without one says it."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.commands import BIN, ROOT, SECONDS, command, environment
from tests.twin.connections import USER
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(["healthy"], tmp_path_factory.mktemp("asked"), connection="winrm_ntlm") as twins:
        yield twins


def _at_terminal(words: list[str], answers: list[tuple[str, str]], **more: str) -> tuple[int, str]:
    """Run a command at a terminal of its own, and answer what it asks; what it showed, and its exit code."""
    master, slave = pty.openpty()
    env = {name: text for name, text in environment(**more).items() if name != "CI" or name in more}

    def own_terminal() -> None:
        os.setsid()
        os.close(os.open(os.ttyname(slave), os.O_RDWR))  # the first that a session opens is its own

    process = subprocess.Popen(
        [str(BIN / words[0]), *words[1:]], cwd=ROOT, env=env, stdin=slave, stdout=slave, stderr=slave,
        preexec_fn=own_terminal,
    )  # fmt: skip
    os.close(slave)
    shown, left = "", list(answers)
    with os.fdopen(master, "r+b", buffering=0) as terminal:
        while True:
            # Asked for more than is answered, it would wait for ever.
            if not select.select([master], [], [], 60)[0]:
                process.kill()
                break
            try:
                piece = terminal.read(4096)
            except OSError:  # how Linux says that nobody has the other end any more
                break
            if not piece:
                break
            shown += piece.decode(errors="replace")
            if left and shown.rstrip().endswith(left[0][0]):
                terminal.write(f"{left.pop(0)[1]}\n".encode())
    assert not left, f"never asked for {left[0][0]}:\n{shown}"
    return process.wait(SECONDS), shown


def _audit(fleet: Fleet, *more: str) -> list[str]:
    return ["ansible-playbook", "winops.rdp.audit_rdp", "-i", f"{fleet.hosts['healthy'].address},", *more]


def test_a_person_is_asked_for_what_is_missing(fleet: Fleet) -> None:
    answers = [
        ("winrm, psrp or ssh [winrm]:", "winrn"),  # asked again at once
        ("winrm, psrp or ssh [winrm]:", ""),
        ("5986 (HTTPS) [5985]:", "598500"),
        ("5986 (HTTPS) [5985]:", ""),
        ("account there:", ""),
        ("Kerberos ticket):", "a password of nobody"),
        ("account there:", USER),
        ("Kerberos ticket):", fleet.password),
    ]
    code, shown = _at_terminal(_audit(fleet), answers)
    for reason in ("'winrn' is none of winrm, psrp, ssh.", "'598500' is not a port number from 1", "is of an account;"):
        assert shown.count(reason) == 1, shown
    assert code == 0 and f"{fleet.hosts['healthy'].address}: healthy: a client reaches the logon" in shown, shown
    assert fleet.password not in shown
    # Only where hosts fail something comes behind the recap when the process ends.
    after = shown.split("PLAY RECAP")[1]
    assert "hosts:" not in after and "What each" not in after, shown
    page = (ROOT / "docs/first-host.md").read_text(encoding="utf-8")
    (walk,) = re.findall(
        r"^\$ ansible-playbook winops.rdp.audit_rdp -i web01.example.com,\n(.*?)```", page, re.M | re.S
    )
    for line in walk.splitlines():
        question = line.removesuffix(" Administrator").replace("web01.example.com", fleet.hosts["healthy"].address)
        assert question in shown, f"{question}\n{shown}"


@pytest.mark.deep
def test_only_what_is_missing_is_asked(fleet: Fleet) -> None:
    given = ("-e", "ansible_connection=winrm", "-e", "ansible_port=5985", "-u", USER)
    code, shown = _at_terminal(_audit(fleet, *given), [("Its password (empty: a Kerberos ticket):", fleet.password)])
    assert code == 0 and "account there" not in shown and "[winrm]" not in shown, shown


@pytest.mark.parametrize("driven", ["CI", pytest.param("RUNNER_OMIT_EVENTS", marks=pytest.mark.deep)])
def test_a_program_that_gives_ansible_a_terminal_is_not_asked(fleet: Fleet, driven: str) -> None:
    code, shown = _at_terminal(_audit(fleet), [], **{driven: "True"})
    assert code not in (0, 2) and "connection, user and password are missing for" in shown, shown
    assert "[winrm]" not in shown


def test_without_a_terminal_one_sentence_says_what_is_missing(fleet: Fleet) -> None:
    posts = fleet.hosts["healthy"].posts
    done = command(*_audit(fleet, "-u", USER))
    said = done.stdout + done.stderr
    assert done.returncode not in (0, 2) and said.count("connection and password are missing for") == 1, said
    assert "give -e ansible_connection=winrm -e ansible_port=5985" in said and "Traceback" not in said
    assert fleet.hosts["healthy"].posts == posts


def test_an_inventory_is_taken_at_its_word(tmp_path: Path) -> None:
    inventory = tmp_path / "hosts.ini"
    inventory.write_text("web01 ansible_host=127.0.0.1 ansible_port=9\n")
    done = command("ansible-playbook", "winops.rdp.audit_rdp", "-i", str(inventory))
    assert "missing for" not in done.stdout + done.stderr and "web01: " in done.stdout, done.stdout
