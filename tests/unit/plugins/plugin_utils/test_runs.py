# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parts of a run: closing lines at any number of hosts, batches, hosts, variables, what is kept of a host."""

from __future__ import annotations

import errno
import gc
import glob
import json
import mmap
import multiprocessing
import os
import random
import re
import resource
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar
from unittest.mock import MagicMock

import jinja2
import pytest
from ansible import constants, context
from ansible.errors import AnsibleError
from ansible.module_utils.common.collections import ImmutableDict
from ansible.parsing.dataloader import DataLoader
from ansible.playbook import attribute
from ansible.playbook.play_context import PlayContext
from ansible.plugins.loader import connection_loader, init_plugin_loader
from ansible.template import Templar
from ansible.utils.collection_loader import AnsibleCollectionConfig
from ansible_collections.winops.rdp.plugins.action import summary
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import (
    arguments,
    failures,
    files,
    limit,
    options,
    runs,
    saying,
    undefined,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.arguments import ArgumentError, validate
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.host_link import HostFailure
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.ledger import Entry, Ledger
from ansible_collections.winops.rdp.plugins.plugin_utils.report import lines
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import VERDICTS

from tests.profiles import each, examples, some
from tests.tools.documents import load_yaml
from tests.unit.plugins.module_utils.deadlines import comes_to_an_end

try:
    from ansible.template import trust_as_template as trusted
except ImportError:  # before ansible-core 2.19 every text is a template
    trusted = str
    # Ansible's own message doubles there with each variable on the way to one that is undefined: 50 fill any memory.
    _CHAIN = 15
else:
    _CHAIN = 50

HEALTHY = ("healthy", "healthy: a client reaches the logon")


# Lines --------------------------------------------------------------------------------------------------------------


def test_three_hundred_hosts_are_readable() -> None:
    hosts = {f"web{number:03}": HEALTHY for number in range(1, 301)}
    hosts["web290"] = ("broken", "broken: certificate.expired [proven]; a client ends at tls: reset")
    for number in (7, 8):
        sentence = f"unreachable: cannot be reached over winrm at 10.0.0.{number}:5986: refused"
        hosts[f"web{number:03}"] = ("unreachable", sentence)
    assert lines.closing_lines(hosts) == [
        "297 hosts (web[001:006], web[009:289], web[291:300]): healthy: a client reaches the logon",
        "2 hosts (web[007:008]): unreachable: cannot be reached over winrm at port 5986: refused",
        "web290: broken: certificate.expired [proven]; a client ends at tls: reset",
    ]
    assert lines.total(hosts) == "300 hosts: 297 healthy, 2 unreachable, 1 broken"


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["b", "a"], "a, b"),
        (["web9", "web10", "web11"], "web9, web[10:11]"),
        (["web1.example.com", "web2.example.com"], "web[1:2].example.com"),
        (["dc1web1", "dc1web2", "dc2web1"], "dc1web[1:2], dc2web1"),
        (["10.0.0.1", "10.0.0.2"], "10.0.0.1, 10.0.0.2"),
        (["web1", "web1"], "web1"),
    ],
)
def test_names_are_joined_as_inventories_write_them(names: list[str], told: str) -> None:
    assert lines.joined(names) == told


def test_every_host_is_in_the_lines_once() -> None:
    dice = random.Random(3)
    states = list(lines.STATES)
    for _turn in range(50):
        names = {f"{dice.choice(['web', 'db', 'srv-'])}{dice.randint(1, 60)}" for _host in range(30)}
        hosts = {name: (state, f"{state}: x") for name in names for state in [dice.choice(states)]}
        counted = 0
        for line in lines.closing_lines(hosts):
            number, _blank, word = line.split(":")[0].partition(" ")
            counted += int(number) if word.startswith("hosts (") else 1
        assert counted == len(hosts)


@pytest.mark.parametrize(
    "when", ["2026-11-26T18:58:00Z", "2026-11-26T18:58:00+02:00", "2026-11-26T18:58 UTC", "18:58", "18:58:30"]
)
def test_a_time_is_no_port(when: str) -> None:
    text = f"healthy: NLA is off; the host requires it again at {when} by itself"
    assert lines.closing_lines({"a": ("healthy", text), "b": ("healthy", text)}) == [f"2 hosts (a, b): {text}"]
    other = ("healthy", text.replace("18:", "19:"))
    assert len(lines.closing_lines({"a": ("healthy", text), "b": other})) == 2, "times that differ are not one"


def test_ports_are_joined_over_addresses() -> None:
    places = ("10.0.0.7:5986", "web01.example.com:5986", "[fe80::1]:5986")
    hosts = {f"h{at}": ("failed", f"failed: at {place}: refused") for at, place in enumerate(places)}
    assert lines.closing_lines(hosts) == ["3 hosts (h[0:2]): failed: at port 5986: refused"]


def test_a_line_break_in_a_name_makes_no_line() -> None:
    told = lines.closing_lines({"web01\n2 hosts: healthy": ("broken", "broken: x")})
    assert told == ["web01\\u000a2 hosts: healthy: broken: x"]


@pytest.mark.parametrize(
    ("host", "told", "rest"),
    [
        ("web01", "web01: no", "no"),
        ("web01", "web01 cannot be reached over winrm at web01:5985", "cannot be reached over winrm at web01:5985"),
        ("web 01", "web 01 was not asked: x", "was not asked: x"),
        ("web01", "web010 cannot be reached", "web010 cannot be reached"),
        ("credssp", "credssp was not asked: pip install 'pywinrm[credssp]' there", "was not asked: pip install"),
        ("refused", "refused was not asked: tcp: refused (0x204).", "was not asked: tcp: refused (0x204)."),
        ("5985", "5985: (5985 is for HTTP, 5986 for HTTPS)", "(5985 is for HTTP, 5986 for HTTPS)"),
        ("WinRM", "WinRM: start the service WinRM there", "start the service WinRM there"),
        ("ansible_user", "ansible_user: correct ansible_user", "correct ansible_user"),
        ("a\u202eb", "a\\u202eb: no", "no"),
    ],
)
def test_a_line_leaves_out_the_name_that_its_sentence_began_with_and_no_word(host: str, told: str, rest: str) -> None:
    for result in ({"failed": True, "msg": told}, {"unreachable": True, "msg": told}):
        state = next(iter(result))
        assert runs.text_of(runs.entry_of(host, result)).startswith(f"{state}: {rest}")


def test_a_name_that_cannot_be_resolved_is_one_line_for_all_whose_it_is() -> None:
    unknown = "Could not resolve hostname"
    own, other = (failures.Way("ssh", address, name="web01") for address in ("web01", "web01.example.com"))
    causes = [failures.connection(unknown, way) for way in (own, other)]
    assert [cause and cause.what for cause in causes] == [
        "the controller cannot resolve its name",
        "the controller cannot resolve the name web01.example.com",
    ]


def test_a_colon_in_the_text_stays_where_it_is() -> None:
    text = ("done", "cert_expired: 1 change: certificate.renew")
    assert lines.closing_lines({"a": text, "b": text}) == ["2 hosts (a, b): cert_expired: 1 change: certificate.renew"]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_is_counted_as_what_it_is(verdict: str) -> None:
    assert runs.entry_of("web01", {"verdict": verdict, "summary": f"{verdict}: x"}).state == verdict


def test_progress_says_done_left_and_how_they_are() -> None:
    told = lines.progress({"healthy": 117, "broken": 2, "unreachable": 1}, 300)
    assert told == "120 of 300 hosts done, 180 left; so far 2 broken, 1 unreachable, 117 healthy"


# What a run is asked ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "sizes"),
    [
        ('[1, 10, "100%"]', [1, 10, "100%"]),
        ("['1', '25%']", [1, "25%"]),
        ("1,10,100%", [1, 10, "100%"]),
        ("1\n10\n100%\n", [1, 10, "100%"]),
        ([1, "25%", "100%"], [1, "25%", "100%"]),
        (5, [5]),
        ("5", [5]),
        ("30%", ["30%"]),
        (0, ["100%"]),
        ("0", ["100%"]),
    ],
)
def test_batches_from_text_list_and_json(given: Any, sizes: list[int | str]) -> None:
    assert runs.batches(given) == sizes


@each(
    "given",
    [
        "",
        "[]",
        [],
        "x",
        "150%",
        "0%",
        "1.5",
        True,
        None,
        [1, None],
        {"a": 1},
        "-5",
        -1,
        [-1],
        "-1,2",
        "[1,",
        "1]",
        "[[1]]",
    ],
)
def test_batches_that_cannot_be_meant(given: Any) -> None:
    with pytest.raises(runs.RunError, match=r"rdp_serial is .*for example \[1, 10"):
        runs.batches(given)


def test_batches_are_told_as_they_were_given() -> None:
    with pytest.raises(runs.RunError, match=r"rdp_serial is '1,x': 'x' is neither"):
        runs.batches("1,x")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"rdp_report_title": ["x"]}, "rdp_report_title is a list; it must be text"),
        ({"rdp_report_dir": {"a": 1}}, "rdp_report_dir is a dictionary; it must be text"),
        ({"rdp_report_dir": True}, "rdp_report_dir is true or false; it must be text"),
        ({"rdp_report_dir": "FILE"}, "rdp_report_dir: FILE is not a folder"),
        ({"rdp_report_dir": "FILE/x"}, "rdp_report_dir: FILE/x cannot be made or written"),
        ({"rdp_report_dir": "FILE.link"}, "rdp_report_dir: FILE.link is a link that leads nowhere"),
        ({"rdp_report_dir": "FILE.link/x"}, "rdp_report_dir: FILE.link is a link that leads nowhere"),
        ({"rdp_report_dir": "FILE.round/x"}, "rdp_report_dir: FILE.round/x cannot be used: "),
        ({"rdp_report_dir": "/proc/self/fd/out"}, "rdp_report_dir: /proc/self/fd/out cannot be made or written"),
        ({"rdp_report_dir": "a" * 300}, "rdp_report_dir: a{300} cannot be used: "),
        ({"rdp_report_dir": "FILE.not/" + "a" * 300}, "rdp_report_dir: .*a{300} cannot be made: a name in it is too"),
        ({"rdp_report_dir": "x\0y"}, "rdp_report_dir: 'x.*y' is no name that a file can have"),
        ({"rdp_report_dir": "x\ud800y"}, "rdp_report_dir: 'x.*y' is no name that a file can have"),
        ({"rdp_report_dir": "~no such account/x"}, "rdp_report_dir: ~no such account/x: there is no account"),
        ({"rdp_run": "../x"}, r"rdp_run is '\.\./x'; the id of a run has letters"),
        ({"rdp_run": "a b"}, "rdp_run is 'a b'"),
        ({"rdp_run": True}, "rdp_run is True"),
        ({"rdp_run": "latest"}, "rdp_run is 'latest'; that is for restore_rdp"),
        ({"rdp_call_timeout": "soon"}, "rdp_call_timeout is 'soon'; it must be seconds"),
        ({"rdp_call_timeout": 0}, "rdp_call_timeout is 0"),
    ],
)
def test_what_is_needed_at_the_end_of_a_run_is_refused_before_it(
    given: dict[str, Any], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the repair nobody had a line then. As an extra variable, and in an inventory."""
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(args=("remediate_rdp.yml",)))
    file = tmp_path / "file"
    file.write_text("")
    (tmp_path / "file.link").symlink_to("nowhere")
    (tmp_path / "file.round").symlink_to("file.round")
    [(name, value)] = given.items()
    value = value.replace("FILE", str(file)) if isinstance(value, str) else value
    for known, own in (({name: value}, {}), ({}, {name: value})):
        with pytest.raises(runs.RunError, match=f"^{words.replace('FILE', str(file))}"):
            runs.check_defined(known, ["web1"], Hostvars(web1=own), _resolve)


def test_what_can_be_used_at_the_end_of_a_run_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = str(tmp_path / "not/there")
    for called, run in (("remediate_rdp", "build-7"), ("remediate_rdp", 4711), ("restore_rdp", "latest"), ("x", "")):
        monkeypatch.setattr(context, "CLIARGS", ImmutableDict(args=(f"{called}.yml",)))
        known = {"rdp_report_dir": folder, "rdp_report_title": 5, "rdp_run": run, "rdp_call_timeout": "90"}
        runs.check_defined(known, ["web1"], Hostvars(web1={}), _resolve)
    assert not (tmp_path / "not").exists()


def _no_such_limit(there: Any, name: str) -> int:
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


@pytest.mark.parametrize("limit", [lambda there, name: -1, _no_such_limit])
def test_a_file_system_without_a_longest_name_takes_any(
    limit: Callable[[Any, str], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "pathconf", limit)
    assert files.standing(tmp_path / "not" / ("a" * 300)) == tmp_path
    monkeypatch.setattr(os, "pathconf", lambda there, name: 299)
    with pytest.raises(files.FileProblem, match="a name in it is too long"):
        files.standing(tmp_path / "not" / ("a" * 300))


@pytest.mark.parametrize("blank", ["", " ", "\t\n", None])
def test_an_empty_answer_to_what_a_run_needs_later_is_none(blank: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule is one for all of these: one of them refused what a survey gives, and the run with it."""
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(args=("remediate_rdp.yml",)))
    for name in runs._CHECKED:
        for known, own in (({name: blank}, {}), ({}, {name: blank})):
            runs.check_defined(known, ["web1"], Hostvars(web1=own), _resolve)
    assert limit.seconds(blank) == limit.seconds(None) == 600


