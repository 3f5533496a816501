# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person is told who has to decide on the folder of machine keys."""

from __future__ import annotations

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.hosts.snapshots import NOW, Host

HARDENED = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"
DENIES = "O:SYG:SYD:PAI(D;;0x2;;;SY)(A;;0x12019f;;;WD)(A;;FA;;;BA)"


@pytest.mark.parametrize(
    ("sddl", "id_", "command"),
    [
        (HARDENED, "machine_keys.folder_hardened", "/grant *S-1-1-0:(R,W)"),
        (DENIES, "machine_keys.system_denied", "/remove:d *S-1-5-18"),
    ],
)
def test_what_is_kept_first_the_one_command_and_what_else_lives_there(sddl: str, id_: str, command: str) -> None:
    host = Host()
    folder = host.sections["key_files"]["folder"]
    folder["sddl"] = sddl
    seen = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult())
    [finding] = [one for one in seen.diagnosis.findings if one.id == id_]
    advice = finding.advice or ""
    assert advice.index(f'icacls "{folder["path"]}" /save') < advice.index(f'icacls "{folder["path"]}" {command}')
    assert "O:SYG:SYD:PAI(A;;0x12019f;;;WD)(A;;FA;;;BA)" in advice
    assert "was not counted" in advice and seen.needs_sections == ("machine_keys",)
    host.sections["machine_keys"] = {
        "count": 1000,
        "owners": [
            {"sid": "S-1-5-21-1-2-3-500", "count": 3},
            {"sid": "S-1-5-18", "count": 996},
            {"sid": "", "count": 1},
        ],
        "whole": False,
    }
    seen = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult())
    [finding] = [one for one in seen.diagnosis.findings if one.id == id_]
    told = "1000 or more key files live there (996 of SYSTEM, 3 of S-1-5-21-1-2-3-500, 1 of an unknown owner)"
    assert told in (finding.advice or "") and not seen.needs_sections


def test_a_folder_as_windows_leaves_it_is_not_asked_about() -> None:
    assert not assess(Snapshot.of(Host().to_answer(), NOW), ProbeResult()).needs_sections
