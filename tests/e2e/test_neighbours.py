# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other hosts of the inventory beside the one of a task: whose account they are offered, how often they are asked, and
what comes of one that does not let go of who has asked it."""

from __future__ import annotations

import base64
import json
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.commands import command, module, playbook
from tests.twin.connections import USER
from tests.twin.fleet import Fleet, Twin, sent

pytestmark = [pytest.mark.needs_ansible, pytest.mark.needs_fleet]

BROKEN, GOOD = "key_unreadable", "healthy"
_ACCOUNT = ("ansible_user", "ansible_password")


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    with Fleet([GOOD, BROKEN], tmp_path_factory.mktemp("neighbours")) as fleet:
        yield fleet


def _offered(fleet: Fleet, name: str) -> set[str]:
    """The accounts that were offered to a host since this was asked last."""
    server = fleet.hosts[name].wsman
    assert server
    words, server.offered = server.offered, []
    return {base64.b64decode(word.removeprefix("Basic ")).decode() for word in words}


def _without_accounts(fleet: Fleet, folder: Path, **lines: str) -> Path:
    """An inventory that says of no host who logs on, but for what is given for one."""
    kept = [line for line in Path(fleet.inventory_path).read_text().splitlines() if not line.startswith(_ACCOUNT)]
    inventory = folder / "hosts.ini"
    inventory.write_text("\n".join(f"{line} {lines.get(line.partition(' ')[0], '')}" for line in kept) + "\n")
    return inventory


def _asked(folder: Path, password: str) -> tuple[str, ...]:
    """The flags with which a run asks for its account; the file stands for what is typed after ``-k``."""
    file = folder / "password"
    file.write_text(password + "\n")
    return ("-u", USER, "--connection-password-file", str(file))


def _compared(fleet: Fleet, inventory: Path, *flags: str) -> Any:
    _offered(fleet, GOOD)
    told = module(inventory, "diagnose", BROKEN, *flags, reference_host=GOOD)[BROKEN]
    assert not told["failed"] and told["findings"][0]["id"] == "certificate.key_unreadable", told
    return told["compared"]


def test_an_account_of_the_run_is_for_all_its_hosts(fleet: Fleet, tmp_path: Path) -> None:
    """As Ansible has it for ``delegate_to``; also where the host that is repaired has one of its own."""
    asked = _asked(tmp_path, fleet.password)
    for own in ("", f"ansible_user={USER} ansible_password={fleet.password}"):
        inventory = _without_accounts(fleet, tmp_path, **{BROKEN: own})
        assert _compared(fleet, inventory, *asked)["differences"], own
        assert _offered(fleet, GOOD) == {f"{USER}:{fleet.password}"}
        look = module(inventory, "probe", BROKEN, *asked, host=fleet.hosts[BROKEN].address, via=[GOOD])[BROKEN]
        assert look["looks"][GOOD] and _offered(fleet, GOOD) == {f"{USER}:{fleet.password}"}, look


@pytest.mark.parametrize("asked", [True, False])
def test_a_host_s_own_password_is_offered_to_no_other(fleet: Fleet, tmp_path: Path, *, asked: bool) -> None:
    """Neither by itself nor in the place of the run's own."""
    user = f"ansible_user={USER}"
    own = {BROKEN: f"{user} ansible_password={fleet.password}", GOOD: user}
    inventory = _without_accounts(fleet, tmp_path, **own)
    flags = _asked(tmp_path, "of the run") if asked else ()
    compared = _compared(fleet, inventory, *flags)
    assert compared["differences"] == [] and GOOD in compared["not_compared"][0]
    assert _offered(fleet, GOOD) == ({f"{USER}:of the run"} if asked else set())
    look = module(inventory, "probe", BROKEN, *flags, host=fleet.hosts[BROKEN].address, via=[GOOD])[BROKEN]
    assert look["looks"][GOOD] is None and GOOD in look["via_errors"]
    assert _offered(fleet, GOOD) == ({f"{USER}:of the run"} if asked else set())


def _play(folder: Path, inventory: Path, play: dict[str, Any], *flags: str) -> subprocess.CompletedProcess[str]:
    (folder / "play.yml").write_text(json.dumps([{"hosts": BROKEN, "gather_facts": False, **play}]))
    return command("ansible-playbook", "-i", str(inventory), str(folder / "play.yml"), *flags)


_LOOKS: dict[str, dict[str, Any]] = {
    "diagnose": {"winops.rdp.diagnose": {"reference_host": GOOD}},
    "probe": {"winops.rdp.probe": {"host": "127.0.0.1", "via": [GOOD]}},
}


