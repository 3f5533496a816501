# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each rule on a client that was read: it fires, and it stays silent; and the verdict."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue, client_apps, client_machine
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_machine import ClientDiagnosis
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import CLIENT_RULES
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import ProbeResult
from ansible_collections.winops.rdp.plugins.plugin_utils.host import client
from ansible_collections.winops.rdp.plugins.plugin_utils.host.client import ClientError, ClientFacts, is_older, packed
from ansible_collections.winops.rdp.plugins.plugin_utils.repair import client_plan

Json = dict[str, Any]
TARGET, SID, FILE = "srv01.example.com", "S-1-5-21-1-2-3-1001", r"C:\srv01.rdp"
MINE, OTHER = "AA" * 20, "BB" * 20
TLS12 = rf"{client.SCHANNEL}\Protocols\TLS 1.2\Client"


def answer(**sections: Any) -> Json:
    """A client in order."""
    whole: Json = {
        "client": {
            "computer_name": "PC-17",
            "build": 26100,
            "revision": 9000,
            "product_type": "WinNT",
            "machine_guid": "0",
            "time": "2026-11-26T12:00:00.000Z",
            "elevated": True,
        },
        "apps": {"files": [], "packages": [], "products": []},
        "settings": {},
        "profiles": [],
        "rdp_files": [],
        "look": None,
    }
    return {"schema_version": 1, "sections": {**whole, **sections}, "errors": {}, "truncated": []}


def look(stage: str = "session", outcome: str = "ok", **more: Any) -> Json:
    """A look; in order unless told otherwise."""
    certificate = {"sha1": MINE, "sha256": "CC" * 32, "issuer": "CN=srv01", "weaknesses": []}
    return {
        "host": TARGET,
        "port": 3389,
        "address": "192.0.2.1",
        "stage": stage,
        "outcome": outcome,
        "failure": None,
        "selected": "nla",
        "certificate": certificate,
        "identity": {"clock_skew_seconds": 1.0, "credssp_version": 6},
        "client_view": {},
        **more,
    }


def judge(sections: Json | None = None, mine: Json | None = None, here: Json | None = None) -> ClientDiagnosis:
    facts = ClientFacts(answer(**(sections or {})))
    return client_machine.diagnose(facts, TARGET, ProbeResult(mine), ProbeResult(here))


def ids(diagnosis: ClientDiagnosis) -> set[str]:
    return {finding.id for finding in diagnosis.findings}


def dword(data: int) -> Json:
    return {"type": "dword", "data": data}


def person(**more: Any) -> Json:
    empty: Json = {"values": {}, "targets": {}, "packages": [], "products": [], "files": [], "error": None}
    return {"sid": SID, "path": r"C:\Users\anna", "loaded": True, **empty, **more}


def kept(thumbprint: str) -> list[Json]:
    data = base64.b64encode(bytes.fromhex(thumbprint)).decode()
    return [person(targets={TARGET: {"CertHash": {"type": "binary", "data": data}}})]


def running(name: str, state: int | None = 4) -> Json:
    return {"products": {"services": [{"name": name, "state": state}], "security_center": []}}


def listed(kind: str, state: int) -> Json:
    return {"products": {"services": [], "security_center": [{"kind": kind, "name": "Some Firewall", "state": state}]}}


def rdp(*lines: str, **more: Any) -> Json:
    settings = [line.split(":", 2) for line in lines]
    return {"rdp_files": [{"path": FILE, "present": True, "error": None, "settings": settings, **more}]}


def own(key: str, name: str, data: Any) -> Json:
    return {"settings": {key: {name: {"type": "dword", "data": data}}}}


def of_person(key: str, name: str, data: int) -> Json:
    return {"profiles": [person(values={key: {name: dword(data)}})]}


def packages(*names: str) -> Json:
    return {"apps": {"files": [], "packages": [f"{name}_x64__8wekyb3d8bbwe" for name in names], "products": []}}


def product(code: str, version: str | None) -> Json:
    one = {"upgrade_code": code, "product": "0", "owner": "S-1-5-18", "version": version}
    return {"apps": {"files": [], "packages": [], "products": [one]}}


