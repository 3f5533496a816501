# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The link to a host: one call of the host script, and every way in which it can go wrong as one clear sentence."""

from __future__ import annotations

import contextlib
import math
import os
import re
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ansible import constants
from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import failures, limit, logon, others, undefined
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, contract, documents, presented, text
from ansible_collections.winops.rdp.plugins.plugin_utils.host.documents import MEBIBYTE
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot, SnapshotError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# What reads does not even carry what changes.
MODULES = {"snapshot": "winops.rdp.__windows._host", "apply": "winops.rdp.__windows._apply"}
_CLIENT = "winops.rdp.__windows._client"
# What Ansible's connections to Windows are built on.
_LIBRARIES = frozenset({"winrm", "pypsrp", "requests", "spnego"})
# Names for the machine on which Ansible runs.
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
# Where a pinned certificate is gone, its successor in the store My is known only with its key.
ALL_KEYS = ("*",)
_REASONS = {
    "bad_arguments": "the host script does not understand the call; use the same version of the collection throughout",
    "refused_step": "the host script refused a step that is not on its list, and nothing was done",
    "check_mode": "the host script changes nothing in check mode",
    "journal_failed": (
        "the journal could not be written on the host, and nothing was done; look at the disk and at"
        " %ProgramData%\\winops.rdp"
    ),
    "preflight": "the host is not as it was when the plan was made, or lacks what a step needs, and nothing was done",
    "not_windows": "this is not a Windows host",
    "language_mode": (
        "a policy there (App Control or AppLocker) lets PowerShell run in a restricted language mode only, in which the"
        " host cannot be read; let the policy allow the collection's scripts, or the account"
    ),
}


def need_reader(name: str) -> None:
    """Raise ``HostFailure`` where no certificate can be read here: nothing could be said of the host."""
    if presented.CAN_READ:
        return
    pip = f"{sys.executable or 'python3'} -m pip install --force-reinstall cryptography"
    raise HostFailure(
        f"{name} was not asked: the controller's Python package cryptography, which reads certificates, is missing or"
        f" broken. What to do: install it there ({pip}).",
        details={"culprit": failures.CONTROLLER},
    )


# A call that changes a host waits for services, certificates and policies there, each with a limit of its own.
_CHANGE_FACTOR = 3
_LOCK = ("holder", "since", "journal")


class HostFailure(Exception):
    """A call that gave no usable answer.

    ``unreachable`` tells a connection that failed from a host that answered badly. With a ``reason`` other than
    ``interrupted`` nothing was done. ``details`` are further keys of the result, ``answer`` is what the host said.
    """

    def __init__(
        self,
        sentence: str,
        *,
        unreachable: bool = False,
        reason: str | None = None,
        details: dict[str, Any] | None = None,
        answer: dict[str, Any] | None = None,
    ) -> None:
        # All that hosts, modules and file names say in a failure passes here.
        super().__init__(text.sentence(sentence))
        self.unreachable = unreachable
        self.reason = reason
        self.details = details or {}
        self.answer = answer or {}
        self.client_summary: str | None = None

    def with_probe(self, probe: ProbeResult) -> HostFailure:
        """The same, and what a client meets there."""
        failure = HostFailure(
            f"{self} {_remote_desktop(probe)}",
            unreachable=self.unreachable,
            reason=self.reason,
            details=self.details,
            answer=self.answer,
        )
        failure.client_summary = probe.summary
        return failure

    def to_result(self) -> dict[str, Any]:
        return {
            "unreachable" if self.unreachable else "failed": True,
            "msg": str(self),
            **({"reason": self.reason} if self.reason else {}),
            **({"client_summary": self.client_summary} if self.client_summary else {}),
            **self.details,
        }


def _remote_desktop(probe: ProbeResult) -> str:
    """One sentence on the listener of a host that Ansible does not reach."""
    place = f"{probe.host}:{probe.port}"
    if probe.logon_reached:
        return f"Remote Desktop itself answers at {place}: a client reaches the logon."
    if probe.unreachable:
        return f"Remote Desktop's port does not answer either, at {place}."
    return f"Remote Desktop itself, at {place}: {probe.summary}."


