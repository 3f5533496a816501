# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before and after of a step, for a diff, from the snapshot: check mode and a real run show the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import schema
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

_START = {0: "boot", 1: "system", 2: "automatic", 3: "manual", 4: "disabled"}
_STATE = {
    1: "stopped",
    2: "start pending",
    3: "stop pending",
    4: "running",
    5: "continue pending",
    6: "pause pending",
    7: "paused",
}
_GROUPS = {
    schema.RDP_TCP.lower(): "rdp_tcp",
    schema.TERMINAL_SERVER.lower(): "terminal_server",
    schema.WINSTATIONS.lower(): "winstations",
}


def diffs(steps: Iterable[Step], host: Snapshot) -> list[dict[str, str]]:
    """One entry per step that changes something, in Ansible's form."""
    entries = []
    for step in steps:
        if step.op == "certificate.wait_renewed":
            continue
        before, after = _sides(step, host)
        entries.append(
            {"before_header": step.target, "after_header": step.target, "before": before + "\n", "after": after + "\n"}
        )
    return entries


def _sides(step: Step, host: Snapshot) -> tuple[str, str]:
    fields = step.fields
    if step.op.startswith("registry."):
        section = host.section("listener")
        group = _GROUPS.get(fields["key"].lower())
        raw = section[group]["settings"].get(fields["name"]) if section and group else None
        after = f"{fields['type']} {fields['data']}" if step.op == "registry.set" else "absent"
        return (f"{raw['type']} {raw['data']}" if raw else "absent", after)
    if step.op.startswith("service."):
        service: dict[str, Any] = host.service(fields["service"]) or {"start": None, "state": None}
        if step.op == "service.start_type":
            return _START.get(service["start"], "unknown"), _START[fields["start"]]
        now = _STATE.get(service["state"], "unknown")
        return now, {"service.stop": "stopped", "service.restart": "running (restarted)"}.get(step.op, "running")
    if step.op == "acl.set":
        section = host.section("key_files")
        files = section["files"] if section else []
        return next(
            (file["sddl"] or "unreadable" for file in files if file["path"] == fields["path"]), "unknown"
        ), fields["sddl"]
    present = host.find_certificate(fields["thumbprint"], fields["store"]) is not None
    return "present" if present else "absent", "absent" if step.op == "certificate.remove" else "present"
