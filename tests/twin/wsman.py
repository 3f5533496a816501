# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A WS-Man server as pywinrm needs one: shells, commands, their input and output, on one loopback address.

It knows nothing of what is run: each command line and its whole standard input go to a callback.
"""

from __future__ import annotations

import base64
import re
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
TIMED_OUT, NOT_FOUND, NOT_SUPPORTED = 2150858793, 2150858843, 2150858752

_DURATION = re.compile(r"^PT(?:(\d+)M)?(?:([\d.]+)S)?$")

Run = Callable[[str, bytes], tuple[int, bytes, bytes]]


class HangUp(Exception):
    """Raised by a callback: drop the connection without an answer, as a host does that dies."""


@dataclass
class _Command:
    line: str
    needs_input: bool
    stdin: bytearray = field(default_factory=bytearray)
    done: threading.Event = field(default_factory=threading.Event)
    result: tuple[int, bytes, bytes] = (0, b"", b"")
    hang_up: bool = False


class WsMan:
    """Serves one host. ``run`` is called with a command line and its input, and answers exit code, output and
    errors."""

    def __init__(self, address: str, port: int, user: str, password: str, run: Run) -> None:
        self.run = run
        self.expected = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
        self.posts = 0
        self.refuse = False  # answer 401 to everybody
        self.stall = 0.0  # seconds to wait before each answer
        self.foreign: bytes | None = None  # answer every request with this body instead: something else on the port
        self.shells: dict[str, dict[str, _Command]] = {}
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def do_POST(self) -> None:
                outer.serve(self)

            do_GET = do_POST

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def server_bind(self) -> None:
                # The library's own asks a resolver for the name of the address, which takes its time.
                TCPServer.server_bind(self)
                self.server_name, self.server_port = address, port

            def handle_error(self, request: Any, client_address: Any) -> None:
                pass  # a client that went away is its own business

        self.server = Server((address, port), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.1,), daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    # HTTP -------------------------------------------------------------------------------------------------------------

    def serve(self, http: BaseHTTPRequestHandler) -> None:
        body = http.rfile.read(int(http.headers.get("Content-Length", "0")))
        if self.stall:
            time.sleep(self.stall)
        if self.foreign is not None:
            self._send(http, 200, self.foreign, "text/html")
        elif http.path != "/wsman":
            self._send(http, 404, b"")
        elif self.refuse or http.headers.get("Authorization") != self.expected:
            self._send(http, 401, b"", extra={"WWW-Authenticate": 'Basic realm="WSMAN"'})
        else:
            with self.lock:
                self.posts += 1
            try:
                status, answer = self._answer(body)
            except HangUp:
                http.close_connection = True
                http.connection.close()
                return
            self._send(http, status, answer)

    @staticmethod
    def _send(
        http: BaseHTTPRequestHandler,
        status: int,
        body: bytes,
        kind: str = "application/soap+xml;charset=UTF-8",
        extra: dict[str, str] | None = None,
    ) -> None:
        http.send_response(status)
        http.send_header("Content-Type", kind)
        http.send_header("Content-Length", str(len(body)))
        for name, text in (extra or {}).items():
            http.send_header(name, text)
        http.end_headers()
        http.wfile.write(body)
        http.wfile.flush()

    # SOAP -------------------------------------------------------------------------------------------------------------

    def _answer(self, body: bytes) -> tuple[int, bytes]:
        try:
            root = ElementTree.fromstring(body)
        except ElementTree.ParseError:
            return 400, b""
        action = root.findtext(f".//{{{ADDRESSING}}}Action", "")
        message = root.findtext(f".//{{{ADDRESSING}}}MessageID", "")
        shell = root.findtext(f".//{{{WSMAN}}}Selector[@Name='ShellId']", "")
        verb = action.rsplit("/", 1)[-1]
        known = {
            "Create": self._create,
            "Delete": self._delete,
            "Command": self._command,
            "Send": self._send_,
            "Receive": self._receive,
            "Signal": self._signal,
        }
        if verb not in known:
            return self._fault(message, "w:ActionNotSupported", NOT_SUPPORTED)
        try:
            inner = known[verb](root, shell)
            return 200, self._envelope(action + "Response", message, inner)
        except KeyError:
            return self._fault(message, "w:InvalidSelectors", NOT_FOUND)
        except TimeoutError:
            return self._fault(message, "w:TimedOut", TIMED_OUT)

    @staticmethod
    def _envelope(action: str, relates: str, inner: str) -> bytes:
        return (
            f'<s:Envelope xmlns:s="{SOAP}" xmlns:a="{ADDRESSING}" xmlns:w="{WSMAN}" xmlns:rsp="{SHELL}" '
            f'xmlns:x="{TRANSFER}" xmlns:f="{FAULT}"'
            ' xml:lang="en-US">'
            f"<s:Header><a:Action>{action}</a:Action><a:MessageID>uuid:{str(uuid.uuid4()).upper()}</a:MessageID>"
            f"<a:RelatesTo>{escape(relates)}</a:RelatesTo></s:Header><s:Body>{inner}</s:Body></s:Envelope>"
        ).encode()

    def _fault(self, relates: str, subcode: str, code: int) -> tuple[int, bytes]:
        inner = (
            f"<s:Fault><s:Code><s:Value>s:Receiver</s:Value><s:Subcode><s:Value>{subcode}</s:Value></s:Subcode></s:Code>"
            f'<s:Reason><s:Text xml:lang="en-US">{code}</s:Text></s:Reason>'
            f'<s:Detail><f:WSManFault Code="{code}" '
            f'Machine="twin"><f:Message>{code}</f:Message></f:WSManFault></s:Detail></s:Fault>'
        )
        return 500, self._envelope("http://schemas.dmtf.org/wbem/wsman/1/wsman/fault", relates, inner)

    def _create(self, _root: ElementTree.Element, _shell: str) -> str:
        name = str(uuid.uuid4()).upper()
        with self.lock:
            self.shells[name] = {}
        return (
            f"<x:ResourceCreated><a:Address>{ADDRESSING}/role/anonymous</a:Address><a:ReferenceParameters><w:ResourceURI>{SHELL}/cmd</w:ResourceURI>"
            f"<w:SelectorSet><w:Selector "
            f'Name="ShellId">{name}</w:Selector></w:SelectorSet></a:ReferenceParameters></x:ResourceCreated>'
            f"<rsp:Shell><rsp:ShellId>{name}</rsp:ShellId></rsp:Shell>"
        )

    def _delete(self, _root: ElementTree.Element, shell: str) -> str:
        with self.lock:
            del self.shells[shell]
        return ""

    def _command(self, root: ElementTree.Element, shell: str) -> str:
        arguments = [element.text for element in root.iter(f"{{{SHELL}}}Arguments")]
        line = " ".join(text for text in [root.findtext(f".//{{{SHELL}}}Command"), *arguments] if text)
        console = root.findtext(f".//{{{WSMAN}}}Option[@Name='WINRS_CONSOLEMODE_STDIN']", "TRUE")
        command = _Command(line, console.upper() == "FALSE")
        name = str(uuid.uuid4()).upper()
        self.shells[shell][name] = command
        if not command.needs_input:
            self._start(command)
        return f"<rsp:CommandResponse><rsp:CommandId>{name}</rsp:CommandId></rsp:CommandResponse>"

    def _send_input(self, stream: ElementTree.Element, shell: str) -> None:
        command = self.shells[shell][stream.attrib["CommandId"]]
        command.stdin += base64.b64decode(stream.text or "")
        if stream.attrib.get("End", "").lower() == "true":
            self._start(command)

    def _send_(self, root: ElementTree.Element, shell: str) -> str:
        for stream in root.iter(f"{{{SHELL}}}Stream"):
            self._send_input(stream, shell)
        return "<rsp:SendResponse/>"

    def _start(self, command: _Command) -> None:
        def work() -> None:
            try:
                command.result = self.run(command.line, bytes(command.stdin))
            except HangUp:
                command.hang_up = True
            except Exception as error:  # a crash must not pass for a command that said nothing and went well
                command.result = (1, b"", f"{type(error).__name__}: {error}".encode())
            finally:
                command.done.set()

        threading.Thread(target=work, daemon=True).start()

    def _receive(self, root: ElementTree.Element, shell: str) -> str:
        wanted = root.find(f".//{{{SHELL}}}DesiredStream")
        name = wanted.attrib["CommandId"] if wanted is not None else ""
        command = self.shells[shell][name]
        duration = _DURATION.match(root.findtext(f".//{{{WSMAN}}}OperationTimeout", ""))
        if not command.done.wait(int(duration[1] or 0) * 60 + float(duration[2] or 0) if duration else 20):
            raise TimeoutError
        if command.hang_up:
            raise HangUp
        code, out, err = command.result
        streams = "".join(
            f'<rsp:Stream Name="{stream}" CommandId="{name}">{base64.b64encode(data).decode()}</rsp:Stream>'
            f'<rsp:Stream Name="{stream}" CommandId="{name}" End="true"/>'
            for stream, data in (("stdout", out), ("stderr", err))
        )
        state = (
            f'<rsp:CommandState CommandId="{name}" '
            f'State="{SHELL}/CommandState/Done"><rsp:ExitCode>{code}</rsp:ExitCode></rsp:CommandState>'
        )
        return f"<rsp:ReceiveResponse>{streams}{state}</rsp:ReceiveResponse>"

    def _signal(self, root: ElementTree.Element, shell: str) -> str:
        signal = root.find(f".//{{{SHELL}}}Signal")
        del self.shells[shell][signal.attrib["CommandId"] if signal is not None else ""]
        return "<rsp:SignalResponse/>"
