# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a probe holds to its deadline, told from what it waits for and works at: a busy machine plays no part."""

from __future__ import annotations

import time
from asyncio import BaseEventLoop, TimerHandle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import Timer

# Seconds of work, and seconds that may pass between a look at the clock and the wait that is set by it.
SLACK = 30.0


@contextmanager
def comes_to_an_end(seconds: float) -> Iterator[None]:
    """What is in this block takes this thread no more than so many seconds of work; waiting for others is none."""
    worked = time.thread_time()
    yield
    assert time.thread_time() - worked < seconds, "it works without an end"


@contextmanager
def in_time() -> Iterator[None]:
    """The one probe in this block sets no wait beyond its deadline, and does not work without an end."""
    timers: list[Timer] = []
    ends: list[float] = []
    begin, call_at = Timer.__init__, BaseEventLoop.call_at

    def noted_timer(timer: Timer, deadline: float) -> None:
        begin(timer, deadline)
        timers.append(timer)

    def noted_wait(loop: BaseEventLoop, when: float, *given: Any, **more: Any) -> TimerHandle:
        ends.append(when)
        return call_at(loop, when, *given, **more)

    noted = patch.object(Timer, "__init__", noted_timer), patch.object(BaseEventLoop, "call_at", noted_wait)
    with comes_to_an_end(SLACK), noted[0], noted[1]:
        yield
    deadline = max(timer.deadline for timer in timers)  # one that has not begun stands at 0
    assert all(end < deadline + SLACK for end in ends), "a wait is set beyond the deadline"
