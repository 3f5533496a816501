# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls into a library over bytes of others, such as a certificate that somebody put into a store."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ansible_collections.winops.rdp.plugins.plugin_utils.host import text

T = TypeVar("T")


def tried(read: Callable[[], T]) -> tuple[T | None, str | None]:
    """What ``read`` returns, or None and why it could not, as one clause.

    Whatever the library raises counts: ``cryptography`` has errors of its own that have nothing in common, and a fault
    in its Rust part arrives as ``PanicException``, which is no ``Exception``.
    """
    try:
        return read(), None
    except Exception as error:
        return None, _clause(error)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        return None, _clause(error)


def _clause(error: BaseException) -> str:
    return text.sentence(str(error) or type(error).__name__, 300)
