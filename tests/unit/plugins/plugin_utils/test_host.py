# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import (
    acl,
    certificates,
    contract,
    schema,
    settings,
    times,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot, SnapshotError
from ansible_collections.winops.rdp.plugins.plugin_utils.results.facts import facts

from tests.hosts import snapshots
from tests.hosts.snapshots import NOW, Host, dword
from tests.profiles import each
from tests.unit.schemas import of_snapshots

ROOT = Path(__file__).parents[4]


def test_published_schema_is_the_one_in_force() -> None:
    assert json.loads((ROOT / "docs/snapshot.schema.json").read_text()) == schema.SCHEMA


def test_healthy_snapshot_fits_by_both_validators() -> None:
    answer = Host().to_answer()
    of_snapshots().validate(answer)
    assert schema.first_fault(answer) is None


def _wreck(answer: dict[str, Any], path: str, thing: Any) -> dict[str, Any]:
    at: Any = answer
    *parents, last = path.split(".")
    for name in parents:
        at = at[int(name)] if isinstance(at, list) else at[name]
    if thing is KeyError:
        del at[last]
    else:
        at[last] = thing
    return answer


@each(
    ("path", "thing"),
    [
        ("sections.host.build", "20348"),
        ("sections.host.build", True),
        ("sections.host.utc", "2026-11-23 12:00"),
        ("sections.host.elevated", KeyError),
        ("sections.listener.rdp_tcp.settings.SecurityLayer", 2),
        ("sections.listener.rdp_tcp.settings.SecurityLayer", {"type": "dword", "data": -1}),
        ("sections.listener.rdp_tcp.settings.Extra", {"type": "dword", "data": 1}),
        ("sections.services.TermService.state", 9),
        ("sections.certificates.stores.My.certificates", {}),
        ("sections.key_files.files.0.thumbprint", "abc"),
        ("sections.sessions", KeyError),
        ("errors.nonsense", {"code": 1, "type": "x", "message": "y"}),
        ("errors.host", {"code": 2**31, "type": "x", "message": "y"}),
        ("truncated", ["everything"]),
        ("schema_version", 2),
    ],
)
def test_own_validator_agrees_with_jsonschema(path: str, thing: Any) -> None:
    answer = _wreck(Host().to_answer(), path, thing)
    fault = schema.first_fault(answer)
    assert of_snapshots().is_valid(answer) == (fault is None), fault


@pytest.mark.parametrize("answer", [None, [], "text", {}, {"schema_version": 7}, {"schema_version": 1, "sections": []}])
def test_garbage_is_refused_with_a_sentence(answer: Any) -> None:
    with pytest.raises(SnapshotError, match="answer"):
        Snapshot.of(answer, NOW)


# Settings -------------------------------------------------------------------------------------------------------------


def test_policy_beats_local_and_keeps_the_local_value() -> None:
    host = Host()
    host.setting("policy", "SecurityLayer", dword(0))
    setting = Snapshot.of(host.to_answer(), NOW).setting("SecurityLayer")
    assert setting is not None
    assert (setting.effective, setting.source, setting.local) == (0, "policy", dword(2))
    assert setting.where.startswith(r"HKLM\SOFTWARE\Policies") and "specific security layer" in (
        setting.policy_name or ""
    )


@pytest.mark.parametrize("build", [9600, 14393, 26100])
@pytest.mark.parametrize("name", ["SecurityLayer", "UserAuthentication"])
def test_what_windows_takes_for_a_value_that_was_deleted_is_not_known(build: int, name: str) -> None:
    """Unattend's documentation says 1 and 0, hosts come with 2 and 1: no number is put in its place."""
    setting = Snapshot.of(Host(build).setting("rdp_tcp", name, None).to_answer(), NOW).setting(name)
    assert setting is not None and (setting.effective, setting.source, setting.fault) == (None, "default", None)
    zero = Snapshot.of(Host(build).setting("rdp_tcp", name, dword(0)).to_answer(), NOW)
    assert zero.effective(name) == 0


