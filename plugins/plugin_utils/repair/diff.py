# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Before and after of a step, for a diff, from the snapshot: check mode and a real run show the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import (
    acl_words,
    contract,
    firewall,
    local_policy,
    registry_pol,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import read_reference
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import minute
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# A service may change twice in one plan.
_OF_SERVICE = {
    "service.start_type": ", start type",
    **dict.fromkeys(("service.start", "service.stop", "service.restart"), ", state"),
}


def diffs(plan: Plan, snapshot: Snapshot) -> list[dict[str, str]]:
    """One entry per step that changes something, with its reason, in Ansible's form.

    Steps that follow only on a condition come last, and name it.
    """
    certain = [_entry(step, snapshot, step.reason) for step in plan.steps if step.op != "certificate.wait_renewed"]
    return certain + [
        _entry(step, snapshot, f"then, only if {rung.condition}: {step.reason}")
        for rung in plan.conditional
        for step in rung.steps
    ]


def _entry(step: Step, snapshot: Snapshot, reason: str) -> dict[str, str]:
    before, after = _sides(step, snapshot)
    what = step.target + _OF_SERVICE.get(step.op, "")
    return {
        "before_header": what,
        "after_header": f"{what} ({reason})",
        "before": before + "\n",
        "after": after + "\n",
    }


def _sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    """What is there, and what will be."""
    kind = step.op.split(".", 1)[0]
    return _SIDES[kind](step, snapshot)


def _registry_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    fields = step.fields
    section = snapshot.section("listener")
    group = contract.group_of(fields["key"])
    raw = section[group]["settings"].get(fields["name"]) if section and group else None
    after = fields if step.op == "registry.set" else None
    return _value(fields, raw, snapshot), _value(fields, after, snapshot)


def _value(fields: dict[str, Any], raw: dict[str, Any] | None, snapshot: Snapshot) -> str:
    """A registry value: what Windows' own tools call it, or which certificate it names; else its type and data."""
    if not raw:
        return "absent"
    known = contract.REGISTRY.get((fields["key"].lower(), fields["name"].lower()))
    words = known.words.get(raw["data"]) if known and raw["type"] == "dword" else None
    if words:
        return f"{words} ({raw['data']})"
    named = read_reference(fields["name"], fields["key"], raw).thumbprint if raw["type"] == "binary" else None
    return _named(named, snapshot) if named else f"{raw['type']} {raw['data']}"


def _named(thumbprint: str, snapshot: Snapshot) -> str:
    entry = snapshot.find_certificate(thumbprint)
    if entry is None:
        return f"certificate {thumbprint} (in no store that was read)"
    until = f", until {minute(entry.not_after)}" if entry.not_after else ""
    return f"certificate {thumbprint} ({entry.subject or 'not readable'}{until})"


def _service_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    fields = step.fields
    service: dict[str, Any] = snapshot.service(fields["service"]) or {"start": None, "state": None}
    if step.op == "service.start_type":
        return contract.START_TYPES.get(service["start"], "unknown"), contract.START_TYPES[fields["start"]]
    after = {"service.stop": "stopped", "service.restart": "running (restarted)"}.get(step.op, "running")
    return contract.RUN_STATES.get(service["state"], "unknown"), after


def _certificate_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    if step.op == "certificate.enrol":
        own = snapshot.template
        now = _named(own.thumbprint, snapshot) if own and own.thumbprint else "no certificate"
        return now, "a certificate of the template that the policy names"
    if step.op == "certificate.renew":
        own = snapshot.self_signed
        now = _named(own.thumbprint, snapshot) if own and own.thumbprint else "no certificate"
        return now, "a new self-signed certificate"
    present = snapshot.find_certificate(step.fields["thumbprint"], step.fields["store"]) is not None
    return "present" if present else "absent", "absent" if step.op == "certificate.remove" else "present"


def _task_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    task = snapshot.nla_task
    before = f"at {task.utc}" if task else "absent"
    return before, f"at {step.fields['at']}, and when Windows starts" if step.op == "task.arm" else "absent"


def _group_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    words = {True: "a member", False: "no member", None: "unknown"}
    member = None if snapshot.members is None else step.fields["member"] in snapshot.members
    return words[member], words[step.op == "group.add"]


