# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plugins of others, by which Ansible reaches a host: they raise what they like, wherever they are called."""

from __future__ import annotations

import re
import traceback
from typing import Any

from ansible.errors import AnsibleError
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.plugin_utils.host import text

# Modules of plugins without which no host is reached, and the names that people give them by.
_PLUGIN = re.compile(
    r"ansible(?:_collections\.(?P<collection>\w+\.\w+))?\.plugins\.(?P<kind>connection|shell|become|vars|terminal)"
    r"\.(?P<name>[\w.]+)"
)


def option(connection: Any, name: str) -> Any:
    """What a connection has as the value of an option; None where it has no such option, or cannot say."""
    try:
        return connection.get_option(name)
    except Exception:  # each plugin has its own way of saying that
        return None


def fault(error: Exception, host: str) -> str:
    """Whose error this is, and of which type, in a clause; of one that Ansible or the system words itself, those words.

    Any other's words may have the host's account and password in them, and results are kept: they, and the way to it,
    are shown to who runs Ansible with -vvv.
    """
    if isinstance(error, (AnsibleError, OSError)):
        return text.sentence(error).rstrip(".")
    way = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    Display().vvv(text.visible(way, lines=True), host=text.sentence(host))
    return f"{_whose(error)} ended with an error of its own ({type(error).__name__}; -vvv shows its words)"


def _whose(error: Exception) -> str:
    for frame, _line in reversed(list(traceback.walk_tb(error.__traceback__))):
        plugin = _PLUGIN.match(str(frame.f_globals.get("__name__")))
        if plugin:
            collection = f"{plugin['collection']}." if plugin["collection"] else ""
            return f"the {plugin['kind']} plugin {collection}{plugin['name']}"
    return "Ansible, or a plugin of it,"
