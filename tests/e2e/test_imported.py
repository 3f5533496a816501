# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates that runs imported, taken back in whatever order: what TermService presents keeps its key, and no undo
binds the listener to one that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import acted, playbook
from tests.hosts import importing
from tests.hosts.changes import person
from tests.hosts.windows import RDP_TCP, container_of
from tests.twin.fleet import Fleet, Twin

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]
NAME = "healthy"


class Bound:
    """A host on which a run imported a certificate and bound it, and people kept TermService from being restarted."""

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.fleet, self.twin, self.start = fleet, fleet.hosts[NAME], fleet.hosts[NAME].lasting
        self.options: dict[str, Any] = {"journal_dir": str(folder / "journals")}
        src, self.thumbprint = importing.pfx_file(folder, self.twin.host.now(), "")
        person()(self.twin.host)
        done = self.call("certificate", state="bound", src=src)
        assert not done["failed"] and [step["op"] for step in done["steps"]] == [
            "certificate.import_pfx",
            "registry.set",
        ]
        self.run = done["run"]

    def call(self, name: str, *flags: str, **options: Any) -> dict[str, Any]:
        result: dict[str, Any] = acted(self.fleet, name, NAME, *flags, **self.options, **options)[NAME]
        return result

    def restore(self, *flags: str, **options: Any) -> dict[str, Any]:
        result = self.call("restore", *flags, **{"run": self.run, **options})
        held = self.twin.host.volatile["credential"]
        assert held is None or self.usable(held["thumbprint"]), "what is presented keeps its entry and its key"
        return result

    def usable(self, thumbprint: str) -> bool:
        host = self.twin.host
        blob = host.store("My").get(thumbprint) or host.store("Remote Desktop").get(thumbprint)
        where = container_of(blob) if blob else None
        return where is not None and host.key_path(where[0]) in host.keys

    def empty(self) -> None:
        self.twin.host.data["sessions"].clear()
        self.twin.host.volatile["established"] = 0

    def restart(self) -> dict[str, Any]:
        self.empty()
        done = self.call("service", state="restarted")
        assert done["changed"] and not done["failed"], done
        return done

    @property
    def is_there(self) -> bool:
        return self.thumbprint in self.twin.host.store("My")

    @property
    def is_back(self) -> bool:
        return not self.is_there and self.twin.lasting == self.start


@pytest.fixture
def bound(tmp_path: Path) -> Iterator[Bound]:
    with Fleet([NAME], state_dir=tmp_path / "state") as fleet:
        yield Bound(fleet, tmp_path)


def _is_partly(result: dict[str, Any]) -> bool:
    again = "restore again", "then this one again"
    return (
        bool(result["failed"]) and "taken back in part" in result["msg"] and any(one in result["msg"] for one in again)
    )


def test_what_is_presented_stays_until_termservice_was_restarted(bound: Bound) -> None:
    bound.restart()
    dry = bound.restore("--check")
    assert [step["op"] for step in dry["plan"]["steps"]] == ["registry.remove"] and not dry["failed"]
    (left,) = dry["plan"]["blocked"]
    assert left["guard"] == "in_use" and bound.thumbprint in left["summary"] in dry["summary"]
    first = bound.restore()
    assert _is_partly(first) and bound.thumbprint in first["msg"] and "restart TermService" in first["msg"], first
    assert f"taken back in part ({bound.run})" in first["summary"] and first["verified"]["after"]["stage"] == "session"
    assert bound.is_there and not bound.twin.host.get(RDP_TCP, "SSLCertificateSHA1Hash")
    second = bound.restore()
    assert _is_partly(second) and bound.is_there, "nothing has changed since"
    bound.restart()
    third = bound.restore()
    assert not third["failed"] and third["changed"] and bound.is_back, third
    again = bound.restore()
    assert not again["changed"] and "has been taken back before" in again["summary"]


def test_what_was_never_presented_goes_at_once(bound: Bound) -> None:
    back = bound.restore()
    assert not back["failed"] and bound.is_back, back


def test_the_order_of_two_restores_does_not_matter(bound: Bound) -> None:
    """The run of the restart has nothing to take back, before the other and after it."""
    later = bound.restart()["run"]
    assert not bound.restore(run=later)["changed"] and bound.is_there
    assert _is_partly(bound.restore()) and not bound.restore(run=later)["changed"] and bound.is_there
    bound.restart()
    assert not bound.restore()["failed"] and bound.is_back


def test_one_restore_is_cut_off_and_the_next_ones_finish_it(bound: Bound) -> None:
    bound.restart()
    bound.twin.fault = "cut:1"
    cut = bound.restore()
    assert (cut["failed"] or cut.get("unreachable")) and bound.is_there
    assert _is_partly(bound.restore()) and bound.is_there
    bound.restart()
    assert not bound.restore()["failed"] and bound.is_back


