# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A WS-Man server as pywinrm and pypsrp need one: shells, commands, their input and output, on one loopback address.

It knows nothing of what is run: each command line and its whole standard input go to a callback. Who is let in, and how
bodies are sealed, is in ``authentication``; PowerShell's own kind of shell is in ``psrp``.
"""

from __future__ import annotations

import base64
import contextlib
import re
import ssl
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import Any, Protocol
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from tests.twin.authentication import PLAIN, Basic, Gate, Negotiate, NotSealed

SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"
POWERSHELL = "http://schemas.microsoft.com/powershell"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
TIMED_OUT, NOT_FOUND, NOT_SUPPORTED = 2150858793, 2150858843, 2150858752

_DURATION = re.compile(r"^PT(?:(\d+)M)?(?:([\d.]+)S)?$")

Run = Callable[[str, bytes], tuple[int, bytes, bytes]]


class HangUp(Exception):
    """Raised by a callback: drop the connection without an answer, as a host does that dies."""


class Shell(Protocol):
    """What a client has open: each method takes a request and gives what stands in the answer's body.

    All raise KeyError for what is not there.
    """

    def command(self, root: ElementTree.Element) -> str:
        """A command begins."""

    def send(self, root: ElementTree.Element) -> None:
        """Input of a command."""

    def receive(self, root: ElementTree.Element, seconds: float) -> str:
        """Raises TimeoutError if there is nothing to say within that time, HangUp if the host dies."""

    def signal(self, root: ElementTree.Element) -> None:
        """A command is given up, or done with."""


@dataclass
class _Command:
    line: str
    needs_input: bool
    stdin: bytearray = field(default_factory=bytearray)
    done: threading.Event = field(default_factory=threading.Event)
    result: tuple[int, bytes, bytes] = (0, b"", b"")
    hang_up: bool = False


class CommandShell:
    """A shell of command lines, each run by ``run``."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.commands: dict[str, _Command] = {}

    def command(self, root: ElementTree.Element) -> str:
        arguments = [element.text for element in root.iter(f"{{{SHELL}}}Arguments")]
        line = " ".join(text for text in [root.findtext(f".//{{{SHELL}}}Command"), *arguments] if text)
        console = root.findtext(f".//{{{WSMAN}}}Option[@Name='WINRS_CONSOLEMODE_STDIN']", "TRUE")
        command = _Command(line, console.upper() == "FALSE")
        name = str(uuid.uuid4()).upper()
        self.commands[name] = command
        if not command.needs_input:
            self._start(command)
        return f"<rsp:CommandResponse><rsp:CommandId>{name}</rsp:CommandId></rsp:CommandResponse>"

    def send(self, root: ElementTree.Element) -> None:
        for stream in root.iter(f"{{{SHELL}}}Stream"):
            command = self.commands[stream.attrib["CommandId"]]
            command.stdin += base64.b64decode(stream.text or "")
            if stream.attrib.get("End", "").lower() == "true":
                self._start(command)

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

    def receive(self, root: ElementTree.Element, seconds: float) -> str:
        wanted = root.find(f".//{{{SHELL}}}DesiredStream")
        name = wanted.attrib["CommandId"] if wanted is not None else ""
        command = self.commands[name]
        if not command.done.wait(seconds):
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

    def signal(self, root: ElementTree.Element) -> None:
        signal = root.find(f".//{{{SHELL}}}Signal")
        del self.commands[signal.attrib["CommandId"] if signal is not None else ""]


