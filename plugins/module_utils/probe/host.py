# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""Probe one listener as a client does, without credentials.

``stage`` ``session`` with ``outcome`` ``ok`` is what "a client gets in" means as far as this can be seen from
outside: with Network Level Authentication the server sent its CredSSP challenge; with TLS or standard RDP security it
answered the client's request for a conference (MCS Connect-Initial).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import ipaddress
import threading
from collections.abc import Awaitable, Callable
from datetime import datetime, timezone
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.client_view import client_view
from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import (
    Address,
    Budget,
    Connection,
    Ended,
    Timer,
    connect_any,
    own_address,
    resolve,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.exchange import (
    Leg,
    Tls,
    credssp_leg,
    hello,
    mcs_connect,
    negotiate,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.portable import check_portable
from ansible_collections.winops.rdp.plugins.module_utils.wire import mcs, negotiation, tls, x224

SCHEMA_VERSION = 1
STAGES = ("name", "tcp", "negotiation", "tls", "credssp", "session")
OUTCOMES = (
    "ok",
    "unresolved",
    "refused",
    "unreachable",
    "timeout",
    "silent",
    "closed",
    "reset",
    "alert",
    "denied",
    "not_rdp",
    "malformed",
)
DEPTHS = ("client", "full")

COOKIE = "rdp_probe"
# What mstsc asks for.
CLIENT_ASKS = negotiation.TLS | negotiation.NLA | negotiation.NLA_EX
# RDSTLS comes before TLS because its answer often settles both.
_QUESTIONS = (
    ("rdstls", negotiation.TLS | negotiation.RDSTLS),
    ("tls", negotiation.TLS),
    ("nla", negotiation.TLS | negotiation.NLA),
    ("rdp", negotiation.RDP),
)
# How long a server may take to close its side after the probe has closed its own.
_CLOSE_GRACE = 0.1

# Build numbers of Windows. A hint, not a proof: servers and editions share builds, and other programs borrow numbers.
_PRODUCTS = {
    6002: "Windows Server 2008",
    7601: "Windows 7 or Server 2008 R2",
    9200: "Windows 8 or Server 2012",
    9600: "Windows 8.1 or Server 2012 R2",
    10240: "Windows 10 1507",
    10586: "Windows 10 1511",
    14393: "Windows 10 1607 or Server 2016",
    15063: "Windows 10 1703",
    16299: "Windows 10 1709",
    17134: "Windows 10 1803",
    17763: "Windows 10 1809 or Server 2019",
    18362: "Windows 10 1903",
    18363: "Windows 10 1909",
    19041: "Windows 10 2004",
    19042: "Windows 10 20H2",
    19043: "Windows 10 21H1",
    19044: "Windows 10 21H2",
    19045: "Windows 10 22H2",
    20348: "Windows Server 2022",
    22000: "Windows 11 21H2",
    22621: "Windows 11 22H2",
    22631: "Windows 11 23H2",
    25398: "Windows Server 23H2",
    26100: "Windows 11 24H2 or Server 2025",
    26200: "Windows 11 25H2",
}


def probe(
    host: str,
    port: int = 3389,
    *,
    timeout: float = 5.0,
    deadline: float = 30.0,
    server_name: str | None = None,
    load_balance_info: str | None = None,
    depth: str = "full",
    spacing: float = 0.0,
    source: str | None = None,
) -> dict[str, Any]:
    """Probe one listener and say how far a client gets. Never raises for what a host or a network does.

    ``timeout`` and ``deadline`` are seconds per stage and for the whole. ``server_name`` is sent in TLS (default:
    ``host`` unless it is an address). ``load_balance_info`` is the routing token of a broker or load balancer.
    ``depth`` ``client`` makes the one connection that a client makes; ``full`` also asks for every protocol by
    itself, for the oldest TLS version and for the encryption methods. ``spacing`` is a pause in seconds between
    connections; without one the next begins when the server has closed the last. ``source`` is the local address to
    connect from.
    """
    given = (timeout, deadline, server_name, load_balance_info, depth, spacing, source)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _probe_in_new_loop(host, port, given)
    # Called from code that runs an event loop itself: use another one beside it.
    results: list[dict[str, Any]] = []
    thread = threading.Thread(
        target=lambda: results.append(_probe_in_new_loop(host, port, given)), name="winops.rdp probe"
    )
    thread.start()
    thread.join()
    return results[0]


def _probe_in_new_loop(host: str, port: int, given: tuple[Any, ...]) -> dict[str, Any]:
    try:
        return asyncio.run(ListenerProbe(host, port, *given).run())
    except Exception as error:  # a fault of the probe is a result too, and not the end of a play
        return failed_result(host, port, "name", error)


def blank_result(host: str, port: int) -> dict[str, Any]:
    """The result of a probe that has not begun."""
    return {
        "schema_version": SCHEMA_VERSION,
        "host": host.encode("utf-8", "backslashreplace").decode("utf-8"),
        "port": port,
        "address": None,
        "addresses": [],
        "source": None,
        "stage": "name",
        "outcome": "unresolved",
        "failure": None,
        "detail": "",
        "selected": None,
        "offered": dict.fromkeys(negotiation.PROTOCOLS.values()),
        "nla": None,
        "tls": None,
        "certificate": None,
        "identity": None,
        "encryption": None,
        "rdp_version": None,
        "client_view": None,
        "timing_ms": {},
        "connections": 0,
        "time": None,
    }


def failed_result(host: str, port: int, stage: str, error: Exception) -> dict[str, Any]:
    """The result of a target at which the probe itself failed. It holds nothing that the target sent."""
    failure = {"kind": "internal", "number": None, "name": type(error).__name__}
    return {
        **blank_result(host, port),
        "stage": stage,
        "outcome": "malformed",
        "failure": failure,
        "detail": f"{_probe_failed(error)[:1].upper()}{_probe_failed(error)[1:]}.",
        "client_view": client_view(stage, "malformed", failure),
        "time": utc_now(),
    }


def _probe_failed(error: Exception) -> str:
    return f"the probe itself failed: {repr(error)[:_SHOWN_OF_ERROR]}"


# As much of an error of the probe itself is shown; it may quote what a server sent.
_SHOWN_OF_ERROR = 200


def utc_now() -> str:
    return datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def shown(der: bytes) -> dict[str, Any] | None:
    """A certificate as a result has it; None for one that is larger than any that Windows serves."""
    if len(der) > tls.MAX_CERTIFICATE:
        return None
    return {
        "der": base64.b64encode(der).decode("ascii"),
        "sha1": hashlib.sha1(der).hexdigest().upper(),
        "sha256": hashlib.sha256(der).hexdigest().upper(),
    }


def numeric(host: str) -> bool:
    """Whether it is an address, which needs no resolver."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


def sni(host: str, server_name: str | None) -> str | None:
    """The name to send in TLS: none for addresses, and none that TLS cannot carry."""
    name = (server_name or host).rstrip(".")
    if numeric(name):
        return None
    try:
        name.encode("idna").decode("ascii")
    except UnicodeError:
        return None
    return name if name and not name.startswith(".") else None


class ListenerProbe:
    """The probe of one listener. ``run`` may be awaited once.

    ``resolving`` bounds how many names are looked up at the same time; ``tls_slot`` is waited for before TLS, which
    is what takes processor time.
    """

    def __init__(
        self,
        host: str,
        port: int,
        timeout: float,
        deadline: float,
        server_name: str | None,
        load_balance_info: str | None,
        depth: str,
        spacing: float,
        source: str | None = None,
        resolving: asyncio.Semaphore | None = None,
        tls_slot: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self._host, self._port = host, port
        self._timeout, self._allowed = timeout, deadline
        self._name = sni(host, server_name)
        self._token = load_balance_info.encode("latin-1", "replace") if load_balance_info else b""
        self._depth, self._spacing, self._source = depth, spacing, source
        self._address: Address | None = None
        self._timer = Timer(0.0)
        self._asked = CLIENT_ASKS
        self._stage_began = 0.0
        self._settled = False
        self._notes: list[str] = []
        self._resolving = resolving
        self._tls_slot = tls_slot
        self._budget = Budget()
        self.result = blank_result(host, port)

    async def run(self) -> dict[str, Any]:
        """The result, whatever happens."""
        loop = asyncio.get_running_loop()
        if self._resolving and not numeric(self._host):
            # Waiting for a turn is not the resolver's silence.
            await self._resolving.acquire()
        else:
            self._resolving = None
        began = loop.time()
        self._timer = Timer(began + self._allowed)
        self.result["time"] = utc_now()
        try:
            await self._as_client()
            if self._depth == "full":
                await self._matrix()
        except Exception as error:  # a fault of the probe must not cost the other targets of a sweep their results
            if self._settled:
                self.result["detail"] += f" After that {_probe_failed(error)}."
            else:
                failure = {"kind": "internal", "number": None, "name": type(error).__name__}
                self._end(Ended("malformed", _probe_failed(error), failure))
        return self._finished(began)

    def _finished(self, began: float) -> dict[str, Any]:
        """The result with what follows from it, or, if it cannot be carried as JSON, one that says so."""
        result = self.result
        try:
            result["nla"] = _nla(result["offered"])
            result["client_view"] = client_view(result["stage"], result["outcome"], result["failure"])
            result["timing_ms"]["total"] = round((asyncio.get_running_loop().time() - began) * 1000, 1)
            result["detail"] = " ".join((result["detail"], *dict.fromkeys(self._notes)))
            check_portable(result)
        except Exception as error:  # as above
            return failed_result(self._host, self._port, result["stage"], error)
        return result

    # The connection that a client makes.

    async def _as_client(self) -> None:
        try:
            await self._attempt()
            self._end(Ended("ok", self._detail()))
        except Ended as ended:
            self._end(ended)
            if (
                self.result["stage"] == "tls"
                and ended.outcome in ("alert", "closed", "reset", "malformed")
                and not self._timer.over
            ):
                await self._legacy_pass()

    def _begin(self, stage: str) -> float:
        now = asyncio.get_running_loop().time()
        self._stop(now)
        self.result["stage"] = stage
        self._stage_began = now
        return self._timer.stage(self._timeout)

    def _stop(self, now: float) -> None:
        """Note how long the stage took."""
        if self._stage_began:
            self.result["timing_ms"][self.result["stage"]] = round((now - self._stage_began) * 1000, 1)
        self._stage_began = 0.0

    def _end(self, ended: Ended) -> None:
        self._stop(asyncio.get_running_loop().time())
        failure = ended.failure
        if failure and failure.pop("late", False):
            # TLS 1.3: the server turned the client's last flight down, which the client learns only when it reads on.
            self.result["stage"] = "tls"
        self.result.update(outcome=ended.outcome, failure=failure, detail=ended.sentence)
        self._settled = True

    async def _attempt(self) -> None:
        until = self._begin("name")
        try:
            addresses = await self._resolve(until)
        finally:
            if self._resolving:
                self._resolving.release()
        self.result["addresses"] = [{"address": str(address[1][0]), "outcome": None} for address in addresses]
        until = self._begin("tcp")
        connection = await self._connect(addresses, until)
        until = self._begin("negotiation")
        try:
            try:
                confirm = await self._negotiate(connection, self._asked, until)
            except Ended as ended:
                if (ended.failure or {}).get("kind") != "negotiation" or (ended.failure or {}).get(
                    "number"
                ) != negotiation.SSL_NOT_ALLOWED:
                    raise
                # Clients then ask for standard RDP security.
                connection, confirm = await self._ask_again(connection, ended)
            selected = confirm.answer.selected if confirm.answer else negotiation.RDP
            self.result["selected"] = negotiation.PROTOCOLS.get(selected or 0)
            if not selected:
                self._note_conference(
                    await mcs_connect(connection, mcs.ALL_METHODS, 0, self._begin("session")), legacy=True
                )
                await self._close_gracefully(connection)
                return
            await self._wait_for_tls_slot()
            channel = await self._secure(connection, self._begin("tls"))
            if selected == negotiation.TLS:
                self._note_conference(await mcs_connect(channel, 0, selected, self._begin("session")), legacy=False)
            else:
                self.result["identity"] = _identity(await credssp_leg(channel, self._begin("credssp")), confirm.source)
                self._begin("session")
            await self._close_gracefully(channel)
        finally:
            connection.close()

    async def _resolve(self, until: float) -> list[Address]:
        return await resolve(self._host, self._port, until)

    async def _wait_for_tls_slot(self) -> None:
        """Waiting for a free place is no fault of the target: it counts towards no stage and no deadline."""
        if self._tls_slot is None:
            return
        began = asyncio.get_running_loop().time()
        self._stop(began)
        await self._tls_slot()
        self._do_not_charge(asyncio.get_running_loop().time() - began)

    def _do_not_charge(self, seconds: float) -> None:
        """Time that the probe itself took is none of the target's."""
        self._timer.deadline += seconds
        if self._stage_began:
            self._stage_began += seconds

    async def _close_gracefully(self, channel: Connection | Tls) -> None:
        """The end is no part of the stage."""
        self._stop(asyncio.get_running_loop().time())
        await channel.finish(self._close_grace())

    async def _ask_again(self, connection: Connection, first: Ended) -> tuple[Connection, x224.Confirm]:
        connection.close()
        try:
            again = await self._open()
        except Ended:
            raise first from None
        try:
            return again, await self._negotiate(again, negotiation.RDP, self._timer.stage(self._timeout))
        except Ended:
            again.close()
            raise first from None

    async def _connect(self, addresses: list[Address], until: float) -> Connection:
        self.result["connections"] += 1
        self.result["source"] = self._source or own_address(addresses[0])
        seen: dict[str, str] = {}
        try:
            connection, self._address, seen = await connect_any(addresses, until, self._source, self._budget)
        except Ended as ended:
            seen = ended.addresses
            raise
        finally:
            for entry in self.result["addresses"]:
                entry["outcome"] = seen.get(entry["address"], entry["outcome"])
        self.result["address"] = str(self._address[1][0])
        self.result["source"] = self._source or own_address(self._address)
        return connection

    async def _open(self) -> Connection:
        """Another connection to the address that answered."""
        if self._address is None or self._timer.over:
            raise Ended("timeout", "no time left")
        if self._spacing:
            await asyncio.sleep(min(self._spacing, max(0.0, self._timer.deadline - asyncio.get_running_loop().time())))
        self.result["connections"] += 1
        until = self._timer.stage(self._timeout)
        connection, _address, _seen = await connect_any([self._address], until, self._source, self._budget)
        return connection

    async def _negotiate(self, connection: Connection, asked: int, until: float) -> x224.Confirm:
        offered = self.result["offered"]
        try:
            confirm = await negotiate(connection, asked, until, self._token, COOKIE)
        except Ended as ended:
            failure = ended.failure or {}
            if ended.outcome == "denied" and failure.get("kind") == "negotiation":
                negotiation.learn(offered, asked, negotiation.Answer(0, None, failure["number"]))
            raise
        negotiation.learn(offered, asked, confirm.answer)
        return confirm

    async def _secure(self, connection: Connection, until: float, legacy: bool = False) -> Tls:
        channel = Tls(connection, self._name, legacy)
        try:
            await channel.handshake(until)
        except Ended:
            if seen := channel.plaintext_certificates():
                self._note_certificate(seen[0])
            raise
        finally:
            self._do_not_charge(channel.waited)
        self._note_tls(channel.version, channel.cipher, modern=not legacy)
        if channel.certificate:
            self._note_certificate(channel.certificate)
        return channel

    def _note_tls(self, version: str | None, cipher: str | None, modern: bool) -> None:
        self.result["tls"] = {
            "version": version,
            "cipher": cipher,
            "lowest_version": None,
            "modern": modern,
            "weaknesses": tls.weaknesses(version, cipher),
        }

    def _note_conference(self, response: mcs.Response, legacy: bool) -> None:
        if response.version is not None:
            self.result["rdp_version"] = mcs.VERSIONS.get(response.version, f"0x{response.version:08X}")
        if legacy:
            self.result["encryption"] = _encryption(response)

    def _note_certificate(self, der: bytes) -> None:
        self.result["certificate"] = shown(der)
        if self.result["certificate"] is None:
            self._notes.append(
                f"The certificate of {len(der)} bytes is larger than any that Windows serves, and was not kept."
            )

    def _detail(self) -> str:
        selected = self.result["selected"]
        if selected in ("nla", "nla_ex"):
            return "a client gets in as far as the logon, with Network Level Authentication"
        if selected == "tls":
            return "a client gets in as far as the logon, with TLS and without Network Level Authentication"
        return "a client gets in as far as the logon, with standard RDP security only"

    # What a current client turned down is read all the same.

    async def _legacy_pass(self) -> None:
        """A second pass with legacy TLS settings. Outcome and stage stay those of a current client."""
        try:
            connection = await self._open()
            try:
                confirm = await self._negotiate(connection, self._asked, self._timer.stage(self._timeout))
                channel = await self._secure(connection, self._timer.stage(self._timeout), legacy=True)
                if confirm.answer and confirm.answer.selected in (negotiation.NLA, negotiation.NLA_EX):
                    self.result["identity"] = _identity(
                        await credssp_leg(channel, self._timer.stage(self._timeout)), confirm.source
                    )
                await channel.finish(self._close_grace())
            finally:
                connection.close()
        except Ended:
            pass
        if self.result["tls"] is None:
            await self._read_raw_handshake()
        seen = self.result["tls"]
        if seen is None:
            return
        if seen["weaknesses"]:
            seen["modern"] = False
            self.result["detail"] += (
                f" With legacy TLS settings it speaks {seen['version']} with {seen['cipher']},"
                " which a current client refuses."
            )
        else:
            self.result["detail"] += f" A second attempt got as far as {seen['version']} with {seen['cipher']}."

    async def _read_raw_handshake(self) -> None:
        """Read version, cipher and certificate from a handshake that the local TLS library cannot finish."""
        for version in (tls.TLS12, tls.SSL3):
            try:
                flight = await self._hello(version)
            except Ended:
                continue
            if flight and flight.version and flight.cipher is not None:
                cipher = tls.CIPHERS.get(flight.cipher, f"0x{flight.cipher:04X}")
                self._note_tls(tls.VERSIONS[flight.version], cipher, modern=False)
                if flight.certificates:
                    self._note_certificate(flight.certificates[0])
                return

    async def _hello(self, version: int) -> tls.Flight | None:
        """The answer to a hello of one version; None where the server ended the connection instead.

        Raises ``Ended`` where neither is known.
        """
        connection = await self._open()
        try:
            await self._negotiate(connection, self._asked, self._timer.stage(self._timeout))
            try:
                flight = await hello(connection, version, self._name, self._timer.stage(self._timeout))
            except Ended as ended:
                if ended.outcome in ("closed", "reset"):
                    return None
                raise
            await connection.finish(self._close_grace())
            return flight
        finally:
            connection.close()

    # Everything else that can be asked without credentials.

    async def _matrix(self) -> None:
        stage, outcome = self.result["stage"], self.result["outcome"]
        if stage in ("name", "tcp") or (stage == "negotiation" and outcome != "denied"):
            return
        offered = self.result["offered"]
        if offered["rdp"] and offered["tls"] is False and offered["rdstls"] is None:
            # Asked for anything inside TLS, the server took standard RDP security.
            offered["rdstls"] = False
        for name, asked in _QUESTIONS:
            # A refusal of all that a client asks for is one of NLA, but says too little about what is below it.
            doubtful = outcome == "denied" and name != "nla" and not offered[name]
            if (offered[name] is None or doubtful) and not await self._ask(asked):
                return
        await self._methods()
        if self.result["tls"]:
            await self._lowest_tls_version()
        # Last, because some servers take offence at the question.
        await self._ask(negotiation.AAD)

    async def _ask(self, asked: int) -> bool:
        """Ask for one protocol; False where asking on has no sense: silence costs its time again each time."""
        try:
            connection = await self._open()
        except Ended:
            return False
        try:
            confirm = await self._negotiate(connection, asked, self._timer.stage(self._timeout))
            if (
                asked == negotiation.RDP
                and self.result["encryption"] is None
                and not (confirm.answer and confirm.answer.selected)
            ):
                self._note_conference(
                    await mcs_connect(connection, mcs.ALL_METHODS, 0, self._timer.stage(self._timeout)), legacy=True
                )
            await connection.finish(self._close_grace())
        except Ended as ended:
            return ended.outcome != "silent"
        finally:
            connection.close()
        return True

    async def _methods(self) -> None:
        """Which methods of standard RDP security the server agrees to.

        One question each, and only the answer to the question counts.
        """
        found = self.result["encryption"]
        if not found or not found["method_number"]:
            return
        for method in (1, 8, 2, 16):
            if method == found["method_number"]:
                found["methods"][mcs.METHODS[method]] = True
                continue
            try:
                connection = await self._open()
            except Ended:
                return
            agreed = None
            try:
                await self._negotiate(connection, negotiation.RDP, self._timer.stage(self._timeout))
                agreed = False
                agreed = (await mcs_connect(connection, method, 0, self._timer.stage(self._timeout))).method == method
                await connection.finish(self._close_grace())
            except Ended as ended:
                if ended.outcome == "silent":
                    return
            finally:
                connection.close()
            found["methods"][mcs.METHODS[method]] = agreed

    async def _lowest_tls_version(self) -> None:
        """The oldest TLS version that the server accepts, up to the one it agreed to."""
        found = self.result["tls"]
        agreed = lowest = tls.NUMBERS.get(found["version"], tls.TLS12)
        try:
            for version in (tls.TLS11, tls.TLS12):
                if version < agreed and (flight := await self._hello(version)) and flight.version:
                    lowest = flight.version
                    break
            while (
                tls.SSL3 < lowest <= tls.TLS11
                and (flight := await self._hello(lowest - 1))
                and flight.version
                and flight.version < lowest
            ):
                lowest = flight.version
        except Ended:
            return  # silence is no answer: not known
        found["lowest_version"] = tls.VERSIONS[lowest]
        if lowest < tls.TLS12 <= agreed:
            found["weaknesses"].append(f"accepts {tls.VERSIONS[lowest]}")

    def _close_grace(self) -> float:
        return self._timer.stage(_CLOSE_GRACE)


def _nla(offered: dict[str, bool | None]) -> str | None:
    """Whether Network Level Authentication is ``required``, ``optional`` or ``unavailable``; None if not known."""
    if offered["nla"] or offered["nla_ex"]:
        others = (offered["tls"], offered["rdp"])
        if True in others:
            return "optional"
        return "required" if others == (False, False) else None
    return "unavailable" if offered["nla"] is False else None


def _encryption(response: mcs.Response) -> dict[str, Any]:
    return {
        "method": mcs.METHODS.get(response.method or 0, f"0x{response.method:X}")
        if response.method is not None
        else None,
        "method_number": response.method,
        "level": mcs.LEVELS.get(response.level or 0, str(response.level)) if response.level is not None else None,
        "level_number": response.level,
        "methods": dict.fromkeys((mcs.METHODS[1], mcs.METHODS[8], mcs.METHODS[2], mcs.METHODS[16])),
        "key_bits": response.key_bits,
    }


def _identity(leg: Leg, source: int) -> dict[str, Any]:
    challenge = leg.challenge
    version = challenge.version
    # Servers built on FreeRDP claim to be Windows 7, but do not confirm connections with the reference that Windows
    # uses.
    return {
        **{
            name: challenge.names.get(name)
            for name in ("target", "computer", "domain", "dns_computer", "dns_domain", "dns_forest")
        },
        "os_version": ".".join(str(part) for part in version) if version else None,
        "build": version[2] if version else None,
        "product": _PRODUCTS.get(version[2]) if version and source == 0x1234 else None,
        "clock": _iso(challenge.time),
        "clock_skew_seconds": round(leg.skew, 1) if leg.skew is not None else None,
        "credssp_version": leg.version,
    }


def _iso(seconds: float | None) -> str | None:
    try:
        return (
            datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
            if seconds is not None
            else None
        )
    except (ValueError, OverflowError, OSError):
        return None
