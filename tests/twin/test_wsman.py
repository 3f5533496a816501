# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The WS-Man server as pywinrm, the client library of Ansible's winrm connection, meets it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
import requests
from winrm.exceptions import InvalidCredentialsError, WinRMError, WSManFaultError
from winrm.protocol import Protocol

from tests.ports import free_port
from tests.twin.authentication import Basic
from tests.twin.wsman import HangUp, WsMan

pytestmark = pytest.mark.needs_sockets

USER, PASSWORD = "somebody", "a-long-password"


class Machine:
    """A command interpreter with three commands."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bytes]] = []
        self.release = threading.Event()

    def run(self, line: str, stdin: bytes) -> tuple[int, bytes, bytes]:
        self.seen.append((line, stdin))
        if line == "cat":
            return 0, stdin, b""
        if line == "wait":
            self.release.wait(30)
            return 0, b"waited", b""
        if line == "die":
            raise HangUp
        return 7, line.encode(), b"no such command"


@pytest.fixture
def machine() -> Iterator[tuple[Machine, WsMan, Protocol]]:
    port, interpreter = free_port(), Machine()
    server = WsMan("127.0.0.1", port, Basic(USER, PASSWORD), interpreter.run)
    yield interpreter, server, _client(port)
    interpreter.release.set()
    server.close()


def _client(port: int, password: str = PASSWORD) -> Protocol:
    return Protocol(
        f"http://127.0.0.1:{port}/wsman",
        transport="basic",
        username=USER,
        password=password,
        message_encryption="never",
        operation_timeout_sec=20,
        read_timeout_sec=40,
    )


def test_exit_code_output_and_errors(machine: tuple[Machine, WsMan, Protocol]) -> None:
    interpreter, server, client = machine
    shell = client.open_shell()
    command = client.run_command(shell, "frobnicate", ["--hard", "now"])
    out, err, code = client.get_command_output(shell, command)
    client.cleanup_command(shell, command)
    client.close_shell(shell)
    assert (out, err, code) == (b"frobnicate --hard now", b"no such command", 7)
    assert interpreter.seen == [("frobnicate --hard now", b"")]
    assert server.posts == 5  # create, command, receive, signal, delete


def test_input_in_pieces_arrives_whole(machine: tuple[Machine, WsMan, Protocol]) -> None:
    _interpreter, _server, client = machine
    shell = client.open_shell()
    command = client.run_command(shell, "cat", console_mode_stdin=False)
    client.send_command_input(shell, command, b"\x00\xffone" * 50000)
    client.send_command_input(shell, command, "zwei€".encode(), end=True)
    out, err, code = client.get_command_output(shell, command)
    assert (out, err, code) == (b"\x00\xffone" * 50000 + "zwei€".encode(), b"", 0)


def test_several_commands_in_one_shell(machine: tuple[Machine, WsMan, Protocol]) -> None:
    interpreter, server, client = machine
    shell = client.open_shell()
    for number in range(3):
        command = client.run_command(shell, f"number{number}")
        assert client.get_command_output(shell, command)[0] == f"number{number}".encode()
        client.cleanup_command(shell, command)
    client.close_shell(shell)
    assert server.posts == 2 + 3 * 3 and len(interpreter.seen) == 3


def test_a_wrong_password_is_not_let_in(machine: tuple[Machine, WsMan, Protocol]) -> None:
    interpreter, server, client = machine
    with pytest.raises(InvalidCredentialsError):
        _client(int(client.transport.endpoint.split(":")[2].split("/")[0]), "wrong").open_shell()
    assert server.posts == 0 and not interpreter.seen


def test_what_is_not_there_is_a_fault(machine: tuple[Machine, WsMan, Protocol]) -> None:
    _interpreter, _server, client = machine
    shell = client.open_shell()
    client.close_shell(shell)
    with pytest.raises((WinRMError, WSManFaultError)) as fault:
        client.run_command(shell, "cat")
    assert "2150858843" in repr(fault.value) + str(vars(fault.value))


def test_a_host_that_dies_answers_nothing(machine: tuple[Machine, WsMan, Protocol]) -> None:
    interpreter, _server, client = machine
    shell = client.open_shell()
    command = client.run_command(shell, "die")
    with pytest.raises(requests.exceptions.ConnectionError):
        client.get_command_output(shell, command)
    assert ("die", b"") in interpreter.seen


def test_other_paths_and_methods_are_not_served(machine: tuple[Machine, WsMan, Protocol]) -> None:
    _interpreter, _server, client = machine
    place = client.transport.endpoint.removesuffix("/wsman")
    assert requests.post(place + "/other", data=b"", timeout=5).status_code == 404
    answer = requests.post(place + "/wsman", data=b"<no xml", timeout=5, auth=(USER, PASSWORD))
    assert answer.status_code >= 400
    unsigned = requests.post(place + "/wsman", data=b"", timeout=5)
    assert unsigned.status_code == 401 and unsigned.headers["WWW-Authenticate"].startswith("Basic")


def test_an_answer_is_sent_in_one_piece(machine: tuple[Machine, WsMan, Protocol]) -> None:
    """In two segments each answer would cost a delayed acknowledgement of 40 ms."""
    _interpreter, server, client = machine
    server.foreign = b"x" * 5000
    port = int(client.transport.endpoint.split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port), 30) as sock:
        for _turn in range(20):
            sock.sendall(b"POST /wsman HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
            head, _end, body = sock.recv(65536).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 ") and body == server.foreign
