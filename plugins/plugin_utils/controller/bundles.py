# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bundles: what was read and seen of a host, in one file, to be judged later and elsewhere.

``docs/bundle.schema.json`` is this module's ``SCHEMA`` written out; a test holds the two together.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from ansible_collections.winops.rdp.plugins.module_utils.probe import host as probing
from ansible_collections.winops.rdp.plugins.plugin_utils.controller import files
from ansible_collections.winops.rdp.plugins.plugin_utils.controller.probing import PROBE, misplaced, probe_listener
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import codes
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import Assessment, assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import (
    BROKEN,
    DEGRADED,
    HEALTHY,
    OFF,
    UNKNOWN,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import schema, text
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import read_certificate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot, SnapshotError, UntimedError
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import iso_milliseconds, minute, parse
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.report import lines
from ansible_collections.winops.rdp.plugins.plugin_utils.results import shape

BUNDLE_VERSION = 1
FAILED = "failed"

Json = dict[str, Any]
Migration = Callable[[Json], Json]
# By the version that they take: what makes a bundle, or the snapshot in it, one version younger.
BUNDLE_MIGRATIONS: dict[int, Migration] = {}
SNAPSHOT_MIGRATIONS: dict[int, Migration] = {}

_TEXT: Json = {"type": ["string", "null"]}
OUTCOME: Json = {
    "type": "object",
    "required": ["changed", "journal", "steps"],
    "properties": {
        "changed": {"type": "boolean"},
        "journal": {"type": "object", "properties": {"id": {"type": "string"}, "path": _TEXT, "state": _TEXT}},
        "steps": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["op", "status"],
                "properties": {"op": {"type": "string"}, "status": {"type": "string"}},
            },
        },
    },
}
SCHEMA: Json = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Bundle: a snapshot of a Windows host's Remote Desktop with what a client saw, to be judged later",
    "type": "object",
    "properties": {
        "bundle_version": {"const": BUNDLE_VERSION},
        "collection_version": _TEXT,
        "inventory_name": {"type": "string", "minLength": 1},
        "taken": {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"},
        "snapshot": {"$ref": "snapshot.schema.json"},
        "probe": {"anyOf": [PROBE, {"type": "null"}]},
        "client_code": {"type": ["string", "integer", "null"]},
        "outcome": {"anyOf": [OUTCOME, {"type": "null"}]},
        "anonymous": {"type": "boolean"},
    },
    "required": ["bundle_version", "inventory_name", "probe", "snapshot", "taken"],
}
# What a snapshot from other hands may leave out.
_LEFT_OUT: Json = {"operation": "snapshot", "errors": {}, "elapsed_ms": {}, "truncated": [], "script_ms": 0}


class BundleError(ValueError):
    """A file, or a folder of files, that cannot be used; the message is one sentence."""


@dataclass(frozen=True)
class Bundle:
    """What a file says about a host.

    Where the file does not say when it was taken (``timed`` is False), the snapshot's time is the host's own, and
    nothing can be said of its clock. ``client_code`` is what a user's client showed.
    """

    name: str
    snapshot: Snapshot
    timed: bool
    probe: ProbeResult
    client_code: str | None
    # What a repair script did before this was read: ``changed``, ``steps`` with their status, ``journal``.
    outcome: Json | None = None
    # Names and addresses in it are pseudonyms: it can be judged, but says of no machine which one it is.
    anonymous: bool = False

    @property
    def comparable_probe(self) -> ProbeResult:
        """The probe's result as rules may take it: without its time where that cannot be compared with the host's."""
        return self.probe if self.timed or not self.probe.data else ProbeResult({**self.probe.data, "time": None})


@cache
def collection_version() -> str | None:
    """The version of this collection, installed or as a checkout."""
    root = Path(__file__).parents[3]
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads((root / "MANIFEST.json").read_text(encoding="utf-8"))["collection_info"]["version"])
    with contextlib.suppress(OSError):
        found = re.search(r"^version:\s*(\S+)", (root / "galaxy.yml").read_text(encoding="utf-8"), re.MULTILINE)
        return found[1] if found else None
    return None


