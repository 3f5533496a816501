# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on Network Level Authentication, both ways: trust, NTLM, CredSSP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.assessment import assess
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import Snapshot

from tests.hosts.faults import (
    IN,
    LSA,
    NLA_DIES,
    Sight,
    domain_member,
)
from tests.hosts.snapshots import NOW, Host, dword, probe
from tests.profiles import each
from tests.unit.judging import assert_silent, ids, run


def _says(number: int, kind: str = "ntstatus", name: str = "STATUS") -> dict[str, Any]:
    return probe("credssp", "denied", failure={"kind": kind, "number": number, "name": name})


@each(
    "change",
    [
        lambda host: host.value(LSA, "disabledomaincreds", dword(1)),
        lambda host: host.value(collect.CREDSSP, "AllowEncryptionOracle", dword(0)),
        lambda host: host.value(collect.CREDSSP, "AllowEncryptionOracle", dword(1)),
        lambda host: host.value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(0)),
        lambda host: host.value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(1)),
        lambda host: domain_member(host, 0).event("NETLOGON", 5719, 4).event("NETLOGON", 3210, 1),
        lambda host: domain_member(host, None).event("NETLOGON", 5719, 1),
    ],
)
@each("seen", [IN, None])
def test_what_is_in_order_or_nobody_s_fault_is_silent(change: Callable[[Host], Any], seen: Sight | None) -> None:
    assert_silent(change, seen)


def test_trust_without_nltest_is_a_suspicion_unless_logons_say_so() -> None:
    host = domain_member(Host(), None).event("NETLOGON", 3210, 2)
    top = run(host).findings[0]
    assert (top.id, top.confidence) == ("nla.trust_broken", "possible") and top.needs_evidence
    assert (
        run(host.event("Microsoft-Windows-Security-Auditing", 4625, 1, "Security", (0xC000018B,)))
        .findings[0]
        .confidence
        == "likely"
    )


def test_a_domain_controller_has_no_secure_channel_to_break() -> None:
    host = domain_member(Host(), 1355)
    host.sections["host"].update(product_type=2, domain_role=5)
    assert ids(run(host)) == []


def _controller(*statuses: int, session_setups: int = 2, at: timedelta = timedelta(0)) -> Host:
    """A domain controller with refused session setups of its own, and logons that failed."""
    host = domain_member(Host(), None)
    host.sections["host"].update(product_type=2, domain_role=5)
    for status in statuses:
        host.event("Microsoft-Windows-Security-Auditing", 4625, 2, "Security", (status, 0, 10))
    return host.event("NETLOGON", 5721, session_setups, at=NOW - at) if session_setups else host


@each("seen", [IN, None])
@each("status", [0xC000018A, 0xC000018B])
def test_a_domain_controller_whose_own_account_is_gone_authenticates_nobody(status: int, seen: Sight | None) -> None:
    found = run(_controller(status), seen).findings[0]
    assert (found.id, found.confidence, found.owner) == ("nla.trust_broken", "likely", "host")
    assert "This domain controller" in found.summary and "dcdiag /test:MachineAccount /s:WEB01" in (found.advice or "")
    assert "Test-ComputerSecureChannel" not in (found.advice or "")


_SESSIONS = "Microsoft-Windows-TerminalServices-LocalSessionManager"


def test_a_domain_controller_that_somebody_logged_on_to_since_has_its_account() -> None:
    """The session setup that was refused was that of a trust with another domain, whose accounts fail."""
    since = _controller(0xC000018B, at=timedelta(hours=2)).event(
        _SESSIONS, 21, 1, f"{_SESSIONS}/Operational", at=NOW - timedelta(hours=1)
    )
    assert "nla.trust_broken" not in ids(run(since, IN))
    before = _controller(0xC000018B, at=timedelta(hours=2)).event(
        _SESSIONS, 21, 1, f"{_SESSIONS}/Operational", at=NOW - timedelta(hours=3)
    )
    assert run(before, IN).findings[0].confidence == "likely"


