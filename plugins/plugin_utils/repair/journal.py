# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals: what a run set out to do on a host, what was there before each step, and what became of it.

``docs/host-contract.md`` has the form; the host script writes the same into its own copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import documents, validate
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

Json = dict[str, Any]

SCHEMA_VERSION = 1
OPEN, COMPLETE, FAILED, UNDONE = "open", "complete", "failed", "undone"
_ID = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}")
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


_TEXT: Json = {"type": ["string", "null"]}
_fault = validate.compiled(
    {
        "type": "object",
        "required": ["id", "state", "steps"],
        "properties": {
            "id": {"type": "string", "pattern": rf"^{_ID.pattern}\Z"},
            "state": {"enum": [OPEN, COMPLETE, FAILED, UNDONE]},
            "run": {"anyOf": [{"type": "null"}, {"type": "string", "pattern": rf"^{_RUN.pattern}\Z"}]},
            "what": _TEXT,
            "found": {"type": ["object", "null"]},
            "sequence": {"type": ["integer", "null"]},
            "undoes": {"anyOf": [{"type": "null"}, {"type": "string", "pattern": rf"^{_ID.pattern}\Z"}]},
            **dict.fromkeys(("controller", "created", "host", "machine"), _TEXT),
            "steps": {
                "type": "array",
                "maxItems": 1000,
                "items": {
                    "type": "object",
                    "required": ["op", "status", "before"],
                    "properties": {
                        "op": {"type": "string"},
                        "status": {"type": "string"},
                        "before": {"type": ["object", "null"]},
                    },
                },
            },
        },
    }
)


class JournalError(ValueError):
    """What should be a journal is none."""


def is_id(text: str) -> bool:
    """Whether a text has the form of a journal's id (``20261123T130000Z-0a1b2c3d``)."""
    return bool(_ID.fullmatch(text))


def run_in_words(run: str) -> str:
    """A run for a sentence; an id that a run gave itself says that it is one."""
    return run if run.startswith("run-") else f"run {run}"


def is_run(text: Any) -> bool:
    """Whether something can be the id of a run of a playbook: a word of at most 64 characters."""
    return isinstance(text, str) and bool(_RUN.fullmatch(text))


def in_words(steps: Iterable[Step]) -> str:
    """What steps do, in a few words."""
    told = (
        f"{step.op} {step.target.rsplit(chr(92), 1)[-1]}" for step in steps if step.op != "certificate.wait_renewed"
    )
    return ", ".join(told)


@dataclass(frozen=True)
class Journal:
    """One journal.

    ``created`` is UTC as the host script writes it, ``undoes`` the id of the journal whose steps this one takes back.
    ``host`` is the host's name in the inventory, ``machine`` its ``MachineGuid``; only the controller's copy has them.

    ``steps`` are the steps as the host script takes them, each with ``status``, ``before``, ``after`` and ``error``.

    ``run`` is the id of the run of a playbook that it belongs to, ``what`` its steps in a few words, ``found`` how the
    host was before them: ``verdict``, ``client`` (what a client met), ``gets_in`` and ``causes`` (ids of findings).
    ``sequence`` is its place in the order in which the host was changed, by nobody's clock. Journals of earlier
    versions have none of the four. ``partly``: something of what it takes back is left for another time.
    """

    id: str
    state: str
    steps: tuple[Json, ...]
    controller: str = ""
    created: str = ""
    undoes: str | None = None
    host: str = ""
    machine: str = ""
    run: str | None = None
    what: str | None = None
    found: Json | None = None
    sequence: int | None = None
    partly: bool = False

    @property
    def run_in_words(self) -> str:
        """The run that it belongs to, for a sentence; of an earlier version the journal itself."""
        return run_in_words(self.run) if self.run else f"journal {self.id}"

    @classmethod
    def parse(cls, document: Any) -> Journal:
        """A journal from the host's answer or from a file. Raises ``JournalError``."""
        fault = documents.fault(document) or _fault(document)
        if fault:
            raise JournalError(f"it is not as docs/host-contract.md has it: {fault.lstrip(': ')}")
        texts: dict[str, Any] = {
            name: document.get(name) or "" for name in ("controller", "created", "host", "machine")
        }
        return cls(
            id=document["id"],
            state=document["state"],
            steps=tuple(document["steps"]),
            undoes=document.get("undoes"),
            run=document.get("run"),
            what=document.get("what"),
            found=document.get("found"),
            sequence=document.get("sequence"),
            **texts,
        )

    def planned(self, host: str, machine: str, steps: Iterable[Step]) -> Journal:
        """This journal with the steps that are about to be done on a host."""
        waiting = {"status": "pending", "before": None, "after": None, "error": None}
        steps = tuple(steps)
        todo = tuple({**step.to_host(), **waiting} for step in steps)
        return replace(self, host=host, machine=machine, what=in_words(steps), steps=todo)

    def another_hosts(self, host: str, machine: str) -> str | None:
        """Why this copy is not of the host with this name and ``MachineGuid``, as one clause; None if it is."""
        if self.host != host:
            return f"it is of {self.host or 'no host that it names'}"
        if not machine:
            return "the host's MachineGuid could not be read, so nothing says that it is the same machine"
        if not self.machine:
            return "it names no machine, for its MachineGuid could not be read then"
        if self.machine.lower() != machine.lower():
            return f"it is of another machine that had this name (MachineGuid {self.machine}, here {machine})"
        return None

    def finished(self, state: str, reports: Iterable[Json]) -> Journal:
        """This journal with what the host reported of its steps, in their order."""
        return replace(self, state=state, steps=tuple({**step, **report} for step, report in zip(self.steps, reports)))

    def undone(self) -> Journal:
        """This journal once its steps have been taken back."""
        return replace(self, state=UNDONE)

    @property
    def is_undone(self) -> bool:
        return self.state == UNDONE

    @property
    def changed_steps(self) -> list[Json]:
        """The steps that changed something, or may have: one that was under way when the run was interrupted counts."""
        return [step for step in self.steps if step["status"] == "done" or self._may_have_changed(step)]

    def _may_have_changed(self, step: Json) -> bool:
        under_way = self.state in (OPEN, FAILED) and step["status"] in ("pending", "started", "failed")
        # What was there is read before a step begins: a value that was absent has no other "before". One that failed
        # without it may not have been read at all, unless it shows what the step wrote.
        written = step["status"] == "failed" and step.get("after") == {
            name: step.get(name) for name in ("type", "data")
        }
        absent = step["op"].startswith("registry.") and (step["status"] == "started" or written)
        return under_way and (absent or step["before"] is not None)

    def head(self) -> Json:
        """As the host script takes it with the steps to do."""
        return {
            "id": self.id,
            "controller": self.controller,
            "created": self.created,
            "undoes": self.undoes,
            "run": self.run,
            "what": self.what,
            "found": self.found,
            "sequence": self.sequence,
            **({"partly": True} if self.partly else {}),
        }

    def to_dict(self) -> Json:
        """The whole of it, as the controller's copy has it."""
        return {
            **self.head(),
            "schema_version": SCHEMA_VERSION,
            "host": self.host,
            "machine": self.machine,
            "state": self.state,
            "steps": list(self.steps),
        }
