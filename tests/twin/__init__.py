# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows host in Python: the model of tests/hosts behind a real WS-Man server and a real RDP-shaped listener, on
loopback.

The model implements ``docs/host-contract.md`` by itself and shares no code with the collection.
"""