def test_beside_a_trust_with_another_domain_it_is_a_suspicion() -> None:
    found = next(one for one in run(_controller(0xC000018B, 0xC000018C), IN).findings if one.id == "nla.trust_broken")
    assert found.confidence == "possible"
    assert any("another one that it has a trust with" in one for one in found.needs_evidence)


def test_it_is_no_more_than_a_suspicion_where_only_a_client_says_so() -> None:
    found = run(_controller(), IN, "0xC000018B").findings
    assert [(one.id, one.confidence) for one in found] == [
        ("client.no_authority", "likely"),
        ("nla.trust_broken", "possible"),
    ]


@each(
    "host",
    [
        _controller(0xC000018B, session_setups=0),  # another domain's account
        _controller(0xC000018D),  # a trust with another domain
        _controller(0xC000018B, at=timedelta(days=2)),
        _controller(),  # another domain's controller, which has no account for this one
    ],
)
def test_what_a_domain_controller_logs_of_others_is_not_its_own_account(host: Host) -> None:
    assert "nla.trust_broken" not in ids(run(host, IN))


def test_a_user_s_code_can_be_the_observation_that_proves() -> None:
    host = domain_member(Host(), 1789)
    assert run(host, IN).findings[0].confidence == "likely"
    top = run(host, IN, "0x1807").findings[0]
    assert (top.id, top.confidence) == ("nla.trust_broken", "proven")


def test_policy_names_the_gpo_that_won_and_device_management_is_told_apart() -> None:
    host = Host().setting("policy", "UserAuthentication", dword(0))
    key = r"HKLM\SOFTWARE\Policies\Microsoft\Windows NT\Terminal Services"
    host.sections["policies"]["values"] = [
        {"key": key.upper(), "name": "userauthentication", "gpo": "Workstations", "id": "{1}"}
    ]
    setting = Snapshot.of(host.to_answer(), NOW).setting("UserAuthentication")
    assert setting and (setting.source, setting.gpo) == ("policy", "Workstations")
    assert "in the GPO 'Workstations'" in (run(host).findings[0].advice or "")
    host.value(
        collect.MDM + r"\ADMX_TerminalServer",
        "TS_USER_AUTHENTICATION_POLICY",
        {"type": "string", "data": "<disabled/>"},
    )
    setting = Snapshot.of(host.to_answer(), NOW).setting("UserAuthentication")
    assert setting and (setting.source, setting.gpo, setting.by_policy) == ("mdm", None, True)
    assert "device management" in (run(host).findings[0].advice or "")


@pytest.mark.parametrize(
    ("host", "seen", "expected"),
    [
        (domain_member(Host(), None), _says(0xC000018D), [("nla.trust_broken", "likely")]),
        (domain_member(Host(), None), _says(0xC000005E), [("nla.no_domain_controller", "likely")]),
        (domain_member(Host(), 1789), _says(0xC000018D), [("nla.trust_broken", "proven")]),
        (domain_member(Host(), 0), _says(0xC0000418), [("nla.ntlm_refused", "likely")]),
        (domain_member(Host(), 0), _says(2, "spnego", "REJECT"), [("nla.ntlm_refused", "likely")]),
        (domain_member(Host(), 0), _says(0xC0000133), [("clock.wrong", "likely")]),
        (domain_member(Host(), 0), _says(0xC000006D), [("nla.unanswered", "likely")]),
        (domain_member(Host(), None).event("NETLOGON", 5719), NLA_DIES, [("nla.no_domain_controller", "likely")]),
        (domain_member(Host(), None).event("NETLOGON", 5719), IN, []),
        (Host(), _says(0xC0000418), [("nla.ntlm_refused", "likely")]),
        (
            domain_member(Host(), 1789).event("NETLOGON", 3210).without("domain"),
            NLA_DIES,
            [("nla.trust_broken", "likely")],
        ),
    ],
)
def test_the_status_that_the_host_answers_counts(
    host: Host, seen: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = run(host, seen).findings
    assert [(finding.id, finding.confidence) for finding in found] == expected
    assert all("None" not in f"{finding.summary} {finding.advice}" for finding in found)


def test_a_denial_is_told_by_its_name() -> None:
    assert any(
        "STATUS_NTLM_BLOCKED" in fact.fact
        for fact in run(Host(), _says(0xC0000418, name="STATUS_NTLM_BLOCKED")).findings[0].evidence_for
    )


# Whether the host is asked for its secure channel --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "seen", "code", "wanted"),
    [
        (domain_member(Host(), None), IN, None, False),
        (domain_member(Host(), None), None, None, False),
        (domain_member(Host(), None), probe("tls", "reset"), None, False),
        (domain_member(Host(), None), NLA_DIES, None, True),
        (domain_member(Host(), None), IN, "0x1807", True),
        (domain_member(Host(), None).event("NETLOGON", 3210), IN, None, True),
        (domain_member(Host(), 0), NLA_DIES, None, False),
        (Host(), NLA_DIES, None, False),
    ],
)
def test_who_needs_to_know_the_secure_channel(host: Host, seen: Any, code: str | None, wanted: bool) -> None:
    """The program that tells it is on every list of what intruders run: a fleet is not asked for nothing."""
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(seen), code)
    assert found.needs_channel(nla_is_wanted=False) is wanted


