# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One set of calls to the host script on Win32 and to the twin: their answers must agree. What only the twin can say
is listed as such."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.hosts import hostscript
from tests.hosts.steps import REFUSED
from tests.hosts.windows import Windows
from tests.twin.fleet import Fleet

from . import prefix as lab
from .prefix import RDP, TS, WS, Prefix
from .steps import earlier, running, setting

# Where Wine invents or lacks something, the twin's word stands alone.
TWIN_ONLY = {
    "sections.events.logs": "Wine has no event log",
    "sections.port.listeners[].pid": "Wine's MSFT_NetTCPConnection has no rows",
    "sections.port.listeners[].process": "Wine's MSFT_NetTCPConnection has no rows",
    "sections.services.*.exit_code": "Wine's Win32_Service has no exit codes",
    "sections.host.ubr": "a Wine prefix has none",
}
COUNTER = iter(range(1, 10_000))


def apply(*steps: dict[str, Any], undo: bool = False, **more: Any) -> dict[str, Any]:
    journal = {
        "id": f"20261123T130000Z-{next(COUNTER):08x}",
        "controller": "contract",
        "created": "2026-11-23T13:00:00.000Z",
        "undoes": "20200101T000000Z-00000000" if undo else None,
    }
    return {"operation": "apply", "journal": journal, "steps": list(steps), **more}


def twin_call(twin: Windows, call: dict[str, Any]) -> dict[str, Any]:
    try:
        answer = hostscript.call(twin, json.loads(json.dumps(lab.asked(call))))
    except Exception as problem:
        return {"failed": True, "reason": f"died of {problem!r}"}
    return dict(json.loads(json.dumps(answer)))


