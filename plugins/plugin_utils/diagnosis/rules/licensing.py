# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the licences of an RD Session Host."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import LICENSING_CODES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    RCM,
    Context,
    EvidenceList,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.contract import POLICY
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted

_CORE = collect.TERMINAL_SERVER + r"\RCM\Licensing Core"
_SERVERS = r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers"
# LicensingMode: per device, per user, per user of Azure Active Directory.
_MODES = (2, 4, 6)
# Windows 10 and 11 Enterprise multi-session: licensed with Azure Virtual Desktop, without a licence server.
_MULTI_SESSION = "ServerRdsh"


def lacking_licences(snapshot: Snapshot) -> str | None:
    """What an RD Session Host lacks to get licences, in words; None if nothing, on a host that needs none, and where
    it may stand in what was not read.
    """
    section = snapshot.section("licensing")
    if not section or not section["session_host"] or snapshot.keys_unread(_CORE, POLICY, _SERVERS):
        return None
    host = snapshot.section("host") or {}
    mode = _mode(snapshot, section)
    if host.get("edition_id") == _MULTI_SESSION or mode == _MODES[2]:
        return None
    if mode is None and "licensing" in snapshot.silent:
        return None
    if mode not in _MODES:
        return f"no licensing mode is set (mode {mode})"
    if not _names_a_server(snapshot):
        return f"no licence server is named (mode {mode})"
    return None


def _mode(snapshot: Snapshot, section: dict[str, Any]) -> int | None:
    """The licensing mode: of the policy, of the host, or what WMI says."""
    for number in (snapshot.number(POLICY, "LicensingMode"), snapshot.number(_CORE, "LicensingMode"), section["type"]):
        if number is not None:
            return int(number)
    return None


def _names_a_server(snapshot: Snapshot) -> bool:
    local = snapshot.value(_SERVERS, "SpecifiedLicenseServers")
    return bool(snapshot.text(POLICY, "LicenseServers") or (local and local["data"]))


@rule
def check_licences(ctx: Context) -> Iterator[Finding]:
    """Only an RD Session Host needs licences: a grace period of 120 days, then a licence server and a mode."""
    lacking = lacking_licences(ctx.snapshot)
    if not lacking:
        return
    grace: int | None = ctx.snapshot.section("licensing")["grace_days"]
    evidence = EvidenceList()
    evidence.add(lacking, f"HKLM\\{_CORE}")
    evidence.add(f"days of grace left: {'not known' if grace is None else grace}", "section licensing")
    logged = ctx.snapshot.event_count(RCM, 1068, 1069)
    evidence.add_if(logged, f"{counted(logged)} 1068/1069 of {RCM}", "section events")
    if grace is None or grace > 0:
        yield ctx.corroborate(ctx.finding(catalogue.LICENSING_NOT_CONFIGURED, evidence=evidence))
        return
    # The probe sends no user, and licensing comes after it: only a user's client can show that it failed.
    finding = ctx.finding(catalogue.LICENSING_GRACE_ENDED, evidence=evidence)
    yield ctx.corroborate(finding, supports=ctx.client.extended in LICENSING_CODES)
