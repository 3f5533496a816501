# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left of a journal: what earlier undos have not taken back, and what came about.

A restore that was done in part is done again later. What it took back then is over: if the host has the same value
again since, somebody has set it anew. A step that found the host as it was before took nothing back: a later run may
have brought that about, and be taken back itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.repair import since
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal, JournalError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import IMPORTED, demand

Json = dict[str, Any]

# In the place of a step's status.
_TAKEN_BACK = "taken_back"
# What a step is done with, and not what it changes.
_LOOKS = ("expect_empty", "expect_back")


def left(journal: Journal, undoings: Iterable[Journal], behind: Sequence[Journal] = ()) -> Journal:
    """The journal without the steps that these have taken back, and those that were cut off and never came about, as
    far as all later journals (``behind``, oldest first) tell that."""
    over = [step for one in undoings for step in one.steps if step["status"] == "done"]
    gone = [raw for raw in journal.changed_steps if _is_over(raw, over) or since.never_came(raw, behind)]
    if not gone:
        return journal
    steps = ({**raw, "status": _TAKEN_BACK} if raw in gone else raw for raw in journal.steps)
    return replace(journal, steps=tuple(steps))


def demanded(journal: Journal | None, steps: Iterable[Step]) -> list[Step]:
    """Those of some steps that a journal asks for, as the host has it: they may do what only an undo may."""
    asked = [fields for raw in journal.changed_steps if (fields := _fields(raw))] if journal else []
    return [step for step in steps if any(_is_as_asked(step.to_host(), fields) for fields in asked)]


def _is_over(raw: Json, over: list[Json]) -> bool:
    fields = _fields(raw)
    return fields is not None and any(_is_as_asked(step, fields) for step in over)


def _fields(raw: Json) -> Json | None:
    """What takes a step back, as the host is told it; None where nothing does."""
    try:
        back = demand(raw)
    except JournalError:
        return None  # whoever takes it back is told
    return {name: value for name, value in back.to_host().items() if name not in _LOOKS} if back else None


def _is_as_asked(step: Json, fields: Json) -> bool:
    return all(step.get(name) == value for name, value in fields.items())


def unloaded(undoings: Iterable[Journal]) -> bool:
    """Whether these, oldest first, have changed something and not restarted TermService since."""
    waits = False
    for step in (step for one in undoings for step in one.steps if step["status"] == "done"):
        if step["op"] == "service.restart" and step["service"] == "TermService":
            waits = False
        elif not step["op"].startswith(("service.", IMPORTED)):
            waits = True
    return waits
