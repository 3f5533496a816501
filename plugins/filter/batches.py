# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter ``batches``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import runs

DOCUMENTATION = r"""
name: batches
short_description: Sizes of batches as the C(serial) keyword takes them
version_added: 0.1.0
author: winops.rdp contributors
description:
  - Takes what an extra variable or a survey gives, which is text, as well as numbers, percentages and lists of them.
options:
  _input:
    description: For example V(10), V(25%), V(1,10,100%), or a list, or the same as text.
    type: raw
    required: true
"""

EXAMPLES = r"""
- name: One host, then ten, then the rest, given on the command line
  hosts: all
  serial: "{{ rdp_serial | default('1,10,100%') | winops.rdp.batches }}"
"""

RETURN = r"""
_value:
  description: Numbers and percentages.
  type: list
  elements: raw
"""


def batches(value: Any) -> list[int | str]:
    try:
        return runs.batches(value)
    except runs.RunError as error:
        raise AnsibleFilterError(f"winops.rdp: {error}.") from None  # Ansible would say it twice


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"batches": batches}
