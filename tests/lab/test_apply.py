# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every step on a Wine host: what it says it did, held against what other programs find afterwards; and the way
back."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

import pytest

from tests.hosts.steps import PINNED, REFUSED
from tests.tools.host_script import SCRIPT

from .prefix import RDP, STORES, TS, WS, Prefix, expired, new_journal, windows
from .steps import EARLIER, earlier, had, only, running, setting, state, value


def test_registry_values(fresh: Prefix) -> None:
    pin = base64.b64encode(bytes(range(20))).decode()
    answer = fresh.apply(
        setting("SecurityLayer", 1),
        setting("SecurityLayer", 1),
        setting("fDenyTSConnections", 1, key=TS),
        setting("SelfSignedCertStore", "Remote Desktop", "string", WS),
        setting("SSLCertificateSHA1Hash", pin, "binary"),
        {"op": "registry.remove", "key": RDP.lower(), "name": "sslcertificatesha1hash"},
        {"op": "registry.remove", "key": RDP, "name": "SSLCertificateSHA1Hash"},
        setting("SSLCertificateSHA1Hash", pin, "binary"),
        sections=["listener"],
    )
    assert [step["status"] for step in answer["steps"]] == [
        "done",
        "unchanged",
        "done",
        "unchanged",
        "done",
        "done",
        "unchanged",
        "done",
    ]
    assert [step["before"] for step in answer["steps"]] == [
        {"type": "dword", "data": 2},
        {"type": "dword", "data": 1},
        {"type": "dword", "data": 0},
        {"type": "string", "data": "Remote Desktop"},
        None,
        {"type": "binary", "data": pin},
        None,
        None,
    ]
    assert answer["steps"][2]["after"] == {"type": "dword", "data": 1}
    assert answer["changed"] is True and answer["journal"]["state"] == "complete"
    assert (
        value(fresh, RDP, "SecurityLayer") == "REG_DWORD    0x1"
        and value(fresh, TS, "fDenyTSConnections") == "REG_DWORD    0x1"
    )
    assert value(fresh, RDP, "SSLCertificateSHA1Hash") == "REG_BINARY    " + bytes(range(20)).hex().upper()
    assert answer["sections"]["listener"]["rdp_tcp"]["settings"]["SecurityLayer"]["data"] == 1


def test_an_undo_puts_back_any_type(host: Prefix) -> None:
    kinds: list[tuple[str, Any]] = [
        ("string", "2"),
        ("expand_string", "%x%"),
        ("multi_string", ["a", "b"]),
        ("multi_string", []),
        ("qword", 2**40),
        ("binary", ""),
        ("none", "/w=="),
    ]
    level = setting("MinEncryptionLevel", 3)
    earlier(host, *[had(level, {"type": kind, "data": data}) for kind, data in kinds])
    calls: list[dict[str, Any]] = []
    for kind, data in kinds:
        back = setting("MinEncryptionLevel", data, kind)
        for step, undoes in ((back, EARLIER), (back, EARLIER), (level, None)):
            calls.append({"operation": "apply", "journal": new_journal(undoes=undoes), "steps": [step]})
    answers = [only(answer) for answer in host.calls(*calls)]
    for number, (kind, data) in enumerate(kinds):
        put, again, back = answers[3 * number : 3 * number + 3]
        assert (put["status"], put["after"]) == ("done", {"type": kind, "data": data})
        assert again["status"] == "unchanged"
        assert (back["before"], back["after"]) == ({"type": kind, "data": data}, {"type": "dword", "data": 3})


def test_a_key_that_is_not_there(fresh: Prefix) -> None:
    """Seen before the first step: nothing is done."""
    fresh.must("reg", "delete", RDP, "/f")
    remove = {"op": "registry.remove", "key": RDP, "name": "SSLCertificateSHA1Hash"}
    assert only(fresh.apply(remove))["status"] == "unchanged"
    answer = fresh.apply(setting("fDenyTSConnections", 1, key=TS), setting("SecurityLayer", 2))
    assert (answer["failed"], answer["reason"], answer["step"]) == (True, "preflight", 1)
    assert fresh.run("reg", "query", RDP).code != 0 and value(fresh, TS, "fDenyTSConnections") == "REG_DWORD    0x0"


