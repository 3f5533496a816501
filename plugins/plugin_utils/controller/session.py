# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A session with one host: read it, probe it, assess it, have steps done. The rooms below judge what it means."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import Any

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import journals, logon, neighbours
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import (
    Answered,
    HostFailure,
    HostLink,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.interrupted import Attempt, interrupted
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import (
    misplaced,
    own_address,
    place_given,
    probe_listener,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, firewall
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import sentence
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import applied, rollback, steps, verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import OPEN, Journal, JournalError
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome, Rollback, Run
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import Choice, RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step

# A listener needs a moment after its service has started.
_SETTLE_SECONDS = 20.0
_GLANCE_SECONDS = 2.0
# Each pause between two looks is so much longer than the one before: a look costs the host an entry in its log.
_PATIENCE = 1.5
_RDP_PORT = 3389


@contextmanager
def _at_once() -> Iterator[Callable[[bool], None]]:
    yield lambda _went_well: None


def _choice(given: bool | list[str]) -> Choice:
    return given if isinstance(given, bool) else tuple(given)


def allowed(options: dict[str, Any]) -> RepairPolicy:
    """What a repair may do, by a module's options."""
    return RepairPolicy(
        allow_disconnect=options.get("allow_disconnect", False),
        tighten=_choice(options.get("tighten", False)),
        open=_choice(options.get("open", False)),
        drop_dead_pin=options.get("drop_dead_pin", False),
        skip_findings=tuple(options.get("skip_findings") or ()),
        only_findings=tuple(options.get("only_findings") or ()),
    )


class HostSession:
    """Everything that is asked of one host in one task. ``options`` are those of the module, validated.

    All methods that ask the host raise ``HostFailure``.
    """

    def __init__(self, action: ActionBase, options: dict[str, Any], task_vars: dict[str, Any]) -> None:
        self.link = HostLink(action, task_vars)
        self._around = (action, task_vars)
        self.name = self.link.name
        self.options = options
        # Entered around a repair; it gives what to call with whether the repair went well.
        self.turn: Callable[[], AbstractContextManager[Callable[[bool], None]]] = _at_once
        self.check_mode = bool(action._task.check_mode)
        self.warnings: list[str] = []
        self._attempts: list[Attempt] = []
        # Where the last look went, if it ended on the way and an option had sent it there.
        self.place_given: str | None = None
        # Certificates with their keys, for the steps that import them.
        self.secrets: dict[str, dict[str, str]] = {}
        self.allowed = allowed(options)

    def say(self, words: str) -> None:
        """Tell who runs Ansible with -vv which phase the host is in."""
        Display().vv(f"winops.rdp: {sentence(words)}", host=sentence(self.name))

    # Reading -----------------------------------------------------------------------------------------------------

    def snapshot(
        self,
        sections: list[str] | None = None,
        journal_id: str | None = None,
        key_certificates: tuple[str, ...] = (),
        channel: bool = False,
    ) -> Snapshot:
        """Read the host: these sections (None: all); ``journal_id`` asks for one journal as a whole.

        ``key_certificates`` asks for the key files of these certificates in the store My; ``*`` stands for all.
        ``channel`` has a member of a domain ask how its secure channel is: by ``nltest``, whose name many products
        watch for, and so only where somebody needs to know.
        """
        self.say(f"snapshot: reading {', '.join(sections) if sections else 'all sections'}")
        return self.link.snapshot(sections, journal_id, key_certificates, channel)

    def knows(self, name: str) -> bool:
        """Whether a host is in the inventory."""
        return neighbours.is_known(self._around[1], name)

    def neighbour(self, name: str, sections: Iterable[str]) -> Snapshot:
        """These sections of another host of the inventory, which is read now. Raises ``HostFailure``."""
        self.say(f"reference: reading {name}")
        return neighbours.read(*self._around, name, sections)

    def snapshot_for_change(
        self,
        journal_id: str | None = None,
        key_certificates: tuple[str, ...] = (),
        more: tuple[str, ...] = (),
        channel: bool = False,
    ) -> Snapshot:
        """The same of all sections, and ``more`` on request; refuse an account that cannot change anything."""
        sections = [*contract.SECTIONS, *more] if more else None
        snapshot = self.snapshot(sections, journal_id, key_certificates, channel)
        host = snapshot.section("host")
        if snapshot.access_denied and (host is None or not host["elevated"]):
            raise HostFailure(
                f"{self.name}: the account used there is not an administrator:"
                f" {', '.join(snapshot.access_denied)} could not be read. Nothing was done;"
                " run again with an account that is.",
                reason="not_administrator",
            )
        return snapshot

    @property
    def wants_nla(self) -> bool:
        """Whether Network Level Authentication is asked for, which needs the trust in the domain."""
        return bool(self.options.get("nla") or (self.options.get("enabled") and self.options.get("require_nla")))

    def probe(self, snapshot: Snapshot) -> ProbeResult:
        """Look at the listener as a client does; false if that is not asked for."""
        return self._probe_port(self.options["probe_port"] or snapshot.port)

    @property
    def can_probe(self) -> bool:
        """Whether the listener will be looked at: it is asked for, and there is an address for it."""
        return bool(self.options["probe"] and (self.options["probe_host"] or self.link.network_address))

    def warn_of_scope(self, plan: Plan, snapshot: Snapshot) -> None:
        """Say it before anything is done if the firewall would let the controller's own look no longer through.

        No more than a warning: where addresses are translated on the way, the host sees the controller under another.
        """
        scope = self.options.get("remote_addresses")
        host = self.options["probe_host"] or self.link.network_address
        changes = any(step.op.startswith("firewall.") and step.fields.get("addresses") for step in plan.steps)
        if not (scope and changes and self.can_probe and host):
            return
        own = own_address(host, self.options["probe_port"] or snapshot.port)
        if own and firewall.holds(scope, own) is False:
            self.warnings.append(
                f"{self.name}: the controller's address {own} is not in remote_addresses, so that it may not get"
                " through to prove this, and the change is taken back then; add the address under which the host sees"
                " the controller, or leave the look out (probe=false)."
            )

    def _probe_port(self, port: int) -> ProbeResult:
        host = self.options["probe_host"] or self.link.network_address
        if not self.options["probe"]:
            return ProbeResult()
        if host is None:
            self.say("probe: left out, the connection's address is no network address; probe_host gives one")
            return ProbeResult()
        self.say(f"probe: {host}:{port}")
        seen = ProbeResult(probe_listener(host, port, timeout=self.options["probe_timeout"]))
        self.place_given = place_given(self.options, seen)
        return seen

    def account(self) -> logon.Account | None:
        """The account with which the proof goes up to the logon, if that is asked for; without a name it is that of
        Ansible's own connection. Asked for first, so that what is missing is said before anything is done.
        """
        if self.options.get("verify") != "logon":
            return None
        try:
            account = logon.Account(self.options["verify_account"], self.options["verify_password"])
            if not self.options["verify_account"]:
                account = self.link.account()
            logon.need_library(account)
        except logon.LogonError as error:
            raise HostFailure(f"{self.name}: {error}", reason="bad_arguments") from error
        return account

    def try_logon(self, account: logon.Account, latest: Assessment) -> dict[str, Any]:
        """What came of trying the account, on a listener that presents one of the host's own certificates."""
        host = self.options["probe_host"] or self.link.network_address
        place = logon.Place(
            host or self.name,
            self.options["probe_port"] or latest.snapshot.port,
            latest.snapshot.own_certificates,
            timeout=self.options["probe_timeout"],
        )
        attempt = logon.Attempt(place, account, self.options["max_hosts"], self.options["verify_send_credentials"])
        look = latest.probe.data if host else None
        found = attempt.made(look, check_mode=self.check_mode)
        self.say(f"logon: {found['outcome']}{', ' + found['reason'] if found['reason'] else ''}")
        return found

    def looked_at(self, failure: HostFailure) -> HostFailure:
        """The same failure, with what clients meet at Remote Desktop's port if Ansible could not ask the host."""
        asked = not failure.unreachable and "culprit" not in failure.details
        if asked or failure.reason == "interrupted" or "probe" not in self.options:
            return failure
        probe = self._probe_port(self.options["probe_port"] or _RDP_PORT)
        if not probe or probe.stage == "name":
            return failure
        return failure.with_probe(probe)

    def assess(self, snapshot: Snapshot) -> Assessment:
        """Probe the listener and judge the host.

        The host is asked again where only its log can explain what the probe saw.
        """
        probe = self.probe(snapshot)
        wrong = misplaced(self.options, snapshot, probe)
        if wrong and not self._attempts:
            raise HostFailure(
                f"{self.name} was not looked at: {wrong[0]}. What to do: {wrong[1]}.", reason="bad_arguments"
            )
        seen = self._judged(snapshot, probe)
        if seen.needs_sections:
            later = seen.snapshot.later(self.snapshot(["host", *seen.needs_sections]))
            seen = self._judged(later, seen.probe)
        return self._explained(seen)

    def _judged(self, snapshot: Snapshot, probe: ProbeResult) -> Assessment:
        return assess(snapshot, probe, self.options.get("client_code"))

    def _explained(self, assessment: Assessment) -> Assessment:
        """The same, with the host's log of the probe's own connection where only that can explain what it saw, and its
        secure channel where that matters."""
        channel = assessment.needs_channel(nla_is_wanted=bool(self.allowed.tighten))
        needed = [*["events"] * assessment.needs_host_log, *["domain"] * channel]
        if needed:
            later = assessment.snapshot.later(self.snapshot(["host", *needed], channel=channel))
            assessment = self._judged(later, assessment.probe)
        found = ", ".join(f"{finding.id} [{finding.confidence}]" for finding in assessment.diagnosis.findings)
        self.say(f"diagnosis: {assessment.diagnosis.verdict}, {found or 'no findings'}; {assessment.probe.summary}")
        return assessment

    # Changing ----------------------------------------------------------------------------------------------------

    def apply(self, plan: Plan, before: Assessment, undoes: str | None = None) -> Outcome:
        """Have a plan's steps done and assess the host again; a conditional rung follows only if it is due then.

        ``undoes`` is the id of the journal that the plan takes back.
        """
        found = journals.found(before)
        certain = [rung.name for rung in plan.rungs if rung.condition is None]
        partly = undoes is not None and bool(plan.later)
        run, after = self._run(plan.steps, before.snapshot, undoes, found, certain[-1], partly=partly)
        runs = [run]
        for rung in plan.conditional:
            if runs[-1].failed_step:
                break
            if not verify.rung_is_due(rung, after, self.allowed):
                plan = replace(plan, blocked=(*plan.blocked, *verify.held_back(rung, after, self.allowed)))
                break
            self.say(f"rung {rung.name}: {rung.condition}")
            run, after = self._run(rung.steps, after.snapshot, undoes, found, rung.name)
            runs.append(run)
        after = self._explained(after)
        outcome = Outcome(plan, before, after, tuple(runs))
        if self.options.get("rollback") and rollback.is_due(outcome):
            outcome = self._taken_back(outcome)
        after = outcome.after
        self.say(f"proof: {after.diagnosis.verdict}, {after.probe.summary}")
        return outcome

    def _taken_back(self, outcome: Outcome) -> Outcome:
        """Take back what was done, and look again."""
        self.say("rollback: a step failed, or clients are worse off; what was done is taken back")
        after, runs = outcome.after, []
        kept: tuple[str, ...] = ()
        left: list[str] = []
        try:
            kept = rollback.kept(outcome)
            for way in rollback.ways_back(outcome, self.allowed):
                left += [way.left] if way.left else []
                if not way.steps:
                    continue
                was, partly = journals.found(outcome.before), bool(way.left)
                run, after = self._run(way.steps, after.snapshot, way.journal.id, was, partly=partly)
                runs.append(run)
                if run.stopped_step:
                    step, error = run.stopped_step
                    raise HostFailure(f"{step.op} {step.target} failed: {error.get('message')}")
                if not way.left:
                    self.keep_undone(way.journal)
        except (HostFailure, JournalError) as fault:
            return replace(outcome, after=after, rollback=Rollback(outcome.after, tuple(runs), str(fault), kept))
        why = "; ".join(left) or None
        return replace(outcome, after=after, rollback=Rollback(outcome.after, tuple(runs), why, kept))

    def _run(
        self,
        todo: tuple[Step, ...],
        snapshot: Snapshot,
        undoes: str | None,
        found: dict[str, Any],
        rung: str | None = None,
        *,
        partly: bool = False,
    ) -> tuple[Run, Assessment]:
        """One call of the host, and the host as it is then. ``found`` is how it was at first, for the journal.

        ``partly``: something of what is taken back is left for another time.
        """
        self.check_steps(todo, snapshot, undo=undoes is not None)
        journal = journals.new_journal(undoes, self.run_id(), found, snapshot.next_sequence)
        journal = replace(journal.planned(self.name, snapshot.machine, todo), partly=partly)
        may_have_task = self.options.get("safety_task", True)
        answered, attempt, told = self.sent(
            journal,
            todo,
            lambda: self.link.apply(todo, journal, snapshot, self.secrets, safety_task=may_have_task),
        )
        run = Run(todo, told.reports, attempt.journal, told.path, attempt.controller_copy, rung, told.safety_task)
        for step, report in zip(run.steps, run.reports):
            self.say(f"step: {step.op} {step.target}: {report['status']}")
        started = any(step.fields.get("service") == "TermService" for step in todo)
        return run, self._settled(answered.snapshot(), started)

    def check_steps(self, todo: Sequence[Step], snapshot: Snapshot, *, undo: bool | Sequence[Step]) -> None:
        """Hold steps to the closed list as the host does. ``undo`` allows what only an undo may do, of all of them or
        of some. Raises ``HostFailure``."""
        try:
            pinned, files = snapshot.pin.thumbprint if snapshot.pin else None, snapshot.section("key_files")
            steps.check(
                todo,
                undo=undo,
                pinned=pinned,
                files=files["files"] if files else (),
                policy=snapshot.section("local_policy"),
            )
        except steps.StepError as error:
            raise HostFailure(f"{self.name}: {error}; nothing was done.", reason="refused_step") from error

    def sent(
        self, journal: Journal, todo: tuple[Step, ...], send: Callable[[], Answered]
    ) -> tuple[Answered, Attempt, applied.Applied]:
        """Have steps done by ``send``: the controller's copy of the journal first, and again with what became of them.

        Whatever goes wrong from here on is an interruption, which names the journal.
        """
        attempt = Attempt(journal, self._first_copy(journal))
        self._attempts.append(attempt)
        self.say(f"apply: {len(todo)} steps, journal {journal.id}")
        try:
            answered = send()
        except HostFailure as failure:
            attempt.journal = journal.finished(OPEN, applied.known(failure.answer, todo))
            if failure.reason:  # nothing was done, so that there is no journal of it on the host either
                self._attempts.remove(attempt)
                journals.drop(attempt.controller_copy)
            raise
        attempt.answered = True
        attempt.journal = journal.finished(OPEN, applied.known(answered.answer, todo))
        try:
            told = applied.read(answered.answer, journal.id, todo)
        except applied.AppliedError as error:
            raise HostFailure(f"{self.name} gave an answer to the steps that cannot be used: {error}.") from error
        attempt.path = told.path
        attempt.journal = journal.finished(told.state, told.reports)
        done = f"The steps were done, and journal {journal.id} on {self.name} says what was there before."
        self._keep_again(attempt.journal, done)
        return answered, attempt, told

    def interruption(self, error: Exception) -> HostFailure | None:
        """The failure that names the journals, if a step may have been done before this error; else None."""
        return interrupted(self.name, self._attempts, error) if self._attempts else None

    def check_run(self) -> None:
        """Raise ``HostFailure`` where the id that is given for this run is none, whether it will be needed or not."""
        if "journal_dir" not in self.options:
            return  # it changes nothing, and has no run
        try:
            journals.check_run(self.link.variable("rdp_run"), to_restore="run" in self.options)
        except ValueError as error:
            raise HostFailure(f"{self.name}: {error}; nothing was done.", reason="bad_arguments") from error

    def run_id(self) -> str:
        """The id of this run of Ansible, for journals."""
        # A restore is told with rdp_run what to take back; its own run has an id of its own.
        given = None if "run" in self.options else self.link.variable("rdp_run")
        try:
            return journals.current_run(given)
        except (OSError, ValueError) as error:
            raise HostFailure(f"{self.name}: {error}; nothing was done.", reason="bad_arguments") from error

    def keep(self, journal: Journal) -> str:
        """Keep the controller's copy of a journal; returns its path."""
        try:
            return journals.keep(self.options["journal_dir"], journal)
        except (OSError, ValueError) as error:
            raise HostFailure(
                f"The controller cannot keep its copy of the journal in {self.options['journal_dir']}:"
                f" {getattr(error, 'strerror', None) or error}. Give journal_dir a folder that can be written.",
                reason="journal_failed",
            ) from error

    def _first_copy(self, journal: Journal) -> str:
        """The copy without which nothing is begun. The way back from what this task has done needs none."""
        if not (self._attempts and journal.undoes):
            return self.keep(journal)
        self._keep_again(journal, f"What was done is taken back all the same: journal {journal.id} on {self.name}.")
        return journals.path_of(self.options["journal_dir"], journal)

    def keep_undone(self, journal: Journal) -> None:
        """The copy of a journal whose steps have been taken back."""
        self._keep_again(journal.undone(), f"Journal {journal.id} on {self.name} says that it was taken back.")

    def _keep_again(self, journal: Journal, known: str) -> None:
        """A copy of what has been done: one that cannot be written is a warning, with what is ``known`` without it."""
        try:
            self.keep(journal)
        except HostFailure as failure:
            self.warnings.append(f"{failure} {known}")

    def _settled(self, snapshot: Snapshot, started: bool) -> Assessment:
        """The host as it is once its listener has had the time to come up."""
        probe, pause = self.probe(snapshot), 1.0
        deadline = time.monotonic() + (_SETTLE_SECONDS if started and snapshot.rdp_enabled else _GLANCE_SECONDS)
        while probe and not probe.logon_reached and (left := deadline - time.monotonic()) > 0:
            time.sleep(min(pause, left))
            pause *= _PATIENCE
            probe = self.probe(snapshot)
        return self._judged(snapshot, probe)
