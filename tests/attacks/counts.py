# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many mutants of each kind were tried; it stands alone, for a conftest is read before the collection is found."""

from __future__ import annotations

from collections import Counter

made: Counter[str] = Counter()
