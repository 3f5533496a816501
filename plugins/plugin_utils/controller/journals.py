# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals of this controller: new ones, the copies that it keeps, and the run that they belong to."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import tempfile
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ansible import constants
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import POSSIBLE
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso_milliseconds
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.history import LATEST
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import OPEN, Journal, is_id, is_run


def check_run(given: Any, *, to_restore: bool = False) -> None:
    """Raise ``ValueError`` for what cannot be the id of a run, or, ``to_restore``, cannot be asked to be taken back."""
    if text.is_blank(given):
        return
    # What a template makes of a job's number is one.
    run = str(given) if isinstance(given, int) and not isinstance(given, bool) else given
    if not is_run(run):
        raise ValueError(
            f"rdp_run is {given!r}; the id of a run has letters, digits, dots, dashes and underscores, at most 64"
        )
    # They are what a restore is asked for: no run may be called so.
    if not to_restore and (run == LATEST or is_id(run)):
        raise ValueError(
            f"rdp_run is {given!r}; that is for restore_rdp: the id of a run is neither 'latest' nor in the form of a"
            " journal's id"
        )


def current_run(given: Any = None) -> str:
    """The id of this run of Ansible: the one given, or one that is made once for all its hosts.

    All processes of a run share the temporary folder that ``ansible-playbook`` made for itself, and no other run has
    it. Raises ``ValueError`` where the one given is no id, and ``OSError``.
    """
    check_run(given)
    if not text.is_blank(given):
        return str(given)
    path = Path(constants.DEFAULT_LOCAL_TMP) / "winops.rdp.run"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, own = tempfile.mkstemp(dir=path.parent, prefix=".winops.rdp")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"run-{datetime.now(timezone.utc):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}")
        # A link comes into being whole, and fails where another process was faster.
        with contextlib.suppress(FileExistsError):
            os.link(own, path)
    finally:
        Path(own).unlink(missing_ok=True)
    return path.read_text(encoding="ascii")


def found(before: Assessment) -> dict[str, Any]:
    """How a host is before it is changed, as its journal keeps it."""
    return {
        "verdict": before.diagnosis.verdict,
        "client": before.probe.summary,
        "gets_in": before.probe.logon_reached if before.probe else None,
        "causes": [finding.id for finding in before.diagnosis.findings if finding.confidence != POSSIBLE],
    }


def new_journal(
    undoes: str | None = None,
    run: str | None = None,
    host_was: dict[str, Any] | None = None,
    sequence: int | None = None,
) -> Journal:
    """An open journal of this run, with no steps yet. ``undoes`` is the id of the one whose steps it takes back.

    ``host_was`` is what ``found`` says of the host, ``sequence`` the journal's place in the host's own order.
    """
    now = datetime.now(timezone.utc)
    return Journal(
        id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        state=OPEN,
        steps=(),
        controller=f"{socket.gethostname()}:{os.getpid()}",
        created=iso_milliseconds(now),
        undoes=undoes,
        run=run,
        found=host_was,
        sequence=sequence,
    )


def keep(folder: str, journal: Journal) -> str:
    """Write the controller's copy, readable for its owner only, whole or not at all.

    Returns the path. Raises ``OSError``.
    """
    path = path_of(folder, journal)
    files.write_json(Path(path), journal.to_dict(), own=files.JOURNAL)
    return path


def drop(copy: str) -> None:
    """Take the copy at this path away, of steps that the host refused: in a list of what can be taken back it would
    stand for a change."""
    with contextlib.suppress(OSError):
        Path(copy).unlink(missing_ok=True)


def path_of(folder: str, journal: Journal) -> str:
    """Where the controller's copy is kept. Raises ``files.FileProblem``."""
    return str(_folder(folder, journal.host) / f"{journal.id}.json")


def _folder(folder: str, host: str) -> Path:
    return files.place(folder) / files.name_for(host)


def kept(folder: str, host: str) -> list[Journal]:
    """The controller's copies of a host's journals, newest first, as far as they can be read."""
    copies = []
    for path in sorted(_folder(folder, host).glob("*.json"), reverse=True):
        with contextlib.suppress(OSError, ValueError):
            copies.append(load(str(path)))
    return copies


def load(path: str) -> Journal:
    """Read a controller's copy. Raises ``files.FileProblem`` or ``JournalError``; both are ``ValueError``."""
    return Journal.parse(files.read_json(files.place(path), "give the path of a controller's copy"))
