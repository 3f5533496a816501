# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Wine prefix as a Windows host: made once, cloned per test, seeded with what a Remote Desktop host has.

Wine's output is only ever read from files: its server processes inherit a pipe and would keep it open for ever.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.ports import free_port
from tests.tools.host_script import SCRIPT

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build" / "lab"
SERVICES = ("TermService", "SessionEnv", "UmRdpService", "CertPropSvc", "KeyIso", "CryptSvc")
TS = r"HKLM\SYSTEM\CurrentControlSet\Control\Terminal Server"
WS = TS + r"\WinStations"
RDP = WS + r"\RDP-Tcp"
DICTIONARIES = (
    "function ConvertTo-Dictionary($value) {\n"
    "  if ($value -is [Management.Automation.PSCustomObject]) {\n"
    "    $all = @{}\n"
    "    foreach ($one in $value.PSObject.Properties) { $all[$one.Name] = ConvertTo-Dictionary $one.Value }\n"
    "    return $all\n"
    "  }\n"
    "  if ($value -is [array]) { return , @(foreach ($one in $value) { ConvertTo-Dictionary $one }) }\n"
    "  , $value\n}\n"
)
POLICY = r"HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services"
STORES = r"HKLM\SOFTWARE\Microsoft\SystemCertificates"


def missing() -> str | None:
    """Why the lab cannot run here, as a sentence, or None."""
    for name, what in (
        ("WINOPS_WINE", "a command that runs Wine 10"),
        ("WINOPS_PWSH_WIN", "a Windows pwsh.exe or powershell.exe"),
    ):
        if not os.environ.get(name):
            return f"{name} is not set ({what})"
    if not shutil.which("x86_64-w64-mingw32-gcc"):
        return "x86_64-w64-mingw32-gcc is not installed"
    return None


def windows(path: Path | str) -> str:
    """A path of this machine as Wine sees it."""
    return "Z:" + str(path).replace("/", "\\")


def asked(arguments: dict[str, Any]) -> dict[str, Any]:
    """A call with the listener's values and the events that the collection asks for, if it reads sections."""
    # Here: pytest loads this file, by way of conftest.py, before collections can be imported.
    from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

    if arguments.get("operation") != "snapshot" and not arguments.get("sections"):
        return arguments
    more = collect.arguments()
    return {"listener_values": more["listener_values"], "events": more["events"], **arguments}


def parsed(out: bytes, err: bytes = b"") -> dict[str, Any]:
    """The JSON object that the host script wrote."""
    try:
        found = json.loads(out)
    except ValueError as problem:
        raise AssertionError(f"no JSON: {problem}; out {out[-2000:]!r} err {err[-2000:]!r}") from problem
    assert isinstance(found, dict)
    return found


@dataclass
class Ran:
    code: int
    out: bytes
    err: bytes
    seconds: float

    @property
    def answer(self) -> dict[str, Any]:
        """The JSON object on standard output."""
        return parsed(self.out, self.err)


# Each call has a scope of its own, as in a process of its own. Handles that it left to its process are closed behind
# it, before its answer is there.
LOOP = """
{dictionaries}
$script = [scriptblock]::Create([IO.File]::ReadAllText('{script}'))
while ($null -ne ($name = [Console]::In.ReadLine())) {{
  $global:complex_args = ConvertTo-Dictionary (ConvertFrom-Json -InputObject ([IO.File]::ReadAllText("$name.json")))
  $answer = (& $script) -join "`n"
  $global:complex_args = $null
  $Error.Clear()
  [GC]::Collect()
  [GC]::WaitForPendingFinalizers()
  [IO.File]::WriteAllText("$name.new", $answer)
  [IO.File]::Move("$name.new", "$name.answer")
}}
"""


