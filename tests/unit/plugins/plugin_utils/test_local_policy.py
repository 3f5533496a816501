# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The host's own Group Policy: its files against a public reader, and which steps a wish comes to."""

from __future__ import annotations

import base64
import io
import struct
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import contract, gpt_ini, local_policy, registry_pol
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import desired, diff, steps
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.journal import Journal
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.planner import Plan
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.undo import undo
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hosts.group_policy import KEY, number, pol, row
from tests.hosts.policy_files import FOREIGN, HEAD, INI_ALLOWED, INI_REFUSED, LISTED, OTHER, POL_ALLOWED, POL_REFUSED
from tests.hosts.snapshots import NOW, Host, dword
from tests.profiles import absent, examples

HISTORY = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Group Policy\History\{35378EAC-683F-11D2-A89A-00C04FBBCFA2}"
NAMES = st.text(st.characters(codec="utf-16", exclude_characters="\0;", exclude_categories=["Cs"]), max_size=12)
ENTRIES = st.lists(st.tuples(NAMES, NAMES, st.integers(0, 2**32 - 1), st.binary(max_size=9)), max_size=6)


@pytest.fixture(scope="module")
def reader() -> ModuleType:
    """A reader and writer of policy files that others wrote (https://pypi.org/project/registrypol/)."""
    try:
        import registrypol
    except ImportError:
        absent("registrypol is not installed (requirements-dev.txt has it)")
    return registrypol


# Registry.pol ---------------------------------------------------------------------------------------------------------


def test_what_is_written_is_read_by_others(reader: ModuleType) -> None:
    # It misses an entry with a line feed among its bytes: none of these is ten bytes long.
    texts = [row(OTHER, "Shell", 1, "no\0".encode("utf-16-le")), number("Other", 7, OTHER)]
    content = local_policy.changed(pol(*texts), {"SecurityLayer": 2, "UserAuthentication": 1})
    read = [
        (one.key.rstrip("\0"), one.value.rstrip("\0"), one.type, one.size, one.data)
        for one in reader.load(io.BytesIO(content)).values
    ]
    assert read == [
        (OTHER, "Shell", 1, 6, "no\0".encode("utf-16-le")),
        (OTHER, "Other", 4, 4, struct.pack("<I", 7)),
        (KEY, "SecurityLayer", 4, 4, struct.pack("<I", 2)),
        (KEY, "UserAuthentication", 4, 4, struct.pack("<I", 1)),
    ]


def test_what_others_write_is_read_and_kept(reader: ModuleType) -> None:
    values = __import__("registrypol.values").values
    policy = __import__("registrypol.policy").policy.RegistryPolicy(
        values=[
            values.RegistryValue(key=key, value=name, type=kind, size=len(data), data=data)
            for key, name, kind, data in (
                (OTHER, "Shell", "REG_SZ", b"x\0\0\0"),
                (KEY, "SecurityLayer", "REG_DWORD", bytes(4)),
                (KEY + "\0", "MinEncryptionLevel\0", "REG_DWORD", struct.pack("<I", 1)),
            )
        ]
    )
    stream = io.BytesIO()
    reader.dump(policy, stream)
    rows = registry_pol.parse(stream.getvalue())
    assert [(one.key, one.name, one.kind, one.data) for one in rows][1:] == [
        (KEY, "SecurityLayer", 4, bytes(4)),
        (KEY, "MinEncryptionLevel", 4, struct.pack("<I", 1)),
    ]
    after = registry_pol.parse(local_policy.changed(stream.getvalue(), {"SecurityLayer": 2}))
    assert [one.raw for one in after] == [rows[0].raw, number("SecurityLayer", 2), rows[2].raw]


@given(ENTRIES)
def test_every_file_is_read_and_built_again_byte_for_byte(entries: list[tuple[str, str, int, bytes]]) -> None:
    content = pol(*(row(*entry) for entry in entries))
    rows = registry_pol.parse(content)
    assert [(one.key, one.name, one.kind, one.data) for one in rows] == entries
    assert registry_pol.build(rows) == content


