# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""Look at an RD Gateway as a client meets it, without an account: TLS, certificate, and how each transport answers.

``stage`` ``http`` with ``outcome`` ``ok`` means that it asks for an account on at least one transport, as a gateway
does before it says anything else. What policies it has, and which hosts it leads to, takes an account.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import (
    Address,
    Budget,
    Connection,
    Ended,
    Timer,
    connect_any,
    resolve,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.exchange import Tls, malformed, read_frame
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import shown, sni, utc_now
from ansible_collections.winops.rdp.plugins.module_utils.probe.portable import check_portable
from ansible_collections.winops.rdp.plugins.module_utils.wire import http, tls
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed

SCHEMA_VERSION = 1
STAGES = ("name", "tcp", "tls", "http")
PORT = http.PORT
# What an HTTP status says of a transport.
ANSWERS = {
    101: "open",
    200: "open",
    401: "asks_for_account",
    403: "forbidden",
    404: "absent",
    405: "verb_refused",
    407: "proxy",
    501: "verb_refused",
    502: "unavailable",
    503: "unavailable",
    504: "unavailable",
}
_CLOSE_GRACE = 0.1


def look_at_gateway(
    host: str, port: int = PORT, *, timeout: float = 5.0, deadline: float = 30.0, server_name: str | None = None
) -> dict[str, Any]:
    """Look once. Never raises for what the gateway or the network does.

    ``timeout`` and ``deadline`` are seconds for each stage and for the whole; ``server_name`` is sent in TLS and in the
    Host header (default: ``host``).
    """
    try:
        return asyncio.run(_Look(host, port, timeout, deadline, server_name).run())
    except Exception as error:  # a fault of the look is a result too, and not the end of a play
        failure = {"kind": "internal", "number": None, "name": type(error).__name__}
        return {**_blank(host, port), "outcome": "malformed", "failure": failure, "detail": "The look itself failed."}


def _blank(host: str, port: int) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "host": host.encode("utf-8", "backslashreplace").decode("utf-8"),
        "port": port,
        "time": utc_now(),
        "address": None,
        "stage": "name",
        "outcome": "unresolved",
        "failure": None,
        "detail": "",
        "tls": None,
        "certificate": None,
        "trusted": None,
        "transports": dict.fromkeys(http.TRANSPORTS),
        "authentication": [],
        "server": None,
        "connections": 0,
        "timing_ms": {},
    }


