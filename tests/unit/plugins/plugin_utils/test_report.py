# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reports: everything that is in the data is told, nothing that a host says can do harm, and the same data make the
same files."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.reports import page as to_html
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import is_name
from ansible_collections.winops.rdp.plugins.plugin_utils.report.html import chart
from ansible_collections.winops.rdp.plugins.plugin_utils.report.model import VERDICTS, Fleet, Host, ReportError
from ansible_collections.winops.rdp.plugins.plugin_utils.report.text import COLUMNS, to_csv, to_json, to_prometheus

from tests.profiles import each
from tests.unit.fleets import REFUSED, UNREACHABLE, results

FINDING = {"id": "certificate.expired", "severity": "critical", "confidence": "proven", "summary": "It ended"}
# What a host that means harm, or is only odd, might be called or say.
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "=HYPERLINK(1)",
    "a\u202eb\u200bc",
    'x\ny"z\\',
    "\x00\x1b[31m",
    "{{ 7*7 }}",
)
NAMES = tuple(text for text in HOSTILE if is_name(text))


def result(**more: Any) -> dict[str, Any]:
    return {"verdict": "broken", "findings": [dict(FINDING)], **more}


class Page(HTMLParser):
    """What is in a page: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.raw: dict[str, str] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == [], "every element is closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "input", "wbr"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open and self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("style", "script"):
            self.raw[self._open[-1]] = data
        else:
            self.texts.append(data)

    @cached_property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def fleet() -> Fleet:
    return Fleet.of(results(300))


@pytest.mark.takes_long
def test_a_fleet_is_counted_and_grouped(fleet: Fleet) -> None:
    assert sum(fleet.counts.values()) == 300 == sum(len(group.hosts) for group in fleet.groups)
    assert fleet.counts["unreachable"] == 8 and fleet.counts["failed"] == 4 and fleet.counts["healthy"] > 100
    assert [VERDICTS.index(group.verdict) for group in fleet.groups] == sorted(
        VERDICTS.index(group.verdict) for group in fleet.groups
    )
    for cause in fleet.causes:
        assert set(cause.hosts) == {host.name for host in fleet.hosts if cause.id in host.ids}
    assert [len(cause.hosts) for cause in fleet.causes] == sorted(
        (len(cause.hosts) for cause in fleet.causes), reverse=True
    )
    assert sum(cause.first for cause in fleet.causes) == sum(bool(host.ids) for host in fleet.hosts)
    assert all({host.ids for host in group.hosts} == {group.ids} for group in fleet.groups)
    times = [item["when"] for _host, item in fleet.forecast if item["when"]]
    assert times == sorted(times) and times


@pytest.mark.parametrize(
    ("given", "verdict", "message"),
    [
        (UNREACHABLE, "unreachable", "cannot be reached"),
        (REFUSED, "failed", "not an administrator"),
        ({"failed": True}, "failed", "no reason was given"),
        ({"verdict": "fine", "findings": []}, "failed", "not a result of winops.rdp.diagnose (result.verdict"),
        ({"verdict": "broken"}, "failed", "not a result of winops.rdp.diagnose"),
        ([1], "failed", "not a result"),
        (None, "failed", "not a result"),
        (result(findings=[{"id": "x"}]), "failed", "findings[0]"),
        (result(failed=True, msg="the repair was done, and it did not help"), "broken", "did not help"),
    ],
)
def test_what_is_no_result_says_so(given: Any, verdict: str, message: str) -> None:
    host = Host.of("web01", given)
    assert host.verdict == verdict and message in (host.message or "")
    assert (
        "web01" in to_html(Fleet((host,)), "x")
        and json.loads(to_json(Fleet((host,)), "x"))["hosts"]["web01"]["verdict"] == verdict
    )


def test_no_results_at_all_are_an_error() -> None:
    with pytest.raises(ReportError, match="audit some hosts first"):
        Fleet.of({})


def test_a_repaired_host_is_shown_as_it_is_afterwards() -> None:
    done = result(
        verdict_after="healthy",
        findings_after=[],
        steps=[{"op": "service.restart", "service": "TermService", "status": "done"}],
    )
    host = Host.of("web01", done)
    assert (host.verdict, host.findings, host.repaired, host.commands) == ("healthy", [], True, [])
    page = Page(to_html(Fleet((host,)), "x")).text
    assert "What was done" in page and "TermService" in page and "What the repair would do" not in page


def test_a_host_that_is_off_has_a_tile_and_says_who_turned_it_off() -> None:
    summary = "Remote Desktop is turned off on this host, by its own switch"
    off = result(verdict="off", findings=[{**FINDING, "id": "listener.rdp_disabled", "summary": summary}])
    fleet = Fleet.of({"web01": off, "web02": result()})
    assert fleet.counts["off"] == 1 and fleet.summary == "2 hosts: 1 broken, 1 off"
    page = Page(to_html(fleet, "x"))
    assert "Remote Desktop is turned off" in page.text and summary in page.text
    assert any("off" in (attributes.get("class") or "").split() for name, attributes in page.elements if name == "li")


def test_what_follows_only_if_it_must_is_shown_as_that() -> None:
    restart = {
        "op": "service.restart",
        "service": "TermService",
        "reason": "the change takes effect then",
        "cost": "sessions",
    }
    quiet = {"op": "acl.set", "path": "C:\\x", "reason": "give back access", "cost": "none"}
    plan = {
        "steps": [quiet],
        "rungs": [
            {"name": "quiet", "condition": None, "steps": [quiet]},
            {"name": "restart", "condition": "clients still do not get in", "steps": [restart]},
        ],
    }
    page = Page(to_html(Fleet.of({"web01": result(plan=plan)}), "x")).text
    would, then = page.split("Then, only if clients still do not get in")
    assert "give back access" in would and "TermService" not in would.split("What the repair would do")[1]
    assert "the change takes effect then" in then and "disconnects people" in then


def test_the_commands_are_exact() -> None:
    step = {"op": "service.restart", "service": "TermService", "reason": "", "findings": [], "cost": "sessions"}
    todo = {"steps": [step], "blocked": []}
    assert Host.of("web 01;rm", result(plan=todo)).commands == [
        "ansible-playbook -i inventory winops.rdp.remediate_rdp -l '~^web\\x2001\\x3brm\\Z' --check --diff",
        "ansible-playbook -i inventory winops.rdp.remediate_rdp -l '~^web\\x2001\\x3brm\\Z'",
    ]
    waits = {
        "steps": [],
        "blocked": [{"finding": FINDING["id"], "summary": "somebody is logged on", "guard": "sessions"}],
    }
    assert (
        Host.of("web01", result(plan=waits)).commands[-1]
        == "ansible-playbook -i inventory winops.rdp.remediate_rdp -l web01 -e rdp_remediate_allow_disconnect=true"
    )
    left = {"steps": [], "blocked": [{"finding": FINDING["id"], "summary": "a policy sets it", "guard": "policy"}]}
    assert Host.of("web01", result(plan=left)).commands == []
    two = Fleet.of({"b": result(plan=todo), "a": result(plan=todo), "c": result()})
    assert [group.command for group in two.groups] == ["ansible-playbook -i inventory winops.rdp.remediate_rdp -l a,b"]
    assert [group.is_whole for group in two.groups] == [False], "nothing can be done for c"
    page = to_html(two, "x")
    assert "Repair those that can be" in page and "Repair all of them" not in page
    assert "Repair all of them" in to_html(Fleet.of({"b": result(plan=todo), "a": result(plan=todo)}), "x")


@pytest.mark.parametrize(
    ("inventory", "words"), [(("hosts.ini", "my site"), "-i hosts.ini -i 'my site' "), ((), ""), (("inventory",), None)]
)
def test_commands_name_the_inventory_of_the_run(inventory: tuple[str, ...], words: str | None) -> None:
    """Copied as they are, they find the hosts; where the inventory is not known, the page says so."""
    step = {"op": "service.restart", "service": "TermService", "reason": "", "findings": [], "cost": "sessions"}
    own = {**FINDING, "target": {"own_policy": {"security_layer": "tls"}}}
    done = {"verdict_after": "healthy", "findings_after": [], "changed": True, "run": "run-1", "steps": []}
    results = {
        "a": result(plan={"steps": [step], "blocked": []}),
        "b": {"verdict": "broken", "findings": [own]},
        "c": result(**done, journals=[{"id": "a"}]),
    }
    fleet = Fleet.of(results, inventory=inventory)
    begin = "-i inventory " if words is None else words
    a, b, c = fleet.hosts
    assert a.commands[1] == fleet.groups[0].command == f"ansible-playbook {begin}winops.rdp.remediate_rdp -l a"
    assert b.commands[1] == f"ansible b {begin}-m winops.rdp.listener -a security_layer=tls"
    assert c.restore_command == f"ansible-playbook {begin}winops.rdp.restore_rdp -l c -e rdp_run=run-1"
    assert ("put yours in its place" in to_html(fleet, "x")) == (words is None)


REPAIR = "ansible-playbook -i inventory winops.rdp.remediate_rdp -l web01"


@each("detail", ["ask for it with {}{}={}", "run again, or with -e {}{}={}", "{}{}={} does it all the same"])
@each("before", ["", "rdp_remediate_"])
@each(
    ("option", "value"),
    [
        ("open", "listener.rdp_disabled"),
        ("tighten", "nla.disabled"),
        ("drop_dead_pin", "true"),
        ("allow_disconnect", "true"),
    ],
)
def test_what_is_done_where_it_is_asked_for_has_its_command(option: str, value: str, before: str, detail: str) -> None:
    """As the module says it, and as a playbook or a role does."""
    entry = {
        "finding": FINDING["id"],
        "summary": "left",
        "guard": option,
        "detail": detail.format(before, option, value),
    }
    host = Host.of("web01", result(plan={"steps": [], "blocked": [entry]}))
    asked = f"{REPAIR} -e rdp_remediate_{option}={value}"
    assert host.commands == [f"{asked} --check --diff", asked]


def test_findings_of_one_class_are_asked_for_together() -> None:
    rows = [
        {"finding": FINDING["id"], "summary": "left", "detail": f"ask for it with open={id_}"}
        for id_ in ("listener.rdp_disabled", "firewall.rule_disabled")
    ]
    host = Host.of("web01", result(plan={"steps": [], "blocked": rows}))
    assert host.commands[1:] == [f"{REPAIR} -e rdp_remediate_open=listener.rdp_disabled,firewall.rule_disabled"]


@pytest.mark.parametrize(
    ("options", "commands"),
    [
        (
            {"security_layer": "tls", "where": "local_policy"},
            ["ansible web01 -i inventory -m winops.rdp.listener -a 'security_layer=tls where=local_policy'"],
        ),
        ({"security_layer": "tls enabled=false"}, []),
        ({"{{ x }}": "tls"}, []),
        ("tls", []),
    ],
)
def test_the_host_s_own_policy_has_its_command(options: Any, commands: list[str]) -> None:
    own = {**FINDING, "target": {"own_policy": options}}
    host = Host.of("web01", {"verdict": "broken", "findings": [own, own]})
    assert host.commands[1:] == commands


def test_a_way_back_is_named_where_there_is_one_and_for_this_host() -> None:
    done = {"verdict_after": "healthy", "findings_after": [], "changed": True, "run": "run-1", "steps": []}
    journals = [{"id": "a", "restorable": False}, {"id": "b", "restorable": False}]
    host = Host.of("web01", result(**done, journals=journals))
    assert host.restore_command is None
    assert "nothing of it can be taken back" in to_html(Fleet.of({"web01": host.result}), "x")
    journals[1]["restorable"] = True
    command = "ansible-playbook -i inventory winops.rdp.restore_rdp -l web01 -e rdp_run=run-1"
    assert host.restore_command == command and command in to_html(Fleet.of({"web01": host.result}), "x")
    # An id that a run gave itself begins with what it is.
    for run, told in (("run-1", "Changed by run-1 :"), ("change-4711", "Changed by run change-4711 :")):
        named = Fleet.of({"web01": {**host.result, "run": run}})
        assert told in Page(to_html(named, "x")).text


def test_a_cause_is_everybodys_who_has_to_repair_it() -> None:
    policy = {**FINDING, "owner": "policy"}
    rows = {"a": policy, "b": policy, "c": {**FINDING, "owner": "host"}}
    fleet = Fleet.of({name: {"verdict": "broken", "findings": [row]} for name, row in rows.items()})
    assert [cause.owner for cause in fleet.causes] == ["policy, host"]


# The page -------------------------------------------------------------------------------------------------------------


def test_the_page_tells_all(fleet: Fleet) -> None:
    page = Page(to_html(fleet, "Remote Desktop in Frankfurt"))
    assert "Remote Desktop in Frankfurt" in page.text and fleet.summary in page.text
    for host in fleet.hosts:
        assert host.name in page.text
        for text in host.commands:
            assert text in page.text
        for finding in host.findings:
            assert finding["summary"] in page.text and (finding["advice"] or "") in page.text
            assert all(
                evidence["fact"] in page.text and evidence["where"] in page.text for evidence in finding["evidence_for"]
            )
    assert all(item["what"] in page.text for _host, item in fleet.forecast)


def test_the_page_needs_nothing_but_itself(fleet: Fleet) -> None:
    page = Page(to_html(fleet, "x"))
    assert {"link", "img", "iframe", "object", "base"}.isdisjoint(tag for tag, _attributes in page.elements)
    for _tag, attributes in page.elements:
        assert "style" not in attributes and not any(name.startswith("on") for name in attributes)
        assert not attributes.get("src") and (attributes.get("href") or "#").startswith("#")
    assert not re.search(r"url\(|@import|https?:", page.raw["style"]) and "innerHTML" not in page.raw["script"]


def test_its_policy_allows_its_own_script_and_style_alone(fleet: Fleet) -> None:
    page = Page(to_html(fleet, "x"))
    policy = (
        next(
            attributes["content"]
            for tag, attributes in page.elements
            if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
        )
        or ""
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'" and set(rules) <= {
        "default-src",
        "style-src",
        "script-src",
        "base-uri",
        "form-action",
    }
    for name in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(page.raw[name].encode()).digest()).decode()
        assert (
            rules[f"{name}-src"] == f"'sha256-{digest}'" and sum(tag == name for tag, _attributes in page.elements) == 1
        )


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_host_says_is_only_ever_text(text: str) -> None:
    plain = Page(to_html(Fleet.of({"web01": _everywhere("harmless")}), "harmless"))
    said = to_html(Fleet.of({text if text in NAMES else "web01": _everywhere(text)}), text)
    page = Page(said)
    assert [tag for tag, _attributes in page.elements] == [tag for tag, _attributes in plain.elements]
    assert not re.search("[\x00\x1b\u202e\u200b\ud800]", said), "what does not show is made visible"
    assert "49" not in re.findall(r"\b49\b", page.text)


def _everywhere(text: str) -> dict[str, Any]:
    """A result with this text wherever a text may be."""
    evidence = [{"fact": text, "where": text}]
    finding = {
        **FINDING,
        "summary": text,
        "evidence_for": evidence,
        "evidence_against": evidence,
        "owner": text,
        "advice": text,
        "needs_evidence": [text],
        "docs": text,
    }
    return result(
        findings=[finding],
        missing=[text],
        interrupted_journals=[text],
        taken="2026-11-23T12:00:00Z",
        plan={
            "steps": [{"op": text, "reason": text, "service": text}],
            "blocked": [{"finding": FINDING["id"], "summary": text, "detail": text, "guard": text}],
        },
        forecast=[{"kind": "certificate", "when": text, "days": 1, "what": text, "why": text, "finding": text}],
        host={"name": text, "build": 20348, "domain": text, "port": 3389},
        certificate={
            "source": text,
            "thumbprint": text,
            "subject": text,
            "not_after": "2026-12-23T12:00:00Z",
            "days_left": 30,
        },
    )


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_picture_counts_every_known_certificate(count: int) -> None:
    fleet = Fleet.of(results(count))
    picture = chart(fleet)
    assert sum(column["count"] for column in picture["bars"]) == sum(host.ends is not None for host in fleet.hosts)
    for column in picture["bars"]:
        assert column["x"] >= 0 and column["x"] + column["width"] <= picture["width"] and column["top"] >= 10
        assert (
            abs(
                sum(part["height"] for part in column["parts"])
                - (picture["floor"] - min(part["y"] for part in column["parts"]))
            )
            < 0.3
        )


def test_the_picture_tells_who_is_renewed_by_nobody() -> None:
    def host(days: int, source: str = "self_signed", **more: Any) -> dict[str, Any]:
        end = f"2026-{11 + (22 + days) // 31:02d}-{(22 + days) % 31 + 1:02d}T12:00:00Z"
        return result(
            taken="2026-11-23T12:00:00Z", certificate={"source": source, "not_after": end, "days_left": days}, **more
        )

    stopped = [{**FINDING, "id": "machine_keys.folder_hardened"}]
    bars = chart(Fleet.of({"a": host(2), "b": host(3, "pin"), "c": host(4, findings=stopped), "d": host(-3)}))["bars"]
    assert [[(part["kind"], part["height"]) for part in column["parts"]] for column in bars] == [
        [("ended", 14)],
        [("alone", 28), ("renewed", 14)],
    ]
    assert chart(Fleet.of({"a": result()})) == {"bars": []}


# For programs ---------------------------------------------------------------------------------------------------------


def test_json_has_all_that_the_page_and_its_own_description_have() -> None:
    """What was asked beside the cause is on the page; a program that reads the JSON must not be told less."""
    compared = {"reference": "WEB02", "differences": [], "not_compared": ["section tls was not read"]}
    since = {"since": "2026-11-23T00:00:00Z", "changes": [], "not_told": ["when a setting was changed"]}
    asked = {"compared": compared, "changed_since": since, "client_arrival": {"summary": "no connection reached it"}}
    fleet = Fleet.of({"web01": result(**asked)})
    host, text = json.loads(to_json(fleet, "x"))["hosts"]["web01"], Page(to_html(fleet, "x")).text
    assert {key: host[key] for key in asked} == {**asked, "client_arrival": "no connection reached it"}
    for told in (*compared["not_compared"], *since["not_told"], host["client_arrival"]):
        assert told in text
    docs = (Path(__file__).parents[4] / "docs/report.md").read_text(encoding="utf-8")
    row = re.search(r"^\| `hosts` \| by name: (.*) \|$", docs, re.MULTILINE)
    assert row and set(re.findall(r"`(\w+)`", row[1])) == set(host)


def test_json_has_every_host_and_finding(fleet: Fleet) -> None:
    text = to_json(fleet, "x")
    document = json.loads(text)
    assert set(document) == {
        "schema_version",
        "title",
        "assessed_at",
        "summary",
        "notes",
        "counts",
        "causes",
        "forecast",
        "hosts",
    }
    assert (
        document["counts"] == fleet.counts
        and len(document["hosts"]) == 300
        and document["assessed_at"] == "2026-11-23T12:00:00Z"
    )
    for host in fleet.hosts:
        kept = document["hosts"][host.name]
        assert (
            kept["verdict"] == host.verdict
            and kept["findings"] == host.findings
            and kept["client_gets_in"] is host.gets_in
        )
    shuffled = Fleet.of(dict(reversed(results(300).items())))
    assert (
        to_json(shuffled, "x") == text
        and to_html(shuffled, "x") == to_html(fleet, "x")
        and to_csv(shuffled) == to_csv(fleet)
    )


def test_csv_has_a_row_for_each_finding(fleet: Fleet) -> None:
    rows = list(csv.DictReader(io.StringIO(to_csv(fleet), newline="")))
    assert len(rows) == sum(max(1, len(host.findings)) for host in fleet.hosts) and tuple(rows[0]) == COLUMNS
    assert {(row["host"], row["finding"]) for row in rows} == {
        (host.name, id_) for host in fleet.hosts for id_ in host.ids or [""]
    }


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_is_a_formula(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    rows = list(csv.reader(io.StringIO(to_csv(Fleet.of({text: _everywhere(text)})), newline="")))
    assert len(rows) == 2 and not any(cell.startswith(start) for cell in rows[1]) and f"'{text}" in rows[1]


LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"'
SAMPLE = re.compile(rf"(?P<name>winops_rdp_[a-z_]+)\{{(?P<labels>{LABEL}(?:,{LABEL})*)\}} (?P<value>-?\d+)")


def _samples(text: str) -> dict[tuple[str, str], int]:
    """The text as the format's grammar has it: HELP and TYPE once before the samples of a metric, no sample twice."""
    found: dict[tuple[str, str], int] = {}
    described: list[str] = []
    current = ""
    lines = text.split("\n")
    assert lines.pop() == "", "it ends with a line feed"
    for line in lines:
        if line.startswith("# HELP "):
            current = line.split(" ")[2]
            assert current not in described and len(line.split(" ")) > 3
            described.append(current)
        elif line.startswith("# TYPE "):
            assert line == f"# TYPE {current} gauge"
        else:
            sample = SAMPLE.fullmatch(line)
            assert sample and sample["name"] == current, line
            assert (current, sample["labels"]) not in found
            found[current, sample["labels"]] = int(sample["value"])
    return found