@pytest.mark.parametrize("name", [name for name, (_group, value) in contract.SETTINGS.items() if value.account])
def test_what_the_listener_leaves_to_the_account_is_not_its_own(name: str) -> None:
    """The computer's policy, then the listener's own value if it keeps it for itself, then the account's."""
    account = contract.SETTINGS[name][1].account or ""

    def seen(own: int | None, left: int | None, policy: int | None) -> tuple[int | str | None, str]:
        host = Host()
        for group, value, data in (("rdp_tcp", name, own), ("rdp_tcp", account, left), ("policy", name, policy)):
            host.setting(group, value, None if data is None else dword(data))
        setting = Snapshot.of(host.to_answer(), NOW).setting(name)
        assert setting
        return setting.effective, setting.source

    assert seen(1, 1, None) == (None, "account")
    assert seen(1, 0, None) == (1, "local") and seen(None, 0, None) == (0, "default")
    assert seen(1, None, None) == (None, "account")
    for left in (0, 1, None):
        assert seen(1, left, 2) == (2, "policy") and seen(1, left, 0) == (0, "policy")
    # An answer from before either was asked for.
    host = Host().setting("rdp_tcp", name, dword(1))
    del host.sections["listener"]["rdp_tcp"]["settings"][account]
    setting = Snapshot.of(host.to_answer(), NOW).setting(name)
    assert setting and (setting.effective, setting.source) == (None, "unread")


def test_value_of_wrong_type_has_no_number() -> None:
    view = Snapshot.of(Host().setting("rdp_tcp", "SecurityLayer", {"type": "string", "data": "2"}).to_answer(), NOW)
    setting = view.setting("SecurityLayer")
    assert setting is not None and setting.effective is None and setting.fault == "is REG_SZ and must be REG_DWORD"


@pytest.mark.parametrize("raw", [None, dword(0), dword(70000), {"type": "string", "data": "3390"}])
def test_unusable_port_number_is_the_default_port(raw: Any) -> None:
    assert Snapshot.of(Host().setting("rdp_tcp", "PortNumber", raw).to_answer(), NOW).port == 3389


def test_every_setting_can_be_resolved_on_a_host_without_values() -> None:
    host = Host()
    groups = host.sections["listener"].values()
    for group in (group for group in groups if group):
        group["settings"] = dict.fromkeys(group["settings"])
    view = Snapshot.of(host.to_answer(), NOW)
    assert all(view.setting(name) is not None for name in settings.names())


# Certificates ---------------------------------------------------------------------------------------------------------


def test_key_provider_of_the_self_signed_certificate() -> None:
    view = Snapshot.of(Host().to_answer(), NOW)
    entry = view.binding and view.binding.certificate
    assert entry and entry.key == certificates.KeyProvider(
        "TSSecKeySet1", "Microsoft Enhanced Cryptographic Provider v1.0", 1, 1
    )


@each("size", range(60))
def test_cut_off_key_provider_is_nothing_or_whole(size: int) -> None:
    import base64

    data = base64.b64decode(snapshots.key_provider())
    provider = certificates.parse_key_provider(data[:size])
    assert provider is None or provider.container == "TSSecKeySet1"


def test_key_provider_with_wild_offsets_is_nothing() -> None:
    import struct

    for offset in (0, 11, 13, 2**31, 2**32 - 1):
        assert certificates.parse_key_provider(struct.pack("<7I", offset, 28, 1, 0, 0, 0, 1) + b"A\0\0\0") is None


