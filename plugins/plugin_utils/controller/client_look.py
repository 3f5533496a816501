# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A look from a Windows client: what it is to send, and what its record of the conversation comes to.

The client (``module_utils/_look.psm1``) sends what it is given and brings home what came, byte by byte, with how each
stage ended. The probe itself reads that record here as if it sat on the line: so a look from a client has the stages,
outcomes and words of every other look.
"""

from __future__ import annotations

import asyncio
import base64
import socket
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import (
    TELLING,
    Address,
    Connection,
    Ended,
    Timer,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.exchange import Tls, malformed
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import (
    CLIENT_ASKS,
    COOKIE,
    ListenerProbe,
    failed_result,
    sni,
)
from ansible_collections.winops.rdp.plugins.module_utils.wire import (
    credssp,
    mcs,
    negotiation,
    ntlm,
    tls,
    x224,
)
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import with_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

# Numbers of Windows Sockets, which .NET gives on every system; the resolver's are those of ws2tcpip.h.
_RESOLVER = {11001: "EAI_NONAME", 11002: "EAI_AGAIN", 11003: "EAI_FAIL", 11004: "EAI_NODATA"}
_SOCKETS = {
    10013: ("unreachable", "EACCES"),
    10048: ("unreachable", "EADDRINUSE"),
    10049: ("unreachable", "EADDRNOTAVAIL"),
    10050: ("unreachable", "ENETDOWN"),
    10051: ("unreachable", "ENETUNREACH"),
    10055: ("unreachable", "ENOBUFS"),
    10060: ("timeout", "ETIMEDOUT"),
    10061: ("refused", "ECONNREFUSED"),
    10065: ("unreachable", "EHOSTUNREACH"),
    # One that is reset was accepted first: how it goes on is the next stage's affair.
    10053: ("ok", "ECONNABORTED"),
    10054: ("ok", "ECONNRESET"),
}
_SAYS = {
    "timeout": "the connection attempt got no answer",
    "refused": "the connection was refused: nothing listens there, or a filter says so",
    "unreachable": "the network says that there is no way to the address",
}
_ENDINGS = {
    "closed": "the server closed the connection",
    "reset": "the server reset the connection",
    "silent": "no answer in time",
}
# System.Security.Authentication.SslProtocols
_VERSIONS = {48: "SSLv3", 192: "TLSv1", 768: "TLSv1.1", 3072: "TLSv1.2", 12288: "TLSv1.3"}
# RFC 8446, appendix B.4
_TLS13_SUITES = {
    0x1301: "TLS_AES_128_GCM_SHA256",
    0x1302: "TLS_AES_256_GCM_SHA384",
    0x1303: "TLS_CHACHA20_POLY1305_SHA256",
}
# Of Schannel, where a client ends a handshake without an alert:
# https://learn.microsoft.com/windows/win32/secauthn/schannel-error-codes-for-tls-and-ssl-alerts
_SCHANNEL = {
    0x80090302: "SEC_E_UNSUPPORTED_FUNCTION",
    0x80090304: "SEC_E_INTERNAL_ERROR",
    0x80090308: "SEC_E_INVALID_TOKEN",
    0x8009030D: "SEC_E_UNKNOWN_CREDENTIALS",
    0x8009030E: "SEC_E_NO_CREDENTIALS",
    0x80090326: "SEC_E_ILLEGAL_MESSAGE",
    0x80090327: "SEC_E_CERT_UNKNOWN",
    0x80090331: "SEC_E_ALGORITHM_MISMATCH",
}
# The server's bytes make no sense to Schannel.
_UNREADABLE = (0x80090308, 0x80090326)
# With these alerts a client turns down what a server offers; with others it says that it cannot make sense of it.
_OBJECTIONS = tuple(
    tls.ALERT_NUMBERS[name]
    for name in (
        "handshake_failure",
        "bad_certificate",
        "unsupported_certificate",
        "certificate_revoked",
        "certificate_expired",
        "certificate_unknown",
        "unknown_ca",
        "access_denied",
        "protocol_version",
        "insufficient_security",
        "inappropriate_fallback",
    )
)


def plan(
    host: str,
    port: int = 3389,
    *,
    timeout: float = 5.0,
    deadline: float = 30.0,
    server_name: str | None = None,
    load_balance_info: str | None = None,
) -> dict[str, Any]:
    """What a client is told to do: whom to ask, how long to wait (seconds), and what to send."""
    token = load_balance_info.encode("latin-1", "replace") if load_balance_info else b""
    requests = {
        "request": x224.connection_request(CLIENT_ASKS, cookie=COOKIE, routing_token=token),
        "request_rdp": x224.connection_request(negotiation.RDP, cookie=COOKIE, routing_token=token),
        "credssp": credssp.request(ntlm.NEGOTIATE),
        "conference_tls": mcs.connect_initial(0, negotiation.TLS),
        "conference_rdp": mcs.connect_initial(mcs.ALL_METHODS, negotiation.RDP),
    }
    return {
        "host": host,
        "port": port,
        "timeout_ms": round(timeout * 1000),
        "deadline_ms": round(deadline * 1000),
        "server_name": sni(host, server_name) or host,
        **{name: base64.b64encode(data).decode("ascii") for name, data in requests.items()},
    }


def result(told: dict[str, Any], host: str, port: int, server_name: str | None = None) -> dict[str, Any]:
    """The result of ``winops.rdp.probe`` for what a client told of its look. Never raises for what it told."""
    try:
        found = asyncio.run(_Retold(told, host, port).run())
    except Exception as error:  # a record that is none is a result too, as a fault of the probe is
        found = failed_result(host, port, "name", error)
    return with_certificate(found, server_name or host)


def _bytes(text: str | None) -> bytes:
    return base64.b64decode(text or "")


class _Line:
    """Stands for a connection: what came is read once more, then it ends as it did.

    ``error`` says that reading failed although the server had not ended the connection: it sent an alert.
    """

    def __init__(self, stage: dict[str, Any], version: str | None = None) -> None:
        self._data, self._ended, self._error = _bytes(stage["data"]), stage["ended"], stage["error"]
        self.version = version

    async def send(self, _data: bytes, _until: float) -> None:
        """It was sent then."""

    async def receive(self, _until: float) -> bytes:
        if self._data:
            data, self._data = self._data, b""
            return data
        if self._error and not self._ended:
            failure = {"kind": "tls_alert", "number": None, "name": None, "sender": "server"}
            # TLS 1.3 tells a client that its last flight was turned down only when it reads on.
            late = {"late": True} if self.version == "TLSv1.3" else {}
            raise Ended("alert", "the server sent a TLS alert, which is encrypted", {**failure, **late})
        raise Ended(self._ended or "silent", _ENDINGS[self._ended or "silent"])

    def put_back(self, data: bytes) -> None:
        """What was read too far belongs to TLS, whose record has it."""

    async def finish(self, _until: float) -> None:
        """It ended then."""

    def close(self) -> None:
        """It was closed then."""


class _Retold(ListenerProbe):
    """The probe over a client's record of its connections instead of a line."""

    def __init__(self, told: dict[str, Any], host: str, port: int) -> None:
        super().__init__(host, port, 5.0, 3600.0, None, None, "client", 0.0)
        self._told = told
        self._talks = iter(told["talks"])
        self._talk: dict[str, Any] = {}

    async def run(self) -> dict[str, Any]:
        result = await super().run()
        result["time"] = self._told["time"]
        result["timing_ms"] = self._times()
        identity, sent = result["identity"], (self._talk.get("answer") or {}).get("clock")
        if identity and identity["clock"] and sent:
            there, here = parse(identity["clock"]), parse(sent)
            identity["clock_skew_seconds"] = (there - here).total_seconds() if there and here else None
        return result

    def _times(self) -> dict[str, float]:
        times: dict[str, float] = {"name": self._told["name_ms"]}
        if self._told["talks"] or self._told["tried"]:
            times["tcp"] = self._told["tcp_ms"]
        stages = {"negotiation": "negotiation", "tls": "tls", "answer": "credssp"}
        if self.result["selected"] in ("rdp", "tls"):
            stages["answer"] = "session"
        for name, stage in stages.items():
            if self._talk.get(name):
                times[stage] = self._talk[name]["ms"]
        return {**times, "total": self._told["total_ms"]}

    async def _resolve(self, _until: float) -> list[Address]:
        error = self._told["name_error"]
        if error is not None or not self._told["tried"]:
            number = (error or {}).get("code")
            name = _RESOLVER.get(number, "EAI") if number else "TIMEOUT"
            clause = "the name does not resolve" if number else "name resolution gave no answer in time"
            raise Ended("unresolved", clause, {"kind": "resolver", "number": number, "name": name})
        return [
            (socket.AF_INET6 if ":" in tried["address"] else socket.AF_INET, (tried["address"], self._port))
            for tried in self._told["tried"]
        ]

    async def _connect(self, addresses: list[Address], _until: float) -> Connection:
        self.result["connections"] += 1
        words: dict[str, str] = {}
        failures: dict[str, dict[str, Any]] = {}
        for tried, address in zip(self._told["tried"], addresses):
            number = tried["outcome"]
            if number is None:
                continue
            outcome, name = ("ok", "") if number == 0 else _SOCKETS.get(number, ("unreachable", "UNKNOWN"))
            words[tried["address"]] = outcome
            failures[outcome] = {"kind": "errno", "number": number, "name": name}
            if outcome == "ok":
                self._address = address
        for entry in self.result["addresses"]:
            entry["outcome"] = words.get(entry["address"])
        if self._address is None:
            worst = next((outcome for outcome in TELLING if outcome in failures), "timeout")
            raise Ended(worst, _SAYS[worst], failures.get(worst))
        self.result["address"] = str(self._address[1][0])
        return await self._open()

    async def _open(self) -> Connection:
        talk = next(self._talks, None)
        if talk is None and not self._talk:
            return self._line({"data": None, "ended": "reset", "error": None})
        if talk is None:
            raise Ended("timeout", "no further connection was made")
        if self._talk:
            self.result["connections"] += 1
        self._talk = talk
        return self._line(talk["negotiation"])

    @staticmethod
    def _line(stage: dict[str, Any] | None, version: str | None = None) -> Any:
        return _Line(stage or {"data": None, "ended": "silent", "error": None}, version)

    async def _negotiate(self, connection: Connection, asked: int, until: float) -> x224.Confirm:
        confirm = await super()._negotiate(connection, asked, until)
        if not (confirm.answer and confirm.answer.selected) and self._talk["answer"]:
            # Standard RDP security: the next question goes over the same connection.
            vars(connection).update(vars(self._line(self._talk["answer"])))
        return confirm

    async def _secure(self, _connection: Connection, _until: float, legacy: bool = False) -> Tls:
        told = self._talk["tls"]
        watch = tls.Watch()
        raw = _bytes(told["data"])
        try:
            watch.feed(raw)
        except Malformed as error:
            raise malformed(error, raw) from None
        if watch.certificates:
            self._note_certificate(watch.certificates[0])
        if told["version"] is None:
            raise _tls_failure(told, watch)
        version = _VERSIONS.get(told["version"])
        suite = watch.cipher
        cipher = _TLS13_SUITES.get(suite or 0) or tls.CIPHERS.get(suite or 0)
        self._note_tls(version, cipher, modern=not tls.weaknesses(version, cipher))
        if told["certificate"]:
            self._note_certificate(_bytes(told["certificate"]))
        channel: Any = self._line(self._talk["answer"], version)
        channel.waited = 0.0
        told_channel: Tls = channel
        return told_channel

    async def _legacy_pass(self) -> None:
        """A client asks as its own policy says, and in no other way."""

    def _begin(self, stage: str) -> float:
        self._timer = Timer(float("inf"))
        return super()._begin(stage)


