# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts that cannot be asked, or not to the end."""

from __future__ import annotations

from tests.hosts.changes import BROKEN_KEY, denied, dword, facts, key_descriptor
from tests.hosts.scenarios.model import Scenarios
from tests.hosts.windows import RDP_TCP

SCENARIOS = Scenarios()
add = SCENARIOS.add

add("section_denied", "the certificates may not be read", None, denied("certificates"), repairable=False)
add(
    "not_admin",
    "the account is no administrator",
    None,
    denied("key_files", "services", "journals"),
    facts(elevated=False),
    repairable=False,
)
add("winrm_refuses", "WinRM refuses the account", None, repairable=False, fault="refuse")
add("winrm_closed", "nothing listens on WinRM's port", None, repairable=False, fault="closed")
add("winrm_hangs", "WinRM takes connections and does not answer", None, repairable=False, fault="stall")
add("not_windows", "something else answers on WinRM's port", None, repairable=False, fault="foreign")
add("garbage", "the host answers garbage", None, repairable=False, fault="garbage")
add("truncated", "the host's answer is cut short", None, repairable=False, fault="truncated")
add(
    "dies_after_0",
    "the host dies before the first step is done",
    "listener.security_layer_invalid",
    key_descriptor(BROKEN_KEY),
    dword(RDP_TCP, "SecurityLayer", 7),
    repairable=False,
    fault="cut:0",
)
add(
    "dies_after_1",
    "the host dies after the first step",
    "listener.security_layer_invalid",
    key_descriptor(BROKEN_KEY),
    dword(RDP_TCP, "SecurityLayer", 7),
    repairable=False,
    fault="cut:1",
)
add(
    "dies_after_2",
    "the host dies after the last step, before it answers",
    "listener.security_layer_invalid",
    key_descriptor(BROKEN_KEY),
    dword(RDP_TCP, "SecurityLayer", 7),
    repairable=False,
    fault="cut:2",
)
