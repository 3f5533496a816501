# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps for a host of the lab, and what other programs say of it."""

from __future__ import annotations

import json
import time
from typing import Any

from .prefix import RDP, Prefix, new_journal

EARLIER = "20200101T000000Z-00000000"


def setting(name: str, data: Any, type: str = "dword", key: str = RDP) -> dict[str, Any]:
    return {"op": "registry.set", "key": key, "name": name, "type": type, "data": data}


def running(verb: str, service: str, timeout_s: int = 20) -> dict[str, Any]:
    return {"op": f"service.{verb}", "service": service, "timeout_s": timeout_s}


def state(host: Prefix, service: str) -> int:
    out = host.must("sc", "query", service).decode()
    return int(out.split("STATE")[1].split(":")[1].split()[0])


def gone(host: Prefix, *services: str) -> None:
    """Wait until the service manager has none of these: it keeps a deleted one until it has stopped."""
    deadline = time.monotonic() + 60
    for name in services:
        while host.run("sc", "query", name).code == 0:
            assert time.monotonic() < deadline, f"the service {name} stays"
            time.sleep(0.05)


def add(host: Prefix, key: str, name: str, kind: str, data: str) -> None:
    host.must("reg", "add", key, "/v", name, "/t", kind, *(["/d", data] if data else []), "/f")


def value(host: Prefix, key: str, name: str) -> str | None:
    ran = host.run("reg", "query", key, "/v", name)
    return ran.out.decode().split(name, 1)[1].strip() if ran.code == 0 else None


def only(answer: dict[str, Any]) -> dict[str, Any]:
    assert not answer.get("failed"), answer
    [step] = answer["steps"]
    assert isinstance(step, dict)
    return step


def earlier(host: Prefix, *entries: dict[str, Any]) -> dict[str, Any]:
    """The header of an undo, of a journal on the host that asks for what these entries had before."""
    folder = host.drive / "ProgramData" / "winops.rdp" / "journal"
    folder.mkdir(parents=True, exist_ok=True)
    steps = [{"status": "done", "after": None, "error": None, "elapsed_ms": 0, **entry} for entry in entries]
    head = {"schema_version": 1, "id": EARLIER, "controller": "lab", "created": "2020-01-01T00:00:00.000Z"}
    document = {**head, "undoes": None, "state": "complete", "plan": None, "steps": steps}
    (folder / f"{EARLIER}.json").write_text(json.dumps(document))
    return new_journal(undoes=EARLIER)


def had(step: dict[str, Any], before: Any) -> dict[str, Any]:
    """A step as a journal has it, with what was there before."""
    return {**step, "before": before}
