# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says at the end of a run how many mutants of each kind were tried."""

from __future__ import annotations

import pytest

from tests.attacks import counts


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if counts.made:
        told = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.made.items()))
        terminalreporter.write_line(f"attacks: {told}")
