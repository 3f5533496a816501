# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A repair that is proven up to the logon, by ansible-playbook and over the twins' own listeners."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import module
from tests.e2e.runs import run
from tests.profiles import deep
from tests.twin.acceptor import PASSWORD, USER, Checker, users
from tests.twin.connections import USER as CONNECTION_USER
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

NAMES = ["key_unreadable", "healthy", "healthy_2"]


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fleet]:
    """Hosts that check accounts: the one of the connection, and one of a domain."""
    with Fleet(["key_unreadable", "healthy", "healthy"], tmp_path / "twins") as twins:
        known = users(tmp_path)
        known.write_text(known.read_text() + f":{CONNECTION_USER}:{twins.password}\n")
        monkeypatch.setenv("NTLM_USER_FILE", str(known))
        for twin in twins.hosts.values():
            twin.listener.accounts = Checker()
        yield twins


def _checkers(fleet: Fleet) -> list[Checker]:
    return [twin.listener.accounts for twin in fleet.hosts.values() if twin.listener.accounts]


def test_with_the_connection_s_own_account(fleet: Fleet, tmp_path: Path) -> None:
    found = module(fleet.inventory_path, "remediate", verify="logon", journal_dir=str(tmp_path / "journals"))
    assert {name: one["logon"]["outcome"] for name, one in found.items()} == dict.fromkeys(NAMES, "accepted")
    assert found["key_unreadable"]["changed"] and found["key_unreadable"]["verdict_after"] == "healthy"
    for checker in _checkers(fleet):
        assert checker.tried == 1 and checker.bound and not checker.credentials and not checker.after


def test_with_an_account_and_what_it_may(fleet: Fleet, tmp_path: Path) -> None:
    """The credentials are handed over, and two of three hosts know the right; the third is one too many."""
    options: dict[str, Any] = {
        "verify": "logon",
        "verify_account": USER,
        "verify_password": PASSWORD,
        "verify_send_credentials": True,
        "max_hosts": 2,
    }
    found = module(fleet.inventory_path, "remediate", journal_dir=str(tmp_path / "journals"), **options)
    outcomes = sorted(one["logon"]["outcome"] for one in found.values())
    assert outcomes == ["accepted", "accepted", "not_tried"] and not any(one["failed"] for one in found.values())
    assert sorted(checker.tried for checker in _checkers(fleet)) == [0, 1, 1]
    given = [credentials for checker in _checkers(fleet) for credentials in checker.credentials]
    assert [one.password for one in given] == [PASSWORD, PASSWORD]
    assert [one["logon"]["authorized"] for one in found.values() if one["logon"]["account_sent"]] == [True, True]


def test_a_wrong_password_is_tried_once_in_a_run(fleet: Fleet, tmp_path: Path) -> None:
    """On hosts that Ansible works on at the same time: the account has one failed attempt, not three."""
    options: dict[str, Any] = {"verify": "logon", "verify_account": USER, "verify_password": "wrong"}
    found = module(fleet.inventory_path, "remediate", journal_dir=str(tmp_path / "journals"), **options)
    assert sum(checker.tried for checker in _checkers(fleet)) == 1
    reasons = sorted(one["logon"]["reason"] for one in found.values())
    assert reasons == ["bad_credentials", "not_again", "not_again"]
    assert sum(one["failed"] for one in found.values()) == 1
    assert found["key_unreadable"]["verdict_after"] == "healthy", "what was repaired stays repaired"


def test_nothing_of_the_account_in_a_run_of_the_playbook(fleet: Fleet, tmp_path: Path) -> None:
    variables = {
        "rdp_remediate_verify": "logon",
        "rdp_remediate_verify_account": USER,
        "rdp_remediate_verify_password": PASSWORD,
        "rdp_remediate_results_dir": str(tmp_path / "results"),
    }
    log, secrets = tmp_path / "ansible.log", tmp_path / "secrets.yml"
    secrets.write_text(json.dumps(variables))  # Ansible itself shows what stands on its command line
    done = run(
        fleet.inventory_path,
        "remediate_rdp",
        tmp_path,
        "-vvvv",
        "-e",
        f"@{secrets}",
        env={"ANSIBLE_LOG_PATH": str(log)} if deep() else {},  # or the command would have to be started
    )
    assert done.code == 0, done.output
    assert all("the account is accepted" in line for line in done.lines.values()), done.lines
    assert sum(checker.tried for checker in _checkers(fleet)) == 3
    folders = [tmp_path / name for name in ("report", "journals", "results", "twins")]
    kept = "".join(
        path.read_text(errors="replace") for folder in folders for path in folder.rglob("*") if path.is_file()
    )
    told = done.output + (log.read_text() if deep() else "")
    assert len(kept) > 1000
    for text in (PASSWORD, USER, "helpdesk"):
        assert text not in told, "in an output or a log"
        assert text not in kept, "in a report, a journal or a result"
