# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each sentence on a host that could not be asked names who is to blame, over real connections."""

from __future__ import annotations

import gzip
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import module
from tests.e2e.runs import Run, run
from tests.profiles import deep
from tests.twin.drip import Drip
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(
        ["healthy", "winrm_closed", "winrm_refuses", "not_windows"], tmp_path_factory.mktemp("culprits")
    ) as twins:
        yield twins


@pytest.mark.parametrize(
    "proxy",
    [pytest.param("http://127.0.0.1:9", marks=pytest.mark.deep), "http://somebody:secret@127.0.0.1:9"],
)
def test_a_proxy_of_the_controller_is_named(fleet: Fleet, proxy: str, tmp_path: Path) -> None:
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", env={"http_proxy": proxy, "no_proxy": ""})
    line, address = done.line("healthy"), fleet.hosts["healthy"].address
    assert "a proxy of the controller (http_proxy=http://127.0.0.1:9)" in line and "secret" not in done.output
    assert f"add {address} to no_proxy" in line and "start the service" not in line
    assert done.code == 2 and done.report == {"healthy": "failed"}, "the host is not to blame"


def test_a_host_without_proxy_is_reached_past_it(fleet: Fleet, tmp_path: Path) -> None:
    env = {"http_proxy": "http://127.0.0.1:9", "no_proxy": fleet.hosts["healthy"].address}
    assert run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", env=env).report == {"healthy": "healthy"}


def test_kerberos_that_the_controller_lacks_is_named(fleet: Fleet, tmp_path: Path) -> None:
    """A package that cannot be imported, in the place of one that is not installed."""
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked/kerberos.py").write_text("raise ImportError(\"No module named 'kerberos'\")\n")
    env = {"PYTHONPATH": str(tmp_path / "blocked")}
    way = {"ansible_winrm_transport": "kerberos"}
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", env=env, **way)
    line = done.line("healthy")
    assert line.startswith("failed: was not asked: the controller has no Kerberos for Python.")
    assert (
        "-m pip install 'pywinrm[kerberos]'" in line and "libkrb5-dev" in line and done.report == {"healthy": "failed"}
    )


def test_connection_whose_package_is_missing(fleet: Fleet, tmp_path: Path) -> None:
    """A package that cannot be imported, in the place of one that is not installed."""
    (tmp_path / "blocked/winrm").mkdir(parents=True)
    (tmp_path / "blocked/winrm/__init__.py").write_text("raise ImportError(\"No module named 'winrm'\")\n")
    env = {"PYTHONPATH": str(tmp_path / "blocked")}
    line = run(fleet.inventory_path, "audit_rdp", tmp_path, "-l", "healthy", env=env).line("healthy")
    assert "the controller lacks the Python package of the connection" in line and "pip install pywinrm" in line


# Hosts beside these, at the address of the healthy one but for one option of the connection.
AMISS = {
    "at_https": "ansible_winrm_scheme=https",
    "at_no_name": "ansible_host=no-such-host.invalid",
    "at_credssp": "ansible_winrm_transport=credssp",
}


