# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a host when a step goes wrong, for each step that there is and each way in which it can.

    python -m tests.bench.faults [--lab] [--only WORD] [--json FILE]

Each cell is a run of its own on the model: the change with the fault, then some minutes, an audit, a look at what could
be taken back, and the same change again. Afterwards the host must be as before or better, what ran must run, and
somebody must be told. A cell that is not so is printed, and the exit code is 1.

With ``--lab`` the host is a Wine prefix, with a real registry, real services and certificates, for all that Wine has.
"""

from __future__ import annotations

import argparse
import functools
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "collections")]

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult  # noqa: E402
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import verify  # noqa: E402

from tests.hosts import failing, importing  # noqa: E402
from tests.hosts.scenarios import SCENARIOS  # noqa: E402
from tests.hosts.steps import PERSON  # noqa: E402
from tests.hosts.windows import Windows, container_of, fresh_key, make_certificate  # noqa: E402
from tests.lab import faults as lab  # noqa: E402
from tests.twin.inprocess import Site  # noqa: E402

Json = dict[str, Any]
_BEFORE = "nothing was done"
# What a cell came to, the best first.
OUTCOMES = ("done", "taken back", "not all taken back", "interrupted", "failed", _BEFORE)


@dataclass(frozen=True)
class Change:
    """A module with its options on a host in a state; ``options`` are made for the host.

    ``closes``: clients are not to get in any more.
    ``place`` makes the host with its controller; without it, it is the model's, with the scenario.
    """

    name: str
    scenario: str
    module: str
    options: Callable[[Any], Json] = lambda _site: {}
    closes: bool = False
    place: Callable[[Path], Any] | None = None

    def at(self, folder: Path) -> Any:
        """The host and its controller, to be entered."""
        return self.place(folder) if self.place else Site(self.scenario, folder)


@dataclass(frozen=True)
class Row:
    """A step of a change: the one at this place of those that are done when all goes well."""

    change: Change
    at: int
    op: str
    findings: tuple[str, ...]
    reached: int  # how far a client came before
    changes: bool  # else what it is for had been done by the step before it: there is nothing to strike

    @property
    def name(self) -> str:
        return f"{self.change.name}: {self.at + 1} {self.op}"


@dataclass
class Cell:
    """What came of a row with a fault; ``wrong`` says what must not be so."""

    row: Row
    kind: str
    outcome: str
    wrong: list[str] = field(default_factory=list)


# What is asked for, beside the repairs --------------------------------------------------------------------------------


def _of(host: Windows, container: str) -> str:
    blobs = host.store("My").items()
    return next(thumbprint for thumbprint, blob in blobs if (container_of(blob) or ("",))[0] == container)


def _file(site: Site) -> Json:
    key = fresh_key()
    start = site.host.now() - timedelta(days=1)
    der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 4713)
    path = site.folder / "own.pfx"
    path.write_bytes(importing.pfx(der, key, "geheim"))
    return {"state": "bound", "src": str(path), "password": "geheim"}


def _by_name(finding: str, **behaviour: Any) -> Callable[[Site], Json]:
    """A repair that is tried only where its finding is named; ``behaviour`` is by what it helps."""

    def options(site: Site) -> Json:
        site.host.data["behaviour"].update(behaviour)
        return {"open": [finding]}

    return options


_ACCESS: Json = {"enabled": True, "profiles": ["private"], "remote_addresses": ["any"], "members": [PERSON]}
ASKED = (
    Change("bind a file", "healthy", "certificate", _file),
    Change(
        "bind by thumbprint",
        "pfx_default_acl",
        "certificate",
        lambda site: {"state": "bound", "thumbprint": _of(site.host, "te-pfx-1")},
    ),
    Change("renew by force", "healthy", "certificate", lambda _site: {"state": "renewed", "force": True}),
    Change("go back to self-signed", "pin_dead", "certificate", lambda _site: {"state": "self_signed"}),
    Change("restart TermService", "healthy", "service", lambda _site: {"name": "TermService", "state": "restarted"}),
    Change("restart SessionEnv", "healthy", "service", lambda _site: {"name": "SessionEnv", "state": "restarted"}),
    Change("turn off", "healthy", "listener", lambda _site: {"enabled": False}, closes=True),
    Change("set the level", "healthy", "listener", lambda _site: {"encryption_level": "fips"}),
    Change("open the key", "key_unreadable", "machine_keys"),
    Change(
        "harden by own policy",
        "nla_off",
        "listener",
        lambda _site: {"security_layer": "tls", "nla": True, "where": "local_policy"},
    ),
    Change("NLA off for a time", "healthy", "listener", lambda _site: {"nla": False, "for": "2h"}),
    Change("end that time", "nla_paused", "listener", lambda _site: {"nla": True}),
    Change("open the firewall", "firewall_rule_off", "firewall", lambda _site: {"profiles": ["private"]}),
    Change("access on", "rdp_off", "access", lambda _site: _ACCESS),
    Change("access at another port", "firewall_port", "access", lambda _site: _ACCESS),
    Change("access off", "healthy", "access", lambda _site: {"enabled": False}, closes=True),
    Change("set the clock", "clock_wrong", "remediate", _by_name("clock.wrong")),
    Change("the channel", "trust_broken", "remediate", _by_name("nla.trust_broken", password_fits=True)),
    Change(
        "enrol once",
        "template_no_ca",
        "remediate",
        _by_name("certificate.template_failing", ca_issues="default"),
    ),
    # Here and not among the repairs alone, so that a short run comes to its steps before them.
    Change("start what is disabled", "sessionenv_disabled_expired", "remediate"),
)


def repairs() -> Iterator[Change]:
    """The repair of each scenario, with what it asks for."""
    for name, scenario in SCENARIOS.items():
        if not scenario.fault and not scenario.client_only:
            asks = dict.fromkeys(scenario.asks, True)
            yield Change(name, name, "remediate", lambda _site, asks=asks: dict(asks))  # type: ignore[misc]


# Running --------------------------------------------------------------------------------------------------------------


def rows(change: Change) -> list[Row]:
    """The steps that are done when all goes well."""
    with tempfile.TemporaryDirectory() as folder, change.at(Path(folder)) as site:
        options, reached = change.options(site), site.reach()
        if not site.task(change.module, check=True, **options).get("plan", {}).get("steps"):
            return []
        done = site.task(change.module, **options)
    return [
        Row(change, at, step["op"], tuple(step["findings"]), reached, step["status"] != "unchanged")
        for at, step in enumerate(done.get("steps", ()))
        if step["status"] in ("done", "unchanged", "failed")
    ]


def outcome_of(result: Json) -> str:
    if result.get("reason") == "interrupted":
        return "interrupted"
    if "steps" not in result:
        return _BEFORE
    if not result.get("failed"):
        return "done"
    rollback = result.get("rollback")
    if not rollback:
        return "failed"
    return "taken back" if rollback["complete"] else "not all taken back"


def cell(row: Row, kind: str) -> Cell:
    """One run."""
    with tempfile.TemporaryDirectory() as folder, row.change.at(Path(folder)) as site:
        options = row.change.options(site)
        before, ran, endless = site.lasting(), site.running(), site.is_endless()
        site.inject(kind, row.at)
        result = site.task(row.change.module, **options)
        site.minutes_later()
        found = Cell(row, kind, outcome_of(result))
        now = site.lasting()
        is_off = row.change.closes and found.outcome in ("done", "interrupted")
        if not is_off and site.reach() < row.reached:
            found.wrong.append(f"clients come less far ({result.get('msg')})")
        found.wrong += [f"{name} does not run ({result.get('msg')})" for name in sorted(ran - site.running())]
        if site.is_endless() and not endless:
            found.wrong.append("NLA is off, and nothing ends that")
        found.wrong += _untold(site, found, result, now != before)
        if found.outcome == "interrupted" and now == before and ran == site.running():
            found.wrong += _offered(site)
        found.wrong += _next_run(site, row, options)
    return found


def _untold(site: Any, found: Cell, result: Json, is_changed: bool) -> list[str]:
    """What is different and nobody was told of, by this run or the next."""
    if found.outcome == "done":
        return []
    wrong = []
    kept = (result.get("rollback") or {}).get("kept")
    if found.outcome in ("taken back", _BEFORE, "failed") and is_changed and not (_renewed(result) or kept):
        wrong.append(f"{found.outcome}, and yet it is not as before")
    audit = site.task("diagnose")
    listed = site.task("restore", state="listed")
    restorable = {change["journal"] for change in listed["changes"] if change["restorable"]}
    known = {change["journal"] for change in listed["changes"]}
    said = result.get("msg") or ""
    if found.outcome == "interrupted" and ((result.get("journal") or {}).get("id") or "?") not in said:
        wrong.append(f"the journal is not named: {said}")
    if found.outcome in ("interrupted", "not all taken back"):
        ids = {journal["id"] for journal in result["journals"]}
        if is_changed and not ids & (known | set(audit["interrupted_journals"])):
            wrong.append("the next run does not know of it")
    vain = set(re.findall(r"winops\.rdp\.restore journal=([\w-]+)", said)) - restorable
    # Of a call that did not come to its end nobody knows what was done, and what there is to take back.
    if vain and not any(step["status"] == "unknown" for step in result["steps"]):
        wrong.append(f"nothing could be taken back with {', '.join(vain)}, and yet it is said: {said}")
    if not result.get("msg"):
        wrong.append("nothing was said")
    return wrong


def _offered(site: Any) -> list[str]:
    """What nobody has to take back, for nothing was changed, and is offered all the same."""
    listed = site.task("restore", state="listed")
    return [f"{one['what']} is offered, and nothing was changed" for one in listed["changes"] if one["restorable"]]


def _renewed(result: Json) -> bool:
    """A certificate that Windows has made meanwhile is no step's to take back."""
    return any(step["op"] in ("certificate.renew", "certificate.enrol") for step in result.get("steps", ()))


