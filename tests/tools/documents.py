# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documents that tests and tools read."""

from __future__ import annotations

from typing import Any

import yaml

# PyYAML's loader in C, where it was built with one, takes a tenth of the time.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(text: str) -> Any:
    """What a document in YAML says. Raises ``yaml.YAMLError``."""
    return yaml.load(text, Loader=_LOADER)  # a loader that makes plain values alone
