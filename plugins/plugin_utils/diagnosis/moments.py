# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When it happened, as a client's dialog shows it: ``Timestamp (UTC): 11/23/26 11:52:10 AM`` behind 'Show details'.

Day and month stand as the client's language has them, so that a date may be one of two. Without UTC beside it the zone
is not known, and no time is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone

_MOMENT = re.compile(
    r"\(?\bUTC\b\)?\s{0,3}[:：]?\s{0,3}(\d{1,4})([/.-])\s?(\d{1,2})\2\s?(\d{1,4})\.?,?\s{1,3}"
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s?([AP])\.?M\b)?",
    re.IGNORECASE,
)


def shown(text: str) -> tuple[datetime, ...]:
    """The times (UTC) that a dialog may mean, none if it shows none."""
    return tuple(dict.fromkeys(moment for found in _MOMENT.finditer(text) for moment in _read(found)))


def _read(found: re.Match[str]) -> Iterator[datetime]:
    first, _mark, second, third, hour, minute, seconds, half = found.groups()
    hours = int(hour) % 12 + 12 * (half in ("P", "p")) if half else int(hour)
    year_first, year_last = [(first, second, third)], [(third, first, second), (third, second, first)]
    orders = year_first if len(first) > 2 else year_last
    for year, month, day in orders:
        in_full = int(year) + 2000 * (len(year) < 3)
        try:
            yield datetime(in_full, int(month), int(day), hours, int(minute), int(seconds or 0), tzinfo=timezone.utc)
        except ValueError:
            continue  # it is the other order, or no time