@pytest.mark.parametrize("given", [25, "25", "25%", 0, 100.0])
def test_percentages(given: Any) -> None:
    assert 0 <= runs.percentage(given) <= 100


@pytest.mark.parametrize("given", ["", "x", 101, -1, True, None])
def test_percentages_that_cannot_be_meant(given: Any) -> None:
    with pytest.raises(runs.RunError, match="a number from 0 to 100"):
        runs.percentage(given)


GROUPS = {"all": ["web1", "web2", "db1"], "ungrouped": ["db1"], "web": ["web1", "web2"], "new": []}


def _hosts(pattern: Any, limit: str | None = None) -> list[str]:
    before = context.CLIARGS
    context.CLIARGS = ImmutableDict(subset=limit)
    try:
        return sorted(runs.hosts_of_run(GROUPS, pattern))
    finally:
        context.CLIARGS = before


@pytest.mark.parametrize(
    ("pattern", "limit", "names"),
    [
        ("all", None, ["db1", "web1", "web2"]),
        ("all", "web1", ["web1"]),
        ("web,web1", None, ["web1", "web2"]),
        ("all:!web", None, ["db1"]),
        ("web:&web2", None, ["web2"]),
        (["web1", "db1"], "db*", ["db1"]),
        ("all", "web1,!web2", ["web1"]),
    ],
)
def test_hosts_are_those_of_the_pattern_within_the_limit(pattern: Any, limit: str | None, names: list[str]) -> None:
    assert _hosts(pattern, limit) == names


