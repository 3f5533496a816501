# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is kept of a task's options until the hosts of its batch are done."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from ansible.parsing.dataloader import DataLoader
from ansible.playbook.task import Task
from ansible_collections.winops.rdp.plugins.action.diagnose import ActionModule
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments

from tests.profiles import each

DEFAULTS = {
    module: {name: option["default"] for name, option in spec.items() if option.get("default") is not None}
    for module, spec in arguments.SPECS.items()
}


@each("module", sorted(DEFAULTS))
def test_what_is_as_without_is_not_kept(module: str) -> None:
    assert arguments.kept(module, DEFAULTS[module]) == {}


@pytest.mark.parametrize("module", ["diagnose", "remediate"])
def test_options_mean_the_same_when_they_are_read_again(module: str) -> None:
    """A task with ``until`` is run again with what was kept."""
    turned = {name: not default for name, default in DEFAULTS[module].items() if isinstance(default, bool)}
    turned.pop("verify_send_credentials", None)  # an option that wants others
    given = {**DEFAULTS[module], **turned, "probe_host": "web01.example.com", "probe_timeout": "2.5"}
    again = arguments.kept(module, arguments.kept(module, given))
    assert {name for name in again if isinstance(again[name], bool)} == set(turned)
    assert arguments.validate(module, again) == arguments.validate(module, given)


def test_what_is_refused_is_refused_although_it_equals_a_default() -> None:
    for value in (0, 0.0):
        with pytest.raises(arguments.ArgumentError, match="tighten is 0"):
            arguments.validate("diagnose", arguments.kept("diagnose", {"tighten": value}))


def test_an_option_that_there_is_not_is_still_one_too_many() -> None:
    with pytest.raises(arguments.ArgumentError, match="prob"):
        arguments.validate("diagnose", arguments.kept("diagnose", {"prob": True}))


def test_ansible_s_notes_go_and_a_secret_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "options.yml"
    path.write_text(
        "only_findings: [tls.off]\nverify_account: alice\nverify_password: geheim\nprobe_port: 3390\n"
        "probe_timeout: 2.5\nopen: {a: [b]}\n"
    )
    given = DataLoader().load_from_file(str(path))
    kept = arguments.kept("remediate", given)
    assert kept["verify_password"] is given["verify_password"]

    def kinds(value: Any) -> set[type]:
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        return {type(value)}.union(*map(kinds, parts if isinstance(parts, list) else []))

    kept.pop("verify_password")
    assert kinds(kept) == {dict, list, str, int, float} and kept == {name: given[name] for name in kept}


def test_a_task_of_a_role_weighs_as_much_as_one_of_nobody(tmp_path: Path) -> None:
    """Ansible keeps for each host what its task was made of, until all of a batch are done."""
    path = tmp_path / "tasks.yml"
    path.write_text(
        "- name: Find the cause\n  winops.rdp.diagnose:\n    probe: true\n  register: found\n"
        "- winops.rdp.diagnose:\n  register: found\n"
    )
    weights = []
    for given, collections in zip(DataLoader().load_from_file(str(path)), (["winops.rdp"], [])):
        task = Task.load(given)
        task.collections = collections
        ActionModule(task, MagicMock(), MagicMock(), DataLoader(), MagicMock(), MagicMock())._lighten()
        weights.append(len(pickle.dumps(task.dump_attrs())))
    assert weights[0] - weights[1] <= len("Find the cause") + 10, weights
