# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`rdp-client.ps1` as far as it goes without Windows: its look at a host, what it says, and its bundle."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_bundle, client_session, offline

from tests.tools.host_script import ROOT
from tests.unit.plugins.module_utils.fault_server import healthy, serving, tls_settings

from .conftest import PowerShell

OPTIONS = {"server_name": None, "load_balance_info": None, "timeout": 5.0, "deadline": 30.0}


def ran(pwsh_path: str, place: Path, target: str, *flags: str) -> str:
    script = place / "rdp-client.ps1"
    script.write_text(offline.client_script(script.name, target, None), "ascii", newline="\r\n")
    done = subprocess.run(
        [pwsh_path, "-File", str(script), *flags], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0 and not done.stderr, done
    return done.stdout


@pytest.mark.parametrize("printed", [False, True])
def test_its_look_is_read_as_any_other(pwsh_path: str, tmp_path: Path, printed: bool) -> None:
    with serving(healthy(tls_settings())) as server:
        said = ran(pwsh_path, tmp_path, f"127.0.0.1:{server.port}", *(["-Print"] if printed else []))
    path = tmp_path / "rdp-client.json"
    if printed:
        path.write_text("PS C:\\> " + said.replace("\n", "\r\n> "))
    else:
        assert "The logon is reached" in said and str(path) in said and len(said.splitlines()) <= 20
    kept = client_bundle.read(path)
    look = client_session.look_of(kept.facts, ("127.0.0.1", server.port), OPTIONS)
    assert kept.target == f"127.0.0.1:{server.port}" and kept.server_name is None
    assert look and (look["stage"], look["outcome"]) == ("session", "ok"), look


def test_a_host_that_is_not_there_is_said_in_words(pwsh_path: str, tmp_path: Path) -> None:
    said = ran(pwsh_path, tmp_path, "127.0.0.1:1")
    assert "127.0.0.1: it is there, but nothing listens on that port." in said
    assert "Nothing was changed" in said and json.loads((tmp_path / "rdp-client.json").read_text())["client"]


def sentences(client_ps: PowerShell, sections: dict[str, object], errors: dict[str, object]) -> list[str]:
    """What the person at the PC reads."""
    tail = (ROOT / "plugins" / "plugin_utils" / "offline" / "client.ps1").read_text("ascii")
    given = {"functions": tail.partition("\n$text = ")[0], "answer": {"sections": sections, "errors": errors}}
    said: list[str] = client_ps(
        "& { . ([scriptblock]::Create($given.functions)); $Target = 'srv01';"
        " , @(Get-Sentences (ConvertTo-Plain $given.answer) 'a.json') }",
        given,
    )
    return said


@pytest.mark.parametrize(
    ("code", "why"), [(11001, "is not known here (number 11001)"), (None, "could not be looked up in time")]
)
def test_a_name_that_is_not_found_is_said_in_words(client_ps: PowerShell, code: int | None, why: str) -> None:
    said = sentences(client_ps, {"look": {"name_error": {"code": code}, "tried": [], "talks": []}}, {})
    assert said[:2] == ["It tried to reach srv01.", f"That name {why}. Is it spelled right? Is the VPN on?"]


def test_twenty_lines_say_what_came_of_it_and_what_to_do_whatever_there_is(client_ps: PowerShell) -> None:
    """Many apps, a name of many addresses, much that is unread."""
    look = {
        "name_error": None,
        "tried": [{"address": f"192.0.2.{n}", "outcome": 10060} for n in range(30)],
        "talks": [{"negotiation": None}],
    }
    apps: dict[str, object] = {
        "files": [{"path": f"app{n}.exe", "version": "1.0"} for n in range(9)],
        "packages": ["Store"] * 9,
    }
    errors: dict[str, object] = {"profiles": {"message": "Access is denied"}}
    said = sentences(client_ps, {"look": look, "apps": apps}, errors)
    assert len(said) == 20 and said[-4] == "All of it is in a.json." and said[-1].startswith("Nothing was changed")
    assert "What listens there did not answer as Remote Desktop does." in said
    assert "It has 25 more addresses." in said and "Not read: profiles (Access is denied)." in said
    assert said[14].endswith("lines more, which are in the file.")


@pytest.mark.parametrize("target", ["", "a b", "srv01:99999", "h\u00e4user.example.com", "srv01'; exit"])
def test_what_is_no_host_makes_no_script(target: str) -> None:
    with pytest.raises(offline.OfflineError) as error:
        offline.client_script("rdp-client.ps1", target, None)
    assert "winops.rdp.offline" not in str(error.value)


def test_nothing_that_changes_a_pc_is_in_it() -> None:
    text = offline.client_script("rdp-client.ps1", "srv01.example.com", "it's")
    assert "$ServerName = 'it''s'" in text and "Invoke-Apply" not in text and "Set-ItemProperty" not in text
