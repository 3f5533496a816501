# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenarios of the twin, through real ansible and pywinrm: audit and check mode everywhere; repair, a second run
and the way back where there is something to repair."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.history import RENEWED
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.remedies import REMEDIES

from tests.demo import __main__ as demo
from tests.e2e.commands import ROOT, acted, module
from tests.hosts.scenarios import SCENARIOS
from tests.profiles import deep, some
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

# Hosts that cannot be asked, or not to the end, are test_faults' business, and of a name that the controller cannot
# resolve nothing is judged (tests/unit/plugins/action). Hosts in order of which only a user's client
# tells something are judged without Ansible (tests/twin/test_diagnosis.py); one of them shows that the code gets there.
ALL = sorted(
    name
    for name, scenario in SCENARIOS.items()
    if not scenario.fault
    and name not in ("not_admin", "no_name")
    and (not scenario.client_only or name == "code_0x1b07")
)
# Hosts on which nothing is to be done, taken the whole way all the same: nothing may be done there. Of three one, from
# the second on, in a deep run all; the others are looked at like further ones with nothing to do.
_NOTHING_TO_DO = (
    *("healthy", "healthy_domain", "pin_alive", "pin_expired", "policy_security_layer", "section_denied"),
    *("rdp_off", "nla_off", "not_presented"),
)
GUARDS = ("healthy", *some(_NOTHING_TO_DO[1:], 3, 2))
_WITHOUT_REMEDY = ("firewall_scope", "path_stalls", "termservice_stuck", "trust_broken", "pin_dead", "code_0x1b07")


def _one_of_each_remedy(names: Iterable[str]) -> set[str]:
    """Hosts that end well, the last that are named."""
    good = [name for name in names if SCENARIOS[name].top in REMEDIES and SCENARIOS[name].repairable]
    return set({REMEDIES[str(SCENARIOS[name].top)]: name for name in good}.values())


# Through Ansible and its connection; the others in this process (``acted``), but for a deep run. One that is in order,
# one that is repaired, one that is not, and those of which the inventory says more. `make demo` has all of its own.
BY_ANSIBLE = ("healthy", "key_unreadable", "policy_security_layer", "security_layer_asked", "code_0x1b07")
STAGES_OF_ANSIBLE = ("audit", "check", "repair", "restore")
# What is found on each host, and what a bundle of it says, is seen without Ansible (tests/twin/test_diagnosis.py).
# The demo's are all here: README shows what comes of them.
_FEW = {
    *_one_of_each_remedy((*reversed(ALL), *demo.FLEET)),
    *_NOTHING_TO_DO,
    *_WITHOUT_REMEDY,
    *demo.FLEET,
    *BY_ANSIBLE,
}
NAMES = ALL if deep() else sorted(_FEW)
ASKED = ("tighten", "open", "drop_dead_pin")
Stage = tuple[str, str, tuple[str, ...]]
LOOKING: tuple[Stage, ...] = (("audit", "diagnose", ()), ("check", "remediate", ("--check", "--diff")))
CHANGING: tuple[Stage, ...] = (
    ("repair", "remediate", ("--diff",)),
    ("again", "remediate", ()),
    ("restore_check", "restore", ("--check",)),
    ("restore", "restore", ()),
    ("restore_again", "restore", ()),
)


