# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connections of Ansible in front of Wine prefixes: the command line and the input that Ansible sent go to a
PowerShell engine as they came.

Over PSRP there is no command line: the script of the pipeline goes to the engine as ``-EncodedCommand``, and what the
pipeline is given as its standard input.
"""

from __future__ import annotations

import functools
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from tests.ports import free_port
from tests.twin.connections import Reach
from tests.twin.ssh import Ssh
from tests.twin.wsman import WsMan

from .prefix import Prefix, windows


@dataclass
class Call:
    """One command as it came over the wire."""

    line: str
    stdin: bytes
    code: int
    out: bytes
    seconds: float


@dataclass
class Served:
    """Serves prefixes by name over one connection, and writes an inventory that reaches them."""

    hosts: dict[str, Prefix]
    folder: Path
    connection: str = "winrm_basic"
    calls: dict[str, list[Call]] = field(default_factory=dict)
    servers: dict[str, WsMan | Ssh] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.reach = Reach(self.connection, self.folder, secrets.token_urlsafe(24))

    def __enter__(self) -> Served:
        self.reach.open(list(self.hosts))
        for name in self.hosts:
            self.calls[name] = []
            self.ports[name] = free_port()
            self.servers[name] = self.reach.serve("127.0.0.1", functools.partial(self.run, name), self.ports[name])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self.servers.values():
            server.close()
        self.reach.close()

    def run(self, name: str, line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
        program, *arguments = line.split()
        assert program.lower() == "powershell", line[:100]
        # By its full path: the name alone is Wine's stand-in, which prints nothing. The engine puts its own folder
        # first on PATH.
        ran = self.hosts[name].run(windows(os.environ["WINOPS_PWSH_WIN"]), *arguments, stdin=stdin, timeout=170)
        self.calls[name].append(Call(line, stdin, ran.code, ran.out, ran.seconds))
        return ran.code, ran.out, ran.err

    def inventory(self) -> Path:
        given = {"ansible_host": "127.0.0.1", **self.reach.variables()}
        common = "".join(f"{key}={value}\n" for key, value in given.items())
        hosts = "".join(f"{name} ansible_port={port}\n" for name, port in self.ports.items())
        path = self.folder / "hosts"
        path.write_text(f"{hosts}\n[all:vars]\n{common}")
        return path
