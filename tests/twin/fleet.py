# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts in a row: each with its own loopback address, the server of a connection and its listener, and an inventory
that reaches them."""

from __future__ import annotations

import base64
import gzip
import json
import random
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.hosts import clients, hostscript, running, tools
from tests.hosts.scenarios import SCENARIOS, host_of
from tests.twin import windows_modules
from tests.twin.connections import Reach
from tests.twin.listener import Listener
from tests.twin.ssh import Ssh
from tests.twin.wsman import HangUp, Run, WsMan

_NULS = b"\0\0\0\0"


class Twin:
    """One host that is up."""

    def __init__(
        self,
        name: str,
        scenario: str,
        address: str,
        state_dir: Path,
        serve: Callable[[str, Run], WsMan | Ssh],
    ) -> None:
        self.name, self.scenario, self.address = name, SCENARIOS[scenario], address
        self.state_path = state_dir / f"{name}.json"
        self.calls_path = state_dir / f"{name}.calls.json"
        self.calls: list[dict[str, Any]] = []
        self.host = host_of(scenario, name, self.state_path)
        self.listener = Listener(self.host, address)
        self.host.on_change = self.listener.follow
        self.fault = self.scenario.fault
        self.server = None if self.fault == "closed" else serve(address, self.run)
        self.wsman = self.server if isinstance(self.server, WsMan) else None
        if self.server:
            self.server.refuse = self.fault == "refuse"
            self.server.stall = 120.0 if self.fault == "stall" else 0.0
        if self.wsman and self.fault == "foreign":
            self.wsman.foreign = b"<html>It works!</html>"
        self.host.changed()

    @property
    def state(self) -> dict[str, Any]:
        """What lasts, as a copy."""
        return self.host.state

    @property
    def lasting(self) -> dict[str, Any]:
        """What a restart does not change, and a way back is to bring back."""
        state = self.state
        return {part: state[part] for part in ("registry", "files", "services")}

    @property
    def name_for_users(self) -> str:
        return self.scenario.probe_host(self.address) if self.scenario.probe_host else self.address

    @property
    def rdp_port(self) -> int:
        return self.host.port

    @property
    def posts(self) -> int:
        return self.server.posts if self.server else 0

    def close(self) -> None:
        if self.server:
            self.server.close()
        self.listener.close()

    # What arrives -----------------------------------------------------------------------------------------------------

    def run(self, line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
        """Decode a module call as ansible-core sends it, and answer for the module."""
        try:
            name, arguments = decode(line, stdin)
        except ValueError as error:
            return 1, b"", f"the twin does not know this command: {error}".encode()
        return self.called(name, arguments, len(stdin))

    def called(self, name: str, arguments: dict[str, Any], size: int = 0) -> tuple[int, bytes, bytes]:
        """Answer for a module, which was brought in so many bytes."""
        self.calls.append(
            {
                "module": name,
                "operation": arguments.get("operation"),
                "check_mode": bool(arguments.get("_ansible_check_mode")),
                "bytes": size,
                "posts": self.posts,
            }
        )
        self.calls_path.write_text(json.dumps(self.calls))
        if name in ("winops.rdp.__windows._host", "winops.rdp.__windows._apply"):
            return self._host(arguments)
        if name == "winops.rdp.__windows._client":
            return 0, json.dumps(clients.answer(self.host, arguments)).encode(), b""
        if name == "winops.rdp.__windows._witnesses":
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
    parts = [part.strip() for part in stdin.split(_NULS)]
    if len(parts) < 2:
        script = base64.b64decode(line.split()[-1]).decode("utf-16-le", "replace")
        raise ValueError(f"no module call: {script[:80]!r}")
    arguments = _arguments(parts[0], parts[1])
    return arguments["_ansible_module_name"], arguments


def sent(line: str, stdin: bytes) -> bytes:
    """All that a call has brought, as it can be read."""
    parts = [part.strip() for part in stdin.split(_NULS)]
    return b"\n".join([line.encode(), parts[0], *(_inflated(parts[0], part) for part in parts[1:] if part)])


def _inflated(first: bytes, body: bytes) -> bytes:
    if first.startswith(b"{") and (json.loads(first).get("params") or {}).get("DecompressInput"):
        return gzip.decompress(base64.b64decode(body))
    return body


def _arguments(first: bytes, body: bytes) -> dict[str, Any]:
    """The arguments in what precedes the first four zero bytes and what follows them."""
    if not first.startswith(b"{"):  # up to 2.18: the wrapper's text, and one flat manifest
        arguments: dict[str, Any] = json.loads(body)["module_args"]
        return arguments
    body = _inflated(first, body)
    action = json.loads(body)["actions"][-1]
    if action["name"] != "module_wrapper.ps1":
        raise ValueError(f"action {action['name']}")
    params = action["params"]
    if "ArgumentJSON" in params:
        arguments = json.loads(params["ArgumentJSON"])
    else:
        arguments = next(variable["Value"] for variable in params["Variables"] if variable["Name"] == "complex_args")
    return arguments


class Fleet:
    """Twins that are up from ``with`` to its end.

    ``connection`` is one of ``connections.CONNECTIONS``; ``environment`` is what Ansible needs to have for it.
    """

    def __init__(
        self,
        scenarios: list[str],
        state_dir: Path | None = None,
        inventory: Path | None = None,
        connection: str = "winrm_basic",
    ) -> None:
        unknown = sorted(set(scenarios) - set(SCENARIOS))
        if unknown:
            raise ValueError(f"no such scenario: {', '.join(unknown)}; --list names them")
        self._own = tempfile.TemporaryDirectory(prefix="twin") if state_dir is None else None
        self.state_dir = Path(self._own.name) if self._own else Path(state_dir or "")
        self.inventory_path = inventory or self.state_dir / "inventory.ini"
        self.password = secrets.token_urlsafe(24)
        self.scenarios = scenarios
        self.hosts: dict[str, Twin] = {}
        self._names = _names(scenarios)
        self.reach = Reach(connection, self.state_dir, self.password)

    @property
    def environment(self) -> dict[str, str]:
        return self.reach.environment

    def __enter__(self) -> Fleet:
        self.state_dir.mkdir(parents=True, exist_ok=True)
        self.reach.open(list(self._names))
        addresses = _addresses()
        for name, scenario in self._names.items():
            address = next(free for free in addresses if _is_free(free, self.reach.connection.port))
            self.hosts[name] = Twin(name, scenario, address, self.state_dir, self.reach.serve)
        self.inventory_path.write_text(self.inventory())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with ThreadPoolExecutor(32) as pool:  # a server ends at its next look, a tenth of a second later at most
            list(pool.map(Twin.close, self.hosts.values()))
        self.reach.close()
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
            + "".join(f" {key}={value}" for key, value in self.reach.of_host(name).items())
            for name, twin in self.hosts.items()
        )
        common = {"ansible_port": self.reach.connection.port, **self.reach.variables()}
        lines = "\n".join(f"{key}={value}" for key, value in common.items())
        return f"[windows]\n{hosts}\n\n[windows:vars]\n{lines}\n"


def _names(scenarios: list[str]) -> dict[str, str]:
    """Names of hosts, each with its scenario: the second of one scenario has a number."""
    counted: dict[str, int] = {}
    names = {}
    for scenario in scenarios:
        counted[scenario] = counted.get(scenario, 0) + 1
        names[scenario if counted[scenario] == 1 else f"{scenario}_{counted[scenario]}"] = scenario
    return names


def _addresses() -> Iterator[str]:
    """Loopback addresses, network after network, so that fleets beside each other seldom meet."""
    for _turn in range(50):
        network = f"127.{random.randint(16, 250)}.{random.randint(0, 250)}"
        yield from (f"{network}.{number}" for number in range(2, 255))
    raise OSError("no loopback address is free on the ports of the connection and 3389; does something listen there?")


def free_address(way: int) -> str:
    """A loopback address for one host that Ansible reaches at port ``way``."""
    return next(address for address in _addresses() if _is_free(address, way))


def _is_free(address: str, way: int) -> bool:
    for port in (way, 3389, 3390):
        with socket.socket() as probe:
            try:
                probe.bind((address, port))
            except OSError:
                return False
    return True
