# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who breaks next: told where nothing will avert it, and silent where Windows renews, where it is too far off, and
where it has happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.engine import diagnose
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.forecast import forecast
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.hosts.snapshots import GOOD_SDDL, NOW, Host, binary, dword, make_der, probe, utc
from tests.hosts.windows import RCM
from tests.profiles import each

IN = probe()
_EARLIER = NOW - timedelta(hours=2)
NLA_ONLY = probe(offered={"rdp": False, "tls": False, "nla": True})


def run(host: Host, days: int = 30, sight: dict[str, Any] | str | None = "a client gets in") -> list[dict[str, Any]]:
    view, seen = Snapshot.of(host.to_answer(), NOW), IN if isinstance(sight, str) else sight
    found = forecast(view, ProbeResult(seen), diagnose(view, ProbeResult(seen)).findings, days)
    return [item.to_dict() for item in found]


def soon(days: int = 20) -> Host:
    """A healthy host whose self-signed certificate ends in some days."""
    return Host().expire(-days)


def _pinned(days: int, store: str = "My") -> Host:
    host = Host()
    return host.pin(
        host.add(make_der(NOW - timedelta(days=300), NOW + timedelta(days=days), "WEB01.example.com"), store, None)
    )


def _enrolled(days: int, policy: bool = True) -> Host:
    host = Host()
    der = make_der(NOW - timedelta(days=300), NOW + timedelta(days=days), "WEB01.example.com")
    host.setting("winstations", "TemplateCertificate", binary(bytes.fromhex(host.add(der, "My", None))))
    return host.setting("policy", "CertTemplateName", {"type": "string", "data": "RemoteDesktop"}) if policy else host


def _key(host: Host, sddl: str) -> Host:
    host.key_file["sddl"] = sddl
    return host


def _folder(host: Host) -> Host:
    host.sections["key_files"]["folder"]["sddl"] = "O:SYG:SYD:PAI(A;;FA;;;BA)"
    return host


def _store(host: Host) -> Host:
    host.sections["certificates"]["stores"]["Remote Desktop"]["sddl"] = "O:SYG:SYD:(D;;0x6;;;SY)(A;;KA;;;SY)"
    return host


def _rdsh(grace: int | None, mode: int | None = 5) -> Host:
    host = Host()
    host.sections["licensing"] = {"session_host": True, "type": mode, "grace_days": grace}
    return host


# how the host is, what its listener's certificate is called, why it is not renewed, and the finding that tells of it
DOUBTS: list[tuple[Callable[[], Host], str, str, str | None]] = [
    (
        lambda: soon().service("SessionEnv", start=4, state=1, pid=0),
        "self-signed",
        "SessionEnv is disabled",
        "service.disabled",
    ),
    (
        lambda: soon().service("SessionEnv", state=1, pid=0),
        "self-signed",
        "is stopped while TermService runs",
        "service.sessionenv_stopped",
    ),
    (
        lambda: soon().setting("winstations", "CertRefreshInterval", dword(0)),
        "self-signed",
        "CertRefreshInterval is 0",
        None,
    ),
    (
        lambda: _key(soon(), "O:SYG:SYD:PAI(A;;0x120089;;;SY)(A;;0x120089;;;NS)"),
        "self-signed",
        "may replace its key file",
        None,
    ),
    (lambda: _folder(soon()), "self-signed", "the folder of machine keys was hardened", "machine_keys.folder_hardened"),
    (lambda: _store(soon()), "self-signed", "may not write into the store", "certificate.store_denied"),
    (lambda: soon().event(RCM, 1058, 3), "self-signed", "3 events 1057/1058", None),
    (lambda: _pinned(20), "pinned", "Nothing renews a pinned certificate by itself", None),
    (lambda: _enrolled(20).event(RCM, 1064), "enrolled", "1 event 1064/1065", "certificate.template_failing"),
    (lambda: _enrolled(20, policy=False), "enrolled", "no policy names a template", None),
]


@pytest.mark.parametrize(("make", "kind", "why", "finding"), DOUBTS)
def test_a_certificate_that_nobody_renews(make: Callable[[], Host], kind: str, why: str, finding: str | None) -> None:
    items = run(make())
    assert [(item["kind"], item["when"], item["days"], item["finding"]) for item in items] == [
        ("certificate", "2026-12-13T12:00:00Z", 20, finding)
    ]
    assert why in items[0]["why"] and f"The listener's {kind} certificate" in items[0]["what"]
    assert run(make(), days=19) == [], "it is further off than was asked"


