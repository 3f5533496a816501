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
import math
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any, TypeVar

from ansible_collections.winops.rdp.plugins.plugin_utils.host import text
from ansible_collections.winops.rdp.plugins.plugin_utils.host.documents import MEBIBYTE

Answer = TypeVar("Answer")
# What tidies up on the way out asks the host as well, and is cut off as well.
_AGAIN_SECONDS = 5.0
# How often the memory is looked at, in seconds of the processor's time: what copies a hundred megabytes takes longer.
_LOOK_SECONDS = 0.02
# For a program that is asked to end, before it is made to.
_END_SECONDS = 1.0
# For what is said to a host on leaving it: its answers are there by then.
LEAVE_SECONDS = 10.0


VARIABLE = "rdp_call_timeout"
_SECONDS = 600.0
# What calls may add to the memory of their process, in bytes. An answer of 8 MiB in many small values, which is far
# more than a host has to say, takes two thirds of it while it is read.
MOST_MEMORY = 256 * MEBIBYTE
# Nobody can look while a library reads an answer in one go. It is refused more than this then, so many times as much:
# enough for the few copies that are made of an honest size, for some code ends its process where it is refused any.
_FIRM = 4
_PAGE = resource.getpagesize()


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


def within(seconds: float, call: Callable[[], Answer], had: int | None = None) -> Answer:
    """What the call, a function in Python, gives. Raises ``OverdueError`` where it takes longer, and ``TooLargeError``
    where the process comes to have ``MOST_MEMORY`` more than it ``had`` (default: than it has now). Whatever it ends
    with but an answer, programs that it started, and those that they did, are ended, but no daemon that has left them.
    Ansible's own limit for a task (``task_timeout``) stays in force.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()  # signals are the main thread's
    watch = _Watch(seconds, had, sys._getframe())
    try:
        watch.begin()
        answer = call()
    except BaseException as error:
        watch.caller = None
        watch.room.widen()
        _end(watch.others, watch.ours)
        if isinstance(error, _GivenUp):
            raise error.why from None
        if isinstance(error, Exception) and watch.room.was_full(error):
            raise TooLargeError from None
        raise
    finally:
        watch.caller = None
        watch.end()
    if watch.room.was_full(None):
        raise TooLargeError
    return answer


class _Watch:
    """What rings when a call, made in the frame ``caller``, comes to a limit."""

    def __init__(self, seconds: float, had: int | None, caller: FrameType) -> None:
        self._begun, (self._theirs, _interval) = time.monotonic(), signal.getitimer(signal.ITIMER_REAL)
        self.others, self.ours, self.room = _started({os.getpid()}, set()), set[int](), _Room(had)
        self.caller: FrameType | None = caller
        # What fills the memory takes the processor's time, and who waits is not disturbed by that clock.
        self._timers = {signal.SIGPROF: (signal.ITIMER_PROF, _LOOK_SECONDS)}
        self._before = {number: signal.getsignal(number) for number in (signal.SIGPROF, signal.SIGALRM)}
        self._is_theirs = 0 < self._theirs <= seconds and callable(self._before[signal.SIGALRM])
        if not self._is_theirs:
            self._timers[signal.SIGALRM] = (signal.ITIMER_REAL, seconds)
        self._start = subprocess.Popen.__init__

    def begin(self) -> None:
        for number in self._before:
            signal.signal(number, self._ring)
        self._let_programs_start()
        self.room.close()
        for timer, each in self._timers.values():
            signal.setitimer(timer, each, each)

    def _let_programs_start(self) -> None:
        """With the room that the process had: some outlive the call, and none of them reads an answer in it."""
        real, is_ours = self._start, threading.main_thread()

        def start(program: Any, *args: Any, **options: Any) -> None:
            with self.room.widened():
                real(program, *args, **options)
            if threading.current_thread() is is_ours:
                self.room.close()
            else:
                self.others.add(program.pid)  # is no program of the call

        subprocess.Popen.__init__ = start  # type: ignore[method-assign, assignment]

    def end(self) -> None:
        for timer, _each in self._timers.values():
            signal.setitimer(timer, 0)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        subprocess.Popen.__init__ = self._start  # type: ignore[method-assign]
        self.room.widen()
        if self._theirs and not self._is_theirs:
            left = self._theirs - (time.monotonic() - self._begun)
            signal.setitimer(signal.ITIMER_REAL, max(left, 0.001))

    def _ring(self, number: int, frame: FrameType | None) -> None:
        self.room.widen()  # to look takes memory, and so does tidying up
        if number == signal.SIGALRM and self._is_theirs:
            self._ring_theirs(number, frame)
            return
        # A ring may be rung into as well.
        is_within = _is_within(frame, self.caller, (_Watch._ring.__code__, _Watch.begin.__code__))
        if not is_within or (number == signal.SIGPROF and not self.room.is_full):
            if self.caller:
                self.room.close()
            return
        if signal.SIGALRM in self._timers:
            signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS, _AGAIN_SECONDS)
        self._note()
        self.room.leave()
        raise _GivenUp(TooLargeError if number == signal.SIGPROF else OverdueError)

    def _ring_theirs(self, number: int, frame: FrameType | None) -> None:
        """Ansible's own limit for the task comes first."""
        self._note()
        theirs = self._before[signal.SIGALRM]
        if callable(theirs):
            theirs(number, frame)
        if self.caller:
            self.room.close()

    def _note(self) -> None:
        """What the call has started. Whoever ends a program on the way out of it cuts off what that has started."""
        self.ours.update(_started({os.getpid()}, self.others))


