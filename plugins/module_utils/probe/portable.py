# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
# For internal use by this collection only: it may change in any release.
"""Whether a result can be carried: as JSON, through Ansible, into a file.

One that cannot must not take the others with it.
"""

from __future__ import annotations

import math
from typing import Any

# A certificate in base64 is the longest text of a result.
_MAX_TEXT = 65536
_MAX_ITEMS = 1024
_MAX_DEPTH = 8


def check_portable(value: Any, depth: int = _MAX_DEPTH) -> None:
    """Raise ``ValueError`` unless it is JSON of texts, 64-bit integers and finite numbers, limited in size."""
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, int):
        if not -(1 << 63) <= value < 1 << 63:
            raise ValueError("an integer of more than 64 bits")
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number that is not finite")
    elif isinstance(value, str):
        _check_text(value)
    elif isinstance(value, (list, dict)):
        _check_items(value, depth)
    else:
        raise ValueError(f"a value of type {type(value).__name__}")


def _check_text(text: str) -> None:
    if len(text) > _MAX_TEXT:
        raise ValueError(f"a text of {len(text)} characters")
    text.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, which is a ValueError


def _check_items(value: list[Any] | dict[Any, Any], depth: int) -> None:
    if depth == 0:
        raise ValueError("values nested too deeply")
    if len(value) > _MAX_ITEMS:
        raise ValueError(f"{len(value)} values in one place")
    for each in value:
        check_portable(each, depth - 1)
    if isinstance(value, dict):
        for each in value.values():
            check_portable(each, depth - 1)
