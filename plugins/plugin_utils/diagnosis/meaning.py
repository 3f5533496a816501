# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a code means, and how tables of codes are written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HOST, CLIENT, NETWORK, GATEWAY, NOTHING = FAULTS = ("host", "client", "network", "gateway", "nothing")


@dataclass(frozen=True)
class Meaning:
    """A code that is known.

    ``text`` is what it says, ``stage`` where in a connection it belongs (empty when that is not fixed),
    ``states_fault`` one of ``FAULTS``, ``source`` the public page that it comes from.
    """

    name: str
    text: str
    stage: str = ""
    states_fault: str = NOTHING
    source: str = ""


def table(
    source: str, text: str, names: Mapping[int, str] | None = None, *, stage: str = "", fault: str = NOTHING
) -> dict[int, Meaning]:
    """``number | name | text | stage | fault`` per line, without the name where ``names`` has it. An empty cell stands
    for the block's own value.
    """
    found: dict[int, Meaning] = {}
    for line in text.strip().replace("\n    ", " ").splitlines():
        number, *cells = (cell.strip() for cell in line.split("|"))
        code = int(number, 0)
        if names is not None:
            cells.insert(0, names.get(code, ""))
        name, words, where, whose = (*cells, "", "")[:4]
        found[code] = Meaning(name, words, where or stage, whose or fault, source)
    return found