@pytest.mark.parametrize("of", ["host", "SessionEnv"])
@pytest.mark.parametrize(("hours", "told"), [(0.1, True), (1, False), (3, True)])
def test_a_start_settles_the_renewals_that_failed_before_it(of: str, hours: float, told: bool) -> None:
    """As in the diagnosis: SessionEnv looks at its certificate then, and has not failed again."""
    for host in (soon().event(RCM, 1058, at=_EARLIER), _enrolled(20).event(RCM, 1064, at=_EARLIER)):
        since = utc(NOW - timedelta(hours=hours))
        host.sections["host"].update(boot_utc=since) if of == "host" else host.service(of, started=since)
        assert bool(run(host)) is told


@pytest.mark.parametrize(
    "change",
    [
        lambda host: host.service("SessionEnv", state=1, pid=0),
        lambda host: host.service("SessionEnv", start=4, state=1, pid=0),
        lambda host: host.without("services"),
    ],
    ids=["stopped", "disabled", "unread"],
)
def test_a_start_of_windows_settles_nothing_for_a_service_that_does_not_run(change: Callable[[Host], Host]) -> None:
    for host, number in ((soon(), 1058), (_enrolled(20), 1064)):
        change(host.event(RCM, number, at=_EARLIER))
        host.sections["host"]["boot_utc"] = utc(NOW - timedelta(hours=1))
        assert "say that it failed" in "".join(item["why"] for item in run(host)), number


def test_what_a_start_of_windows_has_settled_a_restart_of_the_service_leaves_so() -> None:
    """Else a run that restarts it would have made the host worse."""
    host = soon().event(RCM, 1058, at=_EARLIER).service("SessionEnv", started=utc(NOW - timedelta(minutes=1)))
    host.sections["host"]["boot_utc"] = utc(NOW - timedelta(hours=1))
    assert run(host) == []


@pytest.mark.parametrize(
    "make",
    [
        soon,
        lambda: soon(1),
        lambda: _pinned(40),
        lambda: _enrolled(20),
        lambda: _enrolled(40).event(RCM, 1064),
        # It failed, and then it was done.
        lambda: soon().event(RCM, 1058, at=NOW - timedelta(hours=5)).event(RCM, 1056, at=NOW - timedelta(hours=1)),
        # Of the time before this certificate was made.
        lambda: soon().event(RCM, 1058, at=NOW - timedelta(days=300)),
        lambda: soon().setting("winstations", "CertRefreshInterval", dword(720)),
        lambda: _key(soon(), GOOD_SDDL),
    ],
)
def test_a_certificate_that_windows_renews_is_no_news(make: Callable[[], Host]) -> None:
    assert run(make()) == []


def test_what_has_ended_is_a_finding_and_no_forecast() -> None:
    assert run(Host().expire(5).service("SessionEnv", start=4, state=1, pid=0)) == []
    assert run(_pinned(-5)) == []


def test_every_reason_is_told() -> None:
    items = run(_folder(soon().service("SessionEnv", start=4, state=1, pid=0)))
    assert len(items) == 1 and "disabled" in items[0]["why"] and "hardened" in items[0]["why"]


def test_a_successor_that_was_not_bound_is_named() -> None:
    host = _pinned(20)
    later = host.add(make_der(NOW - timedelta(days=1), NOW + timedelta(days=364), "WEB01.example.com"), "My", None)
    assert later in run(host)[0]["why"]


def _signed(
    name: str, issuer: str, end: datetime, key: ec.EllipticCurvePrivateKey, by: ec.EllipticCurvePrivateKey
) -> bytes:
    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    builder = (
        x509.CertificateBuilder().subject_name(named(name)).issuer_name(named(issuer)).public_key(key.public_key())
    )
    builder = (
        builder.serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=300))
        .not_valid_after(end)
    )
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    return builder.sign(by, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("days", "forged", "told"), [(10, False, True), (10, True, False), (90, False, False), (300, False, False)]
)
def test_an_issuer_that_ends_first(days: int, forged: bool, told: bool) -> None:
    root, middle, leaf, stranger = (ec.generate_private_key(ec.SECP256R1()) for _number in range(4))
    host = Host()
    pin = host.add(
        _signed("web01", "Issuing CA", NOW + timedelta(days=200), leaf, stranger if forged else middle), "My", None
    )
    host.add(_signed("Issuing CA", "Root CA", NOW + timedelta(days=days), middle, root), "My", None)
    host.add(_signed("Root CA", "Root CA", NOW + timedelta(days=3000), root, root), "My", None)
    items = run(host.pin(pin))
    assert [item["when"] for item in items] == (["2026-12-03T12:00:00Z"] if told else [])
    assert not told or "Issuing CA" in items[0]["what"]


