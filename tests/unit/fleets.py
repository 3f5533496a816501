# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Fleets made up from the hosts of the unit tests, as large as they are asked to be: for reports, and for measuring."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from ansible_collections.winops.rdp.plugins.plugin_utils.controller import bundles
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

from tests.hosts.faults import FAULTS
from tests.hosts.snapshots import NOW, Host, probe

_SITES = ("fra", "muc", "osa", "nyc")
_ROLES = ("web", "app", "sql", "rds", "jump")
UNREACHABLE = {
    "unreachable": True,
    "msg": "it cannot be reached over winrm at 10.0.0.9:5986: timed out. Check address, port and account.",
}
REFUSED = {
    "failed": True,
    "msg": "The account used on it is not an administrator there: certificates, key_files could not be read.",
}


class Machine(NamedTuple):
    """A host as it was read, and what a client saw."""

    name: str
    answer: dict[str, Any]
    probe: dict[str, Any] | None


def _faults() -> list[tuple[Any, dict[str, Any] | None]]:
    """How each fault of the unit tests is made, and what a client then sees; each finding once."""
    found: dict[str, tuple[Any, dict[str, Any] | None]] = {}
    for fault in FAULTS:
        found.setdefault(fault.finding, (fault.change, fault.sight))
    return list(found.values())


def machines(count: int) -> Iterator[Machine]:
    """Hosts of which every third has a fault, the common ones more often; always the same ones."""
    faults = _faults()
    for number in range(count):
        name = f"{_SITES[number % 4]}-{_ROLES[number % 5]}{number:03d}.corp.example.com"
        # A self-signed certificate lives for 183 days; these are of every age.
        host = Host().expire(-(number * 37 % 180) - 1)
        seen: dict[str, Any] | None = probe()
        host.sections["host"].update(computer_name=name.partition(".")[0].upper(), dns_domain="corp.example.com")
        if number % 3 == 0:
            at = number // 3
            make, seen = faults[at * at % 7 if at % 3 else at // 3 % len(faults)]
            host = make(host)
        elif number % 17 == 1:
            host.service("SessionEnv", state=1, pid=0)
        if seen:
            seen = {**seen, "host": name}
        yield Machine(name, host.to_answer(), seen)


def result(machine: Machine) -> dict[str, Any]:
    """What ``winops.rdp.diagnose`` says of a machine."""
    assessment = assess(Snapshot.of(machine.answer, NOW), ProbeResult(machine.probe))
    return shape.diagnosis_result(assessment, plan(assessment, RepairPolicy()), shape.Questions())


def bundle(machine: Machine) -> dict[str, Any]:
    """The same machine as ``winops.rdp.facts`` would write it into a file."""
    return bundles.make(machine.name, assess(Snapshot.of(machine.answer, NOW), ProbeResult(machine.probe)))


@cache
def _judged(count: int) -> bytes:
    return pickle.dumps({machine.name: result(machine) for machine in machines(count)})


def results(count: int) -> dict[str, Any]:
    """A fleet's results; a few hosts could not be reached or asked."""
    found: dict[str, Any] = pickle.loads(_judged(count))
    for number, name in enumerate(list(found)):
        if number % 40 == 11:
            found[name] = dict(UNREACHABLE)
        elif number % 90 == 23:
            found[name] = dict(REFUSED)
    return found
