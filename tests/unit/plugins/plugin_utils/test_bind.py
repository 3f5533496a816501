# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which certificate a listener is bound to, and what is looked at before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl
from ansible_collections.winops.rdp.plugins.plugin_utils.host.presented import template_of
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.bind import Binding, bind, wanted_keys
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.policy import RepairPolicy
from ansible_collections.winops.rdp.plugins.plugin_utils.repair.refused import Refused
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.hosts.snapshots import NOW, Host, key_provider, sha1
from tests.unit.issuing import IMPORTED, TEMPLATE, TEMPLATE_INFORMATION, hold, issue, key_of, member


def asked(host: Host, **options: Any) -> Binding:
    given = {"thumbprint": None, "allow_name_mismatch": False, "probe": True, "rollback": True, **options}
    return bind(given, Snapshot.of(host.to_answer(), NOW), RepairPolicy())


def ops(found: Binding) -> list[str]:
    return [step.op for step in found.plan.steps]


def test_a_key_that_the_listener_may_not_read_is_opened_for_it_first() -> None:
    host = member()
    thumbprint = hold(host, issue("web01.example.test"))
    found = asked(host, thumbprint=f"\u200e{thumbprint[:2].lower()} {thumbprint[2:].lower()}")
    assert ops(found) == ["acl.set", "registry.set", "service.restart"]
    granted = acl.parse(found.plan.steps[0].fields["sddl"])
    assert acl.granted(granted, acl.NETWORK_SERVICE_TOKEN, acl.READ)
    before = acl.parse(IMPORTED)
    assert granted.owner == before.owner and set(before.aces or ()) < set(granted.aces or ())
    assert found.chosen["thumbprint"] == thumbprint and found.rivals == () and found.notes == ()


def test_what_is_bound_already_is_unchanged_and_its_key_is_seen_to() -> None:
    host = member()
    readable = hold(host, issue("web01.example.test"), sddl=IMPORTED + "(A;;FR;;;NS)")
    assert asked(host.pin(readable), thumbprint=readable).plan.steps == ()
    closed = member()
    assert ops(asked(closed.pin(hold(closed, issue("web01.example.test"))), san="web01.example.test")) == [
        "acl.set",
        "service.restart",
    ]


def test_people_hold_back_the_restart_and_not_the_bind() -> None:
    host = member().person()
    found = asked(host, thumbprint=hold(host, issue("web01.example.test")))
    assert ops(found) == ["acl.set", "registry.set"] and found.plan.blocked[0].guard == "sessions"


@pytest.mark.parametrize("allowed", [False, True])
def test_people_are_looked_for_right_before_the_restart_of_a_bind(allowed: bool) -> None:
    host = member()
    given = {"thumbprint": hold(host, issue("web01.example.test")), "allow_name_mismatch": False, "probe": True}
    policy = RepairPolicy(allow_disconnect=allowed)
    found = bind({**given, "rollback": True}, Snapshot.of(host.to_answer(), NOW), policy)
    restart = found.plan.steps[-1]
    assert restart.op == "service.restart" and restart.fields.get("expect_empty", False) is not allowed


@pytest.mark.parametrize(
    ("der", "options", "words"),
    [
        (issue("web01.example.test", age=100), {}, "not valid now"),
        (issue("web01.example.test", age=-2), {}, "not valid now"),
        (issue("web01.example.test", usage="1.3.6.1.5.5.7.3.2"), {}, "not for server authentication"),
        (issue("web01.example.test", bits=1024), {}, "too weak"),
        (issue("db7.example.test"), {}, "for another name (db7.example.test) than the host's (web01.example.test)"),
        (issue("web01.example.test"), {"probe_host": None, "exists": False}, "there is no file"),
        (issue("web01.example.test"), {"sddl": IMPORTED.replace("PAI", "PAI(D;;FR;;;NS)")}, "denies NETWORK SERVICE"),
        (issue("web01.example.test"), {"sddl": None, "rollback": False}, "is not known"),
        (issue("web01.example.test"), {"sddl": None, "probe": False}, "is not known"),
    ],
)
def test_what_would_keep_clients_out_is_refused(der: bytes, options: dict[str, Any], words: str) -> None:
    host = member()
    file = {name: options.pop(name) for name in ("sddl", "exists") if name in options}
    thumbprint = hold(host, der, **file)
    with pytest.raises(Refused) as refusal:
        asked(host, thumbprint=thumbprint, **options)
    assert words in str(refusal.value)


def test_a_certificate_without_a_key_is_refused() -> None:
    host = member()
    der = issue("web01.example.test")
    host.add(der, "My", None)
    host.sections["certificates"]["stores"]["My"]["certificates"][-1]["key_provider"] = None
    with pytest.raises(Refused, match="no private key"):
        asked(host, thumbprint=sha1(der))


