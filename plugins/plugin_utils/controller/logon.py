# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proof up to the logon: whether a listener with Network Level Authentication lets an account in.

CredSSP (MS-CSSP 3.1.5) is gone through with the account, and the connection is closed before a session could begin.
Three things come before anything of the account is sent: the listener selects Network Level Authentication, TLS
stands, and the certificate is one that the caller knows as the host's. A password itself is never sent by default:
NTLM and Kerberos prove it without, and the server's answer to that is what is asked for. Only where the server says
something more once it has the credentials, and the caller allows it, are they sent, encrypted for a server that has
proved to hold the key of its certificate.

Nothing here writes or returns the account's name or password, nor what a library says in an error, for that may hold
them.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import (
    Connection,
    Ended,
    Timer,
    connect_any,
    resolve,
)
from ansible_collections.winops.rdp.plugins.module_utils.probe.exchange import Tls, malformed, negotiate, read_frame
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import CLIENT_ASKS, COOKIE, sni
from ansible_collections.winops.rdp.plugins.module_utils.wire import credssp, negotiation, ntlm
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import others
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.attempts import Attempts, NotAgain
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import logon as words

Json = dict[str, Any]

# NTLM takes two rounds and Kerberos one or two.
MAX_ROUNDS = 6
# 1.3.6.1.4.1.311.2.2.10 in DER: NTLM in a list of mechanisms.
_NTLM_OID = bytes.fromhex("2b06010401823702020a")
_CLOSE_SECONDS = 0.5


class LogonError(ValueError):
    """A proof that cannot be begun as it was asked for; the message is one sentence."""


@dataclass(frozen=True)
class Account:
    """Who is tried. Without a password it is the controller's Kerberos ticket, of ``name`` if that is given."""

    name: str | None = field(repr=False)
    password: str | None = field(repr=False)

    @property
    def mechanism(self) -> str:
        return words.NTLM if self.password is not None else words.KERBEROS


@dataclass(frozen=True)
class Place:
    """Where an account is tried. ``certificates`` are fingerprints (SHA-1 or SHA-256, upper case) of the host's own."""

    host: str
    port: int
    certificates: frozenset[str]
    timeout: float = 5.0
    deadline: float = 30.0
    server_name: str | None = None
    load_balance_info: str | None = None


def fingerprints(given: Iterable[str]) -> frozenset[str]:
    """Fingerprints as people write them, with or without separators. Raises ``LogonError``."""
    found = set()
    for text in given:
        digits = re.sub(r"[\s:.-]", "", text.removeprefix("sha256:")).upper()
        if not re.fullmatch(r"[0-9A-F]{40}|[0-9A-F]{64}", digits):
            raise LogonError(f"{text!r} is no fingerprint; give the SHA-1 thumbprint or the SHA-256 of a certificate.")
        found.add(digits)
    return frozenset(found)


def prove(place: Place, account: Account, *, send_credentials: bool = False) -> Json:
    """Try an account once on one host. Never raises for what host, network or account do; raises ``LogonError``.

    With ``send_credentials`` CredSSP is brought to its end where the server then says whether the account has the
    right to log on: with Network Level Authentication and early authorization, and with a password.
    """
    _spnego(account.mechanism)
    return asyncio.run(_ListenerProof(place, account, send_credentials).run())


@dataclass(frozen=True)
class Attempt:
    """An account that is to be tried on a host. ``most`` is on how many hosts of the run the account may be tried."""

    place: Place
    account: Account
    most: int
    send_credentials: bool = False
    # How it is tried, where that is not on a listener.
    prover: Callable[[Place, Account], Json] | None = None

    def made(self, look: Json | None, *, check_mode: bool = False) -> Json:
        """Try it, after a look from outside (the probe's result) and at most once if it is not accepted."""
        reason = _why_not(look, check_mode, self.account.mechanism)
        if reason:
            return words.result(words.NOT_TRIED, *reason, mechanism=self.account.mechanism)
        try:
            with Attempts().turn(self.account.name or "", self.place.host, self.most) as told:
                found = self._tried()
                told(found["outcome"] == words.ACCEPTED if found["account_sent"] else None)
                return found
        except NotAgain as refusal:
            return words.result(words.NOT_TRIED, "not_again", str(refusal), mechanism=self.account.mechanism)

    def _tried(self) -> Json:
        if self.prover:
            return self.prover(self.place, self.account)
        return prove(self.place, self.account, send_credentials=self.send_credentials)


