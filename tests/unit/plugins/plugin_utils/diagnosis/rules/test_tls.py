# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on Schannel, both ways."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.hosts.faults import (
    IN,
    LIST,
    LSA,
    RESET,
    SCHANNEL,
    Sight,
    turned_off,
)
from tests.hosts.snapshots import NOW, Host, dword, probe
from tests.profiles import each
from tests.unit.judging import assert_silent, ids, run


@each(
    "change",
    [
        lambda host: host.value(
            collect.SUITES_POLICY,
            "Functions",
            {"type": "string", "data": LIST["data"] + ",TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"},
        ),
        lambda host: turned_off(host, "Ciphers", "AES 128/128", "RC4 128/128"),
        lambda host: turned_off(host, "Hashes", "MD5", "SHA"),
        lambda host: host.value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0xFFFFFFFF)),
        lambda host: host.value(SCHANNEL + r"\Protocols\TLS 1.3\Server", "Enabled", dword(0)),
        lambda host: host.value(LSA + r"\FipsAlgorithmPolicy", "Enabled", dword(1)),
    ],
)
@each("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


def test_fips_is_only_a_suspicion_beside_what_is_left() -> None:
    found = run(Host().value(LSA + r"\FipsAlgorithmPolicy", "Enabled", dword(1)), RESET).findings
    assert [(finding.id, finding.confidence) for finding in found] == [
        ("interference.handshake_dropped", "likely"),
        ("tls.fips", "possible"),
    ]


def test_fips_is_named_when_the_client_was_told_so() -> None:
    host = Host().value(LSA + r"\FipsAlgorithmPolicy", "Enabled", dword(1))
    assert ids(run(host, IN, "0x904/0x8")) == ["tls.fips", "client.denied"]
    assert ids(run(Host().setting("rdp_tcp", "MinEncryptionLevel", dword(4)), IN, "0x3/0x8")) == [
        "tls.fips",
        "client.denied",
    ]


@each(
    ("build", "seen", "code", "confidence"),
    [
        (7601, RESET, None, "likely"),
        (6003, RESET, None, "likely"),
        (7601, None, "0x904/0x7", "possible"),
        # It was not what was meant, or the update is there: a look gets in.
        (7601, IN, None, None),
        (9200, RESET, None, None),
    ],
)
def test_without_tls_1_0_an_old_windows_may_have_nothing_left(
    build: int, seen: Sight | None, code: str | None, confidence: str | None
) -> None:
    host = Host(build).value(SCHANNEL + r"\Protocols\TLS 1.0\Server", "Enabled", dword(0))
    found = [one for one in run(host, seen, code).findings if one.id == "tls.too_old"]
    assert [one.confidence for one in found] == ([confidence] if confidence else [])
    assert all("TLS 1.0 is off" in one.summary and "KB3080079" in one.needs_evidence[0] for one in found)


def test_an_old_windows_that_nobody_looked_at_is_not_called_broken_for_a_version_that_was_turned_off() -> None:
    """The update is mostly there where somebody did that; and a listener without TLS has no use for any version."""
    host = Host(7601).value(SCHANNEL + r"\Protocols\TLS 1.0\Server", "Enabled", dword(0))
    assert (run(host, None).verdict, ids(run(host, None))) == ("unknown", [])
    assert run(host, None, "0x904/0x7").verdict == "unknown"
    assert "tls.too_old" not in ids(run(host.setting("rdp_tcp", "SecurityLayer", dword(0)), None, "0x904/0x7"))


_NO_SUITE = ("Schannel", 36874, 4)
# Once more, after a while: whoever it is comes again.
_EARLIER = NOW - timedelta(minutes=7)


@pytest.mark.parametrize(
    "code", ["0x904/0x7", "Connection reset by peer", "ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]"]
)
def test_a_client_may_be_too_new_for_an_old_windows(code: str) -> None:
    found = run(Host(9600).event(*_NO_SUITE), IN, code).findings
    assert [(one.id, one.confidence) for one in found] == [("tls.too_old", "possible"), ("client.outdated", "possible")]
    assert "cipher suites that client offers" in found[0].needs_evidence[0]


_BY_LIBRARY = "ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]"


def test_a_library_may_turn_down_an_old_windows_that_logs_nothing_of_it() -> None:
    """Windows' own clients take it, and say no such thing; on a newer build the reason is the client's."""
    [found] = run(Host(9600), IN, _BY_LIBRARY).findings
    assert (found.id, found.confidence, found.severity) == ("tls.too_old", "possible", "warning")
    assert ids(run(Host(9600), IN, "0x904/0x7")) == ["client.not_reproduced"]
    assert ids(run(Host(14393), IN, _BY_LIBRARY)) == ["client.other"]
    assert "tls.too_old" not in ids(run(Host(9600).without("host"), IN, _BY_LIBRARY))
    # The probe has a current library, too.
    assert found.evidence_against and not any(one in found.evidence_for for one in found.evidence_against)


@pytest.mark.parametrize(
    "beside",
    ["certificate not trusted", "self signed certificate", "self-signed certificate", "Connection reset by peer"],
)
def test_a_client_that_says_why_tls_failed_is_taken_at_its_word(beside: str) -> None:
    for text in (f"{_BY_LIBRARY}\n{beside}", f"{beside}\n{_BY_LIBRARY}"):
        assert "tls.too_old" not in ids(run(Host(9600), IN, text))


@pytest.mark.parametrize(("alert", "told"), [(46, False), (42, False), (48, False), (40, True), (70, True)])
def test_a_client_that_told_the_host_that_it_refuses_the_certificate_did_so(alert: int, told: bool) -> None:
    found = run(Host(9600).event("Schannel", 36887, numbers=(alert,)), IN, _BY_LIBRARY).findings
    assert ("tls.too_old" in [one.id for one in found]) is told


def test_with_a_key_that_has_gcm_an_old_windows_is_not_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Snapshot, "key_type", "EC")
    assert "tls.too_old" not in ids(run(Host(9600), IN, _BY_LIBRARY))


