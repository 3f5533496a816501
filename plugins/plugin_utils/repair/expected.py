# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a step was planned from: the facts that must still hold when it is done later, by a file that travels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

Json = dict[str, Any]


def before(step: Step, snapshot: Snapshot) -> Json | None:
    """The facts of a step's ``before`` as ``docs/host-contract.md`` names them; None for what is not there at all.

    Facts that change by themselves, such as the services that depend on one, are left out.
    """
    return _FACTS[step.op.split(".", 1)[0]](step, snapshot)


def _registry(step: Step, snapshot: Snapshot) -> Json | None:
    group = contract.group_of(step.fields["key"])
    raw = snapshot.listener_value(group, step.fields["name"]) if group else None
    return raw and {"type": raw["type"], "data": raw["data"]}


def _service(step: Step, snapshot: Snapshot) -> Json | None:
    service = snapshot.service(step.fields["service"])
    fact = "start" if step.op == "service.start_type" else "state"
    return service and {fact: service[fact]}


def _certificate(step: Step, snapshot: Snapshot) -> Json:
    if step.op == "certificate.enrol":
        return {"thumbprint": snapshot.template.thumbprint if snapshot.template else None}
    if step.op in ("certificate.renew", "certificate.wait_renewed"):
        return {"thumbprint": snapshot.self_signed.thumbprint if snapshot.self_signed else None}
    return {"present": snapshot.find_certificate(step.fields["thumbprint"], step.fields["store"]) is not None}


def _acl(step: Step, snapshot: Snapshot) -> Json | None:
    files = (snapshot.section("key_files") or {"files": ()})["files"]
    found = next((file["sddl"] for file in files if file["path"] == step.fields["path"]), None)
    return {"sddl": found}


def _clock(step: Step, snapshot: Snapshot) -> Json:
    """The time itself is another one by then."""
    return {}


def _domain(step: Step, snapshot: Snapshot) -> Json:
    return {"channel_status": (snapshot.section("domain") or {"channel_status": None})["channel_status"]}


def _file(step: Step, snapshot: Snapshot) -> Json:
    """The step itself names the bytes that it was planned from."""
    return {"hash": step.fields["sha256"]}


def _policy(step: Step, snapshot: Snapshot) -> Json:
    return {"settings": {name: snapshot.listener_value("policy", name) for name in step.fields["settings"]}}


def _task(step: Step, snapshot: Snapshot) -> Json:
    task = snapshot.nla_task
    return {"at": task.utc if task else None, "causes": list(task.causes) if task else []}


def _rule(step: Step, snapshot: Snapshot) -> Json:
    rules = (snapshot.section("firewall") or {"rules": ()})["rules"]
    names = ("local", step.fields["rule"])
    return {"rule": next((row["rule"] for row in rules if (row["store"], row["name"]) == names), None)}


_FACTS: dict[str, Callable[[Step, Snapshot], Json | None]] = {
    "registry": _registry,
    "service": _service,
    "certificate": _certificate,
    "acl": _acl,
    "clock": _clock,
    "domain": _domain,
    "file": _file,
    "policy": _policy,
    "task": _task,
    "firewall": _rule,
}
