# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How thoroughly a run tests: as usual, or deeply (``pytest --hypothesis-profile=deep``, ``make deep``); and what it
may leave out."""

from __future__ import annotations

import functools
import inspect
import os
from collections.abc import Callable, Iterable
from typing import Any, NoReturn, TypeVar

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


def by_turns(things: Iterable[T], others: Iterable[tuple[Any, ...]], times: int = 1) -> list[tuple[Any, ...]]:
    """Each thing with each of the others in a deep run; otherwise each with so many of them, the next thing with the
    next ones. They begin anew where they end."""
    listed, turns = list(things), list(others)
    if deep():
        return [(thing, *other) for thing in listed for other in turns]
    step = len(turns) // times | 1  # odd: of two that take turns, too, the next is another
    return [
        (thing, *turns[(at + number * step) % len(turns)]) for number in range(times) for at, thing in enumerate(listed)
    ]


def _rows(called: list[str], cases: Iterable[Any]) -> list[tuple[Any, ...]]:
    rows = [tuple(case) if len(called) > 1 else (case,) for case in cases]
    if not rows or any(len(row) != len(called) for row in rows):
        raise ValueError(f"there must be cases of {', '.join(called)}")
    return rows


def each(
    names: str | Iterable[str],
    cases: Iterable[Any] | Callable[[], Iterable[Any]],
    ids: Callable[[Any], str] | None = None,
    one_of: int = 1,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """One test of many cases, for what takes less time than a test of its own: all are tried, and those that fail are
    named. To be used as ``pytest.mark.parametrize`` is, of tests that take nothing but cases. Of two above each other
    every case meets every case. The usual run takes ``one_of`` so many. A function makes the cases as the test begins:
    not each process that looks for tests.
    """
    called = [one.strip() for one in names.split(",")] if isinstance(names, str) else list(names)
    known = None if callable(cases) else _rows(called, cases)

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        shape = inspect.signature(test)
        rest = [one for name, one in shape.parameters.items() if name not in called]

        @functools.wraps(test)
        def all_of_them(**more: Any) -> None:
            rows = _rows(called, cases()) if callable(cases) else known
            tried, failed = some(rows or (), one_of), []
            for row in tried:
                try:
                    test(**dict(zip(called, row)), **more)
                except (Exception, pytest.fail.Exception) as error:
                    shown = ", ".join(map(ids or repr, row))
                    failed.append(f"{shown:.300}\n{type(error).__name__}: {error}")
            assert not failed, f"{len(failed)} of {len(tried)} cases:\n\n" + "\n\n".join(failed)

        all_of_them.__signature__ = shape.replace(parameters=rest)  # type: ignore[attr-defined]
        return all_of_them

    return decorate


def absent(reason: str) -> NoReturn:
    """Skip where something is not here; fail instead where nothing may be left out in silence."""
    __tracebackhide__ = True
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
