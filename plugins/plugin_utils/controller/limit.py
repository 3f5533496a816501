# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An end for a call of a host that never ends: connections wait for each piece of an answer, and not for the whole.

A host that sends a byte a second never lets such a wait run out, and the whole run would wait for it. Of one that sends
all that it can they keep everything in memory, until the controller has none left.
"""

from __future__ import annotations

import contextlib
import glob
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, TypeVar

from ansible_collections.winops.rdp.plugins.plugin_utils.host import text
from ansible_collections.winops.rdp.plugins.plugin_utils.host.documents import MEBIBYTE

Answer = TypeVar("Answer")
# What tidies up on the way out asks the host as well, and is cut off as well.
_AGAIN_SECONDS = 5.0
# How often the memory is looked at, in seconds of the processor's time.
_LOOK_SECONDS = 0.1
# For a program that is asked to end, before it is made to.
_END_SECONDS = 1.0


VARIABLE = "rdp_call_timeout"
_SECONDS = 600.0
# What one call may add to the memory of its process, in bytes. An answer of 8 MiB in many small values, which is far
# more than a host has to say, takes two thirds of it while it is read.
MOST_MEMORY = 256 * MEBIBYTE


def seconds(given: Any) -> float:
    """How long a call that reads may take, by the variable; blank stands for the default. Raises ``ValueError``."""
    if text.is_blank(given):
        return _SECONDS
    with contextlib.suppress(TypeError, ValueError):
        number = 0.0 if isinstance(given, bool) else float(given)
        if 1 <= number <= 86400:
            return number
    raise ValueError(f"{VARIABLE} is {given!r}; it must be seconds, from 1 to 86400")


class GivenUpError(Exception):
    """A call was given up."""


class OverdueError(GivenUpError):
    """It took too long."""


class TooLargeError(GivenUpError):
    """Its answer took too much memory."""


class _GivenUp(BaseException):
    """Raised out of a wait. No ``except Exception`` of a connection may take it for a failure of its own."""

    def __init__(self, why: type[GivenUpError]) -> None:
        super().__init__(why)
        self.why = why


def within(seconds: float, call: Callable[[], Answer]) -> Answer:
    """What the call, a function in Python, gives. Raises ``OverdueError`` where it takes longer, and ``TooLargeError``
    where it takes more than ``MOST_MEMORY``; programs that it started, and those that they did, are ended then.
    Ansible's own limit for a task (``task_timeout``) stays in force.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()  # signals are the main thread's
    begin, (left, _interval) = time.monotonic(), signal.getitimer(signal.ITIMER_REAL)
    others, ours, most = _started(), set[int](), _memory() + MOST_MEMORY
    own: FrameType | None = sys._getframe()
    # What fills the memory takes the processor's time, and who waits is not disturbed by that clock.
    timers = {signal.SIGPROF: (signal.ITIMER_PROF, _LOOK_SECONDS)}
    if not 0 < left <= seconds:
        timers[signal.SIGALRM] = (signal.ITIMER_REAL, seconds)

    def ring(number: int, frame: FrameType | None) -> None:
        # A ring may be rung into as well.
        if not _is_within(frame, own, ring.__code__) or (number == signal.SIGPROF and _memory() <= most):
            return
        if signal.SIGALRM in timers:
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS, _AGAIN_SECONDS)
        ours.update(_started() - others)
        raise _GivenUp(TooLargeError if number == signal.SIGPROF else OverdueError)

    before = {number: signal.signal(number, ring) for number in timers}
    try:
        for timer, each in timers.values():
            signal.setitimer(timer, each, each)
        return call()
    except _GivenUp as given_up:
        own = None
        _end(ours | (_started() - others))
        raise given_up.why from None
    finally:
        own = None
        for number, (timer, _each) in timers.items():
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])
        if left and signal.SIGALRM in timers:
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - begin), 0.001))


def _is_within(frame: FrameType | None, caller: FrameType | None, but: CodeType) -> bool:
    """Whether a frame is that of a function which this caller called, or one below it, and not ``but`` that function.

    Once the call has ended, with an answer or without, what is raised would get out.
    """
    while frame and frame.f_back is not caller:
        frame = frame.f_back
    return caller is not None and frame is not None and frame.f_code is not but


def _memory() -> int:
    """The most that this process had at any time, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _started() -> set[int]:
    """The processes that this one started, and those that they did. A master of OpenSSH that stays for other calls
    (ControlPersist) is none.

    Whoever ends a program on the way out of a call leaves what that has started, and nobody knows then whose it was.
    """
    listed = glob.glob("/proc/self/task/*/children")  # not with every kernel
    parents = {} if listed else _parents()
    found: set[int] = set()
    left = [os.getpid()]
    while left:
        process = left.pop()
        children = _children(process) if listed else {one for one, parent in parents.items() if parent == process}
        left += children - found
        found |= children
    return found


def _children(process: int) -> set[int]:
    return {int(child) for path in glob.glob(f"/proc/{process}/task/*/children") for child in _text(path).split()}


def _parents() -> dict[int, int | None]:
    """The parent of each process on this machine."""
    stats = glob.glob("/proc/[0-9]*/stat")
    if stats:
        return {int(path.split("/")[2]): _parent(path) for path in stats}
    listing = subprocess.Popen(["ps", "-A", "-o", "pid=,ppid="], stdout=subprocess.PIPE, text=True)
    rows = [line.split() for line in listing.communicate()[0].splitlines()]
    return {int(child): int(parent) for child, parent in rows if int(child) != listing.pid}


def _parent(stat: str) -> int | None:
    known = _text(stat)
    return int(known.rpartition(")")[2].split()[1]) if known else None  # the name before it may hold anything


def _text(path: str) -> str:
    """What stands in a file of a process, which may have ended meanwhile."""
    with contextlib.suppress(OSError), open(path, encoding="utf-8", errors="replace") as file:
        return file.read()
    return ""


def _end(children: set[int]) -> None:
    """Asked to first: sshpass passes that on to an ssh that is in no group of its own making."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        for child in children:
            _signal(child, number)
        patience = time.monotonic() + _END_SECONDS
        while children and time.monotonic() < patience:
            children = {child for child in children if not _has_ended(child)}
            time.sleep(0.01)


def _signal(child: int, number: signal.Signals) -> None:
    with contextlib.suppress(OSError):
        if os.getpgid(child) == child:  # with all that it started; Ansible's ssh has a group of its own
            os.killpg(child, number)
        else:
            os.kill(child, number)


def _has_ended(child: int) -> bool:
    with contextlib.suppress(ChildProcessError):  # somebody has waited for it, or it is a child's child
        return os.waitpid(child, os.WNOHANG)[0] == child
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, 0)
        # A zombie that its new parent has not waited for has ended as well.
        return _text(f"/proc/{child}/stat").rpartition(")")[2].split()[:1] == ["Z"]
    return True


def drop(connection: Any) -> None:
    """Have a connection forget what it holds of the host: to close it would be to ask the host once more."""
    for held in ("shell_id", "protocol", "runspace"):
        if hasattr(connection, held):
            setattr(connection, held, None)
    connection._connected = False
