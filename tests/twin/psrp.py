# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A runspace pool as pypsrp opens one over WS-Man: psrpcore speaks the protocol, a callback runs the scripts."""

from __future__ import annotations

import base64
import threading
import uuid
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

import psrpcore
from psrpcore.types import HostMethodIdentifier, NETException

from tests.twin.wsman import SHELL, HangUp, Run


@dataclass
class _Pipeline:
    server: psrpcore.ServerPipeline
    script: str = ""
    input: list[str] = field(default_factory=list)
    done: bool = False
    hang_up: bool = False


class Runspaces:
    """One pool. A script and its input are run as ``powershell -EncodedCommand`` would be with it as standard input."""

    def __init__(self, run: Run, creation: str) -> None:
        self.run = run
        self._pool = psrpcore.ServerRunspacePool()
        self._pipelines: dict[uuid.UUID, _Pipeline] = {}
        self._out: dict[uuid.UUID | None, bytearray] = {}
        self._changed = threading.Condition()  # holds the pool as well, which is not made for several threads
        self._take(creation, None)

    def command(self, root: ElementTree.Element) -> str:
        line = root.find(f".//{{{SHELL}}}CommandLine")
        name = line.attrib["CommandId"] if line is not None else ""
        number = uuid.UUID(name)
        with self._changed:
            self._pipelines[number] = _Pipeline(psrpcore.ServerPipeline(self._pool, number))
        self._take(root.findtext(f".//{{{SHELL}}}Arguments") or "", number)
        return f"<rsp:CommandResponse><rsp:CommandId>{name}</rsp:CommandId></rsp:CommandResponse>"

    def send(self, root: ElementTree.Element) -> None:
        for stream in root.iter(f"{{{SHELL}}}Stream"):
            name = stream.attrib.get("CommandId")
            self._take(stream.text or "", uuid.UUID(name) if name else None)

    def receive(self, root: ElementTree.Element, seconds: float) -> str:
        wanted = root.find(f".//{{{SHELL}}}DesiredStream")
        name = wanted.attrib.get("CommandId") if wanted is not None else None
        number = uuid.UUID(name) if name else None
        pipeline = self._pipelines[number] if number else None
        with self._changed:
            if not self._changed.wait_for(lambda: self._is_news(number, pipeline), seconds):
                raise TimeoutError
            if pipeline and pipeline.hang_up:
                raise HangUp
            data = bytes(self._out.pop(number, b""))
        about = f' CommandId="{name}"' if name else ""
        body = f'<rsp:Stream Name="stdout"{about}>{base64.b64encode(data).decode()}</rsp:Stream>'
        if pipeline and pipeline.done:
            body += f'<rsp:CommandState CommandId="{name}" State="{SHELL}/CommandState/Done"/>'
        return f"<rsp:ReceiveResponse>{body}</rsp:ReceiveResponse>"

    def signal(self, root: ElementTree.Element) -> None:
        pass  # pipelines here end by themselves

    def _is_news(self, number: uuid.UUID | None, pipeline: _Pipeline | None) -> bool:
        return bool(self._out.get(number)) or (pipeline is not None and (pipeline.done or pipeline.hang_up))

    def _take(self, fragments: str, number: uuid.UUID | None) -> None:
        """What a client sent, in base64, for the pool or for one pipeline."""
        data = base64.b64decode(fragments)
        with self._changed:
            self._pool.receive_data(psrpcore.PSRPPayload(data, psrpcore.StreamType.default, number))
            while (event := self._pool.next_event()) is not None:
                self._follow(event)
            self._hand_out()

    def _follow(self, event: psrpcore.PSRPEvent[Any, Any]) -> None:
        if isinstance(event, psrpcore.CreatePipelineEvent):
            pipeline = self._pipelines[event.pipeline_id]
            pipeline.script = event.pipeline.commands[0].command_text
            if event.pipeline.no_input:
                self._start(pipeline)
        elif isinstance(event, psrpcore.PipelineInputEvent):
            self._pipelines[event.pipeline_id].input.append(str(event.data))
        elif isinstance(event, psrpcore.EndOfPipelineInputEvent):
            self._start(self._pipelines[event.pipeline_id])

    def _hand_out(self) -> None:
        while (payload := self._pool.data_to_send()) is not None:
            self._out.setdefault(payload.pipeline_id, bytearray()).extend(payload.data)
        self._changed.notify_all()

    def _start(self, pipeline: _Pipeline) -> None:
        threading.Thread(target=self._work, args=(pipeline,), daemon=True).start()

    def _work(self, pipeline: _Pipeline) -> None:
        encoded = base64.b64encode(pipeline.script.encode("utf-16-le")).decode()
        try:
            code, out, err = self.run(f"powershell -EncodedCommand {encoded}", "\n".join(pipeline.input).encode())
        except HangUp:
            with self._changed:
                pipeline.hang_up = True
                self._changed.notify_all()
            return
        except Exception as error:  # a crash must not pass for a script that said nothing and went well
            code, out, err = 1, b"", f"{type(error).__name__}: {error}".encode()
        with self._changed:
            pipeline.server.start()
            if out:
                pipeline.server.write_output(out.decode("utf-8", "replace"))
            if err:
                pipeline.server.write_error(NETException(err.decode("utf-8", "replace")))
            if code:
                pipeline.server.host_call(HostMethodIdentifier.SetShouldExit, [code])
            pipeline.server.complete()
            pipeline.done = True
            self._hand_out()
