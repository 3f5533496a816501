# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The link to a host: one call of the host script, and every way in which it can go wrong as one clear sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect, text
from ansible_collections.winops.rdp.plugins.plugin_utils.host.schema import SECTIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot, SnapshotError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# What reads does not even carry what changes.
MODULES = {"snapshot": "winops.rdp._host", "apply": "winops.rdp._apply"}
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
}


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

    def to_result(self) -> dict[str, Any]:
        return {
            "unreachable" if self.unreachable else "failed": True,
            "msg": str(self),
            **({"reason": self.reason} if self.reason else {}),
            **self.details,
        }


class HostLink:
    """Calls the host script through the connection of an action plugin."""

    def __init__(self, action: ActionBase, task_vars: dict[str, Any]) -> None:
        self._action = action
        self._task_vars = task_vars
        self.name = str(task_vars.get("inventory_hostname", "the host"))
        self.calls = 0

    @property
    def address(self) -> str:
        """Where the connection goes: the address that clients most likely use, too."""
        connection = self._action._connection
        try:
            return str(connection.get_option("remote_addr"))
        except (AnsibleError, KeyError, AttributeError):
            return str(self._task_vars.get("ansible_host", self.name))

    def snapshot(
        self,
        sections: list[str] | None = None,
        journal_id: str | None = None,
        key_certificates: tuple[str, ...] = (),
    ) -> Snapshot:
        """Ask for a snapshot. Raises ``HostFailure``.

        ``key_certificates`` are thumbprints in the store My whose key files are read as well; ``*`` stands for all.
        """
        arguments: dict[str, Any] = {"operation": "snapshot"}
        if sections:
            arguments["sections"] = sections
        if journal_id:
            arguments["journal_id"] = journal_id
        if key_certificates:
            arguments["key_certificates"] = list(key_certificates)
        return self.read(*self._call(arguments))

    def apply(self, steps: tuple[Step, ...], journal: Journal) -> Answered:
        """Have steps done and everything read again. Raises ``HostFailure``; with a ``reason`` nothing was done."""
        arguments = {
            "operation": "apply",
            "steps": [step.to_host() for step in steps],
            "journal": journal.head(),
            "plan": {"steps": [step.to_dict() for step in steps]},
            "sections": list(SECTIONS),
        }
        return Answered(self, *self._call(arguments))

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
        self._refuse_other_systems()
        self.calls += 1
        start = datetime.now(timezone.utc)
        try:
            answer = self._action._execute_module(
                module_name=MODULES[arguments["operation"]],
                module_args={**arguments, **collect.arguments()},
                task_vars=self._task_vars,
            )
        except AnsibleConnectionFailure as error:
            raise HostFailure(self._unreachable(error), unreachable=True) from error
        except AnsibleError as error:
            raise HostFailure(f"{self.name} could not be asked: {_one_line(error)}.") from error
        except OSError as error:  # psrp lets the HTTP library's own errors through; all of them are OSError
            raise HostFailure(self._unreachable(error), unreachable=True) from error
        end = datetime.now(timezone.utc)
        if answer.get("unreachable"):
            raise HostFailure(self._unreachable(answer.get("msg", "")), unreachable=True)
        if answer.get("failed") or "schema_version" not in answer:
            raise self._refusal(answer)
        return answer, start, end

    def _refuse_other_systems(self) -> None:
        connection = self._action._connection
        family = getattr(connection._shell, "SHELL_FAMILY", None) if connection._shell else None
        if family == "sh":
            raise HostFailure(
                f"{self.name} is not reached as a Windows host (connection {connection.transport}, a POSIX"
                " shell): set ansible_connection to winrm or psrp"
                " in the inventory, or ansible_shell_type to powershell for SSH."
            )

    def _unreachable(self, error: object) -> str:
        port = self._task_vars.get("ansible_port") or self._task_vars.get("ansible_psrp_port") or ""
        place = f"{self.address}{f':{port}' if port else ''}"
        return (
            f"{self.name} cannot be reached over {self._action._connection.transport} at {place}: {_one_line(error)}."
            " Check address, port, account and that WinRM listens there; Remote Desktop itself has not been looked at."
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
        if isinstance(reason, str) and reason in _REASONS:
            return HostFailure(f"{self.name}: {_REASONS[reason]} ({_one_line(answer.get('msg', ''))}).", reason=reason)
        told = answer.get("msg") or answer.get("module_stderr") or answer.get("module_stdout") or "no text"
        return HostFailure(
            f"{self.name} did not answer as a Windows host with PowerShell does: {_one_line(told)}."
            " Check that the account may run PowerShell there, and run with -vvv to see the answer."
        )


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


def _one_line(message: object) -> str:
    words = text.sentence(message)
    # What the operating system said is at the bottom of what the HTTP library makes of it.
    number = re.search(r"\[Errno -?[0-9]+\] [A-Za-z ]+", words)
    return number[0].strip() if number else text.sentence(words, 300).rstrip(".")
