# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts for hosts that Ansible does not reach, on a host without Ansible: what they print is judged as live."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles, offline
from ansible_collections.winops.rdp.plugins.plugin_utils.host import pieces
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

from . import prefix as lab
from .prefix import Prefix

NAME = "rdp-collect.ps1"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("offline") / NAME
    path.write_text(offline.collect_script(NAME), "ascii", newline="\r\n")
    return path


def judged(path: Path) -> dict[str, object]:
    return bundles.judge(bundles.read(path), None, RepairPolicy(), shape.Questions())


def test_what_it_prints_is_judged_as_what_a_call_answers(fresh: Prefix, script: Path, tmp_path: Path) -> None:
    lab.expired(fresh)
    before = fresh.export("HKLM\\System\\CurrentControlSet\\Control\\Terminal Server")
    ran = fresh.pwsh("-File", lab.windows(script))
    assert ran.code == 0 and not ran.err, ran
    pasted, asked = tmp_path / "pasted.txt", tmp_path / "asked.json"
    pasted.write_bytes(ran.out)
    asked.write_text(json.dumps({"snapshot": fresh.snapshot()}))
    offline_, live = judged(pasted), judged(asked)
    assert offline_["findings"] and offline_["verdict"] == live["verdict"] and offline_["plan"] == live["plan"]
    assert [one["id"] for one in offline_["findings"]] == [one["id"] for one in live["findings"]]  # type: ignore[attr-defined]
    assert fresh.export("HKLM\\System\\CurrentControlSet\\Control\\Terminal Server") == before


def test_a_channel_that_shows_the_last_four_thousand_characters(host: Prefix, script: Path, tmp_path: Path) -> None:
    kept = tmp_path / "bundle.json"
    ran = host.pwsh("-File", lab.windows(script), "-Out", lab.windows(kept))
    assert ran.code == 0 and b"Written" in ran.out
    seen, number, count = b"", 1, 1
    while number <= count:
        ran = host.pwsh("-File", lab.windows(script), "-From", lab.windows(kept), "-Part", str(number))
        assert ran.code == 0 and len(ran.out) <= 4096, ran
        seen = ran.out[-4096:] + seen
        count = int(ran.out.split(b"/")[1].split()[0])
        number += 1
    assert count > 1 and json.loads(pieces.join(seen)) == json.loads(kept.read_text())


@pytest.mark.parametrize(
    ("flags", "words"),
    [(["-Part", "1"], b"needs -From"), (["-PieceSize", "10"], b"PieceSize"), (["-From", "Z:\\no"], b"")],
)
def test_what_cannot_be_asked_is_refused(host: Prefix, script: Path, flags: list[str], words: bytes) -> None:
    ran = host.pwsh("-File", lab.windows(script), *flags)
    assert ran.code != 0 and words in ran.err and b"---" not in ran.out


def test_it_is_the_host_script_and_ends_a_restricted_language_mode_in_words(script: Path) -> None:
    text = script.read_text("ascii")
    for part in offline._PARTS.glob("*.psm1"):
        carried = f"# {part.name} " in text
        assert carried == ("Only _apply ships this part." not in part.read_text("ascii")), part.name
    assert "restricted language mode" in text and "#AnsibleRequires" not in text and "Export-ModuleMember" not in text
