# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bases of the collection's actions: validate options, open a session, return what the rooms below made of it."""

from __future__ import annotations

import re
from abc import abstractmethod
from functools import cache
from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, bundles, files, runs, saying
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.failures import CONTROLLER
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure, leaving, need_reader
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.past import Past
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import readable, visible
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import verify
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.report import commands, lines
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

# The way back for a task.
_RESTORE_MODULE = re.compile(r"winops\.rdp\.restore journal=([\w-]+)")
# The modules that judge a host as a whole.
_JUDGING = ("diagnose", "remediate")
# Looks byte by byte, and the plan, whose steps the result has beside it with what became of them.
_LONG = frozenset({"verified", "probe", "plan", "columns", "notes", "chosen"})


@cache
def _named(module: str, *, faulty: bool) -> re.Pattern[str]:
    """Where a sentence names an option of the module.

    Many of their names are words of everyday language: those are meant only where a value follows, or, if a sentence is
    on what is ``faulty`` with the options, where it or a part of it begins with one.
    """
    plain = "|".join(name for name in arguments.SPECS[module] if "_" not in name)
    others = "|".join(name for name in arguments.SPECS[module] if "_" in name)
    begin = rf"|(?:(?<=: )|(?<= and ))(?:{plain})(?= is | has |: )" if faulty else ""
    return re.compile(rf"(?<![\w.])(?:{others})(?=[:=\s,.;)]|$)|(?<![\w.])(?:{plain})(?==){begin}")


