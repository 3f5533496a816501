# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on Network Level Authentication: the host's trust in its domain, NTLM, and CredSSP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    CRITICAL,
    LIKELY,
    POSSIBLE,
    SECURITY,
    WARNING,
    Clearance,
    Context,
    Evidence,
    Finding,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.settings import setting_finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import collect

_RIGHTS = 0xC000015B
# Win32 and NTSTATUS numbers with which Netlogon, or a failed logon, says that the machine account and the domain no longer fit together.
_NO_TRUST = {
    5: "access denied",
    1786: "no trust account",
    1787: "no trust account",
    1788: "trusted domain failure",
    1789: "trust relationship failure",
}
_NO_TRUST_STATUS = frozenset({0xC000018A, 0xC000018B, 0xC000018C, 0xC000018D})
_NO_DC_STATUS = frozenset({0xC000005E})
_TEST = "Test-ComputerSecureChannel -Verbose (repair: Test-ComputerSecureChannel -Repair -Credential DOMAIN\\admin)"
# What a client without the CredSSP update of May 2018 shows at a host that insists on it, and what one shows that found no domain controller to vouch for it.
_UNSUPPORTED, _NO_AUTHORITY = 0x80090302, 0x1807
# The update for CVE-2018-0886 by build: the first revision that has it. Later builds have it from the start.
_CREDSSP_FIX = {14393: 2248, 15063: 1088, 16299: 431}


def _is_controller(ctx: Context) -> bool:
    host = ctx.snapshot.section("host")
    return bool(host and host["product_type"] == 2)


def _domain(ctx: Context) -> dict[str, Any]:
    """The domain as its section tells, or as much as section host knows of it."""
    host = ctx.snapshot.section("host") or {}
    return ctx.snapshot.section("domain") or {
        "joined": host.get("part_of_domain"),
        "name": host.get("dns_domain"),
        "channel_status": None,
    }


@rule
def trust(ctx: Context) -> Iterator[Finding]:
    """Silent where the secure channel is in order now, whatever was logged before."""
    domain = _domain(ctx)
    if not domain["joined"] or _is_controller(ctx) or domain["channel_status"] == 0:
        return
    status, name = domain["channel_status"], f"its domain {domain['name']}" if domain["name"] else "its domain"
    refused, lost = ctx.snapshot.event_count("NETLOGON", 3210, 5721, 5722), ctx.snapshot.event_count("NETLOGON", 5719)
    failed = ctx.snapshot.event_numbers(SECURITY, 4625)
    logged = (
        *(
            (
                Evidence(
                    f"{refused} event(s) 3210/5721/5722 of NETLOGON: the domain refused this computer", "section events"
                ),
            )
            if refused
            else ()
        ),
        *(
            (Evidence(f"{lost} event(s) 5719 of NETLOGON: no domain controller was found", "section events"),)
            if lost
            else ()
        ),
        *(
            (Evidence("logons failed since the trust is broken", "section events"),)
            if failed & _NO_TRUST_STATUS
            else ()
        ),
        *(
            (Evidence("logons failed since no logon server was found", "section events"),)
            if failed & _NO_DC_STATUS
            else ()
        ),
    )
    asked = Evidence(
        f"the secure channel to {name} has status {status}{f' ({_NO_TRUST[status]})' if status in _NO_TRUST else ''}",
        "section domain",
    )
    denied = ctx.probe.status if ctx.probe.status in _NO_TRUST_STATUS | _NO_DC_STATUS else None
    if status is None and not (
        refused or denied or failed & (_NO_TRUST_STATUS | _NO_DC_STATUS) or (lost and ctx.probe.stage == "credssp")
    ):
        return  # nothing tells of trouble now, and the host could not say
    broken = status in _NO_TRUST or (
        status is None and bool(refused or denied in _NO_TRUST_STATUS or failed & _NO_TRUST_STATUS)
    )
    finding = Finding(
        "nla.trust_broken" if broken else "nla.no_domain_controller",
        CRITICAL,
        f"This computer and {name} no longer trust each other: domain accounts cannot be authenticated"
        if broken
        else f"This computer has no connection to a domain controller of {name}: domain accounts cannot be authenticated",
        evidence_for=(*((asked,) if status is not None else ()), *logged),
        advice=(
            f"repair the computer's account with an account of the domain: {_TEST}; local accounts get in meanwhile"
            if broken
            else f"mend DNS and the way to a domain controller: nltest /dsgetdc:{domain['name'] or 'DOMAIN'} /force; local accounts get in meanwhile"
        ),
    )
    if status is None:
        seen = (Evidence(ctx.probe.summary, ctx.probe.where),) if ctx.probe.stage == "credssp" else ()
        sure = bool(failed & _NO_TRUST_STATUS or seen)
        yield replace(
            finding,
            confidence=LIKELY if sure else POSSIBLE,
            evidence_for=(*finding.evidence_for, *seen),
            needs_evidence=("section domain, or nltest /sc_query on the host: the state of the secure channel",),
        )
        return
    told = ctx.client.number in (_NO_AUTHORITY, *_NO_TRUST_STATUS, *_NO_DC_STATUS)
    fits = True if ctx.probe.stage == "credssp" or failed & (_NO_TRUST_STATUS | _NO_DC_STATUS) or told else None
    yield ctx.judged(finding, fits=fits)


