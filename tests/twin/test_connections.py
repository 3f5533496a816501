# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The servers of connections keep out what Windows keeps out: each by the client library that Ansible uses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncssh
import pytest
import requests
from pypsrp.exceptions import AuthenticationError
from pypsrp.powershell import PowerShell, RunspacePool
from pypsrp.wsman import WSMan
from winrm.exceptions import InvalidCredentialsError
from winrm.protocol import Protocol

from tests.ports import free_port
from tests.profiles import absent
from tests.twin.connections import USER, Reach, missing
from tests.twin.ssh import Ssh
from tests.twin.wsman import HangUp

pytestmark = pytest.mark.needs_sockets

PASSWORD = "a-long-password"


def _run(line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
    if stdin == b"die":
        raise HangUp
    return 7, stdin + line[-8:].encode(), b"some error"


@contextmanager
def _served(name: str, folder: Path) -> Iterator[tuple[Reach, int]]:
    if reason := missing(name):
        absent(reason)
    reach, port = Reach(name, folder, PASSWORD), free_port()
    reach.open(["host"])
    server = reach.serve("127.0.0.1", _run, port)
    yield reach, port
    server.close()
    reach.close()


def _winrm(port: int, password: str = PASSWORD, scheme: str = "http", **more: Any) -> Protocol:
    return Protocol(f"{scheme}://127.0.0.1:{port}/wsman", username=USER, password=password, **more)


def _command(client: Protocol, data: bytes) -> tuple[bytes, bytes, int]:
    shell = client.open_shell()
    command = client.run_command(shell, "cat", console_mode_stdin=False)
    client.send_command_input(shell, command, data, end=True)
    out, err, code = client.get_command_output(shell, command)
    return out, err, code


def test_ntlm_seals_what_is_sent(tmp_path: Path) -> None:
    with _served("winrm_ntlm", tmp_path) as (_reach, port):
        client = _winrm(port, transport="ntlm", message_encryption="always")
        assert _command(client, b"secret" * 50000) == (b"secret" * 50000 + b"cat", b"some error", 7)


def test_ntlm_keeps_out_a_wrong_password(tmp_path: Path) -> None:
    with _served("winrm_ntlm", tmp_path) as (_reach, port), pytest.raises(InvalidCredentialsError):
        _winrm(port, "wrong", transport="ntlm", message_encryption="always").open_shell()


def test_what_is_not_sealed_is_not_answered(tmp_path: Path) -> None:
    with _served("winrm_ntlm", tmp_path) as (_reach, port), pytest.raises(Exception, match="400"):
        _winrm(port, transport="ntlm", message_encryption="never").open_shell()


def test_basic_does_not_get_past_ntlm(tmp_path: Path) -> None:
    with _served("winrm_ntlm", tmp_path) as (_reach, port):
        answer = requests.post(f"http://127.0.0.1:{port}/wsman", data=b"<x/>", auth=(USER, PASSWORD), timeout=5)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Negotiate")


def test_a_certificate_of_an_unknown_authority_is_refused(tmp_path: Path) -> None:
    with _served("winrm_https", tmp_path) as (_reach, port), pytest.raises(requests.exceptions.SSLError):
        _winrm(port, scheme="https", transport="basic", server_cert_validation="validate").open_shell()


def test_a_certificate_is_for_one_address(tmp_path: Path) -> None:
    with _served("winrm_https", tmp_path) as (reach, port):
        trusted = reach.variables()["ansible_winrm_ca_trust_path"]
        options = {"scheme": "https", "transport": "basic", "ca_trust_path": trusted}
        assert _command(_winrm(port, **options), b"x") == (b"xcat", b"some error", 7)
        client = _winrm(port, **options)
        client.transport.endpoint = client.transport.endpoint.replace("127.0.0.1", "localhost")
        with pytest.raises(requests.exceptions.SSLError):
            client.open_shell()


def _pool(port: int, password: str = PASSWORD, **more: Any) -> RunspacePool:
    return RunspacePool(WSMan("127.0.0.1", port=port, ssl=False, username=USER, password=password, **more))


def test_a_pipeline_gets_its_input_and_says_what_went_wrong(tmp_path: Path) -> None:
    with _served("psrp_ntlm", tmp_path) as (_reach, port):
        pool = _pool(port, auth="ntlm", encryption="always")
        pool.open()
        shell = PowerShell(pool)
        shell.add_script("$input")
        lines: Any = ["one", "two"]
        output = shell.invoke(input=lines)
        assert output[0].startswith("one\ntwo") and str(shell.streams.error[0]) == "some error"
        pool.close()


def test_psrp_keeps_out_a_wrong_password(tmp_path: Path) -> None:
    with _served("psrp_ntlm", tmp_path) as (_reach, port), pytest.raises(AuthenticationError):
        _pool(port, "wrong", auth="ntlm", encryption="always").open()


def test_a_host_that_dies_ends_a_pipeline(tmp_path: Path) -> None:
    with _served("psrp_basic", tmp_path) as (_reach, port):
        pool = _pool(port, auth="basic", encryption="never")
        pool.open()
        shell = PowerShell(pool)
        shell.add_script("$input")
        lines: Any = ["die"]
        with pytest.raises(requests.exceptions.ConnectionError):
            shell.invoke(input=lines)


def _ssh(reach: Reach, port: int, line: str, data: bytes = b"", **account: Any) -> asyncssh.SSHCompletedProcess:
    key = reach.variables()["ansible_ssh_private_key_file"]
    given = {"username": USER, "client_keys": [key], "known_hosts": None, "config": None, **account}

    async def call() -> asyncssh.SSHCompletedProcess:
        async with asyncssh.connect("127.0.0.1", port, **given) as client:
            source = {"input": data} if data else {"stdin": asyncssh.DEVNULL}
            return await client.run(line, encoding=None, **source)

    return asyncio.run(asyncio.wait_for(call(), 30))


@pytest.mark.parametrize(("shell", "length"), [("cmd", 8191), ("powershell", 32767)])
def test_a_command_line_is_as_long_as_the_shell_takes(shell: str, length: int, tmp_path: Path) -> None:
    with _served(f"ssh_{shell}", tmp_path) as (reach, port):
        done = _ssh(reach, port, "a" * length, b"in")
        assert (done.exit_status, done.stdout, done.stderr) == (7, b"in" + b"a" * 8, b"some error")
        assert _ssh(reach, port, "a" * (length + 1)).stderr == b"The command line is too long.\r\n"


def test_ssh_keeps_out_other_keys_and_passwords(tmp_path: Path) -> None:
    with _served("ssh_cmd", tmp_path) as (reach, port):
        other: dict[str, Any] = {"client_keys": [asyncssh.generate_private_key("ssh-ed25519")], "password": "wrong"}
        with pytest.raises(asyncssh.PermissionDenied):
            _ssh(reach, port, "dir", **other)
        assert _ssh(reach, port, "dir", client_keys=None, password=PASSWORD).exit_status == 7


def test_a_host_that_dies_ends_the_connection(tmp_path: Path) -> None:
    with _served("ssh_cmd", tmp_path) as (reach, port):
        done = _ssh(reach, port, "dir", b"die")
        assert (done.exit_status, done.stdout) == (None, b"")


def test_a_crash_of_what_is_run_is_said(tmp_path: Path) -> None:
    reach, port = Reach("ssh_cmd", tmp_path, PASSWORD), free_port()
    reach.open(["host"])

    def crash(line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
        raise KeyError("x")

    server = reach.serve("127.0.0.1", crash, port)
    assert isinstance(server, Ssh)
    done = _ssh(reach, port, "dir")
    server.close()
    assert (done.exit_status, done.stderr) == (1, b"KeyError: 'x'")


def test_an_unknown_connection_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such connection: telnet"):
        Reach("telnet", tmp_path, PASSWORD)
