# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""List what could be taken back, or take a run or a journal back: see the module's documentation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import client_session, journals
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction, carry_out
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import ALL_KEYS, HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.past import Past, whole_in
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import POSSIBLE
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import history, taken_back, verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.history import LATEST, Change
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import (
    OPEN,
    Journal,
    JournalError,
    is_id,
    is_run,
    run_in_words,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan, session_guard
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import SESSIONS
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import undo
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape


class ActionModule(RdpAction):
    MODULE = "restore"

    def act(self, session: HostSession) -> dict[str, Any]:
        # Later journals of other runs that are not taken back, newest first, by the id of the one that is.
        self._standing: dict[str, list[Journal]] = {}
        run, asked = session.options["run"], session.options["journal"]
        if session.options["state"] == "listed" or not (run or asked):
            return self._listing(session)
        copies = journals.kept(session.options["journal_dir"], session.name)
        given = self._copy(asked) if asked and asked != LATEST and not is_id(asked) else None
        if given:
            copies, asked = [*copies, given], given.id
        wanted = run or asked
        if not is_run(wanted):
            raise HostFailure(f"{session.name}: {wanted!r} is not the id of a run.", reason="bad_arguments")
        known = [change.id for change in history.of_run(history.changes((), copies), wanted) if change.is_restorable]
        id_ = wanted if is_id(wanted) else next(iter(known), None)
        snapshot = session.snapshot_for_change(id_, ALL_KEYS)
        whole = {id_: whole_in(session, snapshot, id_)} if id_ and snapshot.section("journals") else {}
        self._past = self._known(session, snapshot, self._of_this_host(session, snapshot, copies, given), whole)
        found = self._past.changes
        chosen = history.of_run(found, wanted)
        if asked == LATEST:
            # A last rung, the restart, leaves nothing to take back: the newest is what it put in force.
            chosen = [change for change in chosen if change.is_lasting][:1]
        todo = [change for change in chosen if change.is_restorable]
        latest = _latest(found, chosen) if wanted == LATEST else None
        if not todo:
            return _with(latest, self._nothing(session, wanted, found, chosen))
        # A rung of its own, which leaves nothing to take back: TermService has had what came before it in force since.
        runs = {change.run for change in todo}
        reloaded = any(change.run in runs and change.restarted for change in found[: found.index(todo[-1])])
        self._standing = {change.id: self._left_standing(change, todo) for change in todo}
        stays = "; ".join(dict.fromkeys(change.left for change in chosen if change.left and not change.is_renewal))
        told = f"left as it is: {stays}" if stays else None
        return _with(latest, _with(told, self._take_back(session, snapshot, wanted, todo, reloaded)))

    # Choosing ------------------------------------------------------------------------------------------------------

    @staticmethod
    def _listing(session: HostSession) -> dict[str, Any]:
        snapshot = session.snapshot(["host", "journals"])
        copies = journals.kept(session.options["journal_dir"], session.name)
        found = ActionModule._known(session, snapshot, ActionModule._of_this_host(session, snapshot, copies)).changes
        return {
            "changed": False,
            "changes": [change.to_dict() for change in found],
            "newest_run": history.newest_run(found),
            "summary": history.told(found),
        }

    @staticmethod
    def _known(
        session: HostSession,
        snapshot: Snapshot,
        copies: list[Journal],
        whole: dict[str, dict[str, Any] | None] | None = None,
    ) -> Past:
        if snapshot.section("journals") is None and not copies:
            raise HostFailure(
                f"{session.name}: the journals on the host could not be read, and {session.options['journal_dir']} has"
                " no copy; give journal the path of the controller's copy."
            )
        return Past(session, snapshot, copies, whole)

    @staticmethod
    def _of_this_host(
        session: HostSession, snapshot: Snapshot, copies: list[Journal], given: Journal | None = None
    ) -> list[Journal]:
        """The copies that are of this host and machine. Raises ``HostFailure`` if the one ``given`` is not."""
        fault = given.another_hosts(session.name, snapshot.machine) if given else None
        if fault:
            raise HostFailure(
                f"{session.name}: {session.options['journal']} is not this host's journal: {fault}. Nothing was done.",
                reason="bad_journal",
            )
        return [copy for copy in copies if not copy.another_hosts(session.name, snapshot.machine)]

    @staticmethod
    def _nothing(session: HostSession, wanted: str, found: list[Change], chosen: list[Change]) -> dict[str, Any]:
        unknown: dict[str, Any] = {}
        if left := "; ".join(dict.fromkeys(change.left for change in chosen if change.left)):
            told = f"left as it is: {left} ({chosen[0].run})"
            return {"changed": False, "summary": told, "journal": None, "left_as_it_is": left}
        lasting = [change for change in chosen if change.is_lasting]
        if lasting and all(change.is_undone for change in lasting):
            what = f"{chosen[0].run if wanted == LATEST else wanted} has been taken back before"
        elif chosen:
            what = ActionModule._left_nothing(wanted, found, chosen[0].run)
        elif wanted == LATEST:
            what = "nothing was changed on this host"
        elif is_id(wanted):
            raise HostFailure(f"{session.name} has no journal {wanted}; {history.told(found)}.", reason="bad_arguments")
        else:
            what = f"{run_in_words(wanted)} changed nothing on this host"
            unknown = {"unknown_run": wanted, "newest_run": history.newest_run(found)}
        return {"changed": False, "summary": f"nothing to restore: {what}", "journal": None, **unknown}

    @staticmethod
    def _left_nothing(wanted: str, found: list[Change], run: str) -> str:
        """Of a journal, its run may have others, which did leave something."""
        if not is_id(wanted) or wanted == run:
            return f"{run} left nothing to take back"
        others = [change.id for change in found if change.run == run and change.is_restorable]
        whole = f"{run_in_words(run)}, which it belongs to"
        beside = f"; of {whole}, journal {' and '.join(others)} did" if others else f", nor did {whole}"
        return f"journal {wanted} left nothing to take back{beside}"

    @staticmethod
    def _copy(path: str) -> Journal:
        try:
            return journals.load(path)
        except (OSError, ValueError) as error:
            raise HostFailure(
                f"winops.rdp.restore: {path} is neither 'latest', nor a journal's id, nor a readable journal file"
                f" ({error}).",
                reason="bad_arguments",
            ) from error

    # Taking back -----------------------------------------------------------------------------------------------------

    def _take_back(
        self, session: HostSession, snapshot: Snapshot, wanted: str, todo: list[Change], reloaded: bool
    ) -> dict[str, Any]:
        warnings: list[str] = []
        whole = [self._journal(session, change, warnings) for change in todo]
        if any(step["op"] == "file.replace" for one in whole for step in one.steps):
            snapshot = snapshot.later(session.snapshot(["host", "local_policy"]))
        before, restored = session.assess(snapshot), todo[0].run if wanted == LATEST else wanted
        plans = self._plans(session, before, todo, whole, reloaded)
        plan = _joined([plan for _journal, plan in plans])
        refusal = session_guard(snapshot, session.allowed, plan.steps) if plan.disruption == SESSIONS else None
        if refusal:
            raise refusal
        if not plan.rungs and not plan.blocked:
            return self._over(session, wanted, todo, whole, before)
        self._held(session, snapshot, zip(todo, plans))
        try:
            outcome = self._carried_out(session, plan, plans, before)
        except HostFailure as failure:
            raise self._explained(failure, todo) from failure
        if outcome is None:
            result = shape.plan_result(plan, before, check_mode=session.check_mode, taken_back=restored)
            if plan.later and not session.check_mode:
                result |= {"failed": True, "msg": verify.partly(session.name, plan.later, todo[0].id)}
        else:
            result = shape.change_result(session.name, outcome, taken_back=restored)
        # Where all of it stays as it is, nothing is wrong again.
        undone = todo if plan.steps and (outcome is None or outcome.changed) else []
        again = _again(undone, before, outcome.after if outcome else None, in_part=bool(plan.blocked))
        return {
            **result,
            "summary": "; ".join(text for text in (result["summary"], again) if text),
            "restored": restored,
            "causes_again": sorted({id_ for change in undone for id_ in _causes_again(change, before)}),
            **({"warnings": warnings} if warnings else {}),
        }

    def _over(
        self, session: HostSession, wanted: str, todo: list[Change], whole: list[Journal], before: Assessment
    ) -> dict[str, Any]:
        """Nothing is left. An earlier undo that came to its end, and could not say so any more, is said here."""
        for one in whole if not session.check_mode else ():
            if self._past.undoings(one.id):
                session.keep_undone(_of_host(session, one, before))
        return self._nothing(session, wanted, [], todo)

    def _plans(
        self, session: HostSession, before: Assessment, todo: list[Change], whole: list[Journal], reloaded: bool
    ) -> list[tuple[Journal, Plan]]:
        """What takes each journal back. Raises ``HostFailure``."""
        client = client_session.as_left(session.link, [step for one in whole for step in one.changed_steps])
        empty, seen = not session.allowed.allow_disconnect, before.probe.thumbprint
        plans = []
        left = [self._past.left(change, one) for change, one in zip(todo, whole)]
        for at, one in enumerate(whole):
            try:
                plan = undo(
                    left[at],
                    before.snapshot,
                    left[:at],
                    client=client,
                    expect_empty=empty,
                    reloaded=reloaded and one is whole[-1],
                    presented=seen,
                    standing=self._standing[one.id],
                    unloaded=taken_back.unloaded(self._past.undoings(one.id)),
                )
            except JournalError as error:
                raise HostFailure(
                    f"{session.name}: journal {one.id} cannot be used: {error}.", reason="bad_journal"
                ) from error
            plans.append((one, plan))
        return plans

    def _held(
        self, session: HostSession, snapshot: Snapshot, todo: Iterable[tuple[Change, tuple[Journal, Plan]]]
    ) -> None:
        """Refuse what the host would refuse, before anything is taken back: its own journal tells it what an undo may
        do. Raises ``HostFailure``."""
        for change, (_journal, plan) in todo:
            if snapshot.section("journals") is None or not plan.steps:
                continue
            own = self._past.own(change)
            if own is None and change.row:
                why = change.row["untrusted"] or f"the host says of it that it is {change.row['state']}"
                raise HostFailure(
                    f"{session.name}: its own journal {change.id} cannot be used: {why}. Nothing was done: the host"
                    " takes back only what a journal asks for that nobody else could have written.",
                    reason="journal_failed",
                )
            try:
                session.check_steps(plan.steps, snapshot, undo=taken_back.demanded(own, plan.steps))
            except HostFailure as failure:
                if own is None:
                    raise self._explained(failure, [change]) from failure
                told = f"The host's own journal {change.id} does not ask for that step, and an undo does no more."
                raise HostFailure(f"{failure} {told}", reason=failure.reason) from failure

    def _explained(self, failure: HostFailure, todo: list[Change]) -> HostFailure:
        """The same failure, with what a host that has lost its journal does not take back."""
        lost = [change.id for change in todo if not self._past.whole(change)]
        if failure.reason != "refused_step" or not lost:
            return failure
        return HostFailure(
            f"{failure} The host has lost its own journal {', '.join(lost)}, and takes back only what any plan may do:"
            " set the rest by hand; the controller's copy says what was there.",
            reason=failure.reason,
        )

    def _journal(self, session: HostSession, change: Change, warnings: list[str]) -> Journal:
        """The journal to take back: the controller's copy, or the host's own where the run was cut off before that."""
        whole, copy = self._past.whole(change), change.copy
        if copy and copy.state != OPEN:
            difference = history.difference(copy, whole) if whole else None
            if difference or not whole:
                warnings.append(
                    f"{session.name}: {difference or f'journal {copy.id} is not on the host; its copy was used'}"
                )
            return copy
        if whole:
            try:
                return Journal.parse(whole)
            except JournalError as error:
                raise HostFailure(
                    f"{session.name}: journal {change.id} cannot be used: {error}.", reason="bad_journal"
                ) from error
        if copy:
            return copy
        raise HostFailure(f"{session.name}: journal {change.id} could not be read.", reason="bad_journal")

    def _left_standing(self, of: Change, todo: list[Change]) -> list[Journal]:
        """What was changed later and can still be taken back. Of what only the host knows, as far as it is about the
        same by its own words."""
        standing, found = [], self._past.changes
        for change in found[: found.index(of)]:
            if not change.is_restorable or change in todo or not (change.copy or change.may_share(of)):
                continue
            one = self._past.told(change)
            standing += [taken_back.left(one, self._past.undoings(change.id))] if one else []
        return standing

    @staticmethod
    def _carried_out(
        session: HostSession, plan: Plan, plans: list[tuple[Journal, Plan]], before: Assessment
    ) -> Outcome | None:
        """All journals, one call for each, until a step fails; None if nothing is done."""
        whole: Outcome | None = None
        for journal, part in plans:
            outcome = carry_out(session, part, whole.after if whole else before, undoes=journal.id)
            if outcome is None:
                continue
            runs = (*(whole.runs if whole else ()), *outcome.runs)
            whole = Outcome(plan, before, outcome.after, runs)
            if outcome.stopped_step:
                break
            if part.later:
                continue
            session.keep_undone(_of_host(session, journal, before))
        return whole


def _of_host(session: HostSession, journal: Journal, before: Assessment) -> Journal:
    return replace(journal, host=session.name, machine=before.snapshot.machine or journal.machine)


def _latest(found: list[Change], chosen: list[Change]) -> str | None:
    return history.told_latest((change.to_dict() for change in found), chosen[0].run) if chosen else None


def _with(latest: str | None, result: dict[str, Any]) -> dict[str, Any]:
    """The result with what ``latest`` stood for, where that has to be said."""
    return {**result, "summary": f"{result['summary']}; {latest}"} if latest else result


def _joined(plans: list[Plan]) -> Plan:
    """Several plans as one, for people to read."""
    return Plan.of([step for plan in plans for step in plan.steps], [one for plan in plans for one in plan.blocked])


def _causes_again(change: Change, before: Assessment) -> list[str]:
    """The causes that were there before a change and are not there now, but those that a renewed certificate, which
    stays, is the end of."""
    renewed, known = "certificate.renew " in (change.value("what") or ""), catalogue.ALL
    stay = {id_ for id_ in change.causes if renewed and id_ in known and known[id_].repair_class == "renew"}
    stay.update(finding.id for finding in before.diagnosis.findings if finding.confidence != POSSIBLE)
    return [id_ for id_ in change.causes if id_ not in stay]


def _again(todo: list[Change], before: Assessment, after: Assessment | None, *, in_part: bool) -> str | None:
    """What is wrong again, or will be once what was taken back is in force, in clauses. Of what is taken back in part
    nobody knows whether a cause that is not seen again is among the rest.
    """
    if not todo:
        return None
    oldest, causes = todo[-1].found, _causes_again(todo[-1], before)
    found = {finding.id for finding in after.diagnosis.findings} if after else set()
    back = [id_ for id_ in causes if id_ in found]
    rest = [id_ for id_ in causes if id_ not in found]
    ahead = "may" if in_part else "will"
    clauses = []
    if oldest.get("gets_in") is False and (before.probe.logon_reached or not before.probe):
        if after and after.probe and not after.probe.logon_reached:
            told, rest = (back, rest) if back else (rest, [])
            are = "are"
        else:
            told, rest, are = causes, [], f"{ahead} be"
        clauses.append(f"clients {are} kept out again: {', '.join(told) or oldest.get('client')}")
    elif back:
        clauses.append(f"back again: {', '.join(back)}")
    clauses += [f"{ahead} be back: {', '.join(rest)}"] * bool(rest)
    return "; ".join(clauses) or None
