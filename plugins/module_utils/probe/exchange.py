# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""The exchanges of a connection attempt: negotiation, TLS, CredSSP's first leg, MCS.

Each raises ``Ended`` when the server does not go along.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import Connection, Ended
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, mcs, negotiation, ntlm, tls, x224
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed, NotRdp

# What current versions of mstsc accept (Schannel's defaults), which is more than Python's own default list.
_MODERN_CIPHERS = (
    "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM:ECDHE+AES:DHE+AES:RSA+AESGCM:RSA+AES:!PSK:!aNULL:!SRP:@SECLEVEL=1"
)
_ANY_CIPHERS = "ALL:@SECLEVEL=0"
_OP_LEGACY_SERVER_CONNECT = 0x4
# A server that asks for a new handshake again and again would keep the client busy with keys; RDP has no use for it.
_OP_NO_RENEGOTIATION = getattr(ssl, "OP_NO_RENEGOTIATION", 0)
# Alerts with which a TLS 1.3 server answers the client's last flight: to the client the handshake seemed finished.
_LATE_ALERTS = (
    "certificate_required",
    "bad_certificate",
    "handshake_failure",
    "decrypt_error",
    "unknown_ca",
    "access_denied",
)


def _failure(kind: str, number: int | None, name: str | None, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "number": number, "name": name, **more}


def _bytes(received: bytes | bytearray, name: str | None = None) -> dict[str, Any]:
    """What stands in for a code where bytes are all there is."""
    return _failure("bytes", None, name, hex=received[:64].hex())


def malformed(error: Malformed, received: bytes | bytearray) -> Ended:
    return Ended("malformed", str(error), _bytes(received))


def disconnected(answer: x224.Disconnect) -> Ended:
    if answer.layer == "x224":
        detail = f"the server disconnected with X.224 reason {answer.reason}"
        return Ended("denied", detail, _failure("x224", 0x80, "DISCONNECT_REQUEST", reason=answer.reason))
    detail = f"the server disconnected with an MCS ultimatum, reason {answer.reason}"
    return Ended("denied", detail, _failure("mcs", 8, "DISCONNECT_PROVIDER_ULTIMATUM", reason=answer.reason))


async def read_frame(
    channel: Connection | Tls, until: float, frame_length: Callable[[bytes | bytearray], int | None]
) -> tuple[bytes, bytes]:
    """One whole PDU and what came with it. Raises ``Ended`` and ``NotRdp``."""
    received = bytearray()
    try:
        while (size := frame_length(received)) is None or len(received) < size:
            try:
                received += await channel.receive(until)
            except Ended as ended:
                raise _cut(ended, received, size) from None
    except Malformed as error:
        raise malformed(error, received) from None
    return bytes(received[:size]), bytes(received[size:])


async def _read_tpkt(channel: Connection | Tls, until: float) -> bytes:
    try:
        pdu, rest = await read_frame(channel, until, x224.frame_length)
    except NotRdp as error:
        raise Ended("not_rdp", str(error), _failure("protocol", None, error.protocol, hex=error.data.hex())) from None
    channel.put_back(rest)
    return pdu


def _cut(ended: Ended, received: bytearray, size: int | None) -> Ended:
    if not received or ended.outcome in ("alert", "malformed"):
        return ended
    detail = f"{ended.detail} after {len(received)} of {size or 'unknown'} bytes"
    return Ended(ended.outcome, detail, _bytes(received))


