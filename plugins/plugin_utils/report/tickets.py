# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts for tickets: what whoever has to act needs to know, and no more, to be sent as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import CLIENT, NETWORK, POLICY
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Host, is_own_policy

_TO = {
    NETWORK: "the network team",
    POLICY: "the owner of the policy",
    CLIENT: "the user",
}


@dataclass(frozen=True)
class Ticket:
    """For whom it is, and its text."""

    recipient: str
    text: str


def tickets(host: Host) -> list[Ticket]:
    """One for each finding that somebody else has to act on: the host's own Group Policy is in nobody else's hands."""
    return [
        Ticket(_TO[finding["owner"]], "\n".join(_lines(host, finding)))
        for finding in host.findings
        if finding["owner"] in _TO and not is_own_policy(finding)
    ]


def _lines(host: Host, finding: dict[str, Any]) -> Iterator[str]:
    yield f"Remote Desktop on {host.name}: {finding['summary']} ({finding['confidence']})."
    if finding["owner"] != POLICY:
        yield from _connection(host)
    yield from (f"Seen: {one['fact']} ({one['where']})" for one in finding["evidence_for"] or ())
    yield from (f"Against it: {one['fact']} ({one['where']})" for one in finding["evidence_against"] or ())
    yield from (f"Not known: {one}" for one in finding["needs_evidence"] or ())
    if finding["advice"]:
        yield f"Please: {finding['advice']}"  # many end in a command, and what is copied has no full stop


def _connection(host: Host) -> Iterator[str]:
    """Where from, where to, when, and who signed the certificate that was shown."""
    probe = host.probe
    if not probe:
        return
    address = f" ({probe['address']})" if probe.get("address") not in (None, probe["host"]) else ""
    source = probe.get("source") or "the machine that runs Ansible"
    yield f"Connection: TCP from {source} to {probe['host']}{address}, port {probe['port']}."
    if probe.get("time"):
        yield f"Time: {probe['time']} (UTC)."
    yield f"What happened: {host.view}."
    shown = probe.get("certificate") or {}
    if shown.get("issuer") or shown.get("common_name"):
        issuer = f"issued by {shown.get('issuer')}, SHA-1 {shown.get('sha1')}"
        yield f"Certificate shown: {shown.get('common_name')}, {issuer}."