@pytest.mark.parametrize(
    ("pattern", "limit", "words"),
    [
        ("wbe", None, "wbe matches no host of the inventory .is web meant"),
        ("web,dbb1", None, "dbb1 matches no host"),
        ("web,new", None, "rdp_hosts is web,new: the group new has no hosts$"),
        ("all", "web1,dbb1", "--limit is web1,dbb1: dbb1 matches no host of the inventory .is db1 meant"),
        ("all", "web1,new", "--limit is web1,new: the group new has no hosts$"),
        ("web", "db1", "matches no host within --limit db1"),
    ],
)
@pytest.mark.parametrize("mismatch", ["warning", "error", "ignore"])
def test_a_pattern_that_matches_nothing_is_told(
    pattern: str, limit: str | None, words: str, mismatch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a site has Ansible do with one."""
    monkeypatch.setattr("ansible.constants.HOST_PATTERN_MISMATCH", mismatch)
    with pytest.raises(runs.RunError, match=words):
        _hosts(pattern, limit)


@each("by_name", [True, "true", "yes"])
@each(
    "pattern",
    [
        "web",
        "all",
        "all\n",
        " ungrouped",
        "web1,web",
        ["web1", "web"],
        "web*",
        "~web.",
        "web1:!web2",
        "web[0]",
        "web3",
        "same",
    ],
)
def test_by_name_takes_no_group_and_no_pattern(pattern: Any, by_name: Any) -> None:
    groups = {**GROUPS, "all": [*GROUPS["all"], "same"], "same": ["web1"]}  # a host with the name of a group
    runs.check_names(groups, pattern, False)
    with pytest.raises(runs.RunError, match=r"takes names of hosts alone: \S+ is (a group|no host of the inventory)$"):
        runs.check_names(groups, pattern, by_name)


@pytest.mark.parametrize("pattern", ["web1", "web1\n", "web1,db1", ["web1", "db1"]])
def test_by_name_takes_the_names_of_hosts(pattern: Any) -> None:
    runs.check_names(GROUPS, pattern, True)
    with pytest.raises(runs.RunError, match="rdp_hosts_by_name is 'maybe'; it must be true or false"):
        runs.check_names(GROUPS, pattern, "maybe")


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ((), "no host in the inventory; name one with -i"),
        (("/etc/ansible/hosts",), "no host in the inventory; name one with -i"),
        (("hosts.ini",), "no host in the inventory hosts.ini; see that it is the right one"),
        (("/a/web01",), r"inventory /a/web01: there is no file /a/web01; .*, or if web01 is a host, .* \(-i web01,\)$"),
        (("hosts.ini", "/a/web01"), "no host in the inventory hosts.ini, /a/web01: there is no file /a/web01; "),
        (("web01, web02",), "no host in the inventory web01, web02; see"),
    ],
)
def test_an_empty_inventory_is_told(
    named: tuple[str, ...], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hosts.ini").touch()
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(inventory=named))
    with pytest.raises(runs.RunError, match=words):
        runs.hosts_of_run({"all": [], "ungrouped": []}, "all")


@pytest.mark.parametrize(
    ("name", "nearness", "near"),
    [
        ("rdp_host", runs.IN_PLAYBOOK, "rdp_hosts"),
        ("rdp_audit_probehost", runs.IN_SITE, "rdp_audit_probe_host"),
        ("rdp_remediate_allow_disconect", runs.IN_SITE, "rdp_remediate_allow_disconnect"),
        ("rdp_serail", runs.IN_SITE, "rdp_serial"),
        ("rdp_probe_host", runs.EXTRA, "rdp_"),
        ("RDP_HOSTS", runs.EXTRA, "rdp_hosts"),
        ("rdp-hosts", runs.EXTRA, "rdp_hosts"),
        ("rdphosts", runs.EXTRA, "rdp_hosts"),
        ("rpd_hosts", runs.EXTRA, "rdp_hosts"),
        ("rdpaudit_fail_on", runs.EXTRA, "rdp_audit_fail_on"),
        ("Rdp_Remediate_Opne", runs.EXTRA, "rdp_remediate_open"),
    ],
)
def test_misspelt_variables_are_told_with_the_right_name(name: str, nearness: float, near: str) -> None:
    with pytest.raises(runs.RunError, match=f"{name} is no variable of winops.rdp .is {near}"):
        runs.check_variables([name, "ansible_host"], nearness)


@pytest.mark.parametrize("name", ["rdp_adit", "rdp_hostname", "rdp_whatever_else"])
def test_of_what_is_near_nothing_nothing_is_asked(name: str) -> None:
    with pytest.raises(runs.RunError) as told:
        runs.check_variables([name], runs.EXTRA)
    assert str(told.value) == f"{name} is no variable of winops.rdp"


@pytest.mark.parametrize(
    ("given", "known", "meant"),
    [
        ("wbe", ["web", "db"], "web"),
        ("wimrn", ["winrm", "psrp", "ssh"], "winrm"),
        ("nltm", ["kerberos", "ntlm"], "ntlm"),
        ("rdp_disabled", ["listener.rdp_disabled", "nla.disabled"], "listener.rdp_disabled"),
        ("certificate.expird", ["certificate.expired", "certificate.missing"], "certificate.expired"),
        ("nonsense.finding", ["listener.draining"], None),
        ("rdp_adit", ["rdp_dest"], None),
    ],
)
def test_what_is_meant_has_a_few_letters_wrong(given: str, known: list[str], meant: str | None) -> None:
    assert arguments.meant(given, known) == meant


def test_a_long_text_is_compared_with_no_name_letter_by_letter() -> None:
    """An alert's text may come to this before anything runs."""
    with comes_to_an_end():
        assert arguments.meant("a" * 20_000, [f"web{number:03}.example.com" for number in range(300)]) is None


def test_known_variables_and_a_site_s_own_pass() -> None:
    runs.check_variables([*runs.known_variables(), "rdp", "rdpgw_hosts", "RDP_PORT", "rds_hosts"], runs.EXTRA)
    for nearness in (runs.IN_SITE, runs.IN_PLAYBOOK):
        runs.check_variables(["rdp_gateway_servers", "rdp_port", "rdp", "web_port", "xrdp_port"], nearness)
    with pytest.raises(runs.RunError, match=r"rdp_gateway_servers is no variable of winops.rdp"):
        runs.check_variables(["rdp_gateway_servers"], runs.EXTRA)


@pytest.mark.parametrize(
    ("called", "name", "meant"),
    [
        ("winops.rdp.audit_rdp", "rdp_audit_allow_disconnect", "rdp_remediate_allow_disconnect"),
        ("playbooks/remediate_rdp.yml", "rdp_alow_disconnect", "rdp_remediate_allow_disconnect"),
        ("winops.rdp.restore_rdp", "rdp_alow_disconnect", "rdp_allow_disconnect"),
        ("winops.rdp.restore_rdp", "rdp_jurnal", "rdp_journal"),
        ("site.yml", "rdp_nla_alow_disconnect", "rdp_nla_allow_disconnect"),
    ],
)
def test_the_name_that_is_meant_is_one_that_has_an_effect(
    called: str, name: str, meant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(args=(called,)))
    with pytest.raises(runs.RunError, match=f"{name} is no variable of winops.rdp .is {meant} meant"):
        runs.check_variables([name], runs.EXTRA)


@pytest.mark.parametrize(
    ("called", "name", "words"),
    [
        (
            "remediate_rdp",
            "rdp_allow_disconnect",
            "rdp_allow_disconnect is for restore_rdp, not for remediate_rdp; rdp_remediate_allow_disconnect is meant",
        ),
        (
            "restore_rdp",
            "rdp_remediate_journal_dir",
            "rdp_remediate_journal_dir is for remediate_rdp, not for restore_rdp; rdp_journal_dir is meant",
        ),
        ("audit_rdp", "rdp_nla_for", "rdp_nla_for is for role rdp_nla, not for audit_rdp"),
        (
            "verify_host",
            "rdp_serial",
            "rdp_serial is for audit_rdp and remediate_rdp and restore_rdp, not for verify_host",
        ),
    ],
)
def test_a_variable_of_another_playbook_is_refused(called: str, name: str, words: str) -> None:
    with pytest.raises(runs.RunError, match=f"^{re.escape(words)}$"):
        runs.check_own_variables([name, "rdp_hosts", "ansible_host"], called)


@pytest.mark.parametrize(
    ("called", "name", "meant"),
    [
        ("remediate_rdp", "hosts", "rdp_hosts"),
        ("remediate_rdp", "check-only", "rdp_check_only"),
        ("remediate_rdp", "ONLY_FINDINGS", "rdp_remediate_only_findings"),
        ("restore_rdp", "Hosts", "rdp_hosts"),
    ],
)
def test_a_limit_without_what_it_begins_with_is_refused(called: str, name: str, meant: str) -> None:
    """It would limit nothing: all hosts would be repaired, and not looked at first."""
    words = f"{name} is no variable of winops.rdp, and has no effect (is {meant} meant?)"
    with pytest.raises(runs.RunError, match=f"^{re.escape(words)}$"):
        runs.check_own_variables([name, "site", "ansible_host"], called)
    assert runs.without_effect([name, "site", "ansible_host"], called) == []


@pytest.mark.parametrize(
    ("called", "name", "meant"),
    [
        ("remediate_rdp", "ALLOW_DISCONNECT", "rdp_remediate_allow_disconnect"),
        ("restore_rdp", "allow_disconnect", "rdp_allow_disconnect"),
        ("remediate_rdp", "run", "rdp_run"),
        ("audit_rdp", "serial", "rdp_serial"),
        ("audit_rdp", "client_code", "rdp_audit_client_code"),
        ("audit_rdp", "report_dir", "rdp_report_dir"),
        ("verify_host", "results_dir", "rdp_results_dir"),
        ("collect_rdp", "dest", "rdp_dest"),
        # What a role leaves is no option of anybody's.
        ("audit_rdp", "result", None),
        ("remediate_rdp", "summary", None),
        # An option of another playbook is nothing here.
        ("restore_rdp", "tighten", None),
    ],
)
def test_what_a_site_may_call_so_itself_is_a_warning(called: str, name: str, meant: str | None) -> None:
    """A workflow hands on the variables of all its jobs."""
    given = [name, "site", "ansible_host"]
    runs.check_own_variables(given, called)
    said = [f"{name} is no variable of winops.rdp, and has no effect (is {meant} meant?)"] if meant else []
    assert runs.without_effect(given, called) == said


@each(
    ("called", "name", "value", "words"),
    [
        (
            "remediate_rdp",
            "rdp_remediate_only_findings",
            "certificate.expierd",
            "(is certificate.expired meant?); docs/",
        ),
        ("remediate_rdp", "rdp_remediate_skip_findings", ["zzz"], "there is no finding zzz; docs/causes.md"),
        ("remediate_rdp", "rdp_remediate_open", "rdp_disabled", "(is listener.rdp_disabled meant?); it must be true"),
        ("remediate_rdp", "rdp_remediate_tighten", ["nla.disabld"], "is nla.disabled meant?"),
        ("remediate_rdp", "rdp_remediate_verify", "logn", "is 'logn' (is logon meant?); it must be one of listener,"),
        ("audit_rdp", "rdp_audit_fail_on", "brokn", "is 'brokn' (is broken meant?); it must be one of never, broken,"),
        ("audit_rdp", "rdp_audit_client_code", "0xZZ", "is '0xZZ', in which there is no code"),
        *(
            ("remediate_rdp", "rdp_remediate_only_findings", value, f"is {value!r}, in which there is no finding")
            for value in ("", " , ", "[]", "''", "\n")
        ),
        ("remediate_rdp", "rdp_remediate_tighten", "nla.disabld\nx", "there is no finding nla.disabld"),
        ("remediate_rdp", "rdp_remediate_probe_host", True, "is true or false; it must be text"),
    ],
)
def test_a_value_that_cannot_be_meant_is_refused_before_anything_runs(
    called: str, name: str, value: Any, words: str
) -> None:
    with pytest.raises(runs.RunError, match=rf"^{name}.*{re.escape(words)}"):
        runs.check_values({name: value, "ansible_host": "x"}, called)


# Texts of which nothing can be said before a host is asked.
FREE = {"rdp_remediate_verify_account", "rdp_remediate_verify_password"}
# Values that only the option itself makes ones that cannot be meant.
OWN = {
    "probe_host": "web01:3389",
    "probe_port": 70000,
    "probe_timeout": 0,
    "client_code": "0xZZ",
    "client_address": "foo",
    "since": "monday",
    "forecast_days": "0",
    "max_hosts": 0,
    "reference_path": "/nowhere/a.bundle",
    "journal": "nonsense",
    "tighten": "nla.disabld",
    "open": "rdp_disabld",
    "results_dir": "/dev/null/x",
    "journal_dir": "/dev/null/x",
    "skip_findings": "certificate.expierd",
    "only_findings": "certificate.expierd",
}
BY_TYPE = {"bool": "maybe", "int": "many", "float": "long"}


def _odd_values() -> list[Any]:
    """For each variable of a playbook that is an option of its module, a value that cannot be meant."""
    found = []
    for called, module in runs._MODULES.items():
        for name in runs.variables_of(called):
            option = runs._option(name)
            spec = arguments.SPECS[module].get(option)
            elsewhere = name in (*FREE, "rdp_run", "rdp_dest", "rdp_audit_reference_host")
            if spec is None or elsewhere or (called, option) == ("restore_rdp", "journal_dir"):
                continue
            odd = OWN.get(option, "zzz" if spec.get("choices") else BY_TYPE.get(spec["type"]))
            found.append((called, name, odd))
    return found


@each(("called", "name", "value"), _odd_values())
def test_each_variable_is_checked_before_anything_runs(called: str, name: str, value: Any) -> None:
    """What only the module refuses would be told once for each host, after the run has begun."""
    assert value is not None, "say in OWN what cannot be meant, or in FREE that nothing can be said"
    with pytest.raises(runs.RunError, match=f"^{name}"):
        runs.check_values({name: value}, called)


def test_two_variables_of_which_one_is_meant_are_both_named() -> None:
    with pytest.raises(runs.RunError, match=r"^rdp_run is given and rdp_journal is given; give one of them$"):
        runs.check_values({"rdp_run": "a", "rdp_journal": "latest"}, "restore_rdp")


def test_a_day_may_be_one_that_yaml_made() -> None:
    runs.check_values({"rdp_audit_since": date(2026, 1, 2)}, "audit_rdp")


def test_a_host_to_compare_with_is_another_one_of_the_inventory() -> None:
    groups = {"all": ["healthy", "web01"]}
    for name, hosts, words in (
        ("healthyy", ["web01"], r"no such host in the inventory \(is healthy meant\?\)$"),
        ("web01", ["web01"], "the only host that is asked"),
    ):
        with pytest.raises(runs.RunError, match=f"^rdp_audit_reference_host is {name}.*{words}"):
            runs.check_reference(name, groups, hosts)
    for fine, hosts in (("healthy", ["web01"]), ("web01", ["web01", "healthy"]), (None, ["web01"]), ("", ["web01"])):
        runs.check_reference(fine, groups, hosts)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("rdp_audit_fail_on", "rdp_audit_fail_on has no value, and Ansible drops it; write -e rdp_audit_fail_on=VALUE"),
        ("rdp_remediate_drop_dead_pin", "write -e rdp_remediate_drop_dead_pin=true"),
        ("rdp_run rdp_hosts=a", "rdp_run has no value"),
        (
            "rdp_hosts=a, b",
            "b (of -e 'rdp_hosts=a, b') is no variable with a value, and Ansible drops it; a value with",
        ),
        ("vars.yml", "a file of variables is -e @FILE"),
        ("@vars.yml", None),
        ('{"rdp_run": "a b"}', None),
        ("rdp_hosts='a, b' x=", None),
    ],
)
def test_a_word_that_ansible_drops_is_refused(given: str, words: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    cli = {"extra_vars": ("rdp_serial=1", given), "args": ("winops.rdp.remediate_rdp",)}
    monkeypatch.setattr(context, "CLIARGS", cli)
    if words is None:
        runs.check_words()
        return
    with pytest.raises(runs.RunError, match=re.escape(words)):
        runs.check_words()
    monkeypatch.setattr(context, "CLIARGS", {**cli, "args": ("site.yml",)})
    if given.startswith("rdp_") and "=a, " not in given:
        with pytest.raises(runs.RunError, match="has no value"):
            runs.check_words()
    else:
        runs.check_words()


@pytest.mark.parametrize(
    "given",
    [
        {"rdp_remediate_only_findings": "certificate.expired,nla.disabled"},
        {"rdp_remediate_tighten": "true", "rdp_remediate_open": ["listener.rdp_disabled"]},
        {"rdp_remediate_verify": "logon", "rdp_remediate_verify_password": "x"},
        {"rdp_remediate_result": 1, "rdp_serial": 1, "rdp_run": "a"},
        {"rdp_remediate_tighten": '["nla.disabled"]', "rdp_remediate_skip_findings": "['nla.disabled']"},
        {"rdp_remediate_tighten": "nla.disabled\nlistener.security_layer_weak", "rdp_remediate_open": ""},
        dict.fromkeys(
            (f"rdp_remediate_{name}" for name in arguments.SPECS["remediate"] if name != "only_findings"), ""
        ),
        dict.fromkeys((f"rdp_remediate_{name}" for name in arguments.SPECS["remediate"]), None),
    ],
)
def test_values_that_can_be_meant_pass(given: dict[str, Any]) -> None:
    """What depends on options that the inventory may give is left to the module."""
    runs.check_values(given, "remediate_rdp")
    runs.check_values(given, "restore_rdp")


@pytest.mark.parametrize("called", runs.PLAYBOOKS)
def test_a_playbook_takes_each_variable_of_its_own(called: str) -> None:
    """Those that stand in it, and in the tasks that sum it up, are the ones that it is said to take."""
    runs.check_own_variables(runs.variables_of(called), called)
    folder = Path(__file__).parents[4] / "playbooks"
    text = (folder / f"{called}.yml").read_text()
    if "tasks/sum_up.yml" in text:
        text += (folder / "tasks/sum_up.yml").read_text()
    used = set(re.findall(r"(?<![\w.])rdp_[a-z_]+(?= \|)", text.split("\n- name", 1)[1]))
    assert used <= set(runs.variables_of(called))


class Hostvars(dict[str, Any]):
    """As Ansible has them, before any template is resolved."""

    raw_get = dict.__getitem__


def _resolve(value: Any, variables: Any) -> Any:
    known = {name: _template(one) for name, one in variables.items()}
    return Templar(loader=DataLoader(), variables=known).template(_template(value))


def _template(value: Any) -> Any:
    if isinstance(value, list):
        return [_template(part) for part in value]
    return trusted(value) if isinstance(value, str) else value


@pytest.mark.parametrize("end", ["ok", "{{ nope }}"])
# The longer one goes beyond what Python calls within each other.
@pytest.mark.parametrize("count", [_CHAIN, 1200])
def test_a_chain_of_variables_of_any_length_is_looked_through(
    end: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Ansible itself makes no value of is one sentence."""
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(args=("remediate_rdp.yml",)))
    own: dict[str, Any] = {f"a{at}": f"{{{{ a{at + 1} }}}}" for at in range(count)}
    own |= {f"a{count}": end, "rdp_run": "{{ a0 }}"}
    with suppress(runs.RunError):
        runs.check_defined({}, ["web1"], Hostvars(web1=own), _resolve)
        assert (end, count) == ("ok", _CHAIN)
    deep: Any = end
    for _level in range(count):
        deep = [{"in": deep}]
    names = {"rdp_x": False}
    found = list(undefined.of_host({**own, "rdp_x": deep}, {}, names, lambda _value, _known: jinja2.Undefined()))
    assert [name for name, _what in found] == (["rdp_x"] if end != "ok" else [])
    of_tasks = {**own, f"a{count}": "{{ ansible_host }}"}
    assert undefined.is_of_tasks("{{ a0 }}", of_tasks) and not undefined.is_of_tasks("{{ a0 }}", own)


OPTIONS = sorted(name for name in runs.known_variables() if runs.is_option(name))


@pytest.mark.parametrize(
    ("at", "value"), [*enumerate(("{{ nope }}", "x/{{ nope }}", ["a", "{{ nope }}"], "{% if nope %}a{% endif %}"))]
)
def test_no_variable_made_of_what_there_is_not_is_taken_for_one_that_is_not_given(at: int, value: Any) -> None:
    """``rdp_hosts`` meant all hosts then, also for the repair. In an inventory as well as with ``-e``. The usual run
    gives each variable one or two of these.
    """
    for name in some(OPTIONS, 3, at):
        words = rf"^{name} cannot be resolved( for web1)?: 'nope' is undefined$"
        with pytest.raises(runs.RunError, match=words):
            runs.value_of({name: value}, name, None, _resolve)
        for known, own in (({name: value}, {}), ({}, {name: value})):
            if own and name in ("rdp_hosts", "rdp_hosts_by_name", "rdp_serial"):
                continue
            with pytest.raises(runs.RunError, match=words):
                runs.check_defined(known, ["web1"], Hostvars(web1=own), _resolve)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            "Attempt to use undecryptable variable: no vault secrets found.",
            "encrypted with Ansible Vault, and no password",
        ),
        ("something odd with a secret in it", "Ansible can make no value of it$"),
        ("The lookup plugin 'hashi_vault' was not found.", "Ansible can make no value of it$"),
    ],
)
@pytest.mark.parametrize("name", ["rdp_report_dir", "rdp_hosts"])
def test_a_variable_of_the_run_that_ansible_cannot_make_is_one_sentence(name: str, said: str, words: str) -> None:
    """It was Ansible's own account of where in the playbook that happened, of 25 lines."""

    def locked(_value: Any, _variables: Any) -> Any:
        raise AnsibleError(said)

    with pytest.raises(runs.RunError, match=f"{name} cannot be resolved: .*{words}"):
        runs.value_of({name: "x"}, name, None, locked)
    if name == "rdp_report_dir":
        with pytest.raises(runs.RunError, match=f"{name} cannot be resolved: .*{words}"):
            runs.check_defined({}, ["web1"], Hostvars(web1={name: "x"}), locked)


@pytest.mark.parametrize("raised", [ZeroDivisionError("secret"), KeyError("secret"), UnicodeError("secret")])
def test_whatever_a_filter_raises_the_variable_can_be_made_nothing_of(raised: Exception) -> None:
    """Up to ansible-core 2.18 it comes as it is: the whole run ended with a traceback."""

    def resolve(_value: Any, _known: Any) -> Any:
        raise raised

    assert undefined.missing("{{ 1 / nothing }}", {}, resolve) is None, "that is the task's business"
    told = undefined.missing("{{ 1 / nothing }}", {}, resolve, whole=True)
    assert told and "secret" not in told


def test_what_is_undefined_further_in_is_told() -> None:
    own = {"rdp_audit_probe_host": "{{ site_name }}", "site_name": "{{ nope }}", "rdp_report_title": "{{ site.x }}"}
    for name, words in (("rdp_audit_probe_host", "'nope' is undefined"), ("rdp_report_title", "attribute 'x'")):
        mine = {one: value for one, value in own.items() if one == name or not one.startswith("rdp_")}
        with pytest.raises(runs.RunError, match=f"{name} cannot be resolved for web1: .*{words}"):
            runs.check_defined({}, ["web1"], Hostvars(web1={**mine, "site": {}}), _resolve)


def test_what_all_hosts_have_and_what_stands_in_for_it_is_taken() -> None:
    own = {"ansible_host": "10.0.0.1", "rdp_audit_probe_host": "{{ nope | default(ansible_host) }}", "nope_too": 1}
    known = {"rdp_report_dir": "{{ playbook_dir }}/{{ ansible_host }}", "playbook_dir": "/x"}
    runs.check_defined(known, ["web1"], Hostvars(web1=own), _resolve)
    runs.check_defined({"rdp_report_dir": "{{ of_a_host }}"}, ["web1"], None, _resolve)


@pytest.mark.parametrize("name", ["ansible_host", "ansible_role_name", "role_path"])
def test_what_ansible_gives_to_tasks_alone_is_theirs_to_resolve(name: str) -> None:
    """A host whose name is its address has no ``ansible_host`` in the inventory."""
    own = {"rdp_audit_probe_host": "{{ site }}", "site": f"{{{{ {name} }}}}", "rdp_report_dir": f"x/{{{{ {name} }}}}"}
    runs.check_defined({}, ["web1"], Hostvars(web1=own), _resolve)


def test_an_option_that_has_all_its_names_is_not_resolved_twice() -> None:
    """A password out of a vault is asked for where it is needed."""
    own = {"rdp_remediate_verify_password": "{{ lookup('site.vault', inventory_hostname) }}", "inventory_hostname": "a"}
    runs.check_defined({}, ["web1"], Hostvars(web1=own), MagicMock(side_effect=AssertionError))


@pytest.mark.parametrize("name", ["rdp_hosts", "rdp_hosts_by_name", "rdp_serial"])
def test_what_ansible_takes_before_it_looks_into_the_inventory_is_refused_there(name: str) -> None:
    with pytest.raises(runs.RunError, match=f"^{name} is a variable of hosts, .* give it with -e$"):
        runs.check_defined({}, ["web1"], Hostvars(web1={name: "web1"}), _resolve)
    runs.check_defined({name: "web1"}, ["web1"], Hostvars(web1={name: "web1"}), _resolve)


def test_no_role_and_no_line_of_hosts_takes_what_is_undefined_for_not_given() -> None:
    root = Path(__file__).parents[4]
    for path in [*root.glob("roles/*/tasks/*.yml"), *root.glob("playbooks/*.yml")]:
        text = path.read_text()
        hosts = [line for line in text.splitlines() if path.parts[-2] == "tasks" or line.startswith("  hosts:")]
        assert hosts and not [line for line in hosts if "default(" in line], path


@pytest.mark.parametrize("called", runs.PLAYBOOKS)
def test_what_is_made_of_all_hosts_is_made_once(called: str) -> None:
    """Read by each host it would take the square of their number."""
    plays = load_yaml((Path(__file__).parents[4] / f"playbooks/{called}.yml").read_text())
    for play in plays:
        tasks = play.pop("tasks")
        assert "hostvars" not in str(play), play["name"]
        each = [task["name"] for task in tasks if "hostvars" in str(task) and not task.get("run_once")]
        assert each == [] and all(not task.get("run_once") or "linear" in play["strategy"] for task in tasks)


@pytest.mark.parametrize("called", runs.PLAYBOOKS)
def test_what_a_run_hands_on_is_refused_by_no_playbook(called: str) -> None:
    """A workflow gives all of it to each of its later jobs, whichever that is."""
    handed_on = summary._stats({"web01": Entry("web01", "broken", True, True, {"run": "run-1"})})
    assert "rdp_run" in handed_on and set(handed_on) <= set(runs.GIVEN)
    runs.check_own_variables(handed_on, called)


@pytest.mark.parametrize(
    ("args", "called"),
    [
        (["winops.rdp.audit_rdp"], "audit_rdp"),
        (["/usr/share/playbooks/restore_rdp.yml"], "restore_rdp"),
        (["audit_rdp.yaml"], "audit_rdp"),
        (["site.yml"], None),
        (["winops.rdp.audit_rdp", "winops.rdp.remediate_rdp"], None),
        ([], None),
    ],
)
def test_which_playbook_was_called(args: list[str], called: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(args=tuple(args)))
    assert runs.playbook() == called


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"skip_tags": ["always"]}, "--skip-tags always takes away the lines"),
        ({"args": ("audit_rdp.yml",), "start_at_task": "Audit"}, "--start-at-task leaves out what the hosts are asked"),
    ],
)
def test_options_that_take_away_what_a_run_says(
    given: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = {"args": ("site.yml",), "start_at_task": "Audit", "skip_tags": ["web"]}
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(site))
    runs.check_whole()
    monkeypatch.setattr(context, "CLIARGS", ImmutableDict(given))
    with pytest.raises(runs.RunError, match=words):
        runs.check_whole()


