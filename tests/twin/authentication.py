# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a client of the WS-Man server proves who it is, and how what it sends is sealed.

NTLM and Kerberos belong to one TCP connection, as with Windows: each gets a gate of its own. What is sealed has the
form of MS-WSMV 2.2.9.1
(https://learn.microsoft.com/openspecs/windows_protocols/ms-wsmv/0ac2daa1-5bfc-4853-9006-9f3dfe7eb37f).
"""

from __future__ import annotations

import base64
import os
import re
import struct
import threading
from collections.abc import Mapping
from typing import Protocol

import spnego
from spnego.exceptions import SpnegoError

PLAIN = "application/soap+xml;charset=UTF-8"
BOUNDARY = b"--Encrypted Boundary"

# The libraries beneath take their accounts from the environment, which is one for the whole process.
_ENVIRONMENT = threading.Lock()


class NotSealed(Exception):
    """A body in clear, or one that cannot be opened, where it has to be sealed."""


class Gate(Protocol):
    """One TCP connection: whether it is let in, and what its bodies mean."""

    @property
    def sealing(self) -> bool:
        """Whether bodies have to be sealed."""

    def admit(self, header: str | None) -> tuple[bool, str | None]:
        """Whether this ``Authorization`` lets in, and what ``WWW-Authenticate`` answers."""

    def opened(self, kind: str, body: bytes) -> bytes:
        """A body as it was meant. Raises ``NotSealed``."""

    def closed(self, kind: str, body: bytes) -> tuple[str, bytes]:
        """Content type and body as they are sent, in answer to a request of this content type."""


class Basic:
    """Name and password with each request, nothing sealed: each connection is the same."""

    sealing = False

    def __init__(self, user: str, password: str) -> None:
        self._expected = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    def gate(self) -> Gate:
        return self

    def admit(self, header: str | None) -> tuple[bool, str | None]:
        admitted = header == self._expected
        return admitted, None if admitted else 'Basic realm="WSMAN"'

    def opened(self, kind: str, body: bytes) -> bytes:
        return body

    def closed(self, kind: str, body: bytes) -> tuple[str, bytes]:
        return PLAIN, body


class Negotiate:
    """NTLM or Kerberos. ``protocol`` is ``ntlm`` or ``kerberos``; ``environment`` is what pyspnego's acceptor reads:
    ``NTLM_USER_FILE``, or ``KRB5_CONFIG`` and ``KRB5_KTNAME``."""

    def __init__(self, protocol: str, environment: Mapping[str, str]) -> None:
        self.protocol, self.environment = protocol, environment

    def gate(self) -> Gate:
        return _NegotiateGate(self)


class _NegotiateGate:
    sealing = True

    def __init__(self, owner: Negotiate) -> None:
        self._owner = owner
        self._context: spnego.ContextProxy | None = None

    def admit(self, header: str | None) -> tuple[bool, str | None]:
        if not header:
            admitted = self._context is not None and self._context.complete
            return admitted, None if admitted else "Negotiate"
        scheme, _space, token = header.partition(" ")
        if scheme not in ("Negotiate", "NTLM", "Kerberos"):
            return False, "Negotiate"
        try:
            answer = self._step(base64.b64decode(token))
        except SpnegoError:
            self._context = None
            return False, "Negotiate"
        told = f"{scheme} {base64.b64encode(answer).decode()}" if answer else None
        return self._context is not None and self._context.complete, told

    def _step(self, token: bytes) -> bytes | None:
        with _ENVIRONMENT:
            os.environ.update(self._owner.environment)
            if self._context is None or self._context.complete:
                bare = token.startswith(b"NTLMSSP\0")
                if bare and self._owner.protocol != "ntlm":
                    raise SpnegoError(context_msg="NTLM is not offered")
                self._context = spnego.server(
                    protocol="ntlm" if bare else "negotiate",
                    options=spnego.NegotiateOptions.none if bare else spnego.NegotiateOptions.use_negotiate,
                    context_req=spnego.ContextReq.default,
                )
            return self._context.step(token)

    def opened(self, kind: str, body: bytes) -> bytes:
        if not body:
            return body  # a client that wants to be let in before it says anything
        assert self._context is not None
        if not kind.startswith("multipart/encrypted"):
            raise NotSealed(kind)
        parts = body.split(BOUNDARY + b"\r\n")
        length = re.search(rb"OriginalContent: [^\r]*Length=(\d+)", body)
        if len(parts) != 3 or not length:
            raise NotSealed("its parts")
        sealed = (
            parts[2].removeprefix(b"\tContent-Type: application/octet-stream\r\n").removesuffix(BOUNDARY + b"--\r\n")
        )
        (size,) = struct.unpack("<I", sealed[:4])
        try:
            plain = self._context.unwrap_winrm(sealed[4 : 4 + size], sealed[4 + size :])
        except SpnegoError as error:
            raise NotSealed(str(error)) from error
        if len(plain) != int(length[1]):
            raise NotSealed("its length")
        return plain

    def closed(self, kind: str, body: bytes) -> tuple[str, bytes]:
        protocol = re.search(r'protocol="([^"]+)"', kind)
        if not protocol or not body:
            return PLAIN, body
        assert self._context is not None
        header, sealed, padding = self._context.wrap_winrm(body)
        parts = [
            BOUNDARY.decode(),
            f"\tContent-Type: {protocol[1]}",
            f"\tOriginalContent: type={PLAIN};Length={len(body) + padding}",
            BOUNDARY.decode(),
            "\tContent-Type: application/octet-stream\r\n",
        ]
        whole = "\r\n".join(parts).encode() + struct.pack("<I", len(header)) + header + sealed + BOUNDARY + b"--\r\n"
        return f'multipart/encrypted;protocol="{protocol[1]}";boundary="{BOUNDARY[2:].decode()}"', whole
