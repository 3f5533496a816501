# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module from the command line, and the collection's playbooks, by path and by name."""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import ROOT, command, environment, playbook, started
from tests.tools.documents import load_yaml
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(["healthy", "key_unreadable"], state_dir=tmp_path_factory.mktemp("fixtures")) as twins:
        yield twins


def test_plain_command_line_probe(fleet: Fleet) -> None:
    words = ("ansible", "localhost", "-m", "winops.rdp.probe", "-a", f"host={fleet.hosts['healthy'].address}")
    done = started(words, environment())
    assert done.returncode == 0 and '"stage": "session"' in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    "name", ["playbooks/remediate_rdp.yml", pytest.param("winops.rdp.remediate_rdp", marks=pytest.mark.deep)]
)
def test_playbook_from_break_to_repair_and_back(name: str, tmp_path: Path) -> None:
    with Fleet(
        ["healthy", "key_unreadable", "policy_security_layer", "winrm_closed"], state_dir=tmp_path / "state"
    ) as twins:
        variables: dict[str, Any] = {
            "rdp_remediate_journal_dir": str(tmp_path / "journals"),
            "rdp_max_fail_percentage": 100,
        }
        start = {host: twin.state for host, twin in twins.hosts.items()}
        dry = playbook(twins.inventory_path, name, "--check", "--diff", **variables)
        assert {host: twin.state for host, twin in twins.hosts.items()} == start and not (
            tmp_path / "journals"
        ).exists()
        assert re.search(r"^\+allow NETWORK SERVICE: read$", dry.stdout, re.MULTILINE), "the diff shows what is added"
        assert "then, only if clients still do not get in: the change takes effect" in dry.stdout
        real = playbook(
            twins.inventory_path,
            name,
            **variables,
            rdp_remediate_results_dir=str(tmp_path / "results"),
            rdp_report_dir=str(tmp_path / "report"),
        )
        assert real.returncode == 2, "a host that cannot be reached fails the run"
        lines = dict(re.findall(r"^(\w+): (.*)$", real.stdout.split("TASK [One line per host]")[1], re.MULTILINE))
        assert lines["healthy"] == "healthy: a client reaches the logon; what comes after it was not tried"
        assert lines["key_unreadable"].endswith("; now healthy, a client reaches the logon")
        assert (
            "Require use of specific security layer" in lines["policy_security_layer"]
            and "cannot be reached over winrm" in lines["winrm_closed"]
        )
        assert json.loads((tmp_path / "results/key_unreadable.json").read_text())["verified"]["ok"] is True
        report = json.loads((tmp_path / "report/rdp-report.json").read_text())
        mended = report["hosts"]["key_unreadable"]
        assert (mended["verdict"], mended["repaired"], mended["client_gets_in"]) == ("healthy", True, True) and mended[
            "certificate"
        ]["days_left"] > 0
        assert [step["op"] for step in mended["steps"]] == ["acl.set", "service.restart"] and report["counts"][
            "unreachable"
        ] == 1
        again = playbook(twins.inventory_path, name, "-l", "!winrm_closed", **variables)
        assert all(
            re.search(rf"^{host} .*changed=0", again.stdout, re.MULTILINE)
            for host in ("healthy", "key_unreadable", "policy_security_layer")
        )
        _there_and_back(twins, name.replace("remediate", "restore"), str(tmp_path / "journals"))
        assert twins.hosts["key_unreadable"].state["files"] == start["key_unreadable"]["files"]