class Engine:
    """A PowerShell in a prefix that runs the host script once per call, and stays: a new one takes two seconds to read
    the script. It ends with the prefix, or with its input."""

    def __init__(self, prefix: Prefix) -> None:
        self.folder = prefix.path / "engine"
        self.folder.mkdir()
        loop = self.folder / "loop.ps1"
        loop.write_text(LOOP.format(dictionaries=DICTIONARIES, script=windows(SCRIPT)))
        self.said = self.folder / "said"
        command = [windows(os.environ["WINOPS_PWSH_WIN"]), "-NoProfile", "-NonInteractive", "-File", windows(loop)]
        with self.said.open("wb") as out:
            self.process = subprocess.Popen(
                [*prefix.wine, *command],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=out,
                env=prefix.environment(),
                start_new_session=True,
                cwd=ROOT,
            )
        self.calls = 0

    def __call__(self, arguments: dict[str, Any], timeout: float) -> dict[str, Any]:
        self.calls += 1
        place = self.folder / str(self.calls)
        place.with_suffix(".json").write_text(json.dumps(asked(arguments)))
        assert self.process.stdin
        self.process.stdin.write(f"{windows(place)}\n".encode())
        self.process.stdin.flush()
        answer, deadline = place.with_suffix(".answer"), time.monotonic() + timeout
        while not answer.exists():
            assert self.process.poll() is None, f"the engine ended: {self.said.read_text()[-2000:]}"
            if time.monotonic() > deadline:
                self.kill()
                raise subprocess.TimeoutExpired(self.process.args, timeout)
            time.sleep(0.005)
        return parsed(answer.read_bytes())

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass
class Prefix:
    """One prefix. `start` keeps its server alive, `stop` ends this prefix and no other."""

    path: Path
    keeper: subprocess.Popen[bytes] | None = None
    ending: subprocess.Popen[bytes] | None = None
    engine: Engine | None = None
    port: int = 0
    wine: list[str] = field(default_factory=lambda: shlex.split(os.environ["WINOPS_WINE"]))

    @property
    def drive(self) -> Path:
        return self.path / "drive_c"

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "WINEPREFIX": str(self.path),
            "WINEDEBUG": os.environ.get("WINEDEBUG", "-all"),
            "WINEDLLOVERRIDES": "mshtml=",
            "WINEARCH": "win64",
            "TZ": "LAB-5:30",
        }

    def spawn(
        self, *command: str, stdin: bytes = b"", out: Any, err: Any, env: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        source = tempfile.TemporaryFile()  # noqa: SIM115  (the process that is started reads it)
        source.write(stdin)
        source.seek(0)
        return subprocess.Popen(
            [*self.wine, *command],
            stdin=source,
            stdout=out,
            stderr=err,
            env={**self.environment(), **(env or {})},
            start_new_session=True,
            cwd=ROOT,
        )

    def run(self, *command: str, stdin: bytes = b"", timeout: float = 90, env: dict[str, str] | None = None) -> Ran:
        """Run a Windows program to its end."""
        begun = time.monotonic()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = self.spawn(*command, stdin=stdin, out=out, err=err, env=env)
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
                raise
            out.seek(0)
            err.seek(0)
            return Ran(code, out.read(), err.read(), time.monotonic() - begun)

    def must(self, *command: str, timeout: float = 90) -> bytes:
        ran = self.run(*command, timeout=timeout)
        assert ran.code == 0, f"{command}: {ran.code} {ran.out!r} {ran.err!r}"
        return ran.out

    def start(self) -> None:
        self.must("cmd", "/c", "ver")  # one program alone brings the server up: two at once would each make one
        self.keeper = self.spawn(
            "cmd", "/c", "ping -n 100000 127.0.0.1 >nul", out=subprocess.DEVNULL, err=subprocess.DEVNULL
        )

    def leave(self) -> None:
        """Have the prefix end, without waiting for it."""
        self.ending = self.spawn("wineboot", "-k", out=subprocess.DEVNULL, err=subprocess.DEVNULL)

    def stop(self) -> None:
        if self.keeper:
            if not self.ending:
                self.leave()
            assert self.ending
            self.ending.wait(60)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.keeper.pid, signal.SIGKILL)
            self.keeper.wait()
            self.keeper = None
        if self.engine:
            self.engine.kill()
            self.engine = None
        deadline = time.monotonic() + 60
        while self.serving():
            assert time.monotonic() < deadline, f"the server of {self.path} does not end"
            time.sleep(0.05)

    def serving(self) -> bool:
        """Whether the prefix's server runs: it holds a lock as long, and writes the registry before it lets go."""
        place = self.path.stat()
        folder = f"server-{place.st_dev:x}-{place.st_ino:x}"
        for lock in Path(tempfile.gettempdir()).glob(f"*wine-*/{folder}/lock"):
            try:
                with lock.open("r+b") as file:
                    fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                return True
        return False

    # registry

    def reg_import(self, text: str) -> None:
        """Import the text of a .reg file (without its first line)."""
        with tempfile.NamedTemporaryFile("w", suffix=".reg", encoding="utf-16", dir=self.path, newline="") as file:
            file.write(("Windows Registry Editor Version 5.00\n\n" + text.lstrip()).replace("\n", "\r\n"))
            file.flush()
            self.must("reg", "import", windows(file.name))

    def export(self, key: str) -> str:
        """The text of a key and all that is below it."""
        with tempfile.TemporaryDirectory(dir=self.path) as folder:
            target = Path(folder) / "out.reg"
            self.must("reg", "export", key, windows(target), "/y")
            return target.read_text("utf-16")

    # PowerShell

    def pwsh(self, *arguments: str, stdin: bytes = b"", timeout: float = 90, env: dict[str, str] | None = None) -> Ran:
        program = windows(os.environ["WINOPS_PWSH_WIN"]), "-NoProfile", "-NonInteractive"
        ran = self.run(*program, *arguments, stdin=stdin, timeout=timeout, env=env)
        if ran.code and not ran.out and ran.err.startswith(b"Fatal error."):
            # Once in thousands of starts, on a busy machine, .NET's runtime itself falls under Wine. What a script
            # had done by then a second start would not: whoever asserts what it did notices.
            warnings.warn(f"the engine fell at its start and was started again: {ran.err!r}", stacklevel=2)
            ran = self.run(*program, *arguments, stdin=stdin, timeout=timeout, env=env)
        return ran

    def command(self, arguments: dict[str, Any], script: Path = SCRIPT, before: str = "") -> list[str]:
        """The command line that runs the host script as Ansible's wrapper does: arguments as dictionaries in a global
        variable, the script as a function."""
        folder = self.path / "lab"
        folder.mkdir(exist_ok=True)
        number = len(list(folder.iterdir()))
        data, runner = folder / f"{number}.json", folder / f"{number}.ps1"
        data.write_text(json.dumps(asked(arguments)))
        runner.write_text(
            f"{before}\n"
            f"{DICTIONARIES}$global:complex_args = ConvertTo-Dictionary (ConvertFrom-Json -InputObject "
            f"([IO.File]::ReadAllText('{windows(data)}')))\n"
            f"& ([scriptblock]::Create([IO.File]::ReadAllText('{windows(script)}')))\n"
        )
        return [windows(os.environ["WINOPS_PWSH_WIN"]), "-NoProfile", "-NonInteractive", "-File", windows(runner)]

    def warm(self) -> None:
        """Have an engine ready for calls, without waiting for it."""
        if self.engine is None or self.engine.process.poll() is not None:
            shutil.rmtree(self.path / "engine", ignore_errors=True)
            self.engine = Engine(self)

    def host(
        self,
        arguments: dict[str, Any],
        script: Path = SCRIPT,
        before: str = "",
        timeout: float = 90,
        cold: bool = False,
    ) -> dict[str, Any]:
        """Run the host script, answer its JSON: in the prefix's engine, or in a process of its own if ``cold``.

        Another script, or what is done before it, always has one of its own.
        """
        if cold or before or script != SCRIPT:
            return self.run(*self.command(arguments, script, before), timeout=timeout).answer
        self.warm()
        assert self.engine
        return self.engine(arguments, timeout)

    def calls(self, *arguments: dict[str, Any]) -> list[dict[str, Any]]:
        """The same for one call after the other."""
        return [self.host(one) for one in arguments]

    def snapshot(self, *sections: str, **more: Any) -> dict[str, Any]:
        answer = self.host({"operation": "snapshot", **({"sections": list(sections)} if sections else {}), **more})
        assert not answer.get("failed"), answer
        return answer

    def apply(self, *steps: dict[str, Any], journal: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        return self.host({"operation": "apply", "journal": journal or new_journal(), "steps": list(steps), **more})


def new_journal(**more: Any) -> dict[str, Any]:
    return {
        "id": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()) + "-" + os.urandom(4).hex(),
        "controller": "lab",
        "created": None,
        "undoes": None,
        **more,
    }