def _why_not(look: Json | None, check_mode: bool, mechanism: str) -> tuple[str, str] | None:
    """Reason and clause where an account is not tried after this look."""
    if check_mode:
        return "check_mode", "no account is tried in check mode"
    if look is None:
        return "no_look", "nobody looked at the listener, so no account is tried"
    # The look offers NTLM alone: a host that does not take it may well take a ticket.
    takes_other = look["stage"] == "credssp" and mechanism == words.KERBEROS
    if look["outcome"] != "ok" and not takes_other:
        return "no_logon", f"a client does not get as far as the logon ({look['stage']}: {look['outcome']})"
    return None


def need_library(account: Account) -> None:
    """Raise ``LogonError`` where a package is missing that the account is tried with."""
    _spnego(account.mechanism)


def of_connection(connection: Any, variable: Callable[[str], Any]) -> Account:
    """The account of Ansible's own connection. Raises ``LogonError`` where it has none.

    ``variable`` gives the host's variable of a name, with its templates resolved.
    """
    name = others.option(connection, "remote_user") or variable("ansible_user")
    # WinRM and PSRP call it one way, SSH the other.
    given = others.option(connection, "remote_password") or others.option(connection, "password")
    password = given or variable("ansible_password")
    if not name and not password:
        raise LogonError("Ansible's connection has no account of its own; give account and password instead.")
    return Account(str(name or ""), str(password) if password else None)


def _spnego(mechanism: str) -> Any:
    """The library. Raises ``LogonError`` where it is missing, with the line that installs it."""
    try:
        import spnego

        if mechanism == words.KERBEROS:
            import gssapi  # noqa: F401  # what spnego needs for Kerberos
            import krb5  # noqa: F401
    except ImportError:
        package = "pyspnego[kerberos]" if mechanism == words.KERBEROS else "pyspnego"
        raise LogonError(
            "the controller lacks a Python package with which an account is tried; install it there"
            f" ({sys.executable or 'python3'} -m pip install '{package}>=0.11')."
        ) from None
    level = os.environ.get("LM_COMPAT_LEVEL", "3")
    if mechanism == words.NTLM and level not in ("3", "4", "5"):
        raise LogonError(
            f"LM_COMPAT_LEVEL is {level!r} on the controller, with which NTLM answers in its old, weak form; unset it."
        )
    # Its own log shows the tokens, out of which a password can be guessed.
    logging.getLogger("spnego").setLevel(logging.WARNING)
    return spnego


