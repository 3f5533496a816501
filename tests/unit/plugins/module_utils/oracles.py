# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other people's libraries, which say what ours should say."""

from __future__ import annotations

import importlib
import os
from typing import Any

import pytest


def oracle(name: str, package: str) -> Any:
    """A module; without it the tests that need it are skipped and say so, and fail on a continuous integration
    machine."""
    try:
        return importlib.import_module(name)
    except ImportError:
        reason = f"{package} is not installed (pip install {package})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason, allow_module_level=True)