def _is_within(frame: FrameType | None, caller: FrameType | None, but: tuple[CodeType, ...]) -> bool:
    """Whether a frame is that of a function which this caller called, or one below it, and not ``but`` one of those.

    Once the call has ended, with an answer or without, what is raised would get out.
    """
    while frame and frame.f_back is not caller:
        frame = frame.f_back
    return caller is not None and frame is not None and frame.f_code not in but


class _Room:
    """The memory that a call has."""

    def __init__(self, had: int | None) -> None:
        self._most = (memory() if had is None else had) + MOST_MEMORY
        self._peak = _peak()
        # The threads that are about to start a program.
        self._starting = set[int]()
        self._firm = self._limits = resource.getrlimit(resource.RLIMIT_DATA)
        known = _text("/proc/self/statm").split()
        if known:  # elsewhere nothing holds a process to it
            firm = int(known[5]) * _PAGE + _FIRM * MOST_MEMORY
            self._firm = (min([firm, *(one for one in self._limits if one >= 0)]), self._limits[1])

    def close(self) -> None:
        """Refuse the process what goes beyond; not while a program is being started, which would have its limit."""
        if not self._starting:
            resource.setrlimit(resource.RLIMIT_DATA, self._firm)

    @contextlib.contextmanager
    def widened(self) -> Iterator[None]:
        """Have the process as it was while this thread starts a program, whoever looks meanwhile."""
        self._starting.add(threading.get_ident())
        try:
            self.widen()
            yield
        finally:
            self._starting.discard(threading.get_ident())

    def leave(self) -> None:
        """Have more of it on the way out, and no end of it: where an object is being removed Python itself drops what
        is raised, and the call goes on.
        """
        firm, hard = self._firm
        if firm >= 0:
            most = min([firm + MOST_MEMORY, *(one for one in self._limits if one >= 0)])
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))

    def widen(self) -> None:
        """Have the process as it was."""
        resource.setrlimit(resource.RLIMIT_DATA, self._limits)

    @property
    def is_full(self) -> bool:
        return memory() > self._most

    def was_full(self, error: BaseException | None) -> bool:
        """Whether more was taken, or refused, while nobody could look."""
        while error and not isinstance(error, MemoryError):
            error = error.__cause__ or error.__context__
        return error is not None or _peak() > max(self._most, self._peak)


def memory() -> int:
    """What this process has, in bytes; where the system does not tell, the most that it had at any time."""
    known = _text("/proc/self/statm").split()
    return int(known[1]) * _PAGE if known else _peak()


def _peak() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _started(by: set[int], but: set[int]) -> set[int]:
    """The processes that these started, and those that they did, without some and what those started. A master of
    OpenSSH that stays for other calls (ControlPersist) is none, nor a daemon: its parent has ended.
    """
    listed = os.path.exists("/proc/thread-self/children")  # not with every kernel
    parents = {} if listed else _parents()
    found: set[int] = set()
    left = list(by)
    while left:
        process = left.pop()
        children = _children(process) if listed else {one for one, parent in parents.items() if parent == process}
        children = {child for child in children - found - but if not _is_master(child)}
        left += children
        found |= children
    return found


def _is_master(process: int) -> bool:
    """By what OpenSSH calls it."""
    words = _text(f"/proc/{process}/cmdline").rstrip("\0 ")
    return words.startswith("ssh: ") and words.endswith(" [mux]")


def _children(process: int) -> set[int]:
    threads = f"/proc/{process}/task"
    with contextlib.suppress(OSError):  # it has ended meanwhile
        return {int(child) for one in os.listdir(threads) for child in _text(f"{threads}/{one}/children").split()}
    return set()


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
    with contextlib.suppress(OSError), open(path, "rb", buffering=0) as file:
        return file.read().decode("utf-8", "replace")
    return ""


def _end(others: set[int], ours: set[int]) -> None:
    """End what was not there before. Asked to first: sshpass passes that on to an ssh that is in no group of its own
    making. All are known before one of them is told: what that leaves behind has lost its parent."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        patience = time.monotonic() + _END_SECONDS
        told = set[int]()
        while left := {child for child in ours | _started({os.getpid(), *ours}, others) if not _has_ended(child)}:
            ours |= left
            for child in left - told:
                _signal(child, number)
            told |= left
            if time.monotonic() > patience:
                break
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


def last_seconds() -> float:
    """What Ansible's own limit for the task has left, which rings no more: an answer that is there is not to be lost.
    Without an end where there is none."""
    handler = signal.getsignal(signal.SIGALRM)
    if not str(getattr(handler, "__module__", "")).startswith("ansible."):
        return math.inf
    return signal.setitimer(signal.ITIMER_REAL, 0)[0] or math.inf


def drop(connection: Any) -> None:
    """Have a connection forget what it holds of the host: to close it would be to ask the host once more."""
    for owner, held, empty in (
        (connection, "shell_id", None),
        (connection, "protocol", None),
        (connection, "runspace", None),
        (getattr(connection, "_shell", None), "tmpdir", None),
        (connection, "_connected", False),
    ):
        with contextlib.suppress(Exception):  # in another's plugin anything may stand behind such a name
            if hasattr(owner, held):
                setattr(owner, held, empty)