def _there_and_back(twins: Fleet, name: str, folder: str) -> None:
    """Restore says what could be taken back, takes back what it is told, and nothing more."""
    runs = {journal["run"] for twin in twins.hosts.values() for journal in twin.state["journals"].values()}
    (run,) = runs
    mended = twins.hosts["key_unreadable"].state
    options = {"rdp_journal_dir": folder, "rdp_max_fail_percentage": 100}
    told = playbook(twins.inventory_path, name, **options)
    lines = dict(re.findall(r"^(\w+): (.*)$", told.stdout.split("TASK [One line per host]")[1], re.MULTILINE))
    assert "could be taken back; take a run back with -e rdp_run=ID" in lines["key_unreadable"]
    assert re.search(rf"^    {run}, .*the host was broken: tls: reset", told.stdout, re.MULTILINE), told.stdout
    assert "1 unreachable" in told.stdout and "3 listed" in told.stdout
    assert "2 hosts (healthy, policy_security_layer): nothing is left to be taken back" in told.stdout
    assert "cannot be reached" in lines["winrm_closed"]
    # What each of them does is seen on these two.
    few, one = ("-l", "healthy,key_unreadable"), ("-l", "key_unreadable")
    dry = playbook(twins.inventory_path, name, "--check", *one, **options, rdp_run=run)
    assert "clients will be kept out again: certificate.key_unreadable" in dry.stdout
    assert f"would be taken back ({run}): acl.set the key file" in dry.stdout and "would be repaired" not in dry.stdout
    wrong = playbook(twins.inventory_path, name, *few, **options, rdp_run="run-2026")
    assert wrong.returncode == 2 and f"no host knows run-2026; the newest is {run}" in wrong.stdout, wrong.stdout
    assert (wrong.stdout + wrong.stderr).count("no host knows") == 1, wrong.stdout + wrong.stderr
    assert "nothing to restore: " not in wrong.stdout, "one sentence says it of all"
    assert twins.hosts["key_unreadable"].state == mended
    back = playbook(twins.inventory_path, name, *few, **options, rdp_run="latest")
    assert re.search(r"^key_unreadable .*changed=1", back.stdout, re.MULTILINE), back.stdout
    assert f"nothing to restore: {run} changed nothing on this host" in back.stdout
    assert f"key_unreadable: taken back ({run}): acl.set the key file" in back.stdout, back.stdout
    restored = twins.hosts["key_unreadable"].state
    again = playbook(twins.inventory_path, name, *one, **options, rdp_run="latest")
    assert re.search(r"^key_unreadable .*changed=0", again.stdout, re.MULTILINE), again.stdout
    assert twins.hosts["key_unreadable"].state == restored


@pytest.mark.parametrize("flags", [(), pytest.param(("--check",), marks=pytest.mark.deep)])
def test_audit_reports_on_the_fleet(flags: tuple[str, ...], tmp_path: Path) -> None:
    report, kept = tmp_path / "report", tmp_path / "kept"
    with Fleet(["healthy", "key_unreadable", "winrm_closed"], state_dir=tmp_path / "state") as twins:
        start = {host: twin.state for host, twin in twins.hosts.items()}
        done = playbook(
            twins.inventory_path,
            "winops.rdp.audit_rdp",
            *flags,
            rdp_report_dir=str(report),
            rdp_audit_results_dir=str(kept),
            rdp_audit_client_code="0xC07",
        )
        assert (
            str(report / "rdp-report.html") in done.stdout
            and {host: twin.state for host, twin in twins.hosts.items()} == start
        )
    document = json.loads((report / "rdp-report.json").read_text())
    assert {name: entry["verdict"] for name, entry in document["hosts"].items()} == {
        "healthy": "healthy",
        "key_unreadable": "broken",
        "winrm_closed": "unreachable",
    }
    assert (
        document["hosts"]["key_unreadable"]["findings"][0]["id"] == "certificate.key_unreadable"
        and document["assessed_at"]
    )
    assert [finding["id"] for finding in document["hosts"]["healthy"]["findings"]] == ["nla.account_restricted"]
    assert "-l key_unreadable --check --diff" in (report / "rdp-report.html").read_text()
    options = f"results_path={kept} report_dir={tmp_path / 'again'}"
    again = command("ansible", "localhost", "-m", "winops.rdp.report", "-a", options)
    assert (
        again.returncode == 0
        and (tmp_path / "again/rdp-report.html").read_bytes() == (report / "rdp-report.html").read_bytes()
    ), again.stdout


@pytest.mark.parametrize("name", ["", "web01.ps1"])
def test_the_script_is_named_as_it_is_called(name: str, tmp_path: Path) -> None:
    inventory = tmp_path / "inventory"
    inventory.write_text("localhost ansible_connection=local\n")
    done = playbook(inventory, "winops.rdp.collect_rdp", rdp_dest=f"{tmp_path}/{name}")
    written = name or "rdp-collect.ps1"
    assert done.returncode == 0 and f'-File {written}"' in done.stdout, done.stdout
    assert (tmp_path / written).is_file()