class Both:
    def __init__(self, host: Prefix, twin: Windows) -> None:
        self.host, self.twin = host, twin

    def __call__(self, *calls: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """The answers of Win32 and of the twin to each call."""
        return list(zip(self.host.calls(*calls), [twin_call(self.twin, call) for call in calls]))


@pytest.fixture(scope="module")
def both(new_prefix: Callable[[], Prefix], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    host = new_prefix()
    lab.healthy(host)
    host.must("reg", "add", RDP, "/v", "MinEncryptionLevel", "/t", "REG_DWORD", "/d", "2", "/f")
    with Fleet(["healthy"], state_dir=tmp_path_factory.mktemp("twin")) as fleet:
        yield Both(host, fleet.hosts["healthy"].host)
    host.leave()


def kinds(value: Any, path: str = "") -> dict[str, set[str]]:
    """Every place in an answer and the types found there."""
    found: dict[str, set[str]] = {path: {type(value).__name__}}
    inner: list[tuple[str, Any]] = []
    if isinstance(value, dict):
        inner = [(f"{path}.{name}", one) for name, one in value.items()]
    elif isinstance(value, list):
        inner = [(f"{path}[]", one) for one in value]
    for place, one in inner:
        for at, types in kinds(one, place.lstrip(".")).items():
            found.setdefault(at, set()).update(types)
    return found


def test_every_section_has_the_same_shape(both: Both) -> None:
    [(ours, theirs)] = both({"operation": "snapshot"})
    one, two = kinds({"sections": ours["sections"]}), kinds({"sections": theirs["sections"]})
    for place in sorted(set(one) & set(two)):
        solid = one[place] - {"NoneType"}, two[place] - {"NoneType"}
        assert not (solid[0] and solid[1]) or solid[0] == solid[1], (place, one[place], two[place])
    for name in ours["sections"]:
        if name != "events":
            assert set(ours["sections"][name]) == set(theirs["sections"][name]), name
    assert set(ours) == set(theirs) and ours["errors"] == theirs["errors"] == {}


CERTIFICATE = {"op": "certificate.wait_renewed", "previous": ["AB" * 20], "timeout_s": 1}
PIN = base64.b64encode(bytes(range(20))).decode()
CALLS: dict[str, list[dict[str, Any]]] = {
    "set": [
        setting("SecurityLayer", 1),
        setting("SecurityLayer", 1),
        setting("SecurityLayer", 2),
    ],
    "set other groups": [
        setting("fDenyTSConnections", 1, key=TS),
        setting("fDenyTSConnections", 0, key=TS),
        setting("SelfSignedCertStore", "Remote Desktop", "string", WS),
    ],
    "remove": [
        setting("MinEncryptionLevel", 2),
        setting("MinEncryptionLevel", 4),
        {"op": "registry.remove", "key": RDP, "name": "SSLCertificateSHA1Hash"},
        {"op": "registry.remove", "key": RDP, "name": "SSLCertificateSHA1Hash"},
        setting("MinEncryptionLevel", 2),
    ],
    "case": [
        setting("SecurityLayer", 2, key=RDP.upper()),
        setting("securitylayer", 1),
        setting("SECURITYLAYER", 2, key=RDP.lower()),
    ],
    "pin": [
        setting("SSLCertificateSHA1Hash", PIN, "binary"),
        setting("SSLCertificateSHA1Hash", PIN, "binary"),
        {"op": "registry.remove", "key": RDP, "name": "SSLCertificateSHA1Hash"},
    ],
    "start types": [
        {"op": "service.start_type", "service": "KeyIso", "start": 2},
        {"op": "service.start_type", "service": "KeyIso", "start": 2},
        {"op": "service.start_type", "service": "KeyIso", "start": 3},
    ],
    "run states": [running("start", "KeyIso"), running("restart", "CertPropSvc"), running("restart", "CertPropSvc")],
    "nothing to remove": [{"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": "AB" * 20}],
    "wait": [CERTIFICATE],
    "skip": [
        setting("SecurityLayer", 1),
        {**CERTIFICATE, "previous": ["@NOW@"]},
        setting("SecurityLayer", 2),
        running("restart", "CertPropSvc"),
    ],
    "back": [setting("SecurityLayer", 2)],
}
UNDO_CALLS: dict[str, list[dict[str, Any]]] = {
    "types": [
        setting("MinEncryptionLevel", "3", "string"),
        setting("MinEncryptionLevel", ["a"], "multi_string"),
        setting("MinEncryptionLevel", 2**33, "qword"),
        setting("MinEncryptionLevel", 2),
    ],
    "stop": [running("stop", "CertPropSvc"), running("stop", "CertPropSvc"), running("start", "CertPropSvc")],
    "disabled": [
        {"op": "service.start_type", "service": "CertPropSvc", "start": 4},
        running("stop", "CertPropSvc"),
    ],
    "enabled": [{"op": "service.start_type", "service": "CertPropSvc", "start": 3}, running("restart", "CertPropSvc")],
}


# What the journal that is taken back had before: all that the calls above ask for.
UNDONE = [
    {**setting("MinEncryptionLevel", 2), "before": {"type": kind, "data": data}}
    for kind, data in (("string", "3"), ("multi_string", ["a"]), ("qword", 2**33))
]
UNDONE += [
    {**running("start", "CertPropSvc"), "before": {"state": 1, "dependents": []}},
    {"op": "service.start_type", "service": "CertPropSvc", "start": 3, "before": {"start": 4}},
]


def undone(both: Both, entries: list[dict[str, Any]]) -> None:
    """The journal that ``apply(undo=True)`` names, on both hosts."""
    header = earlier(both.host, *entries)
    path = both.host.drive / "ProgramData" / "winops.rdp" / "journal" / f"{header['undoes']}.json"
    both.twin.data["journals"][header["undoes"]] = json.loads(path.read_text())


def trimmed(answer: dict[str, Any], thumbprint: str) -> list[dict[str, Any]]:
    """What must agree of an answer's steps: everything but times, texts and the thumbprints that differ by nature."""
    steps = json.loads(json.dumps(answer["steps"]).replace(thumbprint, "@NOW@"))
    for step in steps:
        del step["elapsed_ms"]
        if step["error"]:
            del step["error"]["message"]
    return list(steps)


@pytest.mark.parametrize("undo", [False, True], ids=["do", "undo"])
def test_steps_agree(both: Both, undo: bool) -> None:
    calls = UNDO_CALLS if undo else CALLS
    undone(both, UNDONE)
    thumbs = [
        answer["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"][0]["thumbprint"]
        for answer in both({"operation": "snapshot", "sections": ["certificates"]})[0]
    ]
    applied = {name: apply(*steps, undo=undo) for name, steps in calls.items()}
    ours = both.host.calls(*[json.loads(json.dumps(call).replace("@NOW@", thumbs[0])) for call in applied.values()])
    for (name, call), mine in zip(applied.items(), ours):
        theirs = twin_call(both.twin, json.loads(json.dumps(call).replace("@NOW@", thumbs[1])))
        assert "steps" in mine and "steps" in theirs, (name, mine, theirs)
        assert trimmed(mine, thumbs[0]) == trimmed(theirs, thumbs[1]), name
        assert (mine["changed"], mine["journal"]) == (theirs["changed"], theirs["journal"]), name


def test_a_certificate_goes_and_comes_back_alike(both: Both) -> None:
    sections: dict[str, Any] = {"operation": "snapshot", "sections": ["certificates"]}
    for ask in (both.host.calls, lambda *calls: [twin_call(both.twin, call) for call in calls]):
        [read] = ask(sections)
        [entry] = read["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"]
        remove = {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": entry["thumbprint"]}
        [gone] = ask(
            apply(
                remove,
                remove,
                running("restart", "SessionEnv"),
                {**CERTIFICATE, "previous": [entry["thumbprint"]], "timeout_s": 20},
            )
        )
        assert [step["status"] for step in gone["steps"]] == ["done", "unchanged", "done", "unchanged"]
        first = gone["steps"][0]
        assert (set(first["before"]), set(first["after"]), first["before"]["der"]) == (
            {"present", "blob", "der"},
            {"present", "blob", "der"},
            entry["der"],
        )
        assert first["after"] == {"present": False, "blob": None, "der": None}
        put = {
            "op": "certificate.import",
            "store": "Remote Desktop",
            "thumbprint": entry["thumbprint"],
            "blob": first["before"]["blob"],
        }
        undone(both, [{**remove, "before": first["before"]}])
        [back] = ask(apply(put, put, undo=True))
        assert [(step["status"], step["before"], step["after"]) for step in back["steps"]] == [
            ("done", {"present": False}, {"present": True}),
            ("unchanged", {"present": True}, {"present": True}),
        ]
        [tidy] = ask(apply({**remove}))
        assert tidy["steps"][0]["status"] == "done"


@pytest.mark.parametrize("undo", [False, True], ids=["do", "undo"])
def test_refusals_agree(both: Both, undo: bool) -> None:
    bad = [step for step in REFUSED if not (isinstance(step, dict) and step.get("op") == "acl.set")]
    differ = []
    for step, (mine, theirs) in zip(bad, both(*[apply(setting("SecurityLayer", 2), step, undo=undo) for step in bad])):
        keys = ("failed", "reason", "step", "changed", "schema_version")
        if [mine.get(key) for key in keys] != [theirs.get(key) for key in keys]:
            differ.append(
                (
                    step,
                    mine.get("reason") or [one["status"] for one in mine["steps"]],
                    theirs.get("reason") or [one["status"] for one in theirs["steps"]],
                )
            )
    assert not differ, "\n".join(map(str, differ))


def test_bad_calls_agree(both: Both) -> None:
    good = apply(setting("SecurityLayer", 2))
    calls: list[dict[str, Any]] = [
        {},
        {"operation": "x"},
        {"operation": "snapshot", "sections": ["x"]},
        {"operation": "snapshot", "extra": 1},
        {"operation": "snapshot", "journal_id": "../x"},
        {**good, "_ansible_check_mode": True},
        {**good, "journal": None},
        {**good, "journal": {"id": "x"}},
        {**good, "steps": []},
        {**good, "steps": None},
        {**good, "journal": {**good["journal"], "undoes": "x"}},
    ]
    differ = [
        (call, mine.get("reason"), theirs.get("reason"))
        for call, (mine, theirs) in zip(calls, both(*calls))
        if (mine.get("failed"), mine.get("reason")) != (theirs.get("failed"), theirs.get("reason"))
    ]
    assert not differ, "\n".join(map(str, differ))


def test_journals_agree(both: Both) -> None:
    """What a journal looks like from the host afterwards."""
    call = apply(
        setting("MinEncryptionLevel", 3),
        running("restart", "CertPropSvc"),
        setting("MinEncryptionLevel", 2),
        plan={"why": ["x"]},
    )
    identity = call["journal"]["id"]
    pairs = both(
        call,
        {"operation": "snapshot", "sections": ["journals"], "journal_id": identity},
        apply(running("restart", "CertPropSvc")),
        {"operation": "snapshot", "sections": ["journals"], "journal_id": identity},
    )
    for mine, theirs in (pairs[1], pairs[3]):
        one, two = mine["sections"]["journals"], theirs["sections"]["journals"]
        for journal in (one["whole"], two["whole"]):
            for step in journal["steps"]:
                step["elapsed_ms"] = 0
        assert one["whole"] == two["whole"] and one["whole"]["id"] == identity
        assert one["folder"] == two["folder"] and one["lock"] == two["lock"]
        assert [row for row in one["recent"] if row["id"] == identity] == [
            row for row in two["recent"] if row["id"] == identity
        ]


def test_descriptors_are_the_twins_word(both: Both) -> None:
    """Wine keeps no file's descriptor: the twin answers done, the host script says that it did not stay. Both report
    what is there, and take nothing from it."""
    [read] = both({"operation": "snapshot", "sections": ["key_files"]})
    ours, theirs = (answer["sections"]["key_files"]["files"][0] for answer in read)
    entry = "(A;;0x120089;;;BA)"
    steps = [{"op": "acl.set", "path": file["path"], "sddl": file["sddl"] + entry} for file in (ours, theirs)]
    [mine] = both.host.calls(apply(steps[0]))
    told = twin_call(both.twin, apply(steps[1]))
    assert "steps" in mine and "steps" in told, (mine, told)
    assert mine["steps"][0]["status"] == "failed" and mine["steps"][0]["after"]["sddl"] == ours["sddl"]
    assert told["steps"][0]["status"] == "done" and told["steps"][0]["after"]["sddl"] == steps[1]["sddl"]
    assert set(mine["steps"][0]) == set(told["steps"][0])
    less = [{**step, "sddl": "O:SYG:SYD:PAI(A;;FA;;;SY)"} for step in steps]
    assert (
        both.host.calls(apply(less[0]))[0]["reason"] == twin_call(both.twin, apply(less[1]))["reason"] == "refused_step"
    )


def test_the_list_of_what_only_the_twin_says_is_in_the_readme() -> None:
    text = " ".join((Path(__file__).parent / "README.md").read_text().split())
    for place, why in TWIN_ONLY.items():
        assert f"`{place}`" in text and why in text, place
