# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Journals: their ids, and the copies that the controller keeps."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso_milliseconds

_ID = re.compile(r"^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}$")


def new_journal(undoes: str | None = None) -> dict[str, Any]:
    """The head of a journal, as the host script takes it."""
    now = datetime.now(timezone.utc)
    return {
        "id": f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        "controller": f"{socket.gethostname()}:{os.getpid()}",
        "created": iso_milliseconds(now),
        "undoes": undoes,
    }


def is_id(text: str) -> bool:
    return bool(_ID.match(text))


def keep(folder: str, host: str, document: dict[str, Any]) -> str:
    """Write the controller's copy, readable for its owner only, whole or not at all. Returns the path. Raises ``OSError``."""
    path = Path(folder).expanduser() / re.sub(r"[^A-Za-z0-9._-]", "_", host) / f"{document['id']}.json"
    files.write_json(path, document)
    return str(path)


def load(path: str) -> dict[str, Any]:
    """Read a controller's copy. Raises ``OSError`` or ``ValueError``."""
    document = json.loads(Path(path).expanduser().read_text(encoding="utf-8"))
    if (
        not isinstance(document, dict)
        or not isinstance(document.get("steps"), list)
        or not is_id(str(document.get("id")))
    ):
        raise ValueError("it is not a journal")
    return document