@pytest.fixture(scope="module")
def asked(fleet: Fleet, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """All that cannot be asked, in one run."""
    folder = tmp_path_factory.mktemp("asked")
    text = fleet.inventory_path.read_text()
    twin = next(line for line in text.splitlines() if line.startswith("healthy "))
    more = [twin.replace("healthy", name, 1) + f" {option}" for name, option in AMISS.items()]
    (folder / "inventory.ini").write_text(text.replace(twin, "\n".join([*more, twin])))
    return run(folder / "inventory.ini", "audit_rdp", folder, "-l", "all,!healthy")


@pytest.mark.parametrize(
    ("host", "words", "never"),
    [
        ("winrm_closed", "nothing listens on that port", "no_proxy"),
        ("winrm_closed", "Remote Desktop itself answers at", "has not been looked at"),
        ("winrm_refuses", "WinRM refuses the account (401)", "nothing listens"),
        ("not_windows", "something else than WinRM answers there", "account"),
        ("at_https", "speaks HTTPS to a port for HTTP", "account"),
        ("at_no_name", "cannot resolve the name no-such-host.invalid", "WinRM listens"),
        ("at_credssp", "pip install 'pywinrm[credssp]'", "refuses"),
    ],
)
def test_the_right_culprit(asked: Run, host: str, words: str, never: str) -> None:
    assert asked.code == 2 and words in asked.line(host) and never not in asked.line(host), asked.output


# Hosts whose inventory has an option of the connection that cannot be meant, and what to do.
ODD = {
    "a_first": ("ansible_connection", "wimrn", "(is winrm meant?). What to do: "),
    "a_scheme": ("ansible_winrm_scheme", "htpp", "it must be one of http, https"),
    "a_port": ("ansible_port", "70000", "it must be a port number from 1 to 65535"),
    "a_number": ("ansible_port", "abc", "it must be a port number from 1 to 65535"),
    "none_of_it": ("ansible_port", "0", "it must be a port number from 1 to 65535"),
}


def test_a_connection_that_there_is_not(fleet: Fleet, tmp_path: Path) -> None:
    """As an extra variable it is told before anything runs; of one host of the inventory, by that host's line."""
    done = run(fleet.inventory_path, "audit_rdp", tmp_path, ansible_connection="wimrn")
    assert done.code not in (0, 2) and "there is no connection plugin wimrn (is winrm meant?)" in done.output, (
        done.output
    )
    inventory = tmp_path / "inventory.ini"
    text = fleet.inventory_path.read_text()
    twin = next(line for line in text.splitlines() if line.startswith("healthy "))
    odd = {name: twin.replace("healthy", name, 1) + f" {option}={value}" for name, (option, value, _do) in ODD.items()}
    inventory.write_text(text.replace(twin, "\n".join([*odd.values(), twin])))
    done = run(inventory, "audit_rdp", tmp_path, "-l", ",".join([*ODD, "healthy"]))
    assert done.report == {**dict.fromkeys(ODD, "failed"), "healthy": "healthy"}, done.output
    for name, (option, value, do) in ODD.items():
        line = done.line(name)
        assert line.startswith("failed: was not asked: ") and option in line and value in line and do in line, line


def test_an_answer_that_never_ends_has_an_end(tmp_path: Path) -> None:
    """A byte at a time, over each connection; the others have their lines. It held the whole run for ever."""
    over = {"winrm": ("http", "ansible_winrm_transport=basic ansible_winrm_scheme=http")}
    over["psrp"] = ("http", "ansible_psrp_auth=ntlm ansible_psrp_protocol=http")
    over["ssh"] = ("ssh", "ansible_shell_type=cmd ansible_password=")
    # Both a plain ssh and one that is silent: what they started was left behind, for good.
    silent = tmp_path / "silent"
    silent.write_text(f"#!/bin/sh\nexec sleep 6{os.getpid()}\n")
    silent.chmod(0o755)
    over["silent"] = ("ssh", f"{over['ssh'][1]} ansible_ssh_executable={silent}")
    ports = {}
    with ExitStack() as stack:
        lines = []
        for name, (protocol, options) in over.items():
            drip = stack.enter_context(Drip(protocol))
            ports[name] = drip.port
            kind = protocol if protocol == "ssh" else name
            account = "ansible_host=127.0.0.1 ansible_user=x ansible_password=x"
            lines.append(f"{name} {account} ansible_connection={kind} ansible_port={drip.port} {options}\n")
        (tmp_path / "inventory.ini").write_text("".join(lines))
        given: dict[str, Any] = {"rdp_call_timeout": 2, "rdp_audit_probe": False}
        done = run(tmp_path / "inventory.ini", "audit_rdp", tmp_path, **given)
        running = subprocess.run(["ps", "-A", "-o", "args="], capture_output=True, text=True, check=True).stdout
    assert done.code == 2 and done.report == dict.fromkeys(over, "unreachable"), done.output
    for name in over:
        line = done.line(name)
        assert "had not answered after 2 seconds" in line and "(rdp_call_timeout)" in line, done.output
        assert "restart" not in line and "cannot be reached" not in line, line
    marks = (f"Port={ports['ssh']}", f"sleep 6{os.getpid()}")
    assert not [process for process in running.splitlines() if any(mark in process for mark in marks)], running


def test_an_answer_that_fills_the_memory_has_an_end(tmp_path: Path) -> None:
    """Over each connection: Ansible keeps all that comes. Compressed, few bytes are enough."""
    flooding = tmp_path / "flooding"
    flooding.write_text("#!/bin/sh\ncat >/dev/null\nexec yes 'of the answer there is no end'\n")
    flooding.chmod(0o755)
    bomb = gzip.compress(bytes(1 << 24))
    with Drip("http", 0, b"x" * 65536) as flood, Drip("gzip", 0.2, bomb) as tight:
        account = f"ansible_host=127.0.0.1 ansible_port={flood.port} ansible_user=x ansible_password="
        (tmp_path / "inventory.ini").write_text(
            f"winrm {account}x ansible_connection=winrm ansible_winrm_transport=basic ansible_winrm_scheme=http\n"
            f"psrp {account}x ansible_connection=psrp ansible_psrp_auth=ntlm ansible_psrp_protocol=http\n"
            f"tight {account}x ansible_connection=winrm ansible_winrm_transport=basic ansible_winrm_scheme=http"
            f" ansible_port={tight.port}\n"
            f"ssh {account} ansible_connection=ssh ansible_shell_type=cmd ansible_ssh_executable={flooding}\n"
        )
        # A second each; psrp and winrm read an answer by the same library.
        hosts = ("winrm", "psrp", "tight", "ssh") if deep() else ("tight", "ssh")
        done = run(tmp_path / "inventory.ini", "audit_rdp", tmp_path, "-l", ",".join(hosts), rdp_audit_probe=False)
    assert done.code == 2 and done.report == dict.fromkeys(hosts, "unreachable"), done.output
    assert all("sent more than can be read" in done.line(name) for name in hosts), done.output


def test_a_look_from_a_host_that_never_answers_has_an_end(tmp_path: Path) -> None:
    """Whether the task runs on it, or it is a place to look from."""
    with Drip("ssh") as drip:
        account = "ansible_host=127.0.0.1 ansible_user=x ansible_connection=ssh"
        (tmp_path / "inventory.ini").write_text(f"there {account} ansible_port={drip.port}\n")
        given = {"host": "127.0.0.1", "port": drip.port}
        for more, key in (({}, "msg"), ({"via": ["there"]}, "via_errors")):
            done = module(tmp_path / "inventory.ini", "probe", "there", "-e", "rdp_call_timeout=2", **given, **more)
            assert "there had not answered after 2 seconds" in str(done["there"][key]), done


SAID = {
    "This script contains malicious content and has been blocked by your antivirus software.": (
        "security software on the host blocked the script (AMSI)",
        "event 1116",
    ),
    "Cannot dot-source this command because it was defined in a different language mode.": (
        "constrained language mode",
        "not signed",
    ),
    "Exception of type 'System.OutOfMemoryException' was thrown.": ("MaxMemoryPerShellMB", "memory"),
    "File C:\\x.ps1 cannot be loaded because running scripts is disabled on this system.": (
        "execution policy",
        "AllSigned",
    ),
    "": ("PowerShell was ended before it answered; security software does that", "exclusion"),
}


def _saying(stderr: str) -> Callable[[str, bytes], tuple[int, bytes, bytes]]:
    return lambda _line, _stdin: (1, b"", stderr.encode())


@pytest.fixture(scope="module")
def on_stderr(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The closing line of a host that says this on stderr and nothing else, for each of these; one run."""
    folder = tmp_path_factory.mktemp("stderr")
    with Fleet(["healthy"] * len(SAID), folder / "state") as twins:
        for twin, stderr in zip(twins.hosts.values(), SAID):
            assert twin.wsman
            twin.wsman.run = _saying(stderr)
        done = run(twins.inventory_path, "audit_rdp", folder)
        return {stderr: done.line(name) for name, stderr in zip(twins.hosts, SAID)}


@pytest.mark.parametrize("stderr", SAID, ids=["amsi", "language", "memory", "policy", "nothing"])
def test_what_the_host_said_on_stderr(stderr: str, on_stderr: dict[str, str]) -> None:
    line = on_stderr[stderr]
    assert all(words in line for words in SAID[stderr]), line
    assert "account may run PowerShell" not in line and "No start of json" not in line and stderr.rstrip(".") in line


# The host's shell, what the program ssh says, and what is to be said then.
SSH = {
    "semicolon": ("powershell", "Parameter format not correct - ;", 1, "set ansible_shell_type=cmd"),
    "separator": (
        "cmd",
        "The token '&&' is not a valid statement separator in this version.",
        1,
        "set ansible_shell_type=powershell",
    ),
    "refused": ("cmd", "ssh: connect to host 10.0.0.5 port 22: Connection refused", 255, "start the service sshd"),
    "denied": ("cmd", "user@10.0.0.5: Permission denied (publickey,password).", 255, "OpenSSH refuses the account"),
    "host_key": ("cmd", "Host key verification failed.", 255, "known_hosts"),
    "silent": ("cmd", "ssh: connect to host 10.0.0.5 port 22: Connection timed out", 255, "open port 22"),
    "unknown": (
        "cmd",
        "ssh: Could not resolve hostname web01: Name or service not known",
        255,
        "cannot resolve the name",
    ),
}


@pytest.fixture(scope="module")
def over_ssh(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run over hosts whose program ssh says each of these."""
    folder = tmp_path_factory.mktemp("ssh")
    lines = []
    for name, (shell, stderr, code, _words) in SSH.items():
        program = folder / f"ssh_{name}"
        program.write_text(f"#!/bin/sh\ncat >/dev/null\ncat >&2 <<'END'\n{stderr}\nEND\nexit {code}\n")
        program.chmod(0o700)
        lines.append(
            f"{name} ansible_host=127.0.0.1 ansible_connection=ssh ansible_shell_type={shell}"
            f" ansible_ssh_executable={program} ansible_ssh_retries=0\n"
        )
    inventory = folder / "inventory.ini"
    inventory.write_text("".join(lines))
    return run(inventory, "audit_rdp", folder, rdp_audit_probe_timeout=0.5)


@pytest.mark.parametrize("name", SSH)
def test_ssh_speaks_of_ssh(name: str, over_ssh: Run) -> None:
    line = over_ssh.line(name)
    assert SSH[name][3] in line and "WinRM" not in line and over_ssh.code == 2, over_ssh.output