class WsMan:
    """Serves one host. ``run`` is called with a command line and its input, and answers exit code, output and
    errors.

    Without ``tls`` it speaks HTTP; without ``runspaces`` it has no shells of PowerShell.
    """

    def __init__(
        self,
        address: str,
        port: int,
        authentication: Basic | Negotiate,
        run: Run,
        tls: ssl.SSLContext | None = None,
        runspaces: Callable[[Run, str], Shell] | None = None,
    ) -> None:
        self.run, self.runspaces = run, runspaces
        self.posts = 0
        self.refuse = False  # answer 401 to everybody
        self.stall = 0.0  # seconds to wait before each answer
        self.foreign: bytes | None = None  # answer every request with this body instead: something else on the port
        # Answer whoever takes leave without an end: with such a piece, and so many seconds before the next.
        self.farewell: tuple[bytes, float] | None = None
        self.offered: list[str] = []  # what clients gave to be let in
        self.over = threading.Event()
        self.shells: dict[str, Shell] = {}
        self.lock = threading.Lock()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def setup(self) -> None:
                if tls:
                    self.request.settimeout(30)
                    self.request = tls.wrap_socket(self.request, server_side=True)
                self.gate = authentication.gate()
                super().setup()

            def do_POST(self) -> None:
                outer.serve(self, self.gate)

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
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    # HTTP -------------------------------------------------------------------------------------------------------------

    def serve(self, http: BaseHTTPRequestHandler, gate: Gate) -> None:
        body = http.rfile.read(int(http.headers.get("Content-Length", "0")))
        if self.stall:
            time.sleep(self.stall)
        if self.foreign is not None:
            self._send(http, 200, self.foreign, "text/html")
            return
        if http.path != "/wsman":
            self._send(http, 404, b"")
            return
        self.offered += http.headers.get_all("Authorization") or []
        admitted, told = gate.admit(http.headers.get("Authorization"))
        extra = {"WWW-Authenticate": told} if told else {}
        if self.refuse or not admitted:
            self._send(http, 401, b"", extra=extra or {"WWW-Authenticate": 'Basic realm="WSMAN"'})
        else:
            self._serve_admitted(http, gate, body, extra)

    def _serve_admitted(self, http: BaseHTTPRequestHandler, gate: Gate, body: bytes, extra: dict[str, str]) -> None:
        kind = http.headers.get("Content-Type") or ""
        try:
            plain = gate.opened(kind, body)
            if not plain and gate.sealing:  # a client that wants to be let in before it says anything
                self._send(http, 200, b"", extra=extra)
                return
            with self.lock:
                self.posts += 1
            if self.farewell and f"{TRANSFER}/Delete".encode() in plain:
                self._never_end(http, *self.farewell)
                return
            status, answer = self._answer(plain)
        except NotSealed:
            self._send(http, 400, b"", extra=extra)
            return
        except HangUp:
            http.close_connection = True
            http.connection.close()
            return
        kind, whole = gate.closed(kind, answer)
        self._send(http, status, whole, kind, extra)

    def _never_end(self, http: BaseHTTPRequestHandler, piece: bytes, pause: float) -> None:
        http.send_response(200)
        http.send_header("Content-Type", PLAIN)
        http.send_header("Content-Length", str(10**12))
        http.end_headers()
        with contextlib.suppress(OSError):
            while not self.over.wait(pause):
                http.wfile.write(piece)
                http.wfile.flush()
        http.close_connection = True

    @staticmethod
    def _send(
        http: BaseHTTPRequestHandler,
        status: int,
        body: bytes,
        kind: str = PLAIN,
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

    def _create(self, root: ElementTree.Element, _shell: str) -> str:
        creation = root.findtext(f".//{{{POWERSHELL}}}creationXml")
        given = root.find(f".//{{{SHELL}}}Shell")
        kind, name = "cmd", str(uuid.uuid4()).upper()
        shell: Shell = CommandShell(self.run)
        if creation is not None and self.runspaces is not None:
            kind, shell = "Microsoft.PowerShell", self.runspaces(self.run, creation)
            name = given.attrib.get("ShellId", name) if given is not None else name
        with self.lock:
            self.shells[name] = shell
        return (
            f"<x:ResourceCreated><a:Address>{ADDRESSING}/role/anonymous</a:Address><a:ReferenceParameters>"
            f"<w:ResourceURI>{SHELL if kind == 'cmd' else POWERSHELL}/{kind}</w:ResourceURI>"
            f'<w:SelectorSet><w:Selector Name="ShellId">{name}</w:Selector></w:SelectorSet></a:ReferenceParameters>'
            f"</x:ResourceCreated><rsp:Shell><rsp:ShellId>{name}</rsp:ShellId></rsp:Shell>"
        )

    def _delete(self, _root: ElementTree.Element, shell: str) -> str:
        with self.lock:
            del self.shells[shell]
        return ""

    def _command(self, root: ElementTree.Element, shell: str) -> str:
        return self.shells[shell].command(root)

    def _send_(self, root: ElementTree.Element, shell: str) -> str:
        self.shells[shell].send(root)
        return "<rsp:SendResponse/>"

    def _receive(self, root: ElementTree.Element, shell: str) -> str:
        duration = _DURATION.match(root.findtext(f".//{{{WSMAN}}}OperationTimeout", ""))
        seconds = int(duration[1] or 0) * 60 + float(duration[2] or 0) if duration else 20
        return self.shells[shell].receive(root, seconds)

    def _signal(self, root: ElementTree.Element, shell: str) -> str:
        self.shells[shell].signal(root)
        return "<rsp:SignalResponse/>"