def msrdc(path: str) -> Json:
    return {"apps": {"files": [{"path": path, "version": "1.2.1.0"}], "packages": [], "products": []}}


def denying(policy: str, pattern: str) -> Json:
    key = client.DELEGATION
    return {"settings": {key: {policy: dword(1)}, rf"{key}\{policy}": {"1": {"type": "string", "data": pattern}}}}


def build(number: int, revision: int | None) -> Json:
    facts = answer()["sections"]["client"]
    return {"client": {**facts, "build": number, "revision": revision}}


REFUSED = look(
    "tls", "alert", failure={"kind": "schannel", "number": 1, "name": "X", "sender": "client"}, certificate=None
)
OLD_HOST = look(identity={"clock_skew_seconds": 0.0, "credssp_version": 2})
UNTRUSTED = look(certificate={"sha1": MINE, "sha256": "CC" * 32, "weaknesses": ["self_signed"]})
NTLM = rf"{client.LSA}\MSV1_0"
MSI = packed("{F35D4E51-0F33-426C-B8A8-3ECF4ADBFC5F}")

# What makes each finding, and what is near it and makes none: sections, the client's look, the controller's.
Case = tuple[Json | None, Json | None, Json | None]
FIRES: dict[str, list[Case]] = {
    "client.tls_off": [
        (own(TLS12, "Enabled", 0), REFUSED, look()),
        (own(TLS12, "DisabledByDefault", 1), None, None),
    ],
    "client.look_fails": [(None, REFUSED, look()), (None, look("negotiation", "reset"), look())],
    "client.products": [
        (running("PanGPS"), look("negotiation", "reset"), look()),
        # Nobody looked from the controller.
        (running("PanGPS"), look("tls", "closed"), None),
        # Who carries connections, or names, and who filters them.
        (running("PanGPS"), look("name", "unresolved"), look()),
        (running("WireGuardTunnel$office"), look("tcp", "timeout"), look()),
        (running("ekrn"), look("tcp", "timeout"), look()),
        (listed("FirewallProduct", 0x1000), look("tcp", "timeout"), look()),
        (running("TeamViewer"), look("tls", "reset"), look()),
        # It is shown another certificate.
        (running("ZSAService"), look(certificate={"sha1": OTHER}), look()),
    ],
    "client.name": [(None, look("name", "unresolved"), look())],
    "client.cannot_connect": [(None, look("tcp", "timeout"), look())],
    "client.altered": [(None, look(certificate={"sha1": OTHER}), look())],
    "client.clock": [(None, look(identity={"clock_skew_seconds": -4000.0}), look())],
    "client.authentication_off": [
        (own(client.POLICY, "AuthenticationLevel", 0), None, None),
        (own(client.MACHINE_CLIENT, "AuthenticationLevelOverride", 0), None, None),
        (of_person(client.TERMINAL_SERVER_CLIENT, "AuthenticationLevelOverride", 0), None, None),
    ],
    "client.authentication_required": [
        (own(client.POLICY, "AuthenticationLevel", 1), UNTRUSTED, UNTRUSTED),
        (own(client.POLICY, "AuthenticationLevel", 1), None, None),
    ],
    "client.delegation_policy": [(denying("DenyFreshCredentials", "TERMSRV/*.example.com"), None, None)],
    "client.saved_credentials": [
        (denying("DenySavedCredentials", "TERMSRV/*"), None, None),
        (own(client.POLICY, "DisablePasswordSaving", 1), None, None),
        (own(client.POLICY, "PromptForCredsOnClient", 1), None, None),
        (of_person(client.USER_POLICY, "DisablePasswordSaving", 1), None, None),
    ],
    "client.oracle_vulnerable": [(own(client.CREDSSP, "AllowEncryptionOracle", 2), None, None)],
    "client.oracle_forced": [(own(client.CREDSSP, "AllowEncryptionOracle", 0), OLD_HOST, OLD_HOST)],
    "client.restricted_admin": [(own(client.DELEGATION, "RestrictedRemoteAdministration", 1), None, None)],
    "client.ntlm_off": [(own(NTLM, "RestrictSendingNTLMTraffic", 2), None, None)],
    "client.stale_hash": [({"profiles": kept(OTHER)}, look(), look()), ({"profiles": kept(OTHER)}, None, look())],
    "client.app_retired": [
        (packages("Microsoft.RemoteDesktop_10.2.3012.0"), None, None),
        (product(MSI, "1.2.5709.0"), None, None),
        (product(MSI, None), None, None),
        (msrdc(r"C:\Program Files\Remote Desktop\msrdc.exe"), None, None),
        ({"profiles": [person(packages=["Microsoft.RemoteDesktop_10.2.1.0_x64__8wekyb3d8bbwe"])]}, None, None),
    ],
    "client.app_outdated": [(packages("MicrosoftCorporationII.Windows365_2.0.660.0"), None, None)],
    "client.update_defect": [(build(26100, 7623), None, None), (build(19045, 6809), None, None)],
    "client.rdp_file": [
        (rdp("enablecredsspsupport:i:0"), look(), look()),
        (rdp("negotiate security layer:i:0"), None, None),
        (rdp(f"full address:s:{TARGET}:3390"), look(), look()),
        (rdp(f"full address:s:{TARGET}", "server port:i:3390"), look(), look()),
        ({**rdp("x:i:1"), **own(client.POLICY, "AllowUnsignedFiles", 0)}, None, None),
        ({**rdp("x:i:1"), **of_person(client.USER_POLICY, "AllowUnsignedFiles", 0)}, None, None),
        (rdp("authentication level:i:1"), UNTRUSTED, UNTRUSTED),
        (rdp("authentication level:i:1"), None, UNTRUSTED),
    ],
    "client.rdp_file_risk": [
        (rdp("authentication level:i:0"), None, None),
        (rdp("password 51:b:"), None, None),
        (rdp("drivestoredirect:s:*"), None, None),
    ],
}
SILENT: dict[str, list[Case]] = {
    "client.tls_off": [
        (own(TLS12, "Enabled", 1), look(), look()),
        (own(TLS12, "DisabledByDefault", 0), look(), look()),
        (own(TLS12.replace("1.2", "1.3"), "Enabled", 0), look(), look()),
        (own(TLS12.replace("1.2", "1.0"), "Enabled", 0), look(), look()),
    ],
    "client.look_fails": [
        (None, REFUSED, REFUSED),
        (None, REFUSED, None),
        (own(TLS12, "Enabled", 0), REFUSED, look()),
        (None, look("tcp", "timeout"), look()),
    ],
    "client.products": [
        (running("PanGPS"), look(), look()),
        (running("PanGPS"), None, None),
        (running("PanGPS"), look("negotiation", "reset"), look("negotiation", "reset")),
        (running("PanGPS", state=1), look("negotiation", "reset"), look()),
        (running("PanGPS", state=None), look("negotiation", "reset"), look()),
        (running("W32Time"), look("negotiation", "reset"), look()),
        (running("ekrn"), look("name", "unresolved"), look()),
        (listed("FirewallProduct", 0x1000), look("name", "unresolved"), look()),
        (running("TeamViewer"), look("tcp", "timeout"), look()),
        # Turned off, and Windows' own.
        (listed("FirewallProduct", 0), look("tcp", "timeout"), look()),
        (listed("FirewallProduct", 0x1100), look("tcp", "timeout"), look()),
        (None, look("negotiation", "reset"), look()),
    ],
    "client.name": [(None, look("name", "unresolved"), look("name", "unresolved"))],
    "client.cannot_connect": [(None, look("tcp", "refused"), look("tcp", "refused"))],
    "client.altered": [(None, look(), look()), (None, look(certificate=None), look())],
    "client.clock": [(None, look(identity={"clock_skew_seconds": 200.0}), look()), (None, look(identity=None), look())],
    "client.authentication_required": [(own(client.POLICY, "AuthenticationLevel", 1), look(), look())],
    "client.authentication_off": [
        (own(client.POLICY, "AuthenticationLevel", 2), None, None),
        (own(client.MACHINE_CLIENT, "AuthenticationLevelOverride", 2), None, None),
        (
            {
                **own(client.POLICY, "AuthenticationLevel", 2),
                **of_person(client.TERMINAL_SERVER_CLIENT, "AuthenticationLevelOverride", 0),
            },
            None,
            None,
        ),
    ],
    "client.delegation_policy": [
        (denying("DenyFreshCredentials", "TERMSRV/*.example.org"), None, None),
        (denying("DenyFreshCredentials", "HOST/*"), None, None),
        (denying("DenySavedCredentials", "*"), None, None),
    ],
    "client.saved_credentials": [
        (own(client.POLICY, "DisablePasswordSaving", 0), None, None),
        (of_person(client.USER_POLICY, "DisablePasswordSaving", 0), None, None),
    ],
    "client.oracle_vulnerable": [(own(client.CREDSSP, "AllowEncryptionOracle", 1), None, None)],
    "client.oracle_forced": [
        (own(client.CREDSSP, "AllowEncryptionOracle", 0), look(), look()),
        (own(client.CREDSSP, "AllowEncryptionOracle", 0), None, None),
    ],
    "client.restricted_admin": [(own(client.DELEGATION, "RestrictedRemoteAdministration", 0), None, None)],
    "client.ntlm_off": [(own(NTLM, "RestrictSendingNTLMTraffic", 1), None, None)],
    "client.stale_hash": [
        ({"profiles": kept(MINE)}, look(), look()),
        ({"profiles": kept("CC" * 32)}, look(), look()),
        ({"profiles": kept(OTHER)}, None, None),
    ],
    "client.app_retired": [
        (packages("Contoso.RemoteDesktop_1.0.0.0"), None, None),
        (msrdc(r"C:\msrdc.exe"), None, None),
    ],
    "client.app_outdated": [
        (packages("MicrosoftCorporationII.Windows365_2.0.1375.0"), None, None),
        (packages("MicrosoftCorporationII.Windows365_3.0.1.0"), None, None),
        (packages("MicrosoftCorporationII.Windows365_"), None, None),
    ],
    "client.update_defect": [
        (build(26100, 7627), None, None),
        (build(26100, 3624), None, None),
        (build(19045, None), None, None),
        (build(20348, 7623), None, None),
    ],
    "client.rdp_file": [
        (rdp("enablecredsspsupport:i:1", f"full address:s:{TARGET}:3389"), look(), look()),
        (rdp("full address:s:other:3390"), look(), look()),
        ({**rdp("signature:s:"), **own(client.POLICY, "AllowUnsignedFiles", 0)}, None, None),
        ({**rdp("x:i:1"), **own(client.POLICY, "AllowUnsignedFiles", 1)}, None, None),
        (rdp("enablecredsspsupport:i:0", present=False), look(), look()),
        (rdp("enablecredsspsupport:i:0", "enablecredsspsupport:i:1"), look(), look()),
        (rdp("authentication level:i:1"), look(), look()),
        (rdp("authentication level:i:1"), None, None),
        (rdp("authentication level:i:2"), UNTRUSTED, UNTRUSTED),
        ({**rdp("authentication level:i:1"), **own(client.POLICY, "AuthenticationLevel", 2)}, UNTRUSTED, UNTRUSTED),
    ],
    "client.rdp_file_risk": [
        (rdp("authentication level:i:2", "drivestoredirect:s:"), None, None),
        (rdp("drivestoredirect:s:*", "signature:s:"), None, None),
    ],
}