@pytest.mark.parametrize("module", list(_LOOKS))
def test_nothing_that_is_resolved_for_the_task_s_host_goes_to_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    """Neither with what it is sent, nor as the account that it is offered."""
    told: list[tuple[str, bytes]] = []
    real = Twin.run

    def run(twin: Twin, line: str, stdin: bytes) -> Any:
        told.append((twin.name, sent(line, stdin)))
        return real(twin, line, stdin)

    monkeypatch.setattr(Twin, "run", run)
    accounts = {BROKEN: USER, GOOD: "another"}
    play: dict[str, Any] = {
        "vars": {"word": "SECRET-OF-{{ inventory_hostname }}", "accounts": accounts},
        "environment": {"OF_PLAY": "{{ word }}", "PASSWORD": "{{ ansible_password }}"},
        "tasks": [
            {"winops.rdp.facts": {"sections": ["host"]}},
            {
                **_LOOKS[module],
                "environment": {"OF_TASK": "{{ word }}"},
                "vars": {"ansible_become_password": "{{ word }}"},
                "become_user": "{{ word }}",
            },
        ],
    }
    with Fleet([GOOD, BROKEN], tmp_path / "state") as fleet:
        own = f"ansible_user={USER} ansible_password={fleet.password}"
        done = _play(tmp_path, _without_accounts(fleet, tmp_path, **{BROKEN: own, GOOD: own}), play)
        assert done.returncode == 0, done.stdout
        theirs = b"\0".join(text for name, text in told if name == GOOD)
        assert any(f"SECRET-OF-{BROKEN}".encode() in text for name, text in told if name == BROKEN)
        assert theirs and b"SECRET-OF" not in theirs and fleet.password.encode() not in theirs
        inventory = _without_accounts(fleet, tmp_path, **{BROKEN: own, GOOD: "ansible_password=of-good"})
        written = {"remote_user": "{{ accounts[inventory_hostname] }}"}
        for given in ({**play, **written}, {**play, "tasks": [{**task, **written} for task in play["tasks"]]}):
            _offered(fleet, GOOD)
            _play(tmp_path, inventory, given)
            assert _offered(fleet, GOOD) == {"another:of-good"}


def _beside(fleet: Fleet, folder: Path, inventory: Path, names: list[str], *flags: str) -> dict[str, dict[str, Any]]:
    """What the comparison of the broken host with each of these comes to, by its name, and a look from all of them
    (``look``), in one run."""
    compared = {"winops.rdp.diagnose": {"reference_host": "{{ item }}"}, "loop": names}
    looked = {"winops.rdp.probe": {"host": fleet.hosts[BROKEN].address, "via": ["localhost", *names]}}
    kept = {"content": "{{ {'compared': compared, 'looked': looked} | to_json }}", "dest": str(folder / "kept.json")}
    tasks = [
        {**compared, "register": "compared"},
        {**looked, "register": "looked"},
        {"ansible.builtin.copy": kept, "delegate_to": "localhost", "vars": {"ansible_connection": "local"}},
    ]
    done = _play(folder, inventory, {"tasks": tasks}, *flags)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((folder / "kept.json").read_text())
    return {**{result["item"]: result for result in found["compared"]["results"]}, "look": found["looked"]}


_BREAKS = "raise ZeroDivisionError('of the plugin')"
_PLUGIN = """
DOCUMENTATION = "name: {name}\\nshort_description: x\\ndescription: [x]\\nauthor: x\\noptions: {{}}\\n"
from ansible.plugins.connection.winrm import Connection as Winrm
class Connection(Winrm):
    transport = "{name}"
"""
# Where each breaks: as it is loaded, and in each method that is called.
_ODD = {
    f"odd_{at.strip('_') or 'file'}": at
    for at in ("", "__init__", "set_options", "_connect", "get_option", "exec_command", "close")
}