def test_another_name_is_a_choice_of_people() -> None:
    host = member()
    thumbprint = hold(host, issue("rdp.example.test"))
    assert "registry.set" in ops(asked(host, thumbprint=thumbprint, allow_name_mismatch=True))
    assert "registry.set" in ops(asked(host, thumbprint=thumbprint, probe_host="rdp.example.test"))
    wild = hold(host, issue("*.example.test"), 2)
    assert "registry.set" in ops(asked(host, thumbprint=wild))


def test_a_host_in_no_domain_has_no_full_name_to_compare() -> None:
    host = member(None)
    found = asked(host, thumbprint=hold(host, issue("rdp.example.test")))
    assert "registry.set" in ops(found) and "not known" in found.notes[0]


def test_a_key_in_another_provider_is_tried_because_it_can_be_taken_back() -> None:
    host = member()
    der = issue("web01.example.test")
    host.add(der, "My", None, key_provider("k", "Microsoft Platform Crypto Provider", 0))
    found = asked(host, thumbprint=sha1(der))
    assert ops(found) == ["registry.set", "service.restart"] and "is not known" in found.notes[0]


@pytest.mark.parametrize(
    "criteria",
    [
        {"subject": "web01.example.test"},
        {"subject": "cn = web01.example.test"},
        {"san": "WEB01.example.test"},
        {"issuer": "example ca", "san": "web01.example.test"},
        {"template": TEMPLATE, "issuer": "CN=Example CA"},
    ],
)
def test_the_newest_that_fits_is_chosen_and_its_rivals_are_told(criteria: dict[str, Any]) -> None:
    host = member()
    template = TEMPLATE_INFORMATION if "template" in criteria else None
    old = hold(host, issue("web01.example.test", age=60, template=template), 1)
    new = hold(host, issue("web01.example.test", age=2, template=template), 2)
    gone = hold(host, issue("web01.example.test", age=1, template=template), 3, exists=False)
    hold(host, issue("other.example.test", issuer="Another CA"), 4)
    found = asked(host, **criteria)
    assert found.chosen["thumbprint"] == new
    assert [(rival["thumbprint"], rival["why_not"]) for rival in found.rivals][1] == (old, "it is older")
    assert found.rivals[0]["thumbprint"] == gone and "there is no file" in found.rivals[0]["why_not"]
    # Run weekly: bound to the newest already, and when the next one comes it follows.
    host.pin(new)
    assert "registry.set" not in ops(asked(host, **criteria))
    newest = hold(host, issue("web01.example.test", age=0, template=template), 5)
    assert asked(host, **criteria).chosen["thumbprint"] == newest


def test_what_is_not_there_is_named() -> None:
    with pytest.raises(Refused, match=r"no certificate with san x\.example\.test, issuer Example CA"):
        asked(member(), san="x.example.test", issuer="Example CA")


def test_keys_are_asked_for_before_anything_is_done() -> None:
    assert wanted_keys({"thumbprint": "\u200eab cd"}) == ("ABCD",)
    assert wanted_keys({"thumbprint": None, "san": "x"}) == ("*",)


def test_a_deployment_s_certificate_is_left_alone() -> None:
    host = member()
    host.sections["host"]["connection_broker"] = True
    with pytest.raises(Refused, match="Connection Broker"):
        asked(host, thumbprint=hold(host, issue("web01.example.test")))


@pytest.mark.parametrize(
    ("oid", "value", "found"),
    [
        ("1.3.6.1.4.1.311.21.7", TEMPLATE_INFORMATION, {TEMPLATE}),
        ("1.3.6.1.4.1.311.20.2", b"\x1e\x0e" + "Machine".encode("utf-16-be"), {"machine"}),
        ("1.3.6.1.4.1.311.21.7", b"\x30\x80", set()),
        ("1.3.6.1.4.1.311.21.7", b"\x30\x02\x06\x00", set()),
        ("1.3.6.1.4.1.311.20.2", b"\x1e\x03abc", set()),
    ],
)
def test_templates(oid: str, value: bytes, found: set[str]) -> None:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).serial_number(7)
    builder = builder.public_key(key_of(2048).public_key()).not_valid_before(NOW).not_valid_after(NOW + timedelta(1))
    builder = builder.add_extension(x509.UnrecognizedExtension(x509.ObjectIdentifier(oid), value), critical=False)
    assert template_of(builder.sign(key_of(2048), hashes.SHA256()).public_bytes(Encoding.DER)) == found
    assert template_of(b"no certificate") == set()