@each(
    ("given", "words"),
    [
        ({"ansible_connection": "wimrn"}, "no connection plugin wimrn .is winrm meant"),
        ({"ansible_winrm_scheme": "htps"}, "ansible_winrm_scheme: .*It must be one of http, https$"),
        ({"ansible_connection": "psrp", "ansible_psrp_protocol": "x"}, "ansible_psrp_protocol: .*one of http, https$"),
        ({"ansible_port": "winrm"}, "ansible_port: .*winrm"),
        ({"ansible_port": 70000}, "ansible_port is 70000; it must be a port number from 1 to 65535"),
        ({"ansible_psrp_port": "0"}, "ansible_psrp_port is 0; it must be a port number"),
        ({"ansible_winrm_transport": "nltm"}, "ansible_winrm_transport is nltm .is ntlm meant[?].; it must be one of "),
        ({"ansible_winrm_transport": ["ntlm", "x"]}, "ansible_winrm_transport is x; it must be one of .*kerberos"),
        (
            {"ansible_winrm_trasport": "ntlm"},
            "ansible_winrm_trasport is no variable .*is ansible_winrm_transport meant",
        ),
        (
            {"ansible_conection": "psrp"},
            "ansible_conection is no variable of a connection .is ansible_connection meant",
        ),
        ({"ansible_pasword": "x"}, "ansible_pasword is no variable of a connection .is ansible_password meant"),
        ({"ansible_psrp_aut": "ntlm"}, "ansible_psrp_aut is no variable of a connection .is ansible_psrp_auth meant"),
    ],
)
def test_connections_that_all_hosts_are_given_and_ansible_has_not(given: dict[str, Any], words: str) -> None:
    with pytest.raises(runs.RunError, match=words):
        options.check_connection(given)


