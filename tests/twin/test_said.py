# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a result and a list say is so: of steps that were refused or failed, of runs that began nothing, and of runs
that build on each other, whoever has copies of their journals."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest

from tests.hosts import failing
from tests.profiles import by_turns
from tests.twin.inprocess import Site

pytestmark = [pytest.mark.needs_sockets]
COMES = {"id": 3, "user": r"CORP\bob", "station": "RDP-Tcp#0", "state": 0}


def _done(site: Site, module: str, **options: Any) -> dict[str, Any]:
    """Another run of Ansible, with what it came to."""
    site.another_run()
    return site.task(module, **options)


def test_a_step_that_the_host_refused_is_not_done(tmp_path: Path) -> None:
    with Site("key_unreadable", tmp_path) as site:
        site.host.data["behaviour"]["arrives"] = COMES
        first = _done(site, "remediate")
        assert [step["status"] for step in first["steps"]] == ["done", "refused"] and first["disruption"] == "none"
        assert "; done: acl.set the key file; not repaired " in first["summary"], first["summary"]
        assert "service.restart" not in first["columns"]["repair"]
        site.host.data["sessions"] = []
        only = _done(site, "service", name="TermService", state="restarted")
        assert not only["changed"] and "done" not in only["summary"], only["summary"]


def test_a_step_that_failed_and_those_behind_it_are_not_done(tmp_path: Path) -> None:
    with Site("healthy", tmp_path) as site:
        site.inject(failing.AT_ONCE, 1)
        asked = {"security_layer": "negotiate", "encryption_level": "high"}
        failed = _done(site, "listener", **asked, rollback=False)
        statuses = {step["name"]: step["status"] for step in failed["steps"]}
        assert sorted(statuses.values()) == ["done", "failed"]
        (was_done,) = (name for name, status in statuses.items() if status == "done")
        assert f"; done: registry.set {was_done}; now " in failed["summary"], failed["summary"]
        site.minutes_later()
        site.next_run()
        site.inject(failing.AT_ONCE, 0)
        alone = _done(site, "listener", encryption_level="fips", rollback=False)
        assert alone["failed"] and "; nothing was done; now " in alone["summary"], alone["summary"]


@pytest.mark.parametrize("how", ["refused", "refused at once"])
def test_an_undo_that_a_person_stopped_is_no_whole_one(tmp_path: Path, how: str) -> None:
    with Site("pfx_default_acl" if how == "refused" else "termservice_stopped", tmp_path) as site:
        if how == "refused":
            run = _done(site, "certificate", state="bound", thumbprint=next(iter(site.host.store("My"))))["run"]
        else:
            run = _done(site, "service", name="TermService", state="started")["run"]
        site.host.data["behaviour"]["arrives"] = COMES
        back = _done(site, "restore", run=run)
        assert back["failed"] and "refused" in [step["status"] for step in back["steps"]]
        part = f"taken back in part ({run}): " if how == "refused" else f"; {run}: not taken back: somebody came in "
        assert part in back["summary"], back["summary"]
        for words in ("service.restart TermService", "service.stop TermService", "out again"):
            assert words not in back["summary"], back["summary"]


# A run whose first step is of each kind, on a host on which that is something to do.
FIRST_STEPS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "registry.set": ("healthy", "listener", {"security_layer": "negotiate"}),
    "firewall.set": ("healthy", "firewall", {"enabled": False}),
    "service.start_type": ("healthy", "service", {"name": "SessionEnv", "start_type": "automatic"}),
    "service.start": ("sessionenv_stopped", "service", {"name": "SessionEnv", "state": "started"}),
    "acl.set": ("key_unreadable", "remediate", {}),
    "group.add": ("healthy", "access", {"enabled": True, "members": ["S-1-5-21-1-2-3-1104"]}),
    "task.arm": ("healthy", "listener", {"nla": False, "for": "2 hours"}),
    "file.replace": ("healthy", "listener", {"security_layer": "tls", "where": "local_policy"}),
}


KINDS = (failing.BEFORE, failing.AT_ONCE, failing.WITHIN, failing.AFTER)