def _flat(table: dict[str, list[Case]]) -> list[Any]:
    return [pytest.param(id_, case, id=f"{id_}-{at}") for id_, cases in table.items() for at, case in enumerate(cases)]


@pytest.mark.parametrize(("id_", "case"), _flat(FIRES))
def test_fires(id_: str, case: Case) -> None:
    found = judge(*case)
    [finding] = [one for one in found.findings if one.id == id_]
    assert finding.evidence_for and finding.advice and "{" not in finding.summary + finding.advice


@pytest.mark.parametrize(("id_", "case"), _flat(SILENT))
def test_stays_silent(id_: str, case: Case) -> None:
    assert id_ not in ids(judge(*case))


def test_every_rule_is_tried_both_ways_and_a_client_in_order_has_nothing() -> None:
    assert set(FIRES) == set(SILENT) <= set(catalogue.ALL) and len(CLIENT_RULES) == 16
    assert ids(judge(mine=look(), here=look())) == set()


def test_ntlm_is_fatal_where_an_address_is_named() -> None:
    facts = ClientFacts(answer(**own(NTLM, "RestrictSendingNTLMTraffic", 2)))
    [finding] = client_machine.diagnose(facts, "192.0.2.1", ProbeResult(), ProbeResult()).findings
    assert (finding.id, finding.severity, finding.confidence) == ("client.ntlm_off", "critical", "likely")
    excepted = own(NTLM, "RestrictSendingNTLMTraffic", 2)
    for name in ("192.0.2.*", "TERMSRV/192.0.2.1", "termsrv/*"):
        excepted["settings"][NTLM]["ClientAllowedNTLMServers"] = {"type": "multi_string", "data": ["other", name]}
        assert not client_machine.diagnose(
            ClientFacts(answer(**excepted)), "192.0.2.1", ProbeResult(), ProbeResult()
        ).findings