@pytest.mark.parametrize(
    ("host", "told"),
    [
        (lambda: _rdsh(12), True),
        (lambda: _rdsh(30), True),
        (lambda: _rdsh(31), False),
        (lambda: _rdsh(0), False),
        (lambda: _rdsh(None), False),
        (
            lambda: _rdsh(12, 4).value(
                r"SYSTEM\CurrentControlSet\Services\TermService\Parameters\LicenseServers",
                "SpecifiedLicenseServers",
                None,
            ),
            True,
        ),
        (Host, False),
    ],
)
def test_the_end_of_the_grace_period(host: Callable[[], Host], told: bool) -> None:
    items = run(host())
    assert [(item["kind"], item["finding"]) for item in items] == (
        [("licensing", "licensing.not_configured")] if told else []
    )


@each(
    ("name", "number", "seen", "told"),
    [
        ("fDenyTSConnections", 1, IN, "no client gets in"),
        ("fDenyTSConnections", 0, IN, None),
        ("fDenyTSConnections", 1, probe("tcp", "refused"), None),
        ("fDenyTSConnections", 1, None, None),
        ("SecurityLayer", 0, IN, "there is no TLS any more"),
        ("SecurityLayer", 2, IN, None),
        ("SecurityLayer", 7, IN, "agrees with no client"),
        ("UserAuthentication", 0, NLA_ONLY, "no longer required"),
        ("UserAuthentication", 1, NLA_ONLY, None),
        ("UserAuthentication", 0, probe(offered={"rdp": False, "tls": True, "nla": True}), None),
        ("MaxInstanceCount", 0, IN, "no connection is taken at all"),
        ("MaxInstanceCount", 999999, IN, None),
    ],
)
def test_a_policy_that_waits_for_the_next_start(
    name: str, number: int, seen: dict[str, Any] | None, told: str | None
) -> None:
    items = [
        item for item in run(Host().setting("policy", name, dword(number)), sight=seen) if item["kind"] == "policy"
    ]
    assert len(items) == (1 if told else 0)
    if told:
        assert told in items[0]["what"] and items[0]["when"] is None and f"sets {name} to {number}" in items[0]["what"]


def test_a_local_value_is_no_policy() -> None:
    assert run(Host().setting("rdp_tcp", "SecurityLayer", dword(0))) == []


def test_the_soonest_comes_first() -> None:
    host = (
        _rdsh(25)
        .expire(-20)
        .setting("policy", "SecurityLayer", dword(0))
        .service("SessionEnv", start=4, state=1, pid=0)
    )
    assert [item["kind"] for item in run(host)] == ["certificate", "licensing", "policy"]


@pytest.mark.parametrize("section", ["listener", "certificates", "key_files", "services", "events", "licensing"])
def test_a_section_that_is_missing_makes_no_forecast_of_its_own(section: str) -> None:
    assert run(soon().without(section)) == []


@pytest.mark.parametrize(
    ("name", "number", "seen", "finding"),
    [
        ("fDenyTSConnections", 1, IN, "listener.rdp_disabled"),
        ("SecurityLayer", 0, IN, "listener.security_layer_weak"),
        ("SecurityLayer", 0, NLA_ONLY, "listener.security_layer_conflict"),
        ("SecurityLayer", 7, IN, "listener.security_layer_invalid"),
        ("UserAuthentication", 0, NLA_ONLY, "nla.disabled"),
        ("MaxInstanceCount", 0, IN, "listener.connection_limit"),
    ],
)
def test_a_policy_that_waits_names_the_finding_on_its_value(
    name: str, number: int, seen: dict[str, Any], finding: str
) -> None:
    items = run(Host().setting("policy", name, dword(number)), sight=seen)
    assert [(item["kind"], item["finding"]) for item in items] == [("policy", finding)]
