# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a report is about: the results of many hosts, in one form, counted and grouped."""

from __future__ import annotations

import contextlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import (
    BROKEN,
    DEGRADED,
    HEALTHY,
    OFF,
    UNKNOWN,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CRITICAL
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, documents, text
from ansible_collections.winops.rdp.plugins.plugin_utils.host.schema import first_fault
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.steps import Step
from ansible_collections.winops.rdp.plugins.plugin_utils.report import commands
from ansible_collections.winops.rdp.plugins.plugin_utils.results.schema import RESULT

Json = dict[str, Any]

UNREACHABLE, FAILED = "unreachable", "failed"
# The most urgent first.
VERDICTS = (BROKEN, UNREACHABLE, FAILED, UNKNOWN, DEGRADED, OFF, HEALTHY)

# With these, the next renewal of a certificate is not to be counted on.
_NO_RENEWAL = frozenset(entry.id for entry in catalogue.ALL.values() if entry.blocks_renewal)
_YEARS = range(2000, 2200)
# What an entry may leave out.
_FINDING: Json = {
    "title": None,
    "evidence_for": [],
    "evidence_against": [],
    "owner": None,
    "advice": None,
    "by_hand": None,
    "needs_evidence": [],
    "docs": None,
    "target": None,
    "automatic": None,
}
_STEP: Json = {"reason": None, "cost": None, "status": None}
_BLOCKED: Json = {"detail": None, "guard": None}
_EXPECTED: Json = {"when": None, "days": None, "why": None, "finding": None}


# How what is left says by which option of a repair it is done.
_ASKED = re.compile(
    r"(?<![\w.])(?:rdp_remediate_)?(allow_disconnect|drop_dead_pin|open|tighten)=([a-z_]+(?:\.[a-z_]+)?)"
)


class ReportError(ValueError):
    """Results that no report can be made of; the message is one sentence."""


def moment(text: str | None) -> datetime | None:
    """A UTC time as results write it."""
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        return parse(text or "")
    return None


def _target(step: Json) -> str | None:
    """What a step changes, in a few words."""
    with contextlib.suppress(KeyError):
        return Step(step["op"], step, "").target
    return None


def _step_rows(steps: list[Json] | None) -> list[Json]:
    """Steps as the page lists them; that a renewal was waited for is none to people."""
    return [
        {**_STEP, **step, "target": _target(step)} for step in steps or () if step["op"] != "certificate.wait_renewed"
    ]


def title_of(finding: Json) -> str:
    """A finding's own title, or the catalogue's of its id; one that this version does not know is called by its id."""
    known = catalogue.ALL.get(finding["id"])
    return str(finding.get("title") or (known.title if known else finding["id"]))


def is_own_policy(finding: Json) -> bool:
    """Whether it is for the host's own Group Policy to change, and a command does that."""
    options = (finding["target"] or {}).get("own_policy")
    return isinstance(options, dict) and all(
        name in (*contract.OPTIONS, "where") and isinstance(value, str) and re.fullmatch("[a-z_]+", value)
        for name, value in options.items()
    )


def fault_of(result: Any) -> str | None:
    """Why this is no result that can be reported on, as one clause; None if it is one."""
    odd = documents.fault(result)
    if odd or _is_failure(result):
        return odd
    return first_fault(result, RESULT, "result")


def _is_failure(result: Any) -> bool:
    """Whether it says of a host that it could not be reached or judged."""
    return isinstance(result, Mapping) and bool(
        result.get("unreachable") or (result.get("failed") and "verdict" not in result)
    )


@dataclass(frozen=True)
class Host:
    """One host of the fleet.

    ``message`` says why there is no verdict; everything that a result may leave out is empty or None then.
    ``pattern`` names it to Ansible, where a name can; ``inventory`` is what commands name to have it there.
    """

    name: str
    verdict: str
    message: str | None
    result: Json
    pattern: str | None = None
    inventory: tuple[str, ...] = commands.ANY_INVENTORY

    @classmethod
    def of(
        cls,
        name: str,
        result: Any,
        groups: Iterable[str] = (),
        inventory: tuple[str, ...] = commands.ANY_INVENTORY,
    ) -> Host:
        """From what ``winops.rdp.diagnose`` or ``winops.rdp.remediate`` returned; ``groups`` are the inventory's."""
        fault = fault_of(result)
        if fault:
            return cls(name, FAILED, f"this is not a result of winops.rdp.diagnose ({fault}); audit the host again", {})
        if _is_failure(result):
            return cls(
                name,
                UNREACHABLE if result.get("unreachable") else FAILED,
                str(result.get("msg") or "no reason was given"),
                {},
            )
        return cls(
            name,
            result.get("verdict_after") or result["verdict"],
            str(result["msg"]) if result.get("failed") and result.get("msg") else None,
            result,
            commands.pattern(name, groups),
            inventory,
        )

    @property
    def repaired(self) -> bool:
        """Whether the result is of a repair that did something; findings and verdict are then those afterwards."""
        return self.result.get("findings_after") is not None

    @cached_property
    def findings(self) -> list[Json]:
        found = self.result["findings_after"] if self.repaired else self.result.get("findings") or ()
        return [{**_FINDING, **finding, "title": title_of(finding)} for finding in found]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(finding["id"] for finding in self.findings))

    @cached_property
    def probe(self) -> Json | None:
        verified = self.result.get("verified") or {}
        probe = verified.get("after") or verified.get("before") or self.result.get("probe")
        return probe if isinstance(probe, dict) and {"host", "port", "stage", "outcome"} <= set(probe) else None

    @property
    def gets_in(self) -> bool | None:
        """Whether a client gets in; None if nobody looked."""
        return ProbeResult(self.probe).logon_reached if self.probe else None

    @property
    def view(self) -> str:
        """What a client saw, in a few words."""
        if self.probe:
            return ProbeResult(self.probe).summary
        if not self.result:
            return ""
        return str(self.result.get("client_summary") or ProbeResult().summary)

    @property
    def about(self) -> Json:
        return {
            "name": None,
            "product": None,
            "build": None,
            "domain": None,
            "port": None,
            **(self.result.get("host") or {}),
        }

    @property
    def certificate(self) -> Json:
        return self.result.get("certificate") or {}

    @cached_property
    def ends(self) -> datetime | None:
        """When the certificate ends that the listener is bound to."""
        return moment(self.certificate.get("not_after"))

    @cached_property
    def assessed_at(self) -> datetime | None:
        """When the host was read."""
        found = moment(self.result.get("assessed_at"))
        days = self.certificate.get("days_left")
        if not found and self.ends and days is not None:
            with contextlib.suppress(OverflowError):
                found = self.ends - timedelta(days=days)
        # The page counts weeks and months from here: a year that no host was read in would move all other dates.
        return found if found and found.year in _YEARS else None

    @property
    def forecast(self) -> list[Json]:
        return [{**_EXPECTED, **item} for item in self.result.get("forecast") or ()]

    @property
    def unread(self) -> list[str]:
        """What could not be read of the host."""
        return list(self.result.get("unread") or ())

    @property
    def comparison(self) -> Json | None:
        """How the host differs from one that works, if that was asked."""
        return self.result.get("compared")

    @property
    def changed_since(self) -> Json | None:
        """What changed on it since a moment, if that was asked."""
        return self.result.get("changed_since")

    @property
    def client_arrival(self) -> str | None:
        """Whether a client's address reached it, in words, if that was asked."""
        arrival = self.result.get("client_arrival")
        return str(arrival["summary"]) if arrival else None

    @property
    def run(self) -> str | None:
        """The run that changed the host, by which it can be taken back; None if it was left as it is."""
        return self.result.get("run") if self.result.get("changed") else None

    @property
    def why_taken_back(self) -> str | None:
        """Why what was done has been taken back, if it has been."""
        return (self.result.get("rollback") or {}).get("why") if self.result.get("rolled_back") else None

    @property
    def interrupted_journals(self) -> list[str]:
        """Journals of repairs that were interrupted."""
        return list(self.result.get("interrupted_journals") or ())

    @property
    def alone(self) -> bool:
        """Whether the certificate is renewed by nobody: chosen by hand, or its renewal is expected to fail."""
        stopped = _NO_RENEWAL.intersection(self.ids) or any(
            "SessionEnv" in (finding["target"] or {}).values() for finding in self.findings
        )
        return (
            self.certificate.get("source") == "pin"
            or bool(stopped)
            or any(item["kind"] == "certificate" for item in self.forecast)
        )

    @cached_property
    def steps(self) -> list[Json]:
        """What was done, or would be."""
        done = self.result.get("steps")
        return _step_rows(done if done is not None else (self.result.get("plan") or {}).get("steps"))

    @cached_property
    def conditional(self) -> list[Json]:
        """What would follow on a condition, each with ``condition`` and ``steps``; nothing once the repair was done."""
        rungs = (self.result.get("plan") or {}).get("rungs") or ()
        return [
            {"condition": rung["condition"], "steps": _step_rows(rung["steps"])}
            for rung in rungs
            if rung.get("condition") and not self.done
        ]

    @property
    def done(self) -> bool:
        return self.result.get("steps") is not None

    @property
    def blocked(self) -> list[Json]:
        """What is not repaired, and why."""
        entries = (self.result.get("plan") or {}).get("blocked") or ()
        return [{**_BLOCKED, **entry} for entry in entries]

    @property
    def commands(self) -> list[str]:
        """What to type for this host, first to see and then to do; none if there is nothing that a repair could do."""
        if self.pattern is None:
            return []
        waits = any(entry["guard"] == "sessions" for entry in self.blocked)
        plain: list[dict[str, str]] = [{}] if waits or (self.steps and not self.done) else []
        told = [commands.remediate([self.pattern], self.inventory, **variables) for variables in plain + self._asked]
        own = [finding["target"]["own_policy"] for finding in self.findings if is_own_policy(finding)]
        # Two findings on one value are changed by one command.
        told += dict.fromkeys(commands.module(self.pattern, "listener", options, self.inventory) for options in own)
        return [f"{told[0]} --check --diff", *told] if told else []

    @property
    def restore_command(self) -> str | None:
        """What takes back what the run did on this host; None where nothing of it can be."""
        journals = self.result.get("journals") or [self.result.get("journal") or {}]
        if not self.run or not any(journal.get("restorable", True) for journal in journals):
            return None
        return commands.restore([self.pattern] if self.pattern else [], self.inventory, rdp_run=self.run)

    @property
    def _asked(self) -> list[dict[str, str]]:
        """The variables, one command each, by which what was left is done all the same, as it says itself."""
        found: dict[str, list[str]] = {}
        for entry in self.blocked:
            if entry["guard"] == "sessions":  # it waits until people are gone, or disconnects them
                found.setdefault("rdp_remediate_allow_disconnect", []).append("true")
            for option, value in _ASKED.findall(str(entry["detail"] or "")):
                found.setdefault(f"rdp_remediate_{option}", []).append(value)
        return [{name: ",".join(dict.fromkeys(values))} for name, values in found.items()]