@given(st.binary(max_size=60), st.integers(0, 200))
@settings(max_examples=examples(100, 2000))
def test_what_is_malformed_is_refused_in_a_sentence(tail: bytes, cut: int) -> None:
    content = pol(*FOREIGN) + tail
    for odd in (content, content[:cut], tail):
        try:
            rows = registry_pol.parse(odd)
        except registry_pol.PolicyFileError as error:
            assert str(error) and "\n" not in str(error)
        else:
            assert registry_pol.build(rows) == odd


@given(ENTRIES, st.sampled_from(sorted(contract.POLICY_DATA)))
def test_a_value_that_is_set_is_in_force_and_nothing_else_changes(
    entries: list[tuple[str, str, int, bytes]], name: str
) -> None:
    others = [row(*entry) for entry in entries]
    clearing = [row(KEY, "**DelVals.", 1, b" \0\0\0"), row(KEY, f"**del.{name}", 1, b" \0\0\0")]
    for before in (pol(*others), pol(number(name, 9), *others, *clearing), pol(*clearing, *others)):
        wanted = contract.POLICY_DATA[name][-1]
        after = local_policy.changed(before, {name: wanted})
        assert local_policy.number(after, name) == wanted
        assert local_policy.excess("registry.pol", before, after) is None
        assert local_policy.changed(after, {name: wanted}) == after
        kept = [one.raw for one in registry_pol.parse(before) if not one.concerns(KEY, name)]
        assert [one.raw for one in registry_pol.parse(after) if not one.concerns(KEY, name)] == kept


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([], None),
        ([number("SecurityLayer", 1), number("SecurityLayer", 2)], 2),
        ([number("SecurityLayer", 2), row(KEY, "**del.SecurityLayer", 1, b" \0\0\0")], None),
        ([number("SecurityLayer", 2), row(KEY, "**delvals.", 1, b" \0\0\0")], None),
        ([number("SecurityLayer", 2), row(KEY, "**DeleteValues", 1, "a;SECURITYLAYER\0".encode("utf-16-le"))], None),
        (
            [
                number("SecurityLayer", 2),
                row(KEY.rsplit("\\", 1)[0], "**DeleteKeys", 1, "x;Terminal Services\0".encode("utf-16-le")),
            ],
            None,
        ),
        ([number("SecurityLayer", 2), row(KEY, "**DeleteKeys", 1, "Below\0".encode("utf-16-le"))], 2),
        ([number("SecurityLayer", 2, OTHER)], None),
        ([row(KEY, "**soft.SecurityLayer", 4, struct.pack("<I", 2))], None),
        ([number("SecurityLayer", 1), row(KEY, "**soft.SecurityLayer", 4, struct.pack("<I", 2))], 1),
        ([row(KEY, "SecurityLayer", 1, "2\0".encode("utf-16-le"))], None),
    ],
)
def test_entries_are_carried_out_one_after_the_other(rows: list[bytes], found: int | None) -> None:
    assert local_policy.number(pol(*rows), "SecurityLayer") == found


# What may be changed --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "pairs"), [("registry.pol", POL_ALLOWED), ("gpt.ini", INI_ALLOWED)])
def test_allowed(file: str, pairs: list[Any]) -> None:
    for name, before, after in pairs:
        assert local_policy.excess(file, before, after) is None, name


@pytest.mark.parametrize(("file", "pairs"), [("registry.pol", POL_REFUSED), ("gpt.ini", INI_REFUSED)])
def test_refused(file: str, pairs: list[Any]) -> None:
    for name, before, after in pairs:
        assert local_policy.excess(file, before, after), name


def test_gpt_ini_counts_and_lists() -> None:
    for name, before, after in INI_ALLOWED:
        assert gpt_ini.raised(before) == after, name
    # Without the last line's end, and without either of the two.
    assert gpt_ini.raised(b"[General]") == b"[General]\r\nVersion=1\r\n" + LISTED.rstrip()
    assert gpt_ini.raised(b"[General]\nVersion=1\n") == b"[General]\n" + LISTED.rstrip() + b"\nVersion=2\n"
    for odd in (b"", b"[General]\0", b"\xef\xbb\xbf" + HEAD, HEAD + b"[Other]\r\n", HEAD + b"Version=x\r\n"):
        with pytest.raises(gpt_ini.GptIniError):
            gpt_ini.raised(odd)


