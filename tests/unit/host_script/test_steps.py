# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The closed list: every operation once allowed, and every way in which a step is refused. Descriptors are Windows' own: tests/lab has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import local_policy

from tests.hosts.group_policy import number, pol
from tests.hosts.policy_files import INI_ALLOWED, INI_REFUSED, OTHER, POL_ALLOWED, POL_REFUSED
from tests.hosts.steps import ALLOWED, KEY_FILE, PINNED, RDP, REFUSED, THUMBPRINT, TS, UNDO_ONLY, WS, b64, setting
from tests.profiles import each

from .conftest import PowerShell, PowerShellError


def why(ps: PowerShell, step: Any, undoing: bool = False) -> str | None:
    given = {"step": step, "scope": {"undoing": undoing, "pinned": PINNED, "paths": [KEY_FILE]}}
    answer = ps("$plain = ConvertTo-Plain $given; Test-Step $plain['step'] $plain['scope']", given)
    assert answer is None or isinstance(answer, str)
    return answer


@each("step", ALLOWED)
def test_allowed(ps: PowerShell, step: dict[str, Any]) -> None:
    assert why(ps, step) is None
    assert why(ps, step, undoing=True) is None


@each("step", UNDO_ONLY)
def test_allowed_only_to_an_undo(ps: PowerShell, step: dict[str, Any]) -> None:
    assert why(ps, step, undoing=True) is None
    assert why(ps, step)


@each("step", REFUSED)
def test_refused(ps: PowerShell, step: Any) -> None:
    assert why(ps, step)


# Some of the refusals are about the right type, which an undo need not keep to.
@each(
    "step",
    [
        step
        for step in REFUSED
        if not (isinstance(step, dict) and step.get("type") in ("qword", "string") and step.get("key") == RDP)
    ],
)
def test_refused_to_an_undo_too(ps: PowerShell, step: Any) -> None:
    assert why(ps, step, undoing=True)


@pytest.mark.parametrize(
    ("step", "state", "done"),
    [
        (setting("SecurityLayer", 2), {"type": "dword", "data": 2}, True),
        (setting("SecurityLayer", 2), {"type": "dword", "data": 1}, False),
        (setting("SecurityLayer", 2), None, False),
        (setting("SecurityLayer", 2), {"type": "string", "data": "2"}, False),
        (
            setting("SelfSignedCertStore", "remote desktop", "string", WS),
            {"type": "string", "data": "Remote Desktop"},
            False,
        ),
        (
            setting("fDenyTSConnections", ["a", "b"], "multi_string", TS),
            {"type": "multi_string", "data": ["a", "b"]},
            True,
        ),
        (setting("fDenyTSConnections", ["a", "b"], "multi_string", TS), {"type": "multi_string", "data": ["a"]}, False),
        ({"op": "registry.remove", "key": RDP, "name": "SecurityLayer"}, None, True),
        ({"op": "registry.remove", "key": RDP, "name": "SecurityLayer"}, {"type": "dword", "data": 0}, False),
        ({"op": "service.start", "service": "KeyIso", "timeout_s": 1}, {"state": 4, "dependents": []}, True),
        ({"op": "service.start", "service": "KeyIso", "timeout_s": 1}, {"state": 2, "dependents": []}, False),
        ({"op": "service.restart", "service": "KeyIso", "timeout_s": 1}, {"state": 4, "dependents": []}, False),
        ({"op": "service.stop", "service": "KeyIso", "timeout_s": 1}, {"state": 1, "dependents": []}, True),
        ({"op": "service.start_type", "service": "KeyIso", "start": 3}, {"start": 3}, True),
        ({"op": "service.start_type", "service": "KeyIso", "start": 3}, {"start": 4}, False),
        ({"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": THUMBPRINT}, {"present": False}, True),
    ],
    ids=str,
)
def test_what_is_already_so(ps: PowerShell, step: dict[str, Any], state: Any, done: bool) -> None:
    assert (
        ps(
            "$plain = ConvertTo-Plain $given; Test-StepDone $plain['step'] $plain['state']",
            {"step": step, "state": state},
        )
        is done
    )