async def negotiate(
    connection: Connection, asked: int, until: float, routing_token: bytes, cookie: str
) -> x224.Confirm:
    """Ask for the protocols of a mask. Raises ``Ended``, also for a refusal (``denied``)."""
    await connection.send(x224.connection_request(asked, cookie=cookie, routing_token=routing_token), until)
    pdu = await _read_tpkt(connection, until)
    try:
        confirm = x224.parse_answer(pdu)
    except Malformed as error:
        raise malformed(error, pdu) from None
    if isinstance(confirm, x224.Disconnect):
        raise disconnected(confirm)
    answer = confirm.answer
    if answer and answer.failure is not None:
        name = negotiation.FAILURES.get(answer.failure, "UNKNOWN")
        failure = _failure("negotiation", answer.failure, name)
        raise Ended("denied", f"the server refused: {name} ({answer.failure})", failure)
    if answer and answer.selected and answer.selected not in negotiation.split(asked):
        raise Ended(
            "malformed",
            f"the server selected protocol 0x{answer.selected:X}, which was not asked for",
            _failure("negotiation", answer.selected, "SELECTED_UNASKED"),
        )
    return confirm


@cache
def context(legacy: bool) -> ssl.SSLContext:
    """A client's TLS settings: those of a current client, or all that the local library can still do.

    Nothing is verified.
    """
    settings = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    settings.check_hostname = False
    settings.verify_mode = ssl.CERT_NONE
    settings.options |= _OP_NO_RENEGOTIATION
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        settings.minimum_version = ssl.TLSVersion.TLSv1 if legacy else ssl.TLSVersion.TLSv1_2
    with suppress(ssl.SSLError):  # where a system-wide policy forbids it, its own list stays
        settings.set_ciphers(_ANY_CIPHERS if legacy else _MODERN_CIPHERS)
    if legacy:
        settings.options |= _OP_LEGACY_SERVER_CONNECT
    return settings


@cache
def _costly_worker() -> ThreadPoolExecutor:
    """One thread for all costly steps: they wait for each other, and everything else goes on."""
    return ThreadPoolExecutor(1, "winops.rdp keys")