class Journey:
    """One fleet of all scenarios; what each stage answered and what it left behind.

    Every host is audited and looked at in check mode. Those that check mode has steps for, and the guards, go on to the
    repair, a second run and the way back: elsewhere these five stages would each show again that nothing is done. In a
    deep run all go on.
    """

    def __init__(self, fleet: Fleet, folder: Path) -> None:
        self.fleet, self.folder = fleet, folder
        self.states = {"start": {name: twin.state for name, twin in fleet.hosts.items()}}
        self.results: dict[str, dict[str, dict[str, Any]]] = {}
        self.calls: dict[str, dict[str, int]] = {}
        for stage in LOOKING:
            self._pass(stage, NAMES)
        planned = {name for name in NAMES if self.results["check"][name]["plan"]["steps"]}
        self.travels = NAMES if deep() else sorted(planned.union(GUARDS))
        for stage in CHANGING:
            self._pass(stage, self.travels)

    def _pass(self, step: Stage, hosts: list[str]) -> None:
        stage, name, flags = step
        twins = {host: self.fleet.hosts[host] for host in hosts}
        before = {host: len(twin.calls) for host, twin in twins.items()}
        by_ansible = [host for host in hosts if deep() or (host in BY_ANSIBLE and stage in STAGES_OF_ANSIBLE)]
        answers = self._asked(name, by_ansible, flags) if by_ansible else {}
        for host in hosts:
            answers[host] = answers.get(host) or self._acted(name, host, flags)
        self.results[stage] = answers
        self.calls[stage] = {host: len(twin.calls) - before[host] for host, twin in twins.items()}
        self.states[stage] = {host: twin.state for host, twin in twins.items()}

    def _options(self, name: str) -> dict[str, Any]:
        """What the inventory has for each host, and where there is nothing, nothing."""
        if name == "diagnose":
            return {}
        return {"journal_dir": str(self.folder / "journals"), **({"run": "latest"} if name == "restore" else {})}

    def _asked(self, name: str, hosts: list[str], flags: tuple[str, ...]) -> dict[str, dict[str, Any]]:
        of_hosts = [*(["client_code"] if name == "diagnose" else []), *([] if name == "restore" else ASKED)]
        given = {option: f"asks_{option}" if option in ASKED else option for option in (*of_hosts, "probe_host")}
        options = {option: f"{{{{ {variable} | default(omit) }}}}" for option, variable in given.items()}
        return module(self.fleet.inventory_path, name, ",".join(hosts), *flags, **self._options(name), **options)

    def _acted(self, name: str, host: str, flags: tuple[str, ...]) -> dict[str, Any]:
        twin, scenario = self.fleet.hosts[host], SCENARIOS[host]
        options: dict[str, Any] = {"probe_host": twin.name_for_users} if scenario.probe_host else {}
        if name == "diagnose" and scenario.code:
            options["client_code"] = scenario.code
        if name != "restore":
            options |= dict.fromkeys(scenario.asks, True)
        return acted(self.fleet, name, host, *flags, **self._options(name), **options)[host]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    folder = tmp_path_factory.mktemp("journey")
    with Fleet(NAMES, state_dir=folder / "state") as fleet:
        yield Journey(fleet, folder)


def _bytes(state: dict[str, Any]) -> bytes:
    return json.dumps(state, sort_keys=True).encode()


@pytest.mark.parametrize("name", NAMES)
def test_audit_names_the_cause_and_changes_no_byte(journey: Journey, name: str) -> None:
    audit = journey.results["audit"][name]
    top = audit["findings"][0] if audit["findings"] else None
    assert (top["id"] if top else None) == SCENARIOS[name].top
    assert top is None or top["confidence"] in ("proven", "likely")
    assert SCENARIOS[name].also is None or SCENARIOS[name].also in [finding["id"] for finding in audit["findings"]]
    assert not audit["changed"] and _bytes(journey.states["audit"][name]) == _bytes(journey.states["start"][name])


@pytest.mark.parametrize("name", NAMES)
def test_check_mode_changes_no_byte_and_predicts_the_steps(journey: Journey, name: str) -> None:
    assert _bytes(journey.states["check"][name]) == _bytes(journey.states["start"][name])
    dry = journey.results["check"][name]
    assert dry["changed"] is bool(dry["plan"]["steps"])
    if name in journey.travels:
        real = journey.results["repair"][name]
        assert (dry["plan"], dry.get("diff"), dry["changed"]) == (real["plan"], real.get("diff"), real["changed"])
        planned = [step for rung in dry["plan"]["rungs"] for step in rung["steps"]]
        done = [(step["op"], step["status"]) for step in real.get("steps", [])]
        assert [op for op, _status in done] == [step["op"] for step in planned[: len(done)]]
        # SessionEnv, started just before, has renewed by itself.
        assert {op for op, status in done if status != "done"} <= {"certificate.renew"}
        assert len(done) in (len(dry["plan"]["steps"]), len(planned))


