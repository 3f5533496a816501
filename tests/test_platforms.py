# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is handed to platforms as data fits what the platform documents and what the collection knows."""

from __future__ import annotations

import re
import subprocess
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import runs
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue

from tests.profiles import each
from tests.tools.documents import load_yaml
from tests.tools.gates import FOR_USERS

ROOT = Path(__file__).parents[1]
AWX = ROOT / "extensions/awx"

# The options of awx.awx.job_template that the templates may use, with their types:
# https://docs.ansible.com/ansible/latest/collections/awx/awx/job_template_module.html
OPTIONS = {
    "name": str,
    "description": str,
    "job_type": str,
    "playbook": str,
    "forks": int,
    "limit": str,
    "verbosity": int,
    "extra_vars": dict,
    "diff_mode": bool,
    "use_fact_cache": bool,
    "allow_simultaneous": bool,
    "job_slice_count": int,
    "timeout": int,
    "survey_enabled": bool,
    "survey_spec": dict,
    "ask_limit_on_launch": bool,
    "ask_job_type_on_launch": bool,
    "ask_job_slice_count_on_launch": bool,
    "ask_variables_on_launch": bool,
}
# A question of a survey: https://docs.ansible.com/automation-controller/latest/html/userguide/job_templates.html#surveys
QUESTION = {"question_name", "question_description", "variable", "type", "required", "default", "choices", "min", "max"}
TYPES = {"text", "textarea", "password", "integer", "float", "multiplechoice", "multiselect"}


def _templates() -> list[dict[str, Any]]:
    templates: list[dict[str, Any]] = load_yaml((AWX / "job_templates.yml").read_text())["rdp_job_templates"]
    return templates


def _questions() -> list[tuple[str, dict[str, Any]]]:
    return [(one["name"], question) for one in _templates() for question in one["survey_spec"]["spec"]]


@pytest.mark.parametrize("template", _templates(), ids=lambda one: one["name"])
def test_a_job_template_has_what_the_platform_takes(template: dict[str, Any]) -> None:
    wrong = [name for name, value in template.items() if name not in OPTIONS or not isinstance(value, OPTIONS[name])]
    assert wrong == [] and template["job_type"] in ("run", "check")
    assert (ROOT / "playbooks" / template["playbook"]).exists()
    assert set(template["survey_spec"]) == {"name", "description", "spec"}


@each(("template", "question"), _questions())
def test_a_question_is_one_and_its_variable_is_ours(template: str, question: dict[str, Any]) -> None:
    assert QUESTION - {"choices", "min", "max"} <= set(question) <= QUESTION and question["type"] in TYPES, template
    assert question["variable"] in runs.known_variables() and isinstance(question["required"], bool)
    if question["type"] == "multiplechoice":
        assert question["default"] in question["choices"] and all(isinstance(one, str) for one in question["choices"])
    else:
        assert question["min"] <= len(question["default"]) <= question["max"]


def test_what_a_survey_offers_is_what_the_role_takes() -> None:
    specs: dict[str, Any] = {}
    for path in ROOT.glob("roles/*/meta/argument_specs.yml"):
        specs |= load_yaml(path.read_text())["argument_specs"]["main"]["options"]
    for _template, question in _questions():
        option = specs.get(question["variable"], {})
        if "choices" in option:
            assert question["choices"] == option["choices"]


def _rulebooks() -> dict[str, dict[str, Any]]:
    books = {path.stem: load_yaml(path.read_text()) for path in ROOT.glob("extensions/eda/rulebooks/*.yml")}
    return {name: ruleset for name, [ruleset] in books.items()}


def test_rulebooks_run_playbooks_that_exist_with_variables_that_exist() -> None:
    runs_of = [
        action["run_playbook"]
        for ruleset in _rulebooks().values()
        for rule in ruleset["rules"]
        for action in rule["actions"]
    ]
    assert len(runs_of) == 4
    for run in runs_of:
        assert (ROOT / "playbooks" / f"{run['name'].removeprefix('winops.rdp.')}.yml").exists()
        assert set(run.get("extra_vars", {})) <= set(runs.known_variables())


