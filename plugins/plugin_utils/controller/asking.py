# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How hosts are reached that were only named (``-i web01,``): what nothing says is asked of the person at the terminal.

An inventory has it; then nothing is asked here. Where nobody sits at a terminal, a sentence says what is missing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from ansible import context
from ansible.utils.display import Display
from ansible.utils.vars import load_extra_vars
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import failures

WINRM, PSRP, SSH = failures.WINRM, failures.PSRP, failures.SSH
_USERS = ("ansible_user", "ansible_winrm_user", "ansible_psrp_user", "ansible_ssh_user")
PASSWORDS = (
    "ansible_password",
    "ansible_winrm_password",
    "ansible_winrm_pass",
    "ansible_psrp_password",
    "ansible_ssh_pass",
    "ansible_ssh_password",
)
_METHODS = {WINRM: "ansible_winrm_transport", PSRP: "ansible_psrp_auth"}
# With these a ticket or a certificate stands for the password.
_WITHOUT_PASSWORD = ("kerberos", "certificate")
# Set where a program drives Ansible; ansible-runner gives it a terminal all the same.
_DRIVEN = ("CI", "RUNNER_OMIT_EVENTS", "RUNNER_ONLY_FAILED_EVENTS", "AWX_ISOLATED_DATA_DIR")


class MissingError(ValueError):
    """What is needed to reach the hosts is missing, and nobody can be asked; the message is one sentence."""


def only_named() -> bool:
    """Whether the hosts come from the command line alone, so that no inventory says how they are reached."""
    sources = context.CLIARGS.get("inventory") or ()
    return bool(sources) and all("," in str(source) for source in sources)


def missing(given: Mapping[str, Any]) -> list[str]:
    """What nothing says, of ``connection``, ``user`` and ``password``. ``given`` are the extra variables."""
    connection = _connection(given)
    if not connection:
        lacking = ["connection"]
    elif connection not in _METHODS or str(given.get(_METHODS[connection], "")).startswith(_WITHOUT_PASSWORD):
        return []  # SSH has keys and a configuration of its own
    else:
        lacking = []
    if not (context.CLIARGS.get("remote_user") or any(name in given for name in _USERS)):
        lacking.append("user")
    if not (is_password_asked() or any(name in given for name in PASSWORDS)):
        lacking.append("password")
    return lacking


def is_password_asked() -> bool:
    """Whether the run has a password for all its hosts (``-k`` or a file)."""
    return bool(context.CLIARGS.get("ask_pass") or context.CLIARGS.get("connection_password_file"))


def _connection(given: Mapping[str, Any]) -> str:
    """The connection that is said, empty if none is: Ansible's own default, SSH, reaches no Windows host by itself."""
    said = str(given.get("ansible_connection") or context.CLIARGS.get("connection") or "")
    said = said.rsplit(".", 1)[-1]
    return "" if said in ("", "smart", SSH) and "ansible_shell_type" not in given else said


def is_somebody_there() -> bool:
    """Whether a person sits at a terminal, and Ansible is in its foreground."""
    if any(os.environ.get(name) for name in _DRIVEN):
        return False
    streams = (sys.__stdin__, sys.__stdout__)
    try:
        return all(stream and stream.isatty() for stream in streams) and os.tcgetpgrp(0) == os.getpgrp()
    except (OSError, ValueError):
        return False


def ask(given: Mapping[str, Any], hosts: list[str]) -> dict[str, Any]:
    """The variables that are missing, as the person gives them, and from now on extra variables of this run.

    Empty where nothing is missing. Raises ``MissingError``.
    """
    lacking = missing(given) if only_named() else []
    if not lacking:
        return {}
    if not is_somebody_there():
        raise MissingError(_sentence(lacking, hosts))
    Display().display(f"Nothing says how {_named(hosts)} can be reached, so you are asked (an inventory would say it):")
    # Ansible's variable manager holds this very dictionary; the answers are as if they had been given with -e.
    extra = getattr(load_extra_vars, "extra_vars", None)
    if extra is None:
        raise MissingError(_sentence(lacking, hosts))
    answers: dict[str, Any] = {}
    try:
        _ask(lacking, given, answers)
    except EOFError as error:
        raise MissingError(_sentence(missing({**given, **answers}), hosts, "the question was not answered")) from error
    extra.update(answers)
    return answers


