# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where accounts were tried in one run of ansible-playbook, so that none is tried once too often: accounts lock.

Ansible works on hosts in processes of their own. What they have to know of each other is kept in the temporary folder
that ansible-playbook makes for itself, which only its user reads and which goes away with it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from ansible import constants

Json = dict[str, Any]


class NotAgain(Exception):
    """An account that must not be tried; the message is a clause."""


class Attempts:
    """The attempts of this run. ``folder`` is that of the run (default: Ansible's own)."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or Path(constants.DEFAULT_LOCAL_TMP)) / "winops.rdp.accounts"

    @contextmanager
    def turn(self, account: str, host: str, most: int) -> Iterator[Callable[[bool | None], None]]:
        """Wait until no other host is trying the account; gives what to call with whether it was accepted.

        None stands for an account of which nothing was sent; where nothing is called, it was tried and not accepted.
        ``most`` is on how many hosts of the run it may be tried. Raises ``NotAgain``.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._folder / f"{key(account)}.json"
        with path.open("a+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            known = _read(file)
            _check(known, host, most)
            # Ahead: whoever is killed in the turn leaves the account as tried and not accepted.
            _keep(file, known, host, False)
            answers: list[bool | None] = []
            try:
                yield answers.append
            finally:
                _keep(file, known, host, answers[-1] if answers else False)


def key(account: str) -> str:
    """A name for the account that does not say it.

    It is the same with and without its domain, and in all forms of a letter, for Windows takes more than one of them:
    two accounts taken for one cost a message, one taken for two may lock it.
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", account).casefold())
    letters = "".join(letter for letter in plain if unicodedata.category(letter) not in ("Mn", "Cf"))
    bare = re.split(r"[\\/]", letters)[-1].partition("@")[0]
    bare = re.sub(r"^[\s.]+|[\s.]+$", "", bare)
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()


def _read(file: IO[str]) -> Json:
    """The last line that has its end: whoever is killed while he writes takes nothing of what was there."""
    file.seek(0)
    lines = [line for line in file.read().split("\n")[:-1] if line]
    known: Json = json.loads(lines[-1]) if lines else {"hosts": [], "refused_on": None}
    return known


def _check(known: Json, host: str, most: int) -> None:
    refused = known["refused_on"]
    if refused:
        where = "this host" if refused == host else f"{refused}"
        raise NotAgain(
            f"the account was tried on {where} in this run and is not known to be accepted; it is not tried again, for"
            " accounts lock"
        )
    if host not in known["hosts"] and len(known["hosts"]) >= most:
        raise NotAgain(
            f"the account was tried on {len(known['hosts'])} hosts in this run, and max_hosts is {most}; raise"
            " max_hosts if it is meant to be tried on more"
        )


def _keep(file: IO[str], known: Json, host: str, accepted: bool | None) -> None:
    """``accepted`` None: nothing was sent, and all is as it was."""
    if accepted is not None:
        known = {"hosts": sorted({*known["hosts"], host}), "refused_on": None if accepted else host}
    file.write(f"\n{json.dumps(known)}\n")
    file.flush()
