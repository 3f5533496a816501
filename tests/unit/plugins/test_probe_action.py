# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module as people call it: ad hoc, in a play, and from a vantage host with an old Python."""

from __future__ import annotations

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
import yaml
from ansible.parsing.dataloader import DataLoader
from ansible.parsing.splitter import parse_kv
from ansible.playbook.task import Task
from ansible.template import Templar
from ansible_collections.winops.rdp.plugins.action import probe as probe_action
from ansible_collections.winops.rdp.plugins.module_utils.probe.gateway import look_at_gateway
from ansible_collections.winops.rdp.plugins.module_utils.probe.options import ARGUMENT_SPEC
from ansible_collections.winops.rdp.plugins.modules import probe as module
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import probe_listener, summary
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import logon as words

from tests.e2e.commands import environment, warm_command
from tests.hosts.snapshots import probe as look
from tests.profiles import each
from tests.tools.documents import load_yaml
from tests.twin.acceptor import PASSWORD, USER, Acceptor, users
from tests.unit.plugins.module_utils.fault_server import (
    Peer,
    Script,
    after_hello,
    certificate,
    healthy,
    serving,
    tls_settings,
)
from tests.unit.plugins.module_utils.gateway_stub import ASKS, Stub

try:
    from ansible.template import trust_as_template as trusted
except ImportError:  # before ansible-core 2.19 every text is a template
    trusted = str

ROOT = Path(__file__).parents[3]
CONNECTIONS = Path(__file__).parent / "probe_connections"


@pytest.fixture(scope="module")
def settings() -> ssl.SSLContext:
    return tls_settings()


def ansible(*arguments: str) -> tuple[int, str]:
    """Run ``ansible``; its exit code and what it said, JSON for modules' results."""
    return ansible_command("ansible", "-i", "localhost,", *arguments)


def ansible_command(*words: str) -> tuple[int, str]:
    done = warm_command(words, environment(ANSIBLE_CONNECTION_PLUGINS=str(CONNECTIONS)))
    return done.returncode, done.stdout + done.stderr


def result_of(text: str) -> dict[str, Any]:
    found = re.search(r"(?:=>|SUCCESS|FAILED!?) (?:=> )?(\{.*^\})", text, re.DOTALL | re.MULTILINE)
    assert found, text
    result: dict[str, Any] = json.loads(found.group(1))
    return result


def probe(options: str, *more: str) -> dict[str, Any]:
    _code, text = ansible("localhost", "-c", "local", "-m", "winops.rdp.probe", "-a", options, *more)
    return result_of(text)


@pytest.mark.needs_ansible
def test_ad_hoc(settings: ssl.SSLContext) -> None:
    with serving(healthy(settings)) as server:
        result = probe(f"host=127.0.0.1 port={server.port}")
    seen = result["probe"]
    assert result["changed"] is False and (seen["stage"], seen["outcome"]) == ("session", "ok")
    assert seen["certificate"]["subject"] == "CN=server" and seen["certificate"]["days_left"] >= 182
    assert seen["identity"]["computer"] == "SRV01"


@pytest.mark.needs_ansible
def test_no_client_gets_in_is_a_result_and_no_failure() -> None:
    with serving(after_hello(Peer.reset)) as server:
        code, text = ansible(
            "localhost",
            "-c",
            "local",
            "-m",
            "winops.rdp.probe",
            "-a",
            f"host=127.0.0.1 port={server.port}",
            "--check",
            "--diff",
        )
    seen = result_of(text)["probe"]
    assert code == 0 and (seen["stage"], seen["outcome"]) == ("tls", "reset")
    assert (seen["client_view"]["code"], seen["client_view"]["extended"]) == ("0x904", "0x7")