def compiled() -> Path:
    """The lab's services, built when their source is newer."""
    source, program = Path(__file__).with_name("services.c"), BUILD / "services.exe"
    if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
        libraries = [f"-l{name}" for name in ("ws2_32", "crypt32", "secur32", "advapi32")]
        subprocess.run(
            [
                "x86_64-w64-mingw32-gcc",
                "-O1",
                "-Wall",
                "-Werror",
                "-Wno-unused-parameter",
                "-municode",
                "-o",
                str(program),
                str(source),
                *libraries,
            ],
            check=True,
            timeout=120,
        )
    return program


def machine_keys(prefix: Prefix) -> Path:
    """The folder of machine keys, which Wine makes as a hardened one: Everyone may not write."""
    return prefix.drive / "ProgramData" / "Microsoft" / "Crypto" / "RSA" / "MachineKeys"


SEED = r"""
[{TS}]
"fDenyTSConnections"=dword:00000000
"TSEnabled"=dword:00000001
"TSUserEnabled"=dword:00000000
"RCDependentServices"=hex(7):43,00,65,00,72,00,74,00,50,00,72,00,6f,00,70,00,53,00,76,00,63,00,00,00,53,00,65,00,73,00,73,00,69,00,6f,00,6e,00,45,00,6e,00,76,00,00,00,00,00
"fSingleSessionPerUser"=dword:00000001

[{WS}]
"SelfSignedCertStore"="Remote Desktop"

[{RDP}]
"UserAuthentication"=dword:00000001
"SecurityLayer"=dword:00000002
"MinEncryptionLevel"=dword:00000003
"fAllowSecProtocolNegotiation"=dword:00000001
"fPromptForPassword"=dword:00000000
"PortNumber"=dword:00000d3d
"fEnableWinStation"=dword:00000001
"fLogonDisabled"=dword:00000000
"LanAdapter"=dword:00000000
"MaxInstanceCount"=dword:ffffffff
"fInheritReconnectSame"=dword:00000001
"fReconnectSame"=dword:00000000
"SelectTransport"=dword:00000002
"SelectNetworkDetect"=dword:00000001
"LoadableProtocol_Object"="{{5828227c-20cf-4408-b73f-73ab70b8849f}}"
"""