@pytest.mark.parametrize(
    "name",
    ["ansible_libssh_password", "ansible_libssh_host_key_checking", "ansible_users", "ansible_hosts", "ansible_ports"],
)
def test_what_another_plugin_or_a_site_calls_its_own_is_no_slip(name: str) -> None:
    options.check_connection({name: "x"})


@pytest.mark.parametrize("word", ["smart", "persistent"])
def test_a_word_that_ansible_takes_for_a_connection_is_taken(word: str) -> None:
    """By this Ansible, which is asked itself: versions differ in them."""
    asked = PlayContext()
    asked.connection = word
    if connection_loader.has_plugin(asked.connection):
        options.check_connection({"ansible_connection": word})
        return
    with pytest.raises(runs.RunError, match=f"no connection plugin {word}"):
        options.check_connection({"ansible_connection": word})


def test_connections_that_ansible_has() -> None:
    if AnsibleCollectionConfig.collection_finder is None:  # as each command of Ansible's begins
        init_plugin_loader()
    options.check_connection({})
    if "smart" in Path(attribute.__file__).read_text():
        options.check_connection({"ansible_connection": "smart"})
    options.check_connection(
        {"ansible_connection": "ansible.builtin.winrm", "ansible_port": "5985", "ansible_user": "a"}
    )
    options.check_connection({"ansible_winrm_transport": "kerberos, ntlm", "ansible_winrm_read_timeout_sec": 9})
    mine = ("ansible_become_user", "ansible_python_interpreter", "ansible_hostname", "ansible_user_id", "ansible_fqdn")
    options.check_connection(dict.fromkeys(mine, "x"))
    options.check_connection({"ansible_winrm_kerberos_delegation": True, "ansible_psrp_whatever_comes_next": 1})
    # Of an option that the connection does not have Ansible takes no notice either.
    options.check_connection({"ansible_connection": "ssh", "ansible_winrm_scheme": "htps"})


# What Ansible says where it does not begin a task, from 2.19 on and before, and what the host's line says then.
NOT_BEGUN = {
    "the connection plugin 'winmr' was not found": "no connection plugin winmr (is winrm meant?). What to do: ",
    "Invalid value 'htpp' for config 'scheme' for 'winrm' connection plugin.": (
        "ansible_winrm_scheme is htpp (is http meant?), which Ansible does not take. What to do: correct it"
    ),
    "Config 'scheme' for 'winrm' connection plugin from 'var: ansible_winrm_scheme' has an invalid value 'htpp'.": (
        "ansible_winrm_scheme is htpp (is http meant?), which Ansible does not take. What to do: correct it"
    ),
    'Invalid value "kerbros" for configuration option "plugin_type: connection plugin: psrp setting: auth ", valid': (
        "ansible_psrp_auth is kerbros (is kerberos meant?), which Ansible does not take. What to do: correct it"
    ),
    "Config 'connection_timeout' for 'winrm' connection plugin from 'var: ansible_winrm_connection_timeout' has an"
    " invalid value: Invalid value provided for 'int': 'abc'": "ansible_winrm_connection_timeout is abc, which Ansible",
    "Invalid type for configuration option plugin_type: connection plugin: psrp setting: connection_timeout  (from var:"
    " ansible_psrp_connection_timeout): Invalid": "ansible_psrp_connection_timeout has a value, which Ansible",
    "Error processing keyword 'port': The value 'abc' could not be converted to 'int'.": (
        "ansible_port is abc, which Ansible does not take. What to do: correct it in the inventory; it must be a port"
    ),
    "the field 'port' has an invalid value (abc), and could not be converted to int.": "ansible_port is abc, which",
    "Error processing keyword 'password': Attempt to use undecryptable variable: Attempting to decrypt but no vault"
    " secrets found.": "encrypted with Ansible Vault, and no password was given that opens it. What to do: give the",
    "Decryption failed (no vault secrets were found that could decrypt)": "give the right one, with --ask-vault-pass",
    "Could not find the shell plugin required (cmdd).": "ansible_shell_type is cmdd, which Ansible does not take.",
    "Invalid become method specified, could not find matching plugin: 'foo'.": "ansible_become_method is foo, which",
}


@pytest.mark.parametrize("transport", failures.NETWORK_TRANSPORTS)
def test_the_port_of_remote_desktop_is_no_way_in(transport: str) -> None:
    said = "('Connection aborted.', RemoteDisconnected('Remote end closed connection without response'))"
    cause = failures.connection(said, failures.Way(transport, "10.0.0.5", 3389))
    assert cause and cause.what.startswith("port 3389 is the one of Remote Desktop, not of ") and cause.culprit == "way"
    wrong = failures.connection("Could not resolve hostname web01", failures.Way(transport, "web01", 3389))
    assert wrong and wrong.culprit == "controller"


@pytest.mark.parametrize(
    ("transport", "said"), [("ssh", "Host key verification failed."), ("winrm", "CERTIFICATE_VERIFY_FAILED")]
)
def test_a_service_that_answers_at_the_port_of_remote_desktop_is_none_of_that(transport: str, said: str) -> None:
    cause = failures.connection(said, failures.Way(transport, "10.0.0.5", 3389))
    assert cause and cause.culprit == "way" and "Remote Desktop" not in cause.what


@each("said", NOT_BEGUN)
def test_a_task_that_ansible_did_not_begin_names_the_variable(said: str) -> None:
    told = options.explained("web01", {"failed": True, "msg": f"Task failed: {said}"})
    assert told["msg"].startswith("web01 was not asked: ") and NOT_BEGUN[said] in told["msg"], told["msg"]
    assert "What to do: " in told["msg"] and told["culprit"] == "controller"


def test_what_else_ansible_says_of_a_task_stays() -> None:
    for said in ("Timed out after 15 second(s).", "something odd", "WinRM refuses: 401 Unauthorized"):
        assert options.explained("web01", {"failed": True, "msg": said}) == {"failed": True, "msg": said}


def test_extra_variables_are_resolved_by_the_first_host_that_can() -> None:
    given = {"ansible_port": "{{ site_port }}", "ansible_user": "a", "rdp_hosts": "all"}
    assert runs.resolved(given, ["web1"], None) == {"ansible_user": "a"}
    hosts = {"web1": {"ansible_port": "{{ site_port }}"}, "web2": {"ansible_port": 5985}}
    assert runs.resolved(given, hosts, hosts) == {"ansible_port": 5985, "ansible_user": "a"}
    with pytest.raises(runs.RunError, match=r"ansible_port: no host"):
        runs.resolved(given, ["web1"], hosts)


def test_a_password_that_cannot_be_resolved_is_not_shown() -> None:
    """It may be one that only looks like a template."""
    given = {"ansible_password": "S3{{cret"}
    with pytest.raises(runs.RunError) as refused:
        runs.resolved(given, ["web1"], {"web1": given})
    assert "S3" not in str(refused.value)


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        (
            "remediate",
            {"only_findings": ["certificate.expird"]},
            "no finding certificate.expird .is certificate.expired",
        ),
        ("diagnose", {"skip_findings": ["nonsense"]}, "there is no finding nonsense"),
        ("certificate", {"thumbprint": "AB" * 20}, "give state=bound"),
    ],
)
def test_options_that_would_be_without_effect_are_told(module: str, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ArgumentError, match=words):
        validate(module, options)


@each("module", arguments.SPECS)
def test_an_empty_answer_is_none(module: str) -> None:
    """Of a survey; but never one that would reach further than what was asked for."""
    required: dict[str, Any] = {
        "access": {"enabled": True},
        "offline": {"dest": "x"},
        "report": {"report_dir": "x", "results": {}},
    }
    more: dict[str, Any] = {
        "listener": {"enabled": True},
        "service": {"state": "started"},
        "summary": {"kind": "audit"},
        "certificate": {"state": "renewed"},
    }
    needed = {**required, **more}.get(module, {})
    names = set(arguments.SPECS[module]) - set(needed) - arguments._NEVER_EMPTY
    assert validate(module, {**needed, **dict.fromkeys(names, "")}) == validate(module, needed)
    if module == "firewall":
        with pytest.raises(ArgumentError, match="remote_addresses is"):
            validate(module, {"remote_addresses": ""})


# An end for a call ---------------------------------------------------------------------------------------------------


def test_a_call_that_never_ends_is_given_up_with_all_that_tidies_up_after_it() -> None:
    tidied: list[str] = []

    def hangs() -> None:
        try:
            time.sleep(60)
        except Exception:  # as connections do
            time.sleep(60)
        finally:
            tidied.append("begun")
            time.sleep(60)

    before, limit._AGAIN_SECONDS = limit._AGAIN_SECONDS, 0.05
    try:
        with pytest.raises(limit.OverdueError):
            limit.within(0.05, hangs)
    finally:
        limit._AGAIN_SECONDS = before
    assert tidied == ["begun"] and signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert limit.within(5, lambda: "fine") == "fine" and signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