@each(
    ("options", "sentence"),
    [
        ("port=3389", "winops.rdp.probe: give host (one name or address), targets (a list) or gateway."),
        ("host=a port=70000", "winops.rdp.probe: port is 70000; it must be from 1 to 65535."),
        ("host=a hots=b", "there is no option hots (is host meant?). See"),
        ("host=a depth=deep", "depth is 'deep'; it must be one of client, full."),
        ("host=a targets=b", "host is given and targets is given; give one of them"),
        ("host=a timeout=soon", "timeout is 'soon'; it must be a number."),
        ("targets=10.0.0.0/8", "which makes more than 16,384 targets; name a smaller network or raise max_targets."),
    ],
)
@each("connection", ["local", "vantage"])
def test_options_that_cannot_be_used_end_in_one_sentence(options: str, sentence: str, connection: str) -> None:
    result = act(options, connection)
    assert result["failed"] and sentence in result["msg"]
    assert result["msg"].endswith(".") and "\n" not in result["msg"]


def act(options: str, connection: str, **variables: str) -> dict[str, Any]:
    """What the action answers, in this process. ``options`` as after ``-a``."""
    known = {"inventory_hostname": "localhost", **variables}
    task = MagicMock(Task, async_val=0, check_mode=False, diff=False, args=parse_kv(options))
    link = MagicMock(transport=connection)
    link._shell.tmpdir = None
    link.get_option.return_value = None
    action = probe_action.ActionModule(
        task=task,
        connection=link,
        play_context=MagicMock(),
        loader=DataLoader(),
        templar=Templar(loader=DataLoader(), variables=known),
        shared_loader_obj=None,
    )
    answer: dict[str, Any] = action.run(task_vars=known)
    return answer


def test_variables_of_a_windows_host_may_be_made_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the template's own text is looked at as a host, nor is it tried as a password."""
    looked: list[Any] = []

    def look_at(_options: Any, targets: Any, _tell: Any) -> dict[str, Any]:
        looked.append(targets)
        return {"probe": _look("tcp", "refused")}

    monkeypatch.setattr(probe_action, "run_probe", look_at)
    monkeypatch.setattr(probe_action, "summary", str)
    address = trusted("web01.{{ site }}")
    act("port=3390", "winrm", ansible_host=address, site="example.com")
    assert looked == [[("web01.example.com", 3390)]]
    told = "localhost: the variable ansible_host cannot be resolved: 'site' is undefined; nothing was done."
    assert act("port=3390", "winrm", ansible_host=address)["msg"].startswith(told)
    account = f"host=a connection_account=true fingerprints={'aa' * 20}"
    failed = act(account, "local", ansible_user="ann", ansible_password=trusted("{{ vault_pw }}"))
    assert failed["failed"] and "ansible_password cannot be resolved: 'vault_pw' is undefined" in failed["msg"]
    assert len(looked) == 1


def _look(stage: str, outcome: str, **more: Any) -> dict[str, Any]:
    return {"detail": "So it ended.", "failure": None, **look(stage, outcome, **more)}


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (
            {"probe": _look("name", "unresolved")},
            "5:3389: name: unresolved: So it ended; see docs/causes/network.md#network.name",
        ),
        (
            {"probe": _look("tcp", "unreachable")},
            "unreachable: So it ended; see docs/causes/network.md#network.unreachable",
        ),
        ({"probe": _look("tcp", "timeout")}, "tcp: timeout: So it ended; winops.rdp.diagnose asks the host why"),
        (
            {"probe": _look("negotiation", "not_rdp")},
            "not_rdp: So it ended; see docs/causes/interference.md#",
        ),
        ({"probe": _look("tls", "reset")}, "tls: reset: So it ended; winops.rdp.diagnose asks the host why"),
        ({"probes": [_look("session", "ok"), _look("tcp", "refused")]}, " | 10.0.0.5:3389: tcp: refused: So it ended;"),
        (
            {
                "probes": [_look("session", "ok")] * 20,
                "counts": {"session/ok": 20},
                "unfinished": ["a:1"],
                "ended": "x",
            },
            "20 targets: 20 session/ok | 1 targets have no result (x)",
        ),
        ({"comparison": {"summary": "all alike"}}, "all alike"),
        (
            {"probe": _look("session", "ok"), "logon": {"outcome": "not_tried", "detail": "Why."}},
            " | account: not tried: Why",
        ),
    ],
)
def test_a_result_is_told_in_one_line(seen: dict[str, Any], told: str) -> None:
    assert told in summary(seen) and "\n" not in summary(seen)


def test_a_look_is_told_to_people() -> None:
    result = act("host=127.0.0.1 port=1", "local")
    assert result["msg"] == result["summary"] and "127.0.0.1:1: tcp: refused" in result["msg"]