class Tls:
    """TLS over memory buffers, so that the server's raw bytes stay visible.

    RST, FIN, alert, silence and plain text are distinguished.
    """

    def __init__(
        self,
        connection: Connection,
        server_name: str | None,
        legacy: bool = False,
        settings: ssl.SSLContext | None = None,
    ) -> None:
        self._connection = connection
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        used = settings or context(legacy)
        self._object = used.wrap_bio(self._incoming, self._outgoing, server_hostname=server_name)
        self._watch = tls.Watch()
        self._established = False
        # Seconds spent on costly steps, the turns of others included: no time of the server's.
        self.waited = 0.0

    def plaintext_certificates(self) -> list[bytes]:
        """The certificates that a server sent in the clear (up to TLS 1.2) before the handshake broke off."""
        return self._watch.certificates

    async def handshake(self, until: float) -> None:
        await self._drive(self._object.do_handshake, until)
        self._established = True
        agreed = self._object.cipher()
        self.version: str | None = self._object.version()
        self.cipher: str | None = agreed[0] if agreed else None
        self.certificate: bytes | None = self._object.getpeercert(binary_form=True)

    async def _drive(self, step: Callable[[], Any], until: float) -> Any:
        while True:
            try:
                value = await self._take_step(step)
            except ssl.SSLWantReadError:
                await self._flush(self._extended(until))
                await self._feed(self._extended(until))
                continue
            except ssl.SSLZeroReturnError:
                raise Ended("closed", "the server closed the TLS connection") from None
            except ssl.SSLError as error:
                raise await self._failure(error, self._extended(until)) from None
            await self._flush(self._extended(until))
            return value

    def _extended(self, until: float) -> float:
        """The end of the stage without the time that the handshake's costly steps took; later stages begin after it."""
        return until if self._established else until + self.waited

    async def _take_step(self, step: Callable[[], Any]) -> Any:
        """One step of the library; a costly one beside the event loop, so that it costs no other target its time."""
        if self._established or not self._watch.costly:
            return step()
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            return await loop.run_in_executor(_costly_worker(), step)
        finally:
            self.waited += loop.time() - began

    async def _flush(self, until: float) -> bytes:
        data = self._outgoing.read()
        if data:
            await self._connection.send(data, until)
        return data

    async def _feed(self, until: float) -> None:
        data = await self._connection.receive(until)
        try:
            self._watch.feed(data)
        except Malformed as error:
            raise malformed(error, data) from None
        self._incoming.write(data)

    async def _failure(self, error: ssl.SSLError, until: float) -> Ended:
        """What the library's error means, by the bytes on the line rather than by its name."""
        watch, sent = self._watch, await self._flush(until)
        if isinstance(error, ssl.SSLCertVerificationError):
            failure = _failure("verify", error.verify_code, error.verify_message)
            return Ended("denied", f"the certificate is not trusted here: {error.verify_message}", failure)
        reason = error.reason or ""
        alert = _alert_of(reason)
        if alert is None:
            alert = watch.alert
        if alert is not None:
            name = tls.ALERTS.get(alert, "unknown")
            failure = _failure("tls_alert", alert, name, sender="server")
            return Ended("alert", f"the server sent the TLS alert {name} ({alert})", failure)
        if watch.fault:
            if watch.head[:2] == b"\x03\x00":
                return Ended("malformed", "plain RDP stands where TLS belongs", _bytes(watch.head, "plaintext"))
            return malformed(watch.fault, watch.head)
        number = tls.plain_alert(sent)
        if number is not None and reason in _OBJECTIONS:
            failure = _failure("tls_alert", number, tls.ALERTS.get(number, "unknown"), sender="client")
            clause = reason.lower().replace("_", " ")
            return Ended("alert", f"a current client turns the server's TLS down ({clause})", failure)
        failure = _failure("tls", None, reason or None, hex=watch.head.hex())
        return Ended("malformed", f"the server's TLS cannot be read ({reason or error})", failure)

    async def send(self, data: bytes, until: float) -> None:
        await self._drive(lambda: self._object.write(data), until)

    async def receive(self, until: float) -> bytes:
        """Application data; what TLS itself exchanges meanwhile is none. Raises ``Ended``."""
        try:
            data: bytes = await self._drive(lambda: self._object.read(16384), until)
        except Ended as ended:
            late = (ended.failure or {}).get("name") in _LATE_ALERTS and self.version == "TLSv1.3"
            if late and ended.failure:
                ended.failure["late"] = True
            raise
        if not data:
            raise Ended("closed", "the server closed the TLS connection")
        return data

    def put_back(self, data: bytes) -> None:
        """Nothing that the probe asks comes after the first answer inside TLS."""

    async def finish(self, until: float) -> None:
        with suppress(ssl.SSLError, ValueError, OSError):
            self._object.unwrap()
        await self._flush(until)
        await self._connection.finish(until)


# OpenSSL's reasons for which a client turns down what a server offers, as against bytes that make no sense.
_OBJECTIONS = frozenset(
    (
        "UNSUPPORTED_PROTOCOL",
        "WRONG_SSL_VERSION",
        "DH_KEY_TOO_SMALL",
        "EE_KEY_TOO_SMALL",
        "CA_KEY_TOO_SMALL",
        "CA_MD_TOO_WEAK",
        "EE_MD_TOO_WEAK",
        "UNSAFE_LEGACY_RENEGOTIATION_DISABLED",
        "WRONG_SIGNATURE_TYPE",
        "WRONG_CIPHER_RETURNED",
        "WRONG_CURVE",
        "BAD_KEY_SHARE",
        "WRONG_CERTIFICATE_TYPE",
        "UNKNOWN_CERTIFICATE_TYPE",
        "UNABLE_TO_FIND_PUBLIC_KEY_PARAMETERS",
        "MODULUS_TOO_LARGE",
        "VERSION_TOO_LOW",
    )
)