@pytest.mark.parametrize("name", NAMES)
def test_repair_brings_clients_in_or_says_why_not(journey: Journey, name: str) -> None:
    # Where check mode has no step, nothing would be repaired: what it answers is all that a repair would answer.
    real = journey.results["repair" if name in journey.travels else "check"][name]
    assert not real["failed"], real.get("msg")
    if SCENARIOS[name].repairable:
        # What clients get in with is not taken from them for a newer one: that waits for the next start.
        words = (
            "a client reaches the logon",
            *(["answers with an expired certificate"] if real["restart_required"] else []),
        )
        assert real["columns"]["client_after"] in words, real["summary"]
        assert real["verdict_after"] in ("healthy", "degraded"), real["summary"]
    elif not real["changed"]:
        assert real["plan"]["blocked"] or real["unread"], "what is not repaired is explained"


@pytest.mark.parametrize("name", NAMES)
def test_where_clients_get_in_nothing_costs_anybody_anything(journey: Journey, name: str) -> None:
    audit, real = (
        journey.results["audit"][name],
        journey.results["repair" if name in journey.travels else "check"][name],
    )
    if audit["client_summary"] in ("a client reaches the logon", "answers with an expired certificate"):
        assert real["disruption"] == "none" and not [
            rung for rung in real["plan"]["rungs"] if rung["name"] == "restart"
        ]


def test_readme_shows_the_table_with_which_the_demo_ends(journey: Journey) -> None:
    repaired = {name: journey.results["repair" if name in journey.travels else "check"][name] for name in demo.FLEET}
    seen_again = {
        name: journey.results["again"][name]["columns"]["client_before"]
        if name in journey.travels
        else repaired[name]["columns"]["client_before"]
        for name in demo.FLEET
    }
    table = demo.table(repaired, {name: {"client_summary": seen} for name, seen in seen_again.items()})
    assert f"```\n{table}\n```" in (ROOT / "README.md").read_text(encoding="utf-8"), table


@pytest.mark.parametrize("name", GUARDS)
def test_nothing_is_done_where_nothing_is_planned(journey: Journey, name: str) -> None:
    assert not journey.results["check"][name]["plan"]["steps"] and not journey.results["repair"][name]["changed"]
    for stage in ("repair", "again", "restore_check", "restore", "restore_again"):
        assert _bytes(journey.states[stage][name]) == _bytes(journey.states["start"][name]), stage


def test_most_of_what_is_broken_is_repaired(journey: Journey) -> None:
    """Who travels is read off check mode; this holds that it is not read off wrongly."""
    broken = {name for name in NAMES if journey.results["audit"][name]["verdict"] == "broken"}
    assert {name for name in broken if SCENARIOS[name].repairable} <= set(journey.travels)
    assert len(set(journey.travels) - set(GUARDS)) >= (50 if deep() else 15)


def test_every_remedy_has_a_host() -> None:
    tops = {SCENARIOS[name].top for name in NAMES}
    assert {REMEDIES[top] for top in tops if top in REMEDIES} == {
        REMEDIES[top] for top in (SCENARIOS[name].top for name in ALL) if top in REMEDIES
    }


@pytest.mark.parametrize("name", NAMES)
def test_second_run_changes_nothing(journey: Journey, name: str) -> None:
    if name not in journey.travels:
        assert not journey.results["check"][name]["changed"]
        return
    assert not journey.results["again"][name]["changed"] and not journey.results["again"][name]["plan"]["steps"]
    assert _bytes(journey.states["again"][name]) == _bytes(journey.states["repair"][name])


