# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An SSH server as Windows' OpenSSH is one: each command goes through the host's DefaultShell, and a callback runs it.

There is no SFTP, so that what would copy files to the host shows.
"""

from __future__ import annotations

import asyncio
import threading

import asyncssh

from tests.twin.wsman import HangUp, Run

# The longest command line that cmd.exe takes, and CreateProcess:
# https://learn.microsoft.com/troubleshoot/windows-client/shell-experience/command-line-string-limitation
LONGEST = {"cmd": 8191, "powershell": 32767}


class _Door(asyncssh.SSHServer):
    """Who is let in: the keys of the account, or its password."""

    def __init__(self, owner: Ssh) -> None:
        self._owner = owner

    def begin_auth(self, username: str) -> bool:
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        return not self._owner.refuse and (username, password) == self._owner.account

    async def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        known = key.convert_to_public() == self._owner.key.convert_to_public()
        return known and username == self._owner.account[0] and not self._owner.refuse

    def public_key_auth_supported(self) -> bool:
        return True


class Ssh:
    """Serves one host. ``key`` is the account's own, ``shell`` the host's DefaultShell: ``cmd`` or ``powershell``."""

    def __init__(
        self, address: str, port: int, account: tuple[str, str], key: asyncssh.SSHKey, shell: str, run: Run
    ) -> None:
        self.account, self.key, self.shell, self.run = account, key, shell, run
        self.posts = 0  # commands
        self.refuse = False  # let nobody in
        self.stall = 0.0  # seconds to wait before each command
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._await(self._serve(address, port))

    def _await(self, doing: object) -> asyncssh.SSHAcceptor:
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(30)  # type: ignore[arg-type]

    async def _serve(self, address: str, port: int) -> asyncssh.SSHAcceptor:
        return await asyncssh.create_server(
            lambda: _Door(self),
            address,
            port,
            server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
            process_factory=self._process,
            encoding=None,
            allow_scp=False,
        )

    def close(self) -> None:
        async def end() -> None:
            self._server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()

        asyncio.run_coroutine_threadsafe(end(), self._loop).result(30)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _process(self, process: asyncssh.SSHServerProcess[bytes]) -> None:
        await asyncio.sleep(self.stall)
        line = process.command or ""
        stdin = await process.stdin.read()
        self.posts += 1
        if len(line) > LONGEST[self.shell]:
            process.stderr.write(b"The command line is too long.\r\n")
            process.exit(1)
            return
        try:
            code, out, err = await asyncio.get_running_loop().run_in_executor(None, self.run, line, stdin)
        except HangUp:
            process.channel.get_connection().abort()
            return
        except Exception as error:  # a crash must not pass for a command that said nothing and went well
            code, out, err = 1, b"", f"{type(error).__name__}: {error}".encode()
        process.stdout.write(out)
        process.stderr.write(err)
        process.exit(code)
