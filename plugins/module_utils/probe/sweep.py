# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""Many listeners at once: parallel over hosts, one connection at a time for each."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import resource
import signal
import stat
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import Any, TextIO

from ansible_collections.winops.rdp.plugins.module_utils.probe.host import ListenerProbe, failed_result
from ansible_collections.winops.rdp.plugins.module_utils.probe.targets import Target

# Descriptors left for everything but the probes.
_RESERVED = 64
# Names looked up at the same time: each takes a thread.
_RESOLVERS = 64
# Targets begun with in one turn of the event loop.
_PER_TURN = 8
_PROGRESS_SECONDS = 10.0

Progress = Callable[[int, int, int, float], None]


def sweep(
    targets: list[Target],
    options: dict[str, Any],
    *,
    concurrency: int = 2048,
    total_deadline: float | None = None,
    progress: Progress | None = None,
    results_path: str | None = None,
    keep: bool = True,
) -> dict[str, Any]:
    """Probe all targets; ``options`` are those of one probe.

    Gives ``probes`` (results in the order of the targets), ``unfinished`` (targets whose result was not kept, as
    host:port), ``ended`` (``complete``, ``total_deadline`` or ``interrupted``), ``counts`` (of each pair of stage and
    outcome) and ``file_error`` (the ``OSError`` after which no more results were written, or None). ``progress`` is
    called every ten seconds with the number done, the number in all, how many let clients in, and the seconds so far.
    ``results_path`` gets one JSON line for each result as it comes, so that nothing is lost if the process is killed.
    Without ``keep`` results are only written there. Raises ``OSError`` if that file cannot be opened.
    """
    concurrency = min(concurrency, _descriptors())
    with _open_results(results_path) if results_path else nullcontext() as lines:
        return asyncio.run(_Sweep(targets, options, concurrency, progress, lines, keep).run(total_deadline))


def _open_results(path: str) -> TextIO:
    """An empty file that only its owner reads and writes.

    Raises ``OSError``, also for what is no plain file and for a symbolic link.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    descriptor = os.open(path, flags, 0o600)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file")
        os.fchmod(descriptor, 0o600)
        os.ftruncate(descriptor, 0)
        return os.fdopen(descriptor, "w", encoding="utf-8")
    except BaseException:
        os.close(descriptor)
        raise


def _descriptors() -> int:
    """How many connections this process may have open, after asking for as many as it can get."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
            soft = hard
        except (ValueError, OSError):
            pass
    return max(1, soft - _RESERVED) if soft != resource.RLIM_INFINITY else 1 << 20


