# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a probe holds to its deadline, told from what it waits for and works at: a busy machine plays no part."""

from __future__ import annotations

import signal
from asyncio import BaseEventLoop, TimerHandle
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import Timer

# Seconds that may pass between a look at the clock and the wait that is set by it.
SLACK = 30.0
# Seconds of work of this process, by far more than anything takes that ends; waiting is no work.
_ENDS_A_HANG = 60.0


@contextmanager
def comes_to_an_end() -> Iterator[None]:
    """What is in this block does not work without an end: then it is interrupted, in a regular expression as well, and
    the test fails. How long it takes until then is nobody's business.
    """

    def interrupted(*_signal: object) -> None:
        pytest.fail("it works without an end")

    theirs = signal.signal(signal.SIGVTALRM, interrupted)
    signal.setitimer(signal.ITIMER_VIRTUAL, _ENDS_A_HANG)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, theirs)


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
    with comes_to_an_end(), noted[0], noted[1]:
        yield
    deadline = max(timer.deadline for timer in timers)  # one that has not begun stands at 0
    assert all(end < deadline + SLACK for end in ends), "a wait is set beyond the deadline"
