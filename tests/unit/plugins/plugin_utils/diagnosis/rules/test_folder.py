# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a person is told who has to decide on the folder of machine keys."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import PROVEN
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.hosts.faults import IN, RESET
from tests.hosts.snapshots import NOW, Host, binary, make_der
from tests.profiles import each

RCM = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"

HARDENED = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FA;;;BA)"
DENIES = "O:SYG:SYD:PAI(D;;0x2;;;SY)(A;;0x12019f;;;WD)(A;;FA;;;BA)"


@pytest.mark.parametrize(
    ("sddl", "id_", "command"),
    [
        (HARDENED, "machine_keys.folder_hardened", '/grant "*S-1-1-0:(R,W)"'),
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


@each("folder", [{"exists": False, "sddl": None}, {"sddl": DENIES}, {}])
def test_where_windows_looks_for_it_in_another_place_that_is_what_is_amiss(folder: dict[str, Any]) -> None:
    """Whatever it meets there: no folder, one that nobody made for it, or the right one."""
    host = Host().value(
        r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\ProfileList",
        "ProgramData",
        {"type": "expand_string", "data": r"E:\Data"},
    )
    host.sections["key_files"]["folder"].update(folder)
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(RESET)).diagnosis.findings
    assert found[0].id == "machine_keys.misplaced"
    gone = folder.get("exists") is False
    assert any("no folder of machine keys is there" in one.fact for one in found[0].evidence_for) == gone
    assert not [one.id for one in found[1:] if one.confidence == PROVEN]
    assert ("machine_keys.system_denied" in [one.id for one in found]) == ("exists" not in folder and bool(folder))


def _gone(host: Host) -> Host:
    host.sections["key_files"]["folder"].update(exists=False, sddl=None)
    return host


def test_that_the_folder_is_gone_is_told_once_and_always() -> None:
    """By the log, where the listener's own certificate could not be made for it, else by itself: where that was before
    the certificate that is there, or the listener has another one than its own.
    """
    failed = _gone(Host()).event(RCM, 1058, at=NOW - timedelta(minutes=9))
    before, chosen = _gone(Host()), _gone(Host())
    _certificate_of(before, made=NOW - timedelta(hours=1))
    chosen.pin(_certificate_of(chosen, made=NOW - timedelta(days=9), store="My"))
    for host, told in (
        (failed, "certificate.renewal_failing"),
        (before.event(RCM, 1058, at=NOW - timedelta(hours=3)), "machine_keys.system_denied"),
        (chosen.event(RCM, 1058, at=NOW - timedelta(hours=3)), "machine_keys.system_denied"),
    ):
        found = [one.id for one in assess(Snapshot.of(host.to_answer(), NOW), ProbeResult()).diagnosis.findings]
        both = {"certificate.renewal_failing", "machine_keys.system_denied"}
        assert both & {*found} == {told}


@each(("path", "first"), [(None, "machine_keys.system_denied"), (r"C:\Keys\x", "certificate.pin_dead")])
def test_with_the_folder_the_key_of_a_chosen_certificate_is_gone_too(path: str | None, first: str) -> None:
    host = _gone(Host())
    host.pin(_certificate_of(host, made=NOW - timedelta(days=9), store="My"))
    chosen = host.sections["key_files"]["files"][-1]
    chosen.update(exists=False, sddl=None, path=path or chosen["path"])
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(RESET)).diagnosis.findings
    assert found[0].id == first and {one.id for one in found} == {"machine_keys.system_denied", "certificate.pin_dead"}
    assert found[0].severity == "critical" and found[1].confidence != PROVEN


def _certificate_of(host: Host, *, made: datetime, store: str = "Remote Desktop") -> str:
    """Give the host another certificate, in its own store in place of the one that is there."""
    file = host.key_file
    if store == "Remote Desktop":
        host.sections["certificates"]["stores"][store]["certificates"].clear()
        host.sections["key_files"]["files"].clear()
    thumbprint = host.add(make_der(made, made + timedelta(days=180)), store, file)
    if store == "Remote Desktop":
        host.setting("winstations", "SelfSignedCertificate", binary(bytes.fromhex(thumbprint)))
    return thumbprint


def test_a_folder_as_windows_leaves_it_is_not_asked_about() -> None:
    assert not assess(Snapshot.of(Host().to_answer(), NOW), ProbeResult()).needs_sections


# Whatever keeps SYSTEM, or Everyone, from making a file there --------------------------------------------------------

