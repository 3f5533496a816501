# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write ``docs/accuracy.md``: how often the diagnosis names the right cause of incidents that others reported.

python -m tests.tools.accuracy
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract  # noqa: E402

from tests.incidents.score import FOLDER, Incident, Verdict, judged  # noqa: E402

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
    "unseen": "reports of all kinds, written down before the rules were asked",
    "unseen2": "a second round of these, many in other languages",
    "unseen3": "a third round, of services, certificates, TLS and logs",
    "unseen4": "a fourth round, of logons, networks, gateways and words",
    "unseen5": "a fifth round, of what a host itself shows",
    "unseen6": "a sixth round, of vendors' pages, hardening, farms, products and other clients",
    "unseen7": "a seventh round, of images, hardening, wrappers, farms and other clients",
    "unseen8": "an eighth round, of password stores, drivers, tunnels, patched hosts and other clients",
    "unseen9": "a ninth round, of updates, cloud images, Entra, farms, second factors and balancers",
    "unseen10": "a tenth round, of two faults at once, unread sections, and the clouds' own pages",
    "unseen11": "an eleventh round, of agents, bastions, connection managers, images, wrappers and other clients",
    "unseen12": "a twelfth round, along the kinds of fault that once came out wrong",
    "unseen13": "a thirteenth round, of pasted dialogs, refused logons, renewals and places",
    "unseen14": "a fourteenth round, along all kinds of fault, among what a real host shows besides",
    "unseen15": "a fifteenth round, of what clients show, places and words",
    "unseen16": "a sixteenth round, of logons, what comes after them, and what is pasted from clients",
    "unseen17": "a seventeenth round, of hosts, their logs, logons, certificates and places",
    "unseen18": "an eighteenth round, of what people paste",
    "unseen19": "a nineteenth round, in the order and proportion in which reports come",
    "unseen20": "a twentieth round, of what people paste in eleven languages of western and northern Europe",
    "unseen21": "a round of what people paste in eastern and Asian languages",
    "unseen22": "a round of tickets and posts in English, as users and administrators write them",
    "unseen23": "a round of other inputs of the kinds that once came out wrong",
    "unseen24": "a round of what comes to a help desk: texts, hosts whose symptom is not their cause, hosts in order",
    "unseen25": "a round of the first six kinds that once came out wrong, with more than one thing amiss",
    "unseen26": "a round of places, renewals, dialogs, products, and codes against hosts in order",
    "unseen27": "a round of hosts of all kinds that once came out wrong, most without any words of a user",
    "unseen28": "a round of dialogs in many languages beside a host with two things amiss",
    "unseen29": "a round of all eleven kinds, with second faults, unread sections and noise",
    "misleading": "hosts in order that could mislead, written down with the ninth round",
    "misleading10": "hosts in order, or odd and harmless, written down with the tenth round",
    "misleading11": "hosts in order, or odd and harmless, written down with the eleventh round",
    "misleading12": "hosts in order that look ill, and dialogs of other programs, written down with the twelfth round",
    "misleading13": "hosts that look ill, and dialogs of other programs, written down with the thirteenth round",
    "misleading14": "hosts in order with something odd, written down with the fourteenth round",
    "misleading17": "hosts in order with something odd, written down with the seventeenth round",
    "misleading23": "hosts in order with something odd, written down with that round",
}


def page(sections: Iterable[str] | None = None) -> str:
    """The whole page, and what is left where one of these sections is missing; None stands for all of them."""
    every = judged()
    if not KINDS.keys() >= {verdict.incident.kind for verdict in every}:
        raise KeyError("a kind of incidents has no words here")
    kinds = [(words, [verdict for verdict in every if verdict.incident.kind == kind]) for kind, words in KINDS.items()]
    rows = [_row(words, found) for words, found in kinds if found]
    missed = [_miss(verdict.incident) for verdict in every if verdict.incident.missed]
    return (
        (FOLDER / "page.txt")
        .read_text(encoding="utf-8")
        .format(
            count=len(every),
            kinds="".join((*rows, _row("**all**", every))),
            less="".join(_less(name) for name in sections or contract.SECTIONS),
            missed="".join(missed) or "None.\n",
        )
    )


def _row(words: str, verdicts: Sequence[Verdict]) -> str:
    plans = f"{sum(verdict.right_plan for verdict in verdicts)} of {len(verdicts)}"
    return f"| {words} | {len(verdicts)} | {_counts(verdicts)} | {plans} |\n"


def _counts(verdicts: Sequence[Verdict]) -> str:
    first = sum(verdict.right_in(1) and verdict.right_owner for verdict in verdicts)
    three = sum(verdict.right_in(3) for verdict in verdicts)
    return f"{first} | {three} | {sum(bool(verdict.wrong_proven) for verdict in verdicts)}"


def _less(section: str) -> str:
    return f"| {section} | {_counts(judged(section))} |\n"


def _miss(incident: Incident) -> str:
    return f"- {incident.name} (right: {incident.right}): {incident.missed}\n"


def main() -> None:
    (ROOT / "docs/accuracy.md").write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