@pytest.mark.needs_ansible
def test_a_bad_option_is_a_failure_and_no_traceback() -> None:
    code, text = ansible("localhost", "-c", "vantage", "-m", "winops.rdp.probe", "-a", "host=a hots=b")
    assert (
        code != 0 and "there is no option hots (is host meant?)" in result_of(text)["msg"] and "Traceback" not in text
    )


@pytest.mark.needs_ansible
def test_targets(settings: ssl.SSLContext, tmp_path: Path) -> None:
    lines = tmp_path / "lines"
    with serving(healthy(settings)) as server:
        result = probe(f"targets=127.0.0.1:{server.port},127.0.0.1:1 depth=client results_path={lines}")
    assert (
        result["counts"] == {"session/ok": 1, "tcp/refused": 1}
        and result["ended"] == "complete"
        and result["unfinished"] == []
    )
    assert result["probes"][0]["certificate"]["subject"] == "CN=server"
    assert len(lines.read_text().splitlines()) == 2


def pythons() -> list[str]:
    """The oldest supported and the newest Python at hand, without this project's packages."""
    found = [
        str(path)
        for version in ("3.9", "3.13")
        for path in sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/python"))
    ]
    found += [path for name in ("python3.9", "python3.13") if (path := shutil.which(name)) and "shims" not in path]
    return found or ["/usr/bin/python3"]


@pytest.mark.needs_ansible
@pytest.mark.parametrize("python", pythons())
def test_from_a_vantage_host(python: str, settings: ssl.SSLContext) -> None:
    """Nothing but a system Python runs there; the certificate is read here."""
    with serving(healthy(settings)) as server:
        options = f"host=127.0.0.1 port={server.port}"
        code, text = ansible(
            "localhost",
            "-c",
            "vantage",
            "-m",
            "winops.rdp.probe",
            "-a",
            options,
            "-e",
            f"ansible_python_interpreter={python}",
            "-vvvv",
        )
        here = probe_listener("127.0.0.1", server.port)
    assert code == 0, text
    assert f"{python} " in text and "AnsiballZ_probe.py" in text, "it ran as a module over there"
    seen = result_of(text)["probe"]
    assert (seen["stage"], seen["outcome"]) == ("session", "ok")
    for same in ("offered", "tls", "certificate", "selected", "nla", "encryption"):
        assert seen[same] == here[same]


@pytest.mark.needs_ansible
def test_via_places_with_a_python_of_their_own(tmp_path: Path, settings: ssl.SSLContext) -> None:
    """Each place looks over a connection of its own; one that is not there is told, and counts for nothing."""
    inventory = tmp_path / "hosts"
    python = pythons()[0]
    inventory.write_text(
        f"jumphost ansible_connection=vantage ansible_python_interpreter={python}\n"
        "broken ansible_connection=vantage ansible_python_interpreter=/no/such/python\n"
        "unknown ansible_connection=no_such_connection\n"
    )
    places = ["localhost", "jumphost", "broken", "unknown", "stranger"]
    with serving(healthy(settings)) as server:
        options = json.dumps({"host": "127.0.0.1", "port": server.port, "via": places})
        _code, text = ansible(
            "-i", str(inventory), "localhost", "-c", "local", "-m", "winops.rdp.probe", "-a", options, "-vvvv"
        )
    result = result_of(text)
    assert "AnsiballZ_probe.py" in text and f"{python} " in text
    assert result["comparison"]["gets_in"] == ["localhost", "jumphost"], result
    assert set(result["comparison"]["unasked"]) == set(result["via_errors"]) == {"broken", "unknown", "stranger"}
    here, there = result["looks"]["localhost"], result["looks"]["jumphost"]
    assert there["certificate"] == here["certificate"] and there["tls"] == here["tls"]
    assert "probe" not in result and result["changed"] is False