def _status(error: dict[str, Any] | None) -> int | None:
    """A client's own error as the number that Windows documents."""
    code = (error or {}).get("code")
    return code & 0xFFFFFFFF if isinstance(code, int) else None


def _tls_failure(told: dict[str, Any], watch: tls.Watch) -> Ended:
    """How a handshake ended, by the bytes on the line; where they say nothing, by the client's own error."""
    if watch.alert is not None:
        name = tls.ALERTS.get(watch.alert, "unknown")
        failure = {"kind": "tls_alert", "number": watch.alert, "name": name, "sender": "server"}
        return Ended("alert", f"the server sent the TLS alert {name} ({watch.alert})", failure)
    if watch.fault:
        if watch.head[:2] == b"\x03\x00":
            failure = {"kind": "bytes", "number": None, "name": "plaintext", "hex": watch.head.hex()}
            return Ended("malformed", "plain RDP stands where TLS belongs", failure)
        return malformed(watch.fault, watch.head)
    sent = _bytes(told["sent"])
    number, status = tls.plain_alert(sent), _status(told["error"])
    if number not in (None, *_OBJECTIONS) or (number is None and status in _UNREADABLE):
        failure = {"kind": "tls", "number": None, "name": None, "hex": watch.head.hex()}
        return Ended("malformed", "this client cannot read the server's TLS", failure)
    if number is not None:
        name = tls.ALERTS.get(number, "unknown")
        failure = {"kind": "tls_alert", "number": number, "name": name, "sender": "client"}
        return Ended("alert", f"this client turns the server's TLS down with the alert {name} ({number})", failure)
    if told["ended"]:
        return Ended(told["ended"], _ENDINGS[told["ended"]])
    failure = {"kind": "schannel", "number": status, "name": _SCHANNEL.get(status or 0), "sender": "client"}
    words = failure["name"] or (f"0x{status:08X}" if status else "no number")
    before = "before it sent anything" if not sent else "without an alert"
    return Ended("alert", f"this client's own TLS gave up {before} ({words})", failure)