def template() -> Path:
    """The prefix that tests clone: booted, seeded, its services registered and stopped. Made again when this file or
    the services change, by one process: the others wait for it."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with (BUILD / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _template()


def _template() -> Path:
    program, target = compiled(), BUILD / "template"
    stamp = target / "lab.stamp"
    mine = str(max(Path(__file__).stat().st_mtime, program.stat().st_mtime))
    if stamp.exists() and stamp.read_text() == mine:
        return target
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    prefix = Prefix(target)
    prefix.must("wineboot", "-i", timeout=180)
    prefix.start()
    try:
        prefix.must("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f")
        prefix.must("reg", "add", r"HKCU\Software\Wine\Drivers", "/v", "Graphics", "/d", "null", "/f")
        place = prefix.drive / "lab"
        place.mkdir()
        shutil.copy(program, place / "services.exe")
        prefix.reg_import(
            SEED.format(
                TS=TS.replace("HKLM", "HKEY_LOCAL_MACHINE"),
                WS=WS.replace("HKLM", "HKEY_LOCAL_MACHINE"),
                RDP=RDP.replace("HKLM", "HKEY_LOCAL_MACHINE"),
            )
        )
        prefix.run(
            "sc", "delete", "TermService"
        )  # Wine's own, which listens on nothing; it goes with the last handle to it
        deadline = time.monotonic() + 60
        for name in SERVICES:
            start = "auto" if name == "CryptSvc" else "demand"
            depend = ["depend=", "TermService"] if name == "UmRdpService" else []
            while (
                prefix.run(
                    "sc",
                    "create",
                    name,
                    "binPath=",
                    rf"C:\lab\services.exe {name}",
                    "type=",
                    "own",
                    "start=",
                    start,
                    *depend,
                ).code
                != 0
            ):
                assert time.monotonic() < deadline, f"the service {name} cannot be created"
                time.sleep(0.5)
            account = r"NT Authority\NetworkService" if name in ("TermService", "CryptSvc") else "LocalSystem"
            prefix.must(
                "reg", "add", rf"HKLM\SYSTEM\CurrentControlSet\Services\{name}", "/v", "ObjectName", "/d", account, "/f"
            )
        dll = {"TermService": "termsrv.dll", "SessionEnv": "sessenv.dll", "UmRdpService": "umrdp.dll"}
        for name, file in dll.items():
            key = rf"HKLM\SYSTEM\CurrentControlSet\Services\{name}\Parameters"
            prefix.must(
                "reg",
                "add",
                key,
                "/v",
                "ServiceDll",
                "/t",
                "REG_EXPAND_SZ",
                "/d",
                rf"%SystemRoot%\System32\{file}",
                "/f",
            )
        # What a fresh prefix lacks and a host has.
        prefix.must(
            "reg",
            "add",
            r"HKLM\SYSTEM\CurrentControlSet\Control\ProductOptions",
            "/v",
            "ProductType",
            "/d",
            "ServerNT",
            "/f",
        )
        # Netlogon of a host in a workgroup starts by demand alone.
        prefix.must(
            "reg",
            "add",
            r"HKLM\SYSTEM\CurrentControlSet\Services\Netlogon",
            "/v",
            "Start",
            "/t",
            "REG_DWORD",
            "/d",
            "3",
            "/f",
        )
    finally:
        prefix.stop()
    stamp.write_text(mine)
    return target


def clone(target: Path, port: int | None = None) -> Prefix:
    """A started prefix of its own: files are hard links into the template, the registry is a real copy."""
    source = template()
    subprocess.run(["cp", "-al", str(source), str(target)], check=True, timeout=60)
    (target / "wineserver").unlink(missing_ok=True)  # names the template's server
    for path in [*source.glob("*.reg"), source / ".update-timestamp"]:
        copy = target / path.name
        copy.unlink()
        shutil.copy2(path, copy)
    prefix = Prefix(target, port=port or free_port())
    registry = target / "system.reg"
    text, number = registry.read_text("utf-8"), '"PortNumber"=dword:{:08x}\n'
    assert text.count(number.format(3389)) == 1
    registry.write_text(text.replace(number.format(3389), number.format(prefix.port)), "utf-8")
    prefix.start()
    return prefix


def healthy(prefix: Prefix) -> None:
    """The six services as on a host in use: the certificate is there, the port listens."""
    prefix.must(r"C:\lab\services.exe", "--up", *SERVICES)


def expired(prefix: Prefix, days: int = -3) -> None:
    """Bind a self-signed certificate that ended DAYS ago."""
    prefix.must(r"C:\lab\services.exe", "--new", str(days))


def listener_and_service_broken(prefix: Prefix) -> None:
    """A SecurityLayer that there is not, and SessionEnv disabled and stopped."""
    prefix.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "5", "/f")
    ran = prefix.pwsh("-Command", "Set-Service SessionEnv -StartupType Disabled; Stop-Service SessionEnv")
    assert ran.code == 0, ran


def settings_of(prefix: Prefix) -> str:
    """The listener's settings, and how SessionEnv starts."""
    return prefix.export(RDP) + prefix.export(r"HKLM\SYSTEM\CurrentControlSet\Services\SessionEnv")
