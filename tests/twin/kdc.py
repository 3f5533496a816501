# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Kerberos realm on loopback: MIT's KDC with one account, and a key for each service."""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from tests.ports import free_port

REALM = "TWIN.TEST"
_PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"])
_PROGRAMS = ("krb5kdc", "kdb5_util", "kadmin.local", "kinit")
_PACKAGES = ("gssapi", "krb5", "kerberos")


def missing() -> str | None:
    """What is not here for Kerberos; None if all is."""
    lacking = [name for name in _PROGRAMS if not shutil.which(name, path=_PATH)]
    lacking += [f"Python's {name}" for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if not lacking:
        return None
    return (
        f"no {', '.join(lacking)} (Debian: krb5-kdc krb5-admin-server krb5-user libkrb5-dev gcc python3-dev, then"
        " pip install -r requirements-kerberos.txt)"
    )


class Kdc:
    """Up from its making to ``close``. ``keytab`` has the keys of ``services``; the realm's hosts are those named
    ``names``, or ending in it where it begins with a dot."""

    def __init__(
        self, folder: Path, user: str, password: str, services: Sequence[str], names: str = ".twin.test"
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.config, self.keytab = folder / "krb5.conf", folder / "services.keytab"
        self._configure(names)
        self.run("kdb5_util", "create", "-s", "-r", REALM, "-P", password)
        made = [f"addprinc -pw {password} {user}", *(f"addprinc -randkey {service}" for service in services)]
        kept = [f"ktadd -k {self.keytab} {service}" for service in services]
        self.run("kadmin.local", "-r", REALM, words="\n".join([*made, *kept, ""]))
        self._process = subprocess.Popen(
            [self._program("krb5kdc"), "-n", "-r", REALM],
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait()

    @property
    def client(self) -> dict[str, str]:
        """The environment of somebody who asks this realm."""
        return {"KRB5_CONFIG": str(self.config)}

    @property
    def environment(self) -> dict[str, str]:
        """The environment of who administers it."""
        return {**self.client, "KRB5_KDC_PROFILE": str(self.folder / "kdc.conf")}

    @property
    def acceptor(self) -> dict[str, str]:
        """The environment of the hosts."""
        return {**self.client, "KRB5_KTNAME": str(self.keytab), "KRB5RCACHENAME": "none:"}

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(10)

    def _configure(self, names: str) -> None:
        self.config.write_text(
            f"[libdefaults]\ndefault_realm = {REALM}\ndns_lookup_kdc = false\ndns_lookup_realm = false\nrdns = false\n"
            "dns_canonicalize_hostname = false\nudp_preference_limit = 1\n"
            f"[realms]\n{REALM} = {{\nkdc = 127.0.0.1:{self.port}\n}}\n"
            f"[domain_realm]\n{names} = {REALM}\n"
        )
        (self.folder / "kdc.conf").write_text(
            f"[realms]\n{REALM} = {{\ndatabase_name = {self.folder}/principal\nkey_stash_file = {self.folder}/stash\n"
            f"acl_file = {self.folder}/acl\nkdc_listen = 127.0.0.1:{self.port}\n"
            f"kdc_tcp_listen = 127.0.0.1:{self.port}\n}}\n"
            f"[logging]\nkdc = FILE:{self.folder}/kdc.log\n"
        )

    @staticmethod
    def _program(name: str) -> str:
        found = shutil.which(name, path=_PATH)
        if not found:
            raise OSError(missing())
        return found

    def run(self, name: str, *arguments: str, words: str = "") -> None:
        subprocess.run(
            [self._program(name), *arguments],
            input=words,
            env={**os.environ, **self.environment},
            check=True,
            capture_output=True,
            text=True,
            timeout=60,
        )

    def _wait(self) -> None:
        for _turn in range(100):
            if self._process.poll() is not None:
                raise OSError(f"krb5kdc ended with {self._process.returncode}")
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.1)
        self.close()
        raise OSError("krb5kdc does not listen")
