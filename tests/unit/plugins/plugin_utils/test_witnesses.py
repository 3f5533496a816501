# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The snapshot beside Windows' own tools: what they write in any language, and what follows from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import witnesses
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts import tools
from tests.hosts.scenarios import SCENARIOS, host_of
from tests.hosts.snapshots import snapshot_of
from tests.hosts.windows import RDP_TCP, Windows
from tests.profiles import each, examples

# As the tools write them on an English, a German and a Japanese Windows.
QC = {
    "English": """
[SC] QueryServiceConfig SUCCESS

SERVICE_NAME: termservice
        TYPE               : 20  WIN32_SHARE_PROCESS
        START_TYPE         : 3   DEMAND_START
        ERROR_CONTROL      : 1   NORMAL
        BINARY_PATH_NAME   : C:\\Windows\\System32\\svchost.exe -k NetworkService
        TAG                : 0
""",
    "German": """
SERVICE_NAME: termservice
        TYP                : 20  WIN32_SHARE_PROCESS
        STARTTYP           : 3   DEMAND_START
        FEHLERSTEUERUNG    : 1   NORMAL
""",
    "Japanese": """
SERVICE_NAME: termservice
        種類               : 20  WIN32_SHARE_PROCESS
        開始の種類         : 3   DEMAND_START
        エラー制御         : 1   NORMAL
""",
}
CERTUTIL = {
    "English": """
My "Personal"
================ Certificate 0 ================
Serial Number: 0123456789abcdef0123456789abcdef01234567
Cert Hash(sha1): 6772e472c8bc55878da23dcb139f380c38f22b3d
  Key Container = TSSecKeySet1
""",
    "old": "Cert Hash(sha1): 67 72 e4 72 c8 bc 55 87 8d a2 3d cb 13 9f 38 0c 38 f2 2b 3d",
    "German": "Zertifikathash(sha1): 6772e472c8bc55878da23dcb139f380c38f22b3d",
    "Japanese": "証明書ハッシュ(sha1): 6772e472c8bc55878da23dcb139f380c38f22b3d",
}
NETSTAT = """
  Proto  Local Address          Foreign Address        State           PID
  TCP    0.0.0.0:3389           0.0.0.0:0              LISTENING       1200
  TCP    10.0.0.5:3389          10.0.0.9:50411         ESTABLISHED     1200
  TCP    0.0.0.0:33890          0.0.0.0:0              LISTENING       7
  TCP    [::]:3389              [::]:0                 ABHÖREN         1200
  UDP    0.0.0.0:3389           *:*                                    1200
"""


@pytest.mark.parametrize("language", QC)
def test_a_start_type_in_any_language(language: str) -> None:
    assert witnesses.numbers_behind_colons(QC[language])[1] == 3
    assert witnesses.numbers_behind_colons(QC[language].replace("\n", "\r\n"))[1] == 3


@pytest.mark.parametrize("language", CERTUTIL)
def test_a_hash_in_any_language_and_no_serial_number(language: str) -> None:
    assert witnesses.thumbprints(CERTUTIL[language].replace("\n", "\r\n")) == {
        "6772E472C8BC55878DA23DCB139F380C38F22B3D"
    }


def test_who_listens() -> None:
    assert witnesses.listeners(NETSTAT, 3389) == {1200} and witnesses.listeners(NETSTAT, 443) == set()


def test_registry_values_of_every_type() -> None:
    text = (
        "\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\X\r\n    (Standard)    REG_SZ    \r\n    A b    REG_DWORD    0x2\r\n"
        "    Big    REG_QWORD    0xffffffffffffffff\r\n    Bin    REG_BINARY    00FF\r\n    Empty    REG_BINARY    \r\n"
        "    Many    REG_MULTI_SZ    one\\0two\r\n    Text    REG_EXPAND_SZ    %SystemRoot%    x\r\n"
        "    No    REG_NONE\r\n    Odd    REG_LINK    x\r\n\r\nHKEY_LOCAL_MACHINE\\SYSTEM\\X\\Sub\r\n"
    )
    assert witnesses.registry_values(text) == {
        "(standard)": {"type": "string", "data": ""},
        "a b": {"type": "dword", "data": 2},
        "big": {"type": "qword", "data": 2**64 - 1},
        "bin": {"type": "binary", "data": "AP8="},
        "empty": {"type": "binary", "data": ""},
        "many": {"type": "multi_string", "data": ["one", "two"]},
        "text": {"type": "expand_string", "data": "%SystemRoot%    x"},
        "no": {"type": "none", "data": ""},
    }


def rows(host: Windows, change: Callable[[dict[str, Any]], Any] = lambda told: None) -> dict[str, witnesses.Row]:
    snapshot = Snapshot.of(snapshot_of(host), host.now())
    told = tools.answers(host, witnesses.key_files(snapshot))
    change(told)
    return {row.fact: row for row in witnesses.compare(snapshot, told)}


@each("name", sorted(SCENARIOS), one_of=3)
def test_snapshot_and_tools_agree_on_every_scenario(name: str) -> None:
    """Two ways to the same model; whether either is right of a real Windows, only one of those can tell."""
    found = rows(host_of(name))
    assert {row.result for row in found.values()} <= {"agree", "no witness", "not read"}
    assert sum(row.result == "agree" for row in found.values()) > 40