@pytest.mark.parametrize("blank", ["", " ", None])
def test_an_empty_answer_is_no_name_of_a_script(blank: str | None, tmp_path: Path) -> None:
    (tmp_path / "inventory").write_text("localhost ansible_connection=local\n")
    done = playbook(tmp_path / "inventory", "winops.rdp.collect_rdp", "--check", rdp_dest=blank)
    assert done.returncode == 0 and '-File rdp-collect.ps1"' in done.stdout, done.stdout


def test_a_script_that_cannot_be_written_is_named_by_its_path(tmp_path: Path) -> None:
    (tmp_path / "inventory").write_text("localhost ansible_connection=local\n")
    (tmp_path / "file").write_text("")
    done = playbook(tmp_path / "inventory", "winops.rdp.collect_rdp", rdp_dest=f"{tmp_path}/file/x.ps1")
    assert done.returncode == 2 and f"offline: {tmp_path}/file cannot be written: " in done.stdout, done.stdout


def test_a_script_that_is_asked_for_in_vain_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "inventory").write_text("web01 ansible_connection=local\n")
    for flags, extra, words in (
        ((), {"rdp_dset": "x"}, "is rdp_dest meant?"),
        (("-l", "web01"), {}, "--limit is web01, and this playbook asks no host"),
    ):
        done = playbook(tmp_path / "inventory", "winops.rdp.collect_rdp", *flags, **extra)
        assert done.returncode not in (0, 2) and words in done.stdout + done.stderr, done.stdout