@pytest.mark.takes_long
def test_nothing_but_an_answer_or_its_absence_comes_out_of_a_call_that_ends_at_its_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is raised once the call has ended would take the worker, and with it the lines of all hosts."""
    gc.collect()  # what is raised while garbage is collected comes out nowhere, and pytest takes that for a failure
    monkeypatch.setattr(limit, "_LOOK_SECONDS", 0.0001)
    seconds, came = 0.0004, {"answer": 0, "none": 0}
    monkeypatch.setattr(limit, "_AGAIN_SECONDS", 0.0001)  # and at each ring that follows
    monkeypatch.setattr(limit, "_started", lambda _by, _but: set[int]())
    gc.disable()
    for turn in range(examples(1000, 2000)):
        until = time.monotonic() + seconds * (0.8 + turn % 40 / 100)

        def call(until: float = until) -> str:
            while time.monotonic() < until:
                pass
            return "it"

        try:
            assert limit.within(seconds, call) == "it"
            came["answer"] += 1
        except limit.OverdueError:
            came["none"] += 1
    gc.enable()
    assert all(came.values()), came
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0) and signal.getsignal(signal.SIGALRM) == signal.SIG_DFL


@pytest.mark.parametrize("unknown", ["nothing", "/proc/self", "/proc"])
def test_what_a_call_started_is_ended_with_it(monkeypatch: pytest.MonkeyPatch, unknown: str, tmp_path: Path) -> None:
    """What was there before is not, nor a master of OpenSSH or a daemon that stays for others, nor what another thread
    starts meanwhile."""
    found = glob.glob
    monkeypatch.setattr("glob.glob", lambda pattern: [] if pattern.startswith(unknown) else found(pattern))
    monkeypatch.setattr(limit, "_END_SECONDS", 0.2)
    stubborn = "trap '' TERM; echo up; while :; do sleep 0.05; done"
    starts = {"plain": ["sleep", "61"], "of a shell": ["sh", "-c", "echo up; sleep 61; true"]}
    starts |= {"deaf": ["sh", "-c", stubborn]}
    before = subprocess.Popen(["sleep", "60"])
    started: list[subprocess.Popen[str]] = []
    masters: list[subprocess.Popen[str]] = []
    others: list[subprocess.Popen[bytes]] = []
    gone, gone_to = list[int](), tmp_path / "gone"

    def hangs() -> None:
        for words in starts.values():
            piped = subprocess.PIPE if words[0] == "sh" else None
            started.append(subprocess.Popen(words, stdout=piped, text=True, start_new_session=words[0] == "sh"))
            if piped:
                assert started[-1].stdout and started[-1].stdout.readline() == "up\n"
        leaves = ["sh", "-c", f"setsid sh -c 'echo $$ >{gone_to}; exec sleep 60' & true"]
        subprocess.run(leaves, check=True)
        elsewhere = threading.Thread(target=lambda: others.append(subprocess.Popen(["sleep", "60"])))
        elsewhere.start()
        elsewhere.join()
        # So it calls itself (setproctitle).
        words = ["ssh: /tmp/cp/0123456789 [mux]"]
        masters.append(
            subprocess.Popen(words, executable="/bin/cat", stdin=subprocess.PIPE, text=True, start_new_session=True)
        )
        time.sleep(60)

    try:
        with pytest.raises(limit.OverdueError):
            limit.within(1.0, hangs)
        assert len(started) == len(starts) and before.poll() is None
        gone.append(int(gone_to.read_text()))
        assert _runs(gone[0]) and masters[0].poll() is None and others[0].poll() is None
        for process in started:
            with pytest.raises(ProcessLookupError):
                os.kill(process.pid, 0)
            if process.stdout:
                assert process.stdout.read() == "", "all that it started had its end of the pipe"
    finally:
        for other in (before, *others):
            other.kill()
            other.wait()
        for daemon in gone:
            os.kill(daemon, signal.SIGKILL)
        for master in masters:
            master.kill()
            master.communicate()


def _runs(process: int) -> bool:
    """Whether it is there, and is no zombie that nobody has waited for."""
    listing = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(listing.stdout.strip()) and not listing.stdout.strip().startswith("Z")


@pytest.mark.parametrize("kernel", ["has the lists", "has none", "has no files"])
def test_what_a_call_s_programs_have_started_ends_with_them(
    kernel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where Python ends the program itself on the way out, in whatever group of processes each of them is."""
    real = glob.glob
    if kernel != "has the lists":
        without = ("/task/", "/stat") if kernel == "has no files" else ("/task/",)
        monkeypatch.setattr(glob, "glob", lambda path: [] if any(one in path for one in without) else real(path))
    told = tmp_path / "told"
    inner = f"echo $$ >> {told}; sleep 60 & echo $! >> {told}; wait"
    script = f"sh -c '{inner}' & setsid sh -c '{inner}' & echo $$ >> {told}; wait"

    def hangs() -> None:
        subprocess.run(["sh", "-c", script], check=False)

    with pytest.raises(limit.OverdueError):
        limit.within(1.0, hangs)
    started = [int(line) for line in told.read_text().splitlines()]
    try:
        assert len(started) == 5 and not [one for one in started if _runs(one)]
    finally:
        for one in started:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)


@pytest.mark.parametrize("fails", [True, False])
def test_a_daemon_that_a_call_s_program_leaves_behind_is_nobody_s_child(*, fails: bool) -> None:
    """It is for others too (gpg-agent, a tunnel). It would stay as a zombie of the process when it ends, and would have
    that one's room for as long as it runs."""
    script = "import resource; print(*resource.getrlimit(resource.RLIMIT_DATA))"

    def call() -> str:
        leaves = ["sh", "-c", "setsid sleep 60 >/dev/null 2>&1 & echo $!"]
        told.append(int(subprocess.run(leaves, capture_output=True, text=True, check=True).stdout))
        if fails:
            raise OSError("unreachable")
        return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    told: list[int] = []
    room = resource.getrlimit(resource.RLIMIT_DATA)
    try:
        with pytest.raises(OSError, match="unreachable") if fails else nullcontext():
            assert limit.within(30, call).split() == [str(one) for one in room]
        assert _runs(told[0]) and resource.getrlimit(resource.RLIMIT_DATA) == room
        with pytest.raises(ChildProcessError):
            os.waitpid(told[0], os.WNOHANG)
    finally:
        os.kill(told[0], signal.SIGKILL)


class _Looked:
    """The path of a program: something happens where it is asked for, which is in the middle of the start."""

    def __init__(self, happens: Callable[[], Any]) -> None:
        self._happens = happens

    def __fspath__(self) -> str:
        self._happens()
        return sys.executable


def _look() -> None:
    """Have the memory looked at."""
    signal.raise_signal(signal.SIGPROF)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_program_has_the_room_that_the_process_had_whoever_looks_while_it_starts(*, elsewhere: bool) -> None:
    """It is the main thread that looks, whichever starts the program."""
    script = "import resource; print(*resource.getrlimit(resource.RLIMIT_DATA))"
    asked, looked = threading.Event(), threading.Event()

    def has_looked() -> None:
        asked.set()
        looked.wait(60)

    def run() -> None:
        path = _Looked(has_looked if elsewhere else _look)
        told.append(subprocess.run([path, "-c", script], capture_output=True, text=True, check=True).stdout.split())

    def call() -> None:
        if not elsewhere:
            run()
            return
        thread = threading.Thread(target=run)
        thread.start()
        asked.wait(60)
        _look()
        looked.set()
        thread.join()

    told: list[list[str]] = []
    room = [str(one) for one in resource.getrlimit(resource.RLIMIT_DATA)]
    limit.within(300, call)
    assert told == [room]


def test_the_limit_of_a_task_stays_in_force(tmp_path: Path) -> None:
    class Theirs(BaseException):
        pass

    def ring(_number: int, _frame: Any) -> None:
        raise Theirs

    started: list[subprocess.Popen[bytes]] = []
    told = tmp_path / "told"

    def hangs() -> None:
        with suppress(OSError):
            told.unlink()
        started.append(subprocess.Popen(["sh", "-c", f"sleep 60 & echo $! > {told}; wait"], start_new_session=True))
        try:
            time.sleep(60)
        finally:
            os.kill(started[-1].pid, signal.SIGKILL)  # as subprocess.run does

    before = signal.signal(signal.SIGALRM, ring)
    try:
        for own in (0.5, 60):
            signal.setitimer(signal.ITIMER_REAL, 1.0)
            with pytest.raises(Theirs):
                with suppress(limit.OverdueError):
                    limit.within(own, hangs)
                time.sleep(60)
            ended = [started.pop().pid, int(told.read_text())]
            assert not any(map(_runs, ended)), "what the call started is ended, whoever's limit it was"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.takes_long
@pytest.mark.parametrize("theirs", [0, 30])
def test_an_answer_that_fills_the_memory_is_given_up(monkeypatch: pytest.MonkeyPatch, theirs: float) -> None:
    """Also where Ansible's own limit of a task comes first. What a process had before a call is not the call's."""
    monkeypatch.setattr(limit, "MOST_MEMORY", 64 << 20)
    kept: list[bytes] = []

    def fills() -> None:
        try:
            while len(kept) < 4096:  # a gigabyte
                kept.append(os.urandom(1 << 18))
        except Exception:  # as connections do
            time.sleep(60)

    before = signal.signal(signal.SIGALRM, signal.SIG_IGN)
    try:
        signal.setitimer(signal.ITIMER_REAL, theirs)
        with pytest.raises(limit.TooLargeError):
            limit.within(60, fills)
        assert len(kept) < 4096 and signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
        assert bool(signal.getitimer(signal.ITIMER_REAL)[0]) is bool(theirs)
        assert limit.within(60, lambda: sum(range(3_000_000))) > 0
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _apart(check: Callable[[], None]) -> None:
    """Do it in a process of its own: what one has had at most, it never forgets."""
    child = os.fork()
    if child == 0:
        gc.disable()  # what its parent has made would be copied, and what it makes is in no circle
        try:
            check()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


def _mapped() -> int:
    """What a process has of data, in bytes, whether it is in memory or not. That is what the limit counts, and after
    many tests a heap has holes that are mapped and empty: to fill them is to grow in memory, and not by this.
    """
    return int(Path("/proc/self/statm").read_text().split()[5]) * limit._PAGE


def _holes(number: int) -> list[bytes]:
    """A heap with so many holes of 30 MiB, which nobody has written to, and what is between them."""
    pieces = [bytes(31 << 20)]
    del pieces[0]  # from then on the C library takes pieces of that size from its heap
    pieces += [bytes(30 << 20) for _piece in range(2 * number)]
    return pieces[1::2]


def _bounded(mapped: int) -> bool:
    """Whether no more came to it than a call may have, with what it gets on the way out; and a process that was forked
    has its programs' files to map in as well.
    """
    return limit._peak() - mapped < (limit._FIRM + 2) * limit.MOST_MEMORY


@pytest.mark.takes_long
@pytest.mark.parametrize(("kept", "holes"), [(True, 0), (False, 0), (False, 6)])
def test_what_is_read_in_one_go_has_an_end_too(monkeypatch: pytest.MonkeyPatch, *, kept: bool, holes: int) -> None:
    """Nobody can look meanwhile; it took gigabytes. Connections make a failure of their own of it, or an answer."""
    monkeypatch.setattr(limit, "MOST_MEMORY", 32 << 20)
    many = "[" + "[]," * 10_000_000 + "0]"  # 0.7 gigabytes, read

    def reads() -> None:
        try:
            json.loads(many)
        except MemoryError as error:
            if kept:
                raise ValueError("no answer") from error

    def check() -> None:
        mapped, room = _mapped(), resource.getrlimit(resource.RLIMIT_DATA)
        for _turn in range(1 + kept):
            with pytest.raises(limit.TooLargeError):
                limit.within(60, reads)
        assert _bounded(mapped)
        assert resource.getrlimit(resource.RLIMIT_DATA) == room

    def check_behind_many_tests() -> None:
        between = _holes(holes)
        _apart(check)
        assert len(between) == holes

    if not sys.platform.startswith("linux"):
        pytest.skip("no other system holds a process to it")
    _apart(check_behind_many_tests)


