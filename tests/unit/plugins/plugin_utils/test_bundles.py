# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles: what is written is read again, what other hands wrote is taken, and what cannot be used is told in one
sentence."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import (
    bundles,
    client_bundle,
    client_look,
    files,
    reports,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import client_machine
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, schema
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import Fleet, ReportError
from ansible_collections.winops.rdp.plugins.plugin_utils.report.text import to_json
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts.faults import DIES
from tests.hosts.snapshots import NOW, Host, probe
from tests.profiles import examples
from tests.unit.fleets import Machine, bundle, machines, result
from tests.unit.schemas import of_snapshots, validator

ROOT = Path(__file__).parents[4]
KEPT = ROOT / "tests/data/bundles"


def faulty(**more: Any) -> dict[str, Any]:
    """A bundle of a host whose certificate has ended."""
    return {**bundle(Machine("web01", Host().expire().to_answer(), DIES)), **more}


def put(folder: Path, document: Any, name: str = "web01.json") -> Path:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
    return path


def judge(one: bundles.Bundle) -> dict[str, Any]:
    return bundles.judge(one, None, RepairPolicy(), shape.Questions())


def ids(answer: dict[str, Any]) -> list[str]:
    return [finding["id"] for finding in answer["findings"]]


def test_the_schema_is_written_out() -> None:
    assert json.loads((ROOT / "docs/bundle.schema.json").read_text(encoding="utf-8")) == bundles.SCHEMA


def test_a_bundle_fits_its_schema_and_is_read_as_it_was(tmp_path: Path) -> None:
    rest = validator({**bundles.SCHEMA, "properties": {**bundles.SCHEMA["properties"], "snapshot": {}}})
    for machine in machines(30):
        written = bundle(machine)
        rest.validate(written)
        of_snapshots().validate(written["snapshot"])
        path = bundles.path_of(str(tmp_path), machine.name)
        files.write_json(path, written)
        one = bundles.read(path)
        assert (one.name, one.snapshot.taken_at, one.timed) == (machine.name, NOW, True) and stat.S_IMODE(
            path.stat().st_mode
        ) == 0o600
        assert judge(one) == result(machine)


@pytest.mark.parametrize("path", sorted(KEPT.glob("*.json")), ids=lambda path: path.stem)
def test_a_bundle_of_an_earlier_version_is_read_and_judged(path: Path) -> None:
    """One for each version of the schema, as the code of that version wrote it."""
    one = bundles.read(path)
    assert one.timed and one.snapshot.taken_at == NOW and one.probe
    answer = judge(one)
    assert (answer["verdict"], ids(answer)) == ("broken", ["certificate.key_unreadable"])
    assert answer["findings"][0]["confidence"] == "proven"
    # What has come since was not asked for then, and that is said; all that was read is still taken.
    since = set(contract.SECTIONS) - set(one.snapshot.sections)
    assert all(
        "was not asked for" in text and any(f"section {name}" in text for name in since) for text in answer["unread"]
    )
    assert len(answer["unread"]) == len(since) < 4
    assert [step["op"] for step in answer["plan"]["steps"]] == ["acl.set"]
    assert [rung["name"] for rung in answer["plan"]["rungs"]] == ["quiet", "restart"]


def test_every_version_of_a_bundle_s_schema_has_one_that_is_kept() -> None:
    kept = {json.loads(path.read_text(encoding="utf-8"))["snapshot"]["schema_version"] for path in KEPT.glob("*.json")}
    assert kept == set(range(1, schema.SCHEMA_VERSION + 1))


def test_every_version_of_a_client_s_bundle_has_one_that_is_kept_and_read() -> None:
    """As the script of that version wrote it: what it read is judged, and what it saw of the host is a look."""
    kept = sorted((KEPT / "clients").glob("*.json"))
    assert [json.loads(path.read_text(encoding="utf-8"))["client_bundle_version"] for path in kept] == list(
        range(1, client_bundle.VERSION + 1)
    )
    for path in kept:
        one = client_bundle.read(path)
        assert (one.target, one.facts.unread, one.facts.truncated) == ("srv01.example.com", {}, [])
        seen = client_look.result(one.facts.section("look"), "srv01.example.com", 3389, None)
        assert seen["stage"] == "session" and seen["certificate"]["days_left"] < 0, seen
        found = client_machine.diagnose(one.facts, one.target, ProbeResult(seen), ProbeResult())
        assert "client.rdp_file" in [finding.id for finding in found.findings]


