# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes how many bytes Ansible's own process has in live objects at the end of a run, to the file in WINOPS_KEPT."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: kept
type: notification
short_description: Bytes of live objects, for a bench
description: Writes how many bytes the process has in live objects at the end of a run, to the file in WINOPS_KEPT.
"""


def _live() -> int:
    """Bytes of all that can be reached: free space of the heap, which differs from run to run, is none of it."""
    gc.collect()
    waiting = gc.get_objects()
    seen = {id(waiting)}
    total = 0
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        total += sys.getsizeof(one, 0)
        waiting.extend(gc.get_referents(one))
    return total


class CallbackModule(CallbackBase):  # type: ignore[misc]
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "kept"
    CALLBACK_NEEDS_ENABLED = False

    def v2_playbook_on_stats(self, stats: Any) -> None:
        if "WINOPS_KEPT" in os.environ:
            Path(os.environ["WINOPS_KEPT"]).write_text(str(_live()), encoding="utf-8")