def _alert_of(reason: str) -> int | None:
    """The alert that OpenSSL says it received.

    Such as ``TLSV1_ALERT_INTERNAL_ERROR``, ``SSLV3_ALERT_HANDSHAKE_FAILURE``, ``TLSV13_ALERT_CERTIFICATE_REQUIRED``.
    """
    head, mark, name = reason.partition("_ALERT_")
    if mark and head in ("SSLV3", "TLSV1", "TLSV13"):
        return tls.ALERT_NUMBERS.get(name.lower())
    return tls.ALERT_NUMBERS.get(reason[6:].lower()) if reason.startswith("TLSV1_") else None


async def hello(connection: Connection, version: int, server_name: str | None, until: float) -> tls.Flight:
    """Say hello with a given highest version and read the server's answer, without the local TLS library.

    Raises ``Ended``.
    """
    flight = tls.Flight()
    await connection.send(tls.client_hello(version, os.urandom(32), server_name), until)
    received = b""
    while not flight.complete:
        try:
            received = await connection.receive(until)
            flight.feed(received)
        except Malformed as error:
            raise malformed(error, received) from None
    if flight.alert is None:
        await connection.send(tls.close_notify(), until)
    return flight


@dataclass(frozen=True)
class Leg:
    """CredSSP's first leg: the server's version, its challenge, and server clock minus own clock in seconds."""

    version: int
    challenge: ntlm.Challenge
    skew: float | None


async def credssp_leg(channel: Tls, until: float) -> Leg:
    """Offer NTLM without a name and read the challenge. Nothing is logged on. Raises ``Ended``."""
    sent = time.time()
    await channel.send(credssp.request(ntlm.NEGOTIATE), until)
    pdu, _rest = await read_frame(channel, until, credssp.frame_length)
    try:
        version, challenge = _read_challenge(pdu)
    except Malformed as error:
        raise malformed(error, pdu) from None
    skew = challenge.time - (sent + time.time()) / 2 if challenge.time is not None else None
    return Leg(version, challenge, skew)


def _read_challenge(pdu: bytes) -> tuple[int, ntlm.Challenge]:
    """The server's version and its challenge. Raises ``Malformed``, and ``Ended`` where the server refuses."""
    answer = credssp.parse(pdu)
    if answer.error is not None:
        name = credssp.ERRORS.get(answer.error, "UNKNOWN")
        failure = _failure("ntstatus", answer.error, name)
        raise Ended("denied", f"CredSSP refused: {name} (0x{answer.error:08X})", failure)
    if answer.token is None:
        raise Malformed("a TSRequest without token or error")
    state = credssp.spnego_state(answer.token)
    if state == credssp.SPNEGO_REJECT:
        failure = _failure("spnego", state, "REJECT")
        raise Ended("denied", "CredSSP refused NTLM, the only way in without a name", failure)
    if state is None or ntlm.SIGNATURE in answer.token:
        return answer.version, ntlm.parse_challenge(answer.token)
    return answer.version, ntlm.Challenge(0)  # SPNEGO goes on without NTLM, for example towards Kerberos


async def mcs_connect(channel: Connection | Tls, methods: int, selected: int, until: float) -> mcs.Response:
    """Ask for a conference over a connection or TLS. Nothing is joined. Raises ``Ended``."""
    await channel.send(mcs.connect_initial(methods, selected), until)
    try:
        pdu = await _read_tpkt(channel, until)
    except Ended as ended:
        # The server has spoken RDP by now, so what is not RDP is a fault of it.
        raise Ended("malformed", ended.detail, ended.failure) if ended.outcome == "not_rdp" else ended from None
    try:
        response = mcs.parse_response(pdu)
    except Malformed as error:
        raise malformed(error, pdu) from None
    if isinstance(response, x224.Disconnect):
        raise disconnected(response)
    if response.result:
        name = mcs.RESULTS.get(response.result, "UNKNOWN")
        failure = _failure("mcs_result", response.result, name)
        raise Ended("denied", f"the MCS connection was refused: {name} ({response.result})", failure)
    return response
