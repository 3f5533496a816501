# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When it happened, as dialogs show it in several languages."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import moments

_AT = datetime(2026, 11, 23, 11, 52, 10, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        "Error code: 0x904\nExtended error code: 0x7\nTimestamp (UTC): 11/23/26 11:52:10 AM",
        "Timestamp (UTC): 11/23/2026 11:52:10 AM, Activity ID: x",
        "Zeitstempel (UTC): 23.11.26 11:52:10",
        "Horodatage (UTC) : 23/11/2026 11:52:10",
        "Marca de tiempo (UTC): 23/11/26 11:52:10",
        "タイムスタンプ (UTC): 2026/11/23 11:52:10",
        "Tijdstempel (UTC): 23-11-2026 11.52.10",
    ],
)
def test_a_time_is_read_as_the_client_s_language_writes_it(text: str) -> None:
    assert moments.shown(text) == (_AT,)


@pytest.mark.parametrize(
    ("text", "hour"), [("UTC: 11/23/26 12:05:00 AM", 0), ("UTC: 11/23/26 12:05 PM", 12), ("UTC: 11/23/26 3:05 pm", 15)]
)
def test_halves_of_a_day_and_a_time_without_seconds(text: str, hour: int) -> None:
    assert [(one.hour, one.minute, one.second) for one in moments.shown(text)] == [(hour, 5, 0)]


def test_a_date_that_may_be_two_is_both() -> None:
    assert [(one.month, one.day) for one in moments.shown("Timestamp (UTC): 03/04/26 10:00:00 AM")] == [(3, 4), (4, 3)]
    assert [(one.month, one.day) for one in moments.shown("Timestamp (UTC): 03/03/26 10:00:00 AM")] == [(3, 3)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "11/23/26 11:52:10 AM",
        "Timestamp: 23.11.2026 11:52:10",
        "UTC: 31/31/26 11:52:10",
        "UTC: 11/23/26 25:52:10",
        "(UTC) 10.0.0.5 11:52",
        "UTC: 0/0/0 0:00",
    ],
)
def test_what_is_no_time_or_has_no_zone_is_none(text: str) -> None:
    assert moments.shown(text) == ()
