# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bases of the collection's actions: validate options, open a session, return what the rooms below made of it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from ansible.plugins.action import ActionBase
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import readable
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.outcome import Outcome
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape


class RdpAction(ActionBase):  # type: ignore[misc]  # Ansible has no types
    """An action on one Windows host. Subclasses name their ``MODULE`` and say in ``act`` what is done."""

    MODULE = ""
    TRANSFERS_FILES = False
    _supports_check_mode = True
    _supports_async = False

    @abstractmethod
    def act(self, session: HostSession) -> dict[str, Any]:
        """Do what the module is for and return the result's keys. May raise ``HostFailure`` and ``Refused``."""

    def _acted(self, session: HostSession) -> dict[str, Any]:
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
        try:
            options = arguments.validate(self.MODULE, dict(self._task.args))
            session = HostSession(self, options, task_vars)
            result.update(self._acted(session))
            if session.warnings:
                result["warnings"] = [*result.get("warnings", ()), *session.warnings]
        except arguments.ArgumentError as error:
            result.update(HostFailure(str(error), reason="bad_arguments").to_result())
        except HostFailure as failure:
            result.update(failure.to_result())
        except Refused as refusal:
            host = task_vars.get("inventory_hostname", "the host")
            result.update(HostFailure(f"{host}: {refusal}.", reason="refused").to_result())
        if not self._task.diff:
            result.pop("diff", None)
        return dict(readable(result))


def carry_out(session: HostSession, plan: Plan, before: Assessment, undoes: str | None = None) -> Outcome | None:
    """Have a plan carried out; None if nothing is done, because there is nothing to do or it is check mode."""
    planned = ", ".join(f"{step.op} {step.target}" for step in plan.steps)
    session.say(f"plan: {planned or 'nothing to do'}{' (check mode)' if session.check_mode else ''}")
    if session.check_mode or not plan.steps:
        return None
    return session.apply(plan, before, undoes)


class StateAction(RdpAction):
    """An action that brings one part of a host to a state that is asked for.

    Subclasses say in ``plan`` with which steps.
    """

    @abstractmethod
    def plan(self, session: HostSession, snapshot: Snapshot) -> Plan:
        """The steps. May raise ``Refused``."""

    def read(self, session: HostSession) -> Snapshot:
        """The host as it is before."""
        return session.snapshot_for_change()

    def act(self, session: HostSession) -> dict[str, Any]:
        snapshot = self.read(session)
        plan = self.plan(session, snapshot)
        before = session.assess(snapshot)
        outcome = carry_out(session, plan, before)
        if outcome is None:
            result = shape.plan_result(plan, before, check_mode=session.check_mode)
        else:
            result = shape.change_result(session.name, outcome)
        return shape.with_interrupted(snapshot, result)
