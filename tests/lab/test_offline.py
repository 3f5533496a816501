# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scripts for hosts that Ansible does not reach, on a host without Ansible: what they print is judged as live."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import (
    bundles,
    client_bundle,
    client_session,
    offline,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import pieces
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

from tests.hosts.snapshots import probe
from tests.tools import host_script
from tests.unit.plugins.module_utils.fault_server import healthy, serving, tls_settings

from . import prefix as lab
from .broken import FAULTS
from .killed import WAIT, thumbprint
from .prefix import RDP, Prefix
from .steps import state, value

NAME = "rdp-collect.ps1"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("offline") / NAME
    path.write_text(offline.collect_script(NAME), "ascii", newline="\r\n")
    return path


def judged(path: Path) -> dict[str, object]:
    return bundles.judge(bundles.read(path), None, RepairPolicy(), shape.Questions())


@pytest.mark.parametrize("fault", FAULTS)
def test_what_it_prints_is_judged_as_what_a_call_answers(
    fresh: Prefix, script: Path, tmp_path: Path, fault: str
) -> None:
    FAULTS[fault](fresh)
    before = fresh.export("HKLM\\System\\CurrentControlSet\\Control\\Terminal Server")
    ran = fresh.pwsh("-File", lab.windows(script))
    assert ran.code == 0 and not ran.err, ran
    pasted, asked = tmp_path / "pasted.txt", tmp_path / "asked.json"
    pasted.write_bytes(ran.out)
    asked.write_text(json.dumps({"snapshot": fresh.snapshot()}))
    offline_, live = judged(pasted), judged(asked)
    assert offline_["verdict"] == live["verdict"] and offline_["plan"] == live["plan"]
    assert [one["id"] for one in offline_["findings"]] == [one["id"] for one in live["findings"]]  # type: ignore[attr-defined]
    assert offline_["findings"] or fault == "healthy"
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
    needed = {path.name for path in host_script.parts(host_script.READ)}
    for part in offline._PARTS.glob("*.psm1"):
        assert (f"# {part.name} " in text) == (part.name in needed), part.name
    assert "restricted language mode" in text and "#AnsibleRequires" not in text and "Export-ModuleMember" not in text


# Repairing ------------------------------------------------------------------------------------------------------------


def broken(host: Prefix) -> None:
    lab.listener_and_service_broken(host)
    assert state(host, "SessionEnv") == 1


def planned(host: Prefix, path: Path, **change: object) -> str:
    """Write the script that repairs the host as it is now; its text."""
    assessment = assess(Snapshot.of(host.snapshot()), ProbeResult(change.get("seen")))  # type: ignore[arg-type]
    now = datetime.now(timezone.utc) + timedelta(hours=float(str(change.get("hours", 0))))
    text = offline.repair_script("VM", path.name, assessment, plan(assessment, RepairPolicy()), now)
    path.write_text(text, "ascii", newline="\r\n")
    return text


def test_repaired_judged_and_taken_back(fresh: Prefix, tmp_path: Path) -> None:
    broken(fresh)
    before = fresh.export("HKLM\\System\\CurrentControlSet")
    path, printed = tmp_path / "rdp-repair-VM.ps1", tmp_path / "printed.txt"
    planned(fresh, path)
    shown = fresh.pwsh("-File", lab.windows(path), "-WhatIf")
    assert shown.code == 0 and b"registry.set" in shown.out and b"refused" not in shown.out, shown
    assert fresh.export("HKLM\\System\\CurrentControlSet") == before
    ran = fresh.pwsh("-File", lab.windows(path))
    assert ran.code == 0 and b"registry.set: done" in ran.out, ran
    assert str(value(fresh, RDP, "SecurityLayer")).endswith("0x2") and state(fresh, "SessionEnv") == 4
    printed.write_bytes(ran.out)
    after = judged(printed)
    assert after["outcome"]["changed"] and {one["status"] for one in after["outcome"]["steps"]} == {"done"}  # type: ignore[index]
    assert "by a repair script: " in str(after["summary"])
    again = fresh.pwsh("-File", lab.windows(path))
    assert again.code == 1 and b"since the host was read. Nothing was changed" in again.out, again
    back = fresh.pwsh("-File", lab.windows(path), "-Undo")
    assert (
        back.code == 0 and str(value(fresh, RDP, "SecurityLayer")).endswith("0x5") and state(fresh, "SessionEnv") == 1
    ), back
    assert b"TermService was not restarted" in back.out, back
    fresh.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "1", "/f")
    twice = fresh.pwsh("-File", lab.windows(path), "-Undo")
    assert twice.code == 1 and b"has been taken back already. Nothing was changed" in twice.out, twice
    assert str(value(fresh, RDP, "SecurityLayer")).endswith("0x1")


