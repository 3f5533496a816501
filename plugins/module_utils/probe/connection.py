# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One TCP connection whose every ending has a name. Used only inside an asyncio event loop that watches file descriptors (any but Windows' own)."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

# Address as getaddrinfo gives it: family and socket address.
Address = tuple[int, Any]

_QUICKACK = getattr(socket, "TCP_QUICKACK", None)
_CHUNK = 16384
_REFUSED = (errno.ECONNREFUSED,)
_RESET = (errno.ECONNRESET, errno.ECONNABORTED)
_STAGGER = 0.25


class Ended(Exception):
    """A stage ended other than by going on to the next.

    ``outcome`` and ``failure`` are those of the result, ``detail`` is a clause, ``addresses`` says what became of each address tried.
    """

    def __init__(self, outcome: str, detail: str, failure: dict[str, Any] | None = None) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
        self.failure = failure
        self.addresses: dict[str, str] = {}


class Timer:
    """How long a stage may take: ``seconds``, and never beyond the deadline of the whole. Times are the event loop's."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    def stage(self, seconds: float) -> float:
        return min(asyncio.get_running_loop().time() + seconds, self.deadline)

    @property
    def over(self) -> bool:
        return asyncio.get_running_loop().time() >= self.deadline


async def resolve(host: str, port: int, until: float) -> list[Address]:
    """All addresses, in the resolver's order. Raises ``Ended``.

    The resolver runs in a thread of its own that nobody waits for: it cannot be told to stop, and must not hold up the end of the program.
    """
    try:
        return _addresses(host, port, socket.AI_NUMERICHOST)
    except (OSError, ValueError):
        pass
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[list[Address]] = loop.create_future()

    def settle(value: Any, error: BaseException | None) -> None:
        if not answer.done():
            answer.set_exception(error) if error else answer.set_result(value)

    def ask() -> None:
        try:
            value, error = _addresses(host, port, 0), None
        except Exception as caught:  # whatever the resolver raises is the answer
            value, error = [], caught
        with suppress(RuntimeError):  # the loop may have ended meanwhile
            loop.call_soon_threadsafe(settle, value, error)

    threading.Thread(target=ask, daemon=True, name="winops.rdp resolver").start()
    try:
        return await asyncio.wait_for(answer, max(0.0, until - loop.time()))
    except asyncio.TimeoutError:
        raise Ended("unresolved", "name resolution gave no answer in time", {"kind": "resolver", "number": None, "name": "TIMEOUT"}) from None
    except socket.gaierror as error:
        name = next((name for name in ("EAI_NONAME", "EAI_AGAIN", "EAI_NODATA", "EAI_FAIL") if getattr(socket, name, None) == error.errno), "EAI")
        raise Ended("unresolved", f"the name does not resolve: {error.strerror}", {"kind": "resolver", "number": error.errno, "name": name}) from None
    except (OSError, ValueError) as error:
        raise Ended("unresolved", f"the name cannot be looked up: {error}", {"kind": "resolver", "number": None, "name": type(error).__name__}) from None


def _addresses(host: str, port: int, flags: int) -> list[Address]:
    found: list[Address] = []
    for family, _type, _proto, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags):
        if (int(family), address) not in found:
            found.append((int(family), address))
    return found


async def _ready(add: Callable[..., Any], remove: Callable[..., Any], sock: socket.socket, until: float) -> bool:
    """Wait for readiness; False if time ran out."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[bool] = loop.create_future()

    def settle(value: bool) -> None:
        if not answer.done():
            answer.set_result(value)

    timer = loop.call_at(until, settle, False)
    add(sock.fileno(), settle, True)
    try:
        return await answer
    finally:
        remove(sock.fileno())
        timer.cancel()


async def _connect(address: Address, until: float, source: str | None) -> Connection:
    """One attempt at one address. Raises ``Ended``."""
    loop = asyncio.get_running_loop()
    try:
        sock = socket.socket(address[0], socket.SOCK_STREAM)
    except OSError as error:
        raise _refusal(error.errno or 0) from None
    try:
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if source:
            sock.bind((source, 0))
        number = sock.connect_ex(address[1])
        if number in (errno.EINPROGRESS, errno.EWOULDBLOCK):
            await _ready(loop.add_writer, loop.remove_writer, sock, until)
            number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if number == 0:
                try:
                    # TCP can connect to itself where nothing listens on a port that the system hands out.
                    if sock.getpeername() == sock.getsockname():
                        number = errno.ECONNREFUSED
                except OSError:
                    raise Ended("timeout", "the connection attempt got no answer") from None
        if number in (*_RESET, errno.EPIPE):
            # An attempt that fails is refused; one that is reset was accepted first, which is the next stage's affair.
            return Connection(sock, number)
        if number:
            raise _refusal(number)
    except OSError as error:
        sock.close()
        raise _refusal(error.errno or 0) from None
    except BaseException:
        sock.close()
        raise
    return Connection(sock)