def test_who_requires_nla_needs_to_know_the_secure_channel() -> None:
    host = domain_member(Host(), None).setting("rdp_tcp", "UserAuthentication", dword(0))
    found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(IN))
    assert found.needs_channel(nla_is_wanted=True) and not found.needs_channel(nla_is_wanted=False)


def test_a_host_that_was_asked_in_vain_or_needs_no_channel_is_not_asked_again() -> None:
    in_vain, controller = domain_member(Host(), None), domain_member(Host(), None)
    in_vain.answer["silent"]["domain"] = {"code": 1, "type": "x", "message": "x"}
    controller.sections["host"].update(product_type=2, domain_role=5)
    for host in (in_vain, controller):
        found = assess(Snapshot.of(host.to_answer(), NOW), ProbeResult(NLA_DIES))
        assert not found.needs_channel(nla_is_wanted=True)


AUDIT = "Microsoft-Windows-Security-Auditing"


def _refused(*statuses: int, kind: int = 3) -> Host:
    return Host().event(AUDIT, 4625, 3, "Security", numbers=(*statuses, kind))


@each(
    ("statuses", "id_", "word"),
    [
        ((0xC000006E, 0xC000006F), "nla.account_restricted", "Logon Hours"),
        ((0xC000006F, 0), "nla.account_restricted", "Logon Hours"),
        ((0xC000006E, 0xC0000070), "nla.account_restricted", "Log On To"),
        ((0xC00002FA, 0), "nla.account_restricted", "scforceoption"),
        ((0xC0000413, 0), "nla.account_restricted", "Allowed to authenticate"),
        ((0xC000006D, 0xC0000413), "nla.account_restricted", "Allowed to authenticate"),
        ((0xC000006E, 0), "nla.account_restricted", "Protected Users"),
        ((0xC000006E, 0xC0000072), "nla.account_unusable", "enable it"),
        ((0xC0000072, 0), "nla.account_unusable", "Enable-ADAccount"),
        ((0xC0000234, 0), "nla.account_unusable", "Unlock-ADAccount"),
        ((0xC0000193, 0), "nla.account_unusable", "Set-ADAccountExpiration"),
        ((0xC0000224, 0), "nla.account_unusable", "Network Level Authentication alone"),
        ((0xC000006E, 0xC0000224), "nla.account_unusable", "Set-ADAccountPassword"),
        ((0xC0000071, 0), "nla.account_unusable", "Set-ADAccountPassword"),
        ((0xC000006D, 0xC0000064), "client.credentials", "look at the account"),
        ((0xC000006D, 0xC000006A), "client.credentials", "look at the account"),
        ((0xC000035B, 0), "nla.channel_binding", ""),
        ((0xC000015B, 0), "nla.logon_right_missing", "Add-LocalGroupMember"),
        ((0x80090302, 0xC0000418), "nla.ntlm_refused", ""),
    ],
)
@each("kind", [3, 10])
def test_a_refused_logon_is_told_by_its_status(statuses: tuple[int, int], id_: str, word: str, kind: int) -> None:
    found = run(_refused(*statuses, kind=kind), IN)
    assert [one.id for one in found.findings] == [id_]
    assert word in (found.findings[0].advice or "")
    assert found.verdict in ("healthy", "degraded")