def test_what_follows_only_if_clients_still_do_not_get_in(fresh: Prefix, tmp_path: Path) -> None:
    broken(fresh)
    path = tmp_path / "rdp-repair-VM.ps1"
    planned(fresh, path, seen=probe("negotiation", "closed"))
    other = fresh.pwsh("-File", lab.windows(path), "-Then", "reboot")
    assert other.code == 1 and b"It has: -Then restart." in other.out, other
    ran = fresh.pwsh("-File", lab.windows(path))
    assert ran.code == 0 and b"service.restart" not in ran.out, ran
    shown = fresh.pwsh("-File", lab.windows(path), "-Then", "restart", "-WhatIf")
    assert shown.code == 0 and b"service.restart" in shown.out and b"refused" not in shown.out, shown
    then = fresh.pwsh("-File", lab.windows(path), "-Then", "restart")
    assert then.code == 0 and b"service.restart: done" in then.out and state(fresh, "TermService") == 4, then
    back = fresh.pwsh("-File", lab.windows(path), "-Undo")
    assert back.code == 0 and str(value(fresh, RDP, "SecurityLayer")).endswith("0x5"), back


def other_machine(text: str) -> str:
    return re.sub(r'("machine": ")[^"]{8}', r"\g<1>00000000", text)


def later(text: str) -> str:
    return re.sub(r'"until": "[^"]+"', '"until": "2099-01-01T00:00:00.000Z"', text)


def edited_step(text: str) -> str:
    return text.replace('"data": 2', '"data": 1', 1)


def edited_code(text: str) -> str:
    return text.replace("function Test-Step(", "function Test-Step0(", 1)


@pytest.mark.parametrize("change", [other_machine, later, edited_step, edited_code])
def test_a_file_that_was_changed_does_nothing(host: Prefix, tmp_path: Path, change: Callable[[str], str]) -> None:
    host.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "5", "/f")
    path = tmp_path / "rdp-repair-VM.ps1"
    text = planned(host, path)
    forged = change(text)
    assert forged != text
    path.write_text(forged, "ascii")
    ran = host.pwsh("-File", lab.windows(path))
    assert ran.code == 1 and b"was changed since it was made" in ran.out and b"Nothing was changed" in ran.out, ran
    assert str(value(host, RDP, "SecurityLayer")).endswith("0x5")
    host.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "2", "/f")


def with_digest(text: str) -> str:
    """Forged by somebody who can count: the host's own checks are what is left."""
    plain = re.sub(r"\$MadeAs = '[0-9a-f]*'", "$MadeAs = ''", text, count=1)
    digest = offline.digest(plain)
    return plain.replace("$MadeAs = ''", f"$MadeAs = '{digest}'", 1)


FORGED: dict[str, tuple[Callable[[str], str], bytes]] = {
    "other machine": (other_machine, b"not for this machine"),
    "a value that no step may write": (
        lambda text: re.sub(r'("data": )2(?=,?\n)', r"\g<1>0", text),
        b"Nothing was changed",
    ),
    "a key that no step may touch": (lambda text: text.replace("RDP-Tcp", "Console"), b"Nothing was changed"),
    "an operation that is none": (
        lambda text: text.replace('"registry.set"', '"registry.burn"'),
        b"Nothing was changed",
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_plan_is_refused_by_the_host(host: Prefix, tmp_path: Path, name: str) -> None:
    host.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "5", "/f")
    path = tmp_path / "rdp-repair-VM.ps1"
    text = planned(host, path)
    head, rest = text.split("\n'@\n", 1)
    change, words = FORGED[name]
    assert change(head) != head
    before = host.export("HKLM\\System\\CurrentControlSet\\Control\\Terminal Server")
    path.write_text(with_digest(f"{change(head)}\n'@\n{rest}"), "ascii")
    ran = host.pwsh("-File", lab.windows(path))
    assert ran.code == 1 and words in ran.out and b"done" not in ran.out, ran
    assert host.export("HKLM\\System\\CurrentControlSet\\Control\\Terminal Server") == before
    host.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "2", "/f")


@pytest.mark.parametrize("hours", [-25, 3])
def test_a_plan_of_another_time_is_refused(host: Prefix, tmp_path: Path, hours: int) -> None:
    host.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "5", "/f")
    path = tmp_path / "rdp-repair-VM.ps1"
    planned(host, path, hours=hours)
    ran = host.pwsh("-File", lab.windows(path))
    assert (
        ran.code == 1
        and b"This file is good from" in ran.out
        and str(value(host, RDP, "SecurityLayer")).endswith("0x5")
    ), ran
    host.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "2", "/f")


