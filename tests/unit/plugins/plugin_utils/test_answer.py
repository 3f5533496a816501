# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers of other versions, and with values that nobody documented: what is lost is the section or the entry."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import Diagnosis, diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import answer, client, contract, schema, validate
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.results.facts import facts
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts.snapshots import NOW, Host, probe
from tests.profiles import each, examples
from tests.unit.schemas import endless

Json = dict[str, Any]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def changed(path: str, value: Any) -> Json:
    """A healthy host's answer with another value at this path; a number in a path is a place in a list."""
    whole = Host().to_answer()
    at: Any = whole
    *parents, last = path.split(".")
    for name in parents:
        at = at[int(name)] if isinstance(at, list) else at[name]
    at[last] = value
    return whole


def read(given: Json) -> Snapshot:
    return Snapshot.of(given, NOW)


def judged(view: Snapshot) -> Diagnosis:
    """What it comes to: nothing may stumble."""
    json.dumps(facts(view, ProbeResult(probe())))
    return diagnose(view, ProbeResult(probe()))


def places(shape: Json, value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Json]]:
    """Each property that ``value`` has and the schema gives a default, as its path and the shape of its object."""
    shape = schema.DEFINITIONS[shape["$ref"].rsplit("/", 1)[1]] if "$ref" in shape else shape
    if "anyOf" in shape:
        shape = next((choice for choice in shape["anyOf"] if choice.get("type") != "null"), {})
    if isinstance(value, list):
        for at, element in enumerate(value[:1]):
            yield from places(shape.get("items", {}), element, (*path, at))
    elif isinstance(value, dict):
        for name, part in shape.get("properties", {}).items():
            if "default" in part:
                yield (*path, name), part
            yield from places(part, value[name], (*path, name))


def _person(user: str) -> Json:
    return {"id": 2, "user": user, "user_sid": None, "station": None, "state": 0}


# What this collection itself has written, which is held to its own form where it is read.
_OWN = ("journals.whole", "journals.recent[].found")


def test_no_text_of_a_host_is_endless() -> None:
    """Nor the name of a part, where a host chooses it."""
    assert sorted(endless({"properties": schema.SECTIONS})) == sorted(_OWN)
    assert list(endless({"properties": {"errors": {"$ref": "#/$defs/error"}}})) == []
    assert list(endless({"items": {"type": ["string", "null"]}}, "a")) == ["a[]"]
    assert list(endless({"additionalProperties": {"type": "integer"}}, "a")) == ["a.(name)"]
    assert list(endless({"type": "string", "pattern": "^a+$"}, "a")) == ["a"]


def test_no_text_of_a_client_is_endless() -> None:
    assert list(endless({"properties": client.SCHEMA})) == []


# A value that is out of range or of the wrong type --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("sections.services.TermService.start", "five", "services.TermService.start: not of type integer"),
        ("sections.services.TermService.state", "running", "services.TermService.state: not of type integer"),
        ("sections.host.build", "20348", "host.build: not of type integer"),
        ("sections.host", 1, "host: not of type object"),
        ("sections.host.utc", "2026-02-31T00:00:00.000Z", "host.utc: not a day or hour that there is"),
        (
            "sections.listener.rdp_tcp.settings.SecurityLayer",
            {"type": "dword", "data": -1},
            "listener.rdp_tcp.settings.SecurityLayer.data: out of range",
        ),
        ("sections.certificates.stores.My.certificates", {}, "certificates.stores.My.certificates: not of type array"),
        ("sections.sessions.sessions", [{"id": "one"}], "sessions.sessions[0].id: not of type integer"),
        ("sections.firewall.rules", [{"store": "cloud", "name": "x", "rule": "y"}], "firewall.rules[0].store: not one"),
        ("sections.key_files.files.0.thumbprint", "abc", "key_files.files[0].thumbprint: not in the form that is due"),
        ("sections.events.logs", [], "events.logs: not of type object"),
        ("sections.sessions.sessions", [_person("x" * 513)], "sessions.sessions[0].user: too long"),
        ("sections.host.machine_guid", "x" * 32768, "host.machine_guid: too long"),
        ("sections.registry", {"x" * 32768: {"settings": {}, "error": None}}, "x: too long"),
        ("sections.certificates.stores.My.sddl", "x" * (2**20 + 1), "certificates.stores.My.sddl: too long"),
    ],
)
def test_it_costs_its_own_section_with_a_sentence_that_names_it(path: str, value: Any, field: str) -> None:
    section = path.split(".")[1]
    view = read(changed(path, value))
    assert set(view.sections) == set(contract.SECTIONS) - {section}
    error = view.errors[section]
    assert (error["type"], error["code"]) == ("Malformed", -2147024883) and field in error["message"]
    assert schema.error_fault(error) is None
    verdict = judged(view)
    assert any(f"section {section}: The answer is not" in text and field in text for text in verdict.unread)
    assert verdict.verdict == ("unknown" if contract.SECTIONS[section].needed else "healthy")


