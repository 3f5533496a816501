# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why clients do not get in: see the module's documentation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments, bundles
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import ALL_KEYS, HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.past import Past
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.comparison import COMPARED, Comparison
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import BROKEN, DEGRADED, UNKNOWN
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan as make_plan
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape


class ActionModule(RdpAction):
    MODULE = "diagnose"

    def act(self, session: HostSession) -> dict[str, Any]:
        code, questions = _client_code(session.options["client_code"]), _questions(session.options)
        place = session.options["bundle_path"]
        if not place:
            assessment = session.assess(session.snapshot(key_certificates=ALL_KEYS))
            own = assessment.snapshot
            questions = replace(questions, reference=questions.reference or _reference_host(session, own))
            plan = make_plan(assessment, session.allowed)
            interrupted = Past(session, own).left_open
            return _judged(session, shape.diagnosis_result(assessment, plan, questions, interrupted))
        questions = replace(questions, reference=questions.reference or _reference_host(session, None))
        try:
            if session.options["probe_host"] and (number := len(bundles.listed(place))) != 1:
                raise _refused("probe_host", "that of one host", f"left out with the {number} bundles of a folder")
            return bundles.replay(
                place,
                lambda bundle: bundles.judge(
                    bundles.looked_at(bundle, session.options), code, session.allowed, questions
                ),
            )
        except bundles.BundleError as error:
            raise HostFailure(f"winops.rdp.diagnose: {error}", reason="bad_bundle") from error


def _judged(session: HostSession, result: dict[str, Any]) -> dict[str, Any]:
    """The result, failed if its verdict is not wanted; a host that could not be judged may be broken."""
    bad = {"never": (), "broken": (BROKEN, UNKNOWN), "degraded": (BROKEN, UNKNOWN, DEGRADED)}
    if result["verdict"] not in bad[session.options["fail_on"]]:
        return result
    return {**result, "failed": True, "msg": f"{session.name}: {result['summary']}", "reason": "verdict"}


def _refused(option: str, given: object, must: str) -> HostFailure:
    return HostFailure(f"winops.rdp.diagnose: {option} is {given}; it must be {must}.", reason="bad_arguments")


def _questions(options: dict[str, Any]) -> shape.Questions:
    """What else is asked, known to be answerable."""
    since, address = options["since"], options["client_address"]
    return shape.Questions(
        options["forecast_days"],
        _reference(options["reference_path"]),
        arguments.moment(since) if since else None,
        arguments.address(address) if address else None,
        options["client_code"],
    )


def _reference(place: str | None) -> Snapshot | None:
    """The snapshot of a host that works, from its bundle."""
    try:
        return bundles.read(Path(place)).snapshot if place else None
    except bundles.BundleError as error:
        raise HostFailure(f"winops.rdp.diagnose: reference_path: {error}", reason="bad_bundle") from error


def _reference_host(session: HostSession, own: Snapshot | None) -> Snapshot | Comparison | None:
    """The host that works, read now over its own connection. What it does not give costs nobody the diagnosis.

    ``own`` is the host of this task, which may be that very one.
    """
    name = session.options["reference_host"]
    if not name or (name == session.name and own):
        return own if name else None
    if not session.knows(name):
        raise _refused("reference_host", repr(name), "a host of the inventory that Ansible can read")
    try:
        return session.neighbour(name, COMPARED)
    except HostFailure as failure:
        return Comparison(name, (), (str(failure),))


def _client_code(text: str | None) -> str | None:
    """The code, known to be one."""
    if text:
        arguments.check_client_code("diagnose", text)
    return text
