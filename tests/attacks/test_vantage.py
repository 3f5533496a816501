# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines from which is looked, and that lie about what they saw: a stated failure, and the other looks are there."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock

import pytest
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.action import probe as probe_action
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import ARGUMENT_SPEC
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import vantage_links
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.vantage import compare

from tests.attacks import mutants
from tests.attacks.mutants import FORGERY, UNSEEN
from tests.hosts.snapshots import probe
from tests.profiles import each

LOOK = {"detail": "So it ended.", **probe()}
GATEWAY = {
    "host": "gw",
    "port": 443,
    "stage": "gateway",
    "outcome": "ok",
    "detail": "x",
    "certificate": {"der": "AAAA", "weaknesses": ["expired"]},
    "trusted": {"ok": False},
    "transports": {"http": {"answer": "proxy"}, "rpc": None},
}
MANY = {"probes": [LOOK, LOOK], "counts": {"session/ok": 2}, "unfinished": [], "ended": "complete"}
HONEST: tuple[tuple[dict[str, Any], dict[str, Any]], ...] = (
    ({"host": "a"}, {"probe": LOOK}),
    ({"targets": ["a", "b"]}, MANY),
    ({"gateway": "gw"}, {"gateway": GATEWAY}),
)


def told(given: dict[str, Any], answer: Any) -> dict[str, Any]:
    """What the action makes of the answer of a machine that is no Windows host and not the controller."""
    task = MagicMock(Task, async_val=0, check_mode=False, diff=False, args=given)
    link = MagicMock(transport="ssh")
    link._shell.tmpdir, link._shell.SHELL_FAMILY = None, "sh"
    link.get_option.return_value = None
    action = probe_action.ActionModule(task, link, MagicMock(), None, Templar(loader=None), None)
    action._execute_module = lambda **_given: copy.deepcopy(answer)
    result: dict[str, Any] = action.run(task_vars={"inventory_hostname": "jump"})
    said = json.dumps(result, allow_nan=False)
    assert said.encode() and not UNSEEN.search(result.get("msg", ""))
    return result


@pytest.mark.parametrize("number", range(len(HONEST)))
def test_an_honest_answer_is_told(number: int) -> None:
    result = told(*HONEST[number])
    assert not result.get("failed") and result["msg"]


ODD: list[Any] = [
    {},
    {"probe": None},
    {"probe": "x"},
    {"probe": {}},
    {"probe": {**LOOK, "stage": 7}},
    {"probe": {**LOOK, "detail": None}},
    {"probe": {**LOOK, "certificate": "x"}},
    {"probe": {**LOOK, "failure": [1]}},
    {"probe": {**LOOK, "port": 1 << 80}},
    {"probe": {**LOOK, "x": float("nan")}},
    {"probe": {**LOOK, FORGERY: 1}},
    {"probes": {}},
    {"probes": [None]},
    {"probes": [LOOK] * 20},
    {"probes": [], "counts": {"session/ok": 2}, "unfinished": [], "ended": "complete"},
    {**MANY, "counts": [1]},
    {**MANY, "ended": 5},
    {**MANY, "unfinished": 3},
    {"gateway": []},
    {"gateway": {**GATEWAY, "transports": [1]}},
    {"gateway": {**GATEWAY, "certificate": {"weaknesses": 5}}},
    {"gateway": {**GATEWAY, "trusted": "x"}},
]


@each("number", range(len(ODD)))
def test_an_odd_answer_is_a_failure_that_says_so(number: int) -> None:
    result = told({"host": "a"}, ODD[number])
    assert result["failed"] and result["msg"].startswith("jump gave an answer that is none of winops.rdp.probe: ")


@pytest.fixture
def liar(monkeypatch: pytest.MonkeyPatch) -> Iterator[MagicMock]:
    there = MagicMock()
    there._connection.transport = "ssh"
    monkeypatch.setattr(vantage_links, "neighbour", lambda *_given: contextlib.nullcontext((there, {})))
    monkeypatch.setattr(vantage_links, "is_windows", lambda *_given: False)
    monkeypatch.setattr(vantage_links, "probe_listener", lambda *_given, **_more: copy.deepcopy(LOOK))
    yield there


def looks(answer: Any, there: MagicMock) -> tuple[Any, Any]:
    there._execute_module.return_value = copy.deepcopy(answer)
    options = {name: spec.get("default") for name, spec in ARGUMENT_SPEC.items()}
    action = MagicMock()
    action._task.get_ds.return_value = {}
    action._task._parent._get_parent_attribute.return_value = None
    found, errors = vantage_links.looks(action, {"hostvars": {"jump": {}}}, ["localhost", "jump"], ("a", 3389), options)
    assert found["localhost"] and json.dumps(compare(found).to_dict()) and json.dumps(found, allow_nan=False)
    return found["jump"], errors.get("jump")


def test_a_lie_from_one_place_costs_that_place(liar: MagicMock) -> None:
    assert looks({"probe": LOOK}, liar) == (LOOK, None)
    for answer in ODD:
        look, error = looks(answer, liar)
        assert look is None and "gave no look" in error and not UNSEEN.search(error)


@pytest.mark.takes_long
@mutants.many(150, 20_000)
def test_any_answer_is_told_or_refused(numbers: range, liar: MagicMock) -> None:
    for chance in mutants.chances("answers from places", numbers):
        given, answer = HONEST[chance.randrange(len(HONEST))]
        result = told(given, mutants.mutated(chance, answer))
        assert result["msg"]
        looks(mutants.mutated(chance, {"probe": LOOK}), liar)
