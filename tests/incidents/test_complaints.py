# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people complain of, in every language (``tests/data/complaints``), as the client's code of a host that lets the
look in: the first finding is one of those that the words stand for, and nothing is proven. What is known to be missed
is not understood, and never taken for something else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import PROVEN, Finding

from tests.incidents.build import bundle
from tests.incidents.score import NOTHING, Incident
from tests.profiles import each
from tests.tools.documents import load_yaml

_FOLDER = Path(__file__).parents[1] / "data/complaints"
_NOT_UNDERSTOOD, _NO_CAUSE = "not understood", "client.other"


@dataclass(frozen=True)
class _Said:
    complaint: str
    language: str
    text: str
    fits: frozenset[str]


def _said() -> Iterator[_Said]:
    for path in sorted(_FOLDER.glob("*.yml")):
        for row in load_yaml(path.read_text(encoding="utf-8")):
            for language, texts in row["said"].items():
                for one in texts:
                    yield _one(row, language, one if isinstance(one, dict) else {"text": one})


def _one(row: dict[str, Any], language: str, said: dict[str, str]) -> _Said:
    fits = {NOTHING} if "missed" in said else set(row["finding"])
    # What names no cause may still be a word that a client has: it accuses nobody.
    if fits == {NOTHING}:
        fits.add(_NO_CAUSE)
    return _Said(row["complaint"], language, said["text"], frozenset(fits))


def _understood(found: tuple[Finding, ...]) -> str:
    return found[0].id if found and _NOT_UNDERSTOOD not in found[0].summary else NOTHING


@each("said", _said, ids=lambda one: f"{one.complaint}, {one.language}")
def test_a_complaint_is_understood_in_every_language(said: _Said) -> None:
    told = {"name": "said", "source": "", "words": "", "right": NOTHING, "look": "in_tls", "code": said.text}
    found = Incident("said", "", NOTHING, "", bundle({**told, "evidence": {}})).judge().diagnosis.findings
    assert _understood(tuple(found)) in said.fits, said.text
    assert all(one.confidence != PROVEN for one in found)
