# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stub of a Remote Desktop Gateway with the documented answers."""

from __future__ import annotations

import ssl

from tests.unit.plugins.module_utils.fault_server import Peer

ASKS = (
    b"HTTP/1.1 401 Unauthorized\r\nContent-Type: text/plain\r\nServer: Microsoft-HTTPAPI/2.0\r\n"
    b"WWW-Authenticate: Negotiate\r\nWWW-Authenticate: NTLM\r\nDate: Thu, 26 Nov 2026 12:00:00 GMT\r\n"
    b"Content-Length: 13\r\n\r\nAccess Denied"
)
GONE = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def status(line: str) -> bytes:
    return f"HTTP/1.1 {line}\r\nContent-Length: 0\r\n\r\n".encode()


class Stub:
    """Answers by what is asked: the method, and whether it is for WebSocket."""

    def __init__(self, context: ssl.SSLContext, http_: bytes, websocket: bytes | None = None, rpc: bytes | None = None):
        self._context = context
        self._answers = {"http": http_, "websocket": http_ if websocket is None else websocket, "rpc": rpc or GONE}
        self.requests: list[tuple[str, dict[str, str]]] = []

    def __call__(self, peer: Peer) -> None:
        peer.tls(self._context)
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += peer.exactly(1)
        first, *lines = head.decode("ascii").strip().split("\r\n")
        headers = {name: value for name, _colon, value in (line.partition(": ") for line in lines)}
        self.requests.append((first, headers))
        kind = "rpc" if first.startswith("RPC_IN_DATA ") else "http"
        peer.send(self._answers["websocket" if "Upgrade" in headers else kind])
        peer.fin()