EVERYONE, ADMINISTRATORS = "(A;;0x12019f;;;WD)", "(A;;FA;;;BA)"
HARDENED_ID, DENIED_ID = "machine_keys.folder_hardened", "machine_keys.system_denied"
# The folder's entries, what is found, and what icacls is told.
KEPT_OUT = [
    (f"(D;;0x2;;;SY){EVERYONE}{ADMINISTRATORS}", DENIED_ID, "/remove:d *S-1-5-18"),
    (f"(D;;0x2;;;WD){EVERYONE}{ADMINISTRATORS}", DENIED_ID, "/remove:d *S-1-1-0"),
    (f"(D;;FW;;;BA){EVERYONE}{ADMINISTRATORS}", DENIED_ID, "/remove:d *S-1-5-32-544"),
    (f"(D;;0x2;;;AU){EVERYONE}{ADMINISTRATORS}", DENIED_ID, "/remove:d *S-1-5-11"),
    (f"(D;;FA;;;SY)(D;;FA;;;WD){EVERYONE}{ADMINISTRATORS}", DENIED_ID, "/remove:d *S-1-1-0 *S-1-5-18"),
    ("(D;;0x2;;;SY)(A;;FR;;;WD)(A;;FR;;;BA)", DENIED_ID, '/remove:d *S-1-5-18 /grant "*S-1-5-32-544:(F)"'),
    ("(A;;FR;;;WD)(A;;FR;;;BA)", DENIED_ID, '/grant "*S-1-5-32-544:(F)"'),
    ("", DENIED_ID, '/grant "*S-1-5-32-544:(F)"'),
    (
        f"{EVERYONE}{ADMINISTRATORS}(D;ID;0x2;;;SY)".replace("(A;;", "(A;ID;"),
        None,
        "",
    ),
    (
        "(D;ID;0x2;;;SY)(A;ID;0x12019f;;;WD)(A;ID;FA;;;BA)",
        DENIED_ID,
        '/inheritance:r /grant:r "*S-1-1-0:(R,W)" "*S-1-5-32-544:(F)"',
    ),
    (
        "(D;;0x2;;;AU)(D;ID;0x2;;;WD)(A;ID;FA;;;BA)",
        DENIED_ID,
        '/inheritance:r /remove:d *S-1-5-11 /grant:r "*S-1-1-0:(R,W)" "*S-1-5-32-544:(F)"',
    ),
    ("(A;;FR;;;WD)(A;;FA;;;BA)", HARDENED_ID, '/grant "*S-1-1-0:(R,W)"'),
    (f"(D;;0x1;;;WD){EVERYONE}{ADMINISTRATORS}", HARDENED_ID, "/remove:d *S-1-1-0"),
    ("(D;;0x1;;;WD)(A;;FR;;;WD)(A;;FA;;;BA)", HARDENED_ID, '/remove:d *S-1-1-0 /grant "*S-1-1-0:(R,W)"'),
    # Nothing of this keeps SYSTEM or Everyone out.
    (f"{EVERYONE}{ADMINISTRATORS}", None, ""),
    (f"(D;OICIIO;FA;;;SY){EVERYONE}{ADMINISTRATORS}", None, ""),
    (f"(D;;0x10000;;;SY){EVERYONE}{ADMINISTRATORS}", None, ""),
    (f"(D;;FA;;;BG){EVERYONE}{ADMINISTRATORS}", None, ""),
]


def _found(entries: str) -> dict[str, str]:
    host = Host()
    host.sections["key_files"]["folder"]["sddl"] = f"O:SYG:SYD:PAI{entries}"
    seen = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult())
    return {one.id: one.advice or "" for one in seen.diagnosis.findings}


def _done(entries: str, options: str) -> acl.Descriptor:
    """The folder after icacls has done that, as its help describes it."""
    kept = re.findall(r"\([^()]*\)", entries)
    if "/inheritance:r" in options:
        kept = [one for one in kept if ";ID;" not in one]
    for sid in re.findall(r"\*(S-[-0-9]+)(?!\S)", options):
        kept = [one for one in kept if not (one.startswith("(D") and acl.parse(f"D:{one}").aces[0].sid == sid)]  # type: ignore[index]
    for sid, letters in re.findall(r"\*(S-[-0-9]+):\(([A-Z,]+)\)", options):
        kept.append(f"(A;;{'FA' if letters == 'F' else '0x12019f'};;;{sid})")
    return acl.parse("O:SYG:SYD:PAI" + "".join(kept))


@each(("entries", "id_", "options"), KEPT_OUT)
def test_the_one_command_lets_in_who_is_kept_out(entries: str, id_: str | None, options: str) -> None:
    found = _found(entries)
    assert list(found) == ([id_] if id_ else [])
    if id_ is None:
        return
    assert f'MachineKeys" {options} ' in found[id_]
    after = _done(entries, options)
    who, wanted = (acl.SYSTEM_TOKEN, 0x2) if id_ == DENIED_ID else ({acl.EVERYONE}, 0x12019F)
    assert acl.granted(after, who, wanted)
    # Whoever else has an entry of his own keeps it.
    guest = "(A;;FR;;;S-1-5-21-1-2-3-1105)"
    assert guest.strip("()") in _done(entries + guest, options).to_sddl()


# The folder itself is gone -------------------------------------------------------------------------------------------


def _without_folder(*, key: bool) -> Host:
    host = Host()
    host.sections["key_files"]["folder"].update(exists=False, sddl=None)
    if not key:
        host.key_file.update(exists=False, sddl=None)
    return host


def test_a_folder_that_is_gone_is_why_the_key_is() -> None:
    lost = assess(Snapshot.of(_without_folder(key=False).to_answer(), NOW), ProbeResult(RESET)).diagnosis.findings
    assert [one.id for one in lost if one.severity == "critical"] == [DENIED_ID]
    assert "does not exist" in lost[0].summary and "from a backup" in (lost[0].advice or "")
    held = assess(Snapshot.of(_without_folder(key=True).to_answer(), NOW), ProbeResult(IN)).diagnosis.findings
    assert [(one.id, one.severity) for one in held] == [(DENIED_ID, "warning")]


def test_a_renewal_that_met_it_tells_it() -> None:
    host = _without_folder(key=False).event(RCM, 1057, 2, numbers=(0x80070003,), at=NOW - timedelta(minutes=9))
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(RESET)).diagnosis.findings
    assert [one.id for one in found if one.severity == "critical"] == ["certificate.renewal_failing"]
    assert "folder of machine keys is gone" in found[0].summary and "from a backup" in (found[0].advice or "")
    there = Host().event(RCM, 1057, 2, numbers=(0x80070003,), at=NOW - timedelta(minutes=9))
    [other] = assess(Snapshot.of(there.to_answer(), NOW), ProbeResult(IN)).diagnosis.findings
    assert other.id == "certificate.renewal_failing" and "from a backup" not in (other.advice or "")
