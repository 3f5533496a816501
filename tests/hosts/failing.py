# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can happen to a step on the model, on request: ``volatile["injected"]`` says what, and to which step.

Steps are counted over the calls of a run, those that take something back left out.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.hosts.running import TIMED_OUT, Cut, Win32
from tests.hosts.windows import STOPPED, Windows

Json = dict[str, Any]

AT_ONCE, HANGS, LATE = "fails at once", "hangs", "succeeds late"
BEFORE, WITHIN, AFTER = "killed before", "killed within", "killed after"
CONNECTION, DISK, DENIED = "connection lost", "disk full", "journal denied"
KINDS = (AT_ONCE, HANGS, LATE, BEFORE, WITHIN, AFTER, CONNECTION, DISK, DENIED)
_WHY = {DISK: "There is not enough space on the disk.", DENIED: "Access to the path is denied."}
# What brings back what earlier steps took, and goes on where the journal is lost.
_RECOVERING = ("service.start", "certificate.import")
START_PENDING = 2


@dataclass(frozen=True)
class Injected:
    """What happens, and to which step of the run."""

    kind: str
    at: int


class Lost(Exception):
    """The journal cannot be written."""


@dataclass
class Run:
    """The journal of a call as it is done, and as it is on the disk."""

    host: Windows
    journal: Json
    undoing: bool
    lost: str | None = None
    failed: bool = False
    fault: str | None = field(default=None)

    @property
    def _injected(self) -> Injected | None:
        return None if self.undoing else self.host.volatile.get("injected")

    def next_step(self) -> None:
        """Another step has its turn."""
        number = self.host.volatile.get("begun", 0)
        injected = self._injected
        self.fault = injected.kind if injected and injected.at == number else None
        if not self.undoing:
            self.host.volatile["begun"] = number + 1

    def write(self) -> None:
        """Put the journal on the disk. Raises ``Lost``."""
        injected = self._injected
        # The step whose turn it is has been counted already; before the first, none has.
        turn = max(self.host.volatile.get("begun", 0) - 1, 0)
        if injected and injected.kind in _WHY and turn >= injected.at:
            self.lost = _WHY[injected.kind]
            raise Lost(self.lost)
        self.host.data["journals"][self.journal["id"]] = copy.deepcopy(self.journal)
        self.host.changed()

    def write_ahead(self, entry: Json) -> None:
        """Before a step: a journal that is lost stops all but what brings back."""
        try:
            self.write()
        except Lost as lost:
            if not self.brings_back(entry):
                raise Win32(112, "System.IO.IOException", str(lost)) from lost

    def write_behind(self) -> None:
        try:
            self.write()
        except Lost:
            self.failed = True

    def brings_back(self, entry: Json) -> bool:
        changed = any(step["status"] == "done" for step in self.journal["steps"])
        return changed and entry["op"] in _RECOVERING

    def is_skipped(self, entry: Json) -> bool:
        return self.failed and not (self.lost and self.brings_back(entry))


def strike(host: Windows, step: Json, fault: str | None, do: Callable[[], None]) -> None:
    """Do a step with what happens to it. Raises ``Win32`` or ``Cut``."""
    kind = step["op"].split(".")[0]
    if fault == AT_ONCE:
        raise Win32(5)
    if fault in (HANGS, WITHIN) and not _within(host, step, fault):
        raise Cut  # the call is killed in the end, and nothing has come of the step
    if fault in (HANGS, LATE) and step["op"] == "service.start":
        _pending(host, step["service"], comes=fault == LATE)
        raise Win32(TIMED_OUT, "System.TimeoutException")
    do()
    if fault == LATE and kind != "service":
        raise Win32(TIMED_OUT, "System.TimeoutException")


def _within(host: Windows, step: Json, fault: str) -> bool:
    """Prepare what goes wrong in the middle of a step; answers whether the step has a middle."""
    if step["op"] in ("service.restart", "service.stop"):
        if fault == HANGS:
            host.data["behaviour"]["hangs"] = [step["service"]]
        else:
            host.volatile["cut_at"] = f"{step['service']}.stopped"
        return step["op"] == "service.restart" or fault == HANGS
    if step["op"] == "certificate.renew":
        if fault == HANGS:
            host.data["behaviour"]["never_renews"] = "silently"
        else:
            # Where nothing has to be taken out, it dies once the new one is there.
            host.volatile["cut_at"] = ("renew.removed", "renew.ended")
        return True
    return step["op"] == "service.start" and fault == HANGS


def _pending(host: Windows, service: str, *, comes: bool) -> None:
    host.service(service)["state"] = START_PENDING
    host.volatile.setdefault("pending", {})[service] = comes


def minutes_later(host: Windows) -> None:
    """What was pending has come, or has not, and nothing goes wrong any more."""
    host.volatile.update(injected=None, cut_at=None)
    for name in ("hangs", "never_renews"):
        host.data["behaviour"].pop(name, None)
    for name, comes in host.volatile.pop("pending", {}).items():
        if host.service(name)["state"] == START_PENDING:
            host.service(name)["state"] = STOPPED
            if comes:
                host.start(name)
