# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is changed on a client: nothing but what was asked for, by option, and what is held back of it.

Findings say what could be done. ``forget_certificate`` removes the hash of the target's certificate that somebody's
client keeps, ``correct_rdp_files`` corrects settings of the named files, ``update`` has winget bring Windows App.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue, client_apps
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_machine import ClientDiagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import Finding
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientFacts
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import steps as make
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Blocked, Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

Told = Iterator[Step | Blocked]


def plan(asked: Mapping[str, Any], facts: ClientFacts, look: ProbeResult, diagnosis: ClientDiagnosis) -> Plan:
    """The steps that were asked for. ``asked`` are the module's options."""
    told: list[Step | Blocked] = []
    found = {finding.id: finding for finding in diagnosis.findings}
    if asked["forget_certificate"]:
        told += _forgotten(facts, look, found)
    if asked["correct_rdp_files"]:
        told += _corrected(facts, diagnosis)
    if asked["update"]:
        told += _updated(facts, diagnosis)
    todo = [one for one in told if isinstance(one, Step)]
    return Plan.of(todo, [one for one in told if isinstance(one, Blocked)])


def _forgotten(facts: ClientFacts, look: ProbeResult, found: Mapping[str, Finding]) -> Told:
    stale = catalogue.CLIENT_STALE_HASH.id
    if catalogue.CLIENT_ALTERED.id in found:
        yield Blocked(
            stale,
            "the client is shown another certificate than the controller, so somebody may stand in between",
            "find out who presents it first; then remove the value",
            "certificate",
        )
        return
    digests = (look.thumbprint, str((look.certificate or {}).get("sha256") or "").upper())
    cached = facts.cached_hashes()
    if cached and not any(digests):
        yield Blocked(
            stale,
            "the client was shown no certificate, so no hash is known to be stale",
            "run again when the target answers",
            "certificate",
        )
        return
    for sid, target, kept in cached:
        if kept in digests:
            yield Blocked(stale, f"{sid} keeps the hash of the certificate that {target} presents", None, "certificate")
        else:
            yield make.forget_hash(sid, target, f"the client asks again about the certificate of {target}", stale)


def _corrected(facts: ClientFacts, diagnosis: ClientDiagnosis) -> Told:
    signed = {file.path for file in facts.rdp_files if file.signed}
    for finding in diagnosis.findings:
        path = finding.target.get("path")
        for setting in finding.target.get("settings") or ():
            if path in signed:
                yield Blocked(finding.id, f"{path} is signed, and a change would break the signature", finding.advice)
            else:
                yield make.set_rdp_file(str(path), setting, finding.summary, finding.id)


def _updated(facts: ClientFacts, diagnosis: ClientDiagnosis) -> Told:
    app, outdated = catalogue.CLIENT_APP_RETIRED.id, catalogue.CLIENT_APP_OUTDATED.id
    reasons = tuple(dict.fromkeys(one.id for one in diagnosis.findings if one.id in (app, outdated)))
    if not reasons:
        return
    if not any(package.name == client_apps.WINGET_PACKAGE for package in facts.packages):
        by_hand = (
            f"install Windows App from the Store ({client_apps.STORE_ID}), or its package: {client_apps.PACKAGE_URL}"
        )
        yield Blocked(reasons[0], "the client has no winget", by_hand, "winget")
        return
    yield make.install_app(client_apps.WINGET_ID, "bring the successor, or its current version", reasons)