# Plans ----------------------------------------------------------------------------------------------------------------


def _with_files(host: Host, registry: bytes | None = None, ini: bytes | None = None) -> Host:
    host.sections["local_policy"] = {
        file: {"path": rf"C:\Windows\System32\GroupPolicy\{place}", "content": local_policy.encoded(content)}
        for (file, place), content in zip(contract.POLICY_FILES.items(), (registry, ini))
    }
    return host


def _view(host: Host) -> Snapshot:
    return Snapshot.of(host.to_answer(), NOW)


def _wish(host: Host, **asked: Any) -> Plan:
    return desired.listener({"where": "local_policy", **asked}, _view(host), RepairPolicy())


def _joined(host: Host, *gpos: tuple[str, str]) -> Host:
    """In a domain; the last run had these objects, by name and path."""
    host.sections["domain"] = {"joined": True, "name": "corp.example", "channel_status": 0}
    for at, (name, path) in enumerate(gpos):
        for value, text in (("DisplayName", name), ("DSPath", path)):
            host.value(rf"{HISTORY}\{at}", value, {"type": "string", "data": text})
    return host


LOCAL = ("Local Group Policy", "LocalGPO")
DOMAIN = ("Hardening", "LDAP://CN=Machine,CN={1},CN=Policies,CN=System,DC=corp,DC=example")


def test_a_wish_is_three_steps() -> None:
    host = _with_files(Host(), pol(*FOREIGN), HEAD + b"Version=4\r\n")
    plan = _wish(host, security_layer="tls")
    assert [step.op for step in plan.steps] == ["file.replace", "file.replace", "policy.refresh"]
    assert plan.disruption == "none" and not plan.conditional
    assert plan.steps[2].fields["settings"] == {"SecurityLayer": {"type": "dword", "data": 2}}
    view = _view(host)
    steps.check(plan.steps, policy=view.section("local_policy"))
    for fault in (None, _with_files(Host(), pol(), None).sections["local_policy"]):
        with pytest.raises(steps.StepError):
            steps.check(plan.steps, policy=fault)
    assert all(step["content"] is None for step in plan.to_dict()["steps"][:2])


def test_what_a_policy_says_already_is_left() -> None:
    said = _with_files(Host().setting("policy", "SecurityLayer", dword(2)), pol(number("SecurityLayer", 2)), HEAD)
    assert not _wish(said, security_layer="tls").steps
    by_hand = _with_files(Host().setting("policy", "SecurityLayer", dword(2)))
    assert [step.op for step in _wish(by_hand, security_layer="tls").steps] == [
        "file.replace",
        "file.replace",
        "policy.refresh",
    ]
    theirs = _joined(_with_files(Host().setting("policy", "SecurityLayer", dword(2))), DOMAIN)
    assert not _wish(theirs, security_layer="tls").steps


def test_what_has_no_policy_is_the_listener_s_own() -> None:
    host = _with_files(Host().setting("rdp_tcp", "fAllowSecProtocolNegotiation", dword(0)))
    plan = _wish(host, negotiation=True, security_layer="tls")
    assert [step.op for step in plan.steps][:2] == ["registry.set", "file.replace"]