def test_two_accounts_are_two_findings() -> None:
    host = _refused(0xC000006E, 0xC0000070).event(AUDIT, 4625, 1, "Security", numbers=(0xC0000234, 0, 3))
    assert ids(run(host, IN)) == ["nla.account_restricted", "nla.account_unusable"]


def test_a_wrong_password_is_told_only_where_nothing_says_more() -> None:
    """Not beside a client's own complaint, nor on a domain controller, which logs what comes to the whole domain."""
    host = _refused(0xC000006D, 0xC000006A)
    assert run(host, IN).findings[0].confidence == "possible" and run(host, IN).verdict == "healthy"
    assert ids(run(host, IN, "0x904/0x7")) == ["client.not_reproduced"]
    assert ids(run(host, IN, "words that nobody knows")) == ["client.other"]
    assert ids(run(host, None)) == []
    controller = _refused(0xC000006D, 0xC000006A)
    domain_member(controller, 0)
    controller.sections["host"].update(domain_role=5, product_type=2)
    assert ids(run(controller, IN)) == []


@pytest.mark.parametrize(
    ("statuses", "kind", "told"),
    [
        # Of Remote Desktop: the reason that the log has, whatever it is.
        ((0xC000006D, 0xC0000022), 10, True),
        ((0xC0000388, 0), 10, True),
        ((0xC000019B, 0xC0000371), 10, True),
        # Over the network it may have been anything; and these say nothing, or nobody knows them.
        ((0xC0000388, 0), 3, False),
        ((0xC000006D, 0), 10, False),
        ((0xC0ABCDEF, 0), 10, False),
    ],
)
def test_a_logon_that_was_refused_for_a_rare_reason_is_told(statuses: tuple[int, int], kind: int, told: bool) -> None:
    found = run(_refused(*statuses, kind=kind), IN).findings
    assert [(one.id, one.confidence) for one in found] == ([("client.credentials", "possible")] if told else [])


def test_errors_are_told_beside_a_suspicion_where_nobody_looked() -> None:
    """Accounts that are locked are everyday; what the listener logged is not."""
    rcm = "Microsoft-Windows-TerminalServices-RemoteConnectionManager"
    host = _refused(0xC0000234, 0).event(rcm, 1036, 2, numbers=(0x80070005,))
    assert ids(run(host, None)) == ["listener.errors_logged", "nla.account_unusable"]
    assert ids(run(host, IN)) == ["nla.account_unusable"]


@each("seen", [IN, None])
@each(
    "shown",
    [
        "0xC000018A",
        "0xC000018B",
        "0xC000018C",
        "0xC000018D",
        "The trust relationship between this workstation and the primary domain failed.",
        "Die Vertrauensstellung zwischen dieser Arbeitsstation und der primären Domäne ist gebrochen.",
    ],
)
def test_a_client_that_says_that_the_trust_is_broken_is_heard(shown: str, seen: Sight | None) -> None:
    """Unless the host says that its own is in order, or has none."""
    unknown = run(domain_member(Host(), None), seen, shown)
    assert (unknown.findings[0].id, unknown.findings[0].confidence) == ("nla.trust_broken", "likely")
    assert "nltest" in unknown.findings[0].needs_evidence[0]
    for host in (domain_member(Host(), 0), Host()):
        assert ids(run(host, seen, shown)) == ["client.no_authority"]


@pytest.mark.parametrize("seen", [IN, None])
def test_what_a_client_says_of_ntlm_is_held_against_no_setting_that_refuses_it(seen: Sight | None) -> None:
    """The look gives no account, so that NTLM was not asked of it."""
    shown = "Authentication failed because NTLM authentication has been disabled."
    host = domain_member(Host(), 0).value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(2))
    first = run(host, seen, shown).findings[0]
    assert first.id == "nla.ntlm_refused" and not first.evidence_against
    assert [one.id for one in run(Host(), IN, shown).findings] == ["client.ntlm_off"]


