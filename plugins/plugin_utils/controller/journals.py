# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals of this controller: new ones, and the copies that it keeps."""

from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime, timezone

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso_milliseconds
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import OPEN, Journal


def new_journal(undoes: str | None = None) -> Journal:
    """An open journal of this run, with no steps yet. ``undoes`` is the id of the one whose steps it takes back."""
    now = datetime.now(timezone.utc)
    return Journal(
        id=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        state=OPEN,
        steps=(),
        controller=f"{socket.gethostname()}:{os.getpid()}",
        created=iso_milliseconds(now),
        undoes=undoes,
    )


def keep(folder: str, journal: Journal) -> str:
    """Write the controller's copy, readable for its owner only, whole or not at all.

    Returns the path. Raises ``OSError``.
    """
    path = files.place(folder) / files.name_for(journal.host) / f"{journal.id}.json"
    files.write_json(path, journal.to_dict())
    return str(path)


def load(path: str) -> Journal:
    """Read a controller's copy. Raises ``files.FileProblem`` or ``JournalError``; both are ``ValueError``."""
    return Journal.parse(files.read_json(files.place(path), "give the path of a controller's copy"))
