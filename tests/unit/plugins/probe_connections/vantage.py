# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A connection like ``local`` that is not called so: a stand-in for a vantage host with a Python of its own."""

from __future__ import annotations

DOCUMENTATION = """
name: vantage
short_description: the controller itself, as if it were another host
description: Runs what it is given here, through files and a shell, as any remote connection does.
author: winops.rdp contributors
options: {}
"""

from ansible.plugins.connection.local import Connection as Local  # noqa: E402 Ansible wants the documentation first


class Connection(Local):  # type: ignore[misc]
    transport = "vantage"
