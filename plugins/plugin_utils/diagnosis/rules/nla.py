# Copyright: (c) 2026, winops.rdp contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules on Network Level Authentication: the host's trust in its domain, NTLM, CredSSP, and the right to log on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis import catalogue
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.catalogue import (
    CRITICAL,
    DEFAULT,
    HOST,
    POLICY,
    WARNING,
    FindingType,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.client_codes import (
    INTERNAL_ERROR,
    RIGHTS,
    of_ntlm,
    of_the_account,
    spares_the_account,
    type_for_code,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.model import (
    LSA,
    NETLOGON,
    SECURITY,
    SESSIONS,
    Clearance,
    Context,
    Evidence,
    EvidenceList,
    Finding,
    likely_if,
    rule,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.numbers import in_words, unsigned
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.probe_result import CREDSSP_PROTECTED, NTLM_BLOCKED
from ansible_collections.winops.rdp.plugins.plugin_utils.diagnosis.settings import setting_finding
from ansible_collections.winops.rdp.plugins.plugin_utils.host import acl_words, collect, nla_task
from ansible_collections.winops.rdp.plugins.plugin_utils.host.logon import (
    ADMINISTRATORS,
    DENY_NETWORK,
    DENY_REMOTE,
    EVERYBODY,
    LOCAL_ACCOUNTS,
    LOCAL_ADMINISTRATORS,
    NETWORK,
    REMOTE,
    REMOTE_DESKTOP_USERS,
    Right,
    called,
    members,
    right,
)
from ansible_collections.winops.rdp.plugins.plugin_utils.host.settings import Setting
from ansible_collections.winops.rdp.plugins.plugin_utils.host.snapshot import STOPPED
from ansible_collections.winops.rdp.plugins.plugin_utils.host.text import counted
from ansible_collections.winops.rdp.plugins.plugin_utils.host.times import parse

# With these Win32 numbers Netlogon says that the machine account and the domain no longer fit together, and with these
# NTSTATUS numbers a failed logon does.
_NO_TRUST = frozenset({1786, 1787, 1788, 1789})
# With these the host did not say how its channel is: who asked may not (ERROR_ACCESS_DENIED), or Netlogon did not
# answer (RPC_S_UNKNOWN_IF, RPC_S_SERVER_UNAVAILABLE).
_NOT_SAID = frozenset({5, 1717, 1722})
# STATUS_NETLOGON_NOT_STARTED
_NETLOGON_STOPPED = 0xC0000192
_NO_TRUST_STATUS = frozenset({0xC000018A, 0xC000018B, 0xC000018C, 0xC000018D})
_NO_DC_STATUS = frozenset({0xC000005E})
# What logons at a domain controller end with that does not know its own account: there is no secret for the trust, and
# no account. The other two are of other domains there.
_NO_ACCOUNT_OF_ITS_OWN = frozenset({0xC000018A, 0xC000018B})
_TRUST_STATUS = _NO_TRUST_STATUS | _NO_DC_STATUS
# What a client shows that found no domain controller to vouch for the account.
_NO_AUTHORITY = 0x1807
# ERROR_NO_SUCH_LOGON_SESSION: what a client is told whose credentials the host may not keep.
_NO_LOGON_SESSION = 0x80070520

# Refused logons by their status: channel bindings, a restriction of the account, those that say which one, and accounts
# that cannot be used (password expired, disabled, account expired, password must change, locked out). The words are
# those of the advice.
_CHANNEL_BINDING, _RESTRICTED = 0xC000035B, 0xC000006E
_RESTRICTIONS = {0xC000006F: "hours", 0xC0000070: "workstation", 0xC0000413: "firewall", 0xC00002FA: "card"}
# What a client shows for the last (SEC_E_SMARTCARD_LOGON_REQUIRED).
_SHOWN = {0x8009033E: 0xC00002FA}
_UNUSABLE_WORDS = {
    0xC0000071: "password",
    0xC0000072: "disabled",
    0xC0000193: "expired",
    0xC0000224: "password",
    0xC0000234: "locked",
}
_UNUSABLE = frozenset(_UNUSABLE_WORDS)
# What a client shows for each of the latter: Windows' own, and others by the host's number. Of an account that is not
# known, or not at this hour or from there, none of them is true.
_SAID: dict[int, frozenset[int]] = {
    **{status: frozenset({status}) for status in _UNUSABLE},
    **dict.fromkeys((0xA07, 0x1007, 0x1107, 0xC0000064, *_RESTRICTIONS), frozenset()),
    0xF07: frozenset({0xC0000071}),
    0xB07: frozenset({0xC0000072}),
    0xE07: frozenset({0xC0000193}),
    0x1207: frozenset({0xC0000224}),
    0xD07: frozenset({0xC0000234}),
}
# LogonType of event 4625, and which right it takes.
_BY_REMOTE_DESKTOP = 10
_LOGON_TYPES = {
    3: f"over the network, which of Remote Desktop Network Level Authentication alone does: it takes {called(NETWORK)}",
    _BY_REMOTE_DESKTOP: f"through Remote Desktop, which takes {called(REMOTE)}",
}

_NTLM = collect.LSA + r"\MSV1_0"
# RestrictReceivingNTLMTraffic
_DENY_DOMAIN_ACCOUNTS, _DENY_ALL = 1, 2
# The rights that decide who gets in: with NLA people log on from the network first.
_RIGHTS = (REMOTE, NETWORK, DENY_REMOTE, DENY_NETWORK)
# Guests: the group, the account and the domain's group; who is nobody; and whom no person logs on as: domain
# controllers, SYSTEM and the accounts of services.
_NOBODY_S = re.compile(
    r"S-1-0-0|S-1-5-(?:7|9|18|19|20|32-546)|S-1-5-80-[0-9-]+|S-1-5-21(?:-\d+){3}-(?:501|514)"
    r"|guests?|anonymous logon|null sid|nobody",
    re.IGNORECASE,
)
# Whoever cannot log on cannot ask there.
_ITS_GROUPS = (
    "'net user NAME /domain' on another computer shows its groups; of an account of the host, 'net user NAME' there"
)
_USER_RIGHTS = "secpol.msc, Local Policies > User Rights Assignment"

_ORACLE = "AllowEncryptionOracle"
_FORCE_UPDATED, _VULNERABLE = 0, 2
# What a client without the CredSSP update of May 2018 shows at a host that insists on it.
_UNSUPPORTED = 0x80090302
# The task tries again every five minutes.
_TIME_FOR_TASK = timedelta(minutes=10)
# The update for CVE-2018-0886 by build: the first revision that has it. Later builds have it from the start.
_CREDSSP_FIX = {14393: 2248, 15063: 1088, 16299: 431}


def _ends_in_nla(ctx: Context) -> bool:
    return ctx.probe.stage == "credssp"


@rule
def check_required(ctx: Context) -> Iterator[Finding]:
    setting = ctx.snapshot.setting("UserAuthentication")
    if setting and setting.effective != 1:
        # A listener that accepts plain TLS does not insist on NLA.
        taken = ctx.probe.offers("tls") or ctx.probe.offers("rdp")
        if setting.source == "default" and not taken:
            return  # whether it is required then, only a look from outside tells
        finding = _off_until(ctx, setting) or setting_finding(ctx, catalogue.NLA_DISABLED, setting, 1)
        yield ctx.corroborate(finding, supports=taken, contradicts=taken is False)


def _off_until(ctx: Context, setting: Setting) -> Finding | None:
    """Turned off for a time: the host's own task ends it, unless that time is over and nothing came of it."""
    task = ctx.snapshot.nla_task
    if task is None or setting.by_policy:
        return None
    now = ctx.snapshot.now
    far = now is not None and task.is_far(now)
    overdue = far or (now is not None and task.at + _TIME_FOR_TASK < now)
    causes = f", for {', '.join(task.causes)}" * bool(task.causes)
    return ctx.finding(
        catalogue.NLA_OFF_UNTIL,
        evidence=[
            Evidence(f"{setting.name} is {setting.effective} ({setting.source})", setting.where),
            Evidence(f"the task '{nla_task.NAME}' requires it again at {task.utc}{causes}", "section listener"),
        ],
        summary=_summary_of(far, overdue),
        target={"until": task.utc, "causes": list(task.causes), "overdue": overdue},
        until=task.utc,
    )


def _summary_of(far: bool, overdue: bool) -> str:
    if far:
        return "far"
    return "overdue" if overdue else DEFAULT


# Trust ----------------------------------------------------------------------------------------------------------------


class _Trust:
    """What the host, its log and the probe say of the trust between this computer and its domain.

    ``status`` is the Win32 status of the secure channel, None if the host could not say.
    """

    def __init__(self, ctx: Context) -> None:
        host = ctx.snapshot.section("host") or {}
        domain: dict[str, Any] = ctx.snapshot.section("domain") or {
            "joined": host.get("part_of_domain"),
            "name": host.get("dns_domain"),
            "channel_status": None,
        }
        self.joined = bool(domain["joined"]) and not ctx.snapshot.is_domain_controller
        self.name: str | None = domain["name"]
        status: int | None = domain["channel_status"]
        self.status = None if status in _NOT_SAID else status
        self.refusals = ctx.snapshot.event_count(NETLOGON, 3210, 5721, 5722)
        self.without_controller = ctx.snapshot.event_count(NETLOGON, 5719)
        self.failed_logons = ctx.told_lately(SECURITY, 4625)
        self.probe_status = ctx.probe.status
        # What a client shows is of the host's domain as far as it is known: it may be another one's.
        self.shown = ctx.client_evidence if ctx.client.number in _NO_TRUST_STATUS else None

    @property
    def domain(self) -> str:
        return " ".join(("its domain", self.name or "")).strip()

    @property
    def logon_failures(self) -> set[int]:
        """The NTSTATUS numbers of failed logons that have to do with the domain."""
        return self.failed_logons & _TRUST_STATUS

    @property
    def distrust_seen(self) -> bool:
        """Where the host could not say: the log, a client, or the answer to the probe, speaks of a broken trust."""
        answered = self.probe_status in _NO_TRUST_STATUS
        return bool(self.refusals or self.failed_logons & _NO_TRUST_STATUS or answered or self.shown)

    def evidence(self) -> EvidenceList:
        evidence = EvidenceList()
        if self.status is not None:
            told = in_words(self.status)
            evidence.add(f"the secure channel to {self.domain} has status {told}", "section domain")
        evidence.add_if(
            self.refusals,
            f"{counted(self.refusals)} 3210/5721/5722 of NETLOGON: the domain refused this computer",
            "section events",
        )
        evidence.add_if(
            self.without_controller,
            f"{counted(self.without_controller)} 5719 of NETLOGON: no domain controller was found",
            "section events",
        )
        evidence.add_if(
            self.failed_logons & _NO_TRUST_STATUS, "logons failed since the trust is broken", "section events"
        )
        evidence.add_if(
            self.failed_logons & _NO_DC_STATUS, "logons failed since no logon server was found", "section events"
        )
        evidence.add_if(
            _NETLOGON_STOPPED in self.failed_logons, "logons failed since Netlogon did not run", "section events"
        )
        if self.shown:
            evidence.append(self.shown)
        return evidence


def _without_netlogon(ctx: Context) -> bool:
    service = ctx.snapshot.windows_service("Netlogon")
    return service is not None and service["state"] == STOPPED


def _trust_finding(ctx: Context, trust: _Trust, broken: bool, **more: Any) -> Finding:
    type_ = catalogue.NLA_TRUST_BROKEN if broken else catalogue.NLA_NO_DOMAIN_CONTROLLER
    return ctx.finding(type_, domain=trust.domain, domain_name=trust.name or "DOMAIN", **more)


@rule
def check_netlogon(ctx: Context) -> Iterator[Finding]:
    """A member whose Netlogon does not run: nothing asks a domain controller then.

    https://learn.microsoft.com/troubleshoot/azure/virtual-machines/windows/azure-vm-netlogon-not-starting
    """
    if not _without_netlogon(ctx):
        return
    trust = _Trust(ctx)
    if not trust.joined:
        return
    evidence = [Evidence("Netlogon: state 1 (stopped)", "section products")]
    seen = _ends_in_nla(ctx) or trust.failed_logons & (_TRUST_STATUS | {_NETLOGON_STOPPED})
    yield ctx.corroborate(
        ctx.finding(
            catalogue.NLA_NO_DOMAIN_CONTROLLER,
            summary="netlogon",
            advice="netlogon",
            severity=ctx.latent_if(seen),
            evidence=[*evidence, *trust.evidence()],
            needs_evidence=ctx.behind_the_look,
            domain=trust.domain,
        ),
        supports=seen,
    )


@rule
def check_secure_channel(ctx: Context) -> Iterator[Finding]:
    """The host said how its secure channel is. Silent where it is in order now, whatever was logged before."""
    trust = _Trust(ctx)
    if not trust.joined or not trust.status or _without_netlogon(ctx):
        return
    client_saw_it = ctx.client.number == _NO_AUTHORITY or ctx.client.number in _TRUST_STATUS
    seen = _ends_in_nla(ctx) or trust.logon_failures or client_saw_it
    evidence = trust.evidence()
    evidence.add_if(client_saw_it and not trust.shown, ctx.client_evidence.fact, ctx.client_evidence.where)
    finding = _trust_finding(
        ctx,
        trust,
        trust.status in _NO_TRUST,
        evidence=evidence,
        # It is the channel's last state, and local accounts and cached logons do without one.
        severity=ctx.latent_if(seen),
        needs_evidence=ctx.behind_the_look,
    )
    yield ctx.corroborate(finding, supports=seen)


@rule
def check_trust_events(ctx: Context) -> Iterator[Finding]:
    """The host could not say how its secure channel is, and its log or the probe shows trouble."""
    trust = _Trust(ctx)
    if not trust.joined or trust.status is not None or _without_netlogon(ctx):
        return
    no_controller_seen = _NO_DC_STATUS & {*trust.failed_logons, trust.probe_status}
    unserved = trust.without_controller and _ends_in_nla(ctx)
    if not (trust.distrust_seen or no_controller_seen or unserved):
        yield from _netlogon_was_down(ctx, trust)
        return
    evidence = trust.evidence()
    evidence.add_if(_ends_in_nla(ctx), ctx.probe.summary, ctx.probe.where)
    likely = _ends_in_nla(ctx) or trust.failed_logons & _NO_TRUST_STATUS or trust.shown
    yield _trust_finding(
        ctx,
        trust,
        trust.distrust_seen,
        evidence=evidence,
        # Local accounts and cached logons do without the domain: a client that gets in is not kept out by this.
        severity=ctx.latent_severity,
        confidence=likely_if(likely),
        needs_evidence=[
            "section domain, or nltest /sc_query on the host: the state of the secure channel",
            *ctx.behind_the_look,
        ],
    )


def _netlogon_was_down(ctx: Context, trust: _Trust) -> Iterator[Finding]:
    """Logons were refused for it, and nobody read whether it runs now."""
    if _NETLOGON_STOPPED not in trust.failed_logons or ctx.snapshot.windows_service("Netlogon"):
        return
    yield ctx.finding(
        catalogue.NLA_NO_DOMAIN_CONTROLLER,
        summary="netlogon_logged",
        advice="netlogon",
        severity=ctx.latent_severity,
        confidence=likely_if(_ends_in_nla(ctx)),
        evidence=trust.evidence(),
        needs_evidence=["whether Netlogon runs now: Get-Service Netlogon, on the host", *ctx.behind_the_look],
        domain=trust.domain,
    )


@rule
def check_own_account(ctx: Context) -> Iterator[Finding]:
    """A domain controller whose own account is gone or spoilt lets nobody log on. It has no channel to ask; what it
    logs of accounts that are missing may be another computer's, so that both are needed: its own session setup that
    was refused, and logons that fail for it. A session setup may be that of a trust with another domain, whose account
    is missing there: so it is where somebody logged on since, and so it may be where such logons fail as well.

    https://learn.microsoft.com/troubleshoot/windows-server/user-profiles-and-logon/interactive-logon-isnt-allowed
    """
    refused = ctx.logged_lately(NETLOGON, 5721)
    if not ctx.snapshot.is_domain_controller or not refused:
        return
    failed = ctx.told_lately(SECURITY, 4625)
    told = sorted(failed & _NO_ACCOUNT_OF_ITS_OWN)
    shown = ctx.client.number in _NO_ACCOUNT_OF_ITS_OWN
    if not (told or shown) or _logged_on_since(ctx):
        return
    evidence = EvidenceList()
    fact = f"{counted(refused)} 5721 of NETLOGON: a domain has no account for a session that this computer set up"
    evidence.add(fact, "section events")
    for status in told:
        evidence.add(f"event 4625 of {SECURITY}: {in_words(status)}", "section events")
    if shown:
        evidence.append(ctx.client_evidence)
    yield ctx.finding(
        catalogue.NLA_TRUST_BROKEN,
        summary="controller",
        advice="controller",
        severity=ctx.latent_severity,
        confidence=likely_if(told and not failed & (_NO_TRUST_STATUS - _NO_ACCOUNT_OF_ITS_OWN)),
        evidence=evidence,
        needs_evidence=[
            "which domain event 5721 names: its own, or another one that it has a trust with",
            "dcdiag /test:MachineAccount on another domain controller: what of this one's account is amiss",
            *ctx.behind_the_look,
        ],
        domain=_Trust(ctx).domain,
        computer=(ctx.snapshot.section("host") or {"computer_name": "THIS-COMPUTER"})["computer_name"],
    )


def _logged_on_since(ctx: Context) -> bool:
    """Whether a session began after the last session setup that was refused. A domain controller has no accounts but
    the domain's, and keeps no logons.
    """
    setups = [parse(row["utc"]) for row in ctx.snapshot.listed_events(NETLOGON, 5721)]
    return bool(setups) and ctx.snapshot.events_since(max(setups), SESSIONS, 21) > 0


def rests_on_channel(findings: Iterable[Finding], nla_is_wanted: bool) -> bool:
    """Whether one of these says more, or another thing, where the state of the secure channel is known."""
    types = [catalogue.NLA_TRUST_BROKEN, catalogue.NLA_NO_DOMAIN_CONTROLLER, catalogue.NLA_OFF_UNTIL]
    types += [catalogue.NLA_DISABLED] * nla_is_wanted
    return any(finding.type in types for finding in findings)


# NTLM -----------------------------------------------------------------------------------------------------------------


@rule
def check_ntlm_allowed(ctx: Context) -> Iterator[Finding]:
    """The host's own setting refuses NTLM, for all accounts or for those of the domain."""
    number = ctx.snapshot.number(_NTLM, "RestrictReceivingNTLMTraffic")
    domain = ctx.snapshot.section("domain") or {"joined": None}
    severity, summary = WARNING, DEFAULT
    if number == _DENY_ALL:
        if domain["joined"] is False:
            severity, summary = CRITICAL, "no_domain"
    elif number == _DENY_DOMAIN_ACCOUNTS and domain["joined"]:
        summary = "domain_accounts"
    else:
        return
    finding = ctx.finding(
        catalogue.NLA_NTLM_REFUSED,
        summary=summary,
        severity=severity,
        evidence=[Evidence(f"RestrictReceivingNTLMTraffic is {number}", "HKLM\\" + _NTLM), *_ntlm_blocked(ctx)],
    )
    # The value 1 still answers NTLM up to the account, which the probe does not give.
    contradicts = ctx.probe.logon_reached and number == _DENY_ALL and not of_ntlm(ctx.client)
    yield ctx.corroborate(finding, supports=_ends_in_nla(ctx), contradicts=contradicts)


def _ntlm_blocked(ctx: Context) -> list[Evidence]:
    """The logons of the last day that the host's log says were refused since they came with NTLM, and what the user's
    client showed where it is the same.
    """
    if NTLM_BLOCKED not in _refusals(ctx):
        return []
    logged = Evidence(f"event 4625 of {SECURITY}: {in_words(NTLM_BLOCKED)}", "section events")
    return [logged, *([ctx.client_evidence] * ntlm_was_blocked(ctx))]


def ntlm_was_blocked(ctx: Context) -> bool:
    """Whether the client says no more than that a function is not supported, which is what the host's log has beside
    the NTLM that it blocked. A dialog on the update of CredSSP names that.
    """
    return ctx.client.number == _UNSUPPORTED and not ctx.client.names_credssp and NTLM_BLOCKED in _refusals(ctx)


@rule
def check_ntlm_answered(ctx: Context) -> Iterator[Finding]:
    """The host refuses NTLM, and not by its own setting: its domain may."""
    number = ctx.snapshot.number(_NTLM, "RestrictReceivingNTLMTraffic")
    logged = NTLM_BLOCKED in _refusals(ctx)
    if (ctx.probe.refuses_ntlm or logged) and number not in (_DENY_DOMAIN_ACCOUNTS, _DENY_ALL):
        evidence = EvidenceList()
        evidence.add_if(ctx.probe.refuses_ntlm, ctx.probe.summary, ctx.probe.where)
        evidence += _ntlm_blocked(ctx)
        yield ctx.finding(
            catalogue.NLA_NTLM_REFUSED,
            advice="elsewhere",
            evidence=evidence,
            needs_evidence=ctx.unread("registry"),
        )


# CredSSP --------------------------------------------------------------------------------------------------------------


@rule
def check_oracle_protection(ctx: Context) -> Iterator[Finding]:
    key = "HKLM\\" + collect.CREDSSP
    if ctx.snapshot.number(collect.CREDSSP, _ORACLE) != _VULNERABLE:
        return
    gpo = ctx.snapshot.gpo(key, _ORACLE)
    source = f", set by the GPO '{gpo}'" if gpo else ""
    finding = ctx.finding(
        catalogue.NLA_ORACLE_VULNERABLE,
        owner=POLICY if gpo else HOST,
        evidence=[Evidence(f"{_ORACLE} is 2 (Vulnerable){source}", key)],
    )
    yield ctx.corroborate(finding)


@rule
def check_oracle_forced(ctx: Context) -> Iterator[Finding]:
    """The probe speaks current CredSSP, so only a user's code can reveal a client that does not."""
    if ctx.snapshot.number(collect.CREDSSP, _ORACLE) != _FORCE_UPDATED:
        return
    # Some clients, and programs that pass a connection on, say no more of it than that something inside them failed.
    # Microsoft's own, current for years, say the same of much else, and hardened hosts all have this value.
    unclear = ctx.probe.logon_reached and ctx.client.number == INTERNAL_ERROR and not ctx.client.extended
    unclear = unclear and ctx.client.names_another_client
    # 0 is legacy security, which does without CredSSP.
    without = ctx.probe.offers("nla") is False or ctx.snapshot.effective("SecurityLayer") == 0
    if without or not (ctx.client.of_credentials or unclear):
        return
    yield ctx.finding(
        catalogue.NLA_ORACLE_FORCED,
        confidence=likely_if(ctx.client.number == _UNSUPPORTED),
        evidence=[
            Evidence(f"{_ORACLE} is 0 (Force Updated Clients)", "HKLM\\" + collect.CREDSSP),
            ctx.client_evidence,
        ],
        needs_evidence=["the version of Windows on the client"],
    )


@rule
def check_credssp_patched(ctx: Context) -> Iterator[Finding]:
    """By the revision of a build that had the update later, or by the version of CredSSP that the probe met."""
    version = ctx.probe.credssp_version
    old = version is not None and version < CREDSSP_PROTECTED
    evidence = EvidenceList()
    lacking = _revision_without_fix(ctx)
    evidence.add_if(lacking, lacking or "", "section host")
    evidence.add_if(old, f"it speaks version {version} of CredSSP; the update brought {CREDSSP_PROTECTED}", "the probe")
    if not evidence:
        return
    finding = ctx.finding(catalogue.NLA_CREDSSP_UNPATCHED, evidence=evidence)
    yield ctx.corroborate(finding, supports=old, contradicts=version is not None and not old)


def _revision_without_fix(ctx: Context) -> str | None:
    """That the build's revision is older than the update, in words; None if it is not, or says nothing of it."""
    host = ctx.snapshot.section("host")
    fix = _CREDSSP_FIX.get(ctx.snapshot.build)
    if not fix or not host or host["ubr"] is None or host["ubr"] >= fix:
        return None
    return f"build {host['build']}.{host['ubr']}, the update came with {host['build']}.{fix}"


@rule
def check_domain_credentials(ctx: Context) -> Iterator[Finding]:
    """A hardening that is right on many hosts: mentioned only when authentication is what fails."""
    client_saw_it = ctx.client.number in (_NO_AUTHORITY, _NO_LOGON_SESSION)
    if ctx.snapshot.number(collect.LSA, "disabledomaincreds") != 1 or not (client_saw_it or _ends_in_nla(ctx)):
        return
    evidence = EvidenceList()
    evidence.add("disabledomaincreds is 1", "HKLM\\" + collect.LSA)
    if client_saw_it:
        evidence.append(ctx.client_evidence)
    trusted = (ctx.snapshot.section("domain") or {}).get("channel_status") == 0
    yield ctx.finding(
        catalogue.NLA_DOMAIN_CREDENTIALS_DISABLED,
        confidence=likely_if(client_saw_it and trusted),
        evidence=evidence,
    )


# The right to log on --------------------------------------------------------------------------------------------------


def _refusals(ctx: Context) -> set[int]:
    """The numbers in the failed logons of the last day: their statuses are among them."""
    return ctx.snapshot.numbers_since(ctx.lately, SECURITY, 4625) if ctx.lately else set()


@rule
def check_logon_right(ctx: Context) -> Iterator[Finding]:
    """The user's client or the host's log shows it: the probe logs nobody on."""
    shown = type_for_code(ctx.client) is catalogue.NLA_LOGON_RIGHT_MISSING
    logged = RIGHTS in _refusals(ctx)
    if not shown and not logged:
        return
    evidence = EvidenceList()
    evidence.add_if(shown, ctx.client_evidence.fact, ctx.client_evidence.where)
    if logged:
        evidence.add(_refused_way(ctx), "section events")
    evidence += _held_rights(ctx)
    needed = [] if logged else ["event 4625 of the Security log, at the time of the attempt"]
    unknown = [name for name in _RIGHTS if not right(ctx.snapshot, name)]
    needed += [f"who holds {called(name)}: {_USER_RIGHTS}; a snapshot as SYSTEM has it" for name in unknown]
    needed += [
        f"whether the account is, or is in, one of those that {called(name)} names: "
        f"{_named(ctx, denied)} ({_ITS_GROUPS})"
        for name in (DENY_REMOTE, DENY_NETWORK)
        if (denied := _whom_it_may_shut_out(ctx, name))
    ]
    yield ctx.finding(catalogue.NLA_LOGON_RIGHT_MISSING, evidence=evidence, needs_evidence=needed)


def _refused_way(ctx: Context) -> str:
    """The event with the ways to log on that it refused: each takes a right of its own."""
    rows = ctx.snapshot.listed_since(ctx.lately, SECURITY, 4625)
    rows = [row for row in rows if RIGHTS in map(unsigned, row["numbers"])]
    types = sorted({number for row in rows for number in row["numbers"] if number in _LOGON_TYPES})
    ways = "".join(f"; logon type {number}, {_LOGON_TYPES[number]}" for number in types)
    return f"event 4625 of {SECURITY}: {in_words(RIGHTS)}{ways}"


def _whom_it_may_shut_out(ctx: Context, name: str) -> list[str]:
    """The accounts that a right to deny names, without those that every baseline has there and nobody logs on as."""
    denied = right(ctx.snapshot, name)
    return sorted(one for one in (denied.accounts if denied else ()) if not _NOBODY_S.fullmatch(one))


def _held_rights(ctx: Context) -> EvidenceList:
    """Who may log on through Remote Desktop, as far as the host says: the lists of any host."""
    evidence = EvidenceList()
    for name in _RIGHTS:
        held = right(ctx.snapshot, name)
        if held:
            fact = f"{called(name)}: {_named(ctx, sorted(held.accounts)) or 'nobody'}"
            evidence.append(Evidence(fact, held.where, beside=True))
    users = members(ctx.snapshot)
    if users is not None:
        fact = f"members of the group Remote Desktop Users: {_named(ctx, users) or 'none'}"
        evidence.append(Evidence(fact, "section logon", beside=True))
    return evidence


def _named(ctx: Context, accounts: Iterable[str]) -> str:
    return ", ".join(acl_words.account(one, ctx.snapshot) for one in accounts)


# Groups of which nobody is who has Remote Desktop through that group: Windows' own, and the administrators of a domain.
# Of any other, Domain Users or a site's own, its members may be as well.
_FOR_FEW = re.compile(r"S-1-5-32-[0-9]+|S-1-5-(?:9|19|20)|S-1-5-21-[0-9-]+-(?:500|512|518|519)")
# What a policy may take from whom, the word for it, and whether that keeps everybody out.
_SHUT_OUT = (
    (EVERYBODY, "everybody", CRITICAL),
    (frozenset({ADMINISTRATORS}), "administrators", WARNING),
    (frozenset({REMOTE_DESKTOP_USERS}), "users", WARNING),
)


# Where a host has no accounts but its own: hardening lists take the right from all local ones, or from those that are
# administrators, which is meant for members of a domain.
# https://github.com/scipag/HardeningKitty/issues/37
_LOCAL = (
    (frozenset({LOCAL_ACCOUNTS}), "local", CRITICAL),
    (frozenset({LOCAL_ADMINISTRATORS}), "local_administrators", WARNING),
)


def _local_accounts_alone(ctx: Context) -> bool:
    """Whether everybody who logs on has an account of this host: it is in no domain, and not joined to Entra ID."""
    domain = ctx.snapshot.section("domain") or {"joined": None}
    return domain["joined"] is False and ctx.snapshot.cloud_joined is False


@rule
def check_logon_policy(ctx: Context) -> Iterator[Finding]:
    """Everybody is shut out, or a group that is there for Remote Desktop.

    Who else may log on is for people to decide: a group of their own in place of Windows' is no fault.
    """
    with_nla = ctx.snapshot.effective("UserAuthentication") != 0
    for name in (DENY_REMOTE, *([DENY_NETWORK] * with_nla)):
        denied = right(ctx.snapshot, name)
        if not denied:
            continue
        for groups, word, severity in (*_SHUT_OUT, *(_LOCAL if _local_accounts_alone(ctx) else ())):
            if denied.accounts & groups:
                yield _shut_out(ctx, name, denied, word, severity)
                return
    users = members(ctx.snapshot)
    for name, word in ((REMOTE, "members"), *([(NETWORK, "members_network")] * with_nla)):
        held = right(ctx.snapshot, name)
        if held and all(map(_NOBODY_S.fullmatch, held.accounts)):
            yield _shut_out(ctx, name, held, "nobody", CRITICAL)
            return
        others = {REMOTE_DESKTOP_USERS, *EVERYBODY}
        if held and users and not held.accounts & others and all(map(_FOR_FEW.fullmatch, held.accounts)):
            yield _shut_out(ctx, name, held, word, WARNING)
            return


def _shut_out(ctx: Context, name: str, held: Right, word: str, severity: str) -> Finding:
    return ctx.corroborate(
        ctx.finding(
            catalogue.NLA_LOGON_POLICY,
            summary=word,
            advice=POLICY if held.by_policy else DEFAULT,
            owner=POLICY if held.by_policy else HOST,
            severity=severity,
            evidence=_held_rights(ctx),
            name=called(name),
            where=held.where,
        )
    )


# Refused logons in the host's log ------------------------------------------------------------------------------------


@rule
def check_duplicate_sid(ctx: Context) -> Iterator[Finding]:
    count = ctx.snapshot.event_count(LSA, 6167)
    if count:
        evidence = EvidenceList([Evidence(f"{counted(count)} 6167 of {LSA} in the last days", "section events")])
        evidence.add_if(of_the_account(ctx.client), ctx.client.summary, ctx.client_evidence.where)
        yield ctx.finding(catalogue.NLA_DUPLICATE_SID, evidence=evidence)


@rule
def check_channel_binding(ctx: Context) -> Iterator[Finding]:
    if _CHANNEL_BINDING in _refusals(ctx):
        evidence = [Evidence(f"event 4625 of {SECURITY}: {in_words(_CHANNEL_BINDING)}", "section events")]
        yield ctx.finding(catalogue.NLA_CHANNEL_BINDING, evidence=evidence)


@rule
def check_accounts(ctx: Context) -> Iterator[Finding]:
    """Accounts that are expired, locked, restricted: only a suspicion where no client complains, since such logons are
    those of file shares as well.
    """
    refusals = _refusals(ctx)
    # Where the client says which it is, the others in the log are others' accounts.
    unusable = sorted(refusals & _UNUSABLE & _SAID.get(ctx.client.number or 0, _UNUSABLE))
    restricted = sorted(refusals & set(_RESTRICTIONS))
    if not restricted and _RESTRICTED in refusals and _restricted_at_large(ctx):
        restricted = [_RESTRICTED]
    shown = type_for_code(ctx.client) is catalogue.NLA_ACCOUNT_RESTRICTED
    if restricted or shown:
        advice = _RESTRICTIONS.get((restricted or [_shown_restriction(ctx)])[0], DEFAULT)
        yield _account(ctx, catalogue.NLA_ACCOUNT_RESTRICTED, restricted or unusable, shown, advice)
    if unusable and (restricted or not shown):
        words = {_UNUSABLE_WORDS[status] for status in unusable}
        advice = words.pop() if len(words) == 1 else DEFAULT
        yield _account(ctx, catalogue.NLA_ACCOUNT_UNUSABLE, unusable, shown=False, advice=advice)


def _shown_restriction(ctx: Context) -> int:
    """Which restriction a client shows: most say no more than that there is one."""
    number = ctx.client.number or 0
    number = _SHOWN.get(number, number)
    return number if number in _RESTRICTIONS else _RESTRICTED


def _restricted_at_large(ctx: Context) -> bool:
    """Whether a logon was refused for a restriction, and not for one that the same event names: the general status
    stands before the one that says why.
    """
    named = _UNUSABLE.union(_RESTRICTIONS)
    told = [set(map(unsigned, row["numbers"])) for row in ctx.snapshot.listed_since(ctx.lately, SECURITY, 4625)]
    return any(_RESTRICTED in numbers and numbers.isdisjoint(named) for numbers in told)


def _account(ctx: Context, type_: FindingType, statuses: Iterable[int], shown: bool, advice: str = DEFAULT) -> Finding:
    told = [in_words(number) for number in statuses]
    evidence = EvidenceList()
    evidence.add_if(shown, ctx.client_evidence.fact, ctx.client_evidence.where)
    evidence.add_if(told, f"event 4625 of {SECURITY}: {'; '.join(told)}", "section events")
    needed = "the account's name in that event, and whether it is the one that the user types"
    of_users = ctx.client.of_credentials or _BY_REMOTE_DESKTOP in _refusals(ctx)
    return ctx.finding(
        type_,
        advice=advice,
        confidence=likely_if(of_users and not spares_the_account(ctx.client)),
        evidence=evidence,
        needs_evidence=[needed if told else "event 4625 of the Security log, at the time of the attempt"],
        meaning="; ".join(told) or in_words(_shown_restriction(ctx)),
    )


def unanswered(ctx: Context, clearance: Clearance) -> Finding:
    """TLS is established, and then there is no answer."""
    return ctx.finding(
        catalogue.NLA_UNANSWERED,
        evidence=[ctx.probe_evidence],
        confidence=clearance.confidence,
        needs_evidence=clearance.unread,
    )