@rule
def ntlm(ctx: Context) -> Iterator[Finding]:
    key = collect.LSA + r"\MSV1_0"
    number = ctx.snapshot.number(key, "RestrictReceivingNTLMTraffic")
    if number not in (1, 2):
        if ctx.probe.refuses_ntlm:
            yield _ntlm_refused_elsewhere(ctx)
        return
    domain = ctx.snapshot.section("domain")
    alone = bool(number == 2 and domain and domain["joined"] is False)
    if number == 1 and not (domain and domain["joined"]):
        return  # only domain accounts are meant, and there are none
    stopped = ctx.probe.stage == "credssp"
    yield ctx.judged(
        Finding(
            "nla.ntlm_refused",
            CRITICAL if alone else WARNING,
            "The host refuses NTLM, and without a domain there is nothing else: nobody passes Network Level Authentication"
            if alone
            else "The host refuses NTLM"
            + (" from domain accounts" if number == 1 else "")
            + ": clients must use its name and a domain account (Kerberos), never its address",
            evidence_for=(Evidence(f"RestrictReceivingNTLMTraffic is {number}", "HKLM\\" + key),),
            owner="policy",
            advice="if that is not wanted, set 'Network security: Restrict NTLM: Incoming NTLM traffic' to 'Allow all' or add an exception there",
        ),
        # Status 1 still answers NTLM up to the account, which the probe does not give.
        fits=True if stopped else False if ctx.probe.logon_reached and number == 2 else None,
    )


def _ntlm_refused_elsewhere(ctx: Context) -> Finding:
    """The host says so, and not by its own setting: its domain may."""
    return Finding(
        "nla.ntlm_refused",
        WARNING,
        "The host refuses NTLM: clients must use its name and a domain account (Kerberos), never its address",
        LIKELY,
        (Evidence(ctx.probe.summary, ctx.probe.where),),
        owner="policy",
        advice="if that is not wanted, look at 'Network security: Restrict NTLM' on the host, and at 'NTLM authentication in this domain' on its domain"
        " controllers",
        needs_evidence=()
        if ctx.snapshot.section("registry") is not None
        else ("section registry, which the host did not give",),
    )


