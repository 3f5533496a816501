# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Kerberos domain on loopback: a KDC with a user and the service TERMSRV of this machine."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tests.profiles import absent
from tests.twin import kdc

REALM = kdc.REALM
SERVICE = f"TERMSRV/localhost@{REALM}"
USER, PASSWORD = "helpdesk", "Correct-Horse-7"


class Domain(kdc.Kdc):
    """``environment`` is what a process needs to be in the domain; ``keytab`` has the service's key."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, USER, PASSWORD, [SERVICE], names="localhost")

    def ticket(self, *options: str) -> Path:
        """A cache with a ticket of the user."""
        cache = self.folder / f"cc-{len(list(self.folder.glob('cc-*')))}"
        self.run("kinit", *options, "-c", str(cache), USER, words=PASSWORD)
        return cache

    def administer(self, *commands: str) -> None:
        for command in commands:
            self.run("kadmin.local", "-q", command)


@contextlib.contextmanager
def domain(folder: Path) -> Iterator[Domain]:
    """One until the block ends."""
    if reason := kdc.missing():
        absent(reason)
    with contextlib.closing(Domain(folder)) as made:
        yield made
