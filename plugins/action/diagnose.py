# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why clients do not get in: see the module's documentation."""

from __future__ import annotations

from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.action import RdpAction
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.session import ALL_KEYS, HostSession
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import BROKEN, DEGRADED, UNKNOWN
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan as make_plan
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

_LONGEST_FORECAST = 3650


class ActionModule(RdpAction):
    MODULE = "diagnose"

    def act(self, session: HostSession) -> dict[str, Any]:
        code, days = _client_code(session.options["client_code"]), session.options["forecast_days"]
        if not 1 <= days <= _LONGEST_FORECAST:
            raise HostFailure(
                f"winops.rdp.diagnose: forecast_days is {days}; it must be from 1 to {_LONGEST_FORECAST}.",
                reason="bad_arguments",
            )
        place = session.options["bundle_path"]
        if not place:
            assessment = session.assess(session.snapshot(key_certificates=ALL_KEYS))
            plan = make_plan(assessment, session.allowed)
            return _judged(session, shape.diagnosis_result(assessment, plan, days))
        try:
            return bundles.replay(place, lambda bundle: bundles.judge(bundle, code, session.allowed, days))
        except bundles.BundleError as error:
            raise HostFailure(f"winops.rdp.diagnose: {error}", reason="bad_bundle") from error


def _judged(session: HostSession, result: dict[str, Any]) -> dict[str, Any]:
    """The result, failed if its verdict is not wanted; a host that could not be judged may be broken."""
    bad = {"never": (), "broken": (BROKEN, UNKNOWN), "degraded": (BROKEN, UNKNOWN, DEGRADED)}
    if result["verdict"] not in bad[session.options["fail_on"]]:
        return result
    return {**result, "failed": True, "msg": f"{session.name}: {result['summary']}", "reason": "verdict"}


def _client_code(text: str | None) -> str | None:
    """The code, known to be one."""
    try:
        return text if text and codes.explain(text) else None
    except codes.CodeError as error:
        raise HostFailure(f"winops.rdp.diagnose: client_code: {error}.", reason="bad_arguments") from error