@pytest.mark.needs_ansible
@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"host": "127.0.0.1", "via": []}, "via is empty"),
        ({"targets": ["127.0.0.1"], "via": ["localhost"]}, "via is given and targets is given; give one of them"),
        ({"via": ["localhost"]}, "give host"),
        ({"host": "127.0.0.1", "via": ["stranger"]}, "nobody has looked: stranger is not in the inventory."),
    ],
)
def test_via_needs_one_host_and_a_place(options: dict[str, Any], words: str) -> None:
    code, text = ansible("localhost", "-c", "local", "-m", "winops.rdp.probe", "-a", json.dumps(options))
    assert words in result_of(text)["msg"] and code != 0


@pytest.mark.needs_ansible
def test_nothing_is_forked_where_the_connection_is_local(settings: ssl.SSLContext) -> None:
    with serving(healthy(settings)) as server:
        _code, text = ansible(
            "localhost", "-c", "local", "-m", "winops.rdp.probe", "-a", f"host=127.0.0.1 port={server.port}", "-vvvv"
        )
    assert "AnsiballZ" not in text and "EXEC" not in text and result_of(text)["probe"]["outcome"] == "ok"


@pytest.mark.needs_ansible
def test_in_a_play_on_windows_hosts_each_is_looked_at_from_here(tmp_path: Path, settings: ssl.SSLContext) -> None:
    """No option names the host, and nothing connects to WinRM."""
    play = tmp_path / "play.yml"
    with serving(healthy(settings)) as server:
        play.write_text(
            yaml.safe_dump(
                [
                    {
                        "hosts": "all",
                        "gather_facts": False,
                        "tasks": [
                            {"winops.rdp.probe": {"port": server.port}, "register": "seen"},
                            {
                                "ansible.builtin.assert": {
                                    "that": ["seen.probe.outcome == 'ok'", "seen.probe.host == '127.0.0.1'"]
                                },
                                "delegate_to": "localhost",
                            },
                        ],
                    }
                ]
            )
        )
        inventory = tmp_path / "hosts.yml"
        inventory.write_text(
            yaml.safe_dump(
                {
                    "all": {
                        "hosts": {
                            "web01": {
                                "ansible_host": "127.0.0.1",
                                "ansible_connection": "ssh",
                                "ansible_shell_type": "powershell",
                            }
                        }
                    }
                }
            )
        )
        code, text = ansible_command("ansible-playbook", "-i", str(inventory), str(play))
    assert code == 0, text


def test_the_documentation_is_that_of_the_options() -> None:
    documented = load_yaml(module.DOCUMENTATION)["options"]
    assert documented.keys() == ARGUMENT_SPEC.keys()
    for name, spec in ARGUMENT_SPEC.items():
        told = documented[name]
        assert told["type"] == spec["type"], name
        assert (
            told.get("default") == spec.get("default")
            and told.get("choices") == spec.get("choices")
            and told.get("elements") == spec.get("elements")
        ), name


def test_every_key_of_a_result_is_documented(settings: ssl.SSLContext) -> None:
    documented = load_yaml(module.RETURN)
    with serving(healthy(settings)) as server:
        result = probe_listener("127.0.0.1", server.port)
    assert set(result) == set(documented["probe"]["contains"])
    text = json.dumps(documented)
    for part in ("certificate", "identity", "tls", "client_view"):
        for key in result[part]:
            assert f"C({key})" in text, (part, key)


# An account.


@pytest.fixture
def acceptor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Acceptor:
    monkeypatch.setenv("NTLM_USER_FILE", str(users(tmp_path)))
    return Acceptor(files=certificate("server"))


class Twice:
    """First the look, which offers NTLM without a name, then the account."""

    def __init__(self, acceptor: Acceptor) -> None:
        scripts: list[Script] = [healthy(tls_settings(acceptor.files)), acceptor]
        self._scripts = iter(scripts)

    def __call__(self, peer: Peer) -> None:
        next(self._scripts)(peer)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ("host=a account=b", "give its SHA-256 or SHA-1 in fingerprints"),
        ("host=a password=b", "password is given and account is missing"),
        ("targets=a,b account=b", "account is given and targets is given; give one of them"),
        ("targets=a,b connection_account=true fingerprints=aa", "an account is tried on one host"),
        (
            "host=a account=b connection_account=true",
            "account is given and connection_account is given; give one of them",
        ),
        ("host=a account=b fingerprints=abcd", "'abcd' is no fingerprint"),
        ("gateway=a host=b", "gateway is given and host is given; give one of them"),
        ("gateway=a account=b", "give its SHA-256 or SHA-1 in fingerprints"),
        ("gateway=a send_credentials=true", "gateway is given and send_credentials is given; give one of them"),
        ("gateway=a:b", "gateway: 'a:b' has no usable port"),
        ("host=a max_hosts=0", "max_hosts is 0"),
    ],
)
def test_accounts_and_gateways_that_cannot_be_looked_at(options: str, sentence: str) -> None:
    result = act(options, "local")
    assert result["failed"] and sentence in result["msg"], result["msg"]


