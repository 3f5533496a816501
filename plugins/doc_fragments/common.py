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
      - Without it no service is restarted either where another one that depends on it and runs could not start again
        (it is disabled, for example); with it that one stays stopped, and the result names it.
    type: bool
    default: false
  journal_dir:
    description:
      - Folder on the controller for its copies of the journals, one folder per host within it.
      - The journal itself is on the host, in C(%ProgramData%\winops.rdp\journal), readable for SYSTEM and
        Administrators only.
    type: path
    default: ~/.winops.rdp/journals
  safety_task:
    description:
      - Register a task of SYSTEM on the host before a service is restarted, which starts what should run five minutes
        later, in case the call is killed in between. It is removed once all runs again.
      - V(false) where tasks are forbidden. Nothing stands behind the restart then, and RV(ignore:safety_task) and the
        summary say so.
    type: bool
    default: true
"""

    # What modules that change something, but for the one that takes changes back, do when it went wrong.
    ROLLBACK = r"""
options:
  rollback:
    description:
      - Take back what was done when a step fails, or when clients come less far afterwards than before. The host is
        looked at again then, and RV(ignore:rollback) says why it was taken back and how the host is.
      - A restart that would disconnect people who are logged on is left out of it, unless O(allow_disconnect) allows
        it.
    type: bool
    default: true
"""

    # How far a repair is proven.
    VERIFY = r"""
options:
  verify:
    description:
      - How far the proof from outside goes. V(listener) ends where a client reaches the logon. V(logon) also tries an
        account there, after the repair and on a healthy host, and ends before a session begins.
      - The account is tried only on a listener that presents a certificate whose private key is in the host's stores.
        Each attempt counts for it like any logon, so an account that is not accepted is not tried again in the same
        run, on any host. In check mode none is tried.
      - An account that is not accepted fails the host; what was repaired stays repaired.
      - It needs the Python package C(pyspnego) on the controller.
    type: str
    choices: [listener, logon]
    default: listener
  verify_account:
    description:
      - The account that is tried, as V(DOMAIN\\name) or V(name@domain). With O(verify_password) by NTLM, without it by
        Kerberos with the controller's ticket.
      - Without it, the account of Ansible's own connection.
    type: str
  verify_password:
    description: The password of O(verify_account). It answers the host's challenge and is not sent itself, but with
      O(verify_send_credentials).
    type: str
  verify_send_credentials:
    description:
      - Also send user name and password, encrypted for a host that has proved to hold the key of its certificate, as
        every client does for a session. Windows then says whether the account has the right to log on through Remote
        Desktop.
    type: bool
    default: false
  max_hosts:
    description: On how many hosts an account may be tried in one run of Ansible. Beyond that it is not tried, which the
      result says.
    type: int
    default: 3
"""

    # Which findings are repaired.
    CHOICE = r"""
options:
  tighten:
    description:
      - Whether to harden the listener, that is, to require Network Level Authentication and TLS and to correct the
        encryption level. V(true), V(false), or a list of ids of findings, such as V(nla.disabled).
      - Without it such findings are reported and change nothing. Network Level Authentication is never turned on while
        something that it needs is broken or could not be read.
    type: raw
    default: false
  open:
    description:
      - Whether to undo what somebody may have turned off on purpose, that is, Remote Desktop itself, the listener, or
        its logons. V(true), V(false), or a list of ids of findings, such as V(listener.rdp_disabled).
      - V(clock.wrong) (Windows sets the clock from its own source), V(nla.trust_broken) (the secure channel to the
        domain is made anew with the computer's own password) and V(certificate.template_failing) (Windows asks the CA
        once more) are done only where the list names them.
      - A host on which Remote Desktop is off has the verdict V(off), and nothing is done there without it.
    type: raw
    default: false
  drop_dead_pin:
    description:
      - Remove the value C(SSLCertificateSHA1Hash) when it names a certificate that proves to be dead (it is in no
        store, has no private key, or the value is malformed), and no certificate of the host is found to take its
        place. The listener then uses its self-signed certificate.
      - Where exactly one certificate fits, that is bound, with or without this option.
      - A pin that is alive is never removed, and neither is one on a Connection Broker.
    type: bool
    default: false
  skip_findings:
    description: Ids of findings that are reported and not repaired, for example V(listener.rdp_disabled).
    type: list
    elements: str
    default: []
  only_findings:
    description:
      - Ids of the only findings that are repaired. An empty list means all; an empty text is refused.
      - It chooses among what would be repaired, and lifts no guard.
    type: list
    elements: str
    default: []
"""
