# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on the state of Windows itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import DEFAULT
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    Context,
    Evidence,
    Finding,
    critical_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.presentation import renewal_is_due
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.network import listens
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules.service import foreign_code

# Core, CoreN, CoreSingleLanguage, CoreCountrySpecific: the editions that are sold as Home; and those of Vista and
# Windows 7 that do not serve either: https://github.com/kimmknight/remoteapptool/wiki/Windows-Compatibility
_HOME = re.compile("(?:Core|HomeBasic|HomePremium|Starter)([A-Z]|$)")
_CLIENT = 1  # of Win32_OperatingSystem.ProductType
# So little is left for logs and keys that Windows itself warns long before.
_FULL = 50 * 2**20
# A key and a certificate take a few KiB. With less than this the registry, which holds the certificate, cannot grow.
_NO_ROOM = 2**20
_SETUP = r"SYSTEM\Setup"


@rule
def check_edition(ctx: Context) -> Iterator[Finding]:
    """Home has the services of Remote Desktop, and no server among them: who gets in is served by something else."""
    host = ctx.snapshot.section("host")
    edition = host["edition_id"] if host else None
    if not edition or not _HOME.match(edition) or host["product_type"] not in (None, _CLIENT):
        return
    replaced = foreign_code(ctx) is not None
    # What was put in its place listens, and nobody looked how far clients come; or its start failed.
    in_its_place = replaced and not ctx.probe and listens(ctx)
    fell = replaced and ctx.snapshot.failed("TermService") is not None
    off = replaced and ctx.snapshot.rdp_enabled is False
    summary = "fell" if fell else DEFAULT
    if ctx.probe.logon_reached or in_its_place:
        summary = "served"
    elif off:
        summary = "off"
    # What serves clients in its place is the nearer cause where it fell, and is seen among the services; and it serves
    # nobody while Remote Desktop is off.
    unread = ctx.unread("services", *["listener"] * replaced)
    finding = ctx.finding(
        catalogue.SYSTEM_HOME_EDITION,
        summary=summary,
        severity=critical_if(not (in_its_place or fell or off)),
        evidence=[Evidence(f"EditionID is {edition}", "section host")],
        needs_evidence=unread,
        edition=edition,
    )
    yield ctx.corroborate(finding, supports=ctx.probe.refused and not (unread or off))


@rule
def check_space(ctx: Context) -> Iterator[Finding]:
    """With next to nothing left keys, certificates, event logs and profiles cannot be written."""
    free = (ctx.snapshot.section("host") or {}).get("free_bytes")
    if free is None or free >= _FULL:
        return
    evidence = [Evidence(f"{free} bytes are free on the system drive", "section host")]
    severity = ctx.latent_if(renewal_is_due(ctx))
    target = {"vain": free < _NO_ROOM}
    yield ctx.corroborate(
        ctx.finding(catalogue.SYSTEM_DISK_FULL, evidence=evidence, severity=severity, target=target, free=free // 2**20)
    )


@rule
def check_setup(ctx: Context) -> Iterator[Finding]:
    """While one of these values is set, Windows counts as being set up."""
    for name in ("SystemSetupInProgress", "OOBEInProgress"):
        number = ctx.snapshot.number(_SETUP, name)
        if number:
            evidence = [Evidence(f"{name} is {number}", f"HKLM\\{_SETUP}")]
            # What is left of a setup that was over long ago is in nobody's way.
            target = {"vain": not (ctx.probe.logon_reached or ctx.probe.stage in ("tls", "credssp"))}
            finding = ctx.finding(catalogue.SYSTEM_SETUP_UNFINISHED, evidence=evidence, target=target, value=name)
            yield ctx.corroborate(finding, supports=ctx.probe.refused)
            return