@pytest.mark.parametrize(
    ("raw", "thumbprint", "fault"),
    [
        (None, None, None),
        ({"type": "binary", "data": "AQIDBAUGBwgJCgsMDQ4PEBESExQ="}, "0102030405060708090A0B0C0D0E0F1011121314", None),
        ({"type": "string", "data": "0102"}, None, "is REG_SZ and must be REG_BINARY"),
        ({"type": "binary", "data": "AQI="}, None, "has 2 bytes, should have 20"),
        ({"type": "binary", "data": "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}, None, "is all zeros"),
    ],
)
def test_reference_to_a_certificate(raw: Any, thumbprint: str | None, fault: str | None) -> None:
    reference = certificates.read_reference("SSLCertificateSHA1Hash", r"HKLM\X", raw)
    assert (reference.present, reference.thumbprint, reference.fault) == (raw is not None, thumbprint, fault)


def test_unreadable_certificate_keeps_its_entry() -> None:
    host = Host()
    host.sections["certificates"]["stores"]["Remote Desktop"]["certificates"][0]["der"] = "AAAA"
    binding = Snapshot.of(host.to_answer(), NOW).binding
    assert binding and binding.certificate and not binding.certificate.readable and not binding.certificate.expired(NOW)


def test_pin_is_bound_before_self_signed_and_template_only_if_it_is_there() -> None:
    host = Host()
    other = host.add(snapshots.make_der(NOW - timedelta(days=1), NOW + timedelta(days=400), "ca"), "My", None)
    host.setting("winstations", "TemplateCertificate", snapshots.binary(b"\x01" * 20))
    assert (view := Snapshot.of(host.to_answer(), NOW).binding) and view.source == "self_signed"
    host.setting("winstations", "TemplateCertificate", snapshots.binary(bytes.fromhex(other)))
    assert (view := Snapshot.of(host.to_answer(), NOW).binding) and (view.source, view.reference.thumbprint) == (
        "template",
        other,
    )
    host.pin(host.thumbprint)
    assert (view := Snapshot.of(host.to_answer(), NOW).binding) and (view.source, view.reference.thumbprint) == (
        "pin",
        host.thumbprint,
    )


# Access lists ---------------------------------------------------------------------------------------------------------

NS = acl.NETWORK_SERVICE_TOKEN


@each(
    ("sddl", "readable"),
    [
        (snapshots.GOOD_SDDL, True),
        ("O:SYG:SYD:PAI(A;;FA;;;SY)", False),
        ("O:SYG:SYD:PAI(A;;FR;;;NS)", True),
        ("O:SYG:SYD:PAI(A;;GR;;;S-1-5-20)", True),
        ("O:SYG:SYD:PAI(A;;0x20089;;;NS)(A;;0x100000;;;WD)", True),
        ("O:SYG:SYD:PAI(A;;0x1;;;NS)", False),
        ("O:SYG:SYD:PAI(D;;FR;;;NS)(A;;FA;;;WD)", False),
        ("O:SYG:SYD:PAI(A;;FA;;;WD)(D;;FR;;;NS)", True),
        ("O:SYG:SYD:PAI(D;;FW;;;NS)(A;;FR;;;NS)", False),  # FW and FR share READ_CONTROL and SYNCHRONIZE
        ("O:SYG:SYD:PAI(A;IO;FA;;;NS)", False),
        ("O:SYG:SYD:PAI(A;;FA;;;BU)", True),
        ("O:SYG:SYD:PAI(A;;FA;;;LS)", False),
        ("O:SYG:SYD:NO_ACCESS_CONTROL", True),
        ("O:SYG:SYD:", False),
        ("O:SYG:SY", True),
        ("O:SYG:SYD:PAI(XA;;FA;;;NS;(@User.x==1))", False),
        ("O:BAG:BAD:AI(A;ID;FA;;;SY)(A;ID;FR;;;NS)S:AI(AU;SA;FA;;;WD)", True),
    ],
)
def test_network_service_reads(sddl: str, readable: bool) -> None:
    assert acl.granted(acl.parse(sddl), NS, acl.READ) is readable


@pytest.mark.parametrize("text", ["", "nonsense", "D:(A;;FA)", "D:(A;;QQ;;;SY)", "O:SYO:BA", "D:(A;;FA;;;SY"])
def test_not_sddl(text: str) -> None:
    with pytest.raises(acl.SddlError):
        acl.parse(text)


@pytest.mark.parametrize("build", [14393, 17763, 26100])
@pytest.mark.parametrize(
    "sddl",
    [
        "O:SYG:SYD:PAI",
        "O:BAG:BAD:PAI(D;;FA;;;NS)(A;;FA;;;SY)(A;;FR;;;S-1-5-21-1-2-3-1001)",
        "O:SYD:AI(D;;FR;;;NS)(A;ID;FR;;;BU)",
    ],
)
def test_repair_grants_what_the_build_needs_and_takes_nothing_else(build: int, sddl: str) -> None:
    before = acl.parse(sddl)
    after = acl.parse(acl.repaired_key_file(before, build).to_sddl())
    for sid, rights in acl.key_file_defaults(build):
        assert acl.granted(after, {sid}, rights)
    expected = {sid for sid, _rights in acl.key_file_defaults(build)}
    others = [ace.text for ace in before.aces or () if ace.sid not in expected]
    assert [ace.text for ace in after.aces or () if ace.text in others] == others
    assert after.owner == acl.SYSTEM
    assert acl.repaired_key_file(after, build).to_sddl() == after.to_sddl(), "a second repair changes nothing"


def test_service_sids_are_the_hash_of_the_name() -> None:
    import hashlib
    import struct

    for name, sid in (("SessionEnv", acl.SESSIONENV), ("TermService", acl.TERMSERVICE)):
        words = struct.unpack("<5I", hashlib.sha1(name.upper().encode("utf-16-le")).digest())
        assert sid == "S-1-5-80-" + "-".join(map(str, words))


# Occupants and facts --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("station", "state", "occupied"),
    [
        ("RDP-Tcp#0", 0, True),
        ("RDP-Tcp#0", None, True),
        (None, None, True),
        (None, 0, True),
        ("RDP-Tcp#0", 4, False),
        ("Console", 0, False),
        ("console", 0, False),
    ],
)
def test_who_would_be_thrown_out(station: str | None, state: int | None, occupied: bool) -> None:
    people = Snapshot.of(Host().person(station, state).to_answer(), NOW).occupants
    assert bool(people) is occupied


def test_open_connections_count_when_no_session_shows() -> None:
    host = Host()
    host.sections["port"]["established"] = 2
    assert Snapshot.of(host.to_answer(), NOW).occupants == ["2 open connection(s) to port 3389"]


def test_unknown_sessions_are_unknown() -> None:
    assert Snapshot.of(Host().without("sessions").to_answer(), NOW).occupants is None


def test_members_are_known_only_where_all_were_read() -> None:
    host, sid = Host(), "S-1-5-21-1004336348-1177238915-682003330-1104"
    host.sections["logon"]["members"] = [sid]
    assert Snapshot.of(host.to_answer(), NOW).members == (sid,)
    assert Snapshot.of({**host.to_answer(), "truncated": ["logon"]}, NOW).members is None
    host.sections["logon"]["members"] = None
    assert Snapshot.of(host.to_answer(), NOW).members is None


def test_an_answer_with_members_among_the_sessions_is_read() -> None:
    """As earlier versions answered, which had no section ``logon`` at first."""
    host = Host().person()
    del host.sections["logon"]
    host.sections["sessions"]["members"] = ["S-1-5-21-1004336348-1177238915-682003330-1104"]
    view = Snapshot.of(host.to_answer(), NOW)
    assert not view.errors and view.occupants and view.members is None


@each("section", sorted(contract.SECTIONS))
def test_facts_survive_every_missing_section(section: str) -> None:
    view = Snapshot.of(Host().without(section).to_answer(), NOW)
    got = facts(view, ProbeResult())
    assert got["errors"][section]["code"] == -2147024891
    json.dumps(got)


@pytest.mark.parametrize("text", ["9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00", "2026-11-23T12:00:00"])
def test_a_time_that_utc_does_not_have_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        times.parse(text)