@pytest.mark.parametrize(
    ("case", "verdict"),
    [
        ((None, look(), look()), "in_order"),
        ((None, look(), look("tls", "reset")), "in_order"),
        ((own(TLS12, "Enabled", 0), REFUSED, look()), "client"),
        ((own(TLS12, "Enabled", 0), None, None), "client"),
        ((None, look("name", "unresolved"), look()), "client"),
        ((None, look("tcp", "timeout"), look()), "path"),
        ((None, look("negotiation", "reset"), look()), "path"),
        ((None, look("tcp", "refused"), look("tcp", "refused")), "host"),
        ((None, look("tcp", "refused"), None), "unknown"),
        ((None, None, None), "unknown"),
        ((packages("Microsoft.RemoteDesktop_10.2.3012.0"), None, look()), "unknown"),
    ],
)
def test_the_verdict(case: Case, verdict: str) -> None:
    found = judge(*case)
    assert found.verdict == verdict and found.summary.startswith(verdict)


def test_what_keeps_the_client_out_comes_first_and_is_proven() -> None:
    sections = {**own(TLS12, "Enabled", 0), **packages("Microsoft.RemoteDesktop_10.2.3012.0")}
    first, *_others = judge(sections, REFUSED, look()).findings
    assert (first.id, first.confidence, first.severity) == ("client.tls_off", "proven", "critical")
    allowed = judge(own(TLS12, "Enabled", 0), look(), look()).findings[0]
    assert (allowed.confidence, allowed.severity) == ("likely", "warning")