def _won(host: Host, gpo: str, id_: str) -> Host:
    host.sections["policies"]["values"].append(
        {"key": contract.hklm(contract.POLICY), "name": "SecurityLayer", "gpo": gpo, "id": id_}
    )
    return host


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda host: _won(_joined(host, LOCAL), "RDP hardening", DOMAIN[1]), "in the GPO 'RDP hardening'"),
        (lambda host: _joined(host, LOCAL, DOMAIN), "one of the domain's: Hardening"),
        (_joined, "could not say whether it is its own"),
        (
            lambda host: host.value(
                r"SOFTWARE\Microsoft\PolicyManager\current\device\ADMX_TerminalServer",
                "TS_SECURITY_LAYER_POLICY",
                {"type": "string", "data": "<enabled/>"},
            ),
            "device management (MDM)",
        ),
        (
            lambda host: _joined(host, LOCAL).value(
                r"SOFTWARE\Policies\Microsoft\Windows\System", "DisableLGPOProcessing", dword(1)
            ),
            "turns the host's own policies off",
        ),
        (lambda host: host.without("domain"), "whether this host is in a domain"),
    ],
)
def test_another_policy_comes_first(change: Callable[[Host], Host], words: str) -> None:
    host = _with_files(change(Host().setting("policy", "SecurityLayer", dword(1))))
    with pytest.raises(Refused) as refusal:
        _wish(host, security_layer="tls")
    assert words in str(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host,
        lambda host: _joined(host, LOCAL),
        lambda host: _won(_joined(host, LOCAL, DOMAIN), "Local Group Policy", "LocalGPO"),
    ],
)
def test_the_host_s_own_policy_is_the_host_s_to_change(change: Callable[[Host], Host]) -> None:
    host = _with_files(
        change(Host().setting("policy", "SecurityLayer", dword(0))), pol(number("SecurityLayer", 0)), HEAD
    )
    setting = _view(host).setting("SecurityLayer")
    assert setting and setting.own and setting.by_policy and "the host's own Group Policy" in setting.set_by
    assert len(_wish(host, security_layer="tls").steps) == 3
    with pytest.raises(Refused, match="where=local_policy changes it there"):
        desired.listener({"where": "listener", "security_layer": "tls"}, _view(host), RepairPolicy())


@pytest.mark.parametrize(
    ("registry", "ini", "words"),
    [
        (b"junk", None, r"Machine\\Registry.pol cannot be changed: it does not begin as a policy file"),
        (None, b"junk", r"gpt.ini cannot be changed: it has not one section"),
        (pol(row(OTHER, "Big", 3, bytes(131000))), None, "larger than this collection reads"),
    ],
)
def test_files_that_cannot_be_changed(registry: bytes | None, ini: bytes | None, words: str) -> None:
    with pytest.raises(Refused, match=words):
        _wish(_with_files(Host(), registry, ini), security_layer="tls")


def test_files_that_could_not_be_read() -> None:
    host = Host()
    host.answer["errors"]["local_policy"] = {"code": -2147024891, "type": "x", "message": "Zugriff verweigert."}
    with pytest.raises(Refused, match=r"could not be read \(Zugriff verweigert\)"):
        _wish(host, security_layer="tls")


def test_nla_off_is_no_policy() -> None:
    with pytest.raises(Refused, match="nla=false is refused"):
        _wish(_with_files(Host()), nla=False)
    with pytest.raises(Refused, match="nothing would end that policy"):
        _wish(_with_files(Host()), nla=False, **{"for": "2h"})


def test_a_diff_shows_values() -> None:
    host = _with_files(Host(), pol(number("SecurityLayer", 0), *FOREIGN), HEAD + LISTED + b"Version=4\r\n")
    first, second, third = diff.diffs(_wish(host, security_layer="tls"), _view(host))
    assert first["before"] == f"{KEY}\\SecurityLayer: RDP (0)\nother entries: 5\n"
    assert first["after"] == f"{KEY}\\SecurityLayer: SSL (TLS) (2)\nother entries: 5\n"
    assert "Version=4\n" in second["before"] and "Version=5\n" in second["after"]
    assert "SecurityLayer: not set" in third["before"] and "SecurityLayer: SSL (TLS) (2)" in third["after"]
    fresh = diff.diffs(_wish(_with_files(Host()), nla=True), _view(_with_files(Host())))
    assert fresh[0]["before"] == "no file\n" and "UserAuthentication" in fresh[0]["after"]


# The way back ---------------------------------------------------------------------------------------------------------


