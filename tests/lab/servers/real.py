# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real RDP servers on loopback: xrdp, FreeRDP's shadow server, Weston and GNOME Remote Desktop, each started as a
process of its own and ended with it; and FreeRDP's client.

Debian packages: xrdp, freerdp2-shadow-x11, freerdp2-x11, winpr-utils, xvfb, weston, and for GNOME's
gnome-remote-desktop, mutter, pipewire, wireplumber, dbus-user-session.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.profiles import absent

_START_SECONDS = 20.0
_GNOME_SECONDS = 60.0
_GNOME_DAEMON = "/usr/libexec/gnome-remote-desktop-daemon"
_GNOME_PACKAGES = "gnome-remote-desktop mutter pipewire wireplumber dbus-user-session"
XRDP_INI = Path("/etc/xrdp/xrdp.ini")


PACKAGES = "xrdp freerdp2-shadow-x11 freerdp2-x11 winpr-utils xvfb weston nmap"


def need(*programs: str, packages: str = PACKAGES) -> None:
    """Leave out, with the reason, where a program is missing."""
    missing = [program for program in programs if not shutil.which(program)]
    if missing:
        absent(f"not installed: {', '.join(missing)} (Debian: {packages})")


def certificate(folder: Path, name: str, *options: str) -> tuple[Path, Path]:
    """Certificate and key as ``openssl req -x509`` makes them."""
    pem, key = folder / f"{name}.pem", folder / f"{name}.key"
    given = options or ("-newkey", "rsa:2048", "-sha256")
    command = [
        "openssl",
        "req",
        "-x509",
        "-nodes",
        "-days",
        "183",
        "-subj",
        f"/CN={name}",
        "-keyout",
        str(key),
        "-out",
        str(pem),
        *given,
    ]
    subprocess.run([*command, "-addext", "extendedKeyUsage=serverAuth"], check=True, capture_output=True, timeout=60)
    return pem, key


def expired_certificate(folder: Path) -> tuple[Path, Path]:
    """One whose time is over; ``openssl req`` cannot make it."""
    pem, key = folder / "expired.pem", folder / "expired.key"
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=idx\nserial=ser\nnew_certs_dir=.\ndefault_md=sha256\npolicy=p\nx509_extensions=e\nunique_subject=no\n"
        "[p]\ncommonName=supplied\n[e]\nextendedKeyUsage=serverAuth\n"
    )
    (folder / "idx").write_text("")
    (folder / "ser").write_text("01\n")
    request = [
        "openssl",
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=expired",
        "-keyout",
        str(key),
        "-out",
        "expired.csr",
    ]
    sign = [
        "openssl",
        "ca",
        "-config",
        "ca.cnf",
        "-selfsign",
        "-batch",
        "-notext",
        "-keyfile",
        str(key),
        "-in",
        "expired.csr",
        "-out",
        str(pem),
    ]
    for command in (request, [*sign, "-startdate", "20240101000000Z", "-enddate", "20240601000000Z"]):
        subprocess.run(command, check=True, capture_output=True, timeout=60, cwd=folder)
    return pem, key


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            time.sleep(0.2)  # the server is done with this visitor before the first test comes
            return
        time.sleep(0.05)
    said = log.read_text(errors="replace")[-2000:] if log.exists() else "no log"
    raise RuntimeError(f"{process.args!r} does not listen on port {port}: {said}")


@contextlib.contextmanager
def running(command: list[str], folder: Path, port: int, **environment: str) -> Iterator[int]:
    log = folder / f"server-{port}.out"
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            start_new_session=True,
            env={**os.environ, **environment},
        )
    try:
        _wait(port, process, log)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(5)


@contextlib.contextmanager
def xrdp(
    folder: Path,
    files: tuple[Path, Path],
    layer: str = "negotiate",
    crypt: str = "high",
    protocols: str = "TLSv1.2, TLSv1.3",
    ciphers: str = "",
) -> Iterator[int]:
    """xrdp; ``layer`` is negotiate, tls or rdp, ``crypt`` none, low, medium, high or fips, ``files``
    certificate and key (they need not exist)."""
    need("xrdp")
    port = free_port()
    text = re.sub(r"(?m)^port=.*$", f"port=tcp://127.0.0.1:{port}", XRDP_INI.read_text(), count=1)
    settings = {
        "security_layer": layer,
        "crypt_level": crypt,
        "certificate": str(files[0]),
        "key_file": str(files[1]),
        "ssl_protocols": protocols,
        "LogFile": str(folder / f"xrdp-{port}.log"),
        "EnableSyslog": "false",
    }
    for name, value in settings.items():
        text = re.sub(rf"(?m)^{name}=.*$", f"{name}={value}", text)
    if ciphers:
        text = re.sub(r"(?m)^(ssl_protocols=.*)$", rf"\1\ntls_ciphers={ciphers}", text)
    ini = folder / f"xrdp-{port}.ini"
    ini.write_text(text)
    with running(["xrdp", "--nodaemon", "--config", str(ini)], folder, port):
        yield port