def test_what_narrows_tls_is_evidence() -> None:
    narrowed = own(client.FIPS, "Enabled", 1)
    narrowed["settings"][client.SUITES] = {"Functions": {"type": "multi_string", "data": ["TLS_X"]}}
    [finding] = judge(narrowed, REFUSED, look()).findings
    assert finding.owner == "client" and len(finding.evidence_for) == 4


@pytest.mark.parametrize(
    ("names", "word"),
    [
        (("PanGPS",), "MTU"),
        (("PanGPS", "ekrn"), "exclusion of mstsc.exe"),
        (("bomgar-ps-1",), "account that it used"),
        (("TeamViewer",), "filters none of Remote Desktop's"),
        (("ekrn",), "own firewall and its log of attacks"),
        (("TeamViewer", "CSFalconService"), "exclusion of mstsc.exe"),
    ],
)
def test_products_on_a_client_are_a_suspicion_beside_whatever_else_is_found(names: tuple[str, ...], word: str) -> None:
    services = [{"name": name, "state": 4} for name in names]
    sections = {"products": {"services": services, "security_center": []}}
    diagnosis = judge(sections, look("negotiation", "reset"), look())
    [found] = [one for one in diagnosis.findings if one.id == "client.products"]
    assert (found.confidence, found.owner, found.automatic) == ("possible", "client", False)
    assert word in str(found.advice) and all(any(name in one.fact for one in found.evidence_for) for name in names)
    assert diagnosis.findings[0].id == "client.look_fails" and diagnosis.verdict == "path"
    # An answer of an earlier version has no such section.
    before = judge(None, look("negotiation", "reset"), look())
    assert ids(before) == {"client.look_fails"} and before.unread == ()


