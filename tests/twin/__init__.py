# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Windows host in Python: a model of its state behind a real WS-Man server and a real RDP-shaped listener, on loopback.

It implements ``docs/host-contract.md`` by itself and shares no code with the collection.
"""
