# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on what surrounds the listener: the state of the system, licences, the time service, and who knocks."""

from __future__ import annotations

from collections.abc import Iterator

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    Context,
    Evidence,
    Finding,
    rule,
)

_FLOOD = 300
_TIME_DIFFERENCE = 0xC0000133


@rule
def setup(ctx: Context) -> Iterator[Finding]:
    for name in ("SystemSetupInProgress", "OOBEInProgress"):
        number = ctx.snapshot.number(r"SYSTEM\Setup", name)
        if number:
            yield ctx.judged(
                Finding(
                    "system.setup_unfinished",
                    CRITICAL,
                    "Windows takes itself for still being set up, and does not serve Remote Desktop as long as it does",
                    evidence_for=(Evidence(f"{name} is {number}", r"HKLM\SYSTEM\Setup"),),
                    advice=f"finish the setup at the console; if it is finished, set {name} to 0 and restart the host",
                ),
                fits=False if ctx.probe.logon_reached else True if ctx.probe.refused else None,
            )
            return
