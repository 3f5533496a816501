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

from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

Json = dict[str, Any]

SCHEMA_VERSION = 1
OPEN, COMPLETE, FAILED, UNDONE = "open", "complete", "failed", "undone"
_ID = re.compile(r"^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$")
_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class JournalError(ValueError):
    """What should be a journal is none."""


def is_id(text: str) -> bool:
    """Whether a text has the form of a journal's id (``20261123T130000Z-0a1b2c3d``)."""
    return bool(_ID.match(text))


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

    ``steps`` are the steps as the host script takes them, each with ``status``, ``before``, ``after`` and ``error``.

    ``run`` is the id of the run of a playbook that it belongs to, ``what`` its steps in a few words, ``found`` how the
    host was before them: ``verdict``, ``client`` (what a client met), ``gets_in`` and ``causes`` (ids of findings).
    Journals of earlier versions have none of the three.
    """

    id: str
    state: str
    steps: tuple[Json, ...]
    controller: str = ""
    created: str = ""
    undoes: str | None = None
    host: str = ""
    run: str | None = None
    what: str | None = None
    found: Json | None = None

    @classmethod
    def parse(cls, document: Any) -> Journal:
        """A journal from the host's answer or from a file. Raises ``JournalError``."""
        if not isinstance(document, dict) or not isinstance(document.get("steps"), list):
            raise JournalError("it has no list of steps in the form that is due")
        if not all(isinstance(step, dict) for step in document["steps"]):
            raise JournalError("it has no list of steps in the form that is due")
        if not is_id(str(document.get("id"))):
            raise JournalError("it has no id of a journal")
        return cls(
            id=document["id"],
            state=str(document.get("state")),
            steps=tuple(document["steps"]),
            controller=str(document.get("controller") or ""),
            created=str(document.get("created") or ""),
            undoes=document.get("undoes"),
            host=str(document.get("host") or ""),
            run=document.get("run"),
            what=document.get("what"),
            found=document.get("found"),
        )

    def planned(self, host: str, steps: Iterable[Step]) -> Journal:
        """This journal with the steps that are about to be done on a host."""
        waiting = {"status": "pending", "before": None, "after": None, "error": None}
        steps = tuple(steps)
        entries = tuple({**step.to_host(), **waiting} for step in steps)
        return replace(self, host=host, what=in_words(steps), steps=entries)

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
        """The steps that changed something, or may have: one that was under way when the run was interrupted counts.

        Raises ``JournalError``.
        """
        try:
            return [step for step in self.steps if step["status"] == "done" or self._may_have_changed(step)]
        except KeyError as error:
            raise JournalError("it has no list of steps in the form that is due") from error

    def _may_have_changed(self, step: Json) -> bool:
        under_way = self.state in (OPEN, FAILED) and step["status"] in ("pending", "started", "failed")
        return under_way and step["before"] is not None

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
        }

    def to_dict(self) -> Json:
        """The whole of it, as the controller's copy has it."""
        return {
            **self.head(),
            "schema_version": SCHEMA_VERSION,
            "host": self.host,
            "state": self.state,
            "steps": list(self.steps),
        }
