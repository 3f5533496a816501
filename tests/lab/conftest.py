# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prefixes for the lab's tests, and the reason why there are none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.profiles import absent

from . import prefix as lab


@pytest.fixture(scope="session")
def wine_template() -> Path:
    if reason := lab.missing():
        absent(f"the lab is not here: {reason}")
    return lab.template()


@pytest.fixture(scope="session")
def new_prefix(wine_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], lab.Prefix]]:
    """Makes started prefixes; they end with the session."""
    made: list[lab.Prefix] = []
    folder = tmp_path_factory.mktemp("prefixes")  # the factory itself is not for several threads

    def make() -> lab.Prefix:
        one = lab.clone(Path(tempfile.mkdtemp(dir=folder)) / "pfx")
        made.append(one)
        return one

    yield make
    for one in made:
        one.stop()


class Ready:
    """Healthy hosts, of which the next one is made while a test uses the one before."""

    def __init__(self, make: Callable[[], lab.Prefix]) -> None:
        self._make = make
        self._pool = ThreadPoolExecutor(1)
        self._next: Future[lab.Prefix] | None = None

    def make(self) -> lab.Prefix:
        one = self._make()
        lab.healthy(one)
        one.warm()
        return one

    def take(self, request: pytest.FixtureRequest) -> lab.Prefix:
        one = self._next.result() if self._next else self.make()
        self._next = self._pool.submit(self.make) if self._wanted_later(request) else None
        return one

    @staticmethod
    def _wanted_later(request: pytest.FixtureRequest) -> bool:
        """Whether a later test of the run will ask for a host."""
        tests = request.session.items
        place = next(n for n, test in enumerate(tests) if test.nodeid.startswith(request.node.nodeid))
        uses = [getattr(test, "fixturenames", ()) for test in tests]
        served = {test.path for test, names in zip(tests[: place + 1], uses) if "host" in names}
        return any(
            "fresh" in names or ("host" in names and test.path not in served)
            for test, names in zip(tests[place + 1 :], uses[place + 1 :])
        )

    def end(self) -> None:
        self._pool.shutdown()


@pytest.fixture(scope="session")
def ready(new_prefix: Callable[[], lab.Prefix]) -> Iterator[Ready]:
    one = Ready(new_prefix)
    yield one
    one.end()


@pytest.fixture(scope="module")
def host(ready: Ready, request: pytest.FixtureRequest) -> Iterator[lab.Prefix]:
    """A healthy host for a file of tests, each of which leaves it as it was."""
    one = ready.take(request)
    yield one
    one.leave()


@pytest.fixture
def fresh(ready: Ready, request: pytest.FixtureRequest) -> Iterator[lab.Prefix]:
    """A healthy host for one test."""
    one = ready.take(request)
    yield one
    one.leave()
