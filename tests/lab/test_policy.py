# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's own Group Policy on Wine: its two files on a real file system, beside other programs that have them open.

Wine applies no policy and has no gpupdate: what the files say is written by the step itself, which says so.
"""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.hosts.group_policy import number, pol
from tests.hosts.policy_files import FOREIGN, POL_REFUSED
from tests.hosts.steps import INI, dword, refreshed, replaced

from .killed import WAIT, Run, thumbprint
from .prefix import POLICY, Prefix, new_journal, windows
from .steps import only, value

BEFORE, AFTER = pol(*FOREIGN), pol(*FOREIGN, number("SecurityLayer", 2))
COUNTED = INI.replace(b"Version=1", b"Version=2")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest().upper()


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def folder(host: Prefix) -> Path:
    return host.drive / "windows" / "system32" / "GroupPolicy"


def put(host: Prefix, registry: bytes | None = None, ini: bytes | None = None) -> None:
    for path, data in ((folder(host) / "Machine" / "Registry.pol", registry), (folder(host) / "gpt.ini", ini)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        if data is not None:
            path.write_bytes(data)
    host.run("reg", "delete", POLICY, "/f")


def files(host: Prefix) -> dict[str, bytes]:
    """What is there, but for what Wine's own ReplaceFile leaves where it fails."""
    found = [path for path in folder(host).rglob("*") if path.is_file() and not path.match("rf*.tmp")]
    return {path.name: path.read_bytes() for path in found}


STEPS = [
    replaced(AFTER, hash=digest(BEFORE)),
    replaced(COUNTED, "gpt.ini", digest(INI)),
    refreshed(SecurityLayer=dword(2)),
]
BACK = [
    replaced(BEFORE, hash=digest(AFTER)),
    replaced(INI, "gpt.ini", digest(COUNTED)),
    refreshed(SecurityLayer=None),
]


def test_both_files_and_the_value_and_the_way_back(host: Prefix) -> None:
    put(host, BEFORE, INI)
    seen = host.snapshot("local_policy")["sections"]["local_policy"]
    assert {name: file["content"] for name, file in seen.items()} == {"registry.pol": b64(BEFORE), "gpt.ini": b64(INI)}
    assert seen["registry.pol"]["path"].lower() == r"c:\windows\system32\grouppolicy\machine\registry.pol"
    answer = host.apply(*STEPS, sections=["listener", "local_policy"])
    assert [step["status"] for step in answer["steps"]] == ["done"] * 3, answer
    assert answer["steps"][0]["before"] == {"hash": digest(BEFORE), "content": b64(BEFORE)}
    # Wine has no gpupdate: the step has written the value itself.
    assert answer["steps"][2]["before"] == {"settings": {"SecurityLayer": None}}
    assert answer["steps"][2]["after"] == {"settings": {"SecurityLayer": dword(2)}, "refreshed": False}
    assert files(host) == {"Registry.pol": AFTER, "gpt.ini": COUNTED}
    assert value(host, POLICY, "SecurityLayer") == "REG_DWORD    0x2"
    assert answer["sections"]["listener"]["policy"]["settings"]["SecurityLayer"] == dword(2)
    again = host.apply(*[{**step, "sha256": digest(BEFORE)} if "sha256" in step else step for step in STEPS])
    assert [step["status"] for step in again["steps"]] == ["unchanged"] * 3
    undone = host.apply(*BACK, journal=new_journal(undoes=answer["journal"]["id"]))
    assert [step["status"] for step in undone["steps"]] == ["done"] * 3, undone
    assert files(host) == {"Registry.pol": BEFORE, "gpt.ini": INI} and value(host, POLICY, "SecurityLayer") is None


def test_files_that_were_not_there_come_and_go(host: Prefix) -> None:
    put(host)
    first = [replaced(pol(number("SecurityLayer", 2))), replaced(INI, "gpt.ini")]
    answer = host.apply(*first)
    assert [step["status"] for step in answer["steps"]] == ["done"] * 2, answer
    assert files(host) == {"Registry.pol": pol(number("SecurityLayer", 2)), "gpt.ini": INI}
    back = [
        replaced(None, hash=digest(pol(number("SecurityLayer", 2)))),
        replaced(None, "gpt.ini", digest(INI)),
    ]
    assert host.apply(*back)["reason"] == "refused_step" and files(host)
    undone = host.apply(*back, journal=new_journal(undoes=answer["journal"]["id"]))
    assert [step["status"] for step in undone["steps"]] == ["done"] * 2 and files(host) == {}


def test_a_host_that_changed_between_the_reading_and_the_writing(host: Prefix) -> None:
    edited = pol(*FOREIGN, number("Later", 1, r"Software\Policies\Other"))
    put(host, edited, INI)
    answer = host.apply(*STEPS)
    assert answer["failed"] and answer["reason"] == "refused_step", "it would take what came meanwhile"
    put(host, pol(FOREIGN[0], number("SecurityLayer", 1), *FOREIGN[1:]), INI)
    answer = host.apply(replaced(pol(FOREIGN[0], number("SecurityLayer", 2), *FOREIGN[1:]), hash=digest(BEFORE)))
    assert (answer["failed"], answer["reason"], answer["step"]) == (True, "preflight", 0)
    assert "has been changed since it was read" in answer["msg"]
    assert files(host)["Registry.pol"] == pol(FOREIGN[0], number("SecurityLayer", 1), *FOREIGN[1:])


