# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What findings say on the hosts of all incidents: numbers in words, and commands that are the same in any shell."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL, PROVEN, Finding

from tests.hosts.snapshots import probe
from tests.incidents.score import incidents, judged

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
    a user's client has met it.
    """
    for incident in incidents():
        gets_in = replace(incident, bundle={**incident.bundle, "probe": probe()})
        critical = [one for one in gets_in.judge().diagnosis.findings if one.severity == CRITICAL]
        assert [one.id for one in critical if not one.type.behind_look] == [], incident.name
        proven = [one for one in critical if one.confidence == PROVEN]
        assert all("the user's client" in [item.where for item in one.evidence_for] for one in proven), incident.name