# Role, the host that it is for, and the step that it takes there.
IN_A_SITE = (
    ("rdp_certificate", "cert_expired", "certificate.renew"),
    ("rdp_security_layer", "security_layer_invalid", "registry.set"),
    ("rdp_nla", "nla_off", "registry.set"),
    ("rdp_services", "sessionenv_disabled", "service.start_type"),
)
Runs = dict[str, tuple[str, dict[str, Any]]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """A site's playbook with a role for each host, four times: what it would do, do it, nothing more to do, and the way
    back. What each run said, and the hosts after it."""
    folder = tmp_path_factory.mktemp("site")
    roles = {scenario: f"winops.rdp.{role}" for role, scenario, _changes in IN_A_SITE}
    tasks = [{"name": "Its role", "ansible.builtin.include_role": {"name": "{{ roles_of[inventory_hostname] }}"}}]
    path, kept = folder / "site.yml", str(folder / "journals")
    play = {"name": "Site", "hosts": "all", "gather_facts": False, "vars": {"roles_of": roles}, "tasks": tasks}
    path.write_text(json.dumps([play]))
    options = {f"{role}_journal_dir": kept for role, *_more in IN_A_SITE} | {"rdp_services_start_type": "manual"}
    back = {"rdp_journal_dir": kept, "rdp_run": "latest"}
    with Fleet([scenario for _role, scenario, _changes in IN_A_SITE], state_dir=folder / "state") as twins:
        said: Runs = {"start": ("", {name: twin.state for name, twin in twins.hosts.items()})}
        for turn, name, flags, given in (
            ("dry", str(path), ("--check",), options),
            ("real", str(path), (), options),
            ("again", str(path), (), options),
            ("back", "winops.rdp.restore_rdp", (), back),
        ):
            done = playbook(twins.inventory_path, name, *flags, **given)
            assert done.returncode == 0, done.stdout + done.stderr
            said[turn] = (done.stdout, {name: twin.state for name, twin in twins.hosts.items()})
    return said


@pytest.mark.parametrize(("role", "scenario", "changes"), IN_A_SITE)
def test_role_in_a_site_playbook(site: Runs, role: str, scenario: str, changes: str) -> None:
    changed = {
        turn: re.findall(rf"^{scenario} .*changed=(\d)", text, re.MULTILINE) for turn, (text, _state) in site.items()
    }
    states = {turn: state[scenario] for turn, (_text, state) in site.items()}
    assert changed["dry"] == ["1"] and states["dry"] == states["start"], role
    assert changed["real"] == ["1"], role
    journal = next(iter(states["real"]["journals"].values()))
    assert changes in [step["op"] for step in journal["steps"]] and journal["state"] == "complete"
    assert changed["again"] == ["0"] and states["again"] == states["real"]
    # A certificate that Windows replaced is not put back: its key is another now.
    assert changed["back"] == (["0"] if changes == "certificate.renew" else ["1"])


def _names_of_a_site() -> dict[str, Any]:
    """Every option of every role without ``rdp_``, and without the role's name, with a value of something else."""
    values: dict[str, Any] = {}
    for path in sorted(ROOT.glob("roles/*/meta/argument_specs.yml")):
        role = path.parts[-3]
        options = load_yaml(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"]
        for name, option in options.items():
            assert name.startswith(f"{role}_"), f"{name} could be a site's own"
            bare = name.removeprefix(f"{role}_")
            if keyword.iskeyword(bare):  # ansible-core 2.16 takes no such name, and a site has none
                continue
            # Refused, or seen in what is done, if a role took it.
            value = not option.get("default") if option["type"] == "bool" else "a site's own"
            values |= {bare: value, f"{role.removeprefix('rdp_')}_{bare}": value}
    # As a site that runs a web server has them.
    return {**values, "service_name": "nginx", "service_state": "restarted", "service_start_type": "automatic"}


def test_roles_ignore_what_a_site_calls_its_own(tmp_path: Path) -> None:
    """All roles in one play of a site with every unprefixed name: they find and plan what they do without those."""
    names = _names_of_a_site()
    assert {"service_name", "nla_probe", "state", "certificate_force", "layer", "skip_findings"} <= set(names)
    roles = sorted(path.parent.parent.name for path in ROOT.glob("roles/*/tasks/main.yml"))
    tasks = [{"name": role, "ansible.builtin.import_role": {"name": f"winops.rdp.{role}"}} for role in roles]
    gathered = ", ".join(f"{role}={role}_result" for role in roles)
    keep = {
        "name": "Keep what they found",
        "ansible.builtin.copy": {"content": f"{{{{ dict({gathered}) | to_json }}}}", "dest": "{{ kept_in }}"},
        "delegate_to": "localhost",
        "vars": {"ansible_connection": "local"},
        "check_mode": False,
    }
    play = {"name": "Site", "hosts": "all", "gather_facts": False, "tasks": [*tasks, keep]}
    found: dict[str, dict[str, Any]] = {}
    with Fleet(["nla_off"], state_dir=tmp_path / "state") as twins:
        twin = twins.hosts["nla_off"]
        start = twin.state
        for turn, variables in (("plain", {}), ("site", names)):
            site, kept = tmp_path / f"{turn}.yml", tmp_path / f"{turn}.json"
            site.write_text(
                json.dumps([{**play, "vars": {**variables, "rdp_access_enabled": True, "kept_in": str(kept)}}])
            )
            done = playbook(twins.inventory_path, str(site), "--check")
            assert done.returncode == 0, done.stdout + done.stderr
            found[turn] = json.loads(kept.read_text())
        assert twin.state == start
    assert sorted(found["site"]) == roles
    for role, result in found["site"].items():
        plain = found["plain"][role]
        assert result["changed"] == plain["changed"], role
        if role == "rdp_client":  # this computer as a client: no listener is looked at
            continue
        for key in ("plan", "columns", "verdict"):
            assert result[key] == plain[key], f"{role}: {key}"
        assert result["columns"]["client_before"] != "not looked at"
    assert any(result["changed"] for result in found["site"].values())


def test_what_fails_in_a_role_has_a_line_of_its_own_and_stands_in_the_result_once(tmp_path: Path) -> None:
    """As of any task since ansible-core 2.19; before that the line is the collection's. A result that is short has no
    need of one."""
    role = {"name": "winops.rdp.rdp_audit"}
    play = {
        "hosts": "all",
        "gather_facts": False,
        "vars": {"rdp_audit_fail_on": "broken"},
        "tasks": [{"name": "Audit", "ansible.builtin.include_role": role}],
    }
    (tmp_path / "site.yml").write_text(json.dumps([play]))
    with Fleet(["key_unreadable", "healthy"], state_dir=tmp_path / "state") as twins:
        refusing = twins.hosts["healthy"].wsman
        assert refusing
        refusing.refuse = True
        done = playbook(twins.inventory_path, str(tmp_path / "site.yml"))
    shown = done.stdout + done.stderr
    assert shown.count("key_unreadable: broken: certificate.key_unreadable [proven]; ") == 2, shown
    assert shown.count("broken: certificate.key_unreadable [proven]; ") == 2, shown
    assert shown.count("healthy cannot be reached over ") == 1, shown
