# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How thoroughly a run tests: as usual, or deeply (``pytest --hypothesis-profile=deep``, ``make deep``); and what it
may leave out."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import NoReturn, TypeVar

import pytest
from hypothesis import settings

_TIMES = 20
T = TypeVar("T")


def deep() -> bool:
    """Whether this run has the time to try everything."""
    return settings.get_current_profile_name() == "deep"


def examples(usual: int, deeply: int | None = None) -> int:
    """How many examples a property is tried with: ``usual``, and in a deep run ``deeply`` (None: many times that)."""
    return (deeply or usual * _TIMES) if deep() else usual


def some(things: Iterable[T], one_of: int, first: int = 0) -> list[T]:
    """All of them in a deep run; otherwise one of so many, from the first on that is named."""
    listed = list(things)
    return listed if deep() else listed[first % one_of :: one_of]


def absent(reason: str) -> NoReturn:
    """Skip where something is not here; fail instead where nothing may be left out in silence."""
    __tracebackhide__ = True
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