# Writing ------------------------------------------------------------------------------------------------------------


def make(name: str, assessment: Assessment) -> Json:
    """The bundle of a host.

    Only what the schema names is kept: what Ansible adds to the host's answer may hold anything.
    """
    return {
        "bundle_version": BUNDLE_VERSION,
        "collection_version": collection_version(),
        "inventory_name": name,
        "taken": iso_milliseconds(assessment.snapshot.taken_at),
        "snapshot": assessment.snapshot.to_dict(),
        "probe": assessment.probe.data,
    }


def path_of(folder: str, name: str) -> Path:
    """Where the bundle of a host belongs. Raises ``files.FileProblem``."""
    return files.place(folder) / f"{files.name_for(name)}.json"


# Reading ------------------------------------------------------------------------------------------------------------


def listed(place: str) -> list[Path]:
    """The files to read: the one named, or those in a folder whose names end in .json. Raises ``BundleError``."""
    try:
        return files.json_files(
            place,
            "bundles",
            "bundle_path",
            "name the file with what rdp-collect.ps1 printed, or a folder that winops.rdp.facts filled (bundle_dir)",
        )
    except files.FileProblem as problem:
        raise BundleError(str(problem)) from problem


def name_of(path: Path) -> str:
    """The host that a file is about, if the file itself does not say."""
    return files.host_of(path.name[: -len(".json")] if path.suffix.lower() == ".json" else path.name)


def read(path: Path) -> Bundle:
    """Read a bundle, a snapshot with a probe's result, or a bare snapshot.

    Raises ``BundleError`` with the file, the fault and what to do.
    """
    try:
        document = files.read_json(path, "take the bundle again", in_pieces=True)
    except files.FileProblem as problem:
        raise BundleError(text.sentence(problem)) from problem
    try:
        return _bundle(document, name_of(path))
    except BundleError as error:
        raise BundleError(text.sentence(f"{path}: {error}.")) from error


def _bundle(document: Any, name: str) -> Bundle:
    if not isinstance(document, dict):
        raise BundleError("it is no bundle, for it is no object; take it with winops.rdp.facts")
    if "bundle_version" in document:
        document = _current(document, "bundle_version", BUNDLE_VERSION, BUNDLE_MIGRATIONS)
        for key in SCHEMA["required"]:
            if key not in document:
                raise BundleError(f"the bundle has no {key}; take it again with winops.rdp.facts")
    elif "snapshot" not in document:
        if not {"schema_version", "sections"} <= set(document):
            if own := files.own_kind(document):
                raise BundleError(f"it {own}")
            raise BundleError(
                "it is no bundle (key snapshot) and no snapshot (keys schema_version and sections); take it"
                " with winops.rdp.facts"
            )
        document = {"snapshot": document}
    name = document.get("inventory_name", name)
    if not text.is_name(name):
        raise BundleError(
            "inventory_name is no name (it is empty or long, or has characters that do not show); write the host's name"
            " there"
        )
    taken = document.get("taken")
    snapshot = _snapshot(document["snapshot"], None if taken is None else _time(taken))
    probe = _probe(document.get("probe"), snapshot.taken_at)
    outcome = document.get("outcome")
    if outcome is not None and (fault := schema.first_fault(outcome, OUTCOME, "outcome")):
        raise BundleError(f"what was done is not as the repair script prints it, {fault}; copy it again")
    code, anonymous = _code(document.get("client_code")), document.get("anonymous") is True
    return Bundle(name, snapshot, taken is not None, probe, code, outcome, anonymous)