def test_start_types_do_not_touch_the_running_service(fresh: Prefix) -> None:
    pid = fresh.snapshot("services")["sections"]["services"]["SessionEnv"]["pid"]
    answer = fresh.apply(
        {"op": "service.start_type", "service": "SessionEnv", "start": 2},
        {"op": "service.start_type", "service": "SessionEnv", "start": 2},
        sections=["services"],
    )
    assert [(step["status"], step["before"], step["after"]) for step in answer["steps"]] == [
        ("done", {"start": 3}, {"start": 2}),
        ("unchanged", {"start": 2}, {"start": 2}),
    ]
    assert (
        answer["sections"]["services"]["SessionEnv"]["start"],
        answer["sections"]["services"]["SessionEnv"]["pid"],
    ) == (2, pid)
    disable = {"op": "service.start_type", "service": "SessionEnv", "start": 4}
    disabled = only(fresh.apply(disable, journal=earlier(fresh, had({**disable, "start": 2}, {"start": 4}))))
    assert (disabled["status"], disabled["after"]) == ("done", {"start": 4}) and state(fresh, "SessionEnv") == 4


def test_run_states(fresh: Prefix) -> None:
    undo = earlier(fresh, had(running("start", "CertPropSvc"), {"state": 1}))
    answer = fresh.apply(
        running("start", "CertPropSvc"),
        running("stop", "CertPropSvc"),
        running("stop", "CertPropSvc"),
        running("start", "CertPropSvc"),
        running("restart", "CertPropSvc"),
        journal=undo,
    )
    assert [step["status"] for step in answer["steps"]] == ["unchanged", "done", "unchanged", "done", "done"]
    assert [(step["before"]["state"], step["after"]["state"]) for step in answer["steps"]] == [
        (4, 4),
        (4, 1),
        (1, 1),
        (1, 4),
        (4, 4),
    ]
    assert state(fresh, "CertPropSvc") == 4
    pid = fresh.snapshot("services")["sections"]["services"]["TermService"]["pid"]
    assert only(fresh.apply(running("restart", "TermService")))["status"] == "done"
    assert fresh.snapshot("services")["sections"]["services"]["TermService"]["pid"] != pid


def test_a_disabled_service_does_not_start(fresh: Prefix) -> None:
    disable = {"op": "service.start_type", "service": "CertPropSvc", "start": 4}
    undo = earlier(
        fresh, had({**disable, "start": 3}, {"start": 4}), had(running("start", "CertPropSvc"), {"state": 1})
    )
    answer = fresh.apply(
        disable,
        running("stop", "CertPropSvc"),
        running("start", "CertPropSvc"),
        journal=undo,
    )
    # Known before the first step, so that none is done.
    assert answer["failed"] and "the service CertPropSvc is disabled" in answer["msg"], answer
    assert not answer.get("changed") and state(fresh, "CertPropSvc") == 4


def test_a_service_that_hangs_or_fails(fresh: Prefix) -> None:
    def fault(name: str, number: int) -> None:
        fresh.must("reg", "add", r"HKLM\SOFTWARE\Lab\KeyIso", "/v", name, "/t", "REG_DWORD", "/d", str(number), "/f")

    fresh.must("sc", "stop", "KeyIso")
    fault("Delay", 60_000)
    slow = only(fresh.apply(running("start", "KeyIso", 3)))
    # Still starting: the step did not wait for the minute that the service takes.
    assert (slow["status"], slow["after"]["state"], slow["error"]["type"]) == ("failed", 2, "System.TimeoutException")
    fault("Delay", 500)
    fault("Fail", 1079)
    fresh.must("sc", "start", "SessionEnv") if state(fresh, "SessionEnv") == 1 else None
    fresh.must("reg", "add", r"HKLM\SOFTWARE\Lab\CertPropSvc", "/v", "Fail", "/t", "REG_DWORD", "/d", "1079", "/f")
    fresh.must("sc", "stop", "CertPropSvc")
    failing = only(fresh.apply(running("start", "CertPropSvc", 20)))
    # ERROR_DIFFERENT_SERVICE_ACCOUNT, the service's own exit code.
    assert (failing["status"], failing["after"]["state"], failing["error"]["code"]) == ("failed", 1, -2147023817)


