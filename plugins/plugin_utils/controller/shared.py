# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What all hosts of a run need, and one of them finds out.

Ansible works on hosts in processes of their own. They share the temporary folder that ansible-playbook makes for
itself, which is nobody else's and goes away with it (see also ``ledger``).
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ansible import constants
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files

Json = dict[str, Any]
# In a rollout of hours hosts are compared with what the other is then; it is asked so often at the most.
HOLDS_SECONDS = 300.0


def once(key: tuple[str, ...], find_out: Callable[[], Json]) -> Json:
    """What was found out, by whichever process comes first; the others wait for it.

    It holds for ``HOLDS_SECONDS``; a failure (it has ``failure``) for those alone who waited for it, for the next may
    have better luck. Where the folder is not this account's own, what lies in it may be anybody's, and each process
    finds out itself; so it is with a disk that is full.
    """
    name = hashlib.sha256(json.dumps(key).encode()).hexdigest()
    place = Path(constants.DEFAULT_LOCAL_TMP) / "winops.rdp.shared" / f"{name}.json"
    since = time.monotonic()
    with contextlib.ExitStack() as stack:
        is_shared = _is_ours(place.parent.parent) and _locked(stack, place)
        found = _known(place, since) if is_shared else None
        if found is None:
            found = find_out()
            if is_shared:
                with contextlib.suppress(OSError):
                    files.write_json(place, {"found": found, "at": time.monotonic()})
    return found


def _locked(stack: contextlib.ExitStack, place: Path) -> bool:
    """Whether this process alone has the place now, until the end of the stack."""
    try:
        place.parent.mkdir(exist_ok=True, mode=0o700)
        fcntl.flock(stack.enter_context(place.with_suffix(".lock").open("a")), fcntl.LOCK_EX)
    except OSError:
        return False
    return True


def _known(place: Path, since: float) -> Json | None:
    """What another process found out, if that holds for one that has waited since then; the clock is the machine's."""
    try:
        known = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):  # none yet, or one that could not be written to its end
        return None
    found: Json = known["found"]
    holds = 0.0 if "failure" in found else HOLDS_SECONDS
    return found if known["at"] + holds >= since else None


def _is_ours(folder: Path) -> bool:
    try:
        about = folder.lstat()
    except OSError:
        return False
    others = stat.S_IWGRP | stat.S_IWOTH
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid() and not about.st_mode & others