class _Look:
    def __init__(self, host: str, port: int, timeout: float, deadline: float, server_name: str | None) -> None:
        self._host, self._port, self._timeout, self._allowed = host, port, timeout, deadline
        self._name = sni(host, server_name)
        self._header = http.host_header(server_name or host, port)
        self._identity = os.urandom(16)
        self._timer = Timer(0.0)
        self._budget = Budget()
        self._addresses: list[Address] = []
        self._result = _blank(host, port)

    async def run(self) -> dict[str, Any]:
        began = time.monotonic()
        self._timer = Timer(asyncio.get_running_loop().time() + self._allowed)
        result = self._result
        try:
            self._addresses = await resolve(self._host, self._port, self._until())
            await self._first()
            for transport in http.TRANSPORTS[1:]:
                await self._ask(transport)
            result["trusted"] = await self._verified()
            self._conclude()
        except Ended as ended:
            self._end(ended)
        result["timing_ms"]["total"] = round((time.monotonic() - began) * 1000, 1)
        check_portable(result)
        return result

    def _until(self) -> float:
        return self._timer.stage(self._timeout)

    def _end(self, ended: Ended) -> None:
        self._result.update(outcome=ended.outcome, failure=ended.failure, detail=ended.sentence)

    # Connections -----------------------------------------------------------------------------------------------

    async def _first(self) -> None:
        """The connection on which TLS and certificate are noted. Raises ``Ended`` if it does not come to HTTP."""
        result = self._result
        result["stage"] = "tcp"
        connection = await self._open()
        try:
            result["stage"] = "tls"
            channel = Tls(connection, self._name)
            await channel.handshake(self._until())
            self._note(channel)
            result["stage"] = "http"
            self._keep("http", await self._answer(channel, "http"))
        finally:
            connection.close()

    async def _open(self) -> Connection:
        self._result["connections"] += 1
        connection, address, _seen = await connect_any(self._addresses, self._until(), budget=self._budget)
        self._addresses = [address]
        self._result["address"] = str(address[1][0])
        return connection

    @asynccontextmanager
    async def _tls(self, settings: ssl.SSLContext | None = None) -> AsyncIterator[Tls]:
        """TLS on a connection of its own. Raises ``Ended``."""
        connection = await self._open()
        try:
            channel = Tls(connection, self._name, settings=settings)
            await channel.handshake(self._until())
            yield channel
        finally:
            connection.close()

    def _note(self, channel: Tls) -> None:
        weaknesses = tls.weaknesses(channel.version, channel.cipher)
        self._result["tls"] = {"version": channel.version, "cipher": channel.cipher, "weaknesses": weaknesses}
        if channel.certificate:
            self._result["certificate"] = shown(channel.certificate)

    async def _ask(self, transport: str) -> None:
        """Ask on a connection of its own; how it ends is the answer."""
        try:
            async with self._tls() as channel:
                self._keep(transport, await self._answer(channel, transport))
        except Ended as ended:
            self._keep(transport, ended)

    async def _answer(self, channel: Tls, transport: str) -> http.Response | Ended:
        head = b""
        try:
            await channel.send(http.request(transport, self._header, self._identity), self._until())
            head, _rest = await read_frame(channel, self._until(), http.head_length)
            answer: http.Response | Ended = http.parse(head)
        except Malformed as error:
            answer = malformed(error, head)
        except Ended as ended:
            answer = ended
        await channel.finish(self._timer.stage(_CLOSE_GRACE))
        return answer

    async def _verified(self) -> dict[str, Any] | None:
        """Whether the machine that looks trusts the certificate's chain, apart from its name; None if not known."""
        settings = ssl.create_default_context()
        settings.check_hostname = False
        try:
            async with self._tls(settings) as channel:
                await channel.finish(self._timer.stage(_CLOSE_GRACE))
        except Ended as ended:
            failure = ended.failure or {}
            if failure.get("kind") != "verify":
                return None
            return {"ok": False, "number": failure["number"], "reason": failure["name"]}
        return {"ok": True, "number": 0, "reason": None}

    # What it comes to ------------------------------------------------------------------------------------------

    def _keep(self, transport: str, answer: http.Response | Ended) -> None:
        kept: dict[str, Any] = {"answer": None, "status": None, "authentication": [], "detail": None}
        if isinstance(answer, Ended):
            kept.update(answer=answer.outcome, detail=answer.detail)
        else:
            kept.update(
                answer=_answer_of(answer.status),
                status=answer.status,
                authentication=answer.schemes,
                detail=answer.reason or None,
            )
            self._result["server"] = self._result["server"] or answer.first("server")
        self._result["transports"][transport] = kept

    def _conclude(self) -> None:
        """Stage and outcome, once everything was asked: the best that any transport gave."""
        result = self._result
        transports = result["transports"]
        answers = {name: kept["answer"] for name, kept in transports.items()}
        asking = [name for name, answer in answers.items() if answer == "asks_for_account"]
        if asking:
            schemes = dict.fromkeys(scheme for name in asking for scheme in transports[name]["authentication"])
            result["authentication"] = list(schemes)
            ways = ", ".join(schemes) or "none that it names"
            detail = f"a gateway asks for an account ({ways}) on {', '.join(asking)}"
            self._end(Ended("ok", detail))
            return
        told = "; ".join(f"{name}: {kept['status'] or kept['answer']}" for name, kept in transports.items())
        outcome = "denied" if any(kept["status"] for kept in transports.values()) else answers["http"]
        failure = {"kind": "http", "number": transports["http"]["status"], "name": answers["http"]}
        self._end(Ended(outcome, f"no transport of a gateway asks for an account ({told})", failure))


def _answer_of(status: int) -> str:
    if 300 <= status < 400:
        return "redirected"
    return ANSWERS.get(status, "other")