def test_a_start_type_that_windows_does_not_document_leaves_the_cause_found() -> None:
    host = Host().expire().to_answer()
    host["sections"]["services"]["TermService"]["start"] = 5
    host["sections"]["services"]["SessionEnv"] = None
    host["sections"]["services"]["UmRdpService"]["state"] = 0
    verdict = diagnose(read(host), ProbeResult(probe("tls", "reset")))
    found = [finding.id for finding in verdict.findings]
    assert "certificate.expired" in found and "service.missing" in found and verdict.verdict == "broken"
    told = " ".join(verdict.unread)
    assert "the start type (5) of the service TermService" in told and "the state (0) of the service UmRdp" in told


def _events(host: Host) -> Json:
    good: Json = {
        "log": "System",
        "provider": "Schannel",
        "id": 36874,
        "utc": "2026-11-23T11:00:00.000Z",
        "numbers": [],
    }
    good |= {"addresses": [], "modules": [], "service": None}
    good |= {"modules": ["svchost.exe_TermService", "AcmeCredProv.DLL"]}
    names = ("x.dll; calc", "x).Length; calc; (y.dll", "a.dll\n", "a" * 99 + ".dll")
    typed = [*({**good, "modules": [name]} for name in names), {**good, "service": "x" * 257}]
    host.sections["events"]["entries"] = [{**good, "utc": "soon"}, good, 7, {**good, "numbers": [0] * 9}, *typed]
    counts = {"log": "System", "provider": "Schannel", "id": 36874, "count": 1, "first": good["utc"]}
    host.sections["events"]["counts"] = [{**counts, "last": good["utc"]}, {**counts, "last": None}]
    return {"entries": [good], "counts": [{**counts, "last": good["utc"]}]}


def _products(host: Host) -> Json:
    good = {"name": "xagt", "start": 2, "type": 16, "image_path": None, "state": 4}
    host.sections["products"]["services"] = [good, {**good, "start": "auto"}, None]
    host.sections["products"]["security_center"] = [{"kind": "AntiVirus", "name": None, "state": 1}]
    return {"services": [good], "security_center": []}


def _policies(host: Host) -> Json:
    good = {"key": contract.hklm(contract.POLICY), "name": "SecurityLayer", "gpo": "Baseline", "id": "{1}"}
    host.sections["policies"]["values"] = [{**good, "key": 5}, good]
    return {"values": [good]}


@pytest.mark.parametrize(("section", "spoil"), [("events", _events), ("products", _products), ("policies", _policies)])
def test_in_a_list_that_others_fill_it_costs_its_entry(section: str, spoil: Callable[[Host], Json]) -> None:
    host = Host()
    left = spoil(host)
    given = copy.deepcopy(host.to_answer())
    view = read(given)
    assert section not in view.errors and view.truncated == [section]
    assert {name: view.sections[section][name] for name in left} == left
    assert given == host.to_answer(), "what was given is not changed"
    judged(view)


def test_lists_that_shed_are_lists_in_which_nothing_missing_makes_a_claim() -> None:
    shedding = {name for name, section in contract.SECTIONS.items() if section.sheds}
    assert not shedding & {"certificates", "sessions", "firewall", "services", "key_files", "port", "journals"}
    for name in shedding:
        for part in contract.SECTIONS[name].sheds:
            assert schema.SECTIONS[name]["properties"][part]["type"] == "array"


# What is no facts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "errors"),
    [
        ({"errors": None}, {}),
        ({"errors": []}, {}),
        ({"errors": {"nonsense": {"code": 1, "type": "x", "message": "y"}}}, {}),
        ({"errors": {"domain": "broken"}}, {"domain"}),
        ({"errors": {"domain": {"code": 2**31, "type": "x", "message": "y"}}}, {"domain"}),
        ({"elapsed_ms": 5, "script_ms": "fast", "operation": "other", "changed": None}, {}),
        ({"truncated": "everything"}, {}),
        ({"truncated": ["everything", 5, None]}, {}),
    ],
)
def test_it_never_costs_anything(more: Json, errors: set[str]) -> None:
    given = {**Host().to_answer(), **more}
    for name in errors:
        del given["sections"][name]
    view = read(given)
    assert set(view.errors) == set(errors) and set(view.sections) | set(view.errors) == set(contract.SECTIONS)
    assert view.truncated == [] and judged(view).verdict == "healthy"
    for error in view.errors.values():
        assert error["type"] == "Malformed" and schema.error_fault(error) is None


@pytest.mark.parametrize("name", ["errors", "elapsed_ms", "truncated", "script_ms", "operation", "changed"])
def test_it_may_be_missing(name: str) -> None:
    given = {part: value for part, value in Host().to_answer().items() if part != name}
    assert judged(read(given)).verdict == "healthy"