@dataclass(frozen=True)
class Cause:
    """A finding over the fleet: how many hosts have it, and how many meet it first.

    ``owner`` is who can repair it; of several, each once, the one of most hosts first.
    """

    id: str
    title: str
    severity: str
    owner: str
    hosts: tuple[str, ...]
    first: int


@dataclass(frozen=True)
class Group:
    """Hosts with the same verdict and the same findings."""

    verdict: str
    ids: tuple[str, ...]
    hosts: tuple[Host, ...]

    @property
    def titles(self) -> list[str]:
        """The findings by name."""
        return [finding["title"] for finding in {one["id"]: one for one in self.hosts[0].findings}.values()]

    @cached_property
    def _repairable(self) -> list[str]:
        return [host.pattern for host in self.hosts if host.pattern and host.steps and not host.done]

    @property
    def command(self) -> str | None:
        """What repairs those of them that this collection can do something for."""
        return commands.remediate(self._repairable, self.hosts[0].inventory) if self._repairable else None

    @property
    def is_whole(self) -> bool:
        """Whether the command names all of them."""
        return len(self._repairable) == len(self.hosts)


def _shown(given: str, others: Iterable[str]) -> str:
    """A name as it can be shown, blanks at its ends too, and as no other host has it."""
    name = re.sub(r"^\s+|\s+$", lambda blanks: "\\u0020" * len(blanks[0]), text.visible(given)) or "(no name)"
    name = name[: text.LONGEST_NAME]
    number = 2
    unique = name
    while unique in others:
        unique, number = f"{name} ({number})", number + 1
    return unique


