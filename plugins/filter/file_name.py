# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The filter ``file_name``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files

DOCUMENTATION = r"""
name: file_name
short_description: The name of a file about a host
version_added: 0.1.0
author: winops.rdp contributors
description:
  - Makes a file's name from a host's, so that no two hosts share a file and no name leads out of its folder.
  - Letters, digits and C(-._~) stay as they are. Every other character, and a dot in front, is percent-encoded.
    Bundles, journals and results are named so, and M(winops.rdp.report) reads the host's name back.
options:
  _input:
    description: The host's name in the inventory.
    type: str
    required: true
"""

EXAMPLES = r"""
- name: Keep a result beside those of other hosts
  ansible.builtin.copy:
    content: "{{ result | to_nice_json }}"
    dest: "results/{{ inventory_hostname | winops.rdp.file_name }}.json"
    mode: "0600"
"""

RETURN = r"""
_value:
  description: The name, without an ending.
  type: str
  sample: fe80%3A%3A1
"""


def file_name(host: str) -> str:
    """See ``files.name_for``. Raises ``AnsibleFilterError`` for what is no name."""
    if not isinstance(host, str) or not host:
        raise AnsibleFilterError("winops.rdp.file_name: a host's name is a text that is not empty")
    return files.name_for(host)


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        return {"file_name": file_name}