_NOT_SUPPORTED = "An authentication error has occurred. The function requested is not supported"
_BLOCKED = (0x80090302, 0xC0000418, 3)


@pytest.mark.parametrize(
    "shown",
    [
        _NOT_SUPPORTED,
        "Authentifizierungsfehler. Die angeforderte Funktion wird nicht unterst\u00fctzt. Remotecomputer: srv7",
        "Une erreur d'authentification s'est produite. La fonction demand\u00e9e n'est pas prise en charge.",
        "0x80090302",
    ],
)
@pytest.mark.parametrize("setting", [None, 1, 2])
def test_a_function_that_is_not_supported_may_be_ntlm_that_the_host_blocked(shown: str, setting: int | None) -> None:
    host = domain_member(Host(), 0).event(AUDIT, 4625, 2, "Security", numbers=_BLOCKED)
    if setting:
        host.value(LSA + r"\MSV1_0", "RestrictReceivingNTLMTraffic", dword(setting))
    [found] = run(host, IN, shown).findings
    assert found.id == "nla.ntlm_refused"
    assert any("0xC0000418" in one.fact for one in found.evidence_for)
    assert "the user's client" in [one.where for one in found.evidence_for]


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        # The dialog names what it is about.
        (_refused(*_BLOCKED[:2]), f"{_NOT_SUPPORTED}. This could be due to CredSSP encryption oracle remediation."),
        (_refused(*_BLOCKED[:2]), f"{_NOT_SUPPORTED}. https://go.microsoft.com/fwlink/?linkid=866660"),
        # The host blocked none, or long ago.
        (Host(), _NOT_SUPPORTED),
        (_refused(0xC000006D, 0xC000006A), _NOT_SUPPORTED),
        (Host().event(AUDIT, 4625, 2, "Security", _BLOCKED, NOW - timedelta(hours=40)), _NOT_SUPPORTED),
    ],
)
def test_else_it_is_what_client_and_host_make_of_credssp(host: Host, shown: str) -> None:
    assert run(host, IN, shown).findings[0].id in ("client.credssp_version", "nla.ntlm_refused")
    assert "client.credssp_version" in ids(run(host, IN, shown))


@pytest.mark.parametrize(
    ("shown", "seen", "told"),
    [
        # Programs that pass a connection on say no more of it: https://github.com/neutrinolabs/xrdp/issues/1083
        ("xrdp: An internal error has occurred.", IN, True),
        ("Through our proxy: an internal error has occurred.", IN, True),
        ("An internal error has occurred. The client is FreeRDP 1.1", IN, True),
        ("RDP in the browser shows an internal error", IN, True),
        ("MeshCentral, tab RDP: internal error", IN, True),
        ("Remote Desktop shows an internal error", IN, False),
        # Hardened hosts all have the value.
        ("An internal error has occurred.", IN, False),
        ("0x4", IN, False),
        ("0x8009030C", IN, True),
        # With a reason of the host beside it, or where the look ends earlier, it is something else.
        ("0x4/0x7", IN, False),
        ("An internal error has occurred.", probe("tls", "reset"), False),
        ("0x904/0x7", IN, False),
        (None, IN, False),
    ],
)
def test_a_host_that_wants_updated_clients_is_named_where_one_may_have_met_it(
    shown: str | None, seen: Sight, told: bool
) -> None:
    host = Host(14393).value(collect.CREDSSP, "AllowEncryptionOracle", dword(0))
    found = [one for one in run(host, seen, shown).findings if one.id == "nla.oracle_forced"]
    assert [one.confidence for one in found] == ["possible"] * told
    for without in ({"rdp": True, "tls": True, "nla": False}, None):
        other = Host(14393).value(collect.CREDSSP, "AllowEncryptionOracle", dword(0))
        look = {**seen, "offered": without} if without else seen
        if not without:
            other.setting("rdp_tcp", "SecurityLayer", dword(0))
        assert "nla.oracle_forced" not in ids(run(other, look, shown))
    assert "nla.oracle_forced" not in ids(run(Host(14393), seen, shown))


