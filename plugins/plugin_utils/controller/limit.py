# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An end for a call of a host that never ends: connections wait for each piece of an answer, and not for the whole.

A host that sends a byte a second never lets such a wait run out, and the whole run would wait for it.
"""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, TypeVar

Answer = TypeVar("Answer")
# What tidies up on the way out asks the host as well, and is cut off as well.
_AGAIN_SECONDS = 5.0


VARIABLE = "rdp_call_timeout"
_SECONDS = 600.0


def seconds(given: Any) -> float:
    """How long a call that reads may take, by the variable; None and an empty text stand for the default. Raises
    ``ValueError``."""
    if given is None or given == "":
        return _SECONDS
    with contextlib.suppress(TypeError, ValueError):
        number = 0.0 if isinstance(given, bool) else float(given)
        if 1 <= number <= 86400:
            return number
    raise ValueError(f"{VARIABLE} is {given!r}; it must be seconds, from 1 to 86400")


class OverdueError(Exception):
    """A call was given up."""


class _Overdue(BaseException):
    """Raised out of a wait. No ``except Exception`` of a connection may take it for a failure of its own."""


def within(seconds: float, call: Callable[[], Answer]) -> Answer:
    """What the call gives. Raises ``OverdueError`` where it takes longer.

    Ansible's own limit for a task (``task_timeout``) stays in force.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()  # signals are the main thread's
    begin, (left, _interval) = time.monotonic(), signal.getitimer(signal.ITIMER_REAL)
    if 0 < left <= seconds:
        return call()
    before = signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
        return call()
    except _Overdue:
        raise OverdueError from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if left:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begin), 0.001))


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise _Overdue


def drop(connection: Any) -> None:
    """Have a connection forget what it holds of the host: to close it would be to ask the host once more."""
    for held in ("shell_id", "protocol", "runspace"):
        if hasattr(connection, held):
            setattr(connection, held, None)
    connection._connected = False