def _spell(target: Target) -> str:
    host, port = target
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class _Sweep:
    def __init__(
        self,
        targets: list[Target],
        options: dict[str, Any],
        concurrency: int,
        progress: Progress | None,
        lines: TextIO | None,
        keep: bool,
    ) -> None:
        self._targets, self._options = targets, options
        self._concurrency, self._progress, self._lines, self._keep = concurrency, progress, lines, keep
        self._tasks: set[asyncio.Task[None]] = set()
        self._resolving: asyncio.Semaphore | None = None
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._results: list[dict[str, Any] | None] = [None] * len(targets)
        self._finished = bytearray(len(targets))
        self._counts: dict[str, int] = {}
        self._ended = "complete"
        self._file_error: OSError | None = None

    async def run(self, total_deadline: float | None) -> dict[str, Any]:
        began = time.monotonic()
        everything = asyncio.ensure_future(self._everything())
        release = self._on_signals(everything)
        ticker = asyncio.ensure_future(self._tick(began)) if self._progress else None
        try:
            await asyncio.wait_for(everything, total_deadline)
        except asyncio.TimeoutError:
            self._ended = "total_deadline"
        except asyncio.CancelledError:
            if self._ended != "interrupted":
                raise
        finally:
            release()
            if ticker:
                ticker.cancel()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        return {
            "probes": [result for result in self._results if result is not None],
            "unfinished": [_spell(target) for index, target in enumerate(self._targets) if not self._finished[index]],
            "ended": self._ended,
            "counts": dict(sorted(self._counts.items())),
            "file_error": self._file_error,
        }

    def _on_signals(self, everything: asyncio.Future[Any]) -> Callable[[], None]:
        """End early, keeping what there is, on Ctrl-C (SIGINT) or SIGTERM."""
        if threading.current_thread() is not threading.main_thread():
            return lambda: None
        loop = asyncio.get_running_loop()

        def interrupt() -> None:
            self._ended = "interrupted"
            everything.cancel()

        before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
        for number in before:
            loop.add_signal_handler(number, interrupt)

        def release() -> None:
            for number, handler in before.items():
                loop.remove_signal_handler(number)
                signal.signal(number, handler if handler is not None else signal.SIG_DFL)

        return release

    async def _everything(self) -> None:
        """Begin with a few targets in each turn of the event loop, so that those under way are attended to first.

        Their timeouts must be theirs, not ours.
        """
        free = asyncio.Semaphore(self._concurrency)
        self._begun, self._awaited = asyncio.Event(), asyncio.Event()
        self._resolving = asyncio.Semaphore(_RESOLVERS)
        slots = asyncio.ensure_future(self._dispatch_slots())

        def done(task: asyncio.Task[None]) -> None:
            self._tasks.discard(task)
            free.release()

        try:
            for index in range(len(self._targets)):
                if free.locked():
                    self._begun.set()
                await free.acquire()
                task = asyncio.ensure_future(self._one(index))
                self._tasks.add(task)
                task.add_done_callback(done)
                if index % _PER_TURN == 0:
                    await asyncio.sleep(0)
            self._begun.set()
            while self._tasks:
                await asyncio.wait(self._tasks)
        finally:
            slots.cancel()

    async def _tls_slot(self) -> None:
        slot: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(slot)
        self._awaited.set()
        await slot

    async def _dispatch_slots(self) -> None:
        """All targets are asked first, then TLS begins for a few in each turn of the loop.

        It takes our time while the silent ones take theirs.
        """
        await self._begun.wait()
        while True:
            await self._awaited.wait()
            for _slot in range(min(_PER_TURN, len(self._waiting))):
                slot = self._waiting.popleft()
                if not slot.done():
                    slot.set_result(None)
            if not self._waiting:
                self._awaited.clear()
            await asyncio.sleep(0)

    async def _one(self, index: int) -> None:
        """Whatever goes wrong with one target, it has a result and the others keep theirs."""
        host, port = self._targets[index]
        try:
            listener = ListenerProbe(host, port, **self._options, resolving=self._resolving, tls_slot=self._tls_slot)
            result = await listener.run()
            line = json.dumps(result)
        except Exception as error:
            result = failed_result(host, port, "name", error)
            line = json.dumps(result)
        self._keep_result(index, result, line)

    def _keep_result(self, index: int, result: dict[str, Any], line: str) -> None:
        """A target is finished when its result is in the file or in memory."""
        written = self._write(line)
        if self._keep:
            self._results[index] = result
        if not (written or self._keep):
            return
        self._finished[index] = 1
        pair = f"{result['stage']}/{result['outcome']}"
        self._counts[pair] = self._counts.get(pair, 0) + 1

    def _write(self, line: str) -> bool:
        """Whether the line is in the file. After the first error, which may leave half a line, no more is written."""
        if self._lines is None or self._file_error is not None:
            return False
        try:
            self._lines.write(line + "\n")
            self._lines.flush()
        except OSError as error:
            self._file_error = error
            with suppress(OSError):
                self._lines.close()  # what is still in its buffer cannot be written either
            return False
        return True

    async def _tick(self, began: float) -> None:
        while self._progress:
            await asyncio.sleep(_PROGRESS_SECONDS)
            self._progress(
                sum(self._counts.values()),
                len(self._targets),
                self._counts.get("session/ok", 0),
                time.monotonic() - began,
            )
