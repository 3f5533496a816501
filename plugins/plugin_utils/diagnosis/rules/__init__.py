# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules, one file per group of finding ids: a finding is made in its group's file alone. ``RULES`` has them all."""

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import RULES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.rules import (
    certificate,
    client,
    clock,
    firewall,
    interference,
    licensing,
    listener,
    machine_keys,
    network,
    nla,
    service,
    session,
    system,
    tls,
)

__all__ = [
    "RULES",
    "certificate",
    "client",
    "clock",
    "firewall",
    "interference",
    "licensing",
    "listener",
    "machine_keys",
    "network",
    "nla",
    "service",
    "session",
    "system",
    "tls",
]