@rule
def credssp(ctx: Context) -> Iterator[Finding]:
    host = ctx.snapshot.section("host")
    oracle = ctx.snapshot.number(collect.CREDSSP, "AllowEncryptionOracle")
    if oracle == 2:
        gpo = ctx.snapshot.gpo("HKLM\\" + collect.CREDSSP, "AllowEncryptionOracle")
        yield ctx.judged(
            Finding(
                "nla.oracle_vulnerable",
                WARNING,
                "The host accepts CredSSP without the protection against CVE-2018-0886",
                evidence_for=(
                    Evidence(
                        "AllowEncryptionOracle is 2 (Vulnerable)" + (f", set by the GPO '{gpo}'" if gpo else ""),
                        "HKLM\\" + collect.CREDSSP,
                    ),
                ),
                owner="policy" if gpo else "host",
                advice="patch the side that is not, then remove the value or set 'Encryption Oracle Remediation' to 'Mitigated'; this collection"
                " never sets it to 2",
            ),
            fits=None,
        )
    # The probe speaks current CredSSP, so only a user's code can tell of a client that does not.
    if oracle == 0 and ctx.client.of_credentials:
        yield Finding(
            "nla.oracle_forced",
            WARNING,
            "The host turns away clients that lack the CredSSP update of May 2018",
            LIKELY if ctx.client.number == _UNSUPPORTED else POSSIBLE,
            (
                Evidence("AllowEncryptionOracle is 0 (Force Updated Clients)", "HKLM\\" + collect.CREDSSP),
                Evidence(ctx.client.summary, "the user's client"),
            ),
            owner="client",
            advice="update the client; the setting is as it should be",
            needs_evidence=("the version of Windows on the client",),
        )
    fix = _CREDSSP_FIX.get(ctx.snapshot.build)
    if fix and host and host["ubr"] is not None and host["ubr"] < fix:
        version = ctx.probe.credssp_version
        yield ctx.judged(
            Finding(
                "nla.credssp_unpatched",
                CRITICAL,
                "The host lacks the CredSSP update of May 2018, and updated clients refuse to send it credentials",
                evidence_for=(
                    Evidence(
                        f"build {host['build']}.{host['ubr']}, the update came with {host['build']}.{fix}",
                        "section host",
                    ),
                ),
                advice="install the current cumulative update of Windows; never AllowEncryptionOracle 2 on the clients",
            ),
            fits=None if version is None else version < 5,
        )


@rule
def domain_credentials(ctx: Context) -> Iterator[Finding]:
    """A hardening that is right on many hosts: only worth a word when authentication is what fails."""
    told = ctx.client.number == _NO_AUTHORITY
    if ctx.snapshot.number(collect.LSA, "disabledomaincreds") == 1 and (ctx.probe.stage == "credssp" or told):
        yield Finding(
            "nla.domain_credentials_disabled",
            WARNING,
            "The host keeps no credentials for network authentication, which can stop Network Level Authentication with domain accounts",
            LIKELY if told and (ctx.snapshot.section("domain") or {}).get("channel_status") == 0 else POSSIBLE,
            (
                Evidence("disabledomaincreds is 1", "HKLM\\" + collect.LSA),
                *((Evidence(ctx.client.summary, "the user's client"),) if told else ()),
            ),
            owner="policy",
            advice="test with 'Network access: Do not allow storage of passwords and credentials for network authentication' off on this host",
        )


@rule
def check_required(ctx: Context) -> Iterator[Finding]:
    setting = ctx.snapshot.setting("UserAuthentication")
    if setting and setting.effective != 1:
        # A listener that takes plain TLS does not insist on NLA.
        taken = ctx.probe.offers("tls") or ctx.probe.offers("rdp")
        finding = setting_finding(ctx, catalogue.NLA_DISABLED, setting, 1)
        yield ctx.corroborate(finding, supports=taken, contradicts=taken is False)


def unanswered(ctx: Context, clearance: Clearance) -> Finding:
    """TLS is established, and then there is no answer."""
    return ctx.finding(
        catalogue.NLA_UNANSWERED,
        evidence=[ctx.probe_evidence],
        confidence=clearance.confidence,
        needs_evidence=clearance.unread,
    )


@rule
def logon_right(ctx: Context) -> Iterator[Finding]:
    """What the client's code says by itself."""
    if ctx.client.number != _RIGHTS and ctx.client.extended != 9:
        return
    logged = _RIGHTS in ctx.snapshot.event_numbers(SECURITY, 4625)
    yield Finding(
        "nla.logon_right_missing",
        WARNING,
        "The account has no right to log on to this host in that way",
        LIKELY,
        (
            Evidence(ctx.client.summary, "the user's client"),
            *(
                (Evidence("event 4625 with status 0xC000015B (logon type not granted)", "section events"),)
                if logged
                else ()
            ),
        ),
        owner="host",
        advice="the account needs both 'Access this computer from the network' and 'Allow log on through Remote Desktop Services' (group S-1-5-32-555),"
        " and must be in none of the matching deny rights",
        needs_evidence=() if logged else ("event 4625 of the Security log, at the time of the attempt",),
    )