@pytest.mark.parametrize(
    "host",
    [
        Host(14393).event(*_NO_SUITE).event(*_NO_SUITE, at=_EARLIER),
        # What old clients speak is off: it is they that the host has no suite for.
        Host(9600)
        .event(*_NO_SUITE)
        .event(*_NO_SUITE, at=_EARLIER)
        .value(SCHANNEL + r"\Protocols\TLS 1.0\Server", "Enabled", dword(0)),
    ],
)
def test_a_client_is_too_old_where_the_host_lacks_nothing_that_is_new(host: Host) -> None:
    [found] = run(host, IN, "0x904/0x7").findings
    assert (found.id, found.confidence) == ("client.outdated", "likely")


@pytest.mark.parametrize(
    ("build", "code", "seen", "told"),
    [
        (7601, "0x904/0x7", None, True),
        (9600, "0x904/0x7", None, False),
        # A client that gets in shows that the listener has what is needed.
        (7601, "0x904/0x7", IN, False),
        # What the client says for itself is something else.
        (7601, "0x607", None, False),
        (7601, None, None, False),
    ],
)
def test_an_old_windows_that_nobody_looked_at_is_a_suspicion(
    build: int, code: str | None, seen: Sight | None, told: bool
) -> None:
    found = run(Host(build), seen, code).findings
    assert ("tls.too_old" in [one.id for one in found]) is told
    assert all(one.confidence == "possible" for one in found if one.id == "tls.too_old")


def _policy(host: Host, *suites: str) -> Host:
    return host.value(collect.SUITES_POLICY, "Functions", {"type": "string", "data": ",".join(suites)})


