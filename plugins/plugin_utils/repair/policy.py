# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a user allows a repair to do.

Every finding with a remedy has a class in the catalogue. ``restore`` (give back what clients need where Remote Desktop
is meant to be on) and ``renew`` (a certificate that ends) are done by default. ``tighten`` (Network Level
Authentication, security layer, encryption level) and ``open`` (turn on what somebody may have turned off) are
decisions of people, and are done only where they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import OPEN, RENEW, RESTORE, TIGHTEN

BY_DEFAULT = frozenset({RESTORE, RENEW})
# A class on request as a whole (True), for these findings, or not at all (False).
Choice = bool | tuple[str, ...]


@dataclass(frozen=True)
class RepairPolicy:
    """What the user allows; ``skip_findings`` and ``only_findings`` are finding ids (``only_findings`` empty: all).

    ``allow_disconnect``: TermService may be restarted although people are connected. ``drop_dead_pin``: a pin whose
    certificate cannot be used may be removed.
    """

    allow_disconnect: bool = False
    tighten: Choice = False
    open: Choice = False
    drop_dead_pin: bool = False
    skip_findings: tuple[str, ...] = ()
    only_findings: tuple[str, ...] = ()

    def asks_for(self, id_: str) -> bool:
        """Whether the remedy for this finding is one of those done by default, or is asked for."""
        repair_class = catalogue.by_id(id_).repair_class
        if repair_class in BY_DEFAULT:
            return True
        choice = {TIGHTEN: self.tighten, OPEN: self.open}.get(repair_class or "", False)
        if isinstance(choice, bool):
            return choice and not catalogue.by_id(id_).by_name
        return id_ in choice