@contextlib.contextmanager
def leaving(action: ActionBase, task_vars: dict[str, Any], *, is_last: bool = False) -> Iterator[None]:
    """Leave a host at the end, whatever came of it. Of a task that is cut off, the host is asked nothing more.

    ``is_last``: what the task came to is there by then, and its own limit ends the leaving alone.
    """
    try:
        yield
    except Exception:
        _leave(action, task_vars, is_last)
        raise
    except BaseException:
        limit.drop(action._connection)
        raise
    _leave(action, task_vars, is_last)


def _leave(action: ActionBase, task_vars: dict[str, Any], is_last: bool) -> None:
    HostLink(action, task_vars).leave(limit.last_seconds() if is_last else math.inf)


def unresolved(host: str, what: str, error: Exception) -> HostFailure:
    """The failure where a variable or a keyword of a host cannot be resolved."""
    # No more of Ansible's words: those of some versions hold the template, which may hold a password.
    missing = re.search(r"'[\w.]+' is undefined", str(error))
    return HostFailure(
        f"{host}: {what} cannot be resolved{f': {missing[0]}' if missing else ''};"
        " nothing was done. Look at the variables that it is made of.",
        reason="bad_arguments",
    )


class HostLink:
    """Calls the host script through the connection of an action plugin."""

    def __init__(self, action: ActionBase, task_vars: dict[str, Any]) -> None:
        self._action = action
        self._task_vars = task_vars
        self.name = str(task_vars.get("inventory_hostname", "the host"))
        self.calls = 0
        self._has_answered = False
        self._had = limit.memory()

    @property
    def address(self) -> str:
        """Where the connection goes: the address that clients most likely use, too."""
        own = others.option(self._action._connection, "remote_addr")
        return str(self._task_vars.get("ansible_host", self.name) if own is None else own)

    @property
    def network_address(self) -> str | None:
        """The address, if it is one in the network: that of other connections is an instance's id or a server's."""
        return self.address if self._transport in failures.NETWORK_TRANSPORTS else None

    def variable(self, name: str) -> Any:
        """A variable of the host with its templates resolved; None where there is none. Raises ``HostFailure``."""
        try:
            return undefined.opened(self._action._templar.template(self._task_vars.get(name)))
        except Exception as error:  # with some versions what a filter raises comes as it is
            raise unresolved(self.name, f"the variable {name}", error) from error

    def account(self) -> logon.Account:
        """The account of the connection. Raises ``LogonError`` and ``HostFailure``."""
        return logon.of_connection(self._action._connection, self.variable)

    @property
    def _transport(self) -> str:
        return str(self._action._connection.transport).rsplit(".", 1)[-1]

    @property
    def _way(self) -> failures.Way:
        ports = self._options("port", "ansible_port", "ansible_psrp_port", "ansible_ssh_port")
        schemes = self._options("protocol", "ansible_winrm_scheme", "ansible_psrp_protocol")
        port = next((int(port) for port in ports if port.isdecimal()), 0)
        return failures.Way(self._transport, self.address, port, next(iter(schemes), ""), self.name, self._no_key)

    @property
    def _no_key(self) -> str:
        keys = self._options("private_key_file") if self._transport == failures.SSH else []
        return next((key for key in keys if not os.path.exists(os.path.expanduser(key))), "")

    def _options(self, name: str, *variables: str) -> list[str]:
        """The values of an option of the connection, as it has it and as variables give it."""
        own = others.option(self._action._connection, name)
        return [str(value) for value in (own, *map(self._task_vars.get, variables)) if value]

    def snapshot(
        self,
        sections: list[str] | None = None,
        journal_id: str | None = None,
        key_certificates: tuple[str, ...] = (),
        channel: bool = False,
    ) -> Snapshot:
        """Ask for a snapshot. Raises ``HostFailure``.

        ``key_certificates`` are thumbprints in the store My whose key files are read as well; ``*`` stands for all.
        ``channel``: the host asks Netlogon how its secure channel is.
        """
        arguments: dict[str, Any] = {"operation": "snapshot"}
        if sections:
            arguments["sections"] = sections
        if journal_id:
            arguments["journal_id"] = journal_id
        if key_certificates:
            arguments["key_certificates"] = list(key_certificates)
        if channel:
            arguments["channel"] = True
        return self.read(*self._call(arguments))

    def apply(
        self,
        steps: tuple[Step, ...],
        journal: Journal,
        before: Snapshot,
        secrets: dict[str, dict[str, str]],
        *,
        safety_task: bool,
    ) -> Answered:
        """Have steps done and everything read again. ``before`` is what they were made from.

        ``secrets`` are certificates with their keys for the steps that import them, by thumbprint. They are in no
        step, so that no journal and no result has them. ``safety_task``: a task may stand behind a restart.
        Raises ``HostFailure``; with a ``reason`` nothing was done.
        """
        arguments: dict[str, Any] = {
            "operation": "apply",
            "steps": [step.to_host() for step in steps],
            "journal": {**journal.head(), **before.journal_mark},
            "plan": {"steps": [step.told() for step in steps]},
            "sections": [*contract.SECTIONS, *_on_request(steps)],
            "safety_task": safety_task,
        }
        brought = [step.fields["thumbprint"] for step in steps if step.op == "certificate.import_pfx"]
        if brought:
            self.refuse_files()
            arguments["secrets"] = {name: secrets[name] for name in brought}
        return Answered(self, *self._call(arguments))

    def refuse_files(self) -> None:
        """Raise ``HostFailure`` where Ansible hands a call to the host in a file: a key would lie there, and stay."""
        if self._action._is_pipelining_enabled("new"):
            return
        why = f"the connection {self._transport} does not pipeline modules"
        if constants.DEFAULT_KEEP_REMOTE_FILES:
            why = "Ansible is asked to keep them (keep_remote_files, ANSIBLE_KEEP_REMOTE_FILES)"
        raise HostFailure(
            f"{self.name}: Ansible would put the certificate's key and its password into a file on the host, for {why};"
            " nothing was done. Import it another way, and bind it by its thumbprint.",
            reason="refused",
        )

    def client(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Ask a Windows client for what it is, and for a look. Raises ``HostFailure``."""
        return self._answered(_CLIENT, arguments)[0]

    def change_client(self, steps: tuple[Step, ...], journal: Journal, before: Snapshot) -> Answered:
        """Have steps done on a client. ``before`` has the journals as they were when it was read.

        Raises ``HostFailure``; with a ``reason`` nothing was done.
        """
        arguments = {
            "operation": "apply",
            "steps": [step.to_host() for step in steps],
            "journal": {**journal.head(), **before.journal_mark},
            "plan": {"steps": [step.to_dict() for step in steps]},
            "sections": [],
        }
        return Answered(self, *self._answered(MODULES["apply"], arguments))

    def witnesses(self, key_files: list[str]) -> dict[str, Any]:
        """What Windows' own tools say, by the tool's name. Raises ``HostFailure``."""
        answer = self._run("winops.rdp.__windows._witnesses", {"key_files": key_files})
        told = answer.get("answers")
        if answer.get("failed") or not isinstance(told, dict):
            raise self._refusal(answer)
        if (fault := documents.fault(told)) is not None:
            raise HostFailure(f"{self.name} gave an answer that cannot be used: {fault}. Run with -vvv to see it.")
        return told

    def read(self, answer: dict[str, Any], start: datetime, end: datetime) -> Snapshot:
        """The snapshot in an answer. It was taken when the host says, as far as that lies within the call."""
        try:
            snapshot = Snapshot.of(answer, end)
        except SnapshotError as error:
            raise HostFailure(
                f"{self.name} gave an answer that cannot be used: {error}. Run with -vvv to see it."
            ) from error
        return snapshot.taken(min(max(snapshot.now or end, start), end))

    def _call(self, arguments: dict[str, Any]) -> tuple[dict[str, Any], datetime, datetime]:
        return self._answered(MODULES[arguments["operation"]], {**arguments, **collect.arguments()})

    def _answered(self, module: str, arguments: dict[str, Any]) -> tuple[dict[str, Any], datetime, datetime]:
        """The answer of a module that has a schema, and between which two times (UTC) it came."""
        start = datetime.now(timezone.utc)
        answer = self._run(module, arguments)
        end = datetime.now(timezone.utc)
        if answer.get("failed") or "schema_version" not in answer:
            raise self._refusal(answer)
        return answer, start, end

    def _run(self, module: str, arguments: dict[str, Any]) -> dict[str, Any]:
        """The answer of one of the collection's scripts on the host."""
        self._refuse_other_systems()
        self._refuse_no_port()
        self.calls += 1
        seconds = self._seconds * (_CHANGE_FACTOR if arguments.get("operation") == "apply" else 1)
        try:
            answer = self.execute(module, arguments, seconds)
        except HostFailure:
            raise
        except Exception as error:
            raise self._not_asked(error, unreachable=not _is_plain_error(error)) from error
        if answer.get("unreachable"):
            raise self._not_asked(answer.get("msg", ""), unreachable=True)
        self._has_answered = True
        return answer

    def execute(self, module: str, arguments: dict[str, Any], seconds: float | None = None) -> dict[str, Any]:
        """What a module gives, of whatever kind the host is. Raises what a connection raises, and ``HostFailure`` where
        that takes too long, or too much memory, or a plugin on the way there breaks."""
        most = self._seconds if seconds is None else seconds
        run = self._action._execute_module
        try:
            answer: dict[str, Any] = limit.within(
                most, lambda: run(module_name=module, module_args=arguments, task_vars=self._task_vars), self._had
            )
        except limit.GivenUpError as error:
            limit.drop(self._action._connection)
            raise self._given_up(error, most) from error
        except Exception as error:
            if _is_of_connection(error):
                raise
            raise HostFailure(
                f"{self.name} could not be asked: {others.fault(error, self.name)}. What to do: run with -vvv to see"
                " where, and ask who made that."
            ) from error
        return answer

    def leave(self, most: float) -> None:
        """Tidy up on the host and close the connection, in ``most`` so many seconds. Nobody needs the answers, and
        Ansible, which would do the same later, waits for them without an end."""
        connection = self._action._connection
        seconds = min(limit.LEAVE_SECONDS, most)
        with contextlib.suppress(HostFailure):
            seconds = min(seconds, self._seconds)

        def go() -> None:
            self._action.cleanup()
            connection.close()

        try:
            limit.within(seconds, go)
        except Exception as error:  # Ansible passes over them as well
            Display().vv(f"winops.rdp: leaving: {text.sentence(repr(error))}", host=text.sentence(self.name))
        finally:
            limit.drop(connection)

    @property
    def _seconds(self) -> float:
        """How long a call may take. Raises ``HostFailure``."""
        given = self.variable(limit.VARIABLE)
        try:
            return limit.seconds(given)
        except ValueError as error:
            raise HostFailure(f"{self.name}: {error}; nothing was done.", reason="bad_arguments") from error

    def _given_up(self, error: limit.GivenUpError, seconds: float) -> HostFailure:
        """Whether the host was held up or the way to it is not known, but where it had answered before."""
        way = self._way
        what, do = (
            f"had not answered after {seconds:g} seconds",
            f" and that neither the host nor the way to it is held up, or allow more time ({limit.VARIABLE})",
        )
        if isinstance(error, limit.TooLargeError):
            what, do = f"sent more than can be read with {limit.MOST_MEMORY // MEBIBYTE} MiB of memory", ""
        return HostFailure(
            f"{self.name} {what} (over {way.transport} at {way.place}), and the call was given up. What to do: see that"
            f" what answers there is {way.service}{do}.",
            unreachable=True,
            details={"culprit": failures.HOST} if self._has_answered else None,
        )

    def _refuse_other_systems(self) -> None:
        connection = self._action._connection
        family = getattr(connection._shell, "SHELL_FAMILY", None) if connection._shell else None
        if family == "sh":
            itself = connection.transport == "local" and self.name in LOCAL_NAMES
            raise HostFailure(
                f"{self.name} is not reached as a Windows host (connection {connection.transport}, a POSIX"
                " shell): set ansible_connection to winrm or psrp"
                " in the inventory, or for SSH ansible_shell_type to the host's DefaultShell, which is cmd unless"
                " somebody changed it to powershell.",
                reason="left_out" if itself else "not_windows",
            )

    def _refuse_no_port(self) -> None:
        """Libraries say of such a port that nothing answers, or that they cannot read the address."""
        port = others.option(self._action._connection, "port")
        if isinstance(port, int) and not failures.is_port(port):
            name = next((name for name in failures.PORTS if name in self._task_vars), failures.PORTS[0])
            raise HostFailure(
                f"{self.name} was not asked: {name} is {port}. What to do: correct it in the inventory; it must be"
                f" {failures.A_PORT}.",
                details={"culprit": failures.CONTROLLER},
            )

    def _not_asked(self, error: object, *, unreachable: bool) -> HostFailure:
        """A connection that failed, with who is to blame."""
        way = self._way
        cause = failures.connection(error, way)
        if cause and cause.culprit == failures.CONTROLLER:
            return HostFailure(
                f"{self.name} was not asked: {cause.what}. What to do: {cause.do}.", details={"culprit": cause.culprit}
            )
        if not cause and not unreachable:
            return HostFailure(f"{self.name} could not be asked: {_one_line(error)}.")
        what = cause.what if cause else _one_line(error)
        todo = cause.do if cause else f"check address, port and account, and that {way.service} listens there"
        return HostFailure(
            f"{self.name} cannot be reached over {way.transport} at {way.place}: {what}. What to do: {todo}.",
            unreachable=True,
            details={"culprit": cause.culprit} if cause else None,
        )

    def _refusal(self, answer: dict[str, Any]) -> HostFailure:
        reason = answer.get("reason")
        if answer.get("steps"):
            return HostFailure(
                f"{self.name} ended while steps were being done ({_one_line(answer.get('msg', ''))}).", answer=answer
            )
        if reason == "locked":
            lock = answer.get("lock")
            holder, since, held = (_one_line(lock.get(key)) if isinstance(lock, dict) else None for key in _LOCK)
            return HostFailure(
                f"{self.name} is being repaired by another run ({holder}, since {since}, journal {held});"
                " nothing was done. Wait for it to end and run again.",
                reason="locked",
            )
        if reason == "repeated":
            # A connection that was lost is made again by Ansible's ssh, and sends the same once more.
            return HostFailure(f"{self.name} was sent the steps twice, and the first time may have done them.")
        if isinstance(reason, str) and reason in _REASONS:
            return HostFailure(f"{self.name}: {_REASONS[reason]} ({_one_line(answer.get('msg', ''))}).", reason=reason)
        return self._without_answer(answer)

    def _without_answer(self, answer: dict[str, Any]) -> HostFailure:
        """A call that ran and gave no answer: the host's own words say why, most of all those for errors."""
        said = str(answer.get("module_stderr") or answer.get("module_stdout") or "")
        told = answer.get("msg") or ""
        if not said and not re.match(
            r"MODULE FAILURE|Module result deserialization|Task failed|No start of json", told
        ):
            said = str(told)
        known = answer.get("rc") is not None or said
        cause = failures.said_by_host(said, self._way) if known else None
        words = _one_line(said or told or "no text")
        if cause is None:
            return HostFailure(
                f"{self.name} did not answer as a Windows host with PowerShell does: {words}."
                " Run with -vvv to see the whole answer."
            )
        return HostFailure(
            f"{self.name} did not answer as a Windows host with PowerShell does: {cause.what}."
            f" What to do: {cause.do}.{f' It said: {words}.' if said else ''}",
            details={"culprit": cause.culprit},
        )


def _on_request(steps: tuple[Step, ...]) -> list[str]:
    """What only a way back from these steps needs."""
    return ["local_policy"] if any(step.op == "file.replace" for step in steps) else []


@dataclass(frozen=True)
class Answered:
    """The answer to steps that were sent, not yet read, and between which two times (UTC) it came."""

    link: HostLink
    answer: dict[str, Any]
    start: datetime
    end: datetime

    def snapshot(self) -> Snapshot:
        """The host as it is now. Raises ``HostFailure``."""
        return self.link.read(self.answer, self.start, self.end)


def _is_of_connection(error: Exception) -> bool:
    """Whether this is what a connection may raise: Ansible's errors, the system's, or its library's own, which the
    plugins winrm and psrp let through where a connection is lost in the middle."""
    return isinstance(error, (AnsibleError, OSError)) or not _LIBRARIES.isdisjoint(_packages(error))


def _packages(error: Exception) -> Iterator[str]:
    """The packages that an error is of: that of its type, and that of the line that raised it."""
    yield type(error).__module__.partition(".")[0]
    for frame, _line in list(traceback.walk_tb(error.__traceback__))[-1:]:
        yield str(frame.f_globals.get("__name__")).partition(".")[0]


def _is_plain_error(error: Exception) -> bool:
    """Whether Ansible itself found something wrong, which is no failure of a connection."""
    return isinstance(error, AnsibleError) and not isinstance(error, AnsibleConnectionFailure)


def _one_line(message: object) -> str:
    return failures.short(text.sentence(message))
