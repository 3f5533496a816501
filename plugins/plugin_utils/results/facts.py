# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A snapshot for playbooks: what is in force and where it comes from, with the numbers of the host made readable."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import settings
from ansible_collections.winops.rdp.plugins.plugin_utils.host.certificates import StoredCertificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.firewall import NAMES, Firewall
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.unread import unread


def facts(snapshot: Snapshot, probe: ProbeResult) -> dict[str, Any]:
    """The facts ``ansible_facts.rdp``.

    What stands in a section that could not be read is None; ``errors`` says which.
    """
    port = snapshot.section("port")
    return {
        "schema_version": 1,
        "host": snapshot.section("host"),
        "clock_skew_seconds": snapshot.clock_skew,
        "listener": _listener(snapshot),
        "certificates": _certificates(snapshot, probe),
        "key_files": _key_files(snapshot),
        "services": snapshot.section("services"),
        "port": port,
        "sessions": snapshot.section("sessions"),
        "events": snapshot.section("events"),
        "journals": snapshot.section("journals"),
        "firewall": _firewall(snapshot),
        "files": snapshot.section("files"),
        "logon": snapshot.section("logon"),
        "network": snapshot.section("network"),
        "domain": _domain(snapshot),
        "licensing": snapshot.section("licensing"),
        "policies": snapshot.section("policies"),
        "products": snapshot.section("products"),
        "registry": snapshot.section("registry"),
        "probe": probe.data,
        "errors": snapshot.errors,
        "silent": snapshot.silent,
        "unread": [one.to_dict() for one in unread(snapshot)],
        "truncated": snapshot.truncated,
    }


def _listener(snapshot: Snapshot) -> dict[str, Any] | None:
    section = snapshot.section("listener")
    if section is None:
        return None
    return {
        "enabled": snapshot.rdp_enabled,
        "port": snapshot.port,
        "settings": {name: setting.to_dict() for name in settings.names() if (setting := snapshot.setting(name))},
        "registry": section,
    }


def _certificates(snapshot: Snapshot, probe: ProbeResult) -> dict[str, Any] | None:
    binding = snapshot.binding
    if snapshot.stores is None:
        return None
    bound = None
    if binding:
        entry = binding.certificate
        bound = {
            "source": binding.source,
            "where": binding.reference.where,
            "thumbprint": binding.reference.thumbprint,
            "fault": binding.reference.fault,
            "found": entry is not None,
            **(_certificate(entry, snapshot.taken_at) if entry else {}),
        }
    return {
        "bound": bound,
        "stored": [_certificate(entry, snapshot.taken_at) for entries in snapshot.stores.values() for entry in entries],
        "presented": probe.certificate,
    }


def _certificate(entry: StoredCertificate, now: datetime) -> dict[str, Any]:
    return {
        "store": entry.store,
        "thumbprint": entry.thumbprint,
        "subject": entry.subject,
        "not_before": entry.not_before.isoformat() if entry.not_before else None,
        "not_after": entry.not_after.isoformat() if entry.not_after else None,
        "days_left": (entry.not_after - now).days if entry.not_after else None,
        "usages": list(entry.usages) if entry.usages is not None else None,
        "has_private_key": entry.has_key_property,
        "container": entry.key.container if entry.key else None,
        "provider": entry.key.provider if entry.key else None,
    }


def _key_files(snapshot: Snapshot) -> dict[str, Any] | None:
    section = snapshot.section("key_files")
    if section is None:
        return None
    files = []
    for file in section["files"]:
        files.append({**file, "network_service_can_read": snapshot.service_can_read(file)})
    return {"folder": section["folder"], "files": files, "own_keys": section["own_keys"]}


def _domain(snapshot: Snapshot) -> dict[str, Any] | None:
    section = snapshot.section("domain")
    return {**section, "cloud_joined": snapshot.cloud_joined} if section else None


def _firewall(snapshot: Snapshot) -> dict[str, Any] | None:
    """What holds for the listener's port, by profile. A profile whose settings are nowhere is on, as Windows has it."""
    wall = Firewall(snapshot)
    if not wall.known:
        return None
    return {
        "port": snapshot.port,
        "networks": [NAMES[profile] for profile in wall.profiles()],
        "profiles": {
            label: {
                "on": wall.is_on(profile),
                "allowing": [rule.name for rule in wall.allowing(profile, snapshot.port)],
                "blocking": [rule.name for rule in wall.blocking(profile, snapshot.port)],
                "local_rules_count": wall.policy_ignores_local(profile) is None,
            }
            for profile, label in NAMES.items()
        },
        "rules": [
            {
                "name": rule.name,
                "store": rule.store,
                "allows": rule.allows,
                "active": rule.active,
                "remotes": list(rule.remotes),
                "conditions": list(rule.conditions),
            }
            | {"profiles": [label for bit, label in NAMES.items() if rule.profiles & bit]}
            for rule in wall.rules
            if rule.covers(snapshot.port)
        ],
    }
