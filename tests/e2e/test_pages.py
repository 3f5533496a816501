# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages of docs show is what comes: their command lines, plays and lines of a run, against twins.

What runs on a Windows host is not run here: of that only the parameters are compared.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import arguments
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, nla_task

from tests.e2e.commands import ROOT, command
from tests.tools.documents import load_yaml
from tests.twin.connections import USER
from tests.twin.fleet import Fleet

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

BROKEN = "key_unreadable"


def _page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def _blocks(name: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", _page(name), re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet(["healthy", BROKEN, "occupied"], tmp_path_factory.mktemp("pages")) as twins:
        yield twins


def _without_remark(line: str) -> str:
    """A line of a block up to the remark that stands behind it."""
    return re.split(r"\s{2,}# ", line)[0].strip()


# First host -----------------------------------------------------------------------------------------------------------


def _first_host(section: str) -> list[str]:
    """The calls of a section of the page, each in one line."""
    part = _page("first-host.md").split(f"## {section}\n")[1].split("\n## ")[0]
    lines = [_without_remark(re.sub(r"^ ?\d+  ", "", line)) for line in part.splitlines()]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    return [line for line in joined.splitlines() if line.startswith("ansible-playbook ")]


@pytest.mark.parametrize(
    ("section", "connection", "known"),
    [("WinRM", "winrm_ntlm", "winrm"), ("PSRP", "psrp_ntlm", "psrp"), ("SSH", "ssh_cmd", "ssh")],
)
def test_the_first_host_is_reached_as_its_page_says(tmp_path: Path, section: str, connection: str, known: str) -> None:
    """By the call that says everything; of the others, for which a twin has no domain and no CA, all that is given is
    taken, and by who is only named somebody at a terminal is asked."""
    calls = _first_host(section)
    (tmp_path / "password").touch(mode=0o600)
    with Fleet(["healthy"], tmp_path / "state", connection=connection) as twins:
        (tmp_path / "password").write_text(twins.password + "\n")
        twin, own = twins.hosts["healthy"], twins.reach.variables()
        reached = []
        for call in calls:
            words = shlex.split(call.replace("web01.example.com", twin.address).replace("Administrator", USER))
            if "-k" in words:
                words[words.index("-k") : words.index("-k") + 1] = [
                    "--connection-password-file",
                    f"{tmp_path}/password",
                ]
            ssh = known == "ssh" and ["-e", f"ansible_port={twins.reach.connection.port}", "-e", "ansible_ssh_args="]
            if ssh and "-u" in words:
                ssh[-1] += f"'{own['ansible_ssh_args']}'"
                words += [*ssh, "--private-key", own["ansible_ssh_private_key_file"]]
            done = command(*words, "-e", "ansible_winrm_read_timeout_sec=6 ansible_winrm_operation_timeout_sec=4")
            said = done.stdout + done.stderr
            if "-u" not in words:
                assert "connection, user and password are missing for" in said, said
                continue
            assert done.returncode in (0, 2) and re.search(rf"^{re.escape(twin.address)}: ", said, re.MULTILINE), said
            reached += [call] if f"{twin.address}: healthy: a client reaches the logon" in said else []
    assert len(calls) >= 2 and len(reached) == 1, reached
    assert f"ansible_connection={known}" in reached[0] and "kerberos" not in reached[0]


# Fleets ---------------------------------------------------------------------------------------------------------------


def _given(mark: str) -> list[str]:
    """What the page of fleets says can be given behind a call, as a shell takes it."""
    return [given for given in re.findall(r"`(-[el] [^`]*)`", _page("fleets.md")) if mark in given]


def test_batches_can_be_given_in_each_form_that_the_page_has(fleet: Fleet) -> None:
    forms = _given("rdp_serial")
    assert len(forms) == 3
    for form in forms:
        call = ("ansible-playbook", "-i", str(fleet.inventory_path), "winops.rdp.audit_rdp", "-l", "healthy,occupied")
        done = command(*call, *shlex.split(form))
        assert done.returncode == 0 and "One line per host" in done.stdout, form + done.stdout + done.stderr


def test_what_nobody_has_handed_on_is_refused_as_the_page_says(fleet: Fleet) -> None:
    (form,) = _given("rdp_broken_hosts")
    done = command("ansible-playbook", "-i", str(fleet.inventory_path), "winops.rdp.audit_rdp", *shlex.split(form))
    assert done.returncode == 4 and "'rdp_broken_hosts' is undefined" in done.stdout + done.stderr


def test_lines_of_a_run_are_as_the_page_of_fleets_shows_them(fleet: Fleet, tmp_path: Path) -> None:
    (shown,) = [block for block in _blocks("fleets.md", "") if "300 hosts: " in block]
    lines = dict(line.split(": ", 1) for line in shown.splitlines())
    given = {"rdp_report_dir": str(tmp_path / "report"), "rdp_audit_results_dir": str(tmp_path / "results")}
    (call,) = re.findall(r"`(ansible-playbook -i inventory winops\.rdp\.audit_rdp [^`]*)`", _page("fleets.md"))
    words = shlex.split(call.replace("-i inventory", f"-i {fleet.inventory_path}"))
    done = command(*words, "-e", json.dumps(given))
    assert done.returncode == 2, "a host is broken"
    for mine, name in (("occupied", "web290"), ("healthy", "297 hosts (web[001:006], web[009:289], web[291:300])")):
        assert f"\n{mine}: {lines[name]}\n" in done.stdout, f"{lines[name]}\n{done.stdout}"
    assert re.search(r"^3 hosts: 1 healthy, 2 broken$", done.stdout, re.MULTILINE)
    assert lines["Report"].replace("report/", f"{tmp_path}/report/") in done.stdout
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == [
        f"{name}.json" for name in sorted(fleet.hosts)
    ]


# Offline --------------------------------------------------------------------------------------------------------------


def _offline_calls() -> list[tuple[str, str]]:
    """The page's calls of Ansible, each with the remark behind it."""
    lines = [line for block in _blocks("offline.md", "") for line in block.splitlines()]
    found = [re.split(r"\s{2,}# ", line) for line in lines if line.startswith("ansible")]
    return [(call.strip(), remark) for call, remark in found]


def test_hosts_that_are_not_reached_are_judged_as_their_page_says(fleet: Fleet, tmp_path: Path) -> None:
    taken = command(
        "ansible", "-i", str(fleet.inventory_path), BROKEN, "-m", "winops.rdp.facts", "-a", f"bundle_dir={tmp_path}"
    )
    assert taken.returncode == 0, taken.stdout
    (tmp_path / f"{BROKEN}.json").rename(tmp_path / "pasted.txt")
    (tmp_path / "printed.txt").write_bytes((tmp_path / "pasted.txt").read_bytes())
    calls = _offline_calls()
    assert len(calls) >= 6
    for call, remark in calls:
        if "rdp-client.json" in call:
            continue  # what a PC wrote, which takes PowerShell
        words = [
            re.sub(r"(?<==)(\.|pasted\.txt|printed\.txt|results|report)(?= |$)", rf"{tmp_path}/\1", word)
            for word in shlex.split(call)
        ]
        if words[0] == "ansible-playbook":
            words += ["-e", f"rdp_dest={tmp_path}"]
        done = command(*words)
        assert done.returncode == 0, call + done.stdout + done.stderr
        written = re.search(r"writes (\S+)", remark)
        if written:
            assert (tmp_path / written[1].replace("HOST", BROKEN)).is_file(), (remark, list(tmp_path.iterdir()))
        elif "winops.rdp.report" in call:
            assert f"certificate.{BROKEN}" in (tmp_path / "report/rdp-report.html").read_text(), done.stdout
        else:
            assert f'"summary": "broken: certificate.{BROKEN} [proven]; ' in done.stdout, done.stdout
            [answer] = json.loads(done.stdout.split(" => ", 1)[1])["lines"]
            assert ": broken: certificate." in answer, "the page says that it stands there"
    _parameters(tmp_path)


def _parameters(folder: Path) -> None:
    """What the page gives to the scripts is what they take."""
    text = _page("offline.md")
    given = {
        kind: set(re.findall(rf"rdp-{kind}[\w-]*\.ps1((?: [^\n#`]*)?)", text))
        for kind in ("collect", "repair", "client")
    }
    told = {
        "collect": {"Out", "From", "Part", "Anonymous", "PieceSize"},
        "repair": {"WhatIf", "Then", "Undo"},
        "client": {"Print"},
    }
    for kind, names in told.items():
        names = names | {name for rest in given[kind] for name in re.findall(r"(?<= )-([A-Z]\w+)", rest)}
        (script,) = folder.glob(f"rdp-{kind}*.ps1")
        source = script.read_text(encoding="utf-8-sig")
        head = source[source.index("param(") :].split("\n)\n")[0]
        taken = set(re.findall(r"\$(\w+)", head)) | ({"WhatIf"} if "SupportsShouldProcess" in source else set())
        assert names <= taken, (kind, names - taken)
        assert all(f"`-{name}" in text or f" -{name}" in text for name in names), names


# Plays ----------------------------------------------------------------------------------------------------------------


def _tasks(page: str, number: int) -> Any:
    return load_yaml(_blocks(page, "yaml")[number])


def test_bundles_are_taken_and_judged_as_their_page_says(fleet: Fleet, tmp_path: Path) -> None:
    plays = _tasks("bundles.md", 0)
    plays[0]["hosts"] = "all"
    text = json.dumps(plays).replace('"bundles"', json.dumps(str(tmp_path / "bundles")))
    (tmp_path / "play.yml").write_text(text)
    done = command("ansible-playbook", "-i", str(fleet.inventory_path), str(tmp_path / "play.yml"))
    assert done.returncode == 0, done.stdout
    assert f'"{BROKEN}: broken: certificate.{BROKEN} [proven]; ' in done.stdout, done.stdout
    kept = json.loads((tmp_path / f"bundles/{BROKEN}.json").read_text())
    listed = re.findall(
        r"^\| `(\w+)` \|", _page("bundles.md").split("## What is in it")[1].split("##")[0], re.MULTILINE
    )
    assert set(kept) <= set(listed) and set(listed) - set(kept) <= {"client_code"}, (sorted(kept), listed)


def test_a_look_from_several_places_is_as_its_page_says(fleet: Fleet, tmp_path: Path) -> None:
    tasks = _tasks("vantage.md", 0)
    probe = tasks[0]["winops.rdp.probe"]
    probe |= {"host": fleet.hosts[BROKEN].address, "via": [probe["via"][0], "healthy"]}
    play = [{"hosts": "localhost", "connection": "local", "gather_facts": False, "tasks": tasks}]
    (tmp_path / "play.yml").write_text(json.dumps(play))
    done = command("ansible-playbook", "-i", str(fleet.inventory_path), str(tmp_path / "play.yml"))
    assert done.returncode == 0 and "that points to the host: every place ends alike" in done.stdout, done.stdout


def test_a_person_s_pc_is_asked_as_the_page_of_vantage_says(fleet: Fleet, tmp_path: Path) -> None:
    """The twin of a server, which is a computer with a client as well."""
    (task,) = _tasks("vantage.md", 1)
    task["winops.rdp.client"]["target"] = fleet.hosts["healthy"].address
    shown = {"ansible.builtin.debug": {"msg": "{{ seen.verdict }}: {{ seen.findings | length }}"}}
    play = [{"hosts": "healthy", "gather_facts": False, "tasks": [{**task, "register": "seen"}, shown]}]
    (tmp_path / "play.yml").write_text(json.dumps(play))
    done = command("ansible-playbook", "-i", str(fleet.inventory_path), str(tmp_path / "play.yml"))
    told = re.search(r'"msg": "(\w+): \d', done.stdout)
    assert done.returncode == 0 and told, done.stdout + done.stderr
    verdicts = re.findall(r"^- `(\w+)`:", _page("vantage.md"), re.MULTILINE)
    assert verdicts == ["in_order", "client", "path", "host", "unknown"] and told[1] in verdicts


# Safety ---------------------------------------------------------------------------------------------------------------


def test_a_run_with_an_id_of_its_own_is_taken_back_by_it(tmp_path: Path) -> None:
    (given,) = set(re.findall(r"`(-e rdp_run=change-\d+)`", _page("safety.md")))
    kept = str(tmp_path / "journals")
    with Fleet([BROKEN], tmp_path / "state") as twins:
        start = twins.hosts[BROKEN].lasting
        inventory, words = str(twins.inventory_path), shlex.split(given)
        for name, folder in (("remediate_rdp", "rdp_remediate_journal_dir"), ("restore_rdp", "rdp_journal_dir")):
            call = ("ansible-playbook", "-i", inventory, f"winops.rdp.{name}", "-e", f"{folder}={kept}", *words)
            done = command(*call)
            assert done.returncode == 0, done.stdout + done.stderr
        assert "taken back (change-4711): acl.set" in done.stdout and twins.hosts[BROKEN].lasting == start


def test_names_that_the_page_of_safety_has_are_those_of_the_host() -> None:
    page = _page("safety.md")
    assert f'`schtasks.exe /run /tn "{nla_task.NAME}"`' in page
    (kept,) = {spec["journal_dir"]["default"] for spec in arguments.SPECS.values() if "journal_dir" in spec}
    assert f"`{kept}`" in page and f"named `{contract.OWN_RULE}`" in page
    source = (ROOT / "plugins/module_utils/_journal.psm1").read_text(encoding="utf-8-sig")
    assert "(Get-ProgramData) 'winops.rdp'" in source and "(Get-HomeFolder) 'journal'" in source
    assert "`%ProgramData%\\winops.rdp\\journal`" in page
