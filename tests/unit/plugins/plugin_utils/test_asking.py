# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person is asked: each question with the reason where it comes again, and none once all is said."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from ansible import context
from ansible.module_utils.common.collections import ImmutableDict
from ansible.plugins.connection import winrm
from ansible.utils.display import Display
from ansible.utils.vars import load_extra_vars
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import asking


class Person:
    """Somebody at a terminal, who answers in turn and then ends the input."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.answers: list[str] = []
        self.asked: list[str] = []
        self.told: list[str] = []
        monkeypatch.setattr(context, "CLIARGS", ImmutableDict(inventory=("web01,",)))
        monkeypatch.setattr(asking, "is_somebody_there", lambda: True)
        monkeypatch.setattr(load_extra_vars, "extra_vars", {}, raising=False)
        monkeypatch.setattr(Display, "display", lambda _self, text, **_more: self.told.append(text))
        monkeypatch.setattr(Display, "do_var_prompt", self._answer)

    def _answer(self, name: str, *, default: str | None, **_more: Any) -> str:
        self.asked.append(name.removeprefix("ansible_"))
        if not self.answers:
            raise EOFError
        return self.answers.pop(0) or default or ""

    def ask(self, *answers: str, **given: Any) -> dict[str, Any]:
        self.answers = list(answers)
        answered = asking.ask(given, ["web01"])
        assert not self.answers and asking.ask({**given, **answered}, ["web01"]) == {}, "asked again once all is said"
        return answered


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch) -> Person:
    return Person(monkeypatch)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        (("wnrm", "", "", "me", "it"), "'wnrm' is none of winrm, psrp, ssh."),
        (("winrm", "598x", "", "me", "it"), "'598x' is not a port number from 1 to 65535."),
        (("winrm", "70000", "5986", "me", "it"), "'70000' is not a port number from 1 to 65535."),
        (("ssh", "bash", "", "", ""), "'bash' is none of cmd, powershell."),
        (("psrp", "", "", "it", "me", "it"), "A password is of an account; give both, or leave both empty where a"),
    ],
)
def test_what_is_asked_again_has_a_reason(person: Person, answers: tuple[str, ...], reason: str) -> None:
    person.ask(*answers)
    assert len(person.told) == 2 and person.told[1].startswith(reason), person.told


def test_nothing_said_means_a_kerberos_ticket(person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"ansible_connection": "winrm", "ansible_port": 5985, "ansible_winrm_transport": "kerberos"}
    assert person.ask("", "", "", "") == told
    assert person.asked == ["connection", "port", "user", "password"] and len(person.told) == 1
    assert person.ask("psrp", "", "", "")["ansible_psrp_auth"] == "kerberos"
    assert person.ask("", "", "me", "it")["ansible_winrm_transport"] == "ntlm"
    # Left to itself Ansible takes Basic for such an account where it has no Kerberos, and sends the password as it is.
    for has_kerberos, way in ((True, "kerberos"), (False, "ntlm")):
        monkeypatch.setattr(winrm, "HAVE_KERBEROS", has_kerberos)
        assert person.ask("", "", "me@EXAMPLE.COM", "it")["ansible_winrm_transport"] == way


def test_a_way_that_needs_a_password_is_not_left_without(person: Person) -> None:
    given = {"ansible_connection": "winrm", "ansible_winrm_transport": "ntlm"}
    assert person.ask("me", "", "me", "it", **given) == {"ansible_user": "me", "ansible_password": "it"}
    assert person.told[1].startswith("A password is needed: ansible_winrm_transport says a way of logging on")


def test_who_ends_the_input_is_told_what_is_still_missing(person: Person) -> None:
    with pytest.raises(asking.MissingError) as told:
        person.ask("", "")
    assert str(told.value).startswith(
        "user and password are missing for web01, and the question was not answered; give -u"
    )
    assert "nobody is at a terminal" not in str(told.value)


def test_only_what_is_missing_is_asked(person: Person) -> None:
    given = {"ansible_connection": "winrm", "ansible_port": 5985, "ansible_user": "me"}
    person.ask("it", **given)
    assert person.asked == ["password"]
    assert person.ask(**given, ansible_password="it") == {} and person.asked == ["password"]


@pytest.mark.parametrize("driven", ["CI", "RUNNER_OMIT_EVENTS", "RUNNER_ONLY_FAILED_EVENTS", "AWX_ISOLATED_DATA_DIR"])
def test_a_program_that_gives_ansible_a_terminal_is_nobody(monkeypatch: pytest.MonkeyPatch, driven: str) -> None:
    for name in asking._DRIVEN:
        monkeypatch.delenv(name, raising=False)
    for stream in ("__stdin__", "__stdout__"):
        monkeypatch.setattr(sys, stream, SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(os, "tcgetpgrp", lambda _descriptor: os.getpgrp())
    assert asking.is_somebody_there()
    monkeypatch.setenv(driven, "True")
    assert not asking.is_somebody_there()
