# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the model's host script holds steps against: data, descriptors, and the journal that an undo names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.hosts import clients, granting
from tests.hosts.windows import ALIASES, RIGHTS, SESSIONENV_SID, STOPPED

Json = dict[str, Any]

GRANTS = {"S-1-5-18": 0x1F01FF, "S-1-5-20": 0x120089, SESSIONENV_SID: 0x1F01FF, "S-1-5-32-544": 0x120089}


def demands(journal: Json) -> Iterator[Json]:
    """The steps that take a journal back."""
    for step in journal["steps"]:
        cut = journal["state"] in ("open", "failed") and step["status"] in ("pending", "started", "failed")
        if step["status"] == "done" or cut:
            yield from _back(step, cut)


def _back(step: Json, cut: bool) -> Iterator[Json]:
    op, before = step["op"], step["before"]
    if op.startswith("registry."):
        if before is not None:
            yield {"op": "registry.set", "key": step["key"], "name": step["name"], **before}
        elif step["status"] != "pending":
            yield {"op": "registry.remove", "key": step["key"], "name": step["name"]}
    elif before is None:
        return
    elif op == "service.start_type":
        yield {"op": op, "service": step["service"], **before}
    elif op in ("service.start", "service.restart") and before["state"] == STOPPED:
        yield {"op": "service.stop", "service": step["service"]}
    elif op == "certificate.remove" or (op == "certificate.renew" and cut):
        thumbprint = step["thumbprint"] if op == "certificate.remove" else step["remove"]
        if thumbprint and before["blob"]:
            entry = {"store": "Remote Desktop", "thumbprint": thumbprint, "blob": before["blob"]}
            yield {"op": "certificate.import", **entry}
    elif op == "certificate.import_pfx" and not before["present"]:
        yield {"op": "certificate.remove_imported", "store": "My", "thumbprint": step["thumbprint"]}
    elif op == "file.replace":
        yield {"op": op, "policy_file": step["policy_file"], "content": before["content"]}
    elif op == "policy.refresh":
        yield {"op": op, "settings": before["settings"]}
    elif op == "acl.set" and before["sddl"]:
        yield {"op": op, "path": step["path"], **before}
    elif op.split(".")[0] in ("task", "firewall", "group"):
        if demand := granting.back(step):
            yield demand
    elif back := clients.back(step):
        yield back


def is_demanded(step: Any, journal: Json | None) -> bool:
    """Whether a step is one that takes this journal back."""
    if journal is None or not isinstance(step, dict):
        return False
    return any(all(_same(name, step.get(name), value) for name, value in demand.items()) for demand in demands(journal))


def _same(field: str, is_: Any, asked: Any) -> bool:
    if field in ("key", "name"):
        return str(is_).lower() == str(asked).lower()
    return type(is_) is type(asked) and is_ == asked


def _entries(sddl: str) -> dict[tuple[str, str, int, str], None]:
    found: dict[tuple[str, str, int, str], None] = {}
    for kind, flags, rights, sid in re.findall(r"\((\w+);(\w*);(\w+);;;([\w-]+)\)", sddl):
        mask = int(rights, 16) if rights.lower().startswith("0x") else 0
        if not mask:
            for at in range(0, len(rights), 2):
                mask |= RIGHTS.get(rights[at : at + 2], 0)
        if "ID" not in flags:
            found[kind, flags, mask, ALIASES.get(sid, sid)] = None
    return found


def _owner(sddl: str) -> str | None:
    found = re.match(r"O:(S-[0-9-]+|[A-Z]{2})", sddl)
    return ALIASES.get(found[1], found[1]) if found else None


def excess(want: str, have: str | None, own: bool) -> str | None:
    """Why a descriptor is more than what was there and what Windows itself grants there."""
    if have is None:
        return "changes a descriptor that cannot be read"
    if _owner(want) not in (None, _owner(have)) and not (own and _owner(want) == "S-1-5-18"):
        return "changes the owner"
    before, after = _entries(have), _entries(want)
    for entry in after:
        kind, flags, mask, sid = entry
        if entry not in before and (kind != "A" or flags or mask & ~GRANTS.get(sid, 0)):
            return "grants what Windows does not grant there"
    if any(not (entry[0] == "D" and entry[3] in GRANTS) for entry in before if entry not in after):
        return "takes away what somebody was granted"
    return None