class RdpAction(ActionBase):  # type: ignore[misc]  # Ansible has no types
    """An action on one Windows host. Subclasses name their ``MODULE`` and say in ``act`` what is done."""

    MODULE = ""
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    @abstractmethod
    def act(self, session: HostSession) -> dict[str, Any]:
        """Do what the module is for and return the result's keys. May raise ``HostFailure`` and ``Refused``."""

    def _interruptible(self, session: HostSession) -> dict[str, Any]:
        try:
            return self.act(session)
        except Exception as error:  # whatever goes wrong after a step may have been done must name its journal
            failure = session.interruption(error)
            if failure:
                raise failure from error
            raise

    def run(self, tmp: None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        result: dict[str, Any] = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        self._lighten()
        turn = self._turn(task_vars)
        with leaving(self, task_vars, is_last=True):
            answer = self._answer(task_vars, turn)
        result.update(self._worded(answer, str(task_vars.get("inventory_hostname")), in_playbook=turn is not None))
        if not self._task.diff:
            result.pop("diff", None)
        result = dict(readable(result))
        if turn:
            return turn.keep(result)
        return self._in_role(result, str(task_vars.get("inventory_hostname"))) if self._task._role else result

    def _lighten(self) -> None:
        """Ansible keeps what each host's task was made of until all of a batch are done, and where each text stood."""
        self._task.args = arguments.kept(self.MODULE, self._task.args)
        self._task.name = arguments.plain(self._task.name)
        if isinstance(self._task.register, str):  # since ansible-core 2.21 names, each with what is made of the result
            self._task.register = arguments.plain(self._task.register)
        self._task.collections = []  # where the module was looked for

    def _in_role(self, result: dict[str, Any], host: str) -> dict[str, Any]:
        """The result of a role in somebody's own playbook, after one sentence on it where Ansible itself shows none.

        Ansible prints a failed one as a whole: it is without what makes that long, or says the same again, and a person
        does not need then.
        """
        if not result.get("failed") and not result.get("unreachable"):
            copy = (result.get("journal") or {}).get("controller_copy")
            kept = f" (journal: {copy})" if copy else ""
            self._say(visible(f"{host}: {result.get('summary', 'done')}{kept}"))
            return result
        if result.get("failed") and not saying.is_failure_shown():
            journal = (result.get("journal") or {}).get("id")
            said = lines.without_name(host, result["msg"])
            self._say(visible(f"{host}: {said}{f' Journal: {journal}.' if journal else ''}"))
        told = {"summary"} if str(result.get("summary")) in result["msg"] else set()
        return {name: value for name, value in result.items() if name not in _LONG | told}

    def _say(self, words: str) -> None:
        if not self._task.no_log:  # then its result is for nobody's eyes
            saying.say(words)

    def _turn(self, task_vars: dict[str, Any]) -> runs.Turn | None:
        """This host's turn in a run of one of the collection's playbooks; None elsewhere."""
        kind = task_vars.get(runs.KIND)
        return runs.Turn(kind, task_vars, self._templar.template) if kind else None

    def _answer(self, task_vars: dict[str, Any], turn: runs.Turn | None) -> dict[str, Any]:
        """What the host came to, or why it did not."""
        try:
            runs.check_variables(task_vars, runs.IN_PLAYBOOK if turn else runs.IN_SITE)
            if turn and turn.stopped:
                raise HostFailure(runs.stopped_sentence(turn.stopped), reason="stopped")
            options = arguments.validate(self.MODULE, dict(self._task.args))
            session = HostSession(self, options, task_vars)
            session.check_run()
            if turn and runs.is_controller(session.name, session.link.address):
                raise HostFailure(f"{session.name} is the machine on which Ansible runs.", reason="left_out")
            need_reader(session.name)
            if turn:
                session.turn = turn.repair
            result = self._acted(session)
            if session.warnings:
                result["warnings"] = [*result.get("warnings", ()), *session.warnings]
            if self.MODULE in _JUDGING and "verdict" in result and not options.get("bundle_path"):
                result["ansible_facts"] = {"rdp_verdict": shape.verdict_fact(result)}
            return self._kept(session, result)
        except arguments.ArgumentError as error:
            return HostFailure(str(error), reason="bad_arguments").to_result()
        except runs.RunError as error:
            return HostFailure(f"winops.rdp: {error}.", reason="bad_arguments").to_result()
        except HostFailure as failure:
            return failure.to_result()

    def _acted(self, session: HostSession) -> dict[str, Any]:
        """What the action came to, a failure included."""
        try:
            result = self._interruptible(session)
            place = session.place_given
            return {**result, "summary": f"{result['summary']}; {place}"} if place and "summary" in result else result
        except Refused as refusal:
            return HostFailure(f"{session.name}: {refusal}.", reason="refused").to_result()
        except HostFailure as failure:
            return session.looked_at(failure).to_result()

    @staticmethod
    def _kept(session: HostSession, result: dict[str, Any]) -> dict[str, Any]:
        """The result, in the folder that is asked for as well. Raises ``HostFailure`` where nothing was changed, and
        nothing else went wrong."""
        folder = session.options.get("results_dir")
        if not folder:
            return result
        path = bundles.path_of(folder, session.name)
        try:
            files.write_json(path, {**readable(result), **_about(session.name)}, own=files.RESULT)
        except OSError as error:
            why = (
                f"{session.name}: its result cannot be written to {path}: {error.strerror or error}."
                " Give results_dir a folder that can be written."
            )
            if not any(result.get(name) for name in ("journal", "failed", "unreachable")):
                raise HostFailure(why, details={"culprit": CONTROLLER}) from error
            # Nobody else says what was done, or why it was not.
            return {**result, "warnings": [*result.get("warnings", ()), why]}
        return result

    def _prefixes(self, *, in_playbook: bool) -> tuple[str, ...]:
        """What the variables begin with through which this task's options are set; a repair's where only it has one."""
        role = self._task._role.get_name(include_role_fqcn=False) if self._task._role else None
        if runs.is_role(role):
            return (f"{role}_", "rdp_remediate_")
        return ("rdp_",) if in_playbook and not role else ()

    def _worded(self, result: dict[str, Any], host: str, *, in_playbook: bool) -> dict[str, Any]:
        """Texts that name options as they are called where the reader stands: as variables of a role or a playbook."""
        prefixes = self._prefixes(in_playbook=in_playbook)
        if not prefixes:
            return result
        options = _named(self.MODULE, faulty=result.get("reason") == "bad_arguments")

        def variable(option: re.Match[str]) -> str:
            name = next((prefix + option[0] for prefix in prefixes if runs.is_known(prefix + option[0])), option[0])
            # What is to be done with it can be pasted.
            asked = option.string[: option.start()].endswith("with ") and option.string[option.end() :].startswith("=")
            return f"-e {name}" if asked and name != option[0] else name

        def worded(value: Any) -> Any:
            if not isinstance(value, str):
                return value
            if in_playbook:  # another host has no such journal
                value = _RESTORE_MODULE.sub(
                    lambda journal: commands.restore(
                        [commands.exactly(host)], runs.inventory_given(), rdp_journal=journal[1]
                    ),
                    value,
                )
            return options.sub(variable, value)

        plan = result.get("plan")
        blocked = [{name: worded(value) for name, value in entry.items()} for entry in (plan or {}).get("blocked", ())]
        texts = {name: worded(value) for name, value in result.items() if name in ("msg", "summary")}
        if "warnings" in result:
            texts["warnings"] = [worded(warning) for warning in result["warnings"]]
        return {**result, **texts, **({"plan": {**plan, "blocked": blocked}} if plan else {})}


def _about(host: str) -> dict[str, Any]:
    """What a result in a file says of itself: a file's name does not tell every host's, and people rename files."""
    named = host.encode("utf-8", "replace").decode() == host  # else no JSON can hold the name, and the file's tells it
    return {"result_version": 1, **({"inventory_name": host} if named else {})}


def carry_out(session: HostSession, plan: Plan, before: Assessment, undoes: str | None = None) -> Outcome | None:
    """Have a plan carried out; None if nothing is done, because there is nothing to do or it is check mode."""
    planned = ", ".join(f"{step.op} {step.target}" for step in plan.steps)
    session.say(f"plan: {planned or 'nothing to do'}{' (check mode)' if session.check_mode else ''}")
    if session.check_mode or not plan.steps:
        return None
    with session.turn() as ended:
        outcome = session.apply(plan, before, undoes)
        ended(verify.failure(session.name, outcome, is_undo=undoes is not None) is None)
        return outcome


class StateAction(RdpAction):
    """An action that brings one part of a host to a state that is asked for.

    Subclasses say in ``plan`` with which steps, and whether the result says until when NLA is off.
    """

    TELLS_NLA = False

    @abstractmethod
    def plan(self, session: HostSession, before: Assessment) -> Plan:
        """The steps. May raise ``Refused``."""

    def read(self, session: HostSession) -> Snapshot:
        """The host as it is before."""
        return session.snapshot_for_change(channel=session.wants_nla)

    def act(self, session: HostSession) -> dict[str, Any]:
        snapshot = self.read(session)
        before = session.assess(snapshot)
        plan = self.plan(session, before)
        session.warn_of_scope(plan, snapshot)
        interrupted = Past(session, snapshot).left_open
        outcome = carry_out(session, plan, before)
        if outcome is None:
            result = shape.plan_result(plan, before, check_mode=session.check_mode, asked=True)
        else:
            result = shape.change_result(session.name, outcome, asked=True)
        if self.TELLS_NLA:
            result |= shape.nla_end(plan, outcome.after.snapshot if outcome else None, snapshot)
        return shape.with_interrupted(snapshot, result, interrupted)