# Older and newer ------------------------------------------------------------------------------------------------------


@pytest.mark.takes_long
@each("section", list(contract.SECTIONS))
def test_an_older_answer_lacks_facts_and_is_read(section: str) -> None:
    """Each fact that has a default is taken away by itself, and all of them at once."""
    whole = Host().to_answer()

    def copied() -> Json:
        return {**whole, "sections": {**whole["sections"], section: copy.deepcopy(whole["sections"][section])}}

    bare = copied()
    for path, part in list(places(schema.SECTIONS[section], whole["sections"][section])):
        for answered in (copied(), bare):
            at: Any = answered["sections"][section]
            for name in path[:-1]:
                at = at.get(name, {}) if isinstance(at, dict) else at[name]
            at.pop(path[-1], None)
            view = read(answered)
            assert section in view.sections, view.errors[section]["message"]
            judged(view)
        found = read({**whole, "sections": {section: bare["sections"][section]}}).sections[section]
        for name in path[:-1]:
            found = found.get(name) if isinstance(found, dict) else found[name]
            if found is None:
                break  # what it was part of is gone, too
        else:
            assert found[path[-1]] == part["default"]


@each("name", sorted(value.name for _group, value in contract.SETTINGS.values() if not value.account))
def test_a_setting_that_was_not_read_is_not_taken_for_windows_default(name: str) -> None:
    given = Host().to_answer()
    del given["sections"]["listener"][contract.SETTINGS[name][0]]["settings"][name]
    view = read(given)
    assert view.setting(name) is None and f"{name}: missing" in view.errors["listener"]["message"]


@pytest.mark.parametrize("name", sorted(value.name for _group, value in contract.SETTINGS.values() if value.account))
def test_what_older_bundles_were_not_asked_for_is_unread_and_not_none(name: str) -> None:
    """The listener stays readable: the value that Windows always has beside it tells whether it was asked for."""
    given = Host().to_answer()
    group, value = contract.SETTINGS[name]
    for place, names in ((group, (name, value.account)), ("policy", (name,))):
        for one in names:
            del given["sections"]["listener"][place]["settings"][one]
    view = read(given)
    setting = view.setting(name)
    assert not view.errors and setting and (setting.source, setting.effective) == ("unread", None)


def test_a_newer_answer_has_more_and_is_read() -> None:
    given = Host().expire().to_answer()
    before = judged(read(copy.deepcopy(given)))
    given["sections"]["quantum"] = {"spin": 1}
    given["sections"]["host"]["colour"] = "blue"
    given["sections"]["services"]["NewService"] = "running"
    given["sections"]["services"]["TermService"]["flavour"] = [1]
    given["sections"]["certificates"]["stores"]["Remote Desktop"]["certificates"][0]["chain"] = None
    given["sections"]["listener"]["rdp_tcp"]["settings"]["New"] = {"type": "dword", "data": 1}
    given["errors"]["entangled"] = {"code": 1, "type": "x", "message": "y"}
    view = read(given)
    assert "quantum" not in view.sections and not view.errors and judged(view) == before


@given(st.dictionaries(st.sampled_from(sorted(contract.SECTIONS)), ANYTHING, max_size=4), ANYTHING, ANYTHING)
@settings(max_examples=examples(100, 2000), deadline=None)
def test_nothing_in_a_section_breaks_the_answer(sections: Json, errors: Any, truncated: Any) -> None:
    given = {**Host().to_answer(), "errors": errors, "truncated": truncated}
    given["sections"].update(sections)
    view = read(given)
    assert set(view.sections) | set(view.errors) >= set(contract.SECTIONS)
    assert set(view.sections) - set(sections) >= set(contract.SECTIONS) - set(sections) - set(view.errors)
    for name, section in view.sections.items():
        assert schema.tolerant(name)(section) is None
    judged(view)


def test_what_is_in_this_version_s_form_is_taken_as_it_is() -> None:
    given = Host().to_answer()
    taken = answer.read(given)
    for name in contract.SECTIONS:
        assert taken.sections[name] is given["sections"][name]


def test_defaults_fit_their_own_shape() -> None:
    for name, section in Host().to_answer()["sections"].items():
        for path, part in places(schema.SECTIONS[name], section):
            assert validate.compiled(part, schema.DEFINITIONS)(part["default"]) is None, (name, path)


def test_a_list_has_the_length_that_its_schema_names() -> None:
    fault = validate.compiled({"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "string"}})
    assert [fault(["x"] * length) for length in (2, 3, 4)] == [": too short", None, ": too long"]


def test_a_word_of_a_schema_that_nothing_checks_is_an_error_at_once() -> None:
    with pytest.raises(ValueError, match="uniqueItems"):
        validate.compiled({"type": "object", "properties": {"rows": {"type": "array", "uniqueItems": True}}})
