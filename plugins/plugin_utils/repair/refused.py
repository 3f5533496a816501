# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must not be done, and why."""

from __future__ import annotations

# What to do about a fault that stands in the way.
PUT_RIGHT = "put that right first"
# What to do where the listener has a certificate that is to go, and where one that an undo would bind again is gone.
BIND_BY_HAND = "bind another one by hand (a run would go back to this one)"
IMPORT_AGAIN = "import it again with its key, or bind another one by hand, then restore again"


class Refused(Exception):
    """A remedy, or a state that is asked for, that must not be applied.

    ``summary`` says why in a few words, ``detail`` what to do next, ``guard`` which guard stood in the way.
    """

    def __init__(self, summary: str, detail: str | None = None, guard: str = "refused") -> None:
        super().__init__(f"{summary} ({detail})" if detail else summary)
        self.summary = summary
        self.detail = detail
        self.guard = guard
