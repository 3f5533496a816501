# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The link to a host: one call of the host script, and every way in which it can go wrong as one clear sentence."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any

from ansible.errors import AnsibleConnectionFailure, AnsibleError
from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
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
    "not_windows": "this is not a Windows host",
    "language_mode": (
        "a policy there (App Control or AppLocker) lets PowerShell run in a restricted language mode only, in which the"
        " host cannot be read; let the policy allow the collection's scripts, or the account"
    ),
}


class HostFailure(Exception):
    """A call that gave no usable answer.

    ``unreachable`` tells a connection that failed from a host that answered badly.
    """

    def __init__(self, sentence: str, *, unreachable: bool = False, reason: str | None = None) -> None:
        super().__init__(sentence)
        self.unreachable = unreachable
        self.reason = reason

    def to_result(self) -> dict[str, Any]:
        return {
            "unreachable" if self.unreachable else "failed": True,
            "msg": str(self),
            **({"reason": self.reason} if self.reason else {}),
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

    def snapshot(self, sections: list[str] | None = None, journal_id: str | None = None) -> Snapshot:
        """Ask for a snapshot. Raises ``HostFailure``."""
        arguments: dict[str, Any] = {"operation": "snapshot"}
        if sections:
            arguments["sections"] = sections
        if journal_id:
            arguments["journal_id"] = journal_id
        return self._read(*self._call(arguments))

    def apply(self, steps: tuple[Step, ...], journal: Journal) -> tuple[dict[str, Any], Snapshot]:
        """Have steps done and everything read again: the host's answer (``journal``, ``steps``), and the new snapshot.

        Raises ``HostFailure``.
        """
        arguments = {
            "operation": "apply",
            "steps": [step.to_host() for step in steps],
            "journal": journal.head(),
            "plan": {"steps": [step.to_dict() for step in steps]},
            "sections": list(SECTIONS),
        }
        try:
            answer, start, end = self._call(arguments)
        except HostFailure as failure:
            if failure.reason:
                raise
            raise HostFailure(
                f"{failure} This happened while steps were being done: journal {journal.id} on the host says which."
                " Run the playbook again to go on from there,"
                f" or take back what was done with winops.rdp.restore journal={journal.id}.",
                unreachable=failure.unreachable,
                reason="cut_off",
            ) from failure
        snapshot = self._read(answer, start, end)
        if not isinstance(answer.get("steps"), list) or len(answer["steps"]) != len(steps):
            raise HostFailure(
                f"{self.name} did not say what became of the steps; journal {journal.id} on the host does.",
                reason="cut_off",
            )
        return answer, snapshot

    def _read(self, answer: dict[str, Any], start: datetime, end: datetime) -> Snapshot:
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
        if reason == "locked":
            lock = answer.get("lock") or {}
            return HostFailure(
                f"{self.name} is being repaired by another run ({lock.get('holder')}, since"
                f" {lock.get('since')}, journal {lock.get('journal')});"
                " nothing was done. Wait for it to end and run again.",
                reason="locked",
            )
        if reason in _REASONS:
            return HostFailure(f"{self.name}: {_REASONS[reason]} ({_one_line(answer.get('msg', ''))}).", reason=reason)
        text = answer.get("msg") or answer.get("module_stderr") or answer.get("module_stdout") or "no text"
        return HostFailure(
            f"{self.name} did not answer as a Windows host with PowerShell does: {_one_line(text)}."
            " Check that the account may run PowerShell there, and run with -vvv to see the answer."
        )


def _one_line(text: object) -> str:
    words = " ".join(str(text).split())
    # What the operating system said is at the bottom of what the HTTP library makes of it.
    number = re.search(r"\[Errno -?[0-9]+\] [A-Za-z ]+", words)
    if number:
        return number[0].strip()
    return (words[:300] + "…" if len(words) > 300 else words).rstrip(".")