@contextlib.contextmanager
def display() -> Iterator[str]:
    """An X display without a screen, which FreeRDP's server needs."""
    need("Xvfb")
    reader, writer = os.pipe()
    process = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1024x768x24", "-nolisten", "tcp", "-noreset"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        pass_fds=(writer,),
        start_new_session=True,
    )
    os.close(writer)
    try:
        with os.fdopen(reader) as pipe:
            number = pipe.readline().strip()
        if not number:
            raise RuntimeError("Xvfb did not start")
        yield f":{number}"
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def freerdp(folder: Path, screen: str, files: tuple[Path, Path], *options: str) -> Iterator[int]:
    """FreeRDP's shadow server; ``options`` such as ``/sec:nla``. With ``+auth`` it gets a user who may log on."""
    need("freerdp-shadow-cli", "winpr-hash")
    port = free_port()
    home = Path(tempfile.mkdtemp(dir=folder))
    shadow = home / ".config/freerdp/shadow"
    shadow.mkdir(parents=True)
    shutil.copy(files[0], shadow / "shadow.crt")
    shutil.copy(files[1], shadow / "shadow.key")
    command = ["freerdp-shadow-cli", "/bind-address:127.0.0.1", f"/port:{port}", *options]
    if "+auth" in options:
        sam = home / "sam"
        subprocess.run(
            ["winpr-hash", "-u", "tester", "-p", "tester", "-f", "sam"], stdout=sam.open("wb"), check=True, timeout=20
        )
        command.append(f"/sam-file:{sam}")
    with running(command, folder, port, DISPLAY=screen, HOME=str(home)):
        yield port


@contextlib.contextmanager
def weston(folder: Path, files: tuple[Path, Path] | None) -> Iterator[int]:
    """Weston's RDP backend with TLS, or without files with standard RDP security alone."""
    need("weston")
    port = free_port()
    runtime = Path(tempfile.mkdtemp(dir=folder))
    runtime.chmod(0o700)
    if files:
        security = [f"--rdp-tls-cert={files[0]}", f"--rdp-tls-key={files[1]}"]
    else:
        key = runtime / "rdp4.key"
        subprocess.run(
            ["openssl", "genrsa", "-traditional", "-out", str(key), "2048"], check=True, capture_output=True, timeout=60
        )
        security = [f"--rdp4-key={key}"]
    command = [
        "weston",
        "--backend=rdp-backend.so",
        "--no-config",
        f"--socket=wl-{port}",
        "--address=127.0.0.1",
        f"--port={port}",
        *security,
    ]
    with running([*command, f"--log={runtime}/weston.log"], folder, port, XDG_RUNTIME_DIR=str(runtime)):
        yield port


# Its parts, in the order in which they need each other; it listens on all addresses, hence the network of its own.
_GNOME = f"""\
ip link set lo up
pipewire &
sleep 1
wireplumber &
mutter --headless --virtual-monitor 1024x768 --no-x11 --wayland &
while ! ls "$XDG_RUNTIME_DIR"/wayland-0 >/dev/null 2>&1; do sleep 0.2; done
sleep 3
grdctl rdp set-tls-cert "$1" && grdctl rdp set-tls-key "$2" && grdctl rdp disable-view-only && grdctl rdp enable
exec {_GNOME_DAEMON} --rdp-port 3389
"""


@contextlib.contextmanager
def gnome(folder: Path, files: tuple[Path, Path]) -> Iterator[list[str]]:
    """GNOME Remote Desktop with a user who may log on, on port 3389 of a network of its own.

    Gives the command after which another command runs in that network.
    """
    need("grdctl", "mutter", "pipewire", "wireplumber", "dbus-run-session", "unshare", packages=_GNOME_PACKAGES)
    if os.geteuid() != 0:
        pytest.skip("GNOME Remote Desktop is put into a network of its own, which takes root")
    runtime = Path(tempfile.mkdtemp(dir=folder))
    runtime.chmod(0o700)
    environment = {
        "HOME": str(runtime),
        "XDG_RUNTIME_DIR": str(runtime),
        "XDG_SESSION_TYPE": "wayland",
        "GSETTINGS_BACKEND": "keyfile",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "GNOME_REMOTE_DESKTOP_TEST_RDP_USERNAME": "tester",
        "GNOME_REMOTE_DESKTOP_TEST_RDP_PASSWORD": "tester",
    }
    log = runtime / "server.out"
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["unshare", "--net", "--mount", "dbus-run-session", "--", "sh", "-c", _GNOME, "sh", *map(str, files)],
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd=runtime,
            start_new_session=True,
            env={**os.environ, **environment},
        )
    try:
        _wait_for_listener(process, log)
        yield ["nsenter", "-t", str(process.pid), "-n"]
    finally:
        # It ignores a polite end where it has lost its way.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(5)


def _wait_for_listener(process: subprocess.Popen[bytes], log: Path) -> None:
    """Without a visit: a connection that is given up puts this server out of step."""
    deadline = time.monotonic() + _GNOME_SECONDS
    listening = re.compile(rf":{3389:04X} \S+ 0A ")
    ours = Path("/proc/self/ns/net").readlink()
    while time.monotonic() < deadline and process.poll() is None:
        inside = Path(f"/proc/{process.pid}/ns/net").readlink() != ours  # not from its first moment on
        if inside and any(
            listening.search(Path(f"/proc/{process.pid}/net/{name}").read_text()) for name in ("tcp", "tcp6")
        ):
            return
        time.sleep(0.2)
    raise RuntimeError(f"GNOME Remote Desktop does not listen: {log.read_text(errors='replace')[-2000:]}")


def xfreerdp(
    screen: str,
    port: int,
    *options: str,
    timeout: float = 20,
    host: str = "127.0.0.1",
    inside: Sequence[str] = (),
) -> tuple[int, str]:
    """FreeRDP's client; its exit code (-1 if it was ended after ``timeout`` seconds) and what it said.

    ``inside`` is the command after which it runs in another network.
    """
    need("xfreerdp")
    command = [*inside, "xfreerdp", f"/v:{host}:{port}", "/cert:ignore", "/log-level:INFO", *options]
    with tempfile.TemporaryDirectory(prefix="winops-rdp-client-") as home:
        process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            env={**os.environ, "DISPLAY": screen, "HOME": home},
        )
        try:
            said, _none = process.communicate(timeout=timeout)
            return process.returncode, said
        except subprocess.TimeoutExpired:
            process.kill()
            said, _none = process.communicate()
            return -1, said
