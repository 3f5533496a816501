# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that begins an answer and never ends it: one byte at a time, so that no wait for the next one runs out, or
as much as there is room for, until the reader has no memory left."""

from __future__ import annotations

import contextlib
import socket
import threading
from types import TracebackType

_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: application/soap+xml\r\nContent-Length: 1000000000000\r\n"
_BEGINNINGS = {
    "http": _HTTP + b"\r\n",
    "gzip": _HTTP + b"Content-Encoding: gzip\r\n\r\n",
    "ssh": b"",  # lines before the version may be anything, and as many as a server likes
}


class Drip:
    """Listens on loopback until it is left."""

    def __init__(self, protocol: str, pause: float = 0.5, piece: bytes = b"x") -> None:
        self._beginning, self._pause, self._piece = _BEGINNINGS[protocol], pause, piece
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self._over = threading.Event()

    def __enter__(self) -> Drip:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.close()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _address = self._server.accept()
                threading.Thread(target=self._answer, args=(client,), daemon=True).start()

    def _answer(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            if self._beginning:
                client.recv(65536)
            client.sendall(self._beginning)
            while not self._over.wait(self._pause):
                client.sendall(self._piece)
