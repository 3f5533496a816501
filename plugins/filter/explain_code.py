# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter ``explain_code``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes

DOCUMENTATION = r"""
name: explain_code
short_description: Say what a Remote Desktop error code means
version_added: 0.1.0
author: winops.rdp contributors
description:
  - Knows the codes that clients show, what a host sends when it ends a connection, negotiation failures, TLS alerts, and SSPI, NTSTATUS and key storage errors.
  - Decimal digits without C(0x) are read as decimal if that is a known code, else as hexadecimal if that is one, so V(2308) and V(904) are the same code.
    If both readings are known, decimal is taken and RV(_value.also) tells of the other one. C(0x) makes it plain.
  - Also usable on the host's own log entries; a status may be given as a negative number.
options:
  _input:
    description: A code, such as V(2308), V(0x904), V(904), a pair V(0x904/0x7), or the words of a dialog with one or two codes in them.
    type: raw
    required: true
  extended:
    description: The extended error code that was shown with it.
    type: raw
  kind:
    description:
      - Which table to look in.
      - Without it, a code from V(0x80000000) on is a V(status), any other a V(disconnect) reason or else V(errinfo).
    type: str
    choices: [disconnect, extended, errinfo, negotiation, alert, status]
"""

EXAMPLES = r"""
- name: Say what the user saw
  ansible.builtin.debug:
    msg: "{{ ('0x904' | winops.rdp.explain_code(extended='0x7')).summary }}"

- name: Say what the host answered to the probe
  ansible.builtin.debug:
    msg: "{{ (3 | winops.rdp.explain_code(kind='negotiation')).meaning }}"
"""

RETURN = r"""
_value:
  description: What it means.
  type: dict
  contains:
    kind:
      description: The table it was found in.
      type: str
    code:
      description: The code in hexadecimal.
      type: str
      sample: "0x904"
    number:
      description: The code as a number.
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
    also:
      description: Other readings of the same digits that are known codes.
      type: list
      elements: str
    extended:
      description: The same for the extended code, or null.
      type: dict
    summary:
      description: All in one line.
      type: str
    advice:
      description: What to do next, or null.
      type: str
"""


def explain_code(code: int | str, extended: int | str | None = None, kind: str | None = None) -> dict[str, Any]:
    """See ``codes.explain``. Raises ``AnsibleFilterError`` for what is no code."""
    try:
        return codes.explain(code, extended, kind)
    except codes.CodeError as error:
        raise AnsibleFilterError(f"winops.rdp.explain_code: {error}") from error


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"explain_code": explain_code}
