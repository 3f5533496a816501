# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""From a snapshot and a probe to ranked findings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import (
    certificate,
    client,
    firewall,
    listener,
    machine_keys,
    nla,
    service,
    system,
    tls,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    PROVEN,
    RULES,
    Context,
    Finding,
    Sight,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.path import unexplained
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

HEALTHY, DEGRADED, BROKEN, UNKNOWN = "healthy", "degraded", "broken", "unknown"

# Importing them enters their rules in the catalogue.
RULE_MODULES = (certificate, client, firewall, listener, machine_keys, nla, service, system, tls)

# Which fault a client meets first; ids that are not here come last.
_BLOCKS_FIRST = (
    "network.path_reset",
    "network.name",
    "network.unreachable",
    "firewall.",
    "clock.wrong",
    "system.",
    "service.",
    "listener.rdp_disabled",
    "listener.",
    "certificate.pin_dead",
    "certificate.store_name",
    "certificate.key",
    "certificate.",
    "tls.",
    "machine_keys.",
    "interference.",
    "network.",
    "nla.",
    "licensing.",
    "client.",
)
# What cannot be judged without a section, for the sentence about one that is missing.
_JUDGES = {
    "host": "clock and version",
    "listener": "listener settings and policy",
    "certificates": "the listener's certificate",
    "key_files": "access to the private key",
    "services": "the services",
    "port": "who listens on the port",
    "sessions": "who is logged on",
    "events": "what the host logged",
    "journals": "earlier repairs",
    "registry": "what surrounds the listener: TLS, CredSSP, NTLM, licences, time",
    "firewall": "the firewall's rules",
    "network": "the networks that are up",
    "domain": "the trust in the domain",
    "licensing": "licences of an RD Session Host",
    "policies": "which Group Policy object set a value",
    "products": "security products and other services",
}
_NEEDED = frozenset({"host", "listener", "certificates", "key_files", "services"})


@dataclass(frozen=True)
class Diagnosis:
    """Ranked findings and the verdict.

    ``verdict`` is ``healthy``, ``degraded`` (clients get in, something should be mended), ``broken`` or ``unknown`` (too little could be read, and nothing found).
    ``missing`` has one sentence per section that the host did not give, and per part of the client's code that was not
    understood.
    """

    findings: tuple[Finding, ...]
    verdict: str
    missing: tuple[str, ...]

    @property
    def cause(self) -> Finding | None:
        return self.findings[0] if self.findings else None

    def to_dict(self) -> dict[str, Any]:
        return {
            "findings": [finding.to_dict() for finding in self.findings],
            "verdict": self.verdict,
            "missing": list(self.missing),
        }


def _rank(finding: Finding) -> tuple[int, int, int, int]:
    place = next((at for at, prefix in enumerate(_BLOCKS_FIRST) if finding.id.startswith(prefix)), len(_BLOCKS_FIRST))
    return (
        0 if finding.severity == CRITICAL else 1,
        int(finding.confidence == POSSIBLE),
        place,
        (PROVEN, LIKELY, POSSIBLE).index(finding.confidence),
    )


def _missing(host: Snapshot, name: str) -> str:
    error = host.errors.get(name)
    if error is None:
        return f"{_JUDGES[name]} was not asked for (section {name} is not in this snapshot)"
    return f"{_JUDGES[name]} could not be read (section {name}: {error['type']} 0x{error['code'] & 0xFFFFFFFF:08X})"


def diagnose(
    host: Snapshot, probe: dict[str, Any] | None, clock: datetime, client_code: str | None = None
) -> Diagnosis:
    """Judge a host.

    ``probe`` is a result of the probe or None, ``clock`` the controller's UTC time when the snapshot was taken, ``client_code`` what a user's client showed
    (``0x904/0x7``, ``2308``; see ``codes.explain``).
    """
    skew = (host.now - clock).total_seconds() if host.now else None
    ctx = Context(host, Sight(probe), clock, skew, client_code)
    findings = [finding for rule in RULES for finding in rule(ctx)]
    findings += unexplained(ctx, findings)
    findings.sort(key=_rank)
    missing = tuple(_missing(host, name) for name in _JUDGES if name not in host.sections)
    missing += tuple(f"what the user's client showed was not understood: {one}" for one in ctx.user.unread)
    if any(finding.severity == CRITICAL for finding in findings):
        verdict = BROKEN
    elif _NEEDED - set(host.sections):
        verdict = UNKNOWN
    else:
        verdict = DEGRADED if findings else HEALTHY
    return Diagnosis(tuple(findings), verdict, missing)