@dataclass(frozen=True)
class Fleet:
    """All hosts of a report, by name."""

    hosts: tuple[Host, ...]
    # What people should know of where the results are from.
    notes: tuple[str, ...] = ()
    inventory: tuple[str, ...] = commands.ANY_INVENTORY

    @classmethod
    def of(
        cls,
        results: Mapping[str, Any],
        groups: Iterable[str] = (),
        notes: Iterable[str] = (),
        inventory: tuple[str, ...] = commands.ANY_INVENTORY,
    ) -> Fleet:
        """The hosts by name; ``groups`` are the inventory's. Raises ``ReportError`` if there is no host at all."""
        if not results:
            raise ReportError("there are no results: audit some hosts first")
        known = frozenset(groups)
        hosts = {
            name: Host.of(name, result, known, inventory) for name, result in results.items() if text.is_name(name)
        }
        for given in results:
            if given not in hosts:
                name = _shown(str(given), hosts)
                hosts[name] = Host.of(
                    name, results[given], (name,), inventory
                )  # taken for a group's: no command names it
        ordered = tuple(sorted(hosts.values(), key=lambda host: (host.name.lower(), host.name)))
        return cls(ordered, tuple(notes), inventory)

    @property
    def names_inventory(self) -> bool:
        """Whether commands name the inventory as it is, and not a word that stands for any."""
        return self.inventory != commands.ANY_INVENTORY

    @cached_property
    def assessed_at(self) -> datetime | None:
        """When the newest of the data was read."""
        return max((host.assessed_at for host in self.hosts if host.assessed_at), default=None)

    @cached_property
    def counts(self) -> dict[str, int]:
        found = dict.fromkeys(VERDICTS, 0)
        for host in self.hosts:
            found[host.verdict] += 1
        return found

    @property
    def summary(self) -> str:
        words = ", ".join(f"{number} {verdict}" for verdict, number in self.counts.items() if number)
        return f"{len(self.hosts)} host{'' if len(self.hosts) == 1 else 's'}: {words}"

    @cached_property
    def causes(self) -> list[Cause]:
        """Most hosts first; among equals, what keeps clients out."""
        names: dict[str, list[str]] = {}
        severe: dict[str, Json] = {}
        first: dict[str, int] = {}
        owners: dict[str, list[str]] = {}
        for host in self.hosts:
            for finding in host.findings:
                id_ = finding["id"]
                owners.setdefault(id_, []).append(finding["owner"] or "host")
                if host.name not in names.setdefault(id_, []):
                    names[id_].append(host.name)
                if id_ not in severe or finding["severity"] == CRITICAL:
                    severe[id_] = finding
            for id_ in host.ids[:1]:
                first[id_] = first.get(id_, 0) + 1
        found = [
            Cause(
                id_,
                severe[id_]["title"],
                severe[id_]["severity"],
                ", ".join(name for name, _number in Counter(owners[id_]).most_common()),
                tuple(hosts),
                first.get(id_, 0),
            )
            for id_, hosts in names.items()
        ]
        return sorted(found, key=lambda cause: (-len(cause.hosts), cause.severity != CRITICAL, cause.id))

    @cached_property
    def groups(self) -> list[Group]:
        """By verdict, the largest first."""
        found: dict[tuple[str, tuple[str, ...]], list[Host]] = {}
        for host in self.hosts:
            found.setdefault((host.verdict, host.ids), []).append(host)
        groups = [Group(verdict, ids, tuple(hosts)) for (verdict, ids), hosts in found.items()]
        return sorted(groups, key=lambda group: (VERDICTS.index(group.verdict), -len(group.hosts), group.ids))

    @cached_property
    def forecast(self) -> list[tuple[Host, Json]]:
        """Who breaks next, the soonest first; what has no day comes last."""
        found = [(host, item) for host in self.hosts for item in host.forecast]
        return sorted(
            found, key=lambda entry: (entry[1].get("when") is None, entry[1].get("when") or "", entry[0].name.lower())
        )
