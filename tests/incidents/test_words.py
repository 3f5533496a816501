# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users paste (``tests/data/words``), given as the client's code of a host that lets the look in: the finding
fits, says whose matter it is, and a host in order stays healthy.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import POSSIBLE, PROVEN

from tests.incidents.build import bundle
from tests.incidents.score import Incident
from tests.profiles import each
from tests.tools.documents import load_yaml

_FOLDER = Path(__file__).parents[1] / "data/words"
_NOT_UNDERSTOOD = "client.other"


def _pasted() -> list[dict[str, Any]]:
    lists = [load_yaml((_FOLDER / f"{name}.yml").read_text(encoding="utf-8")) for name in ("e", "f")]
    return [one for read in lists for one in read["messages"] if "finding" in one]


def _diagnosis(code: str, look: str | None = "in_tls", **evidence: Any) -> Diagnosis:
    told = {"name": "pasted", "source": "", "words": "", "right": "none", "look": look, "code": code}
    return Incident("pasted", "", "none", "", bundle({**told, "evidence": evidence})).judge().diagnosis


@each("pasted", _pasted(), ids=lambda one: f"{one['client']}, {one['language']}")
def test_a_healthy_host_beside_what_was_pasted(pasted: dict[str, Any]) -> None:
    found = _diagnosis(pasted["text"])
    first = found.findings[0] if found.findings else None
    fits = {*pasted["finding"], *([_NOT_UNDERSTOOD] if "none" in pasted["finding"] else ())}
    assert (first.id if first else "none") in fits
    assert all(one.confidence != PROVEN for one in found.findings)
    if first and first.owner != "host":
        assert found.verdict == "healthy"
    if first and "not understood" in first.summary:
        assert first.confidence == POSSIBLE and any("not understood" in one for one in found.unread)


@each("pasted", _pasted()[::5], ids=lambda one: f"{one['client']}, {one['language']}")
def test_a_stopped_service_goes_before_what_was_pasted(pasted: dict[str, Any]) -> None:
    stopped = {"TermService": {"state": 1, "pid": 0, "exit_code": 0}}
    found = _diagnosis(pasted["text"], look="refused", services=stopped, port={"listeners": []})
    assert (found.findings[0].id, found.verdict) == ("service.stopped", "broken")
