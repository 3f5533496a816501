# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mark of attacks that need a server on loopback, and the number of attacks that were made."""

from __future__ import annotations

import pytest

from tests.attacks import mutants


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "needs_sockets: a server on loopback that breaks, stalls or lies")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if mutants.made:
        told = ", ".join(f"{number} mutated {kind}" for kind, number in sorted(mutants.made.items()))
        terminalreporter.write_line(f"attacks: {told}")