@pytest.mark.parametrize(("name", "before", "after"), POL_REFUSED[:4] + POL_REFUSED[-3:], ids=lambda one: str(one)[:20])
def test_hostile_bytes_are_refused(host: Prefix, name: str, before: bytes | None, after: bytes) -> None:
    put(host, before)
    answer = host.apply(replaced(after, hash=digest(before) if before is not None else None))
    assert answer["failed"] and answer["reason"] == "refused_step", name
    assert files(host).get("Registry.pol") == before


@contextmanager
def opened(host: Prefix, share: str) -> Iterator[Path]:
    """Another program that has Registry.pol open, and writes down at its end what it reads."""
    script, ready, end = (host.path / f"{share.replace(', ', '')}.{name}" for name in ("ps1", "ready", "end"))
    script.write_text(
        f"$path = 'C:\\windows\\system32\\GroupPolicy\\Machine\\Registry.pol'\n"
        f"$s = [IO.FileStream]::new($path, 'Open', 'Read', '{share}')\n"
        f"[IO.File]::WriteAllText('{windows(ready)}', 'x')\n"
        f"while (-not [IO.File]::Exists('{windows(end)}')) {{ [Threading.Thread]::Sleep(50) }}\n"
        f"$bytes = [byte[]]::new($s.Length)\n$null = $s.Read($bytes, 0, $bytes.Length)\n$s.Dispose()\n"
        f"[IO.File]::WriteAllBytes('{windows(ready)}', $bytes)\n"
    )
    process = host.spawn(
        windows(os.environ["WINOPS_PWSH_WIN"]),
        "-NoProfile",
        "-File",
        windows(script),
        out=subprocess.DEVNULL,
        err=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while not ready.exists():
        assert time.monotonic() < deadline and process.poll() is None, "the other program does not open the file"
        time.sleep(0.02)
    try:
        yield ready
    finally:
        end.write_text("x")
        process.wait(30)


def test_a_program_that_holds_the_file_keeps_it_as_it_is(host: Prefix) -> None:
    put(host, BEFORE, INI)
    with opened(host, "Read"):
        answer = host.apply(*STEPS)
    assert [step["status"] for step in answer["steps"]] == ["failed", "skipped", "skipped"]
    assert answer["steps"][0]["error"]["type"] == "System.IO.IOException"
    assert answer["steps"][0]["after"]["hash"] == digest(BEFORE)
    assert files(host) == {"Registry.pol": BEFORE, "gpt.ini": INI}


def test_a_program_that_reads_the_file_reads_one_of_the_two(host: Prefix) -> None:
    put(host, BEFORE, INI)
    with opened(host, "ReadWrite, Delete") as read:
        assert [step["status"] for step in host.apply(*STEPS)["steps"]] == ["done"] * 3
    assert read.read_bytes() == BEFORE and files(host)["Registry.pol"] == AFTER


def test_a_file_that_is_too_large_is_unread(host: Prefix) -> None:
    put(host, BEFORE + bytes(131072), INI)
    answer = host.snapshot("local_policy", "listener")
    assert set(answer["errors"]) == {"local_policy"} and "listener" in answer["sections"]


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_killed_after_each_step(host: Prefix, done: int) -> None:
    """As before or better, and the way back is whole."""
    put(host, BEFORE, INI)
    run = Run(host, [*STEPS[:done], {**WAIT, "previous": [thumbprint(host)]}, *STEPS[done:]])
    kept = run.until(*["done"] * done, *["pending"] * (4 - done))
    run.kill()
    expected: list[Any] = [BEFORE, INI, None]
    expected[:done] = [AFTER, COUNTED, "REG_DWORD    0x2"][:done]
    left = files(host)
    assert [left["Registry.pol"], left["gpt.ini"], value(host, POLICY, "SecurityLayer")] == expected
    assert kept["state"] == "open"
    back = [step for step, had in zip(BACK, kept["steps"]) if had["op"] == step["op"] and had["status"] == "done"]
    if back:
        undone = host.apply(*back, journal=new_journal(undoes=run.journal["id"]))
        assert undone["journal"]["state"] == "complete", undone
    assert files(host) == {"Registry.pol": BEFORE, "gpt.ini": INI} and value(host, POLICY, "SecurityLayer") is None


def test_a_value_that_was_written_by_hand_is_replaced(host: Prefix) -> None:
    put(host, AFTER, COUNTED)
    host.must("reg", "add", POLICY, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "1", "/f")
    step = only(host.apply(refreshed(SecurityLayer=dword(2))))
    assert step["status"] == "done" and step["before"] == {"settings": {"SecurityLayer": dword(1)}}
    assert value(host, POLICY, "SecurityLayer") == "REG_DWORD    0x2"
