# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents from public reports: the right cause first, nothing wrong proven, a plan that an expert would sign, and
words that their readers know."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import cache

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    PROVEN,
    SCHANNEL,
    SECURITY,
    Finding,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

from tests.hosts.snapshots import probe, utc
from tests.hosts.windows import event_entry
from tests.incidents.score import FOLDER, NOTHING, Incident, Verdict, incidents, judged, signed
from tests.profiles import some
from tests.tools import accuracy

# The files that they stand in. Not the incidents themselves: each worker would read them all to name its tests.
KINDS = (*accuracy.KINDS,)


def test_the_set_is_large_and_its_names_are_told_apart() -> None:
    assert len(incidents()) >= 72 and len({one.name for one in incidents()}) == len(incidents())
    assert {one.kind for one in incidents()} == {*KINDS}


def _of(kind: str) -> list[Verdict]:
    return [verdict for verdict in judged() if verdict.incident.kind == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_an_incident_is_well_formed(kind: str) -> None:
    for verdict in _of(kind):
        incident, name = verdict.incident, str(verdict.incident)
        assert incident.right in (NOTHING, *catalogue.ALL), name
        assert verdict.unread == incident.bundle["snapshot"]["errors"], name
        about = incident.bundle["about"]
        assert re.search("https?://", about.get("source") or about["report"]) or "same" in about["report"], name


@pytest.mark.parametrize("kind", KINDS)
def test_the_right_cause_is_first(kind: str) -> None:
    """One that is known to be missed says why, and is told when it no longer is."""
    other = {
        str(one.incident): one.diagnosis.findings
        for one in _of(kind)
        if (one.right_in(1) and one.right_owner) != (one.incident.missed is None)
    }
    assert other == {}
    assert {str(one.incident): one.wrong_proven for one in _of(kind) if one.wrong_proven} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_the_plan_is_the_one_that_is_signed(kind: str) -> None:
    """Where none is written down, nothing is done."""
    assert {str(one.incident): one.steps for one in _of(kind) if one.steps != one.incident.plan} == {}


def test_each_plan_that_is_signed_is_of_an_incident_and_does_something() -> None:
    assert signed().keys() <= {one.name for one in incidents()} and all(signed().values())


_STILL = "service.restart TermService, if clients still do not get in"
# What is done although the section that would tell against it was not read, and why an expert signs it all the same.
_DONE_UNREAD = {
    # Only the log and the folder's access list tell that a renewal fails. It takes nothing away where they were not
    # read, and the run ends where no certificate comes, so that the restart behind it is one for a certificate.
    "key_files": ("certificate.renew the listener's own certificate", _STILL),
    # A start that fails again leaves the service as it was, stopped.
    "events": (
        "certificate.renew the listener's own certificate",
        _STILL,
        "service.start TermService",
        "service.start UmRdpService",
    ),
}
_RANKS = (POSSIBLE, LIKELY, PROVEN)


def _surest(verdict: Verdict) -> dict[str, int]:
    """The confidence of each finding; of several of one id the highest."""
    found: dict[str, int] = {}
    for one in verdict.diagnosis.findings:
        found[one.id] = max(_RANKS.index(one.confidence), found.get(one.id, 0))
    return found


@pytest.mark.takes_long
@pytest.mark.parametrize(("at", "section"), [*enumerate(contract.SECTIONS)])
def test_without_a_section_nothing_is_surer_and_nothing_more_is_done(at: int, section: str) -> None:
    """And nothing wrong is proven. The usual run takes one incident of sixteen for each section, others for the next;
    ``make accuracy`` counts all of them."""
    less = [incident.without(section).judge() for incident in some(incidents(), 16, at)]
    assert {one.incident.name: one.wrong_proven for one in less if one.wrong_proven} == {}
    _expect_no_more(less, some(judged(), 16, at), section)


def _expect_no_more(less: Iterable[Verdict], whole: Iterable[Verdict], section: str) -> None:
    surer, done = {}, {}
    for one, full in zip(less, whole, strict=True):
        before = _surest(full)
        surer[one.incident.name] = [id_ for id_, rank in _surest(one).items() if rank > before.get(id_, rank)]
        done[one.incident.name] = {*one.steps} - {*full.steps, *_DONE_UNREAD.get(section, ())}
    assert {name: ids for name, ids in surer.items() if ids} == {}
    assert {name: steps for name, steps in done.items() if steps} == {}


def _telling(verdict: Verdict) -> bool:
    """Whether what holds a plan back, or makes it doubtful, was read in one section."""
    ids = {"certificate.renewal_failing", "service.cannot_start", "service.crashing", "listener.adapter_gone"}
    return bool({*verdict.ids} & {*ids, "system.home_edition", "system.setup_unfinished", "system.disk_full"})


@pytest.mark.parametrize("section", ["host", "registry", "network"])
def test_without_what_would_tell_that_it_is_in_vain_nothing_is_done(section: str) -> None:
    """In each run for those incidents that have such a reason: one of sixteen would seldom be one of them."""
    whole = [verdict for verdict in judged() if _telling(verdict)]
    assert len(whole) > 60
    _expect_no_more((one.incident.without(section).judge() for one in whole), whole, section)


def test_no_other_cause_is_proven_where_the_services_that_are_one_were_not_read() -> None:
    less = [one.without("services").judge() for one in incidents() if one.right.startswith("service.")]
    assert less and {one.incident.name: one.wrong_proven for one in less if one.wrong_proven} == {}


def _with_what_every_host_logs(incident: Incident) -> Incident:
    """A password that somebody mistyped and a client that broke off its handshake, hours before."""
    whole, at = incident.bundle["snapshot"], utc(parse(incident.bundle["taken"]) - timedelta(hours=9))
    events = copy.deepcopy(whole["sections"]["events"])
    for log, provider, number, numbers in (
        ("Security", SECURITY, 4625, [0xC000006D, 0xC000006A, 3]),
        ("System", SCHANNEL, 36888, [10, 1203]),
    ):
        row = {"log": log, "provider": provider, "id": number}
        events["counts"].append({**row, "count": 2, "first": at, "last": at})
        events["entries"] += [event_entry(log, provider, number, at, numbers=numbers)] * 2
    snapshot = {**whole, "sections": {**whole["sections"], "events": events}}
    return replace(incident, bundle={**incident.bundle, "snapshot": snapshot})


def test_what_every_host_logs_changes_neither_cause_nor_plan() -> None:
    """The usual run takes one incident of each cause, and every tenth."""
    verdicts = [verdict for verdict in judged() if "events" in verdict.incident.bundle["snapshot"]["sections"]]
    one_of_each = {verdict.incident.right: verdict for verdict in verdicts}
    tried = {verdict.incident.name: verdict for verdict in (*one_of_each.values(), *some(verdicts, 10))}
    changed = {}
    for name, verdict in tried.items():
        noisy = _with_what_every_host_logs(verdict.incident).judge()
        of_first = slice(1 if verdict.ids or verdict.incident.right == NOTHING else 0)
        if (noisy.wrong_proven, noisy.steps, noisy.ids[of_first]) != ([], verdict.steps, verdict.ids[of_first]):
            changed[name] = noisy.wrong_proven, noisy.steps, noisy.ids
    assert changed == {}


PAGE = FOLDER.parents[1] / "docs/accuracy.md"


def test_the_page_shows_nothing_wrong_that_is_proven() -> None:
    """It counts all incidents for each section, of which the usual run takes some."""
    columns: dict[str, list[int]] = {"Kind": [], "Missing": []}
    table, at = "", 0
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if "Wrong proven" in cells:
            table, at = cells[0], cells.index("Wrong proven")
        elif not line.startswith("|"):
            table = ""
        elif table and cells[0].strip("-"):
            columns[table].append(int(cells[at]))
    assert len(columns["Missing"]) == len(contract.SECTIONS) and len(columns["Kind"]) == len(accuracy.KINDS) + 1
    assert not any(columns["Missing"] + columns["Kind"])


@pytest.mark.takes_long
def test_the_page_is_that_of_this_code() -> None:
    """The usual run counts the table of sections that are missing for one of them."""
    counted = some(contract.SECTIONS, len(contract.SECTIONS))
    others = tuple(f"| {name} |" for name in contract.SECTIONS if name not in counted)
    page = PAGE.read_text(encoding="utf-8")
    shown = "".join(line for line in page.splitlines(keepends=True) if not line.startswith(others))
    assert shown == accuracy.page(counted), "run make accuracy"


# What findings say on them: numbers in words, and commands that are the same in any shell.

# Numbers of Windows that mean nothing to who reads them, where no word follows in parentheses.
_BARE = re.compile(
    r"(?<!\()\b(?:state|start type) \d+(?!\d| \()|\bhas status \d+(?!\d| [A-Z])"
    r"|purposes: 1[\d.]+(?![\d.]| \()|\b1 times\b"
)
# What cmd and PowerShell read otherwise: variables of cmd, a block of PowerShell's, its parentheses, an argument that
# PowerShell leaves out.
_OF_ONE_SHELL = re.compile(r"%TEMP%|(?<!\")\{current\}|(?<!\")\*S-1-[\d-]+:\(|password= \"\"")


@cache
def _findings() -> tuple[Finding, ...]:
    return tuple(finding for verdict in judged() for finding in verdict.diagnosis.findings)


def test_states_types_and_statuses_are_in_words() -> None:
    texts = {one.fact for finding in _findings() for one in finding.evidence_for}
    texts |= {finding.summary for finding in _findings()}
    assert sum("state 1 (stopped)" in text for text in texts) > 10
    assert sorted(text for text in texts if _BARE.search(text)) == []


def test_commands_are_the_same_in_any_shell() -> None:
    texts = {finding.advice or "" for finding in _findings()}
    assert sum("icacls" in text for text in texts) > 3
    assert sorted(text for text in texts if _OF_ONE_SHELL.search(text)) == []


def test_what_only_a_logon_meets_is_not_shown_by_a_look_without_one() -> None:
    seen = [finding for finding in _findings() if finding.type.behind_look]
    assert any("a logon with an account" in text for one in seen for text in one.needs_evidence)
    assert [one.id for one in seen if any("reaches the logon" in item.fact for item in one.evidence_for)] == []


def test_no_fault_that_keeps_everybody_out_stands_against_a_client_that_gets_in() -> None:
    """Whatever was read. What a look without an account does not come to may still keep people out, and is proven where
    a user's client has met it. The usual run takes every third.
    """
    for incident in some(incidents(), 3):
        gets_in = replace(incident, bundle={**incident.bundle, "probe": probe()})
        critical = [one for one in gets_in.judge().diagnosis.findings if one.severity == CRITICAL]
        assert [one.id for one in critical if not one.type.behind_look] == [], incident.name
        proven = [one for one in critical if one.confidence == PROVEN]
        assert all("the user's client" in [item.where for item in one.evidence_for] for one in proven), incident.name