def _journal(host: Host, before: bytes | None, ini: bytes | None, **asked: Any) -> tuple[Journal, list[bytes]]:
    """The journal of a wish that was carried out, and the two files that it left."""
    view = _view(_with_files(host, before, ini))
    plan = desired.listener({"where": "local_policy", **asked}, view, RepairPolicy())
    left, rows = [], []
    for step, had in zip(plan.steps, (before, ini, None)):
        state: dict[str, Any] = {"hash": local_policy.digest(had), "content": local_policy.encoded(had)}
        if step.op == "policy.refresh":
            state = {"settings": {name: view.listener_value("policy", name) for name in step.fields["settings"]}}
        else:
            left.append(base64.b64decode(step.fields["content"]))
        rows.append({**step.to_host(), "status": "done", "before": state, "after": None, "error": None})
    return Journal("20261123T130000Z-00000001", "complete", tuple(rows)), left


def test_the_way_back_is_both_files_and_then_windows() -> None:
    before, ini = pol(*FOREIGN), HEAD + b"Version=9\r\n"
    journal, left = _journal(Host(), before, ini, security_layer="tls", nla=True)
    plan = undo(journal, _view(_with_files(Host(), *left)))
    assert [(step.op, step.fields.get("policy_file")) for step in plan.steps] == [
        ("file.replace", "gpt.ini"),
        ("file.replace", "registry.pol"),
        ("policy.refresh", None),
    ]
    assert [step.fields["content"] for step in plan.steps[:2]] == [
        local_policy.encoded(ini),
        local_policy.encoded(before),
    ]
    assert plan.steps[2].fields["settings"] == {"SecurityLayer": None, "UserAuthentication": None}
    steps.check(plan.steps, undo=True)
    assert undo(journal).steps == plan.steps  # from a controller's copy, without the files


def test_what_somebody_else_has_changed_since_stays() -> None:
    journal, (written, ini) = _journal(Host(), pol(), None, security_layer="tls")
    edited = registry_pol.build((*registry_pol.parse(written), registry_pol.dword(OTHER, "Later", 1)))
    plan = undo(journal, _view(_with_files(Host(), edited, ini)))
    assert not plan.steps and {one.summary for one in plan.blocked} == {"registry.pol has been changed since"}


def test_no_undo_brings_back_no_tls() -> None:
    journal, left = _journal(Host(), pol(number("SecurityLayer", 0)), None, security_layer="tls")
    plan = undo(journal, _view(_with_files(Host(), *left)))
    assert not plan.steps and "never written" in plan.blocked[0].summary
    fields = {
        "policy_file": "registry.pol",
        "sha256": None,
        "content": local_policy.encoded(pol(number("SecurityLayer", 0))),
    }
    with pytest.raises(steps.StepError, match="never written"):
        steps.check([steps.Step("file.replace", fields, "")], undo=True)


def test_two_changes_are_taken_back_one_after_the_other() -> None:
    first, (one, ini) = _journal(Host(), pol(), None, security_layer="tls")
    second, (two, later) = _journal(Host(), one, ini, nla=True)
    view = _view(_with_files(Host(), two, later))
    assert len(undo(second, view).steps) == 3
    back = undo(first, view, (second,))
    assert [step.fields["content"] for step in back.steps[:2]] == [None, local_policy.encoded(pol())]


def test_what_a_later_change_has_put_back_waits_for_that() -> None:
    first, (one, ini) = _journal(Host(), pol(), HEAD, security_layer="tls")
    second, (two, later) = _journal(Host(), one, ini, security_layer="negotiate")
    third, (three, last) = _journal(Host(), two, later, security_layer="tls")
    for standing, files in (([second], (two, later)), ([third, second], (three, last))):
        plan = undo(first, _view(_with_files(Host(), *files)), standing=standing)
        told = f"journal {standing[0].id} has changed registry.pol since"
        assert not plan.steps and {one.summary for one in plan.later} == {told}
    # The whole of it is as it was before, by a later run that would go back.
    put_back = Journal(second.id, "complete", tuple(_as_found(step) for step in first.steps))
    plan = undo(first, _view(_with_files(Host(), pol(), HEAD)), standing=[put_back])
    assert not plan.steps and {one.guard for one in plan.later} == {"in_use"}


def _as_found(step: dict[str, Any]) -> dict[str, Any]:
    """A step that has put back what this one found."""
    if step["op"] != "file.replace":
        return step
    return {**step, "content": step["before"]["content"], "before": {"content": step["content"]}}
