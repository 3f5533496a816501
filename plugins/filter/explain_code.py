# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter ``explain_code``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.arguments import near
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import client_codes, codes
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import ClientCode

DOCUMENTATION = r"""
name: explain_code
short_description: Say what a Remote Desktop error code means
version_added: 0.1.0
author: winops.rdp contributors
description:
  - Knows the codes that clients show (Windows, Mac, iOS, Android, web, FreeRDP), what a host sends when it ends a
    connection, what a gateway says, negotiation
    failures, TLS alerts, and the status numbers of Windows (NTSTATUS, SSPI, keys and certificates, Win32 errors and
    exit codes of services).
  - Takes whatever a person pastes, in any language, on one line or many, with any number of codes. What it does not
    understand it says in RV(_value.unread).
    Words without any code are no error.
  - Decimal digits without C(0x) are read as decimal if that is a known code, else as hexadecimal if that is one, so
    V(2308) and V(904) are the same code.
    If both readings are known, decimal is taken and RV(_value.also) tells of the other one. C(0x) makes it plain.
  - Also usable on the host's own log entries; a status may be given as a negative number.
options:
  _input:
    description:
      - A code, such as V(2308), V(0x904), V(904), a pair V(0x904/0x7), the name of one, such as
        V(HYBRID_REQUIRED_BY_SERVER), or the words of a dialog or a log
        with codes in them.
    type: raw
    required: true
  extended:
    description: The extended error code that was shown with it.
    type: raw
  kind:
    description:
      - Which table to look in.
      - Without it, a code from V(0x80000000) on is a V(status), one from V(0x20000) to V(0x2FFFF) is V(freerdp), any
        other a V(disconnect) reason or else
        V(errinfo), or V(freerdp_exit) if it is from V(128) to V(255) and neither.
      - V(win32) is for exit codes of services and other errors of Windows below V(65536).
    type: str
    choices: [disconnect, extended, errinfo, negotiation, alert, freerdp, freerdp_exit, status, win32]
"""

EXAMPLES = r"""
- name: Say what the user saw
  ansible.builtin.debug:
    msg: "{{ ('0x904' | winops.rdp.explain_code(extended='0x7')).summary }}"

- name: Say what a pasted dialog means, and what of it was not understood
  ansible.builtin.debug:
    msg: "{{ explained.summary }}"
  vars:
    explained: "{{ lookup('ansible.builtin.file', 'ticket.txt') | winops.rdp.explain_code }}"

- name: Say what the host answered to the probe
  ansible.builtin.debug:
    msg: "{{ (3 | winops.rdp.explain_code(kind='negotiation')).meaning }}"

- name: Say why a service did not start
  ansible.builtin.debug:
    msg: "{{ (1075 | winops.rdp.explain_code(kind='win32')).meaning }}"
"""

RETURN = r"""
_value:
  description: What it means.
  type: dict
  contains:
    kind:
      description: The table it was found in, or null if there is no code.
      type: str
    code:
      description: The code in hexadecimal, or null. Of several the one that says most.
      type: str
      sample: "0x904"
    number:
      description: The code as a number, or null.
      type: int
      sample: 2308
    known:
      description: Whether it is in the table. An unknown code is no error.
      type: bool
    name:
      description: Its name, or null.
      type: str
    meaning:
      description: What it means.
      type: str
    stage:
      description: Where in a connection it belongs, or null.
      type: str
    layer:
      description: Which layer of the client gave up, for a disconnect reason, or null.
      type: str
    states_fault:
      description:
        - Whom the code, together with the extended one, accuses by itself - V(host), V(client), V(network), V(gateway)
          or V(nothing).
        - V(0x904/0x7) states V(nothing), as does every code that only says that a connection broke.
      type: str
    source:
      description: The public page that the code comes from, or null.
      type: str
    same_as:
      description: The disconnect reason of Windows' own client that says the same, for a code of another kind, or null.
      type: str
    also:
      description: Other readings of the same digits that are known codes.
      type: list
      elements: str
    extended:
      description: The same for the extended code, or null.
      type: dict
    others:
      description: The same for every other code that was shown.
      type: list
      elements: dict
    unread:
      description: What was not understood, one sentence each. Empty if all was.
      type: list
      elements: str
    summary:
      description: All in one line.
      type: str
    advice:
      description: What to do next where no host was asked, or null where nothing is known or to be done.
      type: str
    finding:
      description:
        - The finding that the code stands for by itself, whose section in docs/causes says more, or null.
          Modules that read the host as well may come to another one.
      type: str
      sample: client.credentials
"""


def explain_code(
    code: int | str, extended: int | str | None = None, kind: str | None = None, **others: Any
) -> dict[str, Any]:
    """See ``codes.explain``, with what the finding that the code stands for advises.

    Raises ``AnsibleFilterError`` for what cannot be a code at all, and for other options.
    """
    for name in others:
        meant = near(name, ("extended", "kind")) or ", only extended and kind"
        raise AnsibleFilterError(f"winops.rdp.explain_code: there is no option {name}{meant}.")
    try:
        found = codes.explain(code, extended, kind)
    except codes.CodeError as error:
        raise AnsibleFilterError(f"winops.rdp.explain_code: {error}") from error
    type_, advice = client_codes.explained(ClientCode(str(code), found))
    return {**found, "finding": type_ and type_.id, "advice": advice and advice[0].upper() + advice[1:]}


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"explain_code": explain_code}
