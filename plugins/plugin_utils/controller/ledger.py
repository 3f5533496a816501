# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of each host in one run of ansible-playbook.

Ansible works on hosts in processes of their own, in batches, in any order, and forgets a host's results when it drops
the host. So each host's outcome is kept in the temporary folder that ansible-playbook makes for itself, which all its
processes see and which goes away with it.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ansible import constants
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.report.lines import STATES

Json = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """One host's outcome.

    ``state`` is one of ``STATES``. ``fails`` says that the host fails the run, ``counts`` that it speaks against the
    repair: a host that could not be reached does the one and not the other.
    """

    host: str
    state: str
    fails: bool
    counts: bool
    result: Json


class Ledger:
    """The entries of the runs of one ``kind`` (``audit``, ``remediate``, ``restore``) of playbook."""

    def __init__(self, kind: str, folder: Path | None = None) -> None:
        self._folder = (folder or Path(constants.DEFAULT_LOCAL_TMP)) / f"winops.rdp.{kind}"

    def keep(self, entry: Entry, batch: str) -> int:
        """Enter a host's outcome; the number of hosts that are done then.

        ``batch`` is the name of the first host in the host's batch.
        """
        document = {name: getattr(entry, name) for name in ("host", "state", "fails", "counts", "result")}
        files.write_json(self._folder / "hosts" / f"{_file_name(entry.host)}.json", document)
        # One byte for each host: what is read for each host, and by each host, has to be small.
        mark = chr(ord("a") + STATES.index(entry.state))
        marks = self._folder / "batches" / _file_name(batch)
        marks.parent.mkdir(parents=True, exist_ok=True)
        _append(marks, mark.upper() if entry.counts else mark)
        return _append(self._folder / "done", mark)

    def counts(self) -> dict[str, int]:
        """How many hosts are in which state so far."""
        found: dict[str, int] = {}
        for marks in self._marks().values():
            for mark in marks.lower():
                state = STATES[ord(mark) - ord("a")]
                found[state] = found.get(state, 0) + 1
        return found

    def too_many_failed(self, batch: str, percentage: float) -> bool:
        """Whether more of an earlier batch than ``percentage`` failed. Hosts that were not asked are left out."""
        for first, marks in self._marks().items():
            asked = [mark for mark in marks if STATES[ord(mark.lower()) - ord("a")] not in ("unreachable", "left out")]
            failed = sum(mark.isupper() for mark in marks)
            if first != _file_name(batch) and failed * 100 > percentage * max(len(asked), failed):
                return True
        return False

    def entries(self, parts: Collection[str] | None = None) -> dict[str, Entry]:
        """All that is known, by host; of the results only ``parts``, for a fleet's whole results take much memory."""
        found = [_entry(path, parts) for path in (self._folder / "hosts").glob("*.json")]
        return {entry.host: entry for entry in sorted(found, key=lambda entry: entry.host)}

    def clear(self) -> None:
        """Forget the run: what follows in the same ansible-playbook is another."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def first_repair(self) -> Iterator[Path | None]:
        """Wait until no other host of the run is making its first repair.

        Gives the file that says how that one ended while it is not there yet, and None as soon as it is.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        told = self._folder / "first_repair"
        with (self._folder / "first_repair.lock").open("a") as lock:
            if not told.exists():
                fcntl.flock(lock, fcntl.LOCK_EX)
            if told.exists():
                fcntl.flock(lock, fcntl.LOCK_UN)
            yield None if told.exists() else told

    def first_repair_failed(self) -> str | None:
        """The host whose repair was the first of the run and failed, if it did."""
        told = self._folder / "first_repair"
        return (told.read_text(encoding="utf-8") or None) if told.exists() else None

    def _marks(self) -> dict[str, str]:
        return {path.name: path.read_bytes().decode() for path in sorted((self._folder / "batches").glob("*"))}


def _entry(path: Path, parts: Collection[str] | None) -> Entry:
    entry = Entry(**json.loads(path.read_text(encoding="utf-8")))
    if parts is None:
        return entry
    return replace(entry, result={name: entry.result[name] for name in parts if name in entry.result})


def _append(path: Path, mark: str) -> int:
    """Add a byte to a file, and return its position: no two processes get the same."""
    with path.open("ab", buffering=0) as file:
        file.write(mark.encode())
        return file.tell()


def _file_name(host: str) -> str:
    """A name of one length for any host: the entry itself says which host it is, and no two share a file."""
    return hashlib.sha256(host.encode("utf-8", "surrogatepass")).hexdigest()