def test_nothing_but_the_schema_s_keys_is_kept() -> None:
    answer = {
        **Host().to_answer(),
        "ansible_password": "canary",
        "invocation": {"module_args": {"password": "canary"}},
        "_ansible_x": "canary",
    }
    assert "canary" not in json.dumps(bundle(Machine("web01", answer, None)))


@given(st.lists(st.text(min_size=1, max_size=20), min_size=2, max_size=2, unique=True))
@settings(max_examples=examples(25, 2000))
def test_no_two_hosts_share_a_file(names: list[str]) -> None:
    try:
        paths = [bundles.path_of("/bundles", name) for name in names]
    except UnicodeEncodeError:
        return  # half a character is no name
    assert paths[0] != paths[1]
    for name, path in zip(names, paths):
        assert path.parent == Path("/bundles") and not path.name.startswith(".") and bundles.name_of(path) == name


# What other hands write -----------------------------------------------------------------------------------------------


def test_a_bare_snapshot_is_taken(tmp_path: Path) -> None:
    one = bundles.read(put(tmp_path, Host().expire().to_answer(), "web%2001.json"))
    answer = judge(one)
    assert (
        one.name == "web 01"
        and not one.timed
        and one.snapshot.taken_at == NOW
        and ids(answer) == ["certificate.expired"]
    )
    assert answer["findings"][0]["confidence"] == "likely" and "host's clock" in answer["unread"][-1]
    few = {"schema_version": 1, "sections": {"host": Host().sections["host"]}}
    assert judge(bundles.read(put(tmp_path, few)))["verdict"] == "unknown"


def test_a_snapshot_with_a_probe_is_taken(tmp_path: Path) -> None:
    answer = judge(bundles.read(put(tmp_path, {"snapshot": Host().expire().to_answer(), "probe": DIES})))
    assert ids(answer) == ["certificate.expired"] and answer["findings"][0]["confidence"] == "proven"


def test_times_of_two_clocks_are_not_compared(tmp_path: Path) -> None:
    """When the probe looked is told by another clock than the host's log; how far apart the two are only a bundle's
    own time tells."""
    host = Host()
    host.log("Microsoft-Windows-RemoteDesktopServices-RdpCoreTS/Operational")
    seen = {**DIES, "time": "2026-11-23T11:59:50.000Z"}
    timed = judge(bundles.read(put(tmp_path, {**bundle(Machine("web01", host.to_answer(), seen))})))
    untimed = judge(bundles.read(put(tmp_path, {"snapshot": host.to_answer(), "probe": seen})))
    assert (ids(timed), ids(untimed)) == (["network.path_reset"], ["interference.handshake_dropped"])


def test_a_user_s_code_in_it_counts_and_gives_way(tmp_path: Path) -> None:
    one = bundles.read(put(tmp_path, {"snapshot": Host().to_answer(), "probe": probe(), "client_code": "0xC07"}))
    assert ids(judge(one)) == ["nla.account_restricted"]
    assert ids(bundles.judge(one, "0x904/0x7", RepairPolicy(), shape.Questions())) == ["client.not_reproduced"]


@pytest.mark.parametrize("shown", [" ", "\n", None, "", 12345678901234, "xyzzy"])
def test_a_host_is_judged_whatever_stands_in_the_place_of_a_code(shown: Any, tmp_path: Path) -> None:
    """A form that was left empty has none, and what is not understood is said."""
    told = judge(bundles.read(put(tmp_path, faulty(client_code=shown))))
    assert ids(told)[0] == "certificate.expired"
    assert any("not understood" in text for text in told["unread"]) == (shown in (12345678901234, "xyzzy"))


def test_a_vantage_host_s_certificate_is_read_here(tmp_path: Path) -> None:
    host = Host().expire()
    der = host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"][0]["der"]
    seen = probe(certificate={"der": der, "sha1": host.thumbprint})
    answer = judge(bundles.read(put(tmp_path, {"snapshot": host.to_answer(), "probe": seen})))
    assert answer["client_summary"] == "answers with an expired certificate"


# What cannot be used --------------------------------------------------------------------------------------------------


