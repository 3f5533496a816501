# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation that the collection's modules share. Internal to the collection; it may change in any release."""

from __future__ import annotations


class ModuleDocFragment:
    # What every module of the collection says of itself.
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Can run in C(check_mode) and return changed status prediction without modifying the target.
    support: full
  diff_mode:
    description: Will return details on what has changed (or possibly needs changing in C(check_mode)), when in diff
      mode.
    support: full
  platform:
    description: Target OS/families that can be operated against.
    support: full
    platforms: windows
  action:
    description: Indicates this has a corresponding action plugin so some parts of the options can be executed on the
      controller.
    support: full
  async:
    description: Supports being used with the C(async) keyword.
    support: none
requirements:
  - PowerShell 5.1 or later on the host (Windows Server 2016 or Windows 10, and later)
  - an account that is an administrator on the host
  - the Python package C(cryptography) on the controller (ansible-core brings it along)
author:
  - winops.rdp contributors (@winops)
"""

    # How the listener is looked at.
    PROBE = r"""
options:
  probe:
    description:
      - Look at the listener as a client does, from the controller. Nothing is logged on and no credentials are sent.
      - Without it no finding can be V(proven), and a repair is not proven from outside.
    type: bool
    default: true
  probe_host:
    description: Name or address under which clients reach the host. Without it, the address of Ansible's own
      connection.
    type: str
  probe_port:
    description: Port on which clients reach the listener, from 1 to 65535. Without it, the port that is in force on
      the host.
    type: int
  probe_timeout:
    description: Seconds that each stage of the probe may take, at most 120.
    type: float
    default: 5.0
"""

    # What modules that change something take.
    CHANGE = r"""
options:
  allow_disconnect:
    description:
      - Allow a restart of the service TermService although people are logged on through Remote Desktop; their
        connections end then.
      - Without it such a restart is refused on an occupied host, and on one that does not say who is logged on.
    type: bool
    default: false
  journal_dir:
    description:
      - Folder on the controller for its copies of the journals, one folder per host within it.
      - The journal itself is on the host, in C(%ProgramData%\winops.rdp\journal), readable for SYSTEM and
        Administrators only.
    type: path
    default: ~/.winops.rdp/journals
"""

    # Which findings are repaired.
    CHOICE = r"""
options:
  drop_dead_pin:
    description:
      - Remove the value C(SSLCertificateSHA1Hash) when it names a certificate that proves to be dead (it is in no
        store, has no private key, or the
        value is malformed). The listener then uses its self-signed certificate.
      - A pin that is alive is never removed, and neither is one on a Connection Broker.
    type: bool
    default: true
  skip_findings:
    description: Ids of findings that are reported and not repaired, for example V(listener.rdp_disabled).
    type: list
    elements: str
    default: []
  only_findings:
    description: Ids of the only findings that are repaired. Empty means all.
    type: list
    elements: str
    default: []
"""