@pytest.mark.parametrize(
    ("build", "suite", "example", "too_new"),
    [
        (9200, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256_P256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256", True),
        (9600, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384_P384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256", True),
        (9600, "TLS_RSA_WITH_RC4_128_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256", False),
        (14393, "TLS_RSA_WITH_RC4_128_SHA", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", False),
        (26100, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", False),
    ],
)
def test_a_suite_is_recommended_that_the_build_has(build: int, suite: str, example: str, too_new: bool) -> None:
    [found] = run(_policy(Host(build), suite), RESET).findings
    assert found.id == "tls.suites_unusable" and f"such as {example}, or" in (found.advice or "")
    assert (f"this build of Windows ({build})" in found.summary) is too_new
    assert ids(run(_policy(Host(build), example), RESET)) == ["interference.handshake_dropped"]


@pytest.mark.parametrize(
    ("build", "suites", "told"),
    [
        (9600, ("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"), True),
        # One that no client offers is none, and one that this build does not have.
        (9200, ("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_RC4_128_SHA"), True),
        (9600, ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384"), True),
        (9600, ("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA_P256"), False),
        (14393, ("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",), False),
    ],
)
def test_a_list_for_later_builds_is_a_suspicion_on_older_ones_whose_names_have_a_curve(
    build: int, suites: tuple[str, ...], told: bool
) -> None:
    host = _policy(Host(build), *suites)
    found = {one.id: one for one in run(host, RESET).findings}
    assert ("tls.suites_unusable" in found) is told
    if told:
        suspected = found["tls.suites_unusable"]
        assert suspected.confidence == "possible" and "without their curve" in suspected.summary
        assert "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256" in (suspected.advice or "")
    for seen in (IN, None):
        assert ids(run(host, seen)) == []


@each("number", [36874, 36888])
def test_a_look_that_did_not_come_to_the_handshake_was_not_refused_in_it(number: int) -> None:
    """Another client's was: what ended the look stands first."""
    host = _policy(Host(14393), "TLS_RSA_WITH_AES_128_CBC_SHA").event("Schannel", number, 2, numbers=(40, 1205))
    assert "tls.handshake_refused" not in ids(run(host, probe("negotiation", "reset")))
    crashed = (
        Host()
        .event("Schannel", number, 2, numbers=(40, 1205))
        .event("Service Control Manager", 7031, service="TermService")
    )
    assert ids(run(crashed, probe("negotiation", "reset")))[0] == "service.crashing"
    assert ids(run(crashed, RESET))[0] == "tls.handshake_refused"


@pytest.mark.parametrize(
    ("build", "suites", "words"),
    [
        (9600, ("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "TLS_RSA_WITH_RC4_128_SHA"), "without their curve"),
        (14393, ("TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA"), "cut to few"),
    ],
)
def test_windows_own_word_that_no_suite_was_in_common_points_at_such_a_list(
    build: int, suites: tuple[str, ...], words: str
) -> None:
    host = _policy(Host(build), *suites).event(*_NO_SUITE).event("Schannel", 36888, numbers=(40, 1205))
    [found] = run(host, RESET).findings
    assert (found.id, found.confidence, found.owner) == ("tls.suites_unusable", "likely", "policy")
    assert words in found.summary and "nothing else explains" not in found.summary
    assert any("36874" in one.fact for one in found.evidence_for)
    # An alert alone, an event of before the look, and a look that gets in say nothing of the list.
    for other in (
        _policy(Host(build), *suites).event("Schannel", 36888, numbers=(40, 1205)),
        _policy(Host(build), *suites).event(*_NO_SUITE, at=NOW - timedelta(hours=1)),
    ):
        assert all(one.confidence == "possible" for one in run(other, RESET).findings if one.id == found.id)
    assert "tls.suites_unusable" not in ids(run(host, IN))


_TLS13 = SCHANNEL + r"\Protocols\TLS 1.3\Server"


@pytest.mark.parametrize(
    ("values", "build", "confidence"),
    [
        ({"Enabled": 1}, 17763, "proven"),
        ({"Enabled": 0xFFFFFFFF, "DisabledByDefault": 0}, 18362, "proven"),
        # Older ones do not know of it: what the values do there nobody says.
        ({"Enabled": 0xFFFFFFFF, "DisabledByDefault": 0}, 14393, "possible"),
        ({"Enabled": 1}, 9600, "possible"),
        ({"DisabledByDefault": 0}, 14393, "possible"),
        ({"DisabledByDefault": 0}, 20348, None),
        ({"DisabledByDefault": 1}, 17763, None),
        ({"Enabled": 0, "DisabledByDefault": 0}, 17763, None),
        ({"Enabled": 1, "DisabledByDefault": 1}, 17763, None),
    ],
)
def test_tls_1_3_that_was_turned_on_by_hand(values: dict[str, int], build: int, confidence: str | None) -> None:
    host = Host(build)
    for name, number in values.items():
        host.value(_TLS13, name, dword(number))
    found = {one.id: one.confidence for one in run(host, RESET).findings}
    assert found.get("tls.tls13_unsupported") == confidence
    # The guess that nothing on the host explains it stands beside a suspicion alone.
    assert ("interference.handshake_dropped" in found) is (confidence != "proven")


@pytest.mark.parametrize("seen", [IN, None])
@pytest.mark.parametrize(
    ("build", "told"), [(7601, False), (9600, False), (14393, False), (17763, True), (19045, True)]
)
def test_tls_1_3_by_hand_is_none_where_windows_does_not_know_of_it(build: int, told: bool, seen: Sight | None) -> None:
    host = Host(build).value(_TLS13, "Enabled", dword(1)).value(_TLS13, "DisabledByDefault", dword(0))
    assert ("tls.tls13_unsupported" in ids(run(host, seen))) is told


_FOR_TLS13_ALONE = [
    ("TLS_AES_256_GCM_SHA384",),
    ("TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"),
    # The others are of another kind of key, or of no current client.
    ("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
    ("TLS_AES_256_GCM_SHA384", "TLS_RSA_WITH_RC4_128_SHA"),
]


@pytest.mark.parametrize("suites", _FOR_TLS13_ALONE)
@pytest.mark.parametrize("seen", [IN, None])
def test_a_list_for_tls_1_3_alone_keeps_out_who_has_1_2(suites: tuple[str, ...], seen: Sight | None) -> None:
    [found] = run(_policy(Host(20348), *suites), seen).findings
    assert (found.id, found.severity, found.owner) == ("tls.suites_unusable", "warning", "policy")
    assert "only clients with TLS 1.3 get in" in found.summary and "all the same" not in found.summary


@pytest.mark.parametrize(
    ("host", "id_"),
    [
        *((_policy(Host(26100), *suites), "tls.suites_unusable") for suites in _FOR_TLS13_ALONE),
        (Host(20348).value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0)), "tls.tls12_disabled"),
    ],
)
@pytest.mark.parametrize("code", ["0x904/0x7", "ERRCONNECT_TLS_CONNECT_FAILED [0x00020008]"])
def test_a_client_without_tls_1_3_is_not_too_old(host: Host, id_: str, code: str) -> None:
    host.event(*_NO_SUITE).event("Schannel", 36888, 3, numbers=(40, 1205))
    [found] = run(host, IN, code).findings
    assert found.id == id_
    met = " ".join(one.fact for one in found.evidence_for)
    assert "36874" in met and "the user's client" in [one.where for one in found.evidence_for]


@pytest.mark.parametrize(
    ("host", "severity"),
    [
        (_policy(Host(20348), "TLS_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"), None),
        (_policy(Host(20348), "TLS_AES_256_GCM_SHA384").value(_TLS13, "Enabled", dword(0)), "critical"),
        (_policy(Host(17763), "TLS_AES_256_GCM_SHA384"), "critical"),
    ],
)
def test_what_a_list_with_suites_of_tls_1_3_leaves(host: Host, severity: str | None) -> None:
    told = [one.severity for one in run(host, None).findings if one.id == "tls.suites_unusable"]
    assert told == [severity] * bool(severity)


def test_a_credential_that_may_be_another_program_s_is_a_suspicion() -> None:
    """Whose it was its numbers do not say; beside what tells of a handshake it is told with that."""
    host = Host().event("Schannel", 36871, numbers=(10013,))
    found = run(host, RESET).findings
    assert [(one.id, one.confidence) for one in found] == [
        ("tls.handshake_refused", "possible"),
        ("interference.handshake_dropped", "possible"),
    ]
    assert "client credential" in found[0].needs_evidence[0] and "nothing on the host" not in found[1].summary
    [refused] = run(host.event("Schannel", 36888, numbers=(40, 1205)), RESET).findings
    core = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS"
    for status in (0x80090363, 0x80090367, 0x8009036A, 0x8009FFFE):
        found = run(Host().event(core, 139, 1, f"{core}/Operational", numbers=(status,)), RESET).findings
        assert any(f"0x{status:08X}" in fact.fact for one in found for fact in one.evidence_for), hex(status)
    assert refused.confidence == "likely" and "36871" in " ".join(one.fact for one in refused.evidence_for)


@pytest.mark.parametrize(
    ("change", "id_"),
    [
        (lambda host: host.value(SCHANNEL + r"\Protocols\TLS 1.2\Server", "Enabled", dword(0)), "tls.tls12_disabled"),
        (
            lambda host: host.value(collect.SUITES_POLICY, "Functions", {"type": "string", "data": ""}),
            "tls.no_cipher_suites",
        ),
        (
            lambda host: host.value(
                collect.SUITES_POLICY, "Functions", {"type": "string", "data": "TLS_RSA_WITH_RC4_128_SHA"}
            ),
            "tls.suites_unusable",
        ),
    ],
)
def test_what_takes_effect_at_the_next_restart_says_that_a_client_got_in(
    change: Callable[[Host], Any], id_: str
) -> None:
    host = Host(17763)
    change(host)
    [held], [broken] = run(host, IN).findings, run(host, RESET).findings
    assert held.id == broken.id == id_ and (held.severity, broken.severity) == ("warning", "critical")
    assert held.confidence == "likely" and held.summary.endswith("; a client got in all the same")
    assert "all the same" not in broken.summary


@pytest.mark.parametrize(
    ("group", "names"), [("Ciphers", ("AES 128/128", "AES 256/256")), ("Hashes", ("SHA256", "SHA384"))]
)
def test_algorithms_set_to_one_are_a_suspicion_where_nobody_looked(group: str, names: tuple[str, ...]) -> None:
    """They need 0xFFFFFFFF; some builds take 1 for off, and a client that gets in shows that this one does not."""
    host = Host()
    for name in names:
        host.value(rf"{SCHANNEL}\{group}\{name}", "Enabled", dword(1))
    unseen = run(host, None)
    [found] = unseen.findings
    assert (found.id, found.severity, found.confidence) == ("tls.algorithms_disabled", "warning", "possible")
    assert (unseen.verdict, run(host, IN).verdict) == ("unknown", "healthy"), "a look may find the host in order"
    assert "0xFFFFFFFF" in (found.advice or "") and found.needs_evidence
    assert run(host, IN).findings == ()
    assert run(host, RESET).findings[0].severity == "critical"
