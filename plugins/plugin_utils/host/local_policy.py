# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's own Group Policy object: its two files as a snapshot has them, and what may be changed in them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, gpt_ini, registry_pol
from ansible_collections.winops.rdp.plugins.plugin_utils.host.registry_pol import Entry

REGISTRY_POL, GPT_INI = contract.POLICY_FILES
# Under this name Windows lists the host's own object among those of the domain
# (https://learn.microsoft.com/previous-versions/windows/desktop/policy/rsop-gpo).
OWN_ID = "LocalGPO"


def content_of(section: Mapping[str, Any], file: str) -> bytes | None:
    """The bytes of one of the files in section ``local_policy``; None if there is none. Raises ``PolicyFileError``."""
    return decoded(section[file]["content"])


def decoded(content: Any) -> bytes | None:
    """Bytes out of base64; None for None. Raises ``PolicyFileError``."""
    try:
        return None if content is None else base64.b64decode(content, validate=True)
    except (binascii.Error, TypeError, ValueError) as error:
        raise registry_pol.PolicyFileError("its bytes did not arrive whole") from error


def encoded(content: bytes | None) -> str | None:
    return None if content is None else base64.b64encode(content).decode("ascii")


def digest(content: bytes | None) -> str | None:
    """SHA-256 as steps have it; None for no file."""
    return None if content is None else hashlib.sha256(content).hexdigest().upper()


def entries(content: bytes | None) -> tuple[Entry, ...]:
    """The entries of Registry.pol; none where there is no file. Raises ``PolicyFileError``."""
    return () if content is None else registry_pol.parse(content)


def number(content: bytes | None, name: str) -> int | None:
    """What the file sets a policy value of the listener to, as a number; None if it does not."""
    entry = registry_pol.setting(entries(content), contract.POLICY, name)
    return entry.number if entry and entry.sets else None


def changed(content: bytes | None, wanted: Mapping[str, int]) -> bytes:
    """Registry.pol with these policy values set. Raises ``PolicyFileError``."""
    rows = entries(content)
    for name, value in wanted.items():
        rows = registry_pol.with_number(rows, contract.POLICY, name, value)
    return registry_pol.build(rows)


def _subject(entry: Entry) -> str | None:
    """The policy value of the listener that an entry is about, of those that may be changed."""
    return next((name for name in contract.POLICY_DATA if entry.concerns(contract.POLICY, name)), None)


def _split(rows: tuple[Entry, ...]) -> tuple[list[bytes], dict[str, Entry]]:
    """The entries about anything else, and the last one about each of the policy values."""
    others, last = [], {}
    for entry in rows:
        name = _subject(entry)
        if name is None:
            others.append(entry.raw)
        else:
            last[name] = entry
    return others, last


def _says(entry: Entry, name: str) -> bool:
    """Whether it sets the value to what may be written."""
    return entry.sets and entry.number in contract.POLICY_DATA[name]


def excess(file: str, before: bytes | None, after: bytes) -> str | None:
    """Why the new bytes of a file are more than what may be changed in it, or None. The host script asks the same."""
    if before == after:
        return None
    try:
        return _excess_of_pol(before, after) if file == REGISTRY_POL else _excess_of_ini(before, after)
    except (registry_pol.PolicyFileError, gpt_ini.GptIniError) as error:
        return str(error)


def _excess_of_pol(before: bytes | None, after: bytes) -> str | None:
    (others_before, last_before), (others, last) = _split(entries(before)), _split(entries(after))
    if others_before != others:
        return "it changes an entry that is not on the list"
    gone = sorted(set(last_before) - set(last))
    if gone:
        return f"it takes {gone[0]} out of the policy file"
    for name, entry in last.items():
        kept = name in last_before and last_before[name].raw == entry.raw
        if not kept and not _says(entry, name):
            return f"it sets {name} to what no policy may say"
    return None


def _excess_of_ini(before: bytes | None, after: bytes) -> str | None:
    return None if gpt_ini.raised(before) == after else "it changes more than the version and the registry's extension"


def weakens(content: bytes | None) -> bool:
    """Whether a Registry.pol sets SecurityLayer to what is never written, which an undo does not put back either.

    Raises ``PolicyFileError``.
    """
    last = _split(entries(content))[1].get("SecurityLayer")
    return last is not None and not last.clears(contract.POLICY, "SecurityLayer") and not _says(last, "SecurityLayer")