def test_who_is_denied_the_right_is_what_settles_a_refusal() -> None:
    host = Host().event("Microsoft-Windows-Security-Auditing", 4625, numbers=(0xC000015B, 0, 10), at=NOW)
    host.sections["logon"]["policy"] = [
        {"file": "gpt00001.inf", "right": "SeDenyRemoteInteractiveLogonRight", "accounts": ["*S-1-5-21-1-2-3-1604"]}
    ]
    [found] = run(host, IN).findings
    assert found.id == "nla.logon_right_missing"
    [asked] = [one for one in found.needs_evidence if "(SeDenyRemoteInteractiveLogonRight) names" in one]
    # Whoever cannot log on cannot ask there.
    assert "S-1-5-21-1-2-3-1604" in asked and "net user NAME /domain" in asked and "whoami" not in asked
    host.sections["logon"]["policy"][0]["accounts"] = []
    [found] = run(host, IN).findings
    assert not any("names" in one for one in found.needs_evidence)


@pytest.mark.parametrize(
    ("denied", "named"),
    [
        (["*S-1-5-32-546"], False),
        (["Guests"], False),
        (["*S-1-5-21-1-2-3-501", "*S-1-5-21-1-2-3-514", "*S-1-5-7"], False),
        (["*S-1-5-32-546", "*S-1-5-114"], True),
    ],
)
def test_that_guests_are_denied_says_nothing_of_a_user(denied: list[str], named: bool) -> None:
    host = Host()
    rows = [{"file": "gpt00001.inf", "right": "SeDenyRemoteInteractiveLogonRight", "accounts": denied}]
    host.sections["logon"]["policy"] = rows
    found = next(one for one in run(host, IN, "0x3/0x9").findings if one.id == "nla.logon_right_missing")
    asked = [one for one in found.needs_evidence if "(SeDenyRemoteInteractiveLogonRight) names" in one]
    assert bool(asked) is named
    assert not named or ("dministrator" in asked[0] and "Guests" not in asked[0])


def test_two_accounts_that_cannot_be_used_get_the_advice_for_all() -> None:
    host = _refused(0xC0000234, 0).event(AUDIT, 4625, 1, "Security", numbers=(0xC0000193, 0, 3))
    (finding,) = run(host, IN).findings
    assert "unlock it, enable it" in (finding.advice or "")


@pytest.mark.parametrize(
    ("accounts", "members", "nla", "found"),
    [
        (["*S-1-5-32-544"], ["S-1-5-21-1-2-3-1107"], 1, "warning"),
        ([], [], 1, "critical"),
        # Nobody, and whom no person logs on as.
        (["*S-1-0-0"], [], 1, "critical"),
        (["*S-1-0-0"], [], 0, None),
        (["*S-1-0-0", "*S-1-5-32-546"], ["S-1-5-21-1-2-3-1107"], 1, "critical"),
        (["*S-1-5-19", "*S-1-5-20", "*S-1-5-9"], [], 1, "critical"),
        (["*S-1-5-80-1-2-3-4-5"], [], 1, "critical"),
        (["*S-1-0-0", "*S-1-5-32-544"], [], 1, None),
        (["*S-1-0-0", "*S-1-5-21-1-2-3-1200"], [], 1, None),
        (["*S-1-5-32-544"], [], 1, None),
        (["*S-1-5-32-544", "*S-1-5-32-555"], ["S-1-5-21-1-2-3-1107"], 1, None),
        (["*S-1-5-11"], ["S-1-5-21-1-2-3-1107"], 1, None),
        (["*S-1-5-32-544"], ["S-1-5-21-1-2-3-1107"], 0, None),
        (["*S-1-5-32-544", "*S-1-5-21-1-2-3-512", "*S-1-5-9"], ["S-1-5-21-1-2-3-1107"], 1, "warning"),
        # Who is in Remote Desktop Users may be in these as well: nobody has read whether.
        (["*S-1-5-32-544", "*S-1-5-21-1-2-3-513"], ["S-1-5-21-1-2-3-1107"], 1, None),
        (["*S-1-5-32-544", "*S-1-5-21-1-2-3-1200"], ["S-1-5-21-1-2-3-1107"], 1, None),
        (["*S-1-5-32-544", "CORP\\people"], ["S-1-5-21-1-2-3-1107"], 1, None),
    ],
)
def test_who_may_not_come_from_the_network_is_shut_out_by_nla_alone(
    accounts: list[str], members: list[str], nla: int, found: str | None
) -> None:
    host = Host().setting("rdp_tcp", "UserAuthentication", dword(nla))
    host.sections["logon"]["members"] = members
    host.sections["logon"]["policy"] = [
        {"file": "gpt00001.inf", "right": "SeNetworkLogonRight", "accounts": accounts},
    ]
    told = [one for one in run(host, IN).findings if one.id == "nla.logon_policy"]
    assert [one.severity for one in told] == [found] * bool(found)
    assert all(one.owner == "policy" and one.confidence != "proven" for one in told)