@pytest.mark.parametrize("how", ["no look", "restarted after the look", "neither"])
def test_the_host_decides_where_nobody_else_knows(bound: Bound, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    """Without a look from outside the plan has the step; where the host cannot see it either, it stays."""
    behaviour, real, unseen = bound.twin.host.data["behaviour"], Twin._host, {"probe": False}
    if how == "no look":
        bound.restart()
    elif how == "neither":
        behaviour["no_own_look"] = True
    else:
        unseen = {}

    def restarted_meanwhile(self: Twin, arguments: dict[str, Any]) -> Any:
        if not unseen and arguments.get("operation") == "apply":
            self.host.take_credential()
        return real(self, arguments)

    monkeypatch.setattr(Twin, "_host", restarted_meanwhile)
    back = bound.restore(**unseen)
    assert [step["status"] for step in back["steps"]] == ["done", "refused"], back
    assert _is_partly(back) and bound.is_there
    monkeypatch.undo()
    bound.restart()
    if how == "neither":
        assert _is_partly(bound.restore(**unseen)) and bound.is_there, "it might present it, for all that anybody sees"
        behaviour.pop("no_own_look")
    assert not bound.restore(**unseen)["failed"] and bound.is_back


def _pins(bound: Bound) -> Any:
    return bound.twin.host.get(RDP_TCP, "SSLCertificateSHA1Hash")


@pytest.mark.parametrize("who", ["this controller", "another controller", "by hand"])
def test_finishing_a_restore_leaves_what_somebody_bound_since(bound: Bound, tmp_path: Path, who: str) -> None:
    bound.restart()
    pin = dict(_pins(bound))
    assert _is_partly(bound.restore()) and not _pins(bound)
    later = None
    if who == "by hand":
        bound.twin.host.put(RDP_TCP, "SSLCertificateSHA1Hash", pin)
        bound.restart()
    else:
        own = {} if who == "this controller" else {"journal_dir": str(tmp_path / "another")}
        later = acted(
            bound.fleet,
            "certificate",
            NAME,
            **{**bound.options, **own},
            state="bound",
            thumbprint=bound.thumbprint,
        )[NAME]
        assert [step["op"] for step in later["steps"]] == ["registry.set", "service.restart"], later
    pid = bound.twin.host.volatile["pids"]["TermService"]
    again = bound.restore()
    assert _is_partly(again) and not again["changed"] and _pins(bound) == pin and bound.is_there, again
    assert bound.twin.host.volatile["pids"]["TermService"] == pid, "nothing changes, so nothing is restarted"
    if who == "this controller":
        assert f"restore {later and later['run']} first" in again["msg"]
    if later is None:
        bound.twin.host.put(RDP_TCP, "SSLCertificateSHA1Hash", None)
        bound.restart()
    else:
        assert not bound.restore(run=later["run"])["failed"] and not _pins(bound)
    assert not bound.restore()["failed"] and bound.is_back


def test_a_value_that_is_back_already_is_no_reason_for_a_restart(two: Two) -> None:
    """Somebody has freed the listener by hand: the run that bound and restarted has nothing to put in force."""
    assert not two.restore(2)["failed"]
    two.twin.host.put(RDP_TCP, "SSLCertificateSHA1Hash", None)
    two.twin.host.take_credential()
    two.twin.host.changed()
    pid = two.twin.host.volatile["pids"]["TermService"]
    back = two.restore(1)
    assert not back["failed"] and two.twin.lasting == two.start, back
    assert two.twin.host.volatile["pids"]["TermService"] == pid


def test_where_nobody_can_look_the_service_has_to_be_stopped_for_it(bound: Bound) -> None:
    """And that is what the line says: a restart is no way out."""
    bound.twin.host.data["behaviour"]["no_own_look"] = True
    bound.restart()
    for _again in range(2):
        left = bound.restore(probe=False)
        assert _is_partly(left) and "stop TermService, restore again, then start it" in left["msg"], left
        assert "restart TermService" not in left["msg"] and bound.is_there
        bound.restart()
    host = bound.twin.host
    down = host.stop("TermService")
    host.changed()
    assert not bound.restore(probe=False)["failed"] and not bound.is_there
    for name in ("TermService", *down):
        host.start(name)
    host.changed()
    assert bound.is_back


def test_a_playbook_says_it_and_ends_as_not_done(bound: Bound) -> None:
    bound.restart()
    options = {"rdp_run": bound.run, "rdp_journal_dir": bound.options["journal_dir"]}
    ended = playbook(bound.fleet.inventory_path, "winops.rdp.restore_rdp", **options)
    assert ended.returncode == 2 and "taken back in part" in ended.stdout and bound.is_there, ended.stdout
    bound.restart()
    ended = playbook(bound.fleet.inventory_path, "winops.rdp.restore_rdp", **options)
    assert ended.returncode == 0 and bound.is_back, ended.stdout


class Two:
    """A host on which one run imported A and bound it, and a later one B."""

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.fleet, self.twin, self.start = fleet, fleet.hosts[NAME], fleet.hosts[NAME].lasting
        self.journals = str(folder / "journals")
        self.thumbprints, self.runs = [], []
        for name in ("A", "B"):
            (folder / name).mkdir()
            src, thumbprint = importing.pfx_file(folder / name, self.twin.host.now(), "")
            done = self.call("certificate", state="bound", src=src)
            assert not done["failed"] and self.bound == thumbprint, done
            self.thumbprints.append(thumbprint)
            self.runs.append(done["run"])
        self.first, self.second = self.thumbprints

    def call(self, name: str, *flags: str, **options: Any) -> dict[str, Any]:
        given = {"journal_dir": self.journals, **options}
        result: dict[str, Any] = acted(self.fleet, name, NAME, *flags, **given)[NAME]
        return result

    def restore(self, number: int, *flags: str, **options: Any) -> dict[str, Any]:
        result = self.call("restore", *flags, run=self.runs[number - 1], **options)
        bound = self.bound
        assert bound is None or self.is_there(bound), "the listener is bound to what is there"
        return result

    @property
    def bound(self) -> str | None:
        return self.twin.host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash")

    def is_there(self, thumbprint: str) -> bool:
        blob = self.twin.host.store("My").get(thumbprint)
        where = container_of(blob) if blob else None
        return where is not None and self.twin.host.key_path(where[0]) in self.twin.host.keys

    def lose(self, what: str) -> None:
        """Somebody deletes A, or its key."""
        host = self.twin.host
        path = host.key_path((container_of(host.store("My")[self.first]) or ("",))[0])
        host.keys.pop(path)
        host.data["files"].pop(path)
        if what == "certificate":
            host.drop_certificate("My", self.first)
        host.changed()


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    with Fleet([NAME], state_dir=tmp_path / "state") as fleet:
        yield Two(fleet, tmp_path)


def test_the_later_run_first_and_all_is_as_it_was(two: Two) -> None:
    back = two.restore(2)
    assert not back["failed"] and two.bound == two.first and not two.is_there(two.second), back
    back = two.restore(1)
    assert not back["failed"] and two.bound is None and two.twin.lasting == two.start, back


def test_the_earlier_run_waits_for_the_later_one(two: Two) -> None:
    for flags in (["--check"], []):
        early = two.restore(1, *flags)
        assert not early["changed"] and not early["plan"]["steps"], early
        assert {one["guard"] for one in early["plan"]["blocked"]} == {"in_use"}
        assert f"{two.runs[1]} goes back to the imported certificate {two.first}" in early["summary"]
        assert two.bound == two.second and two.is_there(two.first)
    assert early["failed"] and "taken back in part" in early["msg"]
    assert f"restore {two.runs[1]} first, then this one again" in early["msg"]
    assert not two.restore(2)["failed"] and two.bound == two.first
    assert not two.restore(1)["failed"] and two.twin.lasting == two.start


def test_the_host_knows_what_another_controller_s_run_needs(two: Two, tmp_path: Path) -> None:
    """Without copies of the runs its own journals say so, before anything is done."""
    elsewhere = str(tmp_path / "another controller")
    early = two.restore(1, journal_dir=elsewhere)
    assert not early["changed"] and not early["plan"]["steps"] and "taken back in part" in early["msg"], early
    assert f"{two.runs[1]} goes back to the imported certificate {two.first}" in early["msg"], early["msg"]
    assert two.is_there(two.first)
    assert not two.restore(2, journal_dir=elsewhere)["failed"] and two.bound == two.first
    assert not two.restore(1, journal_dir=elsewhere)["failed"] and two.twin.lasting == two.start


@pytest.mark.parametrize("what", ["certificate", "key"])
def test_no_undo_binds_what_is_gone(two: Two, what: str) -> None:
    two.lose(what)
    back = two.restore(2)
    assert _is_partly(back) and not back["changed"] and two.bound == two.second, back
    assert f"certificate {two.first} is not on the host any more: import it again with its key" in back["msg"]
    assert two.is_there(two.second) and back["plan"]["blocked"][0]["guard"] == "gone"
    # The listener is freed by hand.
    two.twin.host.put(RDP_TCP, "SSLCertificateSHA1Hash", None)
    assert not two.call("service", state="restarted")["failed"]
    assert not two.restore(2)["failed"] and not two.is_there(two.second)
    assert not two.restore(1)["failed"] and two.twin.lasting == two.start


@pytest.mark.parametrize("what", ["certificate", "key"])
def test_the_host_looks_for_it_right_before(two: Two, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """A is deleted between the look and the step."""
    real = Twin._host

    def lost_meanwhile(self: Twin, arguments: dict[str, Any]) -> Any:
        if arguments.get("operation") == "apply":
            two.lose(what)
            monkeypatch.undo()
        return real(self, arguments)

    monkeypatch.setattr(Twin, "_host", lost_meanwhile)
    back = two.restore(2)
    assert [step["status"] for step in back["steps"]] == ["refused", "skipped", "skipped"], back
    assert _is_partly(back) and "is not on the host any more" in back["msg"] and two.bound == two.second