@pytest.mark.parametrize("name", NAMES)
def test_calls_are_few(journey: Journey, name: str) -> None:
    found = _found(journey, "audit", name)
    # What else lives in a folder on which somebody has to decide is asked for by itself.
    folder = int(bool(found & {"machine_keys.folder_hardened", "machine_keys.system_denied"}))
    second = _is_asked_twice(name, found)
    assert journey.calls["audit"][name] == 1 + second + folder
    if name in journey.travels:
        again = _is_asked_twice(name, _found(journey, "again", name))
        assert journey.calls["again"][name] == 1 + again + folder
        real = journey.results["repair"][name]
        second = _is_asked_twice(name, _found(journey, "repair", name))
        # Each run's answer says how the host is now; what the host does not explain is asked for once more at the end.
        of_runs = len(real["journals"]) + again if real["changed"] else 0
        assert journey.calls["repair"][name] == 1 + second + folder + of_runs
        assert of_runs <= 2 + again


def _found(journey: Journey, stage: str, name: str) -> set[str]:
    return {finding["id"] for finding in journey.results[stage][name]["findings"]}


def _is_asked_twice(name: str, found: set[str]) -> int:
    """What the host does not explain is worth a second question: did the probe's connection reach it? And the secure
    channel to the domain is asked for where it matters."""
    unexplained = {"network.path_reset", "interference.handshake_dropped", "interference.security_product"}
    of_domain = {"nla.trust_broken", "nla.no_domain_controller", "nla.domain_credentials_disabled"}
    return int(SCENARIOS[name].top in unexplained or bool(found & of_domain))


def _lasting(state: dict[str, Any], made_anew: bool, kept: set[str]) -> dict[str, Any]:
    """What a restore brings back: all but events and journals, what SessionEnv has made since (certificate, key, its
    hash), and what is never written."""
    left: dict[str, Any] = json.loads(
        json.dumps({part: state[part] for part in state if part not in ("events", "journals")})
    )
    if left.get("nla_task"):  # the scheduler has a spelling of its own
        task = nla_task.read(left["nla_task"])
        assert task, left["nla_task"]
        left["nla_task"] = task.xml
    registry = left["registry"]
    if made_anew:
        left["key_use"].pop("TSSecKeySet1", None)
        left["files"] = {
            path: file for path, file in left["files"].items() if "f686aace6942fb7f7ceb231212eef4a4" not in path
        }
        for path in list(registry):
            if "SystemCertificates\\Remote Desktop" in path:
                del registry[path]
            else:
                registry[path].pop("SelfSignedCertificate", None)
    for settings in registry.values():
        for name in kept:
            settings.pop(name, None)
    return left


@pytest.mark.parametrize("name", NAMES)
def test_restore_brings_the_state_back(journey: Journey, name: str) -> None:
    if name not in journey.travels:
        assert _bytes(journey.fleet.hosts[name].state) == _bytes(journey.states["start"][name]), "nobody touched it"
        return
    repaired, result = journey.results["repair"][name], journey.results["restore"][name]
    assert not result["failed"], result.get("msg")
    assert _bytes(journey.states["restore_check"][name]) == _bytes(journey.states["again"][name])
    if not repaired["changed"]:
        assert not result["changed"]
        return
    whys = [blocked["summary"] for blocked in result.get("plan", {"blocked": ()})["blocked"]]
    left = re.split("; (?!set it yourself)", result.get("left_as_it_is", RENEWED))
    kept = {words.split(" ", 1)[0] for words in [*whys, *(why for why in left if why != RENEWED)]}
    made_anew = any(step["op"] == "certificate.renew" for step in repaired["steps"])
    # The new key has the name of the old one's file, and its own readers.
    assert kept <= {"SecurityLayer", "UserAuthentication", *(["who"] * made_anew)}
    start, end = journey.states["start"][name], journey.states["restore"][name]
    assert _lasting(end, made_anew, kept) == _lasting(start, made_anew, kept)
    assert not journey.results["restore_again"][name]["changed"]
    assert _bytes(journey.states["restore_again"][name]) == _bytes(end)
