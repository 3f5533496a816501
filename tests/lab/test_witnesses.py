# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot beside tools that others wrote, on one host: Wine's own reg.exe reads the same registry."""

from __future__ import annotations

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import witnesses
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.tools.host_script import WITNESSES_SCRIPT as SCRIPT

from .prefix import POLICY, RDP, Prefix

# Wine answers with the version of Windows that it plays, and with the start of its own server.
OF_WINE = {"host.product_type", "host.boot_utc"}


def rows(host: Prefix) -> dict[str, witnesses.Row]:
    snapshot = Snapshot.of(host.snapshot())
    told = host.run(*host.command({"key_files": witnesses.key_files(snapshot)}, SCRIPT)).answer
    assert not told.get("failed"), told
    return {row.fact: row for row in witnesses.compare(snapshot, told["answers"])}


@pytest.fixture
def odd(fresh: Prefix) -> Prefix:
    """Values of every type, under the listener's keys and the policy's."""
    given = (
        (RDP, "LoadableProtocol_Object", "REG_EXPAND_SZ", "%SystemRoot%    x"),
        (RDP, "KeepAliveTimeout", "REG_BINARY", "00FF"),
        (RDP, "fReconnectSame", "REG_MULTI_SZ", r"one\0two"),
        (POLICY, "SecurityLayer", "REG_DWORD", "1"),
    )
    for key, name, kind, data in given:
        fresh.must("reg", "add", key, "/v", name, "/t", kind, "/d", data, "/f")
    return fresh


def test_reg_exe_has_each_value_as_the_snapshot_has_it(odd: Prefix) -> None:
    found = rows(odd)
    read = [row for row in found.values() if row.tool == "reg.exe" and row.result != "no witness"]
    assert len(read) > 45 and {row.result for row in read} == {"agree"}, [row for row in read if row.result != "agree"]
    assert {row.fact for row in found.values() if row.result == "differ"} <= OF_WINE
    words = {row.fact.rsplit("\\", 1)[-1]: row.witness for row in read}
    assert words["KeepAliveTimeout"] == "binary AP8="
    assert words["LoadableProtocol_Object"] == "expand_string %SystemRoot%    x"


@pytest.mark.parametrize("path", [r"C:\Windows\win.ini", r'C:\x" & calc & "\Microsoft\Crypto\Keys\a', 7])
def test_only_windows_own_key_files_are_asked_about(host: Prefix, path: object) -> None:
    told = host.run(*host.command({"key_files": [path]}, SCRIPT)).answer
    assert told["failed"] and "key folders" in told["msg"] and "answers" not in told
