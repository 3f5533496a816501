# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate is imported and bound, TermService restarted, the run taken back, in any order and cut off anywhere:
what is presented or bound keeps its entry and its key, and a restore that left something can be done again."""

from __future__ import annotations

import hashlib
import itertools
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.hosts import importing, running
from tests.hosts.changes import person
from tests.hosts.windows import RDP_TCP, Windows, container_of, fresh_key, make_certificate
from tests.profiles import examples, some
from tests.twin.inprocess import Site

pytestmark = [pytest.mark.needs_sockets]

ACTIONS = ("bind", "restart", "restore", "restore unseen", "restore blind", "cut", "people", "nobody", "allowed")


class Runs:
    """A host, what is done to it, and what must hold behind each of it."""

    def __init__(self, site: Site) -> None:
        self.site, self.host, self.start = site, site.host, site.lasting()
        self.run: str | None = None
        key, start = fresh_key(), site.host.now() - timedelta(days=1)
        der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 4713)
        self.path, self.thumbprint = site.folder / "own.pfx", hashlib.sha1(der).hexdigest().upper()
        self.path.write_bytes(importing.pfx(der, key, "geheim"))

    def do(self, action: str) -> None:
        if action == "people":
            self.host.data["sessions"] = []
            person()(self.host)
        elif action == "nobody":
            self.host.data["sessions"] = []
            self.host.volatile["established"] = 0
        elif action == "restart":
            self.restart()
        elif action == "bind":
            self.bind()
        else:
            self.restore(action)
        self.check()

    def restart(self) -> None:
        """By somebody else, or because Windows started."""
        with self.host.lock:
            down = self.host.stop("TermService")
            for name in ("TermService", *down):
                self.host.start(name)
            self.host.changed()

    def bind(self) -> None:
        if self.run is None:
            done = self.site.task("certificate", state="bound", src=str(self.path), password="geheim")
            assert not done.get("failed"), done
            self.run = done["run"]

    def restore(self, how: str) -> None:
        if self.run is None:
            return
        options: dict[str, Any] = {"probe": False} if how in ("restore unseen", "restore blind") else {}
        behaviour = self.host.data["behaviour"]
        behaviour["no_own_look"] = how == "restore blind"
        if how == "cut":
            self.host.volatile["cut_at"] = "TermService.stopped"
        back = self.site.task("restore", run=self.run, allow_disconnect=how == "allowed", **options)
        if how == "cut":
            self.site.minutes_later()
        behaviour["no_own_look"] = False
        there = self.is_there
        if not back.get("failed") and not back.get("unreachable"):
            assert not there and self.site.lasting() == self.start, "what is called done is done"
        elif back["changed"] and "journal" in back:
            assert there or how == "cut", back

    @property
    def is_there(self) -> bool:
        return self.thumbprint in self.host.store("My")

    def check(self) -> None:
        held = self.host.volatile["credential"]
        pinned = self.host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash")
        for thumbprint in {held and held.get("thumbprint"), pinned} - {None}:
            blob = self.host.store("My").get(thumbprint) or self.host.store("Remote Desktop").get(thumbprint)
            where = container_of(blob) if blob else None
            assert where and self.host.key_path(where[0]) in self.host.keys, thumbprint


@settings(max_examples=examples(4, 150), deadline=None)
@given(st.lists(st.sampled_from(ACTIONS), max_size=7))
@example(["restart", "restore unseen", "restore blind"])
@example(["restart", "nobody", "cut", "restart", "restore blind"])
def test_no_order_of_runs_takes_away_what_the_listener_has(actions: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Site("healthy", Path(folder)) as site:
        runs = Runs(site)
        for action in ("people", "bind", *actions):
            runs.do(action)
        # However it went: restored, restarted and restored again, everything is back.
        for action in ("nobody", "restore", "restart", "restore"):
            runs.do(action)
        assert not runs.is_there and site.lasting() == runs.start


def test_a_run_that_takes_itself_back_leaves_the_import_to_a_restore_where_people_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody gets in behind its restart but somebody who is on already: the way back does without another restart."""
    with Site("healthy", tmp_path) as site:
        runs, behaviour = Runs(site), site.host.data["behaviour"]

        def somebody_comes(host: Windows, _point: str) -> None:
            behaviour["deaf"] = True
            person()(host)

        monkeypatch.setattr(running, "cut_here", somebody_comes)
        done = site.task("certificate", state="bound", src=str(runs.path), password="geheim")
        assert done["failed"] and not done["rolled_back"] and not done["rollback"]["complete"], done
        assert "may present the imported certificate" in done["msg"] and "then restore again" in done["msg"]
        assert runs.is_there and not site.host.get(RDP_TCP, "SSLCertificateSHA1Hash")
        monkeypatch.undo()
        behaviour.pop("deaf")
        runs.run = done["run"]
        for action in ("nobody", "restart", "restore"):
            runs.do(action)
        assert not runs.is_there and site.lasting() == runs.start


CERTIFICATES = ("A", "B", "C")
# Which certificate each run binds (another one than the run before; B and C differ in nothing but their names), and in
# which order the runs are restored.
RUNS = ["AB", "ABA", "ABC"]
ORDERS = [(bound, order) for bound in RUNS for order in itertools.permutations(range(len(bound)))]


class Several(Runs):
    """More than one run, each with a file of its own."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self.files: dict[str, Path] = {}
        self.runs: list[str] = []
        start = site.host.now() - timedelta(days=1)
        for number, name in enumerate(CERTIFICATES):
            key = fresh_key()
            der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 5000 + number)
            path = site.folder / f"{name}.pfx"
            path.write_bytes(importing.pfx(der, key, "geheim"))
            self.files[name] = path

    def bind_one(self, name: str) -> None:
        self.site.another_run()
        done = self.site.task("certificate", state="bound", src=str(self.files[name]), password="geheim")
        assert not done.get("failed") and done["changed"], done
        self.runs.append(done["run"])
        self.check()

    def take_back(self, at: int, *, blind: bool = False) -> dict[str, Any]:
        """``blind``: the controller has no copies, so that only the host can know what other runs need."""
        self.site.another_run()
        options: dict[str, Any] = {"journal_dir": str(self.site.folder / "another controller")} if blind else {}
        back = self.site.task("restore", run=self.runs[at], **options)
        self.check()
        return back


@pytest.mark.parametrize("blind", [False, True])
def test_runs_are_taken_back_in_any_order(tmp_path: Path, blind: bool) -> None:
    for number, (bound, order) in enumerate(some(ORDERS, 4, blind)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with Site("healthy", folder) as site:
            several = Several(site)
            for name in bound:
                several.bind_one(name)
            _restored(several, order, blind)
            assert site.lasting() == several.start, (bound, order)


def _restored(several: Several, order: tuple[int, ...], blind: bool) -> None:
    """Restored in this order, again and again until nothing is left: no more often than there are runs."""
    for _round in order:
        answers = [several.take_back(at, blind=blind) for at in order]
        several.restart()
        if not any(answer.get("failed") for answer in answers):
            return
        for answer in answers:
            assert not answer.get("failed") or "taken back in part" in answer["msg"], answer
    last = [several.take_back(at, blind=blind) for at in order]
    assert not any(answer.get("failed") for answer in last), last
