# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connections of Ansible over which twins can be reached: a server for each host, and what an inventory says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import asyncssh

from tests.twin import kdc
from tests.twin.authentication import Basic, Negotiate
from tests.twin.psrp import Runspaces
from tests.twin.ssh import Ssh
from tests.twin.tls import Authority
from tests.twin.wsman import Run, WsMan

USER = "twin"


@dataclass(frozen=True)
class Connection:
    """``transport`` is Ansible's, ``authentication`` who is let in how, ``protection`` what keeps others out."""

    transport: str
    authentication: str
    protection: str
    port: int


_SEALED, _CLEAR, _TLS = "sealed messages over HTTP", "none: HTTP", "HTTPS, certificate checked"
CONNECTIONS = {
    "winrm_basic": Connection("winrm", "basic", _CLEAR, 5985),
    "winrm_ntlm": Connection("winrm", "ntlm", _SEALED, 5985),
    "winrm_kerberos": Connection("winrm", "kerberos", _SEALED, 5985),
    "winrm_https": Connection("winrm", "basic", _TLS, 5986),
    "psrp_basic": Connection("psrp", "basic", _CLEAR, 5985),
    "psrp_ntlm": Connection("psrp", "ntlm", _SEALED, 5985),
    "psrp_kerberos": Connection("psrp", "kerberos", _SEALED, 5985),
    "psrp_https": Connection("psrp", "basic", _TLS, 5986),
    "ssh_powershell": Connection("ssh", "key", "SSH, DefaultShell powershell", 2222),
    "ssh_cmd": Connection("ssh", "key", "SSH, DefaultShell cmd", 2222),
}


def missing(name: str) -> str | None:
    """What this machine lacks for a connection; None if nothing."""
    return kdc.missing() if CONNECTIONS[name].authentication == "kerberos" else None


class Reach:
    """What the hosts of a fleet have in common for one connection. ``folder`` keeps its keys and certificates."""

    def __init__(self, name: str, folder: Path, password: str) -> None:
        if name not in CONNECTIONS:
            raise ValueError(f"no such connection: {name}; there are {', '.join(CONNECTIONS)}")
        self.name, self.connection = name, CONNECTIONS[name]
        self._folder, self._password = folder / "connection", password
        self._kdc: kdc.Kdc | None = None
        self._authority: Authority | None = None
        self._key: asyncssh.SSHKey | None = None
        self.environment: dict[str, str] = {}

    def open(self, names: list[str]) -> None:
        """Start what the hosts of these names need, before they are served."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if self.connection.authentication == "kerberos":
            services = [f"HTTP/{name}.twin.test" for name in names]
            self._kdc = kdc.Kdc(self._folder / "kdc", USER, self._password, services)
            self.environment = self._kdc.client
        if self.connection.protection == _TLS:
            self._authority = Authority(self._folder)
        if self.connection.transport == "ssh":
            self._key = asyncssh.generate_private_key("ssh-ed25519")
            self._key_path.touch(mode=0o600)
            self._key.write_private_key(self._key_path)

    def close(self) -> None:
        if self._kdc:
            self._kdc.close()

    @property
    def _key_path(self) -> Path:
        return self._folder / "id"

    def serve(self, address: str, run: Run, port: int | None = None) -> WsMan | Ssh:
        """A server for one host, on the connection's own port unless another is given."""
        port = port or self.connection.port
        if self._key:
            return Ssh(address, port, (USER, self._password), self._key, self.name.removeprefix("ssh_"), run)
        tls = self._authority.context(address) if self._authority else None
        return WsMan(address, port, self._authentication(), run, tls, Runspaces)

    def _authentication(self) -> Basic | Negotiate:
        if self._kdc:
            return Negotiate("kerberos", self._kdc.acceptor)
        if self.connection.authentication == "ntlm":
            accounts = self._folder / "accounts"
            accounts.touch(mode=0o600)
            accounts.write_text(f":{USER}:{self._password}\n")
            return Negotiate("ntlm", {"NTLM_USER_FILE": str(accounts)})
        return Basic(USER, self._password)

    def variables(self) -> dict[str, str]:
        """What an inventory says of all hosts, but for addresses and ports."""
        common = {"ansible_connection": self.connection.transport, "ansible_user": USER}
        return (
            common | {"winrm": self._of_winrm, "psrp": self._of_psrp, "ssh": self._of_ssh}[self.connection.transport]()
        )

    def of_host(self, name: str) -> dict[str, str]:
        """What an inventory says of one host."""
        if not self._kdc:
            return {}
        option = "winrm_kerberos" if self.connection.transport == "winrm" else "psrp_negotiate"
        return {f"ansible_{option}_hostname_override": f"{name}.twin.test"}

    def _of_winrm(self) -> dict[str, str]:
        given = {
            "ansible_password": self._password,
            "ansible_winrm_scheme": "https" if self._authority else "http",
            "ansible_winrm_transport": self.connection.authentication,
            "ansible_winrm_message_encryption": "always" if self.connection.protection == _SEALED else "never",
            "ansible_winrm_read_timeout_sec": "32",
            "ansible_winrm_operation_timeout_sec": "30",
        }
        if self._authority:
            given |= {"ansible_winrm_ca_trust_path": str(self._authority.path)}
        if self._kdc:
            # kinit is given none of the environment but what this names.
            given |= {"ansible_user": f"{USER}@{kdc.REALM}", "ansible_winrm_kinit_env_vars": "['KRB5_CONFIG']"}
        return given

    def _of_psrp(self) -> dict[str, str]:
        given = {
            "ansible_password": self._password,
            "ansible_psrp_protocol": "https" if self._authority else "http",
            "ansible_psrp_auth": self.connection.authentication,
            "ansible_psrp_message_encryption": "always" if self.connection.protection == _SEALED else "never",
        }
        if self._authority:
            given |= {"ansible_psrp_ca_cert": str(self._authority.path)}
        if self._kdc:
            given |= {"ansible_user": f"{USER}@{kdc.REALM}", "ansible_psrp_negotiate_service": "HTTP"}
        return given

    def _of_ssh(self) -> dict[str, str]:
        # One connection for each call: what is kept open would outlive the fleet.
        arguments = "-o ControlMaster=no -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR"
        return {
            "ansible_shell_type": self.name.removeprefix("ssh_"),
            "ansible_ssh_private_key_file": str(self._key_path),
            "ansible_ssh_args": arguments,
        }