@pytest.mark.parametrize(("kind", "right"), [(3, "SeNetworkLogonRight"), (10, "SeRemoteInteractiveLogonRight")])
def test_a_right_that_is_missing_is_told_with_the_way_that_took_it(kind: int, right: str) -> None:
    """Of Remote Desktop, Network Level Authentication alone logs on over the network."""
    host = Host().event("Microsoft-Windows-Security-Auditing", 4625, numbers=(0xC000015B, 0, kind), at=NOW)
    [finding] = run(host).findings
    logged = finding.evidence_for[0].fact
    assert f"logon type {kind}, " in logged and right in logged
    assert ("Network Level Authentication alone" in logged) == (kind == 3)


def test_a_look_that_gets_in_is_no_evidence_for_a_trust_that_is_broken() -> None:
    host = domain_member(Host(), 1789)
    [trust] = [one for one in run(host, IN, "0x1807").findings if one.id == "nla.trust_broken"]
    assert [one.where for one in trust.evidence_for] == ["section domain", "the user's client"]
    assert "the trust between machine and domain is broken" in trust.evidence_for[0].fact
    # One that fails in it is.
    [trust] = [one for one in run(host, NLA_DIES).findings if one.id == "nla.trust_broken"]
    assert trust.evidence_for[-1].where.startswith("probe of")


@pytest.mark.parametrize(
    ("shown", "first"),
    [
        ("0x1D07", "client.clock"),
        ("0x80090302", "client.credssp_version"),
        ("0xE09", "client.restricted_admin"),
        ("0x80070791", "client.ntlm_off"),
        ("0x1307", "nla.logon_right_missing"),
        ("The trust relationship between this workstation and the primary domain failed.", "nla.trust_broken"),
        # These may be of the account in the log.
        ("0x1807", "nla.account_unusable"),
        ("0x807", "nla.account_unusable"),
        ("0xD07", "nla.account_unusable"),
    ],
)
def test_somebody_s_locked_account_comes_after_what_a_client_says_of_something_else(shown: str, first: str) -> None:
    host = domain_member(_refused(0xC0000234, 0), None)
    found = {one.id: one.confidence for one in run(host, IN, shown).findings}
    assert next(iter(found)) == first
    assert found["nla.account_unusable"] == ("likely" if first == "nla.account_unusable" else "possible")


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("0xC0000234", True),
        ("0xC0000071", False),
        ("0xC0000064", False),  # the user is unknown
        ("0xA07", False),
        ("0x1007", False),  # not at this hour
        ("0xC0000070", False),  # not from this computer
        ("0xC000006A", True),  # wrong passwords lock accounts
    ],
)
def test_a_locked_account_in_the_log_is_not_one_of_which_a_client_says_otherwise(shown: str, told: bool) -> None:
    host = domain_member(_refused(0xC0000234, 0), 0)
    assert ("nla.account_unusable" in ids(run(host, IN, shown))) is told