def test_an_account_never_leaves_the_controller() -> None:
    result = act(f"host=a account=b password=c fingerprints={'aa' * 20}", "ssh")
    assert (
        result["failed"] and "from the controller alone" in result["msg"] and "leave out delegate_to" in result["msg"]
    )


@pytest.mark.needs_ansible
def test_an_account_in_a_play_and_nothing_of_it_anywhere(acceptor: Acceptor, tmp_path: Path) -> None:
    """With every output and log turned up, neither name nor password is in any of it, nor in any file."""
    play, log = tmp_path / "play.yml", tmp_path / "ansible.log"
    (tmp_path / "secrets").mkdir()
    secrets = tmp_path / "secrets/vars.yml"
    passwords = {"accepted": PASSWORD, "refused": "Wrong-Horse-8"}
    secrets.write_text(yaml.safe_dump({"their_name": USER, "their_passwords": passwords}))
    with ExitStack() as stack:
        tasks: list[dict[str, Any]] = []
        for outcome in passwords:
            server = stack.enter_context(serving(Twice(acceptor)))
            tasks += [
                {
                    "winops.rdp.probe": {
                        "host": "127.0.0.1",
                        "port": server.port,
                        "depth": "client",
                        "account": "{{ their_name }}",
                        "password": f"{{{{ their_passwords.{outcome} }}}}",
                        "fingerprints": [acceptor.fingerprint],
                    },
                    "register": "seen",
                },
                {"ansible.builtin.assert": {"that": f"seen.logon.outcome == '{outcome}'"}},
            ]
        play.write_text(yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
        program = Path(sys.executable).parent / "ansible-playbook"
        done = subprocess.run(
            [str(program), "-i", "localhost,", "-c", "local", "-e", f"@{secrets}", "-vvvv", str(play)],
            cwd=ROOT,
            env={**os.environ, "ANSIBLE_LOG_PATH": str(log), "ANSIBLE_NOCOLOR": "1", "HOME": str(tmp_path)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    told = done.stdout + done.stderr + log.read_text()
    left = [path for path in tmp_path.rglob("*") if path.is_file() and path.parent.name != "secrets"]
    kept = "".join(path.read_text(errors="replace") for path in left if path.name != "users")
    assert "helpdesk" not in told + kept and not [word for word in passwords.values() if word in told + kept]
    for outcome in passwords:
        assert f'"outcome": "{outcome}"' in told, "the result itself is told"


@pytest.mark.needs_ansible
def test_a_gateway(settings: ssl.SSLContext) -> None:
    with serving(Stub(settings, ASKS)) as server:
        result = probe(f"gateway=127.0.0.1:{server.port}")
        there = ansible(
            "localhost",
            "-c",
            "vantage",
            "-m",
            "winops.rdp.probe",
            "-a",
            f"gateway=127.0.0.1:{server.port}",
            "-e",
            f"ansible_python_interpreter={pythons()[0]}",
        )
    for seen in (result["gateway"], result_of(there[1])["gateway"]):
        assert (seen["stage"], seen["outcome"]) == ("http", "ok") and seen["authentication"] == ["Negotiate", "NTLM"]
        assert seen["certificate"]["common_name"] == "server" and seen["client_codes"][0]["code"] == "0x3000006"


def test_every_key_of_a_gateway_and_of_a_logon_is_documented() -> None:
    documented = load_yaml(module.RETURN)
    assert set(look_at_gateway("127.0.0.1", 1)) | {"client_codes"} == set(documented["gateway"]["contains"])
    assert set(words.result("accepted", None, "x")) == set(documented["logon"]["contains"])