def _rule_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    rule, fields = firewall.Firewall(snapshot).local_rule(step.fields["rule"]), step.fields
    if step.op == "firewall.remove":
        return "present", "absent"
    kept = rule.remotes if rule else ()
    after = _rule_words(
        fields["active"],
        fields["profiles"],
        kept if fields["addresses"] is None else tuple(fields["addresses"]),
        fields.get("port"),
    )
    if rule is None:
        return "absent", after
    port = rule.ports[0][0] if rule.ports and "port" in fields else None
    return _rule_words(rule.active, rule.profiles, rule.remotes, port), after


def _rule_words(active: bool, profiles: int, addresses: tuple[str, ...], port: int | None) -> str:
    names = [name for bit, name in firewall.NAMES.items() if (profiles or 7) & bit]
    remotes = [firewall.address(text) or text for text in addresses] or [firewall.ANY]
    lines = ["on" if active else "off", f"profiles {', '.join(names)}", f"addresses {', '.join(remotes)}"]
    return "\n".join([*lines, *([f"port {port}"] if port else [])])


def _acl_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    section = snapshot.section("key_files")
    files = section["files"] if section else []
    found = next((file["sddl"] for file in files if file["path"] == step.fields["path"]), None)
    return _access(found, snapshot), _access(step.fields["sddl"], snapshot)


def _access(sddl: str | None, snapshot: Snapshot) -> str:
    """An access list with one entry a line, so that what is added and removed shows."""
    return "\n".join(acl_words.lines(sddl, snapshot))


def _client_sides(step: Step, _host: Snapshot) -> tuple[str, str]:
    """What is changed on a client is in no snapshot of a host."""
    fields = step.fields
    after = {
        "profile.forget": "no hash of a certificate",
        "profile.remember": f"hash {fields.get('hash')}",
        "rdp_file.set": f"{fields.get('setting')}:i:{fields.get('value')}",
    }
    return "as the client has it", after.get(step.op, "installed")


def _file_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    """A policy file: its entries that change, one a line, and how many do not; of gpt.ini all lines."""
    section, file = snapshot.section("local_policy"), step.fields["policy_file"]
    try:
        before = local_policy.content_of(section, file) if section else None
        after = local_policy.decoded(step.fields["content"])
        if file != local_policy.REGISTRY_POL:
            return _lines(before), _lines(after)
        rows, new = ([_row(entry) for entry in local_policy.entries(content)] for content in (before, after))
    except ValueError as error:
        return f"cannot be read ({error})", "as it was before"
    same = len(set(rows) & set(new))
    sides = []
    for content, mine, others in ((before, rows, new), (after, new, rows)):
        changed = [row for row in mine if row not in others]
        sides.append("no file" if content is None else "\n".join([*changed, f"other entries: {same}"]))
    return sides[0], sides[1]


def _lines(content: bytes | None) -> str:
    return "no file" if content is None else "\n".join(content.decode("latin-1").splitlines())


def _row(entry: registry_pol.Entry) -> str:
    known = contract.REGISTRY_WORDS.get(entry.name.lower(), {})
    words = known.get(entry.number) if entry.number is not None else None
    return f"{entry.key}\\{entry.name}: {f'{words} ({entry.number})' if words else entry.words}"


def _policy_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    """The registry values that the policy comes to."""
    settings = step.fields["settings"]
    before = [f"{name}: {_told(name, snapshot.listener_value('policy', name))}" for name in settings]
    return "\n".join(before), "\n".join(f"{name}: {_told(name, value)}" for name, value in settings.items())


def _told(name: str, raw: dict[str, Any] | None) -> str:
    if not raw:
        return "not set"
    words = contract.REGISTRY_WORDS.get(name.lower(), {}).get(raw["data"]) if raw["type"] == "dword" else None
    return f"{words} ({raw['data']})" if words else f"{raw['type']} {raw['data']}"


def _clock_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    return (minute(snapshot.now) if snapshot.now else "unknown"), "the time of the host's source"


def _domain_sides(step: Step, snapshot: Snapshot) -> tuple[str, str]:
    status = (snapshot.section("domain") or {"channel_status": None})["channel_status"]
    return f"status {status}", "status 0"


_SIDES: dict[str, Callable[[Step, Snapshot], tuple[str, str]]] = {
    "registry": _registry_sides,
    "service": _service_sides,
    "certificate": _certificate_sides,
    "acl": _acl_sides,
    **dict.fromkeys(("profile", "rdp_file", "app"), _client_sides),
    "clock": _clock_sides,
    "domain": _domain_sides,
    "file": _file_sides,
    "policy": _policy_sides,
    "task": _task_sides,
    "firewall": _rule_sides,
    "group": _group_sides,
}