def test_a_certificate_is_removed_renewed_and_put_back(fresh: Prefix) -> None:
    expired(fresh)
    [old] = fresh.snapshot("certificates")["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"]
    blob = value(fresh, rf"{STORES}\Remote Desktop\Certificates\{old['thumbprint']}", "Blob")
    assert blob
    remove = {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": old["thumbprint"]}
    wait = {"op": "certificate.wait_renewed", "previous": [old["thumbprint"]], "timeout_s": 20}
    answer = fresh.apply(remove, remove, running("restart", "SessionEnv"), wait, sections=["certificates"])
    assert [step["status"] for step in answer["steps"]] == ["done", "unchanged", "done", "unchanged"]
    before = answer["steps"][0]["before"]
    assert (
        before["present"] is True
        and before["der"] == old["der"]
        and base64.b64decode(before["blob"]).hex().upper() == blob.split()[-1]
    )
    assert answer["steps"][0]["after"] == {"present": False, "blob": None, "der": None}
    [new] = answer["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"]
    assert answer["steps"][3]["after"] == {"thumbprint": new["thumbprint"]} and new["thumbprint"] != old["thumbprint"]
    put = {
        "op": "certificate.import",
        "store": "Remote Desktop",
        "thumbprint": old["thumbprint"],
        "blob": before["blob"],
    }
    back = fresh.apply(put, put, journal=new_journal(undoes=answer["journal"]["id"]))
    assert [step["status"] for step in back["steps"]] == ["done", "unchanged"] and back["steps"][0]["after"] == {
        "present": True
    }
    assert value(fresh, rf"{STORES}\Remote Desktop\Certificates\{old['thumbprint']}", "Blob") == blob
    recent = {one["id"]: one["state"] for one in fresh.snapshot("journals")["sections"]["journals"]["recent"]}
    assert recent == {answer["journal"]["id"]: "undone", back["journal"]["id"]: "complete"}


def renew(*previous: str, **more: Any) -> dict[str, Any]:
    step = {"previous": list(previous), "remove": None, "restart": True, "timeout_s": 20}
    return {"op": "certificate.renew", **step, **more}


def listed(host: Prefix) -> list[str]:
    stores = host.snapshot("certificates")["sections"]["certificates"]["stores"]
    return [entry["thumbprint"] for entry in stores["Remote Desktop"]["certificates"]]


def test_renewal_by_a_restart(fresh: Prefix) -> None:
    """Windows makes the new certificate and takes the old one out itself."""
    expired(fresh)
    [old] = listed(fresh)
    step = only(fresh.apply(renew(old)))
    assert (step["status"], step["after"]["attempts"], step["after"]["put_back"]) == ("done", ["restart"], False)
    assert step["before"]["thumbprint"] == old and step["before"]["blob"]
    assert listed(fresh) == [step["after"]["thumbprint"]] != [old]
    assert only(fresh.apply(renew(old)))["status"] == "unchanged"


def test_renewal_takes_a_good_certificate_out_only_when_it_must(fresh: Prefix) -> None:
    [old] = listed(fresh)
    fresh.must("sc", "stop", "SessionEnv")
    step = only(fresh.apply(renew(old, remove=old, timeout_s=2)))
    assert (step["status"], step["after"]["attempts"]) == ("done", ["start", "removal", "restart"]), step
    assert listed(fresh) == [step["after"]["thumbprint"]] != [old]


def test_renewal_by_a_connection(fresh: Prefix) -> None:
    """The listener has a certificate until it is taken out; then a client's first words make it ask for one."""
    expired(fresh)
    [old] = listed(fresh)
    step = only(fresh.apply(renew(old, remove=old, restart=False, timeout_s=2)))
    assert (step["status"], step["after"]["attempts"], step["after"]["put_back"]) == (
        "done",
        ["connection", "removal", "connection"],
        False,
    ), step
    assert listed(fresh) == [step["after"]["thumbprint"]] != [old]
    fresh.must("reg", "delete", WS, "/v", "SelfSignedCertificate", "/f")
    none = only(fresh.apply(renew(restart=False)))
    assert (none["status"], none["after"]["attempts"]) == ("done", ["connection"]), none


def no_renewal(host: Prefix) -> None:
    host.must("reg", "add", r"HKLM\SOFTWARE\Lab\SessionEnv", "/v", "NoRenew", "/t", "REG_DWORD", "/d", "1", "/f")


@pytest.mark.parametrize("restart", [False, True])
def test_renewal_that_never_comes_puts_the_entry_back(fresh: Prefix, restart: bool) -> None:
    no_renewal(fresh)
    [old] = listed(fresh)
    kept = fresh.export(STORES)
    step = only(fresh.apply(renew(old, remove=old, restart=restart, timeout_s=1)))
    way = "restart" if restart else "connection"
    assert (step["status"], step["after"]["attempts"], step["after"]["put_back"]) == (
        "failed",
        [way, "removal", way],
        True,
    )
    assert step["error"]["type"] == "System.TimeoutException" and listed(fresh) == [old]
    assert fresh.export(STORES) == kept and state(fresh, "SessionEnv") == 4


def test_a_key_that_is_gone_is_no_renewal(fresh: Prefix) -> None:
    [file] = fresh.snapshot("key_files")["sections"]["key_files"]["files"]
    (fresh.drive / file["path"][3:].replace("\\", "/")).unlink()
    step = only(fresh.apply(renew(restart=False, timeout_s=1)))
    assert (step["status"], step["error"]["type"]) == ("failed", "System.TimeoutException")


def test_a_service_that_takes_its_time_to_stop_runs_again(fresh: Prefix) -> None:
    key = r"HKLM\SOFTWARE\Lab\TermService"
    fresh.must("reg", "add", key, "/v", "DelayStop", "/t", "REG_DWORD", "/d", "4000", "/f")
    script = fresh.path / "quick.ps1"
    text = SCRIPT.read_text("ascii")
    script.write_text(text.replace("$Budget = @{ stop = 180;", "$Budget = @{ stop = 2;"), "ascii")
    assert script.read_text() != text
    pid = fresh.snapshot("services")["sections"]["services"]["TermService"]["pid"]
    call = {"operation": "apply", "journal": new_journal(), "steps": [running("restart", "TermService")]}
    answer = fresh.host({**call, "sections": ["services"]}, script)
    assert only(answer)["status"] == "done", answer["steps"]
    service = answer["sections"]["services"]["TermService"]
    assert service["state"] == 4 and service["pid"] != pid
    assert answer["safety_task"] == "failed"  # Wine has no task scheduler that PowerShell could talk to


def delay_stop(host: Prefix, service: str, seconds: int) -> None:
    key = rf"HKLM\SOFTWARE\Lab\{service}"
    host.must("reg", "add", key, "/v", "DelayStop", "/t", "REG_DWORD", "/d", str(seconds * 1000), "/f")


@pytest.mark.deep
def test_a_termservice_that_needs_four_minutes_to_stop_runs_again(fresh: Prefix) -> None:
    """With the times that hosts are given: longer than a stop may take, and no failure for all that."""
    delay_stop(fresh, "TermService", 240)
    pid = fresh.snapshot("services")["sections"]["services"]["TermService"]["pid"]
    call = {"operation": "apply", "journal": new_journal(), "steps": [running("restart", "TermService", 60)]}
    answer = fresh.host({**call, "sections": ["services"]}, timeout=420)
    step, service = only(answer), answer["sections"]["services"]["TermService"]
    assert step["status"] == "done", step
    assert service["state"] == 4 and service["pid"] != pid


@pytest.mark.deep
def test_a_sessionenv_that_hangs_in_its_stop_costs_neither_the_certificate_nor_the_call(fresh: Prefix) -> None:
    """The renewal ends, says so and has taken nothing out; once the stop has come to its end the next run goes on."""
    delay_stop(fresh, "SessionEnv", 380)
    [old] = listed(fresh)
    kept = fresh.export(STORES)
    call = {"operation": "apply", "journal": new_journal(), "steps": [renew(old, remove=old, timeout_s=5)]}
    step = only(fresh.host(call, timeout=420))
    assert (step["status"], step["error"]["type"]) == ("failed", "System.TimeoutException"), step
    # An attempt that was not made is no reason to take anything out.
    assert (step["after"]["attempts"], step["after"]["put_back"]) == (["restart"], False)
    assert fresh.export(STORES) == kept and state(fresh, "TermService") == 4
    deadline = time.monotonic() + 200
    while state(fresh, "SessionEnv") != 1:
        assert time.monotonic() < deadline
        time.sleep(1)
    delay_stop(fresh, "SessionEnv", 0)
    again = only(fresh.apply(renew(old, remove=old, timeout_s=5)))
    assert (again["status"], again["after"]["attempts"]) == ("done", ["start", "removal", "restart"]), again


def test_nobody_is_connected_here(host: Prefix) -> None:
    """The sessions that Win32 has, of which the console's is not one that a restart would disconnect."""
    step = only(host.apply({**running("restart", "TermService"), "expect_empty": True}))
    assert step["status"] == "done", step


def test_waiting_for_a_certificate_that_does_not_come(host: Prefix) -> None:
    [now] = host.snapshot("certificates")["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"]
    step = only(host.apply({"op": "certificate.wait_renewed", "previous": [now["thumbprint"]], "timeout_s": 1}))
    assert (step["status"], step["error"]["type"], step["after"]) == (
        "failed",
        "System.TimeoutException",
        {"thumbprint": now["thumbprint"]},
    )
    assert only(host.apply({"op": "certificate.wait_renewed", "previous": [], "timeout_s": 1}))["status"] == "unchanged"


def test_a_damaged_entry_is_removed_too(fresh: Prefix) -> None:
    fresh.must("reg", "add", rf"{STORES}\Remote Desktop\Certificates\{'AB' * 20}", "/v", "Blob", "/d", "text", "/f")
    step = only(fresh.apply({"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": "AB" * 20}))
    assert (step["status"], step["before"], step["after"]["present"]) == (
        "done",
        {"present": True, "blob": None, "der": None},
        False,
    )


def test_the_pinned_certificate_stays(fresh: Prefix) -> None:
    [entry] = fresh.snapshot("certificates")["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"]
    pin = base64.b64encode(bytes.fromhex(entry["thumbprint"])).decode()
    remove = {"op": "certificate.remove", "store": "Remote Desktop", "thumbprint": entry["thumbprint"]}
    # Not pinned yet when the steps are checked: refused when its turn comes.
    answer = fresh.apply(setting("SSLCertificateSHA1Hash", pin, "binary"), remove)
    assert [step["status"] for step in answer["steps"]] == ["done", "failed"]
    refused = fresh.apply(remove)
    assert (refused["reason"], refused["step"]) == ("refused_step", 0)
    assert fresh.run("reg", "query", rf"{STORES}\Remote Desktop\Certificates\{entry['thumbprint']}").code == 0


def test_a_descriptor_that_does_not_stay_is_a_failure(host: Prefix) -> None:
    """Wine takes a file's DACL without an error and keeps nothing of it: the step must not call that done."""
    [file] = host.snapshot("key_files")["sections"]["key_files"]["files"]
    step = only(host.apply({"op": "acl.set", "path": file["path"], "sddl": file["sddl"] + "(A;;FR;;;NS)"}))
    assert (step["status"], step["before"], step["after"]) == ("failed", {"sddl": file["sddl"]}, {"sddl": file["sddl"]})
    assert only(host.apply({"op": "acl.set", "path": file["path"], "sddl": file["sddl"]}))["status"] == "unchanged"


def test_all_or_nothing(host: Prefix) -> None:
    """A step outside the list anywhere in the call: nothing is done, no journal is left."""
    before = host.export("HKLM\\SYSTEM"), len(host.snapshot("journals")["sections"]["journals"]["recent"])
    bad = [step for step in REFUSED if isinstance(step, dict) and PINNED not in step.values()]
    answers = host.calls(
        *[
            {"operation": "apply", "journal": new_journal(), "steps": [setting("SecurityLayer", 1), step]}
            for step in bad
        ]
    )
    for answer in answers:
        assert (answer["failed"], answer["reason"], answer["step"], answer["changed"]) == (
            True,
            "refused_step",
            1,
            False,
        )
    assert (host.export("HKLM\\SYSTEM"), len(host.snapshot("journals")["sections"]["journals"]["recent"])) == before


SDDL_REFUSED = ["O:SY", "rubbish", "D:NO_ACCESS_CONTROL", "", "D:P(A;;FA;;;NOBODY)", "D:P(A;;FA;;;SY)"]
# Behind what the file has: nobody, or more than Windows grants there.
ENTRIES_REFUSED = ["(A;;FA;;;WD)", "(A;;FR;;;AU)", "(A;;FR;;;BU)", "(A;;FA;;;NS)", "(A;OICI;FR;;;NS)", "(D;;FR;;;SY)"]


def test_descriptors_that_are_refused(host: Prefix) -> None:
    [file] = host.snapshot("key_files")["sections"]["key_files"]["files"]
    texts = SDDL_REFUSED + [file["sddl"] + entry for entry in ENTRIES_REFUSED]
    texts.append(file["sddl"].replace("O:S-1-5-21-0-0-0-1000", "O:BA"))
    assert len(set(texts)) == len(texts) and file["sddl"] not in texts
    steps = [{"op": "acl.set", "path": file["path"], "sddl": sddl} for sddl in texts]
    answers = host.calls(*[{"operation": "apply", "journal": new_journal(), "steps": [step]} for step in steps])
    assert [answer.get("reason") for answer in answers] == ["refused_step"] * len(steps)


def test_descriptors_that_are_already_so(host: Prefix) -> None:
    """SDDL arithmetic is real in Wine: the same entries in another spelling are no change, other entries are."""
    want = "O:SYG:SYD:PAI(A;;FA;;;SY)(A;;FR;;;NS)"
    cases = [
        (want, "O:SYG:BAD:PAI(A;;0x1f01ff;;;SY)(A;;0x120089;;;NS)", True),
        (want, "O:SYG:SYD:P(A;;FA;;;SY)(A;;FR;;;NS)", True),
        (want, "O:SYG:SYD:(A;;FA;;;SY)(A;;FR;;;NS)", False),
        (want, "O:BAG:SYD:P(A;;FA;;;SY)(A;;FR;;;NS)", False),
        ("D:P(A;;FA;;;SY)", "O:BAG:SYD:P(A;;FA;;;SY)", True),
        ("D:(A;;FA;;;SY)", "O:BAG:SYD:AI(A;;FA;;;SY)(A;ID;FR;;;WD)", True),
        (want, "O:SYG:SYD:P(A;;FA;;;SY)(A;;FR;;;NS)(D;;FR;;;WD)", False),
        (want, "O:SYG:SYD:P(A;;FR;;;NS)(A;;FA;;;SY)", False),
        ("D:P", "O:SYD:P", True),
        (want, "O:SYG:SYD:NO_ACCESS_CONTROL", False),
    ]
    code = "; ".join(
        f"[string](Test-StepDone @{{ op = 'acl.set'; path = 'x'; sddl = '{one}' }} @{{ sddl = '{two}' }})"
        for one, two, _same in cases
    )
    script = host.path / "sddl.ps1"
    script.write_text(f". '{windows(SCRIPT)}'\n{code}")
    ran = host.pwsh("-File", windows(script))
    assert ran.out.decode().split() == [str(same) for _one, _two, same in cases], ran.err


def test_check_mode_writes_nothing(host: Prefix) -> None:
    before = host.export("HKLM\\SYSTEM")
    answer = host.apply(setting("SecurityLayer", 1), _ansible_check_mode=True)
    assert (answer["failed"], answer["reason"]) == (True, "check_mode")
    assert host.export("HKLM\\SYSTEM") == before


def test_the_journal_on_the_host(fresh: Prefix) -> None:
    journal = new_journal(controller="ops.example.com")
    answer = fresh.apply(
        setting("SecurityLayer", 1), running("restart", "CertPropSvc"), journal=journal, plan={"reasons": ["Grüße"]}
    )
    file = fresh.drive / "ProgramData" / "winops.rdp" / "journal" / f"{journal['id']}.json"
    kept = json.loads(file.read_text("ascii"))
    assert (kept["id"], kept["controller"], kept["state"], kept["plan"], kept["schema_version"]) == (
        journal["id"],
        "ops.example.com",
        "complete",
        {"reasons": ["Grüße"]},
        1,
    )
    assert [
        {**step, **{name: kept["steps"][n][name] for name in ("status", "before", "after", "error", "elapsed_ms")}}
        for n, step in enumerate([setting("SecurityLayer", 1), running("restart", "CertPropSvc")])
    ] == kept["steps"]
    assert [
        {name: step[name] for name in ("op", "status", "before", "after", "error", "elapsed_ms")}
        for step in kept["steps"]
    ] == answer["steps"]
    assert answer["journal"] == {
        "id": journal["id"],
        "path": rf"C:\ProgramData\winops.rdp\journal\{journal['id']}.json",
        "state": "complete",
    }
    assert sorted(path.name for path in file.parent.parent.iterdir()) == ["journal", "lock"]
    section = fresh.snapshot("journals", journal_id=journal["id"])["sections"]["journals"]
    assert section["whole"] == kept and section["lock"] is None
    again = fresh.apply(setting("SecurityLayer", 2), journal=journal)
    assert (again["reason"], again["changed"]) == ("repeated", False) and value(
        fresh, RDP, "SecurityLayer"
    ) == "REG_DWORD    0x1"


def test_a_folder_that_somebody_else_made_is_not_trusted(fresh: Prefix) -> None:
    """Owners are Wine's invention, so who is trusted is changed in a copy of the script."""
    text = SCRIPT.read_text()
    trusted = "$trusted = 'S-1-5-18', 'S-1-5-32-544', [Security.Principal.WindowsIdentity]::GetCurrent().User.Value"
    assert trusted in text
    copy = fresh.path / "copy.ps1"
    copy.write_text(text.replace(trusted, "$trusted = 'S-1-5-18', 'S-1-5-32-544'"))
    answer = fresh.host(
        {"operation": "apply", "journal": new_journal(), "steps": [setting("SecurityLayer", 1)]}, script=copy
    )
    assert answer["reason"] == "journal_failed" and "S-1-5-21-0-0-0-1000" in answer["msg"]
    assert value(fresh, RDP, "SecurityLayer") == "REG_DWORD    0x2"
