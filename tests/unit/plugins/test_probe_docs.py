# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""docs/probe.md explains every pair of stage and outcome that the probe can give, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from ansible_collections.winops.rdp.plugins.module_utils.probe.client_view import client_view
from ansible_collections.winops.rdp.plugins.module_utils.probe.host import OUTCOMES, STAGES

ROOT = Path(__file__).parents[3]
PAIRS = {
    "name": "unresolved",
    "tcp": "refused unreachable timeout",
    "negotiation": "silent closed reset denied not_rdp malformed",
    "tls": "silent closed reset alert malformed",
    "credssp": "silent closed reset alert denied malformed",
    "session": "ok silent closed reset alert denied malformed",
}


def test_every_pair_is_explained() -> None:
    text = (ROOT / "docs/probe.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \| (.+) \| (.+) \|$", text, re.MULTILINE)
    documented = [(stage, outcome) for stage, outcome, _points, _excludes in rows]
    assert sorted(documented) == sorted(
        (stage, outcome) for stage, outcomes in PAIRS.items() for outcome in outcomes.split()
    )
    assert all(points.strip() and excludes.strip() for _stage, _outcome, points, excludes in rows)
    assert set(PAIRS) == set(STAGES) and {
        outcome for outcomes in PAIRS.values() for outcome in outcomes.split()
    } == set(OUTCOMES)


def test_every_pair_has_a_view() -> None:
    for stage, outcomes in PAIRS.items():
        for outcome in outcomes.split():
            view = client_view(stage, outcome, None)
            assert view["text"] and view["certainty"] in ("documented", "inferred", "unconfirmed")


def test_the_picture_behind_0x904() -> None:
    for stage in ("negotiation", "tls", "credssp", "session"):
        for outcome in ("closed", "reset"):
            view = client_view(stage, outcome, None)
            assert (view["code"], view["extended"], view["certainty"]) == ("0x904", "0x7", "inferred")


def test_findings_that_are_named_exist() -> None:
    text = (ROOT / "docs/probe.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:certificate|listener|service|interference|network|clock)\.\w+)`", text)) - {
        "certificate.weaknesses"
    }
    sources = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "plugins/plugin_utils/diagnosis").glob("*.py")
    )
    assert named and not {name for name in named if f'"{name}"' not in sources}
