# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Binding the listener to certificates as ACME clients and imports leave them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.commands import ROOT, acted, module
from tests.hosts import importing
from tests.hosts.running import minutes_later
from tests.hosts.windows import RDP_TCP, container_of
from tests.profiles import some
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(
        ["pfx_default_acl", "pfx_renewed", "module_offline", "enrolled_unbound", "healthy"],
        state_dir=tmp_path_factory.mktemp("bind"),
    ) as twins:
        yield twins


def _of(twin: Twin, container: str) -> str:
    """The thumbprint of the certificate in My with this key."""
    blobs = twin.host.store("My").items()
    return next(thumbprint for thumbprint, blob in blobs if (container_of(blob) or ("",))[0] == container)


def test_a_key_as_windows_leaves_it_is_opened_and_the_way_back_is_whole(fleet: Fleet, tmp_path: Path) -> None:
    name = "pfx_default_acl"
    twin, start = fleet.hosts[name], fleet.hosts[name].lasting
    thumbprint = _of(twin, "te-pfx-1")
    # As the console shows it.
    options = {
        "state": "bound",
        "thumbprint": "\u200e" + " ".join(thumbprint[at : at + 2].lower() for at in range(0, 40, 2)),
        "journal_dir": str(tmp_path),
    }
    dry = acted(fleet, "certificate", name, "--check", "--diff", **options)[name]
    assert [step["op"] for step in dry["plan"]["steps"]] == ["acl.set", "registry.set", "service.restart"]
    assert twin.lasting == start
    done = acted(fleet, "certificate", name, **options)[name]
    assert not done["failed"] and done["verified"]["ok"] and not done["rolled_back"], done.get("msg")
    assert done["summary"].startswith("changed: a client reached the logon; done: acl.set the key file, ")
    assert done["verified"]["after"]["certificate"]["sha1"].upper() == thumbprint == done["chosen"]["thumbprint"]
    assert twin.host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash") == thumbprint
    again = acted(fleet, "certificate", name, **options)[name]
    assert not again["changed"] and not again["plan"]["steps"]
    back = acted(fleet, "restore", name, run=done["run"], journal_dir=str(tmp_path))[name]
    assert back["changed"] and not back["failed"], back
    assert twin.lasting == start


def test_a_weekly_run_follows_renewals(fleet: Fleet, tmp_path: Path) -> None:
    name = "pfx_renewed"
    twin = fleet.hosts[name]
    options = {"state": "bound", "subject": "rdp.example.test", "journal_dir": str(tmp_path)}
    done = acted(fleet, "certificate", name, **options)[name]
    assert not done["failed"], done
    assert done["chosen"]["thumbprint"] == _of(twin, "te-pfx-2") and done["verified"]["ok"]
    keyless, older = done["rivals"]
    assert keyless["thumbprint"] == _of(twin, "te-pfx-3") and "there is no file" in keyless["why_not"]
    assert (older["thumbprint"], older["why_not"]) == (_of(twin, "te-WebServer-1"), "it is older")
    assert not acted(fleet, "certificate", name, **options)[name]["changed"]
    refused = acted(fleet, "certificate", name, state="bound", thumbprint=keyless["thumbprint"])[name]
    assert refused["failed"] and refused["reason"] == "refused" and "there is no file" in refused["msg"]


def test_a_bind_that_keeps_clients_out_takes_itself_back(fleet: Fleet, tmp_path: Path) -> None:
    """Nobody can read a security module beforehand; that its key cannot be used shows only from outside."""
    name = "module_offline"
    twin, start = fleet.hosts[name], fleet.hosts[name].lasting
    options = {"state": "bound", "thumbprint": _of(twin, "te-pfx-1"), "journal_dir": str(tmp_path)}
    refused = acted(fleet, "certificate", name, probe=False, **options)[name]
    assert refused["reason"] == "refused" and "Luna" in refused["msg"] and twin.lasting == start
    calls = len(twin.calls)
    done = acted(fleet, "certificate", name, **options)[name]
    # The question, the bind, what the host logged while a client was kept out, and the way back.
    assert [call["operation"] for call in twin.calls[calls:]] == ["snapshot", "apply", "snapshot", "apply"]
    assert done["failed"] and done["rolled_back"] and "client.no_longer_gets_in" in done["rollback"]["tried"]["worse"]
    assert "has been taken back, and the host is healthy now (a client reaches the logon)" in done["msg"]
    assert f"\n{done['msg']}\n" in README
    assert done["verified"]["after"]["stage"] == "session" and twin.lasting == start
    assert [journal["state"] for journal in done["journals"]] == ["undone", "complete"]
    again = acted(fleet, "restore", name, run=done["run"], journal_dir=str(tmp_path))[name]
    assert not again["changed"] and "has been taken back before" in again["summary"]
    assert not twin.host.get(RDP_TCP, "SSLCertificateSHA1Hash")


def test_a_template_s_newest_is_bound_as_readme_shows(fleet: Fleet, tmp_path: Path) -> None:
    name = "enrolled_unbound"
    options = {"state": "bound", "template": "WebServer", "journal_dir": str(tmp_path)}
    done = acted(fleet, "certificate", name, **options)[name]
    assert f"\n{name}: {done['summary']}\n" in README, done["summary"]