def test_what_was_not_read_is_said() -> None:
    broken = answer(settings="?", profiles=[person(error={"code": 5, "type": "X", "message": "denied"})])
    denied = {"code": -2147024891, "type": "X", "message": "denied"}
    del broken["sections"]["apps"]
    # Of the last, what was read is there.
    broken["errors"] = {"apps": denied, "products": denied}
    broken["sections"] |= running("PanGPS")
    broken["truncated"] = ["profiles", "nonsense"]
    del broken["sections"]["client"]
    found = client_machine.diagnose(ClientFacts(broken), TARGET, ProbeResult(), ProbeResult())
    assert len(found.unread) == 6 and any("policies and TLS" in one for one in found.unread)
    assert "products of others that take part in connections (denied)" in found.unread
    looked = client_machine.diagnose(
        ClientFacts(broken), TARGET, ProbeResult(look("tls", "reset")), ProbeResult(look())
    )
    assert "client.products" in ids(looked) and looked.unread == found.unread
    away = judge({"profiles": [person(loaded=False)]})
    assert away.unread == ("1 profile(s) of people who are not logged on",)


@pytest.mark.parametrize(
    "what", [None, [], {"sections": []}, {"sections": {}, "schema_version": 2}, {"sections": {1: 2}}]
)
def test_an_answer_that_is_none(what: Any) -> None:
    with pytest.raises(ClientError):
        ClientFacts(what)


def test_versions_and_codes() -> None:
    assert is_older("2.0.9.0", "2.0.10.0") and not is_older("2.0.10.0", "2.0.10.0") and is_older("", "1") is None
    assert MSI == "15E4D53F33F0C6248B8AE3FCA4BDCFF5"
    assert MSI in client_apps.UPGRADE_CODES


def test_the_list_of_apps_and_updates_names_its_sources() -> None:
    for app in client_apps.APPS:
        assert app.source.startswith("https://") and bool(app.last_version) == bool(app.last_source)
        assert bool(app.package) != bool(app.upgrade_code)
    for update in client_apps.UPDATES:
        assert update.source.startswith("https://") and (update.fixed or update.since + 1) > update.since


@pytest.mark.parametrize("odd", [{"type": "dword", "data": 1}, {"type": "string", "data": "*"}])
def test_exceptions_of_another_type_are_none(odd: Json) -> None:
    excepted = own(NTLM, "RestrictSendingNTLMTraffic", 2)
    excepted["settings"][NTLM]["ClientAllowedNTLMServers"] = odd
    facts = ClientFacts(answer(**excepted))
    [finding] = client_machine.diagnose(facts, "192.0.2.1", ProbeResult(), ProbeResult()).findings
    assert finding.id == "client.ntlm_off"


# What is forgotten on request ---------------------------------------------------------------------------------------


def forgotten(profiles: list[Json], mine: Json | None, here: Json | None) -> tuple[list[str], list[str]]:
    """The hashes that are removed, by their target, and why others are not."""
    facts = ClientFacts(answer(profiles=profiles))
    seen = ProbeResult(mine)
    asked = {"forget_certificate": True, "correct_rdp_files": False, "update": False}
    plan = client_plan.plan(asked, facts, seen, client_machine.diagnose(facts, TARGET, seen, ProbeResult(here)))
    return [step.fields["target"] for step in plan.steps], [blocked.summary for blocked in plan.blocked]


@pytest.mark.parametrize("here", [None, look()])
@pytest.mark.parametrize("mine", [None, look("tcp", "timeout", certificate=None), look("tls", "reset", certificate={})])
def test_without_a_certificate_seen_no_hash_is_stale(mine: Json | None, here: Json | None) -> None:
    steps, why = forgotten(kept(MINE), mine, here)
    assert steps == [] and why == ["the client was shown no certificate, so no hash is known to be stale"]
    assert forgotten([person()], mine, here) == ([], []), "nothing is kept, so nothing is held back"


def test_the_hash_of_another_certificate_is_forgotten() -> None:
    assert forgotten(kept(OTHER), look(), look()) == ([TARGET], [])
    steps, why = forgotten(kept(MINE), look(), look())
    assert steps == [] and why == [f"{SID} keeps the hash of the certificate that {TARGET} presents"]
