# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""As much of HTTP/1.1 (RFC 9112) as an RD Gateway is asked with: one request, and the head of its answer.

The requests are those with which clients begin (MS-TSGU 3.3.5.1 and 4.2.1 for HTTP and WebSocket, MS-RPCH 2.1.2.1 for
RPC over HTTP), without an account: a gateway answers 401 and the ways to log on that it takes.
"""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
import uuid
from dataclasses import dataclass

from ansible_collections.winops.rdp.plugins.module_utils.wire.errors import Excessive, Malformed

# Servers in use send less than a tenth of each.
MAX_HEAD = 16384
_MAX_HEADERS = 128
_MAX_SCHEMES = 8
_START = b"HTTP/1."
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: ([^\r\n]*))?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,31}")
# Matches wherever it begins, without an end as well: it takes no time that a server could multiply.
_QUOTED = re.compile(r'"(?:[^"\\]|\\.?)*"?', re.DOTALL)
# As much of what a server says of itself is kept.
_SHOWN = 80

PORT = 443
PATH, RPC_PATH = "/remoteDesktopGateway/", "/rpc/rpcproxy.dll?localhost:3388"
TRANSPORTS = ("http", "websocket", "rpc")


@dataclass(frozen=True)
class Response:
    """The head of an answer. ``headers`` have names in lower case, in their order."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> list[str]:
        return [value for known, value in self.headers if known == name]

    def first(self, name: str) -> str | None:
        """A header's value as it may be shown, or None."""
        found = self.values(name)
        return found[0][:_SHOWN] if found else None

    @property
    def body_length(self) -> int:
        """How many bytes stand behind the head, as far as it says. Raises ``Malformed``."""
        said = self.first("content-length")
        if said is None:
            return 0
        if not re.fullmatch(r"[0-9]{1,9}", said):
            raise Malformed("an HTTP Content-Length that is no number")
        return int(said)

    def token(self, scheme: str) -> bytes | None:
        """The token that it gives for a way to log on, None without one. Raises ``Malformed``."""
        for value in self.values("www-authenticate"):
            name, _space, rest = value.partition(" ")
            if name.lower() == scheme.lower() and rest.strip():
                try:
                    return base64.b64decode(rest.strip(), validate=True)
                except (binascii.Error, ValueError):
                    raise Malformed(f"a token for {scheme} that is not base64") from None
        return None

    @property
    def schemes(self) -> list[str]:
        """The ways to log on that it offers, as it writes them: ``Negotiate``, ``NTLM``, ``Basic``."""
        found: dict[str, None] = {}
        for value in (*self.values("www-authenticate"), *self.values("proxy-authenticate")):
            for part in _QUOTED.sub('""', value).split(","):
                words = part.split()
                # Schemes and the parameters of one stand in the same list; a parameter's name is followed by "=".
                if words and _SCHEME.fullmatch(words[0]) and not (words[1:] and words[1].startswith("=")):
                    found[words[0]] = None
        return list(found)[:_MAX_SCHEMES]


def host_header(name: str, port: int) -> str:
    """A name or address as the Host header has it: with a port that is not 443."""
    try:
        written = f"[{name}]" if ipaddress.ip_address(name).version == 6 else name
    except ValueError:
        written = name
    return written if port == PORT else f"{written}:{port}"


def request(transport: str, host: str, identity: bytes, authorization: str | None = None) -> bytes:
    """How a client begins on one of ``TRANSPORTS``. ``host`` is the Host header; ``identity`` are 16 random bytes, with
    which servers join the connections of one client; ``authorization`` is a header's value.
    """
    if transport == "rpc":
        lines = [f"RPC_IN_DATA {RPC_PATH} HTTP/1.1", "Accept: application/rpc", "User-Agent: MSRPC"]
        lines += ["Cache-Control: no-cache", "Pragma: no-cache", "Connection: Keep-Alive", "Content-Length: 0"]
    else:
        lines = [f"RDG_OUT_DATA {PATH} HTTP/1.1", "Accept: */*", "User-Agent: MS-RDGateway/1.0"]
        lines += ["Cache-Control: no-cache", "Pragma: no-cache", f"RDG-Connection-Id: {{{uuid.UUID(bytes=identity)}}}"]
        if transport == "websocket":
            lines += ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"]
            lines.append(f"Sec-WebSocket-Key: {base64.b64encode(identity).decode('ascii')}")
        else:
            lines.append("Connection: Keep-Alive")
    lines.insert(1, f"Host: {host}")
    if authorization is not None:
        lines.append(f"Authorization: {authorization}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")


def head_length(received: bytes | bytearray) -> int | None:
    """How many bytes the head of the answer has; None while it is incomplete. Raises ``Malformed``."""
    if not _START.startswith(bytes(received[: len(_START)])):
        raise Malformed(f"no HTTP, it begins with {received[:16].hex()}")
    end = received.find(b"\r\n\r\n", 0, MAX_HEAD)
    if end >= 0:
        return end + 4
    if len(received) >= MAX_HEAD:
        raise Excessive("the head of the HTTP answer has no end")
    return None


def parse(head: bytes) -> Response:
    """The whole head of an answer. Raises ``Malformed``."""
    lines = head.removesuffix(b"\r\n\r\n").split(b"\r\n")
    matched = _STATUS.fullmatch(lines[0])
    if not matched:
        raise Malformed(f"no HTTP status, it begins with {head[:16].hex()}")
    if len(lines) > _MAX_HEADERS:
        raise Excessive(f"more than {_MAX_HEADERS} HTTP headers")
    headers = []
    for line in lines[1:]:
        name, colon, value = line.partition(b":")
        if not colon or not name or name != name.strip():
            raise Malformed("an HTTP header without a name")
        headers.append((_text(name).lower(), _text(value.strip())))
    return Response(int(matched[1]), _text(matched[2] or b"")[:_SHOWN], tuple(headers))


def _text(value: bytes) -> str:
    """Text as it may be shown: without characters that steer a terminal."""
    return "".join(each if each.isprintable() else "\ufffd" for each in value.decode("latin-1"))
