# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""One TCP connection whose every ending has a name.

Used only inside an asyncio event loop that watches file descriptors (any but Windows' own).
"""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

# Address as getaddrinfo gives it: family and socket address.
Address = tuple[int, Any]

_QUICKACK = getattr(socket, "TCP_QUICKACK", None)
_CHUNK = 16384
_REFUSED = (errno.ECONNREFUSED,)
_RESET = (errno.ECONNRESET, errno.ECONNABORTED)
_STAGGER = 0.25
# Addresses of one name that are tried; what a resolver gives beyond that is not the host's doing.
_MAX_ADDRESSES = 16
# What one target may send over all its connections. An ordinary one sends less than a tenth.
_MAX_BYTES = 786432
# Reads of one connection that follow each other without a pause. An ordinary one takes a dozen. Further ones wait for
# more to come, so that bytes that trickle in one by one do not take the time of the other targets.
_FREE_READS = 48
_PAUSE = 0.02
# Reads of one connection after its time is over: what is there already may have come in time while the loop was busy
# elsewhere.
_LATE_READS = 4


def own_address(address: Address) -> str | None:
    """This machine's address from which another one is reached; None if there is no way there. Sends nothing."""
    family, place = address
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as link:
            link.connect(place)
            return str(link.getsockname()[0]).split("%", 1)[0]
    except OSError:
        return None


class Ended(Exception):
    """A stage ended other than by going on to the next.

    ``outcome`` and ``failure`` are those of the result, ``detail`` is a clause, ``addresses`` says what became of
    each address tried.
    """

    def __init__(self, outcome: str, detail: str, failure: dict[str, Any] | None = None) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
        self.failure = failure
        self.addresses: dict[str, str] = {}

    @property
    def sentence(self) -> str:
        return f"{self.detail[:1].upper()}{self.detail[1:]}."


class Timer:
    """How long a stage may take: ``seconds``, and never beyond the deadline of the whole.

    Times are the event loop's.
    """

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline

    def stage(self, seconds: float) -> float:
        return min(asyncio.get_running_loop().time() + seconds, self.deadline)

    @property
    def over(self) -> bool:
        return asyncio.get_running_loop().time() >= self.deadline


class Budget:
    """What one target may still send, over all its connections together."""

    def __init__(self, received: int = _MAX_BYTES) -> None:
        self._left = received

    def spend(self, data: bytes) -> None:
        """Take note of what was received. Raises ``Ended`` when it is more than any listener has to say."""
        self._left -= len(data)
        if self._left < 0:
            failure = {"kind": "bytes", "number": None, "name": None, "hex": data[:64].hex()}
            raise Ended("malformed", "the server's data has no end", failure)


async def resolve(host: str, port: int, until: float) -> list[Address]:
    """The addresses in the resolver's order, at most sixteen. Raises ``Ended``.

    The resolver runs in a thread of its own that nobody waits for: it cannot be stopped, and must not hold up
    the end of the program.
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
        raise _unresolved("name resolution gave no answer in time", None, "TIMEOUT") from None
    except socket.gaierror as error:
        name = next((name for name in _EAI if getattr(socket, name, None) == error.errno), "EAI")
        raise _unresolved(f"the name does not resolve: {error.strerror}", error.errno, name) from None
    except (OSError, ValueError) as error:
        raise _unresolved(f"the name cannot be looked up: {error}", None, type(error).__name__) from None


_EAI = ("EAI_NONAME", "EAI_AGAIN", "EAI_NODATA", "EAI_FAIL")


def _unresolved(detail: str, number: int | None, name: str) -> Ended:
    return Ended("unresolved", detail, {"kind": "resolver", "number": number, "name": name})


def _addresses(host: str, port: int, flags: int) -> list[Address]:
    found: list[Address] = []
    for family, _type, _proto, _name, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags):
        if len(found) < _MAX_ADDRESSES and (int(family), address) not in found:
            found.append((int(family), address))
    if not found:
        raise socket.gaierror(getattr(socket, "EAI_NODATA", socket.EAI_NONAME), "no address")
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


async def _connect(address: Address, until: float, source: str | None, budget: Budget) -> Connection:
    """One attempt at one address. Raises ``Ended``."""
    try:
        sock = socket.socket(address[0], socket.SOCK_STREAM)
    except OSError as error:
        raise _refusal(error.errno or 0) from None
    try:
        number = await _attempt(sock, address, until, source)
        if number in (*_RESET, errno.EPIPE):
            # An attempt that fails is refused; one that is reset was accepted first, which is the next stage's affair.
            return Connection(sock, budget, number)
        if number:
            raise _refusal(number)
    except OSError as error:
        sock.close()
        raise _refusal(error.errno or 0) from None
    except BaseException:
        sock.close()
        raise
    return Connection(sock, budget)


async def _attempt(sock: socket.socket, address: Address, until: float, source: str | None) -> int:
    """Connect; the error number, 0 for none. Raises ``Ended`` if time runs out, and ``OSError``."""
    loop = asyncio.get_running_loop()
    sock.setblocking(False)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if source:
        sock.bind((source, 0))
    number = sock.connect_ex(address[1])
    if number not in (errno.EINPROGRESS, errno.EWOULDBLOCK):
        return number
    answered = await _ready(loop.add_writer, loop.remove_writer, sock, until)
    number = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if number:
        return number
    try:
        # TCP can connect to itself where nothing listens on a port that the system hands out.
        return errno.ECONNREFUSED if sock.getpeername() == sock.getsockname() else 0
    except OSError:
        if answered:  # and was reset since the question before
            return sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) or errno.ECONNRESET
        raise Ended("timeout", "the connection attempt got no answer") from None


def _refusal(number: int) -> Ended:
    failure = {"kind": "errno", "number": number, "name": errno.errorcode.get(number, "UNKNOWN")}
    if number in _REFUSED:
        return Ended("refused", "the connection was refused: nothing listens there, or a filter says so", failure)
    if number == errno.ETIMEDOUT:
        return Ended("timeout", "the connection attempt got no answer", failure)
    if number in (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM, errno.EADDRNOTAVAIL):
        return Ended(
            "unreachable", "the machine that probes has no sockets or ports left; lower the concurrency", failure
        )
    return Ended("unreachable", "the network says that there is no way to the address", failure)


# Of several addresses that all failed, the failure that says most.
TELLING = ("refused", "timeout", "unreachable")


async def connect_any(
    addresses: list[Address], until: float, source: str | None = None, budget: Budget | None = None
) -> tuple[Connection, Address, dict[str, str]]:
    """Connect to the first address that answers, starting the next attempt when one fails or is slow (RFC 8305).

    Gives the connection, its address, and what became of each address tried. Raises ``Ended`` with the most telling
    failure. ``budget`` is what the target may send (default: one of its own for this connection).
    """
    budget = budget or Budget()
    if len(addresses) > 1:
        return await _race(addresses, until, source, budget)
    text = str(addresses[0][1][0])
    try:
        connection = await _connect(addresses[0], until, source, budget)
    except Ended as ended:
        ended.addresses = {text: ended.outcome}
        raise
    return connection, addresses[0], {text: "ok"}


async def _race(
    addresses: list[Address], until: float, source: str | None, budget: Budget
) -> tuple[Connection, Address, dict[str, str]]:
    loop = asyncio.get_running_loop()
    seen: dict[str, str] = {}
    failures: list[Ended] = []
    waiting = list(addresses)
    tasks: dict[asyncio.Task[Connection], Address] = {}
    try:
        while waiting or tasks:
            if waiting:
                address = waiting.pop(0)
                tasks[loop.create_task(_connect(address, until, source, budget))] = address
            stagger = _STAGGER if waiting else None
            done, _pending = await asyncio.wait(tasks, timeout=stagger, return_when=asyncio.FIRST_COMPLETED)
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
        await _abandon(tasks)
    worst = min(failures, key=lambda failure: TELLING.index(failure.outcome))
    worst.addresses = seen
    raise worst


async def _abandon(tasks: Iterable[asyncio.Task[Connection]]) -> None:
    for task in tasks:
        task.cancel()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, Connection):
            result.close()


class Connection:
    """An open connection.

    Reading raises ``Ended`` with ``closed`` (FIN), ``reset`` (RST), ``silent`` (nothing more in time) or
    ``malformed`` (no end of it).
    """

    def __init__(self, sock: socket.socket, budget: Budget, error: int | None = None) -> None:
        self._sock = sock
        self._budget = budget
        self._send_error = error
        self._ahead = b""
        self._reads = 0
        self._late_reads = 0

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
        await self._take_turn(until)
        received = self._read_now()
        if received is None:
            loop = asyncio.get_running_loop()
            if await _ready(loop.add_reader, loop.remove_reader, self._sock, until):
                received = self._read_now()
            if received is None:
                raise Ended("silent", "no answer in time")
        if not received:
            raise _ending(self._send_error or 0)
        self._budget.spend(received)
        return received

    async def _take_turn(self, until: float) -> None:
        """Let the other targets have their turn, and hold to the time, however fast or slowly a server goes on talking.

        Raises ``Ended``.
        """
        now = asyncio.get_running_loop().time()
        self._reads += 1
        if now >= until:
            self._late_reads += 1
            if self._late_reads > _LATE_READS:
                raise Ended("silent", "no end of the answer in time")
        if self._reads > _FREE_READS:
            await asyncio.sleep(min(_PAUSE, max(0.0, until - now)))
        elif self._reads > 1:
            await asyncio.sleep(0)

    def _read_now(self) -> bytes | None:
        """What is there; empty at the end, None if nothing is there. Raises ``Ended``."""
        try:
            if _QUICKACK is not None:
                # Servers that wait for the acknowledgement before they send the rest (Nagle) would cost 40 ms each
                # time.
                self._sock.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)
            return self._sock.recv(_CHUNK)
        except BlockingIOError:
            return None
        except OSError as error:
            raise _ending(error.errno or 0) from None

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