def _current(document: Json, key: str, newest: int, migrations: dict[int, Migration]) -> Json:
    """The document as this version has it."""
    version = document.get(key)
    if not isinstance(version, int) or isinstance(version, bool):
        raise BundleError(
            f"{key} is {version!r} and not a version's number; take the bundle again with winops.rdp.facts"
        )
    if version > newest:
        here, made = collection_version(), document.get("collection_version")
        todo = f"use a newer version of the collection{f', at least {made}' if isinstance(made, str) else ''}"
        if made == here:  # what this version wrote has no such number
            todo = "it was changed since it was written; take the bundle again with winops.rdp.facts"
        raise BundleError(
            f"it has {key} {version}, and this version of winops.rdp{f' ({here})' if here else ''} reads"
            f" {key} up to {newest}: {todo}"
        )
    for number in range(version, newest):
        if number not in migrations:
            raise BundleError(
                f"it has {key} {version}, which this version of winops.rdp no longer reads: take the bundle"
                " again with winops.rdp.facts"
            )
        document = {**migrations[number](document), key: number + 1}
    return document


def _snapshot(document: Any, taken_at: datetime | None) -> Snapshot:
    if not isinstance(document, dict):
        raise BundleError("its snapshot is no object; take it again with winops.rdp.facts")
    answer = {**_LEFT_OUT, **_current(document, "schema_version", schema.SCHEMA_VERSION, SNAPSHOT_MIGRATIONS)}
    try:
        return Snapshot.of(answer, taken_at, gated=True)
    except UntimedError as error:
        raise BundleError(
            "nothing says when it was taken (neither 'taken' nor the section host), so no date can be judged;"
            " write the UTC time into 'taken'"
        ) from error
    except SnapshotError as error:
        raise BundleError(f"its snapshot cannot be used, {error}; take it again with winops.rdp.facts") from error


def _time(text: Any) -> datetime:
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        return parse(text)
    raise BundleError(f"taken is {text!r}; write it as UTC, for example 2026-11-23T12:00:00.000Z")


def _probe(result: Any, clock: datetime) -> ProbeResult:
    if result is None:
        return ProbeResult()
    if isinstance(result, dict) and "schema_version" in result:
        _current(result, "schema_version", probing.SCHEMA_VERSION, {})
    fault = schema.first_fault(result, PROBE, "probe")
    if fault:
        raise BundleError(f"its probe is not a result of winops.rdp.probe, {fault}; take it again, or leave it out")
    shown: Json | None = result.get("certificate")
    if not shown or "days_left" in shown or not shown.get("der"):
        return ProbeResult(dict(result))
    # A vantage host returns the certificate's bytes alone.
    try:
        read_ = read_certificate(base64.b64decode(shown["der"], validate=True), clock, result["host"])
    except (binascii.Error, ValueError) as error:
        raise BundleError(
            f"its probe is not a result of winops.rdp.probe, probe.certificate.der: not base64 ({error}); take it again"
        ) from error
    return ProbeResult({**result, "certificate": {**shown, **read_}})


def _code(code: Any) -> str | None:
    if text.is_blank(code):
        return None
    # A number that is no code is not understood, as words may be, and the host is judged all the same.
    shown = str(code) if isinstance(code, int) and not isinstance(code, bool) else code
    try:
        codes.explain(shown)
    except codes.CodeError as error:
        raise BundleError(f"client_code: {error}") from error
    return str(shown)


# Looking ------------------------------------------------------------------------------------------------------------


# How long what was read counts beside what is seen or done later: by then the host may have become another one.
GOOD_FOR = timedelta(hours=24)


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def looked_at(bundle: Bundle, options: Json) -> Bundle:
    """The bundle with what a client sees from here, now, where the options of the probe say how its host is reached.

    Raises ``BundleError`` for a bundle that is older than ``GOOD_FOR``.
    """
    host = options["probe_host"]
    if not (host and options["probe"]):
        return bundle
    taken = bundle.snapshot.taken_at
    if utc_now() - taken > GOOD_FOR:
        raise BundleError(
            f"{bundle.name} was read at {minute(taken)}: what a client sees now proves nothing of a host that was read"
            " more than a day ago; collect again, or leave probe_host out"
        )
    port = options["probe_port"] or bundle.snapshot.port
    look = probe_listener(host, port, timeout=options["probe_timeout"])
    wrong = misplaced(options, bundle.snapshot, ProbeResult(look))
    if wrong:
        raise BundleError(f"{bundle.name} was not looked at: {wrong[0]}; {wrong[1]}")
    # It is of another time than the bundle: it says nothing of the host's clock, and the log there nothing of it.
    return replace(bundle, probe=ProbeResult({**look, "time": None}))


