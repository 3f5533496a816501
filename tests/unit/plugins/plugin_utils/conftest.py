# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of a logon share, with a host's own listener or through a gateway."""

from __future__ import annotations

from pathlib import Path

import pytest

# What needs the collection is imported where it is used: it cannot be imported yet when pytest reads this file.


@pytest.fixture
def known_users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers of the test know the account."""
    from tests.twin.acceptor import users

    monkeypatch.setenv("NTLM_USER_FILE", str(users(tmp_path)))


@pytest.fixture(scope="module")
def files() -> tuple[Path, Path]:
    """A server's certificate and key."""
    from tests.unit.plugins.module_utils.fault_server import certificate

    return certificate("server")