@pytest.mark.parametrize(("op", "again", "kind"), by_turns(FIRST_STEPS, product((False, True), KINDS), times=2))
def test_a_run_whose_first_step_never_came_about_left_nothing(tmp_path: Path, op: str, kind: str, again: bool) -> None:
    """No list has it, and nobody is sent to take back what never was; ``again``: nor once the same was done later."""
    scenario, module, options = FIRST_STEPS[op]
    with Site(scenario, tmp_path) as site:
        before = site.lasting(), site.running()
        site.inject(kind, 0)
        cut = _done(site, module, **options, rollback=False)
        site.minutes_later()
        [journal] = list(site.host.data["journals"])
        assert site.host.data["journals"][journal]["steps"][0]["op"] == op, cut
        came, was_cut = (
            (site.lasting(), site.running()) != before,
            site.host.data["journals"][journal]["state"] == "open",
        )
        if again:
            site.host.volatile.pop("injected")
            done = _done(site, module, **options)
            assert not done.get("failed"), done
        others = [tmp_path, tmp_path / "another controller"]
        told = [_done(site, "restore", state="listed", journal_dir=str(folder)) for folder in others]
        rows = [{row["journal"]: row["restorable"] for row in each["changes"]} for each in told]
        assert [each[journal] for each in rows] == [came, came], told
        begun = [journal] * (came and was_cut)
        assert _done(site, "diagnose")["interrupted_journals"] == begun
        if not came:
            run = site.host.data["journals"][journal]["run"]
            for check in (True, False):
                site.another_run()
                back = site.task("restore", check=check, run=run)
                assert not back["changed"] and "left nothing to take back" in back["summary"], back


def test_a_renewal_that_took_nothing_out_left_nothing(tmp_path: Path) -> None:
    """And no new certificate has come, whatever key the old one has."""
    with Site("healthy", tmp_path) as site:
        site.inject(failing.AT_ONCE, 0)
        failed = _done(site, "certificate", state="renewed", force=True, rollback=False)
        assert {step["status"] for step in failed["steps"]} == {"failed", "skipped"}
        assert not failed["journal"]["restorable"] and "restore" not in failed["msg"]
        back = _done(site, "restore", run=failed["run"])
        assert back["summary"] == f"nothing to restore: {failed['run']} left nothing to take back", back
        assert not any(row["restorable"] for row in _done(site, "restore", state="listed")["changes"])


def test_a_run_that_was_cut_off_behind_a_renewal_leaves_nothing_to_take_back(tmp_path: Path) -> None:
    with Site("healthy", tmp_path) as site:
        site.host.volatile["cut_at"] = "TermService.stopped"
        cut = _done(site, "certificate", state="renewed", force=True)
        assert cut["reason"] == "interrupted"
        site.minutes_later()
        assert _done(site, "diagnose")["interrupted_journals"] == []
        for folder in (tmp_path, tmp_path / "another controller"):
            told = _done(site, "restore", state="listed", journal_dir=str(folder))
            assert [row["restorable"] for row in told["changes"]] == [False], told["summary"]
            back = _done(site, "restore", run=cut["run"], journal_dir=str(folder))
            assert not back["changed"] and "a renewed certificate stays" in back["summary"], back["summary"]


LOST: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a value": ("healthy", "listener", {"encryption_level": "high"}),
    "a start type": ("healthy", "service", {"name": "SessionEnv", "start_type": "automatic"}),
    "a time without NLA": ("healthy", "listener", {"nla": False, "for": "2 hours"}),
    "rules": ("healthy", "firewall", {"enabled": False}),
    "a service that was stopped": ("sessionenv_stopped", "remediate", {}),
    "who may read a key": ("key_unreadable", "remediate", {}),
    "a value that was not there": ("store_name_missing", "remediate", {}),
    "a value of another type": ("pin_malformed", "remediate", {"drop_dead_pin": True}),
    "a member": ("healthy", "access", {"enabled": True, "members": ["S-1-5-21-1-2-3-1104"]}),
    "a policy": ("healthy", "listener", {"security_layer": "tls", "where": "local_policy"}),
}


@pytest.mark.parametrize(("what", "how"), by_turns(LOST, [("lost",), ("altered",), ("untrusted",)]))
def test_check_mode_of_a_restore_says_what_the_host_would_say(tmp_path: Path, what: str, how: str) -> None:
    """Its own journal is what tells it what an undo may do, and that is gone, another one, or anybody's."""
    scenario, module, options = LOST[what]
    with Site(scenario, tmp_path) as site:
        done = _done(site, module, **options)
        assert done["changed"] and not done.get("failed"), done
        journal = next(iter(site.host.data["journals"]))
        if how == "lost":
            site.host.data["journals"].clear()
        elif how == "untrusted":
            site.host.data["untrusted"][journal] = f"C:\\{journal}.json belongs to S-1-5-32-545"
        else:
            site.host.data["journals"][journal]["steps"] = []
        told = []
        for check in (True, False):
            site.another_run()
            told.append(site.task("restore", check=check, run=done["run"]))
        assert told[0].get("failed") is told[1].get("failed"), told
        assert told[0].get("msg") == told[1].get("msg"), told
        if how == "untrusted":
            assert f"{journal} cannot be used: " in told[0]["msg"] and "S-1-5-32-545" in told[0]["msg"], told
        elif told[0].get("failed"):
            words = {"lost": "has lost its own journal", "altered": "does not ask for that step"}
            assert words[how] in told[0]["msg"] and "; nothing was done. " in told[0]["msg"], told


