# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a path names a file of Windows' own, on hosts that have Windows in different places."""

from __future__ import annotations

import importlib
import re
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import programs

from tests.hosts.snapshots import Host
from tests.unit.judging import ids, run

_KNOWN = r"D:\Program\WINNT\System32"


@pytest.mark.parametrize(
    ("path", "folder", "bare", "own"),
    [
        *(
            (text + r"\system32\svchost.exe", _KNOWN, False, True)
            for text in ("%SystemRoot%", "%windir%", r"\SystemRoot")
        ),
        (r"d:\program\winnt\\SYSTEM32/svchost.exe", _KNOWN, False, True),
        (r"\??\D:\Program\WINNT\System32\svchost.exe", _KNOWN, False, True),
        (r"\\?\D:\Program\WINNT\System32\svchost.exe", _KNOWN, False, True),
        (r"%SystemDrive%\Program\WINNT\System32\svchost.exe", _KNOWN, False, True),
        (r"\Program\WINNT\System32\svchost.exe", _KNOWN, False, True),
        (r"\\Program\WINNT\System32\svchost.exe", _KNOWN, False, False),
        (r"C:\Program\WINNT\System32\svchost.exe", _KNOWN, False, False),
        (r"D:\Windows\System32\svchost.exe", _KNOWN, False, False),
        (r"D:\Windows\System32\svchost.exe", None, False, True),
        (r"E:\winnt\System32\svchost.exe", None, False, True),
        (r"D:\Program\WINNT\System32\svchost.exe", None, False, False),
        # The letter K, and the sign of Kelvin.
        ("D:\\wor\u212a\\System32\\svchost.exe", r"D:\work\System32", False, False),
        (r"D:\Program\WINNT\System32\sub\svchost.exe", _KNOWN, True, False),
        (r"D:\Program\WINNT\System32\svchost.exe.exe", _KNOWN, True, False),
        # As the service manager finds it, and as a rule of the firewall has to name it.
        *(
            (text, folder, bare, bare)
            for text in ("svchost", r"System32\SvcHost.EXE")
            for folder in (None, _KNOWN)
            for bare in (True, False)
        ),
        (r"%windir%\system32\svchost", _KNOWN, True, True),
        (r"%windir%\system32\svchost", _KNOWN, False, False),
    ],
)
def test_a_file_of_windows_however_it_is_spelled(path: str, folder: str | None, bare: bool, own: bool) -> None:
    assert programs.is_own(path, "svchost.exe", folder, bare=bare) is own


def test_no_host_takes_a_pattern_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each has Windows in another place: after the first one no pattern is compiled any more."""
    compiler: Any = getattr(re, "_compiler", None) or importlib.import_module("sre_compile")
    genuine, compiled = compiler.compile, []

    def compile_(pattern: Any, *flags: Any) -> Any:
        compiled.append(pattern)
        return genuine(pattern, *flags)

    re.purge()
    monkeypatch.setattr(compiler, "compile", compile_)
    counts = []
    for number in range(40):
        host, before = Host(), len(compiled)
        for file in host.sections["files"].values():
            file["path"] = file["path"].replace("C:\\Windows", f"D:\\Windows{number}")
        assert ids(run(host)) == []
        counts.append(len(compiled) - before)
    assert counts[1:] == [0] * 39, compiled
