# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a Remote Desktop Gateway takes an account, by its HTTP transport (MS-TSGU 4.2.1), and no further.

The same rules hold as on a listener: the certificate is known beforehand, the account is tried once, and the password
itself is never sent. What the gateway's policies allow the account, and which hosts it leads to, comes after it and is
not asked. A gateway does not say why it refuses.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe.connection import Ended
from ansible_collections.winops.rdp.plugins.module_utils.probe.exchange import Tls, malformed, read_frame
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import sni
from ansible_collections.winops.rdp.plugins.module_utils.wire import http
from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Malformed
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.logon import (
    MAX_ROUNDS,
    Account,
    Json,
    Place,
    Proof,
    Refused,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import logon as words

# What stands behind the head of a refusal is a page of an error.
_MAX_BODY = 65536


def prove(place: Place, account: Account) -> Json:
    """Try an account once on a gateway. Never raises for what gateway, network or account do; raises ``LogonError``."""
    return asyncio.run(_GatewayProof(place, account).run())


class _GatewayProof(Proof):
    """An attempt on a gateway."""

    SERVICE = "HTTP"

    def __init__(self, place: Place, account: Account) -> None:
        super().__init__(place, account)
        self._identity = os.urandom(16)
        self._header = http.host_header(place.server_name or place.host, place.port)
        self._scheme = "NTLM" if account.mechanism == words.NTLM else "Negotiate"

    def _accepted(self) -> str:
        return "the gateway takes the account; what its policies allow it was not asked"

    async def _attempt(self) -> None:
        connection = await self._connect()
        try:
            channel = Tls(connection, sni(self._place.host, self._place.server_name))
            await channel.handshake(self._until())
            self._check_certificate(channel.certificate or b"")
            self._bindings = _end_point(channel.certificate or b"")
            token = self._begin()
            for _round in range(MAX_ROUNDS):
                answer = await self._shown(channel, token)
                if answer.status == 200:
                    if not self._tried:  # NTLM's first message names nobody
                        raise Ended("malformed", "the gateway answered HTTP 200 before it was shown who asks")
                    return
                token = self._step(self._next(answer))
            raise Ended("malformed", "the gateway's tokens have no end")
        finally:
            connection.close()

    async def _shown(self, channel: Tls, token: bytes) -> http.Response:
        """The answer to a token. Raises ``Ended``."""
        # Kerberos shows who it is with its first token, NTLM with its last one.
        self._tried = self._tried or self._account.mechanism == words.KERBEROS or self._context.complete
        shown = f"{self._scheme} {base64.b64encode(token).decode('ascii')}"
        await channel.send(http.request("http", self._header, self._identity, shown), self._until())
        head, body = await read_frame(channel, self._until(), http.head_length)
        try:
            answer = http.parse(head)
            size = answer.body_length
        except Malformed as error:
            raise malformed(error, head) from None
        if answer.status != 200 and size > _MAX_BODY:
            raise Ended("malformed", f"a page of {size} bytes behind HTTP {answer.status}")
        while answer.status != 200 and len(body) < size:
            body += await channel.receive(self._until())
        return answer

    def _next(self, answer: http.Response) -> bytes:
        """The gateway's next token. Raises ``Refused`` where it wants to hear no more, and ``Ended``."""
        if answer.status not in (401, 403):
            raise Ended("denied", f"the gateway answered HTTP {answer.status}")
        try:
            token = answer.token(self._scheme) if answer.status == 401 else None
        except Malformed as error:
            raise malformed(error, b"") from None
        if token is not None and not (self._context.complete and self._account.mechanism == words.NTLM):
            return token
        status = {"kind": "http", "number": answer.status, "name": answer.reason or None}
        if not self._tried:
            raise Refused("mechanism_refused", f"the gateway does not take {self._scheme}", status)
        raise Refused(
            "not_let_in", f"the gateway refused the account (HTTP {answer.status}); it does not say why", status
        )


def _end_point(certificate: bytes) -> Any:
    """What binds the attempt to this TLS connection (RFC 5929, section 4.1), which gateways may insist on."""
    from cryptography import x509
    from spnego.channel_bindings import GssChannelBindings

    try:
        algorithm = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    except ValueError:
        algorithm = None
    name = algorithm.name if algorithm and algorithm.name not in ("md5", "sha1") else "sha256"
    digest = hashlib.new(name, certificate).digest()
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest)