Runs = list[tuple[str, dict[str, Any]]]
FIREWALL: Runs = [("firewall", {"enabled": False}), ("firewall", {"enabled": True})]
LISTENER: Runs = [("listener", {"encryption_level": "high"}), ("listener", {"encryption_level": "client_compatible"})]
NLA: Runs = [("listener", {"nla": False, "for": "2 hours"}), ("listener", {"nla": True})]
LONGER: Runs = [("listener", {"nla": False, "for": span}) for span in ("2 hours", "4 hours")]
START: Runs = [("service", {"name": "SessionEnv", "start_type": how}) for how in ("automatic", "manual")]


PAIRS: dict[str, Runs] = {
    "firewall": FIREWALL,
    "listener": LISTENER,
    "nla": NLA,
    "longer": LONGER,
    "start": START,
}


@pytest.mark.parametrize(("pair", "blind"), by_turns(PAIRS, [((),), ((0,),), ((0, 1),), ((1,),)]))
def test_what_a_later_run_has_put_back_or_set_again_can_be_restored_in_any_order(
    tmp_path: Path, pair: str, blind: tuple[int, ...]
) -> None:
    """The second run sets what was there before the first, or sets the same anew. ``blind``: which restores another
    controller is asked for, which has no copies: what the host's own journals say is asked for then."""
    with Site("healthy", tmp_path) as site:
        before = site.lasting()
        runs = []
        for module, options in PAIRS[pair]:
            done = _done(site, module, **options)
            assert done["changed"], done
            runs.append(done["run"])
        both = site.lasting()
        for number, run in enumerate((*runs, runs[0])):
            folder = tmp_path / "other" if number % 2 in blind else tmp_path
            back = _done(site, "restore", run=run, journal_dir=str(folder), allow_disconnect=True)
            waits = number == 0
            assert bool(back.get("failed")) is waits, back
            if waits:
                assert f"restore {runs[1]} first, then this one again" in back["msg"]
                assert site.lasting() == both, "the later run's stays as it is"
        assert site.lasting() == before
        assert not any(row["restorable"] for row in _done(site, "restore", state="listed")["changes"])


def test_another_controller_asks_the_host_only_for_what_is_about_the_same(tmp_path: Path) -> None:
    with Site("healthy", tmp_path) as site:
        first = _done(site, "listener", encryption_level="high")
        _done(site, "service", name="SessionEnv", start_type="automatic")
        last = _done(site, "listener", encryption_level="fips")
        asked = []
        answer = site._answer

        def noted(module_name: str, module_args: dict[str, Any], task_vars: dict[str, Any]) -> dict[str, Any]:
            asked.append(module_args.get("journal_id"))
            return answer(module_name, module_args, task_vars)

        site._answer = noted  # type: ignore[method-assign]
        back = _done(site, "restore", run=first["run"], journal_dir=str(tmp_path / "other"))
        assert f"{last['run']} has changed the same since" in back["msg"]
        assert set(asked) - {None} == {first["journal"]["id"], last["journal"]["id"]}


@pytest.mark.parametrize("blind", [False, True])
def test_a_step_that_was_cut_off_before_it_came_about_is_not_taken_back(tmp_path: Path, blind: bool) -> None:
    """The first run closed the firewall, and its own undo has opened it since: what the second found is nobody's."""
    with Site("healthy", tmp_path) as site:
        before, reach = site.lasting(), site.reach()
        closed = _done(site, "firewall", enabled=False)
        site.next_run()
        site.inject(failing.WITHIN, 0)
        _done(site, "firewall", enabled=True)
        site.minutes_later()
        (cut,) = (one for one in site.host.data["journals"].values() if one["state"] == "open")
        folder = str(tmp_path / "another controller") if blind else str(tmp_path)
        assert not _done(site, "restore", run=closed["run"], journal_dir=folder).get("failed")
        assert site.lasting() == before and site.reach() == reach
        again = _done(site, "restore", run=cut["run"], journal_dir=folder)
        assert not again["changed"] and site.lasting() == before and site.reach() == reach, again["summary"]