def test_a_difference_is_one_and_says_both() -> None:
    host = Windows("web01")
    host.self_sign()
    pin = rf"{RDP_TCP.removeprefix('HKLM' + chr(92))}\SecurityLayer"

    def lie(told: dict[str, Any]) -> None:
        told["reg rdp_tcp"]["text"] += "\r\n    SecurityLayer    REG_DWORD    0x0\r\n"
        told["sc queryex TermService"]["text"] = told["sc queryex TermService"]["text"].replace(
            "4  RUNNING", "1  STOPPED"
        )

    found = rows(host, lie)
    differing = [row for row in found.values() if row.result == "differ"]
    assert {row.fact for row in differing} == {pin, "services.TermService.state"}
    assert (found[pin].snapshot, found[pin].witness) == ("dword 2", "dword 0")
    result = shape.witnesses_result("web01", Snapshot.of(snapshot_of(host)), tuple(found.values()))
    assert result["counts"]["differ"] == 2 and sum("differ: " in line for line in result["lines"]) == 2
    assert "Windows build 20348" in result["windows"]
    words = " agree, 2 differ, 2 that no tool of Windows showed, 0 that could not be read"
    assert result["summary"].endswith(words) and "witness" not in " ".join(result["lines"]), result["lines"]


# Win32_TSGeneralSetting of a host with the certificate that SessionEnv made, by the properties that its page documents:
# https://learn.microsoft.com/windows/win32/termserv/win32-tsgeneralsetting
GENERAL = "SecurityLayer={}\r\nMinEncryptionLevel={}\r\nUserAuthenticationRequired={}\r\nSSLCertificateSHA1Hash={}\r\n"
IN_FORCE = {
    "SecurityLayer in force": ("2", "0"),
    "MinEncryptionLevel in force": ("3", "1"),
    "UserAuthentication in force": ("1", "0"),
    "the listener's certificate": (None, "00" * 20),
}


def test_what_the_service_says_is_in_force_is_held_against_the_registry() -> None:
    host = Windows("web01")
    bound = host.self_sign()
    for name, number in (("SecurityLayer", 2), ("MinEncryptionLevel", 3), ("UserAuthentication", 1)):
        host.dword(RDP_TCP, name, number)

    def told(*values: object) -> dict[str, witnesses.Row]:
        text = GENERAL.format(*values)
        return rows(host, lambda answers: answers["Win32_TSGeneralSetting"].update(text=text))

    agreed, other = told(2, 3, 1, bound.lower()), told(0, 1, 0, "00" * 20)
    for fact, (ours, theirs) in IN_FORCE.items():
        assert (agreed[fact].result, agreed[fact].snapshot) == ("agree", ours or bound)
        assert (other[fact].result, other[fact].witness) == ("differ", theirs)
    silent = rows(host, lambda answers: answers.update(Win32_TSGeneralSetting={"there": False}))
    assert {silent[fact].result for fact in IN_FORCE} == {"no witness"}


@pytest.mark.parametrize(
    "spoilt",
    [
        {"there": False},
        {"there": True, "late": True},
        {"there": True, "code": 5, "text": ""},
        {"there": True, "code": 0, "text": "\x00 weder noch"},
        {"there": True, "code": 0},
        7,
        None,
    ],
)
def test_a_tool_that_does_not_say_is_no_witness(spoilt: Any) -> None:
    host = Windows("web01")
    host.self_sign()

    def spoil(told: dict[str, Any]) -> None:
        for name in told:
            told[name] = spoilt

    silent = {row.fact for row in rows(host, spoil).values() if row.result == "no witness"}
    assert {"services.TermService.state", "host.computer_name", "host.build"} <= silent
    assert all(row.result != "agree" for row in rows(host, lambda told: told.clear()).values())


def test_what_was_not_read_is_neither_right_nor_wrong() -> None:
    host = Windows("web01")
    answer = snapshot_of(host)
    told = tools.answers(host, [])
    for name in list(answer["sections"]):
        del answer["sections"][name]
        answer["errors"][name] = {"code": -2147024891, "type": "Denied", "message": ""}
    found = witnesses.compare(Snapshot.of(answer, host.now()), told)
    assert {row.result for row in found} <= {"not read", "no witness"}


@pytest.mark.takes_long
@given(
    st.text(max_size=300)
    | st.from_regex(r"( {4}[A-Za-z]+ {4}REG_(DWORD|BINARY|SZ) {4}\w*\n|[a-z]+ *: *[0-9x]+\n|[A-Z]+=.*\n)*")
)
@settings(max_examples=examples(60, 4000), deadline=None)
def test_nothing_that_a_tool_writes_is_an_error(text: str) -> None:
    told = {name: {"there": True, "code": 0, "text": text} for name in tools.answers(_HOST, [])}
    assert witnesses.compare(_SNAPSHOT, told)


_HOST = Windows("web01")
_SNAPSHOT = Snapshot.of(snapshot_of(_HOST))


class Counted(str):
    """A text that counts the characters of the lines which are looked at."""

    seen = 0

    def splitlines(self, keepends: bool = False) -> list[str]:
        lines = super().splitlines(keepends)
        self.seen += sum(map(len, lines)) + len(lines)
        return lines


@pytest.mark.parametrize("text", ["\n" * 99_000 + "x", "(sha1)" * 30_000, "(sha1)\n" * 25_000, "TCP " + " " * 190_000])
def test_hostile_text_is_gone_through_once(text: str) -> None:
    """Line by line; no pattern sees more than the end of one."""
    for read in (witnesses.thumbprints, lambda given: witnesses.listeners(given, 3389)):
        counted = Counted(text)
        assert not read(counted) and counted.seen <= len(text) + 1


@pytest.mark.parametrize(("length", "is_read"), [(200_000, True), (200_001, False)])
def test_more_than_a_tool_writes_was_not_read(length: int, is_read: bool) -> None:
    answers = {"netstat": {"there": True, "code": 0, "text": NETSTAT.ljust(length)}}
    assert (witnesses.said(answers, "netstat") is not None) is is_read