def test_the_way_back_has_no_end_and_writes_no_security_layer_of_0(fresh: Prefix, tmp_path: Path) -> None:
    fresh.must("reg", "add", RDP, "/v", "SecurityLayer", "/t", "REG_DWORD", "/d", "0", "/f")
    fresh.must("reg", "add", RDP, "/v", "UserAuthentication", "/t", "REG_DWORD", "/d", "1", "/f")
    path = tmp_path / "rdp-repair-VM.ps1"
    text = planned(fresh, path)
    ran = fresh.pwsh("-File", lab.windows(path))
    assert ran.code == 0 and b"registry.set: done" in ran.out, ran
    assert str(value(fresh, RDP, "SecurityLayer")).endswith(("0x1", "0x2"))
    old = re.sub(r'"(made|until)": "20\d\d', r'"\1": "2020', text)
    path.write_text(with_digest(old), "ascii")
    assert b"This file is good from" in fresh.pwsh("-File", lab.windows(path)).out
    back = fresh.pwsh("-File", lab.windows(path), "-Undo")
    assert b"SecurityLayer is never set to 0" in back.out and b"This file is good from" not in back.out, back
    assert str(value(fresh, RDP, "SecurityLayer")).endswith(("0x1", "0x2"))


# Leaving names out ----------------------------------------------------------------------------------------------------


def test_without_names_it_is_judged_the_same(fresh: Prefix, script: Path, tmp_path: Path) -> None:
    lab.expired(fresh)
    plain, hidden = tmp_path / "plain.json", tmp_path / "hidden.json"
    ran = fresh.pwsh("-File", lab.windows(script), "-Out", lab.windows(plain))
    assert ran.code == 0 and not ran.err, ran
    ran = fresh.pwsh("-File", lab.windows(script), "-Anonymous", "-Out", lab.windows(hidden))
    assert ran.code == 0 and not ran.err, ran
    sections = json.loads(plain.read_text())["snapshot"]["sections"]
    text = hidden.read_text()
    kept = json.loads(text)["snapshot"]["sections"]["host"]
    assert sections["host"]["computer_name"] != kept["computer_name"] and sections["host"]["machine_guid"] not in text
    before, after = judged(plain), judged(hidden)
    assert before["verdict"] == after["verdict"] and before["unread"] == after["unread"] and before["findings"]
    assert [one["id"] for one in before["findings"]] == [one["id"] for one in after["findings"]]  # type: ignore[attr-defined]


# A person's PC --------------------------------------------------------------------------------------------------------


def test_a_pc_looks_at_a_host_and_says_what_it_saw(host: Prefix, tmp_path: Path) -> None:
    path, kept_at = tmp_path / "rdp-client.ps1", tmp_path / "pc.json"
    with serving(healthy(tls_settings())) as server:
        path.write_text(offline.client_script(path.name, f"127.0.0.1:{server.port}", None), "ascii", newline="\r\n")
        ran = host.pwsh("-File", lab.windows(path), "-Out", lab.windows(kept_at))
        assert ran.code == 0 and not ran.err and b"The logon is reached" in ran.out, ran
        assert b"This PC is " in ran.out and b"Not read" not in ran.out and len(ran.out.splitlines()) <= 20, ran
        kept = client_bundle.read(kept_at)
        look = client_session.look_of(kept.facts, ("127.0.0.1", server.port), {"server_name": None})
    assert look and (look["stage"], look["outcome"]) == ("session", "ok"), look
    assert {"client", "apps", "settings", "profiles"} <= set(kept.facts.sections) and not kept.facts.unread


# Killed ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 2])
def test_killed_at_each_step_and_taken_back(fresh: Prefix, tmp_path: Path, number: int) -> None:
    broken(fresh)
    before = lab.settings_of(fresh)
    path = tmp_path / "rdp-repair-VM.ps1"
    head, rest = planned(fresh, path).split("\n'@\n", 1)
    start, document = head.split("@'\n", 1)
    plan_ = json.loads(document)
    rung = plan_["rungs"][0]
    assert len(rung["steps"]) >= 2
    waits = {**WAIT, "previous": [thumbprint(fresh)]}
    rung["steps"].insert(number, {"step": waits, "words": "wait", "reason": "", "before": {}, "absent": False})
    path.write_text(with_digest(f"{start}@'\n{json.dumps(plan_, indent=1)}\n'@\n{rest}"), "ascii")
    command = [lab.windows(os.environ["WINOPS_PWSH_WIN"]), "-NoProfile", "-NonInteractive", "-File", lab.windows(path)]
    with (tmp_path / "out").open("wb") as out:
        process = fresh.spawn(*command, out=out, err=out)
        kept = fresh.drive / "ProgramData" / "winops.rdp" / "journal" / f"{rung['journal']['id']}.json"
        statuses = ["done"] * number + ["pending"] * (len(rung["steps"]) - number)
        deadline = time.monotonic() + 60
        while not kept.exists() or [one["status"] for one in _journal(kept)] != statuses:
            assert process.poll() is None and time.monotonic() < deadline, (tmp_path / "out").read_text()
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if number:
        assert lab.settings_of(fresh) != before
    back = fresh.pwsh("-File", lab.windows(path), "-Undo")
    assert back.code == 0 and lab.settings_of(fresh) == before, back


def _journal(path: Path) -> list[dict[str, str]]:
    try:
        found: list[dict[str, str]] = json.loads(path.read_text())["steps"]
    except ValueError:  # it is being written
        return []
    return found
