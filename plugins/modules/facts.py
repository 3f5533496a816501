# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is documentation; the work is done by the action plugin of the same name.

from __future__ import annotations

DOCUMENTATION = r"""
module: facts
short_description: Gather everything about a host's Remote Desktop in one call
description:
  - Asks the host once and looks at its listener as a client does. Returns certificates (bound, stored, presented),
    settings with the value in force and
    where it comes from, key files with their access lists, services, listener, sessions, events and the clock.
  - Nothing is changed on the host, not even a log setting. A private key is never read.
options:
  sections:
    description: What to read. Without it, everything.
    type: list
    elements: str
    choices:
      # contract: section_choices
      [host, listener, certificates, key_files, port, services, sessions, events, journals, registry,
       firewall, files, logon, network, domain, licensing, policies, products]
      # end of contract: section_choices
  bundle_dir:
    description:
      - Folder on the controller. A bundle of each host is written there, C(NAME.json), with everything that was read
        and what the probe saw.
        O(winops.rdp.diagnose#module:bundle_path) judges it later, without the host.
      - A bundle has no password, key or other secret of the task, but it tells much about the host, and who was logged
        on. The file is readable for
        its owner only (mode 0600), and it is written whole or not at all; one of an earlier run is replaced.
      - Everything is read, so it excludes O(sections). The file is a record and no change, so RV(ignore:changed) stays
        false.
    type: path
attributes:
  check_mode:
    support: full
    details: It never changes anything on a host. With O(bundle_dir) a file is written on the controller, except in
      check mode, which says so in RV(msg).
  diff_mode:
    support: none
    details: It never changes anything.
version_added: 0.1.0
extends_documentation_fragment:
  - winops.rdp.common
  - winops.rdp.common.probe
seealso:
  - module: winops.rdp.diagnose
  - module: winops.rdp.probe
"""

EXAMPLES = r"""
- name: Gather the facts
  winops.rdp.facts:

- name: Show until when the listener's certificate is valid
  ansible.builtin.debug:
    msg: "{{ ansible_facts.rdp.certificates.bound.not_after }}"

- name: Take a bundle of each host, to be judged elsewhere
  winops.rdp.facts:
    bundle_dir: bundles
"""

RETURN = r"""
ansible_facts:
  description: Facts to add to the host.
  returned: success
  type: dict
  contains:
    rdp:
      description: The facts. A part that could not be read is null, and C(errors) says why.
      type: dict
      contains:
        host:
          description: Names, build, clock, domain, locale, pending restart.
          type: dict
        clock_skew_seconds:
          description: The host's clock minus the controller's.
          type: float
        listener:
          description:
            - Whether RDP is enabled, the port, C(settings) with C(effective), C(source) (V(policy), V(local),
              V(account), V(unread), V(default)) and C(local), and
              the raw C(registry).
          type: dict
        certificates:
          description: The certificate that the listener is C(bound) to, all that are C(stored), and the one
            C(presented) to the probe.
          type: dict
        key_files:
          description: The key files behind them, with their security descriptor and whether NETWORK SERVICE can read
            them.
          type: dict
        services:
          description: The six services behind Remote Desktop.
          type: dict
        port:
          description: Who listens, and how many connections are open.
          type: dict
        sessions:
          description: Who is logged on.
          type: dict
        events:
          description: Numbers and times of the events that matter, of the last 72 hours.
          type: dict
        journals:
          description: Changes that this collection made.
          type: dict
        firewall:
          description:
            - What the host's own firewall does to the listener's port, by profile, the C(rules) that concern the port,
              and the profiles of the C(networks)
              that are up.
          type: dict
        network:
          description: Network adapters, with addresses, MTU and the category of their network (0 public, 1 private, 2
            domain).
          type: dict
        domain:
          description: The domain and the status of the secure channel to it.
          type: dict
        licensing:
          description: Whether the host is an RD Session Host, its licensing mode and the days of grace left.
          type: dict
        policies:
          description: Which Group Policy object set a value, where the host knows it.
          type: dict
        products:
          description: Services and drivers of security and remote access products that are there, and what the
            Security Center knows.
          type: dict
        registry:
          description: Other values that were read (Schannel, CredSSP, NTLM, firewall profiles, time), by key.
          type: dict
        probe:
          description: What a client sees. See M(winops.rdp.probe).
          type: dict
        errors:
          description: Sections that could not be read, with the error's number.
          type: dict
bundle:
  description: The bundle on the controller.
  returned: with O(bundle_dir)
  type: dict
  contains:
    path:
      description: Where it is.
      type: str
      sample: bundles/web01.json
    written:
      description: Whether it was written; false in check mode.
      type: bool
msg:
  description:
    - What failed on what host and what to do next, in one sentence. With RV(ignore:unreachable) when the host cannot
      be reached.
    - In check mode with O(bundle_dir), that the bundle was not written.
  returned: on failure, and in check mode with O(bundle_dir)
  type: str
  sample: "web01 cannot be reached over winrm at 10.0.0.5:5986: [Errno 111] Connection refused. Check address, port and
    account."
culprit:
  description:
    - Who is to blame that the host could not be asked, V(controller) (a proxy, a missing package, name resolution),
      V(way) (what lies between), V(account), or V(host).
  returned: when the host could not be asked, and what was said tells why
  type: str
  sample: way
"""