def test_the_alert_asks_before_it_repairs_and_not_too_often() -> None:
    first, second = _rulebooks()["alert"]["rules"]
    assert first["throttle"]["once_within"] == "1 hour"
    assert first["actions"][0]["run_playbook"]["extra_vars"]["rdp_check_only"] is True
    assert first["actions"][0]["run_playbook"]["post_events"] is True
    [handed_on] = re.findall(r"event\.(rdp_\w+)", second["condition"])
    assert handed_on in runs.GIVEN


def test_a_name_out_of_an_event_is_that_of_a_host() -> None:
    """And not of a group: whoever can post an event would have all of its hosts repaired."""
    named = [
        action["run_playbook"]["extra_vars"]
        for ruleset in _rulebooks().values()
        for rule in ruleset["rules"]
        for action in rule["actions"]
        if "event." in str(action["run_playbook"].get("extra_vars", {}).get("rdp_hosts"))
    ]
    assert len(named) == 2 and all(extra["rdp_hosts_by_name"] is True for extra in named)


def test_the_nightly_run_does_upkeep_alone() -> None:
    [rule] = _rulebooks()["nightly"]["rules"]
    only = rule["actions"][1]["run_playbook"]["extra_vars"]["rdp_remediate_only_findings"]
    assert only == [entry.id for entry in catalogue.ALL.values() if entry.repair_class == catalogue.RENEW]


def test_the_alert_is_the_one_of_the_report_s_guide() -> None:
    guide = (ROOT / "docs/report.md").read_text()
    named = re.search(r'alertname == "(\w+)"', (ROOT / "extensions/eda/rulebooks/alert.yml").read_text())
    assert named and f"- alert: {named[1]}\n" in guide and 'winops_rdp_verdict{verdict="broken"}' in guide


def test_an_execution_environment_has_what_the_ways_in_need() -> None:
    python = (ROOT / "meta/ee-requirements.txt").read_text()
    assert "pywinrm[credssp,kerberos]" in python and "pypsrp[credssp,kerberos]" in python
    named = {re.split(r"[\[>=]", line)[0] for line in python.splitlines() if line and not line.startswith("#")}
    plain = (ROOT / "requirements.txt").read_text()
    assert named >= {re.split(r"[\[>=]", line)[0] for line in plain.splitlines() if line and not line.startswith("#")}
    system = (ROOT / "meta/ee-bindep.txt").read_text()
    for package in ("krb5-devel", "krb5-workstation", "libkrb5-dev", "krb5-user"):
        assert re.search(rf"^{package} ", system, re.MULTILINE)
    environment = load_yaml((ROOT / "meta/execution-environment.yml").read_text())
    assert all((ROOT / path).exists() for path in environment["dependencies"].values())


def test_what_stands_at_the_top_is_for_users_or_stays_out_of_the_archive() -> None:
    """``make gates`` looks at the archive itself."""
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    ignored = load_yaml((ROOT / "galaxy.yml").read_text())["build_ignore"]
    top = {name.split("/")[0] for name in tracked.splitlines()} - {"galaxy.yml"}
    assert {name for name in top - FOR_USERS if not any(fnmatch(name, one) for one in ignored)} == set()


def test_what_an_older_ansible_test_gets_wrong_is_ignored_for_each_of_the_private_modules() -> None:
    """A new one was in none of these files, and `ansible-test sanity` failed on the cores that nobody runs it on."""
    scripts = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("plugins/modules/__windows/*.ps1")}
    for path in ROOT.glob("tests/sanity/ignore-*.txt"):
        ignored = [line.split(" # ") for line in path.read_text().splitlines()]
        assert all(len(line) == 2 for line in ignored), f"{path.name}: each has its reason"
        named = [line[0].split(" ") for line in ignored]
        assert {name for name, code in named if code.endswith("csharp-requirements")} == scripts, path.name
        for name in {name for name, _code in named}:
            assert (ROOT / name).exists(), f"{path.name}: {name}"
