# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all hosts of a run need, and one of them finds out.

Ansible works on hosts in processes of their own. They share the temporary folder that ansible-playbook makes for
itself, which is nobody else's and goes away with it (see also ``ledger``).
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ansible import constants
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files

Json = dict[str, Any]


def once(key: tuple[str, ...], find_out: Callable[[], Json]) -> Json:
    """What was found out, by whichever process comes first; the others wait for it.

    Where the folder is not this account's own, what lies in it may be anybody's, and each process finds out itself.
    """
    folder = Path(constants.DEFAULT_LOCAL_TMP)
    if not _is_ours(folder):
        return find_out()
    name = hashlib.sha256(json.dumps(key).encode()).hexdigest()
    place = folder / "winops.rdp.shared" / f"{name}.json"
    try:
        place.parent.mkdir(exist_ok=True, mode=0o700)
        with place.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():
                files.write_json(place, find_out())
            found: Json = json.loads(place.read_text(encoding="utf-8"))
    except OSError:  # such as a disk that is full
        return find_out()
    return found


def _is_ours(folder: Path) -> bool:
    try:
        about = folder.lstat()
    except OSError:
        return False
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid() and not about.st_mode & others