def test_prometheus_reads_the_metrics(fleet: Fleet) -> None:
    samples = _samples(to_prometheus(fleet))
    assert {labels: value for (name, labels), value in samples.items() if name == "winops_rdp_hosts"} == {
        f'verdict="{verdict}"': number for verdict, number in fleet.counts.items()
    }
    assert sum(name == "winops_rdp_verdict" for name, _labels in samples) == 300
    assert sum(name == "winops_rdp_finding" for name, _labels in samples) == sum(len(host.ids) for host in fleet.hosts)
    host = next(host for host in fleet.hosts if host.ends)
    ends = samples["winops_rdp_certificate_not_after_timestamp_seconds", f'host="{host.name}",source="self_signed"']
    assert host.ends and ends == host.ends.timestamp()
    inside = [value for (name, _labels), value in samples.items() if name == "winops_rdp_client_gets_in"]
    assert set(inside) == {0, 1} and len(inside) == sum(host.gets_in is not None for host in fleet.hosts)


@pytest.mark.parametrize("text", NAMES)
def test_labels_are_escaped(text: str) -> None:
    samples = _samples(to_prometheus(Fleet.of({text: _everywhere(text)})))
    labels = [labels for name, labels in samples if name == "winops_rdp_verdict"]
    told = re.match(r'host="((?:[^"\\]|\\.)*)"', labels[0])
    assert told and told[1].replace("\\n", "\n").replace('\\"', '"').replace("\\\\", "\\") == text