def _sentence(lacking: list[str], hosts: list[str], why: str = "nobody is at a terminal to be asked") -> str:
    verb = "is" if len(lacking) == 1 else "are"
    ways = {
        "connection": "-e ansible_connection=winrm -e ansible_port=5985 -e ansible_winrm_transport=ntlm",
        "user": "-u ACCOUNT",
        "password": "-k (asks for it) or --connection-password-file FILE",
    }
    return (
        f"{_listed(lacking)} {verb} missing for {_named(hosts)}, and {why}; give"
        f" {' '.join(ways[name] for name in lacking)}, or an inventory that says it (docs/first-host.md)"
    )


def _named(hosts: list[str]) -> str:
    return hosts[0] if len(hosts) == 1 else f"{hosts[0]} and {len(hosts) - 1} more"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _ask(lacking: list[str], given: Mapping[str, Any], answers: dict[str, Any]) -> None:
    """Ask for what is lacking, and add the answers one by one. Raises ``EOFError``."""
    connection = _connection(given)
    if "connection" in lacking:
        connection = _answer("ansible_connection", "Connection: winrm, psrp or ssh", WINRM, _one_of(WINRM, PSRP, SSH))
        answers["ansible_connection"] = connection
        if connection in _METHODS and "ansible_port" not in given:
            port = _answer("ansible_port", "Port: 5985 (HTTP) or 5986 (HTTPS)", "5985", _fault_of_port)
            answers["ansible_port"] = int(port)
        if connection == SSH:
            shells = _one_of("cmd", "powershell")
            question = "Shell of its SSH: cmd or powershell"
            answers["ansible_shell_type"] = _answer("ansible_shell_type", question, "cmd", shells)
    ticket = connection in _METHODS and _METHODS[connection] not in given
    while fault := _ask_account(lacking, connection, ticket, answers):
        Display().display(fault)
    if ticket:
        answers.update(_logon_of(connection, lacking, {**given, **answers}))


def _ask_account(lacking: list[str], connection: str, ticket: bool, answers: dict[str, Any]) -> str | None:
    """Ask for account and password as far as they are lacking; what is wrong with the answers, as a sentence, or None.

    ``ticket``: a Kerberos ticket may stand for both.
    """
    optional = " (empty: your SSH configuration says it)" if connection == SSH else ""
    if "user" in lacking:
        _keep(answers, "ansible_user", _prompt("ansible_user", f"Administrator's account there{optional}", None))
    instead = " (empty: a Kerberos ticket)" if ticket else ""
    if "password" in lacking:
        question = f"Its password{' (empty: a key)' if connection == SSH else instead}"
        _keep(answers, "ansible_password", _prompt("ansible_password", question, None))
    if connection == SSH:
        return None
    no_user = "user" in lacking and "ansible_user" not in answers
    no_password = "password" in lacking and "ansible_password" not in answers
    if no_password and not ticket:
        return f"A password is needed: {_METHODS[connection]} says a way of logging on that asks for one."
    if no_user and not no_password:
        return "A password is of an account; give both, or leave both empty where a Kerberos ticket stands for them."
    return None


def _logon_of(connection: str, lacking: list[str], known: Mapping[str, Any]) -> dict[str, str]:
    """The way of logging on that the answers mean, where none is said."""
    if "password" in lacking and "ansible_password" not in known:
        return {_METHODS[connection]: "kerberos"}
    if connection != WINRM:
        return {}
    user = str(known.get("ansible_user") or context.CLIARGS.get("remote_user") or "")
    # Left alone, Ansible would send the password as it is, and so it would for USER@REALM where it has no Kerberos.
    return {_METHODS[connection]: "kerberos" if "@" in user and _has_kerberos() else "ntlm"}


def _has_kerberos() -> bool:
    with suppress(ImportError):
        from ansible.plugins.connection import winrm

        return bool(winrm.HAVE_KERBEROS)
    return False


def _keep(answers: dict[str, Any], name: str, answer: str) -> None:
    answers.pop(name, None)
    if answer:
        answers[name] = answer


def _one_of(*words: str) -> Callable[[str], str | None]:
    return lambda answer: None if answer in words else f"{answer!r} is none of {', '.join(words)}."


def _fault_of_port(answer: str) -> str | None:
    return None if failures.is_port(answer) else f"{answer!r} is not {failures.A_PORT}."


def _answer(name: str, question: str, default: str, fault_of: Callable[[str], str | None]) -> str:
    """An answer that can be meant; asked again, with the reason, until it is, before anything else is asked."""
    while fault := fault_of(answer := _prompt(name, question, default)):
        Display().display(fault)
    return answer


def _prompt(name: str, question: str, default: str | None) -> str:
    """An answer; that of a password is not shown, and none is taken for a template."""
    private = name == "ansible_password"
    answer = Display().do_var_prompt(name, private=private, prompt=question, default=default, unsafe=True)
    return answer if private else str(answer).strip()