def _next_run(site: Any, row: Row, options: Json) -> list[str]:
    """The same again, with nothing in its way: it comes to its end."""
    site.next_run()
    again = site.task(row.change.module, **options)
    if again.get("failed") and site.repairable:
        return [f"the next run fails: {again['msg']}"]
    if not site.repairable or row.change.closes or site.reach() == _FULL:
        return []
    if row.change.module != "remediate":
        # What is asked for is so, and says what else is wrong: that is a repair's to do.
        again = site.task("remediate")
    if site.reach() < _FULL:
        return [f"clients do not get in after the next run: {again['summary']}"]
    return []


_FULL = verify.reach(ProbeResult({"stage": "session", "outcome": "ok"}))


# Telling --------------------------------------------------------------------------------------------------------------


def reduced(every: list[Row]) -> list[Row]:
    """One row for each finding and operation, and all of what is asked for."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in every:
        key = (row.op, *row.findings) if row.change.module == "remediate" else (row.name,)
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def one_of_each(ops: frozenset[str]) -> list[Row]:
    """The first row of each of these operations: as much as a run of all tests takes the time for."""
    kept: dict[str, Row] = {}
    for change in (*ASKED, *repairs()):
        for row in rows(change):
            kept.setdefault(row.op, row)
        if ops <= set(kept):
            break
    return list(kept.values())


def table(cells: list[Cell]) -> str:
    """By operation and fault, how many cells came to what."""
    width = max(len(outcome) for outcome in OUTCOMES)
    lines = [f"{'':34}" + "".join(f"{outcome:>{width + 2}}" for outcome in OUTCOMES)]
    for title, names in (("by fault", [one.kind for one in cells]), ("by step", [one.row.op for one in cells])):
        lines += ["", title]
        for name in sorted(set(names)):
            counts = Counter(one.outcome for one, of in zip(cells, names) if of == name)
            lines.append(f"  {name:32}" + "".join(f"{counts[outcome]:>{width + 2}}" for outcome in OUTCOMES))
    wrong = [one for one in cells if one.wrong]
    lines += ["", f"{len(cells)} cells, {len(wrong)} of them wrong"]
    lines += [f"  {one.row.name} / {one.kind} [{one.outcome}]: {'; '.join(one.wrong)}" for one in wrong]
    return "\n".join(lines)


def in_the_lab() -> list[Change]:
    """One for each operation that Wine has; keys' access lists and imports it has not."""
    asked: dict[str, tuple[str, Json]] = {
        "settings": ("remediate", {}),
        "service": ("remediate", {}),
        "expired": ("remediate", {}),
        "pin": ("remediate", {"drop_dead_pin": True}),
        "renew by force": ("certificate", {"state": "renewed", "force": True}),
        "restart TermService": ("service", {"name": "TermService", "state": "restarted"}),
        "restart SessionEnv": ("service", {"name": "SessionEnv", "state": "restarted"}),
    }
    found = []
    for name, (module, given) in asked.items():
        place = functools.partial(lab.Site, lab.SEEDS.get(name))
        found.append(Change(name, "", module, lambda _site, given=given: dict(given), place=place))  # type: ignore[misc]
    return found


def every_row(only: str = "", *, wine: bool = False) -> list[Row]:
    changes = in_the_lab() if wine else [*ASKED, *repairs()]
    return [row for change in changes if only in change.name for row in rows(change)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="changes whose name has this word")
    parser.add_argument("--lab", action="store_true", help="on Wine hosts, in the place of the model's")
    parser.add_argument("--reduced", action="store_true", help="one row for each finding and operation")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    chosen = every_row(options.only, wine=options.lab)
    if options.reduced:
        chosen = reduced(chosen)
    cells = [cell(row, kind) for row in chosen for kind in failing.KINDS]
    print(table(cells))
    if options.json:
        told = [{"row": one.row.name, "fault": one.kind, "outcome": one.outcome, "wrong": one.wrong} for one in cells]
        options.json.write_text(json.dumps(told, indent=1) + "\n")
    return 1 if any(one.wrong for one in cells) else 0


if __name__ == "__main__":
    sys.exit(main())