# Judging ------------------------------------------------------------------------------------------------------------


def judge(bundle: Bundle, client_code: str | None, allowed: RepairPolicy, questions: shape.Questions) -> Json:
    """What ``winops.rdp.diagnose`` says of a bundle, as it would have said it then.

    ``client_code`` goes before the bundle's own.
    """
    questions = replace(questions, client_code=client_code or bundle.client_code)
    assessment = assess(bundle.snapshot, bundle.comparable_probe, questions.client_code)
    todo = plan(assessment, allowed)
    result = {**shape.diagnosis_result(assessment, todo, questions), "probe": bundle.probe.data}
    if bundle.outcome:
        result["outcome"] = bundle.outcome
        done = ", ".join(f"{step['op']} {step['status']}" for step in bundle.outcome["steps"])
        result["summary"] = f"by a repair script: {done}; now {result['summary']}"
    if not bundle.timed:
        result["unread"].append(
            "whether the host's clock is right is not known (the bundle does not say when it was taken)"
        )
    return result


def replay(place: str, judged: Callable[[Bundle], Json]) -> Json:
    """Judge every bundle; no bad one hides the others.

    Returns ``hosts`` (each name's result, or ``failed`` and ``msg``), ``counts`` by verdict, ``lines`` and ``summary``;
    ``failed`` if nothing could be judged. Raises ``BundleError`` where there is nothing to read.
    """
    sources: dict[str, list[Path]] = {}
    hosts: dict[str, Json] = {}
    for path in listed(place):
        name, result = _one(path, judged)
        sources.setdefault(name, []).append(path)
        hosts[name] = result
    for name, paths in sources.items():
        if len(paths) > 1:
            hosts[name] = _failure(
                f"{' and '.join(map(str, paths))} are all about {name}, so none was judged: keep one of them."
            )
    counts = dict.fromkeys((BROKEN, DEGRADED, UNKNOWN, OFF, HEALTHY, FAILED), 0)
    for result in hosts.values():
        counts[FAILED if result.get(FAILED) else result["verdict"]] += 1
    words = ", ".join(f"{number} {verdict}" for verdict, number in counts.items() if number)
    answer: Json = {
        "changed": False,
        "hosts": dict(sorted(hosts.items())),
        "counts": counts,
        "lines": lines.closing_lines({name: _in_a_line(name, result) for name, result in hosts.items()}),
        "summary": f"{len(hosts)} host{'' if len(hosts) == 1 else 's'}: {words}",
    }
    failures = [result["msg"] for result in answer["hosts"].values() if result.get(FAILED)]
    if len(failures) < len(hosts):
        return {**answer, "warnings": failures} if failures else answer
    more = f" The other {len(failures) - 1} could not be judged either; 'hosts' says why." if len(failures) > 1 else ""
    return {**answer, FAILED: True, "msg": failures[0] + more}


def _in_a_line(name: str, result: Json) -> tuple[str, str]:
    """A host as it stands in the closing lines of a run: its state, and a text."""
    if result.get(FAILED):
        return FAILED, f"{FAILED}: {lines.without_name(name, result['msg'])}"
    return result["verdict"], result["summary"]


def _failure(sentence: str) -> Json:
    return {FAILED: True, "msg": text.sentence(sentence)}


def _one(path: Path, judged: Callable[[Bundle], Json]) -> tuple[str, Json]:
    try:
        bundle = read(path)
    except BundleError as error:
        return text.visible(name_of(path)), _failure(str(error))
    try:
        return bundle.name, judged(bundle)
    except BundleError as error:
        return bundle.name, _failure(str(error))
    except Exception as error:  # what strange hands wrote must not cost the other hosts their results
        return bundle.name, _failure(
            f"{path} holds something that cannot be judged ({type(error).__name__}: {error}): take the bundle again."
        )
