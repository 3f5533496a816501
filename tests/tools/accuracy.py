# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write ``docs/accuracy.md``: how often the diagnosis names the right cause of incidents that others reported.

    python -m tests.tools.accuracy
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract  # noqa: E402

from tests.incidents.score import Incident, Verdict, incidents  # noqa: E402

KINDS = {
    "services": "services that are gone, cannot start or die",
    "handshake": "TLS: versions, suites, keys, certificates",
    "looks": "what a look shows against what the registry says",
    "nolook": "nobody looked from outside",
    "nla": "logons that fail in Network Level Authentication",
    "session": "after the logon",
    "places": "editions, ports, farms, licences",
    "renewal": "certificates whose renewal cannot succeed",
    "codes": "what the user's client shows",
    "products": "security products, firewalls, networks",
    "healthy": "healthy hosts",
}
_HEAD = """# Accuracy

How often the diagnosis names the right cause of an incident that others met: {count} incidents from public reports and documentation. Each is a few lines in
[tests/incidents](../tests/incidents), with its source: the evidence that the report gives, over a healthy host of its build. `make accuracy` writes this page from
them. An incident that is missed stays in.

They were written by the authors of the rules, so the figures say that nothing known is missed, not how well an unknown host is judged.

- **right first**: the cause is the first finding, with its owner. On a healthy host: nothing is found but suspicions.
- **right in three**: it is among the first three.
- **wrong proven**: another cause that keeps clients out is called *proven*. There must be none.
- **plan signed**: of the incidents whose right plan is written down, those with exactly that plan.

## By kind

| Kind | Incidents | Right first | Right in three | Wrong proven | Plan signed |
|---|---|---|---|---|---|
"""
_LESS = """
## With one section missing

The same incidents, each as if the host had not given one part of its answer. What cannot be read is never taken to be in order: the right cause may sink or be
missed, and nothing wrong may be proven.

| Missing | Right first | Right in three | Wrong proven |
|---|---|---|---|
"""
_MISSES = """
## Missed, and why

"""
_PLANS = """
## Plans that were changed

What an expert would not have signed, and what the plan is now:

| Incident | It would have | Now |
|---|---|---|
| Windows Home, nothing listens | restarted SessionEnv and TermService, and waited for a certificate | nothing: no setting makes that edition listen |
| port in the range that Windows hands out | restarted TermService | nothing: the port stays reserved; the port or the reservation is a decision |
| TermService stopped, ServiceDll replaced, empty or missing; exit code 126, 5, 1053, 1067, 1075, 1297 | started TermService | nothing: the start that just failed cannot succeed; the advice names the one thing to put right |
| SecurityLayer 0 beside NLA, and a client gets in without TLS | set SecurityLayer 2, on a host without a certificate too | nothing by default: clients get in, and tightening is asked for |
| certificate ended, and the provider refuses to make keys (0x80090008) | deleted the certificate and waited for another | nothing: none would come |
| certificate ended, and the folder of keys denies SYSTEM | deleted the certificate and waited for another | nothing: none would come; the denial is named |
| host started minutes ago with a certificate that ended meanwhile | deleted the certificate and restarted the services | nothing: Windows renews it when SessionEnv has come to it |
| channel status 5 (asked by an account that may not know) | called the trust broken | no finding |
"""


def page() -> str:
    """The whole page."""
    judged = [one.judge() for one in incidents()]
    kinds = [(words, [verdict for verdict in judged if verdict.incident.kind == kind]) for kind, words in KINDS.items()]
    text = _HEAD.format(count=len(judged))
    text += "".join(_row(words, found) for words, found in kinds if found)
    text += _row("**all**", judged)
    text += _LESS + "".join(_less(name) for name in contract.SECTIONS)
    text += _MISSES + ("".join(_miss(verdict.incident) for verdict in judged if verdict.incident.missed) or "None.\n")
    return text + _PLANS


def _row(words: str, verdicts: list[Verdict]) -> str:
    signed = [verdict.right_plan for verdict in verdicts if verdict.incident.plan is not None]
    plans = f"{sum(signed)} of {len(signed)}" if signed else ""
    return f"| {words} | {len(verdicts)} | {_counts(verdicts)} | {plans} |\n"


def _counts(verdicts: Iterable[Verdict]) -> str:
    verdicts = list(verdicts)
    first = sum(verdict.right_in(1) and verdict.right_owner for verdict in verdicts)
    three = sum(verdict.right_in(3) for verdict in verdicts)
    return f"{first} | {three} | {sum(bool(verdict.wrong_proven) for verdict in verdicts)}"


def _less(section: str) -> str:
    return f"| {section} | {_counts(one.without(section).judge() for one in incidents())} |\n"


def _miss(incident: Incident) -> str:
    return f"- {incident.name} (right: {incident.right}): {incident.missed}\n"


def main() -> None:
    (ROOT / "docs/accuracy.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