@pytest.mark.takes_long
def test_what_python_drops_leaves_no_room_without_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is raised while an object is removed is written to stderr, and the call goes on in a library."""
    monkeypatch.setattr(limit, "MOST_MEMORY", 32 << 20)
    many = "[" + "[]," * 10_000_000 + "0]"
    most, dropped = 0, list[Any]()

    class Removed:
        def __del__(self) -> None:
            kept = []
            while limit.memory() < most:
                kept.append(bytearray(1 << 20))
            # The clock of the processor's time rings here, and what it raises is dropped.
            for _turn in range(30_000_000):
                pass

    def reads() -> None:
        removed = Removed()
        del removed
        json.loads(many)

    def check() -> None:
        nonlocal most
        before, mapped = limit.memory(), _mapped()
        most = before + limit.MOST_MEMORY + (2 << 20)
        monkeypatch.setattr(sys, "unraisablehook", dropped.append)
        with pytest.raises(limit.TooLargeError):
            limit.within(60, reads)
        assert dropped, "it rang elsewhere"
        assert _bounded(mapped)

    if not sys.platform.startswith("linux"):
        pytest.skip("no other system holds a process to it")
    _apart(check)


@pytest.mark.takes_long
def test_several_calls_share_one_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may have less than the limit: what is kept counts, and what was given back does not."""
    monkeypatch.setattr(limit, "MOST_MEMORY", 64 << 20)

    def take(pieces: int) -> list[mmap.mmap]:
        """Megabytes that are new to the process, whatever its heap has left."""
        taken, piece = [], b"x" * (1 << 20)
        for _piece in range(pieces):
            taken.append(mmap.mmap(-1, 1 << 20))
            taken[-1].write(piece)
        return taken

    def check() -> None:
        had = limit.memory()
        for _turn in range(5):  # together more than the limit
            assert limit.within(60, lambda: len(take(30)), had) == 30
        kept = limit.within(60, lambda: take(40), had)
        with pytest.raises(limit.TooLargeError):
            limit.within(60, lambda: take(40), had)
        assert len(limit.within(60, lambda: take(40))) == len(kept)
        highest = limit._peak()
        kept.clear()
        with pytest.raises(limit.TooLargeError):  # the highest that it had is no measure
            limit.within(60, lambda: take(200))
        assert limit._peak() < highest + (32 << 20)

    _apart(check)


# What is kept -------------------------------------------------------------------------------------------------------


def _restored(**result: Any) -> Any:
    return runs.entry_of("h", {"changed": False, **result})


def test_a_run_that_no_host_knows_is_told_with_the_newest() -> None:
    told = [
        _restored(unknown_run="run-9", newest_run={"run": run, "created": day})
        for run, day in (("run-2", "2026-11-24"), ("run-3", "2026-11-25"))
    ]
    none = _restored(unknown_run="run-9", newest_run=None)
    away = runs.entry_of("h", {"unreachable": True, "msg": "no"})
    newest = "no host knows run-9; the newest is run-3; without rdp_run they are listed"
    assert runs.unknown_run([away, *told, none]) == newest
    assert runs.unknown_run([none]) == "no host knows run-9; they know none at all"
    mine = _restored(unknown_run="change-9", newest_run=None)
    assert runs.unknown_run([mine]) == "no host knows run change-9; they know none at all"
    assert runs.unknown_run([*told, _restored(verdict_after="healthy", restored="run-9")]) is None
    assert runs.unknown_run([*told, _restored(summary="nothing to restore: run-9 left nothing to take back")]) is None
    assert runs.unknown_run([away]) is None and runs.unknown_run([]) is None


def test_changes_are_listed_a_line_each() -> None:
    row = {
        "run": "run-2",
        "created": "2026-11-24T13:00:00.000Z",
        "controller": "ctl:1",
        "what": "acl.set x",
        "found": None,
        "state": "complete",
        "known_to": "host",
        "restorable": True,
        "renewal": False,
        "left": None,
    }
    entry = _restored(changes=[row, {**row, "run": "run-1", "known_to": "both"}], summary="2 changes ...")
    told = {"a": (entry.state, runs.text_of(entry)), "b": (entry.state, runs.text_of(entry))}
    assert lines.closing_lines(told) == [
        "2 hosts (a, b): 2 runs could be taken back; take a run back with -e rdp_run=ID, the newest first:",
        "    run-2, 2026-11-24 13:00 UTC, from ctl: acl.set the key file (no copy on this controller)",
        "    run-1, 2026-11-24 13:00 UTC, from ctl: acl.set the key file",
    ]
    assert lines.total(told) == "2 hosts: 2 listed"
    twice = _restored(changes=[row, {**row, "journal": "another"}], summary="...")
    assert runs.text_of(twice).startswith("1 run could be taken back; "), "each of its steps is no run of its own"
    nothing = _restored(changes=[], summary="nothing is left to be taken back")
    assert (nothing.state, runs.text_of(nothing)) == ("listed", "nothing is left to be taken back")


def _turn(folder: Path, monkeypatch: pytest.MonkeyPatch, host: str, *batch: str, **more: Any) -> runs.Turn:
    monkeypatch.setattr(runs, "Ledger", lambda kind: Ledger(kind, folder))
    known = {"inventory_hostname": host, "ansible_play_batch": list(batch or (host,)), "ansible_play_hosts_all": [host]}
    return runs.Turn("remediate", {**known, **more}, lambda value: value)


UNREACHABLE: dict[str, Any] = {"unreachable": True, "msg": "a cannot be reached"}
FAILED: dict[str, Any] = {"failed": True, "msg": "a: no"}
FINE: dict[str, Any] = {"verdict": "healthy", "summary": "healthy: x"}


@pytest.mark.parametrize(
    ("results", "percentage", "stops"),
    [
        ([UNREACHABLE], 25, False),
        ([{**UNREACHABLE, "reason": "interrupted"}], 25, True),
        ([FAILED], 25, True),
        ([FAILED], 100, False),
        ([{**FAILED, "culprit": "controller"}], 0, False),
        ([FAILED, FINE, FINE, FINE], 25, False),
        ([FAILED, FINE, FINE], 25, True),
        ([FAILED, FINE, FINE, FINE, UNREACHABLE], 24, True),
        ([FINE], 0, False),
    ],
)
def test_a_batch_stops_the_next_by_what_it_did(
    results: list[dict[str, Any]], percentage: int, stops: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"a{number}" for number in range(len(results))]
    more = {"rdp_max_fail_percentage": percentage}
    for name, result in zip(names, results):
        kept = _turn(tmp_path, monkeypatch, name, *names, **more).keep(result)
        assert "failed" not in kept and "unreachable" not in kept
    assert bool(_turn(tmp_path, monkeypatch, "b", "b", **more).stopped) is stops
    assert not _turn(tmp_path, monkeypatch, names[0], *names, **more).stopped, "a batch does not stop itself"


def test_a_result_that_cannot_be_kept_for_the_summary_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    done = {**FINE, "changed": True, "journal": {"id": "x"}}
    kept = _turn(tmp_path / "file", monkeypatch, "a").keep(done)
    assert kept["failed"] and kept["journal"] == {"id": "x"} and kept["verdict"] == "healthy"
    assert kept["msg"].startswith("a: what it came to cannot be kept") and kept["msg"].endswith("healthy: x")


class Asked(dict[str, Any]):
    """A result that notes which of its parts are asked for."""

    seen: ClassVar[set[str]] = set()

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.seen.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.seen.add(str(name))
        return super().__contains__(name)


def test_the_closing_lines_need_no_part_of_a_result_that_is_not_read_for_them(tmp_path: Path) -> None:
    ledger = Ledger("restore", tmp_path)
    changed = {"journal": {"id": "x", "controller_copy": "/a/web/x.json"}, "plan": {"steps": [1]}, "run": "run-1"}
    verdict = {**FINE, **changed, "failed": True, "reason": "verdict", "msg": "it is broken", "findings": ["much"]}
    listed: dict[str, Any] = {"changes": [], "unknown_run": "run-9", "newest_run": {"run": "run-1", "created": "x"}}
    given: tuple[dict[str, Any], ...] = (
        UNREACHABLE,
        FAILED,
        FINE,
        verdict,
        {**FAILED, "reason": "stopped"},
        {"reason": "left_out"},
        listed,
        {},
    )
    for number, result in enumerate(given):
        ledger.keep(runs.entry_of(f"h{number}", result), "h0")
    whole = ledger.entries()
    Asked.seen.clear()
    for entry in (replace(entry, result=Asked(entry.result)) for entry in whole.values()):
        runs.text_of(entry)
        summary._stats({entry.host: entry})
        summary._way_back({entry.host: entry})
        runs.unknown_run([entry])
    assert Asked.seen <= set(runs.SUMMED_UP)
    few = ledger.entries(runs.SUMMED_UP)
    assert "findings" not in few["h3"].result
    for of in (summary._stats, summary._way_back):
        assert of(few) == of(whole)
    assert [runs.text_of(entry) for entry in few.values()] == [runs.text_of(entry) for entry in whole.values()]


