# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""UTC times as text: ISO 8601, as snapshots, probes, bundles and results write them."""

from __future__ import annotations

import re
from datetime import datetime, timezone

# Kerberos refuses tickets between clocks that are further apart, in seconds: the default of Windows' policy "Maximum
# tolerance for computer clock synchronization", and of https://www.rfc-editor.org/rfc/rfc4120#section-8.2.
KERBEROS_SKEW = 300


def parse(text: str) -> datetime:
    """The UTC time that a text with a zone says (``2026-11-23T12:00:00Z``). Raises ``ValueError`` for what is none."""
    found = datetime.fromisoformat(re.sub(r"[Zz]$", "+00:00", text))
    if not found.tzinfo:
        raise ValueError(f"{text!r} has no zone")
    try:
        return found.astimezone(timezone.utc)
    except OverflowError as error:
        raise ValueError(f"{text!r} is outside the calendar in UTC") from error


def minute(moment: datetime | None) -> str:
    """UTC for people: ``2026-11-23 12:00 UTC``. None is a date that could not be read."""
    return moment.strftime("%Y-%m-%d %H:%M UTC") if moment else "an unreadable date"


def iso(moment: datetime) -> str:
    """UTC as ``2026-11-23T12:00:00Z``; unlike strftime it pads years before 1000."""
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")


def iso_milliseconds(moment: datetime) -> str:
    """UTC as ``2026-11-23T12:00:00.000Z``, as the host script writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def whole_milliseconds(moment: datetime) -> datetime:
    """The time as ``iso_milliseconds`` keeps it: what is judged from a file is judged as it was then."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
