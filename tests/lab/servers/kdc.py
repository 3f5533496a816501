# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Kerberos domain on loopback: MIT's own KDC with a user and the service TERMSRV of this machine.

Debian packages: krb5-kdc, krb5-admin-server, krb5-user; Python packages gssapi and krb5 (pyspnego[kerberos]).
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.lab.servers import real
from tests.ports import free_port

REALM = "EXAMPLE.TEST"
SERVICE = f"TERMSRV/localhost@{REALM}"
USER, PASSWORD = "helpdesk", "Correct-Horse-7"

_KRB5 = """\
[libdefaults]
default_realm = {realm}
dns_lookup_kdc = false
dns_lookup_realm = false
dns_canonicalize_hostname = false
rdns = false
udp_preference_limit = 1
[realms]
{realm} = {{
  kdc = 127.0.0.1:{port}
}}
[domain_realm]
localhost = {realm}
"""
_KDC = """\
[kdcdefaults]
kdc_listen = 127.0.0.1:{port}
kdc_tcp_listen = 127.0.0.1:{port}
[realms]
{realm} = {{
  database_name = {folder}/principal
  key_stash_file = {folder}/stash
  acl_file = {folder}/acl
}}
"""


def need() -> None:
    """Skip, with the reason, where a part is missing; fail instead where nothing may be left out in silence."""
    os.environ["PATH"] = f"{os.environ['PATH']}{os.pathsep}/usr/sbin"  # where Debian has the server
    real.need("krb5kdc", "kdb5_util", "kadmin.local", "kinit", packages="krb5-kdc krb5-admin-server krb5-user")
    missing = [name for name in ("gssapi", "krb5") if importlib.util.find_spec(name) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"not installed: pyspnego[kerberos] ({', '.join(missing)})")
    if missing:
        pytest.skip(f"not installed: pyspnego[kerberos] ({', '.join(missing)})")


@dataclass
class Domain:
    """``environment`` is what a process needs to be in the domain; ``keytab`` has the service's key."""

    folder: Path
    environment: dict[str, str]
    keytab: Path

    def ticket(self, *options: str, password: str = PASSWORD) -> Path:
        """A cache with a ticket of the user."""
        cache = self.folder / f"cc-{len(list(self.folder.glob('cc-*')))}"
        subprocess.run(
            ["kinit", *options, "-c", str(cache), USER],
            input=password,
            text=True,
            check=True,
            capture_output=True,
            timeout=30,
            env={**os.environ, **self.environment},
        )
        return cache

    def administer(self, *commands: str) -> None:
        for command in commands:
            self.run("kadmin.local", "-q", command)

    def run(self, *command: str) -> None:
        environment = {**os.environ, **self.environment}
        subprocess.run(command, check=True, capture_output=True, timeout=60, env=environment)


@contextlib.contextmanager
def domain(folder: Path) -> Iterator[Domain]:
    """A KDC with one user, and one service whose key is in a keytab."""
    need()
    port = free_port()
    (folder / "krb5.conf").write_text(_KRB5.format(realm=REALM, port=port))
    (folder / "kdc.conf").write_text(_KDC.format(realm=REALM, port=port, folder=folder))
    environment = {"KRB5_CONFIG": str(folder / "krb5.conf"), "KRB5_KDC_PROFILE": str(folder / "kdc.conf")}
    made = Domain(folder, environment, folder / "keytab")
    made.run("kdb5_util", "create", "-s", "-r", REALM, "-P", "master")
    made.administer(
        f"addprinc -pw {PASSWORD} {USER}", f"addprinc -randkey {SERVICE}", f"ktadd -k {made.keytab} {SERVICE}"
    )
    with real.running(["krb5kdc", "-n", "-r", REALM], folder, port, **environment):
        yield made
