# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""WinRM in front of Wine prefixes: the command line and the input that Ansible sent go to a PowerShell engine as they
came."""

from __future__ import annotations

import functools
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from tests.twin.wsman import WsMan

from .prefix import Prefix, free_port, windows


@dataclass
class Call:
    """One command as it came over the wire."""

    line: str
    stdin: bytes
    code: int
    out: bytes
    seconds: float


@dataclass
class WinRm:
    """Serves prefixes by name, and writes an inventory that reaches them."""

    hosts: dict[str, Prefix]
    calls: dict[str, list[Call]] = field(default_factory=dict)
    servers: dict[str, WsMan] = field(default_factory=dict)
    ports: dict[str, int] = field(default_factory=dict)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def __enter__(self) -> WinRm:
        for name in self.hosts:
            self.calls[name] = []
            self.ports[name] = free_port()
            self.servers[name] = WsMan(
                "127.0.0.1", self.ports[name], "lab", self.password, functools.partial(self.run, name)
            )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self.servers.values():
            server.close()

    def run(self, name: str, line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
        program, *arguments = line.split()
        assert program.lower() == "powershell", line[:100]
        # By its full path: the name alone is Wine's stand-in, which prints nothing. The engine puts its own folder
        # first on PATH.
        ran = self.hosts[name].run(windows(os.environ["WINOPS_PWSH_WIN"]), *arguments, stdin=stdin, timeout=170)
        self.calls[name].append(Call(line, stdin, ran.code, ran.out, ran.seconds))
        return ran.code, ran.out, ran.err

    def inventory(self, path: Path) -> Path:
        common = (
            f"ansible_host=127.0.0.1 ansible_user=lab ansible_password={self.password} ansible_connection=winrm"
            " ansible_winrm_scheme=http ansible_winrm_transport=basic ansible_winrm_message_encryption=never"
        )
        path.write_text("".join(f"{name} ansible_port={port} {common}\n" for name, port in self.ports.items()))
        return path