def _less(key: str) -> Callable[[], dict[str, Any]]:
    return lambda: {name: value for name, value in faulty().items() if name != key}


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: "{", "is not JSON"),
        (lambda: "[" * 100_000, "is not JSON"),
        (list, "it is no bundle"),
        (dict, "no snapshot (keys schema_version and sections)"),
        (_less("taken"), "the bundle has no taken"),
        (_less("snapshot"), "the bundle has no snapshot"),
        (lambda: faulty(bundle_version=2), "bundle_version 2, and this version of winops.rdp"),
        (
            lambda: faulty(bundle_version=2, collection_version="9.1.0"),
            "use a newer version of the collection, at least 9.1.0",
        ),
        (lambda: faulty(bundle_version="1"), "bundle_version is '1' and not a version's number"),
        (lambda: faulty(bundle_version=True), "bundle_version is True"),
        (lambda: faulty(bundle_version=0), "no longer reads"),
        (lambda: faulty(snapshot={**Host().to_answer(), "schema_version": 7}), "schema_version 7"),
        (lambda: faulty(snapshot=[]), "its snapshot is no object"),
        (lambda: faulty(snapshot={**Host().to_answer(), "sections": []}), "its snapshot cannot be used"),
        (lambda: faulty(inventory_name=""), "inventory_name is no name"),
        (lambda: faulty(taken="yesterday"), "taken is 'yesterday'"),
        (lambda: faulty(taken="2026-11-23T12:00:00"), "write it as UTC"),
        (lambda: faulty(probe={"stage": "tls"}), "its probe is not a result of winops.rdp.probe"),
        (lambda: faulty(probe={**DIES, "stage": "lunch"}), "its probe is not a result"),
        (lambda: faulty(probe={**DIES, "schema_version": 99}), "schema_version 99"),
        (lambda: faulty(probe=probe(certificate={"der": "?"})), "not base64"),
        (lambda: {"snapshot": Host().without("host").to_answer()}, "nothing says when it was taken"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(make: Callable[[], Any], sentence: str, tmp_path: Path) -> None:
    path = put(tmp_path, make())
    with pytest.raises(bundles.BundleError) as told:
        bundles.read(path)
    assert str(told.value).startswith(str(path)) and sentence in str(told.value) and "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PS C:\\> ls\r\n", "has neither the pieces that the script prints nor the JSON"),
        ("\ufeffh".encode("utf-16-le"), "has neither the pieces"),
        (b"", "is empty: give all that the script printed"),
        ("\ufeff \r\n".encode("utf-16-le"), "is empty"),
        (
            "Fehlercode: 0x904\r\n".encode("cp1252"),
            "What a user's client showed is no bundle; it goes into client_code",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "is a picture"),
        (b"PK\x03\x04" + bytes(50), "an office program"),
        ('\ufeff{"a": '.encode("utf-16-le"), "is not JSON that can be taken"),
        (b'\xef\xbb\xbf\n{"a": ', "is not JSON that can be taken"),
    ],
)
def test_a_paste_without_a_bundle_is_told_from_a_damaged_one(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "pasted.txt"
    path.write_bytes(data)
    with pytest.raises(bundles.BundleError, match=words):
        bundles.read(path)


def test_the_script_itself_is_not_what_it_prints(tmp_path: Path) -> None:
    path = tmp_path / "rdp-collect.ps1"
    path.write_text("#requires -Version 5.1\nparam([string] $Out)\n", encoding="utf-8")
    with pytest.raises(bundles.BundleError, match="is a script, not what it prints: run it on the host"):
        bundles.read(path)


def test_a_file_of_this_collection_for_another_module_says_which(tmp_path: Path) -> None:
    """Whoever has several folders of JSON gives the wrong one: a second audit is no remedy."""
    judged = judge(bundles.read(put(tmp_path, faulty())))
    kept = {
        "result": {**judged, "result_version": 1, "inventory_name": "web01"},
        "of bundles": bundles.replay(str(tmp_path), judge),
        "report": json.loads(to_json(Fleet.of({"web01": judged}), "Remote Desktop")),
    }
    for name, document in kept.items():
        with pytest.raises(bundles.BundleError, match=r"winops\.rdp\.report takes .*results_path"):
            bundles.read(put(tmp_path, document, f"{name}.json"))
    with pytest.raises(bundles.BundleError, match=r"winops\.rdp\.client takes it"):
        bundles.read(put(tmp_path, {"client_bundle_version": 1}, "pc.json"))
    with pytest.raises(client_bundle.ClientBundleError, match=r"winops\.rdp\.diagnose takes it"):
        client_bundle.read(put(tmp_path, faulty()))
    with pytest.raises(ReportError, match=r"winops\.rdp\.diagnose takes it \(bundle_path, results_dir\)"):
        reports.load([str(put(tmp_path, faulty()))])


def test_an_older_one_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = {**faulty(bundle_version=0), "name": "web01"}
    del old["inventory_name"]
    monkeypatch.setitem(
        bundles.BUNDLE_MIGRATIONS, 0, lambda document: {**document, "inventory_name": document.pop("name")}
    )
    monkeypatch.setitem(bundles.SNAPSHOT_MIGRATIONS, 0, lambda snapshot: {**snapshot, "sections": snapshot["parts"]})
    old["snapshot"] = {**old["snapshot"], "schema_version": 0, "parts": old["snapshot"].pop("sections")}
    del old["snapshot"]["parts"]["policies"]
    one = bundles.read(put(tmp_path, old))
    assert one.name == "web01" and ids(judge(one)) == ["certificate.expired"]


# Many -----------------------------------------------------------------------------------------------------------------


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path, faulty())
    put(tmp_path, bundle(Machine("web02", Host().to_answer(), probe())), "web02.json")
    put(tmp_path, "{", "bad.json")
    put(tmp_path, "ignored", ".hidden.json")
    put(tmp_path, "ignored", "notes.txt")
    answer = bundles.replay(str(tmp_path), judge)
    assert answer["counts"] == {"broken": 1, "degraded": 0, "unknown": 0, "off": 0, "healthy": 1, "failed": 1} and list(
        answer["hosts"]
    ) == ["bad", "web01", "web02"]
    assert (
        answer["summary"] == "3 hosts: 1 broken, 1 healthy, 1 failed"
        and "failed" not in answer
        and len(answer["warnings"]) == 1
    )
    good, bad, broken = answer["lines"]
    assert good == "web02: healthy: a client reaches the logon; what comes after it was not tried"
    assert bad.startswith("bad: failed: ") and answer["hosts"]["bad"]["msg"] in bad
    assert broken == f"web01: {answer['hosts']['web01']['summary']}", "what needs somebody is last"


