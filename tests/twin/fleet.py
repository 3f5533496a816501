# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts in a row: each with its own loopback address, WinRM on 5985 and its listener, and an inventory that reaches
them."""

from __future__ import annotations

import base64
import gzip
import json
import random
import re
import secrets
import socket
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.hosts import hostscript, running, tools
from tests.hosts.scenarios import SCENARIOS, host_of
from tests.twin import windows_modules
from tests.twin.listener import Listener
from tests.twin.wsman import HangUp, WsMan

WINRM_PORT = 5985
SEPARATOR = b"\n\0\0\0\0\n"
USER = "twin"


class Twin:
    """One host that is up."""

    def __init__(self, name: str, scenario: str, address: str, password: str, state_dir: Path) -> None:
        self.name, self.scenario, self.address = name, SCENARIOS[scenario], address
        self.state_path = state_dir / f"{name}.json"
        self.calls_path = state_dir / f"{name}.calls.json"
        self.calls: list[dict[str, Any]] = []
        self.host = host_of(scenario, name, self.state_path)
        self.listener = Listener(self.host, address)
        self.host.on_change = self.listener.follow
        self.wsman: WsMan | None = None
        self.fault = self.scenario.fault
        if self.fault != "closed":
            self.wsman = WsMan(address, WINRM_PORT, USER, password, self.run)
            self.wsman.refuse = self.fault == "refuse"
            self.wsman.stall = 120.0 if self.fault == "stall" else 0.0
            self.wsman.foreign = b"<html>It works!</html>" if self.fault == "foreign" else None
        self.host.changed()

    @property
    def state(self) -> dict[str, Any]:
        """What lasts, as a copy."""
        return self.host.state

    @property
    def name_for_users(self) -> str:
        return self.scenario.probe_host(self.address) if self.scenario.probe_host else self.address

    @property
    def rdp_port(self) -> int:
        return self.host.port

    @property
    def posts(self) -> int:
        return self.wsman.posts if self.wsman else 0

    def close(self) -> None:
        if self.wsman:
            self.wsman.close()
        self.listener.close()

    # What arrives -----------------------------------------------------------------------------------------------------

    def run(self, line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
        """Decode a module call as ansible-core 2.19 and later send it, and answer for the module."""
        try:
            name, arguments = decode(line, stdin)
        except ValueError as error:
            return 1, b"", f"the twin does not know this command: {error}".encode()
        self.calls.append(
            {
                "module": name,
                "operation": arguments.get("operation"),
                "check_mode": bool(arguments.get("_ansible_check_mode")),
                "bytes": len(stdin),
                "posts": self.posts,
            }
        )
        self.calls_path.write_text(json.dumps(self.calls, indent=1))
        if name in ("winops.rdp._host", "winops.rdp._apply"):
            return self._host(arguments)
        if name == "winops.rdp._witnesses":
            told = tools.answers(self.host, arguments["key_files"])
            return 0, json.dumps({"changed": False, "answers": told}).encode(), b""
        answer = windows_modules.answer(self.host, name, arguments)
        self.host.changed()
        return (1 if answer.get("failed") else 0), json.dumps(answer).encode(), b""

    def _host(self, arguments: dict[str, Any]) -> tuple[int, bytes, bytes]:
        cut = None
        if self.fault and self.fault.startswith("cut:") and arguments.get("operation") == "apply":
            cut = int(self.fault.split(":")[1])
            self.fault = None  # it dies once
        try:
            answer = json.dumps(hostscript.call(self.host, arguments, cut)).encode()
        except running.Cut:
            raise HangUp from None
        if self.fault == "garbage":
            return 0, b"\xff\xfeWindows PowerShell\r\n%PDF-1.4 \x00\x01", b""
        if self.fault == "truncated":
            return 0, answer[: len(answer) // 2], b""
        return 0, answer, b""


def decode(line: str, stdin: bytes) -> tuple[str, dict[str, Any]]:
    """Module name and arguments of a call. Raises ValueError for anything else."""
    if "-encodedcommand" not in line.lower():
        raise ValueError("no encoded command")
    parts = stdin.split(SEPARATOR)
    if len(parts) < 2:
        script = base64.b64decode(line.split()[-1]).decode("utf-16-le", "replace")
        raise ValueError(f"no module call: {script[:80]!r}")
    bootstrap, body = json.loads(parts[0]), parts[1]
    if (bootstrap.get("params") or {}).get("DecompressInput"):
        body = gzip.decompress(base64.b64decode(body))
    manifest = json.loads(body)
    action = manifest["actions"][-1]
    if action["name"] != "module_wrapper.ps1":
        raise ValueError(f"action {action['name']}")
    params = action["params"]
    name = re.sub(r"^ansible_collections\.(.*)\.plugins\.modules\.(\w+)\.ps1$", r"\1.\2", params["Script"])
    if "ArgumentJSON" in params:
        return name, json.loads(params["ArgumentJSON"])
    arguments: dict[str, Any] = next(
        variable["Value"] for variable in params["Variables"] if variable["Name"] == "complex_args"
    )
    return name, arguments


class Fleet:
    """Twins that are up from ``with`` to its end (or from ``start`` to ``stop``)."""

    def __init__(self, scenarios: list[str], state_dir: Path | None = None, inventory: Path | None = None) -> None:
        unknown = sorted(set(scenarios) - set(SCENARIOS))
        if unknown:
            raise ValueError(f"no such scenario: {', '.join(unknown)}; --list names them")
        self._own = tempfile.TemporaryDirectory(prefix="twin") if state_dir is None else None
        self.state_dir = Path(self._own.name) if self._own else Path(state_dir or "")
        self.inventory_path = inventory or self.state_dir / "inventory.ini"
        self.password = secrets.token_urlsafe(24)
        self.scenarios = scenarios
        self.hosts: dict[str, Twin] = {}

    def __enter__(self) -> Fleet:
        self.state_dir.mkdir(parents=True, exist_ok=True)
        addresses = _addresses()
        counted: dict[str, int] = {}
        for scenario in self.scenarios:
            counted[scenario] = counted.get(scenario, 0) + 1
            name = scenario if counted[scenario] == 1 else f"{scenario}_{counted[scenario]}"
            address = next(free for free in addresses if _is_free(free))
            self.hosts[name] = Twin(name, scenario, address, self.password, self.state_dir)
        self.inventory_path.write_text(self.inventory())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ThreadPoolExecutor(32) as pool:  # a server ends at its next look, a tenth of a second later at most
            list(pool.map(Twin.close, self.hosts.values()))
        if self._own:
            self._own.cleanup()

    def inventory(self) -> str:
        hosts = "\n".join(
            f"{name} ansible_host={twin.address}"
            + (f" client_code={twin.scenario.code}" if twin.scenario.code else "")
            + "".join(f" asks_{option}=true" for option in twin.scenario.asks)
            + (
                f" probe_host='\"{twin.name_for_users}\"'" if twin.scenario.probe_host else ""
            )  # else a number would be read
            for name, twin in self.hosts.items()
        )
        return (
            f"[windows]\n{hosts}\n\n[windows:vars]\n"
            f"ansible_connection=winrm\nansible_port={WINRM_PORT}\nansible_user={USER}\nansible_password={self.password}\n"
            "ansible_winrm_scheme=http\nansible_winrm_transport=basic\nansible_winrm_message_encryption=never\n"
            "ansible_winrm_read_timeout_sec=32\nansible_winrm_operation_timeout_sec=30\n"
        )


def _addresses() -> Iterator[str]:
    """Loopback addresses, network after network, so that fleets beside each other seldom meet."""
    for _turn in range(50):
        network = f"127.{random.randint(16, 250)}.{random.randint(0, 250)}"
        yield from (f"{network}.{number}" for number in range(2, 255))
    raise OSError(
        f"no loopback address is free on the ports {WINRM_PORT} and 3389; does something listen there on all addresses?"
    )


def _is_free(address: str) -> bool:
    for port in (WINRM_PORT, 3389, 3390):
        with socket.socket() as probe:
            try:
                probe.bind((address, port))
            except OSError:
                return False
    return True