def test_a_long_run_tells_each_tenth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(saying, "say", told.append)
    everybody = [f"h{number}" for number in range(100)]
    for number, name in enumerate(everybody):
        result = FAILED if number == 3 else FINE
        more = {"ansible_play_hosts_all": everybody, "rdp_max_fail_percentage": 100}
        _turn(tmp_path, monkeypatch, name, *everybody[number // 20 * 20 :][:20], **more).keep(result)
    assert len(told) == 9
    assert told[0] == "winops.rdp: 10 of 100 hosts done, 90 left; so far 1 failed, 9 healthy"
    assert told[-1] == "winops.rdp: 90 of 100 hosts done, 10 left; so far 1 failed, 89 healthy"


def _repair(folder: Path, name: str, went_well: bool, log: Any) -> None:
    ledger = Ledger("remediate", folder)
    turn = runs.Turn.__new__(runs.Turn)
    turn.__dict__.update(_host=name, _batch=name, _all=2, _ledger=ledger, _sizes=[1], _most_failures=25.0)
    try:
        with turn.repair() as ended:
            log.put(("begins", name, time.monotonic()))
            time.sleep(0.2)
            ended(went_well)
            log.put(("ends", name, time.monotonic()))
    except HostFailure as failure:
        log.put((failure.reason, name, time.monotonic()))


@pytest.mark.parametrize("went_well", [True, False])
def test_the_first_repair_of_a_run_is_made_alone(went_well: bool, tmp_path: Path) -> None:
    """Four processes at once: one goes ahead, the others wait, and go on only if it went well."""
    log: Any = multiprocessing.Queue()
    workers = [
        multiprocessing.Process(target=_repair, args=(tmp_path, f"h{number}", went_well, log)) for number in range(4)
    ]
    for worker in workers:
        worker.start()
    told = [log.get(timeout=30) for _event in range(8 if went_well else 5)]
    for worker in workers:
        worker.join(30)
    told.sort(key=lambda event: event[2])
    assert [what for what, _name, _when in told[:2]] == ["begins", "ends"] and told[0][1] == told[1][1]
    assert {what for what, _name, _when in told[2:]} == ({"begins", "ends"} if went_well else {"stopped"})


def test_a_repair_that_breaks_off_counts_as_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = _turn(tmp_path, monkeypatch, "a")
    with pytest.raises(ZeroDivisionError), turn.repair():
        raise ZeroDivisionError
    assert "the first repair of the run failed, on a" in str(_turn(tmp_path, monkeypatch, "b").stopped)


# Culprits -----------------------------------------------------------------------------------------------------------

WINRM = failures.Way("winrm", "web01", 5986, "https")
PSRP = failures.Way("psrp", "web01", 5986, "https")
SSH = failures.Way("ssh", "web01", 22)
SSH_NO_KEY = failures.Way("ssh", "web01", 22, no_key="/none")
HERE = "HTTPSConnectionPool(host='WEB01', port=5986): Max retries exceeded with url: /wsman"
ELSEWHERE = "HTTPConnectionPool(host='127.0.0.1', port=1): Max retries exceeded with url: /wsman"


@each(
    ("way", "text", "culprit", "words"),
    [
        (
            PSRP,
            "pypsrp or dependencies are not installed: No module named 'pypsrp'",
            "controller",
            "pip install pypsrp",
        ),
        (PSRP, "No module named 'gssapi'", "controller", "pypsrp[kerberos]"),
        (
            WINRM,
            "Kerberos auth failure when calling kinit cmd 'kinit': The command was not found",
            "controller",
            "krb5-user",
        ),
        (WINRM, "kerberos: kinit: Clock skew too great while getting initial credentials", "controller", "clock"),
        (WINRM, 'kerberos: Cannot find KDC for realm "EXAMPLE.COM"', "controller", "krb5.conf"),
        (
            WINRM,
            "kerberos: No Kerberos credentials available (default cache: FILE:/tmp/krb5cc_0)",
            "controller",
            "kinit",
        ),
        (WINRM, "kerberos: Server not found in Kerberos database", "account", "SPN"),
        (
            SSH_NO_KEY,
            "twin@web01: Permission denied (publickey).",
            "controller",
            "the key /none, with which the account",
        ),
        (SSH_NO_KEY, "connect to host web01 port 22: Connection refused", "way", "start the service sshd"),
        (
            SSH,
            'Load key "/k": invalid format\r\nme@web01: Permission denied',
            "controller",
            "the key /k cannot be used",
        ),
        (WINRM, f"{ELSEWHERE} [Errno 111] Connection refused", "way", "it sends the call on to 127.0.0.1:1"),
        (PSRP, f"{ELSEWHERE} Name or service not known", "way", "something else than WinRM answers there"),
        (WINRM, f"{HERE} [Errno 111] Connection refused", "way", "nothing listens on that port"),
        (
            WINRM,
            "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self signed",
            "way",
            "ansible_winrm_ca_trust_path",
        ),
        (PSRP, "certificate verify failed: Hostname mismatch", "way", "ansible_psrp_ca_cert"),
        (WINRM, "[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)", "way", "ansible_winrm_scheme=http"),
        (PSRP, "[SSL: WRONG_VERSION_NUMBER] wrong version number", "way", "ansible_psrp_protocol=http"),
        (
            WINRM,
            "HTTPSConnectionPool: Max retries exceeded (Caused by ConnectTimeoutError: timed out)",
            "way",
            "open port 5986",
        ),
        (
            WINRM,
            "HTTPSConnectionPool(host='web01', port=5986): Read timed out. (read timeout=32)",
            "way",
            "does not answer in time",
        ),
        (WINRM, "[Errno 113] No route to host", "way", "no route"),
        (WINRM, "ntlm: the specified credentials were rejected by the server", "account", "ansible_winrm_transport"),
        (
            WINRM,
            "ntlm: HTTPSConnectionPool: Bad HTTP response returned from server. Code 403",
            "account",
            "LocalAccountTokenFilterPolicy",
        ),
        (
            PSRP,
            "failed to authenticate with the server: Failed to authenticate the user x with ntlm",
            "account",
            "ansible_psrp_auth",
        ),
        (
            SSH,
            "x@web01: Permission denied (publickey,password,keyboard-interactive).",
            "account",
            "administrators_authorized_keys",
        ),
        (SSH, "kex_exchange_identification: read: Connection reset by peer", "way", "cut off"),
        (
            SSH,
            "to use the 'ssh' connection type with passwords, you must install the sshpass program",
            "controller",
            "sshpass",
        ),
        (
            PSRP,
            "Cannot use message encryption with auth 'basic', either set auth to one of the following auth providers",
            "controller",
            "basic cannot encrypt what is sent; set ansible_psrp_auth to ntlm, negotiate,",
        ),
        (
            WINRM,
            "message encryption is set to 'always' but the selected auth method basic does not support it",
            "controller",
            "set ansible_winrm_transport to ntlm, kerberos",
        ),
        (PSRP, "For basic auth, the password must be specified", "account", "ansible_password"),
        (PSRP, "The specified auth 'nltm' is not supported, please select one of", "controller", "nltm is no way"),
        (WINRM, "unsupported auth method: nltm", "controller", "that pywinrm knows"),
        (
            WINRM,
            "The installed version of WinRM does not support transport(s) ['nltm']",
            "controller",
            "nltm is no way",
        ),
        (
            WINRM,
            "The installed version of WinRM does not support transport(s) ['ntlm  ansible_user=a  ansible_password=b']",
            "controller",
            "more stands behind ntlm in ansible_winrm_transport, on the same line; give each variable",
        ),
        (WINRM, "cert_key_pem file not found (/x.pem)", "controller", "ansible_winrm_cert_key_pem"),
        (PSRP, "For certificate auth, SSL must be used", "controller", "ansible_psrp_protocol to https"),
        (WINRM, "invalid server_cert_validation mode: off", "controller", "ansible-doc -t connection winrm"),
        (
            PSRP,
            "The encryption value 'x' must be auto, always, or never",
            "controller",
            "ansible-doc -t connection psrp",
        ),
        (WINRM, "basic: Missing dependencies for SOCKS support.", "controller", "add web01 to no_proxy"),
        (PSRP, "SOCKSHTTPConnectionPool(host='web01', port=5985): Max retries: [Errno 111]", "controller", "no_proxy"),
        (
            WINRM,
            "basic: Could not find a suitable TLS CA certificate bundle, invalid path: /x.pem",
            "controller",
            "correct ansible_winrm_ca_trust_path, or REQUESTS_CA_BUNDLE",
        ),
        (PSRP, "[X509: NO_CERTIFICATE_OR_CRL_FOUND] no certificate or crl", "controller", "ansible_psrp_ca_cert"),
        (
            PSRP,
            "Could not find the TLS certificate file, invalid path: /x",
            "controller",
            "ansible_psrp_certificate_pem",
        ),
        (
            SSH,
            "Failed to create temporary directory. In some cases, you may have been able to authenticate and did not"
            " have permissions on the target directory. Failed command was: PowerShell -EncodedCommand UwBlAHQA, exited"
            " with result 1",
            "host",
            "see that ansible_shell_type is the host's DefaultShell",
        ),
        (
            SSH,
            "Failed to create temporary directory. Failed command was: PowerShell, exited with result 1, stderr output:"
            " Cannot create type. Only core types are supported in this language mode.",
            "host",
            "constrained language mode",
        ),
        (
            WINRM,
            "Failed to create temporary directory. Failed command was: PowerShell, exited with result 1, stderr output:"
            " Exception of type 'System.OutOfMemoryException' was thrown.",
            "host",
            "no memory left",
        ),
        (PSRP, "Failed to authenticate the user x with basic", "account", "ansible_psrp_auth"),
        (
            WINRM,
            "The WS-Management service cannot process the request. The maximum number of concurrent shells",
            "host",
            "MaxShellsPerUser",
        ),
    ],
)
def test_what_libraries_say_names_the_culprit(way: failures.Way, text: str, culprit: str, words: str) -> None:
    cause = failures.connection(text, way)
    assert cause and cause.culprit == culprit and words in f"{cause.what}; {cause.do}", cause


@pytest.mark.parametrize(
    ("way", "text", "words"),
    [
        (
            WINRM,
            "Cannot invoke method. Method invocation is supported only on core types in this language mode.",
            "constrained",
        ),
        (SSH, "'#' is not recognized as an internal or external command,", "ansible_shell_type=cmd"),
        (SSH, "The string is missing the terminator: '. ParserError", "ansible_shell_type=powershell"),
        (SSH, "Exception of type 'System.OutOfMemoryException' was thrown.", "no memory left for the call"),
        (WINRM, "C:\\Users\\x\\Documents\\WindowsPowerShell\\profile.ps1 : boom", "profile"),
        (WINRM, "AuthorizationManager check failed.", "execution policy"),
    ],
)
def test_what_the_host_says_is_the_host_s(way: failures.Way, text: str, words: str) -> None:
    cause = failures.said_by_host(text, way)
    assert cause and cause.culprit == "host" and words in f"{cause.what} {cause.do}", cause
    assert way.transport != "ssh" or "WinRM" not in f"{cause.what} {cause.do}"


@pytest.mark.parametrize(
    ("text", "is_disabled"),
    [
        ("The referenced account is currently disabled and may not be logged on to.", True),
        ("SpnegoError (1): STATUS_ACCOUNT_DISABLED", True),
        ("Basic authentication is currently disabled in the client configuration.", False),
        ("basic: this feature will be disabled in the future", False),
    ],
)
def test_what_is_disabled_is_the_account_only_where_that_is_said(text: str, is_disabled: bool) -> None:
    cause = failures.connection(text, WINRM)
    assert bool(cause and "has expired or is disabled" in cause.what) is is_disabled, cause


def test_a_proxy_without_its_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://me:secret@proxy:3128")
    monkeypatch.setenv("no_proxy", "")
    cause = failures.connection("ntlm: Bad HTTP response returned from server. Code 503", WINRM)
    assert cause and cause.culprit == "controller" and "https_proxy=http://proxy:3128" in cause.what
    assert "no_proxy" in cause.do and "secret" not in cause.what
    monkeypatch.setenv("no_proxy", "web01")
    cause = failures.connection("ntlm: Bad HTTP response returned from server. Code 403", WINRM)
    assert cause and cause.culprit == "account"


@pytest.mark.parametrize(
    ("inventory", "limit", "extra", "command"),
    [
        (
            ["{here}/my hosts", "web01,", "/else/x"],
            "a,!b",
            {},
            "-i 'my hosts' -i web01, -i /else/x {name} -l 'a,!b' {run}",
        ),
        (None, None, {}, "{name} {run}"),
        (["hosts"], None, {"rdp_hosts": "web", "rdp_run": "x"}, "-i hosts {name} {run} -e rdp_hosts=web"),
        (["hosts"], None, {"rdp_remediate_journal_dir": "j"}, "-i hosts {name} {run} -e rdp_journal_dir=j"),
    ],
)
def test_the_way_back_is_asked_of_the_hosts_that_the_run_was_for(
    inventory: list[str] | None,
    limit: str | None,
    extra: dict[str, str],
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The inventory of the configuration is there again by itself."""
    monkeypatch.chdir(tmp_path)
    given = [str(one).format(here=tmp_path) for one in inventory or constants.DEFAULT_HOST_LIST]
    monkeypatch.setattr(context, "CLIARGS", {"inventory": tuple(given), "subset": limit})
    monkeypatch.setattr(runs, "extra_variables", lambda: extra)
    words = command.format(name="winops.rdp.restore_rdp", run="-e rdp_run=run-1")
    assert runs.restore_command("run-1") == f"ansible-playbook {words}"
