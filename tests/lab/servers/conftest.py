# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real servers and clients need: a folder of their own, a certificate and a screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab.servers import real


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture(scope="module")
def good(folder: Path) -> tuple[Path, Path]:
    """Certificate and key of a server."""
    return real.certificate(folder, "good")


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """The name of an X display."""
    with real.display() as name:
        yield name