def test_two_files_for_a_host_are_neither(tmp_path: Path) -> None:
    put(tmp_path, faulty())
    put(tmp_path, faulty(), "copy.json")
    put(tmp_path, bundle(Machine("web02", Host().to_answer(), probe())), "web02.json")
    answer = bundles.replay(str(tmp_path), judge)
    assert (
        answer["hosts"]["web01"]["failed"]
        and "keep one of them" in answer["hosts"]["web01"]["msg"]
        and answer["hosts"]["web02"]["verdict"] == "healthy"
    )


def test_nothing_but_bad_files_is_a_failure(tmp_path: Path) -> None:
    put(tmp_path, "{", "a.json")
    put(tmp_path, "{", "b.json")
    answer = bundles.replay(str(tmp_path), judge)
    assert answer["failed"] and "a.json" in answer["msg"] and "The other 1 could not be judged either" in answer["msg"]


def test_what_breaks_a_rule_costs_only_its_host(tmp_path: Path) -> None:
    put(tmp_path, faulty())
    put(tmp_path, bundle(Machine("web02", Host().to_answer(), probe())), "web02.json")

    def strange(one: bundles.Bundle) -> dict[str, Any]:
        if one.name == "web01":
            raise KeyError("surprise")
        return judge(one)

    answer = bundles.replay(str(tmp_path), strange)
    assert (
        "cannot be judged (KeyError" in answer["hosts"]["web01"]["msg"]
        and answer["hosts"]["web02"]["verdict"] == "healthy"
    )


def test_a_number_that_this_version_never_wrote_asks_for_no_newer_one(tmp_path: Path) -> None:
    path = put(tmp_path, json.dumps({"bundle_version": 99, "collection_version": bundles.collection_version()}))
    with pytest.raises(bundles.BundleError, match="it was changed since it was written; take the bundle again") as told:
        bundles.read(path)
    assert "newer version" not in str(told.value)


def test_a_file_that_is_none_is_no_reason_to_make_it_readable(tmp_path: Path) -> None:
    with pytest.raises(bundles.BundleError, match="nofile: there is no such file; name one that there is"):
        bundles.read(tmp_path / "nofile")
    with pytest.raises(bundles.BundleError, match="is a folder, and one file is wanted"):
        bundles.read(tmp_path)


def test_places_without_bundles_are_named(tmp_path: Path) -> None:
    with pytest.raises(bundles.BundleError, match="no file in it ends in"):
        bundles.listed(str(tmp_path))
    with pytest.raises(bundles.BundleError, match="there is no such file or folder"):
        bundles.listed(str(tmp_path / "nowhere"))
    assert bundles.listed(str(put(tmp_path, "{}", "one"))) == [tmp_path / "one"]
