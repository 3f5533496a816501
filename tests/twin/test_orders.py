# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs, restores and people in any order, each run cut off, refused or failing anywhere: the laws that hold behind each
of them, and that everything can be taken back in the end."""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.hosts import failing, importing
from tests.hosts.changes import person
from tests.hosts.windows import RDP_TCP, RUNNING, container_of, fresh_key, make_certificate
from tests.profiles import examples
from tests.twin.inprocess import Site

pytestmark = [pytest.mark.needs_sockets]

Json = dict[str, Any]
# What a run is asked for, by its name.
ASKED: dict[str, tuple[str, Json]] = {
    "tls": ("listener", {"security_layer": "tls", "encryption_level": "high"}),
    "negotiate": ("listener", {"security_layer": "negotiate", "encryption_level": "client_compatible"}),
    "no nla": ("listener", {"nla": False, "for": "2 hours"}),
    "no nla, longer": ("listener", {"nla": False, "for": "4 hours"}),
    "nla": ("listener", {"nla": True}),
    "close": ("firewall", {"enabled": False}),
    "open": ("firewall", {"enabled": True}),
    "narrow": ("firewall", {"enabled": True, "profiles": ["private"]}),
    "off": ("access", {"enabled": False}),
    "on": ("access", {"enabled": True, "members": ["S-1-5-21-1-2-3-1104"]}),
    "automatic": ("service", {"name": "SessionEnv", "start_type": "automatic"}),
    "manual": ("service", {"name": "SessionEnv", "start_type": "manual", "state": "started"}),
    "restarted": ("service", {"name": "TermService", "state": "restarted"}),
    "bind A": ("certificate", {"state": "bound", "src": "A"}),
    "bind B": ("certificate", {"state": "bound", "src": "B"}),
    "self-signed": ("certificate", {"state": "self_signed"}),
    "renew": ("certificate", {"state": "renewed", "force": True}),
    "repair": ("remediate", {}),
    "repair all": ("remediate", {"open": True, "tighten": True, "allow_disconnect": True}),
}
PEOPLE = ("comes", "goes", "restarts", "stops SessionEnv", "starts SessionEnv", "stops TermService", "sets 2", "sets 3")
FAULTS = ("", "", "", "check", "somebody comes", "TermService hangs", "AcmeGate hangs", "no tasks", *failing.KINDS)
ACTIONS = st.one_of(
    st.tuples(st.sampled_from(sorted(ASKED)), st.sampled_from(FAULTS), st.integers(0, 2)),
    st.tuples(
        st.sampled_from(["restore 0", "restore 1", "restore 2", "latest"]), st.sampled_from(FAULTS[:8]), st.just(0)
    ),
    st.tuples(st.sampled_from(PEOPLE), st.just(""), st.just(0)),
)
# What Windows itself sees to: the listener's own certificate, its key, and where it is.
_WINDOWS = re.compile(r"TSSecKeySet1|f686aac|SelfSignedCert|Remote Desktop.*Certificates", re.IGNORECASE)


class Host:
    """A host with a service of another maker, what is done to it, and what must hold behind each of it."""

    def __init__(self, site: Site) -> None:
        self.site, self.host, self.runs = site, site.host, list[str]()
        # What each run changed, from what to what; who changed it last; and what people ever changed.
        self.changed, self.last, self.people = dict[str, dict[Any, tuple[Any, Any]]](), dict[Any, str](), set[Any]()
        self.run_of = dict[str, str]()
        self.own = set[str]()
        self.host.data["behaviour"]["foreign_services"] = [
            {"name": "AcmeGate", "needs": "TermService", "state": RUNNING, "start": 2, "fails": 0}
        ]
        start = self.host.now() - timedelta(days=1)
        for name in "AB":
            key = fresh_key()
            der = make_certificate("rdp.example.test", key, start, start + timedelta(days=90), 7000 + ord(name))
            (site.folder / f"{name}.pfx").write_bytes(importing.pfx(der, key, "geheim"))
            self.own.add(hashlib.sha1(der).hexdigest().upper())
        self.start = self.state()

    def state(self) -> Json:
        """All that lasts and that Windows does not see to, one value each."""
        lasting = self.site.lasting()
        found: dict[Any, Any] = {("start", name): start for name, start in lasting["starts"].items()}
        found["task"] = str(lasting["task"])
        for key, values in lasting["registry"].items():
            found |= {(key, name.lower()): json.dumps(value) for name, value in values.items()}
        found |= {
            (part, name): str(value) for part in ("files", "policy_files") for name, value in lasting[part].items()
        }
        found |= {("member", str(one)): True for one in lasting["members"]}
        return {about: value for about, value in found.items() if not _WINDOWS.search(" ".join(map(str, about)))}

    def services(self) -> set[str]:
        foreign = {name for name, row in self.host.foreign.items() if row["state"] == RUNNING}
        return self.site.running() | foreign

    def do(self, what: str, fault: str, at: int) -> None:
        if what in PEOPLE:
            before = self.state()
            self.person(what)
            for about in _differences(before, self.state()):
                self.people.add(about)
                self.last[about] = "people"
        elif what in ASKED:
            module, options = ASKED[what]
            if "src" in options:
                options = {**options, "src": str(self.site.folder / f"{options['src']}.pfx"), "password": "geheim"}
            self.task(module, options, fault, at)
        elif self.runs:
            number = what.split()[-1]
            run = self.runs[int(number) % len(self.runs)] if number.isdigit() else "latest"
            self.task("restore", {"run": run}, fault, at)

    def person(self, what: str) -> None:
        with self.host.lock:
            if what in ("comes", "goes"):
                self.host.data["sessions"] = []
                self.host.volatile["established"] = 0
                if what == "comes":
                    person()(self.host)
            elif what == "restarts":
                for name in ("TermService", *reversed(self.host.stop("TermService"))):
                    self.host.start(name)
            elif what.startswith("stops "):
                self.host.stop(what.split()[-1])
            elif what.startswith("starts "):
                self.host.start(what.split()[-1])
            else:
                self.host.dword(RDP_TCP, "MinEncryptionLevel", int(what.split()[-1]))
            self.host.changed()

    def strike(self, fault: str, at: int) -> None:
        behaviour = self.host.data["behaviour"]
        if fault == "somebody comes":
            behaviour["arrives"] = {"id": 3, "user": r"CORP\bob", "station": "RDP-Tcp#0", "state": 0}
        elif fault.endswith("hangs") and fault not in failing.KINDS:
            behaviour["hangs"] = [fault.split()[0]]
        elif fault == "no tasks":
            behaviour["no_tasks"] = True
        elif fault in failing.KINDS:
            self.site.inject(fault, at)

    def over(self) -> None:
        """The fault is over, and who came because of it has left."""
        self.site.minutes_later()
        for name in ("arrives", "hangs", "no_tasks"):
            self.host.data["behaviour"].pop(name, None)
        self.host.data["sessions"] = [one for one in self.host.data["sessions"] if "bob" not in one["user"]]

    # Laws -----------------------------------------------------------------------------------------------------------

    def task(self, module: str, options: Json, fault: str = "", at: int = 0) -> Json:
        self.site.another_run()
        self.site.next_run()
        before, ran, known = self.state(), self.services(), set(self.host.data["journals"])
        self.strike(fault, at)
        result = self.site.task(module, check=fault == "check", **options)
        self.over()
        changes = _differences(before, self.state())
        new = [self.host.data["journals"][id_] for id_ in self.host.data["journals"] if id_ not in known]
        self.run_of |= {one["id"]: one["run"] for one in new}
        assert new or not changes, (changes, result)
        assert fault != "check" or not (new or changes), (changes, result)
        assert result.get("changed", True) or not changes, (changes, result)
        stopped = {step["service"] for one in new for step in one["steps"] if _is(step, "service.stop", "done")}
        stopped |= {row["name"] for name in stopped for row in self.host.dependent_rows(name)}
        lost = ran - self.services() - stopped
        # Nothing brings back what stopped long after its time where no task can be had.
        assert not lost or fault in ("no tasks", failing.HANGS) or fault.endswith("hangs"), (lost, result)
        self.held()
        said_to_be_done(result)
        if module == "restore":
            self.restored(result, changes, [self.run_of[one["undoes"]] for one in new])
        elif new:
            self.runs.append(new[0]["run"])
            self.changed[new[0]["run"]] = changes
            self.last |= dict.fromkeys(changes, new[0]["run"])
            assert not result.get("rolled_back") or not changes, (changes, result)
        return result

    def held(self) -> None:
        """What is presented or bound has its entry and its key, and Network Level Authentication comes back."""
        held, pinned = self.host.volatile["credential"], self.host.thumbprint(RDP_TCP, "SSLCertificateSHA1Hash")
        for thumbprint in {held and held.get("thumbprint"), pinned} & self.own:
            blob = self.host.store("My").get(thumbprint)
            where = container_of(blob) if blob else None
            assert where and self.host.key_path(where[0]) in self.host.keys, thumbprint
        assert not self.site.is_endless()

    def restored(self, result: Json, changes: dict[Any, tuple[Any, Any]], runs: list[str]) -> None:
        """Only what the run had changed, to what was there before it, and nothing that people have set since."""
        for about, (was, now) in changes.items():
            (run,) = {run for run in runs if about in self.changed[run]}
            found, left = self.changed[run][about]
            assert now == found and (self.last.get(about) != "people" or was == left), (about, was, now, result)
            self.last[about] = "undo"
        if result.get("failed") or result.get("unreachable") or result.get("plan", {}).get("blocked"):
            return
        now = self.state()
        for run in runs:
            for about, (found, left) in self.changed[run].items():
                assert now.get(about) != left or found == left or self.last.get(about) != run, (about, result)

    def end(self) -> None:
        """However it went: everything can be taken back, and the lists say so."""
        self.do("goes", "", 0)
        for number in range(3):
            if number == 2:  # where nobody can see what it presents, it has to be stopped
                self.do("stops TermService", "", 0)
            for run in reversed(self.runs):
                self.task("restore", {"run": run, "allow_disconnect": True})
            self.do("restarts", "", 0)
        left = {about for about in _differences(self.start, self.state()) if about not in self.people}
        assert not left, left


def said_to_be_done(result: Json) -> None:
    """No step stands among what was done, or taken back, that was refused or failed, or came behind such a one."""
    deed = r"(?:^|; )(?:done|taken back(?: in part)? \([^)]*\)): (.*?); (?:not |now |before: )"
    told = re.search(deed, str(result.get("summary")))
    if not told or result.get("rolled_back"):
        return
    steps = [step for step in result["steps"] if step["status"] in ("done", "unchanged")]
    assert len(told[1].split(", ")) == len(steps), (told[1], result["steps"])
    assert len(steps) == len(result["steps"]) or not result["summary"].startswith("taken back ("), result


def _is(step: Json, op: str, status: str) -> bool:
    return bool(step["op"] == op and step["status"] == status)


def _differences(one: Json, other: Json) -> dict[Any, tuple[Any, Any]]:
    return {about: (one.get(about), other.get(about)) for about in {*one, *other} if one.get(about) != other.get(about)}


@settings(max_examples=examples(12, 400), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(["healthy", "key_unreadable", "sessionenv_stopped", "firewall_rule_off"]),
    st.lists(ACTIONS, max_size=8),
)
@example("healthy", [("no nla", "", 0), ("nla", "", 0), ("restore 0", "", 0), ("restore 1", "", 0)])
@example("healthy", [("no nla", "", 0), ("no nla, longer", "", 0), ("restore 0", "", 0), ("restore 1", "", 0)])
@example("healthy", [("close", "", 0), ("open", failing.WITHIN, 0), ("restore 0", "", 0), ("restore 1", "", 0)])
@example("healthy", [("on", failing.HANGS, 0), ("on", "", 0), ("restore 0", "", 0)])
@example("healthy", [("bind A", "somebody comes", 0), ("restore 0", "somebody comes", 0), ("bind B", "", 0)])
@example("healthy", [("renew", failing.AFTER, 0), ("tls", failing.AT_ONCE, 1), ("latest", "check", 0)])
def test_whatever_the_order_nothing_is_lost(scenario: str, actions: list[tuple[str, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Site(scenario, Path(folder)) as site:
        host = Host(site)
        for action in actions:
            host.do(*action)
        host.end()