@pytest.fixture(scope="module")
def odd(fleet: Fleet, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What comes of connection plugins of somebody else, each of a host of its own, in one run: the comparison of a
    broken host with each, by its name, and a look from all of them."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "connection_plugins").mkdir()
    text = Path(fleet.inventory_path).read_text()
    good = next(line for line in text.splitlines() if line.startswith(f"{GOOD} "))
    for name, at in _ODD.items():
        own = f"ansible_connection={name} ansible_shell_type=powershell"
        text = text.replace(good, f"{good.replace(GOOD, name, 1)} {own}\n{good}", 1)
        method = f"    def {at}(self, *given, **named):\n        {_BREAKS}\n" if at else _BREAKS
        (folder / f"connection_plugins/{name}.py").write_text(_PLUGIN.format(name=name) + method)
    (folder / "hosts.ini").write_text(text)
    return _beside(fleet, folder, folder / "hosts.ini", list(_ODD))


@pytest.mark.parametrize("name", list(_ODD))
def test_whatever_somebody_else_s_plugin_raises_is_one_sentence_and_costs_no_other_host_its_result(
    odd: dict[str, dict[str, Any]], name: str
) -> None:
    told, look = odd[name], odd["look"]
    assert told["verdict"] == "broken" and not told["failed"], told
    assert look["looks"]["localhost"] and not look["failed"], look
    for said in (" ".join(told["compared"]["not_compared"]), look["via_errors"].get(name, "")):
        assert "Traceback" not in said and name in said, said
        assert "ZeroDivisionError; -vvv" in said or _ODD[name] in ("get_option", "close"), said


_VAULT = "!vault |\n    $ANSIBLE_VAULT;1.1;AES256\n    " + "30" * 40
_UNRESOLVED = {
    "ansible_password": ["'{{ not_there_yet }}'", '\'{{ lookup("file", "/not/there") }}\'', _VAULT],
    "ansible_winrm_transport": ["'{{ not_there_yet }}'"],
    "ansible_host": ["'{{ not_there_yet }}'"],
    "ansible_connection": ["'{{ not_there_yet }}'"],
    "rdp_call_timeout": ["'{{ not_there_yet }}'"],
}


_CASES = {f"lost_{name}_{at}": (name, value) for name, given in _UNRESOLVED.items() for at, value in enumerate(given)}
_NOT_NEEDED = "ansible_become_password: '{{ nor_this }}'"


def _with_more(fleet: Fleet, folder: Path, more: str) -> Path:
    """An inventory in which the broken host alone has an account, with more in YAML."""
    inventory = folder / "inventory"
    inventory.mkdir()
    _without_accounts(fleet, inventory, **{BROKEN: f"ansible_user={USER} ansible_password={fleet.password}"})
    (inventory / "hosts.ini").rename(inventory / "hosts")  # one that ends so is passed over in a folder
    (inventory / "more.yml").write_text(more)
    return inventory


@pytest.fixture(scope="module")
def lost(fleet: Fleet, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What comes of hosts with a variable that cannot be resolved, all at the address of the good one, which is offered
    nothing."""
    folder, more = tmp_path_factory.mktemp("lost"), "windows:\n hosts:\n"
    for host, (name, value) in _CASES.items():
        place = "" if name == "ansible_host" else f"   ansible_host: {fleet.hosts[GOOD].address}\n"
        more += f"  {host}:\n{place}   {_NOT_NEEDED}\n   {name}: {value}\n"
    inventory = _with_more(fleet, folder, more)
    _offered(fleet, GOOD)
    found = _beside(fleet, folder, inventory, list(_CASES), *_asked(folder, fleet.password))
    assert not _offered(fleet, GOOD)
    return found


@pytest.mark.parametrize("host", list(_CASES))
def test_a_variable_that_cannot_be_resolved_is_not_taken_for_one_that_is_not_there(
    lost: dict[str, dict[str, Any]], host: str
) -> None:
    """The run's password would go to a host that has its own, and the plainest way of logging on would be taken."""
    words, said = str(lost[host]["compared"]["not_compared"]), lost["look"]["via_errors"][host]
    assert f"{host}: the variable {_CASES[host][0]} cannot be resolved" in words and "not/there" not in words, words
    assert f"the variable {_CASES[host][0]} cannot be resolved" in said, said


def test_what_no_connection_needs_may_be_missing(fleet: Fleet, tmp_path: Path) -> None:
    inventory = _with_more(fleet, tmp_path, f"all:\n hosts:\n  {GOOD}:\n   {_NOT_NEEDED}\n")
    assert _compared(fleet, inventory, *_asked(tmp_path, fleet.password))["differences"]


def test_a_failure_holds_only_for_those_who_waited_for_it(fleet: Fleet, tmp_path: Path) -> None:
    """Who comes later, or tries again, may have better luck."""
    server = fleet.hosts[GOOD].wsman
    assert server
    server.refuse, server.offered = True, []

    def comes_back() -> None:
        while not server.offered:
            time.sleep(0.05)
        time.sleep(0.5)
        server.refuse = False

    back = threading.Thread(target=comes_back, daemon=True)
    back.start()
    again = {"register": "r", "until": "r.compared.differences | length > 0", "retries": 5, "delay": 1}
    done = _play(tmp_path, Path(fleet.inventory_path), {"tasks": [{**_LOOKS["diagnose"], **again}]})
    server.refuse = False
    assert done.returncode == 0 and "RETRYING" in done.stdout, done.stdout


@pytest.mark.parametrize("where", ["play", "block", "task"])
def test_variables_of_a_play_are_those_of_the_other_host(fleet: Fleet, tmp_path: Path, where: str) -> None:
    """Its password may be one of a table."""
    given = {
        "vars": {
            "ansible_password": "{{ passwords[inventory_hostname] }}",
            "passwords": {BROKEN: fleet.password, GOOD: "another"},
        },
        "remote_user": USER,
    }
    tasks: dict[str, Any] = {"play": _LOOKS["diagnose"], "task": {**_LOOKS["diagnose"], **given}}
    tasks["block"] = {"block": [_LOOKS["diagnose"]], **given}
    play = {"tasks": [tasks[where]], **(given if where == "play" else {})}
    _offered(fleet, GOOD)
    done = _play(tmp_path, _without_accounts(fleet, tmp_path), play)
    assert done.returncode == 0, done.stdout
    assert _offered(fleet, GOOD) == {f"{USER}:another"}


def test_a_reference_is_read_once_for_all_that_are_compared(tmp_path: Path) -> None:
    """Also one that gives nothing: each host would wait for it."""
    with Fleet([GOOD, *[BROKEN] * 3], tmp_path / "state") as fleet:
        names = [name for name in fleet.hosts if name != GOOD]
        told = module(fleet.inventory_path, "diagnose", ",".join(names), reference_host=GOOD)
        assert all(told[name]["compared"]["differences"] for name in names)
        assert len({json.dumps(told[name]["compared"], sort_keys=True) for name in names}) == 1
        assert len(fleet.hosts[GOOD].calls) == 1
        given = {"rdp_hosts": ":".join(names), "rdp_audit_reference_host": GOOD}
        done = playbook(fleet.inventory_path, "winops.rdp.audit_rdp", **given)
        assert done.returncode == 0, done.stdout
        assert len(fleet.hosts[GOOD].calls) == 2, "what was read is of one run"
        _offered(fleet, GOOD)
        server = fleet.hosts[GOOD].wsman
        assert server
        server.refuse, server.stall = True, 8.0  # until all have come that far
        told = module(fleet.inventory_path, "diagnose", ",".join(names), reference_host=GOOD)
        assert len({str(told[name]["compared"]["not_compared"]) for name in names}) == 1
        assert len(server.offered) == 1, server.offered


def test_the_limit_of_a_task_ends_the_goodbye_and_not_the_answer(tmp_path: Path) -> None:
    """A repair that is done has its journal, whatever does not let go of who made it."""
    with Fleet([BROKEN], tmp_path / "state") as fleet:
        server = fleet.hosts[BROKEN].wsman
        assert server
        server.farewell = (b"x", 0.5)
        task = {"winops.rdp.remediate": {"journal_dir": str(tmp_path / "journals")}, "timeout": 12, "register": "r"}
        shown = {"debug": {"msg": "{{ r.changed }} {{ r.journal.id | length > 0 }}"}}
        done = _play(tmp_path, Path(fleet.inventory_path), {"tasks": [task, shown]})
    assert done.returncode == 0 and "True True" in done.stdout, done.stdout


@pytest.mark.parametrize(
    ("connection", "piece", "pause", "seconds"),
    [
        ("winrm_basic", b"x", 0.5, 3),
        ("psrp_ntlm", b"x" * (1 << 20), 0.0, 60),
        pytest.param("winrm_basic", b"x" * (1 << 20), 0.0, 60, marks=pytest.mark.deep),
        pytest.param("psrp_ntlm", b"x", 0.5, 3, marks=pytest.mark.deep),
    ],
)
def test_a_host_that_does_not_let_go_holds_nobody(
    tmp_path: Path, connection: str, piece: bytes, pause: float, seconds: int
) -> None:
    """Its answer to the close has no end, a byte at a time or as much as comes, and all that was asked is there."""
    with Fleet([GOOD, BROKEN], tmp_path / "state", connection=connection) as fleet:
        for twin in fleet.hosts.values():
            assert twin.wsman
            twin.wsman.farewell = (piece, pause)
        flags = ("-e", f"rdp_call_timeout={seconds}")
        told = module(fleet.inventory_path, "diagnose", BROKEN, *flags, reference_host=GOOD)[BROKEN]
    assert told["findings"][0]["id"] == "certificate.key_unreadable" and not told["failed"], told
    assert told["compared"]["differences"], told["compared"]
