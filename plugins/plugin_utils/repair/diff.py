# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before and after of a step, for a diff, from the snapshot: check mode and a real run show the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step


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
    """What is there, and what will be."""
    kind = step.op.split(".", 1)[0]
    return _SIDES[kind](step, host)


def _registry_sides(step: Step, host: Snapshot) -> tuple[str, str]:
    fields = step.fields
    section = host.section("listener")
    group = contract.group_of(fields["key"])
    raw = section[group]["settings"].get(fields["name"]) if section and group else None
    after = fields if step.op == "registry.set" else None
    return _value(fields, raw), _value(fields, after)


def _value(fields: dict[str, Any], raw: dict[str, Any] | None) -> str:
    """A registry value's type and data, with what Windows' own tools call it."""
    if not raw:
        return "absent"
    known = contract.REGISTRY.get((fields["key"].lower(), fields["name"].lower()))
    words = known.words.get(raw["data"]) if known and raw["type"] == "dword" else None
    return f"{raw['type']} {raw['data']}" + (f" = {words}" if words else "")


def _service_sides(step: Step, host: Snapshot) -> tuple[str, str]:
    fields = step.fields
    service: dict[str, Any] = host.service(fields["service"]) or {"start": None, "state": None}
    if step.op == "service.start_type":
        return contract.START_TYPES.get(service["start"], "unknown"), contract.START_TYPES[fields["start"]]
    after = {"service.stop": "stopped", "service.restart": "running (restarted)"}.get(step.op, "running")
    return contract.RUN_STATES.get(service["state"], "unknown"), after


def _certificate_sides(step: Step, host: Snapshot) -> tuple[str, str]:
    if step.op == "certificate.renew":
        return ", ".join(step.fields["previous"]) or "absent", "a new self-signed certificate"
    present = host.find_certificate(step.fields["thumbprint"], step.fields["store"]) is not None
    return "present" if present else "absent", "absent" if step.op == "certificate.remove" else "present"


def _acl_sides(step: Step, host: Snapshot) -> tuple[str, str]:
    section = host.section("key_files")
    files = section["files"] if section else []
    found = (file["sddl"] or "unreadable" for file in files if file["path"] == step.fields["path"])
    return next(found, "unknown"), step.fields["sddl"]


_SIDES: dict[str, Callable[[Step, Snapshot], tuple[str, str]]] = {
    "registry": _registry_sides,
    "service": _service_sides,
    "certificate": _certificate_sides,
    "acl": _acl_sides,
}