def _refusal(number: int) -> Ended:
    failure = {"kind": "errno", "number": number, "name": errno.errorcode.get(number, "UNKNOWN")}
    if number in _REFUSED:
        return Ended("refused", "the connection was refused: nothing listens there, or a filter says so", failure)
    if number == errno.ETIMEDOUT:
        return Ended("timeout", "the connection attempt got no answer", failure)
    if number in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL):
        return Ended("unreachable", "the machine that probes has no sockets or ports left; lower the concurrency", failure)
    return Ended("unreachable", "the network says that there is no way to the address", failure)


# Of several addresses that all failed, the failure that says most.
_TELLING = ("refused", "timeout", "unreachable")


async def connect_any(addresses: list[Address], until: float, source: str | None = None) -> tuple[Connection, Address, dict[str, str]]:
    """Connect to the first address that answers, starting the next attempt when one fails or is slow (RFC 8305).

    Gives the connection, its address, and what became of each address tried. Raises ``Ended`` with the most telling failure.
    """
    loop = asyncio.get_running_loop()
    seen: dict[str, str] = {}
    failures: list[Ended] = []
    if len(addresses) == 1:
        text = str(addresses[0][1][0])
        try:
            connection = await _connect(addresses[0], until, source)
        except Ended as ended:
            ended.addresses = {text: ended.outcome}
            raise
        return connection, addresses[0], {text: "ok"}
    waiting = list(addresses)
    tasks: dict[asyncio.Task[Connection], Address] = {}
    try:
        while waiting or tasks:
            if waiting:
                address = waiting.pop(0)
                tasks[loop.create_task(_connect(address, until, source))] = address
            done, _pending = await asyncio.wait(tasks, timeout=_STAGGER if waiting else None, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                address = tasks.pop(task)
                failure = task.exception()
                if failure is None:
                    seen[str(address[1][0])] = "ok"
                    return task.result(), address, seen
                if not isinstance(failure, Ended):
                    raise failure
                seen[str(address[1][0])] = failure.outcome
                failures.append(failure)
    finally:
        for task in tasks:
            task.cancel()
        for result in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(result, Connection):
                result.close()
    worst = min(failures, key=lambda failure: _TELLING.index(failure.outcome))
    worst.addresses = seen
    raise worst


class Connection:
    """An open connection. Reading raises ``Ended`` with ``closed`` (FIN), ``reset`` (RST) or ``silent`` (nothing more in time)."""

    def __init__(self, sock: socket.socket, error: int | None = None) -> None:
        self._sock = sock
        self._send_error = error
        self._ahead = b""

    def put_back(self, data: bytes) -> None:
        """What was read too far comes first in the next read."""
        self._ahead = data + self._ahead

    async def send(self, data: bytes, until: float) -> None:
        """Send what can be sent. An error is kept for the next read, which sees what the server said before it."""
        loop = asyncio.get_running_loop()
        view = memoryview(data)
        while view and self._send_error is None:
            try:
                view = view[self._sock.send(view) :]
            except BlockingIOError:
                if not await _ready(loop.add_writer, loop.remove_writer, self._sock, until):
                    return
            except OSError as error:
                self._send_error = error.errno or 0

    async def receive(self, until: float) -> bytes:
        """At least one byte. Raises ``Ended``."""
        if self._ahead:
            data, self._ahead = self._ahead, b""
            return data
        loop = asyncio.get_running_loop()
        waited = False
        while True:
            try:
                if _QUICKACK is not None:
                    # Servers that wait for the acknowledgement before they send the rest (Nagle) would cost 40 ms each time.
                    self._sock.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)
                data = self._sock.recv(_CHUNK)
            except BlockingIOError:
                if waited:
                    raise Ended("silent", "no answer in time") from None
                waited = not await _ready(loop.add_reader, loop.remove_reader, self._sock, until)
                continue
            except OSError as error:
                raise _ending(error.errno or 0) from None
            if data:
                return data
            raise _ending(self._send_error or 0)

    async def finish(self, until: float) -> None:
        """Close as a client that has finished does: say so, and give the server a moment to do the same."""
        try:
            self._sock.shutdown(socket.SHUT_WR)
            for _turn in range(8):
                await self.receive(until)
        except (OSError, Ended):
            pass
        self.close()

    def close(self) -> None:
        self._sock.close()


def _ending(number: int) -> Ended:
    if number in _RESET:
        return Ended("reset", "the server reset the connection")
    if number in (0, errno.EPIPE):
        return Ended("closed", "the server closed the connection")
    if number == errno.ETIMEDOUT:
        return Ended("silent", "the connection died without a word")
    failure = {"kind": "errno", "number": number, "name": errno.errorcode.get(number, "UNKNOWN")}
    return Ended("reset", "the connection broke", failure)