@pytest.mark.parametrize(
    ("step", "thumbprint"),
    [
        ({"name": "sslcertificatesha1hash", "data": b64(bytes(range(20)))}, bytes(range(20)).hex()),
        ({"name": "SSLCertificateSHA1Hash", "data": "!"}, None),
        ({"name": "SSLCertificateSHA1Hash", "data": 5}, None),
        ({"name": "SecurityLayer", "data": 2}, None),
        ({"op": "registry.remove", "name": "SSLCertificateSHA1Hash"}, None),
        ({}, None),
        (7, None),
    ],
)
def test_the_certificate_that_a_step_binds(ps: PowerShell, step: Any, thumbprint: str | None) -> None:
    assert ps("Get-BoundThumbprint (ConvertTo-Plain $given)", step) == (thumbprint.upper() if thumbprint else None)


# The host's own Group Policy ------------------------------------------------------------------------------------------

CONTENT = """
$before = if ($null -ne $given.before) { ConvertFrom-Base64 $given.before }
$after = ConvertFrom-Base64 $given.after
if ($given.file -eq 'gpt.ini') { Test-GptContent $before $after } else { Test-PolicyContent $before $after $false }
"""


def _content(ps: PowerShell, file: str, before: bytes | None, after: bytes) -> str | None:
    given = {"file": file, "before": None if before is None else b64(before), "after": b64(after)}
    answer = ps(CONTENT, given)
    assert answer is None or isinstance(answer, str)
    return answer


@pytest.mark.parametrize(("file", "pairs"), [("registry.pol", POL_ALLOWED), ("gpt.ini", INI_ALLOWED)])
def test_policy_files_that_are_allowed(ps: PowerShell, file: str, pairs: list[Any]) -> None:
    for name, before, after in pairs:
        assert _content(ps, file, before, after) is None, name


@pytest.mark.parametrize(("file", "pairs"), [("registry.pol", POL_REFUSED), ("gpt.ini", INI_REFUSED)])
def test_policy_files_that_are_refused(ps: PowerShell, file: str, pairs: list[Any]) -> None:
    for name, before, after in pairs:
        assert _content(ps, file, before, after), name


def test_a_large_policy_file_is_read(ps: PowerShell) -> None:
    rows = [number(f"Value{at}", at, OTHER) for at in range(1000)]
    before, after = pol(*rows), pol(*rows, number("SecurityLayer", 2))
    assert 110_000 < len(after) < 131_072 and _content(ps, "registry.pol", before, after) is None


FILES = """
function Get-PolicyPath([string] $file) { Join-PathPart $given.folder 'GroupPolicy' $file }
$step = ConvertTo-Plain $given.step
"""


def test_a_policy_file_is_put_in_place(ps: PowerShell, tmp_path: Path) -> None:
    path = tmp_path / "GroupPolicy" / "registry.pol"

    def put(before: bytes | None, after: bytes | None) -> str | None:
        step = {"op": "file.replace", "policy_file": "registry.pol", "sha256": local_policy.digest(before)}
        step["content"] = None if after is None else b64(after)
        try:
            return str(ps(f"{FILES} $null = Set-PolicyFile $step", {"folder": str(tmp_path), "step": step}))
        except PowerShellError as error:
            return str(error)

    put(None, b"first")
    assert path.read_bytes() == b"first"
    put(b"first", b"second")
    assert path.read_bytes() == b"second" and [one.name for one in path.parent.iterdir()] == ["registry.pol"]
    path.write_bytes(b"somebody else's")
    assert "has been changed since it was read" in str(put(b"second", b"third"))
    assert path.read_bytes() == b"somebody else's"
    put(b"somebody else's", None)
    assert not path.exists()