class Refused(Exception):
    """The server, or the domain, refused. ``reason``, ``detail`` and ``status`` are those of the result.

    ``on_controller`` says that Kerberos failed there, before the server was asked.
    """

    def __init__(self, reason: str, detail: str, status: Json | None, *, on_controller: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.detail, self.status, self.on_controller = reason, detail, status, on_controller


class Kept(Exception):
    """Nothing of the account was sent: ``reason`` and ``detail`` say why."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


class Proof(ABC):
    """One attempt with an account. ``run`` may be awaited once. Subclasses say in ``_attempt`` how it goes.

    ``SERVICE`` is the one in whose name what is tried has its Kerberos tickets.
    """

    SERVICE = ""

    def __init__(self, place: Place, account: Account) -> None:
        self._place, self._account = place, account
        self._timer = Timer(0.0)
        self._tried = False
        self._context: Any = None
        self._bindings: Any = None
        self._facts: Json = {"mechanism": account.mechanism}

    async def run(self) -> Json:
        """What came of it, whatever happens."""
        self._timer = Timer(asyncio.get_running_loop().time() + self._place.deadline)
        return {**await self._outcome(), "account_sent": self._tried}

    async def _outcome(self) -> Json:
        try:
            await self._attempt()
        except Refused as refusal:
            facts = {**self._facts, "status": refusal.status, "client_view": words.view(refusal.status)}
            outcome = words.NOT_TRIED if refusal.on_controller and not self._tried else words.REFUSED
            return words.result(outcome, refusal.reason, refusal.detail, **facts)
        except Kept as kept:
            return words.result(words.NOT_TRIED, kept.reason, kept.detail, **self._facts)
        except Ended as ended:
            return self._ended(ended)
        return words.result(words.ACCEPTED, None, self._accepted(), **self._facts)

    def _ended(self, ended: Ended) -> Json:
        """The connection ended elsewhere than where it should."""
        if not self._tried:
            detail = f"the account was not tried: {ended.detail}"
            return words.result(words.NOT_TRIED, ended.outcome, detail, **self._facts)
        detail = f"the account was tried, and the server did not say what it thinks of it ({ended.detail})"
        return words.result(words.UNKNOWN, ended.outcome, detail + self._excuse(), **self._facts)

    def _excuse(self) -> str:
        """What may explain it, as the end of a clause."""
        return ""

    @abstractmethod
    async def _attempt(self) -> None:
        """Try the account; it is accepted if nothing is raised."""

    @abstractmethod
    def _accepted(self) -> str:
        """What is said of an account that is accepted, as a clause."""

    # The connection, up to the certificate ---------------------------------------------------------------------

    def _until(self) -> float:
        return self._timer.stage(self._place.timeout)

    async def _connect(self) -> Connection:
        addresses = await resolve(self._place.host, self._place.port, self._until())
        return (await connect_any(addresses, self._until()))[0]

    def _check_certificate(self, certificate: bytes) -> bytes:
        """The certificate's public key, once the certificate is known to be one of the host's."""
        sha1, sha256 = (hashlib.new(name, certificate).hexdigest().upper() for name in ("sha1", "sha256"))
        self._facts["certificate_sha256"] = sha256
        if not self._place.certificates & {sha1, sha256}:
            raise Kept(
                "other_certificate",
                f"the certificate presented (SHA-256 {sha256}) is not one that is known as the host's; nothing of the"
                " account was sent. What to do: if the host has a new certificate, restart TermService, which presents"
                " the old one until then; if not, see what answers in its place",
            )
        try:
            return credssp.subject_public_key(certificate)
        except Malformed as error:
            raise malformed(error, certificate) from None

    # NTLM or Kerberos -------------------------------------------------------------------------------------------

    def _begin(self) -> bytes:
        spnego = _spnego(self._account.mechanism)
        options = {
            "hostname": self._place.server_name or self._place.host,
            "service": self.SERVICE,
            "channel_bindings": self._bindings,
        }
        if self._account.password is not None:
            identity = [spnego.Password(self._account.name or "", self._account.password)]
            self._context = spnego.client(identity, protocol="ntlm", **options)
            return self._step(None)
        identity = [spnego.CredentialCache(self._account.name)]
        try:
            # By itself first, for SPNEGO hides why there is no ticket.
            spnego.client(identity, protocol="kerberos", **options).step()
            self._context = spnego.client(identity, protocol="negotiate", **options)
            token = self._context.step()
        except Exception as error:  # the library lets through what GSSAPI and krb5 raise
            raise Refused(*words.by_kerberos(_minor_code(error)), on_controller=True) from None
        if _NTLM_OID in token:
            raise Kept(
                "no_kerberos", "NTLM_USER_FILE is set, so that NTLM would be offered beside the ticket; unset it"
            )
        return token

    def _step(self, token: bytes | None) -> bytes:
        try:
            return self._context.step(token) or b""
        except Exception as error:  # whatever a server's token makes the library raise
            number = _minor_code(error)
            if words.is_known_to_kerberos(number):
                raise Refused(*words.by_kerberos(number)) from None
            raise Ended("malformed", "the server's token cannot be read") from None

    def _check_challenge(self, token: bytes) -> None:
        """Hold NTLM's challenge to what the library would let pass: its bounds, and that what follows is encrypted."""
        try:
            challenge = ntlm.parse_challenge(token)
        except Malformed as error:
            raise malformed(error, token) from None
        if challenge.flags & ntlm.SEALED != ntlm.SEALED:
            raise Ended("malformed", "the server's challenge does without encryption, or with a weak one")


class _ListenerProof(Proof):
    """An attempt on a listener, by CredSSP."""

    SERVICE = "TERMSRV"

    def __init__(self, place: Place, account: Account, send_credentials: bool) -> None:
        super().__init__(place, account)
        self._sends = send_credentials
        self._proved = False

    def _ended(self, ended: Ended) -> Json:
        if self._proved:
            # The account was accepted before; what came after it was the question of its right.
            detail = f"the account was accepted; whether it has the right to log on is not known ({ended.detail})"
            return words.result(words.ACCEPTED, None, detail, **self._facts)
        return super()._ended(ended)

    def _excuse(self) -> str:
        if self._facts.get("credssp_version") in (2, 5):
            return "; servers of this CredSSP version end the connection where they refuse an account"
        return ""

    def _accepted(self) -> str:
        if self._facts.get("authorized"):
            return "the account is accepted and has the right to log on through Remote Desktop"
        return "the account is accepted; whether it has the right to log on through Remote Desktop was not asked"

    async def _attempt(self) -> None:
        connection = await self._connect()
        try:
            selected = await self._negotiate(connection)
            channel = Tls(connection, sni(self._place.host, self._place.server_name))
            await channel.handshake(self._until())
            key = self._check_certificate(channel.certificate or b"")
            await self._authenticate(channel, key)
            if self._sends and selected == negotiation.NLA_EX and self._account.password is not None:
                await self._hand_over(channel)
            # The end, before the client's request for a conference (MCS Connect-Initial), which a session begins with.
            await channel.finish(self._timer.stage(_CLOSE_SECONDS))
        finally:
            connection.close()

    async def _negotiate(self, connection: Connection) -> int:
        token = (self._place.load_balance_info or "").encode("latin-1", "replace")
        confirm = await negotiate(connection, CLIENT_ASKS, self._until(), token, COOKIE)
        selected = confirm.answer.selected if confirm.answer else None
        if selected not in (negotiation.NLA, negotiation.NLA_EX):
            raise Kept(
                "no_nla",
                "the listener did not select Network Level Authentication; without it an account can only be tried by"
                " opening a session, which is not done",
            )
        return selected

    # CredSSP ---------------------------------------------------------------------------------------------------

    async def _authenticate(self, channel: Tls, key: bytes) -> None:
        """NTLM or Kerberos, and the binding to the server's key in both directions."""
        token = self._begin()
        version = credssp.VERSION
        for _round in range(MAX_ROUNDS):
            if self._context.complete:
                break
            # Kerberos shows who it is with its first token, NTLM with its last one.
            self._tried = self._tried or self._account.mechanism == words.KERBEROS
            await channel.send(credssp.request(token), self._until())
            answer = await self._answer(channel)
            version = min(version, answer.version)
            if version < credssp.LOWEST_VERSION:
                raise Ended("malformed", f"the server speaks CredSSP version {version}, which there never was")
            if self._account.mechanism == words.NTLM:
                self._check_challenge(answer.token or b"")
            token = self._step(answer.token or b"")
        else:
            raise Ended("malformed", "the server's tokens have no end")
        await self._bind(channel, key, token, version)

    async def _bind(self, channel: Tls, key: bytes, token: bytes, version: int) -> None:
        self._facts["credssp_version"] = version
        nonce = os.urandom(credssp.NONCE_BYTES)
        sealed = self._sealed(credssp.binding(version, key, nonce, from_server=False))
        sent_nonce = nonce if version >= credssp.HASHED_BINDING else None
        self._tried = True
        await channel.send(credssp.request(token or None, key=sealed, nonce=sent_nonce), self._until())
        answer = await self._answer(channel)
        if answer.token:
            self._step_after(answer.token)
        if answer.key is None:
            raise Ended("malformed", "the server answered without proving that it holds its key")
        if self._opened(answer.key) != credssp.binding(version, key, nonce, from_server=True):
            raise Ended("malformed", "the server did not prove that it holds the key of its certificate")
        self._proved = True
        self._facts["server_proved_key"] = True

    def _step_after(self, token: bytes) -> None:
        """SPNEGO's last word, which holds a checksum of its list of mechanisms."""
        try:
            self._context.step(token)
        except Exception:  # as above
            raise Ended("malformed", "the server's last token cannot be read") from None

    def _sealed(self, plain: bytes) -> bytes:
        try:
            sealed = self._context.wrap(plain)
        except Exception:  # as above
            raise Ended("malformed", "what was agreed with the server does not encrypt") from None
        if not sealed.encrypted:
            raise Ended("malformed", "what was agreed with the server does not encrypt")
        return bytes(sealed.data)

    def _opened(self, sealed: bytes) -> bytes:
        try:
            opened: bytes = self._context.unwrap(sealed).data
        except Exception:  # as above
            raise Ended("malformed", "the server's proof of its key cannot be read") from None
        return opened

    async def _answer(self, channel: Tls) -> credssp.TsRequest:
        """The server's next TSRequest. Raises ``Refused`` for one with an error."""
        pdu, _rest = await read_frame(channel, self._until(), credssp.frame_length)
        return _read(pdu)

    async def _hand_over(self, channel: Tls) -> None:
        """Send the credentials, and read whether the account has the right to log on."""
        domain, _mark, user = (self._account.name or "").rpartition("\\")
        plain = credssp.password_credentials(domain, user, self._account.password or "")
        await channel.send(credssp.request(credentials=self._sealed(plain)), self._until())
        self._facts["credentials_sent"] = True
        pdu, _rest = await read_frame(channel, self._until(), _early_length)
        if pdu[:1] == b"\x30":
            _read(pdu)
            raise Ended("malformed", "a TSRequest stands where the result of early authorization belongs")
        try:
            self._facts["authorized"] = credssp.early_result(pdu) == credssp.AUTHORIZED
        except Malformed as error:
            raise malformed(error, pdu) from None
        if not self._facts["authorized"]:
            status = {"kind": "early_authorization", "number": credssp.ACCESS_DENIED, "name": "ERROR_ACCESS_DENIED"}
            raise Refused(
                "right_missing",
                "the account is accepted, and lacks the right to log on through Remote Desktop Services on this host",
                status,
            )


def _read(pdu: bytes) -> credssp.TsRequest:
    try:
        answer = credssp.parse(pdu)
        rejected = answer.token is not None and credssp.spnego_state(answer.token) == credssp.SPNEGO_REJECT
    except Malformed as error:
        raise malformed(error, pdu) from None
    if answer.error:
        raise Refused(*words.by_status(answer.error))
    if rejected:
        status = {"kind": "spnego", "number": credssp.SPNEGO_REJECT, "name": "REJECT"}
        raise Refused("mechanism_refused", "the host does not take this way of logging on", status)
    return answer


def _early_length(received: bytes | bytearray) -> int | None:
    """How many bytes the answer to credentials has: a TSRequest with an error, or four."""
    return credssp.frame_length(received) if received[:1] == b"\x30" else credssp.EARLY_RESULT_BYTES


def _minor_code(error: BaseException | None) -> int | None:
    """The number that the Kerberos library gives for an error, which may be wrapped in others."""
    for _depth in range(8):
        if error is None:
            break
        for name in ("min_code", "err_code"):
            number = getattr(error, name, None)
            if isinstance(number, int) and number:
                return number
        error = getattr(error, "base_error", None) or error.__cause__ or error.__context__
    return None