def test_a_file_is_imported_bound_presented_and_taken_out_again(fleet: Fleet, tmp_path: Path) -> None:
    twin, start = fleet.hosts["healthy"], fleet.hosts["healthy"].lasting
    src, thumbprint = importing.pfx_file(tmp_path, twin.host.now(), "geheim")
    options = {"state": "bound", "src": src, "password": "geheim", "journal_dir": str(tmp_path / "journals")}
    dry = acted(fleet, "certificate", "healthy", "--check", **options)["healthy"]
    planned = ["certificate.import_pfx", "registry.set", "service.restart"]
    assert [step["op"] for step in dry["plan"]["steps"]] == planned and twin.lasting == start
    done = acted(fleet, "certificate", "healthy", **options)["healthy"]
    assert not done["failed"] and done["verified"]["ok"], done.get("msg")
    assert [(step["op"], step["status"]) for step in done["steps"]] == [(op, "done") for op in planned]
    assert done["verified"]["after"]["certificate"]["sha1"].upper() == thumbprint == done["chosen"]["thumbprint"]
    assert done["steps"][0]["after"]["sddl"].endswith("(A;;FR;;;NS)")
    again = acted(fleet, "certificate", "healthy", **options)["healthy"]
    assert not again["changed"] and not again["failed"]
    back = acted(fleet, "restore", "healthy", run=done["run"], journal_dir=options["journal_dir"])
    assert [step["op"] for step in back["healthy"]["steps"]] == [
        "registry.remove",
        "service.restart",
        "certificate.remove_imported",
    ]
    assert not back["healthy"]["failed"] and twin.lasting == start


def test_a_file_that_cannot_serve_never_reaches_the_host(fleet: Fleet, tmp_path: Path) -> None:
    twin, start, calls = fleet.hosts["healthy"], fleet.hosts["healthy"].lasting, len(fleet.hosts["healthy"].calls)
    src, _thumbprint = importing.pfx_file(tmp_path, twin.host.now(), "geheim", days_ago=200)
    for options, words in (
        ({"src": src, "password": "falsch"}, "the password does not fit"),
        ({"src": f"{src}x"}, "cannot be read"),
        ({"src": src, "password": "geheim"}, "is not valid now"),
        ({"src": src, "thumbprint": "AB" * 20}, "thumbprint is given and src is given; give one of them"),
        ({"password": "geheim", "thumbprint": "AB" * 20}, "password is given and src is missing"),
    ):
        refused = acted(fleet, "certificate", "healthy", state="bound", **options)["healthy"]
        assert refused["failed"] and words in refused["msg"], refused
        assert "falsch" not in refused["msg"] and "geheim" not in refused["msg"]
    assert [call["operation"] for call in twin.calls[calls:]] == ["snapshot"] and twin.lasting == start


def test_no_key_is_left_in_a_file_on_the_host(fleet: Fleet, tmp_path: Path) -> None:
    twin, start, calls = fleet.hosts["healthy"], fleet.hosts["healthy"].lasting, len(fleet.hosts["healthy"].calls)
    src, _thumbprint = importing.pfx_file(tmp_path, twin.host.now(), "geheim")
    options = {"state": "bound", "src": src, "password": "geheim", "journal_dir": str(tmp_path)}
    for flags in some(([], ["--check"]), 2):
        refused = module(
            fleet.inventory_path, "certificate", "healthy", *flags, env={"ANSIBLE_KEEP_REMOTE_FILES": "1"}, **options
        )["healthy"]
        assert refused["failed"] and refused["reason"] == "refused" and "keep_remote_files" in refused["msg"], refused
    assert {call["operation"] for call in twin.calls[calls:]} == set() and twin.lasting == start


def test_an_import_stays_while_it_may_be_presented_and_goes_with_a_restore(fleet: Fleet, tmp_path: Path) -> None:
    """TermService hangs in its stop: the binding goes back at once, the certificate once TermService starts anew."""
    twin, start = fleet.hosts["healthy"], fleet.hosts["healthy"].lasting
    src, thumbprint = importing.pfx_file(tmp_path, twin.host.now(), "")
    options = {"journal_dir": str(tmp_path / "journals")}
    twin.host.data["behaviour"]["hangs"] = ["TermService"]
    done = acted(fleet, "certificate", "healthy", state="bound", src=src, **options)["healthy"]
    twin.host.data["behaviour"].pop("hangs")
    minutes_later(twin.host)
    assert done["failed"] and [step["status"] for step in done["steps"]] == ["done", "done", "failed"]
    assert "not all of it could be taken back" in done["msg"] and not done["rollback"]["complete"]
    assert not twin.host.get(RDP_TCP, "SSLCertificateSHA1Hash") and thumbprint in twin.host.store("My")
    back = acted(fleet, "restore", "healthy", run=done["run"], **options)["healthy"]
    assert back["changed"] and not back["failed"], back["msg"]
    assert twin.lasting == start
