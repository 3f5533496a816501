# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs that end before they could say what they did: the journal's id and what is known is reported all the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import history
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal

INTERRUPTED = "interrupted"
_LONGEST_REASON = 800


@dataclass
class Attempt:
    """Steps that were sent to a host.

    ``answered`` if the host took them, ``path`` is that of the journal on the host, once it is known.
    """

    journal: Journal
    controller_copy: str
    path: str | None = None
    answered: bool = False

    def to_result(self) -> dict[str, Any]:
        return {
            "id": self.journal.id,
            "path": self.path,
            "controller_copy": self.controller_copy,
            "state": INTERRUPTED,
            "restorable": True,  # nobody knows better
        }


def interrupted(host: str, attempts: Sequence[Attempt], error: Exception) -> HostFailure:
    """The failure of a run in which a step may have been done.

    Its result has ``changed`` true (nobody knows better), ``journal`` to go back with, ``journals`` with all of them,
    ``run``, and ``steps`` with the status of each step as far as it is known (``unknown``).
    """
    reason = str(error) if isinstance(error, HostFailure) else f"{host}: {type(error).__name__}: {error}"
    first = attempts[0]
    back = history.to_restore(each.journal for each in attempts)
    way = f", or take back what was done (winops.rdp.restore journal={back})" if back else ""
    places = " and ".join(f"journal {each.journal.id} (copy {each.controller_copy})" for each in attempts)
    return HostFailure(
        f"{text.sentence(reason, _LONGEST_REASON).rstrip('.')}. This happened while steps were being done, or after:"
        f" {places} on the host says which. Run the playbook again to go on from there{way}.",
        unreachable=isinstance(error, HostFailure) and error.unreachable,
        reason=INTERRUPTED,
        details={
            "changed": True,
            "journal": first.to_result(),
            "run": first.journal.run,
            "journals": [each.to_result() for each in attempts],
            "steps": [
                {"op": step["op"], "status": "unknown" if step["status"] == "pending" else step["status"]}
                for each in attempts
                for step in each.journal.steps
            ],
        },
    )
